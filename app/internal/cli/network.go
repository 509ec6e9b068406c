package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/netserver"
	"github.com/mingcha-console/mingcha/app/internal/runtime"
)

// network serves the console to those who sign in, over TLS.
func (c *serveCmd) network(ctx context.Context, g *Globals) error {
	ln, err := netserver.Listen(c.Listen)
	if err != nil {
		return invalidFlag("--listen", err)
	}
	defer ln.Close() // serving has closed it
	folder := officeFolder
	if c.Demo {
		folder = demoFolder
	}
	dir, err := g.folder(folder)
	if err != nil {
		return err
	}
	g.keepLog(dir)
	o, err := openServed(ctx, g, dir, c.Demo, c.Adapters)
	if err != nil {
		return err
	}
	defer o.close()
	here := access.With(ctx, access.Here)
	office := netserver.Office{Console: o.console, Hub: o.hub, Dir: dir, Cert: c.Cert, Key: c.Key, Names: c.Name, Logger: g.logger}
	opening, err := office.Open(here, ln)
	if f, ok := fault.As(err); ok && f.Code == "no_head" {
		return ofFlag("--listen", err)
	}
	if err != nil {
		return invalidFlag("--cert", err)
	}
	o.console.Run(ctx)
	if err := announceNetwork(g, opening); err != nil {
		return errors.Join(err, opening.Close(here))
	}
	select {
	case <-ctx.Done():
	case <-opening.Ended():
	}
	return errors.Join(opening.Close(here), opening.Failure())
}

// invalidFlag names the flag of what was wrong about it; what failed for another
// reason stays as it is.
func invalidFlag(flag string, err error) error {
	if f, ok := fault.As(err); ok && f.Kind == fault.Invalid {
		return ofFlag(flag, err)
	}
	return err
}

// announceNetwork prints where colleagues find the console, and by what they
// recognise it.
func announceNetwork(g *Globals, p *netserver.Opening) error {
	info, addresses := p.Certificate(), p.Addresses()
	if g.JSON {
		return g.printJSON(map[string]any{"addresses": addresses, "listen": p.Listens(), "fingerprint": info.Fingerprint, "certificate_ends": info.NotAfter, "self_made": info.SelfMade})
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
	Reset accountResetCmd `cmd:"" help:"Give an account a new first password, or take its second factor off. 重置密码，或解除两步验证。"`
	List  accountListCmd  `cmd:"" help:"List the accounts. 列出账户。"`
}

type accountAddCmd struct {
	Login      string `arg:"" help:"What the person signs in with. 账号。"`
	Name       string `help:"The person's name. 姓名。" required:"" placeholder:"NAME"`
	Role       string `help:"head, staff, duty, leader, liaison or volunteer. 角色。" required:"" placeholder:"ROLE"`
	Department string `help:"A liaison's department code. 联络员所属部门代码。" placeholder:"CODE"`
}

func (c *accountAddCmd) Run(ctx context.Context, g *Globals) error {
	return withPeople(ctx, g, func(ctx context.Context, p *account.People) error {
		first, err := p.CreateAccount(ctx, account.NewAccount{Login: c.Login, Name: c.Name, Role: access.Role(c.Role), Department: c.Department})
		if err != nil {
			return err
		}
		return g.printFirst(first)
	})
}

type accountResetCmd struct {
	Login        string `arg:"" help:"What the person signs in with. 账号。"`
	SecondFactor bool   `help:"Take the second factor off, of who has lost the phone; the password stays. 解除两步验证，密码不变。"`
}

func (c *accountResetCmd) Run(ctx context.Context, g *Globals) error {
	return withPeople(ctx, g, func(ctx context.Context, p *account.People) error {
		all, err := p.Rows(ctx)
		if err != nil {
			return err
		}
		for _, a := range all {
			if a.Login == account.Normalize(c.Login) {
				if c.SecondFactor {
					return c.removeFactor(ctx, g, p, &a)
				}
				first, err := p.ResetPassword(ctx, a.ID)
				if err != nil {
					return err
				}
				return g.printFirst(first)
			}
		}
		return argument("LOGIN", "unknown_account", "没有这个账号。请用 mingcha account list 查看。", "There is no such login. See mingcha account list.", nil)
	})
}

func (c *accountResetCmd) removeFactor(ctx context.Context, g *Globals, p *account.People, a *account.Row) error {
	if !a.SecondFactor {
		return argument("LOGIN", "factor_off", "这个账户没有开启两步验证。", "This account has no second factor.", nil)
	}
	if err := p.RemoveSecondFactor(ctx, a.ID); err != nil {
		return err
	}
	return g.done("second_factor_removed", a.Login, "已解除 %s 的两步验证，现在凭密码即可登录。 The password alone signs in now.\n")
}

func (g *Globals) printFirst(f *account.FirstPassword) error {
	if g.JSON {
		return g.printJSON(f)
	}
	_, err := fmt.Fprintf(g.out, "账号 login: %s\n初始密码 first password: %s\n只显示这一次，第一次登录时须改成自己的密码。 Shown once; it has to be changed at the first sign-in.\n", f.Account.Login, f.Password)
	return err
}

type accountListCmd struct{}

func (c *accountListCmd) Run(ctx context.Context, g *Globals) error {
	return withPeople(ctx, g, func(ctx context.Context, p *account.People) error {
		all, err := p.Rows(ctx)
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
func withPeople(ctx context.Context, g *Globals, f func(context.Context, *account.People) error) error {
	dir, err := g.folder(officeFolder)
	if err != nil {
		return err
	}
	con, err := runtime.Open(ctx, runtime.Options{Dir: dir, Programs: runtime.InstalledPrograms(), Logger: g.logger})
	if err != nil {
		return err
	}
	return errors.Join(f(access.With(ctx, access.Here), con.People()), con.Close())
}
