package runtime

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// droppedShown is for how many days the board says that an adapter declares a
// stream no more.
const droppedShown = 30

var streamWords = map[intake.Stream][2]string{
	intake.Rejections:     {"否定报备", "filings of rejections"},
	intake.Overdue:        {"超时自报", "overdue reports"},
	intake.Authorizations: {"首席代表授权", "authorizations"},
}

// adapterWarnings says what the office should know of departments' adapters (V27).
func adapterWarnings(cal *workday.Calendar, all []intake.Notice, today workday.Date) (out []casefile.Warning) {
	for i := range all {
		n := &all[i]
		if !n.NotCaughtUp.IsZero() {
			at := n.NotCaughtUp.In(cal.Zone()).Format("2006-01-02 15:04")
			out = append(out, casefile.Warning{Code: "not_caught_up_" + n.Code,
				ZH: fmt.Sprintf("%s的数据接口一直没有报已读完，自 %s 起不再等待，已按现在的时间核算，其数据可能不全（V27）。请部门检查数据接口。", n.Name, at),
				EN: fmt.Sprintf("The adapter of %s never said that it had sent all there is. Since %s it is not waited for: its cases are judged by the present time, and may lack something (V27). Ask the department to check its adapter.", cmp.Or(n.NameEN, n.Name), at)})
		}
		var zh, en []string
		until := workday.Date(0)
		for _, d := range n.Dropped {
			if date := cal.DateOf(d.Until); today-date <= droppedShown {
				zh, en, until = append(zh, streamWords[d.Stream][0]), append(en, streamWords[d.Stream][1]), max(until, date)
			}
		}
		if len(zh) > 0 {
			day := cal.StartOf(until).In(cal.Zone()).Format("2006-01-02")
			out = append(out, casefile.Warning{Code: "duty_dropped_" + n.Code,
				ZH: fmt.Sprintf("%s的数据接口自 %s 起不再报送%s。此前的漏报和违规照旧有效，此后的不再核对。请向部门问明原因。", n.Name, day, strings.Join(zh, "、")),
				EN: fmt.Sprintf("Since %[2]s the adapter of %[1]s declares no %[3]s any more. What was missed before stands; what is missed since is not looked at. Ask the department why.", cmp.Or(n.NameEN, n.Name), day, strings.Join(en, ", "))})
		}
	}
	return out
}
