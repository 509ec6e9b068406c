package mapping

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/plugins/xes/internal/xeslog"
	"github.com/mingcha-console/mingcha/sdk"
)

// An event is known again by what it is, not by where it stands: by the source's
// own number of it, else by what was done, when, by whom. Another export may turn
// events round, add some between, split the log by months, write times in another
// form, add attributes: each event keeps its name. What else an event says, such
// as when it was entered, is not in the name, so that a change of it is a
// correction and no second event. The name does not hang on the mapping's rules
// either. Events that are equal in all of that are numbered within their trace,
// by what else they say.

// identity is what an event is known by within its case, and whether that is the
// source's own number.
func (t *Translator) identity(attrs xeslog.Attrs, written string, at time.Time) (key string, own bool) {
	if id := t.m.ID.value(attrs); id != "" {
		return "id:" + id, true
	}
	first := func(standard string, mapped *Source) string {
		if v, _ := attrs.Get(standard); v != "" {
			return v
		}
		return mapped.value(attrs)
	}
	transition, _ := attrs.Get("lifecycle:transition")
	if transition = strings.ToLower(transition); transition == "" {
		transition = "complete" // what no transition means
	}
	instance, _ := attrs.Get("concept:instance")
	when := written
	if !at.IsZero() { // to the second: not every program writes the rest
		when = at.UTC().Format(time.RFC3339)
	}
	return "x" + sum(first("concept:name", &t.m.Activity), when, first("org:resource", &t.m.Handler), transition, instance), false
}

// sum names texts in a few letters.
func sum(texts ...string) string {
	h := sha256.New()
	for _, s := range texts {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// number gives the records of a case their ids. Of entries with one key, those
// after the first have a number behind it; which is the first follows from what
// they say. An id of the source's own that stands on several entries that differ
// is none: what they say is put behind it.
func number(no string, entries []*entry) {
	byKey := map[string][]*entry{}
	alike := map[fact]int{}
	for _, e := range entries {
		byKey[e.key] = append(byKey[e.key], e)
		for i := range e.records {
			alike[factOf(&e.records[i])]++
		}
	}
	equal := map[[sha256.Size]byte]uint32{}
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		group := byKey[key]
		if len(group) > 1 {
			for _, e := range group {
				e.content = contentOf(e)
			}
			slices.SortStableFunc(group, func(a, b *entry) int {
				return cmp.Or(a.exact.Compare(b.exact), bytes.Compare(a.content[:], b.content[:]))
			})
		}
		for i, e := range group {
			id := no + "#" + key
			switch {
			case i == 0:
			case !e.own:
				id += fmt.Sprintf("~%d", i+1)
			case e.content != group[0].content:
				id += "~" + hex.EncodeToString(e.content[:8])
			}
			e.count(alike, equal)
			e.name(id)
		}
	}
}

// fact is what is cheap to compare of a record: those that differ in it are not
// equal.
type fact struct {
	kind    sdk.EventKind
	seconds int64
}

func factOf(r *Translated) fact {
	if r.Event == nil {
		return fact{}
	}
	return fact{r.Event.Kind, r.Event.OccurredAt.GetSeconds()}
}

// count numbers an entry's records among the equal ones of their case.
func (e *entry) count(alike map[fact]int, equal map[[sha256.Size]byte]uint32) {
	for i := range e.records {
		r := &e.records[i]
		switch {
		case r.Event == nil || e.own:
		case alike[factOf(r)] == 1:
			r.Event.Occurrence = 1
		default:
			content := sha256.Sum256(encoded(r))
			equal[content]++
			r.Event.Occurrence = equal[content]
		}
	}
}

// name gives an entry's records their ids.
func (e *entry) name(id string) {
	for i := range e.records {
		r := &e.records[i]
		if r.Unreadable != nil {
			r.Unreadable.SourceId = id
			continue
		}
		r.Event.SourceId = id
		if e.kinds[i] != "" {
			r.Event.SourceId += "." + e.kinds[i]
		}
	}
}

// contentOf sums up everything that an entry says to the console; where it says
// nothing, its attributes.
func contentOf(e *entry) (out [sha256.Size]byte) {
	h := sha256.New()
	for i := range e.records {
		h.Write(encoded(&e.records[i]))
	}
	return [sha256.Size]byte(h.Sum(nil))
}

func encoded(t *Translated) []byte {
	var m proto.Message = t.Event
	if t.Unreadable != nil {
		m = t.Unreadable
	}
	b, _ := proto.MarshalOptions{Deterministic: true}.Marshal(m) // fails for text that is not UTF-8, which cannot come out of XML
	return b
}
