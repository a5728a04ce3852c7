//! `for ... range`.

use super::Checker;
use super::operand::Operand;
use crate::{BodyInfo, ChanDir, Mode, ObjId, Type, TypeId, VarKind};
use syntax::ast::{Expr, ExprId, StmtId};

/// What ranging over a value gives.
pub(crate) struct RangeOver {
    pub key: Option<TypeId>,
    pub value: Option<TypeId>,
    pub is_int: bool,
    pub is_func: bool,
}

impl Checker<'_> {
    pub fn range_stmt(&mut self, s: StmtId, key: ExprId, value: ExprId, extra: ExprId, define: bool, operand: ExprId, body: StmtId) {
        let ast = self.ast();
        let mut x = Operand::new(operand);
        // Over an array only the length may be needed: then nothing is evaluated, and it may be constant.
        self.expr(&mut x, operand);
        if define && !x.is_invalid() && key.is_none() && value.is_some() {
            self.error(value, "range clause permits at most two iteration variables");
        }
        let mut over = RangeOver { key: None, value: None, is_int: false, is_func: false };
        let mut ok = false;
        if !x.is_invalid() {
            match self.range_over(&x) {
                Ok(r) => {
                    over = r;
                    ok = true;
                }
                Err(cause) => {
                    let text = if cause.is_empty() {
                        format!("cannot range over {}", self.describe(&x))
                    } else {
                        format!("cannot range over {}: {cause}", self.describe(&x))
                    };
                    self.error(operand, text);
                }
            }
        }
        if ok {
            if over.is_func {
                self.require_version(self.start(operand), 23, &format!("cannot range over {}: ", self.describe(&x)));
            }
            let too_many = if over.key.is_none() && key.is_some() {
                Some((key, "no"))
            } else if over.value.is_none() && value.is_some() {
                Some((value, "only one"))
            } else {
                None
            };
            if let Some((at, n)) = too_many {
                let plural = if n == "no" { "variables" } else { "variable" };
                self.error(at, format!("range over {} permits {n} iteration {plural}", self.describe(&x)));
            } else if extra.is_some() {
                self.error(extra, "range clause permits at most two iteration variables");
            }
        }
        let saved = self.open_scope();
        let types = [over.key, over.value];
        let mut vars: Vec<(ExprId, ObjId)> = Vec::new();
        // The body of a range over a function is a function of its own.
        let is_func_body = ok && over.is_func && self.env.body > 0;
        let outer_func = self.env.func;
        let outer_body = self.env.body;
        if is_func_body {
            self.n_funcs += 1;
            let (func, parent) = (self.n_funcs, self.env.body);
            self.bodies.push(super::Body { func, parent, info: BodyInfo::default() });
            if define {
                self.env.func = func;
            }
        }
        let body_idx = self.bodies.len();
        for (i, e) in [key, value].into_iter().enumerate() {
            if e.is_none() {
                continue;
            }
            let t = types[i];
            if define {
                let Expr::Name(id) = ast[e] else {
                    if !matches!(ast[e], Expr::Bad) {
                        self.error(e, format!("non-name {} on left side of :=", self.expr_string(e)));
                    }
                    continue;
                };
                let name = ast.name(id);
                let obj = self.new_var(VarKind::Local, name, self.ident_pos(id), t.unwrap_or(TypeId::INVALID));
                self.record_def(id, obj);
                if t.is_none() {
                    self.mark_used(obj);
                }
                if over.is_int && i == 0 && ok {
                    // The variable takes the operand's type; an untyped constant its default type.
                    self.cx.edit_obj(obj, |o| o.ty = TypeId::NONE);
                    let mut y = x.clone();
                    self.init_var(obj, &mut y, "range clause");
                    if self.cx.obj_type(obj) == TypeId::INVALID {
                        self.mark_used(obj);
                    }
                }
                let var_ty = self.cx.obj_type(obj);
                self.record(e, Mode::Variable, var_ty, None);
                vars.push((e, obj));
            } else if ok && let Some(t) = t {
                if over.is_int && i == 0 {
                    let target = self.lhs_var(e);
                    if target != Some(TypeId::INVALID) {
                        let mut y = x.clone();
                        self.assignment(&mut y, target, "range clause");
                        if let Some(target) = target
                            && !y.is_invalid()
                            && !self.cx.all_integer(target)
                        {
                            self.error(e, format!("cannot use iteration variable of type {}", self.ts(target)));
                        }
                    }
                } else {
                    let y = Operand { mode: Mode::Value, ty: t, ..Operand::new(e) };
                    self.assign_range(e, y);
                }
            } else {
                self.lhs_var(e);
            }
        }
        if over.is_int && key.is_none() && ok && self.cx.is_untyped(x.ty) {
            // `for range 10`
            self.assignment(&mut x, None, "range clause");
        }
        for &(_, obj) in &vars {
            if self.declare(self.env.scope, None, obj) && !self.cx.obj_name(obj).is_blank() {
                self.note_local(obj);
            }
        }
        if define && vars.is_empty() && (key.is_some() || value.is_some()) && ok {
            // Nothing was declared: an error was reported.
        }
        if is_func_body {
            self.env.func = self.n_funcs_of(body_idx);
            self.env.body = body_idx;
            self.loop_body(body);
            self.env.func = outer_func;
            self.env.body = outer_body;
            let info = std::mem::take(&mut self.bodies[body_idx - 1].info);
            // Defers belong to the function around.
            if info.has_defer {
                self.bodies[outer_body - 1].info.has_defer = true;
            }
            self.info[self.env.file].range_bodies.insert(s, info);
        } else {
            self.loop_body(body);
        }
        self.close_scope(saved);
    }

    fn n_funcs_of(&self, body_idx: usize) -> u32 {
        self.bodies[body_idx - 1].func
    }

    fn assign_range(&mut self, lhs: ExprId, x: Operand) {
        let target = self.lhs_var(lhs);
        let Some(target) = target.filter(|&t| t != TypeId::INVALID) else { return };
        if let Err(cause) = self.assignable(&x, target) {
            let mut text = format!("cannot use {} as {} value in assignment", self.describe(&x), self.ts(target));
            if !cause.is_empty() {
                text.push_str(": ");
                text.push_str(&cause);
            }
            self.error(lhs, text);
        }
    }

    pub fn range_over(&mut self, x: &Operand) -> Result<RangeOver, String> {
        let plain = |key, value| RangeOver { key, value, is_int: false, is_func: false };
        let orig = x.ty;
        let Some(under) = self.core_type(orig) else { return Err(self.no_core_type(orig, "no specific type")) };
        match self.cx.ty(under) {
            Type::Basic(b) if b.is_string() => Ok(plain(Some(TypeId::INT), Some(TypeId::RUNE))),
            Type::Basic(b) if b.is_integer() => {
                if !self.allows(22) {
                    return Err("requires go1.22 or later".into());
                }
                Ok(RangeOver { key: Some(orig), value: None, is_int: true, is_func: false })
            }
            Type::Basic(_) if x.mode == Mode::Constant && self.cx.is_untyped(x.ty) && x.val.as_ref().is_some_and(|v| v.as_int().is_some()) => {
                Err(String::new())
            }
            Type::Array { elem, .. } => Ok(plain(Some(TypeId::INT), Some(elem))),
            Type::Pointer(p) => match self.cx.under(p) {
                Type::Array { elem, .. } if !self.cx.is_type_param(p) => Ok(plain(Some(TypeId::INT), Some(elem))),
                _ => Err(String::new()),
            },
            Type::Slice(elem) => Ok(plain(Some(TypeId::INT), Some(elem))),
            Type::Map { key, value } => Ok(plain(Some(key), Some(value))),
            Type::Chan { dir: ChanDir::Send, .. } => Err("receive from send-only channel".into()),
            Type::Chan { elem, .. } => Ok(plain(Some(elem), None)),
            Type::Func(sig) => {
                if !self.allows(23) {
                    return Err("requires go1.23 or later".into());
                }
                if sig.params.len() != 1 {
                    return Err("func must be func(yield func(...) bool): wrong argument count".into());
                }
                if !sig.results.is_empty() {
                    return Err("func must be func(yield func(...) bool): unexpected results".into());
                }
                let Some(yield_ty) = self.core_type(sig.params[0].ty) else {
                    let why = self.no_core_type(sig.params[0].ty, "");
                    return Err(if why.is_empty() {
                        "func must be func(yield func(...) bool): argument is not func".into()
                    } else {
                        format!("func must be func(yield func(...) bool): in yield type, {why}")
                    });
                };
                let Type::Func(yield_sig) = self.cx.ty(yield_ty) else {
                    return Err("func must be func(yield func(...) bool): argument is not func".into());
                };
                if yield_sig.variadic {
                    return Err(format!("yield func of type {} cannot be variadic", self.ts(sig.params[0].ty)));
                }
                if yield_sig.params.len() > 2 {
                    return Err("func must be func(yield func(...) bool): yield func has too many parameters".into());
                }
                if yield_sig.results.len() != 1 || !self.cx.is_boolean(yield_sig.results[0].ty) {
                    return Err("func must be func(yield func(...) bool): yield func does not return bool".into());
                }
                if !self.cx.identical(yield_sig.results[0].ty, TypeId::BOOL) {
                    return Err("yield func returns user-defined boolean, not bool".into());
                }
                let nth = |i: usize| yield_sig.params.get(i).map(|p| p.ty);
                Ok(RangeOver { key: nth(0), value: nth(1), is_int: false, is_func: true })
            }
            _ => Err(String::new()),
        }
    }
}
