//! `go` statements, and what they share with `defer`: a call whose operands are evaluated now, as a closure
//! without parameters and results.

use crate::call::{Callee, Prepared};
use crate::emit::Val;
use crate::func::FuncCx;
use crate::ty::{FuncSig, Ty};
use ir::Value;
use syntax::ast::{Expr, ExprId};
use types::{Builtin, Mode};

impl FuncCx<'_, '_> {
    pub fn go_stmt(&mut self, e: ExprId) {
        // "created by" names the line of the statement, not that of the call's end.
        let loc = self.loc;
        let Some(func) = self.call_closure_of(e, "gowrap") else { return };
        self.loc = loc;
        self.rt("gorc_newproc", &[func]);
    }

    /// The closure that does the call `e`.
    pub fn call_closure_of(&mut self, e: ExprId, what: &str) -> Option<Value> {
        let e = self.ast.unparen(e);
        let Expr::Call { func, args, spread, .. } = self.ast[e] else {
            let pos = self.pos(e);
            self.unsupported(pos, "go or defer without a call");
            return None;
        };
        let args: Vec<ExprId> = self.ast.list(args).collect();
        match self.info.mode_of(func) {
            Mode::Builtin => {
                let b = self.builtin_of(func)?;
                return self.builtin_closure(e, b, &args, what);
            }
            Mode::Type => {
                // A conversion has no effect but that of its operand.
                for &a in &args {
                    self.expr_now(a);
                }
                let names = self.wrap_name(what);
                return Some(self.thunk(names, &[], &FuncSig::default(), "func literal", |cx, _, _| cx.emit_return(Vec::new())));
            }
            _ => {}
        }
        self.hoist_callee(func);
        self.hoist_args(func, &args, spread);
        let prepared = self.prepare_call(func);
        let kept = self.kept_pointers(func, &args);
        let values = self.call_args(&prepared.sig, &args, spread);
        self.at_expr(e);
        // A func value without parameters and results is what we want already.
        if let (Callee::Closure(closure), true, true) = (&prepared.callee, prepared.sig.params.is_empty(), prepared.sig.results.is_empty()) {
            return Some(*closure);
        }
        let mut captured: Vec<(Ty, Val)> = Vec::new();
        let pointer = self.p.tys.common.unsafe_pointer;
        match prepared.callee {
            Callee::Closure(v) => captured.push((pointer, Val::one(v))),
            // The address of code is a pointer as any other; the collector leaves it alone.
            Callee::Code(v) => captured.push((pointer, Val::one(v))),
            Callee::Func(_) => {}
        }
        let has_recv = prepared.recv.is_some();
        if let Some((ty, val)) = &prepared.recv {
            captured.push((*ty, val.clone()));
        }
        for (val, &ty) in values.into_iter().zip(&prepared.sig.params) {
            captured.push((ty, val));
        }
        let n_kept = kept.len();
        captured.extend(kept.into_iter().map(|p| (pointer, Val::one(p))));
        let no_captures = captured.is_empty();
        if let (Callee::Func(id), true, true) = (&prepared.callee, no_captures, prepared.sig.results.is_empty()) {
            let value = self.func_value(*id);
            return Some(value.scalar());
        }
        let names = self.wrap_name(what);
        let Prepared { callee, recv, sig } = prepared;
        let recv_ty = recv.map(|(t, _)| t);
        Some(self.thunk(names, &captured, &FuncSig::default(), "func literal", move |cx, values, _| {
            let mut values = values.into_iter();
            let mut next = || values.next().expect("the closure has the value");
            let callee = match callee {
                Callee::Closure(_) => Callee::Closure(next().scalar()),
                Callee::Code(_) => Callee::Code(next().scalar()),
                func => func,
            };
            let recv = if has_recv { recv_ty.map(|t| (t, next())) } else { None };
            let prepared = Prepared { callee, recv, sig };
            let mut args: Vec<Val> = values.collect();
            let kept = args.split_off(args.len() - n_kept);
            cx.finish_call(&prepared, args);
            for p in kept {
                cx.ins(ir::InstData::KeepAlive { arg: p.scalar() });
            }
            cx.emit_return(Vec::new());
        }))
    }

    /// A builtin as the deferred or started call.
    fn builtin_closure(&mut self, e: ExprId, b: Builtin, args: &[ExprId], what: &str) -> Option<Value> {
        let names = self.wrap_name(what);
        // `defer recover()` is a call by the function that defers, when that one returns: it recovers if that
        // function was called by a panic. Called by the panic itself it recovers nothing.
        if b == Builtin::Recover {
            return Some(self.thunk(names, &[], &FuncSig::default(), "func literal", |cx, _, _| {
                let fp = cx.val(ir::InstData::FramePointer);
                let caller = cx.load_ptr(fp, 0);
                cx.rt("gorc_gorecover", &[caller]);
                cx.emit_return(Vec::new());
            }));
        }
        for &a in args {
            self.hoist(a);
        }
        let values = self.builtin_args(b, args);
        self.at_expr(e);
        let captured = self.captured_values(values);
        let types: Vec<Ty> = captured.iter().map(|(t, _)| *t).collect();
        Some(self.thunk(names, &captured, &FuncSig::default(), "func literal", move |cx, values, _| {
            let args: Vec<(Val, Ty)> = values.into_iter().zip(types).collect();
            cx.builtin_effect(b, &args);
            cx.emit_return(Vec::new());
        }))
    }
}
