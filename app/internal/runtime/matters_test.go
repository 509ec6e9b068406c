package runtime

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/record"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// ask calls the API for JSON and wants a status.
func ask[T any](b *browser, want int, method, path, body string) (out T, raw []byte) {
	b.t.Helper()
	status, raw := b.do(method, path, body)
	if status != want {
		b.t.Fatalf("%s %s: %d %s, want %d", method, path, status, raw, want)
	}
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &out); err != nil {
			b.t.Fatalf("%s: %v", raw, err)
		}
	}
	return out, raw
}

const noted = "我是隔壁赵记面馆的，看见 12 号窗口没有人"

// fileVisit files a visit to GH that found something.
func (w *town) fileVisit(b *browser) {
	w.t.Helper()
	now := w.c.Now()
	ask[visit.FiledVisit](b, http.StatusOK, "POST", "/api/my/visits", fmt.Sprintf(`{"key":"0123456789","mode":"unannounced","department":"GH","window":"12 号","arrived_at":%q,"left_at":%q,
		"findings":[{"category":"unmanned","severity":"serious","fact":%q}]}`, now.Add(-time.Hour).Format(time.RFC3339), now.Format(time.RFC3339), noted))
}

func stepBody(key string, version int, action, field, text string) string {
	b, _ := json.Marshal(matter.StepRequest{Key: key, Version: version, Action: action, Fields: map[string]string{field: text}})
	return string(b)
}

// A finding goes through all hands over HTTP; everybody sees what they may and
// not more.
func TestWhatComesOfAFindingAndWhoSeesWhat(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	w.add("staff", access.Staff, "")
	w.add("duty", access.Duty, "")
	w.add("leader", access.Leader, "")
	w.add("gh", access.Liaison, "GH")
	w.add("js", access.Liaison, "JS")
	w.add("seer", access.Volunteer, "")
	head, staff, leader, gh, js, seer := w.signedIn("head"), w.signedIn("staff"), w.signedIn("leader"), w.signedIn("gh"), w.signedIn("js"), w.signedIn("seer")
	w.fileVisit(seer)

	// The office has it, departments have not.
	page, _ := ask[store.Page[matter.MatterRow]](head, 200, "GET", "/api/matters", "")
	rows := page.Rows
	if len(rows) != 1 || rows[0].Fact != noted || rows[0].State != "assess" || rows[0].DueDays != 2 || rows[0].DueOn != "office" || !rows[0].Waits {
		t.Fatalf("%+v", rows)
	}
	for _, b := range []*browser{gh, js} {
		if none, _ := ask[store.Page[matter.MatterRow]](b, 200, "GET", "/api/matters", ""); none.Total != 0 {
			t.Errorf("before it is assigned: %+v", none)
		}
		ask[any](b, 404, "GET", "/api/matters/1", "")
	}
	one, _ := ask[matter.Page](leader, 200, "GET", "/api/matters/1", "")
	if one.VisitID != 1 || one.Place != "12 号" || one.SeenOn == "" || len(one.Actions) != 0 {
		t.Errorf("a leader: %+v", one)
	}
	ask[any](leader, 403, "POST", "/api/matters/1/steps", stepBody("step-0001", 0, "assign", "task", "请核查后答复。"))
	ask[any](w.signedIn("duty"), 403, "POST", "/api/matters/1/steps", stepBody("step-0001", 0, "assign", "task", "请核查后答复。"))
	ask[any](seer, 403, "GET", "/api/matters", "")

	// What is missing is named; who is second hears what the other did.
	_, raw := ask[any](staff, 422, "POST", "/api/matters/1/steps", stepBody("step-0001", 0, "assign", "task", "查"))
	if !strings.Contains(string(raw), "至少 4 字") || !strings.Contains(string(raw), `"field":"task"`) {
		t.Errorf("%s", raw)
	}
	one, _ = ask[matter.Page](staff, 200, "POST", "/api/matters/1/steps", stepBody("step-0002", 0, "assign", "task", "12 号窗口有时无人，请核查。"))
	if one.State != "assigned" || one.Version != 1 || one.DueDays != 5 || one.DueOn != "department" || one.Steps[0].By != "姓名staff" || one.Steps[0].Side != "office" {
		t.Errorf("%+v", one)
	}
	_, raw = ask[any](head, 409, "POST", "/api/matters/1/steps", stepBody("step-0003", 0, "drop", "reason", "查无此事。"))
	if problemCode(raw) != "moved_on" || !strings.Contains(string(raw), "“交办”") {
		t.Errorf("%s", raw)
	}

	// The department: its own only, in the office's words, nobody of the office named.
	ask[any](js, 404, "GET", "/api/matters/1", "")
	ask[any](js, 404, "POST", "/api/matters/1/steps", stepBody("step-0004", 1, "reply", "reply", "替别人答复。"))
	one, raw = ask[matter.Page](gh, 200, "GET", "/api/matters/1", "")
	_, list := ask[any](gh, 200, "GET", "/api/matters?department=GH", "")
	_, file := ask[any](gh, 200, "GET", "/api/exports/matters?format=json", "")
	for _, secret := range []string{"赵记", noted, "姓名seer", "姓名staff", "visit_id"} {
		if strings.Contains(string(raw), secret) || strings.Contains(string(list), secret) || strings.Contains(string(file), secret) {
			t.Errorf("the department is told %s: %s", secret, raw)
		}
	}
	if !strings.Contains(string(file), `"fact":"12 号窗口有时无人，请核查。"`) {
		t.Errorf("the department's file: %s", file)
	}
	// What it may not read it cannot find by guessing either.
	for text, want := range map[string]int{"赵记": 0, "有时无人": 1, "#1": 1, "1": 1, "#2": 0} {
		if p, _ := ask[store.Page[matter.MatterRow]](gh, 200, "GET", "/api/matters?text="+url.QueryEscape(text), ""); p.Total != want {
			t.Errorf("a department that looks for %q finds %d", text, p.Total)
		}
	}
	if p, _ := ask[store.Page[matter.MatterRow]](head, 200, "GET", "/api/matters?text="+url.QueryEscape("赵记"), ""); p.Total != 1 {
		t.Errorf("the office finds %d by what was noted", p.Total)
	}
	var names []string
	for _, a := range one.Actions {
		names = append(names, a.Action)
	}
	if strings.Join(names, " ") != "reply ask_extension object" || one.Fact != "12 号窗口有时无人，请核查。" {
		t.Errorf("%v of %+v", names, one)
	}
	if n, _ := ask[matter.MatterCounts](gh, 200, "GET", "/api/matters/counts", ""); n != (matter.MatterCounts{Waiting: 1, Open: 1}) {
		t.Errorf("%+v", n)
	}
	one, _ = ask[matter.Page](gh, 200, "POST", "/api/matters/1/steps", stepBody("step-0005", 1, "reply", "reply", "情况属实，已增设替岗。"))
	if one.State != "replied" || len(one.Actions) != 0 || one.Steps[0].By != "" || one.Steps[1].By != "姓名gh" {
		t.Errorf("%+v", one)
	}
	if p, _ := ask[store.Page[matter.MatterRow]](head, 200, "GET", "/api/matters?waiting=true&state=replied", ""); p.Total != 1 {
		t.Errorf("a reply waits for the office: %+v", p)
	}
	ask[matter.Page](head, 200, "POST", "/api/matters/1/steps", stepBody("step-0006", 2, "close", "conclusion", "整改到位，予以销号。"))

	// Who noted it reads what became of it, and no names.
	mine, raw := ask[visit.MyVisits](seer, 200, "GET", "/api/my/visits", "")
	want := matter.Outcome{State: "closed", WordsZH: "已办结。", WordsEN: "Done and closed.", Reply: "情况属实，已增设替岗。", Conclusion: "整改到位，予以销号。"}
	if f := mine.Filed[0].Findings; len(f) != 1 || f[0].Outcome != want || f[0].Fact != noted {
		t.Errorf("%+v", f)
	}
	for _, name := range []string{"姓名head", "姓名staff", "姓名gh"} {
		if strings.Contains(string(raw), name) {
			t.Errorf("the volunteer is told %s", name)
		}
	}
	acts, _ := ask[[]record.Act](head, 200, "GET", "/api/acts?limit=3", "")
	if acts[0].ZH != "督办 #1：销号" || acts[0].Name != "姓名head" {
		t.Errorf("%+v", acts[0])
	}
}
