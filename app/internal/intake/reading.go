package intake

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// How far a department's records had been read is what tells late ones. While its
// adapter is live, all that there was is read at every moment. Once that was so,
// what comes later and speaks of before then was not there: whether the adapter
// went on, broke down and came back, or somebody reads a file in. What an adapter
// gathers while nobody reads it keeps the dates that it claims of that time, since
// nothing speaks against them.
//
// A file that is read in by hand says less than an adapter that is watched: it
// may be one of several. Read as of now, or as of the same moment as the reading
// before, it is a part of the same history, in whatever order its parts come. Read
// as of a later moment that somebody named, the reading before was complete for its
// own.

// reading is how far a department's records had been read when all that there
// was had been.
type reading struct {
	store.ReadingRow
	known bool     // all was read once
	by    []string // adapters of which all was read once
	moved bool     // to be written
}

// caughtUpRecord is the journal's record that all that an adapter had of some
// departments was read, for the first time.
type caughtUpRecord struct {
	Adapter     string   `json:"adapter"`
	Departments []string `json:"departments"`
	// Presumed: the adapter never said so, and the console waits no longer.
	Presumed bool `json:"presumed,omitempty"`
}

// readings reads how far each department was read.
func (r *registry) readings(t *store.Reader) error {
	rows, err := t.Readings()
	if err != nil {
		return err
	}
	for _, row := range rows {
		if row.Dept < 1 || row.Dept > int64(len(r.byID)) {
			return fmt.Errorf("intake: a reading of department %d, which is not there", row.Dept)
		}
		d := r.department(row.Dept)
		d.reading.ReadingRow, d.reading.known = row, true
	}
	return t.OfItself(journal.KindCaughtUp, func(rec store.RecordRow) error {
		var c caughtUpRecord
		if err := json.Unmarshal(rec.Body, &c); err != nil {
			return fmt.Errorf("intake: record %d: %w", rec.Seq, err)
		}
		for _, code := range c.Departments {
			if d := r.byCode[code]; d != nil {
				d.reading.by = append(d.reading.by, c.Adapter)
			}
		}
		return nil
	})
}

// caughtUp notes that all that an adapter had of departments was read; presumed:
// that it never said so. The first time is journaled.
func (p *projector) caughtUp(adapter string, of []*department, presumed bool) error {
	var news []string
	for _, d := range of {
		if !slices.Contains(d.reading.by, adapter) {
			news = append(news, d.row.Code)
			d.reading.by = append(d.reading.by, adapter)
		}
	}
	if len(news) > 0 {
		slices.Sort(news)
		body, err := json.Marshal(caughtUpRecord{adapter, news, presumed})
		if err != nil {
			return err
		}
		if _, err := p.w.Append(journal.KindCaughtUp, 0, p.now, body, 0, fmt.Sprintf("caught-up-%d", p.w.Head()+1), 0); err != nil {
			return err
		}
	}
	for _, d := range of {
		d.reading.known, d.reading.moved = true, true
		d.reading.Dept, d.reading.Head = d.row.ID, p.w.Head()
	}
	return nil
}

// watched notes that a live department was read up to now.
func (p *projector) watched(d *department) {
	if at := p.now.UnixMicro(); at > d.reading.Watched {
		d.reading.Watched, d.reading.moved = at, true
	}
}

// watchedEvery is how often that is written down while nothing else is: after a
// power failure it is known to within as much.
const watchedEvery = 10 * time.Minute

// readUntil is the moment up to which all that there was of a department had been
// read, as seen from when a record is told. known is false while that never was.
func (p *projector) readUntil(d *department, told time.Time) (until time.Time, known bool) {
	if d.live {
		return told, true
	}
	if !d.reading.known {
		return time.Time{}, false
	}
	m := max(d.reading.Watched, d.reading.Spoke)
	if d.reading.AsOf < told.UnixMicro() {
		m = max(m, d.reading.AsOf)
	}
	return time.UnixMicro(m).UTC(), true
}

// putReadings writes how far departments were read, as far as that moved.
func (p *projector) putReadings() error {
	for _, d := range p.reg.byID {
		if d.live && p.now.UnixMicro()-d.reading.Watched >= time.Minute.Microseconds() {
			p.watched(d)
		}
		if !d.reading.moved {
			continue
		}
		if err := p.w.PutReading(&d.reading.ReadingRow); err != nil {
			return err
		}
		d.reading.moved = false
	}
	return nil
}
