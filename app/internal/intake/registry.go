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

// department is a department as the writer knows it.
type department struct {
	row      store.DepartmentRow
	items    map[string]*item
	auths    []approval.Authorization // as they hold, by first journal number
	reports  bool                     // it ever reported anything
	names    naming                   // of what no case has, by its looks
	servers  []server                 // who served it, in order; the last one does
	dropped  dropped                  // until when it undertook what it does not undertake now
	shown    uint64                   // people could have seen what stood at this head
	live     bool                     // its adapter has caught up: time passes by the office clock
	reading  reading                  // how far it was read
	presumed time.Time                // time passes by the office clock, though its adapter never caught up; zero: no
	since    time.Time                // it was described first
	next     int64                    // earliest moment at which time alone changes a case, 0 = never
	nextRead bool                     // next is what the database says
	dirty    bool
}

type item struct {
	id       int64
	seq      uint64
	item     approval.Item        // as published last
	versions []approval.Published // in the order in which they came
}

// registry holds every department and item in memory: a city has some fifty
// and some hundreds.
type registry struct {
	byCode map[string]*department
	byID   []*department // id − 1
	items  []*item       // id − 1
}

func loadRegistry(t *store.Reader) (*registry, error) {
	rows, err := t.Departments()
	if err != nil {
		return nil, err
	}
	items, err := t.Items()
	if err != nil {
		return nil, err
	}
	r, err := newRegistry(rows, items)
	if err != nil {
		return nil, err
	}
	for _, d := range r.byID {
		if err := d.load(t); err != nil {
			return nil, err
		}
	}
	if err := r.readings(t); err != nil {
		return nil, err
	}
	versions, err := t.ItemVersions(0)
	if err != nil {
		return nil, err
	}
	for i := range versions {
		if err := r.item(versions[i].Item).addVersion(&versions[i]); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// newRegistry is a registry of the departments and items that were read.
func newRegistry(rows []store.DepartmentRow, items []store.ItemRow) (*registry, error) {
	r := &registry{byCode: map[string]*department{}}
	for _, row := range rows {
		r.addDepartment(row)
	}
	for _, row := range items {
		var m pb.Item
		if err := proto.Unmarshal(row.Body, &m); err != nil {
			return nil, fmt.Errorf("intake: item %s: %w", row.Code, err)
		}
		r.putItem(row.Dept, row.Seq, wire.Item(&m))
	}
	return r, nil
}

func (it *item) addVersion(row *store.ItemVersionRow) error {
	var m pb.Item
	if err := proto.Unmarshal(row.Body, &m); err != nil {
		return fmt.Errorf("intake: item record %d: %w", row.Seq, err)
	}
	it.versions = append(it.versions, approval.Published{Item: wire.Item(&m), From: store.Time(row.From), Seq: row.Seq})
	return nil
}

// held is the version that a case is judged by.
func (it *item) held(j *rules.Judge, s *rules.Subject, at time.Time) *approval.Item {
	if len(it.versions) == 1 {
		return &it.versions[0].Item
	}
	return &j.Held(s, it.versions, at).Item
}

// load reads what else cases of a department are judged by.
func (d *department) load(t *store.Reader) (err error) {
	if d.auths, err = loadAuthorizations(t, d.row.ID); err != nil {
		return err
	}
	if d.reports, err = t.AnyReports(d.row.ID); err != nil {
		return err
	}
	return d.loadDescribed(t)
}

func (r *registry) addDepartment(row store.DepartmentRow) *department {
	d := &department{row: row, items: map[string]*item{}}
	r.byCode[row.Code] = d
	r.byID = append(r.byID, d)
	return d
}

func (r *registry) department(id int64) *department { return r.byID[id-1] }
func (r *registry) item(id int64) *item             { return r.items[id-1] }

// putItem adds an item or brings a known one up to date.
func (r *registry) putItem(dept int64, seq uint64, it approval.Item) *item {
	d := r.department(dept)
	known := d.items[it.Code]
	if known == nil {
		known = &item{id: int64(len(r.items) + 1)}
		r.items = append(r.items, known)
		d.items[it.Code] = known
	}
	known.seq, known.item = seq, it
	return known
}

// version compares a record with the one that the journal holds under the same
// source id: whether it is the same, else which record it corrects (0 = none).
func (p *projector) version(dept int64, kind journal.Kind, sourceID string, body []byte) (corrects uint64, same bool, err error) {
	first, latest, found, err := p.w.Latest(dept, kind, sourceID)
	if err != nil || !found {
		return 0, false, err
	}
	return first, string(latest.Body) == string(body), nil
}
