//! Sizes, alignments and field offsets as gc lays out values on amd64 and arm64.

use crate::Context;
use crate::types::*;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Layout {
    pub size: u64,
    pub align: u64,
}

fn round_up(n: u64, align: u64) -> u64 {
    n.div_ceil(align.max(1)).saturating_mul(align)
}

impl Context {
    /// Saturates for types too large to exist.
    pub fn layout(&self, t: TypeId) -> Layout {
        let t = self.underlying(t);
        if let Some(&known) = self.layouts.borrow().get(&t) {
            return known;
        }
        // A type that contains itself was reported; it must not be followed without end.
        self.layouts.borrow_mut().insert(t, Layout { size: 0, align: 1 });
        let layout = match self.ty(t) {
            Type::Basic(b) => basic_layout(b),
            Type::Pointer(_) | Type::Map { .. } | Type::Chan { .. } | Type::Func(_) => Layout { size: 8, align: 8 },
            Type::Slice(_) => Layout { size: 24, align: 8 },
            Type::Interface(_) => Layout { size: 16, align: 8 },
            Type::Array { elem, len } => {
                let elem = self.layout(elem);
                Layout { size: elem.size.saturating_mul(len.max(0) as u64), align: elem.align }
            }
            Type::Struct(fields) => self.struct_layout(&fields).0,
            _ => Layout { size: 8, align: 8 },
        };
        if self.is_parameterized(t) {
            self.layouts.borrow_mut().remove(&t);
        } else {
            self.layouts.borrow_mut().insert(t, layout);
        }
        layout
    }

    pub fn size_of(&self, t: TypeId) -> u64 {
        self.layout(t).size
    }
    pub fn align_of(&self, t: TypeId) -> u64 {
        self.layout(t).align
    }

    /// The layout of a struct and the offsets of its fields.
    pub fn struct_layout(&self, fields: &[Field]) -> (Layout, Vec<u64>) {
        let (mut offset, mut align) = (0u64, 1);
        let mut offsets = Vec::with_capacity(fields.len());
        let mut last_size = 1;
        for f in fields {
            let layout = self.layout(f.ty);
            offset = round_up(offset, layout.align);
            offsets.push(offset);
            offset = offset.saturating_add(layout.size);
            align = align.max(layout.align);
            last_size = layout.size;
        }
        // A final field without size gets a byte, so that its address is inside the object.
        if offset > 0 && last_size == 0 {
            offset = offset.saturating_add(1);
        }
        // atomic.align64 and its like do not change anything on 64-bit machines.
        (Layout { size: round_up(offset, align), align }, offsets)
    }

    /// Does its size depend on a type parameter?
    pub(crate) fn has_var_size(&self, t: TypeId) -> bool {
        self.var_size(t, &mut Vec::new())
    }
    /// `seen`: the types looked at, and whether that is under way; one that contains itself has no known size.
    fn var_size(&self, t: TypeId, seen: &mut Vec<(TypeId, bool)>) -> bool {
        let t = self.unalias(t);
        if self.is_type_param(t) {
            return true;
        }
        if let Some(&(_, open)) = seen.iter().find(|(s, _)| *s == t) {
            return open;
        }
        let at = seen.len();
        seen.push((t, true));
        let found = match self.under(t) {
            Type::Array { elem, .. } => self.var_size(elem, seen),
            Type::Struct(fields) => fields.iter().any(|f| self.var_size(f.ty, seen)),
            _ => false,
        };
        seen[at].1 = false;
        found
    }
}

fn basic_layout(b: Basic) -> Layout {
    let (size, align) = match b {
        Basic::Bool | Basic::Int8 | Basic::Uint8 | Basic::UntypedBool => (1, 1),
        Basic::Int16 | Basic::Uint16 => (2, 2),
        Basic::Int32 | Basic::Uint32 | Basic::Float32 | Basic::UntypedRune => (4, 4),
        Basic::Complex64 => (8, 4),
        Basic::Complex128 | Basic::UntypedComplex => (16, 8),
        Basic::String | Basic::UntypedString => (16, 8),
        Basic::Invalid => (1, 1),
        _ => (8, 8),
    };
    Layout { size, align }
}
