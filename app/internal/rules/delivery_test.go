package rules

import (
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// Granted Wednesday 4 March: ten working days end on Wednesday 18 March, 17:30.
func TestDelivery(t *testing.T) {
	for _, c := range []struct{ end, delivered, want string }{
		{"", "2026-03-18 17:30:00", ""},
		{"", "2026-03-18 17:30:01", "V28"},
		{"withdrawn", "2026-03-19 09:00", ""},
	} {
		end := granted("2026-03-04 10:00")
		if c.end != "" {
			end = ev(approval.Withdrawn, "2026-03-04 10:00")
		}
		s := subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), end, ev(approval.Delivered, c.delivered))
		v := expect(t, s, "2026-03-20 10:00", c.want)
		if c.want != "" {
			expectFinding(t, v, "V28", "", Yellow, c.delivered)
		}
	}
	expect(t, subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), granted("2026-03-04 10:00")), "2026-04-30 10:00", "")
}
