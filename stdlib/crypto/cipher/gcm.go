package cipher

import (
	"crypto/internal/aes"
	"crypto/internal/alias"
	"crypto/internal/sysrand"
	"crypto/subtle"
	"encoding/binary"
	"errors"
)

// AEAD is a mode that encrypts a message and makes sure that it, and additional data
// that are not encrypted, were not changed.
type AEAD interface {
	// NonceSize returns the length of a nonce.
	NonceSize() int

	// Overhead returns by how much a ciphertext is at most longer than its plaintext.
	Overhead() int

	// Seal appends the ciphertext of plaintext to dst.  The nonce must not have been
	// used with the key before.  plaintext[:0] as dst uses its memory; otherwise the
	// room behind dst must not overlap plaintext, nor ever additionalData.
	Seal(dst, nonce, plaintext, additionalData []byte) []byte

	// Open appends the plaintext of ciphertext to dst, if ciphertext, nonce and
	// additionalData are what Seal had; otherwise it returns an error, and what is
	// behind dst may be overwritten.  ciphertext[:0] as dst uses its memory; otherwise
	// the room behind dst must not overlap ciphertext, nor ever additionalData.
	Open(dst, nonce, ciphertext, additionalData []byte) ([]byte, error)
}

const (
	gcmBlockSize   = 16
	gcmTagSize     = 16
	gcmMinTagSize  = 12
	gcmNonceSize   = 12
	gcmMaxMessage  = (1<<32 - 2) * gcmBlockSize
	messageTooLong = "crypto/cipher: message too large for GCM"
)

var errOpen = errors.New("cipher: message authentication failed")

// A field is an element of GF(2¹²⁸): the coefficient of x⁰ is hi's highest bit.
type field struct {
	hi, lo uint64
}

// timesX returns f·x.
func (f field) timesX() field {
	carry := f.lo & 1
	return field{f.hi>>1 ^ carry*(0xe1<<56), f.lo>>1 | f.hi<<63}
}

// reduce has, for four bits shifted out at the end, what they add at the beginning.
var reduce = func() (t [16]uint64) {
	for i := range t {
		f := field{0, uint64(i)}
		for range 4 {
			f = f.timesX()
		}
		t[i] = f.hi
	}
	return
}()

// gcm is Galois counter mode.
type gcm struct {
	b                  Block
	nonceSize, tagSize int

	// The products of the hash key with all polynomials of four coefficients.
	table [16]field
}

// NewGCM returns Galois counter mode with a cipher whose blocks have 128 bits, with
// nonces of 12 bytes and tags of 16.
func NewGCM(cipher Block) (AEAD, error) { return newGCM(cipher, gcmNonceSize, gcmTagSize) }

// NewGCMWithNonceSize is [NewGCM] with nonces of another length, which only foreign
// formats need.
func NewGCMWithNonceSize(cipher Block, size int) (AEAD, error) {
	return newGCM(cipher, size, gcmTagSize)
}

// NewGCMWithTagSize is [NewGCM] with tags of another length, from 12 to 16 bytes, which
// only foreign formats need.
func NewGCMWithTagSize(cipher Block, tagSize int) (AEAD, error) {
	return newGCM(cipher, gcmNonceSize, tagSize)
}

func newGCM(cipher Block, nonceSize, tagSize int) (AEAD, error) {
	if tagSize < gcmMinTagSize || tagSize > gcmBlockSize {
		return nil, errors.New("cipher: incorrect tag size given to GCM")
	}
	if nonceSize <= 0 {
		return nil, errors.New("cipher: the nonce can't have zero length")
	}
	if cipher.BlockSize() != gcmBlockSize {
		return nil, errors.New("cipher: NewGCM requires 128-bit block cipher")
	}
	g := &gcm{b: cipher, nonceSize: nonceSize, tagSize: tagSize}
	var key [gcmBlockSize]byte
	cipher.Encrypt(key[:], key[:])
	h := field{binary.BigEndian.Uint64(key[:8]), binary.BigEndian.Uint64(key[8:])}
	// The highest of the four bits is the coefficient of x⁰.
	for bit := 8; bit > 0; bit >>= 1 {
		g.table[bit] = h
		h = h.timesX()
	}
	for i := 3; i < 16; i++ {
		if low := i & -i; low != i {
			a, b := g.table[low], g.table[i-low]
			g.table[i] = field{a.hi ^ b.hi, a.lo ^ b.lo}
		}
	}
	return g, nil
}

func (g *gcm) NonceSize() int { return g.nonceSize }

func (g *gcm) Overhead() int { return g.tagSize }

// mul multiplies y by the hash key, four coefficients at a time, the highest powers
// first.
func (g *gcm) mul(y field) (z field) {
	for _, w := range [2]uint64{y.lo, y.hi} {
		for range 16 {
			out := z.lo & 15
			z.lo = z.lo>>4 | z.hi<<60
			z.hi = z.hi>>4 ^ reduce[out]
			t := &g.table[w&15]
			z.hi ^= t.hi
			z.lo ^= t.lo
			w >>= 4
		}
	}
	return
}

// update adds data, filled up with zeros to whole blocks, to the hash y.
func (g *gcm) update(y field, data []byte) field {
	for len(data) >= gcmBlockSize {
		y.hi ^= binary.BigEndian.Uint64(data)
		y.lo ^= binary.BigEndian.Uint64(data[8:])
		y = g.mul(y)
		data = data[gcmBlockSize:]
	}
	if len(data) > 0 {
		var last [gcmBlockSize]byte
		copy(last[:], data)
		y.hi ^= binary.BigEndian.Uint64(last[:8])
		y.lo ^= binary.BigEndian.Uint64(last[8:])
		y = g.mul(y)
	}
	return y
}

// start sets counter to the first one for the nonce.
func (g *gcm) start(counter *[gcmBlockSize]byte, nonce []byte) {
	if len(nonce) == gcmNonceSize {
		copy(counter[:], nonce)
		counter[gcmBlockSize-1] = 1
		return
	}
	y := g.update(field{}, nonce)
	y.lo ^= uint64(len(nonce)) * 8
	y = g.mul(y)
	binary.BigEndian.PutUint64(counter[:8], y.hi)
	binary.BigEndian.PutUint64(counter[8:], y.lo)
}

// next adds 1 to the last 32 bits of counter.
func next(counter *[gcmBlockSize]byte) {
	c := counter[gcmBlockSize-4:]
	binary.BigEndian.PutUint32(c, binary.BigEndian.Uint32(c)+1)
}

// crypt xors in with the key stream to out.
func (g *gcm) crypt(out, in []byte, counter *[gcmBlockSize]byte) {
	var mask [gcmBlockSize]byte
	for len(in) > 0 {
		g.b.Encrypt(mask[:], counter[:])
		next(counter)
		n := subtle.XORBytes(out, in, mask[:])
		out, in = out[n:], in[n:]
	}
}

// tag returns the tag of ciphertext and data.
func (g *gcm) tag(ciphertext, data []byte, mask *[gcmBlockSize]byte) (t [gcmBlockSize]byte) {
	y := g.update(field{}, data)
	y = g.update(y, ciphertext)
	y.hi ^= uint64(len(data)) * 8
	y.lo ^= uint64(len(ciphertext)) * 8
	y = g.mul(y)
	binary.BigEndian.PutUint64(t[:8], y.hi)
	binary.BigEndian.PutUint64(t[8:], y.lo)
	subtle.XORBytes(t[:], t[:], mask[:])
	return
}

// grow returns b with n bytes more, and these.
func grow(b []byte, n int) (all, tail []byte) {
	if total := len(b) + n; cap(b) >= total {
		all = b[:total]
	} else {
		all = make([]byte, total)
		copy(all, b)
	}
	return all, all[len(b):]
}

func checkOverlap(out, in, data []byte) {
	if alias.Inexact(out, in) {
		panic("crypto/cipher: invalid buffer overlap of output and input")
	}
	if alias.Any(out, data) {
		panic("crypto/cipher: invalid buffer overlap of output and additional data")
	}
}

func (g *gcm) Seal(dst, nonce, plaintext, data []byte) []byte {
	if len(nonce) != g.nonceSize {
		panic("crypto/cipher: incorrect nonce length given to GCM")
	}
	if uint64(len(plaintext)) > gcmMaxMessage {
		panic(messageTooLong)
	}
	all, out := grow(dst, len(plaintext)+g.tagSize)
	checkOverlap(out, plaintext, data)
	var counter, mask [gcmBlockSize]byte
	g.start(&counter, nonce)
	g.b.Encrypt(mask[:], counter[:])
	next(&counter)
	g.crypt(out, plaintext, &counter)
	tag := g.tag(out[:len(plaintext)], data, &mask)
	copy(out[len(plaintext):], tag[:])
	return all
}

func (g *gcm) Open(dst, nonce, ciphertext, data []byte) ([]byte, error) {
	if len(nonce) != g.nonceSize {
		panic("crypto/cipher: incorrect nonce length given to GCM")
	}
	if len(ciphertext) < g.tagSize || uint64(len(ciphertext)) > gcmMaxMessage+uint64(g.tagSize) {
		return nil, errOpen
	}
	n := len(ciphertext) - g.tagSize
	ciphertext, tag := ciphertext[:n], ciphertext[n:]
	all, out := grow(dst, n)
	checkOverlap(out, ciphertext, data)
	var counter, mask [gcmBlockSize]byte
	g.start(&counter, nonce)
	g.b.Encrypt(mask[:], counter[:])
	next(&counter)
	want := g.tag(ciphertext, data, &mask)
	if subtle.ConstantTimeCompare(want[:g.tagSize], tag) != 1 {
		clear(out)
		return nil, errOpen
	}
	g.crypt(out, ciphertext, &counter)
	return all, nil
}

// gcmRandom is gcm with random nonces.
type gcmRandom struct{ *gcm }

// NewGCMWithRandomNonce is [NewGCM] for AES with random nonces: Seal makes one and puts it
// before the ciphertext, Open takes it from there, and the nonce that both are given is
// empty.  The overhead is 28 bytes.  With one key not more than 2³² messages should be
// encrypted, so that no nonce comes twice.
func NewGCMWithRandomNonce(cipher Block) (AEAD, error) {
	c, ok := cipher.(*aes.Block)
	if !ok {
		return nil, errors.New("cipher: NewGCMWithRandomNonce requires aes.Block")
	}
	g, err := newGCM(c, gcmNonceSize, gcmTagSize)
	if err != nil {
		return nil, err
	}
	return gcmRandom{g.(*gcm)}, nil
}

func (g gcmRandom) NonceSize() int { return 0 }

func (g gcmRandom) Overhead() int { return gcmNonceSize + gcmTagSize }

func (g gcmRandom) Seal(dst, nonce, plaintext, data []byte) []byte {
	if len(nonce) != 0 {
		panic("crypto/cipher: non-empty nonce passed to GCMWithRandomNonce")
	}
	all, out := grow(dst, gcmNonceSize+len(plaintext)+gcmTagSize)
	if alias.Any(out, plaintext) {
		// The nonce goes where the plaintext is.
		plaintext = append([]byte(nil), plaintext...)
	}
	if alias.Any(out, data) {
		panic("crypto/cipher: invalid buffer overlap of output and additional data")
	}
	if _, err := sysrand.Read(out[:gcmNonceSize]); err != nil {
		panic("crypto/cipher: no random nonce: " + err.Error())
	}
	g.gcm.Seal(out[gcmNonceSize:gcmNonceSize], out[:gcmNonceSize], plaintext, data)
	return all
}

func (g gcmRandom) Open(dst, nonce, ciphertext, data []byte) ([]byte, error) {
	if len(nonce) != 0 {
		panic("crypto/cipher: non-empty nonce passed to GCMWithRandomNonce")
	}
	if len(ciphertext) < gcmNonceSize+gcmTagSize {
		return nil, errOpen
	}
	all, out := grow(dst, len(ciphertext)-gcmNonceSize-gcmTagSize)
	if alias.Any(out, ciphertext) {
		ciphertext = append([]byte(nil), ciphertext...)
	}
	if _, err := g.gcm.Open(out[:0], ciphertext[:gcmNonceSize], ciphertext[gcmNonceSize:], data); err != nil {
		return nil, err
	}
	return all, nil
}
