//! What the collector, maps and strings ask of the rest of the runtime: memory of the system, the current caches, ways to
//! stop. One file, so that unit tests can run under std with replacements: there a raise is a Rust panic.

use crate::gc::cache::MCache;

#[cfg(not(test))]
pub use program::*;
#[cfg(test)]
pub use test_host::*;

#[cfg(not(test))]
mod program {
    use super::MCache;
    use crate::gc::mark::Marker;
    use crate::{panic, sched, sys};

    /// Address space without access; 0 if refused.
    pub fn reserve(hint: usize, len: usize) -> usize {
        sys::reserve(hint, len).unwrap_or(0)
    }

    /// Makes reserved pages usable.
    pub fn commit(addr: usize, len: usize) -> bool {
        // SAFETY: inside a range reserved by the caller.
        unsafe { sys::mprotect(addr, len, libc::PROT_READ | libc::PROT_WRITE) }.is_ok()
    }

    /// Gives pages back; they read as zero afterwards.
    pub fn release(addr: usize, len: usize) {
        // SAFETY: pages of a free span.
        let _ = unsafe { sys::madvise(addr, len, libc::MADV_DONTNEED) };
    }

    pub fn yield_thread() {
        sys::sched_yield();
    }

    pub fn nanotime() -> u64 {
        sys::nanotime() as u64
    }

    pub fn walltime() -> u64 {
        let (seconds, nanos) = sys::walltime();
        (seconds * 1_000_000_000 + nanos) as u64
    }

    pub fn random_seed() -> u64 {
        let mut bytes = [0; 8];
        if sys::getrandom(&mut bytes).is_err() {
            return nanotime();
        }
        u64::from_ne_bytes(bytes)
    }

    /// The caches of the current P.
    #[inline(always)]
    pub fn mcache() -> *mut MCache {
        // SAFETY: code that allocates holds a P, whose cache was made with it.
        unsafe { (*(*sched::getm()).p).mcache }
    }

    /// Names the current goroutine.
    pub fn current_g() -> usize {
        sched::getg() as usize
    }

    pub fn raise(code: u64, a: u64, b: u64) -> ! {
        panic::raise(code, a as usize, b as usize)
    }

    pub fn fatal(msg: &str) -> ! {
        panic::fatal(msg)
    }

    pub fn throw(msg: &str) -> ! {
        panic::throw(msg)
    }

    pub fn write_err(bytes: &[u8]) {
        sys::write_err(bytes);
    }

    /// The current goroutine shall come to a safepoint when its entry returns.
    pub fn request_stop() {
        let g = sched::getg();
        if !g.is_null() {
            // SAFETY: the goroutine we run for. Only the limit: it shall come by, not give way to others.
            unsafe { (*g).limit.store(abi::stack::PREEMPT_LIMIT, core::sync::atomic::Ordering::SeqCst) };
        }
    }

    /// Some running goroutine shall come to a safepoint.
    pub fn request_stop_of_any() {
        sched::preempt_all();
    }

    /// Somebody else stops the world: be stopped.
    pub fn wait_for_world() {
        // SAFETY: from `runtime.GC` and the like: no heap pointer in hand.
        unsafe { sched::stop::wait_for_world() };
        sys::sched_yield();
    }

    pub fn age_pools() {
        crate::gc::entries::age_pools();
    }

    pub fn ready_finalizers() {
        crate::gc::entries::ready_finalizers();
    }

    /// What the scheduler provides for collections; without it nothing is collected.
    pub struct World {
        /// Every other M is at a safepoint when it returns.
        pub stop: fn(),
        pub start: fn(),
        /// Marks from all goroutines (stacks, words) and from what the scheduler keeps.
        pub mark: fn(&mut Marker),
        /// When everything reachable is marked: drops what the scheduler keeps for nobody.
        pub after_mark: fn(&mut Marker),
        pub n_procs: fn() -> u32,
        pub stack_bytes: fn() -> u64,
        /// Clock at the start of the program.
        pub start_time: fn() -> u64,
    }

    static WORLD: core::sync::atomic::AtomicPtr<World> = core::sync::atomic::AtomicPtr::new(core::ptr::null_mut());

    /// Called once, at start.
    pub fn set_world(world: &'static World) {
        WORLD.store((&raw const *world).cast_mut(), core::sync::atomic::Ordering::Release);
    }

    fn world() -> Option<&'static World> {
        // SAFETY: null or a static.
        unsafe { WORLD.load(core::sync::atomic::Ordering::Acquire).as_ref() }
    }

    pub fn can_collect() -> bool {
        world().is_some()
    }

    pub fn stop_the_world() {
        if let Some(w) = world() {
            (w.stop)();
        }
    }

    pub fn start_the_world() {
        if let Some(w) = world() {
            (w.start)();
        }
    }

    pub fn mark_stacks(marker: &mut Marker) {
        if let Some(w) = world() {
            (w.mark)(marker);
        }
    }

    pub fn after_mark(marker: &mut Marker) {
        if let Some(w) = world() {
            (w.after_mark)(marker);
        }
    }

    pub fn n_procs() -> u32 {
        world().map_or(1, |w| (w.n_procs)())
    }

    pub fn stack_bytes() -> u64 {
        world().map_or(0, |w| (w.stack_bytes)())
    }

    pub fn since_start() -> u64 {
        nanotime() - world().map_or(0, |w| (w.start_time)())
    }
}

#[cfg(test)]
mod test_host {
    use super::MCache;
    use std::cell::Cell;

    std::thread_local! {
        static CACHE: Cell<*mut MCache> = const { Cell::new(core::ptr::null_mut()) };
    }

    pub fn reserve(hint: usize, len: usize) -> usize {
        // SAFETY: a fresh private mapping.
        let p = unsafe { libc::mmap(hint as *mut _, len, libc::PROT_NONE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE, -1, 0) };
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

    pub fn current_g() -> usize {
        mcache() as usize
    }

    pub fn request_stop() {}

    pub fn request_stop_of_any() {}

    pub fn wait_for_world() {}

    pub fn age_pools() {}

    pub fn stop_the_world() {}

    pub fn start_the_world() {}

    pub fn can_collect() -> bool {
        true
    }

    pub fn mark_stacks(marker: &mut crate::gc::mark::Marker) {
        for &word in TEST_ROOTS.lock().unwrap().iter() {
            marker.word(word);
        }
    }

    pub fn after_mark(_marker: &mut crate::gc::mark::Marker) {}

    pub fn ready_finalizers() {}

    pub fn walltime() -> u64 {
        nanotime()
    }

    pub fn since_start() -> u64 {
        1_000_000_000
    }

    pub fn n_procs() -> u32 {
        1
    }

    pub fn stack_bytes() -> u64 {
        0
    }

    /// What the tests hold: there are no goroutine stacks.
    pub static TEST_ROOTS: std::sync::Mutex<std::vec::Vec<usize>> = std::sync::Mutex::new(std::vec::Vec::new());
    /// Tests that use the heap run one at a time.
    pub static TEST_HEAP: std::sync::Mutex<()> = std::sync::Mutex::new(());

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
