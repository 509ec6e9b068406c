package runtime

import (
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// R4, R11: the board says of which department nobody knows whether all was read,
// and which adapter stopped reporting what it had undertaken, for thirty days.
func TestR11TheBoardSaysWhatAnAdapterUndertakesNoMore(t *testing.T) {
	cal := workday.Default()
	day := func(s string) time.Time {
		at, err := time.ParseInLocation("2006-01-02 15:04", s, cal.Zone())
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	all := []intake.Notice{
		{Code: "GH", Name: "规划局", Adapter: "a", NotCaughtUp: day("2026-11-27 12:00")},
		{Code: "SL", Name: "水利局", NameEN: "Water Bureau", Adapter: "b", Dropped: []intake.Dropped{
			{Stream: intake.Overdue, Until: day("2026-11-02 09:00")}, {Stream: intake.Authorizations, Until: day("2026-11-03 09:00")}}},
		{Code: "JY", Name: "教育局", Adapter: "c", Dropped: []intake.Dropped{{Stream: intake.Rejections, Until: day("2026-10-01 09:00")}}},
	}
	got := adapterWarnings(cal, all, cal.DateOf(day("2026-11-30 09:00")))
	if len(got) != 2 {
		t.Fatalf("%+v", got)
	}
	for i, want := range []struct{ code, zh, en string }{
		{"not_caught_up_GH", "规划局的数据接口一直没有报已读完，自 2026-11-27 12:00 起不再等待", "(V27)"},
		{"duty_dropped_SL", "水利局的数据接口自 2026-11-03 起不再报送超时自报、首席代表授权。", "of Water Bureau declares no overdue reports, authorizations any more"},
	} {
		if w := got[i]; w.Code != want.code || !strings.Contains(w.ZH, want.zh) || !strings.Contains(w.EN, want.en) {
			t.Errorf("%+v", w)
		}
	}
}
