//! The packages that the words of the command line name: files, directories, import paths, patterns with `...`.

use crate::constraint::BuildContext;
use crate::gomod::{self, Module};
use crate::load;
use std::path::{Path, PathBuf};

#[derive(Clone, Debug)]
pub struct Package {
    /// Import path; `command-line-arguments` for files and outside of modules.
    pub path: String,
    /// What results call it: the path, or the word if there is no such package.
    pub shown: String,
    /// Its directory, as messages show it; `None` for a package of the library inside of gorc.
    pub dir: Option<PathBuf>,
    /// The `.go` files, if files were named.
    pub files: Vec<PathBuf>,
    pub module: Option<Module>,
    pub is_std: bool,
    /// Why it cannot be loaded.
    pub error: Option<String>,
}

impl Package {
    /// The name of its test program: the last element of the path that is not a version.
    pub fn last_element(&self) -> String {
        let mut elements = self.path.rsplit('/');
        let last = elements.next().unwrap_or("");
        let is_version = last.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) && n != "0" && n != "1");
        match elements.next() {
            Some(before) if is_version => before.to_owned(),
            _ => last.to_owned(),
        }
    }
}

/// # Errors
/// Words that cannot stand together; `go.mod` that cannot be read.
pub fn find(words: &[String], cx: &BuildContext) -> Result<Vec<Package>, String> {
    let here = std::env::current_dir().map_err(|e| e.to_string())?;
    let module = gomod::find(&here)?;
    if words.iter().any(|w| w.ends_with(".go")) {
        if let Some(other) = words.iter().find(|w| !w.ends_with(".go")) {
            return Err(format!("named files must be .go files: {other}"));
        }
        let files: Vec<PathBuf> = words.iter().map(PathBuf::from).collect();
        let dir = files[0].parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
        let path = "command-line-arguments".to_owned();
        return Ok(vec![Package { shown: path.clone(), path, dir: Some(dir), files, module, is_std: false, error: None }]);
    }
    let dot = [".".to_owned()];
    let words = if words.is_empty() { &dot[..] } else { words };
    let mut all: Vec<Package> = Vec::new();
    for word in words {
        for package in one(word, module.as_ref(), &here, cx)? {
            if !all.iter().any(|p| p.path == package.path && p.dir == package.dir) {
                all.push(package);
            }
        }
    }
    Ok(all)
}

fn one(word: &str, module: Option<&Module>, here: &Path, cx: &BuildContext) -> Result<Vec<Package>, String> {
    let is_local = word == "." || word == ".." || word.starts_with("./") || word.starts_with("../") || word.starts_with('/');
    if let Some(at) = word.find("...") {
        return pattern(word, at, is_local, module, here);
    }
    let clean = word.trim_end_matches('/');
    if is_local {
        let dir = PathBuf::from(if clean.is_empty() { "/" } else { clean });
        return Ok(vec![local(word, dir, module, here)?]);
    }
    if let Some(module) = module
        && let Some(dir) = load::module_dir(module, clean)
    {
        let shown = load::shown_path(&dir);
        return Ok(vec![local_in(clean, shown, Some(module))]);
    }
    let std = load::std_directory(clean, cx);
    let mut package =
        Package { path: clean.to_owned(), shown: clean.to_owned(), dir: None, files: Vec::new(), module: module.cloned(), is_std: true, error: None };
    match std {
        Some(dir) => package.dir = dir,
        None if clean.split('/').next().is_some_and(|first| first.contains('.')) => {
            package.error = Some(format!("no required module provides package {clean}; to add it:\n\tgo get {clean}"));
        }
        None => package.error = Some(format!("package {clean} is not in std ($GOROOT/src/{clean})")),
    }
    Ok(vec![package])
}

/// The package of a directory.
fn local(word: &str, dir: PathBuf, module: Option<&Module>, here: &Path) -> Result<Package, String> {
    let absolute = normal(&here.join(&dir));
    let found;
    let module = match module {
        Some(m) if absolute.starts_with(&m.root) => Some(m),
        _ => {
            found = gomod::find(&absolute)?;
            found.as_ref()
        }
    };
    let path = match module {
        Some(m) => load::module_package(m, &absolute),
        None => "command-line-arguments".to_owned(),
    };
    let mut package = local_in(&path, dir, module);
    package.error = missing(&package, &absolute);
    if package.error.is_some() {
        package.shown = word.to_owned();
    }
    Ok(package)
}

fn local_in(path: &str, dir: PathBuf, module: Option<&Module>) -> Package {
    let mut package = Package {
        path: path.to_owned(),
        shown: path.to_owned(),
        dir: Some(dir),
        files: Vec::new(),
        module: module.cloned(),
        is_std: false,
        error: None,
    };
    let absolute = std::path::absolute(package.dir.as_deref().unwrap_or(Path::new("."))).unwrap_or_default();
    package.error = missing(&package, &normal(&absolute));
    package
}

fn missing(package: &Package, absolute: &Path) -> Option<String> {
    let dir = package.dir.as_ref()?;
    if !dir.is_dir() {
        return Some(format!("stat {}: directory not found", absolute.display()));
    }
    (go_files(dir).is_empty()).then(|| format!("no Go files in {}", absolute.display()))
}

/// A path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

pub fn go_files(dir: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(dir) else { return Vec::new() };
    let mut names: Vec<String> = entries.filter_map(|e| e.ok()?.file_name().into_string().ok()).collect();
    names.retain(|n| n.ends_with(".go") && !n.starts_with(['_', '.']));
    names.sort();
    names
}

/// The packages that a pattern names, sorted by directory.
fn pattern(word: &str, at: usize, is_local: bool, module: Option<&Module>, here: &Path) -> Result<Vec<Package>, String> {
    let Some(module) = module else {
        return Err(format!("pattern {word}: directory prefix does not contain main module or its selected dependencies"));
    };
    // Everything before the last slash before "..." is where the search begins.
    let head = word[..at].rfind('/').map_or("", |slash| &word[..slash]);
    let (start, of_path) = if is_local {
        (normal(&here.join(head)), false)
    } else if word == "..." || word == "all" {
        (module.root.clone(), true)
    } else {
        match load::module_dir(module, head) {
            Some(dir) => (dir, true),
            None => return Err(format!("not supported yet: pattern {word}")),
        }
    };
    let mut dirs = Vec::new();
    walk(&start, &start, &mut dirs);
    let wanted = if is_local { normal(&here.join(word)).display().to_string() } else { word.to_owned() };
    let mut all = Vec::new();
    for dir in dirs {
        let path = load::module_package(module, &dir);
        let subject = if of_path { path.clone() } else { dir.display().to_string() };
        if matches(&wanted, &subject) {
            all.push(local_in(&path, load::shown_path(&dir), Some(module)));
        }
    }
    if all.is_empty() {
        eprintln!("go: warning: {word:?} matched no packages\nno packages to test");
    }
    Ok(all)
}

/// `...` is any text; `/...` at the end also nothing.
fn matches(pattern: &str, text: &str) -> bool {
    if let Some(prefix) = pattern.strip_suffix("/...")
        && text == prefix
    {
        return true;
    }
    fn go(pattern: &str, text: &str) -> bool {
        match pattern.split_once("...") {
            None => pattern == text,
            Some((head, tail)) => match text.strip_prefix(head) {
                Some(rest) => (0..=rest.len()).filter(|n| rest.is_char_boundary(*n)).any(|n| go(tail, &rest[n..])),
                None => false,
            },
        }
    }
    go(pattern, text)
}

/// Directories with Go files; without those that patterns leave out, and other modules.
fn walk(dir: &Path, start: &Path, found: &mut Vec<PathBuf>) {
    if dir != start && dir.join("go.mod").is_file() {
        return;
    }
    if !go_files(dir).is_empty() {
        found.push(dir.to_owned());
    }
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    let mut below: Vec<PathBuf> = entries.flatten().filter(|e| e.file_type().is_ok_and(|t| t.is_dir())).map(|e| e.path()).collect();
    below.sort();
    for each in below {
        let name = each.file_name().map_or(String::new(), |n| n.to_string_lossy().into_owned());
        if !name.starts_with(['.', '_']) && name != "testdata" && name != "vendor" {
            walk(&each, start, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_dots() {
        for (pattern, text, want) in [
            ("/m/...", "/m", true),
            ("/m/...", "/m/a/b", true),
            ("/m/...", "/mm", false),
            ("m/a...", "m/abc", true),
            ("m/.../x", "m/a/x", true),
            ("m/.../x", "m/y", false),
        ] {
            assert_eq!(matches(pattern, text), want, "{pattern} {text}");
        }
    }
}
