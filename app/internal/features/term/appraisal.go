package term

import (
	"context"
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
)

// Grade is what the office's yearly appraisal (履职评价) comes to.
type Grade string

const (
	Excellent  Grade = "excellent"  // 优秀
	Competent  Grade = "competent"  // 称职
	Basic      Grade = "basic"      // 基本称职
	Inadequate Grade = "inadequate" // 不称职
)

// Grades lists the grades, the best first.
var Grades = []Grade{Excellent, Competent, Basic, Inadequate}

// Appraisal is the office's of a person's year. One supersedes an earlier one
// of the same year.
type Appraisal struct {
	ID         uint64
	Account    uint64
	Year       int
	Grade      Grade
	Words      string
	By         uint64 // account
	At         time.Time
	Superseded bool
}

type appraisedData struct {
	Account uint64 `json:"account"`
	Year    int    `json:"year"`
	Grade   Grade  `json:"grade"`
	Words   string `json:"words"`
}

// firstYear is the earliest that can be appraised.
const firstYear = 2000

// appraised appraises somebody's year.
var appraised = act.Define(act.Def[appraisedData]{
	Type: "volunteer.appraised", Group: act.Terms,
	About: func(a act.Of[appraisedData]) act.Subject { return act.On(act.Account, a.Data.Account) },
	Words: func(a act.Of[appraisedData]) (zh, en string) {
		d := &a.Data
		return fmt.Sprintf("履职评价：义务监督员 #%d，%d 年度，%s", d.Account, d.Year, vocab.Grades.ZH(string(d.Grade))),
			fmt.Sprintf("Appraised the volunteer supervisor #%d for %d: %s", d.Account, d.Year, gradesEN[d.Grade])
	},
	Check: checkAppraised, Fold: foldAppraised,
	Example: appraisedData{Account: 7, Year: 2026, Grade: Competent, Words: "按时完成评议"},
})

// gradesEN are the grades as a sentence has them.
var gradesEN = map[Grade]string{Excellent: "excellent", Competent: "competent", Basic: "basically competent", Inadequate: "not competent"}

// Appraise appraises a person's year.
func (t *Terms) Appraise(ctx context.Context, by access.Principal, key string, account uint64, year int, g Grade, words string) error {
	return do(ctx, t, appraised, by, key, appraisedData{Account: account, Year: year, Grade: g, Words: strings.TrimSpace(words)})
}

func checkAppraised(w *store.Writer, a act.Of[appraisedData]) error {
	d := &a.Data
	who, _, err := account.On(w, d.Account)
	if err != nil {
		return err
	}
	if who.Role != access.Volunteer {
		return errNoVolunteer
	}
	var fields []fault.Field
	bad := func(name, zh, en string) { fields = append(fields, fault.Field{Name: name, ZH: zh, EN: en}) }
	served, err := w.Exists(`SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM terms WHERE account = ?1)
		OR EXISTS (SELECT 1 FROM terms WHERE account = ?1 AND first_day <= until_day AND first_day <= ?2 || '-12-31' AND until_day >= ?2 || '-01-01')`, int64(d.Account), fmt.Sprint(d.Year))
	switch {
	case err != nil:
		return err
	case d.Year < firstYear || d.Year > today(a.At).Year():
		bad("year", "请选择今年或以前的年度", "choose this year or an earlier one")
	case !served:
		bad("year", "此人这一年不在任", "the person did not serve in that year")
	}
	if !slices.Contains(Grades, d.Grade) {
		bad("grade", "请选择等次", "choose a grade")
	}
	if n := utf8.RuneCountInString(d.Words); n < 4 || n > 1000 {
		bad("words", "请写明评语（4 至 1000 字）", "say why, in 4 to 1000 characters")
	}
	if len(fields) > 0 {
		return invalid(fields)
	}
	return nil
}

func foldAppraised(w *store.Writer, a act.Of[appraisedData]) error {
	d := &a.Data
	return w.Exec(`INSERT INTO appraisals (id, account, year, grade, words, by_account, at) VALUES (?,?,?,?,?,?,?)`,
		int64(a.Seq), int64(d.Account), int64(d.Year), string(d.Grade), d.Words, int64(a.By), a.At.UnixMicro())
}

// Appraisals lists an account's appraisals, the latest year and of a year the
// latest first; account 0 lists everybody's.
func (t *Terms) Appraisals(ctx context.Context, account uint64) ([]Appraisal, error) {
	rows, err := t.office.Store.Readers().QueryContext(ctx, `SELECT id, account, year, grade, words, by_account, at,
		EXISTS (SELECT 1 FROM appraisals later WHERE later.account = a.account AND later.year = a.year AND later.id > a.id)
		FROM appraisals a WHERE ?1 = 0 OR account = ?1 ORDER BY year DESC, id DESC`, int64(account))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Appraisal
	for rows.Next() {
		var x Appraisal
		var at int64
		if err := rows.Scan(&x.ID, &x.Account, &x.Year, &x.Grade, &x.Words, &x.By, &at, &x.Superseded); err != nil {
			return nil, err
		}
		x.At = store.Time(at)
		out = append(out, x)
	}
	return out, rows.Err()
}
