//! What the collector, maps and strings ask of the rest of the runtime: memory of the system, the current caches, ways to
//! stop. One file, so that unit tests can run under std with replacements: there a raise is a Rust panic.

use crate::gc::cache::MCache;

#[cfg(test)]
pub use test_host::*;

#[cfg(test)]
mod test_host {
    use super::MCache;
    use std::cell::Cell;

    thread_local! {
        static CACHE: Cell<*mut MCache> = const { Cell::new(core::ptr::null_mut()) };
    }

    pub fn reserve(hint: usize, len: usize) -> usize {
        // SAFETY: a fresh private mapping.
        let p = unsafe {
            libc::mmap(hint as *mut _, len, libc::PROT_NONE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE, -1, 0)
        };
        if p == libc::MAP_FAILED { 0 } else { p as usize }
    }

    pub fn commit(addr: usize, len: usize) -> bool {
        // SAFETY: inside a reserved range.
        unsafe { libc::mprotect(addr as *mut _, len, libc::PROT_READ | libc::PROT_WRITE) == 0 }
    }

    pub fn release(addr: usize, len: usize) {
        // SAFETY: pages of a free span.
        unsafe { libc::madvise(addr as *mut _, len, libc::MADV_DONTNEED) };
    }

    pub fn yield_thread() {
        std::thread::yield_now();
    }

    pub fn nanotime() -> u64 {
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64
    }

    pub fn random_seed() -> u64 {
        use std::hash::{BuildHasher, Hasher};
        std::collections::hash_map::RandomState::new().build_hasher().finish()
    }

    pub fn mcache() -> *mut MCache {
        CACHE.with(|c| {
            if c.get().is_null() {
                c.set(crate::gc::cache::new_cache());
            }
            c.get()
        })
    }

    pub fn raise(code: u64, a: u64, b: u64) -> ! {
        panic!("raise {code} {a:#x} {b:#x}");
    }

    pub fn fatal(msg: &str) -> ! {
        panic!("fatal error: {msg}");
    }

    pub fn throw(msg: &str) -> ! {
        panic!("throw: {msg}");
    }

    pub fn write_err(bytes: &[u8]) {
        std::io::Write::write_all(&mut std::io::stderr(), bytes).unwrap();
    }
}
