package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"

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

// ImportHolidays journals a year's holiday list (holiday-cn JSON) and judges
// every case anew by it. It returns how many cases came out differently.
func (in *Intake) ImportHolidays(ctx context.Context, year int, raw []byte) (changed int, err error) {
	list, err := holidays.Parse(bytes.NewReader(raw))
	if err != nil {
		return 0, holidayFault(err)
	}
	if list.Year != year {
		return 0, fault.New(fault.Invalid, "holiday_year",
			fmt.Sprintf("这份节假日表是 %d 年的，不是 %d 年的。请选择对应年份的文件。", list.Year, year),
			fmt.Sprintf("This holiday list is for %d, not for %d. Choose the file of that year.", list.Year, year), nil)
	}
	err = in.submit(ctx, &job{run: func(p *projector) error {
		if _, err := p.w.Append(journal.KindHolidays, 0, p.now, raw, 0, fmt.Sprintf("holidays-%d-%d", year, p.w.Head()+1), 0); err != nil {
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

func holidayFault(err error) error {
	zh, en := "节假日表读不懂，请核对文件。", "The holiday list cannot be read; check the file."
	if e := (*holidays.Error)(nil); errors.As(err, &e) {
		zh, en = e.Zh, e.En
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
