package slog

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
	"unsafe"
)

// A Value holds any Go value; the common small ones without allocation. The
// zero Value is nil.
type Value struct {
	_ [0]func() // values are compared with Equal, not ==
	// num holds numbers, the length of strings and groups, and times as
	// nanoseconds.
	num uint64
	// any tells the kind: it is a Kind for numbers, and for strings, groups
	// and times a pointer of a type of ours. Otherwise it is the value.
	any any
}

type (
	stringptr    *byte
	groupptr     *Attr
	timeLocation *time.Location // nil: the zero time
	timeTime     time.Time      // a time too far away for num

	// boxedKind is a value of type Kind, which is not to be taken for a tag.
	boxedKind Kind
)

// Kind is the kind of a Value.
type Kind int

const (
	KindAny Kind = iota
	KindBool
	KindDuration
	KindFloat64
	KindInt64
	KindString
	KindTime
	KindUint64
	KindGroup
	KindLogValuer
)

var kindNames = [...]string{"Any", "Bool", "Duration", "Float64", "Int64", "String", "Time", "Uint64", "Group", "LogValuer"}

func (k Kind) String() string {
	if k >= 0 && int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "<unknown slog.Kind>"
}

// Kind returns v's kind.
func (v Value) Kind() Kind {
	switch x := v.any.(type) {
	case Kind:
		return x
	case stringptr:
		return KindString
	case timeLocation, timeTime:
		return KindTime
	case groupptr:
		return KindGroup
	case LogValuer:
		return KindLogValuer
	}
	return KindAny
}

// StringValue returns a Value for a string.
func StringValue(value string) Value {
	return Value{num: uint64(len(value)), any: stringptr(unsafe.StringData(value))}
}

// IntValue returns a Value for an int.
func IntValue(v int) Value { return Int64Value(int64(v)) }

// Int64Value returns a Value for an int64.
func Int64Value(v int64) Value { return Value{num: uint64(v), any: KindInt64} }

// Uint64Value returns a Value for a uint64.
func Uint64Value(v uint64) Value { return Value{num: v, any: KindUint64} }

// Float64Value returns a Value for a floating-point number.
func Float64Value(v float64) Value { return Value{num: math.Float64bits(v), any: KindFloat64} }

// BoolValue returns a Value for a bool.
func BoolValue(v bool) Value {
	u := uint64(0)
	if v {
		u = 1
	}
	return Value{num: u, any: KindBool}
}

// TimeValue returns a Value for a time, without its monotonic part.
func TimeValue(v time.Time) Value {
	if v.IsZero() {
		return Value{any: timeLocation(nil)}
	}
	nsec := v.UnixNano()
	if v.Equal(time.Unix(0, nsec)) {
		return Value{num: uint64(nsec), any: timeLocation(v.Location())}
	}
	return Value{any: timeTime(v.Round(0))}
}

// DurationValue returns a Value for a duration.
func DurationValue(v time.Duration) Value { return Value{num: uint64(v), any: KindDuration} }

// GroupValue returns a Value for a list of attributes, which must not be
// changed afterwards. Empty groups in it are left out.
func GroupValue(as ...Attr) Value {
	if slices.ContainsFunc(as, isEmptyGroup) {
		kept := make([]Attr, 0, len(as))
		for _, a := range as {
			if !isEmptyGroup(a) {
				kept = append(kept, a)
			}
		}
		as = kept
	}
	return Value{num: uint64(len(as)), any: groupptr(unsafe.SliceData(as))}
}

func isEmptyGroup(a Attr) bool {
	_, ok := a.Value.any.(groupptr)
	return ok && a.Value.num == 0
}

// AnyValue returns a Value for any value. Strings, booleans, numbers, times
// and durations get their own kinds, if their types are the predeclared ones.
func AnyValue(v any) Value {
	switch v := v.(type) {
	case string:
		return StringValue(v)
	case int:
		return Int64Value(int64(v))
	case uint:
		return Uint64Value(uint64(v))
	case int64:
		return Int64Value(v)
	case uint64:
		return Uint64Value(v)
	case bool:
		return BoolValue(v)
	case time.Duration:
		return DurationValue(v)
	case time.Time:
		return TimeValue(v)
	case uint8:
		return Uint64Value(uint64(v))
	case uint16:
		return Uint64Value(uint64(v))
	case uint32:
		return Uint64Value(uint64(v))
	case uintptr:
		return Uint64Value(uint64(v))
	case int8:
		return Int64Value(int64(v))
	case int16:
		return Int64Value(int64(v))
	case int32:
		return Int64Value(int64(v))
	case float64:
		return Float64Value(v)
	case float32:
		return Float64Value(float64(v))
	case []Attr:
		return GroupValue(v...)
	case Kind:
		return Value{any: boxedKind(v)}
	case Value:
		return v
	}
	return Value{any: v}
}

// Any returns the value.
func (v Value) Any() any {
	switch v.Kind() {
	case KindAny:
		if k, ok := v.any.(boxedKind); ok {
			return Kind(k)
		}
		return v.any
	case KindInt64:
		return int64(v.num)
	case KindUint64:
		return v.num
	case KindFloat64:
		return v.float()
	case KindString:
		return v.str()
	case KindBool:
		return v.num == 1
	case KindDuration:
		return time.Duration(v.num)
	case KindTime:
		return v.time()
	case KindGroup:
		return v.group()
	}
	return v.any // a LogValuer
}

// String returns the value as fmt.Sprint would write it.
func (v Value) String() string {
	if v.Kind() == KindString {
		return v.str()
	}
	return string(v.append(nil))
}

// append appends what String returns.
func (v Value) append(b []byte) []byte {
	switch v.Kind() {
	case KindString:
		return append(b, v.str()...)
	case KindInt64:
		return strconv.AppendInt(b, int64(v.num), 10)
	case KindUint64:
		return strconv.AppendUint(b, v.num, 10)
	case KindFloat64:
		return strconv.AppendFloat(b, v.float(), 'g', -1, 64)
	case KindBool:
		return strconv.AppendBool(b, v.num == 1)
	case KindDuration:
		return append(b, time.Duration(v.num).String()...)
	case KindTime:
		return append(b, v.time().String()...)
	case KindGroup:
		return fmt.Append(b, v.group())
	}
	return fmt.Append(b, v.Any())
}

func (v Value) str() string {
	return unsafe.String((*byte)(v.any.(stringptr)), int(v.num))
}

func (v Value) float() float64 { return math.Float64frombits(v.num) }

func (v Value) time() time.Time {
	switch x := v.any.(type) {
	case timeLocation:
		if x == nil {
			return time.Time{}
		}
		return time.Unix(0, int64(v.num)).In((*time.Location)(x))
	case timeTime:
		return time.Time(x)
	}
	panic(fmt.Sprintf("bad time type %T", v.any))
}

func (v Value) group() []Attr {
	return unsafe.Slice((*Attr)(v.any.(groupptr)), int(v.num))
}

// want panics if v is not of kind k.
func (v Value) want(k Kind) {
	if got := v.Kind(); got != k {
		panic(fmt.Sprintf("Value kind is %s, not %s", got, k))
	}
}

// Int64 returns the value of kind KindInt64.
func (v Value) Int64() int64 {
	v.want(KindInt64)
	return int64(v.num)
}

// Uint64 returns the value of kind KindUint64.
func (v Value) Uint64() uint64 {
	v.want(KindUint64)
	return v.num
}

// Bool returns the value of kind KindBool.
func (v Value) Bool() bool {
	v.want(KindBool)
	return v.num == 1
}

// Duration returns the value of kind KindDuration.
func (v Value) Duration() time.Duration {
	v.want(KindDuration)
	return time.Duration(v.num)
}

// Float64 returns the value of kind KindFloat64.
func (v Value) Float64() float64 {
	v.want(KindFloat64)
	return v.float()
}

// Time returns the value of kind KindTime.
func (v Value) Time() time.Time {
	v.want(KindTime)
	return v.time()
}

// LogValuer returns the value of kind KindLogValuer.
func (v Value) LogValuer() LogValuer { return v.any.(LogValuer) }

// Group returns the value of kind KindGroup.
func (v Value) Group() []Attr {
	if _, ok := v.any.(groupptr); !ok {
		panic("Group: bad kind")
	}
	return v.group()
}

// Equal reports whether v and w are the same Go value.
func (v Value) Equal(w Value) bool {
	k := v.Kind()
	if k != w.Kind() {
		return false
	}
	switch k {
	case KindInt64, KindUint64, KindBool, KindDuration:
		return v.num == w.num
	case KindString:
		return v.str() == w.str()
	case KindFloat64:
		return v.float() == w.float()
	case KindTime:
		return v.time().Equal(w.time())
	case KindGroup:
		return slices.EqualFunc(v.group(), w.group(), Attr.Equal)
	}
	return v.any == w.any // may panic
}

func (v Value) isZero() bool { return v.num == 0 && v.any == nil }

// A LogValuer turns itself into a Value for logging, so that costly work is
// done only when needed.
type LogValuer interface {
	LogValue() Value
}

// maxLogValues is how often Resolve calls LogValue: a type that returns itself
// would go on for ever.
const maxLogValues = 100

// Resolve calls LogValue as long as the value is a LogValuer. A panic of that
// method becomes an error as value.
func (v Value) Resolve() (rv Value) {
	orig := v
	defer func() {
		if r := recover(); r != nil {
			rv = AnyValue(fmt.Errorf("LogValue panicked\n%s", stack()))
		}
	}()
	for range maxLogValues {
		if v.Kind() != KindLogValuer {
			return v
		}
		v = v.LogValuer().LogValue()
	}
	return AnyValue(fmt.Errorf("LogValue called too many times on Value of type %T", orig.Any()))
}

// stack describes the calls that led to a panic of LogValue.
func stack() string {
	var pcs [5]uintptr
	n := runtime.Callers(4, pcs[:])
	if n == 0 {
		return "(no stack)"
	}
	var b strings.Builder
	frames := runtime.CallersFrames(pcs[:n])
	for i := 0; ; i++ {
		f, more := frames.Next()
		fmt.Fprintf(&b, "called from %s (%s:%d)\n", f.Function, f.File, f.Line)
		if !more {
			break
		}
		if i >= len(pcs)-1 {
			b.WriteString("(rest of stack elided)\n")
			break
		}
	}
	return b.String()
}
