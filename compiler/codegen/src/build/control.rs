//! Checks, polls and terminators.

use super::arith::int_cc;
use super::{Builder, Safepoint, clif_type};
use crate::Fail;
use crate::safepoint::Class;
use cranelift_codegen::cursor::Cursor;
use cranelift_codegen::ir::condcodes::CondCode;
use cranelift_codegen::ir::{self as cl, BlockArg, InstBuilder, condcodes, types};
use ir::{BlockCall, CheckKind, Inst, InstData, IntCC, Type, Value};
use smallvec::SmallVec;

/// Whether the first operand of a check is signed in its message, and the comparison that passes.
fn check_condition(kind: CheckKind) -> (bool, IntCC) {
    use CheckKind::*;
    match kind {
        Index => (true, IntCC::Ult),
        IndexU => (false, IntCC::Ult),
        SliceAlen | SliceAcap | SliceB | Slice3Alen | Slice3Acap | Slice3B | Slice3C => (true, IntCC::Ule),
        SliceAlenU | SliceAcapU | SliceBU | Slice3AlenU | Slice3AcapU | Slice3BU | Slice3CU => (false, IntCC::Ule),
        SliceConvert => (true, IntCC::Uge),
        Div | Nil => (true, IntCC::Ne),
        Shift => (true, IntCC::Sge),
    }
}

/// Code of the trap after a call that does not return.
const UNREACHABLE: cl::TrapCode = cl::TrapCode::unwrap_user(1);

impl Builder<'_> {
    pub(super) fn check(&mut self, inst: Inst, data: &InstData) -> Result<(), Fail> {
        let (kind, args) = match data {
            InstData::Check { kind: CheckKind::Nil, args } => {
                self.probe(args[0]);
                return Ok(());
            }
            InstData::Check { kind, args } => (*kind, args),
            InstData::Poll => {
                self.poll(inst);
                return Ok(());
            }
            other => unreachable!("{other:?} is not a check"),
        };
        let (signed, cc) = check_condition(kind);
        let symbol = format!("runtime.{}", kind.panic_func());
        let a = self.use_value(args[0]);
        let ty = clif_type(self.func.ty(args[0]));
        let b = match args.get(1) {
            Some(&b) => self.use_value(b),
            None => self.ins().iconst(ty, 0),
        };
        // The cold target first: it is the exit of any loop around.
        let failed = self.ins().icmp(int_cc(cc).complement(), a, b);
        let cold = self.cold_block();
        let go_on = self.block_here();
        self.ins().brif(failed, cold, &[], go_on, &[]);
        self.cur.goto_bottom(cold);
        let Some(callee) = self.module.find(&symbol) else {
            return self.fail(format!("the program has no {symbol}"));
        };
        let n_params = self.module.sigs[self.module.funcs[callee].sig].params.len();
        let callee = self.go_func(callee);
        let mut values: SmallVec<[cl::Value; 2]> = SmallVec::new();
        if n_params == 2 && args.len() == 2 {
            values.push(self.extend(types::I64, a, signed));
            values.push(self.extend(types::I64, b, true));
        } else if n_params != 0 {
            return self.fail(format!("{symbol} has {n_params} parameters"));
        }
        let call = self.ins().call(callee, &values);
        let allocs = self.fault_allocs();
        self.tag(call, Safepoint { spills: Vec::new(), allocs });
        self.ins().trap(UNREACHABLE);
        self.cur.goto_bottom(go_on);
        Ok(())
    }

    /// A poisoned limit asks the goroutine to stop. SP itself was checked at the entry, so the poison is all to look for.
    fn poll(&mut self, inst: Inst) {
        let flags = self.safe_flags();
        let g = self.ins().get_pinned_reg(types::I64);
        let limit = self.ins().load(types::I64, flags, g, abi::g::LIMIT as i32);
        let poison = self.ins().iconst(types::I64, abi::stack::PREEMPT_LIMIT as i64);
        let asked = self.ins().icmp(condcodes::IntCC::Equal, limit, poison);
        let cold = self.cold_block();
        let go_on = self.block_here();
        self.ins().brif(asked, cold, &[], go_on, &[]);
        self.cur.goto_bottom(cold);
        let plan = self.plan;
        for &value in &plan.across[&inst] {
            if !plan.store_at_def[value] {
                debug_assert_eq!(plan.class[value], Class::Heap);
                let v = self.values[value].expect("defined");
                self.store_slot(plan.slot[value].expect("lives across"), v);
            }
        }
        let call = self.call_morestack();
        self.safepoint(inst, call);
        self.ins().jump(go_on, &[]);
        self.cur.goto_bottom(go_on);
    }

    pub(super) fn terminator(&mut self, _inst: Inst, data: &InstData) -> Result<(), Fail> {
        match data {
            InstData::Jump { dest } => {
                let args = self.block_args(&dest.args);
                let block = self.clif_block(dest.block);
                self.ins().jump(block, &args);
            }
            InstData::Brif { cond, then, els } => self.brif(*cond, then, els),
            InstData::Switch { arg, cases, default } => self.switch(*arg, cases, default),
            InstData::Return { args } => {
                self.check_args(args, &self.module.sigs[self.func.sig].results)?;
                let args = self.use_values(args);
                self.ins().return_(&args);
            }
            InstData::TailCall { func, args } => {
                self.check_args(args, &self.module.sigs[self.module.funcs[*func].sig].params)?;
                let callee = self.go_func(*func);
                let args = self.use_values(args);
                self.ins().return_call(callee, &args);
            }
            InstData::Enter { normal, landing } => {
                let (callee, sig) = self.enter_func();
                let [normal, landing] = [*normal, *landing].map(|b| self.clif_block(b));
                let pool = &mut self.cur.func.dfg.value_lists;
                let normal = cl::BlockCall::new(normal, [], pool);
                let landing = cl::BlockCall::new(landing, [], pool);
                let table = cl::ExceptionTableData::new(sig, normal, [cl::ExceptionTableItem::Default(landing)]);
                let table = self.cur.func.dfg.exception_tables.push(table);
                self.ins().try_call(callee, &[], table);
            }
            InstData::Unreachable => {
                self.ins().trap(UNREACHABLE);
            }
            other => unreachable!("{other:?} is no terminator"),
        }
        Ok(())
    }

    /// Cranelift sinks loop-invariant code back into a loop whose exit is the else target: exits come first.
    fn brif(&mut self, cond: Value, then: &BlockCall, els: &BlockCall) {
        let c = self.use_value(cond);
        let then_args = self.block_args(&then.args);
        let els_args = self.block_args(&els.args);
        let (then_block, els_block) = (self.clif_block(then.block), self.clif_block(els.block));
        if self.cfg.depth[els.block] < self.cfg.depth[then.block] {
            let zero = self.ins().iconst(types::I8, 0);
            let not = self.ins().icmp(condcodes::IntCC::Equal, c, zero);
            self.ins().brif(not, els_block, &els_args, then_block, &then_args);
        } else {
            self.ins().brif(c, then_block, &then_args, els_block, &els_args);
        }
    }

    /// Dense cases become a table, others a tree of comparisons.
    fn switch(&mut self, arg: Value, cases: &[(i64, BlockCall)], default: &BlockCall) {
        let ty = self.func.ty(arg);
        let x = self.use_value(arg);
        let default_args = self.block_args(&default.args);
        let default = (self.clif_block(default.block), default_args);
        let shift = 64 - 8 * ty.bytes();
        let mut sorted: Vec<(i64, (cl::Block, Vec<BlockArg>))> = Vec::with_capacity(cases.len());
        for (value, dest) in cases {
            let args = self.block_args(&dest.args);
            sorted.push((value << shift >> shift, (self.clif_block(dest.block), args)));
        }
        sorted.sort_by_key(|c| c.0);
        self.switch_part(x, ty, &sorted, &default);
    }

    fn switch_part(&mut self, x: cl::Value, ty: Type, cases: &[(i64, (cl::Block, Vec<BlockArg>))], default: &(cl::Block, Vec<BlockArg>)) {
        let clif = clif_type(ty);
        if let (Some(first), Some(last)) = (cases.first(), cases.last()) {
            let span = last.0.wrapping_sub(first.0) as u64;
            // A table pays from about five cases when at most three entries in four are holes.
            if cases.len() >= 5 && span < 4 * cases.len() as u64 {
                return self.switch_table(x, clif, first.0, span, cases, default);
            }
        }
        if cases.len() <= 3 {
            for (value, (block, args)) in cases {
                let value = self.iconst(clif, *value);
                let equal = self.ins().icmp(condcodes::IntCC::Equal, x, value);
                let next = self.block_here();
                self.ins().brif(equal, *block, args, next, &[]);
                self.cur.goto_bottom(next);
            }
            self.ins().jump(default.0, &default.1);
            return;
        }
        let (low, high) = cases.split_at(cases.len() / 2);
        let pivot = self.iconst(clif, high[0].0);
        let less = self.ins().icmp(condcodes::IntCC::SignedLessThan, x, pivot);
        let high_block = self.block_here();
        let low_block = self.block_here();
        self.ins().brif(less, low_block, &[], high_block, &[]);
        self.cur.goto_bottom(low_block);
        self.switch_part(x, ty, low, default);
        self.cur.goto_bottom(high_block);
        self.switch_part(x, ty, high, default);
    }

    fn switch_table(
        &mut self,
        x: cl::Value,
        clif: cl::Type,
        first: i64,
        span: u64,
        cases: &[(i64, (cl::Block, Vec<BlockArg>))],
        default: &(cl::Block, Vec<BlockArg>),
    ) {
        let wide = self.extend(types::I64, x, true);
        let base = self.ins().iconst(types::I64, first);
        let index = self.ins().isub(wide, base);
        if clif == types::I64 {
            // The table clamps 32 bits only.
            let limit = self.ins().iconst(types::I64, span as i64);
            let outside = self.ins().icmp(condcodes::IntCC::UnsignedGreaterThan, index, limit);
            let inside = self.block_here();
            self.ins().brif(outside, default.0, &default.1, inside, &[]);
            self.cur.goto_bottom(inside);
        }
        let index = self.ins().ireduce(types::I32, index);
        let pool = &mut self.cur.func.dfg.value_lists;
        let other = cl::BlockCall::new(default.0, default.1.iter().copied(), pool);
        let mut entries = vec![other; span as usize + 1];
        for (value, (block, args)) in cases {
            entries[value.wrapping_sub(first) as usize] = cl::BlockCall::new(*block, args.iter().copied(), pool);
        }
        // Argument lists belong to one branch each.
        for entry in &mut entries {
            *entry = entry.deep_clone(pool);
        }
        let table = self.cur.func.create_jump_table(cl::JumpTableData::new(other, &entries));
        self.ins().br_table(index, table);
    }
}

/// Builds the empty function that `enter` calls.
pub(crate) fn build_enter(out: &mut cl::Function) {
    out.signature = cl::Signature::new(cranelift_codegen::isa::CallConv::Tail);
    let block = out.dfg.make_block();
    out.layout.append_block(block);
    let mut cur = cranelift_codegen::cursor::FuncCursor::new(out);
    cur.goto_bottom(block);
    cur.ins().return_(&[]);
}
