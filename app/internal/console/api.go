package console

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/version"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// latest is the last signed checkpoint; size 0 if none.
func (c *Console) latest(ctx context.Context) (journal.Checkpoint, error) {
	note, err := c.store.Checkpoint(ctx)
	if err != nil || note == "" {
		return journal.Checkpoint{}, err
	}
	return journal.Open(note, c.signer.PublicKey())
}

// Checkpoint is the last signed checkpoint; nil if none.
func (c *Console) Checkpoint(ctx context.Context) (*httpapi.Checkpoint, error) {
	cp, err := c.latest(ctx)
	if err != nil || cp.Note == "" {
		return nil, err
	}
	return c.checkpoint(cp), nil
}

// SignCheckpoint signs the journal as it stands.
func (c *Console) SignCheckpoint(ctx context.Context) (*httpapi.Checkpoint, error) {
	cp, err := c.intake.Checkpoint(ctx)
	if err != nil {
		return nil, err
	}
	return c.checkpoint(cp), nil
}

func (c *Console) checkpoint(cp journal.Checkpoint) *httpapi.Checkpoint {
	return &httpapi.Checkpoint{Size: cp.Size, Root: cp.Root.String(), At: cp.At, Note: cp.Note, PublicKey: c.signer.PublicKey()}
}

// CalendarYear is a year of the calendar that cases are judged by.
func (c *Console) CalendarYear(_ context.Context, year int) (*httpapi.CalendarYear, error) {
	cal := c.intake.Calendar()
	first, last := workday.NewDate(year, time.January, 1), workday.NewDate(year, time.December, 31)
	out := &httpapi.CalendarYear{Year: year, Listed: len(cal.Unlisted(first, last)) == 0, Papers: cal.Papers(year), Days: []httpapi.CalendarDay{},
		WorkDays: cal.WorkingDaysBetween(first-1, last)}
	for d := first; d <= last; d++ {
		if info := cal.Day(d); info.Name != "" {
			out.Days = append(out.Days, httpapi.CalendarDay{Date: d.String(), Kind: info.Kind.Word(), Name: info.Name})
		}
	}
	return out, nil
}

// ImportCalendar takes a year's holiday list and judges every case by it.
func (c *Console) ImportCalendar(ctx context.Context, year int, raw []byte) (*httpapi.CalendarImport, error) {
	n, err := c.intake.ImportHolidays(ctx, year, raw)
	if err != nil {
		return nil, err
	}
	return &httpapi.CalendarImport{Year: year, ChangedCases: n}, nil
}

// Settings are the rules' settings.
func (c *Console) Settings() httpapi.Settings {
	s := c.config.Settings()
	mode := "civil"
	if s.Mode == workday.Strict {
		mode = "strict"
	}
	return httpapi.Settings{Mode: mode, WarnWorkingDays: s.WarnWorkingDays, WarnCalendarDays: s.WarnCalendarDays, WarnWorkingHours: s.WarnWorkingHours,
		NoticeDays: s.NoticeDays, FilingGraceDays: s.FilingGraceDays, ReportGraceDays: s.ReportGraceDays,
		BackEntryHours: s.BackEntry.Hours(), ClockSkewMinutes: s.ClockSkew.Minutes(), RollOver: s.RollOver,
		Zone: c.cal.Zone().String(), OfficeHours: officeHours(c.cal)}
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

// Session tells pages where they are; the caller adds how the live stream is
// reached.
func (c *Console) session() httpapi.Session {
	speed := c.config.Clock.Speed
	if speed <= 0 {
		speed = 1
	}
	return httpapi.Session{Version: version.Version, Demo: c.config.Demo, Console: c.signer.Name(), Zone: c.cal.Zone().String(),
		DataFolder: filepath.Base(c.opts.Dir), Clock: httpapi.OfficeClock{Now: c.Now().UTC(), Speed: speed}}
}

// API is the console as the HTTP API sees it, reached in one way.
type API struct {
	*Console
	Mode, LiveURL, LiveToken string
}

// Session is what a page is told first.
func (a API) Session() httpapi.Session {
	s := a.session()
	s.Mode, s.LiveURL, s.LiveToken = a.Mode, a.LiveURL, a.LiveToken
	return s
}

// Serves is what the HTTP API serves of the console, in a mode and with the
// live stream at an address; who may come in is the caller's to say.
func (c *Console) Serves(mode, liveURL, liveToken string) httpapi.Options {
	return httpapi.Options{Cases: c.cases, Console: API{Console: c, Mode: mode, LiveURL: liveURL, LiveToken: liveToken},

		Features: c.offers(), Desk: c.desk(), Logger: c.opts.Logger, Version: version.Version}
}
