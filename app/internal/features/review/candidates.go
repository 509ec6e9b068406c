package review

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/draw"
)

// candidate is something that can be put up for review.
type candidate struct {
	subject    string
	seq        uint64 // of the record that made it a candidate
	caseID     uint64
	department string
	item       string
}

// populations find what of a kind can be reviewed, and when it came about.
var populations = map[Kind]string{
	Rejection: `SELECT 'rejection/' || r.id AS subject, CASE WHEN r.filing_seq > 0 THEN r.filing_seq ELSE r.case_id END AS seq,
		r.case_id AS case_id, r.dept AS dept, r.item AS item, r.sort_at AS at FROM register_rejections r`,
	Overdue: `SELECT 'overdue/' || r.id AS subject, CASE WHEN r.report_seq > 0 THEN r.report_seq ELSE r.case_id END AS seq,
		r.case_id AS case_id, r.dept AS dept, r.item AS item, r.sort_at AS at FROM register_overdue r`,
	Authorization: `SELECT 'authorization/' || a.id AS subject, a.id AS seq, 0 AS case_id, a.dept AS dept, 0 AS item, a.valid_from AS at FROM authorizations a`,
	// Yellow and red ones that stand.
	Finding: `SELECT 'finding/' || f.case_id || '-' || f.rule || '-' || f.key AS subject, f.changed_seq AS seq, f.case_id AS case_id,
		f.dept AS dept, f.item AS item, f.raised_at AS at FROM findings f WHERE f.state = 1 AND f.level >= 4`,
}

// candidates lists what of a kind came about in [from, to), stood in the
// journal at a size, and was never up for review.
func (s *Reviews) candidates(ctx context.Context, k Kind, from, to time.Time, size uint64) ([]candidate, error) {
	query, ok := populations[k]
	if !ok {
		return nil, fmt.Errorf("review: no kind %q", k)
	}
	rows, err := s.office.Store.Readers().QueryContext(ctx, `SELECT p.subject, p.seq, p.case_id, d.code, coalesce(i.code, '')
		FROM (`+query+`) p JOIN departments d ON d.id = p.dept LEFT JOIN items i ON i.id = p.item
		WHERE p.at >= ?1 AND p.at < ?2 AND p.seq > 0 AND p.seq <= ?3 AND NOT EXISTS (SELECT 1 FROM reviews WHERE reviews.subject = p.subject)`, from.UnixMicro(), to.UnixMicro(), int64(size))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []candidate
	for rows.Next() {
		var c candidate
		if err := rows.Scan(&c.subject, &c.seq, &c.caseID, &c.department, &c.item); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

// population is the candidates as a draw takes them, by department.
func population(all []candidate) []draw.Candidate {
	out := make([]draw.Candidate, len(all))
	for i, c := range all {
		out[i] = draw.Candidate{ID: c.subject, Stratum: c.department, Seq: c.seq}
	}
	return out
}

// AuthorizationNo is the number of the authorization that a review is about;
// sql.ErrNoRows if it is about something else.
func (s *Reviews) AuthorizationNo(ctx context.Context, subject string) (no string, err error) {
	id, _ := strings.CutPrefix(subject, string(Authorization)+"/")
	err = s.office.Store.Readers().QueryRowContext(ctx, `SELECT auth_no FROM authorizations WHERE id = CAST(? AS INTEGER)`, id).Scan(&no)
	return no, err
}

// Recent is how much of a kind came about at a department lately.
type Recent struct {
	Kind       Kind   `json:"kind" enum:"rejection,overdue,authorization,finding"`
	Department string `json:"department" doc:"code"`
	Count      int    `json:"count"`
}

// recently is what Recent counts.
const recently = 30 * 24 * time.Hour

// Recent counts what could be reviewed of the last 30 days.
func (s *Reviews) Recent(ctx context.Context) ([]Recent, error) {
	out := []Recent{}
	for _, k := range Kinds {
		rows, err := s.office.Store.Readers().QueryContext(ctx, `SELECT d.code, count(*) FROM (`+populations[k]+`) p JOIN departments d ON d.id = p.dept
			WHERE p.at >= ? AND p.at < ? AND p.seq > 0 GROUP BY d.code ORDER BY d.code`, s.office.Now().Add(-recently).UnixMicro(), s.office.Now().UnixMicro())
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			r := Recent{Kind: k}
			if err := rows.Scan(&r.Department, &r.Count); err != nil {
				rows.Close()
				return nil, err
			}
			out = append(out, r)
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return out, nil
}
