//! The grammar: rules over chumsky's input, one module for each notion.
//!
//! A rule is a plain function that looks at the next token, consumes, and returns a node's id. [`rule`] makes
//! it a parser; the parsers compose with chumsky's combinators and with [`want`], [`opt`], [`unless`] and
//! [`list`]. Nodes go into the tree that is the parser's state. Rules never fail and nothing backtracks:
//! errors are emitted, the input is skipped to a place from where parsing can go on, and a node is made of
//! what there is. Where to skip to is visible in the messages that follow, so the follow sets are gc's.

mod decl;
mod expr;
mod params;
mod stmt;
mod types;

use crate::ast::{Ast, Decl, DeclId, Expr, ExprId, Field, FieldId, Ident, IdentId, List, Stmt, StmtId};
use crate::branches::Problem;
use crate::error::{LexicalError, Message, SyntaxError};
use crate::token::{K, Tokens};
use chumsky::extension::v1::{Ext, ExtParser};
use chumsky::input::{Checkpoint, Cursor, InputRef};
use chumsky::inspector::Inspector;
use chumsky::prelude::*;
use source::Symbol;
use std::ops::Range;

pub(crate) type Kinds<'s> = &'s [K];
pub(crate) type Extra<'s> = extra::Full<SyntaxError, State<'s>, ()>;
pub(crate) type In<'s, 'p> = InputRef<'s, 'p, Kinds<'s>, Extra<'s>>;

/// What the rules share.
pub(crate) struct State<'s> {
    tokens: &'s Tokens,
    lexical: &'s [LexicalError],
    pragma_offsets: &'s [(u32, Symbol)],
    pub ast: Ast,
    /// Ids of lists that are being read; see [`Rules::mark`].
    scratch: Vec<u32>,
    /// Negative in the header of `if`, `for` and `switch`, where `{` begins the block and not a composite
    /// literal; brackets count it up, so that `{` is free again within them.
    nesting: i32,
    /// Functions around this place: statements exist only in them.
    n_funcs: u32,
    /// The first operand of the binary expression that begins, read before it was known to be one; else NONE.
    read_operand: ExprId,
    /// The call argument read last has `...` after it.
    spread: bool,
    /// Rules on the stack; see [`Rules::deep`].
    depth: u32,
    n_errors: u32,
    /// Labels and branches so far: a function without any is not searched for misuse.
    n_jumps: u32,
    /// Error texts made at run time.
    pub texts: Vec<String>,
    pub package: IdentId,
    pub decls: List<DeclId>,
    /// Nothing is read, and no lexical error is reported, from this offset on.
    pub end: u32,
    pub decl_pragmas: Vec<(DeclId, Range<u32>)>,
}

impl<'s> State<'s> {
    pub fn new(tokens: &'s Tokens, lexical: &'s [LexicalError], pragma_offsets: &'s [(u32, Symbol)]) -> State<'s> {
        // Go source has roughly one expression for two tokens.
        let n = tokens.kinds.len();
        let mut ast = Ast::default();
        ast.exprs.reserve(n / 2);
        ast.expr_offsets.reserve(n / 2);
        ast.idents.reserve(n / 2);
        ast.lists.reserve(n / 4);
        State {
            tokens,
            lexical,
            pragma_offsets,
            ast,
            scratch: Vec::new(),
            nesting: 0,
            n_funcs: 0,
            read_operand: ExprId::NONE,
            spread: false,
            depth: 0,
            n_errors: 0,
            n_jumps: 0,
            texts: Vec::new(),
            package: IdentId::NONE,
            decls: List::default(),
            end: u32::MAX,
            decl_pragmas: Vec::new(),
        }
    }
}

impl<'s, I: Input<'s>> Inspector<'s, I> for State<'_> {
    type Checkpoint = ();
    #[inline(always)]
    fn on_token(&mut self, _: &I::Token) {}
    #[inline(always)]
    fn on_save<'p>(&self, _: &Cursor<'s, 'p, I>) {}
    #[inline(always)]
    fn on_rewind<'p>(&mut self, _: &Checkpoint<'s, 'p, I, ()>) {}
}

/// Parses a whole file into `state`; the errors are in the order in which they were found.
pub(crate) fn parse<'s>(tokens: &'s Tokens, state: &mut State<'s>) -> Vec<SyntaxError> {
    rule(decl::file).parse_with_state(&tokens.kinds[..], state).into_errors()
}

/// A zero-sized parser: the shape of every rule and of what is composed of rules.
pub(crate) trait Rule<'s, T>: Parser<'s, Kinds<'s>, T, Extra<'s>> + Copy {}
impl<'s, T, P: Parser<'s, Kinds<'s>, T, Extra<'s>> + Copy> Rule<'s, T> for P {}

/// A function as a parser: static dispatch, recursion without boxes.
#[inline(always)]
pub(crate) fn rule<'s, T>(f: impl Fn(&mut In<'s, '_>) -> T + Copy) -> impl Rule<'s, T> {
    custom(move |inp: &mut In<'s, '_>| Ok(f(inp)))
}

/// The next token, known to be right: its byte offset.
#[inline(always)]
pub(crate) fn token<'s>() -> impl Rule<'s, u32> {
    rule(|inp: &mut In<'s, '_>| inp.bump())
}

/// The token `kind`, or an error.
#[inline(always)]
pub(crate) fn want<'s>(kind: K) -> impl Rule<'s, ()> {
    rule(move |inp: &mut In<'s, '_>| inp.need(kind))
}

/// Whether the token `kind` is next; if so, it is consumed.
#[inline(always)]
pub(crate) fn got<'s>(kind: K) -> impl Rule<'s, bool> {
    rule(move |inp: &mut In<'s, '_>| inp.eat(kind))
}

/// `kind item`, or nothing.
#[inline(always)]
pub(crate) fn opt<'s, T>(kind: K, item: impl Rule<'s, T>) -> impl Rule<'s, Option<T>> {
    rule(move |inp: &mut In<'s, '_>| inp.eat(kind).then(|| inp.run(item)))
}

/// Nothing if the next token is one of `kinds`, else `item`.
#[inline(always)]
pub(crate) fn unless<'s, T>(kinds: &'static [K], item: impl Rule<'s, T>) -> impl Rule<'s, Option<T>> {
    rule(move |inp: &mut In<'s, '_>| (!kinds.contains(&inp.at())).then(|| inp.run(item)))
}

/// Items between separators up to a closing token; the last separator may be missing or present.
#[derive(Clone, Copy)]
pub(crate) struct ListOf<P> {
    /// "in argument list; possibly missing comma or )".
    problem: &'static str,
    separator: K,
    close: K,
    /// Puts ids on the scratch stack; true ends the list.
    item: P,
}

/// The list and the byte offset of its closing token. The opening token is consumed already.
#[inline(always)]
pub(crate) fn list<P>(problem: &'static str, separator: K, close: K, item: P) -> Ext<ListOf<P>> {
    Ext(ListOf { problem, separator, close, item })
}

impl<'s, P: Rule<'s, bool>> ExtParser<'s, Kinds<'s>, u32, Extra<'s>> for ListOf<P> {
    #[inline(always)]
    fn parse(&self, inp: &mut In<'s, '_>) -> Result<u32, SyntaxError> {
        let mut done = false;
        while inp.at() != self.close && inp.at() != K::Eof && !done {
            done = inp.run(self.item);
            if !inp.eat(self.separator) && inp.at() != self.close {
                inp.error(self.problem);
                inp.skip_to(&[K::RParen, K::RBrack, K::RBrace]);
                if inp.at() != self.close {
                    return Ok(inp.offset());
                }
            }
        }
        let close = inp.offset();
        inp.need(self.close);
        Ok(close)
    }
}

/// Statements begin with these: skipping inside a function never goes past them.
const STATEMENT_STARTS: &[K] =
    &[K::Break, K::Const, K::Continue, K::Defer, K::Fallthrough, K::For, K::Go, K::Goto, K::If, K::Return, K::Select, K::Switch, K::Type, K::Var];

/// Deeper nesting than this is an error (Go's own limit).
const MAX_DEPTH: u32 = 100_000;
/// With less stack left than this, rules go on on a further piece of stack: more than the largest rule needs.
const RED_ZONE: usize = 128 << 10;
const STACK_PIECE: usize = 4 << 20;

/// The words of which the rules are written.
pub(crate) trait Rules<'s> {
    /// The next token.
    fn at(&mut self) -> K;
    /// The token after it.
    fn at2(&mut self) -> K;
    /// Byte offset of the next token.
    fn offset(&mut self) -> u32;
    /// Consumes the next token; its byte offset.
    fn bump(&mut self) -> u32;
    /// Consumes the next token if it is a `kind`.
    fn eat(&mut self, kind: K) -> bool;
    /// Consumes a `kind`; if something else is next, reports that and skips one token.
    fn need(&mut self, kind: K);
    /// Runs a parser made of rules, which cannot fail.
    fn run<T>(&mut self, parser: impl Parser<'s, Kinds<'s>, T, Extra<'s>>) -> T;
    /// Recursion goes through here: `f` with more stack if little is left, or `or` behind the nesting limit.
    fn deep<T>(&mut self, f: impl FnOnce(&mut Self) -> T, or: impl FnOnce(&mut Self) -> T) -> T;

    /// Reports `text` at the next token.
    fn error(&mut self, text: &'static str);
    fn error_at(&mut self, offset: u32, message: Message);
    /// Reports a text made at run time.
    fn error_made(&mut self, offset: u32, text: String);
    /// Reports what gc finds only when it checks types; see [`Message::Later`].
    fn error_later(&mut self, offset: u32, text: String);
    fn branch_error(&mut self, problem: Problem);
    /// Skips to one of `follow` (inside functions: or to the start of a statement); an empty set: one token.
    fn skip_to(&mut self, follow: &[K]);

    fn add_expr(&mut self, offset: u32, expr: Expr) -> ExprId;
    fn add_stmt(&mut self, offset: u32, stmt: Stmt) -> StmtId;
    fn add_decl(&mut self, offset: u32, decl: Decl) -> DeclId;
    fn add_field(&mut self, field: Field) -> FieldId;
    fn add_ident(&mut self, name: Symbol, offset: u32) -> IdentId;
    /// An expression for what could not be parsed, at the next token.
    fn bad_expr(&mut self) -> ExprId;

    /// Lists are read onto a stack: the place of a new list's begin.
    fn mark(&mut self) -> usize;
    fn push(&mut self, id: impl Into<u32>);
    /// Takes what was pushed since `mark`.
    fn take<T>(&mut self, mark: usize) -> List<T>;
    fn one<T>(&mut self, id: impl Into<u32>) -> List<T>;
}

impl<'s> Rules<'s> for In<'s, '_> {
    #[inline(always)]
    fn at(&mut self) -> K {
        self.peek().unwrap_or(K::Eof)
    }
    #[inline(always)]
    fn at2(&mut self) -> K {
        let next = index(self) as usize + 1;
        self.state().tokens.kinds.get(next).copied().unwrap_or(K::Eof)
    }
    #[inline(always)]
    fn offset(&mut self) -> u32 {
        let index = index(self) as usize;
        let starts = &self.state().tokens.starts;
        starts[index.min(starts.len() - 1)]
    }
    #[inline(always)]
    fn bump(&mut self) -> u32 {
        let offset = self.offset();
        self.skip();
        offset
    }
    #[inline(always)]
    fn eat(&mut self, kind: K) -> bool {
        let is_next = self.at() == kind;
        if is_next {
            self.skip();
        }
        is_next
    }
    #[inline(always)]
    fn need(&mut self, kind: K) {
        if !self.eat(kind) {
            missing(self, kind);
        }
    }
    #[inline(always)]
    fn run<T>(&mut self, parser: impl Parser<'s, Kinds<'s>, T, Extra<'s>>) -> T {
        match self.parse(parser) {
            Ok(value) => value,
            Err(error) => panic!("internal error: a grammar rule failed at token {}", error.token),
        }
    }
    #[inline(always)]
    fn deep<T>(&mut self, f: impl FnOnce(&mut Self) -> T, or: impl FnOnce(&mut Self) -> T) -> T {
        self.state().depth += 1;
        let value = if self.state().depth > MAX_DEPTH {
            too_deep(self);
            or(self)
        } else {
            stacker::maybe_grow(RED_ZONE, STACK_PIECE, || f(self))
        };
        self.state().depth -= 1;
        value
    }

    #[cold]
    #[inline(never)]
    fn error(&mut self, text: &'static str) {
        let offset = self.offset();
        self.error_at(offset, Message::Text(text));
    }
    #[cold]
    #[inline(never)]
    fn error_at(&mut self, offset: u32, message: Message) {
        let token = index(self);
        let at_end = self.at() == K::Eof;
        let state = self.state();
        let is_plain = matches!(message, Message::Plain(_));
        // At the end of the file nothing fits any more: what is wrong was said before.
        if at_end && !is_plain && (state.n_errors > 0 || !state.lexical.is_empty()) {
            return;
        }
        state.n_errors += 1;
        self.emit(SyntaxError { token, offset, message });
    }
    #[cold]
    #[inline(never)]
    fn error_made(&mut self, offset: u32, text: String) {
        let texts = &mut self.state().texts;
        texts.push(text);
        let message = Message::Made(texts.len() as u32 - 1);
        self.error_at(offset, message);
    }
    #[cold]
    #[inline(never)]
    fn error_later(&mut self, offset: u32, text: String) {
        let token = index(self);
        let texts = &mut self.state().texts;
        texts.push(text);
        let message = Message::Later(texts.len() as u32 - 1);
        // Not counted: to the parser nothing is wrong.
        self.emit(SyntaxError { token, offset, message });
    }
    #[cold]
    #[inline(never)]
    fn branch_error(&mut self, problem: Problem) {
        let token = index(self);
        let texts = &mut self.state().texts;
        texts.push(problem.text);
        let message = Message::Branch { text: texts.len() as u32 - 1, place: problem.place.unwrap_or(u32::MAX) };
        self.emit(SyntaxError { token, offset: problem.offset, message });
    }
    #[cold]
    #[inline(never)]
    fn skip_to(&mut self, follow: &[K]) {
        if follow.is_empty() {
            if self.at() != K::Eof {
                self.skip();
            }
            return;
        }
        let in_func = self.state().n_funcs > 0;
        loop {
            let kind = self.at();
            if kind == K::Eof || follow.contains(&kind) || in_func && STATEMENT_STARTS.contains(&kind) {
                return;
            }
            self.skip();
        }
    }

    #[inline(always)]
    fn add_expr(&mut self, offset: u32, expr: Expr) -> ExprId {
        let ast = &mut self.state().ast;
        ast.exprs.push(expr);
        ast.expr_offsets.push(offset);
        ExprId(ast.exprs.len() as u32 - 1)
    }
    #[inline(always)]
    fn add_stmt(&mut self, offset: u32, stmt: Stmt) -> StmtId {
        let ast = &mut self.state().ast;
        ast.stmts.push(stmt);
        ast.stmt_offsets.push(offset);
        StmtId(ast.stmts.len() as u32 - 1)
    }
    #[inline(always)]
    fn add_decl(&mut self, offset: u32, decl: Decl) -> DeclId {
        let ast = &mut self.state().ast;
        ast.decls.push(decl);
        ast.decl_offsets.push(offset);
        DeclId(ast.decls.len() as u32 - 1)
    }
    #[inline(always)]
    fn add_field(&mut self, field: Field) -> FieldId {
        let fields = &mut self.state().ast.fields;
        fields.push(field);
        FieldId(fields.len() as u32 - 1)
    }
    #[inline(always)]
    fn add_ident(&mut self, name: Symbol, offset: u32) -> IdentId {
        let idents = &mut self.state().ast.idents;
        idents.push(Ident { name, offset });
        IdentId(idents.len() as u32 - 1)
    }
    #[cold]
    fn bad_expr(&mut self) -> ExprId {
        let offset = self.offset();
        self.add_expr(offset, Expr::Bad)
    }

    #[inline(always)]
    fn mark(&mut self) -> usize {
        self.state().scratch.len()
    }
    #[inline(always)]
    fn push(&mut self, id: impl Into<u32>) {
        self.state().scratch.push(id.into());
    }
    #[inline(always)]
    fn take<T>(&mut self, mark: usize) -> List<T> {
        let state = self.state();
        let start = state.ast.lists.len();
        state.ast.lists.extend_from_slice(&state.scratch[mark..]);
        state.scratch.truncate(mark);
        List::new(start as u32, (state.ast.lists.len() - start) as u32)
    }
    #[inline(always)]
    fn one<T>(&mut self, id: impl Into<u32>) -> List<T> {
        let lists = &mut self.state().ast.lists;
        lists.push(id.into());
        List::new(lists.len() as u32 - 1, 1)
    }
}

/// Index of the next token.
#[inline(always)]
fn index(inp: &mut In<'_, '_>) -> u32 {
    *inp.cursor().inner() as u32
}

/// Name or literal text of the next token.
#[inline(always)]
fn symbol(inp: &mut In<'_, '_>) -> Symbol {
    let index = index(inp) as usize;
    inp.state().tokens.symbols[index]
}

#[cold]
#[inline(never)]
fn missing(inp: &mut In<'_, '_>, kind: K) {
    let offset = inp.offset();
    inp.error_at(offset, Message::Want(kind));
    inp.skip_to(&[]);
}

#[cold]
#[inline(never)]
fn too_deep(inp: &mut In<'_, '_>) {
    inp.error("exceeded max nesting depth");
    give_up(inp);
}

/// Leaves the rest of the file unread.
fn give_up(inp: &mut In<'_, '_>) {
    if inp.at() != K::Eof {
        let offset = inp.offset();
        inp.state().end = offset + 1;
    }
    while inp.at() != K::Eof {
        inp.skip();
    }
}

/// An identifier.
#[inline(always)]
fn name(inp: &mut In<'_, '_>) -> IdentId {
    if inp.at() == K::Name {
        let name = symbol(inp);
        let offset = inp.bump();
        return inp.add_ident(name, offset);
    }
    let offset = inp.offset();
    inp.error("expected name");
    inp.skip_to(&[]);
    inp.add_ident(Symbol::BLANK, offset)
}

/// `name, name, ...` whose first name is read already.
fn names_after(inp: &mut In<'_, '_>, first: IdentId) -> List<IdentId> {
    let mark = inp.mark();
    inp.push(first);
    while inp.eat(K::Comma) {
        let next = name(inp);
        inp.push(next);
    }
    inp.take(mark)
}

fn name_list(inp: &mut In<'_, '_>) -> List<IdentId> {
    let first = name(inp);
    names_after(inp, first)
}

/// A literal as an expression, or NONE.
fn opt_literal(inp: &mut In<'_, '_>) -> ExprId {
    if inp.at().is_literal() { expr::literal(inp) } else { ExprId::NONE }
}
