package rating

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Rating is one rating, without who gave it.
type Rating struct {
	ID, Seq       uint64 // journal numbers of its first record and of the one that holds
	Department    string // code
	Item          string // code; empty: unknown
	ItemName      string
	CaseNo        string // empty: of no case
	CaseID        uint64 // 0: the console has no such case
	Level         int    // 1 best, 5 worst; as its department tells it now
	Channel       string
	Window        string
	Handler       string
	RatedAt       time.Time
	Named         bool // a name or a telephone was given
	Reasons       []string
	Text          string
	ContactedAt   time.Time // by the department's own report
	ContactResult string
	FirstLevel    int       // as its department told it first, where that was another; 0: it was not
	RewrittenAt   time.Time // when its department last told it otherwise; zero: never
	Worst         int       // the worst level that its department told
	Called        string    // what the rater said when called back, of vocab.CalledLevels; empty: nothing yet
	ContactTold   time.Time // of a contact that was told late: when
	Rater         uint64    // journal number of the record that tells who gave it
	Matter        uint64    // what came of it; 0: nothing
	MatterState   string
}

// NotTheirs is what a rater says who did not give the rating.
const NotTheirs = "not_theirs"

// Counts is the level that figures count: what the rater said when called back, or
// else the worst that the department told. 0: the rating was not the rater's, and
// counts for nothing.
func (r *Rating) Counts() int {
	if r.Called == "" {
		return r.Worst
	}
	return LevelOf(r.Called)
}

// Bad tells whether it is one that the department owes an answer to.
func (r *Rating) Bad() bool { return r.Counts() > Content }

// listing is all ratings with what hangs on them, those given last first. CROSS
// JOIN keeps the order of the ratings' index, so that a page costs what its rows
// cost.
var listing = store.Listing{
	Columns: `r.id, r.seq, d.code, coalesce(i.code, ''), coalesce(i.name, ''), r.case_no, coalesce(c.id, 0), r.level, r.channel, r.hall_window, r.handler,
		r.rated_at, r.named, r.reasons, r.text, r.contacted_at, r.contact_result, r.first_level, r.rewritten_at, r.counted,
		coalesce((SELECT level FROM rating_called WHERE rating = r.id), -1), r.contact_told, r.rater, coalesce(m.id, 0), coalesce(m.state, '')`,
	From: `ratings r CROSS JOIN departments d ON d.id = r.dept LEFT JOIN items i ON i.id = r.item
		LEFT JOIN cases c ON c.case_no = r.case_no AND c.dept = r.dept AND r.case_no <> '' ` + matter.Joined(matter.Rating, `r.id`),
	Counted: `ratings r`, Order: `r.rated_at DESC, r.id DESC`}

// List lists ratings as somebody may see them, those given last first.
func (s *Ratings) List(ctx context.Context, who access.Principal, ask list.Ask) (store.Page[Rating], error) {
	w, finds, err := s.where(ctx, who, ask)
	if err != nil {
		return store.Page[Rating]{}, err
	}
	l := listing
	l.Sorts = slices.ContainsFunc([]string{"case_id", "level", "bad", "rewritten", "waiting", "late", "text"}, func(f string) bool { return ask.Text(f) != "" })
	l.Finds = finds
	return store.List(ctx, s.office.Store.Readers(), l, w, ask.At, scan)
}

// Each calls each with every rating that is asked for, those given last first.
func (s *Ratings) Each(ctx context.Context, who access.Principal, ask list.Ask, each func(*Rating) error) error {
	w, _, err := s.where(ctx, who, ask)
	if err != nil {
		return err
	}
	return store.All(ctx, s.office.Store.Readers(), listing, w, scan, each)
}

// where is what is asked for, and what an index finds it by; nil: nothing besides.
func (s *Ratings) where(ctx context.Context, who access.Principal, ask list.Ask) (w, finds *store.Where, err error) {
	if ask, err = kept(who, ask); err != nil {
		return nil, nil, err
	}
	v := &view{first: func() (string, []any, error) { return s.matters.FirstSteps(ctx, matter.Rating) }}
	w, err = Listed.Where(ask, v)
	if v.finds.SQL() != "" {
		finds = &v.finds
	}
	return w, finds, err
}

// ErrUnknown is what is told of a rating that does not exist, the same as of
// another department's.
var ErrUnknown = fault.New(fault.NotFound, "unknown_rating", "没有这条评价，或不属于本部门。请刷新列表。", "There is no such rating, or it is not your department's. Reload the list.", nil)

// One reads a rating.
func (s *Ratings) One(ctx context.Context, id uint64) (Rating, error) {
	all, err := s.Of(ctx, []uint64{id})
	if err == nil && len(all) == 0 {
		err = ErrUnknown
	}
	return all[id], err
}

// seen reads a rating as somebody may see it: another department's is looked for no
// further than one that does not exist.
func (s *Ratings) seen(ctx context.Context, who access.Principal, id uint64) (r Rating, err error) {
	w := &store.Where{}
	w.Add(`r.id = ?`, int64(id))
	own, restricted := who.Restricted()
	w.If(restricted, `d.code = ?`, own)
	err = ErrUnknown
	if failed := store.All(ctx, s.office.Store.Readers(), listing, w, scan, func(x *Rating) error {
		r, err = *x, nil
		return nil
	}); failed != nil {
		err = failed
	}
	return r, err
}

// Of reads ratings by their numbers.
func (s *Ratings) Of(ctx context.Context, ids []uint64) (map[uint64]Rating, error) {
	numbers, err := json.Marshal(append([]uint64{}, ids...))
	if err != nil {
		return nil, err
	}
	w := &store.Where{}
	w.Add(`r.id IN (SELECT value FROM json_each(?))`, string(numbers))
	out, byNumber := map[uint64]Rating{}, listing
	byNumber.Order = `r.id`
	return out, store.All(ctx, s.office.Store.Readers(), byNumber, w, scan, func(r *Rating) error {
		out[r.ID] = *r
		return nil
	})
}

func scan(row *sql.Rows) (r Rating, err error) {
	var rated, contacted, rewritten, told int64
	var called int
	var reasons sql.RawBytes
	if err := row.Scan(&r.ID, &r.Seq, &r.Department, &r.Item, &r.ItemName, &r.CaseNo, &r.CaseID, &r.Level, &r.Channel, &r.Window, &r.Handler,
		&rated, &r.Named, &reasons, &r.Text, &contacted, &r.ContactResult, &r.FirstLevel, &rewritten, &r.Worst, &called, &told, &r.Rater, &r.Matter, &r.MatterState); err != nil {
		return r, err
	}
	r.RatedAt, r.ContactedAt, r.RewrittenAt, r.ContactTold = store.Time(rated), store.Time(contacted), store.Time(rewritten), store.Time(told)
	if r.Called = LevelWord(max(called, 0)); called == 0 {
		r.Called = NotTheirs
	}
	return r, json.Unmarshal(reasons, &r.Reasons)
}
