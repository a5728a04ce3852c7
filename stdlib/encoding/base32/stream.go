package base32

import "io"

// NewEncoder returns a writer that writes the encoding of its input to w.  Close writes the last, incomplete group.
func NewEncoder(enc *Encoding, w io.Writer) io.WriteCloser { return &encoder{enc: enc, w: w} }

type encoder struct {
	enc *Encoding
	w   io.Writer
	err error
	in  [5]byte // an incomplete group
	n   int
	out [1024]byte
}

func (e *encoder) Write(p []byte) (n int, err error) {
	if e.err != nil {
		return 0, e.err
	}
	if e.n > 0 {
		m := copy(e.in[e.n:], p)
		e.n += m
		n += m
		p = p[m:]
		if e.n < 5 {
			return n, nil
		}
		e.enc.Encode(e.out[:], e.in[:])
		if _, e.err = e.w.Write(e.out[:8]); e.err != nil {
			return n, e.err
		}
		e.n = 0
	}
	for len(p) >= 5 {
		m := min(len(p)-len(p)%5, len(e.out)/8*5)
		e.enc.Encode(e.out[:], p[:m])
		if _, e.err = e.w.Write(e.out[:m/5*8]); e.err != nil {
			return n, e.err
		}
		n += m
		p = p[m:]
	}
	e.n = copy(e.in[:], p)
	return n + e.n, nil
}

func (e *encoder) Close() error {
	if e.err == nil && e.n > 0 {
		e.enc.Encode(e.out[:], e.in[:e.n])
		_, e.err = e.w.Write(e.out[:e.enc.EncodedLen(e.n)])
		e.n = 0
	}
	return e.err
}

// NewDecoder returns a reader of what r encodes.
func NewDecoder(enc *Encoding, r io.Reader) io.Reader { return &decoder{enc: enc, r: r} }

type decoder struct {
	enc *Encoding
	r   io.Reader
	err error // for when out is empty
	in  []byte
	out []byte // decoded, not read yet
	buf [1024]byte
	dec [1024 / 8 * 5]byte
	end bool // there was an incomplete group
	pos int  // characters decoded before, for errors without padding
}

func (d *decoder) Read(p []byte) (n int, err error) {
	for {
		m := copy(p[n:], d.out)
		n += m
		d.out = d.out[m:]
		switch {
		case len(d.out) > 0:
			return n, nil
		case d.err != nil:
			return n, d.err
		case n > 0 && (len(d.in) == 0 || d.enc.pad != NoPadding):
			return n, nil
		}
		// Without padding, characters of an incomplete group may be the last.
		d.fill()
	}
}

// fill decodes what can be had, or sets d.err.
func (d *decoder) fill() {
	var readErr error
	in := d.buf[:copy(d.buf[:], d.in)]
	for len(in) < 8 && readErr == nil {
		var n int
		part := d.buf[len(in):]
		n, readErr = d.r.Read(part)
		in = d.buf[:len(in)+withoutNewlines(part, part[:n])]
	}
	whole := len(in) / 8 * 8
	if readErr != nil && d.enc.pad == NoPadding {
		whole = len(in)
	}
	if whole == 0 {
		d.err = readErr
		if readErr == io.EOF && len(in) > 0 {
			d.err = io.ErrUnexpectedEOF
		}
		return
	}
	if d.end {
		d.err = CorruptInputError(0) // behind the end
		return
	}
	n, end, err := d.enc.decode(d.dec[:], in[:whole])
	if d.enc.pad == NoPadding {
		if at, ok := err.(CorruptInputError); ok {
			err = at + CorruptInputError(d.pos)
		}
		d.pos += whole
	}
	if err != nil && readErr != nil && readErr != io.EOF {
		err = readErr
	}
	d.out, d.end, d.err = d.dec[:n], end, err
	d.in = in[whole:]
	if d.err == nil && readErr != nil {
		switch {
		case len(d.in) == 0 || readErr != io.EOF:
			d.err = readErr
		case readErr == io.EOF:
			d.err = io.ErrUnexpectedEOF
		}
	}
}
