package adaptertest

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/mingcha-console/mingcha/sdk"
)

func TestMain(m *testing.M) {
	if os.Getenv(sdk.Handshake.MagicCookieKey) != "" {
		sdk.Serve(&sample{})
		return
	}
	code := m.Run()
	// Adapters that are broken by not returning sleep on for seconds.
	for end := time.Now().Add(time.Minute); code == 0; time.Sleep(100 * time.Millisecond) {
		err := goleak.Find()
		if err == nil {
			break
		}
		if time.Now().After(end) {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

const schema = `{"type":"object","required":["n"],"properties":{"n":{"type":"integer"}},"additionalProperties":false}`

// sample is an adapter of n events that is broken in one way, or in none.
type sample struct {
	N    int `json:"n"`
	flaw string
}

func (a *sample) Describe() sdk.Description {
	d := sdk.Description{Name: "sample", Version: "1.0.0", Title: "样例", TitleEN: "Sample", ConfigSchema: schema}
	switch a.flaw {
	case "bad name":
		d.Name = "My Adapter"
	case "bad version":
		d.Version = "1.0"
	case "bad schema":
		d.ConfigSchema = `{"type":"objekt"}`
	case "no title":
		d.Title = ""
	}
	return d
}

func (a *sample) Configure(_ context.Context, c *sdk.Config) (*sdk.Catalogue, error) {
	a.N = 0
	err := c.Decode(a)
	switch {
	case a.flaw == "takes any configuration":
		if err != nil {
			a.N = 7
		}
	case a.flaw == "does not name the field" && err != nil:
		return nil, fmt.Errorf("wrong")
	case a.flaw == "one language" && err != nil:
		return nil, sdk.FieldError{Field: unknownField, EN: "wrong"}
	case err != nil:
		return nil, err
	case a.N == 0:
		return nil, sdk.FieldError{Field: "n", ZH: "请填写条数。", EN: "Say how many."}
	}
	if a.flaw == "no department" {
		return nil, nil
	}
	return &sdk.Catalogue{Departments: []*sdk.Department{{Code: "GH"}}}, nil
}

// rater is a sample that also has n ratings, the second half of them the first
// half again with a contact. Flaws are of its ratings: its events have none.
type rater struct{ sample }

func (a *rater) Events(ctx context.Context, cursor []byte, out *sdk.EventStream) error {
	return (&sample{N: a.N}).Events(ctx, cursor, out)
}

func (a *rater) Ratings(_ context.Context, cursor []byte, out *sdk.RatingStream) error {
	start := 0
	if len(cursor) > 0 {
		n, err := strconv.Atoi(string(cursor))
		if err != nil {
			return sdk.ErrUnknownCursor
		}
		start = n
	}
	if a.flaw == "resumes one late" && start > 0 {
		start++
	}
	for i := start; i < a.N; i++ {
		m := &sdk.Rating{SourceId: fmt.Sprint(i % (a.N / 2)), Department: "GH", Level: sdk.Dissatisfied, RatedAt: sdk.Time(time.Unix(1_780_000_000+int64(i), 0))}
		if i >= a.N/2 {
			m.ContactedAt = sdk.Time(time.Unix(1_780_000_001+int64(i), 0))
		}
		switch a.flaw {
		case "repeats unchanged":
			m.RatedAt, m.ContactedAt = sdk.Time(time.Unix(1_780_000_000, 0)), nil
		case "no level":
			m.Level = 0
		case "no time":
			m.RatedAt = sdk.Time(time.Unix(0, 0)) // as good as none
		case "other department":
			m.Department = "XX"
		case "no source id":
			m.SourceId = ""
		}
		if err := out.Send(fmt.Append(nil, i+1), m); err != nil {
			return err
		}
	}
	if a.flaw == "ends without the mark" {
		return nil
	}
	return out.CaughtUp(fmt.Append(nil, max(start, a.N)))
}

var lives int

func (a *sample) Events(ctx context.Context, cursor []byte, out *sdk.EventStream) error {
	lives++
	start := 0
	if len(cursor) > 0 && a.flaw != "ignores the cursor" {
		n, err := strconv.Atoi(string(cursor))
		switch {
		case err != nil && a.flaw == "takes any cursor":
			n = 0
		case err != nil:
			return sdk.ErrUnknownCursor
		}
		start = n
	}
	if a.flaw == "resumes one late" && start > 0 {
		start++
	}
	if a.flaw == "resumes one early" && start > 0 {
		start--
	}
	for i := start; i < a.N; i++ {
		e := &sdk.Event{SourceId: fmt.Sprint(i), Department: "GH", CaseNo: "c", ItemCode: "i", Kind: sdk.Note, OccurredAt: sdk.Time(time.Unix(1_780_000_000+int64(i), 0))}
		switch a.flaw {
		case "repeats ids":
			e.SourceId = fmt.Sprint(i / 2)
		case "changes":
			e.Text = fmt.Sprint(lives)
		case "no time":
			e.OccurredAt = nil
		case "other department":
			e.Department = "XX"
		}
		at := fmt.Append(nil, i+1)
		if a.flaw == "cursor stands still" {
			at = []byte("1")
		}
		if err := out.Send(at, e); err != nil {
			return err
		}
	}
	switch a.flaw {
	case "ends without the mark":
		return nil
	case "never caught up":
		<-ctx.Done()
		return ctx.Err()
	case "fails at the end":
		return fmt.Errorf("no more")
	}
	if err := out.CaughtUp(fmt.Append(nil, max(start, a.N))); err != nil {
		return err
	}
	if a.flaw == "does not return" {
		time.Sleep(5 * time.Second)
	}
	return nil
}

func check(t *testing.T, flaw string, n int) []Fault {
	t.Helper()
	return checkOf(t, flaw, n, func() sdk.Adapter { return &sample{flaw: flaw} })
}

func checkOf(t *testing.T, flaw string, n int, fresh func() sdk.Adapter) []Fault {
	t.Helper()
	// What is found must not depend on how busy the machine is.
	s := Suite{Config: fmt.Sprintf(`{"n":%d}`, n), Quiet: time.Minute, Prompt: time.Minute}
	switch flaw {
	case "never caught up":
		s.Quiet = 200 * time.Millisecond
	case "does not return":
		s.Prompt = 200 * time.Millisecond
	}
	faults, err := s.Check(t.Context(), InProcess(fresh))
	if err != nil {
		t.Fatal(err)
	}
	return faults
}

func TestAGoodAdapterPasses(t *testing.T) {
	for _, n := range []int{1, 2, 49, 51, 700, 12_000} {
		if faults := check(t, "", n); len(faults) > 0 {
			t.Errorf("%d events: %v", n, faults)
		}
	}
}

func TestABinaryPasses(t *testing.T) {
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	Run(t, Binary(path), `{"n":3}`)
}

func TestEveryFlawIsFound(t *testing.T) {
	for flaw, want := range map[string]struct{ check, says string }{
		"bad name":                {"describe", "My Adapter"},
		"bad version":             {"describe", "1.0"},
		"bad schema":              {"describe", "schema"},
		"no title":                {"describe", "title"},
		"takes any configuration": {"configure", "is accepted"},
		"does not name the field": {"configure", "not with field errors"},
		"one language":            {"configure", "lacks a sentence"},
		"no department":           {"configure", "no department"},
		"ignores the cursor":      {"resume", "as if there were no cursor"},
		"takes any cursor":        {"unknown cursor", "60 records"},
		"resumes one late":        {"resume", `after record 1: record 1 is not the one that follows (want "GH/1", got "GH/2")`},
		"resumes one early":       {"resume", `(want "GH/1", got "GH/0")`},
		"repeats ids":             {"records", `source id of an earlier one: "GH/0"`},
		"changes":                 {"same twice", `"GH/0" has another content`},
		"no time":                 {"records", "lacks a time"},
		"other department":        {"records", "not in the catalogue"},
		"cursor stands still":     {"records", "is that before it"},
		"ends without the mark":   {"caught up", "ended after 60 records without saying"},
		"never caught up":         {"caught up", "after 60 records nothing came"},
		"fails at the end":        {"caught up", "no more"},
		"does not return":         {"cancel", "has not returned"},
	} {
		t.Run(flaw, func(t *testing.T) {
			faults := check(t, flaw, 60)
			for _, f := range faults {
				if f.Check == want.check && strings.Contains(f.What, want.says) {
					return
				}
			}
			t.Errorf("not found among %q", faults)
		})
	}
}

func TestRatingsAreHeldToTheContract(t *testing.T) {
	ratings := func(flaw string) []Fault {
		return checkOf(t, "", 60, func() sdk.Adapter { return &rater{sample{flaw: flaw}} })
	}
	if faults := ratings(""); len(faults) > 0 {
		t.Errorf("a good one: %v", faults)
	}
	for flaw, want := range map[string]struct{ check, says string }{
		"resumes one late":      {"resume", `ratings, from the cursor after record 1: record 1 is not the one that follows (want "GH/1", got "GH/2")`},
		"repeats unchanged":     {"records", `ratings: record 31 has the source id of an earlier one: "GH/0"`},
		"no level":              {"records", `ratings: record 1: the record "GH/0" lacks a level`},
		"no time":               {"records", `ratings: record 1: the record "GH/0" lacks a time (rated_at)`},
		"no source id":          {"records", `ratings: record 1: the record "GH/" lacks a source id`},
		"other department":      {"records", `ratings: record 1 is of department "XX", which is not in the catalogue`},
		"ends without the mark": {"caught up", "ratings, from the beginning: it ended after 60 records without saying"},
	} {
		t.Run(flaw, func(t *testing.T) {
			faults := ratings(flaw)
			for _, f := range faults {
				if f.Check == want.check && strings.Contains(f.What, want.says) {
					return
				}
			}
			t.Errorf("not found among %q", faults)
		})
	}
}
