package zip

import (
	"compress/flate"
	"errors"
	"io"
	"sync"
)

// A Compressor returns a writer that compresses to w; its Close writes what is left.
// Several goroutines may call it at once.
type Compressor func(w io.Writer) (io.WriteCloser, error)

// A Decompressor returns a reader of the data that r has in compressed form; its Close
// gives back what it holds.  Several goroutines may call it at once.
type Decompressor func(r io.Reader) io.ReadCloser

var flateWriters sync.Pool

// A pooledWriter gives its compressor back when it is closed.
type pooledWriter struct {
	mu sync.Mutex
	fw *flate.Writer
}

func newFlateWriter(w io.Writer) io.WriteCloser {
	fw, ok := flateWriters.Get().(*flate.Writer)
	if ok {
		fw.Reset(w)
	} else {
		fw, _ = flate.NewWriter(w, 5)
	}
	return &pooledWriter{fw: fw}
}

func (w *pooledWriter) Write(p []byte) (n int, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.fw == nil {
		return 0, errors.New("Write after Close")
	}
	return w.fw.Write(p)
}

func (w *pooledWriter) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	var err error
	if w.fw != nil {
		err = w.fw.Close()
		flateWriters.Put(w.fw)
		w.fw = nil
	}
	return err
}

var flateReaders sync.Pool

// A pooledReader gives its decompressor back when it is closed.
type pooledReader struct {
	mu sync.Mutex
	fr io.ReadCloser
}

func newFlateReader(r io.Reader) io.ReadCloser {
	fr, ok := flateReaders.Get().(io.ReadCloser)
	if ok {
		fr.(flate.Resetter).Reset(r, nil)
	} else {
		fr = flate.NewReader(r)
	}
	return &pooledReader{fr: fr}
}

func (r *pooledReader) Read(p []byte) (n int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fr == nil {
		return 0, errors.New("Read after Close")
	}
	return r.fr.Read(p)
}

func (r *pooledReader) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var err error
	if r.fr != nil {
		err = r.fr.Close()
		flateReaders.Put(r.fr)
		r.fr = nil
	}
	return err
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

var compressors, decompressors sync.Map // by method

func init() {
	compressors.Store(Store, Compressor(func(w io.Writer) (io.WriteCloser, error) { return &nopCloser{w}, nil }))
	compressors.Store(Deflate, Compressor(func(w io.Writer) (io.WriteCloser, error) { return newFlateWriter(w), nil }))
	decompressors.Store(Store, Decompressor(io.NopCloser))
	decompressors.Store(Deflate, Decompressor(newFlateReader))
}

// RegisterDecompressor makes dcomp known for a method, which must not be known yet.
func RegisterDecompressor(method uint16, dcomp Decompressor) {
	if _, dup := decompressors.LoadOrStore(method, dcomp); dup {
		panic("decompressor already registered")
	}
}

// RegisterCompressor makes comp known for a method, which must not be known yet.
func RegisterCompressor(method uint16, comp Compressor) {
	if _, dup := compressors.LoadOrStore(method, comp); dup {
		panic("compressor already registered")
	}
}

func compressor(method uint16) Compressor {
	c, _ := compressors.Load(method)
	f, _ := c.(Compressor)
	return f
}

func decompressor(method uint16) Decompressor {
	d, _ := decompressors.Load(method)
	f, _ := d.(Decompressor)
	return f
}
