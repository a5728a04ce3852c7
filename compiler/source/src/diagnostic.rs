//! Diagnostics as data: stages collect them, the driver sorts and prints them.

use crate::{FileId, Pos};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    Error,
    /// Printed, but the build goes on (`-dev`).
    Warning,
}

/// A further position of a message: "other declaration of x". With an empty text the position is the end of
/// the message itself: "label L already defined at " and then `file:line:column` on the same line; the text `)` does the same and closes a parenthesis.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Related {
    pub pos: Pos,
    pub text: String,
}

/// One message in gc's wording, without position prefix. Further lines of the text are printed indented by a tab.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    pub severity: Severity,
    pub pos: Pos,
    pub text: String,
    pub related: Vec<Related>,
    /// A follow-up of an error already reported: dropped if anything else is wrong on its line.
    pub soft: bool,
    /// What could be meant instead. Not part of gc's message: shown to people at a terminal.
    pub hint: Option<String>,
}

impl Diagnostic {
    pub fn error(pos: Pos, text: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Error, pos, text: text.into(), related: Vec::new(), soft: false, hint: None }
    }

    pub fn with_related(mut self, pos: Pos, text: impl Into<String>) -> Diagnostic {
        self.related.push(Related { pos, text: text.into() });
        self
    }
}

/// The messages of a stage, in the order in which they were found.
#[derive(Clone, Default, Debug)]
pub struct Diagnostics {
    pub list: Vec<Diagnostic>,
}

impl Diagnostics {
    pub fn error(&mut self, pos: Pos, text: impl Into<String>) {
        self.list.push(Diagnostic::error(pos, text));
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    /// By position; equal messages at one position are kept once.
    pub fn sort(&mut self) {
        self.list.sort_by_key(|a| a.pos);
        self.list.dedup_by(|a, b| a.pos == b.pos && a.text == b.text);
    }
}

const POS_BEGIN: char = '\u{2}';
const POS_END: char = '\u{3}';

/// A position inside the text of a diagnostic; who prints it replaces it ([`expand_positions`]).
pub fn pos_in_text(pos: Pos) -> String {
    format!("{POS_BEGIN}{} {}{POS_END}", pos.file.0, pos.offset)
}

/// `text` with its positions replaced by what `show` gives.
pub fn expand_positions(text: &str, show: impl Fn(Pos) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(POS_BEGIN) {
        out.push_str(before);
        let Some((inside, after)) = after.split_once(POS_END) else { break };
        let numbers = inside.split_once(' ').and_then(|(file, offset)| Some((file.parse().ok()?, offset.parse().ok()?)));
        if let Some((file, offset)) = numbers {
            out.push_str(&show(Pos { file: FileId(file), offset }));
        }
        rest = after;
    }
    out.push_str(rest);
    out
}
