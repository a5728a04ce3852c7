package rand

import (
	"errors"
	"internal/chacha8"
)

// ChaCha8 is a cryptographically strong generator, ChaCha8Rand.
type ChaCha8 struct {
	state chacha8.State
	// Bytes of a word that Read did not need: the last left of word.
	word [8]byte
	left int
}

// NewChaCha8 returns a ChaCha8 with the given seed.
func NewChaCha8(seed [32]byte) *ChaCha8 {
	c := new(ChaCha8)
	c.state.Init(seed)
	return c
}

// Seed sets the state, like [NewChaCha8].
func (c *ChaCha8) Seed(seed [32]byte) {
	c.state.Init(seed)
	c.left = 0
	c.word = [8]byte{}
}

// Uint64 returns a random number.
func (c *ChaCha8) Uint64() uint64 { return c.state.Uint64() }

// Read fills p.  It never fails.  Among calls of Uint64, Read may return bits
// from before the last of them.
func (c *ChaCha8) Read(p []byte) (n int, err error) {
	n = copy(p, c.word[8-c.left:])
	c.left -= n
	for n < len(p) {
		appendLE(c.word[:0], c.Uint64())
		m := copy(p[n:], c.word[:])
		c.left = 8 - m
		n += m
	}
	return n, nil
}

const (
	chachaTag = "chacha8:"
	bufTag    = "readbuf:"
)

// AppendBinary appends the state to b.
func (c *ChaCha8) AppendBinary(b []byte) ([]byte, error) {
	if c.left > 0 {
		b = append(b, bufTag...)
		b = append(b, uint8(c.left))
		b = append(b, c.word[8-c.left:]...)
	}
	// How many words of the key's stream are used, and the key.
	b = append(b, chachaTag...)
	used := c.state.Ctr/4*uint32(len(c.state.Buf)) + c.state.I
	b = appendBE(b, uint64(used))
	for _, k := range c.state.Key {
		b = appendLE(b, k)
	}
	return b, nil
}

// MarshalBinary returns the state.
func (c *ChaCha8) MarshalBinary() ([]byte, error) { return c.AppendBinary(make([]byte, 0, 64)) }

// UnmarshalBinary sets the state.
func (c *ChaCha8) UnmarshalBinary(data []byte) error {
	bad := errors.New("invalid ChaCha8 encoding")
	left := 0
	var word [8]byte
	if len(data) >= len(bufTag) && string(data[:len(bufTag)]) == bufTag {
		data = data[len(bufTag):]
		if len(data) == 0 || data[0] > 7 || len(data) < 1+int(data[0]) {
			return errors.New("invalid ChaCha8 Read buffer encoding")
		}
		left = int(data[0])
		copy(word[8-left:], data[1:1+left])
		data = data[1+left:]
	}
	const size = len(chachaTag) + 8 + 32
	if len(data) != size || string(data[:len(chachaTag)]) != chachaTag {
		return bad
	}
	used := getBE(data[8:])
	perKey := uint64(len(c.state.Buf)) * 4
	if used > perKey-4 {
		return bad
	}
	var key [4]uint64
	for i := range key {
		key[i] = getLE(data[16+8*i:])
	}
	c.state.InitKey(key)
	for range used / uint64(len(c.state.Buf)) {
		c.state.Refill()
	}
	c.state.I = uint32(used % uint64(len(c.state.Buf)))
	c.word, c.left = word, left
	return nil
}
