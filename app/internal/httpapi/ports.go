package httpapi

import (
	"context"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Reader is what the API reads from the data folder; package store has it.
// Answers belong to the caller.
type Reader interface {
	Board(ctx context.Context, now time.Time) (*store.Board, error)
	Departments(ctx context.Context, now time.Time) ([]store.Department, error)
	Items(ctx context.Context, department string) ([]store.Item, error)
	Cases(ctx context.Context, q store.CaseQuery) (store.Page[store.Case], error)
	CaseByNo(ctx context.Context, department, caseNo string) (store.Case, error)
	Findings(ctx context.Context, q store.FindingQuery) (store.Page[store.Finding], error)
	OverdueRegister(ctx context.Context, q store.RegisterQuery) (store.Page[store.OverdueRow], error)
	RejectionRegister(ctx context.Context, q store.RegisterQuery) (store.Page[store.RejectionRow], error)
	AuthorizationRegister(ctx context.Context, q store.RegisterQuery, status string, now time.Time) (store.Page[store.AuthorizationRow], error)
	RecentChanges(ctx context.Context, before uint64, department string, limit int) ([]store.Change, error)
	Quarantine(ctx context.Context, adapter string, offset, limit int) (store.Page[store.QuarantineRow], error)
	QuarantineRow(ctx context.Context, id uint64) (store.QuarantineRow, error)
	EachCase(ctx context.Context, q store.CaseQuery, each func(*store.Case) error) error
	EachFinding(ctx context.Context, q store.FindingQuery, each func(*store.Finding) error) error
}

// Console is the running console. Answers belong to the caller.
type Console interface {
	Now() time.Time // the office clock
	CaseDetail(ctx context.Context, id uint64) (*CaseDetail, error)
	Proof(ctx context.Context, caseID, seq uint64) (*Proof, error)
	Checkpoint(ctx context.Context) (*Checkpoint, error) // nil: none signed yet
	SignCheckpoint(ctx context.Context) (*Checkpoint, error)
	CalendarYear(ctx context.Context, year int) (*CalendarYear, error)
	ImportCalendar(ctx context.Context, year int, raw []byte) (*CalendarImport, error)
	Settings() Settings
	Session() Session
	Adapters(ctx context.Context) []Adapter
	AdapterLogs(name string) ([]LogLine, error)
	AdapterAction(ctx context.Context, name, action string) error // "start", "stop", "restart"
}
