package live

import (
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

// The changes frame is the hot path: every record that the console takes in
// passes here once a filter. The encoder writes what encoding/json would, field
// by field, without reflection; a test holds the two equal.

// appendFrame encodes changes as one message. from and to are the journal
// numbers that the frame spans, also where a filter left some of them out.
func appendFrame(b []byte, from, to uint64, changes []store.Change, keep filter) []byte {
	b = append(b, `{"type":"changes","from":`...)
	b = strconv.AppendUint(b, from, 10)
	b = append(b, `,"to":`...)
	b = strconv.AppendUint(b, to, 10)
	b = append(b, `,"changes":[`...)
	first := true
	for i := range changes {
		if !keep.has(changes[i].Department) {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = appendChange(b, &changes[i])
	}
	return append(b, "]}"...)
}

func appendChange(b []byte, c *store.Change) []byte {
	b = append(b, `{"seq":`...)
	b = strconv.AppendUint(b, c.Seq, 10)
	b = append(b, `,"kind":`...)
	b = appendString(b, c.Kind)
	b = appendField(b, `,"department":`, c.Department)
	if c.CaseID != 0 {
		b = append(b, `,"case_id":`...)
		b = strconv.AppendUint(b, c.CaseID, 10)
	}
	b = appendField(b, `,"case_no":`, c.CaseNo)
	b = appendField(b, `,"item_code":`, c.ItemCode)
	b = appendTime(b, `,"at":`, c.At)
	b = appendTime(b, `,"observed_at":`, c.ObservedAt)
	b = appendField(b, `,"detail":`, c.Detail)
	b = appendField(b, `,"level":`, c.Level)
	if len(c.Findings) > 0 {
		b = append(b, `,"findings":[`...)
		for i := range c.Findings {
			if i > 0 {
				b = append(b, ',')
			}
			f := &c.Findings[i]
			b = append(b, `{"rule":`...)
			b = appendString(b, f.Rule)
			b = append(b, `,"level":`...)
			b = appendString(b, f.Level)
			b = append(b, `,"state":`...)
			b = appendString(b, f.State)
			b = append(b, '}')
		}
		b = append(b, ']')
	}
	return append(b, '}')
}

func appendField(b []byte, key, value string) []byte {
	if value == "" {
		return b
	}
	b = append(b, key...)
	return appendString(b, value)
}

func appendTime(b []byte, key string, t time.Time) []byte {
	if t.IsZero() {
		return b
	}
	b = append(b, key...)
	b = append(b, '"')
	b = t.AppendFormat(b, time.RFC3339Nano)
	return append(b, '"')
}

const hexDigits = "0123456789abcdef"

// appendString quotes a string as encoding/json does: what HTML could misread
// and the two line separators of JavaScript are escaped, and bytes that are not
// UTF-8 become U+FFFD.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' {
				i++
				continue
			}
			b = append(b, s[start:i]...)
			switch c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\b':
				b = append(b, `\b`...)
			case '\f':
				b = append(b, `\f`...)
			case '\n':
				b = append(b, `\n`...)
			case '\r':
				b = append(b, `\r`...)
			case '\t':
				b = append(b, `\t`...)
			default:
				b = append(b, `\u00`...)
				b = append(b, hexDigits[c>>4], hexDigits[c&15])
			}
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			b = append(b, s[start:i]...)
			b = append(b, `\ufffd`...)
			start = i + size
		case r == '\u2028' || r == '\u2029':
			b = append(b, s[start:i]...)
			b = append(b, `\u202`...)
			b = append(b, hexDigits[r&15])
			start = i + size
		}
		i += size
	}
	b = append(b, s[start:]...)
	return append(b, '"')
}
