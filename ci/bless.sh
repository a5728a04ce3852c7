#!/usr/bin/env bash
# Makes the expectations of test programs with the reference toolchain: ci/bless.sh testdata/run/x.go ...
set -euo pipefail
cd "$(dirname "$0")/.."
eval "$(ci/reference.sh)"
exec cargo run --quiet -p filetest -- --bless-go "$GOROOT/bin/go" "$@"
