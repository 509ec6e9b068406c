package xeslog

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// narrow is a text in an encoding in which ASCII is one byte. Which one it is, is found
// out where its first character beyond ASCII stands, by what follows there: up to it all of
// them are one, and a log may have its first Chinese word after gigabytes.
type narrow struct {
	text    *bufio.Reader // of looked bytes
	label   string        // the encoding that it declares
	enc     encoding.Encoding
	in      io.Reader // once it is known
	decoded bool      // not from UTF-8: U+FFFD stands for bytes that are no text
}

// declared reads the encoding that a text declares; without a declaration it is UTF-8.
func (n *narrow) declared(start []byte) error {
	if m := declared.FindSubmatch(declaration.Find(start)); m != nil {
		n.label = strings.ToLower(strings.TrimSpace(string(m[1])))
	}
	if n.likeUTF8() {
		return nil
	}
	enc, name := charset.Lookup(n.label)
	if enc == nil || name == "replacement" {
		return &Error{Reason: UnknownEncoding, Found: Found{n.label, n.label}, Err: fmt.Errorf("encoding %q", n.label)}
	}
	if n.enc = enc; name == "iso-2022-jp" { // the only one that writes with ASCII what is none
		n.in, n.decoded = enc.NewDecoder().Reader(n.text), true
	}
	return nil
}

// likeUTF8 tells of a declared encoding that programs name which write UTF-8: those of
// Windows declare UTF-16, others UTF-32.
func (n *narrow) likeUTF8() bool {
	for _, wide := range []string{"utf-16", "utf-32", "ucs-"} {
		if strings.HasPrefix(n.label, wide) {
			return true
		}
	}
	if n.label == "unicode" || n.label == "us-ascii" || n.label == "ascii" {
		return true
	}
	_, name := charset.Lookup(n.label)
	return name == "utf-8"
}

// Read gives ASCII as it stands, and then what the rest is decoded to.
func (n *narrow) Read(p []byte) (int, error) {
	if n.in != nil {
		return n.in.Read(p)
	}
	if _, err := n.text.Peek(1); err != nil {
		return 0, err
	}
	some, _ := n.text.Peek(min(n.text.Buffered(), len(p))) // is there
	if i := bytes.IndexFunc(some, func(r rune) bool { return r >= utf8.RuneSelf }); i >= 0 {
		some = some[:i]
	}
	if len(some) > 0 {
		return n.text.Read(p[:len(some)])
	}
	rest, _ := n.text.Peek(looked) // what ends it is met by who reads on
	enc, err := n.encoding(rest)
	if err != nil {
		return 0, err
	}
	if n.in = n.text; enc != nil {
		n.in, n.decoded = enc.NewDecoder().Reader(n.text), true
	}
	return n.in.Read(p)
}

// encoding is what a text is in whose first character beyond ASCII stands at its
// beginning; nil is UTF-8, with bytes that are none here and there.
func (n *narrow) encoding(rest []byte) (encoding.Encoding, error) {
	looks := look(rest)
	_, name := charset.Lookup(n.label)
	switch {
	case looks.bad == 0 && (n.enc == nil || looks.long > 0), looks.long > 10*looks.bad:
		// Text in GBK or Latin letters is by chance never UTF-8 throughout.
		return nil, nil
	case name == "gbk", name == "gb18030", // one is part of the other
		(n.enc == nil || name == "windows-1252" || name == "iso-8859-15") && chinese(rest, looks):
		return simplifiedchinese.GB18030, nil
	case n.enc == nil && looks.bad > looks.long+looks.short && (looks.bad >= wrongFrom || looks.long == 0 && looks.short > 0):
		found := Found{"不是 UTF-8 的文字", "text that is not UTF-8"}
		return nil, &Error{Reason: Encoding, Found: found, Err: fmt.Errorf("declared or meant as %s, it holds %s", n.label, found.EN)}
	}
	return n.enc, nil
}

// texts is how the bytes beyond ASCII of a text look as UTF-8.
type texts struct{ long, short, bad int } // sequences of three and more bytes, of two; bytes that are none

// wrongFrom is from how many bad bytes on a text is in another encoding rather
// than damaged here and there. With fewer it is where what does look like UTF-8 is of two
// bytes alone: pairs of another encoding do by chance, and would be taken as they look.
const wrongFrom = 16

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

// chinese tells whether a text that is not UTF-8 is Chinese in GB18030: nearly all of its
// characters are of GB 2312, in words of two and more. A word in Latin letters has a
// single byte beyond ASCII here and there, Big5 and damaged UTF-8 have bytes that GB 2312
// has not.
func chinese(text []byte, looks texts) bool {
	common, rare, bad, words := 0, 0, 0, 0
	for i, run := 0, 0; i < len(text); {
		b := text[i]
		if b < utf8.RuneSelf {
			i, run = i+1, 0
			continue
		}
		if i+1 == len(text) {
			break // cut in two
		}
		next := text[i+1]
		switch {
		case b >= 0xA1 && b <= 0xF7 && next >= 0xA1 && next != 0xFF:
			common++
			if run++; run == 2 {
				words++
			}
			i += 2
		case b > 0x80 && b < 0xFF && next >= 0x40 && next != 0x7F && next != 0xFF:
			rare++
			i += 2
		case b > 0x80 && b < 0xFF && next >= '0' && next <= '9' && (i+4 > len(text) || text[i+2] > 0x80 && text[i+3] >= '0' && text[i+3] <= '9'):
			rare++
			i += 4
		default:
			bad++
			i++
		}
	}
	return words > 0 && common >= 4*rare && common >= 50*bad && common >= 10*looks.long
}
