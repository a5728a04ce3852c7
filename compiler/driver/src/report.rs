//! Printing diagnostics: `file:line:col: text` as gc and the go command do; on a terminal with the source line.

use source::{Diagnostic, Diagnostics, Related, Severity, SourceMap};
use std::fmt::Write;
use std::io::IsTerminal;

/// How many errors `build` prints before `too many errors`.
pub const LIMIT: usize = 10;

/// The text of all diagnostics, sorted by position. `limit`: gc stops at so many errors, in the order in which they
/// were found, prints those sorted, and then says so at the position of the last.
pub fn render(sources: &SourceMap, diagnostics: &Diagnostics, limit: Option<usize>, with_source: bool) -> String {
    let mut shown = Diagnostics::default();
    let mut stopped = None;
    let mut errors = 0;
    for diagnostic in &diagnostics.list {
        shown.push(diagnostic.clone());
        errors += (diagnostic.severity == Severity::Error) as usize;
        if limit == Some(errors) {
            stopped = Some(diagnostic.pos);
            break;
        }
    }
    shown.sort();
    let mut out = String::new();
    let mut previous = None;
    for diagnostic in &shown.list {
        // gc shows equal messages of one line once.
        let this = sources.location(diagnostic.pos).map(|l| (l.file, l.line, &diagnostic.text));
        if this.is_some() && previous == this {
            continue;
        }
        previous = this;
        one(&mut out, sources, diagnostic, with_source);
    }
    if let Some(pos) = stopped {
        let _ = writeln!(out, "{}too many errors", prefix(sources, pos));
    }
    out
}

/// Errors of the go command, which names files without the `./` that gc's messages have.
pub fn loading(sources: &SourceMap, diagnostics: &Diagnostics) -> String {
    let text = render(sources, diagnostics, None, show_source());
    text.lines().map(|line| format!("{}\n", line.strip_prefix("./").unwrap_or(line))).collect()
}

/// `file:line:col: `; without the column where a `//line` directive hides it.
fn prefix(sources: &SourceMap, pos: source::Pos) -> String {
    match sources.location(pos) {
        Some(l) if l.column > 0 => format!("{}:{}:{}: ", l.file, l.line, l.column),
        Some(l) => format!("{}:{}: ", l.file, l.line),
        None => String::new(),
    }
}

fn one(out: &mut String, sources: &SourceMap, diagnostic: &Diagnostic, with_source: bool) {
    let text = source::expand_positions(&diagnostic.text, |pos| prefix(sources, pos).trim_end_matches([':', ' ']).to_owned());
    let text = text.replace('\n', "\n\t");
    let warning = if diagnostic.severity == Severity::Warning { "warning: " } else { "" };
    let _ = write!(out, "{}{warning}{text}", prefix(sources, diagnostic.pos));
    // A further position without text ends the message: "label L already defined at a.go:4:1"; or it does
    // so in parentheses: "cannot infer T (declared at a.go:4:1)".
    let ends = |r: &&Related| matches!(r.text.as_str(), "" | ")");
    for related in diagnostic.related.iter().filter(ends) {
        let _ = write!(out, "{}{}", prefix(sources, related.pos).trim_end_matches([':', ' ']), related.text);
    }
    out.push('\n');
    for related in diagnostic.related.iter().filter(|r| !ends(r)) {
        let _ = writeln!(out, "\t{}{}", prefix(sources, related.pos), related.text);
    }
    if with_source && let Some(hint) = diagnostic.hint.clone().or_else(|| package_hint(&diagnostic.text)) {
        let _ = writeln!(out, "\t{hint}");
    }
    if with_source && !diagnostic.pos.is_none() {
        let file = sources.file(diagnostic.pos.file);
        let (line, column) = file.raw_line_column(diagnostic.pos.offset);
        let shown = String::from_utf8_lossy(file.line_text(line)).into_owned();
        let pad: String = shown.bytes().take(column as usize - 1).map(|b| if b == b'\t' { '\t' } else { ' ' }).collect();
        let _ = writeln!(out, "    {shown}\n    {pad}^");
    }
}

/// The type checker's errors, with what the loader found out about packages that could not be imported.
pub fn with_import_errors(found: &Diagnostics, imports: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut list = found.list.clone();
    for diagnostic in &mut list {
        let Some(why) = imports.iter().find(|i| i.pos == diagnostic.pos) else { continue };
        if let Some(text) = diagnostic.text.strip_suffix("(no such package)") {
            diagnostic.text = format!("{text}({})", why.text.replace("\n\t", " "));
        }
    }
    list
}

/// What to do about a package that is not imported, or whose path is nearly one of the standard library's.
fn package_hint(text: &str) -> Option<String> {
    if let Some(name) = text.strip_prefix("undefined: ") {
        let path = crate::goroot::public_packages().iter().find(|p| p.rsplit('/').next() == Some(name))?;
        return Some(format!("import {path:?}?"));
    }
    let (_, rest) = text.split_once("package ")?;
    let (path, _) = rest.split_once(" is not in std")?;
    let packages = crate::goroot::public_packages();
    // The last element alone is what people remember.
    let near =
        types::nearest_name(path, packages.iter().copied()).or_else(|| packages.iter().copied().find(|p| p.rsplit('/').next() == Some(path)))?;
    Some(format!("did you mean {near:?}?"))
}

/// Source lines are for people at a terminal.
pub fn show_source() -> bool {
    std::io::stderr().is_terminal()
}
