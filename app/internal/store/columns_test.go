package store

import (
	"database/sql/driver"
	"testing"
	"time"
)

func TestAColumnGivesBackWhatWasPutIn(t *testing.T) {
	moment := time.Date(2026, 3, 2, 9, 30, 0, 123_456_000, time.FixedZone("office", 8*3600))
	if got := Time(Micros(moment)); !got.Equal(moment) || got.Location() != time.UTC {
		t.Errorf("%s came back as %s", moment, got)
	}
	if n := Micros(time.Time{}); n != 0 || !Time(0).IsZero() {
		t.Errorf("no moment is kept as %d and read as %s", n, Time(0))
	}
	if Bool(true) != 1 || Bool(false) != 0 {
		t.Error("a yes is 1 and a no is 0")
	}
	row := Row{Micros(moment), Bool(true), nil}
	if !row.Time(0).Equal(moment) || !row.Bool(1) || row.Bool(2) || !row.Time(2).IsZero() {
		t.Errorf("a row reads %s %v, of NULL %s %v", row.Time(0), row.Bool(1), row.Time(2), row.Bool(2))
	}
	var _ driver.Value = Bool(true) // a driver takes no other whole number than int64
}
