// Package city plans a demonstration city: 35 departments, 359 items, and every
// case from the first paper to the last, most of them in order and a set share
// of them wrong in a known way. The same options give the same city, to the
// byte; a department's cases do not depend on which others are asked for.
package city

import (
	"slices"

	"github.com/mingcha-console/mingcha/plugins/simulator/internal/officedays"
	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Options say which city.
type Options struct {
	Seed  uint64
	Start officedays.Day // first day on which applicants come
	// Until is the end of the data that will be looked at, Unix seconds; 0 =
	// open. Events do not stop there, but what goes wrong is chosen so that at
	// Until the answer key is exact.
	Until         int64
	Cases         int      // in the eleven months from Start, in all 35 departments
	Departments   []string // codes; empty = all
	ViolationRate float64  // share of the cases that go wrong, 0 to 1
	CasePrefix    string   // before every case number
}

// City is the plan. It never changes and may be used by many goroutines.
type City struct {
	seed          uint64
	start         officedays.Day
	end           officedays.Day // no applicant comes on or after it
	until         int64
	years         int
	perDay        float64 // cases a working day, in all departments
	violationRate float64
	prefix        string
	days          *officedays.Calendar
	departments   []*department // those asked for
}

// horizon is for how many years a city goes on.
const horizon = 8

// New lays out the city. The options must be sound: see Codes for the codes.
func New(o Options, days *officedays.Calendar) *City {
	c := &City{
		seed: o.Seed, start: o.Start, end: o.Start + horizon*365, until: o.Until, years: horizon + 2,
		violationRate: o.ViolationRate, prefix: o.CasePrefix, days: days,
	}
	y, m, d := civil(o.Start)
	elevenMonths := dayOf(dayStart(y, m+11, d))
	c.perDay = float64(o.Cases) / float64(days.Before(elevenMonths)-days.Before(o.Start))

	window := 1
	var total, violatingOnTheSpot float64
	all := catalogue()
	for _, d := range all {
		window = d.hire(window)
		c.authorize(d)
		d.fit()
		total += d.share
		violatingOnTheSpot += d.share * d.spotViolations()
	}
	for _, d := range all {
		d.share /= total
		// Violations fall on longer cases more often; the others make up for it.
		d.spotShare += o.ViolationRate * (onTheSpot - violatingOnTheSpot/total) / max(1-o.ViolationRate, 0.01)
		if len(o.Departments) == 0 || slices.Contains(o.Departments, d.code) {
			c.departments = append(c.departments, d)
		}
	}
	return c
}

// spotViolations is the share of a department's violations that fall on items
// done on the spot.
func (d *department) spotViolations() float64 {
	var spot, sum float64
	for i, v := range violations {
		for _, it := range d.fitting[i] {
			w := v.weight / float64(len(d.fitting[i]))
			if sum += w; it.kind == kindSpot {
				spot += w
			}
		}
	}
	return spot / sum
}

// Codes are the codes of all departments there are.
func Codes() []string {
	var codes []string
	for _, p := range profiles {
		codes = append(codes, p.code)
	}
	return codes
}

// Catalogue is what the departments asked for publish.
func (c *City) Catalogue() (departments []*v1.Department, items []*v1.Item) {
	for _, d := range c.departments {
		departments = append(departments, d.published)
		for _, it := range d.items {
			items = append(items, it.published)
		}
	}
	return departments, items
}
