package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// A page has the same rows, and the same count, whether they are found in the
// list's order or by what narrows it and then sorted: of few and of many that
// match, up and down, on its first page and on its last.
func TestAPageIsTheSameHoweverItIsFound(t *testing.T) {
	s, err := Open(context.Background(), t.TempDir(), workday.Default())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	w := s.Writer()
	if err := w.Begin(); err != nil {
		t.Fatal(err)
	}
	for i := range int64(fewRows + 500) {
		c := CaseRow{ID: uint64(i + 1), Dept: i % 2, CaseNo: fmt.Sprint(i), Received: 1 + i*7919%100}
		if i%400 == 0 {
			c.Dept = 2
		}
		if err := w.InsertCase(&c); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	for dept, many := range map[int64]bool{0: false, 2: false, -1: true} {
		where := &Where{}
		if where.If(!many, "dept = ?", dept); many {
			where.Add("dept >= ?", 0)
		}
		for _, ascending := range []bool{false, true} {
			for _, at := range []Window{{}, {Offset: 3, Limit: 2}, {Offset: 700, Limit: 1000}, {Offset: 100_000}} {
				l := Listing{Columns: "id", From: "cases", Counted: "cases", Order: "received_at" + Direction(ascending) + ", id" + Direction(ascending)}
				page := func(sorts bool) Page[uint64] {
					l.Sorts = sorts
					p, err := List(context.Background(), s.Readers(), l, where, at, func(r *sql.Rows) (id uint64, err error) { return id, r.Scan(&id) })
					if err != nil {
						t.Fatal(err)
					}
					return p
				}
				ordered, sorted := page(false), page(true)
				if !slices.Equal(ordered.Rows, sorted.Rows) || ordered.Total != sorted.Total || sorted.Total == 0 || many != (sorted.Total > fewRows) {
					t.Errorf("department %d, %+v: %d of %d in order, %d of %d sorted", dept, at, len(ordered.Rows), ordered.Total, len(sorted.Rows), sorted.Total)
				}
			}
		}
	}
}
