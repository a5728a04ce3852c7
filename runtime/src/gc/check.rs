//! `gccheckmark`-like self-check after marking: every marked object is an allocated one, bitmaps and counts agree.

use super::heap::for_each_span;
use crate::host;
use core::sync::atomic::{AtomicBool, Ordering};

static ENABLED: AtomicBool = AtomicBool::new(cfg!(test));

pub fn enable() {
    ENABLED.store(true, Ordering::Relaxed);
}

pub fn enabled() -> bool {
    ENABLED.load(Ordering::Relaxed)
}

/// # Safety
/// The world is stopped, caches are flushed, marking is complete and sweeping has not begun.
pub unsafe fn heap() {
    // SAFETY: the caller's promise.
    unsafe {
        for_each_span(|span| {
            let s = &*span;
            let mut n_allocated = 0;
            for i in 0..s.bit_words as usize {
                let (allocated, marked) = (*s.alloc_bits.add(i), *s.mark_bits.add(i));
                if marked & !allocated != 0 {
                    host::throw("marked free object in span");
                }
                n_allocated += allocated.count_ones();
            }
            if n_allocated != s.alloc_count {
                host::throw("allocation count of span is wrong");
            }
        });
    }
}
