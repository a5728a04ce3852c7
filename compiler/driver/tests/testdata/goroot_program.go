// Uses much of the library, and most of what it asks of the runtime: reflection, timers, locks, maps keyed by hash
// functions of descriptors, processes, files.
package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"go/format"
	"io"
	"math/big"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"text/template"
	"time"
	"unique"
)

type item struct {
	Name string         `json:"name"`
	Tags map[string]int `json:"tags,omitempty"`
	Next *item          `json:"next"`
}

func (i item) Upper() string { return strings.ToUpper(i.Name) }

func main() {
	it := item{"a<b", map[string]int{"y": 2, "x": 1}, &item{Name: "end"}}
	text, err := json.Marshal(it)
	fmt.Println(string(text), err)
	var back item
	fmt.Println(json.Unmarshal(text, &back), back.Next.Name, json.Unmarshal([]byte(`{"name":3}`), &back))

	t := template.Must(template.New("t").Parse("{{.Upper}}{{range $k, $v := .Tags}} {{$k}}={{$v}}{{end}} {{.Next.Name | printf \"%q\"}}\n"))
	fmt.Println(t.Execute(os.Stdout, it))

	fmt.Println(regexp.MustCompile(`(\w+)=(\d+)`).ReplaceAllString("a=1 b=22", "$2:$1"))
	fmt.Println(new(big.Int).Exp(big.NewInt(7), big.NewInt(100), nil))

	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	w.Write(bytes.Repeat([]byte("gzip "), 1000))
	w.Close()
	r, _ := gzip.NewReader(&buf)
	all, err := io.ReadAll(r)
	fmt.Println(len(all), err)

	src, err := format.Source([]byte("package p\nfunc  f( ) {x:=1;_=x}"))
	fmt.Println(string(src), err)

	var m sync.Map
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() { m.Store(fmt.Sprint(i%5), i) })
	}
	wg.Wait()
	n := 0
	m.Range(func(any, any) bool { n++; return true })
	fmt.Println(n, unique.Make("ab") == unique.Make(strings.Join([]string{"a", "b"}, "")))

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel()
	<-ctx.Done()
	timer := time.NewTimer(time.Hour)
	fmt.Println(ctx.Err(), timer.Stop(), timer.Reset(time.Millisecond), (<-timer.C).IsZero())

	out, err := exec.Command("sh", "-c", "cat; exit 3").Output()
	fmt.Printf("%q %v\n", out, err)
	_, err = os.Open("/nonexistent")
	fmt.Println(err)
}
