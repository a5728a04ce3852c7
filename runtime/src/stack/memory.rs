//! Memory for stacks, by powers of two from 2 KiB.
//!
//! Small sizes have a list per P, refilled from and given back to global lists in batches; sizes up to 1 MiB are kept on global lists; larger ones
//! are mapped and unmapped. Free stacks are linked through their lowest word. `free` and `alloc` may be called by any M, with or without a P.

use crate::sched::{N_STACK_ORDERS, getm};
use crate::sync::Mutex;
use crate::sys;
use abi::stack::FIRST_STACK;
use core::cell::UnsafeCell;

/// Sizes with a global list: 2 KiB << 0..=9.
const N_ORDERS: usize = 10;
/// A P keeps at most this many bytes of each size, and moves half of it at a time.
const CACHE_BYTES: usize = 64 << 10;
/// Mapped at once for small stacks.
const CHUNK: usize = 256 << 10;

struct Global {
    lock: Mutex,
    /// Free lists, and the chunk being cut.
    state: UnsafeCell<State>,
}

struct State {
    free: [usize; N_ORDERS],
    chunk: usize,
    chunk_end: usize,
}

// SAFETY: `state` is used under `lock`.
unsafe impl Sync for Global {}

static GLOBAL: Global = Global { lock: Mutex::new(), state: UnsafeCell::new(State { free: [0; N_ORDERS], chunk: 0, chunk_end: 0 }) };

fn order_of(size: usize) -> usize {
    (size / FIRST_STACK).trailing_zeros() as usize
}

fn exhausted() -> ! {
    crate::panic::throw("runtime: out of memory (stacks)")
}

/// `size` is a power of two of at least `FIRST_STACK`. The contents are arbitrary.
pub fn alloc(size: usize) -> usize {
    let order = order_of(size);
    if order >= N_ORDERS {
        return sys::mmap(size).unwrap_or_else(|_| exhausted());
    }
    // SAFETY: the P is ours while we run; list words are in free stacks.
    unsafe {
        let p = (*getm()).p;
        if order < N_STACK_ORDERS && !p.is_null() {
            if (*p).stacks[order] == 0 {
                GLOBAL.lock.with(|| {
                    for _ in 0..(CACHE_BYTES / 2 / size).max(1) {
                        let s = take_global(order);
                        *(s as *mut usize) = (*p).stacks[order];
                        (*p).stacks[order] = s;
                        (*p).n_stacks[order] += 1;
                    }
                });
            }
            let s = (*p).stacks[order];
            (*p).stacks[order] = *(s as *const usize);
            (*p).n_stacks[order] -= 1;
            return s;
        }
        GLOBAL.lock.with(|| take_global(order))
    }
}

/// # Safety
/// The global lock is held.
unsafe fn take_global(order: usize) -> usize {
    // SAFETY: the caller's.
    unsafe {
        let state = &mut *GLOBAL.state.get();
        if state.free[order] != 0 {
            let s = state.free[order];
            state.free[order] = *(s as *const usize);
            return s;
        }
        let size = FIRST_STACK << order;
        if size >= CHUNK / 4 {
            return sys::mmap(size).unwrap_or_else(|_| exhausted());
        }
        if state.chunk_end - state.chunk < size {
            // What is left of the old chunk becomes stacks of the smallest size.
            while state.chunk_end - state.chunk >= FIRST_STACK {
                *(state.chunk as *mut usize) = state.free[0];
                state.free[0] = state.chunk;
                state.chunk += FIRST_STACK;
            }
            state.chunk = sys::mmap(CHUNK).unwrap_or_else(|_| exhausted());
            state.chunk_end = state.chunk + CHUNK;
        }
        let s = state.chunk;
        state.chunk += size;
        s
    }
}

/// # Safety
/// `lo` is a stack of `size` bytes that nobody uses any more.
pub unsafe fn free(lo: usize, size: usize) {
    let order = order_of(size);
    // SAFETY: the caller's; as in alloc.
    unsafe {
        if order >= N_ORDERS {
            let _ = sys::munmap(lo, size);
            return;
        }
        let p = (*getm()).p;
        if order < N_STACK_ORDERS && !p.is_null() {
            *(lo as *mut usize) = (*p).stacks[order];
            (*p).stacks[order] = lo;
            (*p).n_stacks[order] += 1;
            if (*p).n_stacks[order] as usize * size > CACHE_BYTES {
                GLOBAL.lock.with(|| {
                    while (*p).n_stacks[order] as usize * size > CACHE_BYTES / 2 {
                        let s = (*p).stacks[order];
                        (*p).stacks[order] = *(s as *const usize);
                        (*p).n_stacks[order] -= 1;
                        put_global(s, order);
                    }
                });
            }
            return;
        }
        GLOBAL.lock.with(|| put_global(lo, order));
    }
}

unsafe fn put_global(lo: usize, order: usize) {
    // SAFETY: the global lock is held, the stack is free.
    unsafe {
        let state = &mut *GLOBAL.state.get();
        *(lo as *mut usize) = state.free[order];
        state.free[order] = lo;
    }
}
