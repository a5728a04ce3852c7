//! `for ... range` over everything but functions.

use crate::emit::{Addr, Val};
use crate::func::{FuncCx, Var};
use crate::ty::{Basic, Kind, Ty};
use ir::{IntCC, Type, Value};
use source::Symbol;
use syntax::ast::{Expr, ExprId, Stmt, StmtId};

/// The statement and what is ranged over.
pub struct RangeStmt {
    pub stmt: StmtId,
    pub label: Option<Symbol>,
    pub key: ExprId,
    pub value: ExprId,
    pub define: bool,
    pub operand: ExprId,
    pub body: StmtId,
}

impl FuncCx<'_, '_> {
    pub fn range(&mut self, label: Option<Symbol>, stmt: StmtId) {
        let Stmt::Range { key, value, define, operand, body, .. } = self.ast[stmt] else { return };
        let r = RangeStmt { stmt, label, key, value, define, operand, body };
        let ty = self.type_of(operand);
        self.hoist(operand);
        match &*self.p.under(ty) {
            Kind::Slice(elem) => {
                let s = self.expr(operand);
                self.range_elems(&r, s.at(0), s.at(1), *elem);
            }
            Kind::Array(elem, n) => {
                let len = self.int(*n as i64);
                if !self.is_used(r.value) {
                    if self.has_call(operand) {
                        self.expr(operand);
                    }
                    let null = self.null();
                    return self.range_elems(&r, null, len, *elem);
                }
                // The loop runs over a copy.
                let val = self.expr(operand);
                let val = self.stable(ty, val);
                let at = self.spill(ty, &val);
                self.range_elems(&r, at, len, *elem);
            }
            Kind::Pointer(array) => {
                let Kind::Array(elem, n) = *self.p.under(*array) else { return };
                let p = self.expr(operand).scalar();
                let len = self.int(n as i64);
                if self.is_used(r.value) && n > 0 {
                    self.check(ir::CheckKind::Nil, &[p]);
                }
                self.range_elems(&r, p, len, elem);
            }
            Kind::Basic(Basic::String) => self.range_string(&r),
            Kind::Basic(_) => self.range_int(&r, ty),
            Kind::Map(..) => self.range_map(&r, ty),
            Kind::Chan(..) => self.range_chan(&r, ty),
            Kind::Func(_) => self.range_func(&r, ty),
            _ => {
                let pos = self.file.stmt_pos(stmt);
                self.unsupported(pos, "range over this type");
            }
        }
    }

    /// A key or value that is there and not `_`.
    pub fn is_used(&self, e: ExprId) -> bool {
        e.is_some() && !matches!(self.ast[e], Expr::Name(i) if self.ast.name(i).is_blank())
    }

    /// Variables that all iterations share (before Go 1.22).
    fn shared_vars(&mut self, r: &RangeStmt) {
        if !r.define || self.info.version >= (1, 22) {
            return;
        }
        for e in [r.key, r.value] {
            if self.is_used(e)
                && let Expr::Name(ident) = self.ast[e]
                && let Some(obj) = self.object(ident)
            {
                self.declare_var(obj);
            }
        }
    }

    /// Sets key and value at the start of an iteration: a parallel assignment, or new variables.
    pub fn range_assign(&mut self, r: &RangeStmt, values: &[(ExprId, Option<Val>, Ty)]) {
        let values: Vec<(ExprId, &Val, Ty)> =
            values.iter().filter_map(|(e, v, t)| v.as_ref().filter(|_| self.is_used(*e)).map(|v| (*e, v, *t))).collect();
        if !r.define {
            for &(e, ..) in &values {
                self.hoist(e);
            }
            let places: Vec<_> = values.iter().map(|&(e, ..)| self.place(e)).collect();
            for (&(e, val, from), place) in values.iter().zip(&places) {
                let to = self.type_of(e);
                let val = self.assign_convert(val.clone(), from, to);
                self.place_store(place, to, &val);
            }
            return;
        }
        for (e, val, from) in values {
            let Expr::Name(ident) = self.ast[e] else { continue };
            let Some(obj) = self.object(ident) else { continue };
            let to = self.obj_ty(obj);
            let val = self.assign_convert(val.clone(), from, to);
            match self.vars.get(&obj) {
                Some(&Var::Mem(addr)) if self.info.version < (1, 22) => self.store(to, Addr::safe(addr), &val),
                _ => self.declare_init(obj, &val),
            }
        }
    }

    /// Slices and arrays: elements from an address on.
    fn range_elems(&mut self, r: &RangeStmt, base: Value, len: Value, elem: Ty) {
        self.shared_vars(r);
        let int = self.p.tys.common.int;
        let (head, start, cont, done) = (self.new_block(), self.new_block(), self.new_block(), self.new_block());
        let i = self.f.add_param(head, Type::I64);
        let zero = self.int(0);
        self.jump_with(head, &[zero]);
        self.start(head);
        let more = self.icmp(IntCC::Slt, i, len);
        self.brif(more, start, done);
        self.start(start);
        let value = if self.is_used(r.value) {
            let size = self.p.size_of(elem);
            let offset = self.mul_imm(i, size as i64);
            let at = self.ptr_add(base, offset);
            let val = self.load(elem, Addr::safe(at));
            Some(self.stable(elem, val))
        } else {
            None
        };
        self.range_assign(r, &[(r.key, Some(Val::one(i)), int), (r.value, value, elem)]);
        self.with_target(r.label, done, Some(cont), |cx| cx.stmt(r.body));
        self.enter(cont);
        let next = self.add_imm(i, 1);
        self.poll();
        self.jump_with(head, &[next]);
        self.start(done);
    }

    fn range_string(&mut self, r: &RangeStmt) {
        self.shared_vars(r);
        let (int, rune) = (self.p.tys.common.int, self.p.tys.common.int32);
        let s = self.expr(r.operand);
        let (p, len) = (s.at(0), s.at(1));
        let (head, start, ascii, wide, go, cont, done) =
            (self.new_block(), self.new_block(), self.new_block(), self.new_block(), self.new_block(), self.new_block(), self.new_block());
        let i = self.f.add_param(head, Type::I64);
        let code = self.f.add_param(go, Type::I32);
        let next = self.f.add_param(go, Type::I64);
        let zero = self.int(0);
        self.jump_with(head, &[zero]);
        self.start(head);
        let more = self.icmp(IntCC::Slt, i, len);
        self.brif(more, start, done);
        self.start(start);
        let at = self.ptr_add(p, i);
        let byte = self.load_leaf(Addr { readonly: true, ..Addr::safe(at) }, 0, Type::I8);
        let byte = self.conv(ir::ConvertOp::ZExt, Type::I32, byte);
        let small = self.icmp_imm(IntCC::Ult, byte, 0x80);
        self.brif(small, ascii, wide);
        self.start(ascii);
        let after = self.add_imm(i, 1);
        self.jump_with(go, &[byte, after]);
        self.start(wide);
        let decoded = self.rt("gorc_decoderune", &[p, len, i]);
        let wide_rune = self.conv(ir::ConvertOp::Trunc, Type::I32, decoded[0]);
        self.jump_with(go, &[wide_rune, decoded[1]]);
        self.start(go);
        self.range_assign(r, &[(r.key, Some(Val::one(i)), int), (r.value, Some(Val::one(code)), rune)]);
        self.with_target(r.label, done, Some(cont), |cx| cx.stmt(r.body));
        self.enter(cont);
        self.poll();
        self.jump_with(head, &[next]);
        self.start(done);
    }

    fn range_int(&mut self, r: &RangeStmt, ty: Ty) {
        self.shared_vars(r);
        // A constant has the type of the key.
        let ty = if r.key.is_some() && self.is_used(r.key) && self.info.value(r.operand).is_some() { self.type_of_key(r).unwrap_or(ty) } else { ty };
        let n = self.expr_to(r.operand, ty).scalar();
        let machine = self.f.ty(n);
        let unsigned = self.p.basic(ty).is_some_and(Basic::is_unsigned);
        let (head, start, cont, done) = (self.new_block(), self.new_block(), self.new_block(), self.new_block());
        let i = self.f.add_param(head, machine);
        let zero = self.iconst(machine, 0);
        self.jump_with(head, &[zero]);
        self.start(head);
        let more = self.icmp(if unsigned { IntCC::Ult } else { IntCC::Slt }, i, n);
        self.brif(more, start, done);
        self.start(start);
        self.range_assign(r, &[(r.key, Some(Val::one(i)), ty)]);
        self.with_target(r.label, done, Some(cont), |cx| cx.stmt(r.body));
        self.enter(cont);
        let next = self.add_imm(i, 1);
        self.poll();
        self.jump_with(head, &[next]);
        self.start(done);
    }

    fn type_of_key(&mut self, r: &RangeStmt) -> Option<Ty> {
        let ty = match self.ast[r.key] {
            Expr::Name(ident) if r.define => {
                let obj = self.object(ident)?;
                self.obj_ty(obj)
            }
            _ => self.type_of(r.key),
        };
        self.p.basic(ty).filter(|b| b.is_integer())?;
        Some(ty)
    }

    fn range_map(&mut self, r: &RangeStmt, ty: Ty) {
        self.shared_vars(r);
        let (key, elem) = self.map_types(ty);
        let m = self.expr(r.operand).scalar();
        let desc = self.desc(ty);
        let layout = self.p.map_iter_layout();
        let it = self.temp_layout(layout);
        self.rt("gorc_mapiterinit", &[desc, m, it]);
        let (head, start, cont, done) = (self.new_block(), self.new_block(), self.new_block(), self.new_block());
        self.enter(head);
        let at_key = self.load_ptr(it, 0);
        let more = self.not_null(at_key);
        self.brif(more, start, done);
        self.start(start);
        let part = |cx: &mut Self, e: ExprId, ty: Ty, at: Value| {
            cx.is_used(e).then(|| {
                let val = cx.load(ty, Addr::safe(at));
                cx.stable(ty, val)
            })
        };
        let k = part(self, r.key, key, at_key);
        let at_elem = self.load_ptr(it, 8);
        let v = part(self, r.value, elem, at_elem);
        self.range_assign(r, &[(r.key, k, key), (r.value, v, elem)]);
        self.with_target(r.label, done, Some(cont), |cx| cx.stmt(r.body));
        self.enter(cont);
        self.rt("gorc_mapiternext", &[it]);
        self.poll();
        self.jump(head);
        self.start(done);
    }

    fn range_chan(&mut self, r: &RangeStmt, ty: Ty) {
        self.shared_vars(r);
        let elem = self.chan_elem(ty);
        let c = self.expr(r.operand).scalar();
        let (head, start, done) = (self.new_block(), self.new_block(), self.new_block());
        self.enter(head);
        let (val, ok) = self.receive_from(ty, c);
        self.brif(ok, start, done);
        self.start(start);
        self.range_assign(r, &[(r.key, Some(val), elem)]);
        let cont = self.new_block();
        self.with_target(r.label, done, Some(cont), |cx| cx.stmt(r.body));
        self.enter(cont);
        self.poll();
        self.jump(head);
        self.start(done);
    }
}

impl crate::Program<'_> {
    pub fn map_iter_layout(&mut self) -> ir::LayoutId {
        let size = abi::rt::MAP_ITER_WORDS as u64 * 8;
        self.module.layout(ir::Layout { size, align: 8, pointers: vec![abi::rt::MAP_ITER_POINTERS], repeat: 1, desc: None })
    }
}
