package city

import "github.com/mingcha-console/mingcha/plugins/simulator/internal/officedays"

var _ = planted("V28", 4, anyLicensing, deliveredLate)

// deliveredLate: granted in good time, and handed over weeks afterwards.
func deliveredLate(b *draft) {
	b.orderly(b.open())
	e := &b.events[len(b.events)-1]
	granted := dayOf(b.events[len(b.events)-2].occurred)
	e.occurred = officedays.At(b.days.After(granted, 11+b.intn(6)), b.between(9*hour, 11*hour))
	b.find("V28", "", "yellow", e.occurred)
}
