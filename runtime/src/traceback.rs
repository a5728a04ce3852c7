//! Traces in gc's format, and the services behind runtime.Callers, CallersFrames and Stack.

use crate::arch;
use crate::debug;
use crate::sched::{G, Status, getg, proc, stop};
use crate::stack::table::{self, LogicalFrame, for_each_logical};
use crate::stack::{self, Frame};
use crate::sys;
use abi::tables::func_flags;
use core::fmt::{self, Write};

/// Frames shown at each end of a deep trace.
const INNER: usize = 50;
const OUTER: usize = 50;

/// Standard error in pieces of 4 KiB.
pub struct ErrBuffer {
    bytes: [u8; 4096],
    len: usize,
}

impl ErrBuffer {
    #[allow(clippy::new_without_default)]
    pub fn new() -> ErrBuffer {
        ErrBuffer { bytes: [0; 4096], len: 0 }
    }
    fn flush(&mut self) {
        sys::write_err(&self.bytes[..self.len]);
        self.len = 0;
    }
}

impl Write for ErrBuffer {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        if self.len + s.len() > self.bytes.len() {
            self.flush();
        }
        if s.len() > self.bytes.len() {
            sys::write_err(s.as_bytes());
        } else {
            self.bytes[self.len..self.len + s.len()].copy_from_slice(s.as_bytes());
            self.len += s.len();
        }
        Ok(())
    }
}

impl Drop for ErrBuffer {
    fn drop(&mut self) {
        self.flush();
    }
}

/// What a trace shows as one entry.
struct Shown {
    frame: LogicalFrame,
    /// Return address less entry.
    offset: usize,
    no_params: bool,
    /// Frame pointer, stack pointer and return address of the frame it is in.
    position: [usize; 3],
}

fn shows_all() -> bool {
    debug::flags().traceback >= 3
}

/// Is a function of package runtime one that users call?
fn is_exported_runtime(name: &str) -> bool {
    name.strip_prefix("runtime.").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// `flags` are those of the physical function; they say nothing of what is inlined into it.
fn is_visible(flags: u32, f: &LogicalFrame) -> bool {
    let flags = if f.inlined { 0 } else { flags };
    let of_runtime = flags & func_flags::RUNTIME != 0 || f.name.starts_with("runtime.");
    shows_all() || flags & func_flags::WRAPPER == 0 && (!of_runtime || is_exported_runtime(f.name))
}

/// Every entry of a trace, innermost first.
unsafe fn for_each_shown(g: *const G, mut f: impl FnMut(&Shown)) {
    let mut any = false;
    let sigpanic = table::module().sigpanic as usize;
    let mut called_by_fault = false;
    // SAFETY: the caller's.
    unsafe {
        stack::walk(g, |physical: &Frame| {
            let Some(info) = physical.map.info() else {
                // (Goexit's loop is called by the Go function of that name.)
                if any && physical.is_panic_loop() && !crate::panic::is_goexit_loop(g, physical.fp) {
                    let frame = LogicalFrame { name: "panic", file: "$GOROOT/src/runtime/panic.go", line: 1, func_line: 1, inlined: false };
                    f(&Shown { frame, offset: 0, no_params: false, position: [physical.fp, physical.sp(), physical.pc] });
                }
                called_by_fault = false;
                return true;
            };
            let entry = physical.map.entry;
            let bias = if called_by_fault { arch::FAULT_PC_BIAS } else { 0 };
            called_by_fault = entry == sigpanic;
            for_each_logical(entry, info, physical.pc - 1, |frame| {
                if is_visible(info.flags, &frame) && (any || frame.name != "runtime.Stack") {
                    any = true;
                    let no_params = !frame.inlined && info.flags & func_flags::NO_PARAMS != 0;
                    f(&Shown { frame, offset: physical.pc - bias - entry, no_params, position: [physical.fp, physical.sp(), physical.pc] });
                }
            });
            true
        });
    }
}

fn write_frame(out: &mut dyn Write, shown: &Shown) {
    let f = &shown.frame;
    let args = if shown.no_params { "()" } else { "(...)" };
    let _ = write!(out, "{}{args}\n\t{}:{}", f.name, f.file, f.line);
    if let Some(offset) = Some(shown.offset).filter(|&o| o > 0 && !f.inlined) {
        let _ = write!(out, " +{offset:#x}");
    }
    if shows_all() && !f.inlined {
        let [fp, sp, pc] = shown.position;
        let _ = write!(out, " fp={fp:#x} sp={sp:#x} pc={pc:#x}");
    }
    let _ = out.write_str("\n");
}

unsafe fn write_frames(out: &mut dyn Write, g: *const G) {
    let mut n = 0;
    // SAFETY: the caller's.
    unsafe {
        for_each_shown(g, |_| n += 1);
        let mut i = 0;
        for_each_shown(g, |shown| {
            let elided = n > INNER + OUTER && i >= INNER && i < n - OUTER;
            if elided {
                if i == INNER {
                    let _ = writeln!(out, "...{} frames elided...", n - INNER - OUTER);
                }
            } else {
                write_frame(out, shown);
            }
            i += 1;
        });
        write_creator(out, g);
    }
}

unsafe fn write_creator(out: &mut dyn Write, g: *const G) {
    // SAFETY: the caller's.
    unsafe {
        let pc = (*g).created_pc;
        let Some((entry, info)) = (pc != 0).then(|| table::find_func(pc - 1)).flatten() else { return };
        let mut first = None;
        for_each_logical(entry, info, pc - 1, |f| {
            first.get_or_insert(f);
        });
        let Some(f) = first else { return };
        let _ = write!(out, "created by {} in goroutine {}\n\t{}:{}", f.name, (*g).parent_id, f.file, f.line);
        if pc > entry {
            let _ = write!(out, " +{:#x}", pc - entry);
        }
        let _ = out.write_str("\n");
    }
}

unsafe fn write_header(out: &mut dyn Write, g: *const G, is_current: bool) {
    // SAFETY: the caller's.
    unsafe {
        let status = match (*g).status() {
            _ if is_current => "running",
            Status::Running => "running",
            Status::Runnable => "runnable",
            Status::Syscall => "syscall",
            Status::Dead => "dead",
            Status::Waiting => (*g).wait_reason.text(),
        };
        let _ = write!(out, "goroutine {}", (*g).id);
        if shows_all() {
            let m = (*g).m;
            let _ = write!(out, " gp={:#x} m=", g as usize);
            let _ = if m.is_null() { write!(out, "nil") } else { write!(out, "{} mp={:#x}", (*m).id, m as usize) };
        }
        let _ = write!(out, " [{status}");
        if (*g).status() == Status::Waiting && (*g).wait_since != 0 {
            let minutes = (sys::nanotime() - (*g).wait_since) / 60_000_000_000;
            if minutes >= 1 {
                let _ = write!(out, ", {minutes} minutes");
            }
        }
        if !(*g).locked_m.is_null() {
            let _ = out.write_str(", locked to thread");
        }
        let _ = out.write_str("]:\n");
    }
}

unsafe fn write_goroutine(out: &mut dyn Write, g: *const G, is_current: bool) {
    // SAFETY: the caller's.
    unsafe {
        write_header(out, g, is_current);
        // The registers of a goroutine that runs on another thread are not ours to see.
        if !is_current && (*g).status() == Status::Running && !crate::sched::SCHED.gc_waiting() {
            let _ = out.write_str("\tgoroutine running on other thread; stack unavailable\n");
            write_creator(out, g);
        } else {
            write_frames(out, g);
        }
    }
}

/// # Safety
/// `g` is the current goroutine, complete.
pub unsafe fn print_current(g: *const G) {
    // SAFETY: the caller's.
    unsafe { write_goroutine(&mut ErrBuffer::new(), g, true) };
}

/// All goroutines but `g`, each after an empty line.
///
/// # Safety
/// The program is about to end.
pub unsafe fn print_others(g: *const G) {
    // SAFETY: the caller's.
    unsafe { write_others(&mut ErrBuffer::new(), g) };
}

unsafe fn write_others(out: &mut dyn Write, g: *const G) {
    // SAFETY: the caller's.
    unsafe {
        proc::for_each_g(|other| {
            if !core::ptr::eq(other, g) && (!(*other).system || shows_all()) {
                let _ = out.write_str("\n");
                write_goroutine(out, other, false);
            }
        });
    }
}

/// # Safety
/// The program is about to end; `g` may be null.
pub unsafe fn print_all(g: *const G, _system: bool) {
    // SAFETY: the caller's.
    unsafe {
        if !g.is_null() {
            sys::write_err(b"\n");
            print_current(g);
        }
        print_others(g);
    }
}

/// Fills a slice, dropping what does not fit.
struct SliceWriter {
    ptr: *mut u8,
    cap: usize,
    len: usize,
}

impl Write for SliceWriter {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        let n = s.len().min(self.cap - self.len);
        // SAFETY: below cap bytes of the caller's buffer.
        unsafe { core::ptr::copy_nonoverlapping(s.as_ptr(), self.ptr.add(self.len), n) };
        self.len += n;
        Ok(())
    }
}

#[repr(C)]
pub struct StackBlock {
    ptr: *mut u8,
    len: usize,
    cap: usize,
    all: bool,
    result: i64,
}

std_entry!(
    "runtime.Stack",
    fn runtime_stack(block: *mut StackBlock) {
        // SAFETY: the block; our goroutine is complete, the others once the world has stopped.
        unsafe {
            let g = getg();
            let mut out = SliceWriter { ptr: (*block).ptr, cap: (*block).len, len: 0 };
            let all = (*block).all;
            if all {
                stop::stop_the_world_for_sure();
            }
            write_goroutine(&mut out, g, true);
            if all {
                write_others(&mut out, g);
            }
            (*block).result = out.len as i64;
            if all {
                stop::start_the_world_with(0);
            }
        }
    }
);

const PC_MASK: usize = (1 << 56) - 1;

/// What `runtime.Callers` gives for each frame of a goroutine, innermost first, as long as `f` gives true. Outer frames of an inlined group have the address of the
/// innermost one with their distance from it in the top byte.
///
/// # Safety
/// `g` is stopped and complete.
pub unsafe fn for_each_pc(g: *const G, mut f: impl FnMut(usize) -> bool) {
    // SAFETY: the caller's.
    unsafe {
        let mut more = true;
        stack::walk(g, |physical| {
            let Some(info) = physical.map.info() else {
                if physical.is_panic_loop() && !crate::panic::is_goexit_loop(g, physical.fp) {
                    more = f(gopanic_pc());
                }
                return more;
            };
            let mut depth = 0usize;
            for_each_logical(physical.map.entry, info, physical.pc - 1, |frame| {
                // `runtime.callers` itself is a Go function around this service, and does not count.
                let hidden = !frame.inlined && info.flags & func_flags::WRAPPER != 0 && frame.name != "go.main" || frame.name == "runtime.callers";
                if !hidden && more {
                    more = f(physical.pc | depth << 56);
                }
                depth += 1;
            });
            more
        });
        if more {
            f(outermost_pc());
        }
    }
}

#[repr(C)]
pub struct CallersBlock {
    skip: i64,
    pcs: *mut usize,
    len: usize,
    cap: usize,
    result: i64,
}

std_entry!(
    "runtime.callers",
    fn callers(block: *mut CallersBlock) {
        // SAFETY: the block; the current goroutine is complete.
        unsafe {
            let (mut skip, pcs, len) = ((*block).skip.max(0), (*block).pcs, (*block).len);
            let mut n = 0;
            for_each_pc(getg(), |pc| {
                if skip > 0 {
                    skip -= 1;
                } else if n < len {
                    *pcs.add(n) = pc;
                    n += 1;
                }
                n < len
            });
            (*block).result = n as i64;
        }
    }
);

/// Functions of package runtime that are our assembly, by the return addresses that Callers gives.
fn gopanic_pc() -> usize {
    arch::gorc_panic_call_pc as *const () as usize
}
fn outermost_pc() -> usize {
    arch::gorc_goexit_pc as *const () as usize
}

/// `pc`: a return address or one less.
fn own_frame(pc: usize) -> Option<LogicalFrame> {
    let frame = |name, file| Some(LogicalFrame { name, file, line: 1, func_line: 1, inlined: false });
    let is = |at: usize| pc == at || pc + 1 == at;
    if is(gopanic_pc()) {
        frame("runtime.gopanic", "$GOROOT/src/runtime/panic.go")
    } else if is(outermost_pc()) {
        frame("runtime.goexit", "$GOROOT/src/runtime/asm_amd64.s")
    } else {
        None
    }
}

#[repr(C)]
pub struct FrameInfo {
    function: (*const u8, usize),
    file: (*const u8, usize),
    line: i64,
    entry: usize,
    start_line: i64,
}

#[repr(C)]
pub struct LookupBlock {
    pc: usize,
    is_return: bool,
    info: *mut FrameInfo,
    result: bool,
}

std_entry!(
    "runtime.lookupFrame",
    fn lookup_frame(block: *mut LookupBlock) {
        // SAFETY: the block and the struct it points to.
        unsafe {
            let pc = ((*block).pc & PC_MASK) - usize::from((*block).is_return && (*block).pc & PC_MASK != 0);
            let depth = (*block).pc >> 56;
            (*block).result = false;
            let give = |f: &LogicalFrame, entry: usize| {
                let (name, file) = if f.name == "go.main" { ("runtime.main", "$GOROOT/src/runtime/proc.go") } else { (f.name, f.file) };
                *(*block).info = FrameInfo {
                    function: (name.as_ptr(), name.len()),
                    file: (file.as_ptr(), file.len()),
                    line: i64::from(f.line),
                    entry,
                    start_line: i64::from(f.func_line),
                };
                (*block).result = true;
            };
            if let Some(f) = own_frame(pc) {
                if depth == 0 {
                    give(&f, pc);
                }
                return;
            }
            let Some((entry, info)) = table::find_func(pc) else { return };
            let mut i = 0;
            for_each_logical(entry, info, pc, |f| {
                if i == depth {
                    give(&f, entry);
                }
                i += 1;
            });
        }
    }
);
