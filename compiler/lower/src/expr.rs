//! Expressions: values, addresses, operators, and the order of evaluation.

use crate::emit::{Addr, Val};
use crate::func::{FuncCx, Var};
use crate::ty::{Basic, Kind, Ty};
use ir::{Block, CheckKind, ConvertOp, FloatCC, IntCC, Type, Value};
use syntax::ast::{BinaryOp, Expr, ExprId, UnaryOp};
use types::{Mode, ObjId, ObjKind, Step};

/// A place or a value on the way through a selector.
pub enum Base {
    Addr(Addr),
    Val(Val),
}

impl FuncCx<'_, '_> {
    // ---- Order ----

    /// Evaluates the calls and receives in `e` now, in order; `expr` finds their values later.
    pub fn hoist(&mut self, e: ExprId) {
        if e.is_none() || self.info.value(e).is_some() {
            return;
        }
        match self.ast[e] {
            Expr::Name(_) | Expr::Lit { .. } | Expr::Bad | Expr::FuncLit { .. } => {}
            Expr::Paren(x) | Expr::Star(x) => self.hoist(x),
            Expr::Selector { operand, .. } => {
                if self.info.mode_of(operand) != Mode::Type {
                    self.hoist(operand);
                }
            }
            Expr::Index { operand, args } => {
                if matches!(self.info.mode_of(e), Mode::Type) {
                    return;
                }
                self.hoist(operand);
                if args.len() == 1 {
                    let arg = self.ast.nth(args, 0);
                    if self.info.mode_of(arg) != Mode::Type {
                        self.hoist(arg);
                    }
                }
            }
            Expr::Slice { operand, lo, hi, max, .. } => {
                self.hoist(operand);
                for b in [lo, hi, max] {
                    if b.is_some() {
                        self.hoist(b);
                    }
                }
                self.memoize(e);
            }
            Expr::Assert { operand, .. } => {
                self.hoist(operand);
                self.memoize(e);
            }
            Expr::Composite { elems, .. } => self.hoist_composite(e, elems),
            Expr::KeyValue { key, value } => {
                self.hoist(key);
                self.hoist(value);
            }
            Expr::Unary { op, operand } => {
                if op == UnaryOp::Receive {
                    self.memoize(e);
                } else {
                    self.hoist(operand);
                }
            }
            Expr::Binary { op, lhs, rhs } => {
                if matches!(op, BinaryOp::AndAnd | BinaryOp::OrOr) {
                    self.memoize(e);
                } else {
                    self.hoist(lhs);
                    self.hoist(rhs);
                }
            }
            Expr::Call { func, args, .. } => {
                if self.is_plain_operation(func) && !self.is_chan_len(func, args) {
                    let conversion = self.info.mode_of(func) == Mode::Type;
                    for arg in self.ast.list(args) {
                        if conversion {
                            let to = self.type_of(e);
                            self.hoist_to(arg, to);
                        } else if self.info.mode_of(arg) != Mode::Type {
                            self.hoist(arg);
                        }
                    }
                    if self.is_ordered_operation(e, func, args) {
                        self.memoize(e);
                    }
                } else if self.info.mode_of(e) != Mode::NoValue && !self.is_tuple(e) {
                    self.memoize(e);
                }
            }
            _ => {}
        }
    }

    /// `hoist` for a value that is assigned to a `target`. What an interface boxes by its address is evaluated in order.
    pub fn hoist_to(&mut self, e: ExprId, target: Ty) {
        self.hoist(e);
        if !self.p.is_interface(target) || self.info.value(e).is_some() || self.info.mode_of(e) == Mode::Nil || self.is_tuple(e) {
            return;
        }
        let ty = self.type_of(e);
        if self.p.is_interface(ty) || self.p.is_direct_iface(ty) || self.is_place(e) || self.is_boxed_by_value(ty) {
            return;
        }
        self.memoize(e);
    }

    /// Does boxing take the value of a `ty` in registers? (gc: words without pointers, strings, slices.)
    fn is_boxed_by_value(&mut self, ty: Ty) -> bool {
        match &*self.p.under(ty) {
            Kind::Basic(Basic::String) | Kind::Slice(_) => true,
            _ => {
                let repr = self.p.repr(ty);
                repr.size == repr.align as u64 && matches!(repr.size, 2 | 4 | 8) && repr.pointer_bytes() == 0
            }
        }
    }

    fn hoist_composite(&mut self, e: ExprId, elems: syntax::ast::List<ExprId>) {
        let ty = self.type_of(e);
        let base = self.p.pointee(ty).unwrap_or(ty);
        match &*self.p.under(base) {
            Kind::Struct(_) => {
                for part in self.literal_parts(e, base) {
                    self.hoist_to(part.value, part.ty);
                }
            }
            &Kind::Array(elem, _) | &Kind::Slice(elem) => {
                for el in self.ast.list(elems) {
                    let value = match self.ast[el] {
                        Expr::KeyValue { value, .. } => value,
                        _ => el,
                    };
                    self.hoist_to(value, elem);
                }
            }
            _ => {
                for el in self.ast.list(elems) {
                    if let Expr::KeyValue { key, value } = self.ast[el] {
                        self.hoist(key);
                        self.hoist(value);
                    }
                }
                self.memoize(e);
            }
        }
    }

    /// Evaluates it here; later uses take the value.
    pub fn memoize(&mut self, e: ExprId) {
        if self.memo.contains_key(&e) {
            return;
        }
        let ty = self.type_of(e);
        let val = self.expr(e);
        let val = self.stable(ty, val);
        self.memo.insert(e, val);
    }

    pub fn is_tuple(&self, e: ExprId) -> bool {
        matches!(self.p.cx.ty(self.info.type_of(e)), types::Type::Tuple(_))
    }

    /// A conversion or a builtin without effect of its own.
    fn is_plain_operation(&self, func: ExprId) -> bool {
        match self.info.mode_of(func) {
            Mode::Type => true,
            Mode::Builtin => {
                use types::Builtin::*;
                matches!(
                    self.builtin_of(func),
                    Some(Len | Cap | Real | Imag | Complex | Min | Max | Add | Alignof | Offsetof | Sizeof | Slice | SliceData | String | StringData)
                )
            }
            _ => false,
        }
    }

    /// An operation without effect that gc nevertheless evaluates in order with the calls of its statement.
    fn is_ordered_operation(&self, e: ExprId, func: ExprId, args: syntax::ast::List<ExprId>) -> bool {
        let under = |x: ExprId| self.p.cx.ty(self.p.cx.underlying(self.info.type_of(x)));
        match self.info.mode_of(func) {
            // The contents of a string as a new slice.
            Mode::Type => matches!(under(e), types::Type::Slice(_)) && matches!(under(self.ast.nth(args, 0)), types::Type::Basic(_)),
            Mode::Builtin => {
                use types::Builtin::*;
                match self.builtin_of(func) {
                    Some(Real | Imag | Complex | Min | Max) => true,
                    Some(Len | Cap) => {
                        args.len() == 1
                            && matches!(under(self.ast.nth(args, 0)), types::Type::Basic(_) | types::Type::Slice(_) | types::Type::Map { .. })
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }

    /// `len` and `cap` of a channel: in gc a call, in order with the others, since receives change it.
    fn is_chan_len(&self, func: ExprId, args: syntax::ast::List<ExprId>) -> bool {
        matches!(self.builtin_of(func), Some(types::Builtin::Len | types::Builtin::Cap))
            && args.len() == 1
            && matches!(self.p.cx.ty(self.p.cx.underlying(self.info.type_of(self.ast.nth(args, 0)))), types::Type::Chan { .. })
    }

    pub fn builtin_of(&self, func: ExprId) -> Option<types::Builtin> {
        let func = self.ast.unparen(func);
        let ident = match self.ast[func] {
            Expr::Name(ident) => ident,
            Expr::Selector { name, .. } => name,
            _ => return None,
        };
        match self.p.cx.obj(self.object(ident)?).kind {
            ObjKind::Builtin(b) => Some(b),
            _ => None,
        }
    }

    /// Does evaluating `e` call something?
    pub fn has_call(&self, e: ExprId) -> bool {
        if e.is_none() || self.info.value(e).is_some() {
            return false;
        }
        let any = |list: &[ExprId]| list.iter().any(|&x| self.has_call(x));
        match self.ast[e] {
            Expr::Paren(x) | Expr::Star(x) => self.has_call(x),
            Expr::Selector { operand, .. } => self.has_call(operand),
            Expr::Index { operand, args } => self.has_call(operand) || self.ast.list(args).any(|a: ExprId| self.has_call(a)),
            Expr::Slice { operand, lo, hi, max, .. } => any(&[operand, lo, hi, max]),
            Expr::Assert { operand, .. } => self.has_call(operand),
            Expr::Composite { elems, .. } => self.ast.list(elems).any(|a: ExprId| self.has_call(a)),
            Expr::KeyValue { key, value } => any(&[key, value]),
            Expr::Unary { op, operand } => op == UnaryOp::Receive || self.has_call(operand),
            Expr::Binary { lhs, rhs, .. } => any(&[lhs, rhs]),
            Expr::Call { func, args, .. } => {
                !self.is_plain_operation(func) || self.is_chan_len(func, args) || self.ast.list(args).any(|a: ExprId| self.has_call(a))
            }
            _ => false,
        }
    }

    // ---- Values ----

    /// Hoists, then evaluates.
    pub fn expr_now(&mut self, e: ExprId) -> Val {
        self.hoist(e);
        self.expr(e)
    }

    /// As the type it is assigned to.
    pub fn expr_to(&mut self, e: ExprId, target: Ty) -> Val {
        if self.info.mode_of(e) == Mode::Nil {
            return self.zero_val(target);
        }
        if let Some(value) = self.info.value(e).cloned() {
            let from = self.type_of(e);
            if !self.p.is_interface(target) {
                return self.constant(&value, target);
            }
            let val = self.constant(&value, from);
            return self.assign_convert(val, from, target);
        }
        let from = self.type_of(e);
        let val = self.expr(e);
        if from == target {
            return val;
        }
        self.at_expr(e);
        self.assign_convert(val, from, target)
    }

    pub fn expr(&mut self, e: ExprId) -> Val {
        if let Some(val) = self.memo.remove(&e) {
            return val;
        }
        stacker::maybe_grow(128 << 10, 1 << 20, || self.expr_inner(e))
    }

    fn expr_inner(&mut self, e: ExprId) -> Val {
        if let Some(value) = self.info.value(e).cloned() {
            let ty = self.type_of(e);
            return self.constant(&value, ty);
        }
        match self.ast[e] {
            Expr::Paren(x) => self.expr(x),
            Expr::Name(ident) => {
                let Some(obj) = self.object(ident) else { return self.bad(e, "a name without object") };
                self.name(e, ident, obj)
            }
            Expr::FuncLit { body, .. } => self.func_lit(e, body),
            Expr::Composite { .. } => {
                let ty = self.type_of(e);
                self.composite(e, ty)
            }
            Expr::Selector { operand, name } => {
                if let Some(sel) = self.info.selections.get(&e).cloned() {
                    return match sel.kind {
                        types::SelectionKind::Field => self.field(e, operand, &sel),
                        types::SelectionKind::Method => self.method_value(e, operand, &sel),
                        types::SelectionKind::MethodExpr => self.method_expr(e, &sel),
                    };
                }
                match self.object(name) {
                    Some(obj) => self.name(e, name, obj),
                    None => self.bad(e, "a selector without object"),
                }
            }
            Expr::Index { operand, args } => self.index(e, operand, self.ast.nth(args, 0)),
            Expr::Slice { operand, lo, hi, max, .. } => self.slice_expr(e, operand, lo, hi, max),
            Expr::Assert { operand, .. } => self.type_assert(e, operand),
            Expr::Call { func, args, spread, .. } => self.call_expr(e, func, args, spread),
            Expr::Star(x) => {
                let ty = self.type_of(e);
                let p = self.expr(x).scalar();
                self.at_expr(e);
                self.load(ty, Addr::maybe_nil(p))
            }
            Expr::Unary { op, operand } => self.unary(e, op, operand),
            Expr::Binary { op, lhs, rhs } => self.binary_expr(e, op, lhs, rhs),
            _ => self.bad(e, "an expression"),
        }
    }

    pub fn bad(&mut self, e: ExprId, what: &str) -> Val {
        let pos = self.pos(e);
        self.unsupported(pos, what);
        let ty = self.type_of(e);
        self.zero_val(ty)
    }

    /// A name used as a value.
    fn name(&mut self, e: ExprId, ident: syntax::ast::IdentId, obj: ObjId) -> Val {
        let object = self.p.cx.obj(obj);
        match object.kind {
            ObjKind::Nil => {
                let ty = self.type_of(e);
                self.zero_val(ty)
            }
            ObjKind::Var(_) => {
                let ty = self.obj_ty(obj);
                self.read_var(obj, ty)
            }
            ObjKind::Func(_) => {
                let func = self.instance_func(ident, obj);
                self.at_expr(e);
                self.func_value(func)
            }
            ObjKind::Const(Some(value)) => {
                let ty = self.type_of(e);
                self.constant(&value, ty)
            }
            _ => self.bad(e, "this name as a value"),
        }
    }

    pub fn read_var(&mut self, obj: ObjId, ty: Ty) -> Val {
        match self.vars.get(&obj) {
            Some(Var::Val(val)) => val.clone(),
            Some(&Var::Mem(addr)) => self.load(ty, Addr::safe(addr)),
            None => {
                let addr = self.var_addr(obj);
                self.load(ty, addr)
            }
        }
    }

    /// The address of a variable that lives in memory.
    pub fn var_addr(&mut self, obj: ObjId) -> Addr {
        match self.vars.get(&obj).cloned() {
            Some(Var::Mem(addr)) => Addr::safe(addr),
            Some(Var::Val(val)) => {
                // Somebody wants the address of a variable that nothing changes: a copy does.
                let ty = self.obj_ty(obj);
                let name = self.p.cx.obj_name(obj);
                let addr = self.alloc(ty, name.as_str(), false);
                self.store(ty, Addr::safe(addr), &val);
                Addr::safe(addr)
            }
            None => {
                let facts = self.var_info(obj);
                if facts.kind == types::VarKind::Package {
                    let global = self.p.package_var(obj);
                    let base = self.global(global);
                    return Addr::safe(base);
                }
                // A blank or unused variable, or one of dead code.
                let addr = self.declare_var(obj);
                Addr::safe(addr)
            }
        }
    }

    /// The function that a (possibly generic) name stands for.
    pub fn instance_func(&mut self, ident: syntax::ast::IdentId, obj: ObjId) -> ir::FuncId {
        let targs = match self.info.instances.get(&ident) {
            Some(instance) => {
                let env = self.env.clone();
                instance.targs.iter().map(|&t| self.p.ty(t, &env)).collect()
            }
            None => Vec::new(),
        };
        self.declared_func(obj, Vec::new(), targs)
    }

    // ---- Addresses ----

    /// Is `e` in memory (so that `addr` gives its address)?
    pub fn is_place(&mut self, e: ExprId) -> bool {
        if self.memo.contains_key(&e) || self.info.value(e).is_some() {
            return false;
        }
        match self.ast[e] {
            Expr::Paren(x) => self.is_place(x),
            Expr::Name(ident) => match self.object(ident) {
                Some(obj) => matches!(self.p.cx.obj(obj).kind, ObjKind::Var(_)) && !matches!(self.vars.get(&obj), Some(Var::Val(_))),
                None => false,
            },
            Expr::Star(_) => self.info.mode_of(e) != Mode::Type,
            Expr::Selector { operand, name } => match self.info.selections.get(&e) {
                Some(sel) if sel.kind == types::SelectionKind::Field => {
                    let follows = sel.path.iter().any(|s| s.deref);
                    follows || self.is_place(operand)
                }
                Some(_) => false,
                None => self.object(name).is_some_and(|o| matches!(self.p.cx.obj(o).kind, ObjKind::Var(_))),
            },
            Expr::Index { operand, .. } => {
                let ty = self.type_of(operand);
                match &*self.p.under(ty) {
                    Kind::Slice(_) | Kind::Pointer(_) => true,
                    Kind::Array(..) => self.is_place(operand),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    /// The address of an addressable expression. A nil pointer is found when it is used.
    pub fn addr(&mut self, e: ExprId) -> Addr {
        stacker::maybe_grow(128 << 10, 1 << 20, || self.addr_inner(e))
    }

    fn addr_inner(&mut self, e: ExprId) -> Addr {
        match self.ast[e] {
            Expr::Paren(x) => self.addr(x),
            Expr::Name(ident) => match self.object(ident) {
                Some(obj) => self.var_addr(obj),
                None => {
                    let val = self.bad(e, "a name without object");
                    let ty = self.type_of(e);
                    Addr::safe(self.spill(ty, &val))
                }
            },
            Expr::Star(x) => {
                let p = self.expr(x).scalar();
                self.at_expr(e);
                Addr::maybe_nil(p)
            }
            Expr::Selector { operand, name } => match self.info.selections.get(&e).cloned() {
                Some(sel) => match self.walk_path(operand, &sel.path) {
                    (Base::Addr(addr), _) => {
                        self.at_expr(e);
                        addr
                    }
                    (Base::Val(val), ty) => Addr::safe(self.spill(ty, &val)),
                },
                None => match self.object(name) {
                    Some(obj) => self.var_addr(obj),
                    None => {
                        let val = self.bad(e, "a selector without object");
                        let ty = self.type_of(e);
                        Addr::safe(self.spill(ty, &val))
                    }
                },
            },
            Expr::Index { operand, args } => {
                let index = self.ast.nth(args, 0);
                let ty = self.type_of(operand);
                match &*self.p.under(ty) {
                    Kind::Slice(elem) => {
                        let s = self.expr(operand);
                        let i = self.index_value(index);
                        self.at_expr(e);
                        self.elem_addr(Addr { base: s.at(0), offset: 0, safe: true, readonly: false }, s.at(1), i, *elem)
                    }
                    Kind::Pointer(array) => {
                        let p = self.expr(operand).scalar();
                        let i = self.index_value(index);
                        self.at_expr(e);
                        self.array_elem(Addr::maybe_nil(p), *array, i)
                    }
                    _ => {
                        let base = self.addr(operand);
                        let i = self.index_value(index);
                        self.at_expr(e);
                        self.array_elem(base, ty, i)
                    }
                }
            }
            _ => {
                // A composite literal, or a value whose address a method call wants.
                let ty = self.type_of(e);
                let val = self.expr(e);
                let at = self.alloc(ty, "", true);
                self.store(ty, Addr::safe(at), &val);
                Addr::safe(at)
            }
        }
    }

    /// Address of an element of an array at `base`.
    pub fn array_elem(&mut self, base: Addr, array: Ty, index: IndexValue) -> Addr {
        let Kind::Array(elem, n) = *self.p.under(array) else { unreachable!("not an array") };
        match index {
            IndexValue::Const(i) if (i as u64) < n => {
                let size = self.p.size_of(elem);
                base.plus(i as u64 * size)
            }
            index => {
                let len = self.int(n as i64);
                // The address is computed, so a nil pointer must be found here.
                let base_value = self.addr_value(base);
                let base = Addr { readonly: base.readonly, ..Addr::safe(base_value) };
                self.elem_addr(base, len, index, elem)
            }
        }
    }

    /// Checks the index and gives the address of the element.
    pub fn elem_addr(&mut self, base: Addr, len: Value, index: IndexValue, elem: Ty) -> Addr {
        let size = self.p.size_of(elem);
        let (i, kind) = self.index_parts(index);
        self.check(kind, &[i, len]);
        if let IndexValue::Const(i) = index
            && let Some(offset) = (i as u64).checked_mul(size).filter(|&o| o < 1 << 30)
        {
            return base.plus(offset);
        }
        let offset = self.mul_imm(i, size as i64);
        let p = self.ptr_add(base.base, offset);
        Addr { base: p, ..base }
    }

    pub fn index_parts(&mut self, index: IndexValue) -> (Value, CheckKind) {
        match index {
            IndexValue::Const(i) => (self.int(i), CheckKind::Index),
            IndexValue::Signed(v) => (v, CheckKind::Index),
            IndexValue::Unsigned(v) => (v, CheckKind::IndexU),
        }
    }

    /// An index or length, as 64 bits.
    pub fn index_value(&mut self, e: ExprId) -> IndexValue {
        if let Some(i) = self.info.value(e).and_then(|v| v.as_i64()) {
            return IndexValue::Const(i);
        }
        let ty = self.type_of(e);
        let v = self.expr(e).scalar();
        let signed = !self.p.basic(ty).is_some_and(Basic::is_unsigned);
        let v = self.int_to(v, Type::I64, signed);
        if signed { IndexValue::Signed(v) } else { IndexValue::Unsigned(v) }
    }

    // ---- Selectors ----

    /// From the operand through the fields of a path: where the last one is, and its type.
    pub fn walk_path(&mut self, operand: ExprId, path: &[Step]) -> (Base, Ty) {
        let ty = self.type_of(operand);
        let first_deref = path.first().is_some_and(|s| s.deref);
        let base = if !first_deref && self.is_place(operand) { Base::Addr(self.addr(operand)) } else { Base::Val(self.expr(operand)) };
        self.at_expr(operand);
        self.walk_steps(base, ty, path)
    }

    pub fn walk_steps(&mut self, mut base: Base, mut ty: Ty, path: &[Step]) -> (Base, Ty) {
        for step in path {
            if step.deref {
                let pointee = self.p.pointee(ty).expect("the path follows a pointer");
                let p = match base {
                    Base::Addr(addr) => self.load(ty, addr).scalar(),
                    Base::Val(val) => val.scalar(),
                };
                base = Base::Addr(Addr::maybe_nil(p));
                ty = pointee;
            }
            let kind = self.p.under(ty);
            let Kind::Struct(fields) = &*kind else { unreachable!("the path leads through structs") };
            let offset = self.p.repr(ty).fields[step.index as usize];
            let field = fields[step.index as usize].ty;
            base = match base {
                Base::Addr(addr) => Base::Addr(addr.plus(offset)),
                Base::Val(val) => Base::Val(self.extract(ty, &val, field, offset)),
            };
            ty = field;
        }
        (base, ty)
    }

    pub fn base_val(&mut self, base: Base, ty: Ty) -> Val {
        match base {
            Base::Addr(addr) => self.load(ty, addr),
            Base::Val(val) => val,
        }
    }

    fn field(&mut self, e: ExprId, operand: ExprId, sel: &types::Selection) -> Val {
        let (base, ty) = self.walk_path(operand, &sel.path);
        self.at_expr(e);
        self.base_val(base, ty)
    }

    // ---- Index ----

    fn index(&mut self, e: ExprId, operand: ExprId, arg: ExprId) -> Val {
        // An instantiated function.
        if self.info.mode_of(operand) == Mode::Value || self.info.mode_of(arg) == Mode::Type {
            if let Some(val) = self.instantiated(operand) {
                return val;
            }
        }
        let ty = self.type_of(operand);
        match &*self.p.under(ty) {
            Kind::Map(..) => self.map_index(e, operand, arg),
            Kind::Basic(_) => {
                let s = self.expr(operand);
                let i = self.index_value(arg);
                self.at_expr(e);
                let base = Addr { readonly: true, ..Addr::safe(s.at(0)) };
                let at = self.elem_addr(base, s.at(1), i, self.p.tys.common.uint8);
                self.load(self.p.tys.common.uint8, at)
            }
            Kind::Array(elem, n) if !self.is_place(operand) => {
                // An array that is a value.
                let val = self.expr(operand);
                let i = self.index_value(arg);
                self.at_expr(e);
                if let IndexValue::Const(i) = i {
                    let size = self.p.size_of(*elem);
                    if (i as u64) < *n {
                        return self.extract(ty, &val, *elem, i as u64 * size);
                    }
                }
                let at = self.spill(ty, &val);
                let addr = self.array_elem(Addr::safe(at), ty, i);
                self.load(*elem, addr)
            }
            _ => {
                let elem = self.type_of(e);
                let addr = self.addr(e);
                self.load(elem, addr)
            }
        }
    }

    /// `f[int]` or a method of it, as a func value.
    fn instantiated(&mut self, operand: ExprId) -> Option<Val> {
        let operand = self.ast.unparen(operand);
        let ident = match self.ast[operand] {
            Expr::Name(ident) => ident,
            Expr::Selector { name, .. } => name,
            _ => return None,
        };
        let obj = self.object(ident)?;
        if !matches!(self.p.cx.obj(obj).kind, ObjKind::Func(_)) {
            return None;
        }
        if let Some(sel) = self.info.selections.get(&operand).cloned() {
            let Expr::Selector { operand: x, .. } = self.ast[operand] else { return None };
            return Some(match sel.kind {
                types::SelectionKind::MethodExpr => self.method_expr(operand, &sel),
                _ => self.method_value(operand, x, &sel),
            });
        }
        let func = self.instance_func(ident, obj);
        Some(self.func_value(func))
    }

    // ---- Operators ----

    fn unary(&mut self, e: ExprId, op: UnaryOp, operand: ExprId) -> Val {
        match op {
            UnaryOp::Plus => self.expr(operand),
            UnaryOp::Address => self.address_of(e, operand),
            UnaryOp::Receive => self.receive(e, operand),
            UnaryOp::Not => {
                let v = self.expr(operand).scalar();
                Val::one(self.not(v))
            }
            UnaryOp::Complement => {
                let v = self.expr(operand).scalar();
                Val::one(self.un(ir::UnaryOp::Not, v))
            }
            UnaryOp::Neg => {
                let ty = self.type_of(e);
                let v = self.expr(operand);
                match self.p.basic(ty) {
                    Some(b) if b.is_float() => Val::one(self.un(ir::UnaryOp::FNeg, v.scalar())),
                    Some(b) if b.is_complex() => {
                        let re = self.un(ir::UnaryOp::FNeg, v.at(0));
                        let im = self.un(ir::UnaryOp::FNeg, v.at(1));
                        Val::many([re, im])
                    }
                    _ => Val::one(self.un(ir::UnaryOp::Neg, v.scalar())),
                }
            }
            UnaryOp::Tilde => self.bad(e, "~"),
        }
    }

    fn address_of(&mut self, e: ExprId, operand: ExprId) -> Val {
        let inner = self.ast.unparen(operand);
        if let Expr::Composite { .. } = self.ast[inner] {
            let ty = self.type_of(inner);
            return self.composite_address(inner, ty);
        }
        let addr = self.addr(inner);
        self.at_expr(e);
        Val::one(self.addr_value(addr))
    }

    fn binary_expr(&mut self, e: ExprId, op: BinaryOp, lhs: ExprId, rhs: ExprId) -> Val {
        use BinaryOp::*;
        match op {
            AndAnd | OrOr => {
                let (yes, no, join) = (self.new_block(), self.new_block(), self.new_block());
                self.cond(e, yes, no);
                let result = self.f.add_param(join, Type::I8);
                self.start(yes);
                let one = self.bool_const(true);
                self.jump_with(join, &[one]);
                self.start(no);
                let zero = self.bool_const(false);
                self.jump_with(join, &[zero]);
                self.start(join);
                Val::one(result)
            }
            Equal | NotEqual | Less | LessEqual | Greater | GreaterEqual => self.comparison(e, op, lhs, rhs),
            Shl | Shr => {
                let ty = self.type_of(e);
                let x = self.expr_to(lhs, ty);
                let count_ty = self.type_of(rhs);
                let count = self.shift_count(rhs, count_ty);
                self.at_expr(e);
                self.shift(op, ty, x.scalar(), count)
            }
            Add if {
                let ty = self.type_of(e);
                self.p.is_string(ty)
            } =>
            {
                self.concat(e)
            }
            _ => {
                let ty = self.type_of(e);
                let x = self.expr_to(lhs, ty);
                let y = self.expr_to(rhs, ty);
                self.at_expr(e);
                self.arith(op, ty, &x, &y, self.divisor_is_known(rhs))
            }
        }
    }

    /// A constant divisor is not zero: the checker has seen it.
    pub fn divisor_is_known(&self, rhs: ExprId) -> bool {
        self.info.value(rhs).is_some()
    }

    /// A shift count that passed its check.
    pub fn shift_count(&mut self, rhs: ExprId, ty: Ty) -> Value {
        if let Some(n) = self.info.value(rhs).and_then(|v| v.as_u64()) {
            return self.int(n.min(1 << 20) as i64);
        }
        let v = self.expr(rhs).scalar();
        if !self.p.basic(ty).is_some_and(Basic::is_unsigned) {
            self.at_expr(rhs);
            self.check(CheckKind::Shift, &[v]);
        }
        v
    }

    pub fn shift(&mut self, op: BinaryOp, ty: Ty, x: Value, count: Value) -> Val {
        let unsigned = self.p.basic(ty).is_some_and(Basic::is_unsigned);
        let op = match op {
            BinaryOp::Shl => ir::BinaryOp::Shl,
            _ if unsigned => ir::BinaryOp::LShr,
            _ => ir::BinaryOp::AShr,
        };
        Val::one(self.bin(op, x, count))
    }

    /// `x op y` for numbers and strings, both of type `ty`.
    pub fn arith(&mut self, op: BinaryOp, ty: Ty, x: &Val, y: &Val, nonzero: bool) -> Val {
        use BinaryOp::*;
        let basic = self.p.basic(ty).unwrap_or(Basic::Int);
        if basic == Basic::String {
            return self.concat_values(&[x.clone(), y.clone()]);
        }
        if basic.is_complex() {
            return self.complex_arith(op, basic, x, y);
        }
        let (x, y) = (x.scalar(), y.scalar());
        if basic.is_float() {
            let op = match op {
                Add => ir::BinaryOp::FAdd,
                Sub => ir::BinaryOp::FSub,
                Mul => ir::BinaryOp::FMul,
                _ => ir::BinaryOp::FDiv,
            };
            return Val::one(self.bin(op, x, y));
        }
        let unsigned = basic.is_unsigned();
        if matches!(op, Div | Rem) && !nonzero {
            self.check(CheckKind::Div, &[y]);
        }
        let op = match op {
            Add => ir::BinaryOp::Add,
            Sub => ir::BinaryOp::Sub,
            Mul => ir::BinaryOp::Mul,
            Div if unsigned => ir::BinaryOp::UDiv,
            Div => ir::BinaryOp::SDiv,
            Rem if unsigned => ir::BinaryOp::URem,
            Rem => ir::BinaryOp::SRem,
            And => ir::BinaryOp::And,
            Or => ir::BinaryOp::Or,
            Xor => ir::BinaryOp::Xor,
            AndNot => ir::BinaryOp::AndNot,
            _ => unreachable!("no arithmetic operator: {op:?}"),
        };
        Val::one(self.bin(op, x, y))
    }

    fn complex_arith(&mut self, op: BinaryOp, basic: Basic, x: &Val, y: &Val) -> Val {
        use ir::BinaryOp::{FAdd, FMul, FSub};
        let (a, b, c, d) = (x.at(0), x.at(1), y.at(0), y.at(1));
        match op {
            BinaryOp::Add => {
                let re = self.bin(FAdd, a, c);
                let im = self.bin(FAdd, b, d);
                Val::many([re, im])
            }
            BinaryOp::Sub => {
                let re = self.bin(FSub, a, c);
                let im = self.bin(FSub, b, d);
                Val::many([re, im])
            }
            // gc multiplies complex64 in float64 and rounds once.
            BinaryOp::Mul => {
                let wide = |cx: &mut Self, v: Value| if basic == Basic::Complex64 { cx.conv(ConvertOp::FPromote, Type::F64, v) } else { v };
                let (a, b, c, d) = (wide(self, a), wide(self, b), wide(self, c), wide(self, d));
                let (ac, bd) = (self.bin(FMul, a, c), self.bin(FMul, b, d));
                let (ad, bc) = (self.bin(FMul, a, d), self.bin(FMul, b, c));
                let re = self.bin(FSub, ac, bd);
                let im = self.bin(FAdd, ad, bc);
                self.narrow_complex(basic, re, im)
            }
            _ => {
                let wide = |cx: &mut Self, v: Value| if basic == Basic::Complex64 { cx.conv(ConvertOp::FPromote, Type::F64, v) } else { v };
                let args = [wide(self, a), wide(self, b), wide(self, c), wide(self, d)];
                let Some(func) = self.p.runtime_func("complex128div") else {
                    self.p.error(source::Pos::NONE, "internal error: package runtime has no function complex128div");
                    return Val::many([a, b]);
                };
                let inst = self.ins(ir::InstData::Call { func, args: args.into_iter().collect() });
                let (re, im) = (self.f.results[inst][0], self.f.results[inst][1]);
                self.narrow_complex(basic, re, im)
            }
        }
    }

    fn narrow_complex(&mut self, basic: Basic, re: Value, im: Value) -> Val {
        if basic == Basic::Complex64 {
            let re = self.conv(ConvertOp::FDemote, Type::F32, re);
            let im = self.conv(ConvertOp::FDemote, Type::F32, im);
            return Val::many([re, im]);
        }
        Val::many([re, im])
    }

    // ---- Conditions ----

    /// Branches on a boolean expression.
    pub fn cond(&mut self, e: ExprId, yes: Block, no: Block) {
        if let Some(val) = self.memo.remove(&e) {
            self.brif(val.scalar(), yes, no);
            return;
        }
        if let Some(b) = self.info.value(e).and_then(|v| v.as_bool()) {
            self.jump(if b { yes } else { no });
            return;
        }
        match self.ast[e] {
            Expr::Paren(x) => self.cond(x, yes, no),
            Expr::Unary { op: UnaryOp::Not, operand } => self.cond(operand, no, yes),
            Expr::Binary { op: BinaryOp::AndAnd, lhs, rhs } => {
                let more = self.new_block();
                stacker::maybe_grow(128 << 10, 1 << 20, || self.cond(lhs, more, no));
                self.start(more);
                self.cond(rhs, yes, no);
            }
            Expr::Binary { op: BinaryOp::OrOr, lhs, rhs } => {
                let more = self.new_block();
                stacker::maybe_grow(128 << 10, 1 << 20, || self.cond(lhs, yes, more));
                self.start(more);
                self.cond(rhs, yes, no);
            }
            _ => {
                let v = self.expr_now(e).scalar();
                self.brif(v, yes, no);
            }
        }
    }

    /// Integer comparison of an operator.
    pub fn int_cc(op: BinaryOp, unsigned: bool) -> IntCC {
        match (op, unsigned) {
            (BinaryOp::Equal, _) => IntCC::Eq,
            (BinaryOp::NotEqual, _) => IntCC::Ne,
            (BinaryOp::Less, false) => IntCC::Slt,
            (BinaryOp::LessEqual, false) => IntCC::Sle,
            (BinaryOp::Greater, false) => IntCC::Sgt,
            (BinaryOp::GreaterEqual, false) => IntCC::Sge,
            (BinaryOp::Less, true) => IntCC::Ult,
            (BinaryOp::LessEqual, true) => IntCC::Ule,
            (BinaryOp::Greater, true) => IntCC::Ugt,
            _ => IntCC::Uge,
        }
    }
    pub fn float_cc(op: BinaryOp) -> FloatCC {
        match op {
            BinaryOp::Equal => FloatCC::Eq,
            BinaryOp::NotEqual => FloatCC::Ne,
            BinaryOp::Less => FloatCC::Lt,
            BinaryOp::LessEqual => FloatCC::Le,
            BinaryOp::Greater => FloatCC::Gt,
            _ => FloatCC::Ge,
        }
    }
}

/// An index with what its check needs to know.
#[derive(Clone, Copy, Debug)]
pub enum IndexValue {
    Const(i64),
    Signed(Value),
    Unsigned(Value),
}
