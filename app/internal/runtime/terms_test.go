package runtime

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/notefeedback"

	"github.com/mingcha-console/mingcha/app/internal/features/record"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

func appointment(key, certificate string, first, last workday.Date) string {
	return fmt.Sprintf(`{"key":%q,"certificate":%q,"group":"trader","work":"赵记面馆","barred":["JS"],"first":%q,"last":%q}`, key, certificate, first, last)
}

// Somebody is appointed, trained, appraised and leaves; the office, the
// volunteer and the department each read what is theirs.
func TestATermFromAppointmentToEnd(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	w.add("staff", access.Staff, "")
	w.add("gh", access.Liaison, "GH")
	seer := w.add("seer", access.Volunteer, "")
	staff, gh, volunteer := w.signedIn("staff"), w.signedIn("gh"), w.signedIn("seer")
	today := w.c.cal.DateOf(w.c.Now())
	id := itoa(seer.ID)

	roll, _ := ask[term.VolunteerRoll](staff, 200, "GET", "/api/volunteers", "")
	if len(roll.Volunteers) != 1 || roll.Volunteers[0].State != "unregistered" || roll.Volunteers[0].Term != nil || roll.NextCertificate != fmt.Sprintf("%d-001", today.Year()) {
		t.Errorf("%+v", roll)
	}
	_, raw := ask[any](staff, 422, "POST", "/api/volunteers/"+id+"/terms", appointment("appoint-1", "", today, today))
	if !strings.Contains(string(raw), "certificate") {
		t.Errorf("%s", raw)
	}
	ask[any](staff, 204, "POST", "/api/volunteers/"+id+"/terms", appointment("appoint-2", roll.NextCertificate, today-10, today+720))
	ask[any](staff, 204, "POST", "/api/trainings", fmt.Sprintf(`{"key":"training-1","date":%q,"topic":"暗访要领","hours":2.5,"accounts":[%s]}`, today, id))
	ask[any](staff, 204, "POST", "/api/volunteers/"+id+"/appraisals", fmt.Sprintf(`{"key":"appraise-1","year":%d,"grade":"competent","words":"按时完成评议"}`, today.Year()))
	file, _ := ask[term.VolunteerFile](staff, 200, "GET", "/api/volunteers/"+id, "")
	if file.State != "serving" || file.Term.Certificate != roll.NextCertificate || file.Term.Barred[0] != "JS" || file.Figures.TrainingHours != 2.5 ||
		file.Appraisal.Grade != "competent" || file.Appraisals[0].By != "姓名staff" || file.Trainings[0].Names[0] != "姓名seer" || len(file.Changes) != 1 || file.Changes[0].By != "姓名staff" {
		t.Errorf("%+v", file)
	}

	mine, raw := ask[term.MyTerm](volunteer, 200, "GET", "/api/my/term", "")
	if mine.State != "serving" || mine.Term.Certificate != roll.NextCertificate || mine.Figures.TrainingHours != 2.5 || mine.Figures.LastActive != today.String() ||
		len(mine.Trainings) != 1 || len(mine.Appraisals) != 1 || strings.Contains(string(raw), "姓名") {
		t.Errorf("%s", raw)
	}

	// What the volunteer notes counts to them at once, to the office by months.
	w.fileVisit(volunteer)
	if mine, _ = ask[term.MyTerm](volunteer, 200, "GET", "/api/my/term", ""); mine.Figures.Filed != 1 || mine.Figures.Findings != 1 {
		t.Errorf("%+v", mine.Figures)
	}
	before := file.Figures
	before.From, before.To = "", ""
	file, _ = ask[term.VolunteerFile](staff, 200, "GET", "/api/volunteers/"+id, "")
	after := file.Figures
	after.From, after.To = "", ""
	if after != before {
		t.Errorf("a figure that moves tells whose visit it was: %+v, was %+v", after, before)
	}

	// The department rates the note and learns of nobody.
	ask[any](gh, 404, "GET", "/api/matters/1/rating", "")
	ask[matter.Page](staff, 200, "POST", "/api/matters/1/steps", stepBody("step-0001", 0, "assign", "task", "12 号窗口有时无人，请核查。"))
	if r, _ := ask[notefeedback.RatedNote](gh, 200, "GET", "/api/matters/1/rating", ""); r.May {
		t.Error("rated before it is done")
	}
	ask[matter.Page](gh, 200, "POST", "/api/matters/1/steps", stepBody("step-0002", 1, "reply", "reply", "情况属实，已增设替岗。"))
	ask[matter.Page](staff, 200, "POST", "/api/matters/1/steps", stepBody("step-0003", 2, "close", "conclusion", "整改到位，予以销号。"))
	if r, _ := ask[notefeedback.RatedNote](gh, 200, "GET", "/api/matters/1/rating", ""); !r.May || r.Rating != nil {
		t.Errorf("%+v", r)
	}
	rating := `{"key":"rating-01","facts":4,"fairness":5,"word":"写得清楚"}`
	r, raw := ask[notefeedback.RatedNote](gh, 200, "POST", "/api/matters/1/rating", rating)
	if r.May || r.Rating.Facts != 4 || strings.Contains(string(raw), "姓名") {
		t.Errorf("%s", raw)
	}
	ask[any](gh, 409, "POST", "/api/matters/1/rating", `{"key":"rating-02","facts":1,"fairness":1}`)
	if r, _ := ask[notefeedback.RatedNote](staff, 200, "GET", "/api/matters/1/rating", ""); r.May || r.Rating.Word != "写得清楚" {
		t.Errorf("the office reads %+v", r)
	}
	if mine, raw = ask[term.MyTerm](volunteer, 200, "GET", "/api/my/term", ""); mine.Rated.Ratings != 0 || strings.Contains(string(raw), "写得清楚") {
		t.Errorf("of a single rating the volunteer is told %s", raw)
	}

	// The term ends, with yesterday.
	ask[any](staff, 204, "POST", "/api/terms/"+itoa(file.Term.ID)+"/end", fmt.Sprintf(`{"key":"the-end-1","until":%q,"why":"moved","reason":"调到外地工作"}`, today-1))
	if mine, _ = ask[term.MyTerm](volunteer, 200, "GET", "/api/my/term", ""); mine.State != "over" || mine.Term.Why != "moved" {
		t.Errorf("%+v", mine)
	}
	if n, err := w.c.reviews.Reviewers(t.Context()); err != nil || n != 0 {
		t.Errorf("%d can be given reviews, %v", n, err)
	}
	ask[any](staff, 422, "POST", "/api/visits", fmt.Sprintf(`{"department":"GH","date":%q,"accounts":[%s]}`, today, id))
	p := fmt.Sprintf(`{"key":"correct-1","certificate":%q,"group":"trader","first":%q,"last":%q,"keep_end":false,"reason":"没有调走，登记错了"}`, roll.NextCertificate, today-10, today+20)
	ask[any](staff, 204, "POST", "/api/terms/"+itoa(file.Term.ID)+"/corrections", p)
	if mine, _ = ask[term.MyTerm](volunteer, 200, "GET", "/api/my/term", ""); mine.State != "ending" {
		t.Errorf("%+v", mine)
	}
	ask[any](staff, 204, "POST", "/api/trainings/"+trainingID(t, staff)+"/withdrawal", `{"key":"withdraw-1","reason":"这次没有举行"}`)
	if mine, _ = ask[term.MyTerm](volunteer, 200, "GET", "/api/my/term", ""); mine.Figures.TrainingHours != 0 || mine.Trainings[0].Withdrawn != "这次没有举行" {
		t.Errorf("%+v", mine.Trainings)
	}

	// A file that leaves is journaled, like every one.
	_, csv := staff.do("GET", "/api/exports/volunteers?format=csv", "")
	if !strings.Contains(string(csv), roll.NextCertificate+",姓名seer,trader,,ending,") {
		t.Errorf("%s", csv)
	}
	acts, _ := ask[[]record.Act](staff, 200, "GET", "/api/acts?limit=40", "")
	told := ""
	for _, a := range acts {
		told += a.ZH + "\n"
		if strings.HasPrefix(a.Type, "term.") || strings.HasPrefix(a.Type, "training.") || a.Type == "volunteer.appraised" || a.Type == "note.rated" {
			if a.ZH == "" || a.EN == "" {
				t.Errorf("%s has no words", a.Type)
			}
		}
	}
	for _, want := range []string{"导出数据", "聘任义务监督员 #" + id, "评价督办 #1 的记录：事实 4 分，态度 5 分"} {
		if !strings.Contains(told, want) {
			t.Errorf("the journal does not tell %q:\n%s", want, told)
		}
	}
}

func trainingID(t *testing.T, b *browser) string {
	t.Helper()
	all, _ := ask[[]term.TrainingRow](b, http.StatusOK, "GET", "/api/trainings", "")
	if len(all) != 1 {
		t.Fatalf("%+v", all)
	}
	return itoa(all[0].ID)
}

// Months that are asked for are whole, and none is told of that is under way.
func TestTheOfficeIsToldOfWholeMonths(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	seer := w.add("seer", access.Volunteer, "")
	head := w.signedIn("head")
	year, month, _ := w.c.cal.DateOf(w.c.Now()).Civil()
	asOf := workday.NewDate(year, month, 1) - 1
	get := func(want int, query string) (f term.VolunteerFile) {
		t.Helper()
		_, raw := ask[any](head, want, "GET", "/api/volunteers/"+itoa(seer.ID)+query, "")
		if err := json.Unmarshal(raw, &f); err != nil {
			t.Fatal(err)
		}
		return f
	}
	if f := get(200, "").Figures; f.To != asOf.String() || f.From != (asOf-364).String() {
		t.Errorf("by default from %s to %s", f.From, f.To)
	}
	if f := get(200, "?from=2024-02&to=2024-02").Figures; f.From != "2024-02-01" || f.To != "2024-02-29" {
		t.Errorf("from %s to %s", f.From, f.To)
	}
	now := fmt.Sprintf("%04d-%02d", year, month)
	if f := get(200, "?from=2024-01&to="+now).Figures; f.To != asOf.String() {
		t.Errorf("to %s, want %s", f.To, asOf)
	}
	for _, query := range []string{"?from=" + now, "?from=2024-03&to=2024-02", "?from=2024-13", "?from=never"} {
		get(422, query)
	}
}
