package intake

import (
	"fmt"
	"os"
	"testing"
	"time"

	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// BenchmarkIntake takes batches of ordinary cases, six events each, many cases
// under way at once.
func BenchmarkIntake(b *testing.B) {
	r := newRig(b, b.TempDir(), at("2026-11-20 12:00:00"))
	r.in.opts.Listen = nil
	r.catalogue()
	kinds := []pb.EventKind{1, 2, 5, 6, 10, 14}
	var pending []*pb.Event
	n, start := 0, at("2026-03-02 09:00:00")
	next := func() *pb.Event { // case i has its k-th event at step i + 200 k
		for {
			i, k := n/len(kinds), n%len(kinds)
			n++
			c := i - 200*k
			if c < 0 {
				continue
			}
			when := start.Add(time.Duration(c)*20*time.Second + time.Duration(k)*time.Hour)
			e := event(fmt.Sprintf("E%09d", n), fmt.Sprintf("GH-2026-%07d", c), kinds[k], when)
			switch kinds[k] {
			case 5, 6:
				e.Step = &pb.StepDetail{Name: "审查"}
			case 10:
				granted(e)
			}
			return e
		}
	}
	b.ResetTimer()
	for i := range b.N {
		pending = append(pending, next())
		if len(pending) == 1000 || i == b.N-1 {
			if err := r.in.Events(ctx, "a", batch("c", pending...)); err != nil {
				b.Fatal(err)
			}
			pending = pending[:0]
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

// BenchmarkIdleTick looks at the clock with nothing due, every department live,
// on the folder that MINGCHA_BENCH_FOLDER names, each department's next due time
// read from the database every time, as after a change.
func BenchmarkIdleTick(b *testing.B) {
	dir := os.Getenv("MINGCHA_BENCH_FOLDER")
	if dir == "" {
		b.Skip("MINGCHA_BENCH_FOLDER names no folder")
	}
	r := newRig(b, dir, time.Now())
	r.in.Close() // the benchmark ticks by hand
	r.in.p.quit = nil
	for _, d := range r.in.p.reg.byID {
		d.live = true
	}
	if err := r.in.tick(); err != nil {
		b.Fatal(err)
	}
	head := r.in.p.w.Head()
	for b.Loop() {
		for _, d := range r.in.p.reg.byID {
			d.nextRead = false // as after any change: look again in the database
		}
		if err := r.in.tick(); err != nil {
			b.Fatal(err)
		}
	}
	if r.in.p.w.Head() != head {
		b.Fatal("a tick with nothing due wrote to the journal")
	}
}
