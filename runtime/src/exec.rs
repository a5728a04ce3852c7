//! Starting programs: clone, what is to be set in the child, exec. And system calls on all threads.
//!
//! The child shares our memory until it runs the new program (CLONE_VM, CLONE_VFORK: the calling thread waits), on a stack of its own; it makes system calls only, and
//! tells of a failure through the arguments it was given. Handlers of signals are taken away in it before signals are let in.

use crate::arch;
use crate::sched::{self, SCHED, getm, stop};
use crate::sync::{AtomicU32, Mutex, Ordering};
use crate::sys::{self, res, syscall6};
use crate::syscall::{enter_syscall, exit_syscall};
use core::cell::UnsafeCell;

/// `syscall.forkArgs`. Strings end with a zero byte, lists with a null pointer; null: not wanted.
#[repr(C)]
pub struct Args {
    path: *const u8,
    argv: *const *const u8,
    envv: *const *const u8,
    chroot: *const u8,
    dir: *const u8,
    /// Descriptors of the child by number, -1 closed. Ours to change.
    files: *mut i64,
    n_files: usize,
    /// Bits of `FLAG_…`.
    flags: u64,
    pgid: i64,
    ctty: i64,
    pdeathsig: u64,
    clone_flags: u64,
    unshare_flags: u64,
    uid: u64,
    gid: u64,
    groups: *const u32,
    n_groups: usize,
    ambient: *const usize,
    n_ambient: usize,
    /// Limit of open files to set, if not null.
    nofile: *const u64,
    /// What failed.
    errno: i64,
    parent: i64,
}

const FLAG_SETSID: u64 = 1;
const FLAG_SETPGID: u64 = 2;
const FLAG_FOREGROUND: u64 = 4;
const FLAG_SETCTTY: u64 = 8;
const FLAG_NOCTTY: u64 = 16;
const FLAG_PTRACE: u64 = 32;
const FLAG_CREDENTIAL: u64 = 64;
const FLAG_SETGROUPS: u64 = 128;

const STACK: usize = 64 << 10;

#[repr(C)]
pub struct Block {
    args: *mut Args,
    pid: i64,
    errno: usize,
}

std_entry!(
    "syscall.runtimeForkExec",
    fn fork_exec(b: *mut Block) {
        // SAFETY: the block and what the arguments name stay where they are: the goroutine is in a system call, heap objects do not move.
        unsafe {
            let args = (*b).args;
            enter_syscall();
            let (pid, errno) = match sys::thread::alloc_stack(STACK) {
                Err(e) => (-1, e),
                Ok(top) => {
                    (*args).errno = 0;
                    (*args).parent = i64::from(sys::getpid());
                    let flags = (libc::CLONE_VM | libc::CLONE_VFORK | libc::SIGCHLD) as usize | (*args).clone_flags as usize;
                    // No handler may run in the child: it would find our memory and another thread's number.
                    let old = sys::signal::set_mask(!0);
                    let r = res(arch::gorc_clone(flags, top & !15, 0, child, args as usize));
                    sys::signal::set_mask(old);
                    sys::thread::free_stack(top, STACK);
                    match r {
                        Err(e) => (-1, e),
                        Ok(pid) if (*args).errno == 0 => (pid as i64, 0),
                        Ok(pid) => {
                            // It has ended: take it off the list of children.
                            let mut status = 0i32;
                            while res(syscall6(libc::SYS_wait4 as usize, pid, &raw mut status as usize, 0, 0, 0, 0)) == Err(libc::EINTR) {}
                            (-1, (*args).errno as i32)
                        }
                    }
                }
            };
            (*b).pid = pid;
            (*b).errno = errno as usize;
            exit_syscall()
        }
    }
);

/// In the child.
extern "C" fn child(args: usize) -> ! {
    // SAFETY: the parent waits with everything in place.
    unsafe {
        let a = args as *mut Args;
        let e = match run(&mut *a) {
            Ok(()) => 0,
            Err(e) => e,
        };
        (*a).errno = i64::from(e);
        loop {
            syscall6(libc::SYS_exit as usize, 253, 0, 0, 0, 0, 0);
        }
    }
}

macro_rules! sys {
    ($n:ident $(, $a:expr)*) => { sys!(@ $n; $($a as usize,)*) };
    (@ $n:ident; $($a:expr,)*) => {{
        let list = [$($a,)*];
        let mut all = [0usize; 6];
        all[..list.len()].copy_from_slice(&list);
        res(syscall6(libc::$n as usize, all[0], all[1], all[2], all[3], all[4], all[5]))
    }};
}

/// Returns only with an error.
unsafe fn run(a: &mut Args) -> Result<(), sys::Errno> {
    let has = |flag| a.flags & flag != 0;
    // SAFETY: system calls on what the arguments name.
    unsafe {
        for sig in 1..=64 {
            let handler = sys::signal::action(sig).handler;
            if handler != libc::SIG_DFL && handler != libc::SIG_IGN {
                let _ = sys::signal::set_action(sig, libc::SIG_DFL, 0);
            }
        }
        if has(FLAG_SETSID) {
            sys!(SYS_setsid)?;
        }
        if has(FLAG_SETPGID | FLAG_FOREGROUND) {
            sys!(SYS_setpgid, 0, a.pgid)?;
        }
        if has(FLAG_FOREGROUND) {
            let mut group = a.pgid as i32;
            if group == 0 {
                group = sys!(SYS_getpid)? as i32;
            }
            sys!(SYS_ioctl, a.ctty, libc::TIOCSPGRP, &raw const group)?;
        }
        if a.unshare_flags != 0 {
            sys!(SYS_unshare, a.unshare_flags)?;
        }
        if !a.chroot.is_null() {
            sys!(SYS_chroot, a.chroot)?;
        }
        if has(FLAG_CREDENTIAL) {
            if has(FLAG_SETGROUPS) {
                sys!(SYS_setgroups, a.n_groups, a.groups)?;
            }
            sys!(SYS_setgid, a.gid)?;
            sys!(SYS_setuid, a.uid)?;
        }
        for i in 0..a.n_ambient {
            ambient(*a.ambient.add(i))?;
        }
        if !a.dir.is_null() {
            sys!(SYS_chdir, a.dir)?;
        }
        if a.pdeathsig != 0 {
            sys!(SYS_prctl, libc::PR_SET_PDEATHSIG, a.pdeathsig, 0, 0, 0)?;
            // The parent may have died before.
            if sys!(SYS_getppid)? as i64 != a.parent && a.clone_flags & libc::CLONE_NEWPID as u64 == 0 {
                let pid = sys!(SYS_getpid)?;
                sys!(SYS_kill, pid, a.pdeathsig)?;
            }
        }
        descriptors(a.files, a.n_files)?;
        if has(FLAG_NOCTTY) {
            sys!(SYS_ioctl, 0, libc::TIOCNOTTY, 0)?;
        }
        if has(FLAG_SETCTTY) {
            sys!(SYS_ioctl, a.ctty, libc::TIOCSCTTY, 1)?;
        }
        if !a.nofile.is_null() {
            let _ = sys!(SYS_prlimit64, 0, libc::RLIMIT_NOFILE, a.nofile, 0);
        }
        if has(FLAG_PTRACE) {
            sys!(SYS_ptrace, libc::PTRACE_TRACEME, 0, 0, 0)?;
        }
        sys::signal::set_mask(0);
        sys!(SYS_execve, a.path, a.argv, a.envv)?;
    }
    Ok(())
}

/// Makes a capability inheritable and ambient.
unsafe fn ambient(cap: usize) -> Result<(), sys::Errno> {
    const VERSION_3: u32 = 0x2008_0522;
    let mut header = [VERSION_3, 0];
    // Effective, permitted, inheritable; twice.
    let mut data = [0u32; 6];
    // SAFETY: both live over the calls.
    unsafe {
        sys!(SYS_capget, header.as_mut_ptr(), data.as_mut_ptr())?;
        let (word, bit) = (cap >> 5 & 1, 1 << (cap & 31));
        data[word * 3 + 1] |= bit;
        data[word * 3 + 2] |= bit;
        sys!(SYS_capset, header.as_mut_ptr(), data.as_mut_ptr())?;
        sys!(SYS_prctl, libc::PR_CAP_AMBIENT, libc::PR_CAP_AMBIENT_RAISE, cap, 0, 0)?;
    }
    Ok(())
}

/// Puts `files[i]` at descriptor i. First those that are in the way of smaller numbers move above all of them.
unsafe fn descriptors(files: *mut i64, n: usize) -> Result<(), sys::Errno> {
    // SAFETY: n numbers.
    unsafe {
        let mut next = n as i64;
        for i in 0..n {
            next = next.max(*files.add(i) + 1);
        }
        for i in 0..n {
            let fd = *files.add(i);
            if fd >= 0 && fd < i as i64 {
                while (0..n).any(|k| *files.add(k) == next) {
                    next += 1;
                }
                sys!(SYS_dup3, fd, next, libc::O_CLOEXEC)?;
                *files.add(i) = next;
                next += 1;
            }
        }
        for i in 0..n {
            let fd = *files.add(i);
            if fd < 0 {
                let _ = sys!(SYS_close, i);
            } else if fd == i as i64 {
                // Already there: only let it through exec.
                sys!(SYS_fcntl, fd, libc::F_SETFD, 0)?;
            } else {
                sys!(SYS_dup3, fd, i, 0)?;
            }
        }
        // A program expects its standard descriptors to be its own, not some of ours that were not meant for it.
        for i in n..3 {
            let _ = sys!(SYS_close, i);
        }
    }
    Ok(())
}

// System calls that concern one thread, made on every thread: users and groups.

struct Job(UnsafeCell<[usize; 7]>);
// SAFETY: written with the world stopped, under `JOBS`, before the threads are told.
unsafe impl Sync for Job {}
static JOB: Job = Job(UnsafeCell::new([0; 7]));
static JOBS: Mutex = Mutex::new();
static LEFT: AtomicU32 = AtomicU32::new(0);
static FAILED: AtomicU32 = AtomicU32::new(0);
/// As C libraries do: a signal that they keep for this.
const JOB_SIGNAL: i32 = 33;

unsafe fn do_job() -> sys::Res {
    // SAFETY: see Job.
    let [n, a, b, c, d, e, f] = unsafe { *JOB.0.get() };
    // SAFETY: the program's responsibility.
    res(unsafe { syscall6(n, a, b, c, d, e, f) })
}

extern "C" fn on_job(_sig: i32, _info: *mut libc::siginfo_t, _context: *mut u8) {
    // SAFETY: the thread that told us waits.
    if unsafe { do_job() }.is_err() {
        FAILED.fetch_add(1, Ordering::SeqCst);
    }
    LEFT.fetch_sub(1, Ordering::SeqCst);
}

#[repr(C)]
pub struct AllThreadsBlock {
    call: [usize; 7],
    r1: usize,
    r2: usize,
    errno: usize,
}

std_entry!(
    "syscall.runtimeAllThreads",
    fn all_threads(b: *mut AllThreadsBlock) {
        // SAFETY: the block is copied before anything moves, and written before the world starts; no thread comes or goes meanwhile.
        unsafe {
            let call = (*b).call;
            let depth = (*sched::getg()).stack_hi - b as usize;
            stop::stop_the_world_for_sure();
            let b = ((*sched::getg()).stack_hi - depth) as *mut AllThreadsBlock;
            JOBS.lock();
            *JOB.0.get() = call;
            ((*b).r1, (*b).r2, (*b).errno) = match do_job() {
                Err(e) => (usize::MAX, 0, e as usize),
                Ok(r) => {
                    FAILED.store(0, Ordering::SeqCst);
                    let _ = sys::signal::install(JOB_SIGNAL, on_job);
                    let own = getm();
                    SCHED.lock.lock();
                    let mut m = SCHED.locked().all_m;
                    SCHED.lock.unlock();
                    let mut monitor = sched::sysmon::M_OF_MONITOR.load(Ordering::Acquire);
                    while !m.is_null() {
                        if m != own {
                            LEFT.store(1, Ordering::SeqCst);
                            while core::ptr::read_volatile(&raw const (*m).tid) == 0 {
                                sys::sched_yield();
                            }
                            if sys::tgkill((*m).tid, JOB_SIGNAL).is_ok() {
                                while LEFT.load(Ordering::SeqCst) != 0 {
                                    sys::usleep(10);
                                }
                            }
                        }
                        m = (*m).all_link;
                        if m.is_null() {
                            m = core::mem::replace(&mut monitor, core::ptr::null_mut());
                        }
                    }
                    if FAILED.load(Ordering::SeqCst) != 0 {
                        crate::panic::throw("AllThreadsSyscall6 results differ between threads; runtime corrupted");
                    }
                    (r, 0, 0)
                }
            };
            JOBS.unlock();
            stop::start_the_world_with(0);
        }
    }
);
