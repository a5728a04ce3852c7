// Package cipher has modes of operation, which make ciphers of streams and messages
// from ciphers of blocks (NIST SP 800-38A and 800-38D).
package cipher

import (
	"crypto/internal/aes"
	"crypto/internal/alias"
	"crypto/subtle"
	"io"
)

// A Block is a cipher with a key that encrypts blocks.
type Block interface {
	// BlockSize returns the length of a block.
	BlockSize() int

	// Encrypt encrypts the first block of src to dst, which is the same place or
	// does not overlap.
	Encrypt(dst, src []byte)

	// Decrypt decrypts the first block of src to dst, which is the same place or
	// does not overlap.
	Decrypt(dst, src []byte)
}

// A BlockMode is a mode that needs whole blocks.
type BlockMode interface {
	// BlockSize returns the length of a block.
	BlockSize() int

	// CryptBlocks encrypts or decrypts src, a number of blocks, to dst, which is the
	// same place or does not overlap, and not shorter.  A call goes on where the one
	// before ended.
	CryptBlocks(dst, src []byte)
}

// A Stream is a stream cipher.
type Stream interface {
	// XORKeyStream xors src with bytes of the key stream, to dst, which is the same
	// place or does not overlap, and not shorter.  A call goes on where the one before
	// ended.
	XORKeyStream(dst, src []byte)
}

// checkBuffers panics unless src can be turned to dst.
func checkBuffers(dst, src []byte) {
	if len(dst) < len(src) {
		panic("crypto/cipher: output smaller than input")
	}
	if alias.Inexact(dst[:len(src)], src) {
		panic("crypto/cipher: invalid buffer overlap")
	}
}

// cbc is cipher block chaining.
type cbc struct {
	b    Block
	size int
	iv   []byte
	tmp  []byte
}

func newCBC(b Block, iv []byte, name string) cbc {
	if len(iv) != b.BlockSize() {
		panic("cipher." + name + ": IV length must equal block size")
	}
	return cbc{b, b.BlockSize(), append([]byte(nil), iv...), make([]byte, len(iv))}
}

func (x *cbc) BlockSize() int { return x.size }

func (x *cbc) check(dst, src []byte) {
	if len(src)%x.size != 0 {
		panic("crypto/cipher: input not full blocks")
	}
	checkBuffers(dst, src)
}

// SetIV begins anew with another initialisation vector.
func (x *cbc) SetIV(iv []byte) {
	if len(iv) != len(x.iv) {
		panic("cipher: incorrect length IV")
	}
	copy(x.iv, iv)
}

type cbcEncrypter struct{ cbc }

// NewCBCEncrypter returns cipher block chaining with b, encrypting.  iv has the length of
// a block.
func NewCBCEncrypter(b Block, iv []byte) BlockMode {
	return &cbcEncrypter{newCBC(b, iv, "NewCBCEncrypter")}
}

func (x *cbcEncrypter) CryptBlocks(dst, src []byte) {
	x.check(dst, src)
	for len(src) > 0 {
		subtle.XORBytes(x.iv, x.iv, src[:x.size])
		x.b.Encrypt(x.iv, x.iv)
		copy(dst, x.iv)
		dst, src = dst[x.size:], src[x.size:]
	}
}

type cbcDecrypter struct{ cbc }

// NewCBCDecrypter returns cipher block chaining with b, decrypting.  iv is what the data
// were encrypted with.
func NewCBCDecrypter(b Block, iv []byte) BlockMode {
	return &cbcDecrypter{newCBC(b, iv, "NewCBCDecrypter")}
}

func (x *cbcDecrypter) CryptBlocks(dst, src []byte) {
	x.check(dst, src)
	for len(src) > 0 {
		copy(x.tmp, src[:x.size])
		x.b.Decrypt(dst[:x.size], src[:x.size])
		subtle.XORBytes(dst, dst[:x.size], x.iv)
		x.iv, x.tmp = x.tmp, x.iv
		dst, src = dst[x.size:], src[x.size:]
	}
}

// ctr is counter mode.
type ctr struct {
	b       Block
	counter []byte
	out     []byte // key stream
	used    int
}

// NewCTR returns counter mode with block.  iv, the first counter, has the length of a
// block.
func NewCTR(block Block, iv []byte) Stream {
	if len(iv) != block.BlockSize() {
		if _, ok := block.(*aes.Block); ok {
			panic("bad IV length")
		}
		panic("cipher.NewCTR: IV length must equal block size")
	}
	out := make([]byte, len(iv))
	return &ctr{block, append([]byte(nil), iv...), out, len(out)}
}

func (x *ctr) XORKeyStream(dst, src []byte) {
	if _, ok := x.b.(*aes.Block); ok {
		// The texts are those of AES' own counter mode in Go's toolchain.
		if len(dst) < len(src) {
			panic("crypto/aes: len(dst) < len(src)")
		}
		if alias.Inexact(dst[:len(src)], src) {
			panic("crypto/aes: invalid buffer overlap")
		}
	}
	checkBuffers(dst, src)
	for len(src) > 0 {
		if x.used == len(x.out) {
			x.b.Encrypt(x.out, x.counter)
			for i := len(x.counter) - 1; i >= 0; i-- {
				x.counter[i]++
				if x.counter[i] != 0 {
					break
				}
			}
			x.used = 0
		}
		n := subtle.XORBytes(dst, src, x.out[x.used:])
		x.used += n
		dst, src = dst[n:], src[n:]
	}
}

// ofb is output feedback.
type ofb struct {
	b    Block
	out  []byte
	used int
}

// NewOFB returns output feedback with b.  iv has the length of a block.
//
// Deprecated: changes of the data are not noticed.  Use an [AEAD], or if that is wanted
// [NewCTR].
func NewOFB(b Block, iv []byte) Stream {
	if len(iv) != b.BlockSize() {
		panic("cipher.NewOFB: IV length must equal block size")
	}
	return &ofb{b, append([]byte(nil), iv...), len(iv)}
}

func (x *ofb) XORKeyStream(dst, src []byte) {
	checkBuffers(dst, src)
	for len(src) > 0 {
		if x.used == len(x.out) {
			x.b.Encrypt(x.out, x.out)
			x.used = 0
		}
		n := subtle.XORBytes(dst, src, x.out[x.used:])
		x.used += n
		dst, src = dst[n:], src[n:]
	}
}

// cfb is cipher feedback.
type cfb struct {
	b       Block
	next    []byte // ciphertext to encrypt next
	out     []byte
	used    int
	decrypt bool
}

// NewCFBEncrypter returns cipher feedback with block, encrypting.  iv has the length of a
// block.
//
// Deprecated: changes of the data are not noticed.  Use an [AEAD], or if that is wanted
// [NewCTR].
func NewCFBEncrypter(block Block, iv []byte) Stream { return newCFB(block, iv, false) }

// NewCFBDecrypter returns cipher feedback with block, decrypting.  iv has the length of a
// block.
//
// Deprecated: changes of the data are not noticed.  Use an [AEAD], or if that is wanted
// [NewCTR].
func NewCFBDecrypter(block Block, iv []byte) Stream { return newCFB(block, iv, true) }

func newCFB(block Block, iv []byte, decrypt bool) Stream {
	n := block.BlockSize()
	if len(iv) != n {
		panic("cipher.newCFB: IV length must equal block size")
	}
	return &cfb{block, append([]byte(nil), iv...), make([]byte, n), n, decrypt}
}

func (x *cfb) XORKeyStream(dst, src []byte) {
	checkBuffers(dst, src)
	for len(src) > 0 {
		if x.used == len(x.out) {
			x.b.Encrypt(x.out, x.next)
			x.used = 0
		}
		if x.decrypt {
			copy(x.next[x.used:], src)
		}
		n := subtle.XORBytes(dst, src, x.out[x.used:])
		if !x.decrypt {
			copy(x.next[x.used:], dst[:n])
		}
		x.used += n
		dst, src = dst[n:], src[n:]
	}
}

// StreamReader sends what it reads through a stream cipher.
type StreamReader struct {
	S Stream
	R io.Reader
}

// Read reads from R and applies S.
func (r StreamReader) Read(dst []byte) (n int, err error) {
	n, err = r.R.Read(dst)
	r.S.XORKeyStream(dst[:n], dst[:n])
	return
}

// StreamWriter sends what is written to it through a stream cipher.  If a Write is short
// the cipher is ahead of the data, and the writer of no use any more.
type StreamWriter struct {
	S   Stream
	W   io.Writer
	Err error // not used
}

// Write applies S and writes to W.
func (w StreamWriter) Write(src []byte) (n int, err error) {
	c := make([]byte, len(src))
	w.S.XORKeyStream(c, src)
	n, err = w.W.Write(c)
	if n != len(src) && err == nil {
		err = io.ErrShortWrite
	}
	return
}

// Close closes W if it is an io.Closer.
func (w StreamWriter) Close() error {
	if c, ok := w.W.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
