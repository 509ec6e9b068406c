package store

import "time"

// Columns hold moments as microseconds since 1970 UTC, 0 for none, and yes or
// no as 1 or 0.

// Time reads a column that holds a moment, in UTC; a column that holds none
// reads as the zero time.
func Time(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

// Micros is a moment as a column holds it; the zero time is none. What is finer
// than a microsecond is cut off.
func Micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Bool is a yes or no as a column holds it.
func Bool(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}
