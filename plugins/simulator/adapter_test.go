package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/sdk"
	"github.com/mingcha-console/mingcha/sdk/adaptertest"
	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
	"github.com/mingcha-console/mingcha/sdk/officeclock"
)

func small() fields {
	return fields{"seed": 5, "start": "2025-01-01", "until": "2025-04-30", "cases": 4000}
}

func with(f fields, name string, value any) fields {
	f[name] = value
	return f
}

func TestResumeGivesTheTail(t *testing.T) {
	a := accept(t, small(), false, nil)
	whole, err := events(t, a, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := flatten(whole)
	if len(all) < 5000 || !whole[len(whole)-1].caughtUp {
		t.Fatalf("%d events, caught up: %v", len(all), whole[len(whole)-1].caughtUp)
	}
	// Another process, as after a crash.
	b := accept(t, small(), false, nil)
	for range 5 {
		i := rand.IntN(len(whole))
		rest, err := events(t, b, whole[i].cursor)
		if err != nil {
			t.Fatal(err)
		}
		if want := flatten(whole[i+1:]); !slices.EqualFunc(flatten(rest), want, bytes.Equal) {
			t.Errorf("from batch %d: %d events, want the %d that followed", i, len(flatten(rest)), len(want))
		}
	}
}

func TestForeignCursorsAreRefused(t *testing.T) {
	a := accept(t, small(), false, nil)
	mine, err := events(t, a, nil)
	if err != nil {
		t.Fatal(err)
	}
	good := mine[0].cursor
	damaged := slices.Clone(good)
	damaged[10] ^= 1
	elsewhere, err := events(t, accept(t, with(small(), "seed", 6), false, nil), nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, cursor := range map[string][]byte{
		"garbage": []byte("42"), "damaged": damaged, "truncated": good[:len(good)-1], "another seed's": elsewhere[0].cursor,
	} {
		got, err := events(t, a, cursor)
		s, _ := status.FromError(err)
		if s.Code() != codes.FailedPrecondition || len(got) > 0 {
			t.Errorf("%s cursor: %v", name, err)
			continue
		}
		details := s.Details()
		if len(details) != 1 || !strings.Contains(details[0].(*v1.ConfigureResponse).FieldErrors[0].MessageZh, "续传位置") {
			t.Errorf("%s cursor: no sentence for people in %v", name, details)
		}
	}
	stream, err := a.Overdue(t.Context(), &v1.OverdueRequest{Cursor: good})
	if err == nil {
		_, err = stream.Recv()
	}
	if status.Code(err) != codes.FailedPrecondition {
		t.Errorf("an events cursor for the reports: %v", err)
	}
}

func TestWrongSettingsNameTheField(t *testing.T) {
	a := startProcess(t)
	for field, f := range map[string]fields{
		"seed":           {"seed": uint64(1) << 60},
		"start":          {"start": "1.1.2026"},
		"until":          {"start": "2026-05-01", "until": "2026-04-01"},
		"cases":          {"cases": 0},
		"departments":    {"departments": []string{"GH", "XX"}},
		"violation_rate": {"violation_rate": 2},
		"case_prefix":    {"case_prefix": "市/"},
		"speed":          {"speed": 3},
	} {
		out := configure(t, a, f, false, nil)
		if len(out.FieldErrors) != 1 || out.FieldErrors[0].Field != field || out.FieldErrors[0].MessageZh == "" || out.FieldErrors[0].MessageEn == "" {
			t.Errorf("%v: %v, want one error of %s", f, out.FieldErrors, field)
		}
	}
	out := configure(t, a, fields{"answer_key": "k.csv"}, false, nil)
	if len(out.FieldErrors) != 1 || out.FieldErrors[0].Field != "until" {
		t.Errorf("a key without an end: %v", out.FieldErrors)
	}
}

func TestAnswerKeyIsWrittenAtTheEnd(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key.csv")
	f := with(with(small(), "answer_key", path), "violation_rate", 0.1)
	a := accept(t, f, false, nil)
	if _, err := os.Stat(path); err == nil {
		t.Fatal("written before the end")
	}
	if _, err := events(t, a, nil); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[0], ","); got != "department,case_no,rule,key,level,raised_at" {
		t.Errorf("header %s", got)
	}
	if len(rows) < 100 || !slices.IsSortedFunc(rows[1:], func(a, b []string) int { return slices.Compare(a[:4], b[:4]) }) {
		t.Errorf("%d rows, sorted by department, case, rule and key wanted", len(rows))
	}
	for _, r := range rows[1:] {
		if at, err := time.Parse(time.RFC3339, r[5]); err != nil || !strings.HasSuffix(r[5], "+08:00") || at.Year() != 2025 {
			t.Errorf("raised at %s", r[5])
		}
	}
	if left, _ := filepath.Glob(path + ".*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A key that cannot be written fails the stream, loudly, and names the field.
func TestAnswerKeyThatCannotBeWritten(t *testing.T) {
	a := accept(t, with(small(), "answer_key", filepath.Join(t.TempDir(), "missing", "key.csv")), false, nil)
	_, err := events(t, a, nil)
	s, _ := status.FromError(err)
	if d := s.Details(); len(d) != 1 || d[0].(*v1.ConfigureResponse).FieldErrors[0].Field != "answer_key" {
		t.Errorf("got %v with %v", err, d)
	}
}

// At a hundred thousand times the pace an office day passes in a third of a
// second: first everything up to now, then event by event, and none is lost.
func TestFollowingTheClock(t *testing.T) {
	office := time.Date(2025, time.March, 3, 3, 0, 0, 0, time.UTC) // Monday 11:00 in China
	clock := &officeclock.Setting{Real: time.Now(), Office: office, Speed: 100_000, SkipRest: true}
	f := fields{"seed": 5, "start": "2025-02-01", "cases": 4000} // a day of this clock passes while a slow machine starts
	a := accept(t, f, true, clock)
	before, after := followFor(t, a, officeclock.New(*clock), 30)
	if len(before) == 0 || len(after) == 0 {
		t.Fatalf("%d events at once, %d as time came", len(before), len(after))
	}
	if e := before[0]; e.OccurredAt.AsTime().Before(office.AddDate(0, 0, -31)) {
		t.Errorf("the first event is of %v", e.OccurredAt.AsTime())
	}
	// The same city read at once holds the same events in the same order.
	whole, err := events(t, accept(t, f, false, nil), nil)
	if err != nil {
		t.Fatal(err)
	}
	all := flatten(whole)
	for i, e := range append(before, after...) {
		var r v1.EventRecord
		if err := proto.Unmarshal(all[i], &r); err != nil || r.GetEvent().SourceId != e.SourceId {
			t.Fatalf("event %d is %s, want %s (%v)", i, e.SourceId, r.GetEvent().GetSourceId(), err)
		}
	}
}

// A city that started ninety days before the first look keeps that start: the
// next day's process goes on in the same city.
func TestRelativeStartStaysWhereItWas(t *testing.T) {
	monday := time.Date(2025, time.March, 3, 3, 0, 0, 0, time.UTC)
	on := func(office time.Time) *officeclock.Setting {
		return &officeclock.Setting{Real: time.Now(), Office: office, Speed: 1}
	}
	read := func(f fields, office time.Time, cursor []byte) []batch {
		got, err := events(t, accept(t, f, false, on(office)), cursor)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	f := fields{"seed": 5, "start": "-90d", "cases": 4000}
	first := read(f, monday, nil)
	rest := read(f, monday.AddDate(0, 0, 2), first[len(first)-1].cursor)
	whole := read(fields{"seed": 5, "start": "2024-12-03", "cases": 4000}, monday.AddDate(0, 0, 2), nil)
	if got := append(flatten(first), flatten(rest)...); len(flatten(rest)) == 0 || !slices.EqualFunc(got, flatten(whole), bytes.Equal) {
		t.Errorf("%d events before the restart and %d after it differ from the %d of one run",
			len(flatten(first)), len(flatten(rest)), len(flatten(whole)))
	}
}

func TestReportsComeInOrder(t *testing.T) {
	a := accept(t, small(), false, nil)
	stream, err := a.Authorizations(t.Context(), &v1.AuthorizationsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	departments := map[string]bool{}
	for {
		in, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range in.Records {
			departments[r.GetAuthorization().Department] = true
			if at := r.GetAuthorization().SignedAt.AsTime(); at.After(time.Date(2025, 5, 1, 0, 0, 0, 0, time.UTC)) {
				t.Errorf("an authorization signed at %v, after the end", at)
			}
		}
	}
	if len(departments) != 35 {
		t.Errorf("%d departments have authorizations", len(departments))
	}
}

func TestTheAdapterKeepsTheContract(t *testing.T) {
	config := `{"seed":5,"start":"2025-01-01","until":"2025-02-15","cases":5000,"departments":["GH","GA"],"violation_rate":0.3}`
	adaptertest.Run(t, adaptertest.InProcess(func() sdk.Adapter { return &simulator{} }), config)
}

// As office time goes on, ratings come as they are given, none before its time.
func TestRatingsFollowTheClock(t *testing.T) {
	office := time.Date(2025, time.March, 3, 3, 0, 0, 0, time.UTC) // Monday 11:00 in China
	setting := &officeclock.Setting{Real: time.Now(), Office: office, Speed: 100_000, SkipRest: true}
	a := accept(t, fields{"seed": 5, "start": "-30d", "cases": 40_000}, true, setting)
	clock := officeclock.New(*setting)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	stream, err := a.Ratings(ctx, &v1.RatingsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var marks, before, after int
	for marks < 30 {
		in, err := stream.Recv()
		if err != nil {
			t.Fatal(err)
		}
		now := clock.Now()
		for _, r := range in.Records {
			m := r.GetRating()
			if at := m.RatedAt.AsTime(); at.After(now) || m.ContactedAt.AsTime().After(now) {
				t.Errorf("%v came at %v", m, now)
			}
			if marks == 0 {
				before++
			} else {
				after++
			}
		}
		if in.CaughtUp {
			marks++
		}
	}
	if before < 100 || after == 0 {
		t.Errorf("%d ratings at once, %d as time came", before, after)
	}
}

// What is shipped must be valid under the schema that is shipped.
func TestShippedConfigurations(t *testing.T) {
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	a := startProcess(t)
	for _, name := range []string{"demo.yaml", "year.yaml"} {
		raw, err := os.ReadFile(filepath.Join("configs", name))
		if err != nil {
			t.Fatal(err)
		}
		asJSON, err := yaml.YAMLToJSON(raw)
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		out, err := a.Configure(t.Context(), &v1.ConfigureRequest{ConfigJson: asJSON, OfficeZone: "Asia/Shanghai", BaseDir: t.TempDir()})
		if err != nil || len(out.FieldErrors) > 0 || len(out.Departments) != 35 || len(out.Items) != 359 {
			t.Errorf("%s: %v, %v", name, err, out.GetFieldErrors())
		}
	}
}
