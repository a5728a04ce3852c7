package os

import "syscall"

// Environ gives the environment as "KEY=value" strings.
func Environ() []string { return syscall.Environ() }

// Getenv gives the value of an environment variable; "" if it is not set.
func Getenv(key string) string {
	value, _ := syscall.Getenv(key)
	return value
}

// LookupEnv gives the value of an environment variable and whether it is set.
func LookupEnv(key string) (string, bool) { return syscall.Getenv(key) }

// Setenv sets an environment variable.
func Setenv(key, value string) error { return NewSyscallError("setenv", syscall.Setenv(key, value)) }

// Unsetenv removes an environment variable.
func Unsetenv(key string) error { return syscall.Unsetenv(key) }

// Clearenv removes all environment variables.
func Clearenv() { syscall.Clearenv() }

// ExpandEnv replaces $name and ${name} by environment variables.
func ExpandEnv(s string) string { return Expand(s, Getenv) }

// Expand replaces $name and ${name} by what mapping gives for the name. Bad syntax, like ${, is left out.
func Expand(s string, mapping func(string) string) string {
	var b []byte
	copied := 0
	for i := 0; i < len(s); i++ {
		if s[i] != '$' || i+1 >= len(s) {
			continue
		}
		b = append(b, s[copied:i]...)
		name, n := variableName(s[i+1:])
		if name != "" {
			b = append(b, mapping(name)...)
		} else if n == 0 {
			// Not a name: the dollar stays.
			b = append(b, s[i])
		}
		i += n
		copied = i + 1
	}
	if copied == 0 {
		return s
	}
	return string(b) + s[copied:]
}

// variableName reads what follows a dollar; n is the number of bytes to take, with name "" if they are bad syntax.
func variableName(s string) (name string, n int) {
	special := func(c byte) bool {
		switch c {
		case '*', '#', '$', '@', '!', '?', '-':
			return true
		}
		return '0' <= c && c <= '9'
	}
	if s[0] == '{' {
		if len(s) > 2 && special(s[1]) && s[2] == '}' {
			return s[1:2], 3
		}
		for i := 1; i < len(s); i++ {
			if s[i] == '}' {
				if i == 1 {
					return "", 2 // ${}
				}
				return s[1:i], i + 1
			}
		}
		return "", 1 // no end
	}
	if special(s[0]) {
		return s[:1], 1
	}
	for n < len(s) && (s[n] == '_' || '0' <= s[n] && s[n] <= '9' || 'a' <= s[n]|0x20 && s[n]|0x20 <= 'z') {
		n++
	}
	return s[:n], n
}
