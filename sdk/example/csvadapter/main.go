// Command csvadapter is a whole adapter to start from. It reads the list of
// finished cases that a department's system appends to a CSV file, one case a
// row: id, case number, received, accepted, decided, outcome (准予 or 不予),
// handler, remark. Each row gives three events.
package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/mingcha-console/mingcha/sdk"
	"github.com/mingcha-console/mingcha/sdk/datetime"
)

type settings struct {
	File string `json:"file"`
	Dept string `json:"department"`
	Item string `json:"item"` // every row is about this item: five working days promised
}

type adapter struct {
	settings
	times datetime.Reader
}

func (*adapter) Describe() sdk.Description {
	return sdk.Description{Name: "csv", Version: "1.1.0", Title: "CSV 办结台账", TitleEN: "CSV list of finished cases",
		ConfigSchema: `{"type":"object","additionalProperties":false,"required":["file","department","item"],
			"properties":{"file":{"type":"string"},"department":{"type":"string"},"item":{"type":"string"}}}`}
}

// Configure names everything that is wrong at once, and opens the file: what
// cannot work is told now, to the person who can put it right.
func (a *adapter) Configure(_ context.Context, c *sdk.Config) (*sdk.Catalogue, error) {
	var s settings
	if err := c.Decode(&s); err != nil {
		return nil, err
	}
	var wrong sdk.FieldErrors
	for field, value := range map[string]string{"department": s.Dept, "item": s.Item} {
		if value == "" {
			wrong = append(wrong, sdk.FieldError{Field: field, ZH: "请填写代码。", EN: "Give its code."})
		}
	}
	s.File = c.Path(s.File)
	if data, err := os.ReadFile(s.File); err != nil {
		wrong = append(wrong, sdk.FieldError{Field: "file", ZH: fmt.Sprintf("读不到这个文件（%v）。", err), EN: fmt.Sprintf("The file cannot be read (%v).", err)})
	} else if bytes.HasPrefix(data, []byte("PK")) {
		wrong = append(wrong, sdk.FieldError{Field: "file", ZH: "这是 Excel 工作簿，请另存为 CSV。", EN: "This is an Excel workbook; save it as CSV."})
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	a.settings, a.times = s, datetime.Reader{Zone: c.Zone}
	return &sdk.Catalogue{Departments: []*sdk.Department{{Code: s.Dept, Name: s.Dept}}, Items: []*sdk.Item{{Department: s.Dept, Code: s.Item, Name: s.Item,
		CaseType: sdk.Committed, Regime: sdk.Licensing, Promised: &sdk.Limit{N: 5, Unit: sdk.WorkingDays}}}}, nil
}

// place is a cursor: where a row begins in the file, and how many of its events
// were sent. One number alone would send a row's first events twice, or lose its
// last ones, when the console stops in the middle of it.
type place struct{ row, sent int }

func (p place) cursor() []byte { return fmt.Appendf(nil, "%d+%d", p.row, p.sent) }

// find reads a cursor. One whose row does not begin there was another file's.
func find(cursor, data []byte) (p place, err error) {
	if len(cursor) == 0 {
		return p, nil
	}
	if _, err := fmt.Sscanf(string(cursor), "%d+%d", &p.row, &p.sent); err != nil || string(p.cursor()) != string(cursor) ||
		p.row < 0 || p.row > len(data) || p.row > 0 && data[p.row-1] != '\n' || p.sent < 0 || p.sent > 2 {
		return p, sdk.ErrUnknownCursor
	}
	return p, nil
}

// Events sends what lies behind a cursor, each record with the cursor after it.
func (a *adapter) Events(ctx context.Context, cursor []byte, out *sdk.EventStream) error {
	data, err := os.ReadFile(a.File)
	if err != nil {
		return err // passing trouble: the console tries again
	}
	data = data[:bytes.LastIndexByte(data, '\n')+1] // a row that is still being written waits
	at, err := find(cursor, data)
	if err != nil {
		return err
	}
	rows := csv.NewReader(bytes.NewReader(data[at.row:]))
	rows.FieldsPerRecord = -1 // a ragged row is told below
	for start := at.row; ctx.Err() == nil; {
		row, bad := rows.Read()
		end := start + int(rows.InputOffset())
		if errors.Is(bad, io.EOF) {
			return out.CaughtUp(cursor)
		}
		if errors.Is(bad, csv.ErrQuote) && end == len(data) {
			slog.Warn("a quotation is not closed: the rest may still be written", "byte", at.row)
			return out.CaughtUp(cursor)
		}
		if err := a.row(at, end, data[at.row:end], row, bad, out); err != nil {
			return err
		}
		at = place{row: end}
		cursor = at.cursor()
	}
	return ctx.Err()
}

// row sends a row's events, but for those sent before. A row that cannot be
// understood is sent as it stands: people see it, and it is not lost.
func (a *adapter) row(from place, end int, raw []byte, row []string, bad error, out *sdk.EventStream) error {
	events, err := a.events(row, bad)
	if err != nil {
		return out.Unreadable(place{row: end}.cursor(), &sdk.Unreadable{SourceId: fmt.Sprintf("row at byte %d", from.row), Raw: raw,
			ReasonZh: "这一行读不懂：" + err.ZH, ReasonEn: "This row cannot be read: " + err.EN})
	}
	for i := from.sent; i < len(events); i++ {
		after := place{from.row, i + 1}
		if i == len(events)-1 {
			after = place{row: end}
		}
		if err := out.Send(after.cursor(), events[i]); err != nil {
			return err
		}
	}
	return nil
}

var outcomes = map[string]sdk.Outcome{"准予": sdk.OutcomeGranted, "不予": sdk.OutcomeRefused}

// events are those of one row, or why it has none.
func (a *adapter) events(row []string, bad error) ([]*sdk.Event, *sdk.FieldError) {
	if bad != nil {
		return nil, &sdk.FieldError{ZH: fmt.Sprintf("引号不成对（%v）。", bad), EN: fmt.Sprintf("its quotes do not match (%v).", bad)}
	}
	if len(row) != 8 {
		return nil, &sdk.FieldError{ZH: fmt.Sprintf("应有 8 列，实有 %d 列。", len(row)), EN: fmt.Sprintf("it has %d columns, not 8.", len(row))}
	}
	var all []*sdk.Event
	for i, kind := range []sdk.EventKind{sdk.Received, sdk.Accepted, sdk.Decided} {
		at, err := a.times.Read(row[2+i])
		if p := (*datetime.Problem)(nil); errors.As(err, &p) {
			return nil, &sdk.FieldError{ZH: p.ZH, EN: p.EN}
		}
		all = append(all, &sdk.Event{SourceId: fmt.Sprintf("%s/%d", row[0], i), Department: a.Dept, CaseNo: row[1], ItemCode: a.Item,
			Kind: kind, OccurredAt: sdk.Time(at), Handler: &sdk.Person{Name: row[6]}, Text: row[7]})
	}
	outcome, known := outcomes[row[5]]
	if !known || row[0] == "" || row[1] == "" {
		return nil, &sdk.FieldError{ZH: "编号、办件编号为空，或结果不是准予、不予。", EN: "its id or case number is empty, or its outcome is neither 准予 nor 不予."}
	}
	all[2].Decision = &sdk.Decision{Outcome: outcome, Reason: row[7]}
	return all, nil
}

func main() { sdk.Serve(&adapter{}) }
