//! Operands: an expression's mode, type and value while it is being checked; assignability.

use super::Checker;
use crate::constant::Value;
use crate::{Basic, Builtin, ChanDir, Mode, Type, TypeId};
use syntax::ast::ExprId;

#[derive(Clone, Debug)]
pub(crate) struct Operand {
    pub mode: Mode,
    /// NONE for operands that no expression made.
    pub expr: ExprId,
    pub ty: TypeId,
    pub val: Option<Value>,
    pub builtin: Option<Builtin>,
    /// The how-manieth result of a call with several this is; 0: of none.
    pub nth_result: u32,
}

impl Operand {
    pub fn new(expr: ExprId) -> Operand {
        Operand { mode: Mode::Invalid, expr, ty: TypeId::INVALID, val: None, builtin: None, nth_result: 0 }
    }
    pub fn value(expr: ExprId, ty: TypeId) -> Operand {
        Operand { mode: Mode::Value, ty, ..Operand::new(expr) }
    }
    pub fn is_invalid(&self) -> bool {
        self.mode == Mode::Invalid
    }
    pub fn is_nil(&self) -> bool {
        self.mode == Mode::Nil
    }
    pub fn invalidate(&mut self) {
        self.mode = Mode::Invalid;
    }
    pub fn set_const(&mut self, ty: TypeId, val: Value) {
        self.mode = Mode::Constant;
        self.ty = ty;
        self.val = Some(val);
    }
    pub fn set_value(&mut self, ty: TypeId) {
        self.mode = Mode::Value;
        self.ty = ty;
        self.val = None;
    }
}

pub(crate) fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::Invalid => "invalid operand",
        Mode::NoValue => "no value",
        Mode::Builtin => "built-in",
        Mode::Type => "type",
        Mode::Constant => "constant",
        Mode::Variable => "variable",
        Mode::MapIndex => "map index expression",
        Mode::Value => "value",
        Mode::Nil => "nil",
        Mode::CommaOk => "comma, ok expression",
    }
}

impl Checker<'_> {
    /// The operand as messages show it: `x (variable of type int)`.
    pub fn describe(&self, x: &Operand) -> String {
        if x.mode == Mode::Nil {
            return match x.ty {
                TypeId::INVALID => "nil (with invalid type)".into(),
                TypeId::UNTYPED_NIL => "nil".into(),
                t => format!("nil (of type {})", self.ts(t)),
            };
        }
        let expr = if x.nth_result == u32::MAX {
            "ok value of (comma, ok) expression".to_string()
        } else if x.nth_result > 0 {
            let n = x.nth_result;
            let suffix = match (n % 10, n % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            format!("{n}{suffix} function result")
        } else if x.expr.is_some() {
            self.expr_string(x.expr)
        } else {
            match (&x.mode, &x.val) {
                (Mode::Builtin, _) => x.builtin.map_or(String::new(), |b| b.signature().0.to_string()),
                (Mode::Type, _) => self.ts(x.ty),
                (Mode::Constant, Some(v)) => v.to_string(),
                _ => String::new(),
            }
        };
        let mut out = String::new();
        if !expr.is_empty() {
            out.push_str(&expr);
            out.push_str(" (");
        }
        let mut has_type = false;
        if !matches!(x.mode, Mode::Invalid | Mode::NoValue | Mode::Builtin | Mode::Type) {
            if self.cx.is_untyped(x.ty) {
                if let Type::Basic(b) = self.cx.ty(x.ty) {
                    out.push_str(b.name());
                    out.push(' ');
                }
            } else {
                has_type = true;
            }
        }
        out.push_str(mode_name(x.mode));
        if x.mode == Mode::Constant
            && let Some(v) = &x.val
        {
            let text = v.to_string();
            if text != expr {
                out.push(' ');
                out.push_str(&text);
            }
        }
        if has_type {
            if self.cx.is_valid(x.ty) {
                let mut what = String::new();
                if self.cx.is_generic(x.ty) || matches!(self.cx.ty(x.ty), Type::Func(sig) if !sig.tparams.is_empty()) {
                    what.push_str("generic ");
                }
                let tparam = self.cx.as_type_param(x.ty);
                if tparam.is_none() && matches!(self.cx.ty(x.ty), Type::Named(_) | Type::Alias(_)) {
                    let kind = self.composite_kind(x.ty);
                    if kind.is_empty() {
                        if let Some(b) = self.cx.basic(x.ty) {
                            what.push_str(b.name());
                            what.push(' ');
                        }
                    } else {
                        what.push_str(kind);
                        what.push(' ');
                    }
                }
                out.push_str(&format!(" of {what}type {}", self.ts(x.ty)));
                if let Some(p) = tparam {
                    out.push_str(&format!(" constrained by {}", self.ts(p.constraint)));
                    if self.cx.type_set_of(x.ty).is_empty() {
                        out.push_str(" with empty type set");
                    }
                }
            } else {
                out.push_str(" with invalid type");
            }
        }
        if !expr.is_empty() {
            out.push(')');
        }
        out
    }

    pub fn composite_kind(&self, t: TypeId) -> &'static str {
        if self.cx.is_type_param(t) {
            return "type parameter";
        }
        match self.cx.under(t) {
            Type::Array { .. } => "array",
            Type::Slice(_) => "slice",
            Type::Struct(_) => "struct",
            Type::Pointer(_) => "pointer",
            Type::Func(_) => "func",
            Type::Interface(_) => "interface",
            Type::Map { .. } => "map",
            Type::Chan { .. } => "chan",
            Type::Tuple(_) => "tuple",
            _ => "",
        }
    }

    /// `Err(cause)`: not assignable; the cause may be empty.
    pub fn assignable(&mut self, x: &Operand, t: TypeId) -> Result<(), String> {
        if x.is_invalid() || !self.cx.is_valid(t) || !self.cx.is_valid(x.ty) {
            return Ok(());
        }
        let (orig_v, v, target) = (x.ty, self.cx.unalias(x.ty), self.cx.unalias(t));
        if self.cx.identical(v, target) {
            return Ok(());
        }
        // An instance with too few arguments is reported, but it is not every type.
        if let Some(n) = self.cx.as_named(target)
            && !n.targs.is_empty()
            && n.targs.len() != self.cx.origin_named(n.origin).tparams.len()
        {
            return Err(String::new());
        }
        let (v_under, t_under) = (self.cx.underlying(v), self.cx.underlying(target));
        let (v_param, t_param) = (self.cx.is_type_param(v), self.cx.is_type_param(target));
        // Untyped values.
        if self.cx.is_untyped(v) {
            if t_param {
                let terms = self.cx.type_set_of(target).terms.clone();
                let Some(terms) = terms else { return Err(String::new()) };
                let fits = !terms.is_empty() && terms.iter().all(|term| self.implicit_type(x, term.ty).is_ok_and(|r| r.0.is_some()));
                return if fits { Ok(()) } else { Err(String::new()) };
            }
            return match self.implicit_type(x, target) {
                Ok((ty, _)) if ty.is_some() => Ok(()),
                _ => Err(String::new()),
            };
        }
        // Identical underlying types, and one of them not a named type.
        if self.cx.identical(v_under, t_under) && (!self.cx.is_named(v) || !self.cx.is_named(target)) && !v_param && !t_param {
            return Ok(());
        }
        // To an interface.
        if matches!(self.cx.ty(t_under), Type::Interface(_)) && !t_param {
            return match self.implements(v, target, false, false) {
                Ok(()) => Ok(()),
                Err(cause) => Err(cause),
            };
        }
        // An interface that the target implements: a type assertion is missing.
        if matches!(self.cx.ty(v_under), Type::Interface(_)) && !v_param && self.implements(target, v, false, false).is_ok() {
            return Err("need type assertion".into());
        }
        // A bidirectional channel.
        if let (Type::Chan { dir: ChanDir::Both, elem: a }, Type::Chan { elem: b, .. }) = (self.cx.ty(v_under), self.cx.ty(t_under))
            && self.cx.identical(a, b)
            && (!self.cx.is_named(v) || !self.cx.is_named(target))
        {
            return Ok(());
        }
        if !v_param && !t_param {
            return Err(String::new());
        }
        // Type parameters: every type of the set, if the other side is no named type.
        if t_param && !self.cx.is_named(v) {
            let terms = self.cx.type_set_of(target).terms.clone().unwrap_or_default();
            if terms.is_empty() {
                return Err(String::new());
            }
            for term in &terms {
                if self.assignable(x, term.ty).is_err() {
                    return Err(format!("cannot assign {} to {} (in {})", self.ts(orig_v), self.ts(term.ty), self.ts(t)));
                }
            }
            return Ok(());
        }
        if v_param && !self.cx.is_named(target) {
            let terms = self.cx.type_set_of(v).terms.clone().unwrap_or_default();
            if terms.is_empty() {
                return Err(String::new());
            }
            for term in &terms {
                let one = Operand { ty: term.ty, ..x.clone() };
                if self.assignable(&one, target).is_err() {
                    return Err(format!("cannot assign {} (in {}) to {}", self.ts(term.ty), self.ts(orig_v), self.ts(t)));
                }
            }
            return Ok(());
        }
        Err(String::new())
    }

    pub fn is_bytes_or_runes(&self, t: TypeId) -> bool {
        match self.cx.under(t) {
            Type::Slice(elem) => matches!(self.cx.basic(elem), Some(Basic::Uint8 | Basic::Int32)) && !self.cx.is_type_param(elem),
            _ => false,
        }
    }
}
