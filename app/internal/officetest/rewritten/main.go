// Command rewritten does to a data folder what its owner can who knows the format
// and holds its key: it changes a record that was signed long ago, makes the tree
// anew, and signs every checkpoint over it. The folder is sound to itself then;
// only who kept a checkpoint can tell.
//
// It is for tests of those who keep one.
package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: rewritten FOLDER")
		os.Exit(2)
	}
	if err := rewrite(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// rewrite rewrites the past of a folder that no console has open.
func rewrite(ctx context.Context, dir string) error {
	signer, err := journal.ReopenSigner(dir)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite3", filepath.Join(dir, store.DatabaseFile))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if err := alter(ctx, db); err != nil {
		return err
	}
	tree, err := retree(ctx, db)
	if err != nil {
		return err
	}
	return resign(ctx, db, signer, tree)
}

// alter changes a letter of the first act that was signed for: its text stays a
// text of JSON.
func alter(ctx context.Context, db *sql.DB) error {
	var seq int64
	var body []byte
	err := db.QueryRowContext(ctx, `SELECT seq, body FROM journal WHERE kind IN (1, 9) AND seq <= (SELECT min(size) FROM checkpoints) ORDER BY seq LIMIT 1`).Scan(&seq, &body)
	if err != nil {
		return fmt.Errorf("no record to change: %w", err)
	}
	i := bytes.IndexAny(body, "bcdfghjk")
	if i < 0 {
		return errors.New("no letter to change")
	}
	body[i]++
	_, err = db.ExecContext(ctx, `UPDATE journal SET body = ? WHERE seq = ?`, body, seq)
	return err
}

// retree makes the tree anew over the records as they are.
func retree(ctx context.Context, db *sql.DB) (map[tileAt][]byte, error) {
	tree, err := journal.OpenTree(0, nil)
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, `SELECT kind, corrects, observed_at, body FROM journal ORDER BY seq`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r journal.Record
		var kind, observed int64
		if err := rows.Scan(&kind, &r.Corrects, &observed, &r.Body); err != nil {
			return nil, err
		}
		r.Kind, r.ObservedAt = journal.Kind(kind), time.UnixMicro(observed)
		tree.Append(r.Hash())
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	tiles := map[tileAt][]byte{}
	return tiles, tree.Flush(func(t journal.Tile) error {
		tiles[tileAt{t.Level, t.N}] = bytes.Clone(t.Hashes)
		_, err := db.ExecContext(ctx, `INSERT INTO tiles (level, n, hashes) VALUES (?,?,?) ON CONFLICT DO UPDATE SET hashes = excluded.hashes`, t.Level, t.N, t.Hashes)
		return err
	})
}

type tileAt struct {
	level int
	n     int64
}

// resign signs every checkpoint anew, in order, at the times at which they were.
func resign(ctx context.Context, db *sql.DB, signer *journal.Signer, tiles map[tileAt][]byte) error {
	read := func(level int, n int64) ([]byte, error) { return tiles[tileAt{level, n}], nil }
	var size int64
	if err := db.QueryRowContext(ctx, `SELECT max(seq) FROM journal`).Scan(&size); err != nil {
		return err
	}
	tree, err := journal.OpenTree(size, read)
	if err != nil {
		return err
	}
	root, err := tree.Root()
	if err != nil {
		return err
	}
	signed, err := checkpoints(ctx, db, signer)
	if err != nil {
		return err
	}
	for i, c := range signed {
		at := journal.Head{Size: c.Size}
		if at.Root, err = journal.RootAt(c.Size, journal.Head{Size: size, Root: root}, read); err != nil {
			return err
		}
		if i == 0 {
			c, err = signer.Resume(at, c.At)
		} else {
			c, err = signer.Sign(at, c.At, read)
		}
		if err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, `UPDATE checkpoints SET note = ? WHERE size = ?`, c.Note, c.Size); err != nil {
			return err
		}
	}
	return nil
}

func checkpoints(ctx context.Context, db *sql.DB, signer *journal.Signer) (all []journal.Checkpoint, err error) {
	rows, err := db.QueryContext(ctx, `SELECT note FROM checkpoints ORDER BY size`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var note string
		if err := rows.Scan(&note); err != nil {
			return nil, err
		}
		c, err := journal.Open(note, signer.PublicKey())
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, rows.Err()
}
