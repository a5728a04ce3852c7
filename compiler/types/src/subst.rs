//! Type arguments put in the place of type parameters.

use crate::Context;
use crate::types::*;
use std::sync::Arc;

impl Context {
    /// `t` with each (parameter, argument) of `map` replaced. Ids of types without those parameters stay.
    pub fn subst(&self, t: TypeId, map: &[(TypeId, TypeId)]) -> TypeId {
        if map.is_empty() || t.is_none() {
            return t;
        }
        match self.ty(t) {
            Type::Basic(_) => t,
            Type::TypeParam(_) => map.iter().find(|(p, _)| *p == t).map_or(t, |&(_, arg)| arg),
            Type::Named(row) => {
                let named = self.named(row);
                if named.targs.is_empty() && named.outer_targs.is_empty() {
                    return t;
                }
                let targs = self.subst_list(&named.targs, map);
                let outer = self.subst_list(&named.outer_targs, map);
                if targs == named.targs && outer == named.outer_targs { t } else { self.instance(named.origin, &targs, &outer) }
            }
            Type::Alias(row) => {
                let alias = self.alias(row);
                if !alias.targs.is_empty() {
                    let targs = self.subst_list(&alias.targs, map);
                    return if targs == alias.targs { t } else { self.instantiate_alias(alias.origin, &targs) };
                }
                let actual = self.subst(alias.actual, map);
                if actual == alias.actual { t } else { actual }
            }
            _ => self.subst_shallow(t, map),
        }
    }

    pub fn subst_list(&self, list: &Arc<[TypeId]>, map: &[(TypeId, TypeId)]) -> Arc<[TypeId]> {
        let replaced: Arc<[TypeId]> = list.iter().map(|&t| self.subst(t, map)).collect();
        if replaced == *list { list.clone() } else { replaced }
    }

    fn subst_params(&self, params: &Arc<[Param]>, map: &[(TypeId, TypeId)]) -> Arc<[Param]> {
        let replaced: Arc<[Param]> = params.iter().map(|p| Param { ty: self.subst(p.ty, map), ..*p }).collect();
        if replaced == *params { params.clone() } else { replaced }
    }

    /// Parameters and results only: the signature keeps its own type parameters.
    pub(crate) fn subst_signature(&self, sig: &Arc<Signature>, map: &[(TypeId, TypeId)]) -> Arc<Signature> {
        let params = self.subst_params(&sig.params, map);
        let results = self.subst_params(&sig.results, map);
        if params == sig.params && results == sig.results { sig.clone() } else { Arc::new(Signature { params, results, ..(**sig).clone() }) }
    }

    /// Of a type literal.
    pub(crate) fn subst_shallow(&self, t: TypeId, map: &[(TypeId, TypeId)]) -> TypeId {
        if map.is_empty() {
            return t;
        }
        match self.ty(t) {
            Type::Pointer(elem) => {
                let replaced = self.subst(elem, map);
                if replaced == elem { t } else { self.mk(Type::Pointer(replaced)) }
            }
            Type::Slice(elem) => {
                let replaced = self.subst(elem, map);
                if replaced == elem { t } else { self.mk(Type::Slice(replaced)) }
            }
            Type::Array { elem, len } => {
                let replaced = self.subst(elem, map);
                if replaced == elem { t } else { self.mk(Type::Array { elem: replaced, len }) }
            }
            Type::Chan { dir, elem } => {
                let replaced = self.subst(elem, map);
                if replaced == elem { t } else { self.mk(Type::Chan { dir, elem: replaced }) }
            }
            Type::Map { key, value } => {
                let (k, v) = (self.subst(key, map), self.subst(value, map));
                if (k, v) == (key, value) { t } else { self.mk(Type::Map { key: k, value: v }) }
            }
            Type::Struct(fields) => {
                let replaced: Arc<[Field]> = fields.iter().map(|f| Field { ty: self.subst(f.ty, map), ..*f }).collect();
                if replaced == fields { t } else { self.mk(Type::Struct(replaced)) }
            }
            Type::Tuple(params) => {
                let replaced = self.subst_params(&params, map);
                if replaced == params { t } else { self.mk(Type::Tuple(replaced)) }
            }
            Type::Func(sig) => {
                let replaced = self.subst_signature(&sig, map);
                if Arc::ptr_eq(&replaced, &sig) { t } else { self.mk(Type::Func(replaced)) }
            }
            Type::Union(terms) => {
                let replaced: Arc<[Term]> = terms.iter().map(|x| Term { ty: self.subst(x.ty, map), ..*x }).collect();
                if replaced == terms { t } else { self.mk(Type::Union(replaced)) }
            }
            Type::Interface(row) => self.subst_interface(t, row, map),
            _ => self.subst(t, map),
        }
    }

    fn subst_interface(&self, t: TypeId, row: u32, map: &[(TypeId, TypeId)]) -> TypeId {
        let interface = self.interface(row);
        if interface.methods.is_empty() && interface.embeddeds.is_empty() {
            return t;
        }
        let key = (t, Arc::from(map));
        if interface.complete
            && let Some(&known) = self.subst_cache.borrow().get(&key)
        {
            return known;
        }
        let methods: Vec<_> = interface.methods.iter().map(|m| InterfaceMethod { sig: self.subst(m.sig, map), ..*m }).collect();
        let embeddeds: Vec<_> = interface.embeddeds.iter().map(|&(e, pos)| (self.subst(e, map), pos)).collect();
        let changed = methods.iter().zip(&interface.methods).any(|(a, b)| a.sig != b.sig) || embeddeds != interface.embeddeds;
        let complete = interface.complete;
        let replaced = if changed { self.new_interface(Interface { methods, embeddeds, type_set: None, ..interface }) } else { t };
        if complete {
            self.subst_cache.borrow_mut().insert(key, replaced);
        }
        replaced
    }

    /// The instance of a generic named type or alias. The number of arguments is right; constraints are not checked.
    pub fn instantiate(&self, generic: TypeId, targs: &[TypeId]) -> TypeId {
        match self.ty(generic) {
            Type::Named(row) => {
                let outer = self.named(row).outer_targs;
                self.instance(generic, targs, &outer)
            }
            Type::Alias(_) => self.instantiate_alias(generic, targs),
            Type::Func(sig) => {
                let map: Vec<_> = sig.tparams.iter().copied().zip(targs.iter().copied()).collect();
                let replaced = self.subst_signature(&sig, &map);
                self.mk(Type::Func(Arc::new(Signature { tparams: Arc::from([]), ..(*replaced).clone() })))
            }
            _ => generic,
        }
    }

    pub(crate) fn instance(&self, origin: TypeId, targs: &[TypeId], outer: &[TypeId]) -> TypeId {
        let generic = self.origin_named(origin);
        if targs.is_empty() && *outer == *generic.outer_tparams {
            return origin;
        }
        let key = (origin, Arc::from(targs), Arc::from(outer));
        if let Some(&known) = self.store.borrow().instances.get(&key) {
            return known;
        }
        let id = self.new_named(generic.obj, generic.outer_tparams.clone());
        self.edit_named(id, |n| {
            n.origin = origin;
            n.targs = key.1.clone();
            n.outer_targs = key.2.clone();
        });
        self.store.borrow_mut().instances.insert(key, id);
        id
    }

    fn instantiate_alias(&self, origin: TypeId, targs: &[TypeId]) -> TypeId {
        let Type::Alias(row) = self.ty(origin) else { return origin };
        let generic = self.alias(row);
        let map: Vec<_> = generic.tparams.iter().copied().zip(targs.iter().copied()).collect();
        let actual = self.subst(generic.actual, &map);
        let id = self.new_alias(generic.obj);
        self.edit_alias(id, |a| {
            a.origin = origin;
            a.targs = Arc::from(targs);
            a.actual = actual;
        });
        id
    }
}
