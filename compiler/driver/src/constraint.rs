//! Which files of a directory belong to a build: `_GOOS`/`_GOARCH` suffixes, `//go:build` tags
//! (<https://pkg.go.dev/cmd/go#hdr-Build_constraints>).

/// The target and the tags of a build.
#[derive(Clone, Debug)]
pub struct BuildContext {
    pub goos: String,
    pub goarch: String,
    /// `-tags`
    pub tags: Vec<String>,
    /// Newest release tag `go1.N` that is true.
    pub minor: u32,
    /// Where the standard library comes from.
    pub std: crate::goroot::StdSource,
    /// Nothing will be built: errors of imports do not keep the types from being checked.
    pub check_only: bool,
}

const KNOWN_OS: &[&str] = &[
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
    "zos",
];
const KNOWN_ARCH: &[&str] = &[
    "386",
    "amd64",
    "amd64p32",
    "arm",
    "armbe",
    "arm64",
    "arm64be",
    "loong64",
    "mips",
    "mipsle",
    "mips64",
    "mips64le",
    "mips64p32",
    "mips64p32le",
    "ppc",
    "ppc64",
    "ppc64le",
    "riscv",
    "riscv64",
    "s390",
    "s390x",
    "sparc",
    "sparc64",
    "wasm",
];
/// The newest language release we compile.
pub const GO_MINOR: u32 = 27;

impl BuildContext {
    pub fn host() -> BuildContext {
        let goarch = if cfg!(target_arch = "aarch64") { "arm64" } else { "amd64" };
        BuildContext { goos: "linux".into(), goarch: goarch.into(), tags: Vec::new(), minor: GO_MINOR, std: Default::default(), check_only: false }
    }

    /// Is a tag of a `//go:build` line true? gorc takes gc's side where modules choose by compiler, and the pure
    /// Go side where they choose by assembly.
    pub fn has_tag(&self, tag: &str) -> bool {
        if tag == self.goos || tag == self.goarch || matches!(tag, "unix" | "gc" | "purego" | "noasm" | "gorc") {
            return true;
        }
        if let Some(minor) = tag.strip_prefix("go1.") {
            return minor.parse::<u32>().is_ok_and(|m| m <= self.minor);
        }
        self.tags.iter().any(|t| t == tag)
    }

    /// Does the file's name allow it: `x_linux.go`, `x_arm64.go`, `x_linux_arm64.go`? A bare `linux.go` is not constrained.
    pub fn name_matches(&self, name: &str) -> bool {
        let stem = name.strip_suffix(".go").unwrap_or(name);
        let stem = stem.strip_suffix("_test").unwrap_or(stem);
        let Some((_, rest)) = stem.split_once('_') else { return true };
        let parts: Vec<&str> = rest.split('_').collect();
        let last = parts[parts.len() - 1];
        if KNOWN_ARCH.contains(&last) {
            let os_ok = parts.len() < 2 || !KNOWN_OS.contains(&parts[parts.len() - 2]) || parts[parts.len() - 2] == self.goos;
            return os_ok && last == self.goarch;
        }
        !KNOWN_OS.contains(&last) || last == self.goos
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_choose_by_target() {
        let cx = BuildContext { goos: "linux".into(), goarch: "amd64".into(), tags: vec!["x".into()], ..BuildContext::host() };
        for (name, want) in [
            ("a.go", true),
            ("linux.go", true),
            ("a_linux.go", true),
            ("a_windows.go", false),
            ("a_amd64.go", true),
            ("a_arm64.go", false),
            ("a_linux_amd64.go", true),
            ("a_windows_amd64.go", false),
            ("a_linux_test.go", true),
            ("a_foo.go", true),
        ] {
            assert_eq!(cx.name_matches(name), want, "{name}");
        }
        assert!(cx.has_tag("go1.27") && !cx.has_tag("go1.28") && cx.has_tag("x") && !cx.has_tag("cgo"));
    }
}
