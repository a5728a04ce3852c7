//! Threads by clone. The thread pointer is the address of the M (`sched::m`), whose first word is its own address.

use crate::{arch, sys};

/// System stack of a thread, bytes: Rust's deepest path (tracebacks with nested formatting) needs some 20 KiB; untouched pages cost nothing.
pub const SYSTEM_STACK: usize = 256 << 10;
/// Signal stack: the handler of a fault prints tracebacks.
pub const SIGNAL_STACK: usize = 64 << 10;
const PAGE: usize = 4096;

/// Memory for a stack above a page without access; returns its top.
pub fn alloc_stack(size: usize) -> Result<usize, sys::Errno> {
    let base = sys::mmap(size + PAGE)?;
    // SAFETY: the first page of the new mapping.
    unsafe { sys::mprotect(base, PAGE, libc::PROT_NONE)? };
    Ok(base + PAGE + size)
}

/// Gives back what `alloc_stack` returned.
///
/// # Safety
/// Nobody uses the stack.
pub unsafe fn free_stack(top: usize, size: usize) {
    // SAFETY: the whole mapping.
    let _ = unsafe { sys::munmap(top - size - PAGE, size + PAGE) };
}

/// Starts `f(arg)` on a new thread with the given stack top and thread pointer. `f` never returns.
///
/// # Safety
/// `stack_top` ends unused memory that stays mapped, `tls` is an M.
pub unsafe fn spawn(stack_top: usize, tls: usize, f: extern "C" fn(usize) -> !, arg: usize) -> Result<(), sys::Errno> {
    let flags =
        libc::CLONE_VM | libc::CLONE_FS | libc::CLONE_FILES | libc::CLONE_SIGHAND | libc::CLONE_THREAD | libc::CLONE_SYSVSEM | libc::CLONE_SETTLS;
    // A signal must not find the thread before it has a signal stack.
    let old = sys::signal::set_mask(!0);
    // SAFETY: the caller's.
    let r = sys::res(unsafe { arch::gorc_clone(flags as usize, stack_top & !15, tls, f, arg) });
    sys::signal::set_mask(old);
    r.map(|_| ())
}
