package intake

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/lookalike"
)

// A report or a rating that names a case by a number of the same looks would stand
// beside it for ever: the department reported, and the console finds no report. One
// that comes when its case is known waits in the quarantine, like a case's own
// records. One that came before its case stays where it is, since people saw it, and
// the quarantine says so when the case begins.

// misnamed is why a new report, rating or authorization is refused for what it names;
// nil where it is not. What names no case that is known may come before it.
func (p *projector) misnamed(d *department, r *prepared) (*refusal, error) {
	no := ""
	switch {
	case r.auth != nil:
		return d.misnamedItems(r.auth.No, r.auth.Items), nil
	case r.rating != nil:
		no = r.rating.CaseNo
	case r.filing != nil, r.report != nil:
		no = r.caseNo
	}
	if no == "" {
		return nil, nil
	}
	if p.hot.lru.Contains(caseKey{d.row.ID, no}) {
		return nil, nil
	}
	if _, found, err := p.w.CaseByNo(d.row.ID, no); err != nil || found {
		return nil, err
	}
	return p.alike(d, no)
}

// misnamedItems is why an authorization is refused whose number hides what it is, or
// that names an item that only looks like one of the department's.
func (d *department) misnamedItems(no string, items []string) *refusal {
	m, bad := lookalike.TextMark(no)
	if !bad {
		m, bad = lookalike.First(no)
	}
	if bad {
		zh, en := m.Words()
		return &refusal{"lookalike_auth_no",
			fmt.Sprintf("授权书号 %q 与看上去的不同：%s。请部门改为实际的书号后重新报送。", shortened(no), zh),
			fmt.Sprintf("Authorization number %q is not what it looks like: %s. Ask the department to write it as it is and to send the record again.", shortened(no), en)}
	}
	for _, code := range items {
		if d.items[code] != nil {
			continue
		}
		s := lookalike.Skeleton(code)
		if s == code || d.items[s] == nil {
			continue
		}
		zh, en := lookalike.Differ(code, s).Words()
		return &refusal{"lookalike_item",
			fmt.Sprintf("授权书所列的事项编码 %q 与清单里的 %q 看上去相同：%s。请部门改为清单里的编码后重新报送。", shortened(code), shortened(s), zh),
			fmt.Sprintf("Item code %q in the authorization looks like %q on the list: %s. Ask the department to use the code on the list and to send the record again.", shortened(code), shortened(s), en)}
	}
	return nil
}

// naming has the numbers of a department's reports and ratings that hold anything but
// printable ASCII and that no case has, by what they look like. They are read when
// its first case begins after the folder was opened.
type naming struct {
	read   bool
	byLook map[string][]string
}

// add notes a number, once those before are read.
func (n *naming) add(no string) {
	s := lookalike.Skeleton(no)
	if !n.read || s == no || slices.Contains(n.byLook[s], no) {
		return
	}
	n.byLook[s] = append(n.byLook[s], no)
}

// namedLike are numbers of reports and ratings of the same looks as a case's.
func (p *projector) namedLike(d *department, no string) ([]string, error) {
	if !d.names.read {
		d.names = naming{read: true, byLook: map[string][]string{}}
		if err := p.w.OddNames(d.row.ID, func(no string) error {
			d.names.add(no)
			return nil
		}); err != nil {
			return nil, err
		}
	}
	s := lookalike.Skeleton(no)
	all := slices.Clone(d.names.byLook[s])
	if s != no {
		all = append(all, s)
	}
	return slices.DeleteFunc(all, func(other string) bool { return other == no }), nil
}

// tellNamed says in the quarantine which reports and ratings name a case that begins
// by a number that only looks like its own.
func (p *projector) tellNamed(d *department, no string) error {
	others, err := p.namedLike(d, no)
	if err != nil {
		return err
	}
	for _, other := range others {
		reports, err := p.w.ReportsOf(d.row.ID, other)
		if err != nil {
			return err
		}
		ratings, err := p.w.RatingsOf(d.row.ID, other)
		if err != nil {
			return err
		}
		for _, seq := range append(reports, ratings...) {
			if err := p.tellMisnamed(d, seq, other, no); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *projector) tellMisnamed(d *department, seq uint64, other, no string) error {
	rec, found, err := p.w.Record(seq)
	if err != nil || !found {
		return err
	}
	from := origin{p.from.adapter, Rejections}
	switch journal.Kind(rec.Kind) {
	case journal.KindOverdue:
		from.stream = Overdue
	case journal.KindRating:
		from.stream = Ratings
		if own, _ := p.imports.officesOwn(seq); own {
			from.adapter = OfficeImport
		}
	}
	zh, en := between(other, no)
	body := bytes.Clone(rec.Body)
	r := prepared{kind: journal.Kind(rec.Kind), dept: d.row.Code, sourceID: showable(rec.SourceID), caseNo: other, body: body, raw: body, size: len(body), fault: &refusal{"lookalike_named",
		fmt.Sprintf("存证第 %d 号记录写的办件编号 %q 与后来的办件 %q 看上去相同：%s。它没有对到这个办件上；请部门以同一编号、新的来源编号重新报送。", seq, shortened(other), shortened(no), zh),
		fmt.Sprintf("Record %d names case %q, which looks like %q, a case that came later: %s. It does not count for that case; ask the department to report it again with the case's own number, under a new source id.", seq, shortened(other), shortened(no), en)}}
	r.shorten()
	return p.quarantine(from, &r)
}
