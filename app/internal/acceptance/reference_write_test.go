//go:build unix

package acceptance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
)

// referencePassword is everybody's in the reference folder, which holds no real
// person.
const referencePassword = "Lantern-Gravel-27-Otter"

// TestWriteReferenceFolder makes the reference folder anew by driving the
// program of this commit over its command line and HTTP API, the office clock
// standing at five moments one after the other. It is run on purpose only:
// what it writes is the proof that folders of the past stay readable, so a later
// program must not write it. See testdata/reference/README.md.
func TestWriteReferenceFolder(t *testing.T) {
	if os.Getenv("MINGCHA_WRITE_REFERENCE") == "" {
		t.Skip("set MINGCHA_WRITE_REFERENCE=1 to write the reference folder anew")
	}
	h := &history{T: t, dir: t.TempDir(), people: map[string]*caller{}, ids: map[string]uint64{}, given: map[uint64]int{}}
	h.september21()
	h.september24()
	h.september28()
	h.october12()
	h.october16()
	must(t, "verify", "--data", h.dir)
	packFolder(t, h.dir, referenceFile("folder.tar.gz"))
	writeGoldens(t)
}

// history is the making of the reference folder.
type history struct {
	*testing.T
	dir    string
	office *openedOffice
	people map[string]*caller // signed in
	ids    map[string]uint64  // accounts, by login
	given  map[uint64]int     // verdicts, by review
	keys   int
}

// key is a submission's number that was not used before.
func (h *history) key() string {
	h.keys++
	return fmt.Sprintf("reference-%04d", h.keys)
}

// ingest takes what the departments have entered until now.
func (h *history) ingest() {
	h.Helper()
	city := write(h.T, "city.yaml", "seed: 7\nstart: \"2026-06-01\"\ncases: 1400\ndepartments: [GH, JS, GS, RS, SW]\nviolation_rate: 0.4\n")
	must(h.T, "ingest", "--data", h.dir, "--adapter", "simulator", "--config", city, "--name", "city")
	adapters, err := testAdapters()
	if err != nil {
		h.Fatal(err)
	}
	var b bytes.Buffer
	for _, e := range strayEvents() {
		if err := json.NewEncoder(&b).Encode(e); err != nil {
			h.Fatal(err)
		}
	}
	lines := write(h.T, "lines.yaml", fmt.Sprintf("file: %q\n", write(h.T, "events.jsonl", b.String())))
	must(h.T, "ingest", "--data", h.dir, "--adapters", adapters, "--adapter", "lines", "--config", lines, "--name", "lines")
}

// strayEvents are three cases, one of which stays paused, and one record for
// each reason to be put in quarantine.
func strayEvents() []map[string]any {
	event := func(id, no, kind, at string, more ...any) map[string]any {
		e := map[string]any{"id": id, "case": no, "item": "I1", "kind": kind, "at": at}
		for i := 0; i < len(more); i += 2 {
			e[more[i].(string)] = more[i+1]
		}
		return e
	}
	const at = "2026-07-01T10:00:00+08:00"
	return []map[string]any{
		event("1", "N001", "received", "2026-07-01T09:00:00+08:00"),
		event("2", "N001", "accepted", "2026-07-02T09:00:00+08:00"),
		event("3", "N001", "decided", "2026-07-20T09:00:00+08:00", "outcome", 1),
		event("4", "N002", "received", "2026-09-14T09:00:00+08:00"),
		event("5", "N002", "supplement_requested", "2026-09-16T09:00:00+08:00"),
		event("6", "N003", "received", "2026-08-03T09:00:00+08:00"),
		event("future", "N001", "note", "2036-01-01T09:00:00+08:00"),
		event("unknown item", "N001", "note", at, "item", "I9"),
		event("unknown kind", "N001", "celebrated", at),
		event("not UTF-8", "N001", "note", at, "bytes", []byte("\xb3\xc7\xca\xd0")),
		event("no time", "N001", "note", "0001-01-01T00:00:00Z"),
		event("before there were offices", "N001", "note", "0201-01-20T10:00:00+08:00"),
		event("1", "N777", "note", at),
		event("no case", "", "note", at),
	}
}

// open lets the office open at a moment, and everybody sign in who is not kept
// from it.
func (h *history) open(at string, logins ...string) {
	h.Helper()
	standStill(h.T, h.dir, at)
	h.office, h.people = openOffice(h.T, h.dir), map[string]*caller{}
	for _, login := range logins {
		h.people[login] = h.office.signIn(login, referencePassword)
	}
}

// close lets everybody sign out and closes the office. Sessions end by the real
// clock, so none stays open in the folder.
func (h *history) close() {
	h.Helper()
	for login, c := range h.people {
		if r := c.do("POST", "/api/sign-out", nil); r.status >= 300 && login != "temp" && login != "lost" { // whose sessions were ended
			h.Errorf("%s could not sign out: %s", login, r.body)
		}
	}
	h.office.close()
}

// as is somebody who is signed in.
func (h *history) as(login string) *caller {
	h.Helper()
	c := h.people[login]
	if c == nil {
		h.Fatalf("%s is not signed in", login)
	}
	return c
}

// first is a first sign-in, which sets a password.
func (h *history) first(login, password string) {
	h.Helper()
	c := h.office.signIn(login, password)
	c.must("POST", "/api/password", fields{"current": password, "new": referencePassword}, nil)
	h.people[login] = c
}

// fields is an object as JSON.
type fields = map[string]any

// account makes one and signs in the first time.
func (h *history) account(login, name, role, department string) {
	h.Helper()
	var made struct {
		Account  struct{ ID uint64 }
		Password string
	}
	h.as("head").must("POST", "/api/accounts", fields{"login": login, "name": name, "role": role, "department": department}, &made)
	h.ids[login] = made.Account.ID
	h.first(login, made.Password)
}

var everybody = []string{"head", "staff", "duty", "leader", "gh", "js", "v1", "v2", "v3", "v4", "v6"}

// The office begins: people, terms, what is drawn at once.
func (h *history) september21() {
	const morning = "2026-09-21T09:00:00+08:00"
	standStill(h.T, h.dir, morning)
	h.ingest()
	var first struct{ Password string }
	if err := json.Unmarshal([]byte(must(h.T, "account", "add", "head", "--name", "何立", "--role", "head", "--data", h.dir, "--json")), &first); err != nil {
		h.Fatal(err)
	}
	h.open(morning)
	h.first("head", first.Password)
	for _, p := range [][4]string{
		{"staff", "孙平", "staff", ""}, {"duty", "钱方", "duty", ""}, {"leader", "李正", "leader", ""},
		{"gh", "周宁", "liaison", "GH"}, {"js", "吴越", "liaison", "JS"},
		{"v1", "赵红", "volunteer", ""}, {"v2", "郑明", "volunteer", ""}, {"v3", "王芳", "volunteer", ""},
		{"v4", "冯远", "volunteer", ""}, {"v5", "陈静", "volunteer", ""}, {"v6", "褚卫", "volunteer", ""},
		{"temp", "卫东", "staff", ""}, {"lost", "蒋丽", "staff", ""},
	} {
		h.account(p[0], p[1], p[2], p[3])
	}
	h.access()
	h.appointments()
	head, staff := h.as("head"), h.as("staff")
	head.must("PUT", "/api/calendar/2027", fields{"year": 2027, "papers": []string{}, "days": []fields{
		{"name": "元旦", "date": "2027-01-01", "isOffDay": true}, {"name": "春节", "date": "2027-02-06", "isOffDay": true}, {"name": "春节", "date": "2027-02-20", "isOffDay": false}}}, nil)
	staff.must("POST", "/api/reviews/plan", fields{"every": "week", "shares": []fields{
		{"kind": "overdue", "percent": 50, "at_least": 1}, {"kind": "finding", "percent": 10, "at_least": 1}, {"kind": "finding", "department": "SW", "percent": 0, "at_least": 2}}}, nil)
	for kind, percent := range map[string]int{"overdue": 60, "rejection": 60, "finding": 15, "authorization": 20} {
		staff.must("POST", "/api/draws", fields{"kind": kind, "from": "2026-06-01", "to": "2026-09-20", "percent": percent, "at_least": 1}, nil)
	}
	h.putUpByHand(2)
	h.declareAndJudge(0)
	h.importRatings()
	h.plans()
	h.close()
}

// access makes what is done about signing in.
func (h *history) access() {
	head := h.as("head")
	temp := fmt.Sprintf("/api/accounts/%d", h.ids["temp"])
	head.must("PUT", temp, fields{"name": "卫东升", "role": "duty", "active": true}, nil)
	head.must("POST", temp+"/reset", nil, nil)
	head.must("POST", temp+"/revoke", nil, nil)
	head.must("PUT", temp, fields{"name": "卫东升", "role": "duty", "active": false}, nil)
	recovery := h.factor("lost")
	h.people["lost"].do("POST", "/api/sign-out", nil)
	lost := h.office.visitor("lost")
	lost.must("POST", "/api/sign-in", fields{"login": "lost", "password": referencePassword, "code": recovery[0]}, nil)
	head.must("POST", fmt.Sprintf("/api/accounts/%d/remove-second-factor", h.ids["lost"]), nil, nil)
	h.factor("v5")
	h.as("v5").must("POST", "/api/second-factor/off", fields{"password": referencePassword}, nil)
	head.must("PUT", "/api/factor-roles", fields{"roles": []string{"leader"}}, nil)
	head.must("PUT", "/api/factor-roles", fields{"roles": []string{}}, nil)
	guesser := h.office.visitor("guesser")
	for range 6 {
		guesser.do("POST", "/api/sign-in", fields{"login": "lost", "password": "wrong-wrong-wrong"})
	}
}

// factor turns somebody's second factor on.
func (h *history) factor(login string) []string {
	h.Helper()
	var secret struct{ Secret string }
	var codes struct{ Codes []string }
	c := h.as(login)
	c.must("POST", "/api/second-factor", fields{"password": referencePassword}, &secret)
	code, err := totp.GenerateCode(secret.Secret, time.Now())
	if err != nil {
		h.Fatal(err)
	}
	c.must("POST", "/api/second-factor/confirm", fields{"code": code}, &codes)
	return codes.Codes
}

// appointments makes terms, trainings and an appraisal.
func (h *history) appointments() {
	staff := h.as("staff")
	appoint := func(login, certificate, group, first, last string, barred ...string) {
		staff.must("POST", fmt.Sprintf("/api/volunteers/%d/terms", h.ids[login]), fields{"key": h.key(), "certificate": certificate, "group": group,
			"work": "某公司职员", "barred": barred, "first": first, "last": last}, nil)
	}
	appoint("v1", "2025-001", "trader", "2025-01-01", "2026-12-31")
	appoint("v2", "2025-002", "citizen", "2025-03-01", "2027-02-28", "RS")
	appoint("v3", "2026-003", "journalist", "2026-01-01", "2026-10-20")
	appoint("v4", "2026-004", "deputy", "2026-09-21", "2028-09-20")
	appoint("v5", "2026-005", "committee", "2026-01-01", "2027-12-31")
	var terms = map[string]uint64{}
	var roll struct {
		Volunteers []struct {
			ID   uint64
			Term *struct{ ID uint64 }
			Name string
		}
	}
	staff.must("GET", "/api/volunteers", nil, &roll)
	for _, v := range roll.Volunteers {
		if v.Term != nil {
			terms[v.Name] = v.Term.ID
		}
	}
	staff.must("POST", fmt.Sprintf("/api/terms/%d/corrections", terms["郑明"]), fields{"key": h.key(), "certificate": "2025-012", "group": "investor",
		"work": "某厂厂长", "barred": []string{"RS"}, "first": "2025-03-01", "last": "2027-02-28", "reason": "证书编号写错了"}, nil)
	staff.must("POST", fmt.Sprintf("/api/terms/%d/end", terms["陈静"]), fields{"key": h.key(), "until": "2026-09-30", "why": "moved", "reason": "调往外地工作"}, nil)
	for _, x := range []struct {
		date, topic string
		hours       float64
		who         []string
	}{{"2026-03-12", "暗访要领", 1.5, []string{"v1", "v2", "v3"}}, {"2026-09-18", "评议怎样写理由", 2, []string{"v1", "v4"}}, {"2026-09-19", "重复登记的一次", 2, []string{"v1"}}} {
		var who []uint64
		for _, login := range x.who {
			who = append(who, h.ids[login])
		}
		staff.must("POST", "/api/trainings", fields{"key": h.key(), "date": x.date, "topic": x.topic, "hours": x.hours, "accounts": who}, nil)
	}
	wrong := staff.rows("/api/trainings")[0]
	staff.must("POST", fmt.Sprintf("/api/trainings/%.0f/withdrawal", wrong["id"]), fields{"key": h.key(), "reason": "重复登记"}, nil)
	for _, grade := range []string{"basic", "competent"} {
		staff.must("POST", fmt.Sprintf("/api/volunteers/%d/appraisals", h.ids["v1"]), fields{"key": h.key(), "year": 2025, "grade": grade, "words": "认真负责，记录清楚。"}, nil)
	}
}

// putUpByHand puts findings up for review that no draw has chosen.
func (h *history) putUpByHand(n int) {
	staff := h.as("staff")
	for _, f := range staff.rows("/api/findings?limit=200&level=yellow") {
		for _, s := range staff.rows(fmt.Sprintf("/api/cases/%.0f/reviews", f["case_id"])) {
			if s["review"] == nil && n > 0 {
				staff.must("POST", "/api/reviews", fields{"subject": s["subject"], "reason": "主任交办，请看一看"}, nil)
				n--
			}
		}
	}
}

var reviewers = []string{"v1", "v2", "v3", "v4", "v5", "v6"}

// declareAndJudge lets reviewers say what they have to, by the review's number:
// some find it proper, some improper, some differ, some say that they have an
// interest, and some stay silent. Two rounds are needed, for who comes third
// and who takes another's place.
func (h *history) declareAndJudge(round int) {
	for _, login := range reviewers {
		c := h.people[login]
		if c == nil {
			continue
		}
		for _, r := range c.rows("/api/my/reviews") {
			id, kind := uint64(r["id"].(float64)), r["kind"].(string)
			h.judge(c, login, id, kind, r["state"].(string), round)
		}
	}
}

func (h *history) judge(c *caller, login string, id uint64, kind, state string, round int) {
	path := fmt.Sprintf("/api/my/reviews/%d", id)
	turn := id % 9
	if turn == 8 || state == "declare" && turn == 7 && round == 0 {
		return // silent
	}
	if state == "declare" {
		conflict := "none"
		if turn == 6 && (login == "v3" || login == "v6") {
			conflict = "kin"
		}
		if turn == 5 && login == "v5" {
			conflict = "employer"
		}
		c.must("POST", path+"/interest", fields{"conflict": conflict, "note": ""}, nil)
		if conflict != "none" {
			return
		}
		state = "open"
	}
	if state != "open" || turn == 7 && round < 2 {
		return
	}
	given := h.given[id]
	verdict := "proper"
	switch {
	case turn < 2:
		verdict = "improper"
	case turn == 2 && given == 2:
		return // the third is still awaited
	case turn == 2 || turn == 3:
		verdict = []string{"improper", "proper", "cannot_tell"}[given]
	case turn == 4:
		verdict = []string{"improper", "cannot_tell", "improper"}[given]
	}
	var reasons []string
	if verdict == "improper" {
		reasons = map[string][]string{"rejection": {"no_reason", "told_twice"}, "overdue": {"no_explanation"}, "authorization": {"not_published"}, "finding": {"facts_entered_wrong"}}[kind]
	}
	if verdict == "cannot_tell" {
		reasons = []string{"papers_missing"}
	}
	c.must("POST", path+"/verdict", fields{"verdict": verdict, "reasons": reasons, "note": "材料看过了，写在这里。"}, nil)
	h.given[id]++
}

// importRatings takes an electronic rater's file, with telephones, bad ratings
// and rows that cannot be used.
func (h *history) importRatings() {
	staff := h.as("staff")
	var b strings.Builder
	b.WriteString("部门,窗口,工作人员,满意度,评价时间,意见,评价人,联系电话\n")
	for i := range 24 {
		level := []string{"非常满意", "满意", "基本满意", "非常满意", "满意", "不满意", "不满意"}[i%7]
		name, phone := fmt.Sprintf("评价人%d", i), fmt.Sprintf("139000000%02d", i)
		if i%4 == 3 {
			name, phone = "", ""
		}
		if i == 11 {
			level = "非常不满意"
		}
		fmt.Fprintf(&b, "%s,%d 号,窗口员%d,%s,2026-09-%02d 10:%02d,%s,%s,%s\n", []string{"GH", "JS", "GS"}[i%3], i%5+1, i%4, level, 15+i%4, i, fmt.Sprintf("第 %d 条意见", i), name, phone)
	}
	b.WriteString("ZZ,1 号,窗口员9,满意,2026-09-18 10:00,没有这个部门,,\nGH,1 号,窗口员9,飞快,2026-09-18 10:01,没有这个等级,,\n")
	file := []byte(b.String())
	const query = "?name=" + "9%E6%9C%88.csv"
	staff.must("POST", "/api/ratings/files/preview"+query, file, nil)
	staff.must("POST", "/api/ratings/files/import"+query, file, nil)
	staff.must("POST", "/api/ratings/files/import"+query, file, nil) // nothing new
	h.await("/api/matters?source=rating", 1)
}

// await waits until a list has so many rows: the console does some things by
// itself, a moment later.
func (h *history) await(path string, n int) {
	h.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if len(h.as("head").rows(path)) >= n {
			return
		}
	}
	h.Fatalf("%s never had %d rows", path, n)
}

// plans asks volunteers for visits: one that stands, one that is changed, one
// that is taken back and one that somebody cannot make.
func (h *history) plans() {
	staff := h.as("staff")
	route := func(date, mode string, members []string, departments ...string) (id uint64, body fields) {
		var stops []fields
		for i, d := range departments {
			stops = append(stops, fields{"department": d, "place": "政务大厅", "window": fmt.Sprintf("%d 号", i+1), "item": "咨询怎样办理", "look": "是否有人"})
		}
		var who []uint64
		for _, m := range members {
			who = append(who, h.ids[m])
		}
		body = fields{"key": h.key(), "date": date, "mode": mode, "note": "穿便装", "members": who, "stops": stops}
		var made struct{ ID uint64 }
		staff.must("POST", "/api/visits", body, &made)
		return made.ID, body
	}
	first, _ := route("2026-09-24", "unannounced", []string{"v1", "v2"}, "GH", "JS", "GS")
	changed, body := route("2026-09-25", "open", []string{"v3"}, "JS")
	body["key"], body["version"], body["date"] = h.key(), 1, "2026-09-24"
	body["stops"] = []fields{{"stop": 1, "department": "JS", "place": "政务大厅"}, {"department": "SW", "look": "公开栏"}}
	staff.must("PUT", fmt.Sprintf("/api/visits/plans/%d", changed), body, nil)
	cancelled, _ := route("2026-09-29", "online", []string{"v4"}, "RS")
	staff.must("POST", fmt.Sprintf("/api/visits/plans/%d/cancel", cancelled), fields{"key": h.key(), "version": 1, "reason": "网站当天维护"}, nil)
	declined, _ := route("2026-10-13", "unannounced", []string{"v1", "v4"}, "SW", "GS")
	h.as("v4").must("POST", fmt.Sprintf("/api/my/visits/plans/%d/decline", declined), fields{"key": h.key(), "why": "interest", "departments": []string{"SW"}, "note": "亲属在那里工作"}, nil)
	route("2026-10-20", "open", []string{"v2"}, "GS")
	h.ids["first route"] = first
}
