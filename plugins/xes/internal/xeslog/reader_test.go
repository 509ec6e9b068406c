package xeslog

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

const small = `<?xml version="1.0" encoding="UTF-8" ?>
<log xes.version="1.0">
 <global scope="event"><string key="lifecycle:transition" value="complete"/></global>
 <string key="concept:name" value="a log"><string key="inner" value="x"/></string>
 <trace><string key="concept:name" value="c1"/>
  <event><string key="concept:name" value="收件"><string key="note" value="嵌套"/></string><date key="time:timestamp" value="2014-04-11T00:00:00+02:00"/></event>
  <event><string key="concept:name" value="b"/><string key="lifecycle:transition" value="start"/></event>
 </trace>
 <trace><string key="concept:name" value="c2"/></trace>
</log>`

func readAll(in []byte) (traces []*Trace, err error) {
	r, err := newReader("t.xes", bytes.NewReader(in))
	if err != nil {
		return nil, err
	}
	for {
		t, err := r.Next()
		if errors.Is(err, io.EOF) {
			return traces, nil
		}
		if err != nil {
			return traces, err
		}
		traces = append(traces, t)
	}
}

func zipped(s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(s)) //nolint:errcheck // a buffer takes everything
	z.Close()
	return b.Bytes()
}

func TestReadsTracesInEveryPackaging(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(strings.Replace(small, "UTF-8", "GBK", 1))
	if err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string][]byte{
		"plain": []byte(small), "byte order mark": []byte("\ufeff" + small), "gzip": zipped(small), "GBK": []byte(gbk),
	} {
		traces, err := readAll(in)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(traces) != 2 || len(traces[0].Events) != 2 || traces[1].Index != 1 {
			t.Fatalf("%s: %+v", name, traces)
		}
		first := traces[0].Events[0]
		for key, want := range map[string]string{"concept:name": "收件", "concept:name/note": "嵌套", "lifecycle:transition": ""} {
			if got, _ := first.Get(key); got != want {
				t.Errorf("%s: %s = %q, want %q", name, key, got, want)
			}
		}
		if got, _ := traces[0].Events[1].Get("lifecycle:transition"); got != "start" {
			t.Errorf("%s: lifecycle:transition = %q", name, got)
		}
	}
}

func TestBrokenLogsSayHowAndKeepWhatCameBefore(t *testing.T) {
	cut := strings.Index(small, `<trace><string key="concept:name" value="c2"/>`) + 20
	packed := zipped(strings.Replace(small, "</log>", strings.Repeat("<trace></trace>\n", 5000)+"</log>", 1))
	for name, c := range map[string]struct {
		in     []byte
		reason Reason
		before int
	}{
		"cut off in a tag": {[]byte(small[:cut]), Truncated, 1},
		"cut off between":  {[]byte(strings.TrimSuffix(small, "</log>")), Truncated, 2},
		"truncated gzip":   {packed[:len(packed)-40], Truncated, 2},
		"broken tag":       {[]byte(strings.Replace(small, `value="c2"/>`, `value="c2"<`, 1)), Broken, 1},
		"wrong end":        {[]byte(strings.Replace(small, "</trace>\n</log>", "</event>\n</log>", 1)), Broken, 1},
		"not UTF-8":        {[]byte(strings.Replace(small, `"c2"`, "\"\xff\xfe\"", 1)), Encoding, 1},
		"unknown encoding": {[]byte(strings.Replace(small, "UTF-8", "KLINGON", 1)), Encoding, 0},
		"another format":   {[]byte("<html><body/></html>"), NotXES, 0},
		"an empty file":    {nil, Truncated, 0},
		"tag left open":    {[]byte(strings.Replace(small, `value="c2"/>`, `value="c2">`, 1)), Broken, 1},
		"tags crossed":     {[]byte(strings.Replace(small, `value="x"/></string>`, `value="x"></date></string>`, 1)), Broken, 0},
		"more behind":      {[]byte(small + "<log></log>"), Broken, 2},
		"end only":         {[]byte("</log>"), Broken, 0},
		"nested for ever":  {[]byte(strings.Replace(small, `value="c2"/>`, `value="c2"/>`+strings.Repeat("<string>", 1000), 1)), Broken, 1},
		"wrong checksum":   {append(append(bytes.Clone(packed[:len(packed)-8]), 1, 2, 3, 4), packed[len(packed)-4:]...), Broken, 5002},
	} {
		traces, err := readAll(c.in)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v, want an *Error", name, err)
			continue
		}
		if e.Reason != c.reason {
			t.Errorf("%s: reason %d (%v), want %d", name, e.Reason, err, c.reason)
		}
		if c.before > 0 && len(traces) < c.before {
			t.Errorf("%s: %d traces before the break, want %d", name, len(traces), c.before)
		}
		if e.Trace != len(traces) {
			t.Errorf("%s: it says that %d traces were whole, %d came", name, e.Trace, len(traces))
		}
	}
}

// A tag left open is told at its own trace, not at the end of the log, and what
// follows it is not taken for its content.
func TestOpenTagIsToldWhereItIs(t *testing.T) {
	log := "<log>\n<trace><string key=\"concept:name\" value=\"c1\"></trace>\n" + strings.Repeat("<trace></trace>\n", 1000) + "</log>"
	_, err := readAll([]byte(log))
	var e *Error
	if !errors.As(err, &e) || e.Line != 2 || e.Reason != Broken {
		t.Errorf("%v, want line 2", err)
	}
}

// What stands before, between and behind is passed over.
func TestWhatIsNoTraceIsPassedOver(t *testing.T) {
	log := "<?xml version=\"1.0\"?><!-- a --><log><extension name=\"Concept\"/><classifier/><trace></trace><!-- b --><string><date/></string><trace></trace></log>\n<!-- c -->\n"
	if traces, err := readAll([]byte(log)); err != nil || len(traces) != 2 {
		t.Errorf("%d traces, %v; want 2", len(traces), err)
	}
	if traces, err := readAll([]byte("<log></log>")); err != nil || len(traces) != 0 {
		t.Errorf("an empty log: %d traces, %v", len(traces), err)
	}
}
