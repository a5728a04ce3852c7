//! Objects: what names stand for.

use crate::{PackageId, ScopeId, TypeId, constant::Value};
use source::{Pos, Symbol};
use std::sync::Arc;
use syntax::ast::DeclId;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ObjId(pub u32);

impl ObjId {
    pub const NONE: ObjId = ObjId(u32::MAX);
    pub fn is_some(self) -> bool {
        self != ObjId::NONE
    }
    pub fn get(self) -> Option<ObjId> {
        self.is_some().then_some(self)
    }
}

#[derive(Clone, Debug)]
pub struct Object {
    pub kind: ObjKind,
    pub name: Symbol,
    pub pos: Pos,
    /// NONE until the declaration was checked.
    pub ty: TypeId,
    /// `None` for the universe's objects.
    pub pkg: Option<PackageId>,
    pub parent: ScopeId,
    /// From this byte of the file on a local name is visible.
    pub visible_from: u32,
    /// The name was used somewhere (variables, imports, labels).
    pub used: bool,
}

#[derive(Clone, Debug)]
pub enum ObjKind {
    Var(VarInfo),
    Const(Option<Value>),
    TypeName,
    Func(Arc<FuncInfo>),
    PkgName(PackageId),
    Builtin(Builtin),
    Nil,
    Label,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VarKind {
    Package,
    Local,
    Param,
    Result,
    Receiver,
}

#[derive(Clone, Copy, Debug)]
pub struct VarInfo {
    pub kind: VarKind,
    /// Used inside a function literal (or the body of a range over a function) nested in the declaring function.
    pub captured: bool,
    /// `&v`, `v.ptrMethod()`, `v[:]` of an array: its address may be taken.
    pub address_taken: bool,
    /// Assigned to after its declaration (also `v++`, `range` without `:=`, a field or element of it).
    pub reassigned: bool,
    /// Which function declares it (numbers are per package; 0 for package level).
    pub func: u32,
}

#[derive(Clone, Debug)]
pub struct FuncInfo {
    /// Index in the package's files and the declaration in it.
    pub file: u32,
    pub decl: DeclId,
    /// The receiver's base type (an origin) and whether the receiver is a pointer to it.
    pub recv: Option<Recv>,
    pub has_body: bool,
}

#[derive(Clone, Debug)]
pub struct Recv {
    /// The defined type; INVALID after an error.
    pub base: TypeId,
    pub pointer: bool,
    /// The receiver's own names for the base's type parameters: `func (x *G[P]) m()`.
    pub tparams: Arc<[TypeId]>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Builtin {
    Append,
    Cap,
    Clear,
    Close,
    Complex,
    Copy,
    Delete,
    Imag,
    Len,
    Make,
    Max,
    Min,
    New,
    Panic,
    Print,
    Println,
    Real,
    Recover,
    Add,
    Alignof,
    Offsetof,
    Sizeof,
    Slice,
    SliceData,
    String,
    StringData,
    /// Test support of the checker's own tests: `assert(cond)`, only with [`crate::Config::testing`].
    Assert,
    /// Likewise: `trace(x, ...)`.
    Trace,
}

impl Builtin {
    /// Name, least number of arguments, whether more are allowed, whether a call may stand as a statement.
    pub fn signature(self) -> (&'static str, usize, bool, StmtUse) {
        use StmtUse::*;
        match self {
            Builtin::Append => ("append", 1, true, Value),
            Builtin::Cap => ("cap", 1, false, Value),
            Builtin::Clear => ("clear", 1, false, Statement),
            Builtin::Close => ("close", 1, false, Statement),
            Builtin::Complex => ("complex", 2, false, Value),
            Builtin::Copy => ("copy", 2, false, Statement),
            Builtin::Delete => ("delete", 2, false, Statement),
            Builtin::Imag => ("imag", 1, false, Value),
            Builtin::Len => ("len", 1, false, Value),
            Builtin::Make => ("make", 1, true, Value),
            Builtin::Max => ("max", 1, true, Value),
            Builtin::Min => ("min", 1, true, Value),
            Builtin::New => ("new", 1, false, Value),
            Builtin::Panic => ("panic", 1, false, Statement),
            Builtin::Print => ("print", 0, true, Statement),
            Builtin::Println => ("println", 0, true, Statement),
            Builtin::Real => ("real", 1, false, Value),
            Builtin::Recover => ("recover", 0, false, Statement),
            Builtin::Add => ("Add", 2, false, Value),
            Builtin::Alignof => ("Alignof", 1, false, Value),
            Builtin::Offsetof => ("Offsetof", 1, false, Value),
            Builtin::Sizeof => ("Sizeof", 1, false, Value),
            Builtin::Slice => ("Slice", 2, false, Value),
            Builtin::SliceData => ("SliceData", 1, false, Value),
            Builtin::String => ("String", 2, false, Value),
            Builtin::StringData => ("StringData", 1, false, Value),
            Builtin::Assert => ("assert", 1, false, Statement),
            Builtin::Trace => ("trace", 0, true, Value),
        }
    }

    pub fn is_unsafe(self) -> bool {
        self >= Builtin::Add && self <= Builtin::StringData
    }

    pub const UNIVERSE: [Builtin; 18] = [
        Builtin::Append,
        Builtin::Cap,
        Builtin::Clear,
        Builtin::Close,
        Builtin::Complex,
        Builtin::Copy,
        Builtin::Delete,
        Builtin::Imag,
        Builtin::Len,
        Builtin::Make,
        Builtin::Max,
        Builtin::Min,
        Builtin::New,
        Builtin::Panic,
        Builtin::Print,
        Builtin::Println,
        Builtin::Real,
        Builtin::Recover,
    ];
    pub const UNSAFE: [Builtin; 8] = [
        Builtin::Add,
        Builtin::Alignof,
        Builtin::Offsetof,
        Builtin::Sizeof,
        Builtin::Slice,
        Builtin::SliceData,
        Builtin::String,
        Builtin::StringData,
    ];
}
impl PartialOrd for Builtin {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        (*self as u8).partial_cmp(&(*other as u8))
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StmtUse {
    Statement,
    Value,
}
