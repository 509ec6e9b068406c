package volunteers

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/drawing"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Acts of reviewing.
const (
	putUp    = "review.put_up"
	seated   = "review.seated"
	declared = "review.declared"
	judged   = "review.verdict"
	planSet  = "review.plan_set"
)

type putUpData struct {
	Kind       Kind              `json:"kind"`
	Due        time.Time         `json:"due"`
	Draw       *draw.Certificate `json:"draw,omitempty"`
	Period     string            `json:"period,omitempty"` // first day, of a planned draw
	Reason     string            `json:"reason,omitempty"` // why it was put up by hand
	Candidates int               `json:"candidates,omitempty"`
	Reviews    []putUpReview     `json:"reviews"`
}

type putUpReview struct {
	Subject    string   `json:"subject"`
	CaseID     uint64   `json:"case_id,omitempty"`
	Department string   `json:"department"`
	Item       string   `json:"item,omitempty"`
	Reviewers  []uint64 `json:"reviewers"`
}

type seatedData struct {
	Review  uint64 `json:"review"`
	Account uint64 `json:"account"`
	Instead int    `json:"instead,omitempty"` // the seat that is taken over
}

type declaredData struct {
	Review   uint64   `json:"review"`
	Seat     int      `json:"seat"`
	Conflict Conflict `json:"conflict"`
	Note     string   `json:"note,omitempty"`
}

type judgedData struct {
	Review  uint64   `json:"review"`
	Seat    int      `json:"seat"`
	Verdict Verdict  `json:"verdict"`
	Reasons []string `json:"reasons,omitempty"`
	Note    string   `json:"note,omitempty"`
}

// Folder folds the volunteers' acts; see intake.Folder.
type Folder struct{}

func (Folder) Types() []string { return []string{putUp, seated, declared, judged, planSet} }
func (Folder) Tables() []string {
	return []string{"draws", "reviews", "review_seats", "review_declarations", "review_plans"}
}

func (Folder) Check(w *store.Writer, a *intake.RecordedAct) error {
	switch a.Type {
	case putUp:
		d, err := intake.DataOf[putUpData](a)
		if err != nil {
			return err
		}
		return d.check(w)
	case seated:
		d, err := intake.DataOf[seatedData](a)
		if err != nil {
			return err
		}
		return d.check(w)
	case declared:
		d, err := intake.DataOf[declaredData](a)
		if err != nil {
			return err
		}
		return d.check(w, a.By)
	case judged:
		d, err := intake.DataOf[judgedData](a)
		if err != nil {
			return err
		}
		return d.check(w, a.By)
	case planSet:
		p, err := intake.DataOf[Plan](a)
		if err != nil {
			return err
		}
		return p.check(w)
	}
	return nil
}

func (d *putUpData) check(w *store.Writer) error {
	if d.Draw != nil {
		if err := drawing.CheckNew(w, d.Draw, string(d.Kind), d.Period); err != nil {
			return err
		}
	} else if n := utf8.RuneCountInString(d.Reason); n < 4 || n > 200 {
		return invalid("reason", "请写明送评议的理由（4 至 200 字）", "say why it is put up for review, in 4 to 200 characters")
	}
	for _, r := range d.Reviews {
		known, err := w.One(func(store.Row) error { return nil }, `SELECT 1 FROM reviews WHERE subject = ?`, r.Subject)
		if err != nil {
			return err
		}
		if known {
			return errReviewed
		}
	}
	return nil
}

func (d *seatedData) check(w *store.Writer) error {
	r, err := load(w, d.Review)
	if err != nil {
		return err
	}
	wanted := r.Missing() > 0
	if d.Instead > 0 { // whoever has declared meanwhile keeps it
		wanted = slices.ContainsFunc(r.Seats, func(s Seat) bool { return s.Seat == d.Instead && s.State == Assigned })
	}
	if !wanted || slices.ContainsFunc(r.Seats, func(s Seat) bool { return s.Account == d.Account }) {
		return fault.New(fault.Conflict, "seat_taken", "这项评议已经有人接手。请刷新。", "Somebody has taken this review meanwhile. Reload.", nil)
	}
	return nil
}

func (d *declaredData) check(w *store.Writer, by uint64) error {
	_, s, err := d.seat(w, by)
	if err != nil {
		return err
	}
	switch s.State {
	case Assigned:
	case Left:
		return errLeft
	default:
		return errDeclared
	}
	if !slices.Contains(Conflicts, d.Conflict) {
		return invalid("conflict", "请选择是否需要回避", "say whether you have an interest in it")
	}
	return checkNote(d.Note)
}

func (d *declaredData) seat(w *store.Writer, by uint64) (Review, Seat, error) {
	return seatOf(w, d.Review, d.Seat, by)
}

func (d *judgedData) check(w *store.Writer, by uint64) error {
	r, s, err := seatOf(w, d.Review, d.Seat, by)
	if err != nil {
		return err
	}
	switch s.State {
	case Assigned, Refused:
		return errNotDeclared
	case Left:
		return errLeft
	case In:
		return fault.New(fault.Conflict, "verdict_in", "您的意见已经提交，不能更改。", "Your verdict is in already and cannot be changed.", nil)
	}
	if !slices.Contains(Verdicts, d.Verdict) {
		return invalid("verdict", "请选择评议意见", "choose a verdict")
	}
	known := reasons[r.Kind][d.Verdict]
	for _, x := range d.Reasons {
		if !slices.Contains(known, x) {
			return invalid("reasons", "请从列出的理由中选择", "choose from the reasons listed")
		}
	}
	if d.Verdict != Proper && len(d.Reasons) == 0 && utf8.RuneCountInString(strings.TrimSpace(d.Note)) < 4 {
		return invalid("reasons", "请勾选理由，或用文字说明", "tick a reason, or say it in words")
	}
	return checkNote(d.Note)
}

// noteLength bounds free text, in characters.
const noteLength = 2000

func checkNote(note string) error {
	if utf8.RuneCountInString(note) > noteLength {
		return invalid("note", "说明不超过 2000 字", "at most 2000 characters")
	}
	return nil
}

func invalid(field, zh, en string) error {
	f := fault.New(fault.Invalid, "review", "填写的内容有误。请按提示更正后再提交。", "Something is wrong in what you filled in. Correct what is named and send it again.", nil)
	f.Fields = []fault.Field{{Name: field, ZH: zh, EN: en}}
	return f
}

// ErrNoReview is what is told of a review that one has no part in, the same as
// of one that does not exist.
var ErrNoReview = fault.New(fault.NotFound, "unknown_review", "没有这项评议，或未分配给您。请刷新列表。", "There is no such review, or it is not assigned to you. Reload the list.", nil)

var (
	errReviewed = fault.New(fault.Conflict, "reviewed_already", "已经交过评议的不能再次评议。请刷新。",
		"What was put up for review before is not reviewed again. Reload.", nil)
	errDeclared    = fault.New(fault.Conflict, "declared_already", "您已声明过是否回避。", "You have declared your interest already.", nil)
	errLeft        = fault.New(fault.Conflict, "seat_left", "当时您不在任，这项评议已转交别的监督员。谢谢您。", "You were not serving at the time, and another has taken over this review. Thank you.", nil)
	errNotDeclared = fault.New(fault.Conflict, "declare_first", "请先声明与本件有无利害关系。", "First declare whether you have an interest in this.", nil)
)

// seatOf finds the seat of a review that belongs to an account.
func seatOf(w *store.Writer, review uint64, seat int, account uint64) (Review, Seat, error) {
	r, err := load(w, review)
	if err != nil {
		return r, Seat{}, err
	}
	for _, s := range r.Seats {
		if s.Seat == seat && s.Account == account {
			return r, s, nil
		}
	}
	return r, Seat{}, ErrNoReview
}

func (Folder) Fold(w *store.Writer, a *intake.RecordedAct) error {
	switch a.Type {
	case putUp:
		d, err := intake.DataOf[putUpData](a)
		if err != nil {
			return err
		}
		return d.fold(w, a)
	case seated:
		d, err := intake.DataOf[seatedData](a)
		if err != nil {
			return err
		}
		return d.fold(w, a)
	case declared:
		d, err := intake.DataOf[declaredData](a)
		if err != nil {
			return err
		}
		state, why := Declared, ""
		if d.Conflict != None {
			state, why = Refused, string(d.Conflict)
		}
		return errors.Join(
			w.Exec(`UPDATE review_seats SET state = ?, conflict = ?, note = ? WHERE review = ? AND seat = ?`, state, why, d.Note, int64(d.Review), int64(d.Seat)),
			w.Exec(`INSERT INTO review_declarations (review, seat, account, at) VALUES (?,?,?,?)`, int64(d.Review), int64(d.Seat), int64(a.By), a.At.UnixMicro()))
	case judged:
		d, err := intake.DataOf[judgedData](a)
		if err != nil {
			return err
		}
		return d.fold(w, a)
	case planSet:
		p, err := intake.DataOf[Plan](a)
		if err != nil {
			return err
		}
		return p.fold(w, a)
	}
	return nil
}

func (d *putUpData) fold(w *store.Writer, a *intake.RecordedAct) error {
	drawn := int64(0)
	if d.Draw != nil {
		drawn = int64(a.Seq)
		if err := drawing.Keep(w, a.Seq, a.At, d.Draw, string(d.Kind), d.Period); err != nil {
			return err
		}
	}
	for _, r := range d.Reviews {
		var id uint64
		if _, err := w.One(func(row store.Row) error {
			id = uint64(row.Int(0))
			return nil
		}, `SELECT coalesce(max(id), 0) + 1 FROM reviews`); err != nil {
			return err
		}
		if err := w.Exec(`INSERT INTO reviews (id, kind, subject, case_id, department, item, draw, state, verdict, created_at, due_at, done_at, reason) VALUES (?,?,?,?,?,?,?,'open','',?,?,0,?)`,
			int64(id), string(d.Kind), r.Subject, int64(r.CaseID), r.Department, r.Item, drawn, a.At.UnixMicro(), d.Due.UnixMicro(), d.Reason); err != nil {
			return err
		}
		for _, account := range r.Reviewers {
			if err := addSeat(w, id, account, a.At); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *seatedData) fold(w *store.Writer, a *intake.RecordedAct) error {
	if d.Instead > 0 {
		if err := w.Exec(`UPDATE review_seats SET state = 'left', done_at = ? WHERE review = ? AND seat = ?`, a.At.UnixMicro(), int64(d.Review), int64(d.Instead)); err != nil {
			return err
		}
	}
	return addSeat(w, d.Review, d.Account, a.At)
}

func addSeat(w *store.Writer, review, account uint64, at time.Time) error {
	return w.Exec(`INSERT INTO review_seats (review, seat, account, state, verdict, reasons, note, conflict, assigned_at, done_at)
		VALUES (?1, (SELECT coalesce(max(seat), 0) + 1 FROM review_seats WHERE review = ?1), ?2, 'assigned', '', '[]', '', '', ?3, 0)`,
		int64(review), int64(account), at.UnixMicro())
}

func (d *judgedData) fold(w *store.Writer, a *intake.RecordedAct) error {
	ticked, err := json.Marshal(append([]string{}, d.Reasons...))
	if err != nil {
		return err
	}
	if err := w.Exec(`UPDATE review_seats SET state = 'in', verdict = ?, reasons = ?, note = ?, done_at = ? WHERE review = ? AND seat = ?`,
		string(d.Verdict), string(ticked), d.Note, a.At.UnixMicro(), int64(d.Review), int64(d.Seat)); err != nil {
		return err
	}
	r, err := load(w, d.Review)
	if err != nil {
		return err
	}
	var in []Verdict
	for _, s := range r.Seats {
		if s.State == In {
			in = append(in, s.Verdict)
		}
	}
	verdict, done := decided(in)
	switch {
	case done:
		if err := w.Exec(`UPDATE reviews SET state = 'done', verdict = ?, done_at = ? WHERE id = ?`, string(verdict), a.At.UnixMicro(), int64(d.Review)); err != nil {
			return err
		}
		if verdict == Improper {
			return r.follow(w, a.At)
		}
	case len(in) == 2:
		return w.Exec(`UPDATE reviews SET state = 'third' WHERE id = ?`, int64(d.Review))
	}
	return nil
}
