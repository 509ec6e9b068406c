package term

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Years of a term: what offices usually give, and the most that can be given.
const (
	UsualYears = 2
	mostYears  = 5
)

// LastDay is the last day of a term of so many years.
func LastDay(first workday.Date, years int) workday.Date {
	y, m, d := first.Civil()
	return workday.NewDate(y+years, m, d) - 1
}

func (p Particulars) trimmed() Particulars {
	p.Certificate, p.Work = strings.TrimSpace(p.Certificate), strings.TrimSpace(p.Work)
	p.Barred = slices.Compact(slices.Sorted(slices.Values(p.Barred)))
	return p
}

func (p *Particulars) barredJSON() (string, error) {
	b, err := json.Marshal(append([]string{}, p.Barred...))
	return string(b), err
}

// problems names what is wrong with particulars in themselves.
func (p *Particulars) problems() (out []fault.Field) {
	bad := func(name, zh, en string) { out = append(out, fault.Field{Name: name, ZH: zh, EN: en}) }
	if n := utf8.RuneCountInString(p.Certificate); n == 0 || n > 40 || strings.ContainsFunc(p.Certificate, unicode.IsControl) {
		bad("certificate", "请填写证书编号，不超过 40 个字", "enter the certificate's number, of at most 40 characters")
	}
	if !slices.Contains(Groups, p.Group) {
		bad("group", "请选择类别", "choose a group")
	}
	if utf8.RuneCountInString(p.Work) > 100 {
		bad("work", "不超过 100 个字", "at most 100 characters")
	}
	if len(p.Barred) > 20 {
		bad("barred", "至多 20 个部门", "at most 20 departments")
	}
	first, err := workday.ParseDate(p.First)
	if err != nil {
		bad("first", "请选择起始日期", "choose the first day")
	}
	last, lastErr := workday.ParseDate(p.Last)
	switch {
	case lastErr != nil:
		bad("last", "请选择截止日期", "choose the last day")
	case err != nil:
	case last < first:
		bad("last", "截止日期早于起始日期", "the last day is before the first")
	case last > LastDay(first, mostYears):
		bad("last", fmt.Sprintf("任期至多五年，截止日期不能晚于 %s", LastDay(first, mostYears)), fmt.Sprintf("a term is at most five years, to %s", LastDay(first, mostYears)))
	}
	return out
}

// check refuses particulars that do not fit what else stands; term is the term
// that they correct, 0 for a new one, and until the last day in office.
func (p *Particulars) check(w *store.Writer, account, term uint64, until string) error {
	fields := p.problems()
	for _, code := range p.Barred {
		known, err := feature.KnownDepartment(w, code)
		if err != nil {
			return err
		}
		if !known {
			fields = append(fields, fault.Field{Name: "barred", ZH: fmt.Sprintf("没有部门 %s", code), EN: fmt.Sprintf("there is no department %s", code)})
		}
	}
	used, err := w.Exists(`SELECT 1 FROM terms WHERE certificate = ? AND id <> ?`, p.Certificate, int64(term))
	if err != nil {
		return err
	}
	if used {
		fields = append(fields, fault.Field{Name: "certificate", ZH: "这个编号已经发过，请换一个", EN: "this number was given before; choose another"})
	}
	if len(fields) > 0 {
		return invalid(fields)
	}
	var other [2]string
	overlaps, err := w.One(func(r store.Row) error {
		other = [2]string{r.Text(0), r.Text(1)}
		return nil
	}, `SELECT first_day, until_day FROM terms WHERE account = ?1 AND id <> ?2 AND first_day <= ?4 AND until_day >= ?3 AND first_day <= until_day AND ?3 <= ?4`, int64(account), int64(term), p.First, until)
	if err == nil && overlaps {
		err = invalid([]fault.Field{{Name: "first", ZH: fmt.Sprintf("与此人 %s 至 %s 的任期重叠", other[0], other[1]), EN: fmt.Sprintf("overlaps with the person's term from %s to %s", other[0], other[1])}})
	}
	return err
}

func invalid(fields []fault.Field) error {
	return fault.InvalidFields("term", "填写的内容有误。请按各项提示更正后再提交。", "Something is wrong in what you filled in. Correct what is named and send it again.", fields...)
}

func wrong(name, zh, en string) error { return invalid([]fault.Field{{Name: name, ZH: zh, EN: en}}) }
