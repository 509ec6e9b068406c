package volunteers

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/intake"
)

// reviewer is a volunteer who can be given a review.
type reviewer struct {
	account uint64
	load    int             // reviews not finished
	not     map[string]bool // departments for which an interest was declared before
}

// reviewers lists the active volunteers.
func (v *Volunteers) reviewers(ctx context.Context) ([]reviewer, error) {
	rows, err := v.db.QueryContext(ctx, `SELECT a.id, (SELECT count(*) FROM review_seats s WHERE s.account = a.id AND s.state IN ('assigned', 'declared'))
		FROM accounts a WHERE a.role = 'volunteer' AND a.active = 1 ORDER BY a.id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []reviewer
	for rows.Next() {
		r := reviewer{not: map[string]bool{}}
		if err := rows.Scan(&r.account, &r.load); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return out, v.interests(ctx, out)
}

// interests notes who was refused a case of which department because of their
// employer, or declared an interest in it before a visit: it will be so again.
func (v *Volunteers) interests(ctx context.Context, all []reviewer) error {
	rows, err := v.db.QueryContext(ctx, declaredInterests)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var account uint64
		var department string
		if err := rows.Scan(&account, &department); err != nil {
			return err
		}
		for i := range all {
			if all[i].account == account {
				all[i].not[department] = true
			}
		}
	}
	return rows.Err()
}

// seat chooses n reviewers for a subject: those with the least to do, and among
// equals by a lot that follows from the subject, so that nobody picks them. It
// counts their load on. There may be fewer than n.
func seat(all []reviewer, subject, department string, n int, taken ...uint64) (out []uint64) {
	lot := func(account uint64) uint64 {
		h := sha256.Sum256(fmt.Appendf(nil, "mingcha-seat-v1/%s/%d", subject, account))
		return binary.BigEndian.Uint64(h[:])
	}
	for range n {
		best, least, ticket := -1, math.MaxInt, uint64(0)
		for i, r := range all {
			if r.not[department] || slices.Contains(taken, r.account) || slices.Contains(out, r.account) {
				continue
			}
			if t := lot(r.account); r.load < least || r.load == least && t < ticket {
				best, least, ticket = i, r.load, t
			}
		}
		if best < 0 {
			break
		}
		all[best].load++
		out = append(out, all[best].account)
	}
	return out
}

// Fill gives every review that wants a reviewer one, as far as there are any:
// after somebody declared an interest, where two differ, and after volunteers
// joined. It returns how many seats are still empty.
func (v *Volunteers) Fill(ctx context.Context) (empty int, err error) {
	waiting, err := v.waiting(ctx)
	if err != nil {
		return 0, err
	}
	all, err := v.reviewers(ctx)
	if err != nil {
		return 0, err
	}
	for _, r := range waiting {
		var taken []uint64
		for _, s := range r.Seats {
			taken = append(taken, s.Account)
		}
		chosen := seat(all, r.Subject, r.Department, r.Missing(), taken...)
		empty += r.Missing() - len(chosen)
		for i, account := range chosen {
			key := fmt.Sprintf("%s/%d/%d", seated, r.ID, len(r.Seats)+i+1)
			if _, _, err := v.journal.Act(ctx, intake.Act{Key: key, Type: seated, Data: seatedData{Review: r.ID, Account: account}}); err != nil {
				return empty, err
			}
		}
	}
	return empty, nil
}

// Reviewers counts the volunteers who can be given reviews.
func (v *Volunteers) Reviewers(ctx context.Context) (int, error) {
	all, err := v.reviewers(ctx)
	return len(all), err
}
