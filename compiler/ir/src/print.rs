//! The text form: what `--emit=ir` shows, tests expect and [`parse`](crate::parse) reads.
//!
//! ```text
//! func "main.add"(i64, i64) -> i64 {            ; flags after the signature: wrapper closure noinline ...
//! block0(v0: i64, v1: i64):
//!     v2 = add v0, v1                            @ 3
//!     return v2
//! }
//! ```
//! `@ n` is the line; names of functions and globals are quoted link symbols. A [`module`] begins with what its functions refer to:
//!
//! ```text
//! file "/src/main.go"
//! layout0 = size 16 align 8 pointers [0x1] desc "type:string"
//! global "main.x" data size 16 align 8 layout0          ; then: bytes "00ff..", reloc 8 abs64 global "main.y"+0, typelink, external
//! declare "runtime.panicIndex"(i64, i64)
//! ```

use crate::*;
use std::fmt::{self, Display, Formatter, Write};

impl Display for Type {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Type::I8 => "i8",
            Type::I16 => "i16",
            Type::I32 => "i32",
            Type::I64 => "i64",
            Type::F32 => "f32",
            Type::F64 => "f64",
            Type::Ptr => "ptr",
        })
    }
}

/// `CamelCase` of an operation in lower case: `SliceAlenU` → `slicealenu`.
pub(crate) fn lower_name(op: &dyn fmt::Debug) -> String {
    format!("{op:?}").to_lowercase()
}

fn types(f: &mut String, list: &[Type]) {
    for (i, ty) in list.iter().enumerate() {
        let _ = write!(f, "{}{ty}", if i > 0 { ", " } else { "" });
    }
}

fn values<'a>(list: impl IntoIterator<Item = &'a Value>) -> String {
    list.into_iter().map(|v| v.to_string()).collect::<Vec<_>>().join(", ")
}

fn dest(call: &BlockCall) -> String {
    if call.args.is_empty() { call.block.to_string() } else { format!("{}({})", call.block, values(&call.args)) }
}

pub fn signature(sig: &Signature) -> String {
    let mut out = String::from("(");
    types(&mut out, &sig.params);
    out.push(')');
    match sig.results.len() {
        0 => {}
        1 => {
            out.push_str(" -> ");
            types(&mut out, &sig.results);
        }
        _ => {
            out.push_str(" -> (");
            types(&mut out, &sig.results);
            out.push(')');
        }
    }
    out
}

/// One instruction without its results.
pub fn inst(module: &Module, data: &InstData) -> String {
    use InstData::*;
    let sym = |id: FuncId| format!("{:?}", module.funcs[id].symbol);
    let mem = |addr: &Value, offset: i32, flags: &MemFlags| {
        let offset = if offset == 0 { String::new() } else { format!("{offset:+}") };
        format!("[{addr}{offset}]{}{}", if flags.notrap { " notrap" } else { "" }, if flags.readonly { " readonly" } else { "" })
    };
    match data {
        Iconst { ty, imm } => format!("iconst.{ty} {imm}"),
        Fconst { ty, bits } => format!("fconst.{ty} {bits:#x}"),
        Null => "null".into(),
        FuncAddr { func } => format!("func_addr {}", sym(*func)),
        GlobalAddr { global, offset } => format!("global_addr {:?}{offset:+}", module.globals[*global].symbol),
        Unary { op, arg } => format!("{} {arg}", lower_name(op)),
        Binary { op, args } => format!("{} {}", lower_name(op), values(args)),
        Icmp { cc, args } => format!("icmp {} {}", lower_name(cc), values(args)),
        Fcmp { cc, args } => format!("fcmp {} {}", lower_name(cc), values(args)),
        Convert { op, ty, arg } => format!("{}.{ty} {arg}", lower_name(op)),
        Select { args } => format!("select {}", values(args)),
        Fma { args } => format!("fma {}", values(args)),
        PtrAdd { args } => format!("ptr_add {}", values(args)),
        PtrOffset { arg, offset } => format!("ptr_offset {arg}, {offset}"),
        Load { ty, addr, offset, flags } => format!("load.{ty} {}", mem(addr, *offset, flags)),
        Store { value, addr, offset, flags } => format!("store {value}, {}", mem(addr, *offset, flags)),
        Move { layout, dst, src } => format!("move {layout} {dst}, {src}"),
        Zero { layout, addr } => format!("zero {layout} {addr}"),
        Alloc { layout, place, name, implicit } => {
            format!("alloc.{} {layout} {:?}{}", lower_name(place), module.strings[*name as usize], if *implicit { " implicit" } else { "" })
        }
        FramePointer => "frame_pointer".into(),
        GetG => "get_g".into(),
        AtomicLoad { ty, addr } => format!("atomic_load.{ty} {addr}"),
        AtomicStore { value, addr } => format!("atomic_store {value}, {addr}"),
        AtomicRmw { op, addr, value } => format!("atomic_rmw {} {value}, {addr}", lower_name(op)),
        AtomicCas { args } => format!("atomic_cas {}", values(args)),
        Check { kind, args } => format!("check {} {}", lower_name(kind), values(args)),
        Call { func, args } => format!("call {}({})", sym(*func), values(args)),
        CallPtr { sig, callee, args } => format!("call_ptr {callee}({}) : {}", values(args), signature(&module.sigs[*sig])),
        CallClosure { sig, callee, args } => format!("call_closure {callee}({}) : {}", values(args), signature(&module.sigs[*sig])),
        CallRt { entry, args } => format!("call_rt {}({})", abi::rt::ENTRIES[*entry as usize].symbol, values(args)),
        CallStd { name, block } => format!("call_std {:?} {block}", module.strings[*name as usize]),
        Poll => "poll".into(),
        KeepAlive { arg } => format!("keep_alive {arg}"),
        Jump { dest: d } => format!("jump {}", dest(d)),
        Brif { cond, then, els } => format!("brif {cond}, {}, {}", dest(then), dest(els)),
        Switch { arg, cases, default } => {
            let cases: Vec<_> = cases.iter().map(|(n, c)| format!("{n} => {}", dest(c))).collect();
            format!("switch {arg}, [{}], {}", cases.join(", "), dest(default))
        }
        Return { args } => format!("return {}", values(args)).trim_end().into(),
        TailCall { func, args } => format!("tail_call {}({})", sym(*func), values(args)),
        Enter { normal, landing } => format!("enter {normal}, {landing}"),
        Unreachable => "unreachable".into(),
    }
}

fn flags(flags: &FuncFlags) -> String {
    let mut out = String::new();
    for (set, name) in [
        (flags.wrapper, "wrapper"),
        (flags.no_inline, "noinline"),
        (flags.closure, "closure"),
        (flags.has_recover, "recover"),
        (flags.no_params, "no_params"),
        (flags.no_return, "noreturn"),
        (flags.runtime, "runtime"),
    ] {
        if set {
            out.push(' ');
            out.push_str(name);
        }
    }
    out
}

/// A function with its body; values are printed as they resolve.
pub fn function(module: &Module, func: &Function) -> String {
    let mut out = String::new();
    body(&mut out, module, &func.name, func);
    out
}

fn body(out: &mut String, module: &Module, symbol: &str, func: &Function) {
    let name = if symbol == func.name { String::new() } else { format!(" name {:?}", func.name) };
    let _ = writeln!(out, "func {symbol:?}{}{}{name} {{", signature(&module.sigs[func.sig]), flags(&func.flags));
    for &block in &func.layout {
        let data = &func.blocks[block];
        let params: Vec<_> = data.params.iter().map(|&v| format!("{v}: {}", func.ty(v))).collect();
        let params = if params.is_empty() { String::new() } else { format!("({})", params.join(", ")) };
        let _ = writeln!(out, "{block}{params}{}:", if data.cold { " cold" } else { "" });
        for &i in &data.insts {
            let mut shown = func.insts[i].clone();
            shown.map_values(|v| func.resolve(v));
            let results = &func.results[i];
            let mut line = String::from("    ");
            if !results.is_empty() {
                let _ = write!(line, "{} = ", values(results));
            }
            line.push_str(&inst(module, &shown));
            if let Some(loc) = func.locs[i] {
                let _ = write!(line, "{:width$}@ {}", "", module.locs[loc].line, width = 56usize.saturating_sub(line.len()).max(1));
            }
            let _ = writeln!(out, "{line}");
        }
    }
    out.push_str("}\n");
}

/// A whole module: what [`parse::module`](crate::parse::module) reads.
pub fn module(module: &Module) -> String {
    let mut out = String::new();
    for path in &module.files {
        let _ = writeln!(out, "file {path:?}");
    }
    for (id, layout) in &module.layouts {
        let _ = write!(out, "{id} = size {} align {}", layout.size, layout.align);
        if !layout.pointers.is_empty() {
            let words: Vec<_> = layout.pointers.iter().map(|w| format!("{w:#x}")).collect();
            let _ = write!(out, " pointers [{}]", words.join(", "));
        }
        if layout.repeat != 1 {
            let _ = write!(out, " repeat {}", layout.repeat);
        }
        if let Some(desc) = layout.desc {
            let _ = write!(out, " desc {:?}", module.globals[desc].symbol);
        }
        out.push('\n');
    }
    for global in module.globals.values() {
        self::global(&mut out, module, global);
    }
    for decl in module.funcs.values() {
        match &decl.body {
            None => {
                let _ = writeln!(out, "declare {:?}{}", decl.symbol, signature(&module.sigs[decl.sig]));
            }
            Some(func) => body(&mut out, module, &decl.symbol, func),
        }
    }
    out
}

fn global(out: &mut String, module: &Module, global: &Global) {
    let _ = write!(out, "global {:?} {} size {} align {}", global.symbol, lower_name(&global.section), global.size, global.align);
    if let Some(layout) = global.layout {
        let _ = write!(out, " {layout}");
    }
    if global.typelink {
        out.push_str(" typelink");
    }
    if global.external {
        out.push_str(" external");
    }
    if !global.data.is_empty() {
        out.push_str(" bytes \"");
        for byte in &global.data {
            let _ = write!(out, "{byte:02x}");
        }
        out.push('"');
    }
    for reloc in &global.relocs {
        let _ = write!(out, " reloc {} {} ", reloc.offset, lower_name(&reloc.kind));
        let _ = match reloc.target {
            Target::Func(id) => write!(out, "func {:?}", module.funcs[id].symbol),
            Target::Global(id) => write!(out, "global {:?}", module.globals[id].symbol),
            Target::Symbol(n) => write!(out, "symbol {:?}", module.symbols[n as usize]),
        };
        let _ = write!(out, "{:+}", reloc.addend);
    }
    out.push('\n');
}
