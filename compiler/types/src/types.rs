//! Types: ids, the forms a type can take, and the arenas that hold them.
//!
//! Literal types are hash-consed when they are made. Interfaces, aliases, named types and type parameters
//! have rows of their own, filled in while declarations are checked; so equal ids mean identical types, but
//! identical types may have different ids (an alias inside a literal, two spellings of one interface):
//! ask [`crate::Context::identical`], or compare [`crate::Context::canonical`] ids after checking.

use crate::{ObjId, PackageId};
use rustc_hash::FxHashMap;
use source::{Pos, Symbol};
use std::sync::Arc;
pub use syntax::ast::ChanDir;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct TypeId(pub u32);

/// Basic types in Go's order: `Untyped*` are the types of constants and of comparisons not yet converted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Basic {
    /// The type of what is wrong; an error was reported.
    Invalid,
    Bool,
    Int,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Uintptr,
    Float32,
    Float64,
    Complex64,
    Complex128,
    String,
    UnsafePointer,
    UntypedBool,
    UntypedInt,
    UntypedRune,
    UntypedFloat,
    UntypedComplex,
    UntypedString,
    UntypedNil,
}

impl Basic {
    pub const ALL: [Basic; 26] = [
        Basic::Invalid,
        Basic::Bool,
        Basic::Int,
        Basic::Int8,
        Basic::Int16,
        Basic::Int32,
        Basic::Int64,
        Basic::Uint,
        Basic::Uint8,
        Basic::Uint16,
        Basic::Uint32,
        Basic::Uint64,
        Basic::Uintptr,
        Basic::Float32,
        Basic::Float64,
        Basic::Complex64,
        Basic::Complex128,
        Basic::String,
        Basic::UnsafePointer,
        Basic::UntypedBool,
        Basic::UntypedInt,
        Basic::UntypedRune,
        Basic::UntypedFloat,
        Basic::UntypedComplex,
        Basic::UntypedString,
        Basic::UntypedNil,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Basic::Invalid => "invalid type",
            Basic::Bool => "bool",
            Basic::Int => "int",
            Basic::Int8 => "int8",
            Basic::Int16 => "int16",
            Basic::Int32 => "int32",
            Basic::Int64 => "int64",
            Basic::Uint => "uint",
            Basic::Uint8 => "uint8",
            Basic::Uint16 => "uint16",
            Basic::Uint32 => "uint32",
            Basic::Uint64 => "uint64",
            Basic::Uintptr => "uintptr",
            Basic::Float32 => "float32",
            Basic::Float64 => "float64",
            Basic::Complex64 => "complex64",
            Basic::Complex128 => "complex128",
            Basic::String => "string",
            Basic::UnsafePointer => "unsafe.Pointer",
            Basic::UntypedBool => "untyped bool",
            Basic::UntypedInt => "untyped int",
            Basic::UntypedRune => "untyped rune",
            Basic::UntypedFloat => "untyped float",
            Basic::UntypedComplex => "untyped complex",
            Basic::UntypedString => "untyped string",
            Basic::UntypedNil => "untyped nil",
        }
    }

    pub fn is_boolean(self) -> bool {
        matches!(self, Basic::Bool | Basic::UntypedBool)
    }
    pub fn is_integer(self) -> bool {
        (self >= Basic::Int && self <= Basic::Uintptr) || matches!(self, Basic::UntypedInt | Basic::UntypedRune)
    }
    pub fn is_unsigned(self) -> bool {
        self >= Basic::Uint && self <= Basic::Uintptr
    }
    pub fn is_float(self) -> bool {
        matches!(self, Basic::Float32 | Basic::Float64 | Basic::UntypedFloat)
    }
    pub fn is_complex(self) -> bool {
        matches!(self, Basic::Complex64 | Basic::Complex128 | Basic::UntypedComplex)
    }
    pub fn is_string(self) -> bool {
        matches!(self, Basic::String | Basic::UntypedString)
    }
    pub fn is_numeric(self) -> bool {
        self.is_integer() || self.is_float() || self.is_complex()
    }
    pub fn is_untyped(self) -> bool {
        self >= Basic::UntypedBool
    }
    pub fn is_const_type(self) -> bool {
        self.is_boolean() || self.is_numeric() || self.is_string()
    }
    pub fn is_ordered(self) -> bool {
        self.is_integer() || self.is_float() || self.is_string()
    }
}

macro_rules! basic_ids {
    ($($name:ident $basic:ident),*) => { impl TypeId { $(pub const $name: TypeId = TypeId(Basic::$basic as u32);)* } };
}
basic_ids!(
    INVALID Invalid, BOOL Bool, INT Int, INT8 Int8, INT16 Int16, INT32 Int32, INT64 Int64, UINT Uint, UINT8 Uint8,
    UINT16 Uint16, UINT32 Uint32, UINT64 Uint64, UINTPTR Uintptr, FLOAT32 Float32, FLOAT64 Float64,
    COMPLEX64 Complex64, COMPLEX128 Complex128, STRING String, UNSAFE_POINTER UnsafePointer, UNTYPED_BOOL UntypedBool,
    UNTYPED_INT UntypedInt, UNTYPED_RUNE UntypedRune, UNTYPED_FLOAT UntypedFloat, UNTYPED_COMPLEX UntypedComplex,
    UNTYPED_STRING UntypedString, UNTYPED_NIL UntypedNil
);
impl TypeId {
    /// `byte`: identical to `uint8`, but messages keep the name that was written.
    pub const BYTE: TypeId = TypeId(26);
    /// `rune`: identical to `int32`.
    pub const RUNE: TypeId = TypeId(27);
    /// `interface{}`.
    pub const EMPTY_INTERFACE: TypeId = TypeId(28);
    /// `any`: an alias of `interface{}`.
    pub const ANY: TypeId = TypeId(29);
    pub const ERROR: TypeId = TypeId(30);
    pub const COMPARABLE: TypeId = TypeId(31);
    /// "Not known yet"; never the type of anything once checking has ended.
    pub const NONE: TypeId = TypeId(u32::MAX);
    pub fn is_none(self) -> bool {
        self == TypeId::NONE
    }
    pub fn is_some(self) -> bool {
        self != TypeId::NONE
    }
}

/// The form of a type. Cheap to clone.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Type {
    Basic(Basic),
    Pointer(TypeId),
    Slice(TypeId),
    /// `len` is negative if it was not computable (an error was reported).
    Array {
        elem: TypeId,
        len: i64,
    },
    Map {
        key: TypeId,
        value: TypeId,
    },
    Chan {
        dir: ChanDir,
        elem: TypeId,
    },
    Struct(Arc<[Field]>),
    /// The results of a call with not exactly one result.
    Tuple(Arc<[Param]>),
    Func(Arc<Signature>),
    /// Row of the interface table: [`crate::Context::type_set`] gives methods and terms.
    Interface(u32),
    /// `~A | B`: only inside constraints.
    Union(Arc<[Term]>),
    /// Row of the named table: [`crate::Context::named`].
    Named(u32),
    /// Row of the alias table; [`crate::Context::unalias`] removes it.
    Alias(u32),
    /// Row of the type parameter table: [`crate::Context::type_param`].
    TypeParam(u32),
}

#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: Symbol,
    /// The package that declares the struct: unexported names of two packages differ.
    pub pkg: PackageId,
    pub ty: TypeId,
    pub embedded: bool,
    /// The unquoted tag.
    pub tag: Symbol,
    /// Of the name; no part of the type's identity.
    pub pos: Pos,
}
impl PartialEq for Field {
    fn eq(&self, o: &Field) -> bool {
        (self.name, self.pkg, self.ty, self.embedded, self.tag) == (o.name, o.pkg, o.ty, o.embedded, o.tag)
    }
}
impl Eq for Field {}
impl std::hash::Hash for Field {
    fn hash<H: std::hash::Hasher>(&self, h: &mut H) {
        (self.name, self.pkg, self.ty, self.embedded, self.tag).hash(h);
    }
}

/// A parameter or result of a signature. The name is for messages only.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Param {
    pub name: Symbol,
    pub ty: TypeId,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Signature {
    /// Type parameters (ids of `Type::TypeParam`) of a generic function or method; not those of its receiver.
    pub tparams: Arc<[TypeId]>,
    /// If `variadic`, the last type is a slice.
    pub params: Arc<[Param]>,
    pub results: Arc<[Param]>,
    pub variadic: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Term {
    pub tilde: bool,
    pub ty: TypeId,
}

/// A defined type, or an instance of a generic one.
#[derive(Clone, Debug)]
pub struct Named {
    pub id: TypeId,
    pub obj: ObjId,
    /// The generic type this is an instance of; `id` itself for everything else.
    pub origin: TypeId,
    pub targs: Arc<[TypeId]>,
    pub tparams: Arc<[TypeId]>,
    /// Type parameters of the functions around a local type, and what they stand for in this instance:
    /// a local type is another type in each instance of its function.
    pub outer_tparams: Arc<[TypeId]>,
    pub outer_targs: Arc<[TypeId]>,
    /// NONE until resolved; use [`crate::Context::underlying`].
    pub underlying: TypeId,
    /// What was written on the right-hand side of the declaration.
    pub rhs: TypeId,
    /// Methods declared for it in source order (of the origin, for instances).
    pub methods: Vec<ObjId>,
}

#[derive(Clone, Debug)]
pub struct Alias {
    pub id: TypeId,
    pub obj: ObjId,
    pub origin: TypeId,
    pub targs: Arc<[TypeId]>,
    pub tparams: Arc<[TypeId]>,
    /// NONE while being declared.
    pub actual: TypeId,
}

#[derive(Clone, Debug)]
pub struct TypeParam {
    pub id: TypeId,
    pub obj: ObjId,
    pub index: u32,
    /// As written; INVALID until known.
    pub constraint: TypeId,
}

/// A method as written in an interface.
#[derive(Clone, Copy, Debug)]
pub struct InterfaceMethod {
    pub name: Symbol,
    pub pkg: PackageId,
    /// A `Type::Func`.
    pub sig: TypeId,
    pub pos: Pos,
}

#[derive(Clone, Debug, Default)]
pub struct Interface {
    pub methods: Vec<InterfaceMethod>,
    pub embeddeds: Vec<(TypeId, Pos)>,
    /// `[T ~int]`: the interface around a constraint literal was not written.
    pub implicit: bool,
    pub complete: bool,
    pub type_set: Option<Arc<TypeSet>>,
    /// `comparable` itself.
    pub is_comparable: bool,
    /// Its type parameters, if it was written in a generic declaration (prevents sharing).
    pub pkg: Option<PackageId>,
}

/// What an interface demands: the types that implement it have all methods and match a term.
#[derive(Clone, Debug)]
pub struct TypeSet {
    /// Exported names first, then by name, then by package path.
    pub methods: Vec<InterfaceMethod>,
    /// `None`: any type. Empty: no type. Sorted as written, disjoint, no term includes another.
    pub terms: Option<Vec<Term>>,
    /// Only (strictly) comparable types; used if `terms` is `None`.
    pub comparable: bool,
}

impl TypeSet {
    /// Is this the interface of ordinary code: methods only?
    pub fn is_method_set(&self) -> bool {
        !self.comparable && self.terms.is_none()
    }
    pub fn is_empty(&self) -> bool {
        self.terms.as_ref().is_some_and(|t| t.is_empty())
    }
    pub fn is_all(&self) -> bool {
        self.is_method_set() && self.methods.is_empty()
    }
}

/// The arenas. All rows are append-only except for what declarations fill in.
#[derive(Debug, Default)]
pub(crate) struct TypeStore {
    pub types: Vec<Type>,
    pub interned: FxHashMap<Type, TypeId>,
    pub named: Vec<Named>,
    pub aliases: Vec<Alias>,
    pub tparams: Vec<TypeParam>,
    pub interfaces: Vec<Interface>,
    /// (origin, type arguments, outer arguments) to instance.
    pub instances: FxHashMap<(TypeId, Arc<[TypeId]>, Arc<[TypeId]>), TypeId>,
    pub canonical: FxHashMap<TypeId, TypeId>,
    pub canonical_interfaces: FxHashMap<InterfaceKey, TypeId>,
}

/// What makes two interfaces identical, in canonical ids.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct InterfaceKey {
    pub methods: Vec<(Symbol, Option<PackageId>, TypeId)>,
    pub terms: Option<Vec<Term>>,
    pub comparable: bool,
}

impl TypeStore {
    pub fn push(&mut self, ty: Type) -> TypeId {
        self.types.push(ty);
        TypeId(self.types.len() as u32 - 1)
    }

    pub fn intern(&mut self, ty: Type) -> TypeId {
        if let Some(&id) = self.interned.get(&ty) {
            return id;
        }
        let id = self.push(ty.clone());
        self.interned.insert(ty, id);
        id
    }
}
