package live

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

// backlogPage is how many records are read from the database at a time.
const backlogPage = 1000

// join welcomes a client that has everything up to the journal number since (0:
// it wants only what is new), and sends what it has missed. After it, c.next
// and c.skip say where the log goes on.
func (c *client) join(since uint64) error {
	h := c.h
	h.mu.Lock()
	if h.log.cut(time.Now()) { // so that the head is the end of a frame
		h.wake()
	}
	head := h.log.head
	id, inLog := h.log.after(since)
	behind := false
	switch {
	case since == 0 || since > head:
		c.next = h.log.nextID
	case inLog:
		c.next, c.skip = id, since
	case h.opts.Backlog != nil && head-since <= uint64(h.opts.MaxBacklog):
		behind = true
	default:
		c.next = h.log.nextID
	}
	resumed := since > 0 && since <= head && (inLog || behind)
	h.mu.Unlock()

	h.opts.Logger.Debug("a page joined the live stream", "since", since, "head", head, "resumed", resumed)
	if err := c.send(welcome{"welcome", head, resumed}); err != nil || !behind {
		return err
	}
	release, ok := h.rates.catchUp(c.ctx, c.guest.Who)
	if !ok {
		return c.giveUp(reasonBacklog)
	}
	defer release()
	return c.catchUp(since)
}

// catchUp sends changes from the database until the log has the rest. The log
// forgets while the database is read, so it is asked again after every page;
// what both have is sent once, since the log goes on after the last number
// sent.
func (c *client) catchUp(since uint64) error {
	h := c.h
	for sent := 0; ; {
		h.mu.Lock()
		// All up to here is committed, so the page below has it.
		forgot := h.log.forgot
		id, ok := h.log.after(since)
		if ok {
			c.next, c.skip = id, since
		}
		h.mu.Unlock()
		if ok {
			return nil
		}
		changes, err := h.opts.Backlog.ChangesSince(c.ctx, since, backlogPage)
		if err != nil {
			h.opts.Logger.Error("live: the backlog cannot be read", "since", since, "error", err)
			return c.giveUp(reasonBacklog)
		}
		if bulky(changes) {
			return c.giveUp(reasonBulk)
		}
		// Publishing may go on faster than this client reads.
		if sent += len(changes); sent > 2*h.opts.MaxBacklog {
			return c.giveUp(reasonSlow)
		}
		if len(changes) == 0 {
			since = forgot // records up to here that changed nothing
			continue
		}
		if !c.stays() {
			return errGone
		}
		if err := c.sendBacklog(changes); err != nil {
			return err
		}
		since = changes[len(changes)-1].Seq
	}
}

// bulky reports whether one record changed too much to be told one by one.
func bulky(changes []store.Change) bool {
	for len(changes) > 0 {
		n := wholeSeqs(changes)
		if n > maxFrameChanges {
			return true
		}
		changes = changes[n:]
	}
	return false
}

func (c *client) sendBacklog(changes []store.Change) error {
	keep := c.filter()
	for len(changes) > 0 {
		n := wholeSeqs(changes)
		m, _, err := encode(&frame{to: changes[n-1].Seq, changes: changes[:n]}, 0, keep)
		if err != nil {
			return err
		}
		if m != nil {
			if err := c.sendShared(m); err != nil {
				return err
			}
		}
		changes = changes[n:]
	}
	return nil
}

// giveUp goes on at the head and has the client reload.
func (c *client) giveUp(reason string) error {
	h := c.h
	h.mu.Lock()
	if h.log.cut(time.Now()) {
		h.wake()
	}
	head := h.log.head
	c.next, c.skip = h.log.nextID, 0
	h.mu.Unlock()
	return c.send(resync{"resync", head, reason})
}
