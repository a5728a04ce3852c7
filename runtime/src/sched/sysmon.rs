//! The monitor: a thread without a P that takes Ps back from Ms stuck in the kernel, asks goroutines that ran for 10 ms to stop, looks after the poller and timers
//! when all Ps are busy. Sleeps 20 µs at first, up to 10 ms when there is nothing to do, and for good while no P runs.

use super::{M, P, PStatus, SCHED, handoff_p, inject, preempt_one, timer};
use crate::poll;
use crate::sync::{AtomicPtr, Ordering};
use crate::sys;
use alloc::boxed::Box;

/// How long a goroutine may run while others wait.
const SLICE: i64 = 10_000_000;
const MIN_SLEEP: i64 = 20_000;
const MAX_SLEEP: i64 = 10_000_000;

/// Its M, which is not among the others.
pub static M_OF_MONITOR: AtomicPtr<M> = AtomicPtr::new(core::ptr::null_mut());

pub fn start() {
    let m = Box::leak(Box::new(M::new(0)));
    m.this = m;
    M_OF_MONITOR.store(m, Ordering::Release);
    let stacks = sys::thread::alloc_stack(64 << 10).and_then(|top| {
        m.signal_stack = sys::thread::alloc_stack(sys::thread::SIGNAL_STACK)?;
        Ok(top)
    });
    // SAFETY: fresh stacks; m lives for ever.
    let started = stacks.and_then(|top| unsafe {
        m.system_sp = top - 64;
        sys::thread::spawn(top - 64, m as *mut M as usize, run, m as *mut M as usize)
    });
    if started.is_err() {
        crate::panic::throw("newosproc");
    }
}

/// A P came into use.
pub fn wake() {
    if SCHED.sysmon_idle.load(Ordering::SeqCst) && SCHED.sysmon_idle.swap(false, Ordering::SeqCst) {
        SCHED.sysmon_note.wake();
    }
}

extern "C" fn run(m: usize) -> ! {
    // SAFETY: this thread's M.
    unsafe { super::init_thread(m as *mut M) };
    let mut last_trace = 0;
    let mut sleep = MIN_SLEEP;
    let mut idle_rounds = 0u32;
    loop {
        let traces = crate::debug::flags().sched_trace_millis > 0;
        if !traces && (SCHED.gc_waiting() || SCHED.n_idle_p.load(Ordering::SeqCst) == SCHED.n_procs.load(Ordering::SeqCst)) {
            SCHED.sysmon_note.clear();
            SCHED.sysmon_idle.store(true, Ordering::SeqCst);
            if SCHED.gc_waiting() || SCHED.n_idle_p.load(Ordering::SeqCst) == SCHED.n_procs.load(Ordering::SeqCst) {
                // Somebody sleeps in the poller with the next timer's deadline, or the program is dead.
                SCHED.sysmon_note.sleep_timeout(60_000_000_000);
            }
            SCHED.sysmon_idle.store(false, Ordering::SeqCst);
            sleep = MIN_SLEEP;
            idle_rounds = 0;
        }
        let until_timer = match timer::next_when() {
            0 => i64::MAX,
            when => (when - sys::nanotime()).max(MIN_SLEEP),
        };
        sys::usleep((sleep.min(until_timer) / 1000) as u32);
        let now = sys::nanotime();
        let trace = i64::from(crate::debug::flags().sched_trace_millis) * 1_000_000;
        if trace > 0 && last_trace + trace <= now {
            last_trace = now;
            print_trace();
        }
        let last_poll = SCHED.last_poll.load(Ordering::SeqCst);
        if poll::has_waiters()
            && last_poll != 0
            && now - last_poll > SLICE
            && SCHED.last_poll.compare_exchange(last_poll, now, Ordering::SeqCst, Ordering::SeqCst).is_ok()
        {
            let list = poll::poll(0);
            // SAFETY: made runnable by the poller.
            unsafe { inject(list) };
        }
        // SAFETY: Ps live for ever.
        if unsafe { retake(now) } > 0 {
            sleep = MIN_SLEEP;
            idle_rounds = 0;
        } else {
            idle_rounds += 1;
            if idle_rounds > 50 {
                sleep = (sleep * 2).min(MAX_SLEEP);
            }
        }
        crate::gc::periodic(now);
    }
}

/// The line of `GODEBUG=schedtrace`.
fn print_trace() {
    use core::fmt::Write;
    // SAFETY: lists under the lock; Ps live for ever, their numbers may be torn from each other.
    unsafe {
        SCHED.lock.lock();
        let s = SCHED.locked();
        let (threads, idle_threads) = (s.n_m + 1, s.n_idle_m);
        SCHED.lock.unlock();
        let mut line = crate::traceback::ErrBuffer::new();
        let _ = write!(
            line,
            "SCHED {}ms: gomaxprocs={} idleprocs={} threads={threads} spinningthreads={} needspinning=0 idlethreads={idle_threads} runqueue={} [ ",
            crate::host::since_start() / 1_000_000,
            SCHED.n_procs(),
            SCHED.n_idle_p.load(Ordering::Relaxed),
            SCHED.n_spinning.load(Ordering::Relaxed),
            SCHED.queue_len.load(Ordering::Relaxed),
        );
        for i in 0..SCHED.n_procs() {
            let _ = write!(line, "{} ", (*SCHED.proc(i)).run_queue.len());
        }
        let _ = write!(line, "] schedticks=[ ");
        for i in 0..SCHED.n_procs() {
            let _ = write!(line, "{} ", (*SCHED.proc(i)).sched_tick.load(Ordering::Relaxed));
        }
        let _ = writeln!(line, "]");
    }
}

unsafe fn retake(now: i64) -> u32 {
    let mut n = 0;
    let mut timer_wants = timer::due();
    for i in 0..SCHED.n_procs() {
        let p: *mut P = SCHED.proc(i);
        // SAFETY: Ps live for ever; the `seen_` fields are ours.
        unsafe {
            if (*p).is(PStatus::Running) {
                let tick = (*p).sched_tick.load(Ordering::Relaxed);
                if (*p).seen_sched_tick != tick {
                    (*p).seen_sched_tick = tick;
                    (*p).seen_sched_when = now;
                } else if (*p).seen_sched_when + SLICE <= now {
                    preempt_one(p);
                    (*p).seen_sched_when = now;
                }
                // A timer is due and nobody is idle to run it: any P will do.
                if timer_wants && SCHED.n_idle_p.load(Ordering::SeqCst) == 0 {
                    preempt_one(p);
                    timer_wants = false;
                    n += 1;
                }
            } else if (*p).is(PStatus::Syscall) {
                let tick = (*p).syscall_tick.load(Ordering::Relaxed);
                if (*p).seen_syscall_tick != tick {
                    (*p).seen_syscall_tick = tick;
                    (*p).seen_syscall_when = now;
                    n += 1;
                    continue;
                }
                // Nothing to run and others to look for it: let it be for a while.
                if (*p).run_queue.is_empty()
                    && SCHED.queue_len.load(Ordering::SeqCst) == 0
                    && SCHED.n_spinning.load(Ordering::SeqCst) + SCHED.n_idle_p.load(Ordering::SeqCst) > 0
                    && (*p).seen_syscall_when + SLICE > now
                {
                    continue;
                }
                if (*p).switch(PStatus::Syscall, PStatus::Idle) {
                    n += 1;
                    (*p).syscall_tick.fetch_add(1, Ordering::Relaxed);
                    (*p).m = core::ptr::null_mut();
                    handoff_p(p);
                }
            }
        }
    }
    n
}
