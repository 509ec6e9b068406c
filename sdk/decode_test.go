package sdk

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

type sample struct {
	File   string `json:"file"`
	Replay struct {
		Speed float64   `json:"speed"`
		From  time.Time `json:"from"`
	} `json:"replay"`
	Tables []struct {
		Name string `json:"name"`
		Rows uint   `json:"rows"`
	} `json:"tables"`
	Codes  map[string]int `json:"codes"`
	Active *bool          `json:"active"`
	hidden int
}

func TestDecodeReadsAConfiguration(t *testing.T) {
	c := &Config{JSON: []byte(`{"file":"a.csv","replay":{"speed":2.5,"from":"2026-01-05T08:30:00+08:00"},"tables":[{"name":"t","rows":3}],"codes":{"01":1},"active":null}`)}
	var got sample
	if err := c.Decode(&got); err != nil {
		t.Fatal(err)
	}
	if got.File != "a.csv" || got.Replay.Speed != 2.5 || got.Replay.From.Unix() != 1767573000 ||
		len(got.Tables) != 1 || got.Tables[0].Rows != 3 || got.Codes["01"] != 1 || got.Active != nil || got.hidden != 0 {
		t.Errorf("got %+v", got)
	}
	if err := (&Config{}).Decode(&got); err != nil {
		t.Errorf("an empty configuration: %v", err)
	}
}

func TestDecodeNamesEveryWrongField(t *testing.T) {
	for in, fields := range map[string][]string{
		`{"file":5,"Files":"x","replay":{"speed":"fast","from":"yesterday"}}`:         {"Files", "file", "replay.from", "replay.speed"},
		`{"tables":[{"name":"a","rows":1},{"name":"b","rows":-1,"x":1}],"codes":[1]}`: {"codes", "tables[1].rows", "tables[1].x"},
		`{"codes":{"01":"a"},"active":1}`:                                             {"active", "codes.01"},
		`{"replay":null}`:                                                             {"replay"},
		`{"hidden":1}`:                                                                {"hidden"},
		`[]`:                                                                          {""},
		"{\n\"file\":,}":                                                              {""},
		`{} {}`:                                                                       {""},
	} {
		var got FieldErrors
		if err := (&Config{JSON: []byte(in)}).Decode(&sample{}); !errors.As(err, &got) {
			t.Errorf("%s: %v is no FieldErrors", in, err)
			continue
		}
		var names []string
		for _, f := range got {
			names = append(names, f.Field)
			if f.ZH == "" || f.EN == "" {
				t.Errorf("%s: %q lacks a sentence", in, f.Field)
			}
		}
		if !reflect.DeepEqual(names, fields) {
			t.Errorf("%s\n names %q\n want  %q", in, names, fields)
		}
	}
}

func TestDecodeSaysTheLine(t *testing.T) {
	err := (&Config{JSON: []byte("{\n\"file\": \"a\",\n}")}).Decode(&sample{})
	if err == nil || !strings.Contains(err.Error(), "Line 3") {
		t.Errorf("got %v", err)
	}
}

func TestDecodeWithoutAPointerIsTheProgrammersFault(t *testing.T) {
	var fields FieldErrors
	if err := (&Config{JSON: []byte(`{}`)}).Decode(sample{}); err == nil || errors.As(err, &fields) {
		t.Errorf("got %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"tables":[{"rows":1}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var strict, lenient sample
		if (&Config{JSON: raw}).Decode(&strict) != nil || strings.TrimSpace(string(raw)) == "" {
			return
		}
		if err := json.Unmarshal(raw, &lenient); err != nil {
			t.Errorf("accepted %q, which encoding/json refuses: %v", raw, err)
		}
	})
}

func TestPath(t *testing.T) {
	base := t.TempDir()
	c := &Config{BaseDir: base}
	for in, want := range map[string]string{
		"": "", "a.csv": filepath.Join(base, "a.csv"), "../x": filepath.Join(filepath.Dir(base), "x"), base: base,
	} {
		if got := c.Path(in); got != want {
			t.Errorf("Path(%q) = %q, want %q", in, got, want)
		}
	}
}
