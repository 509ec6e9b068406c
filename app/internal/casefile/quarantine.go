package casefile

import (
	"database/sql"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// QuarantineRow is a record that intake could not take, kept with the reason.
type QuarantineRow struct {
	ID         uint64    `json:"id"`
	Adapter    string    `json:"adapter"`
	Stream     string    `json:"stream"`
	Department string    `json:"department"`
	SourceID   string    `json:"source_id"`
	Code       string    `json:"code"`
	ReasonZH   string    `json:"reason_zh"`
	ReasonEN   string    `json:"reason_en"`
	RawSize    int       `json:"raw_size"`
	Raw        string    `json:"raw,omitempty" doc:"printable form, in the single-row answer only; cut at 64 KiB"`
	ObservedAt time.Time `json:"observed_at"`
}

const quarantineColumns = `id, adapter, stream, dept, source_id, code, reason_zh, reason_en, raw_size, observed_at`

func scanQuarantine(r *sql.Rows) (q QuarantineRow, err error) {
	var observed int64
	err = r.Scan(&q.ID, &q.Adapter, &q.Stream, &q.Department, &q.SourceID, &q.Code, &q.ReasonZH, &q.ReasonEN, &q.RawSize, &observed)
	q.ObservedAt = store.Time(observed)
	return q, err
}

// QuarantineList describes the list of records set aside.
var QuarantineList = &list.List[QuarantineRow, *narrowing]{
	Name: "quarantine", ZH: "问题数据", EN: "Quarantine", Fixed: true,
	Columns: []list.Column[QuarantineRow]{
		list.Number("id", "编号", "No.", 8, func(q *QuarantineRow) uint64 { return q.ID }),
		list.Text("adapter", "数据接口", "Adapter", 14, func(q *QuarantineRow) string { return q.Adapter }),
		list.Text("stream", "报送内容", "Stream", 14, func(q *QuarantineRow) string { return q.Stream }),
		list.Department("department", "部门", "Department", 14, func(q *QuarantineRow) string { return q.Department }),
		list.Text("source_id", "来源编号", "Source id", 24, func(q *QuarantineRow) string { return q.SourceID }),
		list.Text("reason_zh", "原因", "Reason (Chinese)", 50, func(q *QuarantineRow) string { return q.ReasonZH }),
		list.Text("reason_en", "原因（英文）", "Reason", 50, func(q *QuarantineRow) string { return q.ReasonEN }),
		list.Moment("observed_at", "收到时间", "Seen", 20, func(q *QuarantineRow) time.Time { return q.ObservedAt }),
	},
	Filters: []list.Filter[*narrowing]{
		{Parameter: list.Parameter{Name: "adapter", ZH: "数据接口", EN: "Adapter", Sort: list.Choice, Most: 64}, Where: list.In[*narrowing]("adapter")},
	},
}

// Quarantine lists records set aside, newest first. They are of no department
// that a liaison could be kept to; who may see them is the office alone.
func (v *View) Quarantine(a list.Ask) (store.Page[QuarantineRow], error) {
	w, err := QuarantineList.Where(a, nil)
	if err != nil {
		return store.Page[QuarantineRow]{}, err
	}
	return store.List(v.ctx, v.tx, store.Listing{Columns: quarantineColumns, From: "quarantine", Counted: "quarantine", Order: "id DESC"}, w, a.At, scanQuarantine)
}

// QuarantineSum counts what one adapter's stream had refused for one reason. Of
// each sum the first records are kept whole, and the last; all are counted.
type QuarantineSum struct {
	Adapter  string    `json:"adapter"`
	Stream   string    `json:"stream"`
	Code     string    `json:"code"`
	ReasonZH string    `json:"reason_zh" doc:"of the latest"`
	ReasonEN string    `json:"reason_en"`
	Records  int       `json:"records" doc:"refused, each counted once, less those taken since"`
	Taken    int       `json:"taken" doc:"refused once and taken since, their reason gone"`
	Kept     int       `json:"kept" doc:"rows of the list; the others are counted only"`
	FirstAt  time.Time `json:"first_at"`
	LastAt   time.Time `json:"last_at"`
}

// QuarantineSums counts records set aside by adapter, stream and reason, the
// most first.
func (v *View) QuarantineSums() ([]QuarantineSum, error) {
	out := []QuarantineSum{}
	err := store.EachRow(v.ctx, v.tx, func(r *sql.Rows) error {
		var q QuarantineSum
		var first, last int64
		err := r.Scan(&q.Adapter, &q.Stream, &q.Code, &q.Records, &q.Taken, &q.Kept, &first, &last, &q.ReasonZH, &q.ReasonEN)
		q.FirstAt, q.LastAt = store.Time(first), store.Time(last)
		out = append(out, q)
		return err
	}, `SELECT t.adapter, t.stream, t.code, t.total, t.taken, t.first_rows + t.last_rows, t.first_at, t.last_at,
		coalesce(q.reason_zh, ''), coalesce(q.reason_en, '')
		FROM quarantine_tallies t LEFT JOIN quarantine q ON q.id = (SELECT max(id) FROM quarantine WHERE adapter = t.adapter AND stream = t.stream AND code = t.code)
		ORDER BY t.total DESC, t.adapter, t.stream, t.code`)
	return out, err
}

// rawShown is how much of a raw record a page shows.
const rawShown = 64 << 10

// QuarantineRow reads one record set aside, with what it holds.
func (v *View) QuarantineRow(id uint64) (QuarantineRow, error) {
	var q QuarantineRow
	found := false
	err := store.EachRow(v.ctx, v.tx, func(r *sql.Rows) (err error) {
		found = true
		q, err = scanQuarantine(r)
		return err
	}, `SELECT `+quarantineColumns+` FROM quarantine WHERE id = ?`, int64(id))
	if err != nil {
		return q, err
	}
	if !found {
		return q, fault.New(fault.NotFound, "unknown_record", "问题数据没有这条记录。", "There is no such record in quarantine.", nil)
	}
	var raw []byte
	if err := v.tx.QueryRowContext(v.ctx, `SELECT substr(raw, 1, ?) FROM quarantine WHERE id = ?`, rawShown, int64(id)).Scan(&raw); err != nil {
		return q, err
	}
	q.Raw = printable(raw)
	return q, nil
}

// printable shows bytes as text: what is neither is written as \xNN.
func printable(raw []byte) string {
	var b strings.Builder
	for len(raw) > 0 {
		r, n := utf8.DecodeRune(raw)
		if r == utf8.RuneError && n == 1 || !unicode.IsPrint(r) && r != '\n' && r != '\t' {
			for _, x := range raw[:n] {
				fmt.Fprintf(&b, `\x%02x`, x)
			}
		} else {
			b.WriteRune(r)
		}
		raw = raw[n:]
	}
	return b.String()
}
