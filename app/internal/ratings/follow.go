package ratings

import (
	"context"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// followed is the console's act that makes a bad rating a matter.
const followed = "rating.followed"

// followWithin is how soon after it was given a bad rating must come in to be
// followed up: what a department sends of years past is history.
const followWithin = 30 * 24 * time.Hour

// followedData is all of a rating that its matter needs.
type followedData struct {
	Rating     uint64    `json:"rating"`
	Department string    `json:"department"`
	Level      int       `json:"level"`
	CaseID     uint64    `json:"case_id,omitempty"`
	Item       string    `json:"item,omitempty"`
	Window     string    `json:"window,omitempty"`
	Handler    string    `json:"handler,omitempty"`
	RatedAt    time.Time `json:"rated_at"`
	Reasons    []string  `json:"reasons,omitempty"`
	Text       string    `json:"text,omitempty"`
}

func follow(r *Rating) followedData {
	return followedData{Rating: r.ID, Department: r.Department, Level: r.Level, CaseID: r.CaseID, Item: r.Item, Window: r.Window, Handler: r.Handler,
		RatedAt: r.RatedAt, Reasons: r.Reasons, Text: r.Text}
}

// open opens the matter, unless the rating has one. Its first deadline starts at
// begun; source tells the rating itself (0) from its call-back (1).
func (d *followedData) open(w *store.Writer, a *intake.RecordedAct, source int, begun time.Time) error {
	has, err := w.One(func(store.Row) error { return nil }, `SELECT 1 FROM matters WHERE source = ? AND source_id = ?`, string(matter.Rating), int64(d.Rating))
	if err != nil || has {
		return err
	}
	if begun.After(a.At) { // a clock of the department's that is a little fast
		begun = a.At
	}
	return matter.Open(w, matter.Opening{Source: matter.Rating, SourceID: d.Rating, Finding: source, Department: d.Department,
		Category: store.RatingWord(uint8(d.Level)), Fact: d.Text, Reasons: d.Reasons, CaseID: d.CaseID, Item: d.Item, Place: d.Window, Handler: d.Handler,
		SeenAt: d.RatedAt, BegunAt: begun}, a.At)
}

// Follow makes every bad rating that came in within 30 days of being given a
// matter, once; and takes the step of contacting where the department's system
// reported that it did, or where nobody can be contacted. It may be called at
// any time; a second call looks at what was journaled since the first.
func (s *Ratings) Follow(ctx context.Context) error {
	head, err := s.store.Head(ctx)
	if err != nil {
		return err
	}
	before := s.lookedTo.Load()
	if head == before {
		return nil
	}
	var fresh []Rating
	w := &store.Where{}
	w.Add(`r.seq > ? AND r.level > ? AND m.id IS NULL AND (SELECT observed_at FROM journal WHERE seq = r.id) <= r.rated_at + ?`, int64(before), content, followWithin.Microseconds())
	oldest := listing
	oldest.Order = `r.id`
	if err := store.All(ctx, s.db, oldest, w, scan, func(r *Rating) error {
		fresh = append(fresh, *r)
		return nil
	}); err != nil {
		return err
	}
	for i := range fresh {
		if _, _, err := s.journal.Act(ctx, intake.Act{Key: fmt.Sprintf("%s/%d", followed, fresh[i].ID), Type: followed, Data: follow(&fresh[i])}); err != nil {
			return err
		}
	}
	if err := s.notice(ctx); err != nil {
		return err
	}
	s.lookedTo.Store(head)
	return nil
}

// known is what the console knows of a rating that waits for contact.
type known struct {
	matter    uint64
	named     bool
	contacted time.Time // as reported, and never later than the report
	result    string
}

// notice takes the step of contacting where nobody has to. What was reported
// before a call-back is no contact after it.
func (s *Ratings) notice(ctx context.Context) error {
	rows, err := s.db.QueryContext(ctx, `SELECT m.id, r.named, CASE WHEN r.contacted_at > 0 THEN min(r.contacted_at, (SELECT observed_at FROM journal WHERE seq = r.seq)) ELSE 0 END, r.contact_result
		FROM matters m JOIN ratings r ON r.id = m.source_id WHERE m.done = 0 AND m.source = 'rating' AND m.state = 'contact'
		AND (r.named = 0 OR r.contacted_at > 0 AND (m.finding = 0 OR r.contacted_at >= m.begun_at)) ORDER BY m.id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var all []known
	for rows.Next() {
		var k known
		var contacted int64
		if err := rows.Scan(&k.matter, &k.named, &contacted, &k.result); err != nil {
			return err
		}
		k.contacted = when(contacted)
		all = append(all, k)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	rows.Close()
	for _, k := range all {
		if err := s.step(ctx, &k); err != nil {
			return err
		}
	}
	return nil
}

func (s *Ratings) step(ctx context.Context, k *known) error {
	m, err := s.matters.One(ctx, access.Here, k.matter)
	if err != nil || m.State != matter.Contact {
		return err
	}
	if k.contacted.IsZero() {
		return s.matters.Notice(ctx, &m, matter.Anonymous, s.now(), nil)
	}
	return s.matters.Notice(ctx, &m, matter.Reported, k.contacted, map[string]string{"result": short(k.result)})
}

// mostResult bounds what is told of a contact, in characters.
const mostResult = 2000

func short(s string) string {
	if r := []rune(s); len(r) > mostResult {
		return string(r[:mostResult])
	}
	return s
}
