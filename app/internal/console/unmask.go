package console

import (
	"context"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Unmask journals who wants to see an applicant's particulars and why, and then
// tells them.
func (c *Console) Unmask(ctx context.Context, caseID uint64, reason string) (*httpapi.Applicant, error) {
	if err := account.Note(ctx, c.accounts, account.Unmasked, access.From(ctx), account.Opening{Case: caseID, Reason: reason}); err != nil {
		return nil, err
	}
	out := &httpapi.Applicant{}
	return out, c.store.Snapshot(ctx, func(w *store.Writer) error {
		return w.CaseRecords(caseID, func(r store.RecordRow) error {
			if journal.Kind(r.Kind) != journal.KindEvent {
				return nil
			}
			var e pb.Event
			if err := proto.Unmarshal(r.Body, &e); err != nil {
				return err
			}
			if a := e.Application; a != nil { // the latest holds
				*out = httpapi.Applicant{Name: a.ApplicantName, Type: a.ApplicantType, Number: a.ApplicantId, Phone: a.Phone}
			}
			return nil
		})
	})
}
