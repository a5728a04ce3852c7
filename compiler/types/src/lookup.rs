//! Fields and methods by name: embedding, selections, method sets.

use crate::types::*;
use crate::{Context, ObjId, ObjKind, PackageId};
use source::Symbol;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SelectionKind {
    /// `x.f`
    Field,
    /// `x.m`: a method value, or the callee of a call.
    Method,
    /// `T.m`: a function whose first parameter is the receiver.
    MethodExpr,
}

/// One step from a struct to its field: `deref` first follows a pointer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Step {
    pub deref: bool,
    pub index: u32,
}

/// What `x.f` means.
#[derive(Clone, Debug)]
pub struct Selection {
    pub kind: SelectionKind,
    /// The type of `x` (of a method expression: the type written).
    pub recv: TypeId,
    /// For a field the steps to it, the last one included; for a method those to the embedded field that has it.
    pub path: Vec<Step>,
    /// The method's function (of the origin type); `None` for fields and for methods of interfaces.
    pub method: Option<ObjId>,
    pub name: Symbol,
    pub pkg: PackageId,
    /// For a method: the type at the end of the path that declares it: a defined type (an instance if it is
    /// generic), or the interface (for a type parameter: the type parameter).
    pub base: TypeId,
    /// For a method of an interface: its index in `type_set_of(base).methods`.
    pub interface_index: Option<u32>,
    /// The value at the end of the path is a pointer to `base` (or is one after the path).
    pub base_is_pointer: bool,
    /// The method's receiver is a pointer.
    pub pointer_recv: bool,
    /// Some pointer was followed on the path, the one of `x` itself included.
    pub indirect: bool,
    /// Type of the field or of the method as a function without receiver; a method expression's with it.
    pub ty: TypeId,
}

#[derive(Clone, Debug)]
pub struct MethodEntry {
    pub name: Symbol,
    pub pkg: PackageId,
    pub selection: Selection,
}

pub(crate) enum Found {
    Field(Field),
    /// A declared method of the defined type.
    Method {
        obj: ObjId,
        base: TypeId,
    },
    /// A method of an interface or of a type parameter's constraint.
    Abstract {
        method: InterfaceMethod,
        base: TypeId,
        index: u32,
    },
}

pub(crate) struct Lookup {
    pub found: Found,
    pub path: Vec<Step>,
    pub base_is_pointer: bool,
    pub indirect: bool,
}

pub(crate) enum LookupError {
    Missing,
    /// The same depth has several; the name of the embedded fields where it was found first.
    Ambiguous,
    /// `x` is a pointer to a pointer or to an interface.
    PointerToInterface,
}

struct Candidate {
    ty: TypeId,
    path: Vec<Step>,
    pointer: bool,
    indirect: bool,
    multiples: bool,
}

impl Context {
    /// The field or method `name` of `t`. `fold_case`: names that differ in case only count (for messages).
    pub(crate) fn lookup_member(&self, t: TypeId, name: Symbol, pkg: PackageId, fold_case: bool) -> Result<Lookup, LookupError> {
        if name.is_blank() {
            return Err(LookupError::Missing);
        }
        // Methods of a defined pointer type do not exist, only fields of what it points to.
        if let Some(named) = self.as_named(t)
            && let Type::Pointer(elem) = self.under(named.id)
        {
            let found = self.lookup_in(self.mk(Type::Pointer(elem)), name, pkg, fold_case)?;
            return if matches!(found.found, Found::Field(_)) { Ok(found) } else { Err(LookupError::Missing) };
        }
        self.lookup_in(t, name, pkg, fold_case)
    }

    fn matches(&self, a: Symbol, a_pkg: PackageId, name: Symbol, pkg: PackageId, fold_case: bool) -> bool {
        self.same_name(a, a_pkg, name, pkg) || (fold_case && a.as_str().to_lowercase() == name.as_str().to_lowercase())
    }

    fn lookup_in(&self, t: TypeId, name: Symbol, pkg: PackageId, fold_case: bool) -> Result<Lookup, LookupError> {
        let (base, is_pointer) = self.deref(t);
        if is_pointer && self.is_interface(base) {
            return Err(LookupError::PointerToInterface);
        }
        let mut level = vec![Candidate { ty: base, path: Vec::new(), pointer: is_pointer, indirect: is_pointer, multiples: false }];
        let mut seen: Vec<TypeId> = Vec::new();
        // Embedding through ever new instances ends somewhere.
        for _ in 0..64 {
            if level.is_empty() {
                break;
            }
            let mut next: Vec<Candidate> = Vec::new();
            let mut found: Option<Lookup> = None;
            for c in &level {
                let ty = self.unalias(c.ty);
                if let Some(named) = self.as_named(ty) {
                    if seen.contains(&ty) {
                        continue;
                    }
                    seen.push(ty);
                    let origin = self.origin_named(named.origin);
                    let method = origin.methods.iter().copied().find(|&m| {
                        let (m_name, m_pkg) = self.with_obj(m, |o| (o.name, o.pkg.unwrap_or(PackageId::NONE)));
                        self.matches(m_name, m_pkg, name, pkg, fold_case)
                    });
                    if let Some(obj) = method {
                        if found.is_some() || c.multiples {
                            return Err(LookupError::Ambiguous);
                        }
                        found = Some(Lookup {
                            found: Found::Method { obj, base: ty },
                            path: c.path.clone(),
                            base_is_pointer: c.pointer,
                            indirect: c.indirect,
                        });
                        continue;
                    }
                }
                match self.under(ty) {
                    Type::Struct(fields) => {
                        for (index, f) in fields.iter().enumerate() {
                            let step = Step { deref: c.pointer, index: index as u32 };
                            if self.matches(f.name, f.pkg, name, pkg, fold_case) {
                                // Only the first of fields declared twice counts.
                                if fields[..index].iter().any(|g| g.name == f.name) {
                                    continue;
                                }
                                if found.is_some() || c.multiples {
                                    return Err(LookupError::Ambiguous);
                                }
                                let mut path = c.path.clone();
                                path.push(step);
                                found = Some(Lookup { found: Found::Field(*f), path, base_is_pointer: c.pointer, indirect: c.indirect });
                                continue;
                            }
                            if found.is_none() && f.embedded {
                                let (elem, pointer) = self.deref(f.ty);
                                if matches!(self.ty(self.unalias(elem)), Type::Named(_))
                                    || matches!(self.under(elem), Type::Struct(_) | Type::Interface(_))
                                {
                                    let mut path = c.path.clone();
                                    path.push(step);
                                    next.push(Candidate { ty: elem, path, pointer, indirect: c.indirect || pointer, multiples: c.multiples });
                                }
                            }
                        }
                    }
                    Type::Interface(_) => {
                        let set = self.type_set_of(ty);
                        if let Some(index) = set.methods.iter().position(|m| self.matches(m.name, m.pkg, name, pkg, fold_case)) {
                            if found.is_some() || c.multiples {
                                return Err(LookupError::Ambiguous);
                            }
                            let found_here = Found::Abstract { method: set.methods[index], base: ty, index: index as u32 };
                            found = Some(Lookup { found: found_here, path: c.path.clone(), base_is_pointer: c.pointer, indirect: c.indirect });
                        }
                    }
                    _ => {}
                }
            }
            if let Some(found) = found {
                // `*P` of a type parameter has no methods.
                if let Found::Abstract { base, .. } = &found.found
                    && self.is_type_param(*base)
                    && found.base_is_pointer
                    && found.path.is_empty()
                {
                    return Err(LookupError::Missing);
                }
                return Ok(found);
            }
            level = self.consolidate(next);
        }
        Err(LookupError::Missing)
    }

    /// The same type reached twice at one depth: kept once, but what is found in it is ambiguous.
    fn consolidate(&self, list: Vec<Candidate>) -> Vec<Candidate> {
        let mut kept: Vec<Candidate> = Vec::new();
        for c in list {
            match kept.iter_mut().find(|k| self.identical(k.ty, c.ty)) {
                Some(same) => same.multiples = true,
                None => kept.push(c),
            }
        }
        kept
    }

    /// The selection `recv.name` after checking: addressability is not considered.
    pub fn select(&self, recv: TypeId, name: Symbol, pkg: PackageId) -> Option<Selection> {
        let found = self.lookup_member(recv, name, pkg, false).ok()?;
        Some(self.selection(recv, name, pkg, &found))
    }

    /// As [`Context::select`], methods only.
    pub fn lookup_method(&self, recv: TypeId, name: Symbol, pkg: PackageId) -> Option<Selection> {
        self.select(recv, name, pkg).filter(|s| s.kind == SelectionKind::Method)
    }

    pub(crate) fn selection(&self, recv: TypeId, name: Symbol, pkg: PackageId, l: &Lookup) -> Selection {
        let mut s = Selection {
            kind: SelectionKind::Method,
            recv,
            path: l.path.clone(),
            method: None,
            name,
            pkg,
            base: TypeId::NONE,
            interface_index: None,
            base_is_pointer: l.base_is_pointer,
            pointer_recv: false,
            indirect: l.indirect,
            ty: TypeId::INVALID,
        };
        match &l.found {
            Found::Field(f) => {
                s.kind = SelectionKind::Field;
                s.ty = f.ty;
            }
            Found::Method { obj, base } => {
                s.method = Some(*obj);
                s.base = *base;
                s.pointer_recv = self.has_pointer_receiver(*obj);
                s.ty = self.method_type(*obj, *base);
            }
            Found::Abstract { method, base, index } => {
                s.base = *base;
                s.interface_index = Some(*index);
                s.ty = method.sig;
            }
        }
        s
    }

    pub fn has_pointer_receiver(&self, method: ObjId) -> bool {
        self.with_obj(method, |o| matches!(&o.kind, ObjKind::Func(f) if f.recv.as_ref().is_some_and(|r| r.pointer)))
    }

    /// The type of a declared method as a member of `base`: its receiver's type parameters replaced.
    pub fn method_type(&self, method: ObjId, base: TypeId) -> TypeId {
        if let Some(&known) = self.method_types.borrow().get(&(method, base)) {
            return known;
        }
        let object = self.obj(method);
        let (ObjKind::Func(info), Some(named)) = (&object.kind, self.as_named(base)) else { return object.ty };
        let Some(recv) = &info.recv else { return object.ty };
        let own = recv.tparams.iter().copied().zip(named.targs.iter().copied());
        let origin = self.origin_named(named.origin);
        let outer = origin.outer_tparams.iter().copied().zip(named.outer_targs.iter().copied());
        let map: Vec<_> = own.chain(outer).filter(|(p, a)| p != a).collect();
        let t = self.subst(object.ty, &map);
        let Type::Func(sig) = self.ty(object.ty) else { return t };
        if sig.tparams.is_empty() || map.is_empty() {
            return t;
        }
        // A generic method: its own type parameters get the constraints of this instance.
        let fresh: Vec<TypeId> = sig
            .tparams
            .iter()
            .enumerate()
            .filter_map(|(i, &p)| Some(self.new_type_param(self.type_name_obj(p)?, i as u32, TypeId::EMPTY_INTERFACE)))
            .collect();
        let all: Vec<_> = map.into_iter().chain(sig.tparams.iter().copied().zip(fresh.iter().copied())).collect();
        for (&old, &new) in sig.tparams.iter().zip(&fresh) {
            if let Some(p) = self.as_type_param(old) {
                self.set_constraint(new, self.subst(p.constraint, &all));
            }
        }
        let replaced = self.subst_signature(&sig, &all);
        let t = self.mk(Type::Func(std::sync::Arc::new(Signature { tparams: fresh.into(), ..(*replaced).clone() })));
        self.method_types.borrow_mut().insert((method, base), t);
        t
    }

    /// All methods that values of type `t` have without taking their address, in the order of method tables.
    /// Generic methods are not among them: they implement nothing.
    pub fn method_set(&self, t: TypeId) -> Vec<MethodEntry> {
        let mut names: Vec<(Symbol, PackageId)> = Vec::new();
        self.collect_names(t, &mut names, &mut Vec::new());
        let mut set: Vec<MethodEntry> = Vec::new();
        for (name, pkg) in names {
            let Some(selection) = self.lookup_method(t, name, pkg) else { continue };
            if selection.pointer_recv && !selection.indirect {
                continue;
            }
            if matches!(self.ty(selection.ty), Type::Func(sig) if !sig.tparams.is_empty()) {
                continue;
            }
            set.push(MethodEntry { name, pkg, selection });
        }
        set.sort_by(|a, b| self.method_order((a.name, a.pkg), (b.name, b.pkg)));
        set
    }

    fn collect_names(&self, t: TypeId, names: &mut Vec<(Symbol, PackageId)>, seen: &mut Vec<TypeId>) {
        let (base, _) = self.deref(t);
        let base = self.unalias(base);
        if seen.contains(&base) {
            return;
        }
        seen.push(base);
        let add = |names: &mut Vec<(Symbol, PackageId)>, name: Symbol, pkg: PackageId| {
            if !name.is_blank() && !names.iter().any(|&(n, p)| self.same_name(n, p, name, pkg)) {
                names.push((name, pkg));
            }
        };
        if let Some(named) = self.as_named(base) {
            for m in self.origin_named(named.origin).methods {
                let (name, pkg) = self.with_obj(m, |o| (o.name, o.pkg.unwrap_or(PackageId::NONE)));
                add(names, name, pkg);
            }
        }
        match self.under(base) {
            Type::Struct(fields) => {
                for f in fields.iter().filter(|f| f.embedded) {
                    self.collect_names(f.ty, names, seen);
                }
            }
            Type::Interface(_) => {
                for m in &self.type_set_of(base).methods {
                    add(names, m.name, m.pkg);
                }
            }
            _ => {}
        }
    }

    /// Do values of `t` have all methods of the interface `target`? (Type arguments are in place.)
    pub fn has_methods_of(&self, t: TypeId, target: TypeId) -> bool {
        let have_interface = self.is_interface(t);
        self.type_set_of(target).methods.iter().all(|m| {
            let Some(s) = self.lookup_method(t, m.name, m.pkg) else { return false };
            (have_interface || !s.pointer_recv || s.indirect) && self.identical(s.ty, m.sig)
        })
    }
}
