package intake

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Acts that change by what cases are judged, or who reports them. Package
// catalogue declares them; their effect is on what is folded here.
const (
	Transferred = "department.transferred"
	HeldFrom    = "item.held_from"
)

// Transfer is that another adapter serves a department from now on.
type Transfer struct {
	Department string `json:"department"`
	Adapter    string `json:"adapter"`
	Before     string `json:"before"`         // that served it
	Heir       bool   `json:"heir,omitempty"` // it may also correct what the one before reported
	Reason     string `json:"reason"`
}

// Holding is that a version of an item holds from another moment than that in
// which the console saw it.
type Holding struct {
	Department string    `json:"department"`
	Item       string    `json:"item"`
	Version    uint64    `json:"version"` // journal number
	From       time.Time `json:"from"`
	Reason     string    `json:"reason"`
}

// effect does what an act changes besides the tables that acts fill.
func (p *projector) effect(a *RecordedAct) error {
	switch a.Type {
	case Transferred:
		t, err := DataOf[Transfer](a)
		if err != nil {
			return err
		}
		return p.transfer(a.Seq, &t)
	case HeldFrom:
		h, err := DataOf[Holding](a)
		if err != nil {
			return err
		}
		if err := p.holdFrom(&h); err != nil {
			return err
		}
		if err := p.w.Rejudge(store.Rejudgement{Dept: p.reg.byCode[h.Department].row.ID}); err != nil {
			return err
		}
		return p.judgeSomeAnew()
	}
	return nil
}

// transfer journals that another adapter serves a department, and takes what it
// sent before.
func (p *projector) transfer(act uint64, t *Transfer) error {
	d := p.reg.byCode[t.Department]
	if d == nil {
		return fmt.Errorf("intake: act %d hands over department %q, which is not there", act, t.Department)
	}
	first, latest, _, err := p.w.Latest(0, journal.KindDepartment, t.Department)
	if err != nil {
		return err
	}
	var rec departmentRecord
	if err := json.Unmarshal(latest.Body, &rec); err != nil {
		return fmt.Errorf("intake: department record %d: %w", latest.Seq, err)
	}
	rec.Adapter, rec.Program, rec.Act, rec.Heir = t.Adapter, p.sources[t.Adapter].Program, act, t.Heir
	if err := p.describe(first, &rec); err != nil {
		return err
	}
	if d.live {
		p.watched(d)
	}
	d.live, d.shown = false, p.w.Head() // until the new one has caught up
	p.renewed = append(p.renewed, t.Adapter)
	return p.offerAgain(d)
}

// holdFrom sets from when a version of an item holds.
func (p *projector) holdFrom(h *Holding) error {
	d := p.reg.byCode[h.Department]
	if d == nil || d.items[h.Item] == nil {
		return fmt.Errorf("intake: an act is about item %q of %q, which is not there", h.Item, h.Department)
	}
	it := d.items[h.Item]
	rows, err := p.w.ItemVersions(it.id)
	if err != nil {
		return err
	}
	for i := range rows {
		if rows[i].Seq != h.Version {
			continue
		}
		rows[i].From = h.From.UnixMicro()
		it.versions[i].From = h.From.UTC()
		return p.w.PutItemVersion(&rows[i])
	}
	return fmt.Errorf("intake: item %q of %q has no version %d", h.Item, h.Department, h.Version)
}
