// Package acceptance runs the program as its users do: real binaries, real
// adapter processes, real data folders. Commands that only read a folder are asked
// of the program's command line in this process.
package acceptance

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/cli"
)

// bin is the folder with the built program and its adapters.
var bin string

func TestMain(m *testing.M) {
	flag.Parse()
	if testing.Short() { // it takes minutes, and the program
		return
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "mingcha-acceptance-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	bin = dir
	if err := build(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// build compiles the program and the adapters and pins the adapters' sums, as
// the build script does. Where MINGCHA_BIN names a console that was built from
// these sources, its adapters are taken. The program is linked without a window:
// of the libraries that a window needs, each of the hundreds of runs here would
// pay for the loading; the browser's and the window's tests run what is shipped.
func build() error {
	if err := compile("mingcha", "1", "./app"); err != nil {
		return err
	}
	if built := os.Getenv("MINGCHA_BIN"); built != "" {
		return os.CopyFS(filepath.Join(bin, "adapters"), os.DirFS(filepath.Join(filepath.Dir(built), "adapters")))
	}
	type pin struct {
		Name   string `json:"name"`
		File   string `json:"file"`
		SHA256 string `json:"sha256"`

		Writes []string `json:"writes,omitempty"`
	}
	var pins []pin
	for _, name := range []string{"simulator", "xes"} {
		if err := compile(filepath.Join("adapters", name), "0", "./plugins/"+name); err != nil {
			return err
		}
		b, err := os.ReadFile(filepath.Join(bin, "adapters", name))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(b)
		p := pin{Name: name, File: name, SHA256: hex.EncodeToString(sum[:])}
		if b, err := os.ReadFile(filepath.Join(root(), "plugins", name, "writes")); err == nil {
			p.Writes = strings.Fields(string(b))
		}
		pins = append(pins, p)
	}
	b, err := json.Marshal(pins)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(bin, "adapters", "adapters.json"), b, 0o644)
}

func compile(name, cgo, pkg string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", filepath.Join(bin, name), pkg)
	cmd.Dir = root()
	cmd.Env = append(os.Environ(), "CGO_ENABLED="+cgo)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building %s: %w\n%s", pkg, err, out)
	}
	return nil
}

// root is the repository's root.
func root() string {
	_, file, _, _ := runtime.Caller(0)
	if filepath.IsAbs(file) {
		return filepath.Join(filepath.Dir(file), "..", "..", "..")
	}
	wd, err := os.Getwd() // -trimpath leaves no absolute name
	if err != nil {
		panic(err)
	}
	return filepath.Join(wd, "..", "..", "..")
}

// shared is a file of the data that lies beside the repository; the test is
// skipped where it is not there.
func shared(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("MINGCHA_SHARED")
	if dir == "" {
		dir = filepath.Join(root(), "..", "shared")
	}
	file := filepath.Join(dir, "data", name)
	if _, err := os.Stat(file); err != nil {
		t.Skipf("the shared data is not here: %v (set MINGCHA_SHARED to its folder)", err)
	}
	return file
}

// result is how a run of the program ended.
type result struct {
	code           int
	stdout, stderr string
}

// readers are verbs that open a folder, read it, write a file at most and close it
// again. Tests ask some three hundred times: the start of a program for each would be
// half of what that costs, so the program's own function answers here, and
// TestReadersSayWhatTheProgramSays holds it to the program.
var readers = []string{"cases", "findings", "verify", "backup", "restore"}

// mingcha runs the program to its end.
func mingcha(t testing.TB, args ...string) result {
	t.Helper()
	if !slices.Contains(readers, args[0]) {
		return program(t, args...)
	}
	var out, errs bytes.Buffer
	code := cli.Main(args, &out, &errs)
	debug.SetMemoryLimit(math.MaxInt64) // the program's bound is for a process of its own
	return result{code, out.String(), errs.String()}
}

// program runs the program as a process of its own.
func program(t testing.TB, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, filepath.Join(bin, "mingcha"), args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return result{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
}

// must runs the program and wants it to succeed.
func must(t testing.TB, args ...string) string {
	t.Helper()
	r := mingcha(t, args...)
	if r.code != 0 {
		t.Fatalf("mingcha %v ended with %d:\n%s%s", args, r.code, r.stdout, r.stderr)
	}
	return r.stdout
}

// write puts a file into a fresh folder of the test.
func write(t testing.TB, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}
