//! Range over a function: the loop body becomes a function, what leaves it a number.
//!
//! ```text
//! state, next := ready, 0
//! f(func(k, v) bool {
//!     if state != ready { panicrangestate(state) }
//!     state = panicked
//!     body            // continue: state = ready; return true      break: state = done; return false
//!     state = ready; return true          anything that leaves the loop: next = n; state = done; return false
//! })
//! if state == panicked { panicrangestate(missing panic) }
//! state = exhausted
//! switch next { ... }
//! ```
//! In nested loops what the inner body cannot do itself is done by the outer body after the inner call, with the
//! same means. `return` stores its values in the result variables of the function first.

use crate::emit::{Addr, Val};
use crate::func::{FuncCx, NameCx, ResultVar, Target};
use crate::range::RangeStmt;
use crate::ty::Ty;
use ir::{BlockCall, InstData, IntCC, Value, Values};
use rustc_hash::FxHashSet;
use source::Symbol;
use syntax::ast::{BranchKind, Stmt};

/// States of the loop, known to `runtime.panicrangestate`.
const DONE: i64 = 0;
const READY: i64 = 1;
const PANICKED: i64 = 2;
const EXHAUSTED: i64 = 3;
const MISSING_PANIC: i64 = 4;

/// What the enclosing function does after the call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    Break(Symbol),
    Continue(Symbol),
    Goto(Symbol),
    Return,
}

/// In the body of a range over a function.
#[derive(Debug)]
pub struct RangeCx {
    /// Addresses of the loop's variables.
    state: Value,
    next: Value,
    /// By number, from 1.
    exits: Vec<Exit>,
    /// Result variables of the function around.
    pub results: Vec<ResultVar>,
    /// Where the frame of deferred calls is: distance from the top of the stack, which a move does not change.
    pub defer_offset: Option<Value>,
    /// Labels in the body.
    labels: FxHashSet<Symbol>,
}

impl FuncCx<'_, '_> {
    pub fn result_types(&self) -> Vec<Ty> {
        match &self.range {
            Some(range) => range.results.iter().map(|r| r.ty).collect(),
            None => self.results.iter().map(|r| r.ty).collect(),
        }
    }

    pub fn label_is_here(&self, label: Symbol) -> bool {
        self.range.as_ref().is_none_or(|r| r.labels.contains(&label))
    }

    /// Leaves the body for good: the loop does `exit` afterwards.
    fn leave(&mut self, exit: Exit) {
        let Some(range) = &mut self.range else { return self.unreachable() };
        let number = match range.exits.iter().position(|e| *e == exit) {
            Some(n) => n + 1,
            None => {
                range.exits.push(exit);
                range.exits.len()
            }
        };
        let next = range.next;
        let number = self.int(number as i64);
        self.store_leaf(Addr::safe(next), 0, number);
        self.leave_loop(DONE, false);
    }

    fn leave_loop(&mut self, state: i64, more: bool) {
        let Some(range) = &self.range else { return };
        let at = range.state;
        let state = self.int(state);
        self.store_leaf(Addr::safe(at), 0, state);
        let more = self.bool_const(more);
        self.ins(InstData::Return { args: [more].into_iter().collect() });
    }

    pub fn leave_range(&mut self, label: Option<Symbol>, is_continue: bool) {
        let Some(label) = label else { return self.unreachable() };
        self.leave(if is_continue { Exit::Continue(label) } else { Exit::Break(label) });
    }

    pub fn leave_range_goto(&mut self, label: Symbol) {
        self.leave(Exit::Goto(label));
    }

    pub fn leave_range_return(&mut self, values: Option<Vec<Val>>) {
        if let (Some(values), Some(range)) = (values, &self.range) {
            for (r, val) in range.results.clone().into_iter().zip(&values) {
                if let Some(addr) = r.addr {
                    self.store(r.ty, Addr::safe(addr), val);
                }
            }
        }
        self.leave(Exit::Return);
    }

    pub fn range_func(&mut self, r: &RangeStmt, ty: Ty) {
        let info = self.info;
        let Some(body_info) = info.range_bodies.get(&r.stmt) else {
            let pos = self.file.stmt_pos(r.stmt);
            return self.unsupported(pos, "this range over a function");
        };
        let f = self.expr(r.operand).scalar();
        let loc = self.loc;
        let sig = self.p.sig_of(ty);
        let yield_sig = self.p.sig_of(sig.params[0]);
        let c = self.p.tys.common;

        let state = self.alloc(c.int, ".state", true);
        let next = self.alloc(c.int, ".next", true);
        let ready = self.int(READY);
        self.store_leaf(Addr::safe(state), 0, ready);

        // What the body needs: variables, the loop's own, results, the defer frame.
        let captures = self.captures(body_info);
        let mut types: Vec<Ty> = captures.iter().map(|c| c.ty).collect();
        let mut vals: Vec<Val> = captures.iter().map(|c| c.val.clone()).collect();
        let n_vars = types.len();
        let int_ptr = self.p.tys.pointer(c.int);
        for v in [state, next] {
            types.push(int_ptr);
            vals.push(Val::one(v));
        }
        let results = match &self.range {
            Some(range) => range.results.clone(),
            None => self.results.clone(),
        };
        for result in &results {
            if let Some(addr) = result.addr {
                types.push(self.p.tys.pointer(result.ty));
                vals.push(Val::one(addr));
            }
        }
        let defer_offset = self.defer_offset();
        if let Some(offset) = defer_offset {
            types.push(c.uintptr);
            vals.push(Val::one(offset));
        }

        let (name, symbol) = self.range_name();
        let abi = self.p.abi_sig(None, &yield_sig);
        let id = self.p.declare(&symbol, abi.closure);
        let symbol = self.p.module.funcs[id].symbol.clone();
        let labels = self.labels_in(r.body);
        let (env, file, answers, pkg) = (self.env.clone(), self.file, self.info, self.pkg);
        let mut cx = FuncCx::new(&mut *self.p, name, loc, env, file, answers, pkg);
        cx.names = NameCx { symbol, is_closure: true, ..NameCx::default() };
        let params = cx.params(None, &yield_sig, true);
        cx.f.flags.has_recover = body_info.has_recover;
        let values = cx.closure_values(&types);
        let (vars, own) = values.split_at(n_vars);
        cx.bind_captures(&captures, vars.to_vec());
        let mut own = own.iter().map(Val::scalar);
        let mut take = || own.next().expect("the closure has the word");
        let (state_in, next_in) = (take(), take());
        let results_in = results.iter().map(|r| ResultVar { ty: r.ty, addr: r.addr.map(|_| take()) }).collect();
        let defer_in = defer_offset.map(|_| take());
        cx.range = Some(RangeCx { state: state_in, next: next_in, exits: Vec::new(), results: results_in, defer_offset: defer_in, labels });

        let now = cx.load_int(state_in, 0);
        let bad = cx.icmp_imm(IntCC::Ne, now, READY);
        cx.when_cold(bad, |cx| cx.call_panic("panicrangestate", &[now]));
        let panicked = cx.int(PANICKED);
        cx.store_leaf(Addr::safe(state_in), 0, panicked);
        let values: Vec<_> = [r.key, r.value].into_iter().zip(params).map(|(e, (from, val))| (e, Some(val), from)).collect();
        cx.range_assign(r, &values);
        let (brk, cont) = (cx.new_block(), cx.new_block());
        cx.targets.push(Target { label: r.label, brk, cont: Some(cont) });
        cx.loop_depth = 1;
        cx.stmt(r.body);
        cx.enter(cont);
        cx.leave_loop(READY, true);
        cx.start(brk);
        cx.leave_loop(DONE, false);
        let exits = cx.range.take().map(|r| r.exits).unwrap_or_default();
        let finished = cx.finish();
        self.p.define(id, finished);

        self.loc = loc;
        let closure = self.closure_object(id, &types, &vals, "func literal");
        let f_abi = self.p.abi_sig(None, &sig);
        self.ins(InstData::CallClosure { sig: f_abi.closure, callee: f, args: [closure].into_iter().collect() });
        let now = self.load_int(state, 0);
        let bad = self.icmp_imm(IntCC::Eq, now, PANICKED);
        self.when_cold(bad, |cx| {
            let missing = cx.int(MISSING_PANIC);
            cx.call_panic("panicrangestate", &[missing]);
        });
        let exhausted = self.int(EXHAUSTED);
        self.store_leaf(Addr::safe(state), 0, exhausted);
        if exits.is_empty() {
            return;
        }
        let done = self.new_block();
        let blocks: Vec<ir::Block> = exits.iter().map(|_| self.new_block()).collect();
        let number = self.load_int(next, 0);
        let cases = blocks.iter().enumerate().map(|(n, &block)| (n as i64 + 1, BlockCall { block, args: Values::new() })).collect();
        self.ins(InstData::Switch { arg: number, cases, default: BlockCall { block: done, args: Values::new() } });
        for (exit, block) in exits.into_iter().zip(blocks) {
            self.start(block);
            match exit {
                Exit::Break(label) => self.branch(BranchKind::Break, label),
                Exit::Continue(label) => self.branch(BranchKind::Continue, label),
                Exit::Goto(label) => self.branch(BranchKind::Goto, label),
                Exit::Return if self.range.is_some() => self.leave_range_return(None),
                Exit::Return => self.finish_return(),
            }
        }
        self.start(done);
    }

    /// Labels declared between the braces of a block.
    fn labels_in(&self, body: syntax::ast::StmtId) -> FxHashSet<Symbol> {
        let Stmt::Block { rbrace, .. } = self.ast[body] else { return FxHashSet::default() };
        let from = self.ast.stmt_offsets[body.index()];
        self.ast
            .stmts
            .iter()
            .zip(&self.ast.stmt_offsets)
            .filter(|&(_, &offset)| from <= offset && offset < rbrace)
            .filter_map(|(s, _)| match s {
                Stmt::Labeled { label, .. } => Some(self.ast.name(*label)),
                _ => None,
            })
            .collect()
    }
}
