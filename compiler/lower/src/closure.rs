//! Function literals and closures that the compiler makes.
//!
//! A closure is `{code, captures...}`. A variable that is never assigned after its declaration nor addressed is
//! captured by value, any other by its address.

use crate::emit::{Addr, Val};
use crate::func::{FuncCx, NameCx, Var};
use crate::ty::{FuncSig, Kind, Ty};
use ir::{InstData, Value};
use syntax::ast::{ExprId, StmtId};
use types::{BodyInfo, ObjId};

/// A captured variable in the closure object.
#[derive(Clone, Debug)]
pub struct Capture {
    pub obj: ObjId,
    /// The variable's type, or a pointer's.
    pub ty: Ty,
    pub by_value: bool,
    pub val: Val,
}

impl<'p, 'a> FuncCx<'p, 'a> {
    /// Names of the next function literal inside this one: traceback form, symbol.
    pub fn lit_name(&mut self) -> (String, String) {
        self.names.n_lits += 1;
        let suffix = format!("{}{}", if self.names.is_closure { "." } else { ".func" }, self.names.n_lits);
        (format!("{}{suffix}", self.f.name), format!("{}{suffix}", self.names.symbol))
    }
    pub fn range_name(&mut self) -> (String, String) {
        self.names.n_ranges += 1;
        let suffix = format!("-range{}", self.names.n_ranges);
        (format!("{}{suffix}", self.f.name), format!("{}{suffix}", self.names.symbol))
    }
    pub fn wrap_name(&mut self, what: &str) -> (String, String) {
        self.names.n_wraps += 1;
        let suffix = format!(".{what}{}", self.names.n_wraps);
        (format!("{}{suffix}", self.f.name), format!("{}{suffix}", self.names.symbol))
    }

    /// What the captured variables are here, in order.
    pub fn captures(&mut self, info: &BodyInfo) -> Vec<Capture> {
        let mut list = Vec::new();
        for &obj in &info.captures {
            let ty = self.obj_ty(obj);
            match self.vars.get(&obj).cloned() {
                Some(Var::Val(val)) => list.push(Capture { obj, ty, by_value: true, val }),
                _ => {
                    let addr = self.var_addr(obj);
                    let pointer = self.p.tys.pointer(ty);
                    list.push(Capture { obj, ty: pointer, by_value: false, val: Val::one(addr.base) });
                }
            }
        }
        list
    }

    /// The closure object: code, then values.
    pub fn closure_object(&mut self, code: ir::FuncId, types: &[Ty], vals: &[Val], name: &str) -> Value {
        let object = self.closure_type(types);
        let at = self.alloc(object, name, true);
        let code = self.val(InstData::FuncAddr { func: code });
        let repr = self.p.repr(object);
        self.store_leaf(Addr::safe(at), 0, code);
        for (n, (&ty, val)) in types.iter().zip(vals).enumerate() {
            self.store(ty, Addr::safe(at).plus(repr.fields[n + 1]), val);
        }
        at
    }

    /// The struct of a closure. The code address is no pointer for the collector.
    pub fn closure_type(&mut self, types: &[Ty]) -> Ty {
        let mut fields = vec![self.p.tys.common.uintptr];
        fields.extend_from_slice(types);
        self.p.tys.intern(Kind::Tuple(fields))
    }

    /// In the closure's code: what the object holds.
    pub fn closure_values(&mut self, types: &[Ty]) -> Vec<Val> {
        let object = self.closure_type(types);
        let repr = self.p.repr(object);
        let closure = self.closure.expect("closures have the hidden parameter");
        let base = Addr { readonly: true, ..Addr::safe(closure) };
        types.iter().enumerate().map(|(n, &ty)| self.load(ty, base.plus(repr.fields[n + 1]))).collect()
    }

    /// Makes captured variables known.
    pub fn bind_captures(&mut self, captures: &[Capture], values: Vec<Val>) {
        for (c, val) in captures.iter().zip(values) {
            let var = if c.by_value { Var::Val(val) } else { Var::Mem(val.scalar()) };
            self.vars.insert(c.obj, var);
        }
    }

    /// `func(...) {...}`
    pub fn func_lit(&mut self, e: ExprId, body: StmtId) -> Val {
        self.at_expr(e);
        let loc = self.loc;
        let Some(info) = self.info.lit_bodies.get(&e) else { return self.bad(e, "a function literal that was not checked") };
        let ty = self.type_of(e);
        let sig = self.p.sig_of(ty);
        let (name, symbol) = self.lit_name();
        let captures = self.captures(info);
        let types: Vec<Ty> = captures.iter().map(|c| c.ty).collect();
        let abi = self.p.abi_sig(None, &sig);
        let id = self.p.declare(&symbol, abi.closure);
        let symbol = self.p.module.funcs[id].symbol.clone();

        let (env, file, answers, pkg) = (self.env.clone(), self.file, self.info, self.pkg);
        let mut cx = FuncCx::new(&mut *self.p, name, loc, env, file, answers, pkg);
        cx.names = NameCx { symbol, is_closure: true, ..NameCx::default() };
        let params = cx.params(None, &sig, true);
        let values = cx.closure_values(&types);
        cx.bind_captures(&captures, values);
        cx.bind_params(info, params);
        cx.begin(info);
        cx.stmt(body);
        cx.end(body);
        let f = cx.finish();
        self.p.define(id, f);

        if captures.is_empty() {
            let object = format!("{}·fv", self.p.module.funcs[id].symbol);
            let global = self.p.code_object(object, id);
            return Val::one(self.global(global));
        }
        let vals: Vec<Val> = captures.into_iter().map(|c| c.val).collect();
        Val::one(self.closure_object(id, &types, &vals, "func literal"))
    }

    /// A closure made by the compiler: `build` gets the captured values and the parameters, and returns.
    pub fn thunk(
        &mut self,
        (name, symbol): (String, String),
        captured: &[(Ty, Val)],
        sig: &FuncSig,
        object_name: &str,
        build: impl FnOnce(&mut FuncCx<'_, 'a>, Vec<Val>, Vec<Val>),
    ) -> Value {
        let types: Vec<Ty> = captured.iter().map(|(t, _)| *t).collect();
        let abi = self.p.abi_sig(None, sig);
        let id = self.p.declare(&symbol, abi.closure);
        let (env, file, answers, pkg, loc) = (self.env.clone(), self.file, self.info, self.pkg, self.loc);
        let mut cx = FuncCx::new(&mut *self.p, name, loc, env, file, answers, pkg);
        cx.f.flags.wrapper = true;
        cx.names = NameCx { symbol, is_closure: true, ..NameCx::default() };
        let params = cx.params(None, sig, true);
        let values = cx.closure_values(&types);
        build(&mut cx, values, params.into_iter().map(|(_, v)| v).collect());
        let f = cx.finish();
        self.p.define(id, f);
        if captured.is_empty() {
            let object = format!("{}·fv", self.p.module.funcs[id].symbol);
            let global = self.p.code_object(object, id);
            return self.global(global);
        }
        let vals: Vec<Val> = captured.iter().map(|(_, v)| v.clone()).collect();
        self.closure_object(id, &types, &vals, object_name)
    }
}
