package p
func f() {
	x := 0x
	x = 1e
	x = 0b1e3
	x = 1_
	x = 0b12
	x = 0x1.0
	x = 1p3
	x = 0o
	x = "\18"
	x = '\"'
	x = '\'
	x = 'a
	x = '\400'
	x = '\ud800'
	x = '\U00110000'
	x = "\
	x = /* a
	*/ 3 /* b
	*/ x = 3
	_ = "\xg"
	_ = "\x"
	_ = ''
	_ = '''
	_ = 0b1.0
	_ = 08.5 + 08i + 08 + 0_8
	_ = 0xe+1
}
/* x
//| errors_literal.go:3:9: hexadecimal literal has no digits
//| errors_literal.go:4:8: exponent has no digits
//| errors_literal.go:5:9: 'e' exponent requires decimal mantissa
//| errors_literal.go:6:7: '_' must separate successive digits
//| errors_literal.go:7:9: invalid digit '2' in binary literal
//| errors_literal.go:8:11: hexadecimal mantissa requires a 'p' exponent
//| errors_literal.go:9:7: 'p' exponent requires hexadecimal mantissa
//| errors_literal.go:10:8: octal literal has no digits
//| errors_literal.go:11:9: invalid character '8' in octal escape
//| errors_literal.go:12:8: unknown escape
//| errors_literal.go:13:9: newline in rune literal
//| errors_literal.go:14:8: newline in rune literal
//| errors_literal.go:15:11: octal escape value 256 > 255
//| errors_literal.go:16:13: escape is invalid Unicode code point U+D800
//| errors_literal.go:17:17: escape is invalid Unicode code point U+110000
//| errors_literal.go:18:8: unknown escape
//| errors_literal.go:18:8: newline in string
//| errors_literal.go:22:9: invalid character 'g' in hexadecimal escape
//| errors_literal.go:23:9: invalid character '"' in hexadecimal escape
//| errors_literal.go:24:7: empty rune literal or unescaped '
//| errors_literal.go:25:7: empty rune literal or unescaped '
//| errors_literal.go:25:8: syntax error: unexpected literal ' at end of statement
//| errors_literal.go:25:9: newline in rune literal
//| errors_literal.go:26:9: invalid radix point in binary literal
//| errors_literal.go:27:20: invalid digit '8' in octal literal
//| errors_literal.go:30:1: comment not terminated
