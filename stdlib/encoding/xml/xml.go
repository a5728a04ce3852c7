// Package xml reads and writes XML 1.0 with name spaces.
//
// A Decoder reads tokens: tags, text, comments and so on. It checks that tags
// match and replaces prefixes of names by the name spaces they stand for.
// Unmarshal fills Go values from elements, Marshal writes Go values as
// elements; struct tags say how (typeinfo.go).
package xml

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A SyntaxError says that the input is not XML.
type SyntaxError struct {
	Msg  string
	Line int
}

func (e *SyntaxError) Error() string {
	return "XML syntax error on line " + strconv.Itoa(e.Line) + ": " + e.Msg
}

// A Name is a name with its name space, which is the URL for names that Token
// returns, and the prefix for those of RawToken.
type Name struct {
	Space, Local string
}

// An Attr is an attribute.
type Attr struct {
	Name  Name
	Value string
}

// A Token is a StartElement, EndElement, CharData, Comment, ProcInst or
// Directive.
type Token any

// A StartElement is a start tag.
type StartElement struct {
	Name Name
	Attr []Attr
}

// Copy returns a copy with attributes of its own.
func (e StartElement) Copy() StartElement {
	e.Attr = append(make([]Attr, 0, len(e.Attr)), e.Attr...)
	return e
}

// End returns the end tag for e.
func (e StartElement) End() EndElement { return EndElement{e.Name} }

// An EndElement is an end tag.
type EndElement struct {
	Name Name
}

// CharData is text, with entities replaced.
type CharData []byte

// Copy returns a copy.
func (c CharData) Copy() CharData { return CharData(bytes.Clone(c)) }

// A Comment is <!--comment-->, without the markers.
type Comment []byte

// Copy returns a copy.
func (c Comment) Copy() Comment { return Comment(bytes.Clone(c)) }

// A ProcInst is <?target inst?>.
type ProcInst struct {
	Target string
	Inst   []byte
}

// Copy returns a copy.
func (p ProcInst) Copy() ProcInst {
	p.Inst = bytes.Clone(p.Inst)
	return p
}

// A Directive is <!text>, without the markers.
type Directive []byte

// Copy returns a copy.
func (d Directive) Copy() Directive { return Directive(bytes.Clone(d)) }

// CopyToken returns a copy of a token, which stays as it is when more is read.
func CopyToken(t Token) Token {
	switch v := t.(type) {
	case CharData:
		return v.Copy()
	case Comment:
		return v.Copy()
	case Directive:
		return v.Copy()
	case ProcInst:
		return v.Copy()
	case StartElement:
		return v.Copy()
	}
	return t
}

// A TokenReader gives tokens. At the end the token is nil and the error
// io.EOF; a last token may come with that error.
type TokenReader interface {
	Token() (Token, error)
}

// A Decoder reads XML. Its input is expected to be UTF-8.
type Decoder struct {
	// Strict, true at first, demands what XML demands. If it is false, end
	// tags may be missing or wrong, attributes may have no value or no quotes,
	// and unknown entities stay as they are.
	Strict bool
	// AutoClose are elements that are closed when they have been opened,
	// regardless of case. Only used if Strict is false.
	AutoClose []string
	// Entity has texts for entities besides lt, gt, amp, apos and quot.
	Entity map[string]string
	// CharsetReader converts input of other encodings to UTF-8.
	CharsetReader func(charset string, input io.Reader) (io.Reader, error)
	// DefaultSpace is the name space of names without prefix where no xmlns
	// attribute says otherwise.
	DefaultSpace string

	r       io.ByteReader
	t       TokenReader
	buf     bytes.Buffer
	saved   *bytes.Buffer // a copy of what is read, for ,innerxml
	back    int           // the byte that is read again, or -1
	line    int
	lineAt  int64 // where the line starts
	offset  int64
	err     error
	ns      map[string]string // what prefixes stand for
	open    []openElement
	next    Token // the token to return before reading more
	pending *Name // a tag <a/> whose end is to be returned

	// For each UnmarshalXML that is being called, how many elements are open
	// around its own: it gets io.EOF when that has ended.
	stops []int
	depth int // of unmarshaling
}

// An openElement is an element whose end has not been read.
type openElement struct {
	name Name // as it was written
	// undo restores the prefixes that the element's attributes have changed.
	undo []prefixWas
	// left: the element has ended, by the end tag of another; only undo is
	// left of it.
	left bool
}

type prefixWas struct {
	prefix, url string
	ok          bool
}

// NewDecoder returns a Decoder that reads from r.
func NewDecoder(r io.Reader) *Decoder {
	d := &Decoder{ns: map[string]string{}, back: -1, line: 1, Strict: true}
	d.use(r)
	return d
}

// NewTokenDecoder returns a Decoder of tokens that another reader gives.
func NewTokenDecoder(t TokenReader) *Decoder {
	if d, ok := t.(*Decoder); ok {
		return d
	}
	return &Decoder{ns: map[string]string{}, t: t, back: -1, line: 1, Strict: true}
}

func (d *Decoder) use(r io.Reader) {
	if rb, ok := r.(io.ByteReader); ok {
		d.r = rb
	} else {
		d.r = bufio.NewReader(r)
	}
}

// InputOffset returns how many bytes have been read for the tokens so far.
func (d *Decoder) InputOffset() int64 { return d.offset }

// InputPos returns the line and the column, both from 1 on, behind the last
// token.
func (d *Decoder) InputPos() (line, column int) { return d.line, int(d.offset-d.lineAt) + 1 }

func (d *Decoder) syntaxError(msg string) error { return &SyntaxError{msg, d.line} }

const xmlURL = "http://www.w3.org/XML/1998/namespace"

// Token returns the next token: start and end tags match, names have the URL
// of their name space. At the end of the input it returns nil and io.EOF. The
// bytes of a token are valid until the next call.
func (d *Decoder) Token() (Token, error) {
	var t Token
	var err error
	switch n := len(d.stops); {
	case n > 0 && len(d.open) <= d.stops[n-1]:
		return nil, io.EOF
	case d.t == nil && len(d.open) == 0 && d.next == nil && d.pending == nil && d.err == io.EOF:
		return nil, io.EOF
	case d.next != nil:
		t, d.next = d.next, nil
	default:
		t, err = d.rawToken()
		if t == nil && err != nil {
			if err == io.EOF && len(d.open) > 0 {
				err = d.syntaxError("unexpected EOF")
			}
			return nil, err
		}
		// With a token the error waits for the next call.
		err = nil
	}
	if !d.Strict {
		if c := d.autoClose(t); c != nil {
			d.next = t
			t = c
		}
	}
	switch x := t.(type) {
	case StartElement:
		// The attributes of an element say what its own prefixes mean.
		var undo []prefixWas
		for _, a := range x.Attr {
			switch {
			case a.Name.Space == "xmlns":
				undo = d.setPrefix(undo, a.Name.Local, a.Value)
			case a.Name.Space == "" && a.Name.Local == "xmlns":
				undo = d.setPrefix(undo, "", a.Value)
			}
		}
		d.open = append(d.open, openElement{name: x.Name, undo: undo})
		d.translate(&x.Name, true)
		for i := range x.Attr {
			d.translate(&x.Attr[i].Name, false)
		}
		t = x
	case EndElement:
		if !d.closeElement(&x) {
			return nil, d.err
		}
		t = x
	}
	return t, err
}

func (d *Decoder) setPrefix(undo []prefixWas, prefix, url string) []prefixWas {
	old, ok := d.ns[prefix]
	d.ns[prefix] = url
	return append(undo, prefixWas{prefix, old, ok})
}

// translate replaces the prefix of a name.
func (d *Decoder) translate(n *Name, isElement bool) {
	switch {
	case n.Space == "xmlns", n.Space == "" && !isElement:
		return
	case n.Space == "xml":
		n.Space = xmlURL
	case n.Space == "" && n.Local == "xmlns":
		return
	}
	if url, ok := d.ns[n.Space]; ok {
		n.Space = url
	} else if n.Space == "" {
		n.Space = d.DefaultSpace
	}
}

// closeElement takes the last open element away, which t must end. If Strict
// is false the end tags of other elements end it too, and are kept for later.
func (d *Decoder) closeElement(t *EndElement) bool {
	if len(d.open) == 0 || d.open[len(d.open)-1].left {
		d.err = d.syntaxError("unexpected end element </" + t.Name.Local + ">")
		return false
	}
	e := &d.open[len(d.open)-1]
	name := t.Name
	switch {
	case e.name.Local != name.Local:
		if d.Strict {
			d.err = d.syntaxError("element <" + e.name.Local + "> closed by </" + name.Local + ">")
			return false
		}
		// What the prefixes were is not restored before the next element ends,
		// and no end tag may come before that.
		if d.t == nil {
			d.next = *t
		}
		t.Name = e.name
		if len(e.undo) > 0 {
			e.left = true
		} else {
			d.open = d.open[:len(d.open)-1]
		}
		return true
	case e.name.Space != name.Space:
		d.err = d.syntaxError("element <" + e.name.Local + "> in space " + e.name.Space +
			" closed by </" + name.Local + "> in space " + visible(name.Space))
		return false
	}
	d.translate(&t.Name, true)
	for again := true; again; again = len(d.open) > 0 && d.open[len(d.open)-1].left {
		undo := d.open[len(d.open)-1].undo
		for i := len(undo) - 1; i >= 0; i-- {
			if u := undo[i]; u.ok {
				d.ns[u.prefix] = u.url
			} else {
				delete(d.ns, u.prefix)
			}
		}
		d.open = d.open[:len(d.open)-1]
	}
	return true
}

func visible(space string) string {
	if space == "" {
		return `""`
	}
	return space
}

// autoClose returns the end tag that should come before t, if the last open
// element is one that needs none.
func (d *Decoder) autoClose(t Token) Token {
	if len(d.open) == 0 || d.open[len(d.open)-1].left {
		return nil
	}
	name := d.open[len(d.open)-1].name
	for _, s := range d.AutoClose {
		if strings.EqualFold(s, name.Local) {
			if e, ok := t.(EndElement); !ok || !strings.EqualFold(e.Name.Local, name.Local) {
				return EndElement{name}
			}
			break
		}
	}
	return nil
}

// RawToken is Token without matching of tags and without translation of
// prefixes.
func (d *Decoder) RawToken() (Token, error) {
	if len(d.stops) > 0 {
		return nil, errRawToken
	}
	return d.rawToken()
}

var errRawToken = errors.New("xml: cannot use RawToken from UnmarshalXML method")

func (d *Decoder) rawToken() (Token, error) {
	if d.t != nil {
		return d.t.Token()
	}
	if d.err != nil {
		return nil, d.err
	}
	if d.pending != nil {
		// The end of <a/>, which both forms have.
		name := *d.pending
		d.pending = nil
		return EndElement{name}, nil
	}
	b, ok := d.getc()
	if !ok {
		return nil, d.err
	}
	if b != '<' {
		d.ungetc(b)
		data := d.text(-1, false)
		if data == nil {
			return nil, d.err
		}
		return CharData(data), nil
	}
	if b, ok = d.mustgetc(); !ok {
		return nil, d.err
	}
	switch b {
	case '/':
		return d.endTag()
	case '?':
		return d.processingInstruction()
	case '!':
		return d.markup()
	}
	d.ungetc(b)
	return d.startTag()
}

func (d *Decoder) fail(msg string) (Token, error) {
	d.err = d.syntaxError(msg)
	return nil, d.err
}

func (d *Decoder) endTag() (Token, error) {
	name, ok := d.nsName()
	if !ok {
		if d.err == nil {
			return d.fail("expected element name after </")
		}
		return nil, d.err
	}
	d.space()
	b, ok := d.mustgetc()
	if !ok {
		return nil, d.err
	}
	if b != '>' {
		return d.fail("invalid characters between </" + name.Local + " and >")
	}
	return EndElement{name}, nil
}

func (d *Decoder) processingInstruction() (Token, error) {
	target, ok := d.name()
	if !ok {
		if d.err == nil {
			return d.fail("expected target name after <?")
		}
		return nil, d.err
	}
	d.space()
	d.buf.Reset()
	var last byte
	for {
		b, ok := d.mustgetc()
		if !ok {
			return nil, d.err
		}
		d.buf.WriteByte(b)
		if last == '?' && b == '>' {
			break
		}
		last = b
	}
	data := d.buf.Bytes()
	data = data[:len(data)-2]
	if target == "xml" {
		content := string(data)
		if ver := procInst("version", content); ver != "" && ver != "1.0" {
			d.err = fmt.Errorf("xml: unsupported version %q; only version 1.0 is supported", ver)
			return nil, d.err
		}
		enc := procInst("encoding", content)
		if enc != "" && !strings.EqualFold(enc, "utf-8") {
			if d.CharsetReader == nil {
				d.err = fmt.Errorf("xml: encoding %q declared but Decoder.CharsetReader is nil", enc)
				return nil, d.err
			}
			r, err := d.CharsetReader(enc, d.r.(io.Reader))
			if err != nil {
				d.err = fmt.Errorf("xml: opening charset %q: %w", enc, err)
				return nil, d.err
			}
			if r == nil {
				panic("CharsetReader returned a nil Reader for charset " + enc)
			}
			d.use(r)
		}
	}
	return ProcInst{target, data}, nil
}

// procInst returns the value of a parameter of <?xml ...?>. What stands
// before it is not looked at.
func procInst(param, s string) string {
	param += "="
	for {
		_, rest, ok := strings.Cut(s, param)
		if !ok || rest == "" {
			return ""
		}
		s = rest
		if q := rest[0]; q == '\'' || q == '"' {
			value, _, ok := strings.Cut(rest[1:], string(q))
			if !ok {
				return ""
			}
			return value
		}
	}
}

// markup reads what begins with <!.
func (d *Decoder) markup() (Token, error) {
	b, ok := d.mustgetc()
	if !ok {
		return nil, d.err
	}
	switch b {
	case '-':
		if b, ok = d.mustgetc(); !ok {
			return nil, d.err
		}
		if b != '-' {
			return d.fail("invalid sequence <!- not part of <!--")
		}
		return d.comment()
	case '[':
		for i := 0; i < len("CDATA["); i++ {
			if b, ok = d.mustgetc(); !ok {
				return nil, d.err
			}
			if b != "CDATA["[i] {
				return d.fail("invalid <![ sequence")
			}
		}
		data := d.text(-1, true)
		if data == nil {
			return nil, d.err
		}
		return CharData(data), nil
	}
	return d.directive(b)
}

func (d *Decoder) comment() (Token, error) {
	d.buf.Reset()
	var b0, b1 byte
	for {
		b, ok := d.mustgetc()
		if !ok {
			return nil, d.err
		}
		d.buf.WriteByte(b)
		if b0 == '-' && b1 == '-' {
			if b != '>' {
				return d.fail(`invalid sequence "--" not allowed in comments`)
			}
			break
		}
		b0, b1 = b1, b
	}
	data := d.buf.Bytes()
	return Comment(data[:len(data)-3]), nil
}

// directive reads a directive whose first byte is b. Quotes and angle brackets
// in it must match; comments in it become a space.
func (d *Decoder) directive(b byte) (Token, error) {
	d.buf.Reset()
	d.buf.WriteByte(b)
	quote := byte(0)
	depth := 0
	for {
		var ok bool
		if b, ok = d.mustgetc(); !ok {
			return nil, d.err
		}
		if quote == 0 && b == '>' && depth == 0 {
			return Directive(d.buf.Bytes()), nil
		}
	again:
		d.buf.WriteByte(b)
		switch {
		case b == quote:
			quote = 0
		case quote != 0:
		case b == '\'' || b == '"':
			quote = b
		case b == '>':
			depth--
		case b == '<':
			const start = "!--"
			for i := 0; i < len(start); i++ {
				if b, ok = d.mustgetc(); !ok {
					return nil, d.err
				}
				if b != start[i] {
					d.buf.WriteString(start[:i])
					depth++
					goto again
				}
			}
			d.buf.Truncate(d.buf.Len() - 1)
			var b0, b1 byte
			for {
				if b, ok = d.mustgetc(); !ok {
					return nil, d.err
				}
				if b0 == '-' && b1 == '-' && b == '>' {
					break
				}
				b0, b1 = b1, b
			}
			d.buf.WriteByte(' ')
		}
	}
}

func (d *Decoder) startTag() (Token, error) {
	name, ok := d.nsName()
	if !ok {
		if d.err == nil {
			return d.fail("expected element name after <")
		}
		return nil, d.err
	}
	attrs := []Attr{}
	for {
		d.space()
		b, ok := d.mustgetc()
		if !ok {
			return nil, d.err
		}
		if b == '/' {
			if b, ok = d.mustgetc(); !ok {
				return nil, d.err
			}
			if b != '>' {
				return d.fail("expected /> in element")
			}
			d.pending = &name
			break
		}
		if b == '>' {
			break
		}
		d.ungetc(b)
		a := Attr{}
		if a.Name, ok = d.nsName(); !ok {
			if d.err == nil {
				return d.fail("expected attribute name in element")
			}
			return nil, d.err
		}
		d.space()
		if b, ok = d.mustgetc(); !ok {
			return nil, d.err
		}
		if b != '=' {
			if d.Strict {
				return d.fail("attribute name without = in element")
			}
			d.ungetc(b)
			a.Value = a.Name.Local
		} else {
			d.space()
			data := d.attrValue()
			if data == nil {
				return nil, d.err
			}
			a.Value = string(data)
		}
		attrs = append(attrs, a)
	}
	return StartElement{name, attrs}, nil
}

func (d *Decoder) attrValue() []byte {
	b, ok := d.mustgetc()
	if !ok {
		return nil
	}
	if b == '"' || b == '\'' {
		return d.text(int(b), false)
	}
	if d.Strict {
		d.err = d.syntaxError("unquoted or missing attribute value in element")
		return nil
	}
	d.ungetc(b)
	d.buf.Reset()
	for {
		if b, ok = d.mustgetc(); !ok {
			return nil
		}
		// What HTML allows without quotes.
		if 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_' || b == ':' || b == '-' {
			d.buf.WriteByte(b)
			continue
		}
		d.ungetc(b)
		return d.buf.Bytes()
	}
}

func (d *Decoder) space() {
	for {
		b, ok := d.getc()
		if !ok {
			return
		}
		switch b {
		case ' ', '\r', '\n', '\t':
		default:
			d.ungetc(b)
			return
		}
	}
}

// getc reads a byte; if there is none it sets d.err.
func (d *Decoder) getc() (b byte, ok bool) {
	if d.err != nil {
		return 0, false
	}
	if d.back >= 0 {
		b = byte(d.back)
		d.back = -1
	} else {
		b, d.err = d.r.ReadByte()
		if d.err != nil {
			return 0, false
		}
		if d.saved != nil {
			d.saved.WriteByte(b)
		}
	}
	if b == '\n' {
		d.line++
		d.lineAt = d.offset + 1
	}
	d.offset++
	return b, true
}

// savedOffset returns how much of d.saved has really been read.
func (d *Decoder) savedOffset() int {
	n := d.saved.Len()
	if d.back >= 0 {
		n--
	}
	return n
}

// mustgetc is getc where the input must not end.
func (d *Decoder) mustgetc() (b byte, ok bool) {
	if b, ok = d.getc(); !ok && d.err == io.EOF {
		d.err = d.syntaxError("unexpected EOF")
	}
	return b, ok
}

func (d *Decoder) ungetc(b byte) {
	if b == '\n' {
		d.line--
	}
	d.back = int(b)
	d.offset--
}

var predefined = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "apos": '\'', "quot": '"'}

// text reads text up to the quote, or up to < if that is negative, or up to
// ]]> if cdata. nil means an error.
func (d *Decoder) text(quote int, cdata bool) []byte {
	var b0, b1 byte
	trunc := 0
	d.buf.Reset()
input:
	for {
		b, ok := d.getc()
		if !ok {
			if cdata {
				if d.err == io.EOF {
					d.err = d.syntaxError("unexpected EOF in CDATA section")
				}
				return nil
			}
			break
		}
		if b0 == ']' && b1 == ']' && b == '>' {
			if cdata {
				trunc = 2
				break
			}
			if quote < 0 {
				d.err = d.syntaxError("unescaped ]]> not in CDATA section")
				return nil
			}
		}
		if b == '<' && !cdata {
			if quote >= 0 {
				d.err = d.syntaxError("unescaped < inside quoted string")
				return nil
			}
			d.ungetc('<')
			break
		}
		if quote >= 0 && b == byte(quote) {
			break
		}
		if b == '&' && !cdata {
			if !d.entity() {
				return nil
			}
			b0, b1 = 0, 0
			continue input
		}
		switch {
		case b == '\r':
			d.buf.WriteByte('\n')
		case b1 == '\r' && b == '\n':
			// Written already.
		default:
			d.buf.WriteByte(b)
		}
		b0, b1 = b1, b
	}
	data := d.buf.Bytes()
	data = data[:len(data)-trunc]
	for rest := data; len(rest) > 0; {
		r, w := utf8.DecodeRune(rest)
		if r == utf8.RuneError && w == 1 {
			d.err = d.syntaxError("invalid UTF-8")
			return nil
		}
		if !isInCharacterRange(r) {
			d.err = d.syntaxError(fmt.Sprintf("illegal character code %U", r))
			return nil
		}
		rest = rest[w:]
	}
	if data == nil {
		data = []byte{}
	}
	return data
}

// isInCharacterRange reports whether XML allows a character at all.
func isInCharacterRange(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || 0x20 <= r && r <= 0xD7FF ||
		0xE000 <= r && r <= 0xFFFD || 0x10000 <= r && r <= 0x10FFFF
}

// entity reads what follows a & and appends to d.buf what it stands for.
func (d *Decoder) entity() bool {
	before := d.buf.Len()
	d.buf.WriteByte('&')
	b, ok := d.mustgetc()
	if !ok {
		return false
	}
	text, have := "", false
	if b == '#' {
		d.buf.WriteByte(b)
		if b, ok = d.mustgetc(); !ok {
			return false
		}
		base := 10
		if b == 'x' {
			base = 16
			d.buf.WriteByte(b)
			if b, ok = d.mustgetc(); !ok {
				return false
			}
		}
		start := d.buf.Len()
		for '0' <= b && b <= '9' || base == 16 && ('a' <= b && b <= 'f' || 'A' <= b && b <= 'F') {
			d.buf.WriteByte(b)
			if b, ok = d.mustgetc(); !ok {
				return false
			}
		}
		if b != ';' {
			d.ungetc(b)
		} else {
			s := string(d.buf.Bytes()[start:])
			d.buf.WriteByte(';')
			if n, err := strconv.ParseUint(s, base, 64); err == nil && n <= utf8.MaxRune {
				text = string(rune(n))
				have = true
			}
		}
	} else {
		d.ungetc(b)
		if !d.readName() && d.err != nil {
			return false
		}
		if b, ok = d.mustgetc(); !ok {
			return false
		}
		if b != ';' {
			d.ungetc(b)
		} else {
			name := d.buf.Bytes()[before+1:]
			d.buf.WriteByte(';')
			if isName(name) {
				s := string(name)
				if r, ok := predefined[s]; ok {
					text = string(r)
					have = true
				} else if d.Entity != nil {
					text, have = d.Entity[s]
				}
			}
		}
	}
	if have {
		d.buf.Truncate(before)
		d.buf.WriteString(text)
		return true
	}
	if !d.Strict {
		return true
	}
	ent := string(d.buf.Bytes()[before:])
	if ent[len(ent)-1] != ';' {
		ent += " (no semicolon)"
	}
	d.err = d.syntaxError("invalid character entity " + ent)
	return false
}

// nsName reads a name with or without a prefix.
func (d *Decoder) nsName() (name Name, ok bool) {
	s, ok := d.name()
	if !ok {
		return name, false
	}
	if strings.Count(s, ":") > 1 {
		return name, false
	}
	if space, local, ok := strings.Cut(s, ":"); !ok || space == "" || local == "" {
		name.Local = s
	} else {
		name.Space, name.Local = space, local
	}
	return name, true
}

// name reads a name. Without one it returns false, and leaves d.err nil if the
// next byte cannot begin one.
func (d *Decoder) name() (s string, ok bool) {
	d.buf.Reset()
	if !d.readName() || d.err != nil {
		return "", false
	}
	if b := d.buf.Bytes(); isName(b) {
		return string(b), true
	}
	d.err = d.syntaxError("invalid XML name: " + d.buf.String())
	return "", false
}

// readName appends what looks like a name to d.buf: letters, digits, _ : . -
// and everything that is not ASCII.
func (d *Decoder) readName() bool {
	b, ok := d.mustgetc()
	if !ok {
		return false
	}
	if b < utf8.RuneSelf && !isNameByte(b) {
		d.ungetc(b)
		return false
	}
	d.buf.WriteByte(b)
	for {
		if b, ok = d.mustgetc(); !ok {
			return true
		}
		if b < utf8.RuneSelf && !isNameByte(b) {
			d.ungetc(b)
			return true
		}
		d.buf.WriteByte(b)
	}
}

func isNameByte(c byte) bool {
	return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' ||
		c == '_' || c == ':' || c == '.' || c == '-'
}
