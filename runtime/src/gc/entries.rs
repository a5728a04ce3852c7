//! Bodyless Go functions about the collector: `runtime.GC`, statistics, finalizers, settings, weak pointers (`docs/STDCONTRACT.md`).

use crate::gc::{self, pacer};
use crate::memstats::{self, MemStats};
use crate::sched::{self, G, WaitReason};
use crate::typedesc::SliceHeader;
use crate::{finalizer, host};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};

// SAFETY (all entries): compiled code passes the address of a block as described, with live values.

std_entry!(
    "runtime.GC",
    fn force_collection(_block: *mut u8) {
        gc::collect_now([0, 0]);
    }
);

std_entry!(
    "runtime.ReadMemStats",
    fn read_mem_stats(block: *mut *mut MemStats) {
        host::stop_the_world();
        // SAFETY: see above; the world is stopped.
        unsafe { memstats::fill(&mut **block) };
        host::start_the_world();
    }
);

#[repr(C)]
pub struct SetFinalizer {
    p: usize,
    fn_: usize,
    result: usize,
}
std_entry!(
    "runtime.setfinalizer",
    fn set_finalizer(block: *mut SetFinalizer) {
        // SAFETY: see above.
        unsafe { (*block).result = finalizer::set_finalizer((*block).p, (*block).fn_) }
    }
);

#[repr(C)]
pub struct AddCleanup {
    p: usize,
    fn_: usize,
    id: u64,
}
std_entry!(
    "runtime.addCleanup",
    fn add_cleanup(block: *mut AddCleanup) {
        // SAFETY: see above.
        unsafe { (*block).id = finalizer::add_cleanup((*block).p, (*block).fn_) }
    }
);

#[repr(C)]
pub struct StopCleanup {
    p: usize,
    id: u64,
}
std_entry!(
    "runtime.stopCleanup",
    fn stop_cleanup(block: *mut StopCleanup) {
        // SAFETY: see above.
        unsafe { finalizer::stop_cleanup((*block).p, (*block).id) }
    }
);

static FINALIZERS_STARTED: AtomicBool = AtomicBool::new(false);
/// The goroutine that waits in `nextFinalizer`.
static FINALIZER_G: AtomicPtr<G> = AtomicPtr::new(null_mut());

std_entry!(
    "runtime.startFinalizers",
    fn start_finalizers(block: *mut usize) {
        if !FINALIZERS_STARTED.swap(true, Ordering::Relaxed) {
            // SAFETY: see above: a func value without captures.
            unsafe { sched::spawn_system(*block) };
        }
    }
);

#[repr(C)]
pub struct NextFinalizer {
    fn_: usize,
    p: usize,
    cleanup: usize,
}

impl NextFinalizer {
    /// Takes the next call, if there is one.
    fn fill(&mut self) -> bool {
        let Some(call) = finalizer::next_call() else { return false };
        *self = if call.is_finalizer {
            NextFinalizer { fn_: call.fn_, p: call.arg, cleanup: 0 }
        } else {
            NextFinalizer { fn_: 0, p: 0, cleanup: call.fn_ }
        };
        true
    }
}

std_entry!(
    "runtime.nextFinalizer",
    fn next_finalizer(block: *mut NextFinalizer) {
        // SAFETY: see above.
        unsafe {
            if !(*block).fill() {
                let g = sched::getg();
                (*g).words[0] = (*g).stack_hi - block as usize;
                wait_for_call()
            }
        }
    }
);

/// Parks until a collection has found something.
unsafe fn wait_for_call() -> ! {
    let g = sched::getg();
    // SAFETY: in an entry, nothing held.
    unsafe {
        sched::park(WaitReason::FinalizerWait, Some(call_came), || {
            FINALIZER_G.store(g, Ordering::SeqCst);
            // A collection between the look at the queue and the store woke nobody.
            if finalizer::has_calls() {
                ready_finalizers();
            }
        })
    }
}

unsafe fn call_came(g: *mut G) {
    // SAFETY: the block is in the goroutine's stack.
    unsafe {
        let block = ((*g).stack_hi - (*g).words[0]) as *mut NextFinalizer;
        if !(*block).fill() {
            wait_for_call()
        }
    }
}

/// Wakes the goroutine that makes the calls.
pub fn ready_finalizers() {
    let g = FINALIZER_G.swap(null_mut(), Ordering::SeqCst);
    if !g.is_null() {
        // SAFETY: it waits, and the swap made us the only one to wake it.
        unsafe { sched::ready(g) };
    }
}

/// `sync`'s function that ages pools; a root. 0 = none.
static POOL_CLEANUP: AtomicUsize = AtomicUsize::new(0);

std_entry!(
    "sync.runtime_registerPoolCleanup",
    fn register_pool_cleanup(block: *mut usize) {
        // SAFETY: see above.
        POOL_CLEANUP.store(unsafe { *block }, Ordering::Relaxed);
        gc::roots::register(|visit| visit(POOL_CLEANUP.load(Ordering::Relaxed)));
    }
);

/// After a collection: pools age, on an ordinary goroutine.
pub fn age_pools() {
    let f = POOL_CLEANUP.load(Ordering::Relaxed);
    if f != 0 {
        // SAFETY: a func value without parameters, kept alive as a root.
        unsafe { sched::spawn_system(f) };
    }
}

#[repr(C)]
pub struct SetGcPercent {
    percent: i32,
    before: i32,
}
std_entry!(
    "runtime/debug.setGCPercent",
    fn set_gc_percent(block: *mut SetGcPercent) {
        // SAFETY: see above.
        unsafe { (*block).before = pacer::set_gc_percent(i64::from((*block).percent)) as i32 }
    }
);

#[repr(C)]
pub struct SetMemoryLimit {
    limit: i64,
    before: i64,
}
std_entry!(
    "runtime/debug.setMemoryLimit",
    fn set_memory_limit(block: *mut SetMemoryLimit) {
        // SAFETY: see above.
        unsafe { (*block).before = pacer::set_memory_limit((*block).limit) }
    }
);

std_entry!(
    "runtime/debug.freeOSMemory",
    fn free_os_memory(_block: *mut u8) {
        gc::collect_now([0, 0]);
        gc::heap::PAGE_HEAP.lock().release(0);
    }
);

// Pauses newest first, their ends, then the last end, the number of collections, and the sum of pauses; the slice has room for 2·256 + 3.
std_entry!(
    "runtime/debug.readGCStats",
    fn read_gc_stats(block: *mut *mut SliceHeader<u64>) {
        // SAFETY: see above.
        unsafe {
            let result = &mut **block;
            let out = result.ptr.cast_mut();
            let n_max = (result.cap.saturating_sub(3) / 2).min(256);
            let mut n = 0;
            let (last, num, total) = memstats::pauses(|pause, end| {
                if n < n_max {
                    *out.add(n) = pause;
                    *out.add(n_max + n) = end;
                    n += 1;
                }
            });
            core::ptr::copy(out.add(n_max), out.add(n), n);
            for (i, v) in [last, u64::from(num), total].into_iter().enumerate() {
                *out.add(2 * n + i) = v;
            }
            result.len = 2 * n + 3;
        }
    }
);

#[repr(C)]
pub struct WeakPointer {
    arg: usize,
    result: usize,
}
std_entry!(
    "weak.runtime_registerWeakPointer",
    fn register_weak_pointer(block: *mut WeakPointer) {
        // SAFETY: see above.
        unsafe { (*block).result = finalizer::weak_handle((*block).arg) as usize }
    }
);
std_entry!(
    "weak.runtime_makeStrongFromWeak",
    fn make_strong_from_weak(block: *mut WeakPointer) {
        // SAFETY: a handle made above: one word.
        unsafe { (*block).result = if (*block).arg == 0 { 0 } else { *((*block).arg as *const usize) } }
    }
);

/// Settings of the environment, read once at start.
pub fn read_settings() {
    use crate::debug::{env, go_setting, parse_u32, rt_setting};
    match env(b"GOGC") {
        Some(b"off") => drop(pacer::set_gc_percent(-1)),
        Some(text) => {
            if let Some(percent) = parse_u32(text) {
                pacer::set_gc_percent(i64::from(percent));
            }
        }
        None => {}
    }
    if let Some(text) = env(b"GOMEMLIMIT")
        && !text.is_empty()
        && text != b"off"
    {
        match parse_bytes(text) {
            Some(limit) => drop(pacer::set_memory_limit(limit)),
            None => host::throw("malformed GOMEMLIMIT; see `go doc runtime/debug.SetMemoryLimit`"),
        }
    }
    let on = |value: Option<&[u8]>| value.and_then(parse_u32).is_some_and(|n| n > 0);
    memstats::GC_TRACE.store(on(go_setting(b"gctrace")), Ordering::Relaxed);
    gc::sweep::CLOBBER_FREE.store(on(go_setting(b"clobberfree")) || on(rt_setting(b"clobberfree")), Ordering::Relaxed);
    if on(go_setting(b"gccheckmark")) || on(rt_setting(b"gccheck")) {
        gc::check::enable();
    }
    if let Some(n) = rt_setting(b"gcstress").and_then(parse_u32) {
        pacer::STRESS.store(u64::from(n), Ordering::Relaxed);
    }
}

/// A number with an optional unit: B, KiB, MiB, GiB, TiB.
fn parse_bytes(text: &[u8]) -> Option<i64> {
    let digits = text.iter().position(|b| !b.is_ascii_digit()).unwrap_or(text.len());
    let shift = match &text[digits..] {
        b"" | b"B" => 0,
        b"KiB" => 10,
        b"MiB" => 20,
        b"GiB" => 30,
        b"TiB" => 40,
        _ => return None,
    };
    if digits == 0 {
        return None;
    }
    let value = text[..digits].iter().try_fold(0i64, |v, b| v.checked_mul(10)?.checked_add(i64::from(b - b'0')))?;
    value.checked_mul(1 << shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (text, want) in [
            ("100", Some(100)),
            ("2KiB", Some(2048)),
            ("1GiB", Some(1 << 30)),
            ("3B", Some(3)),
            ("KiB", None),
            ("1GB", None),
            ("-1", None),
            ("9999999TiB", None),
        ] {
            assert_eq!(parse_bytes(text.as_bytes()), want, "{text}");
        }
    }
}
