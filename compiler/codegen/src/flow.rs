//! Which parameters and results of which functions may point into a stack: over the whole program.
//!
//! In: the module. Out: [`Flow`]. Stack addresses begin at allocs that escape analysis placed on the stack and travel
//! through arguments and results; most pointers of a Go program never come from there, and then need no reload after a
//! call (`safepoint`). Functions whose address is taken are called from places we do not see: all their parameters may
//! point into a stack. Optimistic: repeated until no function learns anything new.

use crate::cfg::Cfg;
use crate::safepoint::{self, Plan};
use cranelift_entity::SecondaryMap;
use ir::{FuncId, InstData, Module, Target, Type};
use rayon::prelude::*;
use smallvec::SmallVec;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Signature {
    /// Bit per parameter and result: may point into a stack.
    params: SmallVec<[bool; 8]>,
    results: SmallVec<[bool; 4]>,
}

pub struct Flow {
    funcs: SecondaryMap<FuncId, Signature>,
    /// Called from places that are not direct calls.
    pub address_taken: SecondaryMap<FuncId, bool>,
}

impl Flow {
    /// Knows nothing: everything may point into a stack.
    pub fn param(&self, func: FuncId, n: usize) -> bool {
        self.funcs[func].params.get(n).copied().unwrap_or(true)
    }
    pub fn result(&self, func: FuncId, n: usize) -> bool {
        self.funcs[func].results.get(n).copied().unwrap_or(true)
    }
}

/// What one function tells: classes of its results and of the arguments of its direct calls.
struct Told {
    results: SmallVec<[bool; 4]>,
    calls: Vec<(FuncId, SmallVec<[bool; 8]>)>,
}

pub fn analyse(module: &Module) -> Flow {
    let mut flow = Flow { funcs: SecondaryMap::new(), address_taken: address_taken(module) };
    let ids: Vec<FuncId> = module.funcs.iter().filter(|(_, f)| f.body.is_some()).map(|(id, _)| id).collect();
    for &id in &ids {
        let sig = &module.sigs[module.funcs[id].sig];
        let taken = flow.address_taken[id];
        flow.funcs[id] =
            Signature { params: sig.params.iter().map(|&t| t == Type::Ptr && taken).collect(), results: sig.results.iter().map(|_| false).collect() };
    }
    let cfgs: Vec<Cfg> = ids.par_iter().map(|&id| Cfg::new(module.funcs[id].body.as_ref().expect("defined"))).collect();
    let callers = callers(module, &ids);
    let mut dirty: Vec<bool> = vec![true; ids.len()];
    let mut position: SecondaryMap<FuncId, u32> = SecondaryMap::with_default(u32::MAX);
    for (i, &id) in ids.iter().enumerate() {
        position[id] = i as u32;
    }
    while dirty.contains(&true) {
        let round: Vec<usize> = (0..ids.len()).filter(|&i| dirty[i]).collect();
        let told: Vec<Told> = round.par_iter().map(|&i| tell(module, &flow, ids[i], &cfgs[i])).collect();
        dirty.fill(false);
        for (&i, told) in round.iter().zip(told) {
            if merge(&mut flow.funcs[ids[i]].results, &told.results) {
                for &caller in &callers[ids[i]] {
                    dirty[position[caller] as usize] = true;
                }
            }
            for (callee, args) in told.calls {
                if position[callee] != u32::MAX && merge(&mut flow.funcs[callee].params, &args) {
                    dirty[position[callee] as usize] = true;
                }
            }
        }
    }
    flow
}

fn merge<const N: usize>(into: &mut SmallVec<[bool; N]>, from: &[bool]) -> bool
where
    [bool; N]: smallvec::Array<Item = bool>,
{
    let mut changed = false;
    for (a, &b) in into.iter_mut().zip(from) {
        changed |= b && !*a;
        *a |= b;
    }
    changed
}

fn address_taken(module: &Module) -> SecondaryMap<FuncId, bool> {
    let mut taken = SecondaryMap::new();
    for name in abi::tables::MODULE_FUNCS {
        if let Some(id) = module.find(name) {
            taken[id] = true;
        }
    }
    for global in module.globals.values() {
        for reloc in &global.relocs {
            if let Target::Func(id) = reloc.target {
                taken[id] = true;
            }
        }
    }
    for func in module.funcs.values().filter_map(|f| f.body.as_ref()) {
        for data in func.insts.values() {
            if let InstData::FuncAddr { func } = data {
                taken[*func] = true;
            }
        }
    }
    taken
}

fn callers(module: &Module, ids: &[FuncId]) -> SecondaryMap<FuncId, Vec<FuncId>> {
    let mut callers: SecondaryMap<FuncId, Vec<FuncId>> = SecondaryMap::new();
    for &id in ids {
        for data in module.funcs[id].body.as_ref().expect("defined").insts.values() {
            if let InstData::Call { func, .. } | InstData::TailCall { func, .. } = data
                && callers[*func].last() != Some(&id)
            {
                callers[*func].push(id);
            }
        }
    }
    callers
}

fn tell(module: &Module, flow: &Flow, id: FuncId, cfg: &Cfg) -> Told {
    let func = module.funcs[id].body.as_ref().expect("defined");
    let mut plan = Plan::default();
    safepoint::classify(module, flow, id, func, cfg, &mut plan);
    let maybe = |v: ir::Value| safepoint::may_point_to_stack(func, &plan, func.resolve(v));
    let mut told = Told { results: module.sigs[func.sig].results.iter().map(|_| false).collect(), calls: Vec::new() };
    for &block in &cfg.rpo {
        for &inst in &func.blocks[block].insts {
            match &func.insts[inst] {
                InstData::Call { func: callee, args } => told.calls.push((*callee, args.iter().map(|&a| maybe(a)).collect())),
                InstData::TailCall { func: callee, args } => {
                    told.calls.push((*callee, args.iter().map(|&a| maybe(a)).collect()));
                    let results: SmallVec<[bool; 4]> = (0..told.results.len()).map(|n| flow.result(*callee, n)).collect();
                    merge(&mut told.results, &results);
                }
                InstData::Return { args } => {
                    let results: SmallVec<[bool; 4]> = args.iter().map(|&a| maybe(a)).collect();
                    merge(&mut told.results, &results);
                }
                _ => {}
            }
        }
    }
    told
}
