//! Number literals: their extent, their kind, and what is wrong with them (one message for each).

use super::Scanner;
use crate::token::K;

/// What a run of digits consists of.
#[derive(Default)]
struct Run {
    has_digits: bool,
    has_separators: bool,
    /// Offset of the first digit that is too large for the base.
    bad_digit: Option<usize>,
}

fn base_name(base: u32) -> &'static str {
    match base {
        2 => "binary",
        8 => "octal",
        10 => "decimal",
        _ => "hexadecimal",
    }
}

impl Scanner<'_> {
    /// Scans digits. Below base 16 all decimal digits belong to the literal, whether the base has them or not.
    fn digits(&mut self, base: u32, run: &mut Run) {
        loop {
            let byte = self.ahead(0);
            match byte {
                b'_' => run.has_separators = true,
                b'0'..=b'9' => {
                    run.has_digits = true;
                    if run.bad_digit.is_none() && u32::from(byte - b'0') >= base {
                        run.bad_digit = Some(self.at);
                    }
                }
                b'a'..=b'f' | b'A'..=b'F' if base == 16 => run.has_digits = true,
                _ => return,
            }
            self.at += 1;
        }
    }

    pub(super) fn number(&mut self) -> K {
        let start = self.at;
        let mut problem: Option<(usize, String)> = None;
        let mut run = Run::default();
        let mut base = 10;
        // 'x', 'o', 'b', or '0' for an old octal literal (which may still turn out to be decimal).
        let mut prefix = 0;
        if self.ahead(0) == b'0' {
            prefix = self.ahead(1).to_ascii_lowercase();
            base = match prefix {
                b'x' => 16,
                b'o' => 8,
                b'b' => 2,
                _ => {
                    prefix = b'0';
                    8
                }
            };
            self.at += if prefix == b'0' { 1 } else { 2 };
            run.has_digits = prefix == b'0';
        }
        self.digits(base, &mut run);
        let mut kind = K::Int;
        if self.ahead(0) == b'.' {
            kind = K::Float;
            if matches!(prefix, b'o' | b'b') {
                problem = Some((self.at, format!("invalid radix point in {} literal", base_name(base))));
            }
            self.at += 1;
            self.digits(base, &mut run);
        }
        if !run.has_digits && problem.is_none() {
            problem = Some((self.at, format!("{} literal has no digits", base_name(base))));
        }
        let exponent = self.ahead(0);
        if let b'e' | b'p' = exponent.to_ascii_lowercase() {
            let wants_hex = exponent.eq_ignore_ascii_case(&b'p');
            let mantissa_fits = if wants_hex { prefix == b'x' } else { matches!(prefix, 0 | b'0') };
            if !mantissa_fits && problem.is_none() {
                let wanted = if wants_hex { "hexadecimal" } else { "decimal" };
                problem = Some((self.at, format!("'{}' exponent requires {wanted} mantissa", exponent as char)));
            }
            self.at += 1;
            if let b'+' | b'-' = self.ahead(0) {
                self.at += 1;
            }
            kind = K::Float;
            let mut digits = Run::default();
            self.digits(10, &mut digits);
            run.has_separators |= digits.has_separators;
            if !digits.has_digits && problem.is_none() {
                problem = Some((self.at, "exponent has no digits".into()));
            }
        } else if prefix == b'x' && kind == K::Float && problem.is_none() {
            problem = Some((self.at, "hexadecimal mantissa requires a 'p' exponent".into()));
        }
        if self.ahead(0) == b'i' {
            kind = K::Imaginary;
            self.at += 1;
        }
        if let (K::Int, Some(at), None) = (kind, run.bad_digit, &problem) {
            let text = format!("invalid digit '{}' in {} literal", self.bytes[at] as char, base_name(base));
            problem = Some((at, text));
        }
        if run.has_separators && problem.is_none() {
            let misplaced = misplaced_separator(&self.bytes[start..self.at]);
            problem = misplaced.map(|at| (start + at, "'_' must separate successive digits".into()));
        }
        if let Some((offset, text)) = problem {
            self.error_at(offset, text);
        }
        kind
    }
}

/// Index of the first `_` that does not stand between digits (the base prefix counts as one).
fn misplaced_separator(literal: &[u8]) -> Option<usize> {
    let prefixed = literal[0] == b'0' && literal.get(1).is_some_and(|b| b"xXoObB".contains(b));
    let is_hex = prefixed && literal[1].eq_ignore_ascii_case(&b'x');
    let is_digit = |i: usize| literal.get(i).is_some_and(|b| b.is_ascii_digit() || is_hex && b.is_ascii_hexdigit()) || prefixed && i == 1;
    // Of two in a row it is the second.
    let may_precede = |i: usize| is_digit(i) || literal.get(i) == Some(&b'_');
    (0..literal.len()).find(|&i| literal[i] == b'_' && !(i > 0 && is_digit(i - 1) && may_precede(i + 1)))
}
