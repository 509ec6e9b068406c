package review

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

type judgedData struct {
	Review  uint64   `json:"review"`
	Seat    int      `json:"seat"`
	Verdict Verdict  `json:"verdict"`
	Reasons []string `json:"reasons,omitempty"`
	Note    string   `json:"note,omitempty"`
}

// judged gives a reviewer's verdict. It is told as declared is.
var judged = act.Define(act.Def[judgedData]{
	Type: "review.verdict", Group: act.Reviews, Sealed: true,
	Words: act.Plain[judgedData]("提交评议意见", "Gave a verdict"),
	Check: checkJudged, Fold: foldJudged,
	Example: judgedData{Review: 1, Seat: 1, Verdict: Improper, Reasons: []string{"pause_abused"}, Note: "挂起理由不成立"},
})

func checkJudged(w *store.Writer, a act.Of[judgedData]) error {
	d := &a.Data
	r, s, err := seatOf(w, d.Review, d.Seat, a.By)
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

func foldJudged(w *store.Writer, a act.Of[judgedData]) error {
	d := &a.Data
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

// follow opens a matter for a review that ended improper, with what those said
// who found it so.
func (r *Review) follow(w *store.Writer, at time.Time) error {
	var ticked, notes []string
	for _, s := range r.Seats {
		if s.State != In || s.Verdict != Improper {
			continue
		}
		ticked = append(ticked, s.Reasons...)
		if s.Note != "" {
			notes = append(notes, s.Note)
		}
	}
	slices.Sort(ticked)
	return matter.Open(w, matter.Opening{Source: matter.Review, SourceID: r.ID, Department: r.Department, Category: string(r.Kind),
		Fact: strings.Join(notes, "\n"), Reasons: slices.Compact(ticked), CaseID: r.CaseID, Item: r.Item}, at)
}

// HeldImproper are on the writer the reviewers who held what they reviewed improper.
func HeldImproper(w *store.Writer, review uint64) (out []uint64, err error) {
	err = w.Each(func(row store.Row) error {
		out = append(out, uint64(row.Int(0)))
		return nil
	}, `SELECT DISTINCT account FROM review_seats WHERE review = ? AND state = 'in' AND verdict = 'improper'`, int64(review))
	return out, err
}

// Judge gives a reviewer's verdict. The same verdict again is taken for the
// first one sent twice.
func (s *Reviews) Judge(ctx context.Context, by access.Principal, review uint64, verdict Verdict, ticked []string, note string) error {
	mine, err := s.mySeat(ctx, by, review)
	if err != nil {
		return err
	}
	if _, _, err := judged.Do(ctx, s.office.Journal, act.Done(judged.Name(), review, mine.Seat), by.Account,
		judgedData{Review: review, Seat: mine.Seat, Verdict: verdict, Reasons: ticked, Note: note}); err != nil {
		return err
	}
	_, err = s.Fill(ctx)
	return err
}
