package xeslog

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// Reader reads the traces of a log one after another.
type Reader struct {
	file   string
	close  []io.Closer
	text   *cleaner
	dec    *xml.Decoder
	caseOf func(Attrs) string

	next     int
	begun    bool
	ended    bool
	straight *straight // events outside of traces, put together at the end
	opened   bool      // the start of a trace was met within another
}

// Open opens a log, packed or plain by its content, not its name. caseOf names
// the case of an event that stands straight in the log, outside of any trace.
func Open(file string, caseOf func(Attrs) string) (*Reader, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, &Error{File: file, Reason: Unreadable, Err: err}
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(&Error{File: file, Reason: Unreadable, Err: err}, f.Close())
	}
	if info.IsDir() {
		return nil, errors.Join(&Error{File: file, Reason: Folder, Err: errors.New("it is a folder")}, f.Close())
	}
	r, err := newReader(file, onDisk{f, info.Size()}, caseOf)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	r.close = append(r.close, f)
	return r, nil
}

// Check says why a log cannot be opened at all; nil where it can, whatever is in it.
func Check(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return &Error{File: file, Reason: Unreadable, Err: err}
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil {
		return &Error{File: file, Reason: Unreadable, Err: err}
	} else if info.IsDir() {
		return &Error{File: file, Reason: Folder, Err: errors.New("it is a folder")}
	}
	return nil
}

// onDisk is a file whose size is known.
type onDisk struct {
	*os.File
	size int64
}

func (f onDisk) Size() int64 { return f.size }

func newReader(file string, in io.Reader, caseOf func(Attrs) string) (*Reader, error) {
	r := &Reader{file: file, caseOf: caseOf, straight: &straight{}}
	text, opened, err := unpacked(in)
	for i := len(opened) - 1; i >= 0; i-- {
		r.close = append(r.close, opened[i])
	}
	if err == nil {
		r.text, err = decoded(text)
	}
	if err != nil {
		return nil, errors.Join(r.fail(err), r.Close())
	}
	r.parse()
	return r, nil
}

// parse begins to parse where the text stands.
func (r *Reader) parse() {
	r.text.open = nil
	r.dec = xml.NewDecoder(r.text)
	r.dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // decoded already
}

// token is the next piece of the log. Where it cannot be read for a comment or the like
// that is left open, that is the reason.
func (r *Reader) token() (xml.Token, error) {
	t, err := r.dec.RawToken()
	if err != nil && r.text.open != nil {
		err = r.text.open
	}
	return t, err
}

// Close lets go of the file.
func (r *Reader) Close() error {
	var errs []error
	for _, c := range r.close {
		errs = append(errs, c.Close())
	}
	return errors.Join(append(errs, r.straight.close())...)
}

// fail says where reading broke off for good.
func (r *Reader) fail(err error) error {
	e := &Error{Reason: Broken, Err: err}
	if told := (*Error)(nil); errors.As(err, &told) {
		e = told
	} else if corrupt(err) {
		e.Reason = Corrupt
	}
	e.File, e.Trace = r.file, r.next
	if r.text != nil {
		e.Line = r.text.line
	}
	if errors.Is(err, io.EOF) { // not the end that io.EOF stands for: the log is not closed
		e.Err = io.ErrUnexpectedEOF
	}
	if errors.Is(e.Err, io.ErrUnexpectedEOF) && e.Reason != Corrupt {
		e.Reason = Truncated
	}
	return e
}

// errCut is a text that ends where more must come.
var errCut = fmt.Errorf("the log is not closed: %w", io.ErrUnexpectedEOF)

// final is what an error comes to if it is the file's and not one place's: there
// is nothing to read after it.
func (r *Reader) final(err error) error {
	if told := (*Error)(nil); errors.As(err, &told) {
		return told
	}
	if errors.Is(err, errCut) {
		return err
	}
	if broken := r.text.broken(); broken != nil {
		return broken
	}
	syntax := (*xml.SyntaxError)(nil)
	if errors.Is(err, io.EOF) || errors.As(err, &syntax) && strings.Contains(syntax.Msg, "unexpected EOF") {
		return errCut
	}
	return nil
}

// Next returns the next trace; io.EOF after the last one of a whole log. What
// follows </log> is read too: a compressed file has its checksum there, and a
// second log may be appended. Cases whose events stand straight in the log come
// last.
func (r *Reader) Next() (*Trace, error) {
	t, err := r.read()
	if errors.Is(err, io.EOF) {
		if t, err = r.straight.next(); t == nil && err == nil {
			return nil, io.EOF
		}
	}
	if err != nil {
		return nil, r.fail(err)
	}
	t.Index = r.next
	r.next++
	return t, nil
}

// read reads up to the end of a trace, or over a damaged place.
func (r *Reader) read() (*Trace, error) {
	for {
		if r.opened {
			r.opened = false
			return r.trace()
		}
		r.text.keep("")
		token, err := r.token()
		if r.ended && errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		var t *Trace
		if err == nil {
			t, err = r.take(token)
		}
		if err != nil {
			if last := r.final(err); last != nil || !r.begun {
				return nil, cmp.Or(last, err)
			}
			return r.over(&Trace{}, err, true)
		}
		if t != nil {
			return t, nil
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
	case name == "log" && (!r.begun || r.ended): // two logs in one file are one log
		r.begun, r.ended = true, false
		return nil, nil
	case !r.begun && strings.EqualFold(name, "html"):
		return nil, is(NotXES, Found{"网页（<html>），多半是系统的登录页或出错页", "a web page (<html>), perhaps one for signing in or of an error"})
	case !r.begun:
		return nil, is(NotXES, Found{fmt.Sprintf("最外层是 <%s> 的 XML", name), fmt.Sprintf("XML whose outermost element is <%s>, not <log>", name)})
	case name == "trace":
		return r.trace()
	case name == "event":
		marks := r.text.marks
		attrs, err := r.attributes("event", nil)
		if err != nil {
			return nil, err
		}
		return nil, r.straight.put(r.caseOf, attrs, r.text.marks > marks)
	}
	// A log's <global> attributes only promise that every trace or event has
	// them; their values are examples ("UNKNOWN", 1970) and stand for nothing.
	return nil, r.skip(name)
}

// trace reads one whose start was just met.
func (r *Reader) trace() (*Trace, error) {
	t := &Trace{}
	marks := r.text.marks
	r.text.keep("<trace>")
	attrs, err := r.attributes("trace", t)
	t.Marked = r.text.marks > marks
	t.Attrs = attrs
	if err == nil {
		return t, nil
	}
	if last := r.final(err); last != nil {
		return nil, last
	}
	return r.over(t, err, false)
}

// deepest is how deep attributes may be nested; real logs have two or three
// levels.
const deepest = 64

// errNested is the start of a trace within another, whose end is missing.
var errNested = errors.New("<trace> stands in another trace, whose end is missing")

// errByLog is the end of the log within something that is open still.
var errByLog = errors.New("</log> stands in an element whose end is missing")

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
// events into a trace.
func (r *Reader) attributes(name string, into *Trace) (attrs Attrs, err error) {
	var path nesting
	for {
		token, err := r.token()
		if err != nil {
			return attrs, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch {
			case t.Name.Local == "trace":
				return attrs, errNested
			case t.Name.Local == "event" && into != nil && len(path) == 0:
				r.text.keep("<event>")
				e, err := r.attributes("event", nil)
				if err != nil {
					return attrs, err
				}
				into.Events = append(into.Events, e)
				r.text.keep("")
				continue
			case t.Name.Local == "event":
				return attrs, errors.New("<event> stands where an attribute should")
			}
			a, err := path.enter(&t)
			if err != nil {
				return attrs, err
			}
			attrs = append(attrs, a)
		case xml.EndElement:
			if t.Name.Local == "log" {
				r.ended = true
				return attrs, errByLog
			}
			if len(path) == 0 {
				return attrs, fits(name, t.Name.Local)
			}
			if err := path.leave(t.Name.Local); err != nil {
				return attrs, err
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
		t, err := r.token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "trace" {
				return errNested
			}
			names = append(names, t.Name.Local)
		case xml.EndElement:
			if t.Name.Local == "log" {
				r.ended = true
				return errByLog
			}
			if err := fits(names[len(names)-1], t.Name.Local); err != nil {
				return err
			}
			names = names[:len(names)-1]
		}
	}
	return nil
}
