//! Builds the runtime as a freestanding static archive for each target, with a nested cargo, for `runtime_archive.rs` to embed.
//!
//! A target whose `core` library is not installed gets an empty archive: gorc then says that it cannot build for it.
//! `GORC_AARCH64_RUSTC` names a compiler that has the aarch64 library when the default one has not.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

struct Target {
    arch: &'static str,
    triple: &'static str,
    flags: &'static [&'static str],
    rustc_variable: Option<&'static str>,
}

const TARGETS: &[Target] = &[
    Target { arch: "x86_64", triple: "x86_64-unknown-linux-gnu", flags: &[], rustc_variable: None },
    // The outline helpers would pull in the C library.
    Target {
        arch: "aarch64",
        triple: "aarch64-unknown-linux-gnu",
        flags: &["-Ctarget-feature=-outline-atomics"],
        rustc_variable: Some("GORC_AARCH64_RUSTC"),
    },
];

fn main() {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let root = manifest.ancestors().nth(2).expect("compiler/driver is two levels deep").to_path_buf();
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("set by cargo"));
    for path in ["runtime/src", "runtime/Cargo.toml", "compiler/abi/src", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={}", root.join(path).display());
    }
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=GORC_AARCH64_RUSTC");
    for target in TARGETS {
        let archive = out.join(format!("libruntime-{}.a", target.arch));
        let rustc = target.rustc_variable.and_then(env::var_os).or_else(|| env::var_os("RUSTC")).unwrap_or_else(|| OsString::from("rustc"));
        let built = if has_core(&rustc, target.triple) { Some(build(&root, &out, &rustc, target)) } else { None };
        match built {
            Some(from) => drop(fs::copy(from, &archive).expect("copy the runtime archive")),
            None => fs::write(&archive, b"").expect("write an empty archive"),
        }
    }
}

fn build(root: &Path, out: &Path, rustc: &OsStr, target: &Target) -> PathBuf {
    let target_dir = out.join("runtime-target");
    let remap = format!("--remap-path-prefix={}=.", root.display());
    let flags = [remap.as_str(), "-Cforce-frame-pointers=yes", "-Crelocation-model=static"]
        .into_iter()
        .chain(target.flags.iter().copied())
        .collect::<Vec<_>>()
        .join("\x1f");
    let mut cargo = Command::new(env::var_os("CARGO").expect("set by cargo"));
    // What cargo set for this script must not reach the nested cargo: its flags and wrappers are for the compiler's own build, and a shared target
    // directory would make the two wait for each other.
    for (name, _) in env::vars_os() {
        if is_foreign(&name.to_string_lossy()) {
            cargo.env_remove(name);
        }
    }
    cargo
        .current_dir(root)
        .env("RUSTC", rustc)
        .env("CARGO_ENCODED_RUSTFLAGS", flags)
        .args(["rustc", "--locked", "--offline", "--quiet", "--package", "runtime", "--lib", "--profile", "runtime"])
        .args(["--features", "entry", "--crate-type", "staticlib", "--target", target.triple, "--target-dir"])
        .arg(&target_dir);
    let status = cargo.status().expect("run cargo");
    assert!(status.success(), "building the runtime for {} failed", target.triple);
    target_dir.join(target.triple).join("runtime/libruntime.a")
}

fn is_foreign(name: &str) -> bool {
    const PREFIXES: &[&str] = &["CARGO_PROFILE_", "CARGO_BUILD_", "CARGO_FEATURE_", "CARGO_CFG_"];
    const NAMES: &[&str] = &[
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "RUSTC_WRAPPER",
        "RUSTC_WORKSPACE_WRAPPER",
        "RUSTDOC",
        "CARGO_TARGET_DIR",
        "TARGET",
        "HOST",
        "PROFILE",
        "OPT_LEVEL",
        "DEBUG",
        "NUM_JOBS",
    ];
    PREFIXES.iter().any(|p| name.starts_with(p)) || NAMES.contains(&name)
}

fn has_core(rustc: &OsStr, triple: &str) -> bool {
    let Ok(output) = Command::new(rustc).args(["--print", "target-libdir", "--target", triple]).output() else { return false };
    let dir = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    fs::read_dir(dir).is_ok_and(|mut entries| entries.any(|e| e.is_ok_and(|e| e.file_name().to_string_lossy().starts_with("libcore-"))))
}
