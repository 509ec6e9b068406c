package adapterhost

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// reach is what of the file system an adapter's process may use, beside the
// system's own libraries: everything else is closed to it where the operating
// system can do that (see confine_linux.go).
type reach struct {
	reads  []string // files, or folders with all that is in them
	writes []string // folders
	closed []string // what the configuration names and the console keeps to itself
}

// reachOf is what an adapter's configuration opens to it: the files that it
// names, their folders (an export is replaced by a new file, a database keeps
// files beside it), and what the office has listed for this adapter. Nothing
// opens the console's own folders, nor a folder in which they lie.
func reachOf(spec *Spec) reach {
	var r reach
	named := slices.Clone(spec.Reads)
	for _, text := range texts(spec.Config) {
		if p := pathIn(text, spec.BaseDir); p != "" {
			named = append(named, p)
		}
	}
	for _, p := range named {
		r.read(p, spec)
	}
	for _, p := range spec.Writes {
		if dir := nearest(filepath.Dir(p)); dir != "" && isOpen(dir, spec) {
			r.writes = append(r.writes, dir)
		} else {
			r.closed = append(r.closed, p)
		}
	}
	return r
}

func (r *reach) read(path string, spec *Spec) {
	found := nearest(path)
	if found == "" {
		return
	}
	info, err := os.Stat(found)
	if err != nil {
		return
	}
	if !info.IsDir() && !within(found, spec.Closed) {
		r.reads = append(r.reads, found)
		found = filepath.Dir(found)
		if !isOpen(found, spec) {
			return // the file alone
		}
	}
	if !isOpen(found, spec) {
		r.closed = append(r.closed, path)
		return
	}
	r.reads = append(r.reads, found)
}

// SourcesFolder is the one place in a data folder from which adapters may read.
const SourcesFolder = "sources"

// isOpen tells whether a folder may be opened with all that is in it: not the
// console's own, nor one above them, nor one that holds a person's or the whole
// system's files.
func isOpen(dir string, spec *Spec) bool {
	if filepath.Dir(dir) == dir || filepath.Dir(filepath.Dir(dir)) == filepath.Dir(dir) { // "/" and "/srv"
		return false
	}
	if home, err := os.UserHomeDir(); err == nil && under(resolved(home), dir) {
		return false
	}
	for _, own := range spec.Closed {
		if under(resolved(own), dir) {
			return false
		}
	}
	return !within(dir, spec.Closed)
}

// within tells whether a path lies in a closed folder, outside of what it keeps
// for sources.
func within(path string, closed []string) bool {
	return slices.ContainsFunc(closed, func(own string) bool {
		own = resolved(own)
		return under(path, own) && !under(path, filepath.Join(own, SourcesFolder))
	})
}

// under tells whether a path is a folder, or lies in it.
func under(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(rel)
}

func resolved(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return filepath.Clean(path)
}

// nearest is the path, free of symbolic links, or the nearest folder above it
// that is there; "" for none.
func nearest(path string) string {
	for {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			return real
		}
		above := filepath.Dir(path)
		if above == path {
			return ""
		}
		path = above
	}
}

// texts are all the texts of a configuration.
func texts(config []byte) (all []string) {
	var v any
	if json.Unmarshal(config, &v) != nil {
		return nil
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			all = append(all, v)
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(v)
	return all
}

const longestPath = 4096

// pathIn is the path that a text of a configuration names; "" where it names
// none. A word without a separator names a file only if one is there.
func pathIn(text, base string) string {
	if text == "" || len(text) > longestPath || strings.ContainsAny(text, "\x00\n") {
		return ""
	}
	if scheme, rest, ok := strings.Cut(text, ":"); ok && len(scheme) > 1 {
		switch scheme {
		case "file", "sqlite", "sqlite3":
			text, _, _ = strings.Cut(strings.TrimPrefix(rest, "//"), "?")
		default: // the address of a server, or no address at all
			if strings.HasPrefix(rest, "//") {
				return ""
			}
		}
	}
	if i := strings.IndexAny(text, "*?["); i >= 0 { // a pattern: the folder before it
		text = text[:strings.LastIndexAny(text[:i], `/\`)+1]
	}
	if text == "" {
		return ""
	}
	path := filepath.Clean(text)
	if !filepath.IsAbs(path) {
		path = filepath.Join(base, path)
	}
	if _, err := os.Stat(path); err != nil && !strings.ContainsAny(text, `/\`) {
		return ""
	}
	return path
}
