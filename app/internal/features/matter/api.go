package matter

import (
	"context"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workflow"
)

// Feature is what comes of findings and bad ratings.
func (s *Matters) Feature() feature.Feature {
	return feature.Feature{Name: "matter", Acts: Acts, Tables: Tables, Lists: []list.Any{Listed}, Operations: s.operations}
}

// operations are a liaison's for its own department, once it was told.
func (s *Matters) operations(h *api.API) {
	api.List(h, Listed, "matters", "Matters, newest first; a department's own, once they were assigned to it", access.SeesCases, s.page)
	api.File(h, Listed, "exportMatters", "Matters as a file, as the person who asks may see them", access.TakesFiles, s.file)
	api.Get(h, "/matters/counts", "matterCounts", "How many matters wait for who asks, are overdue, are open", access.SeesCases,
		func(ctx context.Context, _ *api.None) (MatterCounts, error) {
			n, err := s.Counts(ctx, access.From(ctx))
			return MatterCounts(n), err
		})
	api.Get(h, "/matters/{id}", "matter", "A matter, what was done and what can be done now", access.SeesCases,
		func(ctx context.Context, in *api.ByID) (*Page, error) { return s.one(ctx, in.ID) })
	s.fileOperations(h)
	api.Post(h, "/matters/{id}/steps", "stepMatter", "Take a step; it stays in the journal", access.StepsMatters,
		func(ctx context.Context, in *struct {
			api.ByID
			Body StepRequest
		}) (*Page, error) {
			q := &in.Body
			if err := s.Step(ctx, access.From(ctx), in.ID, q.Key, q.Version, q.Action, q.Fields, q.Files...); err != nil {
				return nil, err
			}
			return s.one(ctx, in.ID)
		})
}

func (s *Matters) page(ctx context.Context, ask list.Ask) (store.Page[MatterRow], error) {
	who := access.From(ctx)
	p, err := s.List(ctx, who, ask)
	if err != nil {
		return store.Page[MatterRow]{}, err
	}
	items, err := s.office.ItemNames(ctx)
	return store.Mapped(p, func(m *Matter) MatterRow { return s.row(m, who, items) }), err
}

func (s *Matters) file(ctx context.Context, ask list.Ask, each func(*Filed) error) error {
	who := access.From(ctx)
	items, err := s.office.ItemNames(ctx)
	if err != nil {
		return err
	}
	return s.Each(ctx, who, ask, func(m *Matter) error {
		row := s.row(m, who, items)
		out := Filed{Matter: m, ItemName: row.ItemName, DueAt: row.DueAt, BegunOn: row.BegunOn, Overdue: row.Overdue}
		for _, late := range s.Late(m) {
			if late {
				out.LateSteps++
			}
		}
		return each(&out)
	})
}

// row is a matter in a list. A visit's item is as it was written down, where the
// catalogue has none of that code.
func (s *Matters) row(m *Matter, who access.Principal, items func(department, code string) string) MatterRow {
	out := MatterRow{ID: m.ID, Source: m.Source, Department: m.Department, Category: m.Category, Severity: m.Severity, ItemName: m.Item,
		Fact: m.Fact, OpenedAt: m.OpenedAt, State: m.State, Overdue: s.Overdue(m), Soon: s.Soon(m), Waits: s.Waits(m, who)}
	if cal := s.office.Calendar(); m.CameLate(cal) {
		out.BegunOn = m.begun().In(cal.Zone()).Format(time.DateOnly)
	}
	if name := items(m.Department, m.Item); name != "" {
		out.ItemName = name
	}
	if !m.Done {
		out.DueAt, out.DueDays, out.DueOn = s.Due(m), m.Limit.Days, m.Limit.On
	}
	return out
}

func (s *Matters) one(ctx context.Context, id uint64) (*Page, error) {
	who := access.From(ctx)
	m, err := s.One(ctx, who, id)
	if err != nil {
		return nil, err
	}
	items, err := s.office.ItemNames(ctx)
	if err != nil {
		return nil, err
	}
	out := &Page{MatterRow: s.row(&m, who, items), Version: len(m.Steps), Reasons: m.Reasons, Place: m.Place, Handler: m.Handler, CaseID: m.CaseID}
	if !m.SeenAt.IsZero() {
		out.SeenOn = m.SeenAt.In(s.office.Calendar().Zone()).Format(time.DateOnly)
	}
	switch m.Source {
	case Visit:
		out.VisitID = m.SourceID
	case Review:
		out.ReviewID = m.SourceID
	case Rating:
		out.RatingID = m.SourceID
	}
	if out.Steps, err = s.steps(ctx, &m, who); err != nil {
		return nil, err
	}
	for _, a := range s.Can(&m, who) {
		out.Actions = append(out.Actions, s.action(&m, &a))
	}
	return out, nil
}

// steps are what was done. The office and a department see each other as
// offices, and their own people by name.
func (s *Matters) steps(ctx context.Context, m *Matter, who access.Principal) ([]MatterStep, error) {
	names, err := s.people.Names(ctx)
	if err != nil {
		return nil, err
	}
	_, restricted := who.Restricted()
	late := s.Late(m)
	out := make([]MatterStep, len(m.Steps))
	for i, step := range m.Steps {
		a, _ := m.Flow().Action(step.Action)
		x := MatterStep{At: step.At, Action: step.Action, Name: worded(a.Words), Side: a.By[0], Late: late[i]}
		if x.Side != Console && (!restricted || x.Side == Department) {
			x.By = names[step.By]
		}
		for _, f := range step.Files {
			x.Files = append(x.Files, MatterFile(f))
		}
		for _, f := range a.Fields {
			if text := step.Fields[f.Name]; text != "" {
				x.Texts = append(x.Texts, MatterText{Name: f.Name, Label: worded(f.Words), Text: text})
			}
		}
		out[i] = x
	}
	return out, nil
}

func (s *Matters) action(m *Matter, a *workflow.Action) MatterAction {
	to, _ := m.Flow().State(a.To)
	out := MatterAction{Action: a.Name, Name: worded(a.Words), Ends: to.Final, Days: a.Days, InPlace: a.For != ""}
	if takesFiles(a.Name) {
		out.Files = mostFiles
	}
	for _, f := range a.Fields {
		out.Fields = append(out.Fields, MatterField{Name: f.Name, Label: worded(f.Words), Hint: worded(f.Hint),
			Number: f.Number, Required: f.Required, Min: f.Min, Max: f.Max})
		if f.Name != workflow.DaysField {
			continue
		}
		for more := range f.Max {
			longer := m.Limit
			longer.Days += more + 1
			out.Extended = append(out.Extended, longer.Due(s.office.Calendar()))
		}
	}
	return out
}

func worded(w workflow.Words) api.Sentence { return api.Sentence{ZH: w.ZH, EN: w.EN} }

// Outcome is what became of a matter, as who noted it is told.
func (s *Matters) Outcome(m *Matter) Outcome {
	t := s.Summarize(m)
	return Outcome{State: t.State, WordsZH: t.ZH, WordsEN: t.EN, Reply: t.Reply, Conclusion: t.Conclusion}
}
