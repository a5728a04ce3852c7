//! Statements.

use super::decl::{const_group, group, type_spec, var_spec};
use super::expr::{expr, expr_list, exprs_after, pexpr};
use super::{In, Rules, name, opt, rule, token, unless};
use crate::ast::{BinaryOp, BranchKind, Expr, ExprId, IdentId, List, Stmt, StmtId};
use crate::branches;
use crate::error::Message;
use crate::print::{expr_text, simple_stmt_text};
use crate::token::K;
use chumsky::prelude::*;

/// The block of a function, at `{`. Labels and branches are checked if nothing else was wrong in it.
pub(super) fn func_body(inp: &mut In<'_, '_>) -> StmtId {
    let n_jumps = inp.state().n_jumps;
    let n_errors = inp.state().n_errors;
    let start = inp.offset();
    inp.state().n_funcs += 1;
    let body = block(inp, "");
    inp.state().n_funcs -= 1;
    if inp.state().n_jumps != n_jumps && inp.state().n_errors == n_errors {
        let end = inp.offset();
        let lexical = inp.state().lexical;
        if !lexical.iter().any(|error| (start..=end).contains(&error.offset)) {
            for problem in branches::check(&inp.state().ast, body) {
                inp.branch_error(problem);
            }
        }
    }
    body
}

/// `{ ... }`; `problem` is said if it does not begin here.
fn block(inp: &mut In<'_, '_>, problem: &'static str) -> StmtId {
    let offset = inp.offset();
    if !inp.eat(K::LBrace) {
        inp.error(problem);
        inp.skip_to(&[K::Name, K::RBrace]);
        let rbrace = inp.offset();
        if inp.eat(K::RBrace) {
            return inp.add_stmt(offset, Stmt::Block { stmts: List::default(), rbrace });
        }
    }
    let stmts = inp.deep(stmt_list, |_| List::default());
    let rbrace = inp.offset();
    inp.need(K::RBrace);
    inp.add_stmt(offset, Stmt::Block { stmts, rbrace })
}

fn stmt_list(inp: &mut In<'_, '_>) -> List<StmtId> {
    let mark = inp.mark();
    while !matches!(inp.at(), K::Eof | K::RBrace | K::Case | K::Default) {
        let stmt = stmt_or_none(inp);
        if stmt.is_none() {
            break;
        }
        inp.push(stmt);
        if !inp.eat(K::Semi) && inp.at() != K::RBrace {
            inp.error("at end of statement");
            inp.skip_to(&[K::Semi, K::RBrace, K::Case, K::Default]);
            inp.eat(K::Semi);
        }
    }
    inp.take(mark)
}

/// A statement, or NONE if none begins here: the caller knows what else may follow.
fn stmt_or_none(inp: &mut In<'_, '_>) -> StmtId {
    match inp.at() {
        K::Name if inp.at2() == K::Colon => labeled(inp),
        K::Name
        | K::Int
        | K::Float
        | K::Imaginary
        | K::Rune
        | K::String
        | K::Func
        | K::LParen
        | K::LBrack
        | K::Struct
        | K::Map
        | K::Chan
        | K::Interface
        | K::Arrow
        | K::Mul
        | K::And
        | K::Add
        | K::Sub
        | K::Xor
        | K::Not => simple(inp, Place::Statement),
        K::Var => decls(inp, |inp| inp.run(group(rule(var_spec)))),
        K::Const => decls(inp, const_group),
        K::Type => decls(inp, |inp| inp.run(group(rule(type_spec)))),
        K::LBrace => block(inp, ""),
        K::For => for_stmt(inp),
        K::Switch => switch_stmt(inp),
        K::Select => select_stmt(inp),
        K::If => if_stmt(inp),
        K::Fallthrough => branch(inp, BranchKind::Fallthrough),
        K::Break => branch(inp, BranchKind::Break),
        K::Continue => branch(inp, BranchKind::Continue),
        K::Goto => branch(inp, BranchKind::Goto),
        K::Go | K::Defer => call_stmt(inp),
        K::Return => {
            let (offset, values) = inp.run(token().then(unless(&[K::Semi, K::RBrace], rule(expr_list))));
            inp.add_stmt(offset, Stmt::Return(values.unwrap_or_default()))
        }
        K::Semi => {
            let offset = inp.offset();
            inp.add_stmt(offset, Stmt::Empty)
        }
        _ => StmtId::NONE,
    }
}

fn decls(inp: &mut In<'_, '_>, read: impl Fn(&mut In<'_, '_>)) -> StmtId {
    let offset = inp.offset();
    let mark = inp.mark();
    read(inp);
    let decls = inp.take(mark);
    inp.add_stmt(offset, Stmt::Decl(decls))
}

fn branch(inp: &mut In<'_, '_>, kind: BranchKind) -> StmtId {
    let offset = inp.bump();
    let label = match kind {
        BranchKind::Goto => name(inp),
        BranchKind::Break | BranchKind::Continue if inp.at() == K::Name => name(inp),
        _ => IdentId::NONE,
    };
    inp.state().n_jumps += 1;
    inp.add_stmt(offset, Stmt::Branch { kind, label })
}

fn labeled(inp: &mut In<'_, '_>) -> StmtId {
    let label = name(inp);
    let colon = inp.bump();
    inp.state().n_jumps += 1;
    let stmt = if inp.at() == K::RBrace {
        let at = inp.offset();
        inp.add_stmt(at, Stmt::Empty)
    } else {
        inp.deep(stmt_or_none, |_| StmtId::NONE)
    };
    if stmt.is_none() {
        inp.error_at(colon, Message::Text("missing statement after label"));
        return StmtId::NONE;
    }
    inp.add_stmt(colon, Stmt::Labeled { label, stmt })
}

fn call_stmt(inp: &mut In<'_, '_>) -> StmtId {
    let is_go = inp.at() == K::Go;
    let offset = inp.bump();
    let operand = pexpr(inp);
    let call = inp.state().ast.unparen(operand);
    let keyword = if is_go { "go" } else { "defer" };
    let at = inp.state().ast.start(operand);
    if call != operand {
        inp.error_at(
            at,
            Message::Plain(match is_go {
                true => "expression in go must not be parenthesized",
                false => "expression in defer must not be parenthesized",
            }),
        );
    }
    if !matches!(inp.state().ast[call], Expr::Call { .. } | Expr::Bad) {
        let at = inp.state().ast.start(call);
        inp.error_later(at, format!("expression in {keyword} must be function call"));
    }
    inp.add_stmt(offset, if is_go { Stmt::Go(call) } else { Stmt::Defer(call) })
}

/// Where a simple statement stands decides about `range` and `.(type)`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Statement,
    If,
    For,
    Switch,
}

/// Expression, send, increment, assignment or declaration; after `for` a range clause as well.
fn simple(inp: &mut In<'_, '_>, place: Place) -> StmtId {
    let offset = inp.offset();
    if place == Place::For && inp.at() == K::Range {
        return range_clause(inp, None, false);
    }
    let first = expr(inp);
    let op_offset = inp.offset();
    match inp.at() {
        K::Comma | K::Assign | K::Define => {}
        kind @ (K::Inc | K::Dec) => {
            inp.bump();
            let op = if kind == K::Inc { BinaryOp::Add } else { BinaryOp::Sub };
            return inp.add_stmt(op_offset, Stmt::IncDec { op, operand: first });
        }
        K::Arrow => {
            inp.bump();
            let value = expr(inp);
            return inp.add_stmt(op_offset, Stmt::Send { chan: first, value });
        }
        kind if kind.is_assign_op() => {
            inp.bump();
            let value = expr(inp);
            let lhs = inp.one(first);
            let rhs = inp.one(value);
            return inp.add_stmt(op_offset, Stmt::Assign { op: Some(assign_op(kind)), lhs, rhs });
        }
        _ => return inp.add_stmt(offset, Stmt::Expr(first)),
    }
    let lhs = exprs_after(inp, first);
    let op_offset = inp.offset();
    let is_define = match inp.at() {
        K::Assign => false,
        K::Define => true,
        _ => {
            inp.error("expected := or = or comma");
            inp.skip_to(&[K::Semi, K::RBrace]);
            return inp.add_stmt(offset, Stmt::Expr(first));
        }
    };
    inp.bump();
    if place == Place::For && inp.at() == K::Range {
        return range_clause(inp, Some(lhs), is_define);
    }
    let rhs = expr_list(inp);
    if is_define {
        check_defined_names(inp, lhs, |name| format!("non-name {name} on left side of :="));
        return inp.add_stmt(op_offset, Stmt::Define { lhs, rhs });
    }
    inp.add_stmt(op_offset, Stmt::Assign { op: None, lhs, rhs })
}

fn assign_op(kind: K) -> BinaryOp {
    match kind {
        K::AddAssign => BinaryOp::Add,
        K::SubAssign => BinaryOp::Sub,
        K::OrAssign => BinaryOp::Or,
        K::XorAssign => BinaryOp::Xor,
        K::MulAssign => BinaryOp::Mul,
        K::DivAssign => BinaryOp::Div,
        K::RemAssign => BinaryOp::Rem,
        K::AndAssign => BinaryOp::And,
        K::AndNotAssign => BinaryOp::AndNot,
        K::ShlAssign => BinaryOp::Shl,
        _ => BinaryOp::Shr,
    }
}

/// `:=` declares names.
fn check_defined_names(inp: &mut In<'_, '_>, lhs: List<ExprId>, problem: fn(&str) -> String) {
    for nth in 0..lhs.len() {
        let ast = &inp.state().ast;
        let left: ExprId = ast.nth(lhs, nth);
        if !matches!(ast[left], Expr::Name(_) | Expr::Bad) {
            let text = problem(&expr_text(ast, left));
            let at = ast.start(left);
            inp.error_later(at, text);
        }
    }
}

/// At `range`. The statement is completed by [`for_stmt`].
fn range_clause(inp: &mut In<'_, '_>, lhs: Option<List<ExprId>>, define: bool) -> StmtId {
    let offset = inp.bump();
    let operand = expr(inp);
    let lhs = lhs.unwrap_or_default();
    if define {
        check_defined_names(inp, lhs, |name| format!("invalid syntax tree: cannot declare {name}"));
    }
    let ast = &inp.state().ast;
    let nth = |n| if n < lhs.len() { ast.nth(lhs, n) } else { ExprId::NONE };
    let (key, value, extra) = (nth(0), nth(1), nth(2));
    inp.add_stmt(offset, Stmt::Range { key, value, extra, define, operand, body: StmtId::NONE })
}

/// What stands between a keyword and `{`.
struct Header {
    init: StmtId,
    cond: StmtId,
    post: StmtId,
}

fn header(inp: &mut In<'_, '_>, place: Place) -> Header {
    let none = StmtId::NONE;
    let mut header = Header { init: none, cond: none, post: none };
    if inp.at() == K::LBrace {
        if place == Place::If {
            inp.error("missing condition in if statement");
        }
        return header;
    }
    let outer = std::mem::replace(&mut inp.state().nesting, -1);
    let semi = header_parts(inp, place, &mut header);
    inp.state().nesting = outer;
    if let (Place::If, true, Some((at, what))) = (place, header.cond.is_none(), semi) {
        if what == "semicolon" {
            inp.error_at(at, Message::Text("missing condition in if statement"));
        } else {
            inp.error_made(at, format!("unexpected {what}, expected {{ after if clause"));
        }
    }
    header
}

/// The semicolon after the first statement, if there was one: its offset and what it was.
fn header_parts(inp: &mut In<'_, '_>, place: Place, header: &mut Header) -> Option<(u32, &'static str)> {
    if inp.at() != K::Semi {
        if inp.at() == K::Var {
            inp.bump();
            inp.error(match place {
                Place::If => "var declaration not allowed in if initializer",
                Place::For => "var declaration not allowed in for initializer",
                _ => "var declaration not allowed in switch initializer",
            });
        }
        header.init = simple(inp, place);
        if let Stmt::Range { .. } = inp.state().ast[header.init] {
            return None;
        }
    }
    if inp.at() == K::LBrace {
        header.cond = std::mem::replace(&mut header.init, StmtId::NONE);
        return None;
    }
    let mut semi = None;
    if inp.at() == K::Semi {
        let what = super::symbol(inp).as_str();
        semi = Some((inp.bump(), what));
    } else {
        // A block is more likely missing here than a semicolon.
        inp.need(K::LBrace);
        if inp.at() != K::LBrace {
            inp.skip_to(&[K::LBrace, K::RBrace]);
        }
    }
    if place != Place::For {
        if inp.at() != K::LBrace {
            header.cond = simple(inp, place);
        }
        return semi;
    }
    if inp.at() != K::Semi {
        if inp.at() == K::LBrace {
            inp.error("expected for loop condition");
            return semi;
        }
        header.cond = simple(inp, Place::Statement);
    }
    inp.need(K::Semi);
    if inp.at() != K::LBrace {
        header.post = simple(inp, Place::Statement);
        if let Stmt::Define { .. } = inp.state().ast[header.post] {
            let at = inp.state().ast.stmt_offsets[header.post.index()];
            inp.error_at(at, Message::Text("cannot declare in post statement of for loop"));
        }
    }
    semi
}

/// The condition as an expression; another statement in its place is reported.
fn condition(inp: &mut In<'_, '_>, cond: StmtId) -> ExprId {
    let Some(stmt) = cond.get() else { return ExprId::NONE };
    let ast = &inp.state().ast;
    let text = match ast[stmt] {
        Stmt::Expr(expr) => return expr,
        // `=` for `==` is a common slip: parentheses show where the `=` is.
        Stmt::Assign { op: None, lhs, rhs } => {
            let side = |list: List<ExprId>| {
                let text: Vec<_> = ast.list(list).map(|expr| expr_text(ast, expr)).collect();
                let is_binary = list.len() == 1 && matches!(ast[ast.nth(list, 0)], Expr::Binary { .. });
                if is_binary { format!("({})", text[0]) } else { text.join(", ") }
            };
            format!("assignment {} = {}", side(lhs), side(rhs))
        }
        _ => simple_stmt_text(ast, stmt),
    };
    let at = ast.stmt_offsets[stmt.index()];
    inp.error_made(at, format!("cannot use {text} as value"));
    inp.add_expr(at, Expr::Bad)
}

fn if_stmt(inp: &mut In<'_, '_>) -> StmtId {
    let head = token().then(rule(|inp: &mut In<'_, '_>| {
        let header = header(inp, Place::If);
        (header.init, condition(inp, header.cond))
    }));
    let then = rule(|inp: &mut In<'_, '_>| block(inp, "expected { after if clause"));
    let (((offset, (init, cond)), then), els) = inp.run(head.then(then).then(opt(K::Else, rule(else_branch))));
    let cond = if cond.is_some() { cond } else { inp.add_expr(offset, Expr::Bad) };
    inp.add_stmt(offset, Stmt::If { init, cond, then, els: els.unwrap_or(StmtId::NONE) })
}

fn else_branch(inp: &mut In<'_, '_>) -> StmtId {
    match inp.at() {
        K::If => inp.deep(if_stmt, |_| StmtId::NONE),
        K::LBrace => block(inp, ""),
        _ => {
            inp.error("else must be followed by if or statement block");
            inp.skip_to(&[K::Name, K::RBrace]);
            StmtId::NONE
        }
    }
}

fn for_stmt(inp: &mut In<'_, '_>) -> StmtId {
    let offset = inp.bump();
    let header = header(inp, Place::For);
    let range = header.init.get().map(|init| inp.state().ast[init]);
    if let Some(Stmt::Range { key, value, extra, define, operand, .. }) = range {
        let body = block(inp, "expected { after for clause");
        // The clause becomes the statement.
        let id = header.init;
        let ast = &mut inp.state().ast;
        ast.stmts[id.index()] = Stmt::Range { key, value, extra, define, operand, body };
        ast.stmt_offsets[id.index()] = offset;
        return id;
    }
    let cond = condition(inp, header.cond);
    let body = block(inp, "expected { after for clause");
    inp.add_stmt(offset, Stmt::For { init: header.init, cond, post: header.post, body })
}

fn switch_stmt(inp: &mut In<'_, '_>) -> StmtId {
    let offset = inp.bump();
    let header = header(inp, Place::Switch);
    let guard = type_switch_guard(inp, header.cond);
    let tag = if guard.is_some() { ExprId::NONE } else { condition(inp, header.cond) };
    if !inp.eat(K::LBrace) {
        inp.error("missing { after switch clause");
        inp.skip_to(&[K::Case, K::Default, K::RBrace]);
    }
    let mark = inp.mark();
    while !matches!(inp.at(), K::Eof | K::RBrace) {
        let clause = case_clause(inp);
        inp.push(clause);
    }
    let clauses = inp.take(mark);
    let rbrace = inp.offset();
    inp.need(K::RBrace);
    let init = header.init;
    let stmt = match guard {
        Some((name, operand)) => Stmt::TypeSwitch { init, name, operand, clauses, rbrace },
        None => Stmt::Switch { init, tag, clauses, rbrace },
    };
    inp.add_stmt(offset, stmt)
}

/// `name := operand.(type)` or `operand.(type)`.
fn type_switch_guard(inp: &mut In<'_, '_>, cond: StmtId) -> Option<(IdentId, ExprId)> {
    let ast = &inp.state().ast;
    match ast[cond.get()?] {
        Stmt::Expr(expr) => match ast[expr] {
            Expr::TypeGuard { operand } => Some((IdentId::NONE, operand)),
            _ => None,
        },
        Stmt::Define { lhs, rhs } if lhs.len() == 1 && rhs.len() == 1 => match (ast[ast.nth(lhs, 0)], ast[ast.nth(rhs, 0)]) {
            (Expr::Name(name), Expr::TypeGuard { operand }) => Some((name, operand)),
            _ => None,
        },
        _ => None,
    }
}

fn case_clause(inp: &mut In<'_, '_>) -> StmtId {
    let offset = inp.offset();
    let mut exprs = List::default();
    let mut is_default = false;
    match inp.at() {
        K::Case => {
            inp.bump();
            exprs = expr_list(inp);
        }
        K::Default => {
            inp.bump();
            is_default = true;
        }
        _ => no_clause(inp),
    }
    let colon = inp.offset();
    inp.need(K::Colon);
    let body = inp.deep(stmt_list, |_| List::default());
    inp.add_stmt(offset, Stmt::Case { exprs, is_default, body, colon })
}

fn no_clause(inp: &mut In<'_, '_>) {
    inp.error("expected case or default or }");
    inp.skip_to(&[K::Colon, K::Case, K::Default, K::RBrace]);
}

fn select_stmt(inp: &mut In<'_, '_>) -> StmtId {
    let offset = inp.bump();
    if !inp.eat(K::LBrace) {
        inp.error("missing { after select clause");
        inp.skip_to(&[K::Case, K::Default, K::RBrace]);
    }
    let mark = inp.mark();
    while !matches!(inp.at(), K::Eof | K::RBrace) {
        let clause = comm_clause(inp);
        inp.push(clause);
    }
    let clauses = inp.take(mark);
    let rbrace = inp.offset();
    inp.need(K::RBrace);
    inp.add_stmt(offset, Stmt::Select { clauses, rbrace })
}

fn comm_clause(inp: &mut In<'_, '_>) -> StmtId {
    let offset = inp.offset();
    let mut comm = StmtId::NONE;
    match inp.at() {
        K::Case => {
            inp.bump();
            comm = simple(inp, Place::Statement);
        }
        K::Default => {
            inp.bump();
        }
        _ => no_clause(inp),
    }
    let colon = inp.offset();
    inp.need(K::Colon);
    let body = inp.deep(stmt_list, |_| List::default());
    inp.add_stmt(offset, Stmt::Comm { comm, body, colon })
}
