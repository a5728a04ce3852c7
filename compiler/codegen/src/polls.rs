//! Every loop can be asked to stop.
//!
//! In: a function after all inlining. Out: the function with a `poll` at the header of each loop that could otherwise
//! go round without meeting a poll or a call that checks the stack; nothing if there is no such loop. Short counted
//! loops are left alone. Here rather than earlier, because inlining removes the calls that would have polled.

use crate::bitset::BitSet;
use crate::cfg::{Cfg, Loop};
use cranelift_entity::SecondaryMap;
use ir::{BinaryOp, Block, FuncId, Function, InstData, IntCC, Module, Value, ValueDef};

/// A loop of at most this many rounds needs no poll: some microseconds.
const SHORT: i64 = 1024;

/// Functions without calls and loops: with a small frame they skip the stack check, so calling them does not poll.
/// Those called through pointers keep it.
pub fn leaves(module: &Module, address_taken: &SecondaryMap<FuncId, bool>) -> SecondaryMap<FuncId, bool> {
    let mut leaves = SecondaryMap::new();
    for (id, decl) in module.funcs.iter() {
        let Some(func) = &decl.body else { continue };
        // Forward branches only, in the order of blocks, is a cheap sufficient sign of no loop.
        let mut order: SecondaryMap<Block, usize> = SecondaryMap::new();
        for (i, &block) in func.layout.iter().enumerate() {
            order[block] = i;
        }
        let calm = func.layout.iter().all(|&b| {
            func.successors(b).iter().all(|&s| order[s] > order[b])
                && func.blocks[b].insts.iter().all(|&i| !func.insts[i].is_safepoint() && !matches!(func.insts[i], InstData::Fma { .. }))
        });
        leaves[id] = calm && !address_taken[id];
    }
    leaves
}

pub fn insert(func: &Function, cfg: &Cfg, leaves: &SecondaryMap<FuncId, bool>) -> Option<Function> {
    if cfg.loops.is_empty() {
        return None;
    }
    let mut polled = BitSet::new(func.blocks.len());
    for &block in &cfg.rpo {
        let polls = func.blocks[block].insts.iter().any(|&i| match &func.insts[i] {
            InstData::Poll | InstData::CallPtr { .. } | InstData::CallClosure { .. } => true,
            InstData::Call { func: callee, .. } => !leaves[*callee],
            _ => false,
        });
        if polls {
            polled.insert(block.as_u32());
        }
    }
    let mut headers = Vec::new();
    // Inner loops come after outer ones.
    for this in cfg.loops.iter().rev() {
        if goes_round(func, this, &polled) && !is_short(func, cfg, this) {
            polled.insert(this.header.as_u32());
            headers.push(this.header);
        }
    }
    if headers.is_empty() {
        return None;
    }
    let mut func = func.clone();
    for header in headers {
        let loc = func.blocks[header].insts.first().and_then(|&i| func.locs[i]);
        let poll = func.insts.push(InstData::Poll);
        func.locs[poll] = loc;
        func.blocks[header].insts.insert(0, poll);
    }
    Some(func)
}

/// Is there a way from the header back to it through blocks that do not poll?
fn goes_round(func: &Function, this: &Loop, polled: &BitSet) -> bool {
    if polled.contains(this.header.as_u32()) {
        return false;
    }
    let mut seen = BitSet::new(func.blocks.len());
    let mut work = vec![this.header];
    while let Some(block) = work.pop() {
        for succ in func.successors(block) {
            if succ == this.header {
                return true;
            }
            let n = succ.as_u32();
            if this.body.contains(n) && !polled.contains(n) && !seen.contains(n) {
                seen.insert(n);
                work.push(succ);
            }
        }
    }
    false
}

/// An innermost loop whose header counts from one constant up to another.
fn is_short(func: &Function, cfg: &Cfg, this: &Loop) -> bool {
    trips(func, cfg, this).is_some_and(|n| n <= SHORT)
}

fn constant(func: &Function, value: Value) -> Option<i64> {
    match func.values[func.resolve(value)].def {
        ValueDef::Result(inst, _) => match func.insts[inst] {
            InstData::Iconst { imm, .. } => Some(imm),
            _ => None,
        },
        _ => None,
    }
}

fn trips(func: &Function, cfg: &Cfg, this: &Loop) -> Option<i64> {
    if cfg.loops.iter().any(|l| l.header != this.header && this.body.contains(l.header.as_u32())) {
        return None;
    }
    let InstData::Brif { cond, then, els } = &func.insts[func.terminator(this.header)?] else { return None };
    let ValueDef::Result(cmp, _) = func.values[func.resolve(*cond)].def else { return None };
    let InstData::Icmp { cc, args } = &func.insts[cmp] else { return None };
    let stays = |b: Block| this.body.contains(b.as_u32());
    let upward = match (stays(then.block), stays(els.block)) {
        (true, false) => matches!(cc, IntCC::Slt | IntCC::Sle | IntCC::Ult | IntCC::Ule | IntCC::Ne),
        (false, true) => matches!(cc, IntCC::Sge | IntCC::Sgt | IntCC::Uge | IntCC::Ugt | IntCC::Eq),
        _ => false,
    };
    let counter = func.resolve(args[0]);
    let (ValueDef::Param(block, n), Some(limit), true) = (func.values[counter].def, constant(func, args[1]), upward) else { return None };
    if block != this.header {
        return None;
    }
    let mut start: Option<i64> = None;
    for &pred in &cfg.preds[this.header] {
        let mut args: Vec<Value> = Vec::new();
        func.insts[func.terminator(pred)?].for_each_successor(|b, a| {
            if b == this.header {
                args.push(func.resolve(a[n as usize]));
            }
        });
        for arg in args {
            if stays(pred) {
                let ValueDef::Result(step, _) = func.values[arg].def else { return None };
                let InstData::Binary { op: BinaryOp::Add, args } = &func.insts[step] else { return None };
                if func.resolve(args[0]) != counter || constant(func, args[1]) != Some(1) {
                    return None;
                }
            } else {
                let value = constant(func, arg)?;
                if start.is_some_and(|s| s != value) {
                    return None;
                }
                start = Some(value);
            }
        }
    }
    let trips = limit.checked_sub(start?)?;
    (trips >= 0).then_some(trips)
}
