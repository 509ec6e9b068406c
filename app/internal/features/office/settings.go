package office

import (
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// settings are what cases are judged by.
func (c *Console) settings() Settings {
	s, cal := &c.run.Rules, c.office.Calendar()
	mode := "civil"
	if s.Mode == workday.Strict {
		mode = "strict"
	}
	return Settings{Mode: mode, WarnWorkingDays: s.WarnWorkingDays, WarnCalendarDays: s.WarnCalendarDays, WarnWorkingHours: s.WarnWorkingHours,
		NoticeDays: s.NoticeDays, FilingGraceDays: s.FilingGraceDays, ReportGraceDays: s.ReportGraceDays,
		BackEntryHours: s.BackEntry.Hours(), ClockSkewMinutes: s.ClockSkew.Minutes(), RollOver: s.RollOver,
		Zone: cal.Zone().String(), OfficeHours: officeHours(cal)}
}

func officeHours(cal *workday.Calendar) []string {
	out := []string{}
	for _, h := range cal.Hours() {
		out = append(out, fmt.Sprintf("%s-%s", clockTime(h.Open), clockTime(h.Close)))
	}
	return out
}

func clockTime(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d.Hours()), int(d.Minutes())%60)
}
