package xml

import (
	"bufio"
	"bytes"
	"encoding"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Header is the usual first line of XML documents. Marshal does not write it.
const Header = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// Marshal returns v as XML elements: one for a struct, with its fields inside
// (see Unmarshal for their tags), one for each element of a slice, and one for
// a simple value. The element's name is that of the tag of the field XMLName,
// of its value, of the tag or the name of the field that holds the value, or
// of the type. Nil pointers and interfaces write nothing. Channels, functions
// and maps cannot be written.
func Marshal(v any) ([]byte, error) { return MarshalIndent(v, "", "") }

// A Marshaler writes itself as elements, properly closed, best with
// EncodeElement or EncodeToken. start is the start that the element should
// have.
type Marshaler interface {
	MarshalXML(e *Encoder, start StartElement) error
}

// A MarshalerAttr writes itself as an attribute, none if the name of what it
// returns is zero.
type MarshalerAttr interface {
	MarshalXMLAttr(name Name) (Attr, error)
}

var (
	marshalerType     = reflect.TypeFor[Marshaler]()
	marshalerAttrType = reflect.TypeFor[MarshalerAttr]()
	textMarshalerType = reflect.TypeFor[encoding.TextMarshaler]()
)

// MarshalIndent is Marshal with each element on a line of its own that starts
// with prefix and one copy of indent for each level.
func MarshalIndent(v any, prefix, indent string) ([]byte, error) {
	var b bytes.Buffer
	e := NewEncoder(&b)
	e.Indent(prefix, indent)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	if err := e.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// An Encoder writes XML.
type Encoder struct {
	p printer
}

// A printer holds what has been written.
type printer struct {
	encoder        *Encoder // for the methods of values
	w              *bufio.Writer
	prefix, indent string
	level          int
	lineWritten    bool // something has been written: what is indented begins a new line
	onLine         bool // the element being written has begun on its line
	open           []openTag
	prefixes       map[string]string // what prefixes stand for
	urls           map[string]string // the prefixes of URLs
	seq            int
	closed         bool
	err            error
}

type openTag struct {
	name  Name
	undos []string // prefixes declared by its attributes
}

// NewEncoder returns an Encoder that writes to w.
func NewEncoder(w io.Writer) *Encoder {
	e := &Encoder{printer{w: bufio.NewWriter(w)}}
	e.p.encoder = e
	return e
}

// Indent makes the encoder write as MarshalIndent does.
func (e *Encoder) Indent(prefix, indent string) { e.p.prefix, e.p.indent = prefix, indent }

// Encode writes v as Marshal does, and calls Flush.
func (e *Encoder) Encode(v any) error {
	if err := e.p.value(reflect.ValueOf(v), nil, nil); err != nil {
		return err
	}
	return e.p.w.Flush()
}

// EncodeElement is Encode with the start of the outermost element given.
func (e *Encoder) EncodeElement(v any, start StartElement) error {
	if err := e.p.value(reflect.ValueOf(v), nil, &start); err != nil {
		return err
	}
	return e.p.w.Flush()
}

// EncodeToken writes a token. Start and end tags must match. Text is not
// checked for line breaks; what is written must be flushed by Flush or by the
// next Encode.
func (e *Encoder) EncodeToken(t Token) error { return e.p.token(t) }

func (e *printer) token(t Token) error {
	switch t := t.(type) {
	case StartElement:
		return e.start(&t)
	case EndElement:
		return e.end(t.Name)
	case CharData:
		e.escape(t, false)
	case Comment:
		if bytes.Contains(t, []byte("-->")) {
			return errors.New("xml: EncodeToken of Comment containing --> marker")
		}
		e.str("<!--")
		e.w.Write(t)
		e.str("-->")
		return e.written()
	case ProcInst:
		// The first of all must be the first thing in the stream.
		if t.Target == "xml" && e.w.Buffered() != 0 {
			return errors.New("xml: EncodeToken of ProcInst xml target only valid for xml declaration, first token encoded")
		}
		if !isName(t.Target) {
			return errors.New("xml: EncodeToken of ProcInst with invalid Target")
		}
		if bytes.Contains(t.Inst, []byte("?>")) {
			return errors.New("xml: EncodeToken of ProcInst containing ?> marker")
		}
		e.str("<?")
		e.str(t.Target)
		if len(t.Inst) > 0 {
			e.w.WriteByte(' ')
			e.w.Write(t.Inst)
		}
		e.str("?>")
	case Directive:
		if !isValidDirective(t) {
			return errors.New("xml: EncodeToken of Directive containing wrong < or > markers")
		}
		e.str("<!")
		e.w.Write(t)
		e.str(">")
	default:
		return errors.New("xml: EncodeToken of invalid token type")
	}
	return e.written()
}

// isValidDirective reports whether quotes, comments and angle brackets of a
// directive match.
func isValidDirective(d Directive) bool {
	depth := 0
	quote := byte(0)
	comment := false
	for i, c := range d {
		switch {
		case comment:
			if c == '>' && i >= 2 && d[i-1] == '-' && d[i-2] == '-' {
				comment = false
			}
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '<':
			if bytes.HasPrefix(d[i:], []byte("<!--")) {
				comment = true
			} else {
				depth++
			}
		case c == '>':
			if depth == 0 {
				return false
			}
			depth--
		}
	}
	return depth == 0 && quote == 0 && !comment
}

// Flush writes out what is buffered.
func (e *Encoder) Flush() error { return e.p.w.Flush() }

// Close ends the use of the encoder and checks that all elements are closed.
// It does not close the writer.
func (e *Encoder) Close() error {
	if e.p.closed {
		return nil
	}
	e.p.closed = true
	if err := e.p.w.Flush(); err != nil {
		return err
	}
	if len(e.p.open) > 0 {
		return fmt.Errorf("unclosed tag <%s>", e.p.open[len(e.p.open)-1].name.Local)
	}
	return nil
}

var errClosed = errors.New("use of closed Encoder")

func (e *printer) str(s string) {
	if e.closed && e.err == nil {
		e.err = errClosed
	}
	if e.err == nil {
		_, e.err = e.w.WriteString(s)
	}
}

// written returns the error of writing so far.
func (e *printer) written() error {
	if e.err != nil {
		return e.err
	}
	_, err := e.w.Write(nil)
	return err
}

// attrPrefix returns a prefix for the name space url, declaring it in the
// element that is being written if that is new.
func (e *printer) attrPrefix(url string) string {
	if p := e.urls[url]; p != "" {
		return p
	}
	// This one is known to everybody.
	if url == xmlURL {
		return "xml"
	}
	if e.urls == nil {
		e.urls = map[string]string{}
		e.prefixes = map[string]string{}
	}
	// The last part of the URL is often a good prefix.
	p := strings.TrimRight(url, "/")
	if i := strings.LastIndex(p, "/"); i >= 0 {
		p = p[i+1:]
	}
	if p == "" || !isName(p) || strings.Contains(p, ":") {
		p = "_"
	}
	// Those that begin with xml are reserved.
	if len(p) >= 3 && strings.EqualFold(p[:3], "xml") {
		p = "_" + p
	}
	if e.prefixes[p] != "" {
		for e.seq++; ; e.seq++ {
			if id := p + "_" + strconv.Itoa(e.seq); e.prefixes[id] == "" {
				p = id
				break
			}
		}
	}
	e.urls[url] = p
	e.prefixes[p] = url
	e.str(`xmlns:`)
	e.str(p)
	e.str(`="`)
	e.escape([]byte(url), true)
	e.str(`" `)
	top := &e.open[len(e.open)-1]
	top.undos = append(top.undos, p)
	return p
}

// start writes a start tag.
func (e *printer) start(t *StartElement) error {
	if t.Name.Local == "" {
		return fmt.Errorf("xml: start tag with no name")
	}
	e.open = append(e.open, openTag{name: t.Name})
	e.newLine(1)
	e.str("<")
	e.str(t.Name.Local)
	if t.Name.Space != "" {
		e.str(` xmlns="`)
		e.escape([]byte(t.Name.Space), true)
		e.str(`"`)
	}
	for _, a := range t.Attr {
		if a.Name.Local == "" {
			continue
		}
		e.str(" ")
		if a.Name.Space != "" {
			e.str(e.attrPrefix(a.Name.Space))
			e.str(":")
		}
		e.str(a.Name.Local)
		e.str(`="`)
		e.escape([]byte(a.Value), true)
		e.str(`"`)
	}
	e.str(">")
	return e.written()
}

// end writes an end tag.
func (e *printer) end(name Name) error {
	if name.Local == "" {
		return fmt.Errorf("xml: end tag with no name")
	}
	if len(e.open) == 0 || e.open[len(e.open)-1].name.Local == "" {
		return fmt.Errorf("xml: end tag </%s> without start tag", name.Local)
	}
	top := e.open[len(e.open)-1]
	if top.name != name {
		if top.name.Local != name.Local {
			return fmt.Errorf("xml: end tag </%s> does not match start tag <%s>", name.Local, top.name.Local)
		}
		return fmt.Errorf("xml: end tag </%s> in namespace %s does not match start tag <%s> in namespace %s",
			name.Local, name.Space, top.name.Local, top.name.Space)
	}
	e.open = e.open[:len(e.open)-1]
	e.newLine(-1)
	e.str("</")
	e.str(name.Local)
	e.str(">")
	for _, p := range top.undos {
		delete(e.urls, e.prefixes[p])
		delete(e.prefixes, p)
	}
	return e.written()
}

// newLine starts a line if the output is indented. step is 1 before a start
// tag, -1 before an end tag, and 0 otherwise.
func (e *printer) newLine(step int) {
	if e.prefix == "" && e.indent == "" {
		return
	}
	if step < 0 {
		e.level--
		if e.onLine {
			// The element has nothing inside: its end stays on the line.
			e.onLine = false
			return
		}
		e.onLine = false
	}
	if e.lineWritten {
		e.str("\n")
	} else {
		e.lineWritten = true
	}
	e.str(e.prefix)
	for range e.level {
		e.str(e.indent)
	}
	if step > 0 {
		e.level++
		e.onLine = true
	}
}

// value writes a value: as the field f, or with the start given, or with a
// name of its own.
func (e *printer) value(v reflect.Value, f *fieldInfo, given *StartElement) error {
	if given != nil && given.Name.Local == "" {
		return fmt.Errorf("xml: EncodeElement of StartElement with missing name")
	}
	if !v.IsValid() || f != nil && f.mode&modeOmitEmpty != 0 && isEmpty(v) {
		return nil
	}
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	t := v.Type()
	if m, ok := method(v, marshalerType); ok {
		return e.marshaler(m.(Marshaler), defaultStart(t, f, given))
	}
	if m, ok := method(v, textMarshalerType); ok {
		return e.textMarshaler(m.(encoding.TextMarshaler), defaultStart(t, f, given))
	}
	// Slices write their elements one after the other.
	if (v.Kind() == reflect.Slice || v.Kind() == reflect.Array) && t.Elem().Kind() != reflect.Uint8 {
		for i := range v.Len() {
			if err := e.value(v.Index(i), f, given); err != nil {
				return err
			}
		}
		return nil
	}
	info, err := infoOf(t)
	if err != nil {
		return err
	}
	var start StartElement
	switch {
	case given != nil:
		start.Name = given.Name
		start.Attr = append(start.Attr, given.Attr...)
	case info.name != nil:
		if info.name.name != "" {
			start.Name = Name{info.name.space, info.name.name}
		} else if n := info.name.value(v, false); n.IsValid() {
			if n, ok := n.Interface().(Name); ok && n.Local != "" {
				start.Name = n
			}
		}
	}
	if start.Name.Local == "" && f != nil {
		start.Name = Name{f.space, f.name}
	}
	if start.Name.Local == "" {
		name := t.Name()
		// Of an instance only the name of the generic type is a name.
		if i := strings.IndexByte(name, '['); i >= 0 {
			name = name[:i]
		}
		if name == "" {
			return &UnsupportedTypeError{t}
		}
		start.Name.Local = name
	}
	for i := range info.fields {
		af := &info.fields[i]
		if af.mode&modeAttr == 0 {
			continue
		}
		av := af.value(v, false)
		if !av.IsValid() || af.mode&modeOmitEmpty != 0 && isEmpty(av) || av.Kind() == reflect.Interface && av.IsNil() {
			continue
		}
		if err := e.attr(&start, Name{af.space, af.name}, av); err != nil {
			return err
		}
	}
	// A name that is known to be in no name space says so inside of one.
	if n := len(e.open); n > 0 && e.open[n-1].name.Space != "" && start.Name.Space == "" &&
		info.name != nil && info.name.space == "" && info.name.name == "" {
		start.Attr = append(start.Attr, Attr{Name{Local: "xmlns"}, ""})
	}
	if err := e.start(&start); err != nil {
		return err
	}
	if v.Kind() == reflect.Struct {
		err = e.structFields(info, v)
	} else {
		var s string
		var b []byte
		if s, b, err = simpleText(t, v); err == nil {
			if b != nil {
				e.escape(b, true)
			} else {
				e.escape([]byte(s), true)
			}
		}
	}
	if err != nil {
		return err
	}
	if err := e.end(start.Name); err != nil {
		return err
	}
	return e.written()
}

// attr adds an attribute for v to start.
func (e *printer) attr(start *StartElement, name Name, v reflect.Value) error {
	if m, ok := method(v, marshalerAttrType); ok {
		a, err := m.(MarshalerAttr).MarshalXMLAttr(name)
		if err != nil {
			return err
		}
		if a.Name.Local != "" {
			start.Attr = append(start.Attr, a)
		}
		return nil
	}
	if m, ok := method(v, textMarshalerType); ok {
		text, err := m.(encoding.TextMarshaler).MarshalText()
		if err != nil {
			return err
		}
		start.Attr = append(start.Attr, Attr{name, string(text)})
		return nil
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8 {
		for i := range v.Len() {
			if err := e.attr(start, name, v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	}
	if v.Type() == attrType {
		start.Attr = append(start.Attr, v.Interface().(Attr))
		return nil
	}
	s, b, err := simpleText(v.Type(), v)
	if err != nil {
		return err
	}
	if b != nil {
		s = string(b)
	}
	start.Attr = append(start.Attr, Attr{name, s})
	return nil
}

// defaultStart is the start for a value that writes itself.
func defaultStart(t reflect.Type, f *fieldInfo, given *StartElement) StartElement {
	var start StartElement
	switch {
	case given != nil:
		start.Name = given.Name
		start.Attr = append(start.Attr, given.Attr...)
	case f != nil && f.name != "":
		start.Name = Name{f.space, f.name}
	case t.Name() != "":
		start.Name.Local = t.Name()
	default:
		// A pointer to a named type.
		start.Name.Local = t.Elem().Name()
	}
	return start
}

func (e *printer) marshaler(m Marshaler, start StartElement) error {
	// Push a mark, so that it cannot close elements around it.
	e.open = append(e.open, openTag{})
	n := len(e.open)
	if err := m.MarshalXML(e.encoder, start); err != nil {
		return err
	}
	if len(e.open) > n {
		return fmt.Errorf("xml: %s.MarshalXML wrote invalid XML: <%s> not closed", receiverName(m), e.open[len(e.open)-1].name.Local)
	}
	e.open = e.open[:n-1]
	return nil
}

func (e *printer) textMarshaler(m encoding.TextMarshaler, start StartElement) error {
	if err := e.start(&start); err != nil {
		return err
	}
	text, err := m.MarshalText()
	if err != nil {
		return err
	}
	e.escape(text, true)
	return e.end(start.Name)
}

// simpleText returns the text of a value that is neither struct nor slice.
func simpleText(t reflect.Type, v reflect.Value) (string, []byte, error) {
	switch v.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10), nil, nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.FormatUint(v.Uint(), 10), nil, nil
	case reflect.Float32, reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, v.Type().Bits()), nil, nil
	case reflect.String:
		return v.String(), nil, nil
	case reflect.Bool:
		return strconv.FormatBool(v.Bool()), nil, nil
	case reflect.Array:
		if t.Elem().Kind() != reflect.Uint8 {
			break
		}
		b := make([]byte, v.Len())
		reflect.Copy(reflect.ValueOf(b), v)
		return "", b, nil
	case reflect.Slice:
		if t.Elem().Kind() != reflect.Uint8 {
			break
		}
		return "", v.Bytes(), nil
	}
	return "", nil, &UnsupportedTypeError{t}
}

// indirect follows pointers and interfaces. (A nil one stays.)
func indirect(v reflect.Value) reflect.Value {
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return v
		}
		v = v.Elem()
	}
	return v
}

func (e *printer) structFields(info *typeInfo, v reflect.Value) error {
	var around []string // the elements of paths that are open
	trim := func(keep int) error {
		for len(around) > keep {
			if err := e.end(Name{Local: around[len(around)-1]}); err != nil {
				return err
			}
			around = around[:len(around)-1]
		}
		return nil
	}
	for i := range info.fields {
		f := &info.fields[i]
		if f.mode&modeAttr != 0 {
			continue
		}
		fv := f.value(v, false)
		if !fv.IsValid() {
			continue
		}
		if f.mode&(modeCDATA|modeCharData|modeComment|modeInnerXML) != 0 {
			if err := trim(0); err != nil {
				return err
			}
		}
		switch f.mode & modeKinds {
		case modeCDATA, modeCharData:
			if err := e.charData(f, fv); err != nil {
				return err
			}
			continue
		case modeComment:
			if err := e.comment(v.Type(), indirect(fv)); err != nil {
				return err
			}
			continue
		case modeInnerXML:
			fv = indirect(fv)
			if b, ok := fv.Interface().([]byte); ok {
				e.w.Write(b)
				continue
			}
			if s, ok := fv.Interface().(string); ok {
				e.str(s)
				continue
			}
		case modeElement, modeElement | modeAny:
			same := 0
			for same < len(f.parents) && same < len(around) && f.parents[same] == around[same] {
				same++
			}
			if err := trim(same); err != nil {
				return err
			}
			if nilable := fv.Kind() == reflect.Pointer || fv.Kind() == reflect.Interface; !nilable || !fv.IsNil() {
				for _, p := range f.parents[same:] {
					if err := e.start(&StartElement{Name: Name{Local: p}}); err != nil {
						return err
					}
					around = append(around, p)
				}
			}
		}
		if err := e.value(fv, f, nil); err != nil {
			return err
		}
	}
	if err := trim(0); err != nil {
		return err
	}
	return e.written()
}

func (e *printer) charData(f *fieldInfo, v reflect.Value) error {
	emit := func(b []byte) error {
		e.escape(b, true)
		return e.written()
	}
	if f.mode&modeCDATA != 0 {
		emit = func(b []byte) error {
			e.cdata(b)
			return e.written()
		}
	}
	if m, ok := method(v, textMarshalerType); ok && !(v.Kind() == reflect.Pointer && v.IsNil()) {
		text, err := m.(encoding.TextMarshaler).MarshalText()
		if err != nil {
			return err
		}
		return emit(text)
	}
	v = indirect(v)
	switch v.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr,
		reflect.Float32, reflect.Float64, reflect.Bool, reflect.String:
		s, _, _ := simpleText(v.Type(), v)
		return emit([]byte(s))
	case reflect.Slice:
		if b, ok := v.Interface().([]byte); ok {
			return emit(b)
		}
	}
	return nil
}

// cdata writes text as CDATA sections; ]]> is split over two.
func (e *printer) cdata(b []byte) {
	if len(b) == 0 {
		return
	}
	e.str("<![CDATA[")
	for {
		before, after, ok := bytes.Cut(b, []byte("]]>"))
		e.str(string(before))
		if !ok {
			break
		}
		e.str("]]]]><![CDATA[>")
		b = after
	}
	e.str("]]>")
}

func (e *printer) comment(t reflect.Type, v reflect.Value) error {
	if !(v.Kind() == reflect.String || v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8) {
		return fmt.Errorf("xml: bad type for comment field of %s", t)
	}
	if v.Len() == 0 {
		return nil
	}
	e.newLine(0)
	e.str("<!--")
	var b []byte
	if v.Kind() == reflect.String {
		b = []byte(v.String())
	} else {
		b = v.Bytes()
	}
	if bytes.Contains(b, []byte("--")) {
		return fmt.Errorf(`xml: comments must not contain "--"`)
	}
	e.w.Write(b)
	if b[len(b)-1] == '-' {
		// --- is not an end.
		e.str(" ")
	}
	e.str("-->")
	return nil
}

// An UnsupportedTypeError says that values of a type cannot be written.
type UnsupportedTypeError struct {
	Type reflect.Type
}

func (e *UnsupportedTypeError) Error() string { return "xml: unsupported type: " + e.Type.String() }

func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Bool, reflect.Float32, reflect.Float64, reflect.Interface, reflect.Pointer,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return v.IsZero()
	}
	return false
}

// EscapeText writes s to w as text that may stand anywhere in a document.
func EscapeText(w io.Writer, s []byte) error { return escapeText(w, s, true) }

// Escape is EscapeText without its error.
func Escape(w io.Writer, s []byte) { escapeText(w, s, true) }

func (e *printer) escape(s []byte, newline bool) {
	if e.closed && e.err == nil {
		e.err = errClosed
	}
	if e.err == nil {
		e.err = escapeText(e.w, s, newline)
	}
}

func escapeText(w io.Writer, s []byte, newline bool) error {
	last := 0
	for i := 0; i < len(s); {
		r, width := utf8.DecodeRune(s[i:])
		i += width
		esc := ""
		switch r {
		case '"':
			esc = "&#34;"
		case '\'':
			esc = "&#39;"
		case '&':
			esc = "&amp;"
		case '<':
			esc = "&lt;"
		case '>':
			esc = "&gt;"
		case '\t':
			esc = "&#x9;"
		case '\n':
			if !newline {
				continue
			}
			esc = "&#xA;"
		case '\r':
			esc = "&#xD;"
		default:
			if isInCharacterRange(r) && !(r == utf8.RuneError && width == 1) {
				continue
			}
			esc = "\uFFFD"
		}
		if _, err := w.Write(s[last : i-width]); err != nil {
			return err
		}
		if _, err := io.WriteString(w, esc); err != nil {
			return err
		}
		last = i
	}
	_, err := w.Write(s[last:])
	return err
}
