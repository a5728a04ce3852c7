//! The standard library of an installed Go tree (`GOROOT`), compiled unmodified on our low-level set.
//!
//! In: the environment or `-std=goroot`. Out: which packages come from the tree, and which of their files. Files
//! are chosen for an architecture that Go does not know, so that every package takes its portable code instead
//! of assembly; the few packages whose constants and tables are the machine's take its own.
//! What the runtime provides to these packages is in `stdlib/runtime/linkname.go`.

use crate::constraint::BuildContext;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Packages that are ours in every mode: they are the runtime, or know how it works.
const LOW_LEVEL: &[&str] = &[
    "internal/abi",
    "internal/bytealg",
    "internal/cpu",
    "internal/reflectlite",
    "internal/runtime/atomic",
    "internal/runtime/maps",
    "internal/runtime/sys",
    "internal/runtime/syscall/linux",
    "iter",
    "reflect",
    "runtime",
    "runtime/pprof",
    "sync/atomic",
    "testing",
    "testing/internal/testdeps",
    "vendor/golang.org/x/sys/cpu",
];

/// Packages whose files are chosen for the real architecture: system call numbers, layouts, byte order.
const REAL_ARCH: &[&str] = &["encoding/binary", "internal/goarch", "internal/syscall/unix", "syscall"];

/// An architecture that no file name and no build line knows.
const NEUTRAL_ARCH: &str = "neutral";

/// Tags with which the tree's packages take their portable code.
const TAGS: &[&str] = &["purego", "netgo", "osusergo", "math_big_pure_go"];

/// Experiments that are on by default in the releases we take, by the first minor version.
const EXPERIMENTS: &[(&str, u32)] = &[
    ("goexperiment.greenteagc", 26),
    ("goexperiment.randomizedheapbase64", 26),
    ("goexperiment.sizespecializedmalloc", 26),
    ("goexperiment.regabiwrappers", 26),
    ("goexperiment.regabiargs", 26),
    ("goexperiment.dwarf5", 26),
    ("goexperiment.jsonv2", 27),
];

/// The releases whose tree can be used.
const MINORS: std::ops::RangeInclusive<u32> = 26..=27;

/// Where packages of the standard library come from.
#[derive(Clone, Debug, Default)]
pub struct StdSource {
    /// Everything outside the low-level set comes from the tree.
    pub prefer_tree: bool,
    /// `GOROOT`
    pub root: Option<PathBuf>,
}

/// A usable tree.
#[derive(Clone, Debug)]
pub struct Tree {
    root: PathBuf,
    minor: u32,
}

impl StdSource {
    /// What `GORC_STD` and `GOROOT` say; the flag goes before `GORC_STD`.
    ///
    /// # Errors
    /// A word that is neither `own` nor `goroot`.
    pub fn from_environment(flag: Option<&str>) -> Result<StdSource, String> {
        let variable = std::env::var("GORC_STD").ok();
        let prefer_tree = match flag.or(variable.as_deref()) {
            None | Some("" | "own") => false,
            Some("goroot") => true,
            Some(other) => return Err(format!("invalid value {other:?} for -std: want own or goroot")),
        };
        let root = std::env::var_os("GOROOT").filter(|r| !r.is_empty()).map(PathBuf::from);
        Ok(StdSource { prefer_tree, root })
    }

    /// The tree, if one is named.
    ///
    /// # Errors
    /// `-std=goroot` without a tree, a directory that is none, a release that is not supported.
    pub fn tree(&self) -> Result<Option<Tree>, String> {
        let Some(root) = &self.root else {
            return if self.prefer_tree { Err("-std=goroot needs GOROOT to name a Go 1.26 or 1.27 tree".into()) } else { Ok(None) };
        };
        match Tree::open(root) {
            Ok(tree) => Ok(Some(tree)),
            // A GOROOT that is set for other tools must not keep programs from building that do not need it.
            Err(_) if !self.prefer_tree => Ok(None),
            Err(e) => Err(e),
        }
    }
}

impl Tree {
    fn open(root: &Path) -> Result<Tree, String> {
        let text = std::fs::read_to_string(root.join("VERSION"))
            .map_err(|e| format!("GOROOT={}: reading VERSION: {}", root.display(), crate::load::io_text(&e)))?;
        let version = text.lines().next().unwrap_or("").trim();
        let minor = version.strip_prefix("go1.").and_then(|m| m.split(['.', 'r', 'b', '-', ' ']).next()).and_then(|m| m.parse().ok());
        match minor {
            Some(minor) if MINORS.contains(&minor) => Ok(Tree { root: root.to_owned(), minor }),
            _ => Err(format!("GOROOT={}: {version} is not supported: want go1.{} to go1.{}", root.display(), MINORS.start(), MINORS.end())),
        }
    }

    pub fn source_dir(&self) -> PathBuf {
        self.root.join("src")
    }

    /// The directory of a package, if the tree has it.
    pub fn package_dir(&self, path: &str) -> Option<PathBuf> {
        let dir = self.source_dir().join(path);
        let clean = !path.is_empty() && path.split('/').all(|p| !p.is_empty() && !p.starts_with(['.', '_']) && p != "testdata") && path != "builtin";
        (clean && !path.starts_with("cmd/") && has_go_files(&dir)).then_some(dir)
    }

    /// How the files of a package of the tree are chosen.
    pub fn selection(&self, path: &str, target: &BuildContext) -> BuildContext {
        let mut cx = target.clone();
        if !REAL_ARCH.contains(&path) {
            cx.goarch = NEUTRAL_ARCH.into();
        }
        cx.minor = self.minor;
        cx.tags = TAGS.iter().map(|t| (*t).to_owned()).chain(target.tags.iter().filter(|t| !t.starts_with("goexperiment.")).cloned()).collect();
        cx.tags.extend(EXPERIMENTS.iter().filter(|(_, since)| *since <= self.minor).map(|(tag, _)| (*tag).to_owned()));
        cx
    }

    pub fn minor(&self) -> u32 {
        self.minor
    }
}

fn has_go_files(dir: &Path) -> bool {
    std::fs::read_dir(dir)
        .is_ok_and(|entries| entries.flatten().any(|e| e.file_name().to_str().is_some_and(|n| n.ends_with(".go") && !n.ends_with("_test.go"))))
}

pub fn is_low_level(path: &str) -> bool {
    LOW_LEVEL.contains(&path)
}

/// The name and text of a package's files in the tree, sorted by name, tests left out.
///
/// # Errors
/// A file that cannot be read.
pub fn files(dir: &Path) -> std::io::Result<Vec<(String, Arc<[u8]>)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if name.ends_with(".go") && !name.ends_with("_test.go") && !name.starts_with(['_', '.']) {
            files.push((name, std::fs::read(entry.path())?.into()));
        }
    }
    files.sort();
    Ok(files)
}

/// The packages that programs can import, sorted.
pub fn public_packages() -> &'static [&'static str] {
    PUBLIC
}

/// Does Go 1.27 have this package for programs to import?
pub fn is_public_package(path: &str) -> bool {
    PUBLIC.contains(&path)
}

#[rustfmt::skip]
const PUBLIC: &[&str] = &[
    "archive/tar", "archive/zip", "bufio", "bytes", "cmp", "compress/bzip2", "compress/flate", "compress/gzip", "compress/lzw", "compress/zlib",
    "container/heap", "container/list", "container/ring", "context", "crypto", "crypto/aes", "crypto/cipher", "crypto/des", "crypto/dsa",
    "crypto/ecdh", "crypto/ecdsa", "crypto/ed25519", "crypto/elliptic", "crypto/fips140", "crypto/hkdf", "crypto/hmac", "crypto/hpke",
    "crypto/md5", "crypto/mldsa", "crypto/mlkem", "crypto/mlkem/mlkemtest", "crypto/pbkdf2", "crypto/rand", "crypto/rc4", "crypto/rsa",
    "crypto/sha1", "crypto/sha256", "crypto/sha3", "crypto/sha512", "crypto/subtle", "crypto/tls", "crypto/x509", "crypto/x509/pkix",
    "database/sql", "database/sql/driver", "debug/buildinfo", "debug/dwarf", "debug/elf", "debug/gosym", "debug/macho", "debug/pe",
    "debug/plan9obj", "embed", "encoding", "encoding/ascii85", "encoding/asn1", "encoding/base32", "encoding/base64", "encoding/binary",
    "encoding/csv", "encoding/gob", "encoding/hex", "encoding/json", "encoding/json/jsontext", "encoding/json/v2", "encoding/pem", "encoding/xml",
    "errors", "expvar", "flag", "fmt", "go/ast", "go/build", "go/build/constraint", "go/constant", "go/doc", "go/doc/comment", "go/format",
    "go/importer", "go/parser", "go/printer", "go/scanner", "go/token", "go/types", "go/version", "hash", "hash/adler32", "hash/crc32",
    "hash/crc64", "hash/fnv", "hash/maphash", "html", "html/template", "image", "image/color", "image/color/palette", "image/draw", "image/gif",
    "image/jpeg", "image/png", "index/suffixarray", "io", "io/fs", "io/ioutil", "iter", "log", "log/slog", "log/syslog", "maps", "math",
    "math/big", "math/bits", "math/cmplx", "math/rand", "math/rand/v2", "mime", "mime/multipart", "mime/quotedprintable", "net", "net/http",
    "net/http/cgi", "net/http/cookiejar", "net/http/fcgi", "net/http/httptest", "net/http/httptrace", "net/http/httputil", "net/http/pprof",
    "net/mail", "net/netip", "net/rpc", "net/rpc/jsonrpc", "net/smtp", "net/textproto", "net/url", "os", "os/exec", "os/signal", "os/user", "path",
    "path/filepath", "plugin", "reflect", "regexp", "regexp/syntax", "runtime", "runtime/cgo", "runtime/coverage", "runtime/debug",
    "runtime/metrics", "runtime/pprof", "runtime/race", "runtime/trace", "slices", "sort", "strconv", "strings", "structs", "sync", "sync/atomic",
    "syscall", "testing", "testing/cryptotest", "testing/fstest", "testing/iotest", "testing/quick", "testing/slogtest", "testing/synctest",
    "text/scanner", "text/tabwriter", "text/template", "text/template/parse", "time", "time/tzdata", "unicode", "unicode/utf16", "unicode/utf8",
    "unique", "uuid", "weak",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(version: &str) -> Result<Tree, String> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("VERSION"), version).unwrap();
        Tree::open(dir.path())
    }

    #[test]
    fn takes_two_releases() {
        assert_eq!(tree("go1.27.3\ntime x\n").unwrap().minor(), 27);
        assert_eq!(tree("go1.26rc1\n").unwrap().minor(), 26);
        assert!(tree("go1.25.1\n").unwrap_err().contains("want go1.26 to go1.27"));
        assert!(tree("devel\n").is_err());
    }

    #[test]
    fn files_are_portable_but_for_tables_of_the_machine() {
        let tree = tree("go1.27\n").unwrap();
        let target = BuildContext::host();
        let portable = tree.selection("math", &target);
        assert!(!portable.name_matches("floor_amd64.go") && !portable.name_matches("floor_arm64.go") && portable.name_matches("x_linux.go"));
        assert!(
            portable.has_tag("purego")
                && portable.has_tag("math_big_pure_go")
                && portable.has_tag("goexperiment.jsonv2")
                && !portable.has_tag("amd64")
        );
        let real = tree.selection("syscall", &BuildContext { goarch: "amd64".into(), ..target });
        assert!(real.name_matches("zsysnum_linux_amd64.go") && !real.name_matches("zsysnum_linux_arm64.go"));
    }
}
