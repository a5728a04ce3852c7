//! Rust's allocator inside programs: memory for what the runtime itself keeps (goroutines, sudogs, timers, tables). Never holds Go objects.
//!
//! Sizes are rounded up to powers of two from 16 bytes; each has a free list fed from chunks; above 32 KiB every block is its own mapping.
//! One lock: the hot objects (G, sudog, stack) have caches of their own, so this is not a hot path.

use crate::sync::Mutex;
use crate::sys;
use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;
use core::ptr::null_mut;

const MIN_SHIFT: u32 = 4;
const MAX_SHIFT: u32 = 15;
const N_CLASSES: usize = (MAX_SHIFT - MIN_SHIFT + 1) as usize;
/// Taken from the system at once.
const CHUNK: usize = 256 << 10;

struct State {
    /// Free blocks by class, linked through their first word.
    free: [usize; N_CLASSES],
    chunk: usize,
    chunk_end: usize,
}

pub struct Heap {
    lock: Mutex,
    state: UnsafeCell<State>,
}

// SAFETY: `state` is used under `lock` only.
unsafe impl Sync for Heap {}

#[global_allocator]
static HEAP: Heap = Heap { lock: Mutex::new(), state: UnsafeCell::new(State { free: [0; N_CLASSES], chunk: 0, chunk_end: 0 }) };

fn class_of(size: usize, align: usize) -> Option<usize> {
    let shift = size.max(align).next_power_of_two().trailing_zeros().max(MIN_SHIFT);
    (shift <= MAX_SHIFT).then(|| (shift - MIN_SHIFT) as usize)
}

// SAFETY: blocks are disjoint, of at least the size asked for, and aligned to their power of two (chunks are page-aligned and cut in
// descending alignment by rounding up); align above a page is refused.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some(class) = class_of(layout.size(), layout.align()) else {
            if layout.align() > 4096 {
                return null_mut();
            }
            return sys::mmap(layout.size().next_multiple_of(4096)).map_or(null_mut(), |p| p as *mut u8);
        };
        self.lock.with(|| {
            // SAFETY: under the lock; free blocks hold the next one in their first word.
            unsafe {
                let s = &mut *self.state.get();
                if s.free[class] != 0 {
                    let p = s.free[class];
                    s.free[class] = *(p as *const usize);
                    return p as *mut u8;
                }
                let size = 1usize << (class as u32 + MIN_SHIFT);
                let mut p = s.chunk.next_multiple_of(size);
                if s.chunk == 0 || p + size > s.chunk_end {
                    let Ok(chunk) = sys::mmap(CHUNK) else { return null_mut() };
                    s.chunk_end = chunk + CHUNK;
                    p = chunk.next_multiple_of(size);
                }
                s.chunk = p + size;
                p as *mut u8
            }
        })
    }

    unsafe fn dealloc(&self, p: *mut u8, layout: Layout) {
        match class_of(layout.size(), layout.align()) {
            // SAFETY: the mapping made in alloc.
            None => drop(unsafe { sys::munmap(p as usize, layout.size().next_multiple_of(4096)) }),
            Some(class) => self.lock.with(|| {
                // SAFETY: under the lock; the block is nobody's any more.
                unsafe {
                    let s = &mut *self.state.get();
                    *(p as *mut usize) = s.free[class];
                    s.free[class] = p as usize;
                }
            }),
        }
    }
}
