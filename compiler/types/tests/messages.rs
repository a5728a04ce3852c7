//! Every program in testdata/types gets exactly the messages of its `.want` file, which are those that
//! `go build -gcflags=-e` of the reference toolchain prints.

use source::{Related, SourceMap};
use std::fmt::Write;
use std::path::Path;
use types::{Config, Context, check_package};

/// The messages for one file, as the driver prints them.
fn messages(name: &str, text: &[u8]) -> String {
    let mut map = SourceMap::default();
    let id = map.add(name, name, text.into());
    let (file, mut diagnostics, directives) = syntax::parse_file(id, text);
    map.set_directives(id, directives);
    let cx = Context::new();
    diagnostics.list.extend(check_package(&cx, "p", &[file], &|_| None, &Config::default()).1.list);
    diagnostics.sort();
    let place = |pos| map.location(pos).map_or(String::new(), |l| format!("{}:{}:{}", l.file, l.line, l.column));
    let ends = |r: &&Related| matches!(r.text.as_str(), "" | ")");
    let mut out = String::new();
    let mut last = None;
    for d in &diagnostics.list {
        let this = map.location(d.pos).map(|l| (l.line, d.text.clone()));
        if last == this {
            continue;
        }
        last = this;
        let end: String = d.related.iter().filter(ends).map(|r| place(r.pos) + &r.text).collect();
        let _ = writeln!(out, "{}: {}{end}", place(d.pos), d.text.replace('\n', "\n\t"));
        for r in d.related.iter().filter(|r| !ends(r)) {
            let _ = writeln!(out, "\t{}: {}", place(r.pos), r.text);
        }
    }
    out
}

#[test]
fn messages_are_those_of_the_reference() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/types");
    let mut files: Vec<_> = std::fs::read_dir(&dir).expect("testdata/types").map(|e| e.expect("an entry").path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "go"));
    files.sort();
    assert!(!files.is_empty());
    let mut failed = String::new();
    for file in files {
        let name = file.file_name().expect("a name").to_string_lossy().to_string();
        let got = messages(&name, &std::fs::read(&file).expect("a program"));
        let want = std::fs::read_to_string(file.with_extension("want")).expect("its messages");
        for line in want.lines().filter(|l| !got.contains(&format!("{l}\n"))) {
            let _ = writeln!(failed, "missing: {line}");
        }
        for line in got.lines().filter(|l| !want.contains(&format!("{l}\n"))) {
            let _ = writeln!(failed, "unexpected: {line}");
        }
        if got != want && failed.is_empty() {
            let _ = writeln!(failed, "{name}: order differs");
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

/// The order in which variables are initialised, by the specification's rule.
#[test]
fn variables_are_initialised_in_order_of_readiness() {
    let text =
        b"package p\nvar a = c\nvar b = 1\nvar c = f()\nfunc f() int { return d }\nvar d = 2\nvar x, y = g()\nfunc g() (int, int) { return a, b }\n";
    let mut map = SourceMap::default();
    let id = map.add("a.go", "a.go", text[..].into());
    let (file, _, _) = syntax::parse_file(id, text);
    let cx = Context::new();
    let (pkg, diagnostics) = check_package(&cx, "p", &[file], &|_| None, &Config::default());
    assert!(!diagnostics.has_errors());
    let order: Vec<String> = cx.package(pkg).init_order.iter().map(|i| i.lhs.iter().map(|&o| cx.obj_name(o).to_string()).collect()).collect();
    assert_eq!(order, ["b", "d", "c", "a", "xy"]);
}
