package netserver

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"

	"github.com/mingcha-console/mingcha/app/internal/features/office"

	"github.com/mingcha-console/mingcha/app/internal/api"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/runtime"
)

// Door opens and closes an office to its network while its window goes on, and
// remembers the choice in the data folder. It is the feature's Door.
type Door struct {
	office   Office
	changing sync.Mutex // one opening or closing at a time

	mu      sync.Mutex
	state   string
	choice  runtime.Network
	problem api.Sentence
	opening *Opening // while open
}

const (
	closed  = "closed"
	opening = "opening"
	open    = "open"
	failed  = "failed"
)

// NewDoor makes the door of an office, closed.
func NewDoor(o Office) *Door {
	d := &Door{office: o, state: closed, choice: o.Console.Config().Network}
	if d.choice.Port == 0 {
		d.choice.Port = DefaultPort
	}
	return d
}

// Resume opens the office as it was at the last end. Where that cannot be, the
// board says so: nobody has asked for it just now.
func (d *Door) Resume(ctx context.Context) {
	d.changing.Lock()
	defer d.changing.Unlock()
	if !d.choice.Open {
		return
	}
	if err := d.try(access.With(ctx, access.Here), d.choice.Port); err != nil {
		d.office.Logger.WarnContext(ctx, "the console could not be opened to the network", "error", err)
		said := wordsOf(err)
		d.office.Console.Warn(&casefile.Warning{Code: "network_closed",
			ZH: "没有对办公网开放，同事现在打不开明察：" + said.ZH, EN: "Not open to the office network, so colleagues cannot reach it: " + said.EN})
	}
}

// Open opens the office on a port (0: any that is free) and keeps the choice.
// It refuses another port than the one that is open.
func (d *Door) Open(ctx context.Context, port int) (*office.NetworkState, error) {
	d.changing.Lock()
	defer d.changing.Unlock()
	if p := d.current(); p != nil {
		if p.Port() != port {
			return nil, fault.New(fault.Conflict, "network_open",
				fmt.Sprintf("已在端口 %d 开放。请先关闭，再换端口。", p.Port()), fmt.Sprintf("It is open on port %d. Close it first to change the port.", p.Port()), nil)
		}
		return d.State(ctx)
	}
	if err := d.try(ctx, port); err != nil {
		return nil, err
	}
	d.office.Console.Warn(nil)
	d.mu.Lock()
	d.choice.Open, d.choice.Port = true, d.opening.Port()
	choice := d.choice
	d.mu.Unlock()
	if err := runtime.KeepNetwork(d.office.Dir, choice); err != nil {
		return nil, notKept(err)
	}
	return d.State(ctx)
}

// try opens the office; d.changing is held.
func (d *Door) try(ctx context.Context, port int) error {
	d.mu.Lock()
	d.state, d.problem = opening, api.Sentence{}
	d.mu.Unlock()
	p, err := d.listen(ctx, port)
	d.mu.Lock()
	defer d.mu.Unlock()
	if err != nil {
		d.state, d.choice.Port, d.problem = failed, port, wordsOf(err)
		return err
	}
	d.state, d.opening = open, p
	return nil
}

func (d *Door) listen(ctx context.Context, port int) (*Opening, error) {
	ln, err := Listen(net.JoinHostPort(d.choice.Host, strconv.Itoa(port)))
	if err != nil {
		return nil, err
	}
	return d.office.Open(ctx, ln)
}

// Close closes the office to the network, cutting everybody off, and keeps the
// choice.
func (d *Door) Close(ctx context.Context) (*office.NetworkState, error) {
	d.changing.Lock()
	defer d.changing.Unlock()
	err := d.shut(ctx)
	d.office.Console.Warn(nil)
	d.mu.Lock()
	d.choice.Open = false
	choice := d.choice
	d.mu.Unlock()
	if kept := runtime.KeepNetwork(d.office.Dir, choice); kept != nil {
		return nil, errors.Join(notKept(kept), err)
	}
	if err != nil {
		return nil, err
	}
	return d.State(ctx)
}

// Shut closes the office for the end of the window; the next start opens it
// again.
func (d *Door) Shut() error {
	d.changing.Lock()
	defer d.changing.Unlock()
	return d.shut(access.With(context.Background(), access.Here))
}

func (d *Door) shut(ctx context.Context) error {
	p := d.current()
	d.mu.Lock()
	d.state, d.opening, d.problem = closed, nil, api.Sentence{}
	d.mu.Unlock()
	if p == nil {
		return nil
	}
	return p.Close(ctx)
}

func (d *Door) current() *Opening {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.opening
}

// State is how the office stands towards the network.
func (d *Door) State(ctx context.Context) (*office.NetworkState, error) {
	all, err := d.office.Console.People().Rows(ctx)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	s, p := &office.NetworkState{State: d.state, Port: d.choice.Port, Problem: d.problem, HasHead: hasHead(all)}, d.opening
	d.mu.Unlock()
	for _, a := range all {
		if a.Sessions > 0 {
			s.SignedIn++
		}
	}
	if p == nil {
		return s, nil
	}
	select {
	case <-p.Ended():
		if err := p.Failure(); err != nil { // else it is just being closed
			s.State, s.Problem = failed, wordsOf(err)
			return s, nil
		}
	default:
	}
	info := p.Certificate()
	s.Port, s.Addresses, s.Connected = p.Port(), p.Addresses(), p.Pages()
	s.Certificate = office.NetworkCertificate{Fingerprint: info.Fingerprint, Ends: info.NotAfter, SelfMade: info.SelfMade}
	for _, w := range info.Warnings {
		s.Warnings = append(s.Warnings, api.Sentence{ZH: w.ZH, EN: w.EN})
	}
	return s, nil
}

func wordsOf(err error) api.Sentence {
	if f, ok := fault.As(err); ok {
		return api.Sentence{ZH: f.ZH, EN: f.EN}
	}
	return api.Sentence{ZH: "没有开放成功：" + err.Error() + "。请关闭后重试。", EN: "It was not opened: " + err.Error() + ". Close it and try again."}
}

func notKept(err error) error {
	if _, ok := fault.As(err); ok {
		return err
	}
	return fault.New(fault.Unavailable, "network_not_kept",
		"这个选择没有记入数据文件夹，下次启动仍按原来的设置。请检查磁盘空间和文件夹权限，然后重试。",
		"The choice was not written to the data folder, so the next start goes by the former one. Check the disk's room and your rights to the folder, then try again.", err)
}

var _ office.Door = (*Door)(nil)
