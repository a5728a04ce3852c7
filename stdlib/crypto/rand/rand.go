// Package rand has random numbers that nobody can predict: those of the operating
// system.
package rand

import (
	"crypto/internal/sysrand"
	"errors"
	"io"
	"math/big"
)

// Reader gives random bytes, to any number of goroutines.  On Linux they come from
// getrandom(2).
var Reader io.Reader = reader{}

type reader struct{}

// Read fills b.
func (reader) Read(b []byte) (n int, err error) { return sysrand.Read(b) }

// fatal ends the program.
func fatal(text string)

// Read fills b with random bytes from [Reader] and never returns an error: if there
// is one it ends the program.
func Read(b []byte) (n int, err error) {
	if _, err = io.ReadFull(Reader, b); err != nil {
		fatal("crypto/rand: failed to read random data (see https://go.dev/issue/66821): " + err.Error())
	}
	return len(b), nil
}

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

// Text returns a random string in the alphabet of base 32, for passwords, tokens and
// other secrets.  It has at least 128 random bits, in 26 letters at present.
func Text() string {
	// 26 letters of 5 bits.
	b := make([]byte, 26)
	Read(b)
	for i := range b {
		b[i] = base32[b[i]%32]
	}
	return string(b)
}

// Int returns a number from 0 up to but without max, each as likely as the others,
// made of bytes from rand, whose error it returns.  It panics if max is not above 0.
func Int(rand io.Reader, max *big.Int) (n *big.Int, err error) {
	if max.Sign() <= 0 {
		panic("crypto/rand: argument to Int is <= 0")
	}
	n = new(big.Int).Sub(max, big.NewInt(1))
	bits := n.BitLen()
	if bits == 0 {
		return // only 0 is possible
	}
	buf := make([]byte, (bits+7)/8)
	top := byte(0xFF) >> uint(len(buf)*8-bits)
	for {
		// Numbers of as many bits, until one is in range.
		if _, err = io.ReadFull(rand, buf); err != nil {
			return nil, err
		}
		buf[0] &= top
		if n.SetBytes(buf); n.Cmp(max) < 0 {
			return
		}
	}
}

// Prime returns a number with the given number of bits, at least 2, that is prime
// with a very high probability.  Its two highest bits are set, so that the product of
// two has twice as many bits.  The argument r is not used: the numbers always come
// from the operating system.
func Prime(r io.Reader, bits int) (*big.Int, error) {
	if bits < 2 {
		return nil, errors.New("crypto/rand: prime size must be at least 2-bit")
	}
	buf := make([]byte, (bits+7)/8)
	p := new(big.Int)
	for {
		if _, err := io.ReadFull(reader{}, buf); err != nil {
			return nil, err
		}
		p.SetBytes(buf)
		p.Rsh(p, uint(len(buf)*8-bits))
		p.SetBit(p, bits-1, 1)
		if bits > 2 {
			p.SetBit(p, bits-2, 1)
			p.SetBit(p, 0, 1)
		}
		if p.ProbablyPrime(20) {
			return p, nil
		}
	}
}
