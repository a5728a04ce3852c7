// Package time measures and shows time: instants, durations, the calendar, zones, timers.
package time

// A Time is an instant with nanoseconds, in a zone. Times that come from Now also have a reading of the monotonic
// clock, which differences and comparisons use if both sides have it. The zero Time is January 1 of year 1, UTC.
//
// wall and ext: if bit 63 of wall is set, wall has 33 bits of seconds since 1885 and 30 bits of nanoseconds, and ext is
// the monotonic clock; else wall has the nanoseconds only and ext the seconds since year 1.
type Time struct {
	wall uint64
	ext  int64
	loc  *Location // nil for UTC
}

const (
	hasMonotonic = 1 << 63
	nsecShift    = 30
	nsecMask     = 1<<nsecShift - 1
	maxWall      = 1<<33 - 1

	secondsPerDay = 86400

	// Days from January 1 of year 1.
	daysTo1970 = 719162
	daysTo1885 = 688117

	unixToInternal = daysTo1970 * secondsPerDay
	wallToInternal = daysTo1885 * secondsPerDay
)

func (t *Time) nsec() int32 { return int32(t.wall & nsecMask) }

// sec gives seconds since year 1.
func (t *Time) sec() int64 {
	if t.wall&hasMonotonic != 0 {
		return wallToInternal + int64(t.wall<<1>>(nsecShift+1))
	}
	return t.ext
}

func (t *Time) unixSec() int64 { return t.sec() - unixToInternal }

// stripMono drops the monotonic reading.
func (t *Time) stripMono() {
	if t.wall&hasMonotonic != 0 {
		t.ext = t.sec()
		t.wall &= nsecMask
	}
}

// addSec adds seconds; the monotonic reading stays if there is room.
func (t *Time) addSec(d int64) {
	if t.wall&hasMonotonic != 0 {
		sec := int64(t.wall << 1 >> (nsecShift + 1))
		if sum := sec + d; 0 <= sum && sum <= maxWall {
			t.wall = t.wall&nsecMask | uint64(sum)<<nsecShift | hasMonotonic
			return
		}
		t.stripMono()
	}
	sum := t.ext + d
	switch {
	case (sum > t.ext) == (d > 0):
		t.ext = sum
	case d > 0:
		t.ext = 1<<63 - 1
	default:
		t.ext = -(1<<63 - 1)
	}
}

func (t *Time) setLoc(loc *Location) {
	if loc == &utcLoc {
		loc = nil
	}
	t.stripMono()
	t.loc = loc
}

// now reads the clocks: Unix time and the monotonic clock.
func now() (sec int64, nsec int32, mono int64)

// runtimeNano reads the monotonic clock.
func runtimeNano() int64

// startNano is about when the process started; it is there for String.
var startNano = runtimeNano() - 1

// Now gives the current time, in the local zone.
func Now() Time {
	sec, nsec, mono := now()
	wall := sec + unixToInternal - wallToInternal
	if uint64(wall) > maxWall {
		return Time{uint64(nsec), sec + unixToInternal, Local}
	}
	return Time{hasMonotonic | uint64(wall)<<nsecShift | uint64(nsec), mono, Local}
}

func unixTime(sec int64, nsec int32) Time {
	return Time{uint64(nsec), sec + unixToInternal, Local}
}

// Unix gives the time sec seconds and nsec nanoseconds (of any size) after January 1, 1970 UTC, in the local zone.
func Unix(sec int64, nsec int64) Time {
	if nsec < 0 || nsec >= 1e9 {
		n := nsec / 1e9
		sec += n
		nsec -= n * 1e9
		if nsec < 0 {
			nsec += 1e9
			sec--
		}
	}
	return unixTime(sec, int32(nsec))
}

// UnixMilli gives the time for a number of milliseconds.
func UnixMilli(msec int64) Time { return Unix(msec/1e3, msec%1e3*1e6) }

// UnixMicro gives the time for a number of microseconds.
func UnixMicro(usec int64) Time { return Unix(usec/1e6, usec%1e6*1e3) }

// Unix, UnixMilli, UnixMicro and UnixNano give the time since January 1, 1970 UTC in units.
func (t Time) Unix() int64      { return t.unixSec() }
func (t Time) UnixMilli() int64 { return t.unixSec()*1e3 + int64(t.nsec())/1e6 }
func (t Time) UnixMicro() int64 { return t.unixSec()*1e6 + int64(t.nsec())/1e3 }
func (t Time) UnixNano() int64  { return t.unixSec()*1e9 + int64(t.nsec()) }

// Compare gives -1, 0 or 1.
func (t Time) Compare(u Time) int {
	a, b := t.sec(), u.sec()
	if t.wall&u.wall&hasMonotonic != 0 {
		a, b = t.ext, u.ext
	} else if a == b {
		a, b = int64(t.nsec()), int64(u.nsec())
	}
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// After, Before and Equal compare instants; zones do not matter.
func (t Time) After(u Time) bool  { return t.Compare(u) > 0 }
func (t Time) Before(u Time) bool { return t.Compare(u) < 0 }
func (t Time) Equal(u Time) bool  { return t.Compare(u) == 0 }

// IsZero reports whether t is the zero instant.
func (t Time) IsZero() bool { return t.sec() == 0 && t.nsec() == 0 }

// Add gives t+d.
func (t Time) Add(d Duration) Time {
	sec := int64(d / 1e9)
	nsec := t.nsec() + int32(d%1e9)
	if nsec >= 1e9 {
		sec++
		nsec -= 1e9
	} else if nsec < 0 {
		sec--
		nsec += 1e9
	}
	t.wall = t.wall&^nsecMask | uint64(nsec)
	t.addSec(sec)
	if t.wall&hasMonotonic != 0 {
		sum := t.ext + int64(d)
		if d < 0 && sum > t.ext || d > 0 && sum < t.ext {
			t.stripMono()
		} else {
			t.ext = sum
		}
	}
	return t
}

// Sub gives t-u; the largest or smallest Duration if the difference does not fit.
func (t Time) Sub(u Time) Duration {
	if t.wall&u.wall&hasMonotonic != 0 {
		return subMono(t.ext, u.ext)
	}
	d := Duration(t.sec()-u.sec())*Second + Duration(t.nsec()-u.nsec())
	switch {
	case u.Add(d).Equal(t):
		return d
	case t.Before(u):
		return minDuration
	}
	return maxDuration
}

func subMono(t, u int64) Duration {
	d := Duration(t - u)
	switch {
	case d < 0 && t > u:
		return maxDuration
	case d > 0 && t < u:
		return minDuration
	}
	return d
}

// Since gives the time since t.
func Since(t Time) Duration {
	if t.wall&hasMonotonic != 0 {
		return subMono(runtimeNano(), t.ext)
	}
	return Now().Sub(t)
}

// Until gives the time until t.
func Until(t Time) Duration {
	if t.wall&hasMonotonic != 0 {
		return subMono(t.ext, runtimeNano())
	}
	return t.Sub(Now())
}

// AddDate adds years, months and days; a day that does not exist, like October 32, is one of the following month.
func (t Time) AddDate(years int, months int, days int) Time {
	year, month, day := t.Date()
	hour, min, sec := t.Clock()
	return Date(year+years, month+Month(months), day+days, hour, min, sec, int(t.nsec()), t.Location())
}

// UTC gives t in UTC.
func (t Time) UTC() Time {
	t.setLoc(&utcLoc)
	return t
}

// Local gives t in the local zone.
func (t Time) Local() Time {
	t.setLoc(Local)
	return t
}

// In gives t in the zone loc.
func (t Time) In(loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Time.In")
	}
	t.setLoc(loc)
	return t
}

// Location gives the zone of t.
func (t Time) Location() *Location {
	if t.loc == nil {
		return UTC
	}
	return t.loc
}

// Zone gives name and offset (seconds east of UTC) of the zone in use at t.
func (t Time) Zone() (name string, offset int) {
	z := t.loc.lookup(t.unixSec())
	return z.name, z.offset
}

// ZoneBounds gives when the zone in use at t began and will end; the zero Time if it always was or always will be.
func (t Time) ZoneBounds() (start, end Time) {
	z := t.loc.lookup(t.unixSec())
	if z.start != minSec {
		start = unixTime(z.start, 0)
		start.setLoc(t.loc)
	}
	if z.end != maxSec {
		end = unixTime(z.end, 0)
		end.setLoc(t.loc)
	}
	return start, end
}

// IsDST reports whether daylight saving time is in use at t.
func (t Time) IsDST() bool { return t.loc.lookup(t.unixSec()).isDST }

// Truncate rounds t down to a multiple of d since the zero Time. d <= 0 only drops the monotonic reading.
func (t Time) Truncate(d Duration) Time {
	t.stripMono()
	if d <= 0 {
		return t
	}
	return t.Add(-t.since0(d))
}

// Round rounds t to the nearest multiple of d since the zero Time, halves up. d <= 0 only drops the monotonic reading.
func (t Time) Round(d Duration) Time {
	t.stripMono()
	if d <= 0 {
		return t
	}
	rest := t.since0(d)
	if lessThanHalf(rest, d) {
		return t.Add(-rest)
	}
	return t.Add(d - rest)
}

// since0 gives the time since the zero Time modulo d, never negative.
func (t Time) since0(d Duration) Duration {
	// (sec*1e9 + nsec) mod d, with sec reduced first: sec*1e9 does not fit in 64 bits.
	sec, nsec := t.sec(), int64(t.nsec())
	negative := sec < 0
	if negative {
		// Work with the magnitude; at the end take the complement.
		sec = -sec
		nsec = -nsec
		if nsec < 0 {
			nsec += 1e9
			sec--
		}
	}
	m := uint64(d)
	rest := mulMod(uint64(sec)%m, 1e9%m, m)
	rest = addMod(rest, uint64(nsec)%m, m)
	if negative && rest != 0 {
		rest = m - rest
	}
	return Duration(rest)
}

// addMod gives (a+b) mod m for a, b < m < 1<<63.
func addMod(a, b, m uint64) uint64 {
	if a += b; a >= m {
		a -= m
	}
	return a
}

// mulMod gives a*b mod m for a, b < m < 1<<63, by doubling.
func mulMod(a, b, m uint64) (r uint64) {
	for ; b > 0; b >>= 1 {
		if b&1 != 0 {
			r = addMod(r, a, m)
		}
		a = addMod(a, a, m)
	}
	return r
}
