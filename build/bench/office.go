package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// openShare is one of how many cases of an office is open: most are done on the
// spot or within days, and those of years stay in store.
const openShare = 50

// office measures a folder as an office has it after years: most cases ended.
func (b *bench) office() error {
	small, err := b.fillOffice("office-small", 10_000)
	if err != nil {
		return err
	}
	years, err := b.fillOffice("office", b.ended)
	if err != nil {
		return err
	}
	info, err := os.Stat(filepath.Join(years, "mingcha.db"))
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "  %.1f GB\n", float64(info.Size())/1e9)
	what := fmt.Sprintf("%d cases of which 2 %% are open", b.ended)
	if err := b.growth("cost of an event, "+what+", against 10,000", small, years); err != nil {
		return err
	}
	return errors.Join(b.pages(years, "first page of any list, "+what, 50), os.RemoveAll(years))
}

// fillOffice makes a folder with so many cases: those that ended came in over the
// last 300 days, the open ones over the last day and a half, of which every fiftieth is
// long overdue.
func (b *bench) fillOffice(name string, cases int) (dir string, err error) {
	dir = filepath.Join(b.dir, name)
	open := cases / openShare
	return dir, b.takeAll(dir, &feed{Cases: cases, Open: true, Ended: cases - open, Days: 300, Step: within(open).String(),
		Start: time.Now().Add(-40 * time.Hour).Format(time.RFC3339), Late: 50})
}
