//go:build !windows

package private

import (
	"io/fs"
	"os"
	"path/filepath"
)

const others = 0o077

func folder(dir string, names []string) (opened []string) {
	look := func(path string, info fs.FileInfo) {
		if take(path, info) {
			if rel, err := filepath.Rel(dir, path); err == nil {
				opened = append(opened, rel)
			}
		}
	}
	if info, err := os.Stat(dir); err == nil && info.Mode()&fs.ModeSticky == 0 {
		look(dir, info)
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
					look(path, info)
				}
				return nil
			})
		}
	}
	return opened
}

// take tells whether a path was open to others, and no longer is.
func take(path string, info fs.FileInfo) bool {
	mode := info.Mode().Perm()
	return mode&others != 0 && os.Chmod(path, mode&^others) == nil
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
