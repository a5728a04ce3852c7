//! Declarations: constants, variables, types, functions, at package level and inside functions.

use super::Checker;
use super::operand::Operand;
use crate::constant::Value;
use crate::{BodyInfo, ObjId, ObjKind, Recv, Type, TypeId, VarKind};
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use source::Symbol;
use std::sync::Arc;
use syntax::ast::{Decl, DeclId, ExprId, IdentId, List};

/// How a package-level object is declared.
#[derive(Clone, Debug)]
pub(crate) struct DeclInfo {
    pub file: usize,
    pub decl: DeclId,
    pub kind: DeclKind,
    /// Package-level objects that the initialiser or body uses, in order of first use.
    pub deps: IndexSet<ObjId, FxBuildHasher>,
}

#[derive(Clone, Debug)]
pub(crate) enum DeclKind {
    Const {
        ty: ExprId,
        init: ExprId,
        iota: u32,
        inherited: bool,
    },
    /// `group`: all variables of `a, b = f()`; empty otherwise.
    Var {
        ty: ExprId,
        init: ExprId,
        group: Vec<ObjId>,
    },
    Type,
    Func,
}

impl<'a> Checker<'a> {
    /// Everything at package level, in source order, but aliases first: others may need them resolved.
    pub fn package_objects(&mut self) {
        let order = self.order.clone();
        // Methods must be known to their types before anything is looked up.
        for &obj in &order {
            if matches!(self.decls[&obj].kind, DeclKind::Type) && !self.is_alias_decl(obj) {
                self.resolve(obj);
            }
        }
        for &obj in &order {
            self.resolve(obj);
        }
    }

    pub fn const_arity(&mut self, decl: DeclId) {
        let ast = self.ast();
        let Decl::Const { names, values, repeats, .. } = ast[decl] else { return };
        let (l, r) = (names.len(), values.len());
        if l < r {
            let extra = ast.nth(values, l);
            if repeats == decl {
                self.error(extra, format!("extra init expr {}", self.expr_string(extra)));
            } else {
                let (pos, other) = (self.ident_pos(ast.nth(names, 0)), self.start(extra));
                self.error_related(pos, "extra init expr at ", other, "");
            }
        } else if l > r {
            let id = ast.nth(names, r);
            self.error_at(self.ident_pos(id), format!("missing init expr for {}", ast.name(id)));
        }
    }

    pub fn var_arity(&mut self, decl: DeclId) {
        let ast = self.ast();
        let Decl::Var { names, values, .. } = ast[decl] else { return };
        let (l, r) = (names.len(), values.len());
        if l < r {
            let extra = ast.nth(values, l);
            self.error(extra, format!("extra init expr {}", self.expr_string(extra)));
        } else if l > r && r != 1 {
            let id = ast.nth(names, r);
            self.error_at(self.ident_pos(id), format!("missing init expr for {}", ast.name(id)));
        }
    }

    pub fn const_decl(&mut self, obj: ObjId, ty: ExprId, init: ExprId, iota: Value, inherited: bool) {
        self.env.iota = Some(iota);
        let mut declared = None;
        self.cx.edit_obj(obj, |o| o.kind = ObjKind::Const(Some(Value::Unknown)));
        if ty.is_some() {
            let t = self.typ(ty);
            if !self.cx.is_const_type(t) {
                if self.cx.is_valid(self.cx.underlying(t)) {
                    self.error(ty, format!("invalid constant type {}", self.ts(t)));
                }
                self.cx.edit_obj(obj, |o| o.ty = TypeId::INVALID);
                self.env.iota = None;
                return;
            }
            declared = Some(t);
        }
        let mut x = Operand::new(init);
        if init.is_some() {
            if inherited {
                self.env.err_pos = Some(self.cx.obj_pos(obj));
            }
            self.expr(&mut x, init);
        }
        self.init_const(obj, declared, &mut x);
        self.env.err_pos = None;
        self.env.iota = None;
    }

    pub fn var_decl(&mut self, obj: ObjId, group: &[ObjId], ty: ExprId, init: ExprId) {
        let mut declared = None;
        if ty.is_some() {
            let t = self.var_type(ty);
            self.cx.edit_obj(obj, |o| o.ty = t);
            declared = Some(t);
        }
        if init.is_none() {
            if ty.is_none() {
                self.cx.edit_obj(obj, |o| o.ty = TypeId::INVALID);
            }
            return;
        }
        if group.is_empty() {
            let mut x = Operand::new(init);
            let what = self.cx.obj_name(obj).to_string();
            self.expr_with_target(&mut x, init, declared, &what);
            self.init_var(obj, &mut x, "variable declaration");
            return;
        }
        if let Some(t) = declared {
            for &o in group {
                self.cx.edit_obj(o, |o| o.ty = t);
            }
        }
        self.init_vars(group, &[init], None);
    }

    pub fn type_decl(&mut self, obj: ObjId, decl: DeclId) {
        let ast = self.ast();
        let Decl::Type { name, type_params, is_alias, ty } = ast[decl] else { return };
        let _ = name;
        if is_alias {
            if !self.allows(9) && type_params.is_empty() {
                self.require_version(self.start(ty), 9, "type alias");
            }
            let alias = self.cx.new_alias(obj);
            self.cx.edit_obj(obj, |o| o.ty = alias);
            let saved = self.open_scope();
            if !type_params.is_empty() {
                if !self.allows(23) {
                    let pos = self.file().field_pos(ast.nth(type_params, 0));
                    self.require_version(pos, 23, "generic type alias");
                }
                let tparams = self.collect_type_params(type_params, |c, list| {
                    c.cx.edit_alias(alias, |a| a.tparams = list);
                });
                self.cx.edit_alias(alias, |a| a.tparams = tparams);
            }
            let rhs = self.defined_type(ty, Some(obj));
            let own = self.type_params_of(alias);
            if rhs.is_some() && own.contains(&self.cx.unalias(rhs)) {
                self.error(ty, "cannot use type parameter declared in alias declaration as RHS");
                self.cx.edit_alias(alias, |a| a.actual = TypeId::INVALID);
            } else {
                self.cx.edit_alias(alias, |a| a.actual = rhs);
            }
            if self.cx.obj_type(obj) == TypeId::INVALID || self.alias_loops(alias) {
                self.cx.edit_alias(alias, |a| a.actual = TypeId::INVALID);
                self.cx.edit_obj(obj, |o| o.ty = TypeId::INVALID);
            }
            self.close_scope(saved);
            return;
        }
        let outer: Arc<[TypeId]> = self.outer_tparams.clone().into();
        let named = self.cx.new_named(obj, outer);
        self.cx.edit_obj(obj, |o| o.ty = named);
        // Before anything that the right-hand side puts off.
        self.later(move |c| {
            c.settle_named(named);
            if c.cx.as_named(named).is_some_and(|n| n.underlying.is_none()) {
                c.cx.edit_named(named, |n| n.underlying = TypeId::INVALID);
                c.report_name_cycle(named);
            }
            c.check_valid_type(named);
        });
        let saved = self.open_scope();
        if !type_params.is_empty() {
            self.require_type_params(type_params);
            let tparams = self.collect_type_params(type_params, |c, list| {
                c.cx.edit_named(named, |n| n.tparams = list);
            });
            self.cx.edit_named(named, |n| n.tparams = tparams);
        }
        self.collect_methods(obj, named);
        let mut rhs = self.defined_type(ty, Some(obj));
        self.close_scope(saved);
        if rhs.is_some() && self.cx.is_type_param(rhs) {
            self.error(ty, "cannot use a type parameter as RHS in type declaration");
            rhs = TypeId::INVALID;
        }
        self.cx.edit_named(named, |n| n.rhs = rhs);
        if self.cx.obj_type(obj) == TypeId::INVALID {
            self.cx.edit_named(named, |n| n.underlying = TypeId::INVALID);
            return;
        }
        self.settle_named(named);
        self.later(move |c| c.check_field_and_method(named));
    }

    fn alias_loops(&self, alias: TypeId) -> bool {
        let mut t = alias;
        // A cycle that `alias` is not in ends some time, too.
        for _ in 0..100_000 {
            let Type::Alias(row) = self.cx.ty(t) else { return false };
            t = self.cx.alias(row).actual;
            if t.is_none() || t == alias {
                return t == alias;
            }
        }
        true
    }

    /// Fixes the underlying type once the names on the right-hand side allow it.
    pub fn settle_named(&mut self, named: TypeId) {
        let mut t = named;
        for _ in 0..1000 {
            let Some(n) = self.cx.as_named(t) else {
                if self.cx.is_valid(t) {
                    let under = self.cx.unalias(t);
                    if !matches!(self.cx.ty(under), Type::TypeParam(_)) {
                        self.cx.edit_named(named, |n| n.underlying = under);
                    }
                } else if matches!(self.cx.ty(t), Type::Basic(_)) {
                    self.cx.edit_named(named, |n| n.underlying = TypeId::INVALID);
                }
                return;
            };
            if n.underlying.is_some() {
                self.cx.edit_named(named, |m| m.underlying = n.underlying);
                return;
            }
            if n.origin != n.id {
                if self.cx.origin_named(n.origin).underlying.is_some() {
                    let under = self.cx.underlying(n.id);
                    self.cx.edit_named(named, |m| m.underlying = under);
                }
                return;
            }
            if n.rhs.is_none() || (self.cx.as_named(n.rhs).is_some_and(|r| r.id == named)) {
                return;
            }
            t = n.rhs;
        }
    }

    fn report_name_cycle(&mut self, named: TypeId) {
        let mut cycle: Vec<ObjId> = Vec::new();
        let mut t = named;
        while let Some(n) = self.cx.as_named(t) {
            if let Some(at) = cycle.iter().position(|&o| o == n.obj) {
                // What leads into the cycle is not part of it.
                cycle.drain(..at);
                break;
            }
            cycle.push(n.obj);
            t = if n.rhs.is_some() { n.rhs } else { break };
        }
        // Each member comes by; one report is enough.
        let reported = cycle.iter().any(|&o| self.invalid_types.contains(&self.cx.obj_type(o)));
        for &o in &cycle {
            let t = self.cx.obj_type(o);
            self.invalid_types.insert(t);
        }
        if !reported {
            self.cycle_error(&cycle);
        }
    }

    /// Gives the methods declared for `obj` to its type; reports names declared twice.
    fn collect_methods(&mut self, obj: ObjId, named: TypeId) {
        let Some(methods) = self.methods.get(&obj).cloned() else { return };
        let mut kept: Vec<ObjId> = Vec::new();
        for m in methods {
            let (name, pos) = self.cx.with_obj(m, |o| (o.name, o.pos));
            if !name.is_blank() {
                if let Some(&other) = kept.iter().find(|&&k| self.cx.obj_name(k) == name) {
                    let other_pos = self.cx.obj_pos(other);
                    self.error_related(pos, format!("method {}.{name} already declared at ", self.cx.obj_name(obj)), other_pos, "");
                    continue;
                }
                kept.push(m);
            }
        }
        self.cx.edit_named(named, |n| n.methods = kept);
    }

    /// Fields and methods of a type share one space of names.
    fn check_field_and_method(&mut self, named: TypeId) {
        let Some(n) = self.cx.as_named(named) else { return };
        let Type::Struct(fields) = self.cx.under(named) else { return };
        for m in n.methods {
            let (name, pos) = self.cx.with_obj(m, |o| (o.name, o.pos));
            if let Some(f) = fields.iter().find(|f| f.name == name) {
                self.error_related(pos, format!("field and method with the same name {name}"), f.pos, format!("other declaration of {name}"));
            }
        }
    }

    pub fn func_decl(&mut self, obj: ObjId, decl: DeclId) {
        let ast = self.ast();
        let Decl::Func { name, recv, type_params, ty, body } = ast[decl] else { return };
        // A function may occur in its own signature: as a value of some function type.
        if type_params.is_empty() && recv.is_empty() {
            let guard = self.cx.func_of(&[], &[], false);
            self.cx.edit_obj(obj, |o| o.ty = guard);
        }
        let saved = self.open_scope();
        self.env.func = 0;
        let mut body_info = BodyInfo::default();
        self.n_funcs += 1;
        let func = self.n_funcs;
        self.env.func = func;
        let receiver = if recv.is_empty() { None } else { Some(self.collect_receiver(recv, decl)) };
        let mut tparams: Arc<[TypeId]> = Arc::from([]);
        if !type_params.is_empty() {
            if receiver.is_some() {
                let pos = self.file().field_pos(ast.nth(type_params, 0));
                self.require_version(pos, 27, "generic method");
            }
            // That `init` has any is an error by itself.
            let symbol = ast.name(name);
            let is_main = symbol == Symbol::MAIN && self.cx.package(self.pkg).name == Symbol::MAIN;
            if receiver.is_some() || !(symbol == Symbol::INIT || is_main) {
                self.require_type_params(type_params);
            }
            tparams = self.collect_type_params(type_params, |_, _| {});
        }
        let recv_tparams: Arc<[TypeId]> = receiver.as_ref().map_or(Arc::from([]), |r| r.tparams.clone());
        if let Some(r) = &receiver {
            body_info.recv = Some(r.obj);
            let info = Recv { base: r.base, pointer: r.pointer, tparams: recv_tparams.clone() };
            self.cx.edit_obj(obj, |o| {
                if let ObjKind::Func(info_arc) = &mut o.kind {
                    let mut changed = (**info_arc).clone();
                    changed.recv = Some(info);
                    *info_arc = Arc::new(changed);
                }
            });
        }
        let receiver_name = receiver.as_ref().and_then(|r| r.ident.get().map(|id| (id, r.obj)));
        let sig = self.func_type(ty, tparams.clone(), receiver_name, &mut body_info);
        let sig_ty = self.cx.mk(Type::Func(sig.clone()));
        self.cx.edit_obj(obj, |o| o.ty = sig_ty);
        let scope = self.env.scope;
        self.close_scope(saved);
        if body.is_none() {
            if !self.config.allow_missing_bodies && !self.has_linkname(decl) {
                self.error_at(self.ident_pos(name), "missing function body");
            }
            if !tparams.is_empty() {
                self.error_at(self.ident_pos(name), "generic function is missing function body");
            }
            self.info[self.env.file].func_bodies.insert(decl, body_info);
            return;
        }
        if self.config.ignore_func_bodies {
            self.info[self.env.file].func_bodies.insert(decl, body_info);
            return;
        }
        let outer: Vec<TypeId> = recv_tparams.iter().chain(tparams.iter()).copied().collect();
        self.later(move |c| {
            c.env.scope = scope;
            c.env.func = func;
            c.env.decl = Some(obj);
            let saved = std::mem::replace(&mut c.outer_tparams, outer);
            let info = c.func_body(sig, body, body_info, func, None);
            c.outer_tparams = saved;
            c.info[c.env.file].func_bodies.insert(decl, info);
        });
    }

    fn has_linkname(&self, decl: DeclId) -> bool {
        self.file().pragmas.iter().any(|p| p.text.as_str().starts_with("go:linkname")) || !self.file().pragmas_of(decl).is_empty()
    }

    /// Declarations inside functions.
    pub fn decl_stmt(&mut self, list: List<DeclId>) {
        let ast = self.ast();
        for decl in ast.list(list) {
            match ast[decl] {
                Decl::Const { names, ty, values, iota, repeats } => {
                    let top = self.delayed_top();
                    let ids: Vec<IdentId> = ast.list(names).collect();
                    let mut objs = Vec::new();
                    for (i, &id) in ids.iter().enumerate() {
                        let obj = self.new_object(ObjKind::Const(None), ast.name(id), self.ident_pos(id), TypeId::NONE);
                        let init = if i < values.len() { ast.nth(values, i) } else { ExprId::NONE };
                        let saved = self.env.clone();
                        self.const_decl(obj, ty, init, Value::int(iota as i64), repeats != decl);
                        self.env.iota = saved.iota;
                        objs.push(obj);
                    }
                    self.const_arity(decl);
                    self.process_delayed(top);
                    for (&id, &obj) in ids.iter().zip(&objs) {
                        self.declare(self.env.scope, Some(id), obj);
                    }
                }
                Decl::Var { names, ty, values } => {
                    let top = self.delayed_top();
                    let ids: Vec<IdentId> = ast.list(names).collect();
                    let objs: Vec<ObjId> =
                        ids.iter().map(|&id| self.new_var(VarKind::Local, ast.name(id), self.ident_pos(id), TypeId::NONE)).collect();
                    let shared = values.len() == 1 && ids.len() > 1;
                    for (i, &obj) in objs.iter().enumerate() {
                        if shared {
                            if i == 0 {
                                self.var_decl(obj, &objs, ty, ast.nth(values, 0));
                            }
                            continue;
                        }
                        let init = if i < values.len() { ast.nth(values, i) } else { ExprId::NONE };
                        if init.is_none() && ty.is_none() && !values.is_empty() {
                            self.cx.edit_obj(obj, |o| o.ty = TypeId::INVALID);
                            continue;
                        }
                        self.var_decl(obj, &[], ty, init);
                    }
                    if values.len() > ids.len() {
                        // The rest is looked at for its errors and uses.
                        for e in ast.list(values).skip(ids.len()) {
                            let mut x = Operand::new(e);
                            self.raw_expr(&mut x, e, None);
                        }
                    }
                    if ty.is_none() || !values.is_empty() {
                        self.var_arity(decl);
                    }
                    self.process_delayed(top);
                    for (&id, &obj) in ids.iter().zip(&objs) {
                        if self.declare(self.env.scope, Some(id), obj) {
                            self.note_local(obj);
                        }
                    }
                }
                Decl::Type { name, .. } => {
                    let obj = self.new_object(ObjKind::TypeName, ast.name(name), self.ident_pos(name), TypeId::NONE);
                    self.declare(self.env.scope, Some(name), obj);
                    let at = self.path.len();
                    self.colors.insert(obj, super::cycles::Color::Grey(at));
                    self.path.push(obj);
                    self.local_decl_alias(obj, decl);
                    self.type_decl(obj, decl);
                    self.path.pop();
                    self.colors.insert(obj, super::cycles::Color::Black);
                }
                _ => {}
            }
        }
    }

    /// So that cycles through a local alias are recognised.
    fn local_decl_alias(&mut self, obj: ObjId, decl: DeclId) {
        let info = DeclInfo { file: self.env.file, decl, kind: DeclKind::Type, deps: Default::default() };
        self.decls.insert(obj, info);
    }

    /// Checks a body in the scope of its parameters; gives what was found out about it.
    pub fn func_body(&mut self, sig: Arc<crate::Signature>, body: syntax::ast::StmtId, info: BodyInfo, func: u32, iota: Option<Value>) -> BodyInfo {
        let saved = self.env.clone();
        self.env.sig = Some(sig.clone());
        self.env.results = info.results.clone().into();
        self.env.func = func;
        self.env.iota = iota;
        self.env.has_call_or_recv = false;
        self.env.in_tparam_list = false;
        let parent = self.env.body;
        self.bodies.push(super::Body { func, parent, info });
        self.env.body = self.bodies.len();
        let body_idx = self.env.body;
        let locals = self.locals_mark();
        self.body_stmts(body);
        if !sig.results.is_empty() && !self.terminates_block(body) {
            let pos = self.block_end(body);
            self.error_at(pos, "missing return");
        }
        self.unused_locals(locals);
        self.env = saved;
        std::mem::take(&mut self.bodies[body_idx - 1].info)
    }
}
