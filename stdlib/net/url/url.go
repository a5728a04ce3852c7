// Package url parses URLs and escapes what is to be in them, by RFC 3986 but for some compatibility.
package url

import (
	"errors"
	"fmt"
	"path"
	"strings"
)

// Error is an error with the operation and the URL it is about.
type Error struct {
	Op  string
	URL string
	Err error
}

func (e *Error) Unwrap() error { return e.Err }
func (e *Error) Error() string { return fmt.Sprintf("%s %q: %s", e.Op, e.URL, e.Err) }

// Timeout reports whether Err says that it is a timeout.
func (e *Error) Timeout() bool {
	t, ok := e.Err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}

// Temporary reports whether Err says that it may not last.
func (e *Error) Temporary() bool {
	t, ok := e.Err.(interface{ Temporary() bool })
	return ok && t.Temporary()
}

// URL is a parsed URL, or reference to one:
//
//	[scheme:][//[user@]host][/]path[?query][#fragment]
//	scheme:opaque[?query][#fragment]
//
// The second form is that of a URL without a slash after the scheme.
//
// An IPv6 address in Host is in brackets.  Path and Fragment are decoded, so that a / in Path may have been a %2F;
// where that matters, use [URL.EscapedPath].
type URL struct {
	Scheme      string
	Opaque      string    // encoded
	User        *Userinfo // name and password, or nil
	Host        string    // "host" or "host:port"
	Path        string    // decoded
	Fragment    string    // decoded, without #
	RawQuery    string    // encoded, without ?; see [URL.Query]
	RawPath     string    // how Path was encoded, if that is not how it would be; see [URL.EscapedPath]
	RawFragment string    // the same of Fragment; see [URL.EscapedFragment]
	ForceQuery  bool      // there is a ?, even if RawQuery is empty
	OmitHost    bool      // there is no // if Host is empty
}

// Userinfo is a name and, perhaps, a password.  It does not change.
type Userinfo struct {
	username    string
	password    string
	passwordSet bool
}

// User returns a Userinfo without a password.
func User(username string) *Userinfo { return &Userinfo{username: username} }

// UserPassword returns a Userinfo with a password.
//
// Passwords in URLs tend to be seen by others; only old sites need them.
func UserPassword(username, password string) *Userinfo { return &Userinfo{username, password, true} }

// Username returns the name.
func (u *Userinfo) Username() string {
	if u == nil {
		return ""
	}
	return u.username
}

// Password returns the password, and whether there is one.
func (u *Userinfo) Password() (string, bool) {
	if u == nil {
		return "", false
	}
	return u.password, u.passwordSet
}

// String returns "name" or "name:password", encoded.
func (u *Userinfo) String() string {
	if u == nil {
		return ""
	}
	s := escape(u.username, inUser)
	if u.passwordSet {
		s += ":" + escape(u.password, inUser)
	}
	return s
}

// Parse parses a URL, which may be relative (without a host) or absolute (with a scheme).  A host without a scheme
// is taken for a path.
func Parse(rawURL string) (*URL, error) {
	raw, fragment, _ := strings.Cut(rawURL, "#")
	u, err := parse(raw, false)
	if err != nil {
		return nil, &Error{"parse", raw, err}
	}
	if fragment == "" {
		return u, nil
	}
	if err := u.setFragment(fragment); err != nil {
		return nil, &Error{"parse", rawURL, err}
	}
	return u, nil
}

// ParseRequestURI parses the URL of an HTTP request: it must be absolute, or an absolute path.  There is no fragment in
// it, as browsers do not send that.
func ParseRequestURI(rawURL string) (*URL, error) {
	u, err := parse(rawURL, true)
	if err != nil {
		return nil, &Error{"parse", rawURL, err}
	}
	return u, nil
}

func parse(raw string, request bool) (*URL, error) {
	for i := range len(raw) {
		if raw[i] < ' ' || raw[i] == 0x7f {
			return nil, errors.New("net/url: invalid control character in URL")
		}
	}
	if raw == "" && request {
		return nil, errors.New("empty url")
	}
	u := &URL{}
	if raw == "*" {
		u.Path = "*"
		return u, nil
	}
	scheme, rest, err := cutScheme(raw)
	if err != nil {
		return nil, err
	}
	u.Scheme = strings.ToLower(scheme)
	if strings.HasSuffix(rest, "?") && strings.Count(rest, "?") == 1 {
		u.ForceQuery = true
		rest = rest[:len(rest)-1]
	} else {
		rest, u.RawQuery, _ = strings.Cut(rest, "?")
	}
	if !strings.HasPrefix(rest, "/") {
		if u.Scheme != "" {
			u.Opaque = rest
			return u, nil
		}
		if request {
			return nil, errors.New("invalid URI for request")
		}
		// What is before the colon would be a scheme the next time.
		if segment, _, _ := strings.Cut(rest, "/"); strings.Contains(segment, ":") {
			return nil, errors.New("first path segment in URL cannot contain colon")
		}
	}
	if (u.Scheme != "" || !request && !strings.HasPrefix(rest, "///")) && strings.HasPrefix(rest, "//") {
		authority := rest[2:]
		rest = ""
		if i := strings.IndexByte(authority, '/'); i >= 0 {
			authority, rest = authority[:i], authority[i:]
		}
		if u.User, u.Host, err = parseAuthority(u.Scheme, authority); err != nil {
			return nil, err
		}
	} else if u.Scheme != "" && strings.HasPrefix(rest, "/") {
		u.OmitHost = true
	}
	if err := u.setPath(rest); err != nil {
		return nil, err
	}
	return u, nil
}

// cutScheme cuts the scheme off, if there is one.
func cutScheme(raw string) (scheme, rest string, err error) {
	for i := range len(raw) {
		switch c := raw[i]; {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		case '0' <= c && c <= '9' || c == '+' || c == '-' || c == '.':
			if i == 0 {
				return "", raw, nil
			}
		case c == ':':
			if i == 0 {
				return "", "", errors.New("missing protocol scheme")
			}
			return raw[:i], raw[i+1:], nil
		default:
			return "", raw, nil
		}
	}
	return "", raw, nil
}

func parseAuthority(scheme, authority string) (*Userinfo, string, error) {
	at := strings.LastIndexByte(authority, '@')
	host, err := parseHost(scheme, authority[at+1:])
	if err != nil {
		return nil, "", err
	}
	if at < 0 {
		return nil, host, nil
	}
	info := authority[:at]
	for i := range len(info) {
		if c := info[i]; !isAlphanumeric(c) && strings.IndexByte("-._:~!$&'()*+,;=%@", c) < 0 {
			return nil, "", errors.New("net/url: invalid userinfo")
		}
	}
	name, password, hasPassword := strings.Cut(info, ":")
	if name, err = unescape(name, inUser); err != nil {
		return nil, "", err
	}
	if !hasPassword {
		return User(name), host, nil
	}
	if password, err = unescape(password, inUser); err != nil {
		return nil, "", err
	}
	return UserPassword(name, password), host, nil
}

// isPort reports whether s is empty or a colon and digits, if any.
func isPort(s string) bool {
	if s == "" {
		return true
	}
	if s[0] != ':' {
		return false
	}
	for i := 1; i < len(s); i++ {
		if s[i] < '0' || '9' < s[i] {
			return false
		}
	}
	return true
}

// parseHost parses a host and port, and returns them decoded.
func parseHost(scheme, host string) (string, error) {
	if open := strings.LastIndexByte(host, '['); open >= 0 {
		return parseBracketed(host, open)
	}
	i := strings.LastIndexByte(host, ':')
	if scheme == "http" || scheme == "https" {
		// Others are known to have several, as of hosts with ports.
		i = strings.IndexByte(host, ':')
	}
	if i >= 0 {
		if port := host[i:]; !isPort(port) {
			return "", fmt.Errorf("invalid port %q after host", port)
		}
	}
	return unescape(host, inHost)
}

func (u *URL) setPath(p string) error {
	decoded, err := unescape(p, inPath)
	if err != nil {
		return err
	}
	u.Path, u.RawPath = decoded, ""
	if escape(decoded, inPath) != p {
		u.RawPath = p
	}
	return nil
}

// EscapedPath returns Path encoded: RawPath, if that is an encoding of Path, else the usual one.
func (u *URL) EscapedPath() string {
	if u.RawPath != "" && isEncoded(u.RawPath, inPath) {
		if p, err := unescape(u.RawPath, inPath); err == nil && p == u.Path {
			return u.RawPath
		}
	}
	if u.Path == "*" {
		return "*"
	}
	return escape(u.Path, inPath)
}

func (u *URL) setFragment(f string) error {
	decoded, err := unescape(f, inFragment)
	if err != nil {
		return err
	}
	u.Fragment, u.RawFragment = decoded, ""
	if escape(decoded, inFragment) != f {
		u.RawFragment = f
	}
	return nil
}

// EscapedFragment returns Fragment encoded: RawFragment, if that is an encoding of Fragment, else the usual one.
func (u *URL) EscapedFragment() string {
	if u.RawFragment != "" && isEncoded(u.RawFragment, inFragment) {
		if f, err := unescape(u.RawFragment, inFragment); err == nil && f == u.Fragment {
			return u.RawFragment
		}
	}
	return escape(u.Fragment, inFragment)
}

// String returns the URL as text, in the form scheme:opaque?query#fragment if Opaque is not empty, else as
// scheme://user@host/path?query#fragment.  Parts that are empty are left out with what belongs to them.
func (u *URL) String() string {
	var b strings.Builder
	if u.Scheme != "" {
		b.WriteString(u.Scheme)
		b.WriteByte(':')
	}
	if u.Opaque != "" {
		b.WriteString(u.Opaque)
	} else {
		u.writeHierarchy(&b)
	}
	if u.ForceQuery || u.RawQuery != "" {
		b.WriteByte('?')
		b.WriteString(u.RawQuery)
	}
	if u.Fragment != "" {
		b.WriteByte('#')
		b.WriteString(u.EscapedFragment())
	}
	return b.String()
}

func (u *URL) writeHierarchy(b *strings.Builder) {
	omit := u.OmitHost && u.Host == "" && u.User == nil
	if !omit && (u.Scheme != "" || u.Host != "" || u.User != nil) {
		if u.Host != "" || u.Path != "" || u.User != nil {
			b.WriteString("//")
		}
		if u.User != nil {
			b.WriteString(u.User.String())
			b.WriteByte('@')
		}
		b.WriteString(escape(u.Host, inHost))
	}
	p := u.EscapedPath()
	if omit && strings.HasPrefix(p, "//") {
		p = "%2F" + p[1:] // else there would be a host in it
	}
	if p != "" && p[0] != '/' && u.Host != "" {
		b.WriteByte('/')
	}
	if b.Len() == 0 {
		// What is before a colon in the first segment would be taken for a scheme.
		if segment, _, _ := strings.Cut(p, "/"); strings.Contains(segment, ":") {
			b.WriteString("./")
		}
	}
	b.WriteString(p)
}

// Redacted is [URL.String] with "xxxxx" as the password, if there is one.
func (u *URL) Redacted() string {
	if u == nil {
		return ""
	}
	c := *u
	if _, has := c.User.Password(); has {
		c.User = UserPassword(c.User.Username(), "xxxxx")
	}
	return c.String()
}

// Clone returns a deep copy.
func (u *URL) Clone() *URL {
	if u == nil {
		return nil
	}
	c := *u
	if u.User != nil {
		info := *u.User
		c.User = &info
	}
	return &c
}

// IsAbs reports whether there is a scheme.
func (u *URL) IsAbs() bool { return u.Scheme != "" }

// Parse parses ref as a URL that may be relative to u.
func (u *URL) Parse(ref string) (*URL, error) {
	r, err := Parse(ref)
	if err != nil {
		return nil, err
	}
	return u.ResolveReference(r), nil
}

// ResolveReference returns the absolute URL that ref is, if it is relative to u, by section 5.2 of RFC 3986.  It is a new
// URL in any case.
func (u *URL) ResolveReference(ref *URL) *URL {
	r := *ref
	if ref.Scheme == "" {
		r.Scheme = u.Scheme
	}
	if ref.Scheme != "" || ref.Host != "" || ref.User != nil {
		r.setPath(resolvePath(ref.EscapedPath(), ""))
		return &r
	}
	if ref.Opaque != "" {
		r.User, r.Host, r.Path = nil, "", ""
		return &r
	}
	if ref.Path == "" && !ref.ForceQuery && ref.RawQuery == "" {
		r.RawQuery = u.RawQuery
		if ref.Fragment == "" {
			r.Fragment, r.RawFragment = u.Fragment, u.RawFragment
		}
	}
	if ref.Path == "" && u.Opaque != "" {
		r.Opaque = u.Opaque
		r.User, r.Host, r.Path = nil, "", ""
		return &r
	}
	r.Host, r.User = u.Host, u.User
	r.setPath(resolvePath(u.EscapedPath(), ref.EscapedPath()))
	return &r
}

// resolvePath returns ref relative to base, without . and .. in it.
func resolvePath(base, ref string) string {
	full := ref
	switch {
	case ref == "":
		full = base
	case ref[0] != '/':
		full = base[:strings.LastIndexByte(base, '/')+1] + ref
	}
	if full == "" {
		return ""
	}
	var out []string
	segments := strings.Split(full, "/")
	for _, s := range segments {
		switch s {
		case ".":
			if len(out) == 0 {
				out = append(out, "")
			}
		case "..":
			if len(out) > 0 {
				out = out[:len(out)-1]
			}
			if len(out) == 1 && out[0] == "" {
				out = out[:0] // at the root again, however many slashes follow
			}
		default:
			out = append(out, s)
		}
	}
	if last := segments[len(segments)-1]; last == "." || last == ".." {
		out = append(out, "")
	}
	p := "/" + strings.Join(out, "/")
	if strings.HasPrefix(p, "//") {
		p = p[1:] // full had a slash itself
	}
	return p
}

// Query returns the values in RawQuery; what is not valid there is left out.
func (u *URL) Query() Values {
	v, _ := ParseQuery(u.RawQuery)
	return v
}

// RequestURI returns path?query or opaque?query, encoded, as it is in an HTTP request.
func (u *URL) RequestURI() string {
	s := u.Opaque
	if s == "" {
		s = u.EscapedPath()
		if s == "" {
			s = "/"
		}
	} else if strings.HasPrefix(s, "//") {
		s = u.Scheme + ":" + s
	}
	if u.ForceQuery || u.RawQuery != "" {
		s += "?" + u.RawQuery
	}
	return s
}

// Hostname returns Host without the port, and without the brackets of an IPv6 address.
func (u *URL) Hostname() string {
	host, _ := splitPort(u.Host)
	return host
}

// Port returns the port in Host, without the colon, or nothing.
func (u *URL) Port() string {
	_, port := splitPort(u.Host)
	return port
}

func splitPort(s string) (host, port string) {
	host = s
	if i := strings.LastIndexByte(s, ':'); i >= 0 && isPort(s[i:]) {
		host, port = s[:i], s[i+1:]
	}
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		host = host[1 : len(host)-1]
	}
	return host, port
}

// MarshalBinary returns [URL.String].
func (u *URL) MarshalBinary() (text []byte, err error) { return u.AppendBinary(nil) }

// AppendBinary appends [URL.String] to b.
func (u *URL) AppendBinary(b []byte) ([]byte, error) { return append(b, u.String()...), nil }

// UnmarshalBinary sets u to what [Parse] makes of text.
func (u *URL) UnmarshalBinary(text []byte) error {
	p, err := Parse(string(text))
	if err != nil {
		return err
	}
	*u = *p
	return nil
}

// JoinPath returns u with elements added to its path, which is then cleaned of . and .. and of empty elements.  Elements
// are to be encoded.
func (u *URL) JoinPath(elem ...string) *URL {
	joined, _ := u.joinPath(elem...)
	return joined
}

func (u *URL) joinPath(elem ...string) (*URL, error) {
	elem = append([]string{u.EscapedPath()}, elem...)
	var p string
	if strings.HasPrefix(elem[0], "/") {
		p = path.Join(elem...)
	} else {
		// Relative, but not above where it begins.
		elem[0] = "/" + elem[0]
		p = path.Join(elem...)[1:]
	}
	if strings.HasSuffix(elem[len(elem)-1], "/") && !strings.HasSuffix(p, "/") {
		p += "/"
	}
	joined := *u
	err := joined.setPath(p)
	return &joined, err
}

// JoinPath is [URL.JoinPath] for a URL as text.
func JoinPath(base string, elem ...string) (result string, err error) {
	u, err := Parse(base)
	if err != nil {
		return "", err
	}
	joined, err := u.joinPath(elem...)
	if err != nil {
		return "", err
	}
	return joined.String(), nil
}
