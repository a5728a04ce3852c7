//! Selectors: qualified names, fields, methods, method expressions.

use super::Checker;
use super::operand::Operand;
use crate::constant::Value;
use crate::lookup::{Found, LookupError};
use crate::{Mode, ObjKind, Param, SelectionKind, Signature, Type, TypeId, is_exported};
use std::sync::Arc;
use syntax::ast::{Expr, ExprId};

impl Checker<'_> {
    pub fn selector(&mut self, x: &mut Operand, e: ExprId, want_type: bool) {
        let ast = self.ast();
        let Expr::Selector { operand, name } = ast[e] else { return };
        x.invalidate();
        x.expr = e;
        let symbol = ast.name(name);
        let name_pos = self.ident_pos(name);
        // pkg.Name
        if let Expr::Name(id) = ast[operand]
            && let Some((_, obj)) = self.lookup(ast.name(id))
            && let ObjKind::PkgName(imported) = self.cx.with_obj(obj, |o| o.kind.clone())
        {
            self.record_use(id, obj);
            self.mark_used(obj);
            let package = self.cx.package(imported);
            if package.missing {
                return;
            }
            let Some(member) = self.cx.lookup(package.scope, symbol) else {
                let other =
                    self.cx.scope_names(package.scope).into_iter().find(|n| is_exported(*n) && n.as_str().eq_ignore_ascii_case(symbol.as_str()));
                let hint = other.map_or(String::new(), |n| format!(" (but have {n})"));
                let near = if hint.is_empty() { self.exported_names(imported) } else { Vec::new() };
                self.error_with_hint(name_pos, format!("undefined: {}{hint}", self.expr_string(e)), symbol, near);
                return;
            };
            if !is_exported(symbol) {
                self.error_at(name_pos, format!("name {symbol} not exported by package {}", package.name));
                return;
            }
            self.record_use(name, member);
            let object = self.cx.obj(member);
            let ty = if object.ty.is_none() { TypeId::INVALID } else { object.ty };
            match object.kind {
                ObjKind::Const(v) => x.set_const(ty, v.unwrap_or(Value::Unknown)),
                ObjKind::TypeName => {
                    x.mode = Mode::Type;
                    x.ty = ty;
                }
                ObjKind::Var(_) => {
                    x.mode = Mode::Variable;
                    x.ty = ty;
                }
                ObjKind::Func(_) => x.set_value(ty),
                ObjKind::Builtin(b) => {
                    x.mode = Mode::Builtin;
                    x.builtin = Some(b);
                    x.ty = TypeId::INVALID;
                }
                _ => {}
            }
            if ty == TypeId::INVALID && x.mode != Mode::Builtin {
                x.invalidate();
            }
            x.expr = e;
            return;
        }
        self.expr_or_type(x, operand, false);
        if x.is_invalid() {
            x.expr = e;
            return;
        }
        if x.mode == Mode::Builtin {
            self.error(e, format!("invalid use of {} in selector expression", self.describe(x)));
            x.expr = e;
            return x.invalidate();
        }
        if x.is_nil() {
            self.error_at(name_pos, format!("nil.{symbol} undefined (type untyped nil has no field or method {symbol})"));
            x.expr = e;
            return x.invalidate();
        }
        if symbol.is_blank() {
            self.error_at(name_pos, "cannot refer to blank field or method");
            x.expr = e;
            return x.invalidate();
        }
        if x.mode == Mode::Type && self.cx.is_generic(x.ty) {
            x.expr = e;
            return x.invalidate();
        }
        // What is being declared may not have its fields yet.
        if let Some(named) = self.cx.as_named(self.cx.deref(x.ty).0)
            && let Some(info) = self.decls.get(&named.obj)
        {
            let _ = info;
            self.settle_named(named.id);
        }
        // A type whose declaration is under way has no fields yet.
        let (base, _) = self.cx.deref(x.ty);
        if self.report_if_incomplete(base) {
            x.expr = e;
            return x.invalidate();
        }
        let found = self.cx.lookup_member(x.ty, symbol, self.pkg, false);
        let found = match found {
            Ok(found) => found,
            Err(_) if want_type => {
                self.error_at(name_pos, format!("{} is not a type", self.expr_string(e)));
                x.expr = e;
                return x.invalidate();
            }
            Err(why) => {
                self.missing_member(x, e, symbol, name_pos, why);
                x.expr = e;
                return x.invalidate();
            }
        };
        if want_type {
            self.error_at(name_pos, format!("{} is not a type", self.expr_string(e)));
            x.expr = e;
            return x.invalidate();
        }
        // Methods are resolved when first used.
        if let Found::Method { obj, .. } = &found.found {
            self.resolve(*obj);
            self.add_dependency(*obj);
        }
        let mut selection = self.cx.selection(x.ty, symbol, self.pkg, &found);
        if selection.ty.is_none() {
            // A method needed by its own signature.
            self.error_at(name_pos, format!("invalid recursive use of {}", self.expr_string(e)));
            x.expr = e;
            return x.invalidate();
        }
        if let Some(method) = selection.method {
            self.record_use(name, method);
        }
        if x.mode == Mode::Type {
            if selection.kind == SelectionKind::Field {
                self.error(operand, format!("operand for field selector {symbol} must be value of type {}", self.ts(x.ty)));
                x.expr = e;
                return x.invalidate();
            }
            if selection.pointer_recv && !selection.indirect {
                self.error_at(
                    name_pos,
                    format!("invalid method expression {} (needs pointer receiver (*{}).{symbol})", self.expr_string(e), self.ts(x.ty)),
                );
                x.expr = e;
                return x.invalidate();
            }
            // The receiver becomes the first parameter.
            let Some(sig) = self.sig_of(selection.ty) else {
                x.expr = e;
                return x.invalidate();
            };
            let name = match sig.params.first() {
                Some(p) if !p.name.is_empty() => self.receiver_name(selection.method),
                _ => source::Symbol::EMPTY,
            };
            let mut params = vec![Param { name, ty: x.ty }];
            params.extend(sig.params.iter().copied());
            let t = self.cx.mk(Type::Func(Arc::new(Signature { params: params.into(), ..(*sig).clone() })));
            selection.kind = SelectionKind::MethodExpr;
            selection.ty = t;
            self.info[self.env.file].selections.insert(e, selection);
            x.set_value(t);
            x.expr = e;
            return;
        }
        match selection.kind {
            SelectionKind::Field => {
                let variable = x.mode == Mode::Variable || selection.indirect;
                x.mode = if variable { Mode::Variable } else { Mode::Value };
                x.ty = selection.ty;
                x.val = None;
                if !self.cx.is_valid(x.ty) {
                    x.invalidate();
                }
            }
            _ => {
                if selection.pointer_recv && !selection.indirect {
                    if x.mode != Mode::Variable {
                        self.error_at(name_pos, format!("cannot call pointer method {symbol} on {}", self.ts(x.ty)));
                        x.expr = e;
                        return x.invalidate();
                    }
                    self.note_address(operand);
                }
                if !self.cx.is_valid(selection.ty) {
                    x.expr = e;
                    return x.invalidate();
                }
                x.set_value(selection.ty);
            }
        }
        self.info[self.env.file].selections.insert(e, selection);
        x.expr = e;
    }

    /// The name of a method's receiver, as method expressions show it; `_` where it is not known.
    fn receiver_name(&self, method: Option<crate::ObjId>) -> source::Symbol {
        let declared = method.and_then(|m| self.decls.get(&m)).and_then(|info| {
            let ast = &self.files[info.file].ast;
            match ast[info.decl] {
                syntax::ast::Decl::Func { recv, .. } if !recv.is_empty() => Some(ast.name(ast[ast.nth(recv, 0)].name)),
                _ => None,
            }
        });
        declared.filter(|n| !n.is_empty()).unwrap_or(source::Symbol::BLANK)
    }

    fn missing_member(&mut self, x: &Operand, e: ExprId, name: source::Symbol, pos: source::Pos, why: LookupError) {
        if !self.cx.is_valid(self.cx.underlying(x.ty)) {
            return;
        }
        let (base, _) = self.cx.deref(x.ty);
        if !self.cx.is_valid(self.cx.underlying(base)) {
            return;
        }
        if self.has_invalid_embedded(x.ty, &mut Vec::new()) {
            return;
        }
        let text = match why {
            LookupError::Ambiguous => return self.error_at(pos, format!("ambiguous selector {}", self.expr_string(e))),
            LookupError::PointerToInterface => self.interface_pointer_cause(x.ty),
            LookupError::Missing if self.is_interface_pointer(x.ty) => self.interface_pointer_cause(x.ty),
            LookupError::Missing => self.missing_member_cause(x.ty, name),
        };
        let near = if text.contains("but does have") { Vec::new() } else { self.member_names(x.ty) };
        self.error_with_hint(pos, format!("{} undefined ({text})", self.expr_string(e)), name, near);
    }

    pub fn is_interface_pointer(&self, t: TypeId) -> bool {
        matches!(self.cx.under(t), Type::Pointer(elem) if self.cx.is_interface(elem)) && !self.cx.is_type_param(t)
    }

    pub fn interface_pointer_cause(&self, t: TypeId) -> String {
        if let Type::Pointer(elem) = self.cx.under(t)
            && self.cx.is_type_param(elem)
        {
            return format!("type {} is pointer to type parameter, not type parameter", self.ts(t));
        }
        format!("type {} is pointer to interface, not interface", self.ts(t))
    }

    fn missing_member_cause(&self, t: TypeId, name: source::Symbol) -> String {
        // Perhaps another capitalisation, or another package's secret.
        let other = self.cx.lookup_member(t, name, self.pkg, true).ok();
        let (what, alt, alt_pkg) = match other.as_ref().map(|o| &o.found) {
            Some(Found::Field(f)) => ("field", f.name, f.pkg),
            Some(Found::Method { obj, .. }) => ("method", self.cx.obj_name(*obj), self.cx.obj_pkg(*obj).unwrap_or(self.pkg)),
            Some(Found::Abstract { method, .. }) => ("method", method.name, method.pkg),
            None => return format!("type {} has no field or method {name}", self.ts(t)),
        };
        if alt == name {
            return format!("cannot refer to unexported {what} {name}");
        }
        let tail = |s: source::Symbol| s.as_str().chars().skip(1).collect::<String>();
        if alt_pkg != self.pkg && !is_exported(alt) {
            if is_exported(name) && tail(alt) == tail(name) {
                return format!("type {} has no field or method {name}, but does have unexported {what} {alt}", self.ts(t));
            }
            return format!("type {} has no field or method {name}", self.ts(t));
        }
        if alt_pkg != self.pkg && tail(alt) != tail(name) && !is_exported(name) {
            return format!("type {} has no field or method {name}", self.ts(t));
        }
        format!("type {} has no field or method {name}, but does have {what} {alt}", self.ts(t))
    }
}
