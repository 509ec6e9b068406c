package city

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/plugins/simulator/internal/officedays"
	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
	"google.golang.org/protobuf/proto"
)

func TestRatingsHaveTheirProportions(t *testing.T) {
	c := New(yearOf(155_000), china)
	var served, given, best, worst, named, answered, inTime float64
	contacted := map[string]bool{}
	walk(c, c.Ratings(), func(r Record) {
		m := r.Rating()
		if m.ContactedAt != nil {
			contacted[m.SourceId] = true
			answered++
			if m.ContactedAt.Seconds <= china.Due(m.RatedAt.Seconds, 1) {
				inTime++
			}
			return
		}
		given++
		if m.Level == v1.RatingLevel_RATING_LEVEL_VERY_SATISFIED {
			best++
		}
		if bad(m.Level) {
			worst++
		}
		if m.RaterName != "" && m.RaterPhone != "" {
			named++
		}
	})
	for _, p := range plans(c) {
		if p.result() != nil {
			served++
		}
	}
	for _, share := range []struct {
		what            string
		of, all         float64
		want, tolerance float64
	}{
		{"rated of the cases with a result", given, served, 0.125, 0.005},
		{"very satisfied", best, given, 0.914, 0.01},
		{"bad", worst, given, 0.006, 0.002},
		{"named", named, given, 0.333, 0.015},
		{"contacted of the bad ones", answered, worst, 0.92, 0.06},
		{"contacted within a working day", inTime, worst, 0.78, 0.1},
	} {
		if got := share.of / share.all; math.Abs(got-share.want) > share.tolerance {
			t.Errorf("%s: %.4f (%v of %v), want %v ± %v", share.what, got, share.of, share.all, share.want, share.tolerance)
		}
	}
}

func TestRatingsFollowTheirCases(t *testing.T) {
	c := New(yearOf(60_000), china)
	cases := map[string]*plan{}
	for _, p := range plans(c) {
		cases[p.no] = p
	}
	first := map[string]*v1.Rating{}
	var last int64
	walk(c, c.Ratings(), func(r Record) {
		m := r.Rating()
		p := cases[m.CaseNo]
		fail := func(what string) { t.Errorf("%v: %s", m, what) }
		if r.At < last {
			fail("comes after a later one")
		}
		last = r.At
		if p == nil {
			fail("of no case")
			return
		}
		result := p.result()
		if m.Handler != result.handler || m.Window != result.window || m.ItemCode != p.item.published.Code || m.Department != p.department.code {
			fail("handler, window, item or department are not the case's")
		}
		if lag := m.RatedAt.Seconds - result.occurred; lag <= 0 || lag > 24*hour {
			fail("given before the result or more than a day after it")
		}
		if (m.Channel == "window") && m.Window == "" {
			fail("at a rater where there is no window")
		}
		if second := m.RatedAt.Seconds - officedays.At(dayOf(m.RatedAt.Seconds), 0); second < 8*hour || second > 21*hour {
			fail("given at night")
		}
		before := first[m.SourceId]
		if before == nil {
			first[m.SourceId] = m
			if r.At != m.RatedAt.Seconds || m.ContactedAt != nil {
				fail("is not told when it was given")
			}
			if bad(m.Level) != (m.Text != "") || bad(m.Level) && len(m.Reasons) == 0 {
				fail("only a bad one has a text, and each has reasons")
			}
			return
		}
		if !bad(m.Level) || r.At != m.ContactedAt.GetSeconds() || r.At <= m.RatedAt.Seconds || !china.Works(dayOf(r.At)) || m.ContactResult == "" {
			fail("comes again, but not as contacted")
		}
		same := proto.Clone(m).(*v1.Rating)
		same.ContactedAt, same.ContactResult = nil, ""
		if !proto.Equal(same, before) {
			fail("is not the one given before")
		}
	})
	if len(first) < 5000 {
		t.Errorf("%d ratings", len(first))
	}
}

// A company's rater is somebody who came for it.
func TestACompanyIsNoRater(t *testing.T) {
	c := New(yearOf(30_000), china)
	walk(c, c.Ratings(), func(r Record) {
		if n := r.Rating().RaterName; strings.Contains(n, "公司") {
			t.Errorf("%s rated", n)
		}
	})
}

func TestMemoryOfRatingsFollowsOpenCases(t *testing.T) {
	c := New(yearOf(30_000), china)
	s := c.Ratings()
	most := 0
	for at, ok := s.Peek(); ok && at <= c.until; at, ok = s.Peek() {
		s.Next()
		most = max(most, len(s.open))
	}
	if most > 100 {
		t.Errorf("up to %d cases held", most)
	}
}

// That cases are rated takes nothing from the chance that they were planned
// with: rating them draws from a stream of their own.
func TestRatingACaseLeavesItAsItWas(t *testing.T) {
	o := yearOf(3000)
	o.Until = dayStart(2025, time.March, 1)
	c := New(o, china)
	before, key := digest(c)
	for _, p := range plans(c) {
		drawn := p.opinion
		c.rate(p)
		if p.opinion != drawn {
			t.Fatalf("%s: rating it again would give another rating", p.no)
		}
	}
	if after, keyAfter := digest(c); after != before || keyAfter != key {
		t.Error("rating the cases changed what is sent of them")
	}
}
