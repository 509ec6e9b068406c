package runtime

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/mingcha-console/mingcha/app/internal/features/office"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/live"
	"github.com/mingcha-console/mingcha/app/internal/officetest/emptyfolder"
	"github.com/mingcha-console/mingcha/app/internal/signin"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
	"github.com/mingcha-console/mingcha/sdk/officeclock"
)

// What no answer may hold but the one that was asked for by name.
const (
	applicant = "欧阳明日"
	idNumber  = "340300198001010011"
	phone     = "13855512345"
	handler   = "李经办人"
)

// morning is the town's time when a test begins: a Monday with weeks behind it, no
// end of a month and no holiday near, so that no test depends on its own day.
var morning = time.Date(2026, 11, 23, 1, 30, 0, 0, time.UTC)

// town is a running console with two departments, as it is served to the
// network.
type town struct {
	t    *testing.T
	c    *Console
	http *httptest.Server
}

func openTown(t *testing.T) *town {
	t.Helper()
	return openTownLogging(t, slog.New(slog.DiscardHandler))
}

func openTownLogging(t *testing.T, log *slog.Logger) *town {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	emptyfolder.Fill(t, dir)
	ctx := context.Background()
	if err := (Config{Clock: officeclock.Setting{Real: time.Now(), Office: morning}}).Save(dir); err != nil {
		t.Fatal(err)
	}
	c, err := Open(ctx, Options{Dir: dir, Programs: ProgramsIn(dir), Logger: log})
	if err != nil {
		t.Fatal(err)
	}
	head, err := c.store.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	hub := live.New(live.Options{Head: head, Backlog: c.Cases()})
	offer := c.Serves(office.Way{Mode: "serve", LiveURL: httpapi.LiveRoute})
	offer.Sessions, offer.Live, offer.Admit = c.People(), hub, func(w http.ResponseWriter, r *http.Request, g live.Guest) { hub.Admit(context.Background(), w, r, g) }
	w := &town{t: t, c: c, http: httptest.NewTLSServer(httpapi.New(offer))}
	t.Cleanup(func() {
		hub.Close()
		w.http.Close()
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	w.fill()
	return w
}

// fill gives each of two departments cases, one of them refused, two late.
func (w *town) fill() {
	w.t.Helper()
	ctx := context.Background()
	limit := &pb.Limit{N: 3, Unit: pb.Unit_UNIT_WORKING_DAYS}
	var deps []*pb.Department
	var items []*pb.Item
	b := &pb.EventsResponse{Cursor: []byte("1"), CaughtUp: true}
	for _, code := range []string{"GH", "JS"} {
		deps = append(deps, &pb.Department{Code: code, Name: code + "局"})
		items = append(items, &pb.Item{Department: code, Code: code + "1", Name: code + "许可", CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Promised: limit, Statutory: limit, InHall: true})
		for i := range 4 {
			no := fmt.Sprintf("%s-2026-%02d", code, i)
			add := func(kind pb.EventKind, days int, more func(*pb.Event)) {
				at := timestamppb.New(w.c.Now().AddDate(0, 0, days))
				e := &pb.Event{SourceId: no + kind.String(), Department: code, CaseNo: no, ItemCode: code + "1", Kind: kind, OccurredAt: at, EnteredAt: at,
					Handler: &pb.Person{Name: handler, Post: "窗口工作人员"}, Window: "3"}
				if more != nil {
					more(e)
				}
				b.Records = append(b.Records, &pb.EventRecord{Record: &pb.EventRecord_Event{Event: e}})
			}
			add(pb.EventKind_EVENT_KIND_RECEIVED, -20+i, func(e *pb.Event) {
				e.Application = &pb.Application{ApplicantName: applicant, ApplicantId: idNumber, Phone: phone, ApplicantType: "person"}
			})
			add(pb.EventKind_EVENT_KIND_ACCEPTED, -20+i, nil)
			if i < 2 {
				add(pb.EventKind_EVENT_KIND_DECIDED, -1, func(e *pb.Event) { e.Decision = &pb.Decision{Outcome: pb.Outcome_OUTCOME_REFUSED} })
			}
		}
	}
	if err := w.c.intake.Catalogue(ctx, "a", &pb.DescribeResponse{Name: "a"}, deps, items); err != nil {
		w.t.Fatal(err)
	}
	if err := w.c.intake.Events(ctx, "a", b); err != nil {
		w.t.Fatal(err)
	}
	for _, it := range items { // promised otherwise from now on
		it.Promised = &pb.Limit{N: 2, Unit: pb.Unit_UNIT_WORKING_DAYS}
	}
	if err := w.c.intake.Catalogue(ctx, "a", &pb.DescribeResponse{Name: "a"}, deps, items); err != nil {
		w.t.Fatal(err)
	}
	if err := w.c.intake.Judged(ctx, "a", w.c.Now()); err != nil {
		w.t.Fatal(err)
	}
}

// rate gives each department a good rating and a bad one by somebody who left
// name and number.
func (w *town) rate() {
	w.t.Helper()
	b := &pb.RatingsResponse{Cursor: []byte("1"), CaughtUp: true}
	for code, said := range map[string]string{"GH": "说了三遍才听懂", "JS": "说了三遍才听懂，" + ofJS} {
		for i, level := range []pb.RatingLevel{pb.RatingLevel_RATING_LEVEL_SATISFIED, pb.RatingLevel_RATING_LEVEL_VERY_DISSATISFIED} {
			b.Records = append(b.Records, &pb.RatingRecord{Record: &pb.RatingRecord_Rating{Rating: &pb.Rating{SourceId: fmt.Sprint("r", i), Department: code, CaseNo: code + "-2026-00",
				ItemCode: code + "1", Level: level, Channel: "window", Window: "3", Handler: &pb.Person{Name: handler}, RatedAt: timestamppb.New(w.c.Now().Add(-time.Hour)),
				RaterName: applicant, RaterPhone: phone, Text: said}}})
		}
	}
	if err := w.c.intake.Ratings(context.Background(), "a", b); err != nil {
		w.t.Fatal(err)
	}
	if err := w.c.ratings.Follow(context.Background()); err != nil {
		w.t.Fatal(err)
	}
}

const password = "four grey horses at noon"

// add makes an account that has changed its first password.
func (w *town) add(login string, role access.Role, department string) account.Account {
	w.t.Helper()
	ctx := context.Background()
	a, err := w.c.accounts.Create(ctx, access.Here, login, account.Profile{Name: "姓名" + login, Role: role, Department: department})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.credit(a.ID); err != nil {
		w.t.Fatal(err)
	}
	return a
}

// quick is the password's hash at a hundredth of the price, once for all accounts: a
// hash is checked at the price that it says it has, and what hashing has to cost is
// told where it is done, by the tests of signin.
var quick = sync.OnceValues(func() (string, error) {
	return argon2id.CreateHash(password, &argon2id.Params{Memory: 512, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
})

// credit gives an account the password, as who has changed the first one has it.
func (w *town) credit(account uint64) error {
	hash, err := quick()
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(w.c.opts.Dir, signin.File)+"?_busy_timeout=5000")
	if err != nil {
		return err
	}
	_, err = db.Exec(`INSERT INTO credentials (account, hash, must_change, changed_at, generation) VALUES (?, ?, 0, ?, 1)`, int64(account), hash, time.Now().UnixMicro())
	return errors.Join(err, db.Close())
}

// browser is one person's browser.
type browser struct {
	t    *testing.T
	base string
	*http.Client
}

func (w *town) browser() *browser {
	w.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return &browser{w.t, w.http.URL, &http.Client{Jar: jar, Transport: w.http.Client().Transport, Timeout: 2 * time.Minute}}
}

// do calls the API as its own pages do; change may spoil the request.
func (b *browser) do(method, path, body string, change ...func(*http.Request)) (status int, answer []byte) {
	b.t.Helper()
	r, err := http.NewRequest(method, b.base+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Header.Set("Origin", b.base)
	for _, f := range change {
		f(r)
	}
	resp, err := b.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err = io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return resp.StatusCode, answer
}

func (b *browser) signIn(login, password string) (int, string) {
	b.t.Helper()
	body, _ := json.Marshal(map[string]string{"login": login, "password": password})
	status, answer := b.do("POST", "/api/sign-in", string(body))
	return status, problemCode(answer)
}

func problemCode(answer []byte) string {
	var p struct{ Code string }
	_ = json.Unmarshal(answer, &p) // no problem document: no code
	return p.Code
}

// signedIn is a browser in which a person has signed in.
func (w *town) signedIn(login string) *browser {
	w.t.Helper()
	b := w.browser()
	if status, code := b.signIn(login, password); status != http.StatusNoContent {
		w.t.Fatalf("%s: sign in: %d %s", login, status, code)
	}
	return b
}

func holds(answer []byte, secret string) bool { return bytes.Contains(answer, []byte(secret)) }

func itoa(n uint64) string { return strconv.FormatUint(n, 10) }

// between is what stands between two marks.
func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}

func mustURL(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil {
		panic(err)
	}
	return u
}

// What people do is in the journal and among acts; the stream of departments'
// events does not tell it, neither anew nor to who was away.
func TestWhatPeopleDoIsNoEventOfADepartment(t *testing.T) {
	w := openTown(t)
	before, err := w.c.store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.add("head", access.Head, "")
	head := w.signedIn("head")
	after, err := w.c.store.Head(t.Context())
	if err != nil || after == before {
		t.Fatalf("nothing was journaled: %d, %d, %v", before, after, err)
	}
	_, answer := head.do("GET", "/api/events?limit=1", "")
	var events []struct{ Seq uint64 }
	if err := json.Unmarshal(answer, &events); err != nil || len(events) != 1 || events[0].Seq > before {
		t.Errorf("%s, %v", answer, err)
	}
	if missed, err := w.c.cases.ChangesSince(t.Context(), before, 100); err != nil || len(missed) != 0 {
		t.Errorf("%+v, %v", missed, err)
	}
}
