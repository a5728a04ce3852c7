//! Type-checks all packages of a Go tree: `check_tree [-tests] [-bench N] GOROOT/src [PACKAGE...]` prints the errors (also in
//! the packages' tests), or the least CPU time of N rounds. Files are chosen for an architecture that Go does not know (portable code instead of
//! assembly); the packages that need the machine's take amd64.

use rustc_hash::FxHashMap;
use source::{SourceMap, Symbol};
use std::path::{Path, PathBuf};
use syntax::ast::{Decl, Expr, File};

const REAL_ARCH: &[&str] = &[
    "encoding/binary",
    "internal/cpu",
    "internal/goarch",
    "internal/runtime/atomic",
    "internal/runtime/gc/scan",
    "internal/runtime/maps",
    "internal/runtime/syscall/linux",
    "internal/syscall/unix",
    "runtime",
    "syscall",
    "vendor/golang.org/x/sys/cpu",
];
const TAGS: &[&str] = &[
    "linux",
    "unix",
    "gc",
    "purego",
    "netgo",
    "osusergo",
    "math_big_pure_go",
    "goexperiment.greenteagc",
    "goexperiment.randomizedheapbase64",
    "goexperiment.sizespecializedmalloc",
    "goexperiment.dwarf5",
    "goexperiment.jsonv2",
];
const OTHER_OS: &[&str] = &[
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
    "zos",
];
const ARCHS: &[&str] =
    &["386", "amd64", "arm", "arm64", "loong64", "mips", "mipsle", "mips64", "mips64le", "ppc64", "ppc64le", "riscv64", "s390x", "wasm"];

fn name_matches(name: &str, arch: &str) -> bool {
    let stem = name.strip_suffix(".go").unwrap_or(name);
    let stem = stem.strip_suffix("_test").unwrap_or(stem);
    let Some((_, rest)) = stem.split_once('_') else { return true };
    let parts: Vec<&str> = rest.split('_').collect();
    let last = parts[parts.len() - 1];
    if ARCHS.contains(&last) {
        return last == arch && !(parts.len() > 1 && OTHER_OS.contains(&parts[parts.len() - 2]));
    }
    !OTHER_OS.contains(&last)
}

struct Package {
    path: String,
    files: Vec<File>,
    imports: Vec<String>,
    /// Files of its tests: in the package, and beside it.
    tests: [Vec<File>; 2],
}

struct Tree {
    root: PathBuf,
    map: SourceMap,
    packages: Vec<Package>,
    state: FxHashMap<String, bool>,
    lines: usize,
    with_tests: bool,
    /// Loaded when all packages are: tests may import what depends on their package.
    test_imports: Vec<String>,
}

impl Tree {
    /// The package's path in the tree: what it imports from elsewhere is below `vendor`.
    fn resolve(&self, path: &str) -> Option<String> {
        [path.to_owned(), format!("vendor/{path}"), format!("cmd/vendor/{path}")].into_iter().find(|p| self.root.join(p).is_dir())
    }

    fn load(&mut self, path: &str) {
        if path == "unsafe" || self.state.contains_key(path) {
            return;
        }
        self.state.insert(path.to_owned(), false);
        let dir = self.root.join(path);
        let mut names: Vec<String> =
            std::fs::read_dir(&dir).into_iter().flatten().flatten().filter_map(|e| e.file_name().into_string().ok()).collect();
        names.retain(|n| n.ends_with(".go") && (self.with_tests || !n.ends_with("_test.go")) && !n.starts_with(['_', '.']));
        names.sort();
        let arch = if REAL_ARCH.contains(&path) || path.starts_with("cmd/") { "amd64" } else { "neutral" };
        let mut package = Package { path: path.to_owned(), files: Vec::new(), imports: Vec::new(), tests: Default::default() };
        let mut test_imports = Vec::new();
        for name in names.into_iter().filter(|n| name_matches(n, arch)) {
            let file = dir.join(&name);
            let Ok(text) = std::fs::read(&file) else { continue };
            let has =
                |tag: &str| tag == arch || TAGS.contains(&tag) || tag.strip_prefix("go1.").is_some_and(|m| m.parse::<u32>().is_ok_and(|m| m <= 27));
            if syntax::build_constraint(&text).is_some_and(|line| !syntax::eval_build_constraint(line, &has).unwrap_or(false)) {
                continue;
            }
            let shown = file.display().to_string();
            let id = self.map.add(&shown, &shown, text.as_slice().into());
            let (parsed, diagnostics, directives) = syntax::parse_file(id, &text);
            self.map.set_directives(id, directives);
            for d in &diagnostics.list {
                println!("{}: {}", self.place(d.pos), d.text);
            }
            let imports = imports_of(&parsed);
            if imports.iter().any(|p| p == "C") || parsed.ast.name(parsed.package) == Symbol::intern("documentation") {
                continue;
            }
            self.lines += text.iter().filter(|&&b| b == b'\n').count();
            if name.ends_with("_test.go") {
                test_imports.extend(imports);
                let beside = parsed.ast.name(parsed.package).as_str().ends_with("_test");
                package.tests[beside as usize].push(parsed);
                continue;
            }
            package.imports.extend(imports);
            package.files.push(parsed);
        }
        for import in package.imports.clone() {
            if let Some(path) = self.resolve(&import) {
                self.load(&path);
            }
        }
        if !package.files.is_empty() {
            self.packages.push(package);
        }
        self.test_imports.extend(test_imports);
    }

    fn place(&self, pos: source::Pos) -> String {
        self.map.location(pos).map_or(String::new(), |at| format!("{}:{}:{}", at.file, at.line, at.column))
    }
}

fn imports_of(file: &File) -> Vec<String> {
    let mut all = Vec::new();
    for &decl in &file.decls {
        if let Decl::Import { path, .. } = file.ast[decl]
            && path.is_some()
            && let Expr::Lit { text, .. } = file.ast[path]
        {
            all.push(String::from_utf8_lossy(&syntax::unquote_string(text.as_str())).into_owned());
        }
    }
    all
}

fn directories(root: &Path, dir: &Path, out: &mut Vec<String>) {
    let mut entries: Vec<_> = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path()).collect();
    entries.sort();
    if dir != root && entries.iter().any(|e| e.extension().is_some_and(|x| x == "go")) {
        out.push(dir.strip_prefix(root).unwrap_or(dir).display().to_string());
    }
    for entry in entries.into_iter().filter(|e| e.is_dir()) {
        let name = entry.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        if name != "testdata" && !name.starts_with(['_', '.']) && !(dir == root && (name == "cmd" || name == "builtin")) {
            directories(root, &entry, out);
        }
    }
}

fn find(by_path: &FxHashMap<String, types::PackageId>, path: &str) -> Option<types::PackageId> {
    let vendored = |dir: &str| by_path.get(&format!("{dir}{path}"));
    by_path.get(path).or_else(|| vendored("vendor/")).or_else(|| vendored("cmd/vendor/")).copied()
}

/// Checks everything; the number of errors.
fn check(tree: &Tree, print: bool) -> usize {
    let cx = types::Context::new();
    let mut by_path: FxHashMap<String, types::PackageId> = FxHashMap::default();
    let mut n_errors = 0;
    for package in &tree.packages {
        let config = types::Config { is_std: true, ..types::Config::default() };
        let import = |path: &str| find(&by_path, path);
        let (id, found) = types::check_package(&cx, &package.path, &package.files, &import, &config);
        by_path.insert(package.path.clone(), id);
        n_errors += found.list.len();
        if print {
            show(tree, &found);
        }
    }
    // A package with its tests is another one, that only the tests beside it see.
    for package in tree.packages.iter().filter(|p| p.tests.iter().any(|t| !t.is_empty())) {
        let config = types::Config { is_std: true, ..types::Config::default() };
        let import = |path: &str| find(&by_path, path);
        let (id, found) = match package.tests[0].is_empty() {
            true => (by_path[&package.path], source::Diagnostics::default()),
            false => {
                let files: Vec<File> = package.files.iter().chain(&package.tests[0]).map(|f| reparse(tree, f)).collect();
                types::check_package(&cx, &package.path, &files, &import, &config)
            }
        };
        let own = |path: &str| if path == package.path { Some(id) } else { find(&by_path, path) };
        let (_, beside) = types::check_package(&cx, &format!("{}_test", package.path), &package.tests[1], &own, &config);
        for found in [found, beside] {
            n_errors += found.list.len();
            if print {
                show(tree, &found);
            }
        }
    }
    n_errors
}

fn reparse(tree: &Tree, file: &File) -> File {
    syntax::parse_file(file.id, &tree.map.file(file.id).text).0
}

fn show(tree: &Tree, found: &source::Diagnostics) {
    for d in &found.list {
        println!("{}: {}", tree.place(d.pos), d.text.replace('\n', "\n\t"));
        for related in &d.related {
            println!("\t{}: {}", tree.place(related.pos), related.text);
        }
    }
}

/// This process's CPU time so far, in seconds.
fn cpu_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    stat.split_whitespace().next().and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

fn main() {
    let mut args = std::env::args().skip(1).peekable();
    let mut rounds = 0;
    let with_tests = args.next_if(|a| a == "-tests").is_some();
    if args.peek().is_some_and(|a| a == "-bench") {
        args.next();
        rounds = args.next().and_then(|n| n.parse().ok()).unwrap_or(5);
    }
    let root = PathBuf::from(args.next().expect("usage: check_tree [-bench N] GOROOT/src [PACKAGE...]"));
    let mut paths: Vec<String> = args.collect();
    if paths.is_empty() {
        directories(&root, &root, &mut paths);
    }
    let mut tree =
        Tree { root, map: SourceMap::default(), packages: Vec::new(), state: FxHashMap::default(), lines: 0, with_tests, test_imports: Vec::new() };
    for path in &paths {
        tree.load(path);
    }
    while let Some(import) = tree.test_imports.pop() {
        if let Some(path) = tree.resolve(&import) {
            tree.load(&path);
        }
    }
    let (n, lines) = (tree.packages.len(), tree.lines);
    if rounds == 0 {
        let n_errors = check(&tree, true);
        eprintln!("{n} packages, {lines} lines, {n_errors} errors");
        std::process::exit((n_errors > 0) as i32);
    }
    let mut least = f64::INFINITY;
    for _ in 0..rounds {
        let start = cpu_time();
        std::hint::black_box(check(&tree, false));
        least = least.min(cpu_time() - start);
    }
    println!("{n} packages {lines} lines {least:.4} s {:.0} lines/s", lines as f64 / least);
}
