// Command csvadapter reads the case events that a department's system appends to a CSV file, one a row: source id,
// case number, kind, time (RFC 3339), handler, remark. The smallest adapter of use; start from it.
package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"os"
	"strconv"
	"time"

	"github.com/mingcha-console/mingcha/sdk"
)

type adapter struct {
	File string `json:"file"`
	Dept string `json:"department"`
	Item string `json:"item"` // every row is about this item: five working days promised
}

func (*adapter) Describe() sdk.Description {
	return sdk.Description{Name: "csv", Version: "1.0.0", Title: "CSV 办件日志", TitleEN: "CSV case log", ConfigSchema: `{"type":"object","required":["file","department","item"]}`}
}

func (a *adapter) Configure(_ context.Context, c *sdk.Config) (*sdk.Catalogue, error) {
	if err := c.Decode(a); err != nil || a.File == "" {
		return nil, cmp.Or[error](err, sdk.FieldError{Field: "file", ZH: "请填写文件路径。", EN: "Give the file's path."})
	}
	a.File = c.Path(a.File)
	return &sdk.Catalogue{Departments: []*sdk.Department{{Code: a.Dept, Name: a.Dept}},
		Items: []*sdk.Item{{Department: a.Dept, Code: a.Item, Name: a.Item, Promised: &sdk.Limit{N: 5, Unit: sdk.WorkingDays}}}}, nil
}

func (a *adapter) Events(_ context.Context, cursor []byte, out *sdk.EventStream) error {
	data, unread := os.ReadFile(a.File)
	rows, broken := csv.NewReader(bytes.NewReader(data[:bytes.LastIndexByte(data, '\n')+1])).ReadAll() // a row still being written waits
	if err := cmp.Or(unread, broken); err != nil {
		return err
	}
	sent, alien := strconv.Atoi("0" + string(cursor)) // the cursor counts rows
	if alien != nil || sent > len(rows) {
		return sdk.ErrUnknownCursor
	}
	for n, r := range rows[sent:] {
		at, _ := time.Parse(time.RFC3339, r[3]) // a row without a time is set aside by the console, with the reason
		if err := out.Send([]byte(strconv.Itoa(sent+n+1)), &sdk.Event{SourceId: r[0], Department: a.Dept, CaseNo: r[1], ItemCode: a.Item,
			Kind: sdk.ParseKind(r[2]), OccurredAt: sdk.Time(at), Handler: &sdk.Person{Name: r[4]}, Text: r[5]}); err != nil {
			return err
		}
	}
	return out.CaughtUp([]byte(strconv.Itoa(len(rows))))
}

func main() { sdk.Serve(&adapter{}) }
