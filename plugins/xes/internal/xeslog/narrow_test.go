package xeslog

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// Whatever a log declares, it is read as what it is: one trace of it as many, and whether
// its first Chinese word stands at once or behind more than is looked at.
func TestALogIsReadInWhatItIsWrittenIn(t *testing.T) {
	log := func(label, word string, before int) string {
		decl := ""
		if label != "" {
			decl = fmt.Sprintf("<?xml version=\"1.0\" encoding=%q?>\n", label)
		}
		return decl + "<log>" + "<!--" + strings.Repeat("x", before) + "x-->" + `<trace><string key="concept:name" value="S-1"/><event><string key="concept:name" value="` + word + `"/></event></trace></log>`
	}
	type written struct {
		label string
		in    encoding.Encoding
	}
	gb, big5, latin := simplifiedchinese.GB18030, traditionalchinese.Big5, charmap.ISO8859_1
	for _, w := range []struct {
		written
		word string
	}{
		{written{"UTF-8", gb}, "收件"}, {written{"", gb}, "准予许可"}, {written{"ISO-8859-1", gb}, "受理"}, {written{"US-ASCII", gb}, "受理"}, {written{"UTF-16", gb}, "不予受理"}, {written{"GBK", gb}, "镕"},
		{written{"windows-1252", gb}, "收件（补正）"}, {written{"GBK", unicode.UTF8}, "收件"}, {written{"ISO-8859-1", unicode.UTF8}, "收件"}, {written{"Big5", unicode.UTF8}, "收件"},
		{written{"Big5", big5}, "收件"}, {written{"ISO-8859-1", latin}, "café reçu"}, {written{"UTF-8", unicode.UTF8}, "café reçu"}, {written{"windows-1252", charmap.Windows1252}, "Ñandú – çà"},
	} {
		for _, before := range []int{0, looked + 1} {
			text, err := w.in.NewEncoder().String(log(w.label, w.word, before))
			if err != nil {
				t.Fatal(err)
			}
			traces, err := readAll([]byte(text))
			if err != nil || len(traces) != 1 || traces[0].Marked {
				t.Errorf("%s declared as %q, behind %d: %v, %+v", w.word, w.label, before, err, traces)
				continue
			}
			if got, _ := traces[0].Events[0].Get("concept:name"); got != w.word {
				t.Errorf("%s declared as %q, behind %d, is read as %s", w.word, w.label, before, got)
			}
		}
	}
	// What is damaged, or in another encoding than the rest, is told and not guessed at.
	for name, text := range map[string]string{
		"a byte": log("UTF-8", "a\xffb", 0), "a character cut in two, between others": log("UTF-8", "收件受理收件受理收件受理 \xe4\xbb", 0), "alone": log("UTF-8", "\xe4\xbb", 0), "Latin": log("UTF-8", "caf\xe9 re\xe7u", 0),
		"words in GBK among UTF-8": log("UTF-8", strings.Repeat("收件受理", 20)+"\xca\xd5\xbc\xfe", 0),
	} {
		if traces, err := readAll([]byte(text)); err != nil || len(traces) != 1 || !traces[0].Marked {
			t.Errorf("%s: %v, %+v; want it marked", name, err, traces)
		}
	}
	for name, text := range map[string]string{"Big5": "\xa6\xac\xa5\xf3\xae\xe5\xc0\xf2\xc2\xaa", "Latin letters in a row": "\xc3\xa9\xc3\xa9\xe9\xe9\xe8"} {
		if traces, err := readAll([]byte(log("UTF-8", text, 0))); err == nil && !traces[0].Marked {
			t.Errorf("%s: %+v, want it told", name, traces)
		}
	}
}
