//go:build unix

package acceptance

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Adapters that departments built against the sdk of the reference run
// unchanged: the contract still says on the wire what it said.
func TestAdaptersOfThePastSpeakTheContract(t *testing.T) {
	var kept descriptorpb.FileDescriptorProto
	if err := proto.Unmarshal(readGzip(t, referenceFile("contract.binpb.gz")), &kept); err != nil {
		t.Fatal(err)
	}
	was, err := protodesc.NewFile(&kept, protoregistry.GlobalFiles)
	if err != nil {
		t.Fatal(err)
	}
	a, b := wireOf(was), wireOf(adapterv1.File_mingcha_adapter_v1_adapter_proto)
	if len(a) < 100 {
		t.Fatalf("the reference tells only %d things", len(a))
	}
	for _, what := range slices.Sorted(maps.Keys(a)) {
		if is, ok := b[what]; !ok {
			t.Errorf("gone: %s (was %s)", what, a[what])
		} else if is != a[what] {
			t.Errorf("changed: %s\n- was %s\n+ is  %s", what, a[what], is)
		}
	}
}

// And they build unchanged: everything that the sdk exported is exported still,
// as it was. New things may come, but not in an interface, which an adapter of
// the past would not satisfy any more.
func TestAdaptersOfThePastBuildOnTheSDK(t *testing.T) {
	now := exportedBySDK(t)
	was := strings.Split(strings.TrimSpace(string(readGzip(t, referenceFile("sdk.txt.gz")))), "\n")
	if len(was) < 100 {
		t.Fatalf("the reference tells only %d things", len(was))
	}
	for _, line := range was {
		if !slices.Contains(now, line) {
			t.Errorf("gone or changed: %s", line)
		}
	}
}

// TestWriteReferenceSDK writes the references; see testdata/reference/README.md.
func TestWriteReferenceSDK(t *testing.T) {
	if os.Getenv("MINGCHA_WRITE_REFERENCE") == "" {
		t.Skip("set MINGCHA_WRITE_REFERENCE=1 to write the sdk's reference anew")
	}
	b, err := proto.MarshalOptions{Deterministic: true}.Marshal(protodesc.ToFileDescriptorProto(adapterv1.File_mingcha_adapter_v1_adapter_proto))
	if err != nil {
		t.Fatal(err)
	}
	writeGzip(t, referenceFile("contract.binpb.gz"), b)
	writeGzip(t, referenceFile("sdk.txt.gz"), []byte(strings.Join(exportedBySDK(t), "\n")+"\n"))
}

// wireOf is what of a contract both sides rely on, by name.
func wireOf(f protoreflect.FileDescriptor) map[string]string {
	out := map[string]string{"package": string(f.Package())}
	enums(out, f.Enums())
	messages(out, f.Messages())
	for i := range f.Services().Len() {
		s := f.Services().Get(i)
		for j := range s.Methods().Len() {
			m := s.Methods().Get(j)
			out["method "+string(m.FullName())] = fmt.Sprintf("%s (stream %v) returns %s (stream %v)", m.Input().FullName(), m.IsStreamingClient(), m.Output().FullName(), m.IsStreamingServer())
		}
	}
	return out
}

func enums(out map[string]string, all protoreflect.EnumDescriptors) {
	for i := range all.Len() {
		for j := range all.Get(i).Values().Len() {
			v := all.Get(i).Values().Get(j)
			out["value "+string(all.Get(i).FullName())+" "+string(v.Name())] = fmt.Sprint(v.Number())
		}
	}
}

func messages(out map[string]string, all protoreflect.MessageDescriptors) {
	for i := range all.Len() {
		m := all.Get(i)
		out["message "+string(m.FullName())] = ""
		for j := range m.Fields().Len() {
			f := m.Fields().Get(j)
			says := fmt.Sprintf("= %d %s %s json %s presence %v packed %v", f.Number(), f.Cardinality(), f.Kind(), f.JSONName(), f.HasPresence(), f.IsPacked())
			switch {
			case f.IsMap():
				says += fmt.Sprintf(" map of %s to %s", f.MapKey().Kind(), f.MapValue().Kind())
			case f.Message() != nil:
				says += " " + string(f.Message().FullName())
			case f.Enum() != nil:
				says += " " + string(f.Enum().FullName())
			}
			if o := f.ContainingOneof(); o != nil {
				says += " oneof " + string(o.Name())
			}
			out["field "+string(f.FullName())] = says
		}
		enums(out, m.Enums())
		messages(out, m.Messages())
	}
}

// exportedBySDK lists what the packages of the sdk export, one thing a line:
// functions and methods by the types of what they take and give, fields one by
// one, interfaces whole. The contract's generated code follows from the
// contract; programs and examples export nothing.
func exportedBySDK(t testing.TB) []string {
	t.Helper()
	sdk := filepath.Join(root(), "sdk")
	var out []string
	if err := filepath.WalkDir(sdk, func(path string, d fs.DirEntry, err error) error {
		name := d.Name()
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name == "contract" || name == "cmd" || name == "example" || name == "testdata" || name == "internal"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		files := token.NewFileSet()
		f, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(filepath.Dir(sdk), filepath.Dir(path))
		for _, decl := range f.Decls {
			for _, line := range exported(files, decl) {
				out = append(out, filepath.ToSlash(dir)+": "+line)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func exported(files *token.FileSet, decl ast.Decl) (out []string) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if !d.Name.IsExported() {
			return nil
		}
		if d.Recv == nil {
			return []string{"func " + d.Name.Name + signature(files, d.Type)}
		}
		of := source(files, d.Recv.List[0].Type)
		if !ast.IsExported(strings.TrimLeft(of, "*")) {
			return nil
		}
		return []string{"method (" + of + ") " + d.Name.Name + signature(files, d.Type)}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.ValueSpec:
				for i, n := range s.Names {
					if !n.IsExported() {
						continue
					}
					line := d.Tok.String() + " " + n.Name
					if s.Type != nil {
						line += " " + source(files, s.Type)
					}
					if d.Tok == token.CONST && i < len(s.Values) {
						line += " = " + source(files, s.Values[i])
					}
					out = append(out, line)
				}
			case *ast.TypeSpec:
				if s.Name.IsExported() {
					out = append(out, typed(files, s)...)
				}
			}
		}
	}
	return out
}

func typed(files *token.FileSet, s *ast.TypeSpec) (out []string) {
	line := "type " + s.Name.Name
	if s.TypeParams != nil {
		line += source(files, s.TypeParams)
	}
	if s.Assign.IsValid() {
		line += " ="
	}
	switch x := s.Type.(type) {
	case *ast.StructType:
		out = append(out, line+" struct")
		for _, f := range x.Fields.List {
			names := f.Names
			if names == nil {
				out = append(out, "field "+s.Name.Name+" embedded "+source(files, f.Type))
			}
			for _, n := range names {
				if n.IsExported() {
					out = append(out, "field "+s.Name.Name+"."+n.Name+" "+source(files, f.Type))
				}
			}
		}
	case *ast.InterfaceType:
		var methods []string
		for _, m := range x.Methods.List {
			if fn, ok := m.Type.(*ast.FuncType); ok && len(m.Names) == 1 {
				methods = append(methods, m.Names[0].Name+signature(files, fn))
			} else {
				methods = append(methods, source(files, m.Type))
			}
		}
		slices.Sort(methods)
		out = append(out, line+" interface { "+strings.Join(methods, "; ")+" }")
	case *ast.FuncType:
		out = append(out, line+" func"+signature(files, x))
	default:
		out = append(out, line+" "+source(files, s.Type))
	}
	return out
}

// signature is a function's without the names of what it takes, which are free
// to change.
func signature(files *token.FileSet, f *ast.FuncType) string {
	list := func(l *ast.FieldList) string {
		var types []string
		if l != nil {
			for _, x := range l.List {
				for range max(1, len(x.Names)) {
					types = append(types, source(files, x.Type))
				}
			}
		}
		return "(" + strings.Join(types, ", ") + ")"
	}
	of := ""
	if f.TypeParams != nil {
		of = list(f.TypeParams)
	}
	return of + list(f.Params) + " " + list(f.Results)
}

// source is a piece of Go on one line.
func source(files *token.FileSet, n any) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, files, n); err != nil {
		return err.Error()
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
