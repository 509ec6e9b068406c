package witness

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"
)

// File keeps what was seen in a file, and the evidence of a difference beside it
// (FILE.evidence.json). Let it lie where the console's administrator cannot write:
// in the department's own system or on a share of its own. "" keeps nothing.
type File string

// Kept reads the file; nothing where there is none yet.
func (f File) Kept(context.Context) ([]byte, error) {
	if f == "" {
		return nil, nil
	}
	b, err := os.ReadFile(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return b, err
}

// Keep writes the file whole.
func (f File) Keep(_ context.Context, state []byte) error { return f.write("", state) }

// Differs leaves the evidence beside the file.
func (f File) Differs(_ context.Context, d *Difference) error {
	return f.write(".evidence.json", d.Evidence(time.Now()))
}

func (f File) write(ending string, b []byte) error {
	if f == "" {
		return nil
	}
	file := string(f) + ending
	partial := file + ".partial"
	if err := os.WriteFile(partial, b, 0o600); err != nil {
		return err
	}
	return os.Rename(partial, file)
}
