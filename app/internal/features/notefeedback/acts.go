// Package notefeedback is what departments think of the notes that matters came
// from, a visit's or a review's: once a matter is done its department rates how
// clearly the facts were told and how fair the note was. Whose note it was nobody
// is told; who wrote notes reads averages of at least three.
package notefeedback

import (
	"fmt"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/review"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Acts are the acts of rating notes.
var Acts = []act.Any{rated}

// Tables are what they fill.
var Tables = []string{"note_ratings", "note_rated"}

type ratedData struct {
	Matter   uint64 `json:"matter"`
	Facts    int    `json:"facts"`
	Fairness int    `json:"fairness"`
	Word     string `json:"word,omitempty"`
}

var rated = act.Define(act.Def[ratedData]{
	Type: "note.rated", Group: act.Matters,
	About: func(a act.Of[ratedData]) act.Subject { return act.On(act.Matter, a.Data.Matter) },
	Words: func(a act.Of[ratedData]) (zh, en string) {
		return fmt.Sprintf("评价督办 #%d 的记录：事实 %d 分，态度 %d 分", a.Data.Matter, a.Data.Facts, a.Data.Fairness),
			fmt.Sprintf("Rated the note of matter #%d: facts %d, fairness %d", a.Data.Matter, a.Data.Facts, a.Data.Fairness)
	},
	Check: check, Fold: fold,
	Example: ratedData{Matter: 1, Facts: 4, Fairness: 5},
})

// mostWord bounds what a department adds, in characters.
const mostWord = 200

// rateable tells whether a department is asked what it thinks of the note that a
// matter came from.
func rateable(m *matter.Matter) bool {
	return m.Source == matter.Visit || m.Source == matter.Review
}

func check(w *store.Writer, a act.Of[ratedData]) error {
	d := &a.Data
	m, own, err := matter.ToLiaison(w, d.Matter, a.By)
	if err != nil {
		return err
	}
	before, err := w.Exists(`SELECT 1 FROM note_ratings WHERE matter = ?`, int64(d.Matter))
	switch {
	case err != nil:
		return err
	case !own || !rateable(&m):
		return fault.New(fault.NotFound, "nothing_to_rate", "没有可以评价的这一件，或不属于本部门。请刷新页面。", "There is nothing such to rate, or it is not your department's. Reload the page.", nil)
	case !m.Done:
		return fault.New(fault.Conflict, "rate_when_done", "这件督办还没有办结，办结后才能评价。", "This matter is not done yet; rate it once it is.", nil)
	case before:
		return fault.New(fault.Conflict, "rated_already", "本部门已经评价过这一件，每件只评一次。请刷新。", "Your department has rated this one already; each is rated once. Reload.", nil)
	}
	var fields []fault.Field
	for _, x := range []struct {
		name string
		n    int
	}{{"facts", d.Facts}, {"fairness", d.Fairness}} {
		if x.n < 1 || x.n > 5 {
			fields = append(fields, fault.Field{Name: x.name, ZH: "请选择 1 至 5 分", EN: "choose 1 to 5"})
		}
	}
	if utf8.RuneCountInString(d.Word) > mostWord {
		fields = append(fields, fault.Field{Name: "word", ZH: "不超过 200 个字", EN: "at most 200 characters"})
	}
	if len(fields) > 0 {
		return fault.InvalidFields("note_rating", "评价有误。请按各项提示更正后再提交。", "Something is wrong with the rating. Correct what is named and send it again.", fields...)
	}
	return nil
}

// fold counts a rating to those who noted it.
func fold(w *store.Writer, a act.Of[ratedData]) error {
	d := &a.Data
	if err := w.Exec(`INSERT INTO note_ratings (matter, facts, fairness, word, account, at) VALUES (?,?,?,?,?,?)`,
		int64(d.Matter), int64(d.Facts), int64(d.Fairness), d.Word, int64(a.By), a.At.UnixMicro()); err != nil {
		return err
	}
	accounts, err := noters(w, d.Matter)
	if err != nil {
		return err
	}
	for _, account := range accounts {
		if err := w.Exec(`INSERT INTO note_rated (account, matter) VALUES (?,?)`, int64(account), int64(d.Matter)); err != nil {
			return err
		}
	}
	return nil
}

// noters are who noted what a matter came from: who filed the visit, or those of
// a review's who held it improper, in whose words it went on.
func noters(w *store.Writer, id uint64) ([]uint64, error) {
	source, of, err := matter.From(w, id)
	if err != nil {
		return nil, err
	}
	switch source {
	case matter.Visit:
		account, err := visit.By(w, of)
		return []uint64{account}, err
	case matter.Review:
		return review.HeldImproper(w, of)
	}
	return nil, nil
}
