package store

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
}

// PutRating writes the row of a rating.
func (w *Writer) PutRating(r *RatingRow) error {
	return w.c.prepare(`INSERT OR REPLACE INTO ratings (id, seq, dept, item, case_no, level, channel, hall_window, handler,
		rated_at, named, reasons, text, contacted_at, contact_result)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`).exec(int64(r.ID), int64(r.Seq), r.Dept, r.Item, r.CaseNo, int64(r.Level), r.Channel, r.Window, r.Handler,
		r.Rated, Bool(r.Named), r.Reasons, r.Text, r.Contacted, r.ContactResult)
}
