//! Conversions `T(x)`.

use super::Checker;
use super::operand::Operand;
use crate::constant::Value;
use crate::{Basic, Mode, Type, TypeId};

impl Checker<'_> {
    pub fn conversion(&mut self, x: &mut Operand, t: TypeId) {
        if self.report_if_incomplete(t) {
            return x.invalidate();
        }
        let constant = x.mode == Mode::Constant;
        let mut ok = false;
        let mut cause = String::new();
        let mut overflow = false;
        if constant && self.cx.is_const_type(t) {
            // A constant of a basic type.
            let original = x.clone();
            ok = self.const_conversion(x, t);
            if !ok && self.cx.is_integer(original.ty) && self.cx.is_integer(t) {
                overflow = true;
                *x = original;
            }
        } else if constant && self.cx.is_type_param(t) {
            // Every type of the set must take the constant; the result is no constant.
            let terms = self.cx.type_set_of(t).terms.clone();
            match terms {
                Some(terms) if !terms.is_empty() => {
                    ok = true;
                    for term in terms {
                        if self.cx.is_string(term.ty) && self.cx.is_integer(x.ty) {
                            continue;
                        }
                        let mut y = x.clone();
                        if !self.cx.is_const_type(term.ty) {
                            if let Err(c) = self.convertible(&y, term.ty) {
                                ok = false;
                                cause = if c.is_empty() {
                                    format!("cannot convert {} to type {} (in {})", self.describe(x), self.ts(term.ty), self.ts(t))
                                } else {
                                    c
                                };
                                break;
                            }
                            continue;
                        }
                        if !self.const_conversion(&mut y, term.ty) {
                            ok = false;
                            cause = if self.cx.is_integer(x.ty) && self.cx.is_integer(term.ty) {
                                format!(
                                    "constant {} overflows {} (in {})",
                                    x.val.as_ref().map_or(String::new(), |v| v.to_string()),
                                    self.ts(term.ty),
                                    self.ts(t)
                                )
                            } else {
                                format!("cannot convert {} to type {} (in {})", self.describe(x), self.ts(term.ty), self.ts(t))
                            };
                            break;
                        }
                    }
                }
                _ => {
                    let r = self.convertible(x, t);
                    ok = r.is_ok();
                    cause = r.err().unwrap_or_default();
                    if cause.is_empty() {
                        cause = format!("{} does not contain specific types", self.ts(t));
                    }
                }
            }
            x.mode = Mode::Value;
        } else {
            match self.convertible(x, t) {
                Ok(()) => {
                    ok = true;
                    x.mode = Mode::Value;
                }
                Err(c) => cause = c,
            }
        }
        if !ok {
            let text = if overflow {
                format!("cannot convert {} to type {} (constant overflow)", self.describe(x), self.ts(t)).replace("cannot convert", "cannot convert")
            } else if cause.is_empty() {
                format!("cannot convert {} to type {}", self.describe(x), self.ts(t))
            } else {
                format!("cannot convert {} to type {}: {cause}", self.describe(x), self.ts(t))
            };
            let text = if overflow {
                format!("constant {} overflows {}", x.val.as_ref().map_or(String::new(), |v| v.to_string()), self.ts(t))
            } else {
                text
            };
            self.error(x.expr, text);
            return x.invalidate();
        }
        // An untyped operand: its final type is what it is converted to, or its default type.
        if self.cx.is_untyped(x.ty) {
            let mut is_final = t;
            if self.cx.is_non_param_interface(t) || (constant && !self.cx.is_const_type(t)) || (x.is_nil()) {
                is_final = if x.ty == TypeId::UNTYPED_NIL { t } else { self.cx.default_type(x.ty) };
            } else if x.mode == Mode::Constant && self.cx.is_integer(x.ty) && self.cx.all_string(t) {
                is_final = self.cx.default_type(x.ty);
            }
            if constant && self.cx.is_type_param(t) {
                is_final = self.cx.default_type(x.ty);
            }
            self.update_conversion_operand(x, is_final);
        }
        x.ty = t;
        if x.mode != Mode::Constant {
            x.val = None;
        }
    }

    /// The operand's own value may not be representable in the final type (`string(65)`), so no value check.
    fn update_conversion_operand(&mut self, x: &Operand, t: TypeId) {
        let e = x.expr;
        if x.mode == Mode::Constant {
            let info = &mut self.info[self.env.file];
            let basic = self.cx.basic(t);
            if info.types[e.index()].is_some() && self.cx.is_untyped(info.types[e.index()]) {
                if let Some(v) = info.values.get(&e).cloned()
                    && let Some(b) = basic
                {
                    match v.represent(b) {
                        Some(v) => {
                            info.values.insert(e, v);
                        }
                        None => return,
                    }
                }
                self.update_expr_type(e, t, true);
            }
            return;
        }
        self.update_expr_type(e, t, true);
    }

    fn const_conversion(&mut self, x: &mut Operand, t: TypeId) -> bool {
        let Some(b) = self.cx.basic(t) else { return false };
        let v = x.val.clone().unwrap_or(Value::Unknown);
        let numeric_or_same = !(self.cx.is_integer(x.ty) && b.is_string());
        if numeric_or_same {
            if let Some(rounded) = v.represent(b) {
                // Kinds must agree too: a string constant is no number even if unknown.
                x.val = Some(rounded);
                return true;
            }
            return false;
        }
        // Integer to string: the UTF-8 of the code point.
        let text = v.as_i64().and_then(|n| u32::try_from(n).ok()).and_then(char::from_u32).unwrap_or('\u{FFFD}');
        x.val = Some(Value::str(text.to_string().as_bytes()));
        true
    }

    /// `Err(cause)`: no conversion; the cause may be empty.
    fn convertible(&mut self, x: &Operand, t: TypeId) -> Result<(), String> {
        if self.assignable(x, t).is_ok() {
            return Ok(());
        }
        let (v, target) = (x.ty, t);
        let (v_under, t_under) = (self.cx.underlying(v), self.cx.underlying(target));
        let (v_param, t_param) = (self.cx.is_type_param(v), self.cx.is_type_param(target));
        if self.cx.identical_ignore_tags(v_under, t_under) && !v_param && !t_param {
            return Ok(());
        }
        // Unnamed pointers to identical base types.
        if let (Type::Pointer(a), Type::Pointer(b)) = (self.cx.ty(self.cx.unalias(v)), self.cx.ty(self.cx.unalias(target)))
            && self.cx.identical_ignore_tags(self.cx.underlying(a), self.cx.underlying(b))
            && !self.cx.is_type_param(a)
            && !self.cx.is_type_param(b)
        {
            return Ok(());
        }
        let number = |t: TypeId| self.cx.is_basic(t, |b| b.is_integer() || b.is_float());
        if !v_param && !t_param {
            if number(v) && number(target) {
                return Ok(());
            }
            if self.cx.is_basic(v, Basic::is_complex) && self.cx.is_basic(target, Basic::is_complex) {
                return Ok(());
            }
            if self.cx.is_string(target) && (self.cx.is_integer(v) || self.is_bytes_or_runes(v_under)) {
                return Ok(());
            }
            if self.cx.is_string(v) && self.is_bytes_or_runes(t_under) {
                return Ok(());
            }
            let pointer = |t: TypeId| matches!(self.cx.ty(t), Type::Pointer(_)) || self.cx.is_basic(t, |b| b == Basic::Uintptr);
            let is_unsafe = |t: TypeId| self.cx.is_basic(t, |b| b == Basic::UnsafePointer);
            if (pointer(v_under) && is_unsafe(target)) || (is_unsafe(v) && pointer(t_under)) {
                return Ok(());
            }
            // Slice to array or array pointer.
            if let Type::Slice(elem) = self.cx.ty(v_under) {
                match self.cx.ty(t_under) {
                    Type::Array { elem: a, .. } if self.cx.identical(elem, a) => {
                        return if self.allows(20) { Ok(()) } else { Err("conversion of slice to array requires go1.20 or later".into()) };
                    }
                    Type::Pointer(p) => {
                        if let Type::Array { elem: a, .. } = self.cx.under(p)
                            && self.cx.identical(elem, a)
                        {
                            return if self.allows(17) {
                                Ok(())
                            } else {
                                Err("conversion of slice to array pointer requires go1.17 or later".into())
                            };
                        }
                    }
                    _ => {}
                }
            }
            if self.is_interface_pointer(target) {
                return Err(format!("{} does not implement {} ({})", self.ts(v), self.ts(t), self.interface_pointer_cause(target)));
            }
            return Err(String::new());
        }
        // Type parameters: every type of the sets.
        let terms = |c: &Self, t: TypeId| c.cx.type_set_of(t).terms.clone().unwrap_or_default();
        let inner_cause = |c: &Self, cause: String, from: TypeId, to: TypeId, text: String| {
            let _ = (c, from, to);
            if cause.is_empty() { text } else { format!("{text}: {cause}") }
        };
        if v_param && t_param {
            let (vs, ts) = (terms(self, v), terms(self, target));
            if vs.is_empty() || ts.is_empty() {
                return Err(String::new());
            }
            for a in &vs {
                for b in &ts {
                    let y = Operand { ty: a.ty, mode: Mode::Value, val: None, ..x.clone() };
                    if let Err(c) = self.convertible(&y, b.ty) {
                        let text = format!("cannot convert {} (in {}) to type {} (in {})", self.ts(a.ty), self.ts(v), self.ts(b.ty), self.ts(t));
                        return Err(inner_cause(self, c, a.ty, b.ty, text));
                    }
                }
            }
            return Ok(());
        }
        if v_param {
            let vs = terms(self, v);
            if vs.is_empty() {
                return Err(String::new());
            }
            for a in &vs {
                let y = Operand { ty: a.ty, mode: Mode::Value, val: None, ..x.clone() };
                if let Err(c) = self.convertible(&y, target) {
                    let text = format!("cannot convert {} (in {}) to type {}", self.ts(a.ty), self.ts(v), self.ts(t));
                    return Err(inner_cause(self, c, a.ty, target, text));
                }
            }
            return Ok(());
        }
        let ts = terms(self, target);
        if ts.is_empty() {
            return Err(String::new());
        }
        for b in &ts {
            if let Err(c) = self.convertible(x, b.ty) {
                let text = format!("cannot convert {} to type {} (in {})", self.ts(v), self.ts(b.ty), self.ts(t));
                return Err(inner_cause(self, c, v, b.ty, text));
            }
        }
        Ok(())
    }
}
