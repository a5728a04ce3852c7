//! Interfaces: boxing, conversions, type assertions, dynamic types.

use crate::emit::{Addr, Val};
use crate::func::FuncCx;
use crate::ty::layout::Repr;
use crate::ty::{Kind, Ty};
use abi::typedesc::itab;
use ir::{InstData, IntCC, Reloc, RelocKind, Target, Type, Value};
use syntax::ast::ExprId;

impl FuncCx<'_, '_> {
    /// The first word of an interface of type `iface` that holds a `ty`.
    pub fn type_word(&mut self, ty: Ty, iface: Ty) -> Value {
        let global = if self.is_empty_iface(iface) { self.p.desc(ty) } else { self.p.itab(ty, iface) };
        self.global(global)
    }

    pub fn is_empty_iface(&mut self, iface: Ty) -> bool {
        matches!(&*self.p.under(iface), Kind::Interface(m) if m.is_empty())
    }

    pub fn desc(&mut self, ty: Ty) -> Value {
        let global = self.p.desc(ty);
        self.global(global)
    }

    /// The data word of an interface that holds this value.
    pub fn box_value(&mut self, ty: Ty, val: &Val) -> Value {
        if self.p.is_direct_iface(ty) {
            return val.scalar();
        }
        let repr = self.p.repr(ty);
        if repr.size == 0 {
            let zero = self.p.runtime_data(abi::rt::ZERO_BASE);
            return self.global(zero);
        }
        if let (Val::Scalars(values), 1) = (val, repr.size) {
            // The runtime has a word for each byte.
            let table = self.p.runtime_data(abi::rt::STATIC_UINT64S);
            let table = self.global(table);
            let n = self.int_to(values[0], Type::I64, false);
            let offset = self.mul_imm(n, 8);
            return self.ptr_add(table, offset);
        }
        if let Some(fixed) = self.constant_box(&repr, val) {
            return fixed;
        }
        let name = self.p.reflect_string(ty);
        let at = self.alloc(ty, &name, true);
        self.store(ty, Addr::safe(at), val);
        at
    }

    /// A box is never written: one for constants is data.
    fn constant_box(&mut self, repr: &Repr, val: &Val) -> Option<Value> {
        let (Val::Scalars(values), Some(leaves)) = (val, &repr.leaves) else { return None };
        let mut data = vec![0; repr.size as usize];
        let mut relocs = Vec::new();
        for (&value, leaf) in values.iter().zip(leaves) {
            let ir::ValueDef::Result(inst, _) = self.f.values[self.f.resolve(value)].def else { return None };
            let bits = match self.f.insts[inst] {
                InstData::Iconst { imm, .. } => imm as u64,
                InstData::Fconst { bits, .. } => bits,
                InstData::Null => 0,
                InstData::GlobalAddr { global, offset } if self.p.module.globals[global].section == ir::Section::ReadOnly => {
                    relocs.push(Reloc { offset: leaf.offset as u32, target: Target::Global(global), addend: offset, kind: RelocKind::Abs64 });
                    0
                }
                _ => return None,
            };
            let size = leaf.ty.bytes() as usize;
            data[leaf.offset as usize..][..size].copy_from_slice(&bits.to_le_bytes()[..size]);
        }
        let global = self.p.constant_global(repr.align, data, relocs);
        Some(self.global(global))
    }

    /// The value of type `ty` in a data word.
    pub fn unbox(&mut self, ty: Ty, data: Value) -> Val {
        if self.p.is_direct_iface(ty) {
            return Val::one(data);
        }
        if self.p.size_of(ty) == 0 {
            return self.zero_val(ty);
        }
        // A box is never written.
        self.load(ty, Addr { readonly: true, ..Addr::safe(data) })
    }

    /// Conversion to an interface type.
    pub fn to_iface(&mut self, val: Val, from: Ty, to: Ty) -> Val {
        if !self.p.is_interface(from) {
            let word = self.type_word(from, to);
            let data = self.box_value(from, &val);
            return Val::many([word, data]);
        }
        // Equal interfaces have equal words, so each interface type has itabs of its own.
        let (word, data) = (val.at(0), val.at(1));
        let to_empty = self.is_empty_iface(to);
        if to_empty && self.is_empty_iface(from) {
            return val;
        }
        let ty = self.dynamic_type(word, from);
        if to_empty {
            return Val::many([ty, data]);
        }
        let inter = self.desc(to);
        let nil = self.is_null(ty);
        let word = self.diamond(nil, |cx| Val::one(cx.null()), |cx| Val::one(cx.rt1("gorc_assertE2I", &[inter, ty])));
        Val::many([word.scalar(), data])
    }

    /// The dynamic type (null for nil) behind the first word.
    pub fn dynamic_type(&mut self, word: Value, iface: Ty) -> Value {
        if self.is_empty_iface(iface) {
            return word;
        }
        let nil = self.is_null(word);
        self.diamond(
            nil,
            |cx| Val::one(cx.null()),
            |cx| Val::one(cx.load_leaf(Addr { readonly: true, ..Addr::safe(word) }, itab::TYPE as u64, Type::Ptr)),
        )
        .scalar()
    }

    /// Is the dynamic type exactly `ty` (not an interface)?
    pub fn has_dynamic_type(&mut self, word: Value, iface: Ty, ty: Ty) -> Value {
        // A type without the methods is an error in ordinary code, but possible in instances of generic code.
        if !self.is_empty_iface(iface) && !self.p.implements(ty, iface) {
            return self.bool_const(false);
        }
        let want = self.type_word(ty, iface);
        self.icmp(IntCC::Eq, word, want)
    }

    /// `x.(T)`
    pub fn type_assert(&mut self, e: ExprId, operand: ExprId) -> Val {
        let (iface, ty) = (self.type_of(operand), self.type_of(e));
        let x = self.expr(operand);
        self.at_expr(e);
        let (word, data) = (x.at(0), x.at(1));
        if self.p.is_interface(ty) {
            let have = self.dynamic_type(word, iface);
            if self.is_empty_iface(ty) {
                let nil = self.is_null(have);
                self.when_cold(nil, |cx| {
                    let want = cx.desc(ty);
                    cx.call_panic("panicnildottype", &[want]);
                });
                return Val::many([have, data]);
            }
            let inter = self.desc(ty);
            let itab = self.rt1("gorc_assertE2I", &[inter, have]);
            return Val::many([itab, data]);
        }
        let ok = self.has_dynamic_type(word, iface, ty);
        let no = self.not(ok);
        let empty = self.is_empty_iface(iface);
        self.when_cold(no, |cx| {
            let (want, from) = (cx.desc(ty), cx.desc(iface));
            cx.call_panic(if empty { "panicdottypeE" } else { "panicdottypeI" }, &[word, want, from]);
        });
        self.unbox(ty, data)
    }

    /// `v, ok = x.(T)`
    pub fn type_assert_ok(&mut self, e: ExprId, operand: ExprId) -> (Val, Value) {
        let (iface, ty) = (self.type_of(operand), self.type_of(e));
        let x = self.expr(operand);
        self.at_expr(e);
        self.assert_ok(&x, iface, ty)
    }

    pub fn assert_ok(&mut self, x: &Val, iface: Ty, ty: Ty) -> (Val, Value) {
        let (word, data) = (x.at(0), x.at(1));
        if self.p.is_interface(ty) {
            let have = self.dynamic_type(word, iface);
            let word = if self.is_empty_iface(ty) {
                have
            } else {
                let inter = self.desc(ty);
                let nil = self.is_null(have);
                self.diamond(nil, |cx| Val::one(cx.null()), |cx| Val::one(cx.rt1("gorc_assertE2I2", &[inter, have]))).scalar()
            };
            let ok = self.not_null(word);
            let null = self.null();
            let data = self.select(ok, data, null);
            return (Val::many([word, data]), ok);
        }
        let ok = self.has_dynamic_type(word, iface, ty);
        let val = self.diamond(ok, |cx| cx.unbox(ty, data), |cx| cx.zero_val(ty));
        (val, ok)
    }
}

impl crate::Program<'_> {
    /// Does `ty` have the methods of an interface?
    pub fn implements(&mut self, ty: Ty, iface: Ty) -> bool {
        let kind = self.under(iface);
        let Kind::Interface(methods) = &*kind else { return false };
        let (base, is_pointer) = match &*self.tys.kind(ty) {
            Kind::Pointer(e) => (*e, true),
            _ => (ty, false),
        };
        if is_pointer && self.is_interface(base) {
            return methods.is_empty();
        }
        methods.iter().all(|m| match self.find_method(base, m.name, m.pkg) {
            Some(sel) => sel.sig == m.sig && (is_pointer || !sel.indirect),
            None => false,
        })
    }
}
