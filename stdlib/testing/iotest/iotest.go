// Package iotest has readers and writers that behave in unusual but allowed ways, and a test of readers.
package iotest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
)

// ErrTimeout is what TimeoutReader fails with.
var ErrTimeout = errors.New("timeout")

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// OneByteReader gives one byte of r at a time.
func OneByteReader(r io.Reader) io.Reader {
	return readerFunc(func(p []byte) (int, error) {
		if len(p) == 0 {
			return 0, nil
		}
		return r.Read(p[:1])
	})
}

// HalfReader gives half of what it is asked for, rounded up.
func HalfReader(r io.Reader) io.Reader {
	return readerFunc(func(p []byte) (int, error) { return r.Read(p[:(len(p)+1)/2]) })
}

// DataErrReader gives the error that ends r together with the last bytes, not after them.
func DataErrReader(r io.Reader) io.Reader {
	buf := make([]byte, 1024)
	var held []byte // read ahead
	var err error
	return readerFunc(func(p []byte) (n int, _ error) {
		for err == nil && n == 0 {
			n = copy(p, held)
			held = held[n:]
			if len(held) > 0 {
				break
			}
			// All is given: is there more, or is that the end?
			var got int
			got, err = r.Read(buf)
			held = buf[:got]
			if n > 0 || len(p) == 0 {
				break
			}
		}
		if n == 0 {
			n = copy(p, held)
			held = held[n:]
		}
		if len(held) > 0 {
			return n, nil
		}
		return n, err
	})
}

// TimeoutReader fails once, with ErrTimeout, in the second read.
func TimeoutReader(r io.Reader) io.Reader {
	reads := 0
	return readerFunc(func(p []byte) (int, error) {
		reads++
		if reads == 2 {
			return 0, ErrTimeout
		}
		return r.Read(p)
	})
}

// ErrReader fails always, with err.
func ErrReader(err error) io.Reader {
	return readerFunc(func([]byte) (int, error) { return 0, err })
}

// TruncateWriter writes the first n bytes to w and drops the others silently.
func TruncateWriter(w io.Writer, n int64) io.Writer {
	return writerFunc(func(p []byte) (int, error) {
		if n <= 0 {
			return len(p), nil
		}
		part := p
		if int64(len(part)) > n {
			part = part[:n]
		}
		written, err := w.Write(part)
		n -= int64(written)
		if err == nil {
			written = len(p)
		}
		return written, err
	})
}

// NewReadLogger logs each read of r.
func NewReadLogger(prefix string, r io.Reader) io.Reader {
	return readerFunc(func(p []byte) (n int, err error) {
		n, err = r.Read(p)
		logTransfer(prefix, p[:n], err)
		return
	})
}

// NewWriteLogger logs each write to w.
func NewWriteLogger(prefix string, w io.Writer) io.Writer {
	return writerFunc(func(p []byte) (n int, err error) {
		n, err = w.Write(p)
		logTransfer(prefix, p[:n], err)
		return
	})
}

func logTransfer(prefix string, p []byte, err error) {
	if err != nil {
		log.Printf("%s %x: %v", prefix, p, err)
	} else {
		log.Printf("%s %x", prefix, p)
	}
}

// smallReader reads little at a time, of different lengths, and notes what is wrong.
type smallReader struct {
	r   io.Reader
	off int
	n   int
}

func (s *smallReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	s.n = s.n%3 + 1
	want := min(s.n, len(p))
	n, err := s.r.Read(p[:want])
	if n < 0 || n > want {
		return 0, fmt.Errorf("Read(%d at offset %d) = %d, %v, wanted 0 <= n <= %d", want, s.off, n, err, want)
	}
	if err != nil && err != io.EOF {
		err = fmt.Errorf("Read(%d at offset %d): %w", want, s.off, err)
	}
	s.off += n
	return n, err
}

// TestReader checks that r gives content, however it is read; also its ReadAt and Seek if it has them.
func TestReader(r io.Reader, content []byte) error {
	if len(content) > 0 {
		n, err := r.Read(nil)
		if n != 0 || err != nil {
			return fmt.Errorf("Read(0) = %d, %v, want 0, nil", n, err)
		}
	}
	data, err := io.ReadAll(&smallReader{r: r})
	if err != nil {
		return err
	}
	if !bytes.Equal(data, content) {
		return fmt.Errorf("ReadAll(small amounts) = %q\n\twant %q", data, content)
	}
	if n, err := r.Read(make([]byte, 10)); n != 0 || err != io.EOF {
		return fmt.Errorf("Read(10) at EOF = %v, %v, want 0, EOF", n, err)
	}
	if s, ok := r.(io.ReadSeeker); ok {
		if err := testSeek(s, content); err != nil {
			return err
		}
	}
	if a, ok := r.(io.ReaderAt); ok {
		return testReadAt(a, content)
	}
	return nil
}

func testSeek(r io.ReadSeeker, content []byte) error {
	seek := func(off int64, whence int, name string, want int64) error {
		at, err := r.Seek(off, whence)
		if at != want || err != nil {
			return fmt.Errorf("Seek(%d, %d) %s= %d, %v, want %d, nil", off, whence, name, at, err, want)
		}
		return nil
	}
	size := int64(len(content))
	// Where we are without moving, to the beginning, and to the end in each of the ways.
	if err := seek(0, io.SeekCurrent, "from EOF ", size); err != nil {
		return err
	}
	if err := seek(0, io.SeekStart, "from EOF ", 0); err != nil {
		return err
	}
	if err := expectRest(r, content, "Seek(0, 0)", content); err != nil {
		return err
	}
	third := size / 3
	for _, step := range []struct {
		off    int64
		whence int
		at     int64
	}{
		{-size / 3, io.SeekEnd, size - size/3},
		{third, io.SeekStart, third},
		{0, io.SeekCurrent, third},
		{third, io.SeekCurrent, 2 * third},
	} {
		if err := seek(step.off, step.whence, "", step.at); err != nil {
			return err
		}
	}
	if err := expectRest(r, content[2*third:], "Seek to the middle", content); err != nil {
		return err
	}
	// Before the beginning is nowhere.
	if at, err := r.Seek(-1, io.SeekStart); err == nil {
		return fmt.Errorf("Seek(-1, 0) = %d, nil, want error", at)
	}
	if at, err := r.Seek(1<<33, io.SeekEnd); err == nil {
		if n, err := r.Read(make([]byte, 10)); n != 0 || err != io.EOF {
			return fmt.Errorf("Seek(1<<33, 2) = %d, nil, then Read(10) = %d, %v, want 0, EOF", at, n, err)
		}
	}
	return seek(0, io.SeekStart, "", 0)
}

func expectRest(r io.Reader, want []byte, after string, _ []byte) error {
	data, err := io.ReadAll(&smallReader{r: r})
	if err != nil {
		return fmt.Errorf("%s: ReadAll: %w", after, err)
	}
	if !bytes.Equal(data, want) {
		return fmt.Errorf("%s then ReadAll = %q\n\twant %q", after, data, want)
	}
	return nil
}

func testReadAt(r io.ReaderAt, content []byte) error {
	buf := make([]byte, len(content), len(content)+1)
	check := func(n int, off int64, want []byte, wantEOF, mayEOF bool) error {
		p := buf[:n]
		for i := range p {
			p[i] = 0xfe
		}
		got, err := r.ReadAt(p, off)
		name := fmt.Sprintf("ReadAt(%d, %d)", n, off)
		switch {
		case wantEOF && (got != len(want) || err != io.EOF):
			return fmt.Errorf("%s = %v, %v, want %d, EOF", name, got, err, len(want))
		case !wantEOF && got != len(want), !wantEOF && err != nil && !(mayEOF && err == io.EOF):
			return fmt.Errorf("%s = %v, %v, want %d, nil", name, got, err, len(want))
		case !bytes.Equal(p[:got], want):
			return fmt.Errorf("%s = %q\n\twant %q", name, p[:got], want)
		}
		return nil
	}
	size := len(content)
	if got, err := r.ReadAt(nil, int64(size)); got != 0 || err != nil && err != io.EOF {
		return fmt.Errorf("ReadAt(0, %d) = %v, %v, want 0, nil or EOF", size, got, err)
	}
	if got, err := r.ReadAt(make([]byte, 10), -1); err == nil {
		return fmt.Errorf("ReadAt(10, -1) = %v, nil, want error", got)
	}
	if err := check(size, 0, content, false, true); err != nil {
		return err
	}
	if size > 0 {
		if err := check(size, 1, content[1:], true, true); err != nil {
			return err
		}
		if err := check(size/2, int64(size)/3, content[size/3:min(size, size/3+size/2)], false, true); err != nil {
			return err
		}
	}
	for off := range size {
		if err := check(1, int64(off), content[off:off+1], false, off == size-1); err != nil {
			return err
		}
	}
	// More than was asked for is not to be touched.
	p := buf[:cap(buf)]
	if len(p) > size && size > 0 {
		p[size] = 0xfd
		if _, err := r.ReadAt(p[:size], 0); err != nil && err != io.EOF {
			return fmt.Errorf("ReadAt(%d, 0): %w", size, err)
		}
		if p[size] != 0xfd {
			return fmt.Errorf("ReadAt(%d, 0) wrote past the end of its buffer", size)
		}
	}
	return nil
}
