package spool

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// H4: what waits stands in memory for 32 KiB only, and all files together keep to
// their bound.
func TestH4WhatWaitsHasABound(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "spool")
	r := Open(dir, 1<<20)
	small := r.New()
	if _, err := small.Write(make([]byte, inMemory)); err != nil || r.Used() != 0 {
		t.Fatalf("32 KiB took %d bytes of files: %v", r.Used(), err)
	}
	big := r.New()
	want := bytes.Repeat([]byte("明察"), 100_000) // 600,000 bytes
	for rest := want; len(rest) > 0; rest = rest[min(len(rest), 7001):] {
		if _, err := big.Write(rest[:min(len(rest), 7001)]); err != nil {
			t.Fatal(err)
		}
	}
	in, err := big.Reader()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(in); err != nil || !bytes.Equal(got, want) || big.Size() != 600_000 {
		t.Errorf("%d of %d bytes came back: %v", len(got), len(want), err)
	}
	other := r.New()
	_, err = other.Write(make([]byte, 500_000)) // 1,100,000 are more than the bound
	if f, ok := fault.As(err); !ok || f.Code != "spool_full" || f.ZH == "" {
		t.Errorf("over the bound: %v", err)
	}
	for _, b := range []*Buffer{small, big, other} {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 || r.Used() != 0 {
		t.Errorf("left: %v, %d bytes counted, %v", left, r.Used(), err)
	}
}

// What a console that was killed left is removed at the next start, and nothing else.
func TestAnEarlierRunLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"wait-123", "kept"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	Open(dir, 1)
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 || left[0].Name() != "kept" {
		t.Errorf("%v %v", left, err)
	}
}
