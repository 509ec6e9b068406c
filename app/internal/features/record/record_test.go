package record_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/features/record"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/runtime"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// samples are data of types of acts, where the tests want other data than the
// type's declared example.
var samples = map[string]string{
	"account.created": `{"login":"wang","name":"王芳","role":"staff"}`, "account.changed": `{"id":1,"name":"王芳","role":"head","active":true}`,
	"access.signed_in": `{"remote":"10.0.0.7:4003"}`, "access.signed_out": `null`, "access.locked_out": `{"login":"wang","remote":"10.0.0.7:4003"}`,
	"access.password_changed": `null`, "access.password_reset": `{"id":1}`, "access.sessions_revoked": `{"id":1}`,
	"access.factor_on": `null`, "access.factor_off": `null`, "access.factor_removed": `{"id":1}`, "access.recovery_used": `{"left":9}`,
	"access.factor_required": `{"roles":["head"]}`, "access.exported": `{"what":"cases","format":"csv","filter":{"Department":"GH"}}`,
	"access.unmasked": `{"case":1,"reason":"核对投诉"}`, "access.unsealed": `{"review":1,"reason":"核对投诉"}`,
	"access.network_opened": `{"port":8617}`, "access.network_closed": `{"port":8617,"pages":0}`,
	"review.put_up": `{"kind":"overdue","reason":"群众来电","reviews":[{"subject":"overdue/1","case_id":1,"department":"GH","reviewers":[7,8]}]}`,
	"review.seated": `{"review":1,"account":7}`, "review.declared": `{"review":1,"seat":1,"conflict":"none"}`, "review.verdict": `{"review":1,"seat":1,"verdict":"proper"}`,
	"review.plan_set": `{"every":"week","shares":[]}`,
	"visit.planned":   `{"department":"GH","date":"2026-09-24","members":[7]}`, "visit.route_planned": `{"date":"2026-09-24","members":[7],"stops":[{"department":"GH"}]}`,
	"visit.route_changed": `{"plan":1,"version":1,"date":"2026-09-24","members":[7],"stops":[]}`, "visit.route_cancelled": `{"plan":1,"version":1,"reason":"改日再去"}`,
	"visit.route_declined": `{"plan":1,"why":"illness"}`, "visit.filed": `{"sheet":{"department":"GH"}}`, "visit.supplemented": `{"visit":1,"text":"补充"}`,
	"matter.step": `{"matter":1,"version":0,"action":"assign"}`, "matter.noticed": `{"matter":1,"version":0,"action":"anonymous"}`, "note.rated": `{"matter":1,"facts":4,"fairness":5}`,
	"rating.followed": `{"rating":1,"department":"GH","level":5}`, "rating.imported": `{"name":"9.csv","taken":3}`,
	"callback.drawn": `{"first":"2026-09-01","last":"2026-09-21","callbacks":[]}`, "callback.recorded": `{"callback":1,"n":1}`,
	"term.appointed": `{"account":1,"certificate":"2026-001","first":"2026-09-22","last":"2028-09-21"}`, "term.corrected": `{"term":1,"certificate":"2026-001","reason":"编号写错了"}`,
	"term.ended": `{"term":1,"until":"2026-09-30","why":"moved","reason":"调到外地工作"}`, "training.recorded": `{"date":"2026-09-21","topic":"暗访要领","hours":1.5,"accounts":[7]}`,
	"training.withdrawn": `{"training":1,"reason":"人员填错了"}`, "volunteer.appraised": `{"account":1,"year":2026,"grade":"competent"}`,
}

// sample is data of a type of acts.
func (o *office) sample(what string) any {
	if data, ok := samples[what]; ok {
		return raw(data)
	}
	example := runtime.Declared().Info(what).Example
	if h, ok := example.(intake.Holding); ok {
		h.Version = o.version
		return h
	}
	return example
}

// Every type of acts that the console takes is of a group and has words, and
// nothing stands among the types that it does not take.
func TestEveryTypeOfActIsToldAndHasAGroup(t *testing.T) {
	var taken []string
	for _, f := range runtime.Folders {
		taken = append(taken, f.Types()...)
	}
	slices.Sort(taken)
	o := open(t)
	if told := o.Types(); !slices.Equal(taken, told) {
		t.Fatalf("taken %v\ntold  %v", taken, told)
	}
	o.account("first", access.Head)
	o.publish()
	for _, what := range taken {
		o.did(0, what, o.sample(what))
	}
	seen := map[act.Group]int{}
	for _, a := range o.list(record.Query{}) {
		if a.ZH == "" || a.EN == "" || !slices.Contains(vocab.ActGroups.Keys(), string(a.Group)) {
			t.Errorf("%+v", a)
		}
		seen[a.Group]++
	}
	for _, key := range vocab.ActGroups.Keys() {
		g := act.Group(key)
		if n := len(o.list(record.Query{Group: g})); n == 0 || n != seen[g] {
			t.Errorf("%s: %d acts by the filter, %d in the list", g, n, seen[g])
		}
	}
}

// What volunteers did by that office is nobody's in the list, and without what
// it was about; who may not open seals is not told when they came and went
// either. A filter by their account finds no more than the list tells.
func TestVolunteersAreSealed(t *testing.T) {
	o := open(t)
	seer, clerk := o.account("seer", access.Volunteer), o.account("clerk", access.Staff)
	o.did(seer, "access.signed_in", map[string]string{"remote": "10.0.0.7:4003"})
	o.did(seer, "review.declared", raw(samples["review.declared"]))
	o.did(seer, "review.verdict", raw(samples["review.verdict"]))
	o.did(seer, "visit.filed", raw(samples["visit.filed"]))
	o.did(seer, "visit.route_declined", raw(samples["visit.route_declined"]))
	o.did(clerk, "access.signed_in", nil)
	o.did(0, "account.changed", map[string]any{"id": seer, "name": "姓名seer", "role": access.Staff, "active": true})
	o.did(seer, "access.signed_in", nil) // a member of staff by now

	told := func(all []record.Entry) string {
		var out []string
		for _, a := range slices.Backward(all) {
			who := a.Name
			if a.Who == record.Volunteer {
				if a.By != 0 || a.Name != "" || a.About != (act.Subject{}) || a.Remote != "" || a.Reason != "" {
					t.Errorf("%+v", a)
				}
				who = "?"
			}
			out = append(out, a.Type+" "+who)
		}
		return strings.Join(out, ", ")
	}
	for _, x := range []struct {
		q    record.Query
		want string
	}{
		{record.Query{Group: act.SignIn}, "account.created , account.created , access.signed_in ?, access.signed_in 姓名clerk, account.changed , access.signed_in 姓名seer"},
		{record.Query{By: id(seer)}, "access.signed_in 姓名seer"},
		{record.Query{By: "volunteer"}, "access.signed_in ?, review.declared ?, review.verdict ?, visit.filed ?, visit.route_declined ?"},
		{record.Query{By: id(seer), Group: act.Reviews}, ""},
		{record.Query{By: id(seer), Group: act.Visits}, ""},
	} {
		if got := told(o.list(x.q)); got != x.want {
			t.Errorf("%+v: %s, want %s", x.q, got, x.want)
		}
	}
	o.account("other", access.Volunteer)
	people, err := o.People(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, x := range people {
		names = append(names, x.Name)
	}
	if !slices.Equal(names, []string{"姓名seer", "姓名clerk"}) {
		t.Errorf("one may filter by %v", names)
	}
}

func TestWhatActsAreAbout(t *testing.T) {
	o := open(t)
	clerk := o.account("clerk", access.Staff)
	for _, x := range []struct {
		what, data string
		want       act.Subject
		zh, reason string
	}{
		{"access.unmasked", `{"case":5,"reason":"核对投诉"}`, act.Subject{Kind: "case", ID: 5}, "查看申请人信息", "核对投诉"},
		{"access.unmasked", `{"rating":6,"reason":"核对投诉"}`, act.Subject{Kind: "rating", ID: 6}, "查看评价人信息", "核对投诉"},
		{"access.unmasked", `{"rating":6,"callback":2,"reason":"抽取回访 #9"}`, act.Subject{Kind: "callback", ID: 2}, "为回访查看评价人电话", "抽取回访 #9"},
		{"access.unsealed", `{"review":3,"reason":"复核"}`, act.Subject{Kind: "review", ID: 3}, "查看评议人姓名", "复核"},
		{"access.unsealed", `{"visit":4,"reason":"复核"}`, act.Subject{Kind: "visit", ID: 4}, "查看暗访人姓名", "复核"},
		{"access.exported", `{"what":"findings","format":"xlsx","filter":{"Department":"GH"}}`, act.Subject{Kind: "department", Code: "GH"}, "导出数据：异常（xlsx）", ""},
		{"access.exported", `{"what":"volunteers","format":"csv","filter":null}`, act.Subject{}, "导出数据：义务监督员（csv）", ""},
		{"access.password_reset", `{"id":` + id(clerk) + `}`, act.Subject{Kind: "account", ID: clerk, Name: "姓名clerk"}, "重置密码", ""},
		{"access.locked_out", `{"login":"wang"}`, act.Subject{}, "多次输错密码，账号被锁定：wang", ""},
		{"review.put_up", samples["review.put_up"], act.Subject{Kind: "case", ID: 1}, "送交评议：超时", "群众来电"},
		{"review.put_up", `{"kind":"authorization","reason":"群众来电","reviews":[{"subject":"authorization/1","department":"GH","reviewers":[7]}]}`, act.Subject{Kind: "department", Code: "GH"}, "送交评议：首席代表授权", "群众来电"},
		{"review.put_up", `{"kind":"overdue","period":"2026-09-14","draw":{},"reviews":[{"subject":"overdue/1","case_id":1,"department":"GH","reviewers":[7]}]}`, act.Subject{}, "按计划抽取评议：超时 1 项", ""},
		{"review.seated", samples["review.seated"], act.Subject{Kind: "review", ID: 1}, "安排评议人", ""},
		{"visit.route_cancelled", samples["visit.route_cancelled"], act.Subject{Kind: "plan", ID: 1}, "取消暗访安排", "改日再去"},
	} {
		o.did(0, x.what, raw(x.data))
		if a := o.list(record.Query{Limit: 1})[0]; a.About != x.want || a.ZH != x.zh || a.Reason != x.reason {
			t.Errorf("%s %s: %+v", x.what, x.data, a)
		}
	}
}
