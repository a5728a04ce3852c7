// run

// Archives written, read, copied and damaged.
package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"math/rand"
	"time"
)

func main() {
	rnd := rand.New(rand.NewSource(8))
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	names := []string{"a.txt", "dir/", "dir/b.txt", "dir/sub/c", "ümlaut/ö", "bad\xffname", "x\\y", "../up", "/abs", "dup", "dup", "zz~"}
	for i, n := range names {
		h := &zip.FileHeader{Name: n, Method: uint16(i % 2 * 8), Comment: []string{"", "com", "kömm"}[i%3]}
		if i%3 != 0 {
			h.Modified = time.Unix(1700000000+int64(i)*1000, 0).In(time.FixedZone("x", (i-5)*3600))
		}
		h.SetMode(fs.FileMode(0o600+i) | []fs.FileMode{0, fs.ModeSymlink, fs.ModeSetuid, fs.ModeNamedPipe, fs.ModeDevice | fs.ModeCharDevice, fs.ModeSticky}[i%6])
		if n == "dir/" {
			h.SetMode(fs.ModeDir | 0o755)
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			fmt.Println(n, err)
			continue
		}
		b := make([]byte, rnd.Intn(3000))
		for i := range b {
			b[i] = byte(rnd.Intn(5))
		}
		k, err := f.Write(b)
		fmt.Println(n, k, err)
		_, err = w.CreateHeader(h)
		fmt.Println(err)
	}
	_, err := w.CreateHeader(&zip.FileHeader{Name: "m", Method: 77})
	fmt.Println(err)
	fmt.Println(w.SetComment("the comment"), w.SetComment(string(make([]byte, 70000))))
	fmt.Println(w.Close(), w.Close())
	check(buf.Bytes())
	check(append([]byte("something before"), buf.Bytes()...))
	check(append(bytes.Clone(buf.Bytes()), "after"...))
	r, _ := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	var buf2 bytes.Buffer
	w2 := zip.NewWriter(&buf2)
	for _, f := range r.File {
		fmt.Println(w2.Copy(f))
	}
	fmt.Println(w2.Close())
	check(buf2.Bytes())
	var buf3 bytes.Buffer
	w3 := zip.NewWriter(&buf3)
	fmt.Println(w3.AddFS(sub{}))
	f, _ := w3.Create("hello")
	io.WriteString(f, "hello, world")
	fmt.Println(w3.Close())
	check(buf3.Bytes())
	// damaged, of an archive with stored files only, so that the bytes are the same
	var buf4 bytes.Buffer
	w4 := zip.NewWriter(&buf4)
	for i := range 3 {
		f, _ := w4.CreateHeader(&zip.FileHeader{Name: fmt.Sprint("f", i), Modified: time.Unix(1700000000, 0)})
		fmt.Fprintf(f, "contents %d", i)
	}
	w4.SetComment("c")
	w4.Close()
	good := buf4.Bytes()
	fmt.Printf("%x\n", good)
	for i := range good {
		for _, x := range []byte{byte(1 << (i % 8))} {
			d := bytes.Clone(good)
			d[i] ^= x
			fmt.Println("flip", i, x)
			checkBrief(d)
		}
		fmt.Println("cut", i)
		checkBrief(good[:i])
	}
	for i := 0; i < 30; i++ {
		n := rnd.Intn(1 << 16)
		m := zip.FileHeader{CreatorVersion: uint16([]int{0, 3, 11, 14, 19, 7}[i%6] << 8), ExternalAttrs: rnd.Uint32(), Name: []string{"a", "b/"}[i%2], ModifiedDate: uint16(n), ModifiedTime: uint16(rnd.Intn(1 << 16))}
		fmt.Println(m.Mode(), m.ModTime(), m.FileInfo())
		m.SetMode(fs.FileMode(rnd.Uint32()))
		fmt.Println(m.ExternalAttrs, m.CreatorVersion, m.Mode())
		m.SetModTime(time.Unix(rnd.Int63n(3e9)+4e8, 0))
		fmt.Println(m.Modified, m.ModifiedDate, m.ModifiedTime)
	}
	_, err = zip.NewReader(bytes.NewReader(nil), -1)
	fmt.Println(err)
	_, err = zip.OpenReader("/nonexistent")
	fmt.Println(err, errors.Is(err, fs.ErrNotExist))
}

func checkBrief(b []byte) {
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%q %d\n", r.Comment, len(r.File))
	for _, f := range r.File {
		fmt.Printf("%q %d %d %v %d %v ", f.Name, f.Method, f.UncompressedSize64, f.Modified.UTC(), f.Flags, f.NonUTF8)
		rc, err := f.Open()
		if err != nil {
			fmt.Println(err)
			continue
		}
		got, err := io.ReadAll(rc)
		fmt.Printf("%q %v\n", got, err)
	}
}

func check(b []byte) {
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Comment, len(r.File))
	for _, f := range r.File {
		h := f.FileHeader
		fmt.Printf("%q %q %v %d %d %x %d %v %d %d %x %d %d %x %d\n", h.Name, h.Comment, h.NonUTF8, h.CreatorVersion, h.ReaderVersion, h.Flags, h.Method, h.Modified, h.ModifiedDate, h.ModifiedTime, h.CRC32, h.UncompressedSize64, h.UncompressedSize, h.Extra, h.ExternalAttrs)
		fmt.Println(h.Mode(), h.FileInfo().Name(), h.FileInfo().Size(), h.FileInfo().ModTime(), h.FileInfo())
		rc, err := f.Open()
		if err != nil {
			fmt.Println(err)
			continue
		}
		got, err := io.ReadAll(rc)
		fmt.Println(len(got), crc32.ChecksumIEEE(got), err, rc.Close())
		n, err := rc.Read(make([]byte, 1))
		fmt.Println(n, err)
		_, err = f.DataOffset()
		fmt.Println(err)
	}
	fmt.Println(fs.WalkDir(r, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			fmt.Println(p, err)
			return nil
		}
		i, err := d.Info()
		fmt.Println(p, d, d.IsDir(), d.Type(), i.Mode(), i.Size(), i.ModTime(), err)
		return nil
	}))
	for _, n := range []string{".", "dir", "a.txt", "nope", "../x", "dir/b.txt", "dup", "a.txt/x", ""} {
		f, err := r.Open(n)
		if err != nil {
			fmt.Println(err)
			continue
		}
		s, err := f.Stat()
		fmt.Println(n, s, err)
		x, err := f.Read(make([]byte, 3))
		fmt.Println(x, err, f.Close())
	}
}

type sub struct{}

func (sub) Open(n string) (fs.File, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, n := range []string{"q/w/e", "q/r", "t"} {
		f, _ := w.Create(n)
		io.WriteString(f, n+n)
	}
	w.Close()
	r, _ := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	return r.Open(n)
}
