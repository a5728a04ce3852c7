//! IR to one relocatable object: code, data, type descriptors and the runtime's tables.
//!
//! In: a [`ir::Module`] (verified, optimised) and [`Options`]. Out: an ELF object for the linker, or the [`Error`]
//! with the function and pass it happened in. Holds: the same module gives the same bytes; functions are independent
//! and compile in parallel. Knows layouts and pointer maps, not Go types.
//!
//! ```text
//! Module → flow (which pointers may point into a stack)
//! Function → polls → rotate → cfg → safepoint, slots (plan) → build (CLIF) → Cranelift's optimiser → remat, sunk_loads → Cranelift's back end → Piece
//! Pieces + globals → tables → object
//! ```

#![forbid(unsafe_code)]

mod bitset;
mod build;
mod cfg;
mod compile;
mod flow;
mod names;
mod object;
mod polls;
mod remat;
mod rotate;
mod safepoint;
mod slots;
mod sunk_loads;
mod tables;
mod target;

use compile::{Piece, Scratch, Wanted};
use ir::{FuncId, Module};
use rayon::prelude::*;
use std::fmt::Write;

pub use target::Cpu;
pub use target_lexicon::Triple;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum OptLevel {
    None,
    #[default]
    Speed,
    Size,
}

#[derive(Clone, Debug)]
pub struct Options {
    pub target: Triple,
    pub cpu: Cpu,
    pub opt_level: OptLevel,
    /// Run Cranelift's verifier on every function (22 % of the time).
    pub verify: bool,
}

impl Options {
    pub fn new(target: Triple) -> Options {
        Options { target, cpu: Cpu::default(), opt_level: OptLevel::default(), verify: cfg!(debug_assertions) }
    }
}

/// A relocatable ELF file.
#[derive(Clone, Debug)]
pub struct Object {
    pub bytes: Vec<u8>,
}

/// A fault of ours, or something that code generation does not support yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error {
    /// Symbol of the function; empty for the module as a whole.
    pub func: String,
    pub pass: &'static str,
    pub message: String,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Error { func, pass, message } = self;
        if func.is_empty() { write!(f, "codegen, {pass}: {message}") } else { write!(f, "codegen of {func}, {pass}: {message}") }
    }
}

impl std::error::Error for Error {}

/// An error before its function is known; boxed, since it travels through every result.
pub(crate) type Fail = Box<Error>;

impl Error {
    pub(crate) fn fail(pass: &'static str, message: impl Into<String>) -> Fail {
        Box::new(Error { func: String::new(), pass, message: message.into() })
    }
}

/// Text forms of what happens to a function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Emit {
    /// CLIF as given to Cranelift.
    Clif,
    /// Machine code, in Cranelift's notation.
    Asm,
    /// Frame, safepoints and their maps.
    StackMap,
}

pub fn compile(module: &Module, options: &Options) -> Result<Object, Error> {
    let target = target::Target::new(options).map_err(|e| *e)?;
    let pieces = compile_pieces(module, &target, options, Wanted::default(), |_| true)?;
    let bytes = object::write(module, &target, &pieces).map_err(|e| *e)?;
    Ok(Object { bytes })
}

/// The text form of every function whose symbol passes the filter, in order of definition.
pub fn emit(module: &Module, options: &Options, what: Emit, filter: impl Fn(&str) -> bool + Sync) -> Result<String, Error> {
    let target = target::Target::new(options).map_err(|e| *e)?;
    let wanted = Wanted { clif: what == Emit::Clif, asm: what == Emit::Asm };
    let pieces = compile_pieces(module, &target, options, wanted, filter)?;
    let mut out = String::new();
    for piece in pieces.iter().filter(|p| p.func.is_some()) {
        let suffix = if matches!(piece.sym, names::Sym::Body(_)) {
            " (body)"
        } else if piece.stub {
            " (stub)"
        } else {
            ""
        };
        let symbol = &module.funcs[piece.func.expect("filtered")].symbol;
        writeln!(out, "; {symbol}{suffix}").expect("string");
        match what {
            Emit::Clif => out.push_str(&piece.clif),
            Emit::Asm => out.push_str(&piece.asm),
            Emit::StackMap => emit_stackmap(&mut out, piece),
        }
        out.push('\n');
    }
    Ok(out)
}

fn emit_stackmap(out: &mut String, piece: &Piece) {
    let words = |map: &[u32]| map.iter().map(|w| format!("sp+{}", 8 * w)).collect::<Vec<_>>().join(" ");
    let landing = if piece.landing != 0 { format!(" landing {:#x}", piece.landing) } else { String::new() };
    writeln!(out, "frame {} code {}{landing}", piece.frame_size, piece.code.len()).expect("string");
    writeln!(out, "  faults: [{}]", words(&piece.map0)).expect("string");
    for (offset, map) in &piece.safepoints {
        writeln!(out, "  {offset:#x}: [{}]", words(map)).expect("string");
    }
}

/// In order of definition, each stub before its body, `enter` last.
fn compile_pieces(
    module: &Module,
    target: &target::Target,
    options: &Options,
    wanted: Wanted,
    filter: impl Fn(&str) -> bool + Sync,
) -> Result<Vec<Piece>, Error> {
    let ids: Vec<FuncId> = module.funcs.iter().filter(|(_, f)| f.body.is_some() && filter(&f.symbol)).map(|(id, _)| id).collect();
    let rotate = options.opt_level != OptLevel::None;
    let flow = flow::analyse(module);
    let leaves = polls::leaves(module, &flow.address_taken);
    let program = compile::Program { module, flow: &flow, leaves: &leaves, target, rotate, verify: options.verify };
    let compiled: Vec<Result<Vec<Piece>, Error>> = ids
        .par_iter()
        .map_init(Scratch::new, |scratch, &id| {
            compile::compile_function(&program, id, scratch, wanted).map_err(|e| Error { func: module.funcs[id].symbol.clone(), ..*e })
        })
        .collect();
    let mut pieces = Vec::with_capacity(ids.len() + 1);
    for result in compiled {
        pieces.extend(result?);
    }
    pieces.push(compile::compile_enter(target, &mut Scratch::new(), wanted).map_err(|e| *e)?);
    Ok(pieces)
}
