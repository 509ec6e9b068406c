package office

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/holidaylist"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	"github.com/mingcha-console/mingcha/sdk/holidays"
)

// HolidayList is a year's list in the format of holiday-cn.
type HolidayList struct {
	_      struct{}     `additionalProperties:"true"`
	Year   int          `json:"year"`
	Papers []string     `json:"papers,omitempty"`
	Days   []HolidayDay `json:"days"`
}

// AppliedList is a list that is to be applied, and why.
type AppliedList struct {
	_ struct{} `additionalProperties:"true"`
	HolidayList
	Cause Cause `json:"cause,omitempty"`
}

// Cause is why a list is applied. It stays in the journal.
type Cause struct {
	How    holidaylist.How `json:"how,omitempty" enum:"json,notice,table,days" doc:"how it was given; days: clicked"`
	Basis  string          `json:"basis,omitempty" maxLength:"500" doc:"the notice that it follows"`
	Reason string          `json:"reason,omitempty" maxLength:"500" doc:"why it is applied although something is missing in it; without one such a list is refused"`
}

// HolidayDay is one day of a HolidayList.
type HolidayDay struct {
	_        struct{} `additionalProperties:"true"`
	Name     string   `json:"name"`
	Date     string   `json:"date" format:"date"`
	IsOffDay bool     `json:"isOffDay"`
}

// OfYear names a year in the address.
type OfYear struct {
	Year int `path:"year" minimum:"1990" maximum:"2200"`
}

// calendar registers the office's calendar, by years. A list is read, held against
// the Measures and tried out before it is applied.
func (c *Console) calendar(h *api.API) {
	api.Get(h, "/calendar/{year}", "calendar", "A year of the office's calendar", access.Everyone, func(ctx context.Context, in *OfYear) (*CalendarYear, error) {
		return c.year(ctx, in.Year)
	})
	api.Get(h, "/calendar/{year}/list", "calendarList", "A year's list as it was given, with days of the December before; where there is none, the holidays of fixed date", access.Desk, func(_ context.Context, in *OfYear) (*ReadList, error) {
		y, found := c.office.Calendar().List(in.Year)
		if !found {
			y = holidays.Fixed(in.Year)
		}
		return &ReadList{List: *listed(&y), How: holidaylist.Days, Check: checked(&y)}, nil
	})
	api.Post(h, "/calendar/{year}/reading", "readCalendar", "Read a year's list from a file, a notice or a table, and tell what it lacks; nothing is applied", access.Desk, func(_ context.Context, in *struct {
		OfYear
		Body GivenList
	}) (*ReadList, error) {
		return read(in.Year, &in.Body)
	})
	preview := h.Describe(http.MethodPost, "/calendar/{year}/preview", "previewCalendar", "What a year's list would change; nothing is applied", access.Desk)
	preview.Within = api.JudgingTime
	api.Handle(h, preview, func(ctx context.Context, in *struct {
		OfYear
		Body HolidayList
	}) (*CalendarPreview, error) {
		return c.preview(ctx, in.Year, &in.Body)
	})
	op := h.Describe(http.MethodPut, "/calendar/{year}", "importCalendar", "Apply a year's holiday list and judge every case anew", access.Desk)
	// The list is checked where it is taken in, with words for a clerk.
	op.SkipValidateBody, op.MaxBodyBytes, op.RequestBody, op.Within = true, api.MaxBody, &huma.RequestBody{Required: true}, api.JudgingTime
	api.Handle(h, op, func(ctx context.Context, in *struct {
		OfYear
		Body    AppliedList
		RawBody []byte `contentType:"application/json"`
	}) (*CalendarImport, error) {
		return c.apply(ctx, in.Year, in.RawBody, in.Body.Cause)
	})
}

// year is a year of the calendar that cases are judged by.
func (c *Console) year(ctx context.Context, year int) (*CalendarYear, error) {
	cal := c.office.Calendar()
	first, last := workday.NewDate(year, time.January, 1), workday.NewDate(year, time.December, 31)
	out := &CalendarYear{Year: year, Listed: len(cal.Unlisted(first, last)) == 0, Papers: cal.Papers(year), Days: []CalendarDay{},
		WorkDays: cal.WorkingDaysBetween(first-1, last)}
	for d := first; d <= last; d++ {
		if info := cal.Day(d); info.Name != "" {
			out.Days = append(out.Days, CalendarDay{Date: d.String(), Kind: info.Kind.Word(), Name: info.Name})
		}
	}
	err := c.applied(ctx, out)
	return out, err
}
