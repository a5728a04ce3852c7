// run

// Packages encoding/csv, encoding/base32, encoding/pem and io/ioutil.
package main

import (
	"bytes"
	"encoding/base32"
	"encoding/csv"
	"encoding/pem"
	"fmt"
	"io"
	"io/ioutil"
	"os"
	"strings"
)

func readCSV(text string, options func(*csv.Reader)) {
	r := csv.NewReader(strings.NewReader(text))
	if options != nil {
		options(r)
	}
	for {
		rec, err := r.Read()
		fmt.Printf("%q %v %d", rec, err, r.InputOffset())
		for i := range rec {
			line, col := r.FieldPos(i)
			fmt.Printf(" %d:%d", line, col)
		}
		fmt.Println()
		if err == io.EOF || r.InputOffset() == 0 {
			return
		}
	}
}

func main() {
	readCSV("a,b,c\r\n\n\"x, \"\"y\"\"\nz\",é,\n1,2\n", nil)
	readCSV("a\"b,c\n\"d\"e,f\n\"g", nil)
	readCSV("# no\n  a; \"b\" ;c\n\"d\"e;f;\"g", func(r *csv.Reader) {
		r.Comma, r.Comment, r.LazyQuotes, r.TrimLeadingSpace, r.FieldsPerRecord = ';', '#', true, true, -1
	})
	readCSV("x", func(r *csv.Reader) { r.Comma = '\n' })
	fmt.Println(csv.NewReader(strings.NewReader("a\nb,c\n")).ReadAll())
	w := csv.NewWriter(os.Stdout)
	w.Write([]string{"a", "b c", " d", "e,f", "g\"h", "i\nj", "", `\.`})
	w.UseCRLF = true
	fmt.Println(w.WriteAll([][]string{{"x\r\ny"}, {}, {"z"}}), w.Error())

	for _, enc := range []*base32.Encoding{base32.StdEncoding, base32.HexEncoding.WithPadding(base32.NoPadding), base32.StdEncoding.WithPadding('*')} {
		for n := range 7 {
			s := enc.EncodeToString([]byte("foobar")[:n])
			d, err := enc.DecodeString(s)
			fmt.Printf("%s %q %v %d %d;", s, d, err, enc.EncodedLen(n), enc.DecodedLen(len(s)))
		}
		fmt.Println()
		for _, s := range []string{"MZXW6YT", "MZXW6===", "MZ\nXW6==", "M1======", "MZXW6=A=", "M=======", "MZXW6YQ=A"} {
			d, err := enc.DecodeString(s)
			d2, err2 := io.ReadAll(base32.NewDecoder(enc, strings.NewReader(s)))
			fmt.Printf("%q %v %q %v;", d, err, d2, err2)
		}
		fmt.Println()
	}
	e := base32.NewEncoder(base32.StdEncoding, os.Stdout)
	for _, s := range []string{"a", "bcd", "efghijklmnop"} {
		io.WriteString(e, s)
	}
	fmt.Println(e.Close())

	block := &pem.Block{Type: "TEST KEY", Headers: map[string]string{"b": "2", "Proc-Type": "4,ENC", "a": "1"}, Bytes: bytes.Repeat([]byte("0123456789"), 7)}
	text := pem.EncodeToMemory(block)
	fmt.Printf("%s", text)
	text = append([]byte("junk\n-----BEGIN X-----\n!\n-----END X-----\n"), append(text, "tail"...)...)
	p, rest := pem.Decode(text)
	fmt.Println(p.Type, p.Headers, string(p.Bytes), string(rest))
	p, rest = pem.Decode(rest)
	fmt.Println(p, string(rest), pem.Encode(io.Discard, &pem.Block{Headers: map[string]string{"a:b": ""}}))

	dir, err := ioutil.TempDir("", "test*dir")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	fmt.Println(ioutil.WriteFile(dir+"/b", []byte("text"), 0o600), ioutil.WriteFile(dir+"/a", nil, 0o600))
	list, err := ioutil.ReadDir(dir)
	for _, f := range list {
		fmt.Println(f.Name(), f.Size(), f.Mode())
	}
	b, err2 := ioutil.ReadFile(dir + "/b")
	fmt.Println(string(b), err, err2)
	all, err := ioutil.ReadAll(ioutil.NopCloser(strings.NewReader("all")))
	fmt.Println(string(all), err)
}
