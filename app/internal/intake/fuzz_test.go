package intake

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"
	"unicode/utf8"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// What was written as an act is read as that act, and whatever else stands in a
// record of the journal is an act or an error.
func FuzzActBody(f *testing.F) {
	f.Add("visit.filed", uint64(7), []byte(`{"department":"GH","note":"窗口无人"}`), []byte(`{"type":"note","by":3,"data":{"a":[1,2]}}`))
	f.Add("note", uint64(0), []byte(`"a"`), []byte(`{"type":5}`))
	f.Add("", uint64(1<<63), []byte(`null`), []byte(`{"type":"x","type":"y","data":1e999}`))
	f.Add("a b", uint64(1), []byte(`[[[[[[`), []byte(`null`))
	f.Fuzz(func(t *testing.T, kind string, by uint64, data, body []byte) {
		if a, err := ReadAct(store.RecordRow{Seq: 9, Body: body}); err == nil {
			sameAct(t, a, Act{Type: a.Type, By: a.By, Data: a.Data})
		}
		if utf8.ValidString(kind) { // types are constants of the program
			act := Act{Type: kind, By: by, Data: json.RawMessage(data)}
			if _, rec, err := act.record(); err == nil {
				sameAct(t, rec, act)
			} else if json.Valid(data) {
				t.Errorf("%s is not taken: %v", data, err)
			}
		}
	})
}

// sameAct writes an act and reads it.
func sameAct(t *testing.T, want RecordedAct, act Act) {
	body, _, err := act.record()
	if err != nil {
		t.Fatalf("%+v was read and cannot be written: %v", act, err)
	}
	got, err := ReadAct(store.RecordRow{Seq: want.Seq, Body: body})
	if err != nil {
		t.Fatalf("%s was written and cannot be read: %v", body, err)
	}
	if got.Type != want.Type || got.By != want.By {
		t.Errorf("%s is read as %q by %d, want %q by %d", body, got.Type, got.By, want.Type, want.By)
	}
	var kept, given bytes.Buffer
	if len(want.Data) > 0 && (json.Compact(&kept, got.Data) != nil || json.Compact(&given, want.Data) != nil || !sameJSON(kept.Bytes(), given.Bytes())) {
		t.Errorf("%s is read with %s, want %s", body, got.Data, want.Data)
	}
}

// sameJSON compares values: writing turns < and > into escapes.
func sameJSON(a, b []byte) bool {
	x, errX := escaped(a)
	y, errY := escaped(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

func escaped(a []byte) ([]byte, error) { return json.Marshal(json.RawMessage(a)) }

// What an adapter sends as an event is set aside with a reason, or fits a case
// that can be judged at any moment.
func FuzzEvents(f *testing.F) {
	now := at("2026-03-20 10:00:00")
	for _, story := range [][]*pb.Event{
		lateCase(),
		{event("e1", "GH-1", pb.EventKind_EVENT_KIND_DECIDED, at("2026-03-02 09:00:00"), granted)},
		{event("e1", "GH-1", pb.EventKind_EVENT_KIND_PAUSED, at("2026-03-02 09:00:00"), func(e *pb.Event) { e.Pause = &pb.Pause{Kind: "inspection"} }),
			event("e2", "GH-1", pb.EventKind_EVENT_KIND_EXTENDED, at("2026-03-03 09:00:00"), func(e *pb.Event) { e.Extension = &pb.Extension{By: days(5)} })},
	} {
		b, err := proto.Marshal(batch("c", story...))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, int64(0))
	}
	judge := rules.New(workday.Default(), rules.DefaultSettings())
	item := approval.Item{Code: "I1", Regime: approval.Licensing, Promised: approval.Limit{N: 5, Unit: approval.WorkingDays}, Statutory: approval.Limit{N: 20, Unit: approval.WorkingDays}, InHall: true}
	f.Fuzz(func(t *testing.T, raw []byte, later int64) {
		var b pb.EventsResponse
		if proto.Unmarshal(raw, &b) != nil {
			return // gRPC refuses it
		}
		s := rules.Subject{Item: &item}
		for i, p := range prepareAll(b.Records, now, prepareEvent) {
			if p.fault != nil {
				if p.fault.code == "" || p.fault.zh == "" || p.fault.en == "" {
					t.Errorf("set aside without a reason: %+v", p.fault)
				}
				p.entry("a", Events, now)
				p.digest(origin{"a", Events}, p.fault.code, p.raw)
				continue
			}
			p.event.Seq = uint64(i + 1)
			s.Events = append(s.Events, p.event)
		}
		if len(s.Events) == 0 {
			return
		}
		moment := now.Add(time.Duration(later % int64(10*365*24*time.Hour)))
		v := judge.Judge(&s, moment)
		if !v.Next.IsZero() && !v.Next.After(moment) {
			t.Errorf("judged at %s, it may change next at %s, which is not later", moment, v.Next)
		}
		judge.Strip(&s, moment)
	})
}
