package ratings

import (
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/intake"
)

// Words tell an act to people. Nobody who rated is named.
func Words(a *intake.RecordedAct) (zh, en string, known bool) {
	switch a.Type {
	case followed:
		d, err := intake.DataOf[followedData](a)
		if err != nil {
			return "", "", false
		}
		return fmt.Sprintf("差评 #%d 转部门处理：%s", d.Rating, d.Department), fmt.Sprintf("Bad rating #%d went to its department: %s", d.Rating, d.Department), true
	case drawn:
		d, err := intake.DataOf[drawnData](a)
		if err != nil {
			return "", "", false
		}
		n := len(d.Callbacks)
		return fmt.Sprintf("抽取回访：%d 条（%s 至 %s）", n, d.First, d.Last), fmt.Sprintf("Drew for call-backs: %d (%s to %s)", n, d.First, d.Last), true
	case called:
		d, err := intake.DataOf[calledData](a)
		if err != nil {
			return "", "", false
		}
		if !d.Reached {
			return fmt.Sprintf("回访 #%d：第 %d 次没有接通", d.Callback, d.N), fmt.Sprintf("Call-back #%d: not reached, try %d", d.Callback, d.N), true
		}
		return fmt.Sprintf("回访 #%d：已接通", d.Callback), fmt.Sprintf("Call-back #%d: reached", d.Callback), true
	case imported:
		d, err := intake.DataOf[importedData](a)
		if err != nil {
			return "", "", false
		}
		return fmt.Sprintf("导入评价：%s，新增 %d 条", d.Name, d.Taken), fmt.Sprintf("Imported ratings: %s, %d new", d.Name, d.Taken), true
	}
	return "", "", false
}
