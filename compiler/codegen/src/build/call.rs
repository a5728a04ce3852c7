//! Calls: Go to Go (Tail), into the runtime (SystemV), the stack's cold path (PreserveAll).

use super::Builder;
use crate::{
    Fail,
    names::{self, Sym},
};
use cranelift_codegen::ir::{self as cl, AbiParam, InstBuilder, types};
use cranelift_codegen::isa::CallConv;
use ir::{FuncId, Inst, InstData, SigId, Type};
use smallvec::SmallVec;

impl Builder<'_> {
    pub(super) fn call(&mut self, inst: Inst, data: &InstData) -> Result<(), Fail> {
        let call = match data {
            InstData::Call { func, args } => {
                let callee = self.go_func(*func);
                self.check_args(args, &self.module.sigs[self.module.funcs[*func].sig].params)?;
                let args = self.use_values(args);
                self.ins().call(callee, &args)
            }
            InstData::CallPtr { sig, callee, args } => {
                self.check_args(args, &self.module.sigs[*sig].params)?;
                let sig = self.go_sig(*sig);
                let callee = self.use_value(*callee);
                let args = self.use_values(args);
                self.ins().call_indirect(sig, callee, &args)
            }
            InstData::CallClosure { sig, callee, args } => {
                let mut all = args.clone();
                all.push(*callee);
                self.check_args(&all, &self.module.sigs[*sig].params)?;
                let sig = self.go_sig(*sig);
                let values = self.use_values(&all);
                // A nil func value faults here.
                let flags = self.faulting_flags();
                let code = self.ins().load(types::I64, flags, *values.last().expect("the closure"), 0);
                self.ins().call_indirect(sig, code, &values)
            }
            InstData::CallRt { entry, args } => {
                let rt = &abi::rt::ENTRIES[*entry as usize];
                if args.len() != rt.params.len() {
                    return self.fail(format!("{} takes {} arguments, not {}", rt.symbol, rt.params.len(), args.len()));
                }
                if let Some(bad) = args.iter().find(|&&v| !matches!(self.func.ty(v), Type::I64 | Type::Ptr)) {
                    return self.fail(format!("argument {bad} of {} has type {:?}", rt.symbol, self.func.ty(*bad)));
                }
                let callee = self.rt_func(Sym::Rt(*entry));
                let args = self.use_values(args);
                let call = self.ins().call(callee, &args);
                if rt.leaf {
                    self.call_results(inst, call);
                    return Ok(());
                }
                call
            }
            InstData::CallStd { name, block } => {
                let mut sig = cl::Signature::new(CallConv::SystemV);
                sig.params.push(AbiParam::new(types::I64));
                let callee = self.external(Sym::Std(*name), sig);
                let block = self.use_value(*block);
                self.ins().call(callee, &[block])
            }
            other => unreachable!("{other:?} is not a call"),
        };
        self.safepoint(inst, call);
        self.call_results(inst, call);
        Ok(())
    }

    fn call_results(&mut self, inst: Inst, call: cl::Inst) {
        let results: SmallVec<[cl::Value; 4]> = self.cur.func.dfg.inst_results(call).into();
        self.define(inst, &results);
    }

    pub(super) fn check_args(&self, args: &[ir::Value], params: &[Type]) -> Result<(), Fail> {
        if args.len() != params.len() {
            return self.fail(format!("call with {} arguments of a function with {} parameters", args.len(), params.len()));
        }
        for (&arg, &param) in args.iter().zip(params) {
            if self.func.ty(arg) != param {
                return self.fail(format!("argument {arg} has type {:?}, the parameter {param:?}", self.func.ty(arg)));
            }
        }
        Ok(())
    }

    pub(super) fn go_sig(&mut self, sig: SigId) -> cl::SigRef {
        if let Some(&known) = self.sigs.get(&sig) {
            return known;
        }
        let imported = self.cur.func.import_signature(super::clif_signature(&self.module.sigs[sig]));
        self.sigs.insert(sig, imported);
        imported
    }

    pub(super) fn func_ref(&mut self, sym: Sym, sig: SigId) -> cl::FuncRef {
        if let Some(&known) = self.funcs.get(&(sym, true)) {
            return known;
        }
        let sig = self.go_sig(sig);
        let func = names::import(self.cur.func, sym, sig);
        self.funcs.insert((sym, true), func);
        func
    }

    pub(super) fn go_func(&mut self, func: FuncId) -> cl::FuncRef {
        self.func_ref(Sym::Func(func), self.module.funcs[func].sig)
    }

    fn external(&mut self, sym: Sym, sig: cl::Signature) -> cl::FuncRef {
        if let Some(&known) = self.funcs.get(&(sym, false)) {
            return known;
        }
        let sig = self.cur.func.import_signature(sig);
        let func = names::import(self.cur.func, sym, sig);
        self.funcs.insert((sym, false), func);
        func
    }

    pub(super) fn rt_func(&mut self, sym: Sym) -> cl::FuncRef {
        let Sym::Rt(entry) = sym else { unreachable!("a runtime entry") };
        let rt = &abi::rt::ENTRIES[entry as usize];
        let mut sig = cl::Signature::new(CallConv::SystemV);
        sig.params.extend(rt.params.iter().map(|_| AbiParam::new(types::I64)));
        sig.returns.extend(rt.results.iter().map(|_| AbiParam::new(types::I64)));
        self.external(sym, sig)
    }

    /// Keeps every register; the stack may have moved.
    pub(super) fn call_morestack(&mut self) -> cl::Inst {
        let callee = self.external(Sym::Morestack, cl::Signature::new(CallConv::PreserveAll));
        self.ins().call(callee, &[])
    }

    /// The empty function behind `enter`.
    pub(super) fn enter_func(&mut self) -> (cl::FuncRef, cl::SigRef) {
        let sig = cl::Signature::new(CallConv::Tail);
        let callee = self.external(Sym::Enter, sig.clone());
        let sig = self.cur.func.dfg.ext_funcs[callee].signature;
        (callee, sig)
    }
}
