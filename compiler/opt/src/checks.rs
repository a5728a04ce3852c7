//! Checks that cannot fail are dropped, by proof only: constants, what dominates (an equal check, a branch
//! on the same comparison), ranges of indices ([`ranges`](crate::ranges)), and pointers that cannot be nil. Loads and stores behind a proof become `notrap`.
//!
//! One walk over the dominator tree; facts hold in the subtree of where they were learnt. Values are immutable, so
//! a fact about values stays true.

use crate::ranges::Ranges;
use crate::simplify::{as_const, never_nil};
use ir::{Block, Cfg, CheckKind, Function, InstData, IntCC, Module, Value, ValueDef};
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Fact {
    NotNil(Value),
    NotZero(Value),
    NotNegative(Value),
    /// a <u b
    Below(Value, Value),
    /// a ≤u b
    AtMost(Value, Value),
}

pub fn run(func: &mut Function, _module: &Module) -> bool {
    func.resolve_aliases();
    let cfg = Cfg::new(func);
    let mut children = cranelift_entity::SecondaryMap::<Block, Vec<Block>>::new();
    for &block in &cfg.rpo {
        if let Some(up) = cfg.idom(block) {
            children[up].push(block);
        }
    }
    let has_bounds = func
        .layout
        .iter()
        .flat_map(|&b| &func.blocks[b].insts)
        .any(|&i| matches!(&func.insts[i], InstData::Check { kind, .. } if *kind != CheckKind::Nil));
    let mut ranges = has_bounds.then(|| Ranges::new(func, &cfg));
    let mut facts: FxHashSet<Fact> = FxHashSet::default();
    let mut changed = false;
    enum Step {
        Visit(Block),
        Forget(Vec<Fact>),
    }
    let mut steps = vec![Step::Visit(func.entry())];
    while let Some(step) = steps.pop() {
        let block = match step {
            Step::Forget(list) => {
                for fact in list {
                    facts.remove(&fact);
                }
                continue;
            }
            Step::Visit(block) => block,
        };
        let mut learnt = Vec::new();
        for fact in branch_facts(func, &cfg, block) {
            if facts.insert(fact) {
                learnt.push(fact);
            }
        }
        let insts = std::mem::take(&mut func.blocks[block].insts);
        let mut kept = Vec::with_capacity(insts.len());
        for inst in insts {
            let mut new: SmallVec<[Fact; 2]> = SmallVec::new();
            let mut data = func.insts[inst].clone();
            match &mut data {
                InstData::Check { kind, args } => {
                    if proven(func, &facts, *kind, args) || ranges.as_ref().is_some_and(|r| in_range(r, func, &cfg, block, *kind, args)) {
                        changed = true;
                        continue;
                    }
                    if let Some(ranges) = &mut ranges {
                        learn_range(ranges, block, *kind, args);
                    }
                    match kind {
                        CheckKind::Nil => new.push(Fact::NotNil(args[0])),
                        CheckKind::Div => new.push(Fact::NotZero(args[0])),
                        CheckKind::Shift => new.push(Fact::NotNegative(args[0])),
                        CheckKind::Index | CheckKind::IndexU => new.push(Fact::Below(args[0], args[1])),
                        CheckKind::SliceConvert => new.push(Fact::AtMost(args[1], args[0])),
                        _ => new.push(Fact::AtMost(args[0], args[1])),
                    }
                }
                InstData::Load { addr, flags, .. } | InstData::Store { addr, flags, .. } => {
                    if !flags.notrap && (never_nil(func, *addr) || facts.contains(&Fact::NotNil(*addr))) {
                        flags.notrap = true;
                        changed = true;
                    }
                    new.push(Fact::NotNil(*addr));
                }
                _ => {}
            }
            func.insts[inst] = data;
            for fact in new {
                if facts.insert(fact) {
                    learnt.push(fact);
                }
            }
            kept.push(inst);
        }
        func.blocks[block].insts = kept;
        steps.push(Step::Forget(learnt));
        steps.extend(children[block].iter().rev().map(|&b| Step::Visit(b)));
    }
    changed
}

/// What the branch into a block with one predecessor says.
fn branch_facts(func: &Function, cfg: &Cfg, block: Block) -> SmallVec<[Fact; 2]> {
    let mut facts = SmallVec::new();
    let [(_, inst)] = cfg.preds[block][..] else { return facts };
    let InstData::Brif { cond, then, els } = &func.insts[inst] else { return facts };
    if then.block == els.block {
        return facts;
    }
    let taken = then.block == block;
    let ValueDef::Result(def, _) = func.values[*cond].def else { return facts };
    let InstData::Icmp { cc, args: [a, b] } = func.insts[def] else { return facts };
    let cc = if taken { cc } else { negate(cc) };
    let is_nil = |v: Value| matches!(func.values[v].def, ValueDef::Result(i, _) if matches!(func.insts[i], InstData::Null));
    match cc {
        IntCC::Ult => facts.push(Fact::Below(a, b)),
        IntCC::Ugt => facts.push(Fact::Below(b, a)),
        IntCC::Ule => facts.push(Fact::AtMost(a, b)),
        IntCC::Uge => facts.push(Fact::AtMost(b, a)),
        IntCC::Ne if is_nil(b) => facts.push(Fact::NotNil(a)),
        IntCC::Ne if is_nil(a) => facts.push(Fact::NotNil(b)),
        IntCC::Ne if as_const(func, b) == Some(0) => facts.push(Fact::NotZero(a)),
        IntCC::Sge if as_const(func, b).is_some_and(|n| n >= 0) => facts.push(Fact::NotNegative(a)),
        IntCC::Sgt if as_const(func, b).is_some_and(|n| n >= -1) => facts.push(Fact::NotNegative(a)),
        _ => {}
    }
    facts
}

fn negate(cc: IntCC) -> IntCC {
    match cc {
        IntCC::Eq => IntCC::Ne,
        IntCC::Ne => IntCC::Eq,
        IntCC::Slt => IntCC::Sge,
        IntCC::Sle => IntCC::Sgt,
        IntCC::Sgt => IntCC::Sle,
        IntCC::Sge => IntCC::Slt,
        IntCC::Ult => IntCC::Uge,
        IntCC::Ule => IntCC::Ugt,
        IntCC::Ugt => IntCC::Ule,
        IntCC::Uge => IntCC::Ult,
    }
}

/// Proofs over intervals, for checks against lengths.
fn in_range(ranges: &Ranges, func: &Function, cfg: &Cfg, at: Block, kind: CheckKind, args: &[Value]) -> bool {
    match kind {
        CheckKind::Index | CheckKind::IndexU => ranges.in_range(func, cfg, at, args[0], args[1], -1),
        CheckKind::Shift => ranges.is_not_negative(func, cfg, at, args[0]),
        CheckKind::Nil | CheckKind::Div | CheckKind::SliceConvert => false,
        // The bound of `s[a:b]` was compared with a length or capacity before.
        _ => ranges.in_range(func, cfg, at, args[0], args[1], 0),
    }
}

/// What holds after a passed check. Lengths are not negative, so neither is what is unsigned below them.
fn learn_range(ranges: &mut Ranges, block: Block, kind: CheckKind, args: &[Value]) {
    match kind {
        CheckKind::Index | CheckKind::IndexU => {
            ranges.in_range_from(block, args[0], args[1], -1);
        }
        CheckKind::Nil | CheckKind::Div | CheckKind::Shift | CheckKind::SliceConvert => {}
        _ => ranges.in_range_from(block, args[0], args[1], 0),
    }
}

fn proven(func: &Function, facts: &FxHashSet<Fact>, kind: CheckKind, args: &[Value]) -> bool {
    let constant = |v: Value| as_const(func, v).map(|n| n as u64);
    match kind {
        CheckKind::Nil => never_nil(func, args[0]) || facts.contains(&Fact::NotNil(args[0])),
        CheckKind::Div => as_const(func, args[0]).is_some_and(|n| n != 0) || facts.contains(&Fact::NotZero(args[0])),
        CheckKind::Shift => as_const(func, args[0]).is_some_and(|n| n >= 0) || facts.contains(&Fact::NotNegative(args[0])),
        CheckKind::Index | CheckKind::IndexU => {
            facts.contains(&Fact::Below(args[0], args[1])) || matches!((constant(args[0]), constant(args[1])), (Some(a), Some(b)) if a < b)
        }
        _ => {
            let (low, high) = if kind == CheckKind::SliceConvert { (args[1], args[0]) } else { (args[0], args[1]) };
            low == high
                || constant(low) == Some(0)
                || facts.contains(&Fact::AtMost(low, high))
                || facts.contains(&Fact::Below(low, high))
                || matches!((constant(low), constant(high)), (Some(a), Some(b)) if a <= b)
        }
    }
}
