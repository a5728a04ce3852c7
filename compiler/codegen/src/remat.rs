//! No address into the stack outlives a call in a register.
//!
//! In: CLIF after Cranelift's optimiser. Out: the same function, in which every use of a value computed from
//! `stack_addr`, `get_stack_pointer` or `get_frame_pointer` has its own computation right in front of it, unless the
//! value was made in the same block with no call in between. Cranelift takes these as pure and would hoist and merge
//! them, and the result would sit in a callee-saved register while the stack moves.
//!
//! The blocks reachable from the landing block get more: nothing made outside them may be used there, since the
//! runtime enters them from any later call, with the registers and register spills of that moment.

use crate::{Error, Fail};
use cranelift_codegen::Context;
use cranelift_codegen::ir::{Block, Function, Inst, Opcode, Value, ValueDef};
use cranelift_entity::SecondaryMap;
use rustc_hash::FxHashMap;

fn is_root(op: Opcode) -> bool {
    matches!(op, Opcode::StackAddr | Opcode::GetStackPointer | Opcode::GetFramePointer)
}

/// Can be computed again anywhere its operands are available, with the same result?
fn is_pure(func: &Function, inst: Inst) -> bool {
    let op = func.dfg.insts[inst].opcode();
    func.dfg.inst_results(inst).len() == 1
        && !(op.can_load() || op.can_store() || op.can_trap() || op.is_call() || op.is_branch() || op.is_terminator() || op.other_side_effects())
}

pub fn run(ctx: &mut Context, landing: Option<Block>) -> Result<(), Fail> {
    let region = landing.map(|b| region(ctx, b));
    let func = &mut ctx.func;
    let derived = derived(func);
    let mut changed = place_at_uses(func, &derived);
    if let Some(region) = &region {
        changed |= close_region(func, region)?;
    }
    if changed {
        remove_dead(func, &derived);
        ctx.compute_cfg();
        ctx.compute_domtree();
    }
    Ok(())
}

fn region(ctx: &Context, start: Block) -> SecondaryMap<Block, bool> {
    let mut inside: SecondaryMap<Block, bool> = SecondaryMap::new();
    let mut work = vec![start];
    while let Some(block) = work.pop() {
        if !inside[block] {
            inside[block] = true;
            work.extend(ctx.cfg.succ_iter(block));
        }
    }
    inside
}

/// Values computed purely from a root.
fn derived(func: &Function) -> SecondaryMap<Value, bool> {
    let mut derived: SecondaryMap<Value, bool> = SecondaryMap::new();
    let mut changed = true;
    // Definitions need not come first in layout order: repeat until nothing is new.
    while changed {
        changed = false;
        for block in func.layout.blocks() {
            for inst in func.layout.block_insts(block) {
                if !is_pure(func, inst) {
                    continue;
                }
                let result = func.dfg.inst_results(inst)[0];
                if derived[result] {
                    continue;
                }
                if is_root(func.dfg.insts[inst].opcode()) || func.dfg.inst_values(inst).any(|v| derived[func.dfg.resolve_aliases(v)]) {
                    derived[result] = true;
                    changed = true;
                }
            }
        }
    }
    derived
}

/// Clones the computation of `value` in front of `before`, down to operands for which `clone` says no.
fn clone_chain(
    func: &mut Function,
    value: Value,
    before: Inst,
    clone: &dyn Fn(&Function, Value) -> bool,
    memo: &mut FxHashMap<Value, Value>,
) -> Value {
    let value = func.dfg.resolve_aliases(value);
    if !clone(func, value) {
        return value;
    }
    if let Some(&done) = memo.get(&value) {
        return done;
    }
    let ValueDef::Result(inst, _) = func.dfg.value_def(value) else { return value };
    let args: Vec<Value> = func.dfg.inst_values(inst).collect();
    let args: Vec<Value> = args.into_iter().map(|a| clone_chain(func, a, before, clone, memo)).collect();
    let copy = func.dfg.clone_inst(inst);
    func.dfg.overwrite_inst_values(copy, args.into_iter());
    func.layout.insert_inst(copy, before);
    let loc = func.srcloc(before);
    func.set_srcloc(copy, loc);
    let result = func.dfg.inst_results(copy)[0];
    memo.insert(value, result);
    result
}

fn place_at_uses(func: &mut Function, derived: &SecondaryMap<Value, bool>) -> bool {
    let blocks: Vec<Block> = func.layout.blocks().collect();
    // Where each derived value is made, with everything it is made from: block and number of calls before it there. A
    // value with an operand from elsewhere is in no such place: its uses get the whole chain anew.
    let mut made: FxHashMap<Value, (Block, u32)> = FxHashMap::default();
    for &block in &blocks {
        let mut calls = 0;
        for inst in func.layout.block_insts(block) {
            if func.dfg.insts[inst].opcode().is_call() {
                calls += 1;
            }
            for &result in func.dfg.inst_results(inst) {
                let here = (block, calls);
                if derived[result]
                    && func
                        .dfg
                        .inst_values(inst)
                        .all(|v| !derived[func.dfg.resolve_aliases(v)] || made.get(&func.dfg.resolve_aliases(v)) == Some(&here))
                {
                    made.insert(result, here);
                }
            }
        }
    }
    let mut changed = false;
    for &block in &blocks {
        let mut calls = 0;
        let insts: Vec<Inst> = func.layout.block_insts(block).collect();
        for inst in insts {
            if is_pure(func, inst) {
                continue;
            }
            let here = (block, calls);
            if func.dfg.insts[inst].opcode().is_call() {
                calls += 1;
            }
            let values: Vec<Value> = func.dfg.inst_values(inst).map(|v| func.dfg.resolve_aliases(v)).collect();
            if !values.iter().any(|&v| derived[v] && made.get(&v) != Some(&here)) {
                continue;
            }
            let mut memo = FxHashMap::default();
            let clone = |_: &Function, v: Value| derived[v];
            let values: Vec<Value> = values
                .into_iter()
                .map(|v| if derived[v] && made.get(&v) != Some(&here) { clone_chain(func, v, inst, &clone, &mut memo) } else { v })
                .collect();
            func.dfg.overwrite_inst_values(inst, values.into_iter());
            changed = true;
        }
    }
    changed
}

/// Makes anew inside the region what it uses from outside.
fn close_region(func: &mut Function, region: &SecondaryMap<Block, bool>) -> Result<bool, Fail> {
    let outside = |func: &Function, v: Value| match func.dfg.value_def(v) {
        ValueDef::Result(inst, _) => func.layout.inst_block(inst).is_some_and(|b| !region[b]),
        ValueDef::Param(block, _) => !region[block],
        ValueDef::Union(..) => false,
    };
    let mut changed = false;
    let blocks: Vec<Block> = func.layout.blocks().filter(|&b| region[b]).collect();
    for block in blocks {
        let insts: Vec<Inst> = func.layout.block_insts(block).collect();
        for inst in insts {
            let values: Vec<Value> = func.dfg.inst_values(inst).map(|v| func.dfg.resolve_aliases(v)).collect();
            if !values.iter().any(|&v| outside(func, v)) {
                continue;
            }
            let mut memo = FxHashMap::default();
            let clone = |func: &Function, v: Value| outside(func, v) && matches!(func.dfg.value_def(v), ValueDef::Result(i, _) if is_pure(func, i));
            let values: Vec<Value> = values.into_iter().map(|v| clone_chain(func, v, inst, &clone, &mut memo)).collect();
            func.dfg.overwrite_inst_values(inst, values.into_iter());
            changed = true;
        }
    }
    // What is left from outside is no computation: it would need a register.
    for block in func.layout.blocks().filter(|&b| region[b]) {
        for inst in func.layout.block_insts(block) {
            if let Some(v) = func.dfg.inst_values(inst).find(|&v| outside(func, func.dfg.resolve_aliases(v))) {
                return Err(Error::fail("remat", format!("{v} reaches the landing region in a register")));
            }
        }
    }
    Ok(changed)
}

/// A dead second user would keep a load from being fused.
fn remove_dead(func: &mut Function, derived: &SecondaryMap<Value, bool>) {
    loop {
        let mut used: SecondaryMap<Value, bool> = SecondaryMap::new();
        for block in func.layout.blocks() {
            for inst in func.layout.block_insts(block) {
                for v in func.dfg.inst_values(inst) {
                    used[func.dfg.resolve_aliases(v)] = true;
                }
            }
        }
        let mut dead = Vec::new();
        for block in func.layout.blocks() {
            for inst in func.layout.block_insts(block) {
                if is_pure(func, inst) {
                    let result = func.dfg.inst_results(inst)[0];
                    if derived[result] && !used[result] {
                        dead.push(inst);
                    }
                }
            }
        }
        if dead.is_empty() {
            return;
        }
        for inst in dead {
            func.layout.remove_inst(inst);
        }
    }
}
