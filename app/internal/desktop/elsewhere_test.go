package desktop

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/remote"
)

// A console elsewhere is opened once the person has confirmed its key, and
// another can be chosen after it.
func TestAConsoleElsewhereIsConfirmedThenShownThenLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		closes := 0
		var opened []Target
		g := newGate(Options{Ask: true, Logger: quiet(), Last: func() string { return "hall:8617" },
			Open: func(_ context.Context, target Target) (*Session, error) {
				opened = append(opened, target)
				if target.Remote != "" && target.Trust != "k+y=" {
					return nil, &remote.Unknown{Address: target.Remote, Fingerprint: "AAAA BBBB", Key: "k+y="}
				}
				s := saying("shown "+target.Remote, &closes)
				s.Close = func() error { time.Sleep(2 * time.Second); closes++; return nil }
				return s, nil
			}})
		if st := state(t, g); st.Phase != asking || st.Remote != "hall:8617" {
			t.Errorf("offered at first: %+v", st)
		}
		get(g, http.MethodPost, own+"open?remote=hall:9000")
		synctest.Wait()
		st := state(t, g)
		if st.Phase != comparing || st.Unknown == nil || st.Unknown.Fingerprint != "AAAA BBBB" || st.Remote != "hall:9000" {
			t.Fatalf("first contact: %+v", st)
		}
		if code, _ := get(g, http.MethodGet, "/api/session"); code != http.StatusServiceUnavailable {
			t.Errorf("the API before anybody confirmed: %d", code)
		}
		get(g, http.MethodPost, own+"open?remote=hall:9000&trust=k%2By%3D")
		synctest.Wait()
		if _, body := get(g, http.MethodGet, "/"); body != "shown hall:9000 /" {
			t.Errorf("shows %q", body)
		}

		if code, _ := get(g, http.MethodGet, own+"leave"); code != http.StatusNotFound {
			t.Errorf("a link left: %d", code)
		}
		get(g, http.MethodPost, own+"leave")
		if st := state(t, g); st.Phase != leaving {
			t.Errorf("leaving: %+v", st)
		}
		if code, body := get(g, http.MethodGet, "/"); code != http.StatusOK || !strings.Contains(body, "正在关闭") {
			t.Errorf("meanwhile the page is %d %.60s", code, body)
		}
		time.Sleep(3 * time.Second)
		if st := state(t, g); st.Phase != asking || closes != 1 {
			t.Errorf("left: %+v, closed %d times", st, closes)
		}
		get(g, http.MethodPost, own+"open?demo=1")
		synctest.Wait()
		if st := state(t, g); st.Phase != ready || !st.Demo || st.Remote != "" || len(opened) != 3 {
			t.Errorf("another choice: %+v after %+v", st, opened)
		}
		if err := g.close(); err != nil || closes != 2 {
			t.Errorf("closed %d times, %v", closes, err)
		}
	})
}

func TestAChangedKeyIsForgottenOnlyWhereItWasRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		known, forgotten := true, ""
		g := newGate(Options{Ask: true, Logger: quiet(), Forget: func(a string) error { known, forgotten = false, a; return nil },
			Open: func(_ context.Context, target Target) (*Session, error) {
				if known {
					return nil, fault.New(fault.Forbidden, "certificate_changed", "变了", "Changed", nil)
				}
				return nil, &remote.Unknown{Address: target.Remote, Fingerprint: "CCCC", Key: "k"}
			}})
		get(g, http.MethodPost, own+"forget")
		synctest.Wait()
		if forgotten != "" {
			t.Error("forgotten without a refusal")
		}
		get(g, http.MethodPost, own+"open?remote=hall")
		synctest.Wait()
		if st := state(t, g); st.Phase != failed || st.Code != "certificate_changed" || st.Remote != "hall" {
			t.Errorf("refused: %+v", st)
		}
		get(g, http.MethodPost, own+"forget")
		synctest.Wait()
		if st := state(t, g); st.Phase != comparing || forgotten != "hall" || st.Unknown.Fingerprint != "CCCC" {
			t.Errorf("forgotten %q: %+v", forgotten, st)
		}
		g.close()
	})
}
