package desktop

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
)

func TestM19TheWindowZoomsFrom100To200PercentAndKeepsIt(t *testing.T) {
	for _, c := range []struct {
		now  int
		ask  string
		want int
	}{
		{100, "in", 110}, {110, "in", 125}, {125, "in", 150}, {150, "in", 175}, {175, "in", 200}, {200, "in", 200},
		{200, "out", 175}, {110, "out", 100}, {100, "out", 100}, {200, "reset", 100}, {130, "in", 150}, {130, "out", 125}, {0, "in", 100}, {999, "out", 200},
	} {
		if got := zoomed(c.now, c.ask); got != c.want {
			t.Errorf("%d %s is %d, not %d", c.now, c.ask, got, c.want)
		}
	}

	dir := t.TempDir()
	if z := loadGeometry(dir).Zoom; z != 100 {
		t.Errorf("a first window is at %d %%", z)
	}
	g := loadGeometry(dir)
	g.Zoom = 150
	if err := g.save(dir); err != nil {
		t.Fatal(err)
	}
	if z := loadGeometry(dir).Zoom; z != 150 {
		t.Errorf("kept as %d %%", z)
	}
	if err := os.WriteFile(filepath.Join(dir, geometryFile), []byte(`{"width":1366,"height":768,"zoom":100000}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if g := loadGeometry(dir); g.Zoom != 100 || g.Width != 1366 {
		t.Errorf("a mistaken file gives %+v", g)
	}
}

func TestM19ThePagesKeysReachTheWindow(t *testing.T) {
	var asked []string
	g := newGate(Options{})
	defer g.close()
	g.zoom = func(ask string) { asked = append(asked, ask) }
	for _, r := range []struct {
		method, query string
		status        int
	}{{"POST", "to=in", 200}, {"POST", "to=out", 200}, {"POST", "to=reset", 200}, {"GET", "to=in", 404}} {
		w := httptest.NewRecorder()
		g.ServeHTTP(w, httptest.NewRequest(r.method, own+"zoom?"+r.query, http.NoBody))
		if w.Code != r.status {
			t.Errorf("%s %s: %d", r.method, r.query, w.Code)
		}
	}
	if len(asked) != 3 || asked[0] != "in" || asked[2] != "reset" {
		t.Errorf("asked for %v", asked)
	}
}
