// Package ratings is what the office and the departments do with what
// applicants thought of the service (好差评): bad ones are followed up as
// matters, a sample is called back (回访), and what electronic raters (电子评议器)
// export is imported. What people and the console did are acts in the journal;
// the tables of this package follow from them. The ratings themselves are
// records, which package intake takes.
//
// Who gave a rating stands in the journal alone. It is told to the office, by
// itself for a reason that goes to the journal, and to nobody else.
package ratings

import (
	"context"
	"database/sql"
	"sync/atomic"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/sampling"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// content is the last of GB/T 39046-2020's five levels, 1 the best, that counts
// as satisfied. The two after it are bad ratings (差评).
const content = 3

// LevelOf is the level of a word as store.RatingWord has it; 0: of none.
func LevelOf(word string) int {
	for level := 1; level <= 5; level++ {
		if store.RatingWord(uint8(level)) == word {
			return level
		}
	}
	return 0
}

// Goal is the share of satisfied ratings (levels 1 to 3) that the office wants,
// in percent: the reference city's.
const Goal = 98

// Journal is what journals acts and takes records; package intake has it.
type Journal interface {
	Act(ctx context.Context, a intake.Act) (intake.RecordedAct, bool, error)
	ImportRatings(ctx context.Context, records []*pb.RatingRecord) (intake.ImportResult, error)
	Calendar() *workday.Calendar
}

// Ratings reads ratings and does what follows from them.
type Ratings struct {
	journal  Journal
	store    *store.Store
	db       *sql.DB
	matters  *matter.Matters
	sampling *sampling.Sampler
	now      func() time.Time // the office clock

	lookedTo atomic.Uint64 // the journal's last number when bad ratings were last followed up
}

// New is the ratings of a data folder. publicKey checks the journal's
// checkpoints, from which samples follow.
func New(s *store.Store, j Journal, m *matter.Matters, publicKey string, now func() time.Time) *Ratings {
	return &Ratings{journal: j, store: s, db: s.Readers(), matters: m, now: now,
		sampling: sampling.New(&feature.Office{Store: s, Journal: j, PublicKey: publicKey, Now: now})}
}

// Rater is who gave a rating.
type Rater struct{ Name, Phone string }

// Rater reads who gave a rating from the journal. Whoever asks for it journals
// that they do, and why, first.
func (s *Ratings) Rater(ctx context.Context, r *Rating) (Rater, error) {
	rec, err := s.store.Record(ctx, r.Seq)
	if err != nil {
		return Rater{}, err
	}
	var m pb.Rating
	err = proto.Unmarshal(rec.Body, &m)
	return Rater{Name: m.RaterName, Phone: m.RaterPhone}, err
}

func when(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}
