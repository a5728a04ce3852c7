// run

// LZW both ways, bzip2 reading, and what both say about damaged data.
package main

import (
	"bytes"
	"compress/bzip2"
	"compress/lzw"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand"
)

var rnd = rand.New(rand.NewSource(21))

func try(name string, f func()) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Printf("%s: %T %v\n", name, e, e)
		}
	}()
	f()
}

type failing struct{ n int }

func (f *failing) Write(p []byte) (int, error) {
	if f.n -= len(p); f.n < 0 {
		return 0, errors.New("disk full")
	}
	return len(p), nil
}

// Made by bzip2: a text with runs, nothing, two files one after the other.
var bzipped = []string{
	"425a6839314159265359978dbb3f0000507380ffffffffff8001002c4e8280000820006842868000064000034004553440d03400000000da9a208a444d45565d865a6dc75e7e08628e494a69a7a29aabb37013800fa03c809c0483cfa75eddfc79af58646242031184e322401fc3106919929800d41946606810a06232032833084e7f177245385090978dbb3f",
	"425a683117724538509000000000",
	"425a6839314159265359a4639dbb0000009180400001201c00200021800c03272ee2ee48a70a12148c73b760425a6833314159265359268a023400000281800e0188002000221868300702985dc914e142409a2808d0",
}

func main() {
	for i := 0; i < 40; i++ {
		order := lzw.Order(i % 2)
		w := rnd.Intn(7) + 2
		b := make([]byte, rnd.Intn([]int{10, 300, 20000}[i%3]))
		for k := range b {
			switch i % 4 {
			case 0:
				b[k] = byte(rnd.Intn(1 << w))
			case 1:
				b[k] = byte(int(rnd.ExpFloat64()*2) & (1<<w - 1))
			case 2:
				b[k] = byte(k / 100 & (1<<w - 1))
			}
		}
		var buf bytes.Buffer
		z := lzw.NewWriter(&buf, order, w)
		for p := b; len(p) > 0; {
			k := rnd.Intn(len(p) + 1)
			n, err := z.Write(p[:k])
			if n != k || err != nil {
				fmt.Println(n, err)
			}
			p = p[k:]
		}
		fmt.Println(z.Close(), z.Close())
		fmt.Println(i, len(b), buf.Len(), crc32.ChecksumIEEE(buf.Bytes()))
		enc := bytes.Clone(buf.Bytes())
		r := lzw.NewReader(bytes.NewReader(append(enc, 1, 2, 3)), order, w)
		got, err := io.ReadAll(r)
		fmt.Println(bytes.Equal(got, b), err, r.Close(), r.Close())
		_, err = r.Read(make([]byte, 5))
		fmt.Println(err)
		for k := 0; k < 3; k++ {
			d := bytes.Clone(enc)
			switch rnd.Intn(3) {
			case 0:
				d = d[:rnd.Intn(len(d)+1)]
			case 1:
				d[rnd.Intn(len(d))] ^= 1 << rnd.Intn(8)
			case 2:
				rnd.Read(d[:min(5, len(d))])
			}
			r.(*lzw.Reader).Reset(bytes.NewReader(d), order, w)
			got, err := io.ReadAll(r)
			fmt.Println("damaged", len(got), crc32.ChecksumIEEE(got), err)
		}
	}
	for _, w := range []int{-1, 0, 1, 2, 8, 9} {
		for _, o := range []lzw.Order{0, 1, 2} {
			z := lzw.NewWriter(io.Discard, o, w)
			n, err := z.Write([]byte{1, 2, 3, 200})
			fmt.Println(w, o, n, err, z.Close())
			_, err = z.Write([]byte{1})
			fmt.Println(err)
			r := lzw.NewReader(bytes.NewReader(nil), o, w)
			_, err = r.Read(make([]byte, 3))
			fmt.Println(err)
		}
	}
	z := lzw.NewWriter(&failing{3}, lzw.LSB, 8)
	fmt.Println(z.Write(make([]byte, 100000)))
	fmt.Println(z.Write(make([]byte, 100000)))
	fmt.Println(z.Close(), z.Close())
	z.(*lzw.Writer).Reset(io.Discard, lzw.MSB, 8)
	fmt.Println(z.Write([]byte("abc")))
	fmt.Println(z.Write(nil))

	for f, text := range bzipped {
		enc, _ := hex.DecodeString(text)
		got, err := io.ReadAll(bzip2.NewReader(bytes.NewReader(enc)))
		fmt.Println(f, len(got), crc32.ChecksumIEEE(got), err)
		for k := 0; k < 40; k++ {
			d := bytes.Clone(enc)
			switch rnd.Intn(4) {
			case 0:
				d = d[:rnd.Intn(len(d)+1)]
			case 1, 2:
				d[rnd.Intn(min(len(d), 100))] ^= 1 << rnd.Intn(8)
			case 3:
				d[rnd.Intn(len(d))] ^= 1 << rnd.Intn(8)
			}
			r := bzip2.NewReader(struct{ io.Reader }{bytes.NewReader(d)})
			got, err := io.ReadAll(r)
			n, err2 := r.Read(make([]byte, 10))
			fmt.Println("damaged", len(got), crc32.ChecksumIEEE(got), err, n, err2)
		}
	}
	for i := 0; i < 60; i++ {
		b := make([]byte, rnd.Intn(80))
		rnd.Read(b)
		copy(b, "BZh91AY&SY")
		got, err := io.ReadAll(bzip2.NewReader(bytes.NewReader(b)))
		fmt.Println("garbage", len(got), err)
	}
	fmt.Println(bzip2.StructuralError("x"))
}
