//go:build linux

package adapterhost

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// runTestConsole is a console that starts an adapter, says its process number
// and waits to be killed.
func runTestConsole() {
	path, err := os.Executable()
	if err != nil {
		panic(err)
	}
	sum, err := HashFile(path)
	if err != nil {
		panic(err)
	}
	dir := os.Getenv("ADAPTERHOST_TEST_CONSOLE")
	h := New(newMemory(), Options{StateDir: dir})
	spec := Spec{Name: "a", Path: path, SHA256: sum, Config: []byte(os.Getenv("ADAPTERHOST_TEST_CONFIG")), BaseDir: dir}
	if err := h.Start(context.Background(), spec); err != nil {
		panic(err)
	}
	for {
		if s := h.Status()[0]; s.State == Live {
			fmt.Printf("adapter %d\n", s.PID)
			time.Sleep(time.Hour)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestAKilledConsoleLeavesNoAdapterBehind(t *testing.T) {
	killConsole(t, `{"do":"go on"}`, func(*testing.T) {})
}

// The kernel ends what the adapter has detached from itself, too, since nobody is
// left to look for it.
func TestH3AKilledConsoleLeavesNoDescendantsBehind(t *testing.T) {
	killConsole(t, `{"do":"fork","folder":"2f","n":3}`, func(t *testing.T) {
		if !namespaces.Load() {
			t.Skip("this system gives adapters no numbering of processes of their own")
		}
		eventually(t, "it has forked", func() bool { return running(t) >= 12 })
	})
	eventually(t, "its descendants are gone", func() bool { return running(t) == 0 })
}

// killConsole starts a console with an adapter and kills it.
func killConsole(t *testing.T, config string, before func(*testing.T)) {
	t.Helper()
	path, _ := program(t)
	console := exec.Command(path)
	console.Env = append(os.Environ(), "ADAPTERHOST_TEST_CONSOLE="+t.TempDir(), "ADAPTERHOST_TEST_CONFIG="+config)
	out, err := console.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := console.Start(); err != nil {
		t.Fatal(err)
	}
	pid := 0
	for lines := bufio.NewScanner(out); pid == 0 && lines.Scan(); {
		if n, ok := strings.CutPrefix(lines.Text(), "adapter "); ok {
			pid, _ = strconv.Atoi(n)
		}
	}
	if !alive(pid) {
		t.Fatalf("no adapter %d", pid)
	}
	before(t)
	if err := console.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = console.Wait()
	eventually(t, "the adapter is gone", func() bool { return !alive(pid) })
}
