package live

import (
	"bytes"
	"encoding/json"
	"time"

	"github.com/gorilla/websocket"
)

// told is a board, and the part of it whose change is worth telling.
type told struct{ board, figures any }

// boardTurn decides when the board is sent.
type boardTurn struct {
	next    *told // the latest, not looked at yet
	latest  *told
	figures []byte // what was sent last, without what always changes
	looked  time.Time
	sent    time.Time
}

// wait is how long until the board has to be looked at.
func (b *boardTurn) wait(now time.Time, t timing) time.Duration {
	switch {
	case b.next != nil:
		return t.boardEvery - now.Sub(b.looked)
	case b.latest != nil:
		return t.heartbeat - now.Sub(b.sent)
	}
	return t.heartbeat
}

// take returns the board's message if it has to be sent now.
func (b *boardTurn) take(now time.Time, t timing) (*websocket.PreparedMessage, error) {
	if b.next != nil {
		b.latest, b.next = b.next, nil
		b.looked = now
	}
	if b.latest == nil {
		return nil, nil
	}
	figures, err := json.Marshal(b.latest.figures)
	if err != nil {
		b.sent = now // it is not tried again until the next board or heartbeat
		return nil, err
	}
	if bytes.Equal(figures, b.figures) && now.Sub(b.sent) < t.heartbeat {
		return nil, nil
	}
	b.figures, b.sent = figures, now
	return message(struct {
		Type  string `json:"type"`
		Board any    `json:"board"`
	}{"board", b.latest.board})
}
