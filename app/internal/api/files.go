package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/inflight"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

const (
	// filesEach is how many files a person may have on the way at once: waiting, being
	// put together, being fetched.
	filesEach = 4
	// filesWait is how long a file waits to be put together.
	filesWait = 2 * time.Minute
)

// Files are the files that are on their way out of the console: a few are put together
// at once, on database connections of their own, the others wait for their turn.
type Files struct{ mine, turn *inflight.Shares }

// NewFiles is the queue of an office.
func NewFiles() *Files {
	return &Files{mine: inflight.NewShares(filesEach, 0), turn: inflight.NewShares(1, store.FilesAtOnce)}
}

// sender is who asks for a file.
func sender(ctx context.Context) string { return strconv.FormatUint(access.From(ctx).Account, 10) }

// queue takes a place for a file, until the answer has been sent.
func (f *Files) queue(ctx context.Context, w http.ResponseWriter) error {
	release, ok := f.mine.Try(sender(ctx))
	if !ok {
		return fault.New(fault.TooMany, "exports_busy", "您已有 4 个导出在进行。请等其中一个完成后再导出。",
			"Four of your exports are under way already. Wait for one of them, then export again.", nil)
	}
	whenSent(w, release)
	return nil
}

// whenSent has f called when the answer has been sent; at once if the writer does not
// tell.
func whenSent(w http.ResponseWriter, f func()) {
	for w != nil {
		if x, tells := w.(interface{ WhenSent(func()) }); tells {
			x.WhenSent(f)
			return
		}
		inner, wraps := w.(interface{ Unwrap() http.ResponseWriter })
		if !wraps {
			break
		}
		w = inner.Unwrap()
	}
	f()
}

// wait waits until a file may be put together. Call release when it is.
func (f *Files) wait(ctx context.Context) (release func(), err error) {
	waiting, cancel := context.WithTimeout(ctx, filesWait)
	defer cancel()
	if release, err = f.turn.Enter(waiting, sender(ctx)); err != nil && ctx.Err() == nil {
		err = fault.New(fault.Unavailable, "exports_queue", "正在导出的文件较多，排队 2 分钟仍未轮到。请稍后重试，或缩小筛选范围。",
			"Many files are being exported, and this one's turn did not come within two minutes. Try again later, or narrow the filter.", nil)
	}
	return release, err
}
