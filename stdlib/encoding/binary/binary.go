package binary

import (
	"errors"
	"io"
	"math"
	"reflect"
	"slices"
	"sync"
)

var errBufferTooSmall = errors.New("buffer too small")

// Size returns how many bytes v takes: a value of fixed size, a slice of such
// values, or a pointer to one of these.  Otherwise it returns -1.
func Size(v any) int { return dataSize(reflect.Indirect(reflect.ValueOf(v))) }

// dataSize is Size without pointers.
func dataSize(v reflect.Value) int {
	if v.Kind() == reflect.Slice {
		if n := topSize(v.Type().Elem()); n >= 0 {
			return n * v.Len()
		}
		return -1
	}
	if !v.IsValid() {
		return -1
	}
	return topSize(v.Type())
}

// structSize has the sizes of structs already seen: typeSize visits all fields.
var structSize sync.Map // reflect.Type to int

// topSize is typeSize with structSize.
func topSize(t reflect.Type) int {
	if t.Kind() != reflect.Struct {
		return typeSize(t)
	}
	if n, ok := structSize.Load(t); ok {
		return n.(int)
	}
	n := typeSize(t)
	structSize.Store(t, n)
	return n
}

// typeSize returns the size of a type of fixed size, or -1.
func typeSize(t reflect.Type) int {
	switch t.Kind() {
	case reflect.Bool, reflect.Int8, reflect.Uint8:
		return 1
	case reflect.Int16, reflect.Uint16:
		return 2
	case reflect.Int32, reflect.Uint32, reflect.Float32:
		return 4
	case reflect.Int64, reflect.Uint64, reflect.Float64, reflect.Complex64:
		return 8
	case reflect.Complex128:
		return 16
	case reflect.Array:
		if n := typeSize(t.Elem()); n >= 0 {
			return n * t.Len()
		}
	case reflect.Struct:
		sum := 0
		for i := range t.NumField() {
			n := typeSize(t.Field(i).Type)
			if n < 0 {
				return -1
			}
			sum += n
		}
		return sum
	}
	return -1
}

// target returns what data, a pointer or a slice, lets one decode into, and
// its size, -1 if it does not.
func target(data any) (v reflect.Value, size int) {
	v = reflect.ValueOf(data)
	switch v.Kind() {
	case reflect.Pointer:
		v = v.Elem()
		return v, dataSize(v)
	case reflect.Slice:
		return v, dataSize(v)
	}
	return v, -1
}

// Read reads data from r: a pointer to a value of fixed size or a slice of
// such values.  Booleans are true unless 0.  Fields with the name _ are skipped.
// The error is EOF only if there was nothing to read.
func Read(r io.Reader, order ByteOrder, data any) error {
	v, size := target(data)
	if size < 0 {
		return errors.New("binary.Read: invalid type " + reflect.TypeOf(data).String())
	}
	buf := make([]byte, size)
	if _, err := io.ReadFull(r, buf); err != nil {
		return err
	}
	d := decoder{order, buf}
	d.value(v)
	return nil
}

// Decode is [Read] from buf; it returns how many bytes it took.
func Decode(buf []byte, order ByteOrder, data any) (int, error) {
	v, size := target(data)
	if size < 0 {
		return 0, errors.New("binary.Decode: invalid type " + reflect.TypeOf(data).String())
	}
	if len(buf) < size {
		return 0, errBufferTooSmall
	}
	d := decoder{order, buf[:size]}
	d.value(v)
	return size, nil
}

// Write writes data to w: a value of fixed size, a slice of such values, or a
// pointer to one of these.  Booleans are 1 or 0, fields with the name _ zeros.
func Write(w io.Writer, order ByteOrder, data any) error {
	v := reflect.Indirect(reflect.ValueOf(data))
	size := dataSize(v)
	if size < 0 {
		return errors.New("binary.Write: some values are not fixed-sized in type " + reflect.TypeOf(data).String())
	}
	buf := make([]byte, size)
	e := encoder{order, buf}
	e.value(v)
	_, err := w.Write(buf)
	return err
}

// Encode is [Write] to buf; it returns how many bytes it wrote.
func Encode(buf []byte, order ByteOrder, data any) (int, error) {
	v := reflect.Indirect(reflect.ValueOf(data))
	size := dataSize(v)
	if size < 0 {
		return 0, errors.New("binary.Encode: some values are not fixed-sized in type " + reflect.TypeOf(data).String())
	}
	if len(buf) < size {
		return 0, errBufferTooSmall
	}
	e := encoder{order, buf[:size]}
	e.value(v)
	return size, nil
}

// Append is [Write] to the end of buf.
func Append(buf []byte, order ByteOrder, data any) ([]byte, error) {
	v := reflect.Indirect(reflect.ValueOf(data))
	size := dataSize(v)
	if size < 0 {
		return nil, errors.New("binary.Append: some values are not fixed-sized in type " + reflect.TypeOf(data).String())
	}
	buf = slices.Grow(buf, size)
	e := encoder{order, buf[len(buf):][:size]}
	e.value(v)
	return buf[:len(buf)+size], nil
}

// decoder takes values from the front of buf.
type decoder struct {
	order ByteOrder
	buf   []byte
}

func (d *decoder) next(n int) []byte {
	b := d.buf[:n]
	d.buf = d.buf[n:]
	return b
}

// uint returns the next number of n bytes.
func (d *decoder) uint(n int) uint64 {
	b := d.next(n)
	switch n {
	case 1:
		return uint64(b[0])
	case 2:
		return uint64(d.order.Uint16(b))
	case 4:
		return uint64(d.order.Uint32(b))
	}
	return d.order.Uint64(b)
}

func (d *decoder) float32() float64 { return float64(math.Float32frombits(uint32(d.uint(4)))) }
func (d *decoder) float64() float64 { return math.Float64frombits(d.uint(8)) }

func (d *decoder) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 {
			copy(v.Bytes(), d.next(v.Len()))
			return
		}
		for i := range v.Len() {
			d.value(v.Index(i))
		}
	case reflect.Struct:
		t := v.Type()
		for i := range v.NumField() {
			if t.Field(i).Name == "_" {
				d.next(typeSize(t.Field(i).Type))
			} else {
				d.value(v.Field(i))
			}
		}
	case reflect.Bool:
		v.SetBool(d.uint(1) != 0)
	case reflect.Int8:
		v.SetInt(int64(int8(d.uint(1))))
	case reflect.Int16:
		v.SetInt(int64(int16(d.uint(2))))
	case reflect.Int32:
		v.SetInt(int64(int32(d.uint(4))))
	case reflect.Int64:
		v.SetInt(int64(d.uint(8)))
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(d.uint(int(v.Type().Size())))
	case reflect.Float32:
		v.SetFloat(d.float32())
	case reflect.Float64:
		v.SetFloat(d.float64())
	case reflect.Complex64:
		re := d.float32()
		v.SetComplex(complex(re, d.float32()))
	case reflect.Complex128:
		re := d.float64()
		v.SetComplex(complex(re, d.float64()))
	}
}

// encoder puts values at the front of buf.
type encoder struct {
	order ByteOrder
	buf   []byte
}

func (e *encoder) next(n int) []byte {
	b := e.buf[:n]
	e.buf = e.buf[n:]
	return b
}

// uint puts a number of n bytes.
func (e *encoder) uint(x uint64, n int) {
	b := e.next(n)
	switch n {
	case 1:
		b[0] = byte(x)
	case 2:
		e.order.PutUint16(b, uint16(x))
	case 4:
		e.order.PutUint32(b, uint32(x))
	default:
		e.order.PutUint64(b, x)
	}
}

func (e *encoder) float(f float64, n int) {
	if n == 4 {
		e.uint(uint64(math.Float32bits(float32(f))), 4)
	} else {
		e.uint(math.Float64bits(f), 8)
	}
}

func (e *encoder) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 {
			copy(e.next(v.Len()), v.Bytes())
			return
		}
		for i := range v.Len() {
			e.value(v.Index(i))
		}
	case reflect.Struct:
		t := v.Type()
		for i := range v.NumField() {
			if t.Field(i).Name == "_" {
				clear(e.next(typeSize(t.Field(i).Type)))
			} else {
				e.value(v.Field(i))
			}
		}
	case reflect.Bool:
		x := uint64(0)
		if v.Bool() {
			x = 1
		}
		e.uint(x, 1)
	case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		e.uint(uint64(v.Int()), int(v.Type().Size()))
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		e.uint(v.Uint(), int(v.Type().Size()))
	case reflect.Float32, reflect.Float64:
		e.float(v.Float(), int(v.Type().Size()))
	case reflect.Complex64, reflect.Complex128:
		n := int(v.Type().Size()) / 2
		c := v.Complex()
		e.float(real(c), n)
		e.float(imag(c), n)
	}
}
