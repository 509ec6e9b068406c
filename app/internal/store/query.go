package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// when reads a time column.
func when(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

// filter is a query's conditions, some of them by words that clients know.
type filter struct{ Where }

// word adds the condition that a column is the number of a word; a word that
// does not exist is the caller's fault.
func (f *filter) word(field, column string, words []string, w string) error {
	n, ok := code(words, w)
	if !ok {
		return fault.New(fault.Invalid, "filter",
			fmt.Sprintf("筛选条件 %s 不认识 %q。请从列表中选择。", field, w),
			fmt.Sprintf("The filter %s does not know %q. Choose one from the list.", field, w), nil)
	}
	f.Add(column+" = ?", n)
	return nil
}

// department finds a department's number.
func (s *Store) department(ctx context.Context, code string) (id int64, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT id FROM departments WHERE code = ?`, code).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fault.New(fault.NotFound, "unknown_department",
			fmt.Sprintf("没有代码为 %q 的部门。", code), fmt.Sprintf("There is no department with the code %q.", code), nil)
	}
	return id, err
}

// likeEscaper makes text safe inside LIKE … ESCAPE '\'.
var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// PrefixEnd is the first string after every string with the prefix.
func PrefixEnd(prefix string) string { return prefix + "\U0010FFFF" }

// names maps department and item numbers to codes and names.
type names struct {
	dept map[int64]string
	item map[int64]itemName
}

type itemName struct {
	code, name, caseType string
}

// names reads the small tables that lists need; fifty departments and some
// hundred items.
func (s *Store) names(ctx context.Context) (*names, error) {
	n := &names{dept: map[int64]string{}, item: map[int64]itemName{}}
	rows, err := s.db.QueryContext(ctx, `SELECT id, code FROM departments`)
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var id int64
		var code string
		if err := rows.Scan(&id, &code); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		n.dept[id] = code
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	items, err := s.itemRows(ctx)
	if err != nil {
		return nil, err
	}
	for _, it := range items {
		n.item[it.id] = itemName{it.Code, it.Name, it.CaseType}
	}
	return n, nil
}

type itemRow struct {
	id int64
	Item
}

func (s *Store) itemRows(ctx context.Context) ([]itemRow, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT i.id, d.code, i.body FROM items i JOIN departments d ON d.id = i.dept ORDER BY i.id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []itemRow
	for rows.Next() {
		var it itemRow
		var body sql.RawBytes
		if err := rows.Scan(&it.id, &it.Department, &body); err != nil {
			return nil, err
		}
		var m pb.Item
		if err := proto.Unmarshal(body, &m); err != nil {
			return nil, fmt.Errorf("store: item %d: %w", it.id, err)
		}
		it.Code, it.Name = m.Code, m.Name
		it.CaseType = CaseTypeWord(uint8(m.CaseType))
		it.Promised, it.PromisedUnit = int(m.GetPromised().GetN()), UnitWord(uint8(m.GetPromised().GetUnit()))
		it.Statutory, it.StatutoryUnit = int(m.GetStatutory().GetN()), UnitWord(uint8(m.GetStatutory().GetUnit()))
		it.InHall, it.WindowSignOff = m.InHall, m.WindowSignOff
		out = append(out, it)
	}
	return out, rows.Err()
}

// Items lists approval items, of one department or of all.
func (s *Store) Items(ctx context.Context, department string) ([]Item, error) {
	rows, err := s.itemRows(ctx)
	if err != nil {
		return nil, err
	}
	out := []Item{}
	for _, r := range rows {
		if department == "" || r.Department == department {
			out = append(out, r.Item)
		}
	}
	return out, nil
}

const findingSelect = `f.case_id, c.case_no, f.rule, f.key, f.dept, f.item, f.level, f.state, f.raised_at, f.settled_at, f.evidence, f.words_zh, f.words_en`

func scanFinding(n *names) func(*sql.Rows) (Finding, error) {
	return func(r *sql.Rows) (f Finding, err error) {
		var dept, item, level, state, raised, settled int64
		var evidence string
		if err = r.Scan(&f.CaseID, &f.CaseNo, &f.Rule, &f.Key, &dept, &item, &level, &state, &raised, &settled, &evidence, &f.WordsZH, &f.WordsEN); err != nil {
			return f, err
		}
		f.ID = fmt.Sprintf("%d-%s", f.CaseID, f.Rule)
		if f.Key != "" {
			f.ID += "-" + f.Key
		}
		f.Department, f.ItemCode, f.ItemName = n.dept[dept], n.item[item].code, n.item[item].name
		f.Level, f.State = word(levelWords, level), word(findingWords, state)
		f.RaisedAt, f.SettledAt = when(raised), when(settled)
		rule := rules.Lookup(f.Rule)
		f.NameZH, f.NameEN, f.BasisZH, f.BasisEN = rule.NameZH, rule.NameEN, rule.BasisZH, rule.BasisEN
		return f, json.Unmarshal([]byte(evidence), &f.Evidence)
	}
}

func (s *Store) findingFilter(ctx context.Context, q FindingQuery) (*filter, error) {
	f := &filter{}
	if q.CaseID != 0 {
		f.Add("f.case_id = ?", int64(q.CaseID))
	}
	if q.Department != "" {
		id, err := s.department(ctx, q.Department)
		if err != nil {
			return nil, err
		}
		f.Add("f.dept = ?", id)
	}
	if q.Rule != "" {
		f.Add("f.rule = ?", q.Rule)
	}
	if q.Level != "" {
		if err := f.word("level", "f.level", levelWords, q.Level); err != nil {
			return nil, err
		}
	}
	if q.State != "" {
		if err := f.word("state", "f.state", findingWords, q.State); err != nil {
			return nil, err
		}
	}
	if q.Text != "" {
		f.Add("c.case_no >= ? AND c.case_no < ?", q.Text, PrefixEnd(q.Text))
	}
	f.Span("f.raised_at", q.RaisedFrom, q.RaisedTo)
	return f, nil
}

// Findings lists irregularities.
func (s *Store) Findings(ctx context.Context, q FindingQuery) (Page[Finding], error) {
	f, err := s.findingFilter(ctx, q)
	if err != nil {
		return Page[Finding]{}, err
	}
	n, err := s.names(ctx)
	if err != nil {
		return Page[Finding]{}, err
	}
	order := "f.raised_at" + Direction(q.Ascending) + ", f.rowid" + Direction(q.Ascending)
	l := Listing{findingSelect, "findings f CROSS JOIN cases c ON c.id = f.case_id", "findings f", order}
	if q.Text != "" {
		l.Counted = l.From
	}
	return List(ctx, s.db, l, &f.Where, Window{q.Offset, q.Limit}, scanFinding(n))
}

// EachFinding calls each with every irregularity of the filter, oldest first, for
// exports; by case, rule and key within a moment, so that the same data always
// exports the same bytes.
func (s *Store) EachFinding(ctx context.Context, q FindingQuery, each func(*Finding) error) error {
	f, err := s.findingFilter(ctx, q)
	if err != nil {
		return err
	}
	n, err := s.names(ctx)
	if err != nil {
		return err
	}
	return All(ctx, s.db, Listing{Columns: findingSelect, From: "findings f CROSS JOIN cases c ON c.id = f.case_id", Order: "f.raised_at, f.case_id, f.rule, f.key"},
		&f.Where, scanFinding(n), each)
}
