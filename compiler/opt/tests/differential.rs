//! Random modules run the same before and after every pass, and what escape analysis leaves in frames is never seen
//! from outside of them. `GORC_OPT_SEEDS=from..to` runs other seeds than the default ones.

mod common;

use common::{generate, interp};
use interp::End;

fn seeds(default: std::ops::Range<u64>) -> std::ops::Range<u64> {
    let Ok(text) = std::env::var("GORC_OPT_SEEDS") else { return default };
    let (from, to) = text.split_once("..").expect("from..to");
    from.parse().expect("a number")..to.parse().expect("a number")
}

const FUEL: u64 = 20_000;

fn verify(module: &ir::Module) -> Result<(), String> {
    for decl in module.funcs.values() {
        if let Some(func) = &decl.body {
            ir::verify::function(module, func)?;
        }
    }
    Ok(())
}

#[derive(Default)]
struct Stats {
    runs: u64,
    trapped: u64,
    steps_before: u64,
    steps_after: u64,
    stack: u64,
    heap: u64,
}

/// Passes applied one after the other; the program is run after each.
fn check(seed: u64, passes: &[&str], stats: &mut Stats) -> Result<(), String> {
    let original = generate::module(seed);
    verify(&original)?;
    let inputs = [[2, 0], [1, 5]];
    let mut before = Vec::new();
    for args in &inputs {
        let run = interp::run(&original, "main", args, FUEL);
        if let End::Broken(text) = &run.end {
            return Err(format!("the generator made a broken program: {text}\n{}", ir::print::module(&original)));
        }
        before.push(run);
    }
    if before.iter().all(|r| r.end == End::OutOfFuel) {
        return Ok(());
    }
    let mut module = original;
    let mut last = String::new();
    for pass in passes {
        let text = ir::print::module(&module);
        opt::run_pass(&mut module, pass);
        verify(&module).map_err(|e| format!("after {pass}: {e}\nbefore it:\n{text}"))?;
        for (args, want) in inputs.iter().zip(&before) {
            if want.end == End::OutOfFuel {
                continue;
            }
            let have = interp::run(&module, "main", args, 3 * FUEL);
            if have.end != want.end || have.trace != want.trace {
                return Err(format!(
                    "main{args:?} after {pass}: {:?} {:?}, not {:?} {:?}\nbefore it:\n{text}\nafter it:\n{}",
                    have.end,
                    have.trace,
                    want.end,
                    want.trace,
                    ir::print::module(&module)
                ));
            }
            if *pass == passes[passes.len() - 1] {
                stats.runs += 1;
                stats.trapped += matches!(have.end, End::Trapped(_)) as u64;
                stats.steps_before += want.steps;
                stats.steps_after += have.steps;
            }
        }
        last = text;
    }
    drop(last);
    for func in module.funcs.values().filter_map(|d| d.body.as_ref()) {
        for &inst in func.layout.iter().flat_map(|&b| &func.blocks[b].insts) {
            if let ir::InstData::Alloc { place, .. } = func.insts[inst] {
                *if place == ir::Place::Stack { &mut stats.stack } else { &mut stats.heap } += 1;
            }
        }
    }
    Ok(())
}

fn run(name: &str, default: std::ops::Range<u64>, passes: &[&str]) -> Stats {
    let mut stats = Stats::default();
    let mut failures = 0;
    for seed in seeds(default) {
        if let Err(text) = check(seed, passes, &mut stats) {
            failures += 1;
            if failures <= 3 {
                println!("seed {seed}: {text}");
            }
        }
    }
    let Stats { runs, trapped, steps_before, steps_after, stack, heap } = stats;
    println!("{name}: {runs} runs ({trapped} end in a panic), {steps_before} steps before, {steps_after} after; allocs: {stack} stack, {heap} heap");
    assert_eq!(failures, 0, "{name}");
    stats
}

#[test]
fn simplify() {
    run("simplify", 0..800, &["simplify"]);
}

#[test]
fn promote() {
    let stats = run("promote", 1500..2500, &["promote", "simplify", "promote"]);
    assert!(stats.steps_after < stats.steps_before * 3 / 4);
}

#[test]
fn inline() {
    run("inline", 3000..3800, &["simplify", "promote", "inline"]);
    run("devirt", 12000..12600, &["devirt", "simplify", "inline", "inline"]);
}

#[test]
fn checks() {
    run("checks", 4500..5500, &["promote", "simplify", "checks", "simplify"]);
}

#[test]
fn gvn() {
    run("gvn", 16000..16600, &["simplify", "gvn", "loads", "gvn"]);
    run("gvn of promoted", 16600..17600, &["simplify", "promote", "gvn", "loads", "gvn", "checks", "simplify", "inline", "gvn"]);
}

#[test]
fn loads() {
    run("loads", 13000..13600, &["simplify", "loads"]);
    run("loads of promoted", 14500..15300, &["simplify", "promote", "loads", "simplify", "inline", "loads"]);
}

#[test]
fn escape() {
    // Before and after the other passes: more memory operations in the first case, more aliasing in the second.
    let stats = run("escape alone", 6000..7500, &["escape"]);
    assert!(stats.stack > 1000 && stats.heap > 1000);
    let stats =
        run("escape after all", 9000..10500, &["simplify", "promote", "simplify", "inline", "gvn", "loads", "gvn", "checks", "simplify", "escape"]);
    assert!(stats.stack > 100 && stats.heap > 100);
}

/// Text → module → text.
#[test]
fn text() {
    for seed in seeds(0..300) {
        let module = generate::module(seed);
        let text = ir::print::module(&module);
        let read = ir::parse::module(&text).unwrap_or_else(|e| panic!("seed {seed}: {e}\n{text}"));
        assert_eq!(text, ir::print::module(&read), "seed {seed}");
        verify(&read).expect("still well-formed");
        let mut optimised = module;
        opt::run_pass(&mut optimised, "inline");
        let text = ir::print::module(&optimised);
        let read = ir::parse::module(&text).unwrap_or_else(|e| panic!("seed {seed}: {e}\n{text}"));
        assert_eq!(text, ir::print::module(&read), "seed {seed}");
    }
}
