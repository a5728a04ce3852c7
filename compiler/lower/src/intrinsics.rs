//! Functions that are instructions: sync/atomic, parts of math and math/bits, runtime.KeepAlive; and functions
//! without body, which the runtime provides (`docs/ABI.md`, "Bodyless Go functions").

use crate::Program;
use crate::emit::{Addr, Val};
use crate::func::FuncCx;
use crate::ty::{FuncSig, Kind, Ty};
use ir::{AtomicOp, BinaryOp, CheckKind, ConvertOp, FuncId, InstData, Type, UnaryOp, Value};
use source::Pos;
use syntax::ast::{Expr, ExprId};
use types::{ObjId, ObjKind};

impl FuncCx<'_, '_> {
    /// A call of a function that is expanded in place; None for all others.
    pub fn intrinsic_call(&mut self, e: ExprId, func: ExprId, args: &[ExprId]) -> Option<Vec<(Val, Ty)>> {
        let callee = self.ast.unparen(func);
        let ident = match self.ast[callee] {
            Expr::Name(ident) => ident,
            Expr::Selector { name, .. } if !self.info.selections.contains_key(&callee) => name,
            _ => return None,
        };
        let obj = self.object(ident)?;
        let name = self.p.cx.obj_name(obj);
        let path = self.p.intrinsic_package(obj)?;
        if !is_intrinsic(path, name.as_str()) {
            return None;
        }
        let ty = self.type_of(func);
        let sig = self.p.sig_of(ty);
        if args.len() != sig.params.len() {
            return None;
        }
        for &arg in args {
            self.hoist(arg);
        }
        let values = self.call_args(&sig, args, false);
        self.at_expr(e);
        let results = self.expand(path, name.as_str(), &values, &sig)?;
        Some(results.into_iter().zip(sig.results.iter().copied()).collect())
    }

    /// The values of an intrinsic.
    fn expand(&mut self, path: &str, name: &str, args: &[Val], sig: &FuncSig) -> Option<Vec<Val>> {
        match path {
            "sync/atomic" => self.atomic(name, args),
            "math" => self.math(name, args).map(|v| vec![v]),
            "math/bits" => self.bits(name, args, sig),
            "runtime" => {
                // KeepAlive(x any): the data word.
                self.ins(InstData::KeepAlive { arg: args[0].at(1) });
                Some(Vec::new())
            }
            _ => None,
        }
    }

    fn atomic(&mut self, name: &str, args: &[Val]) -> Option<Vec<Val>> {
        let (op, ty) = atomic_parts(name)?;
        let addr = args[0].scalar();
        self.check(CheckKind::Nil, &[addr]);
        let value = |n: usize| args[n].scalar();
        let one = |v: Value| Some(vec![Val::one(v)]);
        match op {
            "Load" => {
                let v = self.val(InstData::AtomicLoad { ty, addr });
                one(v)
            }
            "Store" => {
                self.ins(InstData::AtomicStore { value: value(1), addr });
                Some(Vec::new())
            }
            "CompareAndSwap" => {
                let v = self.val(InstData::AtomicCas { args: [addr, value(1), value(2)] });
                one(v)
            }
            "Add" => {
                let old = self.val(InstData::AtomicRmw { op: AtomicOp::Add, addr, value: value(1) });
                let new = self.bin(BinaryOp::Add, old, value(1));
                one(new)
            }
            _ => {
                let op = match op {
                    "Swap" => AtomicOp::Xchg,
                    "And" => AtomicOp::And,
                    _ => AtomicOp::Or,
                };
                let old = self.val(InstData::AtomicRmw { op, addr, value: value(1) });
                one(old)
            }
        }
    }

    fn math(&mut self, name: &str, args: &[Val]) -> Option<Val> {
        let x = args[0].scalar();
        let value = match name {
            "Sqrt" | "sqrt" => self.un(UnaryOp::FSqrt, x),
            "Abs" => self.un(UnaryOp::FAbs, x),
            "Copysign" => self.bin(BinaryOp::FCopysign, x, args[1].scalar()),
            "Float64bits" => self.conv(ConvertOp::Bitcast, Type::I64, x),
            "Float64frombits" => self.conv(ConvertOp::Bitcast, Type::F64, x),
            "Float32bits" => self.conv(ConvertOp::Bitcast, Type::I32, x),
            "Float32frombits" => self.conv(ConvertOp::Bitcast, Type::F32, x),
            _ => return None,
        };
        Some(Val::one(value))
    }

    fn bits(&mut self, name: &str, args: &[Val], sig: &FuncSig) -> Option<Vec<Val>> {
        let x = args[0].scalar();
        let width = 8 * self.f.ty(x).bytes() as i64;
        let base = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let count = |cx: &mut Self, op: UnaryOp| {
            let n = cx.un(op, x);
            cx.int_to(n, Type::I64, false)
        };
        let one = match base {
            "LeadingZeros" => count(self, UnaryOp::Clz),
            "TrailingZeros" => count(self, UnaryOp::Ctz),
            "OnesCount" => count(self, UnaryOp::Popcnt),
            "Len" => {
                let zeros = count(self, UnaryOp::Clz);
                let width = self.int(width);
                self.bin(BinaryOp::Sub, width, zeros)
            }
            "ReverseBytes" => self.un(UnaryOp::Bswap, x),
            "RotateLeft" => self.bin(BinaryOp::Rotl, x, args[1].scalar()),
            "Mul" => {
                let y = args[1].scalar();
                let (hi, lo) = (self.bin(BinaryOp::UMulHi, x, y), self.bin(BinaryOp::Mul, x, y));
                return Some(vec![Val::one(hi), Val::one(lo)]);
            }
            "Add" | "Sub" => {
                let (y, carry) = (args[1].scalar(), args[2].scalar());
                let op = if base == "Add" { BinaryOp::Add } else { BinaryOp::Sub };
                let first = self.bin(op, x, y);
                let result = self.bin(op, first, carry);
                // The carry out of the top bit: Hacker's Delight 2-16.
                let (same, differ) = if base == "Add" {
                    let (both, any) = (self.bin(BinaryOp::And, x, y), self.bin(BinaryOp::Or, x, y));
                    let lost = self.bin(BinaryOp::AndNot, any, result);
                    (both, lost)
                } else {
                    let borrowed = self.bin(BinaryOp::AndNot, y, x);
                    let differ = self.bin(BinaryOp::Xor, x, y);
                    let kept = self.bin(BinaryOp::AndNot, result, differ);
                    (borrowed, kept)
                };
                let all = self.bin(BinaryOp::Or, same, differ);
                let shift = self.int(width - 1);
                let out = self.bin(BinaryOp::LShr, all, shift);
                return Some(vec![Val::one(result), Val::one(out)]);
            }
            _ => return None,
        };
        debug_assert_eq!(sig.results.len(), 1);
        Some(vec![Val::one(one)])
    }
}

/// `AddInt32` → (`Add`, i32)
fn atomic_parts(name: &str) -> Option<(&'static str, Type)> {
    for op in ["Add", "And", "Or", "Swap", "CompareAndSwap", "Load", "Store"] {
        let ty = match name.strip_prefix(op) {
            Some("Int32" | "Uint32") => Type::I32,
            Some("Int64" | "Uint64" | "Uintptr") => Type::I64,
            Some("Pointer") => Type::Ptr,
            _ => continue,
        };
        return Some((op, ty));
    }
    None
}

fn is_intrinsic(path: &str, name: &str) -> bool {
    match path {
        "sync/atomic" => atomic_parts(name).is_some(),
        "math" => matches!(name, "Sqrt" | "sqrt" | "Abs" | "Copysign" | "Float64bits" | "Float64frombits" | "Float32bits" | "Float32frombits"),
        "math/bits" => {
            matches!(
                name,
                "ReverseBytes16" | "ReverseBytes32" | "ReverseBytes64" | "ReverseBytes" | "Mul64" | "Mul" | "Add64" | "Add" | "Sub64" | "Sub"
            ) || ["LeadingZeros", "TrailingZeros", "OnesCount", "Len", "RotateLeft"]
                .iter()
                .any(|base| matches!(name.strip_prefix(base), Some("" | "8" | "16" | "32" | "64")))
        }
        "runtime" => name == "KeepAlive",
        _ => false,
    }
}

impl Program<'_> {
    /// The path of a package-level function whose package has intrinsics.
    fn intrinsic_package(&self, obj: ObjId) -> Option<&'static str> {
        let object = self.cx.obj(obj);
        let ObjKind::Func(info) = &object.kind else { return None };
        if info.recv.is_some() {
            return None;
        }
        let path = self.pkg_path(object.pkg?);
        ["sync/atomic", "math", "math/bits", "runtime"].into_iter().find(|p| **p == *path)
    }

    /// A declared function without body: an intrinsic, or a service of the runtime.
    pub fn make_bodyless(&mut self, id: FuncId, func: ObjId, name: String, recv: Option<Ty>, sig: &FuncSig, pos: Pos) {
        let object = self.cx.obj(func);
        let short = object.name.as_str();
        let path = object.pkg.map(|p| self.pkg_path(p).to_string()).unwrap_or_default();
        let is_entry = |symbol: &str| abi::std_entries::STD_ENTRIES.contains(&symbol);
        let own = format!("{path}.{short}");
        let symbol = self.pulled_symbol(func).map_or_else(|| own.clone(), str::to_owned);
        let target = self.linked_func(&symbol).or_else(|| self.linked_func(&own)).filter(|&t| t != func);
        if let Some(target) = target.filter(|_| recv.is_none()) {
            let target = self.func(crate::program::FuncKey::Declared { func: target, recv: Vec::new(), targs: Vec::new() });
            if self.module.funcs[target].sig == self.module.funcs[id].sig {
                let mut cx = FuncCx::synthetic(self, name);
                let params = cx.params(None, sig, false);
                let abi = cx.p.abi_sig(None, sig);
                let args: Vec<Val> = params.into_iter().map(|(_, v)| v).collect();
                let results = cx.emit_call(&crate::call::Callee::Func(target), &abi, &args);
                cx.emit_return(results);
                let f = cx.finish();
                self.define(id, f);
                return;
            }
        }
        // A linkname to nothing that is known does not hide the function's own symbol.
        let symbol = if is_entry(&symbol) { symbol } else { own };
        let known = is_entry(&symbol);
        let intrinsic = self.intrinsic_package(func).filter(|p| is_intrinsic(p, short));
        if recv.is_some() || (intrinsic.is_none() && !known) {
            self.error(pos, "missing function body");
            return;
        }
        let mut cx = FuncCx::synthetic(self, name);
        cx.f.flags.wrapper = false;
        cx.set_loc(pos);
        cx.f.loc = cx.loc;
        let params = cx.params(None, sig, false);
        let values: Vec<Val> = params.iter().map(|(_, v)| v.clone()).collect();
        // The block that is handed to the runtime must not stay in a caller's frame, where it would keep what it points to.
        cx.f.flags.no_inline =
            intrinsic.is_none() && params.iter().map(|(t, _)| *t).chain(sig.results.iter().copied()).any(|t| cx.p.repr(t).has_pointers());
        let results = match intrinsic {
            Some(path) => cx.expand(path, short, &values, sig).unwrap_or_default(),
            None => cx.std_call(&symbol, &params, sig),
        };
        cx.emit_return(results);
        let f = cx.finish();
        self.define(id, f);
    }
}

impl FuncCx<'_, '_> {
    /// Calls the runtime with a block of parameters and results in this frame.
    fn std_call(&mut self, symbol: &str, params: &[(Ty, Val)], sig: &FuncSig) -> Vec<Val> {
        let fields: Vec<Ty> = params.iter().map(|(t, _)| *t).chain(sig.results.iter().copied()).collect();
        let block_ty = self.p.tys.intern(Kind::Tuple(fields));
        let repr = self.p.repr(block_ty);
        let block = self.temp(block_ty);
        for ((ty, val), &at) in params.iter().zip(&repr.fields) {
            self.store(*ty, Addr::safe(block).plus(at), val);
        }
        let name = self.p.module.string(symbol);
        self.ins(InstData::CallStd { name, block });
        let first = params.len();
        sig.results
            .iter()
            .enumerate()
            .map(|(n, &ty)| match self.load(ty, Addr::safe(block).plus(repr.fields[first + n])) {
                Val::Mem { addr, .. } => Val::Mem { addr, borrowed: false },
                scalars => scalars,
            })
            .collect()
    }
}
