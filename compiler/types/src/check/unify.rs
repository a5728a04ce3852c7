//! Unification: finding the type parameters' types that make two types match.

use super::Checker;
use crate::{ChanDir, Type, TypeId};

/// Type parameters being inferred; joined ones share a slot.
pub(crate) struct Unifier {
    pub tparams: Vec<TypeId>,
    /// Slot of each parameter.
    slots: Vec<usize>,
    types: Vec<Option<TypeId>>,
    depth: u32,
}

/// Exact: types must be identical. Otherwise names may match literals and channel directions may differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnifyMode {
    /// Of an argument and its parameter: inexact, and an interface may stand on either side.
    Assign,
    Inexact,
    Exact,
}

impl Unifier {
    pub fn new(tparams: &[TypeId], targs: &[TypeId]) -> Unifier {
        let types = (0..tparams.len()).map(|i| targs.get(i).copied()).collect();
        Unifier { tparams: tparams.to_vec(), slots: (0..tparams.len()).collect(), types, depth: 0 }
    }
    pub fn index_of(&self, t: TypeId) -> Option<usize> {
        self.tparams.iter().position(|&p| p == t)
    }
    pub fn at(&self, i: usize) -> Option<TypeId> {
        self.types[self.slots[i]]
    }
    pub fn set(&mut self, i: usize, t: TypeId) {
        let slot = self.slots[i];
        self.types[slot] = Some(t);
    }
    fn join(&mut self, i: usize, j: usize) {
        let (a, b) = (self.slots[i], self.slots[j]);
        if a == b {
            return;
        }
        let keep = self.types[a].or(self.types[b]);
        for s in self.slots.iter_mut().filter(|s| **s == b) {
            *s = a;
        }
        self.types[a] = keep;
    }
    pub fn unknowns(&self) -> usize {
        (0..self.tparams.len()).filter(|&i| self.at(i).is_none()).count()
    }
    pub fn known(&self) -> Vec<(TypeId, TypeId)> {
        (0..self.tparams.len()).filter_map(|i| self.at(i).map(|t| (self.tparams[i], t))).collect()
    }
}

impl Checker<'_> {
    pub fn unify(&mut self, u: &mut Unifier, x: TypeId, y: TypeId, mode: UnifyMode) -> bool {
        u.depth += 1;
        let ok = u.depth < 100 && self.unify_types(u, x, y, mode);
        u.depth -= 1;
        ok
    }

    fn is_named_type(&self, t: TypeId) -> bool {
        matches!(self.cx.ty(self.cx.unalias(t)), Type::Named(_))
    }
    fn is_type_lit(&self, t: TypeId) -> bool {
        !matches!(self.cx.ty(self.cx.unalias(t)), Type::Named(_) | Type::TypeParam(_))
    }

    fn unify_types(&mut self, u: &mut Unifier, x: TypeId, y: TypeId, mode: UnifyMode) -> bool {
        // What a parameter is inferred to be keeps the alias that was written.
        let (x_written, y_written) = (x, y);
        let (mut x, mut y) = (self.cx.unalias(x), self.cx.unalias(y));
        if x == y {
            return true;
        }
        let exact = mode == UnifyMode::Exact;
        // A bound parameter on the left.
        let mut written = y_written;
        if u.index_of(x).is_none() && u.index_of(y).is_some() {
            (x, y) = (y, x);
            written = x_written;
        }
        let (px, py) = (u.index_of(x), u.index_of(y));
        if px.is_none() && !exact {
            // A name on the right, matched by its underlying type if the left is a literal.
            if self.is_named_type(x) && !self.is_named_type(y) {
                (x, y) = (y, x);
            }
            if self.is_named_type(y) && self.is_type_lit(x) && !self.cx.is_interface(x) {
                let under = self.cx.underlying(y);
                // A defined interface keeps its methods for the comparison below.
                if !matches!(self.cx.ty(under), Type::Interface(_)) {
                    y = under;
                }
            }
        }
        if let (Some(i), Some(j)) = (px, py) {
            return match (u.at(i), u.at(j)) {
                (Some(a), Some(b)) => self.unify(u, a, b, mode),
                _ => {
                    u.join(i, j);
                    true
                }
            };
        }
        if let Some(i) = px {
            let Some(known) = u.at(i) else {
                u.set(i, written);
                return true;
            };
            if !self.unify(u, known, y, mode) {
                return false;
            }
            let (a, b) = (self.cx.is_non_param_interface(known), self.cx.is_non_param_interface(y));
            if !exact && self.allows(21) {
                // One would be as good as the other: the order of arguments must not decide.
                if a != b || (a && self.cx.type_set_of(known).methods.len() != self.cx.type_set_of(y).methods.len()) {
                    return false;
                }
            }
            if !exact {
                self.improve(u, i, known, y);
            }
            return true;
        }
        // Interfaces match what has their methods, methods pairwise.
        // Before 1.21 interfaces were like other types.
        if !exact && self.allows(21) && !self.cx.is_type_param(x) && !self.cx.is_type_param(y) {
            let (xi, yi) = (self.cx.is_interface(x), self.cx.is_interface(y));
            if xi && yi {
                let (a, b) = (self.cx.type_set_of(x), self.cx.type_set_of(y));
                if a.comparable != b.comparable || a.terms.is_some() != b.terms.is_some() {
                    return false;
                }
                let (small, large) = if a.methods.len() <= b.methods.len() { (a, b) } else { (b, a) };
                if mode != UnifyMode::Assign && small.methods.len() != large.methods.len() {
                    return false;
                }
                for m in &small.methods {
                    let Some(n) = large.methods.iter().find(|n| self.cx.same_name(m.name, m.pkg, n.name, n.pkg)) else { return false };
                    if !self.unify(u, m.sig, n.sig, UnifyMode::Exact) {
                        return false;
                    }
                }
                return true;
            }
            if xi || yi {
                let (interface, other) = if xi { (x, y) } else { (y, x) };
                for m in &self.cx.type_set_of(interface).methods.clone() {
                    let Some(have) = self.method_sig_of(other, m.name, m.pkg) else { return false };
                    if !self.unify(u, m.sig, have, UnifyMode::Exact) {
                        return false;
                    }
                }
                return true;
            }
        }
        // A parameter that is not being inferred, with a core type.
        if !exact && (self.cx.is_type_param(x) != self.cx.is_type_param(y)) {
            let (param, other) = if self.cx.is_type_param(x) { (x, y) } else { (y, x) };
            return match self.core_type(param) {
                Some(core) => {
                    let other = if self.is_named_type(core) { other } else { self.cx.underlying(other) };
                    self.unify(u, core, other, mode)
                }
                None => false,
            };
        }
        // What an assignment involves matches loosely only at the top.
        let inner = if mode == UnifyMode::Assign { UnifyMode::Exact } else { mode };
        match (self.cx.ty(x), self.cx.ty(y)) {
            (Type::Basic(a), Type::Basic(b)) => a == b,
            (Type::Pointer(a), Type::Pointer(b)) | (Type::Slice(a), Type::Slice(b)) => self.unify(u, a, b, inner),
            (Type::Array { elem: a, len: n }, Type::Array { elem: b, len: m }) => (n < 0 || m < 0 || n == m) && self.unify(u, a, b, inner),
            (Type::Map { key: k, value: v }, Type::Map { key: l, value: w }) => self.unify(u, k, l, inner) && self.unify(u, v, w, inner),
            (Type::Chan { dir: d, elem: a }, Type::Chan { dir: f, elem: b }) => (!exact || d == f) && self.unify(u, a, b, inner),
            (Type::Struct(a), Type::Struct(b)) => {
                a.len() == b.len()
                    && a.iter().zip(b.iter()).all(|(f, g)| {
                        f.embedded == g.embedded
                            && f.tag == g.tag
                            && self.cx.same_name(f.name, f.pkg, g.name, g.pkg)
                            && self.unify(u, f.ty, g.ty, inner)
                    })
            }
            (Type::Tuple(a), Type::Tuple(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(p, q)| self.unify(u, p.ty, q.ty, inner)),
            (Type::Func(a), Type::Func(b)) => {
                a.tparams.len() == b.tparams.len()
                    && a.variadic == b.variadic
                    && a.params.len() == b.params.len()
                    && a.results.len() == b.results.len()
                    && a.params.iter().zip(b.params.iter()).all(|(p, q)| self.unify(u, p.ty, q.ty, inner))
                    && a.results.iter().zip(b.results.iter()).all(|(p, q)| self.unify(u, p.ty, q.ty, inner))
            }
            (Type::Interface(_), Type::Interface(_)) => {
                let (a, b) = (self.cx.type_set_of(x), self.cx.type_set_of(y));
                a.comparable == b.comparable
                    && a.terms.is_some() == b.terms.is_some()
                    && a.methods.len() == b.methods.len()
                    && a.methods
                        .iter()
                        .zip(b.methods.iter())
                        .all(|(m, n)| self.cx.same_name(m.name, m.pkg, n.name, n.pkg) && self.unify(u, m.sig, n.sig, inner))
            }
            (Type::Named(a), Type::Named(b)) => {
                let (a, b) = (self.cx.named(a), self.cx.named(b));
                a.origin == b.origin
                    && !a.targs.is_empty()
                    && a.targs.len() == b.targs.len()
                    && a.targs.iter().zip(b.targs.iter()).all(|(&s, &t)| self.unify(u, s, t, mode))
            }
            _ => false,
        }
    }

    /// Parameter `i` matches both `known` and `y`: which one shall it be?
    fn improve(&mut self, u: &mut Unifier, i: usize, known: TypeId, y: TypeId) {
        let (known_named, y_named) = (self.is_named_type(known), self.is_named_type(y));
        let better = match self.cx.under(y) {
            Type::Chan { dir, .. } if !known_named => y_named || dir != ChanDir::Both,
            _ => y_named && !known_named,
        };
        if better {
            u.set(i, y);
        }
    }

    /// The type of a method, resolved.
    pub fn method_sig_of(&mut self, t: TypeId, name: source::Symbol, pkg: crate::PackageId) -> Option<TypeId> {
        let l = self.cx.lookup_member(t, name, pkg, false).ok()?;
        match l.found {
            crate::lookup::Found::Method { obj, base } => {
                self.resolve(obj);
                let t = self.cx.method_type(obj, base);
                t.is_some().then_some(t)
            }
            crate::lookup::Found::Abstract { method, .. } => Some(method.sig),
            crate::lookup::Found::Field(_) => None,
        }
    }
}
