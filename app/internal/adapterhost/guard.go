package adapterhost

import (
	"bytes"
	"fmt"
	"time"
)

const (
	// An adapter whose cursors are coarse may repeat one for some batches; one
	// that never moves would be read for ever.
	mostAtOneCursor = 64
	mostEmpty       = 1000 // batches without a record, in a second
	longestCursor   = 64 << 10
)

// guard holds a stream to the contract.
type guard struct {
	cursor []byte
	marked bool // it has caught up

	atOne      int // batches with records that did not move the cursor
	empty      int // batches without records in the present second
	second     time.Time
	toldCursor bool // the last batch had no records and the sink knows it
}

// check takes note of a batch, and says whether it tells the sink anything new.
func (g *guard) check(b batch, records int) (news bool, err error) {
	cursor := b.GetCursor()
	if err := g.lacksCursor(cursor, records > 0); err != nil {
		return false, err
	}
	moved := !bytes.Equal(cursor, g.cursor)
	g.cursor = bytes.Clone(cursor)
	if records > 0 {
		g.toldCursor = false
		return true, g.standsStill(moved)
	}
	news = moved || !g.toldCursor || b.GetCaughtUp() && !g.marked
	g.toldCursor = true
	return news, g.floods(time.Now())
}

// lacksCursor refuses a batch that does not say where it ends.
func (g *guard) lacksCursor(cursor []byte, records bool) error {
	switch {
	case len(cursor) > longestCursor:
		return broken(fmt.Sprintf("位置标记有 %d 字节，上限为 65536。", len(cursor)), fmt.Sprintf("a cursor has %d bytes, at most 65536 are allowed.", len(cursor)))
	case len(cursor) == 0 && records:
		return broken("记录之后没有位置标记。", "records came without the cursor after them.")
	case len(cursor) == 0 && len(g.cursor) > 0:
		return broken("报告已读完，却没有位置标记。", "it says that it has caught up, but not where.")
	}
	return nil
}

// standsStill refuses records that come for ever at one cursor.
func (g *guard) standsStill(moved bool) error {
	g.atOne++
	if moved {
		g.atOne = 0
	}
	if g.atOne >= mostAtOneCursor {
		return broken("位置标记不前进，同样的数据反复送来。", "its cursor does not move while records keep coming.")
	}
	return nil
}

// floods refuses more batches without records than anybody has a use for.
func (g *guard) floods(now time.Time) error {
	if now.Sub(g.second) > time.Second {
		g.second, g.empty = now, 0
	}
	if g.empty++; g.empty > mostEmpty {
		return broken("不停地送来没有记录的空批次。", "it floods the console with batches that have no records.")
	}
	return nil
}
