//go:build unix

package acceptance

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// Visits are made and filed.
func (h *history) september24() {
	h.open("2026-09-24T16:00:00+08:00", everybody...)
	volunteer := h.as("v1")
	picture, hash := photograph(h.T, 1)
	more, moreHash := photograph(h.T, 2)
	for sum, b := range map[string][]byte{hash: picture, moreHash: more} {
		volunteer.must("PUT", "/api/my/photos/"+sum, b, nil, "Content-Type", "image/jpeg", "X-Taken", `{"at":"2026-09-24T10:05:00+08:00","lat":31.23,"lon":121.47}`)
	}
	found := func(fact, category, severity string) fields {
		return fields{"category": category, "severity": severity, "fact": fact}
	}
	var filed struct{ ID uint64 }
	volunteer.must("POST", "/api/my/visits", fields{"key": h.key(), "mode": "unannounced", "department": "GH", "plan": h.ids["first route"], "stop": 1,
		"place": "政务大厅", "window": "1 号", "item": "咨询怎样办理", "arrived_at": "2026-09-24T10:00:00+08:00", "left_at": "2026-09-24T10:40:00+08:00",
		"staff_present": 2, "staff_required": 4, "badge": "missing", "closed_sign": false, "wait_minutes": 25, "attitude": 2, "told_all_at_once": "no",
		"disclosed": []string{"item", "limit", "materials"}, "note": "12 号窗口一直没有人。", "suggestion": "增设替岗", "photos": []string{hash},
		"findings": []fields{found("12 号窗口无人", "unmanned", "serious"), found("一名工作人员迟到", "late", "minor"), found("没有岗位牌", "no_sign", "minor"),
			found("两人聊天", "chatting", "minor"), found("拒绝受理", "refused", "serious"), found("态度生硬", "attitude", "minor"),
			found("没有公开收费依据", "disclosure", "minor"), found("办得慢", "slow", "minor"), found("其他情况", "other", "minor")}}, &filed)
	volunteer.must("POST", fmt.Sprintf("/api/my/visits/%d/supplements", filed.ID), fields{"key": h.key(), "text": "补一张照片", "photos": []string{moreHash}}, nil)
	h.as("v2").must("POST", "/api/my/visits", fields{"key": h.key(), "mode": "unannounced", "department": "JS", "plan": h.ids["first route"], "stop": 2,
		"arrived_at": "2026-09-24T11:00:00+08:00", "left_at": "2026-09-24T11:20:00+08:00", "attitude": 5, "badge": "worn", "told_all_at_once": "yes", "wait_minutes": 3}, nil)
	h.as("v6").must("POST", "/api/my/visits", fields{"key": h.key(), "mode": "online", "department": "RS",
		"arrived_at": "2026-09-23T20:00:00+08:00", "left_at": "2026-09-23T20:10:00+08:00", "note": "网上查不到办理进度。",
		"findings": []fields{found("查不到办理进度", "slow", "minor")}}, nil)
	h.declareAndJudge(1)

	h.step("GH", 0, "staff", "assign", "task", "12 号窗口有时无人，请核查。")
	h.step("GH", 1, "staff", "assign", "task", "有人迟到，请核查。")
	h.step("GH", 2, "staff", "assign", "task", "没有岗位牌，请核查。")
	h.step("GH", 3, "staff", "drop", "reason", "午休时间聊天，不算。")
	h.step("GH", 4, "staff", "assign", "task", "拒绝受理，请核查。")
	h.step("GH", 5, "staff", "assign", "task", "态度生硬，请核查。")
	h.step("GH", 6, "staff", "assign", "task", "没有公开收费依据，请核查。")
	h.step("RS", 0, "staff", "assign", "task", "网上查不到办理进度，请核查。")
	h.step("GH", 0, "gh", "reply", "reply", "情况属实，已增设替岗。")
	h.step("GH", 1, "gh", "ask_extension", "days", "3", "reason", "要调监控核对")
	h.step("GH", 2, "gh", "object", "reason", "当天已挂牌")
	h.step("GH", 4, "gh", "ask_extension", "days", "5", "reason", "当事人休假")
	h.step("GH", 5, "gh", "object", "reason", "窗口录音显示不生硬")
	h.step("GH", 1, "head", "grant", "days", "2")
	h.step("GH", 2, "head", "overrule", "reason", "照片上没有牌")
	h.step("GH", 4, "head", "refuse", "reason", "可以先电话核对")
	h.step("GH", 5, "head", "sustain", "reason", "录音属实")
	h.step("RS", 0, "staff", "reply_for", "reply", "来电答复：系统升级，已恢复。")
	h.ratingSteps()
	h.close()
}

// photograph is a small picture, and its hash.
func photograph(t testing.TB, shade uint8) (picture []byte, hash string) {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 64, 48))
	for i := range m.Pix {
		m.Pix[i] = color.Gray{Y: uint8(i/7) * shade}.Y
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 40}); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(b.Bytes())
	return b.Bytes(), hex.EncodeToString(sum[:])
}

// ofDepartment lists the matters of a department that came from a source, in
// the order in which they came up.
func (h *history) ofDepartment(department, source string) []map[string]any {
	h.Helper()
	all := h.as("head").rows("/api/matters?limit=200&ascending=true&department=" + department + "&source=" + source)
	slices.SortFunc(all, func(a, b map[string]any) int { return int(a["id"].(float64) - b["id"].(float64)) })
	return all
}

// step takes a step in the n-th matter that a visit to a department brought.
func (h *history) step(department string, n int, login, action string, with ...string) {
	h.Helper()
	all := h.ofDepartment(department, "visit")
	if n >= len(all) {
		h.Fatalf("%s has %d matters from visits", department, len(all))
	}
	h.take(uint64(all[n]["id"].(float64)), login, action, with...)
}

// take takes a step in a matter.
func (h *history) take(matter uint64, login, action string, with ...string) {
	h.Helper()
	path := fmt.Sprintf("/api/matters/%d", matter)
	var m struct{ Version int }
	h.as(login).must("GET", path, nil, &m)
	given := map[string]string{}
	for i := 0; i < len(with); i += 2 {
		given[with[i]] = with[i+1]
	}
	h.as(login).must("POST", path+"/steps", fields{"key": h.key(), "version": m.Version, "action": action, "fields": given}, nil)
}

// ratingSteps takes the steps that follow bad ratings, as far as they go.
func (h *history) ratingSteps() {
	taken := map[string]bool{}
	for _, m := range h.as("head").rows("/api/matters?limit=200&ascending=true&source=rating") {
		id, own := uint64(m["id"].(float64)), map[string]string{"GH": "gh", "JS": "js"}[m["department"].(string)]
		state := m["state"].(string)
		if state == "contact" {
			switch {
			case own == "":
				h.take(id, "staff", "contacted_for", "said", "说排队太久")
			case !taken["contacted"]:
				h.take(id, own, "contacted", "said", "说窗口没有听他讲完")
				taken["contacted"] = true
			case !taken["unreached"]:
				h.take(id, own, "unreached", "tried", "打了三次都没有人接")
				taken["unreached"] = true
			default:
				continue // stays to be contacted
			}
		}
		switch {
		case own == "":
			h.take(id, "staff", "reply_for", "reply", "来电答复：已增加窗口。")
		case !taken["object"]:
			h.take(id, own, "object", "reason", "评的不是本部门")
			h.take(id, "head", "uphold", "reason", "核对属实")
			taken["object"] = true
		case !taken["reply"]:
			h.take(id, own, "reply", "reply", "已向评价人道歉并整改。")
			h.take(id, "head", "close", "conclusion", "整改到位")
			taken["reply"] = true
		}
	}
}

// A week later the plan has drawn by itself; raters are called back.
func (h *history) september28() {
	const morning = "2026-09-28T09:30:00+08:00"
	standStill(h.T, h.dir, morning)
	h.ingest()
	before := len(h.drawn())
	h.open(morning, everybody...)
	for end := time.Now().Add(20 * time.Second); len(h.as("head").rows("/api/draws")) <= before && time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
	}
	h.declareAndJudge(1)
	h.declareAndJudge(1)
	h.step("GH", 0, "staff", "close", "conclusion", "已增设替岗，销号。")
	h.step("GH", 1, "gh", "reply", "reply", "已批评教育。")
	h.step("GH", 1, "staff", "arrange", "note", "下周去看")
	h.step("GH", 2, "gh", "reply", "reply", "已补挂岗位牌。")
	h.step("GH", 2, "staff", "send_back", "reason", "请附照片再答复")
	h.step("GH", 1, "staff", "record", "found", "当天全部准时到岗")
	h.step("GH", 1, "staff", "close", "conclusion", "复访属实，销号。")
	done := h.ofDepartment("GH", "visit")
	for i, n := range []int{0, 1} {
		h.as("gh").must("POST", fmt.Sprintf("/api/matters/%.0f/rating", done[n]["id"]), fields{"key": h.key(), "facts": 5 - i, "fairness": 4 - i, "word": "写得清楚"}, nil)
	}
	h.reviewSteps()
	h.callBack()
	h.close()
}

// drawn lists the draws without opening the office.
func (h *history) drawn() []map[string]any {
	s := serve(h.T, h.dir)
	defer s.stop()
	var all []map[string]any
	s.get("/api/draws", &all)
	return all
}

// reviewSteps hands over what reviews held improper, and lets a department
// answer one.
func (h *history) reviewSteps() {
	for i, m := range h.as("head").rows("/api/matters?limit=200&ascending=true&source=review&state=assess") {
		if id := uint64(m["id"].(float64)); i%3 < 2 {
			h.take(id, "staff", "assign", "task", "评议认为不当，请说明。")
			if m["department"] == "GH" || m["department"] == "JS" {
				h.take(id, strings.ToLower(m["department"].(string)), "reply", "reply", "已按评议意见改正。")
				h.take(id, "head", "close", "conclusion", "改正属实")
			}
		}
	}
}

// callBack draws ratings and calls who gave them: reached or not, theirs or
// not, content or not.
func (h *history) callBack() {
	staff := h.as("staff")
	staff.must("POST", "/api/callbacks/draws", fields{"from": "2026-09-14", "to": "2026-09-20", "percent": 60, "at_least": 2}, nil)
	for i, c := range staff.rows("/api/callbacks") {
		path := fmt.Sprintf("/api/callbacks/%.0f", c["id"])
		call := func(tries int, more fields) {
			more["tries"] = tries
			staff.must("POST", path+"/calls", more, nil)
		}
		if i < 2 {
			staff.must("POST", path+"/number", nil, nil)
		}
		switch i {
		case 0:
			call(0, fields{"reached": true, "own": true, "now": c["given"], "said": "和当时一样"})
		case 1:
			call(0, fields{"reached": true, "own": false, "said": "没有评过"})
		case 2, 3:
			call(0, fields{"reached": true, "own": true, "now": "dissatisfied", "said": "后来又要补材料"})
		case 4:
			for n := range 3 {
				call(n, fields{"reached": false, "said": "没有人接"})
			}
		case 5:
			call(0, fields{"reached": false, "said": "占线"})
		}
	}
}

// What is sealed is opened, for a reason.
func (h *history) october12() {
	const morning = "2026-10-12T09:30:00+08:00"
	standStill(h.T, h.dir, morning)
	h.ingest()
	h.open(morning, everybody...)
	head, staff := h.as("head"), h.as("staff")
	reason := fields{"reason": "部门投诉，需要核对"}
	head.must("POST", fmt.Sprintf("/api/visits/%.0f/names", head.rows("/api/visits")[0]["id"]), reason, nil)
	head.must("POST", fmt.Sprintf("/api/reviews/%.0f/names", head.rows("/api/reviews?state=done")[0]["id"]), reason, nil)
	staff.must("POST", fmt.Sprintf("/api/ratings/%.0f/rater", staff.rows("/api/ratings?bad=true")[0]["id"]), reason, nil)
	staff.must("POST", fmt.Sprintf("/api/cases/%.0f/applicant", staff.rows("/api/cases?department=GH")[0]["id"]), reason, nil)
	h.declareAndJudge(2)
	h.close()
}

// The last afternoon, at which everything is asked later. The departments are
// read at the very moment at which the office clock then stands: what is open is
// so counted to the same moment by the command line, which tells the figures of
// the last reading, and by the pages, which count on to now.
func (h *history) october16() {
	standStill(h.T, h.dir, referenceNow)
	if out, err := h.oldPlan(); err != nil {
		h.Fatalf("%v\n%s", err, out)
	}
	h.ingest()
	h.open(referenceNow, everybody...)
	head := h.as("head")
	head.must("POST", "/api/checkpoint", nil, nil)
	for _, what := range []string{"cases", "acts"} {
		head.must("GET", "/api/exports/"+what+"?format=json", nil, nil)
	}
	head.must("GET", "/api/exports/findings?format=json&department=GH&level=yellow&text="+url.QueryEscape("超"), nil, nil)
	h.await("/api/matters?source=rating", 1)
	time.Sleep(5 * time.Second) // let the console do by itself what it has to
	h.close()
	settled := h.records()
	again := serve(h.T, h.dir)
	time.Sleep(5 * time.Second)
	again.stop()
	if n := h.records(); n != settled {
		h.Fatalf("the folder does not rest: %d records, then %d", settled, n)
	}
}

// records counts the journal.
func (h *history) records() int {
	var rep struct{ Records int }
	if err := json.Unmarshal([]byte(must(h.T, "verify", "--data", h.dir, "--json")), &rep); err != nil {
		h.Fatal(err)
	}
	return rep.Records
}

func (h *history) oldPlan() ([]byte, error) {
	cmd := exec.Command("go", "run", "-trimpath", "./app/internal/acceptance/testdata/reference/oldplan", h.dir)
	cmd.Dir = root()
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1")
	return cmd.CombinedOutput()
}
