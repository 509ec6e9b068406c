package intake

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// drawn is an event of any kind, with what it brings, at one of a few instants of
// some weeks, as a source with times or with dates only tells it, written down at
// once, late, or nobody knows when.
func drawn(t *rapid.T, datesOnly bool) *pb.Event {
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	when := at("2026-03-02 00:00:00").AddDate(0, 0, rapid.IntRange(0, 40).Draw(t, "day"))
	if !datesOnly {
		when = when.Add(time.Duration(rapid.SampledFrom([]int{0, 9, 12, 15, 17}).Draw(t, "hour")) * time.Hour)
	}
	e := &pb.Event{Department: "GH", ItemCode: "I1", OccurredAt: ts(when), Window: pick("window", "", "3"), Text: pick("text", "", "补"),
		Kind: pb.EventKind(rapid.IntRange(1, 16).Draw(t, "kind"))}
	if early := rapid.IntRange(0, 3).Draw(t, "one of the first kinds"); early > 1 {
		e.Kind = pb.EventKind(early - 1)
	}
	if lag := rapid.SampledFrom([]int{-1, 0, 1, 60, 500}).Draw(t, "hours to the entry"); lag >= 0 {
		e.EnteredAt = ts(when.Add(time.Duration(lag) * time.Hour))
	}
	if rapid.IntRange(0, 4).Draw(t, "effective") == 0 {
		e.EffectiveAt = ts(when.AddDate(0, 0, -rapid.IntRange(1, 9).Draw(t, "days before")))
	}
	told := func() *pb.Event { // when the applicant was told
		return &pb.Event{OccurredAt: ts(when.AddDate(0, 0, rapid.IntRange(-1, 1).Draw(t, "told")))}
	}
	switch e.Kind {
	case pb.EventKind_EVENT_KIND_RECEIVED:
		e.Application = &pb.Application{ApplicantName: pick("applicant", "王小明", "李四"), ProjectName: pick("project", "", "厂房")}
	case pb.EventKind_EVENT_KIND_STEP_STARTED, pb.EventKind_EVENT_KIND_STEP_FINISHED:
		e.Step = &pb.StepDetail{Name: pick("step", "审查", "制证")}
	case pb.EventKind_EVENT_KIND_PAUSED:
		e.Pause = &pb.Pause{Kind: pick("ground", "expert", "hearing", "leave"), Approver: pick("approver", "", "王局长"), Approved: days(int32(rapid.IntRange(0, 4).Draw(t, "approved")))}
		if rapid.Bool().Draw(t, "noticed") {
			e.Pause.NotifiedAt = told().OccurredAt
		}
	case pb.EventKind_EVENT_KIND_EXTENDED:
		e.Extension = &pb.Extension{By: days(int32(rapid.IntRange(1, 12).Draw(t, "by"))), Approver: pick("approver", "", "王局长"), Reason: pick("reason", "", "复杂")}
		if rapid.Bool().Draw(t, "noticed") {
			e.Extension.NotifiedAt = told().OccurredAt
		}
	case pb.EventKind_EVENT_KIND_DECIDED:
		e.Decision = &pb.Decision{Outcome: pb.Outcome(rapid.IntRange(1, 5).Draw(t, "outcome")), Reason: pick("reason", "", "不符合规划"), NoticeNo: pick("notice", "", "不许字1号"), Signer: &pb.Person{Name: pick("signer", "陈", "赵")}}
	case pb.EventKind_EVENT_KIND_SUPPLEMENT_REQUESTED:
		e.Notice = &pb.Notice{Materials: slices.Repeat([]string{"材料"}, rapid.IntRange(0, 2).Draw(t, "materials"))}
	}
	return e
}

// exported are a case's events as a source exports them: in the order given, with
// numbers of its own or, where it numbers nothing, known by what they are.
func exported(no string, events []*pb.Event, numbered bool) []*pb.Event {
	equal := map[string]uint32{}
	out := make([]*pb.Event, len(events))
	for i, e := range events {
		body, err := canonical.Marshal(e)
		if err != nil {
			panic(err)
		}
		what := fmt.Sprintf("%x", sha256.Sum256(body))[:12]
		equal[what]++
		m := proto.CloneOf(e)
		m.CaseNo = no
		m.SourceId = fmt.Sprintf("%s#%s~%d", no, what, equal[what])
		if !numbered {
			m.Occurrence = equal[what]
		}
		out[i] = m
	}
	return out
}

// standing is all that is stored and shown of a case but journal numbers, its own
// number, and what stood meanwhile and was withdrawn.
func (r *rig) standing(no string) string {
	r.t.Helper()
	var b strings.Builder
	if err := r.s.Snapshot(ctx, func(tx *store.Reader) error {
		row, found, err := tx.CaseByNo(1, no)
		if err != nil || !found {
			return fmt.Errorf("case %s: found %v, %w", no, found, err)
		}
		found2, err := tx.Findings(row.ID)
		if err != nil {
			return err
		}
		departments, err := tx.Departments()
		if err != nil {
			return err
		}
		items, err := tx.Items()
		if err != nil {
			return err
		}
		cases, err := NewCaseReader(tx, departments, items)
		if err != nil {
			return err
		}
		judge := rules.New(workday.Default(), rules.DefaultSettings())
		s, err := cases.Subject(row.ID, judge, r.now)
		if err != nil {
			return err
		}
		v := judge.Judge(s, r.now)
		for i := range v.Findings {
			v.Findings[i].Evidence = nil
		}
		row.ID, row.CaseNo, row.Flags = 0, "", row.Flags&^store.FlagCorrected
		fmt.Fprintf(&b, "%+v\n%+v\n", v, row)
		for _, f := range found2 {
			if store.FindingStateWord(f.State) != "withdrawn" {
				fmt.Fprintln(&b, f.Rule, f.Key, f.Level, f.State, f.Raised, f.Settled, f.WordsZH, f.WordsEN)
			}
		}
		return nil
	}); err != nil {
		r.t.Fatal(err)
	}
	return b.String()
}

// Any order, split, repetition and re-export of a case's events, of every kind,
// registered whenever, gives the same verdict, byte for byte but for journal
// numbers: through the real intake, into a real store, and folded from there.
func TestAnyOrderSplitRepetitionAndReExportGiveOneVerdict(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-06-30 10:00:00"))
	r.catalogue()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		datesOnly, numbered := rapid.Bool().Draw(rt, "dates only"), rapid.Bool().Draw(rt, "numbered by the source")
		var events []*pb.Event
		for range rapid.IntRange(1, 9).Draw(rt, "events") {
			events = append(events, drawn(rt, datesOnly))
		}
		one, other := fmt.Sprintf("A-%d", n), fmt.Sprintf("B-%d", n)
		r.take(exported(one, events, numbered)...)
		for i := range rapid.IntRange(1, 3).Draw(rt, "exports") {
			order := rapid.Permutation(exported(other, rapid.Permutation(events).Draw(rt, "exported in the order"), numbered)).Draw(rt, "told in the order")
			if i > 0 { // a later export may hold a part, of equal ones the first
				order = order[:rapid.IntRange(0, len(order)).Draw(rt, "a part")]
			}
			for len(order) > 0 {
				cut := rapid.IntRange(1, len(order)).Draw(rt, "batch")
				r.take(order[:cut]...)
				order = order[cut:]
			}
		}
		if err := r.in.Judged(ctx, "a", r.now); err != nil {
			rt.Fatal(err)
		}
		if a, b := r.standing(one), r.standing(other); a != b {
			rt.Fatalf("in one order:\n%s\nin another:\n%s", a, b)
		}
	})
	r.verify("")
}

// everythingOf is all that the folder holds of a department, by table.
func (r *rig) everythingOf(dept string) string {
	r.t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(r.dir, store.DatabaseFile)+"?mode=ro")
	if err != nil {
		r.t.Fatal(err)
	}
	defer db.Close()
	var b strings.Builder
	for _, q := range []string{
		`SELECT * FROM departments WHERE id = 1`, `SELECT * FROM items WHERE dept = 1 ORDER BY id`,
		`SELECT v.* FROM item_versions v JOIN items i ON i.id = v.item WHERE i.dept = 1 ORDER BY 1, 2`,
		`SELECT * FROM cases WHERE dept = 1 ORDER BY id`, `SELECT * FROM findings WHERE dept = 1 ORDER BY case_id, rule, key`,
		`SELECT * FROM register_overdue WHERE dept = 1 ORDER BY id`, `SELECT * FROM register_rejections WHERE dept = 1 ORDER BY id`,
		`SELECT * FROM authorizations WHERE dept = 1 ORDER BY id`, `SELECT * FROM ratings WHERE dept = 1 ORDER BY id`,
		`SELECT * FROM reports WHERE dept = 1 ORDER BY 1, 2, 3`, `SELECT * FROM journal WHERE dept = 1 ORDER BY seq`,
		`SELECT * FROM figures WHERE dept = 1 ORDER BY 1, 2, 3`,
	} {
		rows, err := db.Query(q)
		if err != nil {
			r.t.Fatalf("%s: %v", q, err)
		}
		columns, err := rows.Columns()
		if err != nil {
			r.t.Fatal(err)
		}
		fmt.Fprintln(&b, q)
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			if err := rows.Scan(values...); err != nil {
				r.t.Fatal(err)
			}
			for i := range values {
				fmt.Fprintf(&b, "%v|", *values[i].(*any))
			}
			fmt.Fprintln(&b)
		}
		if err := rows.Err(); err != nil {
			r.t.Fatal(err)
		}
		rows.Close()
	}
	return b.String()
}

// Whatever an adapter describes and sends, in every stream and under whichever
// names, it changes nothing of another's departments: no case, finding, item,
// register, rating, authorization, record or figure.
func TestAnAdaptersRecordsChangeNothingOfAnothersDepartments(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-06-30 10:00:00"))
	r.catalogue()
	when := at("2026-03-09 10:00:00")
	r.take(append(lateCase(), event("GH-1-1", "GH-1", pb.EventKind_EVENT_KIND_RECEIVED, when))...)
	r.rate(rating("p1", func(m *pb.Rating) { m.RatedAt = ts(when) }))
	filing := func(dept, id, no string) *pb.RejectionsResponse {
		return &pb.RejectionsResponse{CaughtUp: true, Cursor: []byte("r"), Records: []*pb.RejectionRecord{{Record: &pb.RejectionRecord_Rejection{Rejection: &pb.Rejection{SourceId: id, Department: dept, CaseNo: no, FiledAt: ts(when), Reason: id}}}}}
	}
	late := func(dept, id, no string) *pb.OverdueResponse {
		return &pb.OverdueResponse{CaughtUp: true, Cursor: []byte("o"), Records: []*pb.OverdueRecord{{Record: &pb.OverdueRecord_Overdue{Overdue: &pb.OverdueCase{SourceId: id, Department: dept, CaseNo: no, Clock: 1, ReportedAt: ts(when)}}}}}
	}
	power := func(dept, id string, to time.Time) *pb.AuthorizationsResponse {
		return &pb.AuthorizationsResponse{CaughtUp: true, Cursor: []byte("z"), Records: []*pb.AuthorizationRecord{{Record: &pb.AuthorizationRecord_Authorization{Authorization: &pb.Authorization{SourceId: id, Department: dept, AuthNo: id,
			Rep: &pb.Person{Name: "陈"}, Powers: []string{"sign"}, ValidFrom: ts(at("2026-01-01 00:00:00")), ValidTo: ts(to)}}}}}
	}
	for _, err := range []error{r.in.Rejections(ctx, "a", filing("GH", "f1", "GH-1")), r.in.Overdue(ctx, "a", late("GH", "o1", "GH-1")), r.in.Authorizations(ctx, "a", power("GH", "z1", at("2027-01-01 00:00:00")))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, live := range []string{"", "SL"} {
		if live != "" {
			if err := r.in.Catalogue(ctx, "b", everyDuty, []*pb.Department{{Code: "SL", Name: "水利局"}}, []*pb.Item{{Department: "SL", Code: "I1", Name: "取水许可", Promised: days(5)}}); err != nil {
				t.Fatal(err)
			}
		}
		before := r.everythingOf("GH")
		rapid.Check(t, func(rt *rapid.T) {
			pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(rt, label) }
			dept := func() string { return pick("department", "GH", "GH", "SL", "gh", "GH ") }
			id := func() string { return pick("source id", "1", "5", "GH-1-1", "f1", "o1", "z1", "p1", "new") }
			no := func() string { return pick("case", "GH-417", "GH-1", "SL-1", "new") }
			for range rapid.IntRange(1, 4).Draw(rt, "things") {
				var err error
				switch rapid.IntRange(0, 6).Draw(rt, "what") {
				case 0: // refused whole, or of its own
					d := dept()
					_ = r.in.Catalogue(ctx, "b", everyDuty, []*pb.Department{{Code: d, Name: "乙局"}, {Code: "SL", Name: "水利局"}},
						[]*pb.Item{{Department: d, Code: pick("item", "I1", "I2", "I9"), Name: "x", Promised: days(9999), Statutory: days(9999)}})
				case 1, 2:
					var events []*pb.Event
					for range rapid.IntRange(1, 3).Draw(rt, "events") {
						e := drawn(rt, false)
						e.Department, e.SourceId, e.CaseNo, e.ItemCode = dept(), id(), no(), pick("item", "I1", "I2", "I9")
						events = append(events, e)
					}
					b := batch("c", events...)
					b.CaughtUp = true
					err = r.in.Events(ctx, "b", b)
				case 3:
					err = r.in.Rejections(ctx, "b", filing(dept(), id(), no()))
				case 4:
					err = r.in.Overdue(ctx, "b", late(dept(), id(), no()))
				case 5:
					err = r.in.Authorizations(ctx, "b", power(dept(), id(), when))
				case 6:
					err = r.in.Ratings(ctx, "b", &pb.RatingsResponse{CaughtUp: true, Cursor: []byte("p"), Records: ratingRecords(rating(id(), bad, func(m *pb.Rating) { m.Department, m.CaseNo, m.RatedAt = dept(), no(), ts(when) }))})
				}
				if err != nil {
					rt.Fatal(err)
				}
			}
			if rapid.Bool().Draw(rt, "judged") {
				_ = r.in.GoLive(ctx, "b", rapid.Bool().Draw(rt, "live"))
			}
			if after := r.everythingOf("GH"); after != before {
				rt.Fatalf("before:\n%s\nafter:\n%s", before, after)
			}
		})
	}
	r.verify("")
}
