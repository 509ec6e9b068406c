package notefeedback

import (
	"context"
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

type withdrawnData struct {
	Matter uint64 `json:"matter"`
	Reason string `json:"reason"`
}

// withdrawn takes back a rating that was given by mistake; it counts to nobody
// any more.
var withdrawn = act.Define(act.Def[withdrawnData]{
	Type: "note.rating_withdrawn", Group: act.Matters, Reasoned: true,
	About: func(a act.Of[withdrawnData]) act.Subject { return act.On(act.Matter, a.Data.Matter) },
	Words: func(a act.Of[withdrawnData]) (zh, en string) {
		return fmt.Sprintf("撤回对督办 #%d 记录的评价（%s）", a.Data.Matter, a.Data.Reason), fmt.Sprintf("Withdrew the rating of the note of matter #%d (%s)", a.Data.Matter, a.Data.Reason)
	},
	Check: checkWithdrawn, Fold: foldWithdrawn,
	Example: withdrawnData{Matter: 1, Reason: "评错了一件"},
})

func checkWithdrawn(w *store.Writer, a act.Of[withdrawnData]) error {
	_, own, err := matter.ToLiaison(w, a.Data.Matter, a.By)
	if err != nil {
		return err
	}
	stands, err := w.One(func(store.Row) error { return nil }, `SELECT 1 FROM note_ratings WHERE matter = ?`, int64(a.Data.Matter))
	if err == nil && (!own || !stands) {
		err = fault.New(fault.NotFound, "nothing_to_withdraw", "没有可以撤回的评价，或已经撤回。请刷新页面。", "There is no rating to withdraw, or it was withdrawn already. Reload the page.", nil)
	}
	return err
}

func foldWithdrawn(w *store.Writer, a act.Of[withdrawnData]) error {
	for _, table := range []string{"note_ratings", "note_rated"} {
		if err := w.Exec(`DELETE FROM `+table+` WHERE matter = ?`, int64(a.Data.Matter)); err != nil {
			return err
		}
	}
	return w.Exec(`INSERT INTO note_withdrawals (id, matter, account, reason, at) VALUES (?,?,?,?,?)`, int64(a.Seq), int64(a.Data.Matter), int64(a.By), a.Data.Reason, a.At.UnixMicro())
}

// Withdraw takes back the rating that the liaison's department gave to the note
// of a matter.
func (s *Feedback) Withdraw(ctx context.Context, by access.Principal, number string, matter uint64, reason string) error {
	key, err := act.Sent(withdrawn.Name(), by.Account, number, errKey)
	if err != nil {
		return err
	}
	_, _, err = withdrawn.Do(ctx, s.office.Journal, key, by.Account, withdrawnData{matter, reason})
	return err
}
