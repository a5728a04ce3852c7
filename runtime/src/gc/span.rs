//! Spans: runs of pages that hold objects of one size, or one large object, or nothing.
//!
//! ```text
//! state   set by                      meaning
//! FREE    heap, under its lock        on a free list; `base`, `npages` valid; first and last page lead here
//! IN_USE  heap, under its lock        every page leads here; objects at base + i*elem_size, i < nelems
//! DEAD    heap, under its lock        the struct itself is unused
//! ```
//! Who may touch an IN_USE span: the P whose cache holds it (`alloc_bits`, `alloc_count`, `next_scan`); else the holder of its central
//! list's lock; with the world stopped the collector (`mark_bits` too). `base`, `limit`, `elem_size`, `noscan` do not change while IN_USE.

use crate::typedesc::Type;

pub const DEAD: u8 = 0;
pub const FREE: u8 = 1;
pub const IN_USE: u8 = 2;

/// What marking reads comes first and fits in one cache line.
#[repr(C, align(64))]
pub struct Span {
    pub base: usize,
    /// End of the last object.
    pub limit: usize,
    pub mark_bits: *mut u64,
    /// One bit per object each; `bit_words` words.
    pub alloc_bits: *mut u64,
    pub elem_size: usize,
    pub div_magic: u32,
    pub state: u8,
    /// Size class, 0 for a large object.
    pub class: u8,
    pub noscan: bool,
    /// Free memory of it may hold old data.
    pub needzero: bool,
    /// Element type of a large object with pointers.
    pub large_type: *const Type,
    pub nelems: u32,
    pub bit_words: u32,
    pub npages: usize,
    /// Objects whose bit in `alloc_bits` is set.
    pub alloc_count: u32,
    /// Objects before this index are allocated.
    pub next_scan: u32,
    /// Cycle this span was last swept for.
    pub sweep_gen: u32,
    /// Pages already given back to the system (FREE only).
    pub released: usize,
    /// Bytes asked for, of a large object.
    pub large_size: usize,
    pub prev: *mut Span,
    pub next: *mut Span,
}

impl Span {
    /// Index of the object that `addr` points into; `addr` in `base..limit`.
    #[inline(always)]
    pub fn object_index(&self, addr: usize) -> usize {
        (((addr - self.base) as u64 * u64::from(self.div_magic)) >> 32) as usize
    }

    #[inline(always)]
    pub fn object(&self, idx: usize) -> usize {
        self.base + idx * self.elem_size
    }

    /// # Safety
    /// IN_USE, idx < nelems, by who may touch `alloc_bits`.
    pub unsafe fn is_allocated(&self, idx: usize) -> bool {
        // SAFETY: the bitmap has nelems bits.
        unsafe { *self.alloc_bits.add(idx / 64) >> (idx % 64) & 1 != 0 }
    }

    /// # Safety
    /// IN_USE, idx < nelems, world stopped or between marking and sweeping.
    pub unsafe fn is_marked(&self, idx: usize) -> bool {
        // SAFETY: the bitmap has nelems bits.
        unsafe { *self.mark_bits.add(idx / 64) >> (idx % 64) & 1 != 0 }
    }

    /// Next free run at or after `next_scan` as object indices; its bits become set.
    ///
    /// # Safety
    /// The caller owns the span and it is swept.
    pub unsafe fn take_free_run(&mut self) -> Option<(usize, usize)> {
        let n = self.nelems as usize;
        // SAFETY: the bitmap has nelems bits; the caller owns it.
        unsafe {
            let start = find_bit(self.alloc_bits, self.next_scan as usize, n, false);
            if start >= n {
                self.next_scan = self.nelems;
                return None;
            }
            let end = find_bit(self.alloc_bits, start, n, true);
            for idx in start..end {
                *self.alloc_bits.add(idx / 64) |= 1 << (idx % 64);
            }
            self.alloc_count += (end - start) as u32;
            self.next_scan = end as u32;
            Some((start, end))
        }
    }

    /// Gives back the objects `start..end` of a run taken before.
    ///
    /// # Safety
    /// The caller owns the span; those objects are not in use.
    pub unsafe fn return_run(&mut self, start: usize, end: usize) {
        for idx in start..end {
            // SAFETY: as above.
            unsafe { *self.alloc_bits.add(idx / 64) &= !(1 << (idx % 64)) };
        }
        self.alloc_count -= (end - start) as u32;
        self.next_scan = self.next_scan.min(start as u32);
    }
}

/// First index ≥ `from` whose bit is `value`, or ≥ n if none.
///
/// # Safety
/// `bits` has at least n bits.
unsafe fn find_bit(bits: *const u64, from: usize, n: usize, value: bool) -> usize {
    let mut idx = from;
    while idx < n {
        // SAFETY: idx < n.
        let mut word = unsafe { *bits.add(idx / 64) };
        if !value {
            word = !word;
        }
        word >>= idx % 64;
        if word != 0 {
            return (idx + word.trailing_zeros() as usize).min(n);
        }
        idx = (idx / 64 + 1) * 64;
    }
    n
}

/// Doubly linked list of spans through `prev` and `next`; a span is on at most one.
pub struct SpanList {
    first: *mut Span,
    last: *mut Span,
    len: usize,
}

impl SpanList {
    pub const fn new() -> Self {
        SpanList { first: core::ptr::null_mut(), last: core::ptr::null_mut(), len: 0 }
    }

    pub fn first(&self) -> *mut Span {
        self.first
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.first.is_null()
    }

    /// # Safety
    /// `span` is on no list; the list's lock is held.
    pub unsafe fn push(&mut self, span: *mut Span) {
        // SAFETY: the caller's promise.
        unsafe {
            (*span).prev = core::ptr::null_mut();
            (*span).next = self.first;
            if self.first.is_null() {
                self.last = span;
            } else {
                (*self.first).prev = span;
            }
        }
        self.first = span;
        self.len += 1;
    }

    /// # Safety
    /// `span` is on this list; the list's lock is held.
    pub unsafe fn remove(&mut self, span: *mut Span) {
        // SAFETY: the caller's promise.
        unsafe {
            let (prev, next) = ((*span).prev, (*span).next);
            if prev.is_null() {
                self.first = next;
            } else {
                (*prev).next = next;
            }
            if next.is_null() {
                self.last = prev;
            } else {
                (*next).prev = prev;
            }
            (*span).prev = core::ptr::null_mut();
            (*span).next = core::ptr::null_mut();
        }
        self.len -= 1;
    }

    /// # Safety
    /// The list's lock is held.
    pub unsafe fn pop(&mut self) -> Option<*mut Span> {
        if self.first.is_null() {
            return None;
        }
        let span = self.first;
        // SAFETY: it is on this list.
        unsafe { self.remove(span) };
        Some(span)
    }

    /// Moves everything of `other` here.
    ///
    /// # Safety
    /// Both locks are held.
    pub unsafe fn append(&mut self, other: &mut SpanList) {
        if other.first.is_null() {
            return;
        }
        // SAFETY: both lists are well formed.
        unsafe {
            if self.first.is_null() {
                self.first = other.first;
            } else {
                (*self.last).next = other.first;
                (*other.first).prev = self.last;
            }
        }
        self.last = other.last;
        self.len += other.len;
        *other = SpanList::new();
    }
}
