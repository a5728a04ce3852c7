//! A program: functions, globals, and the tables they share.

use crate::{FuncId, Function, GlobalId, InlineId, InstData, LayoutId, LocId, SigId, Type};
use cranelift_entity::PrimaryMap;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Go-to-Go signature in scalars, hidden parameters included.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Signature {
    pub params: Vec<Type>,
    pub results: Vec<Type>,
}

/// Size and pointers of a value in memory.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Layout {
    /// Bytes.
    pub size: u64,
    pub align: u32,
    /// Bit i of word i/64: the i-th 8-byte word is a pointer. Empty: none. For arrays beyond 1024 words: of one element, see `repeat`.
    pub pointers: Vec<u64>,
    /// The pointer mask covers `size / repeat` bytes and repeats; 1 normally.
    pub repeat: u64,
    /// Its type descriptor, if it can be on the heap.
    pub desc: Option<GlobalId>,
}

impl Layout {
    pub fn has_pointers(&self) -> bool {
        self.pointers.iter().any(|&w| w != 0)
    }
    /// Is the n-th word of the value a pointer?
    pub fn is_pointer(&self, word: u64) -> bool {
        let period = (self.size / self.repeat.max(1)) / 8;
        let n = if self.repeat > 1 && period > 0 { word % period } else { word };
        self.pointers.get((n / 64) as usize).is_some_and(|w| w >> (n % 64) & 1 == 1)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Section {
    /// Never written.
    ReadOnly,
    /// Writable; all zero if `data` is empty.
    Data,
    /// Type descriptors and names: laid out into one blob, so that offsets between them are known.
    Types,
    /// Static itabs, listed in the module data.
    Itab,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Target {
    Func(FuncId),
    Global(GlobalId),
    /// A symbol of the runtime, index in `Module::symbols`.
    Symbol(u32),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RelocKind {
    /// 8 bytes: absolute address + addend.
    Abs64,
    /// 4 bytes: offset of a `Types` global from the start of the types blob.
    TypeOff32,
    /// 4 bytes: code address − text_start.
    TextOff32,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reloc {
    pub offset: u32,
    pub target: Target,
    pub addend: i64,
    pub kind: RelocKind,
}

#[derive(Clone, Debug)]
pub struct Global {
    pub symbol: String,
    pub section: Section,
    pub size: u64,
    pub align: u32,
    /// `size` bytes, or empty for zero.
    pub data: Vec<u8>,
    pub relocs: Vec<Reloc>,
    /// For `Data`: where its pointers are (roots of the collector).
    pub layout: Option<LayoutId>,
    /// For `Types`: list it in typelinks.
    pub typelink: bool,
    /// A symbol that the runtime defines; no data.
    pub external: bool,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Loc {
    /// Index in `Module::files`.
    pub file: u32,
    pub line: u32,
    pub column: u32,
    /// The inlined call it comes from.
    pub inlined: Option<InlineId>,
}

/// A call whose callee's body was copied in.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct InlineCall {
    /// Name of the inlined function.
    pub func: String,
    pub func_file: u32,
    pub func_line: u32,
    /// Where the call was (its own `inlined` gives the parent).
    pub call: LocId,
    pub wrapper: bool,
}

#[derive(Clone, Debug)]
pub struct FuncDecl {
    /// Link symbol, unique.
    pub symbol: String,
    pub sig: SigId,
    /// None until defined.
    pub body: Option<Function>,
}

#[derive(Clone, Debug, Default)]
pub struct Module {
    pub funcs: PrimaryMap<FuncId, FuncDecl>,
    pub globals: PrimaryMap<GlobalId, Global>,
    pub layouts: PrimaryMap<LayoutId, Layout>,
    pub sigs: PrimaryMap<SigId, Signature>,
    pub locs: PrimaryMap<LocId, Loc>,
    pub inlines: PrimaryMap<InlineId, InlineCall>,
    /// Absolute paths.
    pub files: Vec<String>,
    /// Names of allocs and of std entries.
    pub strings: Vec<String>,
    /// Runtime symbols in relocations.
    pub symbols: Vec<String>,
    func_by_symbol: FxHashMap<String, FuncId>,
    sig_ids: FxHashMap<Signature, SigId>,
    layout_ids: FxHashMap<Layout, LayoutId>,
    loc_ids: FxHashMap<Loc, LocId>,
    string_ids: FxHashMap<String, u32>,
}

impl Module {
    pub fn sig(&mut self, sig: Signature) -> SigId {
        *self.sig_ids.entry(sig).or_insert_with_key(|s| self.sigs.push(s.clone()))
    }
    pub fn layout(&mut self, layout: Layout) -> LayoutId {
        *self.layout_ids.entry(layout).or_insert_with_key(|l| self.layouts.push(l.clone()))
    }
    pub fn loc(&mut self, loc: Loc) -> LocId {
        *self.loc_ids.entry(loc).or_insert_with_key(|l| self.locs.push(l.clone()))
    }
    pub fn string(&mut self, text: &str) -> u32 {
        if let Some(&n) = self.string_ids.get(text) {
            return n;
        }
        self.strings.push(text.to_owned());
        self.string_ids.insert(text.to_owned(), self.strings.len() as u32 - 1);
        self.strings.len() as u32 - 1
    }
    /// Declares a function or finds the one with this symbol.
    pub fn declare(&mut self, symbol: &str, sig: SigId) -> FuncId {
        if let Some(&id) = self.func_by_symbol.get(symbol) {
            return id;
        }
        let id = self.funcs.push(FuncDecl { symbol: symbol.to_owned(), sig, body: None });
        self.func_by_symbol.insert(symbol.to_owned(), id);
        id
    }
    pub fn find(&self, symbol: &str) -> Option<FuncId> {
        self.func_by_symbol.get(symbol).copied()
    }

    /// Types of an instruction's results.
    pub fn result_types(&self, func: &Function, data: &InstData) -> SmallVec<[Type; 2]> {
        use InstData::*;
        let one = |ty| SmallVec::from_slice(&[ty]);
        match data {
            Iconst { ty, .. } | Fconst { ty, .. } | Convert { ty, .. } | Load { ty, .. } | AtomicLoad { ty, .. } => one(*ty),
            Null | FuncAddr { .. } | GlobalAddr { .. } | PtrAdd { .. } | PtrOffset { .. } | Alloc { .. } | FramePointer | GetG => one(Type::Ptr),
            Unary { arg, .. } => one(func.ty(*arg)),
            Binary { args, .. } => one(func.ty(args[0])),
            Fma { args } => one(func.ty(args[0])),
            Select { args } => one(func.ty(args[1])),
            Icmp { .. } | Fcmp { .. } | AtomicCas { .. } => one(Type::I8),
            AtomicRmw { value, .. } => one(func.ty(*value)),
            Call { func: callee, .. } => self.sigs[self.funcs[*callee].sig].results.iter().copied().collect(),
            CallPtr { sig, .. } | CallClosure { sig, .. } => self.sigs[*sig].results.iter().copied().collect(),
            CallRt { entry, .. } => abi::rt::ENTRIES[*entry as usize]
                .results
                .iter()
                .map(|w| match w {
                    abi::rt::Word::P => Type::Ptr,
                    abi::rt::Word::I => Type::I64,
                })
                .collect(),
            _ => SmallVec::new(),
        }
    }
}
