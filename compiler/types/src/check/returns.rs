//! Terminating statements: may control reach the end of a body?

use super::Checker;
use crate::Mode;
use source::Symbol;
use syntax::ast::{BranchKind, Expr, List, Stmt, StmtId};

impl Checker<'_> {
    pub fn terminates_block(&self, s: StmtId) -> bool {
        self.terminates(s, Symbol::EMPTY)
    }

    fn terminates_list(&self, list: List<StmtId>) -> bool {
        let ast = self.ast();
        ast.list(list).rfind(|&s| !matches!(ast[s], Stmt::Empty)).is_some_and(|s| self.terminates(s, Symbol::EMPTY))
    }

    fn terminates(&self, s: StmtId, label: Symbol) -> bool {
        let ast = self.ast();
        match ast[s] {
            Stmt::Labeled { label, stmt } => self.terminates(stmt, ast.name(label)),
            // Only the built-in panic; it may be shadowed.
            Stmt::Expr(e) => match ast[ast.unparen(e)] {
                Expr::Call { func, .. } => {
                    self.info[self.env.file].modes[func.index()] == Mode::Builtin && self.builtin_of(func) == Some(crate::Builtin::Panic)
                }
                _ => false,
            },
            Stmt::Return(_) => true,
            Stmt::Branch { kind, .. } => matches!(kind, BranchKind::Goto | BranchKind::Fallthrough),
            Stmt::Block { stmts, .. } => self.terminates_list(stmts),
            Stmt::If { then, els, .. } => els.is_some() && self.terminates(then, Symbol::EMPTY) && self.terminates(els, Symbol::EMPTY),
            Stmt::Switch { clauses, .. } | Stmt::TypeSwitch { clauses, .. } => {
                let mut has_default = false;
                for clause in ast.list(clauses) {
                    let Stmt::Case { is_default, body, .. } = ast[clause] else { continue };
                    has_default |= is_default;
                    if !self.terminates_list(body) || self.breaks_list(body, label, true) {
                        return false;
                    }
                }
                has_default
            }
            Stmt::Select { clauses, .. } => ast.list(clauses).all(|clause| match ast[clause] {
                Stmt::Comm { body, .. } => self.terminates_list(body) && !self.breaks_list(body, label, true),
                _ => true,
            }),
            Stmt::For { cond, body, .. } => cond.is_none() && !self.breaks(body, label, true),
            _ => false,
        }
    }

    fn breaks_list(&self, list: List<StmtId>, label: Symbol, implicit: bool) -> bool {
        self.ast().list(list).any(|s| self.breaks(s, label, implicit))
    }

    /// Does a `break` in `s` leave the statement with this label (`implicit`: or an unlabelled one)?
    fn breaks(&self, s: StmtId, label: Symbol, implicit: bool) -> bool {
        if s.is_none() {
            return false;
        }
        let ast = self.ast();
        match ast[s] {
            Stmt::Labeled { stmt, .. } => self.breaks(stmt, label, implicit),
            Stmt::Branch { kind: BranchKind::Break, label: target } => {
                if target.is_none() {
                    implicit
                } else {
                    !label.is_empty() && ast.name(target) == label
                }
            }
            Stmt::Block { stmts, .. } => self.breaks_list(stmts, label, implicit),
            Stmt::If { then, els, .. } => self.breaks(then, label, implicit) || self.breaks(els, label, implicit),
            Stmt::Case { body, .. } | Stmt::Comm { body, .. } => self.breaks_list(body, label, implicit),
            Stmt::Switch { clauses, .. } | Stmt::TypeSwitch { clauses, .. } | Stmt::Select { clauses, .. } => {
                !label.is_empty() && self.breaks_list(clauses, label, false)
            }
            Stmt::For { body, .. } | Stmt::Range { body, .. } => !label.is_empty() && self.breaks(body, label, false),
            _ => false,
        }
    }
}
