package matter

import (
	"fmt"
	"time"
)

// Told is what somebody who noted a finding is told of it. Nobody is named.
type Told struct {
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

// Tell says what became of a matter to who noted it.
func (s *Matters) Tell(m *Matter) Told {
	t := Told{State: m.State}
	t.Reply, _ = m.Reply()
	t.Conclusion, _ = m.Conclusion()
	t.ZH, t.EN = s.sentence(m)
	return t
}

func (s *Matters) sentence(m *Matter) (zh, en string) {
	if m.Done {
		if m.State == Dropped {
			return "效能办认为不成立，理由如下。", "The office did not uphold it, for the reason below."
		}
		return "已办结。", "Done and closed."
	}
	late := s.Overdue(m)
	switch due := s.Due(m).In(s.office.Calendar().Zone()); m.State {
	case Assess:
		zh, en = fmt.Sprintf("效能办正在研判，%s前决定是否交办。", dayZH(due)), fmt.Sprintf("The office assesses it and decides by %s.", dayEN(due))
	case Extension:
		if late {
			return fmt.Sprintf("部门在期限内申请延期，效能办尚未决定，原期限 %s已过。", dayZH(due)), fmt.Sprintf("The department asked in time for more time and the office has not decided; the deadline of %s has passed.", dayEN(due))
		}
		zh, en = fmt.Sprintf("部门申请延期，等效能办决定；同意之前仍应在 %s前答复。", dayZH(due)), fmt.Sprintf("The department asks for more time and the office decides; until it is granted the reply is due by %s.", dayEN(due))
	case Assigned:
		if late {
			return fmt.Sprintf("已转部门，应在 %s前答复，现已逾期，效能办正在催办。", dayZH(due)), fmt.Sprintf("Handed to the department, whose reply was due by %s and is late; the office presses for it.", dayEN(due))
		}
		zh, en = fmt.Sprintf("已转部门，%d 个工作日内答复（至 %s）。", m.Limit.Days, dayZH(due)), fmt.Sprintf("Handed to the department, to reply within %d working days (by %s).", m.Limit.Days, dayEN(due))
	case Contact:
		if late {
			return fmt.Sprintf("部门应在 %s前联系评价人，现已逾期。", dayZH(due)), fmt.Sprintf("The department should have contacted the rater by %s and is late.", dayEN(due))
		}
		zh, en = fmt.Sprintf("部门 %s前联系评价人。", dayZH(due)), fmt.Sprintf("The department contacts the rater by %s.", dayEN(due))
	case Rectify:
		zh, en = fmt.Sprintf("部门正在整改，%s前答复。", dayZH(due)), fmt.Sprintf("The department puts it right and replies by %s.", dayEN(due))
	case Objected:
		zh, en = fmt.Sprintf("部门提出异议，效能办 %s前复核。", dayZH(due)), fmt.Sprintf("The department objects; the office decides by %s.", dayEN(due))
	case Replied:
		zh, en = fmt.Sprintf("部门已答复，效能办 %s前核实。", dayZH(due)), fmt.Sprintf("The department has replied; the office looks into it by %s.", dayEN(due))
	case Revisit:
		zh, en = fmt.Sprintf("部门已答复，效能办 %s前复访核实。", dayZH(due)), fmt.Sprintf("The department has replied; the office visits again by %s to see for itself.", dayEN(due))
	case Revisited:
		zh, en = fmt.Sprintf("已经复访，效能办 %s前作出结论。", dayZH(due)), fmt.Sprintf("Visited again; the office concludes by %s.", dayEN(due))
	}
	if late {
		zh, en = zh+"（已逾期）", en+" (late)"
	}
	return zh, en
}

func dayZH(t time.Time) string { return t.Format("1 月 2 日") }
func dayEN(t time.Time) string { return t.Format("2 January") }
