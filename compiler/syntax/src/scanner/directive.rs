//! Comments that speak to the compiler: `//line`, `/*line*/` and `//go:`.

use super::Scanner;
use source::{LineDirective, Symbol};

impl Scanner<'_> {
    /// `start` and `end` enclose a comment without its `*/`.
    pub(super) fn directive(&mut self, start: usize, end: usize, is_full: bool) {
        let text = &self.text[start + 2..end];
        if let Some(place) = text.strip_prefix("line ") {
            let begins_line = start == 0 || self.bytes[start - 1] == b'\n';
            if is_full || begins_line {
                // A line comment ends before its line end; the directive is for the line after it.
                let holds_from = if is_full { end + 2 } else { end + 1 };
                let place = if is_full { place } else { place.strip_suffix('\r').unwrap_or(place) };
                self.line_directive(place, start + 7, holds_from);
            }
        } else if text.starts_with("go:") && !is_full {
            let text = text.trim_end_matches('\r');
            self.out.pragmas.push((start as u32, Symbol::intern(text)));
        }
    }

    /// `file:line` or `file:line:column`, where the file may itself have colons in it.
    fn line_directive(&mut self, place: &str, offset: usize, holds_from: usize) {
        let Some((head, last, last_at)) = split_number(place) else { return };
        let Some(last) = last else {
            return self.error_at(offset + last_at, format!("invalid line number: {}", &place[last_at..]));
        };
        let (file, line, column) = match split_number(head) {
            Some((file, Some(line), line_at)) => {
                if last == 0 || last > MAX_LINE_COLUMN {
                    return self.error_at(offset + last_at, format!("invalid column number: {}", &place[last_at..]));
                }
                if line == 0 || line > MAX_LINE_COLUMN {
                    return self.error_at(offset + line_at, format!("invalid line number: {}", &head[line_at..]));
                }
                (file, line, last)
            }
            _ => {
                if last == 0 || last > MAX_LINE_COLUMN {
                    return self.error_at(offset + last_at, format!("invalid line number: {}", &place[last_at..]));
                }
                (head, last, 0)
            }
        };
        // No file name but a column: the name that holds already. An empty name is the file's own.
        let file = match self.out.lines.last() {
            Some(before) if file.is_empty() && column != 0 => before.file.clone(),
            _ => file.into(),
        };
        self.out.lines.push(LineDirective { offset: holds_from as u32, file, line: line as u32, column: column as u32 });
    }
}

/// gc's limit for lines and columns that a directive names.
const MAX_LINE_COLUMN: u64 = 1 << 30;

/// Text before the last colon, the number after it (if it is one), and where that begins.
fn split_number(text: &str) -> Option<(&str, Option<u64>, usize)> {
    let colon = text.rfind(':')?;
    let digits = &text[colon + 1..];
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    Some((&text[..colon], is_number.then(|| digits.parse().unwrap_or(u64::MAX)), colon + 1))
}
