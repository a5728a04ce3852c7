//! Expressions: literals, operators, assertions; the entry points for all others.

use super::Checker;
use super::expr_string::{binary_op, unary_op};
use super::operand::Operand;
use crate::constant::{Value, integer_bits};
use crate::predicates::Incomparable;
use crate::{Basic, BodyInfo, ChanDir, Mode, Type, TypeId};
use std::sync::Arc;
use syntax::ast::{BinaryOp, Expr, ExprId, LitKind, UnaryOp};

/// What a composite literal without a type, or a generic function without arguments, is to become.
#[derive(Clone)]
pub(crate) struct Target {
    pub ty: TypeId,
    /// Of what: a variable's name, "result variable".
    pub what: String,
}

/// Bytes of a constant string. gc's limit is four times as large; sums of such strings fill the memory.
const MAX_STRING: usize = 1 << 28;

pub(crate) const MISPLACED_TYPE_GUARD: &str = "invalid syntax tree: use of .(type) outside type switch";

impl<'a> Checker<'a> {
    /// A single value.
    pub fn expr(&mut self, x: &mut Operand, e: ExprId) {
        self.raw_expr(x, e, None);
        self.exclude(x, true, true, true);
        self.single_value(x);
    }
    /// A single value; a generic function is instantiated as the target's type asks for.
    pub fn expr_with_target(&mut self, x: &mut Operand, e: ExprId, target: Option<TypeId>, what: &str) {
        let target = target.filter(|&t| self.cx.is_valid(t) && self.core_is_func(t)).map(|ty| Target { ty, what: what.to_string() });
        self.raw_expr(x, e, target.as_ref());
        self.exclude(x, true, true, true);
        self.single_value(x);
    }
    /// A value or generic function; not reported if generic, also if only some type arguments are given.
    pub fn generic_expr(&mut self, x: &mut Operand, e: ExprId) {
        let inner = self.ast().unparen(e);
        // Before 1.21 an argument's type arguments were inferred from it alone.
        if self.allows(21) && matches!(self.ast()[inner], Expr::Index { .. }) {
            self.partial_ok = Some((self.env.file, inner));
        }
        self.raw_expr_generic(x, e, None, true);
        self.partial_ok = None;
        self.exclude(x, true, true, true);
        self.single_value(x);
    }
    /// A value or a type.
    pub fn expr_or_type(&mut self, x: &mut Operand, e: ExprId, allow_generic: bool) {
        self.raw_expr_generic(x, e, None, allow_generic);
        self.exclude(x, true, false, false);
        self.single_value(x);
    }

    pub fn exclude(&mut self, x: &mut Operand, no_value: bool, builtin: bool, ty: bool) {
        let text = match x.mode {
            Mode::NoValue if no_value => {
                if ty {
                    format!("{} used as value", self.describe(x))
                } else {
                    format!("{} used as value or type", self.describe(x))
                }
            }
            Mode::Builtin if builtin => format!("{} must be called", self.describe(x)),
            Mode::Type if ty => format!("{} is not an expression", self.describe(x)),
            _ => return,
        };
        self.error(x.expr, text);
        x.invalidate();
    }

    /// Any operand; recorded. Generic functions must be instantiated.
    pub fn raw_expr(&mut self, x: &mut Operand, e: ExprId, target: Option<&Target>) {
        self.raw_expr_generic(x, e, target, false);
    }

    pub fn raw_expr_generic(&mut self, x: &mut Operand, e: ExprId, target: Option<&Target>, allow_generic: bool) {
        *x = Operand::new(e);
        if e.is_none() {
            return;
        }
        stacker::maybe_grow(super::STACK_RESERVE, super::STACK_SEGMENT, || self.expr_internal(x, e, target));
        if !allow_generic {
            self.non_generic(x, target);
        }
        if x.is_invalid() {
            x.ty = TypeId::INVALID;
        }
        x.expr = e;
        if self.is_incomplete_value(x) {
            x.invalidate();
            x.ty = TypeId::INVALID;
        }
        self.record(e, x.mode, if x.mode == Mode::NoValue { self.cx.tuple_of(&[]) } else { x.ty }, x.val.as_ref());
    }

    fn non_generic(&mut self, x: &mut Operand, target: Option<&Target>) {
        if matches!(x.mode, Mode::Invalid | Mode::NoValue) {
            return;
        }
        let what = if x.mode == Mode::Type && self.cx.is_generic(x.ty) {
            "type"
        } else if matches!(self.cx.ty(self.cx.unalias(x.ty)), Type::Func(sig) if !sig.tparams.is_empty()) && x.mode != Mode::Type {
            if let Some(target) = target {
                self.instantiate_for_target(x, target);
                return;
            }
            "function"
        } else {
            return;
        };
        self.error(x.expr, format!("cannot use generic {what} {} without instantiation", self.expr_string(x.expr)));
        x.invalidate();
    }

    fn expr_internal(&mut self, x: &mut Operand, e: ExprId, target: Option<&Target>) {
        let ast = self.ast();
        match ast[e] {
            Expr::Bad => {}
            Expr::Name(id) => self.ident(x, e, id, false),
            Expr::Ellipsis { .. } => self.error(e, "invalid use of ..."),
            Expr::Lit { kind, text } => self.basic_lit(x, e, kind, text.as_str()),
            Expr::FuncLit { ty, body } => self.func_lit(x, e, ty, body),
            Expr::Composite { .. } => self.composite_lit(x, e, None),
            Expr::Paren(inner) => {
                self.raw_expr_generic(x, inner, target, true);
                x.expr = e;
            }
            Expr::Selector { .. } => self.selector(x, e, false),
            Expr::Index { .. } => {
                if self.index_expr(x, e) {
                    self.func_inst(x, e, target, true);
                }
            }
            Expr::Slice { .. } => self.slice_expr(x, e),
            Expr::Assert { operand, ty } => {
                self.expr(x, operand);
                if x.is_invalid() {
                    self.typ(ty);
                    return;
                }
                if self.cx.is_type_param(x.ty) {
                    self.error(operand, format!("invalid operation: cannot use type assertion on type parameter value {}", self.describe(x)));
                    return x.invalidate();
                }
                if !matches!(self.cx.under(x.ty), Type::Interface(_)) {
                    self.error(operand, format!("invalid operation: {} is not an interface", self.describe(x)));
                    return x.invalidate();
                }
                let t = self.var_type(ty);
                if !self.cx.is_valid(t) {
                    return x.invalidate();
                }
                self.type_assertion(e, x, t, false);
                x.mode = Mode::CommaOk;
                x.ty = t;
            }
            Expr::TypeGuard { operand } => {
                self.error(e, MISPLACED_TYPE_GUARD);
                self.expr(x, operand);
                x.invalidate();
            }
            Expr::Call { .. } => self.call(x, e),
            Expr::Unary { op, operand } => self.unary(x, e, op, operand),
            Expr::Binary { op, lhs, rhs } => self.binary(x, Some(e), lhs, rhs, op, self.expr_pos(e)),
            Expr::Star(inner) => {
                self.expr_or_type(x, inner, false);
                match x.mode {
                    Mode::Invalid => {}
                    Mode::Builtin => {
                        self.error(inner, format!("invalid operation: cannot indirect {}", self.describe(x)));
                        x.invalidate();
                    }
                    Mode::Type => {
                        let t = x.ty;
                        self.must_be_ordinary(inner, t);
                        x.ty = self.cx.pointer_to(t);
                    }
                    Mode::Nil => {
                        self.error(inner, format!("invalid operation: cannot indirect {}", self.describe(x)));
                        x.invalidate();
                    }
                    _ => {
                        let t = x.ty;
                        let elem = self.common(t, |c, u| match c.cx.ty(u) {
                            Type::Pointer(elem) => Some(elem),
                            _ => None,
                        });
                        match elem {
                            Some(elem) => {
                                x.mode = Mode::Variable;
                                x.ty = elem;
                                x.val = None;
                            }
                            None => {
                                let bases: Vec<TypeId> = self
                                    .under_list(t)
                                    .into_iter()
                                    .filter_map(|u| if let Type::Pointer(p) = self.cx.ty(u) { Some(p) } else { None })
                                    .collect();
                                let text = if self.cx.is_type_param(t) && bases.len() > 1 && bases.len() == self.under_list(t).len() {
                                    format!("invalid operation: pointers of {} must have identical base types", self.describe(x))
                                } else {
                                    format!("invalid operation: cannot indirect {}", self.describe(x))
                                };
                                self.error(inner, text);
                                x.invalidate();
                            }
                        }
                    }
                }
            }
            Expr::KeyValue { .. } => self.error(e, "unexpected key:value expression"),
            Expr::ArrayType { .. }
            | Expr::SliceType { .. }
            | Expr::StructType { .. }
            | Expr::FuncType { .. }
            | Expr::InterfaceType { .. }
            | Expr::MapType { .. }
            | Expr::ChanType { .. } => {
                let t = self.typ(e);
                if self.cx.is_valid(t) {
                    x.mode = Mode::Type;
                    x.ty = t;
                }
            }
        }
    }

    /// `f` of the underlying type, or of every type in a type parameter's set: all must agree.
    pub fn common(&self, t: TypeId, f: impl Fn(&Self, TypeId) -> Option<TypeId>) -> Option<TypeId> {
        if !self.cx.is_type_param(t) {
            return f(self, self.cx.underlying(t));
        }
        let terms = self.cx.type_set_of(t).terms.clone()?;
        let mut found = None;
        for term in &terms {
            let got = f(self, self.cx.underlying(term.ty))?;
            match found {
                None => found = Some(got),
                Some(before) if self.cx.identical(before, got) => {}
                _ => return None,
            }
        }
        found
    }

    /// The one underlying type of a type parameter's set (channels of one element may differ in direction).
    pub fn core_type(&self, t: TypeId) -> Option<TypeId> {
        if !self.cx.is_type_param(t) {
            return Some(self.cx.underlying(t));
        }
        let terms = self.cx.type_set_of(t).terms.clone()?;
        let mut found: Option<TypeId> = None;
        for term in &terms {
            let u = self.cx.underlying(term.ty);
            match found {
                None => found = Some(u),
                Some(before) if self.cx.identical(before, u) => {}
                Some(before) => match (self.cx.ty(before), self.cx.ty(u)) {
                    (Type::Chan { dir: d, elem: a }, Type::Chan { dir: e, elem: b }) if self.cx.identical(a, b) => {
                        if d == ChanDir::Both {
                            found = Some(u);
                        } else if e != ChanDir::Both && d != e {
                            return None;
                        }
                    }
                    _ => return None,
                },
            }
        }
        found
    }

    fn basic_lit(&mut self, x: &mut Operand, e: ExprId, kind: LitKind, text: &str) {
        if self.file().has_lexical_errors && syntax::is_malformed_literal(text) {
            return x.invalidate();
        }
        match kind {
            LitKind::Int | LitKind::Float | LitKind::Imaginary => {
                let ty = match kind {
                    LitKind::Int => TypeId::UNTYPED_INT,
                    LitKind::Float => TypeId::UNTYPED_FLOAT,
                    _ => TypeId::UNTYPED_COMPLEX,
                };
                // More digits than this are an attack, not a number.
                if text.len() > 10_000 {
                    return self.error(e, format!("excessively long constant: {}... ({} chars)", &text[..10], text.len()));
                }
                if !self.allows(13) {
                    let start = text.to_ascii_lowercase();
                    let what = if text.contains('_') {
                        Some("underscore in numeric literal")
                    } else if start.starts_with("0b") {
                        Some("binary literal")
                    } else if start.starts_with("0o") {
                        Some("0o/0O-style octal literal")
                    } else if start.starts_with("0x") && kind != LitKind::Int {
                        Some("hexadecimal floating-point literal")
                    } else {
                        None
                    };
                    if let Some(what) = what {
                        let pos = self.start(e);
                        self.require_version(pos, 13, what);
                    }
                }
                match Value::from_number(text, kind == LitKind::Imaginary) {
                    Some(v) => {
                        x.set_const(ty, v);
                        self.overflow(x, None);
                    }
                    None => self.error(e, format!("malformed constant: {text}")),
                }
            }
            LitKind::Rune => match syntax::literal::unquote_rune(text) {
                Some(r) => x.set_const(TypeId::UNTYPED_RUNE, Value::int(r as i64)),
                None => x.invalidate(),
            },
            LitKind::String => x.set_const(TypeId::UNTYPED_STRING, Value::str(&syntax::literal::unquote_string(text))),
        }
    }

    fn func_lit(&mut self, x: &mut Operand, e: ExprId, ty: ExprId, body: syntax::ast::StmtId) {
        let saved = self.open_scope();
        let mut info = BodyInfo::default();
        self.n_funcs += 1;
        let func = self.n_funcs;
        let outer = std::mem::replace(&mut self.env.func, func);
        let sig = self.func_type(ty, Arc::from([]), None, &mut info);
        self.env.func = outer;
        let scope = self.env.scope;
        self.close_scope(saved);
        let sig_ty = self.cx.mk(Type::Func(sig.clone()));
        self.record_type_expr(ty, sig_ty);
        if !self.config.ignore_func_bodies {
            // Put off: the body may use a type that this expression is part of.
            let iota = self.env.iota.clone();
            let outer_tparams = self.outer_tparams.clone();
            self.later(move |c| {
                c.env.scope = scope;
                let saved = std::mem::replace(&mut c.outer_tparams, outer_tparams);
                let info = c.func_body(sig, body, info, func, iota);
                c.outer_tparams = saved;
                c.info[c.env.file].lit_bodies.insert(e, info);
            });
        }
        x.set_value(sig_ty);
    }

    // Unary operators.

    fn unary(&mut self, x: &mut Operand, e: ExprId, op: UnaryOp, operand: ExprId) {
        match op {
            UnaryOp::Address => {
                // `&T{}` and `&(T{})` need no variable.
                self.raw_expr(x, operand, None);
                self.exclude(x, true, true, true);
                self.single_value(x);
                if x.is_invalid() {
                    return;
                }
                let inner = self.ast().unparen(operand);
                if !matches!(self.ast()[inner], Expr::Composite { .. }) && x.mode != Mode::Variable {
                    self.error(x.expr, format!("invalid operation: cannot take address of {}", self.describe(x)));
                    return x.invalidate();
                }
                self.note_address(operand);
                let t = self.cx.pointer_to(x.ty);
                x.set_value(t);
                return;
            }
            UnaryOp::Receive => {
                self.expr(x, operand);
                if x.is_invalid() {
                    return;
                }
                match self.chan_elem(x, true) {
                    Ok(elem) => {
                        x.mode = Mode::CommaOk;
                        x.ty = elem;
                        x.val = None;
                        self.env.has_call_or_recv = true;
                    }
                    Err(text) => {
                        self.error(x.expr, text);
                        x.invalidate();
                    }
                }
                return;
            }
            UnaryOp::Tilde => {
                self.expr(x, operand);
                if !x.is_invalid() {
                    if self.cx.all_integer(x.ty) {
                        self.error(e, "cannot use ~ outside of interface or type constraint (use ^ for bitwise complement)");
                    } else {
                        self.error(e, "cannot use ~ outside of interface or type constraint");
                    }
                }
                return x.invalidate();
            }
            _ => {}
        }
        self.expr(x, operand);
        if x.is_invalid() {
            return;
        }
        let ok = match op {
            UnaryOp::Plus | UnaryOp::Neg => self.cx.all_numeric(x.ty),
            UnaryOp::Complement => self.cx.all_integer(x.ty),
            _ => self.cx.all_boolean(x.ty),
        };
        if !ok {
            self.error(x.expr, format!("invalid operation: operator {} not defined on {}", unary_op(op), self.describe(x)));
            return x.invalidate();
        }
        if x.mode == Mode::Constant {
            let v = x.val.clone().unwrap_or(Value::Unknown);
            if v.is_unknown() {
                x.val = Some(Value::Unknown);
                return;
            }
            let result = match op {
                UnaryOp::Plus => v,
                UnaryOp::Neg => v.neg(),
                UnaryOp::Not => Value::Bool(v.as_bool() != Some(true)),
                _ => {
                    let bits = if self.cx.is_unsigned(x.ty) { self.cx.basic(x.ty).map(integer_bits) } else { None };
                    v.to_int().complement(bits)
                }
            };
            x.val = Some(result);
            x.expr = e;
            self.overflow(x, Some(self.expr_pos(e)));
            return;
        }
        x.mode = Mode::Value;
    }

    /// The element type of a channel (or of all channels of a type set) that can be received from or sent to.
    pub fn chan_elem(&self, x: &Operand, receive: bool) -> Result<TypeId, String> {
        let terms: Vec<TypeId> = if self.cx.is_type_param(x.ty) {
            match self.cx.type_set_of(x.ty).terms.clone() {
                Some(terms) => terms.iter().map(|t| self.cx.underlying(t.ty)).collect(),
                None => Vec::new(),
            }
        } else {
            vec![self.cx.underlying(x.ty)]
        };
        let verb = if receive { "receive from" } else { "send to" };
        let is_param = self.cx.is_type_param(x.ty);
        let fail = |cause: String| {
            if is_param {
                format!("invalid operation: cannot {verb} {}: {cause}", self.describe(x))
            } else {
                format!("invalid operation: cannot {verb} {cause} {}", self.describe(x))
            }
        };
        if terms.is_empty() {
            return Err(fail("no specific channel type".into()));
        }
        let mut found: Option<(TypeId, TypeId)> = None;
        for &t in &terms {
            let Type::Chan { dir, elem } = self.cx.ty(t) else {
                return Err(fail(if x.is_nil() { "non-channel untyped nil".into() } else { format!("non-channel {}", self.ts(t)) }));
            };
            match (dir, receive) {
                (ChanDir::Send, true) => return Err(fail(format!("send-only channel {}", self.ts(t)))),
                (ChanDir::Receive, false) => return Err(fail(format!("receive-only channel {}", self.ts(t)))),
                _ => {}
            }
            if let Some((first, other)) = found
                && !self.cx.identical(other, elem)
            {
                return Err(fail(format!("channels {} and {} have different element types", self.ts(first), self.ts(t))));
            }
            found = Some((t, elem));
        }
        found.map(|f| f.1).ok_or_else(String::new)
    }

    /// Why a type parameter has no core type.
    pub fn no_core_type(&self, t: TypeId, none: &str) -> String {
        let list = match self.cx.type_set_of(t).terms.clone() {
            Some(terms) if !terms.is_empty() => terms,
            _ => return none.to_string(),
        };
        for term in &list[1..] {
            if let (Type::Chan { dir: d, elem: a }, Type::Chan { dir: e, elem: b }) = (self.cx.under(list[0].ty), self.cx.under(term.ty)) {
                let (first, other) = (self.ts(list[0].ty), self.ts(term.ty));
                if !self.cx.identical(a, b) {
                    return format!("channels {first} and {other} have different element types");
                }
                if d != e && d != ChanDir::Both && e != ChanDir::Both {
                    return format!("channels {first} and {other} have conflicting directions");
                }
                continue;
            }
            if !self.cx.identical(self.cx.underlying(term.ty), self.cx.underlying(list[0].ty)) {
                return format!("{} and {} have different underlying types", self.ts(list[0].ty), self.ts(term.ty));
            }
        }
        none.to_string()
    }

    /// Typed constants must fit their type, untyped ones have at most 512 bits.
    pub fn overflow(&mut self, x: &mut Operand, op_pos: Option<source::Pos>) {
        let Some(v) = &x.val else { return };
        if v.is_unknown() {
            let at = op_pos.unwrap_or(self.start(x.expr));
            return self.error_at(at, "constant result is not representable");
        }
        if !self.cx.is_untyped(x.ty) {
            if self.cx.basic(x.ty).is_some() {
                let t = x.ty;
                self.representable(x, t);
            }
            return;
        }
        if let Value::Int(n) = v
            && n.bits() > 512
        {
            let op = match self.ast()[self.ast().unparen(x.expr)] {
                Expr::Binary { op: BinaryOp::Shl | BinaryOp::Shr, .. } => "shift ",
                Expr::Binary { op: BinaryOp::Add, .. } => "addition ",
                Expr::Binary { op: BinaryOp::Sub, .. } => "subtraction ",
                Expr::Binary { op: BinaryOp::Xor, .. } => "bitwise XOR ",
                Expr::Binary { op: BinaryOp::Mul, .. } => "multiplication ",
                Expr::Unary { op: UnaryOp::Complement, .. } => "bitwise complement ",
                _ => "",
            };
            let at = op_pos.unwrap_or(self.start(x.expr));
            self.error_at(at, format!("constant {op}overflow"));
            x.val = Some(Value::Unknown);
        }
    }

    // Binary operators.

    /// Is the mix of the two operand types possible at all?
    fn may_convert(&self, x: &Operand, y: &Operand) -> bool {
        // If both are typed there is nothing to convert.
        let (xt, yt) = (self.cx.is_typed(x.ty), self.cx.is_typed(y.ty));
        if xt && yt {
            return false;
        }
        if self.cx.is_non_param_interface(x.ty) || self.cx.is_non_param_interface(y.ty) {
            return true;
        }
        if self.cx.all_boolean(x.ty) != self.cx.all_boolean(y.ty) {
            return false;
        }
        if self.cx.all_string(x.ty) != self.cx.all_string(y.ty) {
            return false;
        }
        if x.is_nil() {
            return self.cx.has_nil(y.ty);
        }
        if y.is_nil() {
            return self.cx.has_nil(x.ty);
        }
        if matches!(self.cx.under(x.ty), Type::Pointer(_)) || matches!(self.cx.under(y.ty), Type::Pointer(_)) {
            return false;
        }
        true
    }

    /// Untyped operands take the type of the other side. False: impossible, nothing reported.
    pub fn match_types(&mut self, x: &mut Operand, y: &mut Operand) -> bool {
        if !self.may_convert(x, y) {
            return true;
        }
        let x_untyped = self.cx.is_untyped(x.ty);
        let y_untyped = self.cx.is_untyped(y.ty);
        if x_untyped && y_untyped {
            if x.is_nil() || y.is_nil() {
                return x.ty == y.ty;
            }
            let Some(t) = self.max_type(x.ty, y.ty) else { return false };
            for o in [x, y] {
                if o.ty != t {
                    o.ty = t;
                    self.update_expr_type(o.expr, t, false);
                }
            }
            return true;
        }
        let (from, to) = if x_untyped { (x, y.ty) } else { (y, x.ty) };
        match self.implicit_type(from, to) {
            Ok((t, v)) => {
                if let Some(v) = v {
                    from.val = Some(v);
                }
                if t != from.ty {
                    from.ty = t;
                    self.update_expr_type(from.expr, t, false);
                }
                self.update_expr_val(from);
                true
            }
            Err(_) => false,
        }
    }

    pub fn binary(&mut self, x: &mut Operand, e: Option<ExprId>, lhs: ExprId, rhs: ExprId, op: BinaryOp, op_pos: source::Pos) {
        let mut y = Operand::new(rhs);
        self.expr(x, lhs);
        self.expr(&mut y, rhs);
        self.binary_operands(x, y, e, op, op_pos);
    }

    pub fn binary_operands(&mut self, x: &mut Operand, mut y: Operand, e: Option<ExprId>, op: BinaryOp, op_pos: source::Pos) {
        if x.is_invalid() {
            return;
        }
        if y.is_invalid() {
            x.expr = y.expr;
            return x.invalidate();
        }
        if matches!(op, BinaryOp::Shl | BinaryOp::Shr) {
            return self.shift(x, &mut y, e, op);
        }
        let whole = |c: &Self, x: &Operand| e.map_or_else(|| c.start(x.expr), |e| c.start(e));
        let mismatch = |c: &Self, x: &Operand, y: &Operand| {
            let left = c.expr_string(x.expr);
            let right = c.expr_string(y.expr);
            let sep = if e.is_some() { format!("{left} {} {right}", binary_op(op)) } else { format!("{left} {}= {right}", binary_op(op)) };
            format!("invalid operation: {sep} (mismatched types {} and {})", c.ts(x.ty), c.ts(y.ty))
        };
        if op == BinaryOp::Add && self.concatenate(x, &y, e) {
            return;
        }
        let (x0, y0) = (x.clone(), y.clone());
        if !self.match_types(x, &mut y) {
            // A constant that does not fit says so itself.
            if self.cx.is_valid(x.ty) && self.cx.is_valid(y.ty) {
                let numeric = |c: &Self, t: TypeId| c.cx.all_numeric(t);
                let misfit = if self.cx.is_untyped(x0.ty) && x0.mode == Mode::Constant && numeric(self, x0.ty) && numeric(self, y0.ty) {
                    self.implicit_type(&x0, y0.ty).err().map(|m| (m, x0.clone(), y0.ty))
                } else if self.cx.is_untyped(y0.ty) && y0.mode == Mode::Constant && numeric(self, x0.ty) && numeric(self, y0.ty) {
                    self.implicit_type(&y0, x0.ty).err().map(|m| (m, y0.clone(), x0.ty))
                } else {
                    None
                };
                if let Some((m, o, t)) = misfit.filter(|m| m.0 != super::untyped::Misfit::Conversion) {
                    self.invalid_conversion(m, &o, t);
                } else {
                    let text = mismatch(self, &x0, &y0);
                    self.error_at(whole(self, x), text);
                }
            }
            return x.invalidate();
        }
        if is_comparison(op) {
            return self.comparison(x, &mut y, op, e);
        }
        if !self.cx.identical(x.ty, y.ty) {
            if self.cx.is_valid(x.ty) && self.cx.is_valid(y.ty) {
                let text = mismatch(self, x, &y);
                self.error_at(whole(self, x), text);
            }
            return x.invalidate();
        }
        if !self.operator_ok(op, x) {
            return x.invalidate();
        }
        if matches!(op, BinaryOp::Div | BinaryOp::Rem) {
            // Division by a constant zero.
            if (x.mode == Mode::Constant || self.cx.all_integer(x.ty)) && y.mode == Mode::Constant && y.val.as_ref().is_some_and(|v| v.sign() == 0) {
                self.error(y.expr, "invalid operation: division by zero");
                return x.invalidate();
            }
            // The squares of what is extremely small are zero.
            let square_is_zero = |v: &Value| Value::binary(v, BinaryOp::Mul, v, false).is_zero();
            if x.mode == Mode::Constant
                && y.mode == Mode::Constant
                && self.cx.is_basic(x.ty, Basic::is_complex)
                && y.val.as_ref().is_some_and(|v| square_is_zero(&v.real()) && square_is_zero(&v.imag()))
            {
                self.error(y.expr, "invalid operation: division by zero");
                return x.invalidate();
            }
        }
        if x.mode == Mode::Constant && y.mode == Mode::Constant {
            let (a, b) = (x.val.clone().unwrap_or(Value::Unknown), y.val.clone().unwrap_or(Value::Unknown));
            if a.is_unknown() || b.is_unknown() {
                x.val = Some(Value::Unknown);
                return;
            }
            if let (Value::Str(a), Value::Str(b)) = (&a, &b)
                && a.len() + b.len() > MAX_STRING
            {
                self.error(y.expr, "constant string too long");
                return x.invalidate();
            }
            let integer = self.cx.is_integer(x.ty);
            let (a, b) = if integer { (a.to_int(), b.to_int()) } else { (a, b) };
            x.val = Some(Value::binary(&a, op, &b, integer));
            if let Some(e) = e {
                x.expr = e;
            }
            self.overflow(x, Some(op_pos));
            return;
        }
        x.mode = Mode::Value;
        x.val = None;
    }

    /// Adds untyped constant strings. Long sums of literals are common in generated code: the left value is not kept
    /// for its own expression, so that it can grow in place.
    fn concatenate(&mut self, x: &mut Operand, y: &Operand, e: Option<ExprId>) -> bool {
        let untyped = x.ty == TypeId::UNTYPED_STRING && y.ty == TypeId::UNTYPED_STRING;
        let (Some(e), true, Mode::Constant, Mode::Constant, Some(Value::Str(right))) = (e, untyped, x.mode, y.mode, &y.val) else { return false };
        let Some(Value::Str(mut left)) = x.val.take() else { return false };
        if matches!(self.ast()[x.expr], Expr::Binary { .. }) {
            self.info[self.env.file].values.remove(&x.expr);
        }
        if left.len() + right.len() > MAX_STRING {
            self.error(y.expr, "constant string too long");
            x.invalidate();
            return true;
        }
        Arc::make_mut(&mut left).extend_from_slice(right);
        x.val = Some(Value::Str(left));
        x.expr = e;
        true
    }

    fn operator_ok(&mut self, op: BinaryOp, x: &Operand) -> bool {
        let ok = match op {
            BinaryOp::Add => self.cx.all_numeric_or_string(x.ty),
            BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div => self.cx.all_numeric(x.ty),
            BinaryOp::Rem | BinaryOp::And | BinaryOp::Or | BinaryOp::Xor | BinaryOp::AndNot => self.cx.all_integer(x.ty),
            _ => self.cx.all_boolean(x.ty),
        };
        if !ok {
            self.error(x.expr, format!("invalid operation: operator {} not defined on {}", binary_op(op), self.describe(x)));
        }
        ok
    }

    pub fn comparison(&mut self, x: &mut Operand, y: &mut Operand, op: BinaryOp, e: Option<ExprId>) {
        // A comparison as a switch case has no expression of its own.
        let switch_case = e.is_none();
        let mut culprit: Option<Operand> = None;
        let mut cause = String::new();
        let assignable = self.assignable(x, y.ty).is_ok() || self.assignable(y, x.ty).is_ok();
        let mut mismatch = !assignable;
        let mut failed = mismatch;
        if assignable {
            match op {
                BinaryOp::Equal | BinaryOp::NotEqual => {
                    if x.is_nil() || y.is_nil() {
                        let other = if x.is_nil() { y.ty } else { x.ty };
                        if !self.cx.has_nil(other) {
                            culprit = Some(y.clone());
                            failed = true;
                        } else if x.is_nil() && y.is_nil() && self.cx.is_untyped(x.ty) && self.cx.is_untyped(y.ty) {
                            failed = true;
                            culprit = Some(y.clone());
                            cause = format!("operator {} not defined on untyped nil", binary_op(op));
                        }
                    } else if !self.cx.comparable(x.ty, true) {
                        culprit = Some(x.clone());
                        cause = self.incomparable_cause(x.ty);
                        failed = true;
                    } else if !self.cx.comparable(y.ty, true) {
                        culprit = Some(y.clone());
                        cause = self.incomparable_cause(y.ty);
                        failed = true;
                    }
                }
                _ => {
                    let bad = if !self.cx.all_ordered(x.ty) {
                        Some(x.clone())
                    } else if !self.cx.all_ordered(y.ty) {
                        Some(y.clone())
                    } else {
                        None
                    };
                    if let Some(bad) = bad {
                        cause = if self.cx.is_type_param(bad.ty) {
                            format!("type parameter {} cannot use operator {}", self.ts(bad.ty), binary_op(op))
                        } else {
                            format!("operator {} not defined on {}", binary_op(op), self.kind_string(bad.ty))
                        };
                        culprit = Some(bad);
                        failed = true;
                    }
                }
            }
        }
        if failed {
            if culprit.is_none() {
                culprit = Some(if mismatch { y.clone() } else { x.clone() });
            }
            if cause.is_empty() {
                if self.cx.is_type_param(x.ty) || self.cx.is_type_param(y.ty) {
                    if mismatch {
                        cause = format!("mismatched types {} and {}", self.ts(x.ty), self.ts(y.ty));
                    } else {
                        cause = format!("type parameter {} cannot use operator {}", self.ts(culprit.as_ref().map_or(x.ty, |c| c.ty)), binary_op(op));
                    }
                } else {
                    mismatch = true;
                    cause = format!("mismatched types {} and {}", self.ts(x.ty), self.ts(y.ty));
                }
            }
            let _ = mismatch;
            let at = culprit.unwrap_or_else(|| x.clone());
            if switch_case {
                self.error(x.expr, format!("invalid case {} in switch on {} ({cause})", self.expr_string(x.expr), self.expr_string(y.expr)));
            } else {
                let pos = self.start(at.expr);
                self.error_at(
                    pos,
                    format!("invalid operation: {} {} {} ({cause})", self.expr_string(x.expr), binary_op(op), self.expr_string(y.expr)),
                );
            }
            return x.invalidate();
        }
        if x.mode == Mode::Constant && y.mode == Mode::Constant {
            let (a, b) = (x.val.clone().unwrap_or(Value::Unknown), y.val.clone().unwrap_or(Value::Unknown));
            x.val = Some(Value::compare(&a, op, &b).map_or(Value::Unknown, Value::Bool));
        } else {
            x.mode = Mode::Value;
            x.val = None;
            // Operands that are still untyped take their default types now.
            let (tx, ty) = (self.cx.default_type(x.ty), self.cx.default_type(y.ty));
            self.update_expr_type(x.expr, tx, true);
            self.update_expr_type(y.expr, ty, true);
        }
        x.ty = TypeId::UNTYPED_BOOL;
    }

    fn kind_string(&self, t: TypeId) -> String {
        let kind = self.composite_kind(t);
        if kind.is_empty() { self.ts(t) } else { kind.to_string() }
    }

    pub fn incomparable_cause(&self, t: TypeId) -> String {
        if self.cx.is_type_param(t) {
            return if self.cx.type_set_of(t).is_empty() { "empty type set" } else { "incomparable types in type set" }.to_string();
        }
        match self.cx.under(t) {
            Type::Slice(_) | Type::Func(_) | Type::Map { .. } => return format!("{} can only be compared to nil", self.composite_kind(t)),
            _ => {}
        }
        match self.cx.not_comparable(t, true, &mut Vec::new()) {
            Some(Incomparable::Field(f)) => format!("struct containing {} cannot be compared", self.ts(f)),
            Some(Incomparable::Elem) => format!("{} cannot be compared", self.ts(t)),
            Some(Incomparable::Plain) => format!("cannot compare {}", self.ts(t)),
            None => String::new(),
        }
    }

    fn shift(&mut self, x: &mut Operand, y: &mut Operand, e: Option<ExprId>, op: BinaryOp) {
        let op_text = binary_op(op);
        // The left operand: an integer, or an untyped constant that is one.
        let mut int_val = None;
        if x.mode == Mode::Constant {
            int_val = x.val.as_ref().map(Value::to_int).filter(|v| matches!(v, Value::Int(_) | Value::Unknown));
        }
        let untyped_int = self.cx.is_untyped(x.ty) && (self.cx.is_numeric(x.ty) && (int_val.is_some() || x.mode != Mode::Constant));
        if !self.cx.all_integer(x.ty) && !untyped_int {
            self.error(x.expr, format!("invalid operation: shifted operand {} must be integer", self.describe(x)));
            return x.invalidate();
        }
        // The count: an integer; constants must not be negative and fit a uint.
        let mut count = None;
        if y.mode == Mode::Constant {
            let v = y.val.as_ref().map_or(Value::Unknown, Value::to_int);
            if matches!(v, Value::Int(_)) && v.sign() < 0 {
                self.error(y.expr, format!("invalid operation: negative shift count {}", self.describe(y)));
                return x.invalidate();
            }
            if self.cx.is_untyped(y.ty) {
                if v.is_unknown() {
                    return x.invalidate();
                }
                if !matches!(v, Value::Int(_)) {
                    let misfit = if self.cx.is_numeric(y.ty) { super::untyped::Misfit::Truncated } else { super::untyped::Misfit::Conversion };
                    self.invalid_conversion(misfit, y, TypeId::UINT);
                    return x.invalidate();
                }
                // Checked against uint, but recorded as what it is converted to.
                let before = y.clone();
                if v.represent(Basic::Uint).is_none() {
                    self.error(y.expr, format!("{} overflows uint", self.describe(&before)));
                    return x.invalidate();
                }
                y.val = Some(v.clone());
                self.convert_untyped(y, TypeId::UINT);
                if y.is_invalid() {
                    return x.invalidate();
                }
            } else if !self.cx.all_integer(y.ty) && v.represent(Basic::Uint).is_none() {
                self.error(y.expr, format!("invalid operation: shift count {} must be integer", self.describe(y)));
                return x.invalidate();
            }
            count = Some(v);
        } else {
            if !self.cx.all_integer(y.ty) && !(self.cx.is_untyped(y.ty) && self.cx.is_numeric(y.ty)) {
                self.error(y.expr, format!("invalid operation: shift count {} must be integer", self.describe(y)));
                return x.invalidate();
            }
            if !self.cx.is_unsigned(y.ty)
                && !self.cx.is_untyped(y.ty)
                && !self.cx.all_unsigned(y.ty)
                && !self.require_version(self.start(y.expr), 13, &format!("invalid operation: signed shift count {}", self.describe(y)))
            {
                return x.invalidate();
            }
            if self.cx.is_untyped(y.ty) {
                self.convert_untyped(y, TypeId::UINT);
                if y.is_invalid() {
                    return x.invalidate();
                }
            }
        }
        if x.mode == Mode::Constant {
            if let Some(count) = count {
                // Constant shift.
                let v = int_val.unwrap_or(Value::Unknown);
                if v.is_unknown() || count.is_unknown() {
                    x.val = Some(Value::Unknown);
                    if !self.cx.is_integer(x.ty) {
                        x.ty = TypeId::UNTYPED_INT;
                    }
                    return;
                }
                // gc's limit: what is more is surely a mistake.
                const MAX_COUNT: u64 = 1023 - 1 + 52;
                let n = count.as_u64();
                match n {
                    Some(n) if n <= MAX_COUNT => {
                        if self.cx.is_untyped(x.ty) && !self.cx.is_integer(x.ty) {
                            x.ty = TypeId::UNTYPED_INT;
                        }
                        x.val = Some(v.shift(op == BinaryOp::Shl, n));
                        let at = e.map(|e| self.expr_pos(e));
                        if let Some(e) = e {
                            x.expr = e;
                        }
                        self.overflow(x, at);
                    }
                    _ => {
                        self.error(y.expr, format!("invalid shift count {}", self.describe(y)));
                        x.invalidate();
                    }
                }
                return;
            }
            // A non-constant shift of a constant: the constant takes the type that the context gives.
            if self.cx.is_untyped(x.ty) {
                if x.expr.is_some() {
                    self.shift_operands.insert((self.env.file, self.ast().unparen(x.expr)));
                    self.shift_operands.insert((self.env.file, x.expr));
                    self.info[self.env.file].values.entry(x.expr).or_insert(x.val.clone().unwrap_or(Value::Unknown));
                }
                x.mode = Mode::Value;
                x.val = None;
                return;
            }
        }
        if !self.cx.all_integer(x.ty) {
            self.error(x.expr, format!("invalid operation: shifted operand {} must be integer", self.describe(x)));
            return x.invalidate();
        }
        let _ = op_text;
        x.mode = Mode::Value;
        x.val = None;
    }

    /// Can a value of the interface `x` have the dynamic type `t`? Reports if not.
    pub fn type_assertion(&mut self, e: ExprId, x: &Operand, t: TypeId, type_switch: bool) {
        let Err(cause) = self.assertable(x.ty, t) else { return };
        if type_switch {
            self.error(
                e,
                format!(
                    "impossible type switch case: {}\n\t{} cannot have dynamic type {} {cause}",
                    self.expr_string(e),
                    self.describe(x),
                    self.ts(t)
                ),
            );
            return;
        }
        self.error(e, format!("impossible type assertion: {}\n\t{} does not implement {} {cause}", self.expr_string(e), self.ts(t), self.ts(x.ty)));
    }

    /// `&v`: the variable that the operand is a part of has its address taken.
    pub fn note_address(&mut self, e: ExprId) {
        let mut e = e;
        loop {
            e = match self.ast()[e] {
                Expr::Paren(inner) => inner,
                Expr::Selector { operand, .. } => {
                    // Through a pointer the variable itself is not meant.
                    if self.through_pointer(operand) || self.info[self.env.file].selections.get(&e).is_none_or(|s| s.path.iter().any(|p| p.deref)) {
                        return;
                    }
                    operand
                }
                Expr::Index { operand, .. } => {
                    let t = self.info[self.env.file].types[operand.index()];
                    if t.is_none() || !matches!(self.cx.under(t), Type::Array { .. }) {
                        return;
                    }
                    operand
                }
                Expr::Name(id) => {
                    if let Some(obj) = self.info[self.env.file].uses[id.index()].get() {
                        self.cx.edit_obj(obj, |o| {
                            if let crate::ObjKind::Var(v) = &mut o.kind {
                                v.address_taken = true;
                            }
                        });
                    }
                    return;
                }
                _ => return,
            };
        }
    }

    fn through_pointer(&self, e: ExprId) -> bool {
        let t = self.info[self.env.file].types[e.index()];
        t.is_some() && matches!(self.cx.under(t), Type::Pointer(_))
    }
}

pub(crate) fn is_comparison(op: BinaryOp) -> bool {
    matches!(op, BinaryOp::Equal | BinaryOp::NotEqual | BinaryOp::Less | BinaryOp::LessEqual | BinaryOp::Greater | BinaryOp::GreaterEqual)
}
