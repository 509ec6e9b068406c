package intake

import "time"

// Notice is what the office should know of a department's adapter.
type Notice struct {
	Code, Name, NameEN string // of the department
	Adapter            string // that serves it
	// NotCaughtUp is since when the department is judged by the office clock though
	// its adapter never said that it had sent all there is; zero: it did.
	NotCaughtUp time.Time
	// Dropped are the streams that the adapter declared and declares no more, and
	// until when it did.
	Dropped []Dropped
}

// Dropped is a stream that an adapter declares no more.
type Dropped struct {
	Stream Stream
	Until  time.Time
}

// Notices are what the office should know of departments' adapters.
func (in *Intake) Notices() []Notice {
	if n := in.notices.Load(); n != nil {
		return *n
	}
	return nil
}

var dutyStreams = [3]Stream{Rejections, Overdue, Authorizations}

func (p *projector) notices() (all []Notice) {
	for _, d := range p.reg.byID {
		n := Notice{Code: d.row.Code, Name: d.row.Name, NameEN: d.row.NameEN, Adapter: d.row.Adapter, NotCaughtUp: d.presumed}
		for i, until := range d.dropped.until {
			if !until.IsZero() {
				n.Dropped = append(n.Dropped, Dropped{dutyStreams[i], until})
			}
		}
		if !n.NotCaughtUp.IsZero() || len(n.Dropped) > 0 {
			all = append(all, n)
		}
	}
	return all
}
