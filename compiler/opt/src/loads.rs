//! Loads of what is known already: an earlier load or store of the same address and type, with nothing in between
//! that could have written there. Works through a block and on into blocks with one predecessor.
//!
//! Two accesses are apart if they have the same base and disjoint offsets, or bases that are different objects
//! (allocs, globals). Calls, atomics, polls and block copies end what is known, except of memory that never changes.
//! A landing block starts with nothing: values do not reach it.

use cranelift_entity::SecondaryMap;
use ir::{Block, Cfg, Function, InstData, Module, Type, Value, ValueDef};

/// Known addresses at a time; the oldest is forgotten. Keeps the pass linear.
const MAX_KNOWN: usize = 32;

#[derive(Clone, Copy)]
struct Known {
    base: Value,
    offset: i64,
    ty: Type,
    value: Value,
    readonly: bool,
}

/// Returns whether anything changed.
pub fn run(func: &mut Function, _module: &Module) -> bool {
    func.resolve_aliases();
    let cfg = Cfg::new(func);
    let mut at_end: SecondaryMap<Block, Option<Vec<Known>>> = SecondaryMap::new();
    let mut any = false;
    for &block in &cfg.rpo {
        let mut known: Vec<Known> = match cfg.preds[block][..] {
            [(pred, inst)] if !matches!(func.insts[inst], InstData::Enter { landing, .. } if landing == block) => {
                at_end[pred].clone().unwrap_or_default()
            }
            _ => Vec::new(),
        };
        let insts = std::mem::take(&mut func.blocks[block].insts);
        let mut kept = Vec::with_capacity(insts.len());
        for inst in insts {
            match func.insts[inst] {
                InstData::Load { ty, addr, offset, flags } => {
                    let (base, at) = place(func, addr, offset);
                    if let Some(found) = known.iter().find(|k| k.base == base && k.offset == at && k.ty == ty) {
                        let (result, value) = (func.result(inst), func.resolve(found.value));
                        func.alias(result, value);
                        any = true;
                        continue;
                    }
                    remember(&mut known, Known { base, offset: at, ty, value: func.result(inst), readonly: flags.readonly });
                }
                InstData::Store { value, addr, offset, .. } => {
                    let (base, at) = place(func, addr, offset);
                    let ty = func.ty(value);
                    known.retain(|k| k.readonly || apart(func, k, base, at, ty.bytes() as i64));
                    remember(&mut known, Known { base, offset: at, ty, value, readonly: false });
                }
                InstData::CallRt { entry, .. } if is_quiet(entry) => {}
                InstData::Move { .. }
                | InstData::Zero { .. }
                | InstData::AtomicLoad { .. }
                | InstData::AtomicStore { .. }
                | InstData::AtomicRmw { .. }
                | InstData::AtomicCas { .. }
                | InstData::Call { .. }
                | InstData::CallPtr { .. }
                | InstData::CallClosure { .. }
                | InstData::CallRt { .. }
                | InstData::CallStd { .. }
                | InstData::Poll => known.retain(|k| k.readonly),
                _ => {}
            }
            kept.push(inst);
        }
        func.blocks[block].insts = kept;
        at_end[block] = Some(known);
    }
    if any {
        func.resolve_aliases();
    }
    any
}

/// Leaf entries that only read memory.
fn is_quiet(entry: u32) -> bool {
    matches!(abi::rt::ENTRIES[entry as usize].symbol, "gorc_decoderune" | "gorc_cmpstring" | "gorc_memequal")
}

fn remember(known: &mut Vec<Known>, new: Known) {
    if known.len() == MAX_KNOWN {
        known.remove(0);
    }
    known.push(new);
}

/// Base and constant offset of an access.
fn place(func: &Function, addr: Value, offset: i32) -> (Value, i64) {
    let mut base = func.resolve(addr);
    let mut total = offset as i64;
    while let ValueDef::Result(inst, _) = func.values[base].def
        && let InstData::PtrOffset { arg, offset } = func.insts[inst]
    {
        base = func.resolve(arg);
        total = total.wrapping_add(offset);
    }
    (base, total)
}

fn apart(func: &Function, known: &Known, base: Value, offset: i64, bytes: i64) -> bool {
    if known.base == base {
        return known.offset + known.ty.bytes() as i64 <= offset || offset + bytes <= known.offset;
    }
    match (object(func, known.base), object(func, base)) {
        (Some(a), Some(b)) => a != b,
        _ => false,
    }
}

/// What an address is in for sure: an alloc or a global.
fn object(func: &Function, base: Value) -> Option<(u8, u32)> {
    let ValueDef::Result(inst, _) = func.values[base].def else { return None };
    match func.insts[inst] {
        InstData::Alloc { .. } => Some((0, base.as_u32())),
        InstData::GlobalAddr { global, .. } => Some((1, global.as_u32())),
        InstData::GetG => Some((2, 0)),
        _ => None,
    }
}
