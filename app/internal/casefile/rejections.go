package casefile

import (
	"database/sql"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// RejectionRow sets a department's negative filing beside the decision.
type RejectionRow struct {
	CaseID        uint64    `json:"case_id,omitempty"`
	CaseNo        string    `json:"case_no"`
	Department    string    `json:"department"`
	ItemName      string    `json:"item_name"`
	Stage         string    `json:"stage" enum:"not_accepted,refused,returned,cannot_finish,grounds"`
	DecidedAt     time.Time `json:"decided_at,omitzero"`
	Reason        string    `json:"reason"`
	LegalBasis    string    `json:"legal_basis"`
	RemediesTold  bool      `json:"remedies_told"`
	NoticeNo      string    `json:"notice_no"`
	Agreement     string    `json:"agreement" enum:"both,only_ours,only_theirs,awaited,no_duty,late" doc:"only_ours: a report that the department undertook to send was left out; no_duty: it never undertook to send any; late: both, theirs only when the time for it had passed"`
	FilingSeq     uint64    `json:"filing_seq,omitempty"`
	FilingNo      string    `json:"filing_no,omitempty"`
	FiledAt       time.Time `json:"filed_at,omitzero"`
	LeaderOpinion string    `json:"leader_opinion,omitempty"`
}

// RejectionRegister lists the rejections register, newest first.
func (v *View) RejectionRegister(a list.Ask) (store.Page[RejectionRow], error) {
	w, n, err := narrowed(v, RejectionList, a, ranged(a), false)
	if err != nil {
		return store.Page[RejectionRow]{}, err
	}
	l := rejectionRegister
	if ranged(a) {
		l.Few = fewInRange
	}
	l.Sorts = !v.aligned(a, "", "agreement", "stage")
	return store.List(v.ctx, v.tx, l, w, a.At, scanRejection(n))
}

// EachRejection calls each with every row of the rejections register that is
// asked for, newest first.
func (v *View) EachRejection(a list.Ask, each func(*RejectionRow) error) error {
	w, n, err := narrow(v, RejectionList, a)
	if err != nil {
		return err
	}
	return store.All(v.ctx, v.tx, rejectionRegister, w, scanRejection(n), each)
}

// rejectionsOf lists a case's rows of the rejections register.
func (v *View) rejectionsOf(caseID uint64) ([]RejectionRow, error) {
	n, err := v.names()
	if err != nil {
		return nil, err
	}
	p, err := store.List(v.ctx, v.tx, rejectionRegister, ofCase(caseID), store.Window{Limit: 10}, scanRejection(n))
	return p.Rows, err
}

var rejectionRegister = store.Listing{Columns: `dept, item, case_id, case_no, agreement, stage, decided_at, reason, legal_basis, remedies_told, notice_no,
	filing_seq, filing_no, filed_at, leader_opinion`, From: "register_rejections", Counted: "register_rejections", Order: "sort_at DESC, id DESC"}

func scanRejection(n *registry) func(*sql.Rows) (RejectionRow, error) {
	return func(r *sql.Rows) (o RejectionRow, err error) {
		var dept, item, agreement, stage, decided, filed int64
		err = r.Scan(&dept, &item, &o.CaseID, &o.CaseNo, &agreement, &stage, &decided, &o.Reason, &o.LegalBasis, &o.RemediesTold, &o.NoticeNo,
			&o.FilingSeq, &o.FilingNo, &filed, &o.LeaderOpinion)
		o.Department, o.ItemName = n.code[dept], n.itemOf(item).Name
		o.Agreement, o.Stage = store.Agreements.Word(agreement), store.Stages.Word(stage)
		o.DecidedAt, o.FiledAt = store.Time(decided), store.Time(filed)
		return o, err
	}
}
