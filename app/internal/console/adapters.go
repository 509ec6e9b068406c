package console

import (
	"context"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/adapterhost"
)

// AdapterView is an adapter as pages show it.
type AdapterView struct {
	Name        string       `json:"name" doc:"of this instance"`
	Adapter     string       `json:"adapter" doc:"the program's name"`
	Title       string       `json:"title"`
	TitleEN     string       `json:"title_en"`
	Version     string       `json:"version"`
	Path        string       `json:"path"`
	State       string       `json:"state" enum:"starting,catching_up,live,backing_off,stopped,refused,failed"`
	PID         int          `json:"pid,omitempty"`
	StartedAt   time.Time    `json:"started_at,omitzero"`
	Restarts    int          `json:"restarts"`
	NextStartAt time.Time    `json:"next_start_at,omitzero"`
	LastBatchAt time.Time    `json:"last_batch_at,omitzero"`
	CaughtUp    bool         `json:"caught_up"`
	LagSeconds  float64      `json:"lag_seconds" doc:"how long it has not been caught up; 0 when it is"`
	ErrorZH     string       `json:"error_zh,omitempty"`
	ErrorEN     string       `json:"error_en,omitempty"`
	Departments []string     `json:"departments"`
	Streams     []StreamView `json:"streams"`
	Quarantined int          `json:"quarantined"`
}

// StreamView is one stream of an adapter.
type StreamView struct {
	Stream   string    `json:"stream" enum:"events,rejections,overdue,authorizations"`
	Records  int       `json:"records" doc:"taken in all, duplicates and quarantined ones included"`
	CaughtUp bool      `json:"caught_up"`
	LastAt   time.Time `json:"last_at,omitzero"`
}

// LogLine is a line that an adapter logged.
type LogLine struct {
	At    time.Time `json:"at"`
	Level string    `json:"level"`
	Text  string    `json:"text"`
}

// Adapters lists the adapters of this console, and those that only an earlier
// ingest used, as stopped.
func (c *Console) Adapters(ctx context.Context) []AdapterView {
	out := []AdapterView{}
	streams, err := c.store.Streams(ctx)
	if err != nil {
		c.opts.Logger.Error("the adapters' positions could not be read", "error", err)
	}
	quarantined, err := c.store.QuarantineCounts(ctx)
	if err != nil {
		c.opts.Logger.Error("the quarantine could not be counted", "error", err)
	}
	for _, s := range c.host.Status() {
		out = append(out, adapterView(s))
	}
	for _, st := range streams {
		i := slices.IndexFunc(out, func(v AdapterView) bool { return v.Name == st.Adapter })
		if i < 0 {
			i = len(out)
			out = append(out, AdapterView{Name: st.Adapter, State: string(adapterhost.Stopped), Departments: []string{}, Streams: []StreamView{}})
		}
		out[i].Streams = append(out[i].Streams, StreamView{st.Stream, st.Records, st.CaughtUp, st.At})
		if out[i].LastBatchAt.IsZero() || st.At.After(out[i].LastBatchAt) && out[i].PID == 0 {
			out[i].LastBatchAt = st.At
		}
	}
	for i := range out {
		out[i].Quarantined = quarantined[out[i].Name]
	}
	c.nameDepartments(ctx, out)
	return out
}

func adapterView(s adapterhost.Status) AdapterView {
	v := AdapterView{Name: s.Name, Adapter: s.AdapterName, Title: s.Title, TitleEN: s.TitleEN, Version: s.Version, Path: s.Path,
		State: string(s.State), PID: s.PID, StartedAt: s.StartedAt, Restarts: s.Restarts, NextStartAt: s.NextStartAt,
		LastBatchAt: s.LastBatchAt, CaughtUp: s.CaughtUp, LagSeconds: s.Lag.Seconds(),
		Departments: append([]string{}, s.Departments...), Streams: []StreamView{}}
	if s.Problem != nil {
		v.ErrorZH, v.ErrorEN = s.Problem.ZH, s.Problem.EN
	}
	return v
}

// nameDepartments fills in the departments of adapters that are not running,
// from what they said when they were.
func (c *Console) nameDepartments(ctx context.Context, all []AdapterView) {
	deps, err := c.store.Departments(ctx, c.Now())
	if err != nil {
		c.opts.Logger.Error("the departments could not be read", "error", err)
		return
	}
	for i := range all {
		if len(all[i].Departments) > 0 {
			continue
		}
		for _, d := range deps {
			if d.Adapter == all[i].Name {
				all[i].Departments = append(all[i].Departments, d.Code)
			}
		}
	}
}

// AdapterLogs are the last lines that an adapter logged.
func (c *Console) AdapterLogs(name string) []LogLine {
	out := []LogLine{}
	for _, l := range c.host.Logs(name) {
		out = append(out, LogLine{At: l.At, Level: l.Level.String(), Text: l.Text})
	}
	return out
}

