package url

import (
	"errors"
	"maps"
	"slices"
	"strings"
)

// Values has the values of keys, as in a query or a form.  Upper and lower case of keys differ.
type Values map[string][]string

// Get returns the first value of key, or an empty string.
func (v Values) Get(key string) string {
	if list := v[key]; len(list) > 0 {
		return list[0]
	}
	return ""
}

// Set gives key one value instead of those it has.
func (v Values) Set(key, value string) { v[key] = []string{value} }

// Add gives key one more value.
func (v Values) Add(key, value string) { v[key] = append(v[key], value) }

// Del removes the values of key.
func (v Values) Del(key string) { delete(v, key) }

// Has reports whether key is there.
func (v Values) Has(key string) bool {
	_, ok := v[key]
	return ok
}

// Clone returns a deep copy.
func (vs Values) Clone() Values {
	if vs == nil {
		return nil
	}
	c := make(Values, len(vs))
	for key, list := range vs {
		c[key] = slices.Clone(list)
	}
	return c
}

// Encode returns the values as a query, sorted by key: "bar=baz&foo=quux".
func (v Values) Encode() string {
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(v)) {
		escaped := QueryEscape(key)
		for _, value := range v[key] {
			if b.Len() > 0 {
				b.WriteByte('&')
			}
			b.WriteString(escaped)
			b.WriteByte('=')
			b.WriteString(QueryEscape(value))
		}
	}
	return b.String()
}

// maxParams limits the number of parameters in a query, which may come from anyone.
const maxParams = 10000

// ParseQuery parses a query: settings key=value with & between them.  One without = has an empty value; one with a
// semicolon is not valid.  The map has all that are valid; the error is about one that is not.
func ParseQuery(query string) (Values, error) {
	values := Values{}
	if strings.Count(query, "&") >= maxParams {
		return values, errors.New("number of URL query parameters exceeded limit")
	}
	var first error
	fail := func(err error) {
		if first == nil {
			first = err
		}
	}
	for query != "" {
		var setting string
		setting, query, _ = strings.Cut(query, "&")
		if strings.Contains(setting, ";") {
			first = errors.New("invalid semicolon separator in query") // more important than others
			continue
		}
		if setting == "" {
			continue
		}
		key, value, _ := strings.Cut(setting, "=")
		key, err := QueryUnescape(key)
		if err != nil {
			fail(err)
			continue
		}
		value, err = QueryUnescape(value)
		if err != nil {
			fail(err)
			continue
		}
		values.Add(key, value)
	}
	return values, first
}
