//! The files that `//go:embed` directives name.
//!
//! In: the patterns the type checker noted, and the directories of the files they stand in. Out: for each variable its
//! files with their contents. Messages are those of the go command.

use rustc_hash::FxHashMap;
use source::{Diagnostic, Diagnostics, SourceMap};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use types::{Context, Embed, EmbedKind, ObjId, PackageId};

/// Version control's own directories are no part of a program.
const BAD_NAMES: &[&str] = &["", ".bzr", ".hg", ".git", ".svn"];

/// All embedded files of a program, by variable.
///
/// # Errors
/// Patterns that name nothing or too much, unreadable files.
pub fn resolve(cx: &Context, packages: &[PackageId], sources: &SourceMap) -> Result<FxHashMap<ObjId, lower::Embedded>, Diagnostics> {
    let mut all = FxHashMap::default();
    let mut errors = Diagnostics::default();
    for &package in packages {
        let package = cx.package(package);
        for (info, &file) in package.info.iter().zip(&package.files) {
            let path = PathBuf::from(&*sources.file(file).path);
            let dir = path.parent().unwrap_or(Path::new("."));
            for embed in &info.embeds {
                match files_of(embed, dir) {
                    Ok(files) => {
                        all.insert(embed.var, lower::Embedded { kind: embed.kind, files });
                    }
                    Err(e) => errors.push(e),
                }
            }
        }
    }
    if errors.list.is_empty() {
        // Strings and slices hold one file.
        for &package in packages {
            for embed in cx.package(package).info.iter().flat_map(|i| &i.embeds) {
                let n = all.get(&embed.var).map_or(0, |e| e.files.len());
                if embed.kind != EmbedKind::Files && n != 1 {
                    let pos = cx.obj_pos(embed.var);
                    let t = cx.type_string(cx.obj_type(embed.var), package);
                    errors.error(pos, format!("invalid go:embed: multiple files for type {t}"));
                }
            }
        }
    }
    // The go command stops at the first pattern, in their order as text.
    errors.list.sort_by(|a, b| a.text.cmp(&b.text));
    let patterns = errors.list.first().is_some_and(|e| e.text.starts_with("pattern "));
    errors.list.truncate(if patterns { 1 } else { usize::MAX });
    if errors.list.is_empty() { Ok(all) } else { Err(errors) }
}

type Files = Vec<(String, Arc<[u8]>)>;

fn files_of(embed: &Embed, dir: &Path) -> Result<Files, Diagnostic> {
    let mut found: BTreeMap<String, PathBuf> = BTreeMap::new();
    for &(pattern, pos) in &embed.patterns {
        let pattern = pattern.as_str();
        let error = |text: String| Diagnostic::error(pos, format!("pattern {pattern}: {text}"));
        let (glob, everything) = pattern.strip_prefix("all:").map_or((pattern, false), |rest| (rest, true));
        let clean = glob != "." && !glob.is_empty() && glob.split('/').all(|part| !matches!(part, "" | "." | ".."));
        if !clean || !is_valid_glob(glob) {
            return Err(error("invalid pattern syntax".into()));
        }
        let matches = expand(dir, glob);
        if matches.is_empty() {
            return Err(error("no matching files found".into()));
        }
        let mut any = false;
        for name in matches {
            let path = dir.join(&name);
            let Ok(meta) = std::fs::symlink_metadata(&path) else { continue };
            let what = if meta.is_dir() { "directory" } else { "file" };
            if let Some(module) = in_other_module(dir, &name, meta.is_dir()) {
                return Err(error(format!("cannot embed {what} {name}: in different module ({module})")));
            }
            if let Some(bad) = name.split('/').find(|part| BAD_NAMES.contains(part)) {
                let whole = if bad == name { String::new() } else { format!(": invalid name {bad}") };
                return Err(error(format!("cannot embed {what} {name}{whole}")));
            }
            if meta.is_file() {
                any = true;
                found.insert(name, path);
            } else if meta.is_dir() {
                let before = found.len();
                walk(&path, &name, everything, &mut found);
                if found.len() == before && !has_files_below(&found, &name) {
                    return Err(error(format!("cannot embed directory {name}: contains no embeddable files")));
                }
                any = true;
            } else {
                return Err(error(format!("cannot embed irregular file {name}")));
            }
        }
        if !any {
            return Err(error("no matching files found".into()));
        }
    }
    let pos = embed.patterns[0].1;
    let mut files = Vec::new();
    for (name, path) in found {
        match std::fs::read(&path) {
            Ok(bytes) => files.push((name, bytes.into())),
            Err(e) => return Err(Diagnostic::error(pos, format!("open {}: {}", path.display(), crate::load::io_text(&e)))),
        }
    }
    Ok(files)
}

fn has_files_below(found: &BTreeMap<String, PathBuf>, dir: &str) -> bool {
    found.keys().any(|name| name.strip_prefix(dir).is_some_and(|rest| rest.starts_with('/')))
}

/// The root of the module below `dir` that `name` belongs to, if it is another one.
fn in_other_module(dir: &Path, name: &str, is_dir: bool) -> Option<String> {
    let parts: Vec<&str> = name.split('/').collect();
    let n = if is_dir { parts.len() } else { parts.len() - 1 };
    (1..=n).map(|n| parts[..n].join("/")).find(|d| dir.join(d).join("go.mod").is_file())
}

fn walk(dir: &Path, name: &str, everything: bool, found: &mut BTreeMap<String, PathBuf>) {
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let Ok(base) = entry.file_name().into_string() else { continue };
        if BAD_NAMES.contains(&base.as_str()) || (!everything && base.starts_with(['.', '_'])) {
            continue;
        }
        let (path, name) = (entry.path(), format!("{name}/{base}"));
        match entry.file_type() {
            Ok(t) if t.is_dir() && !path.join("go.mod").is_file() => walk(&path, &name, everything, found),
            Ok(t) if t.is_file() => {
                found.insert(name, path);
            }
            _ => {}
        }
    }
}

/// The names below `dir` that match a pattern of `/`-separated parts.
fn expand(dir: &Path, glob: &str) -> Vec<String> {
    let mut names: Vec<String> = vec![String::new()];
    for part in glob.split('/') {
        let mut next = Vec::new();
        for name in &names {
            let join = |base: &str| if name.is_empty() { base.to_owned() } else { format!("{name}/{base}") };
            if !part.contains(['*', '?', '[', '\\']) {
                let joined = join(part);
                if std::fs::symlink_metadata(dir.join(&joined)).is_ok() {
                    next.push(joined);
                }
                continue;
            }
            let entries = std::fs::read_dir(dir.join(name)).into_iter().flatten().flatten();
            let mut bases: Vec<String> = entries.filter_map(|e| e.file_name().into_string().ok()).collect();
            bases.sort();
            let pattern: Vec<char> = part.chars().collect();
            next.extend(bases.iter().filter(|b| matches(&pattern, &b.chars().collect::<Vec<_>>())).map(|b| join(b)));
        }
        names = next;
    }
    names
}

fn is_valid_glob(glob: &str) -> bool {
    let pattern: Vec<char> = glob.chars().collect();
    let mut at = 0;
    while at < pattern.len() {
        match pattern[at] {
            '[' => match class(&pattern[at..], '\0') {
                Some((_, len)) => at += len,
                None => return false,
            },
            '\\' if at + 1 >= pattern.len() => return false,
            '\\' => at += 2,
            _ => at += 1,
        }
    }
    true
}

/// `[a-z]` or `[^a-z]` at the start of `pattern`: does it have `c`, and how long is it? None: malformed.
fn class(pattern: &[char], c: char) -> Option<(bool, usize)> {
    let mut at = 1;
    let negated = pattern.get(at) == Some(&'^');
    at += negated as usize;
    let first = at;
    let mut has = false;
    let one = |at: &mut usize| -> Option<char> {
        let c = *pattern.get(*at)?;
        *at += 1;
        match c {
            '\\' => {
                let c = *pattern.get(*at)?;
                *at += 1;
                Some(c)
            }
            '-' | ']' => None,
            c => Some(c),
        }
    };
    loop {
        if pattern.get(at) == Some(&']') && at > first {
            return Some((has != negated, at + 1));
        }
        let low = one(&mut at)?;
        let mut high = low;
        if pattern.get(at) == Some(&'-') {
            at += 1;
            high = one(&mut at)?;
        }
        has |= (low..=high).contains(&c);
    }
}

/// As path.Match, for one part of a path.
fn matches(pattern: &[char], name: &[char]) -> bool {
    match pattern.first() {
        None => name.is_empty(),
        Some('*') => (0..=name.len()).any(|n| matches(&pattern[1..], &name[n..])),
        Some('?') => !name.is_empty() && matches(&pattern[1..], &name[1..]),
        Some('[') => {
            let (Some(&c), Some((has, len))) = (name.first(), class(pattern, name.first().copied().unwrap_or('\0'))) else { return false };
            let _ = c;
            has && matches(&pattern[len..], &name[1..])
        }
        Some('\\') => pattern.len() > 1 && name.first() == Some(&pattern[1]) && matches(&pattern[2..], &name[1..]),
        Some(c) => name.first() == Some(c) && matches(&pattern[1..], &name[1..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, name: &str) -> bool {
        matches(&pattern.chars().collect::<Vec<_>>(), &name.chars().collect::<Vec<_>>())
    }

    #[test]
    fn patterns_match_as_in_package_path() {
        for (pattern, name, want) in [
            ("*.txt", "a.txt", true),
            ("*.txt", ".txt", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("[a-c]x", "bx", true),
            ("[^a-c]x", "bx", false),
            ("[a-c]x", "dx", false),
            ("\\*", "*", true),
            ("\\*", "a", false),
            ("*a*b*", "xxaxxbxx", true),
        ] {
            assert_eq!(fits(pattern, name), want, "{pattern} {name}");
        }
        assert!(!is_valid_glob("[") && !is_valid_glob("[]") && !is_valid_glob("a\\") && is_valid_glob("[a-b]*"));
    }
}
