//! Which pointers live across which safepoints, and in which frame slots (DESIGN D7).
//!
//! In: an IR function and its [`Cfg`]. Out: a [`Plan`]: the class of every value, a spill slot for every pointer that is
//! live across a safepoint, the slots that each safepoint's map names, and where a value's register is stale because
//! the stack may have moved. `build` follows the plan; nothing here knows CLIF.
//!
//! Holds: a slot named by a safepoint's map was stored on every path to it. Two values share a slot only if one is
//! dead wherever the other is defined.
//!
//! When to store: a value that may point into the stack right after its definition, since every later use may read the
//! slot. Another is stored just before the safepoints that not every path to them has stored it for, so that a path
//! without calls stores nothing; unless the safepoint is in a loop that the definition is outside of. Polls store in
//! their cold block.

use crate::bitset::SparseSet;
use crate::cfg::Cfg;
use crate::flow::Flow;
use cranelift_entity::SecondaryMap;
use ir::{ConvertOp, FuncId, Function, Inst, InstData, Module, Place, Type, Value, ValueDef};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// What a value is for the safepoint machinery.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Class {
    /// No pointer.
    #[default]
    Scalar,
    /// Computed anew at every use: constants, static addresses, G, the frame's own address, addresses of stack slots.
    Remat,
    /// Points into the heap or static data, never into a stack: its register stays valid, the slot is only a root.
    Heap,
    /// May point into the stack: reloaded after every safepoint.
    MaybeStack,
}

#[derive(Default)]
pub struct Plan {
    pub class: SecondaryMap<Value, Class>,
    /// The memory behind a stack alloc's address: the alloc and a constant offset.
    pub stack_addr: FxHashMap<Value, (Inst, i64)>,
    /// Spill slot of a value, if it lives across a safepoint.
    pub slot: SecondaryMap<Value, Option<u32>>,
    pub n_slots: u32,
    /// Stored right after the definition (else only in the cold blocks of polls and of the entry check).
    pub store_at_def: SecondaryMap<Value, bool>,
    /// Stored just before this safepoint.
    pub store_before: FxHashMap<Inst, SmallVec<[Value; 4]>>,
    /// For each safepoint: the values that live across it.
    pub across: FxHashMap<Inst, SmallVec<[Value; 8]>>,
    /// Pointer parameters that the body uses: saved around the entry check.
    pub entry_params: Vec<Value>,
    /// Slots of `entry_params`, at the entry check only.
    pub entry_slots: Vec<u32>,
    /// Values whose register may be stale at the start of a block.
    pub stale_in: SecondaryMap<ir::Block, SmallVec<[Value; 8]>>,
    pub has_safepoint: bool,
    /// Which allocs' slots each safepoint's map names.
    pub slots: crate::slots::Slots,
}

/// Runtime entries whose pointer result is always heap memory or static.
fn returns_heap(symbol: &str) -> bool {
    symbol.starts_with("gorc_mapaccess")
        || symbol.starts_with("gorc_mapassign")
        || symbol.starts_with("gorc_make")
        || matches!(
            symbol,
            "gorc_newobject"
                | "gorc_newarray"
                | "gorc_growslice"
                | "gorc_assertE2I"
                | "gorc_assertE2I2"
                | "gorc_intstring"
                | "gorc_slicerunetostring"
                | "gorc_slicebytetostring"
                | "gorc_stringtoslicebyte"
        )
}

/// Does this instruction become a call after which the stack may have moved? `Enter` calls an empty function without a check.
pub fn is_safepoint(data: &InstData, soft_fma: bool) -> bool {
    match data {
        InstData::Enter { .. } => false,
        InstData::Fma { .. } => soft_fma,
        _ => data.is_safepoint(),
    }
}

pub fn plan(module: &Module, flow: &Flow, id: FuncId, func: &Function, cfg: &Cfg, soft_fma: bool) -> Plan {
    let mut plan = Plan::default();
    classify(module, flow, id, func, cfg, &mut plan);
    let live = Liveness::new(func, cfg, &plan);
    live.find_across(func, cfg, soft_fma, &mut plan);
    live.assign_slots(func, cfg, &mut plan);
    live.find_stale(func, cfg, soft_fma, &mut plan);
    live.find_stores(func, cfg, &mut plan);
    plan.slots = crate::slots::find(module, func, cfg, &plan, soft_fma);
    plan
}

/// May this value (behind aliases) be an address in a stack?
pub fn may_point_to_stack(func: &Function, plan: &Plan, value: Value) -> bool {
    plan.class[value] == Class::MaybeStack || plan.stack_addr.contains_key(&value) || points_to_frame(func, value)
}

/// Optimistic: block parameters start as `Heap` and fall to `MaybeStack` when an argument is.
pub fn classify(module: &Module, flow: &Flow, id: FuncId, func: &Function, cfg: &Cfg, plan: &mut Plan) {
    let entry = func.entry();
    for &block in &cfg.rpo {
        for (n, &param) in func.blocks[block].params.iter().enumerate() {
            if func.ty(param) == Type::Ptr {
                plan.class[param] = if block == entry && flow.param(id, n) { Class::MaybeStack } else { Class::Heap };
            }
        }
    }
    let mut changed = true;
    while changed {
        changed = false;
        for &block in &cfg.rpo {
            for &inst in &func.blocks[block].insts {
                let data = &func.insts[inst];
                for (n, &result) in func.results[inst].iter().enumerate() {
                    let class = result_class(module, flow, func, plan, inst, data, n, result);
                    if plan.class[result] != class {
                        plan.class[result] = class;
                        changed = true;
                    }
                }
                data.for_each_successor(|succ, args| {
                    for (&param, &arg) in func.blocks[succ].params.iter().zip(args) {
                        let arg = func.resolve(arg);
                        if func.ty(param) == Type::Ptr && plan.class[param] == Class::Heap && may_point_to_stack(func, plan, arg) {
                            plan.class[param] = Class::MaybeStack;
                            changed = true;
                        }
                    }
                });
            }
        }
    }
}

fn points_to_frame(func: &Function, value: Value) -> bool {
    matches!(func.values[value].def, ValueDef::Result(inst, _) if matches!(func.insts[inst], InstData::FramePointer))
}

fn is_g(func: &Function, value: Value) -> bool {
    match func.values[value].def {
        ValueDef::Result(inst, _) => match func.insts[inst] {
            InstData::GetG => true,
            InstData::PtrOffset { arg, .. } => is_g(func, func.resolve(arg)),
            _ => false,
        },
        _ => false,
    }
}

#[allow(clippy::too_many_arguments)] // one call, all of it context
fn result_class(module: &Module, flow: &Flow, func: &Function, plan: &mut Plan, inst: Inst, data: &InstData, n: usize, result: Value) -> Class {
    use InstData::*;
    // Constants of any type are made where they are used: the landing region must not see a register of the entry.
    if matches!(data, Iconst { .. } | Fconst { .. } | Null | FuncAddr { .. } | GlobalAddr { .. } | FramePointer | GetG) {
        return Class::Remat;
    }
    if func.ty(result) != Type::Ptr {
        return Class::Scalar;
    }
    // Never into a stack?
    let heap = |plan: &Plan, v: Value| {
        let v = func.resolve(v);
        match plan.class[v] {
            Class::Heap => true,
            Class::Remat => !plan.stack_addr.contains_key(&v) && !points_to_frame(func, v),
            _ => false,
        }
    };
    let or_maybe = |heap: bool| if heap { Class::Heap } else { Class::MaybeStack };
    match data {
        Alloc { layout, place, .. } => {
            if module.layouts[*layout].size == 0 {
                return Class::Remat;
            }
            if *place == Place::Stack {
                plan.stack_addr.insert(result, (inst, 0));
                return Class::Remat;
            }
            Class::Heap
        }
        PtrOffset { arg, offset } => {
            let arg = func.resolve(*arg);
            if let Some(&(alloc, base)) = plan.stack_addr.get(&arg) {
                plan.stack_addr.insert(result, (alloc, base + offset));
                return Class::Remat;
            }
            if is_g(func, arg) {
                return Class::Remat;
            }
            or_maybe(heap(plan, arg))
        }
        PtrAdd { args } => or_maybe(heap(plan, args[0])),
        Select { args } => or_maybe(heap(plan, args[1]) && heap(plan, args[2])),
        // The heap never points into a stack; a G does.
        Load { addr, .. } | AtomicLoad { addr, .. } => or_maybe(heap(plan, *addr) && !is_g(func, func.resolve(*addr))),
        AtomicRmw { addr, .. } => or_maybe(heap(plan, *addr) && !is_g(func, func.resolve(*addr))),
        Call { func: callee, .. } => or_maybe(!flow.result(*callee, n)),
        Convert { op: ConvertOp::IntToPtr, .. } => Class::MaybeStack,
        CallRt { entry, .. } => or_maybe(n == 0 && returns_heap(abi::rt::ENTRIES[*entry as usize].symbol)),
        _ => Class::MaybeStack,
    }
}

/// Pointers kept by values that live in registers: those of the classes `Heap` and `MaybeStack`.
struct Liveness {
    tracked: Vec<Value>,
    /// The block of the definition.
    home: SecondaryMap<Value, ir::Block>,
    index: SecondaryMap<Value, u32>,
    live_in: SecondaryMap<ir::Block, SparseSet>,
    live_out: SecondaryMap<ir::Block, SparseSet>,
}

const UNTRACKED: u32 = u32::MAX;

impl Liveness {
    fn new(func: &Function, cfg: &Cfg, plan: &Plan) -> Liveness {
        let mut live = Liveness {
            tracked: Vec::new(),
            home: SecondaryMap::with_default(func.entry()),
            index: SecondaryMap::with_default(UNTRACKED),
            live_in: SecondaryMap::new(),
            live_out: SecondaryMap::new(),
        };
        for &block in &cfg.rpo {
            let params = func.blocks[block].params.iter();
            let results = func.blocks[block].insts.iter().flat_map(|&i| func.results[i].iter());
            for &value in params.chain(results) {
                if func.ty(value) == Type::Ptr && matches!(plan.class[value], Class::Heap | Class::MaybeStack) {
                    live.index[value] = live.tracked.len() as u32;
                    live.tracked.push(value);
                    live.home[value] = block;
                }
            }
        }
        for &block in &cfg.rpo {
            live.live_in[block] = SparseSet::default();
            live.live_out[block] = SparseSet::default();
        }
        let mut changed = true;
        while changed {
            changed = false;
            for &block in cfg.rpo.iter().rev() {
                let mut set = live.live_out[block].clone();
                for succ in func.successors(block) {
                    set.union(&live.live_in[succ]);
                }
                live.live_out[block] = set.clone();
                for &inst in func.blocks[block].insts.iter().rev() {
                    live.step_back(func, inst, &mut set);
                }
                for &param in &func.blocks[block].params {
                    live.remove(&mut set, param);
                }
                if set != live.live_in[block] {
                    live.live_in[block] = set;
                    changed = true;
                }
            }
        }
        live
    }

    fn remove(&self, set: &mut SparseSet, value: Value) {
        if self.index[value] != UNTRACKED {
            set.remove(self.index[value]);
        }
    }

    fn step_back(&self, func: &Function, inst: Inst, set: &mut SparseSet) {
        for &result in &func.results[inst] {
            self.remove(set, result);
        }
        func.insts[inst].for_each_value(|v| {
            let i = self.index[func.resolve(v)];
            if i != UNTRACKED {
                set.insert(i);
            }
        });
    }

    fn find_across(&self, func: &Function, cfg: &Cfg, soft_fma: bool, plan: &mut Plan) {
        for &block in &cfg.rpo {
            let mut set = self.live_out[block].clone();
            for &inst in func.blocks[block].insts.iter().rev() {
                let data = &func.insts[inst];
                for &result in &func.results[inst] {
                    self.remove(&mut set, result);
                }
                if is_safepoint(data, soft_fma) {
                    plan.has_safepoint = true;
                    let mut across = set.clone();
                    // Rust code has no maps: while it runs, its pointer arguments are kept alive by the caller's.
                    if let InstData::CallRt { args, .. } = data {
                        for &arg in args {
                            let i = self.index[func.resolve(arg)];
                            if i != UNTRACKED {
                                across.insert(i);
                            }
                        }
                    }
                    let values: SmallVec<[Value; 8]> = across.iter().map(|i| self.tracked[i as usize]).collect();
                    for &value in &values {
                        let in_inner_loop = || {
                            let innermost = cfg.innermost[block].map(|n| &cfg.loops[n as usize]);
                            innermost.is_some_and(|l| !l.body.contains(self.home[value].as_u32()))
                        };
                        if plan.class[value] == Class::MaybeStack || !matches!(data, InstData::Poll) && in_inner_loop() {
                            plan.store_at_def[value] = true;
                        }
                    }
                    plan.across.insert(inst, values);
                }
                self.step_back(func, inst, &mut set);
            }
        }
        let entry = func.entry();
        // Live into the body: used somewhere below, before being a parameter of a loop to the entry.
        let mut set = self.live_out[entry].clone();
        for &inst in func.blocks[entry].insts.iter().rev() {
            self.step_back(func, inst, &mut set);
        }
        for &param in &func.blocks[entry].params {
            if self.index[param] != UNTRACKED && set.contains(self.index[param]) {
                plan.entry_params.push(param);
            }
        }
    }

    /// Greedy colouring of the interference graph: definitions in dominance order, each takes the lowest slot that no
    /// live value has. On SSA this is optimal for the order.
    fn assign_slots(&self, func: &Function, cfg: &Cfg, plan: &mut Plan) {
        let mut spilled = SparseSet::default();
        for across in plan.across.values() {
            for &value in across {
                spilled.insert(self.index[value]);
            }
        }
        plan.entry_slots = (0..plan.entry_params.len() as u32).collect();
        plan.n_slots = plan.entry_slots.len() as u32;
        for &block in &cfg.rpo {
            let mut used = vec![false; plan.n_slots as usize];
            for i in self.live_in[block].iter() {
                if let Some(slot) = plan.slot[self.tracked[i as usize]] {
                    used[slot as usize] = true;
                }
            }
            // Last uses, found backwards.
            let insts = &func.blocks[block].insts;
            let mut dying: Vec<SmallVec<[u32; 2]>> = vec![SmallVec::new(); insts.len()];
            let mut set = self.live_out[block].clone();
            for (n, &inst) in insts.iter().enumerate().rev() {
                for &result in &func.results[inst] {
                    self.remove(&mut set, result);
                }
                func.insts[inst].for_each_value(|v| {
                    let i = self.index[func.resolve(v)];
                    if i != UNTRACKED && !set.contains(i) {
                        set.insert(i);
                        dying[n].push(i);
                    }
                });
            }
            let define = |plan: &mut Plan, used: &mut Vec<bool>, value: Value| {
                let i = self.index[value];
                if i == UNTRACKED || !spilled.contains(i) {
                    return;
                }
                let slot = used.iter().position(|u| !u).unwrap_or(used.len());
                if slot == used.len() {
                    used.push(false);
                }
                used[slot] = true;
                plan.n_slots = plan.n_slots.max(used.len() as u32);
                plan.slot[value] = Some(slot as u32);
            };
            if block == func.entry() {
                // A parameter keeps the slot of the entry check, so that the check's store need not be repeated elsewhere.
                for (n, &param) in plan.entry_params.clone().iter().enumerate() {
                    if spilled.contains(self.index[param]) {
                        plan.slot[param] = Some(n as u32);
                        used[n] = true;
                    }
                }
            } else {
                for &param in &func.blocks[block].params {
                    define(plan, &mut used, param);
                }
            }
            for (n, &inst) in insts.iter().enumerate() {
                for &i in &dying[n] {
                    if let Some(slot) = plan.slot[self.tracked[i as usize]] {
                        used[slot as usize] = false;
                    }
                }
                for &result in &func.results[inst] {
                    define(plan, &mut used, result);
                }
            }
        }
    }

    /// Forward: a register is stale if some path from the definition passed a safepoint.
    fn find_stale(&self, func: &Function, cfg: &Cfg, soft_fma: bool, plan: &mut Plan) {
        let mut stale_in: SecondaryMap<ir::Block, SparseSet> = SecondaryMap::new();
        for &block in &cfg.rpo {
            stale_in[block] = SparseSet::default();
        }
        let mut changed = true;
        while changed {
            changed = false;
            for &block in &cfg.rpo {
                // Of what does not live nobody asks.
                let mut set = stale_in[block].clone();
                set.intersect(&self.live_in[block]);
                for &param in &func.blocks[block].params {
                    self.remove(&mut set, param);
                }
                for &inst in &func.blocks[block].insts {
                    if is_safepoint(&func.insts[inst], soft_fma) {
                        for &value in &plan.across[&inst] {
                            if plan.class[value] == Class::MaybeStack {
                                set.insert(self.index[value]);
                            }
                        }
                    }
                    for &result in &func.results[inst] {
                        self.remove(&mut set, result);
                    }
                }
                set.intersect(&self.live_out[block]);
                for succ in func.successors(block) {
                    changed |= stale_in[succ].union(&set);
                }
            }
        }
        for &block in &cfg.rpo {
            stale_in[block].intersect(&self.live_in[block]);
            plan.stale_in[block] = stale_in[block].iter().map(|i| self.tracked[i as usize]).collect();
        }
    }

    /// Forward: which values are in their slot on every path; the others are stored before the safepoint.
    fn find_stores(&self, func: &Function, cfg: &Cfg, plan: &mut Plan) {
        let lazy = |plan: &Plan, v: Value| plan.class[v] == Class::Heap && !plan.store_at_def[v];
        let mut stored_out: SecondaryMap<ir::Block, Option<SparseSet>> = SecondaryMap::new();
        let mut before: FxHashMap<Inst, SmallVec<[Value; 4]>> = FxHashMap::default();
        let mut changed = true;
        while changed {
            changed = false;
            before.clear();
            for &block in &cfg.rpo {
                let mut set: Option<SparseSet> = None;
                if block != func.entry() {
                    // A predecessor that is not known yet is a back edge: optimistic.
                    for out in cfg.preds[block].iter().filter_map(|&p| stored_out[p].as_ref()) {
                        match &mut set {
                            None => set = Some(out.clone()),
                            Some(set) => set.intersect(out),
                        }
                    }
                }
                let mut set = set.unwrap_or_default();
                set.intersect(&self.live_in[block]);
                for &param in &func.blocks[block].params {
                    self.remove(&mut set, param);
                }
                for &inst in &func.blocks[block].insts {
                    if let Some(across) = plan.across.get(&inst).filter(|_| !matches!(func.insts[inst], InstData::Poll)) {
                        for &value in across.iter().filter(|&&v| lazy(plan, v)) {
                            if !set.contains(self.index[value]) {
                                set.insert(self.index[value]);
                                before.entry(inst).or_default().push(value);
                            }
                        }
                    }
                    for &result in &func.results[inst] {
                        self.remove(&mut set, result);
                    }
                }
                set.intersect(&self.live_out[block]);
                if stored_out[block].as_ref() != Some(&set) {
                    stored_out[block] = Some(set);
                    changed = true;
                }
            }
        }
        plan.store_before = before;
    }
}
