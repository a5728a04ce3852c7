//! Random modules, shaped like what `lower` makes of Go: every variable is an alloc, control flow is structured, checks
//! come before accesses, closures keep their code and captures in an alloc.
//!
//! Types: int (i64), bool, Obj (pointer to an object), Cell (pointer to a word that holds an Obj), Clo (func value), slices of int.
//! Functions call later ones freely and earlier ones with a falling first parameter, so that every call chain ends.

use ir::*;

pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Rng {
        Rng(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1234_5678_9abc_def1)
    }
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }
    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Kind {
    Int,
    Obj,
    Cell,
    Clo,
}

impl Kind {
    fn ty(self) -> Type {
        if self == Kind::Int { Type::I64 } else { Type::Ptr }
    }
}

/// `Obj`: {int @0, Obj @8, i32 @16, i32 @20, Obj @24, Clo @32}; the Obj fields are Cells.
const OBJ_SIZE: u64 = 40;

#[derive(Clone, Copy)]
struct Layouts {
    int: LayoutId,
    word: LayoutId,
    obj: LayoutId,
    clo: LayoutId,
    slice: LayoutId,
    array: LayoutId,
}

#[derive(Clone)]
struct Proto {
    id: FuncId,
    params: Vec<Kind>,
    results: Vec<Kind>,
    closure: bool,
}

struct Shared {
    layouts: Layouts,
    globals: Vec<GlobalId>,
    protos: Vec<Proto>,
    closure_sig: SigId,
}

/// A module whose entry is `main(i64, i64)`.
pub fn module(seed: u64) -> Module {
    let mut rng = Rng::new(seed);
    let mut module = Module::default();
    module.files.push("/src/main.go".to_owned());
    let mut layout = |size, pointers: u64| {
        module.layout(Layout { size, align: 8, pointers: if pointers == 0 { vec![] } else { vec![pointers] }, repeat: 1, desc: None })
    };
    let layouts = Layouts {
        int: layout(8, 0),
        word: layout(8, 1),
        obj: layout(OBJ_SIZE, 0b11010),
        clo: layout(24, 0b110),
        slice: layout(16, 1),
        array: layout(64, 0),
    };
    let mut globals = Vec::new();
    for (symbol, section, layout) in [
        ("g.obj", Section::Data, layouts.obj),
        ("g.cell", Section::Data, layouts.word),
        ("g.table", Section::ReadOnly, layouts.word),
        ("g.func", Section::ReadOnly, layouts.clo),
    ] {
        let size = module.layouts[layout].size;
        globals.push(module.globals.push(Global {
            symbol: symbol.into(),
            section,
            size,
            align: 8,
            data: vec![],
            relocs: vec![],
            layout: Some(layout),
            typelink: false,
            external: false,
        }));
    }
    let table = Reloc { offset: 0, target: Target::Global(globals[0]), addend: 0, kind: RelocKind::Abs64 };
    module.globals[globals[2]].data = vec![0; 8];
    module.globals[globals[2]].relocs.push(table);

    let kinds = [Kind::Int, Kind::Obj, Kind::Obj, Kind::Cell, Kind::Clo];
    let mut protos = Vec::new();
    let n_funcs = 2 + rng.below(5);
    let n_closures = 1 + rng.below(3);
    for n in 0..n_funcs {
        let mut params = vec![Kind::Int, Kind::Int];
        let mut results = vec![Kind::Int];
        if n > 0 {
            params.truncate(1);
            results.clear();
            params.extend((0..rng.below(4)).map(|_| kinds[rng.below(5) as usize]));
            results.extend((0..rng.below(3)).map(|_| kinds[rng.below(5) as usize]));
        }
        let sig = Signature { params: params.iter().map(|k| k.ty()).collect(), results: results.iter().map(|k| k.ty()).collect() };
        let sig = module.sig(sig);
        let id = module.declare(&if n == 0 { "main".to_owned() } else { format!("f{n}") }, sig);
        protos.push(Proto { id, params, results, closure: false });
    }
    let closure_sig = module.sig(Signature { params: vec![Type::I64, Type::Ptr, Type::Ptr], results: vec![Type::Ptr] });
    for n in 0..n_closures {
        let id = module.declare(&format!("c{n}"), closure_sig);
        protos.push(Proto { id, params: vec![Kind::Int, Kind::Obj], results: vec![Kind::Obj], closure: true });
    }
    let code = Reloc { offset: 0, target: Target::Func(protos[protos.len() - 1].id), addend: 0, kind: RelocKind::Abs64 };
    module.globals[globals[3]].data = vec![0; 24];
    module.globals[globals[3]].relocs.push(code);
    let shared = Shared { layouts, globals, protos, closure_sig };
    for n in 0..shared.protos.len() {
        let func = Maker::run(&mut rng, &mut module, &shared, n);
        let id = shared.protos[n].id;
        module.funcs[id].body = Some(func);
    }
    module
}

struct Maker<'a> {
    rng: &'a mut Rng,
    module: &'a mut Module,
    shared: &'a Shared,
    index: usize,
    func: Function,
    block: Block,
    /// Addresses of variables in scope.
    vars: Vec<(Kind, Value)>,
    slices: Vec<Value>,
    /// SSA values in scope.
    temps: Vec<(Kind, Value)>,
    /// Parameter 0: how many calls backwards are still allowed.
    depth: Value,
    captures: Option<(Value, Value)>,
    /// (continue, break)
    loops: Vec<(Block, Block)>,
    /// With defer: where results go and the block that returns them.
    exit: Option<(Vec<(Kind, Value)>, Block)>,
    budget: i32,
    line: u32,
}

impl Maker<'_> {
    fn run(rng: &mut Rng, module: &mut Module, shared: &Shared, index: usize) -> Function {
        let proto = shared.protos[index].clone();
        let loc = module.loc(Loc { file: 0, line: 1, column: 0, inlined: None });
        let sig = module.funcs[proto.id].sig;
        let mut func = Function::new(module.funcs[proto.id].symbol.clone(), sig, loc);
        func.flags.closure = proto.closure;
        func.flags.no_inline = rng.one_in(6);
        let entry = func.add_block();
        let params: Vec<Value> = module.sigs[sig].params.clone().into_iter().map(|ty| func.add_param(entry, ty)).collect();
        let budget = 4 + rng.below(14) as i32;
        let mut maker = Maker {
            rng,
            module,
            shared,
            index,
            func,
            block: entry,
            vars: Vec::new(),
            slices: Vec::new(),
            temps: Vec::new(),
            depth: params[0],
            captures: None,
            loops: Vec::new(),
            exit: None,
            budget,
            line: 1,
        };
        let has_defer = index > 0 && maker.rng.one_in(6);
        if has_defer {
            let results: Vec<(Kind, Value)> = proto.results.iter().map(|&kind| (kind, maker.alloc(maker.word_of(kind)))).collect();
            for _ in 0..maker.rng.below(2) {
                let var = maker.alloc(shared.layouts.word);
                maker.vars.push((Kind::Obj, var));
            }
            let normal = maker.func.add_block();
            let landing = maker.func.add_block();
            let exit = maker.func.add_block();
            maker.add(InstData::Enter { normal, landing });
            for block in [landing, exit] {
                maker.block = block;
                let values: Vec<Value> = results.iter().map(|&(kind, slot)| maker.load(kind.ty(), slot, 0)).collect();
                maker.add(InstData::Return { args: values.into_iter().collect() });
            }
            maker.block = normal;
            maker.exit = Some((results, exit));
        }
        for (&kind, &param) in proto.params.iter().zip(&params) {
            maker.temps.push((kind, param));
            if maker.rng.one_in(2) {
                maker.variable(kind, param);
            }
        }
        if proto.closure {
            let hidden = *params.last().expect("hidden parameter");
            let cell = maker.load(Type::Ptr, hidden, 8);
            let obj = maker.load(Type::Ptr, hidden, 16);
            maker.captures = Some((cell, obj));
            maker.temps.push((Kind::Cell, cell));
            maker.temps.push((Kind::Obj, obj));
        }
        maker.stmts(3);
        maker.ret();
        maker.func
    }

    fn word_of(&self, kind: Kind) -> LayoutId {
        if kind == Kind::Int { self.shared.layouts.int } else { self.shared.layouts.word }
    }

    // Instructions.

    fn add(&mut self, data: InstData) -> Inst {
        self.line += 1;
        let loc = self.module.loc(Loc { file: 0, line: self.line, column: 0, inlined: None });
        self.func.append(self.module, self.block, data, Some(loc))
    }
    fn val(&mut self, data: InstData) -> Value {
        let inst = self.add(data);
        self.func.result(inst)
    }
    fn iconst(&mut self, imm: i64) -> Value {
        self.val(InstData::Iconst { ty: Type::I64, imm })
    }
    fn load(&mut self, ty: Type, addr: Value, offset: i32) -> Value {
        self.val(InstData::Load { ty, addr, offset, flags: MemFlags::default() })
    }
    fn store(&mut self, value: Value, addr: Value, offset: i32) {
        self.add(InstData::Store { value, addr, offset, flags: MemFlags::default() });
    }
    fn alloc(&mut self, layout: LayoutId) -> Value {
        let name = self.module.string("x");
        let place = if self.rng.one_in(30) { Place::Heap } else { Place::Unknown };
        self.val(InstData::Alloc { layout, place, name, implicit: false })
    }
    fn binary(&mut self, op: BinaryOp, a: Value, b: Value) -> Value {
        self.val(InstData::Binary { op, args: [a, b] })
    }
    fn icmp(&mut self, cc: IntCC, a: Value, b: Value) -> Value {
        self.val(InstData::Icmp { cc, args: [a, b] })
    }
    fn check(&mut self, kind: CheckKind, args: &[Value]) {
        self.add(InstData::Check { kind, args: args.iter().copied().collect() });
    }
    fn jump(&mut self, block: Block, args: &[Value]) {
        self.add(Function::jump_to(block, args.iter().copied()));
    }
    fn brif(&mut self, cond: Value, then: Block, els: Block) {
        let call = |block| BlockCall { block, args: Values::new() };
        self.add(InstData::Brif { cond, then: call(then), els: call(els) });
    }
    fn rt(&mut self, symbol: &str, args: &[Value]) -> Inst {
        let entry = abi::rt::ENTRIES.iter().position(|e| e.symbol == symbol).expect("entry") as u32;
        self.add(InstData::CallRt { entry, args: args.iter().copied().collect() })
    }
    fn variable(&mut self, kind: Kind, value: Value) -> Value {
        let var = self.alloc(self.word_of(kind));
        self.store(value, var, 0);
        self.vars.push((kind, var));
        var
    }
    fn pick_var(&mut self, kind: Kind) -> Option<Value> {
        let list: Vec<Value> = self.vars.iter().filter(|v| v.0 == kind).map(|v| v.1).collect();
        (!list.is_empty()).then(|| list[self.rng.below(list.len() as u64) as usize])
    }
    fn pick_temp(&mut self, kind: Kind) -> Option<Value> {
        let list: Vec<Value> = self.temps.iter().filter(|v| v.0 == kind).map(|v| v.1).collect();
        (!list.is_empty()).then(|| list[self.rng.below(list.len() as u64) as usize])
    }

    // Expressions.

    fn value(&mut self, kind: Kind, deep: u32) -> Value {
        let value = match kind {
            Kind::Int => self.int(deep),
            Kind::Obj => self.obj(deep),
            Kind::Cell => self.cell(deep),
            Kind::Clo => self.clo(deep),
        };
        if self.rng.one_in(3) {
            self.temps.push((kind, value));
        }
        value
    }

    fn int(&mut self, deep: u32) -> Value {
        let deep = deep.saturating_sub(1);
        match self.rng.below(if deep == 0 { 4 } else { 12 }) {
            0 => {
                let n = self.rng.below(9) as i64 - 2;
                self.iconst(n)
            }
            1 => match self.pick_temp(Kind::Int) {
                Some(value) => value,
                None => self.iconst(1),
            },
            2 | 3 => match self.pick_var(Kind::Int) {
                Some(var) => self.load(Type::I64, var, 0),
                None => self.iconst(3),
            },
            4 | 5 => {
                let (a, b) = (self.int(deep), self.int(deep));
                let ops = [
                    BinaryOp::Add,
                    BinaryOp::Sub,
                    BinaryOp::Mul,
                    BinaryOp::And,
                    BinaryOp::Or,
                    BinaryOp::Xor,
                    BinaryOp::AndNot,
                    BinaryOp::Shl,
                    BinaryOp::LShr,
                    BinaryOp::AShr,
                ];
                let op = ops[self.rng.below(10) as usize];
                if matches!(op, BinaryOp::Shl | BinaryOp::LShr | BinaryOp::AShr) {
                    self.check(CheckKind::Shift, &[b]);
                }
                self.binary(op, a, b)
            }
            6 => {
                let (a, b) = (self.int(deep), self.int(deep));
                self.check(CheckKind::Div, &[b]);
                let op = if self.rng.one_in(2) { BinaryOp::SDiv } else { BinaryOp::SRem };
                self.binary(op, a, b)
            }
            7 => {
                let obj = self.obj(deep);
                self.load(Type::I64, obj, 0)
            }
            8 => {
                let obj = self.obj(deep);
                let offset = if self.rng.one_in(2) { 16 } else { 20 };
                let n = self.load(Type::I32, obj, offset);
                let op = if self.rng.one_in(2) { ConvertOp::SExt } else { ConvertOp::ZExt };
                self.val(InstData::Convert { op, ty: Type::I64, arg: n })
            }
            9 => {
                let c = self.cond(deep);
                let (a, b) = (self.int(deep), self.int(deep));
                self.val(InstData::Select { args: [c, a, b] })
            }
            _ => self.element(deep),
        }
    }

    fn slice(&mut self) -> (Value, Value) {
        if self.slices.is_empty() || self.rng.one_in(8) {
            self.new_slice();
        }
        let var = self.slices[self.rng.below(self.slices.len() as u64) as usize];
        (self.load(Type::Ptr, var, 0), self.load(Type::I64, var, 8))
    }

    fn new_slice(&mut self) {
        let array = self.alloc(self.shared.layouts.array);
        let n = self.rng.below(9) as i64;
        let len = self.iconst(n);
        self.slice_var(array, len);
    }

    fn slice_var(&mut self, data: Value, len: Value) {
        let var = self.alloc(self.shared.layouts.slice);
        self.store(data, var, 0);
        self.store(len, var, 8);
        self.slices.push(var);
    }

    /// Address of a checked element.
    fn element_addr(&mut self, deep: u32) -> Value {
        let (data, len) = self.slice();
        let index = self.int(deep);
        let op = if self.rng.one_in(8) { CheckKind::IndexU } else { CheckKind::Index };
        self.check(op, &[index, len]);
        let three = self.iconst(3);
        let bytes = self.binary(BinaryOp::Shl, index, three);
        self.val(InstData::PtrAdd { args: [data, bytes] })
    }

    fn element(&mut self, deep: u32) -> Value {
        let addr = self.element_addr(deep);
        self.load(Type::I64, addr, 0)
    }

    fn cond(&mut self, deep: u32) -> Value {
        match self.rng.below(8) {
            0 => {
                let (a, b) = (self.obj(deep), self.obj(deep));
                let op = if self.rng.one_in(2) { IntCC::Eq } else { IntCC::Ne };
                self.icmp(op, a, b)
            }
            1 | 2 => {
                let a = self.obj(deep);
                let nil = self.val(InstData::Null);
                let op = if self.rng.one_in(3) { IntCC::Eq } else { IntCC::Ne };
                self.icmp(op, a, nil)
            }
            _ => {
                use IntCC::*;
                let (a, b) = (self.int(deep), self.int(deep));
                let cc = [Eq, Ne, Slt, Sle, Sgt, Sge, Ult, Ule, Ugt, Uge][self.rng.below(10) as usize];
                self.icmp(cc, a, b)
            }
        }
    }

    fn obj(&mut self, deep: u32) -> Value {
        let deep = deep.saturating_sub(1);
        match self.rng.below(if deep == 0 { 6 } else { 12 }) {
            0 => match self.rng.below(3) {
                0 => self.val(InstData::Null),
                1 => {
                    let global = self.shared.globals[0];
                    self.val(InstData::GlobalAddr { global, offset: 0 })
                }
                _ => {
                    let global = self.shared.globals[2];
                    let table = self.val(InstData::GlobalAddr { global, offset: 0 });
                    self.load(Type::Ptr, table, 0)
                }
            },
            1 | 2 => match self.pick_temp(Kind::Obj) {
                Some(value) => value,
                None => self.new_obj(deep),
            },
            3 => self.new_obj(deep),
            4 | 5 => match self.pick_var(Kind::Obj) {
                Some(var) => self.load(Type::Ptr, var, 0),
                None => self.new_obj(deep),
            },
            6 | 7 => {
                let cell = self.cell(deep);
                self.load(Type::Ptr, cell, 0)
            }
            8 => {
                let obj = self.obj(deep);
                self.load(Type::Ptr, obj, if self.rng.0 & 1 == 0 { 8 } else { 24 })
            }
            9 => {
                let c = self.cond(deep);
                let (a, b) = (self.obj(deep), self.obj(deep));
                self.val(InstData::Select { args: [c, a, b] })
            }
            10 => {
                // Two ways that meet in a block parameter.
                let c = self.cond(deep);
                let (then, els, join) = (self.func.add_block(), self.func.add_block(), self.func.add_block());
                let param = self.func.add_param(join, Type::Ptr);
                self.brif(c, then, els);
                for block in [then, els] {
                    self.block = block;
                    let scope = self.scope();
                    let value = self.obj(deep);
                    self.leave(scope);
                    self.jump(join, &[value]);
                }
                self.block = join;
                param
            }
            _ => self.call_closure(deep),
        }
    }

    fn new_obj(&mut self, deep: u32) -> Value {
        let obj = self.alloc(self.shared.layouts.obj);
        if deep > 0 && self.rng.one_in(2) {
            let n = self.int(deep);
            self.store(n, obj, 0);
            let next = self.obj(deep);
            self.store(next, obj, 8);
        }
        obj
    }

    fn cell(&mut self, deep: u32) -> Value {
        let deep = deep.saturating_sub(1);
        match self.rng.below(8) {
            0 => {
                let global = self.shared.globals[1];
                self.val(InstData::GlobalAddr { global, offset: 0 })
            }
            1 if deep > 0 => {
                let obj = self.obj(deep);
                self.check(CheckKind::Nil, &[obj]);
                let offset = if self.rng.one_in(2) { 8 } else { 24 };
                self.val(InstData::PtrOffset { arg: obj, offset })
            }
            2 => match self.pick_temp(Kind::Cell) {
                Some(value) => value,
                None => self.alloc(self.shared.layouts.word),
            },
            3 if deep > 0 => {
                let c = self.cond(deep);
                let (a, b) = (self.cell(deep), self.cell(deep));
                self.val(InstData::Select { args: [c, a, b] })
            }
            4 => match self.pick_var(Kind::Cell) {
                Some(var) => self.load(Type::Ptr, var, 0),
                None => self.alloc(self.shared.layouts.word),
            },
            _ => match self.pick_var(Kind::Obj) {
                Some(var) => var,
                None => self.alloc(self.shared.layouts.word),
            },
        }
    }

    fn clo(&mut self, deep: u32) -> Value {
        let deep = deep.saturating_sub(1);
        match self.rng.below(6) {
            0 => match self.pick_temp(Kind::Clo) {
                Some(value) => value,
                None => self.val(InstData::Null),
            },
            1 => match self.pick_var(Kind::Clo) {
                Some(var) => self.load(Type::Ptr, var, 0),
                None => self.val(InstData::Null),
            },
            2 if deep > 0 => {
                let obj = self.obj(deep);
                self.load(Type::Ptr, obj, 32)
            }
            3 if deep > 0 => {
                let global = self.shared.globals[3];
                self.val(InstData::GlobalAddr { global, offset: 0 })
            }
            _ => {
                let list: Vec<FuncId> = self.shared.protos.iter().filter(|p| p.closure).map(|p| p.id).collect();
                let code = list[self.rng.below(list.len() as u64) as usize];
                let clo = self.alloc(self.shared.layouts.clo);
                let code = self.val(InstData::FuncAddr { func: code });
                self.store(code, clo, 0);
                let cell = self.cell(deep);
                self.store(cell, clo, 8);
                let obj = self.obj(deep);
                self.store(obj, clo, 16);
                clo
            }
        }
    }

    /// Calls backwards happen only while `depth` is left.
    fn guarded(&mut self) -> Value {
        let one = self.iconst(1);
        let zero = self.iconst(0);
        let less = self.binary(BinaryOp::Sub, self.depth, one);
        let left = self.icmp(IntCC::Sgt, self.depth, zero);
        let (go, stop) = (self.func.add_block(), self.func.add_block());
        self.brif(left, go, stop);
        self.block = stop;
        let scope = self.scope();
        self.ret();
        self.leave(scope);
        self.block = go;
        less
    }

    fn call_closure(&mut self, deep: u32) -> Value {
        let depth = self.guarded();
        let callee = self.clo(deep);
        let arg = self.obj(deep);
        let sig = self.shared.closure_sig;
        self.val(InstData::CallClosure { sig, callee, args: [depth, arg].into_iter().collect() })
    }

    fn call(&mut self) {
        let n = 1 + self.rng.below(self.shared.protos.len() as u64 - 1) as usize;
        let proto = self.shared.protos[n].clone();
        if proto.closure {
            return;
        }
        let depth = if n > self.index { self.depth } else { self.guarded() };
        let mut args: Values = [depth].into_iter().collect();
        for &kind in &proto.params[1..] {
            args.push(self.value(kind, 2));
        }
        let inst = self.add(InstData::Call { func: proto.id, args });
        let results = self.func.results[inst].clone();
        for (&kind, &value) in proto.results.iter().zip(&results) {
            self.temps.push((kind, value));
            if self.rng.one_in(3) {
                self.variable(kind, value);
            }
        }
    }

    // Statements.

    /// Mostly `if obj != nil { ... }`: returns where to go on.
    fn unless_nil(&mut self, obj: Value) -> Option<Block> {
        if self.rng.one_in(4) {
            return None;
        }
        let nil = self.val(InstData::Null);
        let set = self.icmp(IntCC::Ne, obj, nil);
        let (then, join) = (self.func.add_block(), self.func.add_block());
        self.brif(set, then, join);
        self.block = then;
        Some(join)
    }
    fn join(&mut self, join: Option<Block>) {
        if let Some(join) = join {
            self.jump(join, &[]);
            self.block = join;
        }
    }

    fn scope(&self) -> (usize, usize, usize) {
        (self.vars.len(), self.slices.len(), self.temps.len())
    }
    fn leave(&mut self, scope: (usize, usize, usize)) {
        self.vars.truncate(scope.0);
        self.slices.truncate(scope.1);
        self.temps.truncate(scope.2);
    }

    fn ret(&mut self) {
        let kinds = self.shared.protos[self.index].results.clone();
        let values: Vec<Value> = kinds.iter().map(|&kind| self.value(kind, 1)).collect();
        match self.exit.clone() {
            None => {
                self.add(InstData::Return { args: values.into_iter().collect() });
            }
            Some((slots, exit)) => {
                for ((_, slot), value) in slots.into_iter().zip(values) {
                    self.store(value, slot, 0);
                }
                self.jump(exit, &[]);
            }
        }
    }

    fn stmts(&mut self, deep: u32) {
        for _ in 0..2 + self.rng.below(4) {
            self.budget -= 1;
            if self.budget < 0 {
                return;
            }
            self.stmt(deep);
        }
    }

    fn stmt(&mut self, deep: u32) {
        match self.rng.below(if deep == 0 { 14 } else { 21 }) {
            0 | 1 => {
                let n = self.int(3);
                self.rt("gorc_printint", &[n]);
            }
            2..=4 => {
                let kind = [Kind::Int, Kind::Obj, Kind::Obj, Kind::Cell, Kind::Clo][self.rng.below(5) as usize];
                let value = self.value(kind, 2);
                match self.pick_var(kind) {
                    Some(var) if self.rng.one_in(2) => self.store(value, var, 0),
                    _ => {
                        self.variable(kind, value);
                    }
                }
            }
            5 => {
                let obj = self.obj(2);
                let n = self.int(2);
                let join = self.unless_nil(obj);
                if self.rng.one_in(2) {
                    self.store(n, obj, 0);
                } else {
                    let narrow = self.val(InstData::Convert { op: ConvertOp::Trunc, ty: Type::I32, arg: n });
                    self.store(narrow, obj, if n.as_u32() & 1 == 0 { 16 } else { 20 });
                }
                self.join(join);
            }
            6 | 7 => {
                let (value, obj) = (self.obj(2), self.obj(2));
                let join = self.unless_nil(obj);
                self.store(value, obj, if value.as_u32() & 1 == 0 { 8 } else { 24 });
                self.join(join);
            }
            8 => {
                let (value, obj) = (self.clo(2), self.obj(2));
                let join = self.unless_nil(obj);
                self.store(value, obj, 32);
                self.join(join);
            }
            9 => {
                let (value, cell) = (self.obj(2), self.cell(2));
                self.store(value, cell, 0);
            }
            10 => {
                let (dst, src) = (self.obj(2), self.obj(2));
                self.check(CheckKind::Nil, &[dst]);
                self.check(CheckKind::Nil, &[src]);
                let layout = self.shared.layouts.obj;
                match self.rng.below(4) {
                    0 => {
                        self.add(InstData::Zero { layout, addr: dst });
                    }
                    1 => {
                        let bytes = self.iconst(OBJ_SIZE as i64);
                        self.rt("gorc_memmove", &[dst, src, bytes]);
                    }
                    _ => {
                        self.add(InstData::Move { layout, dst, src });
                    }
                }
            }
            11 => {
                let n = self.int(2);
                let addr = self.element_addr(2);
                self.store(n, addr, 0);
            }
            12 => {
                // s[a:b]
                let (data, len) = self.slice();
                let (low, high) = (self.int(2), self.int(2));
                self.check(CheckKind::SliceAlen, &[high, len]);
                self.check(CheckKind::SliceB, &[low, high]);
                let three = self.iconst(3);
                let bytes = self.binary(BinaryOp::Shl, low, three);
                let start = self.val(InstData::PtrAdd { args: [data, bytes] });
                let rest = self.binary(BinaryOp::Sub, high, low);
                if !self.slices.is_empty() && self.rng.one_in(3) {
                    let var = self.slices[self.rng.below(self.slices.len() as u64) as usize];
                    self.store(start, var, 0);
                    self.store(rest, var, 8);
                } else {
                    self.slice_var(start, rest);
                }
            }
            13 => {
                let chan = self.obj(1);
                let element = self.cell(1);
                // The channel is in the first pointer field of a heap object, or made here.
                let inst = self.rt("gorc_makechan", &[chan, self.depth]);
                let chan = self.func.result(inst);
                self.check(CheckKind::Nil, &[element]);
                self.rt("gorc_chansend", &[chan, element]);
                let into = self.cell(1);
                self.check(CheckKind::Nil, &[into]);
                self.rt("gorc_chanrecv", &[chan, into]);
            }
            14 | 15 => self.branch(deep - 1),
            16 => self.switch(deep - 1),
            17 | 18 => self.loop_(deep - 1),
            19 => self.call(),
            _ => {
                let value = self.call_closure(2);
                self.temps.push((Kind::Obj, value));
            }
        }
    }

    fn branch(&mut self, deep: u32) {
        let c = self.cond(3);
        let (then, els, join) = (self.func.add_block(), self.func.add_block(), self.func.add_block());
        self.brif(c, then, els);
        for block in [then, els] {
            self.block = block;
            let scope = self.scope();
            self.stmts(deep);
            match (self.rng.below(8), self.loops.last().copied()) {
                (0, _) => self.ret(),
                (1, Some((next, _))) | (2, Some((_, next))) => self.jump(next, &[]),
                _ => self.jump(join, &[]),
            }
            self.leave(scope);
        }
        self.block = join;
    }

    fn switch(&mut self, deep: u32) {
        let arg = self.int(3);
        let mask = self.iconst(3);
        let arg = if self.rng.one_in(2) { self.binary(BinaryOp::And, arg, mask) } else { arg };
        let join = self.func.add_block();
        let blocks: Vec<Block> = (0..3).map(|_| self.func.add_block()).collect();
        let call = |block| BlockCall { block, args: Values::new() };
        let cases = vec![(0, call(blocks[0])), (1, call(blocks[1])), (-1, call(join))];
        self.add(InstData::Switch { arg, cases, default: call(blocks[2]) });
        for block in blocks {
            self.block = block;
            let scope = self.scope();
            self.stmts(deep);
            self.leave(scope);
            self.jump(join, &[]);
        }
        self.block = join;
    }

    /// `for i := start; i < n; i += step`, with the shapes that checks are removed from, and variations that must keep them.
    fn loop_(&mut self, deep: u32) {
        let scope = self.scope();
        let start = match self.rng.below(4) {
            0 => self.int(1),
            1 => self.iconst(1),
            _ => self.iconst(0),
        };
        let downwards = self.rng.one_in(6);
        let i = self.alloc(self.shared.layouts.int);
        self.store(start, i, 0);
        if self.rng.one_in(4) {
            // The body may change it.
            self.vars.push((Kind::Int, i));
        }
        let bound = self.rng.below(4);
        let slice = self.slice();
        let slice_var = *self.slices.last().expect("made");
        let fixed = match bound {
            0 => self.int(1),
            1 => slice.1,
            _ => self.iconst(4),
        };
        let list = if self.rng.one_in(3) {
            let nil = self.val(InstData::Null);
            Some(self.variable(Kind::Obj, nil))
        } else {
            None
        };
        let (head, body, next, exit) = (self.func.add_block(), self.func.add_block(), self.func.add_block(), self.func.add_block());
        self.jump(head, &[]);
        self.block = head;
        let now = self.load(Type::I64, i, 0);
        let limit = if bound == 2 { self.load(Type::I64, slice_var, 8) } else { fixed };
        let c = if downwards {
            let zero = self.iconst(0);
            self.icmp(IntCC::Sge, now, zero)
        } else {
            let cc = match self.rng.below(8) {
                0 => IntCC::Sle,
                1 => IntCC::Ne,
                2 => IntCC::Ult,
                _ => IntCC::Slt,
            };
            self.icmp(cc, now, limit)
        };
        if self.rng.one_in(2) {
            self.brif(c, body, exit);
        } else {
            let zero = self.val(InstData::Iconst { ty: Type::I8, imm: 0 });
            let not = self.icmp(IntCC::Eq, c, zero);
            self.brif(not, exit, body);
        }
        self.block = body;
        self.loops.push((next, exit));
        let inner = self.scope();
        if self.rng.one_in(2) {
            // s[i], s[i+1], s[i-1]
            let (data, len) = if self.rng.one_in(2) { slice } else { (self.load(Type::Ptr, slice_var, 0), self.load(Type::I64, slice_var, 8)) };
            let mut index = self.load(Type::I64, i, 0);
            if self.rng.one_in(4) {
                let d = self.rng.below(3) as i64 - 1;
                let d = self.iconst(d);
                index = self.binary(BinaryOp::Add, index, d);
            }
            self.check(CheckKind::Index, &[index, len]);
            let three = self.iconst(3);
            let bytes = self.binary(BinaryOp::Shl, index, three);
            let addr = self.val(InstData::PtrAdd { args: [data, bytes] });
            let n = self.load(Type::I64, addr, 0);
            self.temps.push((Kind::Int, n));
        }
        self.temps.push((Kind::Int, now));
        if let Some(list) = list {
            // What an iteration makes is seen by the next: a chain, or only the last one.
            let obj = self.alloc(self.shared.layouts.obj);
            self.store(now, obj, 0);
            let last = self.load(Type::Ptr, list, 0);
            if self.rng.one_in(2) {
                self.store(last, obj, 8);
            } else {
                let join = self.unless_nil(last);
                let n = self.load(Type::I64, last, 0);
                self.rt("gorc_printint", &[n]);
                self.join(join);
            }
            self.store(obj, list, 0);
        }
        self.stmts(deep);
        self.leave(inner);
        self.loops.pop();
        self.jump(next, &[]);
        self.block = next;
        if self.rng.one_in(3) {
            self.add(InstData::Poll);
        }
        let now = self.load(Type::I64, i, 0);
        let step = if downwards {
            -1
        } else if self.rng.one_in(5) {
            2
        } else {
            1
        };
        let step = self.iconst(step);
        let more = self.binary(BinaryOp::Add, now, step);
        self.store(more, i, 0);
        self.jump(head, &[]);
        self.block = exit;
        if let Some(list) = list {
            let last = self.load(Type::Ptr, list, 0);
            let join = self.unless_nil(last);
            let before = self.load(Type::Ptr, last, 8);
            let inner = self.unless_nil(before);
            let n = self.load(Type::I64, before, 0);
            self.rt("gorc_printint", &[n]);
            self.join(inner);
            self.join(join);
        }
        self.leave(scope);
    }
}
