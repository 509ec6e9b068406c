package rating

import (
	"context"
	"database/sql"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// told is a rating as its department told it once, with who gave it.
type told struct {
	at     time.Time
	rating *pb.Rating
}

// history is all that was told of a rating, the first first.
func (s *Ratings) history(ctx context.Context, id uint64) (all []told, err error) {
	err = store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var at int64
		var body sql.RawBytes
		if err := row.Scan(&at, &body); err != nil {
			return err
		}
		t := told{store.Time(at), &pb.Rating{}}
		all = append(all, t)
		return proto.Unmarshal(body, t.rating)
	}, `SELECT observed_at, body FROM (SELECT seq, observed_at, body FROM journal WHERE seq = ?1
		UNION ALL SELECT seq, observed_at, body FROM journal WHERE corrects = ?1 AND corrects > 0) ORDER BY seq`, int64(id))
	return all, err
}

// version is it without who gave the rating.
func (t *told) version() RatingVersion {
	m := t.rating
	v := RatingVersion{At: t.at, Level: LevelWord(int(m.Level)), RatedAt: m.RatedAt.AsTime(), Named: m.RaterName != "" || m.RaterPhone != "",
		Reasons: append([]string{}, m.Reasons...), Text: m.Text, ContactResult: m.ContactResult}
	if m.ContactedAt != nil {
		v.ContactedAt = m.ContactedAt.AsTime()
	}
	return v
}

// worst is what the rating's matter needs of it as it was told when it was worst.
func (s *Ratings) worst(ctx context.Context, r *Rating) (Followed, error) {
	data := r.Followed()
	if r.Level == r.Worst {
		return data, nil
	}
	all, err := s.history(ctx, r.ID)
	for _, t := range all {
		if int(t.rating.Level) == r.Worst {
			data.Level, data.Text, data.Reasons = r.Worst, t.rating.Text, t.rating.Reasons
			break
		}
	}
	return data, err
}

// others are who else was told to have given a rating than one of its records tells.
func others(all []told, first *pb.Rating) (out []OtherRater) {
	known := map[OtherRater]bool{{}: true, {first.RaterName, first.RaterPhone}: true}
	for _, t := range all {
		who := OtherRater{t.rating.RaterName, t.rating.RaterPhone}
		if !known[who] {
			out = append(out, who)
		}
		known[who] = true
	}
	return out
}
