package sdk

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// notUTF8 is what becomes of a record in which a string is not UTF-8.
func notUTF8(m proto.Message) *Unreadable {
	field := badField(m.ProtoReflect())
	return unreadableOf(m,
		fmt.Sprintf("字段 %s 的文字不是有效的 UTF-8，请检查适配器读取来源系统时所用的字符编码（例如 GBK）。", field),
		fmt.Sprintf("The text of field %s is not valid UTF-8. Check which character encoding (GBK, for example) the adapter reads the source with.", field))
}

// tooBig is what becomes of a record above maxRecord.
func tooBig(m proto.Message) *Unreadable {
	size := proto.Size(m)
	return unreadableOf(m,
		fmt.Sprintf("记录有 %d 字节，超过 1 MiB 的上限，请检查来源系统中的这条记录。", size),
		fmt.Sprintf("The record has %d bytes, more than the limit of 1 MiB. Check this record in the source system.", size))
}

func unreadableOf(m proto.Message, zh, en string) *Unreadable {
	raw := appendMessage(nil, m.ProtoReflect())
	return &Unreadable{SourceId: sourceID(m), Raw: raw, RawSize: uint64(len(raw)), ReasonZh: zh, ReasonEn: en}
}

func sourceID(m proto.Message) string {
	id, _ := m.(interface{ GetSourceId() string })
	if id == nil {
		return ""
	}
	return id.GetSourceId()
}

// carriable is u in a form that can be sent: strings in UTF-8, raw within
// maxRaw, the size filled in.
func carriable(u *Unreadable) *Unreadable {
	c := &Unreadable{
		SourceId: readable(u.SourceId), Raw: u.Raw, RawSize: max(u.RawSize, uint64(len(u.Raw))),
		ReasonZh: readable(u.ReasonZh), ReasonEn: readable(u.ReasonEn),
	}
	if len(c.Raw) > maxRaw {
		c.Raw = c.Raw[:maxRaw]
	}
	return c
}

// readable is a string in UTF-8, cut to what an identifier or sentence needs.
func readable(s string) string {
	const most = 64 << 10
	cut := ""
	if len(s) > most {
		s, cut = strings.TrimRightFunc(s[:most], func(r rune) bool { return r == utf8.RuneError }), "…"
	}
	if utf8.ValidString(s) {
		return s + cut
	}
	var b strings.Builder
	for i := range len(s) {
		if s[i] < utf8.RuneSelf {
			b.WriteByte(s[i])
		} else {
			fmt.Fprintf(&b, `\x%02x`, s[i])
		}
	}
	return b.String() + cut
}

// badField is the dotted name of the first string that is not UTF-8.
func badField(m protoreflect.Message) string {
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		f := fields.Get(i)
		if !m.Has(f) {
			continue
		}
		v := m.Get(f)
		for k, e := range elements(f, v) {
			name := string(f.Name())
			if f.IsList() {
				name = fmt.Sprintf("%s[%d]", name, k)
			}
			switch f.Kind() {
			case protoreflect.StringKind:
				if !utf8.ValidString(e.String()) {
					return name
				}
			case protoreflect.MessageKind:
				if inner := badField(e.Message()); inner != "" {
					return name + "." + inner
				}
			}
		}
	}
	return ""
}

func elements(f protoreflect.FieldDescriptor, v protoreflect.Value) []protoreflect.Value {
	if !f.IsList() {
		return []protoreflect.Value{v}
	}
	list := v.List()
	all := make([]protoreflect.Value, list.Len())
	for i := range all {
		all[i] = list.Get(i)
	}
	return all
}

// appendMessage writes a message the way JSON would, fields in the contract's
// order, but with bytes that are not UTF-8 as \xNN, which JSON cannot have:
// nothing of the record is lost and people can read it.
func appendMessage(b []byte, m protoreflect.Message) []byte {
	b = append(b, '{')
	fields := m.Descriptor().Fields()
	first := true
	for i := range fields.Len() {
		f := fields.Get(i)
		if !m.Has(f) {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(append(append(b, '"'), f.Name()...), `":`...)
		if f.IsList() {
			b = append(b, '[')
		}
		for k, v := range elements(f, m.Get(f)) {
			if k > 0 {
				b = append(b, ',')
			}
			b = appendValue(b, f, v)
		}
		if f.IsList() {
			b = append(b, ']')
		}
	}
	return append(b, '}')
}

func appendValue(b []byte, f protoreflect.FieldDescriptor, v protoreflect.Value) []byte {
	switch f.Kind() {
	case protoreflect.MessageKind:
		return appendMessage(b, v.Message())
	case protoreflect.EnumKind:
		if d := f.Enum().Values().ByNumber(v.Enum()); d != nil {
			return append(append(append(b, '"'), d.Name()...), '"')
		}
		return strconv.AppendInt(b, int64(v.Enum()), 10)
	case protoreflect.StringKind:
		return appendString(b, v.String())
	default:
		return append(b, v.String()...) // numbers and booleans
	}
}

// appendString: a string that is not UTF-8 has all its bytes beyond ASCII as
// \xNN, since pairs of GBK, say, look like UTF-8 by chance.
func appendString(b []byte, s string) []byte {
	text := utf8.ValidString(s)
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = fmt.Appendf(b, `\u%04x`, c)
		case c >= utf8.RuneSelf && !text:
			b = fmt.Appendf(b, `\x%02x`, c)
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}
