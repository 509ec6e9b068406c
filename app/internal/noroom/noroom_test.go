package noroom

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"testing"
)

func TestWhatSaysThatThereIsNoRoom(t *testing.T) {
	full := &fs.PathError{Op: "write", Path: "mingcha.db", Err: numbers[0]}
	for what, c := range map[string]struct {
		err  error
		want bool
	}{
		"full":             {full, true},
		"full, wrapped":    {fmt.Errorf("committing: %w", full), true},
		"full, among more": {errors.Join(os.ErrClosed, full), true},
		"a quota":          {numbers[len(numbers)-1], true},
		"not there":        {os.ErrNotExist, false},
		"nothing wrong":    {nil, false},
	} {
		if got := Is(c.err); got != c.want {
			t.Errorf("%s: %v", what, got)
		}
	}
}
