//! Function types, receivers and type parameters.

use super::Checker;
use crate::{BodyInfo, Interface, ObjId, ObjKind, Param, Signature, Type, TypeId, VarKind};
use source::{Pos, Symbol};
use std::sync::Arc;
use syntax::ast::{BinaryOp, DeclId, Expr, ExprId, FieldId, IdentId, List, UnaryOp};

pub(crate) struct Receiver {
    /// To be declared after the parameters' types.
    pub ident: IdentId,
    pub obj: ObjId,
    pub base: TypeId,
    pub pointer: bool,
    pub tparams: Arc<[TypeId]>,
}

impl<'a> Checker<'a> {
    /// Declares the parameters in the current scope and gives the signature.
    pub fn func_type(&mut self, ty: ExprId, tparams: Arc<[TypeId]>, receiver: Option<(IdentId, ObjId)>, info: &mut BodyInfo) -> Arc<Signature> {
        let Expr::FuncType { params, results } = self.ast()[ty] else {
            return Arc::new(Signature { tparams, params: Arc::from([]), results: Arc::from([]), variadic: false });
        };
        let (param_list, variadic) = self.collect_params(params, VarKind::Param, true, &mut info.params);
        let (result_list, _) = self.collect_params(results, VarKind::Result, false, &mut info.results);
        // The names are in scope in the body only: the types above do not see them.
        if let Some((id, obj)) = receiver {
            self.declare(self.env.scope, Some(id), obj);
        }
        for (list, objs) in [(params, &info.params), (results, &info.results)] {
            for (f, &obj) in self.ast().list(list).zip(objs) {
                if let Some(name) = self.ast()[f].name.get() {
                    self.declare(self.env.scope, Some(name), obj);
                }
            }
        }
        Arc::new(Signature { tparams, params: param_list, results: result_list, variadic })
    }

    fn collect_params(&mut self, list: List<FieldId>, kind: VarKind, variadic_ok: bool, objs: &mut Vec<ObjId>) -> (Arc<[Param]>, bool) {
        let ast = self.ast();
        let mut out = Vec::new();
        let mut variadic = false;
        let mut previous: Option<(ExprId, TypeId)> = None;
        let n = list.len();
        for (i, f) in ast.list(list).enumerate() {
            let field = ast[f];
            let t = match previous {
                Some((e, t)) if e == field.ty => t,
                _ => {
                    if let Expr::Ellipsis { elem } = ast[field.ty] {
                        let last = i + 1 == n;
                        if variadic_ok && last {
                            variadic = true;
                        } else {
                            let text = if variadic_ok {
                                "can only use ... with final parameter in list"
                            } else {
                                "can only use ... with final parameter in list"
                            };
                            self.error(field.ty, text);
                        }
                        let elem = if elem.is_some() { self.var_type(elem) } else { TypeId::INVALID };
                        let t = if variadic { self.cx.slice_of(elem) } else { elem };
                        self.record_type_expr(field.ty, t);
                        t
                    } else if field.ty.is_some() {
                        self.var_type(field.ty)
                    } else {
                        TypeId::INVALID
                    }
                }
            };
            previous = Some((field.ty, t));
            let name = ast.name(field.name);
            let pos = if field.name.is_some() { self.ident_pos(field.name) } else { self.file().field_pos(f) };
            let obj = self.new_var(kind, name, pos, t);
            objs.push(obj);
            out.push(Param { name, ty: t });
        }
        (out.into(), variadic)
    }

    pub fn require_type_params(&mut self, list: List<FieldId>) {
        if !self.allows(18) {
            let pos = self.file().field_pos(self.ast().nth(list, 0));
            self.require_version(pos, 18, "type parameter");
        }
    }

    /// Declares type parameters in the current scope. `known` is called before the constraints are looked at:
    /// they may refer to the generic type itself.
    pub fn collect_type_params(&mut self, list: List<FieldId>, known: impl FnOnce(&mut Self, Arc<[TypeId]>)) -> Arc<[TypeId]> {
        let ast = self.ast();
        let fields: Vec<FieldId> = ast.list(list).collect();
        let mut tparams = Vec::new();
        for (i, &f) in fields.iter().enumerate() {
            let name = ast[f].name;
            let symbol = ast.name(name);
            let pos = if name.is_some() { self.ident_pos(name) } else { self.file().field_pos(f) };
            let id = name.get();
            tparams.push(self.declare_type_param(symbol, pos, i as u32, id));
        }
        let tparams: Arc<[TypeId]> = tparams.into();
        known(self, tparams.clone());
        let saved = std::mem::replace(&mut self.env.in_tparam_list, true);
        let mut previous: Option<(ExprId, TypeId)> = None;
        for (i, &f) in fields.iter().enumerate() {
            let e = ast[f].ty;
            let bound = match previous {
                Some((p, t)) if p == e => t,
                _ => self.bound(e),
            };
            previous = Some((e, bound));
            self.cx.set_constraint(tparams[i], bound);
        }
        self.env.in_tparam_list = saved;
        tparams
    }

    pub fn declare_type_param(&mut self, name: Symbol, pos: Pos, index: u32, ident: Option<IdentId>) -> TypeId {
        let obj = self.new_object(ObjKind::TypeName, name, pos, TypeId::NONE);
        let t = self.cx.new_type_param(obj, index, TypeId::EMPTY_INTERFACE);
        self.cx.edit_obj(obj, |o| o.ty = t);
        self.declare(self.env.scope, ident, obj);
        if let Some(ident) = ident {
            self.record_def(ident, obj);
        }
        t
    }

    fn bound(&mut self, e: ExprId) -> TypeId {
        if e.is_none() {
            return TypeId::INVALID;
        }
        let wrap = matches!(self.ast()[e], Expr::Unary { op: UnaryOp::Tilde, .. } | Expr::Binary { op: BinaryOp::Or, .. });
        if wrap {
            // An embedded element of an interface nobody wrote.
            let t = self.embedded_elem(e);
            let pos = self.start(e);
            let made = self.cx.new_interface(Interface {
                embeddeds: vec![(t, pos)],
                implicit: true,
                complete: true,
                pkg: Some(self.pkg),
                ..Interface::default()
            });
            self.later(move |c| c.check_interface(made));
            return made;
        }
        let t = self.typ(e);
        if self.cx.is_type_param(t) {
            self.error(e, format!("cannot use a type parameter as constraint: {}", self.expr_string(e)));
            return TypeId::INVALID;
        }
        t
    }

    /// The receiver of a method: its object is declared, type parameters that it names too.
    pub fn collect_receiver(&mut self, recv: List<FieldId>, decl: DeclId) -> Receiver {
        let _ = decl;
        let ast = self.ast();
        let field = ast[ast.nth(recv, 0)];
        if recv.len() > 1 {
            let pos = self.file().field_pos(ast.nth(recv, recv.len() - 1));
            self.error_at(pos, "method has multiple receivers");
        }
        // Peel: pointer, parentheses, type arguments.
        let mut e = ast.unparen(field.ty);
        let mut pointer = false;
        if let Expr::Star(inner) = ast[e] {
            pointer = true;
            e = ast.unparen(inner);
        }
        let mut recv_type;
        let mut written = None;
        let starred = pointer;
        let mut base;
        let mut tparams: Arc<[TypeId]> = Arc::from([]);
        if let Expr::Index { operand, args } = ast[e] {
            self.require_version(self.start(e), 18, "type instantiation");
            base = self.generic_type(operand);
            if matches!(self.cx.ty(base), Type::Alias(_)) && self.cx.is_generic(base) {
                self.error(operand, format!("cannot define new methods on generic alias type {}", self.ts(base)));
                base = TypeId::INVALID;
            }
            let n = args.len();
            let mut list = Vec::new();
            let mut blanks = 0;
            for (i, arg) in ast.list(args).enumerate() {
                if let Expr::Name(id) = ast[arg] {
                    let name = ast.name(id);
                    blanks += u32::from(name.is_blank());
                    let t = self.declare_type_param(name, self.ident_pos(id), i as u32, Some(id));
                    self.record_type_expr(arg, t);
                    list.push(t);
                } else {
                    self.error(arg, format!("receiver type parameter {} must be an identifier", self.expr_string(arg)));
                    let pos = self.start(arg);
                    list.push(self.declare_type_param(Symbol::BLANK, pos, i as u32, None));
                }
            }
            let _ = blanks;
            tparams = list.into();
            recv_type = TypeId::INVALID;
            if let Some(named) = self.cx.as_named(base)
                && self.cx.is_generic(named.id)
            {
                base = named.id;
                // The constraints are those of the type, in the receiver's names.
                if named.tparams.len() == n {
                    let map: Vec<_> = named.tparams.iter().copied().zip(tparams.iter().copied()).collect();
                    for (&own, &theirs) in tparams.iter().zip(named.tparams.iter()) {
                        if let Some(p) = self.cx.as_type_param(theirs) {
                            let bound = self.cx.subst(p.constraint, &map);
                            self.cx.set_constraint(own, bound);
                        }
                    }
                    recv_type = self.cx.instantiate(named.id, &tparams);
                } else {
                    let (have, want) = (n, named.tparams.len());
                    let at = self.start(ast.nth(args, if have > want { want } else { have - 1 }));
                    let plural = if have == 1 { "" } else { "s" };
                    self.error_at(at, format!("receiver declares {have} type parameter{plural}, but receiver base type declares {want}"));
                    base = TypeId::INVALID;
                }
            } else if self.cx.is_valid(base) {
                if let Some(n) = self.cx.as_named(base)
                    && !n.targs.is_empty()
                {
                    self.error(e, format!("cannot use instantiated type {}", self.ts(base)));
                } else {
                    self.error(operand, format!("{} is not a generic type", self.ts(base)));
                }
                base = TypeId::INVALID;
            }
            self.record_type_expr(e, recv_type);
        } else {
            recv_type = self.var_type(e);
            written = Some(recv_type);
            if let Some(alias) = self.alias_instance(recv_type) {
                let text = format!("cannot define new methods on instantiated type {}", self.ts(alias));
                self.error(e, text);
                recv_type = TypeId::INVALID;
            }
            base = self.cx.unalias(recv_type);
            // An alias may stand for a pointer.
            if !pointer && let Type::Pointer(elem) = self.cx.ty(base) {
                pointer = true;
                base = self.cx.unalias(elem);
                recv_type = elem;
            }
        }
        let shown = match written {
            Some(t) if starred && self.cx.is_valid(t) => self.cx.pointer_to(t),
            Some(t) => t,
            None if pointer => self.cx.pointer_to(recv_type),
            None => recv_type,
        };
        let valid_base = self.check_receiver_base(recv_type, base, field.ty, shown);
        if pointer && self.cx.is_valid(recv_type) {
            recv_type = self.cx.pointer_to(recv_type);
        }
        self.record_type_expr(field.ty, recv_type);
        let name = ast.name(field.name);
        let pos = if field.name.is_some() { self.ident_pos(field.name) } else { self.start(field.ty) };
        let obj = self.new_var(VarKind::Receiver, name, pos, recv_type);
        Receiver { ident: field.name, obj, base: if valid_base { base } else { TypeId::INVALID }, pointer, tparams }
    }

    /// The instance of a generic alias among the aliases (and one pointer) that lead to a type.
    fn alias_instance(&self, t: TypeId) -> Option<TypeId> {
        let mut t = t;
        for _ in 0..1000 {
            t = match self.cx.ty(t) {
                Type::Alias(row) => {
                    let alias = self.cx.alias(row);
                    if !alias.targs.is_empty() {
                        return Some(t);
                    }
                    alias.actual
                }
                Type::Pointer(elem) => elem,
                _ => return None,
            };
            if t.is_none() {
                return None;
            }
        }
        None
    }

    /// `whole`: the receiver's type as written.
    fn check_receiver_base(&mut self, recv_type: TypeId, base: TypeId, e: ExprId, whole: TypeId) -> bool {
        if !self.cx.is_valid(recv_type) && !self.cx.is_valid(base) {
            return false;
        }
        if self.cx.is_generic(base) && self.cx.as_named(recv_type).is_some_and(|n| n.targs.is_empty()) {
            return false;
        }
        let shown = |c: &Self| c.ts(recv_type);
        match self.cx.ty(self.cx.unalias(base)) {
            Type::Named(row) => {
                let named = self.cx.named(row);
                if self.cx.obj_pkg(named.obj) != Some(self.pkg) {
                    let text = format!("cannot define new methods on non-local type {}", shown(self));
                    self.error(e, text);
                    return false;
                }
                if !named.targs.is_empty() && named.origin != named.id && !named.targs.iter().all(|&t| self.cx.is_type_param(t)) {
                    let text = format!("cannot define new methods on instantiated type {}", self.ts(base));
                    let e = self.receiver_expr(e);
                    self.error(e, text);
                    return false;
                }
                let id = named.id;
                let text = shown(self);
                let e = self.receiver_expr(e);
                self.later(move |c| {
                    let cause = match c.cx.under(id) {
                        Type::Pointer(_) | Type::Interface(_) => "pointer or interface type",
                        Type::Basic(crate::Basic::UnsafePointer) => "unsafe.Pointer",
                        _ => return,
                    };
                    c.error(e, format!("invalid receiver type {text} ({cause})"));
                });
                true
            }
            Type::Basic(_) => {
                let text = format!("cannot define new methods on non-local type {}", shown(self));
                self.error(e, text);
                false
            }
            Type::TypeParam(_) => {
                let text = format!("cannot use a type parameter as receiver type {}", shown(self));
                self.error(e, text);
                false
            }
            _ => {
                let e = self.receiver_expr(e);
                self.error(e, format!("invalid receiver type {}", self.ts(whole)));
                false
            }
        }
    }

    /// The receiver's type without its pointer.
    fn receiver_expr(&self, e: ExprId) -> ExprId {
        let e = self.ast().unparen(e);
        match self.ast()[e] {
            Expr::Star(inner) => inner,
            _ => e,
        }
    }
}
