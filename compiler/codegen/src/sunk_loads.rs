//! Locations of loads that the back end makes an operand of the instruction that uses them.
//!
//! In: CLIF right before instruction selection. Out: the same, in which an instruction that may take in a load has the
//! load's location: a nil pointer is reported where it is followed, not where the value is used. Only such loads as the
//! back end can move are looked at: used once, in their own block.

use cranelift_codegen::ir::{Function, Inst, Opcode, Value};
use rustc_hash::FxHashMap;

#[derive(Clone, Copy)]
struct Use {
    user: Inst,
    only: bool,
}

pub fn run(func: &mut Function) {
    let mut uses: FxHashMap<Value, Use> = FxHashMap::default();
    let mut loads: Vec<Inst> = Vec::new();
    for block in func.layout.blocks() {
        for inst in func.layout.block_insts(block) {
            if faults(func, inst) && func.dfg.insts[inst].opcode().can_load() {
                loads.push(inst);
            }
            for value in func.dfg.inst_values(inst) {
                let value = func.dfg.resolve_aliases(value);
                uses.entry(value).and_modify(|u| u.only = false).or_insert(Use { user: inst, only: true });
            }
        }
    }
    for load in loads {
        let loc = func.srcloc(load);
        let mut at = load;
        // A comparison may in turn become part of the branch, a sum part of the store.
        for _ in 0..2 {
            let &[result] = func.dfg.inst_results(at) else { break };
            let Some(&Use { user, only: true }) = uses.get(&result) else { break };
            if func.layout.inst_block(user) != func.layout.inst_block(load) || func.dfg.insts[user].opcode().is_call() {
                break;
            }
            // A store that faults itself keeps its place, unless it is to where the load is from.
            if faults(func, user) && !(func.dfg.insts[user].opcode() == Opcode::Store && at != load && same_place(func, load, user)) {
                break;
            }
            if func.dfg.insts[user].opcode().can_trap() && func.dfg.insts[user].memflags().is_none() {
                break;
            }
            func.set_srcloc(user, loc);
            at = user;
        }
    }
}

/// Accesses memory that may not be there?
fn faults(func: &Function, inst: Inst) -> bool {
    func.dfg.insts[inst].memflags().is_some_and(|flags| func.dfg.mem_flags[flags].trap_code().is_some())
}

fn same_place(func: &Function, load: Inst, store: Inst) -> bool {
    let (a, b) = (func.dfg.inst_args(load), func.dfg.inst_args(store));
    let offset = |inst: Inst| func.dfg.insts[inst].load_store_offset();
    match (a.first(), b.get(1)) {
        (Some(&a), Some(&b)) => func.dfg.resolve_aliases(a) == func.dfg.resolve_aliases(b) && offset(load) == offset(store),
        _ => false,
    }
}
