package mime

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// WordEncoder encodes words for headers, by RFC 2047.
type WordEncoder byte

const (
	// BEncoding is Base64.
	BEncoding = WordEncoder('b')
	// QEncoding leaves most of ASCII as it is.
	QEncoding = WordEncoder('q')
)

var errInvalidWord = errors.New("mime: invalid RFC 2047 encoded-word")

// A word has at most 75 characters; this many are for the content if it is in UTF-8.
const (
	maxContent = 75 - len("=?UTF-8?q?") - len("?=")
	maxBytes   = maxContent / 4 * 3 // in Base64
)

// needsEncoding reports whether there is something in s besides printable ASCII and tabs.
func needsEncoding(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < ' ' || '~' < c) && c != '\t' {
			return true
		}
	}
	return false
}

// Encode returns s, which is in charset, as encoded words; as it is if it is printable ASCII.
func (e WordEncoder) Encode(charset, s string) string {
	if !needsEncoding(s) {
		return s
	}
	// Only of UTF-8 it is known where a character ends, so as to begin another word there.
	splits := strings.EqualFold(charset, "UTF-8")
	var words []string
	from, size := 0, 0
	limit := maxContent
	if e == BEncoding {
		limit = maxBytes
		splits = splits && base64.StdEncoding.EncodedLen(len(s)) > maxContent
	}
	for i := 0; splits && i < len(s); {
		_, n := utf8.DecodeRuneInString(s[i:])
		take := n
		if e != BEncoding && !isPlain(s[i]) && s[i] != ' ' {
			take = 3 * n
		} else if e != BEncoding {
			n, take = 1, 1
		}
		if size+take > limit {
			words = append(words, s[from:i])
			from, size = i, 0
		}
		size += take
		i += n
	}
	words = append(words, s[from:])
	var b strings.Builder
	for i, word := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString("=?" + charset + "?" + string(rune(e)) + "?")
		if e == BEncoding {
			b.WriteString(base64.StdEncoding.EncodeToString([]byte(word)))
		} else {
			writeQ(&b, word)
		}
		b.WriteString("?=")
	}
	return b.String()
}

// isPlain reports whether c stands for itself in a QEncoding.
func isPlain(c byte) bool { return '!' <= c && c <= '~' && c != '=' && c != '?' && c != '_' }

func writeQ(b *strings.Builder, s string) {
	const hex = "0123456789ABCDEF"
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ':
			b.WriteByte('_')
		case isPlain(c):
			b.WriteByte(c)
		default:
			b.Write([]byte{'=', hex[c>>4], hex[c&15]})
		}
	}
}

// WordDecoder decodes encoded words.
type WordDecoder struct {
	// CharsetReader, if set, returns a reader of the input, which is in charset, in UTF-8.  The name of the
	// charset is in lower case.  UTF-8, ISO 8859-1 and ASCII are decoded without it.  It returns a reader or an
	// error.
	CharsetReader func(charset string, input io.Reader) (io.Reader, error)
}

// Decode decodes one encoded word.
func (d *WordDecoder) Decode(word string) (string, error) {
	if len(word) < 8 || !strings.HasPrefix(word, "=?") || !strings.HasSuffix(word, "?=") || strings.Count(word, "?") != 4 {
		return "", errInvalidWord
	}
	parts := strings.Split(word[2:len(word)-2], "?")
	charset, encoding, text := parts[0], parts[1], parts[2]
	if charset == "" || len(encoding) != 1 {
		return "", errInvalidWord
	}
	content, err := decodeText(encoding[0], text)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	if err := d.convert(&b, charset, content); err != nil {
		return "", err
	}
	return b.String(), nil
}

// DecodeHeader decodes all encoded words in a header.  What is not one stays as it is: only CharsetReader, or a
// charset without it, makes an error.
func (d *WordDecoder) DecodeHeader(header string) (string, error) {
	var (
		b         strings.Builder
		afterWord bool
	)
	for {
		start := strings.Index(header, "=?")
		if start < 0 {
			break
		}
		rest := header[start+2:]
		charset, rest, ok := strings.Cut(rest, "?")
		if !ok || len(rest) < len("Q??=") || rest[1] != '?' {
			break
		}
		encoding := rest[0]
		text, after, ok := strings.Cut(rest[2:], "?=")
		if !ok {
			break
		}
		content, err := decodeText(encoding, text)
		if err != nil {
			afterWord = false
			b.WriteString(header[:len(header)-len(after)])
			header = after
			continue
		}
		// White space between words is not part of the text.
		if between := header[:start]; start > 0 && (!afterWord || strings.Trim(between, " \t\r\n") != "") {
			b.WriteString(between)
		}
		if err := d.convert(&b, charset, content); err != nil {
			return "", err
		}
		header = after
		afterWord = true
	}
	b.WriteString(header)
	return b.String(), nil
}

func decodeText(encoding byte, text string) ([]byte, error) {
	switch encoding {
	case 'B', 'b':
		return base64.StdEncoding.DecodeString(text)
	case 'Q', 'q':
		return decodeQ(text)
	}
	return nil, errInvalidWord
}

func decodeQ(s string) ([]byte, error) {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '_':
			b = append(b, ' ')
		case c == '=':
			if i+2 >= len(s) {
				return nil, errInvalidWord
			}
			for _, h := range []byte{s[i+1], s[i+2]} {
				if !isHex(h) {
					return nil, fmt.Errorf("mime: invalid hex byte %#02x", h)
				}
			}
			b = append(b, hexValue(s[i+1])<<4|hexValue(s[i+2]))
			i += 2
		case ' ' <= c && c <= '~' || c == '\n' || c == '\r' || c == '\t':
			b = append(b, c)
		default:
			return nil, errInvalidWord
		}
	}
	return b, nil
}

// convert writes content, which is in charset, as UTF-8.
func (d *WordDecoder) convert(b *strings.Builder, charset string, content []byte) error {
	switch {
	case strings.EqualFold(charset, "utf-8"):
		b.Write(content)
	case strings.EqualFold(charset, "iso-8859-1"):
		for _, c := range content {
			b.WriteRune(rune(c))
		}
	case strings.EqualFold(charset, "us-ascii"):
		for _, c := range content {
			if c >= utf8.RuneSelf {
				b.WriteRune(utf8.RuneError)
			} else {
				b.WriteByte(c)
			}
		}
	case d.CharsetReader == nil:
		return fmt.Errorf("mime: unhandled charset %q", charset)
	default:
		r, err := d.CharsetReader(strings.ToLower(charset), bytes.NewReader(content))
		if err != nil {
			return err
		}
		_, err = io.Copy(b, r)
		return err
	}
	return nil
}
