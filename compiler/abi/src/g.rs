//! Offsets in the G that compiled code and assembly know; the runtime asserts them against its struct.

/// Entry checks compare SP with this word; `u64::MAX` asks the goroutine to stop.
pub const LIMIT: u32 = 0;
/// Where the runtime entries switch to: SP of the current M's system stack.
pub const SYSTEM_SP: u32 = 8;
/// Saved when the goroutine leaves compiled code.
pub const SCHED_SP: u32 = 16;
pub const SCHED_FP: u32 = 24;
pub const SCHED_PC: u32 = 32;
pub const STACK_LO: u32 = 40;
pub const STACK_HI: u32 = 48;
/// Innermost `DeferFrame`, may point into the stack.
pub const DFRAME: u32 = 56;
/// The M that runs this G.
pub const M: u32 = 64;
/// Allocation caches of the current P (null while the G is not running).
pub const MCACHE: u32 = 72;
/// Results of a runtime entry that parked.
pub const RET0: u32 = 80;
pub const RET1: u32 = 88;

/// What [`MCACHE`] points to.
pub mod mcache {
    pub const N_RUNS: u32 = 2 * crate::sizeclass::N_CLASSES as u32;
    /// Word behind the runs: where the heap bits of address 0 would be.
    pub const HEAP_BITS: u32 = 16 * N_RUNS;

    /// The free run `{free, end}` of a class.
    pub const fn run(class: usize, has_pointers: bool) -> u32 {
        16 * (2 * class as u32 + !has_pointers as u32)
    }
}

/// The slot of a function with `defer`.
pub mod defer_frame {
    pub const PREV: u32 = 0;
    pub const HEAD: u32 = 8;
    pub const FLAGS: u32 = 16;
    pub const SIZE: u32 = 24;
}

/// One deferred call.
pub mod defer_node {
    pub const NEXT: u32 = 0;
    pub const FUNC: u32 = 8;
    pub const SIZE: u32 = 16;
}
