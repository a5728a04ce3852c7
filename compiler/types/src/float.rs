//! Binary floating point with a mantissa of at most 512 bits: for constants whose exact ratio would be too big.
//!
//! A value is `mant * 2^exp`; results are rounded to the nearest, ties to even. There is no infinity: the
//! exponent is an `i64`, and what exceeds [`MAX_EXP`] is an overflow to the caller.

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;

pub(crate) const PRECISION: u64 = 512;
/// Exponents beyond this are reported as overflow, as gc does ("excessively large").
pub(crate) const MAX_EXP: i64 = 1 << 31;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BigFloat {
    mant: BigInt,
    exp: i64,
}

/// Divides by 2^n, rounding to nearest even; `sticky`: something was already cut off below.
fn round_shift(mag: BigUint, n: u64, sticky: bool) -> BigUint {
    if n == 0 {
        return mag;
    }
    let half = BigUint::one() << (n - 1);
    let (quotient, rest) = (&mag >> n, &mag & ((BigUint::one() << n) - 1u32));
    let up = match rest.cmp(&half) {
        Ordering::Greater => true,
        Ordering::Less => false,
        Ordering::Equal => sticky || quotient.is_odd(),
    };
    if up { quotient + 1u32 } else { quotient }
}

/// `num / den` rounded once to `bits` of mantissa whose last bit weighs at least 2^`min_exp`: (mantissa, exponent).
fn round_ratio(num: &BigUint, den: &BigUint, bits: u64, min_exp: i64) -> (BigUint, i64) {
    if num.is_zero() {
        return (BigUint::zero(), 0);
    }
    // Two bits more than wanted, and whether anything remains.
    let shift = (bits + 2) as i64 - (num.bits() as i64 - den.bits() as i64);
    let (scaled_num, scaled_den) = if shift >= 0 { (num << shift as u64, den.clone()) } else { (num.clone(), den << (-shift) as u64) };
    let (quotient, rest) = scaled_num.div_rem(&scaled_den);
    let mut exp = -shift;
    let mut cut = quotient.bits() as i64 - bits as i64;
    if exp + cut < min_exp {
        cut = min_exp - exp;
    }
    if cut <= 0 {
        return (quotient, exp);
    }
    let mant = if cut as u64 > quotient.bits() + 1 { BigUint::zero() } else { round_shift(quotient, cut as u64, !rest.is_zero()) };
    exp += cut;
    (mant, exp)
}

impl BigFloat {
    pub(crate) fn new(mant: BigInt, exp: i64) -> BigFloat {
        if mant.is_zero() {
            return BigFloat { mant, exp: 0 };
        }
        let (sign, mut mag) = mant.into_parts();
        let mut exp = exp;
        if mag.bits() > PRECISION {
            let cut = mag.bits() - PRECISION;
            mag = round_shift(mag, cut, false);
            exp += cut as i64;
        }
        let zeros = mag.trailing_zeros().unwrap_or(0);
        BigFloat { mant: BigInt::from_biguint(sign, mag >> zeros), exp: exp + zeros as i64 }
    }

    pub(crate) fn from_ratio(num: &BigInt, den: &BigInt) -> BigFloat {
        let (mant, exp) = round_ratio(num.magnitude(), den.magnitude(), PRECISION, i64::MIN / 4);
        let negative = num.is_negative() != den.is_negative();
        BigFloat::new(BigInt::from_biguint(if negative { Sign::Minus } else { Sign::Plus }, mant), exp)
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.mant.is_zero()
    }
    pub(crate) fn is_negative(&self) -> bool {
        self.mant.is_negative()
    }
    /// Position of the highest bit.
    pub(crate) fn magnitude(&self) -> i64 {
        self.mant.bits() as i64 + self.exp
    }
    pub(crate) fn is_overflow(&self) -> bool {
        !self.is_zero() && self.magnitude() > MAX_EXP
    }
    pub(crate) fn is_underflow(&self) -> bool {
        !self.is_zero() && self.magnitude() < -MAX_EXP
    }
    pub(crate) fn neg(&self) -> BigFloat {
        BigFloat { mant: -&self.mant, exp: self.exp }
    }

    pub(crate) fn add(&self, o: &BigFloat) -> BigFloat {
        if self.is_zero() {
            return o.clone();
        }
        if o.is_zero() {
            return self.clone();
        }
        // Too far apart to matter: only rounding could see the smaller one.
        if self.magnitude() - o.magnitude() > PRECISION as i64 + 2 {
            return self.clone();
        }
        if o.magnitude() - self.magnitude() > PRECISION as i64 + 2 {
            return o.clone();
        }
        let exp = self.exp.min(o.exp);
        BigFloat::new((&self.mant << (self.exp - exp) as u64) + (&o.mant << (o.exp - exp) as u64), exp)
    }
    pub(crate) fn mul(&self, o: &BigFloat) -> BigFloat {
        BigFloat::new(&self.mant * &o.mant, self.exp.saturating_add(o.exp))
    }
    /// `o` is not zero.
    pub(crate) fn quo(&self, o: &BigFloat) -> BigFloat {
        let quotient = BigFloat::from_ratio(&self.mant, &o.mant);
        if quotient.is_zero() { quotient } else { BigFloat::new(quotient.mant, quotient.exp.saturating_add(self.exp).saturating_sub(o.exp)) }
    }
    pub(crate) fn cmp(&self, o: &BigFloat) -> Ordering {
        let difference = self.add(&o.neg());
        difference.mant.sign().cmp(&Sign::NoSign)
    }
    /// The exact value if it is an integer of practical size.
    pub(crate) fn to_int(&self) -> Option<BigInt> {
        if self.is_zero() {
            return Some(BigInt::zero());
        }
        (self.exp >= 0 && self.exp < 1 << 16).then(|| &self.mant << self.exp as u64)
    }
    pub(crate) fn to_f64(&self) -> f64 {
        if self.is_zero() {
            return 0.0;
        }
        let sign = if self.is_negative() { -1.0 } else { 1.0 };
        if self.magnitude() > 1030 {
            return sign * f64::INFINITY;
        }
        if self.magnitude() < -1100 {
            return sign * 0.0;
        }
        if self.exp >= 0 {
            ratio_to_f64(&(&self.mant << self.exp as u64), &BigInt::one())
        } else {
            ratio_to_f64(&self.mant, &(BigInt::one() << (-self.exp) as u64))
        }
    }
    pub(crate) fn to_f32(&self) -> f32 {
        if self.is_zero() || self.magnitude() < -200 {
            return 0.0;
        }
        if self.magnitude() > 200 {
            return if self.is_negative() { f32::NEG_INFINITY } else { f32::INFINITY };
        }
        if self.exp >= 0 {
            ratio_to_f32(&(&self.mant << self.exp as u64), &BigInt::one())
        } else {
            ratio_to_f32(&self.mant, &(BigInt::one() << (-self.exp) as u64))
        }
    }
    /// log10 of the magnitude, for printing numbers beyond f64.
    pub(crate) fn log10(&self) -> f64 {
        let bits = self.mant.bits() as i64;
        let top = if bits > 60 {
            (self.mant.magnitude() >> (bits - 60) as u64).to_f64().unwrap_or(1.0)
        } else {
            self.mant.magnitude().to_f64().unwrap_or(1.0) * 2f64.powi((60 - bits) as i32)
        };
        (top.log2() - 60.0 + bits as f64 + self.exp as f64) * std::f64::consts::LOG10_2
    }
}

/// `num / den` rounded once; infinite if too big.
pub(crate) fn ratio_to_f64(num: &BigInt, den: &BigInt) -> f64 {
    let (mant, exp) = round_ratio(num.magnitude(), den.magnitude(), 53, -1074);
    let negative = num.is_negative() != den.is_negative();
    let magnitude = scale(mant.to_u64().unwrap_or(u64::MAX) as f64, exp);
    if negative { -magnitude } else { magnitude }
}

pub(crate) fn ratio_to_f32(num: &BigInt, den: &BigInt) -> f32 {
    let (mant, exp) = round_ratio(num.magnitude(), den.magnitude(), 24, -149);
    let negative = num.is_negative() != den.is_negative();
    let magnitude = scale(mant.to_u64().unwrap_or(u64::MAX) as f64, exp) as f32;
    if negative { -magnitude } else { magnitude }
}

/// `x * 2^exp` where the result is exact or overflows.
fn scale(x: f64, exp: i64) -> f64 {
    if x == 0.0 {
        return 0.0;
    }
    if exp > 1100 {
        return f64::INFINITY;
    }
    // In two steps, so that no factor is itself out of range; the first is exact.
    let half = exp / 2;
    x * 2f64.powi(half as i32) * 2f64.powi((exp - half) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(text: &str, scale: u32) -> f64 {
        ratio_to_f64(&text.parse().unwrap(), &num_traits::pow(BigInt::from(10), scale as usize))
    }

    #[test]
    fn ratios_round_once() {
        assert_eq!(ratio("1", 1), 0.1);
        assert_eq!(ratio("3", 1), 0.3);
        assert_eq!(ratio("-17976931348623157", 0), -17976931348623157.0);
        assert_eq!(ratio("5", 324), 5e-324);
        assert_eq!(ratio("2", 324), 0.0);
        assert_eq!(ratio("22250738585072011", 324), 2.225_073_858_507_201e-308);
        assert_eq!(ratio_to_f32(&BigInt::from(16777217), &BigInt::one()), 16777216.0);
    }

    #[test]
    fn big_floats_keep_512_bits() {
        let huge = BigFloat::new(BigInt::one(), 100_000);
        let one = BigFloat::new(BigInt::one(), 0);
        assert_eq!(huge.quo(&huge), one);
        assert_eq!(huge.mul(&one.quo(&huge)), one);
        assert_eq!(huge.to_f64(), f64::INFINITY);
        assert_eq!(one.add(&one).to_f64(), 2.0);
        assert_eq!(one.cmp(&huge), Ordering::Less);
    }
}
