package casefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Change is one committed change of the live stream.
type Change struct {
	Seq        uint64          `json:"seq" doc:"journal number of the record that caused it"`
	Kind       string          `json:"kind" doc:"an Event.Kind, or 'clock' where time alone caused it, or 'authorization', 'rating', 'holidays', 'catalogue'"`
	Department string          `json:"department,omitempty"`
	CaseID     uint64          `json:"case_id,omitempty"`
	CaseNo     string          `json:"case_no,omitempty"`
	ItemCode   string          `json:"item_code,omitempty"`
	At         time.Time       `json:"at,omitzero" doc:"when it occurred"`
	ObservedAt time.Time       `json:"observed_at,omitzero"`
	Detail     string          `json:"detail,omitempty" doc:"outcome, step, pause kind or level of a rating, by Kind"`
	Level      string          `json:"level,omitempty" doc:"the case's level after it"`
	Findings   []ChangeFinding `json:"findings,omitempty" doc:"findings that it raised, changed or withdrew"`
}

// ChangeFinding is a finding as the stream tells it.
type ChangeFinding struct {
	Rule  string `json:"rule"`
	Level string `json:"level"`
	State string `json:"state"`
}

// RecentChanges lists the latest changes before a journal number (0 = from the
// newest), newest first, of one department or of all.
func (v *View) RecentChanges(before uint64, department string, limit int) ([]Change, error) {
	if err := v.who.Within(&department); err != nil {
		return nil, err
	}
	f := &store.Where{}
	if before > 0 {
		f.Add("j.seq < ?", int64(before))
	}
	if department != "" {
		n, err := v.names()
		if err != nil {
			return nil, err
		}
		id, err := n.department(department)
		if err != nil {
			return nil, err
		}
		f.Add("j.dept = ?", id)
	}
	f.Add("j.kind >= 3")
	f.Add(ofDepartments) // what people do is no event of a department's
	all, err := v.changes(f, "j.seq DESC", limit)
	if err != nil {
		return nil, err
	}
	out := make([]Change, len(all))
	for i := range all {
		out[i] = shown(&all[i])
	}
	return out, nil
}

// ofDepartments leaves out the records of kinds 9 (journal.KindAct), 11 to 13
// (those of the journal itself), 15 (journal.KindRuling), 16 (journal.KindImported)
// and 17 (journal.KindCaughtUp).
const ofDepartments = "j.kind NOT IN (9, 11, 12, 13, 15, 16, 17)"

// shown is a change of the stream as the API has it.
func shown(c *store.Change) Change {
	out := Change{Seq: c.Seq, Kind: c.Kind, Department: c.Department, CaseID: c.CaseID, CaseNo: c.CaseNo, ItemCode: c.ItemCode,
		At: c.At, ObservedAt: c.ObservedAt, Detail: c.Detail, Level: c.Level}
	for _, f := range c.Findings {
		out.Findings = append(out.Findings, ChangeFinding(f))
	}
	return out
}

// ChangesSince lists the changes after a journal number in journal order, for a
// client of the live stream that was away: all changes of about limit records.
// It knows no principal; the stream keeps its clients to their departments.
func (r *Reader) ChangesSince(ctx context.Context, since uint64, limit int) (out []store.Change, err error) {
	err = r.View(access.With(ctx, access.Here), func(v *View) (err error) {
		out, err = v.changesSince(since, limit)
		return err
	})
	return out, err
}

func (v *View) changesSince(since uint64, limit int) ([]store.Change, error) {
	f := &store.Where{}
	f.Add("j.seq > ?", int64(since))
	f.Add(ofDepartments) // as on the live stream
	out, err := v.changes(f, "j.seq", limit)
	if err != nil {
		return nil, err
	}
	return v.withClockFindings(since, out)
}

// linkRatings finds the cases that ratings name, so that a page can lead to
// them: a rating's record is of no case.
func (v *View) linkRatings(changes []store.Change) error {
	n, err := v.names()
	if err != nil {
		return err
	}
	for i := range changes {
		c := &changes[i]
		if c.Kind != "rating" || c.CaseNo == "" {
			continue
		}
		err := v.tx.QueryRowContext(v.ctx, `SELECT id FROM cases WHERE case_no = ? AND dept = ?`, c.CaseNo, n.id[c.Department]).Scan(&c.CaseID)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
	}
	return nil
}

// maxChanges bounds how many changes are read at once.
const maxChanges = 20_000

func (v *View) changes(f *store.Where, order string, limit int) ([]store.Change, error) {
	n, err := v.names()
	if err != nil {
		return nil, err
	}
	limit = max(1, min(limit, maxChanges))
	rows, err := v.tx.QueryContext(v.ctx, `SELECT j.seq, j.kind, j.dept, j.case_id, j.observed_at, j.body, coalesce(c.level, 0) FROM journal j
		LEFT JOIN cases c ON c.id = j.case_id AND j.case_id > 0`+f.SQL()+` ORDER BY `+order+` LIMIT ?`, append(f.Args, limit)...)
	if err != nil {
		return nil, err
	}
	out := []store.Change{}
	for rows.Next() {
		var c store.Change
		var kind, dept, observed, level int64
		var body sql.RawBytes
		if err := rows.Scan(&c.Seq, &kind, &dept, &c.CaseID, &observed, &body, &level); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		c.ObservedAt, c.Department = store.Time(observed), n.code[dept]
		if c.CaseID > 0 {
			c.Level = store.Levels.Word(level)
		}
		if err := tell(&c, journal.Kind(kind), body); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		out = append(out, c)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil || len(out) == 0 {
		return out, err
	}
	if err := v.linkRatings(out); err != nil {
		return nil, err
	}
	return out, v.attachFindings(out)
}

// tell fills a change from its record.
func tell(c *store.Change, kind journal.Kind, body []byte) error {
	switch kind {
	case journal.KindEvent:
		var m pb.Event
		if err := proto.Unmarshal(body, &m); err != nil {
			return fmt.Errorf("casefile: record %d: %w", c.Seq, err)
		}
		c.Kind, c.CaseNo, c.ItemCode, c.At = store.KindWord(uint8(m.Kind)), m.CaseNo, m.ItemCode, instant(m.OccurredAt)
		switch {
		case m.Decision != nil:
			c.Detail = store.OutcomeWord(uint8(m.Decision.Outcome))
		case m.Step != nil:
			c.Detail = m.Step.Name
		case m.Pause != nil:
			c.Detail = m.Pause.Kind
		}
	case journal.KindRejection:
		var m pb.Rejection
		if err := proto.Unmarshal(body, &m); err != nil {
			return fmt.Errorf("casefile: record %d: %w", c.Seq, err)
		}
		c.Kind, c.CaseNo, c.At = "rejection_filed", m.CaseNo, instant(m.FiledAt)
	case journal.KindOverdue:
		var m pb.OverdueCase
		if err := proto.Unmarshal(body, &m); err != nil {
			return fmt.Errorf("casefile: record %d: %w", c.Seq, err)
		}
		c.Kind, c.CaseNo, c.At = "overdue_reported", m.CaseNo, instant(m.ReportedAt)
	case journal.KindAuthorization:
		c.Kind = "authorization"
	case journal.KindRating:
		var m pb.Rating
		if err := proto.Unmarshal(body, &m); err != nil {
			return fmt.Errorf("casefile: record %d: %w", c.Seq, err)
		}
		c.Kind, c.CaseNo, c.ItemCode, c.At, c.Detail = "rating", m.CaseNo, m.ItemCode, instant(m.RatedAt), store.RatingWord(uint8(m.Level))
	case journal.KindClock, journal.KindTold, journal.KindCaughtUp:
		c.Kind = "clock"
	case journal.KindHolidays:
		c.Kind = "holidays"
	default:
		c.Kind = "catalogue"
	}
	return nil
}

// attachFindings adds to changes the findings that were told under their
// numbers.
func (v *View) attachFindings(changes []store.Change) error {
	low, high := changes[0].Seq, changes[len(changes)-1].Seq
	if low > high {
		low, high = high, low
	}
	at := map[uint64]int{}
	for i := range changes {
		at[changes[i].Seq] = i
	}
	rows, err := v.tx.QueryContext(v.ctx, `SELECT changed_seq, case_id, rule, level, state FROM findings WHERE changed_seq BETWEEN ? AND ?`, int64(low), int64(high))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var seq, id uint64
		var rule string
		var level, state int64
		if err := rows.Scan(&seq, &id, &rule, &level, &state); err != nil {
			return err
		}
		if i, ok := at[seq]; ok && changes[i].CaseID == id {
			changes[i].Findings = append(changes[i].Findings, store.ChangeFinding{Rule: rule, Level: store.Levels.Word(level), State: store.FindingStates.Word(state)})
		}
	}
	return rows.Err()
}

// withClockFindings adds the cases whose findings were changed by time, or by
// another case's record, after since: one change each, at its number.
func (v *View) withClockFindings(since uint64, changes []store.Change) ([]store.Change, error) {
	if len(changes) == 0 {
		return changes, nil
	}
	found, err := v.findingChanges(since, changes[len(changes)-1].Seq)
	return merged(changes, found), err
}

// findingChanges reads the findings that were changed after since, up to last: a
// change each, as if time had caused it.
func (v *View) findingChanges(since, last uint64) (out []store.Change, err error) {
	n, err := v.names()
	if err != nil {
		return nil, err
	}
	rows, err := v.tx.QueryContext(v.ctx, `SELECT f.changed_seq, f.case_id, f.rule, f.level, f.state, c.dept, c.item, c.case_no, c.level, f.raised_at
		FROM findings f CROSS JOIN cases c ON c.id = f.case_id WHERE f.changed_seq > ? AND f.changed_seq <= ? ORDER BY f.changed_seq, f.case_id`, int64(since), int64(last))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		c := store.Change{Kind: "clock"}
		var rule string
		var level, state, dept, item, caseLevel, raised int64
		if err := rows.Scan(&c.Seq, &c.CaseID, &rule, &level, &state, &dept, &item, &c.CaseNo, &caseLevel, &raised); err != nil {
			return nil, err
		}
		c.Department, c.ItemCode, c.Level, c.At = n.code[dept], n.itemOf(item).Code, store.Levels.Word(caseLevel), store.Time(raised)
		c.Findings = []store.ChangeFinding{{Rule: rule, Level: store.Levels.Word(level), State: store.FindingStates.Word(state)}}
		out = append(out, c)
	}
	return out, rows.Err()
}

// merged puts findings among the changes, each behind those up to its number:
// one change a case, and none where the case's own change tells of them.
func merged(changes, found []store.Change) []store.Change {
	own := map[[2]uint64]bool{}
	for i := range changes {
		own[[2]uint64{changes[i].Seq, changes[i].CaseID}] = true
	}
	out := make([]store.Change, 0, len(changes))
	for _, f := range found {
		if own[[2]uint64{f.Seq, f.CaseID}] {
			continue
		}
		for len(changes) > 0 && changes[0].Seq <= f.Seq {
			out, changes = append(out, changes[0]), changes[1:]
		}
		if l := len(out) - 1; l >= 0 && out[l].Kind == "clock" && out[l].CaseID == f.CaseID && out[l].Seq == f.Seq {
			out[l].Findings = append(out[l].Findings, f.Findings...)
			continue
		}
		out = append(out, f)
	}
	return append(out, changes...)
}
