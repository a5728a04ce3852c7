//! Statements.

use super::Checker;
use super::operand::Operand;
use crate::{Mode, ObjId, ObjKind, StmtUse};
use source::{Pos, Symbol};
use syntax::ast::{BinaryOp, BranchKind, Expr, ExprId, List, Stmt, StmtId, UnaryOp};

/// What a `fallthrough` may do here.
#[derive(Clone, Copy, Default)]
pub(crate) struct StmtCx {
    pub fallthrough_ok: bool,
    pub final_case: bool,
    pub in_type_switch: bool,
}

impl<'a> Checker<'a> {
    pub fn body_stmts(&mut self, body: StmtId) {
        let Stmt::Block { stmts, .. } = self.ast()[body] else { return };
        self.stmt_list(StmtCx::default(), stmts);
    }
    pub fn block_end(&self, body: StmtId) -> Pos {
        match self.ast()[body] {
            Stmt::Block { rbrace, .. } => self.pos_at(rbrace),
            _ => self.stmt_pos(body),
        }
    }

    pub fn stmt_list(&mut self, cx: StmtCx, list: List<StmtId>) {
        let ast = self.ast();
        let stmts: Vec<StmtId> = ast.list(list).collect();
        // Trailing empty statements do not count.
        let last = stmts.iter().rposition(|&s| !matches!(ast[s], Stmt::Empty));
        for (i, &s) in stmts.iter().enumerate() {
            let inner = StmtCx { fallthrough_ok: cx.fallthrough_ok && Some(i) == last, ..cx };
            self.stmt(inner, s);
        }
    }

    pub fn stmt(&mut self, cx: StmtCx, s: StmtId) {
        let top = self.delayed_top();
        stacker::maybe_grow(64 * 1024, 2 * 1024 * 1024, || self.stmt_internal(cx, s));
        // Function literals see the scope as it is here.
        self.process_delayed(top);
    }

    fn simple_stmt(&mut self, s: StmtId) {
        if s.is_some() {
            self.stmt(StmtCx::default(), s);
        }
    }

    fn condition(&mut self, cond: ExprId, what: &str) {
        if cond.is_some() {
            let mut x = Operand::new(cond);
            self.expr(&mut x, cond);
            if !x.is_invalid() && !self.cx.all_boolean(x.ty) {
                self.error(cond, format!("non-boolean condition in {what} statement"));
            }
        }
    }

    fn stmt_internal(&mut self, cx: StmtCx, s: StmtId) {
        let ast = self.ast();
        let inner = StmtCx::default();
        match ast[s] {
            Stmt::Bad | Stmt::Empty | Stmt::Case { .. } | Stmt::Comm { .. } => {}
            Stmt::Decl(decls) => self.decl_stmt(decls),
            Stmt::Labeled { stmt, .. } => {
                if self.env.body > 0 {
                    self.bodies[self.env.body - 1].info.has_labels = true;
                }
                self.stmt(cx, stmt);
            }
            Stmt::Expr(e) => self.expr_stmt(e),
            Stmt::Send { chan, value } => {
                let mut ch = Operand::new(chan);
                let mut v = Operand::new(value);
                self.expr(&mut ch, chan);
                let elem = if ch.is_invalid() { None } else { self.chan_elem(&ch, false).ok() };
                self.expr_with_target(&mut v, value, elem, "send");
                if ch.is_invalid() || v.is_invalid() {
                    return;
                }
                match self.chan_elem(&ch, false) {
                    Ok(elem) => self.assignment(&mut v, Some(elem), "send"),
                    Err(text) => self.error_at(self.stmt_start(s), text),
                }
            }
            Stmt::IncDec { op, operand } => {
                let mut x = Operand::new(operand);
                self.expr(&mut x, operand);
                if x.is_invalid() {
                    return;
                }
                if !self.cx.all_numeric(x.ty) {
                    let text = if op == BinaryOp::Add { "++" } else { "--" };
                    self.error(operand, format!("invalid operation: {}{text} (non-numeric type {})", self.expr_string(operand), self.ts(x.ty)));
                    return;
                }
                self.lhs_var(operand);
            }
            Stmt::Assign { op: Some(op), lhs, rhs } => {
                if lhs.len() != 1 || rhs.len() != 1 {
                    return self.error_at(
                        self.stmt_pos(s),
                        format!("assignment operation {}= requires single-valued expressions", super::expr_string::binary_op(op)),
                    );
                }
                let (l, r) = (ast.nth(lhs, 0), ast.nth(rhs, 0));
                let mut x = Operand::new(l);
                let pos = self.stmt_pos(s);
                self.binary(&mut x, None, l, r, op, pos);
                self.assign_var(l, None, Some(x), "assignment operation");
            }
            Stmt::Assign { op: None, lhs, rhs } => {
                let l: Vec<ExprId> = ast.list(lhs).collect();
                let r: Vec<ExprId> = ast.list(rhs).collect();
                if !l.is_empty() && !r.is_empty() {
                    self.assign_vars(&l, &r);
                }
            }
            Stmt::Define { lhs, rhs } => self.short_var_decl(self.stmt_pos(s), lhs, rhs),
            Stmt::Go(e) => self.suspended_call("go", e),
            Stmt::Defer(e) => {
                if self.env.body > 0 {
                    self.bodies[self.env.body - 1].info.has_defer = true;
                }
                self.suspended_call("defer", e);
            }
            Stmt::Return(values) => self.return_stmt(s, values),
            Stmt::Branch { kind, label } => {
                if label.is_none() && kind == BranchKind::Fallthrough && !cx.fallthrough_ok {
                    let text = if cx.final_case {
                        "cannot fallthrough final case in switch"
                    } else if cx.in_type_switch {
                        "cannot fallthrough in type switch"
                    } else {
                        "fallthrough statement out of place"
                    };
                    self.error_at(self.stmt_pos(s), text);
                }
            }
            Stmt::Block { stmts, .. } => {
                let saved = self.open_scope();
                self.stmt_list(inner, stmts);
                self.close_scope(saved);
            }
            Stmt::If { init, cond, then, els } => {
                let saved = self.open_scope();
                self.simple_stmt(init);
                self.condition(cond, "if");
                self.loop_body(then);
                if els.is_some() {
                    self.stmt(inner, els);
                }
                self.close_scope(saved);
            }
            Stmt::Switch { init, tag, clauses, .. } => {
                let saved = self.open_scope();
                self.simple_stmt(init);
                self.expr_switch(s, tag, clauses);
                self.close_scope(saved);
            }
            Stmt::TypeSwitch { init, name, operand, clauses, .. } => {
                let saved = self.open_scope();
                self.simple_stmt(init);
                self.type_switch(name, operand, clauses);
                self.close_scope(saved);
            }
            Stmt::Select { clauses, .. } => self.select_stmt(clauses),
            Stmt::For { init, cond, post, body } => {
                let saved = self.open_scope();
                self.simple_stmt(init);
                self.condition(cond, "for");
                if post.is_some() {
                    if let Stmt::Define { .. } = ast[post] {
                        self.soft_error_at(self.stmt_start(post), "cannot declare in post statement of for loop");
                    } else {
                        self.simple_stmt(post);
                    }
                }
                self.loop_body(body);
                self.close_scope(saved);
            }
            Stmt::Range { key, value, extra, define, operand, body } => self.range_stmt(s, key, value, extra, define, operand, body),
        }
    }

    pub fn loop_body(&mut self, body: StmtId) {
        let saved = self.open_scope();
        self.body_stmts(body);
        self.close_scope(saved);
    }

    fn expr_stmt(&mut self, e: ExprId) {
        let mut x = Operand::new(e);
        self.raw_expr(&mut x, e, None);
        let text = match x.mode {
            Mode::Invalid | Mode::NoValue => return,
            Mode::Builtin => format!("{} must be called", self.describe(&x)),
            Mode::Type => format!("{} is not an expression", self.describe(&x)),
            _ if self.may_be_statement(e) => return,
            _ => format!("{} is not used", self.describe(&x)),
        };
        self.error(e, text);
    }

    /// Calls of functions and some built-ins, receives.
    fn may_be_statement(&self, e: ExprId) -> bool {
        let ast = self.ast();
        match ast[ast.unparen(e)] {
            Expr::Call { func, .. } => match self.info[self.env.file].modes[func.index()] {
                Mode::Type => false,
                Mode::Builtin => self.builtin_of(func).is_none_or(|b| b.signature().3 == StmtUse::Statement),
                _ => true,
            },
            Expr::Unary { op: UnaryOp::Receive, .. } => true,
            _ => false,
        }
    }

    pub fn builtin_of(&self, func: ExprId) -> Option<crate::Builtin> {
        let id = self.naming_ident(func)?;
        let obj = self.info[self.env.file].uses[id.index()].get()?;
        self.cx.with_obj(obj, |o| match o.kind {
            ObjKind::Builtin(b) => Some(b),
            _ => None,
        })
    }

    fn suspended_call(&mut self, keyword: &str, e: ExprId) {
        let ast = self.ast();
        let inner = ast.unparen(e);
        let mut x = Operand::new(e);
        self.raw_expr(&mut x, e, None);
        let Expr::Call { func, .. } = ast[inner] else {
            if !matches!(ast[inner], Expr::Bad) {
                self.error(e, format!("expression in {keyword} must be function call"));
            }
            return;
        };
        if x.is_invalid() {
            return;
        }
        let text = match self.info[self.env.file].modes[func.index()] {
            Mode::Type => format!("{keyword} requires function call, not conversion {}", self.describe(&x)),
            Mode::Builtin if self.builtin_of(func).is_some_and(|b| b.signature().3 == StmtUse::Value) => {
                format!("{keyword} discards result of {}", self.describe(&x))
            }
            _ => return,
        };
        self.error(e, text);
    }

    fn return_stmt(&mut self, s: StmtId, values: List<ExprId>) {
        let results = self.env.results.clone();
        let exprs: Vec<ExprId> = self.ast().list(values).collect();
        if exprs.is_empty() {
            let unnamed = results.iter().any(|&r| self.cx.obj_name(r).is_empty());
            if !results.is_empty() && unnamed {
                let want: Vec<crate::Param> = results.iter().map(|&o| crate::Param { name: Symbol::EMPTY, ty: self.cx.obj_type(o) }).collect();
                let want = self.params_summary(&want, false);
                self.error_at(self.stmt_pos(s), format!("not enough return values\n\thave ()\n\twant {want}"));
                return;
            }
            // A named result must not be hidden by another variable.
            for &r in results.iter() {
                let name = self.cx.obj_name(r);
                if let Some((_, other)) = self.lookup(name)
                    && other != r
                    && !name.is_blank()
                {
                    let other_pos = self.cx.obj_pos(other);
                    let text = format!("inner declaration of {}", self.object_string(other));
                    self.error_related(self.stmt_pos(s), format!("result parameter {name} not in scope at return"), other_pos, text);
                }
            }
            return;
        }
        if results.is_empty() {
            let operands = self.arg_operands(&exprs, false);
            if operands.iter().any(Operand::is_invalid) {
                return;
            }
            let have = self.operands_summary(&operands, false);
            self.error(exprs[0], format!("too many return values\n\thave {have}\n\twant ()"));
            return;
        }
        self.init_vars(&results, &exprs, Some(self.stmt_pos(s)));
    }

    pub fn object_string(&self, obj: ObjId) -> String {
        let o = self.cx.obj(obj);
        let kind = match o.kind {
            ObjKind::Var(_) => "var",
            ObjKind::Const(_) => "const",
            ObjKind::TypeName => "type",
            ObjKind::Func(_) => "func",
            _ => "",
        };
        format!("{kind} {} {}", o.name, self.ts(o.ty))
    }

    fn select_stmt(&mut self, clauses: List<StmtId>) {
        let ast = self.ast();
        for clause in ast.list(clauses) {
            let Stmt::Comm { comm, body, .. } = ast[clause] else { continue };
            if comm.is_some() {
                let receive = |e: ExprId| matches!(ast[ast.unparen(e)], Expr::Unary { op: UnaryOp::Receive, .. });
                let valid = match ast[comm] {
                    Stmt::Send { .. } => true,
                    Stmt::Expr(e) => receive(e),
                    Stmt::Assign { op: None, rhs, .. } | Stmt::Define { rhs, .. } => rhs.len() == 1 && receive(ast.nth(rhs, 0)),
                    _ => false,
                };
                if !valid {
                    self.error_at(self.stmt_start(comm), "select case must be receive, send or assign recv");
                    continue;
                }
            }
            let saved = self.open_scope();
            self.simple_stmt(comm);
            self.stmt_list(StmtCx::default(), body);
            self.close_scope(saved);
        }
    }

    // Variables nobody uses.

    pub fn note_local(&mut self, obj: ObjId) {
        self.locals.push(obj);
    }
    pub fn locals_mark(&self) -> usize {
        self.locals.len()
    }
    pub fn unused_locals(&mut self, mark: usize) {
        for obj in self.locals.split_off(mark) {
            let (name, pos, used) = self.cx.with_obj(obj, |o| (o.name, o.pos, o.used));
            if !used && !name.is_blank() && !name.is_empty() {
                self.soft_error_at(pos, format!("declared and not used: {name}"));
            }
        }
    }
}
