//! Escape analysis: which allocs may live in the frame (DESIGN D6).
//!
//! Points-to classes by unification (Steensgaard, POPL 1996) within a function: every pointer value belongs
//! to a class, every class has a class of what its memory holds. Copies unify classes, loads and stores
//! unify with the contents. A class that reaches the heap, a global, an unknown callee or a result is marked
//! *escaped*, and so is everything its memory holds.
//!
//! Functions are visited bottom-up over the call graph. A [`Summary`] says for each pointer parameter whether
//! it and its contents escape and which parameters, results and contents share a class; calls instantiate it.
//! Within a cycle of the call graph arguments escape.
//!
//! Closures: the hidden parameter itself never escapes (a func literal cannot name its own object); what
//! the body does with the captures is applied where the closure is made (where its code address is stored), which covers all its calls.
//!
//! An *optional* alloc is null unless it may live in the frame; it never puts anything else on the heap.
//!
//! An alloc in a loop stays in the frame only if no execution can see the pointer of an earlier one: its class
//! has no parameter of a header of that loop and is not held by memory from outside of it.

use crate::simplify;
use cranelift_entity::{EntityRef, SecondaryMap};
use ir::{Block, Cfg, FuncId, Function, Inst, InstData, LocId, Module, Place, Section, Target, Type, Value, ValueDef};
use rustc_hash::{FxHashMap, FxHashSet};

/// gc's limits: explicit variables, and what `new`, `&T{}`, `make` and closures make. Bytes.
const MAX_EXPLICIT: u64 = 128 << 10;
const MAX_IMPLICIT: u64 = 64 << 10;

/// More optional allocs are not worth their room in one frame and in its maps.
const MAX_OPTIONAL: usize = 32;

/// How many levels of memory behind a parameter or result a summary tells apart; the last stands for all deeper ones.
/// Two would do; the third keeps `*p = new(T)` from putting on the heap what other fields of `*p` point to.
const LEVELS: usize = 3;

/// What a caller has to know of a function. Points: the memory behind parameter i, `level` loads away, is
/// i · LEVELS + level; results follow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    n_params: usize,
    /// Class number of each point; `u32::MAX` for non-pointers.
    class: Vec<u32>,
    escaped: Vec<bool>,
}

/// A decision, for `-m`.
#[derive(Clone, Debug)]
pub struct Decision {
    pub func: String,
    pub name: String,
    pub loc: Option<LocId>,
    pub heap: Option<Reason>,
    pub implicit: bool,
}

/// Why something is on the heap: the first cause found, and where.
#[derive(Clone, Debug)]
pub struct Reason {
    pub text: String,
    pub loc: Option<LocId>,
}

/// Decides every alloc of the module whose place is unknown.
pub fn run(module: &mut Module) -> Vec<Decision> {
    let mut decisions = Vec::new();
    let mut summaries: SecondaryMap<FuncId, Option<Summary>> = SecondaryMap::new();
    for id in bottom_up(module) {
        let Some(mut func) = module.funcs[id].body.take() else { continue };
        let (summary, places, mut made) = Analysis::run(module, &summaries, &func);
        let mut without = false;
        for (inst, decided) in places {
            match &mut func.insts[inst] {
                InstData::Alloc { place: Place::Optional, .. } if decided != Place::Stack => {
                    func.insts[inst] = InstData::Null;
                    without = true;
                }
                InstData::Alloc { place, .. } => *place = decided,
                _ => {}
            }
        }
        if without {
            // The code that would have used it goes.
            simplify::run(&mut func, module);
        }
        decisions.append(&mut made);
        summaries[id] = Some(summary);
        module.funcs[id].body = Some(func);
    }
    decisions
}

/// Functions in post-order of the graph of direct calls and closure code: callees first where there is no cycle.
pub fn bottom_up(module: &Module) -> Vec<FuncId> {
    let callees = |id: FuncId| -> Vec<FuncId> {
        let mut list = Vec::new();
        if let Some(func) = &module.funcs[id].body {
            for &block in &func.layout {
                for &inst in &func.blocks[block].insts {
                    match func.insts[inst] {
                        InstData::Call { func, .. } | InstData::TailCall { func, .. } | InstData::FuncAddr { func } => list.push(func),
                        _ => {}
                    }
                }
            }
        }
        list
    };
    let mut seen: SecondaryMap<FuncId, bool> = SecondaryMap::new();
    let mut order = Vec::new();
    for start in module.funcs.keys() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut stack = vec![(start, callees(start), 0)];
        while let Some((id, list, next)) = stack.last_mut() {
            if let Some(&callee) = list.get(*next) {
                *next += 1;
                if !seen[callee] {
                    seen[callee] = true;
                    stack.push((callee, callees(callee), 0));
                }
            } else {
                order.push(*id);
                stack.pop();
            }
        }
    }
    order
}

type Class = u32;

#[derive(Clone, Default)]
struct ClassData {
    contents: Option<Class>,
    escaped: Option<Reason>,
    allocs: Vec<Inst>,
    /// Values that are block parameters, for the rule about loops.
    params: Vec<Block>,
    /// Classes whose memory holds this one were unified into: their allocs (None: memory not made here).
    holders: Vec<Class>,
}

struct Analysis<'a> {
    module: &'a Module,
    summaries: &'a SecondaryMap<FuncId, Option<Summary>>,
    func: &'a Function,
    parent: Vec<Class>,
    data: Vec<ClassData>,
    class_of: SecondaryMap<Value, u32>,
    results: Vec<Option<Class>>,
}

const NO_CLASS: u32 = u32::MAX;

impl<'a> Analysis<'a> {
    fn run(
        module: &'a Module,
        summaries: &'a SecondaryMap<FuncId, Option<Summary>>,
        func: &'a Function,
    ) -> (Summary, Vec<(Inst, Place)>, Vec<Decision>) {
        let mut this = Analysis {
            module,
            summaries,
            func,
            parent: Vec::new(),
            data: Vec::new(),
            class_of: SecondaryMap::with_default(NO_CLASS),
            results: Vec::new(),
        };
        let sig = &module.sigs[func.sig];
        let params = func.blocks[func.entry()].params.clone();
        for &param in &params {
            if func.ty(param) == Type::Ptr {
                let class = this.class(param);
                this.close(class);
            }
        }
        this.results = sig.results.iter().map(|&ty| (ty == Type::Ptr).then(|| this.fresh())).collect();
        for class in this.results.clone().into_iter().flatten() {
            this.close(class);
        }
        let cfg = Cfg::new(func);
        for &block in &cfg.rpo {
            for &inst in &func.blocks[block].insts {
                this.visit(inst);
            }
        }
        let (places, decisions) = this.decide(&cfg);
        let summary = this.summarise(&params);
        (summary, places, decisions)
    }

    fn fresh(&mut self) -> Class {
        self.parent.push(self.parent.len() as u32);
        self.data.push(ClassData::default());
        self.parent.len() as u32 - 1
    }

    fn find(&mut self, mut class: Class) -> Class {
        while self.parent[class as usize] != class {
            let up = self.parent[class as usize];
            self.parent[class as usize] = self.parent[up as usize];
            class = self.parent[class as usize];
        }
        class
    }

    /// The class of a pointer value, made when first asked for.
    fn class(&mut self, value: Value) -> Class {
        let value = self.func.resolve(value);
        if self.class_of[value] == NO_CLASS {
            let class = self.fresh();
            self.class_of[value] = class;
            match self.func.values[value].def {
                ValueDef::Param(block, _) => self.data[class as usize].params.push(block),
                // What is stored in a global is seen by everyone.
                ValueDef::Result(inst, _) if matches!(self.func.insts[inst], InstData::GlobalAddr { .. }) => {
                    let contents = self.contents(class);
                    self.escape(contents, Reason { text: "stored in a global".into(), loc: self.func.locs[inst] });
                }
                _ => {}
            }
        }
        self.find(self.class_of[value])
    }

    fn contents(&mut self, class: Class) -> Class {
        let class = self.find(class);
        if let Some(contents) = self.data[class as usize].contents {
            return self.find(contents);
        }
        let contents = self.fresh();
        self.data[class as usize].contents = Some(contents);
        self.data[contents as usize].holders.push(class);
        if let Some(reason) = self.data[class as usize].escaped.clone() {
            self.data[contents as usize].escaped = Some(reason);
        }
        contents
    }

    /// The class some loads away.
    fn level(&mut self, class: Class, level: usize) -> Class {
        (0..level).fold(self.find(class), |class, _| self.contents(class))
    }

    /// The deepest level holds itself.
    fn close(&mut self, class: Class) {
        let deepest = self.level(class, LEVELS - 1);
        let contents = self.contents(deepest);
        self.unify(deepest, contents);
    }

    fn unify(&mut self, a: Class, b: Class) {
        let mut work = vec![(a, b)];
        while let Some((a, b)) = work.pop() {
            let (a, b) = (self.find(a), self.find(b));
            if a == b {
                continue;
            }
            self.parent[b as usize] = a;
            let from = std::mem::take(&mut self.data[b as usize]);
            let into = &mut self.data[a as usize];
            into.allocs.extend(from.allocs);
            into.params.extend(from.params);
            into.holders.extend(from.holders);
            match (into.contents, from.contents) {
                (Some(x), Some(y)) => work.push((x, y)),
                (None, some) => into.contents = some,
                _ => {}
            }
            let reason = into.escaped.take().or(from.escaped);
            if let Some(reason) = reason {
                self.escape(a, reason);
            }
        }
    }

    /// Marks a class and all it holds.
    fn escape(&mut self, class: Class, reason: Reason) {
        let mut next = Some(class);
        while let Some(class) = next {
            let class = self.find(class);
            let data = &mut self.data[class as usize];
            // A class marked before has marked its contents then; contents made later are marked at birth.
            if data.escaped.is_some() {
                return;
            }
            data.escaped = Some(reason.clone());
            next = data.contents;
        }
    }

    /// Values without memory of interest: nil, code, constants that lead to no variable.
    fn is_static(&self, value: Value) -> bool {
        let value = self.func.resolve(value);
        let ValueDef::Result(inst, _) = self.func.values[value].def else { return false };
        match self.func.insts[inst] {
            InstData::Null | InstData::FuncAddr { .. } | InstData::GetG => true,
            InstData::GlobalAddr { global, .. } => !self.leads_to_variable(global),
            _ => false,
        }
    }

    /// Can a pointer be stored in the global or in what it points to?
    fn leads_to_variable(&self, global: ir::GlobalId) -> bool {
        let global = &self.module.globals[global];
        match global.section {
            Section::Data => !global.external,
            Section::ReadOnly => global.relocs.iter().any(|reloc| match reloc.target {
                Target::Global(to) => match self.module.globals[to].section {
                    Section::Data => true,
                    Section::ReadOnly => !self.module.globals[to].relocs.is_empty(),
                    Section::Types | Section::Itab => false,
                },
                Target::Func(_) | Target::Symbol(_) => false,
            }),
            Section::Types | Section::Itab => false,
        }
    }

    fn is_ptr(&self, value: Value) -> bool {
        self.func.ty(self.func.resolve(value)) == Type::Ptr
    }

    /// Does the address belong to a global (or to G)?
    fn static_root(&self, value: Value) -> Option<&'a InstData> {
        let func = self.func;
        let mut value = func.resolve(value);
        loop {
            let ValueDef::Result(inst, _) = func.values[value].def else { return None };
            match &func.insts[inst] {
                InstData::PtrOffset { arg, .. } => value = func.resolve(*arg),
                InstData::PtrAdd { args } => value = func.resolve(args[0]),
                data @ (InstData::GlobalAddr { .. } | InstData::GetG | InstData::Null | InstData::FuncAddr { .. }) => return Some(data),
                _ => return None,
            }
        }
    }

    fn flow(&mut self, from: Value, to: Value) {
        if !self.is_static(from) {
            let (a, b) = (self.class(from), self.class(to));
            self.unify(b, a);
        }
    }

    fn escape_value(&mut self, value: Value, inst: Inst, text: &str) {
        if self.is_ptr(value) && !self.is_static(value) {
            let class = self.class(value);
            let reason = Reason { text: text.to_owned(), loc: self.func.locs[inst] };
            self.escape(class, reason);
        }
    }

    fn visit(&mut self, inst: Inst) {
        let func = self.func;
        let data = &func.insts[inst];
        match data {
            InstData::Alloc { .. } => {
                let class = self.class(func.result(inst));
                self.data[class as usize].allocs.push(inst);
            }
            InstData::PtrOffset { arg, .. } => self.flow(*arg, func.result(inst)),
            InstData::PtrAdd { args } => self.flow(args[0], func.result(inst)),
            InstData::Select { args } if self.is_ptr(args[1]) => {
                self.flow(args[1], func.result(inst));
                self.flow(args[2], func.result(inst));
            }
            InstData::Load { ty: Type::Ptr, addr, .. } | InstData::AtomicLoad { ty: Type::Ptr, addr } => {
                let result = self.class(func.result(inst));
                match self.static_root(*addr) {
                    // Through G: the chain of defer frames, which only defer code touches.
                    Some(InstData::GetG) => {}
                    Some(_) => self.escape(result, Reason { text: "loaded from a global".into(), loc: func.locs[inst] }),
                    None => {
                        let class = self.class(*addr);
                        let contents = self.contents(class);
                        self.unify(contents, result);
                    }
                }
            }
            InstData::Store { value, addr, .. } | InstData::AtomicStore { value, addr } | InstData::AtomicRmw { value, addr, .. }
                if self.is_ptr(*value) =>
            {
                self.store(*value, *addr, inst);
                if let InstData::AtomicRmw { .. } = data {
                    let result = func.result(inst);
                    let class = self.class(*addr);
                    let (contents, result) = (self.contents(class), self.class(result));
                    self.unify(contents, result);
                }
            }
            InstData::AtomicCas { args } if self.is_ptr(args[2]) => self.store(args[2], args[0], inst),
            InstData::Move { dst, src, layout } if self.module.layouts[*layout].has_pointers() => {
                let from = self.static_root(*src).is_none().then(|| {
                    let class = self.class(*src);
                    self.contents(class)
                });
                match (self.static_root(*dst).is_some(), from) {
                    (true, Some(from)) => self.escape(from, Reason { text: "copied to a global".into(), loc: func.locs[inst] }),
                    (false, Some(from)) => {
                        let class = self.class(*dst);
                        let to = self.contents(class);
                        self.unify(to, from);
                    }
                    (false, None) | (true, None) => {}
                }
            }
            InstData::Convert { op: ir::ConvertOp::PtrToInt, arg, .. } => self.escape_value(*arg, inst, "converted to an integer"),
            InstData::Convert { op: ir::ConvertOp::IntToPtr, .. } => {
                let class = self.class(func.result(inst));
                self.escape(class, Reason { text: "made of an integer".into(), loc: func.locs[inst] });
            }
            InstData::Call { func: callee, args } => {
                let results = func.results[inst].clone();
                self.call(*callee, args, &results, inst);
            }
            InstData::TailCall { func: callee, args } => {
                // Its frame is gone: nothing of it may be seen by the callee.
                for &arg in args {
                    let is_param = matches!(func.values[func.resolve(arg)].def, ValueDef::Param(b, _) if b == func.entry());
                    if !is_param {
                        self.escape_value(arg, inst, "passed to a tail call");
                    }
                }
                let results: Vec<Value> = Vec::new();
                self.call_with(*callee, args, &results, inst, true);
            }
            InstData::CallClosure { args, .. } => {
                for &arg in args {
                    self.escape_value(arg, inst, "argument of a call through a func value");
                }
                self.unknown_results(inst);
            }
            InstData::CallPtr { args, .. } => {
                for &arg in args {
                    self.escape_value(arg, inst, "argument of an interface method call");
                }
                self.unknown_results(inst);
            }
            InstData::CallRt { entry, args } => {
                let entry = &abi::rt::ENTRIES[*entry as usize];
                if entry.symbol == "gorc_stringtoslicerune" {
                    // No pointers but the one to the room, in the slice.
                    let result = self.class(args[2]);
                    let (contents, room) = (self.contents(result), self.class(args[3]));
                    return self.unify(contents, room);
                }
                for (n, &arg) in args.iter().enumerate() {
                    if !self.is_ptr(arg) || self.is_static(arg) {
                        continue;
                    }
                    let text = format!("argument of {}", entry.symbol);
                    if entry.no_escape >> n.min(7) & 1 == 0 {
                        self.escape_value(arg, inst, &text);
                    } else if !entry.leaf {
                        // The runtime may copy what the memory holds (a map key, a channel element).
                        let class = self.class(arg);
                        let contents = self.contents(class);
                        self.escape(contents, Reason { text, loc: func.locs[inst] });
                    }
                }
                if matches!(entry.symbol, "gorc_growslice" | "gorc_makeslice" | "gorc_newarray" | "gorc_stringtoslicebyte" | "gorc_slicebytetostring")
                {
                    // New memory: the pointer to it may share a class with the frame's, what is stored in it is on the heap.
                    let class = self.class(func.results[inst][0]);
                    let contents = self.contents(class);
                    self.escape(contents, Reason { text: "stored in an array on the heap".into(), loc: func.locs[inst] });
                } else {
                    self.unknown_results(inst);
                }
                // Raw copies of memory that may hold pointers.
                if entry.symbol == "gorc_memmove" && !self.is_static(args[0]) && !self.is_static(args[1]) {
                    let (a, b) = (self.class(args[0]), self.class(args[1]));
                    let (a, b) = (self.contents(a), self.contents(b));
                    self.unify(a, b);
                }
            }
            InstData::CallStd { block, .. } => {
                if !self.is_static(*block) {
                    let class = self.class(*block);
                    let contents = self.contents(class);
                    self.escape(contents, Reason { text: "argument of a runtime function".into(), loc: func.locs[inst] });
                }
            }
            InstData::Return { args } => {
                for (n, &arg) in args.iter().enumerate() {
                    if let Some(result) = self.results[n]
                        && !self.is_static(arg)
                    {
                        let class = self.class(arg);
                        self.unify(result, class);
                    }
                }
            }
            _ => {}
        }
        if func.insts[inst].is_terminator() {
            let mut edges: Vec<(Value, Value)> = Vec::new();
            func.insts[inst].for_each_successor(|succ, args| edges.extend(args.iter().copied().zip(func.blocks[succ].params.iter().copied())));
            for (arg, param) in edges {
                if self.is_ptr(arg) {
                    self.flow(arg, param);
                }
            }
        }
    }

    fn store(&mut self, value: Value, addr: Value, inst: Inst) {
        let func = self.func;
        // The code word of a closure: what the body does to its captures holds from here on.
        if let ValueDef::Result(def, _) = func.values[func.resolve(value)].def
            && let InstData::FuncAddr { func: code } = func.insts[def]
        {
            self.apply_closure(code, addr, inst);
            return;
        }
        if self.is_static(value) {
            return;
        }
        match self.static_root(addr) {
            Some(InstData::GetG) => {}
            Some(_) => self.escape_value(value, inst, "stored in a global"),
            None => {
                let (class, value) = (self.class(addr), self.class(value));
                let contents = self.contents(class);
                self.unify(contents, value);
            }
        }
    }

    /// Results of a callee about which nothing is known are not of this frame: unknown callees' arguments all escape.
    fn unknown_results(&mut self, inst: Inst) {
        for &result in &self.func.results[inst] {
            if self.is_ptr(result) {
                let class = self.class(result);
                self.escape(class, Reason { text: "result of an unknown function".into(), loc: self.func.locs[inst] });
            }
        }
    }

    fn call(&mut self, callee: FuncId, args: &[Value], results: &[Value], inst: Inst) {
        self.call_with(callee, args, results, inst, false);
    }

    fn call_with(&mut self, callee: FuncId, args: &[Value], results: &[Value], inst: Inst, tail: bool) {
        let name = &self.module.funcs[callee].symbol;
        let Some(summary) = self.summaries[callee].as_ref() else {
            let text = format!("passed to {name} (recursive or unknown)");
            for &arg in args {
                self.escape_value(arg, inst, &text);
            }
            for &result in results {
                if self.is_ptr(result) {
                    let class = self.class(result);
                    self.escape(class, Reason { text: text.clone(), loc: self.func.locs[inst] });
                }
            }
            if tail {
                for class in self.results.clone().into_iter().flatten() {
                    self.escape(class, Reason { text: text.clone(), loc: self.func.locs[inst] });
                }
            }
            return;
        };
        let tail_results: Vec<Option<Class>> = if tail { self.results.clone() } else { Vec::new() };
        let text = format!("passed to {name}");
        let mut representative: FxHashMap<u32, Class> = FxHashMap::default();
        for (point, &number) in summary.class.iter().enumerate() {
            if number == u32::MAX {
                continue;
            }
            let (owner, level) = (point / LEVELS, point % LEVELS);
            let base = if owner < summary.n_params {
                match args.get(owner) {
                    Some(&arg) if self.is_ptr(arg) && !self.is_static(arg) => Some(self.class(arg)),
                    _ => None,
                }
            } else if tail {
                tail_results[owner - summary.n_params]
            } else {
                results.get(owner - summary.n_params).map(|&r| self.class(r))
            };
            let Some(base) = base else { continue };
            let class = self.level(base, level);
            if level == LEVELS - 1 {
                // The callee's view has one class for all deeper levels.
                self.close(base);
            }
            if summary.escaped[point] {
                self.escape(class, Reason { text: text.clone(), loc: self.func.locs[inst] });
            }
            match representative.get(&number) {
                Some(&other) => self.unify(other, class),
                None => {
                    representative.insert(number, class);
                }
            }
        }
    }

    /// Applies what a closure's body does with its captures to the memory at `addr`.
    fn apply_closure(&mut self, code: FuncId, addr: Value, inst: Inst) {
        if self.static_root(addr).is_some() {
            return;
        }
        let class = self.class(addr);
        let contents = self.contents(class);
        let text = format!("captured by {}", self.module.funcs[code].symbol);
        let reason = Reason { text, loc: self.func.locs[inst] };
        let Some(summary) = self.summaries[code].as_ref() else {
            self.escape(contents, reason);
            return;
        };
        if summary.n_params == 0 {
            return;
        }
        let hidden = (summary.n_params - 1) * LEVELS;
        let levels = hidden..hidden + LEVELS;
        if summary.class[hidden] == u32::MAX {
            return;
        }
        self.close(class);
        let mut representative: FxHashMap<u32, Class> = FxHashMap::default();
        // Not the object itself: a func literal cannot name it.
        for point in levels.clone().skip(1) {
            let number = summary.class[point];
            let class = self.level(class, point - hidden);
            let shared = summary.class.iter().enumerate().any(|(other, &n)| n == number && !levels.contains(&other));
            if summary.escaped[point] || shared {
                self.escape(class, reason.clone());
            }
            match representative.get(&number) {
                Some(&other) => self.unify(other, class),
                None => {
                    representative.insert(number, class);
                }
            }
        }
    }

    fn decide(&mut self, cfg: &Cfg) -> (Vec<(Inst, Place)>, Vec<Decision>) {
        let func = self.func;
        let loops = Loops::new(func, cfg);
        let mut block_of: FxHashMap<Inst, Block> = FxHashMap::default();
        let mut allocs = Vec::new();
        for &block in &cfg.rpo {
            for &inst in &func.blocks[block].insts {
                if matches!(func.insts[inst], InstData::Alloc { .. }) {
                    block_of.insert(inst, block);
                    allocs.push(inst);
                }
            }
        }
        // Sizes and loops put allocs on the heap; what these hold escapes then, which may put more there.
        loop {
            let mut changed = false;
            for &inst in &allocs {
                let InstData::Alloc { layout, place, implicit, .. } = func.insts[inst] else { unreachable!("collected above") };
                let class = self.class(func.result(inst));
                // An optional one takes what the others leave it.
                if self.data[class as usize].escaped.is_some() || place == Place::Optional {
                    continue;
                }
                // The caller can store in what it gets: what the memory holds is as good as on the heap. The class itself
                // may also stand for parameters, which do not escape by being returned.
                if self.is_returned(class) || self.held_by_param(class) {
                    let contents = self.contents(class);
                    if self.data[contents as usize].escaped.is_none() {
                        let text = "stored in memory that outlives the call".to_owned();
                        self.escape(contents, Reason { text, loc: func.locs[inst] });
                        changed = true;
                        continue;
                    }
                }
                let size = self.module.layouts[layout].size;
                let limit = if implicit { MAX_IMPLICIT } else { MAX_EXPLICIT };
                let cause = if place == Place::Heap {
                    Some("made on the heap".to_owned())
                } else if size > limit && place != Place::Stack {
                    Some(format!("too large for the stack ({size} bytes)"))
                } else if place == Place::Stack {
                    None
                } else {
                    self.outlives_iteration(class, block_of[&inst], &loops, &block_of)
                };
                if let Some(text) = cause {
                    self.escape(class, Reason { text, loc: func.locs[inst] });
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        let mut places = Vec::new();
        let mut decisions = Vec::new();
        let mut n_optional = 0;
        for &inst in &allocs {
            let InstData::Alloc { place, name, implicit, .. } = func.insts[inst] else { unreachable!("collected above") };
            let class = self.class(func.result(inst));
            let is_result = self.is_returned(class);
            let is_stored = self.held_by_param(class);
            let reason = match self.data[class as usize].escaped.clone() {
                None if is_result => Some(Reason { text: "returned".into(), loc: None }),
                None if is_stored => Some(Reason { text: "stored through a parameter".into(), loc: None }),
                reason => reason,
            };
            if place == Place::Optional {
                let stays =
                    n_optional < MAX_OPTIONAL && reason.is_none() && self.outlives_iteration(class, block_of[&inst], &loops, &block_of).is_none();
                n_optional += usize::from(stays);
                places.push((inst, if stays { Place::Stack } else { Place::Optional }));
            }
            if place == Place::Unknown {
                places.push((inst, if reason.is_some() { Place::Heap } else { Place::Stack }));
                let name = self.module.strings[name as usize].clone();
                decisions.push(Decision { func: func.name.clone(), name, loc: func.locs[inst], heap: reason, implicit });
            }
        }
        (places, decisions)
    }

    /// Is the class a result or among what a result's memory holds?
    fn is_returned(&mut self, class: Class) -> bool {
        let class = self.find(class);
        self.results.clone().into_iter().flatten().any(|result| (0..LEVELS).any(|level| self.level(result, level) == class))
    }

    /// Stored through a parameter: the caller's memory holds it.
    fn held_by_param(&mut self, class: Class) -> bool {
        let class = self.find(class);
        let params = self.func.blocks[self.func.entry()].params.clone();
        params.into_iter().any(|p| {
            if self.func.ty(p) != Type::Ptr {
                return false;
            }
            let param = self.class(p);
            (1..LEVELS).any(|level| self.level(param, level) == class)
        })
    }

    fn outlives_iteration(&mut self, class: Class, block: Block, loops: &Loops, block_of: &FxHashMap<Inst, Block>) -> Option<String> {
        let headers = loops.headers(block);
        if headers.is_empty() {
            return None;
        }
        let class = self.find(class);
        if self.data[class as usize].params.iter().any(|b| headers.contains(b)) {
            return Some("lives longer than one iteration of a loop".into());
        }
        let inner = headers[0];
        for holder in self.data[class as usize].holders.clone() {
            let holder = self.find(holder);
            let allocs = self.data[holder as usize].allocs.clone();
            let outside = allocs.is_empty() || allocs.iter().any(|a| block_of.get(a).is_none_or(|&b| !loops.headers(b).contains(&inner)));
            if outside {
                return Some("stored in a loop in memory from outside of it".into());
            }
        }
        None
    }

    fn summarise(&mut self, params: &[Value]) -> Summary {
        let mut summary = Summary { n_params: params.len(), ..Summary::default() };
        let mut bases: Vec<Option<Class>> = params.iter().map(|&p| self.is_ptr(p).then(|| self.class(p))).collect();
        bases.extend(self.results.clone());
        for base in bases {
            for level in 0..LEVELS {
                let class = base.map(|c| self.level(c, level));
                summary.class.push(class.unwrap_or(u32::MAX));
                summary.escaped.push(class.is_some_and(|c| self.data[c as usize].escaped.is_some()));
            }
        }
        summary
    }
}

/// Natural loops: for each block the headers of the loops that contain it, innermost first.
struct Loops {
    headers: SecondaryMap<Block, Vec<Block>>,
}

impl Loops {
    fn new(func: &Function, cfg: &Cfg) -> Loops {
        let mut headers: SecondaryMap<Block, Vec<Block>> = SecondaryMap::new();
        let mut bodies: Vec<(Block, FxHashSet<Block>)> = Vec::new();
        for &block in &cfg.rpo {
            for succ in func.successors(block) {
                // Any edge backwards closes a cycle; irreducible ones count as loops of their target.
                if cfg.order[succ] > cfg.order[block] {
                    continue;
                }
                let at = match bodies.iter().position(|(h, _)| *h == succ) {
                    Some(at) => at,
                    None => {
                        bodies.push((succ, FxHashSet::from_iter([succ])));
                        bodies.len() - 1
                    }
                };
                let mut work = vec![block];
                while let Some(b) = work.pop() {
                    if bodies[at].1.insert(b) {
                        work.extend(cfg.preds[b].iter().map(|p| p.0));
                    }
                }
            }
        }
        bodies.sort_by_key(|(header, body)| (body.len(), header.index()));
        for (header, body) in &bodies {
            for &block in body {
                headers[block].push(*header);
            }
        }
        Loops { headers }
    }

    fn headers(&self, block: Block) -> &[Block] {
        &self.headers[block]
    }
}
