//! Files, positions, interned names and diagnostics as data.
//!
//! In: the text of source files. Out: [`SourceMap`] (text and line tables), [`Pos`] (a byte in one of
//! them), [`Symbol`] (an interned name) and [`Diagnostic`]. Holds: a `Pos` is meaningful only with the
//! `SourceMap` that made its file. Does not: read files, print, or know any language.

#![forbid(unsafe_code)]

mod diagnostic;
mod map;
mod symbol;

pub use diagnostic::{Diagnostic, Diagnostics, Related, Severity, expand_positions, pos_in_text};
pub use map::{FileId, LineDirective, Location, Pos, SourceFile, SourceMap};
pub use symbol::Symbol;
