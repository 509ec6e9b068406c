package rating

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Called notes what a rater said when called back, at a moment: the level that they
// give now, or 0 where the rating was not theirs. It counts from then on instead of
// what the department told, which stays beside it. The fold of call-backs calls it.
func Called(w *store.Writer, rating uint64, level int, at time.Time) error {
	return w.Exec(`INSERT OR REPLACE INTO rating_called (rating, level, at) VALUES (?,?,?)`, int64(rating), int64(level), at.UnixMicro())
}
