//! Scanner, parser and syntax tree: the text of one file in, a [`ast::File`] and diagnostics out.
//!
//! Never fails (a broken file still gives a tree), sees no other file, keeps no types.
//!
//! Of the diagnostics only those that begin with "syntax error" mean that the tree is not what the user wrote
//! ([`has_syntax_errors`]); with the others gc goes on to check types and reports both.

#![forbid(unsafe_code)]

pub mod ast;
mod branches;
mod constraint;
mod error;
mod grammar;
mod imports;
pub mod literal;
mod pragma;
pub mod print;
mod scanner;
pub mod token;

pub use constraint::{build_constraint, eval_build_constraint};
pub use imports::{Import, Imports, check_import_path, parse_imports};
pub use literal::{unquote_rune, unquote_string};

use ast::{DeclId, File, Pragma};
use source::{Diagnostics, FileId, LineDirective, Symbol};
use token::{K, Tokens};

/// Is this the text of a literal about which the scanner has said that it is malformed? Only for files with
/// [`ast::File::has_lexical_errors`]: it scans once more.
pub fn is_malformed_literal(text: &str) -> bool {
    !scanner::scan(text.as_bytes(), |_| false).errors.is_empty()
}

/// Parses a file. The directives are for [`source::SourceMap::set_directives`].
pub fn parse_file(id: FileId, text: &[u8]) -> (File, Diagnostics, Vec<LineDirective>) {
    parse_until(id, text, |_| false)
}

/// Whether a file has an error after which gc does not check types.
pub fn has_syntax_errors(diagnostics: &Diagnostics) -> bool {
    diagnostics.list.iter().any(|diagnostic| diagnostic.text.starts_with("syntax error"))
}

/// The same, but the file ends before the token after which `until` is true.
fn parse_until(id: FileId, text: &[u8], until: impl FnMut(&Tokens) -> bool) -> (File, Diagnostics, Vec<LineDirective>) {
    let mut scanned = scanner::scan(text, until);
    if let Some(last) = scanned.tokens.kinds.last_mut() {
        *last = K::Eof;
    }
    let mut state = grammar::State::new(&scanned.tokens, &scanned.errors, &scanned.pragmas);
    let errors = grammar::parse(&scanned.tokens, &mut state);
    let decls: Vec<DeclId> = state.ast.list(state.decls).collect();
    let (ast, package, decl_pragmas, texts, end) = (state.ast, state.package, state.decl_pragmas, state.texts, state.end);
    let mut lexical = scanned.errors;
    let has_lexical_errors = !lexical.is_empty();
    if let Some(package) = package.get() {
        lexical.extend(pragma::misplaced(text, &scanned.pragmas, &decl_pragmas, ast[package].offset));
        lexical.sort_by_key(|error| error.offset);
    }
    lexical.retain(|error| error.offset < end);
    let diagnostics = error::diagnostics(id, text, &scanned.tokens, lexical, errors, &texts);
    let file = File {
        id,
        ast,
        package,
        decls,
        has_lexical_errors,
        build_constraint: build_constraint(text).map(Symbol::intern),
        pragmas: scanned.pragmas.into_iter().map(|(offset, text)| Pragma { text, offset }).collect(),
        decl_pragmas,
    };
    (file, diagnostics, scanned.lines)
}
