package big

// Natural numbers as text.
//
// Both directions divide and conquer: with the power of the base that is about
// the root of the number it falls into two halves, so that conversion is as
// quick as multiplication and division are.

import (
	"errors"
	"fmt"
	"io"
	"math"
	"math/bits"
	"slices"
	"sync"
)

const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// MaxBase is the largest base that numbers can be written in.
const MaxBase = 10 + ('z' - 'a' + 1) + ('Z' - 'A' + 1)

// maxBaseSmall is up to which base upper case letters mean the same as lower
// case ones.
const maxBaseSmall = 10 + ('z' - 'a' + 1)

var (
	errNoDigits = errors.New("number has no digits")
	errInvalSep = errors.New("'_' must separate successive digits")
)

// maxPow returns the largest power of b that fits a word, and its exponent.
func maxPow(b Word) (p Word, n int) {
	p, n = b, 1
	for limit := wordMax / b; p <= limit; {
		p *= b
		n++
	}
	return
}

// expWW sets z to x**y.
func (z nat) expWW(x, y Word) nat { return z.expNN(nat(nil).setWord(x), nat(nil).setWord(y), nil) }

// superDigits collects the value of digits that arrive one by one: words in
// the base b**n, highest first, put together at the end.
type superDigits struct {
	base  Word
	power Word // base**n
	n     int
	words []Word
	last  Word // the digits that do not make a whole word yet
	count int  // their number
	scale Word // base**count
}

func newSuperDigits(base Word) *superDigits {
	p, n := maxPow(base)
	return &superDigits{base: base, power: p, n: n, scale: 1}
}

func (d *superDigits) add(digit Word) {
	d.last = d.last*d.base + digit
	d.scale *= d.base
	d.count++
	if d.count == d.n {
		d.words = append(d.words, d.last)
		d.last, d.count, d.scale = 0, 0, 1
	}
}

func (d *superDigits) value(z nat) nat {
	z = z[:0]
	// Powers power**(leaf·2**i), as they are needed.
	const leaf = 32
	var powers []nat
	var join func(z nat, words []Word) nat
	join = func(z nat, words []Word) nat {
		if len(words) <= leaf {
			z = z[:0]
			for _, w := range words {
				z = z.mulAddWW(z, d.power, w)
			}
			return z
		}
		i, low := 0, leaf
		for 2*low < len(words) {
			i, low = i+1, 2*low
		}
		for len(powers) <= i {
			if len(powers) == 0 {
				powers = append(powers, nat(nil).expWW(d.power, leaf))
			} else {
				p := powers[len(powers)-1]
				powers = append(powers, nat(nil).sqr(p))
			}
		}
		high := join(nil, words[:len(words)-low])
		z = z.mul(high, powers[i])
		return z.add(z, join(nil, words[len(words)-low:]))
	}
	z = join(z, d.words)
	if d.count > 0 {
		z = z.mulAddWW(z, d.scale, d.last)
	}
	return z
}

// scan reads a number from r as far as it goes.  Base 0 takes the base from a
// prefix, and allows underscores; with fracOk there may be a point, and the
// count is then negative: minus the number of digits behind the point.
// Otherwise count is the number of digits.
func (z nat) scan(r io.ByteScanner, base int, fracOk bool) (res nat, b, count int, err error) {
	valid := base == 0 || !fracOk && 2 <= base && base <= MaxBase || fracOk && (base == 2 || base == 8 || base == 10 || base == 16)
	if !valid {
		panic(fmt.Sprintf("invalid number base %d", base))
	}
	// What was last: '.' for the start and the point, '0' for a digit or
	// prefix, '_'.
	prev := '.'
	badSep := false

	ch, err := r.ReadByte()
	b, prefix := base, byte(0)
	if base == 0 {
		b = 10
		if err == nil && ch == '0' {
			prev = '0'
			count = 1
			ch, err = r.ReadByte()
			if err == nil {
				switch ch {
				case 'b', 'B':
					b, prefix = 2, 'b'
				case 'o', 'O':
					b, prefix = 8, 'o'
				case 'x', 'X':
					b, prefix = 16, 'x'
				default:
					if !fracOk {
						b, prefix = 8, '0'
					}
				}
				if prefix != 0 {
					count = 0 // the prefix is not a digit
					if prefix != '0' {
						ch, err = r.ReadByte()
					}
				}
			}
		}
	}

	z = z[:0]
	d := newSuperDigits(Word(b))
	point := -1
loop:
	for err == nil {
		switch {
		case ch == '.' && fracOk:
			fracOk = false
			if prev == '_' {
				badSep = true
			}
			prev = '.'
			point = count
		case ch == '_' && base == 0:
			if prev != '0' {
				badSep = true
			}
			prev = '_'
		default:
			v := Word(MaxBase)
			switch {
			case '0' <= ch && ch <= '9':
				v = Word(ch - '0')
			case 'a' <= ch && ch <= 'z':
				v = Word(ch-'a') + 10
			case 'A' <= ch && ch <= 'Z':
				v = Word(ch-'A') + 10
				if b > maxBaseSmall {
					v += maxBaseSmall - 10
				}
			}
			if v >= Word(b) {
				r.UnreadByte()
				break loop
			}
			prev = '0'
			count++
			d.add(v)
		}
		ch, err = r.ReadByte()
	}
	if err == io.EOF {
		err = nil
	}
	if err == nil && (badSep || prev == '_') {
		err = errInvalSep
	}
	if count == 0 {
		if prefix == '0' {
			// Only the octal prefix: the number 0.
			return z, 10, 1, err
		}
		err = errNoDigits
	}
	z = d.value(z)
	if point >= 0 {
		count = point - count
	}
	return z, b, count, err
}

// utoa returns x in the given base.
func (x nat) utoa(base int) []byte { return x.itoa(false, base) }

// itoa returns x, with a minus sign if neg, in the given base.
func (x nat) itoa(neg bool, base int) []byte {
	if base < 2 || base > MaxBase {
		panic("invalid base")
	}
	if len(x) == 0 {
		return []byte("0")
	}
	// Enough room; a digit too many does not matter.
	n := int(float64(x.bitLen())/math.Log2(float64(base))) + 2
	if neg {
		n++
	}
	s := make([]byte, n)

	b := Word(base)
	if b == b&-b {
		// The digits are groups of bits.
		shift := uint(bits.TrailingZeros(uint(b)))
		mask := b - 1
		i := n
		w, have := x[0], uint(wordBits)
		for k := 1; k < len(x); k++ {
			for have >= shift {
				i--
				s[i] = digits[w&mask]
				w >>= shift
				have -= shift
			}
			if have == 0 {
				w, have = x[k], wordBits
			} else {
				// A digit of two words.
				w |= x[k] << have
				i--
				s[i] = digits[w&mask]
				w = x[k] >> (shift - have)
				have = wordBits - (shift - have)
			}
		}
		for w != 0 {
			i--
			s[i] = digits[w&mask]
			w >>= shift
		}
		return withSign(s[i:], s, i, neg)
	}
	power, k := maxPow(b)
	q := nat(nil).set(x)
	table := radixTable(len(q), b, k, power)
	q.convert(s, b, k, power, table)
	i := 0
	for s[i] == '0' {
		i++
	}
	return withSign(s[i:], s, i, neg)
}

// withSign returns text, which is s[i:], with a minus sign before it if neg.
// There is room: itoa counts the sign.
func withSign(text, s []byte, i int, neg bool) []byte {
	if !neg {
		return text
	}
	s[i-1] = '-'
	return s[i-1:]
}

// A radix is a power of the base to divide a number by.
type radix struct {
	value nat
	n     int // value = base**n
}

// convertLeaf is up to how many words digits are taken off one word at a time.
const convertLeaf = 12

var decimalRadixes struct {
	sync.Mutex
	table []radix
}

// radixTable returns powers of the base, each the square of the one before, up
// to about the root of a number of n words.  Those of ten are kept.
func radixTable(n int, b Word, k int, power Word) []radix {
	if n <= convertLeaf {
		return nil
	}
	var table []radix
	if b == 10 {
		decimalRadixes.Lock()
		defer decimalRadixes.Unlock()
		// Without spare room, so that appending copies what others read.
		table = slices.Clip(decimalRadixes.table)
	}
	for i := 0; ; i++ {
		if i == len(table) {
			if i == 0 {
				table = append(table, radix{nat(nil).expWW(power, convertLeaf), k * convertLeaf})
			} else {
				last := table[i-1]
				table = append(table, radix{nat(nil).sqr(last.value), 2 * last.n})
			}
		}
		if 4*len(table[i].value) > 2*n+4 {
			table, n = table[:i+1], 0
			break
		}
	}
	// Up to some size only: the largest are half of all that is in the table.
	if b == 10 && len(table) > len(decimalRadixes.table) && len(table) <= 10 {
		decimalRadixes.table = table
	}
	return table
}

// convert fills s with the digits of q, zeros before.  q is destroyed.
func (q nat) convert(s []byte, b Word, k int, power Word, table []radix) {
	for len(q) > convertLeaf {
		i := len(table) - 1
		for i > 0 && (2*len(table[i].value) > len(q)+4 || table[i].value.cmp(q) > 0) {
			i--
		}
		var low nat
		q, low = nat(nil).div(nil, q, table[i].value)
		h := len(s) - table[i].n
		low.convert(s[h:], b, k, power, table[:i+1])
		s = s[:h]
	}
	i := len(s)
	if b == 10 {
		for len(q) > 0 {
			r := divVW(q, q, power)
			q = q.norm()
			for j := 0; j < k && i > 0; j++ {
				i--
				t := r / 10
				s[i] = '0' + byte(r-t*10)
				r = t
			}
		}
	} else {
		for len(q) > 0 {
			r := divVW(q, q, power)
			q = q.norm()
			for j := 0; j < k && i > 0; j++ {
				i--
				s[i] = digits[r%b]
				r /= b
			}
		}
	}
	for i > 0 {
		i--
		s[i] = '0'
	}
}
