//! The only system calls of the runtime. Results as the kernel gives them, turned into `Result<usize, Errno>`.
//! Knows nothing of goroutines.

pub mod signal;
pub mod thread;
pub mod vdso;

pub use crate::arch::syscall6;
use crate::sync::AtomicU32;
use core::ffi::c_int;

pub type Errno = i32;
pub type Res = Result<usize, Errno>;

#[inline]
pub fn res(r: isize) -> Res {
    if (-4095..0).contains(&r) { Err(-r as Errno) } else { Ok(r as usize) }
}

macro_rules! call {
    ($n:ident $(, $a:expr)*) => { call!(@ $n; [$($a,)*] ) };
    (@ $n:ident; []) => { res(syscall6(libc::$n as usize, 0, 0, 0, 0, 0, 0)) };
    (@ $n:ident; [$a:expr,]) => { res(syscall6(libc::$n as usize, $a as usize, 0, 0, 0, 0, 0)) };
    (@ $n:ident; [$a:expr, $b:expr,]) => { res(syscall6(libc::$n as usize, $a as usize, $b as usize, 0, 0, 0, 0)) };
    (@ $n:ident; [$a:expr, $b:expr, $c:expr,]) => { res(syscall6(libc::$n as usize, $a as usize, $b as usize, $c as usize, 0, 0, 0)) };
    (@ $n:ident; [$a:expr, $b:expr, $c:expr, $d:expr,]) => { res(syscall6(libc::$n as usize, $a as usize, $b as usize, $c as usize, $d as usize, 0, 0)) };
    (@ $n:ident; [$a:expr, $b:expr, $c:expr, $d:expr, $e:expr, $f:expr,]) => {
        res(syscall6(libc::$n as usize, $a as usize, $b as usize, $c as usize, $d as usize, $e as usize, $f as usize))
    };
}

pub fn write(fd: c_int, bytes: &[u8]) -> Res {
    // SAFETY: the slice is readable.
    unsafe { call!(SYS_write, fd, bytes.as_ptr(), bytes.len()) }
}

/// All of `bytes` to standard error, errors ignored: there is nobody to tell.
pub fn write_err(bytes: &[u8]) {
    write_all(2, bytes);
    // SAFETY: the thread's own M.
    if unsafe { (*crate::sched::getm()).dying } {
        let also = crate::panic::CRASH_OUTPUT.load(core::sync::atomic::Ordering::Relaxed);
        if also >= 0 {
            write_all(also, bytes);
        }
    }
}

fn write_all(fd: c_int, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        match write(fd, bytes) {
            Ok(n) => bytes = &bytes[n..],
            Err(libc::EINTR) | Err(libc::EAGAIN) => {}
            Err(_) => return,
        }
    }
}

pub fn read(fd: c_int, bytes: &mut [u8]) -> Res {
    // SAFETY: the slice is writable.
    unsafe { call!(SYS_read, fd, bytes.as_mut_ptr(), bytes.len()) }
}

pub fn open(path: &core::ffi::CStr, flags: c_int) -> Res {
    // SAFETY: a C string.
    unsafe { call!(SYS_openat, libc::AT_FDCWD as isize, path.as_ptr(), flags, 0) }
}

pub fn close(fd: c_int) -> Res {
    // SAFETY: no memory.
    unsafe { call!(SYS_close, fd) }
}

/// Fresh zeroed pages, readable and writable; not accounted until touched.
pub fn mmap(len: usize) -> Res {
    // SAFETY: a new mapping at a place the kernel chooses.
    unsafe {
        call!(SYS_mmap, 0, len, libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE, usize::MAX, 0)
    }
}

/// Address space only (no access), at `hint` if that is free.
pub fn reserve(hint: usize, len: usize) -> Res {
    // SAFETY: a new mapping; without MAP_FIXED the hint cannot replace one.
    unsafe { call!(SYS_mmap, hint, len, libc::PROT_NONE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE, usize::MAX, 0) }
}

/// # Safety
/// The range is the caller's and nothing in it is used afterwards.
pub unsafe fn munmap(addr: usize, len: usize) -> Res {
    // SAFETY: the caller's.
    unsafe { call!(SYS_munmap, addr, len) }
}

/// # Safety
/// The range is the caller's.
pub unsafe fn mprotect(addr: usize, len: usize, prot: c_int) -> Res {
    // SAFETY: the caller's.
    unsafe { call!(SYS_mprotect, addr, len, prot) }
}

/// # Safety
/// The range is the caller's; with MADV_DONTNEED its contents become zero.
pub unsafe fn madvise(addr: usize, len: usize, advice: c_int) -> Res {
    // SAFETY: the caller's.
    unsafe { call!(SYS_madvise, addr, len, advice) }
}

pub fn getrandom(bytes: &mut [u8]) -> Res {
    // SAFETY: the slice is writable.
    unsafe { call!(SYS_getrandom, bytes.as_mut_ptr(), bytes.len(), 0) }
}

pub fn exit(code: i32) -> ! {
    loop {
        // SAFETY: does not return.
        let _ = unsafe { call!(SYS_exit_group, code) };
    }
}

pub fn gettid() -> i32 {
    // SAFETY: no memory.
    unsafe { syscall6(libc::SYS_gettid as usize, 0, 0, 0, 0, 0, 0) as i32 }
}

pub fn getpid() -> i32 {
    // SAFETY: no memory.
    unsafe { syscall6(libc::SYS_getpid as usize, 0, 0, 0, 0, 0, 0) as i32 }
}

pub fn tgkill(tid: i32, sig: c_int) -> Res {
    // SAFETY: no memory.
    unsafe { call!(SYS_tgkill, getpid(), tid, sig) }
}

/// Sleeps while `*word == value`, at most `nanos`.
pub fn futex_wait(word: &AtomicU32, value: u32, nanos: Option<i64>) {
    let ts = nanos.map(|n| libc::timespec { tv_sec: n / 1_000_000_000, tv_nsec: n % 1_000_000_000 });
    let ts_ptr = ts.as_ref().map_or(core::ptr::null(), |t| t as *const _);
    // SAFETY: word and ts live over the call.
    let _ = unsafe { call!(SYS_futex, word.as_ptr(), libc::FUTEX_WAIT | libc::FUTEX_PRIVATE_FLAG, value, ts_ptr, 0, 0) };
}

pub fn futex_wake(word: &AtomicU32, n: u32) {
    // SAFETY: the kernel only uses the address.
    let _ = unsafe { call!(SYS_futex, word.as_ptr(), libc::FUTEX_WAKE | libc::FUTEX_PRIVATE_FLAG, n) };
}

pub fn sched_yield() {
    // SAFETY: no memory.
    let _ = unsafe { call!(SYS_sched_yield) };
}

pub fn usleep(micros: u32) {
    let ts = libc::timespec { tv_sec: (micros / 1_000_000) as i64, tv_nsec: (micros % 1_000_000) as i64 * 1000 };
    // SAFETY: ts lives over the call.
    let _ = unsafe { call!(SYS_nanosleep, &raw const ts, 0) };
}

/// SIGPROF for every so much CPU time of the process; 0: none.
pub fn set_profile_timer(micros: i64) {
    let t = libc::timeval { tv_sec: micros / 1_000_000, tv_usec: micros % 1_000_000 };
    let timer = libc::itimerval { it_interval: t, it_value: t };
    // SAFETY: timer lives over the call.
    let _ = unsafe { call!(SYS_setitimer, libc::ITIMER_PROF, &raw const timer, 0) };
}

/// CPUs this process may run on.
pub fn affinity_count() -> u32 {
    let mut mask = [0u64; 128];
    // SAFETY: the mask is writable.
    match unsafe { call!(SYS_sched_getaffinity, 0, size_of_val(&mask), mask.as_mut_ptr()) } {
        Ok(n) => mask[..n / 8].iter().map(|w| w.count_ones()).sum::<u32>().max(1),
        Err(_) => 1,
    }
}

pub fn eventfd() -> Res {
    // SAFETY: no memory.
    unsafe { call!(SYS_eventfd2, 0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) }
}

pub fn epoll_create() -> Res {
    // SAFETY: no memory.
    unsafe { call!(SYS_epoll_create1, libc::EPOLL_CLOEXEC) }
}

pub fn epoll_ctl(ep: c_int, op: c_int, fd: c_int, events: u32, data: u64) -> Res {
    let event = libc::epoll_event { events, u64: data };
    // SAFETY: event lives over the call.
    unsafe { call!(SYS_epoll_ctl, ep, op, fd, &raw const event) }
}

/// `millis` -1 waits for ever.
pub fn epoll_wait(ep: c_int, events: &mut [libc::epoll_event], millis: c_int) -> Res {
    // aarch64 has epoll_pwait only.
    // SAFETY: the slice is writable.
    unsafe { call!(SYS_epoll_pwait, ep, events.as_mut_ptr(), events.len(), millis as isize, 0, 8) }
}

/// Monotonic nanoseconds.
#[inline]
pub fn nanotime() -> i64 {
    let (s, n) = vdso::clock(libc::CLOCK_MONOTONIC);
    s * 1_000_000_000 + n
}

/// Seconds and nanoseconds since 1970.
pub fn walltime() -> (i64, i64) {
    vdso::clock(libc::CLOCK_REALTIME)
}
