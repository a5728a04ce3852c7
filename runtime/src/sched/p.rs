//! P: the right to run Go code, and what is cached for it. There are GOMAXPROCS of them.
//!
//! ```text
//! status   set by                                          meaning
//! Idle     its M under the scheduler's lock                on the idle list
//! Running  acquire_p                                       owned by M `m`
//! Syscall  entersyscall, by its M                          still `m`'s, but whoever swaps it to another status owns it
//! GcStop   stop-the-world, or its M when it sees the stop  nobody's until the world starts
//! Dead     GOMAXPROCS made smaller
//! ```
//! Everything but `status`, `run_queue` and the two ticks belongs to the owner.

use super::runq::RunQueue;
use super::{G, M};
use crate::chan::Sudog;
use crate::gc::cache::MCache;
use crate::sync::{AtomicU32, Ordering};
use core::ptr::null_mut;

#[repr(u32)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PStatus {
    Idle,
    Running,
    Syscall,
    GcStop,
    Dead,
}

/// Stack sizes kept per P: 2, 4, 8, 16 KiB.
pub const N_STACK_ORDERS: usize = 4;

pub struct P {
    pub id: u32,
    pub status: AtomicU32,
    /// Next idle P.
    pub link: *mut P,
    pub m: *mut M,
    pub mcache: *mut MCache,
    pub run_queue: RunQueue,
    /// Counts scheduler rounds and system calls; sysmon compares.
    pub sched_tick: AtomicU32,
    pub syscall_tick: AtomicU32,
    /// sysmon's copies, and when they last changed.
    pub seen_sched_tick: u32,
    pub seen_syscall_tick: u32,
    pub seen_sched_when: i64,
    pub seen_syscall_when: i64,
    pub free_gs: *mut G,
    pub n_free_gs: u32,
    pub free_sudogs: *mut Sudog,
    pub n_free_sudogs: u32,
    /// Free stacks by order, linked through their first word.
    pub stacks: [usize; N_STACK_ORDERS],
    pub n_stacks: [u32; N_STACK_ORDERS],
}

impl P {
    pub fn new(id: u32) -> P {
        P {
            id,
            status: AtomicU32::new(PStatus::GcStop as u32),
            link: null_mut(),
            m: null_mut(),
            mcache: null_mut(),
            run_queue: RunQueue::new(),
            sched_tick: AtomicU32::new(0),
            syscall_tick: AtomicU32::new(0),
            seen_sched_tick: 0,
            seen_syscall_tick: 0,
            seen_sched_when: 0,
            seen_syscall_when: 0,
            free_gs: null_mut(),
            n_free_gs: 0,
            free_sudogs: null_mut(),
            n_free_sudogs: 0,
            stacks: [0; N_STACK_ORDERS],
            n_stacks: [0; N_STACK_ORDERS],
        }
    }

    pub fn set_status(&self, status: PStatus) {
        self.status.store(status as u32, Ordering::SeqCst);
    }

    pub fn is(&self, status: PStatus) -> bool {
        self.status.load(Ordering::SeqCst) == status as u32
    }

    /// Changes the status if it is `from`; whoever succeeds owns the P.
    #[must_use]
    pub fn switch(&self, from: PStatus, to: PStatus) -> bool {
        self.status.compare_exchange(from as u32, to as u32, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }
}
