//! A function: blocks of instructions, values, and what is known about the whole.

use crate::{Block, BlockCall, Inst, InstData, LocId, Module, SigId, Type, Value, Values};
use cranelift_entity::{PrimaryMap, SecondaryMap};
use smallvec::SmallVec;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ValueDef {
    /// The n-th result of an instruction.
    Result(Inst, u32),
    /// The n-th parameter of a block.
    Param(Block, u32),
    /// Replaced by another value; resolved with [`Function::resolve`].
    Alias(Value),
}

#[derive(Clone, Copy, Debug)]
pub struct ValueData {
    pub ty: Type,
    pub def: ValueDef,
}

#[derive(Clone, Debug, Default)]
pub struct BlockData {
    pub params: Vec<Value>,
    /// The last is the terminator.
    pub insts: Vec<Inst>,
    /// Rarely run: placed at the end, spills are put here.
    pub cold: bool,
}

#[derive(Clone, Debug, Default)]
pub struct FuncFlags {
    /// Made by the compiler (method wrappers, func value wrappers, go/defer closures): hidden in tracebacks, transparent for recover.
    pub wrapper: bool,
    pub no_inline: bool,
    /// Takes the func value as its last parameter.
    pub closure: bool,
    /// Calls recover.
    pub has_recover: bool,
    /// The Go function has no parameters (nor a receiver).
    pub no_params: bool,
    /// Never returns.
    pub no_return: bool,
    /// Belongs to package runtime.
    pub runtime: bool,
}

/// The body of a function. Block 0 of `layout` is the entry; its parameters are the function's.
#[derive(Clone, Debug)]
pub struct Function {
    /// As tracebacks show it: `main.(*T).M`, `main.main.func1`, `main.G[...]`.
    pub name: String,
    pub sig: SigId,
    pub flags: FuncFlags,
    /// Position of the `func`.
    pub loc: LocId,
    pub values: PrimaryMap<Value, ValueData>,
    pub insts: PrimaryMap<Inst, InstData>,
    pub results: SecondaryMap<Inst, SmallVec<[Value; 2]>>,
    pub locs: SecondaryMap<Inst, Option<LocId>>,
    pub blocks: PrimaryMap<Block, BlockData>,
    /// Order of the blocks; the entry first.
    pub layout: Vec<Block>,
}

impl Function {
    pub fn new(name: String, sig: SigId, loc: LocId) -> Function {
        Function {
            name,
            sig,
            flags: FuncFlags::default(),
            loc,
            values: PrimaryMap::new(),
            insts: PrimaryMap::new(),
            results: SecondaryMap::new(),
            locs: SecondaryMap::new(),
            blocks: PrimaryMap::new(),
            layout: Vec::new(),
        }
    }

    pub fn entry(&self) -> Block {
        self.layout[0]
    }

    /// A block at the end of the layout.
    pub fn add_block(&mut self) -> Block {
        let block = self.blocks.push(BlockData::default());
        self.layout.push(block);
        block
    }

    pub fn add_param(&mut self, block: Block, ty: Type) -> Value {
        let n = self.blocks[block].params.len() as u32;
        let value = self.values.push(ValueData { ty, def: ValueDef::Param(block, n) });
        self.blocks[block].params.push(value);
        value
    }

    pub fn ty(&self, value: Value) -> Type {
        self.values[value].ty
    }

    /// The value behind aliases.
    pub fn resolve(&self, mut value: Value) -> Value {
        while let ValueDef::Alias(to) = self.values[value].def {
            value = to;
        }
        value
    }

    /// From now on `old` means `new`. Uses are rewritten when they are next visited with [`Function::resolve`] or all at once by [`Function::resolve_aliases`].
    pub fn alias(&mut self, old: Value, new: Value) {
        debug_assert_ne!(self.resolve(new), old);
        self.values[old].def = ValueDef::Alias(new);
    }

    /// Rewrites every operand to what it resolves to.
    pub fn resolve_aliases(&mut self) {
        let values = &self.values;
        let resolve = |mut v: Value| {
            while let ValueDef::Alias(to) = values[v].def {
                v = to;
            }
            v
        };
        for data in self.insts.values_mut() {
            data.map_values(resolve);
        }
    }

    /// Makes an instruction with its results, in no block yet.
    pub fn make_inst(&mut self, module: &Module, data: InstData, loc: Option<LocId>) -> Inst {
        let types = module.result_types(self, &data);
        let inst = self.insts.push(data);
        self.locs[inst] = loc;
        for (n, ty) in types.into_iter().enumerate() {
            let value = self.values.push(ValueData { ty, def: ValueDef::Result(inst, n as u32) });
            self.results[inst].push(value);
        }
        inst
    }

    pub fn append(&mut self, module: &Module, block: Block, data: InstData, loc: Option<LocId>) -> Inst {
        let inst = self.make_inst(module, data, loc);
        self.blocks[block].insts.push(inst);
        inst
    }

    /// The single result.
    pub fn result(&self, inst: Inst) -> Value {
        self.results[inst][0]
    }

    pub fn terminator(&self, block: Block) -> Option<Inst> {
        self.blocks[block].insts.last().copied().filter(|&i| self.insts[i].is_terminator())
    }

    pub fn successors(&self, block: Block) -> SmallVec<[Block; 2]> {
        let mut all = SmallVec::new();
        if let Some(inst) = self.terminator(block) {
            self.insts[inst].for_each_successor(|b, _| all.push(b));
        }
        all
    }

    pub fn jump_to(block: Block, args: impl IntoIterator<Item = Value>) -> InstData {
        InstData::Jump { dest: BlockCall { block, args: args.into_iter().collect::<Values>() } }
    }
}
