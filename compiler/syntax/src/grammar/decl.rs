//! File and declarations.

use super::expr::{expr_list, literal};
use super::params::{check_ellipsis, param_list, type_params};
use super::stmt::func_body;
use super::types::{array_rest, func_type, slice_rest, type_, type_or_none};
use super::{In, Rule, Rules, give_up, index, list, name, name_list, opt, rule, unless};
use crate::ast::{BinaryOp, Decl, DeclId, Expr, ExprId, IdentId, List, StmtId, UnaryOp};
use crate::error::Message;
use crate::token::K;
use chumsky::Parser;
use source::Symbol;

const DECL_STARTS: &[K] = &[K::Import, K::Const, K::Type, K::Var, K::Func];

pub(super) fn file(inp: &mut In<'_, '_>) {
    if inp.eat(K::Package) {
        inp.state().package = name(inp);
        inp.need(K::Semi);
    } else {
        inp.error("package statement must be first");
    }
    // With errors in the package clause this may be no Go file at all.
    if inp.state().n_errors == 0 {
        top_level(inp);
    } else {
        inp.state().package = IdentId::NONE;
        give_up(inp);
    }
    inp.skip();
}

fn top_level(inp: &mut In<'_, '_>) {
    let mark = inp.mark();
    let mut before = K::Import;
    let mut func_without_body = false;
    while inp.at() != K::Eof {
        let kind = inp.at();
        if kind == K::Import && before != K::Import {
            inp.error("imports must appear before other declarations");
        }
        before = kind;
        match kind {
            K::Import => inp.run(group(rule(import_spec))),
            K::Const => const_group(inp),
            K::Type => inp.run(group(rule(type_spec))),
            K::Var => inp.run(group(rule(var_spec))),
            K::Func => {
                let first = index(inp);
                let decl = func_decl(inp);
                attach_pragmas(inp, decl, first);
                inp.push(decl);
            }
            _ => {
                inp.error(if kind == K::LBrace && func_without_body {
                    "unexpected semicolon or newline before {"
                } else {
                    "non-declaration statement outside function body"
                });
                inp.skip_to(DECL_STARTS);
                continue;
            }
        }
        func_without_body = kind == K::Func && is_last_without_body(inp);
        if inp.at() != K::Eof && !inp.eat(K::Semi) {
            inp.error("after top level declaration");
            inp.skip_to(DECL_STARTS);
        }
    }
    inp.state().decls = inp.take(mark);
}

fn is_last_without_body(inp: &mut In<'_, '_>) -> bool {
    matches!(inp.state().ast.decls.last(), Some(Decl::Func { body, .. }) if body.is_none())
}

/// Gives `decl` the directives that stand directly before its first token, the one with index `first`.
fn attach_pragmas(inp: &mut In<'_, '_>, decl: DeclId, first: u32) {
    let state = inp.state();
    if state.pragma_offsets.is_empty() || first == 0 {
        return;
    }
    let (after, before) = (state.tokens.starts[first as usize - 1], state.tokens.starts[first as usize]);
    let start = state.pragma_offsets.partition_point(|(at, _)| *at < after) as u32;
    let end = state.pragma_offsets.partition_point(|(at, _)| *at < before) as u32;
    if start < end {
        state.decl_pragmas.push((decl, start..end));
    }
}

/// A keyword, then one spec or several in parentheses; they are pushed.
pub(super) fn group<'s>(spec: impl Rule<'s, DeclId>) -> impl Rule<'s, ()> {
    rule(move |inp: &mut In<'s, '_>| {
        let keyword = index(inp);
        inp.bump();
        if inp.at() != K::LParen {
            let decl = inp.run(spec);
            attach_pragmas(inp, decl, keyword);
            inp.push(decl);
            return;
        }
        inp.bump();
        let item = rule(move |inp: &mut In<'s, '_>| {
            let first = index(inp);
            let decl = inp.run(spec);
            attach_pragmas(inp, decl, first);
            inp.push(decl);
            false
        });
        inp.run(list("in grouped declaration; possibly missing semicolon or newline or )", K::Semi, K::RParen, item));
    })
}

fn import_spec(inp: &mut In<'_, '_>) -> DeclId {
    let offset = inp.offset();
    let name = match inp.at() {
        K::Name => name(inp),
        K::Dot => {
            inp.bump();
            inp.add_ident(Symbol::DOT, offset)
        }
        _ => IdentId::NONE,
    };
    if !inp.at().is_literal() {
        inp.error("missing import path");
        inp.skip_to(&[K::Semi, K::RParen]);
        return inp.add_decl(offset, Decl::Bad);
    }
    let is_string = inp.at() == K::String;
    let path = literal(inp);
    if !is_string {
        let at = inp.state().ast.expr_offsets[path.index()];
        inp.error_at(at, Message::Text("import path must be a string"));
        return inp.add_decl(offset, Decl::Bad);
    }
    inp.add_decl(offset, Decl::Import { name, path })
}

/// `=`; a `:=` in its place is understood and reported.
fn eat_assign(inp: &mut In<'_, '_>) -> bool {
    if inp.at() == K::Define {
        inp.error("expected =");
        inp.bump();
        return true;
    }
    inp.eat(K::Assign)
}

/// `= values`, or nothing.
fn opt_values(inp: &mut In<'_, '_>) -> Option<List<ExprId>> {
    eat_assign(inp).then(|| expr_list(inp))
}

/// Constants count their specs (`iota`) and repeat expressions, so a group is more than its specs.
pub(super) fn const_group(inp: &mut In<'_, '_>) {
    let mark = inp.mark();
    inp.run(group(rule(const_spec)));
    let state = inp.state();
    let mut written = DeclId::NONE;
    for (iota, &id) in state.scratch[mark..].iter().enumerate() {
        let decls = &mut state.ast.decls;
        let earlier = written.get().map(|id| decls[id.index()]);
        let Decl::Const { ty, values, iota: nth, repeats, .. } = &mut decls[id as usize] else { continue };
        *nth = iota as u32;
        if ty.is_some() || !values.is_empty() {
            written = DeclId(id);
        } else if let Some(Decl::Const { ty: first_ty, values: first_values, .. }) = earlier {
            (*ty, *values) = (first_ty, first_values);
        }
        *repeats = if written.is_some() { written } else { DeclId(id) };
    }
}

fn const_spec(inp: &mut In<'_, '_>) -> DeclId {
    let offset = inp.offset();
    let value = rule(type_or_none).then(rule(opt_values));
    let (names, value) = inp.run(rule(name_list).then(unless(&[K::Eof, K::Semi, K::RParen], value)));
    let (ty, values) = value.unwrap_or((ExprId::NONE, None));
    let values = values.unwrap_or_default();
    inp.add_decl(offset, Decl::Const { names, ty, values, iota: 0, repeats: DeclId::NONE })
}

pub(super) fn var_spec(inp: &mut In<'_, '_>) -> DeclId {
    let offset = inp.offset();
    let names = name_list(inp);
    let (ty, values) = match opt_values(inp) {
        Some(values) => (ExprId::NONE, Some(values)),
        None => (type_(inp), opt_values(inp)),
    };
    inp.add_decl(offset, Decl::Var { names, ty, values: values.unwrap_or_default() })
}

pub(super) fn type_spec(inp: &mut In<'_, '_>) -> DeclId {
    let offset = inp.offset();
    let name = name(inp);
    let mut type_params = List::default();
    let mut is_alias = false;
    let ty = if inp.at() == K::LBrack {
        let bracket = inp.bump();
        match inp.at() {
            K::Name => match first_type_param(inp) {
                Ok((param, constraint)) => {
                    type_params = param_list(inp, Some((param, constraint)), K::RBrack, true);
                    is_alias = eat_assign(inp);
                    type_or_none(inp)
                }
                Err(len) => array_rest(inp, bracket, Some(len)),
            },
            K::RBrack => {
                inp.bump();
                slice_rest(inp, bracket)
            }
            _ => array_rest(inp, bracket, None),
        }
    } else {
        is_alias = eat_assign(inp);
        type_or_none(inp)
    };
    let ty = if ty.is_some() {
        ty
    } else {
        let bad = inp.bad_expr();
        inp.error("in type declaration");
        inp.skip_to(&[K::Semi, K::RParen]);
        bad
    };
    inp.add_decl(offset, Decl::Type { name, type_params, is_alias, ty })
}

/// After `type T [`, at a name: is it a type parameter or an array length? Read as an expression, it is a
/// parameter if it can be split in a name and a constraint that could not be an operand, or if a comma
/// follows; a name alone before `]` is a length. `Ok` has the parameter and what was read of its constraint.
fn first_type_param(inp: &mut In<'_, '_>) -> Result<(IdentId, ExprId), ExprId> {
    let first = name(inp);
    let offset = inp.state().ast[first].offset;
    let operand = inp.add_expr(offset, Expr::Name(first));
    let read = if inp.at() == K::LBrack {
        operand
    } else {
        inp.state().nesting += 1;
        let read = super::expr::expr_from(inp, operand);
        inp.state().nesting -= 1;
        read
    };
    let at_comma = inp.at() == K::Comma;
    match split_type_param(inp, read, at_comma) {
        Some((param, constraint)) if constraint.is_some() || inp.at() != K::RBrack => Ok((param, constraint)),
        _ => Err(read),
    }
}

/// The name and the constraint in `P *C`, `P *C|D`, `P (C)`, read as a product, a union or a call.
fn split_type_param(inp: &mut In<'_, '_>, read: ExprId, force: bool) -> Option<(IdentId, ExprId)> {
    let offset = inp.state().ast.expr_offsets[read.index()];
    match inp.state().ast[read] {
        Expr::Name(name) => Some((name, ExprId::NONE)),
        Expr::Binary { op: BinaryOp::Mul, lhs, rhs } => {
            let Expr::Name(name) = inp.state().ast[lhs] else { return None };
            (force || is_type_elem(inp, rhs)).then(|| (name, inp.add_expr(offset, Expr::Star(rhs))))
        }
        Expr::Binary { op: BinaryOp::Or, lhs, rhs } => {
            let force = force || is_type_elem(inp, rhs);
            let (name, lhs) = split_type_param(inp, lhs, force)?;
            lhs.is_some().then(|| (name, inp.add_expr(offset, Expr::Binary { op: BinaryOp::Or, lhs, rhs })))
        }
        Expr::Call { func, args, spread: false, .. } if args.len() == 1 => {
            let Expr::Name(name) = inp.state().ast[func] else { return None };
            let arg = inp.state().ast.nth(args, 0);
            (force || is_type_elem(inp, arg)).then(|| (name, inp.add_expr(offset, Expr::Paren(arg))))
        }
        _ => None,
    }
}

/// Whether an expression can only be a type or a constraint.
fn is_type_elem(inp: &mut In<'_, '_>, expr: ExprId) -> bool {
    match inp.state().ast[expr] {
        Expr::ArrayType { .. }
        | Expr::SliceType { .. }
        | Expr::StructType { .. }
        | Expr::FuncType { .. }
        | Expr::InterfaceType { .. }
        | Expr::MapType { .. }
        | Expr::ChanType { .. }
        | Expr::Unary { op: UnaryOp::Tilde, .. } => true,
        Expr::Binary { lhs, rhs, .. } => is_type_elem(inp, lhs) || is_type_elem(inp, rhs),
        Expr::Paren(inner) => is_type_elem(inp, inner),
        _ => false,
    }
}

fn func_decl(inp: &mut In<'_, '_>) -> DeclId {
    inp.bump();
    let offset = inp.offset();
    let recv = inp.run(opt(K::LParen, rule(|inp: &mut In<'_, '_>| param_list(inp, None, K::RParen, false))));
    let recv_or_none = recv.unwrap_or_default();
    check_ellipsis(inp, recv_or_none, false);
    if recv.is_some() && recv_or_none.len() != 1 {
        let offset = inp.offset();
        let text = if recv_or_none.is_empty() { "method has no receiver" } else { "method has multiple receivers" };
        inp.error_at(offset, Message::Plain(text));
    }
    let (func_name, (type_params, ty)) = if inp.at() == K::Name {
        (name(inp), {
            let type_params = type_params(inp);
            (type_params, func_type(inp))
        })
    } else {
        let at = inp.offset();
        let name = inp.add_ident(Symbol::BLANK, at);
        let ty = inp.add_expr(at, Expr::FuncType { params: List::default(), results: List::default() });
        inp.error(if recv.is_some() { "expected name" } else { "expected name or (" });
        inp.skip_to(&[K::LBrace, K::Semi]);
        (name, (List::default(), ty))
    };
    let body = if inp.at() == K::LBrace { func_body(inp) } else { StmtId::NONE };
    let recv = recv_or_none;
    inp.add_decl(offset, Decl::Func { name: func_name, recv, type_params, ty, body })
}
