package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/runtime"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

type verifyCmd struct {
	Checkpoint []string `help:"File with a checkpoint kept elsewhere (the signed note, or a report that prints it): the journal must extend it. 另存的检查点。" type:"path" placeholder:"FILE"`
	Root       string   `help:"Root kept elsewhere (base64): the journal must have had it. 另存的根值。" placeholder:"HASH"`
	Size       int64    `help:"Number of records that the root is of. 该根值对应的记录数。" default:"-1" placeholder:"N"`
	PublicKey  string   `help:"Public key to check the checkpoints with (default: the folder's own). 核验公钥。" type:"path" placeholder:"FILE"`
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
	key, err := readPublicKey(file)
	if err != nil {
		return err
	}
	kept, err := c.kept()
	if err != nil {
		return err
	}
	rep, err := intake.Verify(ctx, s, workday.Default(), cfg.Settings(), runtime.Folders, key, nil, kept...)
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
		for _, b := range rep.Breaks {
			fmt.Fprintf(g.out, "注意：存证第 %d 号记录写明历史曾中断：%s\nNote: record %d says that the history was broken: %s\n", b.Seq, b.Because, b.Seq, b.Because)
		}
		_, err = fmt.Fprintf(g.out, "校验通过 sound：存证 records %d · 检查点 checkpoints %d · 办件 cases %d · 异常 findings %d\nroot %s\n", rep.Records, rep.Checkpoints, rep.Cases, rep.Findings, rep.Root)
	}
	return err
}

// kept are the states of the journal that the arguments name.
func (c *verifyCmd) kept() (all []intake.Kept, err error) {
	for _, file := range c.Checkpoint {
		text, err := keptText(file)
		var k []intake.Kept
		if err == nil {
			k, err = intake.ReadKept(text, file)
		}
		if info, statErr := os.Stat(file); statErr != nil || info.IsDir() {
			return nil, argument("--checkpoint", "checkpoint_file", fmt.Sprintf("读不到文件 %s：没有这个文件，或者它是文件夹。请核对路径。", file),
				fmt.Sprintf("The file %s cannot be read: there is no such file, or it is a folder. Check the path.", file), statErr)
		}
		if err != nil {
			return nil, argument("--checkpoint", "checkpoint_file", fmt.Sprintf("文件 %s 里没有检查点。请给出签署的检查点，或印有检查点的文字文件。", file),
				fmt.Sprintf("There is no checkpoint in the file %s. Name a signed checkpoint, or a text that prints one.", file), err)
		}
		all = append(all, k...)
	}
	if c.Root != "" && c.Size == 0 {
		return nil, argument("--size", "size", "没有记录的根值什么也证明不了：--size 至少为 1。", "A root over no records proves nothing: --size is at least 1.", nil)
	}
	if c.Root != "" {
		k, err := intake.KeptRoot(c.Root, c.Size)
		if err != nil {
			return nil, argument("--root", "root", "根值写法不对：应为 44 个字符的 base64，以 = 结尾。", "The root is not well written: it is base64 of 44 characters that ends with =.", err)
		}
		all = append(all, k)
	} else if c.Size >= 0 {
		return nil, argument("--size", "size", "--size 要与 --root 一起用。", "--size goes with --root.", nil)
	}
	return all, nil
}

// keptText is the text of a file that keeps a checkpoint; of a workbook, what
// stands on its last sheet.
func keptText(file string) (string, error) {
	b, err := os.ReadFile(file)
	if err != nil || !bytes.HasPrefix(b, []byte("PK")) {
		return string(b), err
	}
	x, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		return "", err
	}
	defer x.Close()
	rows, err := x.GetRows(list.JournalSheet)
	var text strings.Builder
	for _, r := range rows {
		text.WriteString(strings.Join(r, "\n") + "\n")
	}
	return text.String(), err
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
	AsIs bool   `help:"Restore it though it does not verify. 未通过校验也照原样恢复。"`
}

func (c *restoreCmd) Run(ctx context.Context, g *Globals) error {
	dir, err := g.folder(officeFolder)
	if err != nil {
		return err
	}
	if err := runtime.Restore(ctx, c.File, dir, c.AsIs); err != nil {
		if f, ok := fault.As(err); ok && f.Kind == fault.Invalid {
			return ofFlag("FILE", err)
		}
		return err
	}
	return g.done("restored", dir, "已校验并恢复到 verified and restored to %s\n")
}

func (g *Globals) done(key, value, text string) error {
	if g.JSON {
		return g.printJSON(map[string]string{key: value})
	}
	_, err := fmt.Fprintf(g.out, text, value)
	return err
}
