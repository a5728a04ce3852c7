//! Shape of an IR function: order, predecessors, dominators, loops.
//!
//! In: a function. Out: a [`Cfg`], valid as long as no block or terminator changes. Only blocks reachable from the
//! entry have an order; the others are never emitted.

use crate::bitset::BitSet;
use cranelift_entity::{EntityRef, SecondaryMap};
use ir::{Block, Function};
use smallvec::SmallVec;

/// A natural loop; for an irreducible cycle, whatever may be in it.
pub struct Loop {
    pub header: Block,
    /// Block numbers.
    pub body: BitSet,
}

pub struct Cfg {
    /// Reverse postorder: every block after its dominators.
    pub rpo: Vec<Block>,
    /// Position in `rpo`, `u32::MAX` if unreachable.
    pub rpo_index: SecondaryMap<Block, u32>,
    pub preds: SecondaryMap<Block, SmallVec<[Block; 4]>>,
    /// Immediate dominator; the entry's is itself.
    pub idom: SecondaryMap<Block, Option<Block>>,
    /// Number of loops around the block; irreducible cycles count.
    pub depth: SecondaryMap<Block, u32>,
    /// Position in `loops` of the innermost loop.
    pub innermost: SecondaryMap<Block, Option<u32>>,
    /// Outer loops before inner ones.
    pub loops: Vec<Loop>,
}

impl Cfg {
    pub fn new(func: &Function) -> Cfg {
        let mut cfg = Cfg {
            rpo: Vec::new(),
            rpo_index: SecondaryMap::with_default(u32::MAX),
            preds: SecondaryMap::new(),
            idom: SecondaryMap::new(),
            depth: SecondaryMap::new(),
            innermost: SecondaryMap::new(),
            loops: Vec::new(),
        };
        cfg.order(func);
        cfg.dominators();
        cfg.find_loops(func.blocks.len());
        cfg
    }

    pub fn reachable(&self, block: Block) -> bool {
        self.rpo_index[block] != u32::MAX
    }

    pub fn dominates(&self, a: Block, mut b: Block) -> bool {
        while self.rpo_index[b] > self.rpo_index[a] {
            b = self.idom[b].expect("reachable block has a dominator");
        }
        a == b
    }

    fn order(&mut self, func: &Function) {
        let entry = func.entry();
        let mut seen: SecondaryMap<Block, bool> = SecondaryMap::new();
        let mut stack = vec![(entry, func.successors(entry), 0usize)];
        seen[entry] = true;
        let mut post = Vec::new();
        while let Some((block, succs, next)) = stack.last_mut() {
            if let Some(&succ) = succs.get(*next) {
                *next += 1;
                if !seen[succ] {
                    seen[succ] = true;
                    let succs = func.successors(succ);
                    stack.push((succ, succs, 0));
                }
            } else {
                post.push(*block);
                stack.pop();
            }
        }
        post.reverse();
        for (i, &block) in post.iter().enumerate() {
            self.rpo_index[block] = i as u32;
        }
        for &block in &post {
            for succ in func.successors(block) {
                if !self.preds[succ].contains(&block) {
                    self.preds[succ].push(block);
                }
            }
        }
        self.rpo = post;
    }

    /// Cooper, Harvey, Kennedy: iterate to the fixed point over reverse postorder.
    fn dominators(&mut self) {
        let entry = self.rpo[0];
        self.idom[entry] = Some(entry);
        let mut changed = true;
        while changed {
            changed = false;
            for &block in &self.rpo[1..] {
                let mut new: Option<Block> = None;
                for &pred in &self.preds[block] {
                    if self.idom[pred].is_none() {
                        continue;
                    }
                    new = Some(match new {
                        None => pred,
                        Some(other) => self.intersect(pred, other),
                    });
                }
                if new != self.idom[block] {
                    self.idom[block] = new;
                    changed = true;
                }
            }
        }
    }

    fn intersect(&self, mut a: Block, mut b: Block) -> Block {
        while a != b {
            while self.rpo_index[a] > self.rpo_index[b] {
                a = self.idom[a].expect("processed");
            }
            while self.rpo_index[b] > self.rpo_index[a] {
                b = self.idom[b].expect("processed");
            }
        }
        a
    }

    fn find_loops(&mut self, n_blocks: usize) {
        // Bodies by header, inner loops later in reverse postorder of headers.
        let mut bodies: Vec<(Block, Vec<Block>)> = Vec::new();
        for &header in &self.rpo {
            let back: Vec<Block> =
                self.preds[header].iter().copied().filter(|&p| self.reachable(p) && self.rpo_index[p] >= self.rpo_index[header]).collect();
            if back.is_empty() {
                continue;
            }
            let reducible = back.iter().all(|&p| self.dominates(header, p));
            let body = if reducible {
                let mut inside: SecondaryMap<Block, bool> = SecondaryMap::new();
                inside[header] = true;
                let mut body = vec![header];
                let mut work = back;
                while let Some(block) = work.pop() {
                    if !inside[block] {
                        inside[block] = true;
                        body.push(block);
                        work.extend(self.preds[block].iter().copied().filter(|&p| self.reachable(p)));
                    }
                }
                body
            } else {
                // A goto into a cycle: everything between the ends in the order may be in it.
                let last = back.iter().map(|&p| self.rpo_index[p]).max().expect("not empty");
                self.rpo[self.rpo_index[header] as usize..=last as usize].to_vec()
            };
            bodies.push((header, body));
        }
        for (header, blocks) in bodies {
            let mut body = BitSet::new(n_blocks);
            for block in blocks {
                body.insert(block.as_u32());
                self.depth[block] += 1;
                self.innermost[block] = Some(self.loops.len() as u32);
            }
            self.loops.push(Loop { header, body });
        }
    }

    /// Blocks reachable from `start`, `start` included.
    pub fn region(func: &Function, start: Block) -> SecondaryMap<Block, bool> {
        let mut inside: SecondaryMap<Block, bool> = SecondaryMap::with_capacity(start.index() + 1);
        let mut work = vec![start];
        while let Some(block) = work.pop() {
            if !inside[block] {
                inside[block] = true;
                work.extend(func.successors(block));
            }
        }
        inside
    }
}
