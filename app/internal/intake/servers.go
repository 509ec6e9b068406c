package intake

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

// server is an adapter that serves a department, from a record on.
type server struct {
	seq     uint64
	adapter string
	program string // that it runs; empty = not known
	heir    bool   // it may also correct what the one before reported
	acted   bool   // the office said so
}

// Source is where an adapter of the console's comes from.
type Source struct {
	Program string // as it is installed
	ByHand  bool   // somebody in the office runs it once, rather than the console all the time
}

// guest is an adapter that is run by hand beside the one that serves a
// department: the same program, so that another file of the same department can
// be read in.
type guest struct {
	source      Source
	departments []string // that it described
}

// loadDescribed reads who served a department and what was undertaken for it, from
// its records.
func (d *department) loadDescribed(t *store.Reader) error {
	d.servers, d.dropped = nil, dropped{}
	if err := t.Described(d.row.Code, func(r store.RecordRow) error {
		var rec departmentRecord
		if err := json.Unmarshal(r.Body, &rec); err != nil {
			return fmt.Errorf("intake: department record %d: %w", r.Seq, err)
		}
		d.served(r.Seq, &rec)
		if r.Corrects == 0 {
			d.since = store.Time(r.Observed)
		}
		d.undertook(rec.duties(), store.Time(r.Observed))
		return nil
	}); err != nil {
		return err
	}
	return nil
}

// served notes who serves a department by a record. Before who serves was an act
// of the office, whoever spoke last did, and went on with the other's records.
func (d *department) served(seq uint64, rec *departmentRecord) {
	if n := len(d.servers); n > 0 && d.servers[n-1].adapter == rec.Adapter {
		if rec.Program != "" {
			d.servers[n-1].program = rec.Program
		}
		return
	}
	d.servers = append(d.servers, server{seq: seq, adapter: rec.Adapter, program: rec.Program, heir: rec.Act == 0 || rec.Heir, acted: rec.Act != 0})
}

// program is what serves a department; empty where it is not known.
func (d *department) program() string {
	if len(d.servers) == 0 {
		return ""
	}
	return d.servers[len(d.servers)-1].program
}

// serves tells whether an adapter speaks for a department.
func (p *projector) serves(adapter string, d *department) bool {
	if adapter == d.row.Adapter {
		return true
	}
	g := p.guests[adapter]
	return g != nil && slices.Contains(g.departments, d.row.Code) && p.sameProgram(g, d)
}

// sameProgram tells whether a guest runs what serves the department. Where that
// is not known, since an older program did not note it, anybody in the office may
// read a file in; after the office handed the department over, nobody but who it
// named.
func (p *projector) sameProgram(g *guest, d *department) bool {
	if !g.source.ByHand {
		return false
	}
	if program := d.program(); program != "" {
		return program == g.source.Program
	}
	return !d.handedOver()
}

// handedOver tells whether who serves a department was said by an act.
func (d *department) handedOver() bool {
	n := len(d.servers)
	return n > 0 && d.servers[n-1].acted
}

// mayCorrect tells whether who serves a department may correct a record of it:
// its own, and those of the one before where the office said so.
func (d *department) mayCorrect(first uint64) bool {
	for i := len(d.servers) - 1; i >= 0; i-- {
		if s := &d.servers[i]; s.seq <= first || i == 0 {
			return true
		} else if !s.heir {
			return false
		}
	}
	return true
}

// othersRecord is why a correction is refused.
func othersRecord(sourceID string) *refusal {
	return &refusal{"others_record",
		fmt.Sprintf("来源编号 %q 是该部门先前的数据接口报送的，只能由它更正。确需由现在的接口更正的，请效能办在移交时写明。", sourceID),
		fmt.Sprintf("Source id %q was reported by the adapter that served the department before, and only that one corrects it. Where the present one is to, the office says so when it hands the department over.", sourceID)}
}
