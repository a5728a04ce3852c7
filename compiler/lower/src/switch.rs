//! Switches on values and on types.

use crate::emit::Val;
use crate::func::FuncCx;
use crate::ty::{Basic, Kind, Ty};
use ir::{Block, BlockCall, InstData, Value, Values};
use source::Symbol;
use syntax::ast::{BinaryOp, ExprId, List, Stmt, StmtId};
use types::Mode;

/// From this many constant cases on a table does better than comparisons.
const TABLE_CASES: usize = 4;

struct Clause {
    stmt: StmtId,
    exprs: Vec<ExprId>,
    is_default: bool,
    body: List<StmtId>,
    block: Block,
}

impl FuncCx<'_, '_> {
    fn clauses(&mut self, clauses: List<StmtId>) -> Vec<Clause> {
        let list: Vec<StmtId> = self.ast.list(clauses).collect();
        list.into_iter()
            .filter_map(|stmt| match self.ast[stmt] {
                Stmt::Case { exprs, is_default, body, .. } => {
                    Some(Clause { stmt, exprs: self.ast.list(exprs).collect(), is_default, body, block: self.new_block() })
                }
                _ => None,
            })
            .collect()
    }

    pub fn switch(&mut self, label: Option<Symbol>, init: StmtId, tag: ExprId, clauses: List<StmtId>) {
        self.stmt(init);
        let done = self.new_block();
        let tag = tag.get().map(|t| {
            let ty = self.type_of(t);
            let val = self.expr_now(t);
            (self.stable(ty, val), ty)
        });
        let clauses = self.clauses(clauses);
        let default = clauses.iter().find(|c| c.is_default).map_or(done, |c| c.block);
        if !self.switch_table(&tag, &clauses, default) {
            for clause in &clauses {
                for &x in &clause.exprs {
                    let next = self.new_block();
                    match &tag {
                        None => {
                            // `case i` of an interface that holds a bool.
                            let ty = self.type_of(x);
                            if self.p.is_interface(ty) {
                                let val = self.expr_now(x);
                                let yes = Val::one(self.bool_const(true));
                                let bool_ = self.p.tys.common.bool_;
                                let equal = self.iface_equals_concrete(&val, ty, &yes, bool_);
                                self.brif(equal, clause.block, next);
                            } else {
                                self.cond(x, clause.block, next);
                            }
                        }
                        Some((val, ty)) => {
                            self.at_expr(x);
                            let equal = self.case_equals(val, *ty, x);
                            self.brif(equal, clause.block, next);
                        }
                    }
                    self.memo.clear();
                    self.start(next);
                }
            }
            self.jump(default);
        }
        self.clause_bodies(label, done, &clauses, |_, _| {});
    }

    fn clause_bodies(&mut self, label: Option<Symbol>, done: Block, clauses: &[Clause], mut enter: impl FnMut(&mut Self, usize)) {
        let outer = self.fallthrough;
        self.with_target(label, done, None, |cx| {
            for (n, clause) in clauses.iter().enumerate() {
                cx.start(clause.block);
                cx.at_stmt(clause.stmt);
                cx.fallthrough = None;
                enter(cx, n);
                // The body of the next clause, without its test.
                cx.fallthrough = clauses.get(n + 1).map(|c| c.block);
                cx.stmts(clause.body);
                if !cx.terminated {
                    cx.jump(done);
                }
            }
        });
        self.fallthrough = outer;
        self.start(done);
    }

    /// Integer constants only: one instruction.
    fn switch_table(&mut self, tag: &Option<(Val, Ty)>, clauses: &[Clause], default: Block) -> bool {
        let Some((val, ty)) = tag else { return false };
        let Some(basic) = self.p.basic(*ty).filter(|b: &Basic| b.is_integer()) else { return false };
        let mut cases: Vec<(i64, BlockCall)> = Vec::new();
        for clause in clauses {
            for &x in &clause.exprs {
                let Some(bits) = self.info.value(x).and_then(|v| v.low_bits()) else { return false };
                let machine = self.f.ty(val.scalar());
                let imm = crate::constant::sign_extend(bits, machine);
                if !cases.iter().any(|c| c.0 == imm) {
                    cases.push((imm, BlockCall { block: clause.block, args: Values::new() }));
                }
            }
        }
        if cases.len() < TABLE_CASES || basic.size() > 8 {
            return false;
        }
        let default = BlockCall { block: default, args: Values::new() };
        self.ins(InstData::Switch { arg: val.scalar(), cases, default });
        true
    }

    fn case_equals(&mut self, tag: &Val, ty: Ty, x: ExprId) -> Value {
        if self.info.mode_of(x) == Mode::Nil {
            return self.is_null(tag.at(0));
        }
        let case_ty = self.type_of(x);
        if self.info.value(x).is_some() && !self.p.is_interface(ty) {
            let y = self.expr_to(x, ty);
            return self.compare(BinaryOp::Equal, ty, tag, &y);
        }
        let y = self.expr_now(x);
        match (self.p.is_interface(ty), self.p.is_interface(case_ty)) {
            (true, false) => self.iface_equals_concrete(tag, ty, &y, case_ty),
            (false, true) => self.iface_equals_concrete(&y, case_ty, tag, ty),
            (true, true) if ty != case_ty => self.mixed_ifaces_equal(tag, ty, &y, case_ty),
            _ => self.compare(BinaryOp::Equal, ty, tag, &y),
        }
    }

    pub fn type_switch(&mut self, label: Option<Symbol>, init: StmtId, operand: ExprId, clauses: List<StmtId>) {
        self.stmt(init);
        // The guard may be wrapped.
        let operand = match self.ast[self.ast.unparen(operand)] {
            syntax::ast::Expr::TypeGuard { operand } => operand,
            _ => operand,
        };
        let iface = self.type_of(operand);
        let x = self.expr_now(operand);
        let done = self.new_block();
        let clauses = self.clauses(clauses);
        let default = clauses.iter().find(|c| c.is_default).map_or(done, |c| c.block);
        // Value of the variable in clauses with one type.
        let mut values: Vec<Option<Val>> = vec![None; clauses.len()];
        for (n, clause) in clauses.iter().enumerate() {
            let has_var = self.info.clause_vars.contains_key(&clause.stmt);
            for &t in &clause.exprs {
                self.at_expr(t);
                let next = self.new_block();
                if self.info.mode_of(t) == Mode::Nil {
                    let nil = self.is_null(x.at(0));
                    self.brif(nil, clause.block, next);
                    self.start(next);
                    continue;
                }
                let ty = self.type_of(t);
                if clause.exprs.len() == 1 && has_var {
                    if self.p.is_interface(ty) {
                        let (val, ok) = self.assert_ok(&x, iface, ty);
                        values[n] = Some(val);
                        self.brif(ok, clause.block, next);
                    } else {
                        let ok = self.has_dynamic_type(x.at(0), iface, ty);
                        self.brif(ok, clause.block, next);
                    }
                } else {
                    let ok = if self.p.is_interface(ty) { self.assert_ok(&x, iface, ty).1 } else { self.has_dynamic_type(x.at(0), iface, ty) };
                    self.brif(ok, clause.block, next);
                }
                self.start(next);
            }
        }
        self.jump(default);
        let info = self.info;
        let facts: Vec<(Option<types::ObjId>, Option<Ty>, Option<Val>)> = clauses
            .iter()
            .enumerate()
            .map(|(n, c)| {
                let one = (c.exprs.len() == 1 && self.info.mode_of(c.exprs[0]) != Mode::Nil).then(|| self.type_of(c.exprs[0]));
                (info.clause_vars.get(&c.stmt).copied(), one, values[n].clone())
            })
            .collect();
        self.clause_bodies(label, done, &clauses, |cx, n| {
            let (Some(obj), one, val) = &facts[n] else { return };
            let ty = cx.obj_ty(*obj);
            let val = match (one, val) {
                (Some(_), Some(val)) => val.clone(),
                (Some(concrete), None) => cx.unbox(*concrete, x.at(1)),
                // Several types, nil, or default: the interface itself.
                (None, _) => x.clone(),
            };
            debug_assert!(one.is_none() || *one == Some(ty) || matches!(&*cx.p.under(ty), Kind::Interface(_)));
            cx.declare_init(*obj, &val);
        });
    }
}
