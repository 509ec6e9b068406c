package intake

import (
	"crypto/sha256"
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// quarantine compares the quarantine with what was journaled of it.
func (v *verifier) quarantine() error {
	was, err := lastSetAside(v.tx)
	if err != nil {
		return err
	}
	var chain store.SetAsideChain
	count := int64(0)
	if err := v.tx.SetAside(0, max(was.Upto, 1), func(e *store.SetAsideRow) error {
		if e.ID <= was.Upto {
			count++
			chain.Add(e)
		}
		return nil
	}); err != nil {
		return err
	}
	switch {
	case count != was.Count:
		v.differ(0, "quarantine", fmt.Sprintf("隔离的记录少了或多了：存证记着 %d 条，现有 %d 条。", was.Count, count),
			fmt.Sprintf("The quarantine should hold %d records that were journaled, but holds %d.", was.Count, count))
		return nil
	case chain.String() != was.Chain:
		v.differ(0, "quarantine", "隔离的记录被改动过：与存证记下的不符。", "Records in the quarantine were changed: they are not what was journaled.")
		return nil
	}
	return v.tx.SetAsideRaw(func(e *store.SetAsideRow) error {
		h := sha256.New()
		fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s\x00", e.Adapter, e.Stream, e.SourceID, e.Code)
		h.Write(e.Raw)
		if string(h.Sum(nil)) != string(e.Digest) {
			v.differ(0, "quarantine", fmt.Sprintf("问题数据第 %d 条的内容被改动过。", e.ID), fmt.Sprintf("Entry %d of the quarantine was changed.", e.ID))
		}
		return nil
	})
}

// cursors checks the seals on where the adapters' streams stand.
func (v *verifier) cursors() error {
	if v.origin == "" {
		return nil
	}
	all, err := v.tx.Cursors()
	if err != nil {
		return err
	}
	for _, c := range all {
		if !journal.Sealed(v.key, c.Content(), c.Seal) {
			v.differ(0, "cursors", fmt.Sprintf("数据接口“%s”的读取位置被改动过：可能有记录被跳过或重读。", c.Adapter),
				fmt.Sprintf("Where adapter %s stands in its stream of %s was changed: records may be passed over or read again.", c.Adapter, c.Stream))
			return nil
		}
	}
	return nil
}

// departments compares the moments that departments' cases are judged for with
// those that the journal speaks of.
func (v *verifier) departments() error {
	rows, err := v.tx.Departments()
	if err != nil {
		return err
	}
	for _, d := range rows {
		if d.Watermark != v.watermarks[d.ID] || d.JudgedAt < v.clocks[d.Code] {
			v.differ(0, "departments", fmt.Sprintf("%s的核算时点被改动过：与它报送的记录不符。", d.Name),
				fmt.Sprintf("The moment that %s is judged for was changed: it does not follow from its records.", d.NameOrCode()))
			return nil
		}
	}
	return nil
}
