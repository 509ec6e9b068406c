package desktop

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

func put(h http.Handler, target, body string) int {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPut, target, strings.NewReader(body)))
	return w.Code
}

// What the window's pages saw of a journal is there at the next start, whatever
// became of the data folder.
func TestJ2TheWindowRemembersWhatItSawBetweenStarts(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mingcha", "witness.json")
	start := func() *gate {
		return newGate(Options{Logger: quiet(), Witness: file, Open: func(context.Context, Target) (*Session, error) { return nil, errors.New("not opened") }})
	}
	here, there := own+"witness?place=%2Fdata%2Foffice", own+"witness?place=https%3A%2F%2F10.0.0.7%3A8617"
	g := start()
	if code, body := get(g, http.MethodGet, here); code != http.StatusNoContent || body != "" {
		t.Errorf("at first: %d %q", code, body)
	}
	if code := put(g, here, `{"size":100}`); code != http.StatusNoContent {
		t.Fatalf("keeping answered %d", code)
	}
	if code := put(g, there, `{"size":7}`); code != http.StatusNoContent {
		t.Fatalf("keeping answered %d", code)
	}
	g = start()
	for at, want := range map[string]string{here: `{"size":100}`, there: `{"size":7}`} {
		if code, body := get(g, http.MethodGet, at); code != http.StatusOK || body != want {
			t.Errorf("%s after a new start: %d %q, want %q", at, code, body, want)
		}
	}
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v, %v", info, err)
	}
	for what, code := range map[string]int{
		"no place":     put(g, own+"witness", `{}`),
		"another verb": put(g, own+"state", `{}`),
	} {
		if code != http.StatusNotFound {
			t.Errorf("%s: %d", what, code)
		}
	}
	for what, body := range map[string]string{"no JSON": "{", "too much": `"` + strings.Repeat("x", mostWitnessed) + `"`} {
		if code := put(g, here, body); code != http.StatusBadRequest {
			t.Errorf("%s: %d", what, code)
		}
	}
	// What cannot be read is not written over.
	if err := os.WriteFile(file, []byte("{broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code := put(g, here, `{"size":1}`); code != http.StatusInternalServerError {
		t.Errorf("over a broken file: %d", code)
	}
	if code, _ := get(g, http.MethodGet, here); code != http.StatusInternalServerError {
		t.Errorf("reading a broken file: %d", code)
	}
	if b, err := os.ReadFile(file); err != nil || string(b) != "{broken" {
		t.Errorf("the broken file is %q, %v", b, err)
	}
}

func TestJ2EvidenceIsSavedWhereThePersonChooses(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "evidence.json")
	none := func(http.ResponseWriter, *http.Request) {}
	b := openBridge(t, none, file)
	if got, err := b.SaveEvidence(`{"form":"x"}`, "../../evidence.json"); got != file || err != nil {
		t.Fatalf("%q, %v", got, err)
	}
	if got, err := os.ReadFile(file); string(got) != `{"form":"x"}` || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	_, err := b.SaveEvidence(strings.Repeat("x", mostEvidence+1), "evidence.json")
	if f, ok := fault.As(err); !ok || f.Code != "evidence_size" {
		t.Errorf("too much: %v", err)
	}
	if all := names(t, dir); len(all) != 1 {
		t.Errorf("left behind: %v", all)
	}
	if got, err := openBridge(t, none, "").SaveEvidence("x", "e.json"); got != "" || err != nil {
		t.Errorf("cancelled: %q, %v", got, err)
	}
}
