package acts

import "context"

// Types are the types of acts that are told.
func (s *Acts) Types() []string { return s.typesOf(func(string, *kind) bool { return true }) }

// Own tells whether the console does a type of acts by itself.
func (s *Acts) Own(t string) bool { return s.kinds[t].own }

// Volunteers tells whether a type of acts may be a volunteer's.
func (s *Acts) Volunteers(t string) bool { return s.kinds[t].sealed || s.kinds[t].group == SignIn }

// Statement is a query in SQL as somebody's whose sealed spans are unknown, and
// its arguments.
func (s *Acts) Statement(ctx context.Context, q Query) (string, []any, error) {
	t := &teller{Acts: s, sealed: []span{{7, 1, 9}}}
	x, err := t.search(ctx, &q)
	if err != nil {
		return "", nil, err
	}
	return x.sql(q.Limit), x.args, nil
}
