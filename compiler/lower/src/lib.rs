//! From checked packages to IR: the whole program at once.
//!
//! In: a checker's [`types::Context`], its packages in initialisation order, their files. Out: an [`ir::Module`]
//! with every function reachable from `go.main`, all generics instantiated, and all data. Holds: evaluation order
//! is explicit, no untyped constants, no type parameters; what is not supported yet is a positioned error. Does
//! not: decide where variables live, optimise, or know machine code.
//!
//! One file per construct; `func.rs` documents the interface they share, `program.rs` the worklist.

#![forbid(unsafe_code)]

mod abi_sig;
mod assign;
mod builtin;
mod call;
mod chan;
mod closure;
mod compare;
mod constant;
mod convert;
mod defer;
mod desc;
mod embed;
mod emit;
mod expr;
mod func;
mod go;
mod iface;
mod init;
mod intrinsics;
mod linkname;
mod literal;
mod map;
mod method;
mod print;
mod program;
mod query;
mod range;
mod range_func;
mod select;
mod slice;
mod stmt;
mod string;
mod switch;
mod ty;

pub use embed::Embedded;
pub(crate) use program::Program;
pub use program::{Input, Options, lower};
