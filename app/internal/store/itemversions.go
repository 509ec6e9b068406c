package store

import "database/sql/driver"

// ItemVersionRow is one version of an item, as it was published.
type ItemVersionRow struct {
	Item int64
	Seq  uint64 // journal number
	From int64  // cases that began from then on; 0 = those before, too
	Body []byte // the contract's Item
}

// PutItemVersion writes a version of an item.
func (w *Writer) PutItemVersion(v *ItemVersionRow) error {
	return w.c.prepare(`INSERT OR REPLACE INTO item_versions (item, seq, from_at, body) VALUES (?,?,?,?)`).exec(v.Item, int64(v.Seq), v.From, v.Body)
}

// ItemVersions reads the versions of an item, in the order in which they came;
// of every item for 0.
func (t *Reader) ItemVersions(item int64) (out []ItemVersionRow, err error) {
	err = t.c.prepare(`SELECT item, seq, from_at, body FROM item_versions WHERE item = ?1 OR ?1 = 0 ORDER BY item, seq`).each(func(r []driver.Value) error {
		out = append(out, ItemVersionRow{Item: integer(r[0]), Seq: uint64(integer(r[1])), From: integer(r[2]), Body: append([]byte(nil), blob(r[3])...)})
		return nil
	}, item)
	return out, err
}
