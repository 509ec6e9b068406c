package runtime

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
)

// rightsEvery is how often is looked whether the folder is open to others: the key
// that it holds signs the past.
const rightsEvery = time.Minute

// watchRights looks at the folder's rights, until the context ends.
func (c *Console) watchRights(ctx context.Context) {
	tick := time.NewTicker(rightsEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			c.keepPrivate()
		}
	}
}

// mostNamed bounds how many files a warning names.
const mostNamed = 5

// keepPrivate sets right what of the folder came to be open to the machine's other
// users, and warns of it until the console is started anew: somebody may have read it
// meanwhile.
func (c *Console) keepPrivate() {
	opened := c.store.KeepPrivate()
	if len(opened) == 0 {
		return
	}
	c.opts.Logger.Warn("files of the data folder were open to other users of this machine, and were closed", "files", opened)
	n, at := len(opened), c.Now().In(c.cal.Zone()).Format("2006-01-02 15:04")
	names := strings.Join(opened[:min(n, mostNamed)], ", ")
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open = &casefile.Warning{Code: "folder_was_open",
		ZH: fmt.Sprintf("%s 发现数据文件夹里有 %d 项可被本机其他用户访问（%s），已改回只供督察台使用。请查明是谁改的；若其中有 checkpoint.key，请保管好之前打印的检查点。", at, n, names),
		EN: fmt.Sprintf("At %s, %d entries of the data folder were found open to other users of this machine (%s); they were closed again. Find out who opened them; if checkpoint.key was one, keep the checkpoints that were printed before.", at, n, names)}
	c.dirty = true
}
