//! Sweeping: mark bits become allocation bits, one span at a time, when its class needs room or before the next cycle.
//! A span nothing was marked in goes back to the page heap.

use super::cache::{CENTRAL, COUNTS, LARGE, N_SPAN_CLASSES};
use super::heap::PAGE_HEAP;
use super::span::{Span, SpanList};
use abi::sizeclass::PAGE_SHIFT;
use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Number of completed markings; a span with an older number is unswept.
static GENERATION: AtomicU32 = AtomicU32::new(0);
/// `clobberfree=1`: freed memory is overwritten.
pub static CLOBBER_FREE: AtomicBool = AtomicBool::new(false);
/// Spans may be waiting; saves looking through every list.
static UNSWEPT: AtomicBool = AtomicBool::new(false);

#[must_use]
pub enum Swept {
    /// Nothing is allocated in it.
    Free,
    Partial,
    Full,
}

pub fn generation() -> u32 {
    GENERATION.load(Ordering::Relaxed)
}

/// After marking: everything has to be swept.
///
/// # Safety
/// The world is stopped, caches are flushed, nothing is unswept.
pub unsafe fn start() {
    GENERATION.fetch_add(1, Ordering::Relaxed);
    for central in &CENTRAL {
        let mut c = central.lock();
        let c = &mut *c;
        // SAFETY: the lock is held.
        unsafe {
            c.unswept.append(&mut c.full);
            c.unswept.append(&mut c.partial);
        }
    }
    let mut large = LARGE.lock();
    let large = &mut *large;
    // SAFETY: the lock is held.
    unsafe { large.unswept.append(&mut large.live) };
    UNSWEPT.store(true, Ordering::Release);
}

/// Frees what is unmarked in a span of small objects; the caller puts it on a list or frees it.
///
/// # Safety
/// `span` is unswept, on no list, in no cache.
pub unsafe fn sweep_small(span: *mut Span) -> Swept {
    // SAFETY: the caller owns the span.
    unsafe {
        let s = &mut *span;
        let words = s.bit_words as usize;
        let mut n_marked = 0;
        for i in 0..words {
            n_marked += (*s.mark_bits.add(i)).count_ones();
        }
        let n_freed = s.alloc_count - n_marked;
        if n_freed > 0 {
            COUNTS.frees[usize::from(s.class)].fetch_add(u64::from(n_freed), Ordering::Relaxed);
            s.needzero = true;
            if CLOBBER_FREE.load(Ordering::Relaxed) {
                clobber(s);
            }
        }
        core::mem::swap(&mut s.alloc_bits, &mut s.mark_bits);
        s.mark_bits.write_bytes(0, words);
        s.alloc_count = n_marked;
        s.next_scan = 0;
        s.sweep_gen = generation();
        if n_marked == 0 {
            Swept::Free
        } else if n_marked == s.nelems {
            s.next_scan = s.nelems;
            Swept::Full
        } else {
            Swept::Partial
        }
    }
}

/// # Safety
/// As `sweep_small`, before the bits are exchanged.
unsafe fn clobber(s: &Span) {
    for idx in 0..s.nelems as usize {
        // SAFETY: unmarked objects are garbage.
        unsafe {
            if s.is_allocated(idx) && !s.is_marked(idx) {
                let words = core::slice::from_raw_parts_mut(s.object(idx) as *mut usize, s.elem_size / 8);
                words.fill(0xdead_beef_dead_beef);
            }
        }
    }
}

/// Sweeps one waiting span of a class and files it; returns pages freed, None if none waits.
fn sweep_one(sc: usize) -> Option<usize> {
    // SAFETY: a span taken off the list belongs to us.
    unsafe {
        let span = CENTRAL[sc].lock().unswept.pop()?;
        match sweep_small(span) {
            Swept::Free => {
                let npages = (*span).npages;
                PAGE_HEAP.lock().free_span(span);
                return Some(npages);
            }
            Swept::Partial => CENTRAL[sc].lock().partial.push(span),
            Swept::Full => CENTRAL[sc].lock().full.push(span),
        }
        Some(0)
    }
}

/// Sweeps waiting large objects; returns pages freed.
fn sweep_large() -> usize {
    let mut pages = 0;
    loop {
        // SAFETY: a span taken off the list belongs to us.
        unsafe {
            let Some(span) = LARGE.lock().unswept.pop() else { return pages };
            let s = &mut *span;
            s.sweep_gen = generation();
            if *s.mark_bits != 0 {
                *s.mark_bits = 0;
                LARGE.lock().live.push(span);
                continue;
            }
            COUNTS.large_frees.fetch_add(1, Ordering::Relaxed);
            COUNTS.large_free_bytes.fetch_add((s.npages << PAGE_SHIFT) as u64, Ordering::Relaxed);
            if CLOBBER_FREE.load(Ordering::Relaxed) {
                clobber_large(s);
            }
            pages += s.npages;
            PAGE_HEAP.lock().free_span(span);
        }
    }
}

/// # Safety
/// The object is garbage.
unsafe fn clobber_large(s: &Span) {
    // SAFETY: the caller's promise.
    unsafe { core::slice::from_raw_parts_mut(s.base as *mut usize, s.elem_size / 8).fill(0xdead_beef_dead_beef) };
}

/// Sweeps until `npages` have been freed or nothing waits; true if any page was freed.
pub fn sweep_some(npages: usize) -> bool {
    if !UNSWEPT.load(Ordering::Acquire) {
        return false;
    }
    let mut pages = sweep_large();
    for sc in 0..N_SPAN_CLASSES {
        while pages < npages {
            match sweep_one(sc) {
                Some(n) => pages += n,
                None => break,
            }
        }
    }
    if pages < npages {
        UNSWEPT.store(false, Ordering::Release);
    }
    pages > 0
}

/// Sweeps everything. Other Ps may still be busy with a span they took.
pub fn finish() {
    sweep_some(usize::MAX);
}

/// Number of spans still waiting, for tests and checks.
pub fn n_waiting() -> usize {
    let lists = |l: &SpanList| l.len();
    CENTRAL.iter().map(|c| lists(&c.lock().unswept)).sum::<usize>() + LARGE.lock().unswept.len()
}
