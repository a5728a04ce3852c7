package time

// A Month is a month of the year: January is 1.
type Month int

const (
	January Month = 1 + iota
	February
	March
	April
	May
	June
	July
	August
	September
	October
	November
	December
)

var longMonthNames = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
var shortMonthNames = []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

// String gives the English name.
func (m Month) String() string {
	if January <= m && m <= December {
		return longMonthNames[m-1]
	}
	return "%!Month(" + itoa(uint64(m)) + ")"
}

// A Weekday is a day of the week: Sunday is 0.
type Weekday int

const (
	Sunday Weekday = iota
	Monday
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
)

var longDayNames = []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
var shortDayNames = []string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}

// String gives the English name.
func (d Weekday) String() string {
	if Sunday <= d && d <= Saturday {
		return longDayNames[d]
	}
	return "%!Weekday(" + itoa(uint64(d)) + ")"
}

func itoa(u uint64) string {
	var b [20]byte
	i := len(b)
	for {
		i--
		b[i] = byte('0' + u%10)
		if u /= 10; u == 0 {
			return string(b[i:])
		}
	}
}

// The calendar is computed in years that begin on March 1, so that a leap day is the last day of its year, and in cycles
// of 400 years (146097 days), after which it repeats.

// floorDiv gives quotient and remainder with 0 <= remainder < b.
func floorDiv(a, b int64) (q, r int64) {
	q, r = a/b, a%b
	if r < 0 {
		q--
		r += b
	}
	return q, r
}

// daysBefore gives the number of days from January 1 of year 1 to the date. month is 1 to 12.
func daysBefore(year int64, month, day int64) int64 {
	if month <= 2 {
		year--
		month += 12
	}
	cycle, y := floorDiv(year, 400)
	inYear := (153*(month-3)+2)/5 + day - 1
	return cycle*146097 + y*365 + y/4 - y/100 + inYear - 306
}

// dateOf is the inverse of daysBefore.
func dateOf(days int64) (year int64, month Month, day int) {
	cycle, d := floorDiv(days+306, 146097)
	y := (d - d/1460 + d/36524 - d/146096) / 365
	d -= y*365 + y/4 - y/100
	m := (5*d + 2) / 153
	day = int(d - (153*m+2)/5 + 1)
	year = cycle*400 + y
	if m < 10 {
		return year, Month(m + 3), day
	}
	return year + 1, Month(m - 9), day
}

// local gives days since January 1 of year 1, and seconds of the day, in t's zone.
func (t Time) local() (days int64, sec int) {
	s := t.sec()
	if t.loc != nil {
		s += int64(t.loc.lookup(s - unixToInternal).offset)
	}
	d, r := floorDiv(s, secondsPerDay)
	return d, int(r)
}

// Date gives year, month and day.
func (t Time) Date() (year int, month Month, day int) {
	days, _ := t.local()
	y, month, day := dateOf(days)
	return int(y), month, day
}

func (t Time) Year() int {
	year, _, _ := t.Date()
	return year
}

func (t Time) Month() Month {
	_, month, _ := t.Date()
	return month
}

// Day gives the day of the month.
func (t Time) Day() int {
	_, _, day := t.Date()
	return day
}

// Weekday gives the day of the week.
func (t Time) Weekday() Weekday {
	days, _ := t.local()
	return weekday(days)
}

// January 1 of year 1 was a Monday.
func weekday(days int64) Weekday {
	_, d := floorDiv(days+1, 7)
	return Weekday(d)
}

// YearDay gives the day of the year, from 1.
func (t Time) YearDay() int {
	days, _ := t.local()
	return yearDay(days)
}

func yearDay(days int64) int {
	year, _, _ := dateOf(days)
	return int(days-daysBefore(year, 1, 1)) + 1
}

// ISOWeek gives year and number of the week by ISO 8601: weeks begin on Monday and belong to the year of their Thursday.
func (t Time) ISOWeek() (year, week int) {
	days, _ := t.local()
	_, sinceMonday := floorDiv(days, 7)
	thursday := days - sinceMonday + 3
	y, _, _ := dateOf(thursday)
	return int(y), (yearDay(thursday)-1)/7 + 1
}

// Clock gives the time of day.
func (t Time) Clock() (hour, min, sec int) {
	_, s := t.local()
	return s / 3600, s / 60 % 60, s % 60
}

func (t Time) Hour() int {
	hour, _, _ := t.Clock()
	return hour
}

func (t Time) Minute() int {
	_, min, _ := t.Clock()
	return min
}

func (t Time) Second() int {
	_, _, sec := t.Clock()
	return sec
}

// Nanosecond gives the nanoseconds within the second.
func (t Time) Nanosecond() int { return int(t.nsec()) }

func isLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func daysIn(m Month, year int) int {
	switch m {
	case February:
		if isLeap(year) {
			return 29
		}
		return 28
	case April, June, September, November:
		return 30
	}
	return 31
}

// carry moves whole multiples of base from low to high.
func carry(high, low, base int64) (int64, int64) {
	q, r := floorDiv(low, base)
	return high + q, r
}

// Date gives the time of a date in the zone loc. Values out of their ranges are carried over: October 32 is November 1.
// Where a change of zones makes a clock time occur twice or not at all, the result is right in one of the two zones.
func Date(year int, month Month, day, hour, min, sec, nsec int, loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Date")
	}
	y, m := carry(int64(year), int64(month)-1, 12)
	s, ns := carry(int64(sec), int64(nsec), 1e9)
	mi, s := carry(int64(min), s, 60)
	h, mi := carry(int64(hour), mi, 60)
	d, h := carry(int64(day), h, 24)
	unix := (daysBefore(y, m+1, 1)+d-1)*secondsPerDay + h*3600 + mi*60 + s - unixToInternal
	if loc != &utcLoc {
		z := loc.lookup(unix)
		if z.offset != 0 {
			// unix was a clock time; with the offset it should still be in the zone that the offset is from.
			if utc := unix - int64(z.offset); utc < z.start || utc >= z.end {
				z = loc.lookup(utc)
			}
			unix -= int64(z.offset)
		}
	}
	t := unixTime(unix, int32(ns))
	t.setLoc(loc)
	return t
}
