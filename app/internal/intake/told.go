package intake

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// A department that does not say when it wrote a fact down may tell it weeks
// later, and nobody could see that. The console can: while a department's stream
// is live, all that there was to read has been read, so what comes then was not
// told before. Of a history that is read for the first time, of a file that is
// ingested, and of what gathers while the console or an adapter stood still, that
// cannot be said, and such records keep the date that they claim.
//
// Whether a stream was live is known only at that moment. So the console writes
// down what it saw, as a record of its own behind the event: whoever folds the
// journal anew, and verify, come to the same verdict. The record is written from
// an hour of office time on, so that an office that later bears less than now
// finds what it needs, and the ordinary record, which comes within minutes, costs
// nothing.

// toldAfter is the office time from which on it is noted when an event was told.
const toldAfter = time.Hour

// toldRecord is the journal's record that an event was told late: at the time of
// the record itself, and not before.
type toldRecord struct {
	Event uint64 `json:"event"` // journal number
}

// noteTold notes of an event that was just journaled that it was told late.
func (p *projector) noteTold(d *department, e *entry, ev *approval.Event) error {
	if !d.live || !ev.EnteredAt.IsZero() || !rules.ToldLate(p.judge.Calendar(), ev, p.now, toldAfter) {
		return nil
	}
	body, err := json.Marshal(toldRecord{ev.Seq})
	if err != nil {
		return err
	}
	ev.ToldAt = p.now
	_, err = p.w.Append(journal.KindTold, 0, p.now, body, d.row.ID, fmt.Sprintf("told-%d", ev.Seq), e.row.ID)
	return err
}

// applyTold puts such a record into a case's story.
func applyTold(s *rules.Subject, rec *store.RecordRow) error {
	var told toldRecord
	if err := json.Unmarshal(rec.Body, &told); err != nil {
		return fmt.Errorf("intake: record %d: %w", rec.Seq, err)
	}
	for i := range s.Events {
		if s.Events[i].Seq == told.Event {
			s.Events[i].ToldAt = time.UnixMicro(rec.Observed).UTC()
		}
	}
	return nil
}
