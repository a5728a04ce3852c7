//! Assignments and declarations of variables.
//!
//! Left sides are [`Place`]s: their operands are evaluated first, the check of the last index (and of a nil
//! pointer) happens at the store, as in gc.

use crate::emit::{Addr, Val};
use crate::expr::{Base, IndexValue};
use crate::func::FuncCx;
use crate::ty::{Basic, Kind, Ty};
use ir::Value;
use syntax::ast::{BinaryOp, Expr, ExprId, List, UnaryOp};
use types::Mode;

/// A left side with evaluated operands.
#[derive(Clone, Debug)]
pub enum Place {
    Blank,
    Mem(Addr),
    /// An element of a slice, not checked yet; `offset`: of a field in it.
    Elem {
        base: Value,
        len: Value,
        index: IndexValue,
        elem: Ty,
        offset: u64,
    },
    /// An element of an array behind an address (maybe nil), not checked yet.
    ArrayElem {
        base: Addr,
        array: Ty,
        index: IndexValue,
        offset: u64,
    },
    /// An element of an array that is an element itself, not checked either.
    Nested {
        outer: Box<Place>,
        array: Ty,
        index: IndexValue,
        offset: u64,
    },
    Map {
        map: Ty,
        m: Value,
        key: Val,
    },
}

impl FuncCx<'_, '_> {
    /// The operands of a left side. Its calls are hoisted already.
    pub fn place(&mut self, e: ExprId) -> Place {
        let e = self.ast.unparen(e);
        match self.ast[e] {
            Expr::Name(ident) if self.ast.name(ident).is_blank() => Place::Blank,
            Expr::Index { operand, args } => {
                let ty = self.type_of(operand);
                let arg = self.ast.nth(args, 0);
                match &*self.p.under(ty) {
                    Kind::Map(key_ty, _) => {
                        let m = self.expr(operand).scalar();
                        let key = self.expr_to(arg, *key_ty);
                        let key = self.stable(*key_ty, key);
                        Place::Map { map: ty, m, key }
                    }
                    Kind::Slice(elem) => {
                        let s = self.expr(operand);
                        let index = self.index_value(arg);
                        Place::Elem { base: s.at(0), len: s.at(1), index, elem: *elem, offset: 0 }
                    }
                    Kind::Pointer(array) => {
                        let p = self.expr(operand).scalar();
                        let index = self.index_value(arg);
                        Place::ArrayElem { base: Addr::maybe_nil(p), array: *array, index, offset: 0 }
                    }
                    _ => {
                        let outer = self.place(operand);
                        let index = self.index_value(arg);
                        match outer {
                            Place::Mem(base) => Place::ArrayElem { base, array: ty, index, offset: 0 },
                            outer => Place::Nested { outer: Box::new(outer), array: ty, index, offset: 0 },
                        }
                    }
                }
            }
            Expr::Selector { operand, .. } => {
                // A field of an element: the element's check stays at the store.
                if let Some(sel) = self.info.selections.get(&e).cloned()
                    && sel.kind == types::SelectionKind::Field
                    && sel.path.iter().all(|s| !s.deref)
                    && matches!(self.ast[self.ast.unparen(operand)], Expr::Index { .. })
                {
                    let ty = self.type_of(operand);
                    let place = self.place(operand);
                    let (base, _) =
                        self.walk_steps(Base::Addr(Addr { base: Value::from_u32(0), offset: 0, safe: true, readonly: false }), ty, &sel.path);
                    let Base::Addr(Addr { offset: field, .. }) = base else { unreachable!("steps from an address give an address") };
                    return match place {
                        Place::Elem { base, len, index, elem, offset } => Place::Elem { base, len, index, elem, offset: offset + field as u64 },
                        Place::ArrayElem { base, array, index, offset } => Place::ArrayElem { base, array, index, offset: offset + field as u64 },
                        Place::Nested { outer, array, index, offset } => Place::Nested { outer, array, index, offset: offset + field as u64 },
                        Place::Mem(addr) => Place::Mem(addr.plus(field as u64)),
                        other => other,
                    };
                }
                Place::Mem(self.addr(e))
            }
            _ => Place::Mem(self.addr(e)),
        }
    }

    /// Checks what is to be checked and gives the address; not for maps.
    pub fn place_addr(&mut self, place: &Place) -> Addr {
        match place {
            Place::Mem(addr) => *addr,
            &Place::Elem { base, len, index, elem, offset } => self.elem_addr(Addr::safe(base), len, index, elem).plus(offset),
            &Place::ArrayElem { base, array, index, offset } => self.array_elem(base, array, index).plus(offset),
            Place::Nested { outer, array, index, offset } => {
                let base = self.place_addr(outer);
                self.array_elem(base, *array, *index).plus(*offset)
            }
            Place::Blank | Place::Map { .. } => unreachable!("no address"),
        }
    }

    pub fn place_store(&mut self, place: &Place, ty: Ty, val: &Val) {
        match place {
            Place::Blank => {}
            Place::Map { map, m, key } => self.map_store(*map, *m, key, val),
            other => {
                let addr = self.place_addr(other);
                self.store(ty, addr, val);
            }
        }
    }

    /// Type that a left side takes: its own, or the value's own for `_`.
    fn lhs_type(&mut self, lhs: ExprId, place: &Place, from: Ty) -> Ty {
        match place {
            Place::Blank => from,
            _ => self.type_of(lhs),
        }
    }

    /// `lhs = rhs` and `lhs op= rhs`
    pub fn assign(&mut self, op: Option<BinaryOp>, lhs: List<ExprId>, rhs: List<ExprId>) {
        let lhs: Vec<ExprId> = self.ast.list(lhs).collect();
        let rhs: Vec<ExprId> = self.ast.list(rhs).collect();
        if let Some(op) = op {
            return self.op_assign(op, lhs[0], Some(rhs[0]));
        }
        for &l in &lhs {
            self.hoist(l);
        }
        if lhs.len() == rhs.len() {
            // The only call needs no temporary.
            if lhs.len() > 1 || self.has_call(lhs[0]) || !matches!(self.ast[self.ast.unparen(rhs[0])], Expr::Call { .. }) {
                for (&l, &r) in lhs.iter().zip(&rhs) {
                    match self.ast[self.ast.unparen(l)] {
                        Expr::Name(ident) if self.ast.name(ident).is_blank() => self.hoist(r),
                        _ => {
                            let ty = self.type_of(l);
                            self.hoist_to(r, ty);
                        }
                    }
                }
            }
            if lhs.len() == 1 {
                return self.assign_one(lhs[0], rhs[0]);
            }
            let places: Vec<Place> = lhs.iter().map(|&l| self.place(l)).collect();
            let mut values = Vec::new();
            for (n, &r) in rhs.iter().enumerate() {
                let ty = match places[n] {
                    Place::Blank => self.default_type_of(r),
                    _ => self.type_of(lhs[n]),
                };
                let val = self.expr_to(r, ty);
                values.push((self.stable(ty, val), ty));
            }
            for ((n, place), (val, ty)) in places.iter().enumerate().zip(&values) {
                self.at_expr(lhs[n]);
                self.place_store(place, *ty, val);
            }
            return;
        }
        let places: Vec<Place> = lhs.iter().map(|&l| self.place(l)).collect();
        let values = self.multi_values(rhs[0], lhs.len());
        for (n, (val, from)) in values.into_iter().enumerate() {
            let to = self.lhs_type(lhs[n], &places[n], from);
            self.at_expr(lhs[n]);
            let val = self.assign_convert(val, from, to);
            self.place_store(&places[n], to, &val);
        }
    }

    /// The type of a value that nobody converts.
    pub fn default_type_of(&mut self, e: ExprId) -> Ty {
        self.type_of(e)
    }

    fn assign_one(&mut self, lhs: ExprId, rhs: ExprId) {
        let inner = self.ast.unparen(lhs);
        if matches!(self.ast[inner], Expr::Name(i) if self.ast.name(i).is_blank()) {
            if self.info.mode_of(rhs) != Mode::Nil {
                let val = self.expr(rhs);
                // `_ = *p` still faults.
                let _ = val;
            }
            return;
        }
        let ty = self.type_of(lhs);
        // A plain variable: no operands to evaluate first.
        if matches!(self.ast[inner], Expr::Name(_)) {
            let val = self.expr_to(rhs, ty);
            self.at_expr(lhs);
            let addr = self.addr(inner);
            self.store(ty, addr, &val);
            return;
        }
        // x.f = append(x.f, ...) and the like evaluate x once more, without effect.
        let has_call = matches!(self.ast[self.ast.unparen(rhs)], Expr::Call { .. }) && !self.memo.contains_key(&self.ast.unparen(rhs));
        if has_call {
            self.append_away = (!self.is_in_variable(lhs)).then_some(self.ast.unparen(rhs));
            let val = self.expr_to(rhs, ty);
            let val = self.stable(ty, val);
            let place = self.place(lhs);
            self.at_expr(lhs);
            self.place_store(&place, ty, &val);
            return;
        }
        let place = self.place(lhs);
        let val = self.expr_to(rhs, ty);
        self.at_expr(lhs);
        let is_deref = |cx: &Self, e: ExprId| matches!(cx.ast[cx.ast.unparen(e)], Expr::Star(_));
        if let (Val::Mem { addr: src, borrowed: true }, Place::Mem(dst)) = (&val, &place)
            && is_deref(self, lhs)
            && is_deref(self, rhs)
            && matches!(&*self.p.under(ty), Kind::Array(..))
        {
            // Two arrays behind pointers made of slices may have some of their elements in common.
            let dst = self.addr_value(*dst);
            let size = self.p.size_of(ty);
            let size = self.int(size as i64);
            self.rt("gorc_memmove", &[dst, *src, size]);
            return;
        }
        self.place_store(&place, ty, &val);
    }

    /// A variable or a field of one, without a pointer on the way?
    fn is_in_variable(&self, e: ExprId) -> bool {
        let e = self.ast.unparen(e);
        match self.ast[e] {
            Expr::Name(_) => true,
            Expr::Selector { operand, .. } => {
                self.info.selections.get(&e).is_some_and(|s| s.path.iter().all(|step| !step.deref)) && self.is_in_variable(operand)
            }
            _ => false,
        }
    }

    /// Several values from one expression: a call, or a `v, ok` form.
    pub fn multi_values(&mut self, rhs: ExprId, n: usize) -> Vec<(Val, Ty)> {
        let inner = self.ast.unparen(rhs);
        let bool_ = self.p.tys.common.bool_;
        let pair = match self.ast[inner] {
            Expr::Index { operand, args } if n == 2 => {
                let arg = self.ast.nth(args, 0);
                self.hoist(operand);
                self.hoist(arg);
                Some(self.map_index_ok(inner, operand, arg))
            }
            Expr::Assert { operand, .. } if n == 2 => {
                self.hoist(operand);
                Some(self.type_assert_ok(inner, operand))
            }
            Expr::Unary { op: UnaryOp::Receive, operand } if n == 2 => {
                self.hoist(operand);
                Some(self.receive_ok(inner, operand))
            }
            _ => None,
        };
        match pair {
            Some((val, ok)) => {
                let ty = self.type_of(inner);
                // The checker may have given the pair a tuple type.
                let ty = match &*self.p.tys.kind(ty) {
                    Kind::Tuple(list) => list[0],
                    _ => ty,
                };
                vec![(val, ty), (Val::one(ok), bool_)]
            }
            None => self
                .multi(rhs)
                .into_iter()
                .map(|(v, t)| {
                    let v = self.stable(t, v);
                    (v, t)
                })
                .collect(),
        }
    }

    /// `lhs op= rhs`; no rhs: 1.
    pub fn op_assign(&mut self, op: BinaryOp, lhs: ExprId, rhs: Option<ExprId>) {
        self.hoist(lhs);
        if let Some(r) = rhs {
            self.hoist(r);
        }
        let ty = self.type_of(lhs);
        let place = self.place(lhs);
        self.at_expr(lhs);
        let addr = match &place {
            // What may panic (a division) or collect does so before there is an entry.
            Place::Map { map, m, key } if matches!(op, BinaryOp::Div | BinaryOp::Rem) || self.p.basic(ty) == Some(Basic::String) => {
                let at = self.map_access(*map, *m, key);
                let old = self.load(ty, Addr::safe(at));
                let new = self.op_value(op, ty, &old, lhs, rhs);
                return self.place_store(&place, ty, &new);
            }
            Place::Map { map, m, key } => {
                // The other operand is there before the entry; only the operation comes after it.
                if let Some(r) = rhs.filter(|&r| self.info.value(r).is_none()) {
                    self.memoize(r);
                }
                self.map_slot(*map, *m, key)
            }
            other => self.place_addr(other),
        };
        let val = self.load(ty, addr);
        let new = self.op_value(op, ty, &val, lhs, rhs);
        self.store(ty, addr, &new);
    }

    fn op_value(&mut self, op: BinaryOp, ty: Ty, old: &Val, lhs: ExprId, rhs: Option<ExprId>) -> Val {
        let Some(rhs) = rhs else {
            let one = self.constant(&types::Value::int(1), ty);
            return self.arith(op, ty, old, &one, true);
        };
        if matches!(op, BinaryOp::Shl | BinaryOp::Shr) {
            let count_ty = self.type_of(rhs);
            let count = self.shift_count(rhs, count_ty);
            self.at_expr(lhs);
            return self.shift(op, ty, old.scalar(), count);
        }
        let y = self.expr_to(rhs, ty);
        self.at_expr(lhs);
        let known = self.divisor_is_known(rhs);
        self.arith(op, ty, old, &y, known)
    }

    /// `lhs := rhs`
    pub fn define(&mut self, lhs: List<ExprId>, rhs: List<ExprId>) {
        let lhs: Vec<ExprId> = self.ast.list(lhs).collect();
        let rhs: Vec<ExprId> = self.ast.list(rhs).collect();
        let values = if lhs.len() == rhs.len() {
            if lhs.len() > 1 || !matches!(self.ast[self.ast.unparen(rhs[0])], Expr::Call { .. }) {
                for &r in &rhs {
                    self.hoist(r);
                }
            }
            let mut values = Vec::new();
            for (n, &r) in rhs.iter().enumerate() {
                let ty = self.defined_type(lhs[n]).unwrap_or_else(|| self.type_of(r));
                let val = self.expr_to(r, ty);
                let val = if lhs.len() > 1 { self.stable(ty, val) } else { val };
                values.push((val, ty));
            }
            values
        } else {
            self.multi_values(rhs[0], lhs.len())
        };
        for (&l, (val, from)) in lhs.iter().zip(values) {
            self.define_name(l, &val, from);
        }
    }

    /// The type of a name on the left of `:=`; None for `_`.
    fn defined_type(&mut self, l: ExprId) -> Option<Ty> {
        let Expr::Name(ident) = self.ast[l] else { return Some(self.type_of(l)) };
        if self.ast.name(ident).is_blank() {
            return None;
        }
        let obj = self.object(ident)?;
        Some(self.obj_ty(obj))
    }

    /// Declares or assigns a name on the left of `:=`.
    pub fn define_name(&mut self, l: ExprId, val: &Val, from: Ty) {
        let Expr::Name(ident) = self.ast[l] else { return };
        if self.ast.name(ident).is_blank() {
            return;
        }
        self.at_expr(l);
        let Some(obj) = self.object(ident) else { return };
        let ty = self.obj_ty(obj);
        let val = self.assign_convert(val.clone(), from, ty);
        if self.info.defs[ident.index()].is_some() {
            self.declare_init(obj, &val);
        } else {
            let addr = self.var_addr(obj);
            self.store(ty, addr, &val);
        }
    }

    /// `var names T = values`
    pub fn var_decl(&mut self, names: List<syntax::ast::IdentId>, values: List<ExprId>) {
        let names: Vec<syntax::ast::IdentId> = self.ast.list(names).collect();
        let values: Vec<ExprId> = self.ast.list(values).collect();
        if values.is_empty() {
            for ident in names {
                if let Some(obj) = self.object(ident).filter(|_| !self.ast.name(ident).is_blank()) {
                    self.set_loc(self.file.ident_pos(ident));
                    let facts = self.var_info(obj);
                    if !facts.reassigned && !facts.address_taken {
                        let ty = self.obj_ty(obj);
                        let zero = self.zero_val(ty);
                        self.declare_init(obj, &zero);
                    } else {
                        self.declare_var(obj);
                    }
                }
            }
            return;
        }
        let vals: Vec<(Val, Ty)> = if names.len() == values.len() {
            for &v in &values {
                if values.len() > 1 || !matches!(self.ast[self.ast.unparen(v)], Expr::Call { .. }) {
                    self.hoist(v);
                }
            }
            let mut list = Vec::new();
            for (&ident, &v) in names.iter().zip(&values) {
                let ty = match self.object(ident) {
                    Some(obj) => self.obj_ty(obj),
                    None => self.type_of(v),
                };
                let val = self.expr_to(v, ty);
                let val = if values.len() > 1 { self.stable(ty, val) } else { val };
                list.push((val, ty));
            }
            list
        } else {
            self.multi_values(values[0], names.len())
        };
        for (ident, (val, from)) in names.into_iter().zip(vals) {
            let Some(obj) = self.object(ident).filter(|_| !self.ast.name(ident).is_blank()) else { continue };
            let ty = self.obj_ty(obj);
            self.set_loc(self.file.ident_pos(ident));
            let val = self.assign_convert(val, from, ty);
            self.declare_init(obj, &val);
        }
    }
}
