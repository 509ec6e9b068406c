package httpapi

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/access"
)

// signedIn knows who asks by a header: accounts under 100 are heads, others volunteers.
type signedIn struct{}

type asking struct{}

func (signedIn) Load(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), asking{}, r.Header.Get("X-Account"))))
	})
}

func (signedIn) Who(ctx context.Context) (access.Principal, error) {
	text, _ := ctx.Value(asking{}).(string)
	n, _ := strconv.ParseUint(text, 10, 64)
	switch {
	case n == 0:
		return access.Principal{}, nil
	case n < 100:
		return access.Principal{Account: n, Role: access.Head}, nil
	}
	return access.Principal{Account: n, Role: access.Volunteer}, nil
}

func (signedIn) Token(r *http.Request) string { return r.Header.Get("X-Account") }

func (s signedIn) Peek(ctx context.Context, token string) (access.Principal, error) {
	return s.Who(context.WithValue(ctx, asking{}, token))
}

func (signedIn) Ended() <-chan struct{} { return nil }

// answered is the status that an account is answered with.
func answered(h http.Handler, method, path, account string, change ...with) int {
	r := httptest.NewRequest(method, path, strings.NewReader("x"))
	r.Host = "localhost"
	r.Header.Set("X-Account", account)
	for _, f := range change {
		f(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code
}
