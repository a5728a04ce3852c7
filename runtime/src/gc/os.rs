//! Address space for the collector: regions that are reserved once and become usable from their start on, as needed.

use crate::host;
use core::cell::UnsafeCell;

/// A reserved range whose first `usable` bytes may be touched. Grown under the heap lock only; a reader may use any part
/// below a length it has been told.
pub struct Region {
    state: UnsafeCell<State>,
}

struct State {
    base: usize,
    reserved: usize,
    usable: usize,
}

// SAFETY: `reserve` and `ensure` are called before other threads exist or under the heap lock; `base` never changes after `reserve`.
unsafe impl Sync for Region {}

impl Region {
    pub const fn new() -> Self {
        Region { state: UnsafeCell::new(State { base: 0, reserved: 0, usable: 0 }) }
    }

    pub fn base(&self) -> usize {
        // SAFETY: see `Sync`.
        unsafe { (*self.state.get()).base }
    }

    pub fn reserved(&self) -> usize {
        // SAFETY: see `Sync`.
        unsafe { (*self.state.get()).reserved }
    }

    pub fn usable(&self) -> usize {
        // SAFETY: see `Sync`.
        unsafe { (*self.state.get()).usable }
    }

    /// Takes `len` bytes of address space; false if the system refuses.
    ///
    /// # Safety
    /// Called once, before `ensure`, by one thread.
    pub unsafe fn reserve(&self, hint: usize, len: usize) -> bool {
        let base = host::reserve(hint, len);
        if base == 0 {
            return false;
        }
        // SAFETY: the caller's promise.
        unsafe { *self.state.get() = State { base, reserved: len, usable: 0 } };
        true
    }

    /// Makes the first `len` bytes usable (zeroed when new), in steps of `step`; false if out of memory.
    ///
    /// # Safety
    /// Under the heap lock, or before other threads exist.
    pub unsafe fn ensure(&self, len: usize, step: usize) -> bool {
        // SAFETY: the caller's promise.
        let state = unsafe { &mut *self.state.get() };
        if len <= state.usable {
            return true;
        }
        let end = len.next_multiple_of(step).min(state.reserved);
        if len > end || !host::commit(state.base + state.usable, end - state.usable) {
            return false;
        }
        state.usable = end;
        true
    }
}
