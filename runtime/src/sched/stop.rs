//! Stopping the world: no M runs Go code or a runtime entry, every goroutine is complete in its G.
//!
//! `gc_waiting` is raised, running goroutines are asked to stop, Ps in system calls and idle ones are taken; `stop_wait` (under the lock) counts those that have not
//! been given up. The M that stops the world keeps its P, with status GcStop.

use super::{P, PStatus, SCHED, acquire_p, get_idle_p, getm, preempt_all, put_idle_p, release_p, start_m, sysmon, wake_p};
use crate::sync::Ordering;
use crate::sys;
use core::ptr::null_mut;

/// False if somebody else is stopping it: then stop too (`check_safepoint` does) and try again.
///
/// The current goroutine, if any, is in an entry or at a check. On return it counts as stopped.
#[must_use]
pub fn stop_the_world() -> bool {
    // SAFETY: lists under the lock; our own P.
    unsafe {
        let m = getm();
        SCHED.lock.lock();
        if SCHED.gc_waiting() {
            SCHED.lock.unlock();
            return false;
        }
        let s = SCHED.locked();
        SCHED.stop_note.clear();
        SCHED.gc_waiting.store(true, Ordering::SeqCst);
        s.stop_wait = SCHED.n_procs() as u32;
        preempt_all();
        (*(*m).p).set_status(PStatus::GcStop);
        s.stop_wait -= 1;
        for i in 0..SCHED.n_procs() {
            let p = SCHED.proc(i);
            if (*p).switch(PStatus::Syscall, PStatus::GcStop) {
                (*p).syscall_tick.fetch_add(1, Ordering::Relaxed);
                s.stop_wait -= 1;
            }
        }
        loop {
            let p = get_idle_p();
            if p.is_null() {
                break;
            }
            (*p).set_status(PStatus::GcStop);
            s.stop_wait -= 1;
        }
        let wait = s.stop_wait > 0;
        SCHED.lock.unlock();
        // A request can miss a goroutine that is just being switched to: repeat.
        while wait && !SCHED.stop_note.sleep_timeout(100_000) {
            preempt_all();
        }
    }
    true
}

/// Also takes a new number of Ps into use (`procs`, 0: as before).
pub fn start_the_world_with(procs: u32) {
    // SAFETY: the world is stopped by us; lists under the lock.
    unsafe {
        let m = getm();
        if procs != 0 {
            super::proc::resize(procs);
        }
        SCHED.lock.lock();
        SCHED.gc_waiting.store(false, Ordering::SeqCst);
        let own = (*m).p;
        (*own).set_status(PStatus::Running);
        let mut busy: *mut P = null_mut();
        for i in (0..SCHED.n_procs()).rev() {
            let p = SCHED.proc(i);
            if p == own || !(*p).is(PStatus::GcStop) {
                continue;
            }
            (*p).m = null_mut();
            if (*p).run_queue.is_empty() {
                put_idle_p(p);
            } else {
                (*p).link = busy;
                busy = p;
            }
        }
        SCHED.lock.unlock();
        sysmon::wake();
        while !busy.is_null() {
            let next = (*busy).link;
            start_m(busy, false);
            busy = next;
        }
    }
    wake_p();
}

pub fn start_the_world() {
    start_the_world_with(0);
}

/// # Safety
/// The lock is held, the world is stopping, `p` is nobody's and still counted in `stop_wait`.
pub unsafe fn stopped_p(p: *mut P) {
    // SAFETY: the caller's.
    unsafe {
        (*p).set_status(PStatus::GcStop);
        let s = SCHED.locked();
        s.stop_wait -= 1;
        if s.stop_wait == 0 {
            SCHED.stop_note.wake();
        }
    }
}

/// The scheduler's side: gives up the P of this M.
///
/// # Safety
/// The M has a P and no goroutine.
pub unsafe fn give_up_p() {
    // SAFETY: the caller's.
    unsafe {
        let m = getm();
        if (*m).spinning {
            (*m).spinning = false;
            SCHED.n_spinning.fetch_sub(1, Ordering::SeqCst);
        }
        SCHED.lock.lock();
        if SCHED.gc_waiting() {
            let p = release_p();
            stopped_p(p);
        }
        SCHED.lock.unlock();
    }
}

/// From an entry that has to stop the world itself and lost against another: waits in place with the goroutine complete.
///
/// # Safety
/// In an entry that holds no heap pointer.
pub unsafe fn wait_for_world() {
    // SAFETY: the P is ours; lists under the lock.
    unsafe {
        SCHED.lock.lock();
        if SCHED.gc_waiting() {
            let p = release_p();
            stopped_p(p);
            loop {
                SCHED.lock.unlock();
                sys::usleep(50);
                SCHED.lock.lock();
                let p = if SCHED.gc_waiting() { null_mut() } else { get_idle_p() };
                if !p.is_null() {
                    acquire_p(p);
                    (*(*getm()).curg).mcache = crate::gc::cache::for_compiled_code((*p).mcache);
                    break;
                }
            }
        }
        SCHED.lock.unlock();
    }
}

/// Stops the world from an entry, for sure.
///
/// # Safety
/// As wait_for_world.
pub unsafe fn stop_the_world_for_sure() {
    while !stop_the_world() {
        // SAFETY: the caller's.
        unsafe { wait_for_world() };
    }
}
