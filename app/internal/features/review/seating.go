package review

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
)

// round is how far back seat looks for who had a department's reviews.
const round = 180 * 24 * time.Hour

// reviewer is a volunteer who can be given a review.
type reviewer struct {
	account uint64
	load    int             // reviews not finished
	not     map[string]bool // departments that employ or employed them, or for which they declared so
	lately  map[string]int  // reviews of each department that came to them within the round
}

// reviewers lists the active volunteers who are in term today.
func (s *Reviews) reviewers(ctx context.Context) ([]reviewer, error) {
	serving, err := term.InTerm(ctx, s.people, s.office.Today())
	if err != nil {
		return nil, err
	}
	out := make([]reviewer, len(serving))
	for i := range serving {
		out[i] = reviewer{account: serving[i].ID, not: map[string]bool{}, lately: map[string]int{}}
	}
	if err := s.burden(ctx, out); err != nil {
		return nil, err
	}
	if err := s.interests(ctx, out); err != nil {
		return nil, err
	}
	return out, s.rotate(ctx, out)
}

// burden counts the reviews that each has not finished.
func (s *Reviews) burden(ctx context.Context, all []reviewer) error {
	accounts := make([]uint64, len(all))
	for i := range all {
		accounts[i] = all[i].account
	}
	list, err := json.Marshal(accounts)
	if err != nil {
		return err
	}
	return s.ofEach(ctx, all, func(r *reviewer, _ string, n int) { r.load = n },
		`SELECT a.value, '', (SELECT count(*) FROM review_seats s WHERE s.account = a.value AND s.state IN ('assigned', 'declared')) FROM json_each(?) a`, string(list))
}

// rotate counts which department's reviews came to whom lately. Those that they
// were refused or left to others do not count.
func (s *Reviews) rotate(ctx context.Context, all []reviewer) error {
	return s.ofEach(ctx, all, func(r *reviewer, department string, n int) { r.lately[department] = n },
		`SELECT s.account, r.department, count(*) FROM review_seats s JOIN reviews r ON r.id = s.review
		WHERE s.assigned_at >= ? AND s.state IN ('assigned', 'declared', 'in') GROUP BY s.account, r.department`, s.office.Now().Add(-round).UnixMicro())
}

// ofEach hands a query's rows (account, department, number) to their reviewers.
func (s *Reviews) ofEach(ctx context.Context, all []reviewer, f func(r *reviewer, department string, n int), query string, args ...any) error {
	rows, err := s.office.Store.Readers().QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	of := byAccount(all)
	for rows.Next() {
		var account uint64
		var department string
		var n int
		if err := rows.Scan(&account, &department, &n); err != nil {
			return err
		}
		if r := of[account]; r != nil {
			f(r, department, n)
		}
	}
	return rows.Err()
}

func byAccount(all []reviewer) map[uint64]*reviewer {
	of := map[uint64]*reviewer{}
	for i := range all {
		of[all[i].account] = &all[i]
	}
	return of
}

// seat chooses n reviewers for a subject: those with the least to do; among
// them those to whom the fewest reviews of the department came in the last 180
// days, so that nobody watches over the same one all the time; and among equals
// by a lot that follows from the subject, so that nobody picks them. It counts
// their load and their turn on. There may be fewer than n.
func seat(all []reviewer, subject, department string, n int, taken ...uint64) (out []uint64) {
	lot := func(account uint64) uint64 {
		h := sha256.Sum256(fmt.Appendf(nil, "mingcha-seat-v1/%s/%d", subject, account))
		return binary.BigEndian.Uint64(h[:])
	}
	for range n {
		var best *reviewer
		for i := range all {
			r := &all[i]
			if r.not[department] || slices.Contains(taken, r.account) || slices.Contains(out, r.account) {
				continue
			}
			if best == nil || cmp.Or(cmp.Compare(r.load, best.load), cmp.Compare(r.lately[department], best.lately[department]),
				cmp.Compare(lot(r.account), lot(best.account))) < 0 {
				best = r
			}
		}
		if best == nil {
			break
		}
		best.load++
		best.lately[department]++
		out = append(out, best.account)
	}
	return out
}

// Fill gives every review that wants a reviewer one, as far as there are any:
// after somebody declared an interest, where two differ, and after volunteers
// joined. What somebody had not declared about when their term ended, or their
// account was closed, goes to another as well; what they had, they finish. It
// returns how many seats are still empty.
func (s *Reviews) Fill(ctx context.Context) (empty int, err error) {
	waiting, err := s.waiting(ctx)
	if err != nil {
		return 0, err
	}
	all, err := s.reviewers(ctx)
	if err != nil {
		return 0, err
	}
	for _, r := range waiting {
		var taken []uint64
		var instead []int // seats to fill: those to take over, and 0 for an empty one
		for _, x := range r.Seats {
			taken = append(taken, x.Account)
			if x.State == Assigned && !slices.ContainsFunc(all, func(free reviewer) bool { return free.account == x.Account }) {
				instead = append(instead, x.Seat)
			}
		}
		instead = append(make([]int, r.Missing()), instead...)
		chosen := seat(all, r.Subject, r.Department, len(instead), taken...)
		empty += max(0, r.Missing()-len(chosen))
		for i, account := range chosen {
			_, _, err := seated.Do(ctx, s.office.Journal, act.Done(seated.Name(), r.ID, len(r.Seats)+i+1), 0, seatedData{Review: r.ID, Account: account, Instead: instead[i]})
			if f, ok := fault.As(err); ok && f.Kind == fault.Conflict {
				break // another was quicker, or declared meanwhile; the next look sees how it stands
			}
			if err != nil {
				return empty, err
			}
		}
	}
	return empty, nil
}

// Reviewers counts the volunteers who can be given reviews.
func (s *Reviews) Reviewers(ctx context.Context) (int, error) {
	all, err := s.reviewers(ctx)
	return len(all), err
}
