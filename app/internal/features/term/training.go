package term

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

const (
	mostHours   = 40 // of one training
	mostTrained = 300
)

// Training is a training that supervisors took part in.
type Training struct {
	ID        uint64
	Date      string
	Topic     string
	Hours     float64 // by halves
	Accounts  []uint64
	Withdrawn string // why it does not count; empty: it does
}

type trainedData struct {
	Date     string   `json:"date"`
	Topic    string   `json:"topic"`
	Hours    float64  `json:"hours"`
	Accounts []uint64 `json:"accounts"`
}

type untrainedData struct {
	Training uint64 `json:"training"`
	Reason   string `json:"reason"`
}

var (
	// trained is a training that took place.
	trained = act.Define(act.Def[trainedData]{
		Type: "training.recorded", Group: act.Terms,
		Words: func(a act.Of[trainedData]) (zh, en string) {
			d := &a.Data
			return fmt.Sprintf("登记培训：%s %s，%d 人", d.Date, d.Topic, len(d.Accounts)), fmt.Sprintf("Recorded a training: %s %s, %d people", d.Date, d.Topic, len(d.Accounts))
		},
		Check: checkTrained, Fold: foldTrained,
		Example: trainedData{Date: "2026-09-21", Topic: "暗访要领", Hours: 1.5, Accounts: []uint64{7}},
	})
	// untrained takes back a training that was recorded wrongly.
	untrained = act.Define(act.Def[untrainedData]{
		Type: "training.withdrawn", Group: act.Terms, Reasoned: true,
		Words: act.Plain[untrainedData]("撤销培训登记", "Withdrew a training"),
		Check: checkUntrained, Fold: foldUntrained,
		Example: untrainedData{Training: 11, Reason: "人员填错了"},
	})
)

// Train records a training that took place.
func (t *Terms) Train(ctx context.Context, by access.Principal, key string, x Training) error {
	return do(ctx, t, trained, by, key, trainedData{Date: x.Date, Topic: strings.TrimSpace(x.Topic), Hours: x.Hours, Accounts: x.Accounts})
}

// Withdraw takes back a training that was recorded wrongly.
func (t *Terms) Withdraw(ctx context.Context, by access.Principal, key string, training uint64, reason string) error {
	return do(ctx, t, untrained, by, key, untrainedData{Training: training, Reason: reason})
}

func checkTrained(w *store.Writer, a act.Of[trainedData]) error {
	d := &a.Data
	var fields []fault.Field
	bad := func(name, zh, en string) { fields = append(fields, fault.Field{Name: name, ZH: zh, EN: en}) }
	day, err := workday.ParseDate(d.Date)
	switch {
	case err != nil:
		bad("date", "请选择培训日期", "choose the day of the training")
	case day > today(a.At):
		bad("date", "培训还没有举行，请在举行之后登记", "it has not taken place yet; record it afterwards")
	}
	if n := utf8.RuneCountInString(d.Topic); n < 2 || n > 100 {
		bad("topic", "请填写培训内容（2 至 100 字）", "say what it was about, in 2 to 100 characters")
	}
	if d.Hours <= 0 || d.Hours > mostHours || d.Hours*2 != math.Trunc(d.Hours*2) {
		bad("hours", "学时以半小时计，0.5 至 40", "hours by halves, 0.5 to 40")
	}
	if n := len(d.Accounts); n == 0 || n > mostTrained || len(slices.Compact(slices.Sorted(slices.Values(d.Accounts)))) != n {
		bad("accounts", "请选择参加的监督员", "choose who took part")
	}
	for _, id := range d.Accounts {
		who, _, err := account.On(w, id)
		if err != nil {
			return err
		}
		if who.Role != access.Volunteer {
			bad("accounts", "只能选择义务监督员", "choose volunteer supervisors only")
			break
		}
	}
	if len(fields) > 0 {
		return invalid(fields)
	}
	return nil
}

func foldTrained(w *store.Writer, a act.Of[trainedData]) error {
	d := &a.Data
	err := w.Exec(`INSERT INTO trainings (id, date, topic, hours, withdrawn) VALUES (?,?,?,?,'')`, int64(a.Seq), d.Date, d.Topic, d.Hours)
	for _, account := range d.Accounts {
		err = errors.Join(err, w.Exec(`INSERT INTO training_members (training, account) VALUES (?,?)`, int64(a.Seq), int64(account)))
	}
	return err
}

func checkUntrained(w *store.Writer, a act.Of[untrainedData]) error {
	d := &a.Data
	stands, err := w.Exists(`SELECT 1 FROM trainings WHERE id = ? AND withdrawn = ''`, int64(d.Training))
	if err != nil {
		return err
	}
	if !stands {
		return fault.New(fault.NotFound, "unknown_training", "没有这次培训，或已经撤销。请刷新列表。", "There is no such training, or it was withdrawn already. Reload the list.", nil)
	}
	return checkReason(d.Reason)
}

func foldUntrained(w *store.Writer, a act.Of[untrainedData]) error {
	return w.Exec(`UPDATE trainings SET withdrawn = ? WHERE id = ?`, strings.TrimSpace(a.Data.Reason), int64(a.Data.Training))
}

// Trainings lists the trainings that an account took part in, newest first;
// account 0 lists all.
func (t *Terms) Trainings(ctx context.Context, account uint64) ([]Training, error) {
	rows, err := t.office.Store.Readers().QueryContext(ctx, `SELECT id, date, topic, hours, withdrawn, (SELECT json_group_array(account) FROM training_members m WHERE m.training = t.id)
		FROM trainings t WHERE ?1 = 0 OR id IN (SELECT training FROM training_members WHERE account = ?1) ORDER BY date DESC, id DESC`, int64(account))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Training
	for rows.Next() {
		var x Training
		var members string
		if err := rows.Scan(&x.ID, &x.Date, &x.Topic, &x.Hours, &x.Withdrawn, &members); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(members), &x.Accounts); err != nil {
			return nil, fmt.Errorf("term: who took part in training %d: %w", x.ID, err)
		}
		out = append(out, x)
	}
	return out, rows.Err()
}

// Trained sums up the hours of the trainings in some days, both inclusive, that
// count, and tells the latest; 0 where there is none.
func Trained(all []Training, from, to workday.Date) (hours float64, latest workday.Date) {
	for _, x := range all {
		day, err := workday.ParseDate(x.Date)
		if err != nil || x.Withdrawn != "" || day < from || day > to {
			continue
		}
		hours, latest = hours+x.Hours, max(latest, day)
	}
	return hours, latest
}
