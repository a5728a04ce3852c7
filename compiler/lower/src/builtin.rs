//! Built-in functions, those of package unsafe included.

use crate::emit::{Addr, Val};
use crate::expr::IndexValue;
use crate::func::FuncCx;
use crate::ty::{Basic, Kind, Ty};
use ir::{BinaryOp, InstData, IntCC, Type, Value};
use syntax::ast::{Expr, ExprId};
use types::{Builtin, Mode};

impl FuncCx<'_, '_> {
    pub fn builtin(&mut self, e: ExprId, b: Builtin, args: &[ExprId], spread: bool) -> Val {
        if args.len() == 1 && !matches!(b, Builtin::Print | Builtin::Println) && self.is_tuple(args[0]) {
            return self.builtin_of_values(e, b, args[0]);
        }
        match b {
            Builtin::Len | Builtin::Cap => self.len_cap(e, b, args[0]),
            Builtin::Append => self.append(e, args, spread),
            Builtin::Make => self.make(e, args),
            Builtin::New => self.new_builtin(e, args[0]),
            Builtin::Min | Builtin::Max => self.min_max(e, b, args),
            Builtin::Complex => {
                let ty = self.type_of(e);
                let part = if self.p.basic(ty) == Some(Basic::Complex64) { self.p.tys.common.float32 } else { self.p.tys.common.float64 };
                let re = self.expr_to(args[0], part).scalar();
                let im = self.expr_to(args[1], part).scalar();
                Val::many([re, im])
            }
            Builtin::Real => Val::one(self.expr(args[0]).at(0)),
            Builtin::Imag => Val::one(self.expr(args[0]).at(1)),
            Builtin::Recover => {
                self.at_expr(e);
                let fp = self.val(InstData::FramePointer);
                Val::many(self.rt("gorc_gorecover", &[fp]))
            }
            Builtin::Panic | Builtin::Print | Builtin::Println | Builtin::Close | Builtin::Delete | Builtin::Clear | Builtin::Copy => {
                for &a in args {
                    self.hoist(a);
                }
                let values = self.builtin_args(b, args);
                self.at_expr(e);
                self.builtin_effect(b, &values)
            }
            Builtin::Add => {
                let p = self.expr(args[0]).scalar();
                let n = self.index_value(args[1]);
                let (n, _) = self.index_parts(n);
                self.at_expr(e);
                Val::one(self.ptr_add(p, n))
            }
            Builtin::SliceData | Builtin::StringData => Val::one(self.expr(args[0]).at(0)),
            Builtin::Slice | Builtin::String => self.unsafe_slice(e, b, args),
            Builtin::Sizeof | Builtin::Alignof => {
                let ty = self.type_of(args[0]);
                let repr = self.p.repr(ty);
                Val::one(self.int(if b == Builtin::Sizeof { repr.size as i64 } else { repr.align as i64 }))
            }
            Builtin::Offsetof => {
                let field = self.ast.unparen(args[0]);
                let (Expr::Selector { operand, .. }, Some(sel)) = (self.ast[field], self.info.selections.get(&field).cloned()) else {
                    return self.bad(e, "Offsetof");
                };
                let mut ty = self.type_of(operand);
                let mut total = 0;
                for step in &sel.path {
                    if let Some(pointee) = self.p.pointee(ty) {
                        ty = pointee;
                    }
                    let kind = self.p.under(ty);
                    let Kind::Struct(fields) = &*kind else { return self.bad(e, "Offsetof") };
                    total += self.p.repr(ty).fields[step.index as usize];
                    ty = fields[step.index as usize].ty;
                }
                Val::one(self.int(total as i64))
            }
            Builtin::Assert | Builtin::Trace => Val::none(),
        }
    }

    /// `copy(f())` and the like: the operands are the values of one call.
    fn builtin_of_values(&mut self, e: ExprId, b: Builtin, call: ExprId) -> Val {
        let values = self.multi(call);
        self.at_expr(e);
        let ty = self.type_of(e);
        match b {
            Builtin::Delete => {
                let Kind::Map(key, _) = *self.p.under(values[0].1) else { return Val::none() };
                let k = self.assign_convert(values[1].0.clone(), values[1].1, key);
                self.builtin_effect(b, &[values[0].clone(), (k, key)])
            }
            Builtin::Copy => self.builtin_effect(b, &values),
            Builtin::Append => {
                let elem = self.slice_elem(ty);
                let rest: Vec<Val> = values[1..].iter().map(|(v, t)| self.assign_convert(v.clone(), *t, elem)).collect();
                self.append_values(elem, &values[0].0, &rest)
            }
            Builtin::Complex => Val::many([values[0].0.scalar(), values[1].0.scalar()]),
            Builtin::Min | Builtin::Max => self.least(ty, b, values.into_iter().map(|(v, _)| v).collect()),
            _ => self.bad(e, "this builtin on the values of a call"),
        }
    }

    /// The operands of a builtin that is a statement, as the types it takes.
    pub fn builtin_args(&mut self, b: Builtin, args: &[ExprId]) -> Vec<(Val, Ty)> {
        let c = self.p.tys.common;
        match b {
            Builtin::Panic => {
                let val = self.expr_to(args[0], c.any);
                vec![(val, c.any)]
            }
            Builtin::Delete => {
                let map = self.type_of(args[0]);
                let Kind::Map(key, _) = *self.p.under(map) else { return Vec::new() };
                let m = self.expr(args[0]);
                let k = self.expr_to(args[1], key);
                vec![(m, map), (k, key)]
            }
            Builtin::Print | Builtin::Println if args.len() == 1 && self.is_tuple(args[0]) => self.multi(args[0]),
            _ => args
                .iter()
                .map(|&a| {
                    if self.info.mode_of(a) == Mode::Nil {
                        let p = c.unsafe_pointer;
                        return (self.zero_val(p), p);
                    }
                    let ty = self.type_of(a);
                    let val = self.expr(a);
                    (self.stable(ty, val), ty)
                })
                .collect(),
        }
    }

    /// The effect of a builtin on evaluated operands.
    pub fn builtin_effect(&mut self, b: Builtin, args: &[(Val, Ty)]) -> Val {
        match b {
            Builtin::Panic => {
                let v = &args[0].0;
                self.rt("gorc_gopanic", &[v.at(0), v.at(1)]);
                Val::none()
            }
            Builtin::Print | Builtin::Println => {
                self.print_values(args, b == Builtin::Println);
                Val::none()
            }
            Builtin::Close => {
                self.rt("gorc_closechan", &[args[0].0.scalar()]);
                Val::none()
            }
            Builtin::Delete => {
                let map = self.desc(args[0].1);
                let key = self.spill(args[1].1, &args[1].0);
                self.rt("gorc_mapdelete", &[map, args[0].0.scalar(), key]);
                Val::none()
            }
            Builtin::Clear => {
                let (val, ty) = &args[0];
                match &*self.p.under(*ty) {
                    Kind::Map(..) => {
                        let map = self.desc(*ty);
                        self.rt("gorc_mapclear", &[map, val.scalar()]);
                    }
                    Kind::Slice(elem) => {
                        let size = self.p.size_of(*elem);
                        let n = self.mul_imm(val.at(1), size as i64);
                        self.rt("gorc_memclr", &[val.at(0), n]);
                    }
                    _ => {}
                }
                Val::none()
            }
            Builtin::Copy => {
                let (dst, src) = (&args[0], &args[1]);
                self.copy(&dst.0, dst.1, &src.0)
            }
            _ => Val::none(),
        }
    }

    fn len_cap(&mut self, e: ExprId, b: Builtin, x: ExprId) -> Val {
        let ty = self.type_of(x);
        let array_len = |cx: &mut Self, ty: Ty| match *cx.p.under(ty) {
            Kind::Array(_, n) => n as i64,
            _ => 0,
        };
        match &*self.p.under(ty) {
            Kind::Basic(_) => Val::one(self.expr(x).at(1)),
            Kind::Slice(_) => Val::one(self.expr(x).at(if b == Builtin::Len { 1 } else { 2 })),
            Kind::Array(_, n) => {
                let n = *n as i64;
                if self.has_call(x) {
                    self.expr(x);
                }
                Val::one(self.int(n))
            }
            Kind::Pointer(array) => {
                let n = array_len(self, *array);
                self.expr(x);
                Val::one(self.int(n))
            }
            kind => {
                // A map or a channel: a word of its header.
                let offset = if matches!(kind, Kind::Chan(..)) && b == Builtin::Cap { 8 } else { 0 };
                let p = self.expr(x).scalar();
                self.at_expr(e);
                Val::one(self.header_word(p, offset))
            }
        }
    }

    /// A word of a map or channel, 0 if it is nil.
    pub fn header_word(&mut self, p: Value, offset: u64) -> Value {
        let nil = self.is_null(p);
        self.diamond(nil, |cx| Val::one(cx.int(0)), |cx| Val::one(cx.load_int(p, offset))).scalar()
    }

    fn new_builtin(&mut self, e: ExprId, arg: ExprId) -> Val {
        let pointer = self.type_of(e);
        let ty = self.p.pointee(pointer).expect("new gives a pointer");
        let text = self.p.reflect_string(ty);
        if self.info.mode_of(arg) == Mode::Type {
            self.at_expr(e);
            return Val::one(self.alloc(ty, &format!("new({text})"), true));
        }
        let val = self.expr_to(arg, ty);
        self.at_expr(e);
        let at = self.alloc(ty, &format!("new({text})"), true);
        self.store(ty, Addr::safe(at), &val);
        Val::one(at)
    }

    fn make(&mut self, e: ExprId, args: &[ExprId]) -> Val {
        let ty = self.type_of(e);
        match &*self.p.under(ty) {
            Kind::Slice(elem) => self.make_slice(e, *elem, args),
            Kind::Map(..) => {
                let hint = match args.get(1) {
                    Some(&n) => self.size_arg(n),
                    None => self.int(0),
                };
                self.at_expr(e);
                let map = self.desc(ty);
                Val::one(self.rt1("gorc_makemap", &[map, hint]))
            }
            _ => {
                let size = match args.get(1) {
                    Some(&n) => self.size_arg(n),
                    None => self.int(0),
                };
                self.at_expr(e);
                let chan = self.desc(ty);
                Val::one(self.rt1("gorc_makechan", &[chan, size]))
            }
        }
    }

    /// A length or capacity as a signed word; what is too big for one becomes negative, which is out of range too.
    pub fn size_arg(&mut self, e: ExprId) -> Value {
        let n = self.index_value(e);
        self.index_parts(n).0
    }

    fn make_slice(&mut self, e: ExprId, elem: Ty, args: &[ExprId]) -> Val {
        let len = self.index_value(args[1]);
        let cap = match args.get(2) {
            Some(&c) => self.index_value(c),
            None => len,
        };
        self.at_expr(e);
        let size = self.p.size_of(elem);
        // Small and of constant capacity: memory that escape analysis can place.
        if let (IndexValue::Const(n), IndexValue::Const(c)) = (len, cap)
            && 0 <= n
            && n <= c
            && (c as u64).saturating_mul(size.max(1)) <= 64 << 10
            && c > 0
        {
            let array = self.p.tys.intern(Kind::Array(elem, c as u64));
            let text = self.p.reflect_string(elem);
            let at = self.alloc(array, &format!("make([]{text}, {n})"), true);
            let (n, c) = (self.int(n), self.int(c));
            return Val::many([at, n, c]);
        }
        let (len, cap) = (self.index_parts(len).0, self.index_parts(cap).0);
        let desc = self.elem_desc(elem);
        let at = self.rt1("gorc_makeslice", &[desc, len, cap]);
        Val::many([at, len, cap])
    }

    /// What the allocator needs to know of an element type.
    pub fn elem_desc(&mut self, elem: Ty) -> Value {
        let repr = self.p.repr(elem);
        let global = self.p.bare_desc(&repr);
        self.global(global)
    }

    fn min_max(&mut self, e: ExprId, b: Builtin, args: &[ExprId]) -> Val {
        let ty = self.type_of(e);
        let values = args.iter().map(|&a| self.expr_to(a, ty)).collect();
        self.least(ty, b, values)
    }

    fn least(&mut self, ty: Ty, b: Builtin, values: Vec<Val>) -> Val {
        let basic = self.p.basic(ty).unwrap_or(Basic::Int);
        let mut values = values.into_iter();
        let mut best = values.next().expect("min and max have an operand");
        for y in values {
            best = match basic {
                Basic::String => {
                    // The first of equal ones.
                    let op = if b == Builtin::Min { syntax::ast::BinaryOp::Less } else { syntax::ast::BinaryOp::Greater };
                    let better = self.compare(op, ty, &y, &best);
                    let p = self.select(better, y.at(0), best.at(0));
                    let n = self.select(better, y.at(1), best.at(1));
                    Val::many([p, n])
                }
                f if f.is_float() => {
                    let op = if b == Builtin::Min { BinaryOp::FMin } else { BinaryOp::FMax };
                    Val::one(self.bin(op, best.scalar(), y.scalar()))
                }
                int => {
                    let op = if b == Builtin::Min { syntax::ast::BinaryOp::Less } else { syntax::ast::BinaryOp::Greater };
                    let better = self.icmp(Self::int_cc(op, int.is_unsigned()), y.scalar(), best.scalar());
                    Val::one(self.select(better, y.scalar(), best.scalar()))
                }
            };
        }
        best
    }

    /// `unsafe.Slice(p, n)` and `unsafe.String(p, n)`.
    fn unsafe_slice(&mut self, e: ExprId, b: Builtin, args: &[ExprId]) -> Val {
        let pointer = self.type_of(args[0]);
        let p = self.expr(args[0]).scalar();
        let n = self.size_arg(args[1]);
        self.at_expr(e);
        let string = b == Builtin::String;
        let size = match self.p.pointee(pointer) {
            Some(elem) if !string => self.p.size_of(elem),
            _ => 1,
        };
        let limit = (i64::MAX as u64).checked_div(size).unwrap_or(i64::MAX as u64) as i64;
        let limit = self.int(limit);
        let bad = self.icmp(IntCC::Ugt, n, limit);
        self.when_cold(bad, |cx| cx.call_panic(if string { "panicunsafestringlen" } else { "panicunsafeslicelen" }, &[]));
        let is_nil = self.is_null(p);
        // No more than there is above the pointer (nothing for nil, which the next test is for).
        let bytes = self.mul_imm(n, size as i64);
        let start = self.conv(ir::ConvertOp::PtrToInt, Type::I64, p);
        let above = self.un(ir::UnaryOp::Neg, start);
        let past = self.icmp(IntCC::Ugt, bytes, above);
        let real = self.not(is_nil);
        let bad = self.bin(BinaryOp::And, past, real);
        self.when_cold(bad, |cx| cx.call_panic(if string { "panicunsafestringlen" } else { "panicunsafeslicelen" }, &[]));
        let some = self.icmp_imm(IntCC::Ne, n, 0);
        let bad = self.bin(BinaryOp::And, is_nil, some);
        self.when_cold(bad, |cx| cx.call_panic(if string { "panicunsafestringnilptr" } else { "panicunsafeslicenilptr" }, &[]));
        if string { Val::many([p, n]) } else { Val::many([p, n, n]) }
    }

    /// Bits of a value as the runtime takes it.
    pub fn print_word(&mut self, v: Value, signed: bool) -> Value {
        match self.f.ty(v) {
            Type::I64 => v,
            _ => self.as_word(v, signed),
        }
    }
}
