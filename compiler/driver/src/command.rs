//! What each command does: exit codes and messages of the go command.

use crate::cli::{BuildArgs, CheckArgs, CompileFlags, RunArgs};
use crate::constraint::BuildContext;
use crate::load::{self, Root};
use crate::pipeline::{self, Checked, Emitted, Failure, Timing};
use crate::report;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};

fn fail(text: impl std::fmt::Display) -> i32 {
    eprintln!("{text}");
    1
}

fn context(tags: &[String]) -> BuildContext {
    let mut cx = BuildContext::host();
    if let Ok(os) = std::env::var("GOOS") {
        cx.goos = os;
    }
    if let Ok(arch) = std::env::var("GOARCH") {
        cx.goarch = arch;
    }
    cx.tags = tags.to_vec();
    cx
}

/// Prints errors of loading and checking; true if there were any.
fn report(checked: &Checked, limit: Option<usize>) -> bool {
    let program = &checked.program;
    for message in &program.messages {
        eprintln!("{message}");
    }
    let mut all = program.syntax.clone();
    if limit.is_some() {
        // The go command's own errors come without the package's header.
        let imports = source::Diagnostics { list: program.import_errors.clone() };
        eprint!("{}", report::loading(&program.sources, &imports));
        if !imports.list.is_empty() {
            return true;
        }
        all.list.extend(checked.diagnostics.list.iter().cloned());
    } else {
        all.list.extend(report::with_import_errors(&checked.diagnostics, &program.import_errors));
        if !all.has_errors() {
            all.list.extend(program.import_errors.iter().cloned());
        }
    }
    if !all.list.is_empty() {
        if limit.is_some()
            && let Some(root) = program.packages.last()
        {
            eprintln!("# {}", root.path);
        }
        eprint!("{}", report::render(&program.sources, &all, limit, report::show_source()));
        // Packages of a tree may use what only the tree's other packages have.
        let in_tree =
            |tree: &PathBuf| all.list.iter().any(|d| !d.pos.is_none() && Path::new(&*program.sources.file(d.pos.file).path).starts_with(tree));
        if program.mixed_with.as_ref().is_some_and(in_tree) {
            eprintln!("Packages of GOROOT do not fit gorc's own here: -std=goroot takes all of them from there");
        }
    }
    !program.messages.is_empty() || all.has_errors()
}

/// The target and the library of a build.
///
/// # Errors
/// The exit status, if they are not what we can build; said why.
pub fn std_context(flags: &CompileFlags) -> Result<BuildContext, i32> {
    let mut cx = context(&flags.tags);
    cx.std = crate::goroot::StdSource::from_environment(flags.std.as_deref()).map_err(fail)?;
    if (cx.goos.as_str(), cx.goarch.as_str()) != ("linux", "amd64") {
        let known = cx.goos == "linux" && cx.goarch == "arm64";
        return Err(if known {
            fail("not supported yet: building for linux/arm64")
        } else {
            fail(format!("unsupported GOOS/GOARCH pair {}/{}", cx.goos, cx.goarch))
        });
    }
    Ok(cx)
}

/// The executable's bytes and the name of its package's last path element, or an exit status.
fn compile(root: &Root, flags: &CompileFlags) -> Result<(Vec<u8>, Checked), i32> {
    let cx = std_context(flags)?;
    let mut timing = Timing::default();
    let mut emitted = Emitted::default();
    let mut checked = pipeline::check(root, &cx, &mut timing);
    if report(&checked, Some(report::LIMIT)) {
        return Err(1);
    }
    match crate::embed::resolve(&checked.types, &checked.packages, &checked.program.sources) {
        Ok(embeds) => checked.embeds = embeds,
        Err(errors) => {
            let of_go_command = errors.list.iter().any(|e| e.text.starts_with("pattern "));
            if let Some(root) = checked.program.packages.last().filter(|_| !of_go_command) {
                eprintln!("# {}", root.path);
            }
            let shown = if of_go_command {
                report::loading(&checked.program.sources, &errors)
            } else {
                report::render(&checked.program.sources, &errors, None, report::show_source())
            };
            eprint!("{shown}");
            return Err(1);
        }
    }
    if flags.emit.iter().any(|e| e == "ast") {
        emitted.forms.push(("ast", ast_text(&checked)));
    }
    if checked.program.packages.last().is_some_and(|p| p.name == "main" && !declares_main(p)) {
        // The linker's words, in gc.
        eprintln!(
            "# {}\nruntime.main_main·f: function main is undeclared in the main package",
            checked.program.packages.last().map_or("", |p| &p.path)
        );
        return Err(1);
    }
    if checked.program.packages.last().is_some_and(|p| p.name != "main") {
        write_emitted(&emitted, flags);
        return Ok((Vec::new(), checked));
    }
    let result = pipeline::compile(&checked, flags, &mut timing, &mut emitted);
    write_emitted(&emitted, flags);
    if flags.time {
        timing.print();
    }
    match result {
        Ok(bytes) => Ok((bytes, checked)),
        Err(Failure::User(diagnostics)) => {
            if let Some(root) = checked.program.packages.last() {
                eprintln!("# {}", root.path);
            }
            eprint!("{}", report::render(&checked.program.sources, &diagnostics, Some(report::LIMIT), report::show_source()));
            Err(1)
        }
        Err(Failure::Internal(text)) => {
            eprintln!("internal error: {text}\nThis is a bug of gorc, not of the program.");
            Err(3)
        }
    }
}

fn declares_main(package: &load::LoadedPackage) -> bool {
    package.files.iter().any(|file| {
        file.decls.iter().any(|&decl| match file.ast[decl] {
            syntax::ast::Decl::Func { name, recv, .. } => recv.is_empty() && file.ast.name(name) == source::Symbol::MAIN,
            _ => false,
        })
    })
}

fn ast_text(checked: &Checked) -> String {
    let files = checked.program.packages.iter().filter(|p| !p.is_std).flat_map(|p| &p.files);
    files.map(|f| syntax::print::print_file(f, &checked.program.sources.file(f.id).text)).collect()
}

pub fn write_emitted(emitted: &Emitted, flags: &CompileFlags) {
    for (form, text) in &emitted.forms {
        match &flags.emit_dir {
            Some(dir) if *form != "-m" => {
                let to = dir.join(format!("program.{form}"));
                if let Err(e) = std::fs::create_dir_all(dir).and_then(|()| std::fs::write(&to, text)) {
                    eprintln!("{}: {e}", to.display());
                }
            }
            _ => eprint!("{text}"),
        }
    }
}

pub fn build(args: &BuildArgs) -> i32 {
    let root = match load::root_of(&args.targets) {
        Ok(root) => root,
        Err(e) => return fail(e),
    };
    let (bytes, checked) = match compile(&root, &args.flags) {
        Ok(done) => done,
        Err(status) => return status,
    };
    let is_main = checked.program.packages.last().is_some_and(|p| p.name == "main");
    if !is_main {
        // As go build: a package that is no program is only checked.
        return 0;
    }
    let output = output_path(args.output.as_deref(), &root);
    match write_executable(&output, &bytes) {
        Ok(()) => 0,
        Err(e) => fail(format!("open {}: {}", output.display(), load::io_text(&e))),
    }
}

/// `-o file`, `-o dir/`, or the name of the first file or the directory.
fn output_path(output: Option<&str>, root: &Root) -> PathBuf {
    let name = match root {
        Root::Files(files) => files[0].file_stem().map_or("a".into(), |s| s.to_string_lossy().into_owned()),
        Root::Dir(dir) => {
            let dir = std::path::absolute(dir).unwrap_or_else(|_| dir.clone());
            let dir = dir.canonicalize().unwrap_or(dir);
            dir.file_name().map_or("a".into(), |s| s.to_string_lossy().into_owned())
        }
        Root::Test(tests) => tests.main_path(),
    };
    match output {
        Some(o) if o.ends_with('/') || Path::new(o).is_dir() => Path::new(o).join(name),
        Some(o) => PathBuf::from(o),
        None => PathBuf::from(name),
    }
}

/// Whole or not at all: written beside its place, then renamed.
pub fn write_executable(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if path == Path::new("/dev/null") {
        return Ok(());
    }
    let dir = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".gorc-").tempfile_in(dir)?;
    file.write_all(bytes)?;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o755))?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

pub fn run(args: &RunArgs) -> i32 {
    let n_files = args.args.iter().take_while(|a| a.ends_with(".go")).count();
    let n_targets = if n_files > 0 { n_files } else { 1.min(args.args.len()) };
    if n_targets == 0 {
        return fail("gorc run: no go files listed");
    }
    let root = match load::root_of(&args.args[..n_targets]) {
        Ok(root) => root,
        Err(e) => return fail(e),
    };
    let (bytes, checked) = match compile(&root, &args.flags) {
        Ok(done) => done,
        Err(status) => return status,
    };
    if bytes.is_empty() {
        let path = checked.program.packages.last().map_or(String::new(), |p| p.path.clone());
        return fail(format!("package {path} is not a main package"));
    }
    let dir = match tempfile::Builder::new().prefix("gorc-run").tempdir() {
        Ok(dir) => dir,
        Err(e) => return fail(e),
    };
    let exe = dir.path().join(output_path(None, &root).file_name().unwrap_or("a".as_ref()));
    if let Err(e) = write_executable(&exe, &bytes) {
        return fail(e);
    }
    let status = std::process::Command::new(&exe).arg0(exe.as_os_str()).args(&args.args[n_targets..]).status();
    match status {
        Ok(status) if status.success() => 0,
        Ok(status) => {
            match (status.code(), status.signal()) {
                (Some(code), _) => eprintln!("exit status {code}"),
                (None, Some(signal)) => eprintln!("signal: {signal}"),
                _ => {}
            }
            1
        }
        Err(e) => fail(e),
    }
}

pub fn check(args: &CheckArgs) -> i32 {
    let root = match load::root_of(&args.targets) {
        Ok(root) => root,
        Err(e) => return fail(e),
    };
    let mut cx = BuildContext { check_only: true, ..context(&args.tags) };
    cx.std = match crate::goroot::StdSource::from_environment(args.std.as_deref()) {
        Ok(std) => std,
        Err(e) => return fail(e),
    };
    let checked = pipeline::check(&root, &cx, &mut Timing::default());
    report(&checked, None) as i32
}

pub fn version() -> i32 {
    println!("gorc version {} (go1.27) linux/{}", env!("CARGO_PKG_VERSION"), BuildContext::host().goarch);
    0
}

pub fn env(names: &[String]) -> i32 {
    let cx = context(&[]);
    let value = |name: &str| -> Option<String> {
        Some(match name {
            "GOOS" => cx.goos.clone(),
            "GOARCH" => cx.goarch.clone(),
            "GOHOSTOS" => "linux".into(),
            "GOHOSTARCH" => BuildContext::host().goarch,
            "GOVERSION" => "go1.27.3".into(),
            "CGO_ENABLED" => "0".into(),
            "GOROOT" => std::env::var("GOROOT").unwrap_or_default(),
            "GORC_VERSION" => env!("CARGO_PKG_VERSION").into(),
            _ => return None,
        })
    };
    if names.is_empty() {
        for name in ["CGO_ENABLED", "GOARCH", "GOHOSTARCH", "GOHOSTOS", "GOOS", "GOROOT", "GORC_VERSION", "GOVERSION"] {
            println!("{name}='{}'", value(name).unwrap_or_default());
        }
    }
    for name in names {
        println!("{}", value(name).unwrap_or_default());
    }
    0
}

/// There is no build cache yet: nothing to remove.
pub fn clean(_cache: bool) -> i32 {
    0
}
