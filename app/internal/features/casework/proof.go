package casework

import (
	"context"
	"encoding/hex"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/journal"
)

// Proof shows that a record is in the journal that a checkpoint signs: the
// audit path of a Merkle tree as in RFC 9162.
type Proof struct {
	Seq          uint64   `json:"seq"`
	RecordSHA256 string   `json:"record_sha256" doc:"hex"`
	TreeSize     int64    `json:"tree_size"`
	Root         string   `json:"root" doc:"base64"`
	Proof        []string `json:"proof" doc:"hashes from the leaf up, base64"`
	Checkpoint   string   `json:"checkpoint" doc:"the signed note; empty if none covers the record"`
}

// proof proves that a record of a case is in the journal as last signed; a record
// newer than that has a checkpoint signed first.
func (s *Casework) proof(ctx context.Context, caseID, seq uint64) (*Proof, error) {
	seq, err := casefile.Read(ctx, s.office.Cases, func(v *casefile.View) (uint64, error) { return v.RecordOf(caseID, seq) })
	if err != nil {
		return nil, err
	}
	cp, err := s.signed(ctx)
	if err != nil {
		return nil, err
	}
	if cp.Size < int64(seq) {
		if cp, err = s.office.Checkpoint(ctx); err != nil {
			return nil, err
		}
	}
	rec, err := s.office.Store.Record(ctx, seq)
	if err != nil {
		return nil, err
	}
	path, err := journal.Prove(cp.Size, cp.Root, seq, s.office.Store.Tile(ctx))
	if err != nil {
		return nil, err
	}
	hash := rec.Hash()
	if rec.Large() && tlog.CheckRecord(path, cp.Size, cp.Root, int64(seq-1), hash) != nil {
		hash = rec.FormerHash()
	}
	p := &Proof{Seq: seq, RecordSHA256: hex.EncodeToString(hash[:]), TreeSize: cp.Size, Root: cp.Root.String(), Proof: []string{}, Checkpoint: cp.Note}
	for _, h := range path {
		p.Proof = append(p.Proof, h.String())
	}
	return p, nil
}

// signed is the last signed checkpoint; size 0 if there is none.
func (s *Casework) signed(ctx context.Context) (journal.Checkpoint, error) {
	note, err := s.office.Store.Checkpoint(ctx)
	if err != nil || note == "" {
		return journal.Checkpoint{}, err
	}
	return journal.Open(note, s.office.PublicKey)
}
