//! The stages in order. Every function here takes values and returns values; `command.rs` does the rest.

use crate::cli::CompileFlags;
use crate::constraint::BuildContext;
use crate::load::{self, Program, Root};
use source::Diagnostics;
use std::time::{Duration, Instant};

/// Why there is no executable.
pub enum Failure {
    /// The user's program is wrong.
    User(Diagnostics),
    /// A fault of ours: names function and pass.
    Internal(String),
}

/// A parsed and checked program.
pub struct Checked {
    pub program: Program,
    pub types: types::Context,
    pub packages: Vec<types::PackageId>,
    /// Type errors of all packages.
    pub diagnostics: Diagnostics,
}

#[derive(Default)]
pub struct Timing {
    pub stages: Vec<(&'static str, Duration)>,
}

impl Timing {
    pub fn run<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.stages.push((stage, start.elapsed()));
        result
    }
}

/// Forms asked for by `--emit`, as text.
#[derive(Default)]
pub struct Emitted {
    pub forms: Vec<(&'static str, String)>,
}

/// Loads, parses and checks. Checking stops at syntax errors, as gc does.
pub fn check(root: &Root, cx: &BuildContext, timing: &mut Timing) -> Checked {
    let program = timing.run("load, parse", || load::load(root, cx));
    let types = types::Context::new();
    let mut packages: Vec<types::PackageId> = Vec::new();
    let mut diagnostics = Diagnostics::default();
    if !program.cannot_check() {
        timing.run("types", || {
            let mut by_path = rustc_hash::FxHashMap::default();
            for package in &program.packages {
                let config = types::Config { version: (1, package.go_minor), is_std: package.is_std, ..types::Config::default() };
                let (id, found) = types::check_package(&types, &package.path, &package.files, &|path: &str| by_path.get(path).copied(), &config);
                by_path.insert(package.path.clone(), id);
                packages.push(id);
                diagnostics.list.extend(found.list);
            }
        });
    }
    Checked { program, types, packages, diagnostics }
}

/// A checked program without errors to the executable's bytes.
///
/// # Errors
/// What `lower` does not support yet, with positions; internal errors.
pub fn compile(_: &Checked, _: &CompileFlags, _: &mut Timing, _: &mut Emitted) -> Result<Vec<u8>, Failure> {
    Err(Failure::Internal("code generation is not connected yet".into()))
}
