//! How Rust functions become runtime entries.
//!
//! `entry!` defines the symbol of `abi::rt` that compiled code calls (a thunk into [`crate::arch`]'s `gorc_enter`) and the Rust function
//! behind it. `std_entry!` does the same for a bodyless Go function: the symbol is import path `.` name, the one argument is the
//! address of the block of parameters and results.
//!
//! What holds inside such a function:
//! * it runs on the M's system stack; `sched::getg()` is the calling G, its registers and position are saved in `sched_*`;
//! * the collector never runs while it runs (it stops goroutines only at stack checks, when they park, in system calls, and when an entry returns):
//!   heap pointers in Rust locals are safe until the function returns, also over allocations;
//! * results are scanned conservatively when the goroutine is stopped on return;
//! * it may leave by `sched::park(..)`, `panic::raise(..)` or `panic::throw(..)`; all three abandon the Rust frames, so nothing on them may need dropping
//!   and no lock may be held.

/// `entry!("gorc_name", fn name(a: A, b: B) -> R { .. });` parameters are words; a result pair is a [`Pair`].
#[macro_export]
macro_rules! entry {
    ($(#[$meta:meta])* $symbol:literal, fn $name:ident($($arg:ident: $ty:ty),* $(,)?) $(-> $ret:ty)? $body:block) => {
        $(#[$meta])*
        /// # Safety
        /// Called by compiled code only, with what `abi::rt` says.
        pub unsafe extern "C" fn $name($($arg: $ty),*) $(-> $ret)? $body
        $crate::entry_thunk!($symbol, $name);
    };
}

/// `std_entry!("sync.runtime_Semacquire", fn semacquire(block: *mut SemacquireBlock) { .. });`
#[macro_export]
macro_rules! std_entry {
    ($(#[$meta:meta])* $symbol:literal, fn $name:ident($arg:ident: $ty:ty) $body:block) => {
        $(#[$meta])*
        /// # Safety
        /// Called by compiled code only, with the address of a block as `docs/STDCONTRACT.md` says.
        pub unsafe extern "C" fn $name($arg: $ty) $body
        $crate::entry_thunk!($symbol, $name);
    };
}

#[cfg(target_arch = "x86_64")]
#[macro_export]
#[doc(hidden)]
macro_rules! entry_thunk {
    ($symbol:literal, $name:ident) => {
        core::arch::global_asm!(
            concat!(".section \".text.", $symbol, "\",\"ax\",@progbits"),
            concat!(".globl \"", $symbol, "\""),
            concat!(".type \"", $symbol, "\",@function"),
            concat!("\"", $symbol, "\":"),
            "lea rax, [rip + {f}]",
            "jmp gorc_enter",
            concat!(".size \"", $symbol, "\", .-\"", $symbol, "\""),
            ".text",
            f = sym $name,
        );
    };
}

#[cfg(target_arch = "aarch64")]
#[macro_export]
#[doc(hidden)]
macro_rules! entry_thunk {
    ($symbol:literal, $name:ident) => {
        core::arch::global_asm!(
            concat!(".section \".text.", $symbol, "\",\"ax\",@progbits"),
            concat!(".globl \"", $symbol, "\""),
            concat!(".type \"", $symbol, "\",@function"),
            concat!("\"", $symbol, "\":"),
            "adrp x16, {f}",
            "add x16, x16, :lo12:{f}",
            "b gorc_enter",
            concat!(".size \"", $symbol, "\", .-\"", $symbol, "\""),
            ".text",
            f = sym $name,
        );
    };
}

/// Two result words.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    pub a: usize,
    pub b: usize,
}

pub const fn pair(a: usize, b: usize) -> Pair {
    Pair { a, b }
}

#[cfg(test)]
mod tests {
    // The forms that entries have must expand and assemble.
    entry!("gorc_test_pair", fn test_pair(a: usize, b: *const u8) -> super::Pair { super::pair(a, b as usize) });
    entry!("gorc_test_diverges", fn test_diverges() -> ! { loop {} });
    std_entry!("internal/poll.gorc_test", fn test_std(block: *mut u64) {
        // SAFETY: the test's word.
        unsafe { *block = 7 }
    });

    #[test]
    fn entries_are_ordinary_functions_too() {
        let mut word = 0u64;
        // SAFETY: as above.
        unsafe {
            test_std(&mut word);
            assert_eq!(test_pair(1, core::ptr::null()), super::pair(1, 0));
        }
        assert_eq!(word, 7);
        let _: unsafe extern "C" fn() -> ! = test_diverges;
    }
}
