package live

import (
	"slices"
	"sync"

	"github.com/gorilla/websocket"
)

// cacheBytes bounds the encoded frames kept.
const cacheBytes = 8 << 20

// cache keeps encoded frames of the log, so that clients with the same filter share
// one encoding. The oldest leave first: clients that keep up read the newest.
type cache struct {
	mu    sync.Mutex
	held  map[cacheKey]*encoded
	order []cacheKey
	bytes int
}

type cacheKey struct {
	frame uint64
	keep  filter
}

type encoded struct {
	once sync.Once
	msg  *websocket.PreparedMessage // nil: the filter leaves nothing of the frame
	size int                        // guarded by the cache
	err  error
}

func newCache() *cache { return &cache{held: map[cacheKey]*encoded{}} }

// get returns the frame as a message for clients of the filter, nil if it has
// nothing for them.
func (c *cache) get(f *frame, keep filter) (*websocket.PreparedMessage, error) {
	key := cacheKey{f.id, keep}
	c.mu.Lock()
	e := c.held[key]
	if e == nil {
		e = &encoded{}
		c.held[key] = e
		c.order = append(c.order, key)
	}
	c.mu.Unlock()
	e.once.Do(func() {
		var size int
		e.msg, size, e.err = encode(f, 0, keep)
		c.grew(key, e, size)
	})
	return e.msg, e.err
}

// grew counts a new encoding and makes room for it. One that left while it was
// being made serves those who waited for it, and is not counted.
func (c *cache) grew(key cacheKey, e *encoded, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held[key] != e {
		return
	}
	e.size = size
	c.bytes += size
	for c.bytes > cacheBytes && len(c.order) > 1 || len(c.order) > maxEntries {
		c.dropOldest()
	}
}

// forget lets go of the frames before one, which have left the log: nobody is sent
// them any more. Those that somebody slow had made since stand behind newer ones and
// go when these do.
func (c *cache) forget(oldest uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.order) > 0 && c.order[0].frame < oldest {
		c.dropOldest()
	}
}

func (c *cache) dropOldest() {
	c.bytes -= c.held[c.order[0]].size
	delete(c.held, c.order[0])
	c.order = c.order[1:]
}

// maxEntries bounds the cache where encodings are tiny.
const maxEntries = 1 << 14

// encode makes the message of a frame's changes after a journal number.
func encode(f *frame, after uint64, keep filter) (*websocket.PreparedMessage, int, error) {
	changes := f.changes
	for len(changes) > 0 && changes[0].Seq <= after {
		changes = changes[1:]
	}
	wanted := 0
	for i := range changes {
		if keep.has(changes[i].Department) {
			wanted++
		}
	}
	if wanted == 0 {
		return nil, 0, nil
	}
	room, _ := encodings.Get().(*[]byte)
	if room == nil {
		room = new([]byte)
	}
	b := appendFrame(slices.Grow((*room)[:0], 64+wanted*320), changes[0].Seq, f.to, changes, keep)
	m, err := websocket.NewPreparedMessage(websocket.TextMessage, b)
	if cap(b) <= mostEncoding {
		*room = b
		encodings.Put(room)
	}
	return m, len(b), err
}

// encodings are what frames were encoded in: a prepared message holds a copy, so the
// room is used again.
var encodings sync.Pool

// mostEncoding bounds what is kept of it, in bytes; a usual frame has 60 kB.
const mostEncoding = 1 << 20
