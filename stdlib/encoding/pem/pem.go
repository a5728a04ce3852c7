// Package pem implements the PEM encoding, of RFC 1421, in which keys and certificates often come.
package pem

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"slices"
	"strings"
)

// Block is what one encoded piece of data has:
//
//	-----BEGIN Type-----
//	Key: Value
//
//	base64 of Bytes
//	-----END Type-----
type Block struct {
	Type    string            // such as "RSA PRIVATE KEY"
	Headers map[string]string // may be empty
	Bytes   []byte            // mostly the DER encoding of something
}

const (
	begin  = "-----BEGIN "
	end    = "-----END "
	dashes = "-----"
)

// cutLine returns the first line of data, without space at its end, and what follows.
func cutLine(data []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(data, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	return bytes.TrimRight(line, " \t"), rest
}

// Decode finds the next block in data, which is to begin and end with whole lines.  It returns the block and what
// follows it; or nil and data if there is none.
func Decode(data []byte) (p *Block, rest []byte) {
	rest = data
	for {
		// The first line that ends a block, and the last before it that begins one: so each byte is looked at
		// a few times at most, whatever the data are.
		stop := bytes.Index(rest, []byte("\n"+end))
		if stop < 0 {
			return nil, data
		}
		start := bytes.LastIndex(rest[:stop+1], []byte(begin))
		if start < 0 || start > 0 && rest[start-1] != '\n' {
			rest = rest[stop+1+len(end):]
			continue
		}
		p, after, over := decodeBlock(rest[start+len(begin):], stop-start-len(begin))
		if over {
			return nil, data
		}
		if p != nil {
			return p, after
		}
		rest = rest[stop+1+len(end):]
	}
}

// decodeBlock decodes the block of which data has what follows BEGIN; stop is the place of the \n before END. It
// returns nil if there is something wrong; over says that then there is no need to look further.
func decodeBlock(data []byte, stop int) (p *Block, rest []byte, over bool) {
	line, rest := cutLine(data)
	typ, ok := bytes.CutSuffix(line, []byte(dashes))
	if !ok {
		return nil, nil, false
	}
	p = &Block{Type: string(typ), Headers: map[string]string{}}
	for {
		if len(rest) == 0 {
			return nil, nil, true
		}
		line, next := cutLine(rest)
		key, value, ok := bytes.Cut(line, []byte(":"))
		if !ok {
			break
		}
		p.Headers[string(bytes.TrimSpace(key))] = string(bytes.TrimSpace(value))
		rest = next
	}
	stop -= len(data) - len(rest)
	var after []byte
	if len(p.Headers) == 0 && bytes.HasPrefix(rest, []byte(end)) {
		stop = 0 // no data, and so no \n of their own
		after = rest[len(end):]
	} else {
		if stop < 0 {
			// Without a newline of its own; or it was taken for a header.
			return nil, nil, stop+1 < 0
		}
		after = rest[stop+1+len(end):]
	}
	last, ok := bytes.CutPrefix(after, append(slices.Clone(typ), dashes...))
	if !ok {
		return nil, nil, false
	}
	tail, next := cutLine(last)
	if len(tail) > 0 {
		return nil, nil, false
	}
	encoded := bytes.Map(func(r rune) rune {
		if r == ' ' || r == '\t' {
			return -1
		}
		return r
	}, rest[:stop])
	decoded := make([]byte, base64.StdEncoding.DecodedLen(len(encoded)))
	n, err := base64.StdEncoding.Decode(decoded, encoded)
	if err != nil {
		return nil, nil, false
	}
	p.Bytes = decoded[:n]
	return p, next, false
}

// lineLength is the number of characters of base64 in a line.
const lineLength = 64

// Encode writes b to out.  A colon in the key of a header is an error.
func Encode(out io.Writer, b *Block) error {
	for key := range b.Headers {
		if strings.Contains(key, ":") {
			return errors.New("pem: cannot encode a header key that contains a colon")
		}
	}
	w := writer{out: out}
	w.write(begin, b.Type, dashes, "\n")
	if len(b.Headers) > 0 {
		const first = "Proc-Type" // the standard wants it there
		var keys []string
		for key := range b.Headers {
			if key != first {
				keys = append(keys, key)
			}
		}
		slices.Sort(keys)
		if _, ok := b.Headers[first]; ok {
			keys = slices.Insert(keys, 0, first)
		}
		for _, key := range keys {
			w.write(key, ": ", b.Headers[key], "\n")
		}
		w.write("\n")
	}
	text := base64.StdEncoding.EncodeToString(b.Bytes)
	for text != "" {
		n := min(len(text), lineLength)
		w.write(text[:n], "\n")
		text = text[n:]
	}
	w.write(end, b.Type, dashes, "\n")
	return w.err
}

// writer writes until there is an error.
type writer struct {
	out io.Writer
	err error
}

func (w *writer) write(parts ...string) {
	if w.err == nil {
		_, w.err = io.WriteString(w.out, strings.Join(parts, ""))
	}
}

// EncodeToMemory returns what [Encode] writes; nil if that is an error.
func EncodeToMemory(b *Block) []byte {
	var buf bytes.Buffer
	if err := Encode(&buf, b); err != nil {
		return nil
	}
	return buf.Bytes()
}
