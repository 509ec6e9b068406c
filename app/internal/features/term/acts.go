package term

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Acts are the acts of terms.
var Acts = []act.Any{appointed, corrected, ended, trained, untrained, appraised}

// Tables are what they fill.
var Tables = []string{"terms", "term_changes", "trainings", "training_members", "appraisals"}

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

var (
	// appointed appoints somebody for a term.
	appointed = act.Define(act.Def[appointedData]{
		Type: "term.appointed", Group: act.Terms,
		About: func(a act.Of[appointedData]) act.Subject { return act.On(act.Account, a.Data.Account) },
		Words: func(a act.Of[appointedData]) (zh, en string) {
			d := &a.Data
			return fmt.Sprintf("聘任义务监督员 #%d：证书 %s，%s 至 %s", d.Account, d.Certificate, d.First, d.Last),
				fmt.Sprintf("Appointed the volunteer supervisor #%d: certificate %s, %s to %s", d.Account, d.Certificate, d.First, d.Last)
		},
		Check: checkAppointed, Fold: foldAppointed,
		Example: appointedData{Account: 7, Particulars: example},
	})
	// corrected sets right what an appointment says.
	corrected = act.Define(act.Def[correctedData]{
		Type: "term.corrected", Group: act.Terms, Reasoned: true,
		About: func(a act.Of[correctedData]) act.Subject { return act.On(act.Term, a.Data.Term) },
		Words: func(a act.Of[correctedData]) (zh, en string) {
			d := &a.Data
			return "更正聘任：证书 " + d.Certificate, "Corrected an appointment: certificate " + d.Certificate
		},
		Check: checkCorrected, Fold: foldCorrected,
		Example: correctedData{Term: 9, Particulars: example, Reason: "编号写错了"},
	})
	// ended ends a term early.
	ended = act.Define(act.Def[endedData]{
		Type: "term.ended", Group: act.Terms, Reasoned: true,
		About: func(a act.Of[endedData]) act.Subject { return act.On(act.Term, a.Data.Term) },
		Words: func(a act.Of[endedData]) (zh, en string) {
			d := &a.Data
			return fmt.Sprintf("提前结束任期，至 %s：%s", d.Until, vocab.EndReasons.ZH(string(d.Why))),
				fmt.Sprintf("Ended a term early, with %s: %s", d.Until, vocab.EndReasons.EN(string(d.Why)))
		},
		Check: checkEnded, Fold: foldEnded,
		Example: endedData{Term: 9, Until: "2026-09-30", Why: Moved, Reason: "调到外地工作"},
	})
)

// example are what an appointment may say.
var example = Particulars{Certificate: "2026-001", Group: Trader, First: "2026-09-22", Last: "2028-09-21"}

// today is the office's day of an act that was done at a moment.
func today(at time.Time) workday.Date { return workday.Default().DateOf(at) }

func checkAppointed(w *store.Writer, a act.Of[appointedData]) error {
	d := &a.Data
	who, _, err := account.On(w, d.Account)
	if err != nil {
		return err
	}
	if who.Role != access.Volunteer || !who.Active {
		return errNoVolunteer
	}
	return d.Particulars.check(w, d.Account, 0, d.Last)
}

func foldAppointed(w *store.Writer, a act.Of[appointedData]) error {
	d := &a.Data
	barred, err := d.barredJSON()
	if err != nil {
		return err
	}
	if err := w.Exec(`INSERT INTO terms (`+termColumns+`) VALUES (?,?,?,?,?,?,?,?,?,'','')`,
		int64(a.Seq), int64(d.Account), d.Certificate, string(d.Group), d.Work, barred, d.First, d.Last, d.Last); err != nil {
		return err
	}
	return note(w, a.Seq, "appointed", a.At, a.By, "")
}

// note keeps what was done to a term, with what holds from then on.
func note(w *store.Writer, term uint64, kind string, at time.Time, by uint64, reason string) error {
	return w.Exec(`INSERT INTO term_changes (term, n, kind, at, account, reason, certificate, first_day, until_day)
		SELECT id, (SELECT coalesce(max(n), 0) + 1 FROM term_changes WHERE term = ?1), ?2, ?3, ?4, ?5, certificate, first_day, until_day FROM terms WHERE id = ?1`,
		int64(term), kind, at.UnixMicro(), int64(by), reason)
}

func checkCorrected(w *store.Writer, a act.Of[correctedData]) error {
	d := &a.Data
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

func foldCorrected(w *store.Writer, a act.Of[correctedData]) error {
	d := &a.Data
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
		note(w, d.Term, "corrected", a.At, a.By, d.Reason))
}

func checkEnded(w *store.Writer, a act.Of[endedData]) error {
	d := &a.Data
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

func foldEnded(w *store.Writer, a act.Of[endedData]) error {
	d := &a.Data
	return errors.Join(
		w.Exec(`UPDATE terms SET until_day = ?, why = ?, reason = ? WHERE id = ?`, d.Until, string(d.Why), strings.TrimSpace(d.Reason), int64(d.Term)),
		note(w, d.Term, "ended", a.At, a.By, strings.TrimSpace(d.Reason)))
}

var (
	errNoTerm      = fault.New(fault.NotFound, "unknown_term", "没有这次聘任。请刷新名单。", "There is no such appointment. Reload the list.", nil)
	errNoVolunteer = fault.New(fault.NotFound, "unknown_volunteer", "没有这位义务监督员，或账户已经停用。请刷新名单。", "There is no such volunteer supervisor, or the account is closed. Reload the list.", nil)
)
