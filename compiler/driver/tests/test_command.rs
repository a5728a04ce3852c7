//! `gorc test` against `go test`: the modules and command lines in `testdata/test`, with the output of go1.27.3.
//!
//! A file is a comment, the files of a module (`-- name --`), and command lines (`-- $ words --`) with what is printed
//! to both streams and, in the last line, the exit status. `GO=path cargo test -p gorc --test test_command` runs the
//! reference instead and writes its output into the files. Times, addresses and stacks are not compared.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

struct Archive {
    comment: String,
    files: Vec<(String, String)>,
    /// Words and expected output.
    commands: Vec<(String, String)>,
}

fn parse(text: &str) -> Archive {
    let mut archive = Archive { comment: String::new(), files: Vec::new(), commands: Vec::new() };
    for line in text.split_inclusive('\n') {
        match line.trim_end().strip_prefix("-- ").and_then(|l| l.strip_suffix(" --")) {
            Some(name) => match name.strip_prefix("$ ") {
                Some(words) => archive.commands.push((words.into(), String::new())),
                None => archive.files.push((name.into(), String::new())),
            },
            None => match (archive.commands.last_mut(), archive.files.last_mut()) {
                (Some(command), _) => command.1.push_str(line),
                (None, Some(file)) => file.1.push_str(line),
                (None, None) => archive.comment.push_str(line),
            },
        }
    }
    archive
}

fn print(archive: &Archive) -> String {
    let mut out = archive.comment.clone();
    for (name, text) in &archive.files {
        let _ = write!(out, "-- {name} --\n{text}");
    }
    for (words, text) in &archive.commands {
        let _ = write!(out, "-- $ {words} --\n{text}");
    }
    out
}

/// Numbers with a unit after them, where they are times or sizes.
fn digits(text: &str, before: &str, after: &str, replacement: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(before) {
        let (head, tail) = rest.split_at(at + before.len());
        out.push_str(head);
        let end = tail.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ' ').unwrap_or(tail.len());
        if end > 0 && tail[end..].starts_with(after) {
            out.push_str(replacement);
            rest = &tail[end..];
        } else {
            rest = tail;
        }
    }
    out + rest
}

/// The output without what differs from run to run.
fn normalise(text: &str, dir: &Path) -> String {
    let dir = dir.canonicalize().unwrap();
    let mut out = String::new();
    let mut in_stack = false;
    for line in text.replace(dir.to_str().unwrap(), "$DIR").lines() {
        // A stack goes on to the go command's line.
        if line.starts_with("goroutine ") && line.ends_with("]:") {
            in_stack = true;
            continue;
        }
        if in_stack && !line.starts_with("FAIL\t") && !line.starts_with("exit status") {
            continue;
        }
        in_stack = false;
        if line.starts_with("[signal ") {
            continue;
        }
        let mut line = line.to_owned();
        for (before, after, replacement) in [("(", "s)", "T"), ("\t", "s", "T"), ("\\t", "s", "T"), ("\t", "ns/op", "N ")] {
            line = digits(&line, before, after, replacement);
        }
        for (key, end) in [("\"Time\":\"", '"'), ("\"Elapsed\":", '}'), ("cpu: ", '\n'), ("testing.go:", ' '), ("fuzz.go:", ' ')] {
            if let Some(at) = line.find(key) {
                let from = at + key.len();
                let to = line[from..].find([end, ',']).map_or(line.len(), |n| from + n);
                line.replace_range(from..to, "X");
            }
        }
        // Where the library is, and what is said of how to get a package.
        if let (Some(at), Some(end)) = (line.find("is not in std ("), line.rfind(')')) {
            line.replace_range(at + "is not in std (".len()..end, "...");
        }
        if line.trim_start().starts_with("gorc's own library") {
            continue;
        }
        out.push_str(&line);
        out.push('\n');
    }
    out
}

fn run(command: &Path, words: &str, dir: &Path) -> String {
    let (mut reader, writer) = std::io::pipe().unwrap();
    let mut child = Command::new(command)
        .args(words.split_whitespace())
        .current_dir(dir)
        .env_remove("GOROOT")
        .env_remove("GORC_STD")
        .envs([("GOTOOLCHAIN", "local"), ("GOFLAGS", "-vet=off -count=1"), ("GOPROXY", "off"), ("GOWORK", "off"), ("GOMAXPROCS", "2")])
        .stdin(Stdio::null())
        .stdout(writer.try_clone().unwrap())
        .stderr(writer)
        .spawn()
        .unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut reader, &mut text).unwrap();
    let status = child.wait().unwrap();
    format!("{}status {}\n", normalise(&text, dir), status.code().unwrap_or(-1))
}

fn check(name: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/test").join(format!("{name}.txt"));
    let text = std::fs::read_to_string(&path).unwrap();
    let mut archive = parse(&text);
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in &archive.files {
        let file = dir.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    let reference = std::env::var_os("GO").map(PathBuf::from);
    let command = reference.clone().unwrap_or_else(|| env!("CARGO_BIN_EXE_gorc").into());
    let mut wrong = String::new();
    for (words, expected) in &mut archive.commands {
        let got = run(&command, words, dir.path());
        if reference.is_some() {
            *expected = got;
        } else if sorted(&got) != sorted(expected) {
            let _ = write!(wrong, "== {name}: {words}\n-- want\n{expected}-- got\n{got}\n");
        }
    }
    if reference.is_some() {
        std::fs::write(&path, print(&archive)).unwrap();
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The go command builds before it runs, and prints errors to another stream than results: lines in any order, each
/// with what follows it in the same block.
fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[test]
fn results() {
    check("results");
}

#[test]
fn packages() {
    check("packages");
}

#[test]
fn setup() {
    check("setup");
}

#[test]
fn panics() {
    check("panics");
}

#[test]
fn benchmarks() {
    check("benchmarks");
}

#[test]
fn coverage() {
    check("coverage");
}

#[test]
fn program() {
    check("program");
}
