package intake

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

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
	if err := v.refusedSums(&was); err != nil {
		return err
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

// refusedSums compares how much was refused for each reason with what is kept of
// it, and with what was journaled. Since then more may have been refused, of which
// something is always kept.
func (v *verifier) refusedSums(was *setAsideRecord) error {
	kept, newer, err := v.tx.QuarantineHeld(was.Upto)
	if err != nil {
		return err
	}
	now, err := v.tx.QuarantineTallies()
	if err != nil {
		return err
	}
	total, left := int64(0), map[store.QuarantineKey]store.QuarantineTally{}
	for i := range now {
		total += int64(now[i].Total)
		t := &now[i]
		left[t.QuarantineKey] = *t
		if held := kept[t.QuarantineKey]; held.First != t.FirstRows || held.Last != t.LastRows || held.FirstBytes != t.FirstBytes || t.Total != held.First+held.Last+t.Dropped || t.Dropped < 0 {
			v.refusedDiffer(t.QuarantineKey)
			return nil
		}
		delete(kept, t.QuarantineKey)
	}
	for k := range kept {
		v.refusedDiffer(k)
		return nil
	}
	if seen, unseen, err := v.tx.RefusedSeen(); err != nil || seen != total || unseen > 0 {
		v.differ(0, "quarantine", "问题数据的查重记录被改动过：同一条记录可能被重复计数或漏计。",
			fmt.Sprintf("What refused records are known again by was changed: %d are known, of %d that were refused. One may be counted twice, or not at all.", seen, total))
		return err
	}
	for _, s := range was.Sums {
		k := store.QuarantineKey{Adapter: s.Adapter, Stream: s.Stream, Code: s.Code}
		t, more := left[k], newer[k]
		// What was counted may be taken when it is read again, and is journaled then.
		if grown := t.Total + t.Taken - s.Total - s.Taken; t.Taken < s.Taken || grown < 0 || grown > 0 && !more {
			v.refusedDiffer(k)
			return nil
		}
	}
	return nil
}

func (v *verifier) refusedDiffer(k store.QuarantineKey) {
	v.differ(0, "quarantine", fmt.Sprintf("问题数据的合计被改动过：数据接口“%s”被拒收的条数与存证不符。", k.Adapter),
		fmt.Sprintf("The sums of what was refused were changed: how much of adapter %s was refused for %q is not what was kept and journaled.", k.Adapter, k.Code))
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

// Versions of the rules with which consoles began to seal what follows from no record
// as a whole, to number the seals, and to keep sums.
const (
	sealedSince   = 6
	numberedSince = 13
	summedSince   = 17 // what is too much for one signature has a sum
)

// seals checks the seals on what follows from no record.
func (v *verifier) seals() error {
	ruling, ruled, err := RulingOf(v.tx)
	if err != nil || !ruled || v.origin == "" || ruling.Rules < sealedSince {
		return err
	}
	numbered := ruling.Rules >= numberedSince
	for _, what := range store.AllSealed {
		content, some, err := v.tx.SealContent(what)
		if err != nil {
			return err
		}
		seal, err := v.tx.Seal(what)
		if err != nil {
			return err
		}
		if what == store.SealedWithdrawn && !numbered || what == store.SealedTold && ruling.Rules < summedSince {
			continue
		}
		signed, signature, number := store.SealParts(content, seal)
		if (some || seal != nil) && (!journal.Sealed(v.key, signed, signature) || numbered && number == 0) {
			w := sealedWords[what]
			v.differ(0, w[0], w[1], w[2])
			return nil
		}
		// Findings that are not what the journal gives are told by the case they are of.
		if v.summed = ruling.Rules >= summedSince; !v.summed || what == store.SealedTold {
			continue
		}
		if err := v.sums(what); err != nil || v.rep.Difference != nil {
			return err
		}
	}
	if stranger, err := v.tx.SealStranger(); err != nil || stranger != "" {
		v.differ(0, "seals", "印鉴里有一条本程序没有盖过的：数据库被改动过。", fmt.Sprintf("Among the seals stands one that this program never made (%q): the database was changed.", stranger))
		return err
	}
	if !numbered {
		return nil
	}
	return v.marks()
}

// sums checks that a sum which stands under a seal is of what there is.
func (v *verifier) sums(what store.Sealed) error {
	agrees, err := v.tx.SumAgrees(what)
	if err == nil && !agrees {
		w := sealedWords[what]
		v.differ(0, w[0], w[1], w[2])
	}
	return err
}

// marks checks that no seal is older than when the journal was signed last, nor a
// stream's place.
func (v *verifier) marks() error {
	notes, err := v.tx.Checkpoints()
	if err != nil || len(notes) == 0 {
		return err
	}
	since, err := v.numberedFrom()
	if err != nil {
		return err
	}
	last, err := journal.Open(notes[len(notes)-1], v.key)
	if err != nil || last.Size < int64(since) { // by an older program
		return nil //nolint:nilerr // the tree's check says what is wrong with it
	}
	kept, signed, signature, err := v.tx.Marks()
	if err != nil || kept.Size != last.Size || !journal.Sealed(v.key, signed, signature) {
		v.differ(0, "seals", "最后一次签名时记下的印鉴编号不见了，或者不是那一次的：它被改动过。",
			"What seals there were when the journal was last signed is missing, or is of another time: it was changed.")
		return nil //nolint:nilerr // what cannot be read was changed
	}
	now, err := v.tx.MarksNow(last.Size)
	if err != nil {
		return err
	}
	for _, what := range store.AllSealed {
		if now.Seals[what] < kept.Seals[what] {
			name := sealedNames[what]
			v.differ(0, sealedWords[what][0], name[0]+"被换回了以前的内容和当时的签名：上次签存证时它已经比这更新。",
				"An earlier state of "+name[1]+" was put back with its seal of then: it was newer when the journal was last signed.")
			return nil
		}
	}
	for _, s := range kept.Streams {
		i := slices.IndexFunc(now.Streams, func(n store.StreamMark) bool { return n.Adapter == s.Adapter && n.Stream == s.Stream })
		if i < 0 || now.Streams[i].Records < s.Records {
			v.differ(0, "cursors", fmt.Sprintf("数据接口“%s”的读取位置被换回了以前的：它上次签名时已经读到更后面。", s.Adapter),
				fmt.Sprintf("Where adapter %s stands in its stream of %s was put back to an earlier place: it had come further when the journal was last signed.", s.Adapter, s.Stream))
			return nil
		}
	}
	return nil
}

// numberedFrom is the record from which on seals have numbers.
func (v *verifier) numberedFrom() (seq uint64, err error) {
	err = v.tx.OfItself(journal.KindRuling, func(r store.RecordRow) error {
		var by Ruling
		if err := json.Unmarshal(r.Body, &by); err != nil {
			return fmt.Errorf("intake: record %d, by what cases are judged: %w", r.Seq, err)
		}
		if seq == 0 && by.Rules >= numberedSince {
			seq = r.Seq
		}
		return nil
	})
	return seq, err
}

// sealedNames are what is sealed as a whole.
var sealedNames = map[store.Sealed][2]string{
	store.SealedStreams:   {"数据流的名单", "the list of streams"},
	store.SealedMoments:   {"部门的核算时点", "the moments that departments' cases are judged for"},
	store.SealedReadings:  {"部门的数据读到何时的记载", "how far departments' records had been read"},
	store.SealedRefused:   {"问题数据的合计", "the sums of what was refused"},
	store.SealedWithdrawn: {"已撤销的异常", "the findings that were withdrawn"},
	store.SealedTold:      {"异常的告知编号", "the numbers under which findings were told"},
}

// sealedWords are where a broken seal is, and what is said of it.
var sealedWords = map[store.Sealed][3]string{
	store.SealedStreams: {"cursors", "数据接口的读取位置少了或多了：有一个数据流的位置被删除或添加过，记录会被重读。",
		"Where adapters stand is not complete, or more than that: the place of a stream was deleted or added, and its records will be read again."},
	store.SealedMoments: {"departments", "部门的核算时点被改动过：与本台写下时的签名不符。",
		"The moments that departments' cases are judged for were changed: they are not what the console sealed."},
	store.SealedReadings: {"readings", "部门的数据读到何时的记载被改动过：与本台写下时的签名不符。",
		"How far departments' records had been read was changed: it is not what the console sealed."},
	store.SealedWithdrawn: {"findings", "已撤销的异常被改动过：与本台撤销时的签名不符。",
		"Findings that were withdrawn were changed: they are not what the console sealed when it withdrew them."},
	store.SealedTold: {"findings", "异常的告知编号被改动过：与本台告知时的签名不符，有人可能不会得知。",
		"Under which number a finding was told was changed: it is not what the console sealed, and somebody may not be told of it."},
	store.SealedRefused: {"quarantine", "问题数据的合计（条数、起止时间、重读位置或据以认出旧记录的校验值）被改动过：与本台写下时的签名不符。",
		"The sums of what was refused (how much, when, where it is read again from, or by what it is known again) were changed: they are not what the console sealed."},
}

// departments compares the moments that departments' cases are judged for with
// those that the journal speaks of.
func (v *verifier) departments() error {
	rows, err := v.tx.Departments()
	if err != nil {
		return err
	}
	readings, err := v.tx.Readings()
	if err != nil {
		return err
	}
	for _, d := range rows {
		if slices.Contains(v.read, d.Code) && !slices.ContainsFunc(readings, func(r store.ReadingRow) bool { return r.Dept == d.ID }) {
			v.differ(0, "readings", fmt.Sprintf("%s的数据读到何时的记载不见了：它被删除过。", d.Name),
				fmt.Sprintf("Until when %s was read is missing: it was deleted.", d.NameOrCode()))
			return nil
		}
		if d.Watermark != v.watermarks[d.ID] || d.JudgedAt < v.clocks[d.Code] {
			v.differ(0, "departments", fmt.Sprintf("%s的核算时点被改动过：与它报送的记录不符。", d.Name),
				fmt.Sprintf("The moment that %s is judged for was changed: it does not follow from its records.", d.NameOrCode()))
			return nil
		}
	}
	return nil
}
