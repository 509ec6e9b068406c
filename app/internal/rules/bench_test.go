package rules

import (
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// An ordinary case: six events, nothing wrong, still open or ended.
func ordinary(ended bool) *Subject {
	item := permitItem()
	item.Steps = []approval.Step{{Name: "审查", Limit: wd(2)}}
	events := []approval.Event{
		received("2026-03-02 09:00"), accepted("2026-03-02 09:10"),
		ev(approval.StepStarted, "2026-03-02 10:00", step("审查")),
		ev(approval.StepFinished, "2026-03-03 10:00", step("审查")),
	}
	if ended {
		return subject(item, append(events, granted("2026-03-04 10:00"), ev(approval.Delivered, "2026-03-04 11:00"))...)
	}
	return subject(item, append(events, ev(approval.Note, "2026-03-04 10:00"), ev(approval.Note, "2026-03-04 11:00"))...)
}

func BenchmarkOrdinaryOpen(b *testing.B)  { benchmark(b, ordinary(false), "2026-03-04 12:00", 0) }
func BenchmarkOrdinaryEnded(b *testing.B) { benchmark(b, ordinary(true), "2026-03-04 12:00", 0) }
func BenchmarkFindings(b *testing.B)      { benchmark(b, mockCase(), "2026-10-09 12:00", 3) }

func benchmark(b *testing.B, s *Subject, now string, findings int) {
	t := at(now)
	if n := len(civil.Judge(s, t).Findings); n != findings {
		b.Fatalf("%d findings", n)
	}
	b.ReportAllocs()
	for b.Loop() {
		civil.Judge(s, t)
	}
}
