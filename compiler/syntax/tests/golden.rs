//! Runs testdata/syntax: each file ends with lines `//| text` that say what comes of it: its errors, or, if it
//! has none, its tree. `BLESS=1` rewrites them; expected errors are those of the Go compiler.

use source::SourceMap;
use std::fmt::Write;
use std::path::Path;

const MARK: &str = "//|";

fn outcome(name: &str, text: &str) -> String {
    let mut map = SourceMap::default();
    let id = map.add(name, name, text.as_bytes().into());
    let (file, mut diagnostics, lines) = syntax::parse_file(id, text.as_bytes());
    map.set_directives(id, lines);
    let place = |pos| {
        let at = map.location(pos).expect("diagnostics have positions");
        match at.column {
            0 => format!("{}:{}", at.file, at.line),
            column => format!("{}:{}:{column}", at.file, at.line),
        }
    };
    if diagnostics.list.is_empty() {
        return syntax::print::print_file(&file, text.as_bytes());
    }
    diagnostics.list.sort_by_key(|diagnostic| diagnostic.pos.offset);
    let mut out = String::new();
    for diagnostic in &diagnostics.list {
        let end = diagnostic.related.first().map_or(String::new(), |related| place(related.pos));
        writeln!(out, "{}: {}{end}", place(diagnostic.pos), diagnostic.text).expect("strings can be written to");
    }
    out
}

#[test]
fn testdata() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/syntax");
    let bless = std::env::var_os("BLESS").is_some();
    let mut paths: Vec<_> = std::fs::read_dir(&dir).expect("testdata/syntax exists").map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths.retain(|path| path.extension().is_some_and(|e| e == "go"));
    assert!(!paths.is_empty());
    let mut failed = Vec::new();
    for path in paths {
        let all = std::fs::read_to_string(&path).expect("test files are UTF-8");
        let input = all.find(&format!("\n{MARK}")).map_or(&all[..], |at| &all[..at + 1]);
        let name = path.file_name().unwrap().to_str().unwrap();
        let mut want = input.to_string();
        for line in outcome(name, input).lines() {
            want.push_str(format!("{MARK} {line}").trim_end());
            want.push('\n');
        }
        if want != all && bless {
            std::fs::write(&path, want).expect("test files can be written");
        } else if want != all {
            let first = want.lines().zip(all.lines()).find(|(got, expected)| got != expected);
            failed.push(format!("{name}: {first:?}"));
        }
    }
    assert!(failed.is_empty(), "BLESS=1 cargo test -p syntax rewrites the expectations of\n{}", failed.join("\n"));
}
