package catalogue

import (
	"context"
	"net/http"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Catalogue is what adapters declare.
type Catalogue struct{ office *feature.Office }

// New is an office's catalogue.
func New(o *feature.Office) *Catalogue { return &Catalogue{o} }

// Feature is what is read and decided of what adapters declare.
func (s *Catalogue) Feature() feature.Feature {
	return feature.Feature{Name: "catalogue", Acts: Acts, Operations: s.operations}
}

// Handover is that another adapter serves a department from now on.
type Handover struct {
	Key     string `json:"key" minLength:"8" maxLength:"64" doc:"chosen by the page"`
	Adapter string `json:"adapter" maxLength:"64" doc:"that is to serve it"`
	Before  string `json:"before" maxLength:"64" doc:"that serves it, as the page shows"`
	Heir    bool   `json:"heir,omitempty" doc:"it may also correct what the one before reported"`
	Reason  string `json:"reason" maxLength:"2000"`
}

// HoldsFrom says from when a version of an item holds.
type HoldsFrom struct {
	Key        string `json:"key" minLength:"8" maxLength:"64" doc:"chosen by the page"`
	Department string `json:"department" maxLength:"64"`
	Item       string `json:"item" maxLength:"128"`
	Version    uint64 `json:"version" doc:"journal number"`
	From       string `json:"from" format:"date" doc:"of the office; cases that began on that day or later"`
	Reason     string `json:"reason" maxLength:"2000"`
}

func (s *Catalogue) operations(h *api.API) {
	type of struct {
		Department string `query:"department" maxLength:"64"`
	}
	api.Get(h, "/catalogue/changes", "itemChanges", "How items were published otherwise than before", access.SeesCases,
		func(ctx context.Context, in *of) ([]casefile.ItemChange, error) {
			return casefile.Read(ctx, s.office.Cases, func(v *casefile.View) ([]casefile.ItemChange, error) { return v.ItemChanges(in.Department) })
		})
	op := h.Describe(http.MethodPost, "/catalogue/holds-from", "holdItemFrom", "Say from when a version of an item holds; cases are judged anew; journaled", access.Desk)
	op.Within = api.JudgingTime
	api.Handle(h, op, func(ctx context.Context, in *struct{ Body HoldsFrom }) ([]casefile.ItemChange, error) {
		if err := s.Hold(ctx, access.From(ctx), &in.Body); err != nil {
			return nil, err
		}
		return casefile.Read(ctx, s.office.Cases, func(v *casefile.View) ([]casefile.ItemChange, error) { return v.ItemChanges(in.Body.Department) })
	})
	op = h.Describe(http.MethodPost, "/departments/{code}/adapter", "transferDepartment", "Have another adapter serve a department; journaled", access.Desk)
	op.Within = api.JudgingTime
	api.Do(h, op, func(ctx context.Context, in *struct {
		Code string `path:"code" maxLength:"64"`
		Body Handover
	}) error {
		return s.Transfer(ctx, access.From(ctx), in.Code, &in.Body)
	})
}

// Transfer has another adapter serve a department.
func (s *Catalogue) Transfer(ctx context.Context, who access.Principal, department string, h *Handover) error {
	_, _, err := transferred.Do(ctx, s.office.Journal, h.Key, who.Account,
		intake.Transfer{Department: department, Adapter: h.Adapter, Before: h.Before, Heir: h.Heir, Reason: h.Reason})
	return err
}

// Hold says from when a version of an item holds.
func (s *Catalogue) Hold(ctx context.Context, who access.Principal, h *HoldsFrom) error {
	day, err := workday.ParseDate(h.From)
	if err != nil {
		return fault.InvalidFields("holding", "填写的内容有误。请按各项提示更正。", "Something is wrong. Correct what is named.",
			fault.Field{Name: "from", ZH: "日期请写成 2026-03-01 这样", EN: "write the date like 2026-03-01"})
	}
	_, _, err = heldFrom.Do(ctx, s.office.Journal, h.Key, who.Account, intake.Holding{Department: h.Department, Item: h.Item, Version: h.Version,
		From: s.office.Calendar().StartOf(day).Truncate(time.Microsecond).UTC(), Reason: h.Reason})
	return err
}
