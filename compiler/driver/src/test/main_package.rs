//! The main package of a test program: tables of what the test files declare, and a call of `testing.MainStart`.

use super::cover::Covered;
use super::discover::{Found, TestFile};
use super::packages::Package;
use std::fmt::Write;

pub fn text(package: &Package, found: &Found, covered: &Covered) -> String {
    let mut out = String::from("package main\n\nimport (\n\t\"os\"\n");
    let test_main = [("_test", &found.internal), ("_xtest", &found.external)]
        .into_iter()
        .find(|(_, files)| files.iter().any(|f| f.test_main))
        .map(|(name, _)| name);
    if test_main.is_some() {
        out.push_str("\t\"reflect\"\n");
    }
    out.push_str("\t\"testing\"\n\t\"testing/internal/testdeps\"\n");
    let declares = |files: &[TestFile]| {
        files.iter().any(|f| !(f.tests.is_empty() && f.benchmarks.is_empty() && f.fuzz_targets.is_empty() && f.examples.is_empty()) || f.test_main)
    };
    if found.has_sources || !found.internal.is_empty() {
        let used = declares(&found.internal) || covered.in_package;
        let _ = writeln!(out, "\t{} {:?}", if used { "_test" } else { "_" }, package.path);
    }
    if !found.external.is_empty() {
        let _ = writeln!(out, "\t{} \"{}_test\"", if declares(&found.external) { "_xtest" } else { "_" }, package.path);
    }
    out.push_str(")\n\n");
    let both =
        || [("_test", &found.internal), ("_xtest", &found.external)].into_iter().flat_map(|(name, files)| files.iter().map(move |f| (name, f)));
    for (table, ty, list) in [
        ("tests", "InternalTest", (|f| &f.tests) as fn(&TestFile) -> &Vec<String>),
        ("benchmarks", "InternalBenchmark", |f| &f.benchmarks),
        ("fuzzTargets", "InternalFuzzTarget", |f| &f.fuzz_targets),
    ] {
        let _ = writeln!(out, "var {table} = []testing.{ty}{{");
        for (from, file) in both() {
            for name in list(file) {
                let _ = writeln!(out, "\t{{{name:?}, {from}.{name}}},");
            }
        }
        out.push_str("}\n\n");
    }
    out.push_str("var examples = []testing.InternalExample{\n");
    for (from, file) in both() {
        for example in &file.examples {
            let name = format!("Example{}", example.name);
            let _ = writeln!(out, "\t{{{name:?}, {from}.{name}, {}, {}}},", quote(&example.output), example.unordered);
        }
    }
    out.push_str("}\n\n");
    let module = package.module.as_ref().filter(|_| !package.is_std).map_or("", |m| &m.path);
    let _ = writeln!(out, "func init() {{\n\ttestdeps.ImportPath = {:?}\n\ttestdeps.ModulePath = {module:?}\n{}}}\n", package.path, covered.register);
    out.push_str("func main() {\n\tm := testing.MainStart(testdeps.TestDeps{}, tests, benchmarks, fuzzTargets, examples)\n");
    match test_main {
        // TestMain may, but need not, end the program.
        Some(from) => {
            let _ = writeln!(out, "\t{from}.TestMain(m)\n\tos.Exit(int(reflect.ValueOf(m).Elem().FieldByName(\"exitCode\").Int()))");
        }
        None => out.push_str("\tos.Exit(m.Run())\n"),
    }
    out.push_str("}\n");
    out
}

/// A Go string literal.
pub fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if (c as u32) < 0x20 || c as u32 == 0x7f || c == '\u{feff}' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
