package office

import (
	"context"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// NetworkState is how the console stands towards the office's network.
type NetworkState struct {
	State       string             `json:"state" enum:"closed,opening,open,failed"`
	Port        int                `json:"port" doc:"that it is open on, or would be"`
	Problem     api.Sentence       `json:"problem,omitzero" doc:"why it failed, and what to do"`
	Addresses   []string           `json:"addresses" doc:"that colleagues open, likeliest first"`
	Certificate NetworkCertificate `json:"certificate,omitzero" doc:"while open"`
	Warnings    []api.Sentence     `json:"warnings" doc:"about the certificate"`
	SignedIn    int                `json:"signed_in" doc:"people who have signed in and not out"`
	Connected   int                `json:"connected" doc:"their pages that follow the live stream now"`
	HasHead     bool               `json:"has_head" doc:"there is a head's account; without one it cannot be opened"`
}

// NetworkCertificate is that by which the console shows the network who it is.
type NetworkCertificate struct {
	Fingerprint string    `json:"fingerprint" doc:"SHA-256, in groups to be read out"`
	Ends        time.Time `json:"ends"`
	SelfMade    bool      `json:"self_made" doc:"made by the console, to be confirmed by hand"`
}

// Door opens the console to the office's network besides, and closes it again.
// Answers belong to the caller.
type Door interface {
	State(ctx context.Context) (*NetworkState, error)
	Open(ctx context.Context, port int) (*NetworkState, error)
	Close(ctx context.Context) (*NetworkState, error)
}

// networking registers what opens the console to the network and closes it.
func networking(h *api.API, door Door) {
	if door == nil {
		door = elsewhere{}
	}
	api.Get(h, "/network", "network", "Whether the console is open to the office network", access.HeadAlone,
		func(ctx context.Context, _ *api.None) (*NetworkState, error) { return door.State(ctx) })
	api.Post(h, "/network/open", "openNetwork", "Open the console to the office network; journaled", access.HeadAlone,
		func(ctx context.Context, in *struct {
			Body struct {
				Port int `json:"port" minimum:"1" maximum:"65535"`
			}
		}) (*NetworkState, error) {
			return door.Open(ctx, in.Body.Port)
		})
	api.Post(h, "/network/close", "closeNetwork", "Close it again, cutting everybody off; journaled", access.HeadAlone,
		func(ctx context.Context, _ *api.None) (*NetworkState, error) { return door.Close(ctx) })
}

// elsewhere is the door where it can be neither opened nor closed from.
type elsewhere struct{}

func (elsewhere) State(context.Context) (*NetworkState, error)     { return nil, errElsewhere }
func (elsewhere) Open(context.Context, int) (*NetworkState, error) { return nil, errElsewhere }
func (elsewhere) Close(context.Context) (*NetworkState, error)     { return nil, errElsewhere }

var errElsewhere = fault.New(fault.Conflict, "network_elsewhere",
	"是否对办公网开放，只能在运行明察的那台机器上设置：在它的窗口里打开“设置 · 办公网络”，或用 mingcha serve 命令启动。",
	"Whether the console is open to the office network is set at the machine that runs it: in its window under Settings · Office network, or by the command mingcha serve.", nil)
