//! Start of the program, and what Rust itself needs to live without std: allocator, panic handler.

mod heap;

use crate::sched::{self, M};
use crate::{arch, debug, osenv, sys};
use core::cell::UnsafeCell;
use core::fmt::Write;

struct FirstM(UnsafeCell<M>);
// SAFETY: the first thread's own; others reach it under the rules of M.
unsafe impl Sync for FirstM {}
static FIRST: FirstM = FirstM(UnsafeCell::new(M::new(0)));

/// `sp`: argc, argv…, 0, envp…, 0, auxv…
///
/// # Safety
/// Called by `_start` only.
pub unsafe extern "C" fn start(sp: *const usize) -> ! {
    // SAFETY: the kernel's layout; nothing else runs yet.
    unsafe {
        let argc = *sp;
        let argv = sp.add(1) as *const *const u8;
        let envp = argv.add(argc + 1);
        let mut p = envp;
        while !(*p).is_null() {
            p = p.add(1);
        }
        let mut aux = p.add(1) as *const [usize; 2];
        let mut vdso = 0;
        while (*aux)[0] != 0 {
            if (*aux)[0] == libc::AT_SYSINFO_EHDR as usize {
                vdso = (*aux)[1];
            }
            aux = aux.add(1);
        }
        let m = FIRST.0.get();
        (*m).this = m;
        // The kernel's stack below what it put there serves as the first M's system stack.
        (*m).system_sp = (sp as usize - 64) & !15;
        arch::set_thread_pointer(m);
        arch::init_cpu();
        sys::vdso::init(vdso);
        osenv::init(argc, argv, envp);
        debug::init(envp);
        (*m).rng ^= sys::nanotime() as u64;
        let Ok(signal_stack) = sys::thread::alloc_stack(sys::thread::SIGNAL_STACK) else { crate::panic::throw("out of memory at start") };
        (*m).signal_stack = signal_stack;
        sched::init_thread(m);
        sched::signal::install();
        sched::proc::init(m);
        sched::world::init();
        sched::proc::start_main()
    }
}

#[panic_handler]
fn rust_panic(info: &core::panic::PanicInfo) -> ! {
    let _ = writeln!(debug::Err, "runtime: internal error: {info}");
    crate::panic::throw("internal error")
}
