//! What instructions compute, against Rust's arithmetic and figures measured with go1.27.3: operations that CLIF defines
//! otherwise than Go, switches, loops. One program runs all cases.

#[path = "../../codegen/tests/common/mod.rs"]
mod common;

use codegen::{OptLevel, Options, Triple};
use common::{Body, Maker};
use ir::*;
use std::fmt::Write;
use std::process::Command;
use std::sync::Arc;

/// Every tested function takes (x i64, y i64, f f64) and returns an i64.
const ARGS: [Type; 3] = [Type::I64, Type::I64, Type::F64];

struct Case {
    func: String,
    x: i64,
    y: i64,
    f: f64,
    want: i64,
}

struct Cases(Vec<Case>);

impl Cases {
    fn ints(&mut self, func: &str, x: i64, y: i64, want: i64) {
        self.0.push(Case { func: func.to_owned(), x, y, f: 0.0, want });
    }
    fn float(&mut self, func: &str, f: f64, want: i64) {
        self.0.push(Case { func: func.to_owned(), x: 0, y: 0, f, want });
    }
}

fn convert(b: &mut Body<'_>, op: ConvertOp, ty: Type, arg: Value) -> Value {
    if b.func.ty(arg) == ty { arg } else { b.val(InstData::Convert { op, ty, arg }) }
}

fn integers(maker: &mut Maker, cases: &mut Cases) {
    use BinaryOp::*;
    let values: [i64; 14] = [0, 1, -1, 2, 7, -7, 127, -128, 32767, i64::from(i32::MIN), i64::from(i32::MAX), i64::MIN, i64::MAX, 100];
    for ty in [Type::I8, Type::I16, Type::I32, Type::I64] {
        let bits = ty.bytes() * 8;
        let signed = |x: i64| x << (64 - bits) >> (64 - bits);
        let unsigned = |x: i64| (x as u64) << (64 - bits) >> (64 - bits);
        for op in [SDiv, SRem, UDiv, URem, Shl, LShr, AShr, Rotl, UMulHi, SMulHi] {
            let name = format!("{op:?}{ty:?}");
            let mut b = maker.func(&name, &ARGS, &[Type::I64]);
            let [x, y] = [0, 1].map(|i| {
                let v = b.params[i];
                convert(&mut b, ConvertOp::Trunc, ty, v)
            });
            let r = b.val(InstData::Binary { op, args: [x, y] });
            let r = convert(&mut b, ConvertOp::SExt, Type::I64, r);
            b.ret(&[r]);
            for x in values {
                for y in values {
                    let (sx, sy, ux, uy) = (signed(x), signed(y), unsigned(x), unsigned(y));
                    let want = match op {
                        SDiv | SRem | UDiv | URem if uy == 0 => continue,
                        SDiv => sx.wrapping_div(sy),
                        SRem => sx.wrapping_rem(sy),
                        UDiv => (ux / uy) as i64,
                        URem => (ux % uy) as i64,
                        Shl if uy >= u64::from(bits) => 0,
                        Shl => x << uy,
                        LShr if uy >= u64::from(bits) => 0,
                        LShr => (ux >> uy) as i64,
                        AShr => sx >> uy.min(u64::from(bits) - 1),
                        Rotl => (ux << (uy % u64::from(bits)) | ux.checked_shr(bits - uy as u32 % bits).unwrap_or(0)) as i64,
                        UMulHi => (u128::from(ux) * u128::from(uy) >> bits) as i64,
                        _ => (i128::from(sx) * i128::from(sy) >> bits) as i64,
                    };
                    cases.ints(&name, x, y, signed(want));
                }
            }
        }
    }
}

fn rounding(maker: &mut Maker, cases: &mut Cases) {
    let ops: [(UnaryOp, fn(f64) -> f64); 5] = [
        (UnaryOp::FFloor, f64::floor),
        (UnaryOp::FCeil, f64::ceil),
        (UnaryOp::FTrunc, f64::trunc),
        (UnaryOp::FNearest, f64::round_ties_even),
        (UnaryOp::FAbs, f64::abs),
    ];
    for (op, rust) in ops {
        let name = format!("{op:?}");
        let mut b = maker.func(&name, &ARGS, &[Type::I64]);
        let arg = b.params[2];
        let r = b.val(InstData::Unary { op, arg });
        let r = convert(&mut b, ConvertOp::Bitcast, Type::I64, r);
        b.ret(&[r]);
        let values = [
            0.0,
            0.2,
            0.5,
            1.5,
            2.5,
            3.7,
            0.499_999_999_999_999_94,
            4_503_599_627_370_497.5,
            4_503_599_627_370_495.5,
            1e300,
            f64::INFINITY,
            f64::NAN,
        ];
        for f in values.into_iter().flat_map(|f| [f, -f]) {
            cases.float(&name, f, rust(f).to_bits() as i64);
        }
    }
}

fn minimum(maker: &mut Maker, cases: &mut Cases) {
    for op in [BinaryOp::FMin, BinaryOp::FMax] {
        let name = format!("{op:?}");
        let mut b = maker.func(&name, &ARGS, &[Type::I64]);
        let y = b.params[0];
        let y = convert(&mut b, ConvertOp::Bitcast, Type::F64, y);
        let args = [b.params[2], y];
        let r = b.val(InstData::Binary { op, args });
        // A NaN's bits are not specified.
        let number = b.val(InstData::Fcmp { cc: FloatCC::Eq, args: [r, r] });
        let bits = convert(&mut b, ConvertOp::Bitcast, Type::I64, r);
        let nan = b.int(Type::I64, -1);
        let r = b.val(InstData::Select { args: [number, bits, nan] });
        b.ret(&[r]);
        let values = [0.0f64, -0.0, 1.0, -2.0, f64::INFINITY, f64::NAN];
        for x in values {
            for y in values {
                // -0 before +0: the order of totals.
                let (low, high) = if x.total_cmp(&y).is_le() { (x, y) } else { (y, x) };
                let want = if x.is_nan() || y.is_nan() { -1 } else { (if op == BinaryOp::FMin { low } else { high }).to_bits() as i64 };
                cases.0.push(Case { func: name.clone(), x: y.to_bits() as i64, y: 0, f: x, want });
            }
        }
    }
}

/// Out-of-range conversions as go1.27.3 does them on amd64.
fn float_to_int(maker: &mut Maker, cases: &mut Cases) {
    let kinds = [
        (ConvertOp::FToSI, Type::I64),
        (ConvertOp::FToSI, Type::I32),
        (ConvertOp::FToSI, Type::I8),
        (ConvertOp::FToUI, Type::I64),
        (ConvertOp::FToUI, Type::I32),
        (ConvertOp::FToUI, Type::I16),
    ];
    let measured: [(f64, [u64; 6]); 8] = [
        (f64::NAN, [1 << 63, 0x8000_0000, 0, 1 << 63, 0, 0]),
        (-1.5, [u64::MAX, 0xffff_ffff, 0xff, u64::MAX, 0xffff_ffff, 0xffff]),
        (300.0, [300, 300, 0x2c, 300, 300, 300]),
        (5e9, [0x1_2a05_f200, 0x8000_0000, 0, 0x1_2a05_f200, 0x2a05_f200, 0]),
        (-5e9, [0xffff_fffe_d5fa_0e00, 0x8000_0000, 0, 0xffff_fffe_d5fa_0e00, 0xd5fa_0e00, 0]),
        (1.7e19, [1 << 63, 0x8000_0000, 0, 0xebec_21ee_1da4_0000, 0, 0]),
        (2e19, [1 << 63, 0x8000_0000, 0, 1 << 63, 0, 0]),
        (-1e19, [1 << 63, 0x8000_0000, 0, 1 << 63, 0, 0]),
    ];
    for (k, (op, ty)) in kinds.into_iter().enumerate() {
        let name = format!("{op:?}{ty:?}");
        let mut b = maker.func(&name, &ARGS, &[Type::I64]);
        let arg = b.params[2];
        let r = convert(&mut b, op, ty, arg);
        let r = convert(&mut b, ConvertOp::ZExt, Type::I64, r);
        b.ret(&[r]);
        for (f, want) in measured {
            cases.float(&name, f, want[k] as i64);
        }
    }
}

fn switches(maker: &mut Maker, cases: &mut Cases) {
    for (shape, values) in [("dense", (-3..9).collect::<Vec<i64>>()), ("sparse", vec![-100, -7, 0, 1, 2, 3, 50, 90, 126])] {
        for ty in [Type::I8, Type::I32, Type::I64] {
            let name = format!("{shape}{ty:?}");
            let mut b = maker.func(&name, &ARGS, &[Type::I64]);
            let (arg, x) = (b.params[0], b.params[1]);
            let arg = convert(&mut b, ConvertOp::Trunc, ty, arg);
            let end = b.func.add_block();
            let result = b.func.add_param(end, Type::I64);
            let mut targets = Vec::new();
            for &value in &values {
                let v = b.int(Type::I64, 1000 + value);
                targets.push((value, BlockCall { block: end, args: [v].into_iter().collect() }));
            }
            b.add(InstData::Switch { arg, cases: targets, default: BlockCall { block: end, args: [x].into_iter().collect() } });
            b.block = end;
            b.ret(&[result]);
            for v in -128..128 {
                cases.ints(&name, v, 5, if values.contains(&v) { 1000 + v } else { 5 });
            }
            if ty == Type::I64 {
                for far in [(1 << 32) + 1, i64::MIN, i64::MAX] {
                    cases.ints(&name, far, 5, 5);
                }
            }
        }
    }
}

/// Nested loops with `break` and `continue`, as Go lowers them: twice the number of primes below min(n, 5001).
fn sieve(maker: &mut Maker, cases: &mut Cases) {
    use BinaryOp::{Add, Mul};
    let arr = maker.layout(1000, 0);
    let mut b = maker.func("sieve", &ARGS, &[Type::I64]);
    let n = b.params[0];
    let [h1, b1, p1, h2, b2, h3, b3, c3, p3, x3, x1] = std::array::from_fn(|_| b.func.add_block());
    let a = b.alloc(arr, Place::Stack);
    let two = b.int(Type::I64, 2);
    let zero = b.int(Type::I64, 0);
    let one = b.int(Type::I64, 1);
    let one8 = b.int(Type::I8, 1);
    let i = b.func.add_param(h1, Type::I64);
    b.jump(h1, &[two]);
    b.block = h1;
    let sq = b.val(InstData::Binary { op: Mul, args: [i, i] });
    let c = b.val(InstData::Icmp { cc: IntCC::Sle, args: [sq, n] });
    b.brif(c, b1, x1);
    b.block = b1;
    let at = b.val(InstData::PtrAdd { args: [a, i] });
    let v = b.load(Type::I8, at, 0);
    b.brif(v, p1, h2);
    b.block = h2;
    let j0 = b.val(InstData::Binary { op: Mul, args: [i, i] });
    let j = b.func.add_param(b2, Type::I64);
    b.jump(b2, &[j0]);
    b.block = b2;
    let c = b.val(InstData::Icmp { cc: IntCC::Slt, args: [j, n] });
    let body2 = b.func.add_block();
    b.brif(c, body2, p1);
    b.block = body2;
    let at = b.val(InstData::PtrAdd { args: [a, j] });
    b.store(one8, at, 0);
    let j2 = b.val(InstData::Binary { op: Add, args: [j, i] });
    b.jump(b2, &[j2]);
    b.block = p1;
    let i2 = b.val(InstData::Binary { op: Add, args: [i, one] });
    b.jump(h1, &[i2]);
    b.block = x1;
    let k = b.func.add_param(h3, Type::I64);
    let cnt = b.func.add_param(h3, Type::I64);
    b.jump(h3, &[two, zero]);
    b.block = h3;
    let c = b.val(InstData::Icmp { cc: IntCC::Slt, args: [k, n] });
    b.brif(c, b3, x3);
    b.block = b3;
    let k2 = b.val(InstData::Binary { op: Add, args: [k, one] });
    let big = b.int(Type::I64, 5000);
    let c = b.val(InstData::Icmp { cc: IntCC::Sgt, args: [k, big] });
    b.brif(c, x3, c3);
    b.block = c3;
    let at = b.val(InstData::PtrAdd { args: [a, k] });
    let v = b.load(Type::I8, at, 0);
    let cnt2 = b.func.add_param(p3, Type::I64);
    let cnt3 = b.val(InstData::Binary { op: Add, args: [cnt, one] });
    b.add(InstData::Brif {
        cond: v,
        then: BlockCall { block: h3, args: [k2, cnt].into_iter().collect() },
        els: BlockCall { block: p3, args: [cnt3].into_iter().collect() },
    });
    b.block = p3;
    b.jump(h3, &[k2, cnt2]);
    b.block = x3;
    let r = b.val(InstData::Binary { op: Mul, args: [cnt, two] });
    b.ret(&[r]);
    for n in [2, 3, 10, 100, 4999, 7000] {
        let is_prime = |x: i64| (2..x).take_while(|d| d * d <= x).all(|d| x % d != 0);
        let primes = (2..n.min(5001)).filter(|&x| is_prime(x)).count() as i64;
        cases.ints("sieve", n, 0, 2 * primes);
    }
}

/// `go.main` prints the result of every case, through functions of a few hundred calls each.
fn main_func(maker: &mut Maker, cases: &Cases) {
    let mut parts = Vec::new();
    for (n, chunk) in cases.0.chunks(300).enumerate() {
        let mut b = maker.func(&format!("part{n}"), &[], &[]);
        for case in chunk {
            let (x, y) = (b.int(Type::I64, case.x), b.int(Type::I64, case.y));
            let f = b.val(InstData::Fconst { ty: Type::F64, bits: case.f.to_bits() });
            let r = b.call(&case.func, &[x, y, f])[0];
            b.rt("gorc_printint", &[r]);
            b.rt("gorc_printnl", &[]);
        }
        b.ret(&[]);
        parts.push(format!("part{n}"));
    }
    let mut b = maker.func("go.main", &[], &[]);
    for part in parts {
        b.call(&part, &[]);
    }
    b.ret(&[]);
}

fn run(maker: &Maker, opt_level: OptLevel) -> String {
    let triple: Triple = "x86_64-unknown-linux-gnu".parse().expect("triple");
    let object = codegen::compile(&maker.module, &Options { verify: true, opt_level, ..Options::new(triple) }).unwrap_or_else(|e| panic!("{e}"));
    let inputs = [
        link::Input { name: "main.o".into(), bytes: Arc::from(object.bytes) },
        link::Input { name: "libruntime.a".into(), bytes: Arc::from(gorc::runtime_archive::RUNTIME_X86_64) },
    ];
    let program = link::link(link::Arch::X86_64, &inputs, link::Options::default()).expect("link");
    let dir = tempfile::tempdir().expect("directory");
    let path = dir.path().join("semantics");
    std::fs::write(&path, program).expect("write");
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("mode");
    let out = Command::new("timeout").arg("20").arg(&path).output().expect("run");
    assert!(out.status.success(), "{:?}: {}", out.status, String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stderr).expect("digits")
}

#[test]
fn instructions_compute_what_go_computes() {
    let mut maker = Maker::new();
    let mut cases = Cases(Vec::new());
    integers(&mut maker, &mut cases);
    rounding(&mut maker, &mut cases);
    minimum(&mut maker, &mut cases);
    float_to_int(&mut maker, &mut cases);
    switches(&mut maker, &mut cases);
    sieve(&mut maker, &mut cases);
    main_func(&mut maker, &cases);
    for opt_level in [OptLevel::Speed, OptLevel::None] {
        let output = run(&maker, opt_level);
        let got: Vec<&str> = output.lines().collect();
        assert_eq!(got.len(), cases.0.len());
        let mut wrong = String::new();
        for (case, got) in cases.0.iter().zip(got) {
            if *got != case.want.to_string() {
                writeln!(wrong, "{}({}, {}, {}) = {got}, want {}", case.func, case.x, case.y, case.f, case.want).expect("string");
            }
        }
        assert!(wrong.is_empty(), "{opt_level:?}:\n{wrong}");
    }
}
