//! Methods as functions: wrappers, method values and expressions, entries of itabs.

use crate::Program;
use crate::emit::{Addr, Val};
use crate::expr::Base;
use crate::func::FuncCx;
use crate::program::FuncKey;
use crate::query::MethodTarget;
use crate::ty::{Kind, Ty};
use ir::{CheckKind, FuncId};
use source::Symbol;
use syntax::ast::{Expr, ExprId};

impl FuncCx<'_, '_> {
    /// `x.M` not called: a closure with the receiver.
    pub fn method_value(&mut self, e: ExprId, operand: ExprId, sel: &types::Selection) -> Val {
        let Expr::Selector { name: ident, .. } = self.ast[self.ast.unparen(e)] else { return self.bad(e, "a method value") };
        let (base, ty) = self.walk_path(operand, &sel.path);
        self.at_expr(e);
        let pkg = self.selector_pkg(sel);
        let targs = self.instance_args(ident);
        if !targs.is_empty() {
            let prepared = self.prepare_method(base, ty, sel, ident);
            let Some((recv_ty, recv)) = prepared.recv.clone() else { return self.bad(e, "this method value") };
            let (callee, sig) = (prepared.callee.clone(), prepared.sig.clone());
            let names = self.wrap_name("fm");
            let inner_sig = sig.clone();
            let closure = self.thunk(names, &[(recv_ty, recv)], &sig, "method value", move |cx, mut values, params| {
                let prepared = crate::call::Prepared { callee, recv: Some((recv_ty, values.remove(0))), sig: inner_sig };
                let results = cx.finish_call(&prepared, params).into_iter().map(|(v, _)| v).collect();
                cx.emit_return(results);
            });
            return Val::one(closure);
        }
        // Down to the type that declares the method, so that the receiver is copied now.
        let (base, ty) = if self.p.is_interface(ty) {
            (base, ty)
        } else {
            let lookup = self.p.method_base(ty);
            match self.p.find_method(lookup, sel.name, pkg) {
                Some(m) => self.walk_embedded(base, ty, &m.path),
                None => return self.bad(e, "this method value"),
            }
        };
        let (recv_ty, recv) = if self.p.is_interface(ty) {
            let val = self.base_val(base, ty);
            self.check(CheckKind::Nil, &[val.at(0)]);
            (ty, val)
        } else {
            let prepared = self.prepare_method_by_name(base, ty, sel.name, pkg);
            prepared.recv.expect("a method has a receiver")
        };
        let code = self.p.func(FuncKey::Bound { recv: recv_ty, name: sel.name, pkg });
        Val::one(self.closure_object(code, &[recv_ty], &[recv], "method value"))
    }

    /// `T.M`: a function whose first parameter is the receiver.
    pub fn method_expr(&mut self, e: ExprId, sel: &types::Selection) -> Val {
        let env = self.env.clone();
        let recv = self.p.ty(sel.recv, &env);
        let pkg = self.selector_pkg(sel);
        let Expr::Selector { name: ident, .. } = self.ast[self.ast.unparen(e)] else { return self.bad(e, "a method expression") };
        let targs = self.instance_args(ident);
        if !targs.is_empty() {
            if let (Some(func), true) = (sel.method, sel.path.is_empty()) {
                let base = self.p.method_base(recv);
                let args = self.p.named(base).map(|n| n.args).unwrap_or_default();
                if self.p.cx.has_pointer_receiver(func) == (base != recv) {
                    let id = self.declared_func(func, args, targs);
                    return self.func_value(id);
                }
            }
            return self.bad(e, "a promoted generic method as a method expression");
        }
        let func = self.p.method_func(recv, sel.name, pkg);
        self.func_value(func)
    }
}

impl Program<'_> {
    /// The function that takes a receiver of type `recv` (T, *T or an interface) and calls its method.
    pub fn method_func(&mut self, recv: Ty, name: Symbol, pkg: Option<Symbol>) -> FuncId {
        if self.is_interface(recv) {
            return self.func(FuncKey::InterfaceMethod { recv, name, pkg });
        }
        let (base, is_pointer) = match &*self.tys.kind(recv) {
            Kind::Pointer(e) => (*e, true),
            _ => (recv, false),
        };
        let sel = self.find_method(base, name, pkg).expect("the method exists");
        if let MethodTarget::Declared { func, pointer } = sel.target
            && sel.path.is_empty()
            && pointer == is_pointer
        {
            let args = self.named(base).map(|n| n.args).unwrap_or_default();
            return self.func(FuncKey::Declared { func, recv: args, targs: Vec::new() });
        }
        self.func(FuncKey::Wrapper { recv, name, pkg })
    }

    /// Code for an itab or a method table: the receiver is the data word of an interface that holds a `ty`.
    pub fn itab_func(&mut self, ty: Ty, name: Symbol, pkg: Option<Symbol>) -> FuncId {
        // One pointer, either the value itself or its address.
        if self.is_direct_iface(ty) {
            return self.method_func(ty, name, pkg);
        }
        let pointer = self.tys.pointer(ty);
        self.method_func(pointer, name, pkg)
    }

    pub fn make_wrapper(&mut self, id: FuncId, recv: Ty, name: Symbol, pkg: Option<Symbol>) {
        let (owner, _) = self.recv_names(recv);
        let sig = self.method_sig(&FuncKey::Wrapper { recv, name, pkg });
        let is_pointer = matches!(&*self.tys.kind(recv), Kind::Pointer(_));
        let base = self.method_base(recv);
        let by_value =
            self.find_method(base, name, pkg).is_some_and(|m| m.path.is_empty() && matches!(m.target, MethodTarget::Declared { pointer: false, .. }));
        let mut cx = FuncCx::synthetic(self, format!("{owner}.{}", name.as_str()));
        let mut params = cx.params(Some(recv), &sig, false);
        let (_, this) = params.remove(0);
        if is_pointer && by_value {
            let nil = cx.is_null(this.scalar());
            cx.when_cold(nil, |cx| {
                let (pkg_path, type_name) = cx.p.owner_text(base);
                let args: Vec<ir::Value> = [pkg_path, type_name, name.as_str().to_owned()]
                    .iter()
                    .flat_map(|text| cx.string_const(text.as_bytes()).scalars().to_vec())
                    .collect();
                cx.call_panic("panicwrap", &args);
            });
        }
        let this = if is_pointer && by_value { Base::Addr(Addr::safe(this.scalar())) } else { Base::Val(this) };
        let ty = if is_pointer && by_value { base } else { recv };
        let prepared = cx.prepare_method_by_name(this, ty, name, pkg);
        let args = params.into_iter().map(|(_, v)| v).collect();
        let results = cx.finish_call(&prepared, args).into_iter().map(|(v, _)| v).collect();
        cx.emit_return(results);
        let f = cx.finish();
        self.define(id, f);
    }

    /// Package path and name of a type, for the message of a nil receiver.
    fn owner_text(&mut self, ty: Ty) -> (String, String) {
        match self.named(ty) {
            Some(named) => {
                let pkg = self.cx.obj_pkg(named.decl).map(|p| self.pkg_path(p).to_string()).unwrap_or_default();
                (pkg, self.named_name(&named))
            }
            None => (String::new(), self.reflect_string(ty)),
        }
    }

    pub fn make_interface_method(&mut self, id: FuncId, recv: Ty, name: Symbol, pkg: Option<Symbol>) {
        let (owner, _) = self.recv_names(recv);
        let sig = self.method_sig(&FuncKey::InterfaceMethod { recv, name, pkg });
        let mut cx = FuncCx::synthetic(self, format!("{owner}.{}", name.as_str()));
        let mut params = cx.params(Some(recv), &sig, false);
        let (_, this) = params.remove(0);
        let prepared = cx.prepare_method_by_name(Base::Val(this), recv, name, pkg);
        let args = params.into_iter().map(|(_, v)| v).collect();
        let results = cx.finish_call(&prepared, args).into_iter().map(|(v, _)| v).collect();
        cx.emit_return(results);
        let f = cx.finish();
        self.define(id, f);
    }

    pub fn make_bound(&mut self, id: FuncId, recv: Ty, name: Symbol, pkg: Option<Symbol>) {
        let (owner, _) = self.recv_names(recv);
        let sig = self.method_sig(&FuncKey::Bound { recv, name, pkg });
        let mut cx = FuncCx::synthetic(self, format!("{owner}.{}-fm", name.as_str()));
        let params = cx.params(None, &sig, true);
        let this = cx.closure_values(&[recv]).remove(0);
        let prepared = cx.prepare_method_by_name(Base::Val(this), recv, name, pkg);
        let args = params.into_iter().map(|(_, v)| v).collect();
        let results = cx.finish_call(&prepared, args).into_iter().map(|(v, _)| v).collect();
        cx.emit_return(results);
        let f = cx.finish();
        self.define(id, f);
    }
}
