//! The scanner: text of a file in, tokens with automatic semicolons, directives and lexical errors out.
//!
//! It sees clean text only: well-formed UTF-8 without NUL and without byte order marks. [`clean`] makes a file
//! so and reports what was wrong; offsets are translated back at the end, so that the loop over
//! the characters of an ordinary file pays nothing for it.

mod clean;
mod directive;
mod number;
mod quoted;

use crate::error::LexicalError;
use crate::token::{K, KEYWORDS, Tokens};
use rustc_hash::FxHashMap;
use source::{LineDirective, Symbol};
use std::cell::RefCell;
use unicode_general_category::{GeneralCategory, get_general_category};

/// What the scanner makes of a file.
#[derive(Default)]
pub(crate) struct Scanned {
    pub tokens: Tokens,
    /// In the order of their offsets.
    pub errors: Vec<LexicalError>,
    pub lines: Vec<LineDirective>,
    /// Offset of the first `//` and text after it, of every `//go:` comment.
    pub pragmas: Vec<(u32, Symbol)>,
}

/// Scans all of `text`. `until` ends it early: it is asked after each token.
pub(crate) fn scan(text: &[u8], until: impl FnMut(&Tokens) -> bool) -> Scanned {
    if text.len() > u32::MAX as usize / 2 {
        let mut out = Scanned::default();
        out.errors.push(LexicalError { offset: 0, text: "file too large".into() });
        out.tokens.push(K::Eof, 0, Symbol::EMPTY);
        return out;
    }
    match clean::check(text) {
        Ok(text) => scan_clean(text, until),
        Err(mut cleaned) => {
            let mut out = scan_clean(&cleaned.text, until);
            cleaned.restore_offsets(&mut out);
            out.errors.append(&mut cleaned.errors);
            out.errors.sort_by_key(|error| error.offset);
            out
        }
    }
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    /// Byte offset of the next character.
    at: usize,
    /// A line end here would be a semicolon.
    ends_statement: bool,
    words: &'t Words,
    semicolon: Symbol,
    newline: Symbol,
    out: Scanned,
}

fn scan_clean(text: &str, mut until: impl FnMut(&Tokens) -> bool) -> Scanned {
    WORDS.with(|words| {
        let mut scanner = Scanner {
            text,
            bytes: text.as_bytes(),
            at: 0,
            ends_statement: false,
            words,
            semicolon: Symbol::intern("semicolon"),
            newline: Symbol::intern("newline"),
            // Go source has a token every five bytes or so.
            out: Scanned { tokens: Tokens::with_capacity(text.len() / 5 + 16), ..Scanned::default() },
        };
        if text.starts_with('\u{feff}') {
            scanner.at = 3;
        }
        while scanner.token() && !until(&scanner.out.tokens) {}
        scanner.out
    })
}

// Classes of bytes.
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const BLANK: u8 = 4;
const NOT_ASCII: u8 = 8;
static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b' ' | b'\t' | b'\r' => BLANK,
            0x80.. => NOT_ASCII,
            _ => 0,
        };
        byte += 1;
    }
    table
};

impl Scanner<'_> {
    /// The byte `n` ahead, 0 behind the end (the text holds no NUL).
    #[inline(always)]
    fn ahead(&self, n: usize) -> u8 {
        self.bytes.get(self.at + n).copied().unwrap_or(0)
    }

    #[inline(always)]
    fn class(&self) -> u8 {
        CLASS[self.ahead(0) as usize]
    }

    fn char(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    #[cold]
    fn error_at(&mut self, offset: usize, text: impl Into<String>) {
        self.out.errors.push(LexicalError { offset: offset as u32, text: text.into() });
    }

    #[inline(always)]
    fn operator(&mut self, kind: K, len: usize) {
        self.out.tokens.push(kind, self.at, Symbol::EMPTY);
        self.at += len;
        self.ends_statement = matches!(kind, K::RParen | K::RBrack | K::RBrace | K::Inc | K::Dec);
    }

    fn semi(&mut self, start: usize, what: Symbol) {
        self.out.tokens.push(K::Semi, start, what);
        self.ends_statement = false;
    }

    fn literal(&mut self, kind: K, start: usize) {
        let text = &self.text[start..self.at];
        self.out.tokens.push(kind, start, self.words.intern(text));
        self.ends_statement = true;
    }

    /// Scans to the end of one token; false when that was the last. Text that is no token gives an error.
    fn token(&mut self) -> bool {
        loop {
            while self.class() == BLANK {
                self.at += 1;
            }
            let start = self.at;
            let Some(&byte) = self.bytes.get(start) else {
                if self.ends_statement {
                    self.semi(start, Symbol::intern("EOF"));
                    return true;
                }
                self.out.tokens.push(K::Eof, start, Symbol::EMPTY);
                return false;
            };
            let class = CLASS[byte as usize];
            if class & (LETTER | NOT_ASCII) != 0 {
                self.name();
                return true;
            }
            if class == DIGIT || byte == b'.' && CLASS[self.ahead(1) as usize] == DIGIT {
                let kind = self.number();
                self.literal(kind, start);
                return true;
            }
            match byte {
                b'\n' => {
                    self.at += 1;
                    if self.ends_statement {
                        self.semi(start, self.newline);
                        return true;
                    }
                    continue;
                }
                b'/' if self.ahead(1) == b'/' => {
                    self.line_comment();
                    continue;
                }
                b'/' if self.ahead(1) == b'*' => {
                    if self.full_comment() && self.ends_statement {
                        self.semi(start, self.newline);
                        return true;
                    }
                    continue;
                }
                b'"' => {
                    self.string();
                    self.literal(K::String, start);
                }
                b'`' => {
                    self.raw_string();
                    self.literal(K::String, start);
                }
                b'\'' => {
                    self.rune();
                    self.literal(K::Rune, start);
                }
                b';' => {
                    self.semi(start, self.semicolon);
                    self.at += 1;
                }
                _ => {
                    let Some((kind, len)) = self.punctuation(byte) else {
                        self.error_at(start, format!("invalid character {}", unicode_name(byte as char)));
                        self.at += 1;
                        continue;
                    };
                    self.operator(kind, len);
                }
            }
            return true;
        }
    }

    #[inline(always)]
    fn punctuation(&self, byte: u8) -> Option<(K, usize)> {
        let next = self.ahead(1);
        let assign = next == b'=';
        Some(match byte {
            b'(' => (K::LParen, 1),
            b')' => (K::RParen, 1),
            b'[' => (K::LBrack, 1),
            b']' => (K::RBrack, 1),
            b'{' => (K::LBrace, 1),
            b'}' => (K::RBrace, 1),
            b',' => (K::Comma, 1),
            b':' if assign => (K::Define, 2),
            b':' => (K::Colon, 1),
            b'.' if next == b'.' && self.ahead(2) == b'.' => (K::Ellipsis, 3),
            b'.' => (K::Dot, 1),
            b'=' if assign => (K::Equal, 2),
            b'=' => (K::Assign, 1),
            b'~' => (K::Tilde, 1),
            b'!' if assign => (K::NotEqual, 2),
            b'!' => (K::Not, 1),
            b'+' if next == b'+' => (K::Inc, 2),
            b'+' if assign => (K::AddAssign, 2),
            b'+' => (K::Add, 1),
            b'-' if next == b'-' => (K::Dec, 2),
            b'-' if assign => (K::SubAssign, 2),
            b'-' => (K::Sub, 1),
            b'*' if assign => (K::MulAssign, 2),
            b'*' => (K::Mul, 1),
            b'/' if assign => (K::DivAssign, 2),
            b'/' => (K::Div, 1),
            b'%' if assign => (K::RemAssign, 2),
            b'%' => (K::Rem, 1),
            b'^' if assign => (K::XorAssign, 2),
            b'^' => (K::Xor, 1),
            b'&' if next == b'&' => (K::AndAnd, 2),
            b'&' if next == b'^' && self.ahead(2) == b'=' => (K::AndNotAssign, 3),
            b'&' if next == b'^' => (K::AndNot, 2),
            b'&' if assign => (K::AndAssign, 2),
            b'&' => (K::And, 1),
            b'|' if next == b'|' => (K::OrOr, 2),
            b'|' if assign => (K::OrAssign, 2),
            b'|' => (K::Or, 1),
            b'<' if next == b'<' && self.ahead(2) == b'=' => (K::ShlAssign, 3),
            b'<' if next == b'<' => (K::Shl, 2),
            b'<' if next == b'-' => (K::Arrow, 2),
            b'<' if assign => (K::LessEqual, 2),
            b'<' => (K::Less, 1),
            b'>' if next == b'>' && self.ahead(2) == b'=' => (K::ShrAssign, 3),
            b'>' if next == b'>' => (K::Shr, 2),
            b'>' if assign => (K::GreaterEqual, 2),
            b'>' => (K::Greater, 1),
            _ => return None,
        })
    }

    fn name(&mut self) {
        let start = self.at;
        let bytes = self.bytes;
        loop {
            while CLASS[self.ahead(0) as usize] & (LETTER | DIGIT) != 0 {
                self.at += 1;
            }
            if self.at >= bytes.len() || bytes[self.at] < 0x80 {
                break;
            }
            let first = self.at == start;
            self.not_ascii_in_name(first);
        }
        let text = &self.text[start..self.at];
        let (kind, symbol) = self.words.word(text);
        self.ends_statement = matches!(kind, K::Name | K::Break | K::Continue | K::Fallthrough | K::Return);
        self.out.tokens.push(kind, start, symbol);
    }

    /// Any such character is taken into the name: one message is better than a row of them.
    fn not_ascii_in_name(&mut self, first: bool) {
        let Some(c) = self.char() else { return };
        if is_unicode_digit(c) {
            if first {
                self.error_at(self.at, format!("identifier cannot begin with digit {}", unicode_name(c)));
            }
        } else if !is_unicode_letter(c) {
            self.error_at(self.at, format!("invalid character {} in identifier", unicode_name(c)));
        }
        self.at += c.len_utf8();
    }

    fn line_comment(&mut self) {
        let start = self.at;
        let len = find(&self.bytes[start..], b'\n').unwrap_or(self.bytes.len() - start);
        self.at = start + len;
        if let b'g' | b'l' = self.bytes.get(start + 2).copied().unwrap_or(0) {
            self.directive(start, self.at, false);
        }
    }

    /// True if the comment has a line end in it.
    fn full_comment(&mut self) -> bool {
        let start = self.at;
        let Some(len) = self.text[start + 2..].find("*/") else {
            self.error_at(start, "comment not terminated");
            self.at = self.bytes.len();
            return find(&self.bytes[start..], b'\n').is_some();
        };
        self.at = start + 2 + len + 2;
        if self.bytes[start + 2..].starts_with(b"line ") {
            self.directive(start, self.at - 2, true);
        }
        find(&self.bytes[start..self.at], b'\n').is_some()
    }
}

fn find(bytes: &[u8], wanted: u8) -> Option<usize> {
    bytes.iter().position(|&b| b == wanted)
}

pub(crate) fn is_unicode_letter(c: char) -> bool {
    use GeneralCategory::*;
    matches!(get_general_category(c), UppercaseLetter | LowercaseLetter | TitlecaseLetter | ModifierLetter | OtherLetter)
}

fn is_unicode_digit(c: char) -> bool {
    get_general_category(c) == GeneralCategory::DecimalNumber
}

/// `U+0040 '@'`; the character itself only if it can be printed.
pub(crate) fn unicode_name(c: char) -> String {
    use GeneralCategory::*;
    let hidden = match get_general_category(c) {
        Control | Format | Surrogate | PrivateUse | Unassigned | LineSeparator | ParagraphSeparator => true,
        SpaceSeparator => c != ' ',
        _ => false,
    };
    if hidden { format!("U+{:04X}", c as u32) } else { format!("U+{:04X} '{c}'", c as u32) }
}

/// A thread's own table of names: most words of a file were seen before, so the process's table, behind its
/// lock, is asked once for each.
struct Words {
    slots: RefCell<Vec<(&'static str, K, Symbol)>>,
    rare: RefCell<FxHashMap<&'static str, Symbol>>,
}

thread_local! {
    static WORDS: Words = Words::new();
}

/// Slots of the direct-mapped cache. A package has a few thousand different names; 64 KiB stay in the second-level cache.
const N_SLOTS: usize = 4096;

impl Words {
    fn new() -> Words {
        Words { slots: RefCell::new(vec![("", K::Name, Symbol::EMPTY); N_SLOTS]), rare: RefCell::default() }
    }

    #[inline(always)]
    fn slot(text: &str) -> usize {
        let bytes = text.as_bytes();
        let mut hash = bytes.len() as u64;
        for chunk in bytes.chunks(8) {
            let mut word = 0u64;
            for &byte in chunk {
                word = word << 8 | u64::from(byte);
            }
            hash = (hash.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        (hash >> 52) as usize % N_SLOTS
    }

    #[inline(always)]
    fn word(&self, text: &str) -> (K, Symbol) {
        let slot = Self::slot(text);
        let (known, kind, symbol) = self.slots.borrow()[slot];
        if known == text { (kind, symbol) } else { self.fill(slot, text) }
    }

    #[cold]
    fn fill(&self, slot: usize, text: &str) -> (K, Symbol) {
        let symbol = self.intern(text);
        let kind = KEYWORDS.iter().copied().find(|keyword| keyword.text() == text).unwrap_or(K::Name);
        self.slots.borrow_mut()[slot] = (symbol.as_str(), kind, symbol);
        (kind, symbol)
    }

    fn intern(&self, text: &str) -> Symbol {
        if let Some(&symbol) = self.rare.borrow().get(text) {
            return symbol;
        }
        let symbol = Symbol::intern(text);
        self.rare.borrow_mut().insert(symbol.as_str(), symbol);
        symbol
    }
}
