//! Arguments, environment, exit.

use crate::debug;
use crate::sys;
use alloc::vec::Vec;
use core::cell::UnsafeCell;

struct Process(UnsafeCell<Inner>);
struct Inner {
    argc: usize,
    argv: *const *const u8,
    envp: *const *const u8,
}

// SAFETY: written by `init` before other threads exist.
unsafe impl Sync for Process {}

static PROCESS: Process = Process(UnsafeCell::new(Inner { argc: 0, argv: core::ptr::null(), envp: core::ptr::null() }));

/// # Safety
/// Once, at start, with what the kernel gave.
pub unsafe fn init(argc: usize, argv: *const *const u8, envp: *const *const u8) {
    // SAFETY: the caller's.
    unsafe { *PROCESS.0.get() = Inner { argc, argv, envp } };
}

/// Go's header of a string or slice.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct GoString {
    pub ptr: *const u8,
    pub len: usize,
}

#[repr(C)]
pub struct GoSlice {
    pub ptr: *const GoString,
    pub len: usize,
    pub cap: usize,
}

/// The strings stay where the kernel put them; only the array of headers is made, outside the heap and for ever.
unsafe fn strings(n: Option<usize>, list: *const *const u8) -> GoSlice {
    let mut out = Vec::new();
    // SAFETY: a null-terminated list of C strings.
    unsafe {
        while n.map_or(!(*list.add(out.len())).is_null(), |n| out.len() < n) {
            let s = core::ffi::CStr::from_ptr((*list.add(out.len())).cast());
            out.push(GoString { ptr: s.as_ptr().cast(), len: s.count_bytes() });
        }
    }
    let out = out.leak();
    GoSlice { ptr: out.as_ptr(), len: out.len(), cap: out.len() }
}

std_entry!(
    "os.runtime_args",
    fn runtime_args(result: *mut GoSlice) {
        // SAFETY: the block; init's lists.
        unsafe {
            let p = &*PROCESS.0.get();
            *result = strings(Some(p.argc), p.argv);
        }
    }
);

std_entry!(
    "syscall.runtime_envs",
    fn runtime_envs(result: *mut GoSlice) {
        // SAFETY: as above.
        unsafe { *result = strings(None, (*PROCESS.0.get()).envp) };
    }
);

std_entry!(
    "runtime.environ",
    fn environ(result: *mut GoSlice) {
        // SAFETY: as above.
        unsafe { *result = strings(None, (*PROCESS.0.get()).envp) };
    }
);

/// The orderly end of the program.
pub fn exit(code: i32) -> ! {
    if debug::flags().stack_stats != 0 {
        crate::stack::print_stats();
    }
    sys::exit(code)
}

std_entry!(
    "os.runtime_exit",
    fn os_exit(code: *mut i64) {
        // SAFETY: the block.
        exit(unsafe { *code } as i32)
    }
);

std_entry!(
    "syscall.Exit",
    fn syscall_exit(code: *mut i64) {
        // SAFETY: the block.
        exit(unsafe { *code } as i32)
    }
);

std_entry!(
    "syscall.runtime_exit",
    fn syscall_runtime_exit(code: *mut i64) {
        // SAFETY: the block.
        exit(unsafe { *code } as i32)
    }
);
