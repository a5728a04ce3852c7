// run

// Packages mime and mime/quotedprintable.
package main

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"os"
	"strings"
)

func main() {
	for _, s := range []string{
		"Text/HTML; Charset=utf-8", "attachment; filename=\"a \\\"b\\\".txt\";", "a/b; x*=utf-8'en'%e2%82%ac; y*0=\"1\"; y*1*=%32", "a/b; x=1; x=2", "a/b; x", "", "a/", "a b",
		"form-data; name=\"c:\\dir\\f\"", "a/b;; c=d", "a/b c", " a/b ; e = f ", "a/b; n*0*=utf-8''%41%zz; n*1=B", "/b", "a/b; q=\"unterminated",
	} {
		t, p, err := mime.ParseMediaType(s)
		fmt.Printf("%q %q %v %q\n", t, p, err, mime.FormatMediaType(t, p))
	}
	fmt.Println(mime.FormatMediaType("X/Y", map[string]string{"B": "c d", "a": "é*'%", "e": "f\"\\"}), mime.FormatMediaType("x y", nil) == "")
	for _, ext := range []string{".html", ".HTM", ".png", ".json", ".js", ".none", ""} {
		fmt.Printf("%q ", mime.TypeByExtension(ext))
	}
	fmt.Println(mime.AddExtensionType("x", "a/b"), mime.AddExtensionType(".gorctest", "text/gorc"), mime.TypeByExtension(".GorcTest"))
	fmt.Println(mime.ExtensionsByType("text/gorc; charset=x"))
	fmt.Println(mime.ExtensionsByType("bad"))

	long := strings.Repeat("größer als 日本 ", 8)
	for _, e := range []mime.WordEncoder{mime.BEncoding, mime.QEncoding} {
		for _, s := range []string{"plain", "née?_=", long} {
			w := e.Encode("utf-8", s)
			d, err := new(mime.WordDecoder).DecodeHeader(w)
			fmt.Println(w, d == s, err)
		}
		fmt.Println(e.Encode("iso-8859-1", "n\xe9e"))
	}
	dec := mime.WordDecoder{}
	for _, s := range []string{"=?utf-8?q?a_=C3=A9?=", "=?ISO-8859-1?B?6Q==?=", "=?us-ascii?q?=e9x?=", "=?x?q?a?=", "=?utf-8?q?=zz?=", "=?utf-8?z?a?=", "a =?utf-8?q?b?= \t =?utf-8?q?c?= d =?utf-8?q?", "no"} {
		w, err := dec.Decode(s)
		h, err2 := dec.DecodeHeader(s)
		fmt.Printf("%q %v %q %v\n", w, err, h, err2)
	}
	dec.CharsetReader = func(charset string, input io.Reader) (io.Reader, error) {
		if charset == "koi8-r" {
			return io.MultiReader(strings.NewReader(charset+":"), input), nil
		}
		return nil, errors.New("unknown " + charset)
	}
	fmt.Println(dec.DecodeHeader("=?KOI8-R?q?abc?="))
	fmt.Println(dec.DecodeHeader("=?other?q?abc?="))

	for _, s := range []string{"a=3Db=\r\nc  \r\nd=", "=C3=A9 = x", "bad \x01", "=\t \nx", "=4", "tail =zz"} {
		b, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(s)))
		fmt.Printf("%q %v\n", b, err)
	}
	for _, binary := range []bool{false, true} {
		w := quotedprintable.NewWriter(os.Stdout)
		w.Binary = binary
		fmt.Fprint(w, "né=e \r\nx\t\n", long, "\n", strings.Repeat("0123456789", 8), " ")
		fmt.Println("|", w.Close())
	}
}
