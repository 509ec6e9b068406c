//go:build !windows

package private

import (
	"io/fs"
	"os"
	"path/filepath"
)

const others = 0o077

func folder(dir string, names []string) {
	if info, err := os.Stat(dir); err == nil && info.Mode()&fs.ModeSticky == 0 {
		take(dir, info)
	}
	for _, name := range names {
		found, _ := filepath.Glob(filepath.Join(escaped(dir), name))
		for _, file := range found {
			_ = filepath.WalkDir(file, func(path string, d fs.DirEntry, err error) error {
				if err != nil {
					return nil //nolint:nilerr // what cannot be read is closed to others, too, or not ours
				}
				// A link is not followed: its rights are its target's, which is elsewhere.
				if info, err := d.Info(); err == nil && (d.IsDir() || info.Mode().IsRegular()) {
					take(path, info)
				}
				return nil
			})
		}
	}
}

func take(path string, info fs.FileInfo) {
	if mode := info.Mode().Perm(); mode&others != 0 {
		_ = os.Chmod(path, mode&^others)
	}
}

// escaped is a folder's name as a pattern that only it fits.
func escaped(dir string) string {
	out := make([]byte, 0, len(dir))
	for i := range len(dir) {
		switch dir[i] {
		case '*', '?', '[', '\\':
			out = append(out, '\\')
		}
		out = append(out, dir[i])
	}
	return string(out)
}
