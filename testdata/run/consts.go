// run

package main

import "math"

const (
	big   = 1 << 100
	small = big >> 98
	f     = 1.0 / 3
	c     = 'a' + 1.0
	s     = "abc" + "def"
	l     = len(s)
)

type Weekday int

const (
	Sunday Weekday = iota
	Monday
	Tuesday
)
const (
	KB = 1 << (10 * (iota + 1))
	MB
	GB
)

func (d Weekday) String() string { return [...]string{"Sun", "Mon", "Tue"}[d] }

func main() {
	println(small, c, s, l, f == 1.0/3.0)
	println(Monday.String(), Tuesday, KB, MB, GB)
	println(math.MaxInt64, uint64(math.MaxUint64), math.Pi, float32(math.Pi))
	var x float32 = 1 << 24
	println(x+1 == x, big/(1<<97), 5/2, 5/2.0, -5%3, 7>>1, ^0)
	const h = 0x1p-2
	println(h, 0b101, 0o17, 1_000_000, '\n', '\x41', '\u00e9', "\u00e9\t\"")
	var u8 = uint8(255)
	println(u8+1, 1<<u8 == 0)
	const cplx = (1 + 2i) * (3 - 1i)
	println(cplx, real(cplx))
	println(math.MaxFloat64, math.SmallestNonzeroFloat64, 1e100, 123456789.0, 0.000001, 1e21, 100000.0)
	println(len([10]int{}), cap([3]int{}), len("héé"))
}
