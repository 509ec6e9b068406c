package live

import "context"

// Guest is somebody whom the caller has let in, having checked the origin and
// who it is. Its functions are called for as long as the connection lasts, so
// they should hold little: above all not the request.
type Guest struct {
	Who  string   // whose the guest is, for what one may have at once; empty: nobody's in particular
	Only []string // departments that it may hear of; nil: all. It is sent no board and no adapters then, which tell of all

	Valid func(ctx context.Context) bool // whether it may still listen, asked again with every ping; nil: as long as it likes
	Ended func() <-chan struct{}         // a channel that is closed when Valid should be asked at once; nil: none
	Leave func()                         // called once it is gone, or was not taken; nil: nobody waits for that
}

func (g *Guest) left() {
	if g.Leave != nil {
		g.Leave()
	}
}

// welcome reports whether the guest may still listen.
func (g *Guest) welcome(ctx context.Context) bool { return g.Valid == nil || g.Valid(ctx) }

// ended is closed when the guest should be asked about again; nil: never. Take
// it before welcome is asked, so that no ending is missed.
func (g *Guest) ended() <-chan struct{} {
	if g.Ended == nil {
		return nil
	}
	return g.Ended()
}
