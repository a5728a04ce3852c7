//! Signals for the program (`os/signal`): handlers set bits, a goroutine that sits in `signal_recv` takes them.

use super::signal;
use crate::sync::{AtomicBool, AtomicU64, Note, Ordering};
use crate::sys;
use crate::syscall::{enter_syscall, exit_syscall};

/// Bit `sig - 1`.
static WANTED: AtomicU64 = AtomicU64::new(0);
static PENDING: AtomicU64 = AtomicU64::new(0);
/// Were ignored when the program started (nohup): stay so until somebody wants them.
static IGNORED_AT_START: AtomicU64 = AtomicU64::new(0);
/// The program ignores them, or did so last (a reset does not count).
static IGNORED: AtomicU64 = AtomicU64::new(0);
static NOTE: Note = Note::new();
/// The receiver has taken a signal and not come back for the next.
static DELIVERING: AtomicBool = AtomicBool::new(false);

fn bit(sig: i32) -> u64 {
    1 << (sig as u32 - 1)
}

fn is_valid(sig: u32) -> bool {
    (1..=64).contains(&sig)
}

pub fn wants(sig: i32) -> bool {
    is_valid(sig as u32) && WANTED.load(Ordering::SeqCst) & bit(sig) != 0
}

/// From a signal handler: hands the signal to the program if it wants it.
pub fn queue(sig: i32) -> bool {
    if !wants(sig) {
        return false;
    }
    PENDING.fetch_or(bit(sig), Ordering::SeqCst);
    NOTE.wake();
    true
}

extern "C" fn on_signal(sig: i32, _info: *mut libc::siginfo_t, _context: *mut u8) {
    if !queue(sig) {
        // Disabled just now: what would have happened without us.
        die_of(sig);
    }
}

/// The default action, done now.
pub fn die_of(sig: i32) {
    let _ = sys::signal::set_action(sig, libc::SIG_DFL, 0);
    sys::signal::set_mask(0);
    let _ = sys::tgkill(sys::gettid(), sig);
}

// SAFETY (all entries): blocks as the contract says.

std_entry!(
    "os/signal.signal_recv",
    fn signal_recv(b: *mut u32) {
        // SAFETY: the block stays where it is during a system call.
        unsafe {
            DELIVERING.store(false, Ordering::SeqCst);
            enter_syscall();
            loop {
                let pending = PENDING.load(Ordering::SeqCst);
                if pending == 0 {
                    NOTE.sleep();
                    NOTE.clear();
                    continue;
                }
                DELIVERING.store(true, Ordering::SeqCst);
                let sig = pending.trailing_zeros();
                PENDING.fetch_and(!(1 << sig), Ordering::SeqCst);
                *b = sig + 1;
                break;
            }
            exit_syscall()
        }
    }
);

#[repr(C)]
pub struct SignalBlock {
    sig: u32,
    result: bool,
}

std_entry!(
    "os/signal.signal_enable",
    fn signal_enable(b: *mut u32) {
        // SAFETY: see above.
        let sig = unsafe { *b };
        if is_valid(sig) {
            let sig = sig as i32;
            if sys::signal::action(sig).handler == libc::SIG_IGN {
                IGNORED_AT_START.fetch_or(bit(sig), Ordering::SeqCst);
            }
            WANTED.fetch_or(bit(sig), Ordering::SeqCst);
            IGNORED.fetch_and(!bit(sig), Ordering::SeqCst);
            if !signal::is_handled(sig) {
                let _ = sys::signal::install(sig, on_signal);
            }
        }
    }
);

std_entry!(
    "os/signal.signal_disable",
    fn signal_disable(b: *mut u32) {
        // SAFETY: see above.
        let sig = unsafe { *b };
        if is_valid(sig) {
            let sig = sig as i32;
            WANTED.fetch_and(!bit(sig), Ordering::SeqCst);
            if signal::is_handled(sig) {
                signal::install_one(sig);
            } else {
                let nohup = (sig == libc::SIGHUP || sig == libc::SIGINT) && IGNORED_AT_START.load(Ordering::SeqCst) & bit(sig) != 0;
                let _ = sys::signal::set_action(sig, if nohup { libc::SIG_IGN } else { libc::SIG_DFL }, 0);
            }
        }
    }
);

std_entry!(
    "os/signal.signal_ignore",
    fn signal_ignore(b: *mut u32) {
        // SAFETY: see above.
        let sig = unsafe { *b };
        if is_valid(sig) {
            WANTED.fetch_and(!bit(sig as i32), Ordering::SeqCst);
            IGNORED.fetch_or(bit(sig as i32), Ordering::SeqCst);
            let _ = sys::signal::set_action(sig as i32, libc::SIG_IGN, 0);
        }
    }
);

std_entry!(
    "os/signal.signal_ignored",
    fn signal_ignored(b: *mut SignalBlock) {
        // SAFETY: see above.
        unsafe {
            let sig = (*b).sig as i32;
            (*b).result = is_valid((*b).sig) && (IGNORED.load(Ordering::SeqCst) & bit(sig) != 0 || sys::signal::action(sig).handler == libc::SIG_IGN);
        }
    }
);

std_entry!(
    "os/signal.signal_idle",
    fn signal_idle(b: *mut bool) {
        // SAFETY: see above.
        unsafe { *b = PENDING.load(Ordering::SeqCst) == 0 && !DELIVERING.load(Ordering::SeqCst) }
    }
);

std_entry!(
    "os.sigpipe",
    fn sigpipe(_b: *mut u8) {
        if sys::signal::action(libc::SIGPIPE).handler != libc::SIG_IGN && !queue(libc::SIGPIPE) {
            die_of(libc::SIGPIPE);
        }
    }
);
