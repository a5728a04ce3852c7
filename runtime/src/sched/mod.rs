//! The scheduler: Go's G, M and P.
//!
//! ```text
//! newproc, ready → run queue of a P ─┐                          ┌→ execute → compiled code → entry → park ──┐
//!                  global queue ─────┼→ find_runnable (steal, ──┘                 │ check     └→ ready(other) │
//!                  poller, timers ───┘   poll, sleep)  ↑                        safepoint                     │
//!                                                      └──────────────── schedule ←──────────────────────────┘
//! ```
//! **Rules.** `schedule` and everything below runs on the system stack with no goroutine on its M; frames there are abandoned by switching. `SCHED.lock` guards the global queue, the lists
//! of idle Ps and Ms, and `stop_wait`; under it nothing parks, allocates stacks or takes another lock but those of `poll`. A wake-up is never lost: who makes work
//! looks for idle Ps after publishing it, who goes idle looks for work after leaving the count of spinning Ms (`find_runnable`).

pub mod coro;
pub mod g;
pub mod gotimer;
pub mod m;
pub mod notify;
pub mod p;
pub mod proc;
pub mod runq;
pub mod signal;
pub mod stop;
pub mod sysmon;
pub mod timer;
#[cfg(not(test))]
pub mod world;

pub use g::{G, Resume, Status, WaitReason};
pub use m::{M, getg, getm, random, random_below};
pub use p::{N_STACK_ORDERS, P, PStatus};
pub use proc::{goexit0, newproc, spawn_system};
pub use stop::{start_the_world, stop_the_world};

use crate::arch::{self, Regs};
use crate::poll;
use crate::stack;
use crate::sync::{AtomicBool, AtomicI64, AtomicPtr, AtomicU32, AtomicU64, Mutex, Note, Ordering, fence};
use crate::sys;
use alloc::boxed::Box;
use core::cell::UnsafeCell;
use core::ptr::null_mut;
use runq::Put;

pub const MAX_PROCS: usize = 256;

/// Guarded by `SCHED.lock`.
pub struct Locked {
    pub queue_head: *mut G,
    pub queue_tail: *mut G,
    pub idle_p: *mut P,
    pub idle_m: *mut M,
    pub n_idle_m: u32,
    /// Ms waiting for their locked goroutine.
    pub n_idle_locked: u32,
    /// Ms made so far, without sysmon.
    pub n_m: u32,
    /// Ps that have not stopped yet.
    pub stop_wait: u32,
    pub all_m: *mut M,
}

pub struct Sched {
    pub lock: Mutex,
    locked: UnsafeCell<Locked>,
    pub queue_len: AtomicU32,
    pub n_idle_p: AtomicU32,
    pub n_spinning: AtomicU32,
    pub n_procs: AtomicU32,
    pub procs: [AtomicPtr<P>; MAX_PROCS],
    /// The world is to stop: every P has to be given up.
    pub gc_waiting: AtomicBool,
    pub stop_note: Note,
    /// When the poller was last asked, nanoseconds; 0 while an M sleeps in it.
    pub last_poll: AtomicI64,
    /// Until when it sleeps, 0: for ever.
    pub poll_until: AtomicI64,
    pub last_goid: AtomicU64,
    /// Goroutines that are not dead and not the runtime's.
    pub n_gs: AtomicU32,
    pub n_system_gs: AtomicU32,
    pub sysmon_idle: AtomicBool,
    pub sysmon_note: Note,
    pub n_cpu: AtomicU32,
    pub main_started: AtomicBool,
}

// SAFETY: `locked` is used under `lock`.
unsafe impl Sync for Sched {}

pub static SCHED: Sched = Sched {
    lock: Mutex::new(),
    locked: UnsafeCell::new(Locked {
        queue_head: null_mut(),
        queue_tail: null_mut(),
        idle_p: null_mut(),
        idle_m: null_mut(),
        n_idle_m: 0,
        n_idle_locked: 0,
        n_m: 1,
        stop_wait: 0,
        all_m: null_mut(),
    }),
    queue_len: AtomicU32::new(0),
    n_idle_p: AtomicU32::new(0),
    n_spinning: AtomicU32::new(0),
    n_procs: AtomicU32::new(0),
    procs: [const { AtomicPtr::new(null_mut()) }; MAX_PROCS],
    gc_waiting: AtomicBool::new(false),
    stop_note: Note::new(),
    last_poll: AtomicI64::new(1),
    poll_until: AtomicI64::new(0),
    last_goid: AtomicU64::new(0),
    n_gs: AtomicU32::new(0),
    n_system_gs: AtomicU32::new(0),
    sysmon_idle: AtomicBool::new(false),
    sysmon_note: Note::new(),
    n_cpu: AtomicU32::new(1),
    main_started: AtomicBool::new(false),
};

impl Sched {
    /// # Safety
    /// `lock` is held.
    #[allow(clippy::mut_from_ref)]
    pub unsafe fn locked(&self) -> &mut Locked {
        // SAFETY: the caller's.
        unsafe { &mut *self.locked.get() }
    }

    pub fn n_procs(&self) -> usize {
        self.n_procs.load(Ordering::Acquire) as usize
    }

    pub fn proc(&self, idx: usize) -> *mut P {
        self.procs[idx].load(Ordering::Acquire)
    }

    pub fn gc_waiting(&self) -> bool {
        self.gc_waiting.load(Ordering::SeqCst)
    }
}

/// Gives up the current goroutine: it waits for `ready`. `resume` (may be None) runs when it is taken up again; `unlock` makes it visible to wakers, after that the goroutine may
/// already run elsewhere.
///
/// # Safety
/// In a runtime entry; nothing on the Rust stack needs dropping and no lock but the one that `unlock` releases is held.
pub unsafe fn park(reason: WaitReason, resume: Option<Resume>, unlock: impl FnOnce()) -> ! {
    // SAFETY: the goroutine is ours until unlock.
    unsafe {
        let m = getm();
        let g = (*m).curg;
        (*g).wait_reason = reason;
        (*g).wait_since = 0;
        (*g).resume = resume;
        (*g).ret0 = 0;
        (*g).ret1 = 0;
        detach(m, g, Status::Waiting);
        unlock();
        reschedule()
    }
}

/// # Safety
/// `g` is the current goroutine of the current M.
unsafe fn detach(m: *mut M, g: *mut G, status: Status) {
    // SAFETY: the caller's.
    unsafe {
        (*m).curg = null_mut();
        (*g).m = null_mut();
        (*g).mcache = null_mut();
        (*g).set_status(status);
    }
}

/// Leaves the Rust frames and schedules.
///
/// # Safety
/// The M has no current goroutine; no lock is held.
pub unsafe fn reschedule() -> ! {
    extern "C" fn start(_: usize) -> ! {
        schedule()
    }
    // SAFETY: the system stack is this M's, what is on it is given up.
    unsafe { arch::gorc_on_stack((*getm()).system_sp, start, 0) }
}

/// Makes a waiting goroutine runnable; it runs next on this P.
///
/// # Safety
/// `g` is Waiting and the caller is the one who wakes it.
pub unsafe fn ready(g: *mut G) {
    // SAFETY: the caller's.
    unsafe {
        (*g).set_status(Status::Runnable);
        enqueue(g, true);
    }
    wake_p();
}

/// Puts a runnable goroutine on a queue.
///
/// # Safety
/// `g` is Runnable and in no queue.
pub unsafe fn enqueue(g: *mut G, next: bool) {
    // SAFETY: the caller's; the P is ours.
    unsafe {
        let p = (*getm()).p;
        if p.is_null() {
            SCHED.lock.lock();
            put_global(g);
            SCHED.lock.unlock();
            return;
        }
        let put = if next { (*p).run_queue.put_next(g) } else { (*p).run_queue.put(g) };
        if let Put::Overflow { first, last, n } = put {
            SCHED.lock.lock();
            put_global_batch(first, last, n);
            SCHED.lock.unlock();
        }
    }
}

/// # Safety
/// The lock is held; `g` is Runnable and in no queue.
pub unsafe fn put_global(g: *mut G) {
    // SAFETY: the caller's.
    unsafe { put_global_batch(g, g, 1) };
}

/// # Safety
/// As put_global, for a list.
pub unsafe fn put_global_batch(first: *mut G, last: *mut G, n: u32) {
    // SAFETY: the caller's.
    unsafe {
        let s = SCHED.locked();
        (*last).link = null_mut();
        if s.queue_tail.is_null() {
            s.queue_head = first;
        } else {
            (*s.queue_tail).link = first;
        }
        s.queue_tail = last;
    }
    SCHED.queue_len.fetch_add(n, Ordering::SeqCst);
}

/// # Safety
/// The lock is held.
unsafe fn pop_global() -> Option<*mut G> {
    // SAFETY: the caller's.
    unsafe {
        let s = SCHED.locked();
        let g = s.queue_head;
        if g.is_null() {
            return None;
        }
        s.queue_head = (*g).link;
        if s.queue_head.is_null() {
            s.queue_tail = null_mut();
        }
        SCHED.queue_len.fetch_sub(1, Ordering::SeqCst);
        Some(g)
    }
}

/// One goroutine to run now, and a fair share of the rest for the queue of `p`.
///
/// # Safety
/// The lock is held, `p` is ours.
unsafe fn get_global(p: *mut P, max: u32) -> Option<*mut G> {
    // SAFETY: the caller's.
    unsafe {
        let len = SCHED.queue_len.load(Ordering::Relaxed);
        let n = (len / SCHED.n_procs() as u32 + 1).min(len).min(max).min(runq::CAPACITY as u32 / 2);
        let g = pop_global()?;
        for _ in 1..n {
            let Some(other) = pop_global() else { break };
            if let Put::Overflow { first, last, n } = (*p).run_queue.put(other) {
                put_global_batch(first, last, n);
                break;
            }
        }
        Some(g)
    }
}

/// A list (linked by `link`) of goroutines made runnable at once, by poller or timers.
///
/// # Safety
/// They are Runnable and in no queue.
pub unsafe fn inject(mut list: *mut G) {
    let mut n = 0;
    while !list.is_null() {
        // SAFETY: the caller's; enqueue overwrites link.
        unsafe {
            let next = (*list).link;
            enqueue(list, false);
            list = next;
        }
        n += 1;
    }
    for _ in 0..n.min(SCHED.n_idle_p.load(Ordering::Relaxed)) {
        wake_p();
    }
}

/// # Safety
/// The lock is held; `p` is nobody's and its run queue is empty.
pub unsafe fn put_idle_p(p: *mut P) {
    // SAFETY: the caller's.
    unsafe {
        let s = SCHED.locked();
        (*p).set_status(PStatus::Idle);
        (*p).link = s.idle_p;
        s.idle_p = p;
    }
    SCHED.n_idle_p.fetch_add(1, Ordering::SeqCst);
}

/// # Safety
/// The lock is held.
pub unsafe fn get_idle_p() -> *mut P {
    // SAFETY: the caller's.
    unsafe {
        let s = SCHED.locked();
        let p = s.idle_p;
        if !p.is_null() {
            s.idle_p = (*p).link;
            SCHED.n_idle_p.fetch_sub(1, Ordering::SeqCst);
            sysmon::wake();
        }
        p
    }
}

/// # Safety
/// `p` is nobody's (taken from the idle list or won by a status change), the M has none.
pub unsafe fn acquire_p(p: *mut P) {
    // SAFETY: the caller's.
    unsafe {
        let m = getm();
        (*m).p = p;
        (*p).m = m;
        (*p).set_status(PStatus::Running);
    }
}

/// # Safety
/// The M has a P.
pub unsafe fn release_p() -> *mut P {
    // SAFETY: the caller's.
    unsafe {
        let m = getm();
        let p = (*m).p;
        (*m).p = null_mut();
        (*p).m = null_mut();
        p
    }
}

/// Work was published: if a P is idle and nobody looks for work already, start someone who does.
#[inline]
pub fn wake_p() {
    fence(Ordering::SeqCst);
    if SCHED.n_idle_p.load(Ordering::SeqCst) == 0 || SCHED.n_spinning.load(Ordering::SeqCst) != 0 {
        return;
    }
    wake_p_slow();
}

#[cold]
fn wake_p_slow() {
    if SCHED.n_spinning.compare_exchange(0, 1, Ordering::SeqCst, Ordering::SeqCst).is_err() {
        return;
    }
    // SAFETY: lists under the lock.
    unsafe {
        SCHED.lock.lock();
        let p = if SCHED.gc_waiting() { null_mut() } else { get_idle_p() };
        SCHED.lock.unlock();
        if p.is_null() {
            SCHED.n_spinning.fetch_sub(1, Ordering::SeqCst);
            return;
        }
        start_m(p, true);
    }
}

/// Lets some M run `p`. `spinning`: the caller has counted it in `n_spinning`.
///
/// # Safety
/// `p` is nobody's.
pub unsafe fn start_m(p: *mut P, spinning: bool) {
    // SAFETY: lists under the lock; a sleeping M is ours once taken off the list.
    unsafe {
        SCHED.lock.lock();
        let s = SCHED.locked();
        let m = s.idle_m;
        if m.is_null() {
            s.n_m += 1;
            let id = u64::from(s.n_m);
            SCHED.lock.unlock();
            new_m(p, spinning, id);
            return;
        }
        s.idle_m = (*m).link;
        s.n_idle_m -= 1;
        SCHED.lock.unlock();
        (*m).spinning = spinning;
        (*m).next_p = p;
        (*m).park.wake();
    }
}

/// Ends the program if it has too many threads.
pub fn check_thread_limit() {
    use core::fmt::Write;
    // SAFETY: under the lock.
    let n = SCHED.lock.with(|| unsafe { SCHED.locked().n_m });
    let max = crate::settings::MAX_THREADS.load(Ordering::Relaxed);
    if n > max {
        let _ = writeln!(crate::debug::Err, "runtime: program exceeds {max}-thread limit");
        crate::panic::throw("thread exhaustion");
    }
}

unsafe fn new_m(p: *mut P, spinning: bool, id: u64) {
    if id as u32 > crate::settings::MAX_THREADS.load(Ordering::Relaxed) {
        check_thread_limit();
    }
    let failed = |e| -> ! {
        use core::fmt::Write;
        let _ = writeln!(crate::debug::Err, "runtime: failed to create new OS thread (have {id} already; errno={e})");
        crate::panic::throw("newosproc")
    };
    let m = Box::leak(Box::new(M::new(id)));
    m.this = m;
    m.spinning = spinning;
    m.next_p = p;
    let top = sys::thread::alloc_stack(sys::thread::SYSTEM_STACK).unwrap_or_else(|e| failed(e));
    m.signal_stack = sys::thread::alloc_stack(sys::thread::SIGNAL_STACK).unwrap_or_else(|e| failed(e));
    m.system_sp = top - 64;
    // SAFETY: the memory is the new thread's; m lives for ever.
    unsafe {
        m.rng ^= sys::nanotime() as u64;
        let m: *mut M = m;
        SCHED.lock.lock();
        let s = SCHED.locked();
        (*m).all_link = s.all_m;
        s.all_m = m;
        SCHED.lock.unlock();
        if let Err(e) = sys::thread::spawn(top - 64, m as usize, start_thread, m as usize) {
            failed(e);
        }
    }
}

extern "C" fn start_thread(_: usize) -> ! {
    // SAFETY: this thread's M.
    unsafe {
        let m = getm();
        init_thread(m);
        let p = (*m).next_p;
        (*m).next_p = null_mut();
        if !p.is_null() {
            acquire_p(p);
        }
        reschedule()
    }
}

/// # Safety
/// `m` is the current thread's M.
pub unsafe fn init_thread(m: *mut M) {
    // SAFETY: the caller's.
    unsafe {
        (*m).tid = sys::gettid();
        let _ = sys::signal::set_stack((*m).signal_stack, sys::thread::SIGNAL_STACK);
    }
    sys::signal::set_mask(0);
}

/// Sleeps until given a P.
///
/// # Safety
/// The M has no P and is not spinning.
unsafe fn stop_m() {
    // SAFETY: lists under the lock.
    unsafe {
        let m = getm();
        SCHED.lock.lock();
        let s = SCHED.locked();
        (*m).link = s.idle_m;
        s.idle_m = m;
        s.n_idle_m += 1;
        check_dead();
        SCHED.lock.unlock();
        (*m).park.sleep();
        (*m).park.clear();
        let p = (*m).next_p;
        (*m).next_p = null_mut();
        acquire_p(p);
    }
}

/// Is there anybody left who could make progress? If not, says so and ends the program.
///
/// # Safety
/// The lock is held.
pub unsafe fn check_dead() {
    // SAFETY: the caller's.
    let s = unsafe { SCHED.locked() };
    if s.n_m > s.n_idle_m + s.n_idle_locked || !SCHED.main_started.load(Ordering::Relaxed) {
        return;
    }
    if timer::any() || poll::has_waiters() {
        return;
    }
    // A P that still has work, or one being handed over, means that somebody is on the way.
    for i in 0..SCHED.n_procs() {
        let p = SCHED.proc(i);
        // SAFETY: Ps live for ever.
        if unsafe { !(*p).is(PStatus::Idle) || !(*p).run_queue.is_empty() } {
            return;
        }
    }
    if SCHED.queue_len.load(Ordering::SeqCst) != 0 {
        return;
    }
    SCHED.lock.unlock();
    if SCHED.n_gs.load(Ordering::SeqCst) == 0 {
        crate::panic::fatal("no goroutines (main called runtime.Goexit) - deadlock!");
    }
    crate::panic::fatal("all goroutines are asleep - deadlock!");
}

/// Finds a goroutine and runs it.
fn schedule() -> ! {
    // SAFETY: on the system stack, without a goroutine; the P, if any, is ours.
    unsafe {
        let m = getm();
        loop {
            if !(*m).locked_g.is_null() {
                stop_locked_m();
                execute((*m).locked_g, false);
            }
            let (g, inherit) = find_runnable(m);
            if (*m).spinning {
                stop_spinning(m);
            }
            if !(*g).locked_m.is_null() {
                start_locked_m(g);
                continue;
            }
            execute(g, inherit);
        }
    }
}

/// # Safety
/// The M is spinning and has found work.
unsafe fn stop_spinning(m: *mut M) {
    // SAFETY: the caller's.
    unsafe { (*m).spinning = false };
    SCHED.n_spinning.fetch_sub(1, Ordering::SeqCst);
    // There may be more where this came from, and those who made it saw us spinning.
    wake_p();
}

/// # Safety
/// The M has a P and no goroutine; `g` is Runnable and in no queue.
pub unsafe fn execute(g: *mut G, inherit: bool) -> ! {
    // SAFETY: the caller's.
    unsafe {
        let m = getm();
        let p = (*m).p;
        (*g).m = m;
        (*g).system_sp = (*m).system_sp;
        (*g).mcache = crate::gc::cache::for_compiled_code((*p).mcache);
        (*g).set_status(Status::Running);
        (*g).wait_since = 0;
        (*g).preempt.store(false, Ordering::Relaxed);
        (*m).curg = g;
        stack::reset_limit(g);
        if !inherit {
            (*p).sched_tick.fetch_add(1, Ordering::Relaxed);
        }
        // The stop looks for running goroutines after raising the flag, we look at the flag after becoming one.
        fence(Ordering::SeqCst);
        if SCHED.gc_waiting() {
            (*g).request_preempt();
        }
        if let Some(resume) = (*g).resume.take() {
            resume(g);
        }
        if (*g).regs_valid {
            (*g).regs_valid = false;
            let regs: *const Regs = &**(*g).regs.as_ref().expect("regs_valid");
            arch::gorc_gogo_regs(g, regs);
        }
        arch::gorc_gogo(g)
    }
}

/// Blocks until there is a goroutine to run.
///
/// # Safety
/// On the system stack without a goroutine.
unsafe fn find_runnable(m: *mut M) -> (*mut G, bool) {
    // SAFETY: the P is ours between acquire and release; lists under the lock.
    unsafe {
        loop {
            if (*m).p.is_null() {
                stop_m();
            }
            if SCHED.gc_waiting() {
                stop::give_up_p();
                continue;
            }
            let p = (*m).p;
            timer::run_expired();
            // Now and then the global queue first, or two goroutines that wake each other could starve it.
            if (*p).sched_tick.load(Ordering::Relaxed).is_multiple_of(61) && SCHED.queue_len.load(Ordering::Relaxed) > 0 {
                SCHED.lock.lock();
                let g = get_global(p, 1);
                SCHED.lock.unlock();
                if let Some(g) = g {
                    return (g, false);
                }
            }
            if let Some(found) = (*p).run_queue.get() {
                return found;
            }
            if SCHED.queue_len.load(Ordering::SeqCst) > 0 {
                SCHED.lock.lock();
                let g = get_global(p, u32::MAX);
                SCHED.lock.unlock();
                if let Some(g) = g {
                    return (g, false);
                }
            }
            if poll::has_waiters() && SCHED.last_poll.load(Ordering::SeqCst) != 0 {
                let list = poll::poll(0);
                if !list.is_null() {
                    let rest = (*list).link;
                    inject(rest);
                    return (list, false);
                }
            }
            // At most half of the busy Ps' number of Ms look for work at once.
            let n_busy = SCHED.n_procs() as u32 - SCHED.n_idle_p.load(Ordering::SeqCst);
            if (*m).spinning || 2 * SCHED.n_spinning.load(Ordering::SeqCst) < n_busy {
                if !(*m).spinning {
                    (*m).spinning = true;
                    SCHED.n_spinning.fetch_add(1, Ordering::SeqCst);
                }
                if let Some(g) = steal(p) {
                    return (g, false);
                }
            }
            // Nothing: give the P back, then look once more without it.
            SCHED.lock.lock();
            if SCHED.gc_waiting() {
                SCHED.lock.unlock();
                continue;
            }
            if let Some(g) = get_global(p, u32::MAX) {
                SCHED.lock.unlock();
                return (g, false);
            }
            release_p();
            put_idle_p(p);
            SCHED.lock.unlock();
            let was_spinning = (*m).spinning;
            if was_spinning {
                (*m).spinning = false;
                SCHED.n_spinning.fetch_sub(1, Ordering::SeqCst);
                // Who published work before this point may have counted on us.
                fence(Ordering::SeqCst);
                if any_work() {
                    SCHED.lock.lock();
                    let p = get_idle_p();
                    SCHED.lock.unlock();
                    if !p.is_null() {
                        acquire_p(p);
                        (*m).spinning = true;
                        SCHED.n_spinning.fetch_add(1, Ordering::SeqCst);
                        continue;
                    }
                }
            }
            // One M sleeps in the poller, until the next timer; the others on their notes.
            let until = timer::next_when();
            if (poll::has_waiters() || until != 0) && SCHED.last_poll.swap(0, Ordering::SeqCst) != 0 {
                SCHED.poll_until.store(until, Ordering::SeqCst);
                // A timer set after `next_when` was read and before `last_poll` became 0 did not wake us.
                let until = timer::next_when();
                let now = sys::nanotime();
                let delay = if until == 0 { -1 } else { (until - now).max(0) };
                let list = if until != 0 && delay == 0 { poll::poll(0) } else { poll::poll(delay) };
                SCHED.poll_until.store(0, Ordering::SeqCst);
                SCHED.last_poll.store(sys::nanotime(), Ordering::SeqCst);
                SCHED.lock.lock();
                let p = if SCHED.gc_waiting() { null_mut() } else { get_idle_p() };
                SCHED.lock.unlock();
                if p.is_null() {
                    inject(list);
                    continue; // sleeps: no P
                }
                acquire_p(p);
                if !list.is_null() {
                    let rest = (*list).link;
                    inject(rest);
                    return (list, false);
                }
                if was_spinning {
                    (*m).spinning = true;
                    SCHED.n_spinning.fetch_add(1, Ordering::SeqCst);
                }
                continue;
            }
            if until != 0 {
                let sleeping_until = SCHED.poll_until.load(Ordering::SeqCst);
                if SCHED.last_poll.load(Ordering::SeqCst) == 0 && (sleeping_until == 0 || sleeping_until > until) {
                    poll::wake();
                }
            }
            stop_m();
        }
    }
}

/// # Safety
/// `p` is ours and its queue is empty.
unsafe fn steal(p: *mut P) -> Option<*mut G> {
    let n = SCHED.n_procs();
    for round in 0..4 {
        let start = random_below(n as u32) as usize;
        for i in 0..n {
            if SCHED.gc_waiting() {
                return None;
            }
            let victim = SCHED.proc((start + i) % n);
            if victim == p || victim.is_null() {
                continue;
            }
            // SAFETY: Ps live for ever; the queue is made for thieves.
            unsafe {
                // The next slot only in the last round: its owner is about to run it.
                if !(*victim).run_queue.is_empty()
                    && let Some(g) = (*p).run_queue.steal(&(*victim).run_queue, round == 3)
                {
                    return Some(g);
                }
            }
        }
        if timer::due() {
            timer::run_expired();
            // SAFETY: p is ours.
            if let Some((g, _)) = unsafe { (*p).run_queue.get() } {
                return Some(g);
            }
        }
    }
    None
}

fn any_work() -> bool {
    if SCHED.queue_len.load(Ordering::SeqCst) > 0 || timer::due() {
        return true;
    }
    (0..SCHED.n_procs()).any(|i| {
        let p = SCHED.proc(i);
        // SAFETY: Ps live for ever.
        !p.is_null() && unsafe { !(*p).run_queue.is_empty() }
    })
}

/// Finds a use for a P whose M is stuck in the kernel (or waits for its locked goroutine).
///
/// # Safety
/// `p` is nobody's.
pub unsafe fn handoff_p(p: *mut P) {
    // SAFETY: the caller's.
    unsafe {
        if !SCHED.gc_waiting() {
            if !(*p).run_queue.is_empty() || SCHED.queue_len.load(Ordering::SeqCst) > 0 {
                start_m(p, false);
                return;
            }
            if SCHED.n_spinning.load(Ordering::SeqCst) + SCHED.n_idle_p.load(Ordering::SeqCst) == 0
                && SCHED.n_spinning.compare_exchange(0, 1, Ordering::SeqCst, Ordering::SeqCst).is_ok()
            {
                start_m(p, true);
                return;
            }
        }
        SCHED.lock.lock();
        if SCHED.gc_waiting() {
            stop::stopped_p(p);
            SCHED.lock.unlock();
            return;
        }
        let last = SCHED.n_idle_p.load(Ordering::SeqCst) as usize == SCHED.n_procs() - 1
            && SCHED.last_poll.load(Ordering::SeqCst) != 0
            && (poll::has_waiters() || timer::any());
        if SCHED.queue_len.load(Ordering::SeqCst) > 0 || last {
            SCHED.lock.unlock();
            start_m(p, false);
            return;
        }
        put_idle_p(p);
        SCHED.lock.unlock();
    }
}

// Locked goroutines: their M waits for them with its P given away; whoever finds one gives its own P to that M.

unsafe fn stop_locked_m() {
    // SAFETY: this M has no goroutine; lists under the lock.
    unsafe {
        let m = getm();
        if !(*m).p.is_null() {
            let p = release_p();
            handoff_p(p);
        }
        SCHED.lock.lock();
        SCHED.locked().n_idle_locked += 1;
        check_dead();
        SCHED.lock.unlock();
        (*m).park.sleep();
        (*m).park.clear();
        let p = (*m).next_p;
        (*m).next_p = null_mut();
        acquire_p(p);
    }
}

unsafe fn start_locked_m(g: *mut G) {
    // SAFETY: g is Runnable and ours; its M sleeps or is about to (its note remembers).
    unsafe {
        let m = (*g).locked_m;
        SCHED.lock.lock();
        SCHED.locked().n_idle_locked -= 1;
        SCHED.lock.unlock();
        let p = release_p();
        (*m).next_p = p;
        (*m).park.wake();
        // This M goes on without a P.
    }
}

/// At the end of a runtime entry with a poisoned limit: results are in `ret0`, `ret1`.
///
/// # Safety
/// Called by gorc_enter only.
pub unsafe extern "C" fn exit_safepoint(g: *mut G) {
    // SAFETY: g is ours and complete.
    unsafe { check_safepoint(g, null_mut()) };
    if crate::debug::flags().stack_stress != 0 {
        // SAFETY: as above.
        unsafe { stack::move_to(g, (*g).stack_hi - (*g).stack_lo) };
    }
}

/// The current goroutine is stopped with everything in its G (and `regs`, if it is at a stack check): does what was asked of it. Returns if it may go on at once.
///
/// # Safety
/// `g` is the current goroutine, complete.
pub unsafe fn check_safepoint(g: *mut G, regs: *mut Regs) {
    // SAFETY: the caller's.
    unsafe {
        if (*g).pinned > 0 {
            // Stays poisoned: the next safepoint after the unpin sees it.
            return;
        }
        crate::gc::safepoint([(*g).ret0, (*g).ret1]);
        let wanted = (*g).preempt.swap(false, Ordering::SeqCst);
        stack::reset_limit(g);
        if wanted || SCHED.gc_waiting() {
            yield_now(g, regs, true);
        }
    }
}

/// Puts the current goroutine at the end of a queue.
///
/// # Safety
/// As check_safepoint.
pub unsafe fn yield_now(g: *mut G, regs: *mut Regs, global: bool) -> ! {
    // SAFETY: the caller's.
    unsafe {
        if !regs.is_null() {
            match &mut (*g).regs {
                Some(saved) => **saved = *regs,
                none => *none = Some(Box::new(*regs)),
            }
            (*g).regs_valid = true;
        }
        let m = getm();
        detach(m, g, Status::Runnable);
        if global {
            SCHED.lock.lock();
            put_global(g);
            SCHED.lock.unlock();
            wake_p();
        } else {
            enqueue(g, false);
        }
        reschedule()
    }
}

std_entry!(
    "runtime.Gosched",
    fn gosched(_block: *mut u8) {
        // SAFETY: in an entry, nothing held.
        unsafe {
            let g = getg();
            (*g).ret0 = 0;
            (*g).ret1 = 0;
            yield_now(g, null_mut(), true)
        }
    }
);

/// Asks every running goroutine to stop at its next check.
pub fn preempt_all() {
    for i in 0..SCHED.n_procs() {
        let p = SCHED.proc(i);
        // SAFETY: Ps, Ms and Gs live for ever; a request to the wrong goroutine only costs it a yield.
        unsafe {
            if !p.is_null() && (*p).is(PStatus::Running) {
                preempt_one(p);
            }
        }
    }
}

/// # Safety
/// `p` is a P.
pub unsafe fn preempt_one(p: *mut P) {
    // SAFETY: as preempt_all; volatile because the owner writes them.
    unsafe {
        let m = core::ptr::read_volatile(&raw const (*p).m);
        if m.is_null() {
            return;
        }
        let g = core::ptr::read_volatile(&raw const (*m).curg);
        if !g.is_null() {
            (*g).request_preempt();
        }
    }
}
