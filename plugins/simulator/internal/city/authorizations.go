package city

import (
	"fmt"
	"slices"
	"time"

	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// authorization is a chief representative's written authorization.
type authorization struct {
	no, appointment string
	seal            string
	rep, standIn    *v1.Person
	items           []string // nil: every item of the department
	powers          []string
	signed          int64
	from, to        int64 // to is exclusive
	revoked         int64 // 0: never
}

// live reports whether it is in force at an instant.
func (a *authorization) live(t int64) bool {
	return a.from <= t && t < a.to && (a.revoked == 0 || t < a.revoked)
}

var (
	fullPowers   = []string{"accept", "review", "sign", "seal", "survey"}
	intakePowers = []string{"accept", "review"}
)

// authorize issues a department's authorizations from the year before start.
// The full one runs for a year from the department's own day and is renewed
// without a gap; in some departments the representative moves on in mid-term
// and a successor is authorized from that very instant. A gated item has an
// authorization of its own, March to August or September to February; outside
// those months nobody may sign for it.
func (c *City) authorize(d *department) {
	y, _, _ := civil(c.start)
	var others []string
	if d.gated {
		for _, it := range d.items {
			if !it.gated {
				others = append(others, it.published.Code)
			}
		}
	}
	month, day := time.Month(1+d.index*5%12), 1+d.index*7%28
	rep := 0
	for year := y - 1; year < y+c.years; year++ {
		from, to := dayStart(year, month, day), dayStart(year+1, month, day)
		a := d.grant(len(d.auths), from, to)
		a.signed = c.calendarDay(from, -14) + 10*3600
		a.rep, a.items = d.staff.reps[rep], others
		d.auths = append(d.auths, a)
		if (d.index+year)%4 != 0 {
			continue
		}
		rep = 1 - rep
		change := c.calendarDay(from, 150)
		a.revoked = change + 12*3600 + 1800 // over lunch
		b := d.grant(len(d.auths), a.revoked, to)
		b.signed = change + 9*3600 + 1800
		b.rep, b.items = d.staff.reps[rep], others
		d.auths = append(d.auths, b)
	}
	if !d.gated {
		return
	}
	for half := range 2 * (c.years + 1) {
		from, to := dayStart(y-1+half/2, time.March, 1), dayStart(y-1+half/2, time.September, 1)
		if half%2 == 1 {
			from, to = to, dayStart(y+half/2, time.March, 1)
		}
		a := d.grant(len(d.auths), from, to)
		a.signed = c.calendarDay(from, -12) + 15*3600
		a.rep, a.items = d.staff.special, []string{d.gatedItem.published.Code}
		if half%2 != d.index%2 {
			if d.index%3 == 0 {
				continue // nothing at all is authorized for these months
			}
			a.powers = intakePowers
		}
		d.auths = append(d.auths, a)
	}
}

func (d *department) grant(n int, from, to int64) *authorization {
	year := time.Unix(from, 0).In(zone).Year()
	return &authorization{
		no:          fmt.Sprintf("%s授〔%d〕%d号", d.name, year, n+1),
		appointment: fmt.Sprintf("%s任〔%d〕%d号", d.name, year, n+1),
		seal:        fmt.Sprintf("%s-审批专用章-1", d.code),
		standIn:     d.staff.standIn,
		powers:      fullPowers,
		from:        from, to: to,
	}
}

// signers are those who may sign for an item at an instant: representative and
// stand-in of an authorization in force; nil if there is none.
func (d *department) signers(it *item, t int64) []*v1.Person {
	for _, a := range d.auths {
		if !a.live(t) || !slices.Contains(a.powers, "sign") {
			continue
		}
		if it.gated == (a.rep == d.staff.special) {
			return []*v1.Person{a.rep, a.standIn}
		}
	}
	return nil
}

// message is the authorization as known before or after its revocation.
func (a *authorization) message(d *department, id string, revoked bool) *v1.Authorization {
	m := &v1.Authorization{
		SourceId: id, Department: d.code, AuthNo: a.no, AppointmentNo: a.appointment,
		Rep: a.rep, StandIn: a.standIn, Items: a.items, Powers: a.powers,
		ValidFrom: stamp(a.from), ValidTo: stamp(a.to),
		Signer: d.staff.head.Name, SignedAt: stamp(a.signed), SealNo: a.seal,
	}
	if revoked {
		m.RevokedAt, m.RevokedReason = stamp(a.revoked), "首席代表调离"
	}
	return m
}
