package adaptertest

import (
	"context"
	"net"
	"os/exec"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/test/bufconn"

	"github.com/mingcha-console/mingcha/sdk"
	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Target is the adapter under test: [Binary] or [InProcess].
type Target interface {
	start(context.Context) (*connection, error)
}

// connection is one adapter, freshly started.
type connection struct {
	client adapterv1.AdapterServiceClient
	// stop ends it. Given a time it first waits, at most so long, for calls
	// that were cancelled to return; false if they did not. What a binary does
	// inside cannot be seen, so that is always true.
	stop func(wait time.Duration) bool
}

// Binary is a built adapter, started as the console starts it.
func Binary(path string) Target { return binary(path) }

type binary string

func (path binary) start(context.Context) (*connection, error) {
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  sdk.Handshake,
		VersionedPlugins: map[int]plugin.PluginSet{sdk.ProtocolVersion: sdk.PluginMap},
		Cmd:              exec.Command(string(path)),
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		SkipHostEnv:      true,
		GRPCDialOptions:  sdk.DialOptions(),
		Logger:           hclog.NewNullLogger(),
	})
	protocol, err := client.Client()
	if err != nil {
		client.Kill()
		return nil, err
	}
	raw, err := protocol.Dispense(sdk.PluginName)
	if err != nil {
		client.Kill()
		return nil, err
	}
	return &connection{
		client: raw.(adapterv1.AdapterServiceClient),
		stop:   func(time.Duration) bool { client.Kill(); return true },
	}, nil
}

// InProcess is an adapter that a function makes; the kit makes a new one
// wherever the console would have started the program anew.
func InProcess(fresh func() sdk.Adapter) Target { return inProcess(fresh) }

type inProcess func() sdk.Adapter

func (newAdapter inProcess) start(context.Context) (*connection, error) {
	listener := bufconn.Listen(1 << 20)
	server := sdk.NewServer(newAdapter())
	go func() { _ = server.Serve(listener) }() // ends with Stop
	conn, err := grpc.NewClient("passthrough:adapter", append(sdk.DialOptions(),
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }))...)
	if err != nil {
		server.Stop()
		return nil, err
	}
	return &connection{
		client: adapterv1.NewAdapterServiceClient(conn),
		stop: func(wait time.Duration) bool {
			returned := make(chan struct{})
			go func() { server.GracefulStop(); close(returned) }()
			prompt := true
			if wait > 0 {
				select {
				case <-returned:
				case <-time.After(wait):
					prompt = false
				}
			}
			_ = conn.Close()
			server.Stop()
			return prompt
		},
	}, nil
}
