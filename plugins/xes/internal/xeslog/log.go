// Package xeslog reads IEEE 1849 XES logs as a stream: one trace is in memory
// at a time, so that a log of gigabytes needs no more than its longest trace.
// One bad place costs what stands in it: what follows is read.
package xeslog

import (
	"fmt"
	"strings"
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

	// Straight says that its events stood straight in the log, outside of any
	// trace; they are one case's, by what the reader was told.
	Straight bool
	// Marked says that some text in it holds what no XML may (see Illegal).
	Marked bool
	// Damage is set where the trace, or the place between two, is not well
	// formed: the events before it are whole, what follows is skipped.
	Damage *Damage
}

// Damage is a place that could not be read.
type Damage struct {
	Line   int    // of the XML text, from 1
	Until  int    // the line at which reading goes on
	Events int    // how many events seem to begin in it
	Raw    string // its text, the beginning if it is long
	Size   int    // of the whole text, in bytes
	Err    error
}

// Error says where a log is broken. Everything before it has been read.
type Error struct {
	File   string
	Line   int // of the XML text, from 1
	Trace  int // traces read whole before it
	Reason Reason
	Found  Found // what the file is instead, where that is known
	Err    error
}

// Found says what a file is, or what its text is, in both languages.
type Found struct{ ZH, EN string }

// Reason sorts what can be wrong with a log.
type Reason uint8

const (
	Broken          Reason = iota + 1 // not well-formed XML from the beginning
	Truncated                         // the file ends too early
	Encoding                          // text that does not fit the declared encoding
	UnknownEncoding                   // it declares an encoding that nothing here can read
	NotXES                            // XML, but no XES log
	Unreadable                        // the file cannot be read
	NotXML                            // no XML at all
	Packed                            // packed in a way that is not read
	Empty                             // nothing in it
	Corrupt                           // packed, and what is packed cannot be unpacked
	Folder                            // no file but a folder
)

func (e *Error) Error() string {
	return fmt.Sprintf("%s: line %d, after %d whole traces: %v", e.File, e.Line, e.Trace, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// Illegal tells whether a text holds characters that XML forbids, or bytes that
// are no text in the log's encoding; shown is the text with those as \x01.
func Illegal(text string) (shown string, illegal bool) {
	if !strings.Contains(text, markPrefix) {
		return text, false
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case r < markFirst:
			b.WriteRune(r)
		case r == markOther:
			illegal = true
			b.WriteString(`\u{FFFF}`)
		default:
			illegal = true
			fmt.Fprintf(&b, `\x%02x`, r-markByte)
		}
	}
	return b.String(), illegal
}
