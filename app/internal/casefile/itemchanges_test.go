package casefile

import (
	"fmt"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// What changed of an item is said in the words that everything else has.
func TestItemChangesAreSaidInTheVocabularysWords(t *testing.T) {
	old := approval.Item{Regime: approval.Licensing, ClockStart: approval.FromAcceptance, CaseType: approval.Committed, InHall: true}
	now := approval.Item{Regime: approval.LimitsOnly, ClockStart: approval.FromReceipt, CaseType: approval.OnTheSpot, WindowSignOff: true}
	want := []ChangedDetail{
		{"办件类型", "type", "承诺件", "Committed", "即办件", "On the spot"},
		{"适用规则", "regime", "行政许可法", "Administrative Licensing Law", "只核时限", "limits only"},
		{"计时起点", "clock starts", "受理", "acceptance", "收件", "receipt"},
		{"须在大厅受理", "accepted in the hall", "是", "yes", "否", "no"},
		{"窗口首席代表签批", "signed off by the chief representative", "否", "no", "是", "yes"},
	}
	if got := changedDetails(&old, &now); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v\nwant %v", got, want)
	}
}
