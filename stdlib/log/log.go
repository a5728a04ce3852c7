// Package log writes lines with a prefix, the time, and the place in the program. Each line is one Write.
package log

import (
	"fmt"
	"io"
	"log/internal"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Flags say what precedes the message, in this order; it is followed by ": " if there is more than a prefix.
const (
	Ldate         = 1 << iota // 2009/01/23
	Ltime                     // 01:23:23
	Lmicroseconds             // 01:23:23.123123
	Llongfile                 // /a/b/c/d.go:23
	Lshortfile                // d.go:23
	LUTC                      // date and time in UTC
	Lmsgprefix                // the prefix stands before the message, not at the start of the line
	LstdFlags     = Ldate | Ltime
)

// A Logger writes lines to an io.Writer, one at a time.
type Logger struct {
	mu      sync.Mutex // held while writing
	out     io.Writer
	prefix  atomic.Pointer[string]
	flag    atomic.Int32
	discard atomic.Bool // out is io.Discard: nothing needs to be formatted
}

// New makes a Logger.
func New(out io.Writer, prefix string, flag int) *Logger {
	l := new(Logger)
	l.SetOutput(out)
	l.SetPrefix(prefix)
	l.SetFlags(flag)
	return l
}

var std = New(os.Stderr, "", LstdFlags)

// Default gives the Logger of the package's functions.
func Default() *Logger { return std }

// SetOutput sets where lines go.
func (l *Logger) SetOutput(w io.Writer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.out = w
	l.discard.Store(w == io.Discard)
}

// Writer gives where lines go.
func (l *Logger) Writer() io.Writer {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out
}

func (l *Logger) Flags() int        { return int(l.flag.Load()) }
func (l *Logger) SetFlags(flag int) { l.flag.Store(int32(flag)) }

func (l *Logger) Prefix() string {
	if p := l.prefix.Load(); p != nil {
		return *p
	}
	return ""
}

func (l *Logger) SetPrefix(prefix string) { l.prefix.Store(&prefix) }

// itoa appends i with at least wid digits.
func itoa(buf *[]byte, i int, wid int) {
	var digits [20]byte
	at := len(digits)
	for i > 0 || wid > 0 || at == len(digits) {
		at--
		digits[at] = byte('0' + i%10)
		i /= 10
		wid--
	}
	*buf = append(*buf, digits[at:]...)
}

// header appends what precedes the message.
func header(b []byte, t time.Time, prefix string, flag int, file string, line int) []byte {
	if flag&Lmsgprefix == 0 {
		b = append(b, prefix...)
	}
	if flag&(Ldate|Ltime|Lmicroseconds) != 0 {
		if flag&LUTC != 0 {
			t = t.UTC()
		}
		if flag&Ldate != 0 {
			year, month, day := t.Date()
			itoa(&b, year, 4)
			b = append(b, '/')
			itoa(&b, int(month), 2)
			b = append(b, '/')
			itoa(&b, day, 2)
			b = append(b, ' ')
		}
		if flag&(Ltime|Lmicroseconds) != 0 {
			hour, min, sec := t.Clock()
			itoa(&b, hour, 2)
			b = append(b, ':')
			itoa(&b, min, 2)
			b = append(b, ':')
			itoa(&b, sec, 2)
			if flag&Lmicroseconds != 0 {
				b = append(b, '.')
				itoa(&b, t.Nanosecond()/1e3, 6)
			}
			b = append(b, ' ')
		}
	}
	if flag&(Lshortfile|Llongfile) != 0 {
		if flag&Lshortfile != 0 {
			for i := len(file) - 1; i > 0; i-- {
				if file[i] == '/' {
					file = file[i+1:]
					break
				}
			}
		}
		b = append(append(b, file...), ':')
		itoa(&b, line, -1)
		b = append(b, ": "...)
	}
	if flag&Lmsgprefix != 0 {
		b = append(b, prefix...)
	}
	return b
}

// output writes a line. calldepth counts from the caller of output.
func (l *Logger) output(calldepth int, text func([]byte) []byte) error {
	if l.discard.Load() {
		return nil
	}
	file, line := "", 0
	if l.Flags()&(Lshortfile|Llongfile) != 0 {
		var ok bool
		if _, file, line, ok = runtime.Caller(calldepth + 1); !ok {
			file, line = "???", 0
		}
	}
	return l.write(file, line, text)
}

// outputAt writes a line from the place pc, which may be 0.
func (l *Logger) outputAt(pc uintptr, text []byte) error {
	file, line := "???", 0
	if pc != 0 {
		if frame, _ := runtime.CallersFrames([]uintptr{pc}).Next(); frame.File != "" {
			file, line = frame.File, frame.Line
		}
	}
	return l.write(file, line, func(b []byte) []byte { return append(b, text...) })
}

func init() { internal.DefaultOutput = std.outputAt }

func (l *Logger) write(file string, line int, text func([]byte) []byte) error {
	if l.discard.Load() {
		return nil
	}
	now := time.Now()
	prefix, flag := l.Prefix(), l.Flags()
	b := text(header(make([]byte, 0, 128), now, prefix, flag, file, line))
	if len(b) == 0 || b[len(b)-1] != '\n' {
		b = append(b, '\n')
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err := l.out.Write(b)
	return err
}

// Output writes s as a line. calldepth says whose position is meant: 1 is the caller of Output.
func (l *Logger) Output(calldepth int, s string) error {
	return l.output(calldepth, func(b []byte) []byte { return append(b, s...) })
}

// Print, Printf and Println write a line as the functions of package fmt do.

func (l *Logger) Print(v ...any) {
	l.output(1, func(b []byte) []byte { return fmt.Append(b, v...) })
}

func (l *Logger) Printf(format string, v ...any) {
	l.output(1, func(b []byte) []byte { return fmt.Appendf(b, format, v...) })
}

func (l *Logger) Println(v ...any) {
	l.output(1, func(b []byte) []byte { return fmt.Appendln(b, v...) })
}

// Fatal, Fatalf and Fatalln write a line and exit with status 1.

func (l *Logger) Fatal(v ...any) {
	l.output(1, func(b []byte) []byte { return fmt.Append(b, v...) })
	os.Exit(1)
}

func (l *Logger) Fatalf(format string, v ...any) {
	l.output(1, func(b []byte) []byte { return fmt.Appendf(b, format, v...) })
	os.Exit(1)
}

func (l *Logger) Fatalln(v ...any) {
	l.output(1, func(b []byte) []byte { return fmt.Appendln(b, v...) })
	os.Exit(1)
}

// Panic, Panicf and Panicln write a line and panic with its text.

func (l *Logger) Panic(v ...any) {
	s := fmt.Sprint(v...)
	l.output(1, func(b []byte) []byte { return append(b, s...) })
	panic(s)
}

func (l *Logger) Panicf(format string, v ...any) {
	s := fmt.Sprintf(format, v...)
	l.output(1, func(b []byte) []byte { return append(b, s...) })
	panic(s)
}

func (l *Logger) Panicln(v ...any) {
	s := fmt.Sprintln(v...)
	l.output(1, func(b []byte) []byte { return append(b, s...) })
	panic(s)
}

// The functions of the package do the same with the Default Logger.

func SetOutput(w io.Writer)   { std.SetOutput(w) }
func Writer() io.Writer       { return std.Writer() }
func Flags() int              { return std.Flags() }
func SetFlags(flag int)       { std.SetFlags(flag) }
func Prefix() string          { return std.Prefix() }
func SetPrefix(prefix string) { std.SetPrefix(prefix) }

func Output(calldepth int, s string) error {
	return std.output(calldepth, func(b []byte) []byte { return append(b, s...) })
}

func Print(v ...any) {
	std.output(1, func(b []byte) []byte { return fmt.Append(b, v...) })
}

func Printf(format string, v ...any) {
	std.output(1, func(b []byte) []byte { return fmt.Appendf(b, format, v...) })
}

func Println(v ...any) {
	std.output(1, func(b []byte) []byte { return fmt.Appendln(b, v...) })
}

func Fatal(v ...any) {
	std.output(1, func(b []byte) []byte { return fmt.Append(b, v...) })
	os.Exit(1)
}

func Fatalf(format string, v ...any) {
	std.output(1, func(b []byte) []byte { return fmt.Appendf(b, format, v...) })
	os.Exit(1)
}

func Fatalln(v ...any) {
	std.output(1, func(b []byte) []byte { return fmt.Appendln(b, v...) })
	os.Exit(1)
}

func Panic(v ...any) {
	s := fmt.Sprint(v...)
	std.output(1, func(b []byte) []byte { return append(b, s...) })
	panic(s)
}

func Panicf(format string, v ...any) {
	s := fmt.Sprintf(format, v...)
	std.output(1, func(b []byte) []byte { return append(b, s...) })
	panic(s)
}

func Panicln(v ...any) {
	s := fmt.Sprintln(v...)
	std.output(1, func(b []byte) []byte { return append(b, s...) })
	panic(s)
}
