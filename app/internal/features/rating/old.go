package rating

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// isOld tells of a bad rating that it comes in too late to be followed up by itself.
func isOld(level int, rated, now time.Time) bool {
	return level > Content && now.Sub(rated) > followWithin
}

// old are the bad ratings among records that came in too late to be followed up by
// themselves, and that are no matters yet.
func (s *Ratings) old(ctx context.Context, records []*pb.RatingRecord) ([]Rating, error) {
	type name struct{ Department, ID string }
	var names []name
	for _, r := range records {
		if m := r.GetRating(); m != nil && isOld(int(m.Level), m.RatedAt.AsTime(), s.office.Now()) {
			names = append(names, name{m.Department, m.SourceId})
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	asked, err := json.Marshal(names)
	if err != nil {
		return nil, err
	}
	var ids []uint64
	if err := store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var id uint64
		err := row.Scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT DISTINCT r.id FROM json_each(?) n CROSS JOIN departments d ON d.code = n.value ->> '$.Department'
		CROSS JOIN journal f ON f.dept = d.id AND f.kind = ? AND f.source_id = n.value ->> '$.ID' AND f.corrects = 0 CROSS JOIN ratings r ON r.id = f.seq `+
		matter.Joined(matter.Rating, `r.id`)+` WHERE m.id IS NULL AND f.observed_at > r.rated_at + ? ORDER BY r.id`,
		string(asked), int64(journal.KindRating), followWithin.Microseconds()); err != nil {
		return nil, err
	}
	all, err := s.Of(ctx, ids)
	out := make([]Rating, 0, len(ids))
	for _, id := range ids {
		if r, ok := all[id]; ok && r.Worst > Content {
			out = append(out, r)
		}
	}
	return out, err
}

// followOld makes matters of bad ratings that came too late for that, since a person
// asked for it. Their departments have their whole time from now.
func (s *Ratings) followOld(ctx context.Context, all []Rating) error {
	for i := range all {
		data, err := s.worst(ctx, &all[i])
		if err != nil {
			return err
		}
		data.Begun = s.office.Now()
		if _, _, err := followed.Do(ctx, s.office.Journal, act.Done(followed.Name(), all[i].ID), 0, data); err != nil {
			return err
		}
	}
	return nil
}
