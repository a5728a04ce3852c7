//! Control flow: predecessors, reverse post-order, dominators (Cooper, Harvey, Kennedy: "A Simple, Fast Dominance
//! Algorithm", 2001).

use crate::{Block, Function, Inst};
use cranelift_entity::SecondaryMap;

pub struct Cfg {
    /// Predecessors with the terminator that jumps here; one entry per edge.
    pub preds: SecondaryMap<Block, Vec<(Block, Inst)>>,
    /// Reachable blocks, entry first.
    pub rpo: Vec<Block>,
    /// Position in `rpo`; `u32::MAX` if unreachable.
    pub order: SecondaryMap<Block, u32>,
    idom: SecondaryMap<Block, Option<Block>>,
}

impl Cfg {
    pub fn new(func: &Function) -> Cfg {
        let mut preds: SecondaryMap<Block, Vec<(Block, Inst)>> = SecondaryMap::new();
        let mut state: SecondaryMap<Block, bool> = SecondaryMap::new();
        let mut post = Vec::new();
        let mut stack = vec![(func.entry(), func.successors(func.entry()), 0)];
        state[func.entry()] = true;
        while let Some((block, succs, next)) = stack.last_mut() {
            if let Some(&succ) = succs.get(*next) {
                *next += 1;
                if !state[succ] {
                    state[succ] = true;
                    stack.push((succ, func.successors(succ), 0));
                }
            } else {
                post.push(*block);
                stack.pop();
            }
        }
        post.reverse();
        let mut order = SecondaryMap::with_default(u32::MAX);
        for (i, &block) in post.iter().enumerate() {
            order[block] = i as u32;
            if let Some(inst) = func.terminator(block) {
                for succ in func.successors(block) {
                    preds[succ].push((block, inst));
                }
            }
        }
        let mut cfg = Cfg { preds, rpo: post, order, idom: SecondaryMap::new() };
        cfg.compute_dominators();
        cfg
    }

    fn compute_dominators(&mut self) {
        let entry = self.rpo[0];
        self.idom[entry] = Some(entry);
        let mut changed = true;
        while changed {
            changed = false;
            for &block in &self.rpo[1..] {
                let mut best: Option<Block> = None;
                for &(pred, _) in &self.preds[block] {
                    if self.idom[pred].is_some() {
                        best = Some(best.map_or(pred, |b| self.intersect(b, pred)));
                    }
                }
                if self.idom[block] != best {
                    self.idom[block] = best;
                    changed = true;
                }
            }
        }
    }

    fn intersect(&self, mut a: Block, mut b: Block) -> Block {
        while a != b {
            while self.order[a] > self.order[b] {
                a = self.idom[a].expect("processed");
            }
            while self.order[b] > self.order[a] {
                b = self.idom[b].expect("processed");
            }
        }
        a
    }

    pub fn is_reachable(&self, block: Block) -> bool {
        self.order[block] != u32::MAX
    }

    /// The immediate dominator; `None` for the entry and unreachable blocks.
    pub fn idom(&self, block: Block) -> Option<Block> {
        self.idom[block].filter(|&b| b != block)
    }

    /// Does `a` dominate `b` (every block dominates itself)?
    pub fn dominates(&self, a: Block, mut b: Block) -> bool {
        while self.order[b] > self.order[a] {
            match self.idom(b) {
                Some(up) => b = up,
                None => return false,
            }
        }
        a == b
    }

    /// A jump backwards in reverse post-order to a block that dominates it.
    pub fn is_back_edge(&self, from: Block, to: Block) -> bool {
        self.order[to] <= self.order[from] && self.dominates(to, from)
    }
}
