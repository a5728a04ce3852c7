//! Scanner, parser and syntax tree: the text of one file in, a [`ast::File`] and diagnostics out.
//!
//! Never fails (a broken file still gives a tree), sees no other file, keeps no types.

#![forbid(unsafe_code)]

pub mod ast;
