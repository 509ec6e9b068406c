package intake

import (
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// longestField names the text field that makes a record too big, as a dotted
// path ("decision.reason").
func longestField(m proto.Message) string {
	path, _ := longest(m.ProtoReflect(), "")
	return path
}

func longest(m protoreflect.Message, prefix string) (path string, size int) {
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		p, n := prefix+string(f.Name()), 0
		switch {
		case f.IsList():
			for i := range v.List().Len() {
				if f.Kind() == protoreflect.StringKind {
					n += len(v.List().Get(i).String())
				}
			}
		case f.Kind() == protoreflect.StringKind:
			n = len(v.String())
		case f.Kind() == protoreflect.MessageKind:
			p, n = longest(v.Message(), p+".")
		}
		if n > size {
			path, size = p, n
		}
		return true
	})
	return path, size
}
