//! Composite literals.

use crate::emit::{Addr, Val};
use crate::func::FuncCx;
use crate::ty::{Kind, Ty};
use syntax::ast::{Expr, ExprId};

/// Array literals of constants with at least this many bytes become static data.
const STATIC_BYTES: u64 = 64;

/// One part of a literal: where, what type, which expression.
pub struct Part {
    pub offset: u64,
    pub ty: Ty,
    pub value: ExprId,
    /// A blank field: evaluated, not stored.
    pub blank: bool,
}

impl FuncCx<'_, '_> {
    pub fn composite(&mut self, e: ExprId, ty: Ty) -> Val {
        match &*self.p.under(ty) {
            // An elided &T.
            Kind::Pointer(base) => self.composite_address(e, *base),
            Kind::Map(key, value) => self.map_literal(e, ty, *key, *value),
            Kind::Slice(elem) => {
                let n = self.array_literal_len(e);
                if n == 0 {
                    let zero = self.p.runtime_data(abi::rt::ZERO_BASE);
                    let p = self.global(zero);
                    let zero = self.int(0);
                    return Val::many([p, zero, zero]);
                }
                let array = self.p.tys.intern(Kind::Array(*elem, n));
                self.at_expr(e);
                let text = self.p.reflect_string(*elem);
                let at = self.alloc(array, &format!("[]{text}{{...}}"), true);
                match self.static_literal(e, array) {
                    Some(global) => {
                        let src = self.global(global);
                        self.store(array, Addr::safe(at), &Val::Mem { addr: src, borrowed: false });
                    }
                    None => self.composite_into(e, array, Addr::safe(at)),
                }
                let n = self.int(n as i64);
                Val::many([at, n, n])
            }
            _ => {
                let repr = self.p.repr(ty);
                if let Some(leaves) = &repr.leaves {
                    // In scalars: the zero value with the given parts.
                    let mut values: Vec<ir::Value> = leaves.iter().map(|l| self.zero_leaf(l.ty)).collect();
                    for part in self.literal_parts(e, ty) {
                        let val = self.expr_to(part.value, part.ty);
                        if part.blank {
                            continue;
                        }
                        let part_repr = self.p.repr(part.ty);
                        let Some(part_leaves) = &part_repr.leaves else { unreachable!("parts of scalars are scalars") };
                        for (leaf, &v) in part_leaves.iter().zip(val.scalars()) {
                            let at = leaves.iter().position(|l| l.offset == part.offset + leaf.offset).expect("the part has its leaves in the whole");
                            values[at] = v;
                        }
                    }
                    return Val::many(values);
                }
                if let Some(global) = self.static_literal(e, ty) {
                    return Val::Mem { addr: self.global(global), borrowed: false };
                }
                let at = self.temp(ty);
                self.composite_into(e, ty, Addr::safe(at));
                Val::Mem { addr: at, borrowed: false }
            }
        }
    }

    /// Constant contents as read-only data.
    fn static_literal(&mut self, e: ExprId, ty: Ty) -> Option<ir::GlobalId> {
        if self.p.size_of(ty) < STATIC_BYTES || !self.p.repr(ty).is_mem() {
            return None;
        }
        self.static_readonly(e, ty)
    }

    /// `&T{...}`
    pub fn composite_address(&mut self, e: ExprId, ty: Ty) -> Val {
        self.at_expr(e);
        let text = self.p.reflect_string(ty);
        match &*self.p.under(ty) {
            Kind::Slice(_) | Kind::Map(..) => {
                let val = self.composite(e, ty);
                let at = self.alloc(ty, &format!("&{text}{{...}}"), true);
                self.store(ty, Addr::safe(at), &val);
                Val::one(at)
            }
            _ => {
                let at = self.alloc(ty, &format!("&{text}{{...}}"), true);
                self.composite_into(e, ty, Addr::safe(at));
                Val::one(at)
            }
        }
    }

    /// Stores the parts of a struct or array literal in zeroed memory.
    pub fn composite_into(&mut self, e: ExprId, ty: Ty, addr: Addr) {
        for part in self.literal_parts(e, ty) {
            let inner = self.ast.unparen(part.value);
            if let Expr::Composite { .. } = self.ast[inner]
                && !part.blank
                && !self.memo.contains_key(&inner)
                && self.type_of(inner) == part.ty
                && matches!(&*self.p.under(part.ty), Kind::Struct(_) | Kind::Array(..))
                && self.p.repr(part.ty).is_mem()
            {
                stacker::maybe_grow(128 << 10, 1 << 20, || self.composite_into(inner, part.ty, addr.plus(part.offset)));
                continue;
            }
            let val = self.expr_to(part.value, part.ty);
            if part.blank {
                continue;
            }
            self.store(part.ty, addr.plus(part.offset), &val);
        }
    }

    /// Number of elements of an array or slice literal.
    pub fn array_literal_len(&self, e: ExprId) -> u64 {
        let Expr::Composite { elems, .. } = self.ast[e] else { return 0 };
        let mut next = 0u64;
        let mut len = 0;
        for el in self.ast.list(elems) {
            let el: ExprId = el;
            if let Expr::KeyValue { key, .. } = self.ast[el] {
                next = self.info.value(key).and_then(|v| v.as_u64()).unwrap_or(next);
            }
            next += 1;
            len = len.max(next);
        }
        len
    }

    /// The parts of a struct or array literal in source order.
    pub fn literal_parts(&mut self, e: ExprId, ty: Ty) -> Vec<Part> {
        let Expr::Composite { elems, .. } = self.ast[e] else { return Vec::new() };
        let elems: Vec<ExprId> = self.ast.list(elems).collect();
        match &*self.p.under(ty) {
            Kind::Struct(_) => elems
                .into_iter()
                .enumerate()
                .map(|(n, el)| {
                    let (path, value) = match self.ast[el] {
                        Expr::KeyValue { key, value } => (self.info.literal_fields.get(&key).cloned().unwrap_or_default(), value),
                        _ => (vec![n as u32], el),
                    };
                    let (mut offset, mut at, mut blank) = (0, ty, false);
                    for index in path {
                        let kind = self.p.under(at);
                        let Kind::Struct(fields) = &*kind else { unreachable!("the path leads through structs") };
                        offset += self.p.repr(at).fields[index as usize];
                        at = fields[index as usize].ty;
                        blank = fields[index as usize].name.is_blank();
                    }
                    Part { offset, ty: at, value, blank }
                })
                .collect(),
            Kind::Array(elem, _) => {
                let size = self.p.size_of(*elem);
                let mut next = 0u64;
                elems
                    .into_iter()
                    .map(|el| {
                        let value = match self.ast[el] {
                            Expr::KeyValue { key, value } => {
                                next = self.info.value(key).and_then(|v| v.as_u64()).unwrap_or(next);
                                value
                            }
                            _ => el,
                        };
                        next += 1;
                        Part { offset: (next - 1) * size, ty: *elem, value, blank: false }
                    })
                    .collect()
            }
            other => unreachable!("no literal of {other:?}"),
        }
    }

    fn map_literal(&mut self, e: ExprId, ty: Ty, key: Ty, value: Ty) -> Val {
        let Expr::Composite { elems, .. } = self.ast[e] else { return self.zero_val(ty) };
        let elems: Vec<ExprId> = self.ast.list(elems).collect();
        self.at_expr(e);
        let desc = self.desc(ty);
        let hint = self.int(elems.len() as i64);
        let m = self.rt1("gorc_makemap", &[desc, hint]);
        for el in elems {
            let Expr::KeyValue { key: k, value: v } = self.ast[el] else { continue };
            let k = self.expr_to(k, key);
            let k = self.stable(key, k);
            let v = self.expr_to(v, value);
            let v = self.stable(value, v);
            self.at_expr(el);
            self.map_store(ty, m, &k, &v);
        }
        Val::one(m)
    }
}
