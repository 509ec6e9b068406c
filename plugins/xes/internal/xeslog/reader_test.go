package xeslog

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
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
	r, err := newReader("t.xes", bytes.NewReader(in), func(a Attrs) string { no, _ := a.Get("case:concept:name"); return no })
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
	encoded := func(e encoding.Encoding, label string) []byte {
		text, err := e.NewEncoder().String(strings.Replace(small, "UTF-8", label, 1))
		if err != nil {
			t.Fatal(err)
		}
		return []byte(text)
	}
	labelled := func(label string) []byte { return []byte(strings.Replace(small, "UTF-8", label, 1)) }
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	for name, text := range map[string]string{"说明.txt": "x", "__MACOSX/._log.xes": "x", "out/log.xes.gz": string(zipped(small))} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, text) //nolint:errcheck // a buffer takes everything
	}
	z.Close()
	for name, in := range map[string][]byte{
		"plain": []byte(small), "byte order mark": []byte("\ufeff" + small), "gzip": zipped(small), "gzip twice": zipped(string(zipped(small))), "zip": archive.Bytes(),
		"GBK": encoded(simplifiedchinese.GBK, "GBK"), "gb2312": encoded(simplifiedchinese.GBK, "gb2312"), "GB18030": encoded(simplifiedchinese.GB18030, "GB18030"), "Big5": encoded(traditionalchinese.Big5, "Big5"),
		"UTF-16 with a mark":               encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16"),
		"UTF-16 the other way round":       encoded(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "UTF-16"),
		"UTF-16 without a mark":            encoded(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "UTF-16"),
		"UTF-16 declared as UTF-8":         encoded(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "UTF-8"),
		"UTF-8 declared as UTF-16":         labelled("utf-16"),
		"UTF-32 with a mark":               encoded(utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), "UTF-32"),
		"UTF-32 the other way round":       encoded(utf32.UTF32(utf32.BigEndian, utf32.UseBOM), "UTF-32"),
		"UTF-32 without a mark":            encoded(utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), "UTF-32"),
		"UTF-8 declared as UTF-32":         labelled("utf-32"),
		"UTF-8 declared as GBK":            labelled("GBK"),
		"UTF-8 declared as Latin":          labelled("ISO-8859-1"),
		"UTF-8 with a mark, declared GBK":  append([]byte("\ufeff"), labelled("GBK")...),
		"no declaration":                   []byte(strings.SplitN(small, "\n", 2)[1]),
		"XML 1.1":                          []byte(strings.Replace(small, `version="1.0" e`, `version="1.1" e`, 1)),
		"two logs":                         []byte(strings.Replace(small, " <trace><string key=\"concept:name\" value=\"c2\"/>", "</log>\n<?xml version=\"1.0\"?>\n<log><trace><string key=\"concept:name\" value=\"c2\"/>", 1)),
		"names with a prefix":              []byte(strings.NewReplacer("<log", "<x:log", "</log", "</x:log", "<trace", "<x:trace", "</trace", "</x:trace", "<event>", "<x:event>", "</event>", "</x:event>").Replace(small)),
		"an ampersand that begins nothing": []byte(strings.Replace(small, "a log", "A & B", 1)),
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
	big5, err := traditionalchinese.Big5.NewEncoder().String(strings.ReplaceAll(small, "收件", strings.Repeat("收件受理決定", 10)))
	if err != nil {
		t.Fatal(err)
	}
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	for _, name := range []string{"a.xes", "b.xes"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, small) //nolint:errcheck // a buffer takes everything
	}
	z.Close()
	var without bytes.Buffer
	z = zip.NewWriter(&without)
	if _, err := z.Create("readme.txt"); err != nil {
		t.Fatal(err)
	}
	z.Close()
	for name, c := range map[string]struct {
		in     []byte
		reason Reason
		before int
		says   string
	}{
		"cut off in a tag":       {[]byte(small[:cut]), Truncated, 1, ""},
		"cut off between":        {[]byte(strings.TrimSuffix(small, "</log>")), Truncated, 2, ""},
		"truncated gzip":         {packed[:len(packed)-40], Truncated, 2, ""},
		"Big5 meant as UTF-8":    {[]byte(big5), Encoding, 0, "not UTF-8"},
		"unknown encoding":       {[]byte(strings.Replace(small, "UTF-8", "KLINGON", 1)), UnknownEncoding, 0, "klingon"},
		"another format":         {[]byte("<html><body/></html>"), NotXES, 0, "<html>"},
		"a table":                {[]byte("case,activity,time\n1,a,2026-03-02\n"), NotXML, 0, "does not begin with <"},
		"an empty file":          {nil, Empty, 0, "empty"},
		"blanks only":            {[]byte("\n \n"), Empty, 0, "nothing but blanks"},
		"7z":                     {[]byte("7z\xbc\xaf\x27\x1c...."), Packed, 0, "7z"},
		"an old Excel file":      {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...."), NotXML, 0, "Office"},
		"a zip of two logs":      {archive.Bytes(), Packed, 0, "2 logs"},
		"a zip without a log":    {without.Bytes(), NotXES, 0, "no log"},
		"end only":               {[]byte("</log>"), Broken, 0, ""},
		"no XML after all":       {[]byte("<<<"), Truncated, 0, ""},
		"wrong checksum":         {append(append(bytes.Clone(packed[:len(packed)-8]), 1, 2, 3, 4), packed[len(packed)-4:]...), Corrupt, 5002, "checksum"},
		"a packing that breaks":  {append(bytes.Clone(packed[:40]), bytes.Repeat([]byte{0xff}, 400)...), Corrupt, 0, "corrupt"},
		"damaged and then a cut": {[]byte(strings.Replace(small[:cut], `value="收件"`, `value=收件`, 1)), Truncated, 1, ""},
	} {
		traces, err := readAll(c.in)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v, want an *Error", name, err)
			continue
		}
		if e.Reason != c.reason || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: reason %d (%v), want %d, %q", name, e.Reason, err, c.reason, c.says)
		}
		if c.before > 0 && len(traces) < c.before {
			t.Errorf("%s: %d traces before the break, want %d", name, len(traces), c.before)
		}
		if e.Trace != len(traces) {
			t.Errorf("%s: it says that %d traces were whole, %d came", name, e.Trace, len(traces))
		}
	}
}

// One bad place costs what stands in it: the events before it in its trace and
// every later trace are read, and its text is told with its line.
func TestDamageCostsWhatStandsInIt(t *testing.T) {
	event := func(name string) string { return `<event><string key="n" value="` + name + `"/></event>` }
	whole := "<log>\n<trace><string key=\"concept:name\" value=\"c1\"/>" + event("a") + "\n" + event("b") + "\n" + event("c") + "</trace>\n" +
		"<trace><string key=\"concept:name\" value=\"c2\"/>" + event("d") + "</trace>\n</log>\n"
	for name, c := range map[string]struct {
		from, to string
		want     string // traces: events, with ! the damage and how many events seem to be in it
	}{
		"nothing":                    {"", "", "c1: a b c; c2: d"},
		"a tag broken":               {event("b"), "<event <string/>", "c1: a !2; c2: d"},
		"a quotation left open":      {`value="b"/>`, `value="b/>`, "c1: a !2; c2: d"},
		"a quotation over the next":  {event("b") + "\n" + event("c") + "</trace>", `<event><string key="`, "c1: a !1; c2: d"},
		"an attribute left open":     {`value="b"/>`, `value="b">`, "c1: a !2; c2: d"},
		"an event left open":         {event("b"), strings.TrimSuffix(event("b"), "</event>"), "c1: a !2; c2: d"},
		"a name without quotes":      {`value="b"`, `value=b`, "c1: a !2; c2: d"},
		"a block of zeros":           {event("b"), strings.Repeat("\x00", 100), "c1: a c; c2: d"},
		"zeros in a tag":             {`key="n" value="b"`, "key\x00\x00\x00", "c1: a !2; c2: d"},
		"a trace not closed":         {"</trace>\n<trace>", "<trace>", "c1: a b c !0; c2: d"},
		"a trace closed by another":  {"</trace>\n<trace>", "</event><trace>", "c1: a b c !0; c2: d"},
		"the last closed by another": {"</trace>\n</log>", "</event></log>", "c1: a b c; c2: d !0"},
		"the last closed by the log": {"</trace>\n</log>", "</log>", "c1: a b c; c2: d !0"},
		"between the traces":         {"</trace>\n<trace>", "</trace> <a b> <trace>", "c1: a b c; ? !0; c2: d"},
		"attributes without end":     {`value="c1"/>`, `value="c1"/>` + strings.Repeat("<string>", 1000), "c1: !3; c2: d"},
		"a comment left open":        {event("b"), event("b") + "<!-- checked", "c1: a b !1; c2: d"},
		"in an event":                {event("b"), strings.Replace(event("b"), "</event>", "<!-- </event>", 1), "c1: a !2; c2: d"},
		"CDATA left open":            {event("b"), strings.Replace(event("b"), "</event>", "<![CDATA[ </event>", 1), "c1: a !2; c2: d"},
		"an instruction left open":   {event("b"), strings.Replace(event("b"), "</event>", "<?x </event>", 1), "c1: a !2; c2: d"},
		"a comment between, open":    {"</trace>\n<trace>", "</trace> <!-- <trace>", "c1: a b c; ? !0; c2: d"},
		"two left open":              {event("b") + "\n" + event("c"), event("b") + "<!-- " + event("c") + "<?", "c1: a b !1; c2: d"},
		"one far from its end":       {event("b"), "<!--" + strings.Repeat("x", longestAside+9) + "-->", "c1: a !1; c2: d"},
		"comments that are closed":   {event("b"), "<!-- <? <![CDATA[ " + event("x") + strings.Repeat(" ", 70_000) + "--><?x <!-- ?><![CDATA[ <!-- ]]>", "c1: a c; c2: d"},
		"after the end of the log":   {"</log>\n", "</log><string key=\"a></string>", "c1: a b c; c2: d; ? !0"},
	} {
		text := strings.Replace(whole, c.from, c.to, 1)
		traces, err := readAll([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var told []string
		for _, tr := range traces {
			no, has := tr.Attrs.Get("concept:name")
			if !has {
				no = "?"
			}
			line := no + ":"
			if !has {
				line = no
			}
			for _, e := range tr.Events {
				n, _ := e.Get("n")
				line += " " + n
			}
			if d := tr.Damage; d != nil {
				line += fmt.Sprintf(" !%d", d.Events)
				if d.Line < 2 || d.Until < d.Line || d.Err == nil {
					t.Errorf("%s: %+v", name, d)
				}
			}
			told = append(told, line)
		}
		if got := strings.Join(told, "; "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// A tag left open is told at its own trace, and what follows it is not taken for
// its content.
func TestOpenTagIsToldWhereItIs(t *testing.T) {
	log := "<log>\n<trace><string key=\"concept:name\" value=\"c1\"></trace>\n" + strings.Repeat("<trace></trace>\n", 1000) + "</log>"
	traces, err := readAll([]byte(log))
	if err != nil || len(traces) != 1001 || traces[0].Damage == nil || traces[0].Damage.Line != 2 {
		t.Errorf("%d traces, %v; want damage in line 2 and 1001 traces", len(traces), err)
	}
}

// Characters that XML forbids, written or referred to, and bytes that are no
// text mark what holds them; everything else is read.
func TestForbiddenCharactersMarkTheirEvent(t *testing.T) {
	for in, want := range map[string]string{
		"a&#x1;b": `a\x01b`, "a&#1;b": `a\x01b`, "a\x01b": `a\x01b`, "a\x00b": `a\x00b`, "a\xb3\xc7b": `a\xb3\xc7b`, "a&#xFFFF;b": `a\u{FFFF}b`, "a&#xD800;b": `a\u{FFFF}b`,
		"a&#x99999999999;b": `a\u{FFFF}b`, "a&amp;b": "a&b", "a&b": "a&b", "a<5": "a<5", "a < b": "a < b", "a&nbsp;b": "a&nbsp;b", "a&#x4e2d;b": "a中b", "a&lt;b": "a<b", "a&&amp;b": "a&&b", "收件\t": "收件\t",
	} {
		traces, err := readAll([]byte(`<log><trace><event><string key="k" value="` + in + `"/></event><event><string key="k" value="after"/></event></trace></log>`))
		if err != nil || len(traces) != 1 || len(traces[0].Events) != 2 {
			t.Errorf("%q: %v %v", in, traces, err)
			continue
		}
		text, _ := traces[0].Events[0].Get("k")
		shown, illegal := Illegal(text)
		if shown != want || illegal != strings.Contains(want, `\`) || traces[0].Marked != illegal {
			t.Errorf("%q: %q, illegal %v, marked %v; want %q", in, shown, illegal, traces[0].Marked, want)
		}
	}
}

// Events straight in the log come as a trace a case, after the traces.
func TestEventsStraightInTheLog(t *testing.T) {
	straight := func(no, name string) string {
		return `<event><string key="case:concept:name" value="` + no + `"/><string key="n" value="` + name + `"/></event>`
	}
	traces, err := readAll([]byte("<log>" + straight("s2", "a") + straight("s1", "b") + `<trace><event><string key="n" value="t"/></event></trace>` + straight("s2", "c") + straight("s2", "a") + straight("", "d&#1;") + "</log>"))
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for i, tr := range traces {
		line := ""
		for _, e := range tr.Events {
			n, _ := e.Get("n")
			no, _ := e.Get("case:concept:name")
			line += no + n + " "
		}
		told = append(told, line)
		if tr.Straight != (i > 0) || tr.Index != i || tr.Marked != (i == 3) {
			t.Errorf("trace %d: %+v", i, tr)
		}
	}
	if got := strings.Join(told, "; "); got != "t ; s2a s2c s2a ; s1b ; d\U0010ff01 " {
		t.Errorf("%q", got)
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
