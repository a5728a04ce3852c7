//! Index and slice expressions.

use super::Checker;
use super::operand::Operand;
use crate::constant::Value;
use crate::{Basic, Mode, Type, TypeId};
use syntax::ast::{Expr, ExprId};

impl Checker<'_> {
    /// True: the operand is a generic function, and the indices are its type arguments.
    pub fn index_expr(&mut self, x: &mut Operand, e: ExprId) -> bool {
        let ast = self.ast();
        let Expr::Index { operand, args } = ast[e] else { return false };
        self.expr_or_type(x, operand, true);
        if x.mode == Mode::Builtin {
            self.error_at(self.expr_pos(e), format!("invalid operation: cannot index {}", self.describe(x)));
            x.invalidate();
        }
        match x.mode {
            Mode::Invalid => {
                for a in ast.list(args) {
                    let mut y = Operand::new(a);
                    self.raw_expr(&mut y, a, None);
                }
                return false;
            }
            Mode::Type => {
                x.mode = Mode::Invalid;
                let t = self.typ(e);
                if self.cx.is_valid(t) {
                    x.mode = Mode::Type;
                    x.ty = t;
                }
                return false;
            }
            Mode::Value => {
                if let Type::Func(sig) = self.cx.under(x.ty)
                    && !sig.tparams.is_empty()
                {
                    return true;
                }
                if matches!(self.cx.under(x.ty), Type::Func(_)) {
                    self.error(e, format!("invalid operation: cannot index {}", self.describe(x)));
                    x.invalidate();
                    return false;
                }
            }
            _ => {}
        }
        if self.points_to_incomplete(x) {
            x.invalidate();
            return false;
        }
        let mut valid = false;
        let mut length = -1i64;
        let under = self.cx.underlying(x.ty);
        if self.cx.is_type_param(x.ty) {
            if !self.index_type_param(x, e) {
                return false;
            }
            valid = true;
            if x.mode == Mode::MapIndex {
                return false;
            }
        } else {
            match self.cx.ty(under) {
                Type::Basic(b) if b.is_string() => {
                    valid = true;
                    if x.mode == Mode::Constant {
                        length = x.val.as_ref().and_then(|v| v.as_bytes().map(|s| s.len() as i64)).unwrap_or(-1);
                        // A constant string's byte is no constant.
                        if self.cx.is_untyped(x.ty) {
                            self.convert_untyped(x, TypeId::STRING);
                        }
                    }
                    x.set_value(TypeId::BYTE);
                }
                Type::Array { elem, len } => {
                    valid = true;
                    length = len;
                    if x.mode != Mode::Variable {
                        x.mode = Mode::Value;
                    }
                    x.ty = elem;
                }
                Type::Pointer(p) => {
                    if let Type::Array { elem, len } = self.cx.under(p)
                        && !self.cx.is_type_param(p)
                    {
                        valid = true;
                        length = len;
                        x.mode = Mode::Variable;
                        x.ty = elem;
                    }
                }
                Type::Slice(elem) => {
                    valid = true;
                    x.mode = Mode::Variable;
                    x.ty = elem;
                }
                Type::Map { key, value } => {
                    let Some(index) = self.single_index(e) else {
                        x.invalidate();
                        return false;
                    };
                    let mut k = Operand::new(index);
                    self.expr_with_target(&mut k, index, Some(key), "map index");
                    self.assignment(&mut k, Some(key), "map index");
                    x.mode = Mode::MapIndex;
                    x.ty = value;
                    x.val = None;
                    return false;
                }
                _ => {}
            }
        }
        if !valid {
            self.error_at(self.expr_pos(e), format!("invalid operation: cannot index {}", self.describe(x)));
            for a in ast.list(args) {
                let mut y = Operand::new(a);
                self.raw_expr_generic(&mut y, a, None, true);
            }
            x.invalidate();
            return false;
        }
        let Some(index) = self.single_index(e) else {
            x.invalidate();
            return false;
        };
        if !self.cx.is_valid(x.ty) {
            x.invalidate();
        }
        self.index(index, length);
        false
    }

    fn single_index(&mut self, e: ExprId) -> Option<ExprId> {
        let ast = self.ast();
        let Expr::Index { args, operand } = ast[e] else { return None };
        if args.is_empty() {
            self.error(e, format!("index expression {} without index", self.expr_string(operand)));
            return None;
        }
        if args.len() > 1 {
            self.error(ast.nth(args, 1), "unexpected comma; expecting ]");
        }
        Some(ast.nth(args, 0))
    }

    /// Indexing a value of type parameter type: every type of the set must allow it, with one element type.
    fn index_type_param(&mut self, x: &mut Operand, e: ExprId) -> bool {
        let terms = self.cx.type_set_of(x.ty).terms.clone().unwrap_or_default();
        let mut mode = Mode::Variable;
        let (mut elem, mut key): (Option<TypeId>, Option<TypeId>) = (None, None);
        let mut length = i64::MAX;
        let mut maps = 0;
        let mut ok = !terms.is_empty();
        for term in &terms {
            let u = self.cx.underlying(term.ty);
            let (m, el, k, l) = match self.cx.ty(u) {
                Type::Basic(b) if b.is_string() => (Mode::Value, TypeId::BYTE, None, i64::MAX),
                Type::Array { elem, len } => (if x.mode == Mode::Variable { Mode::Variable } else { Mode::Value }, elem, None, len),
                Type::Pointer(p) => match self.cx.under(p) {
                    Type::Array { elem, len } => (Mode::Variable, elem, None, len),
                    _ => {
                        ok = false;
                        break;
                    }
                },
                Type::Slice(elem) => (Mode::Variable, elem, None, i64::MAX),
                Type::Map { key, value } => (Mode::Value, value, Some(key), i64::MAX),
                _ => {
                    ok = false;
                    break;
                }
            };
            if elem.is_some_and(|o| !self.cx.identical(o, el))
                || (key.is_some() && k.is_some() && !self.cx.identical(key.unwrap_or(el), k.unwrap_or(el)))
            {
                ok = false;
                break;
            }
            maps += u32::from(k.is_some());
            elem = Some(el);
            key = key.or(k);
            length = length.min(l);
            if m == Mode::Value {
                mode = Mode::Value;
            }
        }
        // Maps do not mix with the others.
        if maps > 0 && maps != terms.len() as u32 {
            ok = false;
        }
        let (true, Some(elem)) = (ok, elem) else {
            self.error_at(self.expr_pos(e), format!("cannot index {}", self.describe(x)));
            x.invalidate();
            return false;
        };
        if let Some(key) = key {
            let Some(index) = self.single_index(e) else {
                x.invalidate();
                return false;
            };
            let mut k = Operand::new(index);
            self.expr_with_target(&mut k, index, Some(key), "map index");
            self.assignment(&mut k, Some(key), "map index");
            x.mode = Mode::MapIndex;
            x.ty = elem;
            return true;
        }
        x.mode = mode;
        x.ty = elem;
        let Some(index) = self.single_index(e) else { return false };
        self.index(index, if length == i64::MAX { -1 } else { length });
        false
    }

    /// An index: an integer, not negative, below `max` if that is known. Its value if constant.
    pub fn index(&mut self, e: ExprId, max: i64) -> Option<i64> {
        let mut x = Operand::new(e);
        self.expr(&mut x, e);
        if !self.valid_index(&mut x, "index", false) {
            return None;
        }
        if x.mode != Mode::Constant {
            return Some(-1);
        }
        let v = x.val.as_ref().and_then(Value::as_i64)?;
        if max >= 0 && v >= max {
            self.error(e, format!("invalid argument: index {} out of bounds [0:{max}]", x.val.as_ref().map_or(String::new(), |v| v.to_string())));
            return None;
        }
        Some(v)
    }

    pub fn valid_index(&mut self, x: &mut Operand, what: &str, allow_negative: bool) -> bool {
        if x.is_invalid() {
            return false;
        }
        // An untyped constant that is an integer becomes an int.
        self.convert_index(x);
        if x.is_invalid() {
            return false;
        }
        if !self.cx.all_integer(x.ty) {
            self.error(x.expr, format!("invalid argument: {what} {} must be integer", self.describe(x)));
            return false;
        }
        if x.mode == Mode::Constant {
            let v = x.val.clone().unwrap_or(Value::Unknown);
            if !allow_negative && v.sign() < 0 && !v.is_unknown() {
                self.error(x.expr, format!("invalid argument: {what} {} must not be negative", self.describe(x)));
                return false;
            }
            if v.represent(Basic::Int).is_none() {
                self.error(x.expr, format!("invalid argument: {what} {} overflows int", self.describe(x)));
                return false;
            }
        }
        true
    }

    fn convert_index(&mut self, x: &mut Operand) {
        if !self.cx.is_untyped(x.ty) {
            return;
        }
        self.convert_untyped(x, TypeId::INT);
    }

    pub fn slice_expr(&mut self, x: &mut Operand, e: ExprId) {
        let ast = self.ast();
        let Expr::Slice { operand, lo, hi, max, three } = ast[e] else { return };
        self.expr(x, operand);
        if x.is_invalid() {
            for i in [lo, hi, max] {
                if i.is_some() {
                    let mut y = Operand::new(i);
                    self.expr(&mut y, i);
                }
            }
            return;
        }
        if self.points_to_incomplete(x) {
            return x.invalidate();
        }
        let mut valid = false;
        let mut length = -1i64;
        let orig = x.clone();
        // A set of strings and byte slices gives strings.
        let core = self.core_string_or(x.ty);
        match core {
            None => {
                let why = self.no_core_type(x.ty, &format!("no specific type in {}", self.ts(x.ty)));
                self.error(x.expr, format!("cannot slice {}: {why}", self.describe(x)));
                return x.invalidate();
            }
            Some(under) => match self.cx.ty(under) {
                Type::Basic(b) if b.is_string() => {
                    if three {
                        let at = if max.is_some() { max } else { e };
                        self.error(at, "invalid operation: 3-index slice of string".to_string());
                        return x.invalidate();
                    }
                    valid = true;
                    if x.mode == Mode::Constant {
                        length = x.val.as_ref().and_then(|v| v.as_bytes().map(|s| s.len() as i64)).unwrap_or(-1);
                    }
                    let t = if self.cx.is_untyped(x.ty) {
                        self.convert_untyped(x, TypeId::STRING);
                        TypeId::STRING
                    } else {
                        x.ty
                    };
                    x.set_value(t);
                }
                Type::Array { elem, len } => {
                    valid = true;
                    length = len;
                    if x.mode != Mode::Variable {
                        self.error(x.expr, format!("invalid operation: {} (slice of unaddressable value)", self.describe(x)));
                        return x.invalidate();
                    }
                    self.note_address(operand);
                    let t = self.cx.slice_of(elem);
                    x.set_value(t);
                }
                Type::Pointer(p) => {
                    if let Type::Array { elem, len } = self.cx.under(p)
                        && !self.cx.is_type_param(p)
                    {
                        valid = true;
                        length = len;
                        let t = self.cx.slice_of(elem);
                        x.set_value(t);
                    }
                }
                Type::Slice(_) => {
                    valid = true;
                    let t = x.ty;
                    x.set_value(t);
                }
                _ => {}
            },
        }
        if !valid {
            self.error(x.expr, format!("cannot slice {}", self.describe(&orig)));
            for i in [lo, hi, max] {
                if i.is_some() {
                    let mut y = Operand::new(i);
                    self.expr(&mut y, i);
                }
            }
            return x.invalidate();
        }
        if three && (hi.is_none() || max.is_none()) {
            self.error(e, "middle index required in 3-index slice");
            return x.invalidate();
        }
        let mut values: Vec<(i64, ExprId)> = Vec::new();
        for i in [lo, hi, max] {
            if i.is_none() {
                continue;
            }
            let limit = if length >= 0 { length.saturating_add(1) } else { -1 };
            if let Some(v) = self.index(i, limit)
                && v >= 0
            {
                values.push((v, i));
            }
        }
        // Constant indices must be in order.
        for w in 0..values.len() {
            if let Some(later) = values[w + 1..].iter().find(|l| l.0 < values[w].0) {
                let (v, l, at) = (values[w].0, later.0, later.1);
                self.error(at, format!("invalid slice indices: {l} < {v}"));
                break;
            }
        }
    }

    /// The core type, where strings and byte slices together count as string.
    pub fn core_string_or(&self, t: TypeId) -> Option<TypeId> {
        if !self.cx.is_type_param(t) {
            return Some(self.cx.underlying(t));
        }
        if let Some(core) = self.core_type(t) {
            return Some(core);
        }
        let terms = self.cx.type_set_of(t).terms.clone()?;
        let bytes = |u: TypeId| self.cx.is_string(u) || matches!(self.cx.ty(u), Type::Slice(e) if self.cx.basic(e) == Some(Basic::Uint8));
        (!terms.is_empty() && terms.iter().all(|t| bytes(self.cx.underlying(t.ty)))).then_some(TypeId::STRING)
    }
}
