// run

// DEFLATE, gzip and zlib: streams of another program, damaged ones, round trips, errors.
package main

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"time"
)

type failing struct{ n int }

func (f *failing) Write(p []byte) (int, error) {
	if f.n -= len(p); f.n < 0 {
		return 0, errors.New("disk full")
	}
	return len(p), nil
}

// Made by zlib itself: with dynamic codes, and raw with the fixed ones.
const (
	dynamic = "78da2bc94855282ccd4cce56482aca2fcf5348cbaf50c82acd2d2856c82f4b2d5228014ae72456552aa4e4a75b8379a38a69af988191899985958d9d83938b9b87978f5f4050485844544c5c42524a5a46564e5e4151495945554d5d43534b5b47574fdfc0d0c8d8c4d4ccdcc2d2ca7a28ea0500a3adae9d"
	fixed   = "2bc94855282ccd4cce56482aca2fcf5348cbaf50c82acd2d2856c82f4b2d5228014ae72456552aa4e4a75b8379a38a69af988191899985958d9d83938b9b87978f5f4050485844544c5c42524a5a46564e5e4151495945554d5d43534b5b47574fdfc0d0c8d8c4d4ccdcc2d2ca7a28ea0500"
)

func streams() {
	z, _ := hex.DecodeString(dynamic)
	r, err := zlib.NewReader(bytes.NewReader(z))
	b, err2 := io.ReadAll(r)
	fmt.Printf("%v %v %d %.50q %x\n", err, err2, len(b), b, b[len(b)-20:])
	want := b
	d, _ := hex.DecodeString(fixed)
	b, err = io.ReadAll(flate.NewReader(bytes.NewReader(d)))
	fmt.Println(bytes.Equal(b, want), err)
	for i := range d {
		for _, bit := range []byte{1, 8, 64} {
			d[i] ^= bit
			b, err := io.ReadAll(flate.NewReader(bytes.NewReader(d)))
			fmt.Println(i, bit, len(b), crc32.ChecksumIEEE(b), err)
			d[i] ^= bit
		}
		_, err := io.ReadAll(flate.NewReader(bytes.NewReader(d[:i])))
		fmt.Println(err)
	}
	for i := 2; i < len(z); i++ {
		z[i] ^= 16
		r, err := zlib.NewReader(bytes.NewReader(z))
		if err == nil {
			b, err = io.ReadAll(r)
		}
		fmt.Println(i, len(b), crc32.ChecksumIEEE(b), err)
		z[i] ^= 16
	}
	text := bytes.Repeat(want, 300)
	for i := range text {
		if i%1000 < 7 {
			text[i] = byte(i * i >> 5)
		}
	}
	for level := -2; level <= 9; level++ {
		var buf bytes.Buffer
		w, _ := flate.NewWriterDict(&buf, level, want)
		for i := 0; i < len(text); i += 10007 {
			w.Write(text[i:min(i+10007, len(text))])
			if i%3 == 0 {
				w.Flush()
			}
		}
		w.Close()
		got, err := io.ReadAll(flate.NewReaderDict(&buf, want))
		fmt.Println(level, bytes.Equal(got, text), err)
	}
}

func main() {
	streams()
	for l := -4; l < 12; l++ {
		_, e1 := flate.NewWriter(io.Discard, l)
		_, e2 := gzip.NewWriterLevel(io.Discard, l)
		_, e3 := zlib.NewWriterLevel(io.Discard, l)
		fmt.Println(l, e1, e2, e3)
	}
	var buf bytes.Buffer
	fw, _ := flate.NewWriter(&buf, 5)
	gw := gzip.NewWriter(&buf)
	zw := zlib.NewWriter(&buf)
	for _, w := range []interface {
		io.WriteCloser
		Flush() error
		Reset(io.Writer)
	}{fw, gw, zw} {
		fmt.Println(w.Write([]byte("abc")))
		fmt.Println(w.Close(), w.Close())
		fmt.Println(w.Write([]byte("abc")))
		fmt.Println(w.Flush(), w.Close())
		w.Reset(&failing{5})
		fmt.Println(w.Write([]byte("abc")))
		fmt.Println(w.Flush())
		fmt.Println(w.Write([]byte("abc")))
		fmt.Println(w.Close(), w.Close())
		w.Reset(&buf)
		fmt.Println(w.Write(nil))
		buf.Reset()
		w.Reset(&buf)
		fmt.Println(w.Close(), buf.Len() > 0)
	}
	var z gzip.Writer
	_ = z
	g := gzip.NewWriter(&buf)
	g.Name = "\u0100"
	fmt.Println(g.Write([]byte("x")))
	fmt.Println(g.Write([]byte("x")))
	g.Reset(&buf)
	g.Comment = "a\x00"
	fmt.Println(g.Write([]byte("x")))
	g.Reset(&buf)
	g.Extra = make([]byte, 1<<16)
	fmt.Println(g.Write([]byte("x")))
	buf.Reset()
	for i := range 3 {
		g.Reset(&buf)
		g.Name = fmt.Sprint("file", i)
		g.ModTime = time.Unix(1700000000, 5)
		g.OS = 3
		fmt.Fprint(g, "data ", i, "\n")
		g.Close()
	}
	all := bytes.Clone(buf.Bytes())
	fmt.Printf("%x\n", all[:10])
	r, err := gzip.NewReader(bytes.NewReader(all))
	fmt.Println(r.Header.Name, r.ModTime.Unix(), r.OS, r.Comment, r.Extra, err)
	b, err := io.ReadAll(r)
	fmt.Printf("%q %v\n", b, err)
	br := bytes.NewReader(all)
	r.Reset(br)
	for {
		r.Multistream(false)
		b, err := io.ReadAll(r)
		fmt.Printf("%s %q %v\n", r.Name, b, err)
		if err := r.Reset(br); err != nil {
			fmt.Println(err)
			break
		}
	}
	r.Reset(bytes.NewReader(append(all, "garbage after"...)))
	b, err = io.ReadAll(r)
	fmt.Printf("%q %v\n", b, err)
	fmt.Println(r.Read(nil))
	for n := 0; n < 40; n++ {
		_, err := gzip.NewReader(bytes.NewReader(all[:n]))
		_, err2 := zlib.NewReader(strings.NewReader("x\x9c"[:min(n, 2)]))
		fmt.Println(n, err, err2)
	}
	fmt.Println(gzip.NewReader(strings.NewReader("\x1f\x8b\x08\x08" + strings.Repeat("a", 2000))))
	fmt.Println(zlib.NewReader(strings.NewReader("x\x9d")))
	zd, _ := zlib.NewWriterLevelDict(&buf, 9, []byte("dict"))
	buf.Reset()
	zd.Write([]byte("dictdictdict"))
	zd.Close()
	_, err = zlib.NewReader(bytes.NewReader(buf.Bytes()))
	fmt.Println(err)
	_, err = zlib.NewReaderDict(bytes.NewReader(buf.Bytes()), []byte("other"))
	fmt.Println(err)
	zr, err := zlib.NewReaderDict(bytes.NewReader(buf.Bytes()), []byte("dict"))
	b, err = io.ReadAll(zr)
	fmt.Println(string(b), err)
	fmt.Println(flate.CorruptInputError(7), flate.InternalError("x"), &flate.ReadError{3, io.EOF}, &flate.WriteError{4, io.EOF})
	// flushing: what was written can be read
	pr, pw := io.Pipe()
	f9, _ := flate.NewWriter(pw, 9)
	go func() {
		for i := range 5 {
			fmt.Fprintf(f9, "message %d", i)
			f9.Flush()
		}
		pw.CloseWithError(errors.New("gone"))
	}()
	fr := flate.NewReader(pr)
	for {
		p := make([]byte, 9)
		_, err := io.ReadFull(fr, p)
		fmt.Printf("%q %v\n", p, err)
		if err != nil {
			break
		}
	}
	fmt.Println(fr.Close())
	for i, w := range []interface {
		io.WriteCloser
		Flush() error
	}{fw, gw, zw} {
		fmt.Println(i, w.Flush(), w.Close())
	}
}
