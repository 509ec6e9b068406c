package intake

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// dropped is until when an adapter undertook reports that it does not undertake
// any more. What was missed by then stays missed: who stops reporting takes nothing
// back.
type dropped struct {
	duties uint8 // as described last
	until  [3]time.Time
}

var dutyBits = [3]uint8{store.DutyRejections, store.DutyOverdue, store.DutyAuthorizations}

// undertook notes what a description undertakes, from when it was seen.
func (d *department) undertook(duties uint8, at time.Time) {
	for i, bit := range dutyBits {
		switch {
		case duties&bit != 0:
			d.dropped.until[i] = time.Time{}
		case d.dropped.duties&bit != 0:
			d.dropped.until[i] = at
		}
	}
	d.dropped.duties = duties
}

func (d *department) duties() rules.Duties {
	return rules.Duties{
		Rejections:          d.row.Duties&store.DutyRejections != 0,
		Overdue:             d.row.Duties&store.DutyOverdue != 0,
		Authorizations:      d.row.Duties&store.DutyAuthorizations != 0,
		RejectionsUntil:     d.dropped.until[0],
		OverdueUntil:        d.dropped.until[1],
		AuthorizationsUntil: d.dropped.until[2],
	}
}
