package feature

import "context"

// ItemNames tells items' names by department and code; an item that is not in the
// catalogue has none.
func (o *Office) ItemNames(ctx context.Context) (func(department, code string) string, error) {
	type key struct{ department, code string }
	departments, items, err := o.Store.Catalogue(ctx)
	codes := make(map[int64]string, len(departments))
	for i := range departments {
		codes[departments[i].ID] = departments[i].Code
	}
	names := make(map[key]string, len(items))
	for i := range items {
		names[key{codes[items[i].Dept], items[i].Code}] = items[i].Name
	}
	return func(department, code string) string { return names[key{department, code}] }, err
}
