//! Panics (skeleton of what others call; the rest is to come).
use crate::macros::{Pair, pair};
use crate::sched::{self, G};

pub struct Panic {}
pub extern "C" fn panic_begin(_t: usize, _d: usize) -> Pair {
    pair(0, 0)
}
pub extern "C" fn panic_next() -> Pair {
    pair(0, 0)
}
pub extern "C" fn goexit_begin() -> Pair {
    pair(0, 0)
}

/// From a runtime entry: the interrupted call becomes a call of Go's `runtime.raise(code, a, b)`.
pub fn raise(code: u64, a: usize, b: usize) -> ! {
    let _ = (code, a, b, sched::getg() as *mut G);
    crate::sys::exit(2)
}

/// The program broke a rule it cannot recover from: `fatal error: TEXT`, traces, exit status 2.
pub fn fatal(text: &str) -> ! {
    crate::sys::write_err(b"fatal error: ");
    crate::sys::write_err(text.as_bytes());
    crate::sys::write_err(b"\n");
    crate::sys::exit(2)
}

/// The runtime is broken.
pub fn throw(text: &str) -> ! {
    fatal(text)
}
