//! Constants: numbers and strings as values of a concrete type.

use crate::Program;
use crate::emit::Val;
use crate::func::FuncCx;
use crate::ty::{Basic, Ty};
use ir::{Global, GlobalId, InstData, Section, Type, Value};
use types::Value as Const;

impl FuncCx<'_, '_> {
    /// The value in a type that can represent it (not an interface).
    pub fn constant(&mut self, value: &Const, ty: Ty) -> Val {
        if self.p.is_interface(ty) {
            // An untyped constant in a context of interface type has its default type.
            let from = self.p.default_type(value);
            let val = self.constant(value, from);
            return self.assign_convert(val, from, ty);
        }
        let Some(basic) = self.p.basic(ty) else { return self.zero_val(ty) };
        match basic {
            Basic::Bool => Val::one(self.bool_const(value.as_bool().unwrap_or(false))),
            Basic::String => match value {
                Const::Str(bytes) => self.string_const(bytes),
                _ => self.string_const(b""),
            },
            Basic::Float32 => Val::one(self.val(InstData::Fconst { ty: Type::F32, bits: value.as_f32().to_bits() as u64 })),
            Basic::Float64 => Val::one(self.f64_const(value.as_f64())),
            Basic::Complex64 => {
                let parts = [value.real().as_f32(), value.imag().as_f32()];
                Val::many(parts.map(|x| self.val(InstData::Fconst { ty: Type::F32, bits: x.to_bits() as u64 })))
            }
            Basic::Complex128 => {
                let parts = [value.real().as_f64(), value.imag().as_f64()];
                Val::many(parts.map(|x| self.f64_const(x)))
            }
            Basic::UnsafePointer => {
                let bits = self.int(value.low_bits().unwrap_or(0) as i64);
                Val::one(self.conv(ir::ConvertOp::IntToPtr, Type::Ptr, bits))
            }
            Basic::Nil => Val::one(self.null()),
            int => {
                let bits = value.low_bits().unwrap_or(0);
                let ty = match int.size() {
                    1 => Type::I8,
                    2 => Type::I16,
                    4 => Type::I32,
                    _ => Type::I64,
                };
                Val::one(self.iconst(ty, sign_extend(bits, ty)))
            }
        }
    }

    pub fn string_const(&mut self, bytes: &[u8]) -> Val {
        let len = bytes.len() as i64;
        let p: Value = if bytes.is_empty() {
            self.null()
        } else {
            let global = self.p.string_global(bytes);
            self.global(global)
        };
        let len = self.int(len);
        Val::many([p, len])
    }
}

/// The low bits of an immediate, sign-extended as `Iconst` wants them.
pub fn sign_extend(bits: u64, ty: Type) -> i64 {
    match ty {
        Type::I8 => bits as i8 as i64,
        Type::I16 => bits as i16 as i64,
        Type::I32 => bits as i32 as i64,
        _ => bits as i64,
    }
}

pub fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, &b| (h ^ b as u64).wrapping_mul(0x0100_0000_01b3))
}

impl Program<'_> {
    pub fn default_type(&self, value: &Const) -> Ty {
        let c = self.tys.common;
        match value {
            Const::Bool(_) => c.bool_,
            Const::Str(_) => c.string,
            Const::Ratio(_) | Const::Float(_) => c.float64,
            Const::Complex(_) => c.complex128,
            _ => c.int,
        }
    }

    /// Read-only data, the same contents once.
    pub fn constant_global(&mut self, align: u32, data: Vec<u8>, relocs: Vec<ir::Reloc>) -> GlobalId {
        let key = (align, data, relocs.iter().map(|r| (r.offset, r.target, r.addend)).collect::<Vec<_>>());
        if let Some(&global) = self.constants.get(&key) {
            return global;
        }
        let symbol = format!("go:constant.{}", self.constants.len());
        let (size, data) = (key.1.len() as u64, key.1.clone());
        let layout = None;
        let global = Global { symbol, section: Section::ReadOnly, size, align, data, relocs, layout, typelink: false, external: false };
        let global = self.module.globals.push(global);
        self.constants.insert(key, global);
        global
    }

    /// Read-only bytes, each text once.
    pub fn string_global(&mut self, bytes: &[u8]) -> GlobalId {
        if let Some(&global) = self.strings.get(bytes) {
            return global;
        }
        let symbol = self.unique_symbol(&format!("go:string.{:016x}.{}", fnv(bytes), bytes.len()));
        let global = self.module.globals.push(Global {
            symbol,
            section: Section::ReadOnly,
            size: bytes.len() as u64,
            align: 1,
            data: bytes.to_vec(),
            relocs: Vec::new(),
            layout: None,
            typelink: false,
            external: false,
        });
        self.strings.insert(bytes.to_vec(), global);
        global
    }

    /// A constant in memory form, little-endian, without relocations (numbers and bools only).
    pub fn const_bytes(&mut self, value: &Const, ty: Ty) -> Option<Vec<u8>> {
        let basic = self.basic(ty)?;
        Some(match basic {
            Basic::Bool => vec![value.as_bool()? as u8],
            Basic::Float32 => value.as_f32().to_bits().to_le_bytes().to_vec(),
            Basic::Float64 => value.as_f64().to_bits().to_le_bytes().to_vec(),
            Basic::Complex64 => {
                let mut out = value.real().as_f32().to_bits().to_le_bytes().to_vec();
                out.extend(value.imag().as_f32().to_bits().to_le_bytes());
                out
            }
            Basic::Complex128 => {
                let mut out = value.real().as_f64().to_bits().to_le_bytes().to_vec();
                out.extend(value.imag().as_f64().to_bits().to_le_bytes());
                out
            }
            Basic::String | Basic::UnsafePointer | Basic::Nil => return None,
            int => value.low_bits()?.to_le_bytes()[..int.size() as usize].to_vec(),
        })
    }
}
