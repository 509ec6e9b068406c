package city

import (
	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var _ = planted("V17", 6, inHall, decidedOutsideHall)

// decidedOutsideHall: accepted somewhere else than at a window, or never.
func decidedOutsideHall(b *draft) {
	var end int64
	if b.chance(0.5) {
		b.receive(b.t0)
		at := b.office(b.t0, 3*minute, 8*minute)
		b.accept(at).window = ""
		end = b.orderly(b.start)
	} else {
		b.start = b.receive(b.t0).occurred
		end = b.goodTime(b.start)
		b.steps(b.start, end, true)
		b.grant(end)
	}
	b.find("V17", "", "red", end)
}

var _ = planted("V21", 7, signedAtWindow, signedByAnother)

// signedByAnother: there is a representative, but somebody else signed: the
// department's head, an examiner, or the representative's predecessor or
// successor.
func signedByAnother(b *draft) {
	accepted := b.open()
	end := b.goodTime(accepted)
	b.steps(accepted, end, true)
	b.sign(end, b.outsider(end))
	b.find("V21", "", "red", end)
}

func (b *draft) outsider(at int64) *v1.Person {
	s := &b.department.staff
	switch authorized := b.department.signers(b.item, at); b.intn(3) {
	case 0:
		return s.head
	case 1:
		if authorized[0] == s.reps[0] {
			return s.reps[1]
		}
		return s.reps[0]
	}
	return b.examiner
}

// sign grants the case in somebody's name.
func (b *draft) sign(at int64, by *v1.Person) {
	b.decide(at, granted).Signer = by
	b.events[len(b.events)-1].handler = by
	b.deliver(at)
}

var _ = planted("V22", 4, gatedItem, signedUnauthorized)

// signedUnauthorized: outside the months for which anybody is authorized.
func signedUnauthorized(b *draft) {
	if b.department.signers(b.item, b.t0) != nil {
		return
	}
	accepted := b.open()
	end := b.goodTime(accepted)
	by := pick(&b.rng, []*v1.Person{b.department.staff.special, b.department.staff.standIn, b.examiner})
	b.sign(end, by)
	b.find("V22", "", "yellow", end)
}
