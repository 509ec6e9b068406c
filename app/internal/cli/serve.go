package cli

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	pages "github.com/mingcha-console/mingcha/app/internal/features/office"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/live"
	"github.com/mingcha-console/mingcha/app/internal/netserver"
	"github.com/mingcha-console/mingcha/app/internal/runtime"
	"github.com/mingcha-console/mingcha/frontend"
)

type serveCmd struct {
	Listen   string   `help:"Address to listen on; one that others can reach has people sign in. 监听地址；对外开放时须登录。" default:"127.0.0.1:8617" placeholder:"ADDR"`
	Demo     bool     `help:"Run the demonstration city. 运行演示城市。"`
	Adapters string   `help:"Folder of installed adapters (default: beside the program). 数据接口所在文件夹。" type:"path" placeholder:"DIR"`
	Token    string   `help:"Access token; made for this run if not given. 访问令牌。" env:"MINGCHA_TOKEN" placeholder:"TOKEN"`
	SignIn   bool     `help:"Have people sign in, over TLS, on this machine too. 本机访问也须登录。"`
	Cert     string   `help:"Certificate (PEM); made by the console if not given. 证书文件。" type:"path" placeholder:"FILE"`
	Key      string   `help:"Its private key (PEM). 私钥文件。" type:"path" placeholder:"FILE"`
	Name     []string `help:"Further names of this machine, for the certificate. 本机的其他域名。" placeholder:"NAME"`
}

func (c *serveCmd) Run(ctx context.Context, g *Globals) error {
	if c.SignIn || !onLoopback(c.Listen) {
		return c.network(ctx, g)
	}
	ln, err := listenLoopback(c.Listen)
	if err != nil {
		return err
	}
	token := c.Token
	if token == "" {
		token = newToken()
	}
	folder := officeFolder
	if c.Demo {
		folder = demoFolder
	}
	dir, err := g.folder(folder)
	if err != nil {
		return err
	}
	g.keepLog(dir)
	o, err := openOffice(ctx, g, dir, c.Demo, c.Adapters, []string{token})
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	defer o.close()
	offer := o.console.Serves(pages.Way{Mode: "serve", LiveURL: httpapi.LiveRoute, LiveToken: token})
	offer.Live, offer.Assets, offer.Token = o.hub, frontend.Pages(), token
	srv := httpapi.Server(httpapi.New(offer))
	o.console.Run(ctx)
	address := "http://" + ln.Addr().String() + "/#k=" + token
	if err := c.announce(g, ln.Addr().String(), address, token); err != nil {
		return err
	}
	go func() {
		<-ctx.Done()
		stop, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		o.hub.Close()
		srv.Shutdown(stop) //nolint:errcheck // what does not end in time is cut off
	}()
	if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// announce prints where the console is. The address holds the token in its
// fragment, which browsers do not send.
func (c *serveCmd) announce(g *Globals, host, address, token string) error {
	if g.JSON {
		return g.printJSON(map[string]string{"address": address, "listen": host, "token": token})
	}
	if !frontend.Built() {
		fmt.Fprintln(os.Stderr, "本程序编译时没有带页面，只提供接口。 This program was built without its pages; only the API is served.")
	}
	_, err := fmt.Fprintf(g.out, "明察已启动，请在本机浏览器打开 Mingcha is running; open in a browser on this machine:\n  %s\n按 Ctrl C 停止 Ctrl C stops it\n", address)
	return err
}

// onLoopback tells whether only this machine can reach an address.
func onLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return true // listening says what is wrong
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// listenLoopback listens for this machine's own browsers.
func listenLoopback(address string) (net.Listener, error) {
	if _, _, err := net.SplitHostPort(address); err != nil {
		return nil, argument("--listen", "listen",
			fmt.Sprintf("监听地址 %q 写法有误，请写成 127.0.0.1:8617 这样。", address),
			fmt.Sprintf("The address %q to listen on is not well written; write it like 127.0.0.1:8617.", address), err)
	}
	ln, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fault.New(fault.Unavailable, "listen_busy",
			fmt.Sprintf("端口 %s 已被占用。请关闭占用它的程序，或用 --listen 换一个端口。", address),
			fmt.Sprintf("The port %s is taken. Close the program that uses it, or choose another with --listen.", address), err)
	}
	return ln, nil
}

// newToken is 256 random bits.
func newToken() string {
	b := make([]byte, 32)
	rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// office is an open console with its live stream.
type office struct {
	console *runtime.Console
	hub     *live.Hub
}

// openServed opens a console that people sign in to: the gate lets them in to
// the live stream, not a token.
func openServed(ctx context.Context, g *Globals, dir string, demo bool, adapters string) (*office, error) {
	return open(ctx, g, dir, demo, adapters, live.Options{MaxClients: netserver.Clients})
}

func openOffice(ctx context.Context, g *Globals, dir string, demo bool, adapters string, tokens []string) (*office, error) {
	return open(ctx, g, dir, demo, adapters, live.Options{Tokens: tokens})
}

func open(ctx context.Context, g *Globals, dir string, demo bool, adapters string, stream live.Options) (*office, error) {
	if demo {
		if err := runtime.PrepareDemo(dir); err != nil {
			return nil, err
		}
	}
	programs := runtime.InstalledPrograms()
	if adapters != "" {
		programs = runtime.ProgramsIn(adapters)
	}
	late := &lateListener{}
	con, err := runtime.Open(ctx, runtime.Options{Dir: dir, Programs: programs, Logger: g.logger, Listener: late})
	if err != nil {
		return nil, err
	}
	totals, err := con.Store().Head(ctx)
	if err != nil {
		return nil, errors.Join(err, con.Close())
	}
	stream.Head, stream.Backlog, stream.Logger = totals, con.Cases(), g.logger
	late.Hub = live.New(stream)
	return &office{con, late.Hub}, nil
}

// lateListener is the hub, which needs the open store to begin at its head.
// Nothing is committed before Console.Run.
type lateListener struct{ *live.Hub }

func (o *office) close() error {
	err := o.console.Close()
	o.hub.Close()
	return err
}
