package live

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// text draws strings with what needs escaping, and bytes that are not UTF-8.
var text = rapid.OneOf(
	rapid.String(),
	rapid.SampledFrom([]string{"", "准予", "<b>&amp;\"\\", "\u2028\u2029", "\xff\xfe半", "\x00\x1f\x7f\b\f\n\r\t", "😀"}),
	rapid.Custom(func(t *rapid.T) string { return string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) }),
)

var instant = rapid.Custom(func(t *rapid.T) time.Time {
	if rapid.Bool().Draw(t, "absent") {
		return time.Time{}
	}
	return time.Unix(rapid.Int64Range(-62135596800, 253402300799).Draw(t, "sec"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).UTC()
})

var anyChange = rapid.Custom(func(t *rapid.T) store.Change {
	c := store.Change{
		Seq: rapid.Uint64().Draw(t, "seq"), Kind: text.Draw(t, "kind"), Department: text.Draw(t, "department"),
		CaseID: rapid.Uint64().Draw(t, "case"), CaseNo: text.Draw(t, "no"), ItemCode: text.Draw(t, "item"),
		At: instant.Draw(t, "at"), ObservedAt: instant.Draw(t, "observed"), Detail: text.Draw(t, "detail"), Level: text.Draw(t, "level"),
	}
	for range rapid.IntRange(0, 3).Draw(t, "findings") {
		c.Findings = append(c.Findings, store.ChangeFinding{Rule: text.Draw(t, "rule"), Level: text.Draw(t, "flevel"), State: text.Draw(t, "state")})
	}
	return c
})

// listed is a change as GET /api/events has it.
func listed(c store.Change) casefile.Change {
	out := casefile.Change{Seq: c.Seq, Kind: c.Kind, Department: c.Department, CaseID: c.CaseID, CaseNo: c.CaseNo, ItemCode: c.ItemCode,
		At: c.At, ObservedAt: c.ObservedAt, Detail: c.Detail, Level: c.Level}
	for _, f := range c.Findings {
		out.Findings = append(out.Findings, casefile.ChangeFinding(f))
	}
	return out
}

func TestEncoderWritesWhatEncodingJSONWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyChange.Draw(t, "change")
		want, err := json.Marshal(listed(c))
		if err != nil {
			t.Fatal(err)
		}
		if got := appendChange(nil, &c); string(got) != string(want) {
			t.Fatalf("got  %s\nwant %s", got, want)
		}
	})
}

func TestFrameIsTheMessageOfTheProtocol(t *testing.T) {
	changes := []store.Change{{Seq: 7, Kind: "decided", Department: "GH", Detail: "granted"}, {Seq: 9, Kind: "clock", Department: "WJ"}, {Seq: 9, Kind: "catalogue"}}
	const all = `{"type":"changes","from":7,"to":9,"changes":[{"seq":7,"kind":"decided","department":"GH","detail":"granted"},{"seq":9,"kind":"clock","department":"WJ"},{"seq":9,"kind":"catalogue"}]}`
	if got := string(appendFrame(nil, 7, 9, changes, "")); got != all {
		t.Errorf("got %s", got)
	}
	const some = `{"type":"changes","from":7,"to":9,"changes":[{"seq":9,"kind":"clock","department":"WJ"},{"seq":9,"kind":"catalogue"}]}`
	if got := string(appendFrame(nil, 7, 9, changes, newFilter([]string{"WJ", "RL", "WJ"}))); got != some {
		t.Errorf("filtered: got %s", got)
	}
}

func TestFilterKnowsWholeCodesOnly(t *testing.T) {
	f := newFilter([]string{"WJ", "GH"})
	for code, want := range map[string]bool{"GH": true, "WJ": true, "G": false, "H": false, "GHW": false, "HW": false, "": true} {
		if f.has(code) != want {
			t.Errorf("has(%q) = %v", code, !want)
		}
	}
	if newFilter([]string{"GH", "WJ", "GH"}) != f {
		t.Error("the same set has two keys")
	}
	if !newFilter(nil).has("GH") {
		t.Error("the empty filter keeps something back")
	}
}

func TestTheCacheCountsOnlyWhatItHolds(t *testing.T) {
	c := newCache()
	f := &frame{to: 1, changes: changesOf(1, 1, one)}
	if m, err := c.get(f, ""); m == nil || err != nil {
		t.Fatal(m, err)
	}
	held := c.bytes
	if again, _ := c.get(f, ""); held == 0 || c.bytes != held || again == nil {
		t.Errorf("%d bytes, then %d", held, c.bytes)
	}
	c.grew(cacheKey{7, ""}, &encoded{}, 1000) // one that left while it was made
	if c.bytes != held {
		t.Errorf("%d bytes are counted, %d are held", c.bytes, held)
	}
	if m, err := c.get(f, newFilter([]string{"XX"})); m != nil || err != nil || c.bytes != held {
		t.Errorf("nothing for the filter: %v %v", m, err)
	}
	next := &frame{id: 1, to: 2, changes: changesOf(2, 2, one)}
	if _, err := c.get(next, ""); err != nil {
		t.Fatal(err)
	}
	c.forget(1) // the first has left the log
	if len(c.held) != 1 || len(c.order) != 1 || c.bytes == 0 || c.bytes >= 2*held {
		t.Errorf("%d frames and %d bytes are held of one frame", len(c.held), c.bytes)
	}
	c.forget(2)
	if len(c.held) != 0 || c.bytes != 0 {
		t.Errorf("%d frames and %d bytes are held of none", len(c.held), c.bytes)
	}
}
