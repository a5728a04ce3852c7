//! Type inference for calls and assignments of generic functions.

use super::Checker;
use super::operand::Operand;
use super::unify::{Unifier, UnifyMode};
use crate::{Param, Term, Type, TypeId};

/// Why types could not be inferred.
pub(crate) enum Failure {
    /// A typed argument does not match its parameter (which may be known in part).
    Mismatch {
        arg: usize,
        param: TypeId,
        inferred: Option<TypeId>,
    },
    /// Untyped arguments for one parameter do not mix.
    Untyped {
        arg: usize,
        tparam: TypeId,
        a: TypeId,
        b: TypeId,
    },
    /// The parameter with this index.
    CannotInfer(usize),
    Text(String),
    /// Already reported.
    Silent,
}

impl Checker<'_> {
    /// The types for all of `tparams`, of which `targs` are given.
    pub fn infer(&mut self, tparams: &[TypeId], targs: &[TypeId], params: &[Param], args: &[Operand]) -> Result<Vec<TypeId>, Failure> {
        let n = tparams.len();
        if targs.len() == n {
            return Ok(targs.to_vec());
        }
        if params.iter().any(|p| !self.cx.is_valid(p.ty)) || args.iter().any(Operand::is_invalid) {
            return Err(Failure::Silent);
        }
        // What is given is put in first, so that messages show it.
        let given: Vec<_> = tparams.iter().copied().zip(targs.iter().copied()).collect();
        let params: Vec<Param> = params.iter().map(|p| Param { ty: self.cx.subst(p.ty, &given), ..*p }).collect();
        let mut u = Unifier::new(tparams, targs);
        let mut untyped: Vec<usize> = Vec::new();
        for (i, a) in args.iter().enumerate() {
            let Some(p) = params.get(i) else { break };
            if a.is_nil() || !(self.cx.mentions_any(p.ty, tparams) || self.cx.mentions_any(a.ty, tparams)) {
                continue;
            }
            if self.cx.is_typed(a.ty) {
                if !self.unify(&mut u, p.ty, a.ty, UnifyMode::Assign) {
                    let side = if self.cx.mentions_any(p.ty, tparams) { p.ty } else { a.ty };
                    let inferred = self.cx.subst(side, &u.known());
                    let inferred = (inferred != side).then_some(inferred);
                    return Err(Failure::Mismatch { arg: i, param: p.ty, inferred });
                }
            } else if u.index_of(self.cx.unalias(p.ty)).is_some() {
                untyped.push(i);
            }
        }
        self.infer_from_constraints(tparams, &mut u)?;
        // Untyped constants last: the default type of the largest kind.
        let mut largest: Vec<(usize, TypeId)> = Vec::new();
        for &i in &untyped {
            let Some(p) = u.index_of(self.cx.unalias(params[i].ty)) else { continue };
            if u.at(p).is_some() {
                continue;
            }
            match largest.iter_mut().find(|(q, _)| *q == p) {
                None => largest.push((p, args[i].ty)),
                Some((_, before)) => match self.max_type(*before, args[i].ty) {
                    Some(t) => *before = t,
                    None => return Err(Failure::Untyped { arg: i, tparam: params[i].ty, a: *before, b: args[i].ty }),
                },
            }
        }
        for (p, t) in largest {
            if u.at(p).is_none() {
                u.set(p, self.cx.default_type(t));
            }
        }
        self.infer_from_constraints(tparams, &mut u)?;
        // Inferred types may mention other parameters: replace until none is left.
        let mut types: Vec<Option<TypeId>> = (0..n).map(|i| u.at(i)).collect();
        for _ in 0..=n {
            let map: Vec<_> = (0..n).filter_map(|i| types[i].map(|t| (tparams[i], t))).filter(|&(p, t)| !self.cx.mentions_any(t, &[p])).collect();
            let mut changed = false;
            for t in types.iter_mut().flatten() {
                let next = self.cx.subst(*t, &map);
                changed |= next != *t;
                *t = next;
            }
            if !changed {
                break;
            }
        }
        let mut out = Vec::with_capacity(n);
        for (i, t) in types.into_iter().enumerate() {
            match t {
                Some(t) if !self.cx.mentions_any(t, tparams) => out.push(t),
                _ => return Err(Failure::CannotInfer(i)),
            }
        }
        Ok(out)
    }

    /// Core types and methods of constraints tell more, until nothing changes.
    fn infer_from_constraints(&mut self, tparams: &[TypeId], u: &mut Unifier) -> Result<(), Failure> {
        loop {
            let before = u.unknowns();
            for (i, &p) in tparams.iter().enumerate() {
                let core = self.core_term(p);
                if let Some((term, single)) = core {
                    match u.at(i) {
                        Some(t) => {
                            if !self.cx.is_valid(t) {
                                return Err(Failure::Silent);
                            }
                            // A tilde term fits any type with that underlying type.
                            let against = if term.tilde && !self.cx.is_type_param(t) { self.cx.underlying(t) } else { t };
                            if !self.unify(u, against, term.ty, UnifyMode::Inexact) {
                                let Some(param) = self.cx.as_type_param(p) else { continue };
                                return Err(Failure::Text(format!(
                                    "{} (type {}) does not satisfy {}",
                                    self.ts(p),
                                    self.ts(t),
                                    self.ts(param.constraint)
                                )));
                            }
                        }
                        None if single && !term.tilde => u.set(i, term.ty),
                        None => {}
                    }
                }
                // Methods of the constraint must be those of the type.
                let Some(t) = u.at(i) else { continue };
                if self.cx.is_type_param(t) && u.index_of(self.cx.unalias(t)).is_some() {
                    continue;
                }
                for m in self.cx.type_set_of(p).methods.clone() {
                    let found = self.cx.lookup_member(t, m.name, m.pkg, false).ok();
                    let missing = match &found {
                        None => Some(format!("(missing method {})", m.name)),
                        Some(l) => match &l.found {
                            crate::lookup::Found::Method { obj, .. } if self.cx.has_pointer_receiver(*obj) && !l.indirect => {
                                Some(format!("(method {} has pointer receiver)", m.name))
                            }
                            _ => None,
                        },
                    };
                    if let Some(cause) = missing.filter(|_| core.is_none() && !self.has_invalid_embedded(t, &mut Vec::new())) {
                        let Some(param) = self.cx.as_type_param(p) else { continue };
                        return Err(Failure::Text(format!(
                            "{} (type {}) does not satisfy {} {cause}",
                            self.ts(p),
                            self.ts(t),
                            self.ts(param.constraint)
                        )));
                    }
                    let Some(have) = self.method_sig_of(t, m.name, m.pkg) else { continue };
                    if !self.unify(u, m.sig, have, UnifyMode::Exact) {
                        let Some(param) = self.cx.as_type_param(p) else { continue };
                        let cause = format!(
                            "(wrong type for method {})\n\t\thave {}\n\t\twant {}",
                            m.name,
                            self.method_string(m.name, have),
                            self.method_string(m.name, m.sig)
                        );
                        return Err(Failure::Text(format!(
                            "{} (type {}) does not satisfy {} {cause}",
                            self.ts(p),
                            self.ts(t),
                            self.ts(param.constraint)
                        )));
                    }
                }
            }
            if u.unknowns() == before {
                return Ok(());
            }
        }
    }

    /// The core type of a constraint as a term; whether it is the only type.
    fn core_term(&self, p: TypeId) -> Option<(Term, bool)> {
        let terms = self.cx.type_set_of(p).terms.clone()?;
        match &terms[..] {
            [] => None,
            [one] => Some((*one, true)),
            _ => self.core_type(p).map(|ty| (Term { tilde: true, ty }, false)),
        }
    }

    pub fn core_is_func(&self, t: TypeId) -> bool {
        matches!(self.core_type(t).map(|c| self.cx.ty(c)), Some(Type::Func(_)))
    }
}
