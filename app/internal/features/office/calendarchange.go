package office

import (
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/holidaylist"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	"github.com/mingcha-console/mingcha/sdk/holidays"
)

// GivenList is a list as somebody has it: a text, or days.
type GivenList struct {
	Text string       `json:"text,omitempty" maxLength:"262144" doc:"a file in the format of holiday-cn, a notice, or a table pasted from Word or Excel"`
	Days []HolidayDay `json:"days,omitempty" maxItems:"400" doc:"days that were clicked, in place of a text"`
}

// ReadList is a list that was read, and what it lacks.
type ReadList struct {
	List  HolidayList     `json:"list"`
	How   holidaylist.How `json:"how" enum:"json,notice,table,days"`
	Check CalendarCheck   `json:"check"`
}

// CalendarCheck is a list held against the Measures on Holidays for Annual Festivals
// and Memorial Days.
type CalendarCheck struct {
	Off       int             `json:"off" doc:"days of rest that the list names"`
	MakeUp    int             `json:"make_up" doc:"weekend days that are worked"`
	Net       int             `json:"net" doc:"working days of rest, less weekend days that are worked"`
	Statutory int             `json:"statutory" doc:"what that should be: the year's statutory days, 11 until 2024 and 13 since; 0: not known"`
	Festivals []FestivalCheck `json:"festivals"`
	Doubts    []api.Sentence  `json:"doubts" doc:"what is missing or too much; empty: the list is whole"`
}

// FestivalCheck is what a list has of a festival, or of some that it names together.
type FestivalCheck struct {
	Name      api.Sentence `json:"name"`
	Off       int          `json:"off"`
	MakeUp    int          `json:"make_up"`
	Net       int          `json:"net"`
	Statutory int          `json:"statutory"`
}

// CalendarPreview is what a list would change.
type CalendarPreview struct {
	Check          CalendarCheck    `json:"check"`
	WorkDaysBefore int              `json:"work_days_before"`
	WorkDaysAfter  int              `json:"work_days_after"`
	DaysChanged    []string         `json:"days_changed" doc:"that would be worked where they were not, or not where they were"`
	Recount        casefile.Recount `json:"recount"`
}

// read reads a list without applying it.
func read(year int, g *GivenList) (*ReadList, error) {
	y, how := holidays.Year{Year: year}, holidaylist.Days
	if strings.TrimSpace(g.Text) != "" || len(g.Days) == 0 {
		var err error
		if y, how, err = holidaylist.Read(year, g.Text); err != nil {
			return nil, intake.HolidayFault(err)
		}
	} else {
		for _, d := range g.Days {
			y.Days = append(y.Days, holidays.Day{Date: d.Date, Name: d.Name, Off: d.IsOffDay})
		}
		if err := y.Validate(); err != nil {
			return nil, intake.HolidayFault(err)
		}
	}
	return &ReadList{List: *listed(&y), How: how, Check: checked(&y)}, nil
}

func listed(y *holidays.Year) *HolidayList {
	out := &HolidayList{Year: y.Year, Papers: append([]string{}, y.Papers...), Days: make([]HolidayDay, len(y.Days))}
	for i, d := range y.Days {
		out.Days[i] = HolidayDay{Name: d.Name, Date: d.Date, IsOffDay: d.Off}
	}
	return out
}

func checked(y *holidays.Year) CalendarCheck {
	c := holidaylist.Check(*y)
	out := CalendarCheck{Off: c.Off, MakeUp: c.MakeUp, Net: c.Net, Statutory: c.Statutory, Festivals: []FestivalCheck{}, Doubts: []api.Sentence{}}
	for i := range c.Festivals {
		f := &c.Festivals[i]
		out.Festivals = append(out.Festivals, FestivalCheck{Name: api.Sentence{ZH: f.Name, EN: f.EN()}, Off: f.Off, MakeUp: f.MakeUp, Net: f.Net, Statutory: f.Statutory})
	}
	for _, d := range c.Doubts {
		out.Doubts = append(out.Doubts, api.Sentence(d))
	}
	return out
}

var errPreviewing = fault.New(fault.TooMany, "preview_busy", "已有一次试算在进行。请等它完成后再试。", "Another list is being tried out. Wait until that is done, then try again.", nil)

// preview runs the rules by the calendar with the list, beside the present one.
// Nothing is written.
func (c *Console) preview(ctx context.Context, year int, list *HolidayList) (*CalendarPreview, error) {
	raw, err := json.Marshal(list)
	if err != nil {
		return nil, err
	}
	y, err := intake.HolidayList(year, raw)
	if err != nil {
		return nil, err
	}
	release, ok := c.previews.Try("")
	if !ok {
		return nil, errPreviewing
	}
	defer release()
	now := c.office.Calendar()
	other := now.With(y)
	first, last := workday.NewDate(year, 1, 1), workday.NewDate(year, 12, 31)
	out := &CalendarPreview{Check: checked(&y), WorkDaysBefore: now.WorkingDaysBetween(first-1, last), WorkDaysAfter: other.WorkingDaysBetween(first-1, last),
		DaysChanged: []string{}, Recount: casefile.Recount{Cases: []casefile.RecountedCase{}, Findings: []casefile.RecountedFinding{}}}
	for d := workday.NewDate(year-1, 12, 1); d <= last; d++ {
		if now.IsWorkday(d) != other.IsWorkday(d) {
			out.DaysChanged = append(out.DaysChanged, d.String())
		}
	}
	if len(out.DaysChanged) == 0 {
		return out, nil
	}
	from, err := workday.ParseDate(out.DaysChanged[0])
	if err != nil {
		return nil, err
	}
	judge := rules.New(other, c.run.Rules)
	out.Recount, err = casefile.Read(ctx, c.office.Cases, func(v *casefile.View) (casefile.Recount, error) {
		return v.Recount(judge, now.StartOf(from))
	})
	return out, err
}

// shortestReason is of a list in which something is missing, in characters.
const shortestReason = 4

// apply applies a list. One that lacks something is applied only with a reason: the
// State Council gives a holiday of its own once in some years.
func (c *Console) apply(ctx context.Context, year int, raw []byte, given Cause) (*CalendarImport, error) {
	y, err := intake.HolidayList(year, raw)
	if err != nil {
		return nil, err
	}
	cause := intake.HolidayCause{How: string(given.How), Basis: cut(given.Basis), Reason: cut(given.Reason), By: access.From(ctx).Account}
	check := holidaylist.Check(y)
	if len(check.Doubts) > 0 && utf8.RuneCountInString(cause.Reason) < shortestReason {
		var zh, en []string
		for _, d := range check.Doubts {
			zh, en = append(zh, d.ZH), append(en, d.EN)
		}
		return nil, fault.New(fault.Invalid, "holiday_list_incomplete",
			"这份节假日表不完整，没有导入。"+strings.Join(zh, "")+"请补全；确属国务院特别安排的，写明理由后再导入。",
			"This holiday list is not whole and was not applied. "+strings.Join(en, " ")+" Complete it; where it is the State Council's own exception, say why and apply it again.", nil)
	}
	n, err := c.run.Import(ctx, year, raw, cause)
	if err != nil {
		return nil, err
	}
	did := Applied{Year: year, Off: check.Off, MakeUp: check.MakeUp, Changed: n, Basis: cause.Basis, Reason: cause.Reason}
	if _, _, err := applied.Do(ctx, c.office.Journal, act.Done(applied.Name(), year, time.Now().UnixNano()), cause.By, did); err != nil {
		c.log().Error("a holiday list was applied, but is not among the acts", "year", year, "error", err) // its own record says who and why
	}
	return &CalendarImport{Year: year, ChangedCases: n}, nil
}

// mostCause bounds what is kept of a cause's sentences, in characters: the body's
// form is not checked where it is taken.
const mostCause = 500

func cut(s string) string {
	r := []rune(strings.TrimSpace(s))
	return string(r[:min(len(r), mostCause)])
}

// applied tells when, by whom and why a year's list was applied here.
func (c *Console) applied(ctx context.Context, out *CalendarYear) error {
	var x intake.HolidayImport
	var found bool
	err := c.office.Store.Read(ctx, func(tx *store.ReadTx) error {
		return tx.Records(func(r *store.Reader) (err error) {
			x, found, err = intake.HolidaysOf(r, out.Year)
			return err
		})
	})
	if err != nil || !found || x.Cause == nil {
		return err
	}
	out.Applied = &ListApplied{At: x.At, Basis: x.Cause.Basis, Reason: x.Cause.Reason}
	if !access.From(ctx).Role.Office() {
		return nil
	}
	names, err := c.people.Names(ctx)
	out.Applied.By = names[x.Cause.By]
	return err
}
