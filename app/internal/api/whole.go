package api

import "reflect"

// Whole makes every list that is nil an empty one, so that an array is never
// null in JSON: the schema says so, and pages need not ask.
func Whole(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			Whole(v.Elem())
		}
	case reflect.Slice:
		if v.IsNil() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			Whole(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				Whole(f)
			}
		}
	}
}
