package office

import (
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/act"
)

// Acts are the acts about the console itself.
var Acts = []act.Any{applied}

// Applied is that a year's holiday list was applied: what it has, and what came of
// it. The list itself stands in a record of its own.
type Applied struct {
	Year    int    `json:"year"`
	Off     int    `json:"off"`     // days of rest that it names
	MakeUp  int    `json:"make_up"` // weekend days that are worked
	Changed int    `json:"changed"` // cases that came out differently
	Basis   string `json:"basis,omitempty"`
	Reason  string `json:"reason,omitempty"` // why it was applied although something is missing in it
}

var applied = act.Define(act.Def[Applied]{
	Type: "calendar.applied", Group: act.Settings, Reasoned: true,
	Words: func(a act.Of[Applied]) (zh, en string) {
		d := &a.Data
		zh = fmt.Sprintf("启用 %d 年放假安排：放假 %d 天，调休上班 %d 天，%d 个办件的核算结果有变化", d.Year, d.Off, d.MakeUp, d.Changed)
		en = fmt.Sprintf("Applied the holidays of %d: days of rest %d, make-up days %d, cases that came out differently %d", d.Year, d.Off, d.MakeUp, d.Changed)
		if d.Basis != "" {
			zh, en = zh+"；依据："+d.Basis, en+"; by: "+d.Basis
		}
		return zh, en
	},
	Example: Applied{Year: 2027, Off: 33, MakeUp: 7, Changed: 12, Basis: "国务院办公厅关于 2027 年部分节假日安排的通知"},
})
