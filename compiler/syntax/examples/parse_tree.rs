//! Parses files and prints what is wrong with them: the arguments are files or directories (all .go files
//! below, `testdata` left out). `-bench N` parses everything N times and prints the least time of a round.

use source::{FileId, SourceMap};
use std::path::{Path, PathBuf};
use std::time::Instant;

fn collect(path: &Path, out: &mut Vec<PathBuf>) {
    if !path.is_dir() {
        return out.push(path.to_path_buf());
    }
    let mut entries: Vec<_> = std::fs::read_dir(path).into_iter().flatten().flatten().map(|e| e.path()).collect();
    entries.sort();
    for entry in entries {
        let is_go = entry.extension().is_some_and(|e| e == "go");
        if entry.is_dir() && entry.file_name().is_some_and(|n| n != "testdata") || entry.is_file() && is_go {
            collect(&entry, out);
        }
    }
}

fn main() {
    let mut paths = Vec::new();
    let mut rounds = 0;
    let mut print_tree = false;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "-bench" => rounds = args.next().and_then(|n| n.parse().ok()).unwrap_or(5),
            "-ast" => print_tree = true,
            _ => collect(Path::new(&arg), &mut paths),
        }
    }
    let files: Vec<(PathBuf, Vec<u8>)> = paths.into_iter().filter_map(|path| std::fs::read(&path).ok().map(|text| (path, text))).collect();
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    if rounds > 0 {
        let mut least = f64::INFINITY;
        for _ in 0..rounds {
            let start = Instant::now();
            for (_, text) in &files {
                std::hint::black_box(syntax::parse_file(FileId(0), text));
            }
            least = least.min(start.elapsed().as_secs_f64());
        }
        println!("{} files {bytes} bytes {:.6} s {:.1} MB/s", files.len(), least, bytes as f64 / least / 1e6);
        return;
    }
    let mut n_errors = 0;
    for (path, text) in &files {
        let mut map = SourceMap::default();
        let name = path.display().to_string();
        let id = map.add(&name, &name, text.as_slice().into());
        let (file, diagnostics, lines) = syntax::parse_file(id, text);
        map.set_directives(id, lines);
        let place = |pos| match map.location(pos) {
            Some(at) if at.column > 0 => format!("{}:{}:{}", at.file, at.line, at.column),
            Some(at) => format!("{}:{}", at.file, at.line),
            None => String::new(),
        };
        for diagnostic in &diagnostics.list {
            let end = diagnostic.related.first().map_or(String::new(), |related| place(related.pos));
            println!("{}: {}{end}", place(diagnostic.pos), diagnostic.text);
        }
        n_errors += diagnostics.list.len();
        if print_tree {
            print!("{}", syntax::print::print_file(&file, text));
        }
    }
    eprintln!("{} files, {bytes} bytes, {n_errors} errors", files.len());
}
