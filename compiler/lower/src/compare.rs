//! `==`, `<` and their like: on basic types, strings, interfaces, arrays, structs; `Equal` functions of
//! type descriptors.

use crate::Program;
use crate::emit::{Addr, Val};
use crate::func::FuncCx;
use crate::ty::{Basic, Kind, Ty};
use ir::{Block, ConvertOp, FuncId, InstData, IntCC, Type, Value};
use syntax::ast::{BinaryOp, ExprId};
use types::Mode;

/// Arrays up to this many elements are compared without a loop.
const UNROLL: u64 = 4;

impl FuncCx<'_, '_> {
    pub fn comparison(&mut self, e: ExprId, op: BinaryOp, lhs: ExprId, rhs: ExprId) -> Val {
        // nil takes the other operand's type.
        for (x, nil) in [(lhs, rhs), (rhs, lhs)] {
            if self.info.mode_of(nil) == Mode::Nil {
                if self.info.mode_of(x) == Mode::Nil {
                    return Val::one(self.bool_const(op == BinaryOp::Equal));
                }
                let v = self.expr(x);
                self.at_expr(e);
                let is_nil = self.is_null(v.at(0));
                return Val::one(if op == BinaryOp::Equal { is_nil } else { self.not(is_nil) });
            }
        }
        let (lt, rt) = (self.type_of(lhs), self.type_of(rhs));
        let (li, ri) = (self.p.is_interface(lt), self.p.is_interface(rt));
        // A constant takes the other operand's type.
        let ty = if self.info.value(lhs).is_some() && !ri { rt } else { lt };
        if li != ri {
            let (iface, concrete) = if li { (lhs, rhs) } else { (rhs, lhs) };
            let (iface_ty, concrete_ty) = (self.type_of(iface), self.type_of(concrete));
            let (a, b) = if li {
                let a = self.expr(iface);
                (a, self.expr(concrete))
            } else {
                let b = self.expr(concrete);
                (self.expr(iface), b)
            };
            self.at_expr(e);
            let equal = self.iface_equals_concrete(&a, iface_ty, &b, concrete_ty);
            return Val::one(if op == BinaryOp::Equal { equal } else { self.not(equal) });
        }
        if li && lt != rt {
            let x = self.expr(lhs);
            let y = self.expr(rhs);
            self.at_expr(e);
            let equal = self.mixed_ifaces_equal(&x, lt, &y, rt);
            return Val::one(if op == BinaryOp::Equal { equal } else { self.not(equal) });
        }
        let x = self.expr_to(lhs, ty);
        let y = self.expr_to(rhs, ty);
        self.at_expr(e);
        Val::one(self.compare(op, ty, &x, &y))
    }

    /// `==` of interfaces of different static types: as empty interfaces.
    pub fn mixed_ifaces_equal(&mut self, x: &Val, xt: Ty, y: &Val, yt: Ty) -> Value {
        let any = self.p.tys.common.any;
        let x = self.to_iface(x.clone(), xt, any);
        let y = self.to_iface(y.clone(), yt, any);
        self.ifaces_equal(&x, &y, true)
    }

    /// `x op y`, both of type `ty` (two interfaces may differ in their static types).
    pub fn compare(&mut self, op: BinaryOp, ty: Ty, x: &Val, y: &Val) -> Value {
        use BinaryOp::{Equal, NotEqual};
        match &*self.p.under(ty) {
            Kind::Basic(b) => match b {
                Basic::String => self.compare_strings(op, x, y),
                b if b.is_float() => self.fcmp(Self::float_cc(op), x.scalar(), y.scalar()),
                b if b.is_complex() => {
                    let re = self.fcmp(ir::FloatCC::Eq, x.at(0), y.at(0));
                    let im = self.fcmp(ir::FloatCC::Eq, x.at(1), y.at(1));
                    let both = self.bin(ir::BinaryOp::And, re, im);
                    if op == NotEqual { self.not(both) } else { both }
                }
                b => self.icmp(Self::int_cc(op, b.is_unsigned()), x.scalar(), y.scalar()),
            },
            Kind::Pointer(_) | Kind::Chan(..) | Kind::Map(..) | Kind::Func(_) => self.icmp(Self::int_cc(op, true), x.scalar(), y.scalar()),
            _ => {
                debug_assert!(matches!(op, Equal | NotEqual));
                let equal = self.equal(ty, x, y);
                if op == NotEqual { self.not(equal) } else { equal }
            }
        }
    }

    fn compare_strings(&mut self, op: BinaryOp, x: &Val, y: &Val) -> Value {
        if matches!(op, BinaryOp::Equal | BinaryOp::NotEqual) {
            let equal = self.strings_equal(x, y);
            return if op == BinaryOp::NotEqual { self.not(equal) } else { equal };
        }
        let order = self.rt1("gorc_cmpstring", &[x.at(0), x.at(1), y.at(0), y.at(1)]);
        let zero = self.int(0);
        self.icmp(Self::int_cc(op, false), order, zero)
    }

    pub fn strings_equal(&mut self, x: &Val, y: &Val) -> Value {
        let same_len = self.icmp(IntCC::Eq, x.at(1), y.at(1));
        let (p, q, n) = (x.at(0), y.at(0), x.at(1));
        self.diamond(
            same_len,
            |cx| {
                let equal = cx.rt1("gorc_memequal", &[p, q, n]);
                Val::one(cx.truth(equal))
            },
            |cx| Val::one(cx.bool_const(false)),
        )
        .scalar()
    }

    /// Equality of two values of one type.
    pub fn equal(&mut self, ty: Ty, x: &Val, y: &Val) -> Value {
        match &*self.p.under(ty) {
            Kind::Interface(methods) => self.ifaces_equal(x, y, methods.is_empty()),
            Kind::Struct(_) | Kind::Array(..) => {
                if let (Val::Mem { addr: p, .. }, Val::Mem { addr: q, .. }) = (x, y) {
                    return self.memory_equal(ty, *p, *q);
                }
                let (no, join) = (self.new_block(), self.new_block());
                let result = self.f.add_param(join, Type::I8);
                self.parts_equal(ty, x, y, no);
                let yes = self.bool_const(true);
                self.jump_with(join, &[yes]);
                self.start(no);
                let zero = self.bool_const(false);
                self.jump_with(join, &[zero]);
                self.start(join);
                result
            }
            _ => self.compare(BinaryOp::Equal, ty, x, y),
        }
    }

    /// Compares the parts of a struct or array held in scalars and leaves to `no` at a difference.
    fn parts_equal(&mut self, ty: Ty, x: &Val, y: &Val, no: Block) {
        for run in self.p.comparison_runs(ty) {
            for phase in [Phase::Quick, Phase::Slow] {
                for &(part, offset) in &run {
                    if !self.p.takes_part(part, phase) {
                        continue;
                    }
                    let a = self.extract(ty, x, part, offset);
                    let b = self.extract(ty, y, part, offset);
                    let equal = self.phase_equal(part, &a, &b, phase);
                    self.leave_unless(equal, no);
                }
            }
        }
    }

    fn leave_unless(&mut self, equal: Value, no: Block) {
        let next = self.new_block();
        self.brif(equal, next, no);
        self.start(next);
    }

    /// What a phase compares of two values that are no structs.
    fn phase_equal(&mut self, ty: Ty, x: &Val, y: &Val, phase: Phase) -> Value {
        match (&*self.p.under(ty), phase) {
            (Kind::Basic(Basic::String), Phase::Quick) => self.icmp(IntCC::Eq, x.at(1), y.at(1)),
            (Kind::Basic(Basic::String), Phase::Slow) => {
                let equal = self.rt1("gorc_memequal", &[x.at(0), y.at(0), x.at(1)]);
                self.truth(equal)
            }
            (Kind::Interface(_), Phase::Quick) => self.icmp(IntCC::Eq, x.at(0), y.at(0)),
            _ => self.equal(ty, x, y),
        }
    }

    /// Equality of two values in memory.
    pub fn memory_equal(&mut self, ty: Ty, p: Value, q: Value) -> Value {
        if self.p.is_regular_memory(ty) {
            let n = self.p.size_of(ty);
            let n = self.int(n as i64);
            let equal = self.rt1("gorc_memequal", &[p, q, n]);
            return self.truth(equal);
        }
        // The descriptor's function: compared once in the program.
        let func = self.p.func(crate::program::FuncKey::Equal(ty));
        let null = self.null();
        let inst = self.ins(InstData::Call { func, args: [p, q, null].into_iter().collect() });
        self.f.result(inst)
    }

    /// `==` of two interfaces: the first words say the dynamic types.
    fn ifaces_equal(&mut self, x: &Val, y: &Val, empty: bool) -> Value {
        let (xt, xd, yt, yd) = (x.at(0), x.at(1), y.at(0), y.at(1));
        // Itabs are one per (interface, type), so equal words mean equal dynamic types.
        let same = self.icmp(IntCC::Eq, xt, yt);
        self.diamond(
            same,
            |cx| {
                let nil = cx.is_null(xt);
                cx.diamond(
                    nil,
                    |cx| Val::one(cx.bool_const(true)),
                    |cx| {
                        let ty = if empty {
                            xt
                        } else {
                            cx.load_leaf(Addr { readonly: true, ..Addr::safe(xt) }, abi::typedesc::itab::TYPE as u64, Type::Ptr)
                        };
                        let equal = cx.rt1("gorc_efaceeq", &[ty, xd, yd]);
                        Val::one(cx.truth(equal))
                    },
                )
            },
            |cx| Val::one(cx.bool_const(false)),
        )
        .scalar()
    }

    /// `iface == concrete`: same dynamic type, and equal values.
    pub fn iface_equals_concrete(&mut self, iface: &Val, iface_ty: Ty, val: &Val, ty: Ty) -> Value {
        let has = self.has_dynamic_type(iface.at(0), iface_ty, ty);
        let data = iface.at(1);
        let val = val.clone();
        self.diamond(
            has,
            |cx| {
                let other = cx.unbox(ty, data);
                Val::one(cx.equal(ty, &other, &val))
            },
            |cx| Val::one(cx.bool_const(false)),
        )
        .scalar()
    }
}

impl Program<'_> {
    /// `func(p, q unsafe.Pointer) bool` of a descriptor, with the hidden parameter.
    pub fn make_equal(&mut self, id: FuncId, ty: Ty) {
        let name = self.module.funcs[id].symbol.clone();
        let mut cx = FuncCx::synthetic(self, name);
        let entry = cx.f.entry();
        let p = cx.f.add_param(entry, Type::Ptr);
        let q = cx.f.add_param(entry, Type::Ptr);
        cx.f.add_param(entry, Type::Ptr);
        let no = cx.new_block();
        cx.equal_at(ty, Addr::safe(p), Addr::safe(q), no);
        let yes = cx.bool_const(true);
        cx.ins(InstData::Return { args: [yes].into_iter().collect() });
        cx.start(no);
        let zero = cx.bool_const(false);
        cx.ins(InstData::Return { args: [zero].into_iter().collect() });
        let f = cx.finish();
        self.define(id, f);
    }
}

/// Structs and arrays are compared as in gc: what is cheap before what is not (lengths of strings before their
/// bytes), but nothing moves over a comparison of interfaces, which may panic.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Scalars, lengths of strings, first words of interfaces.
    Quick,
    /// Bytes of strings, values of interfaces, arrays.
    Slow,
}

impl Program<'_> {
    /// The parts of a struct, those of its structs in their place, cut behind each that may panic. Of small arrays the elements.
    fn comparison_runs(&mut self, ty: Ty) -> Vec<Vec<(Ty, u64)>> {
        let mut runs = vec![Vec::new()];
        self.add_parts(ty, 0, &mut runs);
        runs
    }

    fn add_parts(&mut self, ty: Ty, at: u64, runs: &mut Vec<Vec<(Ty, u64)>>) {
        match &*self.under(ty) {
            Kind::Struct(fields) => {
                let repr = self.repr(ty);
                for (f, &offset) in fields.iter().zip(&repr.fields) {
                    if !f.name.is_blank() {
                        self.add_parts(f.ty, at + offset, runs);
                    }
                }
            }
            // Elements without bytes are equal.
            &Kind::Array(elem, n) if n <= UNROLL && self.size_of(elem) > 0 => {
                let size = self.size_of(elem);
                (0..n).for_each(|i| self.add_parts(elem, at + i * size, runs));
            }
            Kind::Array(elem, _) if self.size_of(*elem) == 0 => {}
            _ => {
                runs.last_mut().expect("there is always a run").push((ty, at));
                if self.hash_might_panic(ty) {
                    runs.push(Vec::new());
                }
            }
        }
    }

    fn takes_part(&mut self, ty: Ty, phase: Phase) -> bool {
        match &*self.under(ty) {
            Kind::Basic(Basic::String) | Kind::Interface(_) => true,
            Kind::Array(..) => phase == Phase::Slow,
            _ => phase == Phase::Quick,
        }
    }
}

impl FuncCx<'_, '_> {
    /// Leaves to `no` if the values at two addresses differ.
    fn equal_at(&mut self, ty: Ty, p: Addr, q: Addr, no: Block) {
        if self.p.is_regular_memory(ty) && self.p.repr(ty).is_mem() {
            let (p, q) = (self.addr_value(p), self.addr_value(q));
            let n = self.p.size_of(ty);
            let n = self.int(n as i64);
            let equal = self.rt1("gorc_memequal", &[p, q, n]);
            let equal = self.truth(equal);
            self.leave_unless(equal, no);
            return;
        }
        match &*self.p.under(ty) {
            &Kind::Array(elem, n) if n > UNROLL => {
                if self.p.basic(elem) == Some(Basic::String) {
                    for phase in [Phase::Quick, Phase::Slow] {
                        self.elems_equal(elem, n, p, q, |cx, p, q| {
                            let (x, y) = (cx.load(elem, p), cx.load(elem, q));
                            let equal = cx.phase_equal(elem, &x, &y, phase);
                            cx.leave_unless(equal, no);
                        });
                    }
                } else {
                    self.elems_equal(elem, n, p, q, |cx, p, q| cx.equal_at(elem, p, q, no));
                }
            }
            Kind::Struct(_) | Kind::Array(..) => {
                for run in self.p.comparison_runs(ty) {
                    for phase in [Phase::Quick, Phase::Slow] {
                        for &(part, offset) in &run {
                            if !self.p.takes_part(part, phase) {
                                continue;
                            }
                            let (p, q) = (p.plus(offset), q.plus(offset));
                            if matches!(&*self.p.under(part), Kind::Array(..)) {
                                self.equal_at(part, p, q, no);
                                continue;
                            }
                            let (x, y) = (self.load(part, p), self.load(part, q));
                            let equal = self.phase_equal(part, &x, &y, phase);
                            self.leave_unless(equal, no);
                        }
                    }
                }
            }
            _ => {
                let x = self.load(ty, p);
                let y = self.load(ty, q);
                let equal = self.equal(ty, &x, &y);
                self.leave_unless(equal, no);
            }
        }
    }

    /// Goes on if `each` does so for all elements of two arrays.
    fn elems_equal(&mut self, elem: Ty, n: u64, p: Addr, q: Addr, each: impl FnOnce(&mut Self, Addr, Addr)) {
        let size = self.p.size_of(elem);
        let (head, body, done) = (self.new_block(), self.new_block(), self.new_block());
        let i = self.f.add_param(head, Type::I64);
        let (p, q) = (self.addr_value(p), self.addr_value(q));
        let zero = self.int(0);
        self.jump_with(head, &[zero]);
        self.start(head);
        let end = self.int(n as i64);
        let more = self.icmp(IntCC::Slt, i, end);
        self.brif(more, body, done);
        self.start(body);
        let offset = self.mul_imm(i, size as i64);
        let (pe, qe) = (self.ptr_add(p, offset), self.ptr_add(q, offset));
        each(self, Addr::safe(pe), Addr::safe(qe));
        let next = self.add_imm(i, 1);
        self.poll();
        self.jump_with(head, &[next]);
        self.start(done);
    }

    /// The low 64 bits of a scalar, as a runtime argument.
    pub fn as_word(&mut self, v: Value, signed: bool) -> Value {
        match self.f.ty(v) {
            Type::Ptr => self.conv(ConvertOp::PtrToInt, Type::I64, v),
            Type::F64 => self.conv(ConvertOp::Bitcast, Type::I64, v),
            Type::F32 => {
                let bits = self.conv(ConvertOp::Bitcast, Type::I32, v);
                self.conv(ConvertOp::ZExt, Type::I64, bits)
            }
            _ => self.int_to(v, Type::I64, signed),
        }
    }
}
