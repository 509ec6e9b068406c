package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
)

func TestWhatTheFrameworkFailsAtIsNotTold(t *testing.T) {
	p := requestProblem(500, "secret", []error{errors.New("secret")})
	if b, _ := json.Marshal(p); p.Code != "internal" || bytes.Contains(b, []byte("secret")) {
		t.Errorf("%s", b)
	}
}
