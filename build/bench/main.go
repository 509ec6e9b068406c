// Command bench measures the console beside what this machine can do at all: a
// floor that moves the same bytes through a bare go-plugin gRPC stream, plain
// batched inserts and one WebSocket writer, in the same run. Absolute times on
// a shared machine mean little; the ratios are what counts.
//
// It needs the built program (make build) and builds its own source of events.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// bench is one run.
type bench struct {
	mingcha string // the built program
	dir     string // scratch
	events  int    // of the throughput runs
	cases   int    // of the big folder
	ended   int    // of the folder of which most ended
	only    string // the step to run; empty: all
	rows    []row
	spent   map[string]float64 // core time an event of the last path and floor, in µs
	memory  float64            // the most the console held in any step, in MB
}

// row is a line of the results.
type row struct {
	what, figure, want string
	ok                 bool
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "floor" {
		exit(floorProcess(os.Args[2:]))
	}
	b := &bench{spent: map[string]float64{}}
	flag.StringVar(&b.mingcha, "mingcha", "build/bin/mingcha", "the built program")
	flag.IntVar(&b.events, "events", 300_000, "events of a throughput run")
	flag.IntVar(&b.cases, "cases", 1_000_000, "cases of the big folder")
	out := flag.String("out", "", "file for the table, in Markdown")
	flag.IntVar(&b.ended, "office", 500_000, "cases of the folder of which 2 % are open")
	flag.StringVar(&b.only, "only", "", "the one step to run: path, latency, folder or office; all unless told")
	flag.Parse()
	exit(b.run(*out))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func (b *bench) run(out string) (err error) {
	if b.mingcha, err = filepath.Abs(b.mingcha); err != nil {
		return err
	}
	if b.dir, err = os.MkdirTemp("", "mingcha-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	if err := b.buildFeeder(); err != nil {
		return err
	}
	for _, step := range []struct {
		key, name string
		run       func() error
	}{
		{"path", "whole path and floor", b.throughput},
		{"latency", "latency at 1,000 events a second", b.latency},
		{"folder", "a folder with a million open cases", b.bigFolder},
		{"office", "an office after years", b.office},
	} {
		if b.only != "" && b.only != step.key {
			continue
		}
		start := time.Now()
		fmt.Fprintf(os.Stderr, "— %s\n", step.name)
		if err := step.run(); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		fmt.Fprintf(os.Stderr, "  %.0f s\n", time.Since(start).Seconds())
	}
	b.add("console memory, the most in all of it", fmt.Sprintf("%.0f MB", b.memory), "< 300 MB", b.memory < 300)
	return b.report(out)
}

// add notes a result.
func (b *bench) add(what, figure, want string, ok bool) {
	b.rows = append(b.rows, row{what, figure, want, ok})
	fmt.Fprintf(os.Stderr, "  %s: %s (%s)\n", what, figure, want)
}

func (b *bench) report(out string) error {
	table := "| measured | here | promised |\n|---|---|---|\n"
	missed := 0
	for _, r := range b.rows {
		mark := "✓"
		if !r.ok {
			mark = "✗"
			missed++
		}
		table += fmt.Sprintf("| %s | %s | %s %s |\n", r.what, r.figure, r.want, mark)
	}
	fmt.Print(table)
	if out != "" {
		if err := os.WriteFile(out, []byte(table), 0o644); err != nil {
			return err
		}
	}
	if missed > 0 {
		return fmt.Errorf("%d of %d promises were not kept", missed, len(b.rows))
	}
	return nil
}
