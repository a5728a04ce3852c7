//! The intermediate representation: typed SSA with block parameters, after instantiation (DESIGN D5).
//!
//! In: what `lower` builds or what the parser reads. Out: [`Module`]s for `opt` and `codegen`. Holds: what
//! [`verify`](crate::verify) checks. Knows layouts and pointer maps, not Go types and not the syntax tree.
//! `docs/IR.md` describes every instruction.

#![forbid(unsafe_code)]

mod entities;
mod function;
mod inst;
mod module;

pub use entities::*;
pub use function::*;
pub use inst::*;
pub use module::*;
mod cfg;
pub mod parse;
pub mod print;
pub mod verify;

pub use cfg::Cfg;
