//! Which slots of allocs hold something that is still read, at each safepoint.
//!
//! In: a function with its [`Plan`]. Out: [`Slots`]. A slot that no map names may hold stale addresses: the collector does
//! not see them, and a moving stack leaves them as they are. So a slot is left out only where nothing can read it before
//! its alloc is executed again, which zeroes it.
//!
//! Readers are found by what addresses can reach: a value may point to the slots that its operands may point to (the
//! plan says which values cannot point into a stack). A slot whose address goes where this cannot follow it, to memory or
//! to an integer, is in every map: closures with their variables, frames of deferred calls. A callee can store an address
//! only in what it has an address of, so a call with the addresses of two places on the stack counts as such, too.
//!
//! A call reads what its operands point to until it returns. In a function with a landing every safepoint may go on there.

use crate::bitset::SparseSet;
use crate::cfg::Cfg;
use crate::safepoint::{Class, Plan, is_safepoint, may_point_to_stack};
use cranelift_entity::SecondaryMap;
use ir::{Block, ConvertOp, Function, Inst, InstData, Module, Place, Value};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Values that may point to more slots give them up: they are in every map.
const MAX_TARGETS: usize = 8;

type Targets = SmallVec<[u32; 2]>;

#[derive(Default)]
pub struct Slots {
    /// The allocs in question, by number.
    pub allocs: Vec<Inst>,
    /// At a safepoint, besides `anywhere`.
    pub live: FxHashMap<Inst, Vec<u32>>,
    /// Where execution can only go on at the landing, or in callers: at faults, failed checks.
    pub fault: Vec<u32>,
    /// In every map.
    pub anywhere: Vec<u32>,
}

pub fn find(module: &Module, func: &Function, cfg: &Cfg, plan: &Plan, soft_fma: bool) -> Slots {
    let mut slots = Slots::default();
    let mut number: FxHashMap<Inst, u32> = FxHashMap::default();
    let mut landing = None;
    for &block in &cfg.rpo {
        for &inst in &func.blocks[block].insts {
            match &func.insts[inst] {
                InstData::Alloc { layout, place: Place::Stack, .. } if module.layouts[*layout].has_pointers() => {
                    number.insert(inst, slots.allocs.len() as u32);
                    slots.allocs.push(inst);
                }
                InstData::Enter { landing: block, .. } => landing = Some(*block),
                _ => {}
            }
        }
    }
    if slots.allocs.is_empty() {
        return slots;
    }
    let mut reach = Reach { func, plan, number: &number, targets: SecondaryMap::new(), lost: vec![false; slots.allocs.len()] };
    reach.run(cfg);
    let Reach { targets, lost, .. } = reach;
    slots.anywhere = (0..slots.allocs.len() as u32).filter(|&n| lost[n as usize]).collect();
    let followed = |v: Value| targets[func.resolve(v)].iter().copied().filter(|&n| !lost[n as usize]);

    // Backwards: what is read later.
    let step = |inst: Inst, set: &mut SparseSet| {
        if let Some(&n) = number.get(&inst) {
            set.remove(n);
        }
        for_each_read(&func.insts[inst], |v| followed(v).for_each(|n| set.insert(n)));
    };
    let mut live_in: SecondaryMap<Block, SparseSet> = SecondaryMap::new();
    let out = |live_in: &SecondaryMap<Block, SparseSet>, block: Block| {
        let mut set = SparseSet::default();
        for succ in func.successors(block) {
            set.union(&live_in[succ]);
        }
        set
    };
    let mut changed = true;
    while changed {
        changed = false;
        for &block in cfg.rpo.iter().rev() {
            let mut set = out(&live_in, block);
            for &inst in func.blocks[block].insts.iter().rev() {
                step(inst, &mut set);
            }
            if set != live_in[block] {
                live_in[block] = set;
                changed = true;
            }
        }
    }
    let at_landing = landing.map(|b| live_in[b].clone()).unwrap_or_default();
    for &block in &cfg.rpo {
        let mut set = out(&live_in, block);
        for &inst in func.blocks[block].insts.iter().rev() {
            let data = &func.insts[inst];
            if is_safepoint(data, soft_fma) {
                let mut across = set.clone();
                data.for_each_value(|v| followed(v).for_each(|n| across.insert(n)));
                across.union(&at_landing);
                slots.live.insert(inst, across.iter().collect());
            }
            step(inst, &mut set);
        }
    }
    slots.fault = at_landing.iter().collect();
    slots
}

/// The operands through which an instruction reads, or hands on an address.
fn for_each_read(data: &InstData, mut f: impl FnMut(Value)) {
    match data {
        InstData::Store { value, .. } => f(*value),
        InstData::Move { src, .. } => f(*src),
        InstData::Zero { .. } => {}
        _ => data.for_each_value(f),
    }
}

struct Reach<'a> {
    func: &'a Function,
    plan: &'a Plan,
    number: &'a FxHashMap<Inst, u32>,
    /// The slots that a value may point to, ascending.
    targets: SecondaryMap<Value, Targets>,
    /// Allocs whose address is somewhere.
    lost: Vec<bool>,
}

impl Reach<'_> {
    fn run(&mut self, cfg: &Cfg) {
        let func = self.func;
        let mut changed = true;
        while changed {
            changed = false;
            for &block in &cfg.rpo {
                for &inst in &func.blocks[block].insts {
                    let data = &func.insts[inst];
                    if data.is_terminator() {
                        data.for_each_successor(|succ, args| {
                            for (&param, &arg) in func.blocks[succ].params.iter().zip(args) {
                                let from = self.targets[func.resolve(arg)].clone();
                                changed |= self.add(param, &from);
                            }
                        });
                        continue;
                    }
                    if let Some(&n) = self.number.get(&inst) {
                        changed |= self.add(func.result(inst), &[n]);
                        continue;
                    }
                    if func.results[inst].is_empty() {
                        continue;
                    }
                    let mut from = Targets::new();
                    data.for_each_value(|v| merge(&mut from, &self.targets[func.resolve(v)]));
                    for &result in &func.results[inst] {
                        changed |= self.add(result, &from);
                    }
                }
            }
        }
        for &block in &cfg.rpo {
            for &inst in &func.blocks[block].insts {
                self.lose_stored(&func.insts[inst]);
            }
        }
    }

    fn add(&mut self, value: Value, from: &[u32]) -> bool {
        if from.is_empty() || !(self.plan.class[value] == Class::MaybeStack || self.plan.stack_addr.contains_key(&value)) {
            return false;
        }
        let targets = &mut self.targets[value];
        let before = targets.len();
        merge(targets, from);
        if targets.len() > MAX_TARGETS {
            // Those that are lost need not be followed; the set stays as it is.
            for n in targets.iter() {
                self.lost[*n as usize] = true;
            }
            targets.truncate(before.max(MAX_TARGETS));
            return false;
        }
        targets.len() != before
    }

    fn lose(&mut self, value: Value) {
        for n in self.targets[self.func.resolve(value)].iter() {
            self.lost[*n as usize] = true;
        }
    }

    fn lose_stored(&mut self, data: &InstData) {
        match data {
            InstData::Store { value, .. } | InstData::AtomicStore { value, .. } | InstData::AtomicRmw { value, .. } => self.lose(*value),
            InstData::AtomicCas { args } => self.lose(args[2]),
            InstData::Convert { op: ConvertOp::PtrToInt, arg, .. } => self.lose(*arg),
            InstData::Return { .. } | InstData::TailCall { .. } => data.for_each_value(|v| self.lose(v)),
            InstData::Call { .. } | InstData::CallPtr { .. } | InstData::CallClosure { .. } => {
                let mut stack: SmallVec<[Value; 4]> = SmallVec::new();
                data.for_each_value(|v| {
                    let v = self.func.resolve(v);
                    if may_point_to_stack(self.func, self.plan, v) {
                        stack.push(v);
                    }
                });
                if stack.len() > 1 {
                    stack.into_iter().for_each(|v| self.lose(v));
                }
            }
            _ => {}
        }
    }
}

fn merge(into: &mut Targets, from: &[u32]) {
    for &n in from {
        if let Err(at) = into.binary_search(&n) {
            into.insert(at, n);
        }
    }
}
