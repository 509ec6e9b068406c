package casefile

import (
	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Applicant are an applicant's particulars as the department sent them, which
// all else masks: who asks for them says why, and the journal keeps it.
type Applicant struct {
	Name, Type, Number, Phone string
}

// Applicant reads who applied, as the latest record says; the zero Applicant
// where none does.
func (v *View) Applicant(id uint64) (out Applicant, err error) {
	err = v.tx.Records(func(w *store.Writer) error {
		return w.CaseRecords(id, func(r store.RecordRow) error {
			if journal.Kind(r.Kind) != journal.KindEvent {
				return nil
			}
			var e pb.Event
			if err := proto.Unmarshal(r.Body, &e); err != nil {
				return err
			}
			if a := e.Application; a != nil { // the latest holds
				out = Applicant{Name: a.ApplicantName, Type: a.ApplicantType, Number: a.ApplicantId, Phone: a.Phone}
			}
			return nil
		})
	})
	return out, err
}
