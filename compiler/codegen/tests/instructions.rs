//! Every instruction compiles on both targets, optimised or not, and passes Cranelift's verifier.

mod common;

use common::{Maker, compile_everywhere};
use ir::*;

const INTS: [Type; 4] = [Type::I8, Type::I16, Type::I32, Type::I64];

#[test]
fn integers() {
    let mut maker = Maker::new();
    use BinaryOp::*;
    for ty in INTS {
        for op in [Add, Sub, Mul, SDiv, UDiv, SRem, URem, And, Or, Xor, AndNot, UMulHi, SMulHi, Rotl] {
            let mut b = maker.func(&format!("bin{op:?}{ty:?}"), &[ty, ty], &[ty]);
            let args = [b.params[0], b.params[1]];
            let r = b.val(InstData::Binary { op, args });
            b.ret(&[r]);
            let mut b = maker.func(&format!("const{op:?}{ty:?}"), &[ty], &[ty]);
            let seven = b.int(ty, 7);
            let args = [b.params[0], seven];
            let r = b.val(InstData::Binary { op, args });
            b.ret(&[r]);
        }
        for op in [Shl, LShr, AShr, Rotl] {
            for count in INTS {
                let mut b = maker.func(&format!("shift{op:?}{ty:?}{count:?}"), &[ty, count], &[ty]);
                let args = [b.params[0], b.params[1]];
                let r = b.val(InstData::Binary { op, args });
                b.ret(&[r]);
            }
            for n in [0, 3, 63, 64, 200] {
                let mut b = maker.func(&format!("shift{op:?}{ty:?}by{n}"), &[ty], &[ty]);
                let n = b.int(Type::I64, n);
                let args = [b.params[0], n];
                let r = b.val(InstData::Binary { op, args });
                b.ret(&[r]);
            }
        }
        for op in [UnaryOp::Neg, UnaryOp::Not, UnaryOp::Clz, UnaryOp::Ctz, UnaryOp::Popcnt, UnaryOp::Bswap, UnaryOp::Bitrev] {
            let mut b = maker.func(&format!("un{op:?}{ty:?}"), &[ty], &[ty]);
            let arg = b.params[0];
            let r = b.val(InstData::Unary { op, arg });
            b.ret(&[r]);
        }
        use IntCC::*;
        for cc in [Eq, Ne, Slt, Sle, Sgt, Sge, Ult, Ule, Ugt, Uge] {
            let mut b = maker.func(&format!("cmp{cc:?}{ty:?}"), &[ty, ty], &[Type::I8]);
            let args = [b.params[0], b.params[1]];
            let r = b.val(InstData::Icmp { cc, args });
            let r = b.val(InstData::Select { args: [r, r, r] });
            b.ret(&[r]);
        }
    }
    compile_everywhere(&maker.module);
}

#[test]
fn floats() {
    let mut maker = Maker::new();
    // Without fused multiply-add in the CPU, this is called.
    let b = maker.func("math.FMA", &[Type::F64, Type::F64, Type::F64], &[Type::F64]);
    let x = b.params[0];
    b.ret(&[x]);
    for ty in [Type::F32, Type::F64] {
        use BinaryOp::*;
        for op in [FAdd, FSub, FMul, FDiv, FMin, FMax, FCopysign] {
            let mut b = maker.func(&format!("bin{op:?}{ty:?}"), &[ty, ty], &[ty]);
            let args = [b.params[0], b.params[1]];
            let r = b.val(InstData::Binary { op, args });
            b.ret(&[r]);
        }
        use UnaryOp::*;
        for op in [FNeg, FAbs, FSqrt, FFloor, FCeil, FTrunc, FNearest] {
            let mut b = maker.func(&format!("un{op:?}{ty:?}"), &[ty], &[ty]);
            let arg = b.params[0];
            let r = b.val(InstData::Unary { op, arg });
            b.ret(&[r]);
        }
        for cc in [FloatCC::Eq, FloatCC::Ne, FloatCC::Lt, FloatCC::Le, FloatCC::Gt, FloatCC::Ge] {
            let mut b = maker.func(&format!("cmp{cc:?}{ty:?}"), &[ty, ty], &[Type::I8]);
            let args = [b.params[0], b.params[1]];
            let r = b.val(InstData::Fcmp { cc, args });
            b.ret(&[r]);
        }
        for int in INTS {
            for (op, from, to) in [(ConvertOp::SIToF, int, ty), (ConvertOp::UIToF, int, ty), (ConvertOp::FToSI, ty, int), (ConvertOp::FToUI, ty, int)]
            {
                let mut b = maker.func(&format!("{op:?}{from:?}{to:?}"), &[from], &[to]);
                let arg = b.params[0];
                let r = b.val(InstData::Convert { op, ty: to, arg });
                b.ret(&[r]);
            }
        }
        let mut b = maker.func(&format!("const{ty:?}"), &[], &[ty]);
        let r = b.val(InstData::Fconst { ty, bits: 0x3f80_0000 });
        b.ret(&[r]);
    }
    let mut b = maker.func("fma", &[Type::F64, Type::F64, Type::F64], &[Type::F64]);
    let args = [b.params[0], b.params[1], b.params[2]];
    let r = b.val(InstData::Fma { args });
    b.ret(&[r]);
    compile_everywhere(&maker.module);
}

#[test]
fn conversions() {
    let mut maker = Maker::new();
    use ConvertOp::*;
    use Type::*;
    let mut cases = vec![
        (FPromote, F32, F64),
        (FDemote, F64, F32),
        (Bitcast, I32, F32),
        (Bitcast, F32, I32),
        (Bitcast, I64, F64),
        (Bitcast, F64, I64),
        (PtrToInt, Ptr, I64),
        (IntToPtr, I64, Ptr),
    ];
    for (i, small) in INTS.into_iter().enumerate() {
        for large in INTS.into_iter().skip(i + 1) {
            cases.extend([(Trunc, large, small), (ZExt, small, large), (SExt, small, large)]);
        }
    }
    for (op, from, to) in cases {
        let mut b = maker.func(&format!("{op:?}{from:?}{to:?}"), &[from], &[to]);
        let arg = b.params[0];
        let r = b.val(InstData::Convert { op, ty: to, arg });
        b.ret(&[r]);
    }
    compile_everywhere(&maker.module);
}

#[test]
fn memory() {
    let mut maker = Maker::new();
    for ty in [Type::I8, Type::I16, Type::I32, Type::I64, Type::F32, Type::F64, Type::Ptr] {
        let mut b = maker.func(&format!("copy{ty:?}"), &[Type::Ptr, Type::Ptr], &[]);
        let (p, q) = (b.params[0], b.params[1]);
        let v = b.load(ty, p, 8);
        b.store(v, q, 16);
        let v = b.val(InstData::Load { ty, addr: p, offset: 0, flags: MemFlags { notrap: true, readonly: true } });
        b.add(InstData::Store { value: v, addr: q, offset: -8, flags: MemFlags { notrap: true, readonly: false } });
        b.ret(&[]);
    }
    for ty in [Type::I8, Type::I16, Type::I32, Type::I64, Type::Ptr] {
        let mut b = maker.func(&format!("atomic{ty:?}"), &[Type::Ptr, ty, ty], &[ty, Type::I8]);
        let (addr, x, y) = (b.params[0], b.params[1], b.params[2]);
        let old = b.val(InstData::AtomicLoad { ty, addr });
        b.add(InstData::AtomicStore { value: old, addr });
        for op in [AtomicOp::Add, AtomicOp::And, AtomicOp::Or, AtomicOp::Xchg] {
            b.val(InstData::AtomicRmw { op, addr, value: x });
        }
        let swapped = b.val(InstData::AtomicCas { args: [addr, x, y] });
        b.ret(&[old, swapped]);
    }
    for words in [0, 1, 2, 3, 15, 16, 17, 1000] {
        let layout = maker.layout(words, if words == 0 { 0 } else { 1 });
        let mut b = maker.func(&format!("block{words}"), &[Type::Ptr], &[Type::Ptr]);
        let p = b.params[0];
        let heap = b.alloc(layout, Place::Heap);
        let stack = b.alloc(layout, Place::Stack);
        b.add(InstData::Move { layout, dst: stack, src: p });
        b.add(InstData::Zero { layout, addr: p });
        b.add(InstData::Move { layout, dst: heap, src: stack });
        let inner = b.val(InstData::PtrOffset { arg: stack, offset: 8 });
        let index = b.int(Type::I64, 16);
        let far = b.val(InstData::PtrAdd { args: [inner, index] });
        b.add(InstData::KeepAlive { arg: far });
        b.ret(&[heap]);
    }
    compile_everywhere(&maker.module);
}

#[test]
fn addresses() {
    let mut maker = Maker::new();
    let global = |symbol: &str, section, size, data: Vec<u8>, external| Global {
        symbol: symbol.to_owned(),
        section,
        size,
        align: 8,
        data,
        relocs: vec![],
        layout: None,
        typelink: false,
        external,
    };
    let ro = maker.module.globals.push(global("text", Section::ReadOnly, 5, b"hello".to_vec(), false));
    let bss = maker.module.globals.push(global("zero", Section::Data, 64, vec![], false));
    let data = maker.module.globals.push(global("data", Section::Data, 8, vec![1; 8], false));
    let external = maker.module.globals.push(global("gorc_zeroval", Section::Data, 0, vec![], true));
    let mut b = maker.func("addresses", &[], &[Type::Ptr, Type::Ptr, Type::Ptr, Type::Ptr]);
    let id = b.id;
    let [ro, bss, data, external] = [ro, bss, data, external].map(|g| b.val(InstData::GlobalAddr { global: g, offset: 4 }));
    let null = b.val(InstData::Null);
    let code = b.val(InstData::FuncAddr { func: id });
    let frame = b.val(InstData::FramePointer);
    let g = b.val(InstData::GetG);
    for v in [null, code, frame, external] {
        b.store(v, bss, 0);
        b.store(v, g, 56);
    }
    b.ret(&[ro, bss, data, code]);
    compile_everywhere(&maker.module);
}

#[test]
fn control() {
    let mut maker = Maker::new();
    for ty in INTS {
        for (name, values) in [("dense", (-3..9).collect::<Vec<i64>>()), ("sparse", vec![-100, -7, 0, 1, 2, 3, 50, 90, 126]), ("few", vec![1, 5])] {
            let mut b = maker.func(&format!("{name}{ty:?}"), &[ty, Type::I64], &[Type::I64]);
            let (arg, x) = (b.params[0], b.params[1]);
            let end = b.func.add_block();
            let result = b.func.add_param(end, Type::I64);
            let mut cases = Vec::new();
            for &value in &values {
                let v = b.int(Type::I64, 1000 + value);
                cases.push((value, BlockCall { block: end, args: [v].into_iter().collect() }));
            }
            let default = BlockCall { block: end, args: [x].into_iter().collect() };
            b.add(InstData::Switch { arg, cases, default });
            b.block = end;
            b.ret(&[result]);
        }
    }
    let mut b = maker.func("tail", &[Type::I64, Type::I64], &[Type::I64]);
    let callee = b.maker.module.find("sparseI64").expect("made");
    let args = [b.params[1], b.params[0]].into_iter().collect();
    b.add(InstData::TailCall { func: callee, args });
    b.done();
    let mut b = maker.func("unreachable", &[], &[Type::I64]);
    b.add(InstData::Unreachable);
    b.done();
    // A loop with a poll, whose exit is the else target.
    let mut b = maker.func("loop", &[Type::Ptr, Type::I64], &[Type::I64]);
    let (p, n) = (b.params[0], b.params[1]);
    let [head, body, exit] = std::array::from_fn(|_| b.func.add_block());
    let i = b.func.add_param(head, Type::I64);
    let sum = b.func.add_param(head, Type::I64);
    let zero = b.int(Type::I64, 0);
    b.jump(head, &[zero, zero]);
    b.block = head;
    let more = b.val(InstData::Icmp { cc: IntCC::Slt, args: [i, n] });
    b.brif(more, body, exit);
    b.block = body;
    b.add(InstData::Poll);
    let eight = b.int(Type::I64, 8);
    let at = b.val(InstData::Binary { op: BinaryOp::Mul, args: [i, eight] });
    let at = b.val(InstData::PtrAdd { args: [p, at] });
    let x = b.load(Type::I64, at, 0);
    let sum2 = b.val(InstData::Binary { op: BinaryOp::Add, args: [sum, x] });
    let one = b.int(Type::I64, 1);
    let i2 = b.val(InstData::Binary { op: BinaryOp::Add, args: [i, one] });
    b.jump(head, &[i2, sum2]);
    b.block = exit;
    b.ret(&[sum]);
    compile_everywhere(&maker.module);
}

#[test]
fn checks() {
    let mut maker = Maker::new();
    use CheckKind::*;
    let two = [
        Index,
        IndexU,
        SliceAlen,
        SliceAlenU,
        SliceAcap,
        SliceAcapU,
        SliceB,
        SliceBU,
        Slice3Alen,
        Slice3AlenU,
        Slice3Acap,
        Slice3AcapU,
        Slice3B,
        Slice3BU,
        Slice3C,
        Slice3CU,
        SliceConvert,
    ];
    let mut b = maker.func("checks", &[Type::I64, Type::I64, Type::Ptr], &[]);
    let (x, y, p) = (b.params[0], b.params[1], b.params[2]);
    for kind in two {
        b.add(InstData::Check { kind, args: [x, y].into_iter().collect() });
    }
    for kind in [Div, Shift] {
        b.add(InstData::Check { kind, args: [x].into_iter().collect() });
    }
    b.add(InstData::Check { kind: Nil, args: [p].into_iter().collect() });
    b.ret(&[]);
    compile_everywhere(&maker.module);
}

#[test]
fn calls() {
    let mut maker = Maker::new();
    let many: Vec<Type> = [Type::I64, Type::Ptr, Type::F64, Type::I8, Type::F32].repeat(5);
    let results = [
        Type::I64,
        Type::Ptr,
        Type::I64,
        Type::Ptr,
        Type::I64,
        Type::Ptr,
        Type::F64,
        Type::F64,
        Type::F64,
        Type::F64,
        Type::F32,
        Type::F32,
        Type::F32,
        Type::F32,
    ];
    let mut b = maker.func("many", &many, &results);
    let args = b.params.clone();
    let out = b.call("many", &args);
    let sig = b.maker.sig(&many, &results);
    let code = b.val(InstData::FuncAddr { func: b.id });
    let out2 = b.add(InstData::CallPtr { sig, callee: code, args: args.iter().copied().collect() });
    assert_eq!(b.func.results[out2].len(), out.len());
    b.ret(&out);
    let mut b = maker.func("closure", &[Type::I64, Type::Ptr], &[Type::Ptr]);
    let (x, f) = (b.params[0], b.params[1]);
    let sig = b.maker.sig(&[Type::I64, Type::Ptr], &[Type::Ptr]);
    let inst = b.add(InstData::CallClosure { sig, callee: f, args: [x].into_iter().collect() });
    let r = b.func.result(inst);
    b.ret(&[r]);
    let mut b = maker.func("runtime", &[Type::Ptr, Type::I64], &[Type::Ptr, Type::I64]);
    let (p, n) = (b.params[0], b.params[1]);
    let new = b.rt("gorc_concatstring2", &[p, n, p, n]);
    b.rt("gorc_memmove", &[new[0], p, n]);
    let name = b.maker.module.string("sync.runtime_Semacquire");
    let layout = b.maker.layout(2, 1);
    let block = b.alloc(layout, Place::Stack);
    b.store(p, block, 0);
    b.add(InstData::CallStd { name, block });
    b.ret(&new);
    compile_everywhere(&maker.module);
}

#[test]
fn enter() {
    let mut maker = Maker::new();
    let leaf = maker.func("leaf", &[Type::Ptr], &[]);
    leaf.ret(&[]);
    let layout = maker.layout(3, 7);
    let mut b = maker.func("deferring", &[Type::Ptr, Type::I64], &[Type::I64]);
    let (p, n) = (b.params[0], b.params[1]);
    let slot = b.alloc(layout, Place::Stack);
    let ret = b.alloc(layout, Place::Stack);
    let [normal, landing, exit] = std::array::from_fn(|_| b.func.add_block());
    b.add(InstData::Enter { normal, landing });
    b.block = normal;
    b.call("leaf", &[slot]);
    b.store(n, ret, 16);
    b.store(p, slot, 0);
    b.call("leaf", &[p]);
    b.jump(exit, &[]);
    b.block = landing;
    b.jump(exit, &[]);
    b.block = exit;
    let head = b.load(Type::Ptr, slot, 8);
    b.call("leaf", &[head]);
    let forty = b.int(Type::I64, 40);
    let r = b.load(Type::I64, ret, 16);
    let r = b.val(InstData::Binary { op: BinaryOp::Add, args: [r, forty] });
    b.ret(&[r]);
    compile_everywhere(&maker.module);
    assert!(common::stack_maps(&maker.module, "deferring").contains("landing 0x"));
}

/// The runtime enters the landing block with other registers than `enter` had.
#[test]
fn landing_uses_no_registers() {
    let mut maker = Maker::new();
    let mut b = maker.func("bad", &[Type::I64], &[Type::I64]);
    let n = b.params[0];
    let [normal, landing] = std::array::from_fn(|_| b.func.add_block());
    b.add(InstData::Enter { normal, landing });
    b.block = normal;
    b.jump(landing, &[]);
    b.block = landing;
    b.ret(&[n]);
    let error = codegen::compile(&maker.module, &common::targets()[0]).expect_err("uses a parameter");
    assert_eq!(error.func, "bad");
    assert!(error.message.contains("landing"), "{error}");
}
