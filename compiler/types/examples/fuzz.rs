//! Scanner, parser and type checker on broken programs: `fuzz OUT N SEED STDLIB CORPUS...` makes N inputs from the .go files
//! below the CORPUS directories and checks each in this process. None may panic, take more than 10 seconds, or
//! more than 1 GB; what does is saved in OUT. Input `i` of a seed is always the same.
//!
//! Inputs are made and checked in child processes of some thousands each, since interned names are never given back.
//! `fuzz -print SEED I STDLIB CORPUS...` writes an input. A child says on standard output which input it has begun, so that the parent knows what killed it.

use rustc_hash::FxHashMap;
use source::FileId;
use std::io::{BufRead, BufReader, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use syntax::ast::{Decl, Expr, File};
use types::{Config, Context, PackageId};

/// Inputs per child: about 100 MB of names.
const BATCH: u64 = 2000;
/// Inputs per checker context: after that the types of all of them together slow it down.
const PER_CONTEXT: u64 = 40;
/// Of CPU time for one input.
const LIMIT_MILLIS: u64 = 10_000;
/// Worth a look.
const LATE_MILLIS: u64 = 1000;
const LARGE_MEGABYTES: u64 = 150;
const MEMORY_LIMIT_PAGES: u64 = (1 << 30) / 4096;
const LIBRARY: &[&str] =
    &["fmt", "strings", "os", "errors", "sort", "sync", "time", "reflect", "runtime", "math", "strconv", "io", "bytes", "iter", "slices", "maps"];

struct Rng(u64);
impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

/// Words that are put in anywhere: each has brought down some compiler.
const WORDS: &[&str] = &[
    "func",
    "type",
    "interface",
    "struct",
    "map",
    "chan",
    "go",
    "defer",
    "range",
    "select",
    "switch",
    "case",
    "default",
    "goto",
    "fallthrough",
    "break",
    "continue",
    "const",
    "var",
    "import",
    "package",
    "return",
    "if",
    "else",
    "for",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    ".",
    "...",
    ":=",
    "=",
    "==",
    "<-",
    "+",
    "-",
    "*",
    "/",
    "%",
    "&",
    "|",
    "^",
    "&^",
    "<<",
    ">>",
    "~",
    "!",
    "&&",
    "||",
    "++",
    "--",
    "+=",
    "<<=",
    "nil",
    "iota",
    "_",
    "init",
    "main",
    "true",
    "any",
    "comparable",
    "error",
    "int",
    "string",
    "byte",
    "uintptr",
    "complex128",
    "float32",
    "append",
    "len",
    "cap",
    "make",
    "new",
    "panic",
    "recover",
    "print",
    "copy",
    "delete",
    "clear",
    "min",
    "max",
    "real",
    "imag",
    "complex",
    "unsafe.Sizeof",
    "unsafe.Offsetof",
    "unsafe.Pointer",
    "0",
    "1",
    "-1",
    "1<<62",
    "1<<100",
    "1e1000",
    "1e-1000",
    "0x1p-2000",
    "0xFFFFFFFFFFFFFFFF",
    "9223372036854775808",
    "1i",
    "'a'",
    "'\\x00'",
    "\"\"",
    "\"\\xff\"",
    "`a`",
    "T",
    "T[T]",
    "[1<<40]int",
    "[...]int{}",
    "[]int{1<<20: 0}",
    "interface{ ~int | ~string }",
    "func()",
    "struct{ T }",
    "*T",
    "chan<- int",
    "[0]int",
    "x",
    "x.y",
    "x.(type)",
    "f[int]",
    "//go:embed x\n",
    "//line x:1\n",
    "\u{feff}",
    "\0",
    "\u{2028}",
];

fn tokens(text: &[u8]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = at;
        let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80;
        match text[at] {
            b if b.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            b if word(b) => at += text[at..].iter().take_while(|&&b| word(b)).count(),
            q @ (b'"' | b'`' | b'\'') => {
                at += 1;
                while at < text.len() && text[at] != q && !(q != b'`' && text[at] == b'\n') {
                    at += if text[at] == b'\\' && q != b'`' { 2 } else { 1 };
                }
                at = (at + 1).min(text.len());
            }
            b'/' if text[at..].starts_with(b"//") => at += text[at..].iter().take_while(|&&b| b != b'\n').count(),
            _ => at += 1,
        }
        out.push((start, at));
    }
    out
}

/// Ranges between matching brackets, without these.
fn groups(text: &[u8], tokens: &[(usize, usize)]) -> Vec<(u8, usize, usize)> {
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut out = Vec::new();
    for &(start, end) in tokens {
        if end != start + 1 {
            continue;
        }
        match text[start] {
            b @ (b'(' | b'[' | b'{') => open.push((b, end)),
            b')' | b']' | b'}' => {
                if let Some((b, from)) = open.pop() {
                    out.push((b, from, start));
                }
            }
            _ => {}
        }
    }
    out
}

fn replace(text: &mut Vec<u8>, from: usize, to: usize, by: &[u8]) {
    text.splice(from..to.max(from), by.iter().copied());
}

/// Input `index`: a file of the corpus after one to eight changes.
fn input(corpus: &[Vec<u8>], seed: u64, index: u64) -> Vec<u8> {
    let mut rng = Rng(seed ^ index.wrapping_mul(0xd134_2543_de82_ef95));
    let mut text = corpus[rng.below(corpus.len())].clone();
    for _ in 0..1 + rng.below(8) {
        if text.is_empty() || text.len() > 200_000 {
            break;
        }
        let other = &corpus[rng.below(corpus.len())];
        let kind = rng.below(16);
        if kind < 3 {
            let at = rng.below(text.len());
            match kind {
                0 => text[at] = rng.next() as u8,
                1 => drop(text.remove(at)),
                _ => text.insert(at, b"(){}[];,.:=+-*/<>&|^!~'\"`\n\\0x_"[rng.below(30)]),
            }
            continue;
        }
        let list = tokens(&text);
        if list.is_empty() {
            break;
        }
        let (from, to) = list[rng.below(list.len())];
        match kind {
            3 | 4 => replace(&mut text, from, to, b" "),
            5 => {
                let again = text[from..to].to_vec();
                replace(&mut text, to, to, &[b" ", &again[..]].concat());
            }
            6..=8 => {
                let word = WORDS[rng.below(WORDS.len())].as_bytes();
                let to = if rng.below(2) == 0 { to } else { from };
                replace(&mut text, from, to, &[b" ", word, b" "].concat());
            }
            9 | 10 => {
                let (a, b) = list[rng.below(list.len())];
                let token = text[a..b].to_vec();
                replace(&mut text, from, to, &token);
            }
            11 => {
                let theirs = tokens(other);
                if let Some(&(a, b)) = theirs.get(rng.below(theirs.len())) {
                    replace(&mut text, from, to, &other[a..b]);
                }
            }
            12 | 13 => {
                // A group of one file in the place of another's.
                let mine = groups(&text, &list);
                let theirs = groups(other, &tokens(other));
                if let Some(&(kind, a, b)) = mine.get(rng.below(mine.len())) {
                    let fitting: Vec<_> = theirs.iter().filter(|g| g.0 == kind && g.2 - g.1 < 2000).collect();
                    if !fitting.is_empty() {
                        let (_, c, d) = *fitting[rng.below(fitting.len())];
                        replace(&mut text, a, b, &other[c..d]);
                    }
                }
            }
            14 => {
                // A group inside another of the same file, also inside itself.
                let mine = groups(&text, &list);
                if mine.len() > 1 {
                    let (_, a, b) = mine[rng.below(mine.len())];
                    let (_, c, d) = mine[rng.below(mine.len())];
                    let group = text[c..d.min(c + 5000)].to_vec();
                    replace(&mut text, a, b, &group);
                }
            }
            _ => {
                // Deep nesting.
                let n = 1 << rng.below(14);
                let (open, close) =
                    [("(", ")"), ("[]", ""), ("{", "}"), ("*", ""), ("func(){", "}"), ("struct{x ", "}"), ("T[", "]"), ("-", ""), ("x.", "")]
                        [rng.below(9)];
                let middle = text[from..to].to_vec();
                let nested = [open.repeat(n).as_bytes(), &middle, close.repeat(n).as_bytes()].concat();
                replace(&mut text, from, to, &nested);
            }
        }
    }
    text
}

struct Library {
    packages: Vec<(String, Vec<File>)>,
    seen: FxHashMap<String, ()>,
    n_files: u32,
}

impl Library {
    fn load(&mut self, root: &Path, path: &str) {
        if path == "unsafe" || self.seen.insert(path.to_owned(), ()).is_some() {
            return;
        }
        let mut files = Vec::new();
        for file in go_files(&root.join(path)) {
            let Ok(text) = std::fs::read(&file) else { continue };
            let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
            if name.ends_with("_test.go") || ["_arm64.go", "_windows.go", "_darwin.go"].iter().any(|s| name.ends_with(s)) {
                continue;
            }
            self.n_files += 1;
            files.push(syntax::parse_file(FileId(self.n_files), &text).0);
        }
        for import in files.iter().flat_map(imports_of).collect::<Vec<_>>() {
            self.load(root, &import);
        }
        self.packages.push((path.to_owned(), files));
    }

    /// A context that knows the declarations of the library.
    fn context(&self) -> (Context, FxHashMap<String, PackageId>) {
        let cx = Context::new();
        let mut by_path: FxHashMap<String, PackageId> = FxHashMap::default();
        let config = Config { is_std: true, ignore_func_bodies: true, ..Config::default() };
        for (path, files) in &self.packages {
            let (id, _) = types::check_package(&cx, path, files, &|p: &str| by_path.get(p).copied(), &config);
            by_path.insert(path.clone(), id);
        }
        (cx, by_path)
    }
}

fn imports_of(file: &File) -> Vec<String> {
    let paths = file.decls.iter().filter_map(|&decl| match file.ast[decl] {
        Decl::Import { path, .. } if path.is_some() => match file.ast[path] {
            Expr::Lit { text, .. } => Some(String::from_utf8_lossy(&syntax::unquote_string(text.as_str())).into_owned()),
            _ => None,
        },
        _ => None,
    });
    paths.collect()
}

fn go_files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path()).collect();
    files.retain(|f| f.is_file() && f.extension().is_some_and(|e| e == "go"));
    files.sort();
    files
}

fn corpus(dirs: &[String]) -> Vec<Vec<u8>> {
    fn collect(dir: &Path, out: &mut Vec<Vec<u8>>) {
        out.extend(go_files(dir).iter().filter_map(|f| std::fs::read(f).ok()).filter(|t| t.len() < 50_000));
        let mut dirs: Vec<PathBuf> = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path()).filter(|p| p.is_dir()).collect();
        dirs.sort();
        dirs.iter().for_each(|d| collect(d, out));
    }
    let mut out = Vec::new();
    dirs.iter().for_each(|d| collect(Path::new(d), &mut out));
    out
}

/// CPU time of the main thread in milliseconds: other work on the machine does not count.
fn cpu_millis() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) / 1_000_000
}

fn resident_pages() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    statm.split(' ').nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// What the watchdog sees: the input at hand, and the CPU time at which it was begun.
static CURRENT: AtomicU64 = AtomicU64::new(0);
static SINCE: AtomicU64 = AtomicU64::new(0);

fn child(out: &Path, from: u64, to: u64, seed: u64, stdlib: &Path, texts: &[Vec<u8>]) {
    let mut library = Library { packages: Vec::new(), seen: FxHashMap::default(), n_files: 0 };
    for path in LIBRARY {
        library.load(stdlib, path);
    }
    std::thread::spawn(|| {
        loop {
            std::thread::sleep(Duration::from_millis(100));
            let running = cpu_millis().saturating_sub(SINCE.load(Ordering::Relaxed));
            let pages = resident_pages();
            let why = if running > LIMIT_MILLIS {
                "slow"
            } else if pages > MEMORY_LIMIT_PAGES {
                "memory"
            } else {
                continue;
            };
            println!("{why} {}", CURRENT.load(Ordering::Relaxed));
            std::process::exit(1);
        }
    });
    let panics = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let place = panics.clone();
    std::panic::set_hook(Box::new(move |info| {
        *place.lock().expect("no panic here") = info.to_string();
    }));
    let mut context = None;
    let stdout = std::io::stdout();
    for i in from..to {
        CURRENT.store(i, Ordering::Relaxed);
        SINCE.store(cpu_millis(), Ordering::Relaxed);
        let _ = writeln!(stdout.lock(), "begin {i}");
        if (i - from).is_multiple_of(PER_CONTEXT) {
            context = None;
        }
        let (cx, by_path) = context.get_or_insert_with(|| library.context());
        let text = input(texts, seed, i);
        let (begun, pages) = (cpu_millis(), resident_pages());
        let ok = catch_unwind(AssertUnwindSafe(|| {
            let (file, diagnostics, _) = syntax::parse_file(FileId(1_000_000), &text);
            // The compiler stops at syntax errors; a tool that goes on must not fail either.
            let files = [file];
            let testing = i % 2 == 0;
            let config = Config { testing, ..Config::default() };
            types::check_package(cx, "p", &files, &|p: &str| by_path.get(p).copied(), &config).1.list.len() + diagnostics.list.len()
        }));
        let grown = resident_pages().saturating_sub(pages) / 256;
        if grown > LARGE_MEGABYTES {
            println!("large {i} {grown} MB");
            let _ = std::fs::write(out.join(format!("large-{seed}-{i}.go")), &text);
        }
        if ok.is_err() {
            context = None;
            let message = panics.lock().expect("no panic here").replace('\n', " ");
            println!("panic {i} {message}");
            let _ = std::fs::write(out.join(format!("panic-{seed}-{i}.go")), &text);
        } else if cpu_millis() - begun > LATE_MILLIS {
            println!("late {i} {} ms", cpu_millis() - begun);
            let _ = std::fs::write(out.join(format!("late-{seed}-{i}.go")), &text);
        }
    }
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let usage = "usage: fuzz OUT N SEED STDLIB CORPUS...";
    let number = |i: usize| args.get(i).and_then(|a| a.parse::<u64>().ok()).expect(usage);
    if args.get(1).is_some_and(|a| a == "-print") {
        let texts = corpus(&args[5..]);
        let _ = std::io::stdout().write_all(&input(&texts, number(2), number(3)));
        return;
    }
    if args.get(1).is_some_and(|a| a == "-child") {
        let texts = corpus(&args[7..]);
        return child(Path::new(&args[2]), number(3), number(4), number(5), Path::new(&args[6]), &texts);
    }
    let (out, n, seed) = (PathBuf::from(args.get(1).expect(usage)), number(2), number(3));
    let _ = std::fs::create_dir_all(&out);
    let started = Instant::now();
    let mut failures = 0;
    let mut next = 0;
    while next < n {
        let end = (next + BATCH).min(n);
        let mut command = std::process::Command::new(&args[0]);
        command.args(["-child", &args[1], &next.to_string(), &end.to_string(), &args[3]]).args(&args[4..]);
        let mut child = command.stdout(std::process::Stdio::piped()).spawn().expect("this program");
        let mut last = next;
        let mut reported = false;
        for line in BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok) {
            match line.strip_prefix("begin ") {
                Some(i) => last = i.parse().unwrap_or(last),
                None => {
                    println!("{line}");
                    failures += !(line.starts_with("late") || line.starts_with("large")) as u64;
                    reported = line.starts_with("slow") || line.starts_with("memory");
                }
            }
        }
        let status = child.wait();
        if status.as_ref().is_ok_and(|s| s.success()) {
            next = end;
        } else {
            if !reported {
                println!("killed {last} {status:?}");
                failures += 1;
            }
            let _ = std::fs::write(out.join(format!("killed-{seed}-{last}.go")), input(&corpus(&args[5..]), seed, last));
            next = last + 1;
        }
        if next.is_multiple_of(20_000) || next == n {
            println!("{next} inputs, {failures} failures, {:.0} s", started.elapsed().as_secs_f64());
        }
    }
    std::process::exit((failures > 0) as i32);
}
