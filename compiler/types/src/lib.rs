//! The type checker.
//!
//! In: the files of one package and the packages it imports. Out: a [`Package`] in the [`Context`], with one
//! [`Info`] per file, and diagnostics in gc's wording. Holds: the syntax tree is not changed, the answers lie
//! beside it by id; all errors are collected, none stops the check; after a check without errors every
//! expression has a type, every constant a value, every name an object. Does not: read files, resolve
//! import paths, sort or print messages, know how anything is compiled.

#![forbid(unsafe_code)]

mod canonical;
mod check;
pub mod constant;
mod context;
mod float;
mod identical;
mod info;
mod lookup;
mod object;
mod predicates;
mod print;
pub mod sizes;
mod subst;
mod types;
mod typeset;
mod universe;

pub use check::{Config, check_package, nearest_name};
pub use constant::Value;
pub use context::{Context, Initializer, Package, PackageId, is_exported};
pub use info::{BodyInfo, Embed, EmbedKind, Info, Mode};
pub use lookup::{MethodEntry, Selection, SelectionKind, Step};
pub use object::{Builtin, FuncInfo, ObjId, ObjKind, Object, Recv, StmtUse, VarInfo, VarKind};
pub use types::*;

/// A block of names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ScopeId(pub u32);
impl ScopeId {
    pub const NONE: ScopeId = ScopeId(u32::MAX);
}
impl Default for ScopeId {
    fn default() -> Self {
        ScopeId::NONE
    }
}

/// A generic function or type with its arguments.
#[derive(Clone, Debug)]
pub struct Instance {
    pub targs: std::sync::Arc<[TypeId]>,
    /// The instantiated signature or type.
    pub ty: TypeId,
}
