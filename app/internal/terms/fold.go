package terms

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Acts of terms.
const (
	appointed = "term.appointed"
	corrected = "term.corrected"
	ended     = "term.ended"
	trained   = "training.recorded"
	untrained = "training.withdrawn"
	appraised = "volunteer.appraised"
)

type appointedData struct {
	Account uint64 `json:"account"`
	Particulars
}

type correctedData struct {
	Term uint64 `json:"term"`
	Particulars
	KeepEnd bool   `json:"keep_end,omitempty"`
	Reason  string `json:"reason"`
}

type endedData struct {
	Term   uint64 `json:"term"`
	Until  string `json:"until"`
	Why    Why    `json:"why"`
	Reason string `json:"reason"`
}

// Folder folds the acts of terms; see intake.Folder.
type Folder struct{}

func (Folder) Types() []string {
	return []string{appointed, corrected, ended, trained, untrained, appraised}
}

func (Folder) Tables() []string {
	return []string{"terms", "term_changes", "trainings", "training_members", "appraisals"}
}

// acted is the data of an act.
type acted interface {
	check(w *store.Writer, a *intake.RecordedAct) error
	fold(w *store.Writer, a *intake.RecordedAct) error
}

func read(a *intake.RecordedAct) (d acted, err error) {
	switch a.Type {
	case appointed:
		d = &appointedData{}
	case corrected:
		d = &correctedData{}
	case ended:
		d = &endedData{}
	case trained:
		d = &trainedData{}
	case untrained:
		d = &untrainedData{}
	case appraised:
		d = &appraisedData{}
	default:
		return nil, fmt.Errorf("terms: no act %s", a.Type)
	}
	if err := json.Unmarshal(a.Data, d); err != nil {
		return nil, fmt.Errorf("terms: act %s: %w", a.Type, err)
	}
	return d, nil
}

func (Folder) Check(w *store.Writer, a *intake.RecordedAct) error {
	d, err := read(a)
	if err != nil {
		return err
	}
	return d.check(w, a)
}

func (Folder) Fold(w *store.Writer, a *intake.RecordedAct) error {
	d, err := read(a)
	if err != nil {
		return err
	}
	return d.fold(w, a)
}

// today is the office's day of an act.
func today(a *intake.RecordedAct) workday.Date { return workday.Default().DateOf(a.At) }

func (d *appointedData) check(w *store.Writer, _ *intake.RecordedAct) error {
	known, err := exists(w, `SELECT 1 FROM accounts WHERE id = ? AND role = 'volunteer' AND active = 1`, int64(d.Account))
	if err != nil {
		return err
	}
	if !known {
		return errNoVolunteer
	}
	return d.Particulars.check(w, d.Account, 0, d.Last)
}

func (d *appointedData) fold(w *store.Writer, a *intake.RecordedAct) error {
	barred, err := d.barredJSON()
	if err != nil {
		return err
	}
	if err := w.Exec(`INSERT INTO terms (`+termColumns+`) VALUES (?,?,?,?,?,?,?,?,?,'','')`,
		int64(a.Seq), int64(d.Account), d.Certificate, string(d.Group), d.Work, barred, d.First, d.Last, d.Last); err != nil {
		return err
	}
	return note(w, a, a.Seq, "appointed", "")
}

// note keeps what was done to a term, with what holds from then on.
func note(w *store.Writer, a *intake.RecordedAct, term uint64, kind, reason string) error {
	return w.Exec(`INSERT INTO term_changes (term, n, kind, at, account, reason, certificate, first_day, until_day)
		SELECT id, (SELECT coalesce(max(n), 0) + 1 FROM term_changes WHERE term = ?1), ?2, ?3, ?4, ?5, certificate, first_day, until_day FROM terms WHERE id = ?1`,
		int64(term), kind, a.At.UnixMicro(), int64(a.By), reason)
}

func (d *correctedData) check(w *store.Writer, _ *intake.RecordedAct) error {
	t, err := load(w, d.Term)
	if err != nil {
		return err
	}
	if err := checkReason(d.Reason); err != nil {
		return err
	}
	until := d.until(&t)
	if err := d.Particulars.check(w, t.Account, t.ID, until); err != nil {
		return err
	}
	if t.Why != "" && d.KeepEnd {
		return checkUntil(&d.Particulars, until)
	}
	return nil
}

// until is the last day in office after the correction.
func (d *correctedData) until(t *Term) string {
	if t.Why != "" && d.KeepEnd {
		return t.Until
	}
	return d.Last
}

func (d *correctedData) fold(w *store.Writer, a *intake.RecordedAct) error {
	t, err := load(w, d.Term)
	if err != nil {
		return err
	}
	barred, err := d.barredJSON()
	if err != nil {
		return err
	}
	if !d.KeepEnd {
		t.Why, t.Reason = "", ""
	}
	return errors.Join(
		w.Exec(`UPDATE terms SET certificate = ?, social_group = ?, work = ?, barred = ?, first_day = ?, last_day = ?, until_day = ?, why = ?, reason = ? WHERE id = ?`,
			d.Certificate, string(d.Group), d.Work, barred, d.First, d.Last, d.until(&t), string(t.Why), t.Reason, int64(d.Term)),
		note(w, a, d.Term, "corrected", d.Reason))
}

func (d *endedData) check(w *store.Writer, _ *intake.RecordedAct) error {
	t, err := load(w, d.Term)
	if err != nil {
		return err
	}
	if t.Why != "" {
		return fault.New(fault.Conflict, "term_ended", "这一任期已经提前结束。请刷新。", "This term was ended early already. Reload.", nil)
	}
	if !slices.Contains(Whys, d.Why) {
		return wrong("why", "请选择原因", "choose why")
	}
	if err := checkReason(d.Reason); err != nil {
		return err
	}
	return checkUntil(&t.Particulars, d.Until)
}

// checkUntil refuses an early end outside its term.
func checkUntil(p *Particulars, until string) error {
	day, err := workday.ParseDate(until)
	if err != nil {
		return wrong("until", "请选择最后一天", "choose the last day")
	}
	first, err := workday.ParseDate(p.First)
	if err != nil {
		return err
	}
	if day < first-1 || until >= p.Last {
		return wrong("until", fmt.Sprintf("最后一天应在 %s 至 %s 之前一日之间", first-1, p.Last), fmt.Sprintf("the last day is from %s to the day before %s", first-1, p.Last))
	}
	return nil
}

func checkReason(reason string) error {
	if n := utf8.RuneCountInString(strings.TrimSpace(reason)); n < 4 || n > 500 {
		return wrong("reason", "请写明理由（4 至 500 字）", "say why, in 4 to 500 characters")
	}
	return nil
}

func (d *endedData) fold(w *store.Writer, a *intake.RecordedAct) error {
	return errors.Join(
		w.Exec(`UPDATE terms SET until_day = ?, why = ?, reason = ? WHERE id = ?`, d.Until, string(d.Why), strings.TrimSpace(d.Reason), int64(d.Term)),
		note(w, a, d.Term, "ended", strings.TrimSpace(d.Reason)))
}

var (
	errNoTerm      = fault.New(fault.NotFound, "unknown_term", "没有这次聘任。请刷新名单。", "There is no such appointment. Reload the list.", nil)
	errNoVolunteer = fault.New(fault.NotFound, "unknown_volunteer", "没有这位义务监督员，或账户已经停用。请刷新名单。", "There is no such volunteer supervisor, or the account is closed. Reload the list.", nil)
)
