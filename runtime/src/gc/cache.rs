//! Allocation: a cache per P of free runs, one for each size class with and without pointers; central lists behind it.
//!
//! ```text
//! compiled code, runtime → MCache.runs[class*2 + noscan] {free, end}: object = free; free += size
//!                          run used up → next free run of the span → another span from Central → pages from the heap
//! ```
//! The memory of a run is zeroed and its heap bits are cleared when it is taken. An object up to 512 bytes with pointers gets its pointer mask in the
//! heap bits, a larger one a header word with its type; an object above 32 KiB has a span of its own. Allocation never collects: it asks
//! for a collection, which runs at the end of the runtime entry (`gc::safepoint`), so Rust code may keep heap pointers in locals.

use super::heap::{self, PAGE_HEAP, heap_bit};
use super::lock::Mutex;
use super::pacer;
use super::span::{Span, SpanList};
use crate::host;
use crate::typedesc::Type;
use abi::sizeclass::{CLASS_SIZE, HEADER, MAX_HEAP_BITS, MAX_SMALL, N_CLASSES, PAGE_SHIFT, class_of};
use core::ptr::{null, null_mut};
use core::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

pub const N_SPAN_CLASSES: usize = N_CLASSES * 2;

/// A free run: objects can be cut from `free` while they end at or before `end`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Run {
    pub free: usize,
    pub end: usize,
}

/// Owned by one P (by the M that holds it); with the world stopped, by the collector. `runs` is known to compiled code (`abi::g::MCACHE`).
#[repr(C)]
pub struct MCache {
    pub runs: [Run; N_SPAN_CLASSES],
    /// Where the heap bits of address 0 would be: the word of `addr` is at `heap_bits + addr / 512 * 8`. Known to compiled code.
    heap_bits: usize,
    run_start: [usize; N_SPAN_CLASSES],
    spans: [*mut Span; N_SPAN_CLASSES],
    /// State of the random numbers of this P.
    rng: u64,
    /// All caches, for flushing and statistics.
    next: *mut MCache,
}

const _: () = {
    assert!(N_SPAN_CLASSES == abi::g::mcache::N_RUNS as usize);
    assert!(core::mem::offset_of!(MCache, heap_bits) == abi::g::mcache::HEAP_BITS as usize);
};

/// Has no free run of any class.
static EMPTY: Empty = Empty(MCache {
    runs: [Run { free: 0, end: 0 }; N_SPAN_CLASSES],
    heap_bits: 0,
    run_start: [0; N_SPAN_CLASSES],
    spans: [null_mut(); N_SPAN_CLASSES],
    rng: 0,
    next: null_mut(),
});
struct Empty(MCache);
// SAFETY: never written.
unsafe impl Sync for Empty {}

/// What compiled code is to allocate from: nothing while every allocation is counted, so that it calls the runtime.
pub fn for_compiled_code(cache: *mut MCache) -> *mut MCache {
    if pacer::STRESS.load(Ordering::Relaxed) == 0 { cache } else { (&raw const EMPTY.0).cast_mut() }
}

/// Swept and unswept spans of one span class that no cache holds.
pub struct Central {
    pub partial: SpanList,
    pub full: SpanList,
    pub unswept: SpanList,
}

// SAFETY: raw pointers guarded by the lock.
unsafe impl Send for Central {}

pub static CENTRAL: [Mutex<Central>; N_SPAN_CLASSES] =
    [const { Mutex::new(Central { partial: SpanList::new(), full: SpanList::new(), unswept: SpanList::new() }) }; N_SPAN_CLASSES];

/// Large objects.
pub static LARGE: Mutex<Large> = Mutex::new(Large { live: SpanList::new(), unswept: SpanList::new() });

pub struct Large {
    pub live: SpanList,
    pub unswept: SpanList,
}

// SAFETY: raw pointers guarded by the lock.
unsafe impl Send for Large {}

static ALL_CACHES: Mutex<CacheList> = Mutex::new(CacheList(null_mut()));
struct CacheList(*mut MCache);
// SAFETY: guarded by the lock.
unsafe impl Send for CacheList {}

/// Counts since start: objects by class; large ones and their bytes. Runs still in caches are not included.
pub struct Counts {
    pub allocs: [AtomicU64; N_CLASSES],
    pub frees: [AtomicU64; N_CLASSES],
    pub large_allocs: AtomicU64,
    pub large_alloc_bytes: AtomicU64,
    pub large_frees: AtomicU64,
    pub large_free_bytes: AtomicU64,
}

pub static COUNTS: Counts = Counts {
    allocs: [const { AtomicU64::new(0) }; N_CLASSES],
    frees: [const { AtomicU64::new(0) }; N_CLASSES],
    large_allocs: AtomicU64::new(0),
    large_alloc_bytes: AtomicU64::new(0),
    large_frees: AtomicU64::new(0),
    large_free_bytes: AtomicU64::new(0),
};

/// The address of every zero-size object.
#[repr(align(16))]
pub struct ZeroBase(#[allow(dead_code, reason = "only its address counts")] [AtomicUsize; 2]);
#[cfg_attr(not(test), unsafe(export_name = "gorc_zerobase"))]
pub static ZERO_BASE: ZeroBase = ZeroBase([const { AtomicUsize::new(0) }; 2]);

pub fn zero_base() -> *mut u8 {
    (&raw const ZERO_BASE).cast_mut().cast()
}

/// A cache for a P. Never freed: a P that goes away gives it to the next one.
pub fn new_cache() -> *mut MCache {
    super::init_once();
    let cache = PAGE_HEAP.lock().alloc_metadata(size_of::<MCache>()).cast::<MCache>();
    if cache.is_null() {
        host::throw("out of memory (allocation cache)");
    }
    let mut all = ALL_CACHES.lock();
    // SAFETY: fresh zeroed memory; all-zero is an empty cache.
    unsafe {
        (*cache).rng = host::random_seed() | 1;
        (*cache).heap_bits = heap::heap_bits_of_zero();
        (*cache).next = all.0;
    }
    all.0 = cache;
    cache
}

pub fn for_each_cache(mut f: impl FnMut(&mut MCache)) {
    let all = ALL_CACHES.lock();
    let mut cache = all.0;
    while !cache.is_null() {
        // SAFETY: caches are never freed; callers run with the world stopped.
        unsafe {
            f(&mut *cache);
            cache = (*cache).next;
        }
    }
}

/// A random number from the current P's generator.
pub fn cheap_rand() -> u64 {
    // SAFETY: the current P's cache belongs to this M.
    let cache = unsafe { &mut *host::mcache() };
    cache.rng = cache.rng.wrapping_add(0xa076_1d64_78bd_642f);
    let t = u128::from(cache.rng) * u128::from(cache.rng ^ 0xe703_7ed1_a0b4_28db);
    (t >> 64) as u64 ^ t as u64
}

impl MCache {
    /// Objects cut from the current runs, not yet in COUNTS.
    pub fn pending(&self, class: usize) -> u64 {
        let size = usize::from(CLASS_SIZE[class]);
        [class * 2, class * 2 + 1].map(|sc| ((self.runs[sc].free - self.run_start[sc]) / size.max(1)) as u64).iter().sum()
    }

    fn retire_run(&mut self, sc: usize) {
        let class = sc / 2;
        let size = usize::from(CLASS_SIZE[class]).max(1);
        let n = (self.runs[sc].free - self.run_start[sc]) / size;
        COUNTS.allocs[class].fetch_add(n as u64, Ordering::Relaxed);
        self.run_start[sc] = self.runs[sc].free;
    }

    /// Gives every span back; what was not cut from the runs is free again.
    ///
    /// # Safety
    /// The world is stopped or the cache belongs to the caller.
    pub unsafe fn flush(&mut self) {
        for sc in 0..N_SPAN_CLASSES {
            let span = self.spans[sc];
            if span.is_null() {
                continue;
            }
            self.retire_run(sc);
            let Run { free, end } = self.runs[sc];
            // SAFETY: the cache owns the span.
            unsafe {
                let s = &mut *span;
                let (start_idx, end_idx) = ((free - s.base) / s.elem_size, (end - s.base) / s.elem_size);
                if start_idx < end_idx {
                    s.return_run(start_idx, end_idx);
                    pacer::sub_live((end_idx - start_idx) * s.elem_size);
                    // The rest of the run was zeroed, but heap bits and zeroes are made anew when it is taken again.
                }
                let mut central = CENTRAL[sc].lock();
                if s.next_scan < s.nelems { central.partial.push(span) } else { central.full.push(span) }
            }
            self.spans[sc] = null_mut();
            self.runs[sc] = Run { free: 0, end: 0 };
            self.run_start[sc] = 0;
        }
    }

    /// Another free run of this class; false if out of memory.
    #[cold]
    fn refill(&mut self, sc: usize) -> bool {
        self.retire_run(sc);
        let class = sc / 2;
        loop {
            let span = self.spans[sc];
            if !span.is_null() {
                // SAFETY: the cache owns the span, which is swept.
                unsafe {
                    let s = &mut *span;
                    if let Some((start, end)) = s.take_free_run() {
                        let (from, to) = (s.object(start), s.object(end));
                        if s.needzero {
                            core::ptr::write_bytes(from as *mut u8, 0, to - from);
                        }
                        if !s.noscan && s.elem_size <= MAX_HEAP_BITS {
                            heap::clear_heap_bits(from, to);
                        }
                        self.runs[sc] = Run { free: from, end: to };
                        self.run_start[sc] = from;
                        pacer::add_live(to - from);
                        crate::profile::on_allocation(from, s.elem_size, to - from);
                        return true;
                    }
                    CENTRAL[sc].lock().full.push(span);
                }
                self.spans[sc] = null_mut();
                self.runs[sc] = Run { free: 0, end: 0 };
                self.run_start[sc] = 0;
            }
            let span = take_span(sc, class);
            if span.is_null() {
                return false;
            }
            self.spans[sc] = span;
        }
    }
}

/// A swept span of this class with free objects, from the central lists or the heap.
fn take_span(sc: usize, class: usize) -> *mut Span {
    loop {
        let mut central = CENTRAL[sc].lock();
        // SAFETY: the lock is held; spans taken off a list belong to us.
        unsafe {
            if let Some(span) = central.partial.pop() {
                return span;
            }
            let Some(span) = central.unswept.pop() else { break };
            drop(central);
            match super::sweep::sweep_small(span) {
                super::sweep::Swept::Free => return span,
                super::sweep::Swept::Partial => return span,
                super::sweep::Swept::Full => CENTRAL[sc].lock().full.push(span),
            }
        }
    }
    heap::alloc_span(heap::class_pages(class), class, sc & 1 == 1)
}

/// Memory for one object of `size` bytes, an array of `typ` if larger than it; zeroed. A null type has no pointers.
///
/// # Safety
/// `typ` is null or a complete descriptor; `size` is a multiple of its size if it has pointers. Caller holds a P.
#[inline]
pub unsafe fn malloc(size: usize, typ: *const Type) -> *mut u8 {
    // SAFETY: the caller's promise.
    let noscan = typ.is_null() || unsafe { (*typ).ptr_bytes == 0 };
    if size == 0 {
        return zero_base();
    }
    if size > MAX_SMALL - HEADER {
        // SAFETY: the caller's promise.
        return unsafe { malloc_large(size, if noscan { null() } else { typ }, true) };
    }
    stress();
    let header = if !noscan && size > MAX_HEAP_BITS { HEADER } else { 0 };
    let class = class_of(size + header);
    let sc = class * 2 + usize::from(noscan);
    // SAFETY: the current P's cache belongs to this M.
    unsafe {
        let cache = &mut *host::mcache();
        let object_size = usize::from(CLASS_SIZE[class]);
        let mut object = cache.runs[sc].free;
        if object + object_size > cache.runs[sc].end {
            if !cache.refill(sc) {
                out_of_memory();
            }
            object = cache.runs[sc].free;
        }
        cache.runs[sc].free = object + object_size;
        if noscan {
            return object as *mut u8;
        }
        if header != 0 {
            *(object as *mut *const Type) = typ;
            return (object + HEADER) as *mut u8;
        }
        write_heap_bits(object, size, typ);
        object as *mut u8
    }
}

/// `gcstress`: counts allocations.
#[inline(always)]
fn stress() {
    let n = pacer::STRESS.load(Ordering::Relaxed);
    if n != 0 {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        if COUNT.fetch_add(1, Ordering::Relaxed).is_multiple_of(n) {
            pacer::request();
        }
    }
}

/// As `malloc` without pointers; large memory is not zeroed, since the caller writes all of it.
///
/// # Safety
/// Caller holds a P and overwrites all `size` bytes, and what it uses beyond them.
pub unsafe fn malloc_noscan_dirty(size: usize) -> *mut u8 {
    if size > MAX_SMALL - HEADER {
        // SAFETY: the caller's promise.
        return unsafe { malloc_large(size, null(), false) };
    }
    // SAFETY: the caller's promise.
    unsafe { malloc(size, null()) }
}

/// Sets the pointer bits of a small object. The bits of its run are clear.
///
/// # Safety
/// `object` was just cut from a run of objects of at most MAX_HEAP_BITS bytes; `typ` has pointers.
#[inline]
unsafe fn write_heap_bits(object: usize, size: usize, typ: *const Type) {
    // SAFETY: the mask of `typ` has ptr_bytes/8 ≤ 64 bits; the bitmap covers the arena.
    unsafe {
        let one = pointer_mask(typ);
        let mut mask = one;
        let elem_size = (*typ).size;
        let mut at = elem_size;
        while at < size {
            mask |= one << (at / 8);
            at += elem_size;
        }
        let (word, bit) = heap_bit(object);
        *word |= mask << bit;
        if bit + size / 8 > 64 {
            *word.add(1) |= mask >> (64 - bit);
        }
    }
}

/// The mask of a type of at most 64 words.
///
/// # Safety
/// `typ` is a complete descriptor with ptr_bytes ≤ 512.
#[inline]
unsafe fn pointer_mask(typ: *const Type) -> u64 {
    // SAFETY: the mask has ptr_bytes/8 bits.
    unsafe {
        let n_words = (*typ).ptr_bytes / 8;
        let mut mask = 0;
        for i in 0..n_words.div_ceil(8) {
            mask |= u64::from(*(*typ).gc_data.add(i)) << (i * 8);
        }
        mask & heap::low_mask(n_words)
    }
}

/// # Safety
/// As `malloc`; `typ` null if without pointers.
#[cold]
unsafe fn malloc_large(size: usize, typ: *const Type, zero: bool) -> *mut u8 {
    stress();
    let Some(bytes) = size.checked_next_multiple_of(1 << PAGE_SHIFT) else { out_of_memory() };
    let span = heap::alloc_span(bytes >> PAGE_SHIFT, 0, typ.is_null());
    if span.is_null() {
        out_of_memory();
    }
    // SAFETY: a new span, known to nobody else.
    unsafe {
        let s = &mut *span;
        s.large_size = size;
        *s.alloc_bits = 1;
        s.alloc_count = 1;
        s.next_scan = 1;
        if s.needzero && (zero || !typ.is_null()) {
            core::ptr::write_bytes(s.base as *mut u8, 0, bytes);
        }
        s.large_type = typ;
        let object = s.base as *mut u8;
        LARGE.lock().live.push(span);
        COUNTS.large_allocs.fetch_add(1, Ordering::Relaxed);
        COUNTS.large_alloc_bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        pacer::add_live(bytes);
        crate::profile::on_allocation(s.base, bytes, bytes);
        object
    }
}

/// Go's message when the system refuses memory, then the end.
#[cold]
fn out_of_memory() -> ! {
    host::throw("runtime: out of memory")
}
