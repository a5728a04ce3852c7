//! Strings: concatenation and conversions.

use crate::emit::{Addr, Val};
use crate::func::FuncCx;
use crate::ty::{Basic, Kind, Ty};
use ir::Type;
use syntax::ast::{BinaryOp, Expr, ExprId};

impl FuncCx<'_, '_> {
    /// `a + b + c` as one runtime call.
    pub fn concat(&mut self, e: ExprId) -> Val {
        let mut operands = Vec::new();
        self.concat_operands(e, &mut operands);
        // Neighbouring constants are one.
        let mut parts: Vec<Val> = Vec::new();
        let mut text: Vec<u8> = Vec::new();
        for x in operands {
            match self.info.value(x).and_then(|v| v.as_bytes().map(<[u8]>::to_vec)) {
                Some(bytes) => text.extend(bytes),
                None => {
                    if !text.is_empty() {
                        parts.push(self.string_const(&std::mem::take(&mut text)));
                    }
                    parts.push(self.expr(x));
                }
            }
        }
        if !text.is_empty() {
            parts.push(self.string_const(&text));
        }
        self.at_expr(e);
        self.concat_values(&parts)
    }

    fn concat_operands(&mut self, e: ExprId, out: &mut Vec<ExprId>) {
        if self.info.value(e).is_none() && !self.memo.contains_key(&e) {
            match self.ast[e] {
                Expr::Paren(x) => return self.concat_operands(x, out),
                Expr::Binary { op: BinaryOp::Add, lhs, rhs } => {
                    stacker::maybe_grow(128 << 10, 1 << 20, || self.concat_operands(lhs, out));
                    self.concat_operands(rhs, out);
                    return;
                }
                _ => {}
            }
        }
        out.push(e);
    }

    pub fn concat_values(&mut self, parts: &[Val]) -> Val {
        match parts {
            [] => self.string_const(b""),
            [one] => one.clone(),
            [a, b] => {
                let args = [a.at(0), a.at(1), b.at(0), b.at(1)];
                Val::many(self.rt("gorc_concatstring2", &args))
            }
            [a, b, c] => {
                let args = [a.at(0), a.at(1), b.at(0), b.at(1), c.at(0), c.at(1)];
                Val::many(self.rt("gorc_concatstring3", &args))
            }
            many => {
                let string = self.p.tys.common.string;
                let array = self.p.tys.intern(Kind::Array(string, many.len() as u64));
                let at = self.temp(array);
                for (n, part) in many.iter().enumerate() {
                    self.store(string, Addr::safe(at).plus(n as u64 * 16), part);
                }
                let n = self.int(many.len() as i64);
                Val::many(self.rt("gorc_concatstrings", &[at, n]))
            }
        }
    }

    /// Is it `[]byte` or `[]rune` (or a type like them)?
    pub fn slice_elem_basic(&mut self, ty: Ty) -> Option<Basic> {
        match &*self.p.under(ty) {
            Kind::Slice(e) => self.p.basic(*e).filter(|b| matches!(b, Basic::Uint8 | Basic::Int32)),
            _ => None,
        }
    }

    /// Conversion to a string type.
    pub fn to_string(&mut self, val: &Val, from: Ty) -> Option<Val> {
        if let Some(basic) = self.p.basic(from) {
            if basic == Basic::String {
                return Some(val.clone());
            }
            if basic.is_integer() {
                let v = self.int_to(val.scalar(), Type::I64, !basic.is_unsigned());
                // What no rune can be must stay so after the cut to a rune.
                return Some(Val::many(self.rt("gorc_intstring", &[v])));
            }
            return None;
        }
        match self.slice_elem_basic(from)? {
            Basic::Uint8 => Some(Val::many(self.rt("gorc_slicebytetostring", &[val.at(0), val.at(1)]))),
            _ => Some(Val::many(self.rt("gorc_slicerunetostring", &[val.at(0), val.at(1)]))),
        }
    }

    /// Conversion of a string to a slice type.
    pub fn from_string(&mut self, val: &Val, to: Ty) -> Option<Val> {
        match self.slice_elem_basic(to)? {
            Basic::Uint8 => {
                let r = self.rt("gorc_stringtoslicebyte", &[val.at(0), val.at(1)]);
                Some(Val::many([r[0], val.at(1), r[1]]))
            }
            _ => {
                let at = self.temp(to);
                self.rt("gorc_stringtoslicerune", &[val.at(0), val.at(1), at]);
                Some(self.load(to, Addr::safe(at)))
            }
        }
    }
}
