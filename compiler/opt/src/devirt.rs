//! Calls whose target is known become direct: through a func value made here or in static data, through a code
//! address or an itab of static data. Direct calls can be inlined, and escape analysis follows their arguments.
//!
//! Relies on: the code word of a func value is written once, right after its alloc, and static func values and itabs
//! never change.

use ir::{FuncId, Function, GlobalId, InstData, Module, RelocKind, Section, Target, Value, ValueDef};
use rustc_hash::FxHashMap;

/// Returns whether anything changed.
pub fn run(func: &mut Function, module: &Module) -> bool {
    let indirect = |data: &InstData| matches!(data, InstData::CallClosure { .. } | InstData::CallPtr { .. });
    if !func.layout.iter().flat_map(|&b| &func.blocks[b].insts).any(|&i| indirect(&func.insts[i])) {
        return false;
    }
    func.resolve_aliases();
    let made = made_here(func);
    let mut any = false;
    for at in 0..func.layout.len() {
        let block = func.layout[at];
        for n in 0..func.blocks[block].insts.len() {
            let inst = func.blocks[block].insts[n];
            let direct = match &func.insts[inst] {
                InstData::CallClosure { sig, callee, args } => {
                    let code = made.get(callee).copied().flatten().or_else(|| static_word(func, module, *callee, 0));
                    code.filter(|&code| module.funcs[code].sig == *sig).map(|code| {
                        let mut args = args.clone();
                        args.push(*callee);
                        InstData::Call { func: code, args }
                    })
                }
                InstData::CallPtr { sig, callee, args } => code_address(func, module, *callee)
                    .filter(|&code| module.funcs[code].sig == *sig)
                    .map(|code| InstData::Call { func: code, args: args.clone() }),
                _ => None,
            };
            if let Some(direct) = direct {
                func.insts[inst] = direct;
                any = true;
            }
        }
    }
    any
}

/// Allocs with the code stored at their start; None if there is more than one store.
fn made_here(func: &Function) -> FxHashMap<Value, Option<FuncId>> {
    let mut made: FxHashMap<Value, Option<FuncId>> = FxHashMap::default();
    for &block in &func.layout {
        for &inst in &func.blocks[block].insts {
            let InstData::Store { value, addr, offset: 0, .. } = func.insts[inst] else { continue };
            let ValueDef::Result(def, _) = func.values[addr].def else { continue };
            if !matches!(func.insts[def], InstData::Alloc { .. }) {
                continue;
            }
            let code = match func.values[value].def {
                // A block that makes and fills it: the store comes before whatever uses the func value.
                ValueDef::Result(d, _) => match func.insts[d] {
                    InstData::FuncAddr { func: code } if func.blocks[block].insts.contains(&def) => Some(code),
                    _ => None,
                },
                _ => None,
            };
            made.entry(addr).and_modify(|known| *known = None).or_insert(code);
        }
    }
    made
}

/// The function a code address is of: written as such, or loaded from static data.
fn code_address(func: &Function, module: &Module, value: Value) -> Option<FuncId> {
    let ValueDef::Result(def, _) = func.values[value].def else { return None };
    match func.insts[def] {
        InstData::FuncAddr { func } => Some(func),
        InstData::Load { ty: ir::Type::Ptr, addr, offset, .. } => static_word(func, module, addr, offset as i64),
        _ => None,
    }
}

fn static_word(func: &Function, module: &Module, addr: Value, offset: i64) -> Option<FuncId> {
    let (global, offset) = static_place(func, addr, offset)?;
    let global = &module.globals[global];
    if !matches!(global.section, Section::ReadOnly | Section::Itab) {
        return None;
    }
    global.relocs.iter().find_map(|reloc| match reloc.target {
        Target::Func(code) if reloc.offset as i64 == offset && reloc.addend == 0 && reloc.kind == RelocKind::Abs64 => Some(code),
        _ => None,
    })
}

fn static_place(func: &Function, mut addr: Value, mut offset: i64) -> Option<(GlobalId, i64)> {
    loop {
        let ValueDef::Result(def, _) = func.values[addr].def else { return None };
        match func.insts[def] {
            InstData::GlobalAddr { global, offset: more } => return Some((global, offset.checked_add(more)?)),
            InstData::PtrOffset { arg, offset: more } => {
                addr = arg;
                offset = offset.checked_add(more)?;
            }
            _ => return None,
        }
    }
}
