//! G: a goroutine.
//!
//! ```text
//! status     set by                                     meaning
//! Dead       goexit0, new                               on a free list, no stack content
//! Runnable   ready (by who wakes it), preemption        on one run queue, or about to be put there
//! Running    execute, by the M that took it             `m` is set; in compiled code or in a runtime entry
//! Waiting    park, by its own M                         someone holds it in a queue and will call ready exactly once
//! Syscall    entersyscall, by its own M                 the M is in the kernel; the P may be taken away
//! ```
//! Fields up to `ret1` are known to compiled code (`abi::g`). While Running a G belongs to its M; while Waiting to whoever will wake it (under the lock of
//! that queue); with the world stopped to the collector. `limit` may be poisoned by anyone at any time. `preempt` too.

use super::M;
use crate::arch::Regs;
use crate::chan::Sudog;
use crate::gc::cache::MCache;
use crate::panic::Panic;
use crate::sync::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, Ordering};
use alloc::boxed::Box;
use core::mem::offset_of;
use core::ptr::null_mut;

#[repr(u8)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    Dead,
    Runnable,
    Running,
    Waiting,
    Syscall,
}

/// Runs on the system stack of the M that resumes the goroutine, before it continues. May set `ret0`/`ret1`, park again, or raise.
pub type Resume = unsafe fn(*mut G);

#[repr(C)]
pub struct G {
    pub limit: AtomicU64,
    pub system_sp: usize,
    pub sched_sp: usize,
    pub sched_fp: usize,
    pub sched_pc: usize,
    pub stack_lo: usize,
    pub stack_hi: usize,
    pub dframe: usize,
    pub m: *mut M,
    pub mcache: *mut MCache,
    pub ret0: usize,
    pub ret1: usize,

    pub id: u64,
    pub status: AtomicU8,
    pub wait_reason: WaitReason,
    /// Somebody wants this goroutine to stop at its next check.
    pub preempt: AtomicBool,
    /// Not to be preempted while not 0 (procPin).
    pub pinned: u32,
    /// What to do when it is resumed (see `park`), and its words. A word is scanned as a root if its bit in `word_roots` is set;
    /// addresses in the own stack are kept as offsets from `stack_hi`.
    pub resume: Option<Resume>,
    pub words: [usize; 6],
    /// Registers, if it was stopped at a stack check; kept for reuse.
    pub regs: Option<Box<Regs>>,
    pub regs_valid: bool,
    /// Next in a run queue or free list.
    pub link: *mut G,
    /// All sudogs it waits on, in lock order.
    pub waiting: *mut Sudog,
    /// Set by who wakes it: the sudog of the case that fired; null if a channel was closed.
    pub param: *mut Sudog,
    /// For select: 1 once some case has won.
    pub select_done: AtomicU32,
    /// Innermost panic.
    pub panics: *mut Panic,
    /// Nanoseconds when it began to wait, 0 if unknown; set by the collector.
    pub wait_since: i64,
    /// The `go` statement: its goroutine and return address.
    pub parent_id: u64,
    pub created_pc: usize,
    /// Code of the function it was started with.
    pub start_code: usize,
    pub locked_m: *mut M,
    pub lock_count: u32,
    /// Made by the runtime: not counted for deadlocks, not shown.
    pub system: bool,
    /// Faults elsewhere than near nil panic too (debug.SetPanicOnFault).
    pub panic_on_fault: bool,
    /// The last fault that became a panic: signal, code, address, pc.
    pub sig: u32,
    pub sig_code: i32,
    pub sig_addr: usize,
    pub sig_pc: usize,
    /// Position in the list of all goroutines.
    pub all_index: usize,
    /// Times the stack grew (statistics).
    pub n_growths: u32,
    /// Pprof labels, coroutine of iter.Pull: roots.
    pub labels: usize,
    pub coroutine: usize,
    /// Timer of time.Sleep, made on first use.
    pub sleep_timer: *mut super::timer::Timer,
}

const _: () = {
    assert!(offset_of!(G, limit) == abi::g::LIMIT as usize);
    assert!(offset_of!(G, system_sp) == abi::g::SYSTEM_SP as usize);
    assert!(offset_of!(G, sched_sp) == abi::g::SCHED_SP as usize);
    assert!(offset_of!(G, sched_fp) == abi::g::SCHED_FP as usize);
    assert!(offset_of!(G, sched_pc) == abi::g::SCHED_PC as usize);
    assert!(offset_of!(G, stack_lo) == abi::g::STACK_LO as usize);
    assert!(offset_of!(G, stack_hi) == abi::g::STACK_HI as usize);
    assert!(offset_of!(G, dframe) == abi::g::DFRAME as usize);
    assert!(offset_of!(G, m) == abi::g::M as usize);
    assert!(offset_of!(G, mcache) == abi::g::MCACHE as usize);
    assert!(offset_of!(G, ret0) == abi::g::RET0 as usize);
    assert!(offset_of!(G, ret1) == abi::g::RET1 as usize);
};

impl G {
    /// A dead goroutine without a stack.
    pub fn new() -> G {
        G {
            limit: AtomicU64::new(0),
            system_sp: 0,
            sched_sp: 0,
            sched_fp: 0,
            sched_pc: 0,
            stack_lo: 0,
            stack_hi: 0,
            dframe: 0,
            m: null_mut(),
            mcache: null_mut(),
            ret0: 0,
            ret1: 0,
            id: 0,
            status: AtomicU8::new(Status::Dead as u8),
            wait_reason: WaitReason::None,
            preempt: AtomicBool::new(false),
            pinned: 0,
            resume: None,
            words: [0; 6],
            regs: None,
            regs_valid: false,
            link: null_mut(),
            waiting: null_mut(),
            param: null_mut(),
            select_done: AtomicU32::new(0),
            panics: null_mut(),
            wait_since: 0,
            parent_id: 0,
            created_pc: 0,
            start_code: 0,
            locked_m: null_mut(),
            lock_count: 0,
            system: false,
            panic_on_fault: false,
            sig: 0,
            sig_code: 0,
            sig_addr: 0,
            sig_pc: 0,
            all_index: 0,
            n_growths: 0,
            labels: 0,
            coroutine: 0,
            sleep_timer: null_mut(),
        }
    }

    pub fn status(&self) -> Status {
        match self.status.load(Ordering::Acquire) {
            0 => Status::Dead,
            1 => Status::Runnable,
            2 => Status::Running,
            3 => Status::Waiting,
            _ => Status::Syscall,
        }
    }

    pub fn set_status(&self, status: Status) {
        self.status.store(status as u8, Ordering::Release);
    }

    /// Does `addr` lie in this goroutine's stack?
    pub fn owns(&self, addr: usize) -> bool {
        self.stack_lo <= addr && addr < self.stack_hi
    }

    /// Asks it to stop at its next check.
    pub fn request_preempt(&self) {
        self.preempt.store(true, Ordering::Relaxed);
        self.limit.store(abi::stack::PREEMPT_LIMIT, Ordering::Release);
    }
}

impl Default for G {
    fn default() -> Self {
        Self::new()
    }
}

/// Why a goroutine waits; `text` is what a traceback shows.
#[repr(u8)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WaitReason {
    None,
    ChanReceive,
    ChanSend,
    ChanReceiveNil,
    ChanSendNil,
    Select,
    SelectNoCases,
    Sleep,
    IoWait,
    Semacquire,
    MutexLock,
    RwMutexRLock,
    RwMutexLock,
    CondWait,
    WaitGroupWait,
    FinalizerWait,
    CleanupWait,
    Coroutine,
    ForceGcIdle,
    GcSweepWait,
    SignalWait,
    Other,
}

impl WaitReason {
    pub fn text(self) -> &'static str {
        match self {
            WaitReason::None => "waiting",
            WaitReason::ChanReceive => "chan receive",
            WaitReason::ChanSend => "chan send",
            WaitReason::ChanReceiveNil => "chan receive (nil chan)",
            WaitReason::ChanSendNil => "chan send (nil chan)",
            WaitReason::Select => "select",
            WaitReason::SelectNoCases => "select (no cases)",
            WaitReason::Sleep => "sleep",
            WaitReason::IoWait => "IO wait",
            WaitReason::Semacquire => "semacquire",
            WaitReason::MutexLock => "sync.Mutex.Lock",
            WaitReason::RwMutexRLock => "sync.RWMutex.RLock",
            WaitReason::RwMutexLock => "sync.RWMutex.Lock",
            WaitReason::CondWait => "sync.Cond.Wait",
            WaitReason::WaitGroupWait => "sync.WaitGroup.Wait",
            WaitReason::FinalizerWait => "finalizer wait",
            WaitReason::CleanupWait => "cleanup wait",
            WaitReason::Coroutine => "coroutine",
            WaitReason::ForceGcIdle => "force gc (idle)",
            WaitReason::GcSweepWait => "GC sweep wait",
            WaitReason::SignalWait => "syscall",
            WaitReason::Other => "waiting",
        }
    }
}
