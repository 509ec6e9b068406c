// Command hostile is an adapter for tests of the pages: every text that a
// department may send is one that would run as a script, or as a spreadsheet's
// formula, if it were taken for more than a text.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/mingcha-console/mingcha/sdk"
)

func main() { sdk.Serve(&adapter{}) }

type adapter struct{}

const department, item = "EV", "E1"

// evil is a text that names where it stood, if it ever runs.
func evil(where string) string {
	return fmt.Sprintf(`=cmd|%s"'><img src=x onerror=window.ran='%s'><script>window.ran='%s'</script>{{window.ran='%s'}}`, where, where, where, where)
}

// fill writes an evil text into every text field that is still empty.
func fill[M proto.Message](m M) M {
	fillIn(m.ProtoReflect())
	return m
}

func fillIn(m protoreflect.Message) {
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		f := fields.Get(i)
		switch {
		case f.Kind() == protoreflect.StringKind && f.IsList():
			if l := m.Mutable(f).List(); l.Len() == 0 {
				l.Append(protoreflect.ValueOfString(evil(string(f.Name()))))
			}
		case f.Kind() == protoreflect.StringKind && !m.Has(f):
			m.Set(f, protoreflect.ValueOfString(evil(string(f.Name()))))
		case f.Kind() == protoreflect.MessageKind && !f.IsList() && m.Has(f) && f.Message().FullName() != "google.protobuf.Timestamp":
			fillIn(m.Mutable(f).Message())
		}
	}
}

func (*adapter) Describe() sdk.Description {
	return sdk.Description{Name: "hostile", Version: "1.0.0", Title: evil("title"), TitleEN: evil("title_en"), Poll: time.Second}
}

func (*adapter) Configure(context.Context, *sdk.Config) (*sdk.Catalogue, error) {
	return &sdk.Catalogue{
		Departments: []*sdk.Department{fill(&sdk.Department{Code: department})},
		Items: []*sdk.Item{fill(&sdk.Item{Department: department, Code: item, CaseType: sdk.Committed, Regime: sdk.Licensing,
			ClockStart: sdk.FromAcceptance, InHall: true, WindowSignOff: true, Promised: &sdk.Limit{N: 3, Unit: sdk.WorkingDays}, Statutory: &sdk.Limit{N: 5, Unit: sdk.WorkingDays}})},
	}, nil
}

// long ago all limits have passed.
var long = time.Date(2026, 9, 1, 2, 0, 0, 0, time.UTC)

const caseNo = `EV-1<img src=x onerror=window.ran='case_no'>`

func (*adapter) Events(_ context.Context, cursor []byte, out *sdk.EventStream) error {
	if len(cursor) > 0 {
		return out.CaughtUp(cursor)
	}
	slog.Warn(evil("log"), "key", evil("log_value"))
	n := 0
	send := func(no string, kind sdk.EventKind, after time.Duration, more func(*sdk.Event)) error {
		n++
		e := &sdk.Event{SourceId: fmt.Sprint("e", n), Department: department, CaseNo: no, ItemCode: item, Kind: kind,
			OccurredAt: sdk.Time(long.Add(after)), EnteredAt: sdk.Time(long.Add(after)), Handler: &sdk.Person{}}
		if more != nil {
			more(e)
		}
		return out.Send([]byte(fmt.Sprint(n)), fill(e))
	}
	const day = 24 * time.Hour
	apply := func(e *sdk.Event) { e.Application = &sdk.Application{} }
	for _, s := range []struct {
		no    string
		kind  sdk.EventKind
		after time.Duration
		more  func(*sdk.Event)
	}{
		{caseNo, sdk.Received, 0, apply},
		{caseNo, sdk.Accepted, time.Hour, nil},
		{caseNo, sdk.StepStarted, 2 * time.Hour, func(e *sdk.Event) { e.Step = &sdk.StepDetail{} }},
		{caseNo, sdk.SupplementRequested, 3 * time.Hour, func(e *sdk.Event) { e.Notice = &sdk.Notice{} }},
		{caseNo, sdk.Paused, day, func(e *sdk.Event) { e.Pause = &sdk.Pause{Approved: &sdk.Limit{N: 2, Unit: sdk.WorkingDays}} }},
		{caseNo, sdk.Resumed, 9 * day, nil},
		{caseNo, sdk.Extended, 10 * day, func(e *sdk.Event) { e.Extension = &sdk.Extension{By: &sdk.Limit{N: 20, Unit: sdk.WorkingDays}} }},
		{caseNo, sdk.Note, 11 * day, nil},
		{caseNo, sdk.Decided, 60 * day, func(e *sdk.Event) {
			e.Decision = &sdk.Decision{Outcome: sdk.OutcomeRefused, Signer: &sdk.Person{}}
		}},
		{"EV-2", sdk.Received, 0, apply},
		{"EV-2", sdk.Accepted, time.Hour, nil},
	} {
		if err := send(s.no, s.kind, s.after, s.more); err != nil {
			return err
		}
	}
	n++
	if err := out.Unreadable([]byte(fmt.Sprint(n)), fill(&sdk.Unreadable{Raw: []byte(evil("raw"))})); err != nil {
		return err
	}
	return out.CaughtUp([]byte(fmt.Sprint(n)))
}

func (*adapter) Rejections(_ context.Context, cursor []byte, out *sdk.RejectionStream) error {
	if len(cursor) == 0 {
		if err := out.Send([]byte("1"), fill(&sdk.Rejection{SourceId: "r1", Department: department, CaseNo: caseNo, Stage: sdk.StageRefused, Handler: &sdk.Person{},
			FiledAt: sdk.Time(long), NoticeAt: sdk.Time(long)})); err != nil {
			return err
		}
	}
	return out.CaughtUp([]byte("1"))
}

func (*adapter) Overdue(_ context.Context, cursor []byte, out *sdk.OverdueStream) error {
	if len(cursor) == 0 {
		if err := out.Send([]byte("1"), fill(&sdk.OverdueCase{SourceId: "o1", Department: department, CaseNo: caseNo, Clock: sdk.StatutoryLimit, Responsible: &sdk.Person{},
			DueAt: sdk.Time(long), ReportedAt: sdk.Time(long)})); err != nil {
			return err
		}
	}
	return out.CaughtUp([]byte("1"))
}

func (*adapter) Authorizations(_ context.Context, cursor []byte, out *sdk.AuthorizationStream) error {
	if len(cursor) == 0 {
		if err := out.Send([]byte("1"), fill(&sdk.Authorization{SourceId: "a1", Department: department, Items: []string{item}, Powers: []string{"accept"},
			Rep: &sdk.Person{}, StandIn: &sdk.Person{}, ValidFrom: sdk.Time(long), ValidTo: sdk.Time(long.AddDate(1, 0, 0)), SignedAt: sdk.Time(long)})); err != nil {
			return err
		}
	}
	return out.CaughtUp([]byte("1"))
}

func (*adapter) Ratings(_ context.Context, cursor []byte, out *sdk.RatingStream) error {
	if len(cursor) == 0 {
		if err := out.Send([]byte("1"), fill(&sdk.Rating{SourceId: "p1", Department: department, CaseNo: caseNo, ItemCode: item, Level: sdk.VeryDissatisfied, Handler: &sdk.Person{},
			RatedAt: sdk.Time(long), ContactedAt: sdk.Time(long)})); err != nil {
			return err
		}
	}
	return out.CaughtUp([]byte("1"))
}
