package volunteers

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/terms"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Acts of visiting.
const (
	visitPlanned      = "visit.planned"
	visitFiled        = "visit.filed"
	visitSupplemented = "visit.supplemented"
)

type visitPlannedData struct {
	Department string   `json:"department"`
	Date       string   `json:"date"`
	Note       string   `json:"note,omitempty"`
	Members    []uint64 `json:"members"`
}

type visitFiledData struct {
	Sheet  Sheet   `json:"sheet"`
	Photos []Photo `json:"photos,omitempty"`
}

type visitSupplementedData struct {
	Visit  uint64  `json:"visit"`
	Text   string  `json:"text"`
	Photos []Photo `json:"photos,omitempty"`
}

// VisitFolder folds the acts of visiting; see intake.Folder.
type VisitFolder struct{}

func (VisitFolder) Types() []string { return []string{visitPlanned, visitFiled, visitSupplemented} }
func (VisitFolder) Tables() []string {
	return []string{"visit_plans", "visit_plan_members", "visits", "visit_supplements"}
}

var errNoVisit = fault.New(fault.NotFound, "unknown_visit", "没有这次暗访记录，或不是您提交的。请刷新列表。", "There is no such visit, or it is not yours. Reload the list.", nil)

func invalidVisit(fields []fault.Field) error {
	f := fault.New(fault.Invalid, "visit", "暗访记录有误。请按各项提示更正后再提交，内容都还在。", "Something on the sheet is wrong. Correct what is named and send it again; nothing is lost.", nil)
	f.Fields = fields
	return f
}

func (VisitFolder) Check(w *store.Writer, a *intake.RecordedAct) error {
	switch a.Type {
	case visitPlanned:
		d, err := read[visitPlannedData](a)
		if err != nil {
			return err
		}
		return d.check(w, a.At)
	case visitFiled:
		d, err := read[visitFiledData](a)
		if err != nil {
			return err
		}
		fields := d.Sheet.problems(a.At)
		if f, err := d.Sheet.outOfTerm(w, a.By); err != nil {
			return err
		} else if f != nil {
			fields = append(fields, *f)
		}
		known, err := knownDepartment(w, d.Sheet.Department)
		if err != nil {
			return err
		}
		if !known {
			fields = append(fields, fault.Field{Name: "department", ZH: "没有这个部门，请重新选择", EN: "there is no such department; choose again"})
		}
		if len(fields) > 0 {
			return invalidVisit(fields)
		}
	case visitSupplemented:
		d, err := read[visitSupplementedData](a)
		if err != nil {
			return err
		}
		own, err := w.One(func(store.Row) error { return nil }, `SELECT 1 FROM visits WHERE id = ? AND account = ?`, int64(d.Visit), int64(a.By))
		if err != nil {
			return err
		}
		if !own {
			return errNoVisit
		}
		if n := utf8.RuneCountInString(strings.TrimSpace(d.Text)); n == 0 && len(d.Photos) == 0 || n > 4000 || len(d.Photos) > mostPhotos {
			return invalidVisit([]fault.Field{{Name: "text", ZH: "请填写补充内容（不超过 4000 字、10 张照片）", EN: "say what you add, in at most 4000 characters and 10 photographs"}})
		}
	}
	return nil
}

func knownDepartment(w *store.Writer, code string) (bool, error) {
	return w.One(func(store.Row) error { return nil }, `SELECT 1 FROM departments WHERE code = ?`, code)
}

// outOfTerm refuses a visit of one's own accord that was made out of term. What
// the office asked for is finished.
func (s *Sheet) outOfTerm(w *store.Writer, account uint64) (*fault.Field, error) {
	day := workday.Default().DateOf(s.ArrivedAt).String()
	fine, err := w.One(func(store.Row) error { return nil }, `SELECT 1 WHERE `+terms.Serves("?1", "?2")+`
		OR EXISTS (SELECT 1 FROM visit_plan_members WHERE plan = ?3 AND account = ?1)`, int64(account), day, int64(s.Plan))
	if err != nil || fine {
		return nil, err
	}
	return &fault.Field{Name: "arrived_at", ZH: "这一天不在您的任期内，自行暗访不能提交；如有疑问请联系效能办", EN: "this day is out of your term, so a visit of your own accord cannot be filed; ask the office"}, nil
}

// asked names what is wrong with asking somebody for a visit at a moment: they
// have to be in term then and on its day, and not of the department's own.
func (d *visitPlannedData) asked(w *store.Writer, member uint64, at time.Time) (out *fault.Field, err error) {
	found, err := w.One(func(r store.Row) error {
		switch {
		case r.Int(0) == 0 || r.Int(1) == 0:
			out = &fault.Field{Name: "accounts", ZH: "只能安排任期内的义务监督员（今天和暗访当天都在任）", EN: "only volunteers in term can be asked, who are so today and on that day"}
		case r.Int(2) == 1:
			out = &fault.Field{Name: "accounts", ZH: "其中有人在或曾在这个部门工作，应当回避", EN: "one of them is or was employed by this department and has an interest in it"}
		}
		return nil
	}, `SELECT `+terms.Serves("?1", "?2")+`, `+terms.Serves("?1", "?3")+`, `+terms.Bars("?1", "?4")+`
		FROM accounts WHERE id = ?1 AND role = 'volunteer' AND active = 1`, int64(member), workday.Default().DateOf(at).String(), d.Date, d.Department)
	if err == nil && !found {
		out = &fault.Field{Name: "accounts", ZH: "只能安排在任的义务监督员", EN: "only active volunteers can be asked"}
	}
	return out, err
}

func (d *visitPlannedData) check(w *store.Writer, at time.Time) error {
	var fields []fault.Field
	if _, err := time.Parse(time.DateOnly, d.Date); err != nil {
		fields = append(fields, fault.Field{Name: "date", ZH: "请选择日期", EN: "choose a date"})
	}
	known, err := knownDepartment(w, d.Department)
	if err != nil {
		return err
	}
	if !known {
		fields = append(fields, fault.Field{Name: "department", ZH: "没有这个部门", EN: "there is no such department"})
	}
	for _, m := range d.Members {
		f, err := d.asked(w, m, at)
		if err != nil {
			return err
		}
		if f != nil {
			fields = append(fields, *f)
		}
	}
	if len(d.Members) == 0 || len(slices.Compact(slices.Sorted(slices.Values(d.Members)))) != len(d.Members) {
		fields = append(fields, fault.Field{Name: "accounts", ZH: "请选择两位不同的监督员", EN: "choose two different volunteers"})
	}
	if len(fields) > 0 {
		return invalidVisit(fields)
	}
	return nil
}

func (VisitFolder) Fold(w *store.Writer, a *intake.RecordedAct) error {
	switch a.Type {
	case visitPlanned:
		d, err := read[visitPlannedData](a)
		if err != nil {
			return err
		}
		if err := w.Exec(`INSERT INTO visit_plans (id, department, date, note, created_at) VALUES (?,?,?,?,?)`,
			int64(a.Seq), d.Department, d.Date, d.Note, a.At.UnixMicro()); err != nil {
			return err
		}
		for _, m := range d.Members {
			if err := w.Exec(`INSERT INTO visit_plan_members (plan, account) VALUES (?,?)`, int64(a.Seq), int64(m)); err != nil {
				return err
			}
		}
	case visitFiled:
		d, err := read[visitFiledData](a)
		if err != nil {
			return err
		}
		if err := w.Exec(`INSERT INTO visits (id, seq, account, plan, department, arrived_at, filed_at, findings, sheet)
			VALUES ((SELECT coalesce(max(id), 0) + 1 FROM visits), ?,?,?,?,?,?,?,?)`,
			int64(a.Seq), int64(a.By), int64(d.Sheet.Plan), d.Sheet.Department, d.Sheet.ArrivedAt.UnixMicro(), a.At.UnixMicro(), int64(len(d.Sheet.Findings)), string(a.Data)); err != nil {
			return err
		}
		return d.Sheet.follow(w, a.At)
	case visitSupplemented:
		d, err := read[visitSupplementedData](a)
		if err != nil {
			return err
		}
		photos, err := json.Marshal(append([]Photo{}, d.Photos...))
		if err != nil {
			return err
		}
		return w.Exec(`INSERT INTO visit_supplements (visit, n, at, text, photos) VALUES (?1, (SELECT coalesce(max(n), 0) + 1 FROM visit_supplements WHERE visit = ?1), ?2, ?3, ?4)`,
			int64(d.Visit), a.At.UnixMicro(), strings.TrimSpace(d.Text), string(photos))
	}
	return nil
}
