package xeslog

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

// over goes over a damaged place to the next trace, or to the next event
// straight in the log. What was read of a trace before the place is whole; what
// stands between is told, not guessed at: an event there could be any case's.
func (r *Reader) over(t *Trace, why error, outside bool) (*Trace, error) {
	d := &Damage{Line: r.text.line, Err: why}
	t.Damage = d
	d.Events = bytes.Count(r.text.kept, []byte("<event"))
	switch {
	case errors.Is(why, errNested):
		r.opened = true
	case errors.Is(why, errByLog): // nothing was skipped
	default:
		if r.text.last == '<' { // the parser stumbled over the beginning of a tag, perhaps of a trace
			r.text.back("<")
		}
		if err := r.seek(d, outside); err != nil {
			return nil, err
		}
		r.parse()
	}
	d.Until = r.text.line
	d.Raw, _ = Illegal(strings.ToValidUTF8(string(r.text.kept), ""))
	d.Size = r.text.size
	return t, nil
}

// seek goes to the start of the next trace, of the next event outside of one, or
// to the end of the log.
func (r *Reader) seek(d *Damage, outside bool) error {
	for {
		b, err := r.text.ReadByte()
		if errors.Is(err, io.EOF) {
			return nil // whether the log was closed is seen by who reads on
		}
		if err != nil {
			return err
		}
		if b != '<' {
			continue
		}
		name, end, err := r.tag()
		if err != nil {
			return err
		}
		switch {
		case name == "trace" && end:
			outside = true
		case name == "log" && end:
			r.ended = true
			return nil
		case name == "trace", name == "event" && !end && outside:
			r.text.back("<" + name)
			return nil
		case name == "event" && !end:
			d.Events++
		}
	}
}

// tag reads the name of the tag just begun, without its prefix, up to what
// follows it.
func (r *Reader) tag() (name string, end bool, err error) {
	var b [16]byte
	n := 0
	for {
		c, ok := r.text.peek()
		if !ok {
			return "", false, nil // the end is met by who reads on
		}
		switch {
		case c == '/' && n == 0 && !end:
			end = true
		case c == ':':
			n = 0
		case c == '_' || c == '-' || c == '.' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z':
			if n == len(b) {
				return "", end, nil
			}
			b[n] = c
			n++
		default:
			return string(b[:n]), end, nil
		}
		if _, err := r.text.ReadByte(); err != nil {
			return "", false, err
		}
	}
}

// back puts text back that was just read.
func (c *cleaner) back(text string) {
	c.again = text
	c.size -= len(text)
	c.kept = bytes.TrimSuffix(c.kept, []byte(text))
}

// broken is what ended the text other than its end.
func (c *cleaner) broken() error {
	if c.err == nil || errors.Is(c.err, io.EOF) || c.pos < c.end || c.outAt < c.outN {
		return nil
	}
	return c.err
}

// peek is the next byte.
func (c *cleaner) peek() (byte, bool) {
	if c.outAt < c.outN {
		return c.out[c.outAt], true
	}
	if !c.have(1) {
		return 0, false
	}
	return c.buf[c.pos], true
}
