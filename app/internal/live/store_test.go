package live

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// TestResumeFromTheRealDatabase commits events through the real intake. A
// client that was there all along and one that comes back and is served from
// the database, while events keep coming, hear of the same events.
func TestResumeFromTheRealDatabase(t *testing.T) {
	ctx, dir, cal := context.Background(), t.TempDir(), workday.Default()
	db, err := store.Open(ctx, dir, cal)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	signer, err := journal.OpenSigner(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := serving(t, Options{Ring: 500, Backlog: casefile.New(db, casefile.Options{Now: time.Now,
		Judge: func() *rules.Judge { return nil }, Moment: func(_ string, judged time.Time) time.Time { return judged }})}, usual)
	now := time.Date(2026, 9, 22, 2, 0, 0, 0, time.UTC)
	in, err := intake.Start(db, intake.Options{Calendar: cal, Rules: rules.DefaultSettings(), Signer: signer, Logger: slog.Default(),
		Now: func() time.Time { return now }, Listen: s.Publish})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if err := in.Catalogue(ctx, "a", &pb.DescribeResponse{Name: "a", Capabilities: []pb.Capability{pb.Capability_CAPABILITY_EVENTS}},
		[]*pb.Department{{Code: "GH", Name: "规划局"}}, []*pb.Item{{Department: "GH", Code: "I1", Name: "许可", CaseType: pb.CaseType_CASE_TYPE_COMMITTED,
			Promised: &pb.Limit{N: 5, Unit: pb.Unit_UNIT_WORKING_DAYS}}}); err != nil {
		t.Fatal(err)
	}
	const batches, size = 60, 50
	send := func(from, to int) {
		for b := from; b < to; b++ {
			r := &pb.EventsResponse{Cursor: fmt.Append(nil, b), CaughtUp: true}
			for i := range size {
				at := timestamppb.New(now.Add(time.Duration(b*size+i-batches*size) * time.Hour)) // some cases run over
				r.Records = append(r.Records, &pb.EventRecord{Record: &pb.EventRecord_Event{Event: &pb.Event{SourceId: fmt.Sprint(b, i), Department: "GH",
					CaseNo: fmt.Sprintf("N%d-%d", b, i), ItemCode: "I1", Kind: pb.EventKind_EVENT_KIND_ACCEPTED, OccurredAt: at, EnteredAt: at}}})
			}
			if err := in.Events(ctx, "a", r); err != nil {
				t.Error(err)
			}
		}
	}

	always := s.connect(t, 0)
	always.want("welcome")
	send(0, batches/2)
	var sender sync.WaitGroup
	sender.Go(func() { send(batches/2, batches) })
	const since = 40
	back := s.connect(t, since)
	if w := back.want("welcome"); !w.Resumed {
		t.Fatalf("%+v", w)
	}
	events := func(p *peer) (seqs []uint64) {
		for last := ""; last != fmt.Sprintf("N%d-%d", batches-1, size-1); {
			for _, c := range p.want("changes").Changes {
				if c.Kind == "accepted" && c.Seq > since {
					seqs = append(seqs, c.Seq)
					last = c.CaseNo
				}
			}
		}
		return seqs
	}
	sender.Wait()
	a, b := events(always), events(back)
	if len(a) != len(b) || len(a) < batches*size-since {
		t.Fatalf("%d events live, %d after coming back", len(a), len(b))
	}
	for i := range a {
		if a[i] != b[i] || i > 0 && a[i] <= a[i-1] {
			t.Fatalf("event %d: number %d live, %d after coming back", i, a[i], b[i])
		}
	}
}
