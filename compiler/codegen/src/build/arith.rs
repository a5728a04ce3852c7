//! Arithmetic, comparisons, conversions: Go's meaning where CLIF's differs.
//!
//! Never a libcall: Cranelift would call libm on the goroutine's stack. Without SSE4.1 rounding is done with
//! conversions and the 2^52 trick; without FMA `fma` calls Go's portable `math.FMA`.

use super::{Builder, clif_type};
use crate::{Fail, names::Sym};
use cranelift_codegen::ir::{self as cl, InstBuilder, condcodes, types};
use ir::{BinaryOp, ConvertOp, FloatCC, Inst, InstData, IntCC, Type, UnaryOp, Value, ValueDef};

pub(super) fn int_cc(cc: IntCC) -> condcodes::IntCC {
    use condcodes::IntCC as C;
    match cc {
        IntCC::Eq => C::Equal,
        IntCC::Ne => C::NotEqual,
        IntCC::Slt => C::SignedLessThan,
        IntCC::Sle => C::SignedLessThanOrEqual,
        IntCC::Sgt => C::SignedGreaterThan,
        IntCC::Sge => C::SignedGreaterThanOrEqual,
        IntCC::Ult => C::UnsignedLessThan,
        IntCC::Ule => C::UnsignedLessThanOrEqual,
        IntCC::Ugt => C::UnsignedGreaterThan,
        IntCC::Uge => C::UnsignedGreaterThanOrEqual,
    }
}

fn float_cc(cc: FloatCC) -> condcodes::FloatCC {
    use condcodes::FloatCC as C;
    match cc {
        FloatCC::Eq => C::Equal,
        FloatCC::Ne => C::NotEqual,
        FloatCC::Lt => C::LessThan,
        FloatCC::Le => C::LessThanOrEqual,
        FloatCC::Gt => C::GreaterThan,
        FloatCC::Ge => C::GreaterThanOrEqual,
    }
}

impl Builder<'_> {
    pub(super) fn arith(&mut self, inst: Inst, data: &InstData) -> Result<(), Fail> {
        let result = match data {
            InstData::Unary { op, arg } => self.unary(*op, *arg),
            InstData::Binary { op, args } => self.binary(*op, args[0], args[1]),
            InstData::Icmp { cc, args } => {
                let (a, b) = (self.use_value(args[0]), self.use_value(args[1]));
                let (a, b) = (self.snapshot(a), self.snapshot(b));
                self.ins().icmp(int_cc(*cc), a, b)
            }
            InstData::Fcmp { cc, args } => {
                let (a, b) = (self.use_value(args[0]), self.use_value(args[1]));
                self.ins().fcmp(float_cc(*cc), a, b)
            }
            InstData::Convert { op, ty, arg } => self.convert(*op, *ty, *arg),
            InstData::Select { args } => {
                let [c, a, b] = args.map(|v| self.use_value(v));
                let result = self.ins().select(c, a, b);
                self.derive(result, a);
                self.derive(result, b);
                result
            }
            InstData::Fma { args } => return self.fma(inst, args),
            InstData::PtrAdd { args } => {
                let (a, b) = (self.use_value(args[0]), self.use_value(args[1]));
                let result = self.ins().iadd(a, b);
                self.derive(result, a);
                result
            }
            InstData::PtrOffset { arg, offset } => {
                let a = self.use_value(*arg);
                let offset = self.ins().iconst(types::I64, *offset);
                let result = self.ins().iadd(a, offset);
                self.derive(result, a);
                result
            }
            other => unreachable!("{other:?} is not arithmetic"),
        };
        self.define(inst, &[result]);
        Ok(())
    }

    fn derive(&mut self, result: cl::Value, from: cl::Value) {
        if self.derived.contains(&from) {
            self.derived.insert(result);
        }
    }

    fn unary(&mut self, op: UnaryOp, arg: Value) -> cl::Value {
        let ty = clif_type(self.func.ty(arg));
        let x = self.use_value(arg);
        match op {
            UnaryOp::Neg => self.ins().ineg(x),
            UnaryOp::Not => self.ins().bnot(x),
            UnaryOp::FNeg => self.ins().fneg(x),
            UnaryOp::FAbs => self.ins().fabs(x),
            UnaryOp::FSqrt => self.ins().sqrt(x),
            UnaryOp::Clz => self.ins().clz(x),
            UnaryOp::Ctz => self.ins().ctz(x),
            UnaryOp::Popcnt => self.ins().popcnt(x),
            UnaryOp::Bswap if ty == types::I8 => x,
            UnaryOp::Bswap => self.ins().bswap(x),
            UnaryOp::Bitrev => self.ins().bitrev(x),
            UnaryOp::FFloor if self.target.has_round => self.ins().floor(x),
            UnaryOp::FCeil if self.target.has_round => self.ins().ceil(x),
            UnaryOp::FTrunc if self.target.has_round => self.ins().trunc(x),
            UnaryOp::FNearest if self.target.has_round => self.ins().nearest(x),
            UnaryOp::FFloor | UnaryOp::FCeil | UnaryOp::FTrunc | UnaryOp::FNearest => {
                // Exact in f64 for an f32 too.
                let wide = if ty == types::F32 { self.ins().fpromote(types::F64, x) } else { x };
                let rounded = self.round(op, wide);
                if ty == types::F32 { self.ins().fdemote(types::F32, rounded) } else { rounded }
            }
        }
    }

    /// Rounds an f64 with SSE2 alone. Beyond 2^52 every number is whole; NaN and infinities pass through.
    fn round(&mut self, op: UnaryOp, x: cl::Value) -> cl::Value {
        let two52 = self.f64(f64::from_bits(0x4330_0000_0000_0000));
        let one = self.f64(1.0);
        let magnitude = self.ins().fabs(x);
        let small = self.ins().fcmp(condcodes::FloatCC::LessThan, magnitude, two52);
        let rounded = if op == UnaryOp::FNearest {
            // The addition itself rounds to nearest even.
            let sum = self.ins().fadd(magnitude, two52);
            self.ins().fsub(sum, two52)
        } else {
            let int = self.ins().fcvt_to_sint_sat(types::I64, x);
            let whole = self.ins().fcvt_from_sint(types::F64, int);
            match op {
                UnaryOp::FFloor => {
                    let above = self.ins().fcmp(condcodes::FloatCC::GreaterThan, whole, x);
                    let down = self.ins().fsub(whole, one);
                    self.ins().select(above, down, whole)
                }
                UnaryOp::FCeil => {
                    let below = self.ins().fcmp(condcodes::FloatCC::LessThan, whole, x);
                    let up = self.ins().fadd(whole, one);
                    self.ins().select(below, up, whole)
                }
                _ => whole,
            }
        };
        // Zero keeps its sign: ceil(-0.5) = -0.
        let signed = self.ins().fcopysign(rounded, x);
        self.ins().select(small, signed, x)
    }

    fn f64(&mut self, value: f64) -> cl::Value {
        self.ins().f64const(cl::immediates::Ieee64::with_float(value))
    }

    /// The constant behind a value.
    pub(super) fn constant(&self, value: Value) -> Option<i64> {
        match self.func.values[self.func.resolve(value)].def {
            ValueDef::Result(inst, _) => match self.func.insts[inst] {
                InstData::Iconst { imm, .. } => Some(imm),
                _ => None,
            },
            _ => None,
        }
    }

    fn binary(&mut self, op: BinaryOp, a: Value, b: Value) -> cl::Value {
        use BinaryOp::*;
        let ty = clif_type(self.func.ty(a));
        match op {
            Shl | LShr | AShr => return self.shift(op, a, b),
            SDiv | SRem | UDiv | URem => return self.divide(op, a, b),
            _ => {}
        }
        let (x, y) = (self.use_value(a), self.use_value(b));
        match op {
            Add => self.ins().iadd(x, y),
            Sub => self.ins().isub(x, y),
            Mul => self.ins().imul(x, y),
            And => self.ins().band(x, y),
            Or => self.ins().bor(x, y),
            Xor => self.ins().bxor(x, y),
            AndNot => {
                let not = self.ins().bnot(y);
                self.ins().band(x, not)
            }
            Rotl => self.ins().rotl(x, y),
            UMulHi if ty == types::I64 => self.ins().umulhi(x, y),
            SMulHi if ty == types::I64 => self.ins().smulhi(x, y),
            UMulHi | SMulHi => {
                let signed = op == SMulHi;
                let (x, y) = (self.extend(types::I64, x, signed), self.extend(types::I64, y, signed));
                let product = self.ins().imul(x, y);
                let width = self.ins().iconst(types::I64, i64::from(ty.bits()));
                let high = self.ins().ushr(product, width);
                self.ins().ireduce(ty, high)
            }
            FAdd => self.ins().fadd(x, y),
            FSub => self.ins().fsub(x, y),
            FMul => self.ins().fmul(x, y),
            FDiv => self.ins().fdiv(x, y),
            FMin => self.ins().fmin(x, y),
            FMax => self.ins().fmax(x, y),
            FCopysign => self.ins().fcopysign(x, y),
            Shl | LShr | AShr | SDiv | SRem | UDiv | URem => unreachable!("done above"),
        }
    }

    /// To a wider or equal type.
    pub(super) fn extend(&mut self, to: cl::Type, x: cl::Value, signed: bool) -> cl::Value {
        let from = self.cur.func.dfg.value_type(x);
        match (from == to, signed) {
            (true, _) => x,
            (false, true) => self.ins().sextend(to, x),
            (false, false) => self.ins().uextend(to, x),
        }
    }

    /// CLIF takes counts modulo the width; Go's shifts are total.
    fn shift(&mut self, op: BinaryOp, a: Value, b: Value) -> cl::Value {
        let ty = clif_type(self.func.ty(a));
        let width = i64::from(ty.bits());
        let count_ty = clif_type(self.func.ty(b));
        let x = self.use_value(a);
        if let Some(count) = self.constant(b) {
            let count = if count_ty.bits() < 64 { (count as u64) & ((1 << count_ty.bits()) - 1) } else { count as u64 };
            let in_range = count < width as u64;
            if !in_range && op != BinaryOp::AShr {
                return self.iconst(ty, 0);
            }
            let count = if in_range { count as i64 } else { width - 1 };
            let n = self.iconst(types::I32, count);
            return match op {
                BinaryOp::Shl => self.ins().ishl(x, n),
                BinaryOp::LShr => self.ins().ushr(x, n),
                _ => self.ins().sshr(x, n),
            };
        }
        let n = self.use_value(b);
        let limit = self.iconst(count_ty, width);
        let in_range = self.ins().icmp(condcodes::IntCC::UnsignedLessThan, n, limit);
        if op == BinaryOp::AShr {
            let last = self.iconst(count_ty, width - 1);
            let n = self.ins().select(in_range, n, last);
            return self.ins().sshr(x, n);
        }
        let shifted = if op == BinaryOp::Shl { self.ins().ishl(x, n) } else { self.ins().ushr(x, n) };
        let zero = self.iconst(ty, 0);
        self.ins().select(in_range, shifted, zero)
    }

    /// The divisor is not zero. MinInt / −1 traps in CLIF and must give MinInt; narrow types divide as i32, where it fits.
    fn divide(&mut self, op: BinaryOp, a: Value, b: Value) -> cl::Value {
        use BinaryOp::*;
        let ty = clif_type(self.func.ty(a));
        let known = self.constant(b);
        let (x, y) = (self.use_value(a), self.use_value(b));
        let signed = matches!(op, SDiv | SRem);
        if ty.bits() < 32 {
            let (x, y) = (self.extend(types::I32, x, signed), self.extend(types::I32, y, signed));
            let wide = match op {
                SDiv => self.ins().sdiv(x, y),
                UDiv => self.ins().udiv(x, y),
                SRem => self.ins().srem(x, y),
                _ => self.ins().urem(x, y),
            };
            return self.ins().ireduce(ty, wide);
        }
        match op {
            UDiv => self.ins().udiv(x, y),
            URem => self.ins().urem(x, y),
            SRem => self.ins().srem(x, y),
            _ if known.is_some_and(|d| d != 0 && d != -1) => self.ins().sdiv(x, y),
            _ => {
                let minus_one = self.iconst(ty, -1);
                let one = self.iconst(ty, 1);
                let special = self.ins().icmp(condcodes::IntCC::Equal, y, minus_one);
                let divisor = self.ins().select(special, one, y);
                let quotient = self.ins().sdiv(x, divisor);
                let negated = self.ins().ineg(x);
                self.ins().select(special, negated, quotient)
            }
        }
    }

    fn fma(&mut self, inst: Inst, args: &[Value; 3]) -> Result<(), Fail> {
        let ty = self.func.ty(args[0]);
        let [x, y, z] = args.map(|v| self.use_value(v));
        if self.target.has_fma {
            let result = self.ins().fma(x, y, z);
            self.define(inst, &[result]);
            return Ok(());
        }
        let Some(soft) = self.module.find("math.FMA").filter(|_| ty == Type::F64) else {
            return self.fail("not supported yet: fused multiply-add on this CPU level without math.FMA in the program");
        };
        let callee = self.func_ref(Sym::Func(soft), self.module.funcs[soft].sig);
        let call = self.ins().call(callee, &[x, y, z]);
        self.safepoint(inst, call);
        let result = self.cur.func.dfg.inst_results(call)[0];
        self.define(inst, &[result]);
        Ok(())
    }

    fn convert(&mut self, op: ConvertOp, ty: Type, arg: Value) -> cl::Value {
        let from = clif_type(self.func.ty(arg));
        let to = clif_type(ty);
        let x = self.use_value(arg);
        match op {
            ConvertOp::Trunc if from == to => x,
            ConvertOp::Trunc => self.ins().ireduce(to, x),
            ConvertOp::ZExt => self.extend(to, x, false),
            ConvertOp::SExt => self.extend(to, x, true),
            ConvertOp::FPromote if from == to => x,
            ConvertOp::FPromote => self.ins().fpromote(to, x),
            ConvertOp::FDemote if from == to => x,
            ConvertOp::FDemote => self.ins().fdemote(to, x),
            ConvertOp::SIToF => {
                let x = if from.bits() < 32 { self.extend(types::I32, x, true) } else { x };
                self.ins().fcvt_from_sint(to, x)
            }
            // A narrower unsigned number fits a signed one of 64 bits.
            ConvertOp::UIToF if from.bits() < 64 => {
                let x = self.extend(types::I64, x, false);
                self.ins().fcvt_from_sint(to, x)
            }
            ConvertOp::UIToF => self.ins().fcvt_from_uint(to, x),
            ConvertOp::FToSI => self.float_to_signed(to, x),
            ConvertOp::FToUI => self.float_to_unsigned(to, x),
            ConvertOp::Bitcast if from == to => x,
            ConvertOp::Bitcast => self.ins().bitcast(to, cl::MemFlagsData::new(), x),
            ConvertOp::PtrToInt => self.snapshot(x),
            ConvertOp::IntToPtr => x,
        }
    }

    /// 2^exponent in the type of `like`.
    fn power(&mut self, like: cl::Value, exponent: i32) -> cl::Value {
        if self.cur.func.dfg.value_type(like) == types::F32 {
            self.ins().f32const(cl::immediates::Ieee32::with_float(2f32.powi(exponent)))
        } else {
            self.f64(2f64.powi(exponent))
        }
    }

    /// amd64's cvttsd2si: out of range and NaN give the smallest integer. arm64 saturates, NaN gives 0.
    fn float_to_signed(&mut self, to: cl::Type, x: cl::Value) -> cl::Value {
        if to.bits() < 32 {
            let wide = self.float_to_signed(types::I32, x);
            return self.ins().ireduce(to, wide);
        }
        let saturated = self.ins().fcvt_to_sint_sat(to, x);
        if self.target.aarch64 {
            return saturated;
        }
        let bits = to.bits() as i32;
        let limit = self.power(x, bits - 1);
        let in_range = self.ins().fcmp(condcodes::FloatCC::LessThan, x, limit);
        let min = self.iconst(to, if bits == 64 { i64::MIN } else { i64::from(i32::MIN) });
        self.ins().select(in_range, saturated, min)
    }

    /// What gc does on amd64: narrow types through i32, u32 through i64, u64 in two halves around 2^63.
    fn float_to_unsigned(&mut self, to: cl::Type, x: cl::Value) -> cl::Value {
        if to.bits() < 32 {
            return self.float_to_signed(to, x);
        }
        if self.target.aarch64 {
            return self.ins().fcvt_to_uint_sat(to, x);
        }
        if to == types::I32 {
            let wide = self.float_to_signed(types::I64, x);
            return self.ins().ireduce(to, wide);
        }
        let cutoff = self.power(x, 63);
        let low = self.ins().fcmp(condcodes::FloatCC::LessThan, x, cutoff);
        let small = self.ins().fcvt_to_sint_sat(types::I64, x);
        let rest = self.ins().fsub(x, cutoff);
        let high = self.float_to_signed(types::I64, rest);
        let top = self.iconst(types::I64, i64::MIN);
        let large = self.ins().bor(high, top);
        self.ins().select(low, small, large)
    }
}
