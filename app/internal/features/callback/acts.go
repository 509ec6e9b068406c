package callback

import (
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/sampling"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Acts are the acts of call-backs.
var Acts = []act.Any{drawn, called}

// Tables are what they fill, besides draws and matters.
var Tables = []string{"callback_draws", "callbacks", "callback_tries"}

// drawnData is a draw, with what is to be called back.
type drawnData struct {
	Draw      draw.Certificate `json:"draw"`
	First     string           `json:"first"`
	Last      string           `json:"last"`
	Due       time.Time        `json:"due"`
	Callbacks []drawnRating    `json:"callbacks"`
}

// drawnRating is a rating as it was when it was drawn.
type drawnRating struct {
	Rating uint64 `json:"rating"`
	Level  int    `json:"level"`
}

// calledData is what came of one try to call somebody.
type calledData struct {
	Callback uint64           `json:"callback"`
	N        int              `json:"n"` // which try
	Reached  bool             `json:"reached,omitempty"`
	Own      bool             `json:"own,omitempty"`
	Now      int              `json:"now,omitempty"`
	Said     string           `json:"said,omitempty"`
	Bad      *rating.Followed `json:"bad,omitempty"` // what the matter needs, where a satisfied rater turned out to be none
}

var (
	// drawn is a draw that the office asks for.
	drawn = act.Define(act.Def[drawnData]{
		Type: "callback.drawn", Group: act.Ratings,
		Words: func(a act.Of[drawnData]) (zh, en string) {
			d := &a.Data
			return fmt.Sprintf("抽取回访：%d 条（%s 至 %s）", len(d.Callbacks), d.First, d.Last), fmt.Sprintf("Drew for call-backs: %d (%s to %s)", len(d.Callbacks), d.First, d.Last)
		},
		Check:   func(w *store.Writer, a act.Of[drawnData]) error { return sampling.CheckNew(w, &a.Data.Draw, kind, "") },
		Fold:    foldDrawn,
		Example: drawnData{First: "2026-09-01", Last: "2026-09-21", Due: time.Date(2026, 9, 29, 9, 30, 0, 0, time.UTC), Callbacks: []drawnRating{{Rating: 1, Level: 2}}},
	})
	// called is a call that somebody records.
	called = act.Define(act.Def[calledData]{
		Type: "callback.recorded", Group: act.Ratings,
		About: func(a act.Of[calledData]) act.Subject { return act.On(act.Callback, a.Data.Callback) },
		Words: calledWords, Check: checkCalled, Fold: foldCalled,
		Example: calledData{Callback: 1, N: 1, Reached: true, Own: true, Now: 2, Said: "还可以"},
	})
)

func calledWords(a act.Of[calledData]) (zh, en string) {
	d := &a.Data
	if !d.Reached {
		return fmt.Sprintf("回访 #%d：第 %d 次没有接通", d.Callback, d.N), fmt.Sprintf("Call-back #%d: not reached, try %d", d.Callback, d.N)
	}
	return fmt.Sprintf("回访 #%d：已接通", d.Callback), fmt.Sprintf("Call-back #%d: reached", d.Callback)
}

// longest bounds what somebody says, in characters.
const longest = 2000

func checkCalled(w *store.Writer, a act.Of[calledData]) error {
	d := &a.Data
	var state string
	var tries int
	found, err := w.One(func(r store.Row) error {
		state, tries = r.Text(0), int(r.Int(1))
		return nil
	}, `SELECT state, (SELECT count(*) FROM callback_tries t WHERE t.callback = b.id) FROM callbacks b WHERE id = ?`, int64(d.Callback))
	switch {
	case err != nil:
		return err
	case !found:
		return errNoCallback
	case state != Open || d.N != tries+1:
		return fault.New(fault.Conflict, "called_meanwhile", "这一项刚刚有人登记过。请刷新后再看。", "Somebody recorded a call to this one a moment ago. Reload and look again.", nil)
	case d.Reached && d.Own && (d.Now < 1 || d.Now > 5):
		return rating.Invalid("now", "请选择对方现在给的等级", "choose the level that they give now")
	case (!d.Reached || !d.Own) && d.Now != 0:
		return rating.Invalid("now", "没有接通，或不是本人所评，不记等级", "who was not reached, or did not rate, gives no level")
	case d.Reached && d.Own && d.Now > rating.Content && utf8.RuneCountInString(d.Said) < 4:
		return rating.Invalid("said", "对方不满意，请写下说了什么（至少 4 字）", "they are not satisfied; write what they said, in 4 characters or more")
	case utf8.RuneCountInString(d.Said) > longest:
		return rating.Invalid("said", "不超过 2000 字", "at most 2000 characters")
	}
	return nil
}

func foldDrawn(w *store.Writer, a act.Of[drawnData]) error {
	d := &a.Data
	if err := errors.Join(
		sampling.Keep(w, a.Seq, a.At, &d.Draw, kind, ""),
		w.Exec(`INSERT INTO callback_draws (draw, first, last, due_at) VALUES (?,?,?,?)`, int64(a.Seq), d.First, d.Last, d.Due.UnixMicro())); err != nil {
		return err
	}
	for _, r := range d.Callbacks {
		if err := w.Exec(`INSERT INTO callbacks (id, draw, rating, level, state, own, now, said, done_at)
			VALUES ((SELECT coalesce(max(id), 0) + 1 FROM callbacks), ?,?,?,'open',0,0,'',0)`, int64(a.Seq), int64(r.Rating), int64(r.Level)); err != nil {
			return err
		}
	}
	return nil
}

func foldCalled(w *store.Writer, a act.Of[calledData]) error {
	d := &a.Data
	if err := w.Exec(`INSERT INTO callback_tries (callback, n, account, at, reached, note) VALUES (?,?,?,?,?,?)`,
		int64(d.Callback), int64(d.N), int64(a.By), a.At.UnixMicro(), store.Bool(d.Reached), d.Said); err != nil {
		return err
	}
	state := Reached
	if !d.Reached {
		if d.N < MostTries {
			return nil
		}
		state = Unreached
	}
	if err := w.Exec(`UPDATE callbacks SET state = ?, own = ?, now = ?, said = ?, done_at = ? WHERE id = ?`,
		state, store.Bool(d.Own), int64(d.Now), d.Said, a.At.UnixMicro(), int64(d.Callback)); err != nil {
		return err
	}
	if state == Reached {
		var of uint64
		if _, err := w.One(func(r store.Row) error {
			of = uint64(r.Int(0))
			return nil
		}, `SELECT rating FROM callbacks WHERE id = ?`, int64(d.Callback)); err != nil {
			return err
		}
		if err := rating.Called(w, of, d.Now, a.At); err != nil {
			return err
		}
	}
	if d.Bad == nil {
		return nil
	}
	return d.Bad.CalledBad(w, a.At)
}
