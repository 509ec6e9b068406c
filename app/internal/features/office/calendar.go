package office

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// HolidayList is a year's list in the format of holiday-cn.
type HolidayList struct {
	_      struct{}     `additionalProperties:"true"`
	Year   int          `json:"year"`
	Papers []string     `json:"papers,omitempty"`
	Days   []HolidayDay `json:"days"`
}

// HolidayDay is one day of a HolidayList.
type HolidayDay struct {
	_        struct{} `additionalProperties:"true"`
	Name     string   `json:"name"`
	Date     string   `json:"date" format:"date"`
	IsOffDay bool     `json:"isOffDay"`
}

// calendar registers the office's calendar, by years.
func (c *Console) calendar(h *api.API) {
	api.Get(h, "/calendar/{year}", "calendar", "A year of the office's calendar", access.Everyone, func(_ context.Context, in *struct {
		Year int `path:"year" minimum:"1990" maximum:"2200"`
	}) (*CalendarYear, error) {
		return c.year(in.Year), nil
	})
	op := h.Describe(http.MethodPut, "/calendar/{year}", "importCalendar", "Import a year's holiday list and judge every case anew", access.Desk)
	// The list is checked where it is taken in, with words for a clerk.
	op.SkipValidateBody, op.MaxBodyBytes, op.RequestBody, op.Within = true, api.MaxBody, &huma.RequestBody{Required: true}, api.JudgingTime
	api.Handle(h, op, func(ctx context.Context, in *struct {
		Year    int `path:"year" minimum:"1990" maximum:"2200"`
		Body    HolidayList
		RawBody []byte `contentType:"application/json"`
	}) (*CalendarImport, error) {
		n, err := c.run.Import(ctx, in.Year, in.RawBody)
		return &CalendarImport{Year: in.Year, ChangedCases: n}, err
	})
}

// year is a year of the calendar that cases are judged by.
func (c *Console) year(year int) *CalendarYear {
	cal := c.office.Calendar()
	first, last := workday.NewDate(year, time.January, 1), workday.NewDate(year, time.December, 31)
	out := &CalendarYear{Year: year, Listed: len(cal.Unlisted(first, last)) == 0, Papers: cal.Papers(year), Days: []CalendarDay{},
		WorkDays: cal.WorkingDaysBetween(first-1, last)}
	for d := first; d <= last; d++ {
		if info := cal.Day(d); info.Name != "" {
			out.Days = append(out.Days, CalendarDay{Date: d.String(), Kind: info.Kind.Word(), Name: info.Name})
		}
	}
	return out
}
