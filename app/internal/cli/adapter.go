package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/catalogue"
	"github.com/mingcha-console/mingcha/app/internal/runtime"
)

type adapterCmd struct {
	Install  adapterInstallCmd  `cmd:"" help:"Copy an adapter program into the data folder and pin it to its SHA-256. 安装数据接口。"`
	List     adapterListCmd     `cmd:"" help:"List the installed adapters. 列出已安装的数据接口。"`
	Transfer adapterTransferCmd `cmd:"" help:"Have another adapter serve a department from now on; journaled. 把部门移交给另一数据接口报送。"`
	Remove   adapterRemoveCmd   `cmd:"" help:"Take an adapter program out of the data folder; what it sent stays. 移除数据接口。"`
}

type adapterInstallCmd struct {
	File   string `arg:"" help:"The program. 数据接口程序。" type:"path"`
	Name   string `help:"Name by which console.json and ingest call it. 名称。" required:"" placeholder:"NAME"`
	Sha256 string `name:"sha256" help:"Its SHA-256 as its supplier states it; another program is refused. 提供方给出的校验值。" placeholder:"SUM"`
}

// installed is an installed adapter in JSON.
type installed struct {
	Name   string `json:"name"`
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Office bool   `json:"office"` // installed in the data folder, not shipped
}

func (c *adapterInstallCmd) Run(g *Globals) error {
	dir, err := g.folder(officeFolder)
	if err != nil {
		return err
	}
	p, err := runtime.Install(dir, c.File, c.Name, c.Sha256)
	if err != nil {
		return err
	}
	if g.JSON {
		return g.printJSON(installed{p.Name, p.Path(), p.SHA256, true})
	}
	_, err = fmt.Fprintf(g.out, "已安装 installed %s\n  %s\n  SHA-256 %s\n请与提供方核对校验值，再在 console.json 的 adapters 里写上它并重启控制台。 Compare the sum with its supplier's, then name it under adapters in console.json and start the console again.\n", p.Name, p.Path(), p.SHA256)
	return err
}

type adapterListCmd struct{}

func (c *adapterListCmd) Run(g *Globals) error {
	dir, err := g.folder(officeFolder)
	if err != nil {
		return err
	}
	all, err := runtime.InstalledPrograms().Of(dir).List()
	if err != nil {
		return err
	}
	answer := make([]installed, 0, len(all))
	for _, p := range all {
		answer = append(answer, installed{p.Name, p.Path(), p.SHA256, p.Office})
	}
	if g.JSON {
		return g.printJSON(answer)
	}
	for _, p := range answer {
		whose := "随程序提供 shipped"
		if p.Office {
			whose = "本办安装 installed by the office"
		}
		fmt.Fprintf(g.out, "%-16s %s  %s\n", p.Name, p.SHA256, whose)
	}
	return nil
}

type adapterTransferCmd struct {
	Department string `arg:"" help:"The department's code. 部门代码。"`
	From       string `help:"Adapter that serves it now. 现报送的接口。" required:"" placeholder:"NAME"`
	To         string `help:"Adapter that is to serve it. 改由哪个接口报送。" required:"" placeholder:"NAME"`
	Heir       bool   `help:"It may also correct what the one before sent. 并可更正原接口报送的记录。"`
	Reason     string `help:"Why; stands on the record. 理由，记入操作记录。" required:"" placeholder:"TEXT"`
}

func (c *adapterTransferCmd) Run(ctx context.Context, g *Globals) error {
	dir, err := g.folder(officeFolder)
	if err != nil {
		return err
	}
	con, err := runtime.Open(ctx, runtime.Options{Dir: dir, Programs: runtime.InstalledPrograms(), Logger: g.logger})
	if err != nil {
		return err
	}
	ctx = access.With(ctx, access.Here)
	err = con.Catalogue().Transfer(ctx, access.Here, c.Department,
		&catalogue.Handover{Key: rand.Text(), Adapter: c.To, Before: c.From, Heir: c.Heir, Reason: c.Reason})
	if err = errors.Join(err, con.Close()); err != nil {
		return err
	}
	return g.done("transferred", c.Department, "已移交 handed over %s\n")
}

type adapterRemoveCmd struct {
	Name string `arg:"" help:"Its name. 名称。"`
}

func (c *adapterRemoveCmd) Run(g *Globals) error {
	dir, err := g.folder(officeFolder)
	if err != nil {
		return err
	}
	if err := runtime.Uninstall(dir, c.Name); err != nil {
		return ofFlag("NAME", err)
	}
	return g.done("removed", c.Name, "已移除 removed %s\n")
}
