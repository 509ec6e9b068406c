package runtime

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/record"
	"github.com/mingcha-console/mingcha/app/internal/features/review"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/callback"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// A bad rating over HTTP: its department reads what was said and answers for it;
// who said it is told to the desk alone, for a reason that the journal keeps.
func TestABadRatingAndWhoMayKnowWhoseItIs(t *testing.T) {
	w := openTown(t)
	w.rate()
	w.add("head", access.Head, "")
	w.add("duty", access.Duty, "")
	w.add("gh", access.Liaison, "GH")
	w.add("js", access.Liaison, "JS")
	w.add("seer", access.Volunteer, "")
	head, gh, js := w.signedIn("head"), w.signedIn("gh"), w.signedIn("js")

	page, raw := ask[store.Page[rating.Row]](gh, 200, "GET", "/api/ratings?bad=true", "")
	if len(page.Rows) != 1 || page.Rows[0].Text != "说了三遍才听懂" || page.Rows[0].Handler != handler || page.Rows[0].CaseID == 0 || page.Rows[0].MatterState != "contact" || !page.Rows[0].Named {
		t.Fatalf("%s", raw)
	}
	id, matterID := page.Rows[0].ID, page.Rows[0].MatterID
	_, one := ask[any](gh, 200, "GET", fmt.Sprintf("/api/ratings/%d", id), "")
	m, seen := ask[matter.Page](gh, 200, "GET", fmt.Sprintf("/api/matters/%d", matterID), "")
	_, file := gh.do("GET", "/api/exports/ratings?format=json", "")
	for _, answer := range [][]byte{raw, one, seen, file} {
		if holds(answer, applicant) || holds(answer, phone) {
			t.Errorf("the department is told who it was: %s", answer)
		}
	}
	if m.RatingID != id || m.Fact != "说了三遍才听懂" || m.Handler != handler || m.DueOn != "department" || m.DueDays != 1 || !m.Waits || len(m.Actions) != 2 || m.Source != "rating" {
		t.Errorf("%+v", m)
	}
	ask[any](js, 404, "GET", fmt.Sprintf("/api/ratings/%d", id), "")
	ask[any](js, 404, "GET", fmt.Sprintf("/api/matters/%d", matterID), "")
	for _, b := range []*browser{gh, w.signedIn("duty"), w.signedIn("seer")} {
		ask[any](b, 403, "POST", fmt.Sprintf("/api/ratings/%d/rater", id), `{"reason":"想打电话问问"}`)
	}
	if got, _ := ask[rating.Rater](head, 200, "POST", fmt.Sprintf("/api/ratings/%d/rater", id), `{"reason":"部门说联系不上，核对号码"}`); got.Name != applicant || got.Phone != phone || got.Others != nil {
		t.Errorf("%+v", got)
	}
	if _, raw := ask[any](head, 403, "POST", fmt.Sprintf("/api/ratings/%d/rater", id-1), `{"reason":"想打电话问问"}`); problemCode(raw) != "not_a_bad_rating" {
		t.Errorf("a satisfied rater: %s", raw)
	}
	m, _ = ask[matter.Page](head, 200, "POST", fmt.Sprintf("/api/matters/%d/steps", matterID), stepBody("step-0001", 0, "contacted_for", "said", "说窗口没有听他讲完"))
	if m.State != "rectify" || m.Steps[0].Side != "office" || m.Steps[0].By != "姓名head" {
		t.Errorf("%+v", m)
	}
	if m, _ := ask[matter.Page](gh, 200, "GET", fmt.Sprintf("/api/matters/%d", matterID), ""); m.Steps[0].By != "" {
		t.Errorf("the department is told who at the office: %+v", m.Steps)
	}
	d, _ := ask[rating.Detail](gh, 200, "GET", fmt.Sprintf("/api/ratings/%d", id), "")
	if d.Followed == nil || d.Followed.State != "rectify" || !strings.Contains(d.Followed.WordsZH, "部门正在整改") {
		t.Errorf("%+v", d)
	}
	today := w.c.Now().In(w.c.cal.Zone())
	span := fmt.Sprintf("?from=%s&to=%s", today.AddDate(0, 0, -2).Format(time.DateOnly), today.AddDate(0, 0, 1).Format(time.DateOnly))
	for b, want := range map[*browser]string{gh: "2 1 0 [GH]", head: "4 2 1 [GH JS]"} {
		f, _ := ask[rating.RatingFigures](b, 200, "GET", "/api/ratings/figures"+span, "")
		var codes []string
		for _, d := range f.Departments {
			codes = append(codes, d.Department)
		}
		if got := fmt.Sprint(f.Total, f.Satisfied, f.Waiting, codes); got != want || f.Goal != 98 || len(f.Levels) != 5 {
			t.Errorf("%s, want %s", got, want)
		}
	}
	acts, _ := ask[[]record.Act](head, 200, "GET", "/api/acts?limit=100", "")
	var words []string
	for _, a := range acts {
		words = append(words, a.ZH)
	}
	if all := strings.Join(words, "\n"); !strings.Contains(all, "查看评价人信息") || !strings.Contains(all, fmt.Sprintf("差评 #%d 转部门处理：GH", id)) || !strings.Contains(all, "代部门登记：已联系评价人") {
		t.Errorf("%s", all)
	}
}

func TestAFileOfRatingsOverHTTP(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	w.add("gh", access.Liaison, "GH")
	head := w.signedIn("head")
	file := fmt.Sprintf("流水号,部门,满意度,评价时间,姓名,电话\n1,GH局,满意,%[1]s,欧阳明日,13855512345\n2,GH局,差,%[1]s,欧阳明日,13855512345\n3,没有的,满意,%[1]s,,\n",
		w.c.Now().Add(-time.Hour).In(w.c.cal.Zone()).Format(time.DateTime))
	bytes := func(r *http.Request) { r.Header.Set("Content-Type", "application/octet-stream") }
	send := func(b *browser, what, body string) (int, []byte) {
		return b.do("POST", "/api/ratings/files/"+what+"?name=%E4%B9%9D%E6%9C%88.csv", body, bytes)
	}
	if status, raw := send(w.signedIn("gh"), "preview", file); status != 403 {
		t.Errorf("%d %s", status, raw)
	}
	status, raw := send(head, "preview", file)
	if status != 200 || !holds(raw, `"usable":2`) || !holds(raw, "没有部门“没有的”") || holds(raw, applicant) || holds(raw, phone) {
		t.Errorf("%d %s", status, raw)
	}
	if status, raw := send(head, "import", file); status != 200 || string(raw) != `{"rows":3,"taken":2,"known":0,"corrected":0,"refused":1}`+"\n" {
		t.Errorf("%d %s", status, raw)
	}
	if status, raw := send(head, "import", "部门\nGH局\n"); status != 422 || problemCode(raw) != "rating_file" || !holds(raw, "缺少这几列") {
		t.Errorf("%d %s", status, raw)
	}
	imports, _ := ask[[]rating.RatingFileImport](head, 200, "GET", "/api/ratings/imports", "")
	if len(imports) != 1 || imports[0].By != "姓名head" || imports[0].Name != "九月.csv" || imports[0].Taken != 2 {
		t.Errorf("%+v", imports)
	}
}

func TestCallingBackOverHTTP(t *testing.T) {
	w := openTown(t)
	w.rate()
	w.add("head", access.Head, "")
	w.add("leader", access.Leader, "")
	head, leader := w.signedIn("head"), w.signedIn("leader")
	today := w.c.Now().In(w.c.cal.Zone()).Format(time.DateOnly)
	body := fmt.Sprintf(`{"from":"2026-01-01","to":%q,"percent":100,"at_least":0}`, today)
	if _, raw := ask[any](head, 503, "POST", "/api/callbacks/draws", body); problemCode(raw) != "no_checkpoint_today" {
		t.Errorf("%s", raw)
	}
	if _, err := w.c.intake.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	ask[any](head, 422, "POST", "/api/callbacks/draws", strings.Replace(body, "100", "0", 1))
	d, _ := ask[callback.CallbackDraw](head, 200, "POST", "/api/callbacks/draws", body)
	if d.Drawn != 4 || d.Open != 4 || d.Last != today {
		t.Fatalf("%+v", d)
	}
	ask[any](leader, 403, "GET", "/api/callbacks", "")
	list, raw := ask[[]callback.Row](head, 200, "GET", "/api/callbacks", "")
	if len(list) != 4 || holds(raw, phone) || holds(raw, applicant) || list[0].Rating.Text == "" {
		t.Fatalf("%s", raw)
	}
	var satisfied callback.Row
	for _, c := range list {
		if c.Given == "satisfied" {
			satisfied = c
		}
	}
	at := fmt.Sprintf("/api/callbacks/%d", satisfied.ID)
	if who, _ := ask[rating.Rater](head, 200, "POST", at+"/number", ""); who.Phone != phone {
		t.Errorf("%+v", who)
	}
	c, _ := ask[callback.Row](head, 200, "POST", at+"/calls", `{"tries":0,"reached":true,"own":true,"now":"very_dissatisfied","said":"工作人员让按的满意"}`)
	if c.State != "reached" || c.Agrees || c.Now != "very_dissatisfied" || len(c.Tries) != 1 || c.Tries[0].By != "姓名head" || c.Rating.MatterState != "contact" {
		t.Errorf("%+v", c)
	}
	if _, raw := ask[any](head, 409, "POST", at+"/number", ""); problemCode(raw) != "callback_done" {
		t.Errorf("%s", raw)
	}
	draws, _ := ask[[]callback.CallbackDraw](leader, 200, "GET", "/api/callbacks/draws", "")
	if len(draws) != 1 || draws[0].Reached != 1 || draws[0].Differing != 1 || draws[0].Open != 3 {
		t.Errorf("%+v", draws)
	}
	cert, _ := ask[struct{ Name string }](head, 200, "GET", fmt.Sprintf("/api/draws/%d/certificate", d.ID), "")
	if !strings.HasPrefix(cert.Name, "callback/rating/*/") {
		t.Errorf("%+v", cert)
	}
	if reviews, _ := ask[[]review.Draw](head, 200, "GET", "/api/draws", ""); len(reviews) != 0 {
		t.Errorf("a draw of call-backs among those of reviews: %+v", reviews)
	}
}
