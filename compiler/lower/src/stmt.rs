//! Statements: blocks, branches, loops, returns.

use crate::emit::{Addr, Val};
use crate::func::{FuncCx, Target, Var};
use ir::{Block, Value};
use source::Symbol;
use syntax::ast::{BranchKind, Decl, Expr, ExprId, List, Stmt, StmtId};
use types::ObjId;

impl FuncCx<'_, '_> {
    pub fn stmts(&mut self, list: List<StmtId>) {
        let list: Vec<StmtId> = self.ast.list(list).collect();
        for s in list {
            self.stmt(s);
        }
    }

    pub fn stmt(&mut self, s: StmtId) {
        if s.is_none() {
            return;
        }
        stacker::maybe_grow(128 << 10, 1 << 20, || self.stmt_inner(s));
        self.memo.clear();
    }

    fn stmt_inner(&mut self, s: StmtId) {
        self.at_stmt(s);
        let label = self.next_label.take();
        match self.ast[s] {
            Stmt::Bad | Stmt::Empty => {}
            Stmt::Expr(e) => {
                let inner = self.ast.unparen(e);
                match self.ast[inner] {
                    Expr::Call { func, args, spread, .. } => {
                        self.call_expr(inner, func, args, spread);
                    }
                    _ => {
                        self.expr_now(e);
                    }
                }
            }
            Stmt::Send { chan, value } => self.send(chan, value),
            Stmt::IncDec { op, operand } => self.op_assign(op, operand, None),
            Stmt::Assign { op, lhs, rhs } => self.assign(op, lhs, rhs),
            Stmt::Define { lhs, rhs } => self.define(lhs, rhs),
            Stmt::Decl(decls) => {
                let decls: Vec<syntax::ast::DeclId> = self.ast.list(decls).collect();
                for d in decls {
                    if let Decl::Var { names, values, .. } = self.ast[d] {
                        self.var_decl(names, values);
                    }
                }
            }
            Stmt::Go(e) => self.go_stmt(e),
            Stmt::Defer(e) => self.defer_stmt(e),
            Stmt::Return(values) => self.return_stmt(values),
            Stmt::Branch { kind, label } => self.branch(kind, self.ast.name(label)),
            Stmt::Block { stmts, .. } => self.stmts(stmts),
            Stmt::If { init, cond, then, els } => {
                self.stmt(init);
                let (yes, no, join) = (self.new_block(), self.new_block(), self.new_block());
                self.cond(cond, yes, no);
                self.start(yes);
                self.stmt(then);
                if !self.terminated {
                    self.jump(join);
                }
                self.start(no);
                self.stmt(els);
                self.enter(join);
            }
            Stmt::Switch { init, tag, clauses, .. } => self.switch(label, init, tag, clauses),
            Stmt::TypeSwitch { init, name: _, operand, clauses, .. } => self.type_switch(label, init, operand, clauses),
            Stmt::Select { clauses, .. } => self.select_stmt(label, s, clauses),
            Stmt::For { init, cond, post, body } => self.for_loop(label, init, cond, post, body),
            Stmt::Range { .. } => self.range(label, s),
            Stmt::Labeled { label, stmt } => {
                let name = self.ast.name(label);
                // Nothing can jump to `_`, and there may be several.
                if name.is_blank() {
                    return self.stmt(stmt);
                }
                let block = self.label_block(name);
                self.enter(block);
                self.next_label = Some(name);
                self.stmt(stmt);
                self.next_label = None;
            }
            Stmt::Case { .. } | Stmt::Comm { .. } => {}
        }
    }

    pub fn label_block(&mut self, label: Symbol) -> Block {
        if let Some(&block) = self.labels.get(&label) {
            return block;
        }
        let block = self.new_block();
        self.labels.insert(label, block);
        block
    }

    /// Inside a statement that `break` leaves. `cont`: a loop.
    pub fn with_target(&mut self, label: Option<Symbol>, brk: Block, cont: Option<Block>, body: impl FnOnce(&mut Self)) {
        self.targets.push(Target { label, brk, cont });
        self.loop_depth += cont.is_some() as u32;
        body(self);
        self.loop_depth -= cont.is_some() as u32;
        self.targets.pop();
    }

    pub fn branch(&mut self, kind: BranchKind, label: Symbol) {
        let wanted = (!label.is_empty()).then_some(label);
        match kind {
            BranchKind::Fallthrough => match self.fallthrough {
                Some(block) => self.jump(block),
                None => self.unreachable(),
            },
            BranchKind::Goto => {
                if self.range.is_some() && !self.label_is_here(label) {
                    return self.leave_range_goto(label);
                }
                self.poll();
                let block = self.label_block(label);
                self.jump(block);
            }
            BranchKind::Break => {
                let target = self.targets.iter().rev().find(|t| wanted.is_none() || t.label == wanted).map(|t| t.brk);
                match target {
                    Some(block) => self.jump(block),
                    None => self.leave_range(wanted, false),
                }
            }
            BranchKind::Continue => {
                let target = self.targets.iter().rev().find(|t| t.cont.is_some() && (wanted.is_none() || t.label == wanted)).and_then(|t| t.cont);
                match target {
                    Some(block) => self.jump(block),
                    None => self.leave_range(wanted, true),
                }
            }
        }
    }

    fn return_stmt(&mut self, values: List<ExprId>) {
        let exprs: Vec<ExprId> = self.ast.list(values).collect();
        let types: Vec<crate::ty::Ty> = self.result_types();
        if exprs.is_empty() {
            if self.range.is_some() {
                return self.leave_range_return(None);
            }
            return self.finish_return();
        }
        let loc = self.loc;
        let vals: Vec<Val> = if exprs.len() == types.len() {
            if exprs.len() > 1 || !matches!(self.ast[self.ast.unparen(exprs[0])], Expr::Call { .. }) {
                for (&e, &ty) in exprs.iter().zip(&types) {
                    self.hoist_to(e, ty);
                }
            }
            let mut vals = Vec::new();
            for (&e, &ty) in exprs.iter().zip(&types) {
                let val = self.expr_to(e, ty);
                vals.push(if exprs.len() > 1 { self.stable(ty, val) } else { val });
            }
            vals
        } else {
            let values = self.multi(exprs[0]);
            values.into_iter().zip(&types).map(|((v, from), &to)| self.assign_convert(v, from, to)).collect()
        };
        self.loc = loc;
        if self.range.is_some() {
            return self.leave_range_return(Some(vals));
        }
        self.return_values(vals);
    }

    // ---- for ----

    fn for_loop(&mut self, label: Option<Symbol>, init: StmtId, cond: ExprId, post: StmtId, body: StmtId) {
        self.stmt(init);
        // Variables of which each iteration has its own.
        let mut fresh: Vec<(ObjId, Value)> = Vec::new();
        if self.info.version >= (1, 22)
            && init.is_some()
            && let Stmt::Define { lhs, .. } = self.ast[init]
        {
            for l in self.ast.list(lhs).collect::<Vec<ExprId>>() {
                let Expr::Name(ident) = self.ast[l] else { continue };
                let Some(obj) = self.info.defs[ident.index()].get() else { continue };
                let Some(Var::Mem(addr)) = self.vars.get(&obj).cloned() else { continue };
                let facts = self.var_info(obj);
                if facts.captured || facts.address_taken {
                    fresh.push((obj, addr));
                }
            }
        }
        let (head, start, cont, done) = (self.new_block(), self.new_block(), self.new_block(), self.new_block());
        let initial: Vec<Value> = fresh.iter().map(|f| f.1).collect();
        for (obj, addr) in &mut fresh {
            *addr = self.f.add_param(head, ir::Type::Ptr);
            self.vars.insert(*obj, Var::Mem(*addr));
        }
        self.jump_with(head, &initial);
        self.start(head);
        if cond.is_some() {
            self.cond(cond, start, done);
        } else {
            self.jump(start);
        }
        self.start(start);
        self.with_target(label, done, Some(cont), |cx| cx.stmt(body));
        self.enter(cont);
        // The copy is made before the post statement.
        let mut next = Vec::new();
        for &(obj, addr) in &fresh {
            let ty = self.obj_ty(obj);
            let name = self.p.cx.obj_name(obj);
            let facts = self.var_info(obj);
            let copy = self.alloc_var(ty, name.as_str(), &facts);
            let val = self.load(ty, Addr::safe(addr));
            self.store(ty, Addr::safe(copy), &val);
            self.vars.insert(obj, Var::Mem(copy));
            next.push(copy);
        }
        self.stmt(post);
        self.poll();
        self.jump_with(head, &next);
        self.start(done);
    }
}
