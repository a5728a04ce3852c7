// run

// SHA-3, AES and the modes of operation.
package main

import (
	"bytes"
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha3"
	"encoding"
	"fmt"
	"hash"
	"io"
	"math/rand"
)

func try(name string, f func()) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Printf("%s: %T %v\n", name, e, e)
		}
	}()
	f()
}

var rnd = rand.New(rand.NewSource(11))

func rb(n int) []byte {
	b := make([]byte, n)
	rnd.Read(b)
	return b
}

type toy struct{}

func (toy) BlockSize() int          { return 8 }
func (toy) Encrypt(dst, src []byte) { copy(dst[:8], src[:8]); dst[0] ^= 1 }
func (toy) Decrypt(dst, src []byte) { copy(dst[:8], src[:8]); dst[0] ^= 1 }

func main() {
	// sha3
	for j, n := range []func() hash.Hash{func() hash.Hash { return sha3.New224() }, func() hash.Hash { return sha3.New256() }, func() hash.Hash { return sha3.New384() }, func() hash.Hash { return sha3.New512() }} {
		for i := 0; i < 12; i++ {
			h := n()
			d := rb(rnd.Intn(500))
			for p := d; len(p) > 0; {
				k := rnd.Intn(len(p) + 1)
				h.Write(p[:k])
				p = p[k:]
				if rnd.Intn(4) == 0 {
					st, err := h.(encoding.BinaryMarshaler).MarshalBinary()
					if i < 5 {
						fmt.Printf("%x %v\n", st, err)
					}
					h = n()
					fmt.Println(h.(encoding.BinaryUnmarshaler).UnmarshalBinary(st))
				}
				if rnd.Intn(4) == 0 {
					c, err := h.(hash.Cloner).Clone()
					h.Write([]byte("x"))
					fmt.Println(err)
					h = c
				}
			}
			fmt.Printf("%x %d %d\n", h.Sum([]byte("a")), h.Size(), h.BlockSize())
			switch j {
			case 0:
				fmt.Printf("%x\n", sha3.Sum224(d))
			case 1:
				fmt.Printf("%x\n", sha3.Sum256(d))
			case 2:
				fmt.Printf("%x\n", sha3.Sum384(d))
			case 3:
				fmt.Printf("%x\n", sha3.Sum512(d))
			}
			h.Reset()
			fmt.Printf("%x\n", h.Sum(nil))
			fmt.Println(h.(encoding.BinaryUnmarshaler).UnmarshalBinary(rb(rnd.Intn(250))))
		}
		h := n()
		st, _ := h.(encoding.BinaryMarshaler).MarshalBinary()
		fmt.Println(len(st), h.(encoding.BinaryUnmarshaler).UnmarshalBinary(st[1:]))
		st[len(st)-1] = 9
		fmt.Println(h.(encoding.BinaryUnmarshaler).UnmarshalBinary(st))
		st[len(st)-1] = 0
		st[len(st)-2] = 200
		fmt.Println(h.(encoding.BinaryUnmarshaler).UnmarshalBinary(st))
	}
	for i := 0; i < 12; i++ {
		var s *sha3.SHAKE
		switch i % 4 {
		case 0:
			s = sha3.NewSHAKE128()
		case 1:
			s = sha3.NewSHAKE256()
		case 2:
			s = sha3.NewCSHAKE128(rb(rnd.Intn(20)), rb(rnd.Intn(200)))
		case 3:
			s = sha3.NewCSHAKE256(rb(rnd.Intn(200)), rb(rnd.Intn(20)))
		}
		d := rb(rnd.Intn(500))
		s.Write(d[:len(d)/2])
		st, err := s.MarshalBinary()
		if i < 20 {
			fmt.Printf("%x %v\n", st, err)
		}
		fmt.Println(s.UnmarshalBinary(st))
		s.Write(d[len(d)/2:])
		out := make([]byte, rnd.Intn(400))
		fmt.Println(s.Read(out[:len(out)/3]))
		st, _ = s.MarshalBinary()
		fmt.Println(len(st), s.UnmarshalBinary(st))
		s.Read(out[len(out)/3:])
		fmt.Printf("%x %d\n", out, s.BlockSize())
		try("write after read", func() { s.Write([]byte("a")) })
		s.Reset()
		s.Read(out)
		fmt.Printf("%x\n", out)
		fmt.Printf("%x %x\n", sha3.SumSHAKE128(d, i), sha3.SumSHAKE256(d, i))
	}
	var zs sha3.SHAKE
	try("zero shake", func() { zs.Write([]byte("abc")); b := make([]byte, 10); zs.Read(b); fmt.Println(b) })
	var z3 sha3.SHA3
	try("zero sha3", func() { z3.Write([]byte("abc")); fmt.Printf("%x\n", z3.Sum(nil)) })
	fmt.Println(crypto.SHA3_256.Available(), crypto.SHA3_512.New().Size())

	// aes
	for n := 0; n < 40; n++ {
		b, err := aes.NewCipher(make([]byte, n))
		fmt.Println(b != nil, err)
	}
	for i := 0; i < 15; i++ {
		b, _ := aes.NewCipher(rb([]int{16, 24, 32}[i%3]))
		src := rb(16)
		dst := make([]byte, 16)
		b.Encrypt(dst, src)
		fmt.Printf("%x ", dst)
		b.Decrypt(dst, dst)
		fmt.Println(bytes.Equal(dst, src), b.BlockSize())
		b.Decrypt(dst, src)
		fmt.Printf("%x\n", dst)
		iv := rb(16)
		// modes
		m := rb(16 * rnd.Intn(20))
		o := make([]byte, len(m))
		e := cipher.NewCBCEncrypter(b, iv)
		k := len(m) / 32 * 16
		e.CryptBlocks(o[:k], m[:k])
		e.CryptBlocks(o[k:], m[k:])
		fmt.Printf("cbc %x %d\n", o, e.BlockSize())
		d := cipher.NewCBCDecrypter(b, iv)
		d.CryptBlocks(o[:k], o[:k])
		d.CryptBlocks(o[k:], o[k:])
		fmt.Println(bytes.Equal(o, m))
		m = rb(rnd.Intn(300))
		for j, s := range []cipher.Stream{cipher.NewCTR(b, iv), cipher.NewOFB(b, iv), cipher.NewCFBEncrypter(b, iv), cipher.NewCFBDecrypter(b, iv)} {
			o = make([]byte, len(m))
			for p := 0; p < len(m); {
				k := rnd.Intn(len(m) - p + 1)
				s.XORKeyStream(o[p:p+k], m[p:p+k])
				p += k
			}
			fmt.Printf("%d %x\n", j, o)
		}
		var g cipher.AEAD
		var err error
		ns := 12
		switch i % 5 {
		case 0, 1, 2:
			g, err = cipher.NewGCM(b)
		case 3:
			ns = 1 + rnd.Intn(40)
			g, err = cipher.NewGCMWithNonceSize(b, ns)
		case 4:
			g, err = cipher.NewGCMWithTagSize(b, 12+rnd.Intn(5))
		}
		nonce, ad := rb(ns), rb(rnd.Intn(60))
		ct := g.Seal([]byte("pre"), nonce, m, ad)
		fmt.Printf("gcm %x %v %d %d\n", ct, err, g.NonceSize(), g.Overhead())
		pt, err := g.Open([]byte("q"), nonce, ct[3:], ad)
		fmt.Println(bytes.Equal(pt[1:], m), err)
		ct[3+rnd.Intn(len(ct)-3)] ^= 4
		pt, err = g.Open(nil, nonce, ct[3:], ad)
		fmt.Println(pt, err)
		pt, err = g.Open(nil, nonce, ct[3:5], ad)
		fmt.Println(pt, err)
		try("nonce", func() { g.Seal(nil, nonce[1:], m, ad) })
		try("nonce", func() { g.Open(nil, nonce[1:], ct, ad) })
		buf := make([]byte, len(m), len(m)+16)
		copy(buf, m)
		fmt.Printf("inplace %x\n", g.Seal(buf[:0], nonce, buf, nil))
		try("overlap", func() { bb := make([]byte, 100); g.Seal(bb[:0], nonce, bb[1:20], nil) })
		try("overlap", func() { bb := make([]byte, 100); g.Open(bb[:0], nonce, bb[1:40], nil) })
	}
	b, _ := aes.NewCipher(make([]byte, 16))
	s16 := make([]byte, 16)
	try("enc short", func() { b.Encrypt(s16, s16[:15]) })
	try("enc short dst", func() { b.Encrypt(s16[:15], s16) })
	try("dec short", func() { b.Decrypt(s16, s16[:15]) })
	try("dec short dst", func() { b.Decrypt(s16[:15], s16) })
	b32 := make([]byte, 32)
	try("overlap", func() { b.Encrypt(b32[1:], b32[:16]) })
	try("overlap", func() { b.Decrypt(b32[1:], b32[:16]) })
	for j, f := range []func(cipher.Block, []byte) cipher.BlockMode{cipher.NewCBCEncrypter, cipher.NewCBCDecrypter} {
		try("iv", func() { f(b, s16[:15]) })
		m := f(b, s16)
		try("partial", func() { m.CryptBlocks(b32, b32[:17]) })
		try("dst", func() { m.CryptBlocks(b32[:16], b32) })
		try("overlap", func() { m.CryptBlocks(b32[1:], b32[:16]) })
		try("setiv", func() { m.(interface{ SetIV([]byte) }).SetIV(s16[:3]) })
		try("toy", func() { m := f(toy{}, s16[:8]); m.CryptBlocks(b32, b32); fmt.Println(b32) })
		fmt.Println(j)
	}
	for j, f := range []func(cipher.Block, []byte) cipher.Stream{cipher.NewCTR, cipher.NewOFB, cipher.NewCFBEncrypter, cipher.NewCFBDecrypter} {
		try("iv", func() { f(b, s16[:15]) })
		m := f(b, s16)
		try("dst", func() { m.XORKeyStream(b32[:16], b32) })
		try("overlap", func() { m.XORKeyStream(b32[1:], b32[:16]) })
		try("toy", func() { m := f(toy{}, s16[:8]); o := make([]byte, 50); m.XORKeyStream(o, o); m.XORKeyStream(o[:7], o[:7]); fmt.Printf("%x\n", o) })
		ff := bytes.Repeat([]byte{255}, 16)
		m = f(b, ff)
		o := make([]byte, 60)
		m.XORKeyStream(o, o)
		fmt.Printf("%d %x\n", j, o)
	}
	_, err := cipher.NewGCM(toy{})
	fmt.Println(err)
	_, err = cipher.NewGCMWithNonceSize(b, 0)
	fmt.Println(err)
	_, err = cipher.NewGCMWithTagSize(b, 11)
	fmt.Println(err)
	_, err = cipher.NewGCMWithTagSize(b, 17)
	fmt.Println(err)
	_, err = cipher.NewGCMWithNonceSize(toy{}, 12)
	fmt.Println(err)
	gr, err := cipher.NewGCMWithRandomNonce(b)
	fmt.Println(gr.NonceSize(), gr.Overhead(), err)
	ct := gr.Seal(nil, nil, []byte("hello"), []byte("ad"))
	pt, err := gr.Open(nil, nil, ct, []byte("ad"))
	fmt.Println(len(ct), string(pt), err)
	pt, err = gr.Open(nil, nil, ct[:20], []byte("ad"))
	fmt.Println(string(pt), err)
	pt, err = gr.Open(nil, nil, ct, []byte("bd"))
	fmt.Println(string(pt), err)
	try("nonce", func() { gr.Seal(nil, s16, nil, nil) })
	try("nonce", func() { gr.Open(nil, s16, nil, nil) })
	_, err = cipher.NewGCMWithRandomNonce(toy{})
	fmt.Println(err)
	sr := cipher.StreamReader{S: cipher.NewCTR(b, s16), R: bytes.NewReader([]byte("some text here"))}
	got, err := io.ReadAll(sr)
	fmt.Printf("%x %v\n", got, err)
	var out bytes.Buffer
	sw := cipher.StreamWriter{S: cipher.NewCTR(b, s16), W: &out}
	fmt.Println(sw.Write([]byte("some text here")))
	fmt.Printf("%x %v\n", out.Bytes(), sw.Close())
}
