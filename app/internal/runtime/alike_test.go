package runtime

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
)

// L: of what somebody may not see they do not learn whether it exists: for every number
// in use and for one that is not, whatever is not answered is refused in the very same
// words.
func TestLForeignAndAbsentAreAnsweredAlike(t *testing.T) {
	w := people(t)
	head, err := w.c.store.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	numbers := []uint64{1 << 40}
	for n := range min(head, 400) {
		numbers = append(numbers, n+1)
	}
	photo := "/photos/" + w.photo
	for role, places := range map[access.Role][]string{
		access.Liaison:   {"/api/cases/%d", "/api/cases/%d/proof?seq=0", "/api/matters/%d", "/api/matters/%d/rating", "/api/ratings/%d"},
		access.Volunteer: {"/api/my/reviews/%d", "/api/my/visits/%d" + photo},
	} {
		b := w.signedIn("as-" + string(role))
		for _, place := range places {
			refusals, answered := map[string][]uint64{}, 0
			for _, n := range numbers {
				status, answer := b.do(http.MethodGet, fmt.Sprintf(place, n), "")
				if status == http.StatusOK {
					answered++
					continue
				}
				words := fmt.Sprint(status, " ", strings.TrimSpace(string(answer)))
				refusals[words] = append(refusals[words], n)
			}
			if len(refusals) != 1 || answered == 0 {
				t.Errorf("%s by %s: %d are answered, and what is not in %d ways:", place, role, answered, len(refusals))
				for words, of := range refusals {
					t.Errorf("  %.150s: %v", words, of[:min(len(of), 5)])
				}
			}
		}
	}
}
