//! Sizes, offsets and scalar leaves of types.
//!
//! A value of a type with at most four scalar leaves travels as those scalars; any other lives in memory. The same
//! rule decides how parameters are passed (`docs/ABI.md`, Calls).

use super::{Basic, Kind, Ty};
use crate::Program;
use ir::{Layout, LayoutId, Type};
use smallvec::SmallVec;
use std::rc::Rc;

pub const MAX_LEAVES: usize = 4;

/// A scalar part of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Leaf {
    pub ty: Type,
    pub offset: u64,
}

pub type Leaves = SmallVec<[Leaf; 4]>;

/// How a type is represented.
#[derive(Clone, Debug)]
pub struct Repr {
    pub size: u64,
    pub align: u32,
    /// None: values live in memory.
    pub leaves: Option<Leaves>,
    /// For structs: offsets of the fields.
    pub fields: Vec<u64>,
    /// Pointer words; see `ir::Layout`.
    pub pointers: Vec<u64>,
    pub repeat: u64,
}

impl Repr {
    pub fn is_mem(&self) -> bool {
        self.leaves.is_none()
    }
    pub fn has_pointers(&self) -> bool {
        self.pointers.iter().any(|&w| w != 0)
    }
    /// Bytes up to the end of the last pointer.
    pub fn pointer_bytes(&self) -> u64 {
        let mut last = None;
        for (i, &w) in self.pointers.iter().enumerate() {
            if w != 0 {
                last = Some(i as u64 * 64 + 63 - w.leading_zeros() as u64);
            }
        }
        match last {
            None => 0,
            Some(word) => {
                let period = self.size / self.repeat.max(1);
                period * (self.repeat.max(1) - 1) + (word + 1) * 8
            }
        }
    }
    /// Is the n-th word a pointer?
    pub fn is_pointer(&self, word: u64) -> bool {
        let period = (self.size / self.repeat.max(1)) / 8;
        let n = if self.repeat > 1 && period > 0 { word % period } else { word };
        self.pointers.get((n / 64) as usize).is_some_and(|w| w >> (n % 64) & 1 == 1)
    }
}

pub fn align_up(n: u64, align: u64) -> u64 {
    (n + align - 1) & !(align - 1)
}

fn set_bit(bits: &mut Vec<u64>, n: u64) {
    let word = (n / 64) as usize;
    if bits.len() <= word {
        bits.resize(word + 1, 0);
    }
    bits[word] |= 1 << (n % 64);
}

impl Program<'_> {
    pub fn repr(&mut self, ty: Ty) -> Rc<Repr> {
        if let Some(Some(repr)) = self.reprs.get(ty.0 as usize) {
            return repr.clone();
        }
        let repr = Rc::new(self.compute_repr(ty));
        if self.reprs.len() <= ty.0 as usize {
            self.reprs.resize(ty.0 as usize + 1, None);
        }
        self.reprs[ty.0 as usize] = Some(repr.clone());
        repr
    }

    pub fn size_of(&mut self, ty: Ty) -> u64 {
        self.repr(ty).size
    }

    fn compute_repr(&mut self, ty: Ty) -> Repr {
        let scalars = |size: u64, align: u32, parts: &[(Type, u64)]| {
            let mut pointers = Vec::new();
            let mut leaves = Leaves::new();
            for &(ty, offset) in parts {
                if ty == Type::Ptr {
                    set_bit(&mut pointers, offset / 8);
                }
                leaves.push(Leaf { ty, offset });
            }
            Repr { size, align, leaves: Some(leaves), fields: Vec::new(), pointers, repeat: 1 }
        };
        match &*self.under(ty) {
            Kind::Basic(b) => {
                use Basic::*;
                match b {
                    Bool | Int8 | Uint8 => scalars(1, 1, &[(Type::I8, 0)]),
                    Int16 | Uint16 => scalars(2, 2, &[(Type::I16, 0)]),
                    Int32 | Uint32 => scalars(4, 4, &[(Type::I32, 0)]),
                    Int | Int64 | Uint | Uint64 | Uintptr => scalars(8, 8, &[(Type::I64, 0)]),
                    Float32 => scalars(4, 4, &[(Type::F32, 0)]),
                    Float64 => scalars(8, 8, &[(Type::F64, 0)]),
                    Complex64 => scalars(8, 4, &[(Type::F32, 0), (Type::F32, 4)]),
                    Complex128 => scalars(16, 8, &[(Type::F64, 0), (Type::F64, 8)]),
                    String => scalars(16, 8, &[(Type::Ptr, 0), (Type::I64, 8)]),
                    UnsafePointer | Nil => scalars(8, 8, &[(Type::Ptr, 0)]),
                }
            }
            Kind::Pointer(_) | Kind::Map(..) | Kind::Chan(..) | Kind::Func(_) => scalars(8, 8, &[(Type::Ptr, 0)]),
            Kind::Slice(_) => scalars(24, 8, &[(Type::Ptr, 0), (Type::I64, 8), (Type::I64, 16)]),
            Kind::Interface(_) => scalars(16, 8, &[(Type::Ptr, 0), (Type::Ptr, 8)]),
            Kind::Array(elem, n) => {
                let (elem, n) = (self.repr(*elem), *n);
                let size = elem.size * n;
                let leaves = match &elem.leaves {
                    _ if n == 0 => Some(Leaves::new()),
                    Some(l) if l.is_empty() => Some(Leaves::new()),
                    Some(l) if (l.len() as u64).saturating_mul(n) <= MAX_LEAVES as u64 => Some(
                        (0..n)
                            .flat_map(|i| l.iter().map(move |leaf| (i, *leaf)))
                            .map(|(i, leaf)| Leaf { ty: leaf.ty, offset: i * elem.size + leaf.offset })
                            .collect(),
                    ),
                    _ => None,
                };
                let words = elem.size / 8;
                let mut pointers = Vec::new();
                let mut repeat = 1;
                if n > 0 && elem.has_pointers() {
                    if words * n <= 1024 {
                        for i in 0..n {
                            for w in 0..words {
                                if elem.is_pointer(w) {
                                    set_bit(&mut pointers, i * words + w);
                                }
                            }
                        }
                    } else {
                        pointers = elem.pointers.clone();
                        repeat = n * elem.repeat;
                    }
                }
                Repr { size, align: elem.align, leaves, fields: Vec::new(), pointers, repeat }
            }
            Kind::Struct(fields) => {
                let types: Vec<Ty> = fields.iter().map(|f| f.ty).collect();
                self.struct_repr(&types)
            }
            Kind::Tuple(types) => self.struct_repr(types),
            Kind::Named(_) => unreachable!("an underlying type is not named"),
        }
    }

    /// A Go struct of these fields.
    pub fn struct_repr(&mut self, types: &[Ty]) -> Repr {
        let mut size = 0;
        let mut align = 1;
        let mut offsets = Vec::with_capacity(types.len());
        let mut leaves = Some(Leaves::new());
        let mut pointers = Vec::new();
        let mut last_is_empty = false;
        for &ty in types {
            let field = self.repr(ty);
            align = align.max(field.align);
            size = align_up(size, field.align as u64);
            offsets.push(size);
            leaves = match (leaves, &field.leaves) {
                (Some(mut all), Some(more)) if all.len() + more.len() <= MAX_LEAVES => {
                    all.extend(more.iter().map(|l| Leaf { ty: l.ty, offset: size + l.offset }));
                    Some(all)
                }
                _ => None,
            };
            if field.has_pointers() {
                // A struct around a huge array pays with a long mask.
                for w in 0..field.size / 8 {
                    if field.is_pointer(w) {
                        set_bit(&mut pointers, size / 8 + w);
                    }
                }
            }
            size += field.size;
            last_is_empty = field.size == 0;
        }
        // The address of a last field without size must stay inside the object.
        if last_is_empty && size > 0 {
            size += 1;
        }
        Repr { size: align_up(size, align as u64), align, leaves, fields: offsets, pointers, repeat: 1 }
    }

    /// Layout for allocation and copying. Its descriptor is the bare one: size and pointer mask only.
    pub fn layout(&mut self, ty: Ty) -> LayoutId {
        let repr = self.repr(ty);
        self.layout_of_repr(&repr)
    }

    pub fn layout_of_repr(&mut self, repr: &Repr) -> LayoutId {
        let desc = self.bare_desc(repr);
        self.module.layout(Layout { size: repr.size, align: repr.align, pointers: repr.pointers.clone(), repeat: repr.repeat, desc: Some(desc) })
    }

    /// `==` is allowed and cannot panic because of the static type.
    pub fn is_comparable(&mut self, ty: Ty) -> bool {
        match &*self.under(ty) {
            Kind::Slice(_) | Kind::Map(..) | Kind::Func(_) => false,
            Kind::Array(elem, _) => self.is_comparable(*elem),
            Kind::Struct(fields) => fields.iter().all(|f| self.is_comparable(f.ty)),
            _ => true,
        }
    }

    /// Values are equal exactly if their bytes are.
    pub fn is_regular_memory(&mut self, ty: Ty) -> bool {
        match &*self.under(ty) {
            Kind::Basic(b) => !b.is_float() && !b.is_complex() && *b != Basic::String,
            Kind::Pointer(_) | Kind::Chan(..) => true,
            Kind::Array(elem, n) => *n == 0 || self.is_regular_memory(*elem),
            Kind::Struct(fields) => {
                let repr = self.repr(ty);
                let mut end = 0;
                for (f, &offset) in fields.iter().zip(&repr.fields) {
                    if offset != end || f.name.is_blank() || !self.is_regular_memory(f.ty) {
                        return false;
                    }
                    end = offset + self.size_of(f.ty);
                }
                end == repr.size
            }
            _ => false,
        }
    }

    /// An interface holds the value itself: the type is one pointer.
    pub fn is_direct_iface(&mut self, ty: Ty) -> bool {
        match &*self.under(ty) {
            Kind::Pointer(_) | Kind::Map(..) | Kind::Chan(..) | Kind::Func(_) | Kind::Basic(Basic::UnsafePointer) => true,
            Kind::Array(elem, 1) => self.is_direct_iface(*elem),
            Kind::Struct(fields) if fields.len() == 1 => self.is_direct_iface(fields[0].ty),
            _ => false,
        }
    }

    pub fn is_interface(&mut self, ty: Ty) -> bool {
        matches!(&*self.under(ty), Kind::Interface(_))
    }
}
