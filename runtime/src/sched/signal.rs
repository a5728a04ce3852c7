//! Signals: a fault in compiled code becomes a Go panic; anywhere else it is the end. Signals that Go ignores are caught and dropped.

use super::{G, getm, notify};
use crate::arch::{self, Context, FAULT_PC_BIAS};
use crate::debug;
use crate::stack::table;
use crate::sys;
use core::fmt::Write;

/// Name and text of the signals that can end up in a trace.
pub fn describe(sig: i32) -> (&'static str, &'static str) {
    match sig {
        libc::SIGSEGV => ("SIGSEGV", "segmentation violation"),
        libc::SIGBUS => ("SIGBUS", "bus error"),
        libc::SIGFPE => ("SIGFPE", "floating-point exception"),
        libc::SIGILL => ("SIGILL", "illegal instruction"),
        libc::SIGTRAP => ("SIGTRAP", "trace trap"),
        libc::SIGABRT => ("SIGABRT", "abort"),
        libc::SIGQUIT => ("SIGQUIT", "quit"),
        libc::SIGSYS => ("SIGSYS", "bad system call"),
        _ => ("signal", "signal"),
    }
}

/// The runtime's own handler of a signal. Each hands on what the program asked for.
fn handler_of(sig: i32) -> Option<sys::signal::Handler> {
    Some(match sig {
        libc::SIGSEGV | libc::SIGBUS | libc::SIGFPE => on_fault,
        libc::SIGQUIT | libc::SIGABRT | libc::SIGILL | libc::SIGTRAP | libc::SIGSYS => on_fatal,
        libc::SIGPIPE | libc::SIGUSR1 | libc::SIGUSR2 | libc::SIGALRM | libc::SIGVTALRM | libc::SIGXCPU | libc::SIGXFSZ | libc::SIGIO => on_ignored,
        libc::SIGPROF => crate::profile::on_profile,
        _ => return None,
    })
}

/// Does the runtime have a handler of its own for it?
pub fn is_handled(sig: i32) -> bool {
    handler_of(sig).is_some()
}

pub fn install_one(sig: i32) {
    if let Some(handler) = handler_of(sig) {
        let _ = sys::signal::install(sig, handler);
    }
}

pub fn install() {
    (1..=31).for_each(install_one);
}

extern "C" fn on_ignored(sig: i32, _info: *mut libc::siginfo_t, _context: *mut u8) {
    notify::queue(sig);
}

pub const SEGV_MAPERR: i32 = 1;
pub const SEGV_ACCERR: i32 = 2;

/// `runtime.sigpanic`'s kinds.
const KIND_NIL: usize = 0;
const KIND_DIVIDE: usize = 1;
const KIND_FAULT: usize = 2;

extern "C" fn on_fault(sig: i32, info: *mut libc::siginfo_t, context: *mut u8) {
    // SAFETY: the kernel's arguments; the goroutine is this thread's and interrupted.
    unsafe {
        let code = (*info).si_code;
        let addr = *(info.cast::<u8>().add(16) as *const usize);
        let mut cx = Context::new(context);
        let pc = cx.pc();
        let g = (*getm()).curg;
        let in_leaf = (arch::gorc_leaves_start as *const () as usize..arch::gorc_leaves_end as *const () as usize).contains(&pc);
        let module = table::module();
        let in_text = (module.text_start..module.text_end).contains(&(pc as u64));
        let sent_by_user = code <= 0;
        if sent_by_user && notify::queue(sig) {
            return;
        }
        if sent_by_user || g.is_null() || cx.g() != g || !(*g).owns(cx.sp()) || !(in_leaf || in_text) {
            die(sig, code, addr, pc, g);
        }
        (*g).sig = sig as u32;
        (*g).sig_code = code;
        (*g).sig_addr = addr;
        (*g).sig_pc = pc;
        // A leaf counts as the call in its caller.
        let ret = if in_leaf { cx.leaf_return() } else { pc + FAULT_PC_BIAS };
        let near_nil = addr < 4096 && (code == SEGV_MAPERR || code == SEGV_ACCERR);
        let kind = match sig {
            libc::SIGFPE => KIND_DIVIDE,
            libc::SIGSEGV if near_nil => KIND_NIL,
            _ if (*g).panic_on_fault => KIND_FAULT,
            _ => {
                (*g).sched_sp = cx.sp();
                (*g).sched_fp = cx.fp();
                (*g).sched_pc = ret;
                let _ = writeln!(debug::Err, "unexpected fault address {addr:#x}");
                crate::panic::fatal_with_signal("fault", g);
            }
        };
        if module.sigpanic == 0 {
            die(sig, code, addr, pc, g);
        }
        if in_leaf {
            cx.tail_call(module.sigpanic as usize, kind, addr);
        } else {
            cx.call(ret, module.sigpanic as usize, kind, addr);
        }
    }
}

/// A fault in the runtime.
unsafe fn die(sig: i32, code: i32, addr: usize, pc: usize, g: *mut G) -> ! {
    // SAFETY: the program ends; g is this thread's or null.
    unsafe {
        let m = getm();
        let (name, text) = describe(sig);
        if (*m).dying {
            let _ = writeln!(debug::Err, "\nfault while dying: {name} addr={addr:#x} pc={pc:#x}");
            sys::exit(4);
        }
        if g.is_null() {
            let _ = writeln!(
                debug::Err,
                "fatal error: unexpected signal during runtime execution\n[signal {name}: {text} code={code:#x} addr={addr:#x} pc={pc:#x}]"
            );
            (*m).dying = true;
            crate::panic::exit_after_crash();
        }
        (*g).sig = sig as u32;
        (*g).sig_code = code;
        (*g).sig_addr = addr;
        (*g).sig_pc = pc;
        crate::panic::fatal_with_signal("unexpected signal during runtime execution", g)
    }
}

extern "C" fn on_fatal(sig: i32, info: *mut libc::siginfo_t, context: *mut u8) {
    // SAFETY: the kernel's arguments; the program ends.
    unsafe {
        if (*info).si_code <= 0 && notify::queue(sig) || sig == libc::SIGQUIT && notify::queue(sig) {
            return;
        }
        let cx = Context::new(context);
        let (name, text) = describe(sig);
        let m = getm();
        let _ = writeln!(debug::Err, "{name}: {text}\nPC={:#x} m={} sigcode={}", cx.pc(), (*m).id, (*info).si_code);
        let g = (*m).curg;
        if !g.is_null() && cx.g() == g && (*g).owns(cx.sp()) && table::find_func(cx.pc()).is_some() {
            (*g).sched_sp = cx.sp();
            (*g).sched_fp = cx.fp();
            (*g).sched_pc = cx.pc() + FAULT_PC_BIAS;
        }
        (*m).dying = true;
        crate::traceback::print_all(g, true);
        crate::panic::exit_after_crash()
    }
}
