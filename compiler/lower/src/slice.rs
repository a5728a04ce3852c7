//! Slices: slice expressions, append, copy.

use crate::emit::{Addr, Val};
use crate::expr::IndexValue;
use crate::func::FuncCx;
use crate::ty::{Kind, Ty};
use ir::{BinaryOp, Block, CheckKind, InstData, IntCC, Place, Value};
use syntax::ast::ExprId;
use types::Mode;

/// What gc's append reserves in the frame.
const BUFFER_BYTES: u64 = 32;

/// Storage in the frame for `cap` elements.
struct Buffer {
    cap: u64,
    alloc: InstData,
    /// In a loop it is made at the start of the function, with a word that says whether it was used.
    at: Option<Value>,
    used: Option<Value>,
}

impl FuncCx<'_, '_> {
    /// `a[lo:hi:max]`
    pub fn slice_expr(&mut self, e: ExprId, operand: ExprId, lo: ExprId, hi: ExprId, max: ExprId) -> Val {
        let ty = self.type_of(operand);
        // Base address, length, capacity, element size; None: a string.
        let (base, len, cap, size, is_array) = match &*self.p.under(ty) {
            Kind::Basic(_) => {
                let s = self.expr(operand);
                (s.at(0), s.at(1), s.at(1), None, false)
            }
            Kind::Slice(elem) => {
                let s = self.expr(operand);
                (s.at(0), s.at(1), s.at(2), Some(self.p.size_of(*elem)), false)
            }
            kind => {
                // An array: the address is needed anyhow.
                let (addr, array) = match kind {
                    Kind::Pointer(array) => (Addr::maybe_nil(self.expr(operand).scalar()), *array),
                    _ => (self.addr(operand), ty),
                };
                let Kind::Array(elem, n) = *self.p.under(array) else { return self.bad(e, "this slice expression") };
                self.at_expr(e);
                let base = self.addr_value(addr);
                let n = self.int(n as i64);
                (base, n, n, Some(self.p.size_of(elem)), true)
            }
        };
        let bound = |cx: &mut Self, e: ExprId| if e.is_some() { Some(cx.index_value(e)) } else { None };
        let (lo, hi, max) = (bound(self, lo), bound(self, hi), bound(self, max));
        self.at_expr(e);
        let kind_of = |i: IndexValue, signed: CheckKind, unsigned: CheckKind| if matches!(i, IndexValue::Unsigned(_)) { unsigned } else { signed };
        // s[::max], s[:hi], s[lo:]: each checked against the next.
        let new_cap = match max {
            Some(m) => {
                let v = self.index_parts(m).0;
                let kind = if is_array || size.is_none() {
                    kind_of(m, CheckKind::Slice3Alen, CheckKind::Slice3AlenU)
                } else {
                    kind_of(m, CheckKind::Slice3Acap, CheckKind::Slice3AcapU)
                };
                self.check(kind, &[v, cap]);
                v
            }
            None => cap,
        };
        let high = match hi {
            Some(h) => {
                let v = self.index_parts(h).0;
                let kind = if max.is_some() {
                    kind_of(h, CheckKind::Slice3B, CheckKind::Slice3BU)
                } else if is_array || size.is_none() {
                    kind_of(h, CheckKind::SliceAlen, CheckKind::SliceAlenU)
                } else {
                    kind_of(h, CheckKind::SliceAcap, CheckKind::SliceAcapU)
                };
                self.check(kind, &[v, new_cap]);
                v
            }
            None => len,
        };
        let low = match lo {
            Some(IndexValue::Const(0)) | None => None,
            Some(l) => {
                let v = self.index_parts(l).0;
                let kind = if max.is_some() {
                    kind_of(l, CheckKind::Slice3C, CheckKind::Slice3CU)
                } else {
                    kind_of(l, CheckKind::SliceB, CheckKind::SliceBU)
                };
                self.check(kind, &[v, high]);
                Some(v)
            }
        };
        let Some(low) = low else {
            return match size {
                None => Val::many([base, high]),
                Some(_) => Val::many([base, high, new_cap]),
            };
        };
        let new_len = self.bin(BinaryOp::Sub, high, low);
        let left = match size {
            None => new_len,
            Some(_) => self.bin(BinaryOp::Sub, new_cap, low),
        };
        // Not past the end of the object when nothing is left.
        let offset = self.mul_imm(low, size.unwrap_or(1) as i64);
        let zero = self.int(0);
        let some = self.icmp(IntCC::Ne, left, zero);
        let offset = self.select(some, offset, zero);
        let p = self.ptr_add(base, offset);
        match size {
            None => Val::many([p, new_len]),
            Some(_) => Val::many([p, new_len, left]),
        }
    }

    /// `append(s, values...)`, `append(s, t...)`
    pub fn append(&mut self, e: ExprId, args: &[ExprId], spread: bool) -> Val {
        let ty = self.type_of(e);
        let elem = self.slice_elem(ty);
        for (n, &a) in args.iter().enumerate() {
            self.hoist_to(a, if n == 0 || spread { ty } else { elem });
        }
        let s = self.expr_to(args[0], ty);
        if spread {
            if self.info.mode_of(args[1]) == Mode::Nil {
                return s;
            }
            let t = self.expr(args[1]);
            self.at_expr(e);
            return self.append_slice(ty, elem, &s, t.at(0), t.at(1));
        }
        let values: Vec<Val> = args[1..]
            .iter()
            .map(|&a| {
                let v = self.expr_to(a, elem);
                self.stable(elem, v)
            })
            .collect();
        if values.is_empty() {
            return s;
        }
        self.at_expr(e);
        let buffer = if self.append_away == Some(e) { None } else { self.append_buffer(elem, values.len() as u64) };
        self.append_with(elem, &s, &values, buffer)
    }

    pub fn append_values(&mut self, elem: Ty, s: &Val, values: &[Val]) -> Val {
        self.append_with(elem, s, values, None)
    }

    fn append_with(&mut self, elem: Ty, s: &Val, values: &[Val], buffer: Option<Buffer>) -> Val {
        let n = self.int(values.len() as i64);
        let (p, new_len, cap) = self.grow(elem, s, n, buffer);
        let size = self.p.size_of(elem);
        let offset = self.mul_imm(s.at(1), size as i64);
        let at = self.ptr_add(p, offset);
        for (i, val) in values.iter().enumerate() {
            self.store(elem, Addr::safe(at).plus(i as u64 * size), val);
        }
        Val::many([p, new_len, cap])
    }

    /// gc's storage for the first elements of a slice that stays in the frame: 32 bytes, once in each execution of the function.
    fn append_buffer(&mut self, elem: Ty, n: u64) -> Option<Buffer> {
        let cap = BUFFER_BYTES.checked_div(self.p.size_of(elem))?;
        if n > cap {
            return None;
        }
        let array = self.p.tys.intern(Kind::Array(elem, cap));
        let (layout, name) = (self.p.layout(array), self.p.module.string("append"));
        let alloc = InstData::Alloc { layout, place: Place::Optional, name, implicit: true };
        if self.loop_depth == 0 {
            return Some(Buffer { cap, alloc, at: None, used: None });
        }
        let at = Some(self.at_entry(alloc.clone()));
        let int = self.p.tys.common.int;
        let layout = self.p.layout(int);
        let used = Some(self.at_entry(InstData::Alloc { layout, place: Place::Stack, name, implicit: true }));
        Some(Buffer { cap, alloc, at, used })
    }

    /// Goes to `join` with the buffer if the slice is empty and the buffer there and not used; goes on where it is not.
    fn take_buffer(&mut self, buffer: Buffer, len: Value, join: Block) {
        let (there, take, grow) = (self.cold_block(), self.cold_block(), self.cold_block());
        let at = buffer.at.unwrap_or_else(|| self.val(buffer.alloc));
        let is_there = self.icmp_imm(IntCC::Ne, at, 0);
        self.brif(is_there, there, grow);
        self.start(there);
        let mut fits = self.icmp_imm(IntCC::Eq, len, 0);
        if let Some(used) = buffer.used {
            let used = self.load_int(used, 0);
            let unused = self.icmp_imm(IntCC::Eq, used, 0);
            fits = self.bin(BinaryOp::And, fits, unused);
        }
        self.brif(fits, take, grow);
        self.start(take);
        if let Some(used) = buffer.used {
            let one = self.int(1);
            self.store_leaf(Addr::safe(used), 0, one);
        }
        let cap = self.int(buffer.cap as i64);
        self.jump_with(join, &[at, cap]);
        self.start(grow);
    }

    /// Room for n more elements: pointer, new length, capacity.
    fn grow(&mut self, elem: Ty, s: &Val, n: Value, buffer: Option<Buffer>) -> (Value, Value, Value) {
        let (p, len, cap) = (s.at(0), s.at(1), s.at(2));
        let new_len = self.bin(BinaryOp::Add, len, n);
        let fits = self.icmp(IntCC::Ule, new_len, cap);
        let (ok, slow, join) = (self.new_block(), self.cold_block(), self.new_block());
        let p_join = self.f.add_param(join, ir::Type::Ptr);
        let cap_join = self.f.add_param(join, ir::Type::I64);
        self.brif(fits, ok, slow);
        self.start(ok);
        self.jump_with(join, &[p, cap]);
        self.start(slow);
        if let Some(buffer) = buffer {
            self.take_buffer(buffer, len, join);
        }
        let desc = self.elem_desc(elem);
        let grown = self.rt("gorc_growslice", &[p, new_len, cap, n, desc]);
        self.jump_with(join, &[grown[0], grown[1]]);
        self.start(join);
        (p_join, new_len, cap_join)
    }

    pub fn append_slice(&mut self, _ty: Ty, elem: Ty, s: &Val, from: Value, n: Value) -> Val {
        let (p, new_len, cap) = self.grow(elem, s, n, None);
        let size = self.p.size_of(elem) as i64;
        let offset = self.mul_imm(s.at(1), size);
        let at = self.ptr_add(p, offset);
        let bytes = self.mul_imm(n, size);
        self.rt("gorc_memmove", &[at, from, bytes]);
        Val::many([p, new_len, cap])
    }

    /// `copy(dst, src)`: the number of elements copied.
    pub fn copy(&mut self, dst: &Val, ty: Ty, src: &Val) -> Val {
        let elem = self.slice_elem(ty);
        let size = self.p.size_of(elem) as i64;
        let less = self.icmp(IntCC::Slt, src.at(1), dst.at(1));
        let n = self.select(less, src.at(1), dst.at(1));
        let bytes = self.mul_imm(n, size);
        self.rt("gorc_memmove", &[dst.at(0), src.at(0), bytes]);
        Val::one(n)
    }
}
