//! From arguments to parsed packages: which files, which imports, in dependency order.
//!
//! Messages are those of the go command. A package that cannot be loaded does not keep the others from it.

use crate::constraint::BuildContext;
use crate::gomod::{self, Module};
use crate::goroot::{self, Tree};
use crate::stdlib;
use rustc_hash::{FxHashMap, FxHashSet};
use source::{Diagnostic, Diagnostics, Pos, SourceMap, Symbol};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use syntax::ast::{self, Decl, Expr, ExprId};

/// A parsed package.
#[derive(Debug)]
pub struct LoadedPackage {
    /// Import path; `command-line-arguments` for files, else the module path or `main`'s directory.
    pub path: String,
    pub name: String,
    pub files: Vec<ast::File>,
    /// Import paths of its files, sorted, `unsafe` included.
    pub imports: Vec<String>,
    /// Language version 1.N of the module.
    pub go_minor: u32,
    pub is_std: bool,
}

#[derive(Debug, Default)]
pub struct Program {
    pub sources: SourceMap,
    /// Imported packages before those that import them; the root last.
    pub packages: Vec<LoadedPackage>,
    pub syntax: Diagnostics,
    /// Packages that were not found, at their imports.
    pub import_errors: Vec<Diagnostic>,
    /// Errors of loading, without position: `package x: no Go files in ...`.
    pub messages: Vec<String>,
    /// The Go tree, if packages of it are mixed with our own library.
    pub mixed_with: Option<PathBuf>,
}

impl Program {
    pub fn has_errors(&self) -> bool {
        self.syntax.has_errors() || !self.messages.is_empty()
    }

    /// Errors after which there is nothing to check: of loading, and of syntax. With other errors of the parser gc
    /// goes on to types. `check_only`: with packages that are missing too.
    pub fn cannot_check(&self, check_only: bool) -> bool {
        !self.messages.is_empty() || (!self.import_errors.is_empty() && !check_only) || syntax::has_syntax_errors(&self.syntax)
    }
}

/// What the user named.
pub enum Root {
    /// `.go` files of one package.
    Files(Vec<PathBuf>),
    Dir(PathBuf),
    /// A package with its tests and the main package that runs them.
    Test(Box<TestRoot>),
}

/// What `gorc test` compiles.
#[derive(Debug, Default)]
pub struct TestRoot {
    /// Import path of the package under test.
    pub package: String,
    /// Its directory; `None`: it is in gorc.
    pub dir: Option<PathBuf>,
    /// Its files, if they were named one by one.
    pub files: Vec<PathBuf>,
    /// Test files of the package itself.
    pub internal: Vec<TestText>,
    /// Those of `package foo_test`.
    pub external: Vec<TestText>,
    /// The text of the main package.
    pub main: String,
    /// Texts that take the place of files, by absolute path.
    pub rewritten: FxHashMap<String, Arc<[u8]>>,
}

impl TestRoot {
    /// Import path of `package foo_test`.
    fn external_path(&self) -> String {
        format!("{}_test", self.package)
    }

    pub fn main_path(&self) -> String {
        format!("{}.test", self.package)
    }
}

/// A test file.
#[derive(Clone, Debug)]
pub struct TestText {
    /// As messages name it.
    pub name: String,
    pub path: String,
    pub bytes: Arc<[u8]>,
}

impl TestText {
    fn text(&self) -> Text {
        Text { name: self.name.clone(), path: self.path.clone(), bytes: self.bytes.clone(), overlay: false }
    }
}

/// Sorts arguments as the go command does.
///
/// # Errors
/// Mixed files and directories, several directories, a file without `.go`.
pub fn root_of(args: &[String]) -> Result<Root, String> {
    if args.is_empty() {
        return Ok(Root::Dir(PathBuf::from(".")));
    }
    let is_file = |a: &String| a.ends_with(".go");
    if args.iter().all(is_file) {
        return Ok(Root::Files(args.iter().map(PathBuf::from).collect()));
    }
    if args.iter().any(is_file) {
        let other = args.iter().find(|a| !is_file(a)).expect("not all are files");
        return Err(format!("named files must be .go files: {other}"));
    }
    match args {
        [one] if one.contains("...") => Err(format!("pattern {one}: not supported yet: package patterns")),
        [one] => Ok(Root::Dir(PathBuf::from(one))),
        _ => Err("not supported yet: several packages in one command".into()),
    }
}

pub fn load(root: &Root, cx: &BuildContext) -> Program {
    let mut loader = Loader {
        cx,
        program: Program::default(),
        state: FxHashMap::default(),
        stack: Vec::new(),
        module: None,
        tree: None,
        std: FxHashSet::default(),
        tests: None,
    };
    if let Root::Test(tests) = root {
        loader.tests = Some(tests);
    }
    match cx.std.tree() {
        Ok(tree) => loader.tree = tree,
        Err(e) => {
            loader.fail(e);
            return loader.program;
        }
    }
    loader.load_root(root);
    loader.program
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Active,
    Done,
}

struct Loader<'a> {
    cx: &'a BuildContext,
    program: Program,
    state: FxHashMap<String, State>,
    /// Import paths from the root to the current package.
    stack: Vec<String>,
    module: Option<Module>,
    /// The Go tree that packages may come from.
    tree: Option<Tree>,
    /// Packages of the standard library among those that were begun.
    std: FxHashSet<String>,
    /// What is tested, if anything is.
    tests: Option<&'a TestRoot>,
}

/// Where a package of the standard library comes from.
enum StdOrigin {
    Ours(Vec<(String, Arc<[u8]>)>),
    Tree(PathBuf),
}

/// A file to parse: as messages name it, its absolute path, its text.
struct Text {
    name: String,
    path: String,
    bytes: Arc<[u8]>,
    /// Its functions replace those of the package's other files.
    overlay: bool,
}

impl Loader<'_> {
    fn fail(&mut self, text: impl Into<String>) {
        self.program.messages.push(text.into());
    }

    fn load_root(&mut self, root: &Root) {
        let dir = match root {
            Root::Test(tests) => tests.dir.as_deref().unwrap_or(Path::new(".")),
            Root::Files(files) => files[0].parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")),
            Root::Dir(dir) => dir,
        };
        let absolute = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
        match gomod::find(&absolute) {
            Ok(module) => self.module = module,
            Err(e) => return self.fail(e),
        }
        let (path, texts) = match root {
            Root::Test(tests) => {
                let name = "_testmain.go".to_owned();
                (tests.main_path(), vec![Text { name: name.clone(), path: name, bytes: tests.main.as_bytes().into(), overlay: false }])
            }
            Root::Files(files) => {
                let mut texts = Vec::new();
                for file in files {
                    match read(file) {
                        Ok(mut text) => {
                            if self.cx.check_only {
                                // As given, like other tools that look at single files; `build` has the go command's `./`.
                                text.name = file.display().to_string();
                            }
                            texts.push(text);
                        }
                        Err(e) => return self.fail(e),
                    }
                }
                ("command-line-arguments".to_owned(), texts)
            }
            Root::Dir(dir) => {
                let path = match &self.module {
                    Some(m) => module_package(m, &absolute),
                    None => "command-line-arguments".to_owned(),
                };
                match self.read_dir(dir, &path) {
                    Ok(texts) => (path, texts),
                    Err(e) => return self.fail(e),
                }
            }
        };
        let go_minor = self.module.as_ref().and_then(|m| m.go_minor).unwrap_or(crate::constraint::GO_MINOR);
        let explicit = matches!(root, Root::Files(_));
        // The main package of a test is of the newest version.
        let go_minor = if self.tests.is_some() { crate::constraint::GO_MINOR } else { go_minor };
        let cx = self.cx;
        self.load_package(path, texts, cx, go_minor, false, explicit);
        // What every program needs, imported or not.
        if !self.state.contains_key("runtime") {
            self.import("runtime", Pos::NONE);
        }
        // The root stays last.
        if let Some(at) =
            self.program.packages.iter().position(|p| !p.is_std && self.stack.is_empty() && Some(&p.path) == self.root_path(root, &absolute).as_ref())
        {
            let root = self.program.packages.remove(at);
            self.program.packages.push(root);
        }
    }

    fn root_path(&self, root: &Root, dir: &Path) -> Option<String> {
        Some(match (root, &self.module) {
            (Root::Test(tests), _) => tests.main_path(),
            (Root::Dir(_), Some(m)) => module_package(m, dir),
            _ => "command-line-arguments".to_owned(),
        })
    }

    /// The Go files of a directory, by name, tests and excluded names left out.
    fn read_dir(&self, dir: &Path, path: &str) -> Result<Vec<Text>, String> {
        let entries = match std::fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(format!("stat {}: directory not found", dir.display())),
            Err(e) => return Err(format!("open {}: {e}", dir.display())),
        };
        let mut names: Vec<String> = entries.filter_map(|e| e.ok()?.file_name().into_string().ok()).collect();
        names.retain(|n| n.ends_with(".go") && !n.starts_with(['_', '.']));
        names.sort();
        let any = !names.is_empty();
        names.retain(|n| !n.ends_with("_test.go"));
        if names.is_empty() && any && self.tests.is_some_and(|t| t.package == path && !t.internal.is_empty()) {
            return Ok(Vec::new());
        }
        if names.is_empty() {
            let shown = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
            return Err(if any {
                format!("package {path}: no non-test Go files in {}", shown.display())
            } else {
                format!("no Go files in {}", shown.display())
            });
        }
        names.retain(|n| self.cx.name_matches(n));
        names.iter().map(|n| read(&dir.join(n))).collect()
    }

    /// `cx` decides which of the files belong to the package, unless they are named explicitly.
    fn load_package(&mut self, path: String, texts: Vec<Text>, cx: &BuildContext, go_minor: u32, is_std: bool, explicit: bool) {
        self.state.insert(path.clone(), State::Active);
        if is_std {
            self.std.insert(path.clone());
        }
        self.stack.push(path.clone());
        let mut files = Vec::new();
        let mut overlay = Vec::new();
        let mut names: Vec<(String, String)> = Vec::new();
        let tests = self.tests;
        let internal = tests.filter(|t| t.package == path).into_iter().flat_map(|t| t.internal.iter().map(TestText::text));
        let rewritten = |mut text: Text| {
            if let Some(bytes) = tests.and_then(|t| t.rewritten.get(&text.path)) {
                text.bytes = bytes.clone();
            }
            text
        };
        let is_test = (tests.is_some() && path == "testing").then(|| Text {
            name: "testing_binary.go".into(),
            path: "testing_binary.go".into(),
            bytes: b"package testing\n\nfunc isTestBinary() bool { return true }\n"[..].into(),
            overlay: true,
        });
        for text in texts.into_iter().map(rewritten).chain(internal).chain(is_test) {
            let id = self.program.sources.add(&text.name, &text.path, text.bytes.clone());
            let (file, diagnostics, directives) = syntax::parse_file(id, &text.bytes);
            if !explicit && !belongs(cx, &file) {
                continue;
            }
            self.program.sources.set_directives(id, directives);
            if file.package.is_none() && text.bytes.len() < u32::MAX as usize && !self.cx.check_only {
                // What the go command says when it looks for the package clause.
                let (offset, found) = first_token(&text.bytes);
                let pos = Pos { file: id, offset };
                self.program.import_errors.push(Diagnostic::error(pos, format!("expected 'package', found {found}")));
                continue;
            }
            self.program.syntax.list.extend(diagnostics.list);
            if file.package.is_some() {
                names.push((file.ast.name(file.package).to_string(), text.name.clone()));
            }
            if text.overlay {
                overlay.push(files.len());
            }
            files.push(file);
        }
        replace_functions(&mut files, &overlay);
        let name = names.first().map_or(String::new(), |n| n.0.clone());
        if let Some(other) = names.iter().find(|n| n.0 != name) {
            let at = Path::new(&other.1).parent().unwrap_or(Path::new("."));
            let at = std::path::absolute(at).unwrap_or_else(|_| at.to_owned());
            let base = |p: &str| Path::new(p).file_name().map_or(String::new(), |n| n.to_string_lossy().into_owned());
            let text = if explicit {
                format!("named files must all be in one package; have {name} ({}) and {} ({})", base(&names[0].1), other.0, base(&other.1))
            } else {
                format!("found packages {name} ({}) and {} ({}) in {}", base(&names[0].1), other.0, base(&other.1), at.display())
            };
            self.fail(text);
        }
        if files.is_empty() && self.program.import_errors.is_empty() {
            self.fail(format!("package {path}: build constraints exclude all Go files"));
        }
        let mut paths = Vec::new();
        for file in &files {
            for (import, pos) in imports(file) {
                if self.cx.check_only && syntax::check_import_path(&import).is_err() {
                    // The type checker says what is wrong with it.
                    continue;
                }
                if import.is_empty() {
                    self.program.syntax.error(pos, "invalid import path: \"\"".to_owned());
                    continue;
                }
                self.import(&import, pos);
                paths.push(import);
            }
        }
        paths.sort();
        paths.dedup();
        self.stack.pop();
        self.state.insert(path.clone(), State::Done);
        self.program.packages.push(LoadedPackage { path, name, files, imports: paths, go_minor, is_std });
    }

    fn import(&mut self, path: &str, pos: Pos) {
        match self.state.get(path) {
            Some(State::Done) => return,
            Some(State::Active) => {
                // The main package of a test is no one's business.
                let first = usize::from(self.tests.is_some() && self.stack.len() > 1);
                let mut text = format!("package {}", self.stack[first]);
                for p in self.stack[first + 1..].iter().chain([&path.to_owned()]) {
                    text.push_str(&format!("\n\timports {p}"));
                }
                text.push_str(if self.tests.is_some() { ": import cycle not allowed in test" } else { ": import cycle not allowed" });
                return self.fail(text);
            }
            None => {}
        }
        if path == "unsafe" {
            return;
        }
        if path == "C" {
            self.state.insert(path.into(), State::Done);
            return self.program.import_errors.push(Diagnostic::error(pos, "not supported: cgo (import \"C\")"));
        }
        let mut importer = self.stack.last().cloned().unwrap_or_default();
        let mut importer_is_std = self.std.contains(&importer);
        if let Some(tests) = self.tests {
            if importer == tests.main_path() {
                importer_is_std = true;
            }
            if importer == tests.external_path() || importer == tests.main_path() {
                // It may import what the package itself may.
                importer = tests.package.clone();
            }
            if self.import_tested(tests, path) {
                return;
            }
        }
        if let Some(module) = self.module.clone() {
            if let Some(dir) = module_dir(&module, path) {
                if !internal_allowed(path, &importer) {
                    return self.program.import_errors.push(Diagnostic::error(pos, format!("use of internal package {path} not allowed")));
                }
                match self.read_dir(&dir, path) {
                    Ok(texts) => {
                        let cx = self.cx;
                        self.load_package(path.to_owned(), texts, cx, module.go_minor.unwrap_or(crate::constraint::GO_MINOR), false, false);
                    }
                    Err(e) => {
                        self.state.insert(path.into(), State::Done);
                        let e = if dir.is_dir() { e } else { format!("package {path} is not in std ($GOROOT/src/{path})") };
                        self.program.import_errors.push(Diagnostic::error(pos, e));
                    }
                }
                return;
            }
        }
        if importer_is_std && path.split('/').next().is_some_and(|first| first.contains('.')) {
            // What the library itself takes from elsewhere is in its tree.
            let vendored = format!("vendor/{path}");
            match self.state.get(&vendored) {
                Some(_) => return,
                None => return self.import_std(&vendored, path, pos, true),
            }
        }
        self.import_std(path, path, pos, importer_is_std);
    }

    /// Imports what only a test has: `package foo_test`, and a package of named files or outside of modules.
    fn import_tested(&mut self, tests: &TestRoot, path: &str) -> bool {
        let go_minor = self.module.as_ref().and_then(|m| m.go_minor).unwrap_or(crate::constraint::GO_MINOR);
        if path == tests.external_path() && !tests.external.is_empty() {
            let is_std = self.std.contains(&tests.package);
            let cx = selection(&tests.package, is_std, self.cx);
            let texts = tests.external.iter().map(TestText::text).collect();
            let go_minor = if is_std { cx.minor } else { go_minor };
            self.load_package(path.to_owned(), texts, &cx, go_minor, is_std, !tests.files.is_empty());
            return true;
        }
        if path != tests.package || path != "command-line-arguments" {
            return false;
        }
        let texts: Result<Vec<Text>, String> = match &tests.dir {
            Some(dir) if tests.files.is_empty() => self.read_dir(dir, path),
            _ => tests.files.iter().filter(|f| !f.to_string_lossy().ends_with("_test.go")).map(|f| read(f)).collect(),
        };
        match texts {
            Ok(texts) => {
                let cx = self.cx;
                self.load_package(path.to_owned(), texts, cx, go_minor, false, !tests.files.is_empty());
            }
            Err(e) => self.fail(e),
        }
        true
    }

    fn std_origin(&self, path: &str) -> Option<StdOrigin> {
        let from_tree = || self.tree.as_ref()?.package_dir(path).map(StdOrigin::Tree);
        let ours = || stdlib::package(path).map(StdOrigin::Ours);
        match self.cx.std.prefer_tree && !goroot::is_low_level(path) {
            true => from_tree().or_else(ours),
            false => ours().or_else(from_tree),
        }
    }

    /// Loads a package of the standard library, or says that there is none. `shown` is the path as imported.
    fn import_std(&mut self, path: &str, shown: &str, pos: Pos, importer_is_std: bool) {
        let origin = self.std_origin(path);
        let hidden = path.split('/').any(|p| p == "internal" || p == "vendor");
        if origin.is_some() && !importer_is_std && !pos.is_none() && hidden {
            self.state.insert(path.into(), State::Done);
            return self.program.import_errors.push(Diagnostic::error(pos, format!("use of internal package {path} not allowed")));
        }
        match origin {
            Some(StdOrigin::Ours(files)) => {
                let cx = self.cx;
                let text = |(name, bytes): (String, Arc<[u8]>)| {
                    let shown = stdlib::display_path(path, &name);
                    Text { name: shown.clone(), path: shown, bytes, overlay: false }
                };
                let texts = files.into_iter().filter(|(name, _)| cx.name_matches(name)).map(text).collect();
                self.load_package(path.to_owned(), texts, cx, crate::constraint::GO_MINOR, true, false);
            }
            Some(StdOrigin::Tree(dir)) => {
                let Some(tree) = &self.tree else { return };
                let (cx, minor) = (tree.selection(path, self.cx), tree.minor());
                if !self.cx.std.prefer_tree {
                    self.program.mixed_with = Some(tree.source_dir());
                }
                let files = match goroot::files(&dir) {
                    Ok(files) => files,
                    Err(e) => return self.fail(format!("open {}: {}", dir.display(), io_text(&e))),
                };
                let mut texts: Vec<Text> = files
                    .into_iter()
                    .filter(|(name, _)| cx.name_matches(name))
                    .map(|(name, bytes)| {
                        let path = dir.join(name).display().to_string();
                        Text { name: path.clone(), path, bytes, overlay: false }
                    })
                    .collect();
                texts.extend(stdlib::overlay(path).into_iter().map(|(name, bytes)| {
                    let shown = stdlib::display_path(path, &name);
                    Text { name: shown.clone(), path: shown, bytes, overlay: true }
                }));
                self.load_package(path.to_owned(), texts, &cx, minor, true, false);
            }
            None => {
                self.state.insert(path.into(), State::Done);
                let path = shown;
                let has_domain = path.split('/').next().is_some_and(|first| first.contains('.'));
                let text = if path.starts_with("./") || path.starts_with("../") {
                    format!("\"{path}\" is relative, but relative import paths are not supported in module mode")
                } else if has_domain {
                    format!("no required module provides package {path}; to add it:\n\tgo get {path}")
                } else {
                    not_in_std(path)
                };
                self.program.import_errors.push(Diagnostic::error(pos, text));
            }
        }
    }
}

/// How the files of a package are chosen.
pub fn selection(path: &str, is_std: bool, cx: &BuildContext) -> BuildContext {
    match (is_std, cx.std.tree()) {
        (true, Ok(Some(tree))) if matches!(std_directory(path, cx), Some(Some(_))) => tree.selection(path, cx),
        _ => cx.clone(),
    }
}

/// The directory of a package of the standard library; `Some(None)`: it is in gorc; `None`: there is none.
pub fn std_directory(path: &str, cx: &BuildContext) -> Option<Option<PathBuf>> {
    let from_tree = || cx.std.tree().ok()??.package_dir(path);
    let ours = || stdlib::package(path).is_some();
    if cx.std.prefer_tree && !goroot::is_low_level(path) {
        return from_tree().map(Some).or_else(|| ours().then_some(None));
    }
    if ours() { Some(None) } else { from_tree().map(Some) }
}

/// # Errors
/// A file that cannot be read.
pub fn test_text(file: &Path) -> Result<TestText, String> {
    read(file).map(|t| TestText { name: t.name, path: t.path, bytes: t.bytes })
}

/// The tests of a package of our own library, and the directory they run in, if there is one: those of the Go tree
/// that GOROOT names, else our own.
///
/// # Errors
/// A file that cannot be read.
pub fn library_tests(path: &str, cx: &BuildContext) -> Result<(Vec<TestText>, Option<PathBuf>), String> {
    if let Some(dir) = cx.std.tree()?.and_then(|tree| tree.package_dir(path)) {
        let entries = std::fs::read_dir(&dir).map_err(|e| format!("open {}: {}", dir.display(), io_text(&e)))?;
        let mut names: Vec<String> = entries.filter_map(|e| e.ok()?.file_name().into_string().ok()).collect();
        names.retain(|n| n.ends_with("_test.go") && !n.starts_with(['_', '.']));
        names.sort();
        if !names.is_empty() {
            let texts: Result<Vec<TestText>, String> = names.iter().map(|n| test_text(&dir.join(n))).collect();
            return Ok((texts?, Some(dir)));
        }
    }
    let text = |(name, bytes): (String, Arc<[u8]>)| {
        let shown = stdlib::display_path(path, &name);
        TestText { name: shown.clone(), path: shown, bytes }
    };
    Ok((stdlib::tests(path).into_iter().map(text).collect(), None))
}

/// Does the file belong to the build?
pub fn belongs(cx: &BuildContext, file: &ast::File) -> bool {
    constraint_holds(cx, file) && !imports(file).iter().any(|(p, _)| p == "C")
}

fn constraint_holds(cx: &BuildContext, file: &ast::File) -> bool {
    match file.build_constraint {
        Some(text) => syntax::eval_build_constraint(text.as_str(), &|tag| cx.has_tag(tag)).unwrap_or(false),
        None => true,
    }
}

/// gc's message, and for a package that Go has and we do not, how to get it.
fn not_in_std(path: &str) -> String {
    let mut text = format!("package {path} is not in std ($GOROOT/src/{path})");
    if goroot::is_public_package(path) {
        text.push_str("\n\tgorc's own library does not have it yet: set GOROOT to a Go 1.26 or 1.27 tree to take it from there");
    }
    text
}

/// Functions and methods of the overlay files take the place of those with their names in the other files. The
/// replaced ones stay as blank functions, so that the imports and declarations they use are used.
fn replace_functions(files: &mut [ast::File], overlay: &[usize]) {
    if overlay.is_empty() {
        return;
    }
    let ours: FxHashSet<(Symbol, Symbol)> = overlay.iter().flat_map(|&n| functions(&files[n])).map(|(key, _)| key).collect();
    for (n, file) in files.iter_mut().enumerate() {
        if !overlay.contains(&n) {
            for (_, ident) in functions(file).into_iter().filter(|(key, _)| ours.contains(key)) {
                file.ast.idents[ident.index()].name = Symbol::BLANK;
            }
        }
    }
}

/// Receiver's type name (empty for functions) and name of the functions of a file, `init` left out.
fn functions(file: &ast::File) -> Vec<((Symbol, Symbol), ast::IdentId)> {
    let mut all = Vec::new();
    for &decl in &file.decls {
        if let Decl::Func { name, recv, .. } = file.ast[decl]
            && name.is_some()
            && file.ast.name(name) != Symbol::INIT
        {
            let recv = file.ast.list(recv).next().map_or(Symbol::EMPTY, |field| type_name(file, file.ast[field].ty));
            all.push(((recv, file.ast.name(name)), name));
        }
    }
    all
}

/// T of `T`, `*T`, `T[A, B]`, `*T[A]`.
fn type_name(file: &ast::File, ty: ExprId) -> Symbol {
    match file.ast[ty] {
        Expr::Name(ident) => file.ast.name(ident),
        Expr::Star(x) => type_name(file, x),
        Expr::Index { operand: x, .. } => type_name(file, x),
        Expr::Paren(x) => type_name(file, x),
        _ => Symbol::EMPTY,
    }
}

/// `a/internal/b` may be imported from `a` and below.
fn internal_allowed(path: &str, importer: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.iter().rposition(|p| *p == "internal") {
        Some(at) => {
            let root = parts[..at].join("/");
            importer == root || importer.starts_with(&format!("{root}/")) || root.is_empty()
        }
        None => true,
    }
}

/// The import path of a directory in a module.
pub fn module_package(module: &Module, dir: &Path) -> String {
    match dir.strip_prefix(&module.root) {
        Ok(rest) => {
            let rest: Vec<_> = rest
                .components()
                .filter(|c| matches!(c, std::path::Component::Normal(_)))
                .map(|c| c.as_os_str().to_string_lossy().into_owned())
                .collect();
            [vec![module.path.clone()], rest].concat().join("/")
        }
        Err(_) => module.path.clone(),
    }
}

/// The directory of an import path, if it is in the module.
pub fn module_dir(module: &Module, path: &str) -> Option<PathBuf> {
    if path == module.path {
        return Some(module.root.clone());
    }
    path.strip_prefix(&module.path)?.strip_prefix('/').map(|rest| module.root.join(rest))
}

/// A path as messages show it: relative where it is below the working directory.
pub fn shown_path(path: &Path) -> PathBuf {
    let below = |here: PathBuf| path.strip_prefix(&here).ok().map(Path::to_owned);
    match std::env::current_dir().ok().filter(|_| path.is_absolute()).and_then(below) {
        Some(rest) if rest.as_os_str().is_empty() => PathBuf::from("."),
        Some(rest) => rest,
        None => path.to_owned(),
    }
}

fn read(file: &Path) -> Result<Text, String> {
    let bytes = std::fs::read(file).map_err(|e| format!("open {}: {}", file.display(), io_text(&e)))?;
    if bytes.len() > u32::MAX as usize / 2 {
        return Err(format!("{}: file too large", file.display()));
    }
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let shown = shown_path(file);
    let file = shown.as_path();
    let name = match file.is_absolute() {
        true => file.display().to_string(),
        false if file.components().filter(|c| matches!(c, std::path::Component::Normal(_))).count() == 1 && !file.starts_with("..") => {
            format!("./{}", file.strip_prefix("./").unwrap_or(file).display())
        }
        false => file.strip_prefix("./").unwrap_or(file).display().to_string(),
    };
    Ok(Text { name, path: absolute.display().to_string(), bytes: bytes.into(), overlay: false })
}

/// Import paths of a file with the position of the name, or else of the path: where the go command reports it.
fn imports(file: &ast::File) -> Vec<(String, Pos)> {
    let mut all = Vec::new();
    for &decl in &file.decls {
        if let Decl::Import { path, name, .. } = file.ast[decl]
            && path.is_some()
            && let Expr::Lit { text, .. } = file.ast[path]
            && !(file.has_lexical_errors && syntax::is_malformed_literal(text.as_str()))
        {
            let bytes = syntax::literal::unquote_string(text.as_str());
            let pos = name.get().map_or(file.expr_pos(path), |name| file.ident_pos(name));
            all.push((String::from_utf8_lossy(&bytes).into_owned(), pos));
        }
    }
    all
}

/// An error of the system in Go's words.
pub fn io_text(e: &std::io::Error) -> String {
    match e.kind() {
        std::io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        std::io::ErrorKind::IsADirectory => "is a directory".to_owned(),
        _ => e.to_string(),
    }
}

/// Offset and text of the first token, as go/parser quotes it.
fn first_token(text: &[u8]) -> (u32, String) {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        if rest.first().is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        } else if rest.starts_with(b"//") {
            at += rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
        } else if rest.starts_with(b"/*") {
            at += rest.windows(2).position(|w| w == b"*/").map_or(rest.len(), |n| n + 2);
        } else {
            break;
        }
    }
    let rest = &text[at..];
    let word = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let found = match rest.first() {
        None => "'EOF'".to_owned(),
        Some(_) if word > 0 => String::from_utf8_lossy(&rest[..word]).into_owned(),
        Some(&b) if b.is_ascii() => format!("'{}'", b as char),
        Some(_) => "'ILLEGAL'".to_owned(),
    };
    // go/parser puts the end of an empty file on its first byte.
    (if found == "'EOF'" { at.min(text.len()) as u32 } else { at as u32 }, found)
}
