//! Assignments, variable initialisation, short variable declarations, returns.

use super::Checker;
use super::operand::Operand;
use super::untyped::Misfit;
use crate::{Mode, ObjId, ObjKind, Type, TypeId, VarKind};
use source::Pos;
use syntax::ast::{Expr, ExprId, IdentId, List};

impl Checker<'_> {
    /// Converts `x` to `t` as an assignment does (`None`: to its default type); reports if impossible.
    pub fn assignment(&mut self, x: &mut Operand, t: Option<TypeId>, context: &str) {
        self.single_value(x);
        if x.is_invalid() {
            return;
        }
        match x.mode {
            Mode::Constant | Mode::Variable | Mode::MapIndex | Mode::Value | Mode::Nil | Mode::CommaOk => {}
            _ => {
                self.error(x.expr, format!("cannot assign {} to {} in {context}", self.describe(x), t.map_or("_".into(), |t| self.ts(t))));
                return x.invalidate();
            }
        }
        if t.is_some_and(|t| !self.cx.is_valid(t)) {
            return x.invalidate();
        }
        if self.cx.is_untyped(x.ty) {
            if x.is_nil() {
                let Some(t) = t else {
                    self.error(x.expr, format!("use of untyped nil in {context}"));
                    return x.invalidate();
                };
                if !self.cx.has_nil(t) {
                    self.error(x.expr, format!("cannot use nil as {} value in {context}", self.ts(t)));
                    return x.invalidate();
                }
                self.update_expr_type(x.expr, t, true);
                x.ty = t;
                return;
            }
            let target = match t {
                Some(t) if !self.cx.is_non_param_interface(t) => t,
                _ => self.cx.default_type(x.ty),
            };
            match self.implicit_type(x, target) {
                Ok((ty, val)) => {
                    if let Some(v) = val {
                        x.val = Some(v);
                        self.update_expr_val(x);
                    }
                    if ty != x.ty {
                        x.ty = ty;
                        self.update_expr_type(x.expr, ty, false);
                    }
                }
                Err(misfit) => {
                    let mut text = format!("cannot use {} as {} value in {context}", self.describe(x), self.ts(target));
                    match misfit {
                        Misfit::Truncated => text.push_str(" (truncated)"),
                        Misfit::Overflow => text.push_str(" (overflows)"),
                        Misfit::Conversion => {}
                    }
                    self.error_at(self.operand_pos(x), text);
                    return x.invalidate();
                }
            }
        }
        if let Type::Func(sig) = self.cx.ty(self.cx.unalias(x.ty))
            && !sig.tparams.is_empty()
        {
            self.error(x.expr, format!("cannot use generic function {} without instantiation in {context}", self.expr_string(x.expr)));
            return x.invalidate();
        }
        let Some(t) = t else { return };
        if let Err(cause) = self.assignable(x, t) {
            let mut text = format!("cannot use {} as {} value in {context}", self.describe(x), self.ts(t));
            if !cause.is_empty() {
                text.push_str(": ");
                text.push_str(&cause);
            }
            self.error_at(self.operand_pos(x), text);
            x.invalidate();
        }
    }

    /// The ok of a `v, ok` form has no expression: it stands where the assignment's right side does.
    fn operand_pos(&self, x: &Operand) -> Pos {
        if x.expr.is_some() { self.start(x.expr) } else { self.ok_pos }
    }

    fn set_type_if_none(&mut self, obj: ObjId, t: TypeId) {
        self.cx.edit_obj(obj, |o| {
            if o.ty.is_none() {
                o.ty = t;
            }
        });
    }

    pub fn init_const(&mut self, obj: ObjId, declared: Option<TypeId>, x: &mut Operand) {
        if x.is_invalid() || !self.cx.is_valid(x.ty) {
            return self.set_type_if_none(obj, declared.unwrap_or(TypeId::INVALID));
        }
        if x.mode != Mode::Constant {
            self.error(x.expr, format!("{} is not constant", self.describe(x)));
            return self.set_type_if_none(obj, declared.unwrap_or(TypeId::INVALID));
        }
        let t = declared.unwrap_or(x.ty);
        self.cx.edit_obj(obj, |o| o.ty = t);
        self.assignment_const(x, t);
        if !x.is_invalid() {
            let value = x.val.clone();
            self.cx.edit_obj(obj, |o| o.kind = ObjKind::Const(value));
        }
    }

    fn assignment_const(&mut self, x: &mut Operand, t: TypeId) {
        // An untyped constant stays untyped.
        if x.ty != t || !self.cx.is_untyped(t) {
            self.assignment(x, Some(t), "constant declaration");
        }
    }

    /// Initialises a variable; without a declared type it takes the operand's.
    pub fn init_var(&mut self, obj: ObjId, x: &mut Operand, context: &str) {
        let declared = self.cx.obj_type(obj);
        if x.is_invalid() || !self.cx.is_valid(x.ty) || declared == TypeId::INVALID {
            self.set_type_if_none(obj, TypeId::INVALID);
            return;
        }
        let mut t = declared;
        if declared.is_none() {
            t = x.ty;
            if self.cx.is_untyped(t) {
                if t == TypeId::UNTYPED_NIL {
                    self.error(x.expr, format!("use of untyped nil in {context}"));
                    self.set_type_if_none(obj, TypeId::INVALID);
                    return x.invalidate();
                }
                t = self.cx.default_type(t);
            }
            self.cx.edit_obj(obj, |o| o.ty = t);
        }
        self.assignment(x, Some(t), context);
    }

    fn is_call(&self, list: &[ExprId]) -> bool {
        list.len() == 1 && matches!(self.ast()[self.ast().unparen(list[0])], Expr::Call { .. })
    }

    /// `lhs = rhs` for new variables. `return_pos`: they are results.
    pub fn init_vars(&mut self, lhs: &[ObjId], rhs: &[ExprId], return_pos: Option<Pos>) {
        let (l, r) = (lhs.len(), rhs.len());
        let context = match return_pos {
            Some(_) => "return statement",
            None if l > 1 => "multiple assignment",
            None => "assignment",
        };
        if l == r && !self.is_call(rhs) {
            for (&obj, &e) in lhs.iter().zip(rhs) {
                let t = self.cx.obj_type(obj);
                let mut x = Operand::new(e);
                let what = if return_pos.is_some() { "result variable".to_string() } else { self.cx.obj_name(obj).to_string() };
                self.expr_with_target(&mut x, e, t.is_some().then_some(t), &what);
                self.init_var(obj, &mut x, context);
            }
            return;
        }
        let invalidate = |c: &mut Self| {
            for &obj in lhs {
                c.set_type_if_none(obj, TypeId::INVALID);
            }
        };
        if r != 1 {
            // Operands with errors of their own make the count not worth a message.
            let mut operands = Vec::new();
            for &e in rhs {
                let mut x = Operand::new(e);
                self.raw_expr(&mut x, e, None);
                operands.push(x);
            }
            invalidate(self);
            if operands.iter().any(Operand::is_invalid) {
                return;
            }
            if let Some(pos) = return_pos {
                self.return_error(pos, lhs, &operands);
            } else if r > 0 {
                self.assign_error(rhs, l, r);
            }
            return;
        }
        let (operands, comma_ok) = self.multi_operands(rhs[0], l == 2 && return_pos.is_none());
        if operands.len() == l {
            for (&obj, mut x) in lhs.iter().zip(operands) {
                self.init_var(obj, &mut x, context);
            }
            if comma_ok {
                self.note_comma_ok(rhs[0]);
            }
            return;
        }
        invalidate(self);
        if operands.first().is_some_and(|x| !x.is_invalid()) {
            if let Some(pos) = return_pos {
                self.return_error(pos, lhs, &operands);
            } else {
                self.assign_error(rhs, l, operands.len());
            }
        }
    }

    /// The values of one expression: those of a call, or value and ok.
    pub fn multi_operands(&mut self, e: ExprId, allow_comma_ok: bool) -> (Vec<Operand>, bool) {
        let mut x = Operand::new(e);
        self.raw_expr(&mut x, e, None);
        self.exclude_multi(&mut x);
        if x.is_invalid() {
            return (vec![x], false);
        }
        if x.mode == Mode::Value
            && let Type::Tuple(params) = self.cx.ty(x.ty)
        {
            let nth = |i: usize| if params.len() > 1 { i as u32 + 1 } else { 0 };
            return (params.iter().enumerate().map(|(i, p)| Operand { nth_result: nth(i), ..Operand::value(e, p.ty) }).collect(), false);
        }
        if allow_comma_ok && matches!(x.mode, Mode::MapIndex | Mode::CommaOk) {
            let value = x;
            // The ok has no expression of its own to record a type for.
            let ok = Operand { mode: Mode::Value, ty: TypeId::UNTYPED_BOOL, nth_result: u32::MAX, ..Operand::new(ExprId::NONE) };
            self.ok_pos = self.start(e);
            return (vec![value, ok], true);
        }
        (vec![x], false)
    }

    pub fn note_comma_ok(&mut self, e: ExprId) {
        let e = self.ast().unparen(e);
        self.info[self.env.file].comma_ok.insert(e, true);
    }

    fn assign_error(&mut self, rhs: &[ExprId], l: usize, r: usize) {
        let vars = measure(l, "variable");
        let vals = measure(r, "value");
        let text = match self.ast()[self.ast().unparen(rhs[0])] {
            Expr::Call { func, .. } if rhs.len() == 1 => format!("assignment mismatch: {vars} but {} returns {vals}", self.expr_string(func)),
            _ => format!("assignment mismatch: {vars} but {vals}"),
        };
        self.error(rhs[0], text);
    }

    fn return_error(&mut self, pos: Pos, lhs: &[ObjId], operands: &[Operand]) {
        let (l, r) = (lhs.len(), operands.len());
        let what = if r > l { "too many" } else { "not enough" };
        let have = self.operands_summary(operands, false);
        let want: Vec<crate::Param> = lhs.iter().map(|&o| crate::Param { name: source::Symbol::EMPTY, ty: self.cx.obj_type(o) }).collect();
        let want = self.params_summary(&want, false);
        let pos = operands.first().map_or(pos, |x| self.start(x.expr));
        self.error_at(pos, format!("{what} return values\n\thave {have}\n\twant {want}"));
    }

    // Assignments to what exists.

    /// The type of an assignable operand; `None` for `_`; `Some(INVALID)` after an error.
    pub fn lhs_var(&mut self, lhs: ExprId) -> Option<TypeId> {
        let ast = self.ast();
        let inner = ast.unparen(lhs);
        if let Expr::Name(id) = ast[inner] {
            if ast.name(id).is_blank() {
                return None;
            }
            // Being assigned to is not being used.
            let local = self.lookup(ast.name(id)).map(|(_, o)| o).filter(|&o| self.cx.with_obj(o, |o| matches!(o.kind, ObjKind::Var(_))));
            let used = local.map(|o| self.cx.with_obj(o, |o| o.used));
            let mut x = Operand::new(lhs);
            self.expr(&mut x, lhs);
            if let (Some(o), Some(used)) = (local, used) {
                self.cx.edit_obj(o, |o| {
                    o.used = used;
                    if let ObjKind::Var(v) = &mut o.kind {
                        v.reassigned = true;
                    }
                });
            }
            return Some(self.assignable_lhs(&mut x));
        }
        let mut x = Operand::new(lhs);
        self.expr(&mut x, lhs);
        self.note_reassigned(lhs);
        Some(self.assignable_lhs(&mut x))
    }

    fn note_reassigned(&mut self, e: ExprId) {
        let mut e = e;
        loop {
            e = match self.ast()[e] {
                Expr::Paren(inner) => inner,
                Expr::Selector { operand, .. } | Expr::Index { operand, .. } => operand,
                Expr::Name(id) => {
                    if let Some(obj) = self.info[self.env.file].uses[id.index()].get() {
                        self.cx.edit_obj(obj, |o| {
                            if let ObjKind::Var(v) = &mut o.kind {
                                v.reassigned = true;
                            }
                        });
                    }
                    return;
                }
                _ => return,
            };
        }
    }

    fn assignable_lhs(&mut self, x: &mut Operand) -> TypeId {
        match x.mode {
            Mode::Invalid => return TypeId::INVALID,
            Mode::Variable | Mode::MapIndex => return x.ty,
            _ => {}
        }
        if let Expr::Selector { operand, .. } = self.ast()[self.ast().unparen(x.expr)]
            && self.info[self.env.file].modes[operand.index()] == Mode::MapIndex
        {
            self.error(x.expr, format!("cannot assign to struct field {} in map", self.expr_string(x.expr)));
            return TypeId::INVALID;
        }
        self.error(x.expr, format!("cannot assign to {} (neither addressable nor a map index expression)", self.expr_string(x.expr)));
        TypeId::INVALID
    }

    pub fn assign_var(&mut self, lhs: ExprId, rhs: Option<ExprId>, value: Option<Operand>, context: &str) {
        let t = self.lhs_var(lhs);
        let mut x = match (value, rhs) {
            (Some(x), _) => x,
            (None, Some(e)) if t == Some(TypeId::INVALID) => {
                let mut x = Operand::new(e);
                self.generic_expr(&mut x, e);
                x
            }
            (None, Some(e)) => {
                let mut x = Operand::new(e);
                let what = self.expr_string(lhs);
                self.expr_with_target(&mut x, e, t, &what);
                x
            }
            _ => return,
        };
        if x.is_invalid() || t == Some(TypeId::INVALID) {
            return;
        }
        let context = if t.is_none() && x.is_nil() && context == "assignment" { "assignment to _ identifier" } else { context };
        self.assignment(&mut x, t, context);
        // A blank left side has the type of what it discards.
        if t.is_none() && !x.is_invalid() {
            self.record(self.ast().unparen(lhs), Mode::Variable, x.ty, None);
        }
    }

    pub fn assign_vars(&mut self, lhs: &[ExprId], rhs: &[ExprId]) {
        let (l, r) = (lhs.len(), rhs.len());
        let context = if l > 1 { "multiple assignment" } else { "assignment" };
        if l == r && !self.is_call(rhs) {
            for (&a, &b) in lhs.iter().zip(rhs) {
                self.assign_var(a, Some(b), None, context);
            }
            return;
        }
        if r != 1 {
            let before = self.diags.list.len();
            let mut ok = true;
            for &e in lhs {
                let t = self.lhs_var(e);
                ok &= t.is_none_or(|t| self.cx.is_valid(t));
            }
            for &e in rhs {
                let mut x = Operand::new(e);
                self.raw_expr(&mut x, e, None);
                ok &= !x.is_invalid();
            }
            if ok && self.diags.list.len() == before {
                self.assign_error(rhs, l, r);
            }
            return;
        }
        let (operands, comma_ok) = self.multi_operands(rhs[0], l == 2);
        if operands.len() == l {
            for (&e, x) in lhs.iter().zip(operands) {
                self.assign_var(e, None, Some(x), context);
            }
            if comma_ok {
                self.note_comma_ok(rhs[0]);
            }
            return;
        }
        if operands.first().is_some_and(|x| !x.is_invalid()) {
            self.assign_error(rhs, l, operands.len());
        }
        for &e in lhs {
            self.lhs_var(e);
        }
    }

    /// `lhs := rhs`
    pub fn short_var_decl(&mut self, pos: Pos, lhs: List<ExprId>, rhs: List<ExprId>) {
        let ast = self.ast();
        let top = self.delayed_top();
        let scope = self.env.scope;
        let mut vars: Vec<ObjId> = Vec::new();
        let mut new_vars: Vec<(IdentId, ObjId)> = Vec::new();
        let mut seen: Vec<source::Symbol> = Vec::new();
        let mut has_error = false;
        for e in ast.list(lhs) {
            let dummy = |c: &Self| c.new_var(VarKind::Local, source::Symbol::BLANK, pos, TypeId::NONE);
            let Expr::Name(id) = ast[e] else {
                let mut x = Operand::new(e);
                self.raw_expr(&mut x, e, None);
                if !matches!(ast[e], Expr::Bad) {
                    self.error(e, format!("non-name {} on left side of :=", self.expr_string(e)));
                }
                has_error = true;
                vars.push(dummy(self));
                continue;
            };
            let name = ast.name(id);
            if !name.is_blank() {
                if seen.contains(&name) {
                    self.error(e, format!("{name} repeated on left side of :="));
                    has_error = true;
                    vars.push(dummy(self));
                    continue;
                }
                seen.push(name);
            }
            // A name of this very scope is assigned to.
            if let Some(existing) = self.cx.lookup(scope, name) {
                self.record_use(id, existing);
                if self.cx.with_obj(existing, |o| matches!(o.kind, ObjKind::Var(_))) {
                    self.cx.edit_obj(existing, |o| {
                        if let ObjKind::Var(v) = &mut o.kind {
                            v.reassigned = true;
                        }
                    });
                    vars.push(existing);
                } else {
                    self.error(e, format!("cannot assign to {}", self.expr_string(e)));
                    has_error = true;
                    vars.push(dummy(self));
                }
                continue;
            }
            let obj = self.new_var(VarKind::Local, name, self.ident_pos(id), TypeId::NONE);
            if name.is_blank() {
                self.record_def(id, obj);
            } else {
                new_vars.push((id, obj));
            }
            vars.push(obj);
        }
        let rhs_list: Vec<ExprId> = ast.list(rhs).collect();
        self.init_vars(&vars, &rhs_list, None);
        for (e, &obj) in ast.list(lhs).zip(&vars) {
            if matches!(ast[e], Expr::Name(_)) {
                let t = self.cx.obj_type(obj);
                self.record(e, Mode::Variable, t, None);
            }
        }
        self.process_delayed(top);
        if new_vars.is_empty() && !has_error && !vars.is_empty() {
            self.soft_error_at(pos, "no new variables on left side of :=");
            return;
        }
        for (id, obj) in new_vars {
            self.declare(scope, Some(id), obj);
            self.note_local(obj);
        }
    }
}

pub(crate) fn measure(n: usize, unit: &str) -> String {
    format!("{n} {unit}{}", if n == 1 { "" } else { "s" })
}
