//! Instantiation without end: `func f[T any]() { f[*T]() }`.
//!
//! A graph over type parameters: an edge from P to Q if Q is instantiated with a type made of P, of weight 1
//! if that type is more than P itself. A cycle with a positive weight never ends.

use super::Checker;
use crate::TypeId;
use source::{Diagnostic, Pos};

#[derive(Default)]
pub(crate) struct Graph {
    edges: Vec<Edge>,
}

struct Edge {
    from: TypeId,
    to: TypeId,
    weight: bool,
    pos: Pos,
    arg: TypeId,
}

impl Checker<'_> {
    pub fn record_instance(&mut self, pos: Pos, tparams: &[TypeId], targs: &[TypeId], positions: &[Pos]) {
        for (i, (&p, &arg)) in tparams.iter().zip(targs).enumerate() {
            let mut found = Vec::new();
            self.params_in(arg, &mut found);
            let at = positions.get(i).copied().unwrap_or(pos);
            for q in found {
                let weight = self.cx.unalias(arg) != q;
                self.mono.edges.push(Edge { from: q, to: p, weight, pos: at, arg });
            }
        }
    }

    fn params_in(&self, t: TypeId, out: &mut Vec<TypeId>) {
        use crate::Type;
        let t = self.cx.unalias(t);
        match self.cx.ty(t) {
            Type::TypeParam(_) => {
                if !out.contains(&t) {
                    out.push(t);
                }
            }
            Type::Pointer(e) | Type::Slice(e) | Type::Array { elem: e, .. } | Type::Chan { elem: e, .. } => self.params_in(e, out),
            Type::Map { key, value } => {
                self.params_in(key, out);
                self.params_in(value, out);
            }
            Type::Struct(fields) => fields.iter().for_each(|f| self.params_in(f.ty, out)),
            Type::Func(sig) => sig.params.iter().chain(sig.results.iter()).for_each(|p| self.params_in(p.ty, out)),
            Type::Named(row) => {
                let named = self.cx.named(row);
                named.targs.iter().chain(named.outer_targs.iter()).for_each(|&a| self.params_in(a, out));
            }
            _ => {}
        }
    }

    pub fn report_instantiation_cycles(&mut self) {
        // Receivers name the parameters of their type anew: they are the same parameter.
        let mut same: Vec<(TypeId, TypeId)> = Vec::new();
        for &obj in &self.order {
            if let crate::ObjKind::Func(info) = self.cx.with_obj(obj, |o| o.kind.clone())
                && let Some(recv) = &info.recv
                && let Some(base) = self.cx.as_named(recv.base)
            {
                same.extend(recv.tparams.iter().copied().zip(base.tparams.iter().copied()));
            }
        }
        let root = |t: TypeId| same.iter().find(|s| s.0 == t).map_or(t, |s| s.1);
        let edges: Vec<(TypeId, TypeId, bool)> = self.mono.edges.iter().map(|e| (root(e.from), root(e.to), e.weight)).collect();
        // The parameter that comes first is the one reported.
        let mut by_pos: Vec<usize> = (0..edges.len()).collect();
        by_pos.sort_by_key(|&i| self.param_pos(edges[i].1));
        for i in by_pos {
            let (from, to, weight) = edges[i];
            if !weight {
                continue;
            }
            // Back from `to` to `from`?
            let mut seen = vec![to];
            let mut queue = vec![to];
            let mut via: Vec<(TypeId, usize)> = Vec::new();
            while let Some(at) = queue.pop() {
                for (k, &(f, t, _)) in edges.iter().enumerate() {
                    if f == at && !seen.contains(&t) {
                        seen.push(t);
                        via.push((t, k));
                        queue.push(t);
                    }
                }
            }
            if !seen.contains(&from) {
                continue;
            }
            let mut cycle = vec![i];
            let mut at = from;
            while at != to {
                let Some(&(_, k)) = via.iter().find(|v| v.0 == at) else { break };
                cycle.push(k);
                at = edges[k].0;
            }
            cycle.reverse();
            let mut d = Diagnostic::error(self.param_pos(edges[i].1), "instantiation cycle:");
            for k in cycle {
                let e = &self.mono.edges[k];
                d = d.with_related(e.pos, format!("{} instantiated as {}", self.ts(e.to), self.ts(e.arg)));
            }
            self.push_error(d);
            return;
        }
    }

    fn param_pos(&self, t: TypeId) -> Pos {
        self.cx.type_name_obj(t).map_or(Pos::NONE, |o| self.cx.obj_pos(o))
    }
}
