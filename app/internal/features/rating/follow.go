package rating

import (
	"context"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// followEvery is how often is looked for bad ratings to follow up.
const followEvery = 2 * time.Second

// followWithin is how soon after it was given a bad rating must come in to be
// followed up: what a department sends of years past is history.
const followWithin = 30 * 24 * time.Hour

// Follow makes every bad rating that came in within 30 days of being given a
// matter, once; and takes the step of contacting where the department's system
// reported that it did, or where nobody can be contacted. It may be called at
// any time; a second call looks at what was journaled since the first.
func (s *Ratings) Follow(ctx context.Context) error {
	head, err := s.office.Store.Head(ctx)
	if err != nil {
		return err
	}
	before := s.lookedTo.Load()
	if head == before {
		return nil
	}
	var fresh []Rating
	w := &store.Where{}
	w.Add(`r.seq > ? AND r.counted > ? AND m.id IS NULL AND (SELECT observed_at FROM journal WHERE seq = r.id) <= r.rated_at + ?`, int64(before), Content, followWithin.Microseconds())
	oldest := listing
	oldest.Order = `r.id`
	if err := store.All(ctx, s.office.Store.Readers(), oldest, w, scan, func(r *Rating) error {
		fresh = append(fresh, *r)
		return nil
	}); err != nil {
		return err
	}
	for i := range fresh {
		data, err := s.worst(ctx, &fresh[i])
		if err != nil {
			return err
		}
		if data.Begun, err = s.knowable(ctx, &fresh[i]); err != nil {
			return err
		}
		if _, _, err := followed.Do(ctx, s.office.Journal, act.Done(followed.Name(), fresh[i].ID), 0, data); err != nil {
			return err
		}
	}
	if err := s.notice(ctx); err != nil {
		return err
	}
	s.lookedTo.Store(head)
	return nil
}

// knowable is when a bad rating's department could know of it; zero: when it was
// given. One that its own system sends it knew. What the office imports it could
// not know before; nor can anything be overdue that has just come up, so one that
// comes after its term is over has the whole of it from now. Where the department
// reports that it contacted the rater, that tells how late it was.
func (s *Ratings) knowable(ctx context.Context, r *Rating) (time.Time, error) {
	var source string
	var observed int64
	if err := s.office.Store.Readers().QueryRowContext(ctx, `SELECT source_id, observed_at FROM journal WHERE seq = ?`, int64(r.ID)).Scan(&source, &observed); err != nil {
		return time.Time{}, err
	}
	now, begun := s.office.Now(), r.RatedAt
	if seen := store.Time(observed); strings.HasPrefix(source, fromFile) && seen.After(begun) {
		begun = seen
	}
	if r.ContactedAt.IsZero() && matter.RatingFlow.Overdue(begun, s.office.Calendar(), now) {
		begun = now
	}
	if begun.Equal(r.RatedAt) {
		return time.Time{}, nil
	}
	return begun, nil
}

// known is what the console knows of a rating that waits for contact.
type known struct {
	matter    uint64
	named     bool
	contacted time.Time // as reported, and never later than the report
	told      time.Time // of a contact that was told late: when
	result    string
}

// notice takes the step of contacting where nobody has to. What was reported
// before a call-back is no contact after it.
func (s *Ratings) notice(ctx context.Context) error {
	rows, err := s.office.Store.Readers().QueryContext(ctx, `SELECT m.id, r.named, CASE WHEN r.contacted_at > 0 THEN min(r.contacted_at, (SELECT observed_at FROM journal WHERE seq = r.seq)) ELSE 0 END, r.contact_told, r.contact_result
		FROM `+matter.At(matter.Rating, matter.Contact)+` m JOIN ratings r ON r.id = m.source_id
		WHERE r.named = 0 OR r.contacted_at > 0 AND (m.finding = 0 OR r.contacted_at >= m.begun_at) ORDER BY m.id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var all []known
	for rows.Next() {
		var k known
		var contacted, told int64
		if err := rows.Scan(&k.matter, &k.named, &contacted, &told, &k.result); err != nil {
			return err
		}
		k.contacted, k.told = store.Time(contacted), store.Time(told)
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
		return s.matters.Notice(ctx, &m, matter.Anonymous, s.office.Now(), nil)
	}
	if k.told.After(k.contacted) && k.told.After(s.matters.Due(&m)) {
		k.contacted = k.told // nothing but its word, given too late, says that it was in time
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
