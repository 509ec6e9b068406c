package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/mingcha-console/mingcha/plugins/xes/internal/mapping"
	"github.com/mingcha-console/mingcha/plugins/xes/internal/xeslog"
	"github.com/mingcha-console/mingcha/sdk"
	"github.com/mingcha-console/mingcha/sdk/officeclock"
)

//go:embed schema.json
var schema string

// settings are the adapter's configuration.
type settings struct {
	File           string  `json:"file"`
	Mapping        string  `json:"mapping"`
	Department     string  `json:"department"`
	DepartmentName string  `json:"department_name"`
	Replay         *replay `json:"replay"`
}

// replay shifts the log so that a moment of it is now.
type replay struct {
	Moment string  `json:"moment"`
	Speed  float64 `json:"speed"`

	at time.Time
}

type adapter struct {
	file       string
	mapping    *mapping.Mapping
	translator *mapping.Translator
	replay     *replay
	clock      *officeclock.Clock
	follow     bool
}

func (*adapter) Describe() sdk.Description {
	return sdk.Description{Name: "xes", Version: "1.0.0", Title: "XES 日志", TitleEN: "XES logs", ConfigSchema: schema, Poll: time.Minute}
}

func (a *adapter) Configure(_ context.Context, c *sdk.Config) (*sdk.Catalogue, error) {
	var s settings
	if err := c.Decode(&s); err != nil {
		return nil, err
	}
	var wrong sdk.FieldErrors
	bad := func(field, zh, en string) { wrong = append(wrong, sdk.FieldError{Field: field, ZH: zh, EN: en}) }
	if s.Department == "" {
		bad("department", "请填写部门代码。", "Give the department's code.")
	}
	if s.File == "" {
		bad("file", "请填写日志文件的路径。", "Give the log file's path.")
	} else if !readable(c.Path(s.File)) {
		bad("file", fmt.Sprintf("读不到日志文件 %s。请核对路径和权限。", s.File), fmt.Sprintf("The log file %s cannot be read. Check the path and your rights.", s.File))
	}
	m, err := a.loadMapping(&s, c)
	if err != nil {
		p, _ := mapping.AsProblem(err)
		bad("mapping", p.ZH, p.EN)
	}
	if s.Replay != nil {
		if err := s.Replay.parse(c.Zone); err != nil {
			wrong = append(wrong, *err)
		}
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	a.file, a.mapping, a.replay, a.clock, a.follow = c.Path(s.File), m, s.Replay, c.Clock, c.Follow
	a.translator = m.Translator(s.Department, c.Zone)
	name := s.DepartmentName
	if name == "" {
		name = s.Department
	}
	return &sdk.Catalogue{Departments: []*sdk.Department{{Code: s.Department, Name: name}}, Items: m.Catalogue(s.Department)}, nil
}

func (a *adapter) loadMapping(s *settings, c *sdk.Config) (*mapping.Mapping, error) {
	if s.Mapping == "" {
		return nil, &mapping.Problem{ZH: "请填写映射的名称或文件。", EN: "Give the mapping's name or file."}
	}
	return mapping.Load(s.Mapping, c.Path)
}

func (r *replay) parse(zone *time.Location) *sdk.FieldError {
	if r.Speed == 0 {
		r.Speed = 1
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02"} {
		if at, err := time.ParseInLocation(layout, r.Moment, zone); err == nil {
			r.at = at
			if r.Speed < 0 {
				return &sdk.FieldError{Field: "replay.speed", ZH: "速度应大于 0。", EN: "The speed must be above 0."}
			}
			return nil
		}
	}
	return &sdk.FieldError{Field: "replay.moment", ZH: fmt.Sprintf("时刻 %q 读不懂，请写成 2014-06-02 或 2014-06-02T09:00:00。", r.Moment),
		EN: fmt.Sprintf("The moment %q cannot be read; write it like 2014-06-02 or 2014-06-02T09:00:00.", r.Moment)}
}

// readable tells whether a log can be opened.
func readable(file string) bool {
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	return err == nil && !info.IsDir()
}

// Events streams the log trace by trace, or in a replay by time.
func (a *adapter) Events(ctx context.Context, raw []byte, out *sdk.EventStream) error {
	from, err := parseCursor(raw)
	if err != nil {
		return err
	}
	if a.replay != nil {
		return a.replayEvents(ctx, from, out)
	}
	var at cursor
	var trails trailer
	reached := from.Event == 0 // events are counted from 1
	return a.everyTrace(ctx, func(t *xeslog.Trace) error {
		events := a.translator.Trace(t)
		for i := range events {
			at.Trace, at.Event = uint64(t.Index), uint64(i+1)
			if at.Trail, err = trails.extend(at.Trail, &events[i]); err != nil {
				return err
			}
			if reached {
				if err := send(out, at.bytes(), &events[i]); err != nil {
					return err
				}
			} else if reached = at == from; !reached && (at.Trace > from.Trace || at.Trace == from.Trace && at.Event >= from.Event) {
				return errForeign
			}
		}
		return nil
	}, func() error {
		if !reached {
			return errForeign
		}
		return out.CaughtUp(at.bytes())
	})
}

func send(out *sdk.EventStream, cursor []byte, t *mapping.Translated) error {
	if t.Unreadable != nil {
		return out.Unreadable(cursor, t.Unreadable)
	}
	return out.Send(cursor, t.Event)
}

// everyTrace reads the log from its beginning and calls end after its last
// trace.
func (a *adapter) everyTrace(ctx context.Context, each func(*xeslog.Trace) error, end func() error) error {
	r, err := xeslog.Open(a.file)
	if err != nil {
		return logFault(err)
	}
	defer r.Close()
	for {
		t, err := r.Next()
		if errors.Is(err, io.EOF) {
			return end()
		}
		if err != nil {
			return logFault(err)
		}
		if err := each(t); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

// logFault words what is wrong with a log for the clerk.
func logFault(err error) error {
	var e *xeslog.Error
	if !errors.As(err, &e) {
		return err
	}
	what := map[xeslog.Reason][2]string{
		xeslog.Broken:     {"格式有误（不是完整的 XML）", "is damaged (not well-formed XML)"},
		xeslog.Truncated:  {"不完整，在中途结束", "ends too early"},
		xeslog.Encoding:   {"的文字编码与声明不符", "holds text that does not fit its declared encoding"},
		xeslog.NotXES:     {"不是 XES 日志", "is no XES log"},
		xeslog.Unreadable: {"读不到", "cannot be read"},
	}[e.Reason]
	return sdk.FieldError{Field: "file",
		ZH: fmt.Sprintf("日志文件 %s %s：第 %d 行，此前 %d 个办件已完整读入并保存。请向部门重新索取该文件，再次运行即从中断处继续。（%v）", e.File, what[0], e.Line, e.Trace, e.Err),
		EN: fmt.Sprintf("The log file %s %s: line %d; the %d cases before it were read and kept. Ask the department for the file again; the next run goes on where this one stopped. (%v)", e.File, what[1], e.Line, e.Trace, e.Err)}
}
