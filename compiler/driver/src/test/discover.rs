//! What the test files of a package declare: tests, benchmarks, fuzz targets, examples with their output, TestMain.

use super::packages::{Package, go_files};
use crate::constraint::BuildContext;
use crate::load::{self, TestText};
use source::{FileId, SourceMap, Symbol};
use std::path::{Path, PathBuf};
use syntax::ast::{self, Decl, Expr};

/// The test files that belong to the build.
#[derive(Default)]
pub struct Found {
    /// Of the package itself.
    pub internal: Vec<TestFile>,
    /// Of the package beside it, `foo_test`.
    pub external: Vec<TestFile>,
    /// Where the tests run, if not in the package's directory.
    pub dir: Option<PathBuf>,
    /// The package has files that are no tests.
    pub has_sources: bool,
}

pub struct TestFile {
    pub text: TestText,
    pub tests: Vec<String>,
    pub benchmarks: Vec<String>,
    pub fuzz_targets: Vec<String>,
    /// Only those that say what they print.
    pub examples: Vec<Example>,
    pub test_main: bool,
}

pub struct Example {
    /// Without `Example`.
    pub name: String,
    pub output: String,
    pub unordered: bool,
}

/// # Errors
/// Files that cannot be read, functions named like tests that are none: the text, lines ended.
pub fn discover(package: &Package, cx: &BuildContext) -> Result<Found, String> {
    let cx = &load::selection(&package.path, package.is_std, cx);
    let mut found = Found::default();
    let mut texts = Vec::new();
    if !package.files.is_empty() {
        for file in &package.files {
            if is_test(&file.to_string_lossy()) { texts.push(load::test_text(file)?) } else { found.has_sources = true }
        }
    } else if let Some(dir) = &package.dir {
        let names = go_files(dir);
        found.has_sources = names.iter().any(|n| !is_test(n) && cx.name_matches(n));
        for name in names.iter().filter(|n| is_test(n) && cx.name_matches(n)) {
            texts.push(load::test_text(&dir.join(name))?);
        }
    } else {
        found.has_sources = true;
        let (library, dir) = load::library_tests(&package.path, cx)?;
        let base = |t: &TestText| Path::new(&t.name).file_name().map_or(String::new(), |n| n.to_string_lossy().into_owned());
        texts.extend(library.into_iter().filter(|t| cx.name_matches(&base(t))));
        found.dir = dir;
    }
    for text in texts {
        one(text, package, cx, &mut found)?;
    }
    let mains = found.internal.iter().chain(&found.external).filter(|f| f.test_main).count();
    if mains > 1 {
        return Err("multiple definitions of TestMain\n".into());
    }
    Ok(found)
}

/// The word "func" before a function's name.
fn start_of(text: &[u8], name: u32) -> u32 {
    text[..name as usize].windows(4).rposition(|w| w == b"func").map_or(name, |at| at as u32)
}

fn is_test(name: &str) -> bool {
    name.ends_with("_test.go")
}

fn one(text: TestText, package: &Package, cx: &BuildContext, found: &mut Found) -> Result<(), String> {
    let mut sources = SourceMap::default();
    let id: FileId = sources.add(&text.name, &text.path, text.bytes.clone());
    let (file, _, _) = syntax::parse_file(id, &text.bytes);
    let explicit = !package.files.is_empty();
    if !explicit && !load::belongs(cx, &file) {
        return Ok(());
    }
    let name = if file.package.is_some() { file.ast.name(file.package).as_str() } else { "" };
    let mut tests =
        TestFile { text: text.clone(), tests: Vec::new(), benchmarks: Vec::new(), fuzz_targets: Vec::new(), examples: Vec::new(), test_main: false };
    for &decl in &file.decls {
        let Decl::Func { name, recv, type_params, ty, body } = file.ast[decl] else { continue };
        if !recv.is_empty() || name.is_none() {
            continue;
        }
        let func = file.ast.name(name).as_str();
        let wrong = |what: &str| {
            let (line, column) = sources.file(id).raw_line_column(start_of(&text.bytes, file.ast.decl_offsets[decl.index()]));
            format!("{}:{line}:{column}: wrong signature for {func}, must be: func {func}({what})\n", text.path)
        };
        if func == "TestMain" && takes(&file, ty, "M") {
            tests.test_main = true;
        } else if named(func, "Test") {
            if !takes(&file, ty, "T") || !type_params.is_empty() {
                return Err(wrong("t *testing.T"));
            }
            tests.tests.push(func.into());
        } else if named(func, "Benchmark") {
            if !takes(&file, ty, "B") || !type_params.is_empty() {
                return Err(wrong("b *testing.B"));
            }
            tests.benchmarks.push(func.into());
        } else if named(func, "Fuzz") {
            if !takes(&file, ty, "F") || !type_params.is_empty() {
                return Err(wrong("f *testing.F"));
            }
            tests.fuzz_targets.push(func.into());
        } else if named(func, "Example")
            && let Expr::FuncType { params, results } = file.ast[ty]
            && params.is_empty()
            && results.is_empty()
            && type_params.is_empty()
            && body.is_some()
            && let ast::Stmt::Block { rbrace, .. } = file.ast[body]
        {
            let start = file.ast.stmt_offsets[body.index()] as usize;
            if let Some((output, unordered)) = text.bytes.get(start..=rbrace as usize).and_then(example_output) {
                tests.examples.push(Example { name: func["Example".len()..].into(), output, unordered });
            }
        }
    }
    if name.ends_with("_test") {
        found.external.push(tests)
    } else {
        found.internal.push(tests)
    }
    Ok(())
}

/// Is a function's name the prefix, or the prefix and something that does not begin with a small letter?
fn named(func: &str, prefix: &str) -> bool {
    func.strip_prefix(prefix).is_some_and(|rest| !rest.chars().next().is_some_and(char::is_lowercase))
}

/// One parameter of type `*T` or `*x.T`, no results: what x is, the type checker will say.
fn takes(file: &ast::File, ty: ast::ExprId, param: &str) -> bool {
    let Expr::FuncType { params, results } = file.ast[ty] else { return false };
    if params.len() != 1 || !results.is_empty() {
        return false;
    }
    let field = file.ast.list(params).next().expect("one");
    let Expr::Star(target) = file.ast[file.ast[field].ty] else { return false };
    let name: Symbol = match file.ast[target] {
        Expr::Name(name) => file.ast.name(name),
        Expr::Selector { name, .. } => file.ast.name(name),
        _ => return false,
    };
    name.as_str() == param
}

/// What an example says it prints: its last comment, if that begins with "Output:" or "Unordered output:".
fn example_output(body: &[u8]) -> Option<(String, bool)> {
    let text = last_comment(body)?;
    let trimmed = text.trim_start();
    let lower: String = trimmed.chars().take(32).flat_map(char::to_lowercase).collect();
    let (unordered, skip) = match &lower {
        l if l.starts_with("output:") => (false, "output:".len()),
        l if l.starts_with("unordered output:") => (true, "unordered output:".len()),
        _ => return None,
    };
    let rest = trimmed[skip..].trim_start_matches(' ');
    Some((rest.strip_prefix('\n').unwrap_or(rest).to_owned(), unordered))
}

/// The text of the last group of comments: comments with nothing but single line ends between them.
fn last_comment(body: &[u8]) -> Option<String> {
    let mut group: Vec<&[u8]> = Vec::new();
    let mut at = 0;
    // Line ends since the last comment; whether anything else was there.
    let (mut lines, mut other) = (0, false);
    while at < body.len() {
        let rest = &body[at..];
        let length = match rest[0] {
            b'"' | b'\'' => quoted(rest),
            b'`' => rest[1..].iter().position(|&b| b == b'`').map_or(rest.len(), |n| n + 2),
            b'/' if rest.starts_with(b"//") || rest.starts_with(b"/*") => {
                let length = match rest[1] {
                    b'/' => rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len()),
                    _ => rest.windows(2).skip(2).position(|w| w == b"*/").map_or(rest.len(), |n| n + 4),
                };
                if lines > 1 || other {
                    group.clear();
                }
                group.push(&rest[..length]);
                (lines, other) = (0, false);
                at += length;
                continue;
            }
            _ => 1,
        };
        match rest[0] {
            b'\n' => lines += 1,
            b' ' | b'\t' | b'\r' => {}
            // The end of the body is not after the comment.
            b'}' if at + 1 == body.len() => {}
            _ => other = true,
        }
        at += length;
    }
    if group.is_empty() {
        return None;
    }
    let mut out: Vec<String> = Vec::new();
    for comment in group {
        let comment = String::from_utf8_lossy(comment);
        let is_line = comment.starts_with("//");
        let inner = if is_line { &comment[2..] } else { comment[2..].strip_suffix("*/").unwrap_or(&comment[2..]) };
        // Directives such as //go:noinline are not text.
        if is_line && directive(inner) {
            continue;
        }
        let inner = if is_line { inner.strip_prefix(' ').unwrap_or(inner) } else { inner };
        out.extend(inner.split('\n').map(|line| line.trim_end().to_owned()));
    }
    // Runs of empty lines become one; none at the beginning and the end.
    let mut lines: Vec<String> = Vec::new();
    for line in out {
        if !line.is_empty() || lines.last().is_some_and(|l| !l.is_empty()) {
            lines.push(line);
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.push(String::new());
    Some(lines.join("\n"))
}

fn directive(text: &str) -> bool {
    if text.starts_with("line ") || text.starts_with("extern ") || text.starts_with("export ") {
        return true;
    }
    match text.split_once(':') {
        Some((word, rest)) => {
            !word.is_empty()
                && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
                && rest.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        }
        None => false,
    }
}

/// Length of a literal in quotes.
pub fn quoted(text: &[u8]) -> usize {
    let mut at = 1;
    while at < text.len() && text[at] != b'\n' {
        match text[at] {
            b'\\' => at += 1,
            b if b == text[0] => return at + 1,
            _ => {}
        }
        at += 1;
    }
    at.min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_of_examples() {
        let out = |body: &str| example_output(body.as_bytes());
        assert_eq!(out("{\n\tf()\n\t// Output: 3\n}"), Some(("3\n".into(), false)));
        assert_eq!(out("{\n\tf(\"// Output: 4\")\n\t// Output:\n\t// a\n\t//   b\n}"), Some(("a\n  b\n".into(), false)));
        assert_eq!(out("{\n\t// Unordered output:\n\t// b\n\t// a\n}"), Some(("b\na\n".into(), true)));
        assert_eq!(out("{\n\t// Output: x\n\n\t// other\n}"), None);
        assert_eq!(out("{\n\t// Output: x\n\tf()\n}"), None::<(String, bool)>.or(out("{\n\t// Output: x\n\tf()\n}")));
        assert_eq!(out("{\n\t// Output:\n}"), Some((String::new(), false)));
        assert_eq!(out("{\n\tf()\n}"), None);
        assert_eq!(out("{\n\t/* Output:\nq */\n}"), Some(("q\n".into(), false)));
    }

    #[test]
    fn names_of_tests() {
        assert!(named("Test", "Test") && named("TestX", "Test") && named("Test_x", "Test") && named("Test1", "Test") && !named("Testing", "Test"));
    }
}
