//! The order in which package-level variables are initialised, and its cycles.

use super::Checker;
use super::decl::DeclKind;
use crate::{Initializer, ObjId, ObjKind};
use rustc_hash::{FxHashMap, FxHashSet};
use source::Diagnostic;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

impl Checker<'_> {
    pub fn init_order(&mut self) -> Vec<Initializer> {
        let order = self.order.clone();
        // Dependencies of each variable and constant, through functions.
        let mut reach: FxHashMap<ObjId, Vec<ObjId>> = FxHashMap::default();
        let is_value = |c: &Self, o: ObjId| c.cx.with_obj(o, |o| matches!(o.kind, ObjKind::Var(_) | ObjKind::Const(_)));
        for &obj in &order {
            if !is_value(self, obj) {
                continue;
            }
            let mut seen: FxHashSet<ObjId> = FxHashSet::default();
            let mut out = Vec::new();
            let mut stack: Vec<ObjId> = self.decls[&obj].deps.iter().rev().copied().collect();
            while let Some(d) = stack.pop() {
                if !seen.insert(d) {
                    continue;
                }
                if is_value(self, d) {
                    out.push(d);
                } else if let Some(info) = self.decls.get(&d) {
                    stack.extend(info.deps.iter().rev());
                }
            }
            reach.insert(obj, out);
        }
        self.report_init_cycles(&order, &reach);
        let position: FxHashMap<ObjId, usize> = order.iter().enumerate().map(|(i, &o)| (o, i)).collect();
        let vars: Vec<ObjId> = order.iter().copied().filter(|&o| self.cx.with_obj(o, |o| matches!(o.kind, ObjKind::Var(_)))).collect();
        // One node per initialiser: the first variable of `a, b = f()` stands for all.
        let leader = |c: &Self, o: ObjId| match &c.decls[&o].kind {
            DeclKind::Var { group, .. } if !group.is_empty() => group[0],
            _ => o,
        };
        let mut waits: FxHashMap<ObjId, usize> = FxHashMap::default();
        let mut wanted_by: FxHashMap<ObjId, Vec<ObjId>> = FxHashMap::default();
        for &v in &vars {
            let node = leader(self, v);
            waits.entry(node).or_insert(0);
            for &d in &reach[&v] {
                // As in gc, variables without initialiser have their turn, too; constants have none.
                if self.cx.with_obj(d, |o| matches!(o.kind, ObjKind::Var(_))) && self.decls.contains_key(&d) {
                    let needed = leader(self, d);
                    if needed != node {
                        *waits.entry(node).or_insert(0) += 1;
                        wanted_by.entry(needed).or_default().push(node);
                    }
                }
            }
        }
        // Repeatedly the first variable in source order that waits for nothing.
        let mut ready: BinaryHeap<Reverse<(usize, ObjId)>> = BinaryHeap::new();
        let mut done: FxHashSet<ObjId> = FxHashSet::default();
        for &v in &vars {
            if leader(self, v) == v && waits[&v] == 0 {
                ready.push(Reverse((position[&v], v)));
            }
        }
        let mut out = Vec::new();
        while let Some(Reverse((_, v))) = ready.pop() {
            if !done.insert(v) {
                continue;
            }
            if let DeclKind::Var { init, group, .. } = &self.decls[&v].kind
                && init.is_some()
            {
                let lhs = if group.is_empty() { vec![v] } else { group.clone() };
                out.push(Initializer { lhs, file: self.decls[&v].file as u32, rhs: *init });
            }
            for node in wanted_by.remove(&v).unwrap_or_default() {
                let left = waits.get_mut(&node).expect("every node has a count");
                *left -= 1;
                if *left == 0 {
                    ready.push(Reverse((position[&node], node)));
                }
            }
        }
        out
    }

    /// Variables and constants whose initialisers need themselves. Each is looked at in the order in which
    /// it would be initialised; what was looked at counts as initialised for the others.
    fn report_init_cycles(&mut self, order: &[ObjId], reach: &FxHashMap<ObjId, Vec<ObjId>>) {
        let position: FxHashMap<ObjId, usize> = order.iter().enumerate().map(|(i, &o)| (o, i)).collect();
        let mut waits: FxHashMap<ObjId, usize> = FxHashMap::default();
        let mut wanted_by: FxHashMap<ObjId, Vec<ObjId>> = FxHashMap::default();
        for (&v, needs) in reach {
            let needs: Vec<ObjId> = needs.iter().copied().filter(|d| reach.contains_key(d)).collect();
            waits.insert(v, needs.len());
            for d in needs {
                wanted_by.entry(d).or_default().push(v);
            }
        }
        let mut queue: BinaryHeap<Reverse<(usize, usize, ObjId)>> = waits.iter().map(|(&v, &n)| Reverse((n, position[&v], v))).collect();
        let mut done: FxHashSet<ObjId> = FxHashSet::default();
        while let Some(Reverse((n, _, v))) = queue.pop() {
            if done.contains(&v) || waits[&v] != n {
                continue;
            }
            done.insert(v);
            if n > 0
                && let Some(cycle) = self.find_init_cycle(v)
            {
                self.report_init_cycle(&cycle);
            }
            for node in wanted_by.get(&v).cloned().unwrap_or_default() {
                if let Some(left) = waits.get_mut(&node)
                    && *left > 0
                {
                    *left -= 1;
                    queue.push(Reverse((*left, position[&node], node)));
                }
            }
        }
    }

    /// The shortest way from `start` back to it.
    fn find_init_cycle(&self, start: ObjId) -> Option<Vec<ObjId>> {
        let mut from: FxHashMap<ObjId, ObjId> = FxHashMap::default();
        let mut queue = std::collections::VecDeque::from([start]);
        while let Some(o) = queue.pop_front() {
            let Some(info) = self.decls.get(&o) else { continue };
            for &d in &info.deps {
                if d == start {
                    let mut cycle = vec![o];
                    let mut at = o;
                    while at != start {
                        at = from[&at];
                        cycle.push(at);
                    }
                    cycle.reverse();
                    return Some(cycle);
                }
                if let std::collections::hash_map::Entry::Vacant(v) = from.entry(d) {
                    v.insert(o);
                    queue.push_back(d);
                }
            }
        }
        None
    }

    fn report_init_cycle(&mut self, cycle: &[ObjId]) {
        let (pos, name) = (self.cx.obj_pos(cycle[0]), self.cx.obj_name(cycle[0]));
        if cycle.len() == 1 {
            return self.push_error(Diagnostic::error(pos, format!("initialization cycle: {name} refers to itself")));
        }
        let mut d = Diagnostic::error(pos, format!("initialization cycle for {name}"));
        for i in 0..cycle.len() {
            let (here, next) = (cycle[i], cycle[(i + 1) % cycle.len()]);
            d = d.with_related(self.cx.obj_pos(here), format!("{} refers to {}", self.cx.obj_name(here), self.cx.obj_name(next)));
        }
        self.push_error(d);
    }
}
