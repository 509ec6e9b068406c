package cli

import (
	"context"
	"io"
	"os"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/console"
	"github.com/mingcha-console/mingcha/app/internal/export"
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
func (e *exportFlags) write(g *Globals, f func(w io.Writer, file export.File) error) error {
	if g.JSON {
		e.Format = "json"
	}
	as := export.File{Format: export.Format(e.Format)}
	w := g.out
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
		return file.Close()
	}
	return f(w, as)
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
	cfg, err := console.LoadConfig(dir)
	if err != nil {
		return err
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
	q := casefile.CaseQuery{Department: c.Department, State: c.State, Level: c.Level, Overdue: c.Overdue}
	return g.view(ctx, func(v *casefile.View) error {
		return c.write(g, func(w io.Writer, file export.File) error {
			return export.Cases(w, file, func(row func(*casefile.Case) error) error { return v.EachCase(q, row) })
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
	q := casefile.FindingQuery{Department: c.Department, Rule: c.Rule, Level: c.Level, State: c.State}
	return g.view(ctx, func(v *casefile.View) error {
		return c.write(g, func(w io.Writer, file export.File) error {
			return export.Findings(w, file, func(row func(*casefile.Finding) error) error { return v.EachFinding(q, row) })
		})
	})
}
