//! Instructions. Each names its operands, results and traps; `docs/IR.md` has the prose.

use crate::{Block, FuncId, GlobalId, LayoutId, SigId, Value};
use smallvec::SmallVec;

/// Scalars only: aggregates are split by `lower` or live in memory.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Type {
    I8,
    I16,
    I32,
    I64,
    F32,
    F64,
    Ptr,
}

impl Type {
    pub fn bytes(self) -> u32 {
        match self {
            Type::I8 => 1,
            Type::I16 => 2,
            Type::I32 | Type::F32 => 4,
            Type::I64 | Type::F64 | Type::Ptr => 8,
        }
    }
    pub fn is_int(self) -> bool {
        matches!(self, Type::I8 | Type::I16 | Type::I32 | Type::I64)
    }
    pub fn is_float(self) -> bool {
        matches!(self, Type::F32 | Type::F64)
    }
}

pub type Values = SmallVec<[Value; 4]>;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UnaryOp {
    /// −x
    Neg,
    /// ^x
    Not,
    FNeg,
    FAbs,
    FSqrt,
    FFloor,
    FCeil,
    FTrunc,
    /// To nearest, ties to even.
    FNearest,
    /// Count of leading / trailing zeros, width for 0; ones; byte and bit reversal. Result has the operand's type.
    Clz,
    Ctz,
    Popcnt,
    Bswap,
    Bitrev,
}

/// Both operands and the result have one type, except shifts (count: any integer type, unsigned).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BinaryOp {
    Add,
    Sub,
    Mul,
    /// Undefined for a zero divisor: a `check div` must come before. MinInt / −1 = MinInt, MinInt % −1 = 0.
    SDiv,
    UDiv,
    SRem,
    URem,
    And,
    Or,
    Xor,
    /// x &^ y
    AndNot,
    /// Total: a count ≥ width gives 0 (shl, lshr) or the sign (ashr).
    Shl,
    LShr,
    AShr,
    /// Rotate left, count modulo width.
    Rotl,
    /// High half of the double-width product.
    UMulHi,
    SMulHi,
    FAdd,
    FSub,
    FMul,
    FDiv,
    /// Go's min and max: NaN if either is, −0 < +0.
    FMin,
    FMax,
    FCopysign,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum IntCC {
    Eq,
    Ne,
    Slt,
    Sle,
    Sgt,
    Sge,
    Ult,
    Ule,
    Ugt,
    Uge,
}

/// Ordered comparisons, but `Ne` is true for NaN: Go's operators.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FloatCC {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ConvertOp {
    /// Narrower integer.
    Trunc,
    ZExt,
    SExt,
    FPromote,
    FDemote,
    SIToF,
    UIToF,
    /// Truncate toward zero; NaN and out of range: gc's result for the target (0x8000… on amd64, saturating on arm64).
    FToSI,
    FToUI,
    /// Same size: i32↔f32, i64↔f64.
    Bitcast,
    /// ptr↔i64. The integer is no root.
    PtrToInt,
    IntToPtr,
}

/// What a failed check raises (`docs/ABI.md`, Go functions called by name). Operands a, b.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CheckKind {
    /// a <u b. Signed index a for the message.
    Index,
    /// As Index, a is unsigned in the message.
    IndexU,
    /// a ≤u b. `s[:a]`, b = length.
    SliceAlen,
    SliceAlenU,
    /// a ≤u b. `s[:a]`, b = capacity.
    SliceAcap,
    SliceAcapU,
    /// a ≤u b. `s[a:b]`.
    SliceB,
    SliceBU,
    /// a ≤u b: `s[::a]` length / capacity; `s[:a:b]`; `s[a:b:]`.
    Slice3Alen,
    Slice3AlenU,
    Slice3Acap,
    Slice3AcapU,
    Slice3B,
    Slice3BU,
    Slice3C,
    Slice3CU,
    /// Slice to array: a = length of the slice, b = wanted; passes if b ≤u a.
    SliceConvert,
    /// a ≠ 0; one operand.
    Div,
    /// a ≥ 0, signed; one operand.
    Shift,
    /// a ≠ null; one operand of type ptr.
    Nil,
}

impl CheckKind {
    /// The function of package runtime that a failed check calls with the operands as 64-bit words.
    pub fn panic_func(self) -> &'static str {
        use CheckKind::*;
        match self {
            Index => "panicIndex",
            IndexU => "panicIndexU",
            SliceAlen => "panicSliceAlen",
            SliceAlenU => "panicSliceAlenU",
            SliceAcap => "panicSliceAcap",
            SliceAcapU => "panicSliceAcapU",
            SliceB => "panicSliceB",
            SliceBU => "panicSliceBU",
            Slice3Alen => "panicSlice3Alen",
            Slice3AlenU => "panicSlice3AlenU",
            Slice3Acap => "panicSlice3Acap",
            Slice3AcapU => "panicSlice3AcapU",
            Slice3B => "panicSlice3B",
            Slice3BU => "panicSlice3BU",
            Slice3C => "panicSlice3C",
            Slice3CU => "panicSlice3CU",
            SliceConvert => "panicSliceConvert",
            Div => "panicdivide",
            Shift => "panicshift",
            Nil => "panicNilDeref",
        }
    }
}

/// Read-modify-write operations; sequentially consistent. Result: the old value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AtomicOp {
    Add,
    And,
    Or,
    Xchg,
}

/// Facts about a memory access.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct MemFlags {
    /// The pointer is known not to be nil: no fault possible.
    pub notrap: bool,
    /// The memory never changes while the function runs (type descriptors, itabs, string constants).
    pub readonly: bool,
}

/// Where an `alloc` lives.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Place {
    /// Not decided: treated as Heap by codegen.
    #[default]
    Unknown,
    Heap,
    Stack,
    /// Storage that is only worth having in the frame: `Stack` if escape analysis proves it may be there, else null, which the code looks for.
    Optional,
}

#[derive(Clone, Debug, PartialEq)]
pub enum InstData {
    /// Sign-extended to 64 bits, of an integer type.
    Iconst {
        ty: Type,
        imm: i64,
    },
    /// Bits of an f32 (low half) or f64.
    Fconst {
        ty: Type,
        bits: u64,
    },
    /// The nil pointer.
    Null,
    /// Code address of a function → ptr (static).
    FuncAddr {
        func: FuncId,
    },
    GlobalAddr {
        global: GlobalId,
        offset: i64,
    },
    Unary {
        op: UnaryOp,
        arg: Value,
    },
    Binary {
        op: BinaryOp,
        args: [Value; 2],
    },
    /// → i8, 0 or 1. Integers or pointers.
    Icmp {
        cc: IntCC,
        args: [Value; 2],
    },
    Fcmp {
        cc: FloatCC,
        args: [Value; 2],
    },
    Convert {
        op: ConvertOp,
        ty: Type,
        arg: Value,
    },
    /// (c: i8, a, b) → a if c ≠ 0
    Select {
        args: [Value; 3],
    },
    /// a·b + c with one rounding.
    Fma {
        args: [Value; 3],
    },
    /// ptr + i64 → ptr, into the same object or one past its end.
    PtrAdd {
        args: [Value; 2],
    },
    /// ptr + constant.
    PtrOffset {
        arg: Value,
        offset: i64,
    },
    /// Faults if addr is nil (hardware) unless notrap. offset in bytes, 0 ≤ offset < 4096 when it may be nil.
    Load {
        ty: Type,
        addr: Value,
        offset: i32,
        flags: MemFlags,
    },
    Store {
        value: Value,
        addr: Value,
        offset: i32,
        flags: MemFlags,
    },
    /// Copies one value of the layout; addresses are not nil; may overlap only if equal.
    Move {
        layout: LayoutId,
        dst: Value,
        src: Value,
    },
    /// Zeroes one value of the layout; not nil.
    Zero {
        layout: LayoutId,
        addr: Value,
    },
    /// Fresh zeroed memory for one value → ptr. `name` for -m ("s", "&T{...}", "func literal"), `implicit`: limit 64 KiB, else 128 KiB.
    Alloc {
        layout: LayoutId,
        place: Place,
        name: u32,
        implicit: bool,
    },
    /// The frame's own address for `gorc_gorecover` → ptr. Keeps the function from being inlined.
    FramePointer,
    /// The G → ptr (static).
    GetG,
    AtomicLoad {
        ty: Type,
        addr: Value,
    },
    AtomicStore {
        value: Value,
        addr: Value,
    },
    AtomicRmw {
        op: AtomicOp,
        addr: Value,
        value: Value,
    },
    /// (addr, expected, new) → i8: swapped
    AtomicCas {
        args: [Value; 3],
    },
    /// Raises unless the condition of the kind holds. One or two operands.
    Check {
        kind: CheckKind,
        args: SmallVec<[Value; 2]>,
    },
    Call {
        func: FuncId,
        args: Values,
    },
    /// `callee` is a code address (itab slot); receiver first.
    CallPtr {
        sig: SigId,
        callee: Value,
        args: Values,
    },
    /// `callee` is a func value (may be nil: faults); it is also passed as the hidden last argument.
    CallClosure {
        sig: SigId,
        callee: Value,
        args: Values,
    },
    /// Index in `abi::rt::ENTRIES`.
    CallRt {
        entry: u32,
        args: Values,
    },
    /// A bodyless Go function of the runtime (`abi::std_entries`), by symbol: one pointer to its block.
    CallStd {
        name: u32,
        block: Value,
    },
    /// A safepoint without effect: loop polls.
    Poll,
    /// Keeps the value alive (and its slot mapped) up to here: runtime.KeepAlive.
    KeepAlive {
        arg: Value,
    },

    // Terminators.
    Jump {
        dest: BlockCall,
    },
    /// cond: i8
    Brif {
        cond: Value,
        then: BlockCall,
        els: BlockCall,
    },
    /// An integer of any width; cases are distinct.
    Switch {
        arg: Value,
        cases: Vec<(i64, BlockCall)>,
        default: BlockCall,
    },
    Return {
        args: Values,
    },
    /// Same results as this function.
    TailCall {
        func: FuncId,
        args: Values,
    },
    /// Second instruction sequence of a function with defer: goes on in `normal`; the runtime resumes at `landing`, which
    /// has no parameters and uses no value but what it loads from allocs of the entry block.
    Enter {
        normal: Block,
        landing: Block,
    },
    /// Not reached: after a call that does not return.
    Unreachable,
}

#[derive(Clone, Debug, PartialEq)]
pub struct BlockCall {
    pub block: Block,
    pub args: Values,
}

impl InstData {
    pub fn is_terminator(&self) -> bool {
        use InstData::*;
        matches!(self, Jump { .. } | Brif { .. } | Switch { .. } | Return { .. } | TailCall { .. } | Enter { .. } | Unreachable)
    }

    /// A collection, a stack move or another goroutine may happen here (checks: only on the path that does not return).
    pub fn is_safepoint(&self) -> bool {
        use InstData::*;
        match self {
            Call { .. } | CallPtr { .. } | CallClosure { .. } | CallStd { .. } | Poll => true,
            CallRt { entry, .. } => !abi::rt::ENTRIES[*entry as usize].leaf,
            // Enter is a call in codegen; Alloc on the heap is one.
            Enter { .. } => true,
            Alloc { place, .. } => !matches!(place, Place::Stack | Place::Optional),
            _ => false,
        }
    }

    /// No effect but its results: may be removed when unused, merged, moved within what dominates its operands.
    pub fn is_pure(&self) -> bool {
        use InstData::*;
        match self {
            Iconst { .. }
            | Fconst { .. }
            | Null
            | FuncAddr { .. }
            | GlobalAddr { .. }
            | Unary { .. }
            | Icmp { .. }
            | Fcmp { .. }
            | Convert { .. }
            | Select { .. }
            | Fma { .. }
            | PtrAdd { .. }
            | PtrOffset { .. } => true,
            Binary { op, .. } => !matches!(op, BinaryOp::SDiv | BinaryOp::UDiv | BinaryOp::SRem | BinaryOp::URem),
            _ => false,
        }
    }

    /// Every value operand in order, block arguments included.
    pub fn for_each_value(&self, mut f: impl FnMut(Value)) {
        let mut clone = self.clone();
        clone.map_values(|v| {
            f(v);
            v
        });
    }

    /// Replaces every value operand, block arguments included.
    pub fn map_values(&mut self, mut f: impl FnMut(Value) -> Value) {
        use InstData::*;
        let mut one = |v: &mut Value| *v = f(*v);
        match self {
            Iconst { .. }
            | Fconst { .. }
            | Null
            | FuncAddr { .. }
            | GlobalAddr { .. }
            | Alloc { .. }
            | FramePointer
            | GetG
            | Poll
            | Enter { .. }
            | Unreachable => {}
            Unary { arg, .. } | Convert { arg, .. } | PtrOffset { arg, .. } | KeepAlive { arg } => one(arg),
            Binary { args, .. } | Icmp { args, .. } | Fcmp { args, .. } | PtrAdd { args } => args.iter_mut().for_each(one),
            Select { args } | Fma { args } | AtomicCas { args } => args.iter_mut().for_each(one),
            Load { addr, .. } | AtomicLoad { addr, .. } | Zero { addr, .. } => one(addr),
            Store { value, addr, .. } | AtomicStore { value, addr } | AtomicRmw { addr, value, .. } => {
                one(value);
                one(addr);
            }
            Move { dst, src, .. } => {
                one(dst);
                one(src);
            }
            Check { args, .. } => args.iter_mut().for_each(one),
            Call { args, .. } | CallRt { args, .. } | Return { args } | TailCall { args, .. } => args.iter_mut().for_each(one),
            CallPtr { callee, args, .. } | CallClosure { callee, args, .. } => {
                one(callee);
                args.iter_mut().for_each(one);
            }
            CallStd { block, .. } => one(block),
            Jump { dest } => dest.args.iter_mut().for_each(one),
            Brif { cond, then, els } => {
                one(cond);
                then.args.iter_mut().for_each(&mut one);
                els.args.iter_mut().for_each(&mut one);
            }
            Switch { arg, cases, default } => {
                one(arg);
                cases.iter_mut().for_each(|(_, c)| c.args.iter_mut().for_each(&mut one));
                default.args.iter_mut().for_each(&mut one);
            }
        }
    }

    /// The successors of a terminator, with arguments (`Enter` has none).
    pub fn for_each_successor(&self, mut f: impl FnMut(Block, &[Value])) {
        use InstData::*;
        match self {
            Jump { dest } => f(dest.block, &dest.args),
            Brif { then, els, .. } => {
                f(then.block, &then.args);
                f(els.block, &els.args);
            }
            Switch { cases, default, .. } => {
                for (_, c) in cases {
                    f(c.block, &c.args);
                }
                f(default.block, &default.args);
            }
            Enter { normal, landing } => {
                f(*normal, &[]);
                f(*landing, &[]);
            }
            _ => {}
        }
    }

    /// Changes the successors of a terminator. `Enter`'s keep no arguments.
    pub fn map_successors(&mut self, mut f: impl FnMut(&mut Block, Option<&mut Values>)) {
        use InstData::*;
        match self {
            Jump { dest } => f(&mut dest.block, Some(&mut dest.args)),
            Brif { then, els, .. } => {
                f(&mut then.block, Some(&mut then.args));
                f(&mut els.block, Some(&mut els.args));
            }
            Switch { cases, default, .. } => {
                for (_, c) in cases {
                    f(&mut c.block, Some(&mut c.args));
                }
                f(&mut default.block, Some(&mut default.args));
            }
            Enter { normal, landing } => {
                f(normal, None);
                f(landing, None);
            }
            _ => {}
        }
    }
}
