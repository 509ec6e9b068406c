package intake

import (
	"context"
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// BreachNoted is the type of acts by which the console notes that an adapter
// described what is another's.
const BreachNoted = "adapter.breached"

// Breach is what an adapter described though it is another's.
type Breach struct {
	Adapter    string `json:"adapter"`
	Department string `json:"department"`
	Owner      string `json:"owner"`          // the adapter that serves the department
	Item       string `json:"item,omitempty"` // of the department; empty: the department itself
	Day        string `json:"day"`            // of the office; noted once a day
}

// breach refuses a catalogue with what is another's.
type breach struct{ adapter, department, owner, item string }

func (b *breach) Error() string {
	return fmt.Sprintf("intake: adapter %s describes what %s serves: department %s %s", b.adapter, b.owner, b.department, b.item)
}

// noteBreach puts a breach on the record, and gives the sentence for who sees the
// adapter.
func (in *Intake) noteBreach(ctx context.Context, b *breach) error {
	said := fault.New(fault.Forbidden, "adapter_breach",
		fmt.Sprintf("数据接口 %s 申报了由 %s 负责的部门 %s%s，整份申报未予接收。由谁报送一个部门的数据由效能办决定：确需更换的，请由效能办在服务器上用 mingcha adapter transfer 命令移交。",
			b.adapter, b.owner, b.department, ofItem("的事项 ", b.item)),
		fmt.Sprintf("Adapter %s describes %sdepartment %s, which %s serves, so nothing of its description was taken. Who serves a department is for the office to say: to change it, the office hands the department over with the command mingcha adapter transfer.",
			b.adapter, ofItemEN(b.item), b.department, b.owner), b)
	if folderOf(in.opts.Acts, BreachNoted) == nil {
		return said
	}
	day := in.Calendar().DateOf(in.opts.Now()).String()
	key := actKey("breach", b.adapter, b.department, b.owner, b.item, day)
	if _, _, err := in.Act(ctx, Act{Key: key, Type: BreachNoted, Data: Breach{b.adapter, b.department, b.owner, b.item, day}}); err != nil {
		return err
	}
	return said
}

func ofItem(before, item string) string {
	if item == "" {
		return ""
	}
	return before + item
}

func ofItemEN(item string) string {
	if item == "" {
		return ""
	}
	return "item " + item + " of "
}
