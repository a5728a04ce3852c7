//! Allocs that are only loaded and stored become SSA values ("mem2reg" with scalar replacement).
//!
//! An alloc qualifies if its address goes nowhere but into loads and stores (directly or by constant
//! offsets), whose ranges are equal with equal types or disjoint, and if no landing block can see it.
//! Each range becomes a variable; block parameters are placed at the pruned iterated dominance frontier of
//! its definitions (Cytron et al. 1991), then uses are renamed in a walk over the dominator tree.

use cranelift_entity::SecondaryMap;
use indexmap::IndexMap;
use ir::{Block, Cfg, Function, Inst, InstData, Module, Type, Value, ValueDef};
use rustc_hash::{FxHashMap, FxHashSet};

/// Returns whether anything changed.
pub fn run(func: &mut Function, module: &Module) -> bool {
    func.resolve_aliases();
    // Accesses in unreachable blocks would stay behind.
    crate::simplify::remove_unreachable(func);
    let mut cfg = Cfg::new(func);
    if split_enter(func, &cfg) {
        cfg = Cfg::new(func);
    }
    let mut vars = find_variables(func, module, &cfg);
    if vars.list.is_empty() {
        return false;
    }
    let frontiers = dominance_frontiers(&cfg);
    let mut params: FxHashMap<Block, Vec<(usize, Value)>> = FxHashMap::default();
    for var in 0..vars.list.len() {
        for block in join_points(&cfg, &frontiers, &vars, var) {
            let value = func.add_param(block, vars.list[var].ty);
            params.entry(block).or_default().push((var, value));
        }
    }
    rename(func, module, &cfg, &mut vars, &params);
    func.resolve_aliases();
    true
}

/// `enter` passes no arguments: a block that it shares with other jumps could not take a parameter.
fn split_enter(func: &mut Function, cfg: &Cfg) -> bool {
    for at in 0..func.layout.len() {
        let Some(inst) = func.terminator(func.layout[at]) else { continue };
        let InstData::Enter { normal, landing } = func.insts[inst] else { continue };
        if cfg.preds[normal].len() < 2 {
            return false;
        }
        let between = func.blocks.push(Default::default());
        let jump = func.insts.push(Function::jump_to(normal, []));
        func.locs[jump] = func.locs[inst];
        func.blocks[between].insts.push(jump);
        func.layout.insert(at + 1, between);
        func.insts[inst] = InstData::Enter { normal: between, landing };
        return true;
    }
    false
}

struct Variable {
    ty: Type,
    def_blocks: Vec<Block>,
    /// Blocks that read it before writing it.
    use_blocks: Vec<Block>,
}

#[derive(Default)]
struct Variables {
    list: Vec<Variable>,
    /// Promoted allocs and the variables they start.
    allocs: FxHashMap<Inst, Vec<usize>>,
    /// Loads and stores of a variable.
    accesses: FxHashMap<Inst, usize>,
    /// Zeroing of a whole alloc.
    zeroes: FxHashMap<Inst, Vec<usize>>,
    /// Address computations that die.
    addresses: FxHashSet<Inst>,
}

/// What is known of an alloc while uses are collected.
#[derive(Default)]
struct Candidate {
    bad: bool,
    /// offset → type
    ranges: IndexMap<i64, Type>,
    accesses: Vec<(Inst, i64)>,
    zeroes: Vec<Inst>,
    addresses: Vec<Inst>,
}

fn find_variables(func: &Function, module: &Module, cfg: &Cfg) -> Variables {
    let mut of: FxHashMap<Value, (Inst, i64)> = FxHashMap::default();
    let mut candidates: IndexMap<Inst, Candidate> = IndexMap::new();
    let after_landing = blocks_after_landing(func);
    let has_enter = !after_landing.is_empty();
    for &block in &cfg.rpo {
        for &inst in &func.blocks[block].insts {
            let data = &func.insts[inst];
            match data {
                InstData::Alloc { layout, .. } => {
                    of.insert(func.result(inst), (inst, 0));
                    let size = module.layouts[*layout].size;
                    candidates.insert(inst, Candidate { bad: size > 128, ..Candidate::default() });
                }
                InstData::PtrOffset { arg, offset } if of.contains_key(arg) => {
                    let (alloc, base) = of[arg];
                    of.insert(func.result(inst), (alloc, base + offset));
                    candidates[&alloc].addresses.push(inst);
                }
                _ => {}
            }
        }
    }
    for &block in &cfg.rpo {
        for &inst in &func.blocks[block].insts {
            let data = &func.insts[inst];
            let mut access: Option<Value> = None;
            match data {
                InstData::Load { ty, addr, offset, .. } if of.contains_key(addr) => {
                    let (alloc, base) = of[addr];
                    add_access(module, func, &mut candidates[&alloc], alloc, inst, base + *offset as i64, *ty);
                    access = Some(*addr);
                }
                InstData::Store { value, addr, offset, .. } if of.contains_key(addr) => {
                    let (alloc, base) = of[addr];
                    add_access(module, func, &mut candidates[&alloc], alloc, inst, base + *offset as i64, func.ty(*value));
                    access = Some(*addr);
                    if let Some((stored, _)) = of.get(value) {
                        candidates[stored].bad = true;
                    }
                }
                InstData::Zero { layout, addr } if of.contains_key(addr) => {
                    let (alloc, base) = of[addr];
                    let InstData::Alloc { layout: whole, .. } = func.insts[alloc] else { unreachable!("candidates are allocs") };
                    if base == 0 && module.layouts[*layout].size == module.layouts[whole].size {
                        candidates[&alloc].zeroes.push(inst);
                        access = Some(*addr);
                    }
                }
                InstData::PtrOffset { arg, .. } if of.contains_key(arg) => access = Some(*arg),
                InstData::KeepAlive { .. } => {}
                _ => {}
            }
            if access.is_none() {
                data.for_each_value(|v| {
                    if let Some((alloc, _)) = of.get(&v) {
                        candidates[alloc].bad = true;
                    }
                });
            }
            if has_enter
                && after_landing.contains(&block)
                && let Some(address) = access
            {
                let (alloc, _) = of[&address];
                candidates[&alloc].bad = true;
            }
        }
    }
    let mut vars = Variables::default();
    for (alloc, mut candidate) in candidates {
        candidate.ranges.sort_unstable_keys();
        let mut end = i64::MIN;
        for (&offset, ty) in &candidate.ranges {
            candidate.bad |= offset < end;
            end = offset + ty.bytes() as i64;
        }
        if candidate.bad {
            continue;
        }
        let first = vars.list.len();
        vars.list.extend(candidate.ranges.values().map(|&ty| Variable { ty, def_blocks: Vec::new(), use_blocks: Vec::new() }));
        let numbers: Vec<usize> = (first..vars.list.len()).collect();
        for (inst, offset) in candidate.accesses {
            let at = candidate.ranges.get_index_of(&offset).expect("recorded");
            vars.accesses.insert(inst, first + at);
        }
        for inst in candidate.zeroes {
            vars.zeroes.insert(inst, numbers.clone());
        }
        vars.allocs.insert(alloc, numbers);
        vars.addresses.extend(candidate.addresses);
    }
    for &block in &cfg.rpo {
        let mut written: FxHashSet<usize> = FxHashSet::default();
        for &inst in &func.blocks[block].insts {
            let defined: &[usize] = vars.allocs.get(&inst).or_else(|| vars.zeroes.get(&inst)).map_or(&[], |v| v);
            for &var in defined {
                written.insert(var);
                vars.list[var].def_blocks.push(block);
            }
            if let Some(&var) = vars.accesses.get(&inst) {
                if matches!(func.insts[inst], InstData::Store { .. }) {
                    written.insert(var);
                    vars.list[var].def_blocks.push(block);
                } else if !written.contains(&var) {
                    vars.list[var].use_blocks.push(block);
                }
            }
        }
    }
    vars
}

fn add_access(module: &Module, func: &Function, candidate: &mut Candidate, alloc: Inst, inst: Inst, offset: i64, ty: Type) {
    let InstData::Alloc { layout, .. } = func.insts[alloc] else { unreachable!("candidates are allocs") };
    let inside = offset >= 0 && offset + ty.bytes() as i64 <= module.layouts[layout].size as i64;
    let same = *candidate.ranges.entry(offset).or_insert(ty) == ty;
    candidate.bad |= !inside || !same;
    candidate.accesses.push((inst, offset));
}

/// Every block that control can reach through a landing block.
pub(crate) fn blocks_after_landing(func: &Function) -> FxHashSet<Block> {
    let mut seen = FxHashSet::default();
    let mut work: Vec<Block> = Vec::new();
    for &block in &func.layout {
        if let Some(inst) = func.terminator(block)
            && let InstData::Enter { landing, .. } = func.insts[inst]
        {
            work.push(landing);
        }
    }
    while let Some(block) = work.pop() {
        if seen.insert(block) {
            work.extend(func.successors(block));
        }
    }
    seen
}

fn dominance_frontiers(cfg: &Cfg) -> SecondaryMap<Block, Vec<Block>> {
    let mut frontiers: SecondaryMap<Block, Vec<Block>> = SecondaryMap::new();
    for &block in &cfg.rpo {
        if cfg.preds[block].len() < 2 {
            continue;
        }
        let stop = cfg.idom(block);
        for &(pred, _) in &cfg.preds[block] {
            let mut runner = Some(pred);
            while let Some(at) = runner {
                if Some(at) == stop {
                    break;
                }
                if !frontiers[at].contains(&block) {
                    frontiers[at].push(block);
                }
                runner = cfg.idom(at);
            }
        }
    }
    frontiers
}

/// Blocks that need a parameter for the variable: where definitions meet and it is live.
fn join_points(cfg: &Cfg, frontiers: &SecondaryMap<Block, Vec<Block>>, vars: &Variables, var: usize) -> Vec<Block> {
    let variable = &vars.list[var];
    if variable.use_blocks.is_empty() {
        return Vec::new();
    }
    let defs: FxHashSet<Block> = variable.def_blocks.iter().copied().collect();
    let mut live_in: FxHashSet<Block> = FxHashSet::default();
    let mut work = variable.use_blocks.clone();
    while let Some(block) = work.pop() {
        if live_in.insert(block) {
            work.extend(cfg.preds[block].iter().map(|p| p.0).filter(|p| !defs.contains(p)));
        }
    }
    let mut joins: Vec<Block> = Vec::new();
    let mut seen: FxHashSet<Block> = FxHashSet::default();
    let mut work = variable.def_blocks.clone();
    while let Some(block) = work.pop() {
        for &join in &frontiers[block] {
            if live_in.contains(&join) && seen.insert(join) {
                joins.push(join);
                work.push(join);
            }
        }
    }
    joins.sort_by_key(|&b| cfg.order[b]);
    joins
}

fn rename(func: &mut Function, module: &Module, cfg: &Cfg, vars: &mut Variables, params: &FxHashMap<Block, Vec<(usize, Value)>>) {
    let mut children: SecondaryMap<Block, Vec<Block>> = SecondaryMap::new();
    for &block in &cfg.rpo {
        if let Some(up) = cfg.idom(block) {
            children[up].push(block);
        }
    }
    let mut current: Vec<Option<Value>> = vec![None; vars.list.len()];
    let mut zeros: FxHashMap<Type, Value> = FxHashMap::default();
    enum Step {
        Visit(Block),
        Undo(Vec<(usize, Option<Value>)>),
    }
    let mut steps = vec![Step::Visit(func.entry())];
    while let Some(step) = steps.pop() {
        let block = match step {
            Step::Undo(log) => {
                for (var, old) in log.into_iter().rev() {
                    current[var] = old;
                }
                continue;
            }
            Step::Visit(block) => block,
        };
        let mut log = Vec::new();
        let mut set = |current: &mut Vec<Option<Value>>, var: usize, value: Value| {
            log.push((var, current[var]));
            current[var] = Some(value);
        };
        for &(var, value) in params.get(&block).map_or(&[][..], |v| v) {
            set(&mut current, var, value);
        }
        let insts = std::mem::take(&mut func.blocks[block].insts);
        let mut kept = Vec::with_capacity(insts.len());
        for inst in insts {
            if let Some(defined) = vars.allocs.get(&inst).or_else(|| vars.zeroes.get(&inst)) {
                for &var in defined {
                    let zero = zero_of(func, module, vars.list[var].ty, &mut zeros);
                    set(&mut current, var, zero);
                }
                continue;
            }
            if vars.addresses.contains(&inst) {
                continue;
            }
            if let Some(&var) = vars.accesses.get(&inst) {
                match func.insts[inst] {
                    InstData::Store { value, .. } => {
                        let value = func.resolve(value);
                        set(&mut current, var, value);
                    }
                    _ => {
                        let result = func.result(inst);
                        let value = match current[var] {
                            Some(value) => value,
                            None => zero_of(func, module, vars.list[var].ty, &mut zeros),
                        };
                        func.alias(result, value);
                    }
                }
                continue;
            }
            kept.push(inst);
        }
        if let Some(&last) = kept.last() {
            let mut wanted: Vec<(Block, Vec<usize>)> = Vec::new();
            func.insts[last].for_each_successor(|succ, _| {
                if let Some(list) = params.get(&succ) {
                    wanted.push((succ, list.iter().map(|p| p.0).collect()));
                }
            });
            if !wanted.is_empty() {
                let mut extra: FxHashMap<Block, Vec<Value>> = FxHashMap::default();
                for (succ, list) in wanted {
                    let values = list
                        .iter()
                        .map(|&var| match current[var] {
                            Some(value) => value,
                            None => zero_of(func, module, vars.list[var].ty, &mut zeros),
                        })
                        .collect();
                    extra.insert(succ, values);
                }
                func.insts[last].map_successors(|succ, args| {
                    if let (Some(values), Some(args)) = (extra.get(succ), args) {
                        args.extend(values.iter().copied());
                    }
                });
            }
        }
        let added = std::mem::take(&mut func.blocks[block].insts);
        func.blocks[block].insts = added.into_iter().chain(kept).collect();
        steps.push(Step::Undo(log));
        steps.extend(children[block].iter().rev().map(|&b| Step::Visit(b)));
    }
}

/// The zero of a type, made once at the start of the entry block.
fn zero_of(func: &mut Function, module: &Module, ty: Type, zeros: &mut FxHashMap<Type, Value>) -> Value {
    if let Some(&value) = zeros.get(&ty) {
        return value;
    }
    let data = match ty {
        Type::Ptr => InstData::Null,
        ty if ty.is_float() => InstData::Fconst { ty, bits: 0 },
        ty => InstData::Iconst { ty, imm: 0 },
    };
    let inst = func.make_inst(module, data, None);
    let entry = func.entry();
    func.blocks[entry].insts.insert(0, inst);
    debug_assert!(matches!(func.values[func.result(inst)].def, ValueDef::Result(..)));
    zeros.insert(ty, func.result(inst));
    func.result(inst)
}
