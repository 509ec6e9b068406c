// Command csvadapter reads case events from a CSV file that a department's
// system appends to: the smallest adapter that is of use, to start from. The
// header names the columns; source_id, case_no, item_code, kind and
// occurred_at (RFC 3339) must be there, handler and text may.
package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/sdk"
)

//go:embed schema.json
var schema string

type adapter struct {
	File       string `json:"file"`
	Department string `json:"department"`
	Name       string `json:"name"`
}

func main() { sdk.Serve(&adapter{}) }

func (a *adapter) Describe() sdk.Description {
	return sdk.Description{Name: "csv", Version: "1.0.0", Title: "CSV 办件日志", TitleEN: "CSV case log", ConfigSchema: schema, Poll: 5 * time.Second}
}

func (a *adapter) Configure(_ context.Context, c *sdk.Config) (*sdk.Catalogue, error) {
	*a = adapter{}
	if err := c.Decode(a); err != nil {
		return nil, err
	}
	a.File = c.Path(a.File)
	if _, err := os.Stat(a.File); err != nil {
		return nil, sdk.FieldError{Field: "file", ZH: "找不到该文件，请检查路径。", EN: "There is no such file. Check the path."}
	}
	if a.Department == "" {
		return nil, sdk.FieldError{Field: "department", ZH: "请填写部门代码。", EN: "Give the department's code."}
	}
	return &sdk.Catalogue{Departments: []*sdk.Department{{Code: a.Department, Name: a.Name}}}, nil
}

// Events sends the rows after a cursor, which is the byte offset of a row.
func (a *adapter) Events(_ context.Context, cursor []byte, out *sdk.EventStream) error {
	data, err := os.ReadFile(a.File)
	if err != nil {
		return err
	}
	data = data[:bytes.LastIndexByte(data, '\n')+1] // a row still being written waits
	header, body, _ := bytes.Cut(data, []byte("\n"))
	start := int64(len(data) - len(body))
	if len(cursor) > 0 {
		if start, err = strconv.ParseInt(string(cursor), 10, 64); err != nil || start < 0 || start > int64(len(data)) {
			return sdk.ErrUnknownCursor // the file was replaced by a shorter one
		}
	}
	columns := strings.Split(strings.TrimSpace(strings.TrimPrefix(string(header), "\ufeff")), ",")
	rows := csv.NewReader(bytes.NewReader(data[start:]))
	rows.FieldsPerRecord = len(columns)
	for from := start; ; from = start + rows.InputOffset() {
		row, err := rows.Read()
		here := fmt.Append(nil, start+rows.InputOffset())
		if err == io.EOF {
			return out.CaughtUp(here)
		}
		field := map[string]string{}
		for i := 0; err == nil && i < len(columns); i++ {
			field[columns[i]] = row[i]
		}
		at, timeErr := time.Parse(time.RFC3339, field["occurred_at"])
		if err != nil || timeErr != nil {
			err = out.Unreadable(here, &sdk.Unreadable{SourceId: field["source_id"], Raw: data[from : start+rows.InputOffset()],
				ReasonZh: "该行不是有效的 CSV，或时间不是 RFC 3339 格式。", ReasonEn: "The row is not valid CSV, or its time is not in the form of RFC 3339."})
		} else {
			err = out.Send(here, &sdk.Event{SourceId: field["source_id"], Department: a.Department, CaseNo: field["case_no"], ItemCode: field["item_code"],
				Kind: sdk.ParseKind(field["kind"]), OccurredAt: sdk.Time(at), Handler: &sdk.Person{Name: field["handler"]}, Text: field["text"]})
		}
		if err != nil {
			return err
		}
	}
}
