//! One id for each type, after checking: aliases removed, interfaces with equal type sets made one.

use crate::types::*;
use crate::{Context, PackageId, is_exported};
use source::Symbol;
use std::sync::Arc;

impl Context {
    /// Identical types, and only those, have the same canonical id. Only for types whose declarations are
    /// checked. What is inside a canonical type literal is canonical; the underlying type of a name need not be.
    pub fn canonical(&self, t: TypeId) -> TypeId {
        if let Some(&known) = self.store.borrow().canonical.get(&t) {
            return known;
        }
        let known = self.make_canonical(t);
        let mut store = self.store.borrow_mut();
        store.canonical.insert(t, known);
        store.canonical.insert(known, known);
        known
    }

    fn canonical_list(&self, list: &[TypeId]) -> Vec<TypeId> {
        list.iter().map(|&t| self.canonical(t)).collect()
    }
    fn canonical_params(&self, params: &[Param]) -> Arc<[Param]> {
        params.iter().map(|p| Param { name: Symbol::EMPTY, ty: self.canonical(p.ty) }).collect()
    }

    fn make_canonical(&self, t: TypeId) -> TypeId {
        let t = self.unalias(t);
        match self.ty(t) {
            Type::Basic(b) => TypeId(b as u32),
            Type::Pointer(e) => self.mk(Type::Pointer(self.canonical(e))),
            Type::Slice(e) => self.mk(Type::Slice(self.canonical(e))),
            Type::Array { elem, len } => self.mk(Type::Array { elem: self.canonical(elem), len }),
            Type::Map { key, value } => self.mk(Type::Map { key: self.canonical(key), value: self.canonical(value) }),
            Type::Chan { dir, elem } => self.mk(Type::Chan { dir, elem: self.canonical(elem) }),
            Type::Struct(fields) => {
                let fields = fields.iter().map(|f| {
                    let pkg = if is_exported(f.name) { PackageId::NONE } else { f.pkg };
                    Field { ty: self.canonical(f.ty), pkg, ..*f }
                });
                self.mk(Type::Struct(fields.collect()))
            }
            Type::Tuple(params) => self.mk(Type::Tuple(self.canonical_params(&params))),
            Type::Func(sig) => {
                let (params, results) = (self.canonical_params(&sig.params), self.canonical_params(&sig.results));
                self.mk(Type::Func(Arc::new(Signature { params, results, ..(*sig).clone() })))
            }
            Type::Union(terms) => self.mk(Type::Union(terms.iter().map(|x| Term { ty: self.canonical(x.ty), ..*x }).collect())),
            Type::Interface(_) => {
                let set = self.type_set_of(t);
                if set.is_all() {
                    return TypeId::EMPTY_INTERFACE;
                }
                let methods = set.methods.iter().map(|m| (m.name, (!is_exported(m.name)).then_some(m.pkg), self.canonical(m.sig))).collect();
                let terms = set.terms.as_ref().map(|terms| {
                    let mut terms: Vec<Term> = terms.iter().map(|x| Term { ty: self.canonical(x.ty), ..*x }).collect();
                    terms.sort_by_key(|x| (x.ty, x.tilde));
                    terms
                });
                let key = InterfaceKey { methods, terms, comparable: set.comparable };
                *self.store.borrow_mut().canonical_interfaces.entry(key).or_insert(t)
            }
            Type::Named(row) => {
                let named = self.named(row);
                if named.targs.is_empty() && named.outer_targs == named.outer_tparams {
                    return t;
                }
                self.instance(named.origin, &self.canonical_list(&named.targs), &self.canonical_list(&named.outer_targs))
            }
            Type::Alias(_) | Type::TypeParam(_) => t,
        }
    }
}
