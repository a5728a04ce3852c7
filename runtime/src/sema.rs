//! What sync is made of: semaphores on words, and condition variables' lists.
//!
//! A table of buckets, each a lock and a list of waiters in order. `n_waiting` is raised before the waiter looks at the word for the last time, and a release raises the word before it looks
//! at `n_waiting` (both sequentially consistent): one of the two sees the other.

use crate::sched::{G, SCHED, WaitReason, getg, getm, park, random_below, ready, yield_now};
use crate::sync::{AtomicU32, Mutex, Ordering};
use core::cell::UnsafeCell;
use core::ptr::null_mut;

struct Waiter {
    g: *mut G,
    addr: usize,
    next: *mut Waiter,
    /// The releaser has taken the word for us.
    granted: bool,
    ticket: u32,
}

#[repr(align(64))]
struct Bucket {
    lock: Mutex,
    n_waiting: AtomicU32,
    /// First and last.
    list: UnsafeCell<(*mut Waiter, *mut Waiter)>,
}

// SAFETY: `list` is used under `lock`.
unsafe impl Sync for Bucket {}

const N_BUCKETS: usize = 256;
static BUCKETS: [Bucket; N_BUCKETS] =
    [const { Bucket { lock: Mutex::new(), n_waiting: AtomicU32::new(0), list: UnsafeCell::new((null_mut(), null_mut())) } }; N_BUCKETS];

fn bucket(addr: usize) -> &'static Bucket {
    &BUCKETS[((addr >> 3).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) % N_BUCKETS]
}

fn try_acquire(word: &AtomicU32) -> bool {
    let mut v = word.load(Ordering::SeqCst);
    while v > 0 {
        match word.compare_exchange_weak(v, v - 1, Ordering::SeqCst, Ordering::SeqCst) {
            Ok(_) => return true,
            Err(now) => v = now,
        }
    }
    false
}

/// Words of the parked goroutine: address, waiter, reason.
unsafe fn acquire(addr: *mut u32, lifo: bool, reason: WaitReason) {
    // SAFETY: a word of the program, in memory that does not move.
    unsafe {
        let word = AtomicU32::from_ptr(addr);
        if try_acquire(word) {
            return;
        }
        wait(addr, lifo, reason)
    }
}

unsafe fn wait(addr: *mut u32, lifo: bool, reason: WaitReason) {
    // SAFETY: the waiter is ours until queued, then the bucket's.
    unsafe {
        let word = AtomicU32::from_ptr(addr);
        let b = bucket(addr as usize);
        b.lock.lock();
        b.n_waiting.fetch_add(1, Ordering::SeqCst);
        if try_acquire(word) {
            b.n_waiting.fetch_sub(1, Ordering::SeqCst);
            b.lock.unlock();
            return;
        }
        let g = getg();
        let w = alloc::boxed::Box::into_raw(alloc::boxed::Box::new(Waiter { g, addr: addr as usize, next: null_mut(), granted: false, ticket: 0 }));
        let (first, last) = &mut *b.list.get();
        if lifo {
            (*w).next = *first;
            *first = w;
            if last.is_null() {
                *last = w;
            }
        } else {
            if last.is_null() {
                *first = w;
            } else {
                (**last).next = w;
            }
            *last = w;
        }
        (*g).words = [addr as usize, w as usize, reason as usize, 0, 0, 0];
        park(reason, Some(woken), || b.lock.unlock())
    }
}

unsafe fn woken(g: *mut G) {
    // SAFETY: words as set by wait; the releaser took the waiter off the list.
    unsafe {
        let [addr, w, reason, ..] = (*g).words;
        (*g).words = [0; 6];
        let granted = (*(w as *mut Waiter)).granted;
        drop(alloc::boxed::Box::from_raw(w as *mut Waiter));
        if granted || try_acquire(AtomicU32::from_ptr(addr as *mut u32)) {
            return;
        }
        let reason = [WaitReason::Semacquire, WaitReason::MutexLock, WaitReason::RwMutexRLock, WaitReason::RwMutexLock, WaitReason::WaitGroupWait]
            .into_iter()
            .find(|&r| r as usize == reason)
            .unwrap_or(WaitReason::Semacquire);
        // Somebody was faster. To the front: it has waited long enough.
        wait(addr as *mut u32, true, reason)
    }
}

unsafe fn release(addr: *mut u32, handoff: bool) {
    // SAFETY: as acquire; list under the lock.
    unsafe {
        let word = AtomicU32::from_ptr(addr);
        let b = bucket(addr as usize);
        word.fetch_add(1, Ordering::SeqCst);
        if b.n_waiting.load(Ordering::SeqCst) == 0 {
            return;
        }
        b.lock.lock();
        let (first, last) = &mut *b.list.get();
        let mut prev: *mut Waiter = null_mut();
        let mut w = *first;
        while !w.is_null() && (*w).addr != addr as usize {
            prev = w;
            w = (*w).next;
        }
        if w.is_null() {
            b.lock.unlock();
            return;
        }
        if prev.is_null() {
            *first = (*w).next;
        } else {
            (*prev).next = (*w).next;
        }
        if *last == w {
            *last = prev;
        }
        b.n_waiting.fetch_sub(1, Ordering::SeqCst);
        if handoff && try_acquire(word) {
            (*w).granted = true;
        }
        let granted = (*w).granted;
        let g = (*w).g;
        b.lock.unlock();
        ready(g);
        if granted && !getg().is_null() && (*getg()).pinned == 0 {
            // The waiter runs at once, on this P and in our time slice.
            let g = getg();
            (*g).ret0 = 0;
            (*g).ret1 = 0;
            yield_now(g, null_mut(), false);
        }
    }
}

#[repr(C)]
pub struct SemaBlock {
    addr: *mut u32,
    /// lifo or handoff
    flag: bool,
}

// SAFETY (all entries): blocks as STDCONTRACT.md says.

std_entry!(
    "sync.runtime_Semacquire",
    fn semacquire(b: *mut SemaBlock) {
        // SAFETY: see above; no flag in this block.
        unsafe { acquire((*b).addr, false, WaitReason::Semacquire) }
    }
);
std_entry!(
    "sync.runtime_SemacquireWaitGroup",
    fn semacquire_wait_group(b: *mut SemaBlock) {
        // SAFETY: see above; no flag in this block.
        unsafe { acquire((*b).addr, false, WaitReason::WaitGroupWait) }
    }
);
std_entry!(
    "sync.runtime_SemacquireMutex",
    fn semacquire_mutex(b: *mut SemaBlock) {
        // SAFETY: see above.
        unsafe { acquire((*b).addr, (*b).flag, WaitReason::MutexLock) }
    }
);
std_entry!(
    "sync.runtime_SemacquireRWMutexR",
    fn semacquire_rwmutex_r(b: *mut SemaBlock) {
        // SAFETY: see above.
        unsafe { acquire((*b).addr, (*b).flag, WaitReason::RwMutexRLock) }
    }
);
std_entry!(
    "sync.runtime_SemacquireRWMutex",
    fn semacquire_rwmutex(b: *mut SemaBlock) {
        // SAFETY: see above.
        unsafe { acquire((*b).addr, (*b).flag, WaitReason::RwMutexLock) }
    }
);
std_entry!(
    "sync.runtime_Semrelease",
    fn semrelease(b: *mut SemaBlock) {
        // SAFETY: see above.
        unsafe { release((*b).addr, (*b).flag) }
    }
);
std_entry!(
    "internal/poll.runtime_Semacquire",
    fn poll_semacquire(b: *mut SemaBlock) {
        // SAFETY: see above; no flag in this block.
        unsafe { acquire((*b).addr, false, WaitReason::Semacquire) }
    }
);
std_entry!(
    "internal/poll.runtime_Semrelease",
    fn poll_semrelease(b: *mut SemaBlock) {
        // SAFETY: see above; no flag in this block.
        unsafe { release((*b).addr, false) }
    }
);

#[repr(C)]
pub struct SpinBlock {
    i: i64,
    result: bool,
}

/// Spinning pays a few times, if another CPU runs the holder and we have nothing else to do.
const MAX_SPINS: i64 = 4;

std_entry!(
    "sync.runtime_canSpin",
    fn can_spin(b: *mut SpinBlock) {
        // SAFETY: see above; the P is ours.
        unsafe {
            let n_procs = SCHED.n_procs() as u32;
            let busy = n_procs > SCHED.n_idle_p.load(Ordering::Relaxed) + SCHED.n_spinning.load(Ordering::Relaxed) + 1;
            (*b).result = (*b).i < MAX_SPINS && SCHED.n_cpu.load(Ordering::Relaxed) > 1 && busy && (*(*getm()).p).run_queue.is_empty();
        }
    }
);
std_entry!(
    "sync.runtime_doSpin",
    fn do_spin(_b: *mut u8) {
        for _ in 0..30 {
            core::hint::spin_loop();
        }
    }
);
std_entry!(
    "sync.runtime_nanotime",
    fn sync_nanotime(b: *mut i64) {
        // SAFETY: see above.
        unsafe { *b = crate::sys::nanotime() }
    }
);

#[repr(C)]
pub struct RandBlock {
    n: u32,
    result: u32,
}
std_entry!(
    "sync.runtime_randn",
    fn sync_randn(b: *mut RandBlock) {
        // SAFETY: see above.
        unsafe { (*b).result = random_below((*b).n) }
    }
);

std_entry!(
    "math/rand.runtimeRand",
    fn math_rand(b: *mut u64) {
        // SAFETY: see above.
        unsafe { *b = secure_seeded() }
    }
);
std_entry!(
    "math/rand/v2.runtimeRand",
    fn math_rand_v2(b: *mut u64) {
        // SAFETY: see above.
        unsafe { *b = secure_seeded() }
    }
);

/// A random number for programs: the generator of the M, which starts from the clock, mixed with the system's.
fn secure_seeded() -> u64 {
    static SEED: crate::sync::AtomicU64 = crate::sync::AtomicU64::new(0);
    let mut seed = SEED.load(Ordering::Relaxed);
    if seed == 0 {
        let mut bytes = [0; 8];
        let _ = crate::sys::getrandom(&mut bytes);
        seed = u64::from_ne_bytes(bytes) | 1;
        SEED.store(seed, Ordering::Relaxed);
    }
    let mut z = crate::sched::random() ^ seed;
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

/// `sync.notifyList`.
#[repr(C)]
pub struct NotifyList {
    wait: AtomicU32,
    /// Next ticket to be notified; under the lock.
    notify: AtomicU32,
    lock: Mutex,
    _pad: u32,
    head: *mut Waiter,
    tail: *mut Waiter,
}

#[repr(C)]
pub struct NotifyBlock {
    list: *mut NotifyList,
    /// Parameter of Wait, result of Add.
    ticket: u32,
}

/// Is ticket `a` older than `b`? They may wrap.
fn older(a: u32, b: u32) -> bool {
    (a.wrapping_sub(b) as i32) < 0
}

std_entry!(
    "sync.runtime_notifyListAdd",
    fn notify_list_add(b: *mut NotifyBlock) {
        // SAFETY: see above.
        unsafe { (*b).ticket = (*(*b).list).wait.fetch_add(1, Ordering::SeqCst) }
    }
);

std_entry!(
    "sync.runtime_notifyListWait",
    fn notify_list_wait(b: *mut NotifyBlock) {
        // SAFETY: see above; the list under its lock.
        unsafe {
            let list = (*b).list;
            let ticket = (*b).ticket;
            (*list).lock.lock();
            if older(ticket, (*list).notify.load(Ordering::SeqCst)) {
                (*list).lock.unlock();
                return;
            }
            let g = getg();
            let w = alloc::boxed::Box::into_raw(alloc::boxed::Box::new(Waiter { g, addr: 0, next: null_mut(), granted: false, ticket }));
            if (*list).tail.is_null() {
                (*list).head = w;
            } else {
                (*(*list).tail).next = w;
            }
            (*list).tail = w;
            // The list is kept alive by the word.
            (*g).words = [list as usize, 0, 0, 0, 0, 0];
            park(WaitReason::CondWait, None, || (*list).lock.unlock())
        }
    }
);

std_entry!(
    "sync.runtime_notifyListNotifyAll",
    fn notify_list_notify_all(b: *mut NotifyBlock) {
        // SAFETY: see above; waiters taken off the list are ours.
        unsafe {
            let list = (*b).list;
            if (*list).wait.load(Ordering::SeqCst) == (*list).notify.load(Ordering::SeqCst) {
                return;
            }
            (*list).lock.lock();
            let mut w = (*list).head;
            (*list).head = null_mut();
            (*list).tail = null_mut();
            (*list).notify.store((*list).wait.load(Ordering::SeqCst), Ordering::SeqCst);
            (*list).lock.unlock();
            while !w.is_null() {
                let next = (*w).next;
                let g = (*w).g;
                drop(alloc::boxed::Box::from_raw(w));
                ready(g);
                w = next;
            }
        }
    }
);

std_entry!(
    "sync.runtime_notifyListNotifyOne",
    fn notify_list_notify_one(b: *mut NotifyBlock) {
        // SAFETY: as above.
        unsafe {
            let list = (*b).list;
            if (*list).wait.load(Ordering::SeqCst) == (*list).notify.load(Ordering::SeqCst) {
                return;
            }
            (*list).lock.lock();
            let ticket = (*list).notify.load(Ordering::SeqCst);
            if ticket == (*list).wait.load(Ordering::SeqCst) {
                (*list).lock.unlock();
                return;
            }
            (*list).notify.store(ticket.wrapping_add(1), Ordering::SeqCst);
            let mut prev: *mut Waiter = null_mut();
            let mut w = (*list).head;
            while !w.is_null() && (*w).ticket != ticket {
                prev = w;
                w = (*w).next;
            }
            // Not there yet: its holder will see that it was notified.
            if !w.is_null() {
                if prev.is_null() {
                    (*list).head = (*w).next;
                } else {
                    (*prev).next = (*w).next;
                }
                if (*list).tail == w {
                    (*list).tail = prev;
                }
            }
            (*list).lock.unlock();
            if !w.is_null() {
                let g = (*w).g;
                drop(alloc::boxed::Box::from_raw(w));
                ready(g);
            }
        }
    }
);
