#!/bin/sh
# The type checker against go/types, one thread each, on all packages of a Go tree: run.sh GOROOT/src [ROUNDS]
# Rounds alternate; the ratio is that of the least CPU times (parsing is not part of them).
set -eu
dir=$(cd "$(dirname "$0")" && pwd)
src=$1
rounds=${2:-5}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
(cd "$dir/../../.." && cargo build --quiet --release -p types --example check_tree)
ours=$dir/../../../target/release/examples/check_tree
go build -o "$tmp/gocheck" "$dir/gocheck.go"
i=0
while [ "$i" -lt "$rounds" ]; do
	"$ours" -bench 1 "$src" >>"$tmp/ours"
	"$tmp/gocheck" 1 "$src" >>"$tmp/go"
	i=$((i + 1))
done
least() { sort -k5 -n "$1" | head -1; }
echo "gorc      $(least "$tmp/ours")"
echo "go/types  $(least "$tmp/go")"
awk -v a="$(least "$tmp/ours" | cut -d' ' -f5)" -v b="$(least "$tmp/go" | cut -d' ' -f5)" 'BEGIN { printf "gorc/go/types: %.2f\n", a / b }'
