package bufio

import (
	"bytes"
	"errors"
	"io"
	"unicode"
	"unicode/utf8"
)

// Scanner goes through the tokens of an input, by default its lines without
// their ends.  [Scanner.Split] sets what a token is.
//
// It stops for good at the end, at an error, or at a token too large for its
// buffer; then more than the last token may have been read.  Whoever
// needs more control uses a [Reader].
type Scanner struct {
	r            io.Reader
	split        SplitFunc
	maxTokenSize int // of the buffer
	token        []byte
	buf          []byte
	from, to     int // what is in buf and not part of a token yet
	err          error
	empties      int // empty tokens in a row without progress
	started      bool
	done         bool
}

// SplitFunc finds the next token in data, which is what is there of the rest
// of the input, all of it if atEOF.
//
// It returns how many bytes to advance and the token, nil if there is none. To ask for more
// data it returns 0, nil, nil.  An error ends the scan; if it is
// [ErrFinalToken], without an error, and after the token if that is not nil.  It is not
// called with empty data unless atEOF, but then data may hold anything else.
type SplitFunc func(data []byte, atEOF bool) (advance int, token []byte, err error)

// Errors of a Scanner.
var (
	ErrTooLong         = errors.New("bufio.Scanner: token too long")
	ErrNegativeAdvance = errors.New("bufio.Scanner: SplitFunc returns negative advance count")
	ErrAdvanceTooFar   = errors.New("bufio.Scanner: SplitFunc returns advance count beyond input")
	ErrBadReadCount    = errors.New("bufio.Scanner: Read returned impossible count")
)

// ErrFinalToken is what a SplitFunc returns to end the scan without an error,
// with the last token if there is one (a token can be empty without being nil).
var ErrFinalToken = errors.New("final token")

// MaxScanTokenSize is the size a Scanner's buffer can grow to, unless
// [Scanner.Buffer] says otherwise.  Tokens can be a little shorter, as their
// ends need room, too.
const MaxScanTokenSize = 64 * 1024

const firstScanSize = 4096

// NewScanner returns a Scanner of the lines of r.
func NewScanner(r io.Reader) *Scanner {
	return &Scanner{r: r, split: ScanLines, maxTokenSize: MaxScanTokenSize}
}

// Err returns the first error that is not EOF.
func (s *Scanner) Err() error {
	if s.err == io.EOF {
		return nil
	}
	return s.err
}

// Bytes returns the last token, which is valid until the next Scan.
func (s *Scanner) Bytes() []byte { return s.token }

// Text returns the last token as a string.
func (s *Scanner) Text() string { return string(s.token) }

// Scan goes to the next token, for [Scanner.Bytes] and [Scanner.Text].  It
// returns false when there is none; then [Scanner.Err] tells whether there was an
// error.  It panics if the split function returns many empty tokens in a row
// without advancing.
func (s *Scanner) Scan() bool {
	if s.done {
		return false
	}
	s.started = true
	for {
		// A token in what is there?
		if s.to > s.from || s.err != nil {
			advance, token, err := s.split(s.buf[s.from:s.to], s.err != nil)
			if err != nil {
				if err == ErrFinalToken {
					s.token = token
					s.done = true
					return token != nil
				}
				return s.stop(err)
			}
			switch {
			case advance < 0:
				return s.stop(ErrNegativeAdvance)
			case advance > s.to-s.from:
				return s.stop(ErrAdvanceTooFar)
			}
			s.from += advance
			s.token = token
			if token != nil {
				if s.err == nil || advance > 0 {
					s.empties = 0
				} else if s.empties++; s.empties > maxEmptyReads {
					panic("bufio.Scan: too many empty tokens without progressing")
				}
				return true
			}
		}
		if s.err != nil {
			// Nothing more will come.
			s.from, s.to = 0, 0
			return s.stop(nil)
		}
		// Make room, then read.
		if s.from > 0 && (s.to == len(s.buf) || s.from > len(s.buf)/2) {
			copy(s.buf, s.buf[s.from:s.to])
			s.to -= s.from
			s.from = 0
		}
		if s.to == len(s.buf) {
			const maxInt = int(^uint(0) >> 1)
			if len(s.buf) >= s.maxTokenSize || len(s.buf) > maxInt/2 {
				return s.stop(ErrTooLong)
			}
			size := len(s.buf) * 2
			if size == 0 {
				size = firstScanSize
			}
			bigger := make([]byte, min(size, s.maxTokenSize))
			s.to = copy(bigger, s.buf[s.from:s.to])
			s.from = 0
			s.buf = bigger
		}
		s.read()
	}
}

// read reads once, or until something happens.
func (s *Scanner) read() {
	for empty := 0; ; empty++ {
		n, err := s.r.Read(s.buf[s.to:])
		if n < 0 || len(s.buf)-s.to < n {
			s.note(ErrBadReadCount)
			return
		}
		s.to += n
		if err != nil {
			s.note(err)
			return
		}
		if n > 0 {
			s.empties = 0
			return
		}
		if empty >= maxEmptyReads {
			s.note(io.ErrNoProgress)
			return
		}
	}
}

// note keeps the first error.
func (s *Scanner) note(err error) {
	if s.err == nil || s.err == io.EOF {
		s.err = err
	}
}

// stop ends the scan without a token.
func (s *Scanner) stop(err error) bool {
	s.token = nil
	s.done = s.done || err != nil && err != ErrTooLong
	if err != nil {
		s.note(err)
	}
	return false
}

// Buffer gives the scanner its first buffer and sets the size its buffer can
// grow to: the larger of max and cap(buf).  It panics if the scan has begun.
func (s *Scanner) Buffer(buf []byte, max int) {
	if s.started {
		panic("Buffer called after Scan")
	}
	s.buf = buf[:cap(buf)]
	s.maxTokenSize = max
}

// Split sets the split function.  It panics if the scan has begun.
func (s *Scanner) Split(split SplitFunc) {
	if s.started {
		panic("Split called after Scan")
	}
	s.split = split
}

// ScanBytes is a split function for single bytes.
func ScanBytes(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if atEOF && len(data) == 0 {
		return 0, nil, nil
	}
	return 1, data[:1], nil
}

// ScanRunes is a split function for runes.  Each invalid byte is a token, the
// encoding of U+FFFD; whether it was invalid cannot be told from the token.
func ScanRunes(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	if data[0] < utf8.RuneSelf {
		return 1, data[:1], nil
	}
	_, size := utf8.DecodeRune(data)
	if size > 1 {
		return size, data[:size], nil
	}
	if !atEOF && !utf8.FullRune(data) {
		return 0, nil, nil
	}
	return 1, []byte(string(utf8.RuneError)), nil
}

// ScanLines is a split function for lines, without \n or \r\n at their ends.
// The last line needs no end; an empty line is a token.
func ScanLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if atEOF && len(data) == 0 {
		return 0, nil, nil
	}
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, dropCR(data[:i]), nil
	}
	if atEOF {
		return len(data), dropCR(data), nil
	}
	return 0, nil, nil
}

func dropCR(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		return line[:n-1]
	}
	return line
}

// isSpace is the white space between words.
func isSpace(r rune) bool { return unicode.IsSpace(r) }

// ScanWords is a split function for what is between white space; no token is
// empty.
func ScanWords(data []byte, atEOF bool) (advance int, token []byte, err error) {
	start := 0
	for start < len(data) {
		r, size := utf8.DecodeRune(data[start:])
		if !isSpace(r) || !atEOF && !utf8.FullRune(data[start:]) {
			break
		}
		start += size
	}
	for i := start; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if isSpace(r) {
			return i + size, data[start:i], nil
		}
		i += size
	}
	if atEOF && start < len(data) {
		return len(data), data[start:], nil
	}
	return start, nil, nil
}
