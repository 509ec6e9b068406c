package intake

import (
	"fmt"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/wire"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// reader reads cases from the journal as a transaction sees it.
type reader struct {
	tx  *store.Reader
	reg *registry
}

// subject folds what the journal holds of a case. The item is left to the
// caller.
func (r *reader) subject(id uint64, dept int64, no string) (s rules.Subject, corrected bool, err error) {
	d := r.reg.department(dept)
	s.Duties = d.duties()
	var last correction
	err = r.tx.CaseRecords(id, func(rec store.RecordRow) error {
		if journal.Kind(rec.Kind) == journal.KindTold {
			return applyTold(&s, &rec, &last)
		}
		ev, err := decodeEvent(&rec)
		if err != nil {
			return err
		}
		if rec.Corrects == 0 {
			s.Events = append(s.Events, ev)
			return nil
		}
		corrected = true
		for i := range s.Events {
			if s.Events[i].Seq == rec.Corrects {
				// Its place in the story stays, and so does when it was told.
				last = correction{rec.Seq, i, s.Events[i]}
				ev.Seq, ev.ToldAt, ev.Was = rec.Corrects, last.former.ToldAt, last.former.Was
				s.Events[i] = ev
			}
		}
		return nil
	})
	if err != nil {
		return s, false, err
	}
	return s, corrected, r.attachReports(&s, d, no)
}

// attachReports gives a case the department's reports that name it.
func (r *reader) attachReports(s *rules.Subject, d *department, no string) error {
	if !d.reports {
		return nil
	}
	seqs, err := r.tx.ReportsOf(d.row.ID, no)
	if err != nil {
		return err
	}
	for _, first := range seqs {
		rec, err := r.holding(first)
		if err != nil {
			return err
		}
		if err := attach(s, first, rec); err != nil {
			return err
		}
		told, err := r.toldOf(d.row.ID, first)
		if err != nil {
			return err
		}
		reportTold(s, first, told)
	}
	return nil
}

// reportTold sets from when a report counts that was told late.
func reportTold(s *rules.Subject, first uint64, told time.Time) {
	for i := range s.Filings {
		if s.Filings[i].Seq == first {
			s.Filings[i].ToldAt = told
		}
	}
	for i := range s.OverdueReports {
		if s.OverdueReports[i].Seq == first {
			s.OverdueReports[i].ToldAt = told
		}
	}
}

// holding reads a record in the version that holds now.
func (r *reader) holding(first uint64) (rec store.RecordRow, err error) {
	rec, found, err := r.tx.Record(first)
	if err != nil {
		return rec, err
	}
	if !found {
		return rec, fmt.Errorf("intake: record %d is gone", first)
	}
	_, rec, _, err = r.tx.Latest(rec.Dept, journal.Kind(rec.Kind), rec.SourceID)
	return rec, err
}

// attach puts a report into a subject, in place of an earlier version of it.
func attach(s *rules.Subject, first uint64, rec store.RecordRow) error {
	switch journal.Kind(rec.Kind) {
	case journal.KindRejection:
		var m pb.Rejection
		if err := proto.Unmarshal(rec.Body, &m); err != nil {
			return fmt.Errorf("intake: record %d: %w", rec.Seq, err)
		}
		f := wire.Rejection(&m)
		f.Seq = first
		putFiling(s, f)
	case journal.KindOverdue:
		var m pb.OverdueCase
		if err := proto.Unmarshal(rec.Body, &m); err != nil {
			return fmt.Errorf("intake: record %d: %w", rec.Seq, err)
		}
		o := wire.Overdue(&m)
		o.Seq = first
		putReport(s, o)
	}
	return nil
}

func putFiling(s *rules.Subject, f approval.RejectionFiling) {
	for i := range s.Filings {
		if s.Filings[i].Seq == f.Seq {
			s.Filings[i] = f
			return
		}
	}
	s.Filings = append(s.Filings, f)
}

func putReport(s *rules.Subject, r approval.OverdueReport) {
	for i := range s.OverdueReports {
		if s.OverdueReports[i].Seq == r.Seq {
			s.OverdueReports[i] = r
			return
		}
	}
	s.OverdueReports = append(s.OverdueReports, r)
}

// decodeEvent reads an event record of the journal.
func decodeEvent(rec *store.RecordRow) (approval.Event, error) {
	var m pb.Event
	if err := proto.Unmarshal(rec.Body, &m); err != nil {
		return approval.Event{}, fmt.Errorf("intake: record %d: %w", rec.Seq, err)
	}
	ev := wire.Event(&m)
	ev.Seq, ev.ObservedAt = rec.Seq, time.UnixMicro(rec.Observed).UTC()
	return ev, nil
}
