package casefile

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Event is one journal record of a case as pages show it.
type Event struct {
	Seq         uint64    `json:"seq" doc:"journal number"`
	Corrects    uint64    `json:"corrects,omitempty" doc:"journal number of the record that this one corrects"`
	CorrectedBy uint64    `json:"corrected_by,omitempty"`
	Kind        string    `json:"kind" enum:"received,accepted,supplement_requested,supplement_received,step_started,step_finished,paused,resumed,extended,decided,withdrawn,voided,forwarded,delivered,refusal_grounds,note,rejection_filed,overdue_reported"`
	OccurredAt  time.Time `json:"occurred_at,omitzero"`
	EnteredAt   time.Time `json:"entered_at,omitzero"`
	EffectiveAt time.Time `json:"effective_at,omitzero"`
	ObservedAt  time.Time `json:"observed_at,omitzero"`
	Handler     string    `json:"handler"`
	Post        string    `json:"post,omitempty"`
	Window      string    `json:"window,omitempty"`
	Step        string    `json:"step,omitempty"`
	PauseKind   string    `json:"pause_kind,omitempty"`
	Outcome     string    `json:"outcome,omitempty"`
	Text        string    `json:"text,omitempty"`
	Details     []Detail  `json:"details,omitempty" doc:"everything else the department sent, labelled"`
}

// Detail is one labelled fact of an event; Label is a field name of the
// contract (e.g. "decision.signer"), which pages translate.
type Detail struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// events lists a case's story: its events, with their corrections, and the
// reports that name it, by when they occurred.
func (v *View) events(c *Case) ([]Event, error) {
	rows, err := v.tx.QueryContext(v.ctx, `SELECT seq, kind, corrects, observed_at, body FROM journal WHERE case_id = ?1 AND case_id > 0 AND kind <> 14
		UNION ALL SELECT j.seq, j.kind, j.corrects, j.observed_at, j.body FROM reports r JOIN journal j ON j.seq = r.seq
		WHERE r.dept = (SELECT dept FROM cases WHERE id = ?1) AND r.case_no = ?2 ORDER BY 1`, int64(c.ID), c.CaseNo)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Event{}
	place := map[uint64]int{}
	for rows.Next() {
		var kind, observed int64
		var e Event
		var body sql.RawBytes
		if err := rows.Scan(&e.Seq, &kind, &e.Corrects, &observed, &body); err != nil {
			return nil, err
		}
		e.ObservedAt = store.Time(observed)
		if err := e.read(journal.Kind(kind), body); err != nil {
			return nil, err
		}
		if e.Corrects > 0 {
			if i, ok := place[e.Corrects]; ok {
				out[i].CorrectedBy = e.Seq
			}
		}
		place[e.Seq] = len(out)
		out = append(out, e)
	}
	return out, rows.Err()
}

// read fills an event from its record.
func (e *Event) read(kind journal.Kind, body []byte) error {
	switch kind {
	case journal.KindEvent:
		var m pb.Event
		if err := proto.Unmarshal(body, &m); err != nil {
			return fmt.Errorf("casefile: record %d: %w", e.Seq, err)
		}
		e.Kind = store.KindWord(uint8(m.Kind))
		e.OccurredAt, e.EnteredAt, e.EffectiveAt = instant(m.OccurredAt), instant(m.EnteredAt), instant(m.EffectiveAt)
		e.Handler, e.Post, e.Window, e.Text = m.GetHandler().GetName(), m.GetHandler().GetPost(), m.Window, m.Text
		e.Step, e.PauseKind, e.Outcome = m.GetStep().GetName(), m.GetPause().GetKind(), store.OutcomeWord(uint8(m.GetDecision().GetOutcome()))
		if m.Decision == nil {
			e.Outcome = ""
		}
		for _, sub := range []proto.Message{m.Application, m.Step, m.Pause, m.Extension, m.Decision, m.Notice} {
			e.Details = append(e.Details, details(sub)...)
		}
		e.Details = maskApplicant(e.Details)
	case journal.KindRejection:
		var m pb.Rejection
		if err := proto.Unmarshal(body, &m); err != nil {
			return fmt.Errorf("casefile: record %d: %w", e.Seq, err)
		}
		e.Kind, e.OccurredAt, e.Handler, e.Post = "rejection_filed", instant(m.FiledAt), m.GetHandler().GetName(), m.GetHandler().GetPost()
		e.Details = details(&m)
	case journal.KindOverdue:
		var m pb.OverdueCase
		if err := proto.Unmarshal(body, &m); err != nil {
			return fmt.Errorf("casefile: record %d: %w", e.Seq, err)
		}
		e.Kind, e.OccurredAt, e.Handler = "overdue_reported", instant(m.ReportedAt), m.GetResponsible().GetName()
		e.Details = details(&m)
	}
	return nil
}

func instant(t *timestamppb.Timestamp) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.AsTime()
}

// details lists what a message says, field by field, under the contract's own
// field names ("decision.reason"); pages translate the names.
func details(m proto.Message) []Detail {
	r := m.ProtoReflect()
	if !r.IsValid() {
		return nil
	}
	var out []Detail
	prefix := string(r.Descriptor().Name()) + "."
	fields := r.Descriptor().Fields()
	for i := range fields.Len() {
		f := fields.Get(i)
		if !r.Has(f) {
			continue
		}
		if v := detailValue(f, r.Get(f)); v != "" {
			out = append(out, Detail{Label: lowerFirst(prefix) + string(f.Name()), Value: v})
		}
	}
	return out
}

func lowerFirst(s string) string {
	return string(s[0]|0x20) + s[1:]
}

func detailValue(f protoreflect.FieldDescriptor, v protoreflect.Value) string {
	switch {
	case f.IsList():
		b, _ := json.Marshal(listStrings(v.List()))
		return string(b)
	case f.Kind() == protoreflect.EnumKind:
		return string(f.Enum().Values().ByNumber(v.Enum()).Name())
	case f.Kind() == protoreflect.MessageKind:
		switch m := v.Message().Interface().(type) {
		case *timestamppb.Timestamp:
			return m.AsTime().Format(time.RFC3339)
		case *pb.Person:
			return m.Name
		case *pb.Limit:
			return fmt.Sprintf("%d %s", m.N, store.UnitWord(uint8(m.Unit)))
		}
		return ""
	}
	return v.String()
}

func listStrings(l protoreflect.List) []string {
	out := make([]string, l.Len())
	for i := range out {
		out[i] = l.Get(i).String()
	}
	return out
}

// maskApplicant hides what identifies an applicant.
func maskApplicant(all []Detail) []Detail {
	for i := range all {
		r := []rune(all[i].Value)
		switch all[i].Label {
		case "application.applicant_name":
			if len(r) > 4 {
				all[i].Value = string(r[0]) + "**" + string(r[len(r)-2:])
			} else if len(r) > 1 {
				all[i].Value = string(r[0]) + "**"
			}
		case "application.applicant_id", "application.phone":
			if len(r) > 6 {
				all[i].Value = string(r[:3]) + "****" + string(r[len(r)-2:])
			} else {
				all[i].Value = "****"
			}
		}
	}
	return all
}
