// Command feeder is the adapter that the benchmark streams from: real
// contract, real process, events made as fast as they can be sent or at a
// fixed rate, so that what is measured is the console and not the source.
package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/sdk"
)

// settings are the feeder's configuration.
type settings struct {
	Cases  int    `json:"cases"`  // how many cases
	Open   bool   `json:"open"`   // two events a case, left open; else six, decided and delivered
	Ended  int    `json:"ended"`  // with open, so many of the first are decided on the spot by their second event
	Days   int    `json:"days"`   // over how many days before the start those are spread
	Rate   int    `json:"rate"`   // events a second; 0 = as fast as possible
	Offset int    `json:"offset"` // number of the first case
	Start  string `json:"start"`  // when the first case is handed in, RFC 3339
	Stamp  bool   `json:"stamp"`  // occurred_at is when the event is sent, for latency
	Step   string `json:"step"`   // from one case to the next; 100ms unless told
	Late   int    `json:"late"`   // every n-th open case was handed in 60 days before; 0 = none
	Letter string `json:"letter"` // that departments' codes begin with; D unless told
	Among  int    `json:"among"`  // how many departments; 35 unless told
}

type feeder struct {
	set   settings
	start time.Time
	step  time.Duration
}

func (*feeder) Describe() sdk.Description {
	return sdk.Description{Name: "feeder", Version: "1.0.0", Title: "基准测试数据源", TitleEN: "Benchmark source",
		ConfigSchema: `{"type":"object"}`, Poll: time.Hour}
}

func (f *feeder) Configure(_ context.Context, c *sdk.Config) (*sdk.Catalogue, error) {
	if err := c.Decode(&f.set); err != nil {
		return nil, err
	}
	var err error
	if f.start, err = time.Parse(time.RFC3339, f.set.Start); err != nil {
		return nil, sdk.FieldErrors{{Field: "start", ZH: "应为 RFC 3339 时间", EN: "must be an RFC 3339 time"}}
	}
	if f.set.Step == "" {
		f.set.Step = "100ms"
	}
	if f.step, err = time.ParseDuration(f.set.Step); err != nil {
		return nil, sdk.FieldErrors{{Field: "step", ZH: "应为时长", EN: "must be a duration"}}
	}
	if f.set.Letter == "" {
		f.set.Letter = "D"
	}
	if f.set.Among == 0 {
		f.set.Among = 35
	}
	cat := &sdk.Catalogue{}
	for d := range f.set.Among {
		code := f.code(d)
		cat.Departments = append(cat.Departments, &sdk.Department{Code: code, Name: "部门" + code})
		for i := range 10 {
			cat.Items = append(cat.Items, &sdk.Item{Department: code, Code: fmt.Sprintf("I%02d", i), Name: "基准事项",
				CaseType: 2, Regime: 1, InHall: true,
				Promised:  &sdk.Limit{N: 5, Unit: 1},
				Statutory: &sdk.Limit{N: 20, Unit: 1}})
		}
	}
	return cat, nil
}

// kinds of a finished case; an open one stops after two.
var kinds = []int32{1, 2, 5, 6, decided, 14}

const decided = 10

// lanes is how many cases are under way at once.
const lanes = 200

func (f *feeder) Events(ctx context.Context, cursor []byte, out *sdk.EventStream) error {
	per := len(kinds)
	if f.set.Open {
		per = 2
	}
	from := 0
	if len(cursor) == 8 {
		from = int(binary.BigEndian.Uint64(cursor))
	}
	steps := (f.set.Cases + lanes*(per-1)) * per
	pos := make([]byte, 8)
	began := time.Now()
	sent := 0
	for n := from; n < steps; n++ {
		step, k := n/per, n%per
		c := step - lanes*k
		if c < 0 || c >= f.set.Cases {
			continue
		}
		if f.set.Rate > 0 {
			if wait := time.Until(began.Add(time.Duration(sent) * time.Second / time.Duration(f.set.Rate))); wait > 0 {
				time.Sleep(wait)
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
		}
		sent++
		binary.BigEndian.PutUint64(pos, uint64(n+1))
		if err := out.Send(append([]byte(nil), pos...), f.event(c, k)); err != nil {
			return err
		}
	}
	binary.BigEndian.PutUint64(pos, uint64(steps))
	return out.CaughtUp(pos)
}

// code is a department's.
func (f *feeder) code(d int) string { return fmt.Sprintf("%s%02d", f.set.Letter, d) }

// handedIn is when case c was.
func (f *feeder) handedIn(c int) time.Time {
	if c < f.set.Ended {
		days := time.Duration(f.set.Days) * 24 * time.Hour
		return f.start.Add(-days + days/time.Duration(f.set.Ended)*time.Duration(c))
	}
	return f.start.Add(time.Duration(c-f.set.Ended) * f.step)
}

// event is the k-th event of case c.
func (f *feeder) event(c, k int) *sdk.Event {
	id := f.set.Offset + c
	ended := c < f.set.Ended
	at := f.handedIn(c).Add(time.Duration(k) * 10 * time.Minute)
	if f.set.Late > 0 && !ended && id%f.set.Late == 0 {
		at = at.AddDate(0, 0, -60)
	}
	if f.set.Stamp {
		at = time.Now()
	}
	code := f.code(id % f.set.Among)
	e := &sdk.Event{
		SourceId: fmt.Sprintf("E%010d", id*10+k), Department: code,
		CaseNo: fmt.Sprintf("%s-2026-%08d", code, id), ItemCode: fmt.Sprintf("I%02d", id/f.set.Among%10),
		OccurredAt: timestamppb.New(at), EnteredAt: timestamppb.New(at.Add(20 * time.Second)),
		Handler: &sdk.Person{Name: "李窗口", Id: "0417", Post: "窗口工作人员"}, Window: "12",
	}
	if f.set.Stamp {
		e.EnteredAt = e.OccurredAt
	}
	kind := kinds[k]
	if ended && k == 1 {
		kind = decided
	}
	e.Kind = sdk.EventKind(kind)
	switch kind {
	case 1:
		e.Application = &sdk.Application{ApplicantName: "张三", ApplicantType: "person", ApplicantId: "340300198001010011", Phone: "13800000000", Channel: "window"}
	case 5, 6:
		e.Step = &sdk.StepDetail{Name: "材料审查"}
	case decided:
		e.Decision = &sdk.Decision{Outcome: 1, DecisionNo: fmt.Sprintf("决〔2026〕%d号", id), Signer: &sdk.Person{Name: "陈首席"}}
	}
	return e
}

func main() { sdk.Serve(&feeder{}) }
