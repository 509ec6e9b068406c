package matter

import (
	"fmt"
	"strings"
	"time"
)

// Summary is how a matter stands, for who noted the finding that it came from.
// Nobody is named.
type Summary struct {
	State      string
	ZH, EN     string
	Reply      string // of the department; its latest
	Conclusion string // of the office, once it is done
}

// Reply is the department's latest, and when it came; zero: none has.
func (m *Matter) Reply() (string, time.Time) {
	r, _ := m.Last(reply, replyFor)
	return r.Fields["reply"], r.At
}

// Conclusion is the office's, once the matter is done, and when that was.
func (m *Matter) Conclusion() (string, time.Time) {
	if !m.Done {
		return "", time.Time{}
	}
	last := m.Steps[len(m.Steps)-1]
	return last.Fields["conclusion"] + last.Fields["reason"], last.At // an end brings one of them
}

// Summarize says how a matter stands.
func (s *Matters) Summarize(m *Matter) Summary {
	out := Summary{State: m.State}
	out.Reply, _ = m.Reply()
	out.Conclusion, _ = m.Conclusion()
	out.ZH, out.EN = s.progress(m)
	return out
}

// progress is what is said of a matter in one of its states: %[1]s is the day that
// somebody acts by, %[2]d the working days that the department was given. Late
// ones have words of their own where the ordinary ones would be wrong.
type progress struct{ zh, en, lateZH, lateEN string }

var progressOf = map[string]progress{
	Assess: {zh: "效能办正在研判，%[1]s前决定是否交办。", en: "The office assesses it and decides by %[1]s."},
	Extension: {zh: "部门申请延期，等效能办决定；同意之前仍应在 %[1]s前答复。", en: "The department asks for more time and the office decides; until it is granted the reply is due by %[1]s.",
		lateZH: "部门在期限内申请延期，效能办尚未决定，原期限 %[1]s已过。", lateEN: "The department asked in time for more time and the office has not decided; the deadline of %[1]s has passed."},
	Assigned: {zh: "已转部门，%[2]d 个工作日内答复（至 %[1]s）。", en: "Handed to the department, to reply within %[2]d working days (by %[1]s).",
		lateZH: "已转部门，应在 %[1]s前答复，现已逾期，效能办正在催办。", lateEN: "Handed to the department, whose reply was due by %[1]s and is late; the office presses for it."},
	Contact: {zh: "部门 %[1]s前联系评价人。", en: "The department contacts the rater by %[1]s.",
		lateZH: "部门应在 %[1]s前联系评价人，现已逾期。", lateEN: "The department should have contacted the rater by %[1]s and is late."},
	Rectify:   {zh: "部门正在整改，%[1]s前答复。", en: "The department puts it right and replies by %[1]s."},
	Objected:  {zh: "部门提出异议，效能办 %[1]s前复核。", en: "The department objects; the office decides by %[1]s."},
	Replied:   {zh: "部门已答复，效能办 %[1]s前核实。", en: "The department has replied; the office looks into it by %[1]s."},
	Revisit:   {zh: "部门已答复，效能办 %[1]s前复访核实。", en: "The department has replied; the office visits again by %[1]s to see for itself."},
	Revisited: {zh: "已经复访，效能办 %[1]s前作出结论。", en: "Visited again; the office concludes by %[1]s."},
	Closed:    {zh: "已办结。", en: "Done and closed."},
	Dropped:   {zh: "效能办认为不成立，理由如下。", en: "The office did not uphold it, for the reason below."},
}

func (s *Matters) progress(m *Matter) (zh, en string) {
	p := progressOf[m.State]
	if m.Done {
		return p.zh, p.en
	}
	if s.Overdue(m) {
		if p.lateZH == "" {
			p.lateZH, p.lateEN = p.zh+"（已逾期）", p.en+" (late)"
		}
		p.zh, p.en = p.lateZH, p.lateEN
	}
	due := s.Due(m).In(s.office.Calendar().Zone())
	return filled(p.zh, dayZH(due), m.Limit.Days), filled(p.en, dayEN(due), m.Limit.Days)
}

// filled puts into words what they have a place for: not all name the days.
func filled(words, day string, days int) string {
	if !strings.Contains(words, "%[2]d") {
		return fmt.Sprintf(words, day)
	}
	return fmt.Sprintf(words, day, days)
}

func dayZH(t time.Time) string { return t.Format("1 月 2 日") }
func dayEN(t time.Time) string { return t.Format("2 January") }
