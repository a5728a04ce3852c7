//! The run queue of a P: a ring of 256 and a next slot.
//!
//! One producer (the owner), consumers: the owner and thieves. `tail` is written by the owner only; `head` is advanced by compare-and-swap, so
//! an entry read before the swap is the taker's if the swap succeeds. `next` is taken by swap: the goroutine just made ready by the running one,
//! which inherits its time slice.

use super::G;
use crate::sync::{AtomicPtr, AtomicU32, Ordering};
use core::ptr::null_mut;

pub const CAPACITY: usize = 256;

pub struct RunQueue {
    head: AtomicU32,
    tail: AtomicU32,
    next: AtomicPtr<G>,
    ring: [AtomicPtr<G>; CAPACITY],
}

#[must_use]
pub enum Put {
    Done,
    /// The queue is full: half of it, and the new one, linked by `G::link`, are the caller's.
    Overflow {
        first: *mut G,
        last: *mut G,
        n: u32,
    },
}

impl RunQueue {
    pub const fn new() -> RunQueue {
        RunQueue {
            head: AtomicU32::new(0),
            tail: AtomicU32::new(0),
            next: AtomicPtr::new(null_mut()),
            ring: [const { AtomicPtr::new(null_mut()) }; CAPACITY],
        }
    }

    pub fn is_empty(&self) -> bool {
        // The owner may move an entry from next to the ring between the loads: read again.
        loop {
            let head = self.head.load(Ordering::Acquire);
            let tail = self.tail.load(Ordering::Acquire);
            let next = self.next.load(Ordering::Acquire);
            if tail == self.tail.load(Ordering::Acquire) {
                return head == tail && next.is_null();
            }
        }
    }

    pub fn len(&self) -> u32 {
        let head = self.head.load(Ordering::Acquire);
        let tail = self.tail.load(Ordering::Acquire);
        tail.wrapping_sub(head) + u32::from(!self.next.load(Ordering::Acquire).is_null())
    }

    /// Owner only.
    ///
    /// # Safety
    /// `g` is Runnable and in no queue.
    pub unsafe fn put_next(&self, g: *mut G) -> Put {
        let old = self.next.swap(g, Ordering::AcqRel);
        if old.is_null() {
            return Put::Done;
        }
        // SAFETY: the replaced one is in no queue now.
        unsafe { self.put(old) }
    }

    /// Owner only.
    ///
    /// # Safety
    /// `g` is Runnable and in no queue.
    pub unsafe fn put(&self, g: *mut G) -> Put {
        loop {
            let head = self.head.load(Ordering::Acquire);
            let tail = self.tail.load(Ordering::Relaxed);
            if tail.wrapping_sub(head) < CAPACITY as u32 {
                self.ring[tail as usize % CAPACITY].store(g, Ordering::Relaxed);
                self.tail.store(tail.wrapping_add(1), Ordering::Release);
                return Put::Done;
            }
            let n = CAPACITY as u32 / 2;
            let mut batch = [null_mut::<G>(); CAPACITY / 2];
            for (i, slot) in batch.iter_mut().enumerate() {
                *slot = self.ring[(head as usize + i) % CAPACITY].load(Ordering::Relaxed);
            }
            if self.head.compare_exchange(head, head.wrapping_add(n), Ordering::AcqRel, Ordering::Relaxed).is_err() {
                continue;
            }
            // SAFETY: the batch was taken off the queue; its entries and g are ours.
            unsafe {
                for w in batch.windows(2) {
                    (*w[0]).link = w[1];
                }
                (*batch[CAPACITY / 2 - 1]).link = g;
                (*g).link = null_mut();
            }
            return Put::Overflow { first: batch[0], last: g, n: n + 1 };
        }
    }

    /// Owner only. Also says whether the time slice is inherited.
    pub fn get(&self) -> Option<(*mut G, bool)> {
        let next = self.next.load(Ordering::Relaxed);
        // Only the owner makes it non-null; a thief may take it.
        if !next.is_null() && self.next.compare_exchange(next, null_mut(), Ordering::AcqRel, Ordering::Relaxed).is_ok() {
            return Some((next, true));
        }
        loop {
            let head = self.head.load(Ordering::Acquire);
            let tail = self.tail.load(Ordering::Relaxed);
            if head == tail {
                return None;
            }
            let g = self.ring[head as usize % CAPACITY].load(Ordering::Relaxed);
            if self.head.compare_exchange(head, head.wrapping_add(1), Ordering::AcqRel, Ordering::Relaxed).is_ok() {
                return Some((g, false));
            }
        }
    }

    /// Moves half of `victim` here and returns one of them. `with_next`: also take its next slot if the ring is empty.
    /// Owner of `self` only, whose ring is empty.
    pub fn steal(&self, victim: &RunQueue, with_next: bool) -> Option<*mut G> {
        let tail = self.tail.load(Ordering::Relaxed);
        loop {
            let head = victim.head.load(Ordering::Acquire);
            let victim_tail = victim.tail.load(Ordering::Acquire);
            let n = victim_tail.wrapping_sub(head);
            let n = n - n / 2;
            if n == 0 {
                if !with_next {
                    return None;
                }
                let next = victim.next.load(Ordering::Acquire);
                if next.is_null() {
                    return None;
                }
                if victim.next.compare_exchange(next, null_mut(), Ordering::AcqRel, Ordering::Relaxed).is_ok() {
                    return Some(next);
                }
                continue;
            }
            if n > CAPACITY as u32 / 2 {
                // head and tail were not of one moment
                continue;
            }
            for i in 0..n {
                let g = victim.ring[head.wrapping_add(i) as usize % CAPACITY].load(Ordering::Relaxed);
                self.ring[tail.wrapping_add(i) as usize % CAPACITY].store(g, Ordering::Relaxed);
            }
            if victim.head.compare_exchange(head, head.wrapping_add(n), Ordering::AcqRel, Ordering::Relaxed).is_err() {
                continue;
            }
            let last = tail.wrapping_add(n - 1);
            let g = self.ring[last as usize % CAPACITY].load(Ordering::Relaxed);
            if n > 1 {
                self.tail.store(last, Ordering::Release);
            }
            return Some(g);
        }
    }
}

impl Default for RunQueue {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::boxed::Box;
    use std::sync::Arc;
    use std::vec::Vec;

    fn make(n: u64) -> Vec<*mut G> {
        (0..n)
            .map(|id| {
                let mut g = Box::new(G::new());
                g.id = id;
                Box::into_raw(g)
            })
            .collect()
    }

    #[test]
    fn first_in_first_out_with_next_slot_first() {
        let q = RunQueue::new();
        let gs = make(4);
        // SAFETY: fresh goroutines.
        unsafe {
            assert!(matches!(q.put(gs[0]), Put::Done));
            assert!(matches!(q.put(gs[1]), Put::Done));
            assert!(matches!(q.put_next(gs[2]), Put::Done));
            assert!(matches!(q.put_next(gs[3]), Put::Done));
        }
        assert_eq!(q.len(), 4);
        let order: Vec<_> = core::iter::from_fn(|| q.get()).collect();
        assert_eq!(order, [(gs[3], true), (gs[0], false), (gs[1], false), (gs[2], false)]);
        assert!(q.is_empty());
    }

    #[test]
    fn overflow_hands_over_half() {
        let q = RunQueue::new();
        let gs = make(CAPACITY as u64 + 1);
        for &g in &gs[..CAPACITY] {
            // SAFETY: fresh goroutines.
            assert!(matches!(unsafe { q.put(g) }, Put::Done));
        }
        // SAFETY: as above.
        let Put::Overflow { first, last, n } = (unsafe { q.put(gs[CAPACITY]) }) else { panic!("no overflow") };
        assert_eq!((first, last, n), (gs[0], gs[CAPACITY], 129));
        assert_eq!(q.len(), 128);
    }

    #[test]
    fn thieves_and_owner_take_each_once() {
        struct Shared(RunQueue, AtomicU32);
        // SAFETY: the queue is made for several threads.
        unsafe impl Sync for Shared {}
        // SAFETY: as above.
        unsafe impl Send for Shared {}
        const N: u64 = 40_000;
        let s = Arc::new(Shared(RunQueue::new(), AtomicU32::new(0)));
        let thieves: Vec<_> = (0..3)
            .map(|_| {
                let s = s.clone();
                std::thread::spawn(move || {
                    let mine = RunQueue::new();
                    let mut got = Vec::new();
                    while s.1.load(Ordering::Acquire) == 0 || !s.0.is_empty() {
                        if let Some(g) = mine.steal(&s.0, true) {
                            got.push(g as usize);
                            while let Some((g, _)) = mine.get() {
                                got.push(g as usize);
                            }
                        }
                    }
                    got
                })
            })
            .collect();
        let gs = make(N);
        let mut got = Vec::new();
        for (i, &g) in gs.iter().enumerate() {
            // SAFETY: fresh goroutines.
            match unsafe { if i % 3 == 0 { s.0.put_next(g) } else { s.0.put(g) } } {
                Put::Done => {}
                Put::Overflow { first, .. } => {
                    let mut g = first;
                    while !g.is_null() {
                        got.push(g as usize);
                        // SAFETY: handed to us.
                        g = unsafe { (*g).link };
                    }
                }
            }
            if i % 5 == 0 {
                got.extend(s.0.get().map(|g| g.0 as usize));
            }
        }
        s.1.store(1, Ordering::Release);
        for t in thieves {
            got.extend(t.join().unwrap());
        }
        while let Some((g, _)) = s.0.get() {
            got.push(g as usize);
        }
        got.sort_unstable();
        let mut all: Vec<usize> = gs.iter().map(|&g| g as usize).collect();
        all.sort_unstable();
        assert_eq!(got, all);
    }
}
