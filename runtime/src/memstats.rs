//! Statistics of the heap: Go's `runtime.MemStats`, and the line of `gctrace=1`.
//! Counts of objects are exact when the world is stopped.

use crate::gc::cache::{COUNTS, for_each_cache};
use crate::gc::heap::{ARENA, PAGE_HEAP};
use crate::gc::lock::Mutex;
use crate::gc::pacer;
use crate::gc::span::Span;
use crate::host;
use crate::print::{Buffer, Sink};
use abi::sizeclass::{CLASS_SIZE, N_CLASSES, PAGE_SHIFT};
use core::sync::atomic::{AtomicBool, Ordering};

/// Go's `runtime.MemStats`.
#[repr(C)]
pub struct MemStats {
    pub alloc: u64,
    pub total_alloc: u64,
    pub sys: u64,
    pub lookups: u64,
    pub mallocs: u64,
    pub frees: u64,
    pub heap_alloc: u64,
    pub heap_sys: u64,
    pub heap_idle: u64,
    pub heap_inuse: u64,
    pub heap_released: u64,
    pub heap_objects: u64,
    pub stack_inuse: u64,
    pub stack_sys: u64,
    pub mspan_inuse: u64,
    pub mspan_sys: u64,
    pub mcache_inuse: u64,
    pub mcache_sys: u64,
    pub buck_hash_sys: u64,
    pub gc_sys: u64,
    pub other_sys: u64,
    pub next_gc: u64,
    pub last_gc: u64,
    pub pause_total_ns: u64,
    pub pause_ns: [u64; 256],
    pub pause_end: [u64; 256],
    pub num_gc: u32,
    pub num_forced_gc: u32,
    pub gc_cpu_fraction: f64,
    pub enable_gc: bool,
    pub debug_gc: bool,
    pub by_size: [BySize; 61],
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct BySize {
    pub size: u32,
    pub mallocs: u64,
    pub frees: u64,
}

/// One finished collection; times in nanoseconds of the monotonic clock, sizes in bytes.
pub struct Cycle {
    pub forced: bool,
    /// Asked the world to stop; it had stopped; marking was done.
    pub began: u64,
    pub stopped: u64,
    pub ended: u64,
    pub live_before: usize,
    pub marked: usize,
    pub goal: usize,
    pub root_bytes: usize,
}

struct History {
    num_gc: u32,
    num_forced: u32,
    last_gc: u64,
    pause_total: u64,
    pause_ns: [u64; 256],
    pause_end: [u64; 256],
}

static HISTORY: Mutex<History> =
    Mutex::new(History { num_gc: 0, num_forced: 0, last_gc: 0, pause_total: 0, pause_ns: [0; 256], pause_end: [0; 256] });
/// `GODEBUG=gctrace=1`
pub static GC_TRACE: AtomicBool = AtomicBool::new(false);

pub fn num_gc() -> u32 {
    HISTORY.lock().num_gc
}

/// Wall clock of the end of the last collection, its pause times newest first; `debug.ReadGCStats`.
pub fn pauses(mut each: impl FnMut(u64, u64)) -> (u64, u32, u64) {
    let h = HISTORY.lock();
    for i in 0..h.num_gc.min(256) {
        let at = ((h.num_gc - 1 - i) % 256) as usize;
        each(h.pause_ns[at], h.pause_end[at]);
    }
    (h.last_gc, h.num_gc, h.pause_total)
}

pub fn cycle_done(c: &Cycle) {
    let pause = c.ended - c.began;
    let (n, total) = {
        let mut h = HISTORY.lock();
        let at = (h.num_gc % 256) as usize;
        h.num_gc += 1;
        h.num_forced += u32::from(c.forced);
        h.last_gc = host::walltime();
        h.pause_total += pause;
        h.pause_ns[at] = pause;
        h.pause_end[at] = h.last_gc;
        (h.num_gc, h.pause_total)
    };
    if GC_TRACE.load(Ordering::Relaxed) {
        trace(c, n, total);
    }
}

/// `gc N @Ts P%: stop+mark+0 ms clock, … ms cpu, before->before->after MB, goal MB goal, stacks, globals, P`
fn trace(c: &Cycle, n: u32, total: u64) {
    let mut line = Buffer::<320>::new();
    let now = host::since_start();
    line.push_str("gc ");
    line.push_uint(u64::from(n));
    line.push_str(" @");
    push_fixed(&mut line, now / 1_000_000, 3);
    line.push_str("s ");
    line.push_uint((total * 100).checked_div(now).unwrap_or(0));
    line.push_str("%: ");
    let (stop, mark) = (c.stopped - c.began, c.ended - c.stopped);
    push_ms(&mut line, stop);
    line.push_str("+");
    push_ms(&mut line, mark);
    line.push_str("+0 ms clock, ");
    push_ms(&mut line, stop * u64::from(host::n_procs()));
    line.push_str("+0/");
    push_ms(&mut line, mark);
    line.push_str("/0+0 ms cpu, ");
    let mb = |bytes: usize| (bytes >> 20) as u64;
    line.push_uint(mb(c.live_before));
    line.push_str("->");
    line.push_uint(mb(c.live_before));
    line.push_str("->");
    line.push_uint(mb(c.marked));
    line.push_str(" MB, ");
    line.push_uint(mb(c.goal));
    line.push_str(" MB goal, ");
    line.push_uint(mb(host::stack_bytes() as usize));
    line.push_str(" MB stacks, ");
    line.push_uint(mb(c.root_bytes));
    line.push_str(" MB globals, ");
    line.push_uint(u64::from(host::n_procs()));
    line.push_str(" P");
    if c.forced {
        line.push_str(" (forced)");
    }
    line.push_str("\n");
    host::write_err(line.bytes());
}

/// Nanoseconds as milliseconds with two significant digits, as Go prints them.
fn push_ms(out: &mut impl Sink, ns: u64) {
    if ns >= 10_000_000 {
        out.push_uint(ns / 1_000_000);
        return;
    }
    let mut value = ns / 1000;
    if value == 0 {
        out.push_str("0");
        return;
    }
    let mut digits = 3;
    while value >= 100 {
        value /= 10;
        digits -= 1;
    }
    push_fixed(out, value, digits);
}

/// `value` / 10^digits, all digits.
fn push_fixed(out: &mut impl Sink, value: u64, digits: u32) {
    let mut unit = 10u64.pow(digits);
    out.push_uint(value / unit);
    if digits == 0 {
        return;
    }
    out.push_str(".");
    while unit > 1 {
        unit /= 10;
        out.push_uint(value / unit % 10);
    }
}

/// Objects allocated and freed so far, and bytes of both; large objects are class 0.
pub struct Totals {
    pub mallocs: [u64; N_CLASSES],
    pub frees: [u64; N_CLASSES],
    pub alloc_bytes: u64,
    pub free_bytes: u64,
}

/// # Safety
/// The world is stopped.
pub unsafe fn totals() -> Totals {
    let mut t = Totals { mallocs: [0; N_CLASSES], frees: [0; N_CLASSES], alloc_bytes: 0, free_bytes: 0 };
    t.mallocs[0] = COUNTS.large_allocs.load(Ordering::Relaxed);
    t.frees[0] = COUNTS.large_frees.load(Ordering::Relaxed);
    t.alloc_bytes = COUNTS.large_alloc_bytes.load(Ordering::Relaxed);
    t.free_bytes = COUNTS.large_free_bytes.load(Ordering::Relaxed);
    for class in 1..N_CLASSES {
        t.mallocs[class] = COUNTS.allocs[class].load(Ordering::Relaxed);
        t.frees[class] = COUNTS.frees[class].load(Ordering::Relaxed);
    }
    for_each_cache(|c| {
        for class in 1..N_CLASSES {
            t.mallocs[class] += c.pending(class);
        }
    });
    for class in 1..N_CLASSES {
        t.alloc_bytes += t.mallocs[class] * u64::from(CLASS_SIZE[class]);
        t.free_bytes += t.frees[class] * u64::from(CLASS_SIZE[class]);
    }
    t
}

/// # Safety
/// The world is stopped.
pub unsafe fn fill(m: &mut MemStats) {
    // SAFETY: the caller's promise.
    let t = unsafe { totals() };
    let (pages, metadata) = {
        let heap = PAGE_HEAP.lock();
        (heap.stats, heap.metadata_bytes() as u64)
    };
    let bytes = |n: usize| (n << PAGE_SHIFT) as u64;
    m.mallocs = t.mallocs.iter().sum();
    m.frees = t.frees.iter().sum();
    m.total_alloc = t.alloc_bytes;
    m.heap_alloc = t.alloc_bytes - t.free_bytes;
    m.alloc = m.heap_alloc;
    m.heap_objects = m.mallocs - m.frees;
    m.lookups = 0;
    m.heap_inuse = bytes(pages.in_use);
    m.heap_idle = bytes(pages.free);
    m.heap_released = bytes(pages.released);
    m.heap_sys = m.heap_inuse + m.heap_idle;
    m.stack_inuse = host::stack_bytes();
    m.stack_sys = m.stack_inuse;
    m.mspan_inuse = (pages.spans * size_of::<Span>()) as u64;
    m.mspan_sys = metadata;
    m.mcache_inuse = 0;
    m.mcache_sys = 0;
    for_each_cache(|_| m.mcache_inuse += size_of::<crate::gc::cache::MCache>() as u64);
    m.buck_hash_sys = 0;
    m.gc_sys = (ARENA.usable() / 64 + (ARENA.usable() >> PAGE_SHIFT) * 8) as u64;
    m.other_sys = 0;
    m.sys = m.heap_sys + m.stack_sys + m.mspan_sys + m.gc_sys;
    m.next_gc = pacer::goal() as u64;
    let h = HISTORY.lock();
    m.last_gc = h.last_gc;
    m.pause_total_ns = h.pause_total;
    m.pause_ns = h.pause_ns;
    m.pause_end = h.pause_end;
    m.num_gc = h.num_gc;
    m.num_forced_gc = h.num_forced;
    m.gc_cpu_fraction = h.pause_total as f64 / host::since_start().max(1) as f64;
    m.enable_gc = true;
    m.debug_gc = false;
    for (class, row) in m.by_size.iter_mut().enumerate() {
        *row = BySize {
            size: u32::from(CLASS_SIZE[class]),
            mallocs: if class == 0 { 0 } else { t.mallocs[class] },
            frees: if class == 0 { 0 } else { t.frees[class] },
        };
    }
}
