package casework

import (
	"context"
	"net/http"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
)

// cases registers cases and what came of them, as lists and one by one.
func (s *Casework) cases(h *api.API) {
	api.List(h, casefile.CaseList, "cases", "Cases", access.SeesCases, read(s, (*casefile.View).Cases))
	api.File(h, casefile.CaseList, "exportCases", "Cases as a file", access.TakesFiles, file(s, (*casefile.View).EachCase))
	type number struct {
		Department string `query:"department" required:"true" minLength:"1" maxLength:"64"`
		CaseNo     string `query:"case_no" required:"true" minLength:"1" maxLength:"256"`
	}
	api.Get(h, "/cases/by-number", "caseByNumber", "A case by its number", access.SeesCases,
		read(s, func(v *casefile.View, in *number) (casefile.Case, error) { return v.CaseByNo(in.Department, in.CaseNo) }))
	api.Get(h, "/cases/{id}", "case", "Everything about a case", access.SeesCases,
		read(s, func(v *casefile.View, in *api.ByID) (casefile.CaseDetail, error) { return v.CaseDetail(in.ID) }))
	api.Get(h, "/cases/{id}/proof", "proof", "Proof that a record of the case is in the journal", access.SeesCases, func(ctx context.Context, in *struct {
		ID  uint64 `path:"id"`
		Seq uint64 `query:"seq" required:"true" doc:"journal number"`
	}) (*Proof, error) {
		return s.proof(ctx, in.ID, in.Seq)
	})
	api.List(h, casefile.FindingList, "findings", "Findings", access.SeesCases, read(s, (*casefile.View).Findings))
	api.File(h, casefile.FindingList, "exportFindings", "Findings as a file", access.TakesFiles, file(s, (*casefile.View).EachFinding))
	type latest struct {
		Before     uint64 `query:"before" doc:"journal number; 0: from the newest"`
		Department string `query:"department" maxLength:"64"`
		Limit      int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	}
	api.Get(h, "/events", "events", "Latest changes, newest first", access.SeesCases,
		read(s, func(v *casefile.View, in *latest) ([]casefile.Change, error) {
			return v.RecentChanges(in.Before, in.Department, in.Limit)
		}))
}

// registers registers the three registers.
func (s *Casework) registers(h *api.API) {
	at := func(name, id, summary string) api.Operation {
		return h.Describe(http.MethodGet, "/registers/"+name, id, summary, access.SeesCases)
	}
	api.ListAt(h, at("overdue", "overdueRegister", "Overdue register"), casefile.OverdueList, read(s, (*casefile.View).OverdueRegister))
	api.ListAt(h, at("rejections", "rejectionRegister", "Rejection register"), casefile.RejectionList, read(s, (*casefile.View).RejectionRegister))
	api.ListAt(h, at("authorizations", "authorizationRegister", "Chief-representative authorizations"), casefile.AuthorizationList, read(s, (*casefile.View).AuthorizationRegister))
	api.File(h, casefile.OverdueList, "exportOverdue", "The overdue register as a file", access.TakesFiles, file(s, (*casefile.View).EachOverdue))
	api.File(h, casefile.RejectionList, "exportRejections", "The register of rejections as a file", access.TakesFiles, file(s, (*casefile.View).EachRejection))
	api.File(h, casefile.AuthorizationList, "exportAuthorizations", "Chief-representative authorizations as a file", access.TakesFiles, file(s, (*casefile.View).EachAuthorization))
}

// quarantine registers what could not be taken in.
func (s *Casework) quarantine(h *api.API) {
	api.List(h, casefile.QuarantineList, "quarantine", "Records that could not be taken", access.Office, read(s, (*casefile.View).Quarantine))
	api.Get(h, "/quarantine/sums", "quarantineSums", "What could not be taken, counted by reason", access.Office,
		read(s, func(v *casefile.View, _ *api.None) ([]casefile.QuarantineSum, error) { return v.QuarantineSums() }))
	api.Get(h, "/quarantine/{id}", "quarantineRow", "A record that could not be taken, as it came", access.Office,
		read(s, func(v *casefile.View, in *api.ByID) (casefile.QuarantineRow, error) { return v.QuarantineRow(in.ID) }))
}
