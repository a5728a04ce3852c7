//! Where marking starts: writable globals, stacks, and what parts of the runtime have registered.
//! Memory outside the heap holds no heap pointer unless it is reached from here.

use super::mark::Marker;
use abi::tables::{ModuleData, Root};
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

/// Calls its argument for every heap pointer it holds (null and static addresses are welcome).
pub type RootFn = fn(&mut dyn FnMut(usize));

const MAX_ROOT_FNS: usize = 32;
static ROOT_FNS: [AtomicUsize; MAX_ROOT_FNS] = [const { AtomicUsize::new(0) }; MAX_ROOT_FNS];
static N_ROOT_FNS: AtomicUsize = AtomicUsize::new(0);
static MODULE: AtomicPtr<ModuleData> = AtomicPtr::new(core::ptr::null_mut());

/// Adds a source of roots for the life of the process; it runs with the world stopped.
pub fn register(f: RootFn) {
    let idx = N_ROOT_FNS.fetch_add(1, Ordering::Relaxed);
    if idx >= MAX_ROOT_FNS {
        crate::host::throw("too many root functions");
    }
    ROOT_FNS[idx].store(f as usize, Ordering::Release);
}

/// Remembers the module's globals. Called once at start.
pub fn init(module: *const ModuleData) {
    MODULE.store(module.cast_mut(), Ordering::Relaxed);
}

/// Marks from every root.
///
/// # Safety
/// The world is stopped.
pub unsafe fn mark(marker: &mut Marker) {
    let module = MODULE.load(Ordering::Relaxed);
    if !module.is_null() {
        // SAFETY: tables of the module are read-only and complete; globals are mapped.
        unsafe {
            let roots = core::slice::from_raw_parts((*module).roots as *const Root, (*module).n_roots as usize);
            for root in roots {
                marker.masked(root.addr as usize, root.n_words as usize, ((*module).pcdata + u64::from(root.mask)) as *const u8);
            }
        }
    }
    for slot in &ROOT_FNS[..N_ROOT_FNS.load(Ordering::Acquire).min(MAX_ROOT_FNS)] {
        let addr = slot.load(Ordering::Acquire);
        if addr != 0 {
            // SAFETY: stored from a RootFn.
            let f = unsafe { core::mem::transmute::<usize, RootFn>(addr) };
            f(&mut |word| marker.word(word));
        }
    }
    crate::typedesc::for_each_reflect_off(|addr| marker.word(addr));
    crate::host::mark_stacks(marker);
}
