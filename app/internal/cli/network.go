package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/accounts"
	"github.com/mingcha-console/mingcha/app/internal/console"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/network"
	"github.com/mingcha-console/mingcha/app/internal/ratings"
	"github.com/mingcha-console/mingcha/app/internal/version"
	"github.com/mingcha-console/mingcha/app/internal/volunteers"
	"github.com/mingcha-console/mingcha/frontend"
)

// An office often stands behind one address, so that the bounds of an address
// are an office's.
var (
	networkBounds = network.Bounds{Total: 2048, PerAddress: 1024}
	networkRate   = network.Rate{PerSecond: 300, Burst: 1000}
	// Everybody comes at eight. Guessing is stopped by package signin, which knows
	// what was wrong.
	signInRate = network.Rate{PerSecond: 1, Burst: 60}
)

const networkClients = 1024 // pages on the live stream

// network serves the console to those who sign in, over TLS.
func (c *serveCmd) network(ctx context.Context, g *Globals) error {
	ln, err := network.Listen(c.Listen, networkBounds)
	if err != nil {
		return invalidFlag("--listen", err)
	}
	defer ln.Close() //nolint:errcheck // serving has closed it
	folder := officeFolder
	if c.Demo {
		folder = demoFolder
	}
	dir, err := g.folder(folder)
	if err != nil {
		return err
	}
	o, err := openServed(ctx, g, dir, c.Demo, c.Adapters)
	if err != nil {
		return err
	}
	defer o.close()
	if err := hasHead(ctx, o.console); err != nil {
		return err
	}
	id, err := network.Certificate(dir, c.Cert, c.Key, c.Name, time.Now())
	if err != nil {
		return invalidFlag("--cert", err)
	}
	srv := network.Server(served(o, id, g), id, g.logger)
	o.console.Run(ctx)
	if err := announceNetwork(g, ln, id); err != nil {
		return err
	}
	go id.Keep(ctx, time.Hour, g.logger)
	go func() {
		<-ctx.Done()
		stop, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		o.hub.Close()
		srv.Shutdown(stop) //nolint:errcheck // what does not end in time is cut off
	}()
	if err := srv.ServeTLS(ln, "", ""); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// invalidFlag names the flag of what was wrong about it; what failed for another
// reason stays as it is.
func invalidFlag(flag string, err error) error {
	if f, ok := fault.As(err); ok && f.Kind == fault.Invalid {
		return ofFlag(flag, err)
	}
	return err
}

// served is the console as the network reaches it.
func served(o *office, id *network.Identity, g *Globals) http.Handler {
	people := o.console.People()
	h := httpapi.New(httpapi.Options{Reader: o.console.Reader(), Console: console.API{Console: o.console, Mode: "serve", LiveURL: httpapi.LiveRoute},
		People: people, Sessions: people, Reviews: o.console.Reviews(), Visits: o.console.Visits(), Matters: o.console.Matters(), Ratings: o.console.Ratings(), Live: o.hub, Admit: o.hub.Admit,
		Assets: frontend.Pages(), AllowedHosts: id.Info().Names, Logger: g.logger, Version: version.Version})
	h = network.MaxBytes(httpapi.MaxBody, map[string]int64{httpapi.PhotoPath: volunteers.MaxPhoto, httpapi.FilePath: ratings.MaxFile}, httpapi.RefuseSize)(h)
	return network.NewLimiter(network.Rates{General: networkRate, Refuse: httpapi.RefuseRate,
		Rules: []network.Rule{{Method: http.MethodPost, Path: httpapi.SignInRoute, Rate: signInRate}}}).Middleware(h)
}

// hasHead refuses to open a console to the network that nobody could sign in
// to.
func hasHead(ctx context.Context, c *console.Console) error {
	all, err := c.People().Accounts(ctx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(a httpapi.Account) bool { return a.Role == access.Head && a.Active }) {
		return nil
	}
	return argument("--listen", "no_head",
		"还没有主任账户，开放给网络后无人能够登录。请先在本机运行 mingcha account add 登录名 --name 姓名 --role head，或在窗口的“设置 · 人员与权限”里新建。",
		"There is no head's account, so nobody could sign in over the network. First run mingcha account add LOGIN --name NAME --role head on this machine, or make one in the window under Settings · People.", nil)
}

// announceNetwork prints where colleagues find the console, and by what they
// recognise it.
func announceNetwork(g *Globals, ln net.Listener, id *network.Identity) error {
	info, port := id.Info(), ln.Addr().(*net.TCPAddr).Port
	addresses := network.Addresses(port)
	if host, _, _ := net.SplitHostPort(ln.Addr().String()); net.ParseIP(host) != nil && !net.ParseIP(host).IsUnspecified() {
		addresses = []string{"https://" + ln.Addr().String() + "/"}
	}
	if g.JSON {
		return g.printJSON(map[string]any{"addresses": addresses, "listen": ln.Addr().String(), "fingerprint": info.Fingerprint, "certificate_ends": info.NotAfter, "self_made": info.SelfMade})
	}
	fmt.Fprintln(g.out, "明察已对网络开放，请用浏览器打开 Mingcha is open to the network at:")
	for _, a := range addresses {
		fmt.Fprintln(g.out, "  "+a)
	}
	if info.SelfMade {
		fmt.Fprintf(g.out, "证书由本台自己生成，浏览器第一次会提示；请核对指纹一致后再继续 The certificate is the console's own; compare its fingerprint when a browser asks:\n  SHA-256 %s\n", info.Fingerprint)
	}
	for _, w := range info.Warnings {
		fmt.Fprintf(g.out, "注意 Note: %s %s\n", w.ZH, w.EN)
	}
	_, err := fmt.Fprintln(g.out, "按 Ctrl C 停止 Ctrl C stops it")
	return err
}

type accountCmd struct {
	Add   accountAddCmd   `cmd:"" help:"Make an account and print its first password. 新建账户并显示初始密码。"`
	Reset accountResetCmd `cmd:"" help:"Give an account a new first password. 重置密码。"`
	List  accountListCmd  `cmd:"" help:"List the accounts. 列出账户。"`
}

type accountAddCmd struct {
	Login      string `arg:"" help:"What the person signs in with. 登录名。"`
	Name       string `help:"The person's name. 姓名。" required:"" placeholder:"NAME"`
	Role       string `help:"head, staff, duty, leader, liaison or volunteer. 角色。" required:"" placeholder:"ROLE"`
	Department string `help:"A liaison's department code. 联络员所属部门代码。" placeholder:"CODE"`
}

func (c *accountAddCmd) Run(ctx context.Context, g *Globals) error {
	return withPeople(ctx, g, func(ctx context.Context, p *console.People) error {
		first, err := p.CreateAccount(ctx, httpapi.NewAccount{Login: c.Login, Name: c.Name, Role: access.Role(c.Role), Department: c.Department})
		if err != nil {
			return err
		}
		return g.printFirst(first)
	})
}

type accountResetCmd struct {
	Login string `arg:"" help:"What the person signs in with. 登录名。"`
}

func (c *accountResetCmd) Run(ctx context.Context, g *Globals) error {
	return withPeople(ctx, g, func(ctx context.Context, p *console.People) error {
		all, err := p.Accounts(ctx)
		if err != nil {
			return err
		}
		for _, a := range all {
			if a.Login == accounts.Normalize(c.Login) {
				first, err := p.ResetPassword(ctx, a.ID)
				if err != nil {
					return err
				}
				return g.printFirst(first)
			}
		}
		return argument("LOGIN", "unknown_account", "没有这个登录名。请用 mingcha account list 查看。", "There is no such login. See mingcha account list.", nil)
	})
}

func (g *Globals) printFirst(f *httpapi.FirstPassword) error {
	if g.JSON {
		return g.printJSON(f)
	}
	_, err := fmt.Fprintf(g.out, "登录名 login: %s\n初始密码 first password: %s\n只显示这一次，第一次登录时须改成自己的密码。 Shown once; it has to be changed at the first sign-in.\n", f.Account.Login, f.Password)
	return err
}

type accountListCmd struct{}

func (c *accountListCmd) Run(ctx context.Context, g *Globals) error {
	return withPeople(ctx, g, func(ctx context.Context, p *console.People) error {
		all, err := p.Accounts(ctx)
		if err != nil {
			return err
		}
		if g.JSON {
			return g.printJSON(all)
		}
		for _, a := range all {
			state := "在用 active"
			if !a.Active {
				state = "停用 closed"
			}
			fmt.Fprintf(g.out, "%-20s %-10s %-8s %-10s %s\n", a.Login, a.Role, a.Department, state, a.Name)
		}
		return nil
	})
}

// withPeople opens the data folder for the person at this machine.
func withPeople(ctx context.Context, g *Globals, f func(context.Context, *console.People) error) error {
	dir, err := g.folder(officeFolder)
	if err != nil {
		return err
	}
	con, err := console.Open(ctx, console.Options{Dir: dir, Programs: console.InstalledPrograms(), Logger: g.logger})
	if err != nil {
		return err
	}
	return errors.Join(f(access.With(ctx, access.Here), con.People()), con.Close())
}
