//! Proofs that an index is in range, for loops and guarded code: `0 ≤ a` and `a ≤ b + k` over mathematical integers.
//!
//! Known are signed comparisons on the way (a branch into a block with one predecessor holds in all it dominates),
//! checks that were passed, what operations give, and induction over block parameters: a property of all arguments
//! that each round of a loop keeps. Proofs go backwards from the question ("ABCD", Bodík et al. 2000), with a budget
//! for each question, so the pass stays linear.
//!
//! The second operand of a bounds check is a length: where such a check is reached it is not negative. Values do not
//! change, so the proof may use that everywhere.

use crate::simplify::as_const;
use cranelift_entity::SecondaryMap;
use ir::{BinaryOp, Block, Cfg, ConvertOp, Function, Inst, InstData, IntCC, Type, UnaryOp, Value, ValueDef};
use rustc_hash::FxHashMap;

/// Steps of one proof: a loop needs about ten.
const BUDGET: u32 = 60;

/// v ≤ other + k (or ≥), in all blocks that `block` dominates.
#[derive(Clone, Copy)]
struct Bound {
    block: Block,
    other: Value,
    k: i64,
}

pub(crate) struct Ranges {
    upper: FxHashMap<Value, Vec<Bound>>,
    lower: FxHashMap<Value, Vec<Bound>>,
    /// Not negative in all that the blocks dominate.
    naturals: FxHashMap<Value, Vec<Block>>,
    block_of: SecondaryMap<Inst, Option<Block>>,
    /// Interval of a block in a walk over the dominator tree.
    tree: SecondaryMap<Block, (u32, u32)>,
}

/// One question.
struct Proof<'a> {
    ranges: &'a Ranges,
    func: &'a Function,
    cfg: &'a Cfg,
    length: Option<Value>,
    budget: u32,
    /// Parameters assumed to be at least so much while their arguments are looked at.
    assumed: Vec<(Value, i64)>,
    /// (a, b, k): assumed a ≤ b + k.
    assumed_at_most: Vec<(Value, Value, i64)>,
}

impl Ranges {
    pub fn new(func: &Function, cfg: &Cfg) -> Ranges {
        let mut ranges = Ranges {
            upper: FxHashMap::default(),
            lower: FxHashMap::default(),
            naturals: FxHashMap::default(),
            block_of: SecondaryMap::new(),
            tree: SecondaryMap::new(),
        };
        ranges.number(cfg);
        for &block in &cfg.rpo {
            for &inst in &func.blocks[block].insts {
                ranges.block_of[inst] = Some(block);
            }
            let [(_, inst)] = cfg.preds[block][..] else { continue };
            let InstData::Brif { cond, then, els } = &func.insts[inst] else { continue };
            if then.block != els.block {
                ranges.learn_condition(func, block, *cond, then.block == block);
            }
        }
        ranges
    }

    fn number(&mut self, cfg: &Cfg) {
        let mut children: SecondaryMap<Block, Vec<Block>> = SecondaryMap::new();
        for &block in &cfg.rpo {
            if let Some(up) = cfg.idom(block) {
                children[up].push(block);
            }
        }
        let mut next = 0;
        let mut stack = vec![(cfg.rpo[0], false)];
        while let Some((block, done)) = stack.pop() {
            if done {
                self.tree[block].1 = next;
                continue;
            }
            self.tree[block].0 = next;
            next += 1;
            stack.push((block, true));
            stack.extend(children[block].iter().map(|&b| (b, false)));
        }
    }

    fn dominates(&self, a: Block, b: Block) -> bool {
        let ((start, end), (at, _)) = (self.tree[a], self.tree[b]);
        start <= at && at < end
    }

    fn learn_condition(&mut self, func: &Function, block: Block, cond: Value, mut holds: bool) {
        let mut cond = func.resolve(cond);
        loop {
            let ValueDef::Result(def, _) = func.values[cond].def else { return };
            let InstData::Icmp { cc, args: [a, b] } = func.insts[def] else { return };
            let (a, b) = (func.resolve(a), func.resolve(b));
            // not (x ≠ 0), x a bool
            if matches!(cc, IntCC::Eq | IntCC::Ne) && func.ty(a) == Type::I8 && as_const(func, b) == Some(0) {
                holds ^= cc == IntCC::Eq;
                cond = a;
                continue;
            }
            if func.ty(a) == Type::Ptr {
                return;
            }
            use IntCC::*;
            match (cc, holds) {
                (Slt, true) | (Sge, false) => self.at_most(block, a, b, -1),
                (Sle, true) | (Sgt, false) => self.at_most(block, a, b, 0),
                (Sgt, true) | (Sle, false) => self.at_most(block, b, a, -1),
                (Sge, true) | (Slt, false) => self.at_most(block, b, a, 0),
                (Eq, true) | (Ne, false) => {
                    self.at_most(block, a, b, 0);
                    self.at_most(block, b, a, 0);
                }
                _ => {}
            }
            return;
        }
    }

    /// From here on a ≤ b + k.
    pub fn at_most(&mut self, block: Block, a: Value, b: Value, k: i64) {
        self.upper.entry(a).or_default().push(Bound { block, other: b, k });
        self.lower.entry(b).or_default().push(Bound { block, other: a, k: -k });
    }

    /// From here on 0 ≤ a ≤ length + k.
    pub fn in_range_from(&mut self, block: Block, a: Value, length: Value, k: i64) {
        self.at_most(block, a, length, k);
        self.naturals.entry(a).or_default().push(block);
        self.naturals.entry(length).or_default().push(block);
    }

    /// Is `index` in 0 ≤ index ≤ length + k, where `length` is one?
    pub fn in_range(&self, func: &Function, cfg: &Cfg, at: Block, index: Value, length: Value, k: i64) -> bool {
        let mut proof = Proof { ranges: self, func, cfg, length: Some(length), budget: BUDGET, assumed: Vec::new(), assumed_at_most: Vec::new() };
        proof.not_negative(index, at) && proof.at_most(index, length, k, at)
    }

    pub fn is_not_negative(&self, func: &Function, cfg: &Cfg, at: Block, value: Value) -> bool {
        let mut proof = Proof { ranges: self, func, cfg, length: None, budget: BUDGET, assumed: Vec::new(), assumed_at_most: Vec::new() };
        proof.not_negative(value, at)
    }
}

impl Proof<'_> {
    fn spend(&mut self) -> bool {
        self.budget = self.budget.saturating_sub(1);
        self.budget > 0
    }

    fn bounds(&self, of: &FxHashMap<Value, Vec<Bound>>, value: Value, at: Block) -> Vec<Bound> {
        // The newest are the nearest.
        of.get(&value).map_or(Vec::new(), |all| all.iter().rev().filter(|b| self.ranges.dominates(b.block, at)).take(4).copied().collect())
    }

    fn def(&self, value: Value) -> Option<&InstData> {
        match self.func.values[value].def {
            ValueDef::Result(inst, _) => Some(&self.func.insts[inst]),
            _ => None,
        }
    }

    fn def_block(&self, value: Value) -> Option<Block> {
        match self.func.values[value].def {
            ValueDef::Result(inst, _) => self.ranges.block_of[inst],
            ValueDef::Param(block, _) => Some(block),
            ValueDef::Alias(_) => None,
        }
    }

    /// x + c, as addition or subtraction of a constant.
    fn as_sum(&self, value: Value) -> Option<(Value, i64)> {
        match *self.def(value)? {
            InstData::Binary { op: BinaryOp::Add, args: [a, b] } => match (as_const(self.func, a), as_const(self.func, b)) {
                (_, Some(c)) => Some((a, c)),
                (Some(c), _) => Some((b, c)),
                _ => None,
            },
            InstData::Binary { op: BinaryOp::Sub, args: [a, b] } => Some((a, as_const(self.func, b)?.checked_neg()?)),
            _ => None,
        }
    }

    /// A constant that the value never exceeds, by its operation alone (then it is not negative either).
    fn max(&self, value: Value) -> Option<i64> {
        if let Some(n) = as_const(self.func, value) {
            return (n >= 0).then_some(n);
        }
        match *self.def(value)? {
            InstData::Convert { op: ConvertOp::ZExt, arg, .. } => {
                let bits = 8 * self.func.ty(arg).bytes();
                Some((1i64 << bits) - 1)
            }
            InstData::Binary { op: BinaryOp::And, args } => args.into_iter().filter_map(|a| as_const(self.func, a)).filter(|&n| n >= 0).min(),
            InstData::Binary { op: BinaryOp::LShr, args: [a, b] } => {
                let bits = 8 * self.func.ty(a).bytes() as i64;
                let n = as_const(self.func, b).filter(|&n| n >= 1)?;
                Some(if n >= bits { 0 } else { (1i64 << (bits - n)).wrapping_sub(1) })
            }
            InstData::Binary { op: BinaryOp::URem, args: [_, b] } => as_const(self.func, b).filter(|&n| n > 0).map(|n| n - 1),
            InstData::Unary { op: UnaryOp::Clz | UnaryOp::Ctz | UnaryOp::Popcnt, .. } => Some(64),
            InstData::Icmp { .. } | InstData::Fcmp { .. } => Some(1),
            _ => None,
        }
    }

    /// Does x + c stay in the type?
    fn adds(&mut self, x: Value, c: i64, at: Block) -> bool {
        if c == 0 {
            return true;
        }
        if c > 0 {
            let top = match self.func.ty(x) {
                Type::I8 => i8::MAX as i64,
                Type::I16 => i16::MAX as i64,
                Type::I32 => i32::MAX as i64,
                _ => i64::MAX,
            };
            // x ≤ y − c, and y is in the type.
            self.max(x).is_some_and(|n| n <= top - c)
                || self.bounds(&self.ranges.upper, x, at).iter().any(|b| {
                    b.k <= -c
                        || as_const(self.func, b.other).is_some_and(|n| n.checked_add(b.k).and_then(|n| n.checked_add(c)).is_some_and(|n| n <= top))
                })
        } else {
            // From x ≥ 0 the type has room downwards for every constant but the smallest.
            c > i64::MIN && self.not_negative(x, at)
        }
    }

    fn not_negative(&mut self, value: Value, at: Block) -> bool {
        self.at_least(value, 0, at)
    }

    /// value ≥ n
    fn at_least(&mut self, value: Value, n: i64, at: Block) -> bool {
        let value = self.func.resolve(value);
        if Some(value) == self.length && n <= 0 || self.assumed.iter().any(|&(v, m)| v == value && m >= n) {
            return true;
        }
        if let Some(c) = as_const(self.func, value) {
            return c >= n;
        }
        if !self.spend() {
            return false;
        }
        let is_natural =
            |proof: &Self| proof.ranges.naturals.get(&value).is_some_and(|all| all.iter().rev().take(4).any(|&b| proof.ranges.dominates(b, at)));
        if n <= 0 && (self.max(value).is_some() || is_natural(self)) {
            return true;
        }
        for bound in self.bounds(&self.ranges.lower, value, at) {
            if let Some(n) = n.checked_sub(bound.k)
                && self.at_least(bound.other, n, at)
            {
                return true;
            }
        }
        if let Some((x, c)) = self.as_sum(value) {
            // Downwards, reaching n is reaching it without wrapping.
            let Some(n) = n.checked_sub(c) else { return false };
            return (c <= 0 || self.adds(x, c, at)) && self.at_least(x, n, at);
        }
        match self.def(value).cloned() {
            Some(InstData::Binary { op: BinaryOp::SRem | BinaryOp::AShr, args: [a, _] }) => n <= 0 && self.not_negative(a, at),
            Some(InstData::Binary { op: BinaryOp::SDiv, args: [a, b] }) => {
                n <= 0 && as_const(self.func, b).is_some_and(|n| n > 0) && self.not_negative(a, at)
            }
            // x − y with 0 ≤ y ≤ x − n
            Some(InstData::Binary { op: BinaryOp::Sub, args: [a, b] }) => self.not_negative(b, at) && self.at_most(b, a, -n.max(0), at),
            Some(InstData::Convert { op: ConvertOp::SExt, arg, .. }) => self.at_least(arg, n, at),
            Some(InstData::Select { args: [_, a, b] }) => self.at_least(a, n, at) && self.at_least(b, n, at),
            Some(_) => false,
            None => {
                let Some(edges) = self.arguments(value) else { return false };
                let length = self.forget_length_of_rounds(value);
                self.assumed.push((value, n));
                let holds = edges.into_iter().all(|(pred, arg)| self.at_least(arg, n, pred));
                self.assumed.pop();
                self.length = length;
                holds
            }
        }
    }

    /// The arguments of a block parameter, with the blocks they come from; `None` for the function's own.
    fn arguments(&self, value: Value) -> Option<Vec<(Block, Value)>> {
        let ValueDef::Param(block, n) = self.func.values[value].def else { return None };
        if block == self.func.entry() || self.cfg.preds[block].len() > 8 {
            return None;
        }
        let mut edges = Vec::new();
        for &(pred, inst) in &self.cfg.preds[block] {
            self.func.insts[inst].for_each_successor(|succ, args| {
                if succ == block
                    && let Some(&arg) = args.get(n as usize)
                {
                    edges.push((pred, self.func.resolve(arg)));
                }
            });
        }
        Some(edges)
    }

    /// Is `value` made before the block of the parameter, not anew in its rounds?
    fn is_before(&self, value: Value, param: Value) -> bool {
        matches!((self.def_block(param), self.def_block(value)), (Some(here), Some(def)) if def != here && self.ranges.dominates(def, here))
    }

    /// A length that a loop makes anew is known to be one only in the round that checks it. Returns what to restore.
    fn forget_length_of_rounds(&mut self, param: Value) -> Option<Value> {
        let length = self.length;
        self.length = length.filter(|&l| self.is_before(l, param));
        length
    }

    fn at_most(&mut self, a: Value, b: Value, k: i64, at: Block) -> bool {
        let (a, b) = (self.func.resolve(a), self.func.resolve(b));
        if a == b {
            return k >= 0;
        }
        let limit = as_const(self.func, b).map(|n| n as i128 + k as i128).or((Some(b) == self.length).then_some(k as i128));
        if let (Some(limit), Some(n)) = (limit, as_const(self.func, a).or_else(|| self.max(a)))
            && n as i128 <= limit
        {
            return true;
        }
        if self.assumed_at_most.iter().any(|&(x, y, j)| (x, y) == (a, b) && j <= k) {
            return true;
        }
        if !self.spend() {
            return false;
        }
        for bound in self.bounds(&self.ranges.upper, a, at) {
            if let Some(k) = k.checked_sub(bound.k)
                && self.at_most(bound.other, b, k, at)
            {
                return true;
            }
        }
        for bound in self.bounds(&self.ranges.lower, b, at) {
            // b ≥ y + j: only steps to constants, others were taken from a's side.
            if as_const(self.func, bound.other).is_some()
                && let Some(k) = k.checked_add(bound.k)
                && self.at_most(a, bound.other, k, at)
            {
                return true;
            }
        }
        if let Some((x, c)) = self.as_sum(a)
            && let Some(k) = k.checked_sub(c)
            && self.adds(x, c, at)
        {
            return self.at_most(x, b, k, at);
        }
        match self.def(a).cloned() {
            // Not more than the first operand, if both are not negative.
            Some(InstData::Binary { op: BinaryOp::Sub, args: [x, y] }) => {
                self.not_negative(y, at) && self.not_negative(x, at) && self.at_most(x, b, k, at)
            }
            Some(InstData::Binary { op: BinaryOp::AShr, args: [x, _] }) => self.not_negative(x, at) && self.at_most(x, b, k, at),
            Some(InstData::Binary { op: BinaryOp::SDiv, args: [x, y] }) => {
                as_const(self.func, y).is_some_and(|n| n > 0) && self.not_negative(x, at) && self.at_most(x, b, k, at)
            }
            // Below the divisor, which is not zero here.
            Some(InstData::Binary { op: BinaryOp::SRem, args: [_, y] }) => {
                self.not_negative(y, at) && k.checked_add(1).is_some_and(|k| self.at_most(y, b, k, at))
            }
            Some(InstData::Convert { op: ConvertOp::SExt, arg, .. }) => self.at_most(arg, b, k, at),
            Some(InstData::Select { args: [_, x, y] }) => self.at_most(x, b, k, at) && self.at_most(y, b, k, at),
            Some(_) => false,
            None => {
                let Some(edges) = self.arguments(a) else { return false };
                // The bound must be the same one in every round.
                if as_const(self.func, b).is_none() && !self.is_before(b, a) {
                    return false;
                }
                let length = self.forget_length_of_rounds(a);
                self.assumed_at_most.push((a, b, k));
                let holds = edges.into_iter().all(|(pred, arg)| self.at_most(arg, b, k, pred));
                self.assumed_at_most.pop();
                self.length = length;
                holds
            }
        }
    }
}
