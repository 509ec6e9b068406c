package network

import (
	"net/http"
	"strings"
)

// MaxBytes bounds requests' bodies to n bytes. exceptions are other bounds by
// path; one that ends in a slash is for all paths below it, and the longest
// that fits counts. refuse answers, with status 413, a request that says itself
// that it is too long; for one that does not say, reading fails with an
// *http.MaxBytesError at the bound and the connection ends after the answer.
func MaxBytes(n int64, exceptions map[string]int64, refuse func(w http.ResponseWriter, most int64)) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			most, fits := n, 0
			for path, m := range exceptions {
				under := strings.HasSuffix(path, "/") && strings.HasPrefix(r.URL.Path, path)
				if (under || r.URL.Path == path) && len(path) > fits {
					most, fits = m, len(path)
				}
			}
			if r.ContentLength > most {
				refuse(w, most)
				return
			}
			r.Body = http.MaxBytesReader(w, r.Body, most)
			next.ServeHTTP(w, r)
		})
	}
}
