package httpapi

import (
	"context"
	"time"
)

// OwnSession is where one is signed in.
type OwnSession struct {
	BegunAt time.Time `json:"begun_at"`
	Address string    `json:"address" doc:"that it was begun from"`
	Agent   string    `json:"agent" doc:"what the browser calls itself"`
	Here    bool      `json:"here" doc:"the one that asks"`
}

// places registers where one is signed in.
func (a *oldAPI) places() {
	get(a, "/my/sessions", "mySessions", "Where one is signed in, the latest first", func(ctx context.Context, _ *none) ([]OwnSession, error) {
		return a.people.MySessions(ctx)
	})
	act(a, "/my/sessions/end", "endMySessions", "End one's other sessions", func(ctx context.Context, in *password) error {
		return a.people.EndMySessions(ctx, in.Body.Password)
	})
}
