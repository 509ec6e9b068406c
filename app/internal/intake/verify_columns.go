package intake

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/wire"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// columnCheck compares what stands beside a record's body, so that records are
// found again, with what the body says.
type columnCheck struct {
	*verifier
	depts map[string]int64 // numbers of the departments so far, by code
}

// beside is what a record's columns should say; an empty source is not known.
type beside struct {
	dept   string
	source string
	caseNo string // of a case: its department's number
}

func (c *columnCheck) record(r *store.RecordRow) error {
	want, err := c.beside(r)
	if err != nil {
		c.differ(r.Seq, "journal", fmt.Sprintf("存证第 %d 号记录读不懂。", r.Seq), fmt.Sprintf("Record %d cannot be read: %v", r.Seq, err))
		return nil
	}
	dept, caseID := c.depts[want.dept], uint64(0)
	if want.caseNo != "" {
		row, _, err := c.tx.CaseByNo(dept, want.caseNo)
		if err != nil {
			return err
		}
		caseID = row.ID
	}
	if r.Dept != dept || want.source != "" && r.SourceID != want.source || r.Case != caseID {
		c.differ(r.Seq, "journal", fmt.Sprintf("存证第 %d 号记录的索引信息（部门、来源编号或所属办件）与记录内容不符：它被改动过。", r.Seq),
			fmt.Sprintf("What stands beside record %d (its department, source id or case) is not what the record says: it was changed.", r.Seq))
	}
	return nil
}

// from is what the contract's records have in common.
type from interface {
	proto.Message
	GetDepartment() string
	GetSourceId() string
}

func (c *columnCheck) beside(r *store.RecordRow) (b beside, err error) {
	read := func(m from) error {
		err := proto.Unmarshal(r.Body, m)
		b.dept, b.source = m.GetDepartment(), m.GetSourceId()
		return err
	}
	switch journal.Kind(r.Kind) {
	case journal.KindDepartment:
		var d departmentRecord
		err = json.Unmarshal(r.Body, &d)
		if _, known := c.depts[d.Code]; !known {
			c.depts[d.Code] = int64(len(c.depts) + 1)
		}
		return beside{source: d.Code}, err
	case journal.KindItem:
		var m pb.Item
		err = proto.Unmarshal(r.Body, &m)
		return beside{dept: m.Department, source: m.Code}, err
	case journal.KindEvent:
		var m pb.Event
		err = read(&m)
		b.caseNo = m.CaseNo
		if err == nil {
			c.spoke(b.dept, &m)
		}
	case journal.KindRejection:
		err = read(&pb.Rejection{})
	case journal.KindOverdue:
		err = read(&pb.OverdueCase{})
	case journal.KindAuthorization:
		err = read(&pb.Authorization{})
	case journal.KindRating:
		err = read(&pb.Rating{})
	case journal.KindClock:
		var m clockRecord
		err = json.Unmarshal(r.Body, &m)
		for _, d := range m.Departments {
			c.clocks[d] = max(c.clocks[d], m.At.UnixMicro())
		}
		return beside{source: fmt.Sprintf("clock-%d", r.Seq)}, err
	case journal.KindAct:
		var m actBody
		err = json.Unmarshal(r.Body, &m)
		return beside{source: m.Key}, err
	case journal.KindTold:
		var told toldRecord
		if err = json.Unmarshal(r.Body, &told); err == nil {
			b, err = c.ofRecord(told.Event)
		}
		b.source = toldSource(told.Event)
	case journal.KindCaughtUp:
		var m caughtUpRecord
		if err = json.Unmarshal(r.Body, &m); err == nil {
			c.read = append(c.read, m.Departments...)
		}
		b.source = fmt.Sprintf("caught-up-%d", r.Seq)
	case journal.KindImported:
		var m importedRecord
		err = json.Unmarshal(r.Body, &m)
		b.source = fmt.Sprintf("imported-%d", m.First)
	case journal.KindHolidays:
		var list struct {
			Year int `json:"year"`
		}
		err = json.Unmarshal(r.Body, &list)
		b.source = fmt.Sprintf("holidays-%d-%d", list.Year, r.Seq)
	case journal.KindIdentity:
		var m identityRecord
		err = json.Unmarshal(r.Body, &m)
		b.source = m.Origin
	case journal.KindBreak:
		b.source = fmt.Sprintf("break-%d", r.Seq)
	case journal.KindSetAside:
		b.source = fmt.Sprintf("set-aside-%d", r.Seq)
	case journal.KindRuling:
		b.source = fmt.Sprintf("ruling-%d", r.Seq)
	}
	return b, err
}

// toldLate are the kinds that may be told late.
var toldLate = []journal.Kind{journal.KindEvent, journal.KindRejection, journal.KindOverdue, journal.KindAuthorization, journal.KindRating}

// ofRecord is what stands beside a department's record, which a record about it
// repeats.
func (c *columnCheck) ofRecord(seq uint64) (b beside, err error) {
	rec, found, err := c.tx.Record(seq)
	if err == nil && (!found || !slices.Contains(toldLate, journal.Kind(rec.Kind))) {
		err = fmt.Errorf("record %d is no event, report, authorization or rating", seq)
	}
	if err != nil {
		return b, err
	}
	return c.beside(&rec)
}

// spoke notes the latest moment that a department's events speak of.
func (c *columnCheck) spoke(dept string, m *pb.Event) {
	e := wire.Event(m)
	id := c.depts[dept]
	for _, t := range []time.Time{e.OccurredAt, e.EnteredAt} {
		if at := t.UnixMicro(); !t.IsZero() && at > c.watermarks[id] {
			c.watermarks[id] = at
		}
	}
}
