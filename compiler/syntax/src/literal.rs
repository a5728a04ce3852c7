//! The values of string and rune literals.
//!
//! The text must be that of a literal without a scanner's error; of anything else the result is as good as
//! can be had, without a panic.

/// The bytes that a string literal, quoted or raw, stands for.
pub fn unquote_string(text: &str) -> Vec<u8> {
    if let Some(raw) = text.strip_prefix('`') {
        // Carriage returns are not part of raw strings.
        return raw.trim_end_matches('`').bytes().filter(|&b| b != b'\r').collect();
    }
    let inner = text.strip_prefix('"').unwrap_or(text);
    let mut out = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(c) = rest.chars().next().filter(|&c| c != '"') {
        if c != '\\' {
            let len = rest.find(['\\', '"']).unwrap_or(rest.len());
            out.extend_from_slice(&rest.as_bytes()[..len]);
            rest = &rest[len..];
            continue;
        }
        let Some((value, after)) = unescape(rest) else { break };
        match value {
            Escaped::Byte(byte) => out.push(byte),
            Escaped::Char(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
        rest = after;
    }
    out
}

/// The code point that a rune literal stands for.
pub fn unquote_rune(text: &str) -> Option<u32> {
    let inner = text.strip_prefix('\'')?.strip_suffix('\'')?;
    let first = inner.chars().next()?;
    let (value, rest) = if first == '\\' {
        match unescape(inner)? {
            (Escaped::Byte(byte), rest) => (u32::from(byte), rest),
            (Escaped::Char(c), rest) => (c as u32, rest),
        }
    } else {
        (first as u32, &inner[first.len_utf8()..])
    };
    rest.is_empty().then_some(value)
}

enum Escaped {
    /// `\xff` and `\377` name bytes, which in strings need not be UTF-8.
    Byte(u8),
    Char(char),
}

/// The escape sequence that `text` begins with, and what follows it.
fn unescape(text: &str) -> Option<(Escaped, &str)> {
    let rest = text.strip_prefix('\\')?;
    let kind = rest.chars().next()?;
    let after = &rest[kind.len_utf8()..];
    let simple = |c: char| Some((Escaped::Char(c), after));
    let (digits_from, n_digits, base) = match kind {
        'a' => return simple('\x07'),
        'b' => return simple('\x08'),
        'f' => return simple('\x0c'),
        'n' => return simple('\n'),
        'r' => return simple('\r'),
        't' => return simple('\t'),
        'v' => return simple('\x0b'),
        '\\' | '\'' | '"' => return simple(kind),
        '0'..='7' => (rest, 3, 8),
        'x' => (after, 2, 16),
        'u' => (after, 4, 16),
        'U' => (after, 8, 16),
        _ => return None,
    };
    let value = u32::from_str_radix(digits_from.get(..n_digits)?, base).ok()?;
    let value = match kind {
        'u' | 'U' => Escaped::Char(char::from_u32(value)?),
        _ => Escaped::Byte(u8::try_from(value).ok()?),
    };
    Some((value, &digits_from[n_digits..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings() {
        for (text, bytes) in [
            (r#""""#, &b""[..]),
            ("\"a\\n\\\"b\\\\\"", b"a\n\"b\\"),
            (r#""\x80\377\a""#, b"\x80\xff\x07"),
            (r#""\u00e9\U0001F600é""#, "\u{e9}\u{1f600}é".as_bytes()),
            ("`a\r\n\\n\"`", b"a\n\\n\""),
            ("``", b""),
        ] {
            assert_eq!(unquote_string(text), bytes, "{text}");
        }
    }

    #[test]
    fn runes() {
        for (text, value) in [
            ("'a'", Some(97)),
            (r"'\''", Some(39)),
            (r"'\xff'", Some(255)),
            (r"'\000'", Some(0)),
            ("'世'", Some(0x4e16)),
            (r"'\U0010ffff'", Some(0x10ffff)),
            ("'ab'", None),
            ("''", None),
        ] {
            assert_eq!(unquote_rune(text), value, "{text}");
        }
    }

    #[test]
    fn broken_literals_do_not_panic() {
        for text in ["", "\"", "\"\\", "\"\\x", "\"\\u12", "`", "'", "'\\", "'\\é'", "\"\\xé\""] {
            let _ = (unquote_string(text), unquote_rune(text));
        }
    }
}
