//! Calls: callee, receiver, arguments, results.

use crate::abi_sig::AbiSig;
use crate::emit::{Addr, Val};
use crate::expr::Base;
use crate::func::FuncCx;
use crate::program::FuncKey;
use crate::query::MethodTarget;
use crate::ty::{Basic, FuncSig, Kind, Ty};
use ir::{FuncId, InstData, Type, Value, Values};
use source::Symbol;
use std::rc::Rc;
use syntax::ast::{Expr, ExprId, IdentId};
use types::{Mode, ObjId, ObjKind};

/// What is called. Values are evaluated already.
#[derive(Clone, Debug)]
pub enum Callee {
    Func(FuncId),
    /// A code address from an itab.
    Code(Value),
    /// A func value.
    Closure(Value),
}

/// A call whose callee and receiver are evaluated.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub callee: Callee,
    /// Receiver, as the callee takes it.
    pub recv: Option<(Ty, Val)>,
    /// Without receiver.
    pub sig: FuncSig,
}

impl FuncCx<'_, '_> {
    /// A call used as one value (or as none).
    pub fn call_expr(&mut self, e: ExprId, func: ExprId, args: syntax::ast::List<ExprId>, spread: bool) -> Val {
        match self.info.mode_of(func) {
            Mode::Type => return self.conversion(e, self.ast.nth(args, 0)),
            Mode::Builtin => {
                if let Some(b) = self.builtin_of(func) {
                    let args: Vec<ExprId> = self.ast.list(args).collect();
                    return self.builtin(e, b, &args, spread);
                }
            }
            _ => {}
        }
        self.call_results(e, func, args, spread).into_iter().next().map_or(Val::none(), |(v, _)| v)
    }

    /// All values of an expression: several only of a call.
    pub fn multi(&mut self, e: ExprId) -> Vec<(Val, Ty)> {
        let inner = self.ast.unparen(e);
        if let Expr::Call { func, args, spread, .. } = self.ast[inner]
            && self.is_tuple(inner)
        {
            return self.call_results(inner, func, args, spread);
        }
        let ty = self.type_of(e);
        vec![(self.expr(e), ty)]
    }

    fn call_results(&mut self, e: ExprId, func: ExprId, args: syntax::ast::List<ExprId>, spread: bool) -> Vec<(Val, Ty)> {
        let args: Vec<ExprId> = self.ast.list(args).collect();
        if let Some(values) = self.intrinsic_call(e, func, &args) {
            return values;
        }
        self.hoist_callee(func);
        self.hoist_args(func, &args, spread);
        let prepared = self.prepare_call(func);
        let kept = self.kept_pointers(func, &args);
        let values = self.call_args(&prepared.sig, &args, spread);
        self.at_expr(e);
        let results = self.finish_call(&prepared, values);
        for arg in kept {
            self.ins(InstData::KeepAlive { arg });
        }
        results
    }

    /// The pointers in arguments `uintptr(p)` of a call that keeps them alive: of functions without body, such as
    /// system calls, and of those marked `//go:uintptrescapes`. (A pointer made a number is on the heap anyway.)
    pub fn kept_pointers(&mut self, func: ExprId, args: &[ExprId]) -> Vec<Value> {
        let operands: Vec<ExprId> = args.iter().filter_map(|&a| self.pointer_made_uintptr(a)).collect();
        if operands.is_empty() || !self.keeps_uintptrs(func) {
            return Vec::new();
        }
        operands
            .into_iter()
            .map(|x| {
                let val = match self.memo.get(&x) {
                    Some(val) => val.clone(),
                    None => self.expr(x),
                };
                self.memo.insert(x, val.clone());
                val.scalar()
            })
            .collect()
    }

    fn pointer_made_uintptr(&mut self, arg: ExprId) -> Option<ExprId> {
        let arg = self.ast.unparen(arg);
        let Expr::Call { func, args, .. } = self.ast[arg] else { return None };
        if self.info.mode_of(func) != Mode::Type || self.memo.contains_key(&arg) {
            return None;
        }
        let operand = self.ast.unparen(self.ast.nth(args, 0));
        let (to, from) = (self.type_of(arg), self.type_of(operand));
        let is = |cx: &mut Self, ty, basic| cx.p.basic(ty) == Some(basic);
        (is(self, to, Basic::Uintptr) && is(self, from, Basic::UnsafePointer)).then_some(operand)
    }

    fn keeps_uintptrs(&self, func: ExprId) -> bool {
        let func = self.ast.unparen(func);
        let obj = match self.ast[func] {
            Expr::Name(ident) => self.object(ident),
            Expr::Selector { name, .. } => match self.info.selections.get(&func) {
                Some(sel) => sel.method,
                None => self.object(name),
            },
            _ => None,
        };
        let Some(obj) = obj else { return false };
        let (Some(info), Some(pkg)) = (self.p.func_info(obj), self.p.cx.obj(obj).pkg) else { return false };
        let (file, _) = self.p.file_of(pkg, info.file);
        let marked = |text: &str| matches!(text.trim_end(), "go:uintptrescapes" | "go:uintptrkeepalive");
        !info.has_body || file.pragmas_of(info.decl).iter().any(|p| marked(p.text.as_str()))
    }

    pub fn hoist_callee(&mut self, func: ExprId) {
        let func = self.ast.unparen(func);
        if !matches!(self.ast[func], Expr::FuncLit { .. }) {
            self.hoist(func);
        }
    }

    pub fn hoist_args(&mut self, func: ExprId, args: &[ExprId], spread: bool) {
        let ty = self.type_of(func);
        let kind = self.p.under(ty);
        let Kind::Func(sig) = &*kind else { return args.iter().for_each(|&a| self.hoist(a)) };
        let n_fixed = sig.params.len() - sig.variadic as usize;
        for (n, &arg) in args.iter().enumerate() {
            match sig.params.get(n) {
                Some(&ty) if n < n_fixed || spread => self.hoist_to(arg, ty),
                _ if sig.variadic && !spread => {
                    let elem = self.slice_elem(sig.params[n_fixed]);
                    self.hoist_to(arg, elem);
                }
                _ => self.hoist(arg),
            }
        }
    }

    pub fn finish_call(&mut self, prepared: &Prepared, args: Vec<Val>) -> Vec<(Val, Ty)> {
        // Through an itab the receiver is the data word: its type is unsafe.Pointer.
        let abi = self.p.abi_sig(prepared.recv.as_ref().map(|(ty, _)| *ty), &prepared.sig);
        let mut all: Vec<Val> = prepared.recv.iter().map(|(_, v)| v.clone()).collect();
        all.extend(args);
        let values = self.emit_call(&prepared.callee, &abi, &all);
        values.into_iter().zip(prepared.sig.results.iter().copied()).collect()
    }

    /// The call instruction: arguments flattened, results gathered.
    pub fn emit_call(&mut self, callee: &Callee, abi: &Rc<AbiSig>, args: &[Val]) -> Vec<Val> {
        let mut flat = Values::new();
        let sret = abi.sret.map(|tuple| self.temp(tuple));
        flat.extend(sret);
        debug_assert_eq!(args.len(), abi.params.len());
        for (val, &ty) in args.iter().zip(&abi.params) {
            match val {
                Val::Scalars(v) => flat.extend_from_slice(v),
                Val::Mem { .. } => {
                    let val = self.stable(ty, val.clone());
                    flat.push(val.scalar());
                }
            }
        }
        let inst = match *callee {
            Callee::Func(func) => self.ins(InstData::Call { func, args: flat }),
            Callee::Code(code) => self.ins(InstData::CallPtr { sig: abi.sig, callee: code, args: flat }),
            Callee::Closure(closure) => self.ins(InstData::CallClosure { sig: abi.closure, callee: closure, args: flat }),
        };
        if let (Some(tuple), Some(at)) = (abi.sret, sret) {
            let repr = self.p.repr(tuple);
            return abi
                .results
                .iter()
                .zip(&repr.fields)
                .map(|(&ty, &offset)| match self.load(ty, Addr::safe(at).plus(offset)) {
                    Val::Mem { addr, .. } => Val::Mem { addr, borrowed: false },
                    scalars => scalars,
                })
                .collect();
        }
        let results = self.f.results[inst].clone();
        let mut at = 0;
        abi.results
            .iter()
            .map(|&ty| {
                let n = self.p.repr(ty).leaves.as_ref().map_or(0, |l| l.len());
                at += n;
                Val::many(results[at - n..at].iter().copied())
            })
            .collect()
    }

    /// Arguments as the parameters' types; variadic ones in a slice.
    pub fn call_args(&mut self, sig: &FuncSig, args: &[ExprId], spread: bool) -> Vec<Val> {
        let n_fixed = if sig.variadic { sig.params.len() - 1 } else { sig.params.len() };
        // f(g()): the values of the only argument.
        if args.len() == 1 && self.is_tuple(args[0]) {
            let values = self.multi(args[0]);
            let mut out = Vec::new();
            for (n, (val, ty)) in values.iter().enumerate().take(n_fixed) {
                out.push(self.assign_convert(val.clone(), *ty, sig.params[n]));
            }
            if sig.variadic {
                let elem = self.slice_elem(sig.params[n_fixed]);
                let rest: Vec<Val> = values[n_fixed.min(values.len())..].iter().map(|(v, t)| self.assign_convert(v.clone(), *t, elem)).collect();
                out.push(self.pack_slice(elem, &rest));
            }
            return out;
        }
        let mut out = Vec::new();
        for (n, &arg) in args.iter().enumerate().take(n_fixed) {
            let val = self.expr_to(arg, sig.params[n]);
            out.push(val);
        }
        if sig.variadic {
            let slice = sig.params[n_fixed];
            if spread {
                let val = self.expr_to(args[n_fixed], slice);
                out.push(val);
            } else {
                let elem = self.slice_elem(slice);
                let rest: Vec<Val> = args[n_fixed.min(args.len())..].iter().map(|&a| self.expr_to(a, elem)).collect();
                out.push(self.pack_slice(elem, &rest));
            }
        }
        out
    }

    pub fn slice_elem(&mut self, slice: Ty) -> Ty {
        match &*self.p.under(slice) {
            Kind::Slice(e) => *e,
            other => unreachable!("not a slice: {other:?}"),
        }
    }

    /// `[]T{values...}`; nil if there are none.
    pub fn pack_slice(&mut self, elem: Ty, values: &[Val]) -> Val {
        if values.is_empty() {
            let slice = self.p.tys.slice(elem);
            return self.zero_val(slice);
        }
        let array = self.p.tys.intern(Kind::Array(elem, values.len() as u64));
        let at = self.alloc(array, "... argument", true);
        let size = self.p.size_of(elem);
        for (n, val) in values.iter().enumerate() {
            self.store(elem, Addr::safe(at).plus(n as u64 * size), val);
        }
        let n = self.int(values.len() as i64);
        Val::many([at, n, n])
    }

    // ---- Callees ----

    pub fn prepare_call(&mut self, func: ExprId) -> Prepared {
        let func = self.ast.unparen(func);
        // f[int](...)
        let named = match self.ast[func] {
            Expr::Index { operand, .. } if self.instantiates(operand) => self.ast.unparen(operand),
            _ => func,
        };
        if !self.memo.contains_key(&func) {
            match self.ast[named] {
                Expr::Name(ident) => {
                    if let Some(p) = self.prepare_declared(ident) {
                        return p;
                    }
                }
                Expr::Selector { operand, name } => match self.info.selections.get(&named).cloned() {
                    None => {
                        if let Some(p) = self.prepare_declared(name) {
                            return p;
                        }
                    }
                    Some(sel) if sel.kind == types::SelectionKind::Method => {
                        let (base, ty) = self.walk_path(operand, &sel.path);
                        self.at_expr(named);
                        return self.prepare_method(base, ty, &sel, name);
                    }
                    Some(_) => {}
                },
                _ => {}
            }
        }
        let ty = self.type_of(func);
        let sig = self.p.sig_of(ty);
        let val = self.expr(func);
        Prepared { callee: Callee::Closure(val.scalar()), recv: None, sig }
    }

    /// Is `x` in `x[args]` a function?
    fn instantiates(&self, operand: ExprId) -> bool {
        let operand = self.ast.unparen(operand);
        let ident = match self.ast[operand] {
            Expr::Name(ident) => ident,
            Expr::Selector { name, .. } => name,
            _ => return false,
        };
        self.info.instances.contains_key(&ident) || self.object(ident).is_some_and(|o| matches!(self.p.cx.obj(o).kind, ObjKind::Func(_)))
    }

    fn prepare_declared(&mut self, ident: IdentId) -> Option<Prepared> {
        let obj = self.object(ident)?;
        if !matches!(self.p.cx.obj(obj).kind, ObjKind::Func(_)) {
            return None;
        }
        let targs = self.instance_args(ident);
        let func = self.declared_func(obj, Vec::new(), targs.clone());
        let (_, sig) = self.p.declared_sig(obj, &[], &targs);
        Some(Prepared { callee: Callee::Func(func), recv: None, sig })
    }

    pub fn instance_args(&mut self, ident: IdentId) -> Vec<Ty> {
        let env = self.env.clone();
        match self.info.instances.get(&ident) {
            Some(instance) => instance.targs.iter().map(|&t| self.p.ty(t, &env)).collect(),
            None => Vec::new(),
        }
    }

    /// Package of a name that is not exported.
    pub fn selector_pkg(&self, sel: &types::Selection) -> Option<Symbol> {
        (!types::is_exported(sel.name)).then(|| Symbol::intern(&self.p.pkg_path(sel.pkg)))
    }

    /// Callee and receiver of `base.name`, for a value of concrete type `ty`.
    pub fn prepare_method(&mut self, base: Base, ty: Ty, sel: &types::Selection, ident: IdentId) -> Prepared {
        // A generic method is in no method set: its object says what it is.
        if let Some(func) = sel.method {
            let targs = self.instance_args(ident);
            if !targs.is_empty() {
                return self.prepare_declared_method(base, ty, func, targs);
            }
        }
        let pkg = self.selector_pkg(sel);
        self.prepare_method_by_name(base, ty, sel.name, pkg)
    }

    pub fn prepare_method_by_name(&mut self, base: Base, ty: Ty, name: Symbol, pkg: Option<Symbol>) -> Prepared {
        if self.p.is_interface(ty) {
            let val = self.base_val(base, ty);
            return self.prepare_interface_method(&val, ty, name, pkg);
        }
        let lookup = self.p.method_base(ty);
        let Some(m) = self.p.find_method(lookup, name, pkg) else {
            self.p.error(source::Pos::NONE, format!("internal error: no method {} for {}", name.as_str(), self.f.name));
            return Prepared { callee: Callee::Closure(self.null()), recv: None, sig: FuncSig::default() };
        };
        // Promoted through embedded fields (in generic code the checker could not see them).
        let (base, ty) = self.walk_embedded(base, ty, &m.path);
        match m.target {
            MethodTarget::Interface(_) => {
                let val = self.base_val(base, ty);
                self.prepare_interface_method(&val, ty, name, pkg)
            }
            MethodTarget::Declared { func, .. } => self.prepare_declared_method(base, ty, func, Vec::new()),
        }
    }

    /// Through embedded fields, pointers followed where they are.
    pub fn walk_embedded(&mut self, mut base: Base, mut ty: Ty, path: &[u32]) -> (Base, Ty) {
        for &index in path {
            let deref = self.p.pointee(ty).is_some();
            (base, ty) = self.walk_steps(base, ty, &[types::Step { deref, index }]);
        }
        (base, ty)
    }

    fn prepare_interface_method(&mut self, val: &Val, iface: Ty, name: Symbol, pkg: Option<Symbol>) -> Prepared {
        let kind = self.p.under(iface);
        let Kind::Interface(methods) = &*kind else { unreachable!("not an interface") };
        let index = methods.iter().position(|m| m.name == name && m.pkg == pkg).expect("the interface has the method");
        let sig = self.p.sig_of(methods[index].sig);
        let offset = abi::typedesc::itab::FUN as u64 + 8 * index as u64;
        // A nil interface faults here.
        let code = self.load_leaf(Addr { readonly: true, ..Addr::maybe_nil(val.at(0)) }, offset, Type::Ptr);
        Prepared { callee: Callee::Code(code), recv: Some((self.p.tys.common.unsafe_pointer, Val::one(val.at(1)))), sig }
    }

    /// A declared method on `base`, which is a T or *T.
    fn prepare_declared_method(&mut self, base: Base, ty: Ty, func: ObjId, targs: Vec<Ty>) -> Prepared {
        let (t, is_pointer) = match &*self.p.tys.kind(ty) {
            Kind::Pointer(e) => (*e, true),
            _ => (ty, false),
        };
        let recv_args = self.p.named(t).map(|n| n.args).unwrap_or_default();
        let pointer_recv = self.p.cx.has_pointer_receiver(func);
        let id = self.declared_func(func, recv_args.clone(), targs.clone());
        let (recv_ty, sig) = self.p.declared_sig(func, &recv_args, &targs);
        let recv_ty = recv_ty.expect("a method has a receiver");
        let recv = match (pointer_recv, is_pointer) {
            (true, true) => self.base_val(base, ty),
            (true, false) => match base {
                Base::Addr(addr) => Val::one(self.addr_value(addr)),
                Base::Val(val) => {
                    let at = self.alloc(ty, "", true);
                    self.store(ty, Addr::safe(at), &val);
                    Val::one(at)
                }
            },
            (false, true) => {
                let p = self.base_val(base, ty).scalar();
                let val = self.load(t, Addr::maybe_nil(p));
                self.stable(t, val)
            }
            (false, false) => {
                let val = self.base_val(base, ty);
                self.stable(ty, val)
            }
        };
        Prepared { callee: Callee::Func(id), recv: Some((recv_ty, recv)), sig }
    }

    /// A declared function as a func value.
    pub fn func_value(&mut self, func: FuncId) -> Val {
        let global = self.p.func_value_global(func);
        Val::one(self.global(global))
    }
}

impl crate::Program<'_> {
    /// `{code}` of a declared function: static data.
    pub fn func_value_global(&mut self, func: FuncId) -> ir::GlobalId {
        if let Some(&global) = self.func_values.get(&func) {
            return global;
        }
        let wrapper = self.func(FuncKey::FuncValue(func));
        let symbol = format!("{}·fv", self.module.funcs[func].symbol);
        let global = self.code_object(symbol, wrapper);
        self.func_values.insert(func, global);
        global
    }

    /// A closure object without captures.
    pub fn code_object(&mut self, symbol: String, code: FuncId) -> ir::GlobalId {
        let symbol = self.unique_symbol(&symbol);
        self.module.globals.push(ir::Global {
            symbol,
            section: ir::Section::ReadOnly,
            size: 8,
            align: 8,
            data: vec![0; 8],
            relocs: vec![ir::Reloc { offset: 0, target: ir::Target::Func(code), addend: 0, kind: ir::RelocKind::Abs64 }],
            layout: None,
            typelink: false,
            external: false,
        })
    }

    /// The func value form of a function: drops the hidden parameter.
    pub fn make_func_value(&mut self, id: FuncId, target: FuncId) {
        let name = self.module.funcs[target].symbol.clone();
        let mut cx = FuncCx::synthetic(self, name);
        let entry = cx.f.entry();
        let sig = cx.p.module.sigs[cx.p.module.funcs[target].sig].clone();
        let args: Values = sig.params.iter().map(|&t| cx.f.add_param(entry, t)).collect();
        cx.f.add_param(entry, Type::Ptr);
        cx.f.flags.closure = true;
        cx.ins(InstData::TailCall { func: target, args });
        let f = cx.finish();
        self.define(id, f);
    }

    /// The type whose methods `ty` has: without pointer.
    pub fn method_base(&mut self, ty: Ty) -> Ty {
        match &*self.tys.kind(ty) {
            Kind::Pointer(e) => *e,
            _ => ty,
        }
    }

    /// A data symbol of the runtime.
    pub fn runtime_data(&mut self, symbol: &'static str) -> ir::GlobalId {
        if let Some(&global) = self.externals.get(symbol) {
            return global;
        }
        let global = self.module.globals.push(ir::Global {
            symbol: symbol.to_owned(),
            section: ir::Section::Data,
            size: 0,
            align: 8,
            data: Vec::new(),
            relocs: Vec::new(),
            layout: None,
            typelink: false,
            external: true,
        });
        self.externals.insert(symbol, global);
        global
    }
}
