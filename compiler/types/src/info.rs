//! What the checker found out about one file, beside its syntax tree: by the tree's ids.

use crate::{Instance, ObjId, Selection, TypeId, constant::Value};
use rustc_hash::FxHashMap;
use source::{Pos, Symbol};
use syntax::ast::{self, DeclId, ExprId, IdentId, StmtId};

/// What an expression is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// Not checked, or wrong.
    #[default]
    Invalid,
    /// A call without result.
    NoValue,
    Builtin,
    Type,
    /// [`Info::value`] has the value.
    Constant,
    /// Addressable.
    Variable,
    /// `m[k]`: assignable, not addressable, also usable as `v, ok`.
    MapIndex,
    Value,
    /// The value `nil`.
    Nil,
    /// A receive or a type assertion: also usable as `v, ok`.
    CommaOk,
}

/// Facts about the body of a function or function literal.
#[derive(Clone, Debug, Default)]
pub struct BodyInfo {
    /// NONE if there is no receiver.
    pub recv: Option<ObjId>,
    /// One object for each parameter, also for unnamed and blank ones.
    pub params: Vec<ObjId>,
    pub results: Vec<ObjId>,
    pub has_defer: bool,
    /// Calls `recover()` itself.
    pub has_recover: bool,
    pub has_labels: bool,
    /// Variables of the functions around it that it (or a literal in it) uses, in order of first use.
    pub captures: Vec<ObjId>,
}

/// What a `//go:embed` variable holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EmbedKind {
    /// One file, in a string.
    String,
    /// One file, in a slice of bytes.
    Bytes,
    /// An `embed.FS`.
    Files,
}

/// A package-level variable with a `//go:embed` directive.
#[derive(Clone, Debug)]
pub struct Embed {
    pub var: ObjId,
    pub kind: EmbedKind,
    /// As written, with the position of each.
    pub patterns: Vec<(Symbol, Pos)>,
}

/// An implicit conversion is not recorded: an untyped operand has the type it was converted to.
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// By `ExprId`. NONE for what has no type of its own (a key of a struct literal, a package name).
    pub types: Vec<TypeId>,
    pub modes: Vec<Mode>,
    pub values: FxHashMap<ExprId, Value>,
    /// By `IdentId`; NONE where the identifier does not declare (or use) an object.
    pub defs: Vec<ObjId>,
    pub uses: Vec<ObjId>,
    /// For `x.f` that is a field, method value or method expression (not `pkg.Name`).
    pub selections: FxHashMap<ExprId, Selection>,
    /// By the identifier that names a generic function or type: its type arguments.
    pub instances: FxHashMap<IdentId, Instance>,
    /// The variable that a type switch clause declares.
    pub clause_vars: FxHashMap<StmtId, ObjId>,
    pub func_bodies: FxHashMap<DeclId, BodyInfo>,
    /// By the `FuncLit` expression.
    pub lit_bodies: FxHashMap<ExprId, BodyInfo>,
    /// By the `Range` statement over a function: its body is a function of its own (`params` are empty; see
    /// the key and value expressions).
    pub range_bodies: FxHashMap<StmtId, BodyInfo>,
    /// Targets of a `v, ok` form: the operand expression of `v, ok = m[k]`, `<-c`, `x.(T)`.
    pub comma_ok: FxHashMap<ExprId, bool>,
    /// For each key of a struct literal that names a field: the path to it (one index unless promoted).
    pub literal_fields: FxHashMap<ExprId, Vec<u32>>,
    /// Imports in source order: the path and the declaration.
    pub imports: Vec<(Symbol, DeclId)>,
    /// `//go:embed` variables of the file, checked but for the files themselves.
    pub embeds: Vec<Embed>,
    /// `1.27` as (1, 27): what `//go:build go1.N` or the module asked for.
    pub version: (u32, u32),
}

impl Info {
    pub fn new(file: &ast::File) -> Info {
        let (n_exprs, n_idents) = (file.ast.exprs.len(), file.ast.idents.len());
        Info {
            types: vec![TypeId::NONE; n_exprs],
            modes: vec![Mode::Invalid; n_exprs],
            defs: vec![ObjId::NONE; n_idents],
            uses: vec![ObjId::NONE; n_idents],
            ..Info::default()
        }
    }

    pub fn type_of(&self, expr: ExprId) -> TypeId {
        self.types[expr.index()]
    }
    pub fn mode_of(&self, expr: ExprId) -> Mode {
        self.modes[expr.index()]
    }
    /// The value of a constant expression, already converted to its type.
    pub fn value(&self, expr: ExprId) -> Option<&Value> {
        self.values.get(&expr)
    }
    /// The object an identifier declares or uses.
    pub fn object(&self, ident: IdentId) -> Option<ObjId> {
        self.defs[ident.index()].get().or(self.uses[ident.index()].get())
    }
}
