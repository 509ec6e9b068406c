package feature

import "github.com/mingcha-console/mingcha/app/internal/store"

// KnownDepartment tells on the writer whether there is a department of a code.
func KnownDepartment(w *store.Writer, code string) (bool, error) {
	return w.Exists(`SELECT 1 FROM departments WHERE code = ?`, code)
}
