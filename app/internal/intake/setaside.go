package intake

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// setAsideRecord says what the quarantine held: it follows from no record of the
// journal, so that its emptying would else go unnoticed. It is written before
// each signature, if there is something new, and whenever something is taken out.
type setAsideRecord struct {
	Upto  int64  `json:"upto"`   // the quarantine's highest number by then
	Count int64  `json:"count"`  // entries held, of numbers up to it
	Chain string `json:"sha256"` // store.SetAsideChain over them
	// Of what was refused more is counted than kept; absent from records of older
	// programs.
	Sums []setAsideSum `json:"sums,omitempty"`
}

// setAsideSum is how much of a stream was refused for one reason by then.
type setAsideSum struct {
	Adapter string `json:"adapter"`
	Stream  string `json:"stream"`
	Code    string `json:"code"`
	Total   int    `json:"total"`   // that are refused still
	Taken   int    `json:"taken"`   // after all
	Dropped int    `json:"dropped"` // of the total, counted and not kept
}

func setAsideSums(t *store.Reader) (sums []setAsideSum, err error) {
	tallies, err := t.QuarantineTallies()
	for i := range tallies {
		q := &tallies[i]
		sums = append(sums, setAsideSum{q.Adapter, q.Stream, q.Code, q.Total, q.Taken, q.Dropped})
	}
	return sums, err
}

// noteSetAside journals what came into the quarantine since it was last noted.
func (p *projector) noteSetAside() error {
	was, err := lastSetAside(p.w.Reader)
	if err != nil {
		return err
	}
	chain, err := store.ParseChain(was.Chain)
	if err != nil {
		return err
	}
	now := was
	if err := p.w.SetAside(was.Upto, 0, func(e *store.SetAsideRow) error {
		now.Upto = e.ID
		now.Count++
		chain.Add(e)
		return nil
	}); err != nil || now.Upto == was.Upto {
		return err
	}
	now.Chain = chain.String()
	if now.Sums, err = setAsideSums(p.w.Reader); err != nil {
		return err
	}
	return p.appendSetAside(now)
}

// noteTakenOut journals what the quarantine holds after entries were taken out
// of it, in the transaction that takes them.
func (p *projector) noteTakenOut() error {
	was, err := lastSetAside(p.w.Reader)
	if err != nil || was.Upto == 0 {
		return err
	}
	now := setAsideRecord{Upto: was.Upto}
	var chain store.SetAsideChain
	if err := p.w.SetAside(0, was.Upto, func(e *store.SetAsideRow) error {
		now.Count++
		chain.Add(e)
		return nil
	}); err != nil {
		return err
	}
	now.Chain = chain.String()
	if now.Sums, err = setAsideSums(p.w.Reader); err != nil {
		return err
	}
	if now.Chain == was.Chain && now.Count == was.Count && slices.Equal(now.Sums, was.Sums) {
		return nil
	}
	return p.appendSetAside(now)
}

func (p *projector) appendSetAside(now setAsideRecord) error {
	body, err := json.Marshal(now)
	if err != nil {
		return err
	}
	_, err = p.w.Append(journal.KindSetAside, 0, p.now, body, 0, fmt.Sprintf("set-aside-%d", p.w.Head()+1), 0)
	return err
}

func lastSetAside(t *store.Reader) (s setAsideRecord, err error) {
	r, found, err := t.LastOfItself(journal.KindSetAside)
	if err != nil || !found {
		return s, err
	}
	if err = json.Unmarshal(r.Body, &s); err != nil {
		err = fmt.Errorf("intake: record %d: %w", r.Seq, err)
	}
	return s, err
}
