// run

// Offsets and texts of syntax errors.

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
)

func main() {
	for _, s := range []string{`12.`, `1.5e`, `[1.`, `[12`, `[12e`, `{"a":-`, `"abc`, `["abc`, `["ab\`, `["ab\u`, `["ab\u12`, `["ab\ud800`, `["ab\ud800\`, `["ab\ud800\udc`, ` "`, `[tru`, `{"ab`, `{"ab\n`, "\"a\xc3", "\"é\xe2\x80", "\xc3", "[\xe2\x80", `1.5 x`, `[1,2 3]`, `{"a":[1 2]}`, `{"a":1 2}`, `[1}`, `[1,2}`, `{"a":1]`, `[1x`, `[1xé`, `[1é`, `{"a"é`, "[1\xff", `"\q"`, `"\é"`, "\"\\\xff\"", `"\u00é"`, `"\u"`, `"\uabc"`, `"\uabc`, `"\ud800\uabc"`, `"\ud800\u"`, `"\ud800\q"`, "\"\\\x01\"", "\"\\u00\x01\"", "\"a\x7fb\"", "\"\u2028\"", "tr\xe2\x80\xa8", "[trué]", "tr\xff"} {
		var v any
		e1 := json.Unmarshal([]byte(s), &v)
		var b bytes.Buffer
		e2 := json.Compact(&b, []byte(s))
		e3 := json.Indent(&b, []byte(s), "", " ")
		f := func(e error) string {
			if se, ok := e.(*json.SyntaxError); ok {
				return fmt.Sprintf("%d %s", se.Offset, se)
			}
			return fmt.Sprint(e)
		}
		fmt.Printf("%q U=%s C=%s I=%s\n", s, f(e1), f(e2), f(e3))
	}
}
