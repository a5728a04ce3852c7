//! Values of constant expressions: exact integers and ratios, 512-bit floats where ratios would be too big.
//!
//! Does not know types: the checker asks [`Value::represent`] whether a value fits one.

use crate::float::{BigFloat, ratio_to_f32, ratio_to_f64};
use crate::types::Basic;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::sync::Arc;
use syntax::ast::BinaryOp;

/// Ratios whose numerator or denominator has more bits become [`BigFloat`]s.
const MAX_RATIO_BITS: u64 = 4096;

#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// The operands were wrong, an error was reported.
    Unknown,
    Bool(bool),
    /// Shared; a concatenation under way grows in place.
    Str(Arc<Vec<u8>>),
    Int(BigInt),
    Ratio(Arc<BigRational>),
    Float(Arc<BigFloat>),
    /// Real and imaginary part, each `Int`, `Ratio` or `Float`.
    Complex(Arc<(Value, Value)>),
}

impl Value {
    pub fn int(n: i64) -> Value {
        Value::Int(BigInt::from(n))
    }
    pub fn str(text: &[u8]) -> Value {
        Value::Str(Arc::new(text.to_vec()))
    }
    pub(crate) fn ratio(r: BigRational) -> Value {
        if r.numer().bits() > MAX_RATIO_BITS || r.denom().bits() > MAX_RATIO_BITS {
            Value::float(BigFloat::from_ratio(r.numer(), r.denom()))
        } else {
            Value::Ratio(Arc::new(r))
        }
    }
    pub(crate) fn float(f: BigFloat) -> Value {
        if f.is_overflow() {
            return Value::Unknown;
        }
        if f.is_underflow() {
            return Value::Ratio(Arc::new(BigRational::zero()));
        }
        Value::Float(Arc::new(f))
    }
    pub(crate) fn complex(re: Value, im: Value) -> Value {
        if matches!(re, Value::Unknown) || matches!(im, Value::Unknown) { Value::Unknown } else { Value::Complex(Arc::new((re, im))) }
    }
    /// Exact; infinities and NaN become `Unknown`.
    pub fn from_f64(x: f64) -> Value {
        BigRational::from_float(x).map_or(Value::Unknown, Value::ratio)
    }

    pub fn is_unknown(&self) -> bool {
        matches!(self, Value::Unknown)
    }
    pub fn as_bool(&self) -> Option<bool> {
        if let Value::Bool(b) = self { Some(*b) } else { None }
    }
    pub fn as_bytes(&self) -> Option<&[u8]> {
        if let Value::Str(s) = self { Some(s) } else { None }
    }
    pub fn as_int(&self) -> Option<BigInt> {
        match self.to_int() {
            Value::Int(n) => Some(n),
            _ => None,
        }
    }
    pub fn as_i64(&self) -> Option<i64> {
        self.as_int()?.to_i64()
    }
    pub fn as_u64(&self) -> Option<u64> {
        self.as_int()?.to_u64()
    }
    /// The low 64 bits in two's complement: any integer type's representation.
    pub fn low_bits(&self) -> Option<u64> {
        let n = self.as_int()?;
        n.to_u64().or_else(|| n.to_i64().map(|n| n as u64)).or_else(|| (n & BigInt::from(u64::MAX)).to_u64())
    }
    /// Rounded to nearest; of a complex value the real part.
    pub fn as_f64(&self) -> f64 {
        match self {
            Value::Int(n) => ratio_to_f64(n, &BigInt::one()),
            Value::Ratio(r) => ratio_to_f64(r.numer(), r.denom()),
            Value::Float(f) => f.to_f64(),
            Value::Complex(c) => c.0.as_f64(),
            _ => 0.0,
        }
    }
    pub fn as_f32(&self) -> f32 {
        match self {
            Value::Int(n) => ratio_to_f32(n, &BigInt::one()),
            Value::Ratio(r) => ratio_to_f32(r.numer(), r.denom()),
            Value::Float(f) => f.to_f32(),
            Value::Complex(c) => c.0.as_f32(),
            _ => 0.0,
        }
    }
    pub fn real(&self) -> Value {
        if let Value::Complex(c) = self { c.0.clone() } else { self.clone() }
    }
    pub fn imag(&self) -> Value {
        match self {
            Value::Complex(c) => c.1.clone(),
            Value::Unknown => Value::Unknown,
            _ => Value::int(0),
        }
    }
    pub fn is_zero(&self) -> bool {
        match self {
            Value::Int(n) => n.is_zero(),
            Value::Ratio(r) => r.is_zero(),
            Value::Float(f) => f.is_zero(),
            Value::Complex(c) => c.0.is_zero() && c.1.is_zero(),
            _ => false,
        }
    }
    pub fn sign(&self) -> i32 {
        let of = |negative: bool| {
            if self.is_zero() {
                0
            } else if negative {
                -1
            } else {
                1
            }
        };
        match self {
            Value::Int(n) => of(n.is_negative()),
            Value::Ratio(r) => of(r.is_negative()),
            Value::Float(f) => of(f.is_negative()),
            Value::Complex(c) => c.0.sign() | c.1.sign(),
            _ => 1,
        }
    }
    pub fn is_numeric(&self) -> bool {
        matches!(self, Value::Int(_) | Value::Ratio(_) | Value::Float(_) | Value::Complex(_))
    }

    /// `Int` if the value is an integer exactly, else unchanged.
    pub fn to_int(&self) -> Value {
        match self {
            Value::Ratio(r) if r.is_integer() => Value::Int(r.to_integer()),
            Value::Float(f) => {
                if let Some(n) = f.to_int() {
                    return Value::Int(n);
                }
                self.clone()
            }
            Value::Complex(c) if c.1.is_zero() => c.0.to_int(),
            _ => self.clone(),
        }
    }
    /// A complex value without imaginary part becomes its real part.
    pub fn to_float(&self) -> Value {
        match self {
            Value::Int(n) => Value::ratio(BigRational::from_integer(n.clone())),
            Value::Complex(c) if c.1.is_zero() => c.0.to_float(),
            _ => self.clone(),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Value::Unknown => 0,
            Value::Bool(_) | Value::Str(_) => 1,
            Value::Int(_) => 2,
            Value::Ratio(_) => 3,
            Value::Float(_) => 4,
            Value::Complex(_) => 5,
        }
    }
    fn raise(&self, rank: u8) -> Value {
        match (self, rank) {
            (Value::Int(n), 3) => Value::Ratio(Arc::new(BigRational::from_integer(n.clone()))),
            (Value::Int(n), 4) => Value::Float(Arc::new(BigFloat::new(n.clone(), 0))),
            (Value::Ratio(r), 4) => Value::Float(Arc::new(BigFloat::from_ratio(r.numer(), r.denom()))),
            (Value::Int(_) | Value::Ratio(_) | Value::Float(_), 5) => Value::Complex(Arc::new((self.clone(), Value::int(0)))),
            _ => self.clone(),
        }
    }

    /// `x op y` of arithmetic, logic and string concatenation. `integer`: `/` truncates. No division by zero.
    pub fn binary(x: &Value, op: BinaryOp, y: &Value, integer: bool) -> Value {
        if x.is_unknown() || y.is_unknown() {
            return Value::Unknown;
        }
        let rank = x.rank().max(y.rank());
        match (x.raise(rank), y.raise(rank)) {
            (Value::Bool(a), Value::Bool(b)) => match op {
                BinaryOp::AndAnd => Value::Bool(a && b),
                BinaryOp::OrOr => Value::Bool(a || b),
                _ => Value::Unknown,
            },
            (Value::Str(a), Value::Str(b)) if op == BinaryOp::Add => Value::Str(Arc::new([&a[..], &b[..]].concat())),
            (Value::Int(a), Value::Int(b)) => match op {
                BinaryOp::Add => Value::Int(a + b),
                BinaryOp::Sub => Value::Int(a - b),
                BinaryOp::Mul => Value::Int(a * b),
                BinaryOp::Div if integer => Value::Int(a / b),
                BinaryOp::Div => Value::ratio(BigRational::new(a, b)),
                BinaryOp::Rem => Value::Int(a % b),
                BinaryOp::And => Value::Int(a & b),
                BinaryOp::Or => Value::Int(a | b),
                BinaryOp::Xor => Value::Int(a ^ b),
                BinaryOp::AndNot => Value::Int(a & !b),
                _ => Value::Unknown,
            },
            (Value::Ratio(a), Value::Ratio(b)) => match op {
                BinaryOp::Add => Value::ratio(&*a + &*b),
                BinaryOp::Sub => Value::ratio(&*a - &*b),
                BinaryOp::Mul => Value::ratio(&*a * &*b),
                BinaryOp::Div => Value::ratio(&*a / &*b),
                _ => Value::Unknown,
            },
            (Value::Float(a), Value::Float(b)) => match op {
                BinaryOp::Add => Value::float(a.add(&b)),
                BinaryOp::Sub => Value::float(a.add(&b.neg())),
                BinaryOp::Mul => Value::float(a.mul(&b)),
                BinaryOp::Div => Value::float(a.quo(&b)),
                _ => Value::Unknown,
            },
            (Value::Complex(a), Value::Complex(b)) => {
                let bin = |x: &Value, op, y: &Value| Value::binary(x, op, y, false);
                use BinaryOp::{Add, Div, Mul, Sub};
                let ((a, b), (c, d)) = ((&a.0, &a.1), (&b.0, &b.1));
                match op {
                    Add | Sub => Value::complex(bin(a, op, c), bin(b, op, d)),
                    Mul => Value::complex(bin(&bin(a, Mul, c), Sub, &bin(b, Mul, d)), bin(&bin(b, Mul, c), Add, &bin(a, Mul, d))),
                    Div => {
                        let scale = bin(&bin(c, Mul, c), Add, &bin(d, Mul, d));
                        let re = bin(&bin(a, Mul, c), Add, &bin(b, Mul, d));
                        let im = bin(&bin(b, Mul, c), Sub, &bin(a, Mul, d));
                        Value::complex(bin(&re, Div, &scale), bin(&im, Div, &scale))
                    }
                    _ => Value::Unknown,
                }
            }
            _ => Value::Unknown,
        }
    }

    /// `x << n` or `x >> n` of an integer.
    pub fn shift(&self, left: bool, n: u64) -> Value {
        match self {
            Value::Int(a) if left => Value::Int(a << n),
            Value::Int(a) => Value::Int(a >> n),
            _ => Value::Unknown,
        }
    }

    pub fn neg(&self) -> Value {
        match self {
            Value::Int(n) => Value::Int(-n),
            Value::Ratio(r) => Value::ratio(-&**r),
            Value::Float(f) => Value::float(f.neg()),
            Value::Complex(c) => Value::complex(c.0.neg(), c.1.neg()),
            _ => Value::Unknown,
        }
    }
    /// `^x`; for an unsigned type its size in bits.
    pub fn complement(&self, unsigned_bits: Option<u32>) -> Value {
        match (self, unsigned_bits) {
            (Value::Int(n), None) => Value::Int(!n),
            (Value::Int(n), Some(bits)) => Value::Int(!n & ((BigInt::one() << bits) - 1)),
            _ => Value::Unknown,
        }
    }

    /// `None`: unknown operands, or complex ones that differ.
    pub fn order(x: &Value, y: &Value) -> Option<Ordering> {
        let rank = x.rank().max(y.rank());
        match (x.raise(rank), y.raise(rank)) {
            (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(&b)),
            (Value::Str(a), Value::Str(b)) => Some(a.cmp(&b)),
            (Value::Int(a), Value::Int(b)) => Some(a.cmp(&b)),
            (Value::Ratio(a), Value::Ratio(b)) => Some(a.cmp(&b)),
            (Value::Float(a), Value::Float(b)) => Some(a.cmp(&b)),
            (Value::Complex(a), Value::Complex(b)) => {
                let equal = Value::order(&a.0, &b.0) == Some(Ordering::Equal) && Value::order(&a.1, &b.1) == Some(Ordering::Equal);
                equal.then_some(Ordering::Equal)
            }
            _ => None,
        }
    }
    pub fn compare(x: &Value, op: BinaryOp, y: &Value) -> Option<bool> {
        if x.is_unknown() || y.is_unknown() {
            return None;
        }
        let order = Value::order(x, y);
        Some(match op {
            BinaryOp::Equal => order == Some(Ordering::Equal),
            BinaryOp::NotEqual => order != Some(Ordering::Equal),
            BinaryOp::Less => order? == Ordering::Less,
            BinaryOp::LessEqual => order? != Ordering::Greater,
            BinaryOp::Greater => order? == Ordering::Greater,
            BinaryOp::GreaterEqual => order? != Ordering::Less,
            _ => return None,
        })
    }

    /// The value as one of the basic type `to`, rounded for floats; `None` if it does not fit.
    pub fn represent(&self, to: Basic) -> Option<Value> {
        if self.is_unknown() {
            return Some(Value::Unknown);
        }
        let float32 = |v: &Value| {
            let x = v.as_f32();
            x.is_finite().then(|| Value::from_f64(x as f64))
        };
        let float64 = |v: &Value| {
            let x = v.as_f64();
            x.is_finite().then(|| Value::from_f64(x))
        };
        if to.is_integer() {
            let Value::Int(n) = self.to_int() else { return None };
            let fits = match to {
                Basic::UntypedInt | Basic::UntypedRune => true,
                _ => {
                    let bits = integer_bits(to) as u64;
                    if to.is_unsigned() {
                        !n.is_negative() && n.bits() <= bits
                    } else {
                        n.bits() < bits || (n.is_negative() && n == -(BigInt::one() << (bits - 1)))
                    }
                }
            };
            return fits.then_some(Value::Int(n));
        }
        match to {
            Basic::Bool | Basic::UntypedBool => matches!(self, Value::Bool(_)).then(|| self.clone()),
            Basic::String | Basic::UntypedString => matches!(self, Value::Str(_)).then(|| self.clone()),
            Basic::Float32 | Basic::Float64 | Basic::UntypedFloat => {
                let v = self.to_float();
                if !v.is_numeric() || matches!(v, Value::Complex(_)) {
                    return None;
                }
                match to {
                    Basic::Float32 => float32(&v),
                    Basic::Float64 => float64(&v),
                    _ => Some(v),
                }
            }
            Basic::Complex64 | Basic::Complex128 | Basic::UntypedComplex => {
                if !self.is_numeric() {
                    return None;
                }
                let (re, im) = (self.real(), self.imag());
                match to {
                    Basic::Complex64 => Some(Value::complex(float32(&re)?, float32(&im)?)),
                    Basic::Complex128 => Some(Value::complex(float64(&re)?, float64(&im)?)),
                    _ => Some(Value::complex(re, im)),
                }
            }
            _ => None,
        }
    }

    /// A number literal as written (underscores, prefixes); `None` if it is malformed or out of all range.
    pub fn from_number(text: &str, imaginary: bool) -> Option<Value> {
        let text: String = text.chars().filter(|&c| c != '_').collect();
        if imaginary {
            let digits = text.strip_suffix('i')?;
            // "0123i" is decimal, for old programs.
            let decimal = digits.bytes().all(|b| b.is_ascii_digit());
            let im = if decimal { Value::Int(digits.parse().ok()?) } else { Value::from_number(digits, false)? };
            return Some(Value::complex(Value::int(0), im));
        }
        let lower = text.to_ascii_lowercase();
        let radix = |digits: &str, radix| BigInt::parse_bytes(digits.as_bytes(), radix).map(Value::Int);
        if let Some(hex) = lower.strip_prefix("0x") {
            if hex.contains(['.', 'p']) {
                let (mant, exp) = hex.split_once('p')?;
                return scaled(mant, 16, exp.parse().ok()?);
            }
            return radix(hex, 16);
        }
        if let Some(digits) = lower.strip_prefix("0b") {
            return radix(digits, 2);
        }
        if let Some(digits) = lower.strip_prefix("0o") {
            return radix(digits, 8);
        }
        if lower.contains(['.', 'e']) {
            let (mant, exp) = lower.split_once('e').unwrap_or((&lower, "0"));
            return scaled(mant, 10, exp.parse().ok()?);
        }
        if lower.len() > 1 && lower.starts_with('0') { radix(&lower, 8) } else { radix(&lower, 10) }
    }
}

/// Mantissa digits with at most one point, times 10^exp (decimal) or 2^exp (hexadecimal).
fn scaled(mant: &str, radix: u32, exp: i64) -> Option<Value> {
    let (whole, fraction) = mant.split_once('.').unwrap_or((mant, ""));
    let digits = format!("0{whole}{fraction}");
    let n = BigInt::parse_bytes(digits.as_bytes(), radix)?;
    if n.is_zero() {
        return Some(Value::Ratio(Arc::new(BigRational::zero())));
    }
    if radix == 16 {
        let exp = exp - 4 * fraction.len() as i64;
        if exp.abs() > 4096 {
            let v = Value::float(BigFloat::new(n, exp));
            return if v.is_unknown() { None } else { Some(v) };
        }
        let power = BigInt::one() << exp.unsigned_abs();
        return Some(Value::ratio(if exp >= 0 { BigRational::from_integer(n * power) } else { BigRational::new(n, power) }));
    }
    let exp = exp - fraction.len() as i64;
    if exp.abs() > 1200 {
        if exp.abs() > 700_000_000 {
            return if exp < 0 { Some(Value::Ratio(Arc::new(BigRational::zero()))) } else { None };
        }
        let v = Value::float(pow10_times(n, exp));
        return if v.is_unknown() { None } else { Some(v) };
    }
    let power = num_traits::pow(BigInt::from(10), exp.unsigned_abs() as usize);
    Some(Value::ratio(if exp >= 0 { BigRational::from_integer(n * power) } else { BigRational::new(n, power) }))
}

fn pow10_times(n: BigInt, exp: i64) -> BigFloat {
    let mut power = BigFloat::new(BigInt::one(), 0);
    let mut base = BigFloat::new(BigInt::from(10), 0);
    let mut left = exp.unsigned_abs();
    while left > 0 {
        if left & 1 == 1 {
            power = power.mul(&base);
        }
        base = base.mul(&base);
        left >>= 1;
    }
    let n = BigFloat::new(n, 0);
    if exp >= 0 { n.mul(&power) } else { n.quo(&power) }
}

pub fn integer_bits(b: Basic) -> u32 {
    match b {
        Basic::Int8 | Basic::Uint8 => 8,
        Basic::Int16 | Basic::Uint16 => 16,
        Basic::Int32 | Basic::Uint32 => 32,
        _ => 64,
    }
}

/// As `%.6g` prints it.
pub(crate) fn format_g6(x: f64) -> String {
    if x == 0.0 {
        return "0".into();
    }
    let scientific = format!("{x:.5e}");
    let (mant, exp) = scientific.split_once('e').expect("the e of {:e}");
    let exp: i32 = exp.parse().expect("the exponent of {:e}");
    let trim = |s: &str| if s.contains('.') { s.trim_end_matches('0').trim_end_matches('.').to_string() } else { s.to_string() };
    if !(-4..6).contains(&exp) {
        return format!("{}e{}{:02}", trim(mant), if exp < 0 { '-' } else { '+' }, exp.abs());
    }
    trim(&format!("{:.*}", (5 - exp).max(0) as usize, x))
}

impl std::fmt::Display for Value {
    /// As messages show constants: short.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Unknown => f.write_str("unknown"),
            Value::Bool(b) => write!(f, "{b}"),
            Value::Str(s) => {
                const MAX: usize = 72;
                let quoted = quote(s);
                if quoted.chars().count() > MAX {
                    let cut: String = quoted.chars().take(MAX - 3).collect();
                    return write!(f, "{cut}...");
                }
                f.write_str(&quoted)
            }
            Value::Int(n) => write!(f, "{n}"),
            Value::Ratio(_) | Value::Float(_) => {
                if let Value::Int(n) = self.to_int()
                    && n.bits() < 64
                    && n.magnitude().to_string().len() <= 6
                {
                    return write!(f, "{n}");
                }
                let x = self.as_f64();
                if x.is_finite() && x != 0.0 {
                    return f.write_str(&format_g6(x));
                }
                let Value::Float(big) = self.raise(4) else { return f.write_str("0") };
                if big.is_zero() {
                    return f.write_str("0");
                }
                let log = big.log10();
                let mut mant = 10f64.powf(log - log.floor());
                let mut exp = log.floor();
                if mant >= 9.999995 {
                    mant /= 10.0;
                    exp += 1.0;
                }
                let sign = if big.is_negative() { "-" } else { "" };
                write!(f, "{sign}{}e{exp:+}", format_g6(mant))
            }
            Value::Complex(c) => write!(f, "({} + {}i)", c.0, c.1),
        }
    }
}

/// A Go string literal of the bytes, as strconv.Quote makes it.
pub fn quote(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut out = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\x07' => out.push_str("\\a"),
                '\x08' => out.push_str("\\b"),
                '\x0c' => out.push_str("\\f"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\x0b' => out.push_str("\\v"),
                c if (c as u32) < 0x20 || c == '\x7f' => {
                    let _ = write!(out, "\\x{:02x}", c as u32);
                }
                c if c.is_control() || (c.is_whitespace() && c != ' ') => {
                    let _ = write!(out, "\\u{:04x}", c as u32);
                }
                c => out.push(c),
            }
        }
        for b in chunk.invalid() {
            let _ = write!(out, "\\x{b:02x}");
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn num(text: &str) -> Value {
        Value::from_number(text, text.ends_with('i') && !text.starts_with("0x")).unwrap()
    }

    #[test]
    fn literals() {
        assert_eq!(num("1_000"), Value::int(1000));
        assert_eq!(num("0x_ff"), Value::int(255));
        assert_eq!(num("0b101"), Value::int(5));
        assert_eq!(num("0o17"), Value::int(15));
        assert_eq!(num("017"), Value::int(15));
        assert_eq!(num("1e3").to_int(), Value::int(1000));
        assert_eq!(num("0x1p-2").as_f64(), 0.25);
        assert_eq!(num(".5").as_f64(), 0.5);
        assert_eq!(num("0123i").imag(), Value::int(123));
        assert_eq!(num("1e-1000000").to_string(), "1e-1000000");
    }

    #[test]
    fn exact_arithmetic() {
        let third = Value::binary(&Value::int(1), BinaryOp::Div, &Value::int(3), false);
        let one = Value::binary(&third, BinaryOp::Mul, &Value::int(3), false);
        assert_eq!(Value::compare(&one, BinaryOp::Equal, &Value::int(1)), Some(true));
        assert_eq!(Value::binary(&Value::int(-7), BinaryOp::Div, &Value::int(2), true), Value::int(-3));
        assert_eq!(Value::binary(&Value::int(-7), BinaryOp::Rem, &Value::int(2), true), Value::int(-1));
        let i = num("1i");
        assert_eq!(Value::compare(&Value::binary(&i, BinaryOp::Mul, &i, false), BinaryOp::Equal, &Value::int(-1)), Some(true));
    }

    #[test]
    fn representation() {
        assert!(Value::int(255).represent(Basic::Uint8).is_some());
        assert!(Value::int(256).represent(Basic::Uint8).is_none());
        assert!(Value::int(-128).represent(Basic::Int8).is_some());
        assert!(Value::int(-129).represent(Basic::Int8).is_none());
        assert!(num("1.5").represent(Basic::Int).is_none());
        assert!(num("1e400").represent(Basic::Float64).is_none());
        assert_eq!(num("0.1").represent(Basic::Float32).unwrap().as_f64(), 0.1f32 as f64);
    }

    #[test]
    fn printing() {
        assert_eq!(num("1.5").to_string(), "1.5");
        assert_eq!(num("1e100").to_string(), "1e+100");
        assert_eq!(format_g6(123456.7), "123457");
        assert_eq!(format_g6(1234567.0), "1.23457e+06");
        assert_eq!(format_g6(0.0001), "0.0001");
        assert_eq!(num("2i").to_string(), "(0 + 2i)");
        assert_eq!(quote(b"a\n\xff\""), "\"a\\n\\xff\\\"\"");
    }
}
