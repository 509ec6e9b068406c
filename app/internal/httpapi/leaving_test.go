package httpapi

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// endless is a query that SQLite works on for hours before its first row.
const endless = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000000000) SELECT count(*) FROM n`

// A request's work ends when its client has left: in the middle of a query, of a
// page's and of a file's, and of what was made of a body.
func TestWorkEndsWhenItsClientHasLeft(t *testing.T) {
	begun, ended := make(chan struct{}, 1), make(chan error, 1)
	var s *service
	work := func(ctx context.Context) error {
		begun <- struct{}{}
		err := s.store.Read(ctx, func(tx *store.ReadTx) error {
			var n int
			return tx.QueryRowContext(ctx, endless).Scan(&n)
		})
		ended <- err
		return err
	}
	l := &list.List[string, struct{}]{Name: "endless", ZH: "无尽", EN: "Endless", Columns: []list.Column[string]{
		list.Text("text", "文字", "Text", 8, func(s *string) string { return *s })}}
	s = serving(t, func(o *Options) {
		o.Features = append(o.Features, func(h *api.API) {
			api.List(h, l, "endless", "A list", access.Everyone, func(ctx context.Context, _ list.Ask) (store.Page[settled], error) {
				return store.Page[settled]{}, work(ctx)
			})
			api.File(h, l, "exportEndless", "A file", access.Everyone, func(ctx context.Context, _ list.Ask, each func(*string) error) error {
				row := "x"
				return errors.Join(each(&row), work(ctx))
			})
			api.Command(h, "/endless", "doEndless", "Something with a body", access.Everyone, func(ctx context.Context, _ *struct {
				Body struct {
					Text string `json:"text"`
				}
			}) error {
				return work(ctx)
			})
		})
	})
	for _, c := range []struct{ method, path, body string }{
		{"GET", "/api/endless", ""}, {"GET", "/api/exports/endless?format=xlsx", ""}, {"POST", "/api/endless", `{"text":"x"}`},
	} {
		ctx, leave := context.WithCancel(context.Background())
		r, err := http.NewRequestWithContext(ctx, c.method, s.http.URL+c.path, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Content-Type", "application/json")
		gone := make(chan struct{})
		go func() {
			defer close(gone)
			if answer, err := s.http.Client().Do(r); err == nil {
				answer.Body.Close()
			}
		}()
		<-begun
		leave()
		<-gone
		select {
		case err := <-ended:
			if err == nil {
				t.Errorf("%s %s: it counted to the end", c.method, c.path)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%s %s goes on, and nobody is there", c.method, c.path)
		}
	}
	if strings.Contains(s.log.String(), "ERROR") {
		t.Errorf("who leaves is told of as a failure: %s", s.log.String())
	}
}
