// Package syntax turns regular expressions into trees, and trees into programs for a
// machine that follows all alternatives at once.  Package regexp is what programs
// usually want; it is built on this one.
//
// # Syntax
//
// With the flag [Perl], an expression is made of
//
//	x          the character x
//	.          any character; not \n, unless the flag s is set
//	[xyz]      one of the characters
//	[^xyz]     none of them
//	\d \D      a digit; anything but one.  Likewise \s \S (white space) and \w \W (letters, digits, _), all of ASCII
//	[[:name:]] an ASCII class inside brackets: alnum alpha ascii blank cntrl digit graph lower print punct space
//	           upper word xdigit; [[:^name:]] is its complement
//	\pN        a Unicode category with a name of one letter; \PN is its complement
//	\p{Name}   a Unicode category or script, or Any, ASCII, Assigned; \P{Name} and \p{^Name} are its complement.
//	           Case, spaces, hyphens and underscores in the name do not matter
//
//	xy         x, then y
//	x|y        x or else y
//	x*         any number of x; x+ at least one; x? at most one
//	x{n,m}     n to m times x; x{n,} at least n, x{n} exactly n.  No count is above 1000
//	           A ? after any of these makes it prefer fewer
//
//	(x)        a numbered group
//	(?P<n>x)   a group with a number and a name, as is (?<n>x)
//	(?:x)      grouping only
//	(?fl)      flags for the rest of the group; (?fl:x) for x only.  The flags i (fold case), m (^ and $ match at
//	           lines), s (. matches \n) and U (swap x* and x*? and the like) are cleared if they follow a -
//
//	^ $        the beginning and the end of the text, or of a line with flag m
//	\A \z      the beginning and the end of the text
//	\b \B      a place with a word character at exactly one side; any other place
//
//	\a \f \t \n \r \v   as in Go
//	\123 \x7F \x{10FFFF}
//	\*         the character *, for any punctuation
//	\Q...\E    ... literally
package syntax
