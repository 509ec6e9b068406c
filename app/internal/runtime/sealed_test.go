package runtime

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/route"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
)

// Who was asked to go stands beside what was sent, so a plan says no more of a visit
// than that it was: not when, not what it found, not which of the two sent it. Whose
// it was is told to who says why, and the journal says who asked.
func TestM23ASealedVisitIsToldBesideNamesOnlyAsSent(t *testing.T) {
	w := people(t)
	head, now := w.signedIn("as-head"), w.c.Now()
	body := fmt.Sprintf(`{"key":"sheet-plan-01","mode":"unannounced","plan":%d,"stop":1,"department":"GH","arrived_at":%q,"left_at":%q,"findings":[{"category":"late","severity":"minor","fact":"九点一刻才开门"}]}`,
		w.plan, now.Add(-time.Hour).Format(time.RFC3339), now.Format(time.RFC3339))
	filed, _ := ask[visit.FiledVisit](w.signedIn("as-volunteer"), http.StatusOK, "POST", "/api/my/visits", body)

	plans, raw := ask[[]route.VisitRoute](head, http.StatusOK, "GET", "/api/visits/plans", "")
	if len(plans) != 1 || len(plans[0].Members) != 2 || !plans[0].Stops[0].Filed || plans[0].Stops[1].Filed {
		t.Fatalf("%s", raw)
	}
	var told []struct {
		Members, Stops []map[string]any
	}
	if err := json.Unmarshal(raw, &told); err != nil {
		t.Fatal(err)
	}
	for _, m := range told[0].Members {
		for _, name := range []string{"filed", "filed_at", "findings", "visit"} {
			if _, there := m[name]; there {
				t.Errorf("a member has %q: %v", name, m)
			}
		}
	}
	for _, s := range told[0].Stops {
		for _, name := range []string{"filed_at", "findings", "visit", "account", "by"} {
			if _, there := s[name]; there {
				t.Errorf("a stop has %q: %v", name, s)
			}
		}
	}

	names := fmt.Sprintf("/api/visits/%d/names", filed.ID)
	for _, reason := range []string{`{}`, `{"reason":""}`, `{"reason":"看看"}`} {
		if status, raw := head.do("POST", names, reason); status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %s", reason, status, raw)
		}
	}
	if _, raw := ask[any](head, http.StatusOK, "POST", names, `{"reason":"核实一处书写"}`); !strings.Contains(string(raw), w.volunteers[0].Name) {
		t.Errorf("%s", raw)
	}
	if _, raw := ask[any](head, http.StatusOK, "GET", "/api/acts?limit=5", ""); !strings.Contains(string(raw), "核实一处书写") {
		t.Errorf("nobody can see who asked: %s", raw)
	}
}
