package strings

import (
	"io"
	"sync"
)

// Replacer replaces many strings in one go.  It may be used by several
// goroutines at once.
type Replacer struct {
	once   sync.Once
	oldnew []string // until the first use

	// How to find matches; the first that applies is used.
	bytes *[256]string // what each byte becomes, if all olds are single bytes
	plain [256]bool    // bytes that stay as they are
	find  string       // the only old, of two bytes or more
	by    string       // its replacement
	trie  *trie        // everything else
}

// NewReplacer returns a Replacer for pairs of old and new.  It goes through
// the text once, from the left; at each position the first pair that matches
// is taken, and nothing is replaced twice.  It panics if the number of
// arguments is odd.
func NewReplacer(oldnew ...string) *Replacer {
	if len(oldnew)%2 != 0 {
		panic("strings.NewReplacer: odd argument count")
	}
	return &Replacer{oldnew: append([]string(nil), oldnew...)}
}

// build chooses how to search.
func (r *Replacer) build() {
	pairs := r.oldnew
	r.oldnew = nil
	if len(pairs) == 2 && len(pairs[0]) > 1 {
		r.find, r.by = pairs[0], pairs[1]
		return
	}
	for i := 0; i < len(pairs); i += 2 {
		if len(pairs[i]) != 1 {
			r.trie = makeTrie(pairs)
			return
		}
	}
	r.bytes = new([256]string)
	for i := range r.plain {
		r.plain[i] = true
	}
	for i := len(pairs) - 2; i >= 0; i -= 2 { // backwards: the first pair wins
		c := pairs[i][0]
		r.bytes[c], r.plain[c] = pairs[i+1], false
	}
}

// next returns the first match in s[from:]: where it is, how long, and what
// replaces it.  skipEmpty says that an empty old just matched at from.
func (r *Replacer) next(s string, from int, skipEmpty bool) (at, size int, by string, found bool) {
	switch {
	case r.bytes != nil:
		for i := from; i < len(s); i++ {
			if !r.plain[s[i]] {
				return i, 1, r.bytes[s[i]], true
			}
		}
	case r.trie == nil:
		if i := Index(s[from:], r.find); i >= 0 {
			return from + i, len(r.find), r.by, true
		}
	default:
		t := r.trie
		for i := from; i <= len(s); i++ {
			if !t.root.match && (i == len(s) || t.child(&t.root, s[i]) == nil) {
				continue
			}
			if n := t.lookup(s[i:], skipEmpty && i == from); n != nil {
				return i, n.depth, n.by, true
			}
		}
	}
	return 0, 0, "", false
}

// Replace returns s with all replacements made.
func (r *Replacer) Replace(s string) string {
	r.once.Do(r.build)
	at, size, by, found := r.next(s, 0, false)
	if !found {
		return s
	}
	var b Builder
	b.Grow(len(s) + len(by))
	last := 0
	for found {
		b.WriteString(s[last:at])
		b.WriteString(by)
		last = at + size
		at, size, by, found = r.next(s, last, size == 0)
	}
	b.WriteString(s[last:])
	return b.String()
}

// WriteString writes s to w with all replacements made.
func (r *Replacer) WriteString(w io.Writer, s string) (n int, err error) {
	r.once.Do(r.build)
	if r.bytes != nil {
		// Single bytes would make many small writes.
		return io.WriteString(w, r.Replace(s))
	}
	last, size := 0, 1
	for {
		var at, m int
		var by string
		var found bool
		at, size, by, found = r.next(s, last, size == 0)
		if !found {
			at = len(s)
		}
		if last < at {
			m, err = io.WriteString(w, s[last:at])
			if n += m; err != nil {
				return n, err
			}
		}
		if !found {
			return n, nil
		}
		m, err = io.WriteString(w, by)
		if n += m; err != nil {
			return n, err
		}
		last = at + size
	}
}

// trie finds which of many olds matches at a position.  Bytes that occur in no
// old share the class 0, so that a node's table has only as many entries as
// there are distinct bytes.
type trie struct {
	class [256]uint16
	n     int // number of classes
	root  trieNode
}

type trieNode struct {
	match bool
	rank  int    // of the pair that ends here: the lowest wins
	depth int    // length of the old
	by    string // its replacement
	next  []*trieNode
}

func makeTrie(pairs []string) *trie {
	t := &trie{n: 1}
	for i := 0; i < len(pairs); i += 2 {
		for j := 0; j < len(pairs[i]); j++ {
			if c := pairs[i][j]; t.class[c] == 0 {
				t.class[c] = uint16(t.n)
				t.n++
			}
		}
	}
	for i := 0; i < len(pairs); i += 2 {
		node := &t.root
		for j := 0; j < len(pairs[i]); j++ {
			if node.next == nil {
				node.next = make([]*trieNode, t.n)
			}
			class := t.class[pairs[i][j]]
			if node.next[class] == nil {
				node.next[class] = &trieNode{depth: j + 1}
			}
			node = node.next[class]
		}
		if !node.match {
			node.match, node.rank, node.by = true, i, pairs[i+1]
		}
	}
	return t
}

func (t *trie) child(node *trieNode, c byte) *trieNode {
	if node.next == nil {
		return nil
	}
	return node.next[t.class[c]]
}

// lookup returns the best node that s starts with, or nil.
func (t *trie) lookup(s string, skipEmpty bool) *trieNode {
	var best *trieNode
	node := &t.root
	if node.match && !skipEmpty {
		best = node
	}
	for i := 0; i < len(s); i++ {
		node = t.child(node, s[i])
		if node == nil {
			break
		}
		if node.match && (best == nil || node.rank < best.rank) {
			best = node
		}
	}
	return best
}
