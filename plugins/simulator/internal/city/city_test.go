package city

import (
	"crypto/sha256"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/plugins/simulator/internal/officedays"
	"github.com/mingcha-console/mingcha/sdk/holidays"

	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var china = officedays.New(holidays.Embedded())

// yearOf is the eleven months from January to November 2025.
func yearOf(cases int) Options {
	return Options{
		Seed: 7, Start: officedays.Date(2025, time.January, 1), Until: dayStart(2025, time.December, 1) - 1,
		Cases: cases, ViolationRate: 0.02,
	}
}

// plans are all cases of applicants who came by the end.
func plans(c *City) []*plan {
	var all []*plan
	for _, d := range c.departments {
		a := newArrivals(c, d)
		for t, ok := a.time(); ok && t <= c.until; t, ok = a.time() {
			all = append(all, a.take())
		}
	}
	return all
}

// ended is the first event that ends the case, nil if none does.
func (p *plan) ended() *event {
	for i := range p.events {
		switch p.events[i].kind {
		case v1.EventKind_EVENT_KIND_DECIDED, v1.EventKind_EVENT_KIND_WITHDRAWN,
			v1.EventKind_EVENT_KIND_VOIDED, v1.EventKind_EVENT_KIND_FORWARDED:
			return &p.events[i]
		}
	}
	return nil
}

func (p *plan) first(kind v1.EventKind) *event {
	for i := range p.events {
		if p.events[i].kind == kind {
			return &p.events[i]
		}
	}
	return nil
}

// started is where the case's clocks start, by the item's own rule.
func (p *plan) started() int64 {
	if e := p.first(v1.EventKind_EVENT_KIND_ACCEPTED); e != nil && !p.item.fromReceipt() {
		return e.occurred
	}
	return p.first(v1.EventKind_EVENT_KIND_RECEIVED).occurred
}

func TestCatalogueHasTheReferenceCitysProportions(t *testing.T) {
	departments, items := New(yearOf(1000), china).Catalogue()
	if len(departments) != 35 || len(items) != 359 {
		t.Errorf("%d departments, %d items; want 35 and 359", len(departments), len(items))
	}
	names, codes := map[string]bool{}, map[string]bool{}
	var sum, committed float64
	for _, it := range items {
		names[it.Department+it.Name], codes[it.Department+it.Code] = true, true
		if p := it.Promised; p.GetUnit() == v1.Unit_UNIT_WORKING_DAYS {
			if p.N > 5 {
				t.Errorf("%s promises %d working days", it.Name, p.N)
			}
			if it.CaseType == v1.CaseType_CASE_TYPE_COMMITTED {
				sum += float64(p.N)
				committed++
			}
		}
	}
	if len(names) != 359 || len(codes) != 359 {
		t.Errorf("%d names and %d codes are distinct", len(names), len(codes))
	}
	if mean := sum / committed; math.Abs(mean-3.8) > 0.1 {
		t.Errorf("promises average %.2f working days, want 3.8", mean)
	}
}

func TestCasesHaveTheReferenceCitysProportions(t *testing.T) {
	c := New(yearOf(30_000), china)
	all := plans(c)
	var spot, longer, early, ended float64
	perDepartment := map[string]int{}
	for _, p := range all {
		perDepartment[p.department.code]++
		if p.item.kind == kindSpot {
			spot++
			continue
		}
		e := p.ended()
		if longer++; e == nil || p.item.mainDays() == 0 {
			continue
		}
		if ended++; dayOf(e.occurred) < dayOf(china.Due(p.started(), p.item.mainDays())) {
			early++
		}
	}
	n := float64(len(all))
	if math.Abs(n/30_000-1) > 0.02 {
		t.Errorf("%v cases, want 30,000 ± 2%%", n)
	}
	if share := spot / n; math.Abs(share-0.70) > 0.01 {
		t.Errorf("%.3f of the cases are on the spot, want 0.70 ± 0.01", share)
	}
	// A pause or an extension only makes this stricter: it is not taken off here.
	if share := early / ended; share < 0.955 {
		t.Errorf("%.3f ended a day before the promise", share)
	}
	if most, least := perDepartment["GA"], perDepartment["QX"]; most < 20*least || least == 0 {
		t.Errorf("GA %d cases, QX %d: departments should differ", most, least)
	}
}

func TestEveryViolationIsPlanted(t *testing.T) {
	count, known, of := map[string]int{}, map[string]bool{}, map[string]int{}
	wrong := 0
	c := New(yearOf(60_000), china)
	all := plans(c)
	for _, p := range all {
		if len(p.findings) > 0 {
			wrong++
		}
		for _, f := range p.findings {
			count[f.Rule+"/"+f.Key+"/"+f.Level]++
			of[f.Rule]++
		}
	}
	for _, kind := range []string{
		"V01//warn", "V02//yellow", "V03//red", "V04/材料审查/warn", "V04/材料审查#2/warn", "V05//yellow", "V06//yellow",
		"V07//yellow", "V08//yellow", "V09//warn", "V10/1/yellow", "V10/2/yellow", "V11/1/yellow", "V11/1/red",
		"V13/1/red", "V13/2/red", "V17//red", "V19/entry/review", "V19/same_second/review", "V20//data", "V21//red",
		"V22//yellow", "V24//yellow", "V27/overdue/data", "V27/rejection/data",
	} {
		if count[kind] < 3 {
			t.Errorf("%s planted %d times in %d cases", kind, count[kind], len(all))
		}
		delete(count, kind)
		code, _, _ := strings.Cut(kind, "/")
		known[code] = true
	}
	meant := map[string]bool{}
	for _, v := range violations {
		code, _, _ := strings.Cut(v.name, " ")
		meant[code] = true
		if of[code] < 3 {
			t.Errorf("%s planted %d times in %d cases", v.name, of[code], len(all))
		}
	}
	for kind := range count {
		if code, _, _ := strings.Cut(kind, "/"); known[code] || !meant[code] {
			t.Errorf("planted and not expected: %s", kind)
		}
	}
	if share := float64(wrong) / float64(len(all)); math.Abs(share-0.02) > 0.003 {
		t.Errorf("%.4f of the cases go wrong, want 0.02", share)
	}
}

// The key is exact at the end of the data only if every case in it was fully
// told by then.
func TestPlantedCasesAreToldByTheEnd(t *testing.T) {
	c := New(yearOf(20_000), china)
	planted := 0
	for _, p := range plans(c) {
		planted += len(p.findings)
		if len(p.findings) > 0 && p.known > c.until {
			t.Fatalf("%s is known only at %v", p.no, time.Unix(p.known, 0).In(zone))
		}
		seen := map[string]bool{}
		for _, f := range p.findings {
			if seen[f.Rule+f.Key] {
				t.Fatalf("%s has %s %s twice", p.no, f.Rule, f.Key)
			}
			seen[f.Rule+f.Key] = true
		}
	}
	if planted < 400 {
		t.Errorf("only %d findings were planted", planted)
	}
}

func digest(c *City) (events, key string) {
	h := sha256.New()
	add := func(at int64, m proto.Message) {
		raw, err := proto.MarshalOptions{Deterministic: true}.Marshal(m)
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(h, "%d %x\n", at, raw)
	}
	for s := c.Authorizations(); ; {
		at, ok := s.Peek()
		if !ok {
			break
		}
		add(at, s.Next())
	}
	walk(c, c.Rejections(), func(r Record) { add(r.At, r.Rejection()) })
	walk(c, c.Overdue(), func(r Record) { add(r.At, r.Overdue()) })
	walk(c, c.Events(), func(r Record) { add(r.At, r.Event()) })
	return fmt.Sprintf("%x", h.Sum(nil)), fmt.Sprint(c.AnswerKey(c.until))
}

func walk(c *City, s *Stream, do func(Record)) {
	for at, ok := s.Peek(); ok && at <= c.until; at, ok = s.Peek() {
		r, _ := s.Next()
		do(r)
	}
}

func TestSameOptionsSameCity(t *testing.T) {
	events, key := digest(New(yearOf(3000), china))
	again, keyAgain := digest(New(yearOf(3000), china))
	if events != again || key != keyAgain {
		t.Error("two runs differ")
	}
	other := yearOf(3000)
	other.Seed++
	if elsewhere, _ := digest(New(other, china)); elsewhere == events {
		t.Error("another seed gives the same city")
	}
}

func TestADepartmentDoesNotDependOnTheOthers(t *testing.T) {
	listing := func(c *City) (lines []string) {
		walk(c, c.Events(), func(r Record) {
			if e := r.Event(); e.Department == "GH" || e.Department == "ZB" {
				lines = append(lines, fmt.Sprint(r.At, e.String() == "", e.SourceId, e.OccurredAt.Seconds, e.Decision.GetDecisionNo()))
			}
		})
		return lines
	}
	few := yearOf(20_000)
	few.Departments = []string{"ZB", "GH"}
	some, all := listing(New(few, china)), listing(New(yearOf(20_000), china))
	if len(some) < 1000 || !slices.Equal(some, all) {
		t.Errorf("%d events alone, %d among all, equal: %v", len(some), len(all), slices.Equal(some, all))
	}
}

func TestStreamOrderAndNames(t *testing.T) {
	c := New(yearOf(10_000), china)
	var last int64
	ids := map[string]bool{}
	walk(c, c.Events(), func(r Record) {
		e := r.Event()
		if r.At < last {
			t.Fatalf("%s is sent at %d, after %d", e.SourceId, r.At, last)
		}
		if last = r.At; ids[e.SourceId] {
			t.Fatalf("%s comes twice", e.SourceId)
		}
		ids[e.SourceId] = true
		if !strings.HasPrefix(e.CaseNo, e.Department+"-2025-") || e.ItemCode == "" || e.Handler.GetName() == "" {
			t.Fatalf("event %v", e)
		}
	})
}
