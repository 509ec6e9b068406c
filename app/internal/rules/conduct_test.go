package rules

import (
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

func TestPauseFaults(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*approval.Event)
		want   string
	}{
		{"lawful", func(*approval.Event) {}, ""},
		{"not of art. 45", func(e *approval.Event) { e.Pause.Kind = "leader_on_leave" }, "V10:1"},
		{"no approver", func(e *approval.Event) { e.Pause.Approver = "" }, "V10:1"},
		{"applicant not told", func(e *approval.Event) { e.Pause.NotifiedAt = approval.Event{}.OccurredAt }, "V10:1"},
		{"no time told", func(e *approval.Event) { e.Pause.Approved = approval.Limit{} }, "V10:1"},
		{"nothing said", func(e *approval.Event) { e.Pause = nil }, "V10:1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-02 09:10"),
				with(paused("2026-03-03 09:00", wd(3)), c.change), resumed("2026-03-04 09:00"))
			v := expect(t, s, "2026-03-04 10:00", c.want)
			if c.want != "" {
				expectFinding(t, v, "V10", "1", Yellow, "2026-03-03 09:00")
			}
		})
	}
}

// Only a ground of art. 45 stops the clock under the Licensing Law.
func TestUnlawfulPauseDoesNotStopTheClock(t *testing.T) {
	events := func() []approval.Event {
		return []approval.Event{received("2026-03-02 09:00"), accepted("2026-03-02 09:10"),
			with(paused("2026-03-03 09:00", wd(5)), func(e *approval.Event) { e.Pause.Kind = "leader_on_leave" }),
			resumed("2026-03-06 09:00"), granted("2026-03-10 09:00")}
	}
	v := expect(t, subject(permitItem(), events()...), "2026-03-31 09:00", "V01(superseded) V02 V10:1")
	if v.Promised.Paused != 0 || v.Case.Requests != 0 {
		t.Errorf("paused %d, pauses %d", v.Promised.Paused, v.Case.Requests)
	}
	foreign := permitItem()
	foreign.Regime = approval.LimitsOnly
	v = expect(t, subject(foreign, events()...), "2026-03-31 09:00", "")
	if v.Promised.Paused != 3 || v.Case.Requests != 1 {
		t.Errorf("elsewhere: paused %d, pauses %d", v.Promised.Paused, v.Case.Requests)
	}
}

// Paused Tuesday 3 March, approved for 2 working days: until Thursday's close.
func TestPauseLength(t *testing.T) {
	base := []approval.Event{received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), paused("2026-03-03 09:00", wd(2))}
	for _, c := range []struct {
		name   string
		events []approval.Event
		now    string
		want   string
		level  Level
		raised string
	}{
		{"open, in time", nil, "2026-03-05 17:30:00", "", 0, ""},
		{"open, over", nil, "2026-03-05 17:30:01", "V11:1", Yellow, "2026-03-05 17:30"},
		{"open, a day over", nil, "2026-03-06 17:30:00", "V11:1", Yellow, "2026-03-05 17:30"},
		{"open, more than a day over", nil, "2026-03-06 17:30:01", "V11:1", Red, "2026-03-05 17:30"},
		{"resumed in time", []approval.Event{resumed("2026-03-05 17:30:00")}, "2026-03-06 09:00", "", 0, ""},
		{"resumed late", []approval.Event{resumed("2026-03-05 17:30:01")}, "2026-03-06 09:00", "V11:1", Yellow, "2026-03-05 17:30"},
		{"resumed more than a day late", []approval.Event{resumed("2026-03-06 17:30:01")}, "2026-03-06 18:00", "V11:1", Red, "2026-03-05 17:30"},
		{"never resumed", []approval.Event{granted("2026-03-04 10:00")}, "2026-03-31 09:00", "V11:1", Yellow, "2026-03-04 10:00"},
		{"never resumed and over", []approval.Event{granted("2026-03-09 10:00")}, "2026-03-31 09:00", "V11:1", Red, "2026-03-05 17:30"},
		{"resumed after the end", []approval.Event{granted("2026-03-04 10:00"), resumed("2026-03-04 11:00")}, "2026-03-31 09:00", "V11:1", Yellow, "2026-03-04 10:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := expect(t, subject(permitItem(), append(append([]approval.Event{}, base...), c.events...)...), c.now, c.want)
			if c.want != "" {
				expectFinding(t, v, "V11", "1", c.level, c.raised)
			}
		})
	}
	// With no time stated there is none to keep: that it was not told is the fault.
	s := subject(permitItem(), received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), paused("2026-03-03 09:00", approval.Limit{}))
	if v := expect(t, s, "2026-04-30 09:00", "V10:1"); v.Case.State != StatePaused || !v.Case.PausedNow {
		t.Errorf("summary %+v", v.Case)
	}
}

// Accepted 2 March; statutory 20 working days, until Monday 30 March 17:30.
func TestExtensions(t *testing.T) {
	joint := permitItem()
	joint.CaseType = approval.Joint
	for _, c := range []struct {
		name   string
		item   *approval.Item
		by     approval.Limit
		change func(*approval.Event)
		want   string
		due    string
	}{
		{"lawful", permitItem(), wd(10), nil, "", "2026-04-14 17:30"}, // 6 April is Qingming
		{"eleven days", permitItem(), wd(11), nil, "V13:1", "2026-03-30 17:30"},
		{"joint: fifteen", joint, wd(15), nil, "", "2026-04-21 17:30"},
		{"joint: sixteen", joint, wd(16), nil, "V13:1", "2026-03-30 17:30"},
		{"calendar days", permitItem(), cd(10), nil, "V13:1", "2026-03-30 17:30"},
		{"no approver", permitItem(), wd(10), func(e *approval.Event) { e.Extension.Approver = "" }, "V13:1", "2026-03-30 17:30"},
		{"no reason", permitItem(), wd(10), func(e *approval.Event) { e.Extension.Reason = "" }, "V13:1", "2026-03-30 17:30"},
		{"not told", permitItem(), wd(10), func(e *approval.Event) { e.Extension.NotifiedAt = approval.Event{}.OccurredAt }, "V13:1", "2026-03-30 17:30"},
		{"told at the last second", permitItem(), wd(10), func(e *approval.Event) { e.Extension.NotifiedAt = at("2026-03-30 17:30:00") }, "", "2026-04-14 17:30"},
		{"told a second late", permitItem(), wd(10), func(e *approval.Event) { e.Extension.NotifiedAt = at("2026-03-30 17:30:01") }, "V13:1", "2026-03-30 17:30"},
		{"nothing said", permitItem(), wd(10), func(e *approval.Event) { e.Extension = nil }, "V13:1", "2026-03-30 17:30"},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := extended("2026-03-05 09:00", c.by)
			if c.change != nil {
				c.change(&x)
			}
			v := expect(t, subject(c.item, received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), x), "2026-03-05 10:00", c.want)
			if !v.Statutory.Due.Equal(at(c.due)) {
				t.Errorf("due %v, want %s", v.Statutory.Due, c.due)
			}
			if c.want != "" {
				expectFinding(t, v, "V13", "1", Red, "2026-03-05 09:00")
			}
		})
	}
}

func TestExtensionTooLateOrRepeated(t *testing.T) {
	base := []approval.Event{received("2026-03-02 09:00"), accepted("2026-03-02 09:10")}
	judge := func(now, want string, more ...approval.Event) Verdict {
		t.Helper()
		return expect(t, subject(permitItem(), append(append([]approval.Event{}, base...), more...)...), now, want)
	}
	// After the promise ran out on 9 March it still lengthens the statutory limit.
	v := judge("2026-03-10 10:00", "V01(superseded) V02", extended("2026-03-10 09:00", wd(10)))
	if !v.Promised.Extension.IsZero() || v.Statutory.Extension != wd(10) || !v.Promised.Due.Equal(at("2026-03-09 17:30")) {
		t.Errorf("promised %+v, statutory %+v", v.Promised, v.Statutory)
	}
	// At the last second of the promise it lengthens both.
	v = judge("2026-03-10 10:00", "", extended("2026-03-09 17:30:00", wd(10)))
	if !v.Promised.Due.Equal(at("2026-03-23 17:30")) || v.Case.Extended != 10 {
		t.Errorf("promised %+v", v.Promised)
	}
	// After the statutory limit it is unlawful and lengthens nothing.
	v = judge("2026-03-30 18:00", "V01(superseded) V02(superseded) V03 V13:1", extended("2026-03-30 17:30:01", wd(10)))
	expectFinding(t, v, "V13", "1", Red, "2026-03-30 17:30:01")
	// The first stands, the second is unlawful.
	v = judge("2026-03-06 10:00", "V13:2", extended("2026-03-05 09:00", wd(3)), extended("2026-03-06 09:00", wd(3)))
	if v.Promised.Extension != wd(3) {
		t.Errorf("extension %v", v.Promised.Extension)
	}
	// An extension after the end is none.
	judge("2026-03-31 10:00", "", granted("2026-03-05 09:00"), extended("2026-03-06 09:00", wd(99)))
}

func TestHall(t *testing.T) {
	outside := accepted("2026-03-02 09:10")
	outside.Window = ""
	outdoor := permitItem()
	outdoor.InHall = false
	r := received("2026-03-02 09:00")
	for _, c := range []struct {
		name   string
		item   *approval.Item
		events []approval.Event
		want   string
	}{
		{"at a window", permitItem(), []approval.Event{r, accepted("2026-03-02 09:10"), granted("2026-03-04 10:00")}, ""},
		{"not at a window", permitItem(), []approval.Event{r, outside, granted("2026-03-04 10:00")}, "V17"},
		{"never accepted", permitItem(), []approval.Event{r, granted("2026-03-04 10:00")}, "V17"},
		{"the first acceptance counts", permitItem(), []approval.Event{r, outside, accepted("2026-03-03 09:10"), granted("2026-03-04 10:00")}, "V17"},
		{"not decided but withdrawn", permitItem(), []approval.Event{r, outside, ev(approval.Withdrawn, "2026-03-04 10:00")}, ""},
		{"returned without acceptance", permitItem(), []approval.Event{r, with(refused("2026-03-04 10:00"), func(e *approval.Event) { e.Decision.Outcome = approval.OutcomeReturned })}, ""},
		{"not an item of the hall", outdoor, []approval.Event{r, granted("2026-03-04 10:00")}, ""},
	} {
		v := expect(t, subject(c.item, c.events...), "2026-03-04 11:00", c.want)
		if c.want != "" {
			expectFinding(t, v, "V17", "", Red, "2026-03-04 10:00")
		}
	}
}

func TestSignOff(t *testing.T) {
	item := permitItem()
	item.WindowSignOff = true
	base := approval.Authorization{
		Seq: 50, No: "授-1", Rep: approval.Person{Name: "陈首席", ID: "GH001"}, StandIn: approval.Person{Name: "刘替岗"},
		Powers: []approval.Power{approval.PowerAccept, approval.PowerSign}, Items: []string{"GH-07", "GH-01"},
		ValidFrom: at("2026-01-01 00:00"), ValidTo: at("2027-01-01 00:00"),
	}
	for _, c := range []struct {
		name   string
		change func(*approval.Authorization)
		signer approval.Person
		want   string
	}{
		{"the representative", nil, approval.Person{Name: "陈首席", ID: "GH001"}, ""},
		{"the stand-in, by name", nil, approval.Person{Name: "刘替岗", ID: "GH002"}, ""},
		{"a namesake", nil, approval.Person{Name: "陈首席", ID: "GH999"}, "V21"},
		{"somebody else", nil, approval.Person{Name: "赵科员", ID: "GH003"}, "V21"},
		{"nobody", nil, approval.Person{}, "V21"},
		{"every item", func(a *approval.Authorization) { a.Items = nil }, approval.Person{ID: "GH001"}, ""},
		{"another item", func(a *approval.Authorization) { a.Items = []string{"GH-02"} }, approval.Person{ID: "GH001"}, "V22"},
		{"another power", func(a *approval.Authorization) { a.Powers = []approval.Power{approval.PowerSeal} }, approval.Person{ID: "GH001"}, "V22"},
		{"from that second", func(a *approval.Authorization) { a.ValidFrom = at("2026-03-04 10:00:00") }, approval.Person{ID: "GH001"}, ""},
		{"from a second later", func(a *approval.Authorization) { a.ValidFrom = at("2026-03-04 10:00:01") }, approval.Person{ID: "GH001"}, "V22"},
		{"to that second", func(a *approval.Authorization) { a.ValidTo = at("2026-03-04 10:00:00") }, approval.Person{ID: "GH001"}, "V22"},
		{"to a second later", func(a *approval.Authorization) { a.ValidTo = at("2026-03-04 10:00:01") }, approval.Person{ID: "GH001"}, ""},
		{"revoked at that second", func(a *approval.Authorization) { a.RevokedAt = at("2026-03-04 10:00:00") }, approval.Person{ID: "GH001"}, "V22"},
		{"revoked a second later", func(a *approval.Authorization) { a.RevokedAt = at("2026-03-04 10:00:01") }, approval.Person{ID: "GH001"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := granted("2026-03-04 10:00")
			d.Decision.Signer = c.signer
			s := subject(item, received("2026-03-02 09:00"), accepted("2026-03-02 09:10"), d)
			a := base
			if c.change != nil {
				c.change(&a)
			}
			s.Authorizations = []approval.Authorization{a}
			s.Duties.Authorizations = true
			v := expect(t, s, "2026-03-04 11:00", c.want)
			switch c.want {
			case "V21":
				f := expectFinding(t, v, "V21", "", Red, "2026-03-04 10:00")
				if len(f.Evidence) != 2 || f.Evidence[1] != 50 {
					t.Errorf("evidence %v, want decision and authorization", f.Evidence)
				}
			case "V22":
				expectFinding(t, v, "V22", "", Yellow, "2026-03-04 10:00")
			}
			s.Duties.Authorizations = false
			expect(t, s, "2026-03-04 11:00", "")
		})
	}
}
