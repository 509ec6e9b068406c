package record

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/act"
)

// Types are the types of acts that are told.
func (s *Acts) Types() []string { return s.typesOf(func(string, *act.Info) bool { return true }) }

// Own tells whether the console does a type of acts by itself.
func (s *Acts) Own(t string) bool { return s.declared.Info(t).Own }

// Volunteers tells whether a type of acts may be a volunteer's.
func (s *Acts) Volunteers(t string) bool {
	return s.declared.Info(t).Sealed || s.declared.Info(t).Group == act.SignIn
}

// Statement is a query in SQL as somebody's whose sealed spans are unknown, and
// its arguments.
func (s *Acts) Statement(ctx context.Context, q Query) (string, []any, error) {
	t := &reader{Acts: s, sealed: []span{{7, 1, 9}}}
	x, err := t.search(ctx, &q)
	if err != nil {
		return "", nil, err
	}
	return x.sql(q.Limit), x.args, nil
}
