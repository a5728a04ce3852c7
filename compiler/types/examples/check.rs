//! Checks Go files or packages and prints the errors as gc does: to try the checker without the driver.
//!
//! usage: check [--root DIR]... [--lang go1.N] [--testing] [--verify] FILE.go... | DIR | import/path...
//!
//! Imports are looked for below each root (`DIR/fmt`, `DIR/vendor/fmt`), in order.

use rustc_hash::FxHashMap;
use source::{Diagnostics, SourceMap};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use types::{Config, Context, PackageId, TypeId, check_package};

struct Loader {
    cx: Context,
    map: RefCell<SourceMap>,
    roots: Vec<PathBuf>,
    loaded: RefCell<FxHashMap<String, Option<PackageId>>>,
    errors: RefCell<Diagnostics>,
    lang: (u32, u32),
    testing: bool,
    verify: bool,
    /// Path and directory of the module of the target.
    module: Option<(String, PathBuf)>,
}

fn tag(name: &str) -> bool {
    matches!(name, "linux" | "amd64" | "unix" | "gc" | "purego" | "noasm")
        || name.strip_prefix("go1.").and_then(|n| n.parse::<u32>().ok()).is_some_and(|n| n <= 27)
        || name.starts_with("goexperiment.")
            && ["regabiwrappers", "regabiargs", "greenteagc", "jsonv2", "dwarf5", "randomizedheapbase64", "sizespecializedmalloc"]
                .iter()
                .any(|e| name.ends_with(e))
}

fn selected(name: &str, text: &[u8]) -> bool {
    if !name.ends_with(".go") || name.ends_with("_test.go") || name.starts_with(['_', '.']) {
        return false;
    }
    let stem = name.trim_end_matches(".go");
    let parts: Vec<&str> = stem.split('_').collect();
    const OSES: &[&str] = &[
        "aix",
        "android",
        "darwin",
        "dragonfly",
        "freebsd",
        "illumos",
        "ios",
        "js",
        "linux",
        "netbsd",
        "openbsd",
        "plan9",
        "solaris",
        "wasip1",
        "windows",
    ];
    const ARCHES: &[&str] =
        &["386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64", "ppc64le", "riscv64", "s390x", "wasm"];
    let n = parts.len();
    if n >= 2 {
        let last = parts[n - 1];
        if ARCHES.contains(&last) && last != "amd64" || OSES.contains(&last) && last != "linux" {
            return false;
        }
        if n >= 3 && ARCHES.contains(&last) && OSES.contains(&parts[n - 2]) && parts[n - 2] != "linux" {
            return false;
        }
    }
    match syntax::build_constraint(text) {
        Some(expr) => syntax::eval_build_constraint(expr, &tag).unwrap_or(true),
        None => true,
    }
}

impl Loader {
    fn import(&self, path: &str) -> Option<PackageId> {
        if let Some(&known) = self.loaded.borrow().get(path) {
            return known;
        }
        let in_module = self.module.as_ref().and_then(|(name, dir)| Some(dir.join(path.strip_prefix(name.as_str())?.strip_prefix('/')?)));
        for root in &self.roots {
            for dir in in_module.clone().into_iter().chain([root.join(path), root.join("vendor").join(path)]) {
                let files = go_files(&dir);
                if !files.is_empty() {
                    self.loaded.borrow_mut().insert(path.to_string(), None);
                    let id = self.check(path, &files, true);
                    self.loaded.borrow_mut().insert(path.to_string(), Some(id));
                    return Some(id);
                }
            }
        }
        self.loaded.borrow_mut().insert(path.to_string(), None);
        None
    }

    fn check(&self, path: &str, files: &[PathBuf], library: bool) -> PackageId {
        let mut parsed = Vec::new();
        let mut syntax_errors = false;
        for file in files {
            let text = std::fs::read(file).unwrap_or_default();
            let name = file.to_string_lossy().to_string();
            let id = self.map.borrow_mut().add(&name, &name, text.clone().into());
            let (ast, diagnostics, directives) = syntax::parse_file(id, &text);
            self.map.borrow_mut().set_directives(id, directives);
            syntax_errors |= syntax::has_syntax_errors(&diagnostics);
            self.errors.borrow_mut().list.extend(diagnostics.list);
            parsed.push(ast);
        }
        let config = Config { version: if library { (1, 27) } else { self.lang }, testing: self.testing && !library, ..Config::default() };
        if syntax_errors {
            let (id, _) = check_package(&self.cx, path, &[], &|_| None, &config);
            return id;
        }
        // Imports first: checking one package at a time.
        for file in &parsed {
            for &decl in &file.decls {
                if let syntax::ast::Decl::Import { path, .. } = file.ast[decl]
                    && let syntax::ast::Expr::Lit { text, .. } = file.ast[path]
                {
                    let import = String::from_utf8_lossy(&syntax::unquote_string(text.as_str())).to_string();
                    if import != "unsafe" {
                        self.import(&import);
                    }
                }
            }
        }
        let started = std::time::Instant::now();
        let (id, diagnostics) = check_package(&self.cx, path, &parsed, &|p| self.import(p), &config);
        if std::env::var_os("CHECK_STATS").is_some() {
            eprintln!("{path}: {} errors, {:?}", diagnostics.list.len(), started.elapsed());
        }
        if self.verify && !diagnostics.has_errors() {
            self.verify_info(id, &parsed);
        }
        self.errors.borrow_mut().list.extend(diagnostics.list);
        id
    }

    /// Every expression of a package without errors must have a type: prints those that have none.
    fn verify_info(&self, id: PackageId, files: &[syntax::ast::File]) {
        use syntax::ast::Expr;
        let package = self.cx.package(id);
        for (file, info) in files.iter().zip(&package.info) {
            for (i, expr) in file.ast.exprs.iter().enumerate() {
                let e = syntax::ast::ExprId(i as u32);
                let (mode, ty) = (info.mode_of(e), info.type_of(e));
                let kind = match expr {
                    Expr::KeyValue { .. } | Expr::Ellipsis { .. } | Expr::TypeGuard { .. } => continue,
                    other => format!("{other:?}").split([' ', '(']).next().unwrap_or("").to_string(),
                };
                if let Expr::Name(id) = expr {
                    let known = info.object(*id).is_some() || file.ast.name(*id).is_blank();
                    if mode == types::Mode::Invalid && info.literal_fields.contains_key(&e) {
                        continue;
                    }
                    if mode == types::Mode::Invalid
                        && info.object(*id).is_some_and(|o| matches!(self.cx.obj(o).kind, types::ObjKind::PkgName(_) | types::ObjKind::Label))
                    {
                        continue;
                    }
                    if known && mode != types::Mode::Invalid {
                        continue;
                    }
                    self.report(file, e, &format!("Name {} known {known} mode {mode:?}", file.ast.name(*id)));
                    continue;
                }
                if mode == types::Mode::Invalid || ty == TypeId::NONE || ty == TypeId::INVALID && mode != types::Mode::Builtin {
                    self.report(file, e, &format!("{kind} mode {mode:?} type {ty:?}"));
                } else if mode == types::Mode::Constant && info.value(e).is_none_or(|v| v.is_unknown()) {
                    self.report(file, e, &format!("{kind} constant without value"));
                } else if self.cx.is_untyped(ty) && mode != types::Mode::Constant && ty != TypeId::UNTYPED_BOOL {
                    self.report(file, e, &format!("{kind} untyped value {}", self.cx.runtime_string(ty)));
                }
            }
        }
    }

    fn report(&self, file: &syntax::ast::File, e: syntax::ast::ExprId, text: &str) {
        let l = self.map.borrow().location(file.expr_pos(e));
        if let Some(l) = l {
            println!("verify: {}:{}:{}: {text}", l.file, l.line, l.column);
        }
    }
}

fn go_files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path()).collect();
    files.retain(|f| {
        let name = f.file_name().unwrap_or_default().to_string_lossy().to_string();
        name.ends_with(".go") && selected(&name, &std::fs::read(f).unwrap_or_default())
    });
    files.sort();
    files
}

fn main() {
    let mut loader = Loader {
        cx: Context::new(),
        map: RefCell::default(),
        roots: Vec::new(),
        loaded: RefCell::default(),
        errors: RefCell::default(),
        lang: (1, 27),
        testing: false,
        verify: false,
        module: None,
    };
    let mut targets = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--root" => loader.roots.extend(args.next().map(PathBuf::from)),
            "--lang" => {
                if let Some(minor) = args.next().and_then(|l| l.trim_start_matches("go1.").parse().ok()) {
                    loader.lang = (1, minor);
                }
            }
            "--verify" => loader.verify = true,
            "--testing" => loader.testing = true,
            _ => targets.push(arg),
        }
    }
    let files: Vec<PathBuf> = targets.iter().filter(|t| t.ends_with(".go")).map(PathBuf::from).collect();
    if !files.is_empty() {
        // A module of the directory may set the language version.
        if let Some(text) = files[0].parent().and_then(|d| std::fs::read_to_string(d.join("go.mod")).ok()) {
            set_lang(&mut loader, &text);
        }
        loader.check("main", &files, false);
    }
    for target in targets.iter().filter(|t| !t.ends_with(".go")) {
        let dir = Path::new(target);
        if dir.is_dir() {
            if let Ok(text) = std::fs::read_to_string(dir.join("go.mod")) {
                set_lang(&mut loader, &text);
                let name = text.lines().find_map(|l| l.strip_prefix("module "));
                loader.module = name.map(|n| (n.trim().to_string(), dir.to_path_buf()));
            }
            let list = go_files(dir);
            loader.check("main", &list, false);
        } else if loader.import(target).is_none() {
            eprintln!("no package {target}");
        }
    }
    let mut errors = loader.errors.into_inner();
    errors.sort();
    let map = loader.map.into_inner();
    let place = |pos| map.location(pos).map_or("-".to_string(), |l| format!("{}:{}:{}", l.file, l.line, l.column));
    let mut last = (String::new(), 0, String::new());
    for d in &errors.list {
        // Equal messages of one line are shown once, as gc does.
        if let Some(l) = map.location(d.pos) {
            let this = (l.file.to_string(), l.line, d.text.clone());
            if std::mem::replace(&mut last, this.clone()) == this {
                continue;
            }
        }
        let ends = |r: &&source::Related| matches!(r.text.as_str(), "" | ")");
        let end: String = d.related.iter().filter(ends).map(|r| place(r.pos) + &r.text).collect();
        println!("{}: {}{end}", place(d.pos), d.text.replace('\n', "\n\t"));
        for r in d.related.iter().filter(|r| !ends(r)) {
            println!("\t{}: {}", place(r.pos), r.text);
        }
    }
    std::process::exit(i32::from(errors.has_errors()));
}

fn set_lang(loader: &mut Loader, text: &str) {
    for line in text.lines() {
        if let Some(minor) = line.strip_prefix("go 1.").and_then(|v| v.split('.').next()).and_then(|m| m.trim().parse().ok()) {
            loader.lang = (1, minor);
        }
    }
}
