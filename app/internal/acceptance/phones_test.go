package acceptance

import (
	"bytes"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"math/rand"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// phone is a volunteer's browser: cookies of its own, and a user who taps
// "send" again until it is answered.
type phone struct {
	base string
	http.Client
}

func newPhone(t testing.TB, base string) *phone {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &phone{base, http.Client{Jar: jar, Timeout: time.Minute, Transport: &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}} // the console's own certificate
}

var errRefused = errors.New("refused")

// call calls the API; into may be nil.
func (p *phone) call(method, path, kind string, body []byte, into any) error {
	r, err := http.NewRequest(method, p.base+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	if len(body) > 0 {
		r.Header.Set("Content-Type", kind)
	}
	resp, err := p.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode >= 300 {
		return fmt.Errorf("%w: %s %s: %d %.300s", errRefused, method, path, resp.StatusCode, answer)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(answer, into)
}

func (p *phone) send(method, path string, body, into any) error {
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return p.call(method, path, "application/json", b, into)
}

// join signs in with a first password and changes it.
func (p *phone) join(login, first string) error {
	if err := p.send("POST", "/api/sign-in", map[string]string{"login": login, "password": first}, nil); err != nil {
		return err
	}
	return p.send("POST", "/api/password", map[string]string{"current": first, "new": "four grey horses " + login}, nil)
}

// grain is a picture of some 20 kB that is like no other: noise, as a
// phone's camera makes it in a dark hall.
func grain(t testing.TB, seed int64) []byte {
	t.Helper()
	noise := image.NewGray(image.Rect(0, 0, 160, 160))
	rand.New(rand.NewSource(seed)).Read(noise.Pix) //nolint:errcheck // it never fails
	var b bytes.Buffer
	if err := jpeg.Encode(&b, noise, nil); err != nil {
		t.Error(err)
	}
	return b.Bytes()
}

const sheets = 6 // of each phone

// phones is how many there are: fifty where MINGCHA_FULL is set, a share otherwise.
// Signing in is most of their work, as it is meant to be.
func phones() int {
	if os.Getenv("MINGCHA_FULL") != "" {
		return 50
	}
	return 15
}

// TestNoVisitIsLostOrDoubledThroughKills has phones file visits with photographs
// while the server is killed again and again.
func TestNoVisitIsLostOrDoubledThroughKills(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	must(t, xesIngest(t, dir, write(t, "log.xes", permits(3)))...)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := ln.Addr().String()
	ln.Close()
	var head struct{ Password string }
	if err := json.Unmarshal([]byte(must(t, "account", "add", "zhuren", "--name", "王主任", "--role", "head", "--data", dir, "--json")), &head); err != nil {
		t.Fatal(err)
	}
	start := func() *exec.Cmd {
		cmd := exec.Command(filepath.Join(bin, "mingcha"), "serve", "--sign-in", "--data", dir, "--listen", address, "--json")
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		var said struct{ Listen string }
		if err := json.NewDecoder(out).Decode(&said); err != nil {
			t.Fatalf("the server did not start: %v", err)
		}
		return cmd
	}
	server := start()
	office := newPhone(t, "https://"+address)
	if err := office.join("zhuren", head.Password); err != nil {
		t.Fatal(err)
	}
	people := make([]*phone, phones())
	for i := range people {
		login := fmt.Sprintf("vol%02d", i)
		var made struct{ Password string }
		if err := office.send("POST", "/api/accounts", map[string]string{"login": login, "name": "监督员" + login, "role": "volunteer"}, &made); err != nil {
			t.Fatal(err)
		}
		people[i] = newPhone(t, "https://"+address)
		if err := people[i].join(login, made.Password); err != nil {
			t.Fatal(err)
		}
	}

	var wg sync.WaitGroup
	var answered atomic.Int64
	begun := time.Now()
	for i, p := range people {
		wg.Go(func() {
			for n := range sheets {
				picture := grain(t, int64(i*sheets+n))
				sum := sha256.Sum256(picture)
				hash := hex.EncodeToString(sum[:])
				sheet := map[string]any{"key": fmt.Sprintf("phone-%02d-sheet-%d", i, n), "mode": "unannounced", "department": "M1",
					"arrived_at": time.Now().Add(-time.Hour), "left_at": time.Now().Add(-time.Minute), "window": fmt.Sprintf("%d/%d", i, n), "attitude": 1 + n%5, "photos": []string{hash}}
				for { // a user taps again; the sheet is what it was
					err := p.call("PUT", "/api/my/photos/"+hash, "image/jpeg", picture, nil)
					if err == nil {
						err = p.send("POST", "/api/my/visits", sheet, nil)
					}
					if err == nil {
						answered.Add(1)
						break
					}
					if errors.Is(err, errRefused) || time.Since(begun) > 15*time.Minute {
						t.Errorf("phone %d: %v", i, err)
						return
					}
					time.Sleep(20 * time.Millisecond)
				}
				time.Sleep(time.Duration(rand.Intn(500)) * time.Millisecond)
			}
		})
	}
	done := make(chan struct{})
	go func() { wg.Wait(); close(done) }()
	kills, before := 0, int64(-1)
	for working := true; working; {
		select {
		case <-done:
			working = false
		case <-time.After(time.Duration(50+rand.Intn(250)) * time.Millisecond):
			if answered.Load() == before { // a machine so slow would get nowhere
				continue
			}
			before = answered.Load()
			if err := server.Process.Kill(); err != nil {
				t.Error(err)
			}
			server.Wait() //nolint:errcheck // it was killed
			kills++
			server = start()
		}
	}

	var all struct {
		Rows []struct {
			ID     uint64
			Sheet  struct{ Window string }
			Photos []struct{ SHA256 string }
		}
	}
	if err := office.call("GET", "/api/visits?limit=1000", "", nil, &all); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, v := range all.Rows {
		if seen[v.Sheet.Window] {
			t.Errorf("%s was filed twice", v.Sheet.Window)
		}
		seen[v.Sheet.Window] = true
		if len(v.Photos) != 1 {
			t.Errorf("%s has %d photographs", v.Sheet.Window, len(v.Photos))
			continue
		}
		if err := office.call("GET", fmt.Sprintf("/api/visits/%d/photos/%s", v.ID, v.Photos[0].SHA256), "", nil, nil); err != nil {
			t.Errorf("%s: %v", v.Sheet.Window, err)
		}
	}
	if len(seen) != len(people)*sheets || int(answered.Load()) != len(people)*sheets || kills < 5 {
		t.Errorf("%d visits filed, %d answered, want %d; %d kills", len(seen), answered.Load(), len(people)*sheets, kills)
	}
	if err := server.Process.Kill(); err != nil {
		t.Error(err)
	}
	server.Wait() //nolint:errcheck // it was killed
	must(t, "verify", "--data", dir)
	t.Logf("%d phones filed %d visits through %d kills in %.1f s", len(people), len(seen), kills, time.Since(begun).Seconds())
}
