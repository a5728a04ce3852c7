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
    use std::collections::BTreeSet;
    use std::string::{String, ToString};

    /// Every `std_entry!` of the sources, and every entry of `abi::rt`, is where the other side looks for it.
    #[test]
    fn tables_of_entries_agree_with_the_sources() {
        fn walk(dir: &std::path::Path, text: &mut String) {
            for e in std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()) {
                if e.is_dir() {
                    walk(&e, text);
                } else {
                    text.push_str(&std::fs::read_to_string(e).unwrap());
                }
            }
        }
        let mut text = String::new();
        walk(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut text);
        // However the formatter broke the lines: the symbol comes right after the parenthesis.
        for _ in 0..8 {
            text = text.replace("entry!( ", "entry!(").replace("entry!(\n", "entry!(");
        }
        let symbols = |start: &str| -> BTreeSet<String> {
            text.split(start).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_string).filter(|s| !s.contains("test")).collect()
        };
        let mut found = symbols("std_entry!(\"");
        // Defined as another name of the panic loop.
        found.insert("runtime.Goexit".into());
        found.retain(|s| s.contains('.') && !s.contains("Semacquire\\"));
        let listed: BTreeSet<String> = abi::std_entries::STD_ENTRIES.iter().map(|s| s.to_string()).collect();
        let missing: Vec<_> = found.difference(&listed).collect();
        // Some are given to a macro that makes several of them at once.
        let undefined: Vec<_> =
            listed.iter().filter(|s| !text.contains(&std::format!("\"{s}\"")) && !text.contains(&std::format!("\\\"{s}\\\""))).collect();
        assert!(missing.is_empty() && undefined.is_empty(), "not in abi::std_entries: {missing:#?}; not in the runtime: {undefined:#?}");
        for entry in abi::rt::ENTRIES {
            let in_assembly = text.contains(&std::format!(".globl {}\n", entry.symbol)) || text.contains(&std::format!("fn {}(", entry.symbol));
            assert!(in_assembly || text.contains(&std::format!("entry!(\"{}\"", entry.symbol)), "{} is nowhere", entry.symbol);
        }
    }

    use std::vec::Vec;

    // The forms that entries have must expand and assemble.
    entry!(
        "gorc_test_pair",
        fn test_pair(a: usize, b: *const u8) -> super::Pair {
            super::pair(a, b as usize)
        }
    );
    entry!(
        "gorc_test_diverges",
        fn test_diverges() -> ! {
            panic!("never called")
        }
    );
    std_entry!(
        "internal/poll.gorc_test",
        fn test_std(block: *mut u64) {
            // SAFETY: the test's word.
            unsafe { *block = 7 }
        }
    );

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
