package live

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// client is one connection. One goroutine reads, a second one writes.
type client struct {
	h    *Hub
	conn *websocket.Conn
	ctx  context.Context // ends when either side is done

	guest Guest

	mu   sync.Mutex
	keep filter

	may allowance // the reader's own

	// The writer's own:
	next uint64 // frame to be sent next
	skip uint64 // journal number that the client has already, of frames around where it joined
	seen [stateCount]uint64
	// ended is closed when sessions ended since the guest was asked about.
	ended <-chan struct{}
}

// inbound is what clients send.
type inbound struct {
	Type        string   `json:"type"`
	Since       uint64   `json:"since"`
	Departments []string `json:"departments"`
}

type welcome struct {
	Type    string `json:"type"`
	Seq     uint64 `json:"seq"`
	Resumed bool   `json:"resumed"`
}

type resync struct {
	Type   string `json:"type"`
	Seq    uint64 `json:"seq"`
	Reason string `json:"reason"`
}

// Reasons of a resync.
const (
	reasonSlow    = "slow"    // the client fell behind what the hub keeps
	reasonBulk    = "bulk"    // one record changed too much to be told one by one
	reasonBacklog = "backlog" // what was missed could not be read
)

// serve talks to a client until either side ends it, or the context does.
func serve(ctx context.Context, h *Hub, conn *websocket.Conn, g Guest) {
	ctx, cancel := context.WithCancel(ctx)
	defer context.AfterFunc(h.ctx, cancel)()
	c := &client{h: h, conn: conn, ctx: ctx, guest: g}
	conn.SetReadLimit(MaxMessage)
	_ = conn.SetReadDeadline(time.Now().Add(h.timing.hello))
	conn.SetPongHandler(func(string) error { return errors.Join(c.may.spend(time.Now()), c.alive()) })
	pong := conn.PingHandler()
	conn.SetPingHandler(func(data string) error { return errors.Join(c.may.spend(time.Now()), pong(data)) })

	// Closing the hub ends a read that would wait for the client.
	unhook := context.AfterFunc(ctx, func() { c.bye(websocket.CloseGoingAway, "closing") })
	defer unhook()

	var done chan struct{}
	first, err := c.read()
	if err == nil && first.Type != "hello" {
		err = errors.New("hello expected")
	}
	if err == nil {
		c.setFilter(first)
		done = make(chan struct{})
		go func() {
			defer close(done)
			defer cancel() // wakes the reader
			c.write(first.Since)
		}()
		err = c.listen()
	}
	c.refuse(err)
	cancel()
	conn.Close()
	if done != nil {
		<-done
	}
}

// listen takes messages until the client is gone or breaks the protocol.
func (c *client) listen() error {
	for {
		if err := c.alive(); err != nil {
			return err
		}
		m, err := c.read()
		if err != nil {
			return err
		}
		if m.Type != "filter" {
			return fmt.Errorf("unexpected message %.20q", m.Type)
		}
		c.setFilter(m)
	}
}

// errGone says that there is nobody to tell why.
var errGone = errors.New("gone")

// read waits for a message.
func (c *client) read() (m inbound, err error) {
	kind, raw, err := c.conn.ReadMessage()
	if errors.Is(err, errTooMany) {
		return m, errTooMany
	}
	if err != nil {
		return m, errors.Join(errGone, err)
	}
	if err := c.may.spend(time.Now()); err != nil {
		return m, err
	}
	if kind != websocket.TextMessage {
		return m, errors.New("text expected")
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return m, errors.New("not a JSON message of this protocol")
	}
	return m, nil
}

// refuse tells a client what it did wrong. Gorilla itself has answered a
// message that is too big.
func (c *client) refuse(err error) {
	if err != nil && !errors.Is(err, errGone) {
		c.bye(websocket.ClosePolicyViolation, err.Error())
	}
}

// bye sends a close message and ends the connection.
func (c *client) bye(code int, why string) {
	_ = c.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, why), time.Now().Add(time.Second))
	c.conn.Close()
}

func (c *client) alive() error {
	return c.conn.SetReadDeadline(time.Now().Add(c.h.timing.silence))
}

func (c *client) setFilter(m inbound) {
	keep := newFilter(m.Departments)
	if c.guest.Only != nil {
		keep = newFilter(c.guest.Only)
	}
	c.mu.Lock()
	c.keep = keep
	c.mu.Unlock()
}

func (c *client) filter() filter {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.keep
}

// send writes a message that is this client's alone.
func (c *client) send(v any) error {
	m, err := message(v)
	if err != nil {
		return err
	}
	return c.sendShared(m)
}

func (c *client) sendShared(m *websocket.PreparedMessage) error {
	if err := c.conn.SetWriteDeadline(time.Now().Add(c.h.timing.write)); err != nil {
		return err
	}
	return c.conn.WritePreparedMessage(m)
}
