package visit

import (
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/route"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Acts are the acts of visiting. A visit's findings open matters, and its sheet
// marks the stop of the plan that it is of.
var Acts = []act.Any{filed, supplemented}

// Tables are what they fill.
var Tables = []string{"visits", "visit_supplements"}

// filedData is a sheet that was filed, with its photographs.
type filedData struct {
	Sheet  Sheet   `json:"sheet"`
	Photos []Photo `json:"photos,omitempty"`
}

// supplementedData is what was added to a visit.
type supplementedData struct {
	Visit  uint64  `json:"visit"`
	Text   string  `json:"text"`
	Photos []Photo `json:"photos,omitempty"`
}

// Both are told without who it was and without what it was about: of both
// together one could tell who visited.
var (
	filed = act.Define(act.Def[filedData]{
		Type: "visit.filed", Group: act.Visits, Sealed: true,
		Words: act.Plain[filedData]("提交暗访记录", "Filed a visit"),
		Check: checkFiled, Fold: foldFiled,
		Example: filedData{Sheet: Sheet{Mode: "unannounced", Department: "GH", Window: "12 号", ArrivedAt: time.Date(2026, 9, 22, 1, 0, 0, 0, time.UTC),
			LeftAt: time.Date(2026, 9, 22, 1, 30, 0, 0, time.UTC), Attitude: 2, Findings: []VisitFinding{{Category: "unmanned", Severity: "serious", Fact: "九点无人在岗"}}}},
	})
	supplemented = act.Define(act.Def[supplementedData]{
		Type: "visit.supplemented", Group: act.Visits, Sealed: true,
		Words: act.Plain[supplementedData]("补充暗访记录", "Added to a visit"),
		Check: checkSupplemented, Fold: foldSupplemented,
		Example: supplementedData{Visit: 1, Text: "窗口负责人后来解释了原因"},
	})
)

var errNoVisit = fault.New(fault.NotFound, "unknown_visit", "没有这次暗访记录，或不是您提交的。请刷新列表。", "There is no such visit, or it is not yours. Reload the list.", nil)

func invalid(fields ...fault.Field) error {
	return fault.InvalidFields("visit", "暗访记录有误。请按各项提示更正后再提交，内容都还在。", "Something on the sheet is wrong. Correct what is named and send it again; nothing is lost.", fields...)
}

func checkFiled(w *store.Writer, a act.Of[filedData]) error {
	s := &a.Data.Sheet
	fields := s.problems(a.At)
	if f, err := s.outOfTerm(w, a.By); err != nil {
		return err
	} else if f != nil {
		fields = append(fields, *f)
	}
	known, err := feature.KnownDepartment(w, s.Department)
	if err != nil {
		return err
	}
	if !known {
		fields = append(fields, fault.Field{Name: "department", ZH: "没有这个部门，请重新选择", EN: "there is no such department; choose again"})
	}
	if len(fields) > 0 {
		return invalid(fields...)
	}
	return nil
}

// outOfTerm refuses a visit of one's own accord that was made out of term. What
// the office asked for is finished.
func (s *Sheet) outOfTerm(w *store.Writer, account uint64) (*fault.Field, error) {
	day := workday.Default().DateOf(s.ArrivedAt).String()
	fine, err := term.Serves(w, account, day)
	if err == nil && !fine {
		fine, err = route.Asked(w, s.Plan, account)
	}
	if err != nil || fine {
		return nil, err
	}
	return &fault.Field{Name: "arrived_at", ZH: "这一天不在您的任期内，自行暗访不能提交；如有疑问请联系效能办", EN: "this day is out of your term, so a visit of your own accord cannot be filed; ask the office"}, nil
}

// foldFiled keeps a sheet as the journal has it.
func foldFiled(w *store.Writer, a act.Of[filedData]) error {
	var id uint64
	if _, err := w.One(func(row store.Row) error {
		id = uint64(row.Int(0))
		return nil
	}, `SELECT coalesce(max(id), 0) + 1 FROM visits`); err != nil {
		return err
	}
	s := &a.Data.Sheet
	if err := w.Exec(`INSERT INTO visits (id, seq, account, plan, stop, department, arrived_at, filed_at, findings, sheet) VALUES (?,?,?,?,?,?,?,?,?,?)`,
		int64(id), int64(a.Seq), int64(a.By), int64(s.Plan), int64(s.stop()), s.Department, s.ArrivedAt.UnixMicro(), a.At.UnixMicro(), int64(len(s.Findings)), string(a.Raw)); err != nil {
		return err
	}
	if err := route.Fulfil(w, route.Place{Plan: s.Plan, Stop: s.stop(), Department: s.Department}, a.By, id); err != nil {
		return err
	}
	return s.follow(w, id, a.At)
}

func checkSupplemented(w *store.Writer, a act.Of[supplementedData]) error {
	own, err := w.Exists(`SELECT 1 FROM visits WHERE id = ? AND account = ?`, int64(a.Data.Visit), int64(a.By))
	if err != nil {
		return err
	}
	if !own {
		return errNoVisit
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(a.Data.Text)); n == 0 && len(a.Data.Photos) == 0 || n > 4000 || len(a.Data.Photos) > mostPhotos {
		return invalid(fault.Field{Name: "text", ZH: "请填写补充内容（不超过 4000 字、10 张照片）", EN: "say what you add, in at most 4000 characters and 10 photographs"})
	}
	return nil
}

func foldSupplemented(w *store.Writer, a act.Of[supplementedData]) error {
	photos, err := json.Marshal(append([]Photo{}, a.Data.Photos...))
	if err != nil {
		return err
	}
	return w.Exec(`INSERT INTO visit_supplements (visit, n, at, text, photos) VALUES (?1, (SELECT coalesce(max(n), 0) + 1 FROM visit_supplements WHERE visit = ?1), ?2, ?3, ?4)`,
		int64(a.Data.Visit), a.At.UnixMicro(), strings.TrimSpace(a.Data.Text), string(photos))
}

// By is who filed a visit; 0: there is no such visit.
func By(w *store.Writer, visit uint64) (account uint64, err error) {
	_, err = w.One(func(row store.Row) error {
		account = uint64(row.Int(0))
		return nil
	}, `SELECT account FROM visits WHERE id = ?`, int64(visit))
	return account, err
}
