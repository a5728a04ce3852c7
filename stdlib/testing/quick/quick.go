// Package quick looks for inputs for which a property does not hold, by trying arbitrary ones.
package quick

import (
	"flag"
	"fmt"
	"math"
	"math/rand"
	"reflect"
	"strings"
	"time"
)

var defaultMaxCount = flag.Int("quickchecks", 100, "The default number of iterations for each check")

// Generator is a type that makes arbitrary values of itself; size bounds how large they are.
type Generator interface {
	Generate(rand *rand.Rand, size int) reflect.Value
}

func randFloat32(rand *rand.Rand) float32 {
	f := rand.Float64() * math.MaxFloat32
	if rand.Int()&1 == 1 {
		f = -f
	}
	return float32(f)
}

func randFloat64(rand *rand.Rand) float64 {
	f := rand.Float64() * math.MaxFloat64
	if rand.Int()&1 == 1 {
		f = -f
	}
	return f
}

func randInt64(rand *rand.Rand) int64 { return int64(rand.Uint64()) }

// complexSize is the default size of what is made of several parts.
const complexSize = 50

// Value makes an arbitrary value of a type, if it can.
func Value(t reflect.Type, rand *rand.Rand) (value reflect.Value, ok bool) {
	return sized(t, rand, complexSize)
}

func sized(t reflect.Type, rand *rand.Rand, size int) (value reflect.Value, ok bool) {
	if m, ok := reflect.Zero(t).Interface().(Generator); ok {
		return m.Generate(rand, size), true
	}
	v := reflect.New(t).Elem()
	switch t.Kind() {
	case reflect.Bool:
		v.SetBool(rand.Int()&1 == 0)
	case reflect.Float32:
		v.SetFloat(float64(randFloat32(rand)))
	case reflect.Float64:
		v.SetFloat(randFloat64(rand))
	case reflect.Complex64:
		v.SetComplex(complex(float64(randFloat32(rand)), float64(randFloat32(rand))))
	case reflect.Complex128:
		v.SetComplex(complex(randFloat64(rand), randFloat64(rand)))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(randInt64(rand))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		v.SetUint(uint64(randInt64(rand)))
	case reflect.Map:
		n := rand.Intn(size)
		v.Set(reflect.MakeMap(t))
		for range n {
			key, ok1 := sized(t.Key(), rand, size)
			elem, ok2 := sized(t.Elem(), rand, size)
			if !ok1 || !ok2 {
				return reflect.Value{}, false
			}
			v.SetMapIndex(key, elem)
		}
	case reflect.Pointer:
		if rand.Intn(size) == 0 {
			v.SetZero()
			break
		}
		elem, ok := sized(t.Elem(), rand, size)
		if !ok {
			return reflect.Value{}, false
		}
		v.Set(reflect.New(t.Elem()))
		v.Elem().Set(elem)
	case reflect.Slice:
		n := rand.Intn(size)
		left := size - n
		v.Set(reflect.MakeSlice(t, n, n))
		for i := range n {
			elem, ok := sized(t.Elem(), rand, left)
			if !ok {
				return reflect.Value{}, false
			}
			v.Index(i).Set(elem)
		}
	case reflect.Array:
		for i := range v.Len() {
			elem, ok := sized(t.Elem(), rand, size)
			if !ok {
				return reflect.Value{}, false
			}
			v.Index(i).Set(elem)
		}
	case reflect.String:
		n := rand.Intn(complexSize)
		runes := make([]rune, n)
		for i := range runes {
			runes[i] = rune(rand.Intn(0x10ffff))
		}
		v.SetString(string(runes))
	case reflect.Struct:
		n := v.NumField()
		// The size is shared among the fields.
		left := size
		if n > left {
			left = 1
		} else if n > 0 {
			left /= n
		}
		for i := range n {
			elem, ok := sized(t.Field(i).Type, rand, left)
			if !ok {
				return reflect.Value{}, false
			}
			v.Field(i).Set(elem)
		}
	default:
		return reflect.Value{}, false
	}
	return v, true
}

// Config says how to check.
type Config struct {
	// MaxCount is how many inputs are tried; 0: MaxCountScale says it.
	MaxCount int
	// MaxCountScale multiplies the default, which is 100 or what -quickchecks says; 0: the default.
	MaxCountScale float64
	// Rand is where arbitrary values come from; nil: one is made.
	Rand *rand.Rand
	// Values makes the arguments; nil: Value does.
	Values func([]reflect.Value, *rand.Rand)
}

var defaultConfig Config

func (c *Config) getRand() *rand.Rand {
	if c.Rand == nil {
		return rand.New(rand.NewSource(time.Now().UnixNano()))
	}
	return c.Rand
}

func (c *Config) getMaxCount() int {
	if c.MaxCount != 0 {
		return c.MaxCount
	}
	if c.MaxCountScale != 0 {
		return int(c.MaxCountScale * float64(*defaultMaxCount))
	}
	return *defaultMaxCount
}

// SetupError is a mistake in the use of Check.
type SetupError string

func (s SetupError) Error() string { return string(s) }

// CheckError is an input for which the property does not hold.
type CheckError struct {
	Count int
	In    []any
}

func (s *CheckError) Error() string {
	return fmt.Sprintf("#%d: failed on input %s", s.Count, list(s.In))
}

// CheckEqualError is an input for which two functions differ.
type CheckEqualError struct {
	CheckError
	Out1 []any
	Out2 []any
}

func (s *CheckEqualError) Error() string {
	return fmt.Sprintf("#%d: failed on input %s. Output 1: %s. Output 2: %s", s.Count, list(s.In), list(s.Out1), list(s.Out2))
}

func list(values []any) string {
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%#v", v)
	}
	return b.String()
}

// Check calls f, which has a bool as its result, until it gives false for an input. That is the error.
func Check(f any, config *Config) error {
	if config == nil {
		config = &defaultConfig
	}
	fn, t, ok := function(f)
	if !ok {
		return SetupError("argument is not a function")
	}
	if t.NumOut() != 1 {
		return SetupError("function does not return one value")
	}
	if t.Out(0).Kind() != reflect.Bool {
		return SetupError("function does not return a bool")
	}
	args := make([]reflect.Value, t.NumIn())
	rand := config.getRand()
	for i := range config.getMaxCount() {
		if err := arguments(args, t, config, rand); err != nil {
			return err
		}
		if !fn.Call(args)[0].Bool() {
			return &CheckError{i + 1, interfaces(args)}
		}
	}
	return nil
}

// CheckEqual calls f and g until they differ for an input. That is the error.
func CheckEqual(f, g any, config *Config) error {
	if config == nil {
		config = &defaultConfig
	}
	x, xType, ok := function(f)
	if !ok {
		return SetupError("f is not a function")
	}
	y, yType, ok := function(g)
	if !ok {
		return SetupError("g is not a function")
	}
	if xType != yType {
		return SetupError("functions have different types")
	}
	args := make([]reflect.Value, xType.NumIn())
	rand := config.getRand()
	for i := range config.getMaxCount() {
		if err := arguments(args, xType, config, rand); err != nil {
			return err
		}
		xOut, yOut := interfaces(x.Call(args)), interfaces(y.Call(args))
		if !reflect.DeepEqual(xOut, yOut) {
			return &CheckEqualError{CheckError{i + 1, interfaces(args)}, xOut, yOut}
		}
	}
	return nil
}

func arguments(args []reflect.Value, t reflect.Type, config *Config, rand *rand.Rand) error {
	if config.Values != nil {
		config.Values(args, rand)
		return nil
	}
	for i := range args {
		v, ok := Value(t.In(i), rand)
		if !ok {
			return SetupError(fmt.Sprintf("cannot create arbitrary value of type %s for argument %d", t.In(i), i))
		}
		args[i] = v
	}
	return nil
}

func function(f any) (v reflect.Value, t reflect.Type, ok bool) {
	v = reflect.ValueOf(f)
	if v.Kind() != reflect.Func {
		return v, nil, false
	}
	return v, v.Type(), true
}

func interfaces(values []reflect.Value) []any {
	all := make([]any, len(values))
	for i, v := range values {
		all[i] = v.Interface()
	}
	return all
}
