//! Builds small modules by hand.

#![allow(dead_code)]

use codegen::{Emit, OptLevel, Options, Triple};
use ir::*;

pub struct Maker {
    pub module: Module,
    pub loc: LocId,
}

impl Maker {
    /// A module with the Go functions that checks call.
    pub fn new() -> Maker {
        let mut module = Module::default();
        module.files.push("/src/main.go".to_owned());
        let loc = module.loc(Loc { file: 0, line: 10, column: 1, inlined: None });
        let two = module.sig(Signature { params: vec![Type::I64, Type::I64], results: vec![] });
        let none = module.sig(Signature::default());
        for name in ["Index", "SliceAlen", "SliceAcap", "SliceB", "Slice3Alen", "Slice3Acap", "Slice3B", "Slice3C"] {
            module.declare(&format!("runtime.panic{name}"), two);
            module.declare(&format!("runtime.panic{name}U"), two);
        }
        module.declare("runtime.panicSliceConvert", two);
        module.declare("runtime.panicdivide", none);
        module.declare("runtime.panicshift", none);
        Maker { module, loc }
    }

    pub fn sig(&mut self, params: &[Type], results: &[Type]) -> SigId {
        self.module.sig(Signature { params: params.to_vec(), results: results.to_vec() })
    }

    /// Layout of `words` words, `pointers` a mask of the first 64.
    pub fn layout(&mut self, words: u64, pointers: u64) -> LayoutId {
        let symbol = format!("type:{words}:{pointers:x}");
        let desc = self.module.globals.push(Global {
            symbol,
            section: Section::Types,
            size: 48,
            align: 8,
            data: vec![0; 48],
            relocs: vec![],
            layout: None,
            typelink: false,
            external: false,
        });
        let pointers = if pointers == 0 { vec![] } else { vec![pointers] };
        self.module.layout(Layout { size: 8 * words, align: 8, pointers, repeat: 1, desc: Some(desc) })
    }

    pub fn func(&mut self, symbol: &str, params: &[Type], results: &[Type]) -> Body<'_> {
        let sig = self.sig(params, results);
        let id = self.module.declare(symbol, sig);
        let mut func = Function::new(symbol.to_owned(), sig, self.loc);
        let entry = func.add_block();
        let params = params.iter().map(|&t| func.add_param(entry, t)).collect();
        Body { maker: self, id, func, block: entry, params, line: 11 }
    }
}

pub struct Body<'a> {
    pub maker: &'a mut Maker,
    pub id: FuncId,
    pub func: Function,
    pub block: Block,
    pub params: Vec<Value>,
    pub line: u32,
}

impl Body<'_> {
    pub fn add(&mut self, data: InstData) -> Inst {
        let loc = self.maker.module.loc(Loc { file: 0, line: self.line, column: 1, inlined: None });
        self.line += 1;
        self.func.append(&self.maker.module, self.block, data, Some(loc))
    }
    pub fn val(&mut self, data: InstData) -> Value {
        let inst = self.add(data);
        self.func.result(inst)
    }
    pub fn int(&mut self, ty: Type, imm: i64) -> Value {
        self.val(InstData::Iconst { ty, imm })
    }
    pub fn load(&mut self, ty: Type, addr: Value, offset: i32) -> Value {
        self.val(InstData::Load { ty, addr, offset, flags: MemFlags::default() })
    }
    pub fn store(&mut self, value: Value, addr: Value, offset: i32) {
        self.add(InstData::Store { value, addr, offset, flags: MemFlags::default() });
    }
    pub fn alloc(&mut self, layout: LayoutId, place: Place) -> Value {
        let name = self.maker.module.string("x");
        self.val(InstData::Alloc { layout, place, name, implicit: false })
    }
    pub fn call(&mut self, symbol: &str, args: &[Value]) -> Vec<Value> {
        let func = self.maker.module.find(symbol).expect("declared");
        let inst = self.add(InstData::Call { func, args: args.iter().copied().collect() });
        self.func.results[inst].to_vec()
    }
    pub fn rt(&mut self, symbol: &str, args: &[Value]) -> Vec<Value> {
        let entry = abi::rt::ENTRIES.iter().position(|e| e.symbol == symbol).expect("entry") as u32;
        let inst = self.add(InstData::CallRt { entry, args: args.iter().copied().collect() });
        self.func.results[inst].to_vec()
    }
    pub fn jump(&mut self, block: Block, args: &[Value]) {
        self.add(Function::jump_to(block, args.iter().copied()));
    }
    pub fn brif(&mut self, cond: Value, then: Block, els: Block) {
        self.add(InstData::Brif { cond, then: BlockCall { block: then, args: Values::new() }, els: BlockCall { block: els, args: Values::new() } });
    }
    pub fn ret(mut self, args: &[Value]) -> FuncId {
        self.add(InstData::Return { args: args.iter().copied().collect() });
        self.done()
    }
    pub fn done(self) -> FuncId {
        let id = self.id;
        self.maker.module.funcs[id].body = Some(self.func);
        id
    }
}

pub fn targets() -> Vec<Options> {
    let mut all = Vec::new();
    for triple in ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"] {
        for opt_level in [OptLevel::Speed, OptLevel::None] {
            let target: Triple = triple.parse().expect("triple");
            all.push(Options { opt_level, verify: true, ..Options::new(target) });
        }
    }
    all
}

/// Compiles for every target and level.
pub fn compile_everywhere(module: &Module) {
    for options in targets() {
        codegen::compile(module, &options).unwrap_or_else(|e| panic!("{} {:?}: {e}", options.target, options.opt_level));
    }
}

pub fn stack_maps(module: &Module, symbol: &str) -> String {
    codegen::emit(module, &targets()[0], Emit::StackMap, |s| s == symbol).expect("compiles")
}
