//! `testdata/opt/PASS/*.ir`: a module, then after `;=>` what one pass makes of its functions. `BLESS=1` rewrites expectations.
//! The directory `all` runs every pass.

use std::fmt::Write;
use std::path::{Path, PathBuf};

const MARK: &str = ";=>";

fn result(pass: &str, input: &str) -> String {
    let mut module = ir::parse::module(input).unwrap_or_else(|e| panic!("{e}"));
    let verify = |module: &ir::Module| {
        for func in module.funcs.values().filter_map(|d| d.body.as_ref()) {
            ir::verify::function(module, func).unwrap_or_else(|e| panic!("{e}"));
        }
    };
    verify(&module);
    let count = |module: &ir::Module| -> usize {
        module.funcs.values().filter_map(|d| d.body.as_ref()).map(|f| f.layout.iter().map(|&b| f.blocks[b].insts.len()).sum::<usize>()).sum()
    };
    let before = count(&module);
    let mut out = String::new();
    let decisions = match pass {
        "all" => opt::run(&mut module, opt::Options { optimise: true, verify: true }).unwrap_or_else(|e| panic!("{e}")),
        "escape" => opt::escape::run(&mut module),
        _ => {
            opt::run_pass(&mut module, pass);
            Vec::new()
        }
    };
    verify(&module);
    let _ = writeln!(out, "{before} -> {} instructions", count(&module));
    for decision in decisions {
        let reason = decision.heap.map_or("stays".to_owned(), |r| format!("heap: {}", r.text));
        let _ = writeln!(out, "{} {:?}: {reason}", decision.func, decision.name);
    }
    // Escape changes nothing but the places of allocs.
    if pass != "escape" {
        for func in module.funcs.values().filter_map(|d| d.body.as_ref()) {
            out.push_str(&ir::print::function(&module, func));
        }
    }
    out.lines().map(|line| format!("; {line}\n")).collect()
}

#[test]
fn golden() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/opt");
    let list = |dir: &Path| -> Vec<PathBuf> {
        let mut all: Vec<_> = std::fs::read_dir(dir).expect("a directory").map(|e| e.expect("an entry").path()).collect();
        all.sort();
        all
    };
    let mut failed = 0;
    let mut n = 0;
    for dir in list(&root) {
        let pass = dir.file_name().expect("a name").to_string_lossy().into_owned();
        for path in list(&dir) {
            n += 1;
            let text = std::fs::read_to_string(&path).expect("readable");
            let (input, want) = text.split_once(MARK).unwrap_or((&text, ""));
            let input = input.trim_end();
            let have = std::panic::catch_unwind(|| result(&pass, input)).unwrap_or_else(|_| panic!("{}", path.display()));
            if want.trim() == have.trim() {
                continue;
            }
            if std::env::var_os("BLESS").is_some() {
                std::fs::write(&path, format!("{input}\n{MARK}\n{have}")).expect("writable");
            } else {
                failed += 1;
                println!("{}:\n--- expected\n{}\n--- found\n{have}", path.display(), want.trim());
            }
        }
    }
    assert!(n > 0);
    assert_eq!(failed, 0, "BLESS=1 cargo test -p opt --test golden");
}
