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
		return d.check(w)
	case visitFiled:
		d, err := read[visitFiledData](a)
		if err != nil {
			return err
		}
		fields := d.Sheet.problems(a.At)
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

func (d *visitPlannedData) check(w *store.Writer) error {
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
		ok, err := w.One(func(store.Row) error { return nil }, `SELECT 1 FROM accounts WHERE id = ? AND role = 'volunteer' AND active = 1`, int64(m))
		if err != nil {
			return err
		}
		if !ok {
			fields = append(fields, fault.Field{Name: "accounts", ZH: "只能安排在任的义务监督员", EN: "only active volunteers can be asked"})
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
