package intake

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// When a department wrote a fact down it says itself, or does not. Either way it
// may tell it weeks later, for a date that suits it. The console knows better where
// all that there was had been read before, see reading: then a record that claims
// to have been there was not, and counts from when it was told. Of a history that
// is read for the first time nobody knows, and its records keep their dates.
//
// How far had been read is known only at that moment. So the console writes down
// what it saw, as a record of its own behind the other: whoever folds the journal
// anew, and verify, come to the same verdict. The record is written from an hour of
// office time on, so that an office that later bears less than now finds what it
// needs, and the ordinary record, which comes within minutes, costs nothing.

// toldAfter is the office time from which on it is noted when a record was told.
const toldAfter = time.Hour

// toldRecord is the journal's record that another was told late, or that a correction
// is one of what had been read.
type toldRecord struct {
	Event uint64 `json:"event"` // journal number of the other: of a correction its own
	// From when it counts; absent: from when this record was taken.
	At *time.Time `json:"at,omitempty"`
}

// toldAt is from when it counts.
func (t *toldRecord) toldAt(observed int64) time.Time {
	if t.At != nil {
		return *t.At
	}
	return store.Time(observed)
}

// telling is the moment at which the running transaction's records are told: of an
// ingest that is judged as of an earlier day, then.
func (p *projector) telling() time.Time {
	if !p.kept.IsZero() {
		return p.kept
	}
	if !p.asOf.IsZero() && p.asOf.Before(p.now) {
		return p.asOf.UTC().Truncate(time.Microsecond)
	}
	return p.now
}

// first is true of what an adapter tells in its first reading of a department, and
// of what somebody reads in as of now: of cases that the readings before it did not
// know. begun is the first record of the case; 0 where it is this one, or of no case.
func (p *projector) first(d *department, begun uint64) bool {
	if begun > 0 && begun <= d.reading.Head {
		return false
	}
	return !slices.Contains(d.reading.by, p.from.adapter) || p.sources[p.from.adapter].ByHand && p.asOf.IsZero()
}

// late tells from when a record counts that claims to have been there at a moment
// by which all had been read.
func (p *projector) late(d *department, begun uint64, claim time.Time) (told time.Time, late bool) {
	told = p.telling()
	until, known := p.readUntil(d, told)
	if !known || claim.After(until) || p.first(d, begun) || !rules.LongAfter(p.judge.Calendar(), claim, told, toldAfter) {
		return time.Time{}, false
	}
	return told, true
}

// noteTold notes of an event that was just journaled that it was told late.
func (p *projector) noteTold(d *department, e *entry, begun uint64, ev *approval.Event) error {
	at, late := p.late(d, begun, claimed(ev))
	if !late {
		return nil
	}
	ev.ToldAt = at
	return p.appendTold(d, ev.Seq, at, e.row.ID)
}

// noteCorrected notes of a correction that was just journaled under a number from when
// it counts, if it is of what had been read before: until then the former content
// stands. In a first reading it simply takes the former one's place.
func (p *projector) noteCorrected(d *department, e *entry, seq uint64, was, ev *approval.Event) error {
	ev.Seq, ev.ToldAt, ev.Was = was.Seq, was.ToldAt, was.Was // its place in the story stays, and so does when it was told
	told := p.telling()
	until, known := p.readUntil(d, told)
	if !known || claimed(was).After(until) || p.first(d, e.row.ID) {
		return nil
	}
	if at := claimed(ev); at.After(until) {
		told = at // written down while nobody read
	}
	former := *was
	ev.Corrects(&former, told)
	return p.appendTold(d, seq, told, e.row.ID)
}

// claimed is when the department says that an event was there.
func claimed(ev *approval.Event) time.Time {
	if ev.EnteredAt.Before(ev.OccurredAt) {
		return ev.OccurredAt
	}
	return ev.EnteredAt
}

// appendTold journals that a record counts only from a moment.
func (p *projector) appendTold(d *department, seq uint64, at time.Time, caseID uint64) error {
	told := toldRecord{Event: seq}
	if !at.Equal(p.now) {
		told.At = &at
	}
	body, err := json.Marshal(told)
	if err != nil {
		return err
	}
	_, err = p.w.Append(journal.KindTold, 0, p.now, body, d.row.ID, toldSource(seq), caseID)
	return err
}

func toldSource(seq uint64) string { return fmt.Sprintf("told-%d", seq) }

// toldOf is from when a record counts that was told late; zero for one that was
// not.
func (r *reader) toldOf(dept int64, seq uint64) (time.Time, error) {
	_, rec, found, err := r.tx.Latest(dept, journal.KindTold, toldSource(seq))
	if err != nil || !found {
		return time.Time{}, err
	}
	var told toldRecord
	if err := json.Unmarshal(rec.Body, &told); err != nil {
		return time.Time{}, fmt.Errorf("intake: record %d: %w", rec.Seq, err)
	}
	return told.toldAt(rec.Observed), nil
}

// correction is the last that was read of a case's story.
type correction struct {
	seq    uint64
	event  int // its place in the story
	former approval.Event
}

// applyTold puts such a record into a case's story. That of a correction follows it.
func applyTold(s *rules.Subject, rec *store.RecordRow, last *correction) error {
	var told toldRecord
	if err := json.Unmarshal(rec.Body, &told); err != nil {
		return fmt.Errorf("intake: record %d: %w", rec.Seq, err)
	}
	at := told.toldAt(rec.Observed)
	if last.seq == told.Event && last.seq > 0 {
		former := last.former
		s.Events[last.event].Corrects(&former, at)
		return nil
	}
	for i := range s.Events {
		if s.Events[i].Seq == told.Event {
			s.Events[i].ToldAt = at
		}
	}
	return nil
}
