package main

import (
	"fmt"
	"slices"
	"testing"
	"time"

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
	{"A#.received", -3 * time.Hour}, {"B#.received", -time.Hour}, {"C#.received", 125 * time.Millisecond},
	{"B#.decided", 750 * time.Millisecond}, {"A#.decided", time.Second},
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
		if id := ids(all[i : i+1])[0]; id != want.id {
			t.Errorf("event %d is %s, want %s", i, id, want.id)
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
	// A place that the replay does not have, or another replay: it begins anew at
	// the same moment, and every event keeps its name.
	for name, from := range map[string][]byte{"beyond the end": func() []byte {
		c, err := parseCursor(whole[1].cursor)
		if err != nil {
			t.Fatal(err)
		}
		c.Event = 1 << 63
		return c.bytes()
	}(), "of another log": func() []byte {
		c, err := parseCursor(whole[1].cursor)
		if err != nil {
			t.Fatal(err)
		}
		c.Trail[0] ^= 1
		return c.bytes()
	}()} {
		got, _, err := s.read(t, from, true, len(whole))
		if err != nil || len(got) != len(whole) {
			t.Fatalf("%s: %v, %v", name, ids(got), err)
		}
		for i, x := range got {
			if x.event.String() != whole[i].event.String() {
				t.Errorf("%s, event %d: %v, want %v", name, i, x.event, whole[i].event)
			}
		}
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
