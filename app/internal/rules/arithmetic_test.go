package rules

import (
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// Office hours are 08:30–12:00 and 14:00–17:30, seven a day. Accepted Tuesday
// 2026-03-03 15:14:30 the clock runs 2:15:30 that day and 9:15:30 by the end of the
// next; sixteen hours are over on Thursday at 17:14:30, and by Friday 16:35:35,
// when the case was decided, 22:21:05 have run, and not the 23:15:30 of whole days.
func TestMinor6HoursAreAddedUpToTheEndAndNotOfTheWholeDay(t *testing.T) {
	item := permitItem()
	item.Promised, item.Statutory = wh(16), approval.Limit{}
	events := []approval.Event{received("2026-03-03 15:14:30"), accepted("2026-03-03 15:14:30")}
	open := expectFinding(t, civil.Judge(subject(item, events...), at("2026-03-10 09:00")), "V02", "", Yellow, "2026-03-05 17:14:30")
	if !strings.Contains(open.WordsZH, "03-03 累计 2:15:30；03-04 累计 9:15:30；03-05 累计 16:00。") {
		t.Errorf("open: %s", open.WordsZH)
	}
	ended := expectFinding(t, civil.Judge(subject(item, append(events, granted("2026-03-06 16:35:35"))...), at("2026-03-10 09:00")), "V02", "", Yellow, "2026-03-05 17:14:30")
	if !strings.Contains(ended.WordsZH, "03-05 累计 16:15:30；03-06 累计 22:21:05。") {
		t.Errorf("ended: %s", ended.WordsZH)
	}
}

// Thirty calendar days of 2026-03-03 end on 2 April, a Thursday, at the close: an
// open case is counted through to its last day, and not to the day after.
func TestMinor6AnOpenCaseInCalendarDaysIsCountedToItsLastDay(t *testing.T) {
	item := permitItem()
	item.Promised, item.Statutory = cd(30), approval.Limit{}
	v := civil.Judge(subject(item, received("2026-03-03 10:00"), accepted("2026-03-03 10:00")), at("2026-04-20 09:00"))
	f := expectFinding(t, v, "V02", "", Yellow, "2026-04-02 17:30")
	if !strings.Contains(f.WordsZH, "03-04 至 04-02 为第 1–30 日。") || strings.Contains(f.WordsZH, "04-03") {
		t.Errorf("%s", f.WordsZH)
	}
}

// A pause approved for two working days of Tuesday 3 March lasted to Monday the
// 30th: seventeen working days longer, from Friday the 6th to the 30th. While it
// lasts the words do not change from day to day.
func TestWordingHowFarAPauseWentBeyondItsApproval(t *testing.T) {
	base := []approval.Event{received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), paused("2026-03-03 09:00", wd(2))}
	words := func(now string, more ...approval.Event) (zh, en string) {
		t.Helper()
		v := civil.Judge(subject(permitItem(), append(append([]approval.Event{}, base...), more...)...), at(now))
		f := expectFinding(t, v, "V11", "1", Red, "2026-03-05 17:30")
		return f.WordsZH, f.WordsEN
	}
	zh, en := words("2026-04-20 09:00", resumed("2026-03-30 17:00"))
	if !strings.Contains(zh, "超出批准时间 17 个工作日。") || !strings.Contains(en, "It lasted 17 working days beyond what was approved.") {
		t.Errorf("resumed: %s\n%s", zh, en)
	}
	zh, _ = words("2026-03-30 17:00")
	if later, _ := words("2026-03-31 17:00"); !strings.Contains(zh, "超出批准时间 1 个工作日以上。") || zh != later {
		t.Errorf("still paused: %s\nand a day later: %s", zh, later)
	}
}
