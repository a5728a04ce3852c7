package time

import "errors"

const (
	binaryVersion1 = 1 + iota // offsets in minutes
	binaryVersion2            // offsets in seconds
)

// AppendBinary appends the form of MarshalBinary.
func (t Time) AppendBinary(b []byte) ([]byte, error) {
	version, offset, seconds := byte(binaryVersion1), -1, 0 // -1 is UTC
	if t.Location() != UTC {
		_, offset = t.Zone()
		if offset%60 != 0 {
			version = binaryVersion2
			seconds = offset % 60
		}
		offset /= 60
		if offset < -32768 || offset == -1 || offset > 32767 {
			return b, errors.New("Time.MarshalBinary: unexpected zone offset")
		}
	}
	b = append(b, version)
	sec, nsec := t.sec(), t.nsec()
	for shift := 56; shift >= 0; shift -= 8 {
		b = append(b, byte(sec>>shift))
	}
	for shift := 24; shift >= 0; shift -= 8 {
		b = append(b, byte(nsec>>shift))
	}
	b = append(b, byte(offset>>8), byte(offset))
	if version == binaryVersion2 {
		b = append(b, byte(seconds))
	}
	return b, nil
}

// MarshalBinary gives a compact form: version, seconds, nanoseconds, zone offset.
func (t Time) MarshalBinary() ([]byte, error) { return t.AppendBinary(make([]byte, 0, 16)) }

// UnmarshalBinary reads the form of MarshalBinary.
func (t *Time) UnmarshalBinary(data []byte) error {
	if len(data) == 0 {
		return errors.New("Time.UnmarshalBinary: no data")
	}
	version := data[0]
	if version != binaryVersion1 && version != binaryVersion2 {
		return errors.New("Time.UnmarshalBinary: unsupported version")
	}
	want := 15
	if version == binaryVersion2 {
		want++
	}
	if len(data) != want {
		return errors.New("Time.UnmarshalBinary: invalid length")
	}
	var sec int64
	for _, c := range data[1:9] {
		sec = sec<<8 | int64(c)
	}
	var nsec int32
	for _, c := range data[9:13] {
		nsec = nsec<<8 | int32(c)
	}
	offset := int(int16(uint16(data[13])<<8|uint16(data[14]))) * 60
	if version == binaryVersion2 {
		offset += int(int8(data[15]))
	}
	*t = Time{wall: uint64(nsec), ext: sec}
	if offset == -60 {
		t.setLoc(&utcLoc)
	} else if z := Local.lookup(t.unixSec()); offset == z.offset {
		t.setLoc(Local)
	} else {
		t.setLoc(FixedZone("", offset))
	}
	return nil
}

// GobEncode and GobDecode are for package gob.
func (t Time) GobEncode() ([]byte, error)   { return t.MarshalBinary() }
func (t *Time) GobDecode(data []byte) error { return t.UnmarshalBinary(data) }

// appendStrict appends t as RFC 3339 has it, which knows no years beyond 9999 and no offsets of a day.
func (t Time) appendStrict(b []byte) ([]byte, error) {
	n := len(b)
	b = t.AppendFormat(b, RFC3339Nano)
	if b[n+len("9999")] != '-' {
		return b, errors.New("year outside of range [0,9999]")
	}
	if b[len(b)-1] != 'Z' {
		hour := b[len(b)-len("07:00"):]
		if sign := b[len(b)-len("Z07:00")]; isDigit(sign) || int(hour[0]-'0')*10+int(hour[1]-'0') >= 24 {
			return b, errors.New("timezone hour outside of range [0,23]")
		}
	}
	return b, nil
}

// AppendText appends the form of MarshalText.
func (t Time) AppendText(b []byte) ([]byte, error) { return t.text(b, "Time.AppendText: ") }

func (t Time) text(b []byte, context string) ([]byte, error) {
	b, err := t.appendStrict(b)
	if err != nil {
		return nil, errors.New(context + err.Error())
	}
	return b, nil
}

// MarshalText gives t by RFC 3339, with nanoseconds.
func (t Time) MarshalText() ([]byte, error) {
	return t.text(make([]byte, 0, len(RFC3339Nano)), "Time.MarshalText: ")
}

// MarshalJSON gives t as a string by RFC 3339, with nanoseconds.
func (t Time) MarshalJSON() ([]byte, error) {
	b := append(make([]byte, 0, len(RFC3339Nano)+2), '"')
	b, err := t.appendStrict(b)
	if err != nil {
		return nil, errors.New("Time.MarshalJSON: " + err.Error())
	}
	return append(b, '"'), nil
}

// UnmarshalText reads a time by RFC 3339.
func (t *Time) UnmarshalText(data []byte) (err error) {
	*t, err = Parse(RFC3339, string(data))
	return err
}

// UnmarshalJSON reads a string with a time by RFC 3339; null is left alone.
func (t *Time) UnmarshalJSON(data []byte) (err error) {
	s := string(data)
	if s == "null" {
		return nil
	}
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return errors.New("Time.UnmarshalJSON: input is not a JSON string")
	}
	*t, err = Parse(RFC3339, s[1 : len(s)-1])
	return err
}
