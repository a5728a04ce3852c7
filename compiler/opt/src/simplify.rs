//! Local clean-up: constants folded where they decide a branch or a check, block parameters with one
//! possible value replaced, unreachable blocks and unused pure instructions dropped, blocks merged with
//! their only predecessor. Cranelift folds ordinary arithmetic; here is only what other passes of ours see.

use cranelift_entity::SecondaryMap;
use ir::{BinaryOp, Block, BlockCall, Cfg, ConvertOp, Function, Inst, InstData, IntCC, Module, Place, Type, Value, ValueDef};
use smallvec::SmallVec;

/// With promotion, until nothing is promoted any more: the address of a variable may be held by a closure that is promoted first.
pub fn run_with_promotion(func: &mut Function, module: &Module) {
    run(func, module);
    for _ in 0..4 {
        if !crate::promote::run(func, module) {
            break;
        }
        run(func, module);
    }
}

/// Returns whether anything changed.
pub fn run(func: &mut Function, module: &Module) -> bool {
    let mut any = false;
    for _ in 0..4 {
        let mut changed = fold(func, module);
        changed |= remove_unreachable(func);
        changed |= trivial_params(func);
        changed |= merge_blocks(func);
        changed |= remove_dead(func);
        any |= changed;
        if !changed {
            break;
        }
    }
    any
}

pub(crate) fn as_const(func: &Function, value: Value) -> Option<i64> {
    match func.values[func.resolve(value)].def {
        ValueDef::Result(inst, _) => match func.insts[inst] {
            InstData::Iconst { ty, imm } => Some(wrap(ty, imm)),
            _ => None,
        },
        _ => None,
    }
}

fn is_null(func: &Function, value: Value) -> bool {
    matches!(func.values[func.resolve(value)].def, ValueDef::Result(inst, _) if matches!(func.insts[inst], InstData::Null))
}

/// An address that cannot be nil: allocs, globals, functions, and constant offsets of these.
pub(crate) fn never_nil(func: &Function, value: Value) -> bool {
    match func.values[func.resolve(value)].def {
        ValueDef::Result(inst, _) => match func.insts[inst] {
            InstData::Alloc { place, .. } => place != Place::Optional,
            InstData::GlobalAddr { .. } | InstData::FuncAddr { .. } | InstData::GetG => true,
            InstData::PtrOffset { arg, .. } => never_nil(func, arg),
            _ => false,
        },
        _ => false,
    }
}

/// Wraps to the width of the type, sign-extended.
fn wrap(ty: Type, n: i64) -> i64 {
    match ty {
        Type::I8 => n as i8 as i64,
        Type::I16 => n as i16 as i64,
        Type::I32 => n as i32 as i64,
        _ => n,
    }
}

fn unsigned(ty: Type, n: i64) -> u64 {
    match ty {
        Type::I8 => n as u8 as u64,
        Type::I16 => n as u16 as u64,
        Type::I32 => n as u32 as u64,
        _ => n as u64,
    }
}

fn compare(ty: Type, cc: IntCC, a: i64, b: i64) -> bool {
    let (ua, ub) = (unsigned(ty, a), unsigned(ty, b));
    match cc {
        IntCC::Eq => a == b,
        IntCC::Ne => a != b,
        IntCC::Slt => a < b,
        IntCC::Sle => a <= b,
        IntCC::Sgt => a > b,
        IntCC::Sge => a >= b,
        IntCC::Ult => ua < ub,
        IntCC::Ule => ua <= ub,
        IntCC::Ugt => ua > ub,
        IntCC::Uge => ua >= ub,
    }
}

/// What an instruction computes, if it is now known.
fn evaluate(func: &Function, inst: Inst) -> Option<Folded> {
    let result_ty = func.results[inst].first().map(|&v| func.ty(v));
    match &func.insts[inst] {
        InstData::Binary { op, args } => {
            let ty = result_ty?;
            let (a, b) = (as_const(func, args[0]), as_const(func, args[1]));
            match (op, a, b) {
                (BinaryOp::Add | BinaryOp::Sub | BinaryOp::Or | BinaryOp::Xor, _, Some(0)) => Some(Folded::Value(args[0])),
                (BinaryOp::Shl | BinaryOp::LShr | BinaryOp::AShr, _, Some(0)) => Some(Folded::Value(args[0])),
                (BinaryOp::Add | BinaryOp::Or | BinaryOp::Xor, Some(0), _) => Some(Folded::Value(args[1])),
                (BinaryOp::Mul, _, Some(1)) => Some(Folded::Value(args[0])),
                (_, Some(a), Some(b)) => {
                    let n = match op {
                        BinaryOp::Add => a.wrapping_add(b),
                        BinaryOp::Sub => a.wrapping_sub(b),
                        BinaryOp::Mul => a.wrapping_mul(b),
                        BinaryOp::And => a & b,
                        BinaryOp::Or => a | b,
                        BinaryOp::Xor => a ^ b,
                        BinaryOp::AndNot => a & !b,
                        _ => return None,
                    };
                    Some(Folded::Const(ty, wrap(ty, n)))
                }
                _ => None,
            }
        }
        InstData::Icmp { cc, args } => {
            let ty = func.ty(args[0]);
            if ty == Type::Ptr {
                let nil = |i: usize| is_null(func, args[i]);
                let set = |i: usize| never_nil(func, args[i]);
                let equal = if nil(0) && nil(1) {
                    true
                } else if nil(0) && set(1) || nil(1) && set(0) {
                    false
                } else {
                    return None;
                };
                return match cc {
                    IntCC::Eq => Some(Folded::Const(Type::I8, equal as i64)),
                    IntCC::Ne => Some(Folded::Const(Type::I8, !equal as i64)),
                    _ => None,
                };
            }
            if let (Some(a), Some(b)) = (as_const(func, args[0]), as_const(func, args[1])) {
                return Some(Folded::Const(Type::I8, compare(ty, *cc, a, b) as i64));
            }
            // (x ≠ 0) of a comparison is the comparison, (x = 0) its negation is left to Cranelift.
            if *cc == IntCC::Ne && as_const(func, args[1]) == Some(0) && ty == Type::I8 && is_bool(func, args[0]) {
                return Some(Folded::Value(args[0]));
            }
            None
        }
        InstData::Convert { op, ty, arg } => {
            let n = as_const(func, *arg)?;
            match op {
                ConvertOp::Trunc => Some(Folded::Const(*ty, wrap(*ty, n))),
                ConvertOp::SExt => Some(Folded::Const(*ty, n)),
                ConvertOp::ZExt => Some(Folded::Const(*ty, unsigned(func.ty(*arg), n) as i64)),
                _ => None,
            }
        }
        InstData::Select { args } => match as_const(func, args[0]) {
            Some(0) => Some(Folded::Value(args[2])),
            Some(_) => Some(Folded::Value(args[1])),
            None if func.resolve(args[1]) == func.resolve(args[2]) => Some(Folded::Value(args[1])),
            None => None,
        },
        InstData::PtrOffset { arg, offset: 0 } => Some(Folded::Value(*arg)),
        InstData::PtrAdd { args } => as_const(func, args[1]).map(|n| Folded::Offset(args[0], n)),
        InstData::PtrOffset { arg, offset } => match func.values[func.resolve(*arg)].def {
            ValueDef::Result(inner, _) => match func.insts[inner] {
                InstData::PtrOffset { arg, offset: more } => Some(Folded::Offset(arg, offset.checked_add(more)?)),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

enum Folded {
    Const(Type, i64),
    Value(Value),
    /// pointer + constant
    Offset(Value, i64),
}

fn is_bool(func: &Function, value: Value) -> bool {
    matches!(func.values[func.resolve(value)].def, ValueDef::Result(inst, _) if matches!(func.insts[inst], InstData::Icmp { .. } | InstData::Fcmp { .. } | InstData::AtomicCas { .. }))
}

fn fold(func: &mut Function, _module: &Module) -> bool {
    let mut changed = false;
    for at in 0..func.layout.len() {
        let block = func.layout[at];
        for n in 0..func.blocks[block].insts.len() {
            let inst = func.blocks[block].insts[n];
            match evaluate(func, inst) {
                Some(Folded::Const(ty, imm)) => {
                    func.insts[inst] = InstData::Iconst { ty, imm };
                    changed = true;
                    continue;
                }
                Some(Folded::Offset(arg, offset)) => {
                    let arg = func.resolve(arg);
                    func.insts[inst] = InstData::PtrOffset { arg, offset };
                    changed = true;
                    continue;
                }
                Some(Folded::Value(value)) => {
                    let result = func.result(inst);
                    if func.values[result].def == ValueDef::Result(inst, 0) && func.resolve(value) != result {
                        func.alias(result, value);
                        changed = true;
                    }
                    continue;
                }
                None => {}
            }
            let replaced = match &func.insts[inst] {
                InstData::Brif { cond, then, els } => match as_const(func, *cond) {
                    Some(0) => Some(InstData::Jump { dest: els.clone() }),
                    Some(_) => Some(InstData::Jump { dest: then.clone() }),
                    None if then == els => Some(InstData::Jump { dest: then.clone() }),
                    None => None,
                },
                InstData::Switch { arg, cases, default } => as_const(func, *arg).map(|n| {
                    let taken = cases.iter().find(|c| c.0 == n).map_or(default, |c| &c.1);
                    InstData::Jump { dest: taken.clone() }
                }),
                _ => None,
            };
            if let Some(data) = replaced {
                func.insts[inst] = data;
                changed = true;
            }
        }
    }
    if changed {
        func.resolve_aliases();
    }
    changed
}

pub fn remove_unreachable(func: &mut Function) -> bool {
    let cfg = Cfg::new(func);
    if cfg.rpo.len() == func.layout.len() {
        return false;
    }
    func.layout.retain(|&b| cfg.is_reachable(b));
    true
}

/// A parameter whose arguments are all one value (or itself) is that value.
fn trivial_params(func: &mut Function) -> bool {
    let cfg = Cfg::new(func);
    let mut any = false;
    loop {
        let mut changed = false;
        for &block in &cfg.rpo[1..] {
            let n_params = func.blocks[block].params.len();
            if n_params == 0 || cfg.preds[block].is_empty() {
                continue;
            }
            let mut only: Vec<Option<Option<Value>>> = vec![None; n_params];
            for &(pred, inst) in &cfg.preds[block] {
                let _ = pred;
                func.insts[inst].for_each_successor(|succ, args| {
                    if succ != block {
                        return;
                    }
                    for (n, &arg) in args.iter().enumerate() {
                        let arg = func.resolve(arg);
                        if arg == func.blocks[block].params[n] {
                            continue;
                        }
                        only[n] = match only[n] {
                            None => Some(Some(arg)),
                            Some(Some(other)) if other == arg => Some(Some(arg)),
                            _ => Some(None),
                        };
                    }
                });
            }
            let replace: Vec<Option<Value>> = only.into_iter().map(Option::flatten).collect();
            if replace.iter().all(Option::is_none) {
                continue;
            }
            changed = true;
            for n in (0..n_params).rev() {
                if let Some(value) = replace[n] {
                    let param = func.blocks[block].params.remove(n);
                    func.alias(param, value);
                    let mut seen: SmallVec<[Inst; 4]> = SmallVec::new();
                    for &(_, inst) in &cfg.preds[block] {
                        // A terminator with two edges here is listed twice.
                        if seen.contains(&inst) {
                            continue;
                        }
                        seen.push(inst);
                        func.insts[inst].map_successors(|succ, args| {
                            if *succ == block
                                && let Some(args) = args
                            {
                                args.remove(n);
                            }
                        });
                    }
                }
            }
            renumber(func, block);
        }
        any |= changed;
        if !changed {
            break;
        }
    }
    if any {
        func.resolve_aliases();
    }
    any
}

fn renumber(func: &mut Function, block: Block) {
    for n in 0..func.blocks[block].params.len() {
        let param = func.blocks[block].params[n];
        func.values[param].def = ValueDef::Param(block, n as u32);
    }
}

/// `a: jump b` where b has no other predecessor: one block. An empty block that only jumps on is skipped.
fn merge_blocks(func: &mut Function) -> bool {
    let cfg = Cfg::new(func);
    let mut gone: SecondaryMap<Block, bool> = SecondaryMap::new();
    let mut any = false;
    for &block in &cfg.rpo {
        if gone[block] {
            continue;
        }
        while let Some(inst) = func.terminator(block) {
            let InstData::Jump { dest: BlockCall { block: next, args } } = func.insts[inst].clone() else { break };
            if next == block || next == func.entry() || cfg.preds[next].len() != 1 || gone[next] {
                break;
            }
            func.blocks[block].insts.pop();
            let params = std::mem::take(&mut func.blocks[next].params);
            for (param, arg) in params.into_iter().zip(args) {
                func.alias(param, arg);
            }
            let moved = std::mem::take(&mut func.blocks[next].insts);
            func.blocks[block].insts.extend(moved);
            gone[next] = true;
            any = true;
        }
    }
    if any {
        func.layout.retain(|&b| !gone[b]);
        func.resolve_aliases();
    }
    any
}

/// Unused pure instructions, loads that cannot fault, unused allocs, block parameters that only feed themselves.
/// Marks what is used, starting at what has an effect.
fn remove_dead(func: &mut Function) -> bool {
    let removable =
        |data: &InstData| data.is_pure() || matches!(data, InstData::Alloc { .. }) || matches!(data, InstData::Load { flags, .. } if flags.notrap);
    let mut jumps: SecondaryMap<Block, Vec<Inst>> = SecondaryMap::new();
    let mut live: SecondaryMap<Value, bool> = SecondaryMap::new();
    let mut work: Vec<Value> = Vec::new();
    for &block in &func.layout {
        for &inst in &func.blocks[block].insts {
            let data = &func.insts[inst];
            match data {
                InstData::Brif { cond, .. } => work.push(*cond),
                InstData::Switch { arg, .. } => work.push(*arg),
                InstData::Jump { .. } => {}
                data if removable(data) => {}
                data => data.for_each_value(|v| work.push(v)),
            }
            data.for_each_successor(|succ, _| {
                if jumps[succ].last() != Some(&inst) {
                    jumps[succ].push(inst);
                }
            });
        }
    }
    let entry = func.entry();
    while let Some(value) = work.pop() {
        let value = func.resolve(value);
        if std::mem::replace(&mut live[value], true) {
            continue;
        }
        match func.values[value].def {
            // The others were marked with their instruction.
            ValueDef::Result(inst, _) if removable(&func.insts[inst]) => func.insts[inst].for_each_value(|v| work.push(v)),
            ValueDef::Param(block, n) if block != entry => {
                for &jump in &jumps[block] {
                    func.insts[jump].for_each_successor(|succ, args| {
                        if succ == block {
                            work.push(args[n as usize]);
                        }
                    });
                }
            }
            _ => {}
        }
    }
    let mut any = false;
    for at in 0..func.layout.len() {
        let block = func.layout[at];
        let mut insts = std::mem::take(&mut func.blocks[block].insts);
        let before = insts.len();
        insts.retain(|&inst| !removable(&func.insts[inst]) || func.results[inst].iter().any(|&v| live[v]));
        any |= insts.len() != before;
        func.blocks[block].insts = insts;
        if block == entry || func.blocks[block].params.iter().all(|&v| live[v]) {
            continue;
        }
        any = true;
        let keep: Vec<bool> = func.blocks[block].params.iter().map(|&v| live[v]).collect();
        let mut kept = keep.iter();
        func.blocks[block].params.retain(|_| kept.next().copied().unwrap_or(true));
        for jump in &jumps[block] {
            func.insts[*jump].map_successors(|succ, args| {
                if *succ == block
                    && let Some(args) = args
                {
                    let mut kept = keep.iter();
                    args.retain(|_| kept.next().copied().unwrap_or(true));
                }
            });
        }
        renumber(func, block);
    }
    any
}
