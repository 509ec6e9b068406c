package volunteers

import (
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/intake"
)

// plainWords tell what single volunteers did, without who it was and without what
// it was about: of both together one could tell who visited.
var plainWords = map[string][2]string{
	visitFiled:        {"提交暗访记录", "Filed a visit"},
	visitSupplemented: {"补充暗访记录", "Added to a visit"},
	routeDeclined:     {"说明一次暗访去不了", "Said that they cannot go on a planned visit"},
}

// Words tell an act to people.
func Words(a *intake.RecordedAct) (zh, en string, known bool) {
	switch a.Type {
	case visitPlanned:
		d, err := intake.DataOf[visitPlannedData](a)
		if err != nil {
			return "", "", false
		}
		return fmt.Sprintf("安排暗访：%s %s", d.Department, d.Date), fmt.Sprintf("Planned a visit: %s, %s", d.Department, d.Date), true
	case noteRated:
		d, err := intake.DataOf[noteRatedData](a)
		if err != nil {
			return "", "", false
		}
		return fmt.Sprintf("评价督办 #%d 的记录：事实 %d 分，态度 %d 分", d.Matter, d.Facts, d.Fairness),
			fmt.Sprintf("Rated the note of matter #%d: facts %d, fairness %d", d.Matter, d.Facts, d.Fairness), true
	case routePlanned:
		r, err := intake.DataOf[Route](a)
		if err != nil {
			return "", "", false
		}
		return fmt.Sprintf("安排暗访：%s，%d 站", r.Date, len(r.Stops)), fmt.Sprintf("Planned a visit: %s, %s", r.Date, stopsEN(len(r.Stops))), true
	case routeChanged:
		d, err := intake.DataOf[routeChangedData](a)
		if err != nil {
			return "", "", false
		}
		return fmt.Sprintf("调整暗访安排：%s，%d 站", d.Date, len(d.Stops)), fmt.Sprintf("Changed a planned visit: %s, %s", d.Date, stopsEN(len(d.Stops))), true
	case routeCancelled:
		return "取消暗访安排", "Cancelled a planned visit", true
	}
	w, known := plainWords[a.Type]
	return w[0], w[1], known
}

func stopsEN(n int) string {
	if n == 1 {
		return "1 stop"
	}
	return fmt.Sprintf("%d stops", n)
}
