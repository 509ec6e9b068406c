package rules

import (
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// R18: promised for the same day (0 working days), accepted Monday 2 March 2026 at
// 09:00: due at that day's close of business, and one second later it is over.
func TestR18ALimitOfNoDays(t *testing.T) {
	it := permitItem()
	it.Promised = wd(0)
	v := expect(t, subject(it, opened()...), "2026-03-02 17:30:00", "")
	wantDue(t, &v.Promised, "2026-03-02 17:30", false, 0)
	if !v.Next.Equal(at("2026-03-02 17:30:01")) {
		t.Errorf("judged next at %v", v.Next)
	}
	v = expect(t, subject(it, opened()...), "2026-03-02 17:30:01", "V02")
	wantDue(t, &v.Promised, "2026-03-02 17:30", true, 0)
	f := expectFinding(t, v, "V02", "", Yellow, "2026-03-02 17:30")
	for _, words := range []string{"应当日办结", "承诺时限 当日（0 日）。", "应不迟于 2026-03-02 17:30 办结"} {
		if !strings.Contains(f.WordsZH, words) {
			t.Errorf("words %q lack %q", f.WordsZH, words)
		}
	}
	if !strings.Contains(f.WordsEN, "the same day (0 days)") {
		t.Errorf("words: %s", f.WordsEN)
	}
	// Ended on Wednesday, two working days over; ended at noon, in time.
	v = expect(t, subject(it, opened(granted("2026-03-04 10:00"))...), "2026-03-05 09:00", "V02")
	if f := expectFinding(t, v, "V02", "", Yellow, "2026-03-02 17:30"); !strings.Contains(f.WordsZH, "超 2 个工作日。") {
		t.Errorf("words: %s", f.WordsZH)
	}
	if v := expect(t, subject(it, opened(granted("2026-03-02 12:00"))...), "2026-03-05 09:00", ""); v.Case.Early {
		t.Error("on the day itself, and said to be early")
	}
	// Over by less than a day, in words of the unit.
	v = expect(t, subject(it, opened(granted("2026-03-02 20:00"))...), "2026-03-05 09:00", "V02")
	if f := expectFinding(t, v, "V02", "", Yellow, "2026-03-02 17:30"); !strings.Contains(f.WordsZH, "超时不足 1 个工作日。") || !strings.Contains(f.WordsEN, "less than 1 working day over.") {
		t.Errorf("words: %s\n%s", f.WordsZH, f.WordsEN)
	}
}

// R18: a target of an hour and a half and five seconds in office hours.
func TestR18ATargetToTheSecondInWords(t *testing.T) {
	it := permitItem()
	it.Promised = approval.Limit{N: 5405, Unit: approval.WorkingSeconds}
	v := expect(t, subject(it, opened()...), "2026-03-02 10:30:05", "")
	wantDue(t, &v.Promised, "2026-03-02 10:30:05", false, 0)
	v = expect(t, subject(it, opened(granted("2026-03-02 11:31:10"))...), "2026-03-02 17:00", "V02")
	wantDue(t, &v.Promised, "2026-03-02 10:30:05", true, -3665)
	f := expectFinding(t, v, "V02", "", Yellow, "2026-03-02 10:30:05")
	for _, words := range []string{"承诺时限 1 小时 30 分 5 秒（办公时间）。", "自当时起算", "超 1 小时 1 分 5 秒（办公时间）。"} {
		if !strings.Contains(f.WordsZH, words) {
			t.Errorf("words %q lack %q", f.WordsZH, words)
		}
	}
}
