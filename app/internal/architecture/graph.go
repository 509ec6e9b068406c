package architecture

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Module is the path that every import of the repository's own begins with.
const Module = "github.com/mingcha-console/mingcha"

// A Graph has the imports of each package that is shipped: the repository's own
// without the module's path, all others as they are written. A package of tests
// alone is there without imports.
type Graph map[string][]string

// Read reads the imports of every Go file below root, the module's folder.
// Files are read whatever platform or build tag they are for: an arrow counts
// also where this machine does not compile it. Modules within the module are
// left out.
func Read(root string) (Graph, error) {
	found := map[string]map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if path != root && (strings.HasPrefix(name, ".") || slices.Contains([]string{"testdata", "node_modules", "dist", "tmp", "bin"}, name) || isModule(path)) {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(name) != ".go" {
			return nil
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(rel)
		if found[pkg] == nil {
			found[pkg] = map[string]bool{}
		}
		if strings.HasSuffix(name, "_test.go") {
			return nil
		}
		imports, err := importsOf(path)
		for _, i := range imports {
			found[pkg][i] = true
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the imports: %w", err)
	}
	g := Graph{}
	for pkg, imports := range found {
		g[pkg] = slices.Sorted(maps.Keys(imports))
	}
	return g, nil
}

func isModule(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, "go.mod"))
	return err == nil
}

func importsOf(file string) ([]string, error) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	var imports []string
	for _, spec := range parsed.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		imports = append(imports, strings.TrimPrefix(path, Module+"/"))
	}
	return imports, nil
}

// fits says whether a path is what a pattern names: itself, or with "/..." also
// what lies below.
func fits(pattern, path string) bool {
	if below, all := strings.CutSuffix(pattern, "/..."); all {
		return path == below || strings.HasPrefix(path, below+"/")
	}
	return path == pattern
}

func fitsAny(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return fits(p, path) })
}
