package officeclock

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var east8 = time.FixedZone("+8", 8*3600)

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", s, east8)
	if err != nil {
		panic(err)
	}
	return t
}

func TestZeroSettingIsTheRealClock(t *testing.T) {
	c := New(Setting{})
	before := time.Now()
	now := c.Now()
	if now.Before(before) || time.Since(now) > time.Minute {
		t.Errorf("shows %v at %v", now, before)
	}
	if x := at("2031-05-05 03:00:00"); !c.At(x).Equal(x) || !c.OfficeAt(x).Equal(x) {
		t.Error("real and office time differ")
	}
}

func TestSpeed(t *testing.T) {
	real := at("2030-01-01 00:00:00")
	c := New(Setting{Real: real, Office: at("2026-09-22 09:00:00"), Speed: 3600})
	for seconds, want := range map[int]string{
		0: "2026-09-22 09:00:00", 1: "2026-09-22 10:00:00", 24: "2026-09-23 09:00:00", -1: "2026-09-22 08:00:00",
	} {
		instant := real.Add(time.Duration(seconds) * time.Second)
		if got := c.OfficeAt(instant); !got.Equal(at(want)) {
			t.Errorf("after %d s shows %v, want %s", seconds, got, want)
		}
		if got := c.At(at(want)); !got.Equal(instant) {
			t.Errorf("shows %s at %v, want %v", want, got, instant)
		}
	}
	if got := New(Setting{Real: real, Office: real, Speed: 0}).OfficeAt(real.Add(time.Hour)); !got.Equal(real.Add(time.Hour)) {
		t.Errorf("without a speed an hour leads to %v", got)
	}
}

// One real second is an hour of work. 2026: 10-01 to 10-07 is a holiday, the
// Saturday 10-10 is worked, 10-11 is not.
func TestSkipRest(t *testing.T) {
	real := at("2030-01-01 00:00:00")
	c := New(Setting{Real: real, Office: at("2026-09-30 16:30:00"), Speed: 3600, SkipRest: true})
	for _, s := range []struct {
		real time.Duration
		want string
	}{
		{0, "2026-09-30 16:30:00"},
		{time.Second, "2026-10-08 08:30:00"}, // 17:30 is the next opening
		{5 * time.Second, "2026-10-08 12:30:00"},
		{10*time.Second + 500*time.Millisecond, "2026-10-09 09:00:00"},
		{20 * time.Second, "2026-10-10 09:30:00"}, // the worked Saturday: 1 + 9 + 9 hours lie before
		{28 * time.Second, "2026-10-12 08:30:00"},
		{-8 * time.Second, "2026-09-30 08:30:00"},
		{-9 * time.Second, "2026-09-29 16:30:00"},
	} {
		if got := c.OfficeAt(real.Add(s.real)); !got.Equal(at(s.want)) {
			t.Errorf("after %v shows %v, want %s", s.real, got, s.want)
		}
		if got := c.At(at(s.want)); !got.Equal(real.Add(s.real)) {
			t.Errorf("shows %s at %v, want %v", s.want, got, real.Add(s.real))
		}
	}
	// Times at rest are leapt over when the next opening comes.
	for _, rest := range []string{"2026-09-30 17:30:00", "2026-10-03 12:00:00", "2026-10-08 08:29:59"} {
		if got := c.At(at(rest)); !got.Equal(real.Add(time.Second)) {
			t.Errorf("%s is leapt over at %v", rest, got)
		}
	}
}

func TestAnchorAtRest(t *testing.T) {
	real := at("2030-01-01 00:00:00")
	for anchor, want := range map[string]string{
		"2026-10-03 12:00:00": "2026-10-08 08:30:00", // holiday
		"2026-10-09 20:00:00": "2026-10-10 08:30:00", // night before a worked Saturday
		"2026-10-12 04:00:00": "2026-10-12 08:30:00",
	} {
		c := New(Setting{Real: real, Office: at(anchor), Speed: 1, SkipRest: true})
		if got := c.OfficeAt(real); !got.Equal(at(want)) {
			t.Errorf("anchored at %s shows %v, want %s", anchor, got, want)
		}
	}
}

func drawSetting(t *rapid.T) Setting {
	return Setting{
		Real:     time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, "real"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")),
		Office:   time.Unix(rapid.Int64Range(1_262_275_200, 1_830_000_000).Draw(t, "office"), 0), // 2010–2027
		Speed:    rapid.Float64Range(0.5, 500_000).Draw(t, "speed"),
		SkipRest: rapid.Bool().Draw(t, "skip"),
	}
}

// The real instant of an office time shows that time, or, for a time at rest,
// the next opening; and the clock never runs backwards.
func TestInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSetting(t)
		c := New(s)
		office := c.OfficeAt(s.Real).Add(time.Duration(rapid.Int64Range(0, int64(365*day)).Draw(t, "later")))
		shown := c.OfficeAt(c.At(office))
		// A real nanosecond is Speed nanoseconds of office time.
		slack := time.Duration(s.Speed) + time.Microsecond
		switch {
		case shown.Before(office.Add(-slack)):
			if gap := office.Sub(shown); !s.SkipRest || shanghai().position(office)-shanghai().position(shown) > int64(slack) {
				t.Fatalf("at its instant %v is shown %v earlier", office, gap)
			}
		case shown.After(office.Add(slack)):
			if !s.SkipRest || shanghai().position(shown)-shanghai().position(office) > int64(slack) {
				t.Fatalf("at the instant of %v, %v is shown", office, shown)
			}
		}
		real := s.Real.Add(time.Duration(rapid.Int64Range(0, int64(time.Hour)).Draw(t, "real later")))
		if next := real.Add(time.Duration(rapid.Int64Range(0, int64(time.Second)).Draw(t, "step"))); c.OfficeAt(next).Before(c.OfficeAt(real)) {
			t.Fatalf("runs backwards between %v and %v", real, next)
		}
		if s.SkipRest {
			local := c.OfficeAt(real).In(east8)
			clock := local.Sub(time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, east8))
			if clock < opens || clock >= closes {
				t.Fatalf("shows %v, a time at rest", local)
			}
		}
	})
}

func TestSettingSurvivesJSON(t *testing.T) {
	for _, s := range []Setting{{}, {Real: at("2030-01-01 00:00:00"), Office: at("2026-09-30 16:30:00"), Speed: 90.5, SkipRest: true}} {
		raw, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var back Setting
		if err := json.Unmarshal(raw, &back); err != nil {
			t.Fatal(err)
		}
		if !back.Real.Equal(s.Real) || !back.Office.Equal(s.Office) || back.Speed != s.Speed || back.SkipRest != s.SkipRest {
			t.Errorf("%s came back as %+v", raw, back)
		}
	}
	if raw, _ := json.Marshal(Setting{}); string(raw) != "{}" {
		t.Errorf("the real clock is written %s", raw)
	}
}

func TestSleep(t *testing.T) {
	office := at("2026-09-30 16:30:00")
	c := New(Setting{Real: time.Now(), Office: office, Speed: 36_000, SkipRest: true})
	// An hour of work is a tenth of a real second; then a week is leapt over.
	if err := c.Sleep(context.Background(), at("2026-10-05 00:00:00")); err != nil {
		t.Fatal(err)
	}
	if now := c.Now(); now.Before(at("2026-10-08 08:30:00")) {
		t.Errorf("woke at %v", now)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if err := c.Sleep(ctx, at("2027-10-05 00:00:00")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a sleep cut short says %v", err)
	}
}

// Absurd settings give some far time and no overflow.
func TestFarTimes(t *testing.T) {
	office := at("2026-09-30 16:30:00")
	for _, skip := range []bool{false, true} {
		c := New(Setting{Real: office, Office: office, Speed: 1e12, SkipRest: skip})
		if got := c.OfficeAt(office.AddDate(200, 0, 0)); got.Before(office.AddDate(200, 0, 0)) {
			t.Errorf("skip %v: shows %v", skip, got)
		}
		if got := c.OfficeAt(office.AddDate(-200, 0, 0)); got.After(office.AddDate(-200, 0, 0)) {
			t.Errorf("skip %v: shows %v", skip, got)
		}
	}
}

func BenchmarkNow(b *testing.B) {
	c := New(Setting{Real: time.Now(), Office: at("2026-09-30 16:30:00"), Speed: 60, SkipRest: true})
	b.ReportAllocs()
	for b.Loop() {
		c.Now()
	}
}
