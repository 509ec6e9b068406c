package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

func scanCaseRow(n *names) func(*sql.Rows) (Case, error) {
	return func(r *sql.Rows) (c Case, err error) {
		var dept, item, state, outcome, level, flags, unit int64
		var received, accepted, ended, sent, due, statutory, last, next int64
		if err = r.Scan(&c.ID, &dept, &item, &c.CaseNo, &state, &outcome, &level, &flags, &received, &accepted, &ended, &sent,
			&due, &statutory, &last, &next, &c.Limit, &unit, &c.Used, &c.Extended, &c.Requests, &c.Paused, &c.Events,
			&c.Applicant, &c.Project, &c.Handler, &c.Window); err != nil {
			return c, err
		}
		it := n.item[item]
		c.Department, c.ItemCode, c.ItemName, c.CaseType = n.dept[dept], it.code, it.name, it.caseType
		c.State, c.Outcome, c.Level = word(stateWords, state), word(outcomeWords, outcome), word(levelWords, level)
		c.ReceivedAt, c.AcceptedAt, c.EndedAt, c.SentAt = when(received), when(accepted), when(ended), when(sent)
		c.DueAt, c.StatutoryDueAt, c.LastAt, c.LimitUnit = when(due), when(statutory), when(last), word(unitWords, unit)
		has := func(f Flags) bool { return Flags(flags)&f != 0 }
		c.Overdue, c.OverdueWithoutPauses, c.PausedNow = has(FlagOverdue), has(FlagOverdueWithoutPauses), has(FlagPausedNow)
		c.Refused, c.OutOfOrder, c.Early = has(FlagRefused), has(FlagOutOfOrder), has(FlagEarly)
		c.DeemedAccepted, c.Corrected, c.Unlisted = has(FlagDeemedAccepted), has(FlagCorrected), has(FlagUnlisted)
		return c, nil
	}
}

func (s *Store) caseFilter(ctx context.Context, q CaseQuery) (*filter, error) {
	f := &filter{}
	if q.Department != "" {
		id, err := s.department(ctx, q.Department)
		if err != nil {
			return nil, err
		}
		f.add("dept = ?", id)
		if q.Item != "" {
			var item int64
			err := s.db.QueryRowContext(ctx, `SELECT id FROM items WHERE dept = ? AND code = ?`, id, q.Item).Scan(&item)
			if errors.Is(err, sql.ErrNoRows) {
				return nil, fault.New(fault.NotFound, "unknown_item",
					fmt.Sprintf("该部门没有编码为 %q 的事项。", q.Item), fmt.Sprintf("The department has no item with the code %q.", q.Item), nil)
			}
			if err != nil {
				return nil, err
			}
			f.add("item = ?", item)
		}
	}
	switch q.State {
	case "":
	case "open":
		f.add("ended_at = 0")
	case "ended":
		f.add("ended_at > 0")
	default:
		if err := f.word("state", "state", stateWords, q.State); err != nil {
			return nil, err
		}
		f.add("ended_at = 0") // lets the index of open cases serve
	}
	switch q.Level {
	case "":
	case "any":
		f.add("level > 0")
	default:
		if err := f.word("level", "level", levelWords, q.Level); err != nil {
			return nil, err
		}
		f.add("level > 0")
	}
	if q.Overdue {
		f.add("flags & 1 = 1") // FlagOverdue, as the index of overdue cases has it
	}
	if q.Text != "" {
		if err := s.textFilter(ctx, f, q.Text); err != nil {
			return nil, err
		}
	}
	f.span("received_at", q.ReceivedFrom, q.ReceivedTo)
	if !q.DueFrom.IsZero() || !q.DueTo.IsZero() {
		f.add("ended_at = 0 AND due_at > 0")
		f.span("due_at", q.DueFrom, q.DueTo)
	}
	return f, nil
}

// textFilter looks for a case number's beginning; a text that no case number
// begins with is looked for in the items' names.
func (s *Store) textFilter(ctx context.Context, f *filter, t string) error {
	var one int
	err := s.db.QueryRowContext(ctx, `SELECT 1 FROM cases WHERE case_no >= ? AND case_no < ? LIMIT 1`, t, prefixEnd(t)).Scan(&one)
	if err == nil {
		f.add("case_no >= ? AND case_no < ?", t, prefixEnd(t))
		return nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	f.add(`item IN (SELECT id FROM items WHERE name LIKE ? ESCAPE '\')`, "%"+likeEscaper.Replace(t)+"%")
	return nil
}

func caseOrder(q CaseQuery) (order, extra string) {
	dir := direction(q.Ascending)
	switch q.Sort {
	case "due":
		return "due_at" + dir, "ended_at = 0"
	case "ended":
		return "ended_at" + dir, "ended_at > 0"
	case "case_no":
		return "case_no" + dir, ""
	}
	return "received_at" + dir, ""
}

// Cases lists cases.
func (s *Store) Cases(ctx context.Context, q CaseQuery) (Page[Case], error) {
	f, err := s.caseFilter(ctx, q)
	if err != nil {
		return Page[Case]{}, err
	}
	n, err := s.names(ctx)
	if err != nil {
		return Page[Case]{}, err
	}
	order, extra := caseOrder(q)
	if extra != "" && !strings.Contains(f.sql(), extra) {
		f.add(extra)
	}
	return page(ctx, s.db, list{caseColumns, "cases", "cases", order}, f, q.Offset, q.Limit, scanCaseRow(n))
}

// EachCase calls each with every case of the filter for exports, by department
// and case number.
func (s *Store) EachCase(ctx context.Context, q CaseQuery, each func(*Case) error) error {
	f, err := s.caseFilter(ctx, q)
	if err != nil {
		return err
	}
	n, err := s.names(ctx)
	if err != nil {
		return err
	}
	return eachRow(ctx, s.db, scanCaseRow(n), each, "SELECT "+caseColumns+" FROM cases"+f.sql()+" ORDER BY case_no, dept", f.args...)
}

// Case reads one case by its id.
func (s *Store) Case(ctx context.Context, id uint64) (Case, error) {
	return s.oneCase(ctx, "id = ?", int64(id))
}

// CaseByNo reads one case by its number.
func (s *Store) CaseByNo(ctx context.Context, department, caseNo string) (Case, error) {
	dept, err := s.department(ctx, department)
	if err != nil {
		return Case{}, err
	}
	return s.oneCase(ctx, "case_no = ? AND dept = ?", caseNo, dept)
}

func (s *Store) oneCase(ctx context.Context, where string, args ...any) (Case, error) {
	n, err := s.names(ctx)
	if err != nil {
		return Case{}, err
	}
	f := &filter{}
	f.add(where, args...)
	p, err := page(ctx, s.db, list{caseColumns, "cases", "cases", "id"}, f, 0, 2, scanCaseRow(n))
	if err != nil {
		return Case{}, err
	}
	if len(p.Rows) == 0 {
		return Case{}, fault.New(fault.NotFound, "unknown_case",
			"没有这个办件。请核对办件编号和部门。", "There is no such case. Check the case number and the department.", nil)
	}
	return p.Rows[0], nil
}
