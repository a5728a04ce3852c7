//! The runtime's own lock. A futex with three states; never held while a goroutine parks or a Rust frame is abandoned.

use core::hint::spin_loop;
pub use core::sync::atomic::{AtomicBool, AtomicI32, AtomicI64, AtomicPtr, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence};

/// 0 free, 1 held, 2 held and perhaps waited for.
#[repr(transparent)]
pub struct Mutex(AtomicU32);

impl Mutex {
    pub const fn new() -> Mutex {
        Mutex(AtomicU32::new(0))
    }

    #[inline]
    pub fn lock(&self) {
        if self.0.compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed).is_err() {
            self.lock_slow();
        }
    }

    pub fn try_lock(&self) -> bool {
        self.0.compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    #[cold]
    fn lock_slow(&self) {
        // Critical sections are tens of nanoseconds: spinning a little is cheaper than a sleep.
        for _ in 0..40 {
            if self.0.load(Ordering::Relaxed) == 0 && self.0.compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed).is_ok() {
                return;
            }
            spin_loop();
        }
        while self.0.swap(2, Ordering::Acquire) != 0 {
            crate::sys::futex_wait(&self.0, 2, None);
        }
    }

    #[inline]
    pub fn unlock(&self) {
        if self.0.swap(0, Ordering::Release) == 2 {
            crate::sys::futex_wake(&self.0, 1);
        }
    }

    pub fn with<R>(&self, f: impl FnOnce() -> R) -> R {
        self.lock();
        let r = f();
        self.unlock();
        r
    }
}

impl Default for Mutex {
    fn default() -> Self {
        Self::new()
    }
}

/// One-shot event a thread sleeps on; reusable after `clear`.
#[repr(transparent)]
pub struct Note(AtomicU32);

impl Note {
    pub const fn new() -> Note {
        Note(AtomicU32::new(0))
    }

    pub fn clear(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    pub fn wake(&self) {
        if self.0.swap(1, Ordering::Release) == 0 {
            crate::sys::futex_wake(&self.0, 1);
        }
    }

    pub fn sleep(&self) {
        while self.0.load(Ordering::Acquire) == 0 {
            crate::sys::futex_wait(&self.0, 0, None);
        }
    }

    /// False when `nanos` passed without a wake.
    pub fn sleep_timeout(&self, nanos: i64) -> bool {
        let end = crate::sys::nanotime() + nanos;
        loop {
            if self.0.load(Ordering::Acquire) != 0 {
                return true;
            }
            let left = end - crate::sys::nanotime();
            if left <= 0 {
                return false;
            }
            crate::sys::futex_wait(&self.0, 0, Some(left));
        }
    }
}

impl Default for Note {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::vec::Vec;

    #[test]
    fn mutex_excludes() {
        struct Shared(Mutex, core::cell::UnsafeCell<u64>);
        // SAFETY: the cell is only used under the lock.
        unsafe impl Sync for Shared {}
        let s = Arc::new(Shared(Mutex::new(), core::cell::UnsafeCell::new(0)));
        let t: Vec<_> = (0..4)
            .map(|_| {
                let s = s.clone();
                std::thread::spawn(move || {
                    for _ in 0..20_000 {
                        // SAFETY: under the lock.
                        s.0.with(|| unsafe { *s.1.get() += 1 });
                    }
                })
            })
            .collect();
        for t in t {
            t.join().unwrap();
        }
        // SAFETY: all threads ended.
        assert_eq!(unsafe { *s.1.get() }, 80_000);
    }

    #[test]
    fn note_wakes_and_times_out() {
        let n = Arc::new(Note::new());
        assert!(!n.sleep_timeout(1_000_000));
        let m = n.clone();
        let t = std::thread::spawn(move || m.wake());
        n.sleep();
        t.join().unwrap();
        assert!(n.sleep_timeout(0));
    }
}
