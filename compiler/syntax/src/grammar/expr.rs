//! Expressions. Binary operators are chumsky's Pratt parser over [`unary`]; all else looks at the next token.

use super::stmt::func_body;
use super::types::{func_type_without_params, more_types, type_};
use super::{In, Rules, list, name, rule, symbol};
use crate::ast::{BinaryOp, ChanDir, Expr, ExprId, List, LitKind, UnaryOp};
use crate::error::Message;
use crate::print::expr_text;
use crate::token::K;
use chumsky::input::MapExtra;
use chumsky::pratt::{infix, left};
use chumsky::prelude::*;
use chumsky::span::Span;

pub(super) fn expr(inp: &mut In<'_, '_>) -> ExprId {
    inp.deep(
        |inp| {
            let first = unary(inp);
            if inp.at().is_binary_op() { binary(inp, first) } else { first }
        },
        |inp| inp.bad_expr(),
    )
}

/// An expression whose first operand is read already, up to its selectors and calls.
pub(super) fn expr_from(inp: &mut In<'_, '_>, operand: ExprId) -> ExprId {
    let first = primary(inp, operand);
    binary(inp, first)
}

type Mapped<'s, 'e> = MapExtra<'s, 'e, super::Kinds<'s>, super::Extra<'s>>;

/// The operators of one precedence.
macro_rules! operators {
    ($precedence:literal, $($kind:ident)|+) => {
        infix(
            left($precedence),
            select! { $(K::$kind = extra => (BinaryOp::$kind, operator_offset(extra))),+ },
            |lhs, (op, offset), rhs, extra: &mut Mapped<'_, '_>| {
                let ast = &mut extra.state().ast;
                ast.exprs.push(Expr::Binary { op, lhs, rhs });
                ast.expr_offsets.push(offset);
                ExprId(ast.exprs.len() as u32 - 1)
            },
        )
    };
}

fn operator_offset(extra: &mut Mapped<'_, '_>) -> u32 {
    let token = extra.span().start();
    extra.state().tokens.starts[token]
}

/// Continues a binary expression behind its first operand.
fn binary(inp: &mut In<'_, '_>, first: ExprId) -> ExprId {
    inp.state().read_operand = first;
    let operand = rule(|inp: &mut In<'_, '_>| {
        let read = std::mem::replace(&mut inp.state().read_operand, ExprId::NONE);
        if read.is_some() { read } else { unary(inp) }
    });
    inp.run(operand.pratt((
        operators!(5, Mul | Div | Rem | And | AndNot | Shl | Shr),
        operators!(4, Add | Sub | Or | Xor),
        operators!(3, Equal | NotEqual | Less | LessEqual | Greater | GreaterEqual),
        operators!(2, AndAnd),
        operators!(1, OrOr),
    )))
}

pub(super) fn expr_list(inp: &mut In<'_, '_>) -> List<ExprId> {
    let first = expr(inp);
    exprs_after(inp, first)
}

/// `first, expr, ...`
pub(super) fn exprs_after(inp: &mut In<'_, '_>, first: ExprId) -> List<ExprId> {
    if inp.at() != K::Comma {
        return inp.one(first);
    }
    let mark = inp.mark();
    inp.push(first);
    while inp.eat(K::Comma) {
        let next = expr(inp);
        inp.push(next);
    }
    inp.take(mark)
}

fn unary(inp: &mut In<'_, '_>) -> ExprId {
    let op = match inp.at() {
        K::Mul => {
            let offset = inp.bump();
            let operand = deep_unary(inp);
            return inp.add_expr(offset, Expr::Star(operand));
        }
        K::Arrow => return receive(inp),
        K::Add => UnaryOp::Plus,
        K::Sub => UnaryOp::Neg,
        K::Not => UnaryOp::Not,
        K::Xor => UnaryOp::Complement,
        K::Tilde => UnaryOp::Tilde,
        K::And => UnaryOp::Address,
        _ => return pexpr(inp),
    };
    let offset = inp.bump();
    let operand = deep_unary(inp);
    inp.add_expr(offset, Expr::Unary { op, operand })
}

fn deep_unary(inp: &mut In<'_, '_>) -> ExprId {
    inp.deep(unary, |inp| inp.bad_expr())
}

/// `<-x`, or a channel type: `<-chan int` is one, `<-chan int(c)` is not. Only the end tells.
fn receive(inp: &mut In<'_, '_>) -> ExprId {
    let offset = inp.bump();
    let operand = deep_unary(inp);
    if !matches!(inp.state().ast[operand], Expr::ChanType { .. }) {
        return inp.add_expr(offset, Expr::Unary { op: UnaryOp::Receive, operand });
    }
    // `<-` belongs to the outermost `chan`, whose own `<-` then belongs to the next one inside: `<-chan<- chan T`.
    let mut ty = operand;
    loop {
        let Expr::ChanType { dir, elem } = inp.state().ast[ty] else {
            let text = format!("unexpected {}, expected chan", expr_text(&inp.state().ast, ty));
            let at = inp.offset();
            inp.error_made(at, text);
            break;
        };
        if dir == ChanDir::Receive {
            inp.error("unexpected <-, expected chan");
        }
        inp.state().ast.exprs[ty.index()] = Expr::ChanType { dir: ChanDir::Receive, elem };
        if dir != ChanDir::Send {
            break;
        }
        ty = elem;
    }
    inp.state().ast.expr_offsets[operand.index()] = offset;
    operand
}

/// An operand with its selectors, calls, indices and literals.
pub(super) fn pexpr(inp: &mut In<'_, '_>) -> ExprId {
    let operand = operand(inp);
    primary(inp, operand)
}

pub(super) fn literal(inp: &mut In<'_, '_>) -> ExprId {
    let kind = match inp.at() {
        K::Int => LitKind::Int,
        K::Float => LitKind::Float,
        K::Imaginary => LitKind::Imaginary,
        K::Rune => LitKind::Rune,
        _ => LitKind::String,
    };
    let text = symbol(inp);
    let offset = inp.bump();
    inp.add_expr(offset, Expr::Lit { kind, text })
}

fn operand(inp: &mut In<'_, '_>) -> ExprId {
    match inp.at() {
        K::Name => {
            let offset = inp.offset();
            let name = name(inp);
            inp.add_expr(offset, Expr::Name(name))
        }
        K::Int | K::Float | K::Imaginary | K::Rune | K::String => literal(inp),
        K::LParen => {
            let offset = inp.bump();
            inp.state().nesting += 1;
            let inner = expr(inp);
            inp.state().nesting -= 1;
            inp.need(K::RParen);
            inp.add_expr(offset, Expr::Paren(inner))
        }
        K::Func => {
            let offset = inp.bump();
            let ty = func_type_without_params(inp, "function type must have no type parameters");
            if inp.at() != K::LBrace {
                return ty;
            }
            inp.state().nesting += 1;
            let body = inp.deep(func_body, |_| crate::ast::StmtId::NONE);
            inp.state().nesting -= 1;
            if body.is_none() { inp.bad_expr() } else { inp.add_expr(offset, Expr::FuncLit { ty, body }) }
        }
        K::LBrack | K::Chan | K::Map | K::Struct | K::Interface => type_(inp),
        _ => {
            let bad = inp.bad_expr();
            inp.error("expected expression");
            inp.skip_to(&[K::RParen, K::RBrack, K::RBrace]);
            bad
        }
    }
}

fn primary(inp: &mut In<'_, '_>, operand: ExprId) -> ExprId {
    let mut x = operand;
    loop {
        match inp.at() {
            K::Dot => {
                let dot = inp.bump();
                match inp.at() {
                    K::Name => {
                        let name = name(inp);
                        x = inp.add_expr(dot, Expr::Selector { operand: x, name });
                    }
                    K::LParen => {
                        inp.bump();
                        x = if inp.eat(K::Type) {
                            inp.add_expr(dot, Expr::TypeGuard { operand: x })
                        } else {
                            let ty = type_(inp);
                            inp.add_expr(dot, Expr::Assert { operand: x, ty })
                        };
                        inp.need(K::RParen);
                    }
                    _ => {
                        inp.error("expected name or (");
                        inp.skip_to(&[K::Semi, K::RParen]);
                    }
                }
            }
            K::LParen => x = call(inp, x),
            K::LBrack => x = index_or_slice(inp, x),
            K::LBrace => {
                let ty = inp.state().ast.unparen(x);
                if !begins_literal(inp, ty) {
                    return x;
                }
                if ty != x {
                    inp.error("cannot parenthesize type in composite literal");
                }
                x = composite(inp, x);
            }
            _ => return x,
        }
    }
}

/// Whether `{` after `ty` opens a composite literal. In the header of a statement a name or instance does not.
fn begins_literal(inp: &mut In<'_, '_>, ty: ExprId) -> bool {
    let is_free = inp.state().nesting >= 0;
    let ast = &inp.state().ast;
    match ast[ty] {
        Expr::Name(_) | Expr::Selector { .. } => is_free,
        Expr::Index { args, .. } => is_free && !ast.list(args).any(|arg| is_value(ast, arg)),
        Expr::ArrayType { .. } | Expr::SliceType { .. } | Expr::StructType { .. } | Expr::MapType { .. } => true,
        _ => false,
    }
}

/// Whether an expression can only be a value, and so `a[x] {` is no literal of an instantiated type.
fn is_value(ast: &crate::ast::Ast, expr: ExprId) -> bool {
    match ast[expr] {
        Expr::Lit { .. }
        | Expr::Composite { .. }
        | Expr::FuncLit { .. }
        | Expr::Slice { .. }
        | Expr::Assert { .. }
        | Expr::TypeGuard { .. }
        | Expr::Call { .. }
        | Expr::Unary { .. }
        | Expr::Binary { .. } => true,
        Expr::Paren(inner) => is_value(ast, inner),
        Expr::Index { operand, args } => is_value(ast, operand) || ast.list(args).any(|arg| is_value(ast, arg)),
        _ => false,
    }
}

fn call(inp: &mut In<'_, '_>, func: ExprId) -> ExprId {
    let paren = inp.bump();
    inp.state().nesting += 1;
    let mark = inp.mark();
    inp.state().spread = false;
    let item = rule(|inp: &mut In<'_, '_>| {
        let arg = expr(inp);
        inp.push(arg);
        let spread = inp.eat(K::Ellipsis);
        inp.state().spread = spread;
        spread
    });
    let rparen = inp.run(list("in argument list; possibly missing comma or )", K::Comma, K::RParen, item));
    let spread = std::mem::take(&mut inp.state().spread);
    inp.state().nesting -= 1;
    let args = inp.take(mark);
    inp.add_expr(paren, Expr::Call { func, args, spread, rparen })
}

fn index_or_slice(inp: &mut In<'_, '_>, operand: ExprId) -> ExprId {
    let bracket = inp.bump();
    let mut lo = ExprId::NONE;
    if inp.at() == K::RBrack {
        inp.error("expected operand");
        lo = inp.bad_expr();
        let args = inp.one(lo);
        inp.bump();
        return inp.add_expr(bracket, Expr::Index { operand, args });
    }
    inp.state().nesting += 1;
    if inp.at() != K::Colon {
        lo = expr(inp);
        let mark = inp.mark();
        inp.push(lo);
        more_types(inp);
        if inp.at() == K::RBrack {
            inp.state().nesting -= 1;
            let args = inp.take(mark);
            inp.bump();
            return inp.add_expr(bracket, Expr::Index { operand, args });
        }
        inp.state().scratch.truncate(mark);
    }
    if !inp.eat(K::Colon) {
        inp.error("expected comma, : or ]");
        inp.skip_to(&[K::Comma, K::Colon, K::RBrack]);
    }
    let mut hi = ExprId::NONE;
    let mut max = ExprId::NONE;
    let mut three = false;
    if !matches!(inp.at(), K::Colon | K::RBrack) {
        hi = expr(inp);
    }
    if inp.at() == K::Colon {
        three = true;
        if hi.is_none() {
            let at = inp.offset();
            inp.error_at(at, Message::Plain("middle index required in 3-index slice"));
            hi = inp.bad_expr();
        }
        inp.bump();
        if inp.at() == K::RBrack {
            let at = inp.offset();
            inp.error_at(at, Message::Plain("final index required in 3-index slice"));
            max = inp.bad_expr();
        } else {
            max = expr(inp);
        }
    }
    inp.state().nesting -= 1;
    inp.need(K::RBrack);
    inp.add_expr(bracket, Expr::Slice { operand, lo, hi, max, three })
}

/// `{...}` of type `ty`, which is NONE where elided.
fn composite(inp: &mut In<'_, '_>, ty: ExprId) -> ExprId {
    let brace = inp.offset();
    inp.state().nesting += 1;
    inp.need(K::LBrace);
    let mark = inp.mark();
    let item = rule(|inp: &mut In<'_, '_>| {
        let elem = element(inp);
        inp.push(elem);
        false
    });
    let rbrace = inp.run(list("in composite literal; possibly missing comma or }", K::Comma, K::RBrace, item));
    inp.state().nesting -= 1;
    let elems = inp.take(mark);
    inp.add_expr(brace, Expr::Composite { ty, elems, rbrace })
}

fn element(inp: &mut In<'_, '_>) -> ExprId {
    let key = element_value(inp);
    if inp.at() != K::Colon {
        return key;
    }
    let colon = inp.bump();
    let value = element_value(inp);
    inp.add_expr(colon, Expr::KeyValue { key, value })
}

fn element_value(inp: &mut In<'_, '_>) -> ExprId {
    if inp.at() == K::LBrace { inp.deep(|inp| composite(inp, ExprId::NONE), |inp| inp.bad_expr()) } else { expr(inp) }
}
