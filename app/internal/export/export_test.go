package export

import "time"

// at is a wall-clock time in the office, which is 8 hours ahead of UTC.
func at(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04:05", s)
	if err != nil {
		panic(err)
	}
	return t.Add(-8 * time.Hour)
}

func rowsOf[T any](all []T) Rows[T] {
	return func(f func(*T) error) error {
		for i := range all {
			if err := f(&all[i]); err != nil {
				return err
			}
		}
		return nil
	}
}
