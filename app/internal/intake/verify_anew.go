package intake

import (
	"fmt"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// judgedAnew says so where cases are still to be judged anew, or where the folder
// was judged by other rules than this program's: what stands there cannot be
// compared then.
func (v *verifier) judgedAnew() error {
	left, err := v.tx.ToRejudge()
	if err != nil {
		return err
	}
	if left > 0 {
		v.differ(0, "rejudgements", fmt.Sprintf("有 %d 个办件正在按新的设置或规则重新核算，尚未完成。请打开明察等它完成，再校验。", left),
			fmt.Sprintf("%d cases are still being judged anew by changed settings or rules. Open the console, wait until that is done, then verify again.", left))
		return nil
	}
	if all, err := v.tx.Rejudgements(); err != nil || len(all) > 0 {
		v.differ(0, "rejudgements", "记着有部门的办件要重新核算，却没有一件还没核算：这一条是添加的，或者明察还没有做完。请打开明察，等它完成，再校验。",
			"A department's cases are noted as to be judged anew, and none is left: that was added, or the console has not finished. Open the console, wait until it is done, then verify again.")
		return err
	}
	r, found, err := RulingOf(v.tx)
	if err == nil && found && r.Rules != rules.Version {
		v.differ(0, "ruling", fmt.Sprintf("这个文件夹的办件是按规则第 %d 版核算的，本程序是第 %d 版。请先用本程序打开一次，让它重新核算，再校验。", r.Rules, rules.Version),
			fmt.Sprintf("The folder's cases were judged by version %d of the rules; this program has version %d. Open the folder with this program once, so that they are judged anew, then verify.", r.Rules, rules.Version))
	}
	return err
}

// replayAct applies an act that changes by what cases are judged. Who serves a
// department stands in a record of its own.
func (p *projector) replayAct(r store.RecordRow) error {
	a, err := ReadAct(r)
	if err != nil || a.Type != HeldFrom {
		return err
	}
	h, err := DataOf[Holding](&a)
	if err != nil {
		return err
	}
	return p.holdFrom(&h)
}

// byOlder says of a folder that only older programs have opened that they judged
// by other rules, where its cases differ from what this one makes of them.
func (r *Report) byOlder(ruled bool) {
	if d := r.Difference; d != nil && !ruled && slices.Contains([]string{"cases", "findings", "register_overdue", "register_rejections"}, d.Where) {
		d.ZH = "这个文件夹上次由较早版本的程序打开，办件是按当时的规则核算的。请先用本程序打开一次，让它重新核算，再校验。（" + d.ZH + "）"
		d.EN = "The folder was last opened by an older program and judged by its rules. Open it with this program once, so that its cases are judged anew, then verify. (" + d.EN + ")"
	}
}
