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
