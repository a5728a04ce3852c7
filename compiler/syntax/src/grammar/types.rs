//! Types and constraint elements.

use super::expr::expr;
use super::params::{Named, array_or_type_args, check_ellipsis, param_list};
use super::{In, Rules, got, list, name, names_after, opt_literal, rule, token, want};
use crate::ast::{BinaryOp, ChanDir, Expr, ExprId, Field, IdentId, List, UnaryOp};
use crate::error::Message;
use crate::token::K;
use chumsky::prelude::*;
use source::Symbol;

pub(super) fn type_(inp: &mut In<'_, '_>) -> ExprId {
    let ty = type_or_none(inp);
    if ty.is_some() {
        return ty;
    }
    let bad = inp.bad_expr();
    inp.error("expected type");
    inp.skip_to(&[K::Comma, K::Colon, K::Semi, K::RParen, K::RBrack, K::RBrace]);
    bad
}

/// A type, or NONE (and no error) if none begins here.
pub(super) fn type_or_none(inp: &mut In<'_, '_>) -> ExprId {
    match inp.at() {
        K::Name => {
            let name = name(inp);
            qualified_after(inp, name)
        }
        K::Mul | K::LParen | K::LBrack | K::Map | K::Chan | K::Arrow | K::Func | K::Struct | K::Interface => {
            inp.deep(composed_type, |inp| inp.bad_expr())
        }
        _ => ExprId::NONE,
    }
}

fn composed_type(inp: &mut In<'_, '_>) -> ExprId {
    match inp.at() {
        K::Mul => inp.run(token().then(rule(type_)).map_with(|(at, elem), e| add(e, at, Expr::Star(elem)))),
        K::LParen => inp.run(token().then(rule(type_)).then_ignore(want(K::RParen)).map_with(|(at, inner), e| add(e, at, Expr::Paren(inner)))),
        K::Map => inp.run(
            token()
                .then_ignore(want(K::LBrack))
                .then(rule(type_))
                .then_ignore(want(K::RBrack))
                .then(rule(type_))
                .map_with(|((at, key), value), e| add(e, at, Expr::MapType { key, value })),
        ),
        K::Chan => inp.run(token().then(got(K::Arrow)).then(rule(chan_elem)).map_with(|((at, arrow), elem), e| {
            let dir = if arrow { ChanDir::Send } else { ChanDir::Both };
            add(e, at, Expr::ChanType { dir, elem })
        })),
        K::Arrow => inp.run(
            token()
                .then_ignore(want(K::Chan))
                .then(rule(chan_elem))
                .map_with(|(at, elem), e| add(e, at, Expr::ChanType { dir: ChanDir::Receive, elem })),
        ),
        K::Func => {
            inp.bump();
            func_type_without_params(inp, "function type must have no type parameters")
        }
        K::Struct => struct_type(inp),
        K::Interface => interface_type(inp),
        _ => {
            let bracket = inp.bump();
            if inp.eat(K::RBrack) { slice_rest(inp, bracket) } else { array_rest(inp, bracket, None) }
        }
    }
}

type Mapped<'s, 'p, 'e> = chumsky::input::MapExtra<'s, 'e, super::Kinds<'s>, super::Extra<'s>>;

/// A node made inside of a combinator.
fn add(extra: &mut Mapped<'_, '_, '_>, offset: u32, expr: Expr) -> ExprId {
    let ast = &mut extra.state().ast;
    ast.exprs.push(expr);
    ast.expr_offsets.push(offset);
    ExprId(ast.exprs.len() as u32 - 1)
}

fn chan_elem(inp: &mut In<'_, '_>) -> ExprId {
    let elem = type_or_none(inp);
    if elem.is_some() {
        return elem;
    }
    let bad = inp.bad_expr();
    inp.error("missing channel element type");
    bad
}

/// After `[]`.
pub(super) fn slice_rest(inp: &mut In<'_, '_>, bracket: u32) -> ExprId {
    let elem = type_(inp);
    inp.add_expr(bracket, Expr::SliceType { elem })
}

/// After `[`, or after `[len`.
pub(super) fn array_rest(inp: &mut In<'_, '_>, bracket: u32, len: Option<ExprId>) -> ExprId {
    let len = match len {
        Some(len) => len,
        None if inp.eat(K::Ellipsis) => ExprId::NONE,
        None => {
            inp.state().nesting += 1;
            let len = expr(inp);
            inp.state().nesting -= 1;
            len
        }
    };
    if inp.at() == K::Comma {
        // As in a type parameter list, but it is none.
        inp.error("unexpected comma; expected ]");
        inp.bump();
    }
    inp.need(K::RBrack);
    let elem = type_(inp);
    inp.add_expr(bracket, Expr::ArrayType { len, elem })
}

/// `name`, `pkg.name`, either with type arguments; the first name is read already.
pub(super) fn qualified_after(inp: &mut In<'_, '_>, first: IdentId) -> ExprId {
    let offset = inp.state().ast[first].offset;
    let mut ty = inp.add_expr(offset, Expr::Name(first));
    if inp.at() == K::Dot {
        let dot = inp.bump();
        let name = name(inp);
        ty = inp.add_expr(dot, Expr::Selector { operand: ty, name });
    }
    if inp.at() == K::LBrack {
        ty = inp.deep(|inp| instance_after(inp, ty), |_| ty);
    }
    ty
}

/// The type arguments of `generic`, at `[`.
fn instance_after(inp: &mut In<'_, '_>, generic: ExprId) -> ExprId {
    let bracket = inp.bump();
    inp.state().nesting += 1;
    let mark = inp.mark();
    let first = type_(inp);
    inp.push(first);
    more_types(inp);
    inp.state().nesting -= 1;
    inp.need(K::RBrack);
    let args = inp.take(mark);
    inp.add_expr(bracket, Expr::Index { operand: generic, args })
}

/// `, T, U`: pushed; a comma may end the list.
pub(super) fn more_types(inp: &mut In<'_, '_>) {
    while inp.eat(K::Comma) {
        let ty = type_or_none(inp);
        if ty.is_none() {
            return;
        }
        inp.push(ty);
    }
}

/// The name of an embedded type.
fn qualified(inp: &mut In<'_, '_>) -> ExprId {
    let first = if inp.at() == K::Name {
        name(inp)
    } else {
        let at = inp.offset();
        inp.error("expected name");
        inp.skip_to(&[K::Dot, K::Semi, K::RBrace]);
        inp.add_ident(Symbol::BLANK, at)
    };
    qualified_after(inp, first)
}

/// Parameters and results, at `(`.
pub(super) fn func_type(inp: &mut In<'_, '_>) -> ExprId {
    let offset = inp.offset();
    inp.need(K::LParen);
    let params = param_list(inp, None, K::RParen, false);
    check_ellipsis(inp, params, true);
    let results = if inp.eat(K::LParen) {
        let results = param_list(inp, None, K::RParen, false);
        check_ellipsis(inp, results, false);
        results
    } else {
        let at = inp.offset();
        match type_or_none(inp).get() {
            Some(ty) => {
                let field = inp.add_field(Field { name: IdentId::NONE, ty, tag: ExprId::NONE, embedded: false, offset: at });
                inp.one(field)
            }
            None => List::default(),
        }
    };
    inp.add_expr(offset, Expr::FuncType { params, results })
}

/// The same where type parameters are not allowed: they are read, reported and dropped.
pub(super) fn func_type_without_params(inp: &mut In<'_, '_>, problem: &'static str) -> ExprId {
    if inp.at() == K::LBrack {
        inp.error(problem);
        super::params::type_params(inp);
    }
    func_type(inp)
}

fn struct_type(inp: &mut In<'_, '_>) -> ExprId {
    let offset = inp.bump();
    inp.need(K::LBrace);
    let mark = inp.mark();
    let item = rule(|inp: &mut In<'_, '_>| {
        field_decl(inp);
        false
    });
    inp.run(list("in struct type; possibly missing semicolon or newline or }", K::Semi, K::RBrace, item));
    let fields = inp.take(mark);
    inp.add_expr(offset, Expr::StructType { fields })
}

/// One line of a struct: its fields are pushed.
fn field_decl(inp: &mut In<'_, '_>) {
    let offset = inp.offset();
    match inp.at() {
        K::Name => {
            let first = name(inp);
            match inp.at() {
                K::LBrack => match array_or_type_args(inp, first) {
                    Named::Array(ty) => add_struct_field(inp, offset, first, ty),
                    Named::Instance(ty) => add_struct_field(inp, offset, IdentId::NONE, ty),
                },
                K::Dot | K::Semi | K::RBrace => embedded_after(inp, offset, first),
                kind if kind.is_literal() => embedded_after(inp, offset, first),
                _ => {
                    let names = names_after(inp, first);
                    let ty = type_(inp);
                    let tag = opt_literal(inp);
                    check_tag(inp, tag);
                    for nth in 0..names.len() {
                        let name: IdentId = inp.state().ast.nth(names, nth);
                        let offset = inp.state().ast[name].offset;
                        let field = inp.add_field(Field { name, ty, tag, embedded: false, offset });
                        inp.push(field);
                    }
                }
            }
        }
        K::Mul => {
            inp.bump();
            let elem = maybe_parenthesized(inp);
            let ty = inp.add_expr(offset, Expr::Star(elem));
            add_struct_field(inp, offset, IdentId::NONE, ty);
        }
        K::LParen => {
            inp.error("cannot parenthesize embedded type");
            inp.bump();
            let star = (inp.at() == K::Mul).then(|| inp.bump());
            let mut ty = qualified(inp);
            if let Some(star) = star {
                ty = inp.add_expr(star, Expr::Star(ty));
            }
            inp.eat(K::RParen);
            add_struct_field(inp, offset, IdentId::NONE, ty);
        }
        _ => {
            inp.error("expected field name or embedded type");
            inp.skip_to(&[K::Semi, K::RBrace]);
        }
    }
}

fn maybe_parenthesized(inp: &mut In<'_, '_>) -> ExprId {
    if inp.at() != K::LParen {
        return qualified(inp);
    }
    inp.error("cannot parenthesize embedded type");
    inp.bump();
    let ty = qualified(inp);
    inp.eat(K::RParen);
    ty
}

fn embedded_after(inp: &mut In<'_, '_>, offset: u32, first: IdentId) {
    let ty = qualified_after(inp, first);
    add_struct_field(inp, offset, IdentId::NONE, ty);
}

/// A field with its tag, embedded if it has no name.
fn add_struct_field(inp: &mut In<'_, '_>, offset: u32, name: IdentId, ty: ExprId) {
    let tag = opt_literal(inp);
    check_tag(inp, tag);
    let field = inp.add_field(Field { name, ty, tag, embedded: name.is_none(), offset });
    inp.push(field);
}

fn check_tag(inp: &mut In<'_, '_>, tag: ExprId) {
    let Some(tag) = tag.get() else { return };
    if let Expr::Lit { kind, text } = inp.state().ast[tag]
        && kind != crate::ast::LitKind::String
    {
        let at = inp.state().ast.expr_offsets[tag.index()];
        inp.error_later(at, format!("invalid syntax tree: incorrect tag syntax: {:?}", text.as_str()));
    }
}

fn interface_type(inp: &mut In<'_, '_>) -> ExprId {
    let offset = inp.bump();
    inp.need(K::LBrace);
    let mark = inp.mark();
    let item = rule(|inp: &mut In<'_, '_>| {
        interface_elem(inp);
        false
    });
    inp.run(list("in interface type; possibly missing semicolon or newline or }", K::Semi, K::RBrace, item));
    let elems = inp.take(mark);
    inp.add_expr(offset, Expr::InterfaceType { elems })
}

/// A method or an embedded element; it is pushed.
fn interface_elem(inp: &mut In<'_, '_>) {
    let offset = inp.offset();
    let (name, ty) = if inp.at() == K::Name { method_or_name(inp) } else { (IdentId::NONE, term(inp)) };
    let ty = if name.is_none() { term_union(inp, ty) } else { ty };
    let field = inp.add_field(Field { name, ty, tag: ExprId::NONE, embedded: name.is_none(), offset });
    inp.push(field);
}

/// `m(...) ...`, or an embedded type that begins with a name. `m[P C](...)` is read for its error message.
fn method_or_name(inp: &mut In<'_, '_>) -> (IdentId, ExprId) {
    let first = name(inp);
    match inp.at() {
        K::LParen => (first, func_type(inp)),
        K::LBrack => {
            let bracket = inp.bump();
            if inp.at() == K::RBrack {
                let close = inp.bump();
                if inp.at() == K::LParen {
                    inp.error_at(close, Message::Plain("empty type parameter list"));
                    return (first, func_type(inp));
                }
                inp.error_at(close, Message::Plain("empty type argument list"));
                let at = inp.state().ast[first].offset;
                return (IdentId::NONE, inp.add_expr(at, Expr::Name(first)));
            }
            // Type arguments look like type parameters without names.
            let params = param_list(inp, None, K::RBrack, false);
            let has_names = !params.is_empty() && {
                let ast = &inp.state().ast;
                let field: crate::ast::FieldId = ast.nth(params, 0);
                ast[field].name.is_some()
            };
            if has_names {
                let ty = func_type(inp);
                inp.error_at(bracket, Message::Plain("interface method must have no type parameters"));
                return (first, ty);
            }
            let mark = inp.mark();
            for nth in 0..params.len() {
                let ast = &inp.state().ast;
                let field: crate::ast::FieldId = ast.nth(params, nth);
                let ty = ast[field].ty;
                inp.push(ty);
            }
            let args = inp.take(mark);
            let at = inp.state().ast[first].offset;
            let operand = inp.add_expr(at, Expr::Name(first));
            (IdentId::NONE, inp.add_expr(bracket, Expr::Index { operand, args }))
        }
        _ => (IdentId::NONE, qualified_after(inp, first)),
    }
}

/// A constraint element: `~T | U | ...`.
pub(super) fn elem_after(inp: &mut In<'_, '_>) -> ExprId {
    let first = term(inp);
    term_union(inp, first)
}

fn term(inp: &mut In<'_, '_>) -> ExprId {
    if inp.at() == K::Tilde {
        let offset = inp.bump();
        let operand = type_(inp);
        return inp.add_expr(offset, Expr::Unary { op: UnaryOp::Tilde, operand });
    }
    let ty = type_or_none(inp);
    if ty.is_some() {
        return ty;
    }
    let bad = inp.bad_expr();
    inp.error("expected ~ term or type");
    inp.skip_to(AFTER_TERM);
    bad
}

/// Operators or the end of the element.
const AFTER_TERM: &[K] = &[
    K::Not,
    K::Tilde,
    K::OrOr,
    K::AndAnd,
    K::Equal,
    K::NotEqual,
    K::Less,
    K::LessEqual,
    K::Greater,
    K::GreaterEqual,
    K::Add,
    K::Sub,
    K::Or,
    K::Xor,
    K::Div,
    K::Rem,
    K::And,
    K::AndNot,
    K::Shl,
    K::Shr,
    K::Semi,
    K::RParen,
    K::RBrack,
    K::RBrace,
];

/// `first | term | ...`
pub(super) fn term_union(inp: &mut In<'_, '_>, first: ExprId) -> ExprId {
    let mut union = first;
    while inp.at() == K::Or {
        let offset = inp.bump();
        let rhs = term(inp);
        union = inp.add_expr(offset, Expr::Binary { op: BinaryOp::Or, lhs: union, rhs });
    }
    union
}
