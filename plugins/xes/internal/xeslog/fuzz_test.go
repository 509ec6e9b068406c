package xeslog

import (
	"errors"
	"testing"
)

// A log is somebody else's file: whatever stands in it, reading ends, with all
// traces that are whole.
func FuzzLog(f *testing.F) {
	f.Add([]byte(small))
	f.Add(zipped(small))
	f.Add(zipped(small)[:60])
	f.Add([]byte("\ufeff" + small[:len(small)-6]))
	f.Add([]byte(`<?xml version="1.0" encoding="GBK"?><log><trace><string key="concept:name" value="` + "\xb0\xec" + `"/></trace></log>`))
	f.Add([]byte(`<log><trace><event><list key="a"><values><string key="b" value="c"/></values></list></event></trace></log><log/>`))
	f.Add([]byte(`<log><trace><event></trace></event></log>`))
	f.Add([]byte(`<?xml version="1.0" encoding="none"?><log/>`))
	f.Add([]byte(`<!DOCTYPE log [<!ENTITY a "b">]><log><string key="&a;" value="1"/></log>`))
	f.Fuzz(func(t *testing.T, in []byte) {
		traces, err := readAll(in)
		for i, tr := range traces {
			if tr.Index != i {
				t.Errorf("trace %d says that it is %d", i, tr.Index)
			}
		}
		if err == nil {
			return
		}
		var e *Error
		if !errors.As(err, &e) || e.Reason == 0 || e.Err == nil {
			t.Fatalf("reading broke off without saying how: %v", err)
		}
		if e.Trace != len(traces) {
			t.Errorf("%d traces were read, it says %d", len(traces), e.Trace)
		}
	})
}
