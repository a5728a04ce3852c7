//! Profiles: where goroutines are, where CPU time goes, what allocates, what labels goroutines have (`runtime/pprof` makes the files).
//!
//! CPU: the kernel sends SIGPROF to a running thread every so much CPU time of the process; the handler writes the stack it interrupted to a ring, which a goroutine of
//! `runtime/pprof` empties now and then. A record: number of words after it, the labels of the goroutine, return addresses, innermost first. Who finds the ring busy or full drops its record.
//!
//! Heap: of memory that a P takes for a size class one object is sampled every so many bytes (`runtime.MemProfileRate` on average), with the stack of its allocation. The
//! samples are counted by stack and size; that a sampled object is freed is found by the collector through its entry in `finalizer`.

use crate::arch::{self, Context, FAULT_PC_BIAS};
use crate::finalizer;
use crate::gc::lock::Mutex;
use crate::sched::{G, SCHED, getg, getm, notify, proc, stop};
use crate::stack::table;
use crate::sync::{AtomicBool, AtomicI64, AtomicPtr, AtomicUsize, Ordering};
use crate::sys;
use crate::traceback::for_each_pc;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::cell::UnsafeCell;
use core::ptr::null_mut;

#[repr(C)]
pub struct StacksBlock {
    pcs: *mut usize,
    len: usize,
    cap: usize,
    depth: i64,
    result: i64,
}

std_entry!(
    "runtime.goroutineStacks",
    fn goroutine_stacks(b: *mut StacksBlock) {
        // SAFETY: the block and its slice (a heap object); goroutines are complete while the world is stopped.
        unsafe {
            let (pcs, len, depth) = ((*b).pcs, (*b).len, (*b).depth.max(1) as usize);
            let distance = (*getg()).stack_hi - b as usize;
            stop::stop_the_world_for_sure();
            let mut n = 0;
            let mut add = |g: *mut G| {
                if (n + 1) * depth <= len {
                    let row = pcs.add(n * depth);
                    core::ptr::write_bytes(row, 0, depth);
                    // The first word: its labels.
                    *row = (*g).labels;
                    let mut i = 1;
                    if i < depth {
                        for_each_pc(g, |pc| {
                            *row.add(i) = pc;
                            i += 1;
                            i < depth
                        });
                    }
                }
                n += 1;
            };
            let own = getg();
            add(own);
            proc::for_each_g(|g| {
                if g != own && !(*g).system {
                    add(g);
                }
            });
            let b = ((*getg()).stack_hi - distance) as *mut StacksBlock;
            (*b).result = n as i64;
            stop::start_the_world_with(0);
        }
    }
);

std_entry!(
    "runtime/pprof.setLabels",
    fn set_labels(b: *mut usize) {
        // SAFETY: the block; the current goroutine is ours.
        unsafe { (*getg()).labels = *b }
    }
);

std_entry!(
    "runtime/pprof.labels",
    fn labels(b: *mut usize) {
        // SAFETY: as above.
        unsafe { *b = (*getg()).labels }
    }
);

const RING: usize = 1 << 15;
const MAX_DEPTH: usize = 64;
/// In place of an address: code of the runtime.
const SYSTEM: usize = 1;
/// The collector.
const COLLECTOR: usize = 2;

struct Ring(UnsafeCell<[usize; RING]>);
// SAFETY: used by who has `BUSY`.
unsafe impl Sync for Ring {}
static WORDS: Ring = Ring(UnsafeCell::new([0; RING]));
/// Words written and read so far.
static WRITTEN: AtomicUsize = AtomicUsize::new(0);
static TAKEN: AtomicUsize = AtomicUsize::new(0);
static BUSY: AtomicBool = AtomicBool::new(false);
static LOST: AtomicI64 = AtomicI64::new(0);
static ON: AtomicBool = AtomicBool::new(false);

/// Return addresses (or the address after the interrupted instruction) along frame pointers. Frames that are just being made are missed.
unsafe fn walk(g: *const G, mut fp: usize, mut add: impl FnMut(usize)) {
    // SAFETY: only words of the goroutine's own stack are read, upwards.
    unsafe {
        while fp != 0 && (*g).owns(fp) && (*g).owns(fp + 15) {
            add(*((fp + 8) as *const usize));
            let next = *(fp as *const usize);
            if next <= fp {
                break;
            }
            fp = next;
        }
    }
}

/// The handler of SIGPROF.
#[allow(clippy::not_unsafe_ptr_arg_deref)] // the type of handlers; called by the kernel only
pub extern "C" fn on_profile(sig: i32, _info: *mut libc::siginfo_t, context: *mut u8) {
    if !ON.load(Ordering::Relaxed) {
        notify::queue(sig);
        return;
    }
    let mut record = [0usize; MAX_DEPTH + 1];
    let mut n = 1;
    let mut add = |pc: usize| {
        if n < MAX_DEPTH {
            n += 1;
            record[n] = pc;
        }
    };
    // SAFETY: the thread is interrupted; its goroutine, if any, is its own.
    unsafe {
        let cx = Context::new(context);
        let pc = cx.pc();
        let g = (*getm()).curg;
        let module = table::module();
        let in_leaf = (arch::gorc_leaves_start as *const () as usize..arch::gorc_leaves_end as *const () as usize).contains(&pc);
        let in_text = (module.text_start..module.text_end).contains(&(pc as u64));
        let labels = if g.is_null() { 0 } else { (*g).labels };
        if !g.is_null() && cx.g() == g && (*g).owns(cx.sp()) && (in_leaf || in_text) {
            add(if in_leaf { cx.leaf_return() } else { pc + FAULT_PC_BIAS });
            walk(g, cx.fp(), add);
        } else if crate::gc::is_collecting() && SCHED.gc_waiting() {
            add(COLLECTOR);
        } else {
            add(SYSTEM);
            // In an entry the goroutine's position is in its G. Elsewhere there is none.
            if !g.is_null() && !(*g).owns(cx.sp()) {
                add((*g).sched_pc);
                walk(g, (*g).sched_fp, add);
            }
        }
        record[1] = labels;
    }
    record[0] = n;
    if BUSY.swap(true, Ordering::Acquire) {
        LOST.fetch_add(1, Ordering::Relaxed);
        return;
    }
    let written = WRITTEN.load(Ordering::Relaxed);
    if written - TAKEN.load(Ordering::Relaxed) + n + 1 > RING {
        LOST.fetch_add(1, Ordering::Relaxed);
    } else {
        for (i, &word) in record[..=n].iter().enumerate() {
            // SAFETY: we have BUSY.
            unsafe { (*WORDS.0.get())[(written + i) % RING] = word };
        }
        WRITTEN.store(written + n + 1, Ordering::Relaxed);
    }
    BUSY.store(false, Ordering::Release);
}

std_entry!(
    "runtime.setCPUProfileRate",
    fn set_cpu_profile_rate(b: *mut i64) {
        // SAFETY: the block.
        let hz = unsafe { *b };
        ON.store(hz > 0, Ordering::SeqCst);
        sys::set_profile_timer(if hz > 0 { (1_000_000 / hz).max(1) } else { 0 });
    }
);

#[repr(C)]
pub struct ReadBlock {
    words: *mut usize,
    len: usize,
    cap: usize,
    n: i64,
    lost: i64,
}

std_entry!(
    "runtime.readCPUProfile",
    fn read_cpu_profile(b: *mut ReadBlock) {
        // SAFETY: the block and its slice; handlers on other threads drop their records while we have BUSY.
        unsafe {
            while BUSY.swap(true, Ordering::Acquire) {
                sys::sched_yield();
            }
            let (start, end) = (TAKEN.load(Ordering::Relaxed), WRITTEN.load(Ordering::Relaxed));
            let mut at = start;
            // Whole records only.
            while at < end {
                let size = (*WORDS.0.get())[at % RING] + 1;
                if at - start + size > (*b).len {
                    break;
                }
                for i in at..at + size {
                    *(*b).words.add(i - start) = (*WORDS.0.get())[i % RING];
                }
                at += size;
            }
            TAKEN.store(at, Ordering::Relaxed);
            (*b).n = (at - start) as i64;
            (*b).lost = LOST.swap(0, Ordering::Relaxed);
            BUSY.store(false, Ordering::Release);
        }
    }
);

/// Return addresses of a record.
const HEAP_DEPTH: usize = 32;

/// `runtime.MemProfileRecord`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Record {
    alloc_bytes: i64,
    free_bytes: i64,
    alloc_objects: i64,
    free_objects: i64,
    stack: [usize; HEAP_DEPTH],
}

struct Samples {
    records: Vec<Record>,
    /// By stack and size of the objects.
    index: BTreeMap<([usize; HEAP_DEPTH], usize), usize>,
}

static SAMPLES: Mutex<Samples> = Mutex::new(Samples { records: Vec::new(), index: BTreeMap::new() });
/// `runtime.MemProfileRate`; null as long as nothing in the program reads the profile.
static RATE: AtomicPtr<i64> = AtomicPtr::new(null_mut());
/// Bytes to the next sample.
static NEXT: AtomicI64 = AtomicI64::new(0);

/// A P has taken `bytes` of memory, for objects of `size`; the first will be at `object`.
#[inline]
pub fn on_allocation(object: usize, size: usize, bytes: usize) {
    let rate = RATE.load(Ordering::Relaxed);
    if !rate.is_null() {
        // SAFETY: a variable of the program.
        sample(object, size, bytes as i64, unsafe { core::ptr::read_volatile(rate) });
    }
}

#[cold]
fn sample(object: usize, size: usize, bytes: i64, rate: i64) {
    let g = getg();
    if rate <= 0 || g.is_null() || NEXT.fetch_sub(bytes, Ordering::Relaxed) - bytes > 0 {
        return;
    }
    // Around the rate, so that a pattern in the allocations does not show.
    NEXT.store(if rate > 1 { (crate::sched::random() % (2 * rate as u64)) as i64 } else { 0 }, Ordering::Relaxed);
    let mut stack = [0; HEAP_DEPTH];
    let mut n = 0;
    // SAFETY: in an entry the goroutine is complete.
    unsafe {
        for_each_pc(g, |pc| {
            stack[n] = pc;
            n += 1;
            n < HEAP_DEPTH
        });
    }
    let entry = {
        let mut samples = SAMPLES.lock();
        let Samples { records, index } = &mut *samples;
        let entry = *index.entry((stack, size)).or_insert(records.len());
        if entry == records.len() {
            records.push(Record { alloc_bytes: 0, free_bytes: 0, alloc_objects: 0, free_objects: 0, stack });
        }
        records[entry].alloc_bytes += size as i64;
        records[entry].alloc_objects += 1;
        entry
    };
    finalizer::set_profile(object, entry);
}

/// The collector has found a sampled object unreachable.
pub fn freed(entry: usize) {
    let r = &mut SAMPLES.lock().records[entry];
    r.free_objects += 1;
    r.free_bytes = r.alloc_bytes / r.alloc_objects * r.free_objects;
}

std_entry!(
    "runtime.enableMemProfile",
    fn enable_mem_profile(b: *mut *mut i64) {
        // SAFETY: the block.
        RATE.store(unsafe { *b }, Ordering::Relaxed);
    }
);

#[repr(C)]
pub struct MemProfileBlock {
    records: *mut Record,
    len: usize,
    cap: usize,
    all: bool,
    n: i64,
}

std_entry!(
    "runtime.readMemProfile",
    fn read_mem_profile(b: *mut MemProfileBlock) {
        // SAFETY: the block and its slice.
        unsafe {
            let samples = SAMPLES.lock();
            let mut n = 0;
            for r in samples.records.iter().filter(|r| (*b).all || r.alloc_objects != r.free_objects) {
                if n < (*b).len {
                    *(*b).records.add(n) = *r;
                }
                n += 1;
            }
            (*b).n = n as i64;
        }
    }
);
