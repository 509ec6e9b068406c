package httpapi

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// reading offers a file of so many rows that is read in one transaction of the store,
// as files of cases are.
func reading(s func() *store.Store, rows int, begun chan<- struct{}) func(*api.API) {
	l := &list.List[string, struct{}]{Name: "long", ZH: "长", EN: "Long", Columns: []list.Column[string]{
		list.Text("text", "文字", "Text", 8, func(s *string) string { return *s })}}
	return func(h *api.API) {
		api.File(h, l, "exportLong", "A long list", access.Everyone, func(ctx context.Context, _ list.Ask, each func(*string) error) error {
			return s().Read(ctx, func(*store.ReadTx) error {
				if begun != nil {
					begun <- struct{}{}
				}
				row := strings.Repeat("x", 1000)
				for range rows {
					if err := each(&row); err != nil {
						return err
					}
				}
				return nil
			})
		})
	}
}

// stalled asks for something and reads nothing of the answer.
func (s *service) stalled(path string) net.Conn {
	s.t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(s.http.URL, "http://"))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { c.Close() })
	_ = c.(*net.TCPConn).SetReadBuffer(4096)
	fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n", path, token)
	return c
}

// H2: who fetches files and does not read them holds no database connection: lists
// are answered at once, and a further file is, too.
func TestH2StalledDownloadsHoldNothing(t *testing.T) {
	var s *service
	begun := make(chan struct{}, 10)
	s = serving(t, func(o *Options) {
		o.Features = append(o.Features, reading(func() *store.Store { return s.store }, 20_000, begun)) // 20 MB
	})
	for range 3 {
		s.stalled("/api/exports/long?format=json")
	}
	for range 3 {
		<-begun // one after the other: none waits for the one before to be fetched
	}
	for range 20 {
		start := time.Now()
		if r := s.do("GET", "/api/cases", ""); r.StatusCode != 200 || time.Since(start) > 5*time.Second {
			t.Fatalf("a list: %d after %v", r.StatusCode, time.Since(start))
		}
	}
	if r := s.do("GET", "/api/exports/cases", ""); r.StatusCode != 200 {
		t.Errorf("another file: %d %s", r.StatusCode, r.body)
	}
}

// H2: what one person has under way is bounded, and said.
func TestH2AFifthFileOfOneIsToldToWait(t *testing.T) {
	var s *service
	begun := make(chan struct{}, filesOfOne)
	s = serving(t, func(o *Options) {
		o.Features = append(o.Features, reading(func() *store.Store { return s.store }, 20_000, begun)) // 20 MB: more than buffers take
	})
	for range filesOfOne {
		s.stalled("/api/exports/long?format=json")
	}
	for range filesOfOne { // a fifth that came before one of them would have its place
		<-begun
	}
	if r := s.do("GET", "/api/exports/cases", ""); r.StatusCode != 429 || r.problem(t).Code != "exports_busy" {
		t.Errorf("a fifth file: %d %s", r.StatusCode, r.body)
	}
}

const filesOfOne = 4

func eventually(t *testing.T, f func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Minute); !f(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it did not come")
		}
	}
}

// H4: bodies that are sent half wait in files and hold nobody up; a person has six of
// them, and the seventh is told so.
func TestH4HalfSentBodiesHoldNothing(t *testing.T) {
	s := serving(t, func(o *Options) { o.Features = append(o.Features, drawings) })
	send := func() {
		t.Helper()
		c, err := net.Dial("tcp", strings.TrimPrefix(s.http.URL, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		fmt.Fprintf(c, "PUT /api/drawings/a HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n", token, 2<<20)
		if _, err := c.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	for range uploadsEach {
		send()
	}
	start := time.Now()
	if r := s.do("GET", "/api/cases", ""); r.StatusCode != 200 || time.Since(start) > 3*time.Second {
		t.Errorf("a list: %d after %v", r.StatusCode, time.Since(start))
	}
	eventually(t, func() bool { // all six have to have come so far
		r := s.do("PUT", "/api/drawings/a", strings.Repeat("x", 10<<10), header("Content-Type", "image/jpeg"))
		return r.StatusCode == 429 && r.problem(t).Code == "busy"
	})
}

// An honest slow line is waited for; what stops coming is given up in a sentence.
func TestABodyThatKeepsComingIsTaken(t *testing.T) {
	s := serving(t, func(o *Options) { o.Features = append(o.Features, drawings) })
	in, out := io.Pipe()
	go func() {
		for range 20 {
			time.Sleep(20 * time.Millisecond)
			_, _ = out.Write(make([]byte, 1000))
		}
		out.Close()
	}()
	req, _ := http.NewRequest("PUT", s.http.URL+"/api/drawings/a", in)
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "image/jpeg")
	if resp, err := s.http.Client().Do(req); err != nil || resp.StatusCode != 204 {
		t.Errorf("%v %v", resp, err)
	}
}

// S13: one account's requests that wait for something stand in each other's way alone.
func TestS13OneAccountsRequestsDoNotHoldAnothers(t *testing.T) {
	held, begun := make(chan struct{}), make(chan uint64, 40)
	waits := func(h *api.API) {
		api.Get(h, "/waits", "waits", "Waits", access.Everyone, func(ctx context.Context, _ *api.None) (string, error) {
			begun <- access.From(ctx).Account
			<-held
			return "", nil
		})
	}
	h := New(Options{Features: []func(*api.API){waits}, Desk: desk, Sessions: signedIn{}})
	var all sync.WaitGroup
	ask := func(account string) { all.Go(func() { answered(h, "GET", "/api/waits", account) }) }
	for range 20 {
		ask("7")
	}
	for range runningEach {
		if who := <-begun; who != 7 {
			t.Fatalf("account %d", who)
		}
	}
	ask("8")
	if who := <-begun; who != 8 {
		t.Error("a ninth of one account was begun before another's first")
	}
	close(held)
	all.Wait()
}

// L: who may not do it at all is told just that, and not how it would have been done.
func TestLForbiddenComesBeforeHowItWasAsked(t *testing.T) {
	h := New(Options{Features: []func(*api.API){drawings}, Desk: desk, Sessions: signedIn{}})
	big := func(r *http.Request) { r.ContentLength = 50 << 20 }
	for what, c := range map[string]struct {
		account string
		change  []with
		want    int
	}{
		"a volunteer, as a picture": {"100", []with{header("Content-Type", "image/jpeg")}, 403},
		"a volunteer, of no type":   {"100", nil, 403},
		"a volunteer, too much":     {"100", []with{header("Content-Type", "application/json"), big}, 403},
		"the head, as a picture":    {"1", []with{header("Content-Type", "image/jpeg")}, 415},
		"the head, too much":        {"1", []with{header("Content-Type", "application/json"), big}, 413},
		"nobody, too much":          {"", []with{big}, 401},
	} {
		if got := answered(h, "PUT", "/api/notes", c.account, c.change...); got != c.want {
			t.Errorf("%s: %d, want %d", what, got, c.want)
		}
	}
}
