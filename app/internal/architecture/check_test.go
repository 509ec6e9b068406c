package architecture

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestATurnedArrowIsFound is the checker's own test, on imports made up for it:
// each line is this repository's house with one import or package too many.
func TestATurnedArrowIsFound(t *testing.T) {
	for _, c := range []struct {
		name, from, to string
		want           string // the sentence's beginning; "" where the import is allowed
	}{
		{"down, next floor", "app/internal/intake", "app/internal/rules", ""},
		{"down, past floors", "app/internal/cli", "app/internal/fault", ""},
		{"the same floor", "app/internal/intake", "app/internal/store", ""},
		{"a feature reads another", "app/internal/features/rating", "app/internal/features/matter", ""},
		{"a feature binds its operations", "app/internal/features/matter", "app/internal/api", ""},
		{"a feature's own part", "app/internal/features/matter/words", "app/internal/act", ""},
		{"the runtime registers features", "app/internal/runtime", "app/internal/features/matter", ""},
		{"a case on the pipeline", "app/internal/casefile", "app/internal/store", ""},
		{"a check may look everywhere", "app/internal/acceptance", "app/internal/cli", ""},
		{"a rule on holidays", "app/internal/workday", "sdk/holidays", ""},
		{"an adapter on sdk", "plugins/xes", "sdk", ""},
		{"an adapter's own part", "plugins/xes", "plugins/xes/internal/mapping", ""},
		{"the window on wails", "app/internal/desktop", "github.com/wailsapp/wails/v2/pkg/runtime", ""},

		{"rules on the store", "app/internal/rules", "app/internal/store", "app/internal/rules (pure) imports app/internal/store (pipeline): an arrow that points up"},
		{"the store on a feature", "app/internal/store", "app/internal/features/matter", "app/internal/store (pipeline) imports app/internal/features/matter (features): an arrow that points up"},
		{"the pipeline on a case", "app/internal/intake", "app/internal/casefile", "app/internal/intake (pipeline) imports app/internal/casefile (casefile): an arrow that points up"},
		{"a feature on the web", "app/internal/features/matter", "app/internal/httpapi", "app/internal/features/matter (features) imports app/internal/httpapi (web): an arrow that points up"},
		{"the web on a feature", "app/internal/httpapi", "app/internal/features/fresh", "app/internal/httpapi imports app/internal/features/fresh, which it may not, because a feature binds"},
		{"the frame on the web", "app/internal/api", "app/internal/httpapi", "app/internal/api (frame) imports app/internal/httpapi (web): an arrow that points up"},
		{"a framework on a feature", "app/internal/api", "app/internal/features/visit", "app/internal/api (frame) imports app/internal/features/visit (features): an arrow that points up"},
		{"a feature on the runtime", "app/internal/features/visit", "app/internal/runtime", "app/internal/features/visit (features) imports app/internal/runtime (runtime): an arrow that points up"},
		{"the runtime on the window", "app/internal/runtime", "app/internal/desktop", "app/internal/runtime (runtime) imports app/internal/desktop (doors): an arrow that points up"},
		{"shipped on a check", "app/internal/store", "app/internal/officetest", "app/internal/store imports app/internal/officetest, which is there for checks"},
		{"wails elsewhere", "app/internal/cli", "github.com/wailsapp/wails/v2", "app/internal/cli imports github.com/wailsapp/wails/v2, which only app/internal/desktop may"},
		{"what is slow to start", "app/internal/pinyin", "github.com/mozillazg/go-pinyin", "app/internal/pinyin imports github.com/mozillazg/go-pinyin, which only app/internal/pinyin/table may"},
		{"the driver elsewhere", "app/internal/features/matter", "github.com/mattn/go-sqlite3", "app/internal/features/matter imports github.com/mattn/go-sqlite3, which only"},
		{"the pages elsewhere", "app/internal/httpapi", "frontend", "app/internal/httpapi imports frontend, which only"},
		{"an adapter on the console", "plugins/xes", "app/internal/fault", "plugins/xes imports app/internal/fault, which it may not"},
		{"an adapter on another", "plugins/xes", "plugins/simulator/internal/city", "plugins/xes imports plugins/simulator/internal/city, which it may not"},
		{"the console on an adapter", "app/internal/cli", "plugins/xes", "app/internal/cli imports plugins/xes, which it may not"},
		{"sdk on the console", "sdk", "app/internal/fault", "sdk (ground) imports app/internal/fault (pure): an arrow that points up"},
		{"a database in the pure half", "app/internal/rules", "database/sql", "app/internal/rules imports database/sql, which it may not"},
		{"a driver's part in the pure half", "app/internal/vocab", "database/sql/driver", "app/internal/vocab imports database/sql/driver, which it may not"},
		{"HTTP in the pure half", "app/internal/access", "net/http", "app/internal/access imports net/http, which it may not"},
		{"protobuf in the pure half", "app/internal/approval", "google.golang.org/protobuf/proto", "app/internal/approval imports google.golang.org/protobuf/proto, which it may not"},
		{"the contract in the pure half", "app/internal/rules", "sdk/contract/mingcha/adapter/v1", "app/internal/rules imports sdk/contract/mingcha/adapter/v1, which it may not"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := Graph{c.from: {c.to}}
			if strings.Contains(c.to, "internal/") || strings.HasPrefix(c.to, "sdk") || c.to == "frontend" || strings.HasPrefix(c.to, "plugins") {
				g[c.to] = nil
			}
			told := withoutUnused(Mingcha().Check(g))
			switch {
			case c.want == "" && len(told) > 0:
				t.Errorf("allowed, but told: %q", told)
			case c.want != "" && !slices.ContainsFunc(told, func(s string) bool { return strings.HasPrefix(s, c.want) }):
				t.Errorf("told %q, want %q…", told, c.want)
			}
		})
	}
}

// withoutUnused leaves out what is said of permissions, since a graph of one
// import uses none of the others.
func withoutUnused(told []string) []string {
	var rest []string
	for _, s := range told {
		if !strings.Contains(s, " no more: ") {
			rest = append(rest, s)
		}
	}
	return rest
}

func TestAnUnknownPackageIsToldWhereItIsEntered(t *testing.T) {
	told := Mingcha().Check(Graph{"app/internal/new": {"app/internal/store"}, "app/internal/store": {"github.com/mattn/go-sqlite3"}})
	want := []string{"app/internal/new stands in no layer: enter it in app/internal/architecture/layers.go, in the lowest layer above all that it imports"}
	if !reflect.DeepEqual(told, want) {
		t.Errorf("told %q", told)
	}
}

func TestAPermissionThatNobodyNeedsIsTold(t *testing.T) {
	h := House{Layers: []Layer{{Name: "all", Packages: []string{"a", "b"}}}, Rules: []Rule{{"driver", []string{"a", "b", "gone"}, "of a reason"}}}
	told := h.Check(Graph{"a": {"driver"}, "b": nil})
	if len(told) != 1 || !strings.HasPrefix(told[0], "b imports driver no more") {
		t.Errorf("told %q", told)
	}
}

// TestImportsAreReadFromFiles covers what reading must see and must leave out.
func TestImportsAreReadFromFiles(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":                "module " + Module,
		"a/a.go":                "package a\nimport (\n\t\"fmt\"\n\tx \"" + Module + "/b\"\n)\nvar _ = fmt.Sprint(x.B)",
		"a/tagged.go":           "//go:build never\n\npackage a\nimport _ \"net/http\"",
		"a/a_test.go":           "package a\nimport _ \"testing\"",
		"b/only_test.go":        "package b\nimport _ \"testing\"",
		"a/testdata/no.go":      "package no\nimport _ \"os\"",
		"other/go.mod":          "module other",
		"other/other.go":        "package other\nimport _ \"os\"",
		"node_modules/m/m.go":   "package m\nimport _ \"os\"",
		".hidden/h.go":          "package h\nimport _ \"os\"",
		"a/notes.txt":           "not Go",
		"build/tmp/leftover.go": "package main\nimport _ \"os\"",
	} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	g, err := Read(root)
	if err != nil {
		t.Fatal(err)
	}
	want := Graph{"a": {"b", "fmt", "net/http"}, "b": nil}
	if !reflect.DeepEqual(g, want) {
		t.Errorf("read %v, want %v", g, want)
	}
	if _, err := Read(filepath.Join(root, "absent")); err == nil {
		t.Error("a folder that is not there was read")
	}
}
