#!/usr/bin/env bash
# Everything CI checks, by hand too: format, lints as errors, unit tests, test programs in all modes.
# Needs Rust and, for nothing but cargo's own native dependencies, a C compiler.
set -euo pipefail
cd "$(dirname "$0")/.."
step() { printf '\n== %s\n' "$*"; }

step "format"
cargo fmt --all --check
step "lints"
cargo clippy --quiet --workspace --all-targets -- -D warnings
step "unit tests"
cargo test --quiet --workspace
step "gorc"
cargo build --quiet --release -p gorc
step "test programs (plain, not optimised, one P, collection at every allocation, stack moved at every check)"
cargo run --quiet -p filetest
