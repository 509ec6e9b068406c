package xeslog

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// What XML forbids (control characters, bytes that are no text, references to
// either) reaches the parser as a character of the last private plane, so that
// one bad remark does not end the log: the event that holds it is told by it.
const (
	markFirst = rune(0x10FE00)
	markOther = rune(0x10FE00) // a reference to a character that does not exist
	markByte  = rune(0x10FF00) // + the byte or control character

	// markPrefix begins every mark in UTF-8.
	markPrefix = "\xf4\x8f"
)

// cleaner hands text in UTF-8 to an XML parser, with marks. It counts lines, and
// keeps the text since it was last asked to.
type cleaner struct {
	in       io.Reader
	replaced *bool // the text was decoded: U+FFFD stands for bytes that are none

	buf      []byte
	pos, end int
	base     int64 // of the text, that the buffer begins with
	err      error

	aside int64 // up to here the text is a comment or the like that is closed
	open  error // one was begun that is not closed

	again string  // to be given once more
	out   [8]byte // what a byte became, from outAt on
	outAt int
	outN  int

	line  int // of the byte given last
	last  byte
	marks int // given so far

	kept []byte
	size int // of what would have been kept without the bound
}

// keptAtMost bounds how much of a damaged place is shown to people.
const keptAtMost = 64 << 10

func newCleaner(in io.Reader, replaced *bool, line int) *cleaner {
	return &cleaner{in: in, replaced: replaced, buf: make([]byte, 64<<10), line: line}
}

// keep begins to keep the text anew, with what led up to it.
func (c *cleaner) keep(before string) {
	c.kept, c.size = append(c.kept[:0], before...), len(before)
}

// ReadByte makes it an io.ByteReader: the parser reads no further than it needs.
func (c *cleaner) ReadByte() (byte, error) {
	var b byte
	switch {
	case c.again != "":
		b, c.again = c.again[0], c.again[1:]
	case c.outAt == c.outN:
		if err := c.next(); err != nil {
			return 0, err
		}
		fallthrough
	default:
		b = c.out[c.outAt]
		c.outAt++
	}
	if c.last = b; b == '\n' {
		c.line++
	}
	if c.size++; len(c.kept) < keptAtMost {
		c.kept = append(c.kept, b)
	}
	return b, nil
}

// Read is what an XML parser asks for, but does not use, beside ReadByte.
func (c *cleaner) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if p[n], err = c.ReadByte(); err != nil {
			break
		}
		n++
	}
	return n, err
}

// have makes sure of n bytes at the position, or of all that there are.
func (c *cleaner) have(n int) bool {
	for c.end-c.pos < n && c.err == nil {
		if n > len(c.buf) {
			c.buf = append(c.buf, make([]byte, n-len(c.buf))...)
		}
		copy(c.buf, c.buf[c.pos:c.end])
		c.base += int64(c.pos)
		c.end -= c.pos
		c.pos = 0
		var got int
		got, c.err = c.in.Read(c.buf[c.end:])
		c.end += got
	}
	return c.end-c.pos >= n
}

// next puts what the next byte or character becomes into out.
func (c *cleaner) next() error {
	if c.pos == c.end && !c.have(1) {
		return c.err
	}
	c.outAt, c.outN = 0, 1
	b := c.buf[c.pos]
	switch {
	case b == '&':
		c.reference()
	case b == '<' && c.have(2) && !begins(c.buf[c.pos+1]):
		c.outN = copy(c.out[:], "&lt;")
		c.pos++
	case b == '<' && c.unclosed():
		c.outN = copy(c.out[:], "< ") // at which the parser stumbles
		c.pos++
	case b >= utf8.RuneSelf:
		c.character()
	case b < ' ' && b != '\t' && b != '\n' && b != '\r':
		c.pos++
		c.mark(markByte + rune(b))
	default:
		c.out[0] = b
		c.pos++
	}
	return nil
}

// asides are what is no part of a log's content, by how it begins and ends.
var asides = []struct {
	begin, end []byte
	unclosed   error
}{
	{[]byte("<!--"), []byte("-->"), errors.New("a comment begins here, <!--, that nothing closes")},
	{[]byte("<![CDATA["), []byte("]]>"), errors.New("text begins here, <![CDATA[, that nothing closes")},
	{[]byte("<?"), []byte("?>"), errors.New("an instruction begins here, <?, that nothing closes")},
}

// longestAside is how far the end of a comment may be: one that is left open would
// have the rest of the log taken for it.
const longestAside = 1 << 20

// unclosed tells whether a comment or the like begins at the position that is not
// closed. Within one that is, nothing begins.
func (c *cleaner) unclosed() bool {
	if c.base+int64(c.pos) < c.aside || c.buf[c.pos+1] != '!' && c.buf[c.pos+1] != '?' {
		return false
	}
	c.have(len("<![CDATA["))
	for _, a := range asides {
		if !bytes.HasPrefix(c.buf[c.pos:c.end], a.begin) {
			continue
		}
		after := len(a.begin)
		for n := 1 << 10; ; n = min(8*n, longestAside) {
			more := c.have(n)
			rest := c.buf[c.pos:min(c.end, c.pos+n)]
			if i := bytes.Index(rest[min(after, len(rest)):], a.end); i >= 0 {
				c.aside = c.base + int64(c.pos+after+i+len(a.end))
				return false
			}
			if !more && c.err != nil && !errors.Is(c.err, io.EOF) {
				return false // it ends for another reason, which is told
			}
			if !more || n >= longestAside {
				c.open = a.unclosed
				return true
			}
		}
	}
	return false
}

// begins tells whether a byte behind < can begin a tag or the like: in 面积<500 it
// is a sign that a program forgot to write as &lt;.
func begins(b byte) bool {
	return b == '/' || b == '!' || b == '?' || b == '_' || b == ':' || b|0x20 >= 'a' && b|0x20 <= 'z' || b >= utf8.RuneSelf
}

func (c *cleaner) mark(r rune) {
	c.marks++
	c.outN = utf8.EncodeRune(c.out[:], r)
}

// character passes one beyond ASCII on.
func (c *cleaner) character() {
	c.have(utf8.UTFMax)
	r, size := utf8.DecodeRune(c.buf[c.pos:c.end])
	switch {
	case r == utf8.RuneError && size <= 1:
		b := c.buf[c.pos]
		c.pos++
		c.mark(markByte + rune(b))
	case r == utf8.RuneError && *c.replaced, r == 0xFFFE, r == 0xFFFF:
		c.pos += size
		c.mark(markOther)
	default:
		if r >= markFirst {
			c.marks++
		}
		c.outN = copy(c.out[:], c.buf[c.pos:c.pos+size])
		c.pos += size
	}
}

// longestReference is &#x0010FFFF; with room to spare.
const longestReference = 16

var named = [][]byte{[]byte("&amp;"), []byte("&lt;"), []byte("&gt;"), []byte("&quot;"), []byte("&apos;")}

// reference passes a reference on. One to a forbidden character becomes a mark,
// an ampersand that begins none the character itself.
func (c *cleaner) reference() {
	c.have(longestReference)
	rest := c.buf[c.pos:min(c.end, c.pos+longestReference)]
	for _, n := range named {
		if bytes.HasPrefix(rest, n) {
			c.out[0] = '&'
			c.pos++
			return
		}
	}
	if code, size, is := numbered(rest); is {
		switch {
		case legal(code):
			c.out[0] = '&'
			c.pos++
		case code < ' ':
			c.pos += size
			c.mark(markByte + code)
		default:
			c.pos += size
			c.mark(markOther)
		}
		return
	}
	c.outN = copy(c.out[:], "&amp;")
	c.pos++
}

// numbered reads &#1; or &#x1;
func numbered(text []byte) (code rune, size int, is bool) {
	if len(text) < 4 || text[1] != '#' {
		return 0, 0, false
	}
	i, base := 2, rune(10)
	if text[2] == 'x' {
		i, base = 3, 16
	}
	start := i
	for ; i < len(text) && text[i] != ';'; i++ {
		d, ok := digit(text[i], base)
		if !ok {
			return 0, 0, false
		}
		if code = code*base + d; code > utf8.MaxRune {
			code = utf8.MaxRune + 1 // stays illegal however many digits follow
		}
	}
	return code, i + 1, i < len(text) && i > start
}

func digit(b byte, base rune) (rune, bool) {
	switch {
	case b >= '0' && b <= '9':
		return rune(b - '0'), true
	case base == 16 && b >= 'a' && b <= 'f':
		return rune(b-'a') + 10, true
	case base == 16 && b >= 'A' && b <= 'F':
		return rune(b-'A') + 10, true
	}
	return 0, false
}

// legal is production [2] of XML 1.0.
func legal(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= utf8.MaxRune
}
