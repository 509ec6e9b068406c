package runtime

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/office"
	"github.com/mingcha-console/mingcha/app/internal/officetest/emptyfolder"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

func TestM16AdaptersAreShownAsTheyAreAndOfferWhatWorks(t *testing.T) {
	dir, programs := filepath.Join(t.TempDir(), "data"), t.TempDir()
	emptyfolder.Fill(t, dir)
	if err := os.WriteFile(filepath.Join(programs, "adapters.json"), []byte("[]"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (Config{Adapters: []Instance{{Name: "oracle", Adapter: "oracle"}}}).Save(dir); err != nil {
		t.Fatal(err)
	}
	c, err := Open(t.Context(), Options{Dir: dir, Programs: ProgramsIn(programs), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	ctx := context.Background()
	deps := []*pb.Department{{Code: "GH", Name: "规划局"}}
	if err := c.intake.Catalogue(ctx, "xes-m1", &pb.DescribeResponse{Name: "xes"}, deps, nil); err != nil {
		t.Fatal(err)
	}
	if err := c.intake.Events(ctx, "xes-m1", &pb.EventsResponse{Cursor: []byte("1"), CaughtUp: true}); err != nil {
		t.Fatal(err)
	}
	if err := c.intake.Settled("xes-m1"); err != nil {
		t.Fatal(err)
	}
	c.Run(ctx)
	find := func(name string) office.Adapter {
		t.Helper()
		all := c.Adapters(ctx)
		i := slices.IndexFunc(all, func(a office.Adapter) bool { return a.Name == name })
		if i < 0 {
			t.Fatalf("%s is not among %+v", name, all)
		}
		return all[i]
	}

	oracle := find("oracle") // set up, not installed
	if oracle.State != "failed" || !strings.Contains(oracle.ErrorZH, "没有安装名为 \"oracle\" 的数据接口") || !slices.Equal(oracle.Offers, []string{"start"}) || oracle.CaughtUp {
		t.Errorf("not installed: %+v", oracle)
	}
	once := find("xes-m1") // only ever used for an ingest
	if once.State != "stopped" || len(once.Offers) != 0 || once.Offers == nil || once.CaughtUp || once.LagSeconds != 0 {
		t.Errorf("ingest only: %+v", once)
	}
	for _, s := range once.Streams {
		if s.CaughtUp {
			t.Errorf("what does not run has not caught up: %+v", s)
		}
	}

	// Corrected in console.json, it is started from there, without the console's end.
	if err := c.startAnew("oracle"); kindOf(err) != fault.NotFound {
		t.Errorf("it is installed no more than before: %v", err)
	}
	if err := (Config{Adapters: []Instance{{Name: "oracle", Adapter: "late"}}}).Save(dir); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "late")
	if err := os.WriteFile(program, []byte("#!/bin/sh\nexit 3\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Install(dir, program, "late", ""); err != nil {
		t.Fatal(err)
	}
	if err := c.startAnew("oracle"); err != nil {
		t.Fatal(err)
	}
	if a := find("oracle"); a.State == "failed" || !strings.HasPrefix(a.Path, filepath.Join(dir, ProgramsFolder)) || slices.Contains(a.Offers, "start") {
		t.Errorf("after the correction: %+v", a)
	}
}

func kindOf(err error) fault.Kind {
	if f, ok := fault.As(err); ok {
		return f.Kind
	}
	return fault.Internal
}

func TestN3WhatAnOfficeInstallsIsPinnedInItsDataFolder(t *testing.T) {
	data, shipped := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(shipped, "adapters.json"), []byte(`[{"name":"xes","file":"xes","sha256":"00"}]`), 0o600); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "gh-adapter")
	if err := os.WriteFile(program, []byte("first"), 0o600); err != nil {
		t.Fatal(err)
	}
	const first = "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e" // SHA-256 of "first"
	if _, err := Install(data, program, "gh", strings.Repeat("0", 64)); kindOf(err) != fault.Invalid {
		t.Errorf("a program with another sum was installed: %v", err)
	}
	if _, err := Install(data, program, "../gh", ""); kindOf(err) != fault.Invalid {
		t.Errorf("a name that leads out of the folder: %v", err)
	}
	if _, err := Install(data, program, "gh", strings.ToUpper(first)); err != nil {
		t.Fatal(err)
	}
	p, err := ProgramsIn(shipped).Of(data).Find("gh")
	if err != nil || p.SHA256 != first || !p.Office || filepath.Dir(p.Path()) != filepath.Join(data, ProgramsFolder) {
		t.Errorf("%+v, %v", p, err)
	}
	if b, err := os.ReadFile(p.Path()); err != nil || string(b) != "first" {
		t.Errorf("%q, %v", b, err)
	}
	if _, err := ProgramsIn(shipped).Of(data).Find("xes"); err != nil {
		t.Error("the shipped one is gone:", err)
	}
	// An upgrade replaces program and pin together.
	if err := os.WriteFile(program, []byte("second"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Install(data, program, "gh", ""); err != nil {
		t.Fatal(err)
	}
	if all, err := ProgramsIn(shipped).Of(data).List(); err != nil || len(all) != 2 {
		t.Errorf("%+v, %v", all, err)
	}
	if err := Uninstall(data, "gh"); err != nil {
		t.Fatal(err)
	}
	if err := Uninstall(data, "gh"); kindOf(err) != fault.NotFound {
		t.Errorf("removed twice: %v", err)
	}
}

func TestN3ABuildTouchesOnlyItsOwnAdapters(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the adapters")
	}
	out := filepath.Join(t.TempDir(), "with a blank 和汉字", "adapters")
	if err := os.MkdirAll(out, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"gh": "a department's", "adapters.json": `[{"name":"gh","file":"gh","sha256":"01"},{"name":"xes","file":"xes","sha256":"old"}]`} {
		if err := os.WriteFile(filepath.Join(out, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	build := exec.Command("../../../build/scripts/adapters.sh", out)
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	if b, err := os.ReadFile(filepath.Join(out, "gh")); err != nil || string(b) != "a department's" {
		t.Errorf("the department's adapter is %q, %v", b, err)
	}
	var pins []Program
	b, err := os.ReadFile(filepath.Join(out, "adapters.json"))
	if err == nil {
		err = json.Unmarshal(b, &pins)
	}
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]string{}
	for _, p := range pins {
		sums[p.Name] = p.SHA256
		if p.Name == "simulator" && !slices.Equal(p.Writes, []string{"answer_key"}) {
			t.Errorf("the simulator writes %v", p.Writes)
		}
	}
	if len(pins) != 3 || sums["gh"] != "01" || len(sums["xes"]) != 64 || len(sums["simulator"]) != 64 {
		t.Errorf("%s", b)
	}
}
