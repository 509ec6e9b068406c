package runtime

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/callback"
	"github.com/mingcha-console/mingcha/app/internal/features/review"
	"github.com/mingcha-console/mingcha/app/internal/features/route"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Words that stand in what one department has of everything, and that no other
// department may read.
const (
	ofGH = "规划的事"
	ofJS = "建设的事"
)

// peopled is a town in which everything that people do was done: visits with
// photographs, reviews, matters, terms, ratings, call-backs. GH's are numbered
// here; of JS there is one of each, too.
type peopled struct {
	*town
	table      map[string][]access.Role // who may do what
	volunteers []account.Account        // the first is "as-volunteer"

	ghCase, authorization, visit, matter, rating, draw, review, callback, plan, arranged, term, training, quarantined uint64
	ownReview, ownVisit                                                                                               uint64 // of as-volunteer
	photo                                                                                                             string
	paper                                                                                                             string
}

// people fills an open town with a person of every role, "as-ROLE", and with what
// they did.
func people(t *testing.T) *peopled {
	t.Helper()
	w := &peopled{town: openTown(t), table: httpapi.Table(Described())}
	for _, role := range access.Roles {
		department := ""
		if role == access.Liaison {
			department = "GH"
		}
		if a := w.add("as-"+string(role), role, department); role == access.Volunteer {
			w.volunteers = append(w.volunteers, a)
		}
	}
	w.add("js", access.Liaison, "JS")
	w.volunteers = append(w.volunteers, w.add("seer0", access.Volunteer, "")) // no more: so each review is with both
	w.rate()
	w.report()
	if _, err := w.c.intake.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	head := w.signedIn("as-head")
	w.appoint(head)
	w.walk(head)
	w.plans(head)
	w.judge(head)
	w.call(head)
	return w
}

// report gives each department a rejection, an overdue report and an
// authorization, and the quarantine one event that is not valid.
func (w *peopled) report() {
	w.t.Helper()
	ctx, now := context.Background(), w.c.Now()
	at := func(days int) *timestamppb.Timestamp { return timestamppb.New(now.AddDate(0, 0, days)) }
	rejections := &pb.RejectionsResponse{Cursor: []byte("1"), CaughtUp: true}
	overdue := &pb.OverdueResponse{Cursor: []byte("1"), CaughtUp: true}
	authorizations := &pb.AuthorizationsResponse{Cursor: []byte("1"), CaughtUp: true}
	for code, words := range map[string]string{"GH": ofGH, "JS": ofJS} {
		rejections.Records = append(rejections.Records, &pb.RejectionRecord{Record: &pb.RejectionRecord_Rejection{Rejection: &pb.Rejection{SourceId: "j" + code, Department: code,
			FilingNo: code + "-报备-1", CaseNo: code + "-2026-00", Stage: pb.RejectionStage_REJECTION_STAGE_REFUSED, Facts: words, Reason: words, LegalArticle: "第十二条", RemediesTold: true,
			Handler: &pb.Person{Name: handler}, FiledAt: at(-1), NoticeAt: at(-1)}}})
		overdue.Records = append(overdue.Records, &pb.OverdueRecord{Record: &pb.OverdueRecord_Overdue{Overdue: &pb.OverdueCase{SourceId: "o" + code, Department: code, CaseNo: code + "-2026-02",
			Clock: pb.Clock_CLOCK_PROMISED, DueAt: at(-10), OverBy: "6 个工作日", Responsible: &pb.Person{Name: handler}, Explanation: words, ReportedAt: at(-2)}}})
		authorizations.Records = append(authorizations.Records, &pb.AuthorizationRecord{Record: &pb.AuthorizationRecord_Authorization{Authorization: &pb.Authorization{SourceId: "q" + code,
			Department: code, AuthNo: code + "-授权-1", Rep: &pb.Person{Name: handler, Post: words}, Items: []string{code + "1"}, Powers: []string{words}, ValidFrom: at(-200), ValidTo: at(100), Signer: "局长", SignedAt: at(-200)}}})
	}
	invalid := &pb.EventsResponse{Cursor: []byte("2"), CaughtUp: true, Records: []*pb.EventRecord{{Record: &pb.EventRecord_Event{Event: &pb.Event{SourceId: "bad", Department: "GH", CaseNo: "GH-2026-77"}}}}}
	for _, err := range []error{w.c.intake.Rejections(ctx, "a", rejections), w.c.intake.Overdue(ctx, "a", overdue),
		w.c.intake.Authorizations(ctx, "a", authorizations), w.c.intake.Events(ctx, "a", invalid), w.c.intake.Judged(ctx, "a", now)} {
		if err != nil {
			w.t.Fatal(err)
		}
	}
}

// numbered is a row of any list; some have the number of their record.
type numbered struct {
	ID, Seq    uint64
	Department string
	CaseNo     string `json:"case_no"`
	Text       string
	State      string
}

// find asks for a list and gives the row that is it.
func find(b *browser, path string, is func(numbered) bool) uint64 {
	b.t.Helper()
	page, raw := ask[store.Page[numbered]](b, http.StatusOK, "GET", path, "")
	for _, r := range page.Rows {
		if id := max(r.ID, r.Seq); id > 0 && is(r) {
			return id
		}
	}
	b.t.Fatalf("%s holds none: %s", path, raw)
	return 0
}

func ofDepartment(code string) func(numbered) bool {
	return func(r numbered) bool { return r.Department == code }
}

// appoint gives every volunteer a term, the first a training and an appraisal.
func (w *peopled) appoint(head *browser) {
	w.t.Helper()
	today := w.c.cal.DateOf(w.c.Now())
	for i, v := range w.volunteers {
		body := fmt.Sprintf(`{"key":"appoint-%03d","certificate":"证-%03d","group":"trader","work":"赵记面馆","first":%q,"last":%q}`, i, i, today-30, today+600)
		ask[any](head, http.StatusNoContent, "POST", "/api/volunteers/"+itoa(v.ID)+"/terms", body)
	}
	id := itoa(w.volunteers[0].ID)
	ask[any](head, http.StatusNoContent, "POST", "/api/trainings", fmt.Sprintf(`{"key":"training-1","date":%q,"topic":"暗访要领","hours":2.5,"accounts":[%s]}`, today, id))
	ask[any](head, http.StatusNoContent, "POST", "/api/volunteers/"+id+"/appraisals", fmt.Sprintf(`{"key":"appraise-1","year":%d,"grade":"competent","words":"按时完成评议"}`, today.Year()))
	file, _ := ask[term.VolunteerFile](head, http.StatusOK, "GET", "/api/volunteers/"+id, "")
	trainings, _ := ask[[]term.TrainingRow](head, http.StatusOK, "GET", "/api/trainings", "")
	w.term, w.training = file.Term.ID, trainings[0].ID
}

// plans sends the first two volunteers on a route, also to where a matter of JS's
// is to be looked at again.
func (w *peopled) plans(head *browser) {
	w.t.Helper()
	body := fmt.Sprintf(`{"key":"route-0001","date":%q,"mode":"unannounced","note":"穿便装","members":[%d,%d],"stops":[{"department":"GH","look":"替岗是否到位"},{"department":"JS","matter":%d}]}`,
		w.c.cal.DateOf(w.c.Now()), w.volunteers[0].ID, w.volunteers[1].ID, w.arranged)
	plan, _ := ask[route.VisitRoute](head, http.StatusOK, "POST", "/api/visits", body)
	w.plan = plan.ID
}

// walk has the first volunteer visit GH, with a photograph, and another JS. What
// was found at GH goes to its end and is rated by the department; at JS it is to
// be looked at again.
func (w *peopled) walk(head *browser) {
	w.t.Helper()
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		w.t.Fatal(err)
	}
	sum := sha256.Sum256(picture.Bytes())
	w.photo = hex.EncodeToString(sum[:])
	now := w.c.Now()
	steps := func(matter uint64, browsers []*browser, bodies ...string) {
		for i, body := range bodies {
			ask[any](browsers[i], http.StatusOK, "POST", fmt.Sprintf("/api/matters/%d/steps", matter), body)
		}
	}
	for i, code := range []string{"GH", "JS"} {
		words := []string{ofGH, ofJS}[i]
		seer := w.signedIn([]string{"as-volunteer", "seer0"}[i])
		if status, raw := seer.do("PUT", "/api/my/photos/"+w.photo, picture.String(), func(r *http.Request) { r.Header.Set("Content-Type", "image/jpeg") }); status >= 300 {
			w.t.Fatalf("%d %s", status, raw)
		}
		filed, _ := ask[visit.FiledVisit](seer, http.StatusOK, "POST", "/api/my/visits", fmt.Sprintf(`{"key":"sheet-%s-01","mode":"unannounced","department":%q,"window":"12 号","arrived_at":%q,"left_at":%q,"photos":[%q],
			"findings":[{"category":"unmanned","severity":"serious","fact":"我是隔壁赵记面馆的，%s"}]}`, code, code, now.Add(-time.Hour).Format(time.RFC3339), now.Format(time.RFC3339), w.photo, words))
		matter := find(head, "/api/matters?state=assess", ofDepartment(code))
		if code == "JS" {
			steps(matter, []*browser{head, w.signedIn("js"), head}, stepBody("step-js-01", 0, "assign", "task", words+"：请核查。"),
				stepBody("step-js-02", 1, "reply", "reply", words+"：已增设替岗。"), stepBody("step-js-03", 2, "arrange", "note", words+"：下周去看"))
			w.arranged = matter
			continue
		}
		w.ownVisit, w.visit, w.matter = filed.ID, filed.ID, matter
		gh := w.signedIn("as-liaison")
		w.paper = hashOf(paper(words))
		if status, raw := gh.do("PUT", "/api/attachments/"+w.paper, paper(words), func(r *http.Request) { r.Header.Set("Content-Type", "application/octet-stream") }); status >= 300 {
			w.t.Fatalf("a file: %d %s", status, raw)
		}
		withPaper := strings.TrimSuffix(stepBody("step-gh-02", 1, "reply", "reply", "情况属实，已增设替岗。"), "}") + fmt.Sprintf(`,"files":[%q]}`, w.paper)
		steps(matter, []*browser{head, gh, head}, stepBody("step-gh-01", 0, "assign", "task", words+"：请核查。"),
			withPaper, stepBody("step-gh-03", 2, "close", "conclusion", "整改到位，予以销号。"))
		ask[any](gh, http.StatusOK, "POST", fmt.Sprintf("/api/matters/%d/rating", matter), `{"key":"rating-01","facts":4,"fairness":5,"word":"写得清楚"}`)
	}
}

// judge draws reviews of all that was late, puts up an authorization and a
// rejection by hand, and has one review of GH's brought to its end.
func (w *peopled) judge(head *browser) {
	w.t.Helper()
	w.ghCase = find(head, "/api/cases", func(r numbered) bool { return r.CaseNo == "GH-2026-02" })
	w.authorization = find(head, "/api/registers/authorizations", ofDepartment("GH"))
	w.quarantined = find(head, "/api/quarantine", func(numbered) bool { return true })
	subjects, _ := ask[[]struct{ Subject string }](head, http.StatusOK, "GET", fmt.Sprintf("/api/authorizations/%d/reviews", w.authorization), "")
	ask[any](head, http.StatusNoContent, "POST", "/api/reviews", fmt.Sprintf(`{"subject":%q,"reason":"授权事项是否公布"}`, subjects[0].Subject))
	ask[any](head, http.StatusNoContent, "POST", "/api/reviews/plan", `{"every":"month","shares":[{"kind":"rejection","percent":50,"at_least":1}]}`)
	today := w.c.cal.DateOf(w.c.Now())
	draw, _ := ask[review.Draw](head, http.StatusOK, "POST", "/api/draws", fmt.Sprintf(`{"kind":"overdue","from":%q,"to":%q,"percent":100,"at_least":1}`, today-60, today))
	w.draw = draw.ID
	if draw.Drawn < 2 {
		w.t.Fatalf("%+v", draw)
	}
	// Both of a review's seats say the same: it is done. Others stay open.
	type mine struct {
		ID         uint64
		Department string
		Kind       string
	}
	seats := map[uint64][]*browser{}
	for _, v := range w.volunteers {
		b := w.signedIn(v.Login)
		all, _ := ask[[]mine](b, http.StatusOK, "GET", "/api/my/reviews", "")
		for _, r := range all {
			if r.Department != "GH" || r.Kind != "overdue" {
				continue
			}
			seats[r.ID] = append(seats[r.ID], b)
			if v.Login == "as-volunteer" && w.ownReview == 0 {
				w.ownReview = r.ID
			}
		}
	}
	for id, browsers := range seats {
		if id == w.ownReview && len(seats) > 1 || len(browsers) < 2 || w.review != 0 {
			continue
		}
		for _, b := range browsers {
			ask[any](b, http.StatusNoContent, "POST", fmt.Sprintf("/api/my/reviews/%d/interest", id), `{"conflict":"none"}`)
			ask[any](b, http.StatusNoContent, "POST", fmt.Sprintf("/api/my/reviews/%d/verdict", id), `{"verdict":"proper"}`)
		}
		w.review = id
	}
	if w.ownReview == 0 || w.review == 0 {
		w.t.Fatalf("reviews of GH: %v, of as-volunteer %d, done %d", seats, w.ownReview, w.review)
	}
	ask[any](w.signedIn("as-volunteer"), http.StatusNoContent, "POST", fmt.Sprintf("/api/my/reviews/%d/interest", w.ownReview), `{"conflict":"none"}`)
}

// call draws call-backs and reaches one.
func (w *peopled) call(head *browser) {
	w.t.Helper()
	w.rating = find(head, "/api/ratings?bad=true", ofDepartment("GH")) // whoever is reached calls it good
	today := w.c.Now().In(w.c.cal.Zone()).Format(time.DateOnly)
	ask[callback.Draw](head, http.StatusOK, "POST", "/api/callbacks/draws", fmt.Sprintf(`{"from":"2026-01-01","to":%q,"percent":100,"at_least":0}`, today))
	list, _ := ask[[]callback.Row](head, http.StatusOK, "GET", "/api/callbacks", "")
	for i, c := range list {
		if i == 0 {
			ask[any](head, http.StatusOK, "POST", fmt.Sprintf("/api/callbacks/%d/calls", c.ID), `{"tries":0,"reached":true,"own":true,"now":"satisfied","said":"说得明白"}`)
			continue
		}
		w.callback = c.ID
	}
	status, raw := head.do("POST", "/api/ratings/files/import?name=%E4%B9%9D%E6%9C%88.csv", "流水号,部门,满意度,评价时间\n1,GH局,满意,"+w.c.Now().Add(-time.Hour).In(w.c.cal.Zone()).Format(time.DateTime)+"\n",
		func(r *http.Request) { r.Header.Set("Content-Type", "application/octet-stream") })
	if status != http.StatusOK || !strings.Contains(string(raw), `"taken":1`) {
		w.t.Fatalf("%d %s", status, raw)
	}
}
