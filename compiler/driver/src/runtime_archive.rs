//! The runtime's static archives, built by `build.rs` and part of the compiler: a program is linked with nothing from outside.

/// For x86-64 Linux.
pub const RUNTIME_X86_64: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/libruntime-x86_64.a"));
/// For aarch64 Linux; empty if this compiler was built without that target's core library.
pub const RUNTIME_AARCH64: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/libruntime-aarch64.a"));
