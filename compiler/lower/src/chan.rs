//! Channels: send and receive.

use crate::emit::{Addr, Val};
use crate::func::FuncCx;
use crate::ty::{Kind, Ty};
use ir::Value;
use syntax::ast::ExprId;

impl FuncCx<'_, '_> {
    pub fn chan_elem(&mut self, chan: Ty) -> Ty {
        match *self.p.under(chan) {
            Kind::Chan(_, e) => e,
            ref other => unreachable!("not a channel: {other:?}"),
        }
    }

    /// `<-c` as a value.
    pub fn receive(&mut self, e: ExprId, operand: ExprId) -> Val {
        let chan = self.type_of(operand);
        let c = self.expr(operand).scalar();
        self.at_expr(e);
        self.receive_from(chan, c).0
    }

    /// `v, ok = <-c`
    pub fn receive_ok(&mut self, e: ExprId, operand: ExprId) -> (Val, Value) {
        let chan = self.type_of(operand);
        let c = self.expr(operand).scalar();
        self.at_expr(e);
        self.receive_from(chan, c)
    }

    pub fn receive_from(&mut self, chan: Ty, c: Value) -> (Val, Value) {
        let elem = self.chan_elem(chan);
        let at = self.temp(elem);
        let ok = self.rt1("gorc_chanrecv", &[c, at]);
        let val = match self.load(elem, Addr::safe(at)) {
            Val::Mem { addr, .. } => Val::Mem { addr, borrowed: false },
            scalars => scalars,
        };
        let ok = self.truth(ok);
        (val, ok)
    }

    /// `c <- v`
    pub fn send(&mut self, chan: ExprId, value: ExprId) {
        self.hoist(chan);
        self.hoist(value);
        let ty = self.type_of(chan);
        let elem = self.chan_elem(ty);
        let c = self.expr(chan).scalar();
        let v = self.expr_to(value, elem);
        self.at_expr(chan);
        let at = self.spill(elem, &v);
        self.rt("gorc_chansend", &[c, at]);
    }
}
