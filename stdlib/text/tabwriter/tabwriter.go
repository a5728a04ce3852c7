// Package tabwriter aligns text in columns, by Gravgaard's elastic tabstops: a
// tab ends a cell, and the cells of consecutive lines that are in the same
// place form a column as wide as the widest of them.
package tabwriter

import (
	"fmt"
	"io"
	"unicode/utf8"
)

// Writer aligns what is written to it and writes that to another writer.
//
// Text is UTF-8, in cells that end with \t or \v; lines end with \n or \f.  What follows
// the last tab of a line is a cell, too, but not part of a column.  All
// runes are taken to be equally wide, except tabs.
//
// A column is consecutive lines that have a cell, ended by a tab, in that place.  \f
// ends all columns, and is written as \n.  A column of empty cells that are all ended
// by \v vanishes with [DiscardEmptyColumns].  With [FilterHTML], tags have no
// width and entities a width of 1.  Text between two [Escape] bytes is passed through as it
// is, with tabs and newlines.
//
// Lines may have to be kept until later ones are known: [Writer.Flush] writes
// everything.
type Writer struct {
	output   io.Writer
	minWidth int
	tabWidth int
	padding  int
	padding8 [8]byte // padding characters
	flags    uint

	buf    []byte // all text that is not written yet, without the ends of cells
	pos    int    // up to where the width of buf's last cell is counted
	cell   cell   // the one not ended yet
	end    byte   // what ends the escaped text, tag or entity we are in; or 0
	lines  [][]cell
	widths []int // of the columns left of the one being laid out
}

// cell is a part of Writer.buf; cells follow one another there.
type cell struct {
	size  int  // in bytes
	width int  // in runes
	hard  bool // ended by \t
}

// Flags of [Writer.Init].
const (
	// FilterHTML gives tags no width and entities, from & to ;, a width of 1.
	FilterHTML uint = 1 << iota

	// StripEscape leaves out the bytes that enclose escaped text.
	StripEscape

	// AlignRight puts the padding before the text.
	AlignRight

	// DiscardEmptyColumns drops columns of empty cells that end with \v.
	DiscardEmptyColumns

	// TabIndent pads the empty cells at the start of a line with tabs,
	// whatever the padding character is.
	TabIndent

	// Debug writes a bar between columns, also dropped ones.
	Debug
)

// Escape encloses text that is passed through: "\xff\t\xff" is a cell's text
// of width 1.  UTF-8 does not contain it.
const Escape = '\xff'

// NewWriter is new(Writer).Init with the same arguments.
func NewWriter(output io.Writer, minwidth, tabwidth, padding int, padchar byte, flags uint) *Writer {
	return new(Writer).Init(output, minwidth, tabwidth, padding, padchar, flags)
}

// Init prepares a Writer to write to output, and returns it:
//
//	minwidth  the least width of a cell with its padding
//	tabwidth  how wide a tab is, in spaces
//	padding   what is added to the width of a cell's text
//	padchar   an ASCII character to pad with; if it is '\t', cells are
//	          aligned left and to multiples of tabwidth
//	flags     see above
func (b *Writer) Init(output io.Writer, minwidth, tabwidth, padding int, padchar byte, flags uint) *Writer {
	if minwidth < 0 || tabwidth < 0 || padding < 0 {
		panic("negative minwidth, tabwidth, or padding")
	}
	b.output = output
	b.minWidth, b.tabWidth, b.padding = minwidth, tabwidth, padding
	for i := range b.padding8 {
		b.padding8[i] = padchar
	}
	if padchar == '\t' {
		flags &^= AlignRight
	}
	b.flags = flags
	b.reset()
	return b
}

func (b *Writer) reset() {
	b.buf = b.buf[:0]
	b.pos = 0
	b.cell = cell{}
	b.end = 0
	b.lines = b.lines[:0]
	b.widths = b.widths[:0]
	b.addLine()
}

func (b *Writer) addLine() {
	// Cells of an earlier line here can be used again.
	if n := len(b.lines); n < cap(b.lines) {
		b.lines = b.lines[:n+1]
		b.lines[n] = b.lines[n][:0]
	} else {
		b.lines = append(b.lines, nil)
	}
}

// add adds text to the open cell.
func (b *Writer) add(text []byte) {
	b.buf = append(b.buf, text...)
	b.cell.size += len(text)
}

// count adds the width of the text since the last count.
func (b *Writer) count() {
	b.cell.width += utf8.RuneCount(b.buf[b.pos:])
	b.pos = len(b.buf)
}

// endCell ends the open cell and returns how many the line has.
func (b *Writer) endCell(hard bool) int {
	b.cell.hard = hard
	line := &b.lines[len(b.lines)-1]
	*line = append(*line, b.cell)
	b.cell = cell{}
	return len(*line)
}

// endEscape counts the width of what was escaped.
func (b *Writer) endEscape() {
	switch b.end {
	case Escape:
		b.count()
		if b.flags&StripEscape == 0 {
			b.cell.width -= 2
		}
	case '>': // no width
	case ';':
		b.cell.width++
	}
	b.pos = len(b.buf)
	b.end = 0
}

// writeError carries an error of the output up to Write or Flush.
type writeError struct{ err error }

func (b *Writer) write(p []byte) {
	n, err := b.output.Write(p)
	if n != len(p) && err == nil {
		err = io.ErrShortWrite
	}
	if err != nil {
		panic(writeError{err})
	}
}

func (b *Writer) writeN(c *[8]byte, n int) {
	for n > len(c) {
		b.write(c[:])
		n -= len(c)
	}
	b.write(c[:n])
}

var (
	newline = []byte{'\n'}
	bar     = []byte{'|'}
	rule    = []byte("---\n")
	tabs    = [8]byte{'\t', '\t', '\t', '\t', '\t', '\t', '\t', '\t'}
)

// pad writes the padding between text and the end of its cell.
func (b *Writer) pad(textWidth, cellWidth int, useTabs bool) {
	if b.padding8[0] != '\t' && !useTabs {
		b.writeN(&b.padding8, cellWidth-textWidth)
		return
	}
	if b.tabWidth == 0 {
		return // a tab has no width: there is nothing to align with
	}
	cellWidth = (cellWidth + b.tabWidth - 1) / b.tabWidth * b.tabWidth
	n := cellWidth - textWidth
	if n < 0 {
		panic("internal error")
	}
	b.writeN(&tabs, (n+b.tabWidth-1)/b.tabWidth)
}

// writeLines writes the lines from line0 to line1, whose text begins at pos,
// with the columns known, and returns where their text ends.
func (b *Writer) writeLines(pos, line0, line1 int) int {
	for i := line0; i < line1; i++ {
		useTabs := b.flags&TabIndent != 0
		for j, c := range b.lines[i] {
			if j > 0 && b.flags&Debug != 0 {
				b.write(bar)
			}
			text := b.buf[pos : pos+c.size]
			pos += c.size
			inColumn := j < len(b.widths)
			switch {
			case c.size == 0:
				if inColumn {
					b.pad(c.width, b.widths[j], useTabs)
				}
			case b.flags&AlignRight != 0:
				useTabs = false
				if inColumn {
					b.pad(c.width, b.widths[j], false)
				}
				b.write(text)
			default:
				useTabs = false
				b.write(text)
				if inColumn {
					b.pad(c.width, b.widths[j], false)
				}
			}
		}
		if i+1 == len(b.lines) {
			// The last line is not ended yet; nor is its last cell.
			b.write(b.buf[pos : pos+b.cell.size])
			pos += b.cell.size
		} else {
			b.write(newline)
		}
	}
	return pos
}

// format lays out the lines from line0 to line1, whose text begins at pos and
// whose first len(b.widths) columns are known, and writes them.
func (b *Writer) format(pos, line0, line1 int) int {
	column := len(b.widths)
	for this := line0; this < line1; this++ {
		if column >= len(b.lines[this])-1 {
			continue
		}
		// A column begins here; the lines before have none in this place.
		pos = b.writeLines(pos, line0, this)
		line0 = this
		width := b.minWidth
		discardable := true
		for ; this < line1; this++ {
			line := b.lines[this]
			if column >= len(line)-1 {
				break
			}
			c := line[column]
			width = max(width, c.width+b.padding)
			if c.width > 0 || c.hard {
				discardable = false
			}
		}
		if discardable && b.flags&DiscardEmptyColumns != 0 {
			width = 0
		}
		b.widths = append(b.widths, width)
		pos = b.format(pos, line0, this)
		b.widths = b.widths[:len(b.widths)-1]
		line0 = this
	}
	return b.writeLines(pos, line0, line1)
}

// flush writes everything and starts anew.
func (b *Writer) flush() {
	if b.cell.size > 0 {
		if b.end != 0 {
			b.endEscape() // incomplete
		}
		b.endCell(false)
	}
	b.format(0, 0, len(b.lines))
	b.reset()
}

// catch turns a panic of write into an error; others are marked with the
// operation.
func (b *Writer) catch(err *error, op string) {
	if e := recover(); e != nil {
		if op == "Flush" {
			b.reset()
		}
		if w, ok := e.(writeError); ok {
			*err = w.err
			return
		}
		panic(fmt.Sprintf("tabwriter: panic during %s (%v)", op, e))
	}
}

// Flush writes everything, also what later lines could still change.  Call it
// after the last Write.
func (b *Writer) Flush() (err error) {
	defer b.catch(&err, "Flush")
	b.flush()
	return nil
}

// Write adds text.  Errors are those of the output.
func (b *Writer) Write(buf []byte) (n int, err error) {
	defer b.catch(&err, "Write")
	n = 0 // up to where buf is taken
	take := func(i int) {
		b.add(buf[n:i])
		n = i
	}
	for i, c := range buf {
		if b.end != 0 {
			if c == b.end {
				if c == Escape && b.flags&StripEscape != 0 {
					take(i)
				} else {
					take(i + 1)
				}
				n = i + 1
				b.endEscape()
			}
			continue
		}
		switch c {
		case '\t', '\v', '\n', '\f':
			take(i)
			b.count()
			n = i + 1
			cells := b.endCell(c == '\t')
			if c == '\t' || c == '\v' {
				break
			}
			b.addLine()
			if c == '\f' || cells == 1 {
				// A line of one cell, which is its last, ends all columns: nothing
				// that follows can change what is before.
				b.flush()
				if c == '\f' && b.flags&Debug != 0 {
					b.write(rule)
				}
			}
		case Escape:
			take(i)
			b.count()
			if b.flags&StripEscape != 0 {
				n++
			}
			b.end = Escape
		case '<', '&':
			if b.flags&FilterHTML != 0 {
				take(i)
				b.count()
				b.end = '>'
				if c == '&' {
					b.end = ';'
				}
			}
		}
	}
	take(len(buf))
	return len(buf), nil
}
