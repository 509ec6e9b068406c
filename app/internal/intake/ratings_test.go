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

	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// rating builds a very satisfied rating of item I1, given at the window's rater.
func rating(id string, more ...func(*pb.Rating)) *pb.Rating {
	m := &pb.Rating{SourceId: id, Department: "GH", CaseNo: "GH-417", ItemCode: "I1", Level: pb.RatingLevel_RATING_LEVEL_VERY_SATISFIED,
		Channel: "terminal", Window: "3", Handler: &pb.Person{Name: "李窗口"}, RatedAt: ts(at("2026-10-09 15:45:00"))}
	for _, f := range more {
		f(m)
	}
	return m
}

// bad makes a rating the worst there is, given by somebody who can be asked.
func bad(m *pb.Rating) {
	m.Level = pb.RatingLevel_RATING_LEVEL_VERY_DISSATISFIED
	m.RaterName, m.RaterPhone = "赵敏", "13800001234"
	m.Reasons, m.Text = []string{"多次跑动", "态度生硬"}, "跑了三趟才办成"
}

func contacted(m *pb.Rating) {
	m.ContactedAt, m.ContactResult = ts(at("2026-10-10 09:30:00")), "已致歉并说明"
}

func ratingRecords(all ...*pb.Rating) []*pb.RatingRecord {
	out := make([]*pb.RatingRecord, len(all))
	for i, m := range all {
		out[i] = &pb.RatingRecord{Record: &pb.RatingRecord_Rating{Rating: m}}
	}
	return out
}

func (r *rig) rate(all ...*pb.Rating) {
	r.t.Helper()
	if err := r.in.Ratings(ctx, "a", &pb.RatingsResponse{Records: ratingRecords(all...), Cursor: fmt.Append(nil, len(r.changes)), CaughtUp: true}); err != nil {
		r.t.Fatal(err)
	}
}

// query reads rows of one text column beside the running console.
func (r *rig) query(query string) (out []string) {
	r.t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(r.dir, store.DatabaseFile))
	if err != nil {
		r.t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(query)
	if err != nil {
		r.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			r.t.Fatal(err)
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		r.t.Fatal(err)
	}
	return out
}

const ratingColumns = `id || '|' || seq || '|' || dept || '|' || item || '|' || case_no || '|' || level || '|' || channel || '|' || hall_window || '|' ||
	handler || '|' || rated_at || '|' || named || '|' || reasons || '|' || text || '|' || contacted_at || '|' || contact_result`

func (r *rig) ratings() []string {
	r.t.Helper()
	return r.query(`SELECT ` + ratingColumns + ` FROM ratings ORDER BY id`)
}

// quarantine reads what an adapter's records were set aside for.
func (r *rig) quarantine(adapter string) (out []store.QuarantineEntry) {
	r.t.Helper()
	if err := r.s.Snapshot(ctx, func(w *store.Reader) error {
		return w.Each(func(row store.Row) error {
			out = append(out, store.QuarantineEntry{Stream: row.Text(0), Code: row.Text(1), ReasonZH: row.Text(2), ReasonEN: row.Text(3),
				Raw: []byte(row.Text(4)), RawSize: int(row.Int(5))})
			return nil
		}, `SELECT stream, code, reason_zh, reason_en, substr(raw, 1, 65536), raw_size FROM quarantine WHERE adapter = ?`, adapter)
	}); err != nil {
		r.t.Fatal(err)
	}
	return out
}

func (r *rig) quarantined(adapter string) (codes []string) {
	r.t.Helper()
	for _, q := range r.quarantine(adapter) {
		if q.Stream != string(Ratings) || q.ReasonZH == "" || q.ReasonEN == "" {
			r.t.Errorf("a row of quarantine: %+v", q)
		}
		codes = append(codes, q.Code)
	}
	slices.Sort(codes)
	return codes
}

// Records 1 to 4 of the journal are the ruling and the catalogue: department, I1, I2.
func TestARatingStandsInItsTableWithoutItsRater(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
	r.catalogue()
	r.rate(rating("p1", bad), rating("p2", func(m *pb.Rating) { m.CaseNo, m.ItemCode, m.Handler = "", "", nil }))
	want := []string{
		`5|5|1|1|GH-417|5|terminal|3|李窗口|1791531900000000|1|["多次跑动","态度生硬"]|跑了三趟才办成|0|`,
		`6|6|1|0||1|terminal|3||1791531900000000|0|[]||0|`,
	}
	if got := r.ratings(); !slices.Equal(got, want) {
		t.Errorf("rows:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	r.verify("")
}

func TestLiveClientsHearOfRatings(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
	r.catalogue()
	r.take(lateCase()...)
	r.changes = nil
	r.rate(rating("p1", bad), rating("p2", func(m *pb.Rating) { m.CaseNo = "" }))
	want := store.Change{Seq: 11, Kind: "rating", Department: "GH", CaseID: 5, CaseNo: "GH-417", ItemCode: "I1", Detail: "very_dissatisfied",
		At: at("2026-10-09 15:45:00").UTC(), ObservedAt: r.now.UTC()}
	if len(r.changes) != 2 || fmt.Sprint(r.changes[0]) != fmt.Sprint(want) {
		t.Fatalf("told %+v\nwant %+v first of two", r.changes, want)
	}
	if c := r.changes[1]; c.CaseID != 0 || c.Detail != "very_satisfied" || c.Kind != "rating" {
		t.Errorf("of no case: %+v", c)
	}
}

func TestARatingSentAgainChangedIsACorrection(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
	r.catalogue()
	r.rate(rating("p1", bad))
	r.rate(rating("p1", bad), rating("p1", bad, contacted), rating("p1", bad, contacted))
	got := r.ratings()
	if len(got) != 1 || !strings.HasPrefix(got[0], "5|6|") || !strings.HasSuffix(got[0], "|1791595800000000|已致歉并说明") {
		t.Errorf("the row is %q", got)
	}
	if n := r.totals().Records; n != 6 {
		t.Errorf("%d records, want 6: the first and its correction stand in the journal", n)
	}
	r.verify("")
	// Back to the first again is a change, too.
	r.rate(rating("p1", bad))
	if got := r.ratings(); len(got) != 1 || !strings.HasPrefix(got[0], "5|7|") || !strings.HasSuffix(got[0], "|0|") {
		t.Errorf("the row is %q", got)
	}
	r.verify("")
}

func TestEveryFaultOfARatingGoesToQuarantine(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
	r.catalogue()
	faults := map[string]func(*pb.Rating){
		"missing_source_id":  func(m *pb.Rating) { m.SourceId = "" },
		"missing_department": func(m *pb.Rating) { m.Department = "" },
		"missing_rated_at":   func(m *pb.Rating) { m.RatedAt = nil },
		"level":              func(m *pb.Rating) { m.Level = 6 },
		"too_early":          func(m *pb.Rating) { m.RatedAt = ts(at("1949-10-01 00:00:00")) },
		"future":             func(m *pb.Rating) { m.ContactedAt = ts(r.now.Add(time.Hour)) },
		"too_long":           func(m *pb.Rating) { m.Text = strings.Repeat("长", 64<<10) },
		"unknown_department": func(m *pb.Rating) { m.Department = "XX" },
		"unknown_item":       func(m *pb.Rating) { m.ItemCode = "I9" },
	}
	records := ratingRecords(rating("first"))
	var want []string
	for code, change := range faults {
		want = append(want, code)
		records = append(records, ratingRecords(rating("bad-"+code, change))...)
	}
	records = append(records, &pb.RatingRecord{}, &pb.RatingRecord{Record: &pb.RatingRecord_Unreadable{Unreadable: &pb.Unreadable{SourceId: "u", Raw: []byte("评价;;")}}})
	records = append(records, ratingRecords(rating("no level", func(m *pb.Rating) { m.Level = 0 }), rating("last"))...)
	want = append(want, "empty", "unreadable", "level")
	slices.Sort(want)
	if err := r.in.Ratings(ctx, "a", &pb.RatingsResponse{Records: records, Cursor: []byte("after all"), CaughtUp: true}); err != nil {
		t.Fatal(err)
	}
	if got := r.quarantined("a"); !slices.Equal(got, want) {
		t.Errorf("in quarantine %v, want %v", got, want)
	}
	if n := len(r.ratings()); n != 2 {
		t.Errorf("%d ratings taken, want the first and the last", n)
	}
	if cursor, err := r.in.Cursor(ctx, "a", Ratings); err != nil || string(cursor) != "after all" {
		t.Errorf("the cursor is %q, %v", cursor, err)
	}
	if cursor, err := r.in.Cursor(ctx, "a", Events); err != nil || len(cursor) != 0 {
		t.Errorf("the events' cursor moved to %q, %v", cursor, err)
	}
	r.verify("")
}

func TestVerifyNamesAChangedRating(t *testing.T) {
	for name, change := range map[string]string{
		"made better":          `UPDATE ratings SET level = 2 WHERE id = 5`,
		"counted better":       `UPDATE ratings SET counted = 2 WHERE id = 5`,
		"contact invented":     `UPDATE ratings SET contacted_at = rated_at WHERE id = 5`,
		"deleted":              `DELETE FROM ratings WHERE id = 5`,
		"invented":             `INSERT INTO ratings SELECT 99, 99, dept, item, case_no, level, channel, hall_window, handler, rated_at, named, reasons, text, contacted_at, contact_result, counted, first_level, rewritten_at, rater, contact_told FROM ratings WHERE id = 5`,
		"of the first version": `UPDATE ratings SET seq = 5 WHERE id = 6`,
		"given to another one": `UPDATE ratings SET handler = '王窗口' WHERE id = 5`,
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
			r.catalogue()
			r.rate(rating("p1", bad), rating("p2"), rating("p2", contacted))
			r.verify("")
			r.in.Close()
			db, err := sql.Open("sqlite3", filepath.Join(r.dir, store.DatabaseFile))
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.Exec(change); err != nil {
				t.Fatal(err)
			}
			if d := r.verify("ratings"); d != nil && !strings.Contains(d.EN, " the ratings ") {
				t.Errorf("names %q", d.EN)
			}
		})
	}
}

// In whatever batches ratings and their corrections come, and with whatever is
// sent twice, the table is that of the last version of each.
func TestTheLastVersionOfEachRatingHolds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := newRig(t, t.TempDir(), at("2026-10-12 09:00:00"))
		defer r.close()
		r.catalogue()
		last := map[string]pb.RatingLevel{}
		for range rapid.IntRange(1, 5).Draw(rt, "batches") {
			var b []*pb.Rating
			for range rapid.IntRange(0, 6).Draw(rt, "records") {
				m := rating(rapid.SampledFrom([]string{"p1", "p2", "p3", "p4"}).Draw(rt, "id"))
				m.Level = pb.RatingLevel(rapid.IntRange(1, 5).Draw(rt, "level"))
				last[m.SourceId] = m.Level
				b = append(b, m)
			}
			r.rate(b...)
		}
		want, got := map[string]string{}, map[string]string{}
		for id, level := range last {
			want[id] = fmt.Sprint(int(level))
		}
		for _, row := range r.query(`SELECT j.source_id || ' ' || r.level FROM ratings r JOIN journal j ON j.seq = r.id WHERE j.corrects = 0`) {
			id, level, _ := strings.Cut(row, " ")
			got[id] = level
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			rt.Fatalf("the table says %v, sent was %v", got, want)
		}
		r.verify("")
	})
}
