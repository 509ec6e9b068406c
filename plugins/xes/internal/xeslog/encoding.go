package xeslog

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

var (
	declaration = regexp.MustCompile(`^\s*<\?xml\b[^>]*\?>`)
	declared    = regexp.MustCompile(`\bencoding\s*=\s*["']([^"']*)["']`)
)

// decoded is a log's text in UTF-8 without its XML declaration, and the line on
// which it begins. What the bytes are counts for more than what the declaration
// says: programs write the one and people, or other programs, the other.
func decoded(text *bufio.Reader) (*cleaner, error) {
	start, err := text.Peek(looked)
	if len(start) == 0 {
		return nil, err
	}
	var in io.Reader = text
	replaced := false
	if wide := wideEncoding(start); wide != nil {
		in, replaced = wide.NewDecoder().Reader(text), true
	} else {
		if err := notText(start); err != nil {
			return nil, err
		}
		if bytes.HasPrefix(start, []byte("\ufeff")) {
			if _, err := text.Discard(len("\ufeff")); err != nil {
				return nil, err
			}
		} else if enc, err := narrowEncoding(start); err != nil {
			return nil, err
		} else if enc != nil {
			in, replaced = enc.NewDecoder().Reader(text), true
		}
	}
	plain := bufio.NewReaderSize(in, 256<<10)
	line, err := skipDeclaration(plain)
	if err != nil {
		return nil, err
	}
	return newCleaner(plain, replaced, line), nil
}

// skipDeclaration passes over <?xml …?>, whatever version it names: what 1.1
// allows beyond 1.0 are control characters, and those are told where they stand.
func skipDeclaration(text *bufio.Reader) (line int, err error) {
	start, err := text.Peek(4 << 10)
	if len(bytes.TrimSpace(start)) == 0 && err != nil {
		if errors.Is(err, io.EOF) {
			err = empty(false, true)
		}
		return 1, err
	}
	head := declaration.Find(start)
	if trimmed := bytes.TrimLeft(start, " \t\r\n\ufeff"); len(trimmed) > 0 && trimmed[0] != '<' {
		return 1, is(NotXML, Found{"不以 < 开头的文字", "text that does not begin with <"})
	}
	if _, err := text.Discard(len(head)); err != nil {
		return 1, err
	}
	return 1 + bytes.Count(head, []byte("\n")), nil
}

// wideEncoding is one of two or more bytes a character, by the mark at the
// beginning or by the bytes of "<"; nil for others.
func wideEncoding(start []byte) encoding.Encoding {
	begins := func(s string) bool { return bytes.HasPrefix(start, []byte(s)) }
	switch { // UTF-32 first: its mark begins like that of UTF-16
	case begins("\xff\xfe\x00\x00"), begins("\x00\x00\xfe\xff"):
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case begins("<\x00\x00\x00"):
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	case begins("\x00\x00\x00<"):
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	case begins("\xff\xfe"), begins("\xfe\xff"):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case begins("<\x00"):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case begins("\x00<"):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// texts is how the bytes beyond ASCII of a text look as UTF-8.
type texts struct{ long, short, bad int } // sequences of three and more bytes, of two; bytes that are none

// wrongFrom is from how many bad bytes on a text is in another encoding rather
// than damaged here and there.
const wrongFrom = 16

// narrowEncoding is the encoding of a text in which ASCII is one byte; nil is
// UTF-8.
func narrowEncoding(start []byte) (encoding.Encoding, error) {
	label := "utf-8"
	if m := declared.FindSubmatch(declaration.Find(start)); m != nil {
		label = strings.ToLower(strings.TrimSpace(string(m[1])))
	}
	enc, name := charset.Lookup(label)
	looks := look(start)
	switch {
	case strings.HasPrefix(label, "utf-16"), strings.HasPrefix(label, "utf-32"), strings.HasPrefix(label, "ucs-"), label == "unicode", label == "us-ascii", label == "ascii", name == "utf-8":
		// Programs of Windows declare UTF-16, others UTF-32, and write UTF-8.
		if looks.bad >= wrongFrom && looks.bad > looks.long+looks.short {
			return nil, wrongEncoding(label, start)
		}
		return nil, nil
	case enc == nil:
		return nil, &Error{Reason: UnknownEncoding, Found: Found{label, label}, Err: fmt.Errorf("encoding %q", label)}
	case looks.bad == 0 && looks.long > 0:
		// Text in GBK or Latin letters is by chance never UTF-8 throughout.
		return nil, nil
	case name == "gbk" || name == "gb18030": // one is part of the other
		return simplifiedchinese.GB18030, nil
	}
	return enc, nil
}

func look(start []byte) (l texts) {
	for i := 0; i < len(start); {
		if start[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(start[i:])
		switch {
		case r == utf8.RuneError && size <= 1:
			if len(start)-i >= utf8.UTFMax || len(start) < looked { // not one that was only cut here
				l.bad++
			}
		case size > 2:
			l.long++
		default:
			l.short++
		}
		i += size
	}
	return l
}

// wrongEncoding says what a text is that does not fit its declaration.
func wrongEncoding(label string, start []byte) error {
	found := Found{"不是 UTF-8 的文字", "text that is not UTF-8"}
	chinese, err := simplifiedchinese.GB18030.NewDecoder().Bytes(start)
	if err == nil && !bytes.ContainsRune(bytes.TrimRight(chinese, "\ufffd"), utf8.RuneError) { // the last may be cut in two
		found = Found{"GB18030（GBK）文字，请把首行改为 encoding=\"GB18030\"", "text in GB18030 (GBK); write encoding=\"GB18030\" into the first line"}
	}
	return &Error{Reason: Encoding, Found: found, Err: fmt.Errorf("declared or meant as %s, it holds %s", label, found.EN)}
}
