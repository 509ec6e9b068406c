package adapterhost

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestH5AConfigurationOpensWhatItNamesAndNothingOfTheConsoles(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(root, "office", "data")
	for _, f := range []string{"office/data/checkpoint.key", "office/data/sources/log.xes", "exports/gh/may.csv", "exports/gh/old/april.csv", "office/beside.csv"} {
		path := filepath.Join(root, f)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(data, "checkpoint.key"), filepath.Join(root, "exports", "link")); err != nil {
		t.Fatal(err)
	}
	in := func(p string) string { return filepath.Join(root, p) }
	for _, c := range []struct {
		names string
		opens []string
	}{
		{in("exports/gh/may.csv"), []string{in("exports/gh/may.csv"), in("exports/gh")}},
		{in("exports/gh"), []string{in("exports/gh")}},
		{in("exports/gh/*.csv"), []string{in("exports/gh")}},
		{in("exports/gh/june.csv"), []string{in("exports/gh")}}, // to come
		{"file:" + in("exports/gh/may.csv") + "?mode=ro", []string{in("exports/gh/may.csv"), in("exports/gh")}},
		{"sources/log.xes", []string{in("office/data/sources/log.xes"), in("office/data/sources")}},
		{in("office/beside.csv"), []string{in("office/beside.csv")}}, // its folder holds the data folder
		{"checkpoint.key", nil},
		{in("office/data/checkpoint.key"), nil},
		{"sources/../checkpoint.key", nil},
		{in("exports/link"), nil},
		{".", nil}, {in("office/data"), nil}, {in("office"), nil}, {"/", nil}, {"/tmp", nil}, {"/proc", nil},
		{"postgres://user@host/db", nil}, {"city", nil}, {"2026-01-01", nil}, {"", nil},
	} {
		spec := Spec{Config: []byte(`{"a":{"b":[` + quote(c.names) + `]}}`), BaseDir: data, Closed: []string{data}}
		if got := reachOf(&spec).reads; !slices.Equal(got, c.opens) {
			t.Errorf("%s opens %v, not %v", c.names, got, c.opens)
		}
	}
	spec := Spec{BaseDir: data, Closed: []string{data}, Writes: []string{in("exports/gh/key.csv"), in("office/data/key.csv")}}
	if got := reachOf(&spec); !slices.Equal(got.writes, []string{in("exports/gh")}) || !slices.Equal(got.closed, []string{in("office/data/key.csv")}) {
		t.Errorf("writes %+v", got)
	}
}

func quote(s string) string { return `"` + s + `"` }
