// run

// Parsing, printing and comparing of addresses, ports and prefixes.
package main

import (
	"fmt"
	"math/rand"
	. "net/netip"
	"strings"
)

func try(name string, f func()) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Printf("%s: %T %v\n", name, e, e)
		}
	}()
	f()
}

var rnd = rand.New(rand.NewSource(5))

func addr() Addr {
	switch rnd.Intn(8) {
	case 0:
		return Addr{}
	case 1, 2, 3:
		var b [4]byte
		rnd.Read(b[:])
		if rnd.Intn(3) == 0 {
			b[0] = []byte{10, 127, 172, 192, 224, 169, 255, 0}[rnd.Intn(8)]
			b[1] = []byte{16, 168, 254, 0, 255, 31}[rnd.Intn(6)]
			if rnd.Intn(2) == 0 {
				b[2], b[3] = 0, 0
			}
		}
		return AddrFrom4(b)
	default:
		var b [16]byte
		rnd.Read(b[:])
		if rnd.Intn(2) == 0 {
			k := rnd.Intn(16)
			for i := k; i < min(16, k+rnd.Intn(16)); i++ {
				b[i] = 0
			}
			k = rnd.Intn(16)
			for i := k; i < min(16, k+rnd.Intn(16)); i++ {
				b[i] = 0
			}
		}
		switch rnd.Intn(9) {
		case 0:
			copy(b[:], []byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255})
		case 1:
			b[0], b[1] = 0xfe, 0x80
		case 2:
			b[0], b[1] = 0xff, byte(rnd.Intn(16))
		case 3:
			b[0] = 0xfc
		case 4:
			for i := range b {
				b[i] = 255
			}
		case 5:
			b = [16]byte{}
			b[15] = byte(rnd.Intn(3))
		}
		a := AddrFrom16(b)
		if rnd.Intn(5) == 0 {
			a = a.WithZone([]string{"", "eth0", "1", "a%b", "ens18"}[rnd.Intn(5)])
		}
		return a
	}
}

func main() {
	texts := []string{"", "1.2.3.4", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.04", "1..2.3", ".1.2.3", "1.2.3.", "a.b.c.d", "1.2.3.4a", "1.2.3.4%eth0", "1234.1.1.1", "0.0.0.0", "00.0.0.0", "::", "::1", "1::", ":::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1:2:3:4::5:6:7:8", "::ffff:1.2.3.4", "::1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "::1.2.3.256", "::1.2.3.4.5", "fe80::1%eth0", "fe80::1%", "%eth0", "::%1", "::ffff:1.2.3.4%zone", "1:", ":1", ":", "12345::", "g::", "::g", "1:2:3:4:5:6:7:", "1::%a%b", "0:0:0:0:0:0:0:0", "fe80::1cc0:3e8c:119f:c2e1%ens18", "1.2.3.4:80", "[::1]:80", "[::1%x]:80", "[::1]", "::1:80", "1.2.3.4:", ":80", "1.2.3.4:99999", "1.2.3.4:080", "1.2.3.4:+80", "1.2.3.4:-1", "[1.2.3.4]:80", "[::ffff:1.2.3.4]:80", "[::1]80", "[::1:80", "::1]:80", "[]:80", "1.2.3.4:http", "localhost:80", "1.2.3.4/8", "1.2.3.4/33", "1.2.3.4/-1", "1.2.3.4/08", "1.2.3.4/0", "1.2.3.4/+8", "::/0", "::1/128", "::1/129", "1.2.3.4", "/8", "1.2.3.4/", "fe80::1%eth0/64", "1.2.3.4/8/8", "::ffff:1.2.3.4/100", "1.2.3.4/a", "1.2.3.4/1000", "1.2.3.4/ 8", "1.2.3.4/00", "x/8", " 1.2.3.4", "1.2.3.4 ", "1.2.3.4\x00", "::\x00", "::ffff:0:0", "1:2:3:4:5:6:7:8%", "1:2:3:4:5:6:7:8%z", "\u0661.2.3.4", "1:2:3:4:5:6:7.8.9.1", "1:2:3:4:5:1.2.3.4", "::ffff:01.2.3.4", "1::1.2.3.4:5", "[::1]:", "[::1]:65536", "1.2.3.4:00000000080", "[fe80::1%25eth0]:80"}
	for _, s := range texts {
		a, err := ParseAddr(s)
		fmt.Printf("%q %v %v\n", s, a, err)
		ap, err := ParseAddrPort(s)
		fmt.Println(ap, err)
		p, err := ParsePrefix(s)
		fmt.Println(p, err, p.Bits(), p.IsValid(), p.Masked(), p.IsSingleIP())
		fmt.Println(a.UnmarshalText([]byte(s)), a, ap.UnmarshalText([]byte(s)), ap, p.UnmarshalText([]byte(s)), p)
	}
	for i := range 80 {
		a, b := addr(), addr()
		if i%3 == 0 {
			b = a.Next()
		}
		fmt.Println(a, b, a.Compare(b), a.Less(b), a == b, a.BitLen(), a.Zone(), a.Is4(), a.Is4In6(), a.Is6(), a.IsValid(), a.Unmap(), a.WithZone("q"), a.WithZone(""))
		fmt.Println(a.IsGlobalUnicast(), a.IsInterfaceLocalMulticast(), a.IsLinkLocalMulticast(), a.IsLinkLocalUnicast(), a.IsLoopback(), a.IsMulticast(), a.IsPrivate(), a.IsUnspecified())
		fmt.Println(a.Next(), a.Prev(), a.As16(), a.AsSlice(), a.StringExpanded(), string(a.AppendTo([]byte("x"))))
		try("as4", func() { fmt.Println(a.As4()) })
		bits := rnd.Intn(140) - 3
		p, err := a.Prefix(bits)
		fmt.Println(p, err)
		q := PrefixFrom(a, bits)
		fmt.Println(q, q.Bits(), q.IsValid(), q.Masked(), q.Addr(), q.Contains(b), q.IsSingleIP(), q == p)
		r := PrefixFrom(b, rnd.Intn(140)-3)
		s := PrefixFrom(b, rnd.Intn(10))
		fmt.Println(q.Overlaps(r), r.Overlaps(q), q.Overlaps(s), q.Compare(r), r.Compare(q), q.Compare(s), p.Compare(q), q.Compare(q), s.Overlaps(PrefixFrom(a, 3)))
		ap := AddrPortFrom(a, uint16(rnd.Intn(65536)))
		bp := AddrPortFrom(b, uint16(rnd.Intn(65536)))
		fmt.Println(ap, ap.Compare(bp), ap.IsValid(), ap.Port(), ap.Addr())
		t, err := a.MarshalText()
		u, err2 := ap.MarshalText()
		v, err3 := q.MarshalText()
		fmt.Println(string(t), err, string(u), err2, string(v), err3)
		t, err = a.MarshalBinary()
		u, err2 = ap.MarshalBinary()
		v, err3 = q.MarshalBinary()
		fmt.Println(t, err, u, err2, v, err3)
		var a2 Addr
		var ap2 AddrPort
		var q2 Prefix
		fmt.Println(a2.UnmarshalBinary(t), ap2.UnmarshalBinary(u), q2.UnmarshalBinary(v), a2 == a, ap2 == ap, q2 == q)
		k := rnd.Intn(24)
		bb := make([]byte, k)
		rnd.Read(bb)
		a2, ok := AddrFromSlice(bb)
		fmt.Println(a2, ok, a2.UnmarshalBinary(bb), a2, ap2.UnmarshalBinary(bb), ap2, q2.UnmarshalBinary(bb), q2)
	}
	fmt.Println(IPv4Unspecified(), IPv6LinkLocalAllNodes(), IPv6LinkLocalAllRouters(), IPv6Loopback(), IPv6Unspecified())
	m := map[Addr]int{MustParseAddr("fe80::1%" + strings.Repeat("a", 2)): 1}
	fmt.Println(m[MustParseAddr("fe80::1%aa")], Prefix{}, AddrPort{}, Addr{})
}
