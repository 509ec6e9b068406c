package office

import (
	"context"
	"fmt"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/adapterhost"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// adapters registers the adapters and their health.
func (c *Console) adapters(h *api.API) {
	type named struct {
		Name string `path:"name" maxLength:"64"`
	}
	api.Get(h, "/adapters", "adapters", "Adapters and their health", access.SeesCity,
		func(ctx context.Context, _ *api.None) ([]Adapter, error) { return c.Adapters(ctx), nil })
	api.Get(h, "/adapters/{name}/logs", "adapterLogs", "What an adapter logged last", access.Office, func(_ context.Context, in *named) ([]LogLine, error) {
		out := []LogLine{}
		for _, l := range c.run.Adapters.Logs(in.Name) {
			out = append(out, LogLine{At: l.At, Level: l.Level.String(), Text: l.Text})
		}
		return out, nil
	})
	for action, may := range map[string][]access.Role{"start": access.Office, "stop": access.Desk, "restart": access.Office} {
		api.Command(h, "/adapters/{name}/"+action, action+"Adapter", "Tell an adapter to "+action, may,
			func(_ context.Context, in *named) error { return c.tell(in.Name, action) })
	}
}

// Adapters lists the adapters of this console, and those that only an earlier
// ingest used, as stopped.
func (c *Console) Adapters(ctx context.Context) []Adapter {
	out := []Adapter{}
	streams, err := c.office.Store.Streams(ctx)
	if err != nil {
		c.log().Error("the adapters' positions could not be read", "error", err)
	}
	quarantined, err := c.office.Store.QuarantineCounts(ctx)
	if err != nil {
		c.log().Error("the quarantine could not be counted", "error", err)
	}
	for _, s := range c.run.Adapters.Status() {
		out = append(out, adapterView(s))
	}
	for _, st := range streams {
		i := slices.IndexFunc(out, func(v Adapter) bool { return v.Name == st.Adapter })
		if i < 0 {
			i = len(out)
			out = append(out, Adapter{Name: st.Adapter, State: string(adapterhost.Stopped), Departments: []string{}, Streams: []AdapterStream{}})
		}
		out[i].Streams = append(out[i].Streams, AdapterStream{Stream: st.Stream, Records: st.Records, CaughtUp: st.CaughtUp, LastAt: st.At})
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

func adapterView(s adapterhost.Status) Adapter {
	v := Adapter{Name: s.Name, Adapter: s.AdapterName, Title: s.Title, TitleEN: s.TitleEN, Version: s.Version, Path: s.Path,
		State: string(s.State), PID: s.PID, StartedAt: s.StartedAt, Restarts: s.Restarts, NextStartAt: s.NextStartAt,
		LastBatchAt: s.LastBatchAt, CaughtUp: s.CaughtUp, LagSeconds: s.Lag.Seconds(),
		Departments: append([]string{}, s.Departments...), Streams: []AdapterStream{}}
	if s.Problem != nil {
		v.ErrorZH, v.ErrorEN = s.Problem.ZH, s.Problem.EN
	}
	return v
}

// nameDepartments fills in the departments of adapters that are not running,
// from what they said when they were.
func (c *Console) nameDepartments(ctx context.Context, all []Adapter) {
	deps, _, err := c.office.Store.Catalogue(ctx)
	if err != nil {
		c.log().Error("the departments could not be read", "error", err)
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

// tell starts, stops or restarts an adapter of this folder.
func (c *Console) tell(name, action string) error {
	if !c.run.SetUp(name) {
		return fault.New(fault.NotFound, "unknown_adapter",
			fmt.Sprintf("本数据文件夹没有设置名为 %q 的适配器；它可能只用于一次性导入。", name),
			fmt.Sprintf("This data folder has no adapter named %q set up; it may have been used for a one-time ingest only.", name), nil)
	}
	known := slices.ContainsFunc(c.run.Adapters.Status(), func(s adapterhost.Status) bool { return s.Name == name })
	switch {
	case action == "stop" && known:
		return c.run.Adapters.Stop(name)
	case action == "stop":
		return nil
	case known:
		return c.run.Adapters.Restart(name)
	}
	return c.run.Start(name)
}
