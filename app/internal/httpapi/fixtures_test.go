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

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/list"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/casework"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/officetest/emptyfolder"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

const token = "k7-example"

// desk keeps no journal; package runtime's tests run the real one.
var desk = api.Desk{Now: func() time.Time { return now },
	Exported:    func(context.Context, string, string, any) error { return nil },
	Departments: func(context.Context) (map[string]string, error) { return map[string]string{"GH": "规划局"}, nil }}

// now is a Tuesday morning in the office.
var now = time.Date(2026, 9, 22, 10, 0, 0, 0, list.Zone)

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
	o := Options{Features: append(features(t, s.store), (&console{}).offer), Desk: desk, Token: token, Version: "test",
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
	return []func(*api.API){casework.New(office, account.New(office), matter.New(office, account.New(office))).Feature().Operations}
}

// journaled takes every act and keeps none.
type journaled struct{}

func (journaled) Act(context.Context, intake.Act) (intake.RecordedAct, bool, error) {
	return intake.RecordedAct{}, true, nil
}

func (journaled) Calendar() *workday.Calendar { return workday.Default() }

// cases reads a store as a console does whose adapters are at rest.
func cases(s *store.Store) *casefile.Reader {
	judge := rules.New(workday.Default(), rules.DefaultSettings())
	return casefile.New(s, casefile.Options{Now: func() time.Time { return now }, Judge: func() *rules.Judge { return judge },
		Moment:   func(_ string, judged time.Time) time.Time { return judged },
		Warnings: func() []casefile.Warning { return []casefile.Warning{} }})
}

// filled is a store with one department, one item and 30 cases, of which the
// first was decided and the rest are open; the oldest are overdue.
func filled(t testing.TB) *store.Store {
	t.Helper()
	ctx, dir, cal := context.Background(), emptyfolder.New(t), workday.Default()
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

// console is a feature of which tests say what it does: what it was told, and with
// what it fails.
type console struct {
	calls []string
	fail  error
	panic any
}

// settled is an answer with lists that a careless feature leaves nil.
type settled struct {
	Year  int      `json:"year"`
	Names []string `json:"names"`
}

func (c *console) answer() (settled, error) {
	if c.panic != nil {
		panic(c.panic)
	}
	return settled{Year: 2027}, c.fail
}

// instead has a test's console in the place of the usual one.
func instead(c *console) func(*Options) {
	return func(o *Options) { o.Features[len(o.Features)-1] = c.offer }
}

func (c *console) offer(h *api.API) {
	api.Get(h, "/settings", "settings", "Settings", access.Everyone, func(context.Context, *api.None) (settled, error) { return c.answer() })
	api.Get(h, "/calendar/{year}", "calendar", "A year", access.Everyone, func(context.Context, *struct {
		Year int `path:"year" minimum:"1990" maximum:"2200"`
	}) (settled, error) {
		return c.answer()
	})
	put := h.Describe(http.MethodPut, "/calendar/{year}", "importCalendar", "Import a year", access.Desk)
	put.SkipValidateBody, put.RequestBody = true, &huma.RequestBody{Required: true}
	api.Handle(h, put, func(_ context.Context, in *struct {
		Year int `path:"year" minimum:"1990" maximum:"2200"`
		Body struct {
			_    struct{} `additionalProperties:"true"`
			Year int      `json:"year"`
		}
		RawBody []byte `contentType:"application/json"`
	}) (settled, error) {
		c.calls = append(c.calls, string(in.RawBody))
		return c.answer()
	})
	api.Get(h, "/adapters/{name}/logs", "adapterLogs", "Lines", access.Office, func(context.Context, *struct {
		Name string `path:"name"`
	}) ([]settled, error) {
		_, err := c.answer()
		return nil, err
	})
	api.Command(h, "/adapters/{name}/restart", "restartAdapter", "Restart", access.Office, func(_ context.Context, in *struct {
		Name string `path:"name"`
	}) error {
		c.calls = append(c.calls, "restart "+in.Name)
		return c.fail
	})
}

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
