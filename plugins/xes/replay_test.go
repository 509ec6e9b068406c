package main

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// replayed is a setting whose moment is noon of 1 March 2014 and in which two
// hours of the log pass in a second from then on. Three cases:
//
//	A  in 09:00 (three hours before)    out 13:00, entered 14:00
//	B  in 11:00                         out 12:30, in effect from 13:30
//	C  in 12:15
func replayed(t *testing.T) *setting {
	s := newSetting(t,
		trace("A", "in 03-01T09:00", "out 03-01T13:00 03-01T14:00"),
		trace("B", "in 03-01T11:00", "out 03-01T12:30 - 03-01T13:30"),
		trace("C", "in 03-01T12:15"))
	s.config["replay"] = map[string]any{"moment": "2014-03-01T12:00:00", "speed": 7200}
	return s
}

// The replay's events in the order in which the department knew all of each,
// with how long after the moment that is in the replay: a quarter of an hour
// of the log is an eighth of a second.
var inOrder = []struct {
	id    string
	known time.Duration
}{
	{"A#0.received", -3 * time.Hour}, {"B#0.received", -time.Hour}, {"C#0.received", 125 * time.Millisecond},
	{"B#1.decided", 750 * time.Millisecond}, {"A#1.decided", time.Second},
}

func TestReplayTimesComputedByHand(t *testing.T) {
	s := replayed(t)
	before := time.Now()
	all, _, err := s.read(t, nil, true, len(inOrder))
	if err != nil || len(all) != len(inOrder) {
		t.Fatalf("%v, %v", ids(all), err)
	}
	anchor := all[0].event.OccurredAt.AsTime().Add(3 * time.Hour)
	if anchor.Before(before.Truncate(time.Microsecond)) || anchor.After(all[0].at) {
		t.Errorf("the moment is %v, but the replay began after %v", anchor, before)
	}
	for i, want := range inOrder {
		e := all[i].event
		if e.SourceId != want.id {
			t.Errorf("event %d is %s, want %s", i, e.SourceId, want.id)
		}
		if at := all[i].at.Sub(anchor); at < want.known {
			t.Errorf("%s came %v after the moment, before %v", e.SourceId, at, want.known)
		}
		for _, ts := range []*timestamppb.Timestamp{e.OccurredAt, e.EnteredAt, e.EffectiveAt} {
			if ts != nil && ts.AsTime().After(all[i].at) {
				t.Errorf("%s is stamped %v in the future", e.SourceId, ts.AsTime().Sub(all[i].at))
			}
		}
	}
	for _, c := range []struct {
		what string
		ts   *timestamppb.Timestamp
		want time.Duration
	}{
		{"B received", all[1].event.OccurredAt, -time.Hour}, {"C received", all[2].event.OccurredAt, 125 * time.Millisecond},
		{"B decided", all[3].event.OccurredAt, 250 * time.Millisecond}, {"B in effect", all[3].event.EffectiveAt, 750 * time.Millisecond},
		{"A decided", all[4].event.OccurredAt, 500 * time.Millisecond}, {"A entered", all[4].event.EnteredAt, time.Second},
	} {
		if got := c.ts.AsTime().Sub(anchor); got != c.want {
			t.Errorf("%s: %v after the moment, want %v", c.what, got, c.want)
		}
	}
}

// A console that restarts goes on in the same replay: the moment stays where
// it was, and no event comes twice or changes.
func TestReplayGoesOnAfterARestart(t *testing.T) {
	s := replayed(t)
	whole, _, err := s.read(t, nil, true, len(inOrder))
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole[:len(whole)-1] {
		rest, _, err := s.read(t, whole[i].cursor, true, len(whole)-i-1)
		if err != nil {
			t.Fatal(err)
		}
		for k, x := range rest {
			if want := whole[i+1+k].event; x.event.String() != want.String() || string(x.cursor) != string(whole[i+1+k].cursor) {
				t.Errorf("after event %d: %v, want %v", i, x.event, want)
			}
		}
	}
	for _, beyond := range []uint64{uint64(len(whole)) + 1, 1 << 63} {
		if got, _, err := s.read(t, cursor{Event: beyond}.bytes(), true, 0); status.Code(err) != codes.FailedPrecondition || len(got) > 0 {
			t.Errorf("at event %d of %d: %d events, %v", beyond, len(whole), len(got), err)
		}
	}
	s.config["replay"] = map[string]any{"moment": "2014-03-01T12:00:00", "speed": 3600}
	if got, _, err := s.read(t, whole[1].cursor, true, 0); status.Code(err) != codes.FailedPrecondition || len(got) > 0 {
		t.Errorf("at another speed: %d events, %v", len(got), err)
	}
	delete(s.config, "replay")
	if got, _, err := s.read(t, whole[1].cursor, false, 0); status.Code(err) != codes.FailedPrecondition || len(got) > 0 {
		t.Errorf("without the replay: %d events, %v", len(got), err)
	}
}

// A one-time ingest takes what is due and ends; the next takes the rest.
func TestReplayOnceTakesWhatIsDue(t *testing.T) {
	s := replayed(t)
	s.config["replay"] = map[string]any{"moment": "2014-03-01T12:00:00", "speed": 1800} // two hours in 4 s
	first, mark, err := s.read(t, nil, false, 0)
	if err != nil || len(first) < 2 || len(first) == len(inOrder) {
		t.Fatalf("%v, %v", ids(first), err)
	}
	time.Sleep(5 * time.Second)
	rest, _, err := s.read(t, mark, false, 0)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, x := range inOrder {
		want = append(want, x.id)
	}
	if got := append(ids(first), ids(rest)...); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// The spool leaves no file behind, even if the process is killed.
func TestReplayLeavesNoFile(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	s := replayed(t)
	if _, _, err := s.read(t, nil, true, 2); err != nil {
		t.Fatal(err)
	}
	if left := fmt.Sprint(files(t, temp)); left != "[]" {
		t.Errorf("left behind: %s", left)
	}
}
