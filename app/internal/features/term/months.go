package term

import (
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// asOf is the last day of the last whole month. What the office is told of
// sealed work reaches to it: a figure that moved at once would tell whose the
// review or the visit was that just came in.
func (t *Terms) asOf() workday.Date {
	year, month, _ := t.office.Today().Civil()
	return workday.NewDate(year, month, 1) - 1
}

// lastYear is the default span where there is no current term, in days.
const lastYear = 365

// spanTo is the span that figures are of by default: from the beginning of the
// term that somebody serves, else of the last 365 days.
func spanTo(to workday.Date, state State, held *Term) (Span, error) {
	if held == nil || state == Over {
		return Span{From: to - lastYear + 1, To: to}, nil
	}
	first, err := workday.ParseDate(held.First)
	return Span{From: first, To: to}, err
}

// trainedTo is the last day whose trainings count to a span: this one, where the
// span reaches as far as the office is told.
func (t *Terms) trainedTo(span Span) workday.Date {
	if span.To < t.asOf() {
		return span.To
	}
	return t.office.Today()
}

// months reads which whole months are asked for; nil: none are.
func (t *Terms) months(m Months) (*Span, error) {
	if m.From == "" && m.To == "" {
		return nil, nil
	}
	span := Span{From: t.asOf() - lastYear + 1, To: t.asOf()}
	if m.From != "" {
		first, err := month("from", m.From)
		if err != nil {
			return nil, err
		}
		span.From = first
	}
	if m.To != "" {
		first, err := month("to", m.To)
		if err != nil {
			return nil, err
		}
		year, of, _ := first.Civil()
		span.To = min(span.To, workday.NewDate(year, of+1, 1)-1)
	}
	if span.From > span.To {
		return nil, wrongMonth("from", fmt.Sprintf("数字只到 %s，起始月份要在它之前", span.To), fmt.Sprintf("figures reach to %s only; begin before it", span.To))
	}
	return &span, nil
}

// month is the first day of a month such as 2026-03.
func month(name, text string) (workday.Date, error) {
	t, err := time.Parse("2006-01", text)
	if err != nil {
		return 0, wrongMonth(name, "请选择月份", "choose a month")
	}
	return workday.NewDate(t.Year(), t.Month(), 1), nil
}

func wrongMonth(name, zh, en string) error {
	return fault.InvalidFields("record_months", "所选月份有误。请重新选择。", "The months are wrong; choose again.", fault.Field{Name: name, ZH: zh, EN: en})
}
