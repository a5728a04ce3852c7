package io

// Readers one after the other, and writers side by side.

// MultiReader returns a reader of all readers, one after the other.  It ends
// with EOF when they all have; another error is returned as it comes.
func MultiReader(readers ...Reader) Reader {
	r := make([]Reader, len(readers))
	copy(r, readers)
	return &multiReader{r}
}

type multiReader struct{ readers []Reader }

func (m *multiReader) Read(p []byte) (n int, err error) {
	for len(m.readers) > 0 {
		// A single reader that is itself a chain is replaced by its parts: long
		// chains built one link at a time would nest as deep.
		if len(m.readers) == 1 {
			if inner, ok := m.readers[0].(*multiReader); ok {
				m.readers = inner.readers
				continue
			}
		}
		n, err = m.readers[0].Read(p)
		if err == EOF {
			m.readers[0] = ended{} // the caller of MultiReader may share the array: let go of the reader
			m.readers = m.readers[1:]
		}
		if n > 0 || err != EOF {
			if err == EOF && len(m.readers) > 0 {
				err = nil
			}
			return n, err
		}
	}
	return 0, EOF
}

// ended stands in for a reader that has been read to its end, so that the
// latter can be collected.
type ended struct{}

func (ended) Read([]byte) (int, error) { return 0, EOF }

func (m *multiReader) WriteTo(w Writer) (sum int64, err error) {
	return m.writeTo(w, make([]byte, copyBufferSize))
}

// writeTo passes one buffer down through chains within chains.
func (m *multiReader) writeTo(w Writer, buf []byte) (sum int64, err error) {
	for i, r := range m.readers {
		var n int64
		if inner, ok := r.(*multiReader); ok {
			n, err = inner.writeTo(w, buf)
		} else {
			n, err = copyThrough(w, r, buf)
		}
		sum += n
		if err != nil {
			m.readers = m.readers[i:] // go on here after an error
			return sum, err
		}
		m.readers[i] = nil
	}
	m.readers = nil
	return sum, nil
}

// MultiWriter returns a writer that writes everything to each of writers, in
// turn.  The first error ends the write and is returned.
func MultiWriter(writers ...Writer) Writer {
	all := make([]Writer, 0, len(writers))
	for _, w := range writers {
		if m, ok := w.(*multiWriter); ok {
			all = append(all, m.writers...)
		} else {
			all = append(all, w)
		}
	}
	return &multiWriter{all}
}

type multiWriter struct{ writers []Writer }

func (m *multiWriter) Write(p []byte) (n int, err error) {
	for _, w := range m.writers {
		n, err = w.Write(p)
		if err != nil {
			return n, err
		}
		if n != len(p) {
			return n, ErrShortWrite
		}
	}
	return len(p), nil
}

func (m *multiWriter) WriteString(s string) (n int, err error) {
	var p []byte // made only if a writer needs it
	for _, w := range m.writers {
		if sw, ok := w.(StringWriter); ok {
			n, err = sw.WriteString(s)
		} else {
			if p == nil {
				p = []byte(s)
			}
			n, err = w.Write(p)
		}
		if err != nil {
			return n, err
		}
		if n != len(s) {
			return n, ErrShortWrite
		}
	}
	return len(s), nil
}
