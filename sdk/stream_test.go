package sdk

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"pgregory.net/rapid"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// recorder decodes what a stream transmits, as the console would.
type recorder struct {
	mu      sync.Mutex
	batches []*adapterv1.EventsResponse
	sizes   []int
	fail    error
}

func (r *recorder) transmit(f *frame) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail != nil {
		return r.fail
	}
	batch := &adapterv1.EventsResponse{}
	if err := proto.Unmarshal(*f.buf, batch); err != nil {
		return err
	}
	r.batches = append(r.batches, batch)
	r.sizes = append(r.sizes, len(*f.buf))
	return nil
}

func (r *recorder) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.batches)
}

func event(id string) *Event {
	return &Event{SourceId: id, Department: "GH", CaseNo: "GH-1", ItemCode: "I", Kind: Accepted, OccurredAt: Time(time.Unix(1_700_000_000, 0))}
}

func TestTheFiveResponsesHaveOneLayout(t *testing.T) {
	for _, m := range []proto.Message{
		&adapterv1.EventsResponse{}, &adapterv1.RejectionsResponse{}, &adapterv1.OverdueResponse{}, &adapterv1.AuthorizationsResponse{}, &adapterv1.RatingsResponse{},
	} {
		fields := m.ProtoReflect().Descriptor().Fields()
		if fields.Len() != 4 {
			t.Errorf("%T has %d fields, not 4", m, fields.Len())
		}
		records, cursor, caughtUp := fields.ByNumber(fieldRecords), fields.ByNumber(fieldCursor), fields.ByNumber(fieldCaughtUp)
		if records == nil || !records.IsList() || cursor == nil || cursor.Kind() != protoreflect.BytesKind ||
			caughtUp == nil || caughtUp.Kind() != protoreflect.BoolKind ||
			fields.ByNumber(fieldTally).Message().FullName() != "mingcha.adapter.v1.SourceTally" {
			t.Errorf("%T has another layout", m)
			continue
		}
		record := records.Message().Fields()
		if record.Len() != 2 || record.ByNumber(fieldPayload) == nil ||
			record.ByNumber(fieldUnreadable).Message().FullName() != "mingcha.adapter.v1.Unreadable" {
			t.Errorf("the records of %T have another layout", m)
		}
	}
}

func TestBatchesLeaveAt256RecordsAndAtTheMark(t *testing.T) {
	var r recorder
	s := newStream[Event](r.transmit)
	for i := range 600 {
		if err := s.Send(fmt.Append(nil, i), event(fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.CaughtUp([]byte("599")); err != nil {
		t.Fatal(err)
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	total := 0
	for i, b := range r.batches {
		for _, record := range b.Records {
			if got := record.GetEvent().GetSourceId(); got != fmt.Sprint(total) {
				t.Fatalf("record %d is %q", total, got)
			}
			total++
		}
		if want := fmt.Sprint(total - 1); string(b.Cursor) != want {
			t.Errorf("batch %d has cursor %q, want %q", i, b.Cursor, want)
		}
		if len(b.Records) > batchRecords {
			t.Errorf("batch %d has %d records", i, len(b.Records))
		}
		if b.CaughtUp != (i == len(r.batches)-1) {
			t.Errorf("batch %d: caught_up %v", i, b.CaughtUp)
		}
	}
	if total != 600 {
		t.Errorf("%d records arrived, not 600", total)
	}
}

func TestAPendingRecordLeavesAfterFiveMilliseconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r recorder
		s := newStream[Event](r.transmit)
		for round := range 3 { // the timer works again and again
			if err := s.Send([]byte("1"), event("1")); err != nil {
				t.Fatal(err)
			}
			time.Sleep(batchDelay - time.Nanosecond)
			synctest.Wait()
			if r.count() != round {
				t.Fatalf("round %d: left early", round)
			}
			time.Sleep(time.Nanosecond)
			synctest.Wait()
			if r.count() != round+1 {
				t.Fatalf("round %d: has not left after %v", round, batchDelay)
			}
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestTextThatIsNotUTF8BecomesUnreadableWithTheFieldNamed(t *testing.T) {
	gbk := "\xb9\xe6\xbb\xae\xbe\xd6" // 规划局 in GBK
	for field, spoil := range map[string]func(*Event){
		"text":                func(e *Event) { e.Text = gbk },
		"source_id":           func(e *Event) { e.SourceId = gbk },
		"handler.name":        func(e *Event) { e.Handler = &Person{Name: gbk} },
		"notice.materials[1]": func(e *Event) { e.Notice = &Notice{Materials: []string{"a", gbk}} },
	} {
		var r recorder
		s := newStream[Event](r.transmit)
		bad := event("bad")
		spoil(bad)
		for i, e := range []*Event{event("before"), bad, event("after")} {
			if err := s.Send([]byte{byte(i + 1)}, e); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
		records := r.batches[0].Records
		if len(records) != 3 || records[0].GetEvent().GetSourceId() != "before" || records[2].GetEvent().GetSourceId() != "after" {
			t.Fatalf("%s: the neighbours are missing: %v", field, records)
		}
		u := records[1].GetUnreadable()
		if !strings.Contains(u.GetReasonEn(), "field "+field+" ") || !strings.Contains(u.GetReasonZh(), field) {
			t.Errorf("%s is not named: %q", field, u.GetReasonEn())
		}
		if !bytes.Contains(u.GetRaw(), []byte(`\xb9\xe6\xbb\xae\xbe\xd6`)) || u.GetRawSize() != uint64(len(u.GetRaw())) {
			t.Errorf("%s: the text is lost: %s", field, u.GetRaw())
		}
		if field != "source_id" && u.GetSourceId() != "bad" {
			t.Errorf("%s: source id %q", field, u.GetSourceId())
		}
	}
}

func TestRawFormOfARecord(t *testing.T) {
	e := &Event{SourceId: "a\"\\\n\xff", Kind: Extended, Extension: &Extension{By: &Limit{N: -3, Unit: WorkingDays}}, Notice: &Notice{Materials: []string{"一", "二"}}}
	want := `{"source_id":"a\"\\\u000a\xff","kind":"EVENT_KIND_EXTENDED","extension":{"by":{"n":-3,"unit":"UNIT_WORKING_DAYS"}},"notice":{"materials":["一","二"]}}`
	if got := string(appendMessage(nil, e.ProtoReflect())); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestAHugeRecordIsKeptWholeAndGoesAlone(t *testing.T) {
	var r recorder
	s := newStream[Event](r.transmit)
	huge := event("huge")
	huge.Text = strings.Repeat("长", 2<<20) // 6 MiB
	for i, e := range []*Event{event("1"), huge, event("3")} {
		if err := s.Send([]byte{byte(i + 1)}, e); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	if len(r.batches) != 3 || len(r.batches[1].Records) != 1 {
		t.Fatalf("%d batches, the second of %d records", len(r.batches), len(r.batches[1].Records))
	}
	u := r.batches[1].Records[0].GetUnreadable()
	if u.GetSourceId() != "huge" || !bytes.Contains(u.GetRaw(), []byte(huge.Text)) {
		t.Errorf("the record %q is not whole: %d of %d bytes", u.GetSourceId(), len(u.GetRaw()), len(huge.Text))
	}
}

func TestRawIsCutAt16MiBAndTheMessageStaysWithinTheLimit(t *testing.T) {
	var r recorder
	s := newStream[Event](r.transmit)
	u := &Unreadable{SourceId: strings.Repeat("\xff", 1<<20), Raw: make([]byte, 20<<20), ReasonZh: "坏", ReasonEn: "bad"}
	if err := s.Unreadable([]byte("1"), u); err != nil {
		t.Fatal(err)
	}
	got := r.batches[0].Records[0].GetUnreadable()
	if len(got.Raw) != 16<<20 || got.RawSize != 20<<20 {
		t.Errorf("kept %d, says %d", len(got.Raw), got.RawSize)
	}
	if r.sizes[0] > maxMessage {
		t.Errorf("the message has %d bytes", r.sizes[0])
	}
}

func TestMisuseIsAnError(t *testing.T) {
	var r recorder
	s := newStream[Event](r.transmit)
	if err := s.Send(nil, event("1")); !errors.Is(err, errNoCursor) {
		t.Errorf("a record without cursor: %v", err)
	}
	if err := s.Send([]byte("1"), nil); !errors.Is(err, errNoRecord) {
		t.Errorf("no record: %v", err)
	}
	if err := s.Unreadable([]byte("1"), nil); !errors.Is(err, errNoRecord) {
		t.Errorf("no unreadable record: %v", err)
	}
	if err := s.CaughtUp(nil); err != nil {
		t.Errorf("an empty source: %v", err)
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Send([]byte("1"), event("1")); !errors.Is(err, errClosed) {
		t.Errorf("after its method: %v", err)
	}
	if len(r.batches) != 1 {
		t.Errorf("%d batches left", len(r.batches))
	}
}

func TestAFailedBatchFailsEveryLaterCall(t *testing.T) {
	gone := errors.New("gone")
	r := recorder{fail: gone}
	s := newStream[Event](r.transmit)
	if err := s.CaughtUp([]byte("1")); !errors.Is(err, gone) {
		t.Fatalf("got %v", err)
	}
	if err := s.Send([]byte("2"), event("2")); !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
}

// Whatever bytes stand in a record's strings, exactly one record comes out for
// each that went in, in order, and what is in UTF-8 comes out unchanged.
func TestEveryRecordArrives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bytes := rapid.Custom(func(t *rapid.T) string {
			if rapid.Bool().Draw(t, "text") {
				return rapid.StringN(0, 10, -1).Draw(t, "s")
			}
			return string(rapid.SliceOfN(rapid.Byte(), 0, 10).Draw(t, "b"))
		})
		var r recorder
		s := newStream[Event](r.transmit)
		n := rapid.IntRange(0, 20).Draw(t, "n")
		sent := make([]*Event, n)
		for i := range sent {
			sent[i] = &Event{SourceId: bytes.Draw(t, "id"), Text: bytes.Draw(t, "text"), Handler: &Person{Name: bytes.Draw(t, "name")}}
			if err := s.Send([]byte{byte(i + 1)}, sent[i]); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
		var got []*adapterv1.EventRecord
		for _, b := range r.batches {
			got = append(got, b.Records...)
		}
		if len(got) != n {
			t.Fatalf("%d of %d arrived", len(got), n)
		}
		for i, record := range got {
			if badField(sent[i].ProtoReflect()) == "" {
				if !proto.Equal(record.GetEvent(), sent[i]) {
					t.Fatalf("record %d changed: %v, was %v", i, record, sent[i])
				}
			} else if record.GetUnreadable() == nil {
				t.Fatalf("record %d should be unreadable", i)
			}
		}
	})
}

// The tally goes with the mark, after what was pending, and only there.
func TestTheTallyGoesWithTheMark(t *testing.T) {
	var r recorder
	s := newStream[Event](r.transmit)
	s.Tally(&SourceTally{Entries: 7, Cases: 2, Records: 6, Ignored: 1})
	for i := range batchRecords + 1 {
		if err := s.Send(fmt.Append(nil, i), event(fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.CaughtUp([]byte("end")); err != nil {
		t.Fatal(err)
	}
	if len(r.batches) != 2 || r.batches[0].Tally != nil || !proto.Equal(r.batches[1].Tally, &SourceTally{Entries: 7, Cases: 2, Records: 6, Ignored: 1}) {
		t.Errorf("%v", r.batches[len(r.batches)-1].Tally)
	}
}
