//! Packages from a Go tree, the message when there is none, and `go:linkname` between packages: with the command itself.

use std::path::Path;
use std::process::{Command, Output};

fn write(dir: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = dir.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("directory");
        std::fs::write(path, text).expect("write");
    }
}

/// `gorc ARGS` in `dir`, in an environment without Go.
fn gorc(dir: &Path, args: &[&str], env: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gorc"));
    command.args(args).current_dir(dir).env_remove("GOROOT").env_remove("GORC_STD").env_remove("GORC_STDLIB").envs(env.iter().copied());
    command.output().expect("run gorc")
}

fn stdout(out: &Output) -> String {
    String::from_utf8_lossy(&out.stdout).into_owned()
}

fn stderr(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

/// A package that Go has and that is not about to be written here.
const FOREIGN: &str = "debug/plan9obj";

fn main_with(import: &str, body: &str) -> String {
    format!("package main\n\nimport (\n\tp \"{import}\"\n\t\"fmt\"\n)\n\nfunc main() {{ {body} }}\n")
}

/// A tree with one package whose files depend on the architecture, one that it has vendored, and its own strings.
fn small_tree(dir: &Path, version: &str) -> String {
    write(
        dir,
        &[
            ("tree/VERSION", version),
            (
                "tree/src/debug/plan9obj/a.go",
                "package plan9obj\n\nimport (\n\t\"golang.org/x/word\"\n\t\"strings\"\n)\n\nfunc Name() string { return strings.ToUpper(name) + word.Word }\n",
            ),
            ("tree/src/debug/plan9obj/name_amd64.go", "package plan9obj\n\nconst name = \"assembly\"\n"),
            ("tree/src/debug/plan9obj/name_arm64.go", "package plan9obj\n\nconst name = \"assembly\"\n"),
            ("tree/src/debug/plan9obj/name_generic.go", "//go:build !amd64 && !arm64 && purego\n\npackage plan9obj\n\nconst name = \"portable\"\n"),
            ("tree/src/debug/plan9obj/a_test.go", "package plan9obj\n\nsyntax error\n"),
            ("tree/src/vendor/golang.org/x/word/word.go", "package word\n\nconst Word = \"!\"\n"),
            ("tree/src/strings/s.go", "package strings\n\nfunc ToUpper(s string) string { return \"<\" + s + \">\" }\n"),
        ],
    );
    dir.join("tree").display().to_string()
}

#[test]
fn a_missing_package_is_named_with_the_remedy() {
    let dir = tempfile::tempdir().expect("directory");
    write(dir.path(), &[("a.go", &main_with(FOREIGN, "fmt.Println(p.Name())")), ("b.go", &main_with("nosuchpackage", "fmt.Println(p.Name())"))]);
    let out = gorc(dir.path(), &["build", "a.go"], &[]);
    let text = stderr(&out);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(lines[0], format!("a.go:4:2: package {FOREIGN} is not in std ($GOROOT/src/{FOREIGN})"));
    assert!(lines[1].starts_with('\t') && lines[1].contains("set GOROOT to a Go 1.26 or 1.27 tree"), "{text}");
    let text = stderr(&gorc(dir.path(), &["build", "b.go"], &[]));
    assert_eq!(text, "b.go:4:2: package nosuchpackage is not in std ($GOROOT/src/nosuchpackage)\n");
}

#[test]
fn without_the_flag_only_missing_packages_come_from_the_tree() {
    let dir = tempfile::tempdir().expect("directory");
    let tree = small_tree(dir.path(), "go1.27.1\n");
    write(dir.path(), &[("a.go", &main_with(FOREIGN, "fmt.Println(p.Name())"))]);
    let out = gorc(dir.path(), &["run", "a.go"], &[("GOROOT", &tree)]);
    assert_eq!((stdout(&out).as_str(), stderr(&out).as_str()), ("PORTABLE!\n", ""));
}

#[test]
fn with_the_flag_packages_come_from_the_tree_first() {
    let dir = tempfile::tempdir().expect("directory");
    let tree = small_tree(dir.path(), "go1.26\n");
    write(dir.path(), &[("a.go", "package main\n\nimport p \"debug/plan9obj\"\n\nfunc main() { println(p.Name()) }\n")]);
    for (args, env) in [(vec!["run", "-std=goroot", "a.go"], vec![]), (vec!["run", "a.go"], vec![("GORC_STD", "goroot")])] {
        let env: Vec<(&str, &str)> = [vec![("GOROOT", tree.as_str())], env].concat();
        let out = gorc(dir.path(), &args, &env);
        assert_eq!((stdout(&out).as_str(), stderr(&out).as_str()), ("", "<portable>!\n"));
    }
    // The flag goes before the variable.
    let out = gorc(dir.path(), &["run", "-std=own", "a.go"], &[("GOROOT", &tree), ("GORC_STD", "goroot")]);
    assert_eq!(stderr(&out), "PORTABLE!\n");
}

#[test]
fn what_is_no_usable_tree_is_said() {
    let dir = tempfile::tempdir().expect("directory");
    let old = small_tree(dir.path(), "go1.21.0\n");
    write(dir.path(), &[("a.go", "package main\n\nfunc main() { println(\"ran\") }\n")]);
    let run = |args: &[&str], env: &[(&str, &str)]| stderr(&gorc(dir.path(), args, env));
    assert_eq!(run(&["run", "-std=goroot", "a.go"], &[]), "-std=goroot needs GOROOT to name a Go 1.26 or 1.27 tree\n");
    assert_eq!(
        run(&["run", "-std=goroot", "a.go"], &[("GOROOT", &old)]),
        format!("GOROOT={old}: go1.21.0 is not supported: want go1.26 to go1.27\n")
    );
    assert_eq!(run(&["run", "-std=mine", "a.go"], &[]), "invalid value \"mine\" for -std: want own or goroot\n");
    // A tree that nobody needs does not matter.
    assert_eq!(run(&["run", "a.go"], &[("GOROOT", &old)]), "ran\n");
}

#[test]
fn packages_that_do_not_fit_name_the_flag() {
    let dir = tempfile::tempdir().expect("directory");
    let tree = small_tree(dir.path(), "go1.27\n");
    write(
        dir.path(),
        &[
            ("tree/src/debug/plan9obj/a.go", "package plan9obj\n\nimport \"strings\"\n\nfunc Name() string { return strings.OfTheTree() + name }\n"),
            ("tree/src/strings/s.go", "package strings\n\nfunc OfTheTree() string { return \"fits, \" }\n"),
            ("a.go", "package main\n\nimport p \"debug/plan9obj\"\n\nfunc main() { println(p.Name()) }\n"),
        ],
    );
    let text = stderr(&gorc(dir.path(), &["run", "a.go"], &[("GOROOT", &tree)]));
    assert!(text.contains("undefined: strings.OfTheTree") && text.ends_with("-std=goroot takes all of them from there\n"), "{text}");
    assert_eq!(stderr(&gorc(dir.path(), &["run", "-std=goroot", "a.go"], &[("GOROOT", &tree)])), "fits, portable\n");
}

#[test]
fn internal_and_vendored_packages_stay_hidden() {
    let dir = tempfile::tempdir().expect("directory");
    let tree = small_tree(dir.path(), "go1.27\n");
    write(
        dir.path(),
        &[("a.go", &main_with("internal/abi", "")), ("b.go", &main_with("golang.org/x/word", "")), ("c.go", &main_with("_overlay/time", ""))],
    );
    let run = |file: &str| stderr(&gorc(dir.path(), &["build", file], &[("GOROOT", &tree)]));
    assert_eq!(run("a.go"), "a.go:4:2: use of internal package internal/abi not allowed\n");
    assert!(run("b.go").contains("no required module provides package golang.org/x/word"));
    assert!(run("c.go").contains("package _overlay/time is not in std"));
}

#[test]
fn linkname_pushes_and_pulls_functions_and_variables() {
    let dir = tempfile::tempdir().expect("directory");
    write(
        dir.path(),
        &[
            ("go.mod", "module example.com/m\n\ngo 1.27\n"),
            (
                "base/base.go",
                "package base\n\nimport _ \"unsafe\"\n\nvar counter = start()\n\nfunc start() int { return 40 }\n\nfunc hidden(a int, s string) (string, error) { counter++; return s + \"/base\", nil }\n\nfunc Counter() int { return counter }\n\n// Given by package push.\nfunc Given(x []int) (sum int, name string)\n\n//go:linkname pushed\nfunc pushed(f func() int) int\n\nfunc CallPushed(f func() int) int { return pushed(f) }\n",
            ),
            (
                "push/push.go",
                "package push\n\nimport _ \"unsafe\"\n\n//go:linkname give example.com/m/base.Given\nfunc give(x []int) (sum int, name string) {\n\tfor _, v := range x {\n\t\tsum += v\n\t}\n\treturn sum, \"push\"\n}\n\n//go:linkname give2 example.com/m/base.pushed\nfunc give2(f func() int) int { return 2 * f() }\n",
            ),
            (
                "main.go",
                "package main\n\nimport (\n\t\"example.com/m/base\"\n\t_ \"example.com/m/push\"\n\t\"fmt\"\n\t_ \"unsafe\"\n)\n\n//go:linkname pull example.com/m/base.hidden\nfunc pull(a int, s string) (string, error)\n\n//go:linkname count example.com/m/base.counter\nvar count int\n\nfunc main() {\n\tfmt.Println(count)\n\tfmt.Println(pull(1, \"x\"))\n\tcount += 10\n\tfmt.Println(base.Counter(), count)\n\tfmt.Println(base.Given([]int{1, 2, 3}))\n\tg := base.Given\n\tfmt.Println(g(nil))\n\tfmt.Println(base.CallPushed(func() int { return count }))\n}\n",
            ),
        ],
    );
    let out = gorc(dir.path(), &["run", "."], &[]);
    assert_eq!((stdout(&out).as_str(), stderr(&out).as_str()), ("40\nx/base <nil>\n51 51\n6 push\n0 push\n102\n", ""));
}

#[test]
fn a_linkname_to_nothing_is_a_missing_body() {
    let dir = tempfile::tempdir().expect("directory");
    write(dir.path(), &[("a.go", "package main\n\nimport _ \"unsafe\"\n\n//go:linkname f example.com/nowhere.f\nfunc f()\n\nfunc main() { f() }\n")]);
    let text = stderr(&gorc(dir.path(), &["build", "a.go"], &[]));
    assert!(text.contains("./a.go:6:6: missing function body"), "{text}");
}

/// Programs on a real tree: `GOROOT` in the environment of the test names it.
#[test]
fn programs_run_on_a_real_tree() {
    let Some(root) = std::env::var_os("GOROOT").filter(|r| !r.is_empty()) else {
        eprintln!("skipped: GOROOT does not name a Go 1.26 or 1.27 tree");
        return;
    };
    let root = root.to_string_lossy().into_owned();
    let dir = tempfile::tempdir().expect("directory");
    let program = include_str!("testdata/goroot_program.go");
    let want = include_str!("testdata/goroot_program.out");
    write(dir.path(), &[("a.go", program)]);
    let out = gorc(dir.path(), &["run", "-std=goroot", "a.go"], &[("GOROOT", &root)]);
    assert_eq!((stdout(&out).as_str(), stderr(&out).as_str()), (want, ""));
}
