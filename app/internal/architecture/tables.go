package architecture

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Tables are whose the features' tables are, and which tables their statements
// name. What no feature owns is the pipeline's, and everybody may read it.
type Tables struct {
	Owners map[string][]string // features, by table
	Uses   []Use               // in the files' order
}

// A Use is a statement of a feature that names a table.
type Use struct {
	Feature string
	Place   string // features/rating/list.go:53
	Name
}

// ReadTables reads the features below a folder: of every file but tests what its
// list of Tables and its statements name. A table's name that is a constant of its
// own, apart from the FROM before it, is not seen.
func ReadTables(folder string) (Tables, error) {
	t := Tables{Owners: map[string][]string{}}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		rel, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		feature, _, _ := strings.Cut(rel, "/")
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, table := range tablesOf(file) {
			t.Owners[table] = append(t.Owners[table], feature)
		}
		statements(file, func(at token.Pos, text string) {
			for _, n := range Names(text) {
				t.Uses = append(t.Uses, Use{feature, fmt.Sprintf("features/%s:%d", rel, files.Position(at).Line), n})
			}
		})
		return nil
	})
	if err != nil {
		return t, fmt.Errorf("reading the features' tables: %w", err)
	}
	return t, nil
}

// tablesOf are what a file's variable Tables lists.
func tablesOf(file *ast.File) (tables []string) {
	for _, d := range file.Decls {
		list, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range list.Specs {
			v, ok := spec.(*ast.ValueSpec)
			if !ok || len(v.Names) != 1 || v.Names[0].Name != "Tables" || len(v.Values) != 1 {
				continue
			}
			ast.Inspect(v.Values[0], func(n ast.Node) bool {
				if x, ok := n.(*ast.BasicLit); ok {
					if table, err := strconv.Unquote(x.Value); err == nil {
						tables = append(tables, table)
					}
				}
				return true
			})
		}
	}
	return tables
}

// Check tells which tables two features own, and which statements name another
// feature's or write what is not their feature's own, a sentence each.
func (t Tables) Check() (wrong []string) {
	for _, table := range slices.Sorted(maps.Keys(t.Owners)) {
		if all := t.Owners[table]; len(all) > 1 {
			wrong = append(wrong, fmt.Sprintf("the table %s is in the Tables of %s: one feature owns it", table, strings.Join(all, " and ")))
		}
	}
	for _, u := range t.Uses {
		switch owners := t.Owners[u.Table]; {
		case slices.Contains(owners, u.Feature):
		case len(owners) > 0:
			wrong = append(wrong, fmt.Sprintf("%s names the table %s, which is %s's: call a function of package %[3]s, or have it build the SQL", u.Place, u.Table, owners[0]))
		case slices.Contains([]string{"INTO", "UPDATE", "DELETE"}, u.Verb) && u.Table != "SET": // of ON CONFLICT DO UPDATE SET
			wrong = append(wrong, fmt.Sprintf("%s writes the table %s, which is not in the Tables of %s", u.Place, u.Table, u.Feature))
		}
	}
	return slices.Compact(wrong)
}
