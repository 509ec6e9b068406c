//go:build unix

package acceptance

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// tortureKills is how many random moments are tried: MINGCHA_TORTURE, or a
// share.
func tortureKills() int { return number("MINGCHA_TORTURE", 6) }

// tortureCity is small enough to be verified after every kill, and smaller where
// only a share of the moments is tried.
func tortureCity() string {
	cases := 600
	if os.Getenv("MINGCHA_TORTURE") != "" {
		cases = 4000
	}
	return fmt.Sprintf("seed: 11\nstart: \"2026-01-01\"\nuntil: \"2026-11-20\"\ncases: %d\n", cases)
}

// undisturbed is what an ingest of that city leaves that nobody kills, and how
// long it takes; found out once.
var undisturbed struct {
	once     sync.Once
	contents string
	took     time.Duration
}

// torture ingests the city again and again, killing somebody at a random moment
// each time, until it is through; then in a fresh folder, until enough were
// killed. Who has not started at that moment is killed as soon as it has. After
// every kill the folder must verify, and in the end every folder must hold what
// an undisturbed ingest holds.
func torture(t *testing.T, kill func(p *os.Process) bool) {
	t.Parallel()
	config := write(t, "city.yaml", tortureCity())
	ingest := func(dir string) *exec.Cmd {
		return exec.Command(filepath.Join(bin, "mingcha"), "ingest", "--data", dir, "--adapter", "simulator", "--config", config, "--name", "city", "--as-of", "2026-11-20", "--json")
	}
	undisturbed.once.Do(func() {
		dir, start := t.TempDir(), time.Now()
		if out, err := ingest(dir).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		undisturbed.took, undisturbed.contents = time.Since(start), contents(t, dir)
	})
	want, whole := undisturbed.contents, undisturbed.took
	if want == "" {
		t.Fatal("the undisturbed ingest failed")
	}
	random := rand.New(rand.NewSource(1))
	kills, folders := 0, 0
	for kills < tortureKills() {
		dir := t.TempDir()
		folders++
		for done := false; !done; {
			cmd := ingest(dir)
			cmd.Stdout, cmd.Stderr = nil, nil
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			if kills >= tortureKills() {
				if err := <-ended; err != nil {
					t.Fatalf("the undisturbed rest failed: %v", err)
				}
				break
			}
			moment := time.After(time.Duration(random.Int63n(int64(whole))))
			for waiting := true; waiting; {
				select {
				case err := <-ended:
					done, waiting = err == nil, false
				case <-moment:
					if !kill(cmd.Process) {
						moment = time.After(5 * time.Millisecond)
						continue
					}
					kills++
					<-ended
					waiting = false
				}
			}
			r := mingcha(t, "verify", "--data", dir)
			if r.code != 0 && !strings.Contains(r.stderr, "holds no console data") && !strings.Contains(r.stderr, "public key") {
				t.Fatalf("after kill %d: %s", kills, r.stderr)
			}
		}
		if got := contents(t, dir); got != want {
			t.Fatalf("after %d kills the folder holds\n%s", kills, firstDifference(got, want))
		}
		os.RemoveAll(dir)
	}
	t.Logf("%d kills in %d folders; each holds every event once and verifies", kills, folders)
}

// firstDifference is the first line in which two contents differ.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d: %s\nwant     %s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

// contents is what a folder holds: every case and finding, and how many records.
func contents(t *testing.T, dir string) string {
	t.Helper()
	var rep struct{ Records, Cases, Findings int }
	if err := json.Unmarshal([]byte(must(t, "verify", "--data", dir, "--json")), &rep); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("records %d cases %d findings %d\n%s\n%s", rep.Records, rep.Cases, rep.Findings,
		must(t, "cases", "--data", dir), must(t, "findings", "--data", dir, "--format", "csv"))
}

func TestKillTheConsoleAtRandomMoments(t *testing.T) {
	torture(t, func(p *os.Process) bool { return p.Kill() == nil })
}

func TestKillTheAdapterAtRandomMoments(t *testing.T) {
	torture(t, func(p *os.Process) bool {
		for _, child := range children(p.Pid) {
			if syscall.Kill(child, syscall.SIGKILL) == nil {
				return true
			}
		}
		return false // not started yet, or through
	})
}

// children lists the processes that a process started.
func children(pid int) (out []int) {
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, file := range tasks {
		b, _ := os.ReadFile(file)
		for _, f := range strings.Fields(string(b)) {
			if n, err := strconv.Atoi(f); err == nil {
				out = append(out, n)
			}
		}
	}
	return out
}
