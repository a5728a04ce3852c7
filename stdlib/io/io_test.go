package io_test

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestPipe(t *testing.T) {
	r, w := io.Pipe()
	done := make(chan error)
	go func() {
		n, err := w.Write([]byte("hello"))
		if n != 5 || err != nil {
			t.Errorf("Write: %d, %v", n, err)
		}
		done <- w.CloseWithError(errors.New("over"))
	}()
	buf := make([]byte, 2)
	var got []byte
	var err error
	for err == nil {
		var n int
		n, err = r.Read(buf)
		got = append(got, buf[:n]...)
	}
	if string(got) != "hello" || err.Error() != "over" {
		t.Errorf("%q, %v", got, err)
	}
	<-done
	if _, err := w.Write(nil); err != io.ErrClosedPipe {
		t.Error(err)
	}
}

func TestPipeReaderCloses(t *testing.T) {
	r, w := io.Pipe()
	done := make(chan struct{})
	go func() {
		n, err := w.Write(make([]byte, 10))
		if n != 4 || err == nil || err.Error() != "enough" {
			t.Errorf("%d, %v", n, err)
		}
		close(done)
	}()
	io.ReadFull(r, make([]byte, 4))
	r.CloseWithError(errors.New("enough"))
	<-done
}

func TestReadAtLeast(t *testing.T) {
	for _, c := range []struct {
		s   string
		min int
		n   int
		err error
	}{
		{"abcdef", 4, 4, nil},
		{"ab", 4, 2, io.ErrUnexpectedEOF},
		{"", 1, 0, io.EOF},
		{"", 0, 0, nil},
		{"abc", 5, 0, io.ErrShortBuffer},
	} {
		n, err := io.ReadAtLeast(strings.NewReader(c.s), make([]byte, 4), c.min)
		if n != c.n || err != c.err {
			t.Errorf("%q, %d: %d, %v", c.s, c.min, n, err)
		}
	}
}

func TestSectionReader(t *testing.T) {
	s := io.NewSectionReader(strings.NewReader("0123456789"), 2, 5)
	if all, err := io.ReadAll(s); string(all) != "23456" || err != nil {
		t.Errorf("%q, %v", all, err)
	}
	if n, err := s.ReadAt(make([]byte, 3), 3); n != 2 || err != io.EOF {
		t.Error(n, err)
	}
	if at, err := s.Seek(-1, io.SeekEnd); at != 4 || err != nil {
		t.Error(at, err)
	}
	if _, err := s.Seek(-6, io.SeekEnd); err == nil {
		t.Error("sought before the start")
	}
}

func TestMulti(t *testing.T) {
	r := io.MultiReader(strings.NewReader("ab"), strings.NewReader(""), io.LimitReader(strings.NewReader("cdef"), 2))
	var a, b strings.Builder
	n, err := io.Copy(io.MultiWriter(&a, &b), io.TeeReader(r, io.Discard))
	if n != 4 || err != nil || a.String() != "abcd" || b.String() != "abcd" {
		t.Error(n, err, a.String(), b.String())
	}
}
