package city

import (
	"strconv"

	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// event is one event of a case before it is put into the contract's words.
// Instants are Unix seconds, 0 = absent.
type event struct {
	kind        v1.EventKind
	occurred    int64
	entered     int64
	effective   int64
	handler     *v1.Person
	window      string
	text        string
	application *v1.Application
	step        *v1.StepDetail
	pause       *v1.Pause
	extension   *v1.Extension
	decision    *v1.Decision
	notice      *v1.Notice
}

// sent is when the department's system passes the event on: when it was
// entered, but never before it happened.
func (e *event) sent() int64 { return max(e.entered, e.occurred) }

// Finding is one line of the answer key: what the rules must find.
type Finding struct {
	Department, CaseNo string
	Rule, Key, Level   string
	RaisedAt           int64 // Unix seconds
}

// plan is a whole case from the first paper to the last, with all reports on
// it and all that is wrong with it.
type plan struct {
	department *department
	item       *item
	no         string
	events     []event // in order of occurrence
	rejections []*v1.Rejection
	overdue    []*v1.OverdueCase
	findings   []Finding
	opinion    rng          // what is left to chance in rating it
	ratings    []*v1.Rating // planned by the ratings' stream only
	// known is the instant from which the findings are as planned: by then all
	// records are in, and nothing that the clock alone adds is half-way.
	known int64
}

func (p *plan) eventMessage(i int) *v1.Event {
	e := &p.events[i]
	m := &v1.Event{
		SourceId: p.no + "/" + strconv.Itoa(i+1), Department: p.department.code, CaseNo: p.no,
		ItemCode: p.item.published.Code, Kind: e.kind,
		OccurredAt: stamp(e.occurred), EnteredAt: stamp(e.entered),
		Handler: e.handler, Unit: p.department.name, Window: e.window, Text: e.text,
		Application: e.application, Step: e.step, Pause: e.pause,
		Extension: e.extension, Decision: e.decision, Notice: e.notice,
	}
	if e.effective != 0 {
		m.EffectiveAt = stamp(e.effective)
	}
	return m
}

func stamp(t int64) *timestamppb.Timestamp { return &timestamppb.Timestamp{Seconds: t} }
