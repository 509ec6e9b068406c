package rating

import (
	"strings"
	"testing"
	"time"
)

// A leap second is of its own day in a file of ratings, too, in one cell or in two; a
// zone that nobody knows is said to be unknown.
func TestALeapSecondIsOfItsOwnDay(t *testing.T) {
	r := timeReader{zone: time.FixedZone("", 8*3600)}
	for _, cells := range [][2]string{{"2026-03-02", "23:59:60"}, {"2026-03-02", "下午11:59:60"}, {"", "2026-03-02 23:59:60"}, {"2026年3月2日", "23时59分60秒"}} {
		if at, w := r.read(cells[0], cells[1]); w.zh != "" || at.Format(time.DateTime) != "2026-03-02 23:59:59" {
			t.Errorf("%q: %v, %s", cells, at, w.zh)
		}
	}
	if _, w := r.read("", "2026-03-02 09:30 XX"); !strings.Contains(w.zh, "时区 XX 无法识别") || !strings.Contains(w.en, "the zone XX is unknown") {
		t.Errorf("%s / %s", w.zh, w.en)
	}
}

// What a program writes where it has no date is no time, whichever column it stands in, and
// the reason names it as it stands; a day beside it is enough.
func TestARatingWithoutADateIsToldByWhatStandsInItsFile(t *testing.T) {
	r := timeReader{zone: time.FixedZone("", 8*3600)}
	for _, text := range []string{"0000-00-00", "0000-00-00 00:00:00", "1970-01-01 08:00:00", "1899-12-30", "0001-01-01", "0", "NULL"} {
		for _, cells := range [][2]string{{"", text}, {text, ""}, {text, "09:30"}} {
			if at, w := r.read(cells[0], cells[1]); !strings.HasPrefix(w.zh, "没有填时间：“"+text+"”") || !strings.Contains(w.en, "“"+text+"”") {
				t.Errorf("%q: %v, %s / %s", cells, at, w.zh, w.en)
			}
		}
	}
	for _, c := range [][3]string{{"2026-03-02", "0000-00-00 00:00:00", "2026-03-02 00:00:00"}, {"2026-03-02", "00:00:00", "2026-03-02 00:00:00"}, {"2026-03-02", "0", "2026-03-02 00:00:00"},
		{"0000-00-00", "2026-03-02 09:30", "2026-03-02 09:30:00"}, {"46083", "0.5", "2026-03-02 12:00:00"}} {
		if at, w := r.read(c[0], c[1]); w.zh != "" || at.Format(time.DateTime) != c[2] {
			t.Errorf("%q: %v, %s", c, at, w.zh)
		}
	}
	if _, w := r.read("2026年3月2日", "25:10"); !strings.Contains(w.zh, "“2026年3月2日 25:10”") || strings.Contains(w.zh, "2026-03-02") {
		t.Errorf("a time that is none: %s", w.zh)
	}
}
