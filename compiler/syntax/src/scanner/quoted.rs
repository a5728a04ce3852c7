//! String and rune literals: their extent and the validity of what is in them.

use super::{Scanner, unicode_name};

/// The value of one escape sequence or why it is none.
enum Escape {
    Fine,
    /// Reported; the text goes on after what was understood of it.
    Bad,
}

impl Scanner<'_> {
    pub(super) fn string(&mut self) {
        let start = self.at;
        self.at += 1;
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return;
                }
                Some(b'\\') => {
                    self.at += 1;
                    self.escape(b'"');
                }
                Some(b'\n') => return self.error_at(self.at, "newline in string"),
                Some(_) => self.at += 1,
                None => return self.error_at(start, "string not terminated"),
            }
        }
    }

    pub(super) fn raw_string(&mut self) {
        let start = self.at;
        match super::find(&self.bytes[start + 1..], b'`') {
            Some(len) => self.at = start + len + 2,
            None => {
                self.at = self.bytes.len();
                self.error_at(start, "string not terminated");
            }
        }
    }

    pub(super) fn rune(&mut self) {
        let start = self.at;
        self.at += 1;
        let mut n_chars = 0;
        let mut fine = true;
        loop {
            match self.bytes.get(self.at) {
                Some(b'\'') => {
                    if fine && n_chars == 0 {
                        self.error_at(self.at, "empty rune literal or unescaped '");
                    } else if fine && n_chars != 1 {
                        self.error_at(start, "more than one character in rune literal");
                    }
                    self.at += 1;
                    return;
                }
                Some(b'\\') => {
                    self.at += 1;
                    fine &= matches!(self.escape(b'\''), Escape::Fine);
                }
                Some(b'\n') => {
                    if fine {
                        self.error_at(self.at, "newline in rune literal");
                    }
                    return;
                }
                Some(_) => self.at += self.char().map_or(1, char::len_utf8),
                None => {
                    if fine {
                        self.error_at(start, "rune literal not terminated");
                    }
                    return;
                }
            }
            n_chars += 1;
        }
    }

    /// Scans what follows a backslash.
    fn escape(&mut self, quote: u8) -> Escape {
        let (n_digits, base, max) = match self.ahead(0) {
            b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'\\' => {
                self.at += 1;
                return Escape::Fine;
            }
            byte if byte == quote => {
                self.at += 1;
                return Escape::Fine;
            }
            b'0'..=b'7' => (3, 8, 255),
            b'x' => (2, 16, 255),
            b'u' => (4, 16, 0x10ffff),
            b'U' => (8, 16, 0x10ffff),
            // The end of the file is reported by the caller.
            0 => return Escape::Fine,
            _ => {
                self.error_at(self.at, "unknown escape");
                return Escape::Bad;
            }
        };
        if base == 16 {
            self.at += 1;
        }
        let mut value: u64 = 0;
        for _ in 0..n_digits {
            let Some(c) = self.char() else { return Escape::Fine };
            let Some(digit) = c.to_digit(base) else {
                let name = if base == 8 { "octal" } else { "hexadecimal" };
                self.error_at(self.at, format!("invalid character {} in {name} escape", quoted(c)));
                return Escape::Bad;
            };
            value = value * u64::from(base) + u64::from(digit);
            self.at += 1;
        }
        if value > max && base == 8 {
            self.error_at(self.at, format!("octal escape value {value} > 255"));
            return Escape::Bad;
        }
        if value > max || (0xd800..0xe000).contains(&value) {
            let name = match u32::try_from(value).ok().and_then(char::from_u32) {
                Some(c) => unicode_name(c),
                None => format!("U+{value:04X}"),
            };
            self.error_at(self.at, format!("escape is invalid Unicode code point {name}"));
            return Escape::Bad;
        }
        Escape::Fine
    }
}

/// A character as Go's `%q` prints it.
fn quoted(c: char) -> String {
    match c {
        '\'' => r"'\''".into(),
        '\\' => r"'\\'".into(),
        '\n' => r"'\n'".into(),
        '\t' => r"'\t'".into(),
        '\r' => r"'\r'".into(),
        '\x07' => r"'\a'".into(),
        '\x08' => r"'\b'".into(),
        '\x0b' => r"'\v'".into(),
        '\x0c' => r"'\f'".into(),
        c if c.is_ascii_control() => format!("'\\x{:02x}'", c as u32),
        c if !unicode_name(c).contains('\'') => match c as u32 {
            n @ ..=0xffff => format!("'\\u{n:04x}'"),
            n => format!("'\\U{n:08x}'"),
        },
        c => format!("'{c}'"),
    }
}
