package sdk

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Decode reads the configuration into a pointer to a struct. It is strict: a
// field that v does not have and a value of the wrong type are [FieldErrors],
// all of them at once. Field names must match exactly. An empty configuration
// is {}.
func (c *Config) Decode(v any) error {
	raw := bytes.TrimSpace(c.JSON)
	if len(raw) == 0 {
		raw = []byte("{}")
	}
	if err := syntax(raw); err != nil {
		return FieldErrors{*err}
	}
	t := reflect.TypeOf(v)
	if t == nil || t.Kind() != reflect.Pointer {
		return fmt.Errorf("sdk: Decode needs a pointer, not %T", v)
	}
	var found FieldErrors
	check("", raw, t.Elem(), &found)
	if len(found) > 0 {
		return found
	}
	return json.Unmarshal(raw, v)
}

func syntax(raw []byte) *FieldError {
	var whole json.RawMessage
	err := json.Unmarshal(raw, &whole)
	if err == nil {
		return nil
	}
	line := 1
	if at := (*json.SyntaxError)(nil); errors.As(err, &at) {
		line += bytes.Count(raw[:min(int(at.Offset), len(raw))], []byte("\n"))
	}
	return &FieldError{
		ZH: fmt.Sprintf("配置第 %d 行不是有效的 JSON，请检查逗号、引号和括号。", line),
		EN: fmt.Sprintf("Line %d of the configuration is not valid JSON (%v). Check commas, quotes and brackets.", line, err),
	}
}

var (
	jsonReader = reflect.TypeFor[json.Unmarshaler]()
	textReader = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// check compares a value with the type it is for, field by field.
func check(path string, raw json.RawMessage, t reflect.Type, found *FieldErrors) {
	for t.Kind() == reflect.Pointer {
		if string(raw) == "null" {
			return
		}
		t = t.Elem()
	}
	switch kind := contents(t); {
	case kind == reflect.Struct:
		checkStruct(path, raw, t, found)
	case kind == reflect.Map && checkMap(path, raw, t, found):
	case kind == reflect.Slice && checkList(path, raw, t, found):
	default:
		if err := json.Unmarshal(raw, reflect.New(t).Interface()); err != nil {
			*found = append(*found, wrong(path, raw, t, err))
		}
	}
}

// contents is the kind of a type whose contents are checked one by one: Struct,
// Map or Slice (arrays, too); else Invalid.
func contents(t reflect.Type) reflect.Kind {
	if reads := reflect.PointerTo(t); reads.Implements(jsonReader) || reads.Implements(textReader) {
		return reflect.Invalid // it knows best
	}
	switch kind := t.Kind(); kind {
	case reflect.Struct, reflect.Map:
		return kind
	case reflect.Slice, reflect.Array:
		if t.Elem().Kind() != reflect.Uint8 { // bytes are text
			return reflect.Slice
		}
	}
	return reflect.Invalid
}

// checkMap and checkList report whether the value is a map or list at all.
func checkMap(path string, raw json.RawMessage, t reflect.Type, found *FieldErrors) bool {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return false
	}
	for _, key := range slices.Sorted(maps.Keys(members)) {
		check(join(path, key), members[key], t.Elem(), found)
	}
	return true
}

func checkList(path string, raw json.RawMessage, t reflect.Type, found *FieldErrors) bool {
	var elements []json.RawMessage
	if json.Unmarshal(raw, &elements) != nil {
		return false
	}
	for i, e := range elements {
		check(fmt.Sprintf("%s[%d]", path, i), e, t.Elem(), found)
	}
	return true
}

func checkStruct(path string, raw json.RawMessage, t reflect.Type, found *FieldErrors) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil || members == nil {
		*found = append(*found, wrong(path, raw, t, err))
		return
	}
	known := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case !f.IsExported() || name == "-" || f.Anonymous && name == "":
			continue
		case name == "":
			name = f.Name
		}
		known[name] = f.Type
	}
	for _, key := range slices.Sorted(maps.Keys(members)) {
		if ft, ok := known[key]; ok {
			check(join(path, key), members[key], ft, found)
			continue
		}
		names := strings.Join(slices.Sorted(maps.Keys(known)), ", ")
		*found = append(*found, FieldError{
			Field: join(path, key),
			ZH:    fmt.Sprintf("没有名为 %s 的配置项，请删除或改为以下之一：%s。", key, names),
			EN:    fmt.Sprintf("There is no setting called %s. Remove it or use one of: %s.", key, names),
		})
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// wrong is the error of a value that does not fit its field.
func wrong(path string, raw json.RawMessage, t reflect.Type, err error) FieldError {
	value := string(raw)
	if len(value) > 40 {
		value = strings.ToValidUTF8(value[:40], "") + "…"
	}
	var mismatch *json.UnmarshalTypeError
	if err != nil && !errors.As(err, &mismatch) { // from the type's own reader, which knows better
		return FieldError{
			Field: path,
			ZH:    fmt.Sprintf("值 %s 不可用（%v），请更正。", value, err),
			EN:    fmt.Sprintf("The value %s cannot be used: %v.", value, err),
		}
	}
	zh, en := wanted(t)
	return FieldError{
		Field: path,
		ZH:    fmt.Sprintf("此处应为%s，现为 %s，请更正。", zh, value),
		EN:    fmt.Sprintf("This must be %s, not %s.", en, value),
	}
}

func wanted(t reflect.Type) (zh, en string) {
	switch t.Kind() {
	case reflect.Bool:
		return "true 或 false", "true or false"
	case reflect.String:
		return "带引号的文字", "text in quotes"
	case reflect.Float32, reflect.Float64:
		return "数字", "a number"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return "整数", "a whole number"
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "不小于零的整数", "a whole number, zero or more"
	case reflect.Slice, reflect.Array:
		return "列表 [ … ]", "a list [ … ]"
	default:
		return "对象 { … }", "an object { … }"
	}
}
