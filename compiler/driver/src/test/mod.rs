//! `gorc test`: for each package a program of the package, its test files and a main package made here, which is run.
//!
//! In: the words after `test`. Out: what `go test` prints, and its exit status. [`flags`] sorts the words, [`packages`]
//! finds the packages, [`discover`] the tests in their files, [`main_package`] writes the main package, [`run`] runs
//! programs. The order of results is that of the package list, whatever is ready first.
//!
//! As every program is compiled from all its sources, a package that imports the package under test sees the variant
//! with the test files without further ado. There is no cache of results.

mod cover;
mod discover;
mod flags;
mod json;
mod main_package;
mod packages;
mod run;

use crate::command;
use crate::constraint::BuildContext;
use crate::load::{Root, TestRoot};
use crate::pipeline::{self, Checked, Emitted, Failure, Timing};
use crate::report;
use flags::Flags;
use packages::Package;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The words after `gorc test` to an exit status.
pub fn test(args: &[String]) -> i32 {
    let flags = match flags::parse(args) {
        Ok(flags) => flags,
        Err(e) => {
            eprintln!("{e}\nusage: gorc test [build/test flags] [packages] [build/test flags & test binary flags]");
            return 2;
        }
    };
    if let Some(dir) = &flags.chdir
        && let Err(e) = std::env::set_current_dir(dir)
    {
        eprintln!("go: chdir {dir}: {}", crate::load::io_text(&e));
        return 1;
    }
    let cx = match command::std_context(&flags.compile) {
        Ok(cx) => cx,
        Err(status) => return status,
    };
    let (packages, mut failed) = match packages::find(&flags.packages, &cx) {
        Ok(found) => (found, false),
        Err(e) => {
            eprintln!("{e}");
            return 1;
        }
    };
    if packages.is_empty() {
        return 1;
    }
    if let Some(e) = flags.wrong_use(packages.len()) {
        eprintln!("{e}");
        return 1;
    }
    if let (Some(mode), Some(profile), false) = (&flags.cover, &flags.cover_profile, flags.compile_only) {
        let path = flags.in_output_dir(profile);
        if let Err(e) = std::fs::write(&path, format!("mode: {mode}\n")) {
            eprintln!("open {}: {}", path.display(), crate::load::io_text(&e));
            return 1;
        }
    }
    let mut session = Session { cx, flags, several: packages.len() > 1 };
    // Packages that cannot even be set up come first, as in the go command, which looks at all before it builds any.
    let prepared: Vec<(Package, Prepared)> = packages
        .into_iter()
        .map(|package| {
            let prepared = session.prepare(&package);
            (package, prepared)
        })
        .collect();
    for (package, prepared) in &prepared {
        if let Prepared::Setup(text) = prepared {
            eprint!("# {}\n{text}", package.shown);
        }
    }
    let is_setup = |p: &Prepared| matches!(p, Prepared::Setup(_));
    let (setup, rest): (Vec<_>, Vec<_>) = prepared.into_iter().partition(|(_, prepared)| is_setup(prepared));
    for (package, prepared) in setup.into_iter().chain(rest) {
        failed |= !session.one(&package, prepared);
    }
    if failed && !session.flags.packages.is_empty() && session.flags.json.is_none() && !session.flags.compile_only {
        println!("FAIL");
    }
    i32::from(failed)
}

struct Session {
    cx: BuildContext,
    flags: Flags,
    several: bool,
}

/// What is known of a package before it is compiled.
enum Prepared {
    /// It cannot be loaded; the reason.
    Setup(String),
    NoTests,
    Ready(Box<discover::Found>),
}

impl Session {
    fn prepare(&self, package: &Package) -> Prepared {
        if let Some(e) = &package.error {
            return Prepared::Setup(format!("{e}\n"));
        }
        match discover::discover(package, &self.cx) {
            Ok(found) if found.internal.is_empty() && found.external.is_empty() => Prepared::NoTests,
            Ok(found) => Prepared::Ready(Box::new(found)),
            Err(text) => Prepared::Setup(text),
        }
    }

    /// Builds and runs the tests of one package. False: failed.
    fn one(&mut self, package: &Package, prepared: Prepared) -> bool {
        let mut out = run::Reporter::new(&self.flags, &package.shown);
        let found = match prepared {
            Prepared::Setup(_) => {
                out.start();
                out.failed_build(&format!("FAIL\t{} [setup failed]\n", package.shown));
                return false;
            }
            Prepared::NoTests => {
                out.start();
                if self.flags.compile_only {
                    eprintln!("?   \t{}\t[no test files]", package.shown);
                } else if self.flags.cover.is_some() {
                    return self.uncovered(package, &mut out);
                } else {
                    out.no_tests(&format!("?   \t{}\t[no test files]\n", package.shown));
                }
                return true;
            }
            Prepared::Ready(found) => found,
        };
        let program = self.compile(package, &found);
        if let Err(error) = &program {
            out.build_errors(&error.text);
        }
        out.start();
        let program = match program {
            Ok(program) => program,
            Err(BuildError { setup, .. }) => {
                if !self.flags.compile_only {
                    let what = if setup { "setup failed" } else { "build failed" };
                    out.failed_build(&format!("FAIL\t{} [{what}]\n", package.shown));
                }
                return false;
            }
        };
        match self.finish(package, found.dir.as_deref(), &program, &mut out) {
            Ok(passed) => passed,
            Err(e) => {
                eprintln!("{e}");
                out.failed_build(&format!("FAIL\t{} [build failed]\n", package.shown));
                false
            }
        }
    }

    /// A package without tests under -cover: nothing of it was run.
    fn uncovered(&self, package: &Package, out: &mut run::Reporter<'_>) -> bool {
        let covered = cover::instrument(package, &self.cx, "set").unwrap_or_default();
        if let Some(profile) = &self.flags.cover_profile {
            let path = self.flags.in_output_dir(profile);
            let appended = std::fs::OpenOptions::new().append(true).open(&path).and_then(|mut all| all.write_all(covered.profile.as_bytes()));
            if let Err(e) = appended {
                eprintln!("open {}: {}", path.display(), crate::load::io_text(&e));
                return false;
            }
        }
        let what = if covered.in_package { "coverage: 0.0% of statements" } else { "coverage: [no statements]" };
        out.no_tests(&format!("\t{}\t\t{what}\n", package.shown));
        true
    }

    /// Writes the program where it is wanted, and runs it unless -c is given.
    fn finish(&self, package: &Package, tests: Option<&Path>, program: &[u8], out: &mut run::Reporter<'_>) -> Result<bool, String> {
        let name = format!("{}.test", package.last_element());
        let written = |path: &Path, result: std::io::Result<()>| result.map_err(|e| format!("open {}: {}", path.display(), crate::load::io_text(&e)));
        if let Some(path) = self.kept(&name) {
            written(&path, command::write_executable(&path, program))?;
        }
        if self.flags.compile_only {
            return Ok(true);
        }
        let dir = tempfile::Builder::new().prefix("gorc-test").tempdir().map_err(|e| e.to_string())?;
        let exe = dir.path().join(&name);
        written(&exe, command::write_executable(&exe, program))?;
        let cwd = match tests.or(package.dir.as_deref()) {
            Some(dir) => dir.to_owned(),
            // A package that exists only inside of gorc.
            None => dir.path().to_owned(),
        };
        Ok(run::run(&self.flags, package, &exe, &cwd, self.several, out))
    }

    /// Where the program is to stay: -c, -o, or a flag that makes a profile.
    fn kept(&self, name: &str) -> Option<PathBuf> {
        match &self.flags.output {
            Some(o) if o.ends_with('/') || Path::new(o).is_dir() => {
                let _ = std::fs::create_dir_all(o);
                Some(Path::new(o).join(name))
            }
            Some(o) => Some(PathBuf::from(o)),
            None if self.flags.compile_only || self.flags.profiles => Some(PathBuf::from(name)),
            None => None,
        }
    }

    fn compile(&self, package: &Package, found: &discover::Found) -> Result<Vec<u8>, BuildError> {
        let build = |text: String| BuildError { text, setup: false };
        let mut root = TestRoot {
            package: package.path.clone(),
            dir: package.dir.clone(),
            files: package.files.clone(),
            internal: found.internal.iter().map(|f| f.text.clone()).collect(),
            external: found.external.iter().map(|f| f.text.clone()).collect(),
            main: String::new(),
            rewritten: Default::default(),
        };
        let mut covered = cover::Covered::default();
        if let Some(mode) = &self.flags.cover {
            covered = cover::instrument(package, &self.cx, mode).map_err(build)?;
            root.rewritten = std::mem::take(&mut covered.files);
        }
        root.main = main_package::text(package, found, &covered);
        let root = Root::Test(Box::new(root));
        let mut timing = Timing::default();
        let mut checked = pipeline::check(&root, &self.cx, &mut timing);
        if let Some(error) = errors(&checked, package) {
            return Err(error);
        }
        match crate::embed::resolve(&checked.types, &checked.packages, &checked.program.sources) {
            Ok(embeds) => checked.embeds = embeds,
            Err(errors) => {
                let text = report::render(&checked.program.sources, &errors, None, report::show_source());
                return Err(build(format!("# {} [{}.test]\n{text}", package.path, package.path)));
            }
        }
        let mut emitted = Emitted::default();
        let result = pipeline::compile(&checked, &self.flags.compile, &mut timing, &mut emitted);
        command::write_emitted(&emitted, &self.flags.compile);
        if self.flags.compile.time {
            timing.print();
        }
        result.map_err(|failure| match failure {
            Failure::User(diagnostics) => {
                let text = report::render(&checked.program.sources, &diagnostics, Some(report::LIMIT), report::show_source());
                build(format!("# {} [{}.test]\n{text}", package.path, package.path))
            }
            Failure::Internal(text) => build(format!("internal error: {text}\nThis is a bug of gorc, not of the program.\n")),
        })
    }
}

struct BuildError {
    text: String,
    /// Found before any package was compiled.
    setup: bool,
}

/// The errors of loading and checking, under the name of the package they are in.
fn errors(checked: &Checked, package: &Package) -> Option<BuildError> {
    let program = &checked.program;
    let show = report::show_source();
    if !program.messages.is_empty() || !program.import_errors.is_empty() {
        let mut text = format!("# {}\n", package.shown);
        for message in &program.messages {
            let _ = writeln!(text, "{message}");
        }
        let imports = source::Diagnostics { list: program.import_errors.clone() };
        text.push_str(&report::render(&program.sources, &imports, None, show));
        return Some(BuildError { text, setup: true });
    }
    let setup = syntax::has_syntax_errors(&program.syntax);
    let mut text = String::new();
    let mut failed: Vec<&str> = Vec::new();
    for each in &program.packages {
        let of_package = |d: &&source::Diagnostic| each.files.iter().any(|f| f.id == d.pos.file);
        let mut list: Vec<source::Diagnostic> = program.syntax.list.iter().filter(of_package).cloned().collect();
        list.extend(checked.diagnostics.list.iter().filter(of_package).cloned());
        if list.is_empty() {
            continue;
        }
        // What follows from errors in an imported package is not shown.
        if !each.imports.iter().any(|i| failed.contains(&i.as_str())) {
            let variant = match !setup && each.path.strip_suffix("_test").unwrap_or(&each.path) == package.path {
                true => format!(" [{}.test]", package.path),
                false => String::new(),
            };
            let _ = writeln!(text, "# {}{variant}", each.path);
            text.push_str(&report::render(&program.sources, &source::Diagnostics { list }, Some(report::LIMIT), show));
        }
        failed.push(&each.path);
    }
    let mut all = program.syntax.clone();
    all.list.extend(checked.diagnostics.list.iter().cloned());
    if text.is_empty() && all.has_errors() {
        text = report::render(&program.sources, &all, Some(report::LIMIT), show);
    }
    all.has_errors().then_some(BuildError { text, setup })
}
