//! The contract between compiled code and the runtime: layouts, runtime entries, table formats.
//! `docs/ABI.md` is its prose. Depends on nothing and does nothing: constants and `repr(C)` structs only,
//! written once and used by `codegen`, `lower` and `runtime`.

#![no_std]
#![forbid(unsafe_code)]

pub mod g;
pub mod raise;
pub mod rt;
pub mod sizeclass;
pub mod stack;
pub mod std_entries;
pub mod tables;
pub mod typedesc;
