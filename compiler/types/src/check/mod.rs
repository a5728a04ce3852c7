//! Checking one package: the checker's state, and the order of its phases.
//!
//! Names at package level are collected first and then resolved on demand, in any order. Function bodies
//! and checks that need complete types are put off ([`Checker::later`]) until the declaration that
//! asked for them is done. The current file, scope and function are in [`Env`].

mod assign;
mod builtin;
mod builtin_unsafe;
mod call;
mod conversion;
mod cycles;
mod decl;
mod directives;
mod expr;
mod expr_string;
mod hint;
mod implements;
mod index;
mod infer;
mod init_order;
mod literal;
mod mono;
mod operand;
mod range;
mod resolve;
mod returns;
mod selector;
mod signature;
mod stmt;
mod switch;
mod typexpr;
mod unify;
mod untyped;

use crate::constant::Value;
use crate::print::Qualifier;
use crate::{BodyInfo, Context, Info, Mode, ObjId, ObjKind, Object, Package, PackageId, ScopeId, Signature, TypeId};
use decl::DeclInfo;
pub use hint::nearest as nearest_name;
use operand::Operand;
use rustc_hash::{FxHashMap, FxHashSet};
use source::{Diagnostic, Diagnostics, Pos, Symbol};
use std::sync::Arc;
use syntax::ast::{self, Ast, ExprId, IdentId, StmtId};

/// How to check.
#[derive(Clone, Debug)]
pub struct Config {
    /// The module's language version.
    pub version: (u32, u32),
    /// Declarations only: for packages whose bodies nobody needs.
    pub ignore_func_bodies: bool,
    /// Function declarations may lack bodies everywhere (low-level packages).
    pub allow_missing_bodies: bool,
    /// The package is part of the standard library.
    pub is_std: bool,
    /// Predeclare `assert` and `trace`, as Go's own type checker tests expect.
    pub testing: bool,
}

impl Default for Config {
    fn default() -> Self {
        Config { version: (1, 27), ignore_func_bodies: false, allow_missing_bodies: true, is_std: false, testing: false }
    }
}

/// Checks the files of a package. `imports` gives the checked package of an import path; what it does not
/// know is reported ("could not import"). Errors are in the order found.
pub fn check_package(
    cx: &Context,
    path: &str,
    files: &[ast::File],
    imports: &dyn Fn(&str) -> Option<PackageId>,
    config: &Config,
) -> (PackageId, Diagnostics) {
    let universe = if config.testing { cx.universe_testing } else { cx.universe };
    let scope = cx.new_scope(universe);
    let name = files.iter().map(|f| f.ast.name(f.package)).find(|n| !n.is_empty()).unwrap_or(Symbol::EMPTY);
    let package = Package { path: path.into(), name, files: files.iter().map(|f| f.id).collect(), scope, ..Package::default() };
    cx.packages.borrow_mut().push(Arc::new(package.clone()));
    let pkg = PackageId(cx.packages.borrow().len() as u32 - 1);
    let mut checker = Checker {
        cx,
        files,
        config,
        imports,
        pkg,
        scope,
        info: files.iter().map(Info::new).collect(),
        diags: Diagnostics::default(),
        env: Env { scope, ..Env::default() },
        delayed: Vec::new(),
        decls: FxHashMap::default(),
        order: Vec::new(),
        colors: FxHashMap::default(),
        path: Vec::new(),
        methods: FxHashMap::default(),
        file_scopes: Vec::new(),
        import_objs: Vec::new(),
        dot_imports: FxHashMap::default(),
        shift_operands: FxHashSet::default(),
        bodies: Vec::new(),
        n_funcs: 0,
        imported: Vec::new(),
        mono: mono::Graph::default(),
        outer_tparams: Vec::new(),
        valid_types: FxHashSet::default(),
        invalid_types: FxHashSet::default(),
        cycle_heads: FxHashSet::default(),
        type_depth: 0,
        instance_pos: FxHashMap::default(),
        reported_cycles: FxHashSet::default(),
        partial_ok: None,
        partial_targs: FxHashMap::default(),
        locals: Vec::new(),
        size_errors: Vec::new(),
        call_pos: None,
        ok_pos: Pos::NONE,
        minmax_untyped: FxHashMap::default(),
    };
    checker.run();
    let init_order = checker.init_order();
    let mut imported = std::mem::take(&mut checker.imported);
    imported.sort_by_key(|&p| cx.package_path(p));
    imported.dedup();
    let package = Package { imports: imported, objects: checker.order.clone(), info: std::mem::take(&mut checker.info), init_order, ..package };
    cx.packages.borrow_mut()[pkg.0 as usize] = Arc::new(package);
    (pkg, checker.diags)
}

/// Stack that must be left before an expression or type is looked at: what walks over types and does not ask for more
/// itself has this much.
pub(crate) const STACK_RESERVE: usize = 1 << 20;
pub(crate) const STACK_SEGMENT: usize = 4 << 20;

type Action<'a> = Box<dyn FnOnce(&mut Checker<'a>) + 'a>;

/// Where we are.
#[derive(Clone, Default)]
pub(crate) struct Env {
    pub file: usize,
    pub scope: ScopeId,
    pub iota: Option<Value>,
    /// Errors in a repeated constant expression are reported at the constant's name.
    pub err_pos: Option<Pos>,
    pub in_tparam_list: bool,
    /// The signature of the function whose body this is.
    pub sig: Option<Arc<Signature>>,
    pub results: Arc<[ObjId]>,
    /// Set when an expression contains a call or receive (so `len(x)` is no constant).
    pub has_call_or_recv: bool,
    /// Whose declaration this is, for the dependencies of initialisers.
    pub decl: Option<ObjId>,
    /// The function's number; 0 outside of functions.
    pub func: u32,
    /// Index in [`Checker::bodies`] plus one; 0 outside of bodies.
    pub body: usize,
}

/// A function body being checked: numbers for captures.
pub(crate) struct Body {
    pub func: u32,
    pub parent: usize,
    pub info: BodyInfo,
}

pub(crate) struct Checker<'a> {
    pub cx: &'a Context,
    pub files: &'a [ast::File],
    pub config: &'a Config,
    pub imports: &'a dyn Fn(&str) -> Option<PackageId>,
    pub pkg: PackageId,
    pub scope: ScopeId,
    pub info: Vec<Info>,
    pub diags: Diagnostics,
    pub env: Env,
    delayed: Vec<Option<(Env, Action<'a>)>>,
    /// Package-level objects and methods: how they are declared.
    pub decls: FxHashMap<ObjId, DeclInfo>,
    pub order: Vec<ObjId>,
    pub colors: FxHashMap<ObjId, cycles::Color>,
    pub path: Vec<ObjId>,
    /// Methods by the type name that they are declared for, in source order.
    pub methods: FxHashMap<ObjId, Vec<ObjId>>,
    pub file_scopes: Vec<ScopeId>,
    pub import_objs: Vec<(usize, ast::DeclId, ObjId)>,
    /// (file scope, name) of dot-imported names to the import's object.
    pub dot_imports: FxHashMap<(ScopeId, Symbol), ObjId>,
    /// Left operands of non-constant shifts whose type is not known yet.
    pub shift_operands: FxHashSet<(usize, ExprId)>,
    pub bodies: Vec<Body>,
    pub n_funcs: u32,
    pub imported: Vec<PackageId>,
    pub mono: mono::Graph,
    /// Type parameters of the functions around.
    pub outer_tparams: Vec<TypeId>,
    pub valid_types: FxHashSet<TypeId>,
    pub invalid_types: FxHashSet<TypeId>,
    /// Those of them at which a cycle was found: of the others in the cycle more is still said.
    pub cycle_heads: FxHashSet<TypeId>,
    /// How many type expressions are around the one at hand.
    pub type_depth: u32,
    /// Where an instance was first written.
    pub instance_pos: FxHashMap<TypeId, Pos>,
    pub reported_cycles: FxHashSet<ObjId>,
    /// A partly instantiated function may stand here: it is an argument.
    pub partial_ok: Option<(usize, ExprId)>,
    /// Type arguments given for such functions.
    pub partial_targs: FxHashMap<(usize, ExprId), Vec<TypeId>>,
    /// Local variables of the functions being checked, to find unused ones.
    pub locals: Vec<ObjId>,
    /// Types too large to exist.
    pub size_errors: Vec<(Pos, String)>,
    /// The call whose function is being instantiated.
    pub call_pos: Option<Pos>,
    /// Where the `v, ok` form at hand stands.
    pub ok_pos: Pos,
    /// Calls of min and max whose type is not known yet, with their arguments.
    pub minmax_untyped: FxHashMap<(usize, ExprId), Vec<ExprId>>,
}

impl<'a> Checker<'a> {
    fn run(&mut self) {
        self.collect_objects();
        self.package_objects();
        self.process_delayed(0);
        if !self.config.ignore_func_bodies {
            self.unused_imports();
        }
        self.check_directives();
        self.finish_untyped();
        if !self.diags.has_errors() {
            self.report_instantiation_cycles();
        }
        // Found only when code is made: after everything else is right.
        if !self.diags.has_errors() {
            for (pos, text) in std::mem::take(&mut self.size_errors) {
                self.error_at(pos, text);
            }
        }
    }

    pub fn ast(&self) -> &'a Ast {
        &self.files[self.env.file].ast
    }
    pub fn file(&self) -> &'a ast::File {
        &self.files[self.env.file]
    }
    pub fn later(&mut self, action: impl FnOnce(&mut Checker<'a>) + 'a) {
        self.delayed.push(Some((self.env.clone(), Box::new(action))));
    }
    pub fn delayed_top(&self) -> usize {
        self.delayed.len()
    }
    /// Runs what was put off since `top`, and what that puts off.
    pub fn process_delayed(&mut self, top: usize) {
        let saved = self.env.clone();
        let mut i = top;
        while i < self.delayed.len() {
            if let Some((env, action)) = self.delayed[i].take() {
                self.env = env;
                stacker::maybe_grow(STACK_RESERVE, STACK_SEGMENT, || action(self));
            }
            i += 1;
        }
        self.delayed.truncate(top);
        self.env = saved;
    }

    // Positions.

    /// The first byte of an expression.
    pub fn start(&self, e: ExprId) -> Pos {
        self.file().pos(start_offset(self.ast(), e))
    }
    pub fn expr_pos(&self, e: ExprId) -> Pos {
        self.file().expr_pos(e)
    }
    pub fn stmt_pos(&self, s: StmtId) -> Pos {
        self.file().stmt_pos(s)
    }
    /// Position of a simple statement as messages show it: its first byte.
    pub fn stmt_start(&self, s: StmtId) -> Pos {
        use ast::Stmt;
        match self.ast()[s] {
            Stmt::Expr(e) | Stmt::Send { chan: e, .. } | Stmt::IncDec { operand: e, .. } => self.start(e),
            Stmt::Assign { lhs, .. } | Stmt::Define { lhs, .. } if !lhs.is_empty() => self.start(self.ast().nth(lhs, 0)),
            _ => self.stmt_pos(s),
        }
    }
    pub fn ident_pos(&self, id: IdentId) -> Pos {
        self.file().ident_pos(id)
    }
    pub fn pos_at(&self, offset: u32) -> Pos {
        self.file().pos(offset)
    }

    // Messages.

    pub fn error_at(&mut self, pos: Pos, text: impl Into<String>) {
        let text = text.into();
        self.push_error(Diagnostic::error(self.env.err_pos.unwrap_or(pos), text));
    }
    pub fn error(&mut self, e: ExprId, text: impl Into<String>) {
        self.error_at(self.start(e), text);
    }
    pub fn soft_error_at(&mut self, pos: Pos, text: impl Into<String>) {
        let mut d = Diagnostic::error(pos, text);
        d.soft = false;
        self.push_error(d);
    }
    pub fn push_error(&mut self, mut d: Diagnostic) {
        // What follows from an error already reported is not reported.
        if (d.text.contains("invalid operand") || d.text.contains("invalid type")) && self.diags.has_errors() {
            return;
        }
        if let Some(at) = d.text.find("requires go1.")
            && d.text[at..].contains("or later")
        {
            let (major, minor) = self.info[self.env.file].version;
            let how = if self.info[self.env.file].version != self.config.version {
                format!("file declares //go:build go{major}.{minor}")
            } else {
                format!("-lang was set to go{major}.{minor}; check go.mod")
            };
            d.text = format!("{} ({how})", d.text);
        }
        // The printer indents further lines by a tab of its own.
        if d.text.contains("\n\t") {
            d.text = d.text.replace("\n\t", "\n");
        }
        self.diags.push(d);
    }
    pub fn error_related(&mut self, pos: Pos, text: impl Into<String>, other: Pos, other_text: impl Into<String>) {
        let d = Diagnostic::error(pos, text);
        let d = if other.is_none() { d } else { d.with_related(other, other_text) };
        self.push_error(d);
    }
    pub fn ts(&self, t: TypeId) -> String {
        self.cx.type_string(t, self.pkg)
    }
    pub fn qualifier(&self) -> Qualifier {
        Qualifier::Relative(self.pkg)
    }

    /// Is the language version of the current file at least 1.`minor`?
    pub fn allows(&self, minor: u32) -> bool {
        self.info[self.env.file].version >= (1, minor)
    }
    /// Reports a feature that is newer than the file's language version.
    pub fn require_version(&mut self, pos: Pos, minor: u32, what: &str) -> bool {
        if self.allows(minor) {
            return true;
        }
        self.error_at(pos, format!("{what} requires go1.{minor} or later"));
        false
    }

    // Records.

    pub fn record(&mut self, e: ExprId, mode: Mode, ty: TypeId, val: Option<&Value>) {
        let info = &mut self.info[self.env.file];
        info.types[e.index()] = ty;
        info.modes[e.index()] = mode;
        match val {
            Some(v) if mode == Mode::Constant => {
                info.values.insert(e, v.clone());
            }
            _ => {
                info.values.remove(&e);
            }
        }
    }
    pub fn record_type_expr(&mut self, e: ExprId, ty: TypeId) {
        self.record(e, Mode::Type, ty, None);
    }
    pub fn record_def(&mut self, id: IdentId, obj: ObjId) {
        self.info[self.env.file].defs[id.index()] = obj;
    }
    pub fn record_use(&mut self, id: IdentId, obj: ObjId) {
        self.info[self.env.file].uses[id.index()] = obj;
    }
    pub fn mark_used(&mut self, obj: ObjId) {
        self.cx.edit_obj(obj, |o| o.used = true);
    }

    // Scopes.

    pub fn open_scope(&mut self) -> ScopeId {
        let saved = self.env.scope;
        self.env.scope = self.cx.new_scope(saved);
        saved
    }
    /// `saved` is what `open_scope` gave.
    pub fn close_scope(&mut self, saved: ScopeId) {
        self.env.scope = saved;
    }
    pub fn lookup(&self, name: Symbol) -> Option<(ScopeId, ObjId)> {
        let mut scope = self.env.scope;
        while scope != ScopeId::NONE {
            if let Some(obj) = self.cx.lookup(scope, name) {
                return Some((scope, obj));
            }
            scope = self.cx.parent_scope(scope);
        }
        None
    }
    pub fn new_object(&self, kind: ObjKind, name: Symbol, pos: Pos, ty: TypeId) -> ObjId {
        self.cx.new_obj(Object { kind, name, pos, ty, pkg: Some(self.pkg), parent: ScopeId::NONE, visible_from: 0, used: false })
    }
    /// Puts `obj` into `scope` under its name and notes that `ident` declares it. False (and reported): the name is taken.
    pub fn declare(&mut self, scope: ScopeId, ident: Option<IdentId>, obj: ObjId) -> bool {
        let (name, pos) = self.cx.with_obj(obj, |o| (o.name, o.pos));
        if !name.is_blank() && !name.is_empty() {
            if let Some(other) = self.cx.insert(scope, name, obj) {
                let other_pos = self.cx.obj_pos(other);
                self.error_related(pos, format!("{name} redeclared in this block"), other_pos, format!("other declaration of {name}"));
                return false;
            }
        }
        self.cx.edit_obj(obj, |o| {
            if o.parent == ScopeId::NONE {
                o.parent = scope;
            }
        });
        if let Some(ident) = ident {
            self.record_def(ident, obj);
        }
        true
    }
    pub fn is_universe(&self, obj: ObjId) -> bool {
        self.cx.obj_pkg(obj).is_none()
    }

    /// The value of the operand must be one value.
    pub fn single_value(&mut self, x: &mut Operand) {
        if x.mode == Mode::Value
            && let crate::Type::Tuple(params) = self.cx.ty(x.ty)
        {
            let _ = params;
            let text = format!("multiple-value {} in single-value context", self.describe(x));
            self.error(x.expr, text);
            x.mode = Mode::Invalid;
        }
    }
    /// The string of a string literal expression.
    pub fn literal_string(&self, e: ExprId) -> Option<Arc<[u8]>> {
        match self.ast()[e] {
            ast::Expr::Lit { kind: ast::LitKind::String, text } => Some(Arc::from(&syntax::literal::unquote_string(text.as_str())[..])),
            _ => None,
        }
    }
}

pub(crate) fn start_offset(ast: &Ast, mut e: ExprId) -> u32 {
    use ast::Expr;
    loop {
        e = match ast[e] {
            Expr::Composite { ty, .. } if ty.is_some() => ty,
            Expr::KeyValue { key, .. } => key,
            Expr::Selector { operand, .. } | Expr::Index { operand, .. } | Expr::Slice { operand, .. } => operand,
            Expr::Assert { operand, .. } | Expr::TypeGuard { operand } => operand,
            Expr::Call { func, .. } => func,
            Expr::Binary { lhs, .. } => lhs,
            Expr::Name(id) => return ast[id].offset,
            _ => return ast.expr_offsets[e.index()],
        };
    }
}
