package desktop

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func get(h http.Handler, method, target string) (int, string) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, target, nil))
	b, _ := io.ReadAll(w.Result().Body)
	return w.Code, string(b)
}

func state(t *testing.T, g *gate) status {
	t.Helper()
	code, body := get(g, http.MethodGet, own+"state")
	var st status
	if err := json.Unmarshal([]byte(body), &st); code != http.StatusOK || err != nil {
		t.Fatalf("state answered %d %s: %v", code, body, err)
	}
	return st
}

// saying is a session whose pages say one word; closing it is counted.
func saying(word string, closes *int) *Session {
	return &Session{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, word+" "+r.URL.String()) }),
		Folder:  "/data/" + word,
		Close:   func() error { *closes++; return nil },
	}
}

func TestOpeningPageUntilTheSessionIsOpen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		closes := 0
		g := newGate(Options{Logger: quiet(), Open: func(ctx context.Context, target Target) (*Session, error) {
			time.Sleep(5 * time.Second)
			return saying(fmt.Sprint("demo=", target.Demo), &closes), nil
		}})
		g.start(Target{Demo: true})
		time.Sleep(2 * time.Second)
		if st := state(t, g); st.Phase != opening || st.Seconds != 2 {
			t.Errorf("two seconds into opening: %+v", st)
		}
		if code, body := get(g, http.MethodGet, "/cases/1"); code != http.StatusOK || !strings.Contains(body, "正在打开数据文件夹") {
			t.Errorf("a page while opening: %d %.80s", code, body)
		}
		if code, body := get(g, http.MethodGet, "/api/session"); code != http.StatusServiceUnavailable || !strings.Contains(body, `"code":"not_open"`) {
			t.Errorf("the API while opening: %d %s", code, body)
		}
		time.Sleep(4 * time.Second)
		if st := state(t, g); st.Phase != ready {
			t.Errorf("after opening: %+v", st)
		}
		if _, body := get(g, http.MethodGet, "/cases/1?x=2"); body != "demo=true /cases/1?x=2" {
			t.Errorf("the session's page: %q", body)
		}
		if err := g.close(); err != nil || closes != 1 {
			t.Errorf("closed %d times, %v", closes, err)
		}
	})
}

func TestFirstStartAsksAndOpensWhatWasChosen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		closes, opens := 0, 0
		g := newGate(Options{Ask: true, Logger: quiet(), Open: func(_ context.Context, target Target) (*Session, error) {
			opens++
			return saying(fmt.Sprint("demo=", target.Demo), &closes), nil
		}})
		if st := state(t, g); st.Phase != asking {
			t.Fatalf("first start: %+v", st)
		}
		if code, _ := get(g, http.MethodGet, own+"open?demo=0"); code != http.StatusNotFound || opens != 0 {
			t.Errorf("a link opened a folder: status %d, %d opens", code, opens)
		}
		get(g, http.MethodPost, own+"open?demo=0")
		get(g, http.MethodPost, own+"open?demo=1") // a second click
		synctest.Wait()
		get(g, http.MethodPost, own+"open?demo=1")
		synctest.Wait()
		if _, body := get(g, http.MethodGet, "/"); body != "demo=false /" || opens != 1 {
			t.Errorf("opened %q, %d times", body, opens)
		}
		if err := g.close(); err != nil || closes != 1 {
			t.Errorf("closed %d times, %v", closes, err)
		}
	})
}

func TestFailureIsShownInItsWordsAndCanBeRetried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		closes := 0
		results := []error{
			fault.New(fault.Conflict, "folder_in_use", "数据文件夹正在使用", "The folder is in use", errors.New("lock held by 41")),
			errors.New("disk I/O error"),
			nil,
		}
		g := newGate(Options{Logger: quiet(), Open: func(context.Context, Target) (*Session, error) {
			err := results[0]
			results = results[1:]
			if err != nil {
				return nil, err
			}
			return saying("open", &closes), nil
		}})
		g.start(Target{Demo: true})
		synctest.Wait()
		st := state(t, g)
		if st.Phase != failed || st.ZH != "数据文件夹正在使用" || st.EN != "The folder is in use" || st.Code != "folder_in_use" ||
			!strings.Contains(st.Details, "lock held by 41") || !st.Demo {
			t.Errorf("a fault: %+v", st)
		}
		get(g, http.MethodPost, own+"open?demo=1")
		synctest.Wait()
		if st := state(t, g); st.Phase != failed || st.ZH == "" || st.EN == "" || st.Details != "disk I/O error" {
			t.Errorf("any other error: %+v", st)
		}
		get(g, http.MethodPost, own+"open?demo=1")
		synctest.Wait()
		if st := state(t, g); st.Phase != ready {
			t.Errorf("after the third try: %+v", st)
		}
		g.close()
	})
}

func TestPanicWhileOpeningIsAFailureThatNamesIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate(Options{Logger: quiet(), Open: func(context.Context, Target) (*Session, error) { panic("index out of range") }})
		g.start(Target{})
		synctest.Wait()
		if st := state(t, g); st.Phase != failed || !strings.Contains(st.Details, "index out of range") || !strings.Contains(st.Details, "gate_test.go") {
			t.Errorf("%+v", st)
		}
	})
}

func TestClosingWhileOpeningStopsItAndLeavesNothingOpen(t *testing.T) {
	t.Run("Open gives up", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			g := newGate(Options{Logger: quiet(), Open: func(ctx context.Context, _ Target) (*Session, error) {
				<-ctx.Done()
				return nil, ctx.Err()
			}})
			g.start(Target{})
			synctest.Wait()
			if err := g.close(); err != nil {
				t.Error(err)
			}
		})
	})
	t.Run("Open finishes all the same", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			closes := 0
			g := newGate(Options{Logger: quiet(), Open: func(context.Context, Target) (*Session, error) {
				time.Sleep(time.Second)
				return saying("overtime", &closes), nil
			}})
			g.start(Target{})
			synctest.Wait()
			if err := g.close(); err != nil || closes != 1 {
				t.Errorf("closed %d times, %v", closes, err)
			}
			if _, body := get(g, http.MethodGet, "/"); strings.Contains(body, "overtime") {
				t.Error("a closed session still answers")
			}
		})
	})
}
