package ratings

import (
	"time"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/sampling"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Acts about ratings; followed is with what makes it.
const (
	drawn    = "callback.drawn"
	called   = "callback.recorded"
	imported = "rating.imported"
)

type drawnData struct {
	Draw      draw.Certificate `json:"draw"`
	First     string           `json:"first"`
	Last      string           `json:"last"`
	Due       time.Time        `json:"due"`
	Callbacks []drawnRating    `json:"callbacks"`
}

type drawnRating struct {
	Rating uint64 `json:"rating"`
	Level  int    `json:"level"`
}

type calledData struct {
	Callback uint64        `json:"callback"`
	N        int           `json:"n"` // which try
	Reached  bool          `json:"reached,omitempty"`
	Own      bool          `json:"own,omitempty"`
	Now      int           `json:"now,omitempty"`
	Said     string        `json:"said,omitempty"`
	Bad      *followedData `json:"bad,omitempty"` // what the matter needs, where a satisfied rater turned out to be none
}

type importedData struct {
	Name      string `json:"name"`
	SHA256    string `json:"sha256"`
	Rows      int    `json:"rows"`
	Taken     int    `json:"taken"`
	Known     int    `json:"known"`
	Corrected int    `json:"corrected"`
	Refused   int    `json:"refused"`
}

// Folder folds acts about ratings; see intake.Folder.
type Folder struct{}

func (Folder) Types() []string { return []string{followed, drawn, called, imported} }
func (Folder) Tables() []string {
	return []string{"callback_draws", "callbacks", "callback_tries", "rating_imports"}
}

func (Folder) Check(w *store.Writer, a *intake.RecordedAct) error {
	switch a.Type {
	case drawn:
		d, err := intake.DataOf[drawnData](a)
		if err != nil {
			return err
		}
		return sampling.CheckNew(w, &d.Draw, kind, "")
	case called:
		d, err := intake.DataOf[calledData](a)
		if err != nil {
			return err
		}
		return d.check(w)
	}
	return nil
}

// longest bounds what somebody says, in characters.
const longest = 2000

func (d *calledData) check(w *store.Writer) error {
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
		return invalid("now", "请选择对方现在给的等级", "choose the level that they give now")
	case (!d.Reached || !d.Own) && d.Now != 0:
		return invalid("now", "没有接通，或不是本人所评，不记等级", "who was not reached, or did not rate, gives no level")
	case d.Reached && d.Own && d.Now > content && utf8.RuneCountInString(d.Said) < 4:
		return invalid("said", "对方不满意，请写下说了什么（至少 4 字）", "they are not satisfied; write what they said, in 4 characters or more")
	case utf8.RuneCountInString(d.Said) > longest:
		return invalid("said", "不超过 2000 字", "at most 2000 characters")
	}
	return nil
}

func invalid(field, zh, en string) error {
	f := fault.New(fault.Invalid, "rating", "填写的内容有误。请按提示更正后再提交。", "Something is wrong in what you filled in. Correct what is named and send it again.", nil)
	f.Fields = []fault.Field{{Name: field, ZH: zh, EN: en}}
	return f
}

func (Folder) Fold(w *store.Writer, a *intake.RecordedAct) error {
	switch a.Type {
	case followed:
		d, err := intake.DataOf[followedData](a)
		if err != nil {
			return err
		}
		return d.open(w, a, 0, d.RatedAt)
	case drawn:
		d, err := intake.DataOf[drawnData](a)
		if err != nil {
			return err
		}
		return d.fold(w, a)
	case called:
		d, err := intake.DataOf[calledData](a)
		if err != nil {
			return err
		}
		return d.fold(w, a)
	case imported:
		d, err := intake.DataOf[importedData](a)
		if err != nil {
			return err
		}
		return w.Exec(`INSERT INTO rating_imports (id, at, account, name, sha256, lines, taken, known, corrected, refused) VALUES (?,?,?,?,?,?,?,?,?,?)`,
			int64(a.Seq), a.At.UnixMicro(), int64(a.By), d.Name, d.SHA256, int64(d.Rows), int64(d.Taken), int64(d.Known), int64(d.Corrected), int64(d.Refused))
	}
	return nil
}

func (d *drawnData) fold(w *store.Writer, a *intake.RecordedAct) error {
	if err := sampling.Keep(w, a.Seq, a.At, &d.Draw, kind, ""); err != nil {
		return err
	}
	if err := w.Exec(`INSERT INTO callback_draws (draw, first, last, due_at) VALUES (?,?,?,?)`, int64(a.Seq), d.First, d.Last, d.Due.UnixMicro()); err != nil {
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

func (d *calledData) fold(w *store.Writer, a *intake.RecordedAct) error {
	if err := w.Exec(`INSERT INTO callback_tries (callback, n, account, at, reached, note) VALUES (?,?,?,?,?,?)`,
		int64(d.Callback), int64(d.N), int64(a.By), a.At.UnixMicro(), flag(d.Reached), d.Said); err != nil {
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
		state, flag(d.Own), int64(d.Now), d.Said, a.At.UnixMicro(), int64(d.Callback)); err != nil || d.Bad == nil {
		return err
	}
	return d.Bad.open(w, a, 1, a.At)
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
