//go:build linux

package adapterhost

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"github.com/mingcha-console/mingcha/sdk"
	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
	"github.com/mingcha-console/mingcha/sdk/witness"
)

// serveTestAdapter is the adapters' main function: an honest one on the SDK,
// and a liar below it, who speaks gRPC himself since the SDK does not let one
// lie. Which one is said by the program's name.
func serveTestAdapter() {
	if strings.Contains(os.Args[0], "liar") {
		plugin.Serve(&plugin.ServeConfig{
			HandshakeConfig:  sdk.Handshake,
			VersionedPlugins: map[int]plugin.PluginSet{sdk.ProtocolVersion: {sdk.PluginName: &liarPlugin{}}},
			GRPCServer: func(o []grpc.ServerOption) *grpc.Server {
				return grpc.NewServer(append(o, grpc.MaxSendMsgSize(1<<30))...)
			},
		})
		return
	}
	if strings.Contains(os.Args[0], "mute") {
		time.Sleep(time.Hour) // never shakes hands
	}
	sdk.Serve(&honest{})
}

// honest counts to ten or n, then does what its configuration says.
type honest struct {
	do     string
	n      int
	follow bool
	witness.File
}

func (a *honest) Describe() sdk.Description {
	return sdk.Description{Name: "honest", Version: "1.0.0", Title: "老实", TitleEN: "Honest"}
}

func (a *honest) Configure(ctx context.Context, c *sdk.Config) (*sdk.Catalogue, error) {
	var settings hostility
	if err := c.Decode(&settings); err != nil {
		return nil, err
	}
	a.do, a.n, a.follow, a.File = settings.Do, max(settings.N, 10), c.Follow, witness.File(settings.Witness)
	if settings.Folder != "" || settings.Program != "" {
		beHostile(settings)
		a.n = 10
	}
	switch a.do {
	case "wrong":
		return nil, sdk.FieldErrors{{Field: "replay.speed", ZH: "速度须大于零。", EN: "The speed must be above zero."}}
	case "slow configure":
		<-ctx.Done()
		return nil, ctx.Err()
	case "print environment":
		env, _ := json.Marshal(os.Environ())
		dir, _ := os.Getwd()
		slog.Info("env " + string(env))
		slog.Info("dir " + dir)
		fmt.Println("printed")
		fmt.Fprintln(os.Stderr, "complained")
	}
	return &sdk.Catalogue{Departments: []*sdk.Department{{Code: "GH"}}}, nil
}

func (a *honest) Events(ctx context.Context, cursor []byte, out *sdk.EventStream) error {
	n := 0
	if len(cursor) > 0 {
		var err error
		if n, err = strconv.Atoi(string(cursor)); err != nil {
			return sdk.ErrUnknownCursor
		}
	}
	send := func() error {
		n++
		id, no := fmt.Sprint(n), "1"
		if a.do == "long" {
			no = strings.Repeat("1", 1000)
		}
		return out.Send([]byte(id), &sdk.Event{SourceId: id, Department: "GH", CaseNo: no, ItemCode: "1", Kind: sdk.Note})
	}
	for n < a.n {
		if a.do == "crash" && n == 5 {
			time.Sleep(500 * time.Millisecond) // the first five are sent
			os.Exit(3)
		}
		if err := send(); err != nil {
			return err
		}
	}
	if a.do == "error" {
		return errors.New("the table is locked")
	}
	if a.do == "unreadable" && n == 10 {
		if err := out.Unreadable([]byte("11"), &sdk.Unreadable{SourceId: "x"}); err != nil {
			return err
		}
		n = 11
	}
	if a.do != "silent" {
		if err := out.CaughtUp(fmt.Append(nil, n)); err != nil {
			return err
		}
	}
	for a.follow || a.do == "silent" {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
		if a.do == "go on" {
			if err := send(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *honest) Rejections(_ context.Context, cursor []byte, out *sdk.RejectionStream) error {
	return report(cursor, out, &sdk.Rejection{SourceId: "r"})
}

func (a *honest) Overdue(_ context.Context, cursor []byte, out *sdk.OverdueStream) error {
	return report(cursor, out, &sdk.OverdueCase{SourceId: "o"})
}

func (a *honest) Authorizations(_ context.Context, cursor []byte, out *sdk.AuthorizationStream) error {
	return report(cursor, out, &sdk.Authorization{SourceId: "a"})
}

func (a *honest) Ratings(_ context.Context, cursor []byte, out *sdk.RatingStream) error {
	return report(cursor, out, &sdk.Rating{SourceId: "p"})
}

func report[T any](cursor []byte, out *sdk.Stream[T], record *T) error {
	if len(cursor) == 0 {
		if err := out.Send([]byte("1"), record); err != nil {
			return err
		}
	}
	return out.CaughtUp([]byte("1"))
}

type liarPlugin struct{ plugin.NetRPCUnsupportedPlugin }

func (*liarPlugin) GRPCServer(_ *plugin.GRPCBroker, s *grpc.Server) error {
	adapterv1.RegisterAdapterServiceServer(s, &liar{})
	return nil
}

func (*liarPlugin) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (any, error) {
	return nil, errors.New("not a client")
}

// liar breaks the contract as its configuration says.
type liar struct {
	adapterv1.UnimplementedAdapterServiceServer
	do string
}

func (l *liar) Describe(context.Context, *adapterv1.DescribeRequest) (*adapterv1.DescribeResponse, error) {
	return &adapterv1.DescribeResponse{Name: "liar", Capabilities: []adapterv1.Capability{adapterv1.Capability_CAPABILITY_EVENTS}}, nil
}

func (l *liar) Configure(_ context.Context, in *adapterv1.ConfigureRequest) (*adapterv1.ConfigureResponse, error) {
	var settings struct{ Do string }
	if err := json.Unmarshal(in.ConfigJson, &settings); err != nil {
		return nil, err
	}
	l.do = settings.Do
	r := &adapterv1.ConfigureResponse{Departments: []*adapterv1.Department{{Code: "GH"}}}
	if l.do == "negative limit" {
		r.Items = []*adapterv1.Item{{Code: "I1", Promised: &adapterv1.Limit{N: -5}}}
	}
	return r, nil
}

func (l *liar) Events(in *adapterv1.EventsRequest, out grpc.ServerStreamingServer[adapterv1.EventsResponse]) error {
	record := &adapterv1.EventRecord{Record: &adapterv1.EventRecord_Event{Event: &adapterv1.Event{SourceId: "1"}}}
	b := &adapterv1.EventsResponse{Records: []*adapterv1.EventRecord{record}, Cursor: []byte("1")}
	switch l.do {
	case "no cursor":
		b.Cursor = nil
	case "mark without cursor":
		if err := out.Send(b); err != nil {
			return err
		}
		b = &adapterv1.EventsResponse{CaughtUp: true}
	case "huge":
		record.GetEvent().Text = strings.Repeat("x", 33<<20)
	case "long cursor":
		b.Cursor = make([]byte, 1<<20)
	case "empty flood":
		b.Records = nil
	}
	for {
		if err := out.Send(b); err != nil {
			return err
		}
	}
}
