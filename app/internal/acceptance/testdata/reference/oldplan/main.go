// Command oldplan journals a visit that was planned before there were routes:
// the one kind of act that folders hold and no page makes any more. It belongs
// to the commit that wrote the reference folder (see README.md), not to later
// ones.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/mingcha-console/mingcha/app/internal/console"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	"github.com/mingcha-console/mingcha/sdk/officeclock"
)

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "oldplan:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	ctx := context.Background()
	config, err := console.LoadConfig(dir)
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, dir, workday.Default())
	if err != nil {
		return err
	}
	defer s.Close()
	signer, err := journal.OpenSigner(dir)
	if err != nil {
		return err
	}
	in, err := intake.Start(s, intake.Options{Calendar: workday.Default(), Rules: rules.DefaultSettings(), Now: officeclock.New(config.Clock).Now, Signer: signer, Acts: console.Folders})
	if err != nil {
		return err
	}
	defer in.Close()
	var one, other uint64
	if err := s.Readers().QueryRowContext(ctx, `SELECT min(id), max(id) FROM accounts WHERE login IN ('v1', 'v2')`).Scan(&one, &other); err != nil {
		return err
	}
	_, _, err = in.Act(ctx, intake.Act{Key: "visit.planned/JS", Type: "visit.planned",
		Data: map[string]any{"department": "JS", "date": "2026-09-25", "note": "上午去", "members": []uint64{one, other}}})
	return err
}
