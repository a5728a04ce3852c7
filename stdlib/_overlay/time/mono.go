package time

// The runtime sends times whose monotonic reading is its clock's, so those of Now are that too: startNano, which
// they are relative to, is 0.

// clockStart is the clock when the package was initialised.
var clockStart int64

// runtimeNano gives the clock, but 1 to the initial value of startNano, its first caller.
func runtimeNano() int64 {
	_, _, clock := now()
	if clockStart == 0 {
		clockStart = clock
		return 1
	}
	return clock
}

// String shows the monotonic reading relative to the start of the program.
func (t Time) String() string {
	s := t.Format("2006-01-02 15:04:05.999999999 -0700 MST")
	if t.wall&hasMonotonic == 0 {
		return s
	}
	m, sign := t.ext-clockStart, "+"
	if m < 0 {
		m, sign = -m, "-"
	}
	// Ten digits at least: one before the point, nine after it.
	var digits [20]byte
	n := len(digits)
	for rest := uint64(m); rest > 0 || n > len(digits)-10; rest /= 10 {
		n--
		digits[n] = '0' + byte(rest%10)
	}
	point := len(digits) - 9
	return s + " m=" + sign + string(digits[n:point]) + "." + string(digits[point:])
}
