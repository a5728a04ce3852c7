//! Collecting the package-level names of all files, and imports.

use super::Checker;
use super::decl::{DeclInfo, DeclKind};
use crate::{FuncInfo, ObjId, ObjKind, PackageId, ScopeId, TypeId, VarInfo, VarKind, is_exported};
use rustc_hash::FxHashMap;
use source::Symbol;
use std::sync::Arc;
use syntax::ast::{Decl, DeclId, Expr, ExprId, IdentId};

impl Checker<'_> {
    pub fn collect_objects(&mut self) {
        let files = self.files;
        let mut methods: Vec<(usize, DeclId, ObjId)> = Vec::new();
        let mut seen_imports: FxHashMap<PackageId, ()> = FxHashMap::default();
        for (n, file) in files.iter().enumerate() {
            self.env.file = n;
            self.info[n].version = self.file_version(n);
            let scope = self.cx.new_scope(self.scope);
            self.file_scopes.push(scope);
            self.env.scope = scope;
            if file.ast.name(file.package).is_blank() {
                self.error_at(file.ident_pos(file.package), "invalid package name _");
            }
            for &decl in &file.decls {
                match file.ast[decl] {
                    Decl::Bad => {}
                    Decl::Import { name, path } => self.collect_import(decl, scope, name, path, &mut seen_imports),
                    Decl::Const { names, ty, values, iota, repeats } => {
                        let list: Vec<IdentId> = file.ast.list(names).collect();
                        for (i, &id) in list.iter().enumerate() {
                            let init = if i < values.len() { file.ast.nth(values, i) } else { ExprId::NONE };
                            let obj = self.new_object(ObjKind::Const(None), file.ast.name(id), file.ident_pos(id), TypeId::NONE);
                            let kind = DeclKind::Const { ty, init, iota, inherited: repeats != decl };
                            self.declare_package_object(id, obj, decl, kind);
                        }
                        self.const_arity(decl);
                    }
                    Decl::Var { names, ty, values } => {
                        let list: Vec<IdentId> = file.ast.list(names).collect();
                        let mut lhs = Vec::new();
                        let shared = values.len() == 1 && list.len() > 1;
                        for &id in &list {
                            lhs.push(self.new_var(VarKind::Package, file.ast.name(id), file.ident_pos(id), TypeId::NONE));
                        }
                        for (i, &id) in list.iter().enumerate() {
                            let (init, group) = if shared {
                                (file.ast.nth(values, 0), lhs.clone())
                            } else if i < values.len() {
                                (file.ast.nth(values, i), Vec::new())
                            } else {
                                (ExprId::NONE, Vec::new())
                            };
                            self.declare_package_object(id, lhs[i], decl, DeclKind::Var { ty, init, group });
                        }
                        if ty.is_none() || !values.is_empty() {
                            self.var_arity(decl);
                        }
                    }
                    Decl::Type { name, .. } => {
                        let obj = self.new_object(ObjKind::TypeName, file.ast.name(name), file.ident_pos(name), TypeId::NONE);
                        self.declare_package_object(name, obj, decl, DeclKind::Type);
                    }
                    Decl::Func { name, recv, type_params, ty, body } => {
                        let symbol = file.ast.name(name);
                        let info = FuncInfo { file: n as u32, decl, recv: None, has_body: body.is_some() };
                        let obj = self.new_object(ObjKind::Func(Arc::new(info)), symbol, file.ident_pos(name), TypeId::NONE);
                        let kind = DeclKind::Func;
                        if recv.is_empty() {
                            if symbol == Symbol::INIT || (symbol == Symbol::MAIN && self.cx.package(self.pkg).name == Symbol::MAIN) {
                                if !type_params.is_empty() {
                                    let pos = file.field_pos(file.ast.nth(type_params, 0));
                                    self.soft_error_at(pos, format!("func {symbol} must have no type parameters"));
                                }
                                if let Expr::FuncType { params, results } = file.ast[ty]
                                    && !(params.is_empty() && results.is_empty())
                                {
                                    self.soft_error_at(file.ident_pos(name), format!("func {symbol} must have no arguments and no return values"));
                                }
                            }
                            if symbol == Symbol::INIT {
                                // Never in scope: there may be several.
                                self.cx.edit_obj(obj, |o| o.parent = self.scope);
                                self.record_def(name, obj);
                                if body.is_none() {
                                    self.soft_error_at(file.ident_pos(name), "func init must have a body");
                                }
                                self.add_decl(obj, decl, kind);
                            } else {
                                self.declare_package_object(name, obj, decl, kind);
                            }
                        } else {
                            // Methods are in no scope; their names are checked with their type.
                            self.record_def(name, obj);
                            self.add_decl(obj, decl, kind);
                            methods.push((n, decl, obj));
                        }
                    }
                }
            }
        }
        // A package-level name may not be one that a file imports.
        for n in 0..files.len() {
            let scope = self.file_scopes[n];
            for name in self.cx.scope_names(scope) {
                let (Some(in_file), Some(in_pkg)) = (self.cx.lookup(scope, name), self.cx.lookup(self.scope, name)) else { continue };
                let import = self.cx.obj(in_file);
                if let ObjKind::PkgName(imported) = import.kind {
                    let path = self.cx.package_path(imported);
                    let (pos, other) = (self.cx.obj_pos(in_pkg), import.pos);
                    self.error_related(
                        pos,
                        format!("{name} already declared through import of package {} ({path:?})", self.cx.package(imported).name),
                        other,
                        format!("other declaration of {name}"),
                    );
                    self.mark_used(in_file);
                } else {
                    let (pos, other) = (self.cx.obj_pos(in_pkg), self.dot_imports.get(&(scope, name)).map_or(import.pos, |&o| self.cx.obj_pos(o)));
                    let from = import.pkg.map_or(String::new(), |p| self.cx.package(p).name.to_string());
                    self.error_related(
                        pos,
                        format!("{name} already declared through dot-import of package {from}"),
                        other,
                        format!("other declaration of {name}"),
                    );
                }
            }
        }
        // Methods belong to the type names they are declared for.
        for (n, decl, obj) in methods {
            self.env.file = n;
            self.env.scope = self.file_scopes[n];
            if let Some((base, pointer)) = self.receiver_base(decl) {
                self.cx.edit_obj(obj, |o| {
                    if let ObjKind::Func(info) = &mut o.kind {
                        let mut changed = (**info).clone();
                        changed.recv = Some(crate::Recv { base: TypeId::INVALID, pointer, tparams: Arc::from([]) });
                        *info = Arc::new(changed);
                    }
                });
                self.methods.entry(base).or_default().push(obj);
            }
        }
    }

    pub fn new_var(&self, kind: VarKind, name: Symbol, pos: source::Pos, ty: TypeId) -> ObjId {
        let info = VarInfo { kind, captured: false, address_taken: false, reassigned: false, func: self.env.func };
        self.new_object(ObjKind::Var(info), name, pos, ty)
    }

    fn add_decl(&mut self, obj: ObjId, decl: DeclId, kind: DeclKind) {
        let info = DeclInfo { file: self.env.file, decl, kind, deps: Default::default() };
        self.decls.insert(obj, info);
        self.order.push(obj);
    }

    fn declare_package_object(&mut self, id: IdentId, obj: ObjId, decl: DeclId, kind: DeclKind) {
        let name = self.cx.obj_name(obj);
        if name == Symbol::INIT {
            self.error_at(self.ident_pos(id), "cannot declare init - must be func");
            return;
        }
        if name == Symbol::MAIN && self.cx.package(self.pkg).name == Symbol::MAIN && !matches!(kind, DeclKind::Func) {
            self.error_at(self.ident_pos(id), "cannot declare main - must be func");
            return;
        }
        self.declare(self.scope, Some(id), obj);
        self.add_decl(obj, decl, kind);
    }

    /// The language version of a file: its `//go:build` line may change the module's.
    fn file_version(&self, n: usize) -> (u32, u32) {
        let Some(line) = self.files[n].build_constraint else { return self.config.version };
        let Some(version) = constraint_version(line.as_str()) else { return self.config.version };
        // Downgrades below 1.21 are not honoured.
        version.max((1, 21))
    }

    fn collect_import(&mut self, decl: DeclId, scope: ScopeId, name: IdentId, path: ExprId, seen: &mut FxHashMap<PackageId, ()>) {
        let file = self.file();
        if file.has_lexical_errors && matches!(file.ast[path], Expr::Lit { text, .. } if syntax::is_malformed_literal(text.as_str())) {
            return;
        }
        let Some(text) = self.literal_string(path).map(|s| String::from_utf8_lossy(&s).to_string()) else { return };
        if let Err(text) = syntax::check_import_path(&text) {
            return self.error(path, text);
        }
        self.info[self.env.file].imports.push((Symbol::intern(&text), decl));
        if file.ast.name(name) == Symbol::INIT {
            return self.error_at(file.ident_pos(name), "cannot import package as init - init must be a func");
        }
        let mut imported = if text == "unsafe" { Some(PackageId::UNSAFE) } else { (self.imports)(&text) };
        if let Some(imported) = imported {
            seen.insert(imported, ());
            self.imported.push(imported);
        } else if text == "C" {
            self.error(path, "not supported yet: cgo (import \"C\")");
        } else {
            self.error(path, format!("could not import {text} (no such package)"));
            // What is used of it is not reported once more.
            let name = Symbol::intern(text.rsplit('/').next().unwrap_or(&text));
            let scope = self.cx.new_scope(self.cx.universe);
            let missing = crate::Package { path: text.as_str().into(), name, scope, missing: true, ..crate::Package::default() };
            self.cx.packages.borrow_mut().push(Arc::new(missing));
            imported = Some(PackageId(self.cx.packages.borrow().len() as u32 - 1));
        }
        let Some(imported) = imported else {
            return;
        };
        let own = self.cx.package(imported).name;
        let mut local = file.ast.name(name);
        if local.is_empty() {
            local = own;
        }
        if local == Symbol::INIT {
            return self.error(path, "cannot import package as init - init must be a func");
        }
        let pos = if name.is_some() { file.ident_pos(name) } else { self.start(path) };
        let obj = self.new_object(ObjKind::PkgName(imported), local, pos, TypeId::INVALID);
        if name.is_some() {
            self.record_def(name, obj);
        }
        self.import_objs.push((self.env.file, decl, obj));
        if local.is_blank() || self.cx.package(imported).missing {
            self.mark_used(obj);
        }
        if local == Symbol::DOT {
            let exports = self.cx.package(imported).scope;
            for exported in self.cx.scope_names(exports).into_iter().filter(|&n| is_exported(n)) {
                let Some(object) = self.cx.lookup(exports, exported) else { continue };
                match self.cx.insert(scope, exported, object) {
                    Some(other) => {
                        let other_pos = self.cx.obj_pos(other);
                        self.error_related(
                            pos,
                            format!("{exported} redeclared in this block"),
                            other_pos,
                            format!("other declaration of {exported}"),
                        );
                    }
                    None => {
                        self.dot_imports.insert((scope, exported), obj);
                    }
                }
            }
        } else if !local.is_blank() {
            self.declare(scope, None, obj);
        }
    }

    pub fn unused_imports(&mut self) {
        for (n, decl, obj) in self.import_objs.clone() {
            let object = self.cx.obj(obj);
            let ObjKind::PkgName(imported) = object.kind else { continue };
            if object.used {
                continue;
            }
            self.env.file = n;
            let Decl::Import { name, path } = self.ast()[decl] else { continue };
            let package = self.cx.package(imported);
            let last = package.path.rsplit('/').next().unwrap_or("");
            let text = if object.name == Symbol::DOT
                || object.name == package.name && (name.is_none() || last == object.name.as_str()) && last == package.name.as_str()
            {
                format!("{} imported and not used", crate::constant::quote(package.path.as_bytes()))
            } else {
                format!("{} imported as {} and not used", crate::constant::quote(package.path.as_bytes()), object.name)
            };
            let pos = if name.is_some() { self.ident_pos(name) } else { self.start(path) };
            self.soft_error_at(pos, text);
        }
    }

    /// The type name that a method's receiver names, through pointers, parentheses and aliases, if it is
    /// declared in this package; and whether the receiver is a pointer.
    fn receiver_base(&mut self, decl: DeclId) -> Option<(ObjId, bool)> {
        let ast = self.ast();
        let Decl::Func { recv, .. } = ast[decl] else { return None };
        let mut e = ast[ast.nth(recv, 0)].ty;
        let mut pointer = false;
        let mut files_seen = 0;
        let mut file = self.env.file;
        let (mut through_alias, mut is_generic) = (false, false);
        loop {
            files_seen += 1;
            if files_seen > 100 {
                return None;
            }
            match self.files[file].ast[e] {
                Expr::Paren(inner) => e = inner,
                Expr::Star(inner) => {
                    if pointer {
                        return None;
                    }
                    pointer = true;
                    e = inner;
                }
                // An instance: it has no methods of its own.
                Expr::Index { .. } if through_alias => return None,
                Expr::Index { operand, .. } => {
                    is_generic = true;
                    e = operand;
                }
                Expr::Name(id) => {
                    let name = self.files[file].ast.name(id);
                    if self.cx.lookup(self.file_scopes[file], name).is_some() {
                        return None;
                    }
                    let obj = self.cx.lookup(self.scope, name)?;
                    let info = self.decls.get(&obj)?;
                    if !matches!(info.kind, DeclKind::Type) {
                        return None;
                    }
                    let Decl::Type { is_alias, ty, type_params, .. } = self.files[info.file].ast[info.decl] else { return None };
                    if !is_alias {
                        return Some((obj, pointer));
                    }
                    if !type_params.is_empty() || is_generic {
                        return None;
                    }
                    through_alias = true;
                    (e, file) = (ty, info.file);
                }
                _ => return None,
            }
        }
    }
}

/// The lowest `go1.N` that a build constraint implies.
fn constraint_version(line: &str) -> Option<(u32, u32)> {
    let mut best: Option<(u32, u32)> = None;
    // Only conjunctions matter in practice; `||` with versions on one side implies none.
    if line.contains("||") {
        return None;
    }
    for word in line.split(|c: char| c.is_whitespace() || "()&".contains(c)) {
        if let Some(minor) = word.strip_prefix("go1.").and_then(|m| m.parse().ok()) {
            best = best.max(Some((1, minor)));
        }
    }
    best
}
