package city

import (
	"slices"
	"strings"
	"testing"

	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Minor 22: a refusal "because this office has no competence" is none: that is not
// accepted (Licensing Law art. 32 (1) 2). Reason and law fit how a case ended, and
// the filing and the decision say the same.
func TestMinor22GroundsFitHowACaseEnded(t *testing.T) {
	articles := map[v1.RejectionStage][]string{
		v1.RejectionStage_REJECTION_STAGE_NOT_ACCEPTED: {"第三十二条第一款第（一）项", "第三十二条第一款第（二）项"},
		v1.RejectionStage_REJECTION_STAGE_RETURNED:     {"第三十二条第一款第（四）项"},
		v1.RejectionStage_REJECTION_STAGE_REFUSED:      {"第三十八条第二款", "第七十八条"},
	}
	c := New(Options{Seed: 5, Start: dayOf(dayStart(2026, 3, 2)), Cases: 40_000, ViolationRate: 0.02}, china)
	s := c.Rejections()
	seen := map[v1.RejectionStage]int{}
	for range 600 {
		r, ok := s.Next()
		if !ok {
			break
		}
		f := r.Rejection()
		seen[f.Stage]++
		if !slices.ContainsFunc(articles[f.Stage], func(a string) bool { return strings.HasSuffix(f.LegalArticle, a) }) {
			t.Errorf("%s: %s by %s", f.CaseNo, f.Stage, f.LegalArticle)
		}
		if strings.Contains(f.Reason, "无权受理") && f.Stage != v1.RejectionStage_REJECTION_STAGE_NOT_ACCEPTED {
			t.Errorf("%s: %s because %s", f.CaseNo, f.Stage, f.Reason)
		}
		for i := range r.plan.events {
			if d := r.plan.events[i].decision; d != nil && d.Outcome != granted && d.Reason != "" && len(r.plan.rejections) == 1 && d.Reason != f.Reason {
				t.Errorf("%s is filed for %s and decided for %s", f.CaseNo, f.Reason, d.Reason)
			}
		}
	}
	if len(seen) != 3 {
		t.Errorf("%v", seen)
	}
}
