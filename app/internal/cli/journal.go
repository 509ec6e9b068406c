package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/runtime"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/tlogtiles"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

type journalCmd struct {
	Export journalExportCmd `cmd:"" help:"Write the journal out as C2SP tlog-tiles, for auditors' own tools. 导出存证。"`
	Resume journalResumeCmd `cmd:"" help:"Say in the journal why it no longer extends what was signed, and sign it again. 写明历史中断的原因后重新签署。"`
}

type journalExportCmd struct {
	To string `arg:"" name:"dir" help:"Folder to write, empty or not there. 输出文件夹。" type:"path"`
}

func (c *journalExportCmd) Run(ctx context.Context, g *Globals) error {
	dir, err := g.folder(officeFolder)
	if err != nil {
		return err
	}
	s, err := store.OpenReadOnly(ctx, dir, workday.Default())
	if err != nil {
		return err
	}
	defer s.Close()
	key, err := readPublicKey(filepath.Join(dir, journal.PublicKeyFile))
	if err != nil {
		return err
	}
	sum, err := tlogtiles.Export(ctx, s, key, c.To)
	if err != nil {
		return err
	}
	if g.JSON {
		return g.printJSON(sum)
	}
	_, err = fmt.Fprintf(g.out, "已导出到 exported to %s：存证 records %d · 文件 tiles %d · bundles %d\n%s\nroot %s\n", c.To, sum.Size, sum.Tiles, sum.Bundles, sum.Origin, sum.Root)
	if err == nil && sum.LeftOut > 0 {
		_, err = fmt.Fprintf(g.out, "有 %d 个文件未写出：其中有早期的大记录，放不进标准格式。 %d bundles were left out: they hold large records of earlier days, for which the format has no room.\n", sum.LeftOut, sum.LeftOut)
	}
	return err
}

type journalResumeCmd struct {
	Because string `required:"" help:"Why the history is broken; it stands in the journal for good. 原因，将永久记入存证。" placeholder:"TEXT"`
	NewKey  bool   `help:"The signing key is lost: make another. 签名密钥已丢失，换发新密钥。"`
}

func (c *journalResumeCmd) Run(ctx context.Context, g *Globals) error {
	dir, err := g.folder(officeFolder)
	if err != nil {
		return err
	}
	if strings.TrimSpace(c.Because) == "" {
		return argument("--because", "because", "请写明原因。", "Say why.", nil)
	}
	cp, err := runtime.Resume(ctx, dir, strings.TrimSpace(c.Because), c.NewKey)
	if err != nil {
		return err
	}
	if g.JSON {
		return g.printJSON(map[string]any{"size": cp.Size, "root": cp.Root.String(), "checkpoint": cp.Note})
	}
	_, err = fmt.Fprintf(g.out, "已记入存证并重新签署（共 %d 条记录）。请把新的检查点交给保存旧检查点的人。\nStated in the journal and signed again over %d records. Give the new checkpoint to those who keep the old one.\n%s", cp.Size, cp.Size, cp.Note)
	return err
}

// readPublicKey reads a verifier key from a file.
func readPublicKey(file string) (string, error) {
	key, err := os.ReadFile(file)
	if err != nil {
		return "", argument("--public-key", "public_key", fmt.Sprintf("读不到核验公钥 %s。请核对路径，或用 --public-key 指定另存的公钥。", file),
			fmt.Sprintf("The public key %s cannot be read. Check the path, or name a copy kept elsewhere with --public-key.", file), err)
	}
	return strings.TrimSpace(string(key)), nil
}
