package sdk

import (
	"context"
	"log/slog"
	"os"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// ProtocolVersion is the version of the contract that this SDK speaks.
const ProtocolVersion = 1

// PluginName is the adapter's entry in [PluginMap].
const PluginName = "adapter"

// Handshake lets console and adapter recognise each other. The cookie is no
// secret: it keeps people from starting an adapter by hand.
var Handshake = plugin.HandshakeConfig{
	ProtocolVersion:  ProtocolVersion,
	MagicCookieKey:   "MINGCHA_ADAPTER",
	MagicCookieValue: "b7f0c1a7-5c1e-4d6a-9f55-6f2a9f0d3a18",
}

// PluginMap is the console's side: dispensing [PluginName] gives an
// adapterv1.AdapterServiceClient.
var PluginMap = map[string]plugin.Plugin{PluginName: &grpcPlugin{}}

type grpcPlugin struct {
	plugin.NetRPCUnsupportedPlugin
	adapter Adapter
}

func (p *grpcPlugin) GRPCServer(_ *plugin.GRPCBroker, s *grpc.Server) error {
	adapterv1.RegisterAdapterServiceServer(s, &server{adapter: p.adapter})
	return nil
}

func (p *grpcPlugin) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return adapterv1.NewAdapterServiceClient(conn), nil
}

// Serve is the main function of an adapter: it serves the console that started
// the process, until that stops it. Lines logged with log/slog (or log) from
// then on appear in the console with their level.
func Serve(a Adapter) {
	slog.SetDefault(slog.New(newLogHandler(os.Stderr)))
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig:  Handshake,
		VersionedPlugins: map[int]plugin.PluginSet{ProtocolVersion: {PluginName: &grpcPlugin{adapter: a}}},
		GRPCServer: func(opts []grpc.ServerOption) *grpc.Server {
			return grpc.NewServer(append(serverOptions(), opts...)...)
		},
		Logger: hclog.New(&hclog.LoggerOptions{Level: hclog.Warn, Output: os.Stderr, JSONFormat: true}),
	})
}

// NewServer serves an adapter within a process, without go-plugin: for tests.
func NewServer(a Adapter) *grpc.Server {
	s := grpc.NewServer(serverOptions()...)
	adapterv1.RegisterAdapterServiceServer(s, &server{adapter: a})
	return s
}

// Flow control lets some megabytes be under way, so that neither side waits
// for the other's acknowledgement of every batch.
const window = 4 << 20

func serverOptions() []grpc.ServerOption {
	return []grpc.ServerOption{
		grpc.MaxRecvMsgSize(maxMessage),
		grpc.MaxSendMsgSize(maxMessage),
		grpc.ForceServerCodecV2(newFrameCodec()),
		grpc.WriteBufferSize(128 << 10),
	}
}

// DialOptions are those of the side that asks: the message limit of 32 MiB and
// a flow control window that streams need.
func DialOptions() []grpc.DialOption {
	return []grpc.DialOption{
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxMessage), grpc.MaxCallSendMsgSize(maxMessage)),
		grpc.WithInitialWindowSize(window),
		grpc.WithInitialConnWindowSize(window),
		grpc.WithReadBufferSize(128 << 10),
	}
}
