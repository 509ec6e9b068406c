package intake

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// lateCase is the drawn example: accepted on 2026-09-22 with five working days
// promised, due on 10-08 with the pause, granted on 10-09.
func lateCase() []*pb.Event {
	return []*pb.Event{
		event("1", "GH-417", pb.EventKind_EVENT_KIND_RECEIVED, at("2026-09-22 08:51:00")),
		event("2", "GH-417", pb.EventKind_EVENT_KIND_ACCEPTED, at("2026-09-22 09:30:00")),
		event("3", "GH-417", pb.EventKind_EVENT_KIND_PAUSED, at("2026-09-25 09:00:00"), func(e *pb.Event) {
			e.Pause = &pb.Pause{Kind: "expert", Approver: "王局长", NotifiedAt: ts(at("2026-09-25 09:00:00")), NoticeNo: "T-1", Approved: days(3)}
		}),
		event("4", "GH-417", pb.EventKind_EVENT_KIND_RESUMED, at("2026-09-28 17:00:00")),
		event("5", "GH-417", pb.EventKind_EVENT_KIND_DECIDED, at("2026-10-09 10:05:00"), granted),
		event("6", "GH-417", pb.EventKind_EVENT_KIND_DELIVERED, at("2026-10-09 15:40:00")),
	}
}

func rulesOf(fs []store.FindingRow) string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Rule)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestACaseIsJudgedAsItsEventsCome(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
	r.catalogue()
	r.take(lateCase()...)
	last := r.changes[len(r.changes)-1]
	if last.Kind != "delivered" || last.Level != "yellow" || len(last.Findings) == 0 {
		t.Errorf("last change told: %+v", last)
	}
	if err := r.in.Judged(ctx, "a", r.now); err != nil {
		t.Fatal(err)
	}
	c := r.caseByNo("GH-417")
	if c.State != "ended" || c.Outcome != "granted" || !c.Overdue || c.Paused != 1 || c.Used != 6 {
		t.Errorf("case: %+v", c)
	}
	if want := at("2026-10-08 17:30:00"); !c.DueAt.Equal(want) {
		t.Errorf("due %v, want %v", c.DueAt, want)
	}
	if got := rulesOf(r.findings(c.ID)); got != "V01 V02 V27" {
		t.Errorf("findings %q, want V01 V02 V27 (warned, over the promise, and the department reported nothing)", got)
	}
}

func TestTheSameRecordIsTakenOnce(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
	r.catalogue()
	r.take(lateCase()...)
	before := r.totals()
	r.take(lateCase()...)
	r.take(lateCase()[2:5]...)
	if after := r.totals(); after != before {
		t.Errorf("sent again: %+v, before %+v", after, before)
	}
}

func (r *rig) totals() store.Totals {
	r.t.Helper()
	tot, err := r.s.Totals(ctx)
	if err != nil {
		r.t.Fatal(err)
	}
	return tot
}

// A record sent again changed is kept beside the first and counts from now on;
// sent yet again as it now stands, it is dropped.
func TestAChangedRecordIsACorrection(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
	r.catalogue()
	r.take(lateCase()...)
	earlier := event("5", "GH-417", pb.EventKind_EVENT_KIND_DECIDED, at("2026-10-08 16:00:00"), granted)
	before := r.totals().Records
	r.take(earlier)
	r.take(earlier)
	if got := r.totals().Records; got != before+1 {
		t.Fatalf("journal grew by %d, want 1", got-before)
	}
	c := r.caseByNo("GH-417")
	if !c.Corrected || c.Overdue {
		t.Errorf("corrected %v, overdue %v; want true, false", c.Corrected, c.Overdue)
	}
	var events []store.RecordRow
	if err := r.s.Snapshot(ctx, func(w *store.Reader) error {
		return w.CaseRecords(c.ID, func(rec store.RecordRow) error {
			events = append(events, rec)
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	if len(events) != 7 || events[6].Corrects != events[4].Seq {
		t.Errorf("the original and its correction do not stand side by side: %+v", events)
	}
	// Another process must come to the same.
	r.verify("")
}

// folders are what acts of the tests become.
var folders []Folder

func (r *rig) verify(wantWhere string) *Difference {
	r.t.Helper()
	signer, err := journal.OpenSigner(r.dir)
	if err != nil {
		r.t.Fatal(err)
	}
	rep, err := Verify(ctx, r.s, workday.Default(), rules.DefaultSettings(), folders, signer.PublicKey(), nil)
	if err != nil {
		r.t.Fatal(err)
	}
	switch {
	case rep.Difference == nil && wantWhere != "":
		r.t.Errorf("verify finds nothing, want a difference in %s", wantWhere)
	case rep.Difference != nil && rep.Difference.Where != wantWhere:
		r.t.Errorf("verify: %+v, want %q", *rep.Difference, wantWhere)
	}
	return rep.Difference
}

func TestWhatIsNotValidGoesToQuarantine(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
	r.catalogue()
	good := event("g", "GH-1", pb.EventKind_EVENT_KIND_RECEIVED, at("2026-10-12 08:40:00"))
	for code, change := range map[string]func(*pb.Event){
		"future":                   func(e *pb.Event) { e.OccurredAt = ts(r.now.Add(time.Hour)) },
		"too_early":                func(e *pb.Event) { e.OccurredAt = ts(at("1949-10-01 00:00:00")) },
		"missing_source_id":        func(e *pb.Event) { e.SourceId = "" },
		"missing_case_no":          func(e *pb.Event) { e.CaseNo = "" },
		"missing_occurred_at":      func(e *pb.Event) { e.OccurredAt = nil },
		"unknown_item":             func(e *pb.Event) { e.ItemCode = "I9" },
		"unknown_department":       func(e *pb.Event) { e.Department = "XX" },
		"item_changed":             func(e *pb.Event) { e.CaseNo, e.ItemCode = "GH-1", "I2" },
		"kind":                     func(e *pb.Event) { e.Kind = 99 },
		"too_long":                 func(e *pb.Event) { e.Text = strings.Repeat("长", 4<<20) },
		"missing_decision.outcome": func(e *pb.Event) { e.Kind = pb.EventKind_EVENT_KIND_DECIDED },
		"source_id_reused":         func(e *pb.Event) { e.SourceId = "g" },
	} {
		bad := event("bad-"+code, "GH-2", pb.EventKind_EVENT_KIND_RECEIVED, at("2026-10-12 08:41:00"))
		change(bad)
		after := event("after-"+code, "GH-3-"+code, pb.EventKind_EVENT_KIND_RECEIVED, at("2026-10-12 08:42:00"))
		r.take(good, bad, after)
		r.caseByNo("GH-3-" + code) // the rest went on
	}
	rows := r.quarantine("a")
	if len(rows) != 12 {
		t.Errorf("%d records in quarantine, want 12", len(rows))
	}
	for _, q := range rows {
		if q.ReasonZH == "" || q.ReasonEN == "" || len(q.Raw) == 0 || q.RawSize == 0 {
			t.Errorf("%s: reason or raw record is missing: %s, %s, %d bytes", q.Code, q.ReasonZH, q.ReasonEN, q.RawSize)
		}
		if q.Code == "too_long" && (q.RawSize < 12<<20 || !strings.Contains(q.ReasonEN, "text")) {
			t.Errorf("the long field is not named, or the record was cut: %d bytes, %s", q.RawSize, q.ReasonEN)
		}
	}
	r.verify("")
}

// In whatever order and batches the events come, the outcome is the same.
func TestOrderAndBatchesDoNotMatter(t *testing.T) {
	var story []*pb.Event
	story = append(story, lateCase()...)
	story = append(story,
		event("7", "GH-418", pb.EventKind_EVENT_KIND_RECEIVED, at("2026-09-01 09:00:00")), // never accepted: V05, then over
		event("8", "GH-419", pb.EventKind_EVENT_KIND_RECEIVED, at("2026-09-02 09:00:00")),
		event("9", "GH-419", pb.EventKind_EVENT_KIND_DECIDED, at("2026-09-03 09:00:00"), granted), // not accepted in the hall: V17
	)
	outcome := func(t testing.TB, order []int, cuts []int) string {
		r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
		defer r.close()
		r.catalogue()
		var pending []*pb.Event
		for i, k := range order {
			pending = append(pending, story[k])
			if slices.Contains(cuts, i) {
				r.take(pending...)
				pending = nil
			}
		}
		r.take(pending...)
		if err := r.in.Judged(ctx, "a", r.now); err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, no := range []string{"GH-417", "GH-418", "GH-419"} {
			c := r.caseByNo(no)
			line := no + " " + c.State + " " + c.Level
			for _, f := range r.findings(c.ID) {
				line += " " + f.Rule + f.Key + "/" + store.FindingStateWord(f.State) + "@" + store.Time(f.Raised).Format(time.RFC3339)
			}
			out = append(out, line)
		}
		return strings.Join(out, "\n")
	}
	straight := []int{0, 1, 2, 3, 4, 5, 6, 7, 8}
	want := outcome(t, straight, nil)
	if !strings.Contains(want, "V17") || !strings.Contains(want, "V05") || !strings.Contains(want, "V03") {
		t.Fatalf("the story lacks its violations:\n%s", want)
	}
	rapid.Check(t, func(rt *rapid.T) {
		order := rapid.Permutation(straight).Draw(rt, "order")
		cuts := rapid.SliceOfDistinct(rapid.IntRange(0, 8), rapid.ID).Draw(rt, "cuts")
		if got := outcome(t, order, cuts); got != want {
			rt.Fatalf("order %v, cut after %v:\n%s\nwant\n%s", order, cuts, got, want)
		}
	})
}

// A deadline fires when it passes, without any event, and is told under a
// journal number of its own.
func TestDeadlineFiresByItself(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-09-22 10:00:00"))
	r.catalogue()
	if err := r.in.GoLive(ctx, "a", true); err != nil {
		t.Fatal(err)
	}
	r.take(lateCase()[:2]...)
	level := func(now string) string {
		r.now = at(now)
		if err := r.in.submit(ctx, &job{run: func(*projector) error { return nil }}); err != nil { // a tick's own path
			t.Fatal(err)
		}
		return r.caseByNo("GH-417").Level
	}
	for _, step := range []struct{ now, want string }{
		{"2026-09-28 17:30:00", "none"},
		{"2026-09-29 17:30:01", "warn"},   // due 09-30 17:30, warned a working day before
		{"2026-09-30 17:30:00", "warn"},   // the last second is in time
		{"2026-09-30 17:30:01", "yellow"}, // over the promise
		{"2026-10-27 17:30:00", "yellow"},
		{"2026-10-27 17:30:01", "red"}, // twenty working days passed, 10-10 worked
	} {
		if got := level(step.now); got != step.want {
			t.Errorf("at %s: level %s, want %s", step.now, got, step.want)
		}
	}
	r.verify("")
}

// With nothing due, a tick writes nothing.
func TestTickWritesOnlyWhatFell(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-09-22 10:00:00"))
	r.catalogue()
	if err := r.in.GoLive(ctx, "a", true); err != nil {
		t.Fatal(err)
	}
	r.take(lateCase()[:2]...)
	head := r.totals().Records
	r.now = at("2026-09-23 10:00:00")
	r.in.Close() // the test ticks by hand from here
	r.in.p.quit = nil
	if err := r.in.tick(); err != nil {
		t.Fatal(err)
	}
	if got := r.totals().Records; got != head {
		t.Errorf("an idle tick wrote %d records", got-head)
	}
	r.changes = nil
	r.now = at("2026-09-30 17:30:01")
	if err := r.in.tick(); err != nil {
		t.Fatal(err)
	}
	if got := r.totals().Records; got != head+1 {
		t.Errorf("a tick with something due wrote %d records, want 1", got-head)
	}
	if len(r.changes) != 1 || r.changes[0].Kind != "clock" || r.changes[0].Seq != uint64(head+1) || r.changes[0].Level != "yellow" {
		t.Errorf("told: %+v", r.changes)
	}
}

func TestVerifyNamesWhatWasChanged(t *testing.T) {
	for name, c := range map[string]struct {
		sql   string
		where string
		seq   uint64
	}{
		"a record":            {`UPDATE journal SET body = CAST(replace(CAST(body AS TEXT), 'GH-417', 'GH-999') AS BLOB) WHERE seq = 7`, "journal", 7},
		"its time":            {`UPDATE journal SET observed_at = observed_at + 1 WHERE seq = 8`, "journal", 8},
		"a record deleted":    {`DELETE FROM journal WHERE seq = 9`, "journal", 9},
		"the last ones":       {`DELETE FROM journal WHERE seq >= 9`, "journal", 9},
		"the tree":            {`UPDATE tiles SET hashes = zeroblob(length(hashes)) WHERE level = 0`, "journal", 1},
		"a checkpoint":        {`UPDATE checkpoints SET note = replace(note, 'mingcha/', 'mingche/')`, "checkpoint", 0},
		"a case":              {`UPDATE cases SET ended_at = ended_at - 86400000000`, "cases", 5},
		"a finding":           {`DELETE FROM findings WHERE rule = 'V02'`, "findings", 5},
		"a finding's level":   {`UPDATE findings SET level = 1 WHERE rule = 'V02'`, "findings", 5},
		"a register":          {`UPDATE register_overdue SET agreement = 1`, "register_overdue", 5},
		"an item's limit":     {`UPDATE items SET name = 'x' WHERE id = 1`, "items", 0},
		"a counter":           {`UPDATE figures SET ended = ended + 1 WHERE day = 0`, "figures", 0},
		"an invented finding": {`INSERT INTO findings SELECT 999, rule, key, dept, item, level, state, raised_at, settled_at, evidence, words_zh, words_en, 1, 1 FROM findings LIMIT 1`, "findings", 0},
		"nothing":             {`SELECT 1`, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
			r.catalogue()
			r.take(lateCase()...)
			if _, err := r.in.Checkpoint(ctx); err != nil {
				t.Fatal(err)
			}
			r.in.Close()
			db, err := sql.Open("sqlite3", filepath.Join(r.dir, store.DatabaseFile))
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.Exec(c.sql); err != nil {
				t.Fatal(err)
			}
			if d := r.verify(c.where); d != nil && d.Seq != c.seq {
				t.Errorf("names record %d, want %d: %s", d.Seq, c.seq, d.EN)
			}
		})
	}
}

// A report that comes before its case waits for it, and the two stand in one
// row of the register afterwards.
func TestReportBeforeItsCase(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
	r.catalogue()
	if err := r.in.Overdue(ctx, "a", &pb.OverdueResponse{Cursor: []byte("o"), CaughtUp: true, Records: []*pb.OverdueRecord{{Record: &pb.OverdueRecord_Overdue{Overdue: &pb.OverdueCase{
		SourceId: "o1", Department: "GH", CaseNo: "GH-417", Clock: pb.Clock_CLOCK_PROMISED, DueAt: ts(at("2026-10-08 17:30:00")),
		OverBy: "1 个工作日", ReportedAt: ts(at("2026-10-09 09:00:00"))}}}}}); err != nil {
		t.Fatal(err)
	}
	register := func() []string { return r.query(`SELECT agreement || ', over by ' || over_by FROM register_overdue`) }
	if rows := register(); len(rows) != 1 || rows[0] != fmt.Sprintf("%d, over by 0", store.AgreeOnlyTheirs) {
		t.Errorf("before the case: %q", rows)
	}
	r.verify("")
	r.take(lateCase()...)
	if rows := register(); len(rows) != 1 || rows[0] != fmt.Sprintf("%d, over by 1", store.AgreeBoth) {
		t.Errorf("after the case: %q", rows)
	}
	if got := rulesOf(r.findings(0)); got != "V01 V02" {
		t.Errorf("findings %q, want V01 V02: the department did report", got)
	}
	r.verify("")
}

// A report is of one case for ever, like an event: corrected to be of another, it
// is set aside, and the case that it was of keeps it.
func TestAReportIsOfOneCaseForEver(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
	r.catalogue()
	when := at("2026-10-09 10:00:00")
	r.take(event("1", "GH-1", pb.EventKind_EVENT_KIND_RECEIVED, when), event("2", "GH-2", pb.EventKind_EVENT_KIND_RECEIVED, when))
	for _, no := range []string{"GH-1", "GH-2"} {
		if err := r.in.Overdue(ctx, "a", &pb.OverdueResponse{CaughtUp: true, Cursor: []byte(no), Records: []*pb.OverdueRecord{{Record: &pb.OverdueRecord_Overdue{
			Overdue: &pb.OverdueCase{SourceId: "o1", Department: "GH", CaseNo: no, Clock: pb.Clock_CLOCK_PROMISED, ReportedAt: ts(when)}}}}}); err != nil {
			t.Fatal(err)
		}
	}
	if n := r.in.Tally("a", Overdue); n.Taken != 1 || n.Corrections != 0 || n.Refused["source_id_reused"].Count != 1 {
		t.Errorf("%+v", n)
	}
	if got := r.query(`SELECT case_no FROM register_overdue`); !slices.Equal(got, []string{"GH-1"}) {
		t.Errorf("in the register: %v", got)
	}
	r.verify("")
}
