//! `print` and `println`, and the text of panic values: to standard error, in the formats of go1.27.
//!
//! In: one value a call. Out: bytes. Between printlock and printunlock the pieces of one statement are collected and written at
//! once. Nothing blocks: a statement that finds no free buffer writes its pieces directly.

use crate::host;
use crate::typedesc::Type;
use abi::typedesc::kind;
use core::cell::UnsafeCell;
use core::fmt::Write;
use core::sync::atomic::{AtomicUsize, Ordering};

/// Where text goes.
pub trait Sink {
    fn push(&mut self, bytes: &[u8]);

    fn push_str(&mut self, s: &str) {
        self.push(s.as_bytes());
    }

    fn push_uint(&mut self, v: u64) {
        let mut digits = [0; 20];
        let mut at = digits.len();
        let mut left = v;
        loop {
            at -= 1;
            digits[at] = b'0' + (left % 10) as u8;
            left /= 10;
            if left == 0 {
                break;
            }
        }
        self.push(&digits[at..]);
    }

    fn push_int(&mut self, v: i64) {
        if v < 0 {
            self.push(b"-");
        }
        self.push_uint(v.unsigned_abs());
    }

    fn push_hex(&mut self, v: u64) {
        let mut digits = [0; 16];
        let mut at = digits.len();
        let mut left = v;
        loop {
            at -= 1;
            digits[at] = b"0123456789abcdef"[(left & 15) as usize];
            left >>= 4;
            if left == 0 {
                break;
            }
        }
        self.push(b"0x");
        self.push(&digits[at..]);
    }

    fn push_float64(&mut self, f: f64) {
        let mut text = Buffer::<40>::new();
        if !special(&mut text, f) {
            // The standard library finds the shortest digits that read back as the same number.
            let _ = write!(text, "{f:e}");
        }
        self.push_digits(text.bytes());
    }

    fn push_float32(&mut self, f: f32) {
        let mut text = Buffer::<40>::new();
        if !special(&mut text, f64::from(f)) {
            let _ = write!(text, "{f:e}");
        }
        self.push_digits(text.bytes());
    }

    /// `d.dde±x` in Go's `%g`: plain digits for exponents −4 to 5, else at least two digits of exponent.
    fn push_digits(&mut self, text: &[u8]) {
        let Some(e) = text.iter().position(|&b| b == b'e') else {
            self.push(text);
            return;
        };
        let (mantissa, exp_text) = (&text[..e], &text[e + 1..]);
        let (negative, exp_digits) = if exp_text[0] == b'-' { (true, &exp_text[1..]) } else { (false, exp_text) };
        let magnitude = exp_digits.iter().fold(0i32, |v, &b| v * 10 + i32::from(b - b'0'));
        let exp = if negative { -magnitude } else { magnitude };
        if !(-4..6).contains(&exp) {
            self.push(mantissa);
            self.push(if negative { b"e-" } else { b"e+" });
            if magnitude < 10 {
                self.push(b"0");
            }
            self.push_uint(magnitude as u64);
            return;
        }
        let mantissa = match mantissa {
            [b'-', rest @ ..] => {
                self.push(b"-");
                rest
            }
            all => all,
        };
        let mut digits = [0; 24];
        let mut n = 0;
        for &b in mantissa.iter().filter(|&&b| b != b'.') {
            digits[n] = b;
            n += 1;
        }
        let digits = &digits[..n];
        if exp < 0 {
            self.push(&b"0.000"[..1 + (-exp) as usize]);
            self.push(digits);
            return;
        }
        let whole = exp as usize + 1;
        if n <= whole {
            self.push(digits);
            self.push(&b"00000"[..whole - n]);
        } else {
            self.push(&digits[..whole]);
            self.push(b".");
            self.push(&digits[whole..]);
        }
    }

    fn push_complex128(&mut self, re: f64, im: f64) {
        self.push(b"(");
        self.push_float64(re);
        if !(im.is_sign_negative() && !im.is_nan()) && im != f64::INFINITY {
            self.push(b"+");
        }
        self.push_float64(im);
        self.push(b"i)");
    }

    fn push_complex64(&mut self, re: f32, im: f32) {
        self.push(b"(");
        self.push_float32(re);
        if !(im.is_sign_negative() && !im.is_nan()) && im != f32::INFINITY {
            self.push(b"+");
        }
        self.push_float32(im);
        self.push(b"i)");
    }
}

fn special(text: &mut impl Sink, f: f64) -> bool {
    let s = if f.is_nan() {
        "NaN"
    } else if f == f64::INFINITY {
        "+Inf"
    } else if f == f64::NEG_INFINITY {
        "-Inf"
    } else {
        return false;
    };
    text.push_str(s);
    true
}

/// Text of fixed size; what does not fit is cut off.
pub struct Buffer<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

impl<const N: usize> Buffer<N> {
    pub const fn new() -> Self {
        Buffer { bytes: [0; N], len: 0 }
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

impl<const N: usize> Default for Buffer<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Sink for Buffer<N> {
    fn push(&mut self, bytes: &[u8]) {
        let n = bytes.len().min(N - self.len);
        self.bytes[self.len..self.len + n].copy_from_slice(&bytes[..n]);
        self.len += n;
    }
}

impl<const N: usize> Write for Buffer<N> {
    fn write_str(&mut self, s: &str) -> core::fmt::Result {
        self.push(s.as_bytes());
        Ok(())
    }
}

/// Standard error, unbuffered.
pub struct Stderr;

impl Sink for Stderr {
    fn push(&mut self, bytes: &[u8]) {
        host::write_err(bytes);
    }
}

const N_STATEMENTS: usize = 16;

/// A print statement under way: its goroutine (0: free), and its text so far, which belongs to that goroutine.
struct Statement {
    owner: AtomicUsize,
    text: UnsafeCell<Buffer<512>>,
}

// SAFETY: `text` is used only by the goroutine named in `owner`.
unsafe impl Sync for Statement {}

static STATEMENTS: [Statement; N_STATEMENTS] =
    [const { Statement { owner: AtomicUsize::new(0), text: UnsafeCell::new(Buffer::new()) } }; N_STATEMENTS];

fn statement() -> Option<&'static Statement> {
    let g = host::current_g();
    STATEMENTS.iter().find(|s| s.owner.load(Ordering::Relaxed) == g)
}

/// The current statement's text, or standard error.
pub struct Out;

impl Sink for Out {
    fn push(&mut self, bytes: &[u8]) {
        let Some(statement) = statement() else {
            host::write_err(bytes);
            return;
        };
        // SAFETY: it is ours.
        let text = unsafe { &mut *statement.text.get() };
        if bytes.len() > text.bytes.len() - text.len {
            host::write_err(text.bytes());
            text.len = 0;
        }
        if bytes.len() > text.bytes.len() {
            host::write_err(bytes);
        } else {
            text.push(bytes);
        }
    }
}

pub fn printlock() {
    let g = host::current_g();
    for s in &STATEMENTS {
        if s.owner.load(Ordering::Relaxed) == 0 && s.owner.compare_exchange(0, g, Ordering::Acquire, Ordering::Relaxed).is_ok() {
            return;
        }
    }
}

pub fn printunlock() {
    if let Some(s) = statement() {
        // SAFETY: it is ours until the owner is cleared.
        let text = unsafe { &mut *s.text.get() };
        host::write_err(text.bytes());
        text.len = 0;
        s.owner.store(0, Ordering::Release);
    }
}

/// What `panic: ` shows of a value that is neither error nor Stringer (those were turned into strings before).
///
/// # Safety
/// `typ` and `data` are an interface value without methods.
pub unsafe fn panic_value(out: &mut impl Sink, typ: *const Type, data: *const u8) {
    if typ.is_null() {
        out.push(b"nil");
        return;
    }
    // SAFETY: the data word holds or points to a value of the type.
    unsafe {
        let t = &*typ;
        let k = t.kind();
        let basic = (kind::BOOL..=kind::COMPLEX128).contains(&k) || k == kind::STRING;
        if !basic {
            out.push(b"(");
            out.push(t.string());
            out.push(b") ");
            out.push_hex(data as u64);
            return;
        }
        let named = is_defined(t);
        if named {
            out.push(t.string());
            out.push(if k == kind::STRING { b"(\"" } else { b"(" });
        }
        match k {
            kind::BOOL => out.push_str(if *data != 0 { "true" } else { "false" }),
            kind::INT | kind::INT64 => out.push_int(*data.cast()),
            kind::INT8 => out.push_int(i64::from(*data.cast::<i8>())),
            kind::INT16 => out.push_int(i64::from(*data.cast::<i16>())),
            kind::INT32 => out.push_int(i64::from(*data.cast::<i32>())),
            kind::UINT | kind::UINT64 | kind::UINTPTR => out.push_uint(*data.cast()),
            kind::UINT8 => out.push_uint(u64::from(*data)),
            kind::UINT16 => out.push_uint(u64::from(*data.cast::<u16>())),
            kind::UINT32 => out.push_uint(u64::from(*data.cast::<u32>())),
            kind::FLOAT32 => out.push_float32(*data.cast()),
            kind::FLOAT64 => out.push_float64(*data.cast()),
            kind::COMPLEX64 => out.push_complex64(*data.cast(), *data.cast::<f32>().add(1)),
            kind::COMPLEX128 => out.push_complex128(*data.cast(), *data.cast::<f64>().add(1)),
            _ => {
                let [p, len] = *data.cast::<[usize; 2]>();
                if len > 0 {
                    indented(out, core::slice::from_raw_parts(p as *const u8, len));
                }
            }
        }
        if named {
            out.push(if k == kind::STRING { b"\")" } else { b")" });
        }
    }
}

/// A basic kind under its own name has no package in it.
unsafe fn is_defined(t: &Type) -> bool {
    // SAFETY: a complete descriptor.
    unsafe { t.string().contains(&b'.') }
}

/// Lines after the first are indented, so that a panic's text cannot pass for a trace.
pub fn indented(out: &mut impl Sink, text: &[u8]) {
    let mut rest = text;
    while let Some(at) = rest.iter().position(|&b| b == b'\n') {
        out.push(&rest[..=at]);
        out.push(b"\t");
        rest = &rest[at + 1..];
    }
    out.push(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn f64s(f: f64) -> std::string::String {
        let mut b = Buffer::<64>::new();
        b.push_float64(f);
        std::string::String::from_utf8(b.bytes().to_vec()).unwrap()
    }

    /// Output of go1.27.3's print for these values.
    #[test]
    fn floats_print_as_go() {
        let cases: &[(f64, &str)] = &[
            (0.0, "0"),
            (1.0, "1"),
            (1.5, "1.5"),
            (-1.5, "-1.5"),
            (1e5, "100000"),
            (123456.0, "123456"),
            (1e6, "1e+06"),
            (1234567.0, "1.234567e+06"),
            (1e20, "1e+20"),
            (1e100, "1e+100"),
            (1.0 / 3.0, "0.3333333333333333"),
            (1e-4, "0.0001"),
            (1e-5, "1e-05"),
            (123456789.125, "1.23456789125e+08"),
            (f64::MAX, "1.7976931348623157e+308"),
            (5e-324, "5e-324"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "+Inf"),
            (f64::NEG_INFINITY, "-Inf"),
            (-0.0, "-0"),
            (0.1, "0.1"),
            (12345678901234567890.0, "1.2345678901234567e+19"),
        ];
        for (f, text) in cases {
            assert_eq!(f64s(*f), *text);
        }
        let mut b = Buffer::<256>::new();
        for f in [0.1f32, 1.0 / 3.0, 1e10, 16777216.0, f32::MAX, 1e-45, 123456.7] {
            b.push_float32(f);
            b.push(b" ");
        }
        b.push_complex128(1.0, 2.0);
        b.push_complex128(f64::NAN, f64::NEG_INFINITY);
        b.push_complex64(0.1, -0.2);
        b.push_complex128(-1.5, -0.0);
        let text = "0.1 0.33333334 1e+10 1.6777216e+07 3.4028235e+38 1e-45 123456.7 (1+2i)(NaN-Infi)(0.1-0.2i)(-1.5-0i)";
        assert_eq!(core::str::from_utf8(b.bytes()).unwrap(), text);
    }

    #[test]
    fn integers_and_lines() {
        let mut b = Buffer::<128>::new();
        b.push_int(i64::MIN);
        b.push(b" ");
        b.push_uint(u64::MAX);
        b.push(b" ");
        b.push_hex(0);
        b.push_hex(0xc000012345);
        indented(&mut b, b"x\ny\n");
        assert_eq!(core::str::from_utf8(b.bytes()).unwrap(), "-9223372036854775808 18446744073709551615 0x00xc000012345x\n\ty\n\t");
    }
}
