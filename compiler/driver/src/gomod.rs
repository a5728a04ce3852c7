//! The part of `go.mod` that a build inside one module needs: module path and language version.
//! Requirements, replacements and the rest are reported as not supported where an import needs them.

use std::path::{Path, PathBuf};

#[derive(Clone, Debug)]
pub struct Module {
    pub root: PathBuf,
    pub path: String,
    /// Minor version of the `go` line: 22 for `go 1.22`.
    pub go_minor: Option<u32>,
}

/// The module that holds `dir`: the nearest `go.mod` above it.
///
/// # Errors
/// `go.mod` exists and cannot be read or has no module line.
pub fn find(dir: &Path) -> Result<Option<Module>, String> {
    for root in dir.ancestors() {
        let file = root.join("go.mod");
        if file.is_file() {
            let text = std::fs::read_to_string(&file).map_err(|e| format!("reading {}: {e}", file.display()))?;
            return parse(root, &text).map(Some).map_err(|e| format!("{}: {e}", file.display()));
        }
    }
    Ok(None)
}

fn parse(root: &Path, text: &str) -> Result<Module, String> {
    let mut path = None;
    let mut go_minor = None;
    for (n, line) in text.lines().enumerate() {
        let line = line.split("//").next().unwrap_or("").trim();
        let mut words = line.split_whitespace();
        match words.next() {
            Some("module") => path = words.next().map(|w| w.trim_matches('"').to_owned()),
            Some("go") => {
                let version = words.next().unwrap_or("");
                let minor = version.strip_prefix("1.").and_then(|m| m.split(['.', 'r', 'b']).next()).and_then(|m| m.parse().ok());
                go_minor = Some(minor.ok_or_else(|| format!("{}: invalid go version '{version}': must match format 1.23", n + 1))?);
            }
            _ => {}
        }
    }
    Ok(Module { root: root.to_owned(), path: path.ok_or("no module declaration in go.mod")?, go_minor })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_module_and_version() {
        let m = parse(Path::new("/r"), "module example.com/m // x\n\ngo 1.22.1\n").unwrap();
        assert_eq!((m.path.as_str(), m.go_minor), ("example.com/m", Some(22)));
        assert!(parse(Path::new("/r"), "go 1.22\n").is_err());
        assert!(parse(Path::new("/r"), "module m\ngo two\n").is_err());
    }
}
