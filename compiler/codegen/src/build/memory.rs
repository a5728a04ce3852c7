//! Loads, stores, copies, allocation, atomics.
//!
//! A nil dereference is the hardware's fault: accesses that may fault carry a trap code, so that Cranelift neither
//! removes nor moves them; offsets stay below 4096, which `lower` guarantees.

use super::{Builder, clif_type};
use crate::{Fail, names::Sym};
use abi::g::mcache;
use abi::sizeclass::{self, MAX_HEAP_BITS};
use cranelift_codegen::cursor::Cursor;
use cranelift_codegen::ir::{self as cl, InstBuilder, MemFlagsData, types};
use cranelift_codegen::settings::OptLevel;
use ir::{AtomicOp, GlobalId, Inst, InstData, LayoutId, Place, Type, Value};

/// Copies and clears up to this many bytes are done in place: eight vector moves, about the size of a call's setup.
const INLINE_BYTES: u64 = 128;

impl Builder<'_> {
    pub(super) fn memory(&mut self, inst: Inst, data: &InstData) -> Result<(), Fail> {
        match data {
            InstData::Load { ty, addr, offset, flags } => {
                let mem = self.access_flags(*flags, self.is_static(*addr));
                let addr = self.use_value(*addr);
                let value = self.ins().load(clif_type(*ty), mem, addr, *offset);
                self.define(inst, &[value]);
            }
            InstData::Store { value, addr, offset, flags } => {
                let mem = self.access_flags(*flags, false);
                let (value, addr) = (self.use_value(*value), self.use_value(*addr));
                self.ins().store(mem, value, addr, *offset);
            }
            InstData::Move { layout, dst, src } => self.copy(*layout, *dst, *src),
            InstData::Zero { layout, addr } => {
                let size = self.module.layouts[*layout].size;
                let addr = self.use_value(*addr);
                self.zero(addr, size);
            }
            InstData::Alloc { layout, place, .. } => {
                debug_assert_ne!(*place, Place::Stack, "has a slot");
                if *place == Place::Optional {
                    let null = self.ins().iconst(types::I64, 0);
                    self.define(inst, &[null]);
                    return Ok(());
                }
                self.new_object(inst, *layout)?;
            }
            InstData::AtomicLoad { ty, addr } => {
                let (flags, addr) = (self.faulting_flags(), self.use_value(*addr));
                let value = self.ins().atomic_load(clif_type(*ty), flags, addr);
                self.define(inst, &[value]);
            }
            InstData::AtomicStore { value, addr } => {
                let (flags, value, addr) = (self.faulting_flags(), self.use_value(*value), self.use_value(*addr));
                self.ins().atomic_store(flags, value, addr);
            }
            InstData::AtomicRmw { op, addr, value } => {
                let ty = clif_type(self.func.ty(*value));
                let op = match op {
                    AtomicOp::Add => cl::AtomicRmwOp::Add,
                    AtomicOp::And => cl::AtomicRmwOp::And,
                    AtomicOp::Or => cl::AtomicRmwOp::Or,
                    AtomicOp::Xchg => cl::AtomicRmwOp::Xchg,
                };
                let (flags, addr, value) = (self.faulting_flags(), self.use_value(*addr), self.use_value(*value));
                let old = self.ins().atomic_rmw(ty, flags, op, addr, value);
                self.define(inst, &[old]);
            }
            InstData::AtomicCas { args } => {
                let flags = self.faulting_flags();
                let [addr, expected, new] = args.map(|v| self.use_value(v));
                let old = self.ins().atomic_cas(flags, addr, expected, new);
                let swapped = self.ins().icmp(cl::condcodes::IntCC::Equal, old, expected);
                self.define(inst, &[swapped]);
            }
            other => unreachable!("{other:?} does not access memory"),
        }
        Ok(())
    }

    /// Static data, which neither moves nor is freed?
    fn is_static(&self, addr: Value) -> bool {
        match self.func.values[self.func.resolve(addr)].def {
            ir::ValueDef::Result(inst, _) => matches!(self.func.insts[inst], InstData::GlobalAddr { .. }),
            _ => false,
        }
    }

    /// Cranelift computes a read-only load where its result is used, which may be after a safepoint: the stack may have
    /// moved under the address, or the object behind it be gone. So only loads of static data are marked.
    fn access_flags(&self, flags: ir::MemFlags, is_static: bool) -> MemFlagsData {
        let mut mem = if flags.notrap { self.safe_flags() } else { self.faulting_flags() };
        if flags.readonly && is_static {
            mem = mem.with_readonly();
            if flags.notrap {
                mem = mem.with_can_move();
            }
        }
        mem
    }

    /// Pieces of a block of memory, largest first: (offset, type).
    fn pieces(size: u64) -> Vec<(i32, cl::Type)> {
        let mut pieces = Vec::new();
        let mut at = 0;
        for (bytes, ty) in [(16, types::I8X16), (8, types::I64), (4, types::I32), (2, types::I16), (1, types::I8)] {
            while size - at >= bytes {
                pieces.push((at as i32, ty));
                at += bytes;
            }
        }
        pieces
    }

    /// Source and destination are the same or apart, so pieces may be copied one after the other.
    fn copy(&mut self, layout: LayoutId, dst: Value, src: Value) {
        let size = self.module.layouts[layout].size;
        let flags = self.safe_flags();
        let (dst, src) = (self.use_value(dst), self.use_value(src));
        if size > INLINE_BYTES {
            let size = self.ins().iconst(types::I64, size as i64);
            self.leaf("gorc_memmove", &[dst, src, size]);
            return;
        }
        for (offset, ty) in Self::pieces(size) {
            let piece = self.ins().load(ty, flags, src, offset);
            self.ins().store(flags, piece, dst, offset);
        }
    }

    pub(super) fn zero(&mut self, addr: cl::Value, size: u64) {
        let flags = self.safe_flags();
        if size > INLINE_BYTES {
            let size = self.ins().iconst(types::I64, size as i64);
            self.leaf("gorc_memclr", &[addr, size]);
            return;
        }
        for (offset, ty) in Self::pieces(size) {
            let zero = if ty.is_vector() {
                let data = self.cur.func.dfg.constants.insert(cl::ConstantData::from(vec![0u8; 16]));
                self.ins().vconst(ty, data)
            } else {
                self.ins().iconst(ty, 0)
            };
            self.ins().store(flags, zero, addr, offset);
        }
    }

    /// The next object of a free run of the P's cache, in place; the runtime's call where there is none (ABI.md, Allocation).
    fn new_object(&mut self, inst: Inst, layout: LayoutId) -> Result<(), Fail> {
        let Some(desc) = self.module.layouts[layout].desc else {
            return self.fail(format!("{layout} is allocated on the heap but has no type descriptor"));
        };
        let size = self.module.layouts[layout].size as usize;
        let here = self.cur.current_block().expect("in a block");
        let optimising = self.target.isa.flags().opt_level() != OptLevel::None;
        if !optimising || size == 0 || size > MAX_HEAP_BITS || self.cur.func.layout.is_cold(here) {
            let object = self.call_newobject(inst, desc);
            self.define(inst, &[object]);
            return Ok(());
        }
        let layout = &self.module.layouts[layout];
        let mask = (0..size as u64 / 8).filter(|&w| layout.has_pointers() && layout.is_pointer(w)).fold(0u64, |mask, w| mask | 1 << w);
        let class = sizeclass::class_of(size);
        let run = mcache::run(class, mask != 0) as i32;
        let flags = self.safe_flags();
        let g = self.ins().get_pinned_reg(types::I64);
        let cache = self.ins().load(types::I64, flags, g, abi::g::MCACHE as i32);
        let object = self.ins().load(types::I64, flags, cache, run);
        let end = self.ins().load(types::I64, flags, cache, run + 8);
        let next = self.ins().iadd_imm_s(object, i64::from(sizeclass::CLASS_SIZE[class]));
        let used_up = self.ins().icmp(cl::condcodes::IntCC::UnsignedGreaterThan, next, end);
        let (cold, cut) = (self.cold_block(), self.block_here());
        self.ins().brif(used_up, cold, &[], cut, &[]);
        self.cur.goto_bottom(cut);
        let done = self.block_here();
        let result = self.cur.func.dfg.append_block_param(done, types::I64);
        self.ins().store(flags, next, cache, run);
        // A bitmap word covers 512 bytes, and spans begin at a multiple of that.
        let may_cross = 512 % usize::from(sizeclass::CLASS_SIZE[class]) != 0;
        self.mark_pointers(cache, object, mask, may_cross);
        self.ins().jump(done, &[object.into()]);
        self.cur.goto_bottom(cold);
        let called = self.call_newobject(inst, desc);
        self.ins().jump(done, &[called.into()]);
        self.cur.goto_bottom(done);
        self.define(inst, &[result]);
        Ok(())
    }

    fn call_newobject(&mut self, inst: Inst, desc: GlobalId) -> cl::Value {
        let desc = self.symbol(Sym::Global(desc), 0);
        let callee = self.rt_func(Sym::rt("gorc_newobject"));
        let call = self.ins().call(callee, &[desc]);
        self.safepoint(inst, call);
        self.cur.func.dfg.inst_results(call)[0]
    }

    /// Sets the heap bits of a new object; they were clear. Bit i of the mask: word i is a pointer.
    fn mark_pointers(&mut self, cache: cl::Value, object: cl::Value, mask: u64, may_cross: bool) {
        if mask == 0 {
            return;
        }
        let flags = self.safe_flags();
        let bits = self.ins().load(types::I64, flags, cache, mcache::HEAP_BITS as i32);
        let offset = self.ins().ushr_imm_u(object, 6);
        let offset = self.ins().band_imm_s(offset, !7);
        let word = self.ins().iadd(bits, offset);
        let first = self.ins().ushr_imm_u(object, 3);
        let mask_value = self.ins().iconst(types::I64, mask as i64);
        // Shifts by the low 6 bits of the amount.
        let shifted = self.ins().ishl(mask_value, first);
        let old = self.ins().load(types::I64, flags, word, 0);
        let new = self.ins().bor(old, shifted);
        self.ins().store(flags, new, word, 0);
        let n_bits = 64 - mask.leading_zeros();
        if n_bits == 1 || !may_cross {
            return;
        }
        // Those that do not fit in the word begin the next one, which is this span's too.
        let first = self.ins().band_imm_s(first, 63);
        let crosses = self.ins().icmp_imm_u(cl::condcodes::IntCC::UnsignedGreaterThan, first, i64::from(64 - n_bits));
        let (cold, go_on) = (self.cold_block(), self.block_here());
        self.ins().brif(crosses, cold, &[], go_on, &[]);
        self.cur.goto_bottom(cold);
        let amount = self.ins().ineg(first);
        let rest = self.ins().ushr(mask_value, amount);
        let old = self.ins().load(types::I64, flags, word, 8);
        let new = self.ins().bor(old, rest);
        self.ins().store(flags, new, word, 8);
        self.ins().jump(go_on, &[]);
        self.cur.goto_bottom(go_on);
    }

    /// Slots with pointers are in every map, so they are clean from the start, wherever their alloc is. Not needed where
    /// the alloc itself comes before anything that could look.
    pub(super) fn zero_allocs_at_entry(&mut self) {
        let mut calm = true;
        for &block in &self.cfg.rpo {
            for &inst in &self.func.blocks[block].insts {
                calm &= block == self.func.entry() && self.is_calm(inst);
                let Some(&n) = self.alloc_slots.get(&inst) else { continue };
                if calm && self.cfg.depth[block] == 0 {
                    continue;
                }
                let (Some(&first), Some(&last)) = (self.allocs[n].pointers.first(), self.allocs[n].pointers.last()) else { continue };
                let slot = self.allocs[n].slot;
                let addr = self.ins().stack_addr(types::I64, slot, 8 * first as i32);
                self.zero(addr, 8 * u64::from(last - first + 1));
                self.entry_zeroed.insert(inst);
            }
        }
    }

    /// Nothing can look at the frame's maps here: no call, no fault, no panic.
    fn is_calm(&self, inst: Inst) -> bool {
        let data = &self.func.insts[inst];
        match data {
            InstData::Alloc { place: Place::Stack, .. } | InstData::GetG | InstData::FramePointer => true,
            InstData::Store { addr, .. } => self.plan.stack_addr.contains_key(&self.func.resolve(*addr)),
            InstData::Binary { .. } => true,
            _ => data.is_pure(),
        }
    }

    /// A fresh variable is zero, but for what the next instructions write before anyone can look, and but for what the
    /// entry has cleared if the alloc runs only once.
    pub(super) fn zero_alloc(&mut self, inst: Inst, block: ir::Block) {
        let n = self.alloc_slots[&inst];
        let InstData::Alloc { layout, .. } = self.func.insts[inst] else { unreachable!("has a slot") };
        let size = self.module.layouts[layout].size;
        let slot = self.allocs[n].slot;
        let pointers = &self.allocs[n].pointers;
        let mut clean: (u64, u64) = (0, 0);
        if self.entry_zeroed.contains(&inst) && self.cfg.depth[block] == 0 {
            clean = (8 * u64::from(pointers[0]), 8 * (u64::from(pointers[pointers.len() - 1]) + 1));
        }
        if size > INLINE_BYTES {
            if clean.0 == 0 && clean.1 >= size {
                return;
            }
            let addr = self.ins().stack_addr(types::I64, slot, 0);
            return self.zero(addr, size);
        }
        let mut needed: Vec<bool> = (0..size).map(|i| !(clean.0..clean.1).contains(&i)).collect();
        self.skip_written(inst, block, &mut needed);
        // Whole words keep the stores few; a word written in part is cleared whole.
        let mut at = 0;
        while at < size {
            let word_end = |from: u64| (from / 8 * 8 + 8).min(size);
            let dirty = |from: u64| (from..word_end(from)).any(|i| needed[i as usize]);
            if !dirty(at) {
                at = word_end(at);
                continue;
            }
            let start = at;
            while at < size && dirty(at) {
                at = word_end(at);
            }
            let addr = self.ins().stack_addr(types::I64, slot, start as i32);
            self.zero(addr, at - start);
        }
    }

    /// Clears the bytes that stores right after the alloc write, as long as nothing in between reads or leaves.
    fn skip_written(&self, alloc: Inst, block: ir::Block, needed: &mut [bool]) {
        let insts = &self.func.blocks[block].insts;
        let start = insts.iter().position(|&i| i == alloc).expect("in its block");
        for &inst in &insts[start + 1..] {
            let data = &self.func.insts[inst];
            match data {
                InstData::Store { value, addr, offset, .. } => {
                    let Some(&(to, base)) = self.plan.stack_addr.get(&self.func.resolve(*addr)) else { return };
                    if to != alloc {
                        continue;
                    }
                    let from = base + i64::from(*offset);
                    let to = from + i64::from(self.func.ty(*value).bytes());
                    if from < 0 || to > needed.len() as i64 {
                        return;
                    }
                    needed[from as usize..to as usize].fill(false);
                }
                _ if self.is_calm(inst) => {}
                _ => return,
            }
        }
    }

    /// Calls a leaf of the runtime: on this stack, no safepoint.
    fn leaf(&mut self, symbol: &str, args: &[cl::Value]) {
        let callee = self.rt_func(Sym::rt(symbol));
        self.ins().call(callee, args);
    }

    /// An explicit nil check where no access follows at once: reads a byte.
    pub(super) fn probe(&mut self, pointer: Value) {
        debug_assert_eq!(self.func.ty(pointer), Type::Ptr);
        let (flags, addr) = (self.faulting_flags(), self.use_value(pointer));
        self.ins().load(types::I8, flags, addr, 0);
    }
}
