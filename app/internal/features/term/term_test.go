package term_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/officetest/emptyfolder"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var (
	ctx     = context.Background()
	cal     = workday.Default()
	folders = []intake.Folder{act.NewRegistry().Add(account.Tables, account.Acts...), act.NewRegistry().Add(term.Tables, term.Acts...)}
)

// office is a real data folder with the department GH, two volunteers and a
// member of staff.
type office struct {
	*testing.T
	*term.Terms
	s      *store.Store
	in     *intake.Intake
	signer *journal.Signer
	now    time.Time
	keys   int

	zhao, qian, staff access.Principal
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{T: t, now: time.Date(2026, 9, 22, 10, 0, 0, 0, cal.Zone())}
	dir := emptyfolder.New(t)
	var err error
	if o.s, err = store.Open(ctx, dir, cal); err != nil {
		t.Fatal(err)
	}
	if o.signer, err = journal.OpenSigner(dir); err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return o.now }
	if o.in, err = intake.Start(o.s, intake.Options{Calendar: cal, Rules: rules.DefaultSettings(), Now: now, Signer: o.signer, Acts: folders, Logger: slog.New(slog.DiscardHandler)}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		o.in.Close()
		if err := o.s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := o.in.Catalogue(ctx, "a", &pb.DescribeResponse{Name: "a"}, []*pb.Department{{Code: "GH", Name: "规划局"}}, nil); err != nil {
		t.Fatal(err)
	}
	of := &feature.Office{Store: o.s, Journal: o.in, Now: now}
	people := account.New(of)
	o.Terms = term.New(of, people, term.Work{})
	for login, p := range map[string]*access.Principal{"zhao": &o.zhao, "qian": &o.qian, "staff": &o.staff} {
		role := access.Volunteer
		if login == "staff" {
			role = access.Staff
		}
		a, err := people.Create(ctx, access.Here, login, account.Profile{Name: "姓名" + login, Role: role})
		if err != nil {
			t.Fatal(err)
		}
		*p = a.Principal()
	}
	return o
}

func (o *office) key() string {
	o.keys++
	return fmt.Sprintf("key-%06d", o.keys)
}

func particulars(certificate, first, last string) term.Particulars {
	return term.Particulars{Certificate: certificate, Group: term.Trader, Work: "赵记面馆", Barred: []string{"GH"}, First: first, Last: last}
}

// appoint appoints Zhao, or fails.
func (o *office) appoint(p term.Particulars) {
	o.Helper()
	if err := o.Appoint(ctx, o.staff, o.key(), o.zhao.Account, p); err != nil {
		o.Fatal(err)
	}
}

// of is an account's terms.
func (o *office) of(p access.Principal) []term.Term {
	o.Helper()
	all, err := o.All(ctx)
	if err != nil {
		o.Fatal(err)
	}
	return all[p.Account]
}

// refused wants a field to be named.
func (o *office) refused(err error, field string) {
	o.Helper()
	f, ok := fault.As(err)
	if !ok || f.Code != "term" || len(f.Fields) != 1 || f.Fields[0].Name != field || f.Fields[0].ZH == "" || f.Fields[0].EN == "" {
		o.Errorf("got %v %+v, want the field %s", err, f, field)
	}
}

func (o *office) wantCode(err error, code string) {
	o.Helper()
	if f, ok := fault.As(err); !ok || f.Code != code {
		o.Errorf("got %v, want %s", err, code)
	}
}

// difference is the first that verify finds.
func (o *office) difference() *intake.Difference {
	o.Helper()
	rep, err := intake.Verify(ctx, o.s, cal, rules.DefaultSettings(), folders, o.signer.PublicKey(), nil)
	if err != nil {
		o.Fatal(err)
	}
	return rep.Difference
}

func (o *office) verify() {
	o.Helper()
	if d := o.difference(); d != nil {
		o.Errorf("verify: %+v", *d)
	}
}

func day(t *testing.T, s string) workday.Date {
	t.Helper()
	d, err := workday.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Two years from a day end the day before it; a term of five is the longest.
func TestTheLastDayOfATerm(t *testing.T) {
	for _, c := range []struct {
		first string
		years int
		want  string
	}{{"2026-09-22", 2, "2028-09-21"}, {"2026-01-01", 2, "2027-12-31"}, {"2028-02-29", 2, "2030-02-28"}, {"2026-03-01", 5, "2031-02-28"}, {"2027-03-01", 1, "2028-02-29"}} {
		if got := term.LastDay(day(t, c.first), c.years).String(); got != c.want {
			t.Errorf("%d years from %s end on %s, want %s", c.years, c.first, got, c.want)
		}
	}
}

func TestWhatIsWrongWithAnAppointmentIsNamed(t *testing.T) {
	o := open(t)
	for field, spoil := range map[string]func(*term.Particulars){
		"certificate": func(p *term.Particulars) { p.Certificate = "  " },
		"group":       func(p *term.Particulars) { p.Group = "friends" },
		"barred":      func(p *term.Particulars) { p.Barred = []string{"XX"} },
		"first":       func(p *term.Particulars) { p.First = "soon" },
		"last":        func(p *term.Particulars) { p.Last = "2026-09-21" },
	} {
		p := particulars("2026-001", "2026-09-22", "2028-09-21")
		spoil(&p)
		o.refused(o.Appoint(ctx, o.staff, o.key(), o.zhao.Account, p), field)
	}
	o.refused(o.Appoint(ctx, o.staff, o.key(), o.zhao.Account, particulars("2026-001", "2026-09-22", "2031-09-22")), "last") // a day over five years
	o.appoint(particulars("2026-001", "2026-09-22", "2031-09-21"))
	o.wantCode(o.Appoint(ctx, o.staff, o.key(), o.staff.Account, particulars("2026-002", "2026-09-22", "2028-09-21")), "unknown_volunteer")
	o.wantCode(o.Appoint(ctx, o.staff, "no", o.qian.Account, particulars("2026-002", "2026-09-22", "2028-09-21")), "term_key")
	o.refused(o.Appoint(ctx, o.staff, o.key(), o.qian.Account, particulars(" 2026-001 ", "2026-09-22", "2028-09-21")), "certificate")
	o.verify()
}

// A phone or a browser that heard no answer sends again.
func TestTheSameSubmissionIsOneAppointment(t *testing.T) {
	o := open(t)
	for range 3 {
		if err := o.Appoint(ctx, o.staff, "12345678", o.zhao.Account, particulars("2026-001", "2026-09-22", "2028-09-21")); err != nil {
			t.Fatal(err)
		}
	}
	if all := o.of(o.zhao); len(all) != 1 {
		t.Errorf("%+v", all)
	}
	o.wantCode(o.Appoint(ctx, o.staff, "12345678", o.zhao.Account, particulars("2026-002", "2028-09-22", "2030-09-21")), "act_key_used")
}

func TestTermsOfAPersonDoNotOverlap(t *testing.T) {
	o := open(t)
	o.appoint(particulars("2026-001", "2026-10-01", "2028-09-30"))
	for _, c := range [][2]string{{"2028-09-30", "2029-01-01"}, {"2025-01-01", "2026-10-01"}, {"2027-01-01", "2027-02-01"}, {"2026-01-01", "2029-01-01"}} {
		o.refused(o.Appoint(ctx, o.staff, o.key(), o.zhao.Account, particulars("2026-002", c[0], c[1])), "first")
	}
	o.appoint(particulars("2026-002", "2028-10-01", "2030-09-30"))
	o.appoint(particulars("2026-003", "2025-10-01", "2026-09-30"))
	if err := o.Appoint(ctx, o.staff, o.key(), o.qian.Account, particulars("2026-004", "2027-01-01", "2028-12-31")); err != nil {
		t.Errorf("another person's: %v", err)
	}
	// A term that was ended leaves its days to another.
	second := o.of(o.zhao)[1]
	if err := o.End(ctx, o.staff, o.key(), second.ID, "2027-03-31", term.Moved, "调往外地工作"); err != nil {
		t.Fatal(err)
	}
	o.appoint(particulars("2026-005", "2027-04-01", "2028-09-30"))
	o.refused(o.Correct(ctx, o.staff, o.key(), second.ID, second.Particulars, false, "没有调走，恢复"), "first")
	o.verify()
}

// By the calendar on the wall: the office's day begins at 16:00 UTC.
func TestTheFirstAndTheLastDayBelongToATerm(t *testing.T) {
	all := []term.Term{{Account: 7, Particulars: particulars("1", "2026-10-01", "2028-09-30"), Until: "2028-09-30"}}
	for _, c := range []struct {
		at   string // UTC
		want term.State
	}{
		{"2026-09-30 15:59", term.Coming},
		{"2026-09-30 16:00", term.Serving},
		{"2028-08-30 16:00", term.Ending}, // 31 August, thirty days before
		{"2028-08-30 15:59", term.Serving},
		{"2028-09-30 15:59", term.Ending},
		{"2028-09-30 16:00", term.Over},
	} {
		at, err := time.Parse("2006-01-02 15:04", c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := term.StateOn(all, cal.DateOf(at)); got != c.want {
			t.Errorf("at %s: %s, want %s", c.at, got, c.want)
		}
	}
}

func TestWhereSomebodyStands(t *testing.T) {
	of := func(spans ...[2]string) (out []term.Term) {
		for i, s := range spans {
			out = append(out, term.Term{ID: uint64(i + 1), Particulars: term.Particulars{First: s[0], Last: s[1]}, Until: s[1]})
		}
		return out
	}
	for name, c := range map[string]struct {
		all   []term.Term
		want  term.State
		which uint64
	}{
		"never appointed":          {nil, term.Unregistered, 0},
		"renewed in time":          {of([2]string{"2024-10-01", "2026-09-30"}, [2]string{"2026-10-01", "2028-09-30"}), term.Serving, 1},
		"between two":              {of([2]string{"2024-10-01", "2026-08-31"}, [2]string{"2026-10-01", "2028-09-30"}), term.Coming, 2},
		"the second of two":        {of([2]string{"2022-10-01", "2024-09-30"}, [2]string{"2024-10-01", "2028-09-30"}), term.Serving, 2},
		"over":                     {of([2]string{"2022-10-01", "2024-09-30"}, [2]string{"2024-10-01", "2026-09-21"}), term.Over, 2},
		"the renewal never began":  {of([2]string{"2024-10-01", "2026-09-30"}, [2]string{"2026-10-01", "2026-09-30"}), term.Ending, 1},
		"the only one never began": {of([2]string{"2026-10-01", "2026-09-30"}), term.Over, 1},
	} {
		got, which := term.StateOn(c.all, day(t, "2026-09-22"))
		if got != c.want || c.which == 0 && which != nil || c.which > 0 && (which == nil || which.ID != c.which) {
			t.Errorf("%s: %s by %+v", name, got, which)
		}
	}
}

func TestATermIsEndedEarlyOnceAndCorrectionsAreKept(t *testing.T) {
	o := open(t)
	o.appoint(particulars("2026-001", "2026-09-01", "2028-08-31"))
	id := o.of(o.zhao)[0].ID
	o.refused(o.End(ctx, o.staff, o.key(), id, "2028-08-31", term.Resigned, "本人提出辞任"), "until")
	o.refused(o.End(ctx, o.staff, o.key(), id, "2026-08-30", term.Resigned, "本人提出辞任"), "until")
	o.refused(o.End(ctx, o.staff, o.key(), id, "2026-09-21", "bored", "本人提出辞任"), "why")
	o.refused(o.End(ctx, o.staff, o.key(), id, "2026-09-21", term.Resigned, "辞"), "reason")
	o.wantCode(o.End(ctx, o.staff, o.key(), 999, "2026-09-21", term.Resigned, "本人提出辞任"), "unknown_term")
	if err := o.End(ctx, o.staff, o.key(), id, "2026-09-21", term.Resigned, "本人提出辞任"); err != nil {
		t.Fatal(err)
	}
	o.wantCode(o.End(ctx, o.staff, o.key(), id, "2026-09-20", term.Moved, "又说是搬走了"), "term_ended")
	if x := o.of(o.zhao)[0]; x.Until != "2026-09-21" || x.Why != term.Resigned || x.Reason != "本人提出辞任" || x.Last != "2028-08-31" {
		t.Errorf("%+v", x)
	}
	p := particulars("2026-007", "2026-09-01", "2028-08-31")
	p.Barred = nil
	o.refused(o.Correct(ctx, o.staff, o.key(), id, p, true, "错"), "reason")
	if err := o.Correct(ctx, o.staff, o.key(), id, p, true, "证书编号写错了"); err != nil {
		t.Fatal(err)
	}
	if x := o.of(o.zhao)[0]; x.Certificate != "2026-007" || x.Until != "2026-09-21" || len(x.Barred) != 0 {
		t.Errorf("%+v", x)
	}
	late := p
	late.First = "2026-09-23" // after the day with which it was ended, by more than one
	o.refused(o.Correct(ctx, o.staff, o.key(), id, late, true, "起始日期写错了"), "until")
	if err := o.Correct(ctx, o.staff, o.key(), id, p, false, "没有辞任，登记错了"); err != nil {
		t.Fatal(err)
	}
	if x := o.of(o.zhao)[0]; x.Until != "2028-08-31" || x.Why != "" || x.Reason != "" {
		t.Errorf("%+v", x)
	}
	changes, err := o.Changes(ctx, o.zhao.Account)
	if err != nil || len(changes) != 4 {
		t.Fatalf("%+v, %v", changes, err)
	}
	for i, want := range []term.Change{
		{Kind: "appointed", Certificate: "2026-001", UntilDay: "2028-08-31"},
		{Kind: "ended", Reason: "本人提出辞任", Certificate: "2026-001", UntilDay: "2026-09-21"},
		{Kind: "corrected", Reason: "证书编号写错了", Certificate: "2026-007", UntilDay: "2026-09-21"},
		{Kind: "corrected", Reason: "没有辞任，登记错了", Certificate: "2026-007", UntilDay: "2028-08-31"},
	} {
		want.Term, want.At, want.By, want.FirstDay = id, changes[i].At, o.staff.Account, "2026-09-01"
		if changes[i] != want {
			t.Errorf("change %d: %+v, want %+v", i, changes[i], want)
		}
	}
	// The number that was a mistake is free again, the one that stands is not.
	o.refused(o.Appoint(ctx, o.staff, o.key(), o.qian.Account, particulars("2026-007", "2026-09-01", "2028-08-31")), "certificate")
	if err := o.Appoint(ctx, o.staff, o.key(), o.qian.Account, particulars("2026-001", "2026-09-01", "2028-08-31")); err != nil {
		t.Error(err)
	}
	o.verify()
}

func TestTheNextCertificateIsProposed(t *testing.T) {
	o := open(t)
	next := func(want string) {
		t.Helper()
		if got, err := o.NextCertificate(ctx); err != nil || got != want {
			t.Errorf("%s, %v; want %s", got, err, want)
		}
	}
	next("2026-001")
	o.appoint(particulars("2026-009", "2020-01-01", "2021-12-31"))
	o.appoint(particulars("2026-甲", "2022-01-01", "2023-12-31"))
	o.appoint(particulars("2025-040", "2024-01-01", "2025-12-31"))
	next("2026-010")
	o.now = time.Date(2026, 12, 31, 16, 0, 0, 0, time.UTC) // the office's new year
	next("2027-001")
}

func TestTrainings(t *testing.T) {
	o := open(t)
	both := []uint64{o.zhao.Account, o.qian.Account}
	train := func(date, topic string, hours float64, who []uint64) error {
		return o.Train(ctx, o.staff, o.key(), term.Training{Date: date, Topic: topic, Hours: hours, Accounts: who})
	}
	o.refused(train("2026-09-23", "暗访要领", 2, both), "date") // tomorrow
	o.refused(train("2026-09-22", "课", 2, both), "topic")
	o.refused(train("2026-09-22", "暗访要领", 1.25, both), "hours")
	o.refused(train("2026-09-22", "暗访要领", 40.5, both), "hours")
	o.refused(train("2026-09-22", "暗访要领", 2, nil), "accounts")
	o.refused(train("2026-09-22", "暗访要领", 2, []uint64{o.zhao.Account, o.zhao.Account}), "accounts")
	o.refused(train("2026-09-22", "暗访要领", 2, []uint64{o.zhao.Account, o.staff.Account}), "accounts")
	for _, err := range []error{train("2026-09-22", "暗访要领", 2.5, both), train("2026-03-01", "行政许可法", 3, both[:1]), train("2026-06-01", "登记错的", 8, both[:1])} {
		if err != nil {
			t.Fatal(err)
		}
	}
	all, err := o.Trainings(ctx, o.zhao.Account)
	if err != nil || len(all) != 3 || all[0].Date != "2026-09-22" || all[0].Hours != 2.5 || len(all[0].Accounts) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	if err := o.Withdraw(ctx, o.staff, o.key(), all[1].ID, "这次培训没有举行"); err != nil {
		t.Fatal(err)
	}
	o.wantCode(o.Withdraw(ctx, o.staff, o.key(), all[1].ID, "这次培训没有举行"), "unknown_training")
	all, err = o.Trainings(ctx, o.zhao.Account)
	if err != nil || all[1].Withdrawn != "这次培训没有举行" {
		t.Errorf("%+v, %v", all, err)
	}
	hours := func(from, to string, want float64, latest string) {
		t.Helper()
		got, last := term.Trained(all, day(t, from), day(t, to))
		if got != want || last != day(t, latest) {
			t.Errorf("%v hours, the latest on %s; want %v, %s", got, last, want, latest)
		}
	}
	hours("2026-01-01", "2026-12-31", 5.5, "2026-09-22")
	hours("2026-03-01", "2026-09-21", 3, "2026-03-01")
	if other, _ := o.Trainings(ctx, o.qian.Account); len(other) != 1 {
		t.Errorf("%+v", other)
	}
	o.verify()
}

func TestALaterAppraisalOfAYearHolds(t *testing.T) {
	o := open(t)
	appraise := func(year int, g term.Grade, words string) error {
		return o.Appraise(ctx, o.staff, o.key(), o.zhao.Account, year, g, words)
	}
	if err := appraise(2024, term.Basic, "未登记聘任时的评价"); err != nil {
		t.Errorf("of somebody never appointed: %v", err)
	}
	o.appoint(particulars("2026-001", "2025-12-31", "2027-12-30"))
	o.refused(appraise(2024, term.Basic, "这一年还不在任"), "year")
	o.refused(appraise(2027, term.Basic, "还没有到这一年"), "year")
	o.refused(appraise(2026, "splendid", "按时完成评议"), "grade")
	o.refused(appraise(2026, term.Competent, "好"), "words")
	o.wantCode(o.Appraise(ctx, o.staff, o.key(), o.staff.Account, 2026, term.Competent, "按时完成评议"), "unknown_volunteer")
	for _, err := range []error{appraise(2025, term.Competent, "任期最后一天起算"), appraise(2026, term.Competent, "按时完成评议"), appraise(2026, term.Excellent, "补记：发现多起缺岗")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	all, err := o.Appraisals(ctx, o.zhao.Account)
	if err != nil || len(all) != 4 || all[0].Year != 2026 || all[0].Grade != term.Excellent || all[0].Superseded || !all[1].Superseded || all[2].Year != 2025 || all[2].Superseded {
		t.Errorf("%+v, %v", all, err)
	}
	o.verify()
}

// Whoever changes a row behind the console's back is found out.
func TestVerifyFindsAChangedRow(t *testing.T) {
	for table, change := range map[string]string{
		"terms":            `UPDATE terms SET until_day = '2030-01-01'`,
		"term_changes":     `UPDATE term_changes SET reason = '另有原因'`,
		"trainings":        `UPDATE trainings SET hours = 20`,
		"training_members": `DELETE FROM training_members`,
		"appraisals":       `UPDATE appraisals SET grade = 'excellent'`,
	} {
		t.Run(table, func(t *testing.T) {
			o := open(t)
			o.appoint(particulars("2026-001", "2026-09-22", "2028-09-21"))
			for _, err := range []error{
				o.Train(ctx, o.staff, o.key(), term.Training{Date: "2026-09-22", Topic: "暗访要领", Hours: 2, Accounts: []uint64{o.zhao.Account}}),
				o.Appraise(ctx, o.staff, o.key(), o.zhao.Account, 2026, term.Competent, "按时完成评议"),
			} {
				if err != nil {
					t.Fatal(err)
				}
			}
			o.verify()
			w := o.s.Writer()
			if err := errors.Join(w.Begin(), w.Exec(change), w.Commit()); err != nil {
				t.Fatal(err)
			}
			if d := o.difference(); d == nil || d.Where != table {
				t.Errorf("found %+v", d)
			}
		})
	}
}
