package runtime

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/office"
)

// notice2027 is a notice as the State Council writes them, with 13 statutory days:
// 1 + 4 + 1 + 2 + 1 + 1 + 3.
const notice2027 = `国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（农历正月初六、周四）放假调休，共7天。2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假。
六、中秋节：9月15日（周三）放假。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。`

// A year's list over the API: what is incomplete is not applied, and is told what is
// missing; a notice is read, tried out and then applied, with its cause.
func TestM14AListIsReadTriedOutAndApplied(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	w.add("link", access.Liaison, "GH")
	w.add("eye", access.Volunteer, "")
	head := w.signedIn("head")
	ask := func(b *browser, method, path string, body, into any) (status int, code string) {
		t.Helper()
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		if body == nil {
			raw = nil
		}
		status, answer := b.do(method, path, string(raw))
		if status == http.StatusOK {
			if err := json.Unmarshal(answer, into); err != nil {
				t.Fatalf("%s: %v", answer, err)
			}
			return status, ""
		}
		var p struct{ ZH string }
		_ = json.Unmarshal(answer, &p)
		return status, problemCode(answer) + " " + p.ZH
	}
	// The file that was once taken for a year's list.
	short := `{"year":2027,"papers":[],"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true},{"name":"春节","date":"2027-02-08","isOffDay":true},{"name":"春节","date":"2027-02-20","isOffDay":false}]}`
	var done office.CalendarImport
	if status, said := ask(head, "PUT", "/api/calendar/2027", json.RawMessage(short), &done); status != http.StatusUnprocessableEntity ||
		!strings.Contains(said, "holiday_list_incomplete") || !strings.Contains(said, "还差 12 天") || !strings.Contains(said, "清明节（1 天）") {
		t.Errorf("%d %s", status, said)
	}
	var year office.CalendarYear
	if ask(head, "GET", "/api/calendar/2027", nil, &year); year.Listed || year.Applied != nil {
		t.Errorf("something was applied: %+v", year)
	}
	var fixed, list office.ReadList
	if status, said := ask(head, "GET", "/api/calendar/2027/list", nil, &fixed); status != http.StatusOK || len(fixed.List.Days) != 6 || fixed.Check.Net != 2 {
		t.Errorf("%d %s %+v", status, said, fixed)
	}
	if status, said := ask(head, "POST", "/api/calendar/2027/reading", office.GivenList{Text: short}, &list); status != http.StatusOK || list.How != "json" || len(list.Check.Doubts) == 0 {
		t.Errorf("%d %s %+v", status, said, list)
	}
	if status, said := ask(head, "POST", "/api/calendar/2028/reading", office.GivenList{Text: notice2027}, &list); status != http.StatusUnprocessableEntity || !strings.Contains(said, "是 2027 年的，不是 2028 年的") {
		t.Errorf("%d %s", status, said)
	}
	if status, said := ask(head, "POST", "/api/calendar/2027/reading", office.GivenList{Text: notice2027}, &list); status != http.StatusOK || list.How != "notice" ||
		list.Check.Net != 13 || list.Check.Statutory != 13 || len(list.Check.Doubts) != 0 || len(list.List.Days) != 3+8+3+6+1+1+9 {
		t.Errorf("%d %s %+v", status, said, list)
	}
	// The same days, clicked.
	var clicked office.ReadList
	if status, said := ask(head, "POST", "/api/calendar/2027/reading", office.GivenList{Days: list.List.Days}, &clicked); status != http.StatusOK || clicked.How != "days" || clicked.Check.Net != 13 {
		t.Errorf("%d %s %+v", status, said, clicked)
	}
	head0, err := w.c.store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var p office.CalendarPreview
	// 2027 has 261 weekdays. Of its six fixed holidays 1 January and 1 October are weekdays; with the list it has 261 - 13 days of work.
	if status, said := ask(head, "POST", "/api/calendar/2027/preview", list.List, &p); status != http.StatusOK || p.WorkDaysBefore != 259 || p.WorkDaysAfter != 248 || len(p.DaysChanged) == 0 || p.Recount.Judged == 0 {
		t.Errorf("%d %s %+v", status, said, p)
	}
	if now, err := w.c.store.Head(t.Context()); err != nil || now != head0 {
		t.Errorf("the trial wrote: %d, %d, %v", head0, now, err)
	}
	apply := office.AppliedList{HolidayList: list.List, Cause: office.Cause{How: list.How, Basis: list.List.Papers[0]}}
	for _, who := range []string{"link", "eye"} {
		b := w.signedIn(who)
		for _, x := range [][2]string{{"PUT", "/api/calendar/2027"}, {"POST", "/api/calendar/2027/preview"}, {"POST", "/api/calendar/2027/reading"}} {
			if status, said := ask(b, x[0], x[1], apply, &done); status != http.StatusForbidden {
				t.Errorf("%s: %s: %d %s", who, x[1], status, said)
			}
		}
	}
	if status, said := ask(head, "PUT", "/api/calendar/2027", apply, &done); status != http.StatusOK || done.Year != 2027 {
		t.Errorf("%d %s", status, said)
	}
	if ask(head, "GET", "/api/calendar/2027", nil, &year); !year.Listed || year.WorkDays != 248 || year.Applied == nil || year.Applied.By != "姓名head" || year.Applied.Basis != "国办发明电〔2026〕9号" {
		t.Errorf("%+v %+v", year, year.Applied)
	}
	var kept office.ReadList
	if ask(head, "GET", "/api/calendar/2027/list", nil, &kept); len(kept.List.Days) != len(list.List.Days) {
		t.Errorf("%+v", kept)
	}
	// Who it was is the office's to know.
	var seen office.CalendarYear
	if ask(w.signedIn("eye"), "GET", "/api/calendar/2027", nil, &seen); seen.Applied == nil || seen.Applied.By != "" || seen.Applied.Basis == "" {
		t.Errorf("%+v", seen.Applied)
	}
	// What lacks something is applied with a reason, which stays.
	exception := office.AppliedList{HolidayList: list.List, Cause: office.Cause{How: "days", Basis: "国务院公告", Reason: "纪念日一次性放假"}}
	exception.Days = append(exception.Days, office.HolidayDay{Name: "纪念日", Date: "2027-09-03", IsOffDay: true})
	if status, said := ask(head, "PUT", "/api/calendar/2027", exception, &done); status != http.StatusOK {
		t.Errorf("%d %s", status, said)
	}
	var again office.CalendarYear
	if ask(head, "GET", "/api/calendar/2027", nil, &again); again.WorkDays != 247 || again.Applied == nil || again.Applied.Reason != "纪念日一次性放假" {
		t.Errorf("%+v %+v", again, again.Applied)
	}
}
