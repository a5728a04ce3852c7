//! Goroutines are made, end and are reused; Ps are made; the numbers that programs ask for.

use super::stop;
use super::{G, M, MAX_PROCS, P, PStatus, SCHED, Status, enqueue, getg, getm, reschedule, wake_p};
use crate::debug;
use crate::stack;
use crate::sync::{Mutex, Ordering};
use crate::sys;
use abi::stack::FIRST_STACK;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cell::UnsafeCell;
use core::ptr::null_mut;

/// Free goroutines kept per P; half of them moves to the global list and back.
const FREE_PER_P: u32 = 64;

struct All {
    lock: Mutex,
    state: UnsafeCell<AllState>,
}

struct AllState {
    /// Every G ever made; they are never freed.
    gs: Vec<*mut G>,
    free: *mut G,
}

// SAFETY: `state` is used under `lock`, or read with the world stopped.
unsafe impl Sync for All {}

static ALL: All = All { lock: Mutex::new(), state: UnsafeCell::new(AllState { gs: Vec::new(), free: null_mut() }) };

/// Every goroutine that is not dead.
///
/// # Safety
/// The world is stopped, or the program is about to end and a torn view does no harm.
pub unsafe fn for_each_g(mut f: impl FnMut(*mut G)) {
    // SAFETY: Gs live for ever; the vector may only grow, under its lock.
    unsafe {
        let n = ALL.lock.with(|| (*ALL.state.get()).gs.len());
        for i in 0..n {
            let g = ALL.lock.with(|| (&(*ALL.state.get()).gs)[i]);
            if (*g).status() != Status::Dead {
                f(g);
            }
        }
    }
}

unsafe fn get_free_g() -> *mut G {
    // SAFETY: the P is ours; the global list under its lock.
    unsafe {
        let p = (*getm()).p;
        if !p.is_null() {
            if (*p).free_gs.is_null() {
                ALL.lock.with(|| {
                    let all = &mut *ALL.state.get();
                    while (*p).n_free_gs < FREE_PER_P / 2 && !all.free.is_null() {
                        let g = all.free;
                        all.free = (*g).link;
                        (*g).link = (*p).free_gs;
                        (*p).free_gs = g;
                        (*p).n_free_gs += 1;
                    }
                });
            }
            let g = (*p).free_gs;
            if !g.is_null() {
                (*p).free_gs = (*g).link;
                (*p).n_free_gs -= 1;
                return g;
            }
        }
        let g = Box::into_raw(Box::new(G::new()));
        ALL.lock.with(|| {
            let all = &mut *ALL.state.get();
            (*g).all_index = all.gs.len();
            all.gs.push(g);
        });
        g
    }
}

unsafe fn put_free_g(g: *mut G) {
    // SAFETY: g is dead and ours.
    unsafe {
        let size = (*g).stack_hi - (*g).stack_lo;
        if size != FIRST_STACK {
            // A grown stack would stay large for a goroutine that may need little.
            stack::memory::free((*g).stack_lo, size);
            (*g).stack_lo = 0;
            (*g).stack_hi = 0;
        }
        let p = (*getm()).p;
        (*g).link = (*p).free_gs;
        (*p).free_gs = g;
        (*p).n_free_gs += 1;
        if (*p).n_free_gs > FREE_PER_P {
            ALL.lock.with(|| {
                let all = &mut *ALL.state.get();
                while (*p).n_free_gs > FREE_PER_P / 2 {
                    let g = (*p).free_gs;
                    (*p).free_gs = (*g).link;
                    (*p).n_free_gs -= 1;
                    (*g).link = all.free;
                    all.free = g;
                }
            });
        }
    }
}

/// A runnable goroutine that will call the closure (no parameters, no results).
///
/// # Safety
/// `closure` is a func value.
pub unsafe fn make(closure: usize, system: bool) -> *mut G {
    // SAFETY: the G is ours until queued.
    unsafe {
        let g = get_free_g();
        stack::prepare(g);
        (*g).ret0 = closure;
        (*g).ret1 = 0;
        (*g).start_code = *(closure as *const usize);
        (*g).id = SCHED.last_goid.fetch_add(1, Ordering::Relaxed) + 1;
        (*g).system = system;
        let parent = getg();
        if parent.is_null() {
            (*g).parent_id = 0;
            (*g).created_pc = 0;
        } else {
            (*g).parent_id = (*parent).id;
            (*g).created_pc = (*parent).sched_pc;
            (*g).labels = (*parent).labels;
        }
        (*g).resume = None;
        (*g).regs_valid = false;
        let count = if system { &SCHED.n_system_gs } else { &SCHED.n_gs };
        count.fetch_add(1, Ordering::SeqCst);
        (*g).set_status(Status::Runnable);
        g
    }
}

entry!(
    "gorc_newproc",
    fn newproc(closure: usize) {
        if closure == 0 {
            crate::panic::fatal("go of nil func value");
        }
        // SAFETY: compiled code passes a func value.
        unsafe {
            let g = make(closure, false);
            enqueue(g, true);
        }
        wake_p();
    }
);

/// A goroutine of the runtime's own.
///
/// # Safety
/// `closure` is a func value that stays alive.
pub unsafe fn spawn_system(closure: usize) {
    // SAFETY: the caller's.
    unsafe { enqueue(make(closure, true), false) };
    wake_p();
}

/// The function a goroutine was started with has returned.
///
/// # Safety
/// Called by `gorc_goexit_pc` only.
pub unsafe extern "C" fn goexit0(g: *mut G) -> ! {
    // SAFETY: g is the current goroutine and will not run again.
    unsafe {
        if (*g).id == 1 {
            crate::osenv::exit(0);
        }
        end(g)
    }
}

/// Ends the current goroutine.
///
/// # Safety
/// `g` is current; no lock is held.
pub unsafe fn end(g: *mut G) -> ! {
    // SAFETY: the caller's.
    unsafe {
        retire(g);
        reschedule()
    }
}

/// What `end` does before it schedules.
///
/// # Safety
/// As `end`.
pub unsafe fn retire(g: *mut G) {
    // SAFETY: the caller's.
    unsafe {
        let m = getm();
        crate::panic::forget_all(g);
        (*m).curg = null_mut();
        (*g).m = null_mut();
        (*g).mcache = null_mut();
        (*g).ret0 = 0;
        (*g).ret1 = 0;
        (*g).words = [0; 6];
        (*g).labels = 0;
        (*g).coroutine = 0;
        (*g).dframe = 0;
        (*g).panics = null_mut();
        (*g).waiting = null_mut();
        (*g).sched_sp = 0;
        (*g).panic_on_fault = false;
        (*g).n_growths = 0;
        (*g).pinned = 0;
        if !(*g).locked_m.is_null() {
            // Go ends the thread; we keep it and only undo the lock.
            (*m).locked_g = null_mut();
            (*g).locked_m = null_mut();
            (*g).lock_count = 0;
        }
        (*g).set_status(Status::Dead);
        let count = if (*g).system { &SCHED.n_system_gs } else { &SCHED.n_gs };
        count.fetch_sub(1, Ordering::SeqCst);
        put_free_g(g);
    }
}

/// Ps 0..n exist and are Running (our own) or GcStop; further ones are Dead.
///
/// # Safety
/// The world is stopped, or has not started.
pub unsafe fn resize(n: u32) {
    let n = n.clamp(1, MAX_PROCS as u32);
    let old = SCHED.n_procs.load(Ordering::Relaxed);
    // SAFETY: the caller's.
    unsafe {
        for i in 0..n {
            let p = SCHED.proc(i as usize);
            if p.is_null() {
                let p = Box::into_raw(Box::new(P::new(i)));
                (*p).mcache = crate::gc::cache::new_cache();
                SCHED.procs[i as usize].store(p, Ordering::Release);
            } else if i >= old {
                (*p).set_status(PStatus::GcStop);
            }
        }
        let m = getm();
        for i in n..old {
            let p = SCHED.proc(i as usize);
            SCHED.lock.lock();
            while let Some((g, _)) = (*p).run_queue.get() {
                super::put_global(g);
            }
            SCHED.lock.unlock();
            (*p).set_status(PStatus::Dead);
            if (*m).p == p {
                // Our own goes away: go on with the first.
                let first = SCHED.proc(0);
                (*m).p = first;
                (*first).m = m;
                if !(*m).curg.is_null() {
                    (*(*m).curg).mcache = crate::gc::cache::for_compiled_code((*first).mcache);
                }
            }
        }
    }
    SCHED.n_procs.store(n, Ordering::SeqCst);
}

/// What GOMAXPROCS is if nobody says: the CPUs, or what the control group allows of them.
fn default_procs() -> u32 {
    let cpus = SCHED.n_cpu.load(Ordering::Relaxed);
    if debug::go_setting(b"containermaxprocs") == Some(b"0") {
        return cpus;
    }
    // The limit is not below 2; with one CPU there is nothing to ask for.
    if cpus <= 2 { cpus } else { crate::cgroup::cpu_limit().map_or(cpus, |n| n.min(cpus)) }
}

/// # Safety
/// Once, on the first thread, whose M is `m`.
pub unsafe fn init(m: *mut M) {
    let cpus = sys::affinity_count();
    SCHED.n_cpu.store(cpus, Ordering::Relaxed);
    let wanted = debug::env(b"GOMAXPROCS").and_then(debug::parse_u32).filter(|&n| n > 0).unwrap_or_else(default_procs);
    // SAFETY: nothing runs yet.
    unsafe {
        SCHED.locked().all_m = m;
        resize(wanted);
        let p = SCHED.proc(0);
        (*m).p = p;
        (*p).m = m;
        (*p).set_status(PStatus::Running);
        for i in (1..SCHED.n_procs()).rev() {
            super::put_idle_p(SCHED.proc(i));
        }
    }
}

std_entry!(
    "runtime.NumGoroutine",
    fn num_goroutine(result: *mut i64) {
        // SAFETY: the block.
        unsafe { *result = i64::from(SCHED.n_gs.load(Ordering::SeqCst)) };
    }
);

std_entry!(
    "runtime.NumCPU",
    fn num_cpu(result: *mut i64) {
        // SAFETY: the block.
        unsafe { *result = i64::from(SCHED.n_cpu.load(Ordering::Relaxed)) };
    }
);

#[repr(C)]
pub struct GomaxprocsBlock {
    n: i64,
    result: i64,
}

fn set_procs(n: u32) {
    // SAFETY: in an entry; no heap pointers here.
    unsafe { stop::stop_the_world_for_sure() };
    stop::start_the_world_with(n);
}

std_entry!(
    "runtime.GOMAXPROCS",
    fn gomaxprocs(block: *mut GomaxprocsBlock) {
        let old = SCHED.n_procs.load(Ordering::SeqCst);
        // SAFETY: the block; written before anything can move it.
        let n = unsafe {
            (*block).result = i64::from(old);
            (*block).n
        };
        if n > 0 && n != i64::from(old) {
            set_procs(n.min(MAX_PROCS as i64) as u32);
        }
    }
);

std_entry!(
    "runtime.SetDefaultGOMAXPROCS",
    fn set_default_gomaxprocs(_block: *mut u8) {
        set_procs(default_procs());
    }
);

std_entry!(
    "runtime.LockOSThread",
    fn lock_os_thread(_block: *mut u8) {
        // SAFETY: the current goroutine and M are ours.
        unsafe {
            let g = getg();
            (*g).lock_count += 1;
            (*g).locked_m = getm();
            (*getm()).locked_g = g;
        }
    }
);

std_entry!(
    "runtime.UnlockOSThread",
    fn unlock_os_thread(_block: *mut u8) {
        // SAFETY: as above.
        unsafe {
            let g = getg();
            if (*g).lock_count > 0 {
                (*g).lock_count -= 1;
                if (*g).lock_count == 0 {
                    (*g).locked_m = null_mut();
                    (*getm()).locked_g = null_mut();
                }
            }
        }
    }
);

std_entry!(
    "sync.runtime_procPin",
    fn proc_pin(result: *mut i64) {
        // SAFETY: the current goroutine and P are ours.
        unsafe {
            (*getg()).pinned += 1;
            *result = i64::from((*(*getm()).p).id);
        }
    }
);

std_entry!(
    "sync.runtime_procUnpin",
    fn proc_unpin(_block: *mut u8) {
        // SAFETY: as above.
        unsafe { (*getg()).pinned -= 1 };
    }
);

std_entry!(
    "runtime.Breakpoint",
    fn breakpoint(_block: *mut u8) {
        let _ = sys::tgkill(sys::gettid(), libc::SIGTRAP);
    }
);

/// The first goroutine: runs `go.main`; its end is the end of the program.
///
/// # Safety
/// Once, from `start`.
pub unsafe fn start_main() -> ! {
    struct Closure(UnsafeCell<usize>);
    // SAFETY: written once, below.
    unsafe impl Sync for Closure {}
    static MAIN: Closure = Closure(UnsafeCell::new(0));
    // SAFETY: before other threads exist.
    unsafe {
        *MAIN.0.get() = stack::table::module().main as usize;
        let g = make(MAIN.0.get() as usize, false);
        enqueue(g, true);
        SCHED.main_started.store(true, Ordering::SeqCst);
        super::sysmon::start();
        reschedule()
    }
}
