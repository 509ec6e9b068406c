// Package xeslog reads IEEE 1849 XES logs as a stream: one trace is in memory
// at a time, so that a log of gigabytes needs no more than its longest trace.
package xeslog

import (
	"bufio"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/net/html/charset"
)

// Attr is one attribute. Nested ones follow it under the key "parent/child".
type Attr struct{ Key, Value string }

// Attrs are the attributes of a trace or an event, in the log's order.
type Attrs []Attr

// Get returns an attribute's value and whether it is there.
func (a Attrs) Get(key string) (string, bool) {
	for i := range a {
		if a[i].Key == key {
			return a[i].Value, true
		}
	}
	return "", false
}

// Trace is one case of the log. Index counts from 0.
type Trace struct {
	Index  int
	Attrs  Attrs
	Events []Attrs
}

// Error says where a log is broken. Everything before it has been read.
type Error struct {
	File   string
	Line   int // of the XML text, from 1
	Trace  int // traces read whole before it
	Reason Reason
	Err    error
}

// Reason sorts what can be wrong with a log.
type Reason uint8

const (
	Broken     Reason = iota + 1 // not well-formed XML
	Truncated                    // the file ends too early
	Encoding                     // text that does not fit the declared encoding
	NotXES                       // XML, but no XES log
	Unreadable                   // the file cannot be read
)

func (e *Error) Error() string {
	return fmt.Sprintf("%s: line %d, after %d whole traces: %v", e.File, e.Line, e.Trace, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// Reader reads the traces of a log one after another.
type Reader struct {
	file  string
	close []io.Closer
	dec   *xml.Decoder
	next  int
	begun bool
	ended bool
}

// Open opens a log, gzip-compressed or plain by its content, not its name.
func Open(file string) (*Reader, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, &Error{File: file, Reason: Unreadable, Err: err}
	}
	r, err := newReader(file, f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	r.close = append(r.close, f)
	return r, nil
}

func newReader(file string, in io.Reader) (*Reader, error) {
	r := &Reader{file: file}
	buf := bufio.NewReaderSize(in, 256<<10)
	if magic, _ := buf.Peek(2); len(magic) == 2 && magic[0] == 0x1f && magic[1] == 0x8b {
		z, err := gzip.NewReader(buf)
		if err != nil {
			return nil, r.fail(err)
		}
		r.close = append(r.close, z)
		buf = bufio.NewReaderSize(z, 256<<10)
	}
	if bom, _ := buf.Peek(3); string(bom) == "\xef\xbb\xbf" {
		if _, err := buf.Discard(3); err != nil {
			return nil, r.fail(err)
		}
	}
	r.dec = xml.NewDecoder(buf)
	r.dec.CharsetReader = charset.NewReaderLabel
	return r, nil
}

// Close lets go of the file.
func (r *Reader) Close() error {
	var errs []error
	for _, c := range r.close {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}

// fail says where reading broke off, if the error does not.
func (r *Reader) fail(err error) error {
	if told := (*Error)(nil); errors.As(err, &told) {
		return told
	}
	if errors.Is(err, io.EOF) { // not the end that io.EOF stands for: the log is not closed
		err = io.ErrUnexpectedEOF
	}
	e := &Error{File: r.file, Trace: r.next, Reason: Broken, Err: err}
	if r.dec != nil {
		e.Line, _ = r.dec.InputPos()
	}
	var syntax *xml.SyntaxError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		e.Reason = Truncated
	case errors.As(err, &syntax):
		switch {
		case strings.Contains(syntax.Msg, "unexpected EOF"):
			e.Reason = Truncated
		case strings.Contains(syntax.Msg, "UTF-8"), strings.Contains(syntax.Msg, "encoding"):
			e.Reason = Encoding
		}
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader):
	case strings.Contains(err.Error(), "charset"), strings.Contains(err.Error(), "encoding"):
		e.Reason = Encoding
	}
	return e
}

// Next returns the next trace; io.EOF after the last one of a whole log. What
// follows </log> is read too: a compressed file has its checksum there.
func (r *Reader) Next() (*Trace, error) {
	for {
		token, err := r.dec.RawToken()
		if r.ended && errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		var trace *Trace
		if err == nil {
			trace, err = r.take(token)
		}
		if err != nil {
			return nil, r.fail(err)
		}
		if trace != nil {
			r.next++
			return trace, nil
		}
	}
}

// take deals with a piece of the log outside of traces. A trace that it begins
// is read whole.
func (r *Reader) take(token xml.Token) (*Trace, error) {
	switch t := token.(type) {
	case xml.StartElement:
		return r.start(t.Name.Local)
	case xml.EndElement:
		if r.ended || !r.begun || t.Name.Local != "log" {
			return nil, fmt.Errorf("</%s> closes nothing", t.Name.Local)
		}
		r.ended = true
	}
	return nil, nil
}

func (r *Reader) start(name string) (*Trace, error) {
	switch {
	case r.ended:
		return nil, fmt.Errorf("<%s> stands after the end of the log", name)
	case !r.begun && name != "log":
		line, _ := r.dec.InputPos()
		return nil, &Error{File: r.file, Line: line, Reason: NotXES, Err: fmt.Errorf("the outermost element is <%s>, not <log>", name)}
	case !r.begun:
		r.begun = true
		return nil, nil
	case name == "trace":
		return r.trace()
	}
	// A log's <global> attributes only promise that every trace or event has
	// them; their values are examples ("UNKNOWN", 1970) and stand for nothing.
	return nil, r.skip(name)
}

func (r *Reader) trace() (*Trace, error) {
	attrs, events, err := r.attributes("trace")
	if err != nil {
		return nil, err
	}
	return &Trace{Index: r.next, Attrs: attrs, Events: events}, nil
}

// deepest is how deep attributes may be nested; real logs have two or three
// levels.
const deepest = 64

// fits checks that an end tag fits the innermost open element. The decoder's
// raw tokens are not checked, and one tag left open would have the rest of the
// log taken for its content.
func fits(inner, end string) error {
	if inner != end {
		return fmt.Errorf("<%s> is closed by </%s>", inner, end)
	}
	return nil
}

// attributes reads the children of an element up to its end: attributes, and
// for a trace its events.
func (r *Reader) attributes(name string) (attrs Attrs, events []Attrs, err error) {
	var path nesting
	for {
		token, err := r.dec.RawToken()
		if err != nil {
			return nil, nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "event" && name == "trace" && len(path) == 0 {
				e, _, err := r.attributes("event")
				if err != nil {
					return nil, nil, err
				}
				events = append(events, e)
				continue
			}
			a, err := path.enter(&t)
			if err != nil {
				return nil, nil, err
			}
			attrs = append(attrs, a)
		case xml.EndElement:
			if len(path) == 0 {
				return attrs, events, fits(name, t.Name.Local)
			}
			if err := path.leave(t.Name.Local); err != nil {
				return nil, nil, err
			}
		}
	}
}

// nesting is the attributes that are not closed yet, the innermost last.
type nesting []struct{ element, key string }

// enter opens an attribute.
func (n *nesting) enter(t *xml.StartElement) (Attr, error) {
	if len(*n) == deepest {
		return Attr{}, fmt.Errorf("attributes are nested more than %d deep", deepest)
	}
	key, value := keyAndValue(t.Attr)
	if len(*n) > 0 {
		key = (*n)[len(*n)-1].key + "/" + key
	}
	*n = append(*n, struct{ element, key string }{t.Name.Local, key})
	return Attr{key, value}, nil
}

// leave closes the innermost attribute.
func (n *nesting) leave(end string) error {
	last := len(*n) - 1
	err := fits((*n)[last].element, end)
	*n = (*n)[:last]
	return err
}

func keyAndValue(all []xml.Attr) (key, value string) {
	for _, a := range all {
		switch a.Name.Local {
		case "key":
			key = a.Value
		case "value":
			value = a.Value
		}
	}
	return key, value
}

// skip passes over the element just begun.
func (r *Reader) skip(name string) error {
	names := []string{name}
	for len(names) > 0 {
		t, err := r.dec.RawToken()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			names = append(names, t.Name.Local)
		case xml.EndElement:
			if err := fits(names[len(names)-1], t.Name.Local); err != nil {
				return err
			}
			names = names[:len(names)-1]
		}
	}
	return nil
}
