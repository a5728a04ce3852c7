//! System calls of the program. While an M is in the kernel its P can be taken away; it gets one back, or leaves its goroutine on the global queue.
//!
//! Results are written to the block before `exit_syscall`: until then the stack does not move, and after it the goroutine may already run elsewhere.

use crate::sched::{PStatus, SCHED, Status, acquire_p, getm, put_global, reschedule, stop};
use crate::sync::{Ordering, fence};
use crate::sys;
use core::ptr::null_mut;

/// # Safety
/// In an entry. Between this and `exit_syscall` nothing that needs a P is done.
pub unsafe fn enter_syscall() {
    // SAFETY: the current goroutine, M and P are ours; the P until its status changes.
    unsafe {
        let m = getm();
        let g = (*m).curg;
        let p = (*m).p;
        (*g).set_status(Status::Syscall);
        (*p).syscall_tick.fetch_add(1, Ordering::Relaxed);
        (*m).old_p = p;
        (*m).p = null_mut();
        (*p).set_status(PStatus::Syscall);
        fence(Ordering::SeqCst);
        if SCHED.gc_waiting() {
            // The stop may have looked at this P before: give it up.
            SCHED.lock.lock();
            if SCHED.gc_waiting() && (*p).switch(PStatus::Syscall, PStatus::GcStop) {
                stop::stopped_p(p);
            }
            SCHED.lock.unlock();
        }
        if SCHED.sysmon_idle.load(Ordering::Relaxed) {
            crate::sched::sysmon::wake();
        }
    }
}

/// The last thing an entry does: returns, or leaves the goroutine to others.
///
/// # Safety
/// After enter_syscall.
pub unsafe fn exit_syscall() {
    // SAFETY: a P is ours once its status was changed by us or it came from the idle list.
    unsafe {
        let m = getm();
        let g = (*m).curg;
        let p = (*m).old_p;
        (*m).old_p = null_mut();
        if (*p).switch(PStatus::Syscall, PStatus::Running) {
            (*m).p = p;
            (*p).m = m;
            (*g).set_status(Status::Running);
            fence(Ordering::SeqCst);
            if SCHED.gc_waiting() {
                (*g).request_preempt();
            }
            return;
        }
        SCHED.lock.lock();
        let p = if SCHED.gc_waiting() { null_mut() } else { crate::sched::get_idle_p() };
        if !p.is_null() {
            SCHED.lock.unlock();
            acquire_p(p);
            (*g).mcache = crate::gc::cache::for_compiled_code((*p).mcache);
            (*g).set_status(Status::Running);
            return;
        }
        (*g).ret0 = 0;
        (*g).ret1 = 0;
        (*m).curg = null_mut();
        (*g).m = null_mut();
        (*g).mcache = null_mut();
        (*g).set_status(Status::Runnable);
        put_global(g);
        SCHED.lock.unlock();
        reschedule()
    }
}

#[repr(C)]
pub struct Block3 {
    number: usize,
    args: [usize; 3],
    r1: usize,
    r2: usize,
    errno: usize,
}

#[repr(C)]
pub struct Block6 {
    number: usize,
    args: [usize; 6],
    r1: usize,
    r2: usize,
    errno: usize,
}

/// (r1, r2, errno) of Go. The second result exists on other systems only.
unsafe fn call(number: usize, a: [usize; 6]) -> (usize, usize, usize) {
    // SAFETY: the program's responsibility.
    match sys::res(unsafe { sys::syscall6(number, a[0], a[1], a[2], a[3], a[4], a[5]) }) {
        Ok(r) => (r, 0, 0),
        Err(e) => (usize::MAX, 0, e as usize),
    }
}

// SAFETY (all entries): blocks of Go's signatures.

std_entry!(
    "syscall.Syscall",
    fn syscall(b: *mut Block3) {
        // SAFETY: see above.
        unsafe {
            let [x, y, z] = (*b).args;
            enter_syscall();
            ((*b).r1, (*b).r2, (*b).errno) = call((*b).number, [x, y, z, 0, 0, 0]);
            exit_syscall()
        }
    }
);
std_entry!(
    "syscall.Syscall6",
    fn syscall_6(b: *mut Block6) {
        // SAFETY: see above.
        unsafe {
            enter_syscall();
            ((*b).r1, (*b).r2, (*b).errno) = call((*b).number, (*b).args);
            exit_syscall()
        }
    }
);
std_entry!(
    "syscall.Getpagesize",
    fn getpagesize(b: *mut i64) {
        // SAFETY: see above.
        unsafe { *b = 4096 }
    }
);
std_entry!(
    "syscall.RawSyscall",
    fn raw_syscall(b: *mut Block3) {
        // SAFETY: see above.
        unsafe {
            let [x, y, z] = (*b).args;
            ((*b).r1, (*b).r2, (*b).errno) = call((*b).number, [x, y, z, 0, 0, 0]);
        }
    }
);
std_entry!(
    "syscall.RawSyscall6",
    fn raw_syscall_6(b: *mut Block6) {
        // SAFETY: see above.
        unsafe { ((*b).r1, (*b).r2, (*b).errno) = call((*b).number, (*b).args) }
    }
);
