package casefile

import (
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Figures are what the live board counts, for the whole city or a department.
type Figures struct {
	Open           int     `json:"open" doc:"cases in progress"`
	Paused         int     `json:"paused" doc:"of them standing still"`
	Warn           int     `json:"warn" doc:"open cases whose highest level is warn"`
	Yellow         int     `json:"yellow"`
	Red            int     `json:"red"`
	DueToday       int     `json:"due_today" doc:"open cases due on the first of the due days; city only"`
	ReceivedToday  int     `json:"received_today"`
	EndedToday     int     `json:"ended_today"`
	RejectedToday  int     `json:"rejected_today"`
	FindingsToday  int     `json:"findings_today"`
	Total          int     `json:"total"`
	Ended          int     `json:"ended"`
	OnTheSpot      int     `json:"on_the_spot" doc:"ended cases of on-the-spot items"`
	Committed      int     `json:"committed" doc:"ended cases of other items with a promise, or with the one limit that their regime knows"`
	CommittedEarly int     `json:"committed_early"`
	EarlyRate      float64 `json:"early_rate" doc:"0..1; early ended of committed"`
	Averaged       int     `json:"averaged" doc:"of committed, those whose limit is in working days"`
	AverageDays    float64 `json:"average_days" doc:"mean working days of ended committed cases whose limit is in working days"`
}

// Department is a department with its figures.
type Department struct {
	Code    string    `json:"code"`
	Name    string    `json:"name"`
	NameEN  string    `json:"name_en"`
	Adapter string    `json:"adapter" doc:"the adapter instance that reports for it"`
	LastAt  time.Time `json:"last_at,omitzero" doc:"when its latest event was seen"`
	Figures Figures   `json:"figures"`
	AsOf    time.Time `json:"as_of,omitzero" doc:"the moment that its cases are shown for, where that is not the office clock's: nothing reports for it at present"`
}

// DueSlot counts the open cases that come due in one slot of the next hours.
type DueSlot struct {
	From  time.Time `json:"from"`
	Count int       `json:"count"`
	Level string    `json:"level" enum:"none,warn,yellow,red" doc:"highest level among them"`
}

// Board is the live board at one moment.
type Board struct {
	Now         time.Time    `json:"now" doc:"the office clock"`
	Seq         uint64       `json:"seq" doc:"journal number up to which the figures count"`
	ActSeq      uint64       `json:"act_seq" doc:"journal number of people's latest act; another one means that lists of their work are old"`
	City        Figures      `json:"city"`
	Departments []Department `json:"departments"`
	Due         []DueSlot    `json:"due"`
	DueDays     []DueDay     `json:"due_days" doc:"what comes due today and on the next five working days; where nothing reports any more, from the latest day that cases are shown for"`
	Warnings    []Warning    `json:"warnings" doc:"loud warnings, such as a year without a holiday list"`
}

// Warning is a sentence for everybody on screen.
type Warning struct {
	Code string `json:"code"`
	ZH   string `json:"zh"`
	EN   string `json:"en"`
}

// Board computes the live board at the view's moment, as far as the principal
// may see it: for a liaison as if there were one department only. All of it is read
// from counters, so it costs the same for a thousand cases and for a million.
func (v *View) Board() (Board, error) {
	if own, restricted := v.who.Restricted(); restricted {
		return v.boardOf(own)
	}
	return v.board(nil)
}

// boardOf is the board as if there were one department only.
func (v *View) boardOf(department string) (Board, error) {
	n, err := v.names()
	if err != nil {
		return Board{}, err
	}
	id, err := n.department(department)
	if err != nil {
		return Board{}, err
	}
	return v.board(&only{department, id})
}

// only is the department that a board is kept to.
type only struct {
	code string
	id   int64
}

// counted is the condition of a department's counters, its number the last
// argument; of all, if there is none.
func (o *only) counted(w *store.Where) {
	if o != nil {
		w.Add("dept = ?", o.id)
	}
}

func (v *View) board(of *only) (b Board, err error) {
	b = Board{Now: v.now.UTC(), Warnings: v.o.Warnings()}
	if err := v.tx.QueryRowContext(v.ctx, `SELECT coalesce(max(seq), 0) FROM journal`).Scan(&b.Seq); err != nil {
		return b, err
	}
	if err := v.tx.QueryRowContext(v.ctx, `SELECT coalesce(max(seq), 0) FROM journal INDEXED BY journal_kinds WHERE kind = 9`).Scan(&b.ActSeq); err != nil {
		return b, err
	}
	if b.Departments, err = v.departments(); err != nil {
		return b, err
	}
	if of != nil {
		b.Departments = slices.DeleteFunc(b.Departments, func(d Department) bool { return d.Code != of.code })
	}
	var used float64
	for i := range b.Departments {
		f := &b.Departments[i].Figures
		b.City.add(f)
		used += f.AverageDays * float64(f.Averaged)
	}
	b.City.rates(used)
	from := v.dueFrom(b.Departments)
	if b.Due, err = v.dueSlots(of, from); err != nil {
		return b, err
	}
	if b.DueDays, err = v.dueDays(of, from); err != nil {
		return b, err
	}
	b.City.DueToday = b.DueDays[0].cases()
	calendar, err := v.calendarWarnings(of, b.Departments)
	b.Warnings = append(calendar, b.Warnings...)
	return b, err
}

// Still is the board without what always changes, to see whether anything else
// did.
func (b Board) Still() Board {
	b.Now, b.Seq = time.Time{}, 0
	return b
}

// Departments lists departments with their figures of today. That they exist is
// public: everybody gets them all, a liaison with the figures of its own only,
// a volunteer with none.
func (v *View) Departments() ([]Department, error) {
	all, err := v.departments()
	own, restricted := v.who.Restricted()
	for i := range all {
		if restricted && all[i].Code != own || v.who.Role == access.Volunteer {
			all[i] = Department{Code: all[i].Code, Name: all[i].Name, NameEN: all[i].NameEN}
		}
	}
	return all, err
}

func (v *View) departments() ([]Department, error) {
	names, err := v.names()
	if err != nil {
		return nil, err
	}
	rows, err := v.tx.QueryContext(v.ctx, `SELECT d.code, d.name, d.name_en, d.adapter, d.watermark,
		coalesce(t.open, 0), coalesce(t.paused, 0), coalesce(t.warn, 0), coalesce(t.yellow, 0), coalesce(t.red, 0),
		coalesce(t.received, 0), coalesce(t.ended, 0), coalesce(t.on_the_spot, 0), coalesce(t.committed, 0), coalesce(t.early, 0), coalesce(t.used, 0), coalesce(t.averaged, 0),
		coalesce(n.received, 0), coalesce(n.ended, 0), coalesce(n.rejected, 0), coalesce(n.findings, 0)
		FROM departments d LEFT JOIN figures t ON t.dept = d.id AND t.day = 0 LEFT JOIN figures n ON n.dept = d.id AND n.day = ? ORDER BY d.id`, int64(v.judge.Calendar().DateOf(v.now)))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Department{}
	for rows.Next() {
		var d Department
		var last int64
		var used float64
		f := &d.Figures
		if err := rows.Scan(&d.Code, &d.Name, &d.NameEN, &d.Adapter, &last, &f.Open, &f.Paused, &f.Warn, &f.Yellow, &f.Red,
			&f.Total, &f.Ended, &f.OnTheSpot, &f.Committed, &f.CommittedEarly, &used, &f.Averaged,
			&f.ReceivedToday, &f.EndedToday, &f.RejectedToday, &f.FindingsToday); err != nil {
			return nil, err
		}
		d.LastAt, d.AsOf = store.Time(last), v.asOf(names, d.Code)
		f.rates(used)
		out = append(out, d)
	}
	return out, rows.Err()
}

// asOf is the moment that a department's cases are shown for; zero: it is now, or
// nothing was judged yet.
func (v *View) asOf(n *registry, code string) time.Time {
	if at := n.moments[code]; at.Before(v.now) {
		return at
	}
	return time.Time{}
}

func (f *Figures) add(o *Figures) {
	f.Open += o.Open
	f.Paused += o.Paused
	f.Warn += o.Warn
	f.Yellow += o.Yellow
	f.Red += o.Red
	f.ReceivedToday += o.ReceivedToday
	f.EndedToday += o.EndedToday
	f.RejectedToday += o.RejectedToday
	f.FindingsToday += o.FindingsToday
	f.Total += o.Total
	f.Ended += o.Ended
	f.OnTheSpot += o.OnTheSpot
	f.Committed += o.Committed
	f.CommittedEarly += o.CommittedEarly
	f.Averaged += o.Averaged
}

// rates derives the shares; used is the sum of days of the averaged cases.
func (f *Figures) rates(used float64) {
	if f.Committed > 0 {
		f.EarlyRate = float64(f.CommittedEarly) / float64(f.Committed)
	}
	if f.Averaged > 0 {
		f.AverageDays = used / float64(f.Averaged)
	}
}
