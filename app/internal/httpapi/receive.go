package httpapi

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/spool"
)

// operation is what the gate knows of one.
type operation struct {
	id    string
	media string // the Content-Type of its body
	most  int64  // bytes of its body
	file  bool   // answers with a file
	long  bool   // may take minutes

	query parameters
}

const (
	// strangersBody bounds what somebody sends who has not signed in: a name and a
	// password.
	strangersBody = 64 << 10
	// smallBody is what is read without asking for a place: it fits where the
	// connection has it in any case.
	smallBody = 4 << 10
	// unless more of a body comes within quiet, and slowest bytes a second on the whole
	// once it has taken as long, it is given up.
	quiet   = 20 * time.Second
	slowest = 1 << 10
)

// received is a body that has come whole.
type received struct {
	*spool.Buffer
	release []func()
}

func (b *received) close() {
	if b.Buffer != nil {
		_ = b.Buffer.Close()
	}
	for _, f := range b.release {
		f()
	}
}

func hasBody(r *http.Request) bool {
	return r.Body != nil && r.Body != http.NoBody && r.ContentLength != 0
}

// takes tells whether an operation takes what is sent to it.
func (op *operation) takes(r *http.Request) *api.Problem {
	if r.Method != http.MethodPost && r.Method != http.MethodPut {
		return nil
	}
	kind := r.Header.Get("Content-Type")
	if kind == "" && r.ContentLength <= 0 {
		return nil // nothing is sent, or the window does not say how much
	}
	if media, _, err := mime.ParseMediaType(kind); err != nil || media != op.media {
		return api.NotJSON()
	}
	return nil
}

// receive takes a request's body whole before it is worked on: what is sent slowly
// waits in a file and holds nothing but its connection. Then it waits until there is
// memory to work on it.
func (l *Load) receive(log *slog.Logger, w http.ResponseWriter, r *http.Request, op *operation) (*received, *api.Problem) {
	out := &received{}
	if !hasBody(r) {
		return out, nil
	}
	most, shares := op.most, l.receiving
	if access.From(r.Context()).Role == "" {
		most, shares = min(most, strangersBody), l.strangers
	}
	if r.ContentLength > most {
		return out, api.TooLarge()
	}
	if r.ContentLength < 0 || r.ContentLength > smallBody {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		release, err := shares.Enter(ctx, sender(r))
		if err != nil {
			return out, busy()
		}
		defer release()
	}
	out.Buffer = l.room.New()
	if p := copyBody(log, out.Buffer, w, r, most); p != nil {
		return out, p
	}
	if out.Size() > smallBody {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		release, err := l.bodies.Take(ctx, bodyWeight*out.Size())
		if err != nil {
			return out, busy()
		}
		out.release = append(out.release, release)
	}
	in, err := out.Reader()
	if err != nil {
		return out, api.ProblemOf(r.Context(), log, err)
	}
	r.Body, r.ContentLength = io.NopCloser(in), out.Size()
	return out, nil
}

// copyBody reads a body to its end, as long as it keeps coming.
func copyBody(log *slog.Logger, to io.Writer, w http.ResponseWriter, r *http.Request, most int64) *api.Problem {
	control := http.NewResponseController(w)
	begun, size, buf := time.Now(), int64(0), make([]byte, 8<<10)
	for {
		allowed := begun.Add(quiet + time.Duration(size/slowest)*time.Second)
		// Inside the window there is no connection that could stall.
		_ = control.SetReadDeadline(earlier(time.Now().Add(quiet), allowed))
		n, err := r.Body.Read(buf)
		if size += int64(n); size > most {
			return api.TooLarge()
		}
		if _, err := to.Write(buf[:n]); err != nil {
			return api.ProblemOf(r.Context(), log, err)
		}
		switch {
		case errors.Is(err, io.EOF):
			_ = control.SetReadDeadline(time.Time{}) // what is made of it may take its time
			return nil
		case err != nil:
			return api.NewProblem(http.StatusRequestTimeout, "slow_body", "上传中断或太慢，内容没有收到。请检查网络后重试。",
				"What was sent broke off or came too slowly, and was not taken. Check the network and try again.")
		}
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
