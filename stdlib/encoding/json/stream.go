package json

import (
	"bytes"
	"encoding/json/internal/jsonwire"
	"io"
	"strconv"
)

// An Encoder writes JSON values, each with a newline behind it.
type Encoder struct {
	w              io.Writer
	err            error
	noHTML         bool
	prefix, indent string
}

// NewEncoder returns an encoder that writes to w.
func NewEncoder(w io.Writer) *Encoder { return &Encoder{w: w} }

// Encode writes the JSON encoding of v and a newline.
func (enc *Encoder) Encode(v any) error {
	if enc.err != nil {
		return enc.err
	}
	e := newEncoder()
	defer e.free()
	e.html = !enc.noHTML
	if err := e.marshal(v); err != nil {
		return err
	}
	if enc.prefix != "" || enc.indent != "" {
		n := len(e.buf)
		e.buf = jsonwire.AppendIndent(e.buf, e.buf[:n:n], enc.prefix, enc.indent)
		e.buf = append(e.buf, '\n')
		_, enc.err = enc.w.Write(e.buf[n:])
		return enc.err
	}
	e.buf = append(e.buf, '\n')
	_, enc.err = enc.w.Write(e.buf)
	return enc.err
}

// SetIndent makes the encoder write values as Indent does; with two empty
// strings it stops that.
func (enc *Encoder) SetIndent(prefix, indent string) { enc.prefix, enc.indent = prefix, indent }

// SetEscapeHTML says whether <, > and & are escaped in strings, as they are at
// first.
func (enc *Encoder) SetEscapeHTML(on bool) { enc.noHTML = !on }

// A Decoder reads JSON values, or their parts, from a stream.
type Decoder struct {
	r   io.Reader
	buf []byte
	pos int   // where the unread bytes of buf begin
	off int64 // how many bytes of the stream came before buf
	eof error // what ended the stream
	err error // an error that stays

	open  []byte // the arrays and objects that tokens have opened
	state byte   // what Token expects

	useNumber     bool
	rejectUnknown bool
}

// What Token expects next.
const (
	tokenTop        = iota // a value outside of everything
	tokenFirst             // an element or ], just after [
	tokenFirstName         // a name or }, just after {
	tokenColon             // a colon and a value
	tokenComma             // a comma and an element, or ]
	tokenObjectNext        // a comma and a name, or }

	// The stream ended behind a comma or colon.
	tokenElement
	tokenName
	tokenValue
)

var afterDelimiter = [...]byte{tokenComma: tokenElement, tokenObjectNext: tokenName, tokenColon: tokenValue}

// NewDecoder returns a decoder that reads from r. It reads more than what it
// is asked for.
func NewDecoder(r io.Reader) *Decoder { return &Decoder{r: r} }

// UseNumber makes numbers in interfaces a Number instead of a float64.
func (dec *Decoder) UseNumber() { dec.useNumber = true }

// DisallowUnknownFields makes it an error when a struct has no field for a
// member.
func (dec *Decoder) DisallowUnknownFields() { dec.rejectUnknown = true }

// Buffered returns what has been read from the stream and not yet been used.
func (dec *Decoder) Buffered() io.Reader { return bytes.NewReader(dec.buf[dec.pos:]) }

// InputOffset returns where in the stream the last value or token ended.
func (dec *Decoder) InputOffset() int64 { return dec.off + int64(dec.pos) }

// fill reads more. keep is the position in buf that must be kept; it returns
// by how much positions have moved down.
func (dec *Decoder) fill() (moved int, err error) {
	if dec.eof != nil {
		return 0, dec.eof
	}
	moved = dec.pos
	if moved > 0 {
		n := copy(dec.buf, dec.buf[moved:])
		dec.buf = dec.buf[:n]
		dec.off += int64(moved)
		dec.pos = 0
	}
	const minRead = 512
	if cap(dec.buf)-len(dec.buf) < minRead {
		buf := make([]byte, len(dec.buf), 2*cap(dec.buf)+minRead)
		copy(buf, dec.buf)
		dec.buf = buf
	}
	for range 100 {
		n, err := dec.r.Read(dec.buf[len(dec.buf):cap(dec.buf)])
		dec.buf = dec.buf[:len(dec.buf)+n]
		dec.eof = err
		if n > 0 {
			return moved, nil
		}
		if err != nil {
			return moved, err
		}
	}
	dec.eof = io.ErrNoProgress
	return moved, dec.eof
}

// peek returns the position of the next byte that is not space, from i on.
func (dec *Decoder) peek(i int) (int, error) {
	for {
		i = jsonwire.SkipSpace(dec.buf, i)
		if i < len(dec.buf) {
			return i, nil
		}
		moved, err := dec.fill()
		i -= moved
		if err != nil {
			return i, err
		}
	}
}

// fail keeps an error of grammar at a position of buf.
func (dec *Decoder) fail(e *jsonwire.Error) error {
	dec.err = &SyntaxError{e.Msg, dec.off + e.Offset}
	return dec.err
}

func (dec *Decoder) invalid(i int, where string) error {
	return dec.fail(jsonwire.InvalidChar(dec.buf, i, where))
}

// ended returns the error for the end of the stream where a value or token
// might begin.
func (dec *Decoder) ended(err error, token bool) error {
	if err == io.EOF && len(dec.open) > 0 {
		if token {
			return io.EOF
		}
		err = io.ErrUnexpectedEOF
	}
	dec.err = err
	return err
}

// Decode reads the next value into what v points to.
func (dec *Decoder) Decode(v any) error {
	if dec.err != nil {
		return dec.err
	}
	i, err := dec.delimiter(false)
	if err != nil {
		return err
	}
	start, end, err := dec.value(i)
	if err != nil {
		return err
	}
	if dec.wantsName() && dec.buf[start] != '"' {
		return dec.notName(start)
	}
	dec.pos = end
	dec.advance()
	d := decoder{
		data: dec.buf[:end], start: start, pos: start, base: -start,
		useNumber: dec.useNumber, rejectUnknown: dec.rejectUnknown,
	}
	rv, err := d.target(v)
	if err != nil {
		return err
	}
	return d.run(rv)
}

// notName is the error for what stands at position i in the place of a name.
func (dec *Decoder) notName(i int) error {
	return &SyntaxError{"object member name must be a string", dec.off + int64(i+1)}
}

// value finds the whole value at i.
func (dec *Decoder) value(i int) (start, end int, err error) {
	var s jsonwire.Scanner
	s.Partial = true
	s.Reset()
	start = i
	for {
		at, serr := s.Scan(dec.buf, i)
		if serr == nil {
			return start, at, nil
		}
		i = at
		if !serr.EOF {
			return start, i, dec.fail(serr)
		}
		moved, err := dec.fill()
		start -= moved
		i -= moved
		if err == io.EOF && s.Partial {
			// A number may end here.
			s.Partial = false
			continue
		}
		if err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			dec.err = err
			return start, i, err
		}
	}
}

func (dec *Decoder) wantsName() bool {
	return dec.state == tokenFirstName || dec.state == tokenObjectNext || dec.state == tokenName
}

// advance notes that a value, or a name, has been read.
func (dec *Decoder) advance() {
	switch dec.state {
	case tokenFirst, tokenElement:
		dec.state = tokenComma
	case tokenFirstName, tokenObjectNext, tokenName:
		dec.state = tokenColon
	case tokenColon, tokenValue:
		dec.state = tokenObjectNext
	}
}

// delimiter reads the comma or colon that must stand before the next value or
// name and returns the position of what follows. With closing, the ] or } that
// fits is let through.
func (dec *Decoder) delimiter(closing bool) (int, error) {
	i, err := dec.peek(dec.pos)
	if err != nil {
		return i, dec.ended(err, closing)
	}
	c := dec.buf[i]
	var closer byte
	if n := len(dec.open); n > 0 {
		closer = dec.open[n-1] + 2 // [ and ], { and } are two apart
	}
	const value = "looking for beginning of value"
	comma := byte(',')
	switch dec.state {
	case tokenElement, tokenName, tokenValue:
		return i, nil
	case tokenTop, tokenFirst, tokenFirstName:
		if (c == ']' || c == '}') && !(closing && c == closer) {
			return i, dec.invalid(i, value)
		}
		return i, nil
	case tokenColon:
		if c != ':' {
			return i, dec.wrongDelimiter(i, "after object key")
		}
		comma = ':'
	case tokenComma:
		if c == ']' {
			if closing {
				return i, nil
			}
			return i, dec.invalid(i, value)
		}
		if c != ',' {
			return i, dec.wrongDelimiter(i, "after array element")
		}
	case tokenObjectNext:
		if c == '}' {
			if closing {
				return i, nil
			}
			return i, dec.invalid(i, value)
		}
		if c != ',' {
			return i, dec.wrongDelimiter(i, "after object key:value pair")
		}
	}
	// Behind the delimiter. fill may move the bytes, so the place of the
	// delimiter is remembered relative to dec.pos.
	rel := i - dec.pos
	i, err = dec.peek(i + 1)
	if err != nil {
		if closing {
			dec.pos += rel + 1
			dec.state = afterDelimiter[dec.state]
		}
		return i, dec.ended(err, closing)
	}
	if c := dec.buf[i]; c == ']' || c == '}' {
		if comma == ',' {
			return i, dec.invalid(dec.pos+rel, value)
		}
		if c == '}' && !closing {
			return i, dec.invalid(i, value)
		}
		if c == '}' {
			return i, dec.fail(&jsonwire.Error{Msg: "missing value after object key", Offset: int64(i + 1)})
		}
		return i, dec.invalid(i, "after object key:value pair")
	}
	return i, nil
}

// wrongDelimiter is the error for what stands at i in the place of a comma or
// colon. The one before a ] or } is the start of no value.
func (dec *Decoder) wrongDelimiter(i int, where string) error {
	if c := dec.buf[i]; c == ',' || c == ':' {
		rel := i - dec.pos
		next, err := dec.peek(i + 1)
		i = dec.pos + rel
		if err == nil && (dec.buf[next] == ']' || dec.buf[next] == '}') {
			where = "looking for beginning of value"
		}
	}
	return dec.invalid(i, where)
}

// A Token is a Delim, bool, float64, Number, string or nil.
type Token any

// A Delim is one of [ ] { }.
type Delim rune

func (d Delim) String() string { return string(d) }

// Token returns the next token; commas and colons are left out. At the end of
// the stream the error is io.EOF.
func (dec *Decoder) Token() (Token, error) {
	if dec.err != nil {
		return nil, dec.err
	}
	i, err := dec.delimiter(true)
	if err != nil {
		return nil, err
	}
	switch c := dec.buf[i]; c {
	case '[', '{':
		if dec.wantsName() {
			return nil, dec.notName(i)
		}
		if len(dec.open) >= jsonwire.MaxDepth {
			return nil, dec.fail(&jsonwire.Error{Msg: "exceeded max depth", Offset: int64(i + 1)})
		}
		dec.open = append(dec.open, c)
		dec.state = tokenFirst
		if c == '{' {
			dec.state = tokenFirstName
		}
		dec.pos = i + 1
		return Delim(c), nil
	case ']', '}':
		dec.open = dec.open[:len(dec.open)-1]
		dec.state = tokenTop
		if n := len(dec.open); n > 0 {
			dec.state = tokenComma
			if dec.open[n-1] == '{' {
				dec.state = tokenObjectNext
			}
		}
		dec.pos = i + 1
		return Delim(c), nil
	}
	end, err := dec.token(&i)
	if err != nil {
		return nil, err
	}
	text := dec.buf[i:end]
	if dec.wantsName() && text[0] != '"' {
		return nil, dec.notName(i)
	}
	var tok Token
	switch text[0] {
	case 'n':
	case 't', 'f':
		tok = text[0] == 't'
	case '"':
		tok = string(jsonwire.Unquote(text))
	default:
		if dec.useNumber {
			tok = Number(text)
			break
		}
		f, err := strconv.ParseFloat(string(text), 64)
		if err != nil {
			err = &UnmarshalTypeError{Value: "number " + string(text), Type: float64Type, Offset: dec.off + int64(end)}
			dec.pos = end
			dec.advance()
			return nil, err
		}
		tok = f
	}
	dec.pos = end
	dec.advance()
	return tok, nil
}

// token finds the end of the token at *i, which is not a delimiter.
func (dec *Decoder) token(i *int) (end int, err error) {
	partial := true
	for {
		end, serr := jsonwire.Token(dec.buf, *i, partial)
		if serr == nil {
			return end, nil
		}
		if !serr.EOF {
			return end, dec.fail(serr)
		}
		moved, err := dec.fill()
		*i -= moved
		if err == io.EOF && partial {
			partial = false
			continue
		}
		if err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			dec.err = err
			return end, err
		}
	}
}

// More reports whether there is another element in the array or object that is
// being read, or another value.
func (dec *Decoder) More() bool {
	i, err := dec.peek(dec.pos)
	if err != nil {
		return dec.moreAtEnd(i, err)
	}
	dec.pos = i
	c := dec.buf[i]
	if c == ':' && dec.state == tokenColon || c == ',' && (dec.state == tokenComma || dec.state == tokenObjectNext) {
		comma := c == ','
		// What follows tells, if it can be read.
		if i, err = dec.peek(i + 1); err != nil {
			return dec.moreAtEnd(i, err)
		}
		if comma {
			return true
		}
		c = dec.buf[i]
	}
	return c != ']' && c != '}' || dec.state == tokenColon && dec.buf[dec.pos] != ':'
}

// moreAtEnd is the answer of More at the end of the stream. Inside an array or
// object that is an error, which the next call will return.
func (dec *Decoder) moreAtEnd(i int, err error) bool {
	if err != io.EOF {
		return true
	}
	if len(dec.open) == 0 {
		return false
	}
	if dec.err == nil {
		dec.fail(&jsonwire.Error{Msg: "unexpected end of JSON input", Offset: int64(i)})
	}
	return true
}
