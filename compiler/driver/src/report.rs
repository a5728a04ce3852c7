//! Printing diagnostics: `file:line:col: text` as gc and the go command do; on a terminal with the source line.

use source::{Diagnostic, Diagnostics, Severity, SourceMap};
use std::fmt::Write;
use std::io::IsTerminal;

/// How many errors `build` prints before `too many errors`.
pub const LIMIT: usize = 10;

/// The text of all diagnostics, sorted by position. `limit`: stop after so many errors, as gc does.
pub fn render(sources: &SourceMap, diagnostics: &Diagnostics, limit: Option<usize>, with_source: bool) -> String {
    let mut sorted = diagnostics.clone();
    sorted.sort();
    let mut out = String::new();
    let mut errors = 0;
    for diagnostic in &sorted.list {
        if let Some(limit) = limit
            && errors == limit
        {
            let _ = writeln!(out, "{}too many errors", prefix(sources, diagnostic.pos, false));
            break;
        }
        if diagnostic.severity == Severity::Error {
            errors += 1;
        }
        one(&mut out, sources, diagnostic, with_source);
    }
    out
}

/// `file:line:col: `; without the column for gc's "too many errors".
fn prefix(sources: &SourceMap, pos: source::Pos, column: bool) -> String {
    match sources.location(pos) {
        Some(l) if column && l.column > 0 => format!("{}:{}:{}: ", l.file, l.line, l.column),
        Some(l) if column => format!("{}:{}: ", l.file, l.line),
        _ => String::new(),
    }
}

fn one(out: &mut String, sources: &SourceMap, diagnostic: &Diagnostic, with_source: bool) {
    let text = diagnostic.text.replace('\n', "\n\t");
    let warning = if diagnostic.severity == Severity::Warning { "warning: " } else { "" };
    let _ = writeln!(out, "{}{warning}{text}", prefix(sources, diagnostic.pos, true));
    for related in &diagnostic.related {
        let _ = writeln!(out, "\t{}{}", prefix(sources, related.pos, true), related.text);
    }
    if with_source && !diagnostic.pos.is_none() {
        let file = sources.file(diagnostic.pos.file);
        let (line, column) = file.raw_line_column(diagnostic.pos.offset);
        let shown = String::from_utf8_lossy(file.line_text(line)).into_owned();
        let pad: String = shown.bytes().take(column as usize - 1).map(|b| if b == b'\t' { '\t' } else { ' ' }).collect();
        let _ = writeln!(out, "    {shown}\n    {pad}^");
    }
}

/// Source lines are for people at a terminal.
pub fn show_source() -> bool {
    std::io::stderr().is_terminal()
}
