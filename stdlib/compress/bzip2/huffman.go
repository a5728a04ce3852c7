package bzip2

import (
	"cmp"
	"slices"
)

// A tree decodes a Huffman code.  A child that is not negative is a node, another one the
// complement of a symbol.
type tree struct {
	nodes []node
	root  int32
}

type node [2]int32

// A leaf is a symbol and its code, from the highest bit of a word on.
type leaf struct {
	code   uint32
	symbol int32
}

func (t *tree) decode(br *bitReader) int {
	n := t.root
	for n >= 0 {
		if br.bits == 0 && br.err != nil {
			return 0
		}
		n = t.nodes[n][br.read(1)]
		if br.err != nil {
			return 0
		}
	}
	return int(^n)
}

// init makes the tree for codes with the given lengths.
func (t *tree) init(lengths []int) error {
	// The codes ascend with length and symbol.  Their complements are handed out from
	// the end, so that whatever is missing to a whole tree is missing at its other side.
	order := make([]int32, len(lengths))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		if c := cmp.Compare(lengths[a], lengths[b]); c != 0 {
			return c
		}
		return cmp.Compare(a, b)
	})
	leaves := make([]leaf, len(lengths))
	code := uint32(0)
	for i := len(order) - 1; i >= 0; i-- {
		leaves[i] = leaf{code, order[i]}
		code += 1 << (32 - lengths[order[i]])
	}
	slices.SortStableFunc(leaves, func(a, b leaf) int { return cmp.Compare(a.code, b.code) })
	t.nodes = t.nodes[:0]
	root, err := t.build(leaves, 0)
	t.root = root
	return err
}

// build makes the tree of leaves whose codes are the same in the first level bits.  A node
// with one side only is left out, as there are writers that make such codes.
func (t *tree) build(leaves []leaf, level uint) (int32, error) {
	test := uint32(1) << (31 - level)
	split := 0
	for split < len(leaves) && leaves[split].code&test == 0 {
		split++
	}
	if split == 0 || split == len(leaves) {
		if len(leaves) < 2 {
			return 0, StructuralError("empty Huffman tree")
		}
		if level == 31 {
			return 0, StructuralError("equal symbols in Huffman tree")
		}
		return t.build(leaves, level+1)
	}
	n := int32(len(t.nodes))
	t.nodes = append(t.nodes, node{})
	// Complements: the bit is 1 where that of the code here is 0.
	for bit, part := range [2][]leaf{leaves[split:], leaves[:split]} {
		child := ^part[0].symbol
		if len(part) > 1 {
			var err error
			if child, err = t.build(part, level+1); err != nil {
				return 0, err
			}
		}
		t.nodes[n][bit] = child
	}
	return n, nil
}
