package rating

import (
	"context"
	"database/sql"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Callable is a rating whose rater left a telephone.
type Callable struct {
	Rating, Seq uint64 // journal numbers of its first record and of the one that tells who gave it
	Level       int    // 1 best, 5 worst
	Department  string // code
}

// Callable calls each with the ratings given from (inclusive) to (exclusive) whose
// raters left a telephone, as a record tells that stood in the journal at a size.
// Whatever their departments tell later takes none out.
func (s *Ratings) Callable(ctx context.Context, from, to time.Time, size uint64, each func(*Callable)) error {
	return store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var r Callable
		var body sql.RawBytes
		if err := row.Scan(&r.Rating, &r.Seq, &r.Level, &r.Department, &body); err != nil {
			return err
		}
		var m pb.Rating
		if err := proto.Unmarshal(body, &m); err != nil {
			return err
		}
		if m.RaterPhone != "" {
			each(&r)
		}
		return nil
	}, `SELECT r.id, r.rater, r.level, d.code, j.body FROM ratings r JOIN departments d ON d.id = r.dept JOIN journal j ON j.seq = r.rater
		WHERE r.rated_at >= ? AND r.rated_at < ? AND r.named = 1 AND r.rater <= ?`, from.UnixMicro(), to.UnixMicro(), int64(size))
}
