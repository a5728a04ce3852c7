// run

// Hash functions, their states, HMAC and hash/maphash.
package main

import (
	"bytes"
	"crypto"
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding"
	"fmt"
	"hash"
	"hash/maphash"
	"math/big"
)

func main() {
	data := make([]byte, 1000)
	for i := range data {
		data[i] = byte(i * i >> 3)
	}
	news := []func() hash.Hash{md5.New, sha1.New, sha256.New224, sha256.New, sha512.New384, sha512.New, sha512.New512_224, sha512.New512_256}
	for _, f := range news {
		h := f()
		fmt.Println(h.Size(), h.BlockSize())
		// Every length around the blocks, in parts of all sizes.
		all := f()
		for n := 0; n < 300; n++ {
			h.Reset()
			for i := 0; i < n; i += n/3 + 1 {
				h.Write(data[i:min(i+n/3+1, n)])
			}
			all.Write(h.Sum(nil))
		}
		fmt.Printf("%x\n", all.Sum(nil))
		h.Write(data[:77])
		state, _ := h.(encoding.BinaryMarshaler).MarshalBinary()
		fmt.Printf("%x\n", state)
		g := f()
		fmt.Println(g.(encoding.BinaryUnmarshaler).UnmarshalBinary(state), g.(encoding.BinaryUnmarshaler).UnmarshalBinary(state[1:]))
		h.Write(data)
		g.Write(data)
		c, err := g.(hash.Cloner).Clone()
		c.Write(data)
		fmt.Println(bytes.Equal(h.Sum(nil), g.Sum(nil)), bytes.Equal(c.Sum(nil), g.Sum(nil)), err)
		for _, n := range []int{0, 20, 64, 128, 200} {
			m := hmac.New(f, data[:n])
			m.Write(data)
			fmt.Printf("%x\n", m.Sum(nil))
		}
	}
	fmt.Printf("%x\n%x\n", sha256.Sum256([]byte("abc")), sha512.Sum512([]byte("abc")))
	fmt.Println(crypto.SHA256.Available(), crypto.MD4.Available(), crypto.SHA512_224, crypto.SHA384.Size(), crypto.Hash(77))
	h := crypto.SHA1.New()
	h.Write([]byte("abc"))
	fmt.Printf("%x\n", h.Sum(nil))

	fmt.Println(subtle.ConstantTimeCompare(data, data), subtle.ConstantTimeCompare(data[:5], data[1:6]), subtle.ConstantTimeSelect(1, 3, 4), subtle.ConstantTimeLessOrEq(4, 4))
	dst := make([]byte, 20)
	fmt.Println(subtle.XORBytes(dst, data[100:117], data[200:300]), dst)

	n, err := rand.Int(bytes.NewReader([]byte{0xFF, 0xFF, 0x12, 0x34}), big.NewInt(5000))
	fmt.Println(n, err)
	p, err := rand.Prime(rand.Reader, 90)
	fmt.Println(p.BitLen(), p.ProbablyPrime(5), err, len(rand.Text()))

	seed := maphash.MakeSeed()
	var mh maphash.Hash
	mh.SetSeed(seed)
	for i := range data {
		if mh.Sum64() != maphash.Bytes(seed, data[:i]) {
			fmt.Println("differs", i)
		}
		mh.WriteByte(data[i])
	}
	type key struct {
		s string
		f float64
		a any
	}
	zero := 0.0
	fmt.Println(maphash.Comparable(seed, key{"a", zero, 1}) == maphash.Comparable(seed, key{"a", -zero, 1}), maphash.Comparable(seed, key{"a", 0, 1}) == maphash.Comparable(seed, key{"a", 0, int8(1)}))
	defer func() { fmt.Println(recover()) }()
	maphash.Comparable(seed, key{a: []int{}})
}
