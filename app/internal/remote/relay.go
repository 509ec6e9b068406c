package remote

import (
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/gorilla/websocket"

	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/live"
)

const (
	// silence is how long the console may say nothing; it pings every 15 s.
	silence = 40 * time.Second
	// writeWithin is how long either side may take to accept a message.
	writeWithin = 10 * time.Second
	// mostMessage bounds a message of the console, in bytes.
	mostMessage = 16 << 20
)

// relay joins a page's socket with one to the console, message by message, until
// either side ends it. It holds no more than a message's part: a page that does
// not follow is the console's to tell. Coming back is the page's business.
func (c *Console) relay(w http.ResponseWriter, r *http.Request) {
	c.relays.RLock()
	defer c.relays.RUnlock()
	if r.URL.Path != httpapi.LiveRoute {
		http.NotFound(w, r)
		return
	}
	if !c.door.Pass(w, r) {
		return
	}
	if c.closing.Err() != nil {
		http.Error(w, "closing", http.StatusServiceUnavailable)
		return
	}
	h := http.Header{}
	c.identify(h)
	far, answer, err := c.dialer.DialContext(c.closing, "wss://"+c.base.Host+httpapi.LiveRoute, h)
	if err != nil {
		status := http.StatusBadGateway
		if answer != nil {
			status = answer.StatusCode
		}
		c.o.Logger.DebugContext(r.Context(), "the live stream elsewhere did not open", "status", status, "error", err)
		http.Error(w, http.StatusText(status), status)
		return
	}
	defer far.Close()
	upgrader := websocket.Upgrader{HandshakeTimeout: 10 * time.Second, Subprotocols: []string{live.Subprotocol},
		CheckOrigin: func(*http.Request) bool { return true }} // done by the door
	near, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	defer near.Close()
	c.join(near, far)
}

func (c *Console) join(near, far *websocket.Conn) {
	near.SetReadLimit(live.MaxMessage)
	far.SetReadLimit(mostMessage)
	heard := func() error { return far.SetReadDeadline(time.Now().Add(silence)) }
	far.SetPingHandler(func(data string) error {
		if err := far.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(writeWithin)); err != nil {
			return err
		}
		return heard()
	})
	ended := make(chan error, 2)
	go func() { ended <- pass(near, far, heard) }()
	go func() { ended <- pass(far, near, func() error { return nil }) }()
	left := 2
	var why error
	select {
	case why = <-ended:
		left--
	case <-c.closing.Done():
	}
	bye(near, why)
	bye(far, why)
	for range left {
		<-ended //nolint:errcheck // only that it has ended counts; why was told above
	}
}

// pass hands messages on until one side is gone; heard is told of each.
func pass(to, from *websocket.Conn, heard func() error) error {
	for {
		if err := heard(); err != nil {
			return err
		}
		kind, in, err := from.NextReader()
		if err != nil {
			return err
		}
		if err := to.SetWriteDeadline(time.Now().Add(writeWithin)); err != nil {
			return err
		}
		out, err := to.NextWriter(kind)
		if err != nil {
			return err
		}
		if _, err := io.Copy(out, in); err != nil {
			return err
		}
		if err := out.Close(); err != nil {
			return err
		}
	}
}

// bye tells one side why the other ended, and ends it.
func bye(conn *websocket.Conn, why error) {
	code, text := websocket.CloseGoingAway, "closing"
	var said *websocket.CloseError
	if errors.As(why, &said) && said.Code != websocket.CloseNoStatusReceived && said.Code != websocket.CloseAbnormalClosure {
		code, text = said.Code, said.Text
	}
	_ = conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, text), time.Now().Add(time.Second))
	conn.Close()
}
