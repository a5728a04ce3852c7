#!/usr/bin/env bash
# Go's own language tests through gorc: ci/conformance.sh [--kind run ...]. TOOLS: the folder with gotest.py
# (default: ../shared/conformance beside the checkout).
set -euo pipefail
cd "$(dirname "$0")/.."
eval "$(ci/reference.sh)"
tools=${TOOLS:-../shared/conformance}
cargo build --quiet --release -p gorc
exec python3 "$tools/gotest.py" --suite "$SUITE" --types "$GOROOT/src/internal/types/testdata" \
    --compiler "$PWD/target/release/gorc" -j "${JOBS:-2}" --json target/conformance.json "$@"
