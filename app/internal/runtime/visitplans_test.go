package runtime

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/record"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/route"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// A route over HTTP: the office plans it with whom rotation proposes, both see
// it and what the other has filed, one cannot go and is replaced; who filed what
// stays sealed, and the department learns of nothing.
func TestARouteAndWhoSeesWhatOfIt(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	w.add("duty", access.Duty, "")
	w.add("gh", access.Liaison, "GH")
	var account []uint64
	for i := range 3 {
		account = append(account, w.add(fmt.Sprint("seer", i), access.Volunteer, "").ID)
	}
	head, gh, first, second := w.signedIn("head"), w.signedIn("gh"), w.signedIn("seer0"), w.signedIn("seer1")

	// A matter of GH that is to be verified.
	w.fileVisit(w.signedIn("seer2"))
	ask[matter.Page](head, 200, "POST", "/api/matters/1/steps", stepBody("step-0001", 0, "assign", "task", "12 号窗口有时无人，请核查。"))
	ask[matter.Page](gh, 200, "POST", "/api/matters/1/steps", stepBody("step-0002", 1, "reply", "reply", "情况属实，已增设替岗。"))
	ask[matter.Page](head, 200, "POST", "/api/matters/1/steps", stepBody("step-0003", 2, "arrange", "note", "下周去看"))

	today := w.c.cal.DateOf(w.c.Now()).String()
	due, _ := ask[[]route.DueDepartment](head, 200, "GET", "/api/visits/candidates", "")
	if len(due) != 2 || due[0].Department != "JS" || due[0].DaysPoints != 12 || due[0].Points != due[0].DaysPoints+due[0].MattersPoints+due[0].FindingsPoints || due[1].Matters != 1 {
		t.Errorf("%+v", due)
	}
	who, _ := ask[route.Visitors](head, 200, "GET", "/api/visits/visitors?date="+today+"&department=GH&department=JS", "")
	if len(who.Visitors) != 3 || who.Visitors[0].Name != "姓名seer0" || fmt.Sprint(who.Proposed) != fmt.Sprint(account[:2]) {
		t.Fatalf("%+v", who)
	}
	body := func(key string, version int, members []uint64, stops string) string {
		ids, _ := json.Marshal(members)
		return fmt.Sprintf(`{"key":%q,"version":%d,"date":%q,"mode":"unannounced","note":"穿便装","members":%s,"stops":[%s]}`, key, version, today, ids, stops)
	}
	const stops = `{"department":"GH","window":"12 号","item":"GH许可","matter":1,"look":"替岗是否到位"},{"department":"JS"}`
	_, raw := ask[any](head, 422, "POST", "/api/visits", strings.Replace(body("route-0001", 0, account[:2], `{"department":"JS","matter":1}`), `"version":0,`, "", 1))
	if !strings.Contains(string(raw), "与督办 #1 不是同一个部门") {
		t.Errorf("%s", raw)
	}
	var plan route.VisitRoute
	for range 2 {
		plan, _ = ask[route.VisitRoute](head, 200, "POST", "/api/visits", strings.Replace(body("route-0002", 0, account[:2], stops), `"version":0,`, "", 1))
	}
	if plan.State != route.Today || plan.Version != 1 || len(plan.Stops) != 2 || plan.Members[1].Name != "姓名seer1" {
		t.Fatalf("%+v", plan)
	}
	mine, raw := ask[visit.MyVisits](first, 200, "GET", "/api/my/visits", "")
	if len(mine.Planned) != 1 || mine.Planned[0].Stops[0].Look != "替岗是否到位" || mine.Planned[0].Partners[0].Name != "姓名seer1" || strings.Contains(string(raw), "matter") {
		t.Errorf("%s", raw)
	}

	// The first files stop 1; the second and the office see that it is done.
	now := w.c.Now()
	sheet := fmt.Sprintf(`{"key":"sheet-0001","mode":"unannounced","department":"GH","plan":%d,"stop":1,"arrived_at":%q,"left_at":%q,"attitude":4}`,
		plan.ID, now.Add(-time.Hour).Format(time.RFC3339), now.Format(time.RFC3339))
	ask[visit.FiledVisit](first, 200, "POST", "/api/my/visits", sheet)
	mine, _ = ask[visit.MyVisits](second, 200, "GET", "/api/my/visits", "")
	if s := mine.Planned[0].Stops; s[0].FiledAt.IsZero() || s[0].Mine || !s[1].FiledAt.IsZero() {
		t.Errorf("%+v", s)
	}
	own, _ := ask[visit.MyVisits](first, 200, "GET", "/api/my/visits", "")
	if !own.Planned[0].Stops[0].Mine || own.Filed[0].Sheet.Plan != plan.ID || own.Filed[0].Sheet.Stop != 1 {
		t.Errorf("%+v", own)
	}
	if all, raw := ask[store.Page[visit.VisitRow]](head, 200, "GET", "/api/visits", ""); all.Total != 2 || strings.Contains(string(raw), `"plan"`) || strings.Contains(string(raw), `"stop"`) {
		t.Errorf("a sheet tells the office who went: %s", raw)
	}
	of, raw := ask[[]route.MatterVisit](w.signedIn("duty"), 200, "GET", "/api/matters/1/visits", "")
	if len(of) != 1 || of[0].Date != today || of[0].State != route.Complete || of[0].FiledAt.IsZero() || strings.Contains(string(raw), "姓名") {
		t.Errorf("%s", raw)
	}

	// The second cannot go: the office is told, and asks the third.
	decline := fmt.Sprintf("/api/my/visits/plans/%d/decline", plan.ID)
	ask[any](w.signedIn("seer2"), 404, "POST", decline, `{"key":"cannot-0001","why":"illness"}`)
	ask[any](second, 204, "POST", decline, `{"key":"cannot-0002","why":"interest","departments":["JS"],"note":"女儿在那里"}`)
	if n, _ := ask[route.VisitPlanCounts](head, 200, "GET", "/api/visits/plans/counts", ""); n != (route.VisitPlanCounts{Declined: 1}) {
		t.Errorf("%+v", n)
	}
	plans, _ := ask[[]route.VisitRoute](head, 200, "GET", "/api/visits/plans", "")
	if len(plans) != 1 || plans[0].Members[1].Declined != route.Interested || plans[0].Members[1].Note != "女儿在那里" || !plans[0].Stops[0].Filed {
		t.Fatalf("%+v", plans)
	}
	mine, _ = ask[visit.MyVisits](first, 200, "GET", "/api/my/visits", "")
	if !mine.Planned[0].Partners[0].Declined {
		t.Errorf("%+v", mine.Planned)
	}
	who, _ = ask[route.Visitors](head, 200, "GET", fmt.Sprintf("/api/visits/visitors?date=%s&department=GH&department=JS&plan=%d&going=%d", today, plan.ID, account[0]), "")
	if fmt.Sprint(who.Proposed) != fmt.Sprint([]uint64{account[0], account[2]}) {
		t.Errorf("%+v", who)
	}
	change := fmt.Sprintf("/api/visits/plans/%d", plan.ID)
	const kept = `{"stop":1,"department":"GH","matter":1},{"stop":2,"department":"JS"}`
	_, raw = ask[any](head, 409, "PUT", change, body("change-0001", plan.Version, who.Proposed, kept))
	if problemCode(raw) != "visit_plan_moved" {
		t.Errorf("%s", raw)
	}
	_, raw = ask[any](head, 422, "PUT", change, body("change-0002", plans[0].Version, account[:2], kept))
	if !strings.Contains(string(raw), "姓名seer1与路线上的部门有利害关系") {
		t.Errorf("%s", raw)
	}
	plan, _ = ask[route.VisitRoute](head, 200, "PUT", change, body("change-0003", plans[0].Version, who.Proposed, kept))
	if plan.Members[1].Name != "姓名seer2" || !plan.Stops[0].Filed {
		t.Errorf("%+v", plan)
	}

	// Nobody else learns of it; the journal tells it without names.
	for _, path := range []string{"/api/visits/plans", "/api/visits/candidates", "/api/visits/visitors?date=" + today, "/api/matters/1/visits", "/api/visits/plans/counts"} {
		ask[any](gh, http.StatusForbidden, "GET", path, "")
	}
	acts, _ := ask[[]record.Act](head, 200, "GET", "/api/acts?limit=100", "")
	words := map[string]string{}
	for _, a := range acts {
		words[a.Type] = a.ZH
	}
	for what, want := range map[string]string{"visit.route_planned": "安排暗访：" + today + "，2 站", "visit.route_changed": "调整暗访安排：" + today + "，2 站", "visit.route_declined": "说明一次暗访去不了"} {
		if words[what] != want {
			t.Errorf("%s: %q", what, words[what])
		}
	}
	ask[any](head, 204, "POST", change+"/cancel", fmt.Sprintf(`{"key":"cancel-0001","version":%d,"reason":"下雨，改日再去"}`, plan.Version))
	if mine, _ = ask[visit.MyVisits](first, 200, "GET", "/api/my/visits", ""); len(mine.Planned) != 0 {
		t.Errorf("%+v", mine.Planned)
	}
}
