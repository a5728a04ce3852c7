package time

// tzRule is a POSIX TZ string: a standard zone, and perhaps a daylight saving zone with the days of the year when it
// begins and ends.
type tzRule struct {
	std, dst   zone
	hasDST     bool
	start, end ruleDay
}

// ruleDay is a day of the year and a time of day (seconds, which may be beyond the day).
type ruleDay struct {
	form             byte // 'J': day 1 to 365, February 29 not counted; 'D': day 0 to 365; 'M': month, week, weekday
	day, week, month int
	sec              int
}

// parseRule reads a rule like "CET-1CEST,M3.5.0,M10.5.0/3".
func parseRule(s string) (r tzRule, ok bool) {
	if r.std.name, s, ok = ruleName(s); !ok {
		return r, false
	}
	if r.std.offset, s, ok = ruleOffset(s); !ok {
		return r, false
	}
	r.std.offset = -r.std.offset // POSIX counts westwards
	if s == "" || s[0] == ',' {
		return r, true
	}
	r.hasDST = true
	r.dst.isDST = true
	if r.dst.name, s, ok = ruleName(s); !ok {
		return r, false
	}
	if s == "" || s[0] == ',' {
		r.dst.offset = r.std.offset + 3600
	} else {
		if r.dst.offset, s, ok = ruleOffset(s); !ok {
			return r, false
		}
		r.dst.offset = -r.dst.offset
	}
	if s == "" {
		s = ",M3.2.0,M11.1.0"
	}
	if s[0] != ',' && s[0] != ';' {
		return r, false
	}
	if r.start, s, ok = parseDay(s[1:]); !ok || s == "" || s[0] != ',' {
		return r, false
	}
	if r.end, s, ok = parseDay(s[1:]); !ok || s != "" {
		return r, false
	}
	return r, true
}

// ruleName reads a zone name: three or more letters, or anything in <>.
func ruleName(s string) (name, rest string, ok bool) {
	if s == "" {
		return "", "", false
	}
	if s[0] == '<' {
		for i := 1; i < len(s); i++ {
			if s[i] == '>' {
				return s[1:i], s[i+1:], true
			}
		}
		return "", "", false
	}
	n := 0
	for n < len(s) && s[n] != ',' && s[n] != '-' && s[n] != '+' && !isDigit(s[n]) {
		n++
	}
	return s[:n], s[n:], n >= 3
}

// ruleOffset reads [+-]hh[:mm[:ss]] as seconds.
func ruleOffset(s string) (offset int, rest string, ok bool) {
	sign := 1
	if s != "" && (s[0] == '+' || s[0] == '-') {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	// RFC 8536 allows hours up to a week.
	hours, s, ok := ruleNumber(s, 0, 24*7)
	if !ok {
		return 0, "", false
	}
	offset = hours * 3600
	for _, unit := range [...]int{60, 1} {
		if s == "" || s[0] != ':' {
			break
		}
		var v int
		if v, s, ok = ruleNumber(s[1:], 0, 59); !ok {
			return 0, "", false
		}
		offset += v * unit
	}
	return sign * offset, s, true
}

func ruleNumber(s string, low, high int) (v int, rest string, ok bool) {
	n := 0
	for ; n < len(s) && isDigit(s[n]); n++ {
		if v = v*10 + int(s[n]-'0'); v > high {
			return 0, "", false
		}
	}
	return v, s[n:], n > 0 && v >= low
}

// parseDay reads Jn, n or Mm.w.d, each with /time.
func parseDay(s string) (d ruleDay, rest string, ok bool) {
	if s == "" {
		return d, "", false
	}
	switch {
	case s[0] == 'J':
		d.form = 'J'
		d.day, s, ok = ruleNumber(s[1:], 1, 365)
	case s[0] == 'M':
		d.form = 'M'
		d.month, s, ok = ruleNumber(s[1:], 1, 12)
		if !ok || s == "" || s[0] != '.' {
			return d, "", false
		}
		d.week, s, ok = ruleNumber(s[1:], 1, 5)
		if !ok || s == "" || s[0] != '.' {
			return d, "", false
		}
		d.day, s, ok = ruleNumber(s[1:], 0, 6)
	default:
		d.form = 'D'
		d.day, s, ok = ruleNumber(s, 0, 365)
	}
	if !ok {
		return d, "", false
	}
	d.sec = 2 * 3600
	if s != "" && s[0] == '/' {
		d.sec, s, ok = ruleOffset(s[1:])
	}
	return d, s, ok
}

// at gives the second of the year at which the day's time comes, on a clock that is offset seconds east of UTC.
func (d ruleDay) at(year int64, offset int) int64 {
	var day int64
	switch d.form {
	case 'J':
		day = int64(d.day) - 1
		if isLeap(int(year)) && d.day >= 60 {
			day++
		}
	case 'D':
		day = int64(d.day)
	case 'M':
		first := daysBefore(year, int64(d.month), 1)
		_, ahead := floorDiv(int64(d.day)-int64(weekday(first)), 7)
		in := ahead + int64(d.week-1)*7
		if in >= int64(daysIn(Month(d.month), int(year))) {
			in -= 7 // the fifth is the last one
		}
		day = first + in - daysBefore(year, 1, 1)
	}
	return day*secondsPerDay + int64(d.sec) - int64(offset)
}

// lookup finds the zone at the Unix time sec. lastChange is when the rule takes over.
func (r *tzRule) lookup(lastChange, sec int64) span {
	if !r.hasDST {
		return span{r.std, lastChange, maxSec}
	}
	days, _ := floorDiv(sec+unixToInternal, secondsPerDay)
	year, _, _ := dateOf(days)
	// The calendar year in UTC decides which two changes are looked at; the time before the first and after the second
	// is said to begin and end with the year.
	begin := daysBefore(year, 1, 1)*secondsPerDay - unixToInternal
	// Go says so in leap years, too.
	next := begin + 365*secondsPerDay
	first, second := r.start.at(year, r.std.offset), r.end.at(year, r.dst.offset)
	outer, inner := r.std, r.dst
	if second < first {
		first, second = second, first
		outer, inner = r.dst, r.std
	}
	first += begin
	second += begin
	switch {
	case sec < first:
		return span{outer, begin, first}
	case sec >= second:
		return span{outer, second, next}
	}
	return span{inner, first, second}
}
