//! Installing signal handlers and signal stacks; what the handlers do is the business of `sched::signal`.

use crate::{arch, sys};

/// The kernel's layout on both machines.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct KernelSigaction {
    pub handler: usize,
    pub flags: u64,
    pub restorer: usize,
    pub mask: u64,
}

const SA_RESTORER: u64 = 0x0400_0000;

pub type Handler = extern "C" fn(i32, *mut libc::siginfo_t, *mut u8);

pub fn install(sig: i32, handler: Handler) -> sys::Res {
    let flags = (libc::SA_SIGINFO | libc::SA_ONSTACK | libc::SA_RESTART) as u64;
    set_action(sig, handler as usize, flags)
}

pub fn set_action(sig: i32, handler: usize, flags: u64) -> sys::Res {
    let mut action = KernelSigaction { handler, flags, restorer: 0, mask: !0 };
    if let Some(restorer) = arch::SIGRETURN {
        action.flags |= SA_RESTORER;
        action.restorer = restorer as usize;
    }
    // SAFETY: action lives over the call.
    sys::res(unsafe { sys::syscall6(libc::SYS_rt_sigaction as usize, sig as usize, &raw const action as usize, 0, 8, 0, 0) })
}

/// What is installed now.
pub fn action(sig: i32) -> KernelSigaction {
    let mut action = KernelSigaction { handler: 0, flags: 0, restorer: 0, mask: 0 };
    // SAFETY: action is writable.
    unsafe { sys::syscall6(libc::SYS_rt_sigaction as usize, sig as usize, 0, &raw mut action as usize, 8, 0, 0) };
    action
}

/// `top`: as returned by `thread::alloc_stack`.
pub fn set_stack(top: usize, size: usize) -> sys::Res {
    let s = libc::stack_t { ss_sp: (top - size) as *mut _, ss_flags: 0, ss_size: size };
    // SAFETY: s lives over the call.
    sys::res(unsafe { sys::syscall6(libc::SYS_sigaltstack as usize, &raw const s as usize, 0, 0, 0, 0, 0) })
}

/// Replaces this thread's mask of blocked signals.
pub fn set_mask(mask: u64) -> u64 {
    let mut old = 0u64;
    // SAFETY: both words live over the call.
    unsafe {
        sys::syscall6(libc::SYS_rt_sigprocmask as usize, libc::SIG_SETMASK as usize, &raw const mask as usize, &raw mut old as usize, 8, 0, 0);
    }
    old
}
