package console

import (
	"context"
	"fmt"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/adapterhost"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
)

// Adapters lists the adapters of this console, and those that only an earlier
// ingest used, as stopped.
func (c *Console) Adapters(ctx context.Context) []httpapi.Adapter {
	out := []httpapi.Adapter{}
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
		i := slices.IndexFunc(out, func(v httpapi.Adapter) bool { return v.Name == st.Adapter })
		if i < 0 {
			i = len(out)
			out = append(out, httpapi.Adapter{Name: st.Adapter, State: string(adapterhost.Stopped), Departments: []string{}, Streams: []httpapi.AdapterStream{}})
		}
		out[i].Streams = append(out[i].Streams, httpapi.AdapterStream{Stream: st.Stream, Records: st.Records, CaughtUp: st.CaughtUp, LastAt: st.At})
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

func adapterView(s adapterhost.Status) httpapi.Adapter {
	v := httpapi.Adapter{Name: s.Name, Adapter: s.AdapterName, Title: s.Title, TitleEN: s.TitleEN, Version: s.Version, Path: s.Path,
		State: string(s.State), PID: s.PID, StartedAt: s.StartedAt, Restarts: s.Restarts, NextStartAt: s.NextStartAt,
		LastBatchAt: s.LastBatchAt, CaughtUp: s.CaughtUp, LagSeconds: s.Lag.Seconds(),
		Departments: append([]string{}, s.Departments...), Streams: []httpapi.AdapterStream{}}
	if s.Problem != nil {
		v.ErrorZH, v.ErrorEN = s.Problem.ZH, s.Problem.EN
	}
	return v
}

// nameDepartments fills in the departments of adapters that are not running,
// from what they said when they were.
func (c *Console) nameDepartments(ctx context.Context, all []httpapi.Adapter) {
	deps, _, err := c.store.Catalogue(ctx)
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
func (c *Console) AdapterLogs(name string) ([]httpapi.LogLine, error) {
	out := []httpapi.LogLine{}
	for _, l := range c.host.Logs(name) {
		out = append(out, httpapi.LogLine{At: l.At, Level: l.Level.String(), Text: l.Text})
	}
	return out, nil
}

// AdapterAction starts, stops or restarts an adapter of this folder.
func (c *Console) AdapterAction(_ context.Context, name, action string) error {
	i := slices.IndexFunc(c.config.Adapters, func(a Instance) bool { return a.Name == name })
	if i < 0 {
		return fault.New(fault.NotFound, "unknown_adapter",
			fmt.Sprintf("本数据文件夹没有设置名为 %q 的适配器；它可能只用于一次性导入。", name),
			fmt.Sprintf("This data folder has no adapter named %q set up; it may have been used for a one-time ingest only.", name), nil)
	}
	known := slices.ContainsFunc(c.host.Status(), func(s adapterhost.Status) bool { return s.Name == name })
	switch {
	case action == "stop" && known:
		return c.host.Stop(name)
	case action == "stop":
		return nil
	case known:
		return c.host.Restart(name)
	}
	return c.start(c.running, c.config.Adapters[i])
}
