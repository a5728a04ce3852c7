//! The rules of the IR, checked. Run after `lower` and, in debug builds and tests, after every pass.

use crate::print;
use crate::*;
use rustc_hash::FxHashSet;

/// The first few broken rules of a function, each with its instruction.
pub fn function(module: &Module, func: &Function) -> Result<(), String> {
    let mut verifier = Verifier { module, func, errors: Vec::new() };
    verifier.run();
    if verifier.errors.is_empty() {
        return Ok(());
    }
    verifier.errors.truncate(8);
    Err(format!("function {:?}:\n  {}", func.name, verifier.errors.join("\n  ")))
}

struct Verifier<'a> {
    module: &'a Module,
    func: &'a Function,
    errors: Vec<String>,
}

impl Verifier<'_> {
    fn error(&mut self, block: Block, inst: Option<Inst>, text: impl Into<String>) {
        let at = inst.map_or(String::new(), |i| format!(" `{}`", print::inst(self.module, &self.func.insts[i])));
        self.errors.push(format!("{block}:{at} {}", text.into()));
    }

    fn run(&mut self) {
        let func = self.func;
        let sig = &self.module.sigs[func.sig];
        if func.layout.is_empty() {
            self.errors.push("no blocks".into());
            return;
        }
        let entry = func.entry();
        let params: Vec<Type> = func.blocks[entry].params.iter().map(|&v| func.ty(v)).collect();
        if params != sig.params {
            self.error(entry, None, format!("entry parameters {params:?} are not the signature's {:?}", sig.params));
        }
        let in_layout: FxHashSet<Block> = func.layout.iter().copied().collect();
        if in_layout.len() != func.layout.len() {
            self.errors.push("a block is twice in the layout".into());
        }
        let mut place = cranelift_entity::SecondaryMap::<Inst, Option<(Block, u32)>>::new();
        for &block in &func.layout {
            let insts = &func.blocks[block].insts;
            for (n, &inst) in insts.iter().enumerate() {
                if place[inst].is_some() {
                    self.error(block, Some(inst), "is in two places");
                }
                place[inst] = Some((block, n as u32));
                let is_last = n + 1 == insts.len();
                if func.insts[inst].is_terminator() != is_last {
                    self.error(block, Some(inst), if is_last { "the block does not end in a terminator" } else { "terminator inside a block" });
                }
                func.insts[inst].for_each_successor(|succ, args| {
                    if !in_layout.contains(&succ) {
                        self.error(block, Some(inst), format!("{succ} is not in the layout"));
                    }
                    if succ == entry {
                        self.error(block, Some(inst), "jump to the entry");
                    }
                    let want: Vec<Type> = func.blocks[succ].params.iter().map(|&v| func.ty(v)).collect();
                    let have: Vec<Type> = args.iter().map(|&v| func.ty(func.resolve(v))).collect();
                    if want != have {
                        self.error(block, Some(inst), format!("{succ} takes {want:?}, not {have:?}"));
                    }
                });
                self.check_types(block, inst);
            }
            if insts.is_empty() {
                self.error(block, None, "is empty");
            }
        }
        if !self.errors.is_empty() {
            return;
        }
        let cfg = Cfg::new(func);
        for &block in &cfg.rpo {
            for (n, &inst) in func.blocks[block].insts.iter().enumerate() {
                func.insts[inst].for_each_value(|value| {
                    let value = func.resolve(value);
                    let ok = match func.values[value].def {
                        ValueDef::Param(b, _) => in_layout.contains(&b) && cfg.dominates(b, block),
                        ValueDef::Result(def, _) => match place[def] {
                            Some((b, m)) if b == block => (m as usize) < n,
                            Some((b, _)) => cfg.dominates(b, block),
                            None => false,
                        },
                        ValueDef::Alias(_) => false,
                    };
                    if !ok {
                        self.error(block, Some(inst), format!("{value} does not dominate its use"));
                    }
                });
            }
        }
        self.check_landing(&cfg);
    }

    /// Landing blocks use no value but allocs of the entry block and what they compute themselves.
    fn check_landing(&mut self, cfg: &Cfg) {
        let func = self.func;
        let Some((from, landing)) = func.layout.iter().find_map(|&b| match func.terminator(b).map(|i| &func.insts[i]) {
            Some(&InstData::Enter { landing, .. }) => Some((b, landing)),
            _ => None,
        }) else {
            return;
        };
        if !func.blocks[landing].params.is_empty() {
            self.error(landing, None, "landing block with parameters");
        }
        for &block in &cfg.rpo {
            if !cfg.dominates(landing, block) {
                continue;
            }
            for &inst in &func.blocks[block].insts {
                func.insts[inst].for_each_value(|value| {
                    let value = func.resolve(value);
                    let (def_block, is_alloc) = match func.values[value].def {
                        ValueDef::Result(i, _) => {
                            let b = func.layout.iter().copied().find(|&b| func.blocks[b].insts.contains(&i)).unwrap_or(from);
                            (b, matches!(func.insts[i], InstData::Alloc { .. }))
                        }
                        ValueDef::Param(b, _) => (b, false),
                        ValueDef::Alias(_) => return,
                    };
                    if !cfg.dominates(landing, def_block) && !is_alloc {
                        self.error(block, Some(inst), format!("{value} comes from before the landing block"));
                    }
                });
            }
        }
    }

    fn check_types(&mut self, block: Block, inst: Inst) {
        use InstData::*;
        let func = self.func;
        let module = self.module;
        let ty = |v: &Value| func.ty(func.resolve(*v));
        let list = |vs: &[Value]| vs.iter().map(ty).collect::<Vec<_>>();
        let data = &func.insts[inst];
        let ptr = |v: &Value| ty(v) == Type::Ptr;
        let bad = match data {
            Iconst { ty, .. } => !ty.is_int(),
            Fconst { ty, .. } => !ty.is_float(),
            Unary { op, arg } => {
                use crate::UnaryOp::*;
                ty(arg).is_float() != matches!(op, FNeg | FAbs | FSqrt | FFloor | FCeil | FTrunc | FNearest) || ptr(arg)
            }
            Binary { op, args } => {
                use crate::BinaryOp::*;
                let float = matches!(op, FAdd | FSub | FMul | FDiv | FMin | FMax | FCopysign);
                let shift = matches!(op, Shl | LShr | AShr | Rotl);
                ptr(&args[0])
                    || ptr(&args[1])
                    || ty(&args[0]).is_float() != float
                    || ty(&args[1]).is_float() != float
                    || (!shift && ty(&args[0]) != ty(&args[1]))
            }
            Icmp { args, .. } => ty(&args[0]) != ty(&args[1]) || ty(&args[0]).is_float(),
            Fcmp { args, .. } => ty(&args[0]) != ty(&args[1]) || !ty(&args[0]).is_float(),
            Convert { op, ty: to, arg } => {
                let from = ty(arg);
                let (from_int, to_int) = (from.is_int(), to.is_int());
                !match op {
                    ConvertOp::Trunc => from_int && to_int && to.bytes() < from.bytes(),
                    ConvertOp::ZExt | ConvertOp::SExt => from_int && to_int && to.bytes() > from.bytes(),
                    ConvertOp::FPromote => from == Type::F32 && *to == Type::F64,
                    ConvertOp::FDemote => from == Type::F64 && *to == Type::F32,
                    ConvertOp::SIToF | ConvertOp::UIToF => from_int && to.is_float(),
                    ConvertOp::FToSI | ConvertOp::FToUI => from.is_float() && to_int,
                    ConvertOp::Bitcast => from.bytes() == to.bytes() && from != Type::Ptr && *to != Type::Ptr,
                    ConvertOp::PtrToInt => from == Type::Ptr && *to == Type::I64,
                    ConvertOp::IntToPtr => from == Type::I64 && *to == Type::Ptr,
                }
            }
            Select { args } => ty(&args[0]) != Type::I8 || ty(&args[1]) != ty(&args[2]),
            Fma { args } => !ty(&args[0]).is_float() || list(args).iter().any(|t| *t != ty(&args[0])),
            PtrAdd { args } => !ptr(&args[0]) || ty(&args[1]) != Type::I64,
            PtrOffset { arg, .. } => !ptr(arg),
            Load { addr, flags, offset, .. } => !ptr(addr) || (!flags.notrap && !(0..4096).contains(offset)),
            Store { addr, flags, offset, .. } => !ptr(addr) || (!flags.notrap && !(0..4096).contains(offset)),
            Move { dst, src, .. } => !ptr(dst) || !ptr(src),
            Zero { addr, .. } | AtomicLoad { addr, .. } | AtomicStore { addr, .. } | AtomicRmw { addr, .. } => !ptr(addr),
            AtomicCas { args } => !ptr(&args[0]) || ty(&args[1]) != ty(&args[2]),
            Check { kind, args } => match kind {
                CheckKind::Nil => args.len() != 1 || !ptr(&args[0]),
                CheckKind::Div | CheckKind::Shift => args.len() != 1 || !ty(&args[0]).is_int(),
                _ => list(args) != [Type::I64, Type::I64],
            },
            Call { func: callee, args } => list(args) != module.sigs[module.funcs[*callee].sig].params,
            TailCall { func: callee, args } => {
                let callee = &module.sigs[module.funcs[*callee].sig];
                list(args) != callee.params || callee.results != module.sigs[func.sig].results
            }
            CallPtr { sig, callee, args } => !ptr(callee) || list(args) != module.sigs[*sig].params,
            // The hidden parameter is part of the signature, not of the arguments.
            CallClosure { sig, callee, args } => {
                let params = &module.sigs[*sig].params;
                !ptr(callee) || params.last() != Some(&Type::Ptr) || list(args) != params[..params.len() - 1]
            }
            CallRt { entry, args } => {
                let want: Vec<Type> =
                    abi::rt::ENTRIES[*entry as usize].params.iter().map(|w| if *w == abi::rt::Word::P { Type::Ptr } else { Type::I64 }).collect();
                list(args) != want
            }
            CallStd { block, .. } => !ptr(block),
            Brif { cond, .. } => ty(cond) != Type::I8,
            Switch { arg, .. } => !ty(arg).is_int(),
            Return { args } => list(args) != module.sigs[func.sig].results,
            _ => false,
        };
        if bad {
            let mut types = Vec::new();
            data.for_each_value(|v| types.push(format!("{v}: {}", ty(&v))));
            self.error(block, Some(inst), format!("ill-typed ({})", types.join(", ")));
        }
    }
}
