//! The syntax tree of one file: nodes in vectors, named by dense ids; lists are ranges of one pool.
//!
//! Types are expressions, so that `f[int]` and `a[i]` need no look-ahead. Every node has a position: the
//! one that gc's messages use (the operator of a binary expression, the opening token of an index, call or
//! selector's operand start is found with [`Ast::start`]). The tree keeps no types: the checker's answers
//! live beside it, by id, in vectors of the same length.

use source::{FileId, Pos, Symbol};
use std::marker::PhantomData;
use std::ops::Index;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub struct $name(pub u32);
        impl $name {
            pub const NONE: $name = $name(u32::MAX);
            pub fn is_some(self) -> bool { self.0 != u32::MAX }
            pub fn is_none(self) -> bool { self.0 == u32::MAX }
            /// `None` for [`Self::NONE`].
            pub fn get(self) -> Option<$name> { self.is_some().then_some(self) }
            pub fn index(self) -> usize { self.0 as usize }
        }
        impl From<u32> for $name { fn from(n: u32) -> Self { $name(n) } }
        impl From<$name> for u32 { fn from(id: $name) -> u32 { id.0 } }
    };
}
id!(ExprId);
id!(StmtId);
id!(DeclId);
id!(/** A parameter, result, type parameter, struct field or interface element. */ FieldId);
id!(/** An identifier that declares or uses a name; also its position. */ IdentId);

/// A range of [`Ast::lists`] holding ids of one sort.
#[derive(Debug)]
pub struct List<T> {
    pub start: u32,
    pub len: u32,
    sort: PhantomData<T>,
}
impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for List<T> {}
impl<T> Default for List<T> {
    fn default() -> Self {
        List { start: 0, len: 0, sort: PhantomData }
    }
}
impl<T> List<T> {
    pub fn new(start: u32, len: u32) -> Self {
        List { start, len, sort: PhantomData }
    }
    pub fn is_empty(self) -> bool {
        self.len == 0
    }
    pub fn len(self) -> usize {
        self.len as usize
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ident {
    pub name: Symbol,
    /// Byte offset in the file.
    pub offset: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LitKind {
    Int,
    Float,
    Imaginary,
    Rune,
    String,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UnaryOp {
    Plus,
    Neg,
    /// `!`
    Not,
    /// `^`
    Complement,
    /// `&`
    Address,
    /// `<-`
    Receive,
    /// `~` in a constraint.
    Tilde,
}

/// Binary operators; also the operator of `x op= y`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BinaryOp {
    OrOr,
    AndAnd,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Add,
    Sub,
    /// `|`, also the union of constraint terms.
    Or,
    Xor,
    Mul,
    Div,
    Rem,
    And,
    AndNot,
    Shl,
    Shr,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ChanDir {
    Both,
    Send,
    Receive,
}

#[derive(Clone, Copy, Debug)]
pub enum Expr {
    /// What could not be parsed; an error was reported.
    Bad,
    Name(IdentId),
    /// `text` is the literal as written; strings are not yet unquoted.
    Lit {
        kind: LitKind,
        text: Symbol,
    },
    /// `T{...}`; `ty` is NONE where elided. Elements are expressions or `KeyValue`. `rbrace`: byte offset of `}`.
    Composite {
        ty: ExprId,
        elems: List<ExprId>,
        rbrace: u32,
    },
    KeyValue {
        key: ExprId,
        value: ExprId,
    },
    /// `ty` is a `FuncType`; `body` a `Block`.
    FuncLit {
        ty: ExprId,
        body: StmtId,
    },
    Paren(ExprId),
    Selector {
        operand: ExprId,
        name: IdentId,
    },
    /// `a[i]` or `f[T1, T2]`.
    Index {
        operand: ExprId,
        args: List<ExprId>,
    },
    /// `a[lo:hi:max]`; absent bounds are NONE. `three`: both colons are present.
    Slice {
        operand: ExprId,
        lo: ExprId,
        hi: ExprId,
        max: ExprId,
        three: bool,
    },
    /// `x.(T)`
    Assert {
        operand: ExprId,
        ty: ExprId,
    },
    /// `x.(type)`, only in a type switch guard.
    TypeGuard {
        operand: ExprId,
    },
    /// Also conversions. `spread`: `f(xs...)`. `rparen`: byte offset of `)`.
    Call {
        func: ExprId,
        args: List<ExprId>,
        spread: bool,
        rparen: u32,
    },
    Unary {
        op: UnaryOp,
        operand: ExprId,
    },
    Binary {
        op: BinaryOp,
        lhs: ExprId,
        rhs: ExprId,
    },
    /// `*x`: dereference or pointer type.
    Star(ExprId),
    /// `[len]elem`; `len` is NONE for `[...]elem`.
    ArrayType {
        len: ExprId,
        elem: ExprId,
    },
    SliceType {
        elem: ExprId,
    },
    StructType {
        fields: List<FieldId>,
    },
    /// Parameters, then results; a variadic last parameter has type `Ellipsis`.
    FuncType {
        params: List<FieldId>,
        results: List<FieldId>,
    },
    /// Methods (name, `FuncType`) and embedded elements (no name).
    InterfaceType {
        elems: List<FieldId>,
    },
    MapType {
        key: ExprId,
        value: ExprId,
    },
    ChanType {
        dir: ChanDir,
        elem: ExprId,
    },
    /// `...T` of a parameter; `elem` is NONE after an error.
    Ellipsis {
        elem: ExprId,
    },
}

/// One name with its type: `a, b int` makes two fields sharing the type expression.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// NONE: unnamed parameter or result, embedded field, embedded interface element.
    pub name: IdentId,
    pub ty: ExprId,
    /// Struct tag: a string literal expression, or NONE.
    pub tag: ExprId,
    /// `(T)` around an embedded field is an error of the parser, but `embedded` is set.
    pub embedded: bool,
    /// Byte offset of the field's first token.
    pub offset: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BranchKind {
    Break,
    Continue,
    Goto,
    Fallthrough,
}

#[derive(Clone, Copy, Debug)]
pub enum Stmt {
    Bad,
    Empty,
    Expr(ExprId),
    Send {
        chan: ExprId,
        value: ExprId,
    },
    /// `x++` (`Add`) or `x--` (`Sub`).
    IncDec {
        op: BinaryOp,
        operand: ExprId,
    },
    /// `lhs = rhs`; with `op`, one operand a side: `lhs op= rhs`.
    Assign {
        op: Option<BinaryOp>,
        lhs: List<ExprId>,
        rhs: List<ExprId>,
    },
    /// `lhs := rhs`; the parser has checked that lhs are names (else error and `Name(_)` or `Bad`).
    Define {
        lhs: List<ExprId>,
        rhs: List<ExprId>,
    },
    Decl(List<DeclId>),
    /// The operand is a call unless an error was reported.
    Go(ExprId),
    Defer(ExprId),
    Return(List<ExprId>),
    /// `label` may be NONE.
    Branch {
        kind: BranchKind,
        label: IdentId,
    },
    /// `rbrace`: byte offset of `}`.
    Block {
        stmts: List<StmtId>,
        rbrace: u32,
    },
    /// `els`: `Block`, `If` or NONE.
    If {
        init: StmtId,
        cond: ExprId,
        then: StmtId,
        els: StmtId,
    },
    /// Expression switch. `tag` may be NONE. Clauses are `Case`.
    Switch {
        init: StmtId,
        tag: ExprId,
        clauses: List<StmtId>,
        rbrace: u32,
    },
    /// `switch init; name := operand.(type)`; `name` may be NONE.
    TypeSwitch {
        init: StmtId,
        name: IdentId,
        operand: ExprId,
        clauses: List<StmtId>,
        rbrace: u32,
    },
    /// Clauses are `Comm`.
    Select {
        clauses: List<StmtId>,
        rbrace: u32,
    },
    /// `cond` NONE: forever.
    For {
        init: StmtId,
        cond: ExprId,
        post: StmtId,
        body: StmtId,
    },
    /// `for key, value := range operand`; `define` tells `:=` from `=`. key and value may be NONE. `extra`: a third
    /// variable, which is an error.
    Range {
        key: ExprId,
        value: ExprId,
        extra: ExprId,
        define: bool,
        operand: ExprId,
        body: StmtId,
    },
    /// `case exprs:`; `default` has `is_default` and no expressions. `colon`: byte offset of `:`.
    Case {
        exprs: List<ExprId>,
        is_default: bool,
        body: List<StmtId>,
        colon: u32,
    },
    /// `case comm:` of a select; NONE for `default`. `comm` is `Send`, `Expr`, `Assign` or `Define`.
    Comm {
        comm: StmtId,
        body: List<StmtId>,
        colon: u32,
    },
    Labeled {
        label: IdentId,
        stmt: StmtId,
    },
}

/// A `//go:` directive that stands before a declaration, or a `//go:embed` line: text after `//`, without line end.
#[derive(Clone, Debug)]
pub struct Pragma {
    pub text: Symbol,
    pub offset: u32,
}

#[derive(Clone, Copy, Debug)]
pub enum Decl {
    Bad,
    /// `name`: EMPTY ident (NONE), `_`, `.` ([`Symbol::DOT`]) or a name. `path` is a string literal expression.
    Import {
        name: IdentId,
        path: ExprId,
    },
    /// One spec. `iota` is its index in the group. Implicit repetition: `ty` and `values` are those of the
    /// spec `repeats` (itself if they are written here).
    Const {
        names: List<IdentId>,
        ty: ExprId,
        values: List<ExprId>,
        iota: u32,
        repeats: DeclId,
    },
    Var {
        names: List<IdentId>,
        ty: ExprId,
        values: List<ExprId>,
    },
    Type {
        name: IdentId,
        type_params: List<FieldId>,
        is_alias: bool,
        ty: ExprId,
    },
    /// `recv`: empty or one field (more only after an error). `ty` is a `FuncType`. `body` NONE: no body.
    Func {
        name: IdentId,
        recv: List<FieldId>,
        type_params: List<FieldId>,
        ty: ExprId,
        body: StmtId,
    },
}

/// The arenas of one file.
#[derive(Debug, Default)]
pub struct Ast {
    pub exprs: Vec<Expr>,
    /// Byte offsets, parallel to `exprs`.
    pub expr_offsets: Vec<u32>,
    pub stmts: Vec<Stmt>,
    pub stmt_offsets: Vec<u32>,
    pub decls: Vec<Decl>,
    pub decl_offsets: Vec<u32>,
    pub fields: Vec<Field>,
    pub idents: Vec<Ident>,
    pub lists: Vec<u32>,
}

impl Index<ExprId> for Ast {
    type Output = Expr;
    fn index(&self, id: ExprId) -> &Expr {
        &self.exprs[id.index()]
    }
}
impl Index<StmtId> for Ast {
    type Output = Stmt;
    fn index(&self, id: StmtId) -> &Stmt {
        &self.stmts[id.index()]
    }
}
impl Index<DeclId> for Ast {
    type Output = Decl;
    fn index(&self, id: DeclId) -> &Decl {
        &self.decls[id.index()]
    }
}
impl Index<FieldId> for Ast {
    type Output = Field;
    fn index(&self, id: FieldId) -> &Field {
        &self.fields[id.index()]
    }
}
impl Index<IdentId> for Ast {
    type Output = Ident;
    fn index(&self, id: IdentId) -> &Ident {
        &self.idents[id.index()]
    }
}

impl Ast {
    /// The ids of a list, in source order.
    pub fn list<T: From<u32>>(&self, list: List<T>) -> impl DoubleEndedIterator<Item = T> + ExactSizeIterator + '_ {
        self.lists[list.start as usize..(list.start + list.len) as usize].iter().map(|&n| T::from(n))
    }

    pub fn nth<T: From<u32>>(&self, list: List<T>, n: usize) -> T {
        assert!(n < list.len());
        T::from(self.lists[list.start as usize + n])
    }

    /// Name of an identifier; [`Symbol::EMPTY`] for NONE.
    pub fn name(&self, ident: IdentId) -> Symbol {
        ident.get().map_or(Symbol::EMPTY, |id| self[id].name)
    }

    /// Byte offset of the first token of an expression: its own position may be that of an operator inside.
    pub fn start(&self, mut expr: ExprId) -> u32 {
        loop {
            expr = match self[expr] {
                Expr::Composite { ty: first, .. }
                | Expr::KeyValue { key: first, .. }
                | Expr::Selector { operand: first, .. }
                | Expr::Index { operand: first, .. }
                | Expr::Slice { operand: first, .. }
                | Expr::Assert { operand: first, .. }
                | Expr::TypeGuard { operand: first }
                | Expr::Call { func: first, .. }
                | Expr::Binary { lhs: first, .. }
                    if first.is_some() =>
                {
                    first
                }
                _ => return self.expr_offsets[expr.index()],
            }
        }
    }

    /// The expression without parentheses around it.
    pub fn unparen(&self, mut expr: ExprId) -> ExprId {
        while let Expr::Paren(inner) = self[expr] {
            expr = inner;
        }
        expr
    }
}

/// A parsed file.
#[derive(Debug)]
pub struct File {
    pub id: FileId,
    pub ast: Ast,
    /// NONE after an error in the package clause.
    pub package: IdentId,
    pub decls: Vec<DeclId>,
    /// The scanner found errors: literals may be malformed ([`crate::is_malformed_literal`]).
    pub has_lexical_errors: bool,
    /// `//go:build` line before the package clause (text after `//go:build `), if any.
    pub build_constraint: Option<Symbol>,
    /// `//go:` directives in source order (`go:noinline`, `go:linkname a b`, `go:embed ...`): those written
    /// directly before a declaration are found with [`File::pragmas_of`].
    pub pragmas: Vec<Pragma>,
    /// For each declaration with pragmas: its id and the range in `pragmas`.
    pub decl_pragmas: Vec<(DeclId, std::ops::Range<u32>)>,
}

impl File {
    pub fn pos(&self, offset: u32) -> Pos {
        Pos { file: self.id, offset }
    }
    pub fn expr_pos(&self, id: ExprId) -> Pos {
        self.pos(self.ast.expr_offsets[id.index()])
    }
    pub fn stmt_pos(&self, id: StmtId) -> Pos {
        self.pos(self.ast.stmt_offsets[id.index()])
    }
    pub fn decl_pos(&self, id: DeclId) -> Pos {
        self.pos(self.ast.decl_offsets[id.index()])
    }
    pub fn ident_pos(&self, id: IdentId) -> Pos {
        self.pos(self.ast[id].offset)
    }
    pub fn field_pos(&self, id: FieldId) -> Pos {
        self.pos(self.ast[id].offset)
    }
    pub fn pragmas_of(&self, decl: DeclId) -> &[Pragma] {
        match self.decl_pragmas.iter().find(|(d, _)| *d == decl) {
            Some((_, range)) => &self.pragmas[range.start as usize..range.end as usize],
            None => &[],
        }
    }
}
