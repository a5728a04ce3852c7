//! One function to machine code: build, optimise, place stack addresses, generate; a stub if the frame is large.
//!
//! In: an IR function. Out: one or two [`Piece`]s of code (the stub makes room for the frame, the body checks for
//! requests to stop) with what the tables say about them. Functions do not see
//! each other, so this runs in parallel; a [`Scratch`] is reused by its thread.

use crate::build::{self, Built, Check};
use crate::cfg::Cfg;
use crate::flow::Flow;
use crate::names::Sym;
use crate::target::Target;
use crate::{Error, Fail, polls, remat, rotate, safepoint, sunk_loads};
use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::{self as cl, DebugTag, ExternalName};
use cranelift_codegen::{CompiledCode, Context, FinalizedMachExceptionHandler, FinalizedRelocTarget, MachDebugTagPos};
use cranelift_entity::SecondaryMap;
use ir::{FuncId, LocId, Module};

#[derive(Clone, Debug)]
pub struct CodeReloc {
    pub offset: u32,
    pub kind: Reloc,
    pub target: Sym,
    pub addend: i64,
}

/// Words of a frame that hold pointers, in ascending order, counted from SP.
pub type Map = Vec<u32>;

pub struct Piece {
    pub sym: Sym,
    /// Whose function this is; none for `enter`.
    pub func: Option<FuncId>,
    pub stub: bool,
    pub code: Vec<u8>,
    pub relocs: Vec<CodeReloc>,
    /// Bytes from SP to FP.
    pub frame_size: u32,
    /// Map for faults and landing: the alloc slots.
    pub map0: Map,
    /// (return offset, map), ascending.
    pub safepoints: Vec<(u32, Map)>,
    pub landing: u32,
    /// (start offset, location), ascending.
    pub lines: Vec<(u32, LocId)>,
    /// CLIF as given to Cranelift, if asked for.
    pub clif: String,
    pub asm: String,
}

#[derive(Clone, Copy, Default)]
pub struct Wanted {
    pub clif: bool,
    pub asm: bool,
}

/// Memory that a thread uses again for its next function.
pub(crate) struct Scratch {
    ctx: Context,
    /// Ours, since `Context` keeps its own private.
    regalloc: regalloc2::Ctx,
}

impl Scratch {
    pub fn new() -> Scratch {
        Scratch { ctx: Context::new(), regalloc: regalloc2::Ctx::default() }
    }
}

/// What all functions share.
pub(crate) struct Program<'a> {
    pub module: &'a Module,
    pub flow: &'a Flow,
    pub leaves: &'a SecondaryMap<FuncId, bool>,
    pub target: &'a Target,
    /// Turn loops over (when optimising).
    pub rotate: bool,
    /// Verify the IR after our own changes.
    pub verify: bool,
}

/// Frames of leaves that skip the stack check, from SP to FP. The guard below the limit takes a checked function's
/// small frame and a runtime leaf; this is what is left of it, less return address and FP.
const LEAF_FRAME: u32 = (abi::stack::STACK_GUARD - abi::stack::SMALL_FRAME - 16 - 128 - 8 - 16) as u32 & !15;

pub(crate) fn compile_function(program: &Program<'_>, id: FuncId, scratch: &mut Scratch, wanted: Wanted) -> Result<Vec<Piece>, Fail> {
    let Program { module, flow, leaves, target, .. } = *program;
    let func = module.funcs[id].body.as_ref().expect("defined");
    let cfg = Cfg::new(func);
    let polled = polls::insert(func, &cfg, leaves);
    let func = polled.as_ref().unwrap_or(func);
    let rotated = if program.rotate { rotate::run(func, &cfg) } else { None };
    if program.verify {
        for changed in [&polled, &rotated].into_iter().flatten() {
            ir::verify::function(module, changed)
                .map_err(|e| Error::fail("polls, rotate", format!("{e}\n{}", ir::print::function(module, changed))))?;
        }
    }
    let (func, cfg) = match &rotated {
        Some(rotated) => (rotated, Cfg::new(rotated)),
        None => (func, cfg),
    };
    let plan = safepoint::plan(module, flow, id, func, &cfg, !target.has_fma);
    let mut compile = |check| {
        scratch.ctx.clear();
        let built = build::build(module, target, func, &cfg, &plan, check, &mut scratch.ctx.func)?;
        finish(target, scratch, &built, Sym::Func(id), Some(id), wanted)
    };
    if leaves[id] {
        let piece = compile(Check::None)?;
        if piece.frame_size <= LEAF_FRAME {
            return Ok(vec![piece]);
        }
    }
    let piece = compile(Check::Small)?;
    if piece.frame_size as usize <= abi::stack::SMALL_FRAME {
        return Ok(vec![piece]);
    }
    let body = Piece { sym: Sym::Body(id), ..piece };
    scratch.ctx.clear();
    let built = build::build_stub(module, func, id, body.frame_size + 16, &mut scratch.ctx.func);
    let mut stub = finish(target, scratch, &built, Sym::Func(id), Some(id), wanted)?;
    stub.stub = true;
    Ok(vec![stub, body])
}

/// The empty function that `enter` calls.
pub(crate) fn compile_enter(target: &Target, scratch: &mut Scratch, wanted: Wanted) -> Result<Piece, Fail> {
    scratch.ctx.clear();
    build::build_enter(&mut scratch.ctx.func);
    let built = Built { safepoints: Vec::new(), spill_slot: None, allocs: Vec::new(), fault: Vec::new(), landing: None };
    finish(target, scratch, &built, Sym::Enter, None, wanted)
}

fn finish(target: &Target, scratch: &mut Scratch, built: &Built, sym: Sym, func: Option<FuncId>, wanted: Wanted) -> Result<Piece, Fail> {
    let Scratch { ctx, regalloc } = scratch;
    let isa = &*target.isa;
    let mut plane = ControlPlane::default();
    let clif = if wanted.clif { ctx.func.display().to_string() } else { String::new() };
    let explain = |stage: &'static str, ctx: &Context, e: cranelift_codegen::CodegenError| Error::fail(stage, format!("{e}\n{}", ctx.func.display()));
    ctx.verify_if(isa).map_err(|e| Error::fail("verify", format!("{e}\n{}", ctx.func.display())))?;
    ctx.optimize(isa, &mut plane).map_err(|e| explain("optimize", ctx, e))?;
    remat::run(ctx, built.landing)?;
    sunk_loads::run(&mut ctx.func);
    ctx.verify_if(isa).map_err(|e| Error::fail("verify after remat", format!("{e}\n{}", ctx.func.display())))?;
    let code = isa
        .compile_function(&ctx.func, &ctx.domtree, regalloc, wanted.asm, &mut plane)
        .map_err(|e| explain("compile", ctx, e))?
        .apply_params(&ctx.func.params);
    let piece = take(ctx, &code, built, sym, func)?;
    Ok(Piece { clif, asm: code.vcode.unwrap_or_default(), ..piece })
}

fn take(ctx: &Context, code: &CompiledCode, built: &Built, sym: Sym, func: Option<FuncId>) -> Result<Piece, Fail> {
    let buffer = &code.buffer;
    let frame = buffer.frame_layout().ok_or_else(|| Error::fail("frame", "no frame layout"))?;
    let word = |slot: cl::StackSlot, n: u32| frame.stackslots[slot].offset / 8 + n;
    let words = |allocs: &[u32]| -> Map {
        allocs.iter().flat_map(|&a| built.allocs[a as usize].pointers.iter().map(move |&n| word(built.allocs[a as usize].slot, n))).collect()
    };
    let mut map0 = words(&built.fault);
    map0.sort_unstable();
    let mut returns: Vec<u32> = buffer.call_sites().map(|c| c.ret_addr).collect();
    returns.sort_unstable();
    let mut safepoints = Vec::new();
    for tagged in buffer.debug_tags() {
        let [DebugTag::User(id)] = tagged.tags else { continue };
        // The moves of stack arguments before a call carry its tag too.
        if tagged.pos != MachDebugTagPos::Post {
            continue;
        }
        let point = &built.safepoints[*id as usize];
        let mut map: Map = words(&point.allocs);
        if let Some(slot) = built.spill_slot {
            map.extend(point.spills.iter().map(|&n| word(slot, n)));
        }
        map.sort_unstable();
        // After a call with stack arguments the tag follows the instruction that makes room for them again.
        let after = returns.partition_point(|&r| r <= tagged.offset);
        let Some(at) = after.checked_sub(1).map(|i| returns[i]).filter(|r| tagged.offset - r <= 16) else {
            return Err(Error::fail("frame", format!("no call before the tag at {:#x}", tagged.offset)));
        };
        safepoints.push((at, map));
    }
    safepoints.sort_by_key(|s| s.0);
    if safepoints.windows(2).any(|w| w[0].0 == w[1].0) {
        return Err(Error::fail("frame", "two maps for one return address"));
    }
    let mut landing = 0;
    for site in buffer.call_sites() {
        for handler in site.exception_handlers {
            if let FinalizedMachExceptionHandler::Default(offset) = handler {
                landing = *offset;
            }
        }
    }
    let mut relocs = Vec::new();
    for reloc in buffer.relocs() {
        let target = match &reloc.target {
            FinalizedRelocTarget::ExternalName(ExternalName::User(name)) => Sym::decode(&ctx.func.params.user_named_funcs()[*name]),
            // A libcall would run on the goroutine's stack.
            other => return Err(Error::fail("relocate", format!("unexpected reference to {other:?}"))),
        };
        relocs.push(CodeReloc { offset: reloc.offset, kind: reloc.kind, target, addend: reloc.addend });
    }
    let mut lines: Vec<(u32, LocId)> = Vec::new();
    for range in buffer.get_srclocs_sorted() {
        if range.loc.is_default() {
            continue;
        }
        let loc = LocId::from_u32(range.loc.bits());
        if lines.last().is_none_or(|l| l.1 != loc) {
            lines.push((range.start, loc));
        }
    }
    Ok(Piece {
        sym,
        func,
        stub: false,
        code: buffer.data().to_vec(),
        relocs,
        frame_size: frame.frame_to_fp_offset,
        map0,
        safepoints,
        landing,
        lines,
        clif: String::new(),
        asm: String::new(),
    })
}
