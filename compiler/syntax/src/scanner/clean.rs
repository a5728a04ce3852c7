//! The source rules: UTF-8 only, no NUL, a byte order mark at the start only.
//!
//! What breaks them is reported and left out of the text that is scanned, as gc does.

use super::Scanned;
use crate::error::LexicalError;

/// The text without what is not allowed in it.
pub(super) struct Cleaned {
    pub text: String,
    pub errors: Vec<LexicalError>,
    /// Bytes were left out before this offset of `text`: so many in all.
    gaps: Vec<(u32, u32)>,
}

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The text itself if nothing is wrong with it.
pub(super) fn check(text: &[u8]) -> Result<&str, Cleaned> {
    let body = text.strip_prefix(BOM).unwrap_or(text);
    // The lead byte of a mark is rare outside of them: a scan for it alone is enough.
    let marks = body.contains(&BOM[0]) && body.windows(3).any(|three| three == BOM);
    match std::str::from_utf8(text) {
        Ok(valid) if !marks && !body.contains(&0) => Ok(valid),
        _ => Err(clean(text)),
    }
}

fn clean(text: &[u8]) -> Cleaned {
    let mut out = Cleaned { text: String::with_capacity(text.len()), errors: Vec::new(), gaps: Vec::new() };
    let mut offset = 0;
    let mut left_out = 0;
    for chunk in text.utf8_chunks() {
        for c in chunk.valid().chars() {
            let problem = match c {
                '\0' => "invalid NUL character",
                '\u{feff}' if offset > 0 => "invalid BOM in the middle of the file",
                _ => {
                    out.text.push(c);
                    offset += c.len_utf8();
                    continue;
                }
            };
            out.leave_out(&mut offset, &mut left_out, c.len_utf8(), problem);
        }
        for _ in chunk.invalid() {
            out.leave_out(&mut offset, &mut left_out, 1, "invalid UTF-8 encoding");
        }
    }
    out
}

impl Cleaned {
    fn leave_out(&mut self, offset: &mut usize, left_out: &mut usize, len: usize, problem: &str) {
        self.errors.push(LexicalError { offset: *offset as u32, text: problem.into() });
        *offset += len;
        *left_out += len;
        self.gaps.push((self.text.len() as u32, *left_out as u32));
    }

    fn original(&self, offset: u32) -> u32 {
        match self.gaps.partition_point(|&(before, _)| before <= offset) {
            0 => offset,
            n => offset + self.gaps[n - 1].1,
        }
    }

    /// From offsets of the clean text to those of the file.
    pub(super) fn restore_offsets(&self, out: &mut Scanned) {
        let all = out.tokens.starts.iter_mut();
        let all = all.chain(out.errors.iter_mut().map(|error| &mut error.offset));
        let all = all.chain(out.lines.iter_mut().map(|line| &mut line.offset));
        for offset in all.chain(out.pragmas.iter_mut().map(|(offset, _)| offset)) {
            *offset = self.original(*offset);
        }
    }
}
