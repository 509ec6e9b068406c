package cli

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/runtime"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

type ingestCmd struct {
	Adapter  string `required:"" help:"Name of an installed adapter, e.g. xes. 数据接口名称。"`
	Config   string `required:"" help:"Its configuration, YAML or JSON. 数据接口配置文件。" type:"path" placeholder:"FILE"`
	AsOf     string `help:"Judge open cases as of the end of this date, YYYY-MM-DD (default: now). 以该日日终为准判断。" placeholder:"DATE"`
	Name     string `help:"Name of this source; a second ingest under it goes on where the first stopped (default: adapter and configuration file). 来源名称。"`
	Adapters string `help:"Folder of installed adapters (default: beside the program). 数据接口所在文件夹。" type:"path" placeholder:"DIR"`
}

// ingestAnswer is what an ingest prints.
type ingestAnswer struct {
	Source         string  `json:"source"`
	Events         int64   `json:"events"`
	Rejections     int64   `json:"rejections"`
	Overdue        int64   `json:"overdue"`
	Authorizations int64   `json:"authorizations"`
	Ratings        int64   `json:"ratings"`
	Tally          []tally `json:"tally"`
	Warnings       []said  `json:"warnings"`
	Folder         totals  `json:"folder"`
	Seconds        float64 `json:"seconds"`
}

// totals are what a folder holds.
type totals struct {
	Records     int `json:"records"`
	Cases       int `json:"cases"`
	Findings    int `json:"findings"`
	Quarantined int `json:"quarantined"`
}

func (c *ingestCmd) Run(ctx context.Context, g *Globals) error {
	dir, err := g.folder(officeFolder)
	if err != nil {
		return err
	}
	asOf, err := parseAsOf(c.AsOf)
	if err != nil {
		return err
	}
	name := c.Name
	if name == "" {
		name = sourceName(c.Adapter, c.Config)
	}
	if !sourceForm.MatchString(name) {
		return argument("--name", "source_name", fmt.Sprintf("来源名称 %q 不可用，请只用小写字母、数字和 - _ .，至多 64 个，以字母或数字开头。", name),
			fmt.Sprintf("The source name %q cannot be used. Use lower case letters, digits and - _ . only, at most 64, a letter or digit first.", name), nil)
	}
	cfg, err := runtime.ReadAdapterConfig(c.Config)
	if err != nil {
		return ofFlag("--config", err)
	}
	programs := runtime.InstalledPrograms()
	if c.Adapters != "" {
		programs = runtime.ProgramsIn(c.Adapters)
	}
	if _, err := programs.Of(dir).Find(c.Adapter); err != nil {
		if f, ok := fault.As(err); ok && f.Kind == fault.NotFound {
			return ofFlag("--adapter", err)
		}
		return err
	}
	con, err := runtime.Open(ctx, runtime.Options{Dir: dir, Programs: programs, Logger: g.logger, AsOf: asOf})
	if err != nil {
		return err
	}
	defer con.Close()
	start := time.Now()
	sent, failed := con.Ingest(ctx, runtime.Instance{Name: name, Adapter: c.Adapter, Config: cfg, BaseDir: filepath.Dir(c.Config)})
	all := tallies(sent, con.Taken(name))
	if failed != nil {
		if all = brokenOff(all); len(all) == 0 {
			return failed
		}
	}
	held, err := con.Store().Totals(ctx)
	if err != nil {
		return errors.Join(failed, err)
	}
	if err := g.printIngest(ingestAnswer{Source: name, Events: sent.Events, Rejections: sent.Rejections, Overdue: sent.Overdue, Authorizations: sent.Authorizations,
		Ratings: sent.Ratings, Tally: all, Warnings: warnings(sent), Folder: totals(held), Seconds: time.Since(start).Seconds()}); err != nil || failed != nil {
		return errors.Join(failed, err)
	}
	return tookNothing(all)
}

func (g *Globals) printIngest(a ingestAnswer) error {
	if g.JSON {
		return g.printJSON(a)
	}
	_, err := fmt.Fprintf(g.out, "来源 source %s：事件 events %d · 否定报备 rejections %d · 超时自报 overdue %d · 授权 authorizations %d · 好差评 ratings %d（%.1f s）\n"+
		"数据文件夹 folder：存证 records %d · 办件 cases %d · 异常 findings %d · 问题数据 quarantined %d\n",
		a.Source, a.Events, a.Rejections, a.Overdue, a.Authorizations, a.Ratings, a.Seconds,
		a.Folder.Records, a.Folder.Cases, a.Folder.Findings, a.Folder.Quarantined)
	for i := 0; err == nil && i < len(a.Tally); i++ {
		err = a.Tally[i].print(g.out)
	}
	for i := 0; err == nil && i < len(a.Warnings); i++ {
		_, err = fmt.Fprintf(g.out, "注意 note：%s\n  %s\n", a.Warnings[i].ZH, a.Warnings[i].EN)
	}
	if err == nil && a.Folder.Quarantined > 0 {
		_, err = fmt.Fprintf(g.out, "问题数据没有丢失，请在窗口的“问题数据”查看原因。 Quarantined records are kept; see the reasons under Quarantine.\n")
	}
	return err
}

// parseAsOf is the last instant of a date in the office's zone.
func parseAsOf(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	d, err := workday.ParseDate(s)
	if err != nil {
		return time.Time{}, argument("--as-of", "as_of", fmt.Sprintf("日期 %q 写法不对，请写成 2026-11-20 这样。", s),
			fmt.Sprintf("The date %q cannot be read; write it like 2026-11-20.", s), err)
	}
	return workday.Default().EndOf(d).Add(-time.Microsecond), nil
}

// ofFlag says which flag's value a fault is about.
func ofFlag(flag string, err error) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	return argument(flag, f.Code, f.ZH, f.EN, f.Err)
}

var (
	notInNames = regexp.MustCompile(`[^a-z0-9._-]+`)
	sourceForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)
)

// longestBase leaves room for the adapter's name and a sum.
const longestBase = 32

// sourceName is a source's default name: the adapter and the configuration's
// file name. What a name cannot hold, Chinese say, is told apart by a sum.
func sourceName(adapter, config string) string {
	file := strings.ToLower(strings.TrimSuffix(filepath.Base(config), filepath.Ext(config)))
	base := strings.Trim(notInNames.ReplaceAllString(file, "-"), "-._")
	if base != file || len(base) > longestBase {
		base = strings.TrimLeft(fmt.Sprintf("%s-%08x", base[:min(len(base), longestBase)], crc32.ChecksumIEEE([]byte(file))), "-")
	}
	if base == adapter {
		return adapter
	}
	return adapter + "-" + base
}
