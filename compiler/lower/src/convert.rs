//! Conversions, explicit ones and those of assignments.

use crate::emit::{Addr, Val};
use crate::func::FuncCx;
use crate::ty::{Basic, Kind, Ty};
use ir::{CheckKind, ConvertOp, Type};
use syntax::ast::ExprId;
use types::Mode;

impl FuncCx<'_, '_> {
    /// A value as the type it is assigned to: only interfaces change the representation.
    pub fn assign_convert(&mut self, val: Val, from: Ty, to: Ty) -> Val {
        if from == to || !self.p.is_interface(to) {
            return val;
        }
        if from == self.p.tys.common.nil {
            return self.zero_val(to);
        }
        self.to_iface(val, from, to)
    }

    /// `T(x)`
    pub fn conversion(&mut self, e: ExprId, x: ExprId) -> Val {
        let to = self.type_of(e);
        if self.info.mode_of(x) == Mode::Nil {
            return self.zero_val(to);
        }
        let from = self.type_of(x);
        if let Some(value) = self.info.value(x).cloned() {
            if self.p.is_interface(to) {
                return self.expr_to(x, to);
            }
            // In generic code (elsewhere the result is a constant itself): any numeric type can represent the value.
            let is_text = matches!(value, types::Value::Str(_));
            if self.p.basic(to).is_some_and(|b| (b == Basic::String) == is_text && b != Basic::UnsafePointer) {
                return self.constant(&value, to);
            }
            if let (Some(bytes), Some(elem)) = (value.as_bytes(), self.slice_elem_basic(to)) {
                return self.constant_slice(bytes, to, elem);
            }
            let val = self.constant(&value, from);
            return self.convert_val(e, val, from, to);
        }
        let val = self.expr(x);
        self.at_expr(e);
        self.convert_val(e, val, from, to)
    }

    fn convert_val(&mut self, e: ExprId, val: Val, from: Ty, to: Ty) -> Val {
        if from == to {
            return val;
        }
        if self.p.is_interface(to) {
            return self.assign_convert(val, from, to);
        }
        let (from_kind, to_kind) = (self.p.under(from), self.p.under(to));
        match (&*from_kind, &*to_kind) {
            (Kind::Basic(a), Kind::Basic(b)) => self.convert_basic(e, val, *a, *b),
            (_, Kind::Basic(Basic::String)) => match self.to_string(&val, from) {
                Some(s) => s,
                None => self.bad(e, "this conversion to a string"),
            },
            (Kind::Basic(Basic::String), Kind::Slice(_)) => match self.from_string(&val, to) {
                Some(s) => s,
                None => self.bad(e, "this conversion of a string"),
            },
            (Kind::Slice(_), Kind::Array(_, n)) => {
                let n = self.int(*n as i64);
                self.check(CheckKind::SliceConvert, &[val.at(1), n]);
                // A copy of the array behind the slice.
                let loaded = self.load(to, Addr::safe(val.at(0)));
                self.stable(to, loaded)
            }
            (Kind::Slice(_), Kind::Pointer(array)) => {
                let Kind::Array(_, n) = *self.p.under(*array) else { return val };
                let n = self.int(n as i64);
                self.check(CheckKind::SliceConvert, &[val.at(1), n]);
                Val::one(val.at(0))
            }
            // A pointer to or from unsafe.Pointer, a channel's direction, a name: the same representation.
            (Kind::Pointer(_), Kind::Basic(Basic::Uintptr)) => Val::one(self.conv(ConvertOp::PtrToInt, Type::I64, val.scalar())),
            _ => val,
        }
    }

    fn convert_basic(&mut self, e: ExprId, val: Val, from: Basic, to: Basic) -> Val {
        use Basic::*;
        if from == to {
            return val;
        }
        if to == String {
            let v = self.int_to(val.scalar(), Type::I64, !from.is_unsigned());
            return Val::many(self.rt("gorc_intstring", &[v]));
        }
        if from == UnsafePointer {
            return Val::one(self.conv(ConvertOp::PtrToInt, Type::I64, val.scalar()));
        }
        if to == UnsafePointer {
            return Val::one(self.conv(ConvertOp::IntToPtr, Type::Ptr, val.scalar()));
        }
        let machine = |b: Basic| match b {
            Float32 => Type::F32,
            Float64 => Type::F64,
            other => match other.size() {
                1 => Type::I8,
                2 => Type::I16,
                4 => Type::I32,
                _ => Type::I64,
            },
        };
        if from.is_integer() && to.is_integer() {
            return Val::one(self.int_to(val.scalar(), machine(to), !from.is_unsigned()));
        }
        if from.is_complex() && to.is_complex() {
            let (op, ty) = if to == Complex128 { (ConvertOp::FPromote, Type::F64) } else { (ConvertOp::FDemote, Type::F32) };
            let (re, im) = (self.conv(op, ty, val.at(0)), self.conv(op, ty, val.at(1)));
            return Val::many([re, im]);
        }
        if from.is_float() && to.is_float() {
            let (op, ty) = if to == Float64 { (ConvertOp::FPromote, Type::F64) } else { (ConvertOp::FDemote, Type::F32) };
            return Val::one(self.conv(op, ty, val.scalar()));
        }
        if from.is_integer() && to.is_float() {
            // Small integers go by way of a wider one, which is exact.
            let (v, unsigned) =
                if from.size() < 4 { (self.int_to(val.scalar(), Type::I32, !from.is_unsigned()), false) } else { (val.scalar(), from.is_unsigned()) };
            let op = if unsigned { ConvertOp::UIToF } else { ConvertOp::SIToF };
            return Val::one(self.conv(op, machine(to), v));
        }
        if from.is_float() && to.is_integer() {
            // gc (amd64) converts to a wider integer and cuts: what is out of range of a narrow type depends on it.
            if to.size() < 8 {
                let wide = self.conv(ConvertOp::FToSI, if to == Uint32 { Type::I64 } else { Type::I32 }, val.scalar());
                return Val::one(self.int_to(wide, machine(to), true));
            }
            let op = if to.is_unsigned() { ConvertOp::FToUI } else { ConvertOp::FToSI };
            return Val::one(self.conv(op, Type::I64, val.scalar()));
        }
        self.bad(e, "this conversion")
    }
}
