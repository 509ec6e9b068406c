package runtime

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	"github.com/mingcha-console/mingcha/sdk/officeclock"
)

// Resume has a folder go on whose journal does not extend what was signed last,
// or whose signing key is lost: that it is so, and why, is journaled, and the
// journal as it stands is signed. It is refused where nothing is wrong.
func Resume(ctx context.Context, dir, because string, newKey bool) (cp journal.Checkpoint, err error) {
	cfg, err := LoadConfig(dir)
	if err != nil {
		return cp, err
	}
	s, err := store.Open(ctx, dir, workday.Default())
	if err != nil {
		return cp, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	now := officeclock.New(cfg.Clock).Now()
	signer, err := journal.ReopenSigner(dir)
	lost := errors.Is(err, journal.ErrKeyLost) || errors.Is(err, journal.ErrKeysDiffer)
	switch {
	case err != nil && !(lost && newKey):
		return cp, signerFault(err)
	case err == nil && newKey:
		return cp, fault.New(fault.Conflict, "resume_key_there",
			"签名密钥还在，不需要换发。请去掉 --new-key。", "The signing key is there; no other is needed. Leave --new-key out.", nil)
	}
	public := strings.TrimSpace(said(dir, journal.PublicKeyFile))
	last, previous := said(dir, journal.LastFile), ""
	if lost {
		origin, err := s.Writer().Origin()
		if err != nil {
			return cp, err
		}
		if origin == "" {
			origin = journal.OriginOf(public)
		}
		if signer, err = journal.NewSigner(dir, origin); err != nil {
			return cp, signerFault(err)
		}
		previous = public
	} else {
		head, err := s.Writer().TreeHead()
		if err != nil {
			return cp, err
		}
		origin, err := s.Writer().Origin()
		if err != nil {
			return cp, err
		}
		if origin != "" && signer.Named() && signer.Check(head, now, s.Writer().Tile) == nil {
			return cp, fault.New(fault.Conflict, "resume_nothing",
				"存证与上次签署的检查点相符，没有中断，不需要重新开始。", "The journal extends what was signed last; nothing is broken, and there is nothing to resume.", nil)
		}
	}
	return intake.Resume(s, signer, last, previous, because, now)
}

// said is what a small file of the folder says; empty if it cannot be read.
func said(dir, name string) string {
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(b)) + "\n"
}
