//! Does a type implement an interface or satisfy a constraint? And if not, why.

use super::Checker;
use crate::lookup::{Found, LookupError};
use crate::{InterfaceMethod, Type, TypeId};

impl Checker<'_> {
    /// `constraint`: satisfaction, not implementation. `Err` is the whole sentence after "cannot use ...:".
    pub fn implements(&mut self, v: TypeId, t: TypeId, constraint: bool, _static: bool) -> Result<(), String> {
        let (v_under, t_under) = (self.cx.underlying(v), self.cx.underlying(t));
        if !self.cx.is_valid(v_under) || !self.cx.is_valid(t_under) {
            return Ok(());
        }
        if let Type::Pointer(elem) = self.cx.ty(v_under)
            && !self.cx.is_valid(self.cx.underlying(elem))
        {
            return Ok(());
        }
        let verb = if constraint { "satisfy" } else { "implement" };
        if !matches!(self.cx.ty(t_under), Type::Interface(_)) {
            let cause = if self.is_interface_pointer(t) {
                format!("type {} is pointer to interface, not interface", self.ts(t))
            } else {
                format!("{} is not an interface", self.ts(t))
            };
            return Err(format!("{} does not {verb} {} ({cause})", self.ts(v), self.ts(t)));
        }
        let target = self.cx.type_set_of(t);
        if target.is_all() {
            return Ok(());
        }
        let v_interface = matches!(self.cx.ty(v_under), Type::Interface(_));
        let own = v_interface.then(|| self.cx.type_set_of(v));
        if own.as_ref().is_some_and(|s| s.is_empty()) {
            return Ok(());
        }
        if target.is_empty() {
            return Err(format!("cannot {verb} {} (empty type set)", self.ts(t)));
        }
        if let Err(cause) = self.missing_method(v, t, true) {
            return Err(format!("{} does not {verb} {} {cause}", self.ts(v), self.ts(t)));
        }
        let demands_comparable = target.comparable;
        let comparability = |c: &Self| -> Result<(), String> {
            let required = demands_comparable || target.terms.as_ref().is_some_and(|_| false);
            if !required || c.cx.comparable(v, false) {
                return Ok(());
            }
            if constraint && c.cx.comparable(v, true) {
                if c.allows(20) {
                    return Ok(());
                }
                return Err(format!("{} to {verb} comparable requires go1.20 or later", c.ts(v)));
            }
            Err(format!("{} does not {verb} comparable", c.ts(v)))
        };
        let Some(terms) = &target.terms else { return comparability(self) };
        if let Some(own) = own {
            let subset = own.terms.as_ref().is_some_and(|mine| mine.iter().all(|a| terms.iter().any(|b| self.cx.term_includes(*b, *a))));
            if !subset {
                return Err(format!("{} does not {verb} {}", self.ts(v), self.ts(t)));
            }
            return comparability(self);
        }
        let includes = |c: &Self, term: crate::Term| {
            if term.tilde { c.cx.identical(c.cx.underlying(term.ty), v_under) } else { c.cx.identical(term.ty, v) }
        };
        if !terms.iter().any(|&term| includes(self, term)) {
            let alt = terms.iter().find(|term| {
                !term.tilde && self.cx.identical(term.ty, self.cx.underlying(term.ty)) && self.cx.identical(self.cx.underlying(term.ty), v_under)
            });
            return Err(match alt {
                Some(alt) => format!("{} does not {verb} {} (possibly missing ~ for {} in {})", self.ts(v), self.ts(t), self.ts(alt.ty), self.ts(t)),
                None if self.mentions_type(t, v, 0) => {
                    let (vs, ts) = (self.ts(v), self.ts(t));
                    format!("{vs} does not {verb} {ts} ({ts} mentions {vs}, but {vs} is not in the type set of {ts})")
                }
                None => {
                    let list: Vec<String> = terms.iter().map(|&term| self.term_path_string(term)).collect();
                    format!("{} does not {verb} {} ({} missing in {})", self.ts(v), self.ts(t), self.ts(v), list.join(" | "))
                }
            });
        }
        comparability(self)
    }

    /// Is `v` written somewhere in the constraint `t`?
    fn mentions_type(&self, t: TypeId, v: TypeId, depth: u32) -> bool {
        if depth > 20 {
            return false;
        }
        match self.cx.under(t) {
            Type::Interface(row) => {
                self.cx.interface(row).embeddeds.iter().any(|&(e, _)| self.cx.identical(e, v) || self.mentions_type(e, v, depth + 1))
            }
            Type::Union(terms) => terms.iter().any(|term| self.cx.identical(term.ty, v) || self.mentions_type(term.ty, v, depth + 1)),
            _ => false,
        }
    }

    /// Could a value of interface type `v` hold a `t`? `Err`: the cause in parentheses.
    pub fn assertable(&mut self, v: TypeId, t: TypeId) -> Result<(), String> {
        if self.cx.is_interface(t) && !self.cx.is_type_param(t) {
            return Ok(());
        }
        if self.cx.is_type_param(t) {
            return Ok(());
        }
        self.missing_method(t, v, false)
    }

    /// Has `v` all methods of `t`? `is_static`: an interface `v` must have them itself.
    pub fn missing_method(&mut self, v: TypeId, t: TypeId, is_static: bool) -> Result<(), String> {
        let wanted = self.cx.type_set_of(t).methods.clone();
        if wanted.is_empty() {
            return Ok(());
        }
        let v_interface = matches!(self.cx.under(v), Type::Interface(_));
        for m in &wanted {
            self.missing_one(v, t, m, v_interface, is_static)?
        }
        Ok(())
    }

    fn missing_one(&mut self, v: TypeId, t: TypeId, m: &InterfaceMethod, v_interface: bool, is_static: bool) -> Result<(), String> {
        let name = m.name;
        if v_interface {
            let set = self.cx.type_set_of(v);
            let Some(have) = set.methods.iter().find(|o| self.cx.same_name(o.name, o.pkg, name, m.pkg)) else {
                if !is_static {
                    return Ok(());
                }
                return Err(self.not_found_cause(v, t, m));
            };
            if !self.cx.identical(have.sig, m.sig) {
                return Err(self.wrong_type_cause(name, have.sig, m.sig));
            }
            return Ok(());
        }
        match self.cx.lookup_member(v, name, m.pkg, false) {
            Ok(l) => match &l.found {
                Found::Method { obj, base } => {
                    let (obj, base) = (*obj, *base);
                    self.resolve(obj);
                    let have = self.cx.method_type(obj, base);
                    if !self.cx.is_valid(have) || have.is_none() {
                        return Ok(());
                    }
                    if !self.cx.identical(have, m.sig) {
                        return Err(self.wrong_type_cause(name, have, m.sig));
                    }
                    if self.cx.has_pointer_receiver(obj) && !l.indirect {
                        return Err(format!("(method {name} has pointer receiver)"));
                    }
                    Ok(())
                }
                Found::Abstract { method, .. } => {
                    if !self.cx.identical(method.sig, m.sig) {
                        return Err(self.wrong_type_cause(name, method.sig, m.sig));
                    }
                    Ok(())
                }
                Found::Field(_) => Err(format!("(missing method {name})\n\t\t{name} is a field, not a method")),
            },
            Err(LookupError::Ambiguous) => Err(format!("(ambiguous selector {}.{name})", self.ts(v))),
            Err(_) if self.has_invalid_embedded(v, &mut Vec::new()) => Ok(()),
            Err(_) => Err(self.not_found_cause(v, t, m)),
        }
    }

    /// A type with an embedded field that is wrong might have any method.
    pub fn has_invalid_embedded(&self, t: TypeId, seen: &mut Vec<TypeId>) -> bool {
        let (t, _) = self.cx.deref(t);
        let t = self.cx.unalias(t);
        if seen.contains(&t) || seen.len() > 100 {
            return false;
        }
        seen.push(t);
        match self.cx.under(t) {
            Type::Struct(fields) => fields
                .iter()
                .any(|f| f.embedded && (!self.cx.is_valid(self.cx.underlying(self.cx.deref(f.ty).0)) || self.has_invalid_embedded(f.ty, seen))),
            _ => false,
        }
    }

    fn not_found_cause(&mut self, v: TypeId, t: TypeId, m: &InterfaceMethod) -> String {
        let name = m.name;
        if self.is_interface_pointer(v) {
            return format!("({})", self.interface_pointer_cause(v));
        }
        if self.is_interface_pointer(t) {
            return format!("({})", self.interface_pointer_cause(t));
        }
        // Another capitalisation?
        if let Ok(l) = self.cx.lookup_member(v, name, m.pkg, true)
            && let Found::Method { obj, base } = l.found
        {
            self.resolve(obj);
            let have = self.cx.method_type(obj, base);
            let have_name = self.cx.obj_name(obj);
            if have_name == name {
                return format!("(unexported method {name})");
            }
            let (a, b) = (self.method_string(have_name, have), self.method_string(name, m.sig));
            return format!("(missing method {name})\n\t\thave {a}\n\t\twant {b}");
        }
        format!("(missing method {name})")
    }

    fn wrong_type_cause(&self, name: source::Symbol, have: TypeId, want: TypeId) -> String {
        let (a, b) = (self.method_string(name, have), self.method_string(name, want));
        if a == b {
            // Types of one name: say where they are from.
            let full = |t: TypeId| format!("{name}{}", self.cx.print(t, crate::print::Qualifier::Path).strip_prefix("func").unwrap_or(""));
            return format!("(wrong type for method {name})\n\t\thave {}\n\t\twant {}", full(have), full(want));
        }
        format!("(wrong type for method {name})\n\t\thave {a}\n\t\twant {b}")
    }

    pub fn method_string(&self, name: source::Symbol, sig: TypeId) -> String {
        match self.cx.ty(self.cx.unalias(sig)) {
            Type::Func(sig) => format!("{name}{}", self.cx.signature_string(&self.cx.nameless(&sig), self.qualifier())),
            _ => name.to_string(),
        }
    }

    /// Do the type arguments satisfy their constraints? `Err`: which one does not, and why.
    pub fn verify(&mut self, tparams: &[TypeId], targs: &[TypeId]) -> Result<(), (usize, String)> {
        let map: Vec<_> = tparams.iter().copied().zip(targs.iter().copied()).collect();
        for (i, &p) in tparams.iter().enumerate() {
            let Some(param) = self.cx.as_type_param(p) else { continue };
            let Some(&arg) = targs.get(i) else { continue };
            let mut bound = self.cx.subst(param.constraint, &map);
            if !matches!(self.cx.under(bound), Type::Interface(_)) && self.cx.is_valid(bound) {
                // `[T int]`: the constraint is the interface around it.
                let interface = self.cx.constraint_interface(p);
                bound = self.cx.subst_shallow(interface, &map);
            }
            if let Err(cause) = self.implements(arg, bound, true, false) {
                return Err((i, cause));
            }
        }
        Ok(())
    }
}
