//! The garbage collector: precise, non-moving, mark and sweep with the world stopped.
//!
//! ```text
//! heap (pages) ← span ← cache (allocation)      roots → mark → finalizer → sweep → heap
//!                          pacer asks; safepoint() at the end of a runtime entry collects
//! ```
//! **Rules.** Allocation never collects, so Rust code may hold heap pointers until its entry ends; nothing in Rust holds one across
//! `safepoint`, except what it passes as result words. Memory outside the heap holds heap pointers only if `roots` reaches it. With the
//! world stopped every goroutine is at a safepoint of compiled code, or in an entry that has ended or parked.
//! Not yet: marking while the program runs, marking by several threads.

pub mod cache;
pub mod check;
pub mod entries;
pub mod heap;
pub mod lock;
pub mod mark;
pub mod os;
pub mod pacer;
pub mod roots;
pub mod span;
pub mod sweep;

use crate::{finalizer, host, memstats};
use core::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

/// 0 not yet, 1 somebody is at it, 2 done.
static INIT: AtomicU8 = AtomicU8::new(0);

/// Reserves the heap; every caller returns after it is there.
pub fn init_once() {
    match INIT.compare_exchange(0, 1, Ordering::Acquire, Ordering::Acquire) {
        Ok(_) => {
            heap::init();
            INIT.store(2, Ordering::Release);
        }
        Err(2) => {}
        Err(_) => {
            while INIT.load(Ordering::Acquire) != 2 {
                host::yield_thread();
            }
        }
    }
}

/// At start, before any Go code: the heap, and what the module's tables say.
///
/// # Safety
/// `module` is complete; no other thread exists.
pub unsafe fn init(module: &'static abi::tables::ModuleData) {
    init_once();
    crate::typedesc::init(module.types_start as usize, module.types_end as usize, module.text_start as usize);
    crate::typedesc::init_typelinks(module.typelinks as usize, module.n_typelinks as usize);
    crate::iface::init(module.itabs as usize, module.n_itabs as usize);
    roots::init(module);
    entries::read_settings();
}

/// A collection is being done.
static COLLECTING: AtomicBool = AtomicBool::new(false);

pub fn is_collecting() -> bool {
    COLLECTING.load(Ordering::Relaxed)
}

/// Why a collection happens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The heap reached its goal.
    Heap,
    /// `runtime.GC` and the like.
    Forced,
    /// Nothing was collected for two minutes.
    Periodic,
}

/// The current goroutine has stopped when its entry returned, or at a stack check: collects if that was asked for. `results` are what the entry
/// returns (pointers or not).
pub fn safepoint(results: [usize; 2]) {
    if pacer::REQUESTED.load(Ordering::Relaxed) {
        let _ = collect(Reason::Heap, results);
    }
}

/// Collects; false if somebody else is already at it (then this M will be stopped when its caller looks).
pub fn collect(reason: Reason, results: [usize; 2]) -> bool {
    if !host::can_collect() || COLLECTING.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
        return false;
    }
    let before = host::nanotime();
    host::stop_the_world();
    // SAFETY: the world is stopped and only one collection runs.
    unsafe { cycle(reason, results, before) };
    LAST.store(host::nanotime(), Ordering::Relaxed);
    host::start_the_world();
    COLLECTING.store(false, Ordering::Release);
    finalizer::wake();
    host::age_pools();
    if reason == Reason::Forced {
        sweep::finish();
        release_unused();
    }
    true
}

/// `runtime.GC`: a whole collection that begins after the call, swept.
pub fn collect_now(results: [usize; 2]) {
    while host::can_collect() && !collect(Reason::Forced, results) {
        host::wait_for_world();
    }
}

/// End of the last collection.
static LAST: AtomicU64 = AtomicU64::new(0);
/// Go's: a collection at least every two minutes, so that finalizers run and memory goes back.
const PERIOD: u64 = 120_000_000_000;

/// From the monitor: asks for a collection if there was none for long. The next goroutine that comes to a safepoint does it.
pub fn periodic(now: i64) {
    let last = LAST.load(Ordering::Relaxed);
    if last == 0 {
        LAST.store(now as u64, Ordering::Relaxed);
    } else if now as u64 > last + PERIOD && pacer::gc_percent() >= 0 {
        LAST.store(now as u64, Ordering::Relaxed);
        pacer::REQUESTED.store(true, Ordering::Relaxed);
        host::request_stop_of_any();
    }
}

/// # Safety
/// The world is stopped; COLLECTING is ours.
unsafe fn cycle(reason: Reason, results: [usize; 2], began: u64) {
    let stopped = host::nanotime();
    sweep::finish();
    // SAFETY: the world is stopped.
    cache::for_each_cache(|c| unsafe { c.flush() });
    let live_before = pacer::live();
    let goal = pacer::goal();
    // SAFETY: the world is stopped.
    let mut marker = unsafe { mark::Marker::new() };
    for word in results {
        marker.conservative_word(word);
    }
    // SAFETY: the world is stopped.
    unsafe { roots::mark(&mut marker) };
    finalizer::mark_roots(&mut marker);
    marker.drain();
    finalizer::after_mark(&mut marker);
    host::after_mark(&mut marker);
    if check::enabled() {
        // SAFETY: the world is stopped.
        unsafe { check::heap() };
    }
    // SAFETY: the world is stopped, caches are flushed, all is swept.
    unsafe { sweep::start() };
    // Stacks have to be scanned too: many goroutines with little heap must not mean a collection every few milliseconds.
    pacer::cycle_done(marker.marked_bytes, marker.root_bytes + host::stack_bytes() as usize);
    release_unused();
    let ended = host::nanotime();
    memstats::cycle_done(&memstats::Cycle {
        forced: reason == Reason::Forced,
        began,
        stopped,
        ended,
        live_before,
        marked: marker.marked_bytes,
        goal,
        root_bytes: marker.root_bytes,
    });
}

/// Gives back to the system what the next cycle will not need: a tenth above its goal stays.
fn release_unused() {
    let goal = pacer::goal();
    if goal == usize::MAX {
        return;
    }
    let mut pages = heap::PAGE_HEAP.lock();
    let in_use = pages.stats.in_use << abi::sizeclass::PAGE_SHIFT;
    let keep = (goal + goal / 10).saturating_sub(in_use);
    // Only what is clearly too much: pages that come and go every cycle would fault each time.
    if (pages.stats.free - pages.stats.released) << abi::sizeclass::PAGE_SHIFT > keep + (8 << 20) {
        pages.release(keep);
    }
}

#[cfg(test)]
mod tests;
