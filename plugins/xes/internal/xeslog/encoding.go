package xeslog

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"

	"golang.org/x/text/encoding"
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
	narrow := &narrow{text: text, label: "utf-8"}
	var in io.Reader = narrow
	if wide := wideEncoding(start); wide != nil {
		in, narrow.decoded = wide.NewDecoder().Reader(text), true
	} else {
		if err := notText(start); err != nil {
			return nil, err
		}
		if bytes.HasPrefix(start, []byte("\ufeff")) {
			if _, err := text.Discard(len("\ufeff")); err != nil {
				return nil, err
			}
		} else if err := narrow.declared(start); err != nil {
			return nil, err
		}
	}
	plain := bufio.NewReaderSize(in, 256<<10)
	line, err := skipDeclaration(plain)
	if err != nil {
		return nil, err
	}
	return newCleaner(plain, &narrow.decoded, line), nil
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
