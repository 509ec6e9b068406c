package office

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/adapterhost"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
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
		if s, ok := c.setUp(in.Name); ok && s.Fault != nil {
			zh, en := sentences(s.Fault)
			out = append(out, LogLine{At: s.At.UTC(), Level: slog.LevelError.String(), Text: zh + " " + en})
		}
		return out, nil
	})
	for action, may := range map[string][]access.Role{"start": access.Office, "stop": access.Desk, "restart": access.Office} {
		api.Command(h, "/adapters/{name}/"+action, action+"Adapter", "Tell an adapter to "+action, may,
			func(_ context.Context, in *named) error { return c.tell(in.Name, action) })
	}
}

// Adapters lists the adapters that this console's settings name, whether they
// could be started or not, and those that only an earlier ingest used, as
// stopped.
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
		out = append(out, c.adapterView(s))
	}
	for _, s := range c.run.SetUp() {
		i := slices.IndexFunc(out, func(v Adapter) bool { return v.Name == s.Name })
		if i < 0 {
			i = len(out)
			out = append(out, Adapter{Name: s.Name, Adapter: s.Adapter, State: string(adapterhost.Stopped), Departments: []string{}, Streams: []AdapterStream{}})
		}
		if s.Fault != nil {
			out[i].State = string(adapterhost.Failed)
			out[i].ErrorZH, out[i].ErrorEN = sentences(s.Fault)
		}
		out[i].Offers = offers(&out[i])
	}
	for _, st := range streams {
		i := slices.IndexFunc(out, func(v Adapter) bool { return v.Name == st.Adapter })
		if i < 0 {
			i = len(out)
			out = append(out, Adapter{Name: st.Adapter, State: string(adapterhost.Stopped), Departments: []string{}, Streams: []AdapterStream{}})
		}
		out[i].Streams = append(out[i].Streams, AdapterStream{Stream: st.Stream, Records: st.Records, CaughtUp: st.CaughtUp && out[i].PID != 0, LastAt: st.At,
			Since: since(c.run.Taken(st.Adapter)[adapterhost.Stream(st.Stream)])})
		if out[i].LastBatchAt.IsZero() || st.At.After(out[i].LastBatchAt) && out[i].PID == 0 {
			out[i].LastBatchAt = st.At
		}
	}
	for i := range out {
		out[i].Quarantined = quarantined[out[i].Name]
		out[i].Offers = append([]string{}, out[i].Offers...)
	}
	c.nameDepartments(ctx, out)
	return out
}

func since(t intake.Tally) Since {
	return Since{Taken: t.Taken, Known: t.Known, Corrected: t.Corrections, Refused: t.RefusedCount()}
}

// offers are what an adapter that is set up can be told.
func offers(a *Adapter) []string {
	switch adapterhost.State(a.State) {
	case adapterhost.Stopped, adapterhost.Refused, adapterhost.Failed:
		return []string{"start"}
	}
	return []string{"restart", "stop"}
}

// sentences are an error for the clerk.
func sentences(err error) (zh, en string) {
	var p *adapterhost.Problem
	if f, ok := fault.As(err); ok {
		return f.ZH, f.EN
	}
	if errors.As(err, &p) {
		return p.ZH, p.EN
	}
	return "数据接口未能启动：" + err.Error(), "The adapter could not be started: " + err.Error()
}

func (c *Console) setUp(name string) (SetUp, bool) {
	all := c.run.SetUp()
	i := slices.IndexFunc(all, func(s SetUp) bool { return s.Name == name })
	if i < 0 {
		return SetUp{}, false
	}
	return all[i], true
}

func (c *Console) adapterView(s adapterhost.Status) Adapter {
	v := Adapter{Name: s.Name, Adapter: s.AdapterName, Title: s.Title, TitleEN: s.TitleEN, Version: s.Version, Path: s.Path,
		State: string(s.State), PID: s.PID, StartedAt: s.StartedAt, Restarts: s.Restarts, NextStartAt: s.NextStartAt,
		LastBatchAt: s.LastBatchAt, CaughtUp: s.CaughtUp, LagSeconds: s.Lag.Seconds(), Unconfined: s.PID != 0 && !c.confined,
		Departments: append([]string{}, s.Departments...), Streams: []AdapterStream{}}
	if s.Problem != nil {
		v.ErrorZH, v.ErrorEN = s.Problem.ZH, s.Problem.EN
		if len(s.Problem.Fields) > 0 {
			v.ErrorZH += fmt.Sprintf(" 它的配置写在 %s 的 adapters 一节。", c.run.Settings)
			v.ErrorEN += fmt.Sprintf(" Its configuration stands under adapters in %s.", c.run.Settings)
		}
	}
	switch s.State {
	case adapterhost.Stopped, adapterhost.Refused, adapterhost.Failed:
		v.CaughtUp, v.LagSeconds = false, 0
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
	if _, ok := c.setUp(name); !ok {
		return fault.New(fault.NotFound, "unknown_adapter",
			fmt.Sprintf("本数据文件夹没有设置名为 %q 的数据接口；它可能只用于一次性导入。", name),
			fmt.Sprintf("This data folder has no adapter named %q set up; it may have been used for a one-time ingest only.", name), nil)
	}
	known := slices.ContainsFunc(c.run.Adapters.Status(), func(s adapterhost.Status) bool { return s.Name == name })
	switch {
	case action == "stop" && known:
		return c.run.Adapters.Stop(name)
	case action == "stop":
		return nil
	case known:
		if err := c.run.Adapters.Stop(name); err != nil {
			return err
		}
	}
	return c.run.Start(name)
}
