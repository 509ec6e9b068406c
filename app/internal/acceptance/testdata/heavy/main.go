// Command heavy is an adapter that sends fifty records of 16 MiB, five a second, from
// its configuration's "after" seconds on.
package main

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"time"

	"github.com/mingcha-console/mingcha/sdk"
)

const (
	records = 50
	size    = 16 << 20
)

type heavy struct {
	After float64 `json:"after"`
}

func (*heavy) Describe() sdk.Description {
	return sdk.Description{Name: "heavy", Version: "1.0.0", Title: "重", TitleEN: "Heavy", ConfigSchema: `{"type":"object"}`}
}

func (h *heavy) Configure(_ context.Context, c *sdk.Config) (*sdk.Catalogue, error) {
	if err := json.Unmarshal(c.JSON, h); err != nil {
		return nil, err
	}
	return &sdk.Catalogue{Departments: []*sdk.Department{{Code: "HEAVY", Name: "重"}}}, nil
}

func (h *heavy) Events(ctx context.Context, cursor []byte, out *sdk.EventStream) error {
	n := uint64(0)
	if len(cursor) == 8 {
		n = binary.BigEndian.Uint64(cursor)
	}
	if n == 0 {
		time.Sleep(time.Duration(h.After * float64(time.Second)))
	}
	for ; n < records && ctx.Err() == nil; time.Sleep(200 * time.Millisecond) {
		raw := make([]byte, size)
		binary.BigEndian.PutUint64(raw, n)
		n++
		cursor = binary.BigEndian.AppendUint64(nil, n)
		if err := out.Unreadable(cursor, &sdk.Unreadable{SourceId: string(rune('A' + n)), Raw: raw, RawSize: size, ReasonZh: "看不懂。", ReasonEn: "It is not understood."}); err != nil {
			return err
		}
	}
	return out.CaughtUp(cursor)
}

func main() { sdk.Serve(&heavy{}) }
