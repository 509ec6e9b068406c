package account

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/feature"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/officetest/emptyfolder"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var ctx = context.Background()

// office is a real data folder with a department GH.
type office struct {
	t   *testing.T
	dir string
	s   *store.Store
	in  *intake.Intake
	*Accounts
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, dir: emptyfolder.New(t)}
	var err error
	if o.s, err = store.Open(ctx, o.dir, workday.Default()); err != nil {
		t.Fatal(err)
	}
	signer, err := journal.OpenSigner(o.dir)
	if err != nil {
		t.Fatal(err)
	}
	if o.in, err = intake.Start(o.s, intake.Options{Calendar: workday.Default(), Rules: rules.DefaultSettings(), Now: time.Now,
		Signer: signer, Acts: []intake.Folder{act.NewRegistry().Add(Tables, Acts...)}, Logger: slog.New(slog.DiscardHandler)}); err != nil {
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
	o.Accounts = New(&feature.Office{Store: o.s, Journal: o.in, Now: time.Now})
	return o
}

func (o *office) verify() *intake.Difference {
	o.t.Helper()
	signer, err := journal.OpenSigner(o.dir)
	if err != nil {
		o.t.Fatal(err)
	}
	rep, err := intake.Verify(ctx, o.s, workday.Default(), rules.DefaultSettings(), []intake.Folder{act.NewRegistry().Add(Tables, Acts...)}, signer.PublicKey(), nil)
	if err != nil {
		o.t.Fatal(err)
	}
	return rep.Difference
}

func (o *office) make(login string, p Profile) Account {
	o.t.Helper()
	a, err := o.Create(ctx, access.Here, login, p)
	if err != nil {
		o.t.Fatal(err)
	}
	return a
}

// refused checks that a fault of the code names the fields.
func refused(t *testing.T, err error, code string, fields ...string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Code != code {
		t.Errorf("got %v, want %s", err, code)
		return
	}
	var named []string
	for _, x := range f.Fields {
		named = append(named, x.Name)
	}
	if strings.Join(named, " ") != strings.Join(fields, " ") {
		t.Errorf("names %v, want %v", named, fields)
	}
}

func TestAccountIsMadeFoundAndChanged(t *testing.T) {
	o := open(t)
	made := o.make(" Ｗang.Fang ", Profile{Name: " 王芳 ", Role: access.Head, Department: "GH"})
	if made.Login != "wang.fang" || made.Name != "王芳" || made.Department != "" || !made.Active {
		t.Errorf("made %+v", made)
	}
	if got, err := o.ByLogin(ctx, "WANG.FANG"); err != nil || got != made {
		t.Errorf("found %+v, %v", got, err)
	}
	liaison := o.make("刘联络", Profile{Name: "刘洋", Role: access.Liaison, Department: "GH"})
	got, err := o.Change(ctx, made.Principal(), liaison.ID, Profile{Name: "刘洋", Role: access.Staff}, false)
	if err != nil || got.Role != access.Staff || got.Department != "" || got.Active {
		t.Errorf("changed to %+v, %v", got, err)
	}
	all, err := o.All(ctx)
	if err != nil || len(all) != 2 || all[0] != made || all[1] != got {
		t.Errorf("lists %+v, %v", all, err)
	}
	if _, err := o.ByLogin(ctx, "nobody"); !IsUnknown(err) {
		t.Errorf("nobody is found: %v", err)
	}
	if d := o.verify(); d != nil {
		t.Errorf("verify: %+v", d)
	}
}

func TestWhatIsWrongWithAnAccountIsNamed(t *testing.T) {
	o := open(t)
	head := o.make("head", Profile{Name: "主任", Role: access.Head})
	before, _ := o.s.Head(ctx)
	for _, c := range []struct {
		login  string
		p      Profile
		fields []string
	}{
		{"x", Profile{Name: "甲", Role: access.Staff}, []string{"login"}},
		{"has space", Profile{Name: "甲", Role: access.Staff}, []string{"login"}},
		{"HEAD", Profile{Name: "甲", Role: access.Staff}, []string{"login"}},
		{"ok", Profile{Role: access.Staff}, []string{"name"}},
		{"ok", Profile{Name: strings.Repeat("长", 41), Role: access.Staff}, []string{"name"}},
		{"ok", Profile{Name: "甲", Role: "king"}, []string{"role"}},
		{"ok", Profile{Name: "甲", Role: access.Liaison}, []string{"department"}},
		{"ok", Profile{Name: "甲", Role: access.Liaison, Department: "??"}, []string{"department"}},
	} {
		_, err := o.Create(ctx, access.Here, c.login, c.p)
		refused(t, err, "account_profile", c.fields...)
	}
	_, err := o.Change(ctx, access.Here, head.ID, Profile{Name: "主任", Role: access.Head}, false)
	refused(t, err, "last_head")
	_, err = o.Change(ctx, access.Here, head.ID, Profile{Name: "主任", Role: access.Staff}, true)
	refused(t, err, "last_head")
	_, err = o.Change(ctx, access.Here, 999, Profile{Name: "主任", Role: access.Head}, true)
	refused(t, err, "unknown_account")
	if after, _ := o.s.Head(ctx); after != before {
		t.Errorf("what was refused stands in the journal: %d records, before %d", after, before)
	}
	o.make("second", Profile{Name: "副主任", Role: access.Head})
	if _, err := o.Change(ctx, access.Here, head.ID, Profile{Name: "主任", Role: access.Leader}, true); err != nil {
		t.Errorf("with another head there: %v", err)
	}
}

func TestRolesThatNeedASecondFactor(t *testing.T) {
	o := open(t)
	a := o.make("head", Profile{Name: "主任", Role: access.Head})
	head := a.Principal()
	for _, roles := range [][]access.Role{{access.Liaison, access.Head}, {access.Head}, nil, {access.Duty}} {
		if err := o.RequireFactor(ctx, head, roles); err != nil {
			t.Fatal(err)
		}
		got, err := o.FactorRoles(ctx)
		if err != nil || len(got) != len(roles) || len(roles) > 1 && got[0] != access.Head {
			t.Errorf("%v: %v, %v", roles, got, err)
		}
	}
	refused(t, o.RequireFactor(ctx, head, []access.Role{"king"}), "factor_roles", "roles")
	refused(t, o.RequireFactor(ctx, head, []access.Role{access.Head, access.Head}), "factor_roles", "roles")
	if d := o.verify(); d != nil {
		t.Errorf("verify: %+v", d)
	}
	w := o.s.Writer()
	for _, step := range []error{w.Begin(), w.Exec(`DELETE FROM factor_roles`), w.Commit()} {
		if step != nil {
			t.Fatal(step)
		}
	}
	if d := o.verify(); d == nil || d.Where != "factor_roles" {
		t.Errorf("verify: %+v, want a difference in factor_roles", d)
	}
}

// A role given behind the console's back is found, as any other edit is.
func TestVerifyFindsAChangedRole(t *testing.T) {
	o := open(t)
	a := o.make("staff", Profile{Name: "工作人员", Role: access.Staff})
	if err := Note(ctx, o.Accounts, signedIn, a.Principal(), from{Agent: "test"}); err != nil {
		t.Fatal(err)
	}
	w := o.s.Writer()
	for _, step := range []error{w.Begin(), w.Exec(`UPDATE accounts SET role = 'head'`), w.Commit()} {
		if step != nil {
			t.Fatal(step)
		}
	}
	if d := o.verify(); d == nil || d.Where != "accounts" {
		t.Errorf("verify: %+v, want a difference in accounts", d)
	}
}

func TestEveryActHasWords(t *testing.T) {
	for _, actType := range act.NewRegistry().Add(Tables, Acts...).Types() {
		zh, en := act.NewRegistry().Add(Tables, Acts...).Words(&intake.RecordedAct{Type: actType, Data: []byte(`{}`)})
		if zh == "" || en == "" {
			t.Errorf("%s: %q, %q", actType, zh, en)
		}
	}
}
