//! Runs IR, for tests: the same program before and after a pass must have the same trace and outcome.
//!
//! Memory is objects; a pointer is (object, offset), object 0 is nil. Pointers live beside the bytes, word by word.
//! What the runtime may not see breaks the run ([`End::Broken`]): an access outside an object, the address of a
//! frame stored in the heap or in a global, an access to memory of a frame that returned or of an earlier execution
//! of the same stack alloc.

use ir::*;
use rustc_hash::FxHashMap;

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Val {
    Int(u64),
    Ptr(u32, i64),
    Code(FuncId),
}

const NIL: Val = Val::Ptr(0, 0);

/// A Go panic.
#[derive(Clone, PartialEq, Debug)]
pub enum Trap {
    Nil,
    Check(String, Vec<u64>),
}

#[derive(Clone, PartialEq, Debug)]
pub enum End {
    Returned(Vec<u64>),
    Trapped(Trap),
    OutOfFuel,
    /// The program did what no correct program does.
    Broken(String),
}

pub struct Run {
    pub end: End,
    pub trace: Vec<u64>,
    pub steps: u64,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Home {
    Heap,
    Global,
    Stack { frame: u64, inst: Inst, generation: u32 },
}

struct Object {
    home: Home,
    bytes: Vec<u8>,
    pointers: FxHashMap<i64, Val>,
}

enum Stop {
    Trap(Trap),
    Fuel,
    Broken(String),
}

type Exec<T> = Result<T, Stop>;

pub struct Interp<'a> {
    module: &'a Module,
    objects: Vec<Object>,
    globals: Vec<u32>,
    trace: Vec<u64>,
    fuel: u64,
    steps: u64,
    next_frame: u64,
    live_frames: Vec<u64>,
    generations: FxHashMap<(u64, Inst), u32>,
}

/// Calls a function without pointer parameters.
pub fn run(module: &Module, symbol: &str, args: &[u64], fuel: u64) -> Run {
    let mut interp = Interp {
        module,
        objects: vec![Object { home: Home::Global, bytes: Vec::new(), pointers: FxHashMap::default() }],
        globals: Vec::new(),
        trace: Vec::new(),
        fuel,
        steps: 0,
        next_frame: 0,
        live_frames: Vec::new(),
        generations: FxHashMap::default(),
    };
    interp.make_globals();
    let id = module.find(symbol).expect("the entry is there");
    let args = args.iter().map(|&n| Val::Int(n)).collect();
    let end = match interp.call(id, args) {
        Ok(values) => End::Returned(values.into_iter().map(|v| if let Val::Int(n) = v { n } else { 0 }).collect()),
        Err(Stop::Trap(trap)) => End::Trapped(trap),
        Err(Stop::Fuel) => End::OutOfFuel,
        Err(Stop::Broken(text)) => End::Broken(text),
    };
    Run { end, trace: interp.trace, steps: interp.steps }
}

fn mask(ty: Type, n: u64) -> u64 {
    match ty.bytes() {
        1 => n as u8 as u64,
        2 => n as u16 as u64,
        4 => n as u32 as u64,
        _ => n,
    }
}

fn signed(ty: Type, n: u64) -> i64 {
    match ty.bytes() {
        1 => n as i8 as i64,
        2 => n as i16 as i64,
        4 => n as i32 as i64,
        _ => n as i64,
    }
}

fn broken<T>(text: impl Into<String>) -> Exec<T> {
    Err(Stop::Broken(text.into()))
}

impl Interp<'_> {
    fn make_globals(&mut self) {
        for global in self.module.globals.values() {
            let mut bytes = global.data.clone();
            bytes.resize(global.size as usize, 0);
            self.globals.push(self.objects.len() as u32);
            self.objects.push(Object { home: Home::Global, bytes, pointers: FxHashMap::default() });
        }
        for (id, global) in &self.module.globals {
            for reloc in &global.relocs {
                let val = match reloc.target {
                    Target::Func(func) => Val::Code(func),
                    Target::Global(global) => Val::Ptr(self.globals[global.as_u32() as usize], reloc.addend),
                    Target::Symbol(_) => NIL,
                };
                let object = self.globals[id.as_u32() as usize];
                self.objects[object as usize].pointers.insert(reloc.offset as i64, val);
            }
        }
    }

    fn fresh(&mut self, home: Home, size: u64) -> Val {
        self.objects.push(Object { home, bytes: vec![0; size as usize], pointers: FxHashMap::default() });
        Val::Ptr(self.objects.len() as u32 - 1, 0)
    }

    /// The object and offset of an access of so many bytes.
    fn place(&self, addr: Val, offset: i64, bytes: u32) -> Exec<(u32, i64)> {
        let Val::Ptr(object, base) = addr else { return broken("access to code") };
        if object == 0 {
            return Err(Stop::Trap(Trap::Nil));
        }
        let at = base + offset;
        let data = &self.objects[object as usize];
        if at < 0 || at + bytes as i64 > data.bytes.len() as i64 {
            return broken(format!("access to bytes {at}..{} of an object of {}", at + bytes as i64, data.bytes.len()));
        }
        if let Home::Stack { frame, inst, generation } = data.home {
            if !self.live_frames.contains(&frame) {
                return broken(format!("access to {inst} of a frame that returned"));
            }
            if self.generations[&(frame, inst)] != generation {
                return broken(format!("access to an earlier execution of {inst}"));
            }
        }
        Ok((object, at))
    }

    fn load(&self, ty: Type, addr: Val, offset: i64) -> Exec<Val> {
        let (object, at) = self.place(addr, offset, ty.bytes())?;
        let data = &self.objects[object as usize];
        if ty == Type::Ptr {
            return Ok(data.pointers.get(&at).copied().unwrap_or(NIL));
        }
        let mut n = 0;
        for i in (0..ty.bytes() as i64).rev() {
            n = n << 8 | data.bytes[(at + i) as usize] as u64;
        }
        Ok(Val::Int(n))
    }

    fn store(&mut self, ty: Type, value: Val, addr: Val, offset: i64) -> Exec<()> {
        let (object, at) = self.place(addr, offset, ty.bytes())?;
        if let Val::Ptr(target, _) = value
            && let Home::Stack { inst, .. } = self.objects[target as usize].home
            && !matches!(self.objects[object as usize].home, Home::Stack { .. })
        {
            return broken(format!("the address of stack alloc {inst} is stored in {:?} memory", self.objects[object as usize].home));
        }
        let data = &mut self.objects[object as usize];
        match (ty, value) {
            (Type::Ptr, NIL) => {
                data.pointers.remove(&at);
            }
            (Type::Ptr, _) => {
                data.pointers.insert(at, value);
            }
            (_, Val::Int(n)) => {
                for i in 0..ty.bytes() as i64 {
                    data.bytes[(at + i) as usize] = (n >> (8 * i)) as u8;
                }
            }
            _ => return broken("pointer stored as an integer"),
        }
        Ok(())
    }

    fn copy(&mut self, dst: Val, src: Val, size: i64) -> Exec<()> {
        let (from, from_at) = self.place(src, 0, size as u32)?;
        let bytes = self.objects[from as usize].bytes[from_at as usize..(from_at + size) as usize].to_vec();
        let pointers: Vec<Val> =
            (0..size / 8).map(|w| self.objects[from as usize].pointers.get(&(from_at + 8 * w)).copied().unwrap_or(NIL)).collect();
        let (to, to_at) = self.place(dst, 0, size as u32)?;
        self.objects[to as usize].bytes[to_at as usize..(to_at + size) as usize].copy_from_slice(&bytes);
        for (w, value) in pointers.into_iter().enumerate() {
            self.store(Type::Ptr, value, dst, 8 * w as i64)?;
        }
        Ok(())
    }

    fn call(&mut self, id: FuncId, args: Vec<Val>) -> Exec<Vec<Val>> {
        let module = self.module;
        let Some(func) = &module.funcs[id].body else { return broken("call of a function without body") };
        if self.live_frames.len() > 200 {
            return Err(Stop::Fuel);
        }
        self.next_frame += 1;
        let frame = self.next_frame;
        self.live_frames.push(frame);
        let mut state = Frame { func, frame, values: vec![Val::Int(0xdead); func.values.len()], landing: None };
        for (&param, arg) in func.blocks[func.entry()].params.iter().zip(args) {
            state.values[param.as_u32() as usize] = arg;
        }
        let mut block = func.entry();
        let result = loop {
            match self.block(&mut state, block) {
                Ok(Next::Block(next)) => block = next,
                Ok(Next::Return(values)) => break Ok(values),
                // The landing block runs after the panic was recovered.
                Err(Stop::Trap(trap)) if state.landing.is_some() => {
                    self.trace.push(0x7ea0 + matches!(trap, Trap::Nil) as u64);
                    block = state.landing.take().expect("tested");
                    // Nothing but stack slots of the entry survives.
                    let entry = func.entry();
                    for (value, data) in &func.values {
                        let is_slot = matches!(data.def, ValueDef::Result(i, _) if func.blocks[entry].insts.contains(&i) && matches!(func.insts[i], InstData::Alloc { .. }));
                        if !is_slot {
                            state.values[value.as_u32() as usize] = Val::Int(0xdead);
                        }
                    }
                }
                Err(stop) => break Err(stop),
            }
        };
        self.live_frames.pop();
        result
    }

    fn block(&mut self, state: &mut Frame<'_>, block: Block) -> Exec<Next> {
        let func = state.func;
        for &inst in &func.blocks[block].insts {
            self.steps += 1;
            if self.steps > self.fuel {
                return Err(Stop::Fuel);
            }
            if let Some(next) = self.inst(state, inst)? {
                return Ok(next);
            }
        }
        broken("block without end")
    }

    fn inst(&mut self, state: &mut Frame<'_>, inst: Inst) -> Exec<Option<Next>> {
        use InstData::*;
        let func = state.func;
        let module = self.module;
        let get = |v: Value| state.values[func.resolve(v).as_u32() as usize];
        let int = |v: Value| match get(v) {
            Val::Int(n) => mask(func.ty(v), n),
            _ => 0xbad,
        };
        let all = |vs: &[Value]| vs.iter().map(|&v| get(v)).collect::<Vec<_>>();
        let data = &func.insts[inst];
        let mut results: Vec<Val> = Vec::new();
        match data {
            Iconst { ty, imm } => results.push(Val::Int(mask(*ty, *imm as u64))),
            Fconst { bits, .. } => results.push(Val::Int(*bits)),
            Null => results.push(NIL),
            FuncAddr { func } => results.push(Val::Code(*func)),
            GlobalAddr { global, offset } => results.push(Val::Ptr(self.globals[global.as_u32() as usize], *offset)),
            Unary { op, arg } => {
                let ty = func.ty(*arg);
                let n = int(*arg);
                let n = match op {
                    UnaryOp::Neg => n.wrapping_neg(),
                    UnaryOp::Not => !n,
                    _ => return broken("unary operation"),
                };
                results.push(Val::Int(mask(ty, n)));
            }
            Binary { op, args } => {
                let ty = func.ty(args[0]);
                results.push(Val::Int(mask(ty, binary(*op, ty, int(args[0]), int(args[1]))?)));
            }
            Icmp { cc, args } => {
                let ty = func.ty(args[0]);
                let is = if ty == Type::Ptr {
                    match cc {
                        IntCC::Eq => get(args[0]) == get(args[1]),
                        IntCC::Ne => get(args[0]) != get(args[1]),
                        _ => return broken("order of pointers"),
                    }
                } else {
                    compare(*cc, ty, int(args[0]), int(args[1]))
                };
                results.push(Val::Int(is as u64));
            }
            Convert { op, ty, arg } => {
                let n = int(*arg);
                let n = match op {
                    ConvertOp::Trunc | ConvertOp::ZExt => n,
                    ConvertOp::SExt => signed(func.ty(*arg), n) as u64,
                    _ => return broken("conversion"),
                };
                results.push(Val::Int(mask(*ty, n)));
            }
            Select { args } => results.push(if int(args[0]) != 0 { get(args[1]) } else { get(args[2]) }),
            PtrAdd { args } => results.push(add(get(args[0]), int(args[1]) as i64)?),
            PtrOffset { arg, offset } => results.push(add(get(*arg), *offset)?),
            Load { ty, addr, offset, flags } => match self.load(*ty, get(*addr), *offset as i64) {
                Err(Stop::Trap(_)) if flags.notrap => return broken("nil load marked notrap"),
                value => results.push(value?),
            },
            Store { value, addr, offset, flags } => match self.store(func.ty(*value), get(*value), get(*addr), *offset as i64) {
                Err(Stop::Trap(_)) if flags.notrap => return broken("nil store marked notrap"),
                done => done?,
            },
            Move { layout, dst, src } => {
                let size = module.layouts[*layout].size as i64;
                match self.copy(get(*dst), get(*src), size) {
                    Err(Stop::Trap(_)) => return broken("move of nil"),
                    done => done?,
                }
            }
            Zero { layout, addr } => {
                let size = module.layouts[*layout].size as i64;
                let (object, at) = self.place(get(*addr), 0, size as u32).or_else(|_| broken("zero of nil"))?;
                let data = &mut self.objects[object as usize];
                data.bytes[at as usize..(at + size) as usize].fill(0);
                data.pointers.retain(|&p, _| p < at || p >= at + size);
            }
            Alloc { layout, place, .. } => {
                let size = module.layouts[*layout].size;
                let home = if *place == Place::Stack {
                    let generation = self.generations.entry((state.frame, inst)).or_insert(0);
                    *generation += 1;
                    Home::Stack { frame: state.frame, inst, generation: *generation }
                } else {
                    Home::Heap
                };
                results.push(self.fresh(home, size));
            }
            Check { kind, args } => {
                let ok = match kind {
                    CheckKind::Nil => !matches!(get(args[0]), Val::Ptr(0, _)),
                    CheckKind::Div => int(args[0]) != 0,
                    CheckKind::Shift => signed(func.ty(args[0]), int(args[0])) >= 0,
                    CheckKind::Index | CheckKind::IndexU => int(args[0]) < int(args[1]),
                    CheckKind::SliceConvert => int(args[1]) <= int(args[0]),
                    _ => int(args[0]) <= int(args[1]),
                };
                if !ok {
                    let operands = args.iter().map(|&v| if func.ty(v) == Type::Ptr { 0 } else { int(v) }).collect();
                    return Err(Stop::Trap(Trap::Check(format!("{kind:?}"), operands)));
                }
            }
            Call { func: callee, args } => results = self.call(*callee, all(args))?,
            CallClosure { callee, args, .. } => {
                let closure = get(*callee);
                let Val::Code(code) = self.load(Type::Ptr, closure, 0)? else { return broken("closure without code") };
                let mut args = all(args);
                args.push(closure);
                results = self.call(code, args)?;
            }
            CallPtr { callee, args, .. } => {
                let Val::Code(code) = get(*callee) else { return broken("call of no code") };
                results = self.call(code, all(args))?;
            }
            CallRt { entry, args } => results = self.runtime(abi::rt::ENTRIES[*entry as usize].symbol, &all(args))?,
            Poll | KeepAlive { .. } => {}
            Jump { dest } => {
                go(state, dest);
                return Ok(Some(Next::Block(dest.block)));
            }
            Brif { cond, then, els } => {
                let dest = if int(*cond) != 0 { then } else { els };
                go(state, dest);
                return Ok(Some(Next::Block(dest.block)));
            }
            Switch { arg, cases, default } => {
                let ty = func.ty(*arg);
                let n = signed(ty, int(*arg));
                let dest = cases.iter().find(|c| c.0 == n).map_or(default, |c| &c.1);
                go(state, dest);
                return Ok(Some(Next::Block(dest.block)));
            }
            Return { args } => return Ok(Some(Next::Return(all(args)))),
            Enter { normal, landing } => {
                state.landing = Some(*landing);
                return Ok(Some(Next::Block(*normal)));
            }
            Unreachable => return broken("unreachable reached"),
            _ => return broken(format!("no meaning in tests: {}", print::inst(module, data))),
        }
        for (&result, value) in func.results[inst].iter().zip(results) {
            state.values[result.as_u32() as usize] = value;
        }
        Ok(None)
    }

    /// A few entries with effects that escape analysis must know.
    fn runtime(&mut self, symbol: &str, args: &[Val]) -> Exec<Vec<Val>> {
        match (symbol, args) {
            ("gorc_printint" | "gorc_printbool", &[Val::Int(n)]) => self.trace.push(n),
            ("gorc_memmove", &[dst, src, Val::Int(n)]) => {
                if n > 0 {
                    self.copy(dst, src, n as i64)?;
                }
            }
            // A buffer of one word: sends overwrite.
            ("gorc_makechan", _) => return Ok(vec![self.fresh(Home::Heap, 8)]),
            ("gorc_chansend", &[chan, element]) => self.copy(chan, element, 8)?,
            ("gorc_chanrecv", &[chan, element]) => {
                self.copy(element, chan, 8)?;
                return Ok(vec![Val::Int(1)]);
            }
            _ => return broken(format!("runtime entry {symbol}")),
        }
        Ok(Vec::new())
    }
}

struct Frame<'a> {
    func: &'a Function,
    frame: u64,
    values: Vec<Val>,
    landing: Option<Block>,
}

enum Next {
    Block(Block),
    Return(Vec<Val>),
}

fn go(state: &mut Frame<'_>, dest: &BlockCall) {
    let func = state.func;
    let args: Vec<Val> = dest.args.iter().map(|&v| state.values[func.resolve(v).as_u32() as usize]).collect();
    for (&param, arg) in func.blocks[dest.block].params.iter().zip(args) {
        state.values[param.as_u32() as usize] = arg;
    }
}

fn add(base: Val, offset: i64) -> Exec<Val> {
    match base {
        Val::Ptr(object, at) => Ok(Val::Ptr(object, at.wrapping_add(offset))),
        _ => broken("arithmetic on code"),
    }
}

fn binary(op: BinaryOp, ty: Type, a: u64, b: u64) -> Exec<u64> {
    use BinaryOp::*;
    let bits = 8 * ty.bytes() as u64;
    let (sa, sb) = (signed(ty, a), signed(ty, b));
    Ok(match op {
        Add => a.wrapping_add(b),
        Sub => a.wrapping_sub(b),
        Mul => a.wrapping_mul(b),
        SDiv | UDiv | SRem | URem if b == 0 => return broken("division by zero"),
        SDiv => sa.wrapping_div(sb) as u64,
        SRem => sa.wrapping_rem(sb) as u64,
        UDiv => a / b,
        URem => a % b,
        And => a & b,
        Or => a | b,
        Xor => a ^ b,
        AndNot => a & !b,
        Shl => {
            if b >= bits {
                0
            } else {
                a << b
            }
        }
        LShr => {
            if b >= bits {
                0
            } else {
                a >> b
            }
        }
        AShr => (sa >> b.min(bits - 1)) as u64,
        _ => return broken("binary operation"),
    })
}

fn compare(cc: IntCC, ty: Type, a: u64, b: u64) -> bool {
    let (sa, sb) = (signed(ty, a), signed(ty, b));
    match cc {
        IntCC::Eq => a == b,
        IntCC::Ne => a != b,
        IntCC::Slt => sa < sb,
        IntCC::Sle => sa <= sb,
        IntCC::Sgt => sa > sb,
        IntCC::Sge => sa >= sb,
        IntCC::Ult => a < b,
        IntCC::Ule => a <= b,
        IntCC::Ugt => a > b,
        IntCC::Uge => a >= b,
    }
}
