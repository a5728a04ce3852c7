//! Type expressions and names.

use super::operand::Operand;
use super::{Checker, STACK_RESERVE, STACK_SEGMENT};
use crate::constant::Value;
use crate::{BodyInfo, ChanDir, Field, Instance, Interface, InterfaceMethod, Mode, ObjId, ObjKind, Signature, Term, Type, TypeId};
use source::{Pos, Symbol};
use std::sync::Arc;
use syntax::ast::{BinaryOp, Expr, ExprId, FieldId, IdentId, List, UnaryOp};

/// gc's limit for unions, those of embedded interfaces counted too.
const MAX_TERMS: usize = 100;
/// Types nested in each other as written: what walks over types does so by recursion.
const MAX_TYPE_DEPTH: u32 = 500;
const TOO_DEEP: &str = "type nested too deeply (implementation limitation)";
const TOO_MANY_TERMS: &str = "cannot handle more than 100 union terms (implementation limitation)";

impl<'a> Checker<'a> {
    /// What a name means here, as an operand.
    pub fn ident(&mut self, x: &mut Operand, e: ExprId, id: IdentId, want_type: bool) {
        x.mode = Mode::Invalid;
        x.expr = e;
        let name = self.ast().name(id);
        let pos = self.ident_pos(id);
        let Some((scope, obj)) = self.lookup(name) else {
            if name.is_blank() {
                self.error_at(pos, "cannot use _ as value or type");
            } else if !name.is_empty() {
                let near = self.names_in_scope();
                self.error_with_hint(pos, format!("undefined: {name}"), name, near);
            }
            return;
        };
        if self.is_universe(obj) && name.as_str() == "any" && self.cx.obj_type(obj) == TypeId::ANY {
            self.require_version(pos, 18, "predeclared any");
        } else if self.is_universe(obj) && self.cx.obj_type(obj) == TypeId::COMPARABLE {
            self.require_version(pos, 18, "predeclared comparable");
        }
        self.record_use(id, obj);
        if want_type && !self.cx.with_obj(obj, |o| matches!(o.kind, ObjKind::TypeName | ObjKind::PkgName(_))) {
            self.mark_used(obj);
            let what = self.object_kind(obj);
            return self.error_at(pos, format!("{name} ({what}) is not a type"));
        }
        // A local name that was already resolved needs nothing; package-level ones are resolved on demand.
        if self.decls.contains_key(&obj) {
            self.resolve(obj);
        }
        let object = self.cx.obj(obj);
        if let Some(&import) = self.dot_imports.get(&(scope, name)) {
            self.mark_used(import);
        }
        let ty = if object.ty.is_none() { TypeId::INVALID } else { object.ty };
        match object.kind {
            ObjKind::PkgName(_) if want_type => self.error_at(pos, format!("{name} (package name) is not a type")),
            ObjKind::PkgName(_) => {
                self.error_at(pos, format!("use of package {name} not in selector"));
            }
            ObjKind::Const(value) => {
                self.add_dependency(obj);
                if ty == TypeId::INVALID {
                    return;
                }
                if self.is_universe(obj) && name.as_str() == "iota" {
                    match &self.env.iota {
                        Some(v) => x.set_const(TypeId::UNTYPED_INT, v.clone()),
                        None => self.error_at(pos, "cannot use iota outside constant declaration"),
                    }
                    return;
                }
                x.set_const(ty, value.unwrap_or(Value::Unknown));
            }
            ObjKind::TypeName => {
                if !self.is_valid_type_name(obj, ty) {
                    return;
                }
                x.mode = Mode::Type;
                x.ty = ty;
            }
            ObjKind::Var(info) => {
                // A variable of another package is not used up by being named here.
                if object.pkg == Some(self.pkg) {
                    self.mark_used(obj);
                    self.note_use(obj, info);
                }
                self.add_dependency(obj);
                if ty == TypeId::INVALID {
                    return;
                }
                x.mode = Mode::Variable;
                x.ty = ty;
            }
            ObjKind::Func(_) => {
                self.add_dependency(obj);
                if ty == TypeId::INVALID {
                    return;
                }
                x.set_value(ty);
            }
            ObjKind::Builtin(b) => {
                x.mode = Mode::Builtin;
                x.builtin = Some(b);
                x.ty = TypeId::INVALID;
            }
            ObjKind::Nil => {
                x.mode = Mode::Nil;
                x.ty = TypeId::UNTYPED_NIL;
            }
            ObjKind::Label => {}
        }
    }

    fn object_kind(&self, obj: ObjId) -> &'static str {
        self.cx.with_obj(obj, |o| match &o.kind {
            ObjKind::Var(v) => match v.kind {
                crate::VarKind::Package => "package-level variable",
                crate::VarKind::Local => "local variable",
                crate::VarKind::Param => "parameter",
                crate::VarKind::Result => "result variable",
                crate::VarKind::Receiver => "receiver",
            },
            ObjKind::Const(_) => "constant",
            ObjKind::Func(_) => "function",
            ObjKind::Builtin(_) => "built-in function",
            ObjKind::Nil => "untyped nil",
            ObjKind::Label => "label",
            _ => "object",
        })
    }

    fn is_valid_type_name(&self, _obj: ObjId, ty: TypeId) -> bool {
        // An alias still being declared is a type; what it stands for is not known yet.
        ty.is_some() && ty != TypeId::INVALID
    }

    pub fn add_dependency(&mut self, obj: ObjId) {
        if let Some(from) = self.env.decl
            && self.decls.contains_key(&obj)
            && let Some(info) = self.decls.get_mut(&from)
        {
            info.deps.insert(obj);
        }
    }

    /// Captures: a variable of a function around the current one.
    fn note_use(&mut self, obj: ObjId, info: crate::VarInfo) {
        if info.func == 0 || info.func == self.env.func || self.env.body == 0 {
            return;
        }
        // Only if a function around this one declares it.
        let mut at = self.env.body;
        let mut inside = Vec::new();
        while at != 0 {
            if self.bodies[at - 1].func == info.func {
                for b in inside {
                    let captures = &mut self.bodies[b as usize - 1].info.captures;
                    if !captures.contains(&obj) {
                        captures.push(obj);
                    }
                }
                self.cx.edit_obj(obj, |o| {
                    if let ObjKind::Var(v) = &mut o.kind {
                        v.captured = true;
                    }
                });
                return;
            }
            inside.push(at as u32);
            at = self.bodies[at - 1].parent;
        }
    }

    pub fn typ(&mut self, e: ExprId) -> TypeId {
        self.defined_type(e, None)
    }

    /// The type of a variable: an ordinary type, no constraint.
    pub fn var_type(&mut self, e: ExprId) -> TypeId {
        let t = self.defined_type(e, None);
        self.must_be_ordinary(e, t);
        t
    }

    pub fn must_be_ordinary(&mut self, e: ExprId, t: TypeId) {
        if self.cx.is_type_param(t) {
            return;
        }
        self.later(move |c| {
            if !c.cx.is_valid(t) || c.cx.is_type_param(t) {
                return;
            }
            // What was found to contain itself is still known to be a constraint.
            let shape = match c.cx.as_named(t) {
                Some(n) if c.invalid_types.contains(&t) && !c.cycle_heads.contains(&t) && n.rhs.is_some() => n.rhs,
                _ => t,
            };
            if let Type::Interface(_) = c.cx.under(shape) {
                let set = c.cx.type_set_of(shape);
                if !set.is_method_set() {
                    let pos = c.start(e);
                    let text = if set.comparable {
                        format!("cannot use type {} outside a type constraint: interface is (or embeds) comparable", c.ts(t))
                    } else {
                        format!("cannot use type {} outside a type constraint: interface contains type constraints", c.ts(t))
                    };
                    c.soft_error_at(pos, text);
                }
            }
        });
    }

    /// A type, not generic. `def`: the object being declared as it.
    pub fn defined_type(&mut self, e: ExprId, def: Option<ObjId>) -> TypeId {
        let t = stacker::maybe_grow(STACK_RESERVE, STACK_SEGMENT, || self.type_internal(e, def));
        if self.cx.is_generic(t) && self.cx.is_valid(t) {
            let shown = self.ts(t);
            self.error(e, format!("cannot use generic type {shown} without instantiation"));
            self.record_type_expr(e, TypeId::INVALID);
            return TypeId::INVALID;
        }
        self.record_type_expr(e, t);
        t
    }

    /// A type that may (and in the caller's eyes must) be generic.
    pub fn generic_type(&mut self, e: ExprId) -> TypeId {
        let t = self.type_internal(e, None);
        self.record_type_expr(e, t);
        t
    }

    fn type_internal(&mut self, e: ExprId, def: Option<ObjId>) -> TypeId {
        if self.type_depth > MAX_TYPE_DEPTH {
            if !self.diags.list.last().is_some_and(|d| d.text == TOO_DEEP) {
                self.error(e, TOO_DEEP);
            }
            return TypeId::INVALID;
        }
        self.type_depth += 1;
        let t = self.type_form(e, def);
        self.type_depth -= 1;
        t
    }

    fn type_form(&mut self, e: ExprId, def: Option<ObjId>) -> TypeId {
        let ast = self.ast();
        match ast[e] {
            Expr::Bad => TypeId::INVALID,
            Expr::Name(id) => {
                let mut x = Operand::new(e);
                self.ident(&mut x, e, id, true);
                self.type_of_operand(&x, e)
            }
            Expr::Selector { .. } => {
                let mut x = Operand::new(e);
                self.selector(&mut x, e, true);
                self.type_of_operand(&x, e)
            }
            Expr::Index { operand, args } => {
                self.require_version(self.start(e), 18, "type instantiation");
                self.instantiated_type(e, operand, args)
            }
            Expr::Paren(inner) => self.defined_type(inner, def),
            Expr::ArrayType { len, elem } => {
                if len.is_none() {
                    self.error(e, "invalid use of [...] array (outside a composite literal)");
                    self.var_type(elem);
                    return TypeId::INVALID;
                }
                let n = self.array_length(len);
                let elem = self.var_type(elem);
                if n < 0 {
                    return TypeId::INVALID;
                }
                let t = self.cx.mk(Type::Array { elem, len: n });
                self.later(move |c| {
                    if c.cx.is_valid(elem) && !c.cx.has_var_size(elem) && c.cx.size_of(elem) > 0 && n as u64 > ((1 << 50) - 1) / c.cx.size_of(elem) {
                        let entry = (c.start(e), format!("type {} larger than address space", c.ts(t)));
                        c.size_errors.push(entry);
                    }
                });
                t
            }
            Expr::SliceType { elem } => {
                let elem = self.var_type(elem);
                self.cx.slice_of(elem)
            }
            Expr::Ellipsis { elem } => {
                self.error(e, "invalid use of ...");
                if elem.is_some() {
                    self.typ(elem);
                }
                TypeId::INVALID
            }
            Expr::StructType { fields } => self.struct_type(fields),
            Expr::Star(inner) => {
                let elem = self.var_type(inner);
                if elem == TypeId::INVALID {
                    return TypeId::INVALID;
                }
                self.cx.pointer_to(elem)
            }
            Expr::FuncType { .. } => {
                let saved = self.open_scope();
                let func = std::mem::replace(&mut self.env.func, u32::MAX);
                let sig = self.func_type(e, Arc::from([]), None, &mut BodyInfo::default());
                self.env.func = func;
                self.close_scope(saved);
                self.cx.mk(Type::Func(sig))
            }
            Expr::InterfaceType { elems } => self.interface_type(elems),
            Expr::MapType { key, value } => {
                let (key_expr, key) = (key, self.var_type(key));
                let value = self.var_type(value);
                self.later(move |c| {
                    if c.cx.is_valid(key) && !c.cx.comparable(key, true) {
                        let mut why = String::new();
                        if c.cx.is_type_param(key) {
                            why = " (missing comparable constraint)".into();
                        }
                        let text = format!("invalid map key type {}{why}", c.ts(key));
                        c.error(key_expr, text);
                    }
                });
                self.cx.mk(Type::Map { key, value })
            }
            Expr::ChanType { dir, elem } => {
                let elem = self.var_type(elem);
                let dir = match dir {
                    syntax::ast::ChanDir::Both => ChanDir::Both,
                    syntax::ast::ChanDir::Send => ChanDir::Send,
                    syntax::ast::ChanDir::Receive => ChanDir::Receive,
                };
                self.later(move |c| {
                    if c.cx.is_valid(elem) && !c.cx.has_var_size(elem) && c.cx.size_of(elem) >= 1 << 16 {
                        let entry = (c.start(e), "channel element type too large (>64kB)".to_string());
                        c.size_errors.push(entry);
                    }
                });
                self.cx.mk(Type::Chan { dir, elem })
            }
            Expr::Unary { op: UnaryOp::Tilde, operand } => {
                self.error(e, format!("cannot use {} outside of interface or type constraint", self.expr_string(e)));
                self.typ(operand);
                TypeId::INVALID
            }
            _ => {
                self.error(e, format!("{} is not a type", self.expr_string(e)));
                if matches!(ast[e], Expr::TypeGuard { .. }) {
                    self.error(e, super::expr::MISPLACED_TYPE_GUARD);
                }
                let mut x = Operand::new(e);
                self.use_expr(&mut x, e);
                TypeId::INVALID
            }
        }
    }

    fn use_expr(&mut self, x: &mut Operand, e: ExprId) {
        let before = self.diags.list.len();
        self.raw_expr(x, e, None);
        self.diags.list.truncate(before);
    }

    fn type_of_operand(&mut self, x: &Operand, e: ExprId) -> TypeId {
        match x.mode {
            Mode::Type => x.ty,
            Mode::Invalid => TypeId::INVALID,
            Mode::NoValue => {
                self.error(e, format!("{} used as type", self.describe(x)));
                TypeId::INVALID
            }
            _ => {
                self.error(e, format!("{} is not a type", self.expr_string(e)));
                TypeId::INVALID
            }
        }
    }

    /// A constant, not negative, that fits an int; -1 after an error.
    pub fn array_length(&mut self, e: ExprId) -> i64 {
        if let Expr::Name(id) = self.ast()[e] {
            let name = self.ast().name(id);
            match self.lookup(name) {
                None => {
                    if name.is_blank() {
                        self.error(e, "cannot use _ as value");
                    } else {
                        self.error(e, format!("undefined array length {name} or missing type constraint"));
                    }
                    return -1;
                }
                Some((_, obj)) if !self.cx.with_obj(obj, |o| matches!(o.kind, ObjKind::Const(_))) => {
                    let x = Operand::new(e);
                    let mut y = x.clone();
                    self.use_expr(&mut y, e);
                    self.error(e, format!("invalid array length {name}"));
                    return -1;
                }
                _ => {}
            }
        }
        let mut x = Operand::new(e);
        self.expr(&mut x, e);
        if x.mode != Mode::Constant {
            if !x.is_invalid() {
                self.error(e, format!("array length {} (value of type {}) must be constant", self.expr_string(e), self.ts(x.ty)));
            }
            return -1;
        }
        if self.cx.is_untyped(x.ty) || self.cx.is_integer(x.ty) {
            if let Some(Value::Int(n)) = x.val.as_ref().map(Value::to_int) {
                if let Ok(n) = i64::try_from(n)
                    && n >= 0
                {
                    if self.cx.is_untyped(x.ty) {
                        self.convert_untyped(&mut x, TypeId::INT);
                    }
                    return n;
                }
            }
        }
        let text = if self.cx.is_integer(x.ty) || (self.cx.is_untyped(x.ty) && x.val.as_ref().is_some_and(|v| v.as_int().is_some())) {
            format!("invalid array length {}", self.describe(&x))
        } else {
            format!("array length {} must be integer", self.describe(&x))
        };
        self.error(e, text);
        -1
    }

    // Instances.

    fn instantiated_type(&mut self, e: ExprId, operand: ExprId, args: List<ExprId>) -> TypeId {
        let ast = self.ast();
        let generic = self.generic_type(operand);
        let arg_exprs: Vec<ExprId> = ast.list(args).collect();
        if !self.cx.is_valid(generic) {
            for &a in &arg_exprs {
                self.typ(a);
            }
            return TypeId::INVALID;
        }
        if !self.cx.is_generic(generic) {
            let text = format!("{} is not a generic type", self.ts(generic));
            self.error(operand, text);
            for &a in &arg_exprs {
                self.typ(a);
            }
            return TypeId::INVALID;
        }
        let targs: Vec<TypeId> = arg_exprs.iter().map(|&a| self.typ_arg(a)).collect();
        if targs.iter().any(|&t| !self.cx.is_valid(t)) {
            return TypeId::INVALID;
        }
        let tparams: Arc<[TypeId]> = self.type_params_of(generic);
        if !self.check_arg_count(e, &arg_exprs, targs.len(), tparams.len(), "type", generic) {
            // An instance that is no type, so that what is made of it does not fit anything else.
            return if matches!(self.cx.ty(generic), Type::Named(_)) && targs.len() < tparams.len() {
                self.cx.instantiate(generic, &targs)
            } else {
                TypeId::INVALID
            };
        }
        let is_alias = matches!(self.cx.ty(generic), Type::Alias(_));
        if is_alias {
            // What an alias stands for must be known to make an instance.
            if let Some(obj) = self.cx.type_name_obj(generic) {
                self.resolve_alias_actual(obj);
            }
        }
        let instance = self.cx.instantiate(generic, &targs);
        let pos = self.start(e);
        self.instance_pos.entry(instance).or_insert(pos);
        if !is_alias {
            self.later(move |c| c.check_valid_type(instance));
        }
        if let Some(id) = self.naming_ident(operand) {
            self.info[self.env.file].instances.insert(id, Instance { targs: targs.clone().into(), ty: instance });
        }
        // Constraints are checked when everything they need is declared.
        let positions: Vec<Pos> = arg_exprs.iter().map(|&a| self.start(a)).collect();
        self.later(move |c| {
            c.record_instance(positions.first().copied().unwrap_or(Pos::NONE), &tparams, &targs, &positions);
            if let Err((i, cause)) = c.verify(&tparams, &targs) {
                let pos = positions.get(i).copied().unwrap_or(positions[0]);
                c.soft_error_at(pos, cause);
            }
        });
        instance
    }

    fn resolve_alias_actual(&mut self, _obj: ObjId) {}

    /// A type argument: an ordinary type.
    pub fn typ_arg(&mut self, e: ExprId) -> TypeId {
        self.var_type(e)
    }

    pub fn type_params_of(&self, generic: TypeId) -> Arc<[TypeId]> {
        match self.cx.ty(generic) {
            Type::Named(row) => self.cx.named(row).tparams,
            Type::Alias(row) => self.cx.alias(row).tparams,
            Type::Func(sig) => sig.tparams.clone(),
            _ => Arc::from([]),
        }
    }

    pub fn check_arg_count(&mut self, e: ExprId, args: &[ExprId], got: usize, want: usize, what: &str, generic: TypeId) -> bool {
        let (at, text) = if got < want {
            let at = match self.ast()[e] {
                // gc points at the closing bracket of the list: after the last argument.
                Expr::Index { .. } => args.last().map_or(self.start(e), |&a| self.start(a)),
                _ => self.start(e),
            };
            (at, "not enough")
        } else if got > want {
            (self.start(args[want]), "too many")
        } else {
            return true;
        };
        let name = self.cx.type_name_obj(generic).map_or(String::new(), |o| self.cx.obj_name(o).to_string());
        self.error_at(at, format!("{text} type arguments for {what} {name}: have {got}, want {want}"));
        false
    }

    /// The identifier that names a generic function or type: `f`, or `f` of `pkg.f`.
    pub fn naming_ident(&self, e: ExprId) -> Option<IdentId> {
        match self.ast()[e] {
            Expr::Name(id) => Some(id),
            Expr::Selector { name, .. } => Some(name),
            Expr::Paren(inner) => self.naming_ident(inner),
            Expr::Index { operand, .. } => self.naming_ident(operand),
            _ => None,
        }
    }

    // Structs.

    fn struct_type(&mut self, fields: List<FieldId>) -> TypeId {
        let ast = self.ast();
        let mut out: Vec<Field> = Vec::new();
        let mut previous: Option<(ExprId, TypeId)> = None;
        for f in ast.list(fields) {
            let field = ast[f];
            let t = match previous {
                Some((e, t)) if e == field.ty && !field.embedded => t,
                _ if field.embedded => {
                    let t = self.typ(field.ty);
                    self.must_be_ordinary(field.ty, t);
                    t
                }
                _ => self.var_type(field.ty),
            };
            previous = Some((field.ty, t));
            let tag = self.tag(field.tag);
            let (name, pos) = if field.embedded {
                match self.embedded_name(field.ty) {
                    Some(id) => (ast.name(id), self.ident_pos(id)),
                    None => (Symbol::BLANK, self.start(field.ty)),
                }
            } else {
                (ast.name(field.name), self.ident_pos(field.name))
            };
            if !name.is_blank()
                && let Some(other) = out.iter().find(|o| o.name == name)
            {
                let other_pos = other.pos;
                self.error_related(pos, format!("{name} redeclared"), other_pos, format!("other declaration of {name}"));
            }
            out.push(Field { name, pkg: self.pkg, ty: t, embedded: field.embedded, tag, pos });
            if field.embedded {
                self.check_embedded(field.ty, t);
            }
        }
        self.cx.mk(Type::Struct(out.into()))
    }

    fn tag(&mut self, e: ExprId) -> Symbol {
        let Some(e) = e.get() else { return Symbol::EMPTY };
        match self.literal_string(e) {
            Some(bytes) => Symbol::intern(&String::from_utf8_lossy(&bytes)),
            None => Symbol::EMPTY,
        }
    }

    fn embedded_name(&self, e: ExprId) -> Option<IdentId> {
        match self.ast()[e] {
            Expr::Name(id) => Some(id),
            Expr::Selector { name, .. } => Some(name),
            Expr::Star(inner) if !matches!(self.ast()[inner], Expr::Star(_)) => self.embedded_name(inner),
            Expr::Paren(inner) => self.embedded_name(inner),
            Expr::Index { operand, .. } => self.embedded_name(operand),
            _ => None,
        }
    }

    fn check_embedded(&mut self, e: ExprId, t: TypeId) {
        self.later(move |c| {
            let (base, is_pointer) = c.cx.deref(t);
            if !c.cx.is_valid(base) {
                return;
            }
            let text = if c.cx.is_type_param(base) {
                "embedded field type cannot be a (pointer to a) type parameter"
            } else {
                match c.cx.under(base) {
                    Type::Basic(crate::Basic::UnsafePointer) => "embedded field type cannot be unsafe.Pointer",
                    Type::Pointer(_) => "embedded field type cannot be a pointer",
                    Type::Interface(_) if is_pointer => "embedded field type cannot be a pointer to an interface",
                    _ => return,
                }
            };
            c.error(e, text);
        });
    }

    // Interfaces.

    fn interface_type(&mut self, elems: List<FieldId>) -> TypeId {
        let ast = self.ast();
        if elems.is_empty() {
            return TypeId::EMPTY_INTERFACE;
        }
        let id = self.cx.new_interface(Interface { pkg: Some(self.pkg), ..Interface::default() });
        let mut methods: Vec<InterfaceMethod> = Vec::new();
        let mut embeddeds: Vec<(TypeId, Pos)> = Vec::new();
        for f in ast.list(elems) {
            let field = ast[f];
            if field.name.is_none() {
                let t = self.embedded_elem(field.ty);
                let pos = self.start(field.ty);
                embeddeds.push((t, pos));
                self.cx.edit_interface(id, |i| i.embeddeds = embeddeds.clone());
                continue;
            }
            let name = ast.name(field.name);
            let pos = self.ident_pos(field.name);
            if name.is_blank() {
                self.error_at(pos, "methods must have a unique non-blank name");
                continue;
            }
            let sig = self.typ(field.ty);
            if !matches!(self.cx.ty(sig), Type::Func(_)) {
                continue;
            }
            if let Some(other) = methods.iter().find(|m| m.name == name) {
                let other = other.pos;
                self.error_related(pos, format!("duplicate method {name}"), other, format!("other declaration of method {name}"));
                continue;
            }
            methods.push(InterfaceMethod { name, pkg: self.pkg, sig, pos });
            self.cx.edit_interface(id, |i| i.methods = methods.clone());
        }
        self.cx.edit_interface(id, |i| {
            i.methods = methods;
            i.embeddeds = embeddeds;
            i.complete = true;
        });
        self.later(move |c| c.check_interface(id));
        id
    }

    /// An embedded element: a type, `~T`, or a union of them.
    pub fn embedded_elem(&mut self, e: ExprId) -> TypeId {
        let ast = self.ast();
        let mut parts = Vec::new();
        flatten_union(ast, e, &mut parts);
        if parts.len() == 1 && !matches!(ast[e], Expr::Unary { op: UnaryOp::Tilde, .. }) {
            return self.typ(e);
        }
        if parts.len() > MAX_TERMS {
            self.error(parts[MAX_TERMS], TOO_MANY_TERMS);
            return TypeId::INVALID;
        }
        let mut terms: Vec<Term> = Vec::new();
        let mut positions = Vec::new();
        for part in parts {
            let (tilde, inner) = match ast[part] {
                Expr::Unary { op: UnaryOp::Tilde, operand } => (true, operand),
                _ => (false, part),
            };
            let ty = self.typ(inner);
            if tilde {
                self.record_type_expr(part, ty);
            }
            terms.push(Term { tilde, ty });
            positions.push((part, inner));
        }
        let union = self.cx.mk(Type::Union(terms.clone().into()));
        self.record_type_expr(e, union);
        self.later(move |c| c.check_union(&terms, &positions));
        union
    }

    fn check_union(&mut self, terms: &[Term], exprs: &[(ExprId, ExprId)]) {
        for (i, term) in terms.iter().enumerate() {
            if !self.cx.is_valid(term.ty) {
                continue;
            }
            let (e, inner) = exprs[i];
            if self.cx.is_type_param(term.ty) {
                let text = if term.tilde {
                    format!("type in term {} cannot be a type parameter", self.expr_string(e))
                } else {
                    "term cannot be a type parameter".to_string()
                };
                self.error(inner, text);
                continue;
            }
            let under = self.cx.underlying(term.ty);
            let is_interface = matches!(self.cx.ty(under), Type::Interface(_));
            if term.tilde {
                if is_interface {
                    self.error(e, format!("invalid use of ~ ({} is an interface)", self.ts(term.ty)));
                    continue;
                }
                if !self.cx.identical(under, term.ty) {
                    self.error(e, format!("invalid use of ~ (underlying type of {} is {})", self.ts(term.ty), self.ts(under)));
                    continue;
                }
            }
            if is_interface && terms.len() > 1 {
                let set = self.cx.type_set_of(term.ty);
                if !set.methods.is_empty() {
                    self.error(e, format!("cannot use {0} in union ({0} contains methods)", self.term_path_string(*term)));
                } else if under != TypeId::EMPTY_INTERFACE && set.comparable {
                    let text = if term.ty == TypeId::COMPARABLE {
                        "cannot use comparable in union".to_string()
                    } else {
                        format!("cannot use {0} in union ({0} embeds comparable)", self.term_path_string(*term))
                    };
                    self.error(e, text);
                }
                continue;
            }
            for (j, other) in terms[..i].iter().enumerate() {
                let _ = j;
                if self.cx.is_valid(other.ty) && !self.cx.is_interface(other.ty) && !self.cx.term_disjoint(*other, *term) {
                    self.error(e, format!("overlapping terms {} and {}", self.term_path_string(*term), self.term_path_string(*other)));
                    break;
                }
            }
        }
    }

    /// As gc shows terms: with the package's path even if it is this one.
    pub fn term_path_string(&self, t: Term) -> String {
        format!("{}{}", if t.tilde { "~" } else { "" }, self.cx.print(t.ty, crate::print::Qualifier::PlainPath))
    }

    /// Method names of embedded interfaces must not clash; embedded elements must be interfaces or constraints.
    pub fn check_interface(&mut self, id: TypeId) {
        let Type::Interface(row) = self.cx.ty(id) else { return };
        let interface = self.cx.interface(row);
        let mut all: Vec<InterfaceMethod> = interface.methods.clone();
        for &(e, pos) in &interface.embeddeds {
            if !self.cx.is_valid(self.cx.underlying(e)) {
                continue;
            }
            if self.cx.is_type_param(e) {
                if !interface.implicit {
                    self.error_at(pos, "term cannot be a type parameter");
                }
                continue;
            }
            if let Type::Union(terms) = self.cx.under(e)
                && terms.len() <= MAX_TERMS
                && self
                    .cx
                    .type_set_of(self.cx.new_interface(Interface {
                        embeddeds: vec![(e, pos)],
                        implicit: true,
                        complete: true,
                        pkg: Some(self.pkg),
                        ..Interface::default()
                    }))
                    .terms
                    .as_ref()
                    .is_some_and(|t| t.len() > MAX_TERMS)
            {
                self.error_at(pos, TOO_MANY_TERMS);
                continue;
            }
            if !matches!(self.cx.under(e), Type::Interface(_)) {
                let what = if matches!(self.cx.ty(e), Type::Union(_)) { "interface element" } else { "non-interface type" };
                if !self.require_version(pos, 18, &format!("embedding {what} {}", self.ts(e))) {
                    self.cx.edit_interface(id, |i| {
                        i.embeddeds.retain(|x| x.0 != e);
                        i.type_set = None;
                    });
                }
                continue;
            }
            for m in &self.cx.type_set_of(e).methods.clone() {
                match all.iter().find(|o| self.cx.same_name(o.name, o.pkg, m.name, m.pkg)) {
                    Some(o) if !self.allows(14) || !self.cx.identical(o.sig, m.sig) => {
                        let other = o.pos;
                        if self.allows(14) && !self.cx.is_valid(m.sig) {
                            continue;
                        }
                        self.error_related(pos, format!("duplicate method {}", m.name), other, format!("other declaration of method {}", m.name));
                    }
                    Some(_) => {}
                    None => all.push(*m),
                }
            }
        }
        self.cx.type_set_of(id);
    }

    pub fn sig_of(&self, t: TypeId) -> Option<Arc<Signature>> {
        match self.cx.ty(self.cx.unalias(t)) {
            Type::Func(sig) => Some(sig),
            _ => None,
        }
    }
}

fn flatten_union(ast: &syntax::ast::Ast, e: ExprId, out: &mut Vec<ExprId>) {
    match ast[e] {
        Expr::Binary { op: BinaryOp::Or, lhs, rhs } => {
            flatten_union(ast, lhs, out);
            flatten_union(ast, rhs, out);
        }
        _ => out.push(e),
    }
}
