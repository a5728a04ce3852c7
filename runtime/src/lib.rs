//! The runtime: linked into every Go program as a static archive. Of our crates it knows `abi` only.
//!
//! ```text
//! entry/      _start, Rust's own allocator, panic handler          (feature `entry`)
//! macros.rs   entry!, std_entry!: how a Rust function becomes callable from compiled code; the rules for such functions
//! arch/       the only assembly: entries, context switch, morestack, panic loop, memory functions; one file per CPU
//! sys/        the only system calls: mmap, futex, clone, signals, clocks
//! sync.rs     the runtime's own lock
//! sched/      G, M, P, run queues, park and ready, stop-the-world, sysmon, timers
//! stack/      stacks: allocation, growth by copying, tables of compiled code, frame walking
//! poll/       epoll, behind internal/poll's services
//! chan, select, sema, panic, traceback, syscall, osenv, debug
//! entries.rs  entries of the Go heap, maps, strings, interfaces, printing
//! gc/         the Go heap: allocation, collection
//! map, string, slice, iface, typedesc, print, hash
//! ```
//!
//! Rules that all modules rely on:
//! * Rust code never runs on a goroutine stack; a goroutine that left compiled code is complete in its G.
//! * A stack moves, and the collector looks at a goroutine, only when it is stopped: at a stack check, parked, in a system call, or when an entry returns
//!   (`sched::safepoint`). So a Rust function between entry and return sees neither happen.
//! * Memory outside the Go heap holds no heap pointer unless `sched::roots` or `stack::scan` names it.

#![no_std]
// One word of memory is a `usize` here: only 64-bit targets exist.
#![allow(clippy::missing_safety_doc)]
// Pointers to our own structs cross the assembly, which looks into G only.
#![allow(improper_ctypes, improper_ctypes_definitions)]

#[cfg(test)]
extern crate std;

extern crate alloc;

#[macro_use]
pub mod macros;

pub mod arch;
pub mod cgroup;
pub mod chan;
pub mod debug;
pub mod entries;
#[cfg(feature = "entry")]
pub mod entry;
pub mod exec;
pub mod finalizer;
pub mod gc;
pub mod hash;
pub mod host;
pub mod iface;
pub mod map;
pub mod memstats;
pub mod osenv;
pub mod panic;
pub mod poll;
pub mod print;
pub mod profile;
pub mod reflect_call;
pub mod reflect_entries;
pub mod sched;
pub mod select;
pub mod sema;
pub mod settings;
pub mod slice;
pub mod stack;
pub mod string;
pub mod sync;
pub mod sys;
pub mod syscall;
pub mod traceback;
pub mod typedesc;
