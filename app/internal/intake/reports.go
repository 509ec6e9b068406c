package intake

import (
	"fmt"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/wire"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// reportedFrom is from when a report counts that was just journaled, where it
// claims a date by which all had been read; zero where it counts from its date. A
// correction claims no earlier date than the report that it corrects, either.
func (p *projector) reportedFrom(d *department, first uint64, corrects bool, r *prepared) (time.Time, error) {
	if !corrects {
		at, late := p.late(d, 0, r.reported())
		if !late {
			return time.Time{}, nil
		}
		return at, p.appendTold(d, first, at, 0)
	}
	told, err := p.toldOf(d.row.ID, first)
	if err != nil || !told.IsZero() {
		return told, err
	}
	_, known := p.readUntil(d, p.telling())
	before, err := p.reportedBefore(first, r.seq)
	if err != nil || !known || !rules.LongAfter(p.judge.Calendar(), r.reported(), before, toldAfter) {
		return time.Time{}, err
	}
	return before, p.appendTold(d, first, before, 0)
}

// reported is the date that a report claims.
func (p *prepared) reported() time.Time {
	if p.filing != nil {
		return p.filing.FiledAt
	}
	return p.report.ReportedAt
}

// reportedBefore is the date that a report claimed before its correction.
func (p *projector) reportedBefore(first, correction uint64) (at time.Time, err error) {
	err = p.w.Versions(first, func(rec store.RecordRow) error {
		if rec.Seq >= correction {
			return nil
		}
		if journal.Kind(rec.Kind) == journal.KindRejection {
			var m pb.Rejection
			err := proto.Unmarshal(rec.Body, &m)
			at = wire.Rejection(&m).FiledAt
			return err
		}
		var m pb.OverdueCase
		err := proto.Unmarshal(rec.Body, &m)
		at = wire.Overdue(&m).ReportedAt
		return err
	})
	if err != nil {
		return at, fmt.Errorf("intake: report %d: %w", first, err)
	}
	return at, nil
}
