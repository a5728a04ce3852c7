// Package fmtsort orders the entries of maps for printing.
package fmtsort

import (
	"cmp"
	"reflect"
	"slices"
)

// Entry is a key with its element.
type Entry struct {
	Key, Value reflect.Value
}

// Sort gives the entries of a map ordered by their keys: numbers and strings as usual with NaN first, false before
// true, pointers and channels by address, structs and arrays element by element, interfaces first by type (the
// address of its descriptor), then by value, nil before all. Keys that compare equal stay as they come.
func Sort(m reflect.Value) []Entry {
	if m.Kind() != reflect.Map {
		return nil
	}
	entries := make([]Entry, 0, m.Len())
	for it := m.MapRange(); it.Next(); {
		entries = append(entries, Entry{it.Key(), it.Value()})
	}
	slices.SortStableFunc(entries, func(a, b Entry) int { return compare(a.Key, b.Key) })
	return entries
}

func compare(a, b reflect.Value) int {
	if a.Type() != b.Type() {
		return -1 // no order among types; it does not matter
	}
	switch a.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return cmp.Compare(a.Int(), b.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return cmp.Compare(a.Uint(), b.Uint())
	case reflect.String:
		return cmp.Compare(a.String(), b.String())
	case reflect.Float32, reflect.Float64:
		return cmp.Compare(a.Float(), b.Float())
	case reflect.Complex64, reflect.Complex128:
		x, y := a.Complex(), b.Complex()
		if c := cmp.Compare(real(x), real(y)); c != 0 {
			return c
		}
		return cmp.Compare(imag(x), imag(y))
	case reflect.Bool:
		switch {
		case a.Bool() == b.Bool():
			return 0
		case b.Bool():
			return -1
		}
		return 1
	case reflect.Pointer, reflect.UnsafePointer, reflect.Chan:
		return cmp.Compare(a.Pointer(), b.Pointer())
	case reflect.Struct:
		for i := range a.NumField() {
			if c := compare(a.Field(i), b.Field(i)); c != 0 {
				return c
			}
		}
		return 0
	case reflect.Array:
		for i := range a.Len() {
			if c := compare(a.Index(i), b.Index(i)); c != 0 {
				return c
			}
		}
		return 0
	case reflect.Interface:
		if a.IsNil() || b.IsNil() {
			switch {
			case a.IsNil() && b.IsNil():
				return 0
			case a.IsNil():
				return -1
			}
			return 1
		}
		// The type word of an interface value that holds the type.
		if c := compare(reflect.ValueOf(a.Elem().Type()), reflect.ValueOf(b.Elem().Type())); c != 0 {
			return c
		}
		return compare(a.Elem(), b.Elem())
	}
	panic("bad type in compare: " + a.Type().String())
}
