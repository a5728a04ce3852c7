//! Loops test at the bottom.
//!
//! In: a function whose loops begin with their test (`for` as lowered). Out: each small test copied to the end of the
//! loop's body, so that a round takes one branch instead of a branch and a jump, and the first test guards a place
//! before the loop where invariant code can go. Sieve-like loops were measured at nearly twice the time without it.
//!
//! ```text
//! before → H: test → B ... → H           before → H: test → N → B ... → test' → N
//!              └→ X                                 └→ E → X                └→ E
//! ```
//! N and E have a parameter for each value of H that is used below them. Left alone: loops whose header does more than
//! a little pure work, or whose header's values are used where both N and E lead.

use crate::cfg::Cfg;
use cranelift_entity::SecondaryMap;
use ir::{Block, BlockCall, Function, Inst, InstData, Value, ValueData, ValueDef, Values};
use rustc_hash::FxHashMap;

/// Instructions of a header worth a second copy.
const MAX_HEADER: usize = 12;
/// Ends of the loop that get a copy each.
const MAX_LATCHES: usize = 3;
/// Shapes are computed anew for each loop; beyond this that takes too long.
const MAX_BLOCKS: usize = 3000;

pub fn run(func: &Function, cfg: &Cfg) -> Option<Function> {
    if cfg.loops.is_empty() || func.blocks.len() > MAX_BLOCKS {
        return None;
    }
    let candidates: Vec<Block> = cfg.loops.iter().rev().map(|l| l.header).filter(|&h| shape(func, cfg, h).is_some()).collect();
    if candidates.is_empty() {
        return None;
    }
    let mut func = func.clone();
    func.resolve_aliases();
    for header in candidates {
        let cfg = Cfg::new(&func);
        if let Some(mut shape) = shape(&func, &cfg, header) {
            let latches: Option<Vec<Block>> = shape.latches.iter().map(|&l| plain_latch(&mut func, l, header)).collect();
            if let Some(latches) = latches {
                shape.latches = latches;
                rotate(&mut func, header, &shape);
            }
        }
    }
    Some(func)
}

struct Shape {
    latches: Vec<Block>,
    /// Is the first target of the test the one that stays in the loop?
    then_stays: bool,
}

fn shape(func: &Function, cfg: &Cfg, header: Block) -> Option<Shape> {
    let this = cfg.loops.iter().find(|l| l.header == header)?;
    let inside = |b: Block| this.body.contains(b.as_u32());
    let insts = &func.blocks[header].insts;
    let InstData::Brif { then, els, .. } = &func.insts[*insts.last()?] else { return None };
    let then_stays = match (inside(then.block), inside(els.block)) {
        (true, false) => true,
        (false, true) => false,
        _ => return None,
    };
    let stay = if then_stays { then.block } else { els.block };
    if stay == header || insts.len() > MAX_HEADER || header == func.entry() {
        return None;
    }
    let copyable = |&i: &Inst| {
        let data = &func.insts[i];
        data.is_pure()
            || matches!(
                data,
                InstData::Load { .. }
                    | InstData::Check { .. }
                    | InstData::Poll
                    | InstData::GetG
                    | InstData::AtomicLoad { .. }
                    | InstData::Binary { .. }
            )
    };
    if !insts[..insts.len() - 1].iter().all(copyable) {
        return None;
    }
    let latches: Vec<Block> = cfg.preds[header].iter().copied().filter(|&p| inside(p)).collect();
    if latches.is_empty() || latches.len() > MAX_LATCHES || !latches.iter().all(|&l| cfg.dominates(header, l)) {
        return None;
    }
    Some(Shape { latches, then_stays })
}

/// Gives the edge from a latch to the header a block of its own, unless a jump already ends the latch.
fn plain_latch(func: &mut Function, latch: Block, header: Block) -> Option<Block> {
    let term = func.terminator(latch)?;
    if matches!(func.insts[term], InstData::Jump { .. }) {
        return Some(latch);
    }
    let mut edges = 0;
    func.insts[term].for_each_successor(|b, _| edges += usize::from(b == header));
    if edges != 1 {
        return None;
    }
    let between = func.add_block();
    let mut args = Values::new();
    func.insts[term].map_successors(|block, values| {
        if *block == header {
            *block = between;
            args = values.map(std::mem::take).unwrap_or_default();
        }
    });
    let jump = push_inst(func, InstData::Jump { dest: BlockCall { block: header, args } }, term);
    func.blocks[between].insts.push(jump);
    Some(between)
}

fn new_param(func: &mut Function, block: Block, like: Value) -> Value {
    let ty = func.ty(like);
    func.add_param(block, ty)
}

fn rotate(func: &mut Function, header: Block, shape: &Shape) {
    // Split both edges of the test.
    let test = func.terminator(header).expect("has a test");
    let InstData::Brif { cond, then, els } = func.insts[test].clone() else { unreachable!("is a brif") };
    let (stay, leave) = if shape.then_stays { (then, els) } else { (els, then) };
    let place = func.layout.iter().position(|&b| b == header).expect("in the layout");
    let [enter, exit] = [&stay, &leave].map(|target| {
        let block = func.add_block();
        func.blocks[block].cold = func.blocks[target.block].cold;
        func.layout.pop();
        let jump = push_inst(func, InstData::Jump { dest: target.clone() }, test);
        func.blocks[block].insts.push(jump);
        block
    });
    func.layout.insert(place + 1, enter);
    func.layout.push(exit);
    let branch = |cond: Value, enter: BlockCall, exit: BlockCall| {
        if shape.then_stays { InstData::Brif { cond, then: enter, els: exit } } else { InstData::Brif { cond, then: exit, els: enter } }
    };
    let call = |block: Block, args: Values| BlockCall { block, args };
    func.insts[test] = branch(cond, call(enter, Values::new()), call(exit, Values::new()));

    // Which values of the header are used below which edge?
    let cfg = Cfg::new(func);
    let mut mine: SecondaryMap<Value, bool> = SecondaryMap::new();
    for &param in &func.blocks[header].params {
        mine[param] = true;
    }
    for &inst in &func.blocks[header].insts {
        for &result in &func.results[inst] {
            mine[result] = true;
        }
    }
    let (mut below_enter, mut below_exit): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
    let mut ok = true;
    for &block in cfg.rpo.iter().filter(|&&b| b != header) {
        let list = match (cfg.dominates(enter, block), cfg.dominates(exit, block)) {
            (true, _) => Some(&mut below_enter),
            (_, true) => Some(&mut below_exit),
            _ => None,
        };
        let mut seen: Vec<Value> = Vec::new();
        for &inst in &func.blocks[block].insts {
            func.insts[inst].for_each_value(|v| {
                if mine[v] {
                    seen.push(v);
                }
            });
        }
        match list {
            Some(list) => list.extend(seen),
            None => ok &= seen.is_empty(),
        }
    }
    if !ok {
        return;
    }
    for list in [&mut below_enter, &mut below_exit] {
        list.sort_unstable();
        list.dedup();
    }
    let enter_params: FxHashMap<Value, Value> = below_enter.iter().map(|&v| (v, new_param(func, enter, v))).collect();
    let exit_params: FxHashMap<Value, Value> = below_exit.iter().map(|&v| (v, new_param(func, exit, v))).collect();
    for &block in cfg.rpo.iter().filter(|&&b| b != header) {
        let map = if cfg.dominates(enter, block) { &enter_params } else { &exit_params };
        for inst in func.blocks[block].insts.clone() {
            func.insts[inst].map_values(|v| map.get(&v).copied().unwrap_or(v));
        }
    }
    func.insts[test] = branch(cond, call(enter, below_enter.iter().copied().collect()), call(exit, below_exit.iter().copied().collect()));

    // A copy of the header at the end of each latch.
    for &latch in &shape.latches {
        let jump = func.blocks[latch].insts.pop().expect("ends in a jump");
        let InstData::Jump { dest } = func.insts[jump].clone() else { unreachable!("a plain jump") };
        let mut map: FxHashMap<Value, Value> = func.blocks[header].params.iter().copied().zip(dest.args.iter().copied()).collect();
        let insts = func.blocks[header].insts.clone();
        for &inst in &insts[..insts.len() - 1] {
            let mut data = func.insts[inst].clone();
            data.map_values(|v| map.get(&v).copied().unwrap_or(v));
            let copy = push_inst(func, data, inst);
            for (n, old) in func.results[inst].clone().into_iter().enumerate() {
                let ty = func.ty(old);
                let new = func.values.push(ValueData { ty, def: ValueDef::Result(copy, n as u32) });
                func.results[copy].push(new);
                map.insert(old, new);
            }
            func.blocks[latch].insts.push(copy);
        }
        let mapped = |v: Value| map.get(&v).copied().unwrap_or(v);
        let to_enter = call(enter, below_enter.iter().map(|&v| mapped(v)).collect());
        let to_exit = call(exit, below_exit.iter().map(|&v| mapped(v)).collect());
        let data = branch(mapped(cond), to_enter, to_exit);
        let copy = push_inst(func, data, test);
        func.blocks[latch].insts.push(copy);
    }
}

/// An instruction without results yet, at the location of another.
fn push_inst(func: &mut Function, data: InstData, like: Inst) -> Inst {
    let inst = func.insts.push(data);
    func.locs[inst] = func.locs[like];
    inst
}
