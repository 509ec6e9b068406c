// Command fanout measures the live stream with many browsers: 500 signed-in
// connections over TLS, 200 events a second from a real adapter, beside the same
// frames sent by centrifugal/centrifuge to as many, in turn and in the same run.
//
// It is a module of its own, so that the peer's code is no part of the console.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	browsers = 500
	perSec   = 200
	measured = 20 * time.Second
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "peer" {
		exit(servePeer())
	}
	mingcha := flag.String("mingcha", "build/bin/mingcha", "the built program")
	flag.Parse()
	exit(run(*mingcha))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "fanout:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func run(mingcha string) error {
	mingcha, err := filepath.Abs(mingcha)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "mingcha-fanout-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	ours, err := measureConsole(mingcha, dir)
	if err != nil {
		return fmt.Errorf("the console: %w", err)
	}
	theirs, err := measurePeer()
	if err != nil {
		return fmt.Errorf("centrifuge: %w", err)
	}
	fmt.Printf("| %d signed-in browsers, %d events a second | console | centrifuge |\n|---|---|---|\n", browsers, perSec)
	fmt.Printf("| from the event to the browser, p99 (promised < 250 ms) | %.0f ms | %.0f ms |\n", ours.p99, theirs.p99)
	fmt.Printf("| median | %.0f ms | %.0f ms |\n", ours.p50, theirs.p50)
	fmt.Printf("| memory per connection | %.0f kB | %.0f kB |\n", ours.perConn, theirs.perConn)
	fmt.Printf("| frames delivered | %d | %d |\n", ours.frames, theirs.frames)
	if ours.p99 >= 250 {
		return fmt.Errorf("p99 %.0f ms", ours.p99)
	}
	return nil
}

// figures are what one side came to.
type figures struct {
	p50, p99, perConn float64 // ms, ms, kB
	frames            int
}

func summarize(waits []float64, before, after float64) figures {
	slices.Sort(waits)
	f := figures{frames: len(waits), perConn: (after - before) / browsers}
	if len(waits) > 0 {
		f.p50, f.p99 = waits[len(waits)/2], waits[len(waits)*99/100]
	}
	return f
}

// resident is the memory a process holds, in kB.
func resident(pid int) float64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb
		}
	}
	return 0
}

func stop(cmd *exec.Cmd) {
	cmd.Process.Signal(syscall.SIGTERM) //nolint:errcheck // it may have ended
	cmd.Wait()                          //nolint:errcheck // it was told to
}
