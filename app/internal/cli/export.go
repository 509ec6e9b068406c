package cli

import (
	"context"
	"io"
	"os"

	"github.com/mattn/go-isatty"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/runtime"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// exportFlags are common to every export.
type exportFlags struct {
	Format     string `help:"csv, json or xlsx. 导出格式。" enum:"csv,json,xlsx" default:"csv"`
	Out        string `help:"File to write (default: standard output). 输出文件。" short:"o" type:"path" placeholder:"FILE"`
	Department string `help:"Of this department only. 部门代码。" placeholder:"CODE"`
}

// write opens the output and hands it to f; with --json the format is json.
func (e *exportFlags) write(g *Globals, f func(w io.Writer, file list.File) error) error {
	if g.JSON {
		e.Format = "json"
	}
	as := list.File{Format: list.Format(e.Format), Journal: g.journal}
	w := g.out
	if e.Out == "" && as.Format == list.XLSX && terminal(w) {
		return argument("--out", "binary_output", "Excel 文件不能显示在屏幕上。请用 -o 文件名.xlsx 写入文件。",
			"An Excel file cannot be shown on the screen. Write it to a file: -o FILE.xlsx.", nil)
	}
	if e.Out != "" {
		file, err := os.Create(e.Out)
		if err != nil {
			return argument("--out", "output_file", "无法写入输出文件 "+e.Out+"。请检查路径和权限。",
				"The output file "+e.Out+" cannot be written. Check the path and your rights.", err)
		}
		defer file.Close()
		if err := f(file, as); err != nil {
			return err
		}
		if err := file.Close(); err != nil || as.Format == list.XLSX || g.journal == nil {
			return err
		}
		// Programs read csv and json: what the journal was stands beside them.
		return os.WriteFile(e.Out+".checkpoint", []byte(g.journal.Text()), 0o600)
	}
	return f(w, as)
}

// terminal tells whether what is written is shown to a person.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

// view lends the folder's cases to f as the console would show them that has no
// adapter running: for the moment that they were last judged for.
func (g *Globals) view(ctx context.Context, f func(*casefile.View) error) error {
	dir, err := g.folder(officeFolder)
	if err != nil {
		return err
	}
	s, err := store.OpenReadOnly(ctx, dir, workday.Default())
	if err != nil {
		return err
	}
	defer s.Close()
	cfg, err := runtime.LoadConfig(dir)
	if f, ok := fault.As(err); ok && f.Kind == fault.Invalid && f.Code != runtime.SettingFault {
		// What a damaged folder holds can still be taken out of it.
		g.logger.Warn("设置文件读不懂，时限按默认方式计算；请改正它，或从备份恢复。 The settings file cannot be read: time limits are counted in the default mode. Correct it, or restore it from a backup.", "err", f.Err)
		err = nil
	}
	if err != nil {
		return err
	}
	if g.journal, err = runtime.Journaled(ctx, s); err != nil {
		// What a damaged folder holds can still be taken out of it.
		g.logger.Warn("存证的状态读不到，导出的文件里不注明。 The journal's state cannot be read; the file does not say it.", "err", err)
	}
	r, err := casefile.AtRest(ctx, s, workday.Default(), cfg.Settings())
	if err != nil {
		return err
	}
	return r.View(access.With(ctx, access.Here), f)
}

type casesCmd struct {
	exportFlags
	State   string `help:"Only cases in this state; open = not ended. 办件状态。" placeholder:"STATE"`
	Level   string `help:"Only cases of this level; any = with a finding. 级别。" placeholder:"LEVEL"`
	Overdue bool   `help:"Only overdue cases. 仅超时。"`
}

func (c *casesCmd) Run(ctx context.Context, g *Globals) error {
	ask := asking("department", c.Department, "state", c.State, "level", c.Level)
	if c.Overdue {
		ask = ask.With("overdue", "true")
	}
	return g.view(ctx, func(v *casefile.View) error {
		return c.write(g, func(w io.Writer, file list.File) error {
			return casefile.CaseList.Write(w, file, func(row func(*casefile.Case) error) error { return v.EachCase(ask, row) })
		})
	})
}

type findingsCmd struct {
	exportFlags
	Rule  string `help:"Only findings of this rule, e.g. V02. 规则编号。" placeholder:"RULE"`
	Level string `help:"Only findings of this level. 级别。" placeholder:"LEVEL"`
	State string `help:"Only findings in this state. 状态。" placeholder:"STATE"`
}

func (c *findingsCmd) Run(ctx context.Context, g *Globals) error {
	ask := asking("department", c.Department, "rule", c.Rule, "level", c.Level, "state", c.State)
	return g.view(ctx, func(v *casefile.View) error {
		return c.write(g, func(w io.Writer, file list.File) error {
			return casefile.FindingList.Write(w, file, func(row func(*casefile.Finding) error) error { return v.EachFinding(ask, row) })
		})
	})
}

// asking asks for filters, each by its parameter followed by its value; an empty
// one asks for nothing.
func asking(filters ...string) list.Ask {
	var given []string
	for i := 0; i+1 < len(filters); i += 2 {
		if filters[i+1] != "" {
			given = append(given, filters[i], filters[i+1])
		}
	}
	return list.Asking(given...)
}
