package intake

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	"github.com/mingcha-console/mingcha/sdk/holidays"
)

// Calendar is the base calendar with every holiday list that the office
// imported, in the order of the journal: a list of the same year replaces the
// one before.
func Calendar(lists holidayLists, base *workday.Calendar) (*workday.Calendar, error) {
	err := lists.HolidayRecords(func(r store.RecordRow) error {
		year, err := holidays.Parse(bytes.NewReader(r.Body))
		if err != nil {
			return fmt.Errorf("intake: holiday list in record %d: %w", r.Seq, err)
		}
		base = base.With(year)
		return nil
	})
	return base, err
}

// holidayLists is what reads the journal: the writer, or a read transaction.
type holidayLists interface {
	HolidayRecords(func(store.RecordRow) error) error
}

// Calendar is the calendar that cases are judged by at present.
func (in *Intake) Calendar() *workday.Calendar { return in.cal.Load() }

// Judge is a judge by the present calendar.
func (in *Intake) Judge() *rules.Judge { return rules.New(in.Calendar(), in.opts.Rules) }

// HolidayCause is why a year's list was taken in, as the journal has it.
type HolidayCause struct {
	How    string `json:"how,omitempty"`    // it was given: see holidaylist.How
	Basis  string `json:"basis,omitempty"`  // the notice, as who applied it named it
	Reason string `json:"reason,omitempty"` // why it was applied although something is missing in it
	By     uint64 `json:"by,omitempty"`     // account; 0: at the console's own machine
}

// filedList is a holiday list as the journal has it: as holiday-cn has lists,
// with its cause.
type filedList struct {
	Year   int           `json:"year"`
	Papers []string      `json:"papers"`
	Days   []filedDay    `json:"days"`
	Cause  *HolidayCause `json:"cause,omitempty"` // records of before have none
}

type filedDay struct {
	Name string `json:"name"`
	Date string `json:"date"`
	Off  bool   `json:"isOffDay"`
}

// HolidayImport is a list that was taken in.
type HolidayImport struct {
	At    time.Time
	Cause *HolidayCause // nil: the record is of before causes were kept
}

// HolidaysOf is the latest list of a year that was taken in; found is false where
// none was.
func HolidaysOf(lists holidayLists, year int) (out HolidayImport, found bool, err error) {
	err = lists.HolidayRecords(func(r store.RecordRow) error {
		var l filedList
		if err := json.Unmarshal(r.Body, &l); err != nil {
			return fmt.Errorf("intake: holiday list in record %d: %w", r.Seq, err)
		}
		if l.Year == year {
			out, found = HolidayImport{store.Time(r.Observed), l.Cause}, true
		}
		return nil
	})
	return out, found, err
}

// HolidayList reads a year's holiday list (holiday-cn JSON), as it is taken in.
func HolidayList(year int, raw []byte) (holidays.Year, error) {
	list, err := holidays.Parse(bytes.NewReader(raw))
	if err != nil {
		return list, HolidayFault(err)
	}
	if list.Year != year {
		return list, fault.New(fault.Invalid, "holiday_year",
			fmt.Sprintf("这份节假日表是 %d 年的，不是 %d 年的。请选择对应年份的文件。", list.Year, year),
			fmt.Sprintf("This holiday list is for %d, not for %d. Choose the file of that year.", list.Year, year), nil)
	}
	return list, nil
}

// ImportHolidays journals a year's holiday list (holiday-cn JSON) with its cause and
// judges every case anew by it. It returns how many cases came out differently.
func (in *Intake) ImportHolidays(ctx context.Context, year int, raw []byte, cause HolidayCause) (changed int, err error) {
	list, err := HolidayList(year, raw)
	if err != nil {
		return 0, err
	}
	body := filedList{Year: list.Year, Papers: append([]string{}, list.Papers...), Cause: &cause}
	for _, d := range list.Days {
		body.Days = append(body.Days, filedDay{Name: d.Name, Date: d.Date, Off: d.Off})
	}
	text, err := json.Marshal(body)
	if err != nil {
		return 0, err
	}
	err = in.submit(ctx, &job{run: func(p *projector) error {
		if _, err := p.w.Append(journal.KindHolidays, 0, p.now, text, 0, fmt.Sprintf("holidays-%d-%d", year, p.w.Head()+1), 0); err != nil {
			return err
		}
		before := p.judge
		p.judge = rules.New(in.Calendar().With(list), in.opts.Rules)
		if changed, err = p.judgeEverything(); err != nil {
			p.judge = before
		}
		return err
	}})
	if err == nil {
		in.cal.Store(in.Calendar().With(list))
	}
	return changed, err
}

// HolidayFault is what is wrong with a list, as people are told.
func HolidayFault(err error) error {
	zh, en := "节假日表读不懂，请核对文件。", "The holiday list cannot be read; check the file."
	if e := (*holidays.Error)(nil); errors.As(err, &e) {
		zh, en, err = e.Zh, e.En, nil // all is said
	}
	return fault.New(fault.Invalid, "holiday_list", zh, en, err)
}

// judgeEverything judges every case anew, by department, and counts those that
// came out differently.
func (p *projector) judgeEverything() (changed int, err error) {
	p.anew = true
	defer func() { p.anew = false }()
	for _, d := range p.reg.byID {
		for after := uint64(0); ; {
			ids, err := p.w.CasesAfter(d.row.ID, after, 1024)
			if err != nil {
				return changed, err
			}
			if len(ids) == 0 {
				break
			}
			after = ids[len(ids)-1]
			n, err := p.judgeAnew(d, ids)
			if err != nil {
				return changed, err
			}
			changed += n
			p.hot.trim() // nothing is touched here, so cases may be let go
		}
	}
	return changed, nil
}

// judgeAnew judges cases of a department and counts those that came out
// differently.
func (p *projector) judgeAnew(d *department, ids []uint64) (changed int, err error) {
	for _, id := range ids {
		e, err := p.findID(id)
		if err != nil {
			return changed, err
		}
		before := e.row
		if err := p.judgeCase(d, e, p.moment(d)); err != nil {
			return changed, err
		}
		if before.Level != e.row.Level || before.Due != e.row.Due || before.StatutoryDue != e.row.StatutoryDue {
			changed++
		}
	}
	return changed, nil
}
