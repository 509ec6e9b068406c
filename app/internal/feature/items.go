package feature

import "context"

// ItemNames tells items' names by department and code; an item that is not in the
// catalogue has none.
func (o *Office) ItemNames(ctx context.Context) (func(department, code string) string, error) {
	type key struct{ department, code string }
	items, err := o.Store.Items(ctx, "")
	names := make(map[key]string, len(items))
	for _, it := range items {
		names[key{it.Department, it.Code}] = it.Name
	}
	return func(department, code string) string { return names[key{department, code}] }, err
}
