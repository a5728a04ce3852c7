//! One IR function to CLIF, built directly: the IR is SSA with block parameters already.
//!
//! In: the module, a function, its [`Plan`]. Out: a CLIF function and the [`Safepoint`]s that its calls are tagged
//! with. The instructions are in `arith`, `memory`, `call` and `control`; this file has the frame: entry check, slots,
//! and how a value is read at a given point.
//!
//! Holds: every memory access carries an alias region (a load without one ignores stores with one). Addresses of stack
//! slots, of the frame and of G are made anew at each use.

mod arith;
mod call;
mod control;
mod memory;

use crate::cfg::Cfg;
use crate::names::Sym;
use crate::safepoint::{self, Class, Plan};
use crate::target::Target;
use crate::{Error, Fail};
pub(crate) use control::build_enter;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::{self as cl, InstBuilder, MemFlagsData, types};
use cranelift_codegen::isa::CallConv;
use cranelift_entity::SecondaryMap;
use ir::{Block, Function, Inst, InstData, LocId, Module, SigId, Type, Value, ValueDef};
use rustc_hash::{FxHashMap, FxHashSet};

/// What the runtime must know at a return address.
#[derive(Clone, Debug, Default)]
pub struct Safepoint {
    /// Spill slots that hold a pointer.
    pub spills: Vec<u32>,
    /// Allocs' slots that hold pointers, by number.
    pub allocs: Vec<u32>,
}

/// A stack slot of an alloc.
#[derive(Clone, Debug)]
pub struct AllocSlot {
    pub slot: cl::StackSlot,
    /// Word numbers that hold pointers.
    pub pointers: Vec<u32>,
}

/// How the entry check is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Check {
    /// A leaf whose frame the guard below the limit has room for.
    None,
    /// `sp < limit`.
    Small,
}

pub struct Built {
    pub safepoints: Vec<Safepoint>,
    pub spill_slot: Option<cl::StackSlot>,
    pub allocs: Vec<AllocSlot>,
    /// Those in the map for faults and the landing.
    pub fault: Vec<u32>,
    /// CLIF block of the landing.
    pub landing: Option<cl::Block>,
}

pub(crate) struct Builder<'a> {
    module: &'a Module,
    target: &'a Target,
    func: &'a Function,
    cfg: &'a Cfg,
    plan: &'a Plan,
    cur: FuncCursor<'a>,
    blocks: SecondaryMap<Block, Option<cl::Block>>,
    values: SecondaryMap<Value, Option<cl::Value>>,
    /// Pointers whose register is stale here; the reload since the last safepoint, if there was one.
    stale: FxHashMap<Value, Option<cl::Value>>,
    spill_slot: Option<cl::StackSlot>,
    /// Computed purely from the address of a slot or of the frame: Cranelift may compute it later than it stands.
    derived: FxHashSet<cl::Value>,
    scratch_slot: Option<cl::StackSlot>,
    alloc_slots: FxHashMap<Inst, usize>,
    allocs: Vec<AllocSlot>,
    /// Allocs whose pointer words the entry clears.
    entry_zeroed: FxHashSet<Inst>,
    safepoints: Vec<Safepoint>,
    spill_region: cl::AliasRegion,
    memory_region: cl::AliasRegion,
    funcs: FxHashMap<(Sym, bool), cl::FuncRef>,
    globals: FxHashMap<(Sym, i64), cl::GlobalValue>,
    sigs: FxHashMap<SigId, cl::SigRef>,
    loc: Option<LocId>,
}

pub fn clif_type(ty: Type) -> cl::Type {
    match ty {
        Type::I8 => types::I8,
        Type::I16 => types::I16,
        Type::I32 => types::I32,
        Type::I64 | Type::Ptr => types::I64,
        Type::F32 => types::F32,
        Type::F64 => types::F64,
    }
}

/// The Go-to-Go signature. More results than registers are `lower`'s to put in memory.
pub fn clif_signature(sig: &ir::Signature) -> cl::Signature {
    let mut out = cl::Signature::new(CallConv::Tail);
    out.params.extend(sig.params.iter().map(|&t| cl::AbiParam::new(clif_type(t))));
    out.returns.extend(sig.results.iter().map(|&t| cl::AbiParam::new(clif_type(t))));
    out
}

pub(crate) fn build(
    module: &Module,
    target: &Target,
    func: &Function,
    cfg: &Cfg,
    plan: &Plan,
    check: Check,
    out: &mut cl::Function,
) -> Result<Built, Fail> {
    out.signature = clif_signature(&module.sigs[func.sig]);
    let spill_region = out.dfg.alias_regions.insert(cl::AliasRegionData { user_id: 1, description: "spill".into() });
    let memory_region = out.dfg.alias_regions.insert(cl::AliasRegionData { user_id: 2, description: "memory".into() });
    let mut builder = Builder {
        module,
        target,
        func,
        cfg,
        plan,
        cur: FuncCursor::new(out),
        blocks: SecondaryMap::new(),
        values: SecondaryMap::new(),
        stale: FxHashMap::default(),
        spill_slot: None,
        derived: FxHashSet::default(),
        scratch_slot: None,
        alloc_slots: FxHashMap::default(),
        allocs: Vec::new(),
        entry_zeroed: FxHashSet::default(),
        safepoints: Vec::new(),
        spill_region,
        memory_region,
        funcs: FxHashMap::default(),
        globals: FxHashMap::default(),
        sigs: FxHashMap::default(),
        loc: None,
    };
    let landing = builder.landing()?;
    builder.make_slots(check)?;
    builder.make_blocks();
    builder.entry(check);
    for &block in &cfg.rpo {
        builder.block(block)?;
    }
    let landing = landing.and_then(|b| builder.blocks[b]);
    let fault = builder.fault_allocs();
    Ok(Built { safepoints: builder.safepoints, spill_slot: builder.spill_slot, allocs: builder.allocs, fault, landing })
}

/// A stub: checks for the whole frame of the body, then becomes it. The check repeats, since one growth may not do.
pub(crate) fn build_stub(module: &Module, func: &Function, id: ir::FuncId, frame: u32, out: &mut cl::Function) -> Built {
    let sig = &module.sigs[func.sig];
    out.signature = clif_signature(sig);
    let region = out.dfg.alias_regions.insert(cl::AliasRegionData { user_id: 1, description: "spill".into() });
    let flags = MemFlagsData::trusted().with_alias_region(Some(region));
    let n_pointers = sig.params.iter().filter(|&&t| t == Type::Ptr).count() as u32;
    let slot = (n_pointers > 0).then(|| out.create_sized_stack_slot(cl::StackSlotData::new(cl::StackSlotKind::ExplicitSlot, 8 * n_pointers, 3)));
    let own_sig = out.signature.clone();
    let body_sig = out.import_signature(own_sig);
    let body = crate::names::import(out, Sym::Body(id), body_sig);
    let more_sig = out.import_signature(cl::Signature::new(CallConv::PreserveAll));
    let more = crate::names::import(out, Sym::Morestack, more_sig);

    let [entry, again, cold, go] = std::array::from_fn(|_| out.dfg.make_block());
    let params: Vec<cl::Value> = sig.params.iter().map(|&t| out.dfg.append_block_param(entry, clif_type(t))).collect();
    let pointers: Vec<usize> = (0..params.len()).filter(|&i| sig.params[i] == Type::Ptr).collect();
    let current: Vec<cl::Value> = pointers.iter().map(|_| out.dfg.append_block_param(again, types::I64)).collect();
    for block in [entry, again, go, cold] {
        out.layout.append_block(block);
    }
    out.layout.set_cold(cold);
    let mut cur = FuncCursor::new(out);
    cur.set_srcloc(cl::SourceLoc::new(func.loc.as_u32()));
    cur.goto_bottom(entry);
    let args: Vec<cl::BlockArg> = pointers.iter().map(|&i| cl::BlockArg::Value(params[i])).collect();
    cur.ins().jump(again, &args);
    cur.goto_bottom(again);
    let g = cur.ins().get_pinned_reg(types::I64);
    // The limit may be poisoned, and then no growth would satisfy it; the body's own check answers the poison.
    let stack_lo = cur.ins().load(types::I64, flags, g, abi::g::STACK_LO as i32);
    let sp = cur.ins().get_stack_pointer(types::I64);
    let size = cur.ins().iconst(types::I64, i64::from(frame) + abi::stack::STACK_GUARD as i64);
    let low = cur.ins().isub(sp, size);
    let short = cur.ins().icmp(cl::condcodes::IntCC::UnsignedLessThan, low, stack_lo);
    cur.ins().brif(short, cold, &[], go, &[]);
    cur.goto_bottom(cold);
    for (n, &value) in current.iter().enumerate() {
        let addr = cur.ins().stack_addr(types::I64, slot.expect("has pointers"), 8 * n as i32);
        cur.ins().store(flags, value, addr, 0);
    }
    let call = cur.ins().call(more, &[]);
    cur.func.debug_tags.set(call, [cl::DebugTag::User(0)]);
    let mut reloaded = Vec::new();
    for n in 0..current.len() {
        let addr = cur.ins().stack_addr(types::I64, slot.expect("has pointers"), 8 * n as i32);
        reloaded.push(cl::BlockArg::Value(cur.ins().load(types::I64, flags, addr, 0)));
    }
    cur.ins().jump(again, &reloaded);
    cur.goto_bottom(go);
    let mut args = params;
    for (&i, &value) in pointers.iter().zip(&current) {
        args[i] = value;
    }
    cur.ins().return_call(body, &args);
    Built {
        safepoints: vec![Safepoint { spills: (0..n_pointers).collect(), allocs: Vec::new() }],
        spill_slot: slot,
        allocs: Vec::new(),
        fault: Vec::new(),
        landing: None,
    }
}

impl<'a> Builder<'a> {
    fn fail<T>(&self, message: impl Into<String>) -> Result<T, Fail> {
        Err(Error::fail("build", message))
    }

    fn ins(&mut self) -> cl::InsertBuilder<'_, &mut FuncCursor<'a>> {
        self.cur.ins()
    }

    /// Flags of an access to a spill slot.
    fn spill_flags(&self) -> MemFlagsData {
        MemFlagsData::trusted().with_alias_region(Some(self.spill_region))
    }

    /// Flags of an access that cannot fault.
    fn safe_flags(&self) -> MemFlagsData {
        MemFlagsData::new().with_notrap().with_alias_region(Some(self.memory_region))
    }

    /// Flags of an access that faults on nil.
    fn faulting_flags(&self) -> MemFlagsData {
        MemFlagsData::new().with_trap_code(Some(cl::TrapCode::HEAP_OUT_OF_BOUNDS)).with_alias_region(Some(self.memory_region))
    }

    fn set_loc(&mut self, loc: Option<LocId>) {
        self.loc = loc;
        let bits = loc.unwrap_or(self.func.loc).as_u32();
        self.cur.set_srcloc(cl::SourceLoc::new(bits));
    }

    /// The landing block, after checking that its region uses nothing that a register would have to carry there.
    fn landing(&self) -> Result<Option<Block>, Fail> {
        let mut found = None;
        for &block in &self.cfg.rpo {
            let Some(term) = self.func.terminator(block) else {
                return self.fail(format!("{block} has no terminator"));
            };
            if let InstData::Enter { landing, .. } = self.func.insts[term]
                && found.replace(landing).is_some()
            {
                return self.fail("more than one enter");
            }
        }
        let Some(landing) = found else { return Ok(None) };
        let region = Cfg::region(self.func, landing);
        let mut home: SecondaryMap<Inst, Option<Block>> = SecondaryMap::new();
        for &block in &self.cfg.rpo {
            for &inst in &self.func.blocks[block].insts {
                home[inst] = Some(block);
            }
        }
        for &block in self.cfg.rpo.iter().filter(|&&b| region[b]) {
            for &inst in &self.func.blocks[block].insts {
                let mut bad = None;
                self.func.insts[inst].for_each_value(|v| {
                    let v = self.func.resolve(v);
                    let def = match self.func.values[v].def {
                        ValueDef::Param(b, _) => Some(b),
                        ValueDef::Result(i, _) => home[i],
                        ValueDef::Alias(_) => None,
                    };
                    if def.is_some_and(|b| !region[b]) && self.plan.class[v] != Class::Remat {
                        bad = Some(v);
                    }
                });
                if let Some(v) = bad {
                    return self.fail(format!("{v} is used after the landing block {landing} but made before it"));
                }
            }
        }
        Ok(Some(landing))
    }

    fn make_slots(&mut self, check: Check) -> Result<(), Fail> {
        // A leaf without a check has nothing to save.
        if self.plan.n_slots > 0 && (check == Check::Small || self.plan.has_safepoint) {
            let data = cl::StackSlotData::new(cl::StackSlotKind::ExplicitSlot, 8 * self.plan.n_slots, 3);
            self.spill_slot = Some(self.cur.func.create_sized_stack_slot(data));
        }
        for &block in &self.cfg.rpo {
            for &inst in &self.func.blocks[block].insts {
                let InstData::Alloc { layout, place: ir::Place::Stack, .. } = self.func.insts[inst] else { continue };
                let layout = &self.module.layouts[layout];
                if layout.size == 0 {
                    continue;
                }
                if layout.size > 1 << 30 {
                    return self.fail(format!("stack allocation of {} bytes", layout.size));
                }
                let size = layout.size.next_multiple_of(8) as u32;
                let align = layout.align.max(8).trailing_zeros() as u8;
                let slot = self.cur.func.create_sized_stack_slot(cl::StackSlotData::new(cl::StackSlotKind::ExplicitSlot, size, align));
                let pointers = if layout.has_pointers() { (0..size / 8).filter(|&w| layout.is_pointer(u64::from(w))).collect() } else { Vec::new() };
                self.alloc_slots.insert(inst, self.allocs.len());
                self.allocs.push(AllocSlot { slot, pointers });
            }
        }
        Ok(())
    }

    fn make_blocks(&mut self) {
        let order: Vec<Block> = self.func.layout.iter().copied().filter(|&b| self.cfg.reachable(b)).collect();
        for &block in &order {
            let new = self.cur.func.dfg.make_block();
            self.blocks[block] = Some(new);
            for &param in &self.func.blocks[block].params {
                let ty = clif_type(self.func.ty(param));
                self.values[param] = Some(self.cur.func.dfg.append_block_param(new, ty));
            }
            self.cur.func.layout.append_block(new);
            if self.func.blocks[block].cold {
                self.cur.func.layout.set_cold(new);
            }
        }
    }

    fn clif_block(&self, block: Block) -> cl::Block {
        self.blocks[block].expect("reachable block")
    }

    /// A new block right after the current one.
    fn block_here(&mut self) -> cl::Block {
        let here = self.cur.current_block().expect("in a block");
        let new = self.cur.func.dfg.make_block();
        self.cur.func.layout.insert_block_after(new, here);
        if self.cur.func.layout.is_cold(here) {
            self.cur.func.layout.set_cold(new);
        }
        new
    }

    /// A new cold block at the end.
    fn cold_block(&mut self) -> cl::Block {
        let new = self.cur.func.dfg.make_block();
        self.cur.func.layout.append_block(new);
        self.cur.func.layout.set_cold(new);
        new
    }

    /// The first CLIF block: parameters, stack check, then the body's first block.
    fn entry(&mut self, check: Check) {
        let body = self.clif_block(self.func.entry());
        let entry = self.cur.func.dfg.make_block();
        self.cur.func.layout.insert_block(entry, body);
        let sig = self.cur.func.signature.clone();
        let params: Vec<cl::Value> = sig.params.iter().map(|p| self.cur.func.dfg.append_block_param(entry, p.value_type)).collect();
        self.set_loc(None);
        self.cur.goto_bottom(entry);
        let mut args: Vec<cl::BlockArg> = params.iter().map(|&v| cl::BlockArg::Value(v)).collect();
        if check == Check::None {
            self.ins().jump(body, &args);
            return;
        }
        let flags = self.safe_flags();
        let g = self.ins().get_pinned_reg(types::I64);
        let limit = self.ins().load(types::I64, flags, g, abi::g::LIMIT as i32);
        let sp = self.ins().get_stack_pointer(types::I64);
        let low = self.ins().icmp(cl::condcodes::IntCC::UnsignedLessThan, sp, limit);
        let cold = self.cold_block();
        self.ins().brif(low, cold, &[], body, &args);
        self.cur.goto_bottom(cold);
        let saved: Vec<(usize, u32)> = (self.func.blocks[self.func.entry()].params.iter().enumerate())
            .filter_map(|(i, p)| self.plan.entry_params.iter().position(|q| q == p).map(|n| (i, self.plan.entry_slots[n])))
            .collect();
        for &(i, slot) in &saved {
            self.store_slot(slot, params[i]);
        }
        let call = self.call_morestack();
        self.tag(call, Safepoint { spills: self.plan.entry_slots.clone(), allocs: Vec::new() });
        for &(i, slot) in &saved {
            let param = self.func.blocks[self.func.entry()].params[i];
            if self.plan.class[param] == Class::MaybeStack {
                args[i] = cl::BlockArg::Value(self.load_slot(slot));
            }
        }
        self.ins().jump(body, &args);
    }

    fn block(&mut self, block: Block) -> Result<(), Fail> {
        let clif = self.clif_block(block);
        self.cur.goto_bottom(clif);
        self.stale.clear();
        for &value in &self.plan.stale_in[block] {
            self.stale.insert(value, None);
        }
        let first = self.func.blocks[block].insts.first().and_then(|&i| self.func.locs[i]);
        self.set_loc(first);
        for &param in &self.func.blocks[block].params {
            self.spill(param);
        }
        if block == self.func.entry() {
            self.zero_allocs_at_entry();
        }
        for &inst in &self.func.blocks[block].insts {
            self.set_loc(self.func.locs[inst]);
            self.inst(inst, block)?;
            for &result in &self.func.results[inst] {
                self.stale.remove(&result);
                self.spill(result);
            }
        }
        Ok(())
    }

    /// Stores a fresh value to its slot if the plan says so.
    fn spill(&mut self, value: Value) {
        if let (Some(slot), true) = (self.plan.slot[value], self.plan.store_at_def[value]) {
            let v = self.values[value].expect("defined");
            self.store_slot(slot, v);
        }
    }

    fn store_slot(&mut self, slot: u32, value: cl::Value) {
        let (flags, spill) = (self.spill_flags(), self.spill_slot.expect("plan has slots"));
        let addr = self.ins().stack_addr(types::I64, spill, 8 * slot as i32);
        self.ins().store(flags, value, addr, 0);
    }

    fn load_slot(&mut self, slot: u32) -> cl::Value {
        let (flags, spill) = (self.spill_flags(), self.spill_slot.expect("plan has slots"));
        let addr = self.ins().stack_addr(types::I64, spill, 8 * slot as i32);
        self.ins().load(types::I64, flags, addr, 0)
    }

    /// The value in a register that is valid here.
    fn use_value(&mut self, value: Value) -> cl::Value {
        let value = self.func.resolve(value);
        if self.plan.class[value] == Class::Remat {
            return self.remat(value);
        }
        match self.stale.get(&value) {
            None => self.values[value].expect("defined before use"),
            Some(&Some(reloaded)) => reloaded,
            Some(&None) => {
                let slot = self.plan.slot[value].expect("stale values have slots");
                let reloaded = self.load_slot(slot);
                self.stale.insert(value, Some(reloaded));
                reloaded
            }
        }
    }

    fn use_values(&mut self, values: &[Value]) -> Vec<cl::Value> {
        values.iter().map(|&v| self.use_value(v)).collect()
    }

    fn block_args(&mut self, values: &[Value]) -> Vec<cl::BlockArg> {
        values.iter().map(|&v| cl::BlockArg::Value(self.use_value(v))).collect()
    }

    /// The address as it is at this moment, for what is no pointer any more: comparisons and integers. A pure computation
    /// from `stack_addr` may be done after the stack has moved, together with operands from before.
    fn snapshot(&mut self, value: cl::Value) -> cl::Value {
        if !self.derived.contains(&value) {
            return value;
        }
        let slot = match self.scratch_slot {
            Some(slot) => slot,
            None => self.cur.func.create_sized_stack_slot(cl::StackSlotData::new(cl::StackSlotKind::ExplicitSlot, 8, 3)),
        };
        self.scratch_slot = Some(slot);
        let flags = self.safe_flags();
        let addr = self.ins().stack_addr(types::I64, slot, 0);
        self.ins().store(flags, value, addr, 0);
        // Atomic, so that the stored value is not forwarded; an ordinary load in machine code.
        self.ins().atomic_load(types::I64, flags, addr)
    }

    /// Computes a constant or an address where it is used.
    fn remat(&mut self, value: Value) -> cl::Value {
        let computed = self.compute(value);
        if self.plan.stack_addr.contains_key(&value) || self.is_frame_pointer(value) {
            self.derived.insert(computed);
        }
        computed
    }

    fn is_frame_pointer(&self, value: Value) -> bool {
        matches!(self.func.values[value].def, ValueDef::Result(i, _) if matches!(self.func.insts[i], InstData::FramePointer))
    }

    fn compute(&mut self, value: Value) -> cl::Value {
        if let Some(&(alloc, offset)) = self.plan.stack_addr.get(&value) {
            let slot = self.allocs[self.alloc_slots[&alloc]].slot;
            return match i32::try_from(offset) {
                Ok(offset) if offset >= 0 => self.ins().stack_addr(types::I64, slot, offset),
                _ => {
                    let base = self.ins().stack_addr(types::I64, slot, 0);
                    let offset = self.ins().iconst(types::I64, offset);
                    self.ins().iadd(base, offset)
                }
            };
        }
        let ValueDef::Result(inst, _) = self.func.values[value].def else { unreachable!("parameters are not rematerialised") };
        match self.func.insts[inst] {
            InstData::Iconst { ty, imm } => self.iconst(clif_type(ty), imm),
            InstData::Fconst { ty: Type::F32, bits } => self.ins().f32const(cl::immediates::Ieee32::with_bits(bits as u32)),
            InstData::Fconst { bits, .. } => self.ins().f64const(cl::immediates::Ieee64::with_bits(bits)),
            InstData::Null => self.ins().iconst(types::I64, 0),
            InstData::FuncAddr { func } => {
                let callee = self.go_func(func);
                self.ins().func_addr(types::I64, callee)
            }
            InstData::GlobalAddr { global, offset } => self.symbol(Sym::Global(global), offset),
            InstData::FramePointer => self.ins().get_frame_pointer(types::I64),
            InstData::GetG => self.ins().get_pinned_reg(types::I64),
            InstData::PtrOffset { arg, offset } => {
                let base = self.use_value(arg);
                let offset = self.ins().iconst(types::I64, offset);
                self.ins().iadd(base, offset)
            }
            InstData::Alloc { .. } => self.symbol(Sym::ZeroBase, 0),
            ref other => unreachable!("{other:?} is not rematerialised"),
        }
    }

    /// An integer constant; CLIF wants the bits above the type to be zero.
    fn iconst(&mut self, ty: cl::Type, imm: i64) -> cl::Value {
        let masked = if ty.bits() < 64 { imm & ((1i64 << ty.bits()) - 1) } else { imm };
        self.ins().iconst(ty, masked)
    }

    /// Address of a symbol plus an offset.
    fn symbol(&mut self, sym: Sym, offset: i64) -> cl::Value {
        let global = match self.globals.get(&(sym, offset)) {
            Some(&g) => g,
            None => {
                let name = crate::names::declare(self.cur.func, sym);
                let data = cl::GlobalValueData::Symbol { name, offset: offset.into(), colocated: true, tls: false };
                let g = self.cur.func.create_global_value(data);
                self.globals.insert((sym, offset), g);
                g
            }
        };
        self.ins().symbol_value(types::I64, global)
    }

    /// Attaches the description of a safepoint to a call.
    fn tag(&mut self, call: cl::Inst, safepoint: Safepoint) {
        let id = self.safepoints.len() as u32;
        self.safepoints.push(safepoint);
        self.cur.func.debug_tags.set(call, [cl::DebugTag::User(id)]);
    }

    /// Tags a call with what lives across an IR safepoint; from here on those registers are stale.
    fn safepoint(&mut self, inst: Inst, call: cl::Inst) {
        debug_assert!(safepoint::is_safepoint(&self.func.insts[inst], !self.target.has_fma));
        let across = &self.plan.across[&inst];
        let mut spills: Vec<u32> = across.iter().map(|&v| self.plan.slot[v].expect("lives across, so it has a slot")).collect();
        spills.sort_unstable();
        let allocs = self.alloc_numbers(self.plan.slots.live.get(&inst).map_or(&[], |live| &live[..]));
        self.tag(call, Safepoint { spills, allocs });
        for &value in across {
            if self.plan.class[value] == Class::MaybeStack {
                self.stale.insert(value, None);
            }
        }
    }

    /// Slots of these allocs and of those in every map.
    fn alloc_numbers(&self, live: &[u32]) -> Vec<u32> {
        let slots = &self.plan.slots;
        live.iter().chain(&slots.anywhere).filter_map(|&n| self.alloc_slots.get(&slots.allocs[n as usize])).map(|&n| n as u32).collect()
    }

    fn fault_allocs(&self) -> Vec<u32> {
        self.alloc_numbers(&self.plan.slots.fault)
    }

    fn define(&mut self, inst: Inst, values: &[cl::Value]) {
        for (&result, &value) in self.func.results[inst].iter().zip(values) {
            self.values[result] = Some(value);
        }
    }

    fn inst(&mut self, inst: Inst, block: Block) -> Result<(), Fail> {
        let func = self.func;
        let data = &func.insts[inst];
        let plan = self.plan;
        // First: what is planned to be stored here must be, even if nothing else is done here (an alloc of size 0).
        for &value in plan.store_before.get(&inst).into_iter().flatten() {
            let v = self.values[value].expect("defined");
            self.store_slot(plan.slot[value].expect("lives across"), v);
        }
        if let Some(&result) = func.results[inst].first()
            && self.plan.class[result] == Class::Remat
        {
            if matches!(data, InstData::Alloc { .. }) && self.alloc_slots.contains_key(&inst) {
                self.zero_alloc(inst, block);
            }
            return Ok(());
        }
        if data.is_terminator() {
            return self.terminator(inst, data);
        }
        use InstData::*;
        match data {
            Iconst { .. } | Fconst { .. } | Null | FuncAddr { .. } | GlobalAddr { .. } | FramePointer | GetG => unreachable!("rematerialised"),
            Unary { .. }
            | Binary { .. }
            | Icmp { .. }
            | Fcmp { .. }
            | Convert { .. }
            | Select { .. }
            | Fma { .. }
            | PtrAdd { .. }
            | PtrOffset { .. } => self.arith(inst, data),
            Load { .. }
            | Store { .. }
            | Move { .. }
            | Zero { .. }
            | Alloc { .. }
            | AtomicLoad { .. }
            | AtomicStore { .. }
            | AtomicRmw { .. }
            | AtomicCas { .. } => self.memory(inst, data),
            Check { .. } | Poll => self.check(inst, data),
            Call { .. } | CallPtr { .. } | CallClosure { .. } | CallRt { .. } | CallStd { .. } => self.call(inst, data),
            KeepAlive { .. } => Ok(()),
            Jump { .. } | Brif { .. } | Switch { .. } | Return { .. } | TailCall { .. } | Enter { .. } | Unreachable => unreachable!("terminator"),
        }
    }
}
