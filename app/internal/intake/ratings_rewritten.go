package intake

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// A department may correct a rating that it reported, and some do so once the rater
// has gone home: a bad one becomes a good one, the complaint another text, the
// telephone is taken away so that nobody can ask. So what was told once stays. The
// rating counts by the worst level that was ever told of it, until the office asked
// the rater; who left a name can be asked whatever is told later; and that it was
// rewritten is shown, with the date. What the office itself read in by another
// scale it corrects as it likes: it is nobody's conduct.

// keepFirst completes the row of a rating's correction by the row before it.
func (p *projector) keepFirst(row, was *store.RatingRow, v ratingVersion, r *approval.Rating) error {
	row.FirstLevel, row.Rewritten = was.FirstLevel, was.Rewritten
	if row.Contacted == was.Contacted {
		row.ContactTold = was.ContactTold
	}
	if !p.rewrites(v) {
		return nil
	}
	rater, err := p.formerRating(was.Rater)
	if err != nil {
		return err
	}
	row.Counted = max(row.Counted, was.Counted)
	if row.FirstLevel == 0 && row.Level != was.Level {
		row.FirstLevel = was.Level
	}
	row.Named = row.Named || was.Named
	if (rater.RaterName != "" || r.RaterName == "") && (rater.RaterPhone != "" || r.RaterPhone == "") {
		row.Rater = was.Rater // nothing is told that was not
	}
	if toldOtherwise(row, was) || rater.RaterName != r.RaterName || rater.RaterPhone != r.RaterPhone {
		row.Rewritten = v.observed
	}
	return nil
}

// rewrites tells whether a correction is a department's, of the time since what was
// first told stays.
func (p *projector) rewrites(v ratingVersion) bool {
	if p.imports.stays == 0 || v.seq < p.imports.stays {
		return false
	}
	own, known := p.imports.officesOwn(v.corrects)
	return !own && (known || !strings.HasPrefix(v.sourceID, importedID))
}

// importedID is how the source ids begin of what older programs read in for the
// office without noting it.
const importedID = "file/"

// toldOtherwise tells whether a rating's correction changes what was told of it. That
// the rater was contacted since, or who served them, takes nothing back.
func toldOtherwise(row, was *store.RatingRow) bool {
	return row.Level != was.Level || row.Text != was.Text || row.Reasons != was.Reasons || row.Rated != was.Rated || row.Channel != was.Channel ||
		was.Item != 0 && row.Item != was.Item || was.CaseNo != "" && row.CaseNo != was.CaseNo || was.Window != "" && row.Window != was.Window ||
		was.Handler != "" && row.Handler != was.Handler || was.Contacted != 0 && row.Contacted != was.Contacted
}

// formerRating reads a rating as a record has it.
func (p *projector) formerRating(seq uint64) (approval.Rating, error) {
	rec, err := p.formerRecord(seq)
	if err != nil {
		return approval.Rating{}, err
	}
	return decodeRating(rec.Body)
}

func (p *projector) formerRecord(seq uint64) (store.RecordRow, error) {
	past := p.past
	if past == nil {
		past = p.w.Reader
	}
	rec, found, err := past.Record(seq)
	if err == nil && !found {
		err = fmt.Errorf("intake: record %d is gone", seq)
	}
	return rec, err
}

// noteContactTold notes of a rating that was just taken that its contact was told
// late: after all that there was had been read, for a time before then.
func (p *projector) noteContactTold(d *department, row, was *store.RatingRow) error {
	if row.Contacted == 0 || row.Contacted == was.Contacted {
		return nil
	}
	at, late := p.late(d, 0, store.Time(row.Contacted))
	if !late {
		return nil
	}
	if err := p.appendTold(d, row.Seq, at, 0); err != nil {
		return err
	}
	return p.w.SetContactTold(row.ID, row.Seq, store.Micros(at))
}

// applyContactTold puts such a note into the rating's row.
func (p *projector) applyContactTold(r *store.RecordRow) error {
	var told toldRecord
	if err := json.Unmarshal(r.Body, &told); err != nil {
		return fmt.Errorf("intake: record %d: %w", r.Seq, err)
	}
	of, err := p.formerRecord(told.Event)
	if err != nil || journal.Kind(of.Kind) != journal.KindRating {
		return err
	}
	id := of.Corrects
	if id == 0 {
		id = of.Seq
	}
	return p.w.SetContactTold(id, of.Seq, store.Micros(told.toldAt(r.Observed)))
}
