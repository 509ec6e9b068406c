// Command longjournal fills a new data folder with a journal of many records, by
// the store that the console writes with, and writes it out as tlog-tiles: for
// tests of what others' tools say of it.
//
//	longjournal RECORDS FOLDER
//
// The data folder is FOLDER/data, the export FOLDER/log.
package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/tlogtiles"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: longjournal RECORDS FOLDER")
		os.Exit(2)
	}
	n, err := strconv.Atoi(os.Args[1])
	if err == nil {
		err = run(n, os.Args[2])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "longjournal:", err)
		os.Exit(1)
	}
}

// commitEvery is how many records share a transaction.
const commitEvery = 20_000

func run(records int, folder string) (err error) {
	ctx := context.Background()
	dir := filepath.Join(folder, "data")
	s, err := store.Open(ctx, dir, workday.Default())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	signer, err := journal.OpenSigner(dir)
	if err != nil {
		return err
	}
	w := s.Writer()
	if err := w.Begin(); err != nil {
		return err
	}
	if err := w.SetOrigin(signer.Origin()); err != nil {
		return err
	}
	at := time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
	for i := range records {
		if i > 0 && i%commitEvery == 0 {
			if err := errors.Join(w.Commit(), w.Begin()); err != nil {
				return err
			}
		}
		at = at.Add(time.Millisecond)
		if _, err := w.Append(journal.KindEvent, 0, at, body(i), 0, fmt.Sprintf("r-%d", i), 0); err != nil {
			return err
		}
	}
	if err := w.Commit(); err != nil {
		return err
	}
	head, err := w.TreeHead()
	if err != nil {
		return err
	}
	cp, err := signer.Sign(head, at, w.Tile)
	if err != nil {
		return err
	}
	if err := errors.Join(w.Begin(), w.PutCheckpoint(cp), w.Commit()); err != nil {
		return err
	}
	sum, err := tlogtiles.Export(ctx, s, signer.PublicKey(), filepath.Join(folder, "log"))
	if err == nil {
		fmt.Printf("%d records, %d tiles, %d bundles, %d large\n", sum.Size, sum.Tiles, sum.Bundles, sum.Large)
	}
	return err
}

// body is a record's: as long as an event's mostly, and now and then as long as
// an entry may be, one longer, and far longer.
func body(i int) []byte {
	r := rand.New(rand.NewPCG(1, uint64(i)))
	length := 60 + r.IntN(200)
	switch i % 5000 {
	case 17:
		length = journal.MaxEntry - 17
	case 18:
		length = journal.MaxEntry - 16
	case 19:
		length = 200_000
	case 20:
		length = 0
	}
	b := make([]byte, length)
	for j := range b {
		b[j] = byte(r.Uint32())
	}
	return b
}
