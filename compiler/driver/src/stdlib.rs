//! The standard library's sources: embedded in gorc, or read from `GORC_STDLIB` while working on them.

use include_dir::{Dir, include_dir};
use std::path::PathBuf;
use std::sync::Arc;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../stdlib");

/// The files of a standard package (name, text), sorted by name, tests left out; `None` if we do not have it.
pub fn package(path: &str) -> Option<Vec<(String, Arc<[u8]>)>> {
    if path.starts_with('_') {
        return None;
    }
    directory(path)
}

/// Files with functions that replace those of a package of a Go tree (`goroot.rs`), where our runtime does not
/// have what the package's own rely on.
pub fn overlay(path: &str) -> Vec<(String, Arc<[u8]>)> {
    directory(&format!("_overlay/{path}")).unwrap_or_default()
}

/// The test files of a package of ours.
pub fn tests(path: &str) -> Vec<(String, Arc<[u8]>)> {
    if path.starts_with('_') {
        return Vec::new();
    }
    chosen(path, |name| name.ends_with("_test.go")).unwrap_or_default()
}

fn directory(path: &str) -> Option<Vec<(String, Arc<[u8]>)>> {
    chosen(path, is_source)
}

fn chosen(path: &str, wanted: fn(&str) -> bool) -> Option<Vec<(String, Arc<[u8]>)>> {
    let mut files = match std::env::var_os("GORC_STDLIB") {
        Some(root) => on_disk(&PathBuf::from(root).join(path), wanted)?,
        None => EMBEDDED
            .get_dir(path)?
            .files()
            .filter_map(|f| Some((f.path().file_name()?.to_str()?.to_owned(), Arc::from(f.contents()))))
            .filter(|(name, _)| wanted(name))
            .collect(),
    };
    files.sort();
    (!files.is_empty()).then_some(files)
}

fn is_source(name: &str) -> bool {
    name.ends_with(".go") && !name.ends_with("_test.go")
}

fn on_disk(dir: &std::path::Path, wanted: fn(&str) -> bool) -> Option<Vec<(String, Arc<[u8]>)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).ok()? {
        let entry = entry.ok()?;
        let name = entry.file_name().to_str()?.to_owned();
        if wanted(&name) {
            files.push((name, std::fs::read(entry.path()).ok()?.into()));
        }
    }
    Some(files)
}

/// What tracebacks and messages call a file of the standard library.
pub fn display_path(package: &str, file: &str) -> String {
    format!("$GOROOT/src/{package}/{file}")
}
