package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"slices"
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
	} else if err := xeslog.Check(c.Path(s.File)); err != nil {
		var f sdk.FieldError
		errors.As(logFault(err), &f)
		bad("file", f.ZH, f.EN)
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
	return &sdk.Catalogue{Departments: []*sdk.Department{{Code: s.Department, Name: name}}, Items: m.Catalogue(s.Department), Warnings: m.Warnings()}, nil
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

// Events streams the log trace by trace, or in a replay by time.
func (a *adapter) Events(ctx context.Context, raw []byte, out *sdk.EventStream) error {
	from, err := parseCursor(raw)
	if err != nil {
		return err
	}
	if a.replay != nil {
		return a.replayEvents(ctx, from, out)
	}
	err = a.pass(ctx, from, out)
	if errors.Is(err, errOther) {
		// Another export of the log: all of it is sent, and what the console has
		// already it knows again by what it is.
		err = a.pass(ctx, cursor{}, out)
	}
	return err
}

// errOther is a log that does not begin with what was read up to a cursor.
var errOther = errors.New("the log is not the one that was read, or was exported anew")

// pass reads the log and sends what lies behind a cursor; nothing, and errOther,
// if the log does not begin with what lies before it.
func (a *adapter) pass(ctx context.Context, from cursor, out *sdk.EventStream) error {
	var at cursor
	var trails trailer
	var tally sdk.SourceTally
	var cases []uint64         // sums of their numbers: a case may have several traces
	reached := from.Event == 0 // records are counted from 1
	err := a.everyTrace(ctx, func(t *xeslog.Trace) error {
		result := a.translator.Trace(t)
		count(&tally, &result)
		switch {
		case result.Case != "":
			cases = append(cases, maphash.String(seed, result.Case))
		case isCase(t):
			tally.Cases++
		}
		for i := range result.Records {
			at.Trace, at.Event = uint64(t.Index), uint64(i+1)
			var err error
			if at.Trail, err = trails.extend(at.Trail, &result.Records[i]); err != nil {
				return err
			}
			if reached {
				if err := send(out, at.bytes(), &result.Records[i]); err != nil {
					return err
				}
				continue
			}
			tally.Before++
			if reached = at == from; !reached && (at.Trace > from.Trace || at.Trace == from.Trace && at.Event >= from.Event) {
				return errOther
			}
		}
		return nil
	}, func() error {
		if !reached {
			return errOther
		}
		slices.Sort(cases)
		tally.Cases += uint64(len(slices.Compact(cases)))
		out.Tally(&tally)
		return out.CaughtUp(at.bytes())
	})
	if cut := (*xeslog.Error)(nil); !reached && errors.As(err, &cut) {
		return errOther // what stands before the break is sent from the beginning
	}
	return err
}

// isCase tells whether what has no case's number is a case all the same: a trace is
// one of its own, events in no trace and a damaged place between two are none.
func isCase(t *xeslog.Trace) bool {
	return !t.Straight && len(t.Attrs)+len(t.Events) > 0
}

var seed = maphash.MakeSeed()

// count adds a trace to the tally of the log.
func count(t *sdk.SourceTally, r *mapping.Result) {
	t.Entries += uint64(r.Entries)
	t.Records += uint64(len(r.Records))
	t.Ignored += uint64(r.Ignored)
	t.Notes += uint64(r.Notes)
	for i := range r.Records {
		if r.Records[i].Unreadable != nil {
			t.Unreadable++
		}
	}
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
	r, err := xeslog.Open(a.file, a.translator.CaseOf)
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

// broken is what can be wrong with a log as a whole, in words that follow its
// name, and what is to be done.
var broken = map[xeslog.Reason]struct{ zh, en, doZH, doEN string }{
	xeslog.Broken:          {"格式有误（不是完整的 XML）", "is damaged (not well-formed XML)", again[0], again[1]},
	xeslog.Truncated:       {"不完整，在中途结束", "ends too early", again[0], again[1]},
	xeslog.Encoding:        {"的文字编码与声明不符", "holds text that does not fit its declared encoding", again[0], again[1]},
	xeslog.UnknownEncoding: {"声明的文字编码本程序不认识", "declares an encoding that is not known here", "请部门改用 UTF-8 重新导出。", "Ask the department to export it in UTF-8."},
	xeslog.NotXES:          {"不是 XES 日志", "is no XES log", "请核对文件，或请部门导出为 XES。", "Check the file, or ask the department for an export as XES."},
	xeslog.NotXML:          {"不是 XES 日志，也不是 XML", "is no XES log, and no XML at all", "请核对文件，或请部门导出为 XES。", "Check the file, or ask the department for an export as XES."},
	xeslog.Packed:          {"的压缩方式读不了", "is packed in a way that is not read", "请解压后再读，或改用 .xes.gz、只含一份日志的 .zip。", "Unpack it, or pack it as .xes.gz or as a .zip with one log."},
	xeslog.Empty:           {"是空的", "is empty", "请部门重新导出。", "Ask the department to export it again."},
	xeslog.Corrupt:         {"是压缩文件，但已损坏或不完整，解不开", "is packed, and is damaged or not whole: it cannot be unpacked", again[0], again[1]},
	xeslog.Folder:          {"是文件夹，不是文件", "is a folder, not a file", "请写上文件夹里日志文件的名称。", "Name the log file within it."},
	xeslog.Unreadable:      {"读不到", "cannot be read", "请核对路径、权限和磁盘。", "Check its path, your rights and the disk."},
}

var again = [2]string{"请向部门重新索取该文件，再次运行即可继续，已读入的不会重复。", "Ask the department for the file again; the next run goes on, and nothing is doubled."}

// logFault words what is wrong with a log for the clerk.
func logFault(err error) error {
	var e *xeslog.Error
	if !errors.As(err, &e) {
		return err
	}
	what := broken[e.Reason]
	found := [2]string{}
	if e.Found.EN != "" {
		found = [2]string{"（是" + e.Found.ZH + "）", " (it is " + e.Found.EN + ")"}
	}
	if e.Line == 0 { // it was not even begun
		return sdk.FieldError{Field: "file",
			ZH: fmt.Sprintf("日志文件 %s %s%s。%s（%v）", e.File, what.zh, found[0], what.doZH, e.Err),
			EN: fmt.Sprintf("The log file %s %s%s. %s (%v)", e.File, what.en, found[1], what.doEN, e.Err)}
	}
	return sdk.FieldError{Field: "file",
		ZH: fmt.Sprintf("日志文件 %s %s%s：第 %d 行，此前 %d 个办件已完整读入并保存。%s（%v）", e.File, what.zh, found[0], e.Line, e.Trace, what.doZH, e.Err),
		EN: fmt.Sprintf("The log file %s %s%s: line %d; the %d cases before it were read and kept. %s (%v)", e.File, what.en, found[1], e.Line, e.Trace, what.doEN, e.Err)}
}
