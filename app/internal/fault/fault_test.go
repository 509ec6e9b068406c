package fault

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestAFaultIsFoundBehindOtherErrorsAndKeepsItsCause(t *testing.T) {
	f := New(Conflict, "busy", "请稍候。", "Wait.", io.ErrUnexpectedEOF)
	wrapped := fmt.Errorf("saving: %w", errors.Join(errors.New("other"), f))
	got, ok := As(wrapped)
	if !ok || got != f || got.Kind != Conflict || got.Code != "busy" {
		t.Errorf("found %v %v", got, ok)
	}
	if !errors.Is(wrapped, io.ErrUnexpectedEOF) {
		t.Error("the cause is lost")
	}
	if f.Error() != "busy: Wait.: unexpected EOF" || New(Invalid, "x", "错", "No.", nil).Error() != "x: No." {
		t.Errorf("%q", f.Error())
	}
	if f := InvalidFields("term", "错", "No.", Field{"name", "请填写", "enter it"}); f.Kind != Invalid || len(f.Fields) != 1 || f.Fields[0].Name != "name" {
		t.Errorf("wrong fields are told as %+v", f)
	}
	if _, ok := As(io.EOF); ok {
		t.Error("a plain error is taken for a fault")
	}
}
