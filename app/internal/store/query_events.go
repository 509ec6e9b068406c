package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Events lists a case's story: its events, with their corrections, and the
// reports that name it, by when they occurred.
func (s *Store) Events(ctx context.Context, c *Case) ([]Event, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT seq, kind, corrects, observed_at, body FROM journal WHERE case_id = ?1 AND case_id > 0
		UNION ALL SELECT j.seq, j.kind, j.corrects, j.observed_at, j.body FROM reports r JOIN journal j ON j.seq = r.seq
		WHERE r.dept = (SELECT dept FROM cases WHERE id = ?1) AND r.case_no = ?2 ORDER BY 1`, int64(c.ID), c.CaseNo)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Event{}
	place := map[uint64]int{}
	for rows.Next() {
		var kind, observed int64
		var e Event
		var body sql.RawBytes
		if err := rows.Scan(&e.Seq, &kind, &e.Corrects, &observed, &body); err != nil {
			return nil, err
		}
		e.ObservedAt = when(observed)
		if err := e.read(journal.Kind(kind), body); err != nil {
			return nil, err
		}
		if e.Corrects > 0 {
			if i, ok := place[e.Corrects]; ok {
				out[i].CorrectedBy = e.Seq
			}
		}
		place[e.Seq] = len(out)
		out = append(out, e)
	}
	return out, rows.Err()
}

// read fills an event from its record.
func (e *Event) read(kind journal.Kind, body []byte) error {
	switch kind {
	case journal.KindEvent:
		var m pb.Event
		if err := proto.Unmarshal(body, &m); err != nil {
			return fmt.Errorf("store: record %d: %w", e.Seq, err)
		}
		e.Kind = KindWord(uint8(m.Kind))
		e.OccurredAt, e.EnteredAt, e.EffectiveAt = instant(m.OccurredAt), instant(m.EnteredAt), instant(m.EffectiveAt)
		e.Handler, e.Post, e.Window, e.Text = m.GetHandler().GetName(), m.GetHandler().GetPost(), m.Window, m.Text
		e.Step, e.PauseKind, e.Outcome = m.GetStep().GetName(), m.GetPause().GetKind(), OutcomeWord(uint8(m.GetDecision().GetOutcome()))
		if m.Decision == nil {
			e.Outcome = ""
		}
		for _, sub := range []proto.Message{m.Application, m.Step, m.Pause, m.Extension, m.Decision, m.Notice} {
			e.Details = append(e.Details, details(sub)...)
		}
		e.Details = maskApplicant(e.Details)
	case journal.KindRejection:
		var m pb.Rejection
		if err := proto.Unmarshal(body, &m); err != nil {
			return fmt.Errorf("store: record %d: %w", e.Seq, err)
		}
		e.Kind, e.OccurredAt, e.Handler, e.Post = "rejection_filed", instant(m.FiledAt), m.GetHandler().GetName(), m.GetHandler().GetPost()
		e.Details = details(&m)
	case journal.KindOverdue:
		var m pb.OverdueCase
		if err := proto.Unmarshal(body, &m); err != nil {
			return fmt.Errorf("store: record %d: %w", e.Seq, err)
		}
		e.Kind, e.OccurredAt, e.Handler = "overdue_reported", instant(m.ReportedAt), m.GetResponsible().GetName()
		e.Details = details(&m)
	}
	return nil
}

func instant(t *timestamppb.Timestamp) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.AsTime()
}

// details lists what a message says, field by field, under the contract's own
// field names ("decision.reason"); pages translate the names.
func details(m proto.Message) []Detail {
	r := m.ProtoReflect()
	if !r.IsValid() {
		return nil
	}
	var out []Detail
	prefix := string(r.Descriptor().Name()) + "."
	fields := r.Descriptor().Fields()
	for i := range fields.Len() {
		f := fields.Get(i)
		if !r.Has(f) {
			continue
		}
		if v := detailValue(f, r.Get(f)); v != "" {
			out = append(out, Detail{Label: lowerFirst(prefix) + string(f.Name()), Value: v})
		}
	}
	return out
}

func lowerFirst(s string) string {
	return string(s[0]|0x20) + s[1:]
}

func detailValue(f protoreflect.FieldDescriptor, v protoreflect.Value) string {
	switch {
	case f.IsList():
		b, _ := json.Marshal(listStrings(v.List()))
		return string(b)
	case f.Kind() == protoreflect.EnumKind:
		return string(f.Enum().Values().ByNumber(v.Enum()).Name())
	case f.Kind() == protoreflect.MessageKind:
		switch m := v.Message().Interface().(type) {
		case *timestamppb.Timestamp:
			return m.AsTime().Format(time.RFC3339)
		case *pb.Person:
			return m.Name
		case *pb.Limit:
			return fmt.Sprintf("%d %s", m.N, UnitWord(uint8(m.Unit)))
		}
		return ""
	}
	return v.String()
}

func listStrings(l protoreflect.List) []string {
	out := make([]string, l.Len())
	for i := range out {
		out[i] = l.Get(i).String()
	}
	return out
}

// maskApplicant hides what identifies an applicant.
func maskApplicant(all []Detail) []Detail {
	for i := range all {
		r := []rune(all[i].Value)
		switch all[i].Label {
		case "application.applicant_name":
			if len(r) > 4 {
				all[i].Value = string(r[0]) + "**" + string(r[len(r)-2:])
			} else if len(r) > 1 {
				all[i].Value = string(r[0]) + "**"
			}
		case "application.applicant_id", "application.phone":
			if len(r) > 6 {
				all[i].Value = string(r[:3]) + "****" + string(r[len(r)-2:])
			} else {
				all[i].Value = "****"
			}
		}
	}
	return all
}

// RecentChanges lists the latest changes before a journal number (0 = from the
// newest), newest first, of one department or of all.
func (s *Store) RecentChanges(ctx context.Context, before uint64, department string, limit int) ([]Change, error) {
	f := &filter{}
	if before > 0 {
		f.Add("j.seq < ?", int64(before))
	}
	if department != "" {
		id, err := s.department(ctx, department)
		if err != nil {
			return nil, err
		}
		f.Add("j.dept = ?", id)
	}
	f.Add("j.kind >= 3")
	f.Add("j.kind <> ?", int64(journal.KindAct)) // what people do is no event of a department's
	out, err := s.changes(ctx, f, "j.seq DESC", limit)
	if err != nil {
		return nil, err
	}
	return out, s.linkRatings(ctx, out)
}

// ChangesSince lists the changes after a journal number in journal order, for a
// client that was away.
func (s *Store) ChangesSince(ctx context.Context, since uint64, limit int) ([]Change, error) {
	f := &filter{}
	f.Add("j.seq > ?", int64(since))
	f.Add("j.kind <> ?", int64(journal.KindAct)) // as on the live stream
	out, err := s.changes(ctx, f, "j.seq", limit)
	if err != nil {
		return nil, err
	}
	if out, err = s.withClockFindings(ctx, since, out); err != nil {
		return nil, err
	}
	return out, s.linkRatings(ctx, out)
}

// linkRatings finds the cases that ratings name, so that a page can lead to
// them: a rating's record is of no case.
func (s *Store) linkRatings(ctx context.Context, changes []Change) error {
	for i := range changes {
		c := &changes[i]
		if c.Kind != "rating" || c.CaseNo == "" {
			continue
		}
		err := s.db.QueryRowContext(ctx, `SELECT c.id FROM cases c JOIN departments d ON d.id = c.dept WHERE c.case_no = ? AND d.code = ?`, c.CaseNo, c.Department).Scan(&c.CaseID)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
	}
	return nil
}

// maxChanges bounds how many changes are read at once.
const maxChanges = 20_000

func (s *Store) changes(ctx context.Context, f *filter, order string, limit int) ([]Change, error) {
	n, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	limit = max(1, min(limit, maxChanges))
	rows, err := s.db.QueryContext(ctx, `SELECT j.seq, j.kind, j.dept, j.case_id, j.observed_at, j.body, coalesce(c.level, 0) FROM journal j
		LEFT JOIN cases c ON c.id = j.case_id AND j.case_id > 0`+f.SQL()+` ORDER BY `+order+` LIMIT ?`, append(f.Args, limit)...)
	if err != nil {
		return nil, err
	}
	out := []Change{}
	for rows.Next() {
		var c Change
		var kind, dept, observed, level int64
		var body sql.RawBytes
		if err := rows.Scan(&c.Seq, &kind, &dept, &c.CaseID, &observed, &body, &level); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		c.ObservedAt, c.Department = when(observed), n.dept[dept]
		if c.CaseID > 0 {
			c.Level = word(levelWords, level)
		}
		if err := c.read(journal.Kind(kind), body); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		out = append(out, c)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil || len(out) == 0 {
		return out, err
	}
	return out, s.attachFindings(ctx, out)
}

// read fills a change from its record.
func (c *Change) read(kind journal.Kind, body []byte) error {
	switch kind {
	case journal.KindEvent:
		var m pb.Event
		if err := proto.Unmarshal(body, &m); err != nil {
			return fmt.Errorf("store: record %d: %w", c.Seq, err)
		}
		c.Kind, c.CaseNo, c.ItemCode, c.At = KindWord(uint8(m.Kind)), m.CaseNo, m.ItemCode, instant(m.OccurredAt)
		switch {
		case m.Decision != nil:
			c.Detail = OutcomeWord(uint8(m.Decision.Outcome))
		case m.Step != nil:
			c.Detail = m.Step.Name
		case m.Pause != nil:
			c.Detail = m.Pause.Kind
		}
	case journal.KindRejection:
		var m pb.Rejection
		if err := proto.Unmarshal(body, &m); err != nil {
			return fmt.Errorf("store: record %d: %w", c.Seq, err)
		}
		c.Kind, c.CaseNo, c.At = "rejection_filed", m.CaseNo, instant(m.FiledAt)
	case journal.KindOverdue:
		var m pb.OverdueCase
		if err := proto.Unmarshal(body, &m); err != nil {
			return fmt.Errorf("store: record %d: %w", c.Seq, err)
		}
		c.Kind, c.CaseNo, c.At = "overdue_reported", m.CaseNo, instant(m.ReportedAt)
	case journal.KindAuthorization:
		c.Kind = "authorization"
	case journal.KindRating:
		var m pb.Rating
		if err := proto.Unmarshal(body, &m); err != nil {
			return fmt.Errorf("store: record %d: %w", c.Seq, err)
		}
		c.Kind, c.CaseNo, c.ItemCode, c.At, c.Detail = "rating", m.CaseNo, m.ItemCode, instant(m.RatedAt), RatingWord(uint8(m.Level))
	case journal.KindClock:
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
func (s *Store) attachFindings(ctx context.Context, changes []Change) error {
	low, high := changes[0].Seq, changes[len(changes)-1].Seq
	if low > high {
		low, high = high, low
	}
	at := map[uint64]int{}
	for i := range changes {
		at[changes[i].Seq] = i
	}
	rows, err := s.db.QueryContext(ctx, `SELECT changed_seq, case_id, rule, level, state FROM findings WHERE changed_seq BETWEEN ? AND ?`, int64(low), int64(high))
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
			changes[i].Findings = append(changes[i].Findings, ChangeFinding{rule, word(levelWords, level), word(findingWords, state)})
		}
	}
	return rows.Err()
}

// withClockFindings adds the cases whose findings were changed by time, or by
// another case's record, after since: one change each, at its number.
func (s *Store) withClockFindings(ctx context.Context, since uint64, changes []Change) ([]Change, error) {
	if len(changes) == 0 {
		return changes, nil
	}
	n, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	last := changes[len(changes)-1].Seq
	rows, err := s.db.QueryContext(ctx, `SELECT f.changed_seq, f.case_id, f.rule, f.level, f.state, c.dept, c.item, c.case_no, c.level, f.raised_at
		FROM findings f CROSS JOIN cases c ON c.id = f.case_id WHERE f.changed_seq > ? AND f.changed_seq <= ? ORDER BY f.changed_seq, f.case_id`, int64(since), int64(last))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	own := map[[2]uint64]bool{}
	for i := range changes {
		own[[2]uint64{changes[i].Seq, changes[i].CaseID}] = true
	}
	out := make([]Change, 0, len(changes))
	next := 0
	for rows.Next() {
		var c Change
		var rule string
		var level, state, dept, item, caseLevel, raised int64
		if err := rows.Scan(&c.Seq, &c.CaseID, &rule, &level, &state, &dept, &item, &c.CaseNo, &caseLevel, &raised); err != nil {
			return nil, err
		}
		if own[[2]uint64{c.Seq, c.CaseID}] {
			continue
		}
		for next < len(changes) && changes[next].Seq <= c.Seq {
			out = append(out, changes[next])
			next++
		}
		f := ChangeFinding{rule, word(levelWords, level), word(findingWords, state)}
		if l := len(out); l > 0 && out[l-1].Kind == "clock" && out[l-1].CaseID == c.CaseID && out[l-1].Seq == c.Seq {
			out[l-1].Findings = append(out[l-1].Findings, f)
			continue
		}
		c.Kind, c.Department, c.ItemCode = "clock", n.dept[dept], n.item[item].code
		c.Level, c.At, c.Findings = word(levelWords, caseLevel), when(raised), []ChangeFinding{f}
		out = append(out, c)
	}
	return append(out, changes[next:]...), rows.Err()
}
