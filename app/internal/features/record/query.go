package record

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// People, as who did an act, are all but the console itself.
const People = "people"

// MostAtOnce is how many acts are listed at once.
const MostAtOnce = 500

// Query chooses acts. Its zero value is none; with a limit, the newest.
type Query struct {
	Group    act.Group // empty: of every group
	By       string    // an account's number, People, or one of Here, Console and Volunteer; empty: anybody
	From, To time.Time
	Text     string // part of a reason, or a case's whole number
	Before   uint64 // journal number; 0: from the newest
	Limit    int
}

// The columns that acts are found by, as the indexes of 00015 have them.
const (
	typeColumn = `CAST(body AS TEXT) ->> '$.type'`
	byColumn   = `CAST(body AS TEXT) ->> '$.by'`
)

// search is a query on its way into SQL: each type is looked up in an index that
// has its acts in the journal's order, so that a page costs what its rows cost,
// however many acts there are of other types.
type search struct {
	index string
	types []string
	where []string
	args  []any
}

// arg notes an argument, and is its place.
func (s *search) arg(v any) string {
	s.args = append(s.args, v)
	return "?" + strconv.Itoa(len(s.args))
}

func (s *search) add(cond string) { s.where = append(s.where, cond) }

// sql is the statement. Types are of our own table, and stand in it as they are.
func (s *search) sql(limit int) string {
	if s.types == nil {
		return s.branch("") + ` ORDER BY seq DESC LIMIT ` + strconv.Itoa(limit)
	}
	branches := make([]string, len(s.types))
	for i, t := range s.types {
		branches[i] = `SELECT * FROM (` + s.branch(` AND `+typeColumn+` = '`+t+`'`) + ` ORDER BY seq DESC LIMIT ` + strconv.Itoa(limit) + `)`
	}
	return strings.Join(branches, ` UNION ALL `) + ` ORDER BY seq DESC LIMIT ` + strconv.Itoa(limit)
}

func (s *search) branch(ofType string) string {
	return `SELECT seq, observed_at, body FROM journal INDEXED BY ` + s.index + ` WHERE kind = 9` + ofType + strings.Join(s.where, ``)
}

var errBy = fault.InvalidFields("invalid_input", "填写的内容有误。请按各项提示更正后重试。", "Something in the request is wrong. Correct what is named and try again.",
	fault.Field{Name: "by", ZH: "请从列表中选择人员", EN: "choose somebody from the list"})

// search puts a query into SQL: to ask for somebody's sealed acts finds none. Nil: there is nothing to find.
func (t *reader) search(ctx context.Context, q *Query) (*search, error) {
	s := &search{index: "journal_kinds"}
	if q.Before > 0 {
		s.add(` AND seq < ` + s.arg(int64(q.Before)))
	}
	if !q.From.IsZero() || !q.To.IsZero() {
		if some, err := t.within(ctx, s, q); err != nil || !some {
			return nil, err
		}
	}
	by, err := t.by(s, q.By)
	if err != nil {
		return nil, err
	}
	word := strings.TrimSpace(q.Text)
	if q.By == "" && q.Group == "" && word == "" {
		return s, nil // all of them, in the journal's order
	}
	if s.index == "journal_kinds" {
		s.index = "journal_act_types"
	}
	s.types = t.typesOf(func(name string, k *act.Info) bool {
		return (q.Group == "" || k.Group == q.Group) && (word == "" || k.Reasoned) && by(name, k)
	})
	if word != "" {
		s.says(word)
		if len(t.sealed) > 0 {
			s.add(` AND NOT ` + t.spans(s)) // a reason that is sealed is not found by its words either
		}
	}
	if len(s.types) == 0 {
		return nil, nil
	}
	return s, nil
}

// by narrows to who did it, and tells which types they may have done.
func (t *reader) by(s *search, who string) (func(name string, k *act.Info) bool, error) {
	mixed := t.typesOf(func(_ string, k *act.Info) bool { return k.OwnWhen != "" }) // now somebody's, now the console's own
	own := func(name string) string {
		return `(CAST(body AS TEXT) ->> '$.data.` + t.declared.Info(name).OwnWhen + `')`
	}
	switch Who(who) {
	case "":
		return func(string, *act.Info) bool { return true }, nil
	case People:
		for _, x := range mixed {
			s.add(` AND (` + typeColumn + ` <> '` + x + `' OR ` + byColumn + ` IS NOT NULL OR ` + own(x) + ` IS NULL)`)
		}
		return func(_ string, k *act.Info) bool { return !k.Own }, nil
	case Here:
		s.index = "journal_act_people"
		s.add(` AND ` + byColumn + ` IS NULL`)
		for _, x := range mixed {
			s.add(` AND ` + own(x) + ` IS NULL`)
		}
		return func(_ string, k *act.Info) bool { return !k.Own && !k.Sealed }, nil
	case Console:
		s.index = "journal_act_people"
		s.add(` AND ` + byColumn + ` IS NULL`)
		for _, x := range mixed {
			s.add(` AND (` + typeColumn + ` <> '` + x + `' OR ` + own(x) + ` IS NOT NULL)`)
		}
		return func(_ string, k *act.Info) bool { return k.Own || k.OwnWhen != "" }, nil
	case Volunteer:
		if len(t.sealed) == 0 {
			return func(_ string, k *act.Info) bool { return k.Sealed }, nil
		}
		sealed := t.typesOf(func(_ string, k *act.Info) bool { return k.Sealed })
		s.add(` AND (` + typeColumn + ` IN ('` + strings.Join(sealed, `', '`) + `') OR ` + t.spans(s) + `)`)
		return func(_ string, k *act.Info) bool { return k.Sealed || k.Group == act.SignIn && !k.Own }, nil // the rest is not a volunteer's to do
	}
	account, err := strconv.ParseUint(who, 10, 63)
	if err != nil || account == 0 {
		return nil, errBy
	}
	s.index = "journal_act_people"
	s.add(` AND ` + byColumn + ` = ` + s.arg(int64(account)))
	for _, x := range t.sealed {
		if x.account == account {
			s.add(` AND NOT (seq >= ` + s.arg(int64(x.from)) + ` AND seq < ` + s.arg(int64(x.to)) + `)`)
		}
	}
	return func(_ string, k *act.Info) bool { return !k.Sealed }, nil
}

// spans is the condition that a volunteer did it whose acts are sealed.
func (t *reader) spans(s *search) string {
	list, _ := json.Marshal(t.sealed) // numbers
	return `EXISTS (SELECT 1 FROM json_each(` + s.arg(string(list)) + `) x WHERE x.value ->> 0 = ` + byColumn + ` AND seq >= x.value ->> 1 AND seq < x.value ->> 2)`
}

// says narrows to a reason in which each word of a text is, or to what is about a case.
func (s *search) says(text string) {
	const data = ` CAST(body AS TEXT) ->> '$.data.`
	var reason []string
	for _, word := range strings.Fields(text) {
		reason = append(reason, data+`reason' LIKE `+s.arg("%"+likeEscaper.Replace(word)+"%")+` ESCAPE '\'`)
	}
	no := s.arg(text)
	cases := ` IN (SELECT id FROM cases WHERE case_no = ` + no + `)`
	s.add(` AND (` + strings.Join(reason, ` AND`) + ` OR` + data + `case'` + cases + ` OR` + data + `reviews[0].case_id'` + cases +
		` OR` + data + `rating' IN (SELECT id FROM ratings WHERE case_no = ` + no + `))`)
}

// likeEscaper makes text safe inside LIKE … ESCAPE '\'.
var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// within narrows to a span of time. A clock that was set back leaves the journal's
// times out of order, so they count themselves; their first and last record only
// save looking at the rest.
func (t *reader) within(ctx context.Context, s *search, q *Query) (some bool, err error) {
	var times search
	if !q.From.IsZero() {
		times.add(` AND observed_at >= ` + times.arg(q.From.UnixMicro()))
		s.add(` AND observed_at >= ` + s.arg(q.From.UnixMicro()))
	}
	if !q.To.IsZero() {
		times.add(` AND observed_at < ` + times.arg(q.To.UnixMicro()))
		s.add(` AND observed_at < ` + s.arg(q.To.UnixMicro()))
	}
	var first, last sql.NullInt64
	err = t.db().QueryRowContext(ctx, `SELECT min(seq), max(seq) FROM journal INDEXED BY journal_act_times WHERE kind = 9`+strings.Join(times.where, ``), times.args...).Scan(&first, &last)
	s.add(fmt.Sprintf(` AND seq BETWEEN %d AND %d`, first.Int64, last.Int64))
	return first.Valid, err
}

// find finds the records of a query, newest first.
func (t *reader) find(ctx context.Context, q *Query) (out []store.RecordRow, err error) {
	s, err := t.search(ctx, q)
	if err != nil || s == nil {
		return nil, err
	}
	err = store.EachRow(ctx, t.db(), func(r *sql.Rows) error {
		var x store.RecordRow
		err := r.Scan(&x.Seq, &x.Observed, &x.Body)
		out = append(out, x)
		return err
	}, s.sql(q.Limit), s.args...)
	return out, err
}
