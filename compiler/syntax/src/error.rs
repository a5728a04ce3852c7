//! Errors of scanner and parser, and their rendering in gc's wording.
//!
//! The parser's error is small and `Copy`: it says where and what, the text is made when parsing is over.
//! Rendering drops what gc drops: of several syntax errors on one line only the first is kept.

use crate::token::{K, Tokens};
use chumsky::error::{Error, LabelError};
use chumsky::span::SimpleSpan;
use chumsky::util::MaybeRef;
use source::{Diagnostic, Diagnostics, FileId, Pos};

/// An error that the scanner found: its message is complete.
#[derive(Debug)]
pub(crate) struct LexicalError {
    pub offset: u32,
    pub text: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct SyntaxError {
    /// The token at which the parser stood: the "unexpected" one.
    pub token: u32,
    /// Byte offset of the place to be reported, mostly that of the token.
    pub offset: u32,
    pub message: Message,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Message {
    /// `unexpected X, expected K`.
    Want(K),
    /// After "syntax error: ". A text that begins with `in`, `at`, `after` or `expected` continues "unexpected X".
    Text(&'static str),
    /// The same, made at run time: an index of the parser's list of texts.
    Made(u32),
    /// Without "syntax error: " before it.
    Plain(&'static str),
    /// Made at run time, without "syntax error: ": gc finds it with the types, and so not in a file with syntax errors.
    Later(u32),
    /// Of a label or branch; the position `place` (if not `u32::MAX`) ends the text.
    Branch { text: u32, place: u32 },
}

impl<'s> Error<'s, &'s [K]> for SyntaxError {}

/// What chumsky itself reports. No rule fails, so none of these is ever shown.
impl<'s, L> LabelError<'s, &'s [K], L> for SyntaxError {
    fn expected_found<E: IntoIterator<Item = L>>(_: E, _: Option<MaybeRef<'s, K>>, span: SimpleSpan<usize>) -> Self {
        SyntaxError { token: span.start as u32, offset: 0, message: Message::Text("") }
    }
}

fn unexpected(tokens: &Tokens, token: u32) -> String {
    let kind = tokens.kinds[token as usize];
    let symbol = tokens.symbols[token as usize];
    match kind {
        K::Name => format!("name {symbol}"),
        K::Semi => symbol.to_string(),
        _ if kind.is_literal() => format!("literal {symbol}"),
        _ if kind.is_keyword() => format!("keyword {}", kind.text()),
        _ => kind.text().to_string(),
    }
}

fn render(error: &SyntaxError, tokens: &Tokens, texts: &[String]) -> String {
    let text = match error.message {
        Message::Want(kind) if kind.is_keyword() => format!("expected keyword {}", kind.text()),
        Message::Want(kind) => format!("expected {}", kind.text()),
        Message::Text(text) => text.to_string(),
        Message::Made(nth) => texts[nth as usize].clone(),
        Message::Plain(text) => return text.to_string(),
        Message::Later(text) | Message::Branch { text, .. } => return texts[text as usize].clone(),
    };
    let continued = if text.starts_with("expected ") {
        format!(", {text}")
    } else if text.is_empty() {
        text
    } else if ["in ", "at ", "after "].iter().any(|start| text.starts_with(start)) {
        format!(" {text}")
    } else {
        return format!("syntax error: {text}");
    };
    format!("syntax error: unexpected {}{continued}", unexpected(tokens, error.token))
}

/// The errors of both stages in the order in which a compiler that scans while it parses meets them.
pub(crate) fn diagnostics(
    file: FileId,
    text: &[u8],
    tokens: &Tokens,
    lexical: Vec<LexicalError>,
    syntax: Vec<SyntaxError>,
    texts: &[String],
) -> Diagnostics {
    let mut out = Diagnostics::default();
    if lexical.is_empty() && syntax.is_empty() {
        return out;
    }
    let line_starts: Vec<u32> = text.iter().enumerate().filter(|&(_, &b)| b == b'\n').map(|(i, _)| i as u32 + 1).collect();
    let line = |offset: u32| line_starts.partition_point(|&start| start <= offset);
    let is_broken = syntax.iter().any(|e| matches!(e.message, Message::Want(_) | Message::Text(_) | Message::Made(_)));
    let mut last_syntax_line = None;
    let mut last_other: Option<(usize, String)> = None;
    let mut push = |offset: u32, text: String, place: u32| {
        let line = line(offset);
        if text.starts_with("syntax error") {
            if last_syntax_line.replace(line) == Some(line) {
                return;
            }
        } else {
            if last_other.as_ref().is_some_and(|(last, said)| *last == line && *said == text) {
                return;
            }
            last_other = Some((line, text.clone()));
        }
        let mut diagnostic = Diagnostic::error(Pos { file, offset }, text);
        if place != u32::MAX {
            // Without a text of its own: the position ends the message.
            diagnostic = diagnostic.with_related(Pos { file, offset: place }, "");
        }
        out.push(diagnostic);
    };
    let mut lexical = lexical.into_iter().peekable();
    for error in &syntax {
        // The scanner's complaints about a token come before the parser's.
        let next_start = tokens.starts.get(error.token as usize + 1).copied().unwrap_or(u32::MAX);
        while let Some(found) = lexical.next_if(|found| found.offset < next_start) {
            push(found.offset, found.text, u32::MAX);
        }
        let place = match error.message {
            Message::Later(_) if is_broken => continue,
            Message::Branch { place, .. } => place,
            _ => u32::MAX,
        };
        push(error.offset, render(error, tokens, texts), place);
    }
    for found in lexical {
        push(found.offset, found.text, u32::MAX);
    }
    out
}
