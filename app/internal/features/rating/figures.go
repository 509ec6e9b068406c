package rating

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Figures are of ratings given in a span, and of what came of the bad ones.
type Figures struct {
	Count
	Departments []DepartmentCount // with ratings, by code
}

// Count counts ratings.
type Count struct {
	Levels [5]int // how many of each, the best first: of what Rating.Counts
	// Of these, by what else than their departments' last word: what their raters said
	// when called back, or the worst that was told of those that were rewritten.
	ByCall    int
	Rewritten int
	NotTheirs int // not in Levels: who was called back did not give them
	// What came of those that are followed up: the bad ones, and those whose raters
	// turned out to be dissatisfied when called back. Each waits, was contacted or was
	// given by nobody who can be.
	Followed  int
	Waiting   int // whose rater is to be contacted
	Contacted int // whose rater was contacted, or could not be reached
	Late      int // of both: contacted late, or waiting and late: V25 差评未联系
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
	rows, err := s.office.Store.Readers().QueryContext(ctx, `SELECT d.code, r.level, r.n, r.called, r.rewritten FROM (SELECT dept, coalesce(k.level, r.counted) AS level, count(*) AS n,
			count(k.rating) AS called, sum(k.rating IS NULL AND r.level <> r.counted) AS rewritten
			FROM ratings r LEFT JOIN rating_called k ON k.rating = r.id WHERE r.rated_at >= ?1 AND r.rated_at < ?2 GROUP BY 1, 2) r
		JOIN departments d ON d.id = r.dept WHERE ?3 = '' OR d.code = ?3 ORDER BY d.code, r.level`, from.UnixMicro(), to.UnixMicro(), department)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := &Figures{}
	for rows.Next() {
		var code string
		var level, n, called, rewritten int
		if err := rows.Scan(&code, &level, &n, &called, &rewritten); err != nil {
			return nil, err
		}
		for _, c := range []*Count{out.of(code), &out.Count} {
			if level == 0 {
				c.NotTheirs += n
				continue
			}
			c.Levels[level-1] += n
			c.ByCall, c.Rewritten = c.ByCall+called, c.Rewritten+rewritten
		}
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

// followed counts what became of those that are matters: also of those that came of a
// call-back, whose level was a good one when it was given.
func (s *Ratings) followed(ctx context.Context, f *Figures, department string, from, to time.Time) error {
	first, args, err := s.matters.FirstSteps(ctx, matter.Rating)
	if err != nil {
		return err
	}
	return store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var code string
		var n Count
		if err := row.Scan(&code, &n.Followed, &n.Waiting, &n.Contacted, &n.Late); err != nil {
			return err
		}
		for _, c := range []*Count{&f.Count, f.of(code)} {
			c.Followed, c.Waiting, c.Contacted, c.Late = c.Followed+n.Followed, c.Waiting+n.Waiting, c.Contacted+n.Contacted, c.Late+n.Late
		}
		return nil
	}, `SELECT x.department, count(*), sum(x.action = ''), sum(x.action NOT IN ('', '`+matter.Anonymous+`')), sum(x.late)
		FROM `+first+` x CROSS JOIN ratings r ON r.id = x.source_id CROSS JOIN departments d ON d.id = r.dept
		WHERE r.rated_at >= ? AND r.rated_at < ? AND (? = '' OR d.code = ?) GROUP BY 1`,
		append(args, from.UnixMicro(), to.UnixMicro(), department, department)...)
}
