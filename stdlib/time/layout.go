package time

// Layouts show how the reference time, Mon Jan 2 15:04:05 MST 2006 (zone -0700), would look.
const (
	Layout      = "01/02 03:04:05PM '06 -0700"
	ANSIC       = "Mon Jan _2 15:04:05 2006"
	UnixDate    = "Mon Jan _2 15:04:05 MST 2006"
	RubyDate    = "Mon Jan 02 15:04:05 -0700 2006"
	RFC822      = "02 Jan 06 15:04 MST"
	RFC822Z     = "02 Jan 06 15:04 -0700"
	RFC850      = "Monday, 02-Jan-06 15:04:05 MST"
	RFC1123     = "Mon, 02 Jan 2006 15:04:05 MST"
	RFC1123Z    = "Mon, 02 Jan 2006 15:04:05 -0700"
	RFC3339     = "2006-01-02T15:04:05Z07:00"
	RFC3339Nano = "2006-01-02T15:04:05.999999999Z07:00"
	Kitchen     = "3:04PM"
	Stamp       = "Jan _2 15:04:05"
	StampMilli  = "Jan _2 15:04:05.000"
	StampMicro  = "Jan _2 15:04:05.000000"
	StampNano   = "Jan _2 15:04:05.000000000"
	DateTime    = "2006-01-02 15:04:05"
	DateOnly    = "2006-01-02"
	TimeOnly    = "15:04:05"
)

// element is a part of a layout that stands for a part of the time.
type element uint8

const (
	elemNone element = iota
	elemLongMonth
	elemMonth
	elemNumMonth
	elemZeroMonth
	elemLongWeekDay
	elemWeekDay
	elemDay
	elemUnderDay
	elemZeroDay
	elemUnderYearDay
	elemZeroYearDay
	elemHour
	elemHour12
	elemZeroHour12
	elemMinute
	elemZeroMinute
	elemSecond
	elemZeroSecond
	elemLongYear
	elemYear
	elemPM
	elempm
	elemTZ
	// The zone offsets: with Z, UTC is written as "Z".
	elemZ
	elemZSeconds
	elemZShort
	elemZColon
	elemZColonSeconds
	elemNum
	elemNumSeconds
	elemNumShort
	elemNumColon
	elemNumColonSeconds
	elemFraction0 // fixed number of digits
	elemFraction9 // trailing zeros dropped
)

// layoutElements lists texts and elements by first character; of those that match, the first one counts.
var layoutElements = [...]struct {
	text string
	elem element
}{
	{"January", elemLongMonth}, {"Jan", elemMonth},
	{"Monday", elemLongWeekDay}, {"Mon", elemWeekDay}, {"MST", elemTZ},
	{"002", elemZeroYearDay},
	{"01", elemZeroMonth}, {"02", elemZeroDay}, {"03", elemZeroHour12}, {"04", elemZeroMinute}, {"05", elemZeroSecond}, {"06", elemYear},
	{"15", elemHour}, {"1", elemNumMonth},
	{"2006", elemLongYear}, {"2", elemDay},
	{"__2", elemUnderYearDay}, {"_2", elemUnderDay},
	{"3", elemHour12}, {"4", elemMinute}, {"5", elemSecond},
	{"PM", elemPM}, {"pm", elempm},
	{"-07:00:00", elemNumColonSeconds}, {"-070000", elemNumSeconds}, {"-07:00", elemNumColon}, {"-0700", elemNum}, {"-07", elemNumShort},
	{"Z07:00:00", elemZColonSeconds}, {"Z070000", elemZSeconds}, {"Z07:00", elemZColon}, {"Z0700", elemZ}, {"Z07", elemZShort},
}

// nextElement splits a layout at its first element. digits is the number of digits of a fraction.
func nextElement(layout string) (prefix string, elem element, digits int, suffix string) {
scan:
	for i := 0; i < len(layout); i++ {
		switch c := layout[i]; c {
		case 'J', 'M', '0', '1', '2', '_', '3', '4', '5', 'P', 'p', '-', 'Z':
			rest := layout[i:]
			for k := range layoutElements {
				e := &layoutElements[k]
				if e.text[0] != c || len(rest) < len(e.text) || rest[:len(e.text)] != e.text {
					continue
				}
				after := rest[len(e.text):]
				switch e.elem {
				case elemMonth, elemWeekDay:
					// "Janus" and "Money" are no months and days.
					if after != "" && 'a' <= after[0] && after[0] <= 'z' {
						continue scan
					}
				case elemUnderDay:
					// "_2006" is an underscore and a year.
					if len(after) >= 3 && after[:3] == "006" {
						return layout[:i+1], elemLongYear, 0, after[3:]
					}
				}
				return layout[:i], e.elem, 0, after
			}
		case '.', ',':
			// A fraction: zeros only or nines only, and then no digit.
			if i+1 < len(layout) && (layout[i+1] == '0' || layout[i+1] == '9') {
				digit := layout[i+1]
				j := i + 1
				for j < len(layout) && layout[j] == digit {
					j++
				}
				if j >= len(layout) || !isDigit(layout[j]) {
					elem = elemFraction0
					if digit == '9' {
						elem = elemFraction9
					}
					return layout[:i], elem, j - (i + 1), layout[j:]
				}
			}
		}
	}
	return layout, elemNone, 0, ""
}

// appendPadded appends a number with at least width digits.
func appendPadded(b []byte, x int, width int) []byte {
	u := uint(x)
	if x < 0 {
		b = append(b, '-')
		u = -u
	}
	var digits [20]byte
	i := len(digits)
	for u > 0 || i == len(digits) {
		i--
		digits[i] = byte('0' + u%10)
		u /= 10
	}
	for n := len(digits) - i; n < width; n++ {
		b = append(b, '0')
	}
	return append(b, digits[i:]...)
}

func appendFraction(b []byte, nsec int, elem element, digits int, point byte) []byte {
	var frac [9]byte
	for i := len(frac) - 1; i >= 0; i-- {
		frac[i] = byte('0' + nsec%10)
		nsec /= 10
	}
	n := min(digits, 9)
	if elem == elemFraction9 {
		for n > 0 && frac[n-1] == '0' {
			n--
		}
		if n == 0 {
			return b
		}
	}
	return append(append(b, point), frac[:n]...)
}

// appendOffset appends a zone offset in the form of elem.
func appendOffset(b []byte, offset int, elem element) []byte {
	if offset == 0 && elemZ <= elem && elem <= elemZColonSeconds {
		return append(b, 'Z')
	}
	minutes := offset / 60
	seconds := offset
	if minutes < 0 {
		minutes = -minutes
		b = append(b, '-')
	} else {
		b = append(b, '+')
	}
	if seconds < 0 {
		seconds = -seconds
	}
	b = appendPadded(b, minutes/60, 2)
	colon := elem == elemZColon || elem == elemNumColon || elem == elemZColonSeconds || elem == elemNumColonSeconds
	if colon {
		b = append(b, ':')
	}
	if elem != elemNumShort && elem != elemZShort {
		b = appendPadded(b, minutes%60, 2)
	}
	if elem == elemZSeconds || elem == elemNumSeconds || elem == elemZColonSeconds || elem == elemNumColonSeconds {
		if colon {
			b = append(b, ':')
		}
		b = appendPadded(b, seconds%60, 2)
	}
	return b
}

// Format writes t by the layout.
func (t Time) Format(layout string) string {
	var buf [64]byte
	return string(t.AppendFormat(buf[:0], layout))
}

// AppendFormat appends t by the layout.
func (t Time) AppendFormat(b []byte, layout string) []byte {
	z := t.loc.lookup(t.unixSec())
	days, clock := floorDiv(t.sec()+int64(z.offset), secondsPerDay)
	longYear, month, day := dateOf(days)
	year := int(longYear)
	hour, min, sec := int(clock)/3600, int(clock)/60%60, int(clock)%60
	hour12 := hour % 12
	if hour12 == 0 {
		hour12 = 12
	}
	for layout != "" {
		prefix, elem, digits, suffix := nextElement(layout)
		b = append(b, prefix...)
		if elem == elemNone {
			break
		}
		point := byte('.')
		if elem == elemFraction0 || elem == elemFraction9 {
			point = layout[len(prefix)]
		}
		layout = suffix
		switch elem {
		case elemYear:
			b = appendPadded(b, max(year, -year)%100, 2)
		case elemLongYear:
			b = appendPadded(b, year, 4)
		case elemMonth:
			b = append(b, month.String()[:3]...)
		case elemLongMonth:
			b = append(b, month.String()...)
		case elemNumMonth:
			b = appendPadded(b, int(month), 0)
		case elemZeroMonth:
			b = appendPadded(b, int(month), 2)
		case elemWeekDay:
			b = append(b, weekday(days).String()[:3]...)
		case elemLongWeekDay:
			b = append(b, weekday(days).String()...)
		case elemDay:
			b = appendPadded(b, day, 0)
		case elemUnderDay:
			if day < 10 {
				b = append(b, ' ')
			}
			b = appendPadded(b, day, 0)
		case elemZeroDay:
			b = appendPadded(b, day, 2)
		case elemUnderYearDay:
			n := yearDay(days)
			if n < 100 {
				b = append(b, ' ')
				if n < 10 {
					b = append(b, ' ')
				}
			}
			b = appendPadded(b, n, 0)
		case elemZeroYearDay:
			b = appendPadded(b, yearDay(days), 3)
		case elemHour:
			b = appendPadded(b, hour, 2)
		case elemHour12:
			b = appendPadded(b, hour12, 0)
		case elemZeroHour12:
			b = appendPadded(b, hour12, 2)
		case elemMinute:
			b = appendPadded(b, min, 0)
		case elemZeroMinute:
			b = appendPadded(b, min, 2)
		case elemSecond:
			b = appendPadded(b, sec, 0)
		case elemZeroSecond:
			b = appendPadded(b, sec, 2)
		case elemPM, elempm:
			text := "AMPMampm"
			i := 0
			if hour >= 12 {
				i = 2
			}
			if elem == elempm {
				i += 4
			}
			b = append(b, text[i:i+2]...)
		case elemTZ:
			if z.name != "" {
				b = append(b, z.name...)
				break
			}
			// No name: the offset.
			minutes := z.offset / 60
			if minutes < 0 {
				b = append(b, '-')
				minutes = -minutes
			} else {
				b = append(b, '+')
			}
			b = appendPadded(b, minutes/60, 2)
			b = appendPadded(b, minutes%60, 2)
		case elemFraction0, elemFraction9:
			b = appendFraction(b, t.Nanosecond(), elem, digits, point)
		default:
			b = appendOffset(b, z.offset, elem)
		}
	}
	return b
}

// String writes t as "2006-01-02 15:04:05.999999999 -0700 MST", and the monotonic reading, if there is one, as
// " m=±1.234567890" (seconds since the process started).
func (t Time) String() string {
	s := t.Format("2006-01-02 15:04:05.999999999 -0700 MST")
	if t.wall&hasMonotonic == 0 {
		return s
	}
	b := append([]byte(s), " m="...)
	mono := t.ext - startNano
	sign := byte('+')
	if mono < 0 {
		sign = '-'
		mono = -mono
	}
	b = append(b, sign)
	b = appendPadded(b, int(mono/1e9), 0)
	b = append(b, '.')
	return string(appendPadded(b, int(mono%1e9), 9))
}

// GoString writes t as a Go expression.
func (t Time) GoString() string {
	year, month, day := t.Date()
	hour, min, sec := t.Clock()
	b := []byte("time.Date(")
	b = appendPadded(b, year, 0)
	if January <= month && month <= December {
		b = append(b, ", time."...)
		b = append(b, longMonthNames[month-1]...)
	} else {
		b = appendPadded(append(b, ", "...), int(month), 0)
	}
	for _, v := range [...]int{day, hour, min, sec, t.Nanosecond()} {
		b = append(b, ", "...)
		b = appendPadded(b, v, 0)
	}
	b = append(b, ", "...)
	switch loc := t.Location(); loc {
	case UTC:
		b = append(b, "time.UTC"...)
	case Local:
		b = append(b, "time.Local"...)
	default:
		// A Location cannot be written as an expression; this shows the intent.
		b = append(b, "time.Location("...)
		b = append(b, quote(loc.name)...)
		b = append(b, ')')
	}
	return string(append(b, ')'))
}

// quote puts s in quotes; control characters and what is not ASCII become escapes.
func quote(s string) string {
	const hex = "0123456789abcdef"
	b := []byte{'"'}
	for i, c := range s {
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', byte(c))
		case c < ' ' || c >= 0x80:
			// The bytes of the character; a bad byte is one.
			width := 1
			if c != '\uFFFD' || len(s[i:]) >= 3 && s[i:i+3] == "\uFFFD" {
				width = len(string(c))
			}
			for _, x := range []byte(s[i : i+width]) {
				b = append(b, '\\', 'x', hex[x>>4], hex[x&15])
			}
		default:
			b = append(b, byte(c))
		}
	}
	return string(append(b, '"'))
}
