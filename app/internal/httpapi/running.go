package httpapi

import (
	"context"
	"net/http"

	"github.com/mingcha-console/mingcha/app/internal/api"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// running registers what the running console answers.
func (a *oldAPI) running() {
	get(a, "/settings", "settings", "What the office has decided for itself", func(context.Context, *none) (Settings, error) {
		return a.console.Settings(), nil
	})
	get(a, "/checkpoint", "checkpoint", "The latest signed checkpoint", func(ctx context.Context, _ *none) (*Checkpoint, error) {
		c, err := a.console.Checkpoint(ctx)
		if err == nil && c == nil {
			err = errNoCheckpoint
		}
		return c, err
	})
	handle(a, operation(http.MethodPost, "/checkpoint", "signCheckpoint", "Sign a checkpoint now"), api.UsualTime, func(ctx context.Context, _ *none) (*Checkpoint, error) {
		return a.console.SignCheckpoint(ctx)
	})
	a.adapters()
	a.calendar()
}

func (a *oldAPI) adapters() {
	type named struct {
		Name string `path:"name" maxLength:"64"`
	}
	get(a, "/adapters", "adapters", "Adapters and their health", func(ctx context.Context, _ *none) ([]Adapter, error) {
		return a.console.Adapters(ctx), nil
	})
	get(a, "/adapters/{name}/logs", "adapterLogs", "What an adapter logged last", func(_ context.Context, in *named) ([]LogLine, error) {
		return a.console.AdapterLogs(in.Name)
	})
	for _, action := range []string{"start", "stop", "restart"} {
		act(a, "/adapters/{name}/"+action, action+"Adapter", "Tell an adapter to "+action, func(ctx context.Context, in *named) error {
			return a.console.AdapterAction(ctx, in.Name, action)
		})
	}
}

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

func (a *oldAPI) calendar() {
	get(a, "/calendar/{year}", "calendar", "A year of the office's calendar", func(ctx context.Context, in *struct {
		Year int `path:"year" minimum:"1990" maximum:"2200"`
	}) (*CalendarYear, error) {
		return a.console.CalendarYear(ctx, in.Year)
	})
	op := operation(http.MethodPut, "/calendar/{year}", "importCalendar", "Import a year's holiday list and judge every case anew")
	// The list is checked where it is taken in, with words for a clerk.
	op.SkipValidateBody = true
	op.MaxBodyBytes = MaxBody
	op.RequestBody = &huma.RequestBody{Required: true}
	handle(a, op, api.JudgingTime, func(ctx context.Context, in *struct {
		Year    int `path:"year" minimum:"1990" maximum:"2200"`
		Body    HolidayList
		RawBody []byte `contentType:"application/json"`
	}) (*CalendarImport, error) {
		return a.console.ImportCalendar(ctx, in.Year, in.RawBody)
	})
}

// errNoCheckpoint says that nothing was signed yet.
var errNoCheckpoint = fault.New(fault.NotFound, "no_checkpoint",
	"账簿还没有签过检查点。请点击“立即签署”。", "The journal has no signed checkpoint yet. Sign one now.", nil)
