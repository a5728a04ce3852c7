//! What the collector needs of the scheduler (`host::World`), and how both start.

use super::{SCHED, Status, gotimer, proc, stop};
use crate::gc::mark::Marker;
use crate::sync::{AtomicI64, Ordering};
use crate::{host, stack, sys};
use core::cell::RefCell;

static START: AtomicI64 = AtomicI64::new(0);

fn stop_world() {
    // SAFETY: the collector stops the world from a safepoint: no heap pointer is in Rust's hands.
    unsafe { stop::stop_the_world_for_sure() };
}

fn mark(marker: &mut Marker) {
    let marker = RefCell::new(marker);
    // SAFETY: the world is stopped.
    unsafe { gotimer::mark_roots(|t| marker.borrow_mut().word(t)) };
    // SAFETY: the world is stopped.
    unsafe {
        proc::for_each_g(|g| {
            if (*g).status() != Status::Syscall && (*g).pinned == 0 {
                stack::shrink(g);
            }
            stack::scan(g, &mut |word| marker.borrow_mut().word(word), &mut |word| marker.borrow_mut().conservative_word(word));
            if (*g).status() == Status::Waiting && (*g).wait_since == 0 {
                (*g).wait_since = sys::nanotime();
            }
        });
    }
}

fn stack_bytes() -> u64 {
    let mut n = 0;
    // SAFETY: only numbers are read.
    unsafe { proc::for_each_g(|g| n += ((*g).stack_hi - (*g).stack_lo) as u64) };
    n
}

static WORLD: host::World = host::World {
    stop: stop_world,
    start: stop::start_the_world,
    mark,
    // SAFETY: called with the world stopped.
    after_mark: |marker| unsafe { gotimer::after_mark(marker) },
    n_procs: || SCHED.n_procs() as u32,
    stack_bytes,
    start_time: || START.load(Ordering::Relaxed) as u64,
};

/// # Safety
/// Once, at start, with a P.
pub unsafe fn init() {
    START.store(sys::nanotime(), Ordering::Relaxed);
    let m = stack::table::module();
    // SAFETY: the tables are the program's; no other thread runs Go code yet.
    unsafe { crate::gc::init(m) };
    host::set_world(&WORLD);
}
