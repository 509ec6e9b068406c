package approval

import "testing"

// Domain §3, art. 42: who declares no limit for a licence has twenty working days,
// forty-five for joint handling; a limit of years is none.
func TestArt42LimitsThatAreNotDeclaredAreTheLaws(t *testing.T) {
	wd, cd := func(n int) Limit { return Limit{n, WorkingDays} }, func(n int) Limit { return Limit{n, CalendarDays} }
	for name, c := range map[string]struct{ item, want Item }{
		"none declared":            {Item{Regime: Licensing, CaseType: Committed, Promised: wd(5)}, Item{Promised: wd(5), Statutory: wd(20), ByLaw: true}},
		"joint":                    {Item{Regime: Licensing, CaseType: Joint}, Item{Statutory: wd(45), ByLaw: true}},
		"referred up (art. 43)":    {Item{Regime: Licensing, CaseType: ReferredUp}, Item{Statutory: wd(20), ByLaw: true}},
		"on the spot (art. 34)":    {Item{Regime: Licensing, CaseType: OnTheSpot}, Item{}},
		"another law":              {Item{Regime: LimitsOnly, CaseType: Committed}, Item{}},
		"another law, years":       {Item{Regime: LimitsOnly, CaseType: Committed, Statutory: cd(1000)}, Item{Statutory: cd(1000)}},
		"a law's own":              {Item{Regime: Licensing, CaseType: Committed, Statutory: wd(200)}, Item{Statutory: wd(200)}},
		"the same day":             {Item{Regime: Licensing, CaseType: Committed, Statutory: wd(0)}, Item{Statutory: wd(0)}},
		"years":                    {Item{Regime: Licensing, CaseType: Committed, Promised: cd(400), Statutory: wd(500)}, Item{Statutory: wd(20), ByLaw: true, SetAside: wd(500)}},
		"as many as can be":        {Item{Regime: Licensing, CaseType: Joint, Statutory: cd(2147483647)}, Item{Statutory: wd(45), ByLaw: true, SetAside: cd(2147483647)}},
		"years in seconds":         {Item{Regime: Licensing, CaseType: Committed, Statutory: Limit{400 * 86_400, Seconds}}, Item{Statutory: wd(20), ByLaw: true, SetAside: Limit{400 * 86_400, Seconds}}},
		"a promise of thirty days": {Item{Regime: Licensing, CaseType: Committed, Promised: wd(30), Statutory: wd(60)}, Item{Promised: wd(30), Statutory: wd(60)}},
	} {
		c.item.LawfulLimits()
		if it := &c.item; it.Promised != c.want.Promised || it.Statutory != c.want.Statutory || it.ByLaw != c.want.ByLaw || it.SetAside != c.want.SetAside {
			t.Errorf("%s: %+v", name, it)
		}
	}
}
