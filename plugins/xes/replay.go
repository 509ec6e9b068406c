package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"io"
	"os"
	"slices"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/plugins/xes/internal/mapping"
	"github.com/mingcha-console/mingcha/plugins/xes/internal/xeslog"
	"github.com/mingcha-console/mingcha/sdk"
)

// A replay streams the log by time across its cases. The log lies trace by
// trace, so its events are put into a temporary file once and sent from there
// by an index of sixteen bytes an event.

// spool is the log's contract events in a temporary file.
type spool struct {
	f     *os.File
	index []place
	trail trail // of the whole log
}

// place is an event's time and offset in the spool.
type place struct{ at, offset int64 }

// fill writes every event of the log into a spool, sorted by when the
// department knew of it.
func (a *adapter) fill(ctx context.Context, shift func(time.Time) time.Time) (s *spool, err error) {
	f, err := os.CreateTemp("", "xes-replay-")
	if err != nil {
		return nil, err
	}
	os.Remove(f.Name()) // an open file cannot be removed on Windows; close does it there
	s = &spool{f: f, trail: replayTrail(a.replay)}
	var trails trailer
	w := bufio.NewWriterSize(f, 256<<10)
	var offset int64
	err = a.everyTrace(ctx, func(t *xeslog.Trace) error {
		events := a.translator.Trace(t).Records
		for i := range events {
			e := events[i].Event
			if e == nil {
				continue // a replay is a demonstration; an ingest reports what cannot be read
			}
			if s.trail, err = trails.extend(s.trail, &events[i]); err != nil {
				return err
			}
			s.index = append(s.index, place{known(e).UnixMicro(), offset})
			for _, ts := range []*timestamppb.Timestamp{e.OccurredAt, e.EnteredAt, e.EffectiveAt} {
				if ts != nil {
					moved := timestamppb.New(shift(ts.AsTime()))
					ts.Seconds, ts.Nanos = moved.Seconds, moved.Nanos
				}
			}
			n, err := writeEvent(w, e)
			if err != nil {
				return err
			}
			offset += n
		}
		return nil
	}, w.Flush)
	if err != nil {
		s.close()
		return nil, err
	}
	slices.SortStableFunc(s.index, func(a, b place) int { return int(min(max(a.at-b.at, -1), 1)) })
	return s, nil
}

func (s *spool) close() {
	s.f.Close()
	os.Remove(s.f.Name()) // gone already but on Windows
}

// known is the latest of an event's times: before it, one of them would be
// stamped in the future.
func known(e *sdk.Event) time.Time {
	at := e.OccurredAt.AsTime()
	for _, ts := range []*timestamppb.Timestamp{e.EnteredAt, e.EffectiveAt} {
		if ts != nil && ts.AsTime().After(at) {
			at = ts.AsTime()
		}
	}
	return at
}

func writeEvent(w *bufio.Writer, e *sdk.Event) (int64, error) {
	b, err := proto.Marshal(e)
	if err != nil {
		return 0, err
	}
	var head [4]byte
	binary.BigEndian.PutUint32(head[:], uint32(len(b)))
	if _, err := w.Write(head[:]); err != nil {
		return 0, err
	}
	_, err = w.Write(b)
	return int64(len(b)) + 4, err
}

func (s *spool) read(offset int64) (*sdk.Event, error) {
	var head [4]byte
	if _, err := s.f.ReadAt(head[:], offset); err != nil {
		return nil, err
	}
	b := make([]byte, binary.BigEndian.Uint32(head[:]))
	if _, err := s.f.ReadAt(b, offset+4); err != nil && err != io.EOF {
		return nil, err
	}
	e := &sdk.Event{}
	return e, proto.Unmarshal(b, e)
}

// shifted moves the log's time: what lies before the moment by one distance,
// what lies after it compressed by the speed, so that nothing is ever stamped
// in the future.
func (r *replay) shifted(anchor time.Time) func(time.Time) time.Time {
	return func(t time.Time) time.Time {
		d := t.Sub(r.at)
		if d > 0 {
			d = time.Duration(float64(d) / r.Speed)
		}
		return anchor.Add(d)
	}
}

func (a *adapter) replayEvents(ctx context.Context, cur cursor, out *sdk.EventStream) error {
	if cur.Anchor == 0 {
		cur.Anchor = a.clock.Now().UnixMicro()
	}
	shift := a.replay.shifted(time.UnixMicro(cur.Anchor))
	s, err := a.fill(ctx, shift)
	if err != nil {
		return err
	}
	defer s.close()
	s.find(&cur)
	caughtUp := false
	for _, next := range s.index[cur.Event:] {
		due := shift(time.UnixMicro(next.at))
		toCome := due.After(a.clock.Now())
		if toCome && !a.follow {
			break
		}
		if toCome && !caughtUp {
			if err := out.CaughtUp(cur.bytes()); err != nil {
				return err
			}
			caughtUp = true
		}
		if toCome {
			if err := a.clock.Sleep(ctx, due); err != nil {
				return err
			}
		}
		e, err := s.read(next.offset)
		if err != nil {
			return err
		}
		cur.Event++
		if err := send(out, cur.bytes(), &mapping.Translated{Event: e}); err != nil {
			return err
		}
	}
	return out.CaughtUp(cur.bytes())
}

// find sets a cursor to its place in the spool. A replay that begins is given the
// spool's trail. One of another log, or with other settings, begins anew at the
// same moment: what the console has already it knows again.
func (s *spool) find(cur *cursor) {
	if cur.Trail != s.trail || cur.Event > uint64(len(s.index)) {
		cur.Trail, cur.Trace, cur.Event = s.trail, 0, 0
	}
}
