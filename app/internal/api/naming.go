package api

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Named is a type whose name in the API's description is not its own, because its
// package has something else of that name.
type Named interface{ SchemaName() string }

var named = reflect.TypeFor[Named]()

// SchemaName names a type in the API's description.
func SchemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Implements(named) {
		return reflect.Zero(t).Interface().(Named).SchemaName()
	}
	if strings.HasPrefix(t.Name(), "Page[") {
		if rows, ok := t.FieldByName("Rows"); ok {
			return "Page" + SchemaName(rows.Type.Elem(), hint)
		}
	}
	return huma.DefaultSchemaNamer(t, hint)
}
