package sheet

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// mostDamaged is the share of a text's characters that may be unreadable before
// the whole is no text of that encoding.
const mostDamaged = 0.01

// mostZeros is how many characters there are to one of number 0 at the least.
const mostZeros = 20

// decoded is a file's text in UTF-8, with U+FFFD where a character could not be
// read. Chinese programs that do not say write GB18030; Excel's “Unicode text” is
// UTF-16; not all of them leave a mark.
func decoded(file []byte) (text []byte, name string, ok bool) {
	by := func(name string, e encoding.Encoding) ([]byte, string, bool) {
		out, err := e.NewDecoder().Bytes(file)
		return out, name, err == nil && plausible(out)
	}
	switch {
	case bytes.HasPrefix(file, []byte("\xFF\xFE\x00\x00")), bytes.HasPrefix(file, []byte("\x00\x00\xFE\xFF")):
		return by("UTF-32", utf32.UTF32(utf32.LittleEndian, utf32.ExpectBOM))
	case bytes.HasPrefix(file, []byte("\xFF\xFE")), bytes.HasPrefix(file, []byte("\xFE\xFF")):
		return by("UTF-16", unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM))
	case bytes.HasPrefix(file, []byte("\xEF\xBB\xBF")):
		file = file[3:]
		if good, bad := asUTF8(file); good >= bad {
			file = bytes.ToValidUTF8(file, []byte("\uFFFD"))
			return file, "UTF-8", plausible(file)
		}
		return by("GB18030", simplifiedchinese.GB18030) // some programs put the mark before anything
	case utf8.Valid(file) && bytes.IndexByte(file, 0) < 0:
		return file, "UTF-8", plausible(file)
	}
	if endian, is := unmarked16(file); is {
		return by("UTF-16", unicode.UTF16(endian, unicode.IgnoreBOM))
	}
	if utf8.Valid(file) {
		return file, "UTF-8", plausible(file)
	}
	if mostlyUTF8(file) {
		file = bytes.ToValidUTF8(file, []byte("\uFFFD"))
		return file, "UTF-8", plausible(file)
	}
	return by("GB18030", simplifiedchinese.GB18030)
}

// plausible tells whether decoding led to a text: with few characters that could not be
// read, or of number 0, which programs leave behind in a text.
func plausible(text []byte) bool {
	if bytes.Count(text, []byte{0})*mostZeros > utf8.RuneCount(text) {
		return false
	}
	bad := bytes.Count(text, []byte("\uFFFD"))
	return float64(bad) <= mostDamaged*float64(utf8.RuneCount(text)) || bad <= 1 && len(text) > 20
}

// unmarked16 tells whether a file is UTF-16 without a mark: separators and line
// ends have a zero byte, always on the same side. Of a text of single bytes with a zero
// among them line ends have none beside them.
func unmarked16(file []byte) (unicode.Endianness, bool) {
	if len(file) < 4 || len(file)%2 != 0 {
		return unicode.LittleEndian, false
	}
	var zeros, wide [2]int // wide: ends of lines and separators with a zero behind, or before
	ends := 0
	some := file[:min(len(file), 8192)]
	for i, c := range some {
		switch {
		case c == 0:
			zeros[i%2]++
		case c == '\n' || c == ',' || c == '\t' || c == ';':
			ends++
			if i%2 == 0 && i+1 < len(some) && some[i+1] == 0 {
				wide[0]++
			} else if i%2 == 1 && some[i-1] == 0 {
				wide[1]++
			}
		}
	}
	switch {
	case zeros[1] > 0 && zeros[0] == 0 && 2*wide[0] >= ends:
		return unicode.LittleEndian, true
	case zeros[0] > 0 && zeros[1] == 0 && 2*wide[1] >= ends:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

// mostlyUTF8 tells whether a file is UTF-8 in which a few bytes were damaged: in
// no other encoding do ten characters in eleven come out as UTF-8 by chance.
func mostlyUTF8(file []byte) bool {
	good, bad := asUTF8(file)
	return good > 10*bad
}

// asUTF8 counts the characters beyond ASCII of a file as UTF-8, and the bytes that are none.
func asUTF8(file []byte) (good, bad int) {
	for len(file) > 0 {
		r, n := utf8.DecodeRune(file)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		file = file[n:]
	}
	return good, bad
}

// Damaged tells whether a character of the cell could not be read.
func (c Cell) Damaged() bool { return strings.ContainsRune(c.Text, utf8.RuneError) }
