//! M: a thread. Its address is the thread pointer, so any Rust code finds it at once.
//!
//! Everything belongs to the thread itself but `link`, `next_p` (the scheduler's lock, while it sleeps) and `park` (a Note).

use super::{G, P};
use crate::stack::table::Cache;
use crate::sync::{AtomicBool, Note};
use core::ptr::null_mut;

#[repr(C)]
pub struct M {
    /// Its own address (read through the thread pointer).
    pub this: *mut M,
    /// The goroutine it runs, null in the scheduler.
    pub curg: *mut G,
    /// Null without the right to run Go code.
    pub p: *mut P,
    /// The P it had before a system call.
    pub old_p: *mut P,
    pub id: u64,
    /// Stack pointer at the bottom of the system stack, 16-aligned.
    pub system_sp: usize,
    pub signal_stack: usize,
    /// Looks for work and has none (counted in `SCHED.n_spinning`).
    pub spinning: bool,
    /// Given by who wakes it.
    pub next_p: *mut P,
    pub park: Note,
    /// Next sleeping M.
    pub link: *mut M,
    /// All Ms, never removed.
    pub all_link: *mut M,
    pub locked_g: *mut G,
    /// `throw` and fatal printing in progress.
    pub dying: bool,
    pub rng: u64,
    /// Return addresses looked up lately.
    pub cache: Cache,
    pub tid: i32,
    /// In a system call on behalf of `curg`.
    pub in_syscall: AtomicBool,
    /// (pointer, length, capacity) of the cases of the last large select.
    pub select_memory: (usize, usize, usize),
}

impl M {
    pub const fn new(id: u64) -> M {
        M {
            this: null_mut(),
            curg: null_mut(),
            p: null_mut(),
            old_p: null_mut(),
            id,
            system_sp: 0,
            signal_stack: 0,
            spinning: false,
            next_p: null_mut(),
            park: Note::new(),
            link: null_mut(),
            all_link: null_mut(),
            locked_g: null_mut(),
            dying: false,
            rng: 0x9e37_79b9_7f4a_7c15 ^ id,
            cache: Cache::new(),
            tid: 0,
            in_syscall: AtomicBool::new(false),
            select_memory: (0, 0, 0),
        }
    }
}

/// The current thread's M.
#[cfg(not(test))]
#[inline(always)]
pub fn getm() -> *mut M {
    crate::arch::thread_pointer()
}

#[cfg(test)]
pub fn getm() -> *mut M {
    use std::boxed::Box;
    std::thread_local! {
        static CURRENT: *mut M = {
            let m = Box::leak(Box::new(M::new(0)));
            m.this = m;
            m
        };
    }
    CURRENT.with(|m| *m)
}

/// The goroutine on whose behalf the current thread runs.
#[inline(always)]
pub fn getg() -> *mut G {
    // SAFETY: getm is valid, the field is the thread's own.
    unsafe { (*getm()).curg }
}

/// xorshift; for choices that must be fair, not secret.
pub fn random() -> u64 {
    let m = getm();
    // SAFETY: the thread's own.
    unsafe {
        let mut x = (*m).rng;
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        (*m).rng = x;
        x.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
}

/// A number below `n`.
pub fn random_below(n: u32) -> u32 {
    (((random() >> 32) * u64::from(n)) >> 32) as u32
}
