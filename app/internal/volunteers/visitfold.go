package volunteers

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Acts of visiting.
const (
	visitFiled        = "visit.filed"
	visitSupplemented = "visit.supplemented"
)

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

func (VisitFolder) Types() []string { return []string{visitFiled, visitSupplemented} }
func (VisitFolder) Tables() []string {
	return []string{"visits", "visit_supplements"}
}

var errNoVisit = fault.New(fault.NotFound, "unknown_visit", "没有这次暗访记录，或不是您提交的。请刷新列表。", "There is no such visit, or it is not yours. Reload the list.", nil)

func invalidVisit(fields []fault.Field) error {
	f := fault.New(fault.Invalid, "visit", "暗访记录有误。请按各项提示更正后再提交，内容都还在。", "Something on the sheet is wrong. Correct what is named and send it again; nothing is lost.", nil)
	f.Fields = fields
	return f
}

func (VisitFolder) Check(w *store.Writer, a *intake.RecordedAct) error {
	switch a.Type {
	case visitFiled:
		d, err := intake.DataOf[visitFiledData](a)
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
		d, err := intake.DataOf[visitSupplementedData](a)
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
	fine, err := w.One(func(store.Row) error { return nil }, `SELECT 1 WHERE `+term.Serves("?1", "?2")+`
		OR EXISTS (SELECT 1 FROM visit_plan_members WHERE plan = ?3 AND account = ?1)`, int64(account), day, int64(s.Plan))
	if err != nil || fine {
		return nil, err
	}
	return &fault.Field{Name: "arrived_at", ZH: "这一天不在您的任期内，自行暗访不能提交；如有疑问请联系效能办", EN: "this day is out of your term, so a visit of your own accord cannot be filed; ask the office"}, nil
}

func (VisitFolder) Fold(w *store.Writer, a *intake.RecordedAct) error {
	switch a.Type {
	case visitFiled:
		d, err := intake.DataOf[visitFiledData](a)
		if err != nil {
			return err
		}
		return d.fold(w, a)
	case visitSupplemented:
		d, err := intake.DataOf[visitSupplementedData](a)
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

func (d *visitFiledData) fold(w *store.Writer, a *intake.RecordedAct) error {
	var id uint64
	if _, err := w.One(func(row store.Row) error {
		id = uint64(row.Int(0))
		return nil
	}, `SELECT coalesce(max(id), 0) + 1 FROM visits`); err != nil {
		return err
	}
	s := &d.Sheet
	if err := w.Exec(`INSERT INTO visits (id, seq, account, plan, stop, department, arrived_at, filed_at, findings, sheet) VALUES (?,?,?,?,?,?,?,?,?,?)`,
		int64(id), int64(a.Seq), int64(a.By), int64(s.Plan), int64(s.stop()), s.Department, s.ArrivedAt.UnixMicro(), a.At.UnixMicro(), int64(len(s.Findings)), string(a.Data)); err != nil {
		return err
	}
	if err := s.fulfil(w, a.By, id); err != nil {
		return err
	}
	return s.follow(w, id, a.At)
}
