//! Built-in functions of package unsafe.

use super::Checker;
use super::operand::Operand;
use crate::constant::Value;
use crate::lookup::Found;
use crate::{Builtin, Mode, Type, TypeId};
use syntax::ast::{Expr, ExprId};

impl Checker<'_> {
    pub fn builtin_unsafe(&mut self, x: &mut Operand, e: ExprId, b: Builtin, args: &[ExprId], operands: Vec<Operand>) {
        match b {
            Builtin::Add => {
                self.require_version(self.start(e), 17, "unsafe.Add");
                self.assignment(x, Some(TypeId::UNSAFE_POINTER), "argument to unsafe.Add");
                if x.is_invalid() {
                    return;
                }
                let mut y = operands[1].clone();
                if !self.valid_index(&mut y, "length", true) {
                    return x.invalidate();
                }
                x.set_value(TypeId::UNSAFE_POINTER);
            }
            Builtin::Alignof | Builtin::Sizeof => {
                let what = if b == Builtin::Sizeof { "unsafe.Sizeof" } else { "unsafe.Alignof" };
                self.assignment(x, None, &format!("argument to {what}"));
                if x.is_invalid() {
                    return;
                }
                let t = x.ty;
                if !self.size_is_known(x, t) || self.cx.has_var_size(t) {
                    // An instance that contains itself has a size, but no constant one.
                    if x.is_invalid() && self.cx.as_named(t).is_none_or(|n| n.targs.is_empty()) {
                        return;
                    }
                    return x.set_value(TypeId::UINTPTR);
                }
                let n = if b == Builtin::Sizeof { self.cx.size_of(x.ty) } else { self.cx.align_of(x.ty) };
                if n > i64::MAX as u64 {
                    self.error(x.expr, format!("type {} too large", self.ts(x.ty)));
                    return x.invalidate();
                }
                x.set_const(TypeId::UINTPTR, Value::int(n as i64));
            }
            Builtin::Offsetof => self.offsetof(x, args[0]),
            Builtin::Slice => {
                self.require_version(self.start(e), 17, "unsafe.Slice");
                let elem = match self.core_type(x.ty).map(|c| self.cx.ty(c)) {
                    Some(Type::Pointer(elem)) => elem,
                    _ => {
                        self.error(x.expr, format!("invalid argument: {} is not a pointer", self.describe(x)));
                        return x.invalidate();
                    }
                };
                let mut y = operands[1].clone();
                if !self.valid_index(&mut y, "length", false) {
                    return x.invalidate();
                }
                let t = self.cx.slice_of(elem);
                x.set_value(t);
            }
            Builtin::SliceData => {
                self.require_version(self.start(e), 20, "unsafe.SliceData");
                match self.core_type(x.ty).map(|c| self.cx.ty(c)) {
                    Some(Type::Slice(elem)) => {
                        let t = self.cx.pointer_to(elem);
                        x.set_value(t);
                    }
                    _ => {
                        self.error(x.expr, format!("invalid argument: {} is not a slice", self.describe(x)));
                        x.invalidate();
                    }
                }
            }
            Builtin::String => {
                self.require_version(self.start(e), 20, "unsafe.String");
                let t = self.cx.pointer_to(TypeId::BYTE);
                self.assignment(x, Some(t), "argument to unsafe.String");
                if x.is_invalid() {
                    return;
                }
                let mut y = operands[1].clone();
                if !self.valid_index(&mut y, "length", false) {
                    return x.invalidate();
                }
                x.set_value(TypeId::STRING);
            }
            Builtin::StringData => {
                self.require_version(self.start(e), 20, "unsafe.StringData");
                self.assignment(x, Some(TypeId::STRING), "argument to unsafe.StringData");
                if x.is_invalid() {
                    return;
                }
                let t = self.cx.pointer_to(TypeId::BYTE);
                x.set_value(t);
            }
            _ => x.invalidate(),
        }
    }

    fn offsetof(&mut self, x: &mut Operand, arg: ExprId) {
        let ast = self.ast();
        let inner = ast.unparen(arg);
        let Expr::Selector { operand, name } = ast[inner] else {
            self.error(arg, format!("invalid argument: {} is not a selector expression", self.expr_string(arg)));
            let mut y = Operand::new(arg);
            self.raw_expr(&mut y, arg, None);
            return;
        };
        self.expr(x, operand);
        if x.is_invalid() {
            return;
        }
        let base = match self.cx.under(x.ty) {
            Type::Pointer(elem) => elem,
            _ => x.ty,
        };
        let symbol = ast.name(name);
        let name_pos = self.ident_pos(name);
        let found = self.cx.lookup_member(base, symbol, self.pkg, false).ok();
        let Some(found) = found else {
            self.error_at(name_pos, format!("invalid argument: {} has no single field {symbol}", self.ts(base)));
            return x.invalidate();
        };
        if !matches!(found.found, Found::Field(_)) {
            self.error(arg, format!("invalid argument: {} is a method value", self.expr_string(arg)));
            return x.invalidate();
        }
        // Through an embedded pointer there is no one offset.
        if found.path.iter().any(|s| s.deref) {
            self.error(operand, format!("invalid argument: field {symbol} is embedded via a pointer in {}", self.ts(base)));
            return x.invalidate();
        }
        let mut selection = self.cx.selection(x.ty, symbol, self.pkg, &found);
        selection.recv = x.ty;
        let field_ty = selection.ty;
        let (mut t, mut offset) = (base, 0u64);
        let variable = !self.size_is_known(x, base) || self.cx.has_var_size(base);
        for step in &selection.path {
            let Type::Struct(fields) = self.cx.under(t) else { break };
            if !variable {
                offset = offset.saturating_add(self.cx.struct_layout(&fields).1[step.index as usize]);
            }
            t = fields[step.index as usize].ty;
        }
        self.info[self.env.file].selections.insert(inner, selection);
        self.record(inner, Mode::Variable, field_ty, None);
        if x.is_invalid() {
            return;
        }
        if variable {
            return x.set_value(TypeId::UINTPTR);
        }
        if offset > i64::MAX as u64 {
            self.error(operand, format!("type {} too large", self.ts(base)));
            return x.invalidate();
        }
        x.set_const(TypeId::UINTPTR, Value::int(offset as i64));
    }
}
