//! Everything that depends on the CPU: the only assembly of the runtime. One file per CPU with the same names.
//!
//! Symbols made here (`docs/ABI.md` says what they mean): `gorc_enter` (behind every entry), `gorc_morestack`, `gorc_gopanic`, `gorc_goexit`,
//! `gorc_panic_call_pc`, `gorc_goexit_pc`, `gorc_memmove`, `gorc_memclr`, `gorc_memequal`, `gorc_cmpstring`, and for Rust `memcpy` and friends.
//! Calls back into Rust only through the functions named in the `sym` operands.

#[cfg(target_arch = "x86_64")]
mod x86_64;
#[cfg(target_arch = "x86_64")]
pub use x86_64::*;

#[cfg(target_arch = "aarch64")]
mod aarch64;
#[cfg(target_arch = "aarch64")]
pub use aarch64::*;

use crate::sched::G;

// Every one of these leaves the Rust frames of the current thread for good.
unsafe extern "C" {
    /// Continues `g` where an entry left it: results from `ret0`, `ret1`.
    pub fn gorc_gogo(g: *mut G) -> !;
    /// Continues `g` at a stack check, with the registers saved there.
    pub fn gorc_gogo_regs(g: *mut G, regs: *const Regs) -> !;
    /// Continues `g`, which is in an entry, as if it had called `code(a, b, c)` instead.
    pub fn gorc_continue_in(g: *mut G, code: usize, a: usize, b: usize, c: usize) -> !;
    /// Continues `g` at `pc` with the given stack and frame pointer (landing block).
    pub fn gorc_land(g: *mut G, sp: usize, fp: usize, pc: usize) -> !;
    /// Calls `f(arg)` at the bottom of the system stack ending at `sp`.
    pub fn gorc_on_stack(sp: usize, f: extern "C" fn(usize) -> !, arg: usize) -> !;
    /// Start of a goroutine: calls the closure in `ret0`.
    pub fn gorc_gostart();
    /// Clone with the thread pointer `tls`; the child calls `f(arg)`.
    pub fn gorc_clone(flags: usize, stack_top: usize, tls: usize, f: extern "C" fn(usize) -> !, arg: usize) -> isize;
    /// Labels, not functions.
    pub fn gorc_panic_call_pc();
    pub fn gorc_goexit_pc();
    pub fn gorc_reflect_call_pc();
    pub fn gorc_makefunc_pc();
    pub fn gorc_morestack();
    /// Bounds of the leaf functions that run on goroutine stacks.
    pub fn gorc_leaves_start();
    pub fn gorc_leaves_end();
}
