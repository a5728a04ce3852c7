//! Resolving objects on demand, and the cycles that this finds.

use super::Checker;
use super::decl::DeclKind;
use crate::{ObjId, ObjKind, Type, TypeId};
use source::{Diagnostic, Symbol};
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
        self.env.decl = Some(obj);
        let outer = std::mem::take(&mut self.outer_tparams);
        stacker::maybe_grow(128 * 1024, 4 * 1024 * 1024, || match kind {
            DeclKind::Const { ty, init, iota, inherited } => {
                let value = crate::Value::int(iota as i64);
                self.const_decl(obj, ty, init, value, inherited);
            }
            DeclKind::Var { ty, init, group } => self.var_decl(obj, &group, ty, init),
            DeclKind::Type => self.type_decl(obj, decl),
            DeclKind::Func => self.func_decl(obj, decl),
        });
        self.outer_tparams = outer;
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
            ObjKind::Func(_) => {
                self.valid_cycle(start);
            }
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

    pub fn cycle_error(&mut self, cycle: &[ObjId]) {
        // Start with the one that comes first in the source.
        let first = (0..cycle.len()).min_by_key(|&i| self.cx.obj_pos(cycle[i])).unwrap_or(0);
        let at = |i: usize| cycle[(first + i) % cycle.len()];
        let (name, pos) = (self.obj_string(at(0)), self.cx.obj_pos(at(0)));
        let is_type = self.cx.with_obj(at(0), |o| matches!(o.kind, ObjKind::TypeName));
        if is_type && self.cx.obj_type(at(0)) == TypeId::INVALID && self.colors.get(&at(0)) == Some(&Color::Black) {
            return;
        }
        let what = if is_type { "invalid recursive type" } else { "invalid cycle in declaration" };
        if cycle.len() == 1 {
            let text = if is_type { format!("{what}: {name} refers to itself") } else { format!("{what}: {name} refers to itself") };
            return self.push_error(Diagnostic::error(pos, text));
        }
        let text = if is_type { format!("{what} {name}") } else { format!("{what} of {name}") };
        let mut d = Diagnostic::error(pos, text);
        for i in 0..cycle.len() {
            let (here, next) = (at(i), at(i + 1));
            d = d.with_related(self.cx.obj_pos(here), format!("{} refers to {}", self.obj_string(here), self.obj_string(next)));
        }
        self.push_error(d);
    }

    fn obj_string(&self, obj: ObjId) -> Symbol {
        self.cx.obj_name(obj)
    }

    // Types that contain themselves without a pointer between.

    /// After all declarations: is every declared type of finite size? Reports those that are not.
    pub fn check_declared_types(&mut self) {
        for (t, _) in std::mem::take(&mut self.named_seen) {
            self.valid_type(t, &mut Vec::new());
        }
        self.process_delayed(0);
    }

    pub fn note_named(&mut self, t: TypeId) {
        let pos = source::Pos::NONE;
        self.named_seen.push((t, pos));
    }

    /// `nest`: the defined types around, outermost first.
    fn valid_type(&mut self, t: TypeId, nest: &mut Vec<TypeId>) -> bool {
        let t = self.cx.unalias(t);
        match self.cx.ty(t) {
            Type::Array { elem, .. } => self.valid_type(elem, nest),
            Type::Struct(fields) => fields.iter().all(|f| self.valid_type(f.ty, nest)),
            Type::Union(terms) => terms.iter().all(|term| self.valid_type(term.ty, nest)),
            Type::Interface(row) => self.cx.interface(row).embeddeds.iter().all(|&(e, _)| self.valid_type(e, nest)),
            Type::Named(row) => {
                let named = self.cx.named(row);
                if self.cx.with_obj(named.obj, |o| o.pkg != Some(self.pkg)) && named.targs.is_empty() {
                    return true;
                }
                if self.valid_types.contains(&t) {
                    return true;
                }
                if self.invalid_types.contains(&named.origin) {
                    return false;
                }
                if let Some(at) = nest.iter().position(|&n| n == t || (self.cx.as_named(n).is_some_and(|n| n.origin == named.origin) && nest.len() > 30)) {
                    let cycle: Vec<ObjId> = nest[at..].iter().filter_map(|&n| self.cx.type_name_obj(n)).collect();
                    for n in nest[at..].to_vec() {
                        let origin = self.cx.as_named(n).map_or(n, |n| n.origin);
                        self.invalid_types.insert(origin);
                    }
                    let mut distinct: Vec<ObjId> = Vec::new();
                    for obj in cycle {
                        if !distinct.contains(&obj) {
                            distinct.push(obj);
                        }
                    }
                    self.cycle_error(&distinct);
                    for n in nest[at..].to_vec() {
                        self.cx.edit_named(n, |n| n.underlying = TypeId::INVALID);
                    }
                    return false;
                }
                nest.push(t);
                let inner = if named.origin == t && named.rhs.is_some() { named.rhs } else { self.cx.underlying(t) };
                let ok = self.valid_type(inner, nest);
                nest.pop();
                if ok && nest.is_empty() {
                    self.valid_types.insert(t);
                }
                ok
            }
            _ => true,
        }
    }
}
