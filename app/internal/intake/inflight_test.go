package intake

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// H4: fifty-one records of 16 MiB, from three adapters at once, do not stand in memory
// beside one another, whatever the writer is at.
func TestH4BigRecordsAreNotHeldTogether(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 800 MB")
	}
	c := newRig(t, t.TempDir(), time.Now())
	var most atomic.Uint64
	done := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most.Store(max(most.Load(), m.HeapInuse))
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	})
	var all sync.WaitGroup
	for a := range 3 {
		all.Go(func() {
			for i := range 17 {
				raw := make([]byte, 16<<20)
				raw[i] = byte(a + 1) // none is another's repetition
				b := &pb.EventsResponse{Cursor: []byte(fmt.Sprint(i)), CaughtUp: i == 16, Records: []*pb.EventRecord{{Record: &pb.EventRecord_Unreadable{
					Unreadable: &pb.Unreadable{SourceId: fmt.Sprint(i), Raw: raw, RawSize: uint64(len(raw)), ReasonZh: "坏", ReasonEn: "bad"}}}}}
				if err := c.in.Events(context.Background(), fmt.Sprint("a", a), b); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	close(done)
	watching.Wait()
	if got := most.Load() >> 20; got > 300 {
		t.Errorf("%d MB were held at once", got)
	}
	// All of them are set aside, none twice, and of each 64 KiB are kept.
	totals, err := c.s.Totals(context.Background())
	if err != nil || totals.Quarantined != 51 {
		t.Errorf("%d are set aside, want 51: %v", totals.Quarantined, err)
	}
	kept := 0
	if err := c.s.Readers().QueryRowContext(context.Background(), `SELECT max(length(raw)) FROM quarantine WHERE raw_size = 16777216`).Scan(&kept); err != nil || kept < keptRaw || kept > keptRaw+100 {
		t.Errorf("%d bytes are kept: %v", kept, err)
	}
}
