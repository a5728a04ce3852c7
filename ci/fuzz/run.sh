#!/bin/sh
# Broken programs through scanner, parser and type checker: run.sh GO_TEST_DIR [INPUTS] [SEED] [MORE_CORPUS...]
# What fails is saved in target/fuzz. See compiler/types/examples/fuzz.rs.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
suite=$1
inputs=${2:-100000}
seed=${3:-1}
shift; [ $# -gt 0 ] && shift; [ $# -gt 0 ] && shift
cd "$root"
cargo build --quiet -p types --example fuzz
exec nice -n 10 target/debug/examples/fuzz target/fuzz "$inputs" "$seed" stdlib "$suite" testdata "$@"
