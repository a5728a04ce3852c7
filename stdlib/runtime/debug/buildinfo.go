package debug

import (
	"errors"
	"runtime"
	"strconv"
	"strings"
)

// BuildInfo says what the program was built from.
type BuildInfo struct {
	GoVersion string         `json:",omitempty"` // of the toolchain
	Path      string         `json:",omitempty"` // import path of the main package
	Main      Module         `json:""`           // its module
	Deps      []*Module      `json:",omitempty"` // the other modules
	Settings  []BuildSetting `json:",omitempty"`
}

// Module is a module.
type Module struct {
	Path    string  `json:",omitempty"`
	Version string  `json:",omitempty"`
	Sum     string  `json:",omitempty"`
	Replace *Module `json:",omitempty"` // that was used in its place
}

// BuildSetting is a setting of the build, such as GOARCH or vcs.revision.
type BuildSetting struct {
	Key, Value string
}

// modinfo gives the build information in the program; "" if there is none.
func modinfo() string

// ReadBuildInfo gives the build information of the running program, if it has any.
func ReadBuildInfo() (info *BuildInfo, ok bool) {
	data := modinfo()
	if data == "" {
		return nil, false
	}
	info, err := ParseBuildInfo(data)
	if err != nil {
		return nil, false
	}
	info.GoVersion = runtime.Version()
	return info, true
}

// quoteIfNeeded quotes keys and values that would not be read back.
func quoteKey(key string) bool { return key == "" || strings.ContainsAny(key, "= \t\r\n\"`") }
func quoteValue(value string) bool {
	return strings.ContainsAny(value, " \t\r\n\"`")
}

// String gives the information in the form that ParseBuildInfo reads: lines of words separated by tabs.
func (bi *BuildInfo) String() string {
	var b strings.Builder
	line := func(words ...string) {
		b.WriteString(strings.Join(words, "\t"))
		b.WriteByte('\n')
	}
	module := func(word string, m Module) {
		if m.Replace == nil {
			line(word, m.Path, m.Version, m.Sum)
			return
		}
		line(word, m.Path, m.Version)
		line("=>", m.Replace.Path, m.Replace.Version, m.Replace.Sum)
	}
	if bi.GoVersion != "" {
		line("go", bi.GoVersion)
	}
	if bi.Path != "" {
		line("path", bi.Path)
	}
	if bi.Main != (Module{}) {
		module("mod", bi.Main)
	}
	for _, dep := range bi.Deps {
		module("dep", *dep)
	}
	for _, s := range bi.Settings {
		key, value := s.Key, s.Value
		if quoteKey(key) {
			key = strconv.Quote(key)
		}
		if quoteValue(value) {
			value = strconv.Quote(value)
		}
		line("build", key+"="+value)
	}
	return b.String()
}

// ParseBuildInfo reads what String gives.
func ParseBuildInfo(data string) (bi *BuildInfo, err error) {
	number := 1
	bad := func(err error) (*BuildInfo, error) {
		return nil, errors.New("could not parse Go build info: line " + strconv.Itoa(number) + ": " + err.Error())
	}
	bi = new(BuildInfo)
	var last *Module
	for ; data != ""; number++ {
		line, rest, ok := strings.Cut(data, "\n")
		if !ok {
			break
		}
		data = rest
		word, tail, ok := strings.Cut(line, "\t")
		if !ok {
			continue
		}
		switch word {
		case "path":
			bi.Path = tail
		case "go":
			bi.GoVersion = tail
		case "mod", "dep", "=>":
			elems := strings.Split(tail, "\t")
			if word == "=>" && len(elems) != 3 {
				return bad(errors.New("expected 3 columns for replacement; got " + strconv.Itoa(len(elems))))
			}
			if len(elems) != 2 && len(elems) != 3 {
				return bad(errors.New("expected 2 or 3 columns; got " + strconv.Itoa(len(elems))))
			}
			m := Module{Path: elems[0], Version: elems[1]}
			if len(elems) == 3 {
				m.Sum = elems[2]
			}
			switch word {
			case "mod":
				bi.Main = m
				last = &bi.Main
			case "dep":
				last = &m
				bi.Deps = append(bi.Deps, last)
			default:
				if last == nil {
					return bad(errors.New("replacement with no module on previous line"))
				}
				last.Replace = &m
				last = nil
			}
		case "build":
			key, value, err := setting(tail)
			if err != nil {
				return bad(err)
			}
			bi.Settings = append(bi.Settings, BuildSetting{key, value})
		}
	}
	return bi, nil
}

// setting splits key=value, either of which may be quoted.
func setting(s string) (key, value string, err error) {
	if s == "" {
		return "", "", errors.New("build line with missing '='")
	}
	switch s[0] {
	case '=':
		return "", "", errors.New("build line with missing key")
	case '`', '"':
		quoted, err := strconv.QuotedPrefix(s)
		if err != nil {
			return "", "", errors.New("invalid quoted key in build line")
		}
		if len(s) == len(quoted) {
			return "", "", errors.New("build line missing '=' after quoted key")
		}
		if s[len(quoted)] != '=' {
			return "", "", errors.New("unexpected character after quoted key: " + strconv.Quote(s[len(quoted):len(quoted)+1]))
		}
		key, _ = strconv.Unquote(quoted)
		value = s[len(quoted)+1:]
	default:
		var ok bool
		if key, value, ok = strings.Cut(s, "="); !ok {
			return "", "", errors.New("build line missing '=' after key")
		}
		if quoteKey(key) {
			return "", "", errors.New("unquoted key " + strconv.Quote(key) + " must be quoted")
		}
	}
	if value == "" {
		return key, value, nil
	}
	switch value[0] {
	case '`', '"':
		if value, err = strconv.Unquote(value); err != nil {
			return "", "", errors.New("invalid quoted value in build line")
		}
	default:
		if quoteValue(value) {
			return "", "", errors.New("unquoted value " + strconv.Quote(value) + " must be quoted")
		}
	}
	return key, value, nil
}
