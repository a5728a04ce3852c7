// Package sha3 has the hash functions SHA-3 and the functions SHAKE, whose output has
// any length (FIPS 202), and cSHAKE (NIST SP 800-185).
package sha3

import (
	"crypto"
	"encoding/binary"
	"errors"
	"hash"
	"math/bits"
)

func init() {
	crypto.RegisterHash(crypto.SHA3_224, func() hash.Hash { return New224() })
	crypto.RegisterHash(crypto.SHA3_256, func() hash.Hash { return New256() })
	crypto.RegisterHash(crypto.SHA3_384, func() hash.Hash { return New384() })
	crypto.RegisterHash(crypto.SHA3_512, func() hash.Hash { return New512() })
}

// Domains: the bits that follow the input, and the first one of the padding.
const (
	domainSHA3   = 0x06
	domainSHAKE  = 0x1f
	domainCSHAKE = 0x04
)

// Rates: how much input a permutation takes in.
const (
	rate128 = 168
	rate224 = 144
	rate256 = 136
	rate384 = 104
	rate512 = 72
)

// A sponge is the state of the functions here: input is xored into its first rate
// bytes, output is read from there, and each time these are used up the state is
// permuted.
type sponge struct {
	a         [25]uint64
	n         int // bytes used of the rate
	rate      int
	size      int // of a result, in bytes
	domain    byte
	squeezing bool
}

func (s *sponge) reset() {
	s.a = [25]uint64{}
	s.n = 0
	s.squeezing = false
}

// xorByte xors v into byte i of the state.
func (s *sponge) xorByte(i int, v byte) { s.a[i>>3] ^= uint64(v) << (i & 7 * 8) }

func (s *sponge) byteAt(i int) byte { return byte(s.a[i>>3] >> (i & 7 * 8)) }

func (s *sponge) write(p []byte) (n int, err error) {
	if s.squeezing {
		panic("sha3: Write after Read")
	}
	n = len(p)
	for len(p) > 0 {
		if s.n&7 == 0 && len(p) >= 8 {
			// Whole words.
			for s.n < s.rate && len(p) >= 8 {
				s.a[s.n>>3] ^= binary.LittleEndian.Uint64(p)
				s.n += 8
				p = p[8:]
			}
		} else {
			s.xorByte(s.n, p[0])
			s.n++
			p = p[1:]
		}
		if s.n == s.rate {
			permute(&s.a)
			s.n = 0
		}
	}
	return
}

func (s *sponge) read(p []byte) (n int, err error) {
	if !s.squeezing {
		s.xorByte(s.n, s.domain)
		s.xorByte(s.rate-1, 0x80)
		permute(&s.a)
		s.n = 0
		s.squeezing = true
	}
	n = len(p)
	for i := range p {
		if s.n == s.rate {
			permute(&s.a)
			s.n = 0
		}
		p[i] = s.byteAt(s.n)
		s.n++
	}
	return
}

// Saved states: a magic, the rate, the state's 200 bytes, n and whether output was
// read.
const (
	magicSHA3   = "sha\x08"
	magicSHAKE  = "sha\x09"
	magicCSHAKE = "sha\x0a"

	marshaledSize = 4 + 1 + 200 + 1 + 1
)

func (s *sponge) appendState(b []byte, magic string) []byte {
	b = append(b, magic...)
	b = append(b, byte(s.rate))
	for _, w := range s.a {
		b = binary.LittleEndian.AppendUint64(b, w)
	}
	b = append(b, byte(s.n))
	if s.squeezing {
		return append(b, 1)
	}
	return append(b, 0)
}

func (s *sponge) setState(b []byte, magic string) error {
	if len(b) != marshaledSize {
		return errors.New("sha3: invalid hash state")
	}
	if string(b[:4]) != magic {
		return errors.New("sha3: invalid hash state identifier")
	}
	if int(b[4]) != s.rate {
		return errors.New("sha3: invalid hash state")
	}
	b = b[5:]
	n, squeezing := int(b[200]), b[201]
	if n > s.rate || squeezing > 1 {
		return errors.New("sha3: invalid hash state")
	}
	for i := range s.a {
		s.a[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	s.n = n
	s.squeezing = squeezing == 1
	return nil
}

// roundConstants are made by a shift register, as the standard says.
var roundConstants = func() (rc [24]uint64) {
	lfsr := uint8(1)
	for i := range rc {
		for j := range 7 {
			if lfsr&1 != 0 {
				rc[i] |= 1 << (1<<j - 1)
			}
			lfsr = lfsr<<1 ^ lfsr>>7*0x71
		}
	}
	return
}()

// permute is Keccak-f[1600]: 24 rounds on 5×5 words.
func permute(a *[25]uint64) {
	a00, a01, a02, a03, a04 := a[0], a[1], a[2], a[3], a[4]
	a05, a06, a07, a08, a09 := a[5], a[6], a[7], a[8], a[9]
	a10, a11, a12, a13, a14 := a[10], a[11], a[12], a[13], a[14]
	a15, a16, a17, a18, a19 := a[15], a[16], a[17], a[18], a[19]
	a20, a21, a22, a23, a24 := a[20], a[21], a[22], a[23], a[24]
	for _, rc := range roundConstants {
		// Each column is xored with the two next to it.
		c0 := a00 ^ a05 ^ a10 ^ a15 ^ a20
		c1 := a01 ^ a06 ^ a11 ^ a16 ^ a21
		c2 := a02 ^ a07 ^ a12 ^ a17 ^ a22
		c3 := a03 ^ a08 ^ a13 ^ a18 ^ a23
		c4 := a04 ^ a09 ^ a14 ^ a19 ^ a24
		d0 := c4 ^ bits.RotateLeft64(c1, 1)
		d1 := c0 ^ bits.RotateLeft64(c2, 1)
		d2 := c1 ^ bits.RotateLeft64(c3, 1)
		d3 := c2 ^ bits.RotateLeft64(c4, 1)
		d4 := c3 ^ bits.RotateLeft64(c0, 1)

		// Words are rotated and change places; then rows are mixed.
		b00 := a00 ^ d0
		b01 := bits.RotateLeft64(a06^d1, 44)
		b02 := bits.RotateLeft64(a12^d2, 43)
		b03 := bits.RotateLeft64(a18^d3, 21)
		b04 := bits.RotateLeft64(a24^d4, 14)
		b05 := bits.RotateLeft64(a03^d3, 28)
		b06 := bits.RotateLeft64(a09^d4, 20)
		b07 := bits.RotateLeft64(a10^d0, 3)
		b08 := bits.RotateLeft64(a16^d1, 45)
		b09 := bits.RotateLeft64(a22^d2, 61)
		b10 := bits.RotateLeft64(a01^d1, 1)
		b11 := bits.RotateLeft64(a07^d2, 6)
		b12 := bits.RotateLeft64(a13^d3, 25)
		b13 := bits.RotateLeft64(a19^d4, 8)
		b14 := bits.RotateLeft64(a20^d0, 18)
		b15 := bits.RotateLeft64(a04^d4, 27)
		b16 := bits.RotateLeft64(a05^d0, 36)
		b17 := bits.RotateLeft64(a11^d1, 10)
		b18 := bits.RotateLeft64(a17^d2, 15)
		b19 := bits.RotateLeft64(a23^d3, 56)
		b20 := bits.RotateLeft64(a02^d2, 62)
		b21 := bits.RotateLeft64(a08^d3, 55)
		b22 := bits.RotateLeft64(a14^d4, 39)
		b23 := bits.RotateLeft64(a15^d0, 41)
		b24 := bits.RotateLeft64(a21^d1, 2)
		a00 = b00 ^ b02&^b01
		a01 = b01 ^ b03&^b02
		a02 = b02 ^ b04&^b03
		a03 = b03 ^ b00&^b04
		a04 = b04 ^ b01&^b00
		a05 = b05 ^ b07&^b06
		a06 = b06 ^ b08&^b07
		a07 = b07 ^ b09&^b08
		a08 = b08 ^ b05&^b09
		a09 = b09 ^ b06&^b05
		a10 = b10 ^ b12&^b11
		a11 = b11 ^ b13&^b12
		a12 = b12 ^ b14&^b13
		a13 = b13 ^ b10&^b14
		a14 = b14 ^ b11&^b10
		a15 = b15 ^ b17&^b16
		a16 = b16 ^ b18&^b17
		a17 = b17 ^ b19&^b18
		a18 = b18 ^ b15&^b19
		a19 = b19 ^ b16&^b15
		a20 = b20 ^ b22&^b21
		a21 = b21 ^ b23&^b22
		a22 = b22 ^ b24&^b23
		a23 = b23 ^ b20&^b24
		a24 = b24 ^ b21&^b20
		a00 ^= rc
	}
	*a = [25]uint64{
		a00, a01, a02, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12,
		a13, a14, a15, a16, a17, a18, a19, a20, a21, a22, a23, a24,
	}
}

// SHA3 is a hash function.  The zero value is SHA3-256.
type SHA3 struct {
	s sponge
}

func newSHA3(rate, size int) *SHA3 {
	return &SHA3{sponge{rate: rate, size: size, domain: domainSHA3}}
}

// New224 returns a new SHA3-224 hash.
func New224() *SHA3 { return newSHA3(rate224, 28) }

// New256 returns a new SHA3-256 hash.
func New256() *SHA3 { return newSHA3(rate256, 32) }

// New384 returns a new SHA3-384 hash.
func New384() *SHA3 { return newSHA3(rate384, 48) }

// New512 returns a new SHA3-512 hash.
func New512() *SHA3 { return newSHA3(rate512, 64) }

// Sum224 returns the SHA3-224 hash of data.
func Sum224(data []byte) (sum [28]byte) {
	h := SHA3{sponge{rate: rate224, size: 28, domain: domainSHA3}}
	h.s.write(data)
	h.s.read(sum[:])
	return
}

// Sum256 returns the SHA3-256 hash of data.
func Sum256(data []byte) (sum [32]byte) {
	h := SHA3{sponge{rate: rate256, size: 32, domain: domainSHA3}}
	h.s.write(data)
	h.s.read(sum[:])
	return
}

// Sum384 returns the SHA3-384 hash of data.
func Sum384(data []byte) (sum [48]byte) {
	h := SHA3{sponge{rate: rate384, size: 48, domain: domainSHA3}}
	h.s.write(data)
	h.s.read(sum[:])
	return
}

// Sum512 returns the SHA3-512 hash of data.
func Sum512(data []byte) (sum [64]byte) {
	h := SHA3{sponge{rate: rate512, size: 64, domain: domainSHA3}}
	h.s.write(data)
	h.s.read(sum[:])
	return
}

func (s *SHA3) init() {
	if s.s.rate == 0 {
		*s = *New256()
	}
}

// Write adds to the input.
func (s *SHA3) Write(p []byte) (n int, err error) {
	s.init()
	return s.s.write(p)
}

// Sum appends the hash of the input so far to b.
func (s *SHA3) Sum(b []byte) []byte {
	s.init()
	c := s.s // so that writing can go on
	var sum [64]byte
	c.read(sum[:c.size])
	return append(b, sum[:c.size]...)
}

// Reset goes back to the state without input.
func (s *SHA3) Reset() {
	s.init()
	s.s.reset()
}

// Size returns the length of a hash in bytes.
func (s *SHA3) Size() int {
	s.init()
	return s.s.size
}

// BlockSize returns how many bytes are taken in at once.
func (s *SHA3) BlockSize() int {
	s.init()
	return s.s.rate
}

// MarshalBinary implements encoding.BinaryMarshaler.
func (s *SHA3) MarshalBinary() ([]byte, error) {
	return s.AppendBinary(make([]byte, 0, marshaledSize))
}

// AppendBinary implements encoding.BinaryAppender.
func (s *SHA3) AppendBinary(p []byte) ([]byte, error) {
	s.init()
	return s.s.appendState(p, magicSHA3), nil
}

// UnmarshalBinary implements encoding.BinaryUnmarshaler.
func (s *SHA3) UnmarshalBinary(data []byte) error {
	s.init()
	return s.s.setState(data, magicSHA3)
}

// Clone implements hash.Cloner.
func (d *SHA3) Clone() (hash.Cloner, error) {
	c := *d
	return &c, nil
}

// SHAKE is a function with output of any length.  The zero value is SHAKE256.
type SHAKE struct {
	s sponge
	// The encoded names of cSHAKE, which come before the input, to start again
	// after Reset.
	prefix []byte
}

// NewSHAKE128 returns a new SHAKE128.
func NewSHAKE128() *SHAKE { return &SHAKE{s: sponge{rate: rate128, domain: domainSHAKE}} }

// NewSHAKE256 returns a new SHAKE256.
func NewSHAKE256() *SHAKE { return &SHAKE{s: sponge{rate: rate256, domain: domainSHAKE}} }

// NewCSHAKE128 returns a new cSHAKE128.  N is the name of a function built on it, S says
// what it is used for; different ones give unrelated outputs.  If both are empty it is
// SHAKE128.
func NewCSHAKE128(N, S []byte) *SHAKE {
	if len(N) == 0 && len(S) == 0 {
		return NewSHAKE128()
	}
	return newCSHAKE(N, S, rate128)
}

// NewCSHAKE256 returns a new cSHAKE256.  N is the name of a function built on it, S says
// what it is used for; different ones give unrelated outputs.  If both are empty it is
// SHAKE256.
func NewCSHAKE256(N, S []byte) *SHAKE {
	if len(N) == 0 && len(S) == 0 {
		return NewSHAKE256()
	}
	return newCSHAKE(N, S, rate256)
}

func newCSHAKE(N, S []byte, rate int) *SHAKE {
	c := &SHAKE{s: sponge{rate: rate, domain: domainCSHAKE}}
	c.prefix = leftEncode(c.prefix, uint64(len(N))*8)
	c.prefix = append(c.prefix, N...)
	c.prefix = leftEncode(c.prefix, uint64(len(S))*8)
	c.prefix = append(c.prefix, S...)
	c.writePrefix()
	return c
}

// leftEncode appends x after the number of its bytes.
func leftEncode(b []byte, x uint64) []byte {
	n := max(1, (bits.Len64(x)+7)/8)
	b = append(b, byte(n))
	for i := n - 1; i >= 0; i-- {
		b = append(b, byte(x>>(8*i)))
	}
	return b
}

// writePrefix writes the names, filled up to whole blocks.
func (s *SHAKE) writePrefix() {
	if s.prefix == nil {
		return
	}
	b := leftEncode(nil, uint64(s.s.rate))
	b = append(b, s.prefix...)
	for len(b)%s.s.rate != 0 {
		b = append(b, 0)
	}
	s.s.write(b)
}

func (s *SHAKE) init() {
	if s.s.rate == 0 {
		*s = *NewSHAKE256()
	}
}

// Write adds to the input.  It panics after Read.
func (s *SHAKE) Write(p []byte) (n int, err error) {
	s.init()
	return s.s.write(p)
}

// Read reads output; after that no input can be added.
func (s *SHAKE) Read(p []byte) (n int, err error) {
	s.init()
	return s.s.read(p)
}

// Reset goes back to the state without input.
func (s *SHAKE) Reset() {
	s.init()
	s.s.reset()
	s.writePrefix()
}

// BlockSize returns how many bytes are taken in at once.
func (s *SHAKE) BlockSize() int {
	s.init()
	return s.s.rate
}

func (s *SHAKE) magic() string {
	if s.s.domain == domainCSHAKE {
		return magicCSHAKE
	}
	return magicSHAKE
}

// MarshalBinary implements encoding.BinaryMarshaler.
func (s *SHAKE) MarshalBinary() ([]byte, error) {
	return s.AppendBinary(make([]byte, 0, marshaledSize+len(s.prefix)))
}

// AppendBinary implements encoding.BinaryAppender.
func (s *SHAKE) AppendBinary(p []byte) ([]byte, error) {
	s.init()
	return append(s.s.appendState(p, s.magic()), s.prefix...), nil
}

// UnmarshalBinary implements encoding.BinaryUnmarshaler.
func (s *SHAKE) UnmarshalBinary(data []byte) error {
	s.init()
	if len(data) < marshaledSize {
		return errors.New("sha3: invalid hash state")
	}
	if err := s.s.setState(data[:marshaledSize], s.magic()); err != nil {
		return err
	}
	s.prefix = append([]byte(nil), data[marshaledSize:]...)
	if len(s.prefix) == 0 {
		s.prefix = nil
	}
	return nil
}

// SumSHAKE128 returns length bytes of SHAKE128's output for data.
func SumSHAKE128(data []byte, length int) []byte {
	s := NewSHAKE128()
	s.Write(data)
	out := make([]byte, length)
	s.Read(out)
	return out
}

// SumSHAKE256 returns length bytes of SHAKE256's output for data.
func SumSHAKE256(data []byte, length int) []byte {
	s := NewSHAKE256()
	s.Write(data)
	out := make([]byte, length)
	s.Read(out)
	return out
}
