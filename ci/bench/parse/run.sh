#!/bin/sh
# Scanner and parser against go/parser, one thread each, on all of a Go tree's source: run.sh GOROOT/src [ROUNDS]
# Rounds alternate; the ratio is that of the least times.
set -eu
dir=$(cd "$(dirname "$0")" && pwd)
src=$1
rounds=${2:-5}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
(cd "$dir/../../.." && cargo build --quiet --release -p syntax --example parse_tree)
ours=$dir/../../../target/release/examples/parse_tree
go build -o "$tmp/goparse" "$dir/goparse.go"
i=0
while [ "$i" -lt "$rounds" ]; do
	"$ours" -bench 1 "$src" >>"$tmp/ours"
	"$tmp/goparse" 1 "$src" >>"$tmp/go"
	i=$((i + 1))
done
least() { sort -k5 -n "$1" | head -1; }
echo "gorc       $(least "$tmp/ours")"
echo "go/parser  $(least "$tmp/go")"
awk -v a="$(least "$tmp/ours" | cut -d' ' -f5)" -v b="$(least "$tmp/go" | cut -d' ' -f5)" 'BEGIN { printf "gorc/go/parser: %.2f\n", a / b }'
