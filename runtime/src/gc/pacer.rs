//! When to collect: the heap grows by GOGC percent over what the last cycle found live (with roots), at least to 4 MB, and GOMEMLIMIT lowers the goal.

use core::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering};

/// Go's smallest heap goal at GOGC=100.
const MIN_HEAP: usize = 4 << 20;

/// Bytes in objects and in runs taken by caches.
static LIVE: AtomicUsize = AtomicUsize::new(0);
static GOAL: AtomicUsize = AtomicUsize::new(MIN_HEAP);
/// Percent; negative = off.
static GC_PERCENT: AtomicI64 = AtomicI64::new(100);
/// Bytes; i64::MAX = none.
static MEMORY_LIMIT: AtomicI64 = AtomicI64::new(i64::MAX);
/// What the last marking found.
static MARKED: AtomicUsize = AtomicUsize::new(0);
static ROOTS: AtomicUsize = AtomicUsize::new(0);
/// Somebody should collect soon.
pub static REQUESTED: AtomicBool = AtomicBool::new(false);
/// `gcstress=N`: every Nth allocation asks for a collection; 0 = off.
pub static STRESS: AtomicU64 = AtomicU64::new(0);

#[inline]
pub fn add_live(bytes: usize) {
    let live = LIVE.fetch_add(bytes, Ordering::Relaxed) + bytes;
    if live >= GOAL.load(Ordering::Relaxed) {
        request();
    }
}

/// Asks for a collection: the current goroutine comes to `gc::safepoint` when its entry returns.
#[cold]
pub fn request() {
    REQUESTED.store(true, Ordering::Relaxed);
    crate::host::request_stop();
}

pub fn sub_live(bytes: usize) {
    LIVE.fetch_sub(bytes, Ordering::Relaxed);
}

pub fn live() -> usize {
    LIVE.load(Ordering::Relaxed)
}

pub fn goal() -> usize {
    GOAL.load(Ordering::Relaxed)
}

pub fn marked() -> usize {
    MARKED.load(Ordering::Relaxed)
}

pub fn gc_percent() -> i64 {
    GC_PERCENT.load(Ordering::Relaxed)
}

pub fn memory_limit() -> i64 {
    MEMORY_LIMIT.load(Ordering::Relaxed)
}

/// Returns the setting before.
pub fn set_gc_percent(percent: i64) -> i64 {
    let before = GC_PERCENT.swap(percent.max(-1), Ordering::Relaxed);
    compute_goal();
    before
}

/// Negative only reads. Returns the setting before.
pub fn set_memory_limit(limit: i64) -> i64 {
    if limit < 0 {
        return memory_limit();
    }
    let before = MEMORY_LIMIT.swap(limit, Ordering::Relaxed);
    compute_goal();
    before
}

/// After marking.
pub fn cycle_done(marked_bytes: usize, root_bytes: usize) {
    MARKED.store(marked_bytes, Ordering::Relaxed);
    ROOTS.store(root_bytes, Ordering::Relaxed);
    LIVE.store(marked_bytes, Ordering::Relaxed);
    compute_goal();
    REQUESTED.store(false, Ordering::Relaxed);
}

fn compute_goal() {
    let (marked, roots, percent) = (marked(), ROOTS.load(Ordering::Relaxed), gc_percent());
    let mut goal = if percent < 0 {
        usize::MAX
    } else {
        let grown = (marked as u128) + (marked as u128 + roots as u128) * percent as u128 / 100;
        let min = MIN_HEAP as u128 * percent as u128 / 100;
        usize::try_from(grown.max(min)).unwrap_or(usize::MAX)
    };
    let limit = memory_limit();
    if limit != i64::MAX {
        // What is not heap counts too; a heap at the limit still gets a little room, so that the program makes progress.
        let other = crate::gc::heap::PAGE_HEAP.lock().metadata_bytes() + roots;
        let room = (limit as usize).saturating_sub(other);
        goal = goal.min(room.max(marked + marked / 16 + (64 << 10)));
    }
    GOAL.store(goal, Ordering::Relaxed);
    if live() >= goal {
        REQUESTED.store(true, Ordering::Relaxed);
    }
}
