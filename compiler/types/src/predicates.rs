//! Questions about single types: kinds, comparability, underlying types.

use crate::types::*;
use crate::{Context, is_exported};
use crate::{ObjKind, PackageId};
use source::Symbol;
use std::sync::Arc;

impl Context {
    /// Aliases removed.
    pub fn unalias(&self, mut t: TypeId) -> TypeId {
        let store = self.store.borrow();
        while t.is_some()
            && let Type::Alias(row) = store.types[t.0 as usize]
        {
            let actual = store.aliases[row as usize].actual;
            t = if actual.is_none() { TypeId::INVALID } else { actual };
        }
        if t.is_none() { TypeId::INVALID } else { t }
    }

    /// The underlying type; of a type parameter its constraint interface. Never an alias or a name.
    pub fn underlying(&self, t: TypeId) -> TypeId {
        let t = self.unalias(t);
        match self.ty(t) {
            Type::Named(row) => self.named_underlying(row),
            Type::TypeParam(_) => self.constraint_interface(t),
            _ => t,
        }
    }

    /// `underlying` and its form.
    pub fn under(&self, t: TypeId) -> Type {
        self.ty(self.underlying(t))
    }

    fn named_underlying(&self, row: u32) -> TypeId {
        let named = self.named(row);
        if named.underlying.is_some() {
            return named.underlying;
        }
        if named.origin == named.id && named.targs.is_empty() && named.outer_tparams == named.outer_targs {
            // Still being declared: follow what was written, as far as it is known.
            let mut rhs = named.rhs;
            for _ in 0..1000 {
                if rhs.is_none() {
                    return TypeId::INVALID;
                }
                rhs = self.unalias(rhs);
                match self.ty(rhs) {
                    Type::Named(next) => {
                        let next = self.named(next);
                        if next.underlying.is_some() {
                            return next.underlying;
                        }
                        if next.origin != next.id {
                            return self.underlying(next.id);
                        }
                        rhs = next.rhs;
                    }
                    Type::TypeParam(_) => return TypeId::INVALID,
                    _ => return rhs,
                }
            }
            return TypeId::INVALID;
        }
        let origin = self.origin_named(named.origin);
        let generic = self.underlying(named.origin);
        if generic == TypeId::INVALID || (origin.tparams.len() != named.targs.len()) {
            return TypeId::INVALID;
        }
        let map = self.instance_map(&named);
        let resolved = self.subst_shallow(generic, &map);
        if origin.underlying.is_some() {
            self.edit_named(named.id, |n| n.underlying = resolved);
        }
        resolved
    }

    /// Type parameters to arguments of an instance, outer ones included.
    pub(crate) fn instance_map(&self, named: &Named) -> Vec<(TypeId, TypeId)> {
        let origin = self.origin_named(named.origin);
        let own = origin.tparams.iter().copied().zip(named.targs.iter().copied());
        let outer = origin.outer_tparams.iter().copied().zip(named.outer_targs.iter().copied());
        own.chain(outer).filter(|(p, a)| p != a).collect()
    }

    pub(crate) fn origin_named(&self, origin: TypeId) -> Named {
        match self.ty(origin) {
            Type::Named(row) => self.named(row),
            _ => panic!("the origin of a named type is a named type"),
        }
    }
    pub fn as_named(&self, t: TypeId) -> Option<Named> {
        match self.ty(self.unalias(t)) {
            Type::Named(row) => Some(self.named(row)),
            _ => None,
        }
    }
    pub fn as_type_param(&self, t: TypeId) -> Option<TypeParam> {
        match self.ty(self.unalias(t)) {
            Type::TypeParam(row) => Some(self.type_param(row)),
            _ => None,
        }
    }
    pub fn as_signature(&self, t: TypeId) -> Option<Arc<Signature>> {
        match self.under(t) {
            Type::Func(sig) => Some(sig),
            _ => None,
        }
    }
    pub fn is_type_param(&self, t: TypeId) -> bool {
        matches!(self.ty(self.unalias(t)), Type::TypeParam(_))
    }
    pub fn is_named(&self, t: TypeId) -> bool {
        matches!(self.ty(self.unalias(t)), Type::Basic(_) | Type::Named(_) | Type::TypeParam(_))
    }
    pub fn is_valid(&self, t: TypeId) -> bool {
        t.is_some() && self.unalias(t) != TypeId::INVALID
    }
    /// An interface that is not a type parameter's constraint.
    pub fn is_interface(&self, t: TypeId) -> bool {
        matches!(self.under(t), Type::Interface(_))
    }
    pub fn is_non_param_interface(&self, t: TypeId) -> bool {
        !self.is_type_param(t) && self.is_interface(t)
    }
    pub fn basic(&self, t: TypeId) -> Option<Basic> {
        match self.under(t) {
            Type::Basic(b) => Some(b),
            _ => None,
        }
    }
    /// Is the type itself (not each of a type set) a basic type with this property?
    pub fn is_basic(&self, t: TypeId, property: fn(Basic) -> bool) -> bool {
        !self.is_type_param(t) && self.basic(t).is_some_and(property)
    }
    pub fn is_untyped(&self, t: TypeId) -> bool {
        t.0 >= TypeId::UNTYPED_BOOL.0 && t.0 <= TypeId::UNTYPED_NIL.0
    }
    pub fn is_typed(&self, t: TypeId) -> bool {
        !self.is_untyped(t)
    }
    pub fn is_boolean(&self, t: TypeId) -> bool {
        self.is_basic(t, Basic::is_boolean)
    }
    pub fn is_integer(&self, t: TypeId) -> bool {
        self.is_basic(t, Basic::is_integer)
    }
    pub fn is_unsigned(&self, t: TypeId) -> bool {
        self.is_basic(t, Basic::is_unsigned)
    }
    pub fn is_string(&self, t: TypeId) -> bool {
        self.is_basic(t, Basic::is_string)
    }
    pub fn is_numeric(&self, t: TypeId) -> bool {
        self.is_basic(t, Basic::is_numeric)
    }
    pub fn is_const_type(&self, t: TypeId) -> bool {
        self.is_basic(t, Basic::is_const_type)
    }
    /// As `is_basic`, but a type parameter has a property if every type of its set has it.
    pub fn all_basic(&self, t: TypeId, property: fn(Basic) -> bool) -> bool {
        if self.is_type_param(t) {
            let terms = self.type_set_of(t).terms.clone();
            return terms.is_some_and(|terms| !terms.is_empty() && terms.iter().all(|term| self.is_basic(term.ty, property)));
        }
        self.is_basic(t, property)
    }
    pub fn all_integer(&self, t: TypeId) -> bool {
        self.all_basic(t, Basic::is_integer)
    }
    pub fn all_unsigned(&self, t: TypeId) -> bool {
        self.all_basic(t, Basic::is_unsigned)
    }
    pub fn all_numeric(&self, t: TypeId) -> bool {
        self.all_basic(t, Basic::is_numeric)
    }
    pub fn all_string(&self, t: TypeId) -> bool {
        self.all_basic(t, Basic::is_string)
    }
    pub fn all_boolean(&self, t: TypeId) -> bool {
        self.all_basic(t, Basic::is_boolean)
    }
    pub fn all_ordered(&self, t: TypeId) -> bool {
        self.all_basic(t, Basic::is_ordered)
    }
    pub fn all_numeric_or_string(&self, t: TypeId) -> bool {
        self.all_basic(t, |b| b.is_numeric() || b.is_string())
    }

    pub fn has_nil(&self, t: TypeId) -> bool {
        if self.is_type_param(t) {
            let terms = self.type_set_of(t).terms.clone();
            return terms.is_some_and(|terms| !terms.is_empty() && terms.iter().all(|term| self.has_nil(term.ty)));
        }
        match self.under(t) {
            Type::Basic(b) => matches!(b, Basic::UnsafePointer | Basic::UntypedNil),
            Type::Slice(_) | Type::Pointer(_) | Type::Func(_) | Type::Map { .. } | Type::Chan { .. } | Type::Interface(_) => true,
            _ => false,
        }
    }

    /// Do values have `==`? `dynamic`: interfaces count (comparing may panic).
    pub fn comparable(&self, t: TypeId, dynamic: bool) -> bool {
        self.not_comparable(t, dynamic, &mut Vec::new()).is_none()
    }

    /// `None`: comparable. Else a reason, possibly empty.
    pub(crate) fn not_comparable(&self, t: TypeId, dynamic: bool, seen: &mut Vec<TypeId>) -> Option<Incomparable> {
        let t = self.unalias(t);
        if seen.contains(&t) {
            return None;
        }
        seen.push(t);
        if self.is_type_param(t) {
            let set = self.type_set_of(t);
            return if self.type_set_comparable(&set, seen) { None } else { Some(Incomparable::Plain) };
        }
        match self.under(t) {
            Type::Basic(Basic::UntypedNil) => Some(Incomparable::Plain),
            Type::Basic(_) | Type::Pointer(_) | Type::Chan { .. } => None,
            Type::Struct(fields) => fields.iter().find(|f| self.not_comparable(f.ty, dynamic, seen).is_some()).map(|f| Incomparable::Field(f.ty)),
            Type::Array { elem, .. } => self.not_comparable(elem, dynamic, seen).map(|_| Incomparable::Elem),
            Type::Interface(_) => {
                let set = self.type_set_of(t);
                (!dynamic && !self.type_set_comparable(&set, seen)).then_some(Incomparable::Plain)
            }
            _ => Some(Incomparable::Plain),
        }
    }

    fn type_set_comparable(&self, set: &TypeSet, seen: &mut Vec<TypeId>) -> bool {
        match &set.terms {
            None => set.comparable,
            Some(terms) => !terms.is_empty() && terms.iter().all(|t| self.not_comparable(t.ty, false, seen).is_none()),
        }
    }

    /// Has it type parameters that are not yet instantiated?
    pub fn is_generic(&self, t: TypeId) -> bool {
        match self.ty(t) {
            Type::Alias(row) => {
                let alias = self.alias(row);
                !alias.tparams.is_empty() && alias.targs.is_empty()
            }
            Type::Named(row) => {
                let named = self.named(row);
                named.origin == named.id && !named.tparams.is_empty() && named.targs.is_empty()
            }
            _ => false,
        }
    }

    /// Does a type parameter occur in it?
    pub fn is_parameterized(&self, t: TypeId) -> bool {
        self.mentions(t, &|t| self.is_type_param(t), &mut Vec::new())
    }
    /// Does one of these type parameters occur in it?
    pub(crate) fn mentions_any(&self, t: TypeId, tparams: &[TypeId]) -> bool {
        self.mentions(t, &|t| tparams.contains(&t), &mut Vec::new())
    }

    fn mentions(&self, t: TypeId, hit: &dyn Fn(TypeId) -> bool, seen: &mut Vec<TypeId>) -> bool {
        if t.is_none() {
            return false;
        }
        let t = self.unalias(t);
        if hit(t) {
            return true;
        }
        match self.ty(t) {
            Type::Basic(_) | Type::TypeParam(_) => false,
            Type::Pointer(e) | Type::Slice(e) | Type::Array { elem: e, .. } | Type::Chan { elem: e, .. } => self.mentions(e, hit, seen),
            Type::Map { key, value } => self.mentions(key, hit, seen) || self.mentions(value, hit, seen),
            Type::Struct(fields) => fields.iter().any(|f| self.mentions(f.ty, hit, seen)),
            Type::Tuple(params) => params.iter().any(|p| self.mentions(p.ty, hit, seen)),
            Type::Func(sig) => sig.params.iter().chain(sig.results.iter()).any(|p| self.mentions(p.ty, hit, seen)),
            Type::Union(terms) => terms.iter().any(|t| self.mentions(t.ty, hit, seen)),
            Type::Interface(row) => {
                if seen.contains(&t) {
                    return false;
                }
                seen.push(t);
                let interface = self.interface(row);
                interface.methods.iter().any(|m| self.mentions(m.sig, hit, seen)) || interface.embeddeds.iter().any(|e| self.mentions(e.0, hit, seen))
            }
            Type::Named(row) => {
                let named = self.named(row);
                named.targs.iter().chain(named.outer_targs.iter()).any(|&a| self.mentions(a, hit, seen))
            }
            Type::Alias(_) => false,
        }
    }

    /// The default type of an untyped one.
    pub fn default_type(&self, t: TypeId) -> TypeId {
        match t {
            TypeId::UNTYPED_BOOL => TypeId::BOOL,
            TypeId::UNTYPED_INT => TypeId::INT,
            TypeId::UNTYPED_RUNE => TypeId::RUNE,
            TypeId::UNTYPED_FLOAT => TypeId::FLOAT64,
            TypeId::UNTYPED_COMPLEX => TypeId::COMPLEX128,
            TypeId::UNTYPED_STRING => TypeId::STRING,
            _ => t,
        }
    }

    /// `*T` to (`T`, true), else (`t`, false).
    pub fn deref(&self, t: TypeId) -> (TypeId, bool) {
        match self.ty(self.unalias(t)) {
            Type::Pointer(elem) => (elem, true),
            _ => (t, false),
        }
    }

    /// Do two names (of fields or methods) mean the same thing?
    pub(crate) fn same_name(&self, a: Symbol, a_pkg: PackageId, b: Symbol, b_pkg: PackageId) -> bool {
        a == b
            && (is_exported(a)
                || a_pkg == b_pkg
                || (a_pkg != PackageId::NONE && b_pkg != PackageId::NONE && self.package_path(a_pkg) == self.package_path(b_pkg)))
    }

    pub(crate) fn type_name_obj(&self, t: TypeId) -> Option<crate::ObjId> {
        match self.ty(t) {
            Type::Named(row) => Some(self.named(row).obj),
            Type::Alias(row) => Some(self.alias(row).obj),
            Type::TypeParam(row) => Some(self.type_param(row).obj),
            _ => None,
        }
    }

    pub fn is_type_name_alias(&self, obj: crate::ObjId) -> bool {
        self.with_obj(obj, |o| matches!(o.kind, ObjKind::TypeName) && o.ty.is_some()) && matches!(self.ty(self.obj_type(obj)), Type::Alias(_))
    }
}

/// Why a type has no `==`.
pub(crate) enum Incomparable {
    Plain,
    Field(TypeId),
    Elem,
}
