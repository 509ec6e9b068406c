package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/runtime"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

type verifyCmd struct {
	PublicKey string `help:"Public key to check the checkpoints with (default: the folder's own). 核验公钥。" type:"path" placeholder:"FILE"`
}

func (c *verifyCmd) Run(ctx context.Context, g *Globals) error {
	dir, err := g.folder(officeFolder)
	if err != nil {
		return err
	}
	cfg, err := runtime.LoadConfig(dir)
	if err != nil {
		return err
	}
	s, err := store.OpenReadOnly(ctx, dir, workday.Default())
	if err != nil {
		return err
	}
	defer s.Close()
	file := c.PublicKey
	if file == "" {
		file = filepath.Join(dir, journal.PublicKeyFile)
	}
	key, err := os.ReadFile(file)
	if err != nil {
		return argument("--public-key", "public_key", fmt.Sprintf("读不到核验公钥 %s。请核对路径，或用 --public-key 指定另存的公钥。", file),
			fmt.Sprintf("The public key %s cannot be read. Check the path, or name a copy kept elsewhere with --public-key.", file), err)
	}
	rep, err := intake.Verify(ctx, s, workday.Default(), cfg.Settings(), runtime.Folders, strings.TrimSpace(string(key)), nil)
	if err != nil {
		return err
	}
	if g.JSON {
		if err := g.printJSON(rep); err != nil {
			return err
		}
	}
	if d := rep.Difference; d != nil {
		return fault.New(fault.Conflict, "verify_"+d.Where, d.ZH, d.EN, nil)
	}
	if !g.JSON {
		_, err = fmt.Fprintf(g.out, "校验通过 sound：账簿 records %d · 检查点 checkpoints %d · 办件 cases %d · 异常 findings %d\nroot %s\n", rep.Records, rep.Checkpoints, rep.Cases, rep.Findings, rep.Root)
	}
	return err
}

type backupCmd struct {
	File string `arg:"" help:"File to write. 备份文件。" type:"path"`
}

func (c *backupCmd) Run(ctx context.Context, g *Globals) error {
	dir, err := g.folder(officeFolder)
	if err != nil {
		return err
	}
	if err := runtime.Backup(ctx, dir, c.File); err != nil {
		return err
	}
	return g.done("backup", c.File, "备份完成 backed up to %s\n")
}

type restoreCmd struct {
	File string `arg:"" help:"Backup to unpack. 备份文件。" type:"path"`
}

func (c *restoreCmd) Run(ctx context.Context, g *Globals) error {
	dir, err := g.folder(officeFolder)
	if err != nil {
		return err
	}
	if err := runtime.Restore(c.File, dir); err != nil {
		if f, ok := fault.As(err); ok && f.Kind == fault.Invalid {
			return ofFlag("FILE", err)
		}
		return err
	}
	return g.done("restored", dir, "已恢复到 restored to %s；建议先运行 mingcha verify。 Run mingcha verify before using it.\n")
}

func (g *Globals) done(key, value, text string) error {
	if g.JSON {
		return g.printJSON(map[string]string{key: value})
	}
	_, err := fmt.Fprintf(g.out, text, value)
	return err
}
