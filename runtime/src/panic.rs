//! Panics, recover, Goexit, and the ends of a program.
//!
//! `gorc_gopanic` and `gorc_goexit` are a loop in assembly with a frame of its own on the goroutine's stack; it asks `panic_begin` / `goexit_begin` and then, after every deferred
//! call, `panic_next` what to call. The state is a list of `Panic` records, innermost first, each tied to its loop's frame.
//!
//! ```text
//! deferred call returns ─→ panic_next ─┬─ recovered → drop the records of loops inside the frame whose defer recovered,
//!                                      │              resume that frame at its landing block
//!                                      ├─ another deferred function → call it on top of everything
//!                                      └─ none left → Goexit: end of the goroutine; panic: preprintpanics, then print and exit
//! ```
//! A record is marked recovered when the deferred function calls recover, and dropped when that function returns: if it panics instead, the record is still there and is printed as `[recovered]`.

use crate::arch;
use crate::debug;
use crate::macros::{Pair, pair};
use crate::sched::{self, G, getg, getm};
use crate::stack::{self, table};
use crate::sync::{AtomicBool, AtomicI32, Ordering};
use crate::sys;
use crate::traceback;
use abi::g::defer_frame;
use alloc::boxed::Box;
use core::fmt::Write;
use core::ptr::null_mut;

/// The first three words are Go's `runtime.panicLink`.
#[repr(C)]
pub struct Panic {
    /// Next newer one; set only for printing.
    next: *mut Panic,
    pub typ: usize,
    pub data: usize,
    /// Next older one.
    pub link: *mut Panic,
    /// Frame of the loop, as distance from the stack's top.
    loop_depth: usize,
    goexit: bool,
    recovered: bool,
    /// A newer record carries the same value.
    repanicked: bool,
    /// No deferred function is left.
    printing: bool,
}

unsafe fn push(typ: usize, data: usize, goexit: bool) -> *mut Panic {
    // SAFETY: the current goroutine is ours and stopped in its loop.
    unsafe {
        let g = getg();
        let older = (*g).panics;
        if !older.is_null() && (*older).recovered && !goexit && (*older).typ == typ && (*older).data == data {
            (*older).repanicked = true;
        }
        let p = Box::into_raw(Box::new(Panic {
            next: null_mut(),
            typ,
            data,
            link: older,
            loop_depth: (*g).stack_hi - (*g).sched_fp,
            goexit,
            recovered: false,
            repanicked: false,
            printing: false,
        }));
        (*g).panics = p;
        p
    }
}

/// Does the loop with this frame run the deferred calls of a Goexit?
///
/// # Safety
/// `g` is stopped, or the current goroutine.
pub unsafe fn is_goexit_loop(g: *const G, fp: usize) -> bool {
    // SAFETY: records live as long as their loops' frames.
    unsafe {
        let mut p = (*g).panics;
        while !p.is_null() {
            if (*p).loop_depth == (*g).stack_hi - fp {
                return (*p).goexit;
            }
            p = (*p).link;
        }
        false
    }
}

unsafe fn pop(g: *mut G) {
    // SAFETY: the record is in the list of the current goroutine.
    unsafe {
        let p = (*g).panics;
        (*g).panics = (*p).link;
        drop(Box::from_raw(p));
    }
}

/// The goroutine ends with all its records.
///
/// # Safety
/// `g` is the current goroutine and will not run again.
pub unsafe fn forget_all(g: *mut G) {
    // SAFETY: the caller's.
    unsafe {
        while !(*g).panics.is_null() {
            pop(g);
        }
    }
}

/// # Safety
/// Called by the loop only.
pub unsafe extern "C" fn panic_begin(typ: usize, data: usize) -> Pair {
    // SAFETY: in the loop of the current goroutine.
    unsafe {
        if typ == 0 && table::module().raise != 0 {
            // Go's raise panics again with a *PanicNilError.
            return pair(table::module().raise as usize, RAISE_PANIC_NIL as usize);
        }
        push(typ, data, false);
        next_call(getg())
    }
}

const RAISE_PANIC_NIL: u64 = 14;

/// # Safety
/// Called by the loop only.
pub unsafe extern "C" fn goexit_begin() -> Pair {
    // SAFETY: as panic_begin.
    unsafe {
        push(0, 0, true);
        next_call(getg())
    }
}

/// # Safety
/// Called by the loop only.
pub unsafe extern "C" fn panic_next() -> Pair {
    // SAFETY: as panic_begin.
    unsafe {
        let g = getg();
        let p = (*g).panics;
        if (*p).recovered {
            recovery(g);
        }
        if (*p).printing {
            print_and_die(g);
        }
        next_call(g)
    }
}

/// What the loop calls next: code and argument.
unsafe fn next_call(g: *mut G) -> Pair {
    // SAFETY: DeferFrames and nodes are live frames' slots or heap objects.
    unsafe {
        while (*g).dframe != 0 {
            let frame = (*g).dframe;
            let head = (frame + defer_frame::HEAD as usize) as *mut usize;
            let node = *head as *const usize;
            if node.is_null() {
                (*g).dframe = *((frame + defer_frame::PREV as usize) as *const usize);
                continue;
            }
            *head = *node;
            let func = *node.add(1) as *const usize;
            if func.is_null() {
                // A nil func value fails when it is called.
                (*g).sig = libc::SIGSEGV as u32;
                (*g).sig_code = sched::signal::SEGV_MAPERR;
                (*g).sig_addr = 0;
                (*g).sig_pc = 0;
                return pair(table::module().sigpanic as usize, 0);
            }
            return pair(*func, func as usize);
        }
        let p = (*g).panics;
        if (*p).goexit {
            while !(*g).panics.is_null() {
                pop(g);
            }
            sched::proc::end(g);
        }
        (*p).printing = true;
        if table::module().preprintpanics == 0 {
            print_and_die(g);
        }
        pair(table::module().preprintpanics as usize, link_oldest_first(p) as usize)
    }
}

unsafe fn link_oldest_first(newest: *mut Panic) -> *mut Panic {
    // SAFETY: records of the current goroutine.
    unsafe {
        let mut p = newest;
        (*p).next = null_mut();
        while !(*p).link.is_null() {
            (*(*p).link).next = p;
            p = (*p).link;
        }
        p
    }
}

/// The innermost panic was recovered and the deferred function that did it has returned.
unsafe fn recovery(g: *mut G) {
    // SAFETY: the goroutine is stopped in its loop; the frame found is live.
    unsafe {
        let defer_frame = (*g).dframe;
        let mut target = None;
        stack::walk(g, |f| {
            if f.sp() <= defer_frame && defer_frame < f.fp {
                target = Some(*f);
                return false;
            }
            true
        });
        let Some(frame) = target else { throw("recovery: no frame has this defer record") };
        let Some(info) = frame.map.info() else { throw("recovery: defer record in a frame of the runtime") };
        let mut was_goexit = false;
        loop {
            let p = (*g).panics;
            if p.is_null() || (*g).stack_hi - (*p).loop_depth >= frame.fp {
                break;
            }
            was_goexit |= (*p).goexit;
            pop(g);
        }
        (*g).sig = 0;
        if was_goexit {
            // A Goexit is not stopped by recovering a panic of one of its deferred calls: this loop goes on as its loop.
            push(0, 0, true);
            return;
        }
        if info.landing == 0 {
            throw("recovery: function has no landing block");
        }
        stack::reset_limit(g);
        arch::gorc_land(g, frame.sp(), frame.fp, frame.map.entry + info.landing as usize)
    }
}

entry!(
    "gorc_gorecover",
    fn gorecover(fp: usize) -> Pair {
        // SAFETY: fp is the frame pointer of a live frame of the current goroutine.
        unsafe {
            let g = getg();
            let p = (*g).panics;
            if p.is_null() || (*p).goexit || (*p).recovered {
                return pair(0, 0);
            }
            let mut fp = fp;
            loop {
                let ra = *((fp + 8) as *const usize);
                let caller = *(fp as *const usize);
                if ra == arch::gorc_panic_call_pc as *const () as usize {
                    if (*g).stack_hi - caller != (*p).loop_depth {
                        return pair(0, 0);
                    }
                    (*p).recovered = true;
                    return pair((*p).typ, (*p).data);
                }
                // Wrappers made by the compiler or by reflection are not there.
                match table::lookup(ra) {
                    Some(f) if is_hidden_caller(&f) => fp = caller,
                    _ => return pair(0, 0),
                }
            }
        }
    }
);

/// A call that is not there for recover: by a wrapper (not by what was inlined into it), or between a function that
/// reflection made and the function it stands for. Calls by `reflect.Value.Call` are: behind them is a frame of Go code.
fn is_hidden_caller(f: &table::FrameMap) -> bool {
    let Some(info) = f.info() else {
        return f.pc == arch::gorc_reflect_call_pc as *const () as usize || f.pc == arch::gorc_makefunc_pc as *const () as usize;
    };
    let mut innermost = None;
    table::for_each_logical(f.entry, info, f.pc - 1, |frame| {
        innermost.get_or_insert(frame);
    });
    innermost.is_some_and(|frame| f.is_wrapper() && !frame.inlined || matches!(frame.name, "reflect.callReflect" | "reflect.callMethod"))
}

/// From a runtime entry: the interrupted call becomes a call of Go's `runtime.raise(code, a, b)`.
pub fn raise(code: u64, a: usize, b: usize) -> ! {
    let target = table::module().raise as usize;
    if target == 0 {
        throw("run-time panic in a program without runtime.raise");
    }
    // SAFETY: in an entry, so the goroutine is complete; the Rust frames are abandoned by contract.
    unsafe {
        let g = getg();
        if (*g).limit.load(Ordering::Relaxed) != abi::stack::PREEMPT_LIMIT {
            stack::reset_limit(g);
        }
        arch::gorc_continue_in(g, target, code as usize, a, b)
    }
}

// The ends of a program.

/// A second place for what is printed then (debug.SetCrashOutput); -1: none.
pub static CRASH_OUTPUT: AtomicI32 = AtomicI32::new(-1);

static DYING: AtomicBool = AtomicBool::new(false);

/// Only one thread prints; the others wait for the end.
fn begin_dying() {
    // SAFETY: the thread's own M.
    unsafe { (*getm()).dying = true };
    if DYING.swap(true, Ordering::SeqCst) {
        loop {
            sys::usleep(1_000_000);
        }
    }
}

/// After a crash: status 2, or a core with GOTRACEBACK=crash.
pub fn exit_after_crash() -> ! {
    if debug::flags().stack_stats != 0 {
        stack::print_stats();
    }
    if debug::flags().traceback >= 4 {
        let _ = sys::signal::set_action(libc::SIGABRT, libc::SIG_DFL, 0);
        let _ = sys::tgkill(sys::gettid(), libc::SIGABRT);
    }
    sys::exit(2)
}

unsafe fn print_signal(g: *mut G) {
    // SAFETY: g is the current goroutine.
    unsafe {
        if (*g).sig != 0 {
            let (name, text) = sched::signal::describe((*g).sig as i32);
            let _ = writeln!(debug::Err, "[signal {name}: {text} code={:#x} addr={:#x} pc={:#x}]", (*g).sig_code, (*g).sig_addr, (*g).sig_pc);
        }
    }
}

unsafe fn print_and_die(g: *mut G) -> ! {
    begin_dying();
    // SAFETY: g is the current goroutine, stopped in its loop.
    unsafe {
        let mut p = link_oldest_first((*g).panics);
        while !p.is_null() {
            if !(*p).link.is_null() && !(*(*p).link).goexit {
                if (*(*p).link).repanicked {
                    p = (*p).next;
                    continue;
                }
                sys::write_err(b"\t");
            }
            if !(*p).goexit {
                sys::write_err(b"panic: ");
                print_value((*p).typ, (*p).data);
                if (*p).repanicked {
                    sys::write_err(b" [recovered, repanicked]");
                } else if (*p).recovered {
                    sys::write_err(b" [recovered]");
                }
                sys::write_err(b"\n");
            }
            p = (*p).next;
        }
        print_signal(g);
        let level = debug::flags().traceback;
        if level > 0 {
            sys::write_err(b"\n");
            traceback::print_current(g);
            if level >= 2 {
                traceback::print_others(g);
            }
        }
        exit_after_crash()
    }
}

unsafe fn print_value(typ: usize, data: usize) {
    // SAFETY: an interface value.
    unsafe { crate::print::panic_value(&mut crate::print::Out, typ as *const crate::typedesc::Type, data as *const u8) }
}

/// The program broke a rule it cannot recover from: `fatal error: TEXT`, traces, exit status 2.
pub fn fatal(text: &str) -> ! {
    die(text, false)
}

/// The runtime is broken, or out of something.
pub fn throw(text: &str) -> ! {
    die(text, true)
}

fn die(text: &str, runtime: bool) -> ! {
    // SAFETY: the thread's own M and goroutine.
    unsafe {
        if (*getm()).dying {
            let _ = writeln!(debug::Err, "fatal error: {text} (while dying)");
            sys::exit(3);
        }
        begin_dying();
        let _ = writeln!(debug::Err, "fatal error: {text}");
        let g = getg();
        finish_fatal(g, runtime)
    }
}

/// # Safety
/// `g` is the current goroutine, complete as far as it can be.
pub unsafe fn fatal_with_signal(text: &str, g: *mut G) -> ! {
    begin_dying();
    let _ = writeln!(debug::Err, "fatal error: {text}");
    // SAFETY: the caller's.
    unsafe {
        print_signal(g);
        finish_fatal(g, false)
    }
}

unsafe fn finish_fatal(g: *mut G, runtime: bool) -> ! {
    // SAFETY: the program ends.
    unsafe {
        if debug::flags().traceback > 0 {
            if runtime {
                sys::write_err(b"\nruntime stack:\n");
            }
            if !g.is_null() {
                sys::write_err(b"\n");
                traceback::print_current(g);
            }
            traceback::print_others(g);
        }
        exit_after_crash()
    }
}

#[repr(C)]
pub struct TextBlock {
    ptr: *const u8,
    len: usize,
}

unsafe fn text_of(block: *const TextBlock) -> &'static str {
    // SAFETY: a Go string that lives to the end of the program, which is near.
    unsafe { core::str::from_utf8(core::slice::from_raw_parts((*block).ptr, (*block).len)).unwrap_or("?") }
}

std_entry!(
    "runtime.throw",
    fn go_throw(block: *mut TextBlock) {
        // SAFETY: the block.
        die(unsafe { text_of(block) }, true)
    }
);
std_entry!(
    "runtime.fatal",
    fn go_fatal(block: *mut TextBlock) {
        // SAFETY: the block.
        fatal(unsafe { text_of(block) })
    }
);
std_entry!(
    "sync.throw",
    fn sync_throw(block: *mut TextBlock) {
        // SAFETY: the block.
        die(unsafe { text_of(block) }, true)
    }
);
std_entry!(
    "sync.fatal",
    fn sync_fatal(block: *mut TextBlock) {
        // SAFETY: the block.
        fatal(unsafe { text_of(block) })
    }
);

// `runtime.Goexit` is bodyless Go: its symbol is the panic loop in Goexit's mode. The block is not used.
core::arch::global_asm!(".globl \"runtime.Goexit\"", ".set \"runtime.Goexit\", gorc_goexit");
