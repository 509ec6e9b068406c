// Command mingcha-adapter is a department's workbench: it tests a built adapter
// against the contract before it goes to the supervision office.
package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"

	"github.com/mingcha-console/mingcha/sdk/adaptertest"
)

type commands struct {
	Check    check    `cmd:"" help:"Test an adapter against the contract; exits 1 if it breaks it."`
	Checksum checksum `cmd:"" help:"Print the SHA-256 under which the office registers an adapter."`
}

type check struct {
	Program string        `arg:"" type:"existingfile" help:"The adapter's program."`
	Config  string        `arg:"" type:"existingfile" help:"A right configuration, YAML or JSON. Relative paths in it start from its folder."`
	Zone    string        `default:"Asia/Shanghai" help:"The office's time zone."`
	Quiet   time.Duration `default:"10s" help:"Silence that counts as never caught up."`
	JSON    bool          `name:"json" help:"Print the faults as JSON."`
}

type checksum struct {
	Program string `arg:"" type:"existingfile" help:"The adapter's program."`
}

// outcome is an exit status that is no error of the tool.
type outcome int

func (o outcome) Error() string { return fmt.Sprintf("exit status %d", int(o)) }

func (c *check) Run(ctx context.Context, out io.Writer) error {
	program, err := filepath.Abs(c.Program)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(c.Config)
	if err != nil {
		return err
	}
	config, err := yaml.YAMLToJSON(text) // JSON is YAML, too
	if err != nil {
		return fmt.Errorf("%s 既不是 YAML 也不是 JSON is neither YAML nor JSON: %s", c.Config, yaml.FormatError(err, false, false))
	}
	if string(bytes.TrimSpace(config)) == "null" { // an empty file
		config = []byte("{}")
	}
	base, err := filepath.Abs(filepath.Dir(c.Config))
	if err != nil {
		return err
	}
	suite := adaptertest.Suite{Config: string(config), BaseDir: base, Zone: c.Zone, Quiet: c.Quiet}
	faults, err := suite.Check(ctx, adaptertest.Binary(program))
	if err != nil {
		return err
	}
	if c.JSON {
		if faults == nil {
			faults = []adaptertest.Fault{}
		}
		if err := json.NewEncoder(out).Encode(faults); err != nil {
			return err
		}
	} else if len(faults) == 0 {
		fmt.Fprintln(out, "符合接口约定 · The adapter keeps to the contract.")
	}
	for i := 0; !c.JSON && i < len(faults); i++ {
		fmt.Fprintln(out, faults[i])
	}
	if len(faults) > 0 {
		return outcome(1)
	}
	return nil
}

func (c *checksum) Run(out io.Writer) error {
	f, err := os.Open(c.Program)
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return err
	}
	fmt.Fprintf(out, "%x\n", h.Sum(nil))
	return nil
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// run gives the exit status: 0 good, 1 faults, 2 wrong arguments or an adapter
// that could not be tested.
func run(ctx context.Context, args []string, out, errs io.Writer) (status int) {
	var c commands
	help := -1
	parser, err := kong.New(&c, kong.Name("mingcha-adapter"), kong.Writers(out, errs), kong.Exit(func(s int) { help = s }),
		kong.Description("Tests adapters of the supervision console."), kong.BindTo(ctx, (*context.Context)(nil)), kong.BindTo(out, (*io.Writer)(nil)))
	if err != nil {
		fmt.Fprintln(errs, err)
		return 2
	}
	parsed, err := parser.Parse(args)
	if help >= 0 {
		return help
	}
	if err == nil {
		err = parsed.Run()
	}
	var o outcome
	if errors.As(err, &o) {
		return int(o)
	}
	if err != nil {
		fmt.Fprintln(errs, err)
		return 2
	}
	return 0
}
