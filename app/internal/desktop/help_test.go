package desktop

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func TestM19HelpShowsTheGuidesAndLeadsNowhereElse(t *testing.T) {
	g := newGate(Options{})
	defer g.close()
	read := func(path string) (int, string) {
		w := httptest.NewRecorder()
		g.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, http.NoBody))
		return w.Code, w.Body.String()
	}
	status, first := read(helpAddress)
	if status != http.StatusOK || !strings.Contains(first, `lang="zh-CN"`) || !strings.Contains(first, "返回明察") || !strings.Contains(first, "<h1") {
		t.Errorf("%d %.300s", status, first)
	}
	links := regexp.MustCompile(`href="([^"]*)"`)
	for _, guide := range guides {
		for _, name := range []string{guide.name, guide.name + ".zh-CN"} {
			status, page := read(helpAddress + "/" + name)
			if status != http.StatusOK {
				t.Errorf("%s: %d", name, status)
			}
			for _, link := range links.FindAllStringSubmatch(page, -1) {
				to, _, _ := strings.Cut(link[1], "#")
				if to == "" || to == "/" {
					continue
				}
				if status, _ := read(to); !strings.HasPrefix(to, helpAddress) || status != http.StatusOK {
					t.Errorf("%s links to %s: %d", name, link[1], status)
				}
			}
		}
	}
	for _, path := range []string{"/../../go", "/none", "/decisions/README"} {
		if status, _ := read(helpAddress + path); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
}
