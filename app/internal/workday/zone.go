package workday

import (
	"fmt"
	"time"
)

// A zone turns instants into local seconds and back: seconds since 1970-01-01
// 00:00 on the office's wall clock. All counting is done on them, so a day has
// 86400 of them even where a zone once moved its clocks.
type zone struct {
	loc *time.Location
	// Within [from, to), in Unix seconds, the offset never changes, and no
	// look-up is needed. Shanghai's runs from 1991 on.
	from, to int64
	offset   int64
}

const (
	minLocal = int64(minDate) * daySeconds
	maxLocal = (int64(maxDate)+1)*daySeconds - 1
)

// steady is an instant in the period whose offset is kept ready.
var steady = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

func newZone(loc *time.Location) zone {
	t := steady.In(loc)
	_, offset := t.Zone()
	z := zone{loc: loc, from: minLocal, to: maxLocal, offset: int64(offset)}
	start, end := t.ZoneBounds()
	if !start.IsZero() {
		z.from = start.Unix()
	}
	if !end.IsZero() {
		z.to = end.Unix()
	}
	return z
}

func (z zone) local(t time.Time) int64 {
	sec := t.Unix()
	offset := z.offset
	if sec < z.from || sec >= z.to {
		_, o := t.In(z.loc).Zone()
		offset = int64(o)
	}
	return min(max(sec+offset, minLocal), maxLocal)
}

func (z zone) instant(local int64) time.Time {
	sec := local - z.offset
	if sec >= z.from && sec < z.to {
		return time.Unix(sec, 0).In(z.loc)
	}
	y, m, d := dateOf(local).Civil()
	return time.Date(y, m, d, 0, 0, int(floorMod(local, daySeconds)), 0, z.loc)
}

func dateOf(local int64) Date { return clampDate(floorDiv(local, daySeconds)) }

func shanghai() *time.Location {
	loc, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		panic(fmt.Sprintf("workday: zone data is compiled in, yet: %v", err))
	}
	return loc
}
