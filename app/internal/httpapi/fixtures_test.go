package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/casefile"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/export"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/casework"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

const token = "k7-example"

// desk keeps no journal; package console's tests run the real one.
var desk = api.Desk{Now: func() time.Time { return now },
	Exported:    func(context.Context, string, string, any) error { return nil },
	Departments: func(context.Context) (map[string]string, error) { return map[string]string{"GH": "规划局"}, nil }}

// now is a Tuesday morning in the office.
var now = time.Date(2026, 9, 22, 10, 0, 0, 0, officeZone)

// service is the handler on a real listener, over a real store.
type service struct {
	t     testing.TB
	http  *httptest.Server
	store *store.Store
	log   *bytes.Buffer
}

func serving(t testing.TB, change ...func(*Options)) *service {
	t.Helper()
	s := &service{t: t, store: filled(t), log: &bytes.Buffer{}}
	o := Options{Cases: cases(s.store), Features: features(t, s.store), Desk: desk, Console: &console{}, Reviews: reviews{}, Visits: visits{}, Terms: termList{}, Network: door{}, Token: token, Version: "test",
		Logger: slog.New(slog.NewTextHandler(s.log, nil)),
		Assets: fstest.MapFS{
			"index.html":             {Data: []byte("<!doctype html><title>明察</title>" + strings.Repeat("<!-- page -->", 200))},
			"favicon.svg":            {Data: []byte("<svg/>")},
			"assets/index-Bx3f9a.js": {Data: []byte(strings.Repeat("export const a = 1;\n", 500))},
		}}
	for _, f := range change {
		f(&o)
	}
	s.http = httptest.NewServer(New(o))
	t.Cleanup(s.http.Close)
	return s
}

// features are those that read a store.
func features(t testing.TB, s *store.Store) []func(*api.API) {
	t.Helper()
	signer, err := journal.OpenSigner(s.Dir())
	if err != nil {
		t.Fatal(err)
	}
	office := &feature.Office{Store: s, Cases: cases(s), Now: func() time.Time { return now }, PublicKey: signer.PublicKey(), Journal: journaled{}}
	return []func(*api.API){casework.New(office, account.New(office)).Feature().Operations}
}

// journaled takes every act and keeps none.
type journaled struct{}

func (journaled) Act(context.Context, intake.Act) (intake.RecordedAct, bool, error) {
	return intake.RecordedAct{}, true, nil
}

func (journaled) Calendar() *workday.Calendar { return workday.Default() }

// desk keeps no journal; package console's tests run the real one.
var desk = api.Desk{Now: func() time.Time { return now },
	Exported:    func(context.Context, string, string, any) error { return nil },
	Departments: func(context.Context) (map[string]string, error) { return map[string]string{"GH": "规划局"}, nil }}

// cases reads a store as a console does whose adapters are at rest.
func cases(s *store.Store) *casefile.Reader {
	judge := rules.New(workday.Default(), rules.DefaultSettings())
	return casefile.New(s, casefile.Options{Now: func() time.Time { return now }, Judge: func() *rules.Judge { return judge },
		Moment:   func(_ string, judged time.Time) time.Time { return judged },
		Warnings: func(time.Time) []casefile.Warning { return []casefile.Warning{} }})
}

// filled is a store with one department, one item and 30 cases, of which the
// first was decided and the rest are open; the oldest are overdue.
func filled(t testing.TB) *store.Store {
	t.Helper()
	ctx, dir, cal := context.Background(), t.TempDir(), workday.Default()
	s, err := store.Open(ctx, dir, cal)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	signer, err := journal.OpenSigner(dir)
	if err != nil {
		t.Fatal(err)
	}
	in, err := intake.Start(s, intake.Options{Calendar: cal, Rules: rules.DefaultSettings(), Now: func() time.Time { return now }, Signer: signer, Logger: slog.Default()})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	limit := &pb.Limit{N: 5, Unit: pb.Unit_UNIT_WORKING_DAYS}
	if err := in.Catalogue(ctx, "gh", &pb.DescribeResponse{Name: "gh", Capabilities: []pb.Capability{pb.Capability_CAPABILITY_EVENTS}},
		[]*pb.Department{{Code: "GH", Name: "规划局"}}, []*pb.Item{{Department: "GH", Code: "I1", Name: "建设用地规划许可", CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Promised: limit, Statutory: limit}}); err != nil {
		t.Fatal(err)
	}
	b := &pb.EventsResponse{Cursor: []byte("1"), CaughtUp: true}
	add := func(id, no string, kind pb.EventKind, at time.Time, d *pb.Decision) {
		b.Records = append(b.Records, &pb.EventRecord{Record: &pb.EventRecord_Event{Event: &pb.Event{SourceId: id, Department: "GH", CaseNo: no, ItemCode: "I1",
			Kind: kind, OccurredAt: timestamppb.New(at), EnteredAt: timestamppb.New(at), Decision: d, Handler: &pb.Person{Name: "李窗口"}}}})
	}
	for i := range 30 {
		no := caseNo(i)
		at := now.AddDate(0, 0, i-30)
		add(no+"r", no, pb.EventKind_EVENT_KIND_RECEIVED, at, nil)
		add(no+"a", no, pb.EventKind_EVENT_KIND_ACCEPTED, at.Add(time.Minute), nil)
	}
	add("d", caseNo(0), pb.EventKind_EVENT_KIND_DECIDED, now.AddDate(0, 0, -29), &pb.Decision{Outcome: pb.Outcome_OUTCOME_GRANTED})
	if err := in.Events(ctx, "gh", b); err != nil {
		t.Fatal(err)
	}
	if err := in.Judged(ctx, "gh", now); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	return s
}

func caseNo(i int) string { return "GH-2026-" + string(rune('A'+i/26)) + string(rune('a'+i%26)) }

// formula is what a spreadsheet must not run.
const formula = `=HYPERLINK("http://evil.example")`

// reviews answers in the least words; package console's tests run the real one.
type reviews struct{}

func (reviews) Mine(context.Context) ([]MyReview, error)                           { return nil, nil }
func (reviews) Page(context.Context, uint64) (*ReviewPage, error)                  { return &ReviewPage{}, nil }
func (reviews) Declare(context.Context, uint64, volunteers.Conflict, string) error { return nil }
func (reviews) Judge(context.Context, uint64, volunteers.Verdict, []string, string) error {
	return nil
}
func (reviews) All(context.Context, volunteers.ReviewFilter, store.Window) (store.Page[Review], error) {
	return store.Page[Review]{Rows: []Review{{ID: 1, Kind: "overdue", State: "done", Verdict: "proper", Seats: []ReviewSeat{{Seat: 1, State: "in", Verdict: "proper"}}}}, Total: 1}, nil
}
func (reviews) Each(_ context.Context, _ volunteers.ReviewFilter, each func(*export.Review) error) error {
	return each(&export.Review{ID: 1, Kind: "overdue", State: "done", Notes: formula, Reasons: []string{"told_twice"}})
}
func (reviews) Draws(context.Context) ([]Draw, error)            { return nil, nil }
func (reviews) Draw(context.Context, DrawRequest) (*Draw, error) { return &Draw{Kind: "overdue"}, nil }
func (reviews) Plan(context.Context) (*ReviewPlan, error) {
	return &ReviewPlan{Plan: volunteers.Plan{Every: volunteers.Monthly, Shares: []volunteers.Share{{Kind: volunteers.Overdue, Percent: 10, AtLeast: 1}}},
		Since: now, Reviewers: 15, Recent: []Recent{{Kind: volunteers.Overdue, Department: "GH", Count: 40}}}, nil
}

func (reviews) SetPlan(context.Context, volunteers.Plan) error { return nil }

func (reviews) PutUp(context.Context, string, string) error { return nil }

func (reviews) OfCase(context.Context, uint64) ([]Reviewable, error) {
	return []Reviewable{{Subject: "finding/1-V03-", Kind: volunteers.Finding, Rule: "V03", Name: api.Sentence{ZH: "超期", EN: "Late"}, Review: 7, State: volunteers.Open}}, nil
}

func (reviews) OfAuthorization(context.Context, uint64) ([]Reviewable, error) {
	return []Reviewable{{Subject: "authorization/1", Kind: volunteers.Authorization}}, nil
}

func (reviews) Certificate(context.Context, uint64) (*draw.Certificate, error) {
	return &draw.Certificate{}, nil
}
func (reviews) Unseal(context.Context, uint64, string) ([]Reviewer, error) { return nil, nil }

// door answers in the least words; package serving's tests run the real one.
type door struct{}

var ajar = NetworkState{State: "open", Port: 8617, Certificate: NetworkCertificate{Ends: now}}

func (door) State(context.Context) (*NetworkState, error)     { return &ajar, nil }
func (door) Open(context.Context, int) (*NetworkState, error) { return &ajar, nil }
func (door) Close(context.Context) (*NetworkState, error)     { return &NetworkState{State: "closed"}, nil }

// termList answers in the least words; package console's tests run the real one.
type termList struct{}

func (termList) NoteRating(context.Context, uint64) (*RatedNote, error) { return &RatedNote{}, nil }
func (termList) RateNote(context.Context, uint64, NewNoteRating) error  { return nil }

// visits answers in the least words; package console's tests run the real one.
type visits struct{}

func (visits) Mine(context.Context) (*MyVisits, error)                            { return &MyVisits{}, nil }
func (visits) PutPhoto(context.Context, string, []byte, volunteers.Taken) error   { return nil }
func (visits) File(context.Context, FiledSheet) (*FiledVisit, error)              { return &FiledVisit{}, nil }
func (visits) Supplement(context.Context, uint64, string, string, []string) error { return nil }
func (visits) All(context.Context, volunteers.VisitFilter, store.Window) (store.Page[VisitRow], error) {
	return store.Page[VisitRow]{Rows: []VisitRow{{ID: 1, Sheet: volunteers.Sheet{Mode: "open", Department: "GH"}}}, Total: 1}, nil
}
func (visits) Each(_ context.Context, _ volunteers.VisitFilter, each func(*volunteers.Visit) error) error {
	return each(&volunteers.Visit{ID: 1, Sheet: volunteers.Sheet{Mode: "open", Department: "GH", Note: formula}})
}
func (visits) One(context.Context, uint64) (*VisitRow, error) {
	return &VisitRow{Sheet: volunteers.Sheet{Mode: "open", Department: "GH"}}, nil
}
func (visits) Photo(context.Context, uint64, string) ([]byte, error) {
	return []byte{0xff, 0xd8, 0xff}, nil
}
func (visits) MyPhoto(context.Context, uint64, string) ([]byte, error) {
	return []byte{0xff, 0xd8, 0xff}, nil
}
func (visits) Unseal(context.Context, uint64, string) (*api.Reviewer, error) {
	return &api.Reviewer{}, nil
}
func (visits) Plan(context.Context, RouteRequest) (*VisitRoute, error) { return aRoute(), nil }
func (visits) Change(context.Context, uint64, RouteChange) (*VisitRoute, error) {
	return aRoute(), nil
}
func (visits) Cancel(context.Context, uint64, RouteCancel) error { return nil }
func (visits) Decline(context.Context, uint64, Declining) error  { return nil }
func (visits) Plans(context.Context) ([]VisitRoute, error)       { return []VisitRoute{*aRoute()}, nil }
func (visits) Counts(context.Context) (*VisitPlanCounts, error)  { return &VisitPlanCounts{}, nil }
func (visits) Due(context.Context) ([]DueDepartment, error) {
	return []DueDepartment{{Department: "GH"}}, nil
}
func (visits) Visitors(context.Context, VisitorQuery) (*Visitors, error) {
	return &Visitors{Visitors: []Visitor{{Account: 7}}}, nil
}
func (visits) OfMatter(context.Context, uint64) ([]MatterVisit, error) {
	return []MatterVisit{{Plan: 1, Date: "2026-09-24", Mode: "open", State: volunteers.Ahead}}, nil
}

func aRoute() *VisitRoute {
	return &VisitRoute{Date: "2026-09-24", Mode: "open", State: volunteers.Ahead, Members: []RouteMember{{Account: 7}}, Stops: []RouteStop{{Stop: volunteers.Stop{Number: 1, Department: "GH"}}}}
}

// console answers as a running console does, in the least words; its nil lists
// are what a careless console might hand over.
type console struct {
	calls []string
	fail  error
}

func (c *console) Now() time.Time                                  { return now }
func (c *console) Checkpoint(context.Context) (*Checkpoint, error) { return nil, nil }
func (c *console) SignCheckpoint(context.Context) (*Checkpoint, error) {
	return &Checkpoint{Size: 7, At: now}, c.fail
}
func (c *console) CalendarYear(_ context.Context, year int) (*CalendarYear, error) {
	return &CalendarYear{Year: year}, c.fail
}
func (c *console) ImportCalendar(_ context.Context, year int, raw []byte) (*CalendarImport, error) {
	c.calls = append(c.calls, string(raw))
	return &CalendarImport{Year: year, ChangedCases: len(raw)}, c.fail
}
func (c *console) Settings() Settings { return Settings{Mode: "civil"} }
func (c *console) Session() Session   { return Session{Mode: "serve", Console: "c", LiveToken: "t"} }
func (c *console) Adapters(context.Context) []Adapter {
	return []Adapter{{Name: "gh", State: "live", Streams: []AdapterStream{{Stream: "events"}}}}
}
func (c *console) AdapterLogs(string) ([]LogLine, error) { return nil, c.fail }
func (c *console) AdapterAction(_ context.Context, name, action string) error {
	c.calls = append(c.calls, action+" "+name)
	return c.fail
}

// ratingFilesPath is where files are sent as they are.
const ratingFilesPath = "/api/ratings/files/"

// reply is an answer with its body read.
type reply struct {
	*http.Response
	body []byte
}

type with func(*http.Request)

func header(name, value string) with { return func(r *http.Request) { r.Header.Set(name, value) } }
func host(h string) with             { return func(r *http.Request) { r.Host = h } }
func noToken(r *http.Request)        { r.Header.Del("Authorization") }

func (s *service) do(method, path, body string, change ...with) reply {
	s.t.Helper()
	req, err := http.NewRequest(method, s.http.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
		if strings.HasPrefix(path, ratingFilesPath) {
			req.Header.Set("Content-Type", "application/octet-stream")
		}
	}
	for _, f := range change {
		f(req)
	}
	resp, err := s.http.Client().Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatalf("%s %s: %v", method, path, err)
	}
	return reply{resp, b}
}

func (r reply) problem(t testing.TB) api.Problem {
	t.Helper()
	var p api.Problem
	if err := json.Unmarshal(r.body, &p); err != nil {
		t.Fatalf("not a problem: %s", r.body)
	}
	if ct := r.Header.Get("Content-Type"); ct != "application/problem+json" || p.Status != r.StatusCode || p.ZH == "" || p.EN == "" || p.Code == "" || p.Type == "" || p.Title == "" || p.Detail == "" {
		t.Errorf("status %d, %s: not a whole problem: %s", r.StatusCode, ct, r.body)
	}
	return p
}

func decode[T any](t testing.TB, r reply) (v T) {
	t.Helper()
	if r.StatusCode != 200 {
		t.Fatalf("status %d: %s", r.StatusCode, r.body)
	}
	if err := json.Unmarshal(r.body, &v); err != nil {
		t.Fatalf("%v in %s", err, r.body)
	}
	return v
}
