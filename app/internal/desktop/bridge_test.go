package desktop

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// openBridge is a bridge to an open session served by h, whose dialog answers
// with file.
func openBridge(t *testing.T, h http.HandlerFunc, file string) *Bridge {
	t.Helper()
	g := newGate(Options{Logger: quiet(), Open: func(context.Context, Target) (*Session, error) {
		return &Session{Handler: h, Folder: "/data"}, nil
	}})
	g.start(Target{})
	g.tasks.Wait()
	t.Cleanup(func() { g.close() })
	return &Bridge{gate: g, choose: func(string) (string, error) { return file, nil }, show: func(string) error { return nil }}
}

func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func TestSaveExportWritesTheAnswer(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "cases.csv")
	var asked string
	b := openBridge(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r.Method + " " + r.URL.String()
		for range 3 {
			io.WriteString(w, strings.Repeat("行", 20_000)+"\n")
			w.(http.Flusher).Flush()
		}
	}, file)
	got, err := b.SaveExport("/api/cases/export?format=csv&department=规划", "cases.csv")
	if err != nil || got != file {
		t.Fatalf("%q, %v", got, err)
	}
	if asked != "GET /api/cases/export?format=csv&department=规划" {
		t.Errorf("asked the API for %q", asked)
	}
	content, err := os.ReadFile(file)
	if want := strings.Repeat(strings.Repeat("行", 20_000)+"\n", 3); err != nil || string(content) != want {
		t.Errorf("%d bytes, want %d; %v", len(content), len(want), err)
	}
	if all := names(t, dir); len(all) != 1 {
		t.Errorf("left behind %v", all)
	}
}

func TestFailedExportLeavesTheEarlierFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "cases.csv")
	if err := os.WriteFile(file, []byte("earlier"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := openBridge(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusConflict)
		io.WriteString(w, `{"code":"busy","zh":"正在重算","detail":"Being recomputed"}`)
	}, file)
	_, err := b.SaveExport("/api/cases", "cases.csv")
	f, ok := fault.As(err)
	if !ok || f.Code != "busy" || f.ZH != "正在重算" || f.EN != "Being recomputed" {
		t.Errorf("a problem came out as %v", err)
	}
	content, _ := os.ReadFile(file)
	if string(content) != "earlier" || len(names(t, dir)) != 1 {
		t.Errorf("the folder holds %v, the file %q", names(t, dir), content)
	}
}

func TestFullDiskIsSaidAndNothingIsLeft(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("needs /dev/full")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "cases.csv")
	if err := os.Symlink("/dev/full", file+".partial"); err != nil {
		t.Fatal(err)
	}
	b := openBridge(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, strings.Repeat("x", 1<<20)) }, file)
	_, err := b.SaveExport("/api/cases", "cases.csv")
	if f, ok := fault.As(err); !ok || f.Code != "export_write" || !strings.Contains(f.EN, file) {
		t.Errorf("got %v", err)
	}
	if all := names(t, dir); len(all) != 0 {
		t.Errorf("left behind %v", all)
	}
}

func TestExportThatBreaksOffLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	b := openBridge(t, func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, strings.Repeat("x", 1<<20))
		panic(http.ErrAbortHandler)
	}, filepath.Join(dir, "cases.csv"))
	_, err := b.SaveExport("/api/cases", "cases.csv")
	if !errors.Is(err, errBrokenOff) {
		t.Errorf("got %v", err)
	}
	if all := names(t, dir); len(all) != 0 {
		t.Errorf("left behind %v", all)
	}
}

func TestCancelledDialogDoesNothing(t *testing.T) {
	b := openBridge(t, func(http.ResponseWriter, *http.Request) { t.Error("the API was asked") }, "")
	if got, err := b.SaveExport("/api/cases", "cases.csv"); got != "" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

func TestOnlyAddressesOfTheAPIAreExported(t *testing.T) {
	for _, bad := range []string{"", "cases", "/", "/api", "/cases", "https://example.org/api/x", "//example.org/api/x",
		"/api/../etc/passwd", "/api/x/../../y", "file:///api/x", "/api/%zz", "wails://wails/api/x", "/api//x"} {
		if got, err := exportAddress(bad); err == nil {
			t.Errorf("%q was taken as %q", bad, got)
		}
	}
	for in, want := range map[string]string{"/api/cases?format=xlsx": "/api/cases?format=xlsx", "/api/cases#top": "/api/cases"} {
		if got, err := exportAddress(in); err != nil || got != want {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

func TestSuggestedNameIsOneSafeElement(t *testing.T) {
	for in, want := range map[string]string{
		"办件 2026-11-23.xlsx": "办件 2026-11-23.xlsx", "../../etc/passwd": "passwd", "a:b*c?.csv": "a-b-c-.csv",
		"": "mingcha-export", "..": "mingcha-export", "/": "mingcha-export", "x\n.csv": "x-.csv", "name. ": "name",
	} {
		if got := safeName(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestBridgeBeforeTheFolderIsOpen(t *testing.T) {
	b := &Bridge{gate: newGate(Options{Logger: quiet()}),
		choose: func(string) (string, error) { t.Error("a dialog was shown"); return "", nil },
		show:   func(string) error { t.Error("the file manager was opened"); return nil }}
	if _, err := b.SaveExport("/api/cases", "x"); !errors.Is(err, errNotOpen) {
		t.Errorf("SaveExport: %v", err)
	}
	if err := b.OpenDataFolder(); !errors.Is(err, errNotOpen) {
		t.Errorf("OpenDataFolder: %v", err)
	}
}

func TestPagesGetBridgeErrorsInBothLanguages(t *testing.T) {
	_, err := (&Bridge{gate: newGate(Options{Logger: quiet()})}).SaveExport("/etc/passwd", "x")
	if got, want := formatError(err), `{"code":"export_address","zh":"导出地址不对。请重新打开页面再试。","en":"The export's address is wrong. Reload the page and try again."}`; got != want {
		t.Errorf("got %v", got)
	}
	if got, want := formatError(errors.New("no room")), `{"code":"internal","zh":"操作没有完成：no room","en":"It was not done: no room"}`; got != want {
		t.Errorf("got %v", got)
	}
}

func TestStoppedExportLeavesNothingAndIsNoError(t *testing.T) {
	dir := t.TempDir()
	begun := make(chan struct{})
	b := openBridge(t, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, strings.Repeat("x", 1<<20))
		close(begun)
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	}, filepath.Join(dir, "cases.csv"))
	var second error
	go func() {
		<-begun
		_, second = b.SaveExport("/api/cases", "cases.csv")
		b.StopExport()
	}()
	file, err := b.SaveExport("/api/cases", "cases.csv")
	if file != "" || err != nil {
		t.Errorf("%q, %v", file, err)
	}
	if f, ok := fault.As(second); !ok || f.Code != "export_running" {
		t.Errorf("a second export at the same time: %v", second)
	}
	if all := names(t, dir); len(all) != 0 {
		t.Errorf("left behind %v", all)
	}
	b.StopExport() // with nothing running
}
