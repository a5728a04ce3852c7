//! Goroutine stacks: memory, checks, growth and shrinking by copying, frame walking.
//!
//! ```text
//! hi   ┌──────────────┐
//!      │ goexit pc    │  return address of the outermost function, whose saved FP is 0
//!      │ frames       │  FP → saved FP, return address above it; SP = FP − frame_size at calls
//!      │ entry        │  return address and callee-saved registers, while in a runtime entry
//! sp   ├──────────────┤
//! limit│  guard       │  `abi::stack::STACK_GUARD`
//! lo   └──────────────┘
//! ```
//! A stack is moved only while its goroutine is stopped with `sched_*` complete: by its own M at a check or at the end of an entry, or by the collector with the
//! world stopped. Never while the goroutine is in a system call (the kernel may hold addresses).

pub mod memory;
pub mod table;

use crate::arch::{self, Regs};
use crate::debug;
use crate::sched::{self, G};
use crate::sync::{AtomicU64, AtomicUsize, Ordering};
use abi::stack::{FIRST_STACK, MAX_STACK, PREEMPT_LIMIT, STACK_GUARD};
use abi::tables::func_flags;
use table::{FrameMap, lookup};

/// `debug.SetMaxStack`.
pub static MAX_SIZE: AtomicUsize = AtomicUsize::new(MAX_STACK);

static N_GROWTHS: AtomicU64 = AtomicU64::new(0);
static N_MOVES: AtomicU64 = AtomicU64::new(0);
static N_SHRINKS: AtomicU64 = AtomicU64::new(0);
static BYTES_COPIED: AtomicU64 = AtomicU64::new(0);
static LARGEST: AtomicUsize = AtomicUsize::new(0);

/// Cold path of a stack check or poll: called with `sched_sp` at the return address. Returns to continue, or gives the M to others.
///
/// # Safety
/// Called by gorc_morestack only.
pub unsafe extern "C" fn newstack(g: *mut G, regs: *mut Regs) {
    // SAFETY: g is ours (Running on this M) and stopped at a safepoint.
    unsafe {
        let size = (*g).stack_hi - (*g).stack_lo;
        let sp = (*g).sched_sp + 8;
        let is_stub = lookup((*g).sched_pc).is_some_and(|f| f.has_flag(func_flags::STUB));
        // A stub compares with `stack_lo`, which is never poisoned: it comes here because its body does not fit, and comes again until it does.
        if sp < (*g).stack_lo + STACK_GUARD || is_stub {
            grow(g, size * 2);
        } else if debug::flags().stack_stress != 0 {
            move_to(g, size);
        }
        if (*g).preempt.load(Ordering::Relaxed) {
            (*g).ret0 = 0;
            (*g).ret1 = 0;
            sched::check_safepoint(g, regs);
        } else {
            reset_limit(g);
        }
    }
}

/// The limit of a running goroutine as it is when nobody wants anything.
///
/// # Safety
/// `g` belongs to the caller.
pub unsafe fn reset_limit(g: *mut G) {
    // SAFETY: the caller's.
    unsafe {
        let plain = if debug::flags().stack_stress != 0 { PREEMPT_LIMIT } else { ((*g).stack_lo + STACK_GUARD) as u64 };
        (*g).limit.store(plain, Ordering::SeqCst);
        // A request that came between the caller's look at `preempt` and the store must not be lost.
        if (*g).preempt.load(Ordering::SeqCst) {
            (*g).limit.store(PREEMPT_LIMIT, Ordering::SeqCst);
        }
    }
}

unsafe fn grow(g: *mut G, size: usize) {
    if size > MAX_SIZE.load(Ordering::Relaxed) {
        // SAFETY: g is ours and stopped.
        unsafe { overflow(g) };
    }
    N_GROWTHS.fetch_add(1, Ordering::Relaxed);
    // SAFETY: the caller's.
    unsafe {
        (*g).n_growths += 1;
        move_to(g, size);
    }
}

unsafe fn overflow(g: *mut G) -> ! {
    use core::fmt::Write;
    let mut out = crate::debug::Err;
    // SAFETY: g is ours.
    unsafe {
        let _ = writeln!(out, "runtime: goroutine stack exceeds {}-byte limit", MAX_SIZE.load(Ordering::Relaxed));
        let _ = writeln!(out, "runtime: sp={:#x} stack=[{:#x}, {:#x}]", (*g).sched_sp + 8, (*g).stack_lo, (*g).stack_hi);
    }
    crate::panic::throw("stack overflow")
}

/// Copies the stack to memory of `size` bytes and makes every pointer into it follow.
///
/// # Safety
/// `g` is stopped with `sched_*` complete, not in a system call, and the caller's; what is in use fits.
pub unsafe fn move_to(g: *mut G, size: usize) {
    // SAFETY: the caller's; the walk stays inside the copied part.
    unsafe {
        let (old_lo, old_hi) = ((*g).stack_lo, (*g).stack_hi);
        let used = old_hi - (*g).sched_sp;
        let new_lo = memory::alloc(size);
        let new_hi = new_lo + size;
        let moved = Moved { lo: old_lo, hi: old_hi, delta: new_hi.wrapping_sub(old_hi) };
        core::ptr::copy_nonoverlapping((*g).sched_sp as *const u8, (new_hi - used) as *mut u8, used);
        N_MOVES.fetch_add(1, Ordering::Relaxed);
        BYTES_COPIED.fetch_add(used as u64, Ordering::Relaxed);
        LARGEST.fetch_max(size, Ordering::Relaxed);

        (*g).stack_lo = new_lo;
        (*g).stack_hi = new_hi;
        moved.adjust(&raw mut (*g).sched_sp);
        moved.adjust(&raw mut (*g).sched_fp);
        moved.adjust(&raw mut (*g).dframe);
        // The outermost SP may equal `hi`, which is outside: adjust by hand.
        (*g).sched_sp = new_hi - used;
        let mut pc = (*g).sched_pc;
        let mut fp = (*g).sched_fp;
        while fp != 0 {
            let Some(frame) = lookup(pc) else { crate::panic::throw("no stack map for a return address") };
            moved.adjust_frame(&frame, fp);
            let saved = fp as *mut usize;
            moved.adjust(saved);
            pc = *saved.add(1);
            fp = *saved;
        }
        let mut sudog = (*g).waiting;
        while !sudog.is_null() {
            moved.adjust(&raw mut (*sudog).elem);
            sudog = (*sudog).wait_link;
        }
        if debug::flags().stack_stress != 0 {
            core::ptr::write_bytes(old_lo as *mut u8, 0xdb, old_hi - old_lo);
        }
        memory::free(old_lo, old_hi - old_lo);
    }
}

struct Moved {
    lo: usize,
    hi: usize,
    delta: usize,
}

impl Moved {
    /// # Safety
    /// `word` is readable and writable.
    #[inline(always)]
    unsafe fn adjust(&self, word: *mut usize) {
        // SAFETY: the caller's.
        unsafe {
            let value = *word;
            if value.wrapping_sub(self.lo) < self.hi - self.lo {
                *word = value.wrapping_add(self.delta);
            }
        }
    }

    unsafe fn adjust_frame(&self, frame: &FrameMap, fp: usize) {
        // SAFETY: the map covers words of this frame.
        unsafe { for_each_pointer(frame, fp, |word| self.adjust(word)) }
    }
}

/// # Safety
/// `fp` is the frame pointer of a live frame that `frame` describes.
#[inline(always)]
unsafe fn for_each_pointer(frame: &FrameMap, fp: usize, mut f: impl FnMut(*mut usize)) {
    let sp = fp - frame.frame_size as usize;
    for byte_idx in 0..(frame.n_words as usize).div_ceil(8) {
        // SAFETY: the map has so many bytes.
        let mut bits = unsafe { *frame.bits.add(byte_idx) };
        while bits != 0 {
            let bit = bits.trailing_zeros() as usize;
            bits &= bits - 1;
            f((sp + (byte_idx * 8 + bit) * 8) as *mut usize);
        }
    }
}

/// One frame of a walk.
#[derive(Clone, Copy)]
pub struct Frame {
    pub map: FrameMap,
    pub fp: usize,
    /// Return address into this frame (for a fault: `arch::FAULT_PC_BIAS` after it).
    pub pc: usize,
}

impl Frame {
    pub fn sp(&self) -> usize {
        self.fp - self.map.frame_size as usize
    }
    /// Frame of the panic loop.
    pub fn is_panic_loop(&self) -> bool {
        self.pc == arch::gorc_panic_call_pc as *const () as usize
    }
}

/// From the innermost frame outwards until `f` says false.
///
/// # Safety
/// `g` is stopped with `sched_*` complete.
pub unsafe fn walk(g: *const G, f: impl FnMut(&Frame) -> bool) {
    // SAFETY: the caller's.
    unsafe { walk_from((*g).sched_pc, (*g).sched_fp, f) }
}

/// # Safety
/// A live frame of a stopped goroutine.
pub unsafe fn walk_from(mut pc: usize, mut fp: usize, mut f: impl FnMut(&Frame) -> bool) {
    while fp != 0 {
        let Some(map) = lookup(pc) else { return };
        if !f(&Frame { map, fp, pc }) {
            return;
        }
        // SAFETY: frames link up to a saved FP of 0.
        unsafe {
            pc = *((fp + 8) as *const usize);
            fp = *(fp as *const usize);
        }
    }
}

/// Every word of `g` that may hold a heap pointer: precise ones of its frames, then those of its G by value; the last argument says whether
/// the word has to be looked at with suspicion (results of an entry, words of a parked operation).
///
/// # Safety
/// The world is stopped.
pub unsafe fn scan(g: *mut G, visit: &mut dyn FnMut(usize), visit_conservative: &mut dyn FnMut(usize)) {
    // SAFETY: the caller's.
    unsafe {
        let mut pc = (*g).sched_pc;
        let mut fp = (*g).sched_fp;
        while fp != 0 {
            let Some(frame) = lookup(pc) else { crate::panic::throw("no stack map for a return address") };
            for_each_pointer(&frame, fp, |word| visit(*word));
            pc = *((fp + 8) as *const usize);
            fp = *(fp as *const usize);
        }
        visit_conservative((*g).ret0);
        visit_conservative((*g).ret1);
        for &word in &(*g).words {
            visit_conservative(word);
        }
        visit((*g).labels);
        visit((*g).coroutine);
        let mut sudog = (*g).waiting;
        while !sudog.is_null() {
            visit((*sudog).chan);
            visit_conservative((*sudog).elem);
            sudog = (*sudog).wait_link;
        }
        let mut panic = (*g).panics;
        while !panic.is_null() {
            visit((*panic).typ);
            visit((*panic).data);
            panic = (*panic).link;
        }
    }
}

/// Halves the stack of a goroutine that uses less than a quarter of it.
///
/// # Safety
/// The world is stopped and `g` is not in a system call.
pub unsafe fn shrink(g: *mut G) {
    // SAFETY: the caller's.
    unsafe {
        let size = (*g).stack_hi - (*g).stack_lo;
        if size <= FIRST_STACK || (*g).sched_sp == 0 {
            return;
        }
        let used = (*g).stack_hi - (*g).sched_sp + STACK_GUARD;
        if used < size / 4 {
            N_SHRINKS.fetch_add(1, Ordering::Relaxed);
            move_to(g, size / 2);
            if (*g).limit.load(Ordering::Relaxed) != PREEMPT_LIMIT {
                reset_limit(g);
            }
        }
    }
}

/// `GORC_RT=stackstats=1`, at exit.
pub fn print_stats() {
    use core::fmt::Write;
    let _ = writeln!(
        debug::Err,
        "stack: {} growths, {} moves, {} shrinks, {} bytes copied, largest {} bytes",
        N_GROWTHS.load(Ordering::Relaxed),
        N_MOVES.load(Ordering::Relaxed),
        N_SHRINKS.load(Ordering::Relaxed),
        BYTES_COPIED.load(Ordering::Relaxed),
        LARGEST.load(Ordering::Relaxed)
    );
}

/// A first stack for `g`, laid out to start the closure in `ret0`.
///
/// # Safety
/// `g` is dead and the caller's.
pub unsafe fn prepare(g: *mut G) {
    // SAFETY: the caller's.
    unsafe {
        if (*g).stack_lo == 0 {
            (*g).stack_lo = memory::alloc(FIRST_STACK);
            (*g).stack_hi = (*g).stack_lo + FIRST_STACK;
        }
        (*g).sched_sp = arch::prepare_start((*g).stack_hi);
        (*g).sched_fp = 0;
        (*g).sched_pc = arch::gorc_gostart as *const () as usize;
        (*g).dframe = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::table::tests::{LEAF, OUTER};
    use super::*;
    use std::boxed::Box;
    use std::vec::Vec;

    /// main.outer called main.leaf, which is at a stack check. Words marked as pointers and others, pointing into the stack or not.
    unsafe fn hand_made() -> *mut G {
        let g = Box::leak(Box::new(G::new()));
        // SAFETY: the words written lie inside the new stack.
        unsafe {
            g.stack_lo = memory::alloc(2048);
            g.stack_hi = g.stack_lo + 2048;
            let hi = g.stack_hi;
            let w = |addr: usize, value: usize| *(addr as *mut usize) = value;
            w(hi - 8, arch::gorc_goexit_pc as *const () as usize);
            let outer_fp = hi - 16;
            w(outer_fp, 0);
            let outer_sp = outer_fp - 64;
            for i in 0..8 {
                w(outer_sp + 8 * i, 0x1000 + i);
            }
            w(outer_sp + 24, outer_sp + 8); // mapped, into the stack
            w(outer_sp + 56, 0xc0_0000_1234); // mapped, heap
            w(outer_sp + 32, outer_sp); // not mapped, looks like one
            w(outer_sp - 8, OUTER + 0x30);
            let leaf_fp = outer_sp - 16;
            w(leaf_fp, outer_fp);
            let leaf_sp = leaf_fp - 32;
            for i in 0..4 {
                w(leaf_sp + 8 * i, 0x2000 + i);
            }
            w(leaf_sp + 8, outer_fp);
            w(leaf_sp - 8, LEAF + 0x10);
            g.sched_sp = leaf_sp - 8;
            g.sched_fp = leaf_fp;
            g.sched_pc = LEAF + 0x10;
            g.dframe = outer_sp + 16;
        }
        g
    }

    #[test]
    fn moving_relocates_what_is_mapped_and_nothing_else() {
        // SAFETY: the hand-made goroutine is ours.
        unsafe {
            let g = hand_made();
            for size in [4096usize, 8192, 2048] {
                let old_hi = (*g).stack_hi;
                move_to(g, size);
                let hi = (*g).stack_hi;
                assert_eq!(hi - (*g).stack_lo, size);
                let r = |addr: usize| *(addr as *const usize);
                let outer_fp = hi - 16;
                let outer_sp = outer_fp - 64;
                let leaf_fp = outer_sp - 16;
                let leaf_sp = leaf_fp - 32;
                assert_eq!(((*g).sched_sp, (*g).sched_fp, (*g).dframe), (leaf_sp - 8, leaf_fp, outer_sp + 16));
                assert_eq!(r(leaf_fp), outer_fp, "saved frame pointer");
                assert_eq!(r(outer_fp), 0);
                assert_eq!(r(outer_sp + 24), outer_sp + 8, "pointer into the own frame");
                assert_eq!(r(leaf_sp + 8), outer_fp, "pointer into another frame");
                assert_eq!(r(outer_sp + 56), 0xc0_0000_1234, "heap pointer");
                assert_eq!(r(outer_sp), 0x1000, "integer");
                if size == 4096 {
                    assert_eq!(r(outer_sp + 32), old_hi - 16 - 64, "unmapped word is left alone");
                }
            }
        }
    }

    #[test]
    fn walking_visits_frames_inside_out() {
        // SAFETY: the hand-made goroutine is ours.
        unsafe {
            let g = hand_made();
            let mut names = Vec::new();
            walk(g, |f| {
                names.push(table::string(f.map.info().unwrap().name));
                true
            });
            assert_eq!(names, ["main.leaf", "main.outer"]);
            let mut roots = Vec::new();
            scan(g, &mut |w| roots.push(w), &mut |_| {});
            assert!(roots.contains(&0xc0_0000_1234) && !roots.contains(&0x1000));
        }
    }
}
