package review

import (
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/sampling"
	"github.com/mingcha-console/mingcha/app/internal/store"
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

// putUp puts something up for review: one thing by hand, or what was drawn. A
// draw of a period is the plan's, which the console makes by itself.
var putUp = act.Define(act.Def[putUpData]{
	Type: "review.put_up", Group: act.Reviews, OwnWhen: "period", Reasoned: true,
	About: aboutPutUp, Words: putUpWords, Check: checkPutUp, Fold: foldPutUp,
	Example: putUpData{Kind: Overdue, Due: time.Date(2026, 9, 30, 9, 30, 0, 0, time.UTC), Reason: "群众来电反映",
		Reviews: []putUpReview{{Subject: "overdue/1", CaseID: 1, Department: "GH", Item: "I1", Reviewers: []uint64{7, 8}}}},
})

// aboutPutUp is the case that was put up by hand, or whose the authorization is.
func aboutPutUp(a act.Of[putUpData]) act.Subject {
	if a.Data.Reason == "" || len(a.Data.Reviews) == 0 {
		return act.Subject{}
	}
	if r := a.Data.Reviews[0]; r.CaseID == 0 {
		return act.OnDepartment(r.Department)
	}
	return act.On(act.Case, a.Data.Reviews[0].CaseID)
}

var kindWords = map[Kind][2]string{
	Rejection:     {"否定报备", "rejections"},
	Overdue:       {"超时", "overdue cases"},
	Authorization: {"首席代表授权", "authorizations"},
	Finding:       {"异常", "findings"},
}

func putUpWords(a act.Of[putUpData]) (zh, en string) {
	d := &a.Data
	kind, n := kindWords[d.Kind], len(d.Reviews)
	switch {
	case d.Draw == nil:
		return "送交评议：" + kind[0], "Put up for review: " + kind[1]
	case d.Period != "":
		return fmt.Sprintf("按计划抽取评议：%s %d 项", kind[0], n), fmt.Sprintf("Drew by plan for review: %s, %d", kind[1], n)
	}
	return fmt.Sprintf("抽取评议：%s %d 项", kind[0], n), fmt.Sprintf("Drew for review: %s, %d", kind[1], n)
}

func checkPutUp(w *store.Writer, a act.Of[putUpData]) error {
	d := &a.Data
	if d.Draw != nil {
		if err := sampling.CheckNew(w, d.Draw, string(d.Kind), d.Period); err != nil {
			return err
		}
	} else if n := utf8.RuneCountInString(d.Reason); n < 4 || n > 200 {
		return invalid("reason", "请写明送评议的理由（4 至 200 字）", "say why it is put up for review, in 4 to 200 characters")
	}
	for _, r := range d.Reviews {
		known, err := w.Exists(`SELECT 1 FROM reviews WHERE subject = ?`, r.Subject)
		if err != nil {
			return err
		}
		if known {
			return errReviewed
		}
	}
	return nil
}

func foldPutUp(w *store.Writer, a act.Of[putUpData]) error {
	d, drawn := &a.Data, int64(0)
	if d.Draw != nil {
		drawn = int64(a.Seq)
		if err := sampling.Keep(w, a.Seq, a.At, d.Draw, string(d.Kind), d.Period); err != nil {
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
