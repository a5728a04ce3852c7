//! What the environment asks of the runtime: `GODEBUG` (Go's keys), `GOTRACEBACK`, `GOMAXPROCS`, `GORC_RT` (ours). Parsed once, at start.
//!
//! `GORC_RT` is a comma list: `stackstats=1` prints counters of stack growth at exit; `stackstress=1` moves the stack at every check and at every return from a runtime
//! entry, with the old one overwritten. Other keys belong to other modules and are looked up with [`rt_setting`].

use core::cell::UnsafeCell;

#[derive(Clone, Copy)]
pub struct Flags {
    pub stack_stress: u32,
    pub stack_stats: u32,
    /// 0 none, 1 single, 2 all, 3 system, 4 crash
    pub traceback: u32,
    pub sched_trace_millis: u32,
}

struct Global(UnsafeCell<State>);
struct State {
    flags: Flags,
    envp: *const *const u8,
}

// SAFETY: written by `init` before other threads exist; `set_traceback` writes one word.
unsafe impl Sync for Global {}

static STATE: Global =
    Global(UnsafeCell::new(State { flags: Flags { stack_stress: 0, stack_stats: 0, traceback: 1, sched_trace_millis: 0 }, envp: core::ptr::null() }));

#[inline(always)]
pub fn flags() -> &'static Flags {
    // SAFETY: see Sync.
    unsafe { &(*STATE.0.get()).flags }
}

/// # Safety
/// `envp` is the process's null-terminated environment; no other thread exists.
pub unsafe fn init(envp: *const *const u8) {
    // SAFETY: the caller's.
    let state = unsafe { &mut *STATE.0.get() };
    state.envp = envp;
    let number = |key: &[u8]| rt_setting(key).and_then(parse_u32);
    let stress = number(b"stackstress").unwrap_or(0);
    let stats = number(b"stackstats").unwrap_or(0);
    let sched_trace = go_setting(b"schedtrace").and_then(parse_u32).unwrap_or(0);
    let traceback = env(b"GOTRACEBACK").map_or(1, parse_traceback);
    // SAFETY: the caller's.
    let state = unsafe { &mut *STATE.0.get() };
    state.flags = Flags { stack_stress: stress, stack_stats: stats, traceback, sched_trace_millis: sched_trace };
}

pub fn parse_traceback(s: &[u8]) -> u32 {
    match s {
        b"none" => 0,
        b"single" | b"" => 1,
        b"all" => 2,
        b"system" => 3,
        b"crash" => 4,
        _ => match parse_u32(s) {
            Some(0) => 0,
            Some(1) => 2,
            Some(_) => 3,
            None => 1,
        },
    }
}

pub fn set_traceback(level: u32) {
    // SAFETY: one word; a reader sees the old or the new level.
    unsafe { (*STATE.0.get()).flags.traceback = level };
}

pub fn parse_u32(s: &[u8]) -> Option<u32> {
    if s.is_empty() || s.len() > 9 {
        return None;
    }
    s.iter().try_fold(0u32, |n, &c| c.is_ascii_digit().then(|| n * 10 + u32::from(c - b'0')))
}

/// Variable of the environment at start.
pub fn env(name: &[u8]) -> Option<&'static [u8]> {
    // SAFETY: the environment of the process lives for ever; entries are C strings.
    unsafe {
        let mut p = (*STATE.0.get()).envp;
        if p.is_null() {
            return None;
        }
        while !(*p).is_null() {
            let entry = core::ffi::CStr::from_ptr((*p).cast()).to_bytes();
            if let Some(rest) = entry.strip_prefix(name)
                && let Some(value) = rest.strip_prefix(b"=")
            {
                return Some(value);
            }
            p = p.add(1);
        }
        None
    }
}

fn setting(variable: &[u8], key: &[u8]) -> Option<&'static [u8]> {
    // The last one counts.
    env(variable)?.split(|&c| c == b',').rev().find_map(|item| item.strip_prefix(key)?.strip_prefix(b"="))
}

/// A key of `GORC_RT`.
pub fn rt_setting(key: &[u8]) -> Option<&'static [u8]> {
    setting(b"GORC_RT", key)
}

/// A key of `GODEBUG`.
pub fn go_setting(key: &[u8]) -> Option<&'static [u8]> {
    setting(b"GODEBUG", key)
}

/// Standard error, unbuffered, for `write!`.
pub struct Err;

impl core::fmt::Write for Err {
    fn write_str(&mut self, s: &str) -> core::fmt::Result {
        crate::sys::write_err(s.as_bytes());
        Ok(())
    }
}
