//! Calls of small functions are replaced by their bodies, bottom-up over the call graph.
//!
//! Not inlined: functions with defer or recover (they need their own frame), `//go:noinline`, what does not
//! return, what is larger than the budget, calls to a function of the same cycle that is not finished yet.
//! Locations of the copied instructions carry an `InlineCall`, so that tracebacks show the callee's frame.

use crate::escape::bottom_up;
use cranelift_entity::SecondaryMap;
use ir::{Block, BlockCall, FuncId, Function, InlineCall, InlineId, Inst, InstData, Loc, LocId, Module, Value, ValueData, ValueDef};
use rustc_hash::FxHashMap;

/// Instructions a callee may have. gc's budget of 80 syntax nodes is about this many of ours.
const MAX_CALLEE: usize = 40;
/// A caller stops growing here.
const MAX_CALLER: usize = 4000;
/// A callback to an inlined function needs two; more are rare.
const ROUNDS: usize = 3;

pub fn run(module: &mut Module) {
    let order = bottom_up(module);
    let mut done: SecondaryMap<FuncId, bool> = SecondaryMap::new();
    for id in order {
        let Some(mut func) = module.funcs[id].body.take() else { continue };
        // What was inlined may make func values and know its callees: those are direct calls then, to be inlined in turn.
        for _ in 0..ROUNDS {
            crate::devirt::run(&mut func, module);
            if !inline_calls(&mut func, module, &done) {
                break;
            }
            crate::simplify::run_with_promotion(&mut func, module);
            crate::loads::run(&mut func, module);
        }
        module.funcs[id].body = Some(func);
        done[id] = true;
    }
}

fn size(func: &Function) -> usize {
    func.layout.iter().map(|&b| func.blocks[b].insts.len()).sum()
}

fn may_inline(id: FuncId, func: &Function) -> bool {
    if func.flags.no_inline || func.flags.has_recover || func.flags.no_return || size(func) > MAX_CALLEE {
        return false;
    }
    let mut calls = 0;
    for &block in &func.layout {
        for &inst in &func.blocks[block].insts {
            match func.insts[inst] {
                InstData::Enter { .. } | InstData::FramePointer | InstData::TailCall { .. } => return false,
                // A recursive function would be unrolled a bit, which gains nothing.
                InstData::Call { func: callee, .. } if callee == id => return false,
                InstData::Call { .. } | InstData::CallPtr { .. } | InstData::CallClosure { .. } => calls += 1,
                _ => {}
            }
        }
    }
    calls <= 3
}

fn inline_calls(func: &mut Function, module: &mut Module, done: &SecondaryMap<FuncId, bool>) -> bool {
    let mut any = false;
    let mut grown = size(func);
    let mut at = 0;
    while at < func.layout.len() {
        let block = func.layout[at];
        at += 1;
        if func.blocks[block].cold {
            continue;
        }
        let found = func.blocks[block].insts.iter().position(|&inst| match func.insts[inst] {
            InstData::Call { func: callee, .. } => done[callee] && module.funcs[callee].body.as_ref().is_some_and(|body| may_inline(callee, body)),
            _ => false,
        });
        let Some(n) = found else { continue };
        if grown > MAX_CALLER {
            break;
        }
        // Calls in the copy were weighed when the callee was done: the walk goes on behind it.
        let inst = func.blocks[block].insts[n];
        let InstData::Call { func: callee, args } = func.insts[inst].clone() else { unreachable!("found above") };
        let body = module.funcs[callee].body.take().expect("found above");
        grown += size(&body);
        at += body.layout.len();
        copy_in(func, module, block, n, inst, &args, &body);
        module.funcs[callee].body = Some(body);
        any = true;
    }
    if any {
        func.resolve_aliases();
    }
    any
}

/// Splits the block at the call and puts a copy of the callee's blocks between the halves.
fn copy_in(func: &mut Function, module: &mut Module, block: Block, n: usize, call: Inst, args: &[Value], body: &Function) {
    let call_loc = func.locs[call].unwrap_or(func.loc);
    let body_loc = module.locs[body.loc].clone();
    let inline = module.inlines.push(InlineCall {
        func: body.name.clone(),
        func_file: body_loc.file,
        func_line: body_loc.line,
        call: call_loc,
        wrapper: body.flags.wrapper,
    });
    let mut locs = LocMap { inline, known: FxHashMap::default(), inlines: FxHashMap::default() };

    let rest = func.blocks.push(Default::default());
    let mut tail = func.blocks[block].insts.split_off(n);
    tail.remove(0);
    func.blocks[rest].insts = tail;
    for result in func.results[call].clone() {
        let param = func.add_param(rest, func.ty(result));
        func.alias(result, param);
    }

    let mut blocks: FxHashMap<Block, Block> = FxHashMap::default();
    let mut values: FxHashMap<Value, Value> = FxHashMap::default();
    let mut new_blocks = Vec::new();
    for &old in &body.layout {
        let new = func.blocks.push(Default::default());
        func.blocks[new].cold = body.blocks[old].cold;
        blocks.insert(old, new);
        new_blocks.push(new);
    }
    for (&old, &new) in body.layout.iter().zip(&new_blocks) {
        if old == body.entry() {
            for (&param, &arg) in body.blocks[old].params.iter().zip(args) {
                values.insert(param, arg);
            }
        } else {
            for &param in &body.blocks[old].params {
                let value = func.add_param(new, body.ty(param));
                values.insert(param, value);
            }
        }
        for &inst in &body.blocks[old].insts {
            for (i, &result) in body.results[inst].iter().enumerate() {
                // The defining instruction is known below; the number is what matters here.
                let value = func.values.push(ValueData { ty: body.ty(result), def: ValueDef::Result(call, i as u32) });
                values.insert(result, value);
            }
        }
    }
    for (&old, &new) in body.layout.iter().zip(&new_blocks) {
        for &inst in &body.blocks[old].insts {
            let mut data = body.insts[inst].clone();
            data.map_values(|v| values[&body.resolve(v)]);
            data.map_successors(|b, _| *b = blocks[b]);
            if let InstData::Return { args } = data {
                data = InstData::Jump { dest: BlockCall { block: rest, args } };
            }
            let copy = func.insts.push(data);
            func.locs[copy] = body.locs[inst].map(|loc| locs.map(module, loc));
            for (i, &result) in body.results[inst].iter().enumerate() {
                let value = values[&result];
                func.values[value].def = ValueDef::Result(copy, i as u32);
                func.results[copy].push(value);
            }
            func.blocks[new].insts.push(copy);
        }
    }
    let entry = new_blocks[0];
    let jump = func.insts.push(Function::jump_to(entry, []));
    func.locs[jump] = Some(call_loc);
    func.blocks[block].insts.push(jump);
    let at = func.layout.iter().position(|&b| b == block).expect("in the layout") + 1;
    func.layout.splice(at..at, new_blocks.into_iter().chain([rest]));
}

/// Locations of a callee, as seen from the call.
struct LocMap {
    inline: InlineId,
    known: FxHashMap<LocId, LocId>,
    inlines: FxHashMap<InlineId, InlineId>,
}

impl LocMap {
    fn map(&mut self, module: &mut Module, loc: LocId) -> LocId {
        if let Some(&known) = self.known.get(&loc) {
            return known;
        }
        let Loc { file, line, column, inlined } = module.locs[loc].clone();
        let inlined = match inlined {
            None => self.inline,
            Some(nested) => match self.inlines.get(&nested) {
                Some(&known) => known,
                None => {
                    let mut call = module.inlines[nested].clone();
                    call.call = self.map(module, call.call);
                    let new = module.inlines.push(call);
                    self.inlines.insert(nested, new);
                    new
                }
            },
        };
        let new = module.loc(Loc { file, line, column, inlined: Some(inlined) });
        self.known.insert(loc, new);
        new
    }
}
