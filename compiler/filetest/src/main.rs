//! Runs the test programs of `testdata/` through the built `gorc` and compares with what go1.27.3 printed.
//!
//! | directory | input | expectation |
//! | --- | --- | --- |
//! | run | `x.go` or a directory `x/` | `x.out`: standard output and error together; exit status 0 |
//! | panic | `x.go` | `x.err`: standard error, addresses and goroutine numbers masked; `// exit N` in the first line (2 if absent) |
//! | errors | `x.go` | `x.err`: what `gorc build` prints; exit status 1 |
//!
//! `--bless` rewrites expectations from gorc's output: read such a diff like code. `--bless-go GO` takes them from the
//! reference toolchain instead, which is how they are made. Each program of `run` and `panic` runs in several modes
//! (`--modes`): a test passes if it passes in all of them. `// mode: -gcstress` in a source leaves a mode out and says why.

#![forbid(unsafe_code)]

mod mask;
mod process;

use clap::Parser;
use process::{Limits, Output};
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

#[derive(Parser)]
#[command(about = "Runs testdata/ through gorc")]
struct Args {
    /// The compiler under test
    #[arg(long, default_value = "target/release/gorc")]
    gorc: PathBuf,
    /// Write expectations from gorc's own output
    #[arg(long)]
    bless: bool,
    /// Write expectations from this go command
    #[arg(long)]
    bless_go: Option<PathBuf>,
    /// Comma-separated modes; see MODES in main.rs
    #[arg(long, value_delimiter = ',', default_value = "plain,noopt,p1,gcstress,stackstress")]
    modes: Vec<String>,
    /// Run every program so often in each mode
    #[arg(long, default_value_t = 1)]
    repeat: u32,
    /// Seconds for one program
    #[arg(long, default_value_t = 60)]
    timeout: u64,
    /// Programs at a time
    #[arg(short, default_value_t = 2)]
    jobs: usize,
    /// Only tests whose path contains one of these
    filters: Vec<String>,
}

/// Name, flags of `gorc build`, environment of the program.
struct Mode {
    name: &'static str,
    flags: &'static [&'static str],
    env: &'static [(&'static str, &'static str)],
}

const MODES: &[Mode] = &[
    Mode { name: "plain", flags: &[], env: &[] },
    Mode { name: "noopt", flags: &["-N"], env: &[] },
    Mode { name: "p1", flags: &[], env: &[("GOMAXPROCS", "1")] },
    Mode { name: "p2", flags: &[], env: &[("GOMAXPROCS", "2")] },
    Mode { name: "p8", flags: &[], env: &[("GOMAXPROCS", "8")] },
    Mode { name: "gcstress", flags: &[], env: &[("GORC_RT", "gcstress=1")] },
    Mode { name: "stackstress", flags: &[], env: &[("GORC_RT", "stackstress=1")] },
];

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Run,
    Panic,
    Errors,
}

struct Test {
    kind: Kind,
    /// A file, or a directory of one package.
    path: PathBuf,
    expected: PathBuf,
    /// First lines of the source.
    header: String,
}

fn main() {
    let args = Args::parse();
    rayon::ThreadPoolBuilder::new().num_threads(args.jobs).build_global().expect("the pool is made once");
    let tests: Vec<Test> =
        collect().into_iter().filter(|t| args.filters.is_empty() || args.filters.iter().any(|f| t.path.to_string_lossy().contains(f))).collect();
    let results: Vec<(Result<(), String>, Duration)> = tests
        .par_iter()
        .map(|test| {
            let start = Instant::now();
            (run(test, &args), start.elapsed())
        })
        .collect();
    let mut failed = 0;
    for (test, (result, time)) in tests.iter().zip(&results) {
        if let Err(text) = result {
            failed += 1;
            println!("FAIL {}\n{text}", test.path.display());
        }
        if *time > Duration::from_secs(20) {
            println!("slow: {} {:.1}s", test.path.display(), time.as_secs_f64());
        }
    }
    println!("{} passed, {failed} failed", tests.len() - failed);
    std::process::exit((failed > 0) as i32);
}

fn collect() -> Vec<Test> {
    let mut tests = Vec::new();
    for (dir, kind, suffix) in [("testdata/run", Kind::Run, "out"), ("testdata/panic", Kind::Panic, "err"), ("testdata/errors", Kind::Errors, "err")]
    {
        let mut paths: Vec<PathBuf> = fs::read_dir(dir).into_iter().flatten().filter_map(|e| Some(e.ok()?.path())).collect();
        paths.retain(|p| p.extension().is_some_and(|e| e == "go") || p.is_dir());
        paths.sort();
        for path in paths {
            let main = if path.is_dir() { path.join("main.go") } else { path.clone() };
            let header = fs::read_to_string(&main).unwrap_or_default().lines().take(6).collect::<Vec<_>>().join("\n");
            tests.push(Test { kind, expected: path.with_extension(suffix), path, header });
        }
    }
    tests
}

fn run(test: &Test, args: &Args) -> Result<(), String> {
    let dir = tempfile::tempdir().map_err(|e| e.to_string())?;
    let exe = dir.path().join("exe");
    let limits = Limits { seconds: args.timeout };
    if let Some(go) = &args.bless_go {
        let actual = reference(test, go, &exe, &limits)?;
        return fs::write(&test.expected, actual).map_err(|e| e.to_string());
    }
    if test.kind == Kind::Errors {
        let out = process::run(&args.gorc, &["build", "-o", &exe.to_string_lossy(), &test.path.to_string_lossy()], &[], &limits)?;
        if out.status != 1 || exe.exists() {
            return Err(format!("exit status {}, output {}:\n{}", out.status, if exe.exists() { "written" } else { "not written" }, out.both));
        }
        return compare(test, args, &mask::mask_root(&out.both));
    }
    let mut built: Option<&[&str]> = None;
    for name in &args.modes {
        let mode = MODES.iter().find(|m| m.name == name).ok_or_else(|| format!("no mode {name}"))?;
        if test.header.contains(&format!("// mode: -{name}")) {
            continue;
        }
        if built != Some(mode.flags) {
            let exe_text = exe.to_string_lossy().into_owned();
            let mut command = vec!["build"];
            command.extend(mode.flags);
            let path_text = test.path.to_string_lossy().into_owned();
            command.extend(["-o", &exe_text, &path_text]);
            let out = process::run(&args.gorc, &command, &[], &limits)?;
            if out.status != 0 {
                return Err(format!("[{name}] gorc build: exit status {}\n{}", out.status, out.both));
            }
            built = Some(mode.flags);
        }
        for _ in 0..args.repeat {
            let out = process::run(&exe, &[], mode.env, &limits).map_err(|e| format!("[{name}] {e}"))?;
            check(test, args, &out).map_err(|e| format!("[{name}] {e}"))?;
        }
    }
    Ok(())
}

fn wanted_status(test: &Test) -> i32 {
    match test.kind {
        Kind::Run => 0,
        _ => test.header.lines().find_map(|l| l.strip_prefix("// exit ")?.trim().parse().ok()).unwrap_or(2),
    }
}

fn shown(test: &Test, out: &Output) -> String {
    if test.kind == Kind::Panic { mask::mask(&out.stderr) } else { out.both.clone() }
}

fn check(test: &Test, args: &Args, out: &Output) -> Result<(), String> {
    if out.status != wanted_status(test) {
        return Err(format!("exit status {}, expected {}\n{}", out.status, wanted_status(test), out.both));
    }
    compare(test, args, &shown(test, out))
}

fn reference(test: &Test, go: &Path, exe: &Path, limits: &Limits) -> Result<String, String> {
    let path = std::path::absolute(&test.path).map_err(|e| e.to_string())?;
    let env = [("GOTOOLCHAIN", "local"), ("GOFLAGS", ""), ("GO111MODULE", "")];
    let exe_text = exe.to_string_lossy().into_owned();
    let path_text = path.to_string_lossy().into_owned();
    let out = process::run(go, &["build", "-o", &exe_text, &path_text], &env, limits)?;
    if test.kind == Kind::Errors {
        return Ok(mask::mask_root(&out.both));
    }
    if out.status != 0 {
        return Err(format!("go build: {}", out.both));
    }
    let out = process::run(exe, &[], &[], limits)?;
    if out.status != wanted_status(test) {
        return Err(format!("go: exit status {}\n{}", out.status, out.both));
    }
    Ok(shown(test, &out))
}

fn compare(test: &Test, args: &Args, actual: &str) -> Result<(), String> {
    if args.bless {
        return fs::write(&test.expected, actual).map_err(|e| e.to_string());
    }
    let expected = String::from_utf8_lossy(&fs::read(&test.expected).unwrap_or_default()).into_owned();
    if expected == actual {
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(expected.as_str(), actual);
    let text = diff.unified_diff().context_radius(2).header("expected", "actual").to_string();
    let text: String = text.chars().take(4000).collect();
    Err(format!("{text}rewrite with: cargo run -p filetest -- --bless {}", test.path.display()))
}
