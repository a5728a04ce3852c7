//! IR → IR, one file per pass. Any pass may be skipped: an alloc that nothing decided lives on the heap.
//!
//! ```text
//! every function:  polls dropped (codegen places those that are needed) · simplify · promote · simplify
//! whole program:   inline (bottom-up, with devirt; simplify and promote again where something was inlined)
//! every function:  gvn · loads · gvn · checks · simplify
//! whole program:   escape (bottom-up, with summaries)
//! ```
//! The order is that of [`run`]. Passes keep what `ir::verify` checks; debug builds check after each.

#![forbid(unsafe_code)]

mod checks;
mod devirt;
pub mod escape;
mod gvn;
mod inline;
mod loads;
mod promote;
mod ranges;
mod simplify;

use ir::{FuncId, Function, Module};

#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Off: only escape analysis is left out too, everything stays as lowered.
    pub optimise: bool,
    /// Verify after every pass.
    pub verify: bool,
}

/// Runs all passes; returns what escape analysis decided, for `-m`.
///
/// # Errors
/// A broken function after a pass (with `verify`): names the pass and the function.
pub fn run(module: &mut Module, options: Options) -> Result<Vec<escape::Decision>, String> {
    if options.verify {
        verify(module, "lower")?;
    }
    if !options.optimise {
        each(module, |func, _| without_optional(func));
        return Ok(Vec::new());
    }
    each(module, |func, module| {
        drop_polls(func);
        simplify::run_with_promotion(func, module);
    });
    if options.verify {
        verify(module, "promote")?;
    }
    inline::run(module);
    if options.verify {
        verify(module, "inline")?;
    }
    each(module, |func, module| {
        gvn::run(func, module);
        if loads::run(func, module) {
            gvn::run(func, module);
        }
        checks::run(func, module);
        simplify::run(func, module);
    });
    if options.verify {
        verify(module, "checks")?;
    }
    Ok(escape::run(module))
}

/// Runs one pass by name on the whole module, for tests and dumps.
///
/// # Panics
/// There is no such pass.
pub fn run_pass(module: &mut Module, name: &str) {
    match name {
        "simplify" => each(module, |func, module| {
            simplify::run(func, module);
        }),
        "promote" => each(module, |func, module| {
            promote::run(func, module);
        }),
        "inline" => inline::run(module),
        "gvn" => each(module, |func, module| {
            gvn::run(func, module);
        }),
        "devirt" => each(module, |func, module| {
            devirt::run(func, module);
        }),
        "loads" => each(module, |func, module| {
            loads::run(func, module);
        }),
        "checks" => each(module, |func, module| {
            checks::run(func, module);
        }),
        "escape" => {
            escape::run(module);
        }
        _ => panic!("no pass {name}"),
    }
}

/// Codegen puts polls where a loop needs one, after inlining; those of `lower` are for code that is not optimised.
fn drop_polls(func: &mut Function) {
    for at in 0..func.layout.len() {
        let block = func.layout[at];
        let insts = &func.insts;
        func.blocks[block].insts.retain(|&inst| !matches!(insts[inst], ir::InstData::Poll));
    }
}

/// What escape analysis is not asked about is not in the frame.
fn without_optional(func: &mut Function) {
    for data in func.insts.values_mut() {
        if matches!(data, ir::InstData::Alloc { place: ir::Place::Optional, .. }) {
            *data = ir::InstData::Null;
        }
    }
}

fn each(module: &mut Module, mut pass: impl FnMut(&mut Function, &Module)) {
    let ids: Vec<FuncId> = module.funcs.keys().collect();
    for id in ids {
        if let Some(mut func) = module.funcs[id].body.take() {
            pass(&mut func, module);
            module.funcs[id].body = Some(func);
        }
    }
}

fn verify(module: &Module, pass: &str) -> Result<(), String> {
    for decl in module.funcs.values() {
        if let Some(func) = &decl.body {
            ir::verify::function(module, func).map_err(|e| format!("internal error: after {pass}: {e}"))?;
        }
    }
    Ok(())
}
