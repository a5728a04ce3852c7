// run

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
)

type byLen []string

func (b byLen) Len() int           { return len(b) }
func (b byLen) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLen) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

func main() {
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	words := strings.Fields(" the quick  brown fox jumps over the lazy dog ")
	sort.Strings(words)
	fmt.Fprintln(w, words)
	sort.Stable(byLen(words))
	fmt.Fprintln(w, words)
	xs := []int{5, 2, 8, 1, 9, 3}
	slices.Sort(xs)
	i, ok := slices.BinarySearch(xs, 8)
	fmt.Fprintln(w, xs, i, ok, slices.Max(xs), slices.Index(xs, 9))
	sort.Slice(words, func(i, j int) bool { return words[i] > words[j] })
	fmt.Fprintln(w, strings.Join(words, ","))
	sc := bufio.NewScanner(strings.NewReader("line one\nline two\n\nlast"))
	for sc.Scan() {
		fmt.Fprintf(w, "%q ", sc.Text())
	}
	fmt.Fprintln(w)
	n, err := strconv.Atoi("12x")
	fmt.Fprintln(w, n, err)
	f, err := strconv.ParseFloat("1e400", 64)
	fmt.Fprintln(w, f, err)
	fmt.Fprintln(w, strconv.Quote("a\tb\u00e9\x00"), strconv.FormatInt(-255, 16), strconv.Itoa(1<<40))
	fmt.Fprintln(w, strings.Repeat("ab", 3), strings.Split("a,b,c", ","), strings.Contains("hello", "ll"), strings.Index("chicken", "ken"),
		strings.ToUpper("éa"), strings.TrimSpace("\t x \n"), strings.Replace("oink oink", "k", "ky", 1), strings.EqualFold("Go", "GO"))
	var sb strings.Builder
	for i := range 3 {
		fmt.Fprintf(&sb, "%d;", i)
	}
	fmt.Fprintln(w, sb.String(), sb.Len())
	var buf bytes.Buffer
	buf.WriteString("hello ")
	buf.Write([]byte("world"))
	b, _ := buf.ReadByte()
	fmt.Fprintln(w, string(b), buf.String(), bytes.Count(buf.Bytes(), []byte("o")))
}
