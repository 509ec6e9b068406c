// Command lines is an adapter for tests: it sends the events of a file, one a
// line as JSON, just as they stand, be they right or wrong.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/sdk"
)

func main() { sdk.Serve(&adapter{}) }

type adapter struct {
	file string
	poll time.Duration
}

// line is an event. Hex text stands for bytes that JSON cannot hold; Long
// stands for that many characters.
type line struct {
	ID      string    `json:"id"`
	Case    string    `json:"case"`
	Item    string    `json:"item"`
	Kind    string    `json:"kind"`
	At      time.Time `json:"at"`
	Text    string    `json:"text"`
	Bytes   []byte    `json:"bytes"`
	Long    int       `json:"long"`
	Outcome int32     `json:"outcome"`
}

func (*adapter) Describe() sdk.Description {
	return sdk.Description{Name: "lines", Version: "1.0.0", Title: "测试", TitleEN: "Test", Poll: time.Second}
}

func (a *adapter) Configure(_ context.Context, c *sdk.Config) (*sdk.Catalogue, error) {
	var s struct {
		File string `json:"file"`
	}
	if err := c.Decode(&s); err != nil {
		return nil, err
	}
	a.file = c.Path(s.File)
	return &sdk.Catalogue{
		Departments: []*sdk.Department{{Code: "CS", Name: "测试局"}},
		Items: []*sdk.Item{{Department: "CS", Code: "I1", Name: "测试事项", CaseType: sdk.Committed, Regime: sdk.LimitsOnly,
			ClockStart: sdk.FromReceipt, SupplementPauses: true, Statutory: &sdk.Limit{N: 20, Unit: sdk.WorkingDays}}},
	}, nil
}

func (a *adapter) Events(_ context.Context, cursor []byte, out *sdk.EventStream) error {
	f, err := os.Open(a.file)
	if err != nil {
		return err
	}
	defer f.Close()
	skip, err := strconv.Atoi(string(append([]byte("0"), cursor...)))
	if err != nil {
		return sdk.ErrUnknownCursor
	}
	n := 0
	for s := bufio.NewScanner(f); s.Scan(); {
		if n++; n <= skip {
			continue
		}
		var l line
		if err := json.Unmarshal(s.Bytes(), &l); err != nil {
			return err
		}
		if err := out.Send(strconv.AppendInt(nil, int64(n), 10), l.event()); err != nil {
			return err
		}
	}
	return out.CaughtUp(strconv.AppendInt(nil, int64(n), 10))
}

func (l *line) event() *sdk.Event {
	e := &sdk.Event{SourceId: l.ID, Department: "CS", CaseNo: l.Case, ItemCode: l.Item, Kind: sdk.ParseKind(l.Kind), OccurredAt: sdk.Time(l.At), Text: l.Text}
	if l.Bytes != nil {
		e.Text = string(l.Bytes)
	}
	if l.Long > 0 {
		e.Text = strings.Repeat("长", l.Long)
	}
	if e.Kind == sdk.Decided {
		e.Decision = &sdk.Decision{Outcome: sdk.Outcome(l.Outcome)}
	}
	return e
}
