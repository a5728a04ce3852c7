//! select.
//!
//! All channels are locked in address order; cases are tried in random order; if none can go and the select may block, the goroutine is queued on every channel and the locks are released.
//! Who wakes it has won `select_done`; on resuming all channels are locked again and the losers' sudogs taken off.

use crate::chan::{Hchan, Outcome, enqueue, release_sudog, try_recv, try_send};
use crate::macros::{Pair, pair};
use crate::panic::raise;
use crate::sched::{G, Resume, WaitReason, getg, park, random_below};
use crate::sync::Ordering;
use alloc::vec::Vec;
use core::ptr::null_mut;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Case {
    chan: *mut Hchan,
    elem: *mut u8,
}

#[derive(Clone, Copy)]
struct Pending {
    case: Case,
    is_send: bool,
    /// As the program counts.
    idx: u32,
}

const NO_CASE: Pending = Pending { case: Case { chan: null_mut(), elem: null_mut() }, is_send: false, idx: 0 };

/// Selects up to this size need no memory.
const INLINE: usize = 16;

fn lock_all(cases: &[Pending], order: &[u16]) {
    let mut last = null_mut();
    for &i in order {
        let c = cases[i as usize].case.chan;
        if c != last {
            // SAFETY: a live channel.
            unsafe { (*c).lock.lock() };
            last = c;
        }
    }
}

/// Unlocks all but `except`.
fn unlock_all(cases: &[Pending], order: &[u16], except: *mut Hchan) {
    let mut last = null_mut();
    for &i in order {
        let c = cases[i as usize].case.chan;
        if c != last && c != except {
            // SAFETY: a live channel, locked by us.
            unsafe { (*c).lock.unlock() };
        }
        last = c;
    }
}

/// (chosen case or -1, received). Does not return if it blocks: `resume` finishes then.
unsafe fn run(cases: &[Pending], may_block: bool, resume: Resume) -> (isize, bool) {
    let n = cases.len();
    let mut inline = [[0u16; INLINE]; 2];
    let mut large = [Vec::new(), Vec::new()];
    let [poll_order, lock_order] = if n <= INLINE {
        let [a, b] = &mut inline;
        [&mut a[..n], &mut b[..n]]
    } else {
        large = [(0..n as u16).collect(), (0..n as u16).collect()];
        let [a, b] = &mut large;
        [&mut a[..], &mut b[..]]
    };
    for i in 0..n {
        // Inside-out shuffle.
        let j = random_below(i as u32 + 1) as usize;
        poll_order[i] = poll_order[j];
        poll_order[j] = i as u16;
        lock_order[i] = i as u16;
    }
    lock_order.sort_unstable_by_key(|&i| cases[i as usize].case.chan as usize);
    lock_all(cases, lock_order);
    for &i in poll_order.iter() {
        let Pending { case, is_send, idx } = cases[i as usize];
        // SAFETY: the channel is locked; a try that succeeds unlocks it.
        let outcome = unsafe { if is_send { try_send(case.chan, case.elem) } else { try_recv(case.chan, case.elem) } };
        if matches!(outcome, Outcome::WouldBlock) {
            continue;
        }
        unlock_all(cases, lock_order, case.chan);
        if matches!(outcome, Outcome::Closed) && is_send {
            drop(large);
            raise(abi::raise::SEND_CLOSED_CHAN, 0, 0);
        }
        return (idx as isize, matches!(outcome, Outcome::Done));
    }
    if !may_block {
        unlock_all(cases, lock_order, null_mut());
        return (-1, false);
    }
    // SAFETY: all channels are locked until unlock_waiting.
    unsafe {
        let g = getg();
        (*g).select_done.store(0, Ordering::Release);
        (*g).param = null_mut();
        (*g).waiting = null_mut();
        let mut last = &raw mut (*g).waiting;
        for &i in lock_order.iter() {
            let Pending { case, is_send, idx } = cases[i as usize];
            let s = enqueue(case.chan, case.elem as usize, is_send);
            (*s).is_select = true;
            (*s).case_idx = idx;
            *last = s;
            last = &raw mut (*s).wait_link;
        }
        drop(large);
        let reason = if n == 0 { WaitReason::SelectNoCases } else { WaitReason::Select };
        park(reason, Some(resume), || unlock_waiting(g))
    }
}

unsafe fn unlock_waiting(g: *mut G) {
    // SAFETY: we hold the locks; after the last one is released the goroutine may run and free the sudogs, so nothing is read after that.
    unsafe {
        let mut s = (*g).waiting;
        while !s.is_null() {
            let c = (*s).chan as *mut Hchan;
            let mut next = (*s).wait_link;
            while !next.is_null() && (*next).chan == c as usize {
                next = (*next).wait_link;
            }
            (*c).lock.unlock();
            s = next;
        }
    }
}

unsafe fn finish(g: *mut G) -> (usize, bool) {
    // SAFETY: in resume; the goroutine is ours, channels under their locks.
    unsafe {
        let fired = (*g).param;
        let mut s = (*g).waiting;
        let mut last = 0;
        while !s.is_null() {
            if (*s).chan != last {
                last = (*s).chan;
                (*(last as *mut Hchan)).lock.lock();
            }
            s = (*s).wait_link;
        }
        s = (*g).waiting;
        while !s.is_null() {
            let c = (*s).chan as *mut Hchan;
            if s != fired {
                if (*s).is_send { (*c).senders.remove(s) } else { (*c).receivers.remove(s) }
            }
            s = (*s).wait_link;
        }
        let result = ((*fired).case_idx as usize, (*fired).success);
        let failed_send = (*fired).is_send && !(*fired).success;
        unlock_waiting(g);
        s = (*g).waiting;
        (*g).waiting = null_mut();
        (*g).param = null_mut();
        while !s.is_null() {
            let next = (*s).wait_link;
            release_sudog(s);
            s = next;
        }
        if failed_send {
            raise(abi::raise::SEND_CLOSED_CHAN, 0, 0);
        }
        result
    }
}

unsafe fn selected(g: *mut G) {
    // SAFETY: in resume.
    unsafe {
        let (idx, received) = finish(g);
        (*g).ret0 = idx;
        (*g).ret1 = usize::from(received);
    }
}

/// Collects the cases whose channel is not nil, without memory if they are few, and runs the select.
unsafe fn gather(n: usize, get: impl Fn(usize) -> Option<Pending>, may_block: bool, resume: Resume) -> (isize, bool) {
    let mut inline = [NO_CASE; INLINE];
    if n <= INLINE {
        let mut len = 0;
        for p in (0..n).filter_map(&get).filter(|p| !p.case.chan.is_null()) {
            inline[len] = p;
            len += 1;
        }
        // SAFETY: the caller's.
        return unsafe { run(&inline[..len], may_block, resume) };
    }
    // A parked select abandons this frame: the memory must be gone by then, so it is kept in one place that is freed by the next such select of this thread.
    let cases: Vec<Pending> = (0..n).filter_map(&get).filter(|p| !p.case.chan.is_null()).collect();
    let cases = keep(cases);
    // SAFETY: the caller's.
    unsafe { run(cases, may_block, resume) }
}

/// Memory of the last large select of each M.
fn keep(cases: Vec<Pending>) -> &'static [Pending] {
    // SAFETY: the M is ours; the previous one is not in use: its select has returned or parked.
    unsafe {
        let m = crate::sched::getm();
        let (ptr, len, cap) = (*m).select_memory;
        if cap != 0 {
            drop(Vec::from_raw_parts(ptr as *mut Pending, len, cap));
        }
        let mut cases = core::mem::ManuallyDrop::new(cases);
        (*m).select_memory = (cases.as_mut_ptr() as usize, cases.len(), cases.capacity());
        core::slice::from_raw_parts(cases.as_ptr(), cases.len())
    }
}

entry!(
    "gorc_selectgo",
    fn selectgo(cases: *const Case, n_sends: usize, n_receives: usize, may_block: usize) -> Pair {
        // SAFETY: compiled code passes an array of so many cases.
        let (idx, received) = unsafe {
            let get = |i: usize| Some(Pending { case: *cases.add(i), is_send: i < n_sends, idx: i as u32 });
            gather(n_sends + n_receives, get, may_block != 0, selected)
        };
        pair(idx as usize, usize::from(received))
    }
);

#[repr(C)]
struct RuntimeSelect {
    dir: usize,
    typ: usize,
    chan: *mut Hchan,
    value: *mut u8,
}

#[repr(C)]
pub struct RselectBlock {
    cases: *const RuntimeSelect,
    len: usize,
    cap: usize,
    chosen: isize,
    received: bool,
}

const SEND: usize = 1;
const DEFAULT: usize = 3;

std_entry!(
    "reflect.rselect",
    fn rselect(block: *mut RselectBlock) {
        // SAFETY: the block; over a wait it is kept as a distance from the stack's top.
        unsafe {
            let cases = core::slice::from_raw_parts((*block).cases, if (*block).cases.is_null() { 0 } else { (*block).len });
            let default = cases.iter().position(|c| c.dir == DEFAULT);
            let get = |i: usize| {
                let c = &cases[i];
                (c.dir != DEFAULT).then_some(Pending { case: Case { chan: c.chan, elem: c.value }, is_send: c.dir == SEND, idx: i as u32 })
            };
            let g = getg();
            (*g).words[0] = (*g).stack_hi - block as usize;
            let (idx, received) = gather(cases.len(), get, default.is_none(), reflect_selected);
            (*block).chosen = if idx < 0 { default.unwrap_or(0) as isize } else { idx };
            (*block).received = received && !(idx >= 0 && cases[idx as usize].dir == SEND);
        }
    }
);

unsafe fn reflect_selected(g: *mut G) {
    // SAFETY: in resume.
    unsafe {
        let is_send = (*(*g).param).is_send;
        let (idx, received) = finish(g);
        let block = ((*g).stack_hi - (*g).words[0]) as *mut RselectBlock;
        (*block).chosen = idx as isize;
        (*block).received = received && !is_send;
    }
}
