//! Timers: one heap, ordered by time, under one lock. Expired ones are run by whoever schedules next (`run_expired`), without the lock.
//!
//! A timer is in the heap (`idx` valid) or not; `add`, `delete` and expiry change that under the lock. `fire` runs on a system stack with a P or none and
//! may make goroutines ready, no more.

use super::{G, SCHED, Status, WaitReason, getg, park, ready, wake_p};
use crate::poll;
use crate::sync::{AtomicI64, Mutex, Ordering};
use crate::sys;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cell::UnsafeCell;

#[repr(C)]
pub struct Timer {
    /// Monotonic nanoseconds.
    pub when: i64,
    /// If not 0 it is set again by this much when it fires.
    pub period: i64,
    pub fire: unsafe fn(*mut Timer, i64),
    pub data: usize,
    idx: usize,
    /// Fires under the lock: short, sets no timer.
    locked: bool,
}

const OUT: usize = usize::MAX;

impl Timer {
    pub const fn new(fire: unsafe fn(*mut Timer, i64), data: usize) -> Timer {
        Timer { when: 0, period: 0, fire, data, idx: OUT, locked: false }
    }

    /// One of package time.
    pub const fn new_locked(fire: unsafe fn(*mut Timer, i64)) -> Timer {
        Timer { when: 0, period: 0, fire, data: 0, idx: OUT, locked: true }
    }
}

struct Timers {
    lock: Mutex,
    heap: UnsafeCell<Vec<*mut Timer>>,
    /// Time of the first, 0 if there is none.
    next: AtomicI64,
}

// SAFETY: `heap` is used under `lock`.
unsafe impl Sync for Timers {}

static TIMERS: Timers = Timers { lock: Mutex::new(), heap: UnsafeCell::new(Vec::new()), next: AtomicI64::new(0) };

pub fn next_when() -> i64 {
    TIMERS.next.load(Ordering::SeqCst)
}

pub fn any() -> bool {
    next_when() != 0
}

/// Has the first one expired?
pub fn due() -> bool {
    let next = next_when();
    next != 0 && next <= sys::nanotime()
}

unsafe fn sift_up(heap: &mut [*mut Timer], mut i: usize) {
    // SAFETY: timers in the heap are alive, the lock is held.
    unsafe {
        while i > 0 {
            let parent = (i - 1) / 4;
            if (*heap[parent]).when <= (*heap[i]).when {
                break;
            }
            heap.swap(parent, i);
            (*heap[i]).idx = i;
            i = parent;
        }
        (*heap[i]).idx = i;
    }
}

unsafe fn sift_down(heap: &mut [*mut Timer], mut i: usize) {
    // SAFETY: as sift_up.
    unsafe {
        loop {
            let first = 4 * i + 1;
            let Some(child) = (first..(first + 4).min(heap.len())).min_by_key(|&c| (*heap[c]).when) else { break };
            if (*heap[i]).when <= (*heap[child]).when {
                break;
            }
            heap.swap(i, child);
            (*heap[i]).idx = i;
            i = child;
        }
        (*heap[i]).idx = i;
    }
}

unsafe fn insert(heap: &mut Vec<*mut Timer>, t: *mut Timer) {
    heap.push(t);
    let last = heap.len() - 1;
    // SAFETY: t is alive.
    unsafe { sift_up(heap, last) };
}

unsafe fn remove(heap: &mut Vec<*mut Timer>, i: usize) -> *mut Timer {
    let t = heap.swap_remove(i);
    // SAFETY: timers in the heap are alive.
    unsafe {
        (*t).idx = OUT;
        if i < heap.len() {
            (*heap[i]).idx = i;
            sift_down(heap, i);
            sift_up(heap, i);
        }
    }
    t
}

unsafe fn publish_next(heap: &[*mut Timer]) {
    // SAFETY: as sift_up. 0 means none, so a time of 0 becomes 1.
    let next = heap.first().map_or(0, |&t| unsafe { (*t).when.max(1) });
    TIMERS.next.store(next, Ordering::SeqCst);
}

/// Sets `t` to fire at `when`; it may be set already. True if it was.
///
/// # Safety
/// `t` stays alive until it is out of the heap.
pub unsafe fn set(t: *mut Timer, when: i64, period: i64) -> bool {
    // SAFETY: the caller's; under the lock.
    let (was_set, first) = TIMERS.lock.with(|| unsafe {
        let heap = &mut *TIMERS.heap.get();
        let was_set = (*t).idx != OUT;
        if was_set {
            remove(heap, (*t).idx);
        }
        (*t).when = when;
        (*t).period = period;
        insert(heap, t);
        publish_next(heap);
        (was_set, (*t).idx == 0)
    });
    if first {
        wake_for(when);
    }
    was_set
}

/// Somebody has to be awake, or sleep in the poller, until `when`.
fn wake_for(when: i64) {
    if SCHED.last_poll.load(Ordering::SeqCst) == 0 {
        let until = SCHED.poll_until.load(Ordering::SeqCst);
        if until == 0 || until > when {
            poll::wake();
        }
    } else {
        wake_p();
    }
}

/// Takes `t` out; true if it was set.
///
/// # Safety
/// `t` is alive.
pub unsafe fn delete(t: *mut Timer) -> bool {
    // SAFETY: the caller's; under the lock.
    TIMERS.lock.with(|| unsafe {
        if (*t).idx == OUT {
            return false;
        }
        let heap = &mut *TIMERS.heap.get();
        remove(heap, (*t).idx);
        publish_next(heap);
        true
    })
}

/// Runs what has expired.
pub fn run_expired() {
    let next = next_when();
    if next == 0 {
        return;
    }
    let now = sys::nanotime();
    if next > now {
        return;
    }
    loop {
        // SAFETY: under the lock; fire and data are read before the owner can free the timer.
        let fired = TIMERS.lock.with(|| unsafe {
            let heap = &mut *TIMERS.heap.get();
            let &t = heap.first()?;
            if (*t).when > now {
                return None;
            }
            let late = now - (*t).when;
            if (*t).period > 0 {
                (*t).when += (*t).period * (1 + late / (*t).period);
                sift_down(heap, 0);
            } else {
                remove(heap, 0);
            }
            publish_next(heap);
            if (*t).locked {
                ((*t).fire)(t, late);
                return Some((t, nothing as unsafe fn(*mut Timer, i64), late));
            }
            Some((t, (*t).fire, late))
        });
        let Some((t, fire, late)) = fired else { return };
        // SAFETY: the owner keeps a timer alive while it can fire.
        unsafe { fire(t, late) };
    }
}

unsafe fn nothing(_: *mut Timer, _: i64) {}

/// Asks for every timer of package time that is set whether it stays set.
///
/// # Safety
/// The world is stopped.
pub unsafe fn retain_go_timers(mut keep: impl FnMut(*mut Timer) -> bool) {
    // SAFETY: under the lock.
    TIMERS.lock.with(|| unsafe {
        let heap = &mut *TIMERS.heap.get();
        let mut gone = Vec::new();
        for &t in heap.iter() {
            if (*t).locked && !keep(t) {
                gone.push(t);
            }
        }
        for t in gone {
            remove(heap, (*t).idx);
        }
        publish_next(heap);
    });
}

unsafe fn wake_sleeper(t: *mut Timer, _late: i64) {
    // SAFETY: the sleeping goroutine owns the timer and waits for just this.
    unsafe { ready((*t).data as *mut G) };
}

/// Parks the current goroutine for `nanos`.
///
/// # Safety
/// As `park`.
pub unsafe fn sleep(nanos: i64) {
    if nanos <= 0 {
        return;
    }
    // SAFETY: the goroutine's own timer, kept for reuse; set only after the goroutine waits.
    unsafe {
        let g = getg();
        if (*g).sleep_timer.is_null() {
            (*g).sleep_timer = Box::into_raw(Box::new(Timer::new(wake_sleeper, g as usize)));
        }
        let t = (*g).sleep_timer;
        let when = sys::nanotime().saturating_add(nanos);
        park(WaitReason::Sleep, None, || {
            debug_assert!((*g).status() == Status::Waiting);
            set(t, when, 0);
        })
    }
}

std_entry!(
    "time.Sleep",
    fn time_sleep(nanos: *mut i64) {
        // SAFETY: the block.
        unsafe { sleep(*nanos) }
    }
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heap_orders_and_removes() {
        unsafe fn nothing(_: *mut Timer, _: i64) {}
        let mut heap = Vec::new();
        let timers: Vec<*mut Timer> = (0..200i64)
            .map(|i| {
                let mut t = Timer::new(nothing, 0);
                t.when = (i * 7919) % 211;
                Box::into_raw(Box::new(t))
            })
            .collect();
        // SAFETY: the timers live to the end of the test.
        unsafe {
            for &t in &timers {
                insert(&mut heap, t);
            }
            for &t in timers.iter().step_by(3) {
                let i = (*t).idx;
                assert_eq!(remove(&mut heap, i), t);
            }
            let mut last = i64::MIN;
            while !heap.is_empty() {
                let t = remove(&mut heap, 0);
                assert!((*t).when >= last && (*t).idx == OUT);
                last = (*t).when;
            }
        }
    }
}
