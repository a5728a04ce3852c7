//! Emission: instructions, values and memory, below Go's notions.
//!
//! In: requests of the construct files. Out: instructions at the end of `self.cur` with the current location.
//! Holds: code emitted after a terminator goes to a fresh block that nothing reaches; [`FuncCx::finish`] drops it.

use crate::func::FuncCx;
use crate::ty::Ty;
use crate::ty::layout::{Leaf, Repr};
use ir::*;
use smallvec::{SmallVec, smallvec};

/// A value of a Go type; the type travels beside it.
#[derive(Clone, Debug)]
pub enum Val {
    /// Its leaves, in order.
    Scalars(SmallVec<[Value; 4]>),
    /// The address of memory that holds it. `borrowed`: the memory is a variable, so whoever keeps the value over
    /// other effects must copy it ([`FuncCx::stable`]); otherwise it is a temporary that nothing changes.
    Mem { addr: Value, borrowed: bool },
}

impl Val {
    pub fn one(value: Value) -> Val {
        Val::Scalars(smallvec![value])
    }
    pub fn none() -> Val {
        Val::Scalars(smallvec![])
    }
    pub fn many(values: impl IntoIterator<Item = Value>) -> Val {
        Val::Scalars(values.into_iter().collect())
    }
    /// The only scalar.
    pub fn scalar(&self) -> Value {
        match self {
            Val::Scalars(v) => v[0],
            Val::Mem { addr, .. } => *addr,
        }
    }
    pub fn at(&self, n: usize) -> Value {
        match self {
            Val::Scalars(v) => v[n],
            Val::Mem { addr, .. } => *addr,
        }
    }
    pub fn scalars(&self) -> &[Value] {
        match self {
            Val::Scalars(v) => v,
            Val::Mem { addr, .. } => std::slice::from_ref(addr),
        }
    }
}

/// An address: base plus constant. `safe`: the base cannot be nil.
#[derive(Clone, Copy, Debug)]
pub struct Addr {
    pub base: Value,
    pub offset: i64,
    pub safe: bool,
    /// Never written while the function runs.
    pub readonly: bool,
}

impl Addr {
    pub fn safe(base: Value) -> Addr {
        Addr { base, offset: 0, safe: true, readonly: false }
    }
    pub fn maybe_nil(base: Value) -> Addr {
        Addr { base, offset: 0, safe: false, readonly: false }
    }
    pub fn plus(self, offset: u64) -> Addr {
        Addr { offset: self.offset + offset as i64, ..self }
    }
}

/// Below this offset a nil base faults in the page that is never mapped.
const FAULT_LIMIT: i64 = 4096;

impl FuncCx<'_, '_> {
    pub fn ins(&mut self, data: InstData) -> Inst {
        if self.terminated {
            self.cur = self.f.add_block();
            self.terminated = false;
        }
        if data.is_terminator() {
            self.terminated = true;
        }
        self.f.append(&self.p.module, self.cur, data, Some(self.loc))
    }
    /// An alloc that the function makes when it starts.
    pub fn at_entry(&mut self, alloc: InstData) -> Value {
        let inst = self.f.make_inst(&self.p.module, alloc, Some(self.loc));
        let entry = self.f.entry();
        self.f.blocks[entry].insts.insert(0, inst);
        self.f.result(inst)
    }
    pub fn val(&mut self, data: InstData) -> Value {
        let inst = self.ins(data);
        self.f.result(inst)
    }

    pub fn iconst(&mut self, ty: Type, imm: i64) -> Value {
        self.val(InstData::Iconst { ty, imm })
    }
    pub fn int(&mut self, imm: i64) -> Value {
        self.iconst(Type::I64, imm)
    }
    pub fn bool_const(&mut self, b: bool) -> Value {
        self.iconst(Type::I8, b as i64)
    }
    pub fn null(&mut self) -> Value {
        self.val(InstData::Null)
    }
    pub fn f64_const(&mut self, x: f64) -> Value {
        self.val(InstData::Fconst { ty: Type::F64, bits: x.to_bits() })
    }
    pub fn bin(&mut self, op: BinaryOp, a: Value, b: Value) -> Value {
        self.val(InstData::Binary { op, args: [a, b] })
    }
    pub fn un(&mut self, op: UnaryOp, arg: Value) -> Value {
        self.val(InstData::Unary { op, arg })
    }
    pub fn icmp(&mut self, cc: IntCC, a: Value, b: Value) -> Value {
        self.val(InstData::Icmp { cc, args: [a, b] })
    }
    pub fn icmp_imm(&mut self, cc: IntCC, a: Value, imm: i64) -> Value {
        let ty = self.f.ty(a);
        let b = if ty == Type::Ptr {
            debug_assert_eq!(imm, 0);
            self.null()
        } else {
            self.iconst(ty, imm)
        };
        self.icmp(cc, a, b)
    }
    pub fn is_null(&mut self, p: Value) -> Value {
        self.icmp_imm(IntCC::Eq, p, 0)
    }
    pub fn not_null(&mut self, p: Value) -> Value {
        self.icmp_imm(IntCC::Ne, p, 0)
    }
    pub fn fcmp(&mut self, cc: FloatCC, a: Value, b: Value) -> Value {
        self.val(InstData::Fcmp { cc, args: [a, b] })
    }
    pub fn conv(&mut self, op: ConvertOp, ty: Type, arg: Value) -> Value {
        self.val(InstData::Convert { op, ty, arg })
    }
    pub fn select(&mut self, cond: Value, a: Value, b: Value) -> Value {
        self.val(InstData::Select { args: [cond, a, b] })
    }
    pub fn add_imm(&mut self, a: Value, imm: i64) -> Value {
        let ty = self.f.ty(a);
        let b = self.iconst(ty, imm);
        self.bin(BinaryOp::Add, a, b)
    }
    pub fn mul_imm(&mut self, a: Value, imm: i64) -> Value {
        if imm == 1 {
            return a;
        }
        let b = self.int(imm);
        self.bin(BinaryOp::Mul, a, b)
    }
    /// Boolean negation.
    pub fn not(&mut self, b: Value) -> Value {
        self.icmp_imm(IntCC::Eq, b, 0)
    }
    pub fn ptr_offset(&mut self, arg: Value, offset: i64) -> Value {
        if offset == 0 {
            return arg;
        }
        self.val(InstData::PtrOffset { arg, offset })
    }
    pub fn ptr_add(&mut self, p: Value, n: Value) -> Value {
        self.val(InstData::PtrAdd { args: [p, n] })
    }
    pub fn global(&mut self, global: GlobalId) -> Value {
        self.val(InstData::GlobalAddr { global, offset: 0 })
    }
    /// An integer of another width.
    pub fn int_to(&mut self, v: Value, to: Type, signed: bool) -> Value {
        let from = self.f.ty(v);
        if from.bytes() == to.bytes() {
            return v;
        }
        let op = if from.bytes() > to.bytes() {
            ConvertOp::Trunc
        } else if signed {
            ConvertOp::SExt
        } else {
            ConvertOp::ZExt
        };
        self.conv(op, to, v)
    }

    // Control flow.

    pub fn new_block(&mut self) -> Block {
        // Joins the layout when it is entered, so that the text follows the source.
        self.f.blocks.push(BlockData::default())
    }
    pub fn cold_block(&mut self) -> Block {
        self.f.blocks.push(BlockData { cold: true, ..BlockData::default() })
    }
    /// Goes on in `block`.
    pub fn enter(&mut self, block: Block) {
        if !self.terminated {
            self.jump(block);
        }
        self.start(block);
    }
    /// Goes on in `block` without falling into it.
    pub fn start(&mut self, block: Block) {
        debug_assert!(!self.f.layout.contains(&block));
        self.f.layout.push(block);
        self.cur = block;
        self.terminated = false;
    }
    pub fn jump(&mut self, block: Block) {
        self.ins(InstData::Jump { dest: BlockCall { block, args: Values::new() } });
    }
    pub fn jump_with(&mut self, block: Block, args: &[Value]) {
        self.ins(InstData::Jump { dest: BlockCall { block, args: Values::from_slice(args) } });
    }
    pub fn brif(&mut self, cond: Value, then: Block, els: Block) {
        self.ins(InstData::Brif { cond, then: BlockCall { block: then, args: Values::new() }, els: BlockCall { block: els, args: Values::new() } });
    }
    pub fn unreachable(&mut self) {
        self.ins(InstData::Unreachable);
    }
    pub fn poll(&mut self) {
        self.ins(InstData::Poll);
    }
    pub fn check(&mut self, kind: CheckKind, args: &[Value]) {
        // Code generation turns it into a call of this function.
        if self.p.runtime_func(kind.panic_func()).is_none() {
            self.p.error(source::Pos::NONE, format!("internal error: package runtime has no function {}", kind.panic_func()));
        }
        self.ins(InstData::Check { kind, args: args.iter().copied().collect() });
    }

    /// Runs `then` if cond, and gives its values, else `els`' values. Both closures must give as many values, of the same types.
    pub fn diamond(&mut self, cond: Value, then: impl FnOnce(&mut Self) -> Val, els: impl FnOnce(&mut Self) -> Val) -> Val {
        let (b_then, b_else, join) = (self.new_block(), self.new_block(), self.new_block());
        self.brif(cond, b_then, b_else);
        self.start(b_then);
        let a = then(self);
        let a_types: SmallVec<[Type; 4]> = a.scalars().iter().map(|&v| self.f.ty(v)).collect();
        self.jump_with(join, a.scalars());
        self.start(b_else);
        let b = els(self);
        self.jump_with(join, b.scalars());
        let params: SmallVec<[Value; 4]> = a_types.iter().map(|&t| self.f.add_param(join, t)).collect();
        self.start(join);
        match a {
            Val::Mem { .. } => Val::Mem { addr: params[0], borrowed: false },
            Val::Scalars(_) => Val::Scalars(params),
        }
    }
    /// As `when`, the branch is rarely taken.
    pub fn when_cold(&mut self, cond: Value, then: impl FnOnce(&mut Self)) {
        let (b_then, join) = (self.cold_block(), self.new_block());
        self.brif(cond, b_then, join);
        self.start(b_then);
        then(self);
        self.enter(join);
    }

    // Memory.

    /// The address as one value, not nil from here on.
    pub fn addr_value(&mut self, addr: Addr) -> Value {
        if !addr.safe {
            self.check(CheckKind::Nil, &[addr.base]);
        }
        self.ptr_offset(addr.base, addr.offset)
    }
    fn leaf_addr(&mut self, addr: Addr, at: u64) -> (Value, i32, MemFlags) {
        let offset = addr.offset + at as i64;
        if !addr.safe && !(0..FAULT_LIMIT).contains(&offset) {
            self.check(CheckKind::Nil, &[addr.base]);
            let base = self.ptr_offset(addr.base, offset);
            return (base, 0, MemFlags { notrap: true, readonly: addr.readonly });
        }
        if i32::try_from(offset).is_err() {
            let base = self.ptr_offset(addr.base, offset);
            return (base, 0, MemFlags { notrap: true, readonly: addr.readonly });
        }
        (addr.base, offset as i32, MemFlags { notrap: addr.safe, readonly: addr.readonly })
    }
    pub fn load_leaf(&mut self, addr: Addr, at: u64, ty: Type) -> Value {
        let (addr, offset, flags) = self.leaf_addr(addr, at);
        self.val(InstData::Load { ty, addr, offset, flags })
    }
    pub fn store_leaf(&mut self, addr: Addr, at: u64, value: Value) {
        let (addr, offset, flags) = self.leaf_addr(addr, at);
        self.ins(InstData::Store { value, addr, offset, flags });
    }
    pub fn load_ptr(&mut self, base: Value, offset: u64) -> Value {
        self.load_leaf(Addr::safe(base), offset, Type::Ptr)
    }
    pub fn load_int(&mut self, base: Value, offset: u64) -> Value {
        self.load_leaf(Addr::safe(base), offset, Type::I64)
    }

    /// The value at an address; a value in memory is borrowed.
    pub fn load(&mut self, ty: Ty, addr: Addr) -> Val {
        let repr = self.p.repr(ty);
        match &repr.leaves {
            Some(leaves) => {
                if leaves.is_empty() && !addr.safe {
                    self.check(CheckKind::Nil, &[addr.base]);
                }
                Val::Scalars(leaves.iter().map(|l| self.load_leaf(addr, l.offset, l.ty)).collect())
            }
            None => Val::Mem { addr: self.addr_value(addr), borrowed: !addr.readonly },
        }
    }
    pub fn store(&mut self, ty: Ty, addr: Addr, val: &Val) {
        let repr = self.p.repr(ty);
        self.store_repr(&repr, addr, val, ty);
    }
    fn store_repr(&mut self, repr: &Repr, addr: Addr, val: &Val, ty: Ty) {
        match (val, &repr.leaves) {
            (Val::Scalars(values), Some(leaves)) => {
                debug_assert_eq!(values.len(), leaves.len());
                if leaves.is_empty() && !addr.safe {
                    self.check(CheckKind::Nil, &[addr.base]);
                }
                for (l, &v) in leaves.iter().zip(values) {
                    self.store_leaf(addr, l.offset, v);
                }
            }
            (Val::Mem { addr: src, .. }, _) => {
                let dst = self.addr_value(addr);
                let layout = self.p.layout(ty);
                self.ins(InstData::Move { layout, dst, src: *src });
            }
            (Val::Scalars(_), None) => unreachable!("scalars of a type in memory"),
        }
    }
    pub fn zero_leaf(&mut self, ty: Type) -> Value {
        match ty {
            Type::Ptr => self.null(),
            Type::F32 | Type::F64 => self.val(InstData::Fconst { ty, bits: 0 }),
            int => self.iconst(int, 0),
        }
    }
    pub fn zero_val(&mut self, ty: Ty) -> Val {
        let repr = self.p.repr(ty);
        match &repr.leaves {
            Some(leaves) => Val::Scalars(leaves.iter().map(|l: &Leaf| self.zero_leaf(l.ty)).collect()),
            None => Val::Mem { addr: self.temp(ty), borrowed: false },
        }
    }

    /// Fresh zeroed memory for a value that Go code may keep the address of.
    pub fn alloc(&mut self, ty: Ty, name: &str, implicit: bool) -> Value {
        let layout = self.p.layout(ty);
        let name = self.p.module.string(name);
        self.val(InstData::Alloc { layout, place: ir::Place::Unknown, name, implicit })
    }
    /// Memory of this frame, zeroed here; its address goes no further than calls that do not keep it.
    pub fn temp(&mut self, ty: Ty) -> Value {
        let layout = self.p.layout(ty);
        self.temp_layout(layout)
    }
    pub fn temp_layout(&mut self, layout: LayoutId) -> Value {
        // A frame cannot hold what is larger than gc's limit for implicit variables.
        let place = if self.p.module.layouts[layout].size <= 64 << 10 { ir::Place::Stack } else { ir::Place::Heap };
        let name = self.p.module.string("");
        self.val(InstData::Alloc { layout, place, name, implicit: true })
    }
    /// The value in memory that the callee may read: of any representation.
    pub fn spill(&mut self, ty: Ty, val: &Val) -> Value {
        match val {
            Val::Mem { addr, .. } => *addr,
            Val::Scalars(_) => {
                let at = self.temp(ty);
                self.store(ty, Addr::safe(at), val);
                at
            }
        }
    }
    /// A value that later effects cannot change.
    pub fn stable(&mut self, ty: Ty, val: Val) -> Val {
        match val {
            Val::Mem { addr, borrowed: true } => {
                let copy = self.temp(ty);
                let layout = self.p.layout(ty);
                self.ins(InstData::Move { layout, dst: copy, src: addr });
                Val::Mem { addr: copy, borrowed: false }
            }
            other => other,
        }
    }
    /// The part of a value that is field or element at `offset` of type `part`.
    pub fn extract(&mut self, whole: Ty, val: &Val, part: Ty, offset: u64) -> Val {
        let part_repr = self.p.repr(part);
        match val {
            Val::Mem { addr, borrowed } => match &part_repr.leaves {
                Some(leaves) => Val::Scalars(leaves.iter().map(|l| self.load_leaf(Addr::safe(*addr), offset + l.offset, l.ty)).collect()),
                None => Val::Mem { addr: self.ptr_offset(*addr, offset as i64), borrowed: *borrowed },
            },
            Val::Scalars(values) => {
                let whole_repr = self.p.repr(whole);
                let leaves = whole_repr.leaves.as_ref().expect("scalars have leaves");
                let wanted = part_repr.leaves.as_ref().expect("parts of scalars are scalars");
                if wanted.is_empty() {
                    return Val::none();
                }
                let first = leaves.iter().position(|l| l.offset == offset + wanted[0].offset).expect("a leaf starts where the part does");
                Val::Scalars(values[first..first + wanted.len()].iter().copied().collect())
            }
        }
    }

    // Calls of the runtime.

    pub fn rt(&mut self, symbol: &str, args: &[Value]) -> SmallVec<[Value; 2]> {
        let entry = self.p.rt_entry(symbol);
        let inst = self.ins(InstData::CallRt { entry, args: args.iter().copied().collect() });
        let results = self.f.results[inst].clone();
        if abi::rt::ENTRIES[entry as usize].no_return {
            self.unreachable();
        }
        results
    }
    pub fn rt1(&mut self, symbol: &str, args: &[Value]) -> Value {
        self.rt(symbol, args)[0]
    }
    /// Truth of a runtime answer.
    pub fn truth(&mut self, word: Value) -> Value {
        self.icmp_imm(IntCC::Ne, word, 0)
    }
}
