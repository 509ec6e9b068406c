package httpapi

import (
	"io"
	"maps"
	"net/http"
	"strconv"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/spool"
)

// answer is put together whole before a byte of it is sent. So nobody who reads slowly
// holds what it was made from (a database connection, a place among those who are
// worked for, rows in memory), and what fails late is told in a sentence and not by
// half a file.
type answer struct {
	header http.Header
	status int
	body   *spool.Buffer
	sent   []func()
}

func newAnswer(room *spool.Room) *answer {
	return &answer{header: http.Header{}, body: room.New()}
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}

// Anew drops what was written so far.
func (a *answer) Anew() error {
	a.status = 0
	clear(a.header)
	room := a.body.Room()
	err := a.body.Close()
	a.body = room.New()
	return err
}

// WhenSent has f called once the answer has been sent, or can not be.
func (a *answer) WhenSent(f func()) { a.sent = append(a.sent, f) }

// close lets go of the answer.
func (a *answer) close() {
	for _, f := range a.sent {
		f()
	}
	_ = a.body.Close() // a file that waits for the next start to be removed
}

// send sends the answer, at the client's pace.
func (a *answer) send(w http.ResponseWriter) error {
	in, err := a.body.Reader()
	if err != nil {
		return err
	}
	h := w.Header()
	maps.Copy(h, a.header)
	if a.status == 0 {
		a.status = http.StatusOK
	}
	if size := a.body.Size(); size > 0 {
		h.Set("Content-Length", strconv.FormatInt(size, 10))
	}
	w.WriteHeader(a.status)
	_, _ = io.Copy(w, in) // the client is gone, and the length tells it so
	return nil
}

const (
	// stall is how long a client may take nothing of what is sent to it: of every
	// piece a new minute begins, so that an honest slow line gets all of a big file.
	stall = time.Minute
	piece = 16 << 10
	// longest is how long an answer may take to be put together, beyond what any
	// operation may take (api.JudgingTime).
	longest = api.JudgingTime + 5*time.Minute
)

// begin sets aside the server's deadlines, which know of an answer only as a whole.
// Inside the window there is no connection that could stall.
func (t *tracked) begin() { _ = t.control().SetWriteDeadline(time.Now().Add(longest)) }

func (t *tracked) control() *http.ResponseController {
	return http.NewResponseController(t.ResponseWriter)
}

// paced writes piece by piece.
func (t *tracked) paced(b []byte) (n int, err error) {
	for {
		some := b[:min(len(b), piece)]
		_ = t.control().SetWriteDeadline(time.Now().Add(stall))
		m, err := t.ResponseWriter.Write(some)
		n += m
		if b = b[len(some):]; err != nil || len(b) == 0 {
			return n, err
		}
	}
}
