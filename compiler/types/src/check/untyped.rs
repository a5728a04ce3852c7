//! Untyped operands: what they are converted to, and telling the expressions inside.

use super::Checker;
use super::operand::Operand;
use crate::constant::Value;
use crate::{Basic, Mode, Type, TypeId};
use syntax::ast::{BinaryOp, Expr, ExprId};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Misfit {
    Conversion,
    Truncated,
    Overflow,
}

impl Checker<'_> {
    /// The type (NONE: impossible) and value that an untyped operand takes in the place of a `target`.
    pub fn implicit_type(&self, x: &Operand, target: TypeId) -> Result<(TypeId, Option<Value>), Misfit> {
        if x.is_invalid() || !self.cx.is_untyped(x.ty) || !self.cx.is_valid(target) {
            return Ok((x.ty, None));
        }
        if self.cx.is_untyped(target) {
            if x.is_nil() || target == TypeId::UNTYPED_NIL {
                return if x.ty == target { Ok((target, None)) } else { Err(Misfit::Conversion) };
            }
            return self.max_type(x.ty, target).map(|t| (t, None)).ok_or(Misfit::Conversion);
        }
        if x.is_nil() {
            return if self.cx.has_nil(target) { Ok((target, None)) } else { Err(Misfit::Conversion) };
        }
        if self.cx.is_type_param(target) {
            let terms = self.cx.type_set_of(target).terms.clone().ok_or(Misfit::Conversion)?;
            if terms.is_empty() {
                return Err(Misfit::Conversion);
            }
            for term in terms {
                self.implicit_type(x, term.ty)?;
            }
            return Ok((target, None));
        }
        match self.cx.under(target) {
            Type::Basic(b) => {
                if x.mode == Mode::Constant {
                    let v = self.representation(x, b)?;
                    return Ok((target, Some(v)));
                }
                let fits = match x.ty {
                    TypeId::UNTYPED_BOOL => b.is_boolean(),
                    TypeId::UNTYPED_STRING => b.is_string(),
                    TypeId::UNTYPED_NIL => b == Basic::UnsafePointer,
                    _ => b.is_numeric(),
                };
                if fits { Ok((target, None)) } else { Err(Misfit::Conversion) }
            }
            Type::Interface(_) => {
                // The dynamic type is the default type; only if the interface has no methods.
                if !self.cx.type_set_of(target).is_all() {
                    return Err(Misfit::Conversion);
                }
                Ok((self.cx.default_type(x.ty), None))
            }
            _ => Err(Misfit::Conversion),
        }
    }

    pub fn representation(&self, x: &Operand, b: Basic) -> Result<Value, Misfit> {
        let v = x.val.clone().unwrap_or(Value::Unknown);
        if let Some(rounded) = v.represent(b) {
            return Ok(rounded);
        }
        let numeric = |t: TypeId| self.cx.is_numeric(t);
        if numeric(x.ty) && b.is_numeric() {
            // Numbers: a fraction is cut off, or the value is too big.
            return Err(if !self.cx.is_integer(x.ty) && b.is_integer() { Misfit::Truncated } else { Misfit::Overflow });
        }
        Err(Misfit::Conversion)
    }

    /// Reports unless the constant fits the basic type `t`; rounds it.
    pub fn representable(&mut self, x: &mut Operand, t: TypeId) {
        let Some(b) = self.cx.basic(t) else { return };
        match self.representation(x, b) {
            Ok(v) => x.val = Some(v),
            Err(misfit) => {
                self.invalid_conversion(misfit, x, t);
                x.invalidate();
            }
        }
    }

    pub fn invalid_conversion(&mut self, misfit: Misfit, x: &Operand, t: TypeId) {
        // Numbers are told about the basic type behind a name.
        let t = if misfit == Misfit::Conversion || self.cx.is_type_param(t) { t } else { self.cx.underlying(t) };
        let misfit = if self.cx.is_type_param(t) { Misfit::Conversion } else { misfit };
        let text = match misfit {
            Misfit::Conversion => format!("cannot convert {} to type {}", self.describe(x), self.ts(t)),
            Misfit::Truncated => format!("{} truncated to {}", self.describe(x), self.ts(t)),
            Misfit::Overflow => format!("{} overflows {}", self.describe(x), self.ts(t)),
        };
        self.error(x.expr, text);
    }

    pub fn convert_untyped(&mut self, x: &mut Operand, target: TypeId) {
        match self.implicit_type(x, target) {
            Ok((ty, val)) => {
                if let Some(v) = val {
                    x.val = Some(v);
                }
                if ty != x.ty {
                    x.ty = ty;
                    self.update_expr_type(x.expr, ty, false);
                }
                self.update_expr_val(x);
            }
            Err(misfit) => {
                let t = if self.cx.is_type_param(target) { target } else { target };
                self.invalid_conversion(misfit, x, t);
                x.invalidate();
            }
        }
    }

    pub fn update_expr_val(&mut self, x: &Operand) {
        if x.expr.is_some()
            && x.mode == Mode::Constant
            && let Some(v) = &x.val
        {
            self.info[self.env.file].values.insert(x.expr, v.clone());
        }
    }

    /// The larger of two untyped types; `None` if they do not mix.
    pub fn max_type(&self, x: TypeId, y: TypeId) -> Option<TypeId> {
        if x == y {
            return Some(x);
        }
        let number = |t: TypeId| t.0 >= TypeId::UNTYPED_INT.0 && t.0 <= TypeId::UNTYPED_COMPLEX.0;
        (number(x) && number(y)).then_some(if x.0 > y.0 { x } else { y })
    }

    /// An expression recorded as untyped gets type `t`; so do the operands it consists of.
    pub fn update_expr_type(&mut self, e: ExprId, t: TypeId, is_final: bool) {
        if e.is_none() {
            return;
        }
        let info = &self.info[self.env.file];
        let old = info.types[e.index()];
        if old.is_none() || !self.cx.is_untyped(old) {
            return;
        }
        stacker::maybe_grow(32 * 1024, 1024 * 1024, || self.update_untyped(e, old, t, is_final));
    }

    fn update_untyped(&mut self, e: ExprId, old: TypeId, t: TypeId, is_final: bool) {
        let info = &self.info[self.env.file];
        let value = info.values.get(&e).cloned();
        match self.ast()[e] {
            Expr::Paren(inner) => self.update_expr_type(inner, t, is_final),
            Expr::Unary { operand, .. } if value.is_none() => self.update_expr_type(operand, t, is_final),
            Expr::Binary { op, lhs, rhs } if value.is_none() => match op {
                BinaryOp::Equal | BinaryOp::NotEqual | BinaryOp::Less | BinaryOp::LessEqual | BinaryOp::Greater | BinaryOp::GreaterEqual => {}
                BinaryOp::Shl | BinaryOp::Shr => self.update_expr_type(lhs, t, is_final),
                _ => {
                    self.update_expr_type(lhs, t, is_final);
                    self.update_expr_type(rhs, t, is_final);
                }
            },
            Expr::Call { .. } => {
                if let Some(args) = self.minmax_untyped.get(&(self.env.file, e)).cloned() {
                    for a in args {
                        self.update_expr_type(a, t, is_final);
                    }
                }
            }
            _ => {}
        }
        if !is_final && self.cx.is_untyped(t) {
            self.info[self.env.file].types[e.index()] = t;
            return;
        }
        if self.shift_operands.contains(&(self.env.file, e)) {
            self.shift_operands.remove(&(self.env.file, e));
            if !self.cx.all_integer(t) {
                let text = format!("invalid operation: shifted operand {} (type {}) must be integer", self.expr_string(e), self.ts(t));
                self.error(e, text);
                return;
            }
        }
        if let Some(v) = value {
            let mut c = Operand { mode: Mode::Constant, ty: old, val: Some(v), ..Operand::new(e) };
            match self.implicit_type(&c, t) {
                Ok((_, Some(v))) => c.val = Some(v),
                Ok(_) => {}
                Err(misfit) => {
                    self.invalid_conversion(misfit, &c, t);
                    return;
                }
            }
            if let Some(v) = c.val {
                self.info[self.env.file].values.insert(e, v);
            }
        }
        self.info[self.env.file].types[e.index()] = t;
    }

    /// What is still untyped at the end stays so: constants of constants, comparisons in conditions.
    pub fn finish_untyped(&mut self) {
        let left = std::mem::take(&mut self.shift_operands);
        for (file, e) in left {
            let info = &mut self.info[file];
            if info.types[e.index()] == TypeId::UNTYPED_INT {
                info.types[e.index()] = TypeId::INT;
            }
        }
    }
}
