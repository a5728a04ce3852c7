//! What `runtime/debug` sets: limits of stacks and threads, what faults and panics do.

use crate::debug;
use crate::sched::getg;
use crate::stack;
use crate::sync::{AtomicU32, Ordering};

/// More threads than this end the program.
pub static MAX_THREADS: AtomicU32 = AtomicU32::new(10_000);

#[repr(C)]
pub struct NumberBlock {
    value: i64,
    result: i64,
}

// SAFETY (all entries): blocks as the contract says.

std_entry!(
    "runtime/debug.setMaxStack",
    fn set_max_stack(b: *mut NumberBlock) {
        // SAFETY: see above.
        unsafe { (*b).result = stack::MAX_SIZE.swap((*b).value as usize, Ordering::Relaxed) as i64 }
    }
);

std_entry!(
    "runtime/debug.setMaxThreads",
    fn set_max_threads(b: *mut NumberBlock) {
        // SAFETY: see above.
        unsafe {
            let n = (*b).value.clamp(0, i64::from(i32::MAX)) as u32;
            (*b).result = i64::from(MAX_THREADS.swap(n, Ordering::Relaxed));
        }
        crate::sched::check_thread_limit();
    }
);

#[repr(C)]
pub struct BoolBlock {
    value: bool,
    result: bool,
}

std_entry!(
    "runtime/debug.setPanicOnFault",
    fn set_panic_on_fault(b: *mut BoolBlock) {
        // SAFETY: see above; the current goroutine is ours.
        unsafe { (*b).result = core::mem::replace(&mut (*getg()).panic_on_fault, (*b).value) }
    }
);

#[repr(C)]
pub struct TextBlock {
    ptr: *const u8,
    len: usize,
}

std_entry!(
    "runtime/debug.setTraceback",
    fn set_traceback(b: *mut TextBlock) {
        // SAFETY: see above.
        let text = unsafe { if (*b).len == 0 { &[][..] } else { core::slice::from_raw_parts((*b).ptr, (*b).len) } };
        // The environment's is the least.
        debug::set_traceback(debug::parse_traceback(text).max(debug::env(b"GOTRACEBACK").map_or(0, debug::parse_traceback)));
    }
);

std_entry!(
    "runtime/debug.modinfo",
    fn modinfo(b: *mut TextBlock) {
        // No build information is put into programs.
        // SAFETY: see above.
        unsafe { *b = TextBlock { ptr: core::ptr::null(), len: 0 } }
    }
);

std_entry!(
    "runtime/debug.setCrashOutput",
    fn set_crash_output(b: *mut NumberBlock) {
        // SAFETY: see above.
        unsafe { (*b).result = i64::from(crate::panic::CRASH_OUTPUT.swap((*b).value as i32, Ordering::Relaxed)) }
    }
);
