//! Resolving objects on demand, and the cycles that this finds.

use super::Checker;
use super::decl::DeclKind;
use super::operand::Operand;
use crate::{Mode, ObjId, ObjKind, Type, TypeId};
use source::{Diagnostic, Pos};
use syntax::ast::Decl;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Color {
    /// On the path, at this index.
    Grey(usize),
    Black,
}

impl Checker<'_> {
    /// Makes sure that a package-level object or method has its type.
    pub fn resolve(&mut self, obj: ObjId) {
        match self.colors.get(&obj) {
            Some(Color::Black) => return,
            Some(&Color::Grey(start)) => return self.resolve_again(obj, start),
            None => {}
        }
        let Some(info) = self.decls.get(&obj) else { return };
        let (file, decl, kind) = (info.file, info.decl, info.kind.clone());
        self.colors.insert(obj, Color::Grey(self.path.len()));
        self.path.push(obj);
        let saved = std::mem::take(&mut self.env);
        self.env.file = file;
        self.env.scope = self.file_scopes[file];
        // Functions are not initialised; what their bodies need is noted with the bodies.
        self.env.decl = (!matches!(kind, DeclKind::Func)).then_some(obj);
        let outer = std::mem::take(&mut self.outer_tparams);
        let type_depth = std::mem::take(&mut self.type_depth);
        stacker::maybe_grow(super::STACK_RESERVE, super::STACK_SEGMENT, || match kind {
            DeclKind::Const { ty, init, iota, inherited } => {
                let value = crate::Value::int(iota as i64);
                self.const_decl(obj, ty, init, value, inherited);
            }
            DeclKind::Var { ty, init, group } => self.var_decl(obj, &group, ty, init),
            DeclKind::Type => self.type_decl(obj, decl),
            DeclKind::Func => self.func_decl(obj, decl),
        });
        self.outer_tparams = outer;
        self.type_depth = type_depth;
        self.env = saved;
        self.path.pop();
        self.colors.insert(obj, Color::Black);
    }

    fn resolve_again(&mut self, obj: ObjId, start: usize) {
        let object = self.cx.obj(obj);
        match object.kind {
            ObjKind::Const(_) | ObjKind::Var(_) => {
                if !self.valid_cycle(start) || object.ty.is_none() {
                    self.cx.edit_obj(obj, |o| o.ty = TypeId::INVALID);
                }
            }
            ObjKind::TypeName => {
                if !self.valid_cycle(start) {
                    self.cx.edit_obj(obj, |o| o.ty = TypeId::INVALID);
                }
            }
            // Functions may need themselves.
            _ => {}
        }
    }

    pub fn is_alias_decl(&self, obj: ObjId) -> bool {
        match self.decls.get(&obj) {
            Some(info) => matches!(self.files[info.file].ast[info.decl], Decl::Type { is_alias: true, .. }),
            None => self.cx.is_type_name_alias(obj),
        }
    }

    /// Is the cycle from `path[start]` to the end one that the language allows? Reports it if not.
    fn valid_cycle(&mut self, start: usize) -> bool {
        let cycle: Vec<ObjId> = self.path[start..].to_vec();
        let (mut values, mut definitions) = (0, 0);
        let mut in_tparams = false;
        for &obj in &cycle {
            match self.cx.with_obj(obj, |o| o.kind.clone()) {
                ObjKind::Const(_) | ObjKind::Var(_) => values += 1,
                ObjKind::TypeName => {
                    if matches!(self.cx.obj_type(obj), t if t.is_some() && self.cx.is_type_param(t)) {
                        in_tparams = true;
                    } else if !self.is_alias_decl(obj) {
                        definitions += 1;
                    }
                }
                _ => {}
            }
        }
        // Cycles of constants and variables alone are found when initialisation is ordered; but a
        // constant that needs itself has no type either way.
        if values == cycle.len() {
            return true;
        }
        if values == 0 && (definitions > 0 || in_tparams) {
            return true;
        }
        self.cycle_error(&cycle);
        false
    }

    // Types that contain themselves without a pointer between.

    pub fn check_valid_type(&mut self, t: TypeId) {
        self.valid_type(t, &mut Vec::new(), &mut Vec::new());
    }

    /// `nest`: the defined types around `t` in memory, outermost first; `path`: all that led here. A type
    /// parameter stands for the argument of the innermost type of the nest, seen from outside of it.
    fn valid_type(&mut self, t: TypeId, nest: &mut Vec<TypeId>, path: &mut Vec<TypeId>) -> bool {
        if t.is_none() {
            return true;
        }
        let t = self.cx.unalias(t);
        match self.cx.ty(t) {
            Type::Array { elem, .. } => self.valid_type(elem, nest, path),
            // All of them, so that each gets its message.
            Type::Struct(fields) => {
                let bad = fields.iter().filter(|f| !self.valid_type(f.ty, nest, path)).count();
                bad == 0
            }
            Type::Union(terms) => terms.iter().all(|term| self.valid_type(term.ty, nest, path)),
            Type::Interface(row) => self.cx.interface(row).embeddeds.iter().all(|&(e, _)| self.valid_type(e, nest, path)),
            Type::Named(row) => {
                let named = self.cx.named(row);
                if self.valid_types.contains(&t) {
                    return true;
                }
                let origin = self.cx.origin_named(named.origin);
                if self.invalid_types.contains(&t) || self.invalid_types.contains(&named.origin) {
                    return false;
                }
                // A name without arguments is identical to itself only.
                let plain = named.targs.is_empty();
                let same = |n: TypeId| n == t || (!plain && self.cx.identical(n, t));
                if nest.iter().any(|&n| same(n)) {
                    let Some(start) = path.iter().position(|&p| same(p)) else { return false };
                    let cycle: Vec<TypeId> = path[start..].to_vec();
                    self.type_cycle_error(&cycle);
                    self.cycle_heads.insert(t);
                    for n in cycle {
                        let origin = self.cx.as_named(n).map_or(n, |n| n.origin);
                        // Imported types were valid before.
                        if self.cx.type_name_obj(origin).and_then(|o| self.cx.obj_pkg(o)) == Some(self.pkg) && (n == origin || n == t) {
                            for bad in [n, origin] {
                                if bad == n || self.cx.origin_named(t).origin == origin {
                                    self.invalid_types.insert(bad);
                                    self.cx.edit_named(bad, |n| n.underlying = TypeId::INVALID);
                                }
                            }
                        } else {
                            self.invalid_types.insert(n);
                            self.cx.edit_named(n, |n| n.underlying = TypeId::INVALID);
                        }
                    }
                    return false;
                }
                path.push(t);
                nest.push(t);
                let inner = if origin.rhs.is_some() { origin.rhs } else { origin.underlying };
                // Only instances can go on for ever.
                let ok = (nest.len() > 500 && !named.targs.is_empty())
                    || stacker::maybe_grow(32 * 1024, 1024 * 1024, || self.valid_type(inner, nest, path));
                nest.pop();
                path.pop();
                if ok && !self.cx.is_parameterized(t) {
                    self.valid_types.insert(t);
                }
                ok
            }
            Type::TypeParam(_) => {
                let Some(innermost) = nest.pop() else { return true };
                let arg = self.cx.as_named(innermost).and_then(|n| {
                    let origin = self.cx.origin_named(n.origin);
                    let i = origin.tparams.iter().position(|&p| p == t)?;
                    n.targs.get(i).copied()
                });
                let ok = arg.is_none_or(|arg| self.valid_type(arg, nest, path));
                nest.push(innermost);
                ok
            }
            _ => true,
        }
    }

    fn type_cycle_error(&mut self, cycle: &[TypeId]) {
        let entries: Vec<(String, Pos)> = cycle
            .iter()
            .map(|&t| {
                let named = self.cx.origin_named(t);
                let place = if named.targs.is_empty() { None } else { self.instance_pos.get(&t).copied() };
                (
                    if named.targs.is_empty() { self.cx.package_prefix_of(named.obj, self.pkg) } else { self.ts(t) },
                    place.unwrap_or(self.cx.obj_pos(named.obj)),
                )
            })
            .collect();
        self.report_cycle("invalid recursive type", &entries, 0);
    }

    fn report_cycle(&mut self, what: &str, entries: &[(String, Pos)], first: usize) {
        let at = |i: usize| &entries[(first + i) % entries.len()];
        let (name, pos) = at(0);
        if entries.len() == 1 {
            return self.push_error(Diagnostic::error(*pos, format!("{what}: {name} refers to itself")));
        }
        let mut d = Diagnostic::error(*pos, format!("{what} {name}"));
        for i in 0..entries.len() {
            d = d.with_related(at(i).1, format!("{} refers to {}", at(i).0, at(i + 1).0));
        }
        self.push_error(d);
    }

    pub fn cycle_error(&mut self, cycle: &[ObjId]) {
        let entries: Vec<(String, Pos)> = cycle.iter().map(|&o| (self.cx.package_prefix_of(o, self.pkg), self.cx.obj_pos(o))).collect();
        let is_type =
            cycle.iter().min_by_key(|&&o| self.cx.obj_pos(o)).is_some_and(|&o| self.cx.with_obj(o, |o| matches!(o.kind, ObjKind::TypeName)));
        if cycle.iter().any(|o| self.reported_cycles.contains(o)) {
            return;
        }
        self.reported_cycles.extend(cycle.iter().copied());
        // Start with the one that comes first in the source.
        let first = (0..entries.len()).min_by_key(|&i| entries[i].1).unwrap_or(0);
        self.report_cycle(if is_type { "invalid recursive type" } else { "invalid cycle in declaration of" }, &entries, first);
    }

    /// A value of a type whose declaration is not finished: its size or fields are asked for too early.
    pub fn is_incomplete_value(&mut self, x: &Operand) -> bool {
        if !matches!(x.mode, Mode::Value | Mode::Variable | Mode::CommaOk | Mode::MapIndex | Mode::Constant) || self.path.is_empty() {
            return false;
        }
        self.report_if_incomplete(x.ty)
    }

    /// A pointer to a type whose declaration is not finished, where it is about to be looked through.
    pub fn points_to_incomplete(&mut self, x: &Operand) -> bool {
        match self.cx.under(x.ty) {
            Type::Pointer(elem) if !self.path.is_empty() => self.report_if_incomplete(elem),
            _ => false,
        }
    }

    /// Reports the cycle if the declaration of `t` is under way.
    pub fn report_if_incomplete(&mut self, t: TypeId) -> bool {
        let Some(start) = self.incomplete(t) else { return false };
        let cycle: Vec<ObjId> = self.path[start..].to_vec();
        self.cycle_error(&cycle);
        true
    }

    /// The place on the path of the declaration that `t` waits for.
    fn incomplete(&self, t: TypeId) -> Option<usize> {
        let mut t = t;
        for _ in 0..100 {
            let obj = match self.cx.ty(t) {
                Type::Alias(row) => {
                    let alias = self.cx.alias(row);
                    if alias.actual.is_some() {
                        t = alias.actual;
                        continue;
                    }
                    alias.obj
                }
                Type::Named(row) => {
                    let named = self.cx.named(row);
                    if named.underlying.is_some() || named.origin != named.id {
                        return None;
                    }
                    if named.rhs.is_some() {
                        t = named.rhs;
                        continue;
                    }
                    named.obj
                }
                _ => return None,
            };
            return self.path.iter().position(|&o| o == obj);
        }
        None
    }

    /// Is the size of `t` known? Reports the cycle if it contains a type whose declaration is under way.
    pub fn size_is_known(&mut self, x: &mut Operand, t: TypeId) -> bool {
        let before = self.diags.list.len();
        let known = self.size_known(t, &mut Vec::new());
        if !known && self.diags.list.len() == before {
            x.invalidate();
        }
        known
    }

    fn size_known(&mut self, t: TypeId, seen: &mut Vec<TypeId>) -> bool {
        if let Some(start) = self.incomplete(t) {
            // From the declaration under way through the types that led here, back to it.
            let inner = seen.iter().filter_map(|&s| self.cx.type_name_obj(s));
            let mut cycle: Vec<ObjId> = Vec::new();
            for obj in self.path[start..].iter().copied().chain(inner) {
                if !cycle.contains(&obj) {
                    cycle.push(obj);
                }
            }
            self.cycle_error(&cycle);
            return false;
        }
        let t = self.cx.unalias(t);
        if seen.contains(&t) {
            return true;
        }
        seen.push(t);
        match self.cx.under(t) {
            Type::Array { elem, .. } => self.size_known(elem, seen),
            Type::Struct(fields) => fields.iter().all(|f| self.size_known(f.ty, seen)),
            Type::Basic(crate::Basic::Invalid) => false,
            _ => true,
        }
    }
}
