package testing

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The files of testdata/fuzz: a line with the version, then one Go expression T(literal) for each argument.

const corpusVersion = "go test fuzz v1"

func decodeCorpus(data []byte) ([]any, error) {
	if len(data) == 0 {
		return nil, errors.New("cannot unmarshal empty string")
	}
	lines := strings.Split(string(data), "\n")
	if len(lines) < 2 {
		return nil, errors.New("must include version and at least one value")
	}
	version := strings.TrimSuffix(lines[0], "\r")
	if version != corpusVersion {
		return nil, fmt.Errorf("unknown encoding version: %s", version)
	}
	var values []any
	for _, line := range lines[1:] {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		v, err := decodeValue(line)
		if err != nil {
			return nil, fmt.Errorf("malformed line %q: %v", line, err)
		}
		values = append(values, v)
	}
	return values, nil
}

func decodeValue(line string) (any, error) {
	open := strings.IndexByte(line, '(')
	if open < 0 || !strings.HasSuffix(line, ")") {
		return nil, errors.New("expected call expression")
	}
	name, arg := strings.TrimSpace(line[:open]), strings.TrimSpace(line[open+1:len(line)-1])
	switch name {
	case "[]byte":
		s, err := strconv.Unquote(arg)
		if err != nil {
			return nil, errors.New("operation on []byte must be a string literal")
		}
		return []byte(s), nil
	case "string":
		s, err := strconv.Unquote(arg)
		if err != nil {
			return nil, errors.New("string literal required for type string")
		}
		return s, nil
	case "bool":
		if arg != "true" && arg != "false" {
			return nil, errors.New("malformed bool")
		}
		return arg == "true", nil
	case "float32":
		return decodeFloat(arg, 32, func(f float64) any { return float32(f) })
	case "float64":
		return decodeFloat(arg, 64, func(f float64) any { return f })
	case "math.Float32frombits":
		n, err := strconv.ParseUint(arg, 0, 32)
		return math.Float32frombits(uint32(n)), err
	case "math.Float64frombits":
		n, err := strconv.ParseUint(arg, 0, 64)
		return math.Float64frombits(n), err
	case "int":
		n, err := decodeInt(arg, 64)
		return int(n), err
	case "int8":
		n, err := decodeInt(arg, 8)
		return int8(n), err
	case "int16":
		n, err := decodeInt(arg, 16)
		return int16(n), err
	case "int32", "rune":
		n, err := decodeInt(arg, 32)
		return int32(n), err
	case "int64":
		n, err := decodeInt(arg, 64)
		return n, err
	case "uint":
		n, err := strconv.ParseUint(arg, 0, 64)
		return uint(n), err
	case "byte", "uint8":
		if r, ok := decodeRune(arg); ok && r >= 0 && r < 256 {
			return byte(r), nil
		}
		n, err := strconv.ParseUint(arg, 0, 8)
		return uint8(n), err
	case "uint16":
		n, err := strconv.ParseUint(arg, 0, 16)
		return uint16(n), err
	case "uint32":
		n, err := strconv.ParseUint(arg, 0, 32)
		return uint32(n), err
	case "uint64":
		n, err := strconv.ParseUint(arg, 0, 64)
		return n, err
	}
	return nil, errors.New("expected []byte or primitive type")
}

func decodeRune(arg string) (rune, bool) {
	if !strings.HasPrefix(arg, "'") {
		return 0, false
	}
	s, err := strconv.Unquote(arg)
	if err != nil {
		return 0, false
	}
	// '\xff' is the byte, which is no rune in UTF-8.
	if len(s) == 1 {
		return rune(s[0]), true
	}
	return []rune(s)[0], true
}

func decodeInt(arg string, bits int) (int64, error) {
	if r, ok := decodeRune(arg); ok {
		return int64(r), nil
	}
	return strconv.ParseInt(arg, 0, bits)
}

func decodeFloat(arg string, bits int, convert func(float64) any) (any, error) {
	switch arg {
	case "NaN", "+Inf", "-Inf":
	default:
		if strings.ContainsAny(arg, "nN") && !strings.HasPrefix(arg, "0x") {
			return nil, errors.New("malformed float")
		}
	}
	f, err := strconv.ParseFloat(arg, bits)
	return convert(f), err
}
