//! Strings: concatenation and conversions.

use crate::emit::{Addr, Val};
use crate::func::FuncCx;
use crate::ty::{Basic, Kind, Ty};
use ir::{InstData, IntCC, Place, Type, Value};
use syntax::ast::{BinaryOp, Expr, ExprId};

/// Elements of gc's buffer for a conversion to a slice.
const CONVERSION_BUFFER: u64 = 32;

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
            Basic::Uint8 => {
                let at = self.copied(val.at(0), val.at(1), from, "gorc_slicebytetostring").0;
                Some(Val::many([at, val.at(1)]))
            }
            _ => Some(Val::many(self.rt("gorc_slicerunetostring", &[val.at(0), val.at(1)]))),
        }
    }

    /// A constant string as a slice of bytes or runes: a copy of exactly its length.
    pub fn constant_slice(&mut self, bytes: &[u8], to: Ty, elem: Basic) -> Val {
        let contents = match elem {
            Basic::Uint8 => bytes.to_vec(),
            _ => runes(bytes).flat_map(|r| u32::from(r).to_le_bytes()).collect(),
        };
        let n = if elem == Basic::Uint8 { contents.len() } else { contents.len() / 4 };
        let elem = self.slice_elem(to);
        let array = self.p.tys.intern(Kind::Array(elem, n as u64));
        let dst = self.alloc(array, "string conversion", true);
        if n > 0 {
            let layout = self.p.layout(array);
            let src = self.p.string_global(&contents);
            let src = self.global(src);
            self.ins(InstData::Move { layout, dst, src });
        }
        let n = self.int(n as i64);
        Val::many([dst, n, n])
    }

    /// gc's room in the frame for the result of a conversion that stays there; null if it does not.
    fn conversion_buffer(&mut self, to: Ty) -> Value {
        let elem = self.slice_elem(to);
        let array = self.p.tys.intern(Kind::Array(elem, CONVERSION_BUFFER));
        let (layout, name) = (self.p.layout(array), self.p.module.string("string conversion"));
        self.val(InstData::Alloc { layout, place: Place::Optional, name, implicit: true })
    }

    /// The bytes in new memory: in the frame if they fit in its buffer, else as the runtime makes it. The second value is the
    /// buffer's size or the runtime's second result.
    fn copied(&mut self, p: Value, len: Value, bytes: Ty, call: &str) -> (Value, Value) {
        let join = self.new_block();
        let results = (self.f.add_param(join, Type::Ptr), self.f.add_param(join, Type::I64));
        let (there, take, make) = (self.new_block(), self.new_block(), self.new_block());
        let buffer = self.conversion_buffer(bytes);
        let is_there = self.icmp_imm(IntCC::Ne, buffer, 0);
        self.brif(is_there, there, make);
        self.start(there);
        let room = self.int(CONVERSION_BUFFER as i64);
        let fits = self.icmp(IntCC::Ule, len, room);
        self.brif(fits, take, make);
        self.start(take);
        self.rt("gorc_memmove", &[buffer, p, len]);
        self.jump_with(join, &[buffer, room]);
        self.start(make);
        let made = self.rt(call, &[p, len]);
        self.jump_with(join, &[made[0], made[1]]);
        self.start(join);
        results
    }

    /// Conversion of a string to a slice type.
    pub fn from_string(&mut self, val: &Val, to: Ty) -> Option<Val> {
        match self.slice_elem_basic(to)? {
            Basic::Uint8 => {
                let (at, cap) = self.copied(val.at(0), val.at(1), to, "gorc_stringtoslicebyte");
                Some(Val::many([at, val.at(1), cap]))
            }
            _ => {
                let at = self.temp(to);
                let buffer = self.conversion_buffer(to);
                self.rt("gorc_stringtoslicerune", &[val.at(0), val.at(1), at, buffer]);
                Some(self.load(to, Addr::safe(at)))
            }
        }
    }
}

/// As `range` over a string: a byte that begins no rune is U+FFFD.
fn runes(bytes: &[u8]) -> impl Iterator<Item = char> + '_ {
    bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars().chain(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER)))
}
