// run

// RC4, HKDF and PBKDF2.
package main

import (
	"bytes"
	"crypto/hkdf"
	"crypto/md5"
	"crypto/pbkdf2"
	"crypto/rc4"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"fmt"
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

func main() {
	rnd := rand.New(rand.NewSource(2))
	rb := func(n int) []byte { b := make([]byte, n); rnd.Read(b); return b }
	for i := 0; i < 12; i++ {
		k, s, info := rb(rnd.Intn(100)), rb(rnd.Intn(100)), string(rb(rnd.Intn(50)))
		n := rnd.Intn(400)
		a, err := hkdf.Extract(sha256.New, k, s)
		fmt.Printf("%x %v\n", a, err)
		a, err = hkdf.Extract(sha512.New, k, nil)
		fmt.Printf("%x %v\n", a, err)
		a, err = hkdf.Expand(sha1.New, k, info, n)
		fmt.Printf("%x %v\n", a, err)
		a, err = hkdf.Key(md5.New, k, s, info, n)
		fmt.Printf("%x %v\n", a, err)
		a, err = pbkdf2.Key(sha256.New, string(k), s, rnd.Intn(20), n)
		fmt.Printf("%x %v\n", a, err)
	}
	for _, n := range []int{-1, 0, 1, 5100, 8160, 8161, 9000} {
		var a []byte
		var err error
		try("e", func() {
			a, err = hkdf.Expand(sha256.New, []byte("k"), "i", n)
			fmt.Println(len(a), err)
		})
		try("k", func() {
			a, err = hkdf.Key(sha256.New, []byte("k"), nil, "i", n)
			fmt.Println(len(a), err)
		})
		try("p", func() {
			a, err = pbkdf2.Key(sha256.New, "p", nil, 1, n)
			fmt.Println(len(a), err)
		})
		try("p", func() {
			a, err = pbkdf2.Key(sha256.New, "p", nil, n, 20)
			fmt.Printf("%x %v\n", a, err)
		})
	}
	a, err := pbkdf2.Key(sha256.New, "p", nil, 1, 1<<62)
	fmt.Println(a, err)
	for n := 0; n < 260; n += 37 {
		c, err := rc4.NewCipher(rb(n))
		fmt.Println(n, err)
		if err != nil {
			continue
		}
		src := rb(rnd.Intn(1000))
		dst := make([]byte, len(src))
		k := len(src) / 3
		c.XORKeyStream(dst[:k], src[:k])
		c.XORKeyStream(dst[k:], src[k:])
		fmt.Printf("%x\n", dst)
		c.XORKeyStream(src, src)
		fmt.Printf("%x\n", src)
		c.Reset()
		b := make([]byte, 5)
		c.XORKeyStream(b, b)
		fmt.Println(b, bytes.Equal(b, src))
		c.XORKeyStream(nil, nil)
		try("short", func() { c.XORKeyStream(dst[:1], make([]byte, 2)) })
		try("overlap", func() { c.XORKeyStream(make([]byte, 0), nil); x := make([]byte, 9); c.XORKeyStream(x[1:], x[:5]) })
	}
}
