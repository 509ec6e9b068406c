package console

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/export"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/matters"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/volunteers"
	"github.com/mingcha-console/mingcha/app/internal/workflow"
)

// Matters is what comes of findings as the HTTP API sees it.
type Matters struct {
	c *Console
	m *matters.Matters
}

// Matters is the console's.
func (c *Console) Matters() *Matters { return &Matters{c, c.matters} }

// List lists the matters that the asking person may see.
func (s *Matters) List(ctx context.Context, f matters.Filter, at store.Window) (store.Page[httpapi.MatterRow], error) {
	who := access.From(ctx)
	p, err := s.m.List(ctx, who, f, at)
	if err != nil {
		return store.Page[httpapi.MatterRow]{}, err
	}
	names, err := s.c.Reviews().itemNames(ctx)
	return paged(p, func(m *matters.Matter) httpapi.MatterRow { return s.row(m, who, names) }), err
}

// Each calls each with every matter of the filter that the asking person may
// see, as a file has it.
func (s *Matters) Each(ctx context.Context, f matters.Filter, each func(*export.Matter) error) error {
	who := access.From(ctx)
	names, err := s.c.Reviews().itemNames(ctx)
	if err != nil {
		return err
	}
	return s.m.Each(ctx, who, f, func(m *matters.Matter) error {
		row := s.row(m, who, names)
		out := export.Matter{ID: m.ID, Source: string(m.Source), Category: m.Category, Department: m.Department, Item: row.ItemName, Severity: m.Severity, Fact: m.Fact,
			Place: m.Place, Handler: m.Handler, State: m.State, SeenAt: m.SeenAt, OpenedAt: m.OpenedAt, DueAt: row.DueAt, Overdue: row.Overdue}
		out.Reply, out.RepliedAt = m.Reply()
		out.Conclusion, out.DoneAt = m.Conclusion()
		for _, late := range s.m.Late(m) {
			if late {
				out.LateSteps++
			}
		}
		return each(&out)
	})
}

func (s *Matters) row(m *matters.Matter, who access.Principal, names map[itemKey]string) httpapi.MatterRow {
	out := httpapi.MatterRow{ID: m.ID, Source: m.Source, Department: m.Department, Category: m.Category, Severity: m.Severity, ItemName: m.Item,
		Fact: m.Fact, OpenedAt: m.OpenedAt, State: m.State, Overdue: s.m.Overdue(m), Soon: s.m.Soon(m), Waits: s.m.Waits(m, who)}
	if name := names[itemKey{m.Department, m.Item}]; name != "" {
		out.ItemName = name
	}
	if !m.Done {
		out.DueAt, out.DueDays, out.DueOn = s.m.Due(m), m.Limit.Days, m.Limit.On
	}
	return out
}

// Counts are the asking person's figures.
func (s *Matters) Counts(ctx context.Context) (*httpapi.MatterCounts, error) {
	n, err := s.m.Counts(ctx, access.From(ctx))
	return &httpapi.MatterCounts{Waiting: n.Waiting, Overdue: n.Overdue, Soon: n.Soon, Open: n.Open}, err
}

// One is a matter as the asking person may see it.
func (s *Matters) One(ctx context.Context, id uint64) (*httpapi.Matter, error) {
	who := access.From(ctx)
	m, err := s.m.One(ctx, who, id)
	if err != nil {
		return nil, err
	}
	names, err := s.c.Reviews().itemNames(ctx)
	if err != nil {
		return nil, err
	}
	out := &httpapi.Matter{MatterRow: s.row(&m, who, names), Version: len(m.Steps), Reasons: m.Reasons, Place: m.Place, Handler: m.Handler, CaseID: m.CaseID}
	if !m.SeenAt.IsZero() {
		out.SeenOn = m.SeenAt.In(s.c.cal.Zone()).Format(time.DateOnly)
	}
	switch m.Source {
	case matters.Visit:
		out.VisitID = m.SourceID
	case matters.Review:
		out.ReviewID = m.SourceID
	case matters.Rating:
		out.RatingID = m.SourceID
	}
	if out.Steps, err = s.steps(ctx, &m, who); err != nil {
		return nil, err
	}
	for _, a := range s.m.Can(&m, who) {
		out.Actions = append(out.Actions, s.action(&m, &a))
	}
	return out, nil
}

// steps are what was done. The office and a department see each other as
// offices, and their own people by name.
func (s *Matters) steps(ctx context.Context, m *matters.Matter, who access.Principal) ([]httpapi.MatterStep, error) {
	names, err := s.c.People().names(ctx)
	if err != nil {
		return nil, err
	}
	_, restricted := who.Restricted()
	late := s.m.Late(m)
	out := make([]httpapi.MatterStep, len(m.Steps))
	for i, step := range m.Steps {
		a, _ := m.Flow().Action(step.Action)
		x := httpapi.MatterStep{At: step.At, Action: step.Action, Name: worded(a.Words), Side: a.By[0], Late: late[i]}
		if x.Side != matters.Console && (!restricted || x.Side == matters.Department) {
			x.By = names[step.By]
		}
		for _, f := range a.Fields {
			if text := step.Fields[f.Name]; text != "" {
				x.Texts = append(x.Texts, httpapi.MatterText{Name: f.Name, Label: worded(f.Words), Text: text})
			}
		}
		out[i] = x
	}
	return out, nil
}

func (s *Matters) action(m *matters.Matter, a *workflow.Action) httpapi.MatterAction {
	to, _ := m.Flow().State(a.To)
	out := httpapi.MatterAction{Action: a.Name, Name: worded(a.Words), Ends: to.Final, Days: a.Days, InPlace: a.For != ""}
	for _, f := range a.Fields {
		out.Fields = append(out.Fields, httpapi.MatterField{Name: f.Name, Label: worded(f.Words), Hint: worded(f.Hint),
			Number: f.Number, Required: f.Required, Min: f.Min, Max: f.Max})
		if f.Name != workflow.DaysField {
			continue
		}
		for more := range f.Max {
			longer := m.Limit
			longer.Days += more + 1
			out.Extended = append(out.Extended, longer.Due(s.c.cal))
		}
	}
	return out
}

func worded(w workflow.Words) httpapi.Sentence { return httpapi.Sentence{ZH: w.ZH, EN: w.EN} }

// Step takes a step for the asking person and answers how the matter stands.
func (s *Matters) Step(ctx context.Context, id uint64, q httpapi.StepRequest) (*httpapi.Matter, error) {
	if err := s.m.Step(ctx, access.From(ctx), id, q.Key, q.Version, q.Action, q.Fields); err != nil {
		return nil, err
	}
	return s.One(ctx, id)
}

func (c *Console) outcome(m *matters.Matter) httpapi.Outcome {
	t := c.matters.Tell(m)
	return httpapi.Outcome{State: t.State, WordsZH: t.ZH, WordsEN: t.EN, Reply: t.Reply, Conclusion: t.Conclusion}
}

// followVisits tells who filed visits what became of each finding, by visit.
func (c *Console) followVisits(ctx context.Context, filed []volunteers.Visit) (map[uint64][]httpapi.FollowedFinding, error) {
	ids := make([]uint64, len(filed))
	for i := range filed {
		ids[i] = filed[i].ID
	}
	all, err := c.matters.Of(ctx, matters.Visit, ids)
	out := map[uint64][]httpapi.FollowedFinding{}
	for id, of := range all {
		slices.SortFunc(of, func(a, b matters.Matter) int { return a.Finding - b.Finding })
		for i := range of {
			m := &of[i]
			out[id] = append(out[id], httpapi.FollowedFinding{VisitFinding: volunteers.VisitFinding{Category: m.Category, Severity: m.Severity, Fact: m.Fact}, Outcome: c.outcome(m)})
		}
	}
	return out, err
}

// followReviews tells reviewers what became of what they together held
// improper.
func (c *Console) followReviews(ctx context.Context, mine []httpapi.MyReview) error {
	byID := map[uint64]*httpapi.MyReview{}
	for i := range mine {
		if mine[i].Outcome == volunteers.Improper {
			byID[mine[i].ID] = &mine[i]
		}
	}
	all, err := c.matters.Of(ctx, matters.Review, slices.Collect(maps.Keys(byID)))
	for id, of := range all {
		o := c.outcome(&of[0])
		byID[id].Followed = &o
	}
	return err
}
