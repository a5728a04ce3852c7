//! The order in which package-level variables are initialised, and its cycles.

use super::Checker;
use super::decl::DeclKind;
use crate::{Initializer, ObjId, ObjKind};
use rustc_hash::{FxHashMap, FxHashSet};
use source::Diagnostic;

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
        self.report_init_cycles(&order);
        // Repeatedly the first variable in source order that depends on no uninitialised one.
        let position: FxHashMap<ObjId, usize> = order.iter().enumerate().map(|(i, &o)| (o, i)).collect();
        let mut done: FxHashSet<ObjId> = FxHashSet::default();
        let mut out = Vec::new();
        let vars: Vec<ObjId> = order.iter().copied().filter(|&o| self.cx.with_obj(o, |o| matches!(o.kind, ObjKind::Var(_)))).collect();
        let group_of = |c: &Self, o: ObjId| match &c.decls[&o].kind {
            DeclKind::Var { group, .. } if !group.is_empty() => group.clone(),
            _ => vec![o],
        };
        // Depth first in source order gives the same order: a variable is ready as soon as what it needs is.
        struct Walk<'w> {
            reach: &'w FxHashMap<ObjId, Vec<ObjId>>,
            position: &'w FxHashMap<ObjId, usize>,
        }
        let walk = Walk { reach: &reach, position: &position };
        let mut active: FxHashSet<ObjId> = FxHashSet::default();
        for &v in &vars {
            let mut stack = vec![(v, false)];
            while let Some((o, expanded)) = stack.pop() {
                if done.contains(&o) {
                    continue;
                }
                let group = group_of(self, o);
                if expanded {
                    for &g in &group {
                        done.insert(g);
                    }
                    if let DeclKind::Var { init, .. } = self.decls[&o].kind
                        && init.is_some()
                    {
                        let file = self.decls[&o].file as u32;
                        out.push(Initializer { lhs: group, file, rhs: init });
                    }
                    continue;
                }
                if !active.insert(o) {
                    continue;
                }
                stack.push((o, true));
                // All needed variables that come first in the source are initialised first.
                let mut needs: Vec<ObjId> = group.iter().flat_map(|g| walk.reach.get(g).into_iter().flatten()).copied().filter(|d| !done.contains(d) && !active.contains(d)).filter(|&d| self.cx.with_obj(d, |o| matches!(o.kind, ObjKind::Var(_)))).collect();
                needs.sort_by_key(|d| walk.position.get(d).copied().unwrap_or(0));
                needs.dedup();
                for d in needs.into_iter().rev() {
                    stack.push((d, false));
                }
            }
        }
        out
    }

    /// A variable or constant whose initialiser needs itself.
    fn report_init_cycles(&mut self, order: &[ObjId]) {
        let mut reported: FxHashSet<ObjId> = FxHashSet::default();
        for &start in order {
            let is_value = self.cx.with_obj(start, |o| matches!(o.kind, ObjKind::Var(_) | ObjKind::Const(_)));
            if !is_value || reported.contains(&start) {
                continue;
            }
            // Breadth first: the shortest way back to the start.
            let mut from: FxHashMap<ObjId, ObjId> = FxHashMap::default();
            let mut queue = std::collections::VecDeque::from([start]);
            let mut found = false;
            'search: while let Some(o) = queue.pop_front() {
                let Some(info) = self.decls.get(&o) else { continue };
                for &d in &info.deps {
                    if d == start {
                        from.insert(start, o);
                        found = true;
                        break 'search;
                    }
                    if let std::collections::hash_map::Entry::Vacant(v) = from.entry(d) {
                        v.insert(o);
                        queue.push_back(d);
                    }
                }
            }
            if !found {
                continue;
            }
            let mut cycle = vec![start];
            let mut at = from[&start];
            while at != start {
                cycle.push(at);
                at = from[&at];
            }
            cycle[1..].reverse();
            reported.extend(cycle.iter().copied());
            let pos = self.cx.obj_pos(start);
            let name = self.cx.obj_name(start);
            if cycle.len() == 1 {
                self.push_error(Diagnostic::error(pos, format!("initialization cycle: {name} refers to itself")));
                continue;
            }
            let mut d = Diagnostic::error(pos, format!("initialization cycle or refers to itself"));
            d.text = format!("initialization cycle for {name}");
            for i in 0..cycle.len() {
                let (here, next) = (cycle[i], cycle[(i + 1) % cycle.len()]);
                d = d.with_related(self.cx.obj_pos(here), format!("{} refers to {}", self.cx.obj_name(here), self.cx.obj_name(next)));
            }
            self.push_error(d);
        }
    }
}
