package store

import "database/sql/driver"

// RatingRow is a row of ratings. Who gave it stays in the journal. Comparable.
type RatingRow struct {
	ID, Seq       uint64
	Dept, Item    int64 // Item 0 = unknown
	CaseNo        string
	Level         uint8 // approval.RatingLevel
	Channel       string
	Window        string
	Handler       string
	Rated         int64
	Named         bool
	Reasons       string // JSON
	Text          string
	Contacted     int64
	ContactResult string

	Counted     uint8  // the level that figures count, where no call-back says another
	FirstLevel  uint8  // as first told, where its department told another since; 0 = it did not
	Rewritten   int64  // when its department last told it otherwise; 0 = never
	Rater       uint64 // journal number of the record that tells who gave it
	ContactTold int64  // of a contact that was told late: when; 0 = in its time
}

const ratingColumns = `id, seq, dept, item, case_no, level, channel, hall_window, handler,
		rated_at, named, reasons, text, contacted_at, contact_result, counted, first_level, rewritten_at, rater, contact_told`

// PutRating writes the row of a rating.
func (w *Writer) PutRating(r *RatingRow) error {
	return w.c.prepare(`INSERT OR REPLACE INTO ratings (`+ratingColumns+`)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`).exec(int64(r.ID), int64(r.Seq), r.Dept, r.Item, r.CaseNo, int64(r.Level), r.Channel, r.Window, r.Handler,
		r.Rated, Bool(r.Named), r.Reasons, r.Text, r.Contacted, r.ContactResult, int64(r.Counted), int64(r.FirstLevel), r.Rewritten, int64(r.Rater), r.ContactTold)
}

// RatingByID reads the row of a rating by its first record's number.
func (t *Reader) RatingByID(id uint64) (r RatingRow, found bool, err error) {
	found, err = t.c.prepare(`SELECT `+ratingColumns+` FROM ratings WHERE id = ?`).one(func(v []driver.Value) error {
		r = RatingRow{ID: uint64(integer(v[0])), Seq: uint64(integer(v[1])), Dept: integer(v[2]), Item: integer(v[3]), CaseNo: text(v[4]), Level: uint8(integer(v[5])),
			Channel: text(v[6]), Window: text(v[7]), Handler: text(v[8]), Rated: integer(v[9]), Named: integer(v[10]) == 1, Reasons: text(v[11]), Text: text(v[12]),
			Contacted: integer(v[13]), ContactResult: text(v[14]), Counted: uint8(integer(v[15])), FirstLevel: uint8(integer(v[16])), Rewritten: integer(v[17]),
			Rater: uint64(integer(v[18])), ContactTold: integer(v[19])}
		return nil
	}, int64(id))
	return r, found, err
}

// SetContactTold notes of a rating, as its version seq has it, when its contact was told.
func (w *Writer) SetContactTold(id, seq uint64, at int64) error {
	return w.c.prepare(`UPDATE ratings SET contact_told = ? WHERE id = ? AND seq = ?`).exec(at, int64(id), int64(seq))
}
