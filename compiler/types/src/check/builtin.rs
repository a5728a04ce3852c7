//! Calls of built-in functions; those of package unsafe are in their own file.

use super::Checker;
use super::operand::Operand;
use crate::constant::Value;
use crate::{Basic, Builtin, ChanDir, Mode, Type, TypeId};
use syntax::ast::{BinaryOp, Expr, ExprId};

impl Checker<'_> {
    pub fn builtin(&mut self, x: &mut Operand, e: ExprId, b: Builtin) {
        let ast = self.ast();
        let Expr::Call { func, args, spread, rparen } = ast[e] else { return };
        let (name, n_min, variadic, _) = b.signature();
        let name = if b.is_unsafe() { format!("unsafe.{name}") } else { name.to_string() };
        let arg_list: Vec<ExprId> = ast.list(args).collect();
        if spread && b != Builtin::Append {
            self.error(e, format!("invalid operation: invalid use of ... with built-in {name}"));
            self.use_list(args);
            return;
        }
        // len and cap of an array are constant if nothing in the operand is called or received.
        let saved_calls = self.env.has_call_or_recv;
        if matches!(b, Builtin::Len | Builtin::Cap) {
            self.env.has_call_or_recv = false;
        }
        let mut operands = match b {
            // These look at their arguments themselves: types, or selectors.
            Builtin::Make | Builtin::New | Builtin::Offsetof | Builtin::Trace => Vec::new(),
            _ => self.arg_operands(&arg_list, false),
        };
        if operands.iter().any(Operand::is_invalid) {
            self.restore_calls(b, saved_calls);
            // `panic(undefined)` still ends a function.
            return;
        }
        let n_args = if matches!(b, Builtin::Make | Builtin::New | Builtin::Offsetof | Builtin::Trace) { arg_list.len() } else { operands.len() };
        let count = if n_args < n_min {
            Some("not enough")
        } else if !variadic && n_args > n_min {
            Some("too many")
        } else {
            None
        };
        if let Some(what) = count {
            let _ = rparen;
            self.error(e, format!("invalid operation: {what} arguments for {} (expected {n_min}, found {n_args})", self.expr_string(e)));
            if operands.is_empty() {
                self.use_list(args);
            }
            self.restore_calls(b, saved_calls);
            return;
        }
        if let Some(first) = operands.first() {
            *x = first.clone();
        }
        let _ = func;
        match b {
            Builtin::Append => self.builtin_append(x, e, operands, spread),
            Builtin::Len | Builtin::Cap => {
                self.builtin_len(x, e, b, &name);
                self.env.has_call_or_recv = saved_calls || self.env.has_call_or_recv;
            }
            Builtin::Clear => {
                self.require_version(self.start(func), 21, "clear");
                let ok = self.all_under(x.ty, |c, u| matches!(c.cx.ty(u), Type::Map { .. } | Type::Slice(_)));
                if !ok {
                    self.error(
                        x.expr,
                        format!("invalid argument: cannot clear {}: argument must be (or constrained by) map or slice", self.describe(x)),
                    );
                    return x.invalidate();
                }
                x.mode = Mode::NoValue;
            }
            Builtin::Close => {
                let mut cause = String::new();
                let ok = self.all_under(x.ty, |c, u| matches!(c.cx.ty(u), Type::Chan { .. }));
                if !ok {
                    cause = format!("invalid operation: cannot close non-channel {}", self.describe(x));
                } else if !self.all_under(x.ty, |c, u| !matches!(c.cx.ty(u), Type::Chan { dir: ChanDir::Receive, .. })) {
                    cause = format!("invalid operation: cannot close receive-only channel {}", self.describe(x));
                }
                if !cause.is_empty() {
                    self.error(x.expr, cause);
                    return x.invalidate();
                }
                x.mode = Mode::NoValue;
            }
            Builtin::Complex => self.builtin_complex(x, e, operands),
            Builtin::Real | Builtin::Imag => self.builtin_real(x, b),
            Builtin::Copy => self.builtin_copy(x, operands),
            Builtin::Delete => {
                let map_ty = x.ty;
                let mut key = None;
                let mut ok = true;
                for t in self.under_list(map_ty) {
                    match self.cx.ty(t) {
                        Type::Map { key: k, .. } => {
                            if key.is_some_and(|o| !self.cx.identical(o, k)) {
                                self.error(x.expr, format!("invalid argument: maps of {} must have identical key types", self.describe(x)));
                                return x.invalidate();
                            }
                            key = Some(k);
                        }
                        _ => ok = false,
                    }
                }
                let (true, Some(key)) = (ok, key) else {
                    self.error(x.expr, format!("invalid argument: {} is not a map", self.describe(x)));
                    return x.invalidate();
                };
                *x = operands[1].clone();
                self.assignment(x, Some(key), "argument to delete");
                if x.is_invalid() {
                    return;
                }
                x.mode = Mode::NoValue;
            }
            Builtin::Make => self.builtin_make(x, e, &arg_list),
            Builtin::Max | Builtin::Min => self.builtin_min_max(x, e, b, operands),
            Builtin::New => self.builtin_new(x, arg_list[0]),
            Builtin::Panic => {
                self.assignment(x, Some(TypeId::EMPTY_INTERFACE), "argument to panic");
                if x.is_invalid() {
                    return;
                }
                x.mode = Mode::NoValue;
            }
            Builtin::Print | Builtin::Println => {
                for a in operands.iter_mut() {
                    self.assignment(a, None, &format!("argument to built-in {name}"));
                    if a.is_invalid() {
                        x.invalidate();
                        return;
                    }
                }
                x.mode = Mode::NoValue;
            }
            Builtin::Recover => {
                if self.env.body > 0 {
                    self.bodies[self.env.body - 1].info.has_recover = true;
                }
                x.set_value(TypeId::EMPTY_INTERFACE);
            }
            Builtin::Assert => {
                if x.mode != Mode::Constant || !self.cx.is_boolean(x.ty) {
                    self.error(x.expr, format!("invalid argument: {} is not a boolean constant", self.describe(x)));
                    return x.invalidate();
                }
                if x.val.as_ref().and_then(Value::as_bool) != Some(true) {
                    self.error(e, format!("{} failed", self.expr_string(e)));
                }
                x.mode = Mode::NoValue;
            }
            Builtin::Trace => {
                for &a in &arg_list {
                    let mut y = Operand::new(a);
                    self.raw_expr(&mut y, a, None);
                    if x.is_invalid() {
                        *x = y;
                    }
                }
                if arg_list.is_empty() {
                    x.mode = Mode::NoValue;
                }
            }
            _ => self.builtin_unsafe(x, e, b, &arg_list, operands),
        }
    }

    fn restore_calls(&mut self, b: Builtin, saved: bool) {
        if matches!(b, Builtin::Len | Builtin::Cap) {
            self.env.has_call_or_recv |= saved;
        }
    }

    /// The underlying types of a type's set, or its own.
    pub fn under_list(&self, t: TypeId) -> Vec<TypeId> {
        if !self.cx.is_type_param(t) {
            return vec![self.cx.underlying(t)];
        }
        match self.cx.type_set_of(t).terms.clone() {
            Some(terms) => terms.iter().map(|t| self.cx.underlying(t.ty)).collect(),
            None => Vec::new(),
        }
    }

    pub fn all_under(&self, t: TypeId, f: impl Fn(&Self, TypeId) -> bool) -> bool {
        let list = self.under_list(t);
        !list.is_empty() && list.iter().all(|&u| f(self, u))
    }

    fn builtin_append(&mut self, x: &mut Operand, e: ExprId, mut operands: Vec<Operand>, spread: bool) {
        let s = x.ty;
        if x.is_nil() {
            self.error(x.expr, "invalid append: argument must be a slice; have untyped nil");
            return x.invalidate();
        }
        // One slice type; `[]byte` and strings mix for `append([]byte, string...)`.
        let elem = self.common(s, |c, u| match c.cx.ty(u) {
            Type::Slice(elem) => Some(elem),
            _ => None,
        });
        let elem = elem.or_else(|| {
            let list = self.under_list(s);
            let bytes = list.iter().all(|&u| matches!(self.cx.ty(u), Type::Slice(e) if self.cx.basic(e) == Some(Basic::Uint8)));
            (!list.is_empty() && bytes).then_some(TypeId::BYTE)
        });
        let Some(elem) = elem else {
            let elems: Vec<TypeId> =
                self.under_list(s).into_iter().filter_map(|u| if let Type::Slice(elem) = self.cx.ty(u) { Some(elem) } else { None }).collect();
            let other = elems.iter().find(|&&e| !self.cx.identical(e, elems[0]));
            let text = match other {
                Some(&other) if elems.len() == self.under_list(s).len() => {
                    format!("invalid append: mismatched slice element types {} and {} in {}", self.ts(elems[0]), self.ts(other), self.describe(x))
                }
                _ => format!("invalid append: argument must be a slice; have {}", self.describe(x)),
            };
            self.error(x.expr, text);
            return x.invalidate();
        };
        // append([]byte, string...)
        if spread && operands.len() == 2 && self.cx.basic(elem) == Some(Basic::Uint8) {
            let y = &mut operands[1];
            let string_like = !y.is_nil()
                && self.all_under(y.ty, |c, u| c.cx.is_string(u) || matches!(c.cx.ty(u), Type::Slice(e) if c.cx.basic(e) == Some(Basic::Uint8)))
                && self.under_list(y.ty).iter().any(|&u| self.cx.is_string(u));
            if string_like {
                if self.cx.is_untyped(y.ty) {
                    let mut y = y.clone();
                    self.convert_untyped(&mut y, TypeId::STRING);
                }
                x.set_value(s);
                return;
            }
        }
        if spread {
            if operands.len() != 2 {
                // append(s, a, b...) has too many arguments.
                if operands.len() < 2 {
                    self.error(e, "can only use ... with final argument in list".to_string());
                    return x.invalidate();
                }
                let have = self.operands_summary(&operands, true);
                let want = format!("({}, ...{})", self.ts(s), self.ts(elem));
                self.error(operands[2].expr, format!("too many arguments in call to append\n\thave {have}\n\twant {want}"));
                return x.invalidate();
            }
            let target = self.cx.slice_of(elem);
            let mut y = operands[1].clone();
            self.assignment(&mut y, Some(target), "argument to append");
            if y.is_invalid() {
                return x.invalidate();
            }
        } else {
            for mut a in operands.into_iter().skip(1) {
                self.assignment(&mut a, Some(elem), "argument to append");
            }
        }
        x.set_value(s);
    }

    fn builtin_len(&mut self, x: &mut Operand, e: ExprId, b: Builtin, name: &str) {
        let mut value: Option<Value> = None;
        let mut ok = false;
        let has_calls = self.env.has_call_or_recv;
        let array = |c: &Self, u: TypeId| match c.cx.ty(u) {
            Type::Array { len, .. } => Some(len),
            Type::Pointer(p) if !c.cx.is_type_param(p) => match c.cx.under(p) {
                Type::Array { len, .. } => Some(len),
                _ => None,
            },
            _ => None,
        };
        if self.cx.is_type_param(x.ty) {
            ok = self.all_under(x.ty, |c, u| match c.cx.ty(u) {
                Type::Basic(k) => k.is_string() && b == Builtin::Len,
                Type::Slice(_) | Type::Chan { .. } => true,
                Type::Map { .. } => b == Builtin::Len,
                _ => array(c, u).is_some(),
            });
        } else {
            let u = self.cx.underlying(x.ty);
            match self.cx.ty(u) {
                Type::Basic(k) if k.is_string() && b == Builtin::Len => {
                    ok = true;
                    if x.mode == Mode::Constant {
                        value = x.val.as_ref().and_then(|v| v.as_bytes().map(|s| Value::int(s.len() as i64)));
                    }
                }
                Type::Slice(_) | Type::Chan { .. } => ok = true,
                Type::Map { .. } => ok = b == Builtin::Len,
                _ => {
                    if let Some(len) = array(self, u) {
                        ok = true;
                        if !has_calls {
                            value = Some(if len >= 0 { Value::int(len) } else { Value::Unknown });
                        }
                    }
                }
            }
        }
        if !ok {
            if self.cx.is_valid(self.cx.underlying(x.ty)) || x.is_nil() {
                let text = format!("invalid argument: {} for built-in {name}", self.describe(x));
                self.error(x.expr, text);
            }
            return x.invalidate();
        }
        if self.cx.is_untyped(x.ty) {
            let mut y = x.clone();
            self.convert_untyped(&mut y, TypeId::STRING);
        }
        let _ = e;
        match value {
            Some(v) => x.set_const(TypeId::INT, v),
            None => x.set_value(TypeId::INT),
        }
    }

    fn builtin_complex(&mut self, x: &mut Operand, e: ExprId, operands: Vec<Operand>) {
        let mut y = operands[1].clone();
        // Convert or check untyped arguments.
        match (self.cx.is_untyped(x.ty), self.cx.is_untyped(y.ty)) {
            (true, false) => self.convert_untyped(x, y.ty),
            (false, true) => self.convert_untyped(&mut y, x.ty),
            (true, true) => {
                // Both untyped: constants become floats, shifts float64.
                let float = |c: &mut Self, o: &mut Operand| {
                    let real = o.mode == Mode::Constant && o.val.as_ref().is_some_and(|v| v.is_numeric() && v.imag().is_zero());
                    if o.mode == Mode::Constant && c.cx.is_numeric(o.ty) && real {
                        o.ty = TypeId::UNTYPED_FLOAT;
                    } else if o.mode != Mode::Constant {
                        c.convert_untyped(o, TypeId::FLOAT64);
                    }
                };
                if x.mode == Mode::Constant && y.mode == Mode::Constant {
                    float(self, x);
                    float(self, &mut y);
                } else {
                    self.convert_untyped(x, TypeId::FLOAT64);
                    self.convert_untyped(&mut y, TypeId::FLOAT64);
                }
            }
            _ => {}
        }
        if x.is_invalid() || y.is_invalid() {
            return x.invalidate();
        }
        if !self.cx.identical(x.ty, y.ty) {
            self.error(x.expr, format!("invalid operation: {} (mismatched types {} and {})", self.expr_string(e), self.ts(x.ty), self.ts(y.ty)));
            return x.invalidate();
        }
        let result = if self.cx.is_type_param(x.ty) {
            None
        } else {
            match self.cx.basic(x.ty) {
                Some(Basic::Float32) => Some(TypeId::COMPLEX64),
                Some(Basic::Float64) => Some(TypeId::COMPLEX128),
                Some(Basic::UntypedFloat) => Some(TypeId::UNTYPED_COMPLEX),
                _ => None,
            }
        };
        let Some(result) = result else {
            if self.cx.is_type_param(x.ty) {
                self.type_param_argument(x, Builtin::Complex);
            } else {
                self.error(x.expr, format!("invalid argument: arguments have type {}, expected floating-point", self.ts(x.ty)));
            }
            return x.invalidate();
        };
        if x.mode == Mode::Constant && y.mode == Mode::Constant {
            let v = Value::complex(x.val.clone().unwrap_or(Value::Unknown).to_float(), y.val.clone().unwrap_or(Value::Unknown).to_float());
            x.set_const(result, v);
        } else {
            x.set_value(result);
        }
    }

    /// gc does not have these either; where the constraint has other types than it could be, it says that.
    fn type_param_argument(&mut self, x: &Operand, b: Builtin) {
        let fits = |u: TypeId| self.cx.basic(u).is_some_and(|t| if b == Builtin::Complex { t.is_float() } else { t.is_complex() });
        let list = self.under_list(x.ty);
        let text = if !list.is_empty() && list.into_iter().all(fits) {
            let name = b.signature().0;
            format!("{} not supported as argument to built-in {name} for go1.18 (see go.dev/issue/50937)", self.describe(x))
        } else if b == Builtin::Complex {
            format!("invalid argument: arguments have type {}, expected floating-point", self.ts(x.ty))
        } else {
            format!("invalid argument: argument has type {}, expected complex type", self.ts(x.ty))
        };
        self.error(x.expr, text);
    }

    fn builtin_real(&mut self, x: &mut Operand, b: Builtin) {
        if self.cx.is_untyped(x.ty) {
            if x.mode == Mode::Constant {
                if self.cx.is_numeric(x.ty) {
                    x.ty = TypeId::UNTYPED_COMPLEX;
                }
            } else {
                self.convert_untyped(x, TypeId::COMPLEX128);
                if x.is_invalid() {
                    return;
                }
            }
        }
        let result = if self.cx.is_type_param(x.ty) {
            None
        } else {
            match self.cx.basic(x.ty) {
                Some(Basic::Complex64) => Some(TypeId::FLOAT32),
                Some(Basic::Complex128) => Some(TypeId::FLOAT64),
                Some(Basic::UntypedComplex) => Some(TypeId::UNTYPED_FLOAT),
                _ => None,
            }
        };
        let Some(result) = result else {
            if self.cx.is_type_param(x.ty) {
                self.type_param_argument(x, b);
            } else {
                self.error(x.expr, format!("invalid argument: argument has type {}, expected complex type", self.ts(x.ty)));
            }
            return x.invalidate();
        };
        if x.mode == Mode::Constant {
            let v = x.val.clone().unwrap_or(Value::Unknown);
            let part = if b == Builtin::Real { v.real() } else { v.imag() };
            x.set_const(result, part);
        } else {
            x.set_value(result);
        }
    }

    fn builtin_copy(&mut self, x: &mut Operand, operands: Vec<Operand>) {
        let y = &operands[1];
        let elem = |c: &Self, u: TypeId| match c.cx.ty(u) {
            Type::Slice(elem) => Some(elem),
            _ => None,
        };
        let dst = self.common(x.ty, |c, u| elem(c, u));
        let Some(dst) = dst else {
            let shown = if x.is_nil() { "untyped nil".into() } else { self.describe(x) };
            self.error(x.expr, format!("invalid copy: argument must be a slice; have {shown}"));
            return x.invalidate();
        };
        // A source of strings (or strings and byte slices) needs a byte destination.
        let has_string = !y.is_nil() && self.under_list(y.ty).iter().any(|&u| self.cx.is_string(u));
        let src = if has_string {
            let all = self.all_under(y.ty, |c, u| c.cx.is_string(u) || matches!(c.cx.ty(u), Type::Slice(e) if c.cx.basic(e) == Some(Basic::Uint8)));
            all.then_some(TypeId::BYTE)
        } else {
            self.common(y.ty, |c, u| elem(c, u))
        };
        let Some(src) = src else {
            let shown = if y.is_nil() { "untyped nil".into() } else { self.describe(y) };
            self.error(y.expr, format!("invalid copy: argument must be a slice; have {shown}"));
            return x.invalidate();
        };
        if !self.cx.identical(dst, src) && !(has_string && self.cx.identical(self.cx.underlying(dst), TypeId::UINT8)) {
            self.error(
                x.expr,
                format!(
                    "invalid copy: arguments {} and {} have different element types {} and {}",
                    self.describe(x),
                    self.describe(y),
                    self.ts(dst),
                    self.ts(src)
                ),
            );
            return x.invalidate();
        }
        if self.cx.is_untyped(y.ty) {
            let mut y = y.clone();
            self.convert_untyped(&mut y, TypeId::STRING);
        }
        x.set_value(TypeId::INT);
    }

    fn builtin_make(&mut self, x: &mut Operand, e: ExprId, args: &[ExprId]) {
        let t = self.var_type(args[0]);
        if !self.cx.is_valid(t) {
            for &a in &args[1..] {
                let mut y = Operand::new(a);
                self.raw_expr(&mut y, a, None);
            }
            return;
        }
        let min = match self.core_type(t).map(|c| self.cx.ty(c)) {
            Some(Type::Slice(_)) => 2,
            Some(Type::Map { .. } | Type::Chan { .. }) => 1,
            core => {
                let makeable = |u: TypeId| matches!(self.cx.ty(u), Type::Slice(_) | Type::Map { .. } | Type::Chan { .. });
                let text = if core.is_none() && self.under_list(t).into_iter().all(makeable) {
                    format!("invalid argument: cannot make {}: {}", self.expr_string(args[0]), self.no_core_type(t, "no specific type"))
                } else {
                    format!("invalid argument: cannot make {}: type must be slice, map, or channel", self.expr_string(args[0]))
                };
                self.error(args[0], text);
                for &a in &args[1..] {
                    let mut y = Operand::new(a);
                    self.raw_expr(&mut y, a, None);
                }
                return;
            }
        };
        let max = if min == 2 { 3 } else { 2 };
        if args.len() < min || args.len() > max {
            let text = format!("invalid operation: {} expects {min} or {max} arguments; found {}", self.expr_string(e), args.len());
            for &a in &args[1..] {
                let mut y = Operand::new(a);
                self.raw_expr(&mut y, a, None);
            }
            return self.error(e, text);
        }
        let mut sizes = Vec::new();
        for &a in &args[1..] {
            // Any integer, also a float constant that is one.
            let mut y = Operand::new(a);
            self.expr(&mut y, a);
            if self.valid_size(&mut y) && y.mode == Mode::Constant {
                sizes.extend(y.val.as_ref().and_then(Value::as_i64));
            }
        }
        if let [len, cap] = sizes[..]
            && len > cap
        {
            self.error(args[1], "invalid argument: length and capacity swapped");
        }
        x.set_value(t);
    }

    fn valid_size(&mut self, x: &mut Operand) -> bool {
        if x.is_invalid() {
            return false;
        }
        self.valid_index(x, "index", false)
    }

    fn builtin_new(&mut self, x: &mut Operand, arg: ExprId) {
        // new(T), or since 1.26 new(value).
        let mut y = Operand::new(arg);
        self.raw_expr(&mut y, arg, None);
        match y.mode {
            Mode::Invalid => return,
            Mode::Type => {
                let t = y.ty;
                self.must_be_ordinary(arg, t);
                let p = self.cx.pointer_to(t);
                x.set_value(p);
                return;
            }
            Mode::NoValue => return self.error(arg, format!("{} used as value or type", self.describe(&y))),
            Mode::Builtin => return self.error(arg, format!("{} must be called", self.describe(&y))),
            _ => {}
        }
        if y.is_nil() {
            return self.error(arg, "use of untyped nil in argument to new");
        }
        if !self.require_version(self.start(arg), 26, &format!("new({})", self.expr_string(arg))) {
            return;
        }
        self.single_value(&mut y);
        if y.is_invalid() {
            return;
        }
        self.assignment(&mut y, None, "argument to new");
        if y.is_invalid() {
            return;
        }
        let p = self.cx.pointer_to(y.ty);
        x.set_value(p);
    }

    fn builtin_min_max(&mut self, x: &mut Operand, e: ExprId, b: Builtin, operands: Vec<Operand>) {
        let name = b.signature().0;
        self.require_version(self.start(e), 21, name);
        let op = if b == Builtin::Max { BinaryOp::Greater } else { BinaryOp::Less };
        for (i, a) in operands.iter().enumerate() {
            if !self.cx.all_ordered(a.ty) {
                self.error(a.expr, format!("invalid argument: {} cannot be ordered", self.describe(a)));
                return x.invalidate();
            }
            if i == 0 {
                continue;
            }
            let mut y = a.clone();
            let (tx, ty) = (x.ty, y.ty);
            if !self.match_types(x, &mut y) || x.is_invalid() || y.is_invalid() || !self.cx.identical(x.ty, y.ty) {
                self.error(
                    a.expr,
                    format!(
                        "invalid argument: mismatched types {} (previous argument) and {} (type of {})",
                        self.ts(tx),
                        self.ts(ty),
                        self.expr_string(a.expr)
                    ),
                );
                return x.invalidate();
            }
            if x.mode == Mode::Constant && y.mode == Mode::Constant {
                let (v, w) = (x.val.clone().unwrap_or(Value::Unknown), y.val.clone().unwrap_or(Value::Unknown));
                if Value::compare(&w, op, &v) == Some(true) {
                    x.val = Some(w);
                }
            } else {
                x.mode = Mode::Value;
                x.val = None;
            }
        }
        if x.mode != Mode::Constant {
            x.mode = Mode::Value;
            self.env.has_call_or_recv = true;
        }
        // All arguments have the result's type now.
        let t = x.ty;
        for a in &operands {
            self.update_expr_type(a.expr, t, self.cx.is_typed(t));
        }
        if !self.cx.is_typed(t) {
            self.minmax_untyped.insert((self.env.file, e), operands.iter().map(|a| a.expr).collect());
        }
    }
}
