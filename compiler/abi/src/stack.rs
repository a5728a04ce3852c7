//! Sizes of the stack discipline (`docs/ABI.md`, Stack).

/// First stack of a goroutine, bytes: Go's, so that memory per goroutine compares.
pub const FIRST_STACK: usize = 2048;
/// Frames up to this size (bytes from SP to FP) check `sp < limit` only.
pub const SMALL_FRAME: usize = 512;
/// What may be used below the limit: a small frame, its return address and FP, callee saves, and the
/// 128 bytes granted to runtime entries and leaves.
pub const STACK_GUARD: usize = SMALL_FRAME + 16 + 144 + 128;
/// Poisoned limit: every check takes the cold path.
pub const PREEMPT_LIMIT: u64 = u64::MAX;
/// Go's maximum, bytes.
pub const MAX_STACK: usize = 1_000_000_000;
