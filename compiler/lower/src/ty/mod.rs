//! Concrete types: what remains of Go's types after instantiation.
//!
//! In: types of the checker under an environment of type arguments (`convert_ty` in `query.rs`). Out: [`Ty`],
//! an interned id: two Go types are identical exactly if their `Ty`s are equal. Layout, descriptors, equality
//! functions and names hang on it.

pub mod layout;
pub mod names;

use rustc_hash::FxHashMap;
use source::Symbol;
use std::rc::Rc;

/// An identical-types class.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Ty(pub u32);

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Basic {
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
    /// The type of `nil` before it is converted.
    Nil,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Dir {
    Both,
    Send,
    Recv,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Field {
    pub name: Symbol,
    /// Import path of the package that declares it, for names that are not exported.
    pub pkg: Option<Symbol>,
    pub ty: Ty,
    pub embedded: bool,
    pub tag: Option<Rc<[u8]>>,
}

/// A method of an interface.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct IMethod {
    pub name: Symbol,
    pub pkg: Option<Symbol>,
    /// A `Func` type.
    pub sig: Ty,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct FuncSig {
    pub params: Vec<Ty>,
    pub results: Vec<Ty>,
    pub variadic: bool,
}

/// A defined type and its instantiation. `decl` is the checker's object.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Named {
    pub decl: crate::query::TypeDecl,
    pub args: Vec<Ty>,
    /// Type arguments of the functions around a local type.
    pub outer: Vec<Ty>,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    Basic(Basic),
    Pointer(Ty),
    Slice(Ty),
    Array(Ty, u64),
    Map(Ty, Ty),
    Chan(Dir, Ty),
    Func(FuncSig),
    Struct(Vec<Field>),
    /// All methods, embedded ones included, in descriptor order (exported first, then by name and package).
    Interface(Vec<IMethod>),
    Named(Named),
    /// Several results.
    Tuple(Vec<Ty>),
}

/// The common basic types, interned first.
#[derive(Clone, Copy, Debug)]
pub struct Common {
    pub bool_: Ty,
    pub int: Ty,
    pub int32: Ty,
    pub int64: Ty,
    pub uint8: Ty,
    pub uint32: Ty,
    pub uint64: Ty,
    pub uint: Ty,
    pub uintptr: Ty,
    pub float32: Ty,
    pub float64: Ty,
    pub complex64: Ty,
    pub complex128: Ty,
    pub string: Ty,
    pub unsafe_pointer: Ty,
    pub nil: Ty,
    /// `interface{}`
    pub any: Ty,
    pub empty_tuple: Ty,
}

/// The interner.
pub struct TyTable {
    pub kinds: Vec<Rc<Kind>>,
    ids: FxHashMap<Rc<Kind>, Ty>,
    /// Underlying types of `Named`s, when known.
    pub underlying: Vec<Option<Ty>>,
    pub common: Common,
}

impl TyTable {
    pub fn new() -> TyTable {
        let none = Ty(0);
        let common = Common {
            bool_: none,
            int: none,
            int32: none,
            int64: none,
            uint8: none,
            uint32: none,
            uint64: none,
            uint: none,
            uintptr: none,
            float32: none,
            float64: none,
            complex64: none,
            complex128: none,
            string: none,
            unsafe_pointer: none,
            nil: none,
            any: none,
            empty_tuple: none,
        };
        let mut table = TyTable { kinds: Vec::new(), ids: FxHashMap::default(), underlying: Vec::new(), common };
        let mut basic = |b| table.intern(Kind::Basic(b));
        let mut common = Common {
            bool_: basic(Basic::Bool),
            int: basic(Basic::Int),
            int32: basic(Basic::Int32),
            int64: basic(Basic::Int64),
            uint8: basic(Basic::Uint8),
            uint32: basic(Basic::Uint32),
            uint64: basic(Basic::Uint64),
            uint: basic(Basic::Uint),
            uintptr: basic(Basic::Uintptr),
            float32: basic(Basic::Float32),
            float64: basic(Basic::Float64),
            complex64: basic(Basic::Complex64),
            complex128: basic(Basic::Complex128),
            string: basic(Basic::String),
            unsafe_pointer: basic(Basic::UnsafePointer),
            nil: basic(Basic::Nil),
            any: none,
            empty_tuple: none,
        };
        common.any = table.intern(Kind::Interface(Vec::new()));
        common.empty_tuple = table.intern(Kind::Tuple(Vec::new()));
        table.common = common;
        table
    }

    pub fn intern(&mut self, kind: Kind) -> Ty {
        if let Some(&ty) = self.ids.get(&kind) {
            return ty;
        }
        let kind = Rc::new(kind);
        let ty = Ty(self.kinds.len() as u32);
        self.kinds.push(kind.clone());
        self.underlying.push(match &*kind {
            Kind::Named(_) => None,
            _ => Some(ty),
        });
        self.ids.insert(kind, ty);
        ty
    }

    pub fn kind(&self, ty: Ty) -> Rc<Kind> {
        self.kinds[ty.0 as usize].clone()
    }
    pub fn pointer(&mut self, to: Ty) -> Ty {
        self.intern(Kind::Pointer(to))
    }
    pub fn slice(&mut self, of: Ty) -> Ty {
        self.intern(Kind::Slice(of))
    }
}

impl Basic {
    pub fn is_integer(self) -> bool {
        use Basic::*;
        matches!(self, Int | Int8 | Int16 | Int32 | Int64 | Uint | Uint8 | Uint16 | Uint32 | Uint64 | Uintptr)
    }
    pub fn is_unsigned(self) -> bool {
        use Basic::*;
        matches!(self, Uint | Uint8 | Uint16 | Uint32 | Uint64 | Uintptr)
    }
    pub fn is_float(self) -> bool {
        matches!(self, Basic::Float32 | Basic::Float64)
    }
    pub fn is_complex(self) -> bool {
        matches!(self, Basic::Complex64 | Basic::Complex128)
    }
    pub fn size(self) -> u64 {
        use Basic::*;
        match self {
            Bool | Int8 | Uint8 => 1,
            Int16 | Uint16 => 2,
            Int32 | Uint32 | Float32 => 4,
            Int | Int64 | Uint | Uint64 | Uintptr | Float64 | Complex64 | UnsafePointer | Nil => 8,
            Complex128 | String => 16,
        }
    }
    pub fn name(self) -> &'static str {
        use Basic::*;
        match self {
            Bool => "bool",
            Int => "int",
            Int8 => "int8",
            Int16 => "int16",
            Int32 => "int32",
            Int64 => "int64",
            Uint => "uint",
            Uint8 => "uint8",
            Uint16 => "uint16",
            Uint32 => "uint32",
            Uint64 => "uint64",
            Uintptr => "uintptr",
            Float32 => "float32",
            Float64 => "float64",
            Complex64 => "complex64",
            Complex128 => "complex128",
            String => "string",
            UnsafePointer => "unsafe.Pointer",
            Nil => "untyped nil",
        }
    }
}
