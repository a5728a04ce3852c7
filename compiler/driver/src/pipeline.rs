//! The stages in order. Every function here takes values and returns values; `command.rs` does the rest.

use crate::cli::CompileFlags;
use crate::constraint::BuildContext;
use crate::load::{self, Program, Root};
use crate::runtime_archive;
use source::Diagnostics;
use std::sync::Arc;
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
    /// The files of `//go:embed` variables; filled in for what is built.
    pub embeds: rustc_hash::FxHashMap<types::ObjId, lower::Embedded>,
}

#[derive(Default)]
pub struct Timing {
    pub stages: Vec<(&'static str, Duration)>,
}

impl Timing {
    pub fn print(&self) {
        for (stage, time) in &self.stages {
            eprintln!("{stage:12} {:8.1} ms", time.as_secs_f64() * 1e3);
        }
    }

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
    if !program.cannot_check(cx.check_only) {
        timing.run("types", || {
            let mut by_path = rustc_hash::FxHashMap::default();
            for package in &program.packages {
                let config = types::Config {
                    version: (1, package.go_minor),
                    is_std: package.is_std,
                    // Of the library only the declarations matter to who checks a package.
                    ignore_func_bodies: package.is_std && cx.check_only,
                    ..types::Config::default()
                };
                // Files that are only looked at are called by their package's name in messages.
                let own_name = cx.check_only && package.path == "command-line-arguments" && !package.name.is_empty();
                let path = if own_name { &package.name } else { &package.path };
                let import = |path: &str| -> Option<types::PackageId> {
                    let vendored = || by_path.get(&format!("vendor/{path}")).filter(|_| package.is_std);
                    by_path.get(path).or_else(vendored).copied()
                };
                let (id, found) = types::check_package(&types, path, &package.files, &import, &config);
                by_path.insert(package.path.clone(), id);
                packages.push(id);
                // A package of a Go tree that takes the place of one we lack may not fit ours; who only checks a
                // program is not concerned.
                let of_tree = package.is_std && package.files.first().is_some_and(|f| !program.sources.file(f.id).name.starts_with("$GOROOT"));
                if !(of_tree && cx.check_only) {
                    diagnostics.list.extend(found.list);
                }
            }
        });
    }
    Checked { program, types, packages, diagnostics, embeds: Default::default() }
}

/// A checked program without errors to the executable's bytes.
///
/// # Errors
/// What `lower` does not support yet, with positions; internal errors.
pub fn compile(checked: &Checked, flags: &CompileFlags, timing: &mut Timing, emitted: &mut Emitted) -> Result<Vec<u8>, Failure> {
    let wants = |form: &str| flags.emit.iter().any(|e| e == form);
    let files: Vec<&syntax::ast::File> = checked.program.packages.iter().flat_map(|p| &p.files).collect();
    let verify = cfg!(debug_assertions) || std::env::var_os("GORC_VERIFY").is_some();
    let input = lower::Input {
        cx: &checked.types,
        packages: &checked.packages,
        files,
        map: &checked.program.sources,
        embeds: &checked.embeds,
        options: lower::Options { verify },
    };
    let mut module = timing.run("lower", || lower::lower(input)).map_err(Failure::User)?;
    if wants("ir") {
        emitted.forms.push(("ir", functions(&module, flags)));
    }
    let options = opt::Options { optimise: !flags.no_opt, verify };
    let decisions = timing.run("opt", || opt::run(&mut module, options)).map_err(Failure::Internal)?;
    if wants("opt") {
        emitted.forms.push(("opt", functions(&module, flags)));
    }
    if flags.explain {
        emitted.forms.push(("-m", explain(&module, &decisions, checked)));
    }
    let triple: codegen::Triple = "x86_64-unknown-linux-gnu".parse().expect("a known triple");
    let mut options = codegen::Options::new(triple);
    options.verify = verify;
    if flags.no_opt {
        options.opt_level = codegen::OptLevel::None;
    }
    for (form, what) in [("clif", codegen::Emit::Clif), ("asm", codegen::Emit::Asm), ("stackmap", codegen::Emit::StackMap)] {
        if wants(form) {
            let filter = |symbol: &str| flags.emit_func.as_deref().is_none_or(|f| symbol == f);
            emitted.forms.push((form, codegen::emit(&module, &options, what, filter).map_err(|e| Failure::Internal(e.to_string()))?));
        }
    }
    let object = timing.run("codegen", || codegen::compile(&module, &options)).map_err(|e| Failure::Internal(e.to_string()))?;
    let inputs = [
        link::Input { name: "main.o".into(), bytes: Arc::from(object.bytes) },
        link::Input { name: "libruntime.a".into(), bytes: Arc::from(runtime_archive::RUNTIME_X86_64) },
    ];
    let strip = flags.ldflags.as_deref().is_some_and(|f| f.split_whitespace().any(|w| w == "-s"));
    timing.run("link", || link::link(link::Arch::X86_64, &inputs, link::Options { strip })).map_err(|e| Failure::Internal(format!("link: {e}")))
}

fn functions(module: &ir::Module, flags: &CompileFlags) -> String {
    let wanted = |name: &str| flags.emit_func.as_deref().is_none_or(|f| name == f);
    module.funcs.values().filter_map(|d| d.body.as_ref()).filter(|f| wanted(&f.name)).map(|f| ir::print::function(module, f) + "\n").collect()
}

/// `-m`: one line per alloc of the user's packages, sorted by position.
fn explain(module: &ir::Module, decisions: &[opt::escape::Decision], checked: &Checked) -> String {
    let of_user = checked.program.packages.iter().filter(|p| !p.is_std).flat_map(|p| &p.files).map(|f| checked.program.sources.file(f.id));
    let user: rustc_hash::FxHashMap<&str, &str> = of_user.map(|f| (&*f.path, &*f.name)).collect();
    let show = |loc: Option<ir::LocId>| -> Option<(String, u32, u32)> {
        let loc = &module.locs[loc?];
        let name = user.get(module.files[loc.file as usize].as_str())?;
        Some(((*name).to_owned(), loc.line, loc.column))
    };
    let mut lines: Vec<((String, u32, u32), String)> = Vec::new();
    for decision in decisions {
        let Some(at) = show(decision.loc) else { continue };
        let text = match (&decision.heap, decision.implicit) {
            (None, true) => format!("{} does not escape", decision.name),
            // A variable in its frame is the ordinary case, which gc does not mention either.
            (None, false) => continue,
            (Some(reason), implicit) => {
                let what = if implicit { format!("{} escapes to heap", decision.name) } else { format!("moved to heap: {}", decision.name) };
                let by = show(reason.loc).map_or(String::new(), |(f, l, c)| format!(" at {f}:{l}:{c}"));
                format!("{what}: {}{by} (in {})", reason.text, decision.func)
            }
        };
        lines.push((at, text));
    }
    lines.sort();
    lines.dedup();
    lines.into_iter().map(|((file, line, column), text)| format!("{file}:{line}:{column}: {text}\n")).collect()
}
