package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// N5: the steps of the guide run as they are written, in both languages, and with
// no more than the libraries that the console itself uses.
func TestN5TheGuidesStepsRun(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the steps are a shell's")
	}
	root, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	tools := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(tools, "mingcha-adapter"), ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	steps := regexp.MustCompile("(?s)```sh\n(.*?)```")
	sums := map[string]bool{}
	for _, guide := range []string{"department.md", "department.zh-CN.md"} {
		text, err := os.ReadFile(filepath.Join(root, "build", "docs", guide))
		if err != nil {
			t.Fatal(err)
		}
		m := steps.FindSubmatch(text)
		if m == nil {
			t.Fatalf("%s has no steps", guide)
		}
		dir := t.TempDir()
		if err := os.Symlink(root, filepath.Join(dir, "mingcha")); err != nil {
			t.Fatal(err)
		}
		run := exec.Command("bash", "-euo", "pipefail", "-c", string(m[1]))
		run.Dir = dir
		run.Env = append(os.Environ(), "PATH="+tools+string(os.PathListSeparator)+os.Getenv("PATH"), "GOPROXY=off", "GOFLAGS=-trimpath -buildvcs=false")
		out, err := run.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "keeps to the contract") {
			t.Errorf("%s: %v\n%s", guide, err, out)
		}
		sum := regexp.MustCompile(`(?m)^[0-9a-f]{64}$`).FindString(string(out))
		if sum == "" {
			t.Errorf("%s: no sum\n%s", guide, out)
		}
		sums[sum] = true
	}
	if len(sums) != 1 {
		t.Errorf("the same program has several sums: %v", sums)
	}
}
