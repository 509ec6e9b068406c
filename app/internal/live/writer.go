package live

import (
	"time"

	"github.com/gorilla/websocket"
)

// step is what a client is to be sent next.
type step struct {
	state *websocket.PreparedMessage // a board or the adapters
	frame *frame
	lost  bool // the frame wanted has left the log
	head  uint64
	moved <-chan struct{} // nothing to send until this closes
}

// write brings a client up to date and keeps it so, until a write fails or the
// connection ends.
func (c *client) write(since uint64) {
	c.ended = c.guest.ended()
	if !c.welcome() || c.join(since) != nil { // its session may have ended on the way here
		return
	}
	ping := time.NewTicker(c.h.timing.ping)
	defer ping.Stop()
	for c.stays() {
		s := c.step()
		var err error
		switch {
		case s.state != nil:
			err = c.sendShared(s.state)
		case s.lost:
			err = c.send(resync{"resync", s.head, reasonSlow})
		case s.frame != nil:
			err = c.sendFrame(s.frame)
		}
		// A client that is always sent something is pinged too.
		if s.moved == nil {
			s.moved = always
		}
		if err == nil {
			select {
			case <-c.ctx.Done():
				return
			case <-c.ended: // asked above
			case <-ping.C:
				if !c.welcome() {
					return
				}
				err = c.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(c.h.timing.write))
			case <-s.moved:
			}
		}
		if err != nil {
			return
		}
	}
}

// stays reports whether the guest is welcome as far as was told: it is to be
// asked before anything more is sent, and asks the database only after sessions
// have ended.
func (c *client) stays() bool {
	select {
	case <-c.ended:
		c.ended = c.guest.ended()
		return c.welcome()
	default:
		return true
	}
}

// welcome asks whether the guest may still listen, and says goodbye if not.
func (c *client) welcome() bool {
	if c.guest.welcome(c.ctx) {
		return true
	}
	c.bye(websocket.ClosePolicyViolation, "signed out")
	return false
}

// always is a channel that never blocks.
var always = func() <-chan struct{} { ch := make(chan struct{}); close(ch); return ch }()

// step looks what comes next. Figures go before changes: they are few, and say
// more to somebody who lags.
func (c *client) step() (s step) {
	h := c.h
	h.mu.Lock()
	defer h.mu.Unlock()
	s.head = h.log.head
	for i := range h.states {
		if st := &h.states[i]; c.guest.Only == nil && st.version != c.seen[i] {
			c.seen[i] = st.version
			s.state = st.msg
			return s
		}
	}
	if c.next < h.log.oldest() {
		// Everything that waits to be cut is before the head that it is told.
		h.log.cut(time.Now())
		s.head, s.lost = h.log.head, true
		c.next, c.skip = h.log.nextID, 0
		return s
	}
	if s.frame = h.log.at(c.next); s.frame != nil {
		c.next++
		return s
	}
	s.moved = h.moved
	return s
}

// sendFrame sends what a frame has for the client.
func (c *client) sendFrame(f *frame) error {
	if c.skip > 0 {
		after := c.skip
		if f.to <= after {
			return nil
		}
		c.skip = 0
		if !f.bulk && f.from <= after { // it has the frame's beginning already
			m, _, err := encode(f, after, c.filter())
			if err != nil || m == nil {
				return err
			}
			return c.sendShared(m)
		}
	}
	if f.bulk {
		return c.send(resync{"resync", f.to, reasonBulk})
	}
	m, err := c.h.cache.get(f, c.filter())
	if err != nil || m == nil {
		return err
	}
	return c.sendShared(m)
}
