//! Select statements.
//!
//! Operands of all cases are evaluated once, in source order. One case with or without default becomes the
//! plain or the non-blocking operation; everything else is a table of cases in the frame, sends first, and one
//! call of the runtime. What follows is a switch on the case that was chosen.

use crate::emit::{Addr, Val};
use crate::func::FuncCx;
use crate::ty::{Kind, Ty};
use ir::{Block, BlockCall, InstData, Value, Values};
use source::Symbol;
use syntax::ast::{Expr, ExprId, List, Stmt, StmtId, UnaryOp};

enum Comm {
    Default,
    Send {
        chan: ExprId,
        value: ExprId,
    },
    /// `lhs` is empty, one or two; `define`: `:=`.
    Receive {
        rhs: ExprId,
        lhs: Vec<ExprId>,
        define: bool,
    },
}

struct Case {
    stmt: StmtId,
    comm: Comm,
    body: List<StmtId>,
    block: Block,
    /// The channel and the address to send from or receive into.
    chan: Option<Value>,
    at: Option<Value>,
    elem: Option<Ty>,
}

impl FuncCx<'_, '_> {
    pub fn select_stmt(&mut self, label: Option<Symbol>, s: StmtId, clauses: List<StmtId>) {
        let clauses: Vec<StmtId> = self.ast.list(clauses).collect();
        let mut cases: Vec<Case> = Vec::new();
        for stmt in clauses {
            let Stmt::Comm { comm, body, .. } = self.ast[stmt] else { continue };
            let Some(comm) = self.comm(comm) else { continue };
            cases.push(Case { stmt, comm, body, block: self.new_block(), chan: None, at: None, elem: None });
        }
        for case in &mut cases {
            self.at_stmt(case.stmt);
            self.operands(case);
        }
        self.memo.clear();
        self.at_stmt(s);
        let default = cases.iter().find(|c| matches!(c.comm, Comm::Default)).map(|c| c.block);
        let active: Vec<usize> = (0..cases.len()).filter(|&n| cases[n].chan.is_some()).collect();
        let received = match (&active[..], default) {
            ([], None) => {
                self.rt("gorc_block", &[]);
                None
            }
            ([], Some(block)) => {
                self.jump(block);
                None
            }
            (&[only], None) => self.blocking(&cases[only]),
            (&[only], Some(default)) => self.non_blocking(&cases[only], default),
            (many, default) => self.general(&cases, many, default),
        };
        let done = self.new_block();
        self.with_target(label, done, None, |cx| {
            for case in &cases {
                cx.start(case.block);
                cx.at_stmt(case.stmt);
                cx.receive_into(case, received);
                cx.stmts(case.body);
                if !cx.terminated {
                    cx.jump(done);
                }
            }
        });
        self.start(done);
    }

    fn comm(&mut self, comm: StmtId) -> Option<Comm> {
        if comm.is_none() {
            return Some(Comm::Default);
        }
        Some(match self.ast[comm] {
            Stmt::Send { chan, value } => Comm::Send { chan, value },
            Stmt::Expr(rhs) => Comm::Receive { rhs, lhs: Vec::new(), define: false },
            Stmt::Assign { lhs, rhs, .. } => Comm::Receive { rhs: self.ast.nth(rhs, 0), lhs: self.ast.list(lhs).collect(), define: false },
            Stmt::Define { lhs, rhs } => Comm::Receive { rhs: self.ast.nth(rhs, 0), lhs: self.ast.list(lhs).collect(), define: true },
            _ => return None,
        })
    }

    fn operands(&mut self, case: &mut Case) {
        match &case.comm {
            Comm::Default => {}
            &Comm::Send { chan, value } => {
                self.hoist(chan);
                self.hoist(value);
                let ty = self.type_of(chan);
                let elem = self.chan_elem(ty);
                let c = self.expr(chan).scalar();
                let val = self.expr_to(value, elem);
                let val = self.stable(elem, val);
                case.chan = Some(c);
                case.at = Some(self.spill(elem, &val));
                case.elem = Some(elem);
            }
            Comm::Receive { rhs, .. } => {
                let Expr::Unary { op: UnaryOp::Receive, operand } = self.ast[self.ast.unparen(*rhs)] else { return };
                self.hoist(operand);
                let ty = self.type_of(operand);
                let elem = self.chan_elem(ty);
                case.chan = Some(self.expr(operand).scalar());
                case.at = Some(self.temp(elem));
                case.elem = Some(elem);
            }
        }
    }

    fn parts(case: &Case) -> (Value, Value) {
        (case.chan.expect("an active case has a channel"), case.at.expect("and an element"))
    }

    fn blocking(&mut self, case: &Case) -> Option<Value> {
        let (chan, at) = Self::parts(case);
        let received = if matches!(case.comm, Comm::Send { .. }) {
            self.rt("gorc_chansend", &[chan, at]);
            None
        } else {
            Some(self.rt1("gorc_chanrecv", &[chan, at]))
        };
        self.jump(case.block);
        received
    }

    fn non_blocking(&mut self, case: &Case, default: Block) -> Option<Value> {
        let (chan, at) = Self::parts(case);
        let (selected, received) = if matches!(case.comm, Comm::Send { .. }) {
            (self.rt1("gorc_selectnbsend", &[chan, at]), None)
        } else {
            let both = self.rt("gorc_selectnbrecv", &[at, chan]);
            (both[0], Some(both[1]))
        };
        let selected = self.truth(selected);
        self.brif(selected, case.block, default);
        received
    }

    fn general(&mut self, cases: &[Case], active: &[usize], default: Option<Block>) -> Option<Value> {
        let is_send = |n: &usize| matches!(cases[*n].comm, Comm::Send { .. });
        let order: Vec<usize> = active.iter().copied().filter(is_send).chain(active.iter().copied().filter(|n| !is_send(n))).collect();
        let n_sends = order.iter().filter(|n| is_send(n)).count();
        let pointer = self.p.tys.common.unsafe_pointer;
        let pair = self.p.tys.intern(Kind::Array(pointer, 2));
        let table_ty = self.p.tys.intern(Kind::Array(pair, order.len() as u64));
        let table = self.temp(table_ty);
        for (i, &n) in order.iter().enumerate() {
            let (chan, at) = Self::parts(&cases[n]);
            self.store_leaf(Addr::safe(table), 16 * i as u64, chan);
            self.store_leaf(Addr::safe(table), 16 * i as u64 + 8, at);
        }
        let (sends, receives) = (self.int(n_sends as i64), self.int((order.len() - n_sends) as i64));
        let block = self.int(default.is_none() as i64);
        let both = self.rt("gorc_selectgo", &[table, sends, receives, block]);
        // Without default the last case is what remains.
        let (rest, tested) = match default {
            Some(block) => (block, &order[..]),
            None => (cases[order[order.len() - 1]].block, &order[..order.len() - 1]),
        };
        let targets = tested.iter().enumerate().map(|(i, &n)| (i as i64, BlockCall { block: cases[n].block, args: Values::new() })).collect();
        self.ins(InstData::Switch { arg: both[0], cases: targets, default: BlockCall { block: rest, args: Values::new() } });
        Some(both[1])
    }

    /// The assignments of a receive case, in its block.
    fn receive_into(&mut self, case: &Case, received: Option<Value>) {
        let Comm::Receive { lhs, define, .. } = &case.comm else { return };
        if lhs.is_empty() {
            return;
        }
        let (elem, at) = (case.elem.expect("a receive has an element"), case.at.expect("a receive has an address"));
        let val = match self.load(elem, Addr::safe(at)) {
            Val::Mem { addr, .. } => Val::Mem { addr, borrowed: false },
            scalars => scalars,
        };
        let mut values = vec![(val, elem)];
        if lhs.len() == 2 {
            let ok = self.truth(received.expect("a receive tells whether it received"));
            values.push((Val::one(ok), self.p.tys.common.bool_));
        }
        if *define {
            for (&l, (val, from)) in lhs.iter().zip(values) {
                self.define_name(l, &val, from);
            }
            return;
        }
        for &l in lhs {
            self.hoist(l);
        }
        let places: Vec<_> = lhs.iter().map(|&l| self.place(l)).collect();
        for ((&l, place), (val, from)) in lhs.iter().zip(&places).zip(values) {
            let to = if matches!(place, crate::assign::Place::Blank) { from } else { self.type_of(l) };
            self.at_expr(l);
            let val = self.assign_convert(val, from, to);
            self.place_store(place, to, &val);
        }
        self.memo.clear();
    }
}
