//! Composite literals.

use super::Checker;
use super::operand::Operand;
use crate::constant::Value;
use crate::{Field, Mode, Type, TypeId};
use rustc_hash::FxHashMap;
use syntax::ast::{Expr, ExprId, List};

/// A constant key as map key: by kind, so that `1` and `1.0` of one type are equal.
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct ConstKey(String);

impl Checker<'_> {
    /// `switch_case`: gc lets booleans and complex values repeat there.
    pub fn const_key(v: &Value, switch_case: bool) -> Option<ConstKey> {
        let text = match v {
            Value::Str(s) => format!("s{}", crate::constant::quote(s)),
            Value::Unknown => return None,
            Value::Bool(_) | Value::Complex(_) if switch_case => return None,
            Value::Bool(b) => format!("b{b}"),
            v => match v.to_int() {
                Value::Int(n) => format!("i{n}"),
                Value::Ratio(r) => format!("r{r}"),
                Value::Complex(c) => format!("c{} {}", c.0, c.1),
                _ => return None,
            },
        };
        Some(ConstKey(text))
    }

    /// `hint`: the type of an element without one.
    pub fn composite_lit(&mut self, x: &mut Operand, e: ExprId, hint: Option<TypeId>) {
        let ast = self.ast();
        let Expr::Composite { ty, elems, rbrace } = ast[e] else { return };
        let t;
        if ty.is_some() {
            // [...]T
            if let Expr::ArrayType { len, elem } = ast[ty]
                && len.is_none()
            {
                let elem = self.var_type(elem);
                let n = self.indexed_elems(elems, elem, -1);
                let array = self.cx.mk(Type::Array { elem, len: n.max(0) });
                self.record_type_expr(ty, array);
                x.set_value(array);
                return;
            }
            t = self.typ(ty);
        } else if let Some(hint) = hint {
            t = hint;
        } else {
            self.error(e, "missing type in composite literal");
            self.use_elems(elems);
            return;
        }
        if self.report_if_incomplete(t) {
            self.use_elems(elems);
            return;
        }
        // `[]*T{{...}}`: the element means &T{...}.
        let mut base = t;
        let core = self.core_type(t);
        if ty.is_none()
            && let Some(core) = core
            && let Type::Pointer(elem) = self.cx.ty(core)
        {
            base = elem;
        }
        let under = if base == t { core } else { self.core_type(base) };
        let Some(under) = under else {
            let what = if ty.is_none() { "element type" } else { "type" };
            self.error(e, format!("invalid composite literal {what} {} (no common underlying type)", self.ts(t)));
            self.use_elems(elems);
            return;
        };
        match self.cx.ty(under) {
            Type::Struct(fields) => self.struct_lit(e, elems, base, &fields, rbrace),
            Type::Array { elem, len } => {
                let n = self.indexed_elems(elems, elem, len);
                let _ = n;
            }
            Type::Slice(elem) => {
                self.indexed_elems(elems, elem, -1);
            }
            Type::Map { key, value } => self.map_elems(elems, key, value),
            _ => {
                self.use_elems(elems);
                if self.cx.is_valid(under) {
                    let what = if ty.is_none() { "" } else { "" };
                    self.error(e, format!("invalid composite literal type {}{what}", self.ts(t)));
                } else if self.cx.as_named(t).is_some() {
                    // What is wrong with the type was said; the literal still has it.
                    x.set_value(t);
                }
                return;
            }
        }
        x.set_value(t);
    }

    fn use_elems(&mut self, elems: List<ExprId>) {
        for el in self.ast().list(elems) {
            let el = match self.ast()[el] {
                Expr::KeyValue { value, .. } => value,
                _ => el,
            };
            if matches!(self.ast()[el], Expr::Composite { ty, .. } if ty.is_none()) {
                continue;
            }
            let mut x = Operand::new(el);
            self.raw_expr(&mut x, el, None);
        }
    }

    /// An element: a literal without type takes the element type.
    fn elem_expr(&mut self, x: &mut Operand, e: ExprId, t: TypeId, what: &str) {
        if let Expr::Composite { ty, .. } = self.ast()[e]
            && ty.is_none()
        {
            *x = Operand::new(e);
            self.composite_lit(x, e, Some(t));
            self.record(e, x.mode, if x.is_invalid() { TypeId::INVALID } else { x.ty }, None);
            return;
        }
        self.expr_with_target(x, e, Some(t), what);
    }

    fn struct_lit(&mut self, e: ExprId, elems: List<ExprId>, base: TypeId, fields: &[Field], rbrace: u32) {
        let ast = self.ast();
        if elems.is_empty() {
            return;
        }
        let first = ast.nth(elems, 0);
        if matches!(ast[first], Expr::KeyValue { .. }) {
            let mut seen: Vec<Vec<u32>> = Vec::new();
            for el in ast.list(elems) {
                let Expr::KeyValue { key, value } = ast[el] else {
                    self.error(el, "mixture of field:value and value elements in struct literal");
                    continue;
                };
                let Expr::Name(id) = ast[key] else {
                    self.error(key, format!("invalid field name {} in struct literal", self.expr_string(key)));
                    let mut x = Operand::new(value);
                    self.raw_expr(&mut x, value, None);
                    continue;
                };
                let name = ast.name(id);
                if name.is_blank() {
                    self.error(key, format!("invalid field name {name} in struct literal"));
                    let mut x = Operand::new(value);
                    self.raw_expr(&mut x, value, None);
                    continue;
                }
                let Some((path, ty)) = self.literal_field(base, fields, name, key) else {
                    let mut x = Operand::new(value);
                    if !matches!(ast[value], Expr::Composite { ty, .. } if ty.is_none()) {
                        self.raw_expr(&mut x, value, None);
                    }
                    continue;
                };
                self.info[self.env.file].literal_fields.insert(key, path.clone());
                let mut x = Operand::new(value);
                self.elem_expr_struct(&mut x, value, ty);
                self.assignment(&mut x, Some(ty), "struct literal");
                if let Some(other) = seen.iter().find(|s| s.starts_with(&path) || path.starts_with(s)) {
                    let text = if *other == path {
                        format!("duplicate field name {name} in struct literal")
                    } else if other.len() < path.len() {
                        let outer = fields[other[0] as usize].name;
                        format!("cannot specify promoted field {name} and enclosing embedded field {outer}")
                    } else {
                        let inner = self.field_name_at(base, other);
                        format!("cannot specify embedded field {name} and enclosed promoted field {inner}")
                    };
                    self.error(key, text);
                }
                seen.push(path);
            }
            return;
        }
        let n = elems.len();
        for (i, el) in ast.list(elems).enumerate() {
            if let Expr::KeyValue { value, .. } = ast[el] {
                self.error(el, "mixture of field:value and value elements in struct literal");
                let mut x = Operand::new(value);
                self.raw_expr(&mut x, value, None);
                continue;
            }
            let mut x = Operand::new(el);
            let Some(f) = fields.get(i) else {
                self.expr(&mut x, el);
                self.error(el, format!("too many values in struct literal of type {}", self.ts(base)));
                break;
            };
            self.elem_expr_struct(&mut x, el, f.ty);
            if !crate::is_exported(f.name) && f.pkg != self.pkg {
                self.error(el, format!("implicit assignment to unexported field {} in struct literal of type {}", f.name, self.ts(base)));
                continue;
            }
            self.assignment(&mut x, Some(f.ty), "struct literal");
        }
        if n < fields.len() {
            let pos = self.pos_at(rbrace);
            self.error_at(pos, format!("too few values in struct literal of type {}", self.ts(base)));
        }
        let _ = e;
    }

    /// A field's value always has its type written, except as gc allows none.
    fn elem_expr_struct(&mut self, x: &mut Operand, e: ExprId, t: TypeId) {
        self.expr_with_target(x, e, Some(t), "struct literal");
    }

    /// The path to a field named by a key: of the struct itself or, since 1.27, promoted without a pointer.
    fn literal_field(&mut self, base: TypeId, fields: &[Field], name: source::Symbol, key: ExprId) -> Option<(Vec<u32>, TypeId)> {
        if let Some(i) = fields.iter().position(|f| self.cx.same_name(f.name, f.pkg, name, self.pkg)) {
            return Some((vec![i as u32], fields[i].ty));
        }
        if let Ok(found) = self.cx.lookup_member(base, name, self.pkg, false)
            && let crate::lookup::Found::Field(f) = &found.found
            && found.path.len() > 1
        {
            if found.path.iter().any(|s| s.deref) {
                let outer: Vec<String> = self.path_names(base, &found.path);
                self.error(
                    key,
                    format!("invalid use of promoted field {} in struct literal of type {} (pointer indirection)", outer.join("."), self.ts(base)),
                );
                return None;
            }
            if !self.allows(27) {
                let outer: Vec<String> = self.path_names(base, &found.path);
                self.error(
                    key,
                    format!("use of promoted field {} in struct literal of type {} requires go1.27 or later", outer.join("."), self.ts(base)),
                );
                return None;
            }
            return Some((found.path.iter().map(|s| s.index).collect(), f.ty));
        }
        let folded = fields.iter().find(|f| f.name.as_str().to_lowercase() == name.as_str().to_lowercase()).copied();
        let promoted = || match self.cx.lookup_member(base, name, self.pkg, true).ok()?.found {
            crate::lookup::Found::Field(f) => Some(f),
            _ => None,
        };
        let folded = folded.or_else(promoted);
        let text = match &folded {
            Some(f) if f.pkg == self.pkg || crate::is_exported(f.name) => {
                format!("unknown field {name} in struct literal of type {}, but does have {}", self.ts(base), f.name)
            }
            Some(f) if f.name == name => format!("cannot refer to unexported field {name} in struct literal of type {}", self.ts(base)),
            Some(f) if f.name.as_str().chars().skip(1).eq(name.as_str().chars().skip(1)) => {
                format!("unknown field {name} in struct literal of type {}, but does have unexported {}", self.ts(base), f.name)
            }
            _ => format!("unknown field {name} in struct literal of type {}", self.ts(base)),
        };
        let near = if text.contains("but does have") { Vec::new() } else { self.member_names(base) };
        self.error_with_hint(self.start(key), text, name, near);
        None
    }

    fn path_names(&self, base: TypeId, path: &[crate::Step]) -> Vec<String> {
        let mut names = Vec::new();
        let mut t = base;
        for step in path {
            let (elem, _) = self.cx.deref(t);
            let Type::Struct(fields) = self.cx.under(elem) else { break };
            let f = fields[step.index as usize];
            names.push(f.name.to_string());
            t = f.ty;
        }
        names
    }
    fn field_name_at(&self, base: TypeId, path: &[u32]) -> String {
        let steps: Vec<crate::Step> = path.iter().map(|&index| crate::Step { deref: false, index }).collect();
        self.path_names(base, &steps).pop().unwrap_or_default()
    }

    /// Elements of an array or slice literal; gives the length. `len` < 0: no bound.
    fn indexed_elems(&mut self, elems: List<ExprId>, elem: TypeId, len: i64) -> i64 {
        let ast = self.ast();
        let mut seen: FxHashMap<i64, ()> = FxHashMap::default();
        let has_keys = ast.list(elems).any(|e| matches!(ast[e], Expr::KeyValue { .. }));
        let (mut index, mut max) = (0i64, 0i64);
        for el in ast.list(elems) {
            let mut value = el;
            let mut valid = false;
            if let Expr::KeyValue { key, value: v } = ast[el] {
                value = v;
                let mut k = Operand::new(key);
                self.expr(&mut k, key);
                if let Some(i) = self.const_index(&mut k, len) {
                    if i >= 0 {
                        index = i;
                        valid = true;
                    }
                } else if !k.is_invalid() && k.mode != Mode::Constant {
                    self.error(key, format!("index {} must be integer constant", self.expr_string(key)));
                }
            } else if len >= 0 && index >= len {
                self.error(el, format!("index {index} is out of bounds (>= {len})"));
            } else {
                valid = true;
            }
            if valid && has_keys && seen.insert(index, ()).is_some() {
                self.error(el, format!("duplicate index {index} in array or slice literal"));
            }
            index = index.saturating_add(1);
            max = max.max(index);
            let mut x = Operand::new(value);
            self.elem_expr(&mut x, value, elem, "array or slice literal");
            self.assignment(&mut x, Some(elem), "array or slice literal");
        }
        max
    }

    /// A constant index of a literal; `None` if it is none (reported unless just not constant).
    fn const_index(&mut self, k: &mut Operand, len: i64) -> Option<i64> {
        if k.is_invalid() || k.mode != Mode::Constant {
            return None;
        }
        if !self.valid_index(k, "index", false) {
            k.invalidate();
            return None;
        }
        let v = k.val.as_ref().and_then(Value::as_i64)?;
        if len >= 0 && v >= len {
            self.error(k.expr, format!("invalid argument: index {v} out of bounds [0:{len}]"));
            k.invalidate();
            return None;
        }
        Some(v)
    }

    fn map_elems(&mut self, elems: List<ExprId>, key: TypeId, value: TypeId) {
        let ast = self.ast();
        let key_is_interface = self.cx.is_non_param_interface(key);
        let mut seen: FxHashMap<ConstKey, Vec<TypeId>> = FxHashMap::default();
        for el in ast.list(elems) {
            let Expr::KeyValue { key: k, value: v } = ast[el] else {
                self.error(el, "missing key in map literal");
                continue;
            };
            let mut x = Operand::new(k);
            self.elem_expr(&mut x, k, key, "map literal");
            self.assignment(&mut x, Some(key), "map literal");
            if !x.is_invalid()
                && x.mode == Mode::Constant
                && let Some(c) = &x.val
                && let Some(constant) = Self::const_key(c, false)
            {
                let types = seen.entry(constant).or_default();
                // Keys of different dynamic types differ.
                let t = if key_is_interface { x.ty } else { key };
                if types.iter().any(|&o| self.cx.identical(o, t)) {
                    let shown = self.describe_value(&x);
                    self.error(k, format!("duplicate key {shown} in map literal"));
                } else {
                    types.push(t);
                }
            }
            let mut y = Operand::new(v);
            self.elem_expr(&mut y, v, value, "map literal");
            self.assignment(&mut y, Some(value), "map literal");
        }
    }

    fn describe_value(&self, x: &Operand) -> String {
        x.val.as_ref().map_or(String::new(), |v| v.to_string())
    }
}
