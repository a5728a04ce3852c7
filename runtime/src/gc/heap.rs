//! The page heap: one large reserved arena, handed out as spans.
//!
//! In: page counts. Out: spans; and for any address the span it lies in, by a flat table of one word per page.
//! Adjacent free runs are always merged. Metadata (spans, bitmaps) comes from its own region and is recycled, never unmapped, so that a stale
//! table entry leads to a span that does not contain the address, not to a fault.

use super::lock::Mutex;
use super::os::Region;
use super::span::{DEAD, FREE, IN_USE, Span, SpanList};
use crate::host;
use abi::sizeclass::{CLASS_PAGES, CLASS_SIZE, PAGE_SHIFT, PAGE_SIZE, div_magic};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicUsize, Ordering};

/// Go's first heap address: pointers print alike.
const ARENA_HINT: usize = 0xc0_0000_0000;
/// Address space asked for; halved until the system agrees.
const ARENA_MAX: usize = 1 << 39;
const ARENA_MIN: usize = 1 << 28;
/// The arena becomes usable in steps of this: few system calls, and a huge page fits.
const GROW_STEP: usize = 4 << 20;
/// Runs below this many pages have exact free lists.
const N_EXACT: usize = 128;

pub static ARENA: Region = Region::new();
/// `*mut Span` per page of the arena.
static SPAN_TABLE: Region = Region::new();
/// One bit per word of the arena: pointers of small objects.
pub static HEAP_BITS: Region = Region::new();
static METADATA: Region = Region::new();

/// Bytes of the arena that spans were made of so far.
static ARENA_USED: AtomicUsize = AtomicUsize::new(0);

pub static PAGE_HEAP: Mutex<PageHeap> = Mutex::new(PageHeap::new());

pub struct PageHeap {
    exact: [SpanList; N_EXACT],
    /// Bit i: `exact[i]` is not empty.
    exact_used: [u64; N_EXACT / 64],
    large: SpanList,
    /// Spans without use, and bitmaps by words (1..=16), linked through their first word.
    dead_spans: *mut Span,
    free_bits: [*mut u64; 17],
    metadata_used: usize,
    pub stats: PageStats,
}

// SAFETY: raw pointers guarded by the lock.
unsafe impl Send for PageHeap {}

/// Pages, by what they are.
#[derive(Clone, Copy, Default)]
pub struct PageStats {
    pub in_use: usize,
    pub free: usize,
    /// Of `free`: given back to the system.
    pub released: usize,
    /// Spans in use.
    pub spans: usize,
}

/// Reserves address space. Called once at start.
pub fn init() {
    let mut size = ARENA_MAX;
    // SAFETY: called once, before other threads.
    unsafe {
        while !ARENA.reserve(ARENA_HINT, size) {
            size /= 2;
            if size < ARENA_MIN {
                host::throw("cannot reserve address space for the heap");
            }
        }
        let ok = SPAN_TABLE.reserve(0, (size >> PAGE_SHIFT) * 8)
            && HEAP_BITS.reserve(0, size / 64)
            && METADATA.reserve(0, size / 8)
            && super::mark::reserve_stack(size / 8);
        if !ok {
            host::throw("cannot reserve address space for the heap");
        }
    }
}

/// The span `addr` lies in, if it lies in an object slot of one in use.
#[inline(always)]
pub fn span_of(addr: usize) -> Option<*mut Span> {
    let offset = addr.wrapping_sub(ARENA.base());
    if offset >= ARENA_USED.load(Ordering::Relaxed) {
        return None;
    }
    // SAFETY: the table covers the used arena; spans are never unmapped.
    unsafe {
        let span = *(SPAN_TABLE.base() as *const *mut Span).add(offset >> PAGE_SHIFT);
        if span.is_null() || (*span).state != IN_USE || addr < (*span).base || addr >= (*span).limit { None } else { Some(span) }
    }
}

/// Address of the bitmap word that holds the bit of the heap word `addr`, and the bit's number.
#[inline(always)]
pub fn heap_bit(addr: usize) -> (*mut u64, usize) {
    let word = (addr - ARENA.base()) / 8;
    ((HEAP_BITS.base() as *mut u64).wrapping_add(word / 64), word % 64)
}

/// As `heap_bit(0)`, if the arena reached that far down: compiled code adds `addr / 512 * 8` (the arena starts at a multiple of 512).
pub fn heap_bits_of_zero() -> usize {
    HEAP_BITS.base().wrapping_sub(ARENA.base() / 512 * 8)
}

fn table_entry(page: usize) -> *mut *mut Span {
    (SPAN_TABLE.base() as *mut *mut Span).wrapping_add(page)
}

fn page_of(addr: usize) -> usize {
    (addr - ARENA.base()) >> PAGE_SHIFT
}

impl PageHeap {
    const fn new() -> Self {
        PageHeap {
            exact: [const { SpanList::new() }; N_EXACT],
            exact_used: [0; N_EXACT / 64],
            large: SpanList::new(),
            dead_spans: null_mut(),
            free_bits: [null_mut(); 17],
            metadata_used: 0,
            stats: PageStats { in_use: 0, free: 0, released: 0, spans: 0 },
        }
    }

    /// Memory that is never given back; zeroed. Null if out of memory.
    pub fn alloc_metadata(&mut self, bytes: usize) -> *mut u8 {
        // Spans and caches begin at a cache line; bitmaps of 16 bytes follow each other.
        let align = if bytes >= 128 { 64 } else { 16 };
        let at = self.metadata_used.next_multiple_of(align);
        let end = at + bytes.next_multiple_of(16);
        // SAFETY: under the heap lock.
        if !unsafe { METADATA.ensure(end, 256 << 10) } {
            return null_mut();
        }
        self.metadata_used = end;
        (METADATA.base() + at) as *mut u8
    }

    pub fn metadata_bytes(&self) -> usize {
        self.metadata_used
    }

    fn new_span(&mut self) -> *mut Span {
        let span = if self.dead_spans.is_null() {
            self.alloc_metadata(size_of::<Span>()).cast::<Span>()
        } else {
            let span = self.dead_spans;
            // SAFETY: dead spans are linked through `next`.
            self.dead_spans = unsafe { (*span).next };
            span
        };
        if !span.is_null() {
            // SAFETY: memory of a Span; all-zero is a valid DEAD span.
            unsafe { span.write_bytes(0, 1) };
        }
        span
    }

    /// # Safety
    /// Nothing leads to `span` but stale table entries.
    unsafe fn bury(&mut self, span: *mut Span) {
        // SAFETY: the caller's promise.
        unsafe {
            (*span).state = DEAD;
            (*span).limit = 0;
            (*span).next = self.dead_spans;
        }
        self.dead_spans = span;
    }

    /// A zeroed bitmap of `words` u64.
    fn new_bits(&mut self, words: usize) -> *mut u64 {
        let bits = self.free_bits[words];
        if bits.is_null() {
            return self.alloc_metadata(words * 8).cast();
        }
        // SAFETY: free bitmaps are linked through their first word.
        unsafe {
            self.free_bits[words] = *bits as *mut u64;
            bits.write_bytes(0, words);
        }
        bits
    }

    fn list_of(&mut self, npages: usize) -> &mut SpanList {
        if npages < N_EXACT { &mut self.exact[npages] } else { &mut self.large }
    }

    /// # Safety
    /// A FREE span on no list.
    unsafe fn insert_free(&mut self, span: *mut Span) {
        // SAFETY: the caller's promise; the table covers the span.
        unsafe {
            let (npages, first) = ((*span).npages, page_of((*span).base));
            *table_entry(first) = span;
            *table_entry(first + npages - 1) = span;
            self.stats.free += npages;
            self.stats.released += (*span).released;
            self.list_of(npages).push(span);
            if npages < N_EXACT {
                self.exact_used[npages / 64] |= 1 << (npages % 64);
            }
        }
    }

    /// # Safety
    /// A FREE span on its list.
    unsafe fn remove_free(&mut self, span: *mut Span) {
        // SAFETY: the caller's promise.
        unsafe {
            let npages = (*span).npages;
            self.stats.free -= npages;
            self.stats.released -= (*span).released;
            let list = self.list_of(npages);
            list.remove(span);
            let empty = list.is_empty();
            if npages < N_EXACT && empty {
                self.exact_used[npages / 64] &= !(1 << (npages % 64));
            }
        }
    }

    /// Smallest free run of at least `npages`, taken off its list.
    fn take_fit(&mut self, npages: usize) -> *mut Span {
        for n in npages..N_EXACT {
            let word = self.exact_used[n / 64] >> (n % 64);
            if word & 1 != 0 {
                let span = self.exact[n].first();
                // SAFETY: it is on its list.
                unsafe { self.remove_free(span) };
                return span;
            }
        }
        let mut best: *mut Span = null_mut();
        let mut span = self.large.first();
        while !span.is_null() {
            // SAFETY: spans on the list are valid.
            unsafe {
                let n = (*span).npages;
                if n >= npages && (best.is_null() || n < (*best).npages || (n == (*best).npages && (*span).base < (*best).base)) {
                    best = span;
                }
                span = (*span).next;
            }
        }
        if !best.is_null() {
            // SAFETY: it is on its list.
            unsafe { self.remove_free(best) };
        }
        best
    }

    /// Makes new arena pages a free run; false if out of memory.
    fn grow(&mut self, npages: usize) -> bool {
        let used = ARENA_USED.load(Ordering::Relaxed);
        let want = (npages << PAGE_SHIFT).next_multiple_of(GROW_STEP);
        let Some(end) = used.checked_add(want) else { return false };
        if end > ARENA.reserved() {
            return false;
        }
        // SAFETY: under the heap lock.
        let ok = unsafe {
            ARENA.ensure(end, GROW_STEP) && SPAN_TABLE.ensure((end >> PAGE_SHIFT) * 8, PAGE_SIZE) && HEAP_BITS.ensure(end / 64, GROW_STEP / 64)
        };
        if !ok {
            return false;
        }
        let span = self.new_span();
        if span.is_null() {
            return false;
        }
        // SAFETY: a new span over fresh pages; readers accept the larger bound only with table entries they find null or valid.
        unsafe {
            (*span).base = ARENA.base() + used;
            (*span).npages = want >> PAGE_SHIFT;
            (*span).state = FREE;
            (*span).released = want >> PAGE_SHIFT;
            ARENA_USED.store(end, Ordering::Release);
            self.free(span);
        }
        true
    }

    /// Merges a FREE span on no list with its neighbours and lists it.
    ///
    /// # Safety
    /// Nothing uses its pages.
    unsafe fn free(&mut self, mut span: *mut Span) {
        // SAFETY: table entries of the first and last page of a free run are exact.
        unsafe {
            let first = page_of((*span).base);
            if first > 0 {
                let before = *table_entry(first - 1);
                if !before.is_null() && (*before).state == FREE && (*before).base + ((*before).npages << PAGE_SHIFT) == (*span).base {
                    self.remove_free(before);
                    (*before).npages += (*span).npages;
                    (*before).released += (*span).released;
                    (*before).needzero |= (*span).needzero;
                    self.bury(span);
                    span = before;
                }
            }
            let end = page_of((*span).base) + (*span).npages;
            if end << PAGE_SHIFT < ARENA_USED.load(Ordering::Relaxed) {
                let after = *table_entry(end);
                if !after.is_null() && (*after).state == FREE && page_of((*after).base) == end {
                    self.remove_free(after);
                    (*span).npages += (*after).npages;
                    (*span).released += (*after).released;
                    (*span).needzero |= (*after).needzero;
                    self.bury(after);
                }
            }
            self.insert_free(span);
        }
    }

    /// A span of `npages` for objects of `class` (0: one object that fills it); null if no free run fits and `may_grow` is false or the system refuses.
    pub fn alloc(&mut self, npages: usize, class: usize, noscan: bool, may_grow: bool) -> *mut Span {
        let mut span = self.take_fit(npages);
        if span.is_null() {
            if !may_grow || !self.grow(npages) {
                return null_mut();
            }
            span = self.take_fit(npages);
        }
        // SAFETY: `span` is a free run of at least npages, on no list.
        unsafe {
            if (*span).npages > npages {
                let rest = self.new_span();
                if rest.is_null() {
                    self.insert_free(span);
                    return null_mut();
                }
                (*rest).state = FREE;
                (*rest).base = (*span).base + (npages << PAGE_SHIFT);
                (*rest).npages = (*span).npages - npages;
                (*rest).needzero = (*span).needzero;
                // Which pages were released is not recorded: assume those of the rest first.
                (*rest).released = (*span).released.min((*rest).npages);
                (*span).released -= (*rest).released;
                (*span).npages = npages;
                self.insert_free(rest);
            }
            let (elem_size, nelems) = if class == 0 {
                (npages << PAGE_SHIFT, 1)
            } else {
                let size = usize::from(CLASS_SIZE[class]);
                (size, (npages << PAGE_SHIFT) / size)
            };
            let bit_words = nelems.div_ceil(64);
            let (alloc_bits, mark_bits) = (self.new_bits(bit_words), self.new_bits(bit_words));
            if alloc_bits.is_null() || mark_bits.is_null() {
                self.insert_free(span);
                return null_mut();
            }
            let s = &mut *span;
            s.elem_size = elem_size;
            s.nelems = nelems as u32;
            s.limit = s.base + nelems * elem_size;
            s.class = class as u8;
            s.noscan = noscan;
            s.div_magic = div_magic(class);
            s.alloc_count = 0;
            s.next_scan = 0;
            s.released = 0;
            s.alloc_bits = alloc_bits;
            s.mark_bits = mark_bits;
            s.bit_words = bit_words as u32;
            s.large_type = core::ptr::null();
            s.large_size = 0;
            s.sweep_gen = super::sweep::generation();
            s.state = IN_USE;
            let first = page_of(s.base);
            for page in first..first + npages {
                *table_entry(page) = span;
            }
            self.stats.in_use += npages;
            self.stats.spans += 1;
            span
        }
    }

    /// Takes back an IN_USE span.
    ///
    /// # Safety
    /// None of its objects is in use and it is on no list and in no cache.
    pub unsafe fn free_span(&mut self, span: *mut Span) {
        // SAFETY: the caller's promise.
        unsafe {
            let s = &mut *span;
            for bits in [s.alloc_bits, s.mark_bits] {
                let words = s.bit_words as usize;
                *bits = self.free_bits[words] as u64;
                self.free_bits[words] = bits;
            }
            if !s.noscan && s.class != 0 {
                clear_heap_bits(s.base, s.base + (s.npages << PAGE_SHIFT));
            }
            s.state = FREE;
            s.limit = 0;
            s.needzero = true;
            s.released = 0;
            self.stats.in_use -= s.npages;
            self.stats.spans -= 1;
            self.free(span);
        }
    }

    /// Gives free pages back to the system until at most `keep` bytes stay; returns bytes given back.
    pub fn release(&mut self, keep: usize) -> usize {
        let mut done = 0;
        for bucket in (1..=N_EXACT).rev() {
            let mut span = if bucket == N_EXACT { self.large.first() } else { self.exact[bucket].first() };
            while !span.is_null() {
                if (self.stats.free - self.stats.released) << PAGE_SHIFT <= keep {
                    return done;
                }
                // SAFETY: a span on a free list; its pages are unused.
                unsafe {
                    let s = &mut *span;
                    if s.released < s.npages {
                        host::release(s.base, s.npages << PAGE_SHIFT);
                        done += (s.npages - s.released) << PAGE_SHIFT;
                        self.stats.released += s.npages - s.released;
                        s.released = s.npages;
                        s.needzero = false;
                    }
                    span = s.next;
                }
            }
        }
        done
    }
}

/// A bitmap no longer needed is zeroed when it is handed out again; heap bits are cleared here, so that a span starts without.
///
/// # Safety
/// The words of `start..end` belong to the caller.
pub unsafe fn clear_heap_bits(start: usize, end: usize) {
    let (mut word, bit) = heap_bit(start);
    let mut n = (end - start) / 8;
    // SAFETY: the bitmap covers the arena.
    unsafe {
        if bit != 0 {
            let k = n.min(64 - bit);
            *word &= !(low_mask(k) << bit);
            n -= k;
            word = word.add(1);
        }
        while n >= 64 {
            *word = 0;
            word = word.add(1);
            n -= 64;
        }
        if n > 0 {
            *word &= !low_mask(n);
        }
    }
}

/// The `n` lowest bits, n ≤ 64.
pub fn low_mask(n: usize) -> u64 {
    if n >= 64 { u64::MAX } else { (1 << n) - 1 }
}

/// A span for a cache or a large object. Sweeps before it grows, so that the heap does not grow over garbage.
pub fn alloc_span(npages: usize, class: usize, noscan: bool) -> *mut Span {
    let span = PAGE_HEAP.lock().alloc(npages, class, noscan, false);
    if !span.is_null() {
        return span;
    }
    if super::sweep::sweep_some(npages) {
        let span = PAGE_HEAP.lock().alloc(npages, class, noscan, false);
        if !span.is_null() {
            return span;
        }
    }
    PAGE_HEAP.lock().alloc(npages, class, noscan, true)
}

/// Pages of a span of `class`.
pub fn class_pages(class: usize) -> usize {
    usize::from(CLASS_PAGES[class])
}

/// Every IN_USE span, in address order.
///
/// # Safety
/// The world is stopped, or the heap lock is held.
pub unsafe fn for_each_span(mut f: impl FnMut(*mut Span)) {
    let pages = ARENA_USED.load(Ordering::Acquire) >> PAGE_SHIFT;
    let mut page = 0;
    while page < pages {
        // SAFETY: entries of first pages are exact; others are not looked at.
        unsafe {
            let span = *table_entry(page);
            if span.is_null() {
                page += 1;
                continue;
            }
            let npages = (*span).npages;
            if (*span).state == IN_USE {
                f(span);
            }
            page += npages;
        }
    }
}
