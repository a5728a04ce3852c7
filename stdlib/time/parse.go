package time

// A ParseError says why a value does not have the form of a layout.
type ParseError struct {
	Layout     string
	Value      string
	LayoutElem string
	ValueElem  string
	Message    string
}

func (e *ParseError) Error() string {
	if e.Message != "" {
		return "parsing time " + quote(e.Value) + e.Message
	}
	return "parsing time " + quote(e.Value) + " as " + quote(e.Layout) + ": cannot parse " + quote(e.ValueElem) + " as " + quote(e.LayoutElem)
}

// Parse reads a time by the layout. Without a zone in the value it is UTC; a zone offset or abbreviation that is in use
// in the local zone at that time gives a local time.
func Parse(layout, value string) (Time, error) { return parse(layout, value, UTC, Local) }

// ParseInLocation is Parse for values that belong to loc: it takes the place of UTC and of the local zone.
func ParseInLocation(layout, value string, loc *Location) (Time, error) {
	return parse(layout, value, loc, loc)
}

// parser holds what was read so far. Negative: not there.
type parser struct {
	year, month, day, yday int
	hour, min, sec, nsec   int
	pm, am                 bool
	utc                    bool
	offset                 int
	hasOffset              bool
	zoneName               string

	value string // what is left
	outOf string // the name of a number that is out of range
}

func parse(layout, value string, noZone, local *Location) (Time, error) {
	fullLayout, fullValue := layout, value
	p := parser{month: -1, day: -1, yday: -1, value: value}
	for {
		prefix, elem, digits, suffix := nextElement(layout)
		text := layout[len(prefix) : len(layout)-len(suffix)]
		if !p.skip(prefix) {
			return Time{}, &ParseError{fullLayout, fullValue, prefix, p.value, ""}
		}
		if elem == elemNone {
			if p.value != "" {
				return Time{}, &ParseError{fullLayout, fullValue, "", p.value, ": extra text: " + quote(p.value)}
			}
			break
		}
		layout = suffix
		before := p.value
		ok := p.element(elem, digits, layout)
		if p.outOf != "" {
			return Time{}, &ParseError{fullLayout, fullValue, text, p.value, ": " + p.outOf + " out of range"}
		}
		if !ok {
			return Time{}, &ParseError{fullLayout, fullValue, text, before, ""}
		}
	}
	if p.pm && p.hour < 12 {
		p.hour += 12
	} else if p.am && p.hour == 12 {
		p.hour = 0
	}
	if message := p.checkDay(); message != "" {
		return Time{}, &ParseError{fullLayout, fullValue, "", fullValue, message}
	}
	date := func(loc *Location) Time {
		return Date(p.year, Month(p.month), p.day, p.hour, p.min, p.sec, p.nsec, loc)
	}
	switch {
	case p.utc:
		return date(UTC), nil
	case p.hasOffset:
		t := date(UTC)
		t.addSec(-int64(p.offset))
		// The local zone, if it has this offset (and name) then.
		if z := local.lookup(t.unixSec()); z.offset == p.offset && (p.zoneName == "" || z.name == p.zoneName) {
			t.setLoc(local)
			return t, nil
		}
		t.setLoc(FixedZone(p.zoneName, p.offset))
		return t, nil
	case p.zoneName != "":
		t := date(UTC)
		if offset, ok := local.lookupName(p.zoneName, t.unixSec()); ok {
			t.addSec(-int64(offset))
			t.setLoc(local)
			return t, nil
		}
		// An unknown abbreviation: a zone of that name with offset 0, except for GMT+3 and the like.
		offset := 0
		if len(p.zoneName) > 3 && p.zoneName[:3] == "GMT" {
			offset, _ = signedNumber(p.zoneName[3:])
			offset *= 3600
		}
		t.setLoc(FixedZone(p.zoneName, offset))
		return t, nil
	}
	return date(noZone), nil
}

// checkDay makes month and day valid, from the day of the year if that is there. It gives a complaint or "".
func (p *parser) checkDay() string {
	if p.yday >= 0 {
		days := 365
		if isLeap(p.year) {
			days = 366
		}
		if p.yday < 1 || p.yday > days {
			return ": day-of-year out of range"
		}
		_, month, day := dateOf(daysBefore(int64(p.year), 1, 1) + int64(p.yday) - 1)
		if p.month >= 0 && p.month != int(month) {
			return ": day-of-year does not match month"
		}
		if p.day >= 0 && p.day != day {
			return ": day-of-year does not match day"
		}
		p.month, p.day = int(month), day
	} else {
		if p.month < 0 {
			p.month = int(January)
		}
		if p.day < 0 {
			p.day = 1
		}
	}
	if p.day < 1 || p.day > daysIn(Month(p.month), p.year) {
		return ": day out of range"
	}
	return ""
}

func trimSpaces(s string) string {
	for s != "" && s[0] == ' ' {
		s = s[1:]
	}
	return s
}

// skip reads the text between elements: spaces stand for any number of spaces.
func (p *parser) skip(prefix string) bool {
	for prefix != "" {
		if prefix[0] == ' ' {
			if p.value != "" && p.value[0] != ' ' {
				return false
			}
			prefix, p.value = trimSpaces(prefix), trimSpaces(p.value)
			continue
		}
		if p.value == "" || p.value[0] != prefix[0] {
			return false
		}
		prefix, p.value = prefix[1:], p.value[1:]
	}
	return true
}

// digits reads exactly n digits.
func (p *parser) digits(n int) (v int, ok bool) {
	if len(p.value) < n {
		return 0, false
	}
	for i := range n {
		if !isDigit(p.value[i]) {
			return 0, false
		}
		v = v*10 + int(p.value[i]-'0')
	}
	p.value = p.value[n:]
	return v, true
}

// number reads one or two digits; two if fixed.
func (p *parser) number(fixed bool) (v int, ok bool) {
	if len(p.value) >= 2 && isDigit(p.value[0]) && isDigit(p.value[1]) {
		return p.digits(2)
	}
	if fixed {
		return 0, false
	}
	return p.digits(1)
}

// inRange reads a number between low and high, which out of range is called what.
func (p *parser) inRange(fixed bool, low, high int, what string) (v int, ok bool) {
	if v, ok = p.number(fixed); ok && (v < low || v > high) {
		p.outOf = what
	}
	return v, ok
}

// name reads one of the names, upper or lower case.
func (p *parser) name(names []string) (index int, ok bool) {
	for i, name := range names {
		if len(p.value) >= len(name) && equalFold(p.value[:len(name)], name) {
			p.value = p.value[len(name):]
			return i, true
		}
	}
	return -1, false
}

func equalFold(a, b string) bool {
	for i := range len(a) {
		if a[i]|0x20 != b[i]|0x20 || a[i]|0x20 < 'a' {
			return false
		}
	}
	return true
}

// element reads the value of one element. layout is what follows in the layout.
func (p *parser) element(elem element, digits int, layout string) (ok bool) {
	switch elem {
	case elemYear:
		if len(p.value) < 2 {
			return false
		}
		// As Go does, a sign is let in.
		if p.year, ok = signedNumber(p.value[:2]); !ok {
			return false
		}
		p.value = p.value[2:]
		if p.year >= 69 {
			p.year += 1900 // as Unix time begins in 1970
		} else {
			p.year += 2000
		}
	case elemLongYear:
		p.year, ok = p.digits(4)
	case elemMonth, elemLongMonth:
		names := shortMonthNames
		if elem == elemLongMonth {
			names = longMonthNames
		}
		p.month, ok = p.name(names)
		p.month++
	case elemNumMonth, elemZeroMonth:
		p.month, ok = p.inRange(elem == elemZeroMonth, 1, 12, "month")
	case elemWeekDay:
		// Read, but not used.
		_, ok = p.name(shortDayNames)
	case elemLongWeekDay:
		_, ok = p.name(longDayNames)
	case elemDay, elemUnderDay, elemZeroDay:
		if elem == elemUnderDay && p.value != "" && p.value[0] == ' ' {
			p.value = p.value[1:]
		}
		p.day, ok = p.number(elem == elemZeroDay)
	case elemUnderYearDay, elemZeroYearDay:
		n := 3
		if elem == elemUnderYearDay {
			for i := 0; i < 2 && p.value != "" && p.value[0] == ' '; i++ {
				p.value = p.value[1:]
			}
			m := 0
			for m < n && m < len(p.value) && isDigit(p.value[m]) {
				m++
			}
			n = max(m, 1)
		}
		p.yday, ok = p.digits(n)
	case elemHour:
		p.hour, ok = p.inRange(false, 0, 23, "hour")
	case elemHour12, elemZeroHour12:
		p.hour, ok = p.inRange(elem == elemZeroHour12, 0, 12, "hour")
	case elemMinute, elemZeroMinute:
		p.min, ok = p.inRange(elem == elemZeroMinute, 0, 59, "minute")
	case elemSecond, elemZeroSecond:
		p.sec, ok = p.inRange(elem == elemZeroSecond, 0, 59, "second")
		if !ok || p.outOf != "" {
			return ok
		}
		// A fraction may follow even if the layout has none.
		if len(p.value) >= 2 && isPoint(p.value[0]) && isDigit(p.value[1]) {
			if _, next, _, _ := nextElement(layout); next == elemFraction0 || next == elemFraction9 {
				break
			}
			n := 2
			for n < len(p.value) && isDigit(p.value[n]) {
				n++
			}
			ok = p.fraction(n)
		}
	case elemPM, elempm:
		if len(p.value) < 2 {
			return false
		}
		half := p.value[:2]
		p.value = p.value[2:]
		am, pm := "AM", "PM"
		if elem == elempm {
			am, pm = "am", "pm"
		}
		switch half {
		case pm:
			p.pm = true
		case am:
			p.am = true
		default:
			return false
		}
		return true
	case elemTZ:
		if len(p.value) >= 3 && p.value[:3] == "UTC" {
			p.utc = true
			p.value = p.value[3:]
			return true
		}
		n, ok := zoneNameLength(p.value)
		if !ok {
			return false
		}
		p.zoneName, p.value = p.value[:n], p.value[n:]
		return true
	case elemFraction0:
		if len(p.value) < 1+digits {
			return false
		}
		return p.fraction(1 + digits)
	case elemFraction9:
		if len(p.value) < 2 || !isPoint(p.value[0]) || !isDigit(p.value[1]) {
			return true // nothing there: zero
		}
		n := 1
		for n < len(p.value) && isDigit(p.value[n]) {
			n++
		}
		return p.fraction(n)
	default:
		return p.zoneOffset(elem)
	}
	return ok
}

func isPoint(c byte) bool { return c == '.' || c == ',' }

// fraction reads a point and digits, n characters together, as nanoseconds.
func (p *parser) fraction(n int) bool {
	if !isPoint(p.value[0]) {
		return false
	}
	digits := p.value[1:min(n, 1+9)]
	// As Go does, a sign is let in, and then complained about or not.
	v, ok := signedNumber(digits)
	if !ok {
		return false
	}
	if v < 0 {
		p.outOf = "fractional second"
	}
	for range 9 - len(digits) {
		v *= 10
	}
	p.nsec = v
	p.value = p.value[n:]
	return true
}

// zoneOffset reads an offset in the form of elem.
func (p *parser) zoneOffset(elem element) bool {
	if elem >= elemZ && elem <= elemZColonSeconds && p.value != "" && p.value[0] == 'Z' {
		p.value = p.value[1:]
		p.utc = true
		return true
	}
	if p.value == "" {
		return false
	}
	sign := p.value[0]
	var parts [3]int
	n, gap := 2, 2
	switch elem {
	case elemZShort, elemNumShort:
		n = 1
	case elemZColon, elemNumColon:
		gap = 3
	case elemZSeconds, elemNumSeconds:
		n = 3
	case elemZColonSeconds, elemNumColonSeconds:
		n, gap = 3, 3
	}
	length := 1 + (n-1)*gap + 2
	if len(p.value) < length {
		return false
	}
	for i := 1; gap == 3 && i < n; i++ {
		if p.value[i*gap] != ':' {
			return false
		}
	}
	ok := true
	for i := 0; ok && i < n; i++ {
		part := parser{value: p.value[1+i*gap:][:2]}
		parts[i], ok = part.number(true)
	}
	// A number out of range is worth more than a bad one after it.
	for i, limit := range [...]int{24, 60, 60} {
		if parts[i] > limit {
			p.outOf = "time zone offset " + [...]string{"hour", "minute", "second"}[i]
		}
	}
	if !ok {
		return false
	}
	p.value = p.value[length:]
	p.hasOffset = true
	p.offset = (parts[0]*60+parts[1])*60 + parts[2]
	switch sign {
	case '+':
	case '-':
		p.offset = -p.offset
	default:
		return false
	}
	return true
}

// zoneNameLength finds how many characters of s are a zone abbreviation: three or four upper-case letters (four only if
// the last is T, or it is WITA), five for ChST, MeST and the like, GMT with an hour, or a signed hour.
func zoneNameLength(s string) (n int, ok bool) {
	if len(s) < 3 {
		return 0, false
	}
	if len(s) >= 4 && (s[:4] == "ChST" || s[:4] == "MeST") {
		return 4, true
	}
	if s[:3] == "GMT" {
		if len(s) == 3 {
			return 3, true
		}
		return 3 + signedHourLength(s[3:]), true
	}
	if s[0] == '+' || s[0] == '-' {
		n = signedHourLength(s)
		return n, n > 0
	}
	for n < 6 && n < len(s) && 'A' <= s[n] && s[n] <= 'Z' {
		n++
	}
	switch n {
	case 5:
		return 5, s[4] == 'T'
	case 4:
		return 4, s[3] == 'T' || s[:4] == "WITA"
	case 3:
		return 3, true
	}
	return 0, false
}

// signedHourLength finds how many characters of s are a sign and an hour up to 23; 0 if it is none.
func signedHourLength(s string) int {
	if s == "" || s[0] != '+' && s[0] != '-' {
		return 0
	}
	n, v := 1, 0
	for n < len(s) && isDigit(s[n]) {
		if v = v*10 + int(s[n]-'0'); v > 1000 {
			return 0
		}
		n++
	}
	if n == 1 || v > 23 {
		return 0
	}
	return n
}

func signedNumber(s string) (v int, ok bool) {
	negative := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		negative = s[0] == '-'
		s = s[1:]
	}
	for i := range len(s) {
		if !isDigit(s[i]) {
			return 0, false
		}
		v = v*10 + int(s[i]-'0')
	}
	if negative {
		v = -v
	}
	return v, s != ""
}
