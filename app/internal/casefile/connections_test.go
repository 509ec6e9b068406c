package casefile_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// standing opens an office with a page full of cases whose clocks stand.
func standing(t testing.TB) *office {
	o := open(t, "2026-09-21 10:00:00")
	o.catalogue()
	var events []*pb.Event
	for i := range 200 {
		no := fmt.Sprintf("GH-%03d", i)
		events = append(events, event(no, pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-14 09:00:00"),
			event(no, pb.EventKind_EVENT_KIND_PAUSED, "2026-09-15 09:00:00", paused))
	}
	o.take(events...)
	o.judged("2026-09-15 12:00:00")
	o.live = true
	return o
}

// A page of standing clocks, each of which is judged, is read over one
// connection: with one in all the readers it comes through, and no other is
// opened beside them.
func TestAPageOfStandingClocksIsOneConnection(t *testing.T) {
	o := standing(t)
	readers := o.store.Readers().Screens()
	readers.SetMaxIdleConns(1)
	readers.SetMaxOpenConns(1)
	most, rows := 0, 0
	if err := o.cases.View(here, func(v *casefile.View) error {
		page, err := v.Cases(list.Asking("state", "open"))
		for i := range page.Rows {
			if c := &page.Rows[i]; !c.PausedNow || c.Paused != 5 {
				t.Errorf("%+v", c)
			}
		}
		if len(page.Rows) != 200 || err != nil {
			t.Errorf("%d rows, %v", len(page.Rows), err)
		}
		return v.EachCase(list.Ask{}, func(*casefile.Case) error {
			rows++
			most = max(most, opened(t, o.dir))
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	if stats := readers.Stats(); stats.OpenConnections != 1 || stats.WaitCount != 0 || rows != 200 {
		t.Errorf("%d rows, %+v", rows, stats)
	}
	if most > 2 { // the writer's and the readers'
		t.Errorf("%d connections were open at once", most)
	}
}

// opened counts how often this process has a folder's database open; 0 where the
// system does not tell.
func opened(t testing.TB, dir string) (n int) {
	names, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	file, err := filepath.EvalSymlinks(filepath.Join(dir, store.DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if at, err := os.Readlink(filepath.Join("/proc/self/fd", name.Name())); err == nil && at == file {
			n++
		}
	}
	return n
}

// BenchmarkPageOfStandingClocks is a page of 200 cases that all are judged.
func BenchmarkPageOfStandingClocks(b *testing.B) {
	o := standing(b)
	for b.Loop() {
		if p := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.Case], error) { return v.Cases(list.Ask{}) }); len(p.Rows) != 200 {
			b.Fatal(len(p.Rows))
		}
	}
}

// BenchmarkPageOfRunningClocks is a page of 200 cases whose clocks run.
func BenchmarkPageOfRunningClocks(b *testing.B) {
	o := open(b, "2026-09-21 10:00:00")
	o.catalogue()
	var events []*pb.Event
	for i := range 200 {
		events = append(events, event(fmt.Sprintf("GH-%03d", i), pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-14 09:00:00"))
	}
	o.take(events...)
	o.judged("2026-09-15 12:00:00")
	for b.Loop() {
		if p := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.Case], error) { return v.Cases(list.Ask{}) }); len(p.Rows) != 200 {
			b.Fatal(len(p.Rows))
		}
	}
}
