//! Expression switches and type switches.

use super::Checker;
use super::literal::ConstKey;
use super::operand::Operand;
use super::stmt::StmtCx;
use crate::constant::Value;
use crate::{Mode, Type, TypeId, VarKind};
use rustc_hash::FxHashMap;
use source::Pos;
use syntax::ast::{BinaryOp, Expr, ExprId, IdentId, List, Stmt, StmtId};

/// The types of a switch's cases so far; NONE stands for nil.
#[derive(Default)]
struct SeenTypes {
    by_id: FxHashMap<TypeId, Pos>,
    /// Those that may be identical to one with another id.
    literals: Vec<(TypeId, Pos)>,
}

impl Checker<'_> {
    pub fn expr_switch(&mut self, s: StmtId, tag: ExprId, clauses: List<StmtId>) {
        let ast = self.ast();
        let mut x = Operand::new(tag);
        if tag.is_some() {
            self.expr(&mut x, tag);
            // The tag takes its default type; nil has none.
            self.assignment(&mut x, None, "switch expression");
            if !x.is_invalid() && !self.cx.comparable(x.ty, true) && !self.cx.has_nil(x.ty) {
                self.error(tag, format!("cannot switch on {}", self.describe(&x)));
                x.invalidate();
            }
        } else {
            x.set_const(TypeId::BOOL, Value::Bool(true));
            let _ = s;
        }
        self.multiple_defaults(clauses);
        let mut seen: FxHashMap<ConstKey, Vec<(TypeId, Pos)>> = FxHashMap::default();
        let list: Vec<StmtId> = ast.list(clauses).collect();
        for (i, &clause) in list.iter().enumerate() {
            let Stmt::Case { exprs, body, .. } = ast[clause] else { continue };
            for e in ast.list(exprs) {
                self.case_value(&x, e, tag.is_none(), &mut seen);
            }
            let saved = self.open_scope();
            let last = i + 1 == list.len();
            self.stmt_list(StmtCx { fallthrough_ok: !last, final_case: last, in_type_switch: false }, body);
            self.close_scope(saved);
        }
    }

    fn case_value(&mut self, x: &Operand, e: ExprId, no_tag: bool, seen: &mut FxHashMap<ConstKey, Vec<(TypeId, Pos)>>) {
        let mut v = Operand::new(e);
        self.expr(&mut v, e);
        if x.is_invalid() || v.is_invalid() {
            return;
        }
        let mut tag = x.clone();
        // The tag is not recorded again.
        let tag_expr = tag.expr;
        tag.expr = ExprId::NONE;
        if self.cx.is_untyped(v.ty) && self.cx.is_typed(tag.ty) {
            self.convert_untyped(&mut v, tag.ty);
            if v.is_invalid() {
                return;
            }
        }
        if !self.match_types(&mut v, &mut tag) {
            let what = if no_tag { "true".to_string() } else { self.expr_string(tag_expr) };
            let text = if no_tag {
                format!("invalid case {} in switch on true (mismatched types {} and bool)", self.expr_string(e), self.ts(v.ty))
            } else {
                format!("invalid case {} in switch on {what} (mismatched types {} and {})", self.expr_string(e), self.ts(v.ty), self.ts(x.ty))
            };
            return self.error(e, text);
        }
        let mut result = v.clone();
        tag.expr = tag_expr;
        if no_tag {
            if !(self.cx.all_boolean(v.ty))
                || self.assignable(&v, TypeId::BOOL).is_err() && self.assignable(&Operand::value(ExprId::NONE, TypeId::BOOL), v.ty).is_err()
            {
                if self.cx.is_interface(v.ty) {
                    // `case x:` of interface type compares with true.
                } else {
                    let text = format!("invalid case {} in switch on true (mismatched types {} and bool)", self.expr_string(e), self.ts(v.ty));
                    return self.error(e, text);
                }
            }
        } else {
            self.comparison(&mut result, &mut tag, BinaryOp::Equal, None);
            if result.is_invalid() {
                return;
            }
        }
        if v.mode != Mode::Constant {
            return;
        }
        let Some(key) = v.val.as_ref().and_then(|v| Self::const_key(v, true)) else { return };
        let shown = self.describe(&v);
        let pos = self.start(e);
        let entry = seen.entry(key).or_default();
        if let Some(&(_, other)) = entry.iter().find(|(t, _)| self.cx.identical(*t, v.ty)) {
            self.error_related(pos, format!("duplicate case {shown} in expression switch"), other, "previous case");
            return;
        }
        entry.push((v.ty, pos));
    }

    fn multiple_defaults(&mut self, clauses: List<StmtId>) {
        let ast = self.ast();
        let mut first: Option<Pos> = None;
        for clause in ast.list(clauses) {
            if let Stmt::Case { is_default: true, .. } = ast[clause] {
                let pos = self.stmt_pos(clause);
                match first {
                    Some(_) => self.error_at(pos, "multiple defaults in switch"),
                    None => first = Some(pos),
                }
            }
        }
    }

    pub fn type_switch(&mut self, name: IdentId, operand: ExprId, clauses: List<StmtId>) {
        let ast = self.ast();
        let mut lhs = name.get();
        if let Some(id) = lhs
            && ast.name(id).is_blank()
        {
            self.soft_error_at(self.ident_pos(id), "no new variable on left side of :=");
            lhs = None;
        }
        let mut x = Operand::new(operand);
        self.expr(&mut x, operand);
        if !x.is_invalid() {
            if self.cx.is_type_param(x.ty) {
                self.error(operand, format!("cannot use type switch on type parameter value {}", self.describe(&x)));
                x.invalidate();
            } else if !matches!(self.cx.under(x.ty), Type::Interface(_)) {
                self.error(operand, format!("{} is not an interface", self.describe(&x)));
                x.invalidate();
            }
        }
        self.multiple_defaults(clauses);
        let mut vars = Vec::new();
        let mut seen = SeenTypes::default();
        for clause in ast.list(clauses) {
            let Stmt::Case { exprs, is_default, body, .. } = ast[clause] else { continue };
            let mut t = self.case_types(&x, exprs, &mut seen);
            let saved = self.open_scope();
            if let Some(id) = lhs {
                // Several types, or none: the variable has the operand's type.
                if exprs.len() != 1 || is_default {
                    t = if x.is_invalid() { Some(TypeId::INVALID) } else { Some(x.ty) };
                }
                // `case nil`
                let t = t.unwrap_or(if x.is_invalid() { TypeId::INVALID } else { x.ty });
                let obj = self.new_var(VarKind::Local, ast.name(id), self.ident_pos(id), t);
                self.declare(self.env.scope, None, obj);
                self.info[self.env.file].clause_vars.insert(clause, obj);
                vars.push(obj);
            }
            self.stmt_list(StmtCx { in_type_switch: true, ..StmtCx::default() }, body);
            self.close_scope(saved);
        }
        if let Some(id) = lhs {
            let used = vars.iter().any(|&v| self.cx.with_obj(v, |o| o.used));
            if !used {
                self.soft_error_at(self.ident_pos(id), format!("{} declared and not used", ast.name(id)));
            }
        }
    }

    /// The types of a case; gives the last one (`None` for nil).
    fn case_types(&mut self, x: &Operand, exprs: List<ExprId>, seen: &mut SeenTypes) -> Option<TypeId> {
        let ast = self.ast();
        let mut last = Some(TypeId::INVALID);
        for e in ast.list(exprs) {
            let t = if self.is_nil_expr(e) {
                self.record(e, Mode::Nil, TypeId::UNTYPED_NIL, None);
                None
            } else {
                let t = self.typ_or_value(e);
                if !self.cx.is_valid(t) {
                    last = Some(TypeId::INVALID);
                    continue;
                }
                Some(t)
            };
            last = t;
            let pos = self.start(e);
            let id = t.map_or(TypeId::NONE, |t| self.cx.unalias(t));
            // A defined type is identical to itself only.
            let literal = t.is_some() && self.cx.as_named(id).is_none_or(|n| !n.targs.is_empty());
            let same = seen.by_id.get(&id).copied();
            let dup = same.or_else(|| seen.literals.iter().find(|(o, _)| literal && self.cx.identical(*o, id)).map(|l| l.1));
            if let Some(other) = dup {
                let shown = t.map_or("nil".to_string(), |t| self.ts(t));
                self.error_related(pos, format!("duplicate case {shown} in type switch"), other, "previous case");
                continue;
            }
            seen.by_id.insert(id, pos);
            if literal {
                seen.literals.push((id, pos));
            }
            if let Some(t) = t
                && !x.is_invalid()
            {
                self.type_assertion(e, x, t, true);
            }
        }
        last
    }

    fn typ_or_value(&mut self, e: ExprId) -> TypeId {
        self.var_type(e)
    }

    fn is_nil_expr(&mut self, e: ExprId) -> bool {
        let ast = self.ast();
        let inner = ast.unparen(e);
        let Expr::Name(id) = ast[inner] else { return false };
        match self.lookup(ast.name(id)) {
            Some((_, obj)) if self.cx.with_obj(obj, |o| matches!(o.kind, crate::ObjKind::Nil)) => {
                self.record_use(id, obj);
                true
            }
            _ => false,
        }
    }
}
