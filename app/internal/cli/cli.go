// Package cli is the command line. Every verb takes --data and --json; wrong
// arguments or configuration end with status 2, an ingest that could take nothing
// with 3, any other failure with 1.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	goruntime "runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/mingcha-console/mingcha/app/internal/adapterhost"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/logfile"
	"github.com/mingcha-console/mingcha/app/internal/userfolder"
	"github.com/mingcha-console/mingcha/app/internal/version"
)

// Globals are the flags of every verb.
type Globals struct {
	Data    string           `help:"Data folder (default: the user's configuration folder). 数据文件夹。" placeholder:"DIR" type:"path"`
	JSON    bool             `help:"Answer in JSON. 以 JSON 输出。"`
	Verbose bool             `help:"Write details to the log on standard error. 输出详细日志。" short:"v"`
	Version kong.VersionFlag `help:"Show the version. 显示版本。"`

	out     io.Writer
	logger  *slog.Logger
	logFile io.Closer     // of keepLog; nil: the log is on standard error only
	journal *list.Journal // of the folder that is exported from
}

type commands struct {
	Globals

	Window   windowCmd   `cmd:"" default:"withargs" help:"Open the desktop window (the default). 打开桌面窗口。"`
	Serve    serveCmd    `cmd:"" help:"Run the console without a window, for browsers on this machine. 不开窗口，供本机浏览器使用。"`
	Ingest   ingestCmd   `cmd:"" help:"Run one adapter until it has caught up. 运行一个数据接口，直到读完。"`
	Cases    casesCmd    `cmd:"" help:"Export cases. 导出办件。"`
	Findings findingsCmd `cmd:"" help:"Export findings. 导出异常。"`
	Verify   verifyCmd   `cmd:"" help:"Check the journal and everything derived from it. 校验存证和各表。"`
	Journal  journalCmd  `cmd:"" help:"The journal as files for auditors, and what to do when its history is broken. 存证的导出与接续。"`
	Backup   backupCmd   `cmd:"" help:"Copy the data folder to one file, while running. 备份。"`
	Adapter  adapterCmd  `cmd:"" help:"Adapter programs. 数据接口程序。"`
	Account  accountCmd  `cmd:"" help:"People who sign in over the network. 网络登录账户。"`
	Restore  restoreCmd  `cmd:"" help:"Unpack a backup into an empty data folder. 恢复备份。"`
}

// heapGoal is where the garbage collector starts to work harder than usual, so
// that an office PC has the console in 300 MB, SQLite's caches and the program
// itself included. GOMEMLIMIT sets another.
const heapGoal = 104 << 20

// inspect, set to anything, leaves the program's memory and open files to be
// looked at by its own user, as debuggers and measurements do.
const inspect = "MINGCHA_INSPECT"

// Main runs the command line and returns the exit status.
func Main(args []string, stdout, stderr io.Writer) int {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(heapGoal)
	}
	var c commands
	status := -1
	k, err := kong.New(&c, kong.Name("mingcha"), kong.Writers(stdout, stderr), kong.Vars{"version": version.Version},
		kong.Description("Mingcha 明察: a city's efficiency supervision console. 效能督察台。"),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.Exit(func(n int) { status = n }))
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	run, err := k.Parse(args)
	if status >= 0 { // --help or --version has answered
		return status
	}
	if err != nil { // nothing was set yet, --json neither
		f := fault.New(fault.Invalid, "arguments", "参数有误。请用 --help 查看用法。", "The arguments are wrong; see --help for what is possible.", err)
		f.Fields = []fault.Field{{Name: flagIn(err.Error()), ZH: "参数有误", EN: err.Error()}}
		return report(stderr, slices.Contains(args, "--json"), f)
	}
	level := slog.LevelWarn
	if c.Verbose {
		level = slog.LevelDebug
	}
	if os.Getenv(inspect) == "" {
		adapterhost.CloseMemory()
	}
	c.out = stdout
	c.logger = slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: level}))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	run.BindTo(ctx, (*context.Context)(nil))
	status = report(stderr, c.JSON, run.Run(&c.Globals))
	if c.logFile != nil {
		c.logFile.Close()
	}
	return status
}

// keepLog keeps the log in a folder's file besides. What is told at the end, on
// standard error, is in it as well.
func (g *Globals) keepLog(folder string) (file string) {
	var h slog.Handler
	h, g.logFile = logfile.Open(folder, g.logger.Handler())
	g.logger = slog.New(h)
	g.logger.Info("started", "version", version.Version, "system", goruntime.GOOS, "architecture", goruntime.GOARCH)
	return logfile.Path(folder)
}

var flagForm = regexp.MustCompile(`--[a-z-]+|<[a-z-]+>`)

// flagIn is the flag or argument that a parser's message is about.
func flagIn(message string) string { return flagForm.FindString(message) }

// argument makes a fault of a flag's value.
func argument(flag, code, zh, en string, err error) error {
	f := fault.New(fault.Invalid, code, zh, en, err)
	f.Fields = []fault.Field{{Name: flag, ZH: zh, EN: en}}
	return f
}

// report words an error for the clerk and returns the exit status.
func report(stderr io.Writer, asJSON bool, err error) int {
	if err == nil {
		return 0
	}
	f := describe(err)
	if asJSON {
		json.NewEncoder(stderr).Encode(map[string]any{"code": f.Code, "zh": f.ZH, "en": f.EN, "errors": f.Fields}) //nolint:errcheck // nowhere left to tell
	} else {
		fmt.Fprintf(stderr, "%s\n%s\n", f.ZH, f.EN)
		for _, field := range f.Fields {
			switch said := strings.Contains(f.EN, field.EN); {
			case !said:
				fmt.Fprintf(stderr, "  → %s: %s  %s\n", field.Name, field.ZH, field.EN)
			case field.Name != "":
				fmt.Fprintf(stderr, "  → %s\n", field.Name)
			}
		}
		if f.Err != nil && len(f.Fields) == 0 {
			fmt.Fprintf(stderr, "  (%v)\n", f.Err)
		}
	}
	switch {
	case f.Code == nothingTaken:
		return 3
	case f.Kind == fault.Invalid:
		return 2
	}
	return 1
}

// describe makes a fault of any error.
func describe(err error) *fault.Error {
	var p *adapterhost.Problem
	if f, ok := fault.As(err); ok {
		return f
	}
	if errors.As(err, &p) {
		f := fault.New(fault.Unavailable, "adapter", p.ZH, p.EN, errors.Unwrap(p))
		for _, x := range p.Fields {
			f.Fields = append(f.Fields, fault.Field{Name: x.Field, ZH: x.MessageZh, EN: x.MessageEn})
		}
		if len(p.Fields) > 0 && f.Err == nil { // with a cause it is what was read, not the configuration
			f.Kind, f.Code = fault.Invalid, "adapter_config"
		}
		return f
	}
	return fault.New(fault.Internal, "internal", "操作没有完成，详情见后。", "The operation was not finished; details follow.", err)
}

// folder is the data folder: as given, or the user's.
func (g *Globals) folder(name string) (string, error) {
	if g.Data != "" {
		return g.Data, nil
	}
	base, err := userfolder.Base()
	if err != nil {
		return "", fault.New(fault.Invalid, "no_home",
			"找不到当前用户的配置文件夹。请用 --data 指定数据文件夹。",
			"This user's configuration folder cannot be found. Name the data folder with --data.", err)
	}
	return filepath.Join(base, name), nil
}

// officeFolder and demoFolder are the default folders' names.
const (
	officeFolder = "office"
	demoFolder   = "demo"
)

func (g *Globals) printJSON(v any) error {
	e := json.NewEncoder(g.out)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
