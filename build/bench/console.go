package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/gorilla/websocket"
)

// adapters is the folder with the feeder and its pin.
func (b *bench) adapters() string { return filepath.Join(b.dir, "adapters") }

func (b *bench) buildFeeder() error {
	feeder := filepath.Join(b.adapters(), "feeder")
	cmd := exec.Command("go", "build", "-trimpath", "-o", feeder, "./build/bench/feeder")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building the feeder: %w\n%s", err, out)
	}
	program, err := os.ReadFile(feeder)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(program)
	pins, err := json.Marshal([]map[string]string{{"name": "feeder", "file": "feeder", "sha256": hex.EncodeToString(sum[:])}})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(b.adapters(), "adapters.json"), pins, 0o644)
}

// feed is the feeder's configuration (see feeder/main.go).
type feed struct {
	Cases  int    `json:"cases"`
	Open   bool   `json:"open"`
	Ended  int    `json:"ended"`
	Days   int    `json:"days"`
	Rate   int    `json:"rate"`
	Offset int    `json:"offset"`
	Start  string `json:"start"`
	Stamp  bool   `json:"stamp"`
	Step   string `json:"step"`
	Late   int    `json:"late"`
	Letter string `json:"letter"`
	Among  int    `json:"among"`
}

// prepare makes a data folder whose only adapter is the feeder.
func prepare(dir, instance string, f *feed) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	cfg := map[string]any{}
	if f != nil {
		cfg["adapters"] = []map[string]any{{"name": instance, "adapter": "feeder", "config": f}}
	}
	j, err := json.Marshal(cfg)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "console.json"), j, 0o600)
}

// console is a running `mingcha serve`.
type console struct {
	cmd     *exec.Cmd
	address string // host:port
	token   string
	ready   time.Duration // from start to the first board
}

const benchToken = "bench"

func (b *bench) serve(dir string) (*console, error) {
	c := &console{token: benchToken}
	c.cmd = exec.Command(b.mingcha, "serve", "--data", dir, "--adapters", b.adapters(), "--listen", "127.0.0.1:0", "--token", benchToken, "--json")
	c.cmd.Stderr = os.Stderr
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	start := time.Now()
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	var said struct{ Listen string }
	if err := json.NewDecoder(bufio.NewReader(out)).Decode(&said); err != nil {
		return nil, errors.Join(fmt.Errorf("mingcha serve said nothing: %w", err), c.stop())
	}
	c.address = said.Listen
	if _, err := c.get("/api/board"); err != nil {
		return nil, errors.Join(err, c.stop())
	}
	c.ready = time.Since(start)
	go io.Copy(io.Discard, out) //nolint:errcheck // until it ends
	return c, nil
}

// get fetches a path and returns how long the whole answer took.
func (c *console) get(path string) (time.Duration, error) {
	start := time.Now()
	r, err := http.NewRequest(http.MethodGet, "http://"+c.address+path, nil)
	if err != nil {
		return 0, err
	}
	r.Header.Set("Authorization", "Bearer "+c.token)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err
	}
	if resp.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("GET %s: %s: %s", path, resp.Status, body)
	}
	return time.Since(start), nil
}

func (c *console) stop() error {
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- c.cmd.Wait() }()
	select {
	case <-done: //nolint:errcheck // it was told to end
		return nil
	case <-time.After(20 * time.Second):
		return errors.Join(errors.New("mingcha serve did not stop; its stacks are above"), c.cmd.Process.Signal(syscall.SIGQUIT), <-done)
	}
}

// peak is the most memory the process ever held, in MB.
func peak(pid int) float64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1024
		}
	}
	return 0
}

// message is a frame of the live stream as far as the bench reads it.
type message struct {
	Type    string `json:"type"`
	Changes []struct {
		Seq  uint64    `json:"seq"`
		Kind string    `json:"kind"`
		At   time.Time `json:"at"`
	} `json:"changes"`
}

// follow connects to the live stream from its beginning and calls each with
// every frame until it says stop.
func (c *console) follow(ctx context.Context, since uint64, each func(*message, int) (stop bool)) error {
	d := websocket.Dialer{Subprotocols: []string{"mingcha.live.v1", "token." + c.token}, ReadBufferSize: 1 << 20}
	ws, _, err := d.DialContext(ctx, "ws://"+c.address+"/api/live", nil)
	if err != nil {
		return err
	}
	defer ws.Close()
	if err := ws.WriteJSON(map[string]any{"type": "hello", "since": since}); err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { ws.Close() })
	defer stop()
	for {
		_, b, err := ws.ReadMessage()
		if err != nil {
			return err
		}
		var m message
		if err := json.Unmarshal(b, &m); err != nil {
			return err
		}
		if m.Type == "resync" {
			return errors.New("the client was told to resync")
		}
		if each(&m, len(b)) {
			return nil
		}
	}
}
