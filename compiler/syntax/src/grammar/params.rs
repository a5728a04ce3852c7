//! Parameters, results and type parameters: one grammar, since `a, b T` and `A, B` look alike up to the end.

use super::expr::expr;
use super::types::{elem_after, more_types, qualified_after, term_union, type_, type_or_none};
use super::{In, Rules, list, name, rule};
use crate::ast::{Expr, ExprId, Field, FieldId, IdentId, List};
use crate::error::Message;
use crate::token::K;

/// The list up to `close`, whose opening token is consumed. `first`: a type parameter of which the name, and
/// perhaps a part of the constraint, is read already. `must_name`: these are type parameters of a declaration.
pub(super) fn param_list(inp: &mut In<'_, '_>, first: Option<(IdentId, ExprId)>, close: K, must_name: bool) -> List<FieldId> {
    let outer = std::mem::take(&mut inp.state().nesting);
    let mark = inp.mark();
    if let Some((name, ty)) = first {
        let offset = inp.state().ast[name].offset;
        let param = first_param(inp, offset, name, ty, close);
        inp.push(param);
        if !inp.eat(K::Comma) && inp.at() != close {
            inp.error("in parameter list; possibly missing comma or ]");
            inp.skip_to(&[K::RParen, K::RBrack, K::RBrace]);
        }
    }
    let item = rule(move |inp: &mut In<'_, '_>| {
        if let Some(param) = param(inp, close) {
            inp.push(param);
        }
        false
    });
    let problem = match close {
        K::RParen => "in parameter list; possibly missing comma or )",
        _ => "in parameter list; possibly missing comma or ]",
    };
    let end = inp.run(list(problem, K::Comma, close, item));
    inp.state().nesting = outer;
    distribute(inp, mark, end, must_name);
    let params = inp.take(mark);
    if close == K::RBrack {
        check_ellipsis(inp, params, false);
    }
    params
}

/// `[P C, ...]` of a function, or nothing.
pub(super) fn type_params(inp: &mut In<'_, '_>) -> List<FieldId> {
    if !inp.eat(K::LBrack) {
        return List::default();
    }
    if inp.at() == K::RBrack {
        inp.error("empty type parameter list");
        inp.bump();
        return List::default();
    }
    param_list(inp, None, K::RBrack, true)
}

fn new_param(inp: &mut In<'_, '_>, offset: u32, name: IdentId, ty: ExprId) -> FieldId {
    inp.add_field(Field { name, ty, tag: ExprId::NONE, embedded: false, offset })
}

/// The rest of a parameter whose name, and perhaps a part of its constraint, was read as an expression.
fn first_param(inp: &mut In<'_, '_>, offset: u32, name: IdentId, ty: ExprId, close: K) -> FieldId {
    if ty.is_none() {
        return param_after_name(inp, offset, name, close);
    }
    let ty = term_union(inp, ty);
    new_param(inp, offset, name, ty)
}

fn param(inp: &mut In<'_, '_>, close: K) -> Option<FieldId> {
    let offset = inp.offset();
    if inp.at() == K::Name {
        let name = name(inp);
        return Some(param_after_name(inp, offset, name, close));
    }
    let ty = param_type(inp, close);
    if ty.is_some() {
        return Some(new_param(inp, offset, IdentId::NONE, ty));
    }
    inp.error_at(offset, Message::Want(close));
    inp.skip_to(&[K::Comma, close]);
    None
}

/// After a name: it is the parameter's name, or the (beginning of the) type of an unnamed one.
fn param_after_name(inp: &mut In<'_, '_>, offset: u32, name: IdentId, close: K) -> FieldId {
    let is_constraint = close == K::RBrack;
    let (name, ty) = match inp.at() {
        K::LBrack => match array_or_type_args(inp, name) {
            Named::Array(ty) => (name, ty),
            Named::Instance(ty) => (IdentId::NONE, ty),
        },
        K::Dot => (IdentId::NONE, qualified_after(inp, name)),
        K::Or if is_constraint => (IdentId::NONE, inp.add_expr(offset, Expr::Name(name))),
        _ => (name, param_type(inp, close)),
    };
    let ty = if is_constraint && ty.is_some() { term_union(inp, ty) } else { ty };
    new_param(inp, offset, name, ty)
}

/// `...T`, a constraint, a type, or NONE.
fn param_type(inp: &mut In<'_, '_>, close: K) -> ExprId {
    match inp.at() {
        K::Ellipsis => {
            let offset = inp.bump();
            let elem = type_or_none(inp);
            if elem.is_none() {
                inp.error("... is missing type");
            }
            inp.add_expr(offset, Expr::Ellipsis { elem })
        }
        K::Tilde if close == K::RBrack => elem_after(inp),
        _ => {
            let ty = type_or_none(inp);
            if close == K::RBrack && ty.is_some() { term_union(inp, ty) } else { ty }
        }
    }
}

/// What `name [ ... ]` turned out to be.
pub(super) enum Named {
    /// `name []E` or `name [n]E`: the type of something named.
    Array(ExprId),
    /// `name[T1, T2]`: an instance of a generic type.
    Instance(ExprId),
}

/// At the `[` after `name`.
pub(super) fn array_or_type_args(inp: &mut In<'_, '_>, name: IdentId) -> Named {
    let bracket = inp.bump();
    if inp.eat(K::RBrack) {
        let elem = type_(inp);
        return Named::Array(inp.add_expr(bracket, Expr::SliceType { elem }));
    }
    if inp.eat(K::Ellipsis) {
        inp.need(K::RBrack);
        let elem = type_(inp);
        return Named::Array(inp.add_expr(bracket, Expr::ArrayType { len: ExprId::NONE, elem }));
    }
    inp.state().nesting += 1;
    let mark = inp.mark();
    let first = expr(inp);
    inp.push(first);
    let is_list = inp.at() == K::Comma;
    more_types(inp);
    inp.state().nesting -= 1;
    inp.need(K::RBrack);
    let args = inp.take(mark);
    if !is_list {
        let elem = type_or_none(inp);
        if elem.is_some() {
            return Named::Array(inp.add_expr(bracket, Expr::ArrayType { len: first, elem }));
        }
    }
    let offset = inp.state().ast[name].offset;
    let operand = inp.add_expr(offset, Expr::Name(name));
    Named::Instance(inp.add_expr(bracket, Expr::Index { operand, args }))
}

/// Gives every parameter pushed since `mark` its name and type, now that all are known.
fn distribute(inp: &mut In<'_, '_>, mark: usize, end: u32, must_name: bool) {
    let state = inp.state();
    let params: &[u32] = &state.scratch[mark..];
    let n_params = params.len();
    let field = |nth: usize| state.ast.fields[params[nth] as usize];
    let n_typed = (0..n_params).filter(|&i| field(i).ty.is_some()).count();
    let n_named = (0..n_params).filter(|&i| field(i).ty.is_some() && field(i).name.is_some()).count();
    if n_named == n_params {
        return;
    }
    if n_named == 0 && !must_name {
        // All are types.
        for nth in 0..n_params {
            let id = inp.state().scratch[mark + nth] as usize;
            let field = inp.state().ast.fields[id];
            if field.ty.is_none() {
                let ty = inp.add_expr(field.offset, Expr::Name(field.name));
                let field = &mut inp.state().ast.fields[id];
                (field.name, field.ty) = (IdentId::NONE, ty);
            }
        }
        return;
    }
    // Names without a type have that of the next one that has a type.
    let mut problem = None;
    let mut ty = ExprId::NONE;
    for nth in (0..n_params).rev() {
        let id = inp.state().scratch[mark + nth] as usize;
        let field = inp.state().ast.fields[id];
        if field.ty.is_some() {
            ty = field.ty;
            if field.name.is_none() {
                let at = inp.state().ast.start(ty);
                problem = Some(at);
                let blank = inp.add_ident(source::Symbol::BLANK, at);
                inp.state().ast.fields[id].name = blank;
            }
        } else if ty.is_some() {
            inp.state().ast.fields[id].ty = ty;
        } else {
            let at = inp.state().ast[field.name].offset;
            problem = Some(at);
            let bad = inp.add_expr(at, Expr::Bad);
            inp.state().ast.fields[id].ty = bad;
        }
    }
    let Some(at) = problem else { return };
    let (at, text) = match (n_named == n_typed, must_name) {
        // Only names at the end have no type.
        (true, true) => (end, "missing type constraint"),
        (true, false) => (end, "missing parameter type"),
        (false, true) if n_params == 1 => (at, "missing type parameter name or invalid array length"),
        (false, true) => (at, "missing type parameter name"),
        (false, false) => (at, "missing parameter name"),
    };
    inp.error_at(at, Message::Text(text));
}

/// `...T` is for the last parameter of a function only; `of_params` is false for results, receivers and type parameters.
pub(super) fn check_ellipsis(inp: &mut In<'_, '_>, fields: List<FieldId>, of_params: bool) {
    for nth in 0..fields.len() {
        let ast = &inp.state().ast;
        let field: FieldId = ast.nth(fields, nth);
        let ty = ast[field].ty;
        if ty.is_none() || !matches!(ast[ty], Expr::Ellipsis { elem } if elem.is_some()) {
            continue;
        }
        let at = ast.expr_offsets[ty.index()];
        if !of_params {
            inp.error_at(at, Message::Plain("invalid use of ..."));
        } else if nth + 1 != fields.len() {
            inp.error_at(at, Message::Plain("can only use ... with final parameter"));
        }
    }
}
