//! Marking with the world stopped: an explicit stack of objects still to be scanned.
//!
//! In: pointers from roots. Out: mark bits, and the bytes they cover. Precise for everything the compiler describes; a conservative entry exists for
//! the result words of an interrupted runtime entry. Objects never move. A large array is scanned in pieces, so that the
//! stack holds the children of one piece, not of the array.

use super::heap::{heap_bit, span_of};
use super::os::Region;
use super::span::Span;
use crate::host;
use crate::typedesc::Type;
use abi::sizeclass::{HEADER, MAX_HEAP_BITS};

/// Bytes of a large object scanned at once.
const PIECE: usize = 128 << 10;

static STACK: Region = Region::new();

/// # Safety
/// Called once, at start.
pub unsafe fn reserve_stack(bytes: usize) -> bool {
    // SAFETY: the caller's promise.
    unsafe { STACK.reserve(0, bytes) }
}

/// The state of one marking. Exists only while the world is stopped.
pub struct Marker {
    n_entries: usize,
    capacity: usize,
    pub marked_bytes: usize,
    pub marked_objects: usize,
    /// Bytes of root memory looked at.
    pub root_bytes: usize,
}

impl Marker {
    /// # Safety
    /// The world is stopped; no other Marker exists.
    pub unsafe fn new() -> Self {
        Marker { n_entries: 0, capacity: STACK.usable() / 8, marked_bytes: 0, marked_objects: 0, root_bytes: 0 }
    }

    fn push(&mut self, addr: usize) {
        if self.n_entries == self.capacity {
            // SAFETY: the world is stopped: nobody else grows it.
            if !unsafe { STACK.ensure((self.n_entries + 1) * 8, 1 << 20) } {
                host::fatal("out of memory (mark stack)");
            }
            self.capacity = STACK.usable() / 8;
        }
        // SAFETY: below capacity.
        unsafe { *(STACK.base() as *mut usize).add(self.n_entries) = addr };
        self.n_entries += 1;
    }

    /// Marks the object that `addr` points into, if it points into the heap.
    #[inline(always)]
    pub fn word(&mut self, addr: usize) {
        if let Some(span) = span_of(addr) {
            // SAFETY: `addr` lies in a slot of an IN_USE span, the world is stopped.
            unsafe {
                let idx = (*span).object_index(addr);
                self.mark(span, idx);
            }
        }
    }

    /// As `word`, for a word that may be no pointer at all.
    pub fn conservative_word(&mut self, addr: usize) {
        self.word(addr);
    }

    /// Marks an object and remembers to scan it. A slot that is not allocated is left alone: even a precise pointer may point one past the end of
    /// its object, which is the next slot. Caches are flushed, so the bits are exact.
    ///
    /// # Safety
    /// `idx` is a slot of the IN_USE span.
    #[inline(always)]
    unsafe fn mark(&mut self, span: *mut Span, idx: usize) {
        // SAFETY: the bitmaps have a bit for each slot; the world is stopped.
        unsafe {
            let word = (*span).mark_bits.add(idx / 64);
            let bit = 1u64 << (idx % 64);
            if *word & bit != 0 || *(*span).alloc_bits.add(idx / 64) & bit == 0 {
                return;
            }
            *word |= bit;
            self.marked_bytes += (*span).elem_size;
            self.marked_objects += 1;
            if !(*span).noscan {
                self.push((*span).object(idx));
            }
        }
    }

    /// Marks everything that the object of `addr` points to, but not itself. Finalizers need it.
    pub fn referents(&mut self, addr: usize) {
        if let Some(span) = span_of(addr) {
            // SAFETY: as in `word`.
            unsafe {
                if !(*span).noscan {
                    let object = (*span).object((*span).object_index(addr));
                    self.scan(object);
                }
            }
        }
    }

    pub fn is_marked(addr: usize) -> bool {
        match span_of(addr) {
            // SAFETY: as in `word`.
            Some(span) => unsafe { (*span).is_marked((*span).object_index(addr)) },
            None => true,
        }
    }

    /// Scans until nothing is left.
    pub fn drain(&mut self) {
        while self.n_entries > 0 {
            self.n_entries -= 1;
            // SAFETY: below n_entries the stack holds addresses of objects with pointers.
            unsafe {
                let addr = *(STACK.base() as *const usize).add(self.n_entries);
                self.scan(addr);
            }
        }
    }

    /// # Safety
    /// `addr` is an object with pointers, or a piece of a large one.
    unsafe fn scan(&mut self, addr: usize) {
        // SAFETY: the span and its type describe the object.
        unsafe {
            let Some(span) = span_of(addr) else { return };
            let size = (*span).elem_size;
            if (*span).class == 0 {
                let end = (*span).base + (*span).large_size;
                let stop = end.min(addr + PIECE);
                if stop < end {
                    self.push(stop);
                }
                self.scan_typed(addr, stop, (*span).base, (*span).large_type);
            } else if size <= MAX_HEAP_BITS {
                let (word, bit) = heap_bit(addr);
                let n = size / 8;
                let mut mask = *word >> bit;
                if bit + n > 64 {
                    mask |= *word.add(1) << (64 - bit);
                }
                mask &= super::heap::low_mask(n);
                while mask != 0 {
                    let i = mask.trailing_zeros() as usize;
                    mask &= mask - 1;
                    self.word(*(addr as *const usize).add(i));
                }
            } else {
                let typ = *(addr as *const *const Type);
                if !typ.is_null() {
                    self.scan_typed(addr + HEADER, addr + size, addr + HEADER, typ);
                }
            }
        }
    }

    /// Scans `start..end` of an array of `typ` that begins at `origin`.
    ///
    /// # Safety
    /// The memory is mapped; beyond the last whole element it is zero.
    unsafe fn scan_typed(&mut self, start: usize, end: usize, origin: usize, typ: *const Type) {
        // SAFETY: the mask of `typ` has ptr_bytes/8 bits.
        unsafe {
            let (size, ptr_bytes, mask) = ((*typ).size, (*typ).ptr_bytes, (*typ).gc_data);
            if size == 8 {
                let mut at = start;
                while at < end {
                    self.word(*(at as *const usize));
                    at += 8;
                }
                return;
            }
            let mut elem = origin + (start - origin) / size * size;
            while elem < end {
                let mut at = elem.max(start);
                let stop = end.min(elem + ptr_bytes);
                while at < stop {
                    let i = (at - elem) / 8;
                    let bits = *mask.add(i / 8) >> (i % 8);
                    if bits & 1 != 0 {
                        self.word(*(at as *const usize));
                        at += 8;
                    } else if bits == 0 {
                        at += (8 - i % 8) * 8;
                    } else {
                        at += bits.trailing_zeros() as usize * 8;
                    }
                }
                elem += size;
            }
        }
    }

    /// Root memory: bit i of `mask` says that word i is a pointer.
    ///
    /// # Safety
    /// `n_words` words at `addr` are mapped, `mask` has as many bits.
    pub unsafe fn masked(&mut self, addr: usize, n_words: usize, mask: *const u8) {
        self.root_bytes += n_words * 8;
        for i in 0..n_words {
            // SAFETY: the caller's promise.
            unsafe {
                if *mask.add(i / 8) >> (i % 8) & 1 != 0 {
                    self.word(*(addr as *const usize).add(i));
                }
            }
        }
    }
}
