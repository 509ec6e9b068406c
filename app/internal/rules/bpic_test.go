package rules

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// The real permits of BPI Challenge 2015, log 1, as of the end of 2015-08-31,
// against what a separate program published for each of them.
func TestBPIC15CaseByCase(t *testing.T) {
	dir := sharedData(t, "bpic15", "BPIC15_1.xes.gz", "expected_BPIC15_1.csv.gz")
	cal := workday.Default()
	now := time.Date(2015, 9, 1, 0, 0, 0, 0, cal.Zone()).Add(-time.Nanosecond)
	judge := New(cal, DefaultSettings())

	want := readExpected(t, filepath.Join(dir, "expected_BPIC15_1.csv.gz"))
	seen := 0
	readXES(t, filepath.Join(dir, "BPIC15_1.xes.gz"), func(tr xesTrace) {
		subject := permit(tr, cal.Zone())
		no := subject.Events[0].CaseNo
		expected, ok := want[no]
		if !ok {
			t.Errorf("case %s is not in the expected file", no)
			return
		}
		seen++
		v := judge.Judge(subject, now)
		for column, got := range permitRow(&v, cal) {
			if got != expected[column] {
				t.Errorf("case %s: %s is %q, expected %q", no, column, got, expected[column])
			}
		}
	})
	if seen != len(want) || seen != 1199 {
		t.Errorf("judged %d cases of %d", seen, len(want))
	}
}

// permitRow is a verdict in the columns of the expected file.
func permitRow(v *Verdict, cal *workday.Calendar) map[string]string {
	date := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return cal.DateOf(t).String()
	}
	flag := func(b bool) string {
		if b {
			return "1"
		}
		return "0"
	}
	c := &v.Case
	return map[string]string{
		"limit":                  strconv.Itoa(c.Limit.N),
		"received":               date(c.ReceivedAt),
		"outcome":                c.Outcome.String(),
		"ended":                  date(c.EndedAt),
		"extended":               strconv.Itoa(c.Extended),
		"requests":               strconv.Itoa(c.Requests),
		"paused":                 strconv.Itoa(c.Paused),
		"refused":                flag(c.RefusalGrounds),
		"sent":                   date(c.SentAt),
		"out_of_order":           flag(c.OutOfOrder),
		"paused_now":             flag(c.PausedNow),
		"due":                    date(v.Main().Due),
		"overdue":                flag(v.Main().Over),
		"overdue_without_pauses": flag(v.Main().OverWithoutPauses),
	}
}

// permit applies MAPPING.md to a trace.
func permit(tr xesTrace, zone *time.Location) *Subject {
	limit := 56
	if tr.value("caseProcedure") == "Uitgebreid" {
		limit = 182
	}
	s := &Subject{Item: &approval.Item{
		Department: "A1", Code: "WABO", Regime: approval.LimitsOnly,
		CaseType: approval.Committed, ClockStart: approval.FromReceipt, SupplementPauses: true,
		Statutory: approval.Limit{N: limit, Unit: approval.CalendarDays},
	}}
	for i, x := range tr.Events {
		name, question, activity := x.value("concept:name"), x.value("question"), x.value("activityNameEN")
		e := approval.Event{
			Seq: uint64(i + 1), CaseNo: tr.value("concept:name"), ItemCode: "WABO",
			OccurredAt: day(x.value("time:timestamp")[:10], zone),
		}
		yes := question == "True"
		switch {
		case name == "01_HOOFD_010":
			e.Kind = approval.Received
		case name == "08_AWB45_020_1", name == "08_AWB45_020_2":
			e.Kind = approval.SupplementRequested
		case name == "08_AWB45_040":
			e.Kind = approval.SupplementReceived
			if d, err := time.ParseInLocation("2-1-2006", strings.SplitN(question, " ", 2)[0], zone); err == nil {
				e.EffectiveAt = d
			}
		case name == "08_AWB45_030" && yes:
			e.Kind = approval.SupplementReceived
		case name == "06_VD_010" && yes:
			e.Kind = approval.Extended
			e.Extension = &approval.Extension{By: approval.Limit{N: 42, Unit: approval.CalendarDays}}
		case name == "01_HOOFD_380" && yes:
			e.Kind = approval.RefusalGrounds
		case activity == "record date of decision environmental permit",
			activity == "register date environmental permit decision", name == "01_HOOFD_495":
			e.Kind = approval.Decided
		case name == "05_EIND_010" && yes:
			e.Kind = approval.Withdrawn
		case name == "08_AWB45_060" && yes:
			e.Kind = approval.Decided
			e.Decision = &approval.Decision{Outcome: approval.OutcomeNotAccepted}
		case activity == "enter senddate decision environmental permit":
			e.Kind = approval.Delivered
		default:
			e.Kind = approval.Note
		}
		s.Events = append(s.Events, e)
	}
	return s
}

func day(date string, zone *time.Location) time.Time {
	d, err := time.ParseInLocation(time.DateOnly, date, zone)
	if err != nil {
		panic(err)
	}
	return d
}

type xesTrace struct {
	xesAttributes
	Events []struct {
		xesAttributes
	} `xml:"event"`
}

type xesAttributes struct {
	Strings []xesAttribute `xml:"string"`
	Dates   []xesAttribute `xml:"date"`
}

type xesAttribute struct {
	Key   string `xml:"key,attr"`
	Value string `xml:"value,attr"`
}

func (a xesAttributes) value(key string) string {
	for _, list := range [2][]xesAttribute{a.Strings, a.Dates} {
		for _, x := range list {
			if x.Key == key {
				return x.Value
			}
		}
	}
	return ""
}

func readXES(t *testing.T, path string, each func(xesTrace)) {
	t.Helper()
	d := xml.NewDecoder(unzip(t, path))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "trace" {
			var tr xesTrace
			if err := d.DecodeElement(&tr, &start); err != nil {
				t.Fatal(err)
			}
			if tr.value("concept:name") == "UNKNOWN" {
				t.Fatal("the global scope was taken for a trace")
			}
			each(tr)
		}
	}
}

// readExpected returns the file's rows by case number, each by column.
func readExpected(t *testing.T, path string) map[string]map[string]string {
	t.Helper()
	rows, err := csv.NewReader(unzip(t, path)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]map[string]string{}
	for _, row := range rows[1:] {
		byColumn := map[string]string{}
		for i, column := range rows[0] {
			byColumn[column] = row[i]
		}
		want[row[0]] = byColumn
	}
	return want
}

func unzip(t *testing.T, path string) io.Reader {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// sharedData finds a folder of the shared test data that holds the files, and
// skips the test where there is none.
func sharedData(t *testing.T, folder string, files ...string) string {
	t.Helper()
	root := os.Getenv("MINGCHA_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "..", "shared")
	}
	dir := filepath.Join(root, "data", folder)
	for _, f := range files {
		if _, err := os.Stat(filepath.Join(dir, f)); err != nil {
			t.Skipf("no shared test data: set MINGCHA_SHARED, or put a folder named shared beside the repository (%v)", err)
		}
	}
	return dir
}
