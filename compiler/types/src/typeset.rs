//! Type sets of interfaces: which methods, which terms.

use crate::types::*;
use crate::{Context, PackageId, is_exported};
use rustc_hash::FxHashSet;
use source::{Pos, Symbol};
use std::cmp::Ordering;
use std::sync::Arc;

/// Interfaces embedded in each other; more come only from instances without end, which are an error.
const MAX_SET_DEPTH: u32 = 500;

impl Context {
    /// Of an interface, a name of one, or a type parameter (its constraint). Of anything else: that type alone.
    pub fn type_set_of(&self, t: TypeId) -> Arc<TypeSet> {
        let t = if self.is_type_param(t) { self.constraint_interface(t) } else { self.underlying(t) };
        match self.ty(t) {
            Type::Interface(row) => self.interface_set(row),
            Type::Basic(Basic::Invalid) => Arc::new(TypeSet { methods: Vec::new(), terms: None, comparable: false }),
            _ => Arc::new(TypeSet { methods: Vec::new(), terms: Some(vec![Term { tilde: false, ty: t }]), comparable: false }),
        }
    }

    /// The constraint of a type parameter as an interface (`[T int]` means `[T interface{ int }]`).
    pub(crate) fn constraint_interface(&self, tparam: TypeId) -> TypeId {
        let Some(param) = self.as_type_param(tparam) else { return TypeId::EMPTY_INTERFACE };
        let bound = self.unalias(param.constraint);
        match self.ty(bound) {
            Type::Basic(Basic::Invalid) => TypeId::EMPTY_INTERFACE,
            Type::TypeParam(_) => TypeId::EMPTY_INTERFACE,
            Type::Named(row) => {
                let under = self.underlying(bound);
                match self.ty(under) {
                    Type::Interface(_) => under,
                    Type::Basic(Basic::Invalid) if self.named(row).underlying.is_none() => TypeId::EMPTY_INTERFACE,
                    _ => self.implicit_interface(bound),
                }
            }
            Type::Interface(_) => bound,
            _ => self.implicit_interface(bound),
        }
    }

    fn implicit_interface(&self, elem: TypeId) -> TypeId {
        let key = (elem, Arc::from([]));
        if let Some(&known) = self.subst_cache.borrow().get(&key) {
            return known;
        }
        let made = self.new_interface(Interface { embeddeds: vec![(elem, Pos::NONE)], implicit: true, complete: true, ..Interface::default() });
        self.subst_cache.borrow_mut().insert(key, made);
        made
    }

    fn interface_set(&self, row: u32) -> Arc<TypeSet> {
        let interface = self.interface(row);
        match interface.type_set {
            Some(known) => known,
            None => stacker::maybe_grow(32 * 1024, 1024 * 1024, || self.make_interface_set(row, interface)),
        }
    }

    fn make_interface_set(&self, row: u32, interface: Interface) -> Arc<TypeSet> {
        let edit = |set: Option<Arc<TypeSet>>| self.store.borrow_mut().interfaces[row as usize].type_set = set;
        if self.set_depth.get() > MAX_SET_DEPTH {
            return Arc::new(TypeSet { methods: Vec::new(), terms: None, comparable: false });
        }
        self.set_depth.set(self.set_depth.get() + 1);
        // An interface that embeds itself (an error reported elsewhere) sees this.
        edit(Some(Arc::new(TypeSet { methods: Vec::new(), terms: None, comparable: false })));
        let mut methods = interface.methods.clone();
        let mut names: FxHashSet<Symbol> = methods.iter().map(|m| m.name).collect();
        let mut terms: Option<Vec<Term>> = None;
        let mut comparable = interface.is_comparable;
        let mut settled = interface.complete;
        for &(embedded, _) in &interface.embeddeds {
            settled &= self.is_settled(embedded);
            let under = self.underlying(embedded);
            let (other_terms, other_comparable) = match self.ty(under) {
                Type::Basic(Basic::Invalid) => continue,
                Type::Interface(row) if !self.is_type_param(embedded) => {
                    let set = self.interface_set(row);
                    for m in &set.methods {
                        // Most names are new.
                        if names.insert(m.name) || !methods.iter().any(|n| self.same_name(m.name, m.pkg, n.name, n.pkg)) {
                            methods.push(*m);
                        }
                    }
                    (set.terms.clone(), set.comparable)
                }
                Type::Union(union) => (self.union_terms(&union, &mut settled), false),
                _ if self.is_type_param(embedded) => continue,
                _ => (Some(vec![Term { tilde: false, ty: embedded }]), false),
            };
            (terms, comparable) = self.intersect(terms, comparable, other_terms, other_comparable);
        }
        self.set_depth.set(self.set_depth.get() - 1);
        methods.sort_by(|a, b| self.method_order((a.name, a.pkg), (b.name, b.pkg)));
        let set = Arc::new(TypeSet { methods, terms, comparable });
        edit(settled.then(|| set.clone()));
        set
    }

    /// Is the underlying type known, so that what is computed from it may be kept?
    fn is_settled(&self, t: TypeId) -> bool {
        match self.ty(self.unalias(t)) {
            Type::Named(row) => {
                let named = self.named(row);
                named.underlying.is_some() || (named.origin != named.id && self.origin_named(named.origin).underlying.is_some())
            }
            Type::Basic(Basic::Invalid) => false,
            _ => true,
        }
    }

    fn union_terms(&self, union: &[Term], settled: &mut bool) -> Option<Vec<Term>> {
        let mut all = Vec::new();
        for term in union {
            *settled &= self.is_settled(term.ty);
            match self.under(term.ty) {
                Type::Basic(Basic::Invalid) => continue,
                Type::Interface(row) if !self.is_type_param(term.ty) => all.extend(self.interface_set(row).terms.clone()?),
                // `~T` where T is not its own underlying type is an error and matches nothing.
                _ if term.tilde && !self.identical(self.underlying(term.ty), term.ty) => {}
                _ => all.push(*term),
            }
        }
        Some(self.normalise(all))
    }

    /// Terms that another includes are dropped.
    fn normalise(&self, terms: Vec<Term>) -> Vec<Term> {
        let mut kept: Vec<Term> = Vec::new();
        for (i, &t) in terms.iter().enumerate() {
            let covered = kept.iter().any(|k| self.term_includes(*k, t))
                || terms[i + 1..].iter().any(|&o| self.term_includes(o, t) && !self.term_includes(t, o));
            if !covered {
                kept.push(t);
            }
        }
        kept
    }

    fn intersect(&self, x: Option<Vec<Term>>, x_comparable: bool, y: Option<Vec<Term>>, y_comparable: bool) -> (Option<Vec<Term>>, bool) {
        let comparable = x_comparable || y_comparable;
        let mut terms = match (x, y) {
            (None, None) => return (None, comparable),
            (Some(t), None) | (None, Some(t)) => t,
            (Some(x), Some(y)) => {
                let mut both = Vec::new();
                for &a in &x {
                    for &b in &y {
                        if self.term_includes(b, a) {
                            both.push(a);
                        } else if self.term_includes(a, b) {
                            both.push(b);
                        }
                    }
                }
                self.normalise(both)
            }
        };
        if comparable {
            terms.retain(|t| self.comparable(t.ty, false));
        }
        (Some(terms), false)
    }

    /// Is every type of `inner` one of `outer`?
    pub(crate) fn term_includes(&self, outer: Term, inner: Term) -> bool {
        if outer.tilde {
            return self.identical(self.underlying(outer.ty), self.underlying(inner.ty));
        }
        !inner.tilde && self.identical(outer.ty, inner.ty)
    }
    pub(crate) fn term_disjoint(&self, a: Term, b: Term) -> bool {
        !self.term_includes(a, b) && !self.term_includes(b, a)
    }

    /// Go's order of method tables: exported names first, then by name, then by package path.
    pub fn method_order(&self, a: (Symbol, PackageId), b: (Symbol, PackageId)) -> Ordering {
        let exported = |n: Symbol| !is_exported(n);
        let path = |name: Symbol, pkg: PackageId| if is_exported(name) || pkg == PackageId::NONE { None } else { Some(self.package_path(pkg)) };
        (exported(a.0), a.0.as_str()).cmp(&(exported(b.0), b.0.as_str())).then_with(|| path(a.0, a.1).cmp(&path(b.0, b.1)))
    }
}
