// run

// Package net/url: parsing, escaping, resolving.
package main

import (
	"fmt"
	"net/url"
)

func main() {
	for _, s := range []string{
		"http://user:p%20w@host:80/a%2Fb/c?q=1&r#f%23", "mailto:a@b.c?subject=x", "//h/p", "/a/b", "a/b?x", "x:y:z", "a:b", "1a:b", ":x", "http://[::1%25en0]:8/x",
		"http://a:b:c/", "ftp://a:1:2/", "http://[1.2.3.4]/", "http://[zz]/", "http://[::1", "http://h/%zz", "http://%41/", "http://a b/", "http://u@v@h/", "http://u\x01/", "?",
		"#", "*", "http://h?", "http:///p", "file:///etc/x", "x:/y", "http://é.com/ü", "",
	} {
		u, err := url.Parse(s)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%q %q %v %q %q %q %q %q %q | %s %s %s %s %s\n", u.Scheme, u.Opaque, u.User, u.Host, u.Path, u.RawPath, u.RawQuery, u.Fragment,
			u.RawFragment, u, u.Redacted(), u.RequestURI(), u.Hostname(), u.Port())
		_, err = url.ParseRequestURI(s)
		fmt.Println(err)
	}
	base, _ := url.Parse("http://h/a/b/c?q#f")
	for _, ref := range []string{"", "d", "./d", "../d", "../../../d", "/x/../y", "?z", "#g", "//o/p", "x:y", "..", ".", "d/.", "..//e", "%zz"} {
		u, err := base.Parse(ref)
		fmt.Println(ref, u, err)
	}
	fmt.Println(base.JoinPath("x", "../y", "z/"), base.IsAbs())
	fmt.Println(url.JoinPath("http://h", "a//b", "%2e"))
	s := "a b&c=d/é+%~!*'()\x00"
	fmt.Println(url.QueryEscape(s), url.PathEscape(s))
	fmt.Println(url.QueryUnescape("a+b%20%zz"))
	fmt.Println(url.PathUnescape("a+b%2"))
	v, err := url.ParseQuery("b=2&a=1&a=%31&c&=x&d;e&f=%")
	fmt.Println(v, err, v.Encode(), v.Get("a"), v.Has("c"), v["a"])
	v.Set("a", "é")
	v.Add("b", " ")
	v.Del("c")
	fmt.Println(v.Clone().Encode())
	fmt.Println((&url.URL{Scheme: "x", Path: "//a", OmitHost: true}), (&url.URL{Path: "a:b"}), url.UserPassword("a:", "@"))
}
