package ratings

import (
	"context"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/matters"
)

// Figures are of ratings given in a span, and of what came of the bad ones.
type Figures struct {
	Count
	Departments []DepartmentCount // with ratings, by code
}

// Count counts ratings.
type Count struct {
	Levels  [5]int // how many of each, the best first
	Waiting int    // whose rater is to be contacted
	Late    int    // whose rater was contacted late, or is waiting and late: V25 差评未联系
}

// DepartmentCount is a department's share of Figures.
type DepartmentCount struct {
	Department string // code
	Count
}

// Total is how many ratings there are.
func (c *Count) Total() (n int) {
	for _, k := range c.Levels {
		n += k
	}
	return n
}

// Satisfied is how many of levels 1 to 3 there are.
func (c *Count) Satisfied() int { return c.Levels[0] + c.Levels[1] + c.Levels[2] }

// Figures counts the ratings given from (inclusive) to (exclusive); a
// department's, or with "" all.
func (s *Ratings) Figures(ctx context.Context, department string, from, to time.Time) (*Figures, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT d.code, r.level, count(*) FROM ratings r JOIN departments d ON d.id = r.dept
		WHERE r.rated_at >= ?1 AND r.rated_at < ?2 AND (?3 = '' OR d.code = ?3) GROUP BY d.code, r.level ORDER BY d.code`, from.UnixMicro(), to.UnixMicro(), department)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := &Figures{}
	for rows.Next() {
		var code string
		var level, n int
		if err := rows.Scan(&code, &level, &n); err != nil {
			return nil, err
		}
		out.of(code).Levels[level-1] += n
		out.Levels[level-1] += n
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return out, s.followed(ctx, out, department, from, to)
}

func (f *Figures) of(code string) *Count {
	i := slices.IndexFunc(f.Departments, func(d DepartmentCount) bool { return d.Department == code })
	if i < 0 {
		f.Departments = append(f.Departments, DepartmentCount{Department: code})
		i = len(f.Departments) - 1
	}
	return &f.Departments[i].Count
}

// followed counts what became of the bad ones.
func (s *Ratings) followed(ctx context.Context, f *Figures, department string, from, to time.Time) error {
	var ids []uint64
	if err := s.Each(ctx, Filter{Department: department, From: from, To: to, Bad: true}, func(r *Rating) error {
		if r.Matter > 0 {
			ids = append(ids, r.ID)
		}
		return nil
	}); err != nil {
		return err
	}
	all, err := s.matters.Of(ctx, matters.Rating, ids)
	for _, of := range all {
		for i := range of {
			m := &of[i]
			for _, c := range []*Count{&f.Count, f.of(m.Department)} {
				if m.State == matters.Contact {
					c.Waiting++
				}
				if s.contactedLate(m) {
					c.Late++
				}
			}
		}
	}
	return err
}

// contactedLate tells whether a rater was contacted late or is waiting and
// late.
func (s *Ratings) contactedLate(m *matters.Matter) bool {
	if m.State == matters.Contact {
		return s.matters.Overdue(m)
	}
	late := s.matters.Late(m)
	return len(late) > 0 && late[0]
}
