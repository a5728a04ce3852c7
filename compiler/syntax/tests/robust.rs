//! Whatever the bytes are: no panic, no overflow, no hang, and every id of the tree is valid.

use source::{Diagnostics, FileId};

fn parse(text: &[u8]) -> Diagnostics {
    let (file, diagnostics, _) = syntax::parse_file(FileId(0), text);
    // Printing visits every node.
    let printed = syntax::print::print_file(&file, text);
    assert!(printed.starts_with("package") || printed.starts_with("build"));
    let _ = syntax::parse_imports(FileId(0), text);
    diagnostics
}

/// Deterministic pseudo-random numbers.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

const PUNCTUATION: &[u8] = b"(){}[],;:=.*&<-+'\"`\\\n/";

fn corpus() -> Vec<Vec<u8>> {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/syntax");
    let mut paths: Vec<_> = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

#[test]
fn truncated_files() {
    for text in corpus() {
        for len in (0..text.len()).step_by(7) {
            parse(&text[..len]);
        }
    }
}

#[test]
fn mutated_files() {
    let corpus = corpus();
    let mut random = Random(0x1234_5678_9abc_def1);
    for _ in 0..4000 {
        let mut text = corpus[random.below(corpus.len())].clone();
        for _ in 0..1 + random.below(6) {
            let at = random.below(text.len());
            match random.below(4) {
                0 => text[at] = random.below(256) as u8,
                1 => text[at] = PUNCTUATION[random.below(PUNCTUATION.len())],
                2 => drop(text.drain(at..(at + random.below(20)).min(text.len()))),
                _ => {
                    let from = random.below(text.len());
                    let piece = text[from..(from + random.below(40)).min(text.len())].to_vec();
                    text.splice(at..at, piece);
                }
            }
            if text.is_empty() {
                break;
            }
        }
        parse(&text);
    }
}

#[test]
fn random_bytes() {
    let mut random = Random(99);
    for _ in 0..2000 {
        let n = random.below(200);
        let mut text = b"package p\n".to_vec();
        text.extend((0..n).map(|_| random.below(256) as u8));
        parse(&text);
    }
}

#[test]
fn random_tokens() {
    const WORDS: &[&str] = &[
        "func",
        "f",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ";",
        ":",
        ":=",
        "=",
        ".",
        "...",
        "type",
        "var",
        "const",
        "if",
        "else",
        "for",
        "range",
        "switch",
        "case",
        "default",
        "select",
        "go",
        "defer",
        "return",
        "x",
        "1",
        "\"s\"",
        "*",
        "&",
        "<-",
        "chan",
        "map",
        "struct",
        "interface",
        "~",
        "|",
        "+",
        "!",
        "++",
        "goto",
        "break",
        "\n",
        "import",
    ];
    let mut random = Random(7);
    for _ in 0..6000 {
        let mut text = String::from("package p\nfunc f() {\n");
        for _ in 0..random.below(60) {
            text.push_str(WORDS[random.below(WORDS.len())]);
            text.push(' ');
        }
        parse(text.as_bytes());
    }
}

#[test]
fn deep_nesting_is_an_error() {
    let n = 150_000;
    let nested = |before: &str, open: &str, middle: &str, close: &str| format!("package p\n{before}{}{middle}{}", open.repeat(n), close.repeat(n));
    for text in [
        nested("var x = ", "(", "1", ")"),
        nested("var x = ", "- ", "1", ""),
        nested("var x = ", "<-", "1", ""),
        nested("var x = ", "f(", "1", ")"),
        nested("var x = ", "a[", "1", "]"),
        nested("var x = ", "T{", "", "}"),
        nested("var x = T", "{", "", "}"),
        nested("var x = ", "func() { _ = ", "1", "}"),
        nested("var x ", "[]", "int", ""),
        nested("var x ", "*", "int", ""),
        nested("var x ", "map[int]", "int", ""),
        nested("var x ", "chan ", "int", ""),
        nested("var x ", "struct { x ", "int", "}"),
        nested("var x ", "interface { m(", "", ") }"),
        nested("var x ", "func(", "", ")"),
        nested("var x ", "func() ", "", ""),
        nested("var x ", "T[", "int", "]"),
        nested("func f() ", "{", "", "}"),
        nested("func f() { ", "if x {", "", "}"),
        nested("func f() { ", "if x {} else ", "{}", ""),
        nested("func f() { ", "for {", "", "}"),
        nested("func f() { ", "switch { default: ", "", "}"),
        nested("func f() { ", "select { default: ", "", "}"),
        nested("func f() { ", "L: ", "", ""),
        nested("type T[P ", "interface{ ", "int", "}"),
    ] {
        let diagnostics = syntax::parse_file(FileId(0), text.as_bytes()).1;
        let found = diagnostics.list.iter().any(|d| d.text.contains("exceeded max nesting depth"));
        assert!(found, "{}: {:?}", &text[10..40], diagnostics.list.first());
    }
    // Not nested: chains may be of any length.
    for text in [format!("package p\nvar x = 1{}", " + 1".repeat(n)), format!("package p\nvar x = f{}", ".f()".repeat(n))] {
        assert!(syntax::parse_file(FileId(0), text.as_bytes()).1.list.is_empty());
    }
}
