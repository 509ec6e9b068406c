package runtime

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/features/record"
	"github.com/mingcha-console/mingcha/app/internal/intake"
)

// Who opened whose particulars, and why, stands where one looks for it, for the
// head and the desk alone; and in a file, which is an act itself.
func TestWhoOpenedWhatAndWhy(t *testing.T) {
	w := openTown(t)
	clerk := w.add("clerk", access.Staff, "")
	boss := w.add("head", access.Head, "")
	w.add("duty", access.Duty, "")
	w.add("gh", access.Liaison, "GH")
	head, staff := w.signedIn("head"), w.signedIn("clerk")
	cases, _ := ask[struct {
		Rows []struct {
			ID     uint64
			CaseNo string `json:"case_no"`
		}
	}](head, 200, "GET", "/api/cases?limit=2", "")
	mine, theirs := cases.Rows[0], cases.Rows[1]
	ask[any](head, 200, "POST", fmt.Sprintf("/api/cases/%d/applicant", mine.ID), `{"reason":"群众来电，核对联系电话"}`)
	ask[any](staff, 200, "POST", fmt.Sprintf("/api/cases/%d/applicant", theirs.ID), `{"reason":"回访前核对"}`)

	opened, raw := ask[[]record.Act](staff, 200, "GET", "/api/acts?group=opening", "")
	want := []record.Act{
		{Type: "access.unmasked", Group: act.Openings, Who: record.Account, By: clerk.ID, Name: "姓名clerk", ZH: "查看申请人信息", Reason: "回访前核对",
			About: &record.ActSubject{Kind: "case", ID: theirs.ID, Name: theirs.CaseNo}},
		{Type: "access.unmasked", Group: act.Openings, Who: record.Account, By: boss.ID, Name: "姓名head", ZH: "查看申请人信息", Reason: "群众来电，核对联系电话",
			About: &record.ActSubject{Kind: "case", ID: mine.ID, Name: mine.CaseNo}},
	}
	if len(opened) != len(want) {
		t.Fatalf("%s", raw)
	}
	for i := range want {
		got := opened[i]
		if got.About == nil || *got.About != *want[i].About {
			t.Errorf("about %+v, want %+v", got.About, want[i].About)
		}
		got.Seq, got.At, got.EN, got.About, want[i].About = 0, want[i].At, "", nil, nil
		if got != want[i] {
			t.Errorf("%+v, want %+v", got, want[i])
		}
	}
	if holds(raw, applicant) || holds(raw, phone) {
		t.Errorf("names an applicant: %s", raw)
	}
	for path, n := range map[string]int{
		"/api/acts?group=opening&by=" + itoa(boss.ID): 1, "/api/acts?text=" + mine.CaseNo: 1, "/api/acts?text=%E6%A0%B8%E5%AF%B9": 2,
		"/api/acts?group=opening&to=2020-01-01": 0, "/api/acts?group=opening&limit=1&before=" + itoa(opened[0].Seq): 1,
	} {
		if some, raw := ask[[]record.Act](head, 200, "GET", path, ""); len(some) != n {
			t.Errorf("%s: %s", path, raw)
		}
	}
	if _, raw := ask[any](head, 422, "GET", "/api/acts?by=somebody", ""); !strings.Contains(string(raw), `"by"`) {
		t.Errorf("%s", raw)
	}
	for _, login := range []string{"duty", "gh"} {
		for _, path := range []string{"/api/acts", "/api/acts/people", "/api/exports/acts?format=csv"} {
			ask[any](w.signedIn(login), 403, "GET", path, "")
		}
	}

	status, csv := head.do("GET", "/api/exports/acts?format=csv&group=opening", "")
	lines := strings.Split(strings.TrimSpace(string(csv)), "\n")
	if status != 200 || len(lines) != 3 || !strings.Contains(lines[2], ",account,姓名head,"+itoa(boss.ID)+",opening,access.unmasked,查看申请人信息,") ||
		!strings.Contains(lines[2], ",case,"+itoa(mine.ID)+","+mine.CaseNo+",群众来电，核对联系电话,") {
		t.Errorf("%d %s", status, csv)
	}
	if left, raw := ask[[]record.Act](head, 200, "GET", "/api/acts?group=export", ""); len(left) != 1 || left[0].ZH != "导出数据：操作记录（csv）" {
		t.Errorf("%s", raw)
	}
}

// What the console does by itself is not laid at the door of the person at its
// machine, and volunteers' names stand beside nothing that they reviewed.
func TestTheListOfActsUnsealsNobody(t *testing.T) {
	w := openTown(t)
	w.rate() // two bad ratings go to their departments by themselves
	w.add("head", access.Head, "")
	w.add("clerk", access.Staff, "")
	seer := w.add("seer", access.Volunteer, "")
	other := w.add("other", access.Volunteer, "")
	for _, x := range []string{"seer", "other"} {
		w.signedIn(x)
	}
	if _, err := w.c.intake.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	head, staff := w.signedIn("head"), w.signedIn("clerk")
	first := w.signedIn("seer")
	overdue, _ := ask[struct {
		Rows []struct {
			CaseID uint64 `json:"case_id"`
		}
	}](head, 200, "GET", "/api/registers/overdue?limit=1", "")
	ask[any](staff, 204, "POST", "/api/reviews", fmt.Sprintf(`{"subject":"overdue/%d","reason":"群众来电反映"}`, overdue.Rows[0].CaseID))
	mine, raw := ask[[]struct{ ID uint64 }](first, 200, "GET", "/api/my/reviews", "")
	if len(mine) != 1 {
		t.Fatalf("%s", raw)
	}
	review := fmt.Sprintf("/api/my/reviews/%d", mine[0].ID)
	ask[any](first, 204, "POST", review+"/interest", `{"conflict":"none"}`)
	ask[any](first, 204, "POST", review+"/verdict", `{"verdict":"proper"}`)

	types := map[string]int{}
	for who, b := range map[string]*browser{"head": head, "staff": staff} {
		all, _ := ask[[]record.Act](b, 200, "GET", "/api/acts?limit=500", "")
		for _, a := range all {
			types[a.Type]++
			line, err := json.Marshal(a)
			if err != nil {
				t.Fatal(err)
			}
			work := a.Type == "review.declared" || a.Type == "review.verdict"
			if work && (a.Who != record.Volunteer || a.By != 0 || a.Name != "" || a.About != nil || a.ZH == "") {
				t.Errorf("%s is told %s", who, line)
			}
			if own := a.Type == "rating.followed"; own != (a.Who == record.Console) {
				t.Errorf("%s is told %s", who, line)
			}
			named := a.By == seer.ID || a.By == other.ID || a.Name == seer.Name || a.Name == other.Name
			if named {
				t.Errorf("%s is told %s", who, line)
			}
		}
		for _, id := range []uint64{seer.ID, other.ID} {
			for _, group := range []string{"review", "visit"} {
				if some, raw := ask[[]record.Act](b, 200, "GET", fmt.Sprintf("/api/acts?group=%s&by=%d", group, id), ""); len(some) > 0 {
					t.Errorf("%s finds %s", who, raw)
				}
			}
		}
	}
	if types["review.verdict"] != 2 || types["rating.followed"] != 4 || types["access.signed_in"] == 0 {
		t.Errorf("%v", types)
	}
	for who, b := range map[string]*browser{"head": head, "staff": staff} {
		if some, raw := ask[[]record.Act](b, 200, "GET", "/api/acts?by="+itoa(seer.ID), ""); len(some) > 0 {
			t.Errorf("%s finds what a volunteer did: %s", who, raw)
		}
		if people, raw := ask[[]record.ActPerson](b, 200, "GET", "/api/acts/people", ""); len(people) != 2 || holds(raw, seer.Name) {
			t.Errorf("%s: %s", who, raw)
		}
	}
}

// Whatever leaves as a file is told by its name.
func TestEveryExportIsTold(t *testing.T) {
	n := 0
	for _, c := range calls(t) {
		what, is := strings.CutPrefix(c.path, "/api/exports/")
		if !is {
			continue
		}
		what, _, _ = strings.Cut(what, "?")
		n++
		a := intake.RecordedAct{Type: "access.exported", Data: json.RawMessage(fmt.Sprintf(`{"what":%q,"format":"csv"}`, what))}
		if zh, en := Declared().Words(&a); !strings.Contains(zh, "：") || !strings.Contains(en, ": ") {
			t.Errorf("%s: %s, %s", what, zh, en)
		}
	}
	if n < 11 {
		t.Errorf("%d exports", n)
	}
}
