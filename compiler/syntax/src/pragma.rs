//! `//go:` directives that stand where they mean nothing.

use crate::ast::DeclId;
use crate::error::LexicalError;
use source::Symbol;
use std::ops::Range;

/// Directives that are about a declaration. Others (`go:generate`, those of tools) may stand anywhere.
const OF_DECLS: &[&str] = &[
    "go:build",
    "go:nointerface",
    "go:noescape",
    "go:norace",
    "go:nosplit",
    "go:noinline",
    "go:nocheckptr",
    "go:systemstack",
    "go:nowritebarrier",
    "go:nowritebarrierrec",
    "go:yeswritebarrierrec",
    "go:cgo_unsafe_args",
    "go:uintptrkeepalive",
    "go:uintptrescapes",
    "go:registerparams",
    "go:embed",
];

/// Reports the directives after the package clause that belong to no declaration.
pub(crate) fn misplaced(text: &[u8], pragmas: &[(u32, Symbol)], of_decls: &[(DeclId, Range<u32>)], package: u32) -> Vec<LexicalError> {
    let mut attached = vec![false; pragmas.len()];
    for (_, range) in of_decls {
        attached[range.start as usize..range.end as usize].fill(true);
    }
    let mut out = Vec::new();
    for (&(offset, pragma), attached) in pragmas.iter().zip(attached) {
        if offset < package {
            continue;
        }
        let before = &text[..offset as usize];
        let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
        let begins_line = before[line_start..].trim_ascii_start().is_empty();
        let verb = pragma.as_str().split([' ', '\t']).next().unwrap_or_default();
        if begins_line && (attached || !OF_DECLS.contains(&verb)) {
            continue;
        }
        let text = if verb == "go:embed" { "misplaced go:embed directive" } else { "misplaced compiler directive" };
        out.push(LexicalError { offset: offset + 2, text: text.into() });
    }
    out
}
