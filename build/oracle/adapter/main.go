// Command adapter streams made-up cases from a file, so that the console judges
// the very cases that the judge of this folder does. The file holds the contract's
// messages in protobuf's JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/sdk"
)

// reports is set by the linker for a department that keeps lists of its own: an
// adapter's streams are its type's methods, known before any configuration.
var reports string

// cases is what one file holds.
type cases struct {
	departments    []*sdk.Department
	items          []*sdk.Item
	events         []*sdk.Event
	rejections     []*sdk.Rejection
	overdue        []*sdk.OverdueCase
	authorizations []*sdk.Authorization
}

type adapter struct{ cases }

func (*adapter) Describe() sdk.Description {
	return sdk.Description{Name: name(), Version: "1.0.0", Title: "随机案例", TitleEN: "Random cases",
		ConfigSchema: `{"type":"object","additionalProperties":false,"required":["file"],"properties":{"file":{"type":"string"}}}`}
}

func name() string {
	if reports != "" {
		return "oracle-reports"
	}
	return "oracle"
}

func (a *adapter) Configure(_ context.Context, c *sdk.Config) (*sdk.Catalogue, error) {
	var s struct {
		File string `json:"file"`
	}
	if err := c.Decode(&s); err != nil {
		return nil, err
	}
	read, err := load(c.Path(s.File))
	if err != nil {
		return nil, sdk.FieldError{Field: "file", ZH: fmt.Sprintf("读不懂：%v。", err), EN: fmt.Sprintf("It cannot be read: %v.", err)}
	}
	a.cases = read
	return &sdk.Catalogue{Departments: a.departments, Items: a.items}, nil
}

func (a *adapter) Events(_ context.Context, cursor []byte, out *sdk.EventStream) error {
	return send(a.events, cursor, out)
}

// reporter is the adapter of a department that has all streams.
type reporter struct{ adapter }

func (r *reporter) Rejections(_ context.Context, cursor []byte, out *sdk.RejectionStream) error {
	return send(r.rejections, cursor, out)
}

func (r *reporter) Overdue(_ context.Context, cursor []byte, out *sdk.OverdueStream) error {
	return send(r.overdue, cursor, out)
}

func (r *reporter) Authorizations(_ context.Context, cursor []byte, out *sdk.AuthorizationStream) error {
	return send(r.authorizations, cursor, out)
}

// send sends what lies behind a cursor, which is a number of records.
func send[T any](all []*T, cursor []byte, out *sdk.Stream[T]) error {
	from := 0
	if len(cursor) > 0 {
		n, err := strconv.Atoi(string(cursor))
		if err != nil || n < 0 || n > len(all) {
			return sdk.ErrUnknownCursor
		}
		from = n
	}
	for i := from; i < len(all); i++ {
		if err := out.Send(strconv.AppendInt(nil, int64(i+1), 10), all[i]); err != nil {
			return err
		}
	}
	return out.CaughtUp(strconv.AppendInt(nil, int64(len(all)), 10))
}

func load(file string) (c cases, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return c, err
	}
	var raw struct {
		Departments, Items, Events, Rejections, Overdue, Authorizations []json.RawMessage
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return c, err
	}
	for _, one := range []error{
		messages(raw.Departments, &c.departments), messages(raw.Items, &c.items), messages(raw.Events, &c.events),
		messages(raw.Rejections, &c.rejections), messages(raw.Overdue, &c.overdue), messages(raw.Authorizations, &c.authorizations),
	} {
		if one != nil {
			return c, one
		}
	}
	return c, nil
}

// messages reads messages of one kind.
func messages[T any, M interface {
	*T
	proto.Message
}](raw []json.RawMessage, into *[]*T) error {
	for i, r := range raw {
		m := M(new(T))
		if err := protojson.Unmarshal(r, m); err != nil {
			return fmt.Errorf("%T %d: %w", m, i, err)
		}
		*into = append(*into, (*T)(m))
	}
	return nil
}

func main() {
	if reports != "" {
		sdk.Serve(&reporter{})
		return
	}
	sdk.Serve(&adapter{})
}
