//! Type identity.

use crate::Context;
use crate::types::*;

impl Context {
    pub fn identical(&self, a: TypeId, b: TypeId) -> bool {
        self.same(a, b, true, &mut Vec::new())
    }
    /// As conversions compare: struct tags ignored.
    pub fn identical_ignore_tags(&self, a: TypeId, b: TypeId) -> bool {
        self.same(a, b, false, &mut Vec::new())
    }

    fn same(&self, a: TypeId, b: TypeId, tags: bool, pairs: &mut Vec<(TypeId, TypeId)>) -> bool {
        if a == b {
            return true;
        }
        let (a, b) = (self.unalias(a), self.unalias(b));
        if a == b {
            return true;
        }
        match (self.ty(a), self.ty(b)) {
            (Type::Basic(x), Type::Basic(y)) => x == y,
            (Type::Pointer(x), Type::Pointer(y)) | (Type::Slice(x), Type::Slice(y)) => self.same(x, y, tags, pairs),
            (Type::Array { elem: x, len: n }, Type::Array { elem: y, len: m }) => (n < 0 || m < 0 || n == m) && self.same(x, y, tags, pairs),
            (Type::Map { key: k, value: v }, Type::Map { key: l, value: w }) => self.same(k, l, tags, pairs) && self.same(v, w, tags, pairs),
            (Type::Chan { dir: d, elem: x }, Type::Chan { dir: e, elem: y }) => d == e && self.same(x, y, tags, pairs),
            (Type::Struct(x), Type::Struct(y)) => {
                x.len() == y.len()
                    && x.iter().zip(y.iter()).all(|(f, g)| {
                        f.embedded == g.embedded
                            && (!tags || f.tag == g.tag)
                            && self.same_name(f.name, f.pkg, g.name, g.pkg)
                            && self.same(f.ty, g.ty, tags, pairs)
                    })
            }
            (Type::Tuple(x), Type::Tuple(y)) => self.same_params(&x, &y, tags, pairs),
            (Type::Func(x), Type::Func(y)) => {
                if x.tparams.len() != y.tparams.len() || x.variadic != y.variadic {
                    return false;
                }
                if x.tparams.is_empty() {
                    return self.same_params(&x.params, &y.params, tags, pairs) && self.same_params(&x.results, &y.results, tags, pairs);
                }
                let map: Vec<_> = y.tparams.iter().copied().zip(x.tparams.iter().copied()).collect();
                let constraints = x.tparams.iter().zip(y.tparams.iter()).all(|(&p, &q)| {
                    let (p, q) = (self.as_type_param(p), self.as_type_param(q));
                    matches!((p, q), (Some(p), Some(q)) if self.same(p.constraint, self.subst(q.constraint, &map), tags, pairs))
                });
                let y = self.subst_signature(&y, &map);
                constraints && self.same_params(&x.params, &y.params, tags, pairs) && self.same_params(&x.results, &y.results, tags, pairs)
            }
            (Type::Union(x), Type::Union(y)) => {
                x.len() == y.len() && x.iter().zip(y.iter()).all(|(s, t)| s.tilde == t.tilde && self.same(s.ty, t.ty, tags, pairs))
            }
            (Type::Interface(_), Type::Interface(_)) => {
                let (x, y) = (self.type_set_of(a), self.type_set_of(b));
                if x.comparable != y.comparable || x.methods.len() != y.methods.len() || !self.same_terms(&x, &y) {
                    return false;
                }
                // Interfaces may contain themselves through method signatures.
                if pairs.contains(&(a, b)) {
                    return true;
                }
                pairs.push((a, b));
                let same = x
                    .methods
                    .iter()
                    .zip(y.methods.iter())
                    .all(|(m, n)| self.same_name(m.name, m.pkg, n.name, n.pkg) && self.same(m.sig, n.sig, tags, pairs));
                pairs.pop();
                same
            }
            (Type::Named(x), Type::Named(y)) => {
                let (x, y) = (self.named(x), self.named(y));
                if x.origin != y.origin {
                    return false;
                }
                let all = |x: &[TypeId], y: &[TypeId], pairs: &mut Vec<_>| {
                    x.len() == y.len() && x.iter().zip(y).all(|(&s, &t)| self.same(s, t, tags, pairs))
                };
                (!x.targs.is_empty() || !x.outer_targs.is_empty()) && all(&x.targs, &y.targs, pairs) && all(&x.outer_targs, &y.outer_targs, pairs)
            }
            _ => false,
        }
    }

    fn same_params(&self, x: &[Param], y: &[Param], tags: bool, pairs: &mut Vec<(TypeId, TypeId)>) -> bool {
        x.len() == y.len() && x.iter().zip(y).all(|(p, q)| self.same(p.ty, q.ty, tags, pairs))
    }

    fn same_terms(&self, x: &TypeSet, y: &TypeSet) -> bool {
        match (&x.terms, &y.terms) {
            (None, None) => true,
            (Some(s), Some(t)) => {
                let inside = |s: &[Term], t: &[Term]| s.iter().all(|a| t.iter().any(|b| a.tilde == b.tilde && self.identical(a.ty, b.ty)));
                inside(s, t) && inside(t, s)
            }
            _ => false,
        }
    }
}
