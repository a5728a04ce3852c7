//! Channels.
//!
//! The channel is a Go object (its header names one pointer, the buffer); everything in it is guarded by its lock but the length and capacity words, which compiled code reads.
//! Waiters are `Sudog`s outside the heap, in first-come order. Values go directly from one goroutine's memory to the other's: a waiter's stack does not move
//! while we are in an entry. `Sudog::elem` of a waiter is relocated when its stack moves (`stack::move_to`).
//!
//! Who takes a sudog off a queue under the lock owns the wake-up of its goroutine; for a select it must win `select_done` first.

use crate::gc::cache::malloc;
use crate::macros::{Pair, pair};
use crate::panic::raise;
use crate::sched::{G, WaitReason, getg, getm, park, ready};
use crate::sync::{Mutex, Ordering};
use crate::typedesc::{ElemType, Type};
use alloc::boxed::Box;
use core::ptr::{null, null_mut};

/// One goroutine waiting on one channel.
pub struct Sudog {
    pub g: *mut G,
    /// Address to receive into or send from; 0: the value is dropped.
    pub elem: usize,
    pub chan: usize,
    /// Neighbours in the channel's queue.
    pub next: *mut Sudog,
    pub prev: *mut Sudog,
    /// Next of the same goroutine, in lock order.
    pub wait_link: *mut Sudog,
    /// The value was passed (false: woken by close).
    pub success: bool,
    pub is_select: bool,
    /// Still in the queue.
    pub queued: bool,
    pub is_send: bool,
    /// Index of the case as the program counts.
    pub case_idx: u32,
}

#[repr(C)]
pub struct Queue {
    first: *mut Sudog,
    last: *mut Sudog,
}

#[repr(C)]
pub struct Hchan {
    pub count: usize,
    pub capacity: usize,
    buffer: *mut u8,
    elem_size: usize,
    elem_type: *const Type,
    send_idx: usize,
    recv_idx: usize,
    pub receivers: Queue,
    pub senders: Queue,
    closed: bool,
    /// The channel of a timer: room for one value, which `len` and `cap` do not show. `count` and `capacity` stay 0.
    timer: bool,
    /// The value is there.
    full: bool,
    pub lock: Mutex,
}

const BUFFER_WORD: usize = core::mem::offset_of!(Hchan, buffer) / 8;
static HEADER_MASK: [u8; 8] = [1 << BUFFER_WORD, 0, 0, 0, 0, 0, 0, 0];

/// Describes a channel to the collector.
static HEADER: Type = Type {
    size: size_of::<Hchan>(),
    ptr_bytes: (BUFFER_WORD + 1) * 8,
    hash: 0,
    tflag: 0,
    align: 8,
    field_align: 8,
    kind: abi::typedesc::kind::STRUCT,
    equal: null(),
    gc_data: HEADER_MASK.as_ptr(),
    str_off: 0,
    ptr_to_this: 0,
};

impl Queue {
    unsafe fn push(&mut self, s: *mut Sudog) {
        // SAFETY: the channel's lock is held; s is in no queue.
        unsafe {
            (*s).queued = true;
            (*s).next = null_mut();
            (*s).prev = self.last;
            if self.last.is_null() {
                self.first = s;
            } else {
                (*self.last).next = s;
            }
            self.last = s;
        }
    }

    pub unsafe fn remove(&mut self, s: *mut Sudog) {
        // SAFETY: the channel's lock is held.
        unsafe {
            if !(*s).queued {
                return;
            }
            (*s).queued = false;
            if (*s).prev.is_null() {
                self.first = (*s).next;
            } else {
                (*(*s).prev).next = (*s).next;
            }
            if (*s).next.is_null() {
                self.last = (*s).prev;
            } else {
                (*(*s).next).prev = (*s).prev;
            }
        }
    }

    /// The first waiter that is still to be had.
    unsafe fn pop(&mut self) -> *mut Sudog {
        // SAFETY: the channel's lock is held.
        unsafe {
            loop {
                let s = self.first;
                if s.is_null() {
                    return s;
                }
                self.remove(s);
                if (*s).is_select && (*(*s).g).select_done.compare_exchange(0, 1, Ordering::AcqRel, Ordering::Acquire).is_err() {
                    continue;
                }
                return s;
            }
        }
    }
}

/// Kept per P.
const MAX_FREE_SUDOGS: u32 = 128;

pub fn acquire_sudog() -> *mut Sudog {
    // SAFETY: the P is ours.
    unsafe {
        let p = (*getm()).p;
        let s = (*p).free_sudogs;
        if !s.is_null() {
            (*p).free_sudogs = (*s).next;
            (*p).n_free_sudogs -= 1;
            return s;
        }
    }
    Box::into_raw(Box::new(Sudog {
        g: null_mut(),
        elem: 0,
        chan: 0,
        next: null_mut(),
        prev: null_mut(),
        wait_link: null_mut(),
        success: false,
        is_select: false,
        queued: false,
        is_send: false,
        case_idx: 0,
    }))
}

/// # Safety
/// In no queue and nobody's.
pub unsafe fn release_sudog(s: *mut Sudog) {
    // SAFETY: the caller's; the P is ours.
    unsafe {
        let p = (*getm()).p;
        if (*p).n_free_sudogs >= MAX_FREE_SUDOGS {
            drop(Box::from_raw(s));
            return;
        }
        (*s).next = (*p).free_sudogs;
        (*p).free_sudogs = s;
        (*p).n_free_sudogs += 1;
    }
}

/// # Safety
/// `typ` is a channel type.
pub unsafe fn make(typ: *const ElemType, size: i64) -> *mut Hchan {
    // SAFETY: the caller's; fresh memory.
    unsafe {
        let elem = (*typ).elem;
        let elem_size = (*elem).size;
        let bytes = usize::try_from(size).ok().and_then(|n| n.checked_mul(elem_size)).filter(|&b| b < 1 << 47);
        let Some(bytes) = bytes else { raise(abi::raise::MAKECHAN_SIZE, 0, 0) };
        let c;
        if (*elem).ptr_bytes == 0 {
            // One object; the buffer follows.
            c = malloc(size_of::<Hchan>() + bytes, null()) as *mut Hchan;
            (*c).buffer = c.add(1).cast();
        } else {
            c = malloc(size_of::<Hchan>(), &raw const HEADER) as *mut Hchan;
            (*c).buffer = if bytes == 0 { null_mut() } else { malloc(bytes, elem) };
        }
        (*c).capacity = size as usize;
        (*c).elem_size = elem_size;
        (*c).elem_type = elem;
        c
    }
}

/// Makes a fresh channel with room for one value a timer's.
///
/// # Safety
/// Nobody else knows the channel yet.
pub unsafe fn make_timer_channel(c: *mut Hchan) {
    // SAFETY: the caller's.
    unsafe {
        (*c).timer = true;
        (*c).capacity = 0;
    }
}

impl Hchan {
    unsafe fn slot(&self, idx: usize) -> *mut u8 {
        self.buffer.wrapping_add(idx * self.elem_size)
    }

    fn after(&self, idx: usize) -> usize {
        if idx + 1 == self.room() { 0 } else { idx + 1 }
    }

    /// Values the buffer can take.
    fn room(&self) -> usize {
        if self.timer { 1 } else { self.capacity }
    }

    /// Values in it.
    fn used(&self) -> usize {
        if self.timer { usize::from(self.full) } else { self.count }
    }

    fn set_used(&mut self, n: usize) {
        if self.timer {
            self.full = n != 0;
        } else {
            self.count = n;
        }
    }

    unsafe fn copy(&self, to: *mut u8, from: *const u8) {
        // SAFETY: two distinct values of the element type.
        unsafe { core::ptr::copy_nonoverlapping(from, to, self.elem_size) };
    }
}

/// What a try came to. The channel's lock is released unless the result is `WouldBlock`.
#[must_use]
pub enum Outcome {
    Done,
    /// Received from a closed channel, or sent on one.
    Closed,
    WouldBlock,
}

/// Sends if that is possible at once.
///
/// # Safety
/// The lock is held.
pub unsafe fn try_send(c: *mut Hchan, elem: *const u8) -> Outcome {
    // SAFETY: the caller's.
    unsafe {
        let ch = &mut *c;
        if ch.closed {
            ch.lock.unlock();
            return Outcome::Closed;
        }
        let receiver = ch.receivers.pop();
        if !receiver.is_null() {
            if (*receiver).elem != 0 {
                ch.copy((*receiver).elem as *mut u8, elem);
            }
            ch.lock.unlock();
            wake(receiver, true);
            return Outcome::Done;
        }
        if ch.used() < ch.room() {
            ch.copy(ch.slot(ch.send_idx), elem);
            ch.send_idx = ch.after(ch.send_idx);
            ch.set_used(ch.used() + 1);
            ch.lock.unlock();
            return Outcome::Done;
        }
        Outcome::WouldBlock
    }
}

/// Receives if that is possible at once; `elem` may be null.
///
/// # Safety
/// The lock is held.
pub unsafe fn try_recv(c: *mut Hchan, elem: *mut u8) -> Outcome {
    // SAFETY: the caller's.
    unsafe {
        let ch = &mut *c;
        if ch.closed && ch.used() == 0 {
            ch.lock.unlock();
            if !elem.is_null() {
                core::ptr::write_bytes(elem, 0, ch.elem_size);
            }
            return Outcome::Closed;
        }
        let sender = ch.senders.pop();
        if !sender.is_null() {
            let value = (*sender).elem as *const u8;
            if ch.room() == 0 {
                if !elem.is_null() {
                    ch.copy(elem, value);
                }
            } else {
                // The buffer is full: its head is ours, the sender's value takes the place at the tail, which is the same slot.
                let slot = ch.slot(ch.recv_idx);
                if !elem.is_null() {
                    ch.copy(elem, slot);
                }
                ch.copy(slot, value);
                ch.recv_idx = ch.after(ch.recv_idx);
                ch.send_idx = ch.recv_idx;
            }
            ch.lock.unlock();
            wake(sender, true);
            return Outcome::Done;
        }
        if ch.used() > 0 {
            let slot = ch.slot(ch.recv_idx);
            if !elem.is_null() {
                ch.copy(elem, slot);
            }
            core::ptr::write_bytes(slot, 0, ch.elem_size);
            ch.recv_idx = ch.after(ch.recv_idx);
            ch.set_used(ch.used() - 1);
            ch.lock.unlock();
            return Outcome::Done;
        }
        Outcome::WouldBlock
    }
}

/// # Safety
/// The sudog was popped by the caller.
unsafe fn wake(s: *mut Sudog, success: bool) {
    // SAFETY: the caller's.
    unsafe {
        (*s).success = success;
        let g = (*s).g;
        (*g).param = s;
        ready(g);
    }
}

/// Puts the current goroutine on a queue of `c`.
///
/// # Safety
/// The lock is held.
pub unsafe fn enqueue(c: *mut Hchan, elem: usize, is_send: bool) -> *mut Sudog {
    // SAFETY: the caller's.
    unsafe {
        let s = acquire_sudog();
        (*s).g = getg();
        (*s).elem = elem;
        (*s).chan = c as usize;
        (*s).wait_link = null_mut();
        (*s).success = false;
        (*s).is_select = false;
        (*s).is_send = is_send;
        (*s).case_idx = 0;
        if is_send {
            (*c).senders.push(s)
        } else {
            (*c).receivers.push(s)
        }
        s
    }
}

unsafe fn block_on(c: *mut Hchan, elem: usize, is_send: bool, resume: unsafe fn(*mut G)) -> ! {
    // SAFETY: the lock is held; it is released once the goroutine waits.
    unsafe {
        let g = getg();
        (*g).waiting = enqueue(c, elem, is_send);
        (*g).param = null_mut();
        let reason = if is_send { WaitReason::ChanSend } else { WaitReason::ChanReceive };
        park(reason, Some(resume), || (*c).lock.unlock())
    }
}

/// The sudog of a finished wait on one channel: did the value pass?
unsafe fn finish_wait(g: *mut G) -> bool {
    // SAFETY: who woke us took the sudog off its queue.
    unsafe {
        let s = (*g).waiting;
        (*g).waiting = null_mut();
        (*g).param = null_mut();
        let success = (*s).success;
        release_sudog(s);
        success
    }
}

unsafe fn sent(g: *mut G) {
    // SAFETY: in resume.
    unsafe {
        if !finish_wait(g) {
            raise(abi::raise::SEND_CLOSED_CHAN, 0, 0);
        }
    }
}

unsafe fn received(g: *mut G) {
    // SAFETY: in resume.
    unsafe { (*g).ret0 = usize::from(finish_wait(g)) };
}

unsafe fn block_forever(reason: WaitReason) -> ! {
    // SAFETY: in an entry; nobody will wake it.
    unsafe { park(reason, None, || ()) }
}

/// # Safety
/// In an entry.
pub unsafe fn send(c: *mut Hchan, elem: *const u8) {
    // SAFETY: the caller's.
    unsafe {
        if c.is_null() {
            block_forever(WaitReason::ChanSendNil);
        }
        (*c).lock.lock();
        match try_send(c, elem) {
            Outcome::Done => {}
            Outcome::Closed => raise(abi::raise::SEND_CLOSED_CHAN, 0, 0),
            Outcome::WouldBlock => block_on(c, elem as usize, true, sent),
        }
    }
}

/// # Safety
/// In an entry.
unsafe fn recv(c: *mut Hchan, elem: *mut u8, resume: unsafe fn(*mut G)) -> bool {
    // SAFETY: the caller's.
    unsafe {
        if c.is_null() {
            block_forever(WaitReason::ChanReceiveNil);
        }
        (*c).lock.lock();
        match try_recv(c, elem) {
            Outcome::Done => true,
            Outcome::Closed => false,
            Outcome::WouldBlock => block_on(c, elem as usize, false, resume),
        }
    }
}

/// Sends without blocking; raises if the channel is closed.
///
/// # Safety
/// In an entry.
pub unsafe fn send_nb(c: *mut Hchan, elem: *const u8) -> bool {
    // SAFETY: the caller's.
    unsafe {
        if c.is_null() {
            return false;
        }
        (*c).lock.lock();
        match try_send(c, elem) {
            Outcome::Done => true,
            Outcome::Closed => raise(abi::raise::SEND_CLOSED_CHAN, 0, 0),
            Outcome::WouldBlock => {
                (*c).lock.unlock();
                false
            }
        }
    }
}

/// For timers: sends if there is room, and never raises.
///
/// # Safety
/// On a system stack.
pub unsafe fn send_nb_quietly(c: *mut Hchan, elem: *const u8) {
    // SAFETY: the caller's.
    unsafe {
        (*c).lock.lock();
        if matches!(try_send(c, elem), Outcome::WouldBlock) {
            (*c).lock.unlock();
        }
    }
}

/// Receives without blocking: (selected, received).
///
/// # Safety
/// In an entry.
pub unsafe fn recv_nb(c: *mut Hchan, elem: *mut u8) -> (bool, bool) {
    // SAFETY: the caller's; the volatile reads only decide whether to take the lock (an empty open channel was so at some moment of this call).
    unsafe {
        if c.is_null() {
            return (false, false);
        }
        if core::ptr::read_volatile(&raw const (*c).count) == 0
            && !core::ptr::read_volatile(&raw const (*c).full)
            && core::ptr::read_volatile(&raw const (*c).senders.first).is_null()
            && !core::ptr::read_volatile(&raw const (*c).closed)
        {
            return (false, false);
        }
        (*c).lock.lock();
        match try_recv(c, elem) {
            Outcome::Done => (true, true),
            Outcome::Closed => (true, false),
            Outcome::WouldBlock => {
                (*c).lock.unlock();
                (false, false)
            }
        }
    }
}

/// # Safety
/// In an entry.
pub unsafe fn close(c: *mut Hchan) {
    // SAFETY: the caller's.
    unsafe {
        if c.is_null() {
            raise(abi::raise::CLOSE_NIL_CHAN, 0, 0);
        }
        let ch = &mut *c;
        ch.lock.lock();
        if ch.closed {
            ch.lock.unlock();
            raise(abi::raise::CLOSE_CLOSED_CHAN, 0, 0);
        }
        ch.closed = true;
        let mut woken: *mut Sudog = null_mut();
        let mut last = &raw mut woken;
        loop {
            let mut s = ch.receivers.pop();
            if s.is_null() {
                s = ch.senders.pop();
            } else if (*s).elem != 0 {
                core::ptr::write_bytes((*s).elem as *mut u8, 0, ch.elem_size);
            }
            if s.is_null() {
                break;
            }
            (*s).next = null_mut();
            *last = s;
            last = &raw mut (*s).next;
        }
        ch.lock.unlock();
        while !woken.is_null() {
            let next = (*woken).next;
            wake(woken, false);
            woken = next;
        }
    }
}

// SAFETY (all entries): compiled code passes what `abi::rt` says.

entry!(
    "gorc_makechan",
    fn makechan(typ: *const ElemType, size: i64) -> *mut Hchan {
        // SAFETY: see above.
        unsafe { make(typ, size) }
    }
);
entry!(
    "gorc_chansend",
    fn chansend(c: *mut Hchan, elem: *const u8) {
        // SAFETY: see above.
        unsafe { send(c, elem) }
    }
);
entry!(
    "gorc_chanrecv",
    fn chanrecv(c: *mut Hchan, elem: *mut u8) -> usize {
        // SAFETY: see above.
        usize::from(unsafe { recv(c, elem, received) })
    }
);
entry!(
    "gorc_closechan",
    fn closechan(c: *mut Hchan) {
        // SAFETY: see above.
        unsafe { close(c) }
    }
);
entry!(
    "gorc_selectnbsend",
    fn selectnbsend(c: *mut Hchan, elem: *const u8) -> usize {
        // SAFETY: see above.
        usize::from(unsafe { send_nb(c, elem) })
    }
);
entry!(
    "gorc_selectnbrecv",
    fn selectnbrecv(elem: *mut u8, c: *mut Hchan) -> Pair {
        // SAFETY: see above.
        let (selected, received) = unsafe { recv_nb(c, elem) };
        pair(usize::from(selected), usize::from(received))
    }
);
entry!(
    "gorc_block",
    fn block() -> ! {
        // SAFETY: see above.
        unsafe { block_forever(WaitReason::SelectNoCases) }
    }
);

// reflect. Blocks as STDCONTRACT.md says; elements are heap objects or mapped slots.

#[repr(C)]
pub struct MakeBlock {
    typ: *const ElemType,
    size: i64,
    result: *mut Hchan,
}
std_entry!(
    "reflect.makechan",
    fn reflect_makechan(b: *mut MakeBlock) {
        // SAFETY: the block.
        unsafe { (*b).result = make((*b).typ, (*b).size) }
    }
);

#[repr(C)]
pub struct LenBlock {
    c: *const Hchan,
    result: usize,
}
std_entry!(
    "reflect.chanlen",
    fn reflect_chanlen(b: *mut LenBlock) {
        // SAFETY: the block.
        unsafe { (*b).result = (*b).c.as_ref().map_or(0, |c| c.count) }
    }
);
std_entry!(
    "internal/reflectlite.chanlen",
    fn reflectlite_chanlen(b: *mut LenBlock) {
        // SAFETY: the block.
        unsafe { (*b).result = (*b).c.as_ref().map_or(0, |c| c.count) }
    }
);
std_entry!(
    "reflect.chancap",
    fn reflect_chancap(b: *mut LenBlock) {
        // SAFETY: the block.
        unsafe { (*b).result = (*b).c.as_ref().map_or(0, |c| c.capacity) }
    }
);

#[repr(C)]
pub struct SendBlock {
    c: *mut Hchan,
    elem: *const u8,
    nb: bool,
    sent: bool,
}
std_entry!(
    "reflect.chansend0",
    fn reflect_chansend(b: *mut SendBlock) {
        // SAFETY: the block; written before a wait, after which it is true.
        unsafe {
            if (*b).nb {
                (*b).sent = send_nb((*b).c, (*b).elem);
            } else {
                (*b).sent = true;
                send((*b).c, (*b).elem);
            }
        }
    }
);

#[repr(C)]
pub struct RecvBlock {
    c: *mut Hchan,
    nb: bool,
    dst: *mut u8,
    selected: bool,
    received: bool,
}
std_entry!(
    "reflect.chanrecv",
    fn reflect_chanrecv(b: *mut RecvBlock) {
        // SAFETY: the block; over a wait it is kept as a distance from the stack's top.
        unsafe {
            if (*b).nb {
                ((*b).selected, (*b).received) = recv_nb((*b).c, (*b).dst);
                return;
            }
            (*b).selected = true;
            let g = getg();
            (*g).words[0] = (*g).stack_hi - b as usize;
            (*b).received = recv((*b).c, (*b).dst, received_into_block);
        }
    }
);

unsafe fn received_into_block(g: *mut G) {
    // SAFETY: in resume; words[0] as set by the entry.
    unsafe {
        let success = finish_wait(g);
        let b = ((*g).stack_hi - (*g).words[0]) as *mut RecvBlock;
        (*b).received = success;
    }
}

std_entry!(
    "reflect.chanclose",
    fn reflect_chanclose(b: *mut *mut Hchan) {
        // SAFETY: the block.
        unsafe { close(*b) }
    }
);
