//! Equal computations are done once: a pure instruction whose operation and operands were seen in a block that
//! dominates it is that value. This is what lets `loads` and `checks` see that two elements are the same one.
//!
//! Pointers are shared only where no safepoint lies between: kept over one they would cost a slot, computed again
//! they cost an addition. Blocks that a landing block leads to share nothing with those before it, whose values are
//! lost after a panic.

use crate::promote::blocks_after_landing;
use cranelift_entity::SecondaryMap;
use ir::{BinaryOp, Block, Cfg, Function, InstData, IntCC, Module, Type, Value};
use rustc_hash::FxHashMap;

/// Kind, operation and type; operands; constant.
type Key = (u32, [u32; 3], i64);

#[derive(Clone, Copy)]
struct Entry {
    value: Value,
    /// Stretch without safepoint.
    stretch: u32,
    after_landing: bool,
}

/// Returns whether anything changed.
pub fn run(func: &mut Function, _module: &Module) -> bool {
    func.resolve_aliases();
    let cfg = Cfg::new(func);
    let landed = blocks_after_landing(func);
    let mut children: SecondaryMap<Block, Vec<Block>> = SecondaryMap::new();
    for &block in &cfg.rpo {
        if let Some(up) = cfg.idom(block) {
            children[up].push(block);
        }
    }
    enum Step {
        Visit(Block),
        Undo(Vec<(Key, Option<Entry>)>),
    }
    let mut known: FxHashMap<Key, Entry> = FxHashMap::default();
    let mut stretch_at_end: SecondaryMap<Block, u32> = SecondaryMap::new();
    let mut next_stretch = 0;
    let mut any = false;
    let mut steps = vec![Step::Visit(func.entry())];
    while let Some(step) = steps.pop() {
        let block = match step {
            Step::Undo(log) => {
                for (key, old) in log.into_iter().rev() {
                    match old {
                        Some(entry) => known.insert(key, entry),
                        None => known.remove(&key),
                    };
                }
                continue;
            }
            Step::Visit(block) => block,
        };
        let after_landing = landed.contains(&block);
        let mut stretch = match cfg.preds[block][..] {
            [(pred, _)] => stretch_at_end[pred],
            _ => {
                next_stretch += 1;
                next_stretch
            }
        };
        let mut log = Vec::new();
        let mut insts = std::mem::take(&mut func.blocks[block].insts);
        insts.retain(|&inst| {
            let mut data = func.insts[inst].clone();
            data.map_values(|v| func.resolve(v));
            if data.is_safepoint() {
                next_stretch += 1;
                stretch = next_stretch;
            }
            let found = key(func, &data);
            func.insts[inst] = data;
            let Some(key) = found else { return true };
            let result = func.result(inst);
            let is_ptr = func.ty(result) == Type::Ptr;
            if let Some(entry) = known.get(&key)
                && (!is_ptr || entry.stretch == stretch)
                && (entry.after_landing || !after_landing)
            {
                func.alias(result, entry.value);
                any = true;
                return false;
            }
            log.push((key, known.insert(key, Entry { value: result, stretch, after_landing })));
            true
        });
        func.blocks[block].insts = insts;
        stretch_at_end[block] = stretch;
        steps.push(Step::Undo(log));
        steps.extend(children[block].iter().rev().map(|&b| Step::Visit(b)));
    }
    if any {
        func.resolve_aliases();
    }
    any
}

fn key(func: &Function, data: &InstData) -> Option<Key> {
    let id = |v: Value| v.as_u32();
    let head = |kind: u32, op: u32, ty: Type| kind << 16 | op << 8 | ty as u32;
    let swap = |commutes: bool, [a, b]: [Value; 2]| if commutes && a > b { [id(b), id(a), 0] } else { [id(a), id(b), 0] };
    Some(match *data {
        InstData::Iconst { ty, imm } => (head(1, 0, ty), [0; 3], imm),
        InstData::Fconst { ty, bits } => (head(2, 0, ty), [0; 3], bits as i64),
        InstData::Null => (head(3, 0, Type::Ptr), [0; 3], 0),
        InstData::FuncAddr { func } => (head(4, 0, Type::Ptr), [func.as_u32(), 0, 0], 0),
        InstData::GlobalAddr { global, offset } => (head(5, 0, Type::Ptr), [global.as_u32(), 0, 0], offset),
        InstData::Unary { op, arg } => (head(6, op as u32, func.ty(arg)), [id(arg), 0, 0], 0),
        InstData::Binary { op, args } => {
            use BinaryOp::*;
            let commutes = matches!(op, Add | Mul | And | Or | Xor | UMulHi | SMulHi);
            (head(7, op as u32, func.ty(args[0])), swap(commutes, args), 0)
        }
        InstData::Icmp { cc, args } => (head(8, cc as u32, Type::I8), swap(matches!(cc, IntCC::Eq | IntCC::Ne), args), 0),
        InstData::Fcmp { cc, args } => (head(9, cc as u32, Type::I8), swap(false, args), 0),
        InstData::Convert { op, ty, arg } => (head(10, op as u32, ty), [id(arg), 0, 0], 0),
        InstData::Select { args: [c, a, b] } => (head(11, 0, func.ty(a)), [id(c), id(a), id(b)], 0),
        InstData::Fma { args: [a, b, c] } => (head(12, 0, func.ty(a)), [id(a), id(b), id(c)], 0),
        InstData::PtrAdd { args } => (head(13, 0, Type::Ptr), swap(false, args), 0),
        InstData::PtrOffset { arg, offset } => (head(14, 0, Type::Ptr), [id(arg), 0, 0], offset),
        _ => return None,
    })
}
